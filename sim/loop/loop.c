#include "sim/loop/loop.h"

#include <stdlib.h>

#include "sim/loop/private.h"

struct six_loop *six_loop_new(const struct six_rules *rules, struct six_outside *outside, struct six_trace *trace,
                              const struct six_loop_host *host, void *context) {
  struct six_loop *loop = calloc(1, sizeof *loop);
  if (!loop) abort();
  loop->driver = &six_driver_virtual;
  loop->rules = rules;
  loop->outside = outside;
  loop->trace = trace;
  loop->host = host;
  loop->context = context;
  loop->task_limit = UINT64_MAX;
  loop->operation_free = UINT32_MAX;
  loop->cost_callback = SIX_MICROSECOND;
  loop->cost_turn = 2 * SIX_MICROSECOND;
  loop->cost_wake = 20 * SIX_MICROSECOND;
  six_timers_init(loop);
  six_loop_update_time(loop);
  return loop;
}

void six_loop_free(struct six_loop *loop) {
  if (!loop) return;
  if (loop->driver->free) loop->driver->free(loop);
  six_queue_done(&loop->ticks);
  six_queue_done(&loop->microtasks);
  six_queue_done(&loop->immediates);
  six_timers_done(loop);
  six_outside_done(loop);
  free(loop);
}

// ---- Time.

uint64_t six_loop_update_time(struct six_loop *loop) {
  six_loop_settle(loop);
  return loop->time = loop->driver->update_time(loop);
}

uint64_t six_loop_now(struct six_loop *loop) { return six_loop_update_time(loop); }

void six_loop_stamp(struct six_loop *loop) { six_trace_set_time(loop->trace, six_loop_trace_time(loop)); }

// ---- Callbacks.
enum six_outcome six_loop_run_traced(struct six_loop *loop, const struct six_task *task, uint16_t rule) {
  uint32_t cause = six_trace_task(loop->trace), id = task->id;
  six_trace_begin(loop->trace, id, rule, six_loop_trace_time(loop));
  enum six_outcome outcome = six_loop_run_task(loop, task);
  six_trace_end(loop->trace, id, outcome != SIX_DONE, cause, six_loop_trace_time(loop));
  return outcome;
}

enum six_outcome six_loop_begin(struct six_loop *loop, struct six_running *running, uint16_t rule) {
  running->outer = loop->running;
  loop->running = running;  // before anything that may collect garbage
  enum six_outcome outcome = six_loop_run_next(loop, &running->task, rule);
  loop->running = running->outer;
  return outcome;
}

void six_loop_unwind(struct six_loop *loop) {
  struct six_unwind *unwind = loop->unwind;
  loop->unwind = NULL;
  if (!unwind || unwind->done) return;
  unwind->done = true;
  unwind->run(loop, unwind);
}

void six_loop_enter_scope(struct six_loop *loop) { loop->scope_depth++; }

enum six_outcome six_loop_close_scope(struct six_loop *loop, enum six_outcome outcome) {  // InternalCallbackScope::Close
  if (--loop->scope_depth == 0 && outcome != SIX_THREW && !loop->ended && six_loop_must_drain(loop)) outcome = six_loop_drain(loop);
  return outcome;
}

bool six_loop_leave_scope(struct six_loop *loop, bool threw) {
  six_loop_close_scope(loop, threw ? SIX_THREW : SIX_DONE);
  return !loop->ended;
}

bool six_loop_call(struct six_loop *loop, const struct six_task *task) {
  struct six_running running = {.task = *task};
  six_loop_enter_scope(loop);
  enum six_outcome outcome = six_loop_begin(loop, &running, 0);
  return six_loop_leave_scope(loop, outcome == SIX_THREW);
}

enum six_outcome six_loop_call_inside(struct six_loop *loop, const struct six_task *task) {
  struct six_running running = {.task = *task};
  return six_loop_begin(loop, &running, 90);
}

bool six_loop_run_main(struct six_loop *loop, const struct six_task *task) {
  struct six_running running = {.task = *task};
  six_loop_enter_scope(loop);
  enum six_outcome outcome = six_loop_begin(loop, &running, 1);
  if (loop->rules->cell[SIX_RULE_TICK_REJECTION_RUNS_MICROTASKS]) six_loop_expect_tick(loop);          // runMain calls _tickCallback itself
  six_loop_leave_scope(loop, outcome == SIX_THREW && !loop->rules->cell[SIX_RULE_MAIN_THROW_DRAINS]);  // R93
  if (loop->ended) return false;
  if (loop->driver->main_done) loop->driver->main_done(loop);
  return true;
}

// ---- Turning.
void six_loop_share(struct six_loop *loop) { loop->shared = true; }

bool six_loop_suspended(const struct six_loop *loop) { return loop->suspended; }

bool six_loop_alive(const struct six_loop *loop) { return loop->driver->alive(loop); }

bool six_loop_run(struct six_loop *loop) { return loop->driver->run(loop); }

void six_loop_begin_turn(struct six_loop *loop) {
  if (loop->turn == 0) loop->start = six_outside_now(loop->outside);
  loop->turn++;
  if (!loop->host->safepoint(loop->context)) loop->ended = true;
  if (!loop->trace) return;
  six_trace_turn(loop->trace, loop->turn, six_loop_trace_time(loop));
}

void six_loop_note_phase(struct six_loop *loop, enum six_phase phase, uint64_t waiting) {
  loop->phase = phase;
  if (!loop->trace) return;
  if (waiting) six_trace_phase(loop->trace, phase, (uint32_t)waiting, six_loop_trace_time(loop));
  else six_trace_set_phase(loop->trace, phase);
}

void six_loop_note_wait(struct six_loop *loop, uint64_t until) {
  uint64_t now = six_outside_now(loop->outside);
  if (until > now) loop->idle += until - now;
  if (!loop->trace) return;
  six_loop_note_phase(loop, SIX_PHASE_POLL, 1);
  uint64_t moved = until - six_outside_now(loop->outside);
  six_trace_add(loop->trace, SIX_EV_CLOCK, 2, 0, 0, moved > UINT32_MAX ? UINT32_MAX : (uint32_t)moved, 1);
}

// ---- Looking.
enum six_phase six_loop_phase(const struct six_loop *loop) { return loop->phase; }
uint64_t six_loop_start(const struct six_loop *loop) { return loop->start; }

uint64_t six_loop_idle(const struct six_loop *loop) { return loop->idle; }

uint32_t six_loop_turn(const struct six_loop *loop) { return loop->turn; }
uint64_t six_loop_tasks(const struct six_loop *loop) { return loop->tasks; }
void six_loop_set_task_limit(struct six_loop *loop, uint64_t limit) { loop->task_limit = limit; }
bool six_loop_draining_ticks(const struct six_loop *loop) { return loop->draining_ticks; }
bool six_loop_processing_ticks(const struct six_loop *loop) { return loop->processing_ticks; }
enum six_phase six_loop_drained_by(const struct six_loop *loop) { return loop->drained_by; }
bool six_loop_draining_microtasks(const struct six_loop *loop) { return loop->in_microtasks; }
uint32_t six_loop_task(const struct six_loop *loop) { return loop->running ? loop->running->task.id : 0; }

static void each(struct six_queue *queue, enum six_queue_kind where, six_task_visit *visit, void *context) {
  for (uint64_t i = queue->head; i != queue->tail; i++) visit(context, where, six_queue_at(queue, i));
}

void six_loop_each(struct six_loop *loop, six_task_visit *visit, void *context) {
  for (struct six_running *r = loop->running; r; r = r->outer) visit(context, SIX_QUEUE_RUNNING, &r->task);
  each(&loop->ticks, SIX_QUEUE_TICKS, visit, context);
  each(&loop->microtasks, SIX_QUEUE_MICROTASKS, visit, context);
  six_timers_each(loop, visit, context);
  for (uint64_t i = loop->immediates.head; i != loop->immediates.tail; i++) {
    struct six_task *task = six_queue_at(&loop->immediates, i);
    if (!(task->flags & SIX_FLAG_CLEARED)) visit(context, SIX_QUEUE_IMMEDIATES, task);
  }
  for (uint32_t i = 0; i < loop->operation_count; i++)
    if (loop->operations[i].used) visit(context, SIX_QUEUE_OUTSIDE, &loop->operations[i].task);
  each(&loop->pending, SIX_QUEUE_OUTSIDE, visit, context);
  each(&loop->poll, SIX_QUEUE_OUTSIDE, visit, context);
  for (uint32_t i = loop->async_first; i < loop->async_end; i++) visit(context, SIX_QUEUE_ASYNC, &loop->asyncs[i].task);
  each(&loop->closing_batch, SIX_QUEUE_CLOSING, visit, context);
  for (uint32_t i = 0; i < loop->closing_count; i++) visit(context, SIX_QUEUE_CLOSING, &loop->closing[i]);
}
