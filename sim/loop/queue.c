#include "sim/loop/queue.h"

#include <stdlib.h>
#include <string.h>

void six_queue_done(struct six_queue *queue) {
  for (uint32_t i = 0; i < queue->chunk_count; i++) free(queue->chunks[queue->chunk_first + i]);
  free(queue->chunks);
  free(queue->spare);
  *queue = (struct six_queue){0};
}

// Makes room for one more chunk pointer behind the last.
static void widen(struct six_queue *queue) {
  if (queue->chunk_first + queue->chunk_count < queue->chunk_capacity) return;
  if (queue->chunk_first > queue->chunk_capacity / 2) {
    memmove(queue->chunks, queue->chunks + queue->chunk_first, queue->chunk_count * sizeof *queue->chunks);
    queue->chunk_first = 0;
    return;
  }
  uint32_t capacity = queue->chunk_capacity ? queue->chunk_capacity * 2 : 8;
  queue->chunks = realloc(queue->chunks, capacity * sizeof *queue->chunks);
  if (!queue->chunks) abort();
  queue->chunk_capacity = capacity;
}

static void look_at_first(struct six_queue *queue) {
  queue->first = queue->chunk_count ? queue->chunks[queue->chunk_first] : NULL;
  queue->first_end = queue->first ? queue->first + SIX_QUEUE_CHUNK : NULL;
}

void six_queue_grow(struct six_queue *queue) {
  struct six_task *chunk = queue->spare;
  queue->spare = NULL;
  if (!chunk) chunk = malloc(SIX_QUEUE_CHUNK * sizeof *chunk);
  if (!chunk) abort();
  widen(queue);
  queue->chunks[queue->chunk_first + queue->chunk_count++] = chunk;
  queue->free = chunk;
  queue->free_end = chunk + SIX_QUEUE_CHUNK;
  if (queue->chunk_count == 1) look_at_first(queue);
}

void six_queue_drop_chunk(struct six_queue *queue) {
  struct six_task *chunk = queue->chunks[queue->chunk_first];
  queue->chunk_count--;
  queue->chunk_first = queue->chunk_count ? queue->chunk_first + 1 : 0;
  queue->base += SIX_QUEUE_CHUNK;
  if (queue->spare) free(chunk);
  else queue->spare = chunk;
  if (queue->chunk_count == 0) queue->free = queue->free_end = NULL;
  look_at_first(queue);
}
