// How many timers are due at each millisecond, for the choice point of setTimeout: a table that is made when first asked
// for and kept up from then on. Only where JavaScript sorts the lists (Node 11 on): there a timer is due when its list is.
#include <stdlib.h>

#include "sim/loop/private.h"

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
    if (old.entries[i].count) *six_timer_due_find(due, old.entries[i].ms) = old.entries[i];
  free(old.entries);
}

void six_timer_due_add(struct six_timer_due *due, uint64_t ms, int change) {
  struct six_due_entry *entry = six_timer_due_find(due, ms);
  if (entry->ms == UINT64_MAX) {
    entry->ms = ms;
    due->used++;
  }
  entry->count += (uint32_t)change;
  if (due->used * 2 > due->size) resize(due);
}

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
