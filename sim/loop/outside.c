// Operations outside, messages and closing handles (R100 to R140): their tasks, whoever drives the loop.
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
  if (loop->trace) {
    six_loop_stamp(loop);
    if (slot->pool) six_trace_add(loop->trace, SIX_EV_POOL_WAIT, 100, 0, task->id, operation->trip, operation->trips);
    else six_trace_add(loop->trace, SIX_EV_OUTSIDE, 0, 0, task->id, operation->ns > UINT32_MAX ? UINT32_MAX : (uint32_t)operation->ns, 0);
  }
  loop->driver->start(loop, operation, ticket);
  return ticket;
}

bool six_loop_cancel_operation(struct six_loop *loop, uint64_t ticket) {
  struct six_loop_operation_slot *slot = slot_of(loop, ticket);
  if (!slot || !loop->driver->cancel(loop, ticket)) return false;
  loop->requests -= !slot->unref;
  if (loop->trace) {
    six_loop_stamp(loop);
    six_trace_add(loop->trace, SIX_EV_CANCEL, 0, 0, slot->task.id, 0, 0);
  }
  free_slot(loop, (uint32_t)ticket);
  return true;
}

uint32_t six_loop_ticket_task(struct six_loop *loop, uint64_t ticket) {
  struct six_loop_operation_slot *slot = slot_of(loop, ticket);
  return slot ? slot->task.id : 0;
}

void six_outside_done(struct six_loop *loop) {
  six_queue_done(&loop->pending);
  six_queue_done(&loop->poll);
  six_queue_done(&loop->asyncs);
  six_queue_done(&loop->closing_batch);
  free(loop->operations);
  free(loop->closing);
}

uint64_t six_loop_keep_task(struct six_loop *loop, const struct six_task *task) {
  uint32_t i = new_slot(loop);
  struct six_loop_operation_slot *slot = &loop->operations[i];
  slot->task = *task;
  slot->used = true;
  slot->unref = slot->pending = slot->pool = false;
  return (uint64_t)slot->generation << 32 | i;
}

bool six_loop_take_task(struct six_loop *loop, uint64_t ticket, struct six_task *task) {
  if (!slot_of(loop, ticket)) return false;
  *task = free_slot(loop, (uint32_t)ticket);
  return true;
}

void six_loop_complete(struct six_loop *loop, uint64_t ticket) {
  struct six_loop_operation_slot *slot = slot_of(loop, ticket);
  if (!slot) return;
  if (loop->trace) six_trace_add(loop->trace, SIX_EV_READY, slot->pending ? 109 : 105, 0, slot->task.id, 0, 0);
  *six_queue_push(slot->pending ? &loop->pending : &loop->poll) = slot->task;
  free_slot(loop, (uint32_t)ticket);
}

bool six_loop_run_completion(struct six_loop *loop, struct six_queue *queue, uint16_t rule) {
  struct six_running running;
  six_queue_shift(queue, &running.task);
  loop->requests -= (running.task.flags & SIX_FLAG_REF) != 0;
  six_loop_enter_scope(loop);
  enum six_outcome outcome = six_loop_begin(loop, &running, rule);
  return six_loop_leave_scope(loop, outcome == SIX_THREW);
}

void six_loop_async(struct six_loop *loop, const struct six_task *task) {
  *six_queue_push(&loop->asyncs) = *task;
  if (!loop->trace) return;
  six_loop_stamp(loop);
  six_trace_add(loop->trace, SIX_EV_READY, 140, 0, task->id, 0, 0);
}

void six_loop_hold(struct six_loop *loop, int count) { loop->held += count; }

void six_loop_close(struct six_loop *loop, const struct six_task *task) { loop->driver->close(loop, task); }
