#include "sim/world/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <string.h>

static void finds_files_by_any_name(void **state) {
  (void)state;
  struct six_world world;
  six_world_init_defaults(&world);
  six_world_add_file(&world, &(struct six_world_file){.name = "notes.txt", .size = 5});
  assert_non_null(six_world_find_file(&world, "notes.txt"));
  assert_non_null(six_world_find_file(&world, "./a/../notes.txt"));
  assert_non_null(six_world_find_file(&world, "/home/user/notes.txt"));
  assert_null(six_world_find_file(&world, "/notes.txt"));
  assert_string_equal(six_world_env(&world, "HOME"), "/home/user");
  assert_null(six_world_env(&world, "HOM"));
  six_world_done(&world);
}

static void pool_runs_four_at_a_time(void **state) {
  (void)state;
  struct six_world world;
  six_world_init_defaults(&world);
  world.costs.pool_start = 0;
  struct six_outside *outside = six_outside_new(&world, NULL);
  for (uint64_t i = 1; i <= 6; i++) six_outside_start(outside, SIX_LANE_POOL, 1000, i);
  uint64_t token, at, start = six_outside_now(outside);
  assert_false(six_outside_take(outside, &token, &at));
  six_outside_work(outside, 5000);
  for (uint64_t i = 1; i <= 6; i++) {
    assert_true(six_outside_take(outside, &token, &at));
    assert_int_equal(token, i);
    assert_int_equal(at, start + (i <= 4 ? 1000 : 2000));
  }
  assert_false(six_outside_take(outside, &token, &at));
  six_outside_free(outside);
  six_world_done(&world);
}

static void busy_wait_ends_soon(void **state) {
  (void)state;
  struct six_world world;
  six_world_init_defaults(&world);
  struct six_outside *outside = six_outside_new(&world, NULL);
  uint64_t end = six_outside_now(outside) + 5 * SIX_SECOND;
  int readings = 0;
  while (six_outside_read_clock(outside) < end) readings++;
  assert_true(readings < 200000);
  assert_true(six_outside_now(outside) - end < SIX_MILLISECOND);
  six_outside_free(outside);
  six_world_done(&world);
}

static void schedules_answer_choices(void **state) {
  (void)state;
  struct six_world world;
  six_world_init_defaults(&world);
  assert_null(six_outside_new(&world, "1"));
  assert_null(six_outside_new(&world, "1:2,"));
  struct six_outside *outside = six_outside_new(&world, "1:0,2:9");
  assert_int_equal(six_world_choose(outside, SIX_CHOICE_TIMER_DUE, 2, 1, 0), 1);
  assert_int_equal(six_world_choose(outside, SIX_CHOICE_TIMER_DUE, 2, 1, 0), 0);
  assert_int_equal(six_world_choose(outside, SIX_CHOICE_TIMER_DUE, 2, 1, 0), 1);
  assert_int_equal(six_outside_choices(outside), 3);
  six_outside_free(outside);
  six_world_done(&world);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(finds_files_by_any_name), cmocka_unit_test(pool_runs_four_at_a_time),
                                     cmocka_unit_test(busy_wait_ends_soon), cmocka_unit_test(schedules_answer_choices)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
