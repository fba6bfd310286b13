#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>
#include <cmocka.h>

#include "sim/trace/write.h"
#include "tests/unit/demo_trace.h"

static uint32_t find_begin(const struct six_trace *trace, const char *wanted) {
  char tag[16];
  for (uint32_t i = 0; i < six_trace_count(trace); i++) {
    struct six_event event = six_trace_at(trace, i);
    if (event.kind == SIX_EV_BEGIN && !strcmp(six_trace_tag(trace, event.subject, tag), wanted)) return i;
  }
  return UINT32_MAX;
}

static void the_demo_waits_where_it_should(void **state) {
  (void)state;
  struct six_trace *trace = demo_trace();
  struct six_reader *reader = six_reader_new(trace);
  char tag[16];
  const struct six_moment *m = six_reader_seek(reader, find_begin(trace, "N1") - 1);
  assert_int_equal(m->ticks.count, 1);
  assert_int_equal(m->microtasks.count, 1);
  assert_int_equal(m->immediates.count, 1);
  assert_int_equal(m->timer_count, 1);
  assert_string_equal(six_trace_tag(trace, m->timers[0].task, tag), "T1");
  assert_int_equal(m->outside_count, 1);
  assert_int_equal(m->outside[0].slot, 0);
  assert_int_equal(m->outside[0].trips, 4);
  assert_true(m->draining);
  assert_int_equal(m->running_count, 0);
  m = six_reader_seek(reader, find_begin(trace, "T1") + 1);
  assert_int_equal(m->phase, SIX_PHASE_TIMERS);
  assert_int_equal(m->turn, 1);
  assert_int_equal(m->running_count, 1);
  assert_int_equal(m->timer_count, 0);
  assert_int_equal(m->outputs, 4);
  assert_int_equal(six_reader_position(reader, m->statement).line, 3);
  m = six_reader_seek(reader, UINT32_MAX);
  assert_int_equal(m->outputs, 9);
  assert_true(m->ended);
  assert_int_equal(m->timer_count + m->immediates.count + m->outside_count + m->poll.count, 0);
  six_reader_free(reader);
  six_trace_free(trace);
}

// A random but lawful life of ticks, immediates, timers and calls; the naive fold keeps plain arrays.
enum { MOST = 64 };
struct naive {
  uint32_t ticks[MOST], immediates[MOST], timers[MOST], tick_count, immediate_count, timer_count, depth, task;
};

static void drop(uint32_t *items, uint32_t *count, uint32_t at) {
  memmove(items + at, items + at + 1, (*count - at - 1) * sizeof *items);
  --*count;
}

static void live(struct six_trace *trace, struct naive *n, int dice) {
  switch (dice) {
    case 0:
      if (n->tick_count < MOST) n->ticks[n->tick_count++] = six_trace_enqueue(trace, SIX_TASK_TICK, 40, 0, 0);
      break;
    case 1:
      if (n->immediate_count < MOST) n->immediates[n->immediate_count++] = six_trace_enqueue(trace, SIX_TASK_IMMEDIATE, 30, 0, 0);
      break;
    case 2:
      if (n->timer_count == MOST) break;
      n->timers[n->timer_count] = six_trace_enqueue(trace, SIX_TASK_TIMER, 10, 0, 0);
      six_trace_add(trace, SIX_EV_ARM, 12, 0, n->timers[n->timer_count++], 1 + (uint32_t)rand() % 5, 0);
      break;
    case 3:
      if (n->task || !n->tick_count) break;
      six_trace_add(trace, SIX_EV_BEGIN, 40, 0, n->task = n->ticks[0], 0, 0);
      drop(n->ticks, &n->tick_count, 0);
      break;
    case 4:
      if (!n->immediate_count) break;
      {
        uint32_t at = (uint32_t)rand() % n->immediate_count;
        six_trace_add(trace, SIX_EV_CANCEL, 32, 0, n->immediates[at], 0, 0);
        drop(n->immediates, &n->immediate_count, at);
      }
      break;
    case 5:
      if (!n->timer_count) break;
      six_trace_add(trace, SIX_EV_CANCEL, 18, 0, n->timers[0], 0, 0);
      drop(n->timers, &n->timer_count, 0);
      break;
    case 6:
      if (n->task) six_trace_add(trace, SIX_EV_CALL, 0, 0, 0, 0, 0), n->depth++;
      break;
    case 7:
      if (n->depth) six_trace_add(trace, SIX_EV_RETURN, 0, 0, 0, 0, 0), n->depth--;
      break;
    case 8:
      if (!n->task) break;
      six_trace_add(trace, SIX_EV_END, 0, 0, n->task, 0, 0);  // as after an exception: calls are cut
      n->task = n->depth = 0;
      break;
    default: six_trace_add(trace, SIX_EV_STATEMENT, 0, 1 + n->depth, 0, 0, 0); break;
  }
}

static void compare(const struct six_moment *m, const struct naive *n) {
  assert_int_equal(m->ticks.count, n->tick_count);
  for (uint32_t i = 0; i < n->tick_count; i++) assert_int_equal(m->ticks.items[m->ticks.first + i], n->ticks[i]);
  assert_int_equal(m->immediates.count, n->immediate_count);
  for (uint32_t i = 0; i < n->immediate_count; i++) assert_int_equal(m->immediates.items[i], n->immediates[i]);
  assert_int_equal(m->timer_count, n->timer_count);
  assert_int_equal(m->call_count, n->depth);
  assert_int_equal(m->running_count, n->task != 0);
  if (n->task) assert_int_equal(m->running[0], n->task);
}

static void a_moment_equals_the_fold_of_its_prefix(void **state) {
  (void)state;
  srand(7);
  for (int round = 0; round < 20; round++) {
    struct six_trace *trace = six_trace_new();
    six_trace_add(trace, SIX_EV_RUN_BEGIN, 0, 0, 0, 0, 0);
    struct naive now = {0};
    static struct naive after[3000];
    for (int i = 0; i < 1000; i++) {
      live(trace, &now, rand() % 12);
      after[six_trace_count(trace) - 1] = now;  // several events of one act: the last one counts
    }
    struct six_reader *reader = six_reader_new(trace);
    uint32_t count = six_trace_count(trace);
    for (int i = 0; i < 300; i++) {
      uint32_t at = (uint32_t)rand() % count;
      struct six_event event = six_trace_at(trace, at);
      bool inside = event.kind == SIX_EV_ENQUEUE && event.a == SIX_TASK_TIMER;
      if (at && !inside) compare(six_reader_seek(reader, at), &after[at]);
    }
    six_reader_free(reader);
    six_trace_free(trace);
  }
}

static double seconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void a_million_events_are_jumped_in_ten_milliseconds(void **state) {
  (void)state;
  struct six_trace *trace = six_trace_new();
  six_trace_add(trace, SIX_EV_RUN_BEGIN, 0, 0, 0, 0, 0);
  enum { N = 250000 };
  uint32_t *tasks = malloc(N * sizeof *tasks);
  for (uint32_t i = 0; i < N; i++) {
    tasks[i] = six_trace_enqueue(trace, i & 1 ? SIX_TASK_TIMER : SIX_TASK_TICK, 0, 0, 0);
    six_trace_add(trace, SIX_EV_ARM, 12, 0, i & 1 ? tasks[i] : 0, 1 + i * 7919 % 1000, 0);
  }
  for (uint32_t i = 0; i < N; i++) {
    six_trace_add(trace, SIX_EV_BEGIN, 0, 0, tasks[i], 0, 0);
    six_trace_add(trace, SIX_EV_END, 0, 0, tasks[i], 0, 0);
  }
  struct six_reader *reader = six_reader_new(trace);
  double worst = 0;
  for (uint32_t i = 0; i < 50; i++) {
    double start = seconds();
    six_reader_seek(reader, i * 7919u * 7919u % (4 * N));
    double took = seconds() - start;
    if (took > worst) worst = took;
  }
  print_message("worst jump: %.3f ms\n", worst * 1e3);
  assert_true(worst < 0.1);  // ten times the measure: the machine may be loaded, or this an ASan build
  six_reader_free(reader);
  six_trace_free(trace);
  free(tasks);
}

static void sentences_say_why(void **state) {
  (void)state;
  struct six_trace *trace = demo_trace();
  struct six_reader *reader = six_reader_new(trace);
  struct six_text out = {0};
  six_say_now(reader, find_begin(trace, "T1"), &out);
  assert_string_equal(out.bytes, "T1 starts: the callback of setTimeout, line 3.");
  six_text_done(&out);
  six_say_why(reader, find_begin(trace, "T1") + 2, &out);
  assert_string_equal(
      out.bytes,
      "It is due: 1 ms has passed since line 3 (R14). A delay that is not from 1 to 2147483647, such as 0, becomes 1 (R10). "
      "Before I1 only because the rest of the main script took over 1 ms: Node does not promise it (R35).");
  six_text_done(&out);
  six_say_why(reader, find_begin(trace, "I2"), &out);
  assert_string_equal(out.bytes,
                      "The check phase runs the immediates that were queued before it began (R34). "
                      "Before T2: from a poll callback the check phase comes before the timers (R34).");
  six_text_done(&out);
  six_say_why_not_yet(reader, find_begin(trace, "N1"), six_trace_at(trace, find_begin(trace, "I1")).subject, &out);
  assert_non_null(strstr(out.bytes, "N1 has to return"));
  six_text_done(&out);
  six_reader_free(reader);
  six_trace_free(trace);
}

static void explain_tells_typical_from_promised(void **state) {
  (void)state;
  struct six_trace *trace = demo_trace();
  struct six_reader *reader = six_reader_new(trace);
  struct six_text out = {0};
  six_write_explain(reader, false, 100, &out);
  assert_non_null(strstr(out.bytes, "order: after line 5 typically, NOT promised: only because the rest of the main"));
  assert_non_null(strstr(out.bytes, "order: after line 8, promised: from a poll callback the check phase comes"));
  assert_non_null(strstr(out.bytes, "1 place where this order is typical"));
  if (getenv("SHOW")) print_message("%s", out.bytes);
  six_text_done(&out);
  six_reader_free(reader);
  six_trace_free(trace);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_demo_waits_where_it_should),
      cmocka_unit_test(a_moment_equals_the_fold_of_its_prefix),
      cmocka_unit_test(a_million_events_are_jumped_in_ten_milliseconds),
      cmocka_unit_test(sentences_say_why),
      cmocka_unit_test(explain_tells_typical_from_promised),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
