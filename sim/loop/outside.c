// Operations outside, messages and closing handles (R100 to R140): their tasks, whoever drives the loop.
#include <stdlib.h>
#include <string.h>

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
  slot->handle = operation->handle;
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
  free(loop->asyncs);
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
  slot->handle = 0;
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
  if (slot->handle) {
    slot->task.flags = 0;
    six_loop_async(loop, slot->handle, &slot->task);
    free_slot(loop, (uint32_t)ticket);
    return;
  }
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

// ---- uv_async

enum { MOST_AT_ONCE = 1000 };  // of one handle: MessagePort::OnMessage's kNormalProcessingLimit

uint64_t six_loop_async_handle(struct six_loop *loop) { return ++loop->async_handles; }

static void make_room(struct six_loop *loop) {
  if (loop->async_end < loop->async_capacity) return;
  uint32_t count = six_loop_async_count(loop);
  if (loop->async_first > count) {  // far more than half is free at the beginning
    memmove(loop->asyncs, loop->asyncs + loop->async_first, count * sizeof *loop->asyncs);
    loop->async_first = 0;
    loop->async_end = count;
    return;
  }
  loop->async_capacity = loop->async_capacity ? loop->async_capacity * 2 : 16;
  loop->asyncs = realloc(loop->asyncs, loop->async_capacity * sizeof *loop->asyncs);
  if (!loop->asyncs) abort();
}

static uint32_t first_from(const struct six_loop *loop, uint64_t handle) {
  uint32_t i = loop->async_first;
  while (i < loop->async_end && loop->asyncs[i].handle < handle) i++;
  return i;
}

static void take_async(struct six_loop *loop, uint32_t i, struct six_task *task) {
  *task = loop->asyncs[i].task;
  memmove(loop->asyncs + loop->async_first + 1, loop->asyncs + loop->async_first, (i - loop->async_first) * sizeof *loop->asyncs);
  loop->async_first++;
}

// How many a handle may run now: what waits for it, or the batch where that is more.
static uint32_t limit_of(const struct six_loop *loop, uint64_t handle) {
  uint32_t waiting = first_from(loop, handle + 1) - first_from(loop, handle);
  return waiting > MOST_AT_ONCE ? waiting : MOST_AT_ONCE;
}

uint64_t six_loop_async_running(const struct six_loop *loop) { return loop->async_runs; }

static bool run_async(struct six_loop *loop, uint32_t i) {
  struct six_running running;
  loop->async_runs = loop->asyncs[i].handle;
  take_async(loop, i, &running.task);
  six_loop_enter_scope(loop);
  enum six_outcome outcome = six_loop_begin(loop, &running, 140);
  bool goes_on = six_loop_leave_scope(loop, outcome == SIX_THREW);
  loop->async_runs = 0;
  return goes_on;
}

bool six_loop_run_asyncs(struct six_loop *loop) {
  uint64_t handle = 0;
  for (uint32_t left = 0;; left--) {
    uint32_t i = first_from(loop, left ? handle : handle + 1);
    if (i == loop->async_end || loop->asyncs[i].handle > loop->async_seen) return true;
    if (loop->asyncs[i].handle != handle) left = limit_of(loop, handle = loop->asyncs[i].handle);
    if (!run_async(loop, i)) return false;
  }
}

void six_loop_async(struct six_loop *loop, uint64_t handle, const struct six_task *task) {
  make_room(loop);
  uint32_t i = loop->async_end++;
  for (; i > loop->async_first && loop->asyncs[i - 1].handle > handle; i--) loop->asyncs[i] = loop->asyncs[i - 1];
  loop->asyncs[i] = (struct six_async_task){handle, *task};
  if (!loop->trace) return;
  six_loop_stamp(loop);
  six_trace_add(loop->trace, SIX_EV_READY, 140, 0, task->id, 0, 0);
}

void six_loop_hold(struct six_loop *loop, int count) { loop->held += count; }

void six_loop_close(struct six_loop *loop, const struct six_task *task) { loop->driver->close(loop, task); }
