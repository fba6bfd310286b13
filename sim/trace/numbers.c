#include "sim/trace/numbers.h"

#include <stdlib.h>

static void widen(struct six_numbers *numbers) {
  numbers->size = numbers->size ? numbers->size * 2 : 64;
  free(numbers->slots);
  numbers->slots = calloc(numbers->size, sizeof *numbers->slots);
  if (!numbers->slots) abort();
}

void six_numbers_make_room(struct six_numbers *numbers, uint32_t count, uint32_t (*hash_of)(const void *items, uint32_t i),
                           const void *items) {
  if (2 * count < numbers->size) return;
  widen(numbers);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t at = hash_of(items, i) & (numbers->size - 1);
    while (numbers->slots[at]) at = (at + 1) & (numbers->size - 1);
    numbers->slots[at] = i + 1;
  }
}
