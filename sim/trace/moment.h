// trace: the moment, the state of everything that waits or runs after an event of a trace.
#ifndef SIX_TRACE_MOMENT_H
#define SIX_TRACE_MOMENT_H

#include "sim/trace/evidence.h"
#include "sim/trace/trace.h"

// Lists show at most this many items; counts are always the whole.
enum { SIX_MOMENT_LISTED = 256 };

struct six_task_list {  // task numbers in queue order
  uint32_t *items;
  uint32_t count;   // how many wait
  uint32_t listed;  // how many of them, from the front, are in items[first ..)
  uint32_t first, capacity;
};

struct six_waiting_timer {
  uint32_t task;
  uint32_t duration_ms;
  uint64_t start_ms;  // due at start + duration
  bool unref;
};

struct six_call_entry {
  uint32_t name;  // text
  uint32_t site;  // the function's site
  uint32_t at;    // site of the current statement in it, 0 unknown
};

enum { SIX_POOL_MAX = 1024 };
#define SIX_SLOT_WAITS UINT32_MAX
#define SIX_SLOT_NONE (UINT32_MAX - 1)

struct six_under_way {  // an operation outside
  uint32_t task;
  uint32_t slot;            // thread, SIX_SLOT_WAITS: waits for one, SIX_SLOT_NONE: not a pool operation
  uint64_t started, until;  // ns
  uint32_t trip, trips;
};

struct six_moment {
  uint32_t index;  // the event this is the state after
  uint64_t time;
  uint32_t turn;  // loop iteration; 0 before the loop
  enum six_phase phase;
  struct six_task_list ticks, microtasks, immediates, pending, poll, closing;
  struct six_waiting_timer *timers;  // sorted as they will run; timers_listed of timer_count
  uint32_t timer_count, timers_listed, timer_capacity;
  struct six_under_way *outside;  // running ones by slot, then those that wait
  uint32_t outside_count, outside_listed, outside_capacity;
  uint32_t *running;  // tasks being run, outermost first (listeners nest)
  uint32_t running_count, running_capacity;
  struct six_call_entry *calls;  // outermost first; the innermost calls_listed of call_count
  uint32_t call_count, calls_listed, call_capacity;
  uint32_t outputs;    // OUTPUT events so far
  uint32_t statement;  // site of the current statement, 0 none
  bool draining;
  bool ended;
};

// What is known of a task over the whole run. Event indexes; 0 where it never happened.
struct six_task_info {
  uint32_t task;
  enum six_task_kind kind;
  uint32_t label;                      // text, 0 none
  uint32_t scheduled;                  // site
  uint32_t callback;                   // site
  uint32_t by;                         // the task that scheduled it
  uint32_t ready, begin, end, cancel;  // first ready, first begin, last end
  uint32_t arm;                        // last ARM before or at the index asked for
  uint32_t trips, last_trip;           // to the thread pool, and the POOL_WAIT of the last one
};

// A reader over a finished trace (borrowed). It indexes the trace once, in time linear in it; after that any moment of
// a million events is folded from the indexes in well under 10 ms, without keyframes.
struct six_reader;
struct six_reader *six_reader_new(const struct six_trace *trace);
void six_reader_free(struct six_reader *reader);
const struct six_trace *six_reader_trace(const struct six_reader *reader);
size_t six_reader_bytes(const struct six_reader *reader);  // memory in use, without the trace's
// The moment after event `index`. Borrowed until the next call.
const struct six_moment *six_reader_seek(struct six_reader *reader, uint32_t index);
// OUTPUT events: how many in all, the event index of the n-th (from 0), and how many are at or before an index.
uint32_t six_reader_outputs(const struct six_reader *reader);
uint32_t six_reader_output_event(const struct six_reader *reader, uint32_t n);
uint32_t six_reader_outputs_until(const struct six_reader *reader, uint32_t index);
// The next event at or after (or at or before) `index` that is touched by a task, of a kind, ...: UINT32_MAX if none.
typedef bool six_event_test(const struct six_trace *trace, uint32_t index, void *context);
uint32_t six_reader_find(const struct six_reader *reader, uint32_t from, bool backwards, six_event_test *test, void *context);
// The next event of a kind, in the same manner and faster.
uint32_t six_reader_find_kind(const struct six_reader *reader, uint32_t from, bool backwards, enum six_event_kind kind);
// What is known of a task, its timer as armed at `index`. false when `task` names none.
bool six_reader_task(const struct six_reader *reader, uint32_t task, uint32_t index, struct six_task_info *info);
// The task that runs after event `index` (0 none), and the macrotask in whose wake it runs: itself or, for ticks and
// microtasks, the callback after which they were drained.
uint32_t six_reader_running(const struct six_reader *reader, uint32_t index);
uint32_t six_reader_running_since(const struct six_reader *reader, uint32_t index);  // its BEGIN
uint32_t six_reader_root(const struct six_reader *reader, uint32_t task);
uint32_t six_reader_turn(const struct six_reader *reader, uint32_t index);
// Frames are CALL and BEGIN events: the one on top after event `index`, the one under a frame, the one that a RETURN or
// END leaves. 0 none.
uint32_t six_reader_top(const struct six_reader *reader, uint32_t index);
uint32_t six_reader_below(const struct six_reader *reader, uint32_t frame);
uint32_t six_reader_left(const struct six_reader *reader, uint32_t index);
// CHOICE events: how many, and the event index of the n-th.
uint32_t six_reader_choices(const struct six_reader *reader);
uint32_t six_reader_choice_event(const struct six_reader *reader, uint32_t n);

// Where a site is shown: its line in the text that people see. By default the position in its own source; for a JSON
// scenario, the JavaScript that it stands for, once its print map is given (sorted by start; borrowed).
struct six_line_map_entry {
  uint32_t start, end;  // bytes in unit 1, the scenario
  uint32_t line, column;
};
void six_reader_set_lines(struct six_reader *reader, uint32_t unit, const struct six_line_map_entry *entries, uint32_t count);
struct six_position six_reader_position(const struct six_reader *reader, uint32_t site);
// What other runs show about the order of this one (borrowed). NULL: nobody looked.
void six_reader_set_evidence(struct six_reader *reader, const struct six_evidence *evidence);
const struct six_evidence *six_reader_evidence(const struct six_reader *reader);

#endif
