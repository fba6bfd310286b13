// Timers (R10 to R22): FIFO lists per duration, ordered in a heap. With one queue (Node 11 on) the heap is JavaScript's
// priority queue and one libuv timer is armed for its root; without, each list is a libuv timer and the heap is libuv's.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/loop/explore.h"

static bool one_queue(const struct six_loop *loop) { return loop->rules->cell[SIX_RULE_TIMER_ONE_QUEUE]; }

static struct six_timer *timer_at(const struct six_loop *loop, uint32_t i) { return six_timer_at(&loop->timers, i); }

static struct six_timer *find(const struct six_loop *loop, struct six_timer_handle handle) {
  if (handle.index / SIX_TIMER_BLOCK >= loop->timers.block_count) return NULL;
  struct six_timer *t = timer_at(loop, handle.index);
  return (t->task.flags & SIX_FLAG_USED) && t->generation == handle.generation ? t : NULL;
}

void six_timers_init(struct six_loop *loop) {
  loop->timers.empty = loop->timers.room = SIX_NO_BLOCK;
  loop->timers.free_list = SIX_NO_LIST;
  loop->timers.armed = loop->timers.next_expiry = UINT64_MAX;
}

void six_timers_done(struct six_loop *loop) {
  struct six_timers *timers = &loop->timers;
  six_timer_slots_done(timers);
  six_timer_due_free(timers->due);
  free(timers->lists);
  free(timers->table);
  free(timers->heap);
}

static void *resize(void *items, size_t count, size_t size) {
  void *grown = realloc(items, count * size);
  if (!grown) abort();
  return grown;
}

// A timer that waits nowhere, does not run and that nobody holds is gone.
static void free_if_gone(struct six_loop *loop, uint32_t i) {
  struct six_timer *t = timer_at(loop, i);
  bool waits = t->linked || ((t->task.flags & SIX_FLAG_OWN) && t->next != SIX_NO_TIMER);
  if (waits || (t->task.flags & (SIX_FLAG_HELD | SIX_FLAG_RUNNING))) return;
  t->task.flags = 0;
  t->generation++;
  six_timer_drop_slot(&loop->timers, i);
}

// ---- The heap.
static bool before(const struct six_heap_entry *a, const struct six_heap_entry *b) {
  return a->key != b->key ? a->key < b->key : a->id < b->id;
}

static void place(struct six_loop *loop, uint32_t position, struct six_heap_entry entry) {
  loop->timers.heap[position] = entry;
  if (entry.what & SIX_OWN_TIMER) timer_at(loop, entry.what & ~SIX_OWN_TIMER)->next = position;
  else loop->timers.lists[entry.what].position = position;
}

static uint32_t sift_up(struct six_loop *loop, uint32_t i, struct six_heap_entry entry) {
  struct six_heap_entry *heap = loop->timers.heap;
  for (; i > 0 && before(&entry, &heap[(i - 1) / 2]); i = (i - 1) / 2) place(loop, i, heap[(i - 1) / 2]);
  return i;
}

static void sift_down(struct six_loop *loop, uint32_t i, struct six_heap_entry entry) {
  struct six_timers *timers = &loop->timers;
  for (;;) {
    uint32_t child = 2 * i + 1;
    if (child >= timers->heap_count) break;
    if (child + 1 < timers->heap_count && before(&timers->heap[child + 1], &timers->heap[child])) child++;
    if (!before(&timers->heap[child], &entry)) break;
    place(loop, i, timers->heap[child]);
    i = child;
  }
  place(loop, i, entry);
}

static void heap_add(struct six_loop *loop, struct six_heap_entry entry) {
  struct six_timers *timers = &loop->timers;
  if (timers->heap_count == timers->heap_capacity) {
    timers->heap_capacity = timers->heap_capacity ? timers->heap_capacity * 2 : 16;
    timers->heap = resize(timers->heap, timers->heap_capacity, sizeof *timers->heap);
  }
  uint32_t i = sift_up(loop, timers->heap_count++, entry);
  place(loop, i, entry);
}

static void heap_take(struct six_loop *loop, uint32_t position) {
  struct six_timers *timers = &loop->timers;
  struct six_heap_entry gone = timers->heap[position], last = timers->heap[--timers->heap_count];
  if (position != timers->heap_count) sift_down(loop, sift_up(loop, position, last), last);
  if (gone.what & SIX_OWN_TIMER) timer_at(loop, gone.what & ~SIX_OWN_TIMER)->next = SIX_NO_TIMER;
  else timers->lists[gone.what].position = SIX_NO_TIMER;
}

// ---- Lists.
static uint32_t hash_ms(double ms) {
  uint64_t bits;
  memcpy(&bits, &ms, sizeof bits);
  bits = (bits ^ bits >> 32) * UINT64_C(0x9E3779B97F4A7C15);  // small integers differ in their upper bits only
  return (uint32_t)(bits >> 32);
}

// A record without timers, that JavaScript has no list for: another duration may have it. Who still runs it sees the epoch.
static void retire_list(struct six_timers *timers, uint32_t i) {
  struct six_timer_list *list = &timers->lists[i];
  list->ms = NAN;
  list->epoch++;
  list->head = timers->free_list;
  timers->free_list = i;
  timers->live_lists--;
}

static bool is_retired(const struct six_timer_list *list) { return isnan(list->ms); }

static void rehash(struct six_timers *timers) {
  for (uint32_t i = 0; i < timers->list_count; i++) {
    const struct six_timer_list *list = &timers->lists[i];
    if (!is_retired(list) && !list->exists && !list->slots && list->position == SIX_NO_TIMER) retire_list(timers, i);
  }
  if (!timers->table_size) timers->table_size = 16;
  while (timers->live_lists * 4 >= timers->table_size) timers->table_size *= 2;
  free(timers->table);
  timers->table = calloc(timers->table_size, sizeof *timers->table);
  if (!timers->table) abort();
  for (uint32_t i = 0; i < timers->list_count; i++) {
    if (is_retired(&timers->lists[i])) continue;
    uint32_t slot = hash_ms(timers->lists[i].ms) & (timers->table_size - 1);
    while (timers->table[slot]) slot = (slot + 1) & (timers->table_size - 1);
    timers->table[slot] = i + 1;
  }
}

static uint32_t new_list(struct six_timers *timers, double ms) {
  uint32_t i = timers->free_list, epoch = 0;
  if (i != SIX_NO_LIST) {
    timers->free_list = timers->lists[i].head;
    epoch = timers->lists[i].epoch;
  } else {
    if (timers->list_count == timers->list_capacity) {
      timers->list_capacity = timers->list_capacity ? timers->list_capacity * 2 : 8;
      timers->lists = resize(timers->lists, timers->list_capacity, sizeof *timers->lists);
    }
    i = timers->list_count++;
  }
  timers->live_lists++;
  timers->lists[i] = (struct six_timer_list){
      .ms = ms, .epoch = epoch, .head = SIX_NO_TIMER, .tail = SIX_NO_TIMER, .position = SIX_NO_TIMER, .room = SIX_NO_BLOCK};
  return i;
}

// The list of a duration; `exists` tells whether Node has a list object.
static uint32_t list_for(struct six_timers *timers, double ms) {
  if (timers->list_count && timers->lists[timers->last_list].ms == ms) return timers->last_list;
  if (timers->live_lists * 2 >= timers->table_size) rehash(timers);
  uint32_t slot = hash_ms(ms) & (timers->table_size - 1);
  for (; timers->table[slot]; slot = (slot + 1) & (timers->table_size - 1))
    if (timers->lists[timers->table[slot] - 1].ms == ms) return timers->last_list = timers->table[slot] - 1;
  timers->last_list = new_list(timers, ms);
  timers->table[slot] = timers->last_list + 1;
  return timers->last_list;
}

// First in, first out among equal delays (R13). What is set while the timers run starts now at the earliest: their `now` is
// older, so it waits for the next time (R15).
static void list_append(struct six_loop *loop, uint32_t i) {
  struct six_timer *t = timer_at(loop, i);
  struct six_timer_list *list = &loop->timers.lists[t->list];
  if (loop->timers.due) six_timer_due_add(loop->timers.due, t->start + (uint64_t)list->ms, 1);
  t->linked = 1;
  t->next = SIX_NO_TIMER;
  t->prev = list->tail;
  if (list->tail != SIX_NO_TIMER) timer_at(loop, list->tail)->next = i;
  else list->head = i;
  list->tail = i;
}

static void list_remove(struct six_loop *loop, uint32_t i) {
  struct six_timer *t = timer_at(loop, i);
  if (!t->linked) return;
  struct six_timer_list *list = &loop->timers.lists[t->list];
  if (loop->timers.due) six_timer_due_add(loop->timers.due, t->start + (uint64_t)list->ms, -1);
  if (list->head == i) {  // the one after it is left alone: it is likely out of the cache
    list->head = t->next;
    if (t->next == SIX_NO_TIMER) list->tail = SIX_NO_TIMER;
  } else {
    timer_at(loop, t->prev)->next = t->next;
    if (t->next != SIX_NO_TIMER) timer_at(loop, t->next)->prev = t->prev;
    else list->tail = t->prev;
  }
  t->linked = 0;
  t->next = t->prev = SIX_NO_TIMER;
}

// ---- libuv timers.
static void start_handle(struct six_loop *loop, uint32_t what, uint64_t timeout) {  // uv_timer_start
  heap_add(loop, (struct six_heap_entry){loop->time + timeout, loop->timers.next_id++, what});
  if (loop->driver->start_timer) loop->driver->start_timer(loop, what, timeout);
}

static void stop_handle(struct six_loop *loop, uint32_t what, uint32_t position) {  // uv_timer_stop
  heap_take(loop, position);
  if (loop->driver->stop_timer) loop->driver->stop_timer(loop, what);
}

// The single timer of Node 11 on: uv_timer_start.
static void arm_one(struct six_loop *loop, uint64_t timeout) {
  loop->timers.armed = loop->time + timeout;
  if (loop->driver->start_timer) loop->driver->start_timer(loop, SIX_ONE_TIMER, timeout);
}

static void start_list(struct six_loop *loop, uint32_t list, uint64_t timeout) {
  if (loop->timers.lists[list].position != SIX_NO_TIMER) heap_take(loop, loop->timers.lists[list].position);
  else loop->timers.refs++;
  start_handle(loop, list, timeout);
}

static void stop_list(struct six_loop *loop, uint32_t list) {
  if (loop->timers.lists[list].position == SIX_NO_TIMER) return;
  stop_handle(loop, list, loop->timers.lists[list].position);
  loop->timers.refs--;
}

static void start_own(struct six_loop *loop, uint32_t i, uint64_t timeout) {
  struct six_timer *t = timer_at(loop, i);
  if (t->next != SIX_NO_TIMER) heap_take(loop, t->next);
  else if (t->task.flags & SIX_FLAG_REF) loop->timers.refs++;
  start_handle(loop, SIX_OWN_TIMER | i, timeout);
}

static void stop_own(struct six_loop *loop, uint32_t i) {
  struct six_timer *t = timer_at(loop, i);
  if (t->next == SIX_NO_TIMER) return;
  stop_handle(loop, SIX_OWN_TIMER | i, t->next);
  if (t->task.flags & SIX_FLAG_REF) loop->timers.refs--;
}

static void close_handle(struct six_loop *loop) { six_loop_close(loop, &(struct six_task){0}); }

// ---- Inserting (Node's `insert`).
static void arm(struct six_loop *loop, const struct six_timer *t, uint16_t rule) {
  if (!loop->trace) return;
  six_trace_arm(loop->trace, t->task.id, rule, (uint32_t)loop->timers.lists[t->list].ms, t->start, six_loop_trace_time(loop));
}

static void insert(struct six_loop *loop, uint32_t i, uint64_t start) {
  struct six_timer *t = timer_at(loop, i);
  struct six_timers *timers = &loop->timers;
  list_remove(loop, i);
  t->start = (uint32_t)start;
  struct six_timer_list *list = &timers->lists[t->list];
  if (!list->exists) {
    list->exists = true;
    list->postponed = false;
    if (one_queue(loop)) {
      uint64_t ms = (uint64_t)list->ms;
      list->expiry = start + ms;
      list->id = timers->next_id++;
      heap_add(loop, (struct six_heap_entry){list->expiry, list->id, t->list});
      if (timers->next_expiry > list->expiry) {
        arm_one(loop, ms);
        timers->next_expiry = list->expiry;
      }
    } else {
      start_list(loop, t->list, (uint64_t)list->ms);
    }
  }
  list_append(loop, i);
}

static void delete_list(struct six_loop *loop, uint32_t list) {
  struct six_timer_list *l = &loop->timers.lists[list];
  l->exists = false;
  l->epoch++;
  if (!one_queue(loop)) {
    stop_list(loop, list);
    close_handle(loop);
  } else if (l->position != SIX_NO_TIMER) {
    heap_take(loop, l->position);
  }
}

struct six_timer_handle six_loop_timer(struct six_loop *loop, const struct six_task *task, double delay, uint32_t flags) {
  uint32_t list = list_for(&loop->timers, loop->rules->cell[SIX_RULE_TIMER_TRUNCATES] ? trunc(delay) : delay);
  uint32_t i = six_timer_slot(&loop->timers, list);
  struct six_timer *t = timer_at(loop, i);
  six_task_put(&t->task, task);
  t->task.flags = SIX_FLAG_USED | SIX_FLAG_LIVE | SIX_FLAG_ENROLLED | (flags & SIX_TIMER_REPEATS ? SIX_FLAG_REPEATS : 0u) |
                  (flags & SIX_TIMER_UNREF ? 0u : SIX_FLAG_REF) | (flags & SIX_TIMER_HELD ? SIX_FLAG_HELD : 0u);
  t->next = t->prev = SIX_NO_TIMER;
  t->linked = 0;
  t->list = list;
  struct six_timer_handle handle = {i, t->generation};
  six_choose_start(loop, loop->timers.lists[t->list].ms);
  uint64_t now = six_loop_update_time(loop);  // R8
  if (one_queue(loop)) {
    insert(loop, i, now);
    if (t->task.flags & SIX_FLAG_REF) loop->timers.refs++;
  } else if (t->task.flags & SIX_FLAG_REF) {
    insert(loop, i, now);
  } else {
    t->start = (uint32_t)now;
    t->task.flags |= SIX_FLAG_OWN;
    start_own(loop, i, (uint64_t)loop->timers.lists[t->list].ms);
  }
  arm(loop, t, 13);
  return handle;
}

// ---- Clearing, ref, refresh.
static void unenroll(struct six_loop *loop, uint32_t i) {
  struct six_timer *t = timer_at(loop, i);
  if (one_queue(loop)) {
    if (t->task.flags & SIX_FLAG_DESTROYED) return;
    t->task.flags |= SIX_FLAG_DESTROYED;
    if (t->task.flags & SIX_FLAG_REF) loop->timers.refs--;
  }
  list_remove(loop, i);
  struct six_timer_list *list = &loop->timers.lists[t->list];
  bool ref = !one_queue(loop) || (t->task.flags & SIX_FLAG_REF);
  if (ref && list->exists && list->head == SIX_NO_TIMER) delete_list(loop, t->list);
  t->task.flags &= ~(uint32_t)SIX_FLAG_ENROLLED;
}

bool six_loop_clear_timer(struct six_loop *loop, struct six_timer_handle handle) {
  struct six_timer *t = find(loop, handle);
  if (!t || !(t->task.flags & SIX_FLAG_LIVE)) return false;
  bool waits = six_loop_timer_waits(loop, handle);
  t->task.flags &= ~(uint32_t)SIX_FLAG_LIVE;
  if (t->task.flags & SIX_FLAG_OWN) {
    stop_own(loop, handle.index);
    close_handle(loop);
    t->task.flags &= ~(uint32_t)SIX_FLAG_ENROLLED;
  } else {
    unenroll(loop, handle.index);
  }
  if (loop->trace && (waits || (t->task.flags & SIX_FLAG_REPEATS))) {
    six_loop_stamp(loop);
    six_trace_add(loop->trace, SIX_EV_CANCEL, 18, 0, t->task.id, 0, 0);
  }
  free_if_gone(loop, handle.index);
  return waits;
}

bool six_loop_refresh_timer(struct six_loop *loop, struct six_timer_handle handle) {  // R20
  struct six_timer *t = find(loop, handle);
  if (!t || !(t->task.flags & SIX_FLAG_ENROLLED)) return false;
  uint64_t now = six_loop_update_time(loop);
  if (t->task.flags & SIX_FLAG_OWN) {
    start_own(loop, handle.index, (uint64_t)loop->timers.lists[t->list].ms);
    t->start = (uint32_t)now;
  } else {
    insert(loop, handle.index, now);
    if (one_queue(loop) && (t->task.flags & (SIX_FLAG_DESTROYED | SIX_FLAG_REF)) == (SIX_FLAG_DESTROYED | SIX_FLAG_REF))
      loop->timers.refs++;
    t->task.flags &= ~(uint32_t)SIX_FLAG_DESTROYED;
  }
  arm(loop, t, 20);
  return true;
}

// Timeout.prototype.unref of Node 8 and 10: the timer leaves its list for good and gets a libuv timer of its own.
static void move_to_own(struct six_loop *loop, uint32_t i) {
  struct six_timer *t = timer_at(loop, i);
  if (!(t->task.flags & SIX_FLAG_LIVE)) return;
  uint64_t now = six_loop_update_time(loop), due = t->start + (uint64_t)loop->timers.lists[t->list].ms;
  if ((t->task.flags & SIX_FLAG_CALLED) && !(t->task.flags & SIX_FLAG_REPEATS)) {
    unenroll(loop, i);
    return;
  }
  list_remove(loop, i);
  struct six_timer_list *list = &loop->timers.lists[t->list];
  if (list->exists && list->head == SIX_NO_TIMER) {  // its libuv timer is reused
    list->exists = false;
    list->epoch++;
    stop_list(loop, t->list);
  }
  t->task.flags = (t->task.flags | SIX_FLAG_OWN) & ~(uint32_t)SIX_FLAG_REF;
  start_own(loop, i, due > now ? due - now : 0);
}

void six_loop_ref_timer(struct six_loop *loop, struct six_timer_handle handle, bool ref) {
  struct six_timer *t = find(loop, handle);
  if (!t || ref == !!(t->task.flags & SIX_FLAG_REF)) return;
  if (!one_queue(loop)) {
    if (t->task.flags & SIX_FLAG_OWN) {
      if (t->next != SIX_NO_TIMER) loop->timers.refs += ref ? 1 : -1;
      t->task.flags ^= SIX_FLAG_REF;
    } else if (!ref) {
      move_to_own(loop, handle.index);
    }
  } else {
    t->task.flags ^= SIX_FLAG_REF;
    if (!(t->task.flags & SIX_FLAG_DESTROYED)) loop->timers.refs += ref ? 1 : -1;
  }
  if (!loop->trace) return;
  six_loop_stamp(loop);
  six_trace_add(loop->trace, SIX_EV_REF, 21, 0, t->task.id, ref, 0);
}

void six_loop_release_timer(struct six_loop *loop, struct six_timer_handle handle) {
  struct six_timer *t = find(loop, handle);
  if (!t) return;
  t->task.flags &= ~(uint32_t)SIX_FLAG_HELD;
  free_if_gone(loop, handle.index);
}

bool six_loop_forget_timer(struct six_loop *loop, struct six_timer_handle handle, bool *ref, uint64_t *start) {
  struct six_timer *t = find(loop, handle);
  if (!t || t->task.b || !one_queue(loop)) return false;
  *ref = t->task.flags & SIX_FLAG_REF;
  *start = t->start;
  t->task.flags &= ~(uint32_t)SIX_FLAG_HELD;
  free_if_gone(loop, handle.index);
  return true;
}

void six_loop_hold_timer(struct six_loop *loop, struct six_timer_handle handle) {
  struct six_timer *t = find(loop, handle);
  if (t) t->task.flags |= SIX_FLAG_HELD;
}

struct six_timer_handle six_loop_running_timer(const struct six_loop *loop) {
  uint32_t index = loop->unwind->index;
  return (struct six_timer_handle){index, timer_at(loop, index)->generation};
}

bool six_loop_timer_has_ref(const struct six_loop *loop, struct six_timer_handle handle) {
  struct six_timer *t = find(loop, handle);
  return t && (t->task.flags & SIX_FLAG_REF);
}

bool six_loop_timer_destroyed(const struct six_loop *loop, struct six_timer_handle handle) {
  struct six_timer *t = find(loop, handle);
  return !t || (t->task.flags & SIX_FLAG_DESTROYED);
}

void six_loop_stop_repeating(struct six_loop *loop, struct six_timer_handle handle) {
  struct six_timer *t = find(loop, handle);
  if (t) t->task.flags &= ~(uint32_t)SIX_FLAG_REPEATS;
}

bool six_loop_timer_repeats(const struct six_loop *loop, struct six_timer_handle handle) {
  struct six_timer *t = find(loop, handle);
  return t && (t->task.flags & SIX_FLAG_REPEATS);
}

bool six_loop_timer_waits(const struct six_loop *loop, struct six_timer_handle handle) {
  struct six_timer *t = find(loop, handle);
  return t && (t->task.flags & SIX_FLAG_OWN ? t->next != SIX_NO_TIMER : t->linked);
}

static bool hand_out(const struct six_loop *loop, uint32_t i, struct six_timer_handle *out) {
  if (i == SIX_NO_TIMER) return false;
  *out = (struct six_timer_handle){i, timer_at(loop, i)->generation};
  return true;
}

bool six_loop_timer_neighbour(const struct six_loop *loop, struct six_timer_handle handle, bool newer, struct six_timer_handle *out) {
  const struct six_timer *t = find(loop, handle);
  if (!t || !t->linked) return false;
  if (newer) return hand_out(loop, t->next, out);
  return loop->timers.lists[t->list].head != handle.index && hand_out(loop, t->prev, out);
}

bool six_loop_timer_end(const struct six_loop *loop, struct six_timer_handle handle, bool newest, struct six_timer_handle *out) {
  const struct six_timer *t = find(loop, handle);
  if (!t) return false;
  const struct six_timer_list *list = &loop->timers.lists[t->list];
  return hand_out(loop, newest ? list->tail : list->head, out);
}

struct six_task *six_loop_timer_task(struct six_loop *loop, struct six_timer_handle handle) {
  struct six_timer *t = find(loop, handle);
  return t ? &t->task : NULL;
}

uint64_t six_loop_timer_start(const struct six_loop *loop, struct six_timer_handle handle) {
  struct six_timer *t = find(loop, handle);
  return t ? t->start : 0;
}

double six_loop_timer_delay(const struct six_loop *loop, struct six_timer_handle handle) {
  struct six_timer *t = find(loop, handle);
  return t && (t->task.flags & SIX_FLAG_ENROLLED) ? loop->timers.lists[t->list].ms : -1;
}

// ---- Running a timer's callback. `now`: the run's time.
static bool goes_on(const struct six_timer *t) {
  return (t->task.flags & (SIX_FLAG_REPEATS | SIX_FLAG_ENROLLED)) == (SIX_FLAG_REPEATS | SIX_FLAG_ENROLLED);
}

static void rearm(struct six_loop *loop, uint32_t i, uint64_t start) {
  struct six_timer *t = timer_at(loop, i);
  uint64_t period = (uint64_t)loop->timers.lists[t->list].ms;
  if (one_queue(loop)) {
    insert(loop, i, start);
  } else if (t->task.flags & SIX_FLAG_OWN) {
    start_own(loop, i, period);
  } else if (!loop->rules->cell[SIX_RULE_INTERVAL_FROM_START]) {  // R17
    six_choose_refresh(loop, 0);
    insert(loop, i, six_loop_update_time(loop));
  } else {
    six_choose_refresh(loop, 0);
    uint64_t duration = six_loop_update_time(loop) - start;
    insert(loop, i, duration >= period ? start + duration - period + 1 : start);
  }
  arm(loop, t, 17);
}

static void postpone_rest(struct six_loop *loop, uint32_t list, uint32_t epoch);

static void finish_timer(struct six_loop *loop, const struct six_unwind *unwind, bool threw) {
  struct six_timer *t = timer_at(loop, unwind->index);
  if (goes_on(t) && (!threw || loop->rules->cell[SIX_RULE_INTERVAL_SURVIVES_THROW])) {
    rearm(loop, unwind->index, unwind->start);
  } else if (!t->linked && one_queue(loop) && !(t->task.flags & SIX_FLAG_DESTROYED)) {
    if (t->task.flags & SIX_FLAG_REF) loop->timers.refs--;
    t->task.flags |= SIX_FLAG_DESTROYED;
  }
  if (threw && unwind->list != SIX_NO_LIST && !loop->rules->cell[SIX_RULE_TIMER_THROW]) postpone_rest(loop, unwind->list, unwind->epoch);
}

static void unwind_timer(struct six_loop *loop, struct six_unwind *unwind) { finish_timer(loop, unwind, true); }

// list: the one being run, or SIX_NO_LIST.
static enum six_outcome run_timer(struct six_loop *loop, uint32_t i, uint32_t list, uint32_t epoch) {
  struct six_timer *t = timer_at(loop, i);
  struct six_running running = {.task = t->task};
  t->task.flags |= SIX_FLAG_RUNNING | SIX_FLAG_CALLED;
  struct six_unwind unwind = {.run = unwind_timer, .index = i, .list = list, .epoch = epoch}, *outer = loop->unwind;
  if (running.task.flags & SIX_FLAG_REPEATS) unwind.start = six_loop_update_time(loop);
  loop->unwind = &unwind;
  enum six_outcome outcome = six_loop_begin(loop, &running, 12);
  loop->unwind = outer;
  t->task.flags &= ~(uint32_t)SIX_FLAG_RUNNING;
  if (outcome == SIX_ENDED) return outcome;
  if (!unwind.done) finish_timer(loop, &unwind, outcome == SIX_THREW);
  free_if_gone(loop, i);
  return outcome;
}

// ---- Node 11 on: processTimers and listOnTimeout.
static void resort(struct six_loop *loop, uint32_t list, uint64_t expiry) {
  struct six_timer_list *l = &loop->timers.lists[list];
  heap_take(loop, l->position);
  l->expiry = expiry;
  l->id = loop->timers.next_id++;
  heap_add(loop, (struct six_heap_entry){expiry, l->id, list});
}

static bool is_same(const struct six_loop *loop, uint32_t list, uint32_t epoch) {
  return loop->timers.lists[list].exists && loop->timers.lists[list].epoch == epoch;
}

// R16, between the timers of a list.
static enum six_outcome drain_between(struct six_loop *loop, bool ran) {
  return ran && loop->rules->cell[SIX_RULE_DRAIN_BETWEEN] ? six_loop_drain_between(loop, SIX_PHASE_TIMERS) : SIX_DONE;
}

static enum six_outcome list_on_timeout(struct six_loop *loop, uint32_t list, uint32_t epoch, uint64_t now) {
  bool ran = false;
  while (is_same(loop, list, epoch) && loop->timers.lists[list].head != SIX_NO_TIMER) {
    uint32_t i = loop->timers.lists[list].head;
    struct six_timer *t = timer_at(loop, i);
    uint64_t due = t->start + (uint64_t)loop->timers.lists[list].ms;
    if (now < due) {
      resort(loop, list, due > now + 1 ? due : now + 1);
      return SIX_DONE;
    }
    uint32_t generation = t->generation;
    enum six_outcome drained = drain_between(loop, ran);
    if (drained != SIX_DONE) return drained;
    ran = true;
    if (t->generation != generation) continue;
    list_remove(loop, i);
    __builtin_prefetch(t + 3, 1);            // likely one of the next
    if (!(t->task.flags & SIX_FLAG_LIVE)) {  // cleared by the drain (R18)
      free_if_gone(loop, i);
      continue;
    }
    enum six_outcome outcome = run_timer(loop, i, list, epoch);
    if (outcome != SIX_DONE) return outcome;
  }
  if (is_same(loop, list, epoch)) delete_list(loop, list);
  return SIX_DONE;
}

static enum six_outcome process_timers(struct six_loop *loop, uint64_t now) {
  struct six_timers *timers = &loop->timers;
  bool ran = false;
  timers->next_expiry = UINT64_MAX;
  while (timers->heap_count > 0) {
    struct six_heap_entry first = timers->heap[0];
    uint32_t epoch = timers->lists[first.what].epoch;
    if (first.key > now) {
      timers->next_expiry = first.key;
      break;
    }
    enum six_outcome outcome = ran ? six_loop_drain_between(loop, SIX_PHASE_TIMERS) : SIX_DONE;
    ran = true;
    if (outcome == SIX_DONE) outcome = list_on_timeout(loop, first.what, epoch, now);
    if (outcome != SIX_DONE) return outcome;
  }
  return SIX_DONE;
}

static void run_one_queue(struct six_loop *loop) {  // Environment::RunTimers
  struct six_timers *timers = &loop->timers;
  timers->armed = UINT64_MAX;
  six_loop_enter_scope(loop);
  uint64_t now = six_loop_update_time(loop);
  while (process_timers(loop, now) == SIX_THREW) continue;  // R22
  if (timers->next_expiry != UINT64_MAX) arm_one(loop, timers->next_expiry > loop->time ? timers->next_expiry - loop->time : 1);
  six_loop_leave_scope(loop, false);
}

// ---- Node 8 and 10: a libuv timer per list.
static enum six_outcome list_on_timeout_10(struct six_loop *loop, uint32_t list, uint32_t epoch);

static enum six_outcome list_from_tick(void *context, const struct six_task *task) {  // listOnTimeoutNT
  (void)context;
  return list_on_timeout_10((struct six_loop *)(uintptr_t)task->a, (uint32_t)task->b, (uint32_t)task->c);
}

static void list_to_tick(struct six_loop *loop, uint32_t list, uint32_t epoch) {
  uint32_t id = loop->trace ? six_trace_enqueue(loop->trace, SIX_TASK_TICK, 22, 0, 0) : 0;
  six_loop_tick(loop, &(struct six_task){.run = list_from_tick, .a = (uintptr_t)loop, .b = list, .c = epoch, .id = id});
}

// Node 8: the rest of the list goes on from a tick, and later lists after it (R22).
static void postpone_rest(struct six_loop *loop, uint32_t list, uint32_t epoch) {
  struct six_timers *timers = &loop->timers;
  if (!is_same(loop, list, epoch)) return;
  if (timers->lists[list].head == SIX_NO_TIMER) {
    delete_list(loop, list);
    return;
  }
  for (uint32_t i = 0; i < timers->list_count; i++)
    if (timers->lists[i].exists && timers->lists[i].ms > timers->lists[list].ms) timers->lists[i].postponed = true;
  list_to_tick(loop, list, epoch);
}

static enum six_outcome list_on_timeout_10(struct six_loop *loop, uint32_t list, uint32_t epoch) {
  struct six_timers *timers = &loop->timers;
  if (is_same(loop, list, epoch) && timers->lists[list].postponed) {
    timers->lists[list].postponed = false;
    list_to_tick(loop, list, epoch);
    return SIX_DONE;
  }
  six_choose_refresh(loop, 0);
  uint64_t now = six_loop_update_time(loop);
  bool ran = false;
  while (is_same(loop, list, epoch) && timers->lists[list].head != SIX_NO_TIMER) {
    uint32_t i = timers->lists[list].head;
    struct six_timer *t = timer_at(loop, i);
    uint64_t ms = (uint64_t)ceil(timers->lists[list].ms);
    if (now < t->start + ms) {
      // A timer of this list that was set in this run (R15): in 8 it may be due by now, and the list runs again in this phase.
      bool at_once = loop->rules->cell[SIX_RULE_TIMER_RESTARTS_AT_ONCE];
      if (at_once) six_choose_refresh(loop, t->start + ms);
      double remaining = timers->lists[list].ms - ((double)six_loop_update_time(loop) - t->start);
      start_list(loop, list, remaining < 0 || (remaining == 0 && !at_once) ? 1 : (uint64_t)remaining);
      return SIX_DONE;
    }
    uint32_t generation = t->generation;
    enum six_outcome drained = drain_between(loop, ran);
    if (drained != SIX_DONE) return drained;
    ran = true;
    if (t->generation != generation) continue;
    list_remove(loop, i);
    if (!(t->task.flags & SIX_FLAG_LIVE)) {
      free_if_gone(loop, i);
      continue;
    }
    enum six_outcome outcome = run_timer(loop, i, list, epoch);
    if (outcome != SIX_DONE) return outcome;
  }
  if (is_same(loop, list, epoch)) delete_list(loop, list);
  return SIX_DONE;
}

static enum six_outcome own_on_timeout(struct six_loop *loop, uint32_t i) {  // unrefdHandle
  struct six_timer *t = timer_at(loop, i);
  uint32_t generation = t->generation;
  enum six_outcome outcome = run_timer(loop, i, SIX_NO_LIST, 0);
  bool there = t->generation == generation && (t->task.flags & SIX_FLAG_USED);
  if (!there || !(t->task.flags & SIX_FLAG_REPEATS)) close_handle(loop);
  return outcome;
}

static void run_handle(struct six_loop *loop, uint32_t what) {
  bool again = loop->rules->cell[SIX_RULE_TIMER_THROW] && !(what & SIX_OWN_TIMER);
  uint32_t epoch = what & SIX_OWN_TIMER ? 0 : loop->timers.lists[what].epoch;
  enum six_outcome outcome;
  loop->work += loop->cost_callback;  // 8, 10: a fraction left starts it anew with 0 ms, again and again until a ms has passed
  do {
    six_loop_enter_scope(loop);
    outcome = what & SIX_OWN_TIMER ? own_on_timeout(loop, what & ~SIX_OWN_TIMER) : list_on_timeout_10(loop, what, epoch);
    outcome = six_loop_close_scope(loop, outcome);
  } while (outcome == SIX_THREW && again && !loop->ended);  // TimerWrap::OnTimeout: also after a tick that threw (R95)
}

void six_timers_fire(struct six_loop *loop, uint32_t handle) {
  if (handle == SIX_ONE_TIMER) {
    run_one_queue(loop);
    return;
  }
  if (handle & SIX_OWN_TIMER) stop_own(loop, handle & ~SIX_OWN_TIMER);
  else stop_list(loop, handle);
  run_handle(loop, handle);
}

static void run_libuv_timers(struct six_loop *loop) {  // uv__run_timers
  struct six_timers *timers = &loop->timers;
  timers->runs_handles = true;
  while (!loop->ended && timers->heap_count > 0 && timers->heap[0].key <= loop->time) six_timers_fire(loop, timers->heap[0].what);
  timers->runs_handles = false;
}

void six_timers_run(struct six_loop *loop) {
  if (one_queue(loop)) run_one_queue(loop);
  else run_libuv_timers(loop);
}

// ---- Looking.
uint64_t six_timers_next(const struct six_loop *loop) {
  const struct six_timers *timers = &loop->timers;
  if (one_queue(loop)) return timers->armed;
  return timers->heap_count ? timers->heap[0].key : UINT64_MAX;
}

bool six_timers_alive(const struct six_loop *loop) { return loop->timers.refs > 0; }

bool six_timers_own_has_ref(const struct six_loop *loop, uint32_t timer) { return timer_at(loop, timer)->task.flags & SIX_FLAG_REF; }

uint64_t six_timers_crossing(const struct six_loop *loop) {
  uint64_t latest = UINT64_MAX;
  for (uint32_t i = 0; i < loop->timers.list_count; i++) {
    const struct six_timer_list *list = &loop->timers.lists[i];
    if (list->ms >= 2 || list->tail == SIX_NO_TIMER) continue;
    uint64_t due = timer_at(loop, list->tail)->start + UINT64_C(1);
    if (latest == UINT64_MAX || due > latest) latest = due;
  }
  return latest;
}

// Puts a time into a short ascending list without doubles.
static uint32_t add_due(uint64_t *due, uint32_t count, uint32_t most, uint64_t ms) {
  uint32_t i = 0;
  while (i < count && due[i] < ms) i++;
  if (i < count && due[i] == ms) return count;
  if (count == most && i == count) return count;
  for (uint32_t j = count < most ? count : most - 1; j > i; j--) due[j] = due[j - 1];
  due[i] = ms;
  return count < most ? count + 1 : count;
}

static uint64_t due_in(const struct six_loop *loop, const struct six_timer_list *list, uint64_t least, uint32_t i) {
  uint64_t at = timer_at(loop, i)->start + (uint64_t)list->ms;
  return at < least ? least : at;
}

// The first timer of a list that is due after `from`. A list is in order of time, and may be long
// before and after it: the search goes from both ends at once.
static uint32_t first_due_after(const struct six_loop *loop, const struct six_timer_list *list, uint64_t least, uint64_t from) {
  uint32_t front = list->head, back = list->tail;
  if (back == SIX_NO_TIMER || due_in(loop, list, least, back) <= from) return SIX_NO_TIMER;
  while (due_in(loop, list, least, front) <= from) {
    if (due_in(loop, list, least, timer_at(loop, back)->prev) <= from) return back;  // front is before it
    back = timer_at(loop, back)->prev;
    front = timer_at(loop, front)->next;
  }
  return front;
}

uint32_t six_timers_due_between(const struct six_loop *loop, uint64_t from, uint64_t to, uint64_t *due, uint32_t most) {
  const struct six_timers *timers = &loop->timers;
  uint32_t count = 0;
  for (uint32_t h = 0; h < timers->heap_count; h++) {
    const struct six_heap_entry *entry = &timers->heap[h];
    if (entry->key > to) continue;
    if (entry->what & SIX_OWN_TIMER) {
      if (entry->key > from) count = add_due(due, count, most, entry->key);
      continue;
    }
    const struct six_timer_list *list = &timers->lists[entry->what];
    uint64_t end = 0;
    for (uint32_t i = first_due_after(loop, list, entry->key, from); i != SIX_NO_TIMER; i = timer_at(loop, i)->next) {
      uint64_t at = due_in(loop, list, entry->key, i);
      if (at > to) break;
      if (at != end) count = add_due(due, count, most, at);
      end = at;
      if (most == 1) return count;
      if (at == due_in(loop, list, entry->key, list->tail)) break;  // so are all that follow
    }
  }
  return count;
}

bool six_timers_any_due_at(struct six_loop *loop, uint64_t ms) {
  uint64_t due;
  if (!one_queue(loop)) return six_timers_due_between(loop, ms - 1, ms, &due, 1) > 0;
  if (!loop->timers.due) {
    loop->timers.due = six_timer_due_new();
    for (uint32_t i = 0; (i = six_timer_next_slot(&loop->timers, i)) != SIX_NO_TIMER; i++) {
      const struct six_timer *t = timer_at(loop, i);
      if (t->linked) six_timer_due_add(loop->timers.due, t->start + (uint64_t)loop->timers.lists[t->list].ms, 1);
    }
  }
  return six_timer_due_find(loop->timers.due, ms)->count > 0;
}

uint32_t six_timers_due_by(const struct six_loop *loop, uint64_t ms) {
  enum { MOST = 64 };
  const struct six_timers *timers = &loop->timers;
  uint32_t count = 0;
  for (uint32_t h = 0; h < timers->heap_count; h++) {
    const struct six_heap_entry *entry = &timers->heap[h];
    if (entry->key > ms) continue;
    if (entry->what & SIX_OWN_TIMER) {
      count++;
      continue;
    }
    const struct six_timer_list *list = &timers->lists[entry->what];
    for (uint32_t i = list->head; i != SIX_NO_TIMER && count < MOST; i = timer_at(loop, i)->next) {
      if (timer_at(loop, i)->start + (uint64_t)list->ms > ms) break;
      count++;
    }
  }
  return count;
}

void six_timers_each(struct six_loop *loop, six_task_visit *visit, void *context) {
  for (uint32_t i = 0; (i = six_timer_next_slot(&loop->timers, i)) != SIX_NO_TIMER; i++) {
    struct six_timer *t = timer_at(loop, i);
    bool waits = t->linked || ((t->task.flags & SIX_FLAG_OWN) && t->next != SIX_NO_TIMER);
    if ((t->task.flags & SIX_FLAG_USED) && waits) visit(context, SIX_QUEUE_TIMERS, &t->task);
  }
}
