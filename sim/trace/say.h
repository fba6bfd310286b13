// trace: what the files that write sentences share. Private to this room.
#ifndef SIX_TRACE_SAY_H
#define SIX_TRACE_SAY_H

#include "sim/trace/write.h"

struct say {  // one sentence about one event
  struct six_reader *reader;
  const struct six_trace *trace;
  struct six_event event;
  uint32_t index;
  struct six_text *out;
  char tag[4][16];  // tags in one sentence
  int tags;
};

struct say six_saying(struct six_reader *reader, uint32_t index, struct six_text *out);
struct six_event six_say_event(const struct say *say, uint32_t index);  // of kind RUN_BEGIN beyond the end
const char *six_say_tag(struct say *say, uint32_t task);                // "T1", "the main script", "the listener"; 0: "Node"
enum six_task_kind six_say_kind(const struct say *say, uint32_t task);  // SIX_TASK_MAIN for what is no task
void six_say_capital(struct six_text *out, size_t start);
void six_say_line(struct say *say, const char *before, uint32_t site);  // " at line 3", nothing when the site is not known
void six_say_quote(struct say *say, uint32_t text, size_t most);        // a text of the program, quoted, cut, without control characters
void six_say_rule(struct say *say, uint32_t rule, uint32_t otherwise);  // " (R14)." , "." when both are 0
// The code that a frame runs: "the main script", "T1" for its own callback, "work()" for what that calls.
void six_say_who(struct say *say, uint32_t frame);
// What scheduled a task, as people write it: "setTimeout", "catch".
void six_say_api(struct say *say, const struct six_task_info *info);
void six_say_label_or_api(struct say *say, const struct six_task_info *info);
void six_say_label(const struct six_trace *trace, uint32_t text, struct six_text *out);
uint32_t six_say_duration(struct say *say, const struct six_task_info *info);  // of a timer, ms
bool six_is_operation(enum six_task_kind kind);                                // its label is its name
bool six_is_timer(enum six_task_kind kind);
bool six_is_microtask(enum six_task_kind kind);
// Whether the process is ended by process.exit at this EXIT event, and by an uncaught error.
bool six_say_is_exit_call(const struct say *say, uint32_t index);
bool six_say_is_stopped(const struct say *say);  // by a budget, or by something unsupported
bool six_say_is_fatal(const struct say *say, uint32_t index);

#endif
