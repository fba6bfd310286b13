#include "sim/trace/trace.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/arena.h"

// Events are in chunks that never move, so that a growing trace is never copied.
enum { CHUNK_BITS = 12, CHUNK_EVENTS = 1 << CHUNK_BITS, DETAILS_MAX = 2000000, EVENTS_MAX = 8000000, LETTERS = 26 };

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
  struct six_event **chunks;
  uint32_t chunk_count, chunk_capacity;
  struct six_event *next, *limit;  // inside the last chunk
  uint32_t count;

  uint64_t time;
  uint8_t phase;
  uint32_t cause;
  uint32_t ordinals[LETTERS];
  uint32_t details;  // STATEMENT, CALL and RETURN events so far
  bool details_cut;

  struct six_arena arena;  // texts and sources
  struct text_entry *texts;
  uint32_t text_count, text_capacity;
  uint32_t *text_table;  // open addressing; numbers from 1, 0 empty
  uint32_t text_table_size;
  struct six_site *sites;
  uint32_t site_count, site_capacity;
  uint32_t *site_table;
  uint32_t site_table_size;
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
  return zeroed(1, sizeof(struct six_trace));
}

void six_trace_free(struct six_trace *trace) {
  if (!trace) return;
  for (uint32_t i = 0; i < trace->chunk_count; i++) free(trace->chunks[i]);
  for (uint32_t i = 0; i < trace->source_count; i++) free(trace->sources[i].line_starts);
  free(trace->chunks);
  free(trace->texts);
  free(trace->text_table);
  free(trace->sites);
  free(trace->site_table);
  free(trace->sources);
  six_arena_done(&trace->arena);
  free(trace);
}

// ---- Events

static void add_chunk(struct six_trace *trace) {
  if (trace->chunk_count == trace->chunk_capacity) {
    trace->chunk_capacity = trace->chunk_capacity ? trace->chunk_capacity * 2 : 16;
    trace->chunks = grow(trace->chunks, trace->chunk_capacity, sizeof *trace->chunks);
  }
  struct six_event *chunk = malloc(CHUNK_EVENTS * sizeof *chunk);
  if (!chunk) abort();
  trace->chunks[trace->chunk_count++] = chunk;
  trace->next = chunk;
  trace->limit = chunk + CHUNK_EVENTS;
}

// Details are dropped past the limit: the order of things is worth more than the last statements of a long loop.
static bool detail_is_dropped(struct six_trace *trace, enum six_event_kind kind) {
  if (kind != SIX_EV_STATEMENT && kind != SIX_EV_CALL && kind != SIX_EV_RETURN) return false;
  if (trace->details_cut) return true;
  if (trace->details++ < DETAILS_MAX) return false;
  trace->details_cut = true;
  return true;
}

uint32_t six_trace_add(struct six_trace *trace, enum six_event_kind kind, uint16_t rule, uint32_t site, uint32_t subject, uint32_t a,
                       uint32_t b) {
  if (trace->count == 0 && kind != SIX_EV_RUN_BEGIN) six_trace_add(trace, SIX_EV_RUN_BEGIN, 0, 0, 0, 0, 0);
  if (detail_is_dropped(trace, kind)) return trace->count - 1;
  if (trace->next == trace->limit) add_chunk(trace);
  *trace->next++ = (struct six_event){
      .kind = (uint8_t)kind,
      .phase = trace->phase,
      .rule = rule,
      .site = site,
      .time = trace->time,
      .subject = subject,
      .a = a,
      .b = b,
      .cause = trace->cause,
  };
  return trace->count++;
}

void six_trace_set_time(struct six_trace *trace, uint64_t ns) { trace->time = ns; }

void six_trace_set_phase(struct six_trace *trace, enum six_phase phase) { trace->phase = (uint8_t)phase; }

void six_trace_set_cause(struct six_trace *trace, uint32_t task) { trace->cause = task; }

uint32_t six_trace_task(const struct six_trace *trace) { return trace->cause; }

uint32_t six_trace_enqueue(struct six_trace *trace, enum six_task_kind kind, uint16_t rule, uint32_t site, uint32_t callback_site) {
  char letter = six_task_letter(kind);
  uint32_t ordinal = letter >= 'A' && letter <= 'Z' ? ++trace->ordinals[letter - 'A'] : 0;
  return six_trace_add(trace, SIX_EV_ENQUEUE, rule, site, callback_site, (uint32_t)kind, ordinal);
}

bool six_trace_details(const struct six_trace *trace) { return !trace->details_cut; }

bool six_trace_full(const struct six_trace *trace) { return trace->count >= EVENTS_MAX; }

uint32_t six_trace_count(const struct six_trace *trace) { return trace->count; }

const struct six_event *six_trace_at(const struct six_trace *trace, uint32_t index) {
  assert(index < trace->count);
  return &trace->chunks[index >> CHUNK_BITS][index & (CHUNK_EVENTS - 1)];
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
  for (; length; bytes++, length--) hash = (hash ^ (unsigned char)*bytes) * 0x100000001b3u;
  return (uint32_t)(hash ^ hash >> 32);
}

static void text_table_grow(struct six_trace *trace) {
  uint32_t size = trace->text_table_size ? trace->text_table_size * 2 : 64;
  free(trace->text_table);
  trace->text_table = zeroed(size, sizeof *trace->text_table);
  trace->text_table_size = size;
  for (uint32_t i = 0; i < trace->text_count; i++) {
    uint32_t at = trace->texts[i].hash & (size - 1);
    while (trace->text_table[at]) at = (at + 1) & (size - 1);
    trace->text_table[at] = i + 1;
  }
}

uint32_t six_trace_add_text(struct six_trace *trace, const char *bytes, size_t length) {
  if (2 * trace->text_count >= trace->text_table_size) text_table_grow(trace);
  uint32_t hash = hash_bytes(bytes, length), mask = trace->text_table_size - 1, at = hash & mask;
  for (; trace->text_table[at]; at = (at + 1) & mask) {
    const struct text_entry *entry = &trace->texts[trace->text_table[at] - 1];
    bool equal = entry->hash == hash && entry->length == length && (!length || !memcmp(entry->bytes, bytes, length));
    if (equal) return trace->text_table[at];
  }
  if (trace->text_count == trace->text_capacity) {
    trace->text_capacity = trace->text_capacity ? trace->text_capacity * 2 : 32;
    trace->texts = grow(trace->texts, trace->text_capacity, sizeof *trace->texts);
  }
  trace->texts[trace->text_count++] =
      (struct text_entry){.bytes = six_arena_copy(&trace->arena, bytes, length), .length = length, .hash = hash};
  return trace->text_table[at] = trace->text_count;
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

static void site_table_grow(struct six_trace *trace) {
  uint32_t size = trace->site_table_size ? trace->site_table_size * 2 : 64;
  free(trace->site_table);
  trace->site_table = zeroed(size, sizeof *trace->site_table);
  trace->site_table_size = size;
  for (uint32_t i = 0; i < trace->site_count; i++) {
    uint32_t at = hash_site(&trace->sites[i]) & (size - 1);
    while (trace->site_table[at]) at = (at + 1) & (size - 1);
    trace->site_table[at] = i + 1;
  }
}

uint32_t six_trace_add_site(struct six_trace *trace, uint32_t unit, uint32_t start, uint32_t end) {
  if (2 * trace->site_count >= trace->site_table_size) site_table_grow(trace);
  struct six_site site = {unit, start, end};
  uint32_t mask = trace->site_table_size - 1, at = hash_site(&site) & mask;
  for (; trace->site_table[at]; at = (at + 1) & mask) {
    const struct six_site *entry = &trace->sites[trace->site_table[at] - 1];
    if (entry->unit == unit && entry->start == start && entry->end == end) return trace->site_table[at];
  }
  if (trace->site_count == trace->site_capacity) {
    trace->site_capacity = trace->site_capacity ? trace->site_capacity * 2 : 32;
    trace->sites = grow(trace->sites, trace->site_capacity, sizeof *trace->sites);
  }
  trace->sites[trace->site_count++] = site;
  return trace->site_table[at] = trace->site_count;
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
  const struct six_event *event = task < trace->count ? six_trace_at(trace, task) : NULL;
  bool is_task = event && event->kind == SIX_EV_ENQUEUE && event->a != SIX_TASK_MAIN;
  if (is_task) snprintf(buffer, 16, "%c%u", six_task_letter((enum six_task_kind)event->a), event->b);
  else memcpy(buffer, "main", 5);
  return buffer;
}

size_t six_trace_bytes(const struct six_trace *trace) {
  return sizeof *trace + trace->chunk_count * CHUNK_EVENTS * sizeof(struct six_event) + trace->arena.total +
         trace->text_capacity * sizeof *trace->texts + trace->text_table_size * sizeof *trace->text_table +
         trace->site_capacity * sizeof *trace->sites + trace->site_table_size * sizeof *trace->site_table;
}
