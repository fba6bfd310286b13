// The two lines under the screen. Every sentence is a template for one situation, in plain words, with the tags and
// line numbers of this run and the rule that decides.
#include <string.h>

#include "sim/trace/write.h"

struct say {
  struct six_reader *reader;
  const struct six_trace *trace;
  const struct six_event *event;
  uint32_t index;
  struct six_text *out;
  char tag[4][16];  // tags in one sentence
  int tags;
};

static struct say saying(struct six_reader *reader, uint32_t index, struct six_text *out) {
  const struct six_trace *trace = six_reader_trace(reader);
  return (struct say){.reader = reader, .trace = trace, .event = six_trace_at(trace, index), .index = index, .out = out};
}

static const char *tag(struct say *say, uint32_t task) {
  char *buffer = say->tag[say->tags++ & 3];
  const struct six_event *event = task && task < six_trace_count(say->trace) ? six_trace_at(say->trace, task) : NULL;
  if (!event || event->kind != SIX_EV_ENQUEUE || event->a == SIX_TASK_MAIN) return "the main script";
  if (event->a == SIX_TASK_EVENT) return "the listener";
  return six_trace_tag(say->trace, task, buffer);
}

static void capitalise(struct six_text *out, size_t start) {
  if (start < out->length && out->bytes[start] >= 'a' && out->bytes[start] <= 'z') out->bytes[start] = (char)(out->bytes[start] - 32);
}

// " at line 3" when the site is known.
static void add_line(struct say *say, const char *before, uint32_t site) {
  struct six_position at = six_reader_position(say->reader, site);
  if (at.line) six_text_addf(say->out, "%sline %u", before, at.line);
}

// A text of the program, cut and quoted, control characters as dots.
static void add_quote(struct say *say, uint32_t text, size_t most) {
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

static void add_rule(struct say *say, uint32_t rule, uint32_t otherwise) {
  uint32_t number = rule ? rule : otherwise;
  if (number) six_text_addf(say->out, " (R%u)", number);
  six_text_addc(say->out, '.');
}

static bool is_operation(enum six_task_kind kind) {
  return kind == SIX_TASK_FILE || kind == SIX_TASK_POOL || kind == SIX_TASK_SOCKET || kind == SIX_TASK_MESSAGE || kind == SIX_TASK_EVENT ||
         kind == SIX_TASK_CLOSE;
}

static void add_label(const struct six_trace *trace, uint32_t text, struct six_text *out) {
  size_t length;
  const char *label = six_trace_text(trace, text, &length);
  for (size_t i = 0; i < length && i < 60;) {
    uint32_t c;
    i += six_utf8_decode(label + i, length - i, &c);
    six_text_add_code_point(out, c < 0x20 || c == 0x7F ? '.' : c);
  }
}

// An operation's label is its name; another task's is the name of the callback.
static void add_label_or_api(const struct six_trace *trace, const struct six_task_info *info, struct six_text *out) {
  bool named = info->label && is_operation(info->kind);
  if (!named) six_text_adds(out, six_task_api(info->kind));
  if (!named && info->label) six_text_adds(out, " ");
  add_label(trace, info->label, out);
}

static bool is_timer(enum six_task_kind kind) { return kind == SIX_TASK_TIMER || kind == SIX_TASK_INTERVAL; }

static uint32_t duration_of(struct say *say, const struct six_task_info *info) {
  return info->arm ? six_trace_at(say->trace, info->arm)->a : 0;
}

// ---- A task in words

static void say_task(struct six_reader *reader, const struct six_trace *trace, uint32_t task, uint32_t line, struct six_text *out) {
  char buffer[16];
  const struct six_event *event = task && task < six_trace_count(trace) ? six_trace_at(trace, task) : NULL;
  if (!event || event->kind != SIX_EV_ENQUEUE || event->a == SIX_TASK_MAIN) {
    six_text_adds(out, "the main script");
    return;
  }
  struct six_task_info info = {.kind = (enum six_task_kind)event->a};
  if (reader) six_reader_task(reader, task, six_trace_count(trace) - 1, &info);
  six_text_addf(out, "%s, ", six_trace_tag(trace, task, buffer));
  add_label_or_api(trace, &info, out);
  if (is_timer(info.kind))
    for (uint32_t i = task + 1; i < six_trace_count(trace) && i < task + 4; i++) {
      const struct six_event *next = six_trace_at(trace, i);
      if (next->kind == SIX_EV_ARM && next->subject == task) six_text_addf(out, " %u ms", next->a);
    }
  if (line) six_text_addf(out, ", line %u", line);
}

void six_say_task(const struct six_trace *trace, uint32_t task, struct six_text *out) {
  const struct six_event *event = task && task < six_trace_count(trace) ? six_trace_at(trace, task) : NULL;
  say_task(NULL, trace, task, event ? six_trace_position(trace, event->site).line : 0, out);
}

void six_say_callback(struct six_reader *reader, uint32_t task, struct six_text *out) {
  say_task(reader, six_reader_trace(reader), task, 0, out);
}

// ---- now

static void now_enqueue(struct say *say) {
  struct six_task_info info;
  if (!six_reader_task(say->reader, say->index, say->index + 3, &info)) return;
  const char *name = tag(say, say->index);
  size_t start = say->out->length;
  if (info.kind == SIX_TASK_MAIN) {
    six_text_adds(say->out, "The program is loaded: the main script is ready to run.");
    return;
  }
  if (info.scheduled) add_line(say, "", info.scheduled);
  else six_text_adds(say->out, tag(say, info.by));
  capitalise(say->out, start);
  switch (info.kind) {
    case SIX_TASK_TIMER: six_text_addf(say->out, " sets timer %s: setTimeout, %u ms.", name, duration_of(say, &info)); break;
    case SIX_TASK_INTERVAL: six_text_addf(say->out, " sets interval %s: setInterval, every %u ms.", name, duration_of(say, &info)); break;
    case SIX_TASK_IMMEDIATE: six_text_addf(say->out, " queues %s with setImmediate, for the check phase.", name); break;
    case SIX_TASK_TICK: six_text_addf(say->out, " queues %s with process.nextTick.", name); break;
    case SIX_TASK_MICROTASK: six_text_addf(say->out, " queues microtask %s with queueMicrotask.", name); break;
    case SIX_TASK_REACTION: six_text_addf(say->out, " registers %s: it runs once its promise is settled.", name); break;
    case SIX_TASK_THENABLE: six_text_addf(say->out, " resolves a promise with a promise: %s will call its then.", name); break;
    case SIX_TASK_AWAIT: six_text_addf(say->out, " awaits: the rest of the function is %s.", name); break;
    case SIX_TASK_CLOSE: six_text_addf(say->out, " closes a handle: its close callback is %s.", name); break;
    case SIX_TASK_EVENT: six_text_adds(say->out, ": listeners of a process event are due."); break;
    default:
      six_text_addf(say->out, " starts %s: ", name);
      add_label_or_api(say->trace, &info, say->out);
      six_text_addc(say->out, '.');
  }
}

static void now_begin(struct say *say) {
  struct six_task_info info;
  size_t start = say->out->length;
  if (!six_reader_task(say->reader, say->event->subject, say->index, &info)) return;
  if (info.kind == SIX_TASK_MAIN) {
    six_text_adds(say->out, "The main script starts.");
    return;
  }
  if (info.kind == SIX_TASK_EVENT) {
    six_text_adds(say->out, "Listeners run: ");
    add_label_or_api(say->trace, &info, say->out);
    six_text_addc(say->out, '.');
    return;
  }
  if (say->index < info.last_trip) {
    six_text_addf(say->out, "A trip of %s is done: the next of its %u trips to the thread pool follows.", tag(say, info.task), info.trips);
    return;
  }
  bool await = info.kind == SIX_TASK_AWAIT, named = info.label && !is_operation(info.kind);
  six_text_addf(say->out, "%s %s: ", tag(say, info.task), await ? "continues" : "starts");
  if (named) add_label(say->trace, info.label, say->out);
  else if (await) six_text_adds(say->out, "the function");
  if (await) six_text_adds(say->out, " goes on after its await");
  else {
    six_text_adds(say->out, named ? ", the callback of " : "the callback of ");
    if (named) six_text_adds(say->out, six_task_api(info.kind));
    else add_label_or_api(say->trace, &info, say->out);
  }
  add_line(say, ", ", info.scheduled);
  six_text_addc(say->out, '.');
  capitalise(say->out, start);
}

static void now_phase(struct say *say) {
  const struct six_event *e = say->event;
  static const char *const what[] = {
      "The loop is left.",
      "The loop enters timers: it looks which timers are due.",
      "The loop enters pending callbacks.",
      "The loop enters idle and prepare: nothing of the program runs here.",
      "The loop enters poll: it takes completed I/O, and may wait for it.",
      "The loop enters check: the immediates that are queued now run.",
      "The loop enters close callbacks.",
  };
  six_text_adds(say->out, e->a < 7 ? what[e->a] : "The loop goes on.");
  if (e->b) six_text_addf(say->out, " %u wait%s here.", e->b, e->b == 1 ? "s" : "");
}

static void now_clock(struct say *say) {
  six_text_adds(say->out, say->event->b ? "The loop sleeps in poll: " : "The clock moves: ");
  six_say_ns(say->event->a, say->out);
  six_text_adds(say->out, say->event->b ? " pass with nothing to do." : " of work.");
}

static void now_operation(struct say *say) {
  const struct six_event *e = say->event;
  const char *name = tag(say, e->subject);
  switch (e->kind) {
    case SIX_EV_POOL_WAIT:
      six_text_addf(say->out, "%s asks for a thread of the pool", name);
      if (e->b > 1) six_text_addf(say->out, ": trip %u of %u", e->a, e->b);
      break;
    case SIX_EV_POOL_RUN:
      six_text_addf(say->out, "%s runs on pool thread %u for ", name, e->a + 1);
      six_say_ns(e->b, say->out);
      break;
    case SIX_EV_POOL_DONE: six_text_addf(say->out, "Pool thread %u has finished with %s; poll will see it", e->a + 1, name); break;
    case SIX_EV_OUTSIDE:
      six_text_addf(say->out, "%s is under way outside: it completes in ", name);
      six_say_ns(e->a, say->out);
      break;
    default: break;
  }
  six_text_addc(say->out, '.');
}

static void now_ready(struct say *say) {
  struct six_task_info info;
  if (!six_reader_task(say->reader, say->event->subject, say->index, &info)) return;
  bool reaction = info.kind == SIX_TASK_REACTION || info.kind == SIX_TASK_AWAIT;
  if (reaction) six_text_addf(say->out, "The promise is settled: %s joins the microtask queue.", tag(say, info.task));
  else
    six_text_addf(say->out, "%s has completed: its callback waits for the %s phase.", tag(say, info.task),
                  say->event->a == SIX_PHASE_PENDING ? "pending" : "poll");
}

static void now_throw(struct say *say) {
  static const char *const how[] = {" is thrown and nobody catches it.", " is thrown; an uncaughtException listener takes it.",
                                    " is the reason of a rejection that nobody handled."};
  add_quote(say, say->event->a, 60);
  six_text_adds(say->out, how[say->event->b < 3 ? say->event->b : 0]);
}

static void now_statement(struct say *say) {
  size_t start = say->out->length;
  add_line(say, "", say->event->site);
  six_text_adds(say->out, say->out->length > start ? " runs" : "A statement runs");
  uint32_t task = six_reader_running(say->reader, say->index);
  six_text_addf(say->out, ", in %s.", tag(say, task));
  capitalise(say->out, start);
}

static void now_output(struct say *say) {
  size_t start = say->out->length;
  six_text_addf(say->out, "%s prints ", tag(say, say->event->subject ? say->event->subject : say->event->cause));
  add_quote(say, say->event->a, 60);
  if (say->event->b == 2) six_text_adds(say->out, " on stderr");
  six_text_addc(say->out, '.');
  capitalise(say->out, start);
}

static void now_call(struct say *say) {
  size_t length;
  const char *name = six_trace_text(say->trace, say->event->a, &length);
  bool named = length > 0;
  six_text_adds(say->out, named ? "The function " : "An anonymous function");
  six_text_add(say->out, name, length < 60 ? length : 60);
  six_text_adds(say->out, " is called");
  add_line(say, ", ", say->event->site);
  six_text_addc(say->out, '.');
}

static void now_small(struct say *say) {
  const struct six_event *e = say->event;
  switch (e->kind) {
    case SIX_EV_RUN_BEGIN: six_text_adds(say->out, "The process starts."); break;
    case SIX_EV_LABEL:
      six_text_addf(say->out, "%s is ", tag(say, e->subject));
      add_quote(say, e->a, 60);
      six_text_addc(say->out, '.');
      break;
    case SIX_EV_ARM:
      six_text_addf(say->out, "%s joins the list of %u ms timers: due at %llu ms.", tag(say, e->subject), e->a,
                    (unsigned long long)e->a + e->b);
      break;
    case SIX_EV_CANCEL: six_text_addf(say->out, "%s is cancelled: it will not run.", tag(say, e->subject)); break;
    case SIX_EV_REF:
      six_text_addf(say->out, e->a ? "%s keeps the loop alive again (ref)." : "%s no longer keeps the loop alive (unref).",
                    tag(say, e->subject));
      break;
    case SIX_EV_TURN: six_text_addf(say->out, "Turn %u of the event loop begins.", e->a); break;
    case SIX_EV_DRAIN:
      six_text_addf(say->out, "The queues are drained: %u tick%s, then %u microtask%s.", e->a, e->a == 1 ? "" : "s", e->b,
                    e->b == 1 ? "" : "s");
      break;
    case SIX_EV_SETTLE: six_text_addf(say->out, "A promise is %s.", e->a == 1 ? "fulfilled" : "rejected"); break;
    case SIX_EV_RETURN: six_text_adds(say->out, "The function returns."); break;
    case SIX_EV_CHOICE:
      if (e->rule == 35)
        six_text_addf(say->out, "Is the next timer due at this look? Node leaves it open; here: %s.", e->b & 0xFFFF ? "yes" : "no");
      else six_text_addf(say->out, "A choice that Node leaves open: answer %u of %u is taken.", (e->b & 0xFFFF) + 1, e->b >> 16);
      break;
    case SIX_EV_EXIT: six_text_addf(say->out, "The process ends with status %u.", e->a); break;
    case SIX_EV_STOP:
      six_text_adds(say->out, "The run is stopped: ");
      add_quote(say, e->b, 100);
      six_text_addc(say->out, '.');
      break;
    default: break;
  }
}

static void now_end(struct say *say) {
  size_t start = say->out->length;
  six_text_addf(say->out, say->event->a ? "%s ends with an exception." : "%s has returned.", tag(say, say->event->subject));
  capitalise(say->out, start);
}

void six_say_now(struct six_reader *reader, uint32_t index, struct six_text *now) {
  struct say say = saying(reader, index, now);
  switch (say.event->kind) {
    case SIX_EV_ENQUEUE: now_enqueue(&say); break;
    case SIX_EV_BEGIN: now_begin(&say); break;
    case SIX_EV_END: now_end(&say); break;
    case SIX_EV_PHASE: now_phase(&say); break;
    case SIX_EV_CLOCK: now_clock(&say); break;
    case SIX_EV_POOL_WAIT:
    case SIX_EV_POOL_RUN:
    case SIX_EV_POOL_DONE:
    case SIX_EV_OUTSIDE: now_operation(&say); break;
    case SIX_EV_READY: now_ready(&say); break;
    case SIX_EV_THROW: now_throw(&say); break;
    case SIX_EV_STATEMENT: now_statement(&say); break;
    case SIX_EV_OUTPUT: now_output(&say); break;
    case SIX_EV_CALL: now_call(&say); break;
    default: now_small(&say); break;
  }
}

// ---- why

// The neighbour that it most easily is confused with: of those that wait while it begins, one whose order is open, else the first.
static uint32_t rival_of(struct say *say, uint32_t begin, uint32_t task) {
  const struct six_moment *m = six_reader_seek(say->reader, begin);
  uint32_t candidates[8], count = 0;
  if (m->immediates.listed) candidates[count++] = m->immediates.items[0];
  for (uint32_t i = 0; i < m->timers_listed && i < 2; i++) candidates[count++] = m->timers[i].task;
  if (m->poll.listed) candidates[count++] = m->poll.items[0];
  for (uint32_t i = 0; i < m->outside_listed && i < 2; i++) candidates[count++] = m->outside[i].task;
  uint32_t first = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (candidates[i] == task) continue;
    struct six_text reason = {0};
    enum six_order order = six_order_of(say->reader, task, begin, candidates[i], &reason);
    six_text_done(&reason);
    if (order == SIX_ORDER_TYPICAL) return candidates[i];
    if (!first) first = candidates[i];
  }
  return first;
}

static void add_rival(struct say *say, uint32_t begin, uint32_t task) {
  uint32_t rival = rival_of(say, begin, task);
  if (!rival) return;
  struct six_text reason = {0};
  six_order_of(say->reader, task, begin, rival, &reason);
  bool only = reason.length > 5 && !memcmp(reason.bytes, "only ", 5);
  six_text_addf(say->out, only ? " Before %s %s." : " Before %s: %s.", tag(say, rival), reason.bytes);
  six_text_done(&reason);
}

static void why_timer(struct say *say, const struct six_task_info *info, uint32_t begin, uint32_t rule) {
  uint32_t ms = duration_of(say, info);
  six_text_addf(say->out, "The timers phase runs what is due: %u ms have passed", ms);
  add_line(say, " since ", info->scheduled);
  add_rule(say, rule, 14);
  add_rival(say, begin, info->task);
}

static void why_immediate(struct say *say, const struct six_task_info *info, uint32_t begin, uint32_t rule) {
  six_text_adds(say->out, "The check phase runs the immediates that were queued before it began");
  add_rule(say, rule, 30);
  add_rival(say, begin, info->task);
}

static void why_tick(struct say *say, const struct six_task_info *info, uint32_t begin, uint32_t rule) {
  const struct six_moment *m = six_reader_seek(say->reader, begin ? begin - 1 : 0);
  uint32_t waiting = m->microtasks.count;
  six_text_addf(say->out, "As soon as %s has returned, the nextTick queue is emptied", tag(say, six_reader_root(say->reader, info->task)));
  if (waiting == 1) six_text_adds(say->out, ", before the waiting microtask");
  if (waiting > 1) six_text_addf(say->out, ", before the %u waiting microtasks", waiting);
  add_rule(say, rule, 40);
}

static void why_microtask(struct say *say, const struct six_task_info *info, uint32_t begin, uint32_t rule) {
  const struct six_moment *m = six_reader_seek(say->reader, begin ? begin - 1 : 0);
  uint32_t ticks = m->ticks.count;
  if (ticks) six_text_addf(say->out, "The microtask queue is emptied before the %u tick%s queued meanwhile", ticks, ticks == 1 ? "" : "s");
  else six_text_adds(say->out, "No tick is left, so the microtask queue is emptied, first in, first out");
  add_rule(say, rule, ticks ? 42 : 40);
  if (info->kind == SIX_TASK_AWAIT) six_text_adds(say->out, " What was awaited is settled (R72).");
  if (info->kind == SIX_TASK_THENABLE)
    six_text_adds(say->out, " This job only calls then: two jobs more until the outer promise settles (R52).");
}

static void why_operation(struct say *say, const struct six_task_info *info, uint32_t begin, uint32_t rule) {
  bool pending = six_trace_at(say->trace, begin)->phase == SIX_PHASE_PENDING;
  uint32_t trips = info->trips;
  if (pending) six_text_adds(say->out, "Its error was kept for the pending phase");
  else if (trips > 1) six_text_addf(say->out, "Poll finds the last of its %u trips to the thread pool done", trips);
  else six_text_adds(say->out, "Poll finds it completed");
  add_rule(say, rule, pending ? 109 : trips > 1 ? 101 : 105);
  add_rival(say, begin, info->task);
}

static void why_begin(struct say *say, const struct six_task_info *info, uint32_t begin) {
  uint32_t rule = six_trace_at(say->trace, begin)->rule;
  switch (info->kind) {
    case SIX_TASK_MAIN:
      six_text_adds(say->out, "The main script runs first and in one piece: nothing else can run until it ends (R1).");
      break;
    case SIX_TASK_TIMER:
    case SIX_TASK_INTERVAL: why_timer(say, info, begin, rule); break;
    case SIX_TASK_IMMEDIATE: why_immediate(say, info, begin, rule); break;
    case SIX_TASK_TICK: why_tick(say, info, begin, rule); break;
    case SIX_TASK_MICROTASK:
    case SIX_TASK_REACTION:
    case SIX_TASK_THENABLE:
    case SIX_TASK_AWAIT: why_microtask(say, info, begin, rule); break;
    case SIX_TASK_CLOSE:
      six_text_adds(say->out, "Close callbacks are the last phase of a turn");
      add_rule(say, rule, 108);
      break;
    case SIX_TASK_EVENT:
      six_text_adds(say->out, "Listeners are called at once, on the present stack");
      add_rule(say, rule, 5);
      break;
    default: why_operation(say, info, begin, rule); break;
  }
}

static void why_phase(struct say *say) {
  static const char *const why[] = {
      "Nothing is left to wait for (R4).",
      "Timers are looked at with the time as it is now (R12).",
      "Errors that the system reported late run before poll (R109).",
      "Node only uses it to keep poll from waiting while immediates are queued (R2).",
      "Poll waits until the next timer is due, or not at all while immediates are queued (R2).",
      "Check follows poll directly (R30).",
      "Handles closed in this turn report it at its end (R108).",
  };
  if (say->event->a < 7) six_text_adds(say->out, why[say->event->a]);
}

static void why_between(struct say *say) {
  switch (say->event->kind) {
    case SIX_EV_PHASE: why_phase(say); break;
    case SIX_EV_TURN: six_text_adds(say->out, "Something still waits: timers, immediates, operations or open handles (R4)."); break;
    case SIX_EV_DRAIN:
      six_text_adds(say->out, "No JavaScript runs: before anything else, ticks, then microtasks, until both are empty (R40).");
      break;
    case SIX_EV_CLOCK:
      if (say->event->b) six_text_adds(say->out, "Nothing is due: poll waits for the next timer or completion (R2).");
      break;
    case SIX_EV_POOL_WAIT: six_text_adds(say->out, "File operations run on the thread pool, not in the loop (R100)."); break;
    case SIX_EV_POOL_RUN: six_text_adds(say->out, "A thread is free. How long it takes is the world's assumption (R100)."); break;
    case SIX_EV_POOL_DONE: six_text_adds(say->out, "Completions reach the program only in the poll phase (R105)."); break;
    case SIX_EV_OUTSIDE: six_text_adds(say->out, "How long it takes is the world's assumption, not Node's."); break;
    case SIX_EV_READY: six_text_adds(say->out, "Callbacks never run on their own: the loop has to come to their queue."); break;
    case SIX_EV_CHOICE:
      if (say->event->rule == 35)
        six_text_adds(say->out, "It depends on how long the code before took, to a fraction of a millisecond (R35). ");
      six_text_adds(say->out, "Real Node could do otherwise: `sixphase orders` lists every legal order.");
      break;
    case SIX_EV_EXIT: six_text_adds(say->out, "Nothing keeps the loop alive any more, or the program asked for it (R4)."); break;
    default: break;
  }
  if (say->event->rule && !say->out->length) six_text_addf(say->out, "By rule R%u.", say->event->rule);
}

void six_say_why(struct six_reader *reader, uint32_t index, struct six_text *why) {
  struct say say = saying(reader, index, why);
  uint32_t task = six_reader_running(reader, index);
  struct six_task_info info;
  bool own = say.event->kind == SIX_EV_ENQUEUE || say.event->kind == SIX_EV_CHOICE || say.event->kind == SIX_EV_EXIT;
  if (task && !own && six_reader_task(reader, task, index, &info)) {
    why_begin(&say, &info, six_reader_running_since(reader, index));
    return;
  }
  if (say.event->kind == SIX_EV_ENQUEUE && six_reader_task(reader, index, index + 3, &info)) {
    switch (info.kind) {
      case SIX_TASK_TIMER:
      case SIX_TASK_INTERVAL: six_text_adds(why, "Timers run in the timers phase, once due; a delay of 0 counts as 1 ms (R10)."); break;
      case SIX_TASK_IMMEDIATE: six_text_adds(why, "Immediates run in the check phase, after poll (R30)."); break;
      case SIX_TASK_TICK: six_text_adds(why, "It runs as soon as the code that runs now has returned, before microtasks (R40)."); break;
      case SIX_TASK_MICROTASK: six_text_adds(why, "It runs after the ticks, before the loop goes on (R40)."); break;
      case SIX_TASK_REACTION:
        six_text_adds(why, "then never calls back at once, even if the promise is settled: it queues a microtask (R51).");
        break;
      case SIX_TASK_AWAIT:
        six_text_adds(why, "Each await gives way for at least one microtask, even if the value is there (R71, R72).");
        break;
      case SIX_TASK_THENABLE: six_text_adds(why, "Resolving with a promise costs two extra microtasks (R52)."); break;
      case SIX_TASK_CLOSE: six_text_adds(why, "Close callbacks run at the end of the turn (R108)."); break;
      case SIX_TASK_FILE:
      case SIX_TASK_POOL: six_text_adds(why, "It runs on the thread pool; its callback comes in the poll phase (R100, R105)."); break;
      case SIX_TASK_SOCKET:
      case SIX_TASK_MESSAGE: six_text_adds(why, "It happens outside; its callback comes in the poll phase (R105)."); break;
      default: break;
    }
    return;
  }
  why_between(&say);
}

// ---- why not yet

static void must(struct six_text *out, const char *text) {
  six_text_adds(out, text);
  six_text_addc(out, '\n');
}

static uint32_t place_in(const struct six_task_list *list, uint32_t task) {
  for (uint32_t i = 0; i < list->listed; i++)
    if (list->items[list->first + i] == task) return i;
  return UINT32_MAX;
}

static void before_queue(struct say *say, const struct six_task_list *list, uint32_t task, const char *name, uint32_t rule) {
  uint32_t place = place_in(list, task);
  if (!place || (place == UINT32_MAX && !list->count)) return;
  if (place == UINT32_MAX) six_text_addf(say->out, "More than %u others are before it in the %s queue (R%u).\n", list->listed, name, rule);
  else if (place == 1) six_text_addf(say->out, "%s is before it in the %s queue (R%u).\n", tag(say, list->items[list->first]), name, rule);
  else
    six_text_addf(say->out, "%u others, from %s on, are before it in the %s queue (R%u).\n", place, tag(say, list->items[list->first]),
                  name, rule);
}

static void before_phases(struct say *say, const struct six_moment *m, enum six_phase phase) {
  if (m->ticks.count) six_text_addf(say->out, "%u tick%s first (R40).\n", m->ticks.count, m->ticks.count == 1 ? " runs" : "s run");
  if (m->microtasks.count)
    six_text_addf(say->out, "%u microtask%s first (R40).\n", m->microtasks.count, m->microtasks.count == 1 ? " runs" : "s run");
  if (m->phase == phase) return;
  if (m->phase == SIX_PHASE_NONE && !m->turn) must(say->out, "The main script has to end: the loop has not started (R1).");
  six_text_addf(say->out, "The loop has to come to the %s phase; it is in %s (R2).\n", six_phase_title(phase), six_phase_title(m->phase));
}

static void not_yet_timer(struct say *say, const struct six_moment *m, const struct six_task_info *info) {
  before_phases(say, m, SIX_PHASE_TIMERS);
  if (!info->arm) return;
  const struct six_event *arm = six_trace_at(say->trace, info->arm);
  uint64_t due = (uint64_t)arm->a + arm->b, now = m->time / 1000000;
  if (due > now)
    six_text_addf(say->out, "Its time has to come: %u ms after %u ms, that is in %llu ms (R14).\n", arm->a, arm->b,
                  (unsigned long long)(due - now));
  else must(say->out, "It is due: it runs when the timers phase looks (R12).");
  for (uint32_t i = 0; i < m->timers_listed && m->timers[i].task != info->task; i++) {
    if (i == 3) {
      must(say->out, "Further timers are due before it (R14).");
      break;
    }
    bool same = m->timers[i].duration_ms == arm->a;
    six_text_addf(say->out, "%s comes before it: %s.\n", tag(say, m->timers[i].task),
                  same ? "same delay, set earlier (R13)" : "it is due earlier (R14)");
  }
}

static void not_yet_operation(struct say *say, const struct six_moment *m, const struct six_task_info *info) {
  before_phases(say, m, SIX_PHASE_POLL);
  before_queue(say, &m->poll, info->task, "poll", 105);
  for (uint32_t i = 0; i < m->outside_listed; i++) {
    const struct six_under_way *op = &m->outside[i];
    if (op->task != info->task) continue;
    if (op->slot == SIX_SLOT_WAITS) must(say->out, "It waits for a free thread of the pool (R100).");
    else {
      six_text_adds(say->out, "It is under way: ");
      six_say_ns(op->until > m->time ? op->until - m->time : 0, say->out);
      must(say->out, " to go. That is the world's assumption.");
    }
    if (op->trips > op->trip) six_text_addf(say->out, "%u more trips to the thread pool follow (R101).\n", op->trips - op->trip);
  }
}

static void not_yet_micro(struct say *say, const struct six_moment *m, const struct six_task_info *info) {
  bool queued = place_in(&m->microtasks, info->task) != UINT32_MAX || (info->ready && info->ready <= say->index);
  if (!queued && (info->kind == SIX_TASK_REACTION || info->kind == SIX_TASK_AWAIT))
    must(say->out, "Its promise has to be settled first: it is not in the microtask queue yet (R51).");
  if (m->ticks.count && !m->running_count)
    six_text_addf(say->out, "%u tick%s first (R40).\n", m->ticks.count, m->ticks.count == 1 ? " runs" : "s run");
  before_queue(say, &m->microtasks, info->task, "microtask", 41);
}

static const char *over_or_running(const struct six_moment *m, const struct six_task_info *info, uint32_t index) {
  if (info->task > index) return "It has not been scheduled yet.";
  if (info->cancel && info->cancel <= index) return "It was cancelled: it will never run.";
  for (uint32_t i = 0; i < m->running_count; i++)
    if (m->running[i] == info->task) return "It runs now.";
  return info->kind != SIX_TASK_INTERVAL && info->end && info->end <= index ? "It has run already." : NULL;
}

void six_say_why_not_yet(struct six_reader *reader, uint32_t index, uint32_t task, struct six_text *out) {
  struct say say = saying(reader, index, out);
  struct six_task_info info;
  if (!six_reader_task(reader, task, index, &info)) return;
  const struct six_moment *m = six_reader_seek(reader, index);
  const char *over = over_or_running(m, &info, index);
  if (over) {
    must(out, over);
    return;
  }
  if (m->running_count) {
    size_t start = out->length;
    six_text_addf(out, "%s has to return: JavaScript is never interrupted (R40).\n", tag(&say, m->running[0]));
    capitalise(out, start);
  }
  switch (info.kind) {
    case SIX_TASK_TIMER:
    case SIX_TASK_INTERVAL: not_yet_timer(&say, m, &info); break;
    case SIX_TASK_IMMEDIATE:
      before_phases(&say, m, SIX_PHASE_CHECK);
      before_queue(&say, &m->immediates, task, "immediate", 30);
      break;
    case SIX_TASK_TICK: before_queue(&say, &m->ticks, task, "nextTick", 41); break;
    case SIX_TASK_MICROTASK:
    case SIX_TASK_REACTION:
    case SIX_TASK_THENABLE:
    case SIX_TASK_AWAIT: not_yet_micro(&say, m, &info); break;
    case SIX_TASK_CLOSE:
      before_phases(&say, m, SIX_PHASE_CLOSE);
      before_queue(&say, &m->closing, task, "close", 108);
      break;
    case SIX_TASK_EVENT: must(out, "Its event has to be emitted first."); break;
    default: not_yet_operation(&say, m, &info); break;
  }
  if (!info.begin) must(out, "In this run it never comes to that: the run ends before.");
}
