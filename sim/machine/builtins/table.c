#include "sim/machine/builtins/table.h"

#include "sim/machine/bigint.h"

// Numbers that are the same key have the same bits afterwards.
six_value six_table_key(six_value key) {
  if (!six_is_double(key)) return key;
  double d = six_as_double(key);
  return d == 0 ? six_int(0) : six_number(d);
}

static uint32_t mix(uint64_t bits) {
  bits ^= bits >> 33;
  bits *= 0xFF51AFD7ED558CCDu;
  bits ^= bits >> 33;
  bits *= 0xC4CEB9FE1A85EC53u;
  return (uint32_t)(bits ^ (bits >> 33));
}

static uint32_t hash_of(struct six_machine *m, six_value key) {
  if (six_is_int(key)) {  // neighbours stay neighbours: maps are mostly filled and read in order
    uint32_t i = (uint32_t)six_as_int(key);
    return i ^ i >> 10 ^ i >> 20;
  }
  if (six_is_string(key)) return six_string_hash(m, six_as_string(key));
  if (six_is_bigint(key)) return mix(six_bigint_to_uint64(key));
  return mix(key);
}

static bool same_key(struct six_machine *m, six_value a, six_value b) {
  if (a == b) return true;
  if (six_is_string(a) && six_is_string(b)) return six_string_equal(m, six_as_string(a), six_as_string(b));
  return six_is_bigint(a) && six_is_bigint(b) && six_same_value_zero(m, a, b);
}

static struct six_entry *find(struct six_machine *m, const struct six_table *t, six_value key, uint32_t hash) {
  for (uint32_t at = t->buckets[hash & (t->capacity - 1)]; at; at = t->entries[at - 1].next) {
    if (same_key(m, t->entries[at - 1].key, key)) return &t->entries[at - 1];
  }
  return NULL;
}

struct six_entry *six_table_find(struct six_machine *m, const struct six_table *t, six_value key) {
  if (t->live == 0) return NULL;
  key = six_table_key(key);
  return find(m, t, key, hash_of(m, key));
}

static void link(struct six_table *t, uint32_t index, uint32_t hash) {
  uint32_t *bucket = &t->buckets[hash & (t->capacity - 1)];
  t->entries[index].next = *bucket;
  *bucket = index + 1;
}

static size_t entries_size(uint32_t capacity) { return capacity * sizeof(struct six_entry); }

static size_t buckets_size(uint32_t capacity) { return capacity * sizeof(uint32_t); }

// Makes room for one entry more: drops the deleted ones, or doubles.
static void rebuild(struct six_machine *m, struct six_table *t) {
  struct six_table old = *t;
  t->capacity = old.capacity == 0 ? 4 : old.live > old.capacity / 2 ? old.capacity * 2 : old.capacity;
  t->entries = six_malloc(m, entries_size(t->capacity));
  t->buckets = six_malloc(m, buckets_size(t->capacity));
  memset(t->buckets, 0, buckets_size(t->capacity));
  t->used = t->first = 0;
  t->moves++;
  for (uint32_t i = 0; i < old.used; i++) {
    if (old.entries[i].key == SIX_EMPTY) continue;
    t->entries[t->used] = old.entries[i];
    link(t, t->used, hash_of(m, t->entries[t->used].key));
    t->used++;
  }
  if (!old.capacity) return;
  six_free(m, old.entries, entries_size(old.capacity));
  six_free(m, old.buckets, buckets_size(old.capacity));
}

void six_table_set(struct six_machine *m, struct six_table *t, six_value key, six_value value) {
  key = six_table_key(key);
  uint32_t hash = hash_of(m, key);
  struct six_entry *found = t->live ? find(m, t, key, hash) : NULL;
  if (found) {
    found->value = value;
    return;
  }
  if (m->stop == SIX_STOP_MEMORY && entries_size(t->capacity) > SIX_SMALL_ANYWAY) return;
  if (t->used == t->capacity) {
    if (t->capacity > 1 << 16 && !six_memory_suffices(m, entries_size(t->capacity) * 2)) return;
    rebuild(m, t);
  }
  t->entries[t->used] = (struct six_entry){.key = key, .value = value, .born = t->births++};
  link(t, t->used++, hash);
  t->live++;
}

// Only marks the entry as deleted: rebuild drops it.
void six_table_drop(struct six_table *t, uint32_t index) {
  t->entries[index].key = SIX_EMPTY;
  t->entries[index].value = SIX_UNDEFINED;
  t->live--;
  while (t->first < t->used && t->entries[t->first].key == SIX_EMPTY) t->first++;
}

bool six_table_delete(struct six_machine *m, struct six_table *t, six_value key) {
  struct six_entry *found = six_table_find(m, t, key);
  if (!found) return false;
  six_table_drop(t, (uint32_t)(found - t->entries));
  return true;
}

void six_table_release(struct six_machine *m, struct six_table *t) {
  if (t->capacity) {
    six_free(m, t->entries, entries_size(t->capacity));
    six_free(m, t->buckets, buckets_size(t->capacity));
  }
  *t = (struct six_table){.births = t->births, .moves = t->moves + 1};
}

void six_table_clear(struct six_machine *m, struct six_table *t) { six_table_release(m, t); }

void six_table_mark(struct six_machine *m, const struct six_table *t) {
  for (uint32_t i = t->first; i < t->used; i++) {
    six_mark_value(m, t->entries[i].key);
    six_mark_value(m, t->entries[i].value);
  }
}

// The index of the first entry born at or after `born`.
static uint32_t index_of_birth(const struct six_table *t, uint32_t born) {
  uint32_t low = 0, high = t->used;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (t->entries[middle].born < born) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

const struct six_entry *six_table_next(const struct six_table *t, struct six_cursor *c) {
  if (c->moves != t->moves) {
    c->index = index_of_birth(t, c->born);
    c->moves = t->moves;
  }
  if (c->index < t->first) c->index = t->first;
  while (c->index < t->used && t->entries[c->index].key == SIX_EMPTY) c->index++;
  if (c->index >= t->used) return NULL;
  const struct six_entry *entry = &t->entries[c->index++];
  c->born = entry->born + 1;
  return entry;
}
