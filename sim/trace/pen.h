// trace: the pen, what a trace is written with at each callback. All of it is inline: recording may add at most half to the
// time of a run that does nothing but callbacks.
//
// Each function writes a short record, of three to six bytes, if the event is what a reader of the log would expect, and
// else goes the long way, by six_trace_add.
#ifndef SIX_TRACE_PEN_H
#define SIX_TRACE_PEN_H

#include "sim/trace/trace.h"

enum { SIX_TASK_LETTERS = 9 };

struct six_trace_pen {        // a trace begins with it
  unsigned char *at, *limit;  // short records begin before it; NULL: the context is not what a reader would expect
  unsigned char *room;        // what it is otherwise: the block has room for one
  uint64_t time;              // of the last event
  uint64_t now;               // of the next one
  uint32_t count;             // of events
  uint32_t cause;             // of the next one
  uint32_t expected_cause;    // when there is no limit; else it is the cause
  uint8_t phase, expected_phase;
  uint32_t begun, made;             // the tasks that began, and were made, last
  uint32_t turn, started, printed;  // of the last TURN, ARM and OUTPUT in this block: loop iteration, start, text
  uint32_t details;                 // STATEMENT, CALL and RETURN events so far
  uint32_t ordinals[SIX_TASK_LETTERS + 1];
};

// ---- Context for the events that follow.
static inline void six_trace_set_time(struct six_trace *trace, uint64_t ns);
static inline void six_trace_set_phase(struct six_trace *trace, enum six_phase phase);
static inline void six_trace_set_cause(struct six_trace *trace, uint32_t task);
static inline uint32_t six_trace_task(const struct six_trace *trace);  // the current cause

// ---- Tasks. All about a new one but its time has a number. `label` 0: no LABEL follows; `ready_rule` 0: no READY.
struct six_trace_shape {
  uint32_t number;
  uint8_t letter, events;  // what it adds to the trace
};
struct six_trace_shape six_trace_shape(struct six_trace *trace, enum six_task_kind kind, uint16_t rule, uint32_t site,
                                       uint32_t callback_site, uint32_t label, uint16_t ready_rule);
static inline uint32_t six_trace_make(struct six_trace *trace, struct six_trace_shape shape, uint64_t time);
static inline void six_trace_arm(struct six_trace *trace, uint32_t task, uint16_t rule, uint32_t ms, uint32_t start, uint64_t time);
// A task's callback starts, and becomes the cause of what follows; it ends, and `outer` does.
static inline void six_trace_begin(struct six_trace *trace, uint32_t task, uint16_t rule, uint64_t time);
static inline void six_trace_end(struct six_trace *trace, uint32_t task, bool threw, uint32_t outer, uint64_t time);

// ---- The loop: TURN, and a PHASE that is the context of what follows. R2.
static inline void six_trace_turn(struct six_trace *trace, uint32_t turn, uint64_t time);
static inline void six_trace_phase(struct six_trace *trace, enum six_phase phase, uint32_t waiting, uint64_t time);
// DRAIN. R40.
static inline void six_trace_drain(struct six_trace *trace, uint32_t ticks, uint32_t microtasks, uint64_t time);

// ---- What the program does: OUTPUT (R150), and the details STATEMENT, CALL and RETURN.
static inline void six_trace_output(struct six_trace *trace, uint32_t site, uint32_t text, uint32_t fd, uint64_t time);
static inline void six_trace_statement(struct six_trace *trace, uint32_t site, uint64_t time);
static inline void six_trace_call(struct six_trace *trace, uint32_t site, uint32_t name, bool goes_on, uint64_t time);
static inline void six_trace_return(struct six_trace *trace, enum six_trace_return how, uint64_t time);

// ---- The short records (log.h has the others). Fields are one byte, times two: ns since the last event.
enum {
  SIX_LOG_SHAPE = SIX_EV_KINDS,  // number, ns: both of any size
  SIX_LOG_BEGIN,                 // time, rule, events from the task that began last to this one
  SIX_LOG_FAR_BEGIN,             // time, rule, events since the task was made (three bytes)
  SIX_LOG_END,                   // time
  SIX_LOG_ARM,                   // time, rule, ms since the last start, duration (two bytes): of the task made last
  SIX_LOG_TURN,                  // time, phase: the next one
  SIX_LOG_DRAIN,                 // time, ticks, microtasks
  SIX_LOG_PHASE,                 // time, phase, waiting
  SIX_LOG_OUTPUT,                // time, site (two bytes), text since the last: on stdout
  SIX_LOG_STATEMENT,             // time, site (two bytes)
  SIX_LOG_CALL,                  // time, site, name (two bytes each): begins
  SIX_LOG_RETURN,                // time, how
  SIX_LOG_LIKE = 0x40,           // | kind: time, events since the task was made (three bytes each), a from what was expected
  SIX_LOG_SHORT_SHAPE = 0x80,    // | number: time
};

uint32_t six_trace_make_long(struct six_trace *trace, struct six_trace_shape shape, uint64_t time);
void six_trace_begin_long(struct six_trace *trace, uint32_t task, uint16_t rule, uint64_t time);
void six_trace_end_long(struct six_trace *trace, uint32_t task, bool threw, uint32_t outer, uint64_t time);

static inline struct six_trace_pen *six_trace_pen(struct six_trace *trace) { return (struct six_trace_pen *)trace; }

static inline void six_trace_set_time(struct six_trace *trace, uint64_t ns) { six_trace_pen(trace)->now = ns; }

static inline uint32_t six_trace_task(const struct six_trace *trace) { return ((const struct six_trace_pen *)trace)->cause; }

static inline void six_trace_set_context(struct six_trace_pen *pen, enum six_phase phase, uint32_t cause) {
  if (pen->limit) pen->expected_cause = pen->cause;
  pen->phase = (uint8_t)phase;
  pen->cause = cause;
  pen->limit = pen->phase == pen->expected_phase && cause == pen->expected_cause ? pen->room : NULL;
}

static inline void six_trace_set_phase(struct six_trace *trace, enum six_phase phase) {
  six_trace_set_context(six_trace_pen(trace), phase, six_trace_pen(trace)->cause);
}

static inline void six_trace_set_cause(struct six_trace *trace, uint32_t task) {
  six_trace_set_context(six_trace_pen(trace), (enum six_phase)six_trace_pen(trace)->phase, task);
}

// Whether a record of the current phase can be short, whatever the phase was before.
static inline bool six_trace_may_tell_phase(const struct six_trace_pen *pen) {
  return pen->at < pen->room && (pen->limit || pen->cause == pen->expected_cause);
}

static inline void six_trace_put_record(struct six_trace_pen *pen, uint64_t record, uint32_t length, uint64_t time) {
  if (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__) record = __builtin_bswap64(record);
  __builtin_memcpy(pen->at, &record, sizeof record);
  pen->at += length;
  pen->time = pen->now = time;
}

static inline void six_trace_put(struct six_trace_pen *pen, unsigned kind, uint64_t fields, uint32_t length, uint64_t time) {
  six_trace_put_record(pen, kind | (time - pen->time) << 8 | fields << 24, length, time);
}

static inline uint32_t six_trace_make(struct six_trace *trace, struct six_trace_shape shape, uint64_t time) {
  struct six_trace_pen *pen = six_trace_pen(trace);
  if (__builtin_expect(pen->at >= pen->limit || shape.number >= SIX_LOG_SHORT_SHAPE || time - pen->time > UINT16_MAX, 0))
    return six_trace_make_long(trace, shape, time);
  six_trace_put(pen, SIX_LOG_SHORT_SHAPE | shape.number, 0, 3, time);
  pen->ordinals[shape.letter]++;
  pen->made = pen->count;
  pen->count += shape.events;
  return pen->made;
}

static inline void six_trace_arm(struct six_trace *trace, uint32_t task, uint16_t rule, uint32_t ms, uint32_t start, uint64_t time) {
  struct six_trace_pen *pen = six_trace_pen(trace);
  uint32_t later = start - pen->started;
  bool is_short = pen->at < pen->limit && task == pen->made && rule <= UINT8_MAX && ms <= UINT16_MAX && later <= UINT8_MAX;
  if (__builtin_expect(!is_short || time - pen->time > UINT16_MAX, 0)) {
    six_trace_set_time(trace, time);
    six_trace_add(trace, SIX_EV_ARM, rule, 0, task, ms, start);
    return;
  }
  six_trace_put(pen, SIX_LOG_ARM, rule | (uint64_t)later << 8 | (uint64_t)ms << 16, 7, time);
  pen->started = start;
  pen->count++;
}

static inline void six_trace_begin(struct six_trace *trace, uint32_t task, uint16_t rule, uint64_t time) {
  struct six_trace_pen *pen = six_trace_pen(trace);
  uint32_t ahead = task - pen->begun, ago = pen->count - task;
  if (__builtin_expect(pen->at >= pen->limit || rule > UINT8_MAX || ago >> 24 || time - pen->time > UINT16_MAX, 0)) {
    six_trace_begin_long(trace, task, rule, time);
    return;
  }
  if (ahead <= UINT8_MAX) six_trace_put(pen, SIX_LOG_BEGIN, rule | (uint64_t)ahead << 8, 5, time);
  else six_trace_put(pen, SIX_LOG_FAR_BEGIN, rule | (uint64_t)ago << 8, 7, time);
  pen->begun = pen->cause = task;
  pen->count++;
}

static inline void six_trace_end(struct six_trace *trace, uint32_t task, bool threw, uint32_t outer, uint64_t time) {
  struct six_trace_pen *pen = six_trace_pen(trace);
  if (__builtin_expect(pen->at >= pen->limit || threw || outer || task != pen->cause || time - pen->time > UINT16_MAX, 0)) {
    six_trace_end_long(trace, task, threw, outer, time);
    return;
  }
  six_trace_put(pen, SIX_LOG_END, 0, 3, time);
  pen->cause = 0;
  pen->count++;
}

static inline void six_trace_turn(struct six_trace *trace, uint32_t turn, uint64_t time) {
  struct six_trace_pen *pen = six_trace_pen(trace);
  if (__builtin_expect(!six_trace_may_tell_phase(pen) || turn != pen->turn + 1 || time - pen->time > UINT16_MAX, 0)) {
    six_trace_set_time(trace, time);
    six_trace_add(trace, SIX_EV_TURN, 2, 0, 0, turn, 0);
    return;
  }
  six_trace_put(pen, SIX_LOG_TURN, pen->phase, 4, time);
  pen->expected_phase = pen->phase;
  pen->limit = pen->room;
  pen->turn = turn;
  pen->count++;
}

static inline void six_trace_phase(struct six_trace *trace, enum six_phase phase, uint32_t waiting, uint64_t time) {
  struct six_trace_pen *pen = six_trace_pen(trace);
  if (__builtin_expect(!six_trace_may_tell_phase(pen) || waiting > UINT8_MAX || time - pen->time > UINT16_MAX, 0)) {
    six_trace_set_phase(trace, phase);
    six_trace_set_time(trace, time);
    six_trace_add(trace, SIX_EV_PHASE, 2, 0, 0, (uint32_t)phase, waiting);
    return;
  }
  six_trace_put(pen, SIX_LOG_PHASE, (uint64_t)phase | (uint64_t)waiting << 8, 5, time);
  pen->phase = pen->expected_phase = (uint8_t)phase;
  pen->limit = pen->room;
  pen->count++;
}

static inline void six_trace_drain(struct six_trace *trace, uint32_t ticks, uint32_t microtasks, uint64_t time) {
  struct six_trace_pen *pen = six_trace_pen(trace);
  if (__builtin_expect(pen->at >= pen->limit || (ticks | microtasks) > UINT8_MAX || time - pen->time > UINT16_MAX, 0)) {
    six_trace_set_time(trace, time);
    six_trace_add(trace, SIX_EV_DRAIN, 40, 0, 0, ticks, microtasks);
    return;
  }
  six_trace_put(pen, SIX_LOG_DRAIN, ticks | (uint64_t)microtasks << 8, 5, time);
  pen->count++;
}

static inline void six_trace_output(struct six_trace *trace, uint32_t site, uint32_t text, uint32_t fd, uint64_t time) {
  struct six_trace_pen *pen = six_trace_pen(trace);
  uint32_t later = text - pen->printed;
  bool is_short = pen->at < pen->limit && fd == 1 && site <= UINT16_MAX && later <= UINT8_MAX;
  if (__builtin_expect(!is_short || time - pen->time > UINT16_MAX, 0)) {
    six_trace_set_time(trace, time);
    six_trace_add(trace, SIX_EV_OUTPUT, 150, site, pen->cause, text, fd);
    return;
  }
  six_trace_put(pen, SIX_LOG_OUTPUT, site | (uint64_t)later << 16, 6, time);
  pen->printed = text;
  pen->count++;
}

// Details end at some point; six_trace_add knows.
enum { SIX_TRACE_DETAILS_MOST = 2000000 };

static inline void six_trace_detail(struct six_trace *trace, enum six_event_kind kind, uint32_t site, uint32_t a, uint32_t b,
                                    uint64_t time) {
  six_trace_set_time(trace, time);
  six_trace_add(trace, kind, 0, site, 0, a, b);
}

static inline bool six_trace_short_detail(struct six_trace_pen *pen, uint64_t time) {
  bool is_short = pen->at < pen->limit && pen->details < SIX_TRACE_DETAILS_MOST && time - pen->time <= UINT16_MAX;
  pen->details += is_short;
  pen->count += is_short;
  return __builtin_expect(is_short, 1);
}

static inline void six_trace_statement(struct six_trace *trace, uint32_t site, uint64_t time) {
  struct six_trace_pen *pen = six_trace_pen(trace);
  if (site <= UINT16_MAX && six_trace_short_detail(pen, time)) six_trace_put(pen, SIX_LOG_STATEMENT, site, 5, time);
  else six_trace_detail(trace, SIX_EV_STATEMENT, site, 0, 0, time);
}

static inline void six_trace_call(struct six_trace *trace, uint32_t site, uint32_t name, bool goes_on, uint64_t time) {
  struct six_trace_pen *pen = six_trace_pen(trace);
  bool fits = (site | name) <= UINT16_MAX && !goes_on;
  if (fits && six_trace_short_detail(pen, time)) six_trace_put(pen, SIX_LOG_CALL, site | (uint64_t)name << 16, 7, time);
  else six_trace_detail(trace, SIX_EV_CALL, site, name, goes_on, time);
}

static inline void six_trace_return(struct six_trace *trace, enum six_trace_return how, uint64_t time) {
  struct six_trace_pen *pen = six_trace_pen(trace);
  if (six_trace_short_detail(pen, time)) six_trace_put(pen, SIX_LOG_RETURN, how, 4, time);
  else six_trace_detail(trace, SIX_EV_RETURN, 0, how, 0, time);
}

#endif
