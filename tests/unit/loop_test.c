// The loop alone, with C callbacks as tasks, against the rule book.
#include "sim/loop/loop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <string.h>

struct harness {
  struct six_world world;
  struct six_outside *outside;
  struct six_rules rules;
  struct six_loop *loop;
  char log[512];
  void (*script)(struct harness *h);
  struct six_timer_handle timer;
  uint64_t immediate;
};

static void note(struct harness *h, const char *word) {
  if (h->log[0]) strcat(h->log, " ");
  strcat(h->log, word);
}

// A task: notes `a` (a C string), then calls `b` (a script).
static enum six_outcome run(void *context, const struct six_task *task) {
  struct harness *h = context;
  if (task->a) note(h, (const char *)(uintptr_t)task->a);
  void (*then)(struct harness *) = (void (*)(struct harness *))(uintptr_t)task->b;
  if (then) then(h);
  if (task->c) six_loop_keep_check(h->loop);
  return task->c ? SIX_THREW : SIX_DONE;
}

static struct six_task task(const char *word, void (*then)(struct harness *)) {
  return (struct six_task){.run = run, .a = (uintptr_t)word, .b = (uintptr_t)then};
}
static struct six_task throwing(const char *word, void (*then)(struct harness *)) {
  struct six_task t = task(word, then);
  t.c = 1;
  return t;
}

static enum six_outcome no_rejections(void *context, bool *again) {
  (void)context;
  *again = false;
  return SIX_DONE;
}
static bool go_on(void *context) { return context != NULL; }
static bool stop(void *context) { return context == NULL; }
static enum six_outcome no_job(void *context, const struct six_task *t) { return run(context, t); }

static const struct six_loop_host host = {
    .rejections = no_rejections, .more_tasks = go_on, .safepoint = go_on, .job = no_job, .waits_for_ever = stop};

static const char *simulate(struct harness *h, int major, void (*script)(struct harness *)) {
  memset(h, 0, sizeof *h);
  six_world_init_defaults(&h->world);
  h->outside = six_outside_new(&h->world, NULL);
  assert_true(six_rules_for(major, &h->rules));
  h->loop = six_loop_new(&h->rules, h->outside, NULL, &host, h);
  struct six_task main_task = task(NULL, script);
  six_loop_run_main(h->loop, &main_task);
  six_loop_run(h->loop);
  six_loop_free(h->loop);
  six_outside_free(h->outside);
  six_world_done(&h->world);
  return h->log;
}

static void tick(struct harness *h, struct six_task t) { six_loop_tick(h->loop, &t); }
static void micro(struct harness *h, struct six_task t) { six_loop_microtask(h->loop, &t); }
static void immediate(struct harness *h, struct six_task t) { six_loop_immediate(h->loop, &t, true); }
static struct six_timer_handle timer(struct harness *h, double ms, struct six_task t) { return six_loop_timer(h->loop, &t, ms, 0); }
static void stat(struct harness *h, struct six_task t) {
  six_loop_operation(h->loop, &(struct six_operation){.lane = SIX_LANE_POOL, .ns = 100 * SIX_MICROSECOND}, &t);
}

static void micro_queues_tick(struct harness *h) {
  tick(h, task("t2", NULL));
  micro(h, task("m3", NULL));
}
static void queues(struct harness *h) {
  immediate(h, task("immediate", NULL));
  timer(h, 1, task("timeout", NULL));
  micro(h, task("m1", micro_queues_tick));
  micro(h, task("m2", NULL));
  tick(h, task("t1", NULL));
  note(h, "main");
}
static void drains_ticks_before_microtasks(void **state) {
  struct harness h;
  (void)state;
  for (int major = 8; major <= 26; major++) assert_string_equal(simulate(&h, major, queues), "main t1 m1 m2 m3 t2 timeout immediate");
}

static void one_tick(struct harness *h) { tick(h, task("tick", NULL)); }
static void two_of_each(struct harness *h) {
  timer(h, 1, task("a", one_tick));
  timer(h, 1, task("b", NULL));
  immediate(h, task("i", one_tick));
  immediate(h, task("j", NULL));
}
static void drains_between_since_11(void **state) {
  struct harness h;
  (void)state;
  assert_string_equal(simulate(&h, 10, two_of_each), "a b tick i j tick");
  assert_string_equal(simulate(&h, 11, two_of_each), "a tick b i tick j");
  assert_string_equal(simulate(&h, 20, two_of_each), "a tick b i tick j");
}

static void nested(struct harness *h) {
  timer(h, 1, task("timeout", NULL));
  immediate(h, task("inner", NULL));
}
static void in_immediate(struct harness *h) { immediate(h, task("outer", nested)); }
static void in_poll(struct harness *h) { stat(h, task("stat", nested)); }
static void two_then_one(struct harness *h) {
  timer(h, 2, task("two", NULL));
  timer(h, 1, task("one", NULL));
  immediate(h, task("immediate", NULL));
}
static void typical_schedule(void **state) {
  struct harness h;
  (void)state;
  static const int majors[] = {8, 10, 18, 20, 26};
  for (size_t i = 0; i < 5; i++) {
    assert_string_equal(simulate(&h, majors[i], in_immediate), "outer inner timeout");
    assert_string_equal(simulate(&h, majors[i], in_poll), "stat inner timeout");
    assert_string_equal(simulate(&h, majors[i], two_then_one), "one immediate two");
  }
}

static void clear_both(struct harness *h) {
  six_loop_clear_timer(h->loop, h->timer);
  six_loop_clear_immediate(h->loop, h->immediate);
}
static void clearing(struct harness *h) {
  timer(h, 1, task("a", clear_both));
  h->timer = timer(h, 1, task("b", NULL));
  struct six_task t = task("i", NULL);
  h->immediate = six_loop_immediate(h->loop, &t, true);
}
static void clears_waiting_ones(void **state) {
  struct harness h;
  (void)state;
  for (int major = 8; major <= 26; major++) assert_string_equal(simulate(&h, major, clearing), "a");
}

static void interval_body(struct harness *h) {
  if (strlen(h->log) > 12) six_loop_clear_timer(h->loop, h->timer);
}
static void interval(struct harness *h) {
  struct six_task t = task("tick", interval_body);
  h->timer = six_loop_timer(h->loop, &t, 10, SIX_TIMER_REPEATS);
  timer(h, 25, task("25", NULL));
}
static void repeats_until_cleared(void **state) {
  struct harness h;
  (void)state;
  for (int major = 8; major <= 26; major++) assert_string_equal(simulate(&h, major, interval), "tick tick 25 tick");
}

static void throw_script(struct harness *h) {
  timer(h, 1, throwing("a", one_tick));
  timer(h, 1, task("b", NULL));
  timer(h, 1, task("c", NULL));
}
static void goes_on_after_a_throw(void **state) {  // R22
  struct harness h;
  (void)state;
  assert_string_equal(simulate(&h, 20, throw_script), "a b tick c");
  assert_string_equal(simulate(&h, 10, throw_script), "a b c tick");
  assert_string_equal(simulate(&h, 8, throw_script), "a tick b c");
}

static void unref_immediate(struct harness *h) {
  struct six_task t = task("never", NULL);
  six_loop_immediate(h->loop, &t, false);
  h->timer = timer(h, 5, task("never", NULL));
  six_loop_ref_timer(h->loop, h->timer, false);
}
static void unref_does_not_keep_alive(void **state) {
  struct harness h;
  (void)state;
  assert_string_equal(simulate(&h, 20, unref_immediate), "");
}

static void close_two(struct harness *h) {
  struct six_task a = task("close a", NULL), b = task("close b", NULL);
  six_loop_close(h->loop, &a);
  six_loop_close(h->loop, &b);
  immediate(h, task("immediate", NULL));
}
static void closes_last_first(void **state) {  // R108
  struct harness h;
  (void)state;
  assert_string_equal(simulate(&h, 20, close_two), "immediate close b close a");
}

static void six_pool_jobs(struct harness *h) {
  static const char *const names[] = {"1", "2", "3", "4", "5", "6"};
  for (int i = 0; i < 6; i++) stat(h, task(names[i], one_tick));
}
static void drains_after_each_completion(void **state) {  // R105
  struct harness h;
  (void)state;
  assert_string_equal(simulate(&h, 10, six_pool_jobs), "1 tick 2 tick 3 tick 4 tick 5 tick 6 tick");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(drains_ticks_before_microtasks),
                                     cmocka_unit_test(drains_between_since_11),
                                     cmocka_unit_test(typical_schedule),
                                     cmocka_unit_test(clears_waiting_ones),
                                     cmocka_unit_test(repeats_until_cleared),
                                     cmocka_unit_test(goes_on_after_a_throw),
                                     cmocka_unit_test(unref_does_not_keep_alive),
                                     cmocka_unit_test(closes_last_first),
                                     cmocka_unit_test(drains_after_each_completion)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
