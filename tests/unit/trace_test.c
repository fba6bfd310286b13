#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>

#include "sim/trace/write.h"
#include "tests/unit/demo_trace.h"

static void an_event_keeps_its_index_and_context(void **state) {
  (void)state;
  struct six_trace *trace = six_trace_new();
  assert_int_equal(six_trace_count(trace), 0);
  six_trace_set_time(trace, 1500);
  uint32_t task = six_trace_enqueue(trace, SIX_TASK_TICK, 40, 0, 0);
  assert_int_equal(task, 1);  // event 0 is RUN_BEGIN, so that no task is called 0
  assert_int_equal(six_trace_at(trace, 0)->kind, SIX_EV_RUN_BEGIN);
  six_trace_set_phase(trace, SIX_PHASE_CHECK);
  six_trace_set_cause(trace, task);
  for (uint32_t i = 0; i < 20000; i++) assert_int_equal(six_trace_add(trace, SIX_EV_SETTLE, 0, 0, 0, 1, i), i + 2);
  const struct six_event *event = six_trace_at(trace, 12345);
  assert_int_equal(event->b, 12343);
  assert_int_equal(event->cause, task);
  assert_int_equal(event->phase, SIX_PHASE_CHECK);
  assert_int_equal(event->time, 1500);
  six_trace_free(trace);
}

static void equal_texts_and_sites_have_equal_numbers(void **state) {
  (void)state;
  struct six_trace *trace = six_trace_new();
  char text[16];
  uint32_t numbers[1000];
  for (int i = 0; i < 1000; i++) numbers[i] = six_trace_add_text(trace, text, (size_t)snprintf(text, sizeof text, "t%d", i));
  for (int i = 0; i < 1000; i++)
    assert_int_equal(six_trace_add_text(trace, text, (size_t)snprintf(text, sizeof text, "t%d", i)), numbers[i]);
  size_t length;
  assert_string_equal(six_trace_text(trace, numbers[77], &length), "t77");
  assert_int_equal(length, 3);
  assert_int_equal(six_trace_add_site(trace, 1, 5, 9), 1);
  assert_int_equal(six_trace_add_site(trace, 1, 5, 8), 2);
  assert_int_equal(six_trace_add_site(trace, 1, 5, 9), 1);
  assert_int_equal(six_trace_site(trace, 2).end, 8);
  assert_string_equal(six_trace_text(trace, 0, &length), "");
  six_trace_free(trace);
}

static void details_stop_and_order_goes_on(void **state) {
  (void)state;
  struct six_trace *trace = six_trace_new();
  for (int i = 0; i < 2000000; i++) six_trace_add(trace, SIX_EV_STATEMENT, 0, 0, 0, 0, 0);
  assert_true(six_trace_details(trace));
  uint32_t count = six_trace_count(trace);
  six_trace_add(trace, SIX_EV_CALL, 0, 0, 0, 0, 0);
  assert_false(six_trace_details(trace));
  assert_int_equal(six_trace_count(trace), count);
  assert_int_equal(six_trace_enqueue(trace, SIX_TASK_TIMER, 0, 0, 0), count);
  six_trace_free(trace);
}

static void tags_count_by_letter(void **state) {
  (void)state;
  struct six_trace *trace = six_trace_new();
  char tag[16];
  uint32_t main_task = six_trace_enqueue(trace, SIX_TASK_MAIN, 0, 0, 0);
  six_trace_enqueue(trace, SIX_TASK_TIMER, 0, 0, 0);
  uint32_t interval = six_trace_enqueue(trace, SIX_TASK_INTERVAL, 0, 0, 0);
  uint32_t reaction = six_trace_enqueue(trace, SIX_TASK_REACTION, 0, 0, 0);
  assert_string_equal(six_trace_tag(trace, main_task, tag), "main");
  assert_string_equal(six_trace_tag(trace, interval, tag), "T2");
  assert_string_equal(six_trace_tag(trace, reaction, tag), "M1");
  assert_string_equal(six_trace_tag(trace, 99, tag), "main");
  six_trace_free(trace);
}

static void a_site_has_line_and_column(void **state) {
  (void)state;
  struct six_trace *trace = six_trace_new();
  six_trace_set_source(trace, 1, "a.js", "x\n\xc3\xa9\xf0\x9f\x98\x80 y\n", 10);
  uint32_t y = six_trace_add_site(trace, 1, 9, 10), beyond = six_trace_add_site(trace, 1, 99, 100);
  assert_int_equal(six_trace_position(trace, y).line, 2);
  assert_int_equal(six_trace_position(trace, y).column, 5);  // UTF-16 units
  assert_int_equal(six_trace_position(trace, beyond).line, 0);
  assert_int_equal(six_trace_position(trace, 0).line, 0);
  six_trace_free(trace);
}

static void an_event_is_a_line_of_json(void **state) {
  (void)state;
  struct six_trace *trace = demo_trace();
  struct six_text out = {0};
  six_write_json_event(trace, 5, &out);
  assert_string_equal(out.bytes,
                      "{\"index\":5,\"time\":0,\"phase\":\"main\",\"event\":\"enqueue\",\"task\":\"T1\",\"kind\":\"timer\","
                      "\"callback\":{\"line\":3,\"column\":1},\"at\":{\"line\":3,\"column\":1},\"by\":\"main\",\"rule\":\"R10\"}\n");
  six_text_done(&out);
  six_write_json_event(trace, 4, &out);
  assert_non_null(strstr(out.bytes, "\"event\":\"output\",\"task\":\"main\",\"to\":\"stdout\",\"text\":\"1\\n\""));
  six_text_done(&out);
  six_write_chrome(trace, &out);
  assert_non_null(strstr(out.bytes, "\"name\":\"T1, setTimeout 1 ms, line 3\""));
  six_text_done(&out);
  six_trace_free(trace);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_event_keeps_its_index_and_context), cmocka_unit_test(equal_texts_and_sites_have_equal_numbers),
      cmocka_unit_test(details_stop_and_order_goes_on),       cmocka_unit_test(tags_count_by_letter),
      cmocka_unit_test(a_site_has_line_and_column),           cmocka_unit_test(an_event_is_a_line_of_json),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
