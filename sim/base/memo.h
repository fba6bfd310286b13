// base: a memo, what was computed before: for results that are slow to find and depend on nothing but their key.
#ifndef SIX_BASE_MEMO_H
#define SIX_BASE_MEMO_H

#include <stddef.h>
#include <stdint.h>

struct six_memo;
struct six_memo *six_memo_new(void);
void six_memo_free(struct six_memo *memo);
// The result under a key of any bytes, borrowed; NULL: none yet.
const uint8_t *six_memo_find(const struct six_memo *memo, const void *key, size_t key_length, size_t *length);
// Keeps copies of both. The key is new.
void six_memo_keep(struct six_memo *memo, const void *key, size_t key_length, const uint8_t *result, size_t length);

#endif
