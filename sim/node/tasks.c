// Scheduling for the modules of this room: everything that ends up in one of the loop's queues.
#include <stdlib.h>
#include <string.h>

#include "sim/node/node.h"

// ---- Words.
uint64_t six_node_pack(struct six_nodejs *node, int argc, const six_value *argv) {
  if (argc <= 0) return 0;
  struct six_values *values = six_values_new(node->m, (uint32_t)argc);
  memcpy(values->items, argv, (size_t)argc * sizeof *argv);
  values->count = (uint32_t)argc;
  return six_tagged(SIX_TAG_OBJECT, values);  // as a value, so that the collector's walk finds it
}

struct six_values *six_node_unpack(uint64_t word) {
  return word ? six_as_pointer(word) : NULL;
}

uint64_t six_node_new_async_id(struct six_nodejs *node) { return ++node->next_async_id; }

// ---- Callbacks.
enum six_outcome six_node_report(struct six_nodejs *node) {
  if (six_is_terminating(node->m)) return SIX_ENDED;
  six_loop_unwind(node->loop);
  return six_node_uncaught(node, six_take_exception(node->m), false);
}

enum six_outcome six_node_callback(struct six_nodejs *node, six_value function, six_value this_value, int argc, const six_value *argv) {
  six_value context = node->m->async_context, result = six_call(node->m, function, this_value, argc, argv);
  node->m->async_context = context;  // enterWith() lasts as long as the callback
  return six_is_exception(result) ? six_node_report(node) : SIX_DONE;
}

bool six_node_make_callback(struct six_nodejs *node, six_value function, six_value this_value, int argc, const six_value *argv) {
  six_loop_enter_scope(node->loop);
  enum six_outcome outcome = six_node_callback(node, function, this_value, argc, argv);
  return six_loop_leave_scope(node->loop, outcome != SIX_DONE) && outcome != SIX_ENDED;
}

// ---- Ticks and microtasks.
static enum six_outcome run_tick(void *context, const struct six_task *task) {
  struct six_nodejs *node = context;
  struct six_values *arguments = six_node_unpack(task->b);
  int argc = arguments ? (int)arguments->count : 0;
  static const char *const bases[] = {"=tick0", "=tick1", "=tick2", "=tick3", "=tick4", "=tick5"};
  six_node_set_base(node, bases[argc < 5 ? argc : 5]);
  enum six_outcome outcome = six_node_callback(node, task->a, SIX_UNDEFINED, argc, arguments ? arguments->items : NULL);
  if (node->m->context_used && outcome != SIX_ENDED) six_node_destroyed(node, task->a);
  return outcome;
}

void six_node_tick(struct six_nodejs *node, six_value function, int argc, const six_value *argv) {
  if (node->exiting) return;  // R6
  struct six_task task = {.run = run_tick, .a = function, .b = six_node_pack(node, argc, argv)};
  if (node->trace) task.id = six_node_trace_task(node, SIX_TASK_TICK, 41, function, NULL);
  six_loop_tick(node->loop, &task);
}

void six_node_tick_native(struct six_nodejs *node, six_task_fn *run, uint64_t a, uint64_t b, uint64_t c) {
  if (node->exiting) return;
  struct six_task task = {.run = run, .a = a, .b = b, .c = c};
  if (node->trace) task.id = six_node_trace_task(node, SIX_TASK_TICK, 41, SIX_UNDEFINED, NULL);
  six_loop_tick(node->loop, &task);
}

void six_node_microtask_native(struct six_nodejs *node, six_task_fn *run, uint64_t a, uint64_t b, uint64_t c) {
  struct six_task task = {.run = run, .a = a, .b = b, .c = c};
  if (node->trace) task.id = six_node_trace_task(node, SIX_TASK_MICROTASK, 45, SIX_UNDEFINED, NULL);
  six_loop_microtask(node->loop, &task);
}

// ---- Immediates and timers from C.
uint64_t six_node_immediate_native(struct six_nodejs *node, six_task_fn *run, uint64_t a, uint64_t b, uint64_t c) {
  struct six_task task = {.run = run, .a = a, .b = b, .c = c};
  if (node->trace) task.id = six_node_trace_task(node, SIX_TASK_IMMEDIATE, 30, SIX_UNDEFINED, NULL);
  return six_loop_immediate(node->loop, &task, true);
}

struct six_timer_handle six_node_timer_native(struct six_nodejs *node, double ms, uint32_t flags, six_task_fn *run, uint64_t a, uint64_t b,
                                              uint64_t c) {
  struct six_task task = {.run = run, .a = a, .b = b, .c = c};
  bool repeats = flags & SIX_TIMER_REPEATS;
  if (node->trace) task.id = six_node_trace_task(node, repeats ? SIX_TASK_INTERVAL : SIX_TASK_TIMER, 13, SIX_UNDEFINED, NULL);
  return six_loop_timer(node->loop, &task, ms >= 1 && ms <= 2147483647 ? ms : 1, flags);
}

// ---- Outside.
static uint32_t operation_task(struct six_nodejs *node, const struct six_node_operation *operation) {
  if (!node->trace || operation->task) return operation->task;
  return six_node_trace_task(node, operation->kind, 100, operation->callback ? operation->callback : SIX_UNDEFINED, operation->label);
}

static struct six_operation operation_of(struct six_nodejs *node, const struct six_node_operation *operation, int lane) {
  return (struct six_operation){.lane = lane,
                                .ns = operation->ns || lane == SIX_LANE_DIRECT ? operation->ns : node->world->latency,
                                .unref = operation->unref,
                                .stream = operation->stream,
                                .pending = operation->pending,
                                .handle = operation->handle,
                                .deed = operation->deed,
                                .file = operation->file,
                                .trip = operation->trip ? operation->trip : 1,
                                .trips = operation->trips ? operation->trips : 1};
}

// The name that async_hooks has for it.
static const char *resource_of(const struct six_node_operation *operation) {
  if (operation->kind == SIX_TASK_FILE) return operation->promised ? "FSREQPROMISE" : "FSREQCALLBACK";
  return operation->slow ? "GETADDRINFOREQWRAP" : "WORKREQUEST";
}

uint64_t six_node_pool(struct six_nodejs *node, const struct six_node_operation *operation, six_task_fn *run, uint64_t a, uint64_t b,
                       uint64_t c) {
  struct six_task task = {.run = run, .a = a, .b = b, .c = c, .id = operation_task(node, operation)};
  struct six_operation op = operation_of(node, operation, operation->slow ? SIX_LANE_POOL_SLOW : SIX_LANE_POOL);
  six_node_follow(node, &task, resource_of(operation));
  node->m->effort += 60;
  return six_loop_operation(node->loop, &op, &task);
}

uint64_t six_node_outside(struct six_nodejs *node, const struct six_node_operation *operation, six_task_fn *run, uint64_t a, uint64_t b,
                          uint64_t c) {
  struct six_task task = {.run = run, .a = a, .b = b, .c = c, .id = operation_task(node, operation)};
  struct six_operation op = operation_of(node, operation, SIX_LANE_DIRECT);
  return six_loop_operation(node->loop, &op, &task);
}

bool six_node_cancel(struct six_nodejs *node, uint64_t ticket) { return six_loop_cancel_operation(node->loop, ticket); }

void six_node_message(struct six_nodejs *node, uint64_t handle, const char *label, six_value callback, six_task_fn *run, uint64_t a,
                      uint64_t b, uint64_t c) {
  struct six_task task = {.run = run, .a = a, .b = b, .c = c};
  if (node->trace) task.id = six_node_trace_task(node, SIX_TASK_MESSAGE, 140, callback, label);
  six_loop_async(node->loop, handle, &task);
}

void six_node_close(struct six_nodejs *node, const char *label, six_value callback, six_task_fn *run, uint64_t a, uint64_t b, uint64_t c) {
  struct six_task task = {.run = run, .a = a, .b = b, .c = c};
  if (node->trace) task.id = six_node_trace_task(node, SIX_TASK_CLOSE, 108, callback, label);
  six_loop_close(node->loop, &task);
}

// ---- Time.
uint64_t six_node_monotonic_ns(struct six_nodejs *node) {
  six_outside_settle(node->outside);
  return six_outside_read_clock(node->outside);
}

double six_node_wall_ms(struct six_nodejs *node) { return node->world->epoch_ms + (double)six_node_monotonic_ns(node) / 1e6; }

void six_node_work(struct six_nodejs *node, uint64_t ns) {
  six_outside_settle(node->outside);
  six_outside_work(node->outside, ns);
}
