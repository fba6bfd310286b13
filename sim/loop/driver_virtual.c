// The virtual driver: libuv's loop in the world's virtual time (R2 R3 R4 R8).
#include <stdlib.h>

#include "sim/loop/explore.h"

static uint64_t update_time(struct six_loop *loop) { return six_outside_now(loop->outside) / SIX_MILLISECOND; }

// ---- Operations.
static void on_runs(void *context, uint64_t token, uint32_t thread, uint64_t at, uint64_t ns) {
  struct six_loop *loop = context;
  uint32_t task = six_loop_ticket_task(loop, token);
  (void)at;
  if (task) six_trace_add(loop->trace, SIX_EV_POOL_RUN, 100, 0, task, thread, ns > UINT32_MAX ? UINT32_MAX : (uint32_t)ns);
}

static void on_done(void *context, uint64_t token, uint32_t thread, uint64_t at) {
  struct six_loop *loop = context;
  uint32_t task = six_loop_ticket_task(loop, token);
  (void)at;
  if (task) six_trace_add(loop->trace, SIX_EV_POOL_DONE, 100, 0, task, thread, 0);
}

static void start(struct six_loop *loop, const struct six_operation *operation, uint64_t ticket) {
  static const struct six_outside_events events = {.runs = on_runs, .done = on_done};
  if (operation->pending && operation->ns == 0) {  // uv__io_feed (R109)
    six_loop_complete(loop, ticket);
    return;
  }
  if (loop->trace) six_outside_listen(loop->outside, &events, loop);
  if (operation->stream.number) six_outside_start_in(loop->outside, operation->stream, operation->ns, ticket);
  else six_outside_start(loop->outside, operation->lane, operation->ns, ticket);
}

static bool cancel(struct six_loop *loop, uint64_t ticket) { return six_outside_cancel(loop->outside, ticket); }

static void close_handle(struct six_loop *loop, const struct six_task *task) {
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

// ---- The loop (uv_run, UV_RUN_DEFAULT).
static bool alive(const struct six_loop *loop) {  // R4; uv__loop_alive
  return six_timers_alive(loop) || loop->immediate_refs > 0 || loop->requests > 0 || loop->held > 0 || loop->closing_count > 0 ||
         loop->closing_handle || !six_queue_empty(&loop->pending);
}

// uv__backend_timeout is not zero: nothing waits to be run at once.
static bool may_block(const struct six_loop *loop) {
  return loop->immediate_refs == 0 && six_queue_empty(&loop->pending) && loop->closing_count == 0 && !loop->closing_handle && alive(loop);
}

// Moves what completed by now into the poll (or pending) queue.
static void collect(struct six_loop *loop) {
  if (six_outside_explores(loop->outside)) {
    six_choose_completed(loop);
    return;
  }
  uint64_t ticket, at;
  while (six_outside_take(loop->outside, &ticket, &at)) six_loop_complete(loop, ticket);
}

// When the nearest timer ends a wait: epoll_wait counts whole milliseconds from now.
static uint64_t timeout_of(const struct six_loop *loop) {
  uint64_t next = six_timers_next(loop), now = six_outside_now(loop->outside);
  return next == UINT64_MAX ? UINT64_MAX : next > loop->time ? now + (next - loop->time) * SIX_MILLISECOND : now;
}

// Blocks until the next completion or the nearest timer.
static bool wait(struct six_loop *loop) {
  uint64_t timeout = timeout_of(loop), now = six_outside_now(loop->outside);
  bool explores = six_outside_explores(loop->outside);
  if (explores && six_choose_waking(loop, timeout)) return true;
  uint64_t completion = explores ? UINT64_MAX : six_outside_next(loop->outside);
  uint64_t until = completion < timeout ? completion : timeout;
  if (until == UINT64_MAX) return loop->host->waits_for_ever(loop->context);
  if (until < now) until = now;
  else until += loop->cost_wake;
  six_loop_note_wait(loop, until);
  six_outside_wait_until(loop->outside, until);
  return true;
}

// Lets the loops that share this one's time run until then: something of theirs may arrive here earlier.
static bool others_come_to(struct six_loop *loop, uint64_t until) {
  loop->suspended = loop->shared && !loop->host->others(loop->context, until);
  if (loop->suspended) loop->looked = UINT64_MAX;
  return !loop->suspended;
}

static void poll(struct six_loop *loop, bool blocks) {
  loop->phase = SIX_PHASE_POLL;
  loop->async_seen = loop->async_handles;
  if (loop->trace) six_trace_set_phase(loop->trace, SIX_PHASE_POLL);
  if (loop->looked != loop->tasks) six_loop_update_time(loop);
  if (!others_come_to(loop, six_outside_now(loop->outside))) return;
  if (!blocks || !six_outside_explores(loop->outside)) collect(loop);  // else what ends the wait is one choice
  if (blocks && six_queue_empty(&loop->poll) && six_queue_empty(&loop->pending) && six_loop_async_count(loop) == 0) {
    if (!others_come_to(loop, timeout_of(loop))) return;
    if (!wait(loop)) {
      loop->ended = true;
      return;
    }
    collect(loop);
    six_loop_update_time(loop);
  }
  uint64_t completed = loop->poll.tail, waiting = six_queue_length(&loop->poll) + six_loop_async_count(loop);
  if (waiting) six_loop_note_phase(loop, SIX_PHASE_POLL, waiting);
  while (loop->poll.head < completed)
    if (!six_loop_run_completion(loop, &loop->poll, 105)) return;
  six_loop_run_asyncs(loop);
}

static void run_timers(struct six_loop *loop) {
  six_loop_update_time(loop);
  loop->looked = loop->tasks;
  if (loop->turn > 0) six_choose_due(loop);
  uint64_t next = six_timers_next(loop);
  if (next == UINT64_MAX || next > loop->time) return;
  six_loop_note_phase(loop, SIX_PHASE_TIMERS, 1);
  six_timers_run(loop);
}

static void begin_turn(struct six_loop *loop) {
  loop->work += loop->cost_turn;
  loop->looked = UINT64_MAX;
  six_loop_begin_turn(loop);
}

static void run_pending(struct six_loop *loop) {
  if (six_queue_empty(&loop->pending)) return;
  six_loop_note_phase(loop, SIX_PHASE_PENDING, six_queue_length(&loop->pending));
  for (uint64_t end = loop->pending.tail; loop->pending.head < end;)
    if (!six_loop_run_completion(loop, &loop->pending, 109)) return;
}

static void run_pending_again(struct six_loop *loop) {  // what poll's callbacks fed, at most 8 rounds (R2)
  if (!loop->rules->cell[SIX_RULE_PENDING_AFTER_POLL]) return;
  for (int round = 0; round < 8 && !six_queue_empty(&loop->pending) && !loop->ended; round++) run_pending(loop);
}

static void run_closing(struct six_loop *loop) {
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

// After poll comes check, before any timer and any further poll (R34, R107). Idle and prepare run nothing that a program
// sees; the idle handle only keeps poll from blocking (R110).
static bool run(struct six_loop *loop) {
  bool timers_at_end = loop->rules->cell[SIX_RULE_TIMERS_AT_END];  // R3
  bool goes_on = alive(loop);
  if (timers_at_end && goes_on && !loop->suspended) run_timers(loop);
  while (goes_on && !loop->ended) {
    if (!loop->suspended) {  // else it goes on in poll
      begin_turn(loop);
      if (!timers_at_end && !loop->ended) run_timers(loop);
      if (!loop->ended) run_pending(loop);
    }
    if (!loop->ended) poll(loop, may_block(loop));
    if (loop->suspended) return !loop->ended;
    run_pending_again(loop);
    if (!loop->ended) six_immediates_run(loop);
    if (!loop->ended) run_closing(loop);
    if (timers_at_end && !loop->ended) run_timers(loop);
    goes_on = alive(loop);
  }
  loop->phase = SIX_PHASE_NONE;
  if (loop->trace) six_trace_set_phase(loop->trace, SIX_PHASE_NONE);
  return !loop->ended;
}

const struct six_driver six_driver_virtual = {
    .update_time = update_time,
    .run = run,
    .alive = alive,
    .main_done = six_choose_due_after_main,
    .start = start,
    .cancel = cancel,
    .close = close_handle,
};
