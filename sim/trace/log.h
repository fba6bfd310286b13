// trace: the log, events packed into blocks of bytes. Only trace.c includes this.
//
// A block stands alone: it begins with what its first event cannot be told from, and is read without the ones before it.
// A record is a byte that says what it is, and its fields. Most events differ from the one before in little else than the
// time, and some always come in company: those have short records, of three to seven bytes (pen.h). Any other
// is its kind, a byte with a bit for each field that is not what was expected, and those fields, as how far off they are.
#ifndef SIX_TRACE_LOG_H
#define SIX_TRACE_LOG_H

#include "sim/trace/numbers.h"
#include "sim/trace/pen.h"

enum {
  SIX_LOG_BLOCK = 512,        // bytes
  SIX_LOG_RECORD_MOST = 48,   // bytes
  SIX_LOG_SHORT_RECORD = 8,   // bytes, as they are stored
  SIX_LOG_CHUNK_BLOCKS = 128  // that are allocated at once
};

// All about a new task but its time and its number.
struct six_log_shape {
  uint32_t site, callback_site, label;
  uint16_t rule, ready_rule;
  uint8_t kind, letter, events;
};

// From what the next event is told: the same whether it is written or read.
struct six_log_state {
  struct six_trace_pen pen;  // its cause and phase are the writer's
  struct six_log_last {
    uint32_t site, subject, a, b;
    uint16_t rule;
  } last[SIX_EV_KINDS];  // of each kind, in this block, not counting short records
};

struct six_log_view;  // blocks that were unpacked lately
struct six_log {
  unsigned char **chunks;  // they never move
  uint32_t *firsts;        // the first event of each block
  uint32_t chunk_count, chunk_capacity, block_count, block_capacity;
  struct six_log_shape *shapes;
  uint32_t shape_count, shape_capacity;
  struct six_numbers numbers;  // of the shapes
  struct six_log_view *view;
};

void six_log_init(struct six_log *log);
void six_log_done(struct six_log *log);
// Begins a block with what `state` says, and leaves its pen where the first record goes.
void six_log_open(struct six_log *log, struct six_log_state *state);
// Both need room for a record. The cause and phase of what is made are the expected ones.
void six_log_write(struct six_log_state *state, const struct six_event *event);
// A short record of an event of a task that is much like the last of its kind, which then stays the last; its time, phase
// and cause are the pen's, and as expected. false: it is not, and nothing is written.
bool six_log_write_like(struct six_log_state *state, const struct six_event *event);
void six_log_make(const struct six_log *log, struct six_log_state *state, uint32_t shape, uint64_t time);
uint32_t six_log_number(struct six_log *log, const struct six_log_shape *shape);  // from 0; equal ones have the same
// The event at `index` of the `count` that were written.
struct six_event six_log_at(const struct six_log *log, uint32_t index, uint32_t count);
size_t six_log_bytes(const struct six_log *log);

#endif
