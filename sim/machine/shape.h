// machine: shapes, as object.c and its neighbours change them.
#ifndef SIX_MACHINE_SHAPE_H
#define SIX_MACHINE_SHAPE_H

#include "sim/machine/alloc.h"

enum { SIX_SHAPE_MAX = 200 };  // an object with more properties becomes a dictionary

static inline uint32_t six_key_hash(six_key key) {
  uint64_t mixed = (key >> 4 ^ key << 7) * 0x9E3779B97F4A7C15u;
  return (uint32_t)(mixed >> 32);
}

static inline bool six_shape_is_dictionary(const struct six_shape *shape) { return (shape->cell.flags & SIX_SHAPE_DICTIONARY) != 0; }

// six_shape_find, inline for the paths that matter.
static inline int32_t six_shape_look(const struct six_shape *shape, six_key key, uint32_t *attrs) {
  uint32_t count = shape->count;
  if (!count) return -1;
  const struct six_props *props = shape->props;
  const struct six_prop *items = props->items;
  if (!props->buckets) {
    for (uint32_t i = 0; i < count; i++) {
      if (items[i].key == key) {
        *attrs = items[i].attrs;
        return (int32_t)i;
      }
    }
    return -1;
  }
  uint32_t at = props->buckets[six_key_hash(key) & (props->bucket_count - 1)];
  for (; at; at = items[at - 1].next) {
    if (items[at - 1].key != key) continue;
    if (at > count) return -1;  // a later shape's
    *attrs = items[at - 1].attrs;
    return (int32_t)(at - 1);
  }
  return -1;
}

// A shape with the same properties for another prototype, or (slot >= 0) with other attributes at `slot`.
struct six_shape *six_shape_rebuild(struct six_machine *m, struct six_shape *shape, struct six_object *proto, int32_t slot, uint32_t attrs);
// The same properties in a shape that no transition leads to: only objects given it have it. For prototypes, so that a
// cached addition of a property never hits them (it would not bump the epoch).
struct six_shape *six_shape_unshared(struct six_machine *m, const struct six_shape *shape);
// The shape of objects of `shape` that take no more properties: different, so that cached additions miss.
struct six_shape *six_shape_closed(struct six_machine *m, struct six_shape *shape);
// The same as a dictionary of its own.
struct six_shape *six_shape_to_dictionary(struct six_machine *m, const struct six_shape *shape);
// Dictionaries, in place. The slot of the new property.
uint32_t six_dictionary_add(struct six_machine *m, struct six_shape *shape, six_key key, uint32_t attrs);
void six_dictionary_delete(struct six_shape *shape, uint32_t slot);
// Whether deleted items should be squeezed out; _squeeze moves the slots too.
bool six_dictionary_is_sparse(const struct six_shape *shape);
void six_dictionary_squeeze(struct six_shape *shape, six_value *slots);

#endif
