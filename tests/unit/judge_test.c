// explain and orders agree: what explain says of two lines, one after the other, is what the orders found show, for every
// shipped scenario and every conformance program.
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "ui/ui.h"

enum { MOST_LINES = 4000 };

struct lines {  // of an order; texts are borrowed
  const char *text[MOST_LINES];
  size_t length[MOST_LINES];
  int nth[MOST_LINES];  // among equal lines
  int count;
};

static void add_line(struct lines *lines, const char *text, size_t length) {
  if (lines->count == MOST_LINES) return;
  int nth = 0, i = lines->count++;
  for (int j = 0; j < i; j++) nth += lines->length[j] == length && !memcmp(lines->text[j], text, length);
  lines->text[i] = text;
  lines->length[i] = length;
  lines->nth[i] = nth;
}

static int find_line(const struct lines *lines, const struct lines *of, int i) {
  for (int j = 0; j < lines->count; j++)
    if (lines->nth[j] == of->nth[i] && lines->length[j] == of->length[i] && !memcmp(lines->text[j], of->text[i], of->length[i])) return j;
  return -1;
}

static void lines_of_text(struct lines *lines, const struct six_text *text) {
  lines->count = 0;
  for (size_t i = 0; i < text->length;) {
    const char *end = memchr(text->bytes + i, '\n', text->length - i);
    size_t length = end ? (size_t)(end - text->bytes) - i : text->length - i;
    add_line(lines, text->bytes + i, length);
    i += length + 1;
  }
}

// Whether some order found does not have the line before the next one.
static bool is_open(const struct six_orders *orders, const struct lines *typical, int line) {
  static struct lines other;
  for (uint32_t i = 0; i < orders->count; i++) {
    lines_of_text(&other, &orders->orders[i].out);
    int a = find_line(&other, typical, line), b = find_line(&other, typical, line + 1);
    if ((a < 0) != (b < 0) || a > b) return true;
  }
  return false;
}

struct printed {  // as explain reads it
  struct lines lines;
  uint32_t task[MOST_LINES], begin[MOST_LINES], number[MOST_LINES];
};

static void read_printed(struct printed *printed, struct six_reader *reader) {
  const struct six_trace *trace = six_reader_trace(reader);
  uint32_t number = 0;
  printed->lines.count = 0;
  for (uint32_t i = 0; i < six_reader_outputs(reader); i++) {
    uint32_t index = six_reader_output_event(reader, i);
    struct six_event event = six_trace_at(trace, index);
    for (struct six_printed_line line = {0}; six_next_line(trace, index, &line);) {
      number++;
      if (event.b == 2 || printed->lines.count == MOST_LINES) continue;
      int at = printed->lines.count;
      add_line(&printed->lines, line.bytes, line.length);
      printed->task[at] = event.subject ? event.subject : event.cause;
      printed->begin[at] = six_reader_running_since(reader, index);
      printed->number[at] = number;
    }
  }
}

static bool same_lines(const struct lines *a, const struct lines *b) {
  bool same = a->count == b->count && a->count < MOST_LINES;
  for (int i = 0; same && i < a->count; i++) same = a->length[i] == b->length[i] && !memcmp(a->text[i], b->text[i], a->length[i]);
  return same;
}

struct tally {
  int programs, pairs, open, undecided;
};

static void compare(const char *path, struct six_reader *reader, const struct six_orders *orders, struct tally *tally) {
  static struct printed printed;
  static struct lines typical;
  read_printed(&printed, reader);
  lines_of_text(&typical, &orders->orders[0].out);
  if (!same_lines(&printed.lines, &typical)) return;  // written in parts
  tally->programs++;
  for (int i = 0; i + 1 < typical.count; i++) {
    if (!printed.task[i] || !printed.task[i + 1] || printed.task[i] == printed.task[i + 1]) continue;
    if (printed.number[i] + 1 != printed.number[i + 1]) continue;
    struct six_text reason = {0};
    enum six_order order =
        six_order_of_line(reader, printed.number[i + 1], printed.task[i], printed.begin[i], printed.task[i + 1], &reason);
    bool open = is_open(orders, &typical, i);
    if (order != SIX_ORDER_UNDECIDED && open != (order == SIX_ORDER_TYPICAL))
      fail_msg("%s: line %d and the next: explain says %d (%s), orders %s", path, i + 1, (int)order, reason.bytes,
               open ? "knows another order" : "knows no other order");
    if (!reason.length || !strchr(reason.bytes, '(')) assert_int_equal(order, SIX_ORDER_UNDECIDED);  // it names a rule
    tally->pairs++;
    tally->open += open;
    tally->undecided += order == SIX_ORDER_UNDECIDED;
    six_text_done(&reason);
  }
}

static void check(char *path, struct tally *tally) {
  struct ui_options options = {.max_steps = 20000000};
  struct ui_program program;
  struct six_diag diag = {0};
  if (ui_load(&options, path, &program, NULL)) fail_msg("%s", path);
  struct six_options how = ui_run_options(&options);
  how.record_trace = how.record_statements = true;
  struct six_result *result = six_run(program.scenario, &how, &diag);
  if (!result) fail_msg("%s: %s", path, diag.message);
  struct six_evidence *evidence = six_orders_judge(program.scenario, &how, result, 0);
  struct six_reader *reader = six_reader_new(result->trace);
  six_reader_set_evidence(reader, evidence);
  struct six_orders *orders = six_orders_find(program.scenario, &how, 0, &diag);
  if (orders->count && result->exit != SIX_STATUS_BUDGET && result->exit != SIX_STATUS_UNSUPPORTED) compare(path, reader, orders, tally);
  six_orders_free(orders);
  six_reader_free(reader);
  six_evidence_free(evidence);
  six_result_free(result);
  ui_unload(&program);
}

static struct tally check_all(const char *pattern) {
  glob_t files;
  struct tally tally = {0};
  assert_int_equal(glob(pattern, 0, NULL, &files), 0);
  for (size_t i = 0; i < files.gl_pathc; i++)
    if (!strstr(files.gl_pathv[i], ".expected.json")) check(files.gl_pathv[i], &tally);
  globfree(&files);
  return tally;
}

static void scenarios(void **state) {
  (void)state;
  struct tally tally = check_all("scenarios/*/*.json");
  assert_true(tally.programs >= 50 && tally.pairs >= 100 && tally.open >= 4);
  assert_true(tally.undecided * 50 <= tally.pairs);
}

static void conformance(void **state) {
  (void)state;
  struct tally tally = check_all("tests/conformance/*.[cm]js");
  assert_true(tally.programs >= 5);
  tally = check_all("tests/conformance/*.js");
  assert_true(tally.programs >= 150 && tally.open >= 7);
  assert_true(tally.undecided * 50 <= tally.pairs);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(scenarios), cmocka_unit_test(conformance)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
