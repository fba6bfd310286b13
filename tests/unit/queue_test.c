// The loop's queue: first in, first out at any length, and nothing leaks (under ASan).
#include "sim/loop/queue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void push(struct six_queue *queue, uint64_t count) {
  for (uint64_t i = 0; i < count; i++) {
    struct six_task *slot = six_queue_push(queue);
    slot->a = queue->tail - 1;
  }
}

static void shift(struct six_queue *queue, uint64_t count) {
  struct six_task task;
  for (uint64_t i = 0; i < count; i++) {
    uint64_t head = queue->head;
    six_queue_shift(queue, &task);
    assert_int_equal(task.a, head);
  }
}

static void keeps_order_at_any_length(void **state) {
  static const uint64_t steps[][2] = {{1, 1},        {300, 200},    {100000, 99000},  {200000, 10}, {5, 200000},      {60000, 60000},
                                      {52479, 1000}, {1000, 52000}, {300000, 300000}, {256, 256},   {400000, 100000}, {3, 3}};
  struct six_queue queue = {0};
  (void)state;
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    push(&queue, steps[i][0]);
    assert_int_equal(six_queue_at(&queue, queue.tail - 1)->a, queue.tail - 1);
    assert_int_equal(six_queue_at(&queue, queue.head)->a, queue.head);
    shift(&queue, steps[i][1] < six_queue_length(&queue) ? steps[i][1] : six_queue_length(&queue));
  }
  assert_false(six_queue_empty(&queue));
  six_queue_done(&queue);
}

static void goes_on_for_ever(void **state) {
  struct six_queue queue = {0};
  (void)state;
  push(&queue, 70000);
  for (int i = 0; i < 300000; i++) {
    push(&queue, 1);
    shift(&queue, 1);
  }
  shift(&queue, 70000);
  assert_true(six_queue_empty(&queue));
  for (int i = 0; i < 100000; i++) {
    push(&queue, 1);
    shift(&queue, 1);
  }
  six_queue_done(&queue);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(keeps_order_at_any_length), cmocka_unit_test(goes_on_for_ever)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
