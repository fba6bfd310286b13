// The check phase (R30 to R36, R95).
#include "sim/loop/private.h"

uint64_t six_loop_immediate(struct six_loop *loop, const struct six_task *task, bool ref) {
  uint64_t sequence = loop->immediates.tail;
  struct six_task *slot = six_queue_push(&loop->immediates);
  six_task_put(slot, task);
  slot->flags = ref ? SIX_FLAG_REF : 0;
  loop->immediate_count++;
  loop->immediate_refs += ref;
  return sequence;
}

struct six_task *six_loop_immediate_task(struct six_loop *loop, uint64_t sequence) {
  if (sequence < loop->immediates.head || sequence >= loop->immediates.tail) return NULL;
  struct six_task *task = six_queue_at(&loop->immediates, sequence);
  return task->flags & SIX_FLAG_CLEARED ? NULL : task;
}

// Also a later one of the batch that runs (R32).
bool six_loop_clear_immediate(struct six_loop *loop, uint64_t sequence) {
  struct six_task *task = six_loop_immediate_task(loop, sequence);
  if (!task) return false;
  loop->immediate_count--;
  if (task->flags & SIX_FLAG_REF) loop->immediate_refs--;
  task->flags = SIX_FLAG_CLEARED;
  if (loop->trace) {
    six_loop_stamp(loop);
    six_trace_add(loop->trace, SIX_EV_CANCEL, 32, 0, task->id, 0, 0);
  }
  return true;
}

uint64_t six_loop_immediate_neighbour(struct six_loop *loop, uint64_t sequence, bool later) {
  const struct six_queue *queue = &loop->immediates;
  if (sequence >= queue->tail) return UINT64_MAX;
  if (later && sequence < queue->head) sequence = queue->head - 1;
  for (sequence += later ? 1 : UINT64_MAX; sequence >= queue->head && sequence < queue->tail; sequence += later ? 1 : UINT64_MAX)
    if (six_loop_immediate_task(loop, sequence)) return sequence;
  return UINT64_MAX;
}

bool six_loop_immediate_has_ref(struct six_loop *loop, uint64_t sequence) {
  struct six_task *task = six_loop_immediate_task(loop, sequence);
  return task && (task->flags & SIX_FLAG_REF);
}

void six_loop_ref_immediate(struct six_loop *loop, uint64_t sequence, bool ref) {
  struct six_task *task = six_loop_immediate_task(loop, sequence);
  if (!task || ref == !!(task->flags & SIX_FLAG_REF)) return;
  task->flags ^= SIX_FLAG_REF;
  loop->immediate_refs += ref ? 1 : UINT64_MAX;
  if (!loop->trace) return;
  six_loop_stamp(loop);
  six_trace_add(loop->trace, SIX_EV_REF, 36, 0, task->id, ref, 0);
}

// Is there an immediate of the batch that was not cleared? It is the first then.
static inline bool find_next(struct six_loop *loop) {
  struct six_queue *queue = &loop->immediates;
  struct six_task dropped;
  while (queue->head < loop->batch_end) {
    if (!(queue->first->flags & SIX_FLAG_CLEARED)) return true;
    six_queue_shift(queue, &dropped);
  }
  return false;
}

static void run_rest_from_tick(struct six_loop *loop);

static void unwind_immediate(struct six_loop *loop, struct six_unwind *unwind) {
  (void)unwind;
  if (!loop->rules->cell[SIX_RULE_IMMEDIATE_THROW] && find_next(loop)) run_rest_from_tick(loop);
}

static enum six_outcome run_next(struct six_loop *loop) {
  struct six_running running;
  struct six_unwind unwind, *outer = loop->unwind;
  unwind.run = unwind_immediate;
  unwind.done = false;
  six_queue_shift(&loop->immediates, &running.task);
  loop->immediate_count--;
  if (running.task.flags & SIX_FLAG_REF) loop->immediate_refs--;
  loop->unwind = &unwind;
  enum six_outcome outcome = six_loop_begin(loop, &running, 30);
  loop->unwind = outer;
  if (outcome == SIX_THREW && !unwind.done) unwind_immediate(loop, &unwind);
  return outcome;
}

// processImmediate. The batch is what waits now (R30), or what a throw left of the last one.
static enum six_outcome process_immediates(struct six_loop *loop) {
  bool drains = loop->rules->cell[SIX_RULE_DRAIN_BETWEEN], ran = false;  // R31
  if (loop->immediates.head >= loop->batch_end) loop->batch_end = loop->immediates.tail;
  loop->has_outstanding = drains;
  while (find_next(loop)) {
    enum six_outcome outcome = SIX_DONE;
    if (ran && drains && six_loop_must_drain(loop)) {
      outcome = six_loop_drain_between(loop, SIX_PHASE_CHECK);
      if (outcome == SIX_DONE && !find_next(loop)) break;
    }
    ran = true;
    if (outcome == SIX_DONE) outcome = run_next(loop);
    if (outcome == SIX_DONE) continue;
    if (!drains) loop->has_outstanding = loop->rules->cell[SIX_RULE_IMMEDIATE_THROW] && find_next(loop);
    return outcome;
  }
  loop->has_outstanding = false;
  return SIX_DONE;
}

// Node 8: the rest of the batch, and what was queued meanwhile, runs from a tick (R33).
static enum six_outcome rest_from_tick(void *context, const struct six_task *task) {
  struct six_loop *loop = (struct six_loop *)(uintptr_t)task->a;
  (void)context;
  loop->batch_end = loop->immediates.tail;
  return process_immediates(loop);
}

static void run_rest_from_tick(struct six_loop *loop) {
  uint32_t id = loop->trace ? six_trace_enqueue(loop->trace, SIX_TASK_TICK, 33, 0, 0) : 0;
  six_loop_tick(loop, &(struct six_task){.run = rest_from_tick, .a = (uintptr_t)loop, .id = id});
}

void six_immediates_run(struct six_loop *loop) {  // CheckImmediate
  loop->phase = SIX_PHASE_CHECK;
  if (loop->trace) six_trace_set_phase(loop->trace, SIX_PHASE_CHECK);
  if (loop->rules->cell[SIX_RULE_CHECK_OPENS_SCOPE]) {  // R95
    six_loop_enter_scope(loop);
    if (!six_loop_leave_scope(loop, false)) return;
  }
  six_loop_check_wanted(loop);
  if (loop->immediate_count == 0) return;
  six_loop_note_phase(loop, SIX_PHASE_CHECK, loop->immediate_count);
  loop->batch_end = loop->immediates.tail;
  do {
    six_loop_enter_scope(loop);
    enum six_outcome outcome = process_immediates(loop);
    if (!six_loop_leave_scope(loop, outcome == SIX_THREW)) return;
  } while (loop->has_outstanding);
}

void six_loop_want_check(struct six_loop *loop) { loop->check_wanted = true; }

void six_loop_check_wanted(struct six_loop *loop) {
  if (!loop->check_wanted) return;
  loop->check_wanted = false;
  loop->host->check_begins(loop->context);
}

static enum six_outcome nothing(void *context, const struct six_task *task) {
  (void)context;
  (void)task;
  return SIX_DONE;
}

static enum six_outcome tick_callback(void *context, const struct six_task *task) {
  (void)context;
  return six_loop_drain((struct six_loop *)(uintptr_t)task->a);
}

void six_loop_keep_check(struct six_loop *loop) {
  bool ticks = !loop->rules->cell[SIX_RULE_IMMEDIATE_THROW];  // Node 8: setImmediate(process._tickCallback)
  uint32_t id = loop->trace ? six_trace_enqueue(loop->trace, SIX_TASK_IMMEDIATE, 95, 0, 0) : 0;
  six_loop_immediate(loop, &(struct six_task){.run = ticks ? tick_callback : nothing, .a = (uintptr_t)loop, .id = id}, true);
}
