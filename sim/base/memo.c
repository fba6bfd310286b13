// Few results are kept, so they are looked through one after the other.
#include "sim/base/memo.h"

#include <stdlib.h>
#include <string.h>

struct entry {
  struct entry *next;
  size_t key_length, length;
  uint8_t bytes[];  // the key, then the result
};

struct six_memo {
  struct entry *entries;
};

struct six_memo *six_memo_new(void) {
  struct six_memo *memo = calloc(1, sizeof *memo);
  if (!memo) abort();
  return memo;
}

void six_memo_free(struct six_memo *memo) {
  if (!memo) return;
  for (struct entry *entry = memo->entries, *next; entry; entry = next) {
    next = entry->next;
    free(entry);
  }
  free(memo);
}

const uint8_t *six_memo_find(const struct six_memo *memo, const void *key, size_t key_length, size_t *length) {
  for (const struct entry *entry = memo->entries; entry; entry = entry->next) {
    if (entry->key_length != key_length || memcmp(entry->bytes, key, key_length)) continue;
    *length = entry->length;
    return entry->bytes + key_length;
  }
  return NULL;
}

void six_memo_keep(struct six_memo *memo, const void *key, size_t key_length, const uint8_t *result, size_t length) {
  struct entry *entry = malloc(sizeof *entry + key_length + length);
  if (!entry) abort();
  *entry = (struct entry){.next = memo->entries, .key_length = key_length, .length = length};
  memcpy(entry->bytes, key, key_length);
  memcpy(entry->bytes + key_length, result, length);
  memo->entries = entry;
}
