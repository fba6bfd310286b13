// Why a schedule leads to another order: the run is made once more with a trace, and the untypical answers are told.
#include "sim/orders/because.h"

#include "sim/trace/write.h"
#include "sim/world/world.h"

enum { CLAUSES = 3 };  // more would not help anybody

static void add_task(const struct six_trace *trace, uint32_t task, struct six_text *out) {
  char tag[16];
  struct six_event event = six_trace_at(trace, task);
  struct six_position at = six_trace_position(trace, event.site);
  six_text_addf(out, "%s (%s", six_trace_tag(trace, task, tag), six_task_api((enum six_task_kind)event.a));
  if (at.line) six_text_addf(out, ", line %u", at.line);
  six_text_addc(out, ')');
}

// The next event of a kind after `index`, before the next choice; 0: none.
static uint32_t next_of(const struct six_trace *trace, uint32_t index, enum six_event_kind kind, enum six_event_kind stop) {
  for (uint32_t i = index + 1; i < six_trace_count(trace); i++) {
    enum six_event_kind found = (enum six_event_kind)six_trace_at(trace, i).kind;
    if (found == kind) return i;
    if (found == stop) return 0;
  }
  return 0;
}

static void tell_due(const struct six_trace *trace, uint32_t index, bool due, struct six_text *out) {
  bool main = six_trace_at(trace, index).phase == SIX_PHASE_NONE;
  uint16_t rule = six_trace_at(trace, index).rule;  // 15: the timers phase looked again
  if (!due) {
    six_text_adds(out, main ? "the main script took less time, and no timer was due when the loop looked (R35)"
                            : "no millisecond began before the timers phase, and no timer was due (R35)");
    return;
  }
  uint32_t begin = next_of(trace, index, SIX_EV_BEGIN, SIX_EV_TURN);
  six_text_adds(out, main         ? "the main script took longer"
                     : rule == 15 ? "a millisecond began while the timers ran"
                                  : "a millisecond began before the timers phase");
  if (!begin) {
    six_text_addf(out, " (R%u)", rule);
    return;
  }
  six_text_adds(out, ", and ");
  add_task(trace, six_trace_at(trace, begin).subject, out);
  six_text_addf(out, " was due already (R%u)", rule);
}

static void tell_start(const struct six_trace *trace, uint32_t index, struct six_text *out) {
  uint32_t arm = next_of(trace, index, SIX_EV_ARM, SIX_EV_CHOICE);
  six_text_adds(out, "a millisecond began just before ");
  if (arm) add_task(trace, six_trace_at(trace, arm).subject, out);
  else six_text_adds(out, "a timer");
  six_text_adds(out, " was set (R14)");
}

static void tell_completed(const struct six_trace *trace, uint32_t index, bool first, struct six_text *out) {
  uint32_t ready = next_of(trace, index, SIX_EV_READY, SIX_EV_BEGIN);
  add_task(trace, six_trace_at(trace, ready ? ready : index).subject, out);
  if (!ready) six_text_adds(out, " took longer and had not completed when poll looked (R105)");
  else six_text_adds(out, first ? " completed first (R100)" : " had completed when poll looked (R105)");
}

static void tell(const struct six_trace *trace, uint32_t index, const struct six_choice_taken *choice, struct six_text *out) {
  switch ((enum six_choice_kind)choice->kind) {
    case SIX_CHOICE_TIMER_DUE: tell_due(trace, index, choice->taken > 0, out); break;
    case SIX_CHOICE_TIMER_START: tell_start(trace, index, out); break;
    case SIX_CHOICE_THREAD: six_text_adds(out, "a worker took longer to begin (R140)"); break;
    default: tell_completed(trace, index, choice->kind == SIX_CHOICE_FIRST, out); break;
  }
}

void six_orders_tell(const struct six_result *result, struct six_text *out) {
  const struct six_trace *trace = result->trace;
  uint32_t told = 0;
  for (uint32_t i = 0; i < six_trace_count(trace); i++) {
    struct six_event event = six_trace_at(trace, i);
    if (event.kind != SIX_EV_CHOICE || event.a >= result->choices) continue;
    const struct six_choice_taken *choice = &result->choice_log[event.a];
    if (choice->taken == choice->typical) continue;
    if (told == CLAUSES) six_text_adds(out, "; ...");
    if (told++ >= CLAUSES) break;
    if (out->length) six_text_adds(out, "; ");
    tell(trace, i, choice, out);
  }
}

void six_orders_because(const struct six_scenario *scenario, const struct six_options *options, const char *schedule,
                        struct six_text *out) {
  struct six_options how = *options;
  struct six_diag diag = {0};
  how.schedule = schedule;
  how.record_trace = how.explore = true;
  how.record_statements = false;
  struct six_result *result = six_run(scenario, &how, &diag);
  if (result) six_orders_tell(result, out);
  six_result_free(result);
}
