// loop: a FIFO of tasks with constant time access by sequence number: chunks behind a directory.
#ifndef SIX_LOOP_QUEUE_H
#define SIX_LOOP_QUEUE_H

#include "sim/loop/loop.h"

enum { SIX_QUEUE_CHUNK = 256 };

// Copies a task that was made just now. Word by word (hence volatile): the processor cannot pass on what it has just
// written in words to wider loads, and would wait.
static inline void six_task_put(struct six_task *to, const struct six_task *from) {
  const volatile struct six_task *words = from;
  to->run = words->run;
  to->a = words->a;
  to->b = words->b;
  to->c = words->c;
  to->id = words->id;
  to->flags = words->flags;
}

// Zero-initialise to start.
struct six_queue {
  struct six_task **chunks;  // the directory: chunk_count in use from chunk_first on
  uint32_t chunk_first, chunk_count, chunk_capacity;
  uint64_t head, tail;     // sequence numbers: [head, tail) wait
  uint64_t base;           // the sequence number of the first slot of the first chunk
  struct six_task *spare;  // one emptied chunk
  // Where head and tail are, and the ends of their chunks. Equal: no chunk, or for the tail a full one.
  struct six_task *first, *first_end, *free, *free_end;
};

void six_queue_done(struct six_queue *queue);
void six_queue_grow(struct six_queue *queue);        // a chunk for `tail`
void six_queue_drop_chunk(struct six_queue *queue);  // the first chunk is used up

static inline bool six_queue_empty(const struct six_queue *queue) { return queue->head == queue->tail; }
static inline uint64_t six_queue_length(const struct six_queue *queue) { return queue->tail - queue->head; }

// The task with a sequence number in [head, tail).
static inline struct six_task *six_queue_at(const struct six_queue *queue, uint64_t sequence) {
  uint64_t offset = sequence - queue->base;
  return &queue->chunks[queue->chunk_first + offset / SIX_QUEUE_CHUNK][offset % SIX_QUEUE_CHUNK];
}

// Whether the next push makes a chunk.
static inline bool six_queue_full(const struct six_queue *queue) { return queue->free == queue->free_end; }

// The slot at the tail, to be filled by the caller.
static inline struct six_task *six_queue_push(struct six_queue *queue) {
  if (six_queue_full(queue)) six_queue_grow(queue);
  queue->tail++;
  return queue->free++;
}

// Copies the head out and drops it.
static inline void six_queue_shift(struct six_queue *queue, struct six_task *out) {
  six_task_put(out, queue->first++);
  queue->head++;
  if (queue->first == queue->first_end) six_queue_drop_chunk(queue);
}

#endif
