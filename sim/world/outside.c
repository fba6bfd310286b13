// One run's outside: its clock, its choice points, and the operations under way.
#include <stdlib.h>
#include <string.h>

#include "sim/world/world.h"

// How far an operation may be from the time that the world says.
#define OPERATION_SLACK (2 * SIX_MILLISECOND)

struct operation {
  uint64_t token;
  uint64_t ns;
  uint64_t until;  // when it completes, once it runs
  uint64_t order;  // of starting: ties complete in this order
  uint32_t slot;   // thread, or UINT32_MAX outside the pool
  struct six_stream stream;
  bool slow;
};

struct waiting {
  uint64_t token, ns, order;
  bool slow;
};

struct fifo {  // operations waiting for a thread
  struct waiting *items;
  size_t first, count, capacity;
};

struct schedule_entry {
  uint32_t number, answer;
};

enum { MOST_THREADS = 1024 };  // as libuv has it

struct six_outside {
  struct six_time time;
  const struct six_world *world;
  uint64_t read_cost;  // of the next reading of the clock
  uint64_t last_read;  // when the clock was last read
  uint64_t random;
  uint64_t next_order;

  struct operation *running;  // a heap by (until, order)
  size_t running_count, running_capacity;
  struct fifo waiting;
  bool *threads;  // busy
  uint32_t thread_count, busy, slow_busy;
  bool pool_used;
  uint64_t pool_ready;  // when its threads are there

  bool explores, compares;
  struct schedule_entry *schedule;
  uint32_t schedule_count;
  struct six_choice *choices;
  uint32_t choice_count, choice_capacity;

  const struct six_outside_events *events;
  void *events_context;
};

static void *grow(void *items, size_t *capacity, size_t size) {
  *capacity = *capacity ? *capacity * 2 : 16;
  void *grown = realloc(items, *capacity * size);
  if (!grown) abort();
  return grown;
}

// ---- The schedule: "number:answer,number:answer".
static bool read_number(const char **text, uint32_t *number) {
  if (**text < '0' || **text > '9') return false;
  uint64_t n = 0;
  for (; **text >= '0' && **text <= '9'; (*text)++) {
    n = n * 10 + (uint64_t)(**text - '0');
    if (n > UINT32_MAX) return false;
  }
  *number = (uint32_t)n;
  return true;
}

static bool read_schedule(struct six_outside *outside, const char *text) {
  size_t capacity = 0;
  while (*text) {
    struct schedule_entry entry;
    if (!read_number(&text, &entry.number) || *text++ != ':' || !read_number(&text, &entry.answer)) return false;
    if (outside->schedule_count == capacity) outside->schedule = grow(outside->schedule, &capacity, sizeof entry);
    outside->schedule[outside->schedule_count++] = entry;
    if (*text == ',' && text[1]) text++;
    else if (*text) return false;
  }
  return true;
}

struct six_outside *six_outside_new(const struct six_world *world, const char *schedule) {
  struct six_outside *outside = calloc(1, sizeof *outside);
  if (!outside) abort();
  outside->world = world;
  outside->time.now = world->costs.boot;
  outside->time.step_ns = world->costs.step;
  six_outside_count(outside, NULL);
  outside->read_cost = world->costs.clock_read;
  outside->random = world->seed;
  const char *size = six_world_env(world, "UV_THREADPOOL_SIZE");
  six_outside_set_threads(outside, size ? (uint32_t)strtoul(size, NULL, 10) : world->threads);
  outside->explores = schedule != NULL;
  if (schedule && !read_schedule(outside, schedule)) {
    six_outside_free(outside);
    return NULL;
  }
  return outside;
}

void six_outside_set_threads(struct six_outside *outside, uint32_t count) {
  if (outside->pool_used) return;
  free(outside->threads);
  outside->thread_count = count < 1 ? 1 : count > MOST_THREADS ? MOST_THREADS : count;
  outside->threads = calloc(outside->thread_count, sizeof *outside->threads);
  if (!outside->threads) abort();
}

void six_outside_free(struct six_outside *outside) {
  if (!outside) return;
  free(outside->running);
  free(outside->waiting.items);
  free(outside->threads);
  free(outside->schedule);
  free(outside->choices);
  free(outside);
}

void six_outside_explore(struct six_outside *outside, bool compares) {
  outside->explores = true;
  outside->compares = compares;
}

bool six_outside_compares(const struct six_outside *outside) { return outside->compares; }

bool six_outside_explores(const struct six_outside *outside) { return outside->explores; }

// ---- The clock.
void six_outside_follow(struct six_outside *outside, const struct six_outside_clock *clock, void *context) {
  outside->time.clock = clock;
  outside->time.clock_context = context;
}

void six_outside_count(struct six_outside *outside, const int64_t *counter) {
  outside->time.counter = counter ? counter : &outside->time.settled;
  outside->time.settled = *outside->time.counter;
}

void six_outside_set_counter(struct six_outside *outside, int64_t steps) { outside->time.settled = steps; }

uint64_t six_outside_steps(const struct six_outside *outside) { return outside->time.steps; }

void six_outside_wait_until(struct six_outside *outside, uint64_t ns) {
  if (ns > outside->time.now) outside->time.now = ns;
}

void six_outside_end_main(struct six_outside *outside) {
  six_outside_wait_until(outside, outside->world->costs.boot + outside->world->costs.main_least);
}

uint64_t six_outside_read_clock(struct six_outside *outside) {
  const struct six_costs *costs = &outside->world->costs;
  if (outside->time.clock) return six_outside_now(outside);
  // Between two readings of a busy-wait loop almost nothing happens; anything else ends the doubling.
  bool only_reading = outside->time.now - outside->last_read < 2 * SIX_MICROSECOND;
  if (!only_reading) outside->read_cost = costs->clock_read;
  else if (outside->read_cost < costs->clock_read_most) outside->read_cost += outside->read_cost / 2;
  if (outside->read_cost > costs->clock_read_most) outside->read_cost = costs->clock_read_most;
  outside->time.now += outside->read_cost;
  outside->last_read = outside->time.now;
  return outside->time.now;
}

// ---- Choice points.
uint32_t six_world_choose(struct six_outside *outside, enum six_choice_kind kind, uint32_t alternatives, uint32_t typical, uint32_t state) {
  uint32_t number = outside->choice_count, taken = typical;
  for (uint32_t i = 0; i < outside->schedule_count; i++)
    if (outside->schedule[i].number == number) taken = outside->schedule[i].answer;
  if (taken >= alternatives) taken = typical;
  if (outside->choice_count == outside->choice_capacity) {
    size_t capacity = outside->choice_capacity;
    outside->choices = grow(outside->choices, &capacity, sizeof *outside->choices);
    outside->choice_capacity = (uint32_t)capacity;
  }
  outside->choices[outside->choice_count++] =
      (struct six_choice){number, (uint8_t)kind, (uint16_t)taken, (uint16_t)typical, (uint16_t)alternatives, state};
  return taken;
}

uint32_t six_outside_choices(const struct six_outside *outside) { return outside->choice_count; }

const struct six_choice *six_outside_choice(const struct six_outside *outside, uint32_t number) { return &outside->choices[number]; }

// ---- Operations.
static bool earlier(const struct operation *a, const struct operation *b) {
  return a->until != b->until ? a->until < b->until : a->order < b->order;
}

static void heap_push(struct six_outside *outside, struct operation op) {
  if (outside->running_count == outside->running_capacity) outside->running = grow(outside->running, &outside->running_capacity, sizeof op);
  size_t i = outside->running_count++;
  for (; i > 0 && earlier(&op, &outside->running[(i - 1) / 2]); i = (i - 1) / 2) outside->running[i] = outside->running[(i - 1) / 2];
  outside->running[i] = op;
}

static void heap_remove(struct six_outside *outside, size_t i) {
  struct operation last = outside->running[--outside->running_count];
  if (i == outside->running_count) return;
  for (; i > 0 && earlier(&last, &outside->running[(i - 1) / 2]); i = (i - 1) / 2) outside->running[i] = outside->running[(i - 1) / 2];
  for (;;) {
    size_t child = 2 * i + 1;
    if (child >= outside->running_count) break;
    if (child + 1 < outside->running_count && earlier(&outside->running[child + 1], &outside->running[child])) child++;
    if (!earlier(&outside->running[child], &last)) break;
    outside->running[i] = outside->running[child];
    i = child;
  }
  outside->running[i] = last;
}

static void fifo_push(struct fifo *fifo, struct waiting op) {
  bool full = fifo->first + fifo->count == fifo->capacity;
  if (full && fifo->first > fifo->capacity / 2) {
    memmove(fifo->items, fifo->items + fifo->first, fifo->count * sizeof op);
    fifo->first = 0;
    full = false;
  }
  if (full) fifo->items = grow(fifo->items, &fifo->capacity, sizeof op);
  fifo->items[fifo->first + fifo->count++] = op;
}

static struct waiting fifo_take(struct fifo *fifo, size_t i) {
  struct waiting op = fifo->items[fifo->first + i];
  if (i == 0) fifo->first++;
  else memmove(fifo->items + fifo->first + i, fifo->items + fifo->first + i + 1, (fifo->count - i - 1) * sizeof op);
  if (--fifo->count == 0) fifo->first = 0;
  return op;
}

void six_outside_listen(struct six_outside *outside, const struct six_outside_events *events, void *context) {
  outside->events = events;
  outside->events_context = context;
}

// An operation gets a thread at virtual time `at`, and runs as soon as that is there.
static void run_on_thread(struct six_outside *outside, struct waiting op, uint64_t at) {
  uint32_t slot = 0;
  while (outside->threads[slot]) slot++;
  outside->threads[slot] = true;
  outside->busy++;
  outside->slow_busy += op.slow;
  if (outside->pool_ready > at) op.ns += outside->pool_ready - at;
  heap_push(outside,
            (struct operation){.token = op.token, .ns = op.ns, .until = at + op.ns, .order = op.order, .slot = slot, .slow = op.slow});
  if (outside->events && outside->events->runs) outside->events->runs(outside->events_context, op.token, slot, at, op.ns);
}

static void fill_threads(struct six_outside *outside, uint64_t at) {
  size_t i = 0;
  while (outside->busy < outside->thread_count && i < outside->waiting.count) {
    bool slow = outside->waiting.items[outside->waiting.first + i].slow;
    if (slow && outside->slow_busy >= (outside->thread_count + 1) / 2) i++;
    else run_on_thread(outside, fifo_take(&outside->waiting, i), at);
  }
}

bool six_stream_holds(struct six_stream earlier, struct six_stream later) {
  return later.number && earlier.number == later.number && earlier.rank <= later.rank;
}

void six_outside_start_in(struct six_outside *outside, struct six_stream stream, uint64_t ns, uint64_t token) {
  struct operation op = {.token = token, .ns = ns, .order = outside->next_order++, .slot = UINT32_MAX, .stream = stream};
  op.until = outside->time.now + ns;
  for (size_t i = 0; stream.number && i < outside->running_count; i++)
    if (six_stream_holds(outside->running[i].stream, stream) && outside->running[i].until > op.until) op.until = outside->running[i].until;
  heap_push(outside, op);
}

void six_outside_start(struct six_outside *outside, int lane, uint64_t ns, uint64_t token) {
  if (lane == SIX_LANE_DIRECT) {
    six_outside_start_in(outside, (struct six_stream){0, 0}, ns, token);
    return;
  }
  struct waiting op = {token, ns, outside->next_order++, lane == SIX_LANE_POOL_SLOW};
  // The threads are made when the first operation asks for one: until they are there, all that is asked waits.
  if (!outside->pool_used) outside->pool_ready = outside->time.now + outside->world->costs.pool_start;
  outside->pool_used = true;
  if (outside->events && outside->events->waits) outside->events->waits(outside->events_context, token);
  fifo_push(&outside->waiting, op);
  fill_threads(outside, outside->time.now);
}

bool six_outside_cancel(struct six_outside *outside, uint64_t token) {
  for (size_t i = 0; i < outside->waiting.count; i++)
    if (outside->waiting.items[outside->waiting.first + i].token == token) return fifo_take(&outside->waiting, i), true;
  for (size_t i = 0; i < outside->running_count; i++)
    if (outside->running[i].token == token && outside->running[i].slot == UINT32_MAX) return heap_remove(outside, i), true;
  return false;
}

static struct operation leave(struct six_outside *outside, size_t i, uint64_t at) {
  struct operation op = outside->running[i];
  heap_remove(outside, i);
  if (op.slot == UINT32_MAX) return op;
  outside->threads[op.slot] = false;
  outside->busy--;
  outside->slow_busy -= op.slow;
  if (outside->events && outside->events->done) outside->events->done(outside->events_context, op.token, op.slot, at);
  fill_threads(outside, at);
  return op;
}

bool six_outside_take(struct six_outside *outside, uint64_t *token, uint64_t *at) {
  if (outside->running_count == 0 || outside->running[0].until > outside->time.now) return false;
  *at = outside->running[0].until;
  *token = leave(outside, 0, *at).token;
  return true;
}

static bool follows_another(const struct six_outside *outside, const struct operation *op) {
  for (size_t i = 0; op->stream.number && i < outside->running_count; i++)
    if (outside->running[i].order < op->order && six_stream_holds(outside->running[i].stream, op->stream)) return true;
  return false;
}

uint32_t six_outside_running(struct six_outside *outside, struct six_outside_operation *operations, uint32_t most) {
  const struct operation *sorted[32];
  uint32_t count = 0;
  if (most > 32) most = 32;
  for (size_t i = 0; i < outside->running_count; i++) {
    if (follows_another(outside, &outside->running[i])) continue;
    uint32_t at = count < most ? count++ : most;
    if (at == most && !earlier(&outside->running[i], sorted[most - 1])) continue;
    if (at == most) at--;
    for (; at > 0 && earlier(&outside->running[i], sorted[at - 1]); at--) sorted[at] = sorted[at - 1];
    sorted[at] = &outside->running[i];
  }
  for (uint32_t i = 0; i < count; i++) {
    const struct operation *op = sorted[i];
    uint64_t begun = op->until - op->ns, least = op->ns > OPERATION_SLACK ? op->ns - OPERATION_SLACK : 0;
    operations[i] = (struct six_outside_operation){op->token, begun + least, op->until, op->until + OPERATION_SLACK};
  }
  return count;
}

void six_outside_finish(struct six_outside *outside, uint64_t token) {
  for (size_t i = 0; i < outside->running_count; i++)
    if (outside->running[i].token == token) {
      // Its thread was free as soon as the world says, where that is past.
      leave(outside, i, outside->running[i].until < outside->time.now ? outside->running[i].until : outside->time.now);
      return;
    }
}

uint64_t six_outside_next(struct six_outside *outside) { return outside->running_count ? outside->running[0].until : UINT64_MAX; }

uint32_t six_outside_under_way(const struct six_outside *outside) { return (uint32_t)(outside->running_count + outside->waiting.count); }

uint64_t six_outside_random(struct six_outside *outside) {  // splitmix64
  uint64_t z = outside->random += UINT64_C(0x9E3779B97F4A7C15);
  z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
  return z ^ z >> 31;
}
