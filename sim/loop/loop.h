// loop: the event loop of Node: tick queue, microtask queue, timers, immediates and libuv's six phases, in virtual
// time and under the rules of one Node major. Blind to JavaScript: a task is a number, a C callback and three words.
#ifndef SIX_LOOP_LOOP_H
#define SIX_LOOP_LOOP_H

#include "sim/rules/rules.h"
#include "sim/trace/trace.h"
#include "sim/world/world.h"

// How a callback ended.
enum six_outcome {
  SIX_DONE,
  SIX_THREW,  // it threw, an uncaughtException listener dealt with it, and life goes on (R22 R33 R95)
  SIX_ENDED,  // the run is over (exit, fatal error, a budget): unwind everything
};

struct six_task;
typedef enum six_outcome six_task_fn(void *context, const struct six_task *task);  // context: the loop's

struct six_task {
  six_task_fn *run;
  uint64_t a, b, c;  // opaque; the embedder marks them by walking the queues (six_loop_each)
  uint32_t id;       // the trace's number of it; 0 when no trace is recorded
  uint32_t flags;    // the queues' own
};

// What the loop asks of its embedder. All are set.
struct six_loop_host {
  // R90: after ticks and microtasks have run dry: reports unhandled rejections. SIX_DONE: `*again` says that something ran.
  enum six_outcome (*rejections)(void *context, bool *again);
  // loop->tasks reached task_limit: the embedder moves the limit, or says that the run is over (false).
  bool (*more_tasks)(void *context);
  // Called once per turn of the loop, when no callback runs: collects garbage, checks virtual time. false: the run is over.
  bool (*safepoint)(void *context);
  // Runs a job queued with six_loop_job: task->run is its function under another type.
  enum six_outcome (*job)(void *context, const struct six_task *task);
  // Only for loops that share their time with others (six_loop_share): poll looks outside, or would block until `until` (ns of
  // the world's clock). Lets other loops come so far. false: it is another loop's turn first, and six_loop_run returns.
  bool (*others)(void *context, uint64_t until);
  // Poll would block and nothing will ever end the wait. false: the run is over.
  bool (*waits_for_ever)(void *context);
  // The check phase begins, or the loop has nothing more to do: asked for with six_loop_want_check.
  void (*check_begins)(void *context);
};

// A timer's name: stays valid (and harmless) after the timer is gone.
struct six_timer_handle {
  uint32_t index, generation;
};

struct six_loop;  // opaque

struct six_loop *six_loop_new(const struct six_rules *rules, struct six_outside *outside, struct six_trace *trace,  // trace: or NULL
                              const struct six_loop_host *host, void *context);
void six_loop_free(struct six_loop *loop);

// Puts a real libuv loop in the place of virtual time, before anything is queued; once in a process. Files are made in
// `folder` (borrowed), an empty directory; the pool has `threads`; the host's safepoint is called after `most_ns`. The
// world's clock is the real one from then on. false: libuv cannot make a loop.
bool six_loop_use_libuv(struct six_loop *loop, const char *folder, uint32_t threads, uint64_t most_ns);
const char *six_libuv_version(void);  // "1.44.2"
bool six_libuv_timers_at_end(void);   // R3 as the libuv that is linked has it
bool six_libuv_pending_after_poll(void);

// ---- Running. Each returns false when the run is over (SIX_ENDED).
// Runs `task` as the main script: a callback scope of its own, then the drain (R1 R40 R93).
bool six_loop_run_main(struct six_loop *loop, const struct six_task *task);
// uv_run(UV_RUN_DEFAULT): turns until nothing keeps the loop alive (R2 R3 R4).
bool six_loop_run(struct six_loop *loop);
bool six_loop_alive(const struct six_loop *loop);
// The loop's time is one of several that pass together: host->others is asked. Only in virtual time.
void six_loop_share(struct six_loop *loop);
// six_loop_run returned because it is another loop's turn: the next six_loop_run goes on where it was.
bool six_loop_suspended(const struct six_loop *loop);
// Runs `task` in a callback scope, outermost or nested; an outermost one ends with a drain (unless the task threw).
bool six_loop_call(struct six_loop *loop, const struct six_task *task);
// Runs a task of the drain that is under way, at once: what the host's `rejections` calls (R90).
enum six_outcome six_loop_call_inside(struct six_loop *loop, const struct six_task *task);
// The running callback threw: to be called before any uncaughtException listener (intervals are re-armed by then, ...).
void six_loop_unwind(struct six_loop *loop);
// A callback scope around C code: enter, run something, leave(threw). Only the outermost leave drains.
void six_loop_enter_scope(struct six_loop *loop);
bool six_loop_leave_scope(struct six_loop *loop, bool threw);
// Microtasks alone, until dry.
enum six_outcome six_loop_run_microtasks(struct six_loop *loop);
// The drain itself (R40), as runNextTicks. SIX_THREW: a tick threw and was handled; what remains stays queued (R95).
enum six_outcome six_loop_drain(struct six_loop *loop);

// ---- Queueing. `task->id` is the trace's number (or 0).
void six_loop_tick(struct six_loop *loop, const struct six_task *task);
void six_loop_microtask(struct six_loop *loop, const struct six_task *task);
// The same for a C function of another type, which host->job knows how to call.
void six_loop_job(struct six_loop *loop, void (*function)(void), uint64_t a, uint64_t b, uint64_t c, uint32_t id);
void six_loop_expect_tick(struct six_loop *loop);  // a tick without effect (a stream's afterWrite): the next drain is a full one
void six_loop_unhandled(struct six_loop *loop, bool pending);  // a rejection waits for R90 (the flag rejectionToWarn)
void six_loop_tick_runs_microtasks(struct six_loop *loop);     // R49: Node 8's entry in the tick queue

uint64_t six_loop_immediate(struct six_loop *loop, const struct six_task *task, bool ref);  // its sequence number
bool six_loop_clear_immediate(struct six_loop *loop, uint64_t sequence);                    // false: ran already or was cleared
void six_loop_ref_immediate(struct six_loop *loop, uint64_t sequence, bool ref);
bool six_loop_immediate_has_ref(struct six_loop *loop, uint64_t sequence);
struct six_task *six_loop_immediate_task(struct six_loop *loop, uint64_t sequence);  // while it waits, else NULL
// The next that waits after (or before) this one, which may run or have run; UINT64_MAX: none.
uint64_t six_loop_immediate_neighbour(struct six_loop *loop, uint64_t sequence, bool later);
void six_loop_want_check(struct six_loop *loop);
void six_loop_keep_check(struct six_loop *loop);  // R95: a no-op immediate, so that the next check phase is not empty

enum { SIX_TIMER_REPEATS = 1, SIX_TIMER_UNREF = 2, SIX_TIMER_HELD = 4 };
// delay in ms, already coerced (R10), fractions kept: the loop applies R11. HELD: the timer may be refreshed after it
// ran, and its task stays readable until six_loop_release_timer.
struct six_timer_handle six_loop_timer(struct six_loop *loop, const struct six_task *task, double delay, uint32_t flags);
bool six_loop_clear_timer(struct six_loop *loop, struct six_timer_handle handle);    // false: not active
void six_loop_release_timer(struct six_loop *loop, struct six_timer_handle handle);  // what HELD asked for; it runs all the same
// The same for a timer that was cleared, which then is gone and cannot be asked any more: what it was is in `ref` and `start`.
// false: it is not gone, because of its arguments (task.b), or under this major's rules.
bool six_loop_forget_timer(struct six_loop *loop, struct six_timer_handle handle, bool *ref, uint64_t *start);
void six_loop_hold_timer(struct six_loop *loop, struct six_timer_handle handle);  // HELD again
struct six_timer_handle six_loop_running_timer(const struct six_loop *loop);      // of the innermost timer callback, as it begins
bool six_loop_timer_has_ref(const struct six_loop *loop, struct six_timer_handle handle);
bool six_loop_timer_destroyed(const struct six_loop *loop, struct six_timer_handle handle);  // ran for the last time or was cleared
void six_loop_stop_repeating(struct six_loop *loop, struct six_timer_handle handle);
bool six_loop_timer_repeats(const struct six_loop *loop, struct six_timer_handle handle);
bool six_loop_refresh_timer(struct six_loop *loop, struct six_timer_handle handle);  // R20, while it waits or runs
void six_loop_ref_timer(struct six_loop *loop, struct six_timer_handle handle, bool ref);
bool six_loop_timer_waits(const struct six_loop *loop, struct six_timer_handle handle);       // in a list
struct six_task *six_loop_timer_task(struct six_loop *loop, struct six_timer_handle handle);  // NULL when gone
uint64_t six_loop_timer_start(const struct six_loop *loop, struct six_timer_handle handle);   // ms of the loop's clock
double six_loop_timer_delay(const struct six_loop *loop, struct six_timer_handle handle);     // as given; -1 after clearing
// Those of one duration wait one behind the other: the next newer or older one. false: there is none.
bool six_loop_timer_neighbour(const struct six_loop *loop, struct six_timer_handle handle, bool newer, struct six_timer_handle *out);
// The newest or the oldest of the waiting ones of this one's duration.
bool six_loop_timer_end(const struct six_loop *loop, struct six_timer_handle handle, bool newest, struct six_timer_handle *out);
// The loop's clock, ms, refreshed (getLibuvNow, R8).
uint64_t six_loop_now(struct six_loop *loop);

// What an operation does, for a driver that really does it.
enum six_deed {
  SIX_DEED_EVENT,  // pool: work that takes `ns`; outside: something arrives from a peer
  SIX_DEED_CONNECT,
  SIX_DEED_REFUSED,  // a connection to nobody
  // With a file.
  SIX_DEED_STAT,  // or anything else that is one call by its name and changes nothing that others see
  SIX_DEED_MAKE_FOLDER,
  SIX_DEED_REMOVE_FOLDER,
  SIX_DEED_REMOVE,
  SIX_DEED_MOVE,  // these two with a second file
  SIX_DEED_COPY,
  SIX_DEED_OPEN,
  SIX_DEED_READ,
  SIX_DEED_WRITE,
  SIX_DEED_CLOSE,
  SIX_DEED_LIST,
  SIX_DEED_WHOLE,  // open, read or write, and close as one piece of work
};

struct six_deed_file {
  const char *path;   // as the program's world has it, absolute
  const char *dest;   // the second file's; or NULL
  const char *bytes;  // what it holds, or what is written to it
  size_t length;
  bool exists, directory, writes;
};

// Operations outside; each completion is one callback with a drain of its own (R105).
struct six_operation {
  int lane;  // SIX_LANE_*
  uint64_t ns;
  bool unref;                // does not keep the loop alive
  bool pending;              // completes in the pending phase (R109), else in poll
  struct six_stream stream;  // outside the pool
  uint64_t handle;           // not 0: completes as six_loop_async of that handle
  uint32_t trip, trips;      // for the trace: trip `trip` of `trips`, from 1
  enum six_deed deed;
  const struct six_deed_file *file;  // NULL: none; borrowed for the call
};
uint64_t six_loop_operation(struct six_loop *loop, const struct six_operation *operation, const struct six_task *task);  // ticket, never 0
bool six_loop_cancel_operation(struct six_loop *loop, uint64_t ticket);
// uv_async handles: a number of a new one, and a task for one, which runs in the next poll phase after the completed pool
// operations (R140): handle by handle, in the order in which they were made, each with all that waits for it. A handle that
// gets a task while an earlier one runs has its turn in the same phase. They do not keep the loop alive.
uint64_t six_loop_async_handle(struct six_loop *loop);
void six_loop_async(struct six_loop *loop, uint64_t handle, const struct six_task *task);
uint64_t six_loop_async_running(const struct six_loop *loop);  // the handle that a task now runs for, its drain included; 0: none
// Another thread is about to begin: 0 when it does, or how many of the `others` that come next are before it.
uint32_t six_loop_choose_thread(struct six_loop *loop, uint32_t others);
// uv_close: `task` runs in the closing phase, last closed first (R108); keeps the loop alive until then. run NULL: no callback.
void six_loop_close(struct six_loop *loop, const struct six_task *task);
// Active ref'd handles that nothing above counts (a MessagePort with a listener, a server): +1, -1.
void six_loop_hold(struct six_loop *loop, int count);

// ---- Looking.
enum six_phase six_loop_phase(const struct six_loop *loop);
uint32_t six_loop_turn(const struct six_loop *loop);
uint64_t six_loop_start(const struct six_loop *loop);  // ns of the world's clock at which the first turn began
uint64_t six_loop_idle(const struct six_loop *loop);   // ns that poll has waited
uint64_t six_loop_tasks(const struct six_loop *loop);  // callbacks begun so far
void six_loop_set_task_limit(struct six_loop *loop, uint64_t limit);
bool six_loop_draining_ticks(const struct six_loop *loop);  // the tick queue is being run (else microtasks)
bool six_loop_draining_microtasks(const struct six_loop *loop);
bool six_loop_processing_ticks(const struct six_loop *loop);      // the drain is in processTicksAndRejections
enum six_phase six_loop_drained_by(const struct six_loop *loop);  // between whose callbacks the drain is; SIX_PHASE_NONE: after one
uint32_t six_loop_task(const struct six_loop *loop);              // trace number of the innermost running task
// Every waiting (or running) task, for a collector's marks and for messages. `where` is the queue it is in.
enum six_queue_kind {
  SIX_QUEUE_RUNNING,
  SIX_QUEUE_TICKS,
  SIX_QUEUE_MICROTASKS,
  SIX_QUEUE_TIMERS,
  SIX_QUEUE_IMMEDIATES,
  SIX_QUEUE_OUTSIDE,
  SIX_QUEUE_ASYNC,
  SIX_QUEUE_CLOSING
};
typedef void six_task_visit(void *context, enum six_queue_kind where, struct six_task *task);
void six_loop_each(struct six_loop *loop, six_task_visit *visit, void *context);

#endif
