// A run is three lists of names: what it printed, line by line, and each time that a callback began. Names are hashes. A
// callback's name says who made it and where, and which one of those it is; a line's, its text and which one of those.
#include "sim/trace/evidence.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_RANKS = 4000000 };  // kept of other runs, over all

struct names {
  uint64_t *items;
  uint32_t count, capacity;
};

struct table {  // open addressing: name -> number; a number of 0 is free
  uint64_t *names;
  uint32_t *numbers;
  uint32_t size, count;  // size: a power of two
};

struct order {                        // a trace as names
  struct names lines, begins, loose;  // loose: the begins again, named without their maker
  uint64_t hash;
};

struct counterexample {  // another run
  char *schedule, *because;
  uint32_t *ranks;  // of each begin of the explained run, from 1; 0: it did not begin
};

struct of_line {
  uint8_t kind;  // enum six_counterexample
  uint32_t shown_by;
};

struct six_evidence {
  const struct six_trace *trace;
  struct order own;        // named when there is something to compare it with
  uint32_t *begin_events;  // ascending; own.begins.count of them
  struct of_line *lines;   // own.lines.count of them: the line and the one before it
  struct counterexample *others;
  uint32_t other_count, other_capacity, runs;
  struct table seen;
  uint64_t ranks;         // kept
  bool complete, forgot;  // forgot: some ranks
};

static void *allocate(size_t count, size_t size) {
  void *memory = calloc(count ? count : 1, size);
  if (!memory) abort();
  return memory;
}

static uint64_t mix(uint64_t hash, uint64_t value) {
  hash = (hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
  return hash ^ hash >> 29;
}

static void push(struct names *names, uint64_t name) {
  if (names->count == names->capacity) {
    names->capacity = names->capacity ? names->capacity * 2 : 64;
    names->items = realloc(names->items, names->capacity * sizeof *names->items);
    if (!names->items) abort();
  }
  names->items[names->count++] = name;
}

// ---- Tables

static void table_done(struct table *table) {
  free(table->names);
  free(table->numbers);
  *table = (struct table){0};
}

static uint32_t *slot_of(struct table *table, uint64_t name) {
  uint32_t slot = (uint32_t)(name ^ name >> 32) & (table->size - 1);
  while (table->numbers[slot] && table->names[slot] != name) slot = (slot + 1) & (table->size - 1);
  table->names[slot] = name;
  return &table->numbers[slot];
}

static void widen(struct table *table) {
  struct table wide = {.size = table->size ? table->size * 2 : 256, .count = table->count};
  wide.names = allocate(wide.size, sizeof *wide.names);
  wide.numbers = allocate(wide.size, sizeof *wide.numbers);
  for (uint32_t i = 0; i < table->size; i++)
    if (table->numbers[i]) *slot_of(&wide, table->names[i]) = table->numbers[i];
  table_done(table);
  *table = wide;
}

// The number of a name, to be read or set: 0 when the name is new.
static uint32_t *number_of(struct table *table, uint64_t name) {
  if (table->count * 2 >= table->size) widen(table);
  uint32_t *number = slot_of(table, name);
  table->count += !*number;
  return number;
}

static uint32_t look_up(const struct table *table, uint64_t name) { return table->size ? *slot_of((struct table *)table, name) : 0; }

// A name with the count of those that were named so before.
static uint64_t one_more(struct table *counts, uint64_t name) { return mix(name, ++*number_of(counts, name)); }

// ---- A trace as names

struct naming {
  const struct six_trace *trace;
  struct order *order;
  uint32_t **begin_events;  // NULL: not wanted
  uint32_t begin_capacity;
  struct table strict, loose, lines;    // how many have this name
  struct table of_task, loose_of_task;  // event index -> place in task_names
  struct names task_names, loose_names;
};

static uint64_t name_of_site(const struct naming *n, uint32_t number) {
  struct six_site site = six_trace_site(n->trace, number);
  return mix(mix(site.unit, site.start), site.end);
}

static void name_task(struct naming *n, uint32_t index, const struct six_event *event) {
  uint64_t place = mix(mix(mix(7, event->a), name_of_site(n, event->site)), name_of_site(n, event->subject));
  uint32_t maker = event->cause ? look_up(&n->of_task, event->cause) : 0;
  push(&n->task_names, one_more(&n->strict, mix(place, maker ? n->task_names.items[maker - 1] : 0)));
  push(&n->loose_names, one_more(&n->loose, place));
  *number_of(&n->of_task, index) = n->task_names.count;
}

static void name_begin(struct naming *n, uint32_t index, const struct six_event *event) {
  uint32_t task = look_up(&n->of_task, event->subject);
  if (!task) return;
  struct order *order = n->order;
  if (n->begin_events) {
    if (order->begins.count == n->begin_capacity) {
      n->begin_capacity = n->begin_capacity ? n->begin_capacity * 2 : 64;
      *n->begin_events = realloc(*n->begin_events, n->begin_capacity * sizeof **n->begin_events);
      if (!*n->begin_events) abort();
    }
    (*n->begin_events)[order->begins.count] = index;
  }
  push(&order->begins, one_more(&n->strict, mix(n->task_names.items[task - 1], 1)));
  push(&order->loose, one_more(&n->loose, mix(n->loose_names.items[task - 1], 1)));
  order->hash = mix(order->hash, order->begins.items[order->begins.count - 1]);
}

static void name_output(struct naming *n, uint32_t index, const struct six_event *event) {
  for (struct six_printed_line line = {0}; six_next_line(n->trace, index, &line);) {
    uint64_t name = mix(11, event->b == 2);
    for (size_t i = 0; i < line.length; i++) name = mix(name, (unsigned char)line.bytes[i]);
    push(&n->order->lines, one_more(&n->lines, name));
    n->order->hash = mix(n->order->hash, name);
  }
}

static void name_all(const struct six_trace *trace, struct order *order, uint32_t **begin_events) {
  struct naming n = {.trace = trace, .order = order, .begin_events = begin_events};
  for (uint32_t i = 0; i < six_trace_count(trace); i++) {
    struct six_event event = six_trace_at(trace, i);
    if (event.kind == SIX_EV_ENQUEUE) name_task(&n, i, &event);
    else if (event.kind == SIX_EV_BEGIN) name_begin(&n, i, &event);
    else if (event.kind == SIX_EV_OUTPUT) name_output(&n, i, &event);
  }
  table_done(&n.strict);
  table_done(&n.loose);
  table_done(&n.lines);
  table_done(&n.of_task);
  free(n.task_names.items);
  free(n.loose_names.items);
}

static void order_done(struct order *order) {
  free(order->lines.items);
  free(order->begins.items);
  free(order->loose.items);
}

static void rank(struct table *ranks, const struct names *names) {
  for (uint32_t i = 0; i < names->count; i++) *number_of(ranks, names->items[i]) = i + 1;
}

// ---- Comparing

struct six_evidence *six_evidence_new(const struct six_trace *trace) {
  struct six_evidence *evidence = allocate(1, sizeof *evidence);
  evidence->trace = trace;
  return evidence;
}

static void name_own(struct six_evidence *evidence) {
  if (evidence->lines) return;
  name_all(evidence->trace, &evidence->own, &evidence->begin_events);
  evidence->lines = allocate(evidence->own.lines.count, sizeof *evidence->lines);
  *number_of(&evidence->seen, evidence->own.hash) = 1;
}

void six_evidence_free(struct six_evidence *evidence) {
  if (!evidence) return;
  for (uint32_t i = 0; i < evidence->other_count; i++) {
    free(evidence->others[i].schedule);
    free(evidence->others[i].because);
    free(evidence->others[i].ranks);
  }
  free(evidence->others);
  order_done(&evidence->own);
  free(evidence->begin_events);
  free(evidence->lines);
  table_done(&evidence->seen);
  free(evidence);
}

static enum six_counterexample compare_ranks(uint32_t first, uint32_t second) {
  if (!first && !second) return SIX_ALWAYS;
  if (!first) return SIX_NO_FIRST;
  if (!second) return SIX_NO_SECOND;
  return second < first ? SIX_REVERSED : SIX_ALWAYS;
}

static void compare_lines(struct six_evidence *evidence, const struct order *other) {
  struct table ranks = {0};
  rank(&ranks, &other->lines);
  const struct names *own = &evidence->own.lines;
  for (uint32_t i = 1; i < own->count; i++) {
    if (evidence->lines[i].kind != SIX_ALWAYS) continue;
    enum six_counterexample kind = compare_ranks(look_up(&ranks, own->items[i - 1]), look_up(&ranks, own->items[i]));
    evidence->lines[i] = (struct of_line){(uint8_t)kind, evidence->other_count - 1};
  }
  table_done(&ranks);
}

// A callback that some other callback made is looked for without its maker.
static uint32_t *rank_begins(const struct order *own, const struct order *other) {
  uint32_t *found = allocate(own->begins.count, sizeof *found);
  struct table strict = {0}, loose = {0};
  rank(&strict, &other->begins);
  rank(&loose, &other->loose);
  for (uint32_t i = 0; i < own->begins.count; i++) {
    found[i] = look_up(&strict, own->begins.items[i]);
    if (!found[i]) found[i] = look_up(&loose, own->loose.items[i]);
  }
  table_done(&strict);
  table_done(&loose);
  return found;
}

static struct counterexample *add_other(struct six_evidence *evidence) {
  if (evidence->other_count == evidence->other_capacity) {
    evidence->other_capacity = evidence->other_capacity ? evidence->other_capacity * 2 : 8;
    evidence->others = realloc(evidence->others, evidence->other_capacity * sizeof *evidence->others);
    if (!evidence->others) abort();
  }
  struct counterexample *other = &evidence->others[evidence->other_count++];
  *other = (struct counterexample){0};
  return other;
}

bool six_evidence_add(struct six_evidence *evidence, const struct six_trace *trace) {
  struct order other = {0};
  name_own(evidence);
  name_all(trace, &other, NULL);
  uint32_t *known = number_of(&evidence->seen, other.hash);
  bool fresh = !*known;
  *known = 1;
  if (fresh) {
    struct counterexample *added = add_other(evidence);
    compare_lines(evidence, &other);
    evidence->ranks += evidence->own.begins.count;
    if (evidence->ranks <= MOST_RANKS) added->ranks = rank_begins(&evidence->own, &other);
    else evidence->forgot = true;
  }
  order_done(&other);
  return fresh;
}

void six_evidence_name(struct six_evidence *evidence, const char *schedule, const char *because) {
  struct counterexample *other = &evidence->others[evidence->other_count - 1];
  other->schedule = strdup(schedule);
  other->because = strdup(because);
  if (!other->schedule || !other->because) abort();
}

void six_evidence_close(struct six_evidence *evidence, bool complete, uint32_t runs) {
  evidence->complete = complete;
  evidence->runs = runs;
}

bool six_evidence_is_complete(const struct six_evidence *evidence) { return evidence->complete && !evidence->forgot; }

uint32_t six_evidence_runs(const struct six_evidence *evidence) { return evidence->runs; }

// ---- Asking

static enum six_counterexample show(const struct six_evidence *evidence, enum six_counterexample kind, uint32_t other,
                                    struct six_shown_by *shown) {
  *shown = (struct six_shown_by){"", ""};
  if (kind == SIX_ALWAYS || !evidence->others[other].schedule) return kind;
  *shown = (struct six_shown_by){evidence->others[other].schedule, evidence->others[other].because};
  return kind;
}

enum six_counterexample six_evidence_of_lines(const struct six_evidence *evidence, uint32_t line, struct six_shown_by *shown) {
  if (line < 2 || line > evidence->own.lines.count) return show(evidence, SIX_ALWAYS, 0, shown);
  const struct of_line *of = &evidence->lines[line - 1];
  return show(evidence, (enum six_counterexample)of->kind, of->shown_by, shown);
}

// The first begin at or after an event; own.begins.count: none.
static uint32_t begin_from(const struct six_evidence *evidence, uint32_t event) {
  uint32_t low = 0, high = evidence->own.begins.count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (evidence->begin_events[middle] < event) low = middle + 1;
    else high = middle;
  }
  return low;
}

enum six_counterexample six_evidence_of_tasks(const struct six_evidence *evidence, uint32_t first_begin, uint32_t second,
                                              struct six_shown_by *shown) {
  uint32_t count = evidence->own.begins.count, first = begin_from(evidence, first_begin), then = first;
  if (!evidence->other_count || first == count || evidence->begin_events[first] != first_begin) return show(evidence, SIX_ALWAYS, 0, shown);
  while (then < count && six_trace_at(evidence->trace, evidence->begin_events[then]).subject != second) then++;
  for (uint32_t i = 0; then < count && i < evidence->other_count; i++) {
    const uint32_t *ranks = evidence->others[i].ranks;
    if (ranks && ranks[first] && ranks[then] && ranks[then] < ranks[first]) return show(evidence, SIX_REVERSED, i, shown);
  }
  return show(evidence, SIX_ALWAYS, 0, shown);
}

// ---- Lines

bool six_next_line(const struct six_trace *trace, uint32_t output, struct six_printed_line *line) {
  if (!line->begun) {
    line->begun = true;
    line->rest = six_trace_text(trace, six_trace_at(trace, output).a, &line->rest_length);
    if (line->rest_length && line->rest[line->rest_length - 1] == '\n') line->rest_length--;
  } else if (!line->rest) return false;
  const char *end = line->rest_length ? memchr(line->rest, '\n', line->rest_length) : NULL;
  line->bytes = line->rest;
  line->length = end ? (size_t)(end - line->rest) : line->rest_length;
  line->rest_length -= end ? line->length + 1 : line->length;
  line->rest = end ? end + 1 : NULL;
  return true;
}
