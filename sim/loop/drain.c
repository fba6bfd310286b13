// The tick queue and the microtask queue (R40 to R49, R90). Each is first in, first out (R41), and is emptied before the
// other gets its turn: microtasks before the ticks that they queued (R42), ticks before the microtasks (R43). Either may
// go on for ever, and then nothing else runs (R44).
#include "sim/loop/private.h"

void six_loop_tick(struct six_loop *loop, const struct six_task *task) {
  loop->tick_scheduled = true;
  six_task_put(six_queue_push(&loop->ticks), task);
}

void six_loop_microtask(struct six_loop *loop, const struct six_task *task) { six_task_put(six_queue_push(&loop->microtasks), task); }

// Out of the way of the usual case, which needs none of its registers again.
static __attribute__((noinline)) void job_in_new_chunk(struct six_loop *loop, void (*function)(void), uint64_t a, uint64_t b, uint64_t c,
                                                       uint32_t id) {
  six_queue_grow(&loop->microtasks);
  six_loop_job(loop, function, a, b, c, id);
}

void six_loop_job(struct six_loop *loop, void (*function)(void), uint64_t a, uint64_t b, uint64_t c, uint32_t id) {
  if (six_queue_full(&loop->microtasks)) {
    job_in_new_chunk(loop, function, a, b, c, id);
    return;
  }
  *six_queue_push(&loop->microtasks) = (struct six_task){(six_task_fn *)function, a, b, c, id, SIX_FLAG_JOB};
}

void six_loop_expect_tick(struct six_loop *loop) { loop->tick_scheduled = true; }

void six_loop_unhandled(struct six_loop *loop, bool pending) { loop->rejection_to_warn = pending; }

// Runs what waits in a queue, and what comes to it meanwhile.
static enum six_outcome run_queue(struct six_loop *loop, struct six_queue *queue) {
  enum six_outcome outcome = SIX_DONE;
  struct six_running running = {.outer = loop->running};
  loop->running = &running;
  while (outcome == SIX_DONE && !six_queue_empty(queue)) {
    six_queue_shift(queue, &running.task);
    outcome = six_loop_run_next(loop, &running.task, 40);
  }
  loop->running = running.outer;
  return outcome;
}

enum six_outcome six_loop_run_microtasks(struct six_loop *loop) {
  if (loop->in_microtasks) return SIX_DONE;
  loop->in_microtasks = true;
  enum six_outcome outcome = run_queue(loop, &loop->microtasks);
  loop->in_microtasks = false;
  return outcome;
}

// R49: Node 8's runMicrotasksCallback.
static enum six_outcome microtask_tick(void *context, const struct six_task *task) {
  struct six_loop *loop = (struct six_loop *)(uintptr_t)task->a;
  (void)context;
  loop->microtask_tick = false;
  enum six_outcome outcome = six_loop_run_microtasks(loop);
  if (outcome != SIX_DONE) return outcome;
  bool again = !six_queue_empty(&loop->ticks);
  if (!again) outcome = loop->host->rejections(loop->context, &again);
  if (again) six_loop_tick_runs_microtasks(loop);
  return outcome;
}

void six_loop_tick_runs_microtasks(struct six_loop *loop) {
  if (loop->microtask_tick) return;
  loop->microtask_tick = true;
  uint32_t id = loop->trace ? six_trace_enqueue(loop->trace, SIX_TASK_TICK, 49, 0, 0) : 0;
  six_loop_tick(loop, &(struct six_task){.run = microtask_tick, .a = (uintptr_t)loop, .id = id});
}

static enum six_outcome run_ticks(struct six_loop *loop) {
  loop->draining_ticks = true;
  enum six_outcome outcome = run_queue(loop, &loop->ticks);
  loop->draining_ticks = false;
  return outcome;
}

static enum six_outcome process_until_dry(struct six_loop *loop) {
  bool before_ticks = loop->rules->cell[SIX_RULE_TICK_REJECTION_RUNS_MICROTASKS] != 0;  // R49: not only once all ticks are done
  bool again, more;
  do {
    enum six_outcome outcome = run_ticks(loop);
    if (outcome != SIX_DONE) return outcome;  // R95: the rest waits for the next scope
    loop->tick_scheduled = false;
    outcome = six_loop_run_microtasks(loop);
    if (outcome != SIX_DONE) return outcome;
    again = loop->tick_scheduled;
    if (before_ticks || !again) {
      if (loop->host->rejections(loop->context, &more) != SIX_DONE) return loop->ended ? SIX_ENDED : SIX_THREW;
      again = before_ticks ? loop->tick_scheduled : more;  // R92: what the listeners queued may have to wait
    }
  } while (again);
  loop->rejection_to_warn = false;
  return SIX_DONE;
}

static enum six_outcome process_ticks_and_rejections(struct six_loop *loop) {
  loop->processing_ticks = true;
  enum six_outcome outcome = process_until_dry(loop);
  loop->processing_ticks = false;
  return outcome;
}

enum six_outcome six_loop_drain_between(struct six_loop *loop, enum six_phase phase) {
  if (!six_loop_must_drain(loop)) return SIX_DONE;
  loop->drained_by = phase;
  enum six_outcome outcome = six_loop_drain(loop);
  loop->drained_by = SIX_PHASE_NONE;
  return outcome;
}

enum six_outcome six_loop_drain(struct six_loop *loop) {  // runNextTicks
  if (loop->trace && (!six_queue_empty(&loop->ticks) || !six_queue_empty(&loop->microtasks))) {
    six_trace_drain(loop->trace, (uint32_t)six_queue_length(&loop->ticks), (uint32_t)six_queue_length(&loop->microtasks),
                    six_loop_trace_time(loop));
  }
  if (!loop->tick_scheduled) {
    enum six_outcome outcome = six_loop_run_microtasks(loop);
    if (outcome != SIX_DONE) return outcome;
  }
  if (!loop->tick_scheduled && !loop->rejection_to_warn) return SIX_DONE;
  return process_ticks_and_rejections(loop);
}
