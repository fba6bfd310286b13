// Operations outside, messages and closing handles: the pending, poll and closing phases (R100 to R140).
#include <stdlib.h>

#include "sim/loop/private.h"

// ---- Operations.
static uint32_t new_slot(struct six_loop *loop) {
  if (loop->operation_free != UINT32_MAX) {
    uint32_t i = loop->operation_free;
    loop->operation_free = loop->operations[i].next_free;
    return i;
  }
  if (loop->operation_count == loop->operation_capacity) {
    loop->operation_capacity = loop->operation_capacity ? loop->operation_capacity * 2 : 16;
    loop->operations = realloc(loop->operations, loop->operation_capacity * sizeof *loop->operations);
    if (!loop->operations) abort();
  }
  loop->operations[loop->operation_count].generation = 1;
  return loop->operation_count++;
}

static struct six_task free_slot(struct six_loop *loop, uint32_t i) {
  struct six_loop_operation_slot *slot = &loop->operations[i];
  slot->used = false;
  slot->generation++;
  slot->next_free = loop->operation_free;
  loop->operation_free = i;
  return slot->task;
}

static struct six_loop_operation_slot *slot_of(struct six_loop *loop, uint64_t ticket) {
  uint32_t i = (uint32_t)ticket;
  if (i >= loop->operation_count) return NULL;
  struct six_loop_operation_slot *slot = &loop->operations[i];
  return slot->used && slot->generation == ticket >> 32 ? slot : NULL;
}

uint64_t six_loop_operation(struct six_loop *loop, const struct six_operation *operation, const struct six_task *task) {
  uint32_t i = new_slot(loop);
  struct six_loop_operation_slot *slot = &loop->operations[i];
  slot->task = *task;
  slot->task.flags = operation->unref ? 0 : SIX_FLAG_REF;
  slot->used = true;
  slot->unref = operation->unref;
  slot->pending = operation->pending;
  slot->pool = operation->lane != SIX_LANE_DIRECT;
  uint64_t ticket = (uint64_t)slot->generation << 32 | i;
  loop->requests += !operation->unref;
  six_loop_update_time(loop);
  if (operation->pending && operation->ns == 0) {  // uv__io_feed (R109)
    *six_queue_push(&loop->pending) = slot->task;
    free_slot(loop, i);
    return ticket;
  }
  if (loop->trace) {
    six_loop_stamp(loop);
    if (slot->pool) six_trace_add(loop->trace, SIX_EV_POOL_WAIT, 100, 0, task->id, operation->trip, operation->trips);
    else six_trace_add(loop->trace, SIX_EV_OUTSIDE, 0, 0, task->id, operation->ns > UINT32_MAX ? UINT32_MAX : (uint32_t)operation->ns, 0);
  }
  six_outside_start(loop->outside, operation->lane, operation->ns, ticket);
  return ticket;
}

bool six_loop_cancel_operation(struct six_loop *loop, uint64_t ticket) {
  struct six_loop_operation_slot *slot = slot_of(loop, ticket);
  if (!slot || !six_outside_cancel(loop->outside, ticket)) return false;
  loop->requests -= !slot->unref;
  if (loop->trace) {
    six_loop_stamp(loop);
    six_trace_add(loop->trace, SIX_EV_CANCEL, 0, 0, slot->task.id, 0, 0);
  }
  free_slot(loop, (uint32_t)ticket);
  return true;
}

static void on_runs(void *context, uint64_t token, uint32_t thread, uint64_t at, uint64_t ns) {
  struct six_loop *loop = context;
  struct six_loop_operation_slot *slot = slot_of(loop, token);
  (void)at;
  if (loop->trace && slot)
    six_trace_add(loop->trace, SIX_EV_POOL_RUN, 100, 0, slot->task.id, thread, ns > UINT32_MAX ? UINT32_MAX : (uint32_t)ns);
}

static void on_done(void *context, uint64_t token, uint32_t thread, uint64_t at) {
  struct six_loop *loop = context;
  struct six_loop_operation_slot *slot = slot_of(loop, token);
  (void)at;
  if (loop->trace && slot) six_trace_add(loop->trace, SIX_EV_POOL_DONE, 100, 0, slot->task.id, thread, 0);
}

void six_loop_listen(struct six_loop *loop) {
  static const struct six_outside_events events = {.runs = on_runs, .done = on_done};
  if (loop->trace) six_outside_listen(loop->outside, &events, loop);
}

void six_outside_done(struct six_loop *loop) {
  six_queue_done(&loop->pending);
  six_queue_done(&loop->poll);
  six_queue_done(&loop->asyncs);
  six_queue_done(&loop->closing_batch);
  free(loop->operations);
  free(loop->closing);
}

// Moves what completed by now into the poll (or pending) queue.
static void collect(struct six_loop *loop) {
  uint64_t ticket, at;
  while (six_outside_take(loop->outside, &ticket, &at)) {
    struct six_loop_operation_slot *slot = slot_of(loop, ticket);
    if (!slot) continue;
    if (loop->trace) six_trace_add(loop->trace, SIX_EV_READY, 105, 0, slot->task.id, 0, 0);
    *six_queue_push(slot->pending ? &loop->pending : &loop->poll) = slot->task;
    free_slot(loop, (uint32_t)ticket);
  }
}

void six_loop_async(struct six_loop *loop, const struct six_task *task) {
  *six_queue_push(&loop->asyncs) = *task;
  if (!loop->trace) return;
  six_loop_stamp(loop);
  six_trace_add(loop->trace, SIX_EV_READY, 140, 0, task->id, 0, 0);
}

void six_loop_hold(struct six_loop *loop, int count) { loop->held += count; }

// ---- Phases.
static bool run_completion(struct six_loop *loop, struct six_queue *queue, uint16_t rule) {
  struct six_task task;
  six_queue_shift(queue, &task);
  loop->requests -= (task.flags & SIX_FLAG_REF) != 0;
  task.flags = 0;
  six_loop_enter_scope(loop);
  enum six_outcome outcome = six_loop_begin(loop, &task, rule);
  return six_loop_leave_scope(loop, outcome == SIX_THREW);
}

void six_loop_run_pending(struct six_loop *loop) {
  if (six_queue_empty(&loop->pending)) return;
  six_loop_note_phase(loop, SIX_PHASE_PENDING, six_queue_length(&loop->pending));
  for (uint64_t end = loop->pending.tail; loop->pending.head < end;)
    if (!run_completion(loop, &loop->pending, 109)) return;
}

// Blocks until the next completion or the nearest timer (epoll_wait counts whole milliseconds from now).
static bool wait(struct six_loop *loop) {
  uint64_t next = six_timers_next(loop), now = six_outside_now(loop->outside);
  uint64_t timeout = next == UINT64_MAX ? UINT64_MAX : next > loop->time ? now + (next - loop->time) * SIX_MILLISECOND : now;
  uint64_t completion = six_outside_next(loop->outside);
  uint64_t until = completion < timeout ? completion : timeout;
  if (until == UINT64_MAX) return loop->host->waits_for_ever(loop->context);
  if (until < now) until = now;
  else until += loop->cost_wake;
  if (loop->trace) {
    six_loop_note_phase(loop, SIX_PHASE_POLL, 1);
    uint64_t moved = until - now;
    six_trace_add(loop->trace, SIX_EV_CLOCK, 2, 0, 0, moved > UINT32_MAX ? UINT32_MAX : (uint32_t)moved, 1);
  }
  six_outside_wait_until(loop->outside, until);
  return true;
}

void six_loop_poll(struct six_loop *loop, bool may_block) {
  loop->phase = SIX_PHASE_POLL;
  if (loop->trace) six_trace_set_phase(loop->trace, SIX_PHASE_POLL);
  six_loop_update_time(loop);
  collect(loop);
  if (may_block && six_queue_empty(&loop->poll) && six_queue_empty(&loop->pending) && six_queue_empty(&loop->asyncs)) {
    if (!wait(loop)) {
      loop->ended = true;
      return;
    }
    collect(loop);
  }
  six_loop_update_time(loop);
  uint64_t completed = loop->poll.tail, messages = loop->asyncs.tail;
  uint64_t waiting = six_queue_length(&loop->poll) + six_queue_length(&loop->asyncs);
  if (waiting) six_loop_note_phase(loop, SIX_PHASE_POLL, waiting);
  while (loop->poll.head < completed)
    if (!run_completion(loop, &loop->poll, 105)) return;
  while (loop->asyncs.head < messages)
    if (!run_completion(loop, &loop->asyncs, 140)) return;
}

void six_loop_close(struct six_loop *loop, const struct six_task *task) {
  if (!task->run) {
    loop->closing_handle = true;
    return;
  }
  if (loop->closing_count == loop->closing_capacity) {
    loop->closing_capacity = loop->closing_capacity ? loop->closing_capacity * 2 : 8;
    loop->closing = realloc(loop->closing, loop->closing_capacity * sizeof *loop->closing);
    if (!loop->closing) abort();
  }
  loop->closing[loop->closing_count++] = *task;
}

void six_loop_run_closing(struct six_loop *loop) {
  loop->closing_handle = false;
  if (loop->closing_count == 0) return;
  six_loop_note_phase(loop, SIX_PHASE_CLOSE, loop->closing_count);
  // Those closed from here on wait for the next turn. libuv keeps closing handles in a linked list, last one first (R108).
  while (loop->closing_count > 0) *six_queue_push(&loop->closing_batch) = loop->closing[--loop->closing_count];
  while (!six_queue_empty(&loop->closing_batch) && !loop->ended) {
    struct six_task task;
    six_queue_shift(&loop->closing_batch, &task);
    six_loop_call(loop, &task);
  }
}
