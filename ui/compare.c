// Two runs of one program may print their lines in different orders and both be right: where Node promises no order. Who
// printed a line, and whether its place is promised, is read from the simulation's trace.
#include "ui/compare.h"

#include <stdlib.h>
#include <string.h>

// ---- Lines
static void add(struct ui_lines *lines, struct ui_line line) {
  if (lines->count == lines->capacity) {
    lines->capacity = lines->capacity ? 2 * lines->capacity : 64;
    lines->items = realloc(lines->items, lines->capacity * sizeof *lines->items);
    if (!lines->items) abort();
  }
  lines->items[lines->count++] = line;
}

// Until the texts are complete, a line knows where it starts in its text; 0 is the text's first byte.
static void point_into_texts(struct ui_lines *lines) {
  for (size_t i = 0; i < lines->count; i++) {
    struct ui_line *line = &lines->items[i];
    const struct six_text *text = line->fd == 2 ? &lines->err : &lines->out;
    line->text = text->bytes + (size_t)(uintptr_t)line->text;
  }
}

static void add_output(struct ui_lines *lines, bool open[3], struct ui_line from, const char *bytes, size_t length) {
  struct six_text *text = from.fd == 2 ? &lines->err : &lines->out;
  while (length) {
    const char *feed = memchr(bytes, '\n', length);
    size_t part = feed ? (size_t)(feed - bytes) : length;
    struct ui_line *last = NULL;  // the line that an earlier write left open
    for (size_t i = lines->count; open[from.fd] && i-- > 0 && !last;)
      if (lines->items[i].fd == from.fd) last = &lines->items[i];
    if (!last) {
      from.text = (const char *)(uintptr_t)text->length;
      from.length = 0;
      add(lines, from);
      last = &lines->items[lines->count - 1];
    }
    six_text_add(text, bytes, part);
    last->length += part;
    open[from.fd] = !feed;
    bytes += feed ? part + 1 : part;
    length -= feed ? part + 1 : part;
  }
}

void ui_lines_of_run(struct ui_lines *lines, const struct six_result *result) {
  *lines = (struct ui_lines){.reader = six_reader_new(result->trace)};
  bool open[3] = {false};
  for (struct six_printed printed = {0}; six_next_printed(lines->reader, &printed);) {
    struct ui_line from = {.fd = printed.on_stderr ? 2 : 1, .task = printed.task};
    from.begin = six_reader_running_since(lines->reader, printed.index);
    size_t length;
    const char *bytes = six_trace_text(result->trace, six_trace_at(result->trace, printed.index).a, &length);
    add_output(lines, open, from, bytes, length);
  }
  point_into_texts(lines);
}

void ui_lines_of_text(struct ui_lines *lines, const char *bytes, size_t length) {
  *lines = (struct ui_lines){0};
  bool open[3] = {false};
  add_output(lines, open, (struct ui_line){.fd = 1}, bytes, length);
  point_into_texts(lines);
}

void ui_lines_done(struct ui_lines *lines) {
  free(lines->items);
  six_text_done(&lines->out);
  six_text_done(&lines->err);
  if (lines->reader) six_reader_free(lines->reader);
}

static bool same_line(const struct ui_line *a, const struct ui_line *b) {
  return a->fd == b->fd && a->length == b->length && (!a->length || !memcmp(a->text, b->text, a->length));
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The same but for numbers: a time that passed, say.
static bool same_but_numbers(const struct ui_line *a, const struct ui_line *b) {
  size_t i = 0, j = 0;
  if (a->fd != b->fd) return false;
  while (i < a->length && j < b->length) {
    if (is_digit(a->text[i]) && is_digit(b->text[j])) {
      while (i < a->length && (is_digit(a->text[i]) || a->text[i] == '.')) i++;
      while (j < b->length && (is_digit(b->text[j]) || b->text[j] == '.')) j++;
    } else if (a->text[i++] != b->text[j++]) return false;
  }
  return i == a->length && j == b->length;
}

// ---- Is it promised that a comes before b? In the trace that it did in.
struct question {
  struct six_reader *reader;
  struct six_text *reason;
};

static uint32_t maker_of(const struct question *q, uint32_t task) {
  struct six_task_info info;
  uint32_t root = six_reader_root(q->reader, task);
  if (!root || !six_reader_task(q->reader, root, six_trace_count(six_reader_trace(q->reader)) - 1, &info)) return 0;
  return info.by ? six_reader_root(q->reader, info.by) : 0;
}

static uint32_t begin_of(const struct question *q, uint32_t task) {
  struct six_task_info info;
  return six_reader_task(q->reader, task, six_trace_count(six_reader_trace(q->reader)) - 1, &info) ? info.begin : 0;
}

// Whether the order of two callbacks is open, or follows from one that is: of those that made them.
static bool is_open(const struct question *q, uint32_t first, uint32_t begin, uint32_t second, int depth) {
  if (!first || !second || first == second) return false;
  struct six_text reason = {0};
  enum six_order order = six_order_of(q->reader, first, begin, second, &reason);
  if (!q->reason->length || order == SIX_ORDER_TYPICAL) {
    six_text_done(q->reason);
    *q->reason = reason;
    reason = (struct six_text){0};
  }
  six_text_done(&reason);
  if (order == SIX_ORDER_TYPICAL) return true;
  if (depth == 0) return false;
  uint32_t a = maker_of(q, first), b = maker_of(q, second);
  uint32_t a_begin = a ? begin_of(q, a) : 0;
  if (a && b && a != b && a_begin && a_begin < begin_of(q, b) && is_open(q, a, a_begin, b, depth - 1)) return true;
  if (b && b != first && begin && begin < begin_of(q, b) && is_open(q, first, begin, b, depth - 1)) return true;
  return a && a != second && a_begin && is_open(q, a, a_begin, second, depth - 1);
}

static bool lines_are_open(const struct ui_lines *lines, const struct ui_line *first, const struct ui_line *second,
                           struct six_text *reason) {
  struct question q = {lines->reader, reason};
  return lines->reader && is_open(&q, first->task, first->begin, second->task, 3);
}

// ---- Comparing
struct pair {
  const struct ui_lines *a, *b;
  const struct ui_line **left, **right;  // the lines that count
  size_t left_count, right_count;
  struct ui_comparison *result;
};

static const struct ui_line **lines_that_count(const struct ui_lines *lines, bool only_stdout, size_t *count) {
  const struct ui_line **list = malloc((lines->count + 1) * sizeof *list);
  if (!list) abort();
  *count = 0;
  for (size_t i = 0; i < lines->count; i++)
    if (!only_stdout || lines->items[i].fd == 1) list[(*count)++] = &lines->items[i];
  return list;
}

static void note_race(struct pair *p, const struct ui_line *first, const struct ui_line *second, struct six_text *reason) {
  struct ui_comparison *c = p->result;
  if (c->race_count < UI_RACES) {
    c->races[c->race_count] = (struct ui_race){first, second};
    c->reasons[c->race_count] = *reason;
    *reason = (struct six_text){0};
  }
  c->race_count++;
  six_text_done(reason);
  if (c->verdict == UI_SAME) c->verdict = UI_RACE;
}

static void note_difference(struct pair *p, size_t line, struct six_text *reason) {
  struct ui_comparison *c = p->result;
  for (size_t i = 0; i < UI_RACES; i++) six_text_done(&c->reasons[i]);
  c->verdict = UI_DIFFERS;
  c->line = line;
  c->reasons[0] = *reason;
  *reason = (struct six_text){0};
}

// Where each line on the right stands on the left; false: some line is on one side only.
static bool match(const struct pair *p, size_t *place) {
  bool *taken = calloc(p->left_count + 1, sizeof *taken);
  if (!taken) abort();
  bool all = p->left_count == p->right_count;
  size_t start = 0;
  for (size_t j = 0; all && j < p->right_count; j++) {
    size_t i = start;
    while (i < p->left_count && (taken[i] || !same_line(p->left[i], p->right[j]))) i++;
    all = i < p->left_count;
    if (!all) break;
    taken[i] = true;
    place[j] = i;
    while (start < p->left_count && taken[start]) start++;
  }
  free(taken);
  return all;
}

static void judge_inversions(struct pair *p, const size_t *place) {
  enum { MANY = 600 };
  for (size_t i = 0; i + 1 < p->right_count; i++) {
    size_t end = p->right_count > MANY ? i + 2 : p->right_count;  // of many lines only neighbours
    for (size_t j = i + 1; j < end; j++) {
      if (place[i] < place[j]) continue;
      const struct ui_line *first = p->left[place[j]], *second = p->left[place[i]];
      struct six_text reason = {0};
      if (lines_are_open(p->a, first, second, &reason)) {
        note_race(p, first, second, &reason);
        continue;
      }
      struct six_text other = {0};  // the other run may know better: there they waited at the same time
      if (lines_are_open(p->b, p->right[i], p->right[j], &other)) {
        note_race(p, first, second, &other);
        six_text_done(&reason);
        continue;
      }
      six_text_done(&other);
      note_difference(p, place[j] + 1, &reason);
      return;
    }
  }
}

// Lines that only one of them has: judged by the first place where they part.
static void judge_parting(struct pair *p) {
  size_t at = 0;
  while (at < p->left_count && at < p->right_count && same_line(p->left[at], p->right[at])) at++;
  struct six_text reason = {0};
  for (size_t j = at + 1; at < p->right_count && j < p->left_count; j++) {
    if (!same_line(p->left[j], p->right[at])) continue;
    if (lines_are_open(p->a, p->left[at], p->left[j], &reason)) {
      note_race(p, p->left[at], p->left[j], &reason);
      return;
    }
    break;
  }
  struct six_text other = {0};
  for (size_t j = at + 1; at < p->left_count && j < p->right_count; j++) {
    if (!same_line(p->left[at], p->right[j])) continue;
    if (lines_are_open(p->b, p->right[at], p->right[j], &other)) {
      note_race(p, p->left[at], p->right[at], &other);
      six_text_done(&reason);
      return;
    }
    break;
  }
  six_text_done(&other);
  note_difference(p, at + 1, &reason);
}

// Times that were printed: the lines agree but for their numbers.
static bool judge_numbers(struct pair *p) {
  if (p->left_count != p->right_count) return false;
  for (size_t i = 0; i < p->left_count; i++)
    if (!same_but_numbers(p->left[i], p->right[i])) return false;
  for (size_t i = 0; i < p->left_count; i++) {
    if (same_line(p->left[i], p->right[i])) continue;
    struct six_text reason = {0};
    six_text_adds(&reason, "its numbers depend on the time that passes (R8)");
    if (!p->result->race_count) p->result->line = i + 1;
    note_race(p, p->left[i], NULL, &reason);
  }
  return true;
}

void ui_compare(const struct ui_lines *simulated, const struct ui_lines *other, bool only_stdout, struct ui_comparison *comparison) {
  *comparison = (struct ui_comparison){.verdict = UI_SAME};
  struct pair p = {.a = simulated, .b = other, .result = comparison};
  p.left = lines_that_count(simulated, only_stdout, &p.left_count);
  p.right = lines_that_count(other, only_stdout, &p.right_count);
  size_t *place = malloc((p.right_count + 1) * sizeof *place);
  if (!place) abort();
  if (match(&p, place)) {
    for (size_t i = 0; i < p.right_count && !comparison->line; i++)
      if (place[i] != i) comparison->line = i + 1;
    judge_inversions(&p, place);
  } else if (!judge_numbers(&p)) {
    judge_parting(&p);
    size_t at = 0;
    while (at < p.left_count && at < p.right_count && same_line(p.left[at], p.right[at])) at++;
    comparison->line = at + 1;
  }
  free(place);
  free(p.left);
  free(p.right);
}

void ui_comparison_done(struct ui_comparison *comparison) {
  for (size_t i = 0; i < UI_RACES; i++) six_text_done(&comparison->reasons[i]);
}
