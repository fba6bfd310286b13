// machine: array iterators (ECMA-262 23.1.5), also of typed arrays.
#include "sim/machine/builtins/array_parts.h"
#include "sim/machine/classes.h"

struct array_iterator {
  struct six_object object;
  six_value array;  // SIX_UNDEFINED at the end
  double index;
  enum six_array_iteration kind;
};

void six_array_iterator_mark(struct six_machine *m, struct six_object *o) { six_mark_value(m, ((struct array_iterator *)o)->array); }

six_value six_array_iterator_new(struct six_machine *m, struct six_object *array, enum six_array_iteration kind) {
  struct array_iterator *it = (struct array_iterator *)six_object_new_class(m, SIX_CLASS_ARRAY_ITERATOR, sizeof *it,
                                                                            six_intrinsic(m, SIX_I_ArrayIteratorPrototype));
  it->array = six_object_value(array);
  it->index = 0;
  it->kind = kind;
  return six_object_value(&it->object);
}

static six_value iterator_of(struct six_machine *m, const struct six_args *a, enum six_array_iteration kind) {
  struct six_object *o = six_to_object(m, a->this_value);
  return o ? six_array_iterator_new(m, o, kind) : SIX_EXCEPTION;
}

static six_value array_keys(struct six_machine *m, const struct six_args *a) { return iterator_of(m, a, SIX_ARRAY_KEYS); }

static six_value array_values(struct six_machine *m, const struct six_args *a) { return iterator_of(m, a, SIX_ARRAY_VALUES); }

static six_value array_entries(struct six_machine *m, const struct six_args *a) { return iterator_of(m, a, SIX_ARRAY_ENTRIES); }

static six_value array_iterator_next(struct six_machine *m, const struct six_args *a) {
  struct array_iterator *it = six_this_of(m, a, SIX_CLASS_ARRAY_ITERATOR, "Array Iterator.prototype.next");
  if (!it) return SIX_EXCEPTION;
  if (six_is_undefined(it->array)) return six_object_value(six_iter_result(m, SIX_UNDEFINED, true));
  struct six_object *o = six_as_object(it->array);
  double length, i = it->index;
  if (six_length_of(m, o, &length) < 0) return SIX_EXCEPTION;
  if (i >= length) {
    it->array = SIX_UNDEFINED;
    return six_object_value(six_iter_result(m, SIX_UNDEFINED, true));
  }
  it->index = i + 1;
  if (it->kind == SIX_ARRAY_KEYS) return six_object_value(six_iter_result(m, six_number(i), false));
  six_value v = six_element(m, o, i);
  if (six_is_exception(v)) return v;
  if (it->kind == SIX_ARRAY_ENTRIES) {
    six_value pair[2] = {six_number(i), v};
    v = six_object_value(six_array_from(m, pair, 2));
  }
  return six_object_value(six_iter_result(m, v, false));
}

static const struct six_native_def methods[] = {
    {"keys", array_keys, 0, 0},
    {"entries", array_entries, 0, 0},
    {"values", array_values, 0, 0},
};

static const struct six_native_def iterator_methods[] = {{"next", array_iterator_next, 0, 0}};

void six_init_array_iterator(struct six_machine *m, struct six_object *prototype) {
  six_define_natives(m, prototype, methods, SIX_COUNT(methods));
  m->intrinsics[SIX_I_ArrayValues] = six_as_object(six_get(m, prototype, SIX_ATOM(m, values)));
  six_define_alias(m, prototype, SIX_SYMBOL(m, iterator), SIX_ATOM(m, values));
  struct six_object *iterator = six_object_new(m, six_intrinsic(m, SIX_I_IteratorPrototype));
  m->intrinsics[SIX_I_ArrayIteratorPrototype] = iterator;
  six_define_natives(m, iterator, iterator_methods, SIX_COUNT(iterator_methods));
  six_define_tag(m, iterator, "Array Iterator");
}
