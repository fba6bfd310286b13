// machine: the heap. Colours instead of clearing marks; blocks are swept when their cells are needed again.
#include "sim/machine/alloc.h"

#include <stdio.h>
#include <stdlib.h>

#include "sim/machine/classes.h"

enum {
  BLOCK_SIZE = 64 * 1024,
  RUN_SIZE = 4 * 1024,  // a block is handed out in runs, so that unused pages stay untouched
  FIRST_CHUNK_BLOCKS = 4,
  MAX_CHUNK_BLOCKS = 32,
  EFFORT_OF_MALLOC = 8,  // and of the free() that it will need
};
static const size_t min_threshold = (size_t)3 << 20;

struct six_block {
  struct six_block *next;  // in the pool
  uint32_t cell_size;
  bool needs_sweep;
  size_t accounted;  // bytes of its cells in heap->cell_bytes
  char *end;         // cells up to here were handed out at least once
  char *limit;
};

struct six_chunk {
  struct six_chunk *next;
  size_t padding;
};

static char *block_start(struct six_block *block) { return (char *)block + ((sizeof *block + 15) & ~(size_t)15); }

static void *must(void *p) {
  if (!p) {
    fputs("sixphase: out of memory\n", stderr);
    abort();
  }
  return p;
}

// ---- Accounting

// Garbage counts until the next safepoint: only a quarter beyond the limit is hopeless without looking.
static bool fits(struct six_machine *m, size_t size) {
  if (!m->memory_limit || m->memory_used + size <= m->memory_limit + m->memory_limit / 4) return true;
  if (m->stop == SIX_STOP_NONE) m->stop = SIX_STOP_MEMORY;
  return false;
}

bool six_memory_suffices(struct six_machine *m, size_t size) { return size <= SIX_SMALL_ANYWAY || fits(m, size); }

static void charge(struct six_heap *heap, size_t bytes) {
  struct six_machine *m = heap->machine;
  m->memory_used += bytes;
  m->effort += bytes / 8;
  heap->debt += bytes;
  if (heap->debt > heap->threshold) m->gc_wanted = true;
  if (!m->memory_limit || m->memory_used <= m->memory_limit) return;
  m->gc_wanted = true;
  fits(m, 0);
}

static void refund(struct six_heap *heap, size_t bytes) { heap->machine->memory_used -= bytes; }

void *six_malloc(struct six_machine *m, size_t size) {
  m->heap->counted += size;
  charge(m->heap, size);
  m->effort += EFFORT_OF_MALLOC;
  return must(malloc(size ? size : 1));
}

void *six_realloc(struct six_machine *m, void *old, size_t old_size, size_t new_size) {
  m->heap->counted += new_size - old_size;
  if (new_size >= old_size) charge(m->heap, new_size - old_size);
  else refund(m->heap, old_size - new_size);
  return must(realloc(old, new_size ? new_size : 1));
}

void six_free(struct six_machine *m, void *p, size_t size) {
  if (!p) return;
  struct six_heap *heap = m->heap;
  heap->counted -= size;
  // Freed in time it is no debt; what a sweep frees was counted before the collection.
  if (!heap->sweeping) heap->debt -= heap->debt < size ? heap->debt : size;
  refund(heap, size);
  free(p);
}

size_t six_heap_used(const struct six_heap *heap) { return heap->cell_bytes + heap->counted; }

// ---- Sweeping

// Most cells own nothing beyond themselves.
static inline bool needs_release(const struct six_cell *cell) {
  if (cell->kind == SIX_CELL_SHAPE || cell->kind == SIX_CELL_PROPS) return true;
  if (cell->kind != SIX_CELL_OBJECT) return false;
  const struct six_object *o = (const struct six_object *)cell;
  return (o->slot_capacity && !six_cell_contains(cell, o->slots)) || (o->element_capacity && !six_cell_contains(cell, o->elements)) ||
         six_classes[cell->class_].release;
}

static void release_cell(struct six_machine *m, struct six_cell *cell) {
  m->heap->sweeping = true;
  switch (cell->kind) {
    case SIX_CELL_OBJECT: six_object_release(m, (struct six_object *)cell); break;
    case SIX_CELL_SHAPE: six_shape_release(m, (struct six_shape *)cell); break;
    case SIX_CELL_PROPS: six_props_release(m, (struct six_props *)cell); break;
    default: break;
  }
  m->heap->sweeping = false;
}

static void make_free(struct six_free_cell *free, size_t size) {
  (void)size;
#ifdef SIX_GC_POISON
  memset(free, 0xDB, size);
#endif
  free->cell.kind = SIX_CELL_FREE;
}

// Frees the dead cells of a block; returns the list of its free cells. `live` gets the number of the others.
static struct six_free_cell *sweep_block(struct six_heap *heap, struct six_block *block, size_t *live) {
  struct six_free_cell *first = NULL, **tail = &first;
  size_t size = block->cell_size, alive = 0;
  for (char *p = block_start(block); p < block->end; p += size) {
    struct six_cell *cell = (struct six_cell *)(void *)p;
    if (cell->kind != SIX_CELL_FREE) {
      if (cell->mark == heap->colour || cell->mark == SIX_CELL_PERMANENT) {
        alive++;
        continue;
      }
      if (needs_release(cell)) release_cell(heap->machine, cell);
      make_free((struct six_free_cell *)cell, size);
    }
    *tail = (struct six_free_cell *)cell;
    tail = &(*tail)->next;
  }
  *tail = NULL;
  block->needs_sweep = false;
  heap->cell_bytes -= block->accounted;
  refund(heap, block->accounted);
  block->accounted = alive * size;
  heap->cell_bytes += block->accounted;
  heap->machine->memory_used += block->accounted;
  *live = alive;
  return first;
}

static void account_block(struct six_heap *heap, struct six_block *block) {
  size_t all = (size_t)(block->end - block_start(block)) - block->accounted;
  block->accounted += all;
  heap->cell_bytes += all;
  charge(heap, all);
}

// Sweeps on demand: the next block of the class with free cells.
static struct six_free_cell *sweep_some(struct six_heap *heap, struct six_block_class *class_) {
  while (class_->cursor < class_->count) {
    struct six_block *block = class_->blocks[class_->cursor++];
    if (!block->needs_sweep) continue;
    size_t live;
    struct six_free_cell *list = sweep_block(heap, block, &live);
    if (!list) continue;
    account_block(heap, block);
    return list;
  }
  return NULL;
}

static void retire_block(struct six_heap *heap, struct six_block_class *class_, uint32_t i) {
  struct six_block *block = class_->blocks[i];
  if (class_->bump == block) class_->bump = NULL;
  class_->blocks[i] = class_->blocks[--class_->count];
  block->next = heap->pool;
  heap->pool = block;
}

// Finishes sweeping everywhere, for exact accounting and for the next mark.
static void sweep_all(struct six_heap *heap) {
  for (size_t c = 1; c < SIX_CELL_CLASSES; c++) {
    struct six_block_class *class_ = &heap->classes[c];
    for (uint32_t i = class_->cursor; i < class_->count;) {
      struct six_block *block = class_->blocks[i];
      size_t live = 1;
      if (block->needs_sweep) {
        struct six_free_cell *list = sweep_block(heap, block, &live);
        if (live && list) {  // its free cells come first: they are the ones to use up
          struct six_free_cell *last = list;
          while (last->next) last = last->next;
          last->next = heap->free[c];
          heap->free[c] = list;
          account_block(heap, block);
        }
      }
      if (live) i++;
      else retire_block(heap, class_, i);
    }
    class_->cursor = class_->count;
  }
}

static void sweep_large(struct six_heap *heap) {
  size_t kept = 0;
  for (size_t i = 0; i < heap->large_count; i++) {
    struct six_cell *cell = heap->large[i];
    if (cell->mark == heap->colour || cell->mark == SIX_CELL_PERMANENT) {
      heap->large[kept++] = cell;
      continue;
    }
    size_t size = cell->size;
    release_cell(heap->machine, cell);
    heap->cell_bytes -= size;
    refund(heap, size);
    free(cell);
  }
  heap->large_count = kept;
}

// ---- Allocation

static struct six_block *new_block(struct six_heap *heap) {
  if (!heap->pool) {
    uint32_t n = heap->chunk_blocks;
    if (heap->chunk_blocks < MAX_CHUNK_BLOCKS) heap->chunk_blocks *= 2;
    char *memory = must(malloc(sizeof(struct six_chunk) + (size_t)n * BLOCK_SIZE));
    struct six_chunk *chunk = (struct six_chunk *)(void *)memory;
    chunk->next = heap->chunks;
    heap->chunks = chunk;
    // The pool's links are in the blocks: touching a page of each is the price.
    for (uint32_t i = n; i-- > 0;) {
      struct six_block *block = (struct six_block *)(void *)(memory + sizeof *chunk + (size_t)i * BLOCK_SIZE);
      block->next = heap->pool;
      heap->pool = block;
    }
  }
  struct six_block *block = heap->pool;
  heap->pool = block->next;
  return block;
}

static struct six_block *add_block(struct six_heap *heap, struct six_block_class *class_, size_t cell_size) {
  if (class_->count == class_->capacity) {
    class_->capacity = class_->capacity ? class_->capacity * 2 : 4;
    class_->blocks = must(realloc(class_->blocks, class_->capacity * sizeof(struct six_block *)));
  }
  struct six_block *block = new_block(heap);
  *block = (struct six_block){.cell_size = (uint32_t)cell_size};
  block->end = block_start(block);
  size_t room = (size_t)((char *)block + BLOCK_SIZE - block->end);
  block->limit = block->end + room / cell_size * cell_size;
  if (class_->cursor == class_->count) class_->cursor++;
  class_->blocks[class_->count++] = block;
  class_->bump = block;
  return block;
}

// A list of cells that were never used.
static struct six_free_cell *carve(struct six_heap *heap, size_t class_index) {
  struct six_block_class *class_ = &heap->classes[class_index];
  size_t size = class_index * SIX_CELL_UNIT;
  struct six_block *block = class_->bump;
  if (!block || block->end >= block->limit) block = add_block(heap, class_, size);
  struct six_free_cell *first = NULL, **tail = &first;
  size_t carved = 0;
  for (; block->end < block->limit && carved < RUN_SIZE; carved += size) {
    struct six_free_cell *cell = (struct six_free_cell *)(void *)block->end;
    make_free(cell, size);
    *tail = cell;
    tail = &cell->next;
    block->end += size;
  }
  *tail = NULL;
  block->accounted += carved;
  heap->cell_bytes += carved;
  charge(heap, carved);
  return first;
}

static void *new_large(struct six_heap *heap, enum six_cell_kind kind, size_t size) {
  if (size > UINT32_MAX) {  // no caller asks for this: lengths are limited before
    fputs("sixphase: a cell is too large\n", stderr);
    abort();
  }
  if (heap->large_count == heap->large_capacity) {
    heap->large_capacity = heap->large_capacity ? heap->large_capacity * 2 : 64;
    heap->large = must(realloc(heap->large, heap->large_capacity * sizeof(struct six_cell *)));
  }
  struct six_cell *cell = must(calloc(1, size));
  *cell = (struct six_cell){.kind = (uint8_t)kind, .mark = heap->colour, .size = (uint32_t)size};
  heap->large[heap->large_count++] = cell;
  heap->cell_bytes += size;
  charge(heap, size);
  return cell;
}

void *six_cell_slow(struct six_machine *m, enum six_cell_kind kind, size_t size) {
  struct six_heap *heap = m->heap;
  size_t class_ = (size + SIX_CELL_UNIT - 1) / SIX_CELL_UNIT;
  if (class_ >= SIX_CELL_CLASSES) return new_large(heap, kind, size);
  if (!heap->free[class_]) {
    struct six_free_cell *list = sweep_some(heap, &heap->classes[class_]);
    heap->free[class_] = list ? list : carve(heap, class_);
  }
  return six_cell_raw(m, kind, size);
}

void *six_cell_new(struct six_machine *m, enum six_cell_kind kind, size_t size) {
  struct six_cell *cell = six_cell_raw(m, kind, size);
  if (cell->size < SIX_CELL_CLASSES) memset(cell + 1, 0, (size_t)cell->size * SIX_CELL_UNIT - sizeof *cell);
  return cell;
}

struct six_values *six_values_new(struct six_machine *m, uint32_t capacity) {
  struct six_values *values = six_cell_raw(m, SIX_CELL_VALUES, sizeof(struct six_values) + (size_t)capacity * sizeof(six_value));
  values->count = 0;
  values->capacity = capacity;
  for (uint32_t i = 0; i < capacity; i++) values->items[i] = SIX_UNDEFINED;
  return values;
}

void six_values_push(struct six_machine *m, struct six_values **list, six_value v) {
  struct six_values *old = *list;
  if (old->count == old->capacity) {
    struct six_values *grown = six_values_new(m, old->capacity < 4 ? 8 : old->capacity * 2);
    memcpy(grown->items, old->items, old->count * sizeof(six_value));
    grown->count = old->count;
    *list = old = grown;
  }
  old->items[old->count++] = v;
}

// ---- Marking

static void push_gray(struct six_heap *heap, struct six_cell *cell) {
  if (heap->gray_count == heap->gray_capacity) {
    heap->gray_capacity = heap->gray_capacity ? heap->gray_capacity * 2 : 1024;
    heap->gray = must(realloc(heap->gray, heap->gray_capacity * sizeof(struct six_cell *)));
  }
  heap->gray[heap->gray_count++] = cell;
}

static inline void mark(struct six_heap *heap, struct six_cell *cell) {
  if (cell->mark == heap->colour || cell->mark == SIX_CELL_PERMANENT) return;
  cell->mark = heap->colour;
  heap->marked_bytes += six_cell_bytes(cell);
  if (cell->kind == SIX_CELL_STRING && !(cell->flags & SIX_STRING_ROPE)) return;
  push_gray(heap, cell);
}

static inline void mark_v(struct six_heap *heap, six_value v) {
  if (six_is_cell(v)) mark(heap, six_as_cell(v));
}

static void mark_values(struct six_heap *heap, const six_value *values, size_t count) {
  enum { AHEAD = 8 };  // the cells are likely out of the cache: ask for them early
  for (size_t i = 0; i < count; i++) {
    if (i + AHEAD < count && six_is_cell(values[i + AHEAD])) __builtin_prefetch(six_as_pointer(values[i + AHEAD]), 1);
    mark_v(heap, values[i]);
  }
}

void six_mark_value(struct six_machine *m, six_value v) { mark_v(m->heap, v); }

void six_mark_cell(struct six_machine *m, struct six_cell *cell) {
  if (cell) mark(m->heap, cell);
}

bool six_is_marked(const struct six_machine *m, six_value v) {
  if (!six_is_cell(v)) return true;
  uint8_t colour = six_as_cell(v)->mark;
  return colour == m->heap->colour || colour == SIX_CELL_PERMANENT;
}

struct six_object **six_weak_list(struct six_machine *m, size_t *count) {
  *count = m->heap->weak_count;
  return m->heap->weak;
}

static void note_weak(struct six_heap *heap, struct six_object *o) {
  if (heap->weak_count == heap->weak_capacity) {
    heap->weak_capacity = heap->weak_capacity ? heap->weak_capacity * 2 : 16;
    heap->weak = must(realloc(heap->weak, heap->weak_capacity * sizeof(struct six_object *)));
  }
  heap->weak[heap->weak_count++] = o;
}

static void note_parent(struct six_heap *heap, struct six_shape *shape) {
  if (heap->parents_count == heap->parents_capacity) {
    heap->parents_capacity = heap->parents_capacity ? heap->parents_capacity * 2 : 256;
    heap->parents = must(realloc(heap->parents, heap->parents_capacity * sizeof(struct six_shape *)));
  }
  heap->parents[heap->parents_count++] = shape;
}

static bool is_weak_class(uint8_t class_) {
  return class_ == SIX_CLASS_WEAK_MAP || class_ == SIX_CLASS_WEAK_SET || class_ == SIX_CLASS_WEAK_REF ||
         class_ == SIX_CLASS_FINALIZATION_REGISTRY;
}

static void trace_object(struct six_heap *heap, struct six_object *o) {
  struct six_machine *m = heap->machine;
  if (o->shape) {
    mark(heap, &o->shape->cell);
    mark_values(heap, o->slots, o->shape->count);
  }
  mark_values(heap, o->elements, o->element_count);
  if (o->cell.flags & SIX_OBJECT_IS_PROTO) {  // a living prototype keeps its empty shape, so that caches stay warm
    struct six_shape *root = six_shape_root_if_made(m, o);
    if (root) mark(heap, &root->cell);
  }
  if (o->cell.class_ == SIX_CLASS_OBJECT || o->cell.class_ == SIX_CLASS_ARRAY) return;
  if (is_weak_class(o->cell.class_)) note_weak(heap, o);
  const struct six_class_row *row = &six_classes[o->cell.class_];
  if (row->mark) row->mark(m, o);
}

static void trace_shape(struct six_heap *heap, struct six_shape *shape) {
  if (shape->proto) mark(heap, &shape->proto->cell);
  if (shape->props) mark(heap, &shape->props->cell);
  if (shape->parent) mark(heap, &shape->parent->cell);
  if (shape->last_child || shape->others) note_parent(heap, shape);
}

static void trace_string(struct six_heap *heap, struct six_string *s) {
  if (!(s->cell.flags & SIX_STRING_ROPE)) return;
  if (s->u.rope.left) mark(heap, &s->u.rope.left->cell);
  if (s->u.rope.right) mark(heap, &s->u.rope.right->cell);
}

static void trace(struct six_heap *heap, struct six_cell *cell) {
  switch (cell->kind) {
    case SIX_CELL_STRING: trace_string(heap, (struct six_string *)cell); break;
    case SIX_CELL_SYMBOL: mark_v(heap, ((struct six_symbol *)cell)->description); break;
    case SIX_CELL_OBJECT: trace_object(heap, (struct six_object *)cell); break;
    case SIX_CELL_SHAPE: trace_shape(heap, (struct six_shape *)cell); break;
    case SIX_CELL_PROPS: {
      struct six_props *props = (struct six_props *)cell;
      for (uint32_t i = 0; i < props->count; i++) mark_v(heap, props->items[i].key);
      break;
    }
    case SIX_CELL_ACCESSOR:
      mark_v(heap, ((struct six_accessor *)cell)->get);
      mark_v(heap, ((struct six_accessor *)cell)->set);
      break;
    case SIX_CELL_VALUES: mark_values(heap, ((struct six_values *)cell)->items, ((struct six_values *)cell)->count); break;
    case SIX_CELL_ENV: six_env_mark(heap->machine, cell); break;
    case SIX_CELL_REACTION: six_reaction_mark(heap->machine, cell); break;
    case SIX_CELL_COROUTINE: six_coroutine_mark(heap->machine, cell); break;
    default: break;
  }
}

static void drain(struct six_heap *heap) {
  while (heap->gray_count) trace(heap, heap->gray[--heap->gray_count]);
}

void six_mark_machine(struct six_machine *m) {
  struct six_heap *heap = m->heap;
  mark_v(heap, m->exception);
  mark_values(heap, m->symbols, SIX_SYMBOL_COUNT);
  mark_values(heap, m->roots, m->roots_count);
  for (size_t i = 0; i < SIX_I_COUNT; i++)
    if (m->intrinsics[i]) mark(heap, &m->intrinsics[i]->cell);
  if (m->array_shape) mark(heap, &m->array_shape->cell);
  if (m->object_shape) mark(heap, &m->object_shape->cell);
  if (m->symbol_registry) mark(heap, &m->symbol_registry->cell);
  if (m->stack) mark_values(heap, m->stack, (size_t)(m->stack_top - m->stack));
  if (m->host && m->host->mark) m->host->mark(m);
  six_mark_interpreter(m);
}

static void mark_weak(struct six_machine *m) {
  struct six_heap *heap = m->heap;
  if (!heap->weak_count) return;
  size_t before;
  do {
    before = heap->marked_bytes;
    six_weak_process(m, false);
    drain(heap);
  } while (heap->marked_bytes != before);
  six_weak_process(m, true);
  drain(heap);
}

// ---- Collection

static void begin_cycle(struct six_heap *heap) {
  sweep_all(heap);
  heap->colour ^= 3;
  heap->marked_bytes = heap->gray_count = heap->weak_count = heap->parents_count = 0;
  for (size_t c = 1; c < SIX_CELL_CLASSES; c++) {
    heap->free[c] = NULL;
    heap->classes[c].cursor = 0;
    for (uint32_t i = 0; i < heap->classes[c].count; i++) heap->classes[c].blocks[i]->needs_sweep = true;
  }
}

// Counted memory is only known exactly after the sweep; its living part is estimated to be that of the cells.
static void set_threshold(struct six_heap *heap, size_t cells_before, size_t counted_before) {
  double ratio = cells_before ? (double)heap->marked_bytes / (double)cells_before : 0;
  size_t live = heap->marked_bytes + (size_t)((double)counted_before * (ratio < 1 ? ratio : 1));
  if (live < (size_t)64 << 20) live += live / 2;
  heap->threshold = live > min_threshold ? live : min_threshold;
}

// Forgets what dead frames have left above the stack, and what callers keep in registers above those of their callee, which
// nobody reads again: what is not marked may not be taken for a value later.
static void clear_stack(struct six_machine *m) {
  for (six_value *v = m->stack_top; v < m->stack_limit; v++) *v = SIX_UNDEFINED;
}

void six_heap_collect(struct six_machine *m) {
  struct six_heap *heap = m->heap;
  begin_cycle(heap);
  clear_stack(m);
  size_t cells = heap->cell_bytes, counted = heap->counted;
  six_mark_machine(m);
  drain(heap);
  mark_weak(m);
  six_strings_sweep(m);
  six_shapes_sweep(m);
  for (size_t i = 0; i < heap->parents_count; i++) six_shape_sweep_children(m, heap->parents[i]);
  sweep_large(heap);
  set_threshold(heap, cells, counted);
  if (!m->gc_stress) m->effort += heap->marked_bytes / 4;
  heap->debt = 0;
  m->gc_wanted = m->gc_stress;
}

// Under stress a large heap is left alone for a while, so that a program's collections cost no more than in proportion.
static bool rests(struct six_heap *heap) {
  enum { LARGE = 1 << 20 };
  if (heap->rest) {
    heap->rest--;
    return true;
  }
  heap->rest = heap->marked_bytes / LARGE * (heap->marked_bytes / LARGE);
  return false;
}

void six_heap_safepoint(struct six_machine *m) {
  if ((!m->gc_wanted && !m->gc_stress) || m->no_collection) return;
  if (m->gc_stress && rests(m->heap)) return;
  six_heap_collect(m);
  if (!m->memory_limit || m->memory_used <= m->memory_limit) {
    return;
  }
  sweep_all(m->heap);
  // So near to the limit, collections would soon follow each other and find next to nothing.
  if (m->memory_used > m->memory_limit - m->memory_limit / 16 && m->stop == SIX_STOP_NONE) m->stop = SIX_STOP_MEMORY;
  m->gc_wanted = m->gc_stress;
}

void six_machine_limit_memory(struct six_machine *m, size_t bytes) {
  m->memory_limit = bytes > SIZE_MAX / 2 ? SIZE_MAX / 2 : m->memory_used + bytes;
}

// ---- Life

struct six_heap *six_heap_new(struct six_machine *machine) {
  struct six_heap *heap = must(calloc(1, sizeof *heap));
  heap->colour = 1;
  heap->machine = machine;
  heap->threshold = min_threshold;
  heap->chunk_blocks = FIRST_CHUNK_BLOCKS;
  return heap;
}

static void release_class(struct six_heap *heap, struct six_block_class *class_) {
  for (uint32_t i = 0; i < class_->count; i++) {
    struct six_block *block = class_->blocks[i];
    for (char *p = block_start(block); p < block->end; p += block->cell_size) {
      struct six_cell *cell = (struct six_cell *)(void *)p;
      if (needs_release(cell)) release_cell(heap->machine, cell);
    }
  }
  free(class_->blocks);
}

void six_heap_free(struct six_heap *heap) {
  if (!heap) return;
  for (size_t c = 1; c < SIX_CELL_CLASSES; c++) release_class(heap, &heap->classes[c]);
  for (size_t i = 0; i < heap->large_count; i++) {
    release_cell(heap->machine, heap->large[i]);
    free(heap->large[i]);
  }
  for (struct six_chunk *chunk = heap->chunks; chunk;) {
    struct six_chunk *next = chunk->next;
    free(chunk);
    chunk = next;
  }
  free(heap->large);
  free(heap->gray);
  free(heap->weak);
  free(heap->parents);
  free(heap);
}

// ---- Roots

void six_roots_grow(struct six_machine *m) {
  m->roots_capacity = m->roots_capacity ? m->roots_capacity * 2 : 256;
  m->roots = must(realloc(m->roots, m->roots_capacity * sizeof(six_value)));
}
