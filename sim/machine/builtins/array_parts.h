// machine: what the files of Array (ECMA-262 23.1) share.
#ifndef SIX_MACHINE_BUILTINS_ARRAY_PARTS_H
#define SIX_MACHINE_BUILTINS_ARRAY_PARTS_H

#include "sim/machine/builtins/builtin.h"

#define SIX_MAX_LENGTH 9007199254740991.0  // 2^53 - 1

// Whether index properties of `o` below element_count can be read from its elements.
static inline bool six_elements_are_plain(const struct six_object *o) { return !(o->cell.flags & SIX_OBJECT_EXOTIC); }

static inline bool six_element_is_at_hand(const struct six_object *o, double i) {
  return six_elements_are_plain(o) && i < o->element_count && o->elements[(uint32_t)i] != SIX_EMPTY;
}

// Whether `o` is a true array, dense and extensible, with a writable length: it may grow and shrink in place.
static inline bool six_array_is_pliable(const struct six_object *o) {
  return six_array_is_dense(o) && !(o->cell.flags & (SIX_OBJECT_NOT_EXTENSIBLE | SIX_OBJECT_LENGTH_READONLY));
}

// Get, HasProperty, Set, DeletePropertyOrThrow and CreateDataPropertyOrThrow of index `i`. [JS]
static inline six_value six_element(struct six_machine *m, struct six_object *o, double i) {
  m->effort += 1;
  if (six_element_is_at_hand(o, i)) return o->elements[(uint32_t)i];
  six_effort(m, 8);
  return m->stop ? SIX_EXCEPTION : six_get(m, o, six_key_of_number(m, i));
}
static inline int six_element_has(struct six_machine *m, struct six_object *o, double i) {
  return six_element_is_at_hand(o, i) ? 1 : six_has_property(m, o, six_key_of_number(m, i));
}
static inline int six_element_set(struct six_machine *m, struct six_object *o, double i, six_value v) {
  if (!six_element_is_at_hand(o, i)) return six_set(m, o, six_key_of_number(m, i), v);
  o->elements[(uint32_t)i] = v;
  return 1;
}
int six_element_delete(struct six_machine *m, struct six_object *o, double i);
int six_element_create(struct six_machine *m, struct six_object *o, double i, six_value v);

// The value at `i` if there is one: 1 and *v, 0 for a hole, -1. [JS]
int six_element_if_present(struct six_machine *m, struct six_object *o, double i, six_value *v);

// Set(o, "length", length, true). false on exception. [JS]
bool six_set_length(struct six_machine *m, struct six_object *o, double length);

// ToObject(this), rooted, and its length. NULL on exception; `method` names it for null and undefined, or is NULL. [JS]
struct six_object *six_array_this(struct six_machine *m, const struct six_args *a, const char *method, double *length);

// A relative index argument clamped to [0, length]. false on exception. [JS]
bool six_relative_arg(struct six_machine *m, six_value v, double length, double fallback, double *out);

// ArraySpeciesCreate (23.1.3.1.1): rooted; NULL on exception. [JS]
struct six_object *six_array_species(struct six_machine *m, struct six_object *original, double length);
// Whether ArraySpeciesCreate for `original` would make a plain array without the program noticing. [JS] -1 on exception.
int six_array_species_is_plain(struct six_machine *m, struct six_object *original);

// A plain array of `length` values that are all set in order by six_array_push. NULL and RangeError when too long.
struct six_object *six_array_sized(struct six_machine *m, double length);

// Rows of the prototype that live in other files.
extern const struct six_native_def six_array_callback_natives[];
extern const size_t six_array_callback_count;
extern const struct six_native_def six_array_join_natives[];
extern const size_t six_array_join_count;
six_native six_array_sort, six_array_to_sorted;

// Array iterators (23.1.5): the prototype's keys, values and entries, and %ArrayIteratorPrototype%.
void six_init_array_iterator(struct six_machine *m, struct six_object *prototype);

#endif
