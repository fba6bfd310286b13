#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
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
  assert_int_equal(six_trace_at(trace, 0).kind, SIX_EV_RUN_BEGIN);
  six_trace_set_phase(trace, SIX_PHASE_CHECK);
  six_trace_set_cause(trace, task);
  for (uint32_t i = 0; i < 20000; i++) assert_int_equal(six_trace_add(trace, SIX_EV_SETTLE, 0, 0, 0, 1, i), i + 2);
  struct six_event event = six_trace_at(trace, 12345);
  assert_int_equal(event.b, 12343);
  assert_int_equal(event.cause, task);
  assert_int_equal(event.phase, SIX_PHASE_CHECK);
  assert_int_equal(event.time, 1500);
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

// ---- Whatever is written is read again: short records, long ones, near and far values, in any order.

enum { MANY = 200000 };

struct mirror {  // what the trace should hold
  struct six_trace *trace;
  struct six_event *events;
  uint32_t count, ordinal;
  uint64_t time, random;
  uint32_t cause;
  enum six_phase phase;
};

static uint32_t roll(struct mirror *mirror, uint32_t sides) {
  mirror->random = mirror->random * UINT64_C(6364136223846793005) + 1442695040888963407u;
  return (uint32_t)(mirror->random >> 33) % sides;
}

static uint32_t any(struct mirror *mirror) {  // mostly small
  static const uint32_t sides[] = {1, 2, 50, 300, 70000, UINT32_MAX};
  return roll(mirror, sides[roll(mirror, 6)]);
}

static void keep(struct mirror *mirror, struct six_event event) {
  event.phase = (uint8_t)mirror->phase;
  event.time = mirror->time;
  event.cause = mirror->cause;
  mirror->events[mirror->count++] = event;
}

static void write_any_event(struct mirror *mirror) {
  enum six_event_kind kind = (enum six_event_kind)(SIX_EV_LABEL + roll(mirror, SIX_EV_KINDS - SIX_EV_LABEL));
  struct six_event event = {.kind = (uint8_t)kind,
                            .rule = (uint16_t)roll(mirror, 300),
                            .site = any(mirror),
                            .subject = any(mirror),
                            .a = any(mirror),
                            .b = any(mirror)};
  six_trace_set_time(mirror->trace, mirror->time);
  six_trace_add(mirror->trace, kind, event.rule, event.site, event.subject, event.a, event.b);
  keep(mirror, event);
}

static void make_task(struct mirror *mirror) {
  uint32_t shape_number = roll(mirror, roll(mirror, 3) ? 20 : 400), made = mirror->count;
  uint16_t rule = (uint16_t)(shape_number % 7), ready = (uint16_t)(shape_number % 3 ? 0 : 51);
  uint32_t label = shape_number % 2;
  struct six_trace_shape shape = six_trace_shape(mirror->trace, SIX_TASK_TIMER, rule, shape_number, shape_number + 1, label, ready);
  assert_int_equal(six_trace_make(mirror->trace, shape, mirror->time), made);
  keep(mirror, (struct six_event){.kind = SIX_EV_ENQUEUE,
                                  .rule = rule,
                                  .site = shape_number,
                                  .subject = shape_number + 1,
                                  .a = SIX_TASK_TIMER,
                                  .b = ++mirror->ordinal});
  if (label) keep(mirror, (struct six_event){.kind = SIX_EV_LABEL, .subject = made, .a = label});
  if (ready) keep(mirror, (struct six_event){.kind = SIX_EV_READY, .rule = ready, .subject = made});
  if (roll(mirror, 2)) return;
  uint32_t ms = any(mirror), start = (uint32_t)(mirror->time / 1000000);
  six_trace_arm(mirror->trace, made, 14, ms, start, mirror->time);
  keep(mirror, (struct six_event){.kind = SIX_EV_ARM, .rule = 14, .subject = made, .a = ms, .b = start});
}

static void run_task(struct mirror *mirror) {
  uint32_t task = roll(mirror, 4) ? mirror->count - roll(mirror, 9) : any(mirror), outer = mirror->cause;
  bool threw = roll(mirror, 20) == 0;
  six_trace_begin(mirror->trace, task, 40, mirror->time);
  keep(mirror, (struct six_event){.kind = SIX_EV_BEGIN, .rule = 40, .subject = task});
  mirror->cause = task;
  if (roll(mirror, 2)) make_task(mirror);
  if (roll(mirror, 10) == 0) run_task(mirror);
  mirror->time += any(mirror);
  six_trace_end(mirror->trace, task, threw, outer, mirror->time);
  keep(mirror, (struct six_event){.kind = SIX_EV_END, .subject = task, .a = threw});
  mirror->cause = outer;
}

static void tell_details(struct mirror *mirror) {
  uint32_t site = any(mirror), text = any(mirror), fd = 1 + (roll(mirror, 5) == 0);
  enum six_trace_return how = (enum six_trace_return)roll(mirror, 5);
  bool goes_on = roll(mirror, 2);
  six_trace_call(mirror->trace, site, text, goes_on, mirror->time);
  keep(mirror, (struct six_event){.kind = SIX_EV_CALL, .site = site, .a = text, .b = goes_on});
  six_trace_statement(mirror->trace, site, mirror->time);
  keep(mirror, (struct six_event){.kind = SIX_EV_STATEMENT, .site = site});
  six_trace_output(mirror->trace, site, text, fd, mirror->time);
  keep(mirror, (struct six_event){.kind = SIX_EV_OUTPUT, .rule = 150, .site = site, .subject = mirror->cause, .a = text, .b = fd});
  six_trace_return(mirror->trace, how, mirror->time);
  keep(mirror, (struct six_event){.kind = SIX_EV_RETURN, .a = how});
}

static void turn_and_phase(struct mirror *mirror, uint32_t turn) {
  uint32_t waiting = any(mirror);
  six_trace_turn(mirror->trace, turn, mirror->time);
  keep(mirror, (struct six_event){.kind = SIX_EV_TURN, .rule = 2, .a = turn});
  mirror->phase = (enum six_phase)roll(mirror, 7);
  six_trace_phase(mirror->trace, mirror->phase, waiting, mirror->time);
  keep(mirror, (struct six_event){.kind = SIX_EV_PHASE, .rule = 2, .a = mirror->phase, .b = waiting});
  uint32_t ticks = any(mirror), microtasks = any(mirror);
  six_trace_drain(mirror->trace, ticks, microtasks, mirror->time);
  keep(mirror, (struct six_event){.kind = SIX_EV_DRAIN, .rule = 40, .a = ticks, .b = microtasks});
  if (roll(mirror, 3)) return;
  mirror->phase = (enum six_phase)roll(mirror, 7);
  six_trace_set_phase(mirror->trace, mirror->phase);
}

static void assert_event(const struct mirror *mirror, uint32_t index) {
  struct six_event is = six_trace_at(mirror->trace, index), should = mirror->events[index];
  bool same = is.kind == should.kind && is.phase == should.phase && is.rule == should.rule && is.site == should.site &&
              is.time == should.time && is.subject == should.subject && is.a == should.a && is.b == should.b && is.cause == should.cause;
  if (!same) fail_msg("event %u is kind %u and should be kind %u", index, is.kind, should.kind);
}

static void what_is_written_is_read(void **state) {
  (void)state;
  struct mirror mirror = {.trace = six_trace_new(), .events = calloc(MANY + 100, sizeof(struct six_event)), .random = 1};
  six_trace_add(mirror.trace, SIX_EV_RUN_BEGIN, 0, 0, 0, 0, 0);
  keep(&mirror, (struct six_event){0});
  for (uint32_t turn = 1; mirror.count < MANY;) {
    mirror.time += any(&mirror);
    switch (roll(&mirror, 7)) {
      case 3: tell_details(&mirror); break;
      case 0: write_any_event(&mirror); break;
      case 1: turn_and_phase(&mirror, turn++); break;
      case 2: make_task(&mirror); break;
      default: run_task(&mirror); break;
    }
    if (roll(&mirror, 1000) == 0) assert_event(&mirror, mirror.count - 1);  // while it grows
  }
  assert_int_equal(six_trace_count(mirror.trace), mirror.count);
  for (uint32_t i = 0; i < mirror.count; i++) assert_event(&mirror, i);
  for (uint32_t i = mirror.count; i-- > 0;) assert_event(&mirror, i);
  for (int i = 0; i < 20000; i++) assert_event(&mirror, roll(&mirror, mirror.count));
  free(mirror.events);
  six_trace_free(mirror.trace);
}

static void an_ordinary_event_takes_a_few_bytes(void **state) {
  (void)state;
  struct six_trace *trace = six_trace_new();
  struct six_trace_shape shape = six_trace_shape(trace, SIX_TASK_REACTION, 51, 1, 2, 3, 51);
  for (uint64_t time = 0; six_trace_count(trace) < 1000000; time += 2000) {
    uint32_t task = six_trace_make(trace, shape, time);
    six_trace_begin(trace, task, 40, time + 1000);
    six_trace_end(trace, task, false, 0, time + 1500);
  }
  assert_true(six_trace_bytes(trace) < 3 * six_trace_count(trace));
  six_trace_free(trace);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_event_keeps_its_index_and_context),
      cmocka_unit_test(equal_texts_and_sites_have_equal_numbers),
      cmocka_unit_test(details_stop_and_order_goes_on),
      cmocka_unit_test(tags_count_by_letter),
      cmocka_unit_test(a_site_has_line_and_column),
      cmocka_unit_test(an_event_is_a_line_of_json),
      cmocka_unit_test(what_is_written_is_read),
      cmocka_unit_test(an_ordinary_event_takes_a_few_bytes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
