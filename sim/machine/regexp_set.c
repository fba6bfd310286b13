// machine: sets of code points for character classes.
#include <stdlib.h>
#include <string.h>

#include "sim/machine/regexp_parse.h"
#include "sim/machine/unicode.h"

void re_set_add(struct re_pattern *p, struct re_set *set, uint32_t first, uint32_t last) {
  if (set->count == set->capacity) {
    uint32_t capacity = set->capacity ? set->capacity * 2 : 8;
    uint32_t *pairs = six_arena_alloc(&p->arena, capacity * 2 * sizeof *pairs);
    if (set->count) memcpy(pairs, set->pairs, set->count * 2 * sizeof *pairs);
    set->pairs = pairs;
    set->capacity = capacity;
  }
  set->pairs[2 * set->count] = first;
  set->pairs[2 * set->count + 1] = last;
  set->count++;
}

void re_set_add_all(struct re_pattern *p, struct re_set *set, const struct re_set *from) {
  for (uint32_t i = 0; i < from->count; i++) re_set_add(p, set, from->pairs[2 * i], from->pairs[2 * i + 1]);
}

static int compare_pairs(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return x < y ? -1 : x > y;
}

void re_set_normalize(struct re_set *set) {
  if (set->count < 2) return;
  qsort(set->pairs, set->count, 2 * sizeof *set->pairs, compare_pairs);
  uint32_t out = 0;
  for (uint32_t i = 1; i < set->count; i++) {
    uint32_t *last = set->pairs + 2 * out, *pair = set->pairs + 2 * i;
    if (pair[0] <= last[1] + 1) {
      if (pair[1] > last[1]) last[1] = pair[1];
    } else {
      out++;
      set->pairs[2 * out] = pair[0];
      set->pairs[2 * out + 1] = pair[1];
    }
  }
  set->count = out + 1;
}

void re_set_invert(struct re_pattern *p, struct re_set *set) {
  re_set_normalize(set);
  struct re_set inverted = {0};
  uint32_t next = 0;
  for (uint32_t i = 0; i < set->count; i++) {
    if (set->pairs[2 * i] > next) re_set_add(p, &inverted, next, set->pairs[2 * i] - 1);
    next = set->pairs[2 * i + 1] + 1;
  }
  if (next <= 0x10FFFF) re_set_add(p, &inverted, next, 0x10FFFF);
  *set = inverted;
}

bool re_set_has(const struct re_set *set, uint32_t c) {
  uint32_t low = 0, high = set->count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (c < set->pairs[2 * middle]) high = middle;
    else if (c > set->pairs[2 * middle + 1]) low = middle + 1;
    else return true;
  }
  return false;
}

struct folding {
  struct re_pattern *p;
  const struct re_set *set;
  struct re_set *added;
};

static void add_canonical(void *data, uint32_t c, uint32_t canonical) {
  struct folding *f = data;
  if (re_set_has(f->set, c)) re_set_add(f->p, f->added, canonical, canonical);
}

void re_set_fold(struct re_pattern *p, struct re_set *set) {
  re_set_normalize(set);
  struct re_set added = {0};
  struct folding f = {p, set, &added};
  six_unicode_each_cased(p->unicode, add_canonical, &f);
  re_set_add_all(p, set, &added);
  re_set_normalize(set);
}
