// How many timers are due at each millisecond, for the choice point of setTimeout: a table that is made when first asked
// for and kept up from then on. Only where JavaScript sorts the lists (Node 11 on): there a timer is due when its list is.
#include <stdlib.h>

#include "sim/loop/private.h"

struct entry {
  uint64_t ms;     // UINT64_MAX: nothing here
  uint32_t count;  // 0: nothing any more
};

struct six_timer_due {
  struct entry *entries;  // open addressing
  uint32_t size, used;
};

static struct entry *find(const struct six_timer_due *due, uint64_t ms) {
  uint32_t at = (uint32_t)(ms * UINT64_C(0x9E3779B97F4A7C15) >> 32) & (due->size - 1);
  while (due->entries[at].ms != ms && due->entries[at].ms != UINT64_MAX) at = (at + 1) & (due->size - 1);
  return &due->entries[at];
}

static void resize(struct six_timer_due *due) {
  struct six_timer_due old = *due;
  uint32_t live = 0;
  for (uint32_t i = 0; i < old.size; i++) live += old.entries[i].count > 0;
  due->size = 64;
  while (due->size < 4 * live) due->size *= 2;
  due->used = live;
  due->entries = malloc(due->size * sizeof *due->entries);
  if (!due->entries) abort();
  for (uint32_t i = 0; i < due->size; i++) due->entries[i].ms = UINT64_MAX, due->entries[i].count = 0;
  for (uint32_t i = 0; i < old.size; i++)
    if (old.entries[i].count) *find(due, old.entries[i].ms) = old.entries[i];
  free(old.entries);
}

void six_timer_due_add(struct six_timer_due *due, uint64_t ms, int change) {
  struct entry *entry = find(due, ms);
  if (entry->ms == UINT64_MAX) {
    entry->ms = ms;
    due->used++;
  }
  entry->count += (uint32_t)change;
  if (due->used * 2 > due->size) resize(due);
}

uint32_t six_timer_due_at(const struct six_timer_due *due, uint64_t ms) { return find(due, ms)->count; }

struct six_timer_due *six_timer_due_new(void) {
  struct six_timer_due *due = calloc(1, sizeof *due);
  if (!due) abort();
  resize(due);
  return due;
}

void six_timer_due_free(struct six_timer_due *due) {
  if (due) free(due->entries);
  free(due);
}
