// machine: hash tables of values in order of insertion (Map, Set and the weak collections, ECMA-262 24).
#ifndef SIX_MACHINE_BUILTINS_TABLE_H
#define SIX_MACHINE_BUILTINS_TABLE_H

#include "sim/machine/machine.h"

struct six_entry {
  six_value key;  // SIX_EMPTY: deleted
  six_value value;
  uint32_t next;  // index + 1 of the next entry of the same bucket
  uint32_t born;  // the table's count of insertions when it was added: ascending along the entries
};

struct six_table {
  struct six_entry *entries;
  uint32_t *buckets;  // capacity of them: index + 1 of an entry
  uint32_t capacity;  // a power of two, or 0
  uint32_t used;      // entries in use, deleted ones too
  uint32_t live;
  uint32_t first;  // no live entry stands before it
  uint32_t births;
  uint32_t moves;  // how often entries were renumbered
};

// A place in a table that stays right while the table changes.
struct six_cursor {
  uint32_t index, moves;
  uint32_t born;  // the next entry is the first one born at or after this
};

struct six_collection {  // Map, Set, WeakMap, WeakSet, FinalizationRegistry
  struct six_object object;
  struct six_table table;
};

// The key as it is kept: -0 becomes 0.
six_value six_table_key(six_value key);
struct six_entry *six_table_find(struct six_machine *m, const struct six_table *t, six_value key);  // NULL: none
void six_table_set(struct six_machine *m, struct six_table *t, six_value key, six_value value);
bool six_table_delete(struct six_machine *m, struct six_table *t, six_value key);
void six_table_clear(struct six_machine *m, struct six_table *t);
void six_table_release(struct six_machine *m, struct six_table *t);
void six_table_mark(struct six_machine *m, const struct six_table *t);
// Drops the entry at an index, by the collector: hashes no strings.
void six_table_drop(struct six_table *t, uint32_t index);

// The entry at the cursor, which moves past it; NULL at the end. A zeroed cursor is at the beginning.
const struct six_entry *six_table_next(const struct six_table *t, struct six_cursor *c);

#endif
