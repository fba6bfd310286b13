// machine: the heap. A precise mark-and-sweep collector over size-class blocks; cells never move.
//
// Allocation never collects. Collection happens at safepoints only: the interpreter's function entries and loop
// back-edges, and between tasks. So C code that does not run JavaScript needs no discipline at all. C code that calls a
// function marked [JS] (it may run JavaScript: calls, getters, conversions of objects, iterators) must keep each
// fresh value that it uses afterwards on the root stack: six_root. Arguments, `this` and the callee of a native are rooted.
// The root stack is cut back by the caller when a native returns; loops cut it themselves (six_roots_mark/_release).
#ifndef SIX_MACHINE_HEAP_H
#define SIX_MACHINE_HEAP_H

#include <stddef.h>

#include "sim/machine/value.h"

enum six_cell_kind {
  SIX_CELL_FREE,
  SIX_CELL_STRING,
  SIX_CELL_SYMBOL,
  SIX_CELL_BIGINT,
  SIX_CELL_OBJECT,  // all struct six_object, by their `class`
  SIX_CELL_SHAPE,
  SIX_CELL_PROPS,      // property tables, shared by shapes
  SIX_CELL_ACCESSOR,   // getter and setter of a property
  SIX_CELL_ENV,        // captured variables
  SIX_CELL_VALUES,     // a counted block of values: struct six_values
  SIX_CELL_REACTION,   // a promise's pending reaction
  SIX_CELL_COROUTINE,  // a suspended async function or generator
  SIX_CELL_KINDS
};

// The header of every heap cell. `gray` links the mark stack; objects' own flags follow in struct six_object.
struct six_cell {
  uint8_t kind;    // enum six_cell_kind
  uint8_t mark;    // the heap's current colour when reached; 0xFF: permanent, never swept and never traced
  uint8_t class_;  // objects: enum six_class
  uint8_t flags;   // by kind
  uint32_t size;   // bytes, for cells from malloc; the size class otherwise
};

struct six_values {
  struct six_cell cell;
  uint32_t count;
  uint32_t capacity;
  six_value items[];
};

struct six_heap;  // opaque: blocks, free lists, gray stack, thresholds

struct six_heap *six_heap_new(struct six_machine *machine);
void six_heap_free(struct six_heap *heap);  // frees every cell, running finalisers of host objects

// A zeroed cell of `size` bytes and kind. Never collects, never returns NULL. Past the machine's memory budget it sets
// machine->stop (SIX_STOP_MEMORY): the next safepoint ends the run.
void *six_cell_new(struct six_machine *m, enum six_cell_kind kind, size_t size);

// Memory outside of cells (tables, text) counted against the budget and the collection threshold.
void *six_malloc(struct six_machine *m, size_t size);
void *six_realloc(struct six_machine *m, void *old, size_t old_size, size_t new_size);
void six_free(struct six_machine *m, void *p, size_t size);

// Whether there is memory for `size` bytes more. false ends the run, like SIX_STOP_MEMORY: before something large is made.
// Little suffices always: errors and messages are still made when memory has run out.
#define SIX_SMALL_ANYWAY 4096
bool six_memory_suffices(struct six_machine *m, size_t size);

// A block of `capacity` values, all SIX_UNDEFINED, count 0.
struct six_values *six_values_new(struct six_machine *m, uint32_t capacity);

// Marking, for the mark functions of each room. Values that are not cells, and NULL cells, are ignored.
void six_mark_value(struct six_machine *m, six_value v);
void six_mark_cell(struct six_machine *m, struct six_cell *cell);

// Collects now if the threshold was passed (or always in the stress mode, machine->gc_stress). Call at safepoints only.
void six_heap_safepoint(struct six_machine *m);
void six_heap_collect(struct six_machine *m);

// Bytes in live and not yet collected cells and counted memory.
size_t six_heap_used(const struct six_heap *heap);

// Roots (see above): six_root(m, v), six_roots_mark(m), six_roots_release(m, mark) are inline, in machine.h.
void six_roots_grow(struct six_machine *m);

#endif
