#include "sim/machine/builtins/array_parts.h"

int six_element_delete(struct six_machine *m, struct six_object *o, double i) { return six_delete(m, o, six_key_of_number(m, i), true); }

int six_element_create(struct six_machine *m, struct six_object *o, double i, six_value v) {
  if (six_array_is_pliable(o) && i == o->array_length) {
    six_array_push(m, o, v);
    return 1;
  }
  if (i < o->array_length && i == o->element_count && i < o->element_capacity && o->cell.class_ == SIX_CLASS_ARRAY &&
      !(o->cell.flags & (SIX_OBJECT_SPARSE | SIX_OBJECT_EXOTIC | SIX_OBJECT_NOT_EXTENSIBLE))) {
    o->elements[o->element_count++] = v;  // the next one of new Array(n)
    return 1;
  }
  return six_create_data(m, o, six_key_of_number(m, i), v);
}

int six_element_if_present(struct six_machine *m, struct six_object *o, double i, six_value *v) {
  m->effort += 1;
  if (six_element_is_at_hand(o, i)) {
    *v = o->elements[(uint32_t)i];
    return 1;
  }
  six_effort(m, 8);
  if (m->stop) return -1;
  six_key key = six_key_of_number(m, i);
  int has = six_has_property(m, o, key);
  if (has <= 0) return has;
  *v = six_get(m, o, key);
  return six_is_exception(*v) ? -1 : 1;
}

bool six_set_length(struct six_machine *m, struct six_object *o, double length) {
  if (six_array_is_pliable(o) && length == o->array_length) return true;
  return six_set(m, o, SIX_ATOM(m, length), six_number(length)) >= 0;
}

struct six_object *six_array_this(struct six_machine *m, const struct six_args *a, const char *method, double *length) {
  if (method && six_is_nullish(a->this_value)) {
    six_throw_type(m, "%s called on null or undefined", method);
    return NULL;
  }
  struct six_object *o = six_to_object(m, a->this_value);
  if (!o) return NULL;
  if (o->cell.class_ == SIX_CLASS_ARRAY) {
    *length = o->array_length;
    return o;
  }
  six_root(m, six_object_value(o));
  return six_length_of(m, o, length) < 0 ? NULL : o;
}

bool six_relative_arg(struct six_machine *m, six_value v, double length, double fallback, double *out) {
  double d = fallback;
  if (six_is_int(v)) {
    d = six_as_int(v);
  } else if (!six_is_undefined(v) && !six_to_integer(m, v, &d)) {
    return false;
  }
  if (d < 0) d += length;
  *out = d < 0 ? 0 : d > length ? length : d;
  return true;
}

int six_array_species_is_plain(struct six_machine *m, struct six_object *original) {
  if (original->cell.class_ != SIX_CLASS_ARRAY) return 0;
  six_value c = six_get(m, original, SIX_ATOM(m, constructor));
  if (six_is_exception(c)) return -1;
  return c == six_object_value(six_intrinsic(m, SIX_I_Array));
}

struct six_object *six_array_sized(struct six_machine *m, double length) {
  if (length > 4294967295.0) {
    six_throw_range(m, "Invalid array length");
    return NULL;
  }
  struct six_object *array = six_array_new(m, length < 65536 ? (uint32_t)length : 65536);
  six_root(m, six_object_value(array));
  return array;
}

static struct six_object *array_of_length(struct six_machine *m, double length) {
  struct six_object *array = six_array_sized(m, length);
  if (array && length > 0 && six_array_set_length(m, array, (uint32_t)length) < 0) return NULL;
  return array;
}

struct six_object *six_array_species(struct six_machine *m, struct six_object *original, double length) {
  int is_array = six_is_array(m, six_object_value(original));
  if (is_array < 0) return NULL;
  if (!is_array) return array_of_length(m, length);
  six_value c = six_get(m, original, SIX_ATOM(m, constructor));
  if (six_is_exception(c)) return NULL;
  if (c == six_object_value(six_intrinsic(m, SIX_I_Array))) return array_of_length(m, length);
  six_root(m, c);
  if (six_is_object(c)) {
    c = six_get(m, six_as_object(c), SIX_SYMBOL(m, species));
    if (six_is_exception(c)) return NULL;
    if (six_is_null(c)) c = SIX_UNDEFINED;
  }
  if (six_is_undefined(c)) return array_of_length(m, length);
  if (!six_is_constructor(c)) {
    six_throw_type(m, "object.constructor[Symbol.species] is not a constructor");
    return NULL;
  }
  six_root(m, c);
  six_value argument = six_number(length);
  six_value made = six_construct(m, c, 1, &argument, c);
  if (six_is_exception(made)) return NULL;
  six_root(m, made);
  return six_as_object(made);
}
