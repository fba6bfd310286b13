// trace: its writers.
#ifndef SIX_TRACE_WRITE_H
#define SIX_TRACE_WRITE_H

#include "sim/base/text.h"
#include "sim/trace/moment.h"

// One event as a JSON line (documented in the man page; stable).
void six_write_json_event(const struct six_trace *trace, uint32_t index, struct six_text *out);
// The whole trace for a trace viewer (Chrome's trace event format).
void six_write_chrome(const struct six_trace *trace, struct six_text *out);
// A sentence that says what event `index` does, and one that says why now, both in plain words with tags, line numbers
// and rule numbers: the two lines under the screen. `why` may stay empty.
void six_say_now(struct six_reader *reader, uint32_t index, struct six_text *now);
void six_say_why(struct six_reader *reader, uint32_t index, struct six_text *why);
// Why a waiting task has not run yet at `index`: a line per thing that must happen first, each with its rule.
void six_say_why_not_yet(struct six_reader *reader, uint32_t index, uint32_t task, struct six_text *out);
// `explain`: for each printed line: the line, what ran, in which phase, from which queue, who scheduled it, which rule;
// and for neighbours whose order is a choice: that it is typical and not promised, else that it is promised.
void six_write_explain(struct six_reader *reader, bool colour, int width, struct six_text *out);
// What a run prints, an OUTPUT event after the other: false when there are no more. Start with a zeroed struct.
struct six_printed {
  uint32_t number;    // of the event among them, from 1
  uint32_t index;     // the event
  uint32_t task;      // whose callback prints it; 0: Node itself
  uint32_t previous;  // that of the one before; 0: none, or Node itself
  bool follows;       // the same callback's task printed the one before
  bool on_stderr;
};
bool six_next_printed(const struct six_reader *reader, struct six_printed *printed);
// Where event `index`, done by `task`, comes from: what runs, scheduled at which line by whom, in which phase, at which time.
void six_say_origin(struct six_reader *reader, uint32_t index, uint32_t task, struct six_text *out);
// The run as an SVG picture: a lane for each queue and phase, a row for each callback that ran (at most 400 of them), an
// arrow from where it was scheduled, and what it printed.
void six_write_svg(struct six_reader *reader, struct six_text *out);
// A task in words: "T1, setTimeout 0 ms, callback at line 3".
void six_say_task(const struct six_trace *trace, uint32_t task, struct six_text *out);
// The same without a line, by its label where it has one: "F1, fs.readFile 'notes.txt'".
void six_say_callback(struct six_reader *reader, uint32_t task, struct six_text *out);

// Whether the order of two callbacks that run is promised by Node, or only what usually happens; UNDECIDED: there are
// more schedules than were tried. The reader's evidence decides; without any, what is known of the two callbacks.
enum six_order { SIX_ORDER_SAME, SIX_ORDER_PROMISED, SIX_ORDER_TYPICAL, SIX_ORDER_UNDECIDED };
// `first` runs (BEGIN event `first_begin`) before `second` (a task that waits at that time, or is made later). Appends
// the reason, a clause without a full stop that ends with its rule, e.g. "both are immediates, in order (R30)".
enum six_order six_order_of(struct six_reader *reader, uint32_t first, uint32_t first_begin, uint32_t second, struct six_text *reason);
// The same of printed line `line` (from 1, as six_next_line counts), which `second` prints, and the one before it.
enum six_order six_order_of_line(struct six_reader *reader, uint32_t line, uint32_t first, uint32_t first_begin, uint32_t second,
                                 struct six_text *reason);

// Names of enumerators as they stand in the JSON lines: "timers", "begin", "timer".
const char *six_phase_name(enum six_phase phase);   // "main" for SIX_PHASE_NONE
const char *six_phase_title(enum six_phase phase);  // as people say it: "close callbacks"
const char *six_event_name(enum six_event_kind kind);
bool six_event_has_task(enum six_event_kind kind);  // its subject is a task
const char *six_task_name(enum six_task_kind kind);
const char *six_task_api(enum six_task_kind kind);  // "setTimeout"
// Appends a duration in nanoseconds as people read it: "1.5 ms".
void six_say_ns(uint64_t ns, struct six_text *out);

#endif
