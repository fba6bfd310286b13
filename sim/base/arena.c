#include "sim/base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 16 * 1024, ALIGN = 16 };

struct six_arena_block {
  struct six_arena_block *previous;
  size_t padding;  // keeps the payload aligned to 16
};

static void add_block(struct six_arena *arena, size_t payload) {
  size_t size = sizeof(struct six_arena_block) + payload;
  struct six_arena_block *block = calloc(1, size);
  if (!block) abort();
  block->previous = arena->blocks;
  arena->blocks = block;
  arena->next = (char *)(block + 1);
  arena->limit = arena->next + payload;
  arena->total += size;
}

void *six_arena_alloc(struct six_arena *arena, size_t size) {
  size = (size + (ALIGN - 1)) & ~(size_t)(ALIGN - 1);
  if ((size_t)(arena->limit - arena->next) < size) {
    // Blocks grow with the arena, so that a large program takes few of them.
    size_t payload = arena->total > BLOCK_SIZE ? arena->total / 2 : BLOCK_SIZE;
    payload = (payload + (ALIGN - 1)) & ~(size_t)(ALIGN - 1);
    add_block(arena, size > payload ? size : payload);
  }
  void *piece = arena->next;
  arena->next += size;
  return piece;
}

char *six_arena_copy(struct six_arena *arena, const char *bytes, size_t length) {
  char *copy = six_arena_alloc(arena, length + 1);
  if (length) memcpy(copy, bytes, length);
  return copy;
}

void six_arena_done(struct six_arena *arena) {
  while (arena->blocks) {
    struct six_arena_block *previous = arena->blocks->previous;
    free(arena->blocks);
    arena->blocks = previous;
  }
  arena->next = arena->limit = NULL;
  arena->total = 0;
}
