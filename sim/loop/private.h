// loop: what its files share.
#ifndef SIX_LOOP_PRIVATE_H
#define SIX_LOOP_PRIVATE_H

#include "sim/loop/driver.h"
#include "sim/loop/queue.h"
#include "sim/trace/pen.h"

// Bits of six_task.flags.
enum {
  SIX_FLAG_JOB = 1,      // microtasks: host->job calls it
  SIX_FLAG_CLEARED = 2,  // immediates
  SIX_FLAG_REF = 4,      // immediates, timers: counts for liveness
  // timers
  SIX_FLAG_REPEATS = 8,
  SIX_FLAG_HELD = 16,
  SIX_FLAG_LIVE = 32,       // its callback was not taken away by clearing (_onTimeout)
  SIX_FLAG_DESTROYED = 64,  // _destroyed
  SIX_FLAG_ENROLLED = 128,  // _idleTimeout is not -1
  SIX_FLAG_RUNNING = 256,
  SIX_FLAG_CALLED = 512,  // _called
  SIX_FLAG_OWN = 1024,    // has a libuv timer of its own (_handle, R21)
  SIX_FLAG_USED = 2048,   // the slot is not free
};

#define SIX_NO_LIST UINT32_MAX
#define SIX_NO_TIMER UINT32_MAX

struct six_timer {  // 64 bytes, a line of the cache
  struct six_task task;
  uint32_t next, prev;  // in its list (the first one's prev says nothing); an OWN timer's `next` is its place in the heap
                        // (SIX_NO_TIMER: not started)
  uint32_t list;        // where its duration's list is, always
  uint32_t linked;      // 1 while in that list
  uint32_t start;       // ms
  uint32_t generation;
};

struct six_timer_list {  // one per duration, kept while that has timers
  double ms;
  uint64_t expiry;  // JavaScript's priority, or the libuv timeout (R12)
  uint64_t id;
  uint32_t head, tail;
  uint32_t position;  // in the heap, SIX_NO_TIMER: not in it
  uint32_t epoch;     // grows when the list is deleted: a run of the old one sees it
  uint32_t slots;     // timers of this duration that are not gone
  uint32_t room;      // the first of its blocks that have a free slot, SIX_NO_BLOCK: none
  bool exists;        // in timerListMap / refedLists
  bool postponed;     // Node 8: list.nextTick
};

struct six_heap_entry {
  uint64_t key, id;
  uint32_t what;  // a list, or SIX_OWN_TIMER | timer
};

enum { SIX_TIMER_BLOCK = 16, SIX_TIMER_CHUNK = 1024 };
#define SIX_NO_BLOCK UINT32_MAX

struct six_timer_block {  // SIX_TIMER_BLOCK neighbouring slots, see timer_slots.c
  uint64_t free;          // a bit for each
  uint32_t owner;         // a list, or SIX_NO_LIST: every list's
  uint32_t next, prev;    // among its owner's blocks with a free slot, or (next) among the empty ones
};

struct six_timers {
  struct six_timer **chunks;
  struct six_timer_block *blocks;
  uint32_t chunk_count, block_count, block_capacity;
  uint32_t empty;  // the first of the blocks that nobody owns, SIX_NO_BLOCK: none
  uint32_t room;   // as a list's, of the blocks that are every list's
  struct six_timer_list *lists;
  uint32_t list_count, list_capacity, live_lists;
  uint32_t free_list;         // the first of the records that no duration has, by `head`; SIX_NO_LIST: none
  uint32_t last_list;         // that was asked for
  struct six_timer_due *due;  // NULL until asked for
  uint32_t *table;            // duration -> list + 1, open addressing
  uint32_t table_size;
  struct six_heap_entry *heap;
  uint32_t heap_count, heap_capacity;
  uint64_t next_id;      // of lists, or libuv's timer_counter
  uint64_t next_expiry;  // nextExpiry; UINT64_MAX: Infinity
  bool runs_handles;     // uv__run_timers is at work, with a handle per list
  uint64_t armed;        // the single libuv timer's timeout; UINT64_MAX: stopped
  int64_t refs;          // ref'd timers, or active ref'd libuv timers
};

struct six_loop_operation_slot {
  struct six_task task;
  uint32_t generation, next_free;
  uint64_t handle;
  bool used, unref, pending, pool;
};

// What JavaScript's `finally` does around a callback that throws, before an uncaughtException listener runs.
struct six_unwind {
  void (*run)(struct six_loop *loop, struct six_unwind *unwind);
  uint32_t index, list, epoch;
  uint64_t start;
  bool done;
};

struct six_async_task {
  uint64_t handle;
  struct six_task task;
};

struct six_running {  // a task on the C stack
  struct six_task task;
  struct six_running *outer;
};

struct six_loop {
  const struct six_driver *driver;
  void *driver_state;
  const struct six_rules *rules;
  struct six_outside *outside;
  struct six_trace *trace;
  const struct six_loop_host *host;
  void *context;

  enum six_phase phase;
  uint32_t turn;
  uint64_t time;         // libuv's loop->time, ms
  uint64_t start, idle;  // ns: of the first turn; waited in poll
  uint64_t work;         // ns of work not yet charged to the clock
  uint64_t cost_callback, cost_turn, cost_wake;
  int scope_depth;
  bool ended;
  bool shared, suspended;
  uint64_t tasks, task_limit;
  uint64_t looked;  // at so many tasks the driver looked at the clock, in this turn
  struct six_running *running;
  struct six_unwind *unwind;  // of the running timer or immediate

  struct six_queue ticks, microtasks;
  bool tick_scheduled, rejection_to_warn, draining_ticks, in_microtasks;
  bool processing_ticks;      // processTicksAndRejections is running
  enum six_phase drained_by;  // whose runNextTicks the running drain is; SIX_PHASE_NONE: a callback scope's
  bool microtask_tick;        // R49: an entry is in the tick queue

  struct six_queue immediates;
  uint64_t batch_end;  // immediates before this sequence number are the running batch
  bool check_wanted;   // six_loop_want_check
  bool has_outstanding;
  uint64_t immediate_count, immediate_refs;

  struct six_timers timers;

  struct six_loop_operation_slot *operations;
  uint32_t operation_count, operation_capacity, operation_free;
  uint64_t requests;  // ref'd operations under way
  struct six_queue pending, poll, closing_batch;
  struct six_async_task *asyncs;  // sorted by handle; those of one handle in the order of arrival
  uint32_t async_first, async_end, async_capacity;
  uint64_t async_handles;
  uint64_t async_runs;  // the handle whose messages are being delivered; 0: none
  uint64_t async_seen;  // the last handle that was there when poll began: uv__async_io goes over those (R140)
  struct six_task *closing;
  uint32_t closing_count, closing_capacity;
  bool closing_handle;  // a handle without a callback is closing
  int64_t held;
};

static inline enum six_outcome six_loop_run_task(struct six_loop *loop, const struct six_task *task) {
  return task->flags & SIX_FLAG_JOB ? loop->host->job(loop->context, task) : task->run(loop->context, task);
}
enum six_outcome six_loop_run_traced(struct six_loop *loop, const struct six_task *task, uint16_t rule);

// Runs a task that is loop->running's.
static inline enum six_outcome six_loop_run_next(struct six_loop *loop, const struct six_task *task, uint16_t rule) {
  if (++loop->tasks >= loop->task_limit && !loop->host->more_tasks(loop->context)) loop->ended = true;
  if (loop->ended) return SIX_ENDED;
  loop->work += loop->cost_callback;
  bool traced = loop->trace && task->id;  // what has no number is Node's own
  enum six_outcome outcome = traced ? six_loop_run_traced(loop, task, rule) : six_loop_run_task(loop, task);
  if (outcome == SIX_ENDED) loop->ended = true;
  return outcome;
}

// Runs the callback of running->task, which the caller has put there and which is the loop's own while it runs. Never drains.
enum six_outcome six_loop_begin(struct six_loop *loop, struct six_running *running, uint16_t rule);
// Is there anything for six_loop_drain to do?
static inline bool six_loop_must_drain(const struct six_loop *loop) {
  return loop->tick_scheduled || loop->rejection_to_warn || !six_queue_empty(&loop->microtasks) || !six_queue_empty(&loop->ticks);
}
// Leaves a scope in which something had this outcome. SIX_THREW: that threw, or a tick of the drain did.
enum six_outcome six_loop_close_scope(struct six_loop *loop, enum six_outcome outcome);
// The time of what is told to the trace now: all work is charged to the clock.
static inline void six_loop_settle(struct six_loop *loop) {
  if (loop->work) six_outside_work(loop->outside, loop->work);
  loop->work = 0;
  six_outside_settle(loop->outside);
}
static inline uint64_t six_loop_trace_time(struct six_loop *loop) {
  six_loop_settle(loop);
  return six_outside_now(loop->outside);
}
void six_loop_stamp(struct six_loop *loop);  // the time in the trace is now
// uv_update_time.
uint64_t six_loop_update_time(struct six_loop *loop);
// Poll is going to wait until `until`, ns.
void six_loop_note_wait(struct six_loop *loop, uint64_t until);
void six_loop_note_phase(struct six_loop *loop, enum six_phase phase, uint64_t waiting);

// timer_slots.c
static inline struct six_timer *six_timer_at(const struct six_timers *timers, uint32_t i) {
  return &timers->chunks[i / SIX_TIMER_CHUNK][i % SIX_TIMER_CHUNK];
}
uint32_t six_timer_slot(struct six_timers *timers, uint32_t list);          // for a timer of that duration
void six_timer_drop_slot(struct six_timers *timers, uint32_t i);            // six_timer_at(i)->list is still that duration
uint32_t six_timer_next_slot(const struct six_timers *timers, uint32_t i);  // the first from i on that is not free, or SIX_NO_TIMER
void six_timer_slots_done(struct six_timers *timers);

// timer_due.c: how many timers that wait in lists are due at a millisecond
struct six_timer_due *six_timer_due_new(void);
void six_timer_due_free(struct six_timer_due *due);  // may be NULL
void six_timer_due_add(struct six_timer_due *due, uint64_t ms, int change);
struct six_timer_due {
  struct six_due_entry {
    uint64_t ms;     // UINT64_MAX: nothing here
    uint32_t count;  // 0: nothing any more
  } * entries;       // open addressing
  uint32_t size, used;
};
static inline struct six_due_entry *six_timer_due_find(const struct six_timer_due *due, uint64_t ms) {
  uint32_t at = (uint32_t)(ms * UINT64_C(0x9E3779B97F4A7C15) >> 32) & (due->size - 1);
  while (due->entries[at].ms != ms && due->entries[at].ms != UINT64_MAX) at = (at + 1) & (due->size - 1);
  return &due->entries[at];
}

// timers.c
void six_timers_init(struct six_loop *loop);
void six_timers_done(struct six_loop *loop);
void six_timers_run(struct six_loop *loop);                    // uv__run_timers
void six_timers_fire(struct six_loop *loop, uint32_t handle);  // a libuv timer's callback: SIX_ONE_TIMER, a list, or SIX_OWN_TIMER | timer
bool six_timers_own_has_ref(const struct six_loop *loop, uint32_t timer);
uint64_t six_timers_next(const struct six_loop *loop);  // ms of the nearest libuv timeout; UINT64_MAX: none
bool six_timers_alive(const struct six_loop *loop);
uint64_t six_timers_crossing(const struct six_loop *loop);  // ms at which the newest 1 ms timer is due; UINT64_MAX: there is none
// The distinct times (ms, ascending) at which waiting timers are due after `from` and not after `to`: at most `most` of them.
uint32_t six_timers_due_between(const struct six_loop *loop, uint64_t from, uint64_t to, uint64_t *due, uint32_t most);
// How many are due at `ms`, of each list 64 at most.
uint32_t six_timers_due_by(const struct six_loop *loop, uint64_t ms);
bool six_timers_any_due_at(struct six_loop *loop, uint64_t ms);  // at this ms exactly
void six_timers_each(struct six_loop *loop, six_task_visit *visit, void *context);

// immediates.c
void six_immediates_run(struct six_loop *loop);
void six_loop_check_wanted(struct six_loop *loop);  // the check phase

// outside.c
void six_outside_done(struct six_loop *loop);
uint32_t six_loop_ticket_task(struct six_loop *loop, uint64_t ticket);  // the trace's number, 0 when it is gone
// The operation completed: its task waits in poll, or in pending. Then a driver runs it.
void six_loop_complete(struct six_loop *loop, uint64_t ticket);
// A task that a driver keeps for a callback of libuv's: a ticket, and the task back; false when it is gone.
uint64_t six_loop_keep_task(struct six_loop *loop, const struct six_task *task);
bool six_loop_take_task(struct six_loop *loop, uint64_t ticket, struct six_task *task);
// uv__async_io; false: the run is over.
bool six_loop_run_asyncs(struct six_loop *loop);
static inline uint32_t six_loop_async_count(const struct six_loop *loop) { return loop->async_end - loop->async_first; }
// Runs the first task of a queue in a scope of its own; false: the run is over.
bool six_loop_run_completion(struct six_loop *loop, struct six_queue *queue, uint16_t rule);

// loop.c
void six_loop_begin_turn(struct six_loop *loop);

enum six_outcome six_loop_drain_between(struct six_loop *loop, enum six_phase phase);  // runNextTicks of timers, immediates

#endif
