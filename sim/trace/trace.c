#include "sim/trace/trace.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/arena.h"
#include "sim/trace/log.h"

enum { EVENTS_MAX = 8000000 };

struct text_entry {
  const char *bytes;
  size_t length;
  uint32_t hash;
};

struct source {
  const char *name, *bytes;
  size_t length;
  uint32_t *line_starts;  // built when first asked for would need a mutable trace: built when set
  uint32_t line_count;
};

struct six_trace {
  struct six_log_state state;  // it begins with the pen
  struct six_log log;
  bool details_cut;

  struct six_arena arena;  // texts and sources
  struct text_entry *texts;
  uint32_t text_count, text_capacity;
  struct six_numbers text_numbers;
  struct six_site *sites;
  uint32_t site_count, site_capacity;
  struct six_numbers site_numbers;
  struct source *sources;
  uint32_t source_count;
};

static void *grow(void *memory, size_t count, size_t size) {
  void *bigger = realloc(memory, count * size);
  if (!bigger) abort();
  return bigger;
}

static void *zeroed(size_t count, size_t size) {
  void *memory = calloc(count, size);
  if (!memory) abort();
  return memory;
}

struct six_trace *six_trace_new(void) {
  struct six_trace *trace = zeroed(1, sizeof *trace);
  six_log_init(&trace->log);
  return trace;
}

void six_trace_free(struct six_trace *trace) {
  if (!trace) return;
  six_log_done(&trace->log);
  for (uint32_t i = 0; i < trace->source_count; i++) free(trace->sources[i].line_starts);
  free(trace->texts);
  free(trace->text_numbers.slots);
  free(trace->sites);
  free(trace->site_numbers.slots);
  free(trace->sources);
  six_arena_done(&trace->arena);
  free(trace);
}

// ---- Events

static void make_room(struct six_trace *trace) {
  struct six_trace_pen *pen = &trace->state.pen;
  if (pen->limit) pen->expected_cause = pen->cause;
  if (SIX_LOG_RECORD_MOST > pen->room - pen->at) six_log_open(&trace->log, &trace->state);
}

// Details are dropped past the limit: the order of things is worth more than the last statements of a long loop.
static bool detail_is_dropped(struct six_trace *trace, enum six_event_kind kind) {
  if (kind != SIX_EV_STATEMENT && kind != SIX_EV_CALL && kind != SIX_EV_RETURN) return false;
  if (trace->details_cut) return true;
  if (trace->state.pen.details++ < SIX_TRACE_DETAILS_MOST) return false;
  trace->details_cut = true;
  return true;
}

uint32_t six_trace_add(struct six_trace *trace, enum six_event_kind kind, uint16_t rule, uint32_t site, uint32_t subject, uint32_t a,
                       uint32_t b) {
  enum {
    LIKE =
        1 << SIX_EV_READY | 1 << SIX_EV_CANCEL | 1 << SIX_EV_POOL_WAIT | 1 << SIX_EV_POOL_RUN | 1 << SIX_EV_POOL_DONE | 1 << SIX_EV_CHOICE
  };
  struct six_trace_pen *pen = &trace->state.pen;
  struct six_event event = {.kind = (uint8_t)kind, .rule = rule, .site = site, .subject = subject, .a = a, .b = b};
  if (LIKE >> kind & 1 && pen->at < pen->limit && six_log_write_like(&trace->state, &event)) return pen->count - 1;
  if (pen->count == 0 && kind != SIX_EV_RUN_BEGIN) six_trace_add(trace, SIX_EV_RUN_BEGIN, 0, 0, 0, 0, 0);
  if (detail_is_dropped(trace, kind)) return pen->count - 1;
  make_room(trace);
  event.phase = pen->phase;
  event.time = pen->now;
  event.cause = pen->cause;
  six_log_write(&trace->state, &event);
  pen->limit = pen->cause == pen->expected_cause ? pen->room : NULL;
  return pen->count - 1;
}

void six_trace_begin_long(struct six_trace *trace, uint32_t task, uint16_t rule, uint64_t time) {
  trace->state.pen.now = time;
  six_trace_add(trace, SIX_EV_BEGIN, rule, 0, task, 0, 0);
  six_trace_set_cause(trace, task);
}

void six_trace_end_long(struct six_trace *trace, uint32_t task, bool threw, uint32_t outer, uint64_t time) {
  trace->state.pen.now = time;
  six_trace_add(trace, SIX_EV_END, 0, 0, task, threw, 0);
  six_trace_set_cause(trace, outer);
}

// ---- Tasks

uint32_t six_trace_enqueue(struct six_trace *trace, enum six_task_kind kind, uint16_t rule, uint32_t site, uint32_t callback_site) {
  return six_trace_make(trace, six_trace_shape(trace, kind, rule, site, callback_site, 0, 0), trace->state.pen.now);
}

struct six_trace_shape six_trace_shape(struct six_trace *trace, enum six_task_kind kind, uint16_t rule, uint32_t site,
                                       uint32_t callback_site, uint32_t label, uint16_t ready_rule) {
  struct six_log_shape shape = {
      .site = site, .callback_site = callback_site, .label = label, .rule = rule, .ready_rule = ready_rule, .kind = (uint8_t)kind};
  uint32_t number = six_log_number(&trace->log, &shape);
  return (struct six_trace_shape){number, trace->log.shapes[number].letter, trace->log.shapes[number].events};
}

// An event at a time, when the context is not the expected one.
static uint32_t make_apart(struct six_trace *trace, const struct six_log_shape *shape) {
  uint32_t ordinal = shape->letter < SIX_TASK_LETTERS ? trace->state.pen.ordinals[shape->letter] + 1 : 0;
  uint32_t task = six_trace_add(trace, SIX_EV_ENQUEUE, shape->rule, shape->site, shape->callback_site, shape->kind, ordinal);
  if (shape->label) six_trace_add(trace, SIX_EV_LABEL, 0, 0, task, shape->label, 0);
  if (shape->ready_rule) six_trace_add(trace, SIX_EV_READY, shape->ready_rule, 0, task, 0, 0);
  return task;
}

uint32_t six_trace_make_long(struct six_trace *trace, struct six_trace_shape shape, uint64_t time) {
  struct six_trace_pen *pen = &trace->state.pen;
  pen->now = time;
  if (!pen->limit) return make_apart(trace, &trace->log.shapes[shape.number]);
  make_room(trace);
  six_log_make(&trace->log, &trace->state, shape.number, time);
  pen->limit = pen->room;
  return pen->made;
}

bool six_trace_details(const struct six_trace *trace) { return !trace->details_cut; }

bool six_trace_full(const struct six_trace *trace) { return trace->state.pen.count >= EVENTS_MAX; }

uint32_t six_trace_count(const struct six_trace *trace) { return trace->state.pen.count; }

struct six_event six_trace_at(const struct six_trace *trace, uint32_t index) {
  assert(index < trace->state.pen.count);
  return six_log_at(&trace->log, index, trace->state.pen.count);
}

// ---- Pools

static uint32_t hash_bytes(const char *bytes, size_t length) {
  uint64_t hash = length * 0x9E3779B97F4A7C15u;
  for (; length >= 8; bytes += 8, length -= 8) {
    uint64_t word;
    memcpy(&word, bytes, 8);
    hash = (hash ^ word) * 0xff51afd7ed558ccdu;
    hash ^= hash >> 32;
  }
  uint64_t rest = 0;
  for (; length; bytes++, length--) rest = rest << 8 | (unsigned char)*bytes;
  hash = (hash ^ rest) * 0xff51afd7ed558ccdu;
  return (uint32_t)(hash ^ hash >> 32);
}

static uint32_t hash_of_text(const void *texts, uint32_t i) { return ((const struct text_entry *)texts)[i].hash; }

uint32_t six_trace_add_text(struct six_trace *trace, const char *bytes, size_t length) {
  six_numbers_make_room(&trace->text_numbers, trace->text_count, hash_of_text, trace->texts);
  uint32_t *slots = trace->text_numbers.slots, mask = trace->text_numbers.size - 1;
  uint32_t hash = hash_bytes(bytes, length), at = hash & mask;
  for (; slots[at]; at = (at + 1) & mask) {
    const struct text_entry *entry = &trace->texts[slots[at] - 1];
    bool equal = entry->hash == hash && entry->length == length && (!length || !memcmp(entry->bytes, bytes, length));
    if (equal) return slots[at];
  }
  if (trace->text_count == trace->text_capacity) {
    trace->text_capacity = trace->text_capacity ? trace->text_capacity * 2 : 32;
    trace->texts = grow(trace->texts, trace->text_capacity, sizeof *trace->texts);
  }
  trace->texts[trace->text_count++] =
      (struct text_entry){.bytes = six_arena_copy(&trace->arena, bytes, length), .length = length, .hash = hash};
  return slots[at] = trace->text_count;
}

const char *six_trace_text(const struct six_trace *trace, uint32_t text, size_t *length) {
  bool known = text && text <= trace->text_count;
  if (length) *length = known ? trace->texts[text - 1].length : 0;
  return known ? trace->texts[text - 1].bytes : "";
}

static uint32_t hash_site(const struct six_site *site) {
  uint64_t hash = (site->unit * 0x9E3779B97F4A7C15u) ^ ((uint64_t)site->start << 32 | site->end);
  hash *= 0xff51afd7ed558ccdu;
  return (uint32_t)(hash >> 32);
}

static uint32_t hash_of_site(const void *sites, uint32_t i) { return hash_site((const struct six_site *)sites + i); }

uint32_t six_trace_add_site(struct six_trace *trace, uint32_t unit, uint32_t start, uint32_t end) {
  six_numbers_make_room(&trace->site_numbers, trace->site_count, hash_of_site, trace->sites);
  struct six_site site = {unit, start, end};
  uint32_t *slots = trace->site_numbers.slots, mask = trace->site_numbers.size - 1, at = hash_site(&site) & mask;
  for (; slots[at]; at = (at + 1) & mask) {
    const struct six_site *entry = &trace->sites[slots[at] - 1];
    if (entry->unit == unit && entry->start == start && entry->end == end) return slots[at];
  }
  if (trace->site_count == trace->site_capacity) {
    trace->site_capacity = trace->site_capacity ? trace->site_capacity * 2 : 32;
    trace->sites = grow(trace->sites, trace->site_capacity, sizeof *trace->sites);
  }
  trace->sites[trace->site_count++] = site;
  return slots[at] = trace->site_count;
}

struct six_site six_trace_site(const struct six_trace *trace, uint32_t site) {
  return site && site <= trace->site_count ? trace->sites[site - 1] : (struct six_site){0, 0, 0};
}

// ---- Sources

static void index_lines(struct source *source) {
  uint32_t capacity = 64;
  source->line_starts = grow(NULL, capacity, sizeof *source->line_starts);
  source->line_starts[0] = 0;
  source->line_count = 1;
  const char *at = source->bytes, *end = at + source->length;
  while ((at = memchr(at, '\n', (size_t)(end - at)))) {
    at++;
    if (source->line_count == capacity) {
      capacity *= 2;
      source->line_starts = grow(source->line_starts, capacity, sizeof *source->line_starts);
    }
    source->line_starts[source->line_count++] = (uint32_t)(at - source->bytes);
  }
}

void six_trace_set_source(struct six_trace *trace, uint32_t unit, const char *name, const char *bytes, size_t length) {
  if (unit >= trace->source_count) {
    trace->sources = grow(trace->sources, unit + 1, sizeof *trace->sources);
    memset(trace->sources + trace->source_count, 0, (unit + 1 - trace->source_count) * sizeof *trace->sources);
    trace->source_count = unit + 1;
  }
  struct source *source = &trace->sources[unit];
  free(source->line_starts);
  source->name = six_arena_copy(&trace->arena, name, strlen(name));
  source->bytes = six_arena_copy(&trace->arena, bytes, length);
  source->length = length;
  index_lines(source);
}

const char *six_trace_source(const struct six_trace *trace, uint32_t unit, const char **name, size_t *length) {
  bool known = unit < trace->source_count && trace->sources[unit].bytes;
  if (name) *name = known ? trace->sources[unit].name : NULL;
  if (length) *length = known ? trace->sources[unit].length : 0;
  return known ? trace->sources[unit].bytes : NULL;
}

static uint32_t utf16_units(const char *bytes, uint32_t length) {
  uint32_t units = 0;
  for (uint32_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)bytes[i];
    units += (c & 0xC0) != 0x80;
    units += c >= 0xF0;
  }
  return units;
}

struct six_position six_trace_position(const struct six_trace *trace, uint32_t site) {
  struct six_site where = six_trace_site(trace, site);
  if (!site || where.unit >= trace->source_count || !trace->sources[where.unit].bytes) return (struct six_position){0, 0};
  const struct source *source = &trace->sources[where.unit];
  if (where.start > source->length) return (struct six_position){0, 0};
  uint32_t low = 0, high = source->line_count;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (source->line_starts[middle] <= where.start) low = middle;
    else high = middle;
  }
  uint32_t start = source->line_starts[low];
  return (struct six_position){low + 1, utf16_units(source->bytes + start, where.start - start) + 1};
}

// ---- Tags

char six_task_letter(enum six_task_kind kind) {
  static const char letters[SIX_TASK_KINDS] = {
      [SIX_TASK_MAIN] = '-',      [SIX_TASK_TIMER] = 'T',    [SIX_TASK_INTERVAL] = 'T', [SIX_TASK_IMMEDIATE] = 'I', [SIX_TASK_TICK] = 'N',
      [SIX_TASK_MICROTASK] = 'M', [SIX_TASK_REACTION] = 'M', [SIX_TASK_THENABLE] = 'M', [SIX_TASK_AWAIT] = 'A',     [SIX_TASK_FILE] = 'F',
      [SIX_TASK_POOL] = 'F',      [SIX_TASK_SOCKET] = 'S',   [SIX_TASK_MESSAGE] = 'S',  [SIX_TASK_CLOSE] = 'C',     [SIX_TASK_EVENT] = 'E',
  };
  return (unsigned)kind < SIX_TASK_KINDS ? letters[kind] : '-';
}

const char *six_trace_tag(const struct six_trace *trace, uint32_t task, char buffer[16]) {
  struct six_event event = task < six_trace_count(trace) ? six_trace_at(trace, task) : (struct six_event){0};
  bool is_task = event.kind == SIX_EV_ENQUEUE && event.a != SIX_TASK_MAIN;
  if (is_task) snprintf(buffer, 16, "%c%u", six_task_letter((enum six_task_kind)event.a), event.b);
  else memcpy(buffer, "main", 5);
  return buffer;
}

size_t six_trace_bytes(const struct six_trace *trace) {
  return sizeof *trace + six_log_bytes(&trace->log) + trace->arena.total + trace->text_capacity * sizeof *trace->texts +
         trace->text_numbers.size * sizeof(uint32_t) + trace->site_capacity * sizeof *trace->sites +
         trace->site_numbers.size * sizeof(uint32_t);
}
