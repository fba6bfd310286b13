// What the machine and the loop ask of the node room: jobs, budgets, time, marking, the trace.
#include "sim/node/host.h"

#include "sim/node/esm.h"
#include "sim/node/frames.h"
#include "sim/node/worker.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

// ---- Steps, time and the budgets.
void six_node_stop(struct six_nodejs *node, enum six_stop stop, const char *format, ...) {
  if (node->m->stop) return;
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(node->m->stop_message, sizeof node->m->stop_message, format, arguments);
  va_end(arguments);
  node->m->stop = stop;
  if (!node->trace) return;
  uint32_t text = six_trace_add_text(node->trace, node->m->stop_message, strlen(node->m->stop_message));
  six_trace_add(node->trace, SIX_EV_STOP, 0, six_node_site(node), 0, (uint32_t)stop, text);
}

uint64_t six_node_steps(struct six_nodejs *node) {
  return six_outside_steps(node->outside) + node->m->effort + six_loop_tasks(node->loop) * SIX_STEPS_PER_TASK +
         (uint64_t)six_loop_turn(node->loop) * SIX_STEPS_PER_TURN;
}

static void stop_endless(struct six_nodejs *node, const char *what) {
  struct six_text why = {0};
  six_node_explain_starvation(node, &why);
  six_node_stop(node, SIX_STOP_STEPS, "%s: %s", what, why.bytes);
  six_text_done(&why);
}

bool six_node_over_budget(struct six_nodejs *node) {
  six_outside_settle(node->outside);
  if (node->m->stop) return true;
  if (six_node_steps(node) >= node->options.max_steps) {
    stop_endless(node, "the step budget ran out");
  } else if (node->trace && six_trace_full(node->trace)) {
    stop_endless(node, "the trace is full ('run' keeps none)");
  } else if (six_outside_now(node->outside) >= node->options.max_time_ns) {
    six_node_stop(node, SIX_STOP_TIME, "the time budget ran out: %.0f s of virtual time passed and the program goes on (--max-time)",
                  (double)six_outside_now(node->outside) / 1e9);
  }
  return node->m->stop != SIX_STOP_NONE;
}

static void set_fuel(struct six_nodejs *node, int64_t fuel) {
  node->m->fuel = fuel;
  six_outside_set_counter(node->outside, fuel);
}

static void out_of_fuel(struct six_machine *m) {
  struct six_nodejs *node = six_node_of(m);
  if (six_node_over_budget(node)) {
    set_fuel(node, 0);  // the next safepoint sees it
    return;
  }
  uint64_t left = node->options.max_steps - six_node_steps(node);
  set_fuel(node, left < SIX_SLICE ? (int64_t)left : SIX_SLICE);
}

static bool more_tasks(void *context) {
  struct six_nodejs *node = context;
  if (six_node_over_budget(node)) return false;
  uint64_t left = (node->options.max_steps - six_node_steps(node)) / SIX_STEPS_PER_TASK + 1;
  six_loop_set_task_limit(node->loop, six_loop_tasks(node->loop) + (left < 1024 ? left : 1024));
  if (node->m->gc_wanted) six_heap_safepoint(node->m);
  return node->m->stop == SIX_STOP_NONE;
}

static bool safepoint(void *context) {
  struct six_nodejs *node = context;
  if (node->m->gc_wanted) six_heap_safepoint(node->m);
  return !node->m->stop && six_outside_now(node->outside) < node->options.max_time_ns ? true : !six_node_over_budget(node);
}

static bool waits_for_ever(void *context) {
  struct six_nodejs *node = context;
  six_node_stop(node, SIX_STOP_TIME, "the program waits for ever: something keeps the loop alive and nothing outside will happen");
  return false;
}

// ---- Jobs.
static enum six_outcome run_job(void *context, const struct six_task *task) {
  struct six_nodejs *node = context;
  size_t roots = six_roots_mark(node->m);
  ((six_job_fn *)(void (*)(void))task->run)(node->m, task->a, task->b, task->c);
  six_roots_release(node->m, roots);
  return node->m->stop ? SIX_ENDED : SIX_DONE;
}

static uint32_t trace_job(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  static const enum six_task_kind kinds[] = {SIX_TASK_REACTION, SIX_TASK_THENABLE, SIX_TASK_AWAIT};
  static const uint16_t rules[] = {51, 52, 72};
  uint32_t task = m->job_task;
  if (!task) return six_node_trace_job(node, kinds[m->job_kind], rules[m->job_kind], m->job_callback);
  six_trace_set_time(node->trace, six_node_time(node));
  six_trace_add(node->trace, SIX_EV_READY, rules[m->job_kind], 0, task, 0, 0);
  six_node_look(node);
  m->job_task = 0;
  return task;
}

static __attribute__((noinline)) void enqueue_traced_job(struct six_machine *m, six_job_fn *fn, six_value a, six_value b, six_value c) {
  struct six_nodejs *node = six_node_of(m);
  six_loop_job(node->loop, (void (*)(void))fn, a, b, c, trace_job(node));
}

static void enqueue_job(struct six_machine *m, six_job_fn *fn, six_value a, six_value b, six_value c) {
  struct six_nodejs *node = six_node_of(m);
  if (node->trace) enqueue_traced_job(m, fn, a, b, c);
  else six_loop_job(node->loop, (void (*)(void))fn, a, b, c, 0);
}

static uint32_t on_registered(struct six_machine *m) {
  static const enum six_task_kind kinds[] = {SIX_TASK_REACTION, SIX_TASK_THENABLE, SIX_TASK_AWAIT};
  return six_node_trace_task(six_node_of(m), kinds[m->job_kind], 51, m->job_callback, NULL);
}

// ---- Marking.
static void mark_task(void *context, enum six_queue_kind where, struct six_task *task) {
  struct six_machine *m = context;
  (void)where;
  six_mark_value(m, task->a);
  if (task->b) six_mark_value(m, task->b);
  if (task->c) six_mark_value(m, task->c);
}

static void mark(struct six_machine *m) {
  struct six_nodejs *node = six_node_of(m);
  if (!node || !node->loop) return;
  six_loop_each(node->loop, mark_task, m);
  for (int i = 0; i < SIX_MODULE_COUNT; i++) {
    six_mark_value(m, node->module_exports[i]);
    if (node->mark_state[i] && node->state[i]) node->mark_state[i](node, node->state[i]);
  }
  for (int i = 0; i < SIX_GLOBAL_COUNT; i++) six_mark_value(m, node->globals[i]);
  for (int i = 0; i < SIX_ROOT_COUNT; i++) six_mark_value(m, node->roots[i]);
  six_mark_value(m, node->main_module);
  six_mark_value(m, node->require_cache);
  six_mark_value(m, node->process);
  six_mark_value(m, node->exit_code);
  six_mark_value(m, m->job_callback);
  six_node_rejections_mark(node);
  six_esm_mark(node);
  six_threads_mark(node);
}

static double date_now(struct six_machine *m) { return six_node_wall_ms(six_node_of(m)); }

static bool block(struct six_machine *m, double ms, bool alone) {
  struct six_nodejs *node = six_node_of(m);
  if (!alone && node->threads) return false;
  six_node_work(node, ms < 1e12 ? (uint64_t)(ms * 1e6) : (uint64_t)1e18);
  return true;
}

#define HOOKS                                                                                                                \
  .enqueue_job = enqueue_job, .promise_rejected = six_node_promise_rejected, .promise_handled = six_node_promise_handled,    \
  .promise_resolved_again = six_node_promise_resolved_again, .out_of_fuel = out_of_fuel, .mark = mark, .date_now = date_now, \
  .block = block, .promise_made = six_async_promise_made, .promise_done = six_async_promise_done,                            \
  .await_context = six_async_await_context, .job_begins = six_async_job_begins, .job_ends = six_async_job_ends,              \
  .import_dynamic = six_node_import_dynamic, .import_meta = six_node_import_meta, .global_missing = six_node_global_missing, \
  .global_keys = six_node_global_keys, .native_row = six_frames_native_row, .base_rows = six_frames_base_rows,               \
  .row_text = six_frames_row_text

const struct six_host six_node_host = {HOOKS};
const struct six_host six_node_host_traced = {HOOKS, .on_settled = six_node_trace_settled, .on_registered = on_registered};
const struct six_host six_node_host_detailed = {HOOKS,
                                                .on_settled = six_node_trace_settled,
                                                .on_registered = on_registered,
                                                .on_call = six_node_trace_call,
                                                .on_return = six_node_trace_return,
                                                .on_statement = six_node_trace_statement};
const struct six_loop_host six_node_loop_host = {six_node_rejections, more_tasks,           safepoint, run_job, six_threads_others,
                                                 waits_for_ever,      six_node_check_begins};
