// A trace of the event-loop demo, written by hand, for the tests of what reads traces.
#ifndef SIX_TESTS_DEMO_TRACE_H
#define SIX_TESTS_DEMO_TRACE_H

#include <string.h>

#include "sim/trace/pen.h"

static const char demo_source[] =
    "const fs = require('fs');\n"
    "console.log('1');\n"
    "setTimeout(() => console.log('2'), 0);\n"
    "setImmediate(() => console.log('3'));\n"
    "fs.readFile(__filename, () => {\n"
    "  console.log('4');\n"
    "  setTimeout(() => console.log('5'), 0);\n"
    "  setImmediate(() => console.log('6'));\n"
    "});\n"
    "process.nextTick(() => console.log('7'));\n"
    "Promise.resolve().then(() => console.log('8'));\n"
    "console.log('9');\n";

static uint32_t demo_site(struct six_trace *trace, const char *text) {
  const char *at = strstr(demo_source, text);
  uint32_t start = (uint32_t)(at - demo_source);
  return six_trace_add_site(trace, 1, start, start + (uint32_t)strlen(text));
}

static void demo_print(struct six_trace *trace, const char *line) {
  char call[32];
  strcpy(call, "console.log('");
  strncat(call, line, 1);
  six_trace_add(trace, SIX_EV_STATEMENT, 0, demo_site(trace, call), 0, 0, 0);
  six_trace_add(trace, SIX_EV_OUTPUT, 0, demo_site(trace, call), six_trace_task(trace), six_trace_add_text(trace, line, 2), 1);
}

static void demo_begin(struct six_trace *trace, uint32_t task, uint16_t rule) {
  six_trace_set_cause(trace, task);
  six_trace_add(trace, SIX_EV_BEGIN, rule, 0, task, 0, 0);
}

static void demo_end(struct six_trace *trace, uint32_t task) {
  six_trace_add(trace, SIX_EV_END, 0, 0, task, 0, 0);
  six_trace_set_cause(trace, 0);
}

static void demo_phase(struct six_trace *trace, enum six_phase phase, uint32_t waiting) {
  six_trace_set_phase(trace, phase);
  six_trace_add(trace, SIX_EV_PHASE, 2, 0, 0, phase, waiting);
}

static uint32_t demo_timer(struct six_trace *trace, const char *at, uint32_t start) {
  uint32_t task = six_trace_enqueue(trace, SIX_TASK_TIMER, 10, demo_site(trace, at), demo_site(trace, at));
  six_trace_add(trace, SIX_EV_ARM, 12, demo_site(trace, at), task, 1, start);
  return task;
}

static void demo_drain(struct six_trace *trace, uint32_t ticks, uint32_t microtasks) {
  six_trace_add(trace, SIX_EV_DRAIN, 40, 0, 0, ticks, microtasks);
}

static struct six_trace *demo_trace(void) {
  struct six_trace *t = six_trace_new();
  six_trace_set_source(t, 1, "demo.js", demo_source, sizeof demo_source - 1);
  six_trace_add(t, SIX_EV_RUN_BEGIN, 0, 0, 0, 0, 0);
  uint32_t main_task = six_trace_enqueue(t, SIX_TASK_MAIN, 1, 0, 0);
  demo_begin(t, main_task, 1);
  demo_print(t, "1\n");
  uint32_t t1 = demo_timer(t, "setTimeout(() => console.log('2'), 0)", 0);
  uint32_t i1 = six_trace_enqueue(t, SIX_TASK_IMMEDIATE, 30, demo_site(t, "setImmediate(() => console.log('3'))"), 0);
  uint32_t f1 = six_trace_enqueue(t, SIX_TASK_FILE, 101, demo_site(t, "fs.readFile(__filename"), 0);
  six_trace_add(t, SIX_EV_LABEL, 0, 0, f1, six_trace_add_text(t, "fs.readFile 'demo.js'", 21), 0);
  six_trace_add(t, SIX_EV_POOL_WAIT, 100, 0, f1, 1, 4);
  six_trace_add(t, SIX_EV_POOL_RUN, 100, 0, f1, 0, 200000);
  uint32_t n1 = six_trace_enqueue(t, SIX_TASK_TICK, 40, demo_site(t, "process.nextTick"), 0);
  uint32_t m1 = six_trace_enqueue(t, SIX_TASK_REACTION, 51, demo_site(t, "Promise.resolve().then"), 0);
  six_trace_add(t, SIX_EV_READY, 51, 0, m1, 0, 0);
  demo_print(t, "9\n");
  demo_end(t, main_task);
  six_trace_set_time(t, 2000000);
  demo_drain(t, 1, 1);
  demo_begin(t, n1, 40), demo_print(t, "7\n"), demo_end(t, n1);
  demo_begin(t, m1, 40), demo_print(t, "8\n"), demo_end(t, m1);
  six_trace_add(t, SIX_EV_TURN, 2, 0, 0, 1, 0);
  six_trace_add(t, SIX_EV_CHOICE, 35, 0, t1, 0, 0 | 2 << 16);
  demo_phase(t, SIX_PHASE_TIMERS, 1);
  demo_begin(t, t1, 14), demo_print(t, "2\n"), demo_end(t, t1);
  demo_phase(t, SIX_PHASE_PENDING, 0);
  demo_phase(t, SIX_PHASE_IDLE, 0);
  demo_phase(t, SIX_PHASE_POLL, 0);
  six_trace_add(t, SIX_EV_POOL_DONE, 100, 0, f1, 0, 0);
  for (uint32_t trip = 2; trip <= 3; trip++) {
    six_trace_add(t, SIX_EV_POOL_WAIT, 100, 0, f1, trip, 4);
    six_trace_add(t, SIX_EV_POOL_RUN, 100, 0, f1, 0, 200000);
    if (trip == 2) {
      demo_phase(t, SIX_PHASE_CHECK, 1);
      demo_begin(t, i1, 30), demo_print(t, "3\n"), demo_end(t, i1);
      demo_phase(t, SIX_PHASE_CLOSE, 0);
      six_trace_add(t, SIX_EV_TURN, 2, 0, 0, 2, 0);
      demo_phase(t, SIX_PHASE_POLL, 0);
    }
    six_trace_set_time(t, 2000000 + trip * 200000);
    six_trace_add(t, SIX_EV_POOL_DONE, 100, 0, f1, 0, 0);
  }
  six_trace_add(t, SIX_EV_POOL_WAIT, 100, 0, f1, 4, 4);
  six_trace_add(t, SIX_EV_POOL_RUN, 100, 0, f1, 0, 200000);
  six_trace_set_time(t, 3000000);
  six_trace_add(t, SIX_EV_CLOCK, 2, 0, 0, 200000, 1);
  six_trace_add(t, SIX_EV_POOL_DONE, 100, 0, f1, 0, 0);
  six_trace_add(t, SIX_EV_READY, 105, 0, f1, 0, 0);
  demo_begin(t, f1, 101), demo_print(t, "4\n");
  uint32_t t2 = demo_timer(t, "setTimeout(() => console.log('5'), 0)", 3);
  uint32_t i2 = six_trace_enqueue(t, SIX_TASK_IMMEDIATE, 30, demo_site(t, "setImmediate(() => console.log('6'))"), 0);
  demo_end(t, f1);
  demo_phase(t, SIX_PHASE_CHECK, 1);
  demo_begin(t, i2, 34), demo_print(t, "6\n"), demo_end(t, i2);
  demo_phase(t, SIX_PHASE_CLOSE, 0);
  six_trace_add(t, SIX_EV_TURN, 2, 0, 0, 3, 0);
  six_trace_set_time(t, 4100000);
  demo_phase(t, SIX_PHASE_TIMERS, 1);
  demo_begin(t, t2, 14), demo_print(t, "5\n"), demo_end(t, t2);
  six_trace_set_phase(t, SIX_PHASE_NONE);
  six_trace_add(t, SIX_EV_EXIT, 4, 0, 0, 0, 0);
  return t;
}

#endif
