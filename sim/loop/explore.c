// The choice points of the virtual driver: what real Node leaves open, asked of the world through `choose`. All of it is
// one of two: how long a stretch of work took (is this timer due yet?), and when an operation outside completed.
#include "sim/loop/explore.h"

enum { MOST = 8 };  // alternatives of one choice point; more would not be read by anybody

// What waits, in short: which timers become due soon, and what else there is.
static uint32_t state_of(const struct six_loop *loop) {
  enum { SOON = SIX_MAIN_SLACK + 2 };
  uint64_t now = six_outside_now(loop->outside) / SIX_MILLISECOND;
  uint32_t state = (uint32_t)loop->immediate_refs;
  for (uint64_t ms = 0; ms <= SOON; ms++) state = (state ^ six_timers_due_by(loop, now + ms)) * 2654435761u;
  return (state ^ six_outside_under_way(loop->outside)) * 2654435761u;
}

static uint32_t choose_silently(struct six_loop *loop, enum six_choice_kind kind, uint32_t alternatives, uint32_t typical) {
  return six_world_choose(loop->outside, kind, alternatives, typical, six_outside_compares(loop->outside) ? state_of(loop) : 0);
}

static void note_choice(struct six_loop *loop, uint16_t rule, uint32_t task, uint32_t taken, uint32_t alternatives) {
  uint32_t number = six_outside_choices(loop->outside) - 1;
  if (loop->trace) six_trace_add(loop->trace, SIX_EV_CHOICE, rule, 0, task, number, taken | alternatives << 16);
}

static uint32_t choose(struct six_loop *loop, enum six_choice_kind kind, uint16_t rule, uint32_t task, uint32_t alternatives,
                       uint32_t typical) {
  uint32_t taken = choose_silently(loop, kind, alternatives, typical);
  note_choice(loop, rule, task, taken, alternatives);
  return taken;
}

// ---- Is this timer due yet?

// Moves the clock to the beginning of a millisecond, and a little into it.
static void reach(struct six_loop *loop, uint64_t ms) {
  six_outside_wait_until(loop->outside, ms * SIX_MILLISECOND + 50 * SIX_MICROSECOND);
  six_loop_update_time(loop);
}

static bool something_else_waits(const struct six_loop *loop) {
  return loop->immediate_refs > 0 || six_outside_under_way(loop->outside) > 0 || loop->closing_count > 0 || loop->closing_handle ||
         !six_queue_empty(&loop->pending) || !six_queue_empty(&loop->poll) || six_loop_async_count(loop) > 0;
}

void six_choose_due_after_main(struct six_loop *loop) {
  uint64_t typical = six_timers_crossing(loop), due[MOST];
  // What the main script asked of the thread pool is done by its end: of 15 runs, 12 to 15 (race-stat-vs-immediate).
  if (typical == UINT64_MAX) six_outside_end_main(loop->outside);
  uint64_t now = six_loop_update_time(loop);
  if (!six_outside_explores(loop->outside)) {
    if (typical != UINT64_MAX && typical > now) reach(loop, typical);
    return;
  }
  uint32_t count = six_timers_due_between(loop, now, now + SIX_MAIN_SLACK, due, MOST - 1), expected = 0;
  for (uint32_t i = 0; i < count; i++)
    if (due[i] == typical) expected = i + 1;
  if (count == 0) return;
  uint32_t taken = choose(loop, SIX_CHOICE_TIMER_DUE, 35, 0, count + 1, expected);
  if (taken) reach(loop, due[taken - 1]);
}

void six_choose_due(struct six_loop *loop) {
  uint64_t due[MOST];
  if (!six_outside_explores(loop->outside)) return;
  uint32_t count = six_timers_due_between(loop, loop->time, loop->time + SIX_TURN_SLACK, due, MOST - 1);
  if (count == 0) return;
  // With nothing else to run first, the loop only waits for the first of them.
  if (count == 1 && six_timers_next(loop) > loop->time && !something_else_waits(loop)) return;
  uint32_t taken = choose(loop, SIX_CHOICE_TIMER_DUE, 35, 0, count + 1, 0);
  if (taken) reach(loop, due[taken - 1]);
}

void six_choose_start(struct six_loop *loop, double delay) {
  if (!six_outside_explores(loop->outside) || six_choose_refresh(loop, 0)) return;
  uint64_t now = six_loop_update_time(loop), would = now + (uint64_t)delay;
  // A millisecond that begins just before this call makes the new timer due together with one that it would precede...
  bool ties = six_timers_any_due_at(loop, would + 1);
  // ... and no longer together with one that is due at the same time: the loop may come between them.
  bool parts = six_timers_any_due_at(loop, would);
  if (!ties && !parts) return;
  uint32_t taken = choose_silently(loop, SIX_CHOICE_TIMER_START, 2, 0);
  // Every second setTimeout(f, 0) is one of the latter: they are told of only when something comes of it.
  if (ties || taken) note_choice(loop, 14, 0, taken, 2);
  if (taken) reach(loop, now + 1);
}

bool six_choose_refresh(struct six_loop *loop, uint64_t ms) {
  uint64_t due;
  if (!loop->timers.runs_handles || !six_outside_explores(loop->outside)) return false;
  uint64_t now = six_loop_update_time(loop);
  if (ms ? ms != now + 1 : !six_timers_due_between(loop, now, now + 1, &due, 1)) return false;
  uint32_t taken = choose_silently(loop, SIX_CHOICE_TIMER_DUE, 2, 0);
  if (!taken) return false;
  note_choice(loop, 15, 0, taken, 2);
  reach(loop, now + 1);
  return true;
}

// ---- When did this operation complete?

// Takes the operation: it completes now.
static void complete(struct six_loop *loop, const struct six_outside_operation *operation) {
  six_outside_finish(loop->outside, operation->token);
  six_loop_complete(loop, operation->token);
}

static uint32_t subject(struct six_loop *loop, const struct six_outside_operation *operations, uint32_t i) {
  return loop->trace ? six_loop_ticket_task(loop, operations[i].token) : 0;
}

// Takes what completed by now, as the world says; answer 0 ends the look, answer i takes the i-th.
void six_choose_completed(struct six_loop *loop) {
  struct six_outside_operation operations[MOST];
  for (;;) {
    uint64_t now = six_outside_now(loop->outside);
    uint32_t count = six_outside_running(loop->outside, operations, MOST - 1), able = 0;
    bool must = false;
    for (uint32_t i = 0; i < count; i++) {
      if (operations[i].latest < now) must = true;
      if (operations[i].earliest <= now) operations[able++] = operations[i];
    }
    if (able == 0) return;
    uint32_t typical = operations[0].until <= now ? 1 : 0, taken = typical;
    if (must) {  // one of them has to be taken
      taken = able == 1 ? 1 : 1 + choose(loop, SIX_CHOICE_FIRST, 100, subject(loop, operations, 0), able, 0);
    } else {
      taken = choose(loop, SIX_CHOICE_COMPLETED, 105, subject(loop, operations, 0), able + 1, typical);
    }
    if (taken == 0) return;
    complete(loop, &operations[taken - 1]);
  }
}

// The loop blocks: which operation ends the wait, or does the timeout? true: an operation did, and it is taken.
bool six_choose_waking(struct six_loop *loop, uint64_t timeout) {
  struct six_outside_operation operations[MOST];
  uint64_t now = six_outside_now(loop->outside), bound = timeout;
  uint32_t count = six_outside_running(loop->outside, operations, MOST - 1), able = 0;
  if (count == 0) return false;
  bool by_timeout = timeout != UINT64_MAX;
  for (uint32_t i = 0; i < count; i++)
    if (operations[i].latest < bound) bound = operations[i].latest;
  if (timeout > bound) by_timeout = false;
  for (uint32_t i = 0; i < count; i++)
    if (operations[i].earliest <= bound) operations[able++] = operations[i];
  if (able == 0) return false;
  uint32_t typical = by_timeout && operations[0].until > now && timeout < operations[0].until ? able : 0, alternatives = able + by_timeout,
           taken = typical;
  if (alternatives > 1)
    taken = choose(loop, by_timeout ? SIX_CHOICE_COMPLETED : SIX_CHOICE_FIRST, by_timeout ? 105 : 100, subject(loop, operations, 0),
                   alternatives, typical);
  if (taken == able) return false;
  const struct six_outside_operation *first = &operations[taken];
  // Not typical: it was as fast as can be.
  uint64_t at = taken == typical ? first->until : first->earliest;
  if (taken == typical) {
    at = at < now ? now : at + loop->cost_wake;
  } else {
    if (at < now) at = now;
    if (at > bound) at = bound;
    if (timeout != UINT64_MAX && at >= timeout && timeout > now) at = timeout - 1;
  }
  six_loop_note_wait(loop, at);
  six_outside_wait_until(loop->outside, at);
  complete(loop, first);
  return true;
}

uint32_t six_loop_choose_thread(struct six_loop *loop, uint32_t others) {
  if (others == 0 || !six_outside_explores(loop->outside)) return 0;
  return choose(loop, SIX_CHOICE_THREAD, 140, 0, others < MOST ? others + 1 : MOST, 0);
}
