// trace: the evidence, what other legal runs of the same program show about the order of this one. Lines and callbacks
// are told again by who made them, so that two traces can be compared although their events have other numbers.
#ifndef SIX_TRACE_EVIDENCE_H
#define SIX_TRACE_EVIDENCE_H

#include "sim/trace/trace.h"

// Of the trace that is explained (borrowed). Until a run is added it knows nothing.
struct six_evidence;
struct six_evidence *six_evidence_new(const struct six_trace *trace);
void six_evidence_free(struct six_evidence *evidence);
// Compares another legal run. true when it shows an order that no run before it showed: then six_evidence_name says how
// people see that order for themselves.
bool six_evidence_add(struct six_evidence *evidence, const struct six_trace *other);
void six_evidence_name(struct six_evidence *evidence, const char *schedule, const char *because);
// All that may run was added (`complete`), or what a budget allowed, in `runs` runs.
void six_evidence_close(struct six_evidence *evidence, bool complete, uint32_t runs);
bool six_evidence_is_complete(const struct six_evidence *evidence);
uint32_t six_evidence_runs(const struct six_evidence *evidence);

enum six_counterexample {
  SIX_ALWAYS,    // in that order in every run seen
  SIX_REVERSED,  // the other way round in some run
  SIX_NO_FIRST,  // in some run the second is printed and the first is not
  SIX_NO_SECOND,
};
struct six_shown_by {  // the run with the fewest untypical answers that shows it; texts may be ""
  const char *schedule, *because;
};
// Of the printed line `line` (from 1, as six_next_line counts) and the one before it.
enum six_counterexample six_evidence_of_lines(const struct six_evidence *evidence, uint32_t line, struct six_shown_by *shown);
// Of two callbacks: of that which begins at event `first_begin`, and the next time that `second` runs after it.
enum six_counterexample six_evidence_of_tasks(const struct six_evidence *evidence, uint32_t first_begin, uint32_t second,
                                              struct six_shown_by *shown);

// The printed lines of an OUTPUT event, one after the other: false when there are no more. Start with a zeroed struct.
struct six_printed_line {
  const char *bytes;
  size_t length;
  const char *rest;
  size_t rest_length;
  bool begun;
};
bool six_next_line(const struct six_trace *trace, uint32_t output, struct six_printed_line *line);

#endif
