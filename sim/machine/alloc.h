// machine: the heap's allocation path, inline. For the files that make cells often (string.c, object.c, the interpreter).
//
// Small cells come from free lists, one for each size class of 16 bytes. A free list is refilled by sweeping one more
// block of its class, or by carving a fresh run: the slow path, which also does the accounting for the whole list.
#ifndef SIX_MACHINE_ALLOC_H
#define SIX_MACHINE_ALLOC_H

#include "sim/machine/machine.h"

enum { SIX_CELL_UNIT = 16, SIX_CELL_CLASSES = 33, SIX_CELL_PERMANENT = 0xFF };

struct six_free_cell {
  struct six_cell cell;  // kind SIX_CELL_FREE
  struct six_free_cell *next;
};

struct six_block;
struct six_chunk;

// Blocks that hold cells of one size. Those before `cursor` are swept.
struct six_block_class {
  struct six_block **blocks;
  uint32_t count, capacity, cursor;
  struct six_block *bump;  // the block with room that was never handed out, or NULL
};

struct six_heap {
  struct six_free_cell *free[SIX_CELL_CLASSES];
  uint8_t colour;  // of cells reached by the last mark, and of new ones: 1 or 2
  bool sweeping;   // a cell is being released
  struct six_machine *machine;
  size_t debt;          // bytes handed out since the last collection
  size_t threshold;     // collect when debt passes it
  size_t counted;       // bytes of six_malloc
  size_t cell_bytes;    // bytes of cells handed out (live, free-listed or dead)
  size_t marked_bytes;  // bytes of cells reached in this cycle
  size_t rest;          // under stress: safepoints without a collection from here on
  struct six_block_class classes[SIX_CELL_CLASSES];
  struct six_block *pool;  // empty blocks
  struct six_chunk *chunks;
  uint32_t chunk_blocks;    // size of the next chunk
  struct six_cell **large;  // cells from malloc
  size_t large_count, large_capacity;
  struct six_cell **gray;
  size_t gray_count, gray_capacity;
  struct six_object **weak;  // weak containers reached in this cycle
  size_t weak_count, weak_capacity;
  struct six_shape **parents;  // shapes with children reached in this cycle
  size_t parents_count, parents_capacity;
};

void *six_cell_slow(struct six_machine *m, enum six_cell_kind kind, size_t size);

// A cell whose bytes after the header are NOT cleared: the caller writes them all.
static inline void *six_cell_raw(struct six_machine *m, enum six_cell_kind kind, size_t size) {
  struct six_heap *heap = m->heap;
  size_t class_ = (size + SIX_CELL_UNIT - 1) / SIX_CELL_UNIT;
  if (__builtin_expect(class_ >= SIX_CELL_CLASSES, 0)) return six_cell_slow(m, kind, size);
  struct six_free_cell *free = heap->free[class_];
  if (__builtin_expect(!free, 0)) return six_cell_slow(m, kind, size);
  heap->free[class_] = free->next;
  free->cell = (struct six_cell){.kind = (uint8_t)kind, .mark = heap->colour, .size = (uint32_t)class_};
  return free;
}

// An object without room for properties.
static inline void six_object_init_bare(struct six_object *o, struct six_shape *shape) {
  o->shape = shape;
  o->slots = o->elements = NULL;
  o->element_count = o->element_capacity = o->slot_capacity = o->array_length = 0;
}

// Bytes that a cell takes.
static inline size_t six_cell_bytes(const struct six_cell *cell) {
  return cell->size < SIX_CELL_CLASSES ? (size_t)cell->size * SIX_CELL_UNIT : cell->size;
}

// Whether `p` points into the cell: slots and elements may be inline.
static inline bool six_cell_contains(const struct six_cell *cell, const void *p) {
  return (uintptr_t)p - (uintptr_t)cell < six_cell_bytes(cell);
}

#endif
