// Where timers are in memory: in slots of one cache line, handed out by blocks of neighbours. Timers run in the order of
// their duration's list; so a duration that has more than a few has blocks of its own, and its list goes through memory
// straight on. The few of all other durations share blocks. A block that is empty again is anybody's.
#include <stdlib.h>

#include "sim/loop/private.h"

enum { FEW = 4, LINE = 64 };
#define ALL_FREE ((UINT64_C(1) << SIX_TIMER_BLOCK) - 1)

static void *must(void *p) {
  if (!p) abort();
  return p;
}

void six_timer_slots_done(struct six_timers *timers) {
  for (uint32_t i = 0; i < timers->chunk_count; i++) free(timers->chunks[i]);
  free(timers->chunks);
  free(timers->blocks);
}

static uint32_t *room_of(struct six_timers *timers, uint32_t owner) {
  return owner == SIX_NO_LIST ? &timers->room : &timers->lists[owner].room;
}

static void link_room(struct six_timers *timers, uint32_t b) {
  struct six_timer_block *block = &timers->blocks[b];
  uint32_t *room = room_of(timers, block->owner);
  block->prev = SIX_NO_BLOCK;
  block->next = *room;
  if (*room != SIX_NO_BLOCK) timers->blocks[*room].prev = b;
  *room = b;
}

static void unlink_room(struct six_timers *timers, uint32_t b) {
  struct six_timer_block *block = &timers->blocks[b];
  if (block->prev != SIX_NO_BLOCK) timers->blocks[block->prev].next = block->next;
  else *room_of(timers, block->owner) = block->next;
  if (block->next != SIX_NO_BLOCK) timers->blocks[block->next].prev = block->prev;
}

static uint32_t fresh_block(struct six_timers *timers) {
  uint32_t b = timers->block_count++, first = b * SIX_TIMER_BLOCK;
  if (b == timers->block_capacity) {
    timers->block_capacity = timers->block_capacity ? timers->block_capacity * 2 : 16;
    timers->blocks = must(realloc(timers->blocks, timers->block_capacity * sizeof *timers->blocks));
  }
  if (first == timers->chunk_count * SIX_TIMER_CHUNK) {
    timers->chunks = must(realloc(timers->chunks, (timers->chunk_count + 1) * sizeof *timers->chunks));
    timers->chunks[timers->chunk_count++] = must(aligned_alloc(LINE, SIX_TIMER_CHUNK * sizeof **timers->chunks));
  }
  timers->blocks[b].free = ALL_FREE;
  for (uint32_t i = first; i < first + SIX_TIMER_BLOCK; i++) {
    six_timer_at(timers, i)->generation = 1;
    six_timer_at(timers, i)->task.flags = 0;
  }
  return b;
}

static uint32_t new_block(struct six_timers *timers, uint32_t owner) {
  uint32_t b = timers->empty;
  if (b != SIX_NO_BLOCK) timers->empty = timers->blocks[b].next;
  else b = fresh_block(timers);
  timers->blocks[b].owner = owner;
  link_room(timers, b);
  return b;
}

uint32_t six_timer_slot(struct six_timers *timers, uint32_t list) {
  uint32_t owner = timers->lists[list].slots++ < FEW ? SIX_NO_LIST : list, b = *room_of(timers, owner);
  if (b == SIX_NO_BLOCK) b = new_block(timers, owner);
  struct six_timer_block *block = &timers->blocks[b];
  // Neighbouring blocks begin at different slots: they are filled in turn, and the caches have few places for equal offsets.
  uint32_t turn = b % SIX_TIMER_BLOCK;
  uint64_t turned = turn ? block->free >> turn | block->free << (SIX_TIMER_BLOCK - turn) : block->free;
  uint32_t at = (turn + (uint32_t)__builtin_ctzll(turned)) % SIX_TIMER_BLOCK;
  block->free &= ~(UINT64_C(1) << at);
  if (!block->free) unlink_room(timers, b);
  uint32_t slot = b * SIX_TIMER_BLOCK + at;
  __builtin_prefetch(six_timer_at(timers, slot) + 1, 1);  // likely the next of this list, and not in the cache
  return slot;
}

void six_timer_drop_slot(struct six_timers *timers, uint32_t i) {
  uint32_t b = i / SIX_TIMER_BLOCK;
  struct six_timer_block *block = &timers->blocks[b];
  timers->lists[six_timer_at(timers, i)->list].slots--;
  if (!block->free) link_room(timers, b);
  block->free |= UINT64_C(1) << i % SIX_TIMER_BLOCK;
  if (block->free != ALL_FREE || block->owner == SIX_NO_LIST) return;
  unlink_room(timers, b);
  block->next = timers->empty;
  timers->empty = b;
}

uint32_t six_timer_next_slot(const struct six_timers *timers, uint32_t i) {
  for (uint32_t b = i / SIX_TIMER_BLOCK; b < timers->block_count; i = ++b * SIX_TIMER_BLOCK) {
    uint64_t taken = (~timers->blocks[b].free & ALL_FREE) >> i % SIX_TIMER_BLOCK;
    if (taken) return i + (uint32_t)__builtin_ctzll(taken);
  }
  return SIX_NO_TIMER;
}
