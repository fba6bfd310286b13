// trace: the moment, the state of everything that waits or runs, folded from the trace up to an index.
#ifndef SIX_TRACE_MOMENT_H
#define SIX_TRACE_MOMENT_H

#include "sim/trace/trace.h"

struct six_task_list { // task numbers in queue order
  uint32_t *items;
  uint32_t count, capacity;
  uint32_t first; // items[first .. first + count)
};

struct six_waiting_timer {
  uint32_t task;
  uint32_t duration_ms;
  uint64_t start_ms;   // due at start + duration
  bool unref;
};

struct six_call_entry {
  uint32_t name;  // text
  uint32_t site;  // the function's site
  uint32_t at;    // site of the current statement in it, 0 unknown
};

enum { SIX_POOL_MAX = 1024 };

struct six_under_way { // an operation outside
  uint32_t task;
  uint32_t slot;       // thread, or UINT32_MAX: waits for one, UINT32_MAX - 1: not a pool operation
  uint64_t started, until; // ns
  uint32_t trip, trips;
};

struct six_moment {
  uint32_t index;           // the event this is the state after
  uint64_t time;
  uint32_t turn;            // loop iteration; 0 before the loop
  enum six_phase phase;
  struct six_task_list ticks, microtasks, immediates, pending, poll, closing;
  struct six_waiting_timer *timers; // sorted as they will run
  uint32_t timer_count, timer_capacity;
  struct six_under_way *outside;
  uint32_t outside_count, outside_capacity;
  uint32_t *running;        // tasks being run, outermost first (listeners nest)
  uint32_t running_count, running_capacity;
  struct six_call_entry *calls;
  uint32_t call_count, call_capacity;
  uint32_t outputs;         // OUTPUT events so far
  uint32_t statement;       // site of the last statement, 0 none
  bool draining;
  bool ended;
};

// A reader with keyframes over a finished trace (borrowed). Seeking anywhere in a million events takes under 10 ms.
struct six_reader;
struct six_reader *six_reader_new(const struct six_trace *trace);
void six_reader_free(struct six_reader *reader);
// The moment after event `index`. Borrowed until the next call.
const struct six_moment *six_reader_seek(struct six_reader *reader, uint32_t index);
// OUTPUT events: how many in all, the event index of the n-th (from 0), and how many are at or before an index.
uint32_t six_reader_outputs(const struct six_reader *reader);
uint32_t six_reader_output_event(const struct six_reader *reader, uint32_t n);
uint32_t six_reader_outputs_until(const struct six_reader *reader, uint32_t index);
// The next event at or after (or at or before) `index` that is touched by a task, of a kind, ...: UINT32_MAX if none.
typedef bool six_event_test(const struct six_trace *trace, uint32_t index, void *context);
uint32_t six_reader_find(const struct six_reader *reader, uint32_t from, bool backwards, six_event_test *test, void *context);

#endif
