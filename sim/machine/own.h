// machine: own properties of ordinary objects, as the files behind object.h see them. Nothing here runs JavaScript or
// checks extensibility.
#ifndef SIX_MACHINE_OWN_H
#define SIX_MACHINE_OWN_H

#include "sim/machine/classes.h"
#include "sim/machine/shape.h"

enum six_own_where { SIX_OWN_NONE, SIX_OWN_ELEMENT, SIX_OWN_SLOT, SIX_OWN_LENGTH };

// Where a property is. `at` holds its value, or its accessor when attrs has SIX_ACCESSOR; NULL for an array's length.
struct six_own {
  enum six_own_where where;
  uint32_t index;  // of the element or slot
  uint32_t attrs;
  six_value *at;
};

static inline bool six_has_flag(const struct six_object *o, uint8_t flag) { return (o->cell.flags & flag) != 0; }

static inline const struct six_exotic *six_exotic_of(const struct six_object *o) {
  return six_has_flag(o, SIX_OBJECT_EXOTIC) ? six_classes[o->cell.class_].exotic : NULL;
}

static inline bool six_own_find(struct six_machine *m, struct six_object *o, six_key key, struct six_own *own) {
  if (six_is_int(key)) {
    uint32_t i = (uint32_t)six_as_int(key);
    if (i < o->element_count && o->elements[i] != SIX_EMPTY) {
      *own = (struct six_own){SIX_OWN_ELEMENT, i, SIX_DATA_ALL, &o->elements[i]};
      return true;
    }
    if (!six_has_flag(o, SIX_OBJECT_SPARSE)) return false;
  } else if (o->cell.class_ == SIX_CLASS_ARRAY && key == SIX_ATOM(m, length)) {
    *own = (struct six_own){SIX_OWN_LENGTH, 0, six_has_flag(o, SIX_OBJECT_LENGTH_READONLY) ? 0 : SIX_WRITABLE, NULL};
    return true;
  }
  int32_t slot = six_shape_look(o->shape, key, &own->attrs);
  if (slot < 0) return false;
  own->where = SIX_OWN_SLOT;
  own->index = (uint32_t)slot;
  own->at = &o->slots[slot];
  return true;
}

static inline struct six_accessor *six_own_accessor(const struct six_own *own) { return (struct six_accessor *)six_as_pointer(*own->at); }

// A getter or setter out of its accessor, made if it was lazy.
static inline six_value six_made(struct six_machine *m, six_value *slot) {
  return __builtin_expect(six_is_lazy(*slot), 0) ? six_materialize(m, slot) : *slot;
}

static inline six_value six_own_value(struct six_machine *m, const struct six_own *own, const struct six_object *o) {
  return own->where == SIX_OWN_LENGTH ? six_number(o->array_length) : six_made(m, own->at);
}

// The global object's missing properties may be made by the host (Node's lazy globals). True: look again.
static inline bool six_global_appears(struct six_machine *m, const struct six_object *o, six_key key) {
  return o == m->intrinsics[SIX_I_Global] && m->host && m->host->global_missing && !six_is_int(key) && m->host->global_missing(m, key);
}

// Adds an absent property. An array's length grows with it.
void six_own_add(struct six_machine *m, struct six_object *o, six_key key, six_value v, uint32_t attrs);
void six_own_add_named(struct six_machine *m, struct six_object *o, six_key key, six_value v, uint32_t attrs);  // never an element
// Gives a present one another value (or accessor) and attributes.
void six_own_change(struct six_machine *m, struct six_object *o, six_key key, const struct six_own *own, six_value v, uint32_t attrs);
void six_own_remove(struct six_machine *m, struct six_object *o, const struct six_own *own);
six_value six_accessor_new(struct six_machine *m, six_value get, six_value set);  // as a slot holds it

// Puts a plain element at `i`, which is not among the named properties. Dense if it can be.
void six_element_add(struct six_machine *m, struct six_object *o, uint32_t i, six_value v);
// ArraySetLength's truncation: 1, or 0 when an element could not be deleted (the length stays above it).
int six_array_truncate(struct six_machine *m, struct six_object *array, uint32_t length);
// ArraySetLength (10.4.2.4) from a property descriptor or an assignment. [JS]
int six_array_define_length(struct six_machine *m, struct six_object *array, const struct six_descriptor *d, bool throws);

// Failures: a TypeError and -1 when `throws`, else 0. `format` has one %s for the key and one for the object, in order.
int six_fail_key(struct six_machine *m, bool throws, const char *format, six_key key);
int six_fail_key_object(struct six_machine *m, bool throws, const char *format, six_key key, struct six_object *o);
// A primitive as messages show it: a string's own text, Symbol(x), 1. UTF-8.
void six_describe_primitive(struct six_machine *m, six_value v, struct six_text *out);
six_value six_throw_uncallable(struct six_machine *m, six_value v);  // "number 1 is not a function"
int six_fail_read_only(struct six_machine *m, bool throws, six_key key, six_value receiver);

#endif
