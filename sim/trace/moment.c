// Every wait is a span of events [enter, leave) in one queue. A queue's state at an index are the spans that it stabs:
// they lie between two places found by bisection, because spans are appended in order of entering. Calls and running
// callbacks are a tree of parent links. So a moment costs a few bisections and what is shown of it.
#include "sim/trace/moment.h"

#include <stdlib.h>
#include <string.h>

enum queue {
  Q_TICKS,
  Q_MICROTASKS,
  Q_IMMEDIATES,
  Q_PENDING,
  Q_POLL,
  Q_CLOSING,
  Q_TIMERS,
  Q_OUTSIDE,  // under way: on a thread, or outside the pool
  Q_THREAD,   // waits for a thread
  QUEUES,
  Q_NONE = QUEUES
};

#define STILL UINT32_MAX
#define UNMATCHED 0x80000000u

struct span {
  uint32_t enter, leave, task;
};

struct numbers {  // ascending event indexes
  uint32_t *items;
  uint32_t count, capacity;
};

struct spans {
  struct span *items;
  uint32_t count, capacity;
  uint32_t *latest;       // latest[i]: the greatest leave of items[0..i]
  struct numbers leaves;  // ascending
};

struct task {
  uint32_t event, label, ready, begin, end, cancel;
  uint32_t top;   // the frame on top when it was scheduled
  uint32_t root;  // see six_reader_root; 0 until it begins
  uint32_t span;  // the open one in `queue`
  uint32_t first_arm, last_arm;
  uint32_t trips, last_trip;
  uint8_t queue, kind;
  bool has_ref;
};

struct six_reader {
  const struct six_trace *trace;
  uint32_t count;
  // A frame is a CALL or BEGIN event. For those: the frame below. RETURN and END: the frame they end, or UNMATCHED|top.
  // ENQUEUE: the task's place in `tasks`. Else: the frame on top.
  uint32_t *link;
  uint8_t *kinds;  // of the events
  struct task *tasks;
  uint32_t task_count, task_capacity;
  struct spans queues[QUEUES];
  uint64_t *dues;  // of the spans of Q_TIMERS
  uint32_t due_capacity;
  struct numbers outputs, turns, turn_numbers, choices, refs, drains;  // drains: 2 * index + (1 starts, 0 ends)
  struct six_moment moment;
  uint32_t lines_unit, line_count;
  const struct six_line_map_entry *lines;
  const struct six_evidence *evidence;
};

static void *grow(void *memory, uint32_t *capacity, size_t size) {
  *capacity = *capacity ? *capacity * 2 : 16;
  void *bigger = realloc(memory, *capacity * size);
  if (!bigger) abort();
  return bigger;
}

static void push_number(struct numbers *numbers, uint32_t number) {
  if (numbers->count == numbers->capacity) numbers->items = grow(numbers->items, &numbers->capacity, sizeof *numbers->items);
  numbers->items[numbers->count++] = number;
}

// How many of the ascending numbers are <= limit.
static uint32_t count_until(const uint32_t *items, uint32_t count, uint32_t limit) {
  uint32_t low = 0;
  while (low < count) {
    uint32_t middle = low + (count - low) / 2;
    if (items[middle] <= limit) low = middle + 1;
    else count = middle;
  }
  return low;
}

// ---- Indexing

static struct task *task_at(const struct six_reader *reader, uint32_t event) {
  if (!event || event >= reader->count || reader->kinds[event] != SIX_EV_ENQUEUE) return NULL;
  return &reader->tasks[reader->link[event]];
}

static enum six_task_kind kind_of(const struct task *task) { return (enum six_task_kind)task->kind; }

static void leave(struct six_reader *reader, struct task *task, uint32_t index) {
  if (task->queue == Q_NONE) return;
  struct spans *spans = &reader->queues[task->queue];
  spans->items[task->span].leave = index;
  push_number(&spans->leaves, index);
  task->queue = Q_NONE;
}

static void enter(struct six_reader *reader, struct task *task, enum queue queue, uint32_t index) {
  leave(reader, task, index);
  struct spans *spans = &reader->queues[queue];
  if (spans->count == spans->capacity) spans->items = grow(spans->items, &spans->capacity, sizeof *spans->items);
  task->queue = (uint8_t)queue;
  task->span = spans->count;
  spans->items[spans->count++] = (struct span){index, STILL, task->event};
}

// When the timer that just entered its queue is due, ms.
static void note_due(struct six_reader *reader, uint64_t due) {
  uint32_t place = reader->queues[Q_TIMERS].count - 1;
  while (reader->due_capacity <= place) reader->dues = grow(reader->dues, &reader->due_capacity, sizeof *reader->dues);
  reader->dues[place] = due;
}

static enum queue queue_when_made(enum six_task_kind kind) {
  switch (kind) {
    case SIX_TASK_TICK: return Q_TICKS;
    case SIX_TASK_MICROTASK:
    case SIX_TASK_THENABLE: return Q_MICROTASKS;
    case SIX_TASK_IMMEDIATE: return Q_IMMEDIATES;
    case SIX_TASK_CLOSE: return Q_CLOSING;
    default: return Q_NONE;
  }
}

static enum queue queue_when_ready(enum six_task_kind kind, const struct six_event *event) {
  switch (kind) {
    case SIX_TASK_REACTION:
    case SIX_TASK_AWAIT: return Q_MICROTASKS;
    case SIX_TASK_FILE:
    case SIX_TASK_POOL:
    case SIX_TASK_SOCKET:
    case SIX_TASK_MESSAGE: return event->a == SIX_PHASE_PENDING ? Q_PENDING : event->a == SIX_PHASE_CLOSE ? Q_CLOSING : Q_POLL;
    default: return queue_when_made(kind);
  }
}

static void index_enqueue(struct six_reader *reader, uint32_t index, const struct six_event *event, uint32_t top) {
  if (reader->task_count == reader->task_capacity) reader->tasks = grow(reader->tasks, &reader->task_capacity, sizeof *reader->tasks);
  struct task *task = &reader->tasks[reader->task_count];
  *task = (struct task){.event = index, .top = top, .queue = Q_NONE, .kind = (uint8_t)event->a};
  reader->link[index] = reader->task_count++;
  enum queue queue = queue_when_made((enum six_task_kind)event->a);
  if (queue != Q_NONE) enter(reader, task, queue, index);
}

static void index_task_event(struct six_reader *reader, uint32_t index, const struct six_event *event) {
  struct task *task = task_at(reader, event->subject);
  if (!task) return;
  enum queue queue;
  switch (event->kind) {
    case SIX_EV_LABEL: task->label = event->a; break;
    case SIX_EV_ARM:
      if (!task->first_arm) task->first_arm = index;
      task->last_arm = index;
      enter(reader, task, Q_TIMERS, index);
      note_due(reader, (uint64_t)event->a + event->b);
      break;
    case SIX_EV_READY:
      queue = queue_when_ready(kind_of(task), event);
      if (!task->begin) task->ready = index;
      if (queue != Q_NONE && task->queue != queue) enter(reader, task, queue, index);
      break;
    case SIX_EV_CANCEL:
      task->cancel = index;
      leave(reader, task, index);
      break;
    case SIX_EV_REF:
      task->has_ref = true;
      push_number(&reader->refs, index);
      break;
    case SIX_EV_BEGIN:
      if (!task->begin) task->begin = index;
      leave(reader, task, index);
      break;
    case SIX_EV_END: task->end = index; break;
    case SIX_EV_POOL_WAIT:
      task->trips = event->b;
      task->last_trip = index;
      task->ready = task->begin = task->end = 0;  // what ran so far only asked for the next trip
      enter(reader, task, Q_THREAD, index);
      break;
    case SIX_EV_POOL_RUN:
    case SIX_EV_OUTSIDE: enter(reader, task, Q_OUTSIDE, index); break;
    // The completion of a trip waits for poll, whether or not a callback of the program comes of it.
    case SIX_EV_POOL_DONE: enter(reader, task, Q_POLL, index); break;
    default: break;
  }
}

// Frames still open above the BEGIN of the task that ends: an exception or the cut of details lost their RETURNs.
static uint32_t begin_frame(const struct six_reader *reader, uint32_t top, uint32_t task) {
  for (uint32_t frame = top; frame; frame = reader->link[frame]) {
    if (reader->kinds[frame] == SIX_EV_BEGIN && six_trace_at(reader->trace, frame).subject == task) return frame;
  }
  return 0;
}

static uint32_t index_frames(struct six_reader *reader, uint32_t index, const struct six_event *event, uint32_t top) {
  uint32_t ended = 0;
  switch (event->kind) {
    case SIX_EV_CALL:
    case SIX_EV_BEGIN: reader->link[index] = top; return index;
    case SIX_EV_RETURN: ended = top && reader->kinds[top] == SIX_EV_CALL ? top : 0; break;
    case SIX_EV_END: ended = begin_frame(reader, top, event->subject); break;
    default: reader->link[index] = top; return top;
  }
  reader->link[index] = ended ? ended : top | UNMATCHED;
  return ended ? reader->link[ended] : top;
}

static bool is_drained(enum six_task_kind kind) {
  return kind == SIX_TASK_TICK || kind == SIX_TASK_MICROTASK || kind == SIX_TASK_REACTION || kind == SIX_TASK_THENABLE ||
         kind == SIX_TASK_AWAIT;
}

struct indexing {
  uint32_t top, root, turn;
  bool draining, past_timers;
};

static void note_turn(struct six_reader *reader, struct indexing *state, uint32_t index, uint32_t turn) {
  push_number(&reader->turns, index);
  push_number(&reader->turn_numbers, turn);
  state->turn = turn;
  state->past_timers = false;
}

// Since libuv 1.45 timers run once before the first iteration and then at the end of each (R3). They open the next turn
// of the ring, and are counted so in every version.
static void note_timers(struct six_reader *reader, struct indexing *state, uint32_t index) {
  if (!state->turn || state->past_timers) note_turn(reader, state, index, state->turn + 1);
}

static void set_draining(struct six_reader *reader, struct indexing *state, uint32_t index, bool draining) {
  if (state->draining == draining) return;
  state->draining = draining;
  push_number(&reader->drains, 2 * index + draining);
}

static void index_roots(struct six_reader *reader, struct indexing *state, uint32_t index, const struct six_event *event) {
  struct task *task = task_at(reader, event->subject);
  if (!task) return;
  bool drained = is_drained(kind_of(task)) || (kind_of(task) == SIX_TASK_EVENT && event->rule == 90);
  if (!drained && !state->top) state->root = event->subject;  // a listener inside a callback does not begin anything
  if (!drained) set_draining(reader, state, index, false);
  if (!task->root) task->root = state->root ? state->root : event->subject;
}

static void index_event(struct six_reader *reader, struct indexing *state, uint32_t index) {
  struct six_event event = six_trace_at(reader->trace, index);
  reader->kinds[index] = event.kind;
  switch (event.kind) {
    case SIX_EV_ENQUEUE: index_enqueue(reader, index, &event, state->top); return;
    case SIX_EV_OUTPUT: push_number(&reader->outputs, index); break;
    case SIX_EV_TURN:
      note_turn(reader, state, index, event.a);
      set_draining(reader, state, index, false);
      break;
    case SIX_EV_PHASE:
      if (event.a == SIX_PHASE_TIMERS) note_timers(reader, state, index);
      state->past_timers = event.a != SIX_PHASE_TIMERS;
      set_draining(reader, state, index, false);
      break;
    case SIX_EV_CLOCK: state->past_timers = state->past_timers || event.b; break;
    case SIX_EV_EXIT: set_draining(reader, state, index, false); break;
    case SIX_EV_CHOICE: push_number(&reader->choices, index); break;
    case SIX_EV_DRAIN: set_draining(reader, state, index, true); break;
    case SIX_EV_BEGIN: index_roots(reader, state, index, &event); break;
    default: break;
  }
  index_task_event(reader, index, &event);
  state->top = index_frames(reader, index, &event, state->top);
}

// Gives back what was taken in advance.
static void *fit(void *memory, uint32_t *capacity, uint32_t count, size_t size) {
  void *smaller = count && count < *capacity ? realloc(memory, count * size) : NULL;
  if (!smaller) return memory;
  *capacity = count;
  return smaller;
}

static void index_latest(struct spans *spans) {
  if (!spans->count) return;
  spans->items = fit(spans->items, &spans->capacity, spans->count, sizeof *spans->items);
  spans->leaves.items = fit(spans->leaves.items, &spans->leaves.capacity, spans->leaves.count, sizeof *spans->leaves.items);
  spans->latest = malloc(spans->count * sizeof *spans->latest);
  if (!spans->latest) abort();
  uint32_t latest = 0;
  for (uint32_t i = 0; i < spans->count; i++) {
    if (spans->items[i].leave > latest) latest = spans->items[i].leave;
    spans->latest[i] = latest;
  }
}

struct six_reader *six_reader_new(const struct six_trace *trace) {
  struct six_reader *reader = calloc(1, sizeof *reader);
  if (!reader) abort();
  reader->trace = trace;
  reader->count = six_trace_count(trace);
  reader->link = calloc(reader->count + 1u, sizeof *reader->link);
  reader->kinds = calloc(reader->count + 1u, 1);
  if (!reader->link || !reader->kinds) abort();
  struct indexing state = {0};
  for (uint32_t i = 0; i < reader->count; i++) index_event(reader, &state, i);
  for (int q = 0; q < QUEUES; q++) index_latest(&reader->queues[q]);
  reader->tasks = fit(reader->tasks, &reader->task_capacity, reader->task_count, sizeof *reader->tasks);
  return reader;
}

void six_reader_free(struct six_reader *reader) {
  if (!reader) return;
  for (int q = 0; q < QUEUES; q++) {
    free(reader->queues[q].items);
    free(reader->queues[q].latest);
    free(reader->queues[q].leaves.items);
  }
  struct six_moment *m = &reader->moment;
  struct six_task_list *lists[] = {&m->ticks, &m->microtasks, &m->immediates, &m->pending, &m->poll, &m->closing};
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) free(lists[i]->items);
  free(m->timers);
  free(m->outside);
  free(m->running);
  free(m->calls);
  free(reader->outputs.items);
  free(reader->turns.items);
  free(reader->turn_numbers.items);
  free(reader->choices.items);
  free(reader->refs.items);
  free(reader->drains.items);
  free(reader->dues);
  free(reader->link);
  free(reader->kinds);
  free(reader->tasks);
  free(reader);
}

const struct six_trace *six_reader_trace(const struct six_reader *reader) { return reader->trace; }

size_t six_reader_bytes(const struct six_reader *reader) {
  size_t bytes = sizeof *reader + reader->count * (sizeof *reader->link + sizeof *reader->kinds) +
                 reader->task_capacity * sizeof *reader->tasks + reader->due_capacity * sizeof *reader->dues;
  for (int q = 0; q < QUEUES; q++) {
    const struct spans *spans = &reader->queues[q];
    bytes += spans->capacity * sizeof *spans->items + spans->count * sizeof *spans->latest;
    bytes += spans->leaves.capacity * sizeof *spans->leaves.items;
  }
  const struct numbers *numbers[] = {&reader->outputs, &reader->turns, &reader->turn_numbers,
                                     &reader->choices, &reader->refs,  &reader->drains};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) bytes += numbers[i]->capacity * sizeof *numbers[i]->items;
  return bytes;
}

// ---- Stabbing

struct stab {
  const struct spans *spans;
  uint32_t index, at, end;
};

static uint32_t spans_entered(const struct spans *spans, uint32_t index) {
  uint32_t low = 0, high = spans->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (spans->items[middle].enter <= index) low = middle + 1;
    else high = middle;
  }
  return low;
}

static struct stab stab(const struct six_reader *reader, enum queue queue, uint32_t index) {
  const struct spans *spans = &reader->queues[queue];
  uint32_t end = spans_entered(spans, index);
  return (struct stab){spans, index, count_until(spans->latest, end, index), end};
}

static const struct span *stab_next(struct stab *stab) {
  while (stab->at < stab->end) {
    const struct span *span = &stab->spans->items[stab->at++];
    if (span->leave > stab->index) return span;
  }
  return NULL;
}

static uint32_t stab_count(const struct six_reader *reader, enum queue queue, uint32_t index) {
  const struct spans *spans = &reader->queues[queue];
  return spans_entered(spans, index) - count_until(spans->leaves.items, spans->leaves.count, index);
}

static void fold_list(struct six_reader *reader, enum queue queue, uint32_t index, struct six_task_list *list) {
  list->first = list->listed = 0;
  list->count = stab_count(reader, queue, index);
  if (!list->count) return;
  struct stab at = stab(reader, queue, index);
  for (const struct span *span; list->listed < SIX_MOMENT_LISTED && (span = stab_next(&at));) {
    if (list->listed == list->capacity) list->items = grow(list->items, &list->capacity, sizeof *list->items);
    list->items[list->listed++] = span->task;
  }
}

// ---- Timers: the first ones in order of running, of as many as there are

struct soon {
  uint64_t due;
  const struct span *span;
};

static void insert_timer(struct soon *soonest, uint32_t *count, struct soon timer) {
  bool full = *count == SIX_MOMENT_LISTED;
  if (full && soonest[*count - 1].due <= timer.due) return;
  uint32_t place = full ? *count - 1 : (*count)++;
  for (; place && soonest[place - 1].due > timer.due; place--) soonest[place] = soonest[place - 1];
  soonest[place] = timer;
}

static bool is_unref(const struct six_reader *reader, const struct task *task, uint32_t index) {
  if (!task->has_ref) return false;
  for (uint32_t i = count_until(reader->refs.items, reader->refs.count, index); i-- > 0;) {
    struct six_event event = six_trace_at(reader->trace, reader->refs.items[i]);
    if (event.subject == task->event) return event.a == 0;
  }
  return false;
}

static void fold_timers(struct six_reader *reader, uint32_t index) {
  struct six_moment *moment = &reader->moment;
  moment->timers_listed = 0;
  moment->timer_count = stab_count(reader, Q_TIMERS, index);
  if (!moment->timer_count) return;
  struct soon soonest[SIX_MOMENT_LISTED];
  struct stab at = stab(reader, Q_TIMERS, index);
  for (const struct span *span; (span = stab_next(&at));)
    insert_timer(soonest, &moment->timers_listed, (struct soon){reader->dues[span - at.spans->items], span});
  while (moment->timer_capacity < moment->timers_listed)
    moment->timers = grow(moment->timers, &moment->timer_capacity, sizeof *moment->timers);
  for (uint32_t i = 0; i < moment->timers_listed; i++) {
    uint32_t task = soonest[i].span->task;
    struct six_event arm = six_trace_at(reader->trace, soonest[i].span->enter);
    moment->timers[i] = (struct six_waiting_timer){task, arm.a, arm.b, is_unref(reader, task_at(reader, task), index)};
  }
}

// ---- Outside

static void trips_of(const struct six_reader *reader, uint32_t from, uint32_t task, struct six_under_way *op) {
  for (uint32_t i = from; i > task; i--) {
    if (reader->kinds[i] != SIX_EV_POOL_WAIT) continue;
    struct six_event event = six_trace_at(reader->trace, i);
    if (event.subject != task) continue;
    op->trip = event.a;
    op->trips = event.b;
    return;
  }
}

static struct six_under_way under_way(const struct six_reader *reader, const struct span *span) {
  struct six_event event = six_trace_at(reader->trace, span->enter);
  struct six_under_way op = {.task = span->task, .started = event.time, .until = event.time};
  op.slot = event.kind == SIX_EV_POOL_WAIT ? SIX_SLOT_WAITS : event.kind == SIX_EV_POOL_RUN ? event.a : SIX_SLOT_NONE;
  if (event.kind == SIX_EV_POOL_RUN) op.until += event.b;
  if (event.kind == SIX_EV_OUTSIDE) op.until += event.a;
  return op;
}

static int compare_under_way(const void *left, const void *right) {
  const struct six_under_way *a = left, *b = right;
  if (a->slot != b->slot) return a->slot < b->slot ? -1 : 1;
  return a->task < b->task ? -1 : a->task > b->task;
}

static void list_outside(struct six_reader *reader, enum queue queue, uint32_t index) {
  struct six_moment *moment = &reader->moment;
  struct stab at = stab(reader, queue, index);
  for (const struct span *span; moment->outside_listed < SIX_MOMENT_LISTED && (span = stab_next(&at));) {
    if (moment->outside_listed == moment->outside_capacity)
      moment->outside = grow(moment->outside, &moment->outside_capacity, sizeof *moment->outside);
    struct six_under_way op = under_way(reader, span);
    if (op.slot != SIX_SLOT_NONE) trips_of(reader, span->enter, span->task, &op);
    moment->outside[moment->outside_listed++] = op;
  }
}

static void fold_outside(struct six_reader *reader, uint32_t index) {
  struct six_moment *moment = &reader->moment;
  moment->outside_listed = 0;
  moment->outside_count = stab_count(reader, Q_OUTSIDE, index) + stab_count(reader, Q_THREAD, index);
  if (!moment->outside_count) return;
  list_outside(reader, Q_OUTSIDE, index);
  list_outside(reader, Q_THREAD, index);
  qsort(moment->outside, moment->outside_listed, sizeof *moment->outside, compare_under_way);
}

// ---- Frames

static uint32_t top_frame(const struct six_reader *reader, uint32_t index) {
  uint32_t link = reader->link[index];
  switch (reader->kinds[index]) {
    case SIX_EV_CALL:
    case SIX_EV_BEGIN: return index;
    case SIX_EV_RETURN:
    case SIX_EV_END: return link & UNMATCHED ? link & ~UNMATCHED : reader->link[link];
    case SIX_EV_ENQUEUE: return reader->tasks[link].top;
    default: return link;
  }
}

uint32_t six_reader_top(const struct six_reader *reader, uint32_t index) { return index < reader->count ? top_frame(reader, index) : 0; }

uint32_t six_reader_below(const struct six_reader *reader, uint32_t frame) {
  if (!frame || frame >= reader->count) return 0;
  uint8_t kind = reader->kinds[frame];
  return kind == SIX_EV_CALL || kind == SIX_EV_BEGIN ? reader->link[frame] : 0;
}

uint32_t six_reader_left(const struct six_reader *reader, uint32_t index) {
  if (index >= reader->count) return 0;
  uint8_t kind = reader->kinds[index];
  bool leaves = (kind == SIX_EV_RETURN || kind == SIX_EV_END) && !(reader->link[index] & UNMATCHED);
  return leaves ? reader->link[index] : 0;
}

// The last statement that ran in `frame` itself up to `index`: calls that it made are stepped over.
static uint32_t statement_in(const struct six_reader *reader, uint32_t frame, uint32_t index) {
  for (uint32_t i = index; frame && i > frame; i--) {
    uint8_t kind = reader->kinds[i];
    if (kind == SIX_EV_STATEMENT && reader->link[i] == frame) return six_trace_at(reader->trace, i).site;
    bool ends = kind == SIX_EV_RETURN || kind == SIX_EV_END;
    if (ends && !(reader->link[i] & UNMATCHED) && reader->link[i] > frame) i = reader->link[i];
  }
  return 0;
}

static void fold_frames(struct six_reader *reader, uint32_t index) {
  struct six_moment *moment = &reader->moment;
  uint32_t top = top_frame(reader, index), running = 0, calls = 0;
  moment->statement = statement_in(reader, top, index);
  for (uint32_t f = top; f; f = reader->link[f]) {
    if (reader->kinds[f] == SIX_EV_CALL) calls++;
    else running++;
  }
  moment->running_count = running;
  moment->call_count = calls;
  moment->calls_listed = calls < SIX_MOMENT_LISTED ? calls : SIX_MOMENT_LISTED;
  while (moment->running_capacity < running) moment->running = grow(moment->running, &moment->running_capacity, sizeof *moment->running);
  while (moment->call_capacity < moment->calls_listed) moment->calls = grow(moment->calls, &moment->call_capacity, sizeof *moment->calls);
  uint32_t call = moment->calls_listed, from = index;
  for (uint32_t f = top; f; from = f - 1, f = reader->link[f]) {
    struct six_event event = six_trace_at(reader->trace, f);
    if (event.kind == SIX_EV_BEGIN) moment->running[--running] = event.subject;
    else if (call) moment->calls[--call] = (struct six_call_entry){event.a, event.site, statement_in(reader, f, from)};
  }
}

// ---- The moment

static bool is_draining(const struct six_reader *reader, uint32_t index) {
  uint32_t until = count_until(reader->drains.items, reader->drains.count, 2 * index + 1);
  return until && reader->drains.items[until - 1] & 1;
}

static enum six_phase phase_at(const struct six_reader *reader, uint32_t index) {
  struct six_event event = six_trace_at(reader->trace, index);
  return (enum six_phase)(event.kind == SIX_EV_PHASE ? event.a : event.phase);
}

uint32_t six_reader_turn(const struct six_reader *reader, uint32_t index) {
  uint32_t turns = count_until(reader->turns.items, reader->turns.count, index);
  return turns ? reader->turn_numbers.items[turns - 1] : 0;
}

const struct six_moment *six_reader_seek(struct six_reader *reader, uint32_t index) {
  struct six_moment *moment = &reader->moment;
  if (!reader->count) return moment;
  if (index >= reader->count) index = reader->count - 1;
  struct six_event event = six_trace_at(reader->trace, index);
  moment->index = index;
  moment->time = event.time;
  moment->turn = six_reader_turn(reader, index);
  moment->phase = phase_at(reader, index);
  fold_list(reader, Q_TICKS, index, &moment->ticks);
  fold_list(reader, Q_MICROTASKS, index, &moment->microtasks);
  fold_list(reader, Q_IMMEDIATES, index, &moment->immediates);
  fold_list(reader, Q_PENDING, index, &moment->pending);
  fold_list(reader, Q_POLL, index, &moment->poll);
  fold_list(reader, Q_CLOSING, index, &moment->closing);
  fold_timers(reader, index);
  fold_outside(reader, index);
  fold_frames(reader, index);
  moment->outputs = six_reader_outputs_until(reader, index);
  moment->draining = is_draining(reader, index);
  moment->ended = event.kind == SIX_EV_EXIT || event.kind == SIX_EV_STOP;
  return moment;
}

// ---- Looking around

uint32_t six_reader_outputs(const struct six_reader *reader) { return reader->outputs.count; }

uint32_t six_reader_output_event(const struct six_reader *reader, uint32_t n) {
  return n < reader->outputs.count ? reader->outputs.items[n] : UINT32_MAX;
}

uint32_t six_reader_outputs_until(const struct six_reader *reader, uint32_t index) {
  return count_until(reader->outputs.items, reader->outputs.count, index);
}

uint32_t six_reader_choices(const struct six_reader *reader) { return reader->choices.count; }

uint32_t six_reader_choice_event(const struct six_reader *reader, uint32_t n) {
  return n < reader->choices.count ? reader->choices.items[n] : UINT32_MAX;
}

uint32_t six_reader_find(const struct six_reader *reader, uint32_t from, bool backwards, six_event_test *test, void *context) {
  if (!reader->count) return UINT32_MAX;
  if (backwards) {
    uint32_t i = from < reader->count ? from : reader->count - 1;
    for (;; i--) {
      if (test(reader->trace, i, context)) return i;
      if (!i) return UINT32_MAX;
    }
  }
  for (uint32_t i = from; i < reader->count; i++)
    if (test(reader->trace, i, context)) return i;
  return UINT32_MAX;
}

uint32_t six_reader_find_kind(const struct six_reader *reader, uint32_t from, bool backwards, enum six_event_kind kind) {
  if (!backwards) {
    for (uint32_t i = from; i < reader->count; i++)
      if (reader->kinds[i] == kind) return i;
    return UINT32_MAX;
  }
  for (uint32_t i = from < reader->count ? from + 1 : reader->count; i-- > 0;)
    if (reader->kinds[i] == kind) return i;
  return UINT32_MAX;
}

static uint32_t arm_at(const struct six_reader *reader, const struct task *task, uint32_t index) {
  if (index >= task->last_arm || task->first_arm == task->last_arm) return task->last_arm;
  const struct spans *spans = &reader->queues[Q_TIMERS];
  for (uint32_t i = spans_entered(spans, index); i-- > 0 && spans->items[i].enter > task->event;)
    if (spans->items[i].task == task->event) return spans->items[i].enter;
  return task->first_arm;
}

bool six_reader_task(const struct six_reader *reader, uint32_t task, uint32_t index, struct six_task_info *info) {
  const struct task *known = task_at(reader, task);
  if (!known) return false;
  struct six_event event = six_trace_at(reader->trace, task);
  *info = (struct six_task_info){
      .task = task,
      .kind = (enum six_task_kind)event.a,
      .label = known->label,
      .scheduled = event.site,
      .callback = event.subject,
      .by = event.cause,
      .ready = known->ready,
      .begin = known->begin,
      .end = known->end,
      .cancel = known->cancel,
      .trips = known->trips,
      .last_trip = known->last_trip,
  };
  if (info->kind == SIX_TASK_TIMER || info->kind == SIX_TASK_INTERVAL) info->arm = arm_at(reader, known, index);
  return true;
}

uint32_t six_reader_running_since(const struct six_reader *reader, uint32_t index) {
  if (index >= reader->count) return 0;
  uint32_t frame = top_frame(reader, index);
  while (frame && reader->kinds[frame] != SIX_EV_BEGIN) frame = reader->link[frame];
  return frame;
}

uint32_t six_reader_running(const struct six_reader *reader, uint32_t index) {
  uint32_t begin = six_reader_running_since(reader, index);
  return begin ? six_trace_at(reader->trace, begin).subject : 0;
}

uint32_t six_reader_root(const struct six_reader *reader, uint32_t task) {
  const struct task *known = task_at(reader, task);
  return known && known->root ? known->root : task;
}

void six_reader_set_lines(struct six_reader *reader, uint32_t unit, const struct six_line_map_entry *entries, uint32_t count) {
  reader->lines_unit = unit;
  reader->lines = entries;
  reader->line_count = count;
}

// The innermost entry around the start: entries are sorted by start, so it is the last one before that still reaches it.
static struct six_position mapped(const struct six_reader *reader, struct six_site site) {
  uint32_t low = 0, high = reader->line_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (reader->lines[middle].start <= site.start) low = middle + 1;
    else high = middle;
  }
  while (low-- > 0) {
    const struct six_line_map_entry *entry = &reader->lines[low];
    if (entry->end >= site.end) return (struct six_position){entry->line, entry->column};
  }
  return (struct six_position){0, 0};
}

struct six_position six_reader_position(const struct six_reader *reader, uint32_t site) {
  struct six_site where = six_trace_site(reader->trace, site);
  if (site && reader->lines && where.unit == reader->lines_unit) return mapped(reader, where);
  return six_trace_position(reader->trace, site);
}

void six_reader_set_evidence(struct six_reader *reader, const struct six_evidence *evidence) { reader->evidence = evidence; }

const struct six_evidence *six_reader_evidence(const struct six_reader *reader) { return reader->evidence; }
