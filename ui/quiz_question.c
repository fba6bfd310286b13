#include "ui/quiz.h"

#include <stdlib.h>
#include <string.h>

// ---- Making one

static bool is_whole(const struct six_trace *trace, uint32_t output) {
  size_t length;
  const char *bytes = six_trace_text(trace, six_trace_at(trace, output).a, &length);
  return length && bytes[length - 1] == '\n';
}

static bool read_lines(struct quiz_question *q) {
  const struct six_trace *trace = q->result->trace;
  for (struct six_printed printed = {0}; six_next_printed(q->reader, &printed);) {
    if (printed.on_stderr) continue;
    if (!is_whole(trace, printed.index)) return false;
    for (struct six_printed_line line = {0}; six_next_line(trace, printed.index, &line);) {
      if (q->count == QUIZ_LINES) return false;
      q->outputs[q->count] = printed.index;
      q->lines[q->count++] = (struct quiz_line){line.bytes, line.length};
    }
  }
  return q->count >= 2;
}

static bool same_line(const struct quiz_line *a, const struct quiz_line *b) {
  return a->length == b->length && !memcmp(a->text, b->text, a->length);
}

static bool is_in_order(const struct quiz_question *q) {
  for (int i = 0; i < q->count; i++) {
    int letter = 0;
    while (q->place[letter] != i) letter++;
    if (!same_line(&q->lines[letter], &q->lines[i])) return false;
  }
  return true;
}

// The same question has the same letters every time that its number of askings is the same. xorshift.
static void shuffle(struct quiz_question *q, unsigned seed) {
  uint32_t x = seed * 2654435761u + 97u;
  for (int i = 0; i < q->count; i++) q->place[i] = i;
  for (int tries = 0; tries < 8 && (tries == 0 || is_in_order(q)); tries++) {
    for (int i = q->count - 1; i > 0; i--) {
      x ^= x << 13, x ^= x >> 17, x ^= x << 5;
      int j = (int)(x % (uint32_t)(i + 1)), kept = q->place[i];
      q->place[i] = q->place[j];
      q->place[j] = kept;
    }
  }
}

static bool all_are_the_same(const struct quiz_question *q) {
  for (int i = 1; i < q->count; i++)
    if (!same_line(&q->lines[0], &q->lines[i])) return false;
  return true;
}

bool quiz_open(struct quiz_question *q, const struct ui_options *options, const char *path, unsigned seed) {
  *q = (struct quiz_question){.options = options};
  struct six_text quiet = {0};
  struct six_diag diag = {0};
  int status;
  bool good = !ui_load(options, path, &q->program, &quiet);
  struct six_options how = ui_run_options(options);
  how.record_trace = how.record_statements = true;
  if (good) q->result = ui_run(&q->program, &how, &status, &quiet);
  six_text_done(&quiet);
  if (!good) return false;
  if (q->result) q->reader = six_reader_new(q->result->trace);
  if (!q->result || q->result->message.length || !read_lines(q) || all_are_the_same(q)) {
    quiz_close(q);
    return false;
  }
  q->evidence = six_orders_judge(q->program.scenario, &how, q->result, 0);
  six_reader_set_evidence(q->reader, q->evidence);
  how.record_trace = how.record_statements = false;
  q->orders = six_orders_find(q->program.scenario, &how, 400, &diag);
  ui_show(&q->program, &q->shown, q->reader);
  shuffle(q, seed);
  return true;
}

void quiz_close(struct quiz_question *q) {
  if (q->orders) six_orders_free(q->orders);
  if (q->reader) six_reader_free(q->reader);
  six_evidence_free(q->evidence);
  six_result_free(q->result);
  ui_shown_done(&q->shown);
  ui_unload(&q->program);
}

// ---- Asking

static void style(struct six_text *out, bool colour, const char *code) {
  if (colour) six_text_addf(out, "\x1b[%sm", code);
}

// A line of the program or of its output: what is no text becomes '?', what is too long ends with "...".
static void add_text(struct six_text *out, const char *text, size_t length, int width) {
  size_t most = width > 30 ? (size_t)width : 30, columns = 0;
  for (size_t i = 0; i < length;) {
    uint32_t c;
    size_t bytes = six_utf8_decode(text + i, length - i, &c);
    if (++columns > most - 4 && i + bytes < length) {
      six_text_adds(out, "...");
      break;
    }
    if (c == '\t') six_text_adds(out, "  ");
    else six_text_add_code_point(out, c < 0x20 || (c >= 0x7F && c < 0xA0) ? '?' : c);
    i += bytes;
  }
  six_text_addc(out, '\n');
}

static void add_program(const struct quiz_question *q, int width, struct six_text *out) {
  const struct six_text *text = &q->shown.text;
  int number = 0;
  for (size_t i = 0; i < text->length;) {
    const char *line = text->bytes + i, *end = memchr(line, '\n', text->length - i);
    size_t length = end ? (size_t)(end - line) : text->length - i;
    six_text_addf(out, "%4d  ", ++number);
    add_text(out, line, length, width - 6);
    i += length + 1;
  }
}

static int line_of_letter(const struct quiz_question *q, int letter) { return q->place[letter]; }

void quiz_ask(const struct quiz_question *q, bool colour, int width, struct six_text *out) {
  const struct six_scenario_info *info = six_scenario_info(q->program.scenario);
  style(out, colour, "1");
  ui_add_wrapped(out, "", "", info->question ? info->question : "In which order do the lines print?", width);
  style(out, colour, "0");
  six_text_addc(out, '\n');
  add_program(q, width, out);
  six_text_adds(out, "\nIt prints, in some order:\n");
  for (int letter = 0; letter < q->count; letter++) {
    const struct quiz_line *line = &q->lines[line_of_letter(q, letter)];
    six_text_addf(out, "   %c  ", 'a' + letter);
    add_text(out, line->text, line->length, width - 6);
  }
}

// ---- Answering

bool quiz_read_answer(const struct quiz_question *q, const char *answer, int order[QUIZ_LINES], struct six_text *out) {
  bool taken[QUIZ_LINES] = {false};
  int count = 0;
  for (; *answer; answer++) {
    if (strchr(" ,;\t.->", *answer)) continue;
    int letter = (*answer | 0x20) - 'a';
    if (letter < 0 || letter >= q->count) {
      six_text_addf(out, "'%c' is none of the letters a to %c.\n", *answer, 'a' + q->count - 1);
      return false;
    }
    if (taken[letter]) {
      six_text_addf(out, "%c is there twice; every letter comes once.\n", 'a' + letter);
      return false;
    }
    taken[letter] = true;
    order[count++] = line_of_letter(q, letter);
  }
  if (count == q->count) return true;
  six_text_addf(out, "%d letters are needed, one for each line; missing:", q->count);
  for (int letter = 0; letter < q->count; letter++)
    if (!taken[letter]) six_text_addf(out, " %c", 'a' + letter);
  six_text_adds(out, ".\n");
  return false;
}

static bool is_this_order(const struct quiz_question *q, const int order[QUIZ_LINES], const struct six_text *text) {
  size_t at = 0;
  for (int i = 0; i < q->count; i++) {
    const struct quiz_line *line = &q->lines[order[i]];
    if (at + line->length + 1 > text->length || memcmp(text->bytes + at, line->text, line->length) ||
        text->bytes[at + line->length] != '\n')
      return false;
    at += line->length + 1;
  }
  return at == text->length;
}

enum quiz_verdict quiz_judge(const struct quiz_question *q, const int order[QUIZ_LINES]) {
  for (uint32_t i = 0; q->orders && i < q->orders->count; i++)
    if (is_this_order(q, order, &q->orders->orders[i].out)) return i ? QUIZ_LEGAL : QUIZ_TYPICAL;
  return QUIZ_WRONG;
}

// ---- Explaining

static uint32_t task_of(const struct quiz_question *q, int line) {
  struct six_event event = six_trace_at(q->result->trace, q->outputs[line]);
  return event.subject ? event.subject : event.cause;
}

static bool names(const char *text, const char *tag) {
  size_t length = strlen(tag);
  for (const char *at = text; (at = strstr(at, tag)); at += length) {
    bool starts = at == text || strchr(" (,;", at[-1]);
    if (starts && !(at[length] >= '0' && at[length] <= '9')) return true;
  }
  return false;
}

// What the tags in a text stand for: "T1: setTimeout, line 3".
static void add_legend(const struct quiz_question *q, struct six_text *out) {
  enum { MOST = 6 };
  const struct six_trace *trace = q->result->trace;
  int found = 0;
  size_t end = out->length;
  for (uint32_t i = 0; i < six_trace_count(trace) && found < MOST; i++) {
    char tag[16];
    struct six_event event = six_trace_at(trace, i);
    if (event.kind != SIX_EV_ENQUEUE || event.a == SIX_TASK_MAIN || !names(out->bytes, six_trace_tag(trace, i, tag))) continue;
    struct six_position at = six_reader_position(q->reader, event.site);
    if (!found++) end = out->length;
    six_text_addf(out, "%s%s: %s", found == 1 ? " [" : "; ", tag, six_task_api((enum six_task_kind)event.a));
    if (at.line) six_text_addf(out, " at line %u", at.line);
  }
  if (out->length > end) six_text_addc(out, ']');
}

void quiz_explain_miss(const struct quiz_question *q, const int order[QUIZ_LINES], int width, struct six_text *out) {
  int at = 0;
  while (at + 1 < q->count && same_line(&q->lines[order[at]], &q->lines[at])) at++;
  const struct quiz_line *is = &q->lines[at], *guess = &q->lines[order[at]];
  six_text_addf(out, "Line %d is  ", at + 1);
  add_text(out, is->text, is->length, width - 11);
  six_text_adds(out, "       not  ");
  add_text(out, guess->text, guess->length, width - 11);
  struct six_text why = {0};
  six_say_why(q->reader, q->outputs[at], &why);
  uint32_t first = task_of(q, at), second = task_of(q, order[at]);
  if (first != second) {
    char a[16], b[16];
    six_text_addf(&why, "%s%s before %s: ", why.length ? " " : "", six_trace_tag(q->result->trace, first, a),
                  six_trace_tag(q->result->trace, second, b));
    six_order_of(q->reader, first, six_reader_running_since(q->reader, q->outputs[at]), second, &why);
    six_text_addc(&why, '.');
  } else {
    six_text_adds(&why, why.length ? " " : "");
    six_text_adds(&why, "Both come from the same callback: its statements run in order.");
  }
  add_legend(q, &why);
  ui_add_wrapped(out, "", "", why.bytes, width);
  six_text_done(&why);
}

void quiz_tell_order(const struct quiz_question *q, int width, struct six_text *out) {
  for (int i = 0; i < q->count; i++) {
    six_text_addf(out, "%4d  ", i + 1);
    add_text(out, q->lines[i].text, q->lines[i].length, width - 6);
  }
  const char *explanation = six_scenario_info(q->program.scenario)->explanation;
  if (!explanation) return;
  six_text_addc(out, '\n');
  ui_add_wrapped(out, "", "", explanation, width);
}
