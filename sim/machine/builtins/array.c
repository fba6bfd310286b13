// machine: Array: the constructor, what changes arrays in place, and what copies them (ECMA-262 23.1).
#include "sim/machine/builtins/array_parts.h"
#include "sim/machine/own.h"

// ---- Constructor and static methods

static six_value array_constructor(struct six_machine *m, const struct six_args *a) {
  struct six_object *proto = six_intrinsic(m, SIX_I_ArrayPrototype);
  if (!six_is_undefined(a->new_target)) proto = six_prototype_for(m, a, proto);
  if (!proto) return SIX_EXCEPTION;
  bool by_length = a->argc == 1 && six_is_number(a->argv[0]);
  double length = by_length ? six_as_number(a->argv[0]) : 0;
  if (by_length && (length < 0 || length > 4294967295.0 || floor(length) != length)) return six_throw_range(m, "Invalid array length");
  struct six_object *array =
      by_length ? six_array_new(m, length < 1024 ? (uint32_t)length : 0) : six_array_from(m, a->argv, (uint32_t)a->argc);
  if (proto != m->intrinsics[SIX_I_ArrayPrototype]) six_set_prototype(m, array, proto, false);
  if (length > 0) six_array_set_length(m, array, (uint32_t)length);
  return six_object_value(array);
}

static six_value array_is_array(struct six_machine *m, const struct six_args *a) {
  int yes = six_is_array(m, six_arg(a, 0));
  return yes < 0 ? SIX_EXCEPTION : six_boolean(yes);
}

// An object for from and of: new this(length), or a plain array. `length` < 0: no argument. Rooted; NULL on exception.
static struct six_object *made_by(struct six_machine *m, six_value constructor, double length) {
  if (!six_is_constructor(constructor) || constructor == six_object_value(m->intrinsics[SIX_I_Array])) {
    struct six_object *array = six_array_sized(m, length < 0 ? 0 : length);
    return array;
  }
  six_value argument = six_number(length);
  six_value made = six_construct(m, constructor, length < 0 ? 0 : 1, &argument, constructor);
  if (six_is_exception(made)) return NULL;
  six_root(m, made);
  return six_as_object(made);
}

static six_value mapped(struct six_machine *m, six_value map, six_value this_arg, six_value v, double i) {
  if (six_is_undefined(map)) return v;
  six_value argv[2] = {v, six_number(i)};
  return six_call(m, map, this_arg, 2, argv);
}

static six_value from_iterable(struct six_machine *m, const struct six_args *a) {
  struct six_object *array = made_by(m, a->this_value, -1);
  if (!array) return SIX_EXCEPTION;
  struct six_iterator it;
  if (!six_iterator_open(m, a->argv[0], &it)) return SIX_EXCEPTION;
  for (double i = 0;; i++) {
    six_value v;
    int step = six_iterator_step(m, &it, &v);
    if (step < 0) return SIX_EXCEPTION;
    if (step == 0) return six_set_length(m, array, i) ? six_object_value(array) : SIX_EXCEPTION;
    v = mapped(m, six_arg(a, 1), six_arg(a, 2), v, i);
    if (six_is_exception(v) || six_element_create(m, array, i, v) < 0) {
      six_iterator_close(m, &it);
      return SIX_EXCEPTION;
    }
  }
}

static six_value from_array_like(struct six_machine *m, const struct six_args *a) {
  struct six_object *from = six_to_object(m, a->argv[0]);
  double length;
  six_root(m, six_object_value(from));
  if (six_length_of(m, from, &length) < 0) return SIX_EXCEPTION;
  struct six_object *array = made_by(m, a->this_value, length);
  if (!array) return SIX_EXCEPTION;
  for (double i = 0; i < length; i++) {
    six_value v = six_element(m, from, i);
    if (six_is_exception(v)) return v;
    v = mapped(m, six_arg(a, 1), six_arg(a, 2), v, i);
    if (six_is_exception(v) || six_element_create(m, array, i, v) < 0) return SIX_EXCEPTION;
  }
  return six_set_length(m, array, length) ? six_object_value(array) : SIX_EXCEPTION;
}

six_value six_throw_found_iterator(struct six_machine *m, six_value method, const char *who) {
  int32_t words = m->rules->cell[SIX_RULE_V8_WORDS];
  if (words == 0) return six_throw_uncallable(m, method);
  if (words < 3 && who[0] == '%') return six_throw_type_about(m, "", method, " is not a function");
  if (words < 6) return six_throw_type(m, "Found non-callable @@iterator");
  return six_throw_type(m, "%s requires that the property of the first argument, items[Symbol.iterator], when exists, be a function", who);
}

static six_value array_from(struct six_machine *m, const struct six_args *a) {
  six_value items = six_arg(a, 0);
  if (!six_is_undefined(six_arg(a, 1)) && !six_require_callback(m, a->argv[1])) return SIX_EXCEPTION;
  if (six_is_nullish(items) && m->rules->cell[SIX_RULE_V8_WORDS] < 3)
    return six_throw_type(m, "Cannot convert undefined or null to object");
  if (six_is_nullish(items)) return six_throw_call_site(m, items, " is not iterable (cannot read property Symbol(Symbol.iterator))");
  six_value iterator = six_get_v(m, items, SIX_SYMBOL(m, iterator));
  if (six_is_exception(iterator)) return iterator;
  if (six_is_nullish(iterator)) return from_array_like(m, a);
  if (six_is_callable(iterator)) return from_iterable(m, a);
  return six_throw_found_iterator(m, iterator, "%Array%.from");
}

static six_value array_of(struct six_machine *m, const struct six_args *a) {
  struct six_object *array = made_by(m, a->this_value, a->argc);
  if (!array) return SIX_EXCEPTION;
  for (int i = 0; i < a->argc; i++) {
    if (six_element_create(m, array, i, a->argv[i]) < 0) return SIX_EXCEPTION;
  }
  return six_set_length(m, array, a->argc) ? six_object_value(array) : SIX_EXCEPTION;
}

// ---- Reading one element

static six_value array_at(struct six_machine *m, const struct six_args *a) {
  double length, i;
  struct six_object *o = six_array_this(m, a, NULL, &length);
  if (!o || !six_to_integer(m, six_arg(a, 0), &i)) return SIX_EXCEPTION;
  if (i < 0) i += length;
  return i < 0 || i >= length ? SIX_UNDEFINED : six_element(m, o, i);
}

static bool same_element(struct six_machine *m, six_value a, six_value b) {
  if (six_is_object(b) || six_is_int(b)) {
    if (a == b) return true;
    return six_is_int(b) && six_is_double(a) && six_as_double(a) == six_as_int(b);
  }
  return six_strict_equal(m, a, b);
}

static six_value array_includes(struct six_machine *m, const struct six_args *a) {
  double length, from;
  struct six_object *o = six_array_this(m, a, NULL, &length);
  if (!o) return SIX_EXCEPTION;
  if (length == 0) return SIX_FALSE;
  if (!six_relative_arg(m, six_arg(a, 1), length, 0, &from)) return SIX_EXCEPTION;
  for (double i = from; i < length; i++) {
    six_value v = six_element(m, o, i);
    if (six_is_exception(v)) return v;
    if (six_same_value_zero(m, v, six_arg(a, 0))) return SIX_TRUE;
  }
  return SIX_FALSE;
}

static six_value array_index_of(struct six_machine *m, const struct six_args *a) {
  double length, from;
  struct six_object *o = six_array_this(m, a, "Array.prototype.indexOf", &length);
  if (!o) return SIX_EXCEPTION;
  if (length == 0) return six_int(-1);
  if (!six_relative_arg(m, six_arg(a, 1), length, 0, &from)) return SIX_EXCEPTION;
  for (double i = from; i < length; i++) {
    six_value v;
    int has = six_element_if_present(m, o, i, &v);
    if (has < 0) return SIX_EXCEPTION;
    if (has && same_element(m, v, six_arg(a, 0))) return six_number(i);
  }
  return six_int(-1);
}

static six_value array_last_index_of(struct six_machine *m, const struct six_args *a) {
  double length, from;
  struct six_object *o = six_array_this(m, a, NULL, &length);
  if (!o) return SIX_EXCEPTION;
  if (length == 0) return six_int(-1);
  from = length - 1;
  if (a->argc > 1) {
    if (!six_to_integer(m, a->argv[1], &from)) return SIX_EXCEPTION;
    if (from < 0) from += length;
    if (from > length - 1) from = length - 1;
  }
  for (double i = from; i >= 0; i--) {
    six_value v;
    int has = six_element_if_present(m, o, i, &v);
    if (has < 0) return SIX_EXCEPTION;
    if (has && same_element(m, v, six_arg(a, 0))) return six_number(i);
  }
  return six_int(-1);
}

// ---- Both ends

static six_value array_push(struct six_machine *m, const struct six_args *a) {
  double length;
  struct six_object *o = six_array_this(m, a, NULL, &length);
  if (!o) return SIX_EXCEPTION;
  if (six_array_is_pliable(o) && length + a->argc <= 4294967295.0) {
    for (int i = 0; i < a->argc; i++) six_array_push(m, o, a->argv[i]);
    return six_number(o->array_length);
  }
  if (length + a->argc > SIX_MAX_LENGTH) {
    return six_throw_type(m, "Pushing %d elements on an array-like of length %.0f is disallowed, as the total surpasses 2**53-1", a->argc,
                          length);
  }
  for (int i = 0; i < a->argc; i++, length++) {
    if (six_set(m, o, six_key_of_number(m, length), a->argv[i]) < 0) return SIX_EXCEPTION;
  }
  return six_set_length(m, o, length) ? six_number(length) : SIX_EXCEPTION;
}

static six_value array_pop(struct six_machine *m, const struct six_args *a) {
  double length;
  struct six_object *o = six_array_this(m, a, NULL, &length);
  if (!o) return SIX_EXCEPTION;
  if (length == 0) return six_set_length(m, o, 0) ? SIX_UNDEFINED : SIX_EXCEPTION;
  if (six_array_is_pliable(o) && o->elements[o->element_count - 1] != SIX_EMPTY) {
    o->array_length--;
    return o->elements[--o->element_count];
  }
  six_value v = six_element(m, o, length - 1);
  if (six_is_exception(v)) return v;
  six_root(m, v);
  if (six_element_delete(m, o, length - 1) < 0 || !six_set_length(m, o, length - 1)) return SIX_EXCEPTION;
  return v;
}

// Moves the element at `from` to `to`, or its absence. false on exception.
static bool move_element(struct six_machine *m, struct six_object *o, double from, double to) {
  six_value v;
  int has = six_element_if_present(m, o, from, &v);
  if (has < 0) return false;
  return has ? six_element_set(m, o, to, v) >= 0 : six_element_delete(m, o, to) >= 0;
}

static six_value array_shift(struct six_machine *m, const struct six_args *a) {
  double length;
  struct six_object *o = six_array_this(m, a, NULL, &length);
  if (!o) return SIX_EXCEPTION;
  if (length == 0) return six_set_length(m, o, 0) ? SIX_UNDEFINED : SIX_EXCEPTION;
  if (six_array_is_pliable(o) && o->elements[0] != SIX_EMPTY) {
    six_value first = o->elements[0];
    o->array_length--;
    o->element_count--;
    memmove(o->elements, o->elements + 1, o->element_count * sizeof(six_value));
    m->effort += o->element_count / 8;
    return first;
  }
  six_value first = six_element(m, o, 0);
  if (six_is_exception(first)) return first;
  six_root(m, first);
  for (double i = 1; i < length; i++) {
    if (!move_element(m, o, i, i - 1)) return SIX_EXCEPTION;
  }
  if (six_element_delete(m, o, length - 1) < 0 || !six_set_length(m, o, length - 1)) return SIX_EXCEPTION;
  return first;
}

// Opens `more` places at `at` of a pliable array; false when memory ran out, which ends the run.
static bool open_gap(struct six_machine *m, struct six_object *o, uint32_t at, uint32_t more) {
  uint32_t count = o->element_count;
  for (uint32_t i = 0; i < more; i++) six_array_push(m, o, SIX_UNDEFINED);
  if (o->element_count != count + more) return false;
  if (count > at) memmove(o->elements + at + more, o->elements + at, (count - at) * sizeof(six_value));
  m->effort += (count - at) / 8;
  return true;
}

static six_value array_unshift(struct six_machine *m, const struct six_args *a) {
  double length;
  struct six_object *o = six_array_this(m, a, NULL, &length);
  if (!o) return SIX_EXCEPTION;
  if (six_array_is_pliable(o) && length + a->argc <= 4294967295.0) {
    if (!open_gap(m, o, 0, (uint32_t)a->argc)) return SIX_EXCEPTION;
    for (int i = 0; i < a->argc; i++) o->elements[i] = a->argv[i];
    return six_number(o->array_length);
  }
  if (a->argc > 0) {
    if (length + a->argc > SIX_MAX_LENGTH) return six_throw_type(m, "Invalid array length");
    for (double i = length; i > 0; i--) {
      if (!move_element(m, o, i - 1, i - 1 + a->argc)) return SIX_EXCEPTION;
    }
    for (int i = 0; i < a->argc; i++) {
      if (six_element_set(m, o, i, a->argv[i]) < 0) return SIX_EXCEPTION;
    }
  }
  length += a->argc;
  return six_set_length(m, o, length) ? six_number(length) : SIX_EXCEPTION;
}

// ---- In place

static six_value array_reverse(struct six_machine *m, const struct six_args *a) {
  double length;
  struct six_object *o = six_array_this(m, a, NULL, &length);
  if (!o) return SIX_EXCEPTION;
  for (double low = 0, high = length - 1; low < high; low++, high--) {
    size_t mark = six_roots_mark(m);
    six_value low_value = SIX_UNDEFINED, high_value = SIX_UNDEFINED;
    int low_has = six_element_if_present(m, o, low, &low_value);
    if (low_has < 0) return SIX_EXCEPTION;
    six_root(m, low_value);
    int high_has = six_element_if_present(m, o, high, &high_value);
    if (high_has < 0) return SIX_EXCEPTION;
    six_root(m, high_value);
    if (high_has && six_element_set(m, o, low, high_value) < 0) return SIX_EXCEPTION;
    if (low_has && !high_has && six_element_delete(m, o, low) < 0) return SIX_EXCEPTION;
    if (low_has && six_element_set(m, o, high, low_value) < 0) return SIX_EXCEPTION;
    if (high_has && !low_has && six_element_delete(m, o, high) < 0) return SIX_EXCEPTION;
    six_roots_release(m, mark);
  }
  return six_object_value(o);
}

static six_value array_fill(struct six_machine *m, const struct six_args *a) {
  double length, from, to;
  struct six_object *o = six_array_this(m, a, NULL, &length);
  if (!o || !six_relative_arg(m, six_arg(a, 1), length, 0, &from)) return SIX_EXCEPTION;
  if (!six_relative_arg(m, six_arg(a, 2), length, length, &to)) return SIX_EXCEPTION;
  six_value v = six_arg(a, 0);
  if (from == 0 && to == length && o->cell.class_ == SIX_CLASS_ARRAY && o->element_count == 0 && o->array_length == length &&
      !(o->cell.flags & (SIX_OBJECT_SPARSE | SIX_OBJECT_EXOTIC | SIX_OBJECT_NOT_EXTENSIBLE | SIX_OBJECT_LENGTH_READONLY))) {
    o->array_length = 0;
    m->effort += (uint64_t)length;
    for (double i = 0; i < length && m->stop == SIX_STOP_NONE; i++) six_array_push(m, o, v);
    return six_object_value(o);
  }
  for (double i = from; i < to; i++) {
    if (six_element_set(m, o, i, v) < 0) return SIX_EXCEPTION;
  }
  return six_object_value(o);
}

static six_value array_copy_within(struct six_machine *m, const struct six_args *a) {
  double length, to, from, end;
  struct six_object *o = six_array_this(m, a, NULL, &length);
  if (!o || !six_relative_arg(m, six_arg(a, 0), length, 0, &to)) return SIX_EXCEPTION;
  if (!six_relative_arg(m, six_arg(a, 1), length, 0, &from)) return SIX_EXCEPTION;
  if (!six_relative_arg(m, six_arg(a, 2), length, length, &end)) return SIX_EXCEPTION;
  double count = end - from < length - to ? end - from : length - to, step = 1;
  if (from < to && to < from + count) {
    step = -1;
    from += count - 1;
    to += count - 1;
  }
  for (; count > 0; count--, from += step, to += step) {
    if (!move_element(m, o, from, to)) return SIX_EXCEPTION;
  }
  return six_object_value(o);
}

// ---- Copies

static six_value array_slice(struct six_machine *m, const struct six_args *a) {
  double length, from, to;
  struct six_object *o = six_array_this(m, a, NULL, &length);
  if (!o || !six_relative_arg(m, six_arg(a, 0), length, 0, &from)) return SIX_EXCEPTION;
  if (!six_relative_arg(m, six_arg(a, 1), length, length, &to)) return SIX_EXCEPTION;
  double count = to > from ? to - from : 0;
  int plain = six_array_species_is_plain(m, o);
  if (plain < 0) return SIX_EXCEPTION;
  if (plain && six_array_is_dense(o) && to <= o->array_length) {
    return six_object_value(six_array_from(m, o->elements + (count > 0 ? (uint32_t)from : 0), (uint32_t)count));
  }
  struct six_object *copy = six_array_species(m, o, count);
  if (!copy) return SIX_EXCEPTION;
  double n = 0;
  for (double i = from; i < to; i++, n++) {
    six_value v;
    int has = six_element_if_present(m, o, i, &v);
    if (has < 0 || (has && six_element_create(m, copy, n, v) < 0)) return SIX_EXCEPTION;
  }
  return six_set_length(m, copy, n) ? six_object_value(copy) : SIX_EXCEPTION;
}

// splice of a pliable array with the default species.
static six_value splice_in_place(struct six_machine *m, struct six_object *o, uint32_t at, uint32_t removed, const six_value *items,
                                 uint32_t count) {
  struct six_object *cut = six_array_from(m, o->elements + at, removed);
  uint32_t tail = o->element_count - at - removed;
  if (count > removed) {
    if (!open_gap(m, o, at, count - removed)) return SIX_EXCEPTION;
  } else if (count < removed) {
    if (tail) memmove(o->elements + at + count, o->elements + at + removed, tail * sizeof(six_value));
    o->element_count -= removed - count;
    o->array_length = o->element_count;
  }
  for (uint32_t i = 0; i < count; i++) o->elements[at + i] = items[i];
  return six_object_value(cut);
}

// The generic move of splice's tail. false on exception.
static bool splice_tail(struct six_machine *m, struct six_object *o, double length, double from, double removed, double count) {
  if (count < removed) {
    for (double i = from; i < length - removed; i++) {
      if (!move_element(m, o, i + removed, i + count)) return false;
    }
    for (double i = length; i > length - removed + count; i--) {
      if (six_element_delete(m, o, i - 1) < 0) return false;
    }
  } else if (count > removed) {
    for (double i = length - removed; i > from; i--) {
      if (!move_element(m, o, i + removed - 1, i + count - 1)) return false;
    }
  }
  return true;
}

static six_value array_splice(struct six_machine *m, const struct six_args *a) {
  double length, from, removed = 0;
  struct six_object *o = six_array_this(m, a, NULL, &length);
  if (!o || !six_relative_arg(m, six_arg(a, 0), length, 0, &from)) return SIX_EXCEPTION;
  int count = a->argc > 2 ? a->argc - 2 : 0;
  if (a->argc == 1) {
    removed = length - from;
  } else if (a->argc > 1) {
    if (!six_to_integer(m, a->argv[1], &removed)) return SIX_EXCEPTION;
    removed = removed < 0 ? 0 : removed > length - from ? length - from : removed;
  }
  if (length + count - removed > SIX_MAX_LENGTH) return six_throw_type(m, "Invalid array length");
  int plain = six_array_species_is_plain(m, o);
  if (plain < 0) return SIX_EXCEPTION;
  if (plain && six_array_is_pliable(o) && o->array_length == length && length + count <= 4294967295.0) {
    return splice_in_place(m, o, (uint32_t)from, (uint32_t)removed, a->argv + 2, (uint32_t)count);
  }
  struct six_object *cut = six_array_species(m, o, removed);
  if (!cut) return SIX_EXCEPTION;
  for (double i = 0; i < removed; i++) {
    six_value v;
    int has = six_element_if_present(m, o, from + i, &v);
    if (has < 0 || (has && six_element_create(m, cut, i, v) < 0)) return SIX_EXCEPTION;
  }
  if (!six_set_length(m, cut, removed) || !splice_tail(m, o, length, from, removed, count)) return SIX_EXCEPTION;
  for (int i = 0; i < count; i++) {
    if (six_element_set(m, o, from + i, a->argv[i + 2]) < 0) return SIX_EXCEPTION;
  }
  return six_set_length(m, o, length - removed + count) ? six_object_value(cut) : SIX_EXCEPTION;
}

// IsConcatSpreadable (23.1.3.2.1).
static int is_spreadable(struct six_machine *m, six_value v) {
  if (!six_is_object(v)) return 0;
  six_value mark = six_get(m, six_as_object(v), SIX_SYMBOL(m, isConcatSpreadable));
  if (six_is_exception(mark)) return -1;
  return six_is_undefined(mark) ? six_is_array(m, v) : six_to_boolean(mark);
}

// Appends one operand of concat at *n. false on exception.
static bool concat_one(struct six_machine *m, struct six_object *result, six_value v, double *n) {
  int spread = is_spreadable(m, v);
  if (spread < 0) return false;
  if (!spread) return six_element_create(m, result, (*n)++, v) >= 0;
  struct six_object *o = six_as_object(v);
  double length;
  if (six_length_of(m, o, &length) < 0) return false;
  if (*n + length > SIX_MAX_LENGTH) {
    six_throw_type(m, "Invalid array length");
    return false;
  }
  for (double i = 0; i < length; i++, ++*n) {
    six_value item;
    int has = six_element_if_present(m, o, i, &item);
    if (has < 0 || (has && six_element_create(m, result, *n, item) < 0) || m->stop) return false;
  }
  return true;
}

static six_value array_concat(struct six_machine *m, const struct six_args *a) {
  if (six_is_nullish(a->this_value)) return six_throw_type(m, "Array.prototype.concat called on null or undefined");
  struct six_object *o = six_to_object(m, a->this_value);
  six_root(m, six_object_value(o));
  struct six_object *result = six_array_species(m, o, 0);
  if (!result) return SIX_EXCEPTION;
  double n = 0;
  if (!concat_one(m, result, six_object_value(o), &n)) return SIX_EXCEPTION;
  for (int i = 0; i < a->argc; i++) {
    if (!concat_one(m, result, a->argv[i], &n)) return SIX_EXCEPTION;
  }
  return six_set_length(m, result, n) ? six_object_value(result) : SIX_EXCEPTION;
}

static six_value array_to_reversed(struct six_machine *m, const struct six_args *a) {
  double length;
  struct six_object *o = six_array_this(m, a, NULL, &length), *copy = o ? six_array_sized(m, length) : NULL;
  if (!copy) return SIX_EXCEPTION;
  for (double i = length - 1; i >= 0; i--) {
    six_value v = six_element(m, o, i);
    if (six_is_exception(v)) return v;
    six_array_push(m, copy, v);
  }
  return six_object_value(copy);
}

static six_value array_with(struct six_machine *m, const struct six_args *a) {
  double length, index;
  struct six_object *o = six_array_this(m, a, NULL, &length);
  if (!o || !six_to_integer(m, six_arg(a, 0), &index)) return SIX_EXCEPTION;
  double at = index < 0 ? index + length : index;
  if (at < 0 || at >= length) {
    struct six_text text = {0};
    six_show_value(m, six_arg(a, 0), &text);
    six_throw_range(m, "Invalid index : %s", text.bytes);
    six_text_done(&text);
    return SIX_EXCEPTION;
  }
  struct six_object *copy = six_array_sized(m, length);
  if (!copy) return SIX_EXCEPTION;
  for (double i = 0; i < length; i++) {
    six_value v = i == at ? six_arg(a, 1) : six_element(m, o, i);
    if (six_is_exception(v)) return v;
    six_array_push(m, copy, v);
  }
  return six_object_value(copy);
}

// Appends [from, to) of `o`, holes as undefined. false on exception.
static bool append_range(struct six_machine *m, struct six_object *copy, struct six_object *o, double from, double to) {
  for (double i = from; i < to; i++) {
    six_value v = six_element(m, o, i);
    if (six_is_exception(v)) return false;
    six_array_push(m, copy, v);
  }
  return true;
}

static six_value array_to_spliced(struct six_machine *m, const struct six_args *a) {
  double length, from, skipped = 0;
  struct six_object *o = six_array_this(m, a, NULL, &length);
  if (!o || !six_relative_arg(m, six_arg(a, 0), length, 0, &from)) return SIX_EXCEPTION;
  int count = a->argc > 2 ? a->argc - 2 : 0;
  if (a->argc == 1) {
    skipped = length - from;
  } else if (a->argc > 1) {
    if (!six_to_integer(m, a->argv[1], &skipped)) return SIX_EXCEPTION;
    skipped = skipped < 0 ? 0 : skipped > length - from ? length - from : skipped;
  }
  if (length + count - skipped > SIX_MAX_LENGTH) return six_throw_type(m, "Invalid array length");
  struct six_object *copy = six_array_sized(m, length + count - skipped);
  if (!copy || !append_range(m, copy, o, 0, from)) return SIX_EXCEPTION;
  for (int i = 0; i < count; i++) six_array_push(m, copy, a->argv[i + 2]);
  return append_range(m, copy, o, from + skipped, length) ? six_object_value(copy) : SIX_EXCEPTION;
}

// ---- Flattening (23.1.3.13.1). Appends at *n; false on exception.

static bool flatten(struct six_machine *m, struct six_object *target, double *n, struct six_object *source, double length, double depth,
                    six_value map, six_value this_arg, int nesting) {
  if (nesting > 2000) {
    six_throw_range(m, "Maximum call stack size exceeded");
    return false;
  }
  for (double i = 0; i < length; i++) {
    size_t mark = six_roots_mark(m);
    six_value v;
    int has = six_element_if_present(m, source, i, &v);
    if (has < 0) return false;
    if (!has) continue;
    if (!six_is_undefined(map)) {
      six_value argv[3] = {v, six_number(i), six_object_value(source)};
      v = six_call(m, map, this_arg, 3, argv);
      if (six_is_exception(v)) return false;
    }
    six_root(m, v);
    int spread = depth > 0 ? six_is_array(m, v) : 0;
    if (spread < 0) return false;
    if (spread) {
      double inner;
      if (six_length_of(m, six_as_object(v), &inner) < 0) return false;
      if (!flatten(m, target, n, six_as_object(v), inner, depth - 1, SIX_UNDEFINED, SIX_UNDEFINED, nesting + 1)) return false;
    } else if (six_element_create(m, target, (*n)++, v) < 0) {
      return false;
    }
    six_roots_release(m, mark);
  }
  return true;
}

static six_value array_flat(struct six_machine *m, const struct six_args *a) {
  double length, depth = 1, n = 0;
  struct six_object *o = six_array_this(m, a, NULL, &length);
  if (!o) return SIX_EXCEPTION;
  if (!six_is_undefined(six_arg(a, 0)) && !six_to_integer(m, a->argv[0], &depth)) return SIX_EXCEPTION;
  struct six_object *flat = six_array_species(m, o, 0);
  if (!flat || !flatten(m, flat, &n, o, length, depth, SIX_UNDEFINED, SIX_UNDEFINED, 0)) return SIX_EXCEPTION;
  return six_object_value(flat);
}

static six_value array_flat_map(struct six_machine *m, const struct six_args *a) {
  double length, n = 0;
  struct six_object *o = six_array_this(m, a, NULL, &length);
  if (!o) return SIX_EXCEPTION;
  if (!six_is_callable(six_arg(a, 0))) return six_throw_type(m, "flatMap mapper function is not callable");
  struct six_object *flat = six_array_species(m, o, 0);
  if (!flat || !flatten(m, flat, &n, o, length, 1, a->argv[0], six_arg(a, 1), 0)) return SIX_EXCEPTION;
  return six_object_value(flat);
}

// ---- Making the intrinsics

static const struct six_native_def statics[] = {
    {"isArray", array_is_array, 1, 0},
    {"from", array_from, 1, 0},
    {"of", array_of, 0, 0},
};

static const struct six_native_def methods[] = {
    {"at", array_at, 1, 0},
    {"concat", array_concat, 1, 0},
    {"copyWithin", array_copy_within, 2, 0},
    {"fill", array_fill, 1, 0},
    {"lastIndexOf", array_last_index_of, 1, 0},
    {"pop", array_pop, 0, 0},
    {"push", array_push, 1, 0},
    {"reverse", array_reverse, 0, 0},
    {"shift", array_shift, 0, 0},
    {"unshift", array_unshift, 1, 0},
    {"slice", array_slice, 2, 0},
    {"sort", six_array_sort, 1, 0},
    {"splice", array_splice, 2, 0},
    {"includes", array_includes, 1, 0},
    {"indexOf", array_index_of, 1, 0},
    {"flat", array_flat, 0, 0},
    {"flatMap", array_flat_map, 1, 0},
    {"toReversed", array_to_reversed, 0, 0},
    {"toSorted", six_array_to_sorted, 1, 0},
    {"toSpliced", array_to_spliced, 2, 0},
    {"with", array_with, 2, 0},
};

static six_value unscopables(struct six_machine *m) {
  static const char *const names[] = {"at",   "copyWithin", "entries",  "fill", "find",   "findIndex",  "findLast", "findLastIndex",
                                      "flat", "flatMap",    "includes", "keys", "values", "toReversed", "toSorted", "toSpliced"};
  struct six_object *o = six_object_new(m, NULL);
  for (size_t i = 0; i < SIX_COUNT(names); i++) six_put(m, o, names[i], SIX_TRUE);
  six_arrange(m, o, "ArrayUnscopables");
  return six_object_value(o);
}

void six_init_array(struct six_machine *m) {
  struct six_object *proto = six_object_new_class(m, SIX_CLASS_ARRAY, sizeof(struct six_object), six_intrinsic(m, SIX_I_ObjectPrototype));
  m->intrinsics[SIX_I_ArrayPrototype] = proto;
  struct six_object *constructor = six_constructor_new(m, "Array", array_constructor, 1, proto);
  constructor->cell.flags |= SIX_OBJECT_FRAMELESS;
  m->intrinsics[SIX_I_Array] = constructor;
  six_define_natives(m, constructor, statics, SIX_COUNT(statics));
  six_define_species(m, constructor);
  six_define_natives(m, proto, methods, SIX_COUNT(methods));
  six_define_natives(m, proto, six_array_callback_natives, six_array_callback_count);
  six_define_natives(m, proto, six_array_join_natives, six_array_join_count);
  six_init_array_iterator(m, proto);
  six_define(m, proto, SIX_SYMBOL(m, unscopables), unscopables(m), SIX_CONFIGURABLE);
}
