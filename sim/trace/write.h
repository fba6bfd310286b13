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
// A task in words: "T1, setTimeout 0 ms, callback at line 3".
void six_say_task(const struct six_trace *trace, uint32_t task, struct six_text *out);

#endif
