#include "sim/trace/log.h"

#include <stdlib.h>
#include <string.h>

enum { VIEWS = 16, LETTERS = SIX_TASK_LETTERS + 1 };

struct six_log_view {
  struct seen {
    uint32_t block, first, count, capacity;
    struct six_event *events;
  } blocks[VIEWS];  // a block has one place
  const struct seen *latest;
};

static void *grow(void *memory, uint32_t *capacity, size_t size) {
  *capacity = *capacity ? *capacity * 2 : 16;
  void *bigger = realloc(memory, *capacity * size);
  if (!bigger) abort();
  return bigger;
}

static void *zeroed(size_t count, size_t size) {
  void *memory = calloc(count, size);
  if (!memory) abort();
  return memory;
}

void six_log_init(struct six_log *log) {
  log->view = zeroed(1, sizeof *log->view);
  log->view->latest = log->view->blocks;
}

void six_log_done(struct six_log *log) {
  for (uint32_t i = 0; i < log->chunk_count; i++) free(log->chunks[i]);
  for (int i = 0; i < VIEWS; i++) free(log->view->blocks[i].events);
  free(log->chunks);
  free(log->firsts);
  free(log->shapes);
  free(log->numbers.slots);
  free(log->view);
}

// ---- Numbers: seven bits a byte, the least first, and a bit that says that there are more

static inline unsigned char *put_number(unsigned char *to, uint64_t number) {
  for (; number >= 0x80; number >>= 7) *to++ = (unsigned char)(number | 0x80);
  *to++ = (unsigned char)number;
  return to;
}

static const unsigned char *get_number(const unsigned char *from, uint64_t *number) {
  *number = 0;
  for (int shift = 0;; shift += 7, from++) {
    *number |= (uint64_t)(*from & 0x7F) << shift;
    if (*from < 0x80) return from + 1;
  }
}

// ---- Fields: nothing if it is what was expected, else how far off it is, near ones either way being small

enum { HAS_TIME = 1, HAS_PHASE = 2, HAS_CAUSE = 4, HAS_RULE = 8, HAS_SITE = 16, HAS_SUBJECT = 32, HAS_A = 64, HAS_B = 128 };

static inline unsigned char *put_field(unsigned char *to, unsigned char *has, unsigned char bit, uint32_t value, uint32_t like) {
  if (value == like) return to;
  uint32_t off = value - like;
  *has |= bit;
  return put_number(to, off << 1 ^ (off >> 31 ? UINT32_MAX : 0));
}

static const unsigned char *get_field(const unsigned char *from, unsigned char has, unsigned char bit, uint32_t *value) {
  if (!(has & bit)) return from;
  uint64_t number;
  from = get_number(from, &number);
  *value += (uint32_t)number >> 1 ^ (number & 1 ? UINT32_MAX : 0);
  return from;
}

// ---- What is expected

static uint32_t letter_of(uint32_t kind) {
  static const char letters[] = "TINMAFSCE";
  const char *at = memchr(letters, six_task_letter((enum six_task_kind)kind), SIX_TASK_LETTERS);
  return at ? (uint32_t)(at - letters) : SIX_TASK_LETTERS;
}

// Of an event of this kind, as far as it is not as the last one. b: not of an ENQUEUE.
static inline void expect(const struct six_log_state *state, enum six_event_kind kind, struct six_log_last *like) {
  switch (kind) {
    case SIX_EV_TURN: like->a = state->pen.turn + 1; break;
    case SIX_EV_SETTLE: like->b++; break;
    case SIX_EV_CHOICE: like->a++; break;
    case SIX_EV_BEGIN: like->subject = state->pen.begun; break;
    case SIX_EV_OUTPUT: like->a = state->pen.printed;  // fall through
    case SIX_EV_END:
    case SIX_EV_THROW: like->subject = state->pen.expected_cause; break;
    case SIX_EV_ARM: like->b = state->pen.started;  // fall through
    case SIX_EV_LABEL:
    case SIX_EV_READY: like->subject = state->pen.made; break;
    default: break;
  }
}

static uint32_t next_ordinal(const struct six_log_state *state, uint32_t kind) {
  uint32_t letter = letter_of(kind);
  return letter < SIX_TASK_LETTERS ? state->pen.ordinals[letter] + 1 : 0;
}

static inline void follow(struct six_log_state *state, const struct six_event *event) {
  struct six_trace_pen *pen = &state->pen;
  state->last[event->kind] = (struct six_log_last){event->site, event->subject, event->a, event->b, event->rule};
  pen->time = event->time;
  pen->expected_phase = event->phase;
  pen->expected_cause = event->cause;
  switch (event->kind) {
    case SIX_EV_BEGIN: pen->begun = pen->expected_cause = event->subject; break;
    case SIX_EV_END: pen->expected_cause = 0; break;
    case SIX_EV_TURN: pen->turn = event->a; break;
    case SIX_EV_ARM: pen->started = event->b; break;
    case SIX_EV_OUTPUT: pen->printed = event->a; break;
    case SIX_EV_ENQUEUE:
      pen->made = pen->count;
      pen->ordinals[letter_of(event->a)] = event->b;
      break;
    default: break;
  }
  pen->count++;
}

// ---- Writing

// The time, what begun and was made last, the cause, the phase, and the ordinals with a bit for each that is not 0.
static void write_head(struct six_log_state *state) {
  struct six_trace_pen *pen = &state->pen;
  uint32_t ordinals = 0;
  for (uint32_t i = 0; i < LETTERS; i++) ordinals |= (uint32_t)(pen->ordinals[i] != 0) << i;
  unsigned char *to = put_number(pen->at, pen->time);
  to = put_number(to, pen->begun);
  to = put_number(to, pen->made);
  to = put_number(to, state->pen.expected_cause);
  to = put_number(to, state->pen.expected_phase);
  to = put_number(to, ordinals);
  for (uint32_t i = 0; i < LETTERS; i++)
    if (pen->ordinals[i]) to = put_number(to, pen->ordinals[i]);
  pen->at = to;
}

static unsigned char *block_at(const struct six_log *log, uint32_t block) {
  return log->chunks[block / SIX_LOG_CHUNK_BLOCKS] + (size_t)(block % SIX_LOG_CHUNK_BLOCKS) * SIX_LOG_BLOCK;
}

void six_log_open(struct six_log *log, struct six_log_state *state) {
  if (log->block_count == log->block_capacity) log->firsts = grow(log->firsts, &log->block_capacity, sizeof *log->firsts);
  if (log->block_count == log->chunk_count * SIX_LOG_CHUNK_BLOCKS) {
    if (log->chunk_count == log->chunk_capacity) log->chunks = grow(log->chunks, &log->chunk_capacity, sizeof *log->chunks);
    unsigned char *chunk = malloc((size_t)SIX_LOG_CHUNK_BLOCKS * SIX_LOG_BLOCK);
    if (!chunk) abort();
    log->chunks[log->chunk_count++] = chunk;
  }
  log->firsts[log->block_count] = state->pen.count;
  state->pen.at = block_at(log, log->block_count++);
  state->pen.room = state->pen.at + SIX_LOG_BLOCK - SIX_LOG_SHORT_RECORD + 1;
  memset(state->last, 0, sizeof state->last);
  state->pen.turn = state->pen.started = state->pen.printed = 0;
  write_head(state);
}

void six_log_write(struct six_log_state *state, const struct six_event *event) {
  const struct six_trace_pen *pen = &state->pen;
  struct six_log_last like = state->last[event->kind];
  expect(state, (enum six_event_kind)event->kind, &like);
  if (event->kind == SIX_EV_ENQUEUE) like.b = next_ordinal(state, event->a);
  unsigned char *start = pen->at, *to = start + 2, has = event->time != pen->time ? HAS_TIME : 0;
  if (has) to = put_number(to, event->time - pen->time);
  to = put_field(to, &has, HAS_PHASE, event->phase, pen->expected_phase);
  to = put_field(to, &has, HAS_CAUSE, event->cause, pen->expected_cause);
  to = put_field(to, &has, HAS_RULE, event->rule, like.rule);
  to = put_field(to, &has, HAS_SITE, event->site, like.site);
  to = put_field(to, &has, HAS_SUBJECT, event->subject, like.subject);
  to = put_field(to, &has, HAS_A, event->a, like.a);
  to = put_field(to, &has, HAS_B, event->b, like.b);
  start[0] = event->kind;
  start[1] = has;
  state->pen.at = to;
  follow(state, event);
}

bool six_log_write_like(struct six_log_state *state, const struct six_event *event) {
  struct six_trace_pen *pen = &state->pen;
  const struct six_log_last *like = &state->last[event->kind];
  uint32_t ago = pen->count - event->subject, off = event->a - like->a - (event->kind == SIX_EV_CHOICE) + 0x80;
  uint64_t passed = pen->now - pen->time;
  if (event->rule != like->rule || event->site != like->site || event->b != like->b) return false;
  if (ago >> 24 || off > UINT8_MAX || passed >> 24) return false;
  uint64_t record = (unsigned)SIX_LOG_LIKE | event->kind | passed << 8 | (uint64_t)ago << 32 | (uint64_t)off << 56;
  six_trace_put_record(pen, record, 8, pen->now);
  pen->count++;
  return true;
}

static void follow_made(struct six_log_state *state, const struct six_log_shape *shape, uint64_t time) {
  struct six_trace_pen *pen = &state->pen;
  pen->time = time;
  pen->made = pen->count;
  pen->count += shape->events;
  pen->ordinals[shape->letter]++;
}

void six_log_make(const struct six_log *log, struct six_log_state *state, uint32_t shape, uint64_t time) {
  unsigned char *to = state->pen.at;
  *to++ = SIX_LOG_SHAPE;
  to = put_number(to, shape);
  state->pen.at = put_number(to, time - state->pen.time);
  follow_made(state, &log->shapes[shape], time);
}

// ---- Shapes

static bool same_shape(const struct six_log_shape *a, const struct six_log_shape *b) {
  return a->site == b->site && a->callback_site == b->callback_site && a->label == b->label && a->rule == b->rule &&
         a->ready_rule == b->ready_rule && a->kind == b->kind;
}

static uint32_t hash_shape(const struct six_log_shape *shape) {
  uint64_t hash = ((uint64_t)shape->site << 32 | shape->callback_site) * UINT64_C(0x9E3779B97F4A7C15);
  hash =
      (hash ^ hash >> 32 ^ ((uint64_t)shape->label << 24 | (uint64_t)shape->ready_rule << 16 | (uint64_t)shape->rule << 4 | shape->kind)) *
      UINT64_C(0xff51afd7ed558ccd);
  return (uint32_t)(hash >> 32);
}

static uint32_t hash_of_shape(const void *shapes, uint32_t i) { return hash_shape((const struct six_log_shape *)shapes + i); }

uint32_t six_log_number(struct six_log *log, const struct six_log_shape *shape) {
  six_numbers_make_room(&log->numbers, log->shape_count, hash_of_shape, log->shapes);
  uint32_t *slots = log->numbers.slots, mask = log->numbers.size - 1, at = hash_shape(shape) & mask;
  for (; slots[at]; at = (at + 1) & mask)
    if (same_shape(&log->shapes[slots[at] - 1], shape)) return slots[at] - 1;
  if (log->shape_count == log->shape_capacity) log->shapes = grow(log->shapes, &log->shape_capacity, sizeof *log->shapes);
  struct six_log_shape *added = &log->shapes[log->shape_count];
  *added = *shape;
  added->letter = (uint8_t)letter_of(shape->kind);
  added->events = (uint8_t)(1 + (shape->label != 0) + (shape->ready_rule != 0));
  slots[at] = ++log->shape_count;
  return log->shape_count - 1;
}

// ---- Reading

static const unsigned char *read_head(const unsigned char *from, struct six_log_state *state) {
  uint64_t begun, made, cause, phase, ordinals, ordinal;
  from = get_number(from, &state->pen.time);
  from = get_number(from, &begun);
  from = get_number(from, &made);
  from = get_number(from, &cause);
  from = get_number(from, &phase);
  from = get_number(from, &ordinals);
  for (uint32_t i = 0; i < LETTERS; i++) {
    if (!(ordinals >> i & 1)) continue;
    from = get_number(from, &ordinal);
    state->pen.ordinals[i] = (uint32_t)ordinal;
  }
  state->pen.begun = (uint32_t)begun;
  state->pen.made = (uint32_t)made;
  state->pen.expected_cause = (uint32_t)cause;
  state->pen.expected_phase = (uint8_t)phase;
  return from;
}

static struct six_event plain(const struct six_log_state *state, enum six_event_kind kind, uint64_t time) {
  return (struct six_event){.kind = (uint8_t)kind, .phase = state->pen.expected_phase, .time = time, .cause = state->pen.expected_cause};
}

static const unsigned char *read_event(const unsigned char *from, struct six_log_state *state, struct six_event *event) {
  enum six_event_kind kind = (enum six_event_kind)from[0];
  unsigned char has = from[1];
  struct six_log_last like = state->last[kind];
  uint64_t passed = 0;
  uint32_t phase = state->pen.expected_phase, cause = state->pen.expected_cause, rule = like.rule;
  expect(state, kind, &like);
  from += 2;
  if (has & HAS_TIME) from = get_number(from, &passed);
  from = get_field(from, has, HAS_PHASE, &phase);
  from = get_field(from, has, HAS_CAUSE, &cause);
  from = get_field(from, has, HAS_RULE, &rule);
  from = get_field(from, has, HAS_SITE, &like.site);
  from = get_field(from, has, HAS_SUBJECT, &like.subject);
  from = get_field(from, has, HAS_A, &like.a);
  if (kind == SIX_EV_ENQUEUE) like.b = next_ordinal(state, like.a);
  from = get_field(from, has, HAS_B, &like.b);
  *event = (struct six_event){(uint8_t)kind, (uint8_t)phase, (uint16_t)rule, like.site, state->pen.time + passed,
                              like.subject,  like.a,         like.b,         cause};
  follow(state, event);
  return from;
}

static struct six_event *unfold(struct six_log_state *state, const struct six_log_shape *shape, uint64_t time, struct six_event *events) {
  follow_made(state, shape, time);
  struct six_event *event = events;
  *event = plain(state, SIX_EV_ENQUEUE, time);
  event->rule = shape->rule;
  event->site = shape->site;
  event->subject = shape->callback_site;
  event->a = shape->kind;
  event->b = shape->letter < SIX_TASK_LETTERS ? state->pen.ordinals[shape->letter] : 0;
  if (shape->label) {
    *++event = plain(state, SIX_EV_LABEL, time);
    event->subject = state->pen.made;
    event->a = shape->label;
  }
  if (shape->ready_rule) {
    *++event = plain(state, SIX_EV_READY, time);
    event->rule = shape->ready_rule;
    event->subject = state->pen.made;
  }
  return event + 1;
}

static uint64_t two_bytes(const unsigned char *from) { return (uint64_t)from[0] | (uint64_t)from[1] << 8; }

static uint64_t three_bytes(const unsigned char *from) { return two_bytes(from) | (uint64_t)from[2] << 16; }

static struct six_event short_event(struct six_log_state *state, enum six_event_kind kind, const unsigned char *record) {
  state->pen.time += two_bytes(record + 1);
  state->pen.count++;
  return plain(state, kind, state->pen.time);
}

static const unsigned char *read_begin(const unsigned char *record, struct six_log_state *state, struct six_event *event) {
  *event = short_event(state, SIX_EV_BEGIN, record);
  event->rule = record[3];
  event->subject = state->pen.begun += record[4];
  state->pen.expected_cause = event->subject;
  return record + 5;
}

static const unsigned char *read_far_begin(const unsigned char *record, struct six_log_state *state, struct six_event *event) {
  uint32_t count = state->pen.count;
  *event = short_event(state, SIX_EV_BEGIN, record);
  event->rule = record[3];
  event->subject = state->pen.begun = count - (uint32_t)three_bytes(record + 4);
  state->pen.expected_cause = event->subject;
  return record + 7;
}

static const unsigned char *read_end(const unsigned char *record, struct six_log_state *state, struct six_event *event) {
  *event = short_event(state, SIX_EV_END, record);
  event->subject = event->cause;
  state->pen.expected_cause = 0;
  return record + 3;
}

static const unsigned char *read_arm(const unsigned char *record, struct six_log_state *state, struct six_event *event) {
  *event = short_event(state, SIX_EV_ARM, record);
  event->rule = record[3];
  event->subject = state->pen.made;
  event->a = (uint32_t)two_bytes(record + 5);
  event->b = state->pen.started += record[4];
  return record + 7;
}

static const unsigned char *read_turn(const unsigned char *record, struct six_log_state *state, struct six_event *event) {
  state->pen.expected_phase = record[3];
  *event = short_event(state, SIX_EV_TURN, record);
  event->rule = 2;
  event->a = ++state->pen.turn;
  return record + 4;
}

static const unsigned char *read_drain(const unsigned char *record, struct six_log_state *state, struct six_event *event) {
  *event = short_event(state, SIX_EV_DRAIN, record);
  event->rule = 40;
  event->a = record[3];
  event->b = record[4];
  return record + 5;
}

static const unsigned char *read_phase(const unsigned char *record, struct six_log_state *state, struct six_event *event) {
  state->pen.expected_phase = record[3];
  *event = short_event(state, SIX_EV_PHASE, record);
  event->rule = 2;
  event->a = record[3];
  event->b = record[4];
  return record + 5;
}

static const unsigned char *read_output(const unsigned char *record, struct six_log_state *state, struct six_event *event) {
  *event = short_event(state, SIX_EV_OUTPUT, record);
  event->rule = 150;
  event->subject = event->cause;
  event->site = (uint32_t)two_bytes(record + 3);
  event->a = state->pen.printed += record[5];
  event->b = 1;
  return record + 6;
}

static const unsigned char *read_statement(const unsigned char *record, struct six_log_state *state, struct six_event *event) {
  *event = short_event(state, SIX_EV_STATEMENT, record);
  event->site = (uint32_t)two_bytes(record + 3);
  return record + 5;
}

static const unsigned char *read_call(const unsigned char *record, struct six_log_state *state, struct six_event *event) {
  *event = short_event(state, SIX_EV_CALL, record);
  event->site = (uint32_t)two_bytes(record + 3);
  event->a = (uint32_t)two_bytes(record + 5);
  return record + 7;
}

static const unsigned char *read_return(const unsigned char *record, struct six_log_state *state, struct six_event *event) {
  *event = short_event(state, SIX_EV_RETURN, record);
  event->a = record[3];
  return record + 4;
}

static const unsigned char *read_like(const unsigned char *record, struct six_log_state *state, struct six_event *event) {
  enum six_event_kind kind = (enum six_event_kind)(*record - SIX_LOG_LIKE);
  struct six_log_last like = state->last[kind];
  expect(state, kind, &like);
  *event = plain(state, kind, state->pen.time += three_bytes(record + 1));
  event->rule = like.rule;
  event->site = like.site;
  event->subject = state->pen.count++ - (uint32_t)three_bytes(record + 4);
  event->a = like.a + record[7] - 0x80;
  event->b = like.b;
  return record + 8;
}

static void unpack(const struct six_log *log, const struct seen *seen) {
  struct six_log_state state = {.pen.count = seen->first};
  const unsigned char *from = read_head(block_at(log, seen->block), &state);
  uint64_t shape, passed;
  for (struct six_event *event = seen->events, *end = event + seen->count; event < end;) {
    switch (*from) {
      case SIX_LOG_BEGIN: from = read_begin(from, &state, event++); break;
      case SIX_LOG_FAR_BEGIN: from = read_far_begin(from, &state, event++); break;
      case SIX_LOG_DRAIN: from = read_drain(from, &state, event++); break;
      case SIX_LOG_END: from = read_end(from, &state, event++); break;
      case SIX_LOG_ARM: from = read_arm(from, &state, event++); break;
      case SIX_LOG_TURN: from = read_turn(from, &state, event++); break;
      case SIX_LOG_PHASE: from = read_phase(from, &state, event++); break;
      case SIX_LOG_OUTPUT: from = read_output(from, &state, event++); break;
      case SIX_LOG_STATEMENT: from = read_statement(from, &state, event++); break;
      case SIX_LOG_CALL: from = read_call(from, &state, event++); break;
      case SIX_LOG_RETURN: from = read_return(from, &state, event++); break;
      case SIX_LOG_SHAPE:
        from = get_number(from + 1, &shape);
        from = get_number(from, &passed);
        event = unfold(&state, &log->shapes[shape], state.pen.time + passed, event);
        break;
      default:
        if (*from < SIX_LOG_SHORT_SHAPE) {
          from = *from < SIX_EV_KINDS ? read_event(from, &state, event) : read_like(from, &state, event);
          event++;
          break;
        }
        event = unfold(&state, &log->shapes[*from - SIX_LOG_SHORT_SHAPE], state.pen.time + two_bytes(from + 1), event);
        from += 3;
        break;
    }
  }
}

static uint32_t block_of(const struct six_log *log, uint32_t index) {
  uint32_t low = 0, high = log->block_count;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (log->firsts[middle] <= index) low = middle;
    else high = middle;
  }
  return low;
}

static const struct seen *see(const struct six_log *log, uint32_t index, uint32_t count) {
  uint32_t block = block_of(log, index), first = log->firsts[block];
  struct seen *seen = &log->view->blocks[block % VIEWS];
  log->view->latest = seen;
  if (seen->count && seen->block == block && index - first < seen->count) return seen;
  seen->block = block;
  seen->first = first;
  seen->count = (block + 1 < log->block_count ? log->firsts[block + 1] : count) - first;
  if (seen->capacity < seen->count) {
    free(seen->events);
    seen->capacity = seen->count;
    seen->events = zeroed(seen->capacity, sizeof *seen->events);
  }
  unpack(log, seen);
  return seen;
}

struct six_event six_log_at(const struct six_log *log, uint32_t index, uint32_t count) {
  const struct seen *seen = log->view->latest;
  if (index - seen->first >= seen->count) seen = see(log, index, count);
  return seen->events[index - seen->first];
}

size_t six_log_bytes(const struct six_log *log) {
  size_t views = sizeof *log->view;
  for (int i = 0; i < VIEWS; i++) views += log->view->blocks[i].capacity * sizeof *log->view->blocks[i].events;
  return (size_t)log->chunk_count * SIX_LOG_CHUNK_BLOCKS * SIX_LOG_BLOCK + log->block_capacity * sizeof *log->firsts +
         log->shape_capacity * sizeof *log->shapes + log->numbers.size * sizeof *log->numbers.slots + views;
}
