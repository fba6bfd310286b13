// trace: the append-only log of a run. Everything that is shown of a run is read from here; nobody asks the machine.
//
// An event's index is its name. A task (a callback that waits somewhere: timer, immediate, tick, microtask, I/O
// operation, ...) is named by the index of the SIX_EV_ENQUEUE event that made it; 0 is no task (event 0 is RUN_BEGIN).
// The trace owns its memory and points only into itself.
#ifndef SIX_TRACE_TRACE_H
#define SIX_TRACE_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/base/diag.h"

enum six_phase {   // libuv's six, and what is outside them
  SIX_PHASE_NONE,  // before the loop (the main script) and after it
  SIX_PHASE_TIMERS,
  SIX_PHASE_PENDING,
  SIX_PHASE_IDLE,
  SIX_PHASE_POLL,
  SIX_PHASE_CHECK,
  SIX_PHASE_CLOSE,
};

enum six_task_kind {
  SIX_TASK_MAIN,       // the main script, an ES module's evaluation
  SIX_TASK_TIMER,      // T  setTimeout
  SIX_TASK_INTERVAL,   // T  setInterval
  SIX_TASK_IMMEDIATE,  // I
  SIX_TASK_TICK,       // N  process.nextTick
  SIX_TASK_MICROTASK,  // M  queueMicrotask
  SIX_TASK_REACTION,   // M  PromiseReactionJob of then/catch/finally
  SIX_TASK_THENABLE,   // M  NewPromiseResolveThenableJob
  SIX_TASK_AWAIT,      // A  continuation of an await (also of async generators, for await)
  SIX_TASK_FILE,       // F  a file operation (thread pool)
  SIX_TASK_POOL,       // F  other thread-pool work
  SIX_TASK_SOCKET,     // S  a peer's event
  SIX_TASK_MESSAGE,    // S  a MessagePort's message
  SIX_TASK_CLOSE,      // C  a close callback
  SIX_TASK_EVENT,      // E  listeners of process events: beforeExit, exit, uncaughtException, unhandledRejection
  SIX_TASK_KINDS
};

enum six_event_kind {
  //                       subject        a                     b                   site: source position where it happens
  SIX_EV_RUN_BEGIN,  // -              -                     -
  SIX_EV_ENQUEUE,    // callback site  task kind             ordinal of its tag  where it was scheduled; the event's index names the task
  SIX_EV_LABEL,      // task           text: a name for it   -                   e.g. the function's name, "fs.readFile 'notes.txt'"
  SIX_EV_ARM,        // timer task     duration, ms          start, ms           a timer enters (or re-enters) its list
  SIX_EV_READY,      // task           phase it waits in, 0: by its kind  -      a reaction becomes a queued job; an operation's completion
                     // enters poll or pending
  SIX_EV_CANCEL,     // task           -                     -
  SIX_EV_REF,        // task           1 ref'd, 0 unref'd    -
  SIX_EV_TURN,       // -              loop iteration, from 1 -
  SIX_EV_PHASE,      // -              enum six_phase        tasks waiting in it
  SIX_EV_DRAIN,      // -              ticks waiting         microtasks waiting  the drain begins (R40)
  SIX_EV_BEGIN,      // task           -                     -                   its callback starts: it leaves its queue
  SIX_EV_END,        // task           1 if it threw         -
  SIX_EV_POOL_WAIT,  // task           trip, from 1          trips in all        waits for a thread
  SIX_EV_POOL_RUN,   // task           thread slot, from 0   ns it will take (clamped)
  SIX_EV_POOL_DONE,  // task           thread slot           -                   the thread is free again
  SIX_EV_OUTSIDE,    // task           ns until it completes (clamped) -         an operation outside the pool is under way
  SIX_EV_CLOCK,      // -              ns moved (clamped)    1 waiting in poll, 0 work
  SIX_EV_OUTPUT,     // task running   text                  1 stdout, 2 stderr
  SIX_EV_CALL,       // -              text: function name   1 it goes on        site: of the function; cause: -
  SIX_EV_RETURN,     // -              enum six_trace_return -
  SIX_EV_STATEMENT,  // -              -                     -
  SIX_EV_SETTLE,     // -              1 fulfilled, 2 rejected  promise number   a + 4: the promise of the async function that runs
  SIX_EV_THROW,      // task running   text: message         0 uncaught, 1 handled by a listener, 2 unhandled rejection
  SIX_EV_CHOICE,     // task or -      choice number, from 0 taken | alternatives << 16
  SIX_EV_STOP,       // -              enum six_stop         text: what ran out, which queue starves whom
  SIX_EV_EXIT,       // -              exit status           -
  SIX_EV_KINDS
};

// How a frame is left: an await and a yield only give way, the function goes on later; process.exit stops it.
enum six_trace_return { SIX_RETURN_ENDS, SIX_RETURN_AWAITS, SIX_RETURN_YIELDS, SIX_RETURN_THROWS, SIX_RETURN_STOPS };

// 32 bytes.
struct six_event {
  uint8_t kind;   // enum six_event_kind
  uint8_t phase;  // enum six_phase at the time
  uint16_t rule;  // the rule book's number that decided it, 0 none
  uint32_t site;  // six_trace_site, 0 none
  uint64_t time;  // virtual nanoseconds since the start
  uint32_t subject, a, b;
  uint32_t cause;  // the task that was running (event index), 0 none
};

struct six_site {
  uint32_t unit;        // which source (six_trace_source)
  uint32_t start, end;  // byte offsets in it
};

struct six_trace;

struct six_trace *six_trace_new(void);
void six_trace_free(struct six_trace *trace);

// ---- Writing (the loop and sim/node; what they write at each callback is in pen.h). `trace` is never NULL: callers test once.
// Appends and returns the event's index. `time`, `phase` and `cause` come from the trace's current context.
uint32_t six_trace_add(struct six_trace *trace, enum six_event_kind kind, uint16_t rule, uint32_t site, uint32_t subject, uint32_t a,
                       uint32_t b);
// A new task: ENQUEUE with the next ordinal of its tag letter. `callback_site` is where the callback's code is.
uint32_t six_trace_enqueue(struct six_trace *trace, enum six_task_kind kind, uint16_t rule, uint32_t site, uint32_t callback_site);
// Pools: equal texts and sites get equal numbers (from 1).
uint32_t six_trace_add_text(struct six_trace *trace, const char *bytes, size_t length);
uint32_t six_trace_add_site(struct six_trace *trace, uint32_t unit, uint32_t start, uint32_t end);
void six_trace_set_source(struct six_trace *trace, uint32_t unit, const char *name, const char *bytes, size_t length);  // copied
// Statement and call events stop being recorded past this many events (order events go on): a flag for the reader.
bool six_trace_details(const struct six_trace *trace);
// Whether it holds as many events as anybody can look at (8 million): a run that goes on for ever must stop here.
bool six_trace_full(const struct six_trace *trace);

// ---- Reading. By one thread at a time: what was unpacked lately is kept. Quick when the next event is near the one before.
uint32_t six_trace_count(const struct six_trace *trace);
struct six_event six_trace_at(const struct six_trace *trace, uint32_t index);
const char *six_trace_text(const struct six_trace *trace, uint32_t text, size_t *length);
struct six_site six_trace_site(const struct six_trace *trace, uint32_t site);
const char *six_trace_source(const struct six_trace *trace, uint32_t unit, const char **name, size_t *length);  // NULL: no such unit
// Line and column, both from 1, of a site's start; zeros when it has none.
struct six_position six_trace_position(const struct six_trace *trace, uint32_t site);
char six_task_letter(enum six_task_kind kind);  // T I N M A F S C E; main: '-'
// The tag of a task, "T1": into a buffer of 16; "main" for the main script.
const char *six_trace_tag(const struct six_trace *trace, uint32_t task, char buffer[16]);
size_t six_trace_bytes(const struct six_trace *trace);  // memory in use

#endif
