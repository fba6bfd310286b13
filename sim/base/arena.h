// base: arenas. Memory that is allocated piece by piece and released at once.
#ifndef SIX_BASE_ARENA_H
#define SIX_BASE_ARENA_H

#include <stddef.h>

struct six_arena_block;

// A growing region. Zero-initialise to start; everything in it lives until six_arena_done.
struct six_arena {
  struct six_arena_block *blocks;
  char *next;
  char *limit;
  size_t total;  // bytes obtained from malloc
};

// Returns `size` zeroed bytes, aligned to 16. Aborts when the machine is out of memory.
void *six_arena_alloc(struct six_arena *arena, size_t size);

// Copies `length` bytes and a terminating NUL into the arena.
char *six_arena_copy(struct six_arena *arena, const char *bytes, size_t length);

// Releases everything; the arena may be used again.
void six_arena_done(struct six_arena *arena);

#endif
