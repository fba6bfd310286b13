// trace: what is kept once has a number: an open-addressed table of the numbers of an array's items.
#ifndef SIX_TRACE_NUMBERS_H
#define SIX_TRACE_NUMBERS_H

#include <stddef.h>
#include <stdint.h>

// Zero-initialise to start; free(slots) at the end. A slot holds an item's index + 1, or 0.
struct six_numbers {
  uint32_t *slots, size;  // a power of two
};

// Makes room for one more than `count` items. `hash_of` gives the hash of the i-th of `items`. Then the items of a hash are
// in the slots from `hash & (size - 1)` on, up to the first that is 0.
void six_numbers_make_room(struct six_numbers *numbers, uint32_t count, uint32_t (*hash_of)(const void *items, uint32_t i),
                           const void *items);

#endif
