// Words for tasks, frames and places: what all sentences are made of.
#include "sim/trace/say.h"

#include <ctype.h>
#include <string.h>

struct say six_saying(struct six_reader *reader, uint32_t index, struct six_text *out) {
  const struct six_trace *trace = six_reader_trace(reader);
  return (struct say){.reader = reader, .trace = trace, .event = six_trace_at(trace, index), .index = index, .out = out};
}

struct six_event six_say_event(const struct say *say, uint32_t index) {
  return six_trace_at(say->trace, index < six_trace_count(say->trace) ? index : 0);
}

enum six_task_kind six_say_kind(const struct say *say, uint32_t task) {
  struct six_event event = six_say_event(say, task);
  return task && event.kind == SIX_EV_ENQUEUE ? (enum six_task_kind)event.a : SIX_TASK_MAIN;
}

const char *six_say_tag(struct say *say, uint32_t task) {
  if (!task) return "Node";
  enum six_task_kind kind = six_say_kind(say, task);
  if (kind == SIX_TASK_MAIN) return "the main script";
  if (kind == SIX_TASK_EVENT) return "the listener";
  return six_trace_tag(say->trace, task, say->tag[say->tags++ & 3]);
}

void six_say_capital(struct six_text *out, size_t start) {
  // The name of a function stays as it is written.
  const char *text = out->length > start ? out->bytes + start : "";
  if (strncmp(text, "the ", 4) && strncmp(text, "a ", 2) && strncmp(text, "line ", 5)) return;
  out->bytes[start] = (char)(out->bytes[start] - 32);
}

void six_say_line(struct say *say, const char *before, uint32_t site) {
  struct six_position at = six_reader_position(say->reader, site);
  if (at.line) six_text_addf(say->out, "%sline %u", before, at.line);
}

void six_say_quote(struct say *say, uint32_t text, size_t most) {
  size_t length;
  const char *bytes = six_trace_text(say->trace, text, &length);
  while (length && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) length--;
  size_t at = 0, cells = 0;
  six_text_addc(say->out, '\'');
  while (at < length && cells < most) {
    uint32_t c;
    at += six_utf8_decode(bytes + at, length - at, &c);
    if (c == '\n') six_text_adds(say->out, "\\n");
    else if (c < 0x20 || (c >= 0x7F && c < 0xA0)) six_text_addc(say->out, '.');
    else six_text_add_code_point(say->out, c);
    cells++;
  }
  six_text_adds(say->out, at < length ? "...'" : "'");
}

void six_say_rule(struct say *say, uint32_t rule, uint32_t otherwise) {
  uint32_t number = rule ? rule : otherwise;
  if (number) six_text_addf(say->out, " (R%u)", number);
  six_text_addc(say->out, '.');
}

bool six_is_operation(enum six_task_kind kind) {
  return kind == SIX_TASK_FILE || kind == SIX_TASK_POOL || kind == SIX_TASK_SOCKET || kind == SIX_TASK_MESSAGE || kind == SIX_TASK_EVENT ||
         kind == SIX_TASK_CLOSE;
}

bool six_is_timer(enum six_task_kind kind) { return kind == SIX_TASK_TIMER || kind == SIX_TASK_INTERVAL; }

bool six_is_microtask(enum six_task_kind kind) {
  return kind == SIX_TASK_MICROTASK || kind == SIX_TASK_REACTION || kind == SIX_TASK_THENABLE || kind == SIX_TASK_AWAIT;
}

void six_say_label(const struct six_trace *trace, uint32_t text, struct six_text *out) {
  size_t length;
  const char *label = six_trace_text(trace, text, &length);
  while (length && label[length - 1] == ' ') length--;
  for (size_t i = 0; i < length && i < 60;) {
    uint32_t c;
    i += six_utf8_decode(label + i, length - i, &c);
    six_text_add_code_point(out, c < 0x20 || c == 0x7F ? '.' : c);
  }
}

// ---- The method that a call expression ends in: "catch" of p.then(f).catch(g)

static const char *skip_string(const char *at, const char *end) {
  char quote = *at++;
  while (at < end && *at != quote) at += *at == '\\' && at + 1 < end ? 2 : 1;
  return at;
}

// Where the call's own parenthesis opens; NULL when the text is no call.
static const char *last_parenthesis(const char *at, const char *end) {
  const char *open[64], *last = NULL;
  int depth = 0;
  for (; at < end; at++) {
    if (*at == '\'' || *at == '"' || *at == '`') at = skip_string(at, end);
    else if (*at == '(' && depth == 64) return NULL;
    else if (*at == '(') open[depth++] = at;
    else if (*at == ')' && depth) last = open[--depth];
    else if (*at == ')') return NULL;
  }
  return depth ? NULL : last;
}

static bool is_name(char c) { return isalnum((unsigned char)c) || c == '_' || c == '$'; }

static const char *promise_method(const struct say *say, uint32_t site) {
  static const char *const methods[] = {"then", "catch", "finally", "all", "allSettled", "race", "any"};
  static const char *const names[] = {"then", "catch", "finally", "Promise.all", "Promise.allSettled", "Promise.race", "Promise.any"};
  struct six_site where = six_trace_site(say->trace, site);
  size_t length;
  const char *text = site ? six_trace_source(say->trace, where.unit, NULL, &length) : NULL;
  if (!text || where.end > length || where.start >= where.end || where.end - where.start > 4096) return "then";
  const char *open = text[where.end - 1] == ')' ? last_parenthesis(text + where.start, text + where.end) : NULL;
  const char *start = open;
  while (start && start > text + where.start && is_name(start[-1])) start--;
  for (size_t i = 0; open && i < sizeof methods / sizeof *methods; i++)
    if (strlen(methods[i]) == (size_t)(open - start) && !memcmp(methods[i], start, (size_t)(open - start))) return names[i];
  return "then";
}

void six_say_api(struct say *say, const struct six_task_info *info) {
  six_text_adds(say->out, info->kind == SIX_TASK_REACTION ? promise_method(say, info->scheduled) : six_task_api(info->kind));
}

// An operation's label is its name; another task's is the name of the callback.
void six_say_label_or_api(struct say *say, const struct six_task_info *info) {
  bool named = info->label && six_is_operation(info->kind);
  if (!named) six_say_api(say, info);
  if (!named && info->label) six_text_adds(say->out, " ");
  six_say_label(say->trace, info->label, say->out);
}

uint32_t six_say_duration(struct say *say, const struct six_task_info *info) {
  return info->arm ? six_trace_at(say->trace, info->arm).a : 0;
}

// ---- Tasks and frames in words

static void say_task(struct six_reader *reader, const struct six_trace *trace, uint32_t task, uint32_t line, struct six_text *out) {
  struct say say = {.reader = reader, .trace = trace, .out = out};
  if (six_say_kind(&say, task) == SIX_TASK_MAIN) {
    six_text_adds(out, "the main script");
    return;
  }
  struct six_task_info info = {.kind = six_say_kind(&say, task), .scheduled = six_trace_at(trace, task).site};
  if (reader) six_reader_task(reader, task, six_trace_count(trace) - 1, &info);
  six_text_addf(out, "%s, ", six_say_tag(&say, task));
  six_say_label_or_api(&say, &info);
  if (six_is_timer(info.kind))
    for (uint32_t i = task + 1; i < six_trace_count(trace) && i < task + 4; i++) {
      struct six_event next = six_trace_at(trace, i);
      if (next.kind == SIX_EV_ARM && next.subject == task) six_text_addf(out, " %u ms", next.a);
    }
  if (line) six_text_addf(out, ", line %u", line);
}

void six_say_task(const struct six_trace *trace, uint32_t task, struct six_text *out) {
  uint32_t site = task && task < six_trace_count(trace) ? six_trace_at(trace, task).site : 0;
  say_task(NULL, trace, task, six_trace_position(trace, site).line, out);
}

void six_say_callback(struct six_reader *reader, uint32_t task, struct six_text *out) {
  say_task(reader, six_reader_trace(reader), task, 0, out);
}

// "work()"; accessors are named "get x" and "set x".
static void say_function(struct say *say, uint32_t text) {
  size_t start = say->out->length;
  six_say_label(say->trace, text, say->out);
  const char *name = say->out->bytes + start;
  const char *kind = !strncmp(name, "get ", 4) ? "the getter " : !strncmp(name, "set ", 4) ? "the setter " : NULL;
  if (kind) {
    say->out->length = start;
    six_text_adds(say->out, kind);
    struct six_text whole = {0};
    six_say_label(say->trace, text, &whole);
    six_text_add(say->out, whole.bytes + 4, whole.length - 4);
    six_text_done(&whole);
  }
  six_text_adds(say->out, "()");
}

void six_say_who(struct say *say, uint32_t frame) {
  uint32_t below = six_reader_below(say->reader, frame);
  struct six_event event = six_say_event(say, frame);
  if (!frame) six_text_adds(say->out, "Node");
  else if (event.kind == SIX_EV_BEGIN) six_text_adds(say->out, six_say_tag(say, event.subject));
  else if (!below) six_text_adds(say->out, "a listener");
  else if (six_say_event(say, below).kind == SIX_EV_BEGIN && six_say_kind(say, six_say_event(say, below).subject) != SIX_TASK_AWAIT)
    six_say_who(say, below);
  else {
    size_t length;
    const char *name = six_trace_text(say->trace, event.a, &length);
    if (length && *name == '<') six_text_adds(say->out, "the class's field initialiser");
    else if (length) say_function(say, event.a);
    else if (event.site && !six_trace_site(say->trace, event.site).start) six_text_adds(say->out, "the module");
    else if (six_reader_position(say->reader, event.site).line) six_say_line(say, "the function of ", event.site);
    else six_text_adds(say->out, "a function of Node");
  }
}

// ---- How a process ends

bool six_say_is_fatal(const struct say *say, uint32_t index) {
  for (uint32_t i = index; i > 0 && i + 8 > index; i--) {
    struct six_event event = six_say_event(say, i);
    if (event.kind == SIX_EV_THROW) return event.b != 1;
    if (event.kind == SIX_EV_BEGIN) return false;
  }
  return false;
}

bool six_say_is_stopped(const struct say *say) {
  uint32_t count = six_trace_count(say->trace);
  for (uint32_t i = count; i-- > 0 && i + 8 > count;)
    if (six_say_event(say, i).kind == SIX_EV_STOP) return true;
  return false;
}

bool six_say_is_exit_call(const struct say *say, uint32_t index) {
  bool ended = false;
  for (uint32_t i = index; i > 0 && i + 64 > index; i--) {
    struct six_event event = six_say_event(say, i);
    if (event.kind == SIX_EV_RETURN && event.a == SIX_RETURN_STOPS) return !six_say_is_stopped(say);
    if (event.kind == SIX_EV_THROW || event.kind == SIX_EV_BEGIN) return false;
    if (ended && event.kind == SIX_EV_END) return false;
    ended = ended || event.kind == SIX_EV_END;
  }
  return false;
}
