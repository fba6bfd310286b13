// machine: %TypedArray%.prototype (ECMA-262 23.2.3).
#include <stdlib.h>

#include "sim/machine/bigint.h"
#include "sim/machine/builtins/builtin.h"
#include "sim/machine/builtins/typed_array_parts.h"
#include "sim/machine/typed_array_element.h"

// ValidateTypedArray of `this`.
static struct six_typed_array *this_array(struct six_machine *m, const struct six_args *a) {
  struct six_typed_array *array = six_validate_typed_array(m, a->this_value);
  if (!array || !array->buffer->detached) return array;
  struct six_text method = {0};
  six_text_adds(&method, "%TypedArray%.prototype.");
  six_string_to_utf8(m, six_function_name(m, a->callee), &method);
  six_require_attached(m, array->buffer, method.bytes);
  six_text_done(&method);
  return NULL;
}

#define THIS(array)                                 \
  struct six_typed_array *array = this_array(m, a); \
  if (!array) return SIX_EXCEPTION

static double least(double a, double b) { return a < b ? a : b; }

static double length_of(const struct six_typed_array *array) { return (double)six_typed_array_length(array); }

// The element, or undefined when it is out of bounds (the buffer may have shrunk).
static six_value at(struct six_machine *m, const struct six_typed_array *array, double i) {
  return i < length_of(array) ? six_typed_array_get(m, array, (size_t)i) : SIX_UNDEFINED;
}

// ---- Getters

static struct six_typed_array *this_for_getter(struct six_machine *m, const struct six_args *a, const char *name) {
  if (six_is_class(a->this_value, SIX_CLASS_TYPED_ARRAY)) return six_as_typed_array(six_as_object(a->this_value));
  struct six_text method = {0};
  six_text_addf(&method, "get TypedArray.prototype.%s", name);
  six_throw_receiver(m, method.bytes, a->this_value);
  six_text_done(&method);
  return NULL;
}
static six_value get_buffer(struct six_machine *m, const struct six_args *a) {
  struct six_typed_array *array = this_for_getter(m, a, "buffer");
  return array ? six_object_value(&array->buffer->object) : SIX_EXCEPTION;
}
static six_value get_byte_length(struct six_machine *m, const struct six_args *a) {
  struct six_typed_array *array = this_for_getter(m, a, "byteLength");
  return array ? six_number(length_of(array) * (double)six_element_size((enum six_element_type)array->type)) : SIX_EXCEPTION;
}
static six_value get_byte_offset(struct six_machine *m, const struct six_args *a) {
  struct six_typed_array *array = this_for_getter(m, a, "byteOffset");
  return array ? six_number(array->buffer->detached ? 0 : (double)array->offset) : SIX_EXCEPTION;
}
static six_value get_length(struct six_machine *m, const struct six_args *a) {
  struct six_typed_array *array = this_for_getter(m, a, "length");
  return array ? six_number(length_of(array)) : SIX_EXCEPTION;
}
static six_value get_tag(struct six_machine *m, const struct six_args *a) {
  if (!six_is_class(a->this_value, SIX_CLASS_TYPED_ARRAY)) return SIX_UNDEFINED;
  return six_str(m, six_element_type_name((enum six_element_type)six_as_typed_array(six_as_object(a->this_value))->type));
}

// ---- Callbacks

// fn(element, index, array). SIX_EXCEPTION
static six_value call_back(struct six_machine *m, const struct six_args *a, struct six_typed_array *array, double i, six_value *element) {
  *element = at(m, array, i);
  six_value argv[3] = {*element, six_number(i), six_object_value(&array->object)};
  return six_call(m, a->argv[0], six_arg(a, 1), 3, argv);
}

enum search { EVERY, SOME, FIND, FIND_INDEX, FIND_LAST, FIND_LAST_INDEX, FOR_EACH };

static six_value walk(struct six_machine *m, const struct six_args *a, enum search search) {
  THIS(array);
  if (!six_require_callable(m, six_arg(a, 0))) return SIX_EXCEPTION;
  double length = length_of(array);
  bool backwards = search == FIND_LAST || search == FIND_LAST_INDEX;
  for (double k = 0; k < length; k++) {
    size_t roots = six_roots_mark(m);
    double i = backwards ? length - 1 - k : k;
    six_value element, v = call_back(m, a, array, i, &element);
    if (six_is_exception(v)) return v;
    six_roots_release(m, roots);
    if (search == FOR_EACH || six_to_boolean(v) == (search == EVERY)) continue;
    switch (search) {
      case EVERY: return SIX_FALSE;
      case SOME: return SIX_TRUE;
      case FIND:
      case FIND_LAST: return element;
      default: return six_number(i);
    }
  }
  switch (search) {
    case EVERY: return SIX_TRUE;
    case SOME: return SIX_FALSE;
    case FIND_INDEX:
    case FIND_LAST_INDEX: return six_int(-1);
    default: return SIX_UNDEFINED;
  }
}
// clang-format off
#define WALKS(X) \
  X(every, EVERY) X(some, SOME) X(find, FIND) X(findIndex, FIND_INDEX) X(findLast, FIND_LAST) X(findLastIndex, FIND_LAST_INDEX) \
  X(forEach, FOR_EACH)
// clang-format on
#define X(name, search) \
  static six_value typed_##name(struct six_machine *m, const struct six_args *a) { return walk(m, a, search); }
WALKS(X)
#undef X

static six_value typed_map(struct six_machine *m, const struct six_args *a) {
  THIS(array);
  if (!six_require_callable(m, six_arg(a, 0))) return SIX_EXCEPTION;
  double length = length_of(array);
  six_value count = six_number(length);
  struct six_typed_array *result = six_typed_array_species(m, array, 1, &count);
  if (!result) return SIX_EXCEPTION;
  for (double i = 0; i < length; i++) {
    six_value element, v = call_back(m, a, array, i, &element);
    if (six_is_exception(v) || !six_typed_array_set(m, result, (size_t)i, v)) return SIX_EXCEPTION;
  }
  return six_object_value(&result->object);
}

static six_value typed_filter(struct six_machine *m, const struct six_args *a) {
  THIS(array);
  if (!six_require_callable(m, six_arg(a, 0))) return SIX_EXCEPTION;
  struct six_object *kept = six_array_new(m, 8);
  six_root(m, six_object_value(kept));
  double length = length_of(array);
  for (double i = 0; i < length; i++) {
    six_value element = at(m, array, i);
    six_root(m, element);
    six_value argv[3] = {element, six_number(i), six_object_value(&array->object)};
    six_value v = six_call(m, a->argv[0], six_arg(a, 1), 3, argv);
    if (six_is_exception(v)) return v;
    if (six_to_boolean(v)) six_array_push(m, kept, element);
  }
  six_value count = six_number(kept->array_length);
  struct six_typed_array *result = six_typed_array_species(m, array, 1, &count);
  if (!result) return SIX_EXCEPTION;
  for (uint32_t i = 0; i < kept->array_length; i++) {
    if (!six_typed_array_set(m, result, i, kept->elements[i])) return SIX_EXCEPTION;
  }
  return six_object_value(&result->object);
}

static six_value reduce(struct six_machine *m, const struct six_args *a, bool right) {
  THIS(array);
  if (!six_require_callable(m, six_arg(a, 0))) return SIX_EXCEPTION;
  double length = length_of(array), k = 0;
  six_value accumulator = six_arg(a, 1);
  if (a->argc < 2) {
    if (length == 0) return six_throw_type(m, "Reduce of empty array with no initial value");
    accumulator = at(m, array, right ? length - 1 : 0);
    k = 1;
  }
  for (; k < length; k++) {
    double i = right ? length - 1 - k : k;
    six_value argv[4] = {accumulator, at(m, array, i), six_number(i), six_object_value(&array->object)};
    accumulator = six_call(m, a->argv[0], SIX_UNDEFINED, 4, argv);
    if (six_is_exception(accumulator)) return accumulator;
  }
  return accumulator;
}
static six_value typed_reduce(struct six_machine *m, const struct six_args *a) { return reduce(m, a, false); }
static six_value typed_reduce_right(struct six_machine *m, const struct six_args *a) { return reduce(m, a, true); }

// ---- Searching by value

static six_value typed_at(struct six_machine *m, const struct six_args *a) {
  THIS(array);
  double i, length = length_of(array);
  if (!six_to_integer(m, six_arg(a, 0), &i)) return SIX_EXCEPTION;
  if (i < 0) i += length;
  return i < 0 || i >= length ? SIX_UNDEFINED : at(m, array, i);
}

static six_value typed_includes(struct six_machine *m, const struct six_args *a) {
  THIS(array);
  double length = length_of(array), i;
  if (!six_relative_index(m, six_arg(a, 1), length, 0, &i)) return SIX_EXCEPTION;
  for (; i < length; i++) {
    if (six_same_value_zero(m, at(m, array, i), six_arg(a, 0))) return SIX_TRUE;
  }
  return SIX_FALSE;
}

static six_value typed_index_of(struct six_machine *m, const struct six_args *a) {
  THIS(array);
  double length = length_of(array), i;
  if (!six_relative_index(m, six_arg(a, 1), length, 0, &i)) return SIX_EXCEPTION;
  for (; i < length_of(array); i++) {
    if (six_strict_equal(m, at(m, array, i), six_arg(a, 0))) return six_number(i);
  }
  return six_int(-1);
}

static six_value typed_last_index_of(struct six_machine *m, const struct six_args *a) {
  THIS(array);
  double length = length_of(array), i = length - 1;
  if (a->argc > 1) {
    if (!six_to_integer(m, a->argv[1], &i)) return SIX_EXCEPTION;
    i = i < 0 ? i + length : i >= length ? length - 1 : i;
  }
  for (; i >= 0; i--) {
    if (i < length_of(array) && six_strict_equal(m, at(m, array, i), six_arg(a, 0))) return six_number(i);
  }
  return six_int(-1);
}

// ---- Copying and filling

static six_value typed_copy_within(struct six_machine *m, const struct six_args *a) {
  THIS(array);
  double length = length_of(array), to, from, end;
  if (!six_relative_index(m, six_arg(a, 0), length, 0, &to) || !six_relative_index(m, six_arg(a, 1), length, 0, &from) ||
      !six_relative_index(m, six_arg(a, 2), length, length, &end)) {
    return SIX_EXCEPTION;
  }
  double now = length_of(array), count = least(least(end, now) - from, now - to);
  size_t size = six_element_size((enum six_element_type)array->type);
  uint8_t *bytes = six_typed_array_bytes(array);
  if (count > 0) memmove(bytes + (size_t)to * size, bytes + (size_t)from * size, (size_t)count * size);
  return a->this_value;
}

static six_value typed_fill(struct six_machine *m, const struct six_args *a) {
  THIS(array);
  enum six_element_type type = (enum six_element_type)array->type;
  double length = length_of(array), from, to;
  six_value v = six_element_convert(m, type, six_arg(a, 0));
  if (six_is_exception(v)) return v;
  six_root(m, v);
  if (!six_relative_index(m, six_arg(a, 1), length, 0, &from) || !six_relative_index(m, six_arg(a, 2), length, length, &to))
    return SIX_EXCEPTION;
  to = least(to, length_of(array));
  size_t size = six_element_size(type);
  if (to > from) m->effort += (uint64_t)(to - from);
  for (double i = from; i < to; i++) six_element_write(type, six_typed_array_bytes(array) + (size_t)i * size, v);
  return a->this_value;
}

static six_value typed_reverse(struct six_machine *m, const struct six_args *a) {
  THIS(array);
  size_t size = six_element_size((enum six_element_type)array->type), length = six_typed_array_length(array);
  uint8_t *bytes = six_typed_array_bytes(array), t[8];
  for (size_t i = 0; i < length / 2; i++) {
    uint8_t *low = bytes + i * size, *high = bytes + (length - 1 - i) * size;
    memcpy(t, low, size);
    memcpy(low, high, size);
    memcpy(high, t, size);
  }
  return a->this_value;
}

static six_value typed_slice(struct six_machine *m, const struct six_args *a) {
  THIS(array);
  double length = length_of(array), from, to;
  if (!six_relative_index(m, six_arg(a, 0), length, 0, &from) || !six_relative_index(m, six_arg(a, 1), length, length, &to))
    return SIX_EXCEPTION;
  double count = to > from ? to - from : 0;
  six_value n = six_number(count);
  struct six_typed_array *result = six_typed_array_species(m, array, 1, &n);
  if (!result) return SIX_EXCEPTION;
  for (double i = 0; i < count && from + i < length_of(array); i++) {
    if (!six_typed_array_set(m, result, (size_t)i, at(m, array, from + i))) return SIX_EXCEPTION;
  }
  return six_object_value(&result->object);
}

static six_value typed_subarray(struct six_machine *m, const struct six_args *a) {
  if (!six_is_class(a->this_value, SIX_CLASS_TYPED_ARRAY)) return six_throw_receiver(m, "%TypedArray%.prototype.subarray", a->this_value);
  struct six_typed_array *array = six_as_typed_array(six_as_object(a->this_value));
  double length = length_of(array), from, to;
  if (!six_relative_index(m, six_arg(a, 0), length, 0, &from) || !six_relative_index(m, six_arg(a, 1), length, length, &to))
    return SIX_EXCEPTION;
  size_t size = six_element_size((enum six_element_type)array->type);
  six_value argv[3] = {six_object_value(&array->buffer->object), six_number((double)array->offset + from * (double)size),
                       six_number(to > from ? to - from : 0)};
  bool tracking = array->length_tracking && six_is_undefined(six_arg(a, 1));
  struct six_typed_array *result = six_typed_array_species(m, array, tracking ? 2 : 3, argv);
  return result ? six_object_value(&result->object) : SIX_EXCEPTION;
}

static six_value typed_set(struct six_machine *m, const struct six_args *a) {
  if (!six_is_class(a->this_value, SIX_CLASS_TYPED_ARRAY)) return six_throw_receiver(m, "%TypedArray%.prototype.set", a->this_value);
  struct six_typed_array *array = six_as_typed_array(six_as_object(a->this_value));
  double offset, count;
  if (!six_to_integer(m, six_arg(a, 1), &offset)) return SIX_EXCEPTION;
  if (offset < 0) return six_throw_range(m, "offset is out of bounds");
  struct six_object *source = six_to_object(m, six_arg(a, 0));
  if (!source) return SIX_EXCEPTION;
  six_root(m, six_object_value(source));
  bool typed = source->cell.class_ == SIX_CLASS_TYPED_ARRAY;
  if (typed) count = length_of(six_as_typed_array(source));
  else if (six_length_of(m, source, &count) < 0) return SIX_EXCEPTION;
  if (offset + count > length_of(array)) return six_throw_range(m, "offset is out of bounds");
  if (typed && (six_as_typed_array(source)->type >= SIX_BIGINT64) != (array->type >= SIX_BIGINT64)) {
    return six_throw_type(m, "Cannot mix BigInt and other types, use explicit conversions");
  }
  if (typed && six_as_typed_array(source)->buffer == array->buffer) {
    // They may overlap: read everything first.
    struct six_values *copy = six_values_new(m, (uint32_t)count);
    six_root_values(m, copy);
    for (double i = 0; i < count; i++) copy->items[copy->count++] = at(m, six_as_typed_array(source), i);
    for (uint32_t i = 0; i < copy->count; i++) six_typed_array_set(m, array, (size_t)offset + i, copy->items[i]);
    return SIX_UNDEFINED;
  }
  for (double i = 0; i < count; i++) {
    six_value v = typed ? at(m, six_as_typed_array(source), i) : six_get(m, source, six_key_of_number(m, i));
    if (six_is_exception(v) || !six_typed_array_set(m, array, (size_t)(offset + i), v)) return SIX_EXCEPTION;
  }
  return SIX_UNDEFINED;
}

static struct six_typed_array *copy_of(struct six_machine *m, const struct six_typed_array *array) {
  size_t length = six_typed_array_length(array);
  struct six_typed_array *copy = six_typed_array_like(m, array, length);
  if (copy && length)
    memcpy(six_typed_array_bytes(copy), six_typed_array_bytes(array), length * six_element_size((enum six_element_type)array->type));
  return copy;
}

static six_value typed_to_reversed(struct six_machine *m, const struct six_args *a) {
  THIS(array);
  struct six_typed_array *copy = copy_of(m, array);
  if (!copy) return SIX_EXCEPTION;
  struct six_args again = {.this_value = six_object_value(&copy->object)};
  return typed_reverse(m, &again);
}

static six_value typed_with(struct six_machine *m, const struct six_args *a) {
  THIS(array);
  double i, length = length_of(array);
  if (!six_to_integer(m, six_arg(a, 0), &i)) return SIX_EXCEPTION;
  if (i < 0) i += length;
  six_value v = six_element_convert(m, (enum six_element_type)array->type, six_arg(a, 1));
  if (six_is_exception(v)) return v;
  if (i < 0 || i >= length_of(array)) return six_throw_range(m, "Invalid typed array index");
  struct six_typed_array *copy = copy_of(m, array);
  if (!copy) return SIX_EXCEPTION;
  six_typed_array_set(m, copy, (size_t)i, v);
  return six_object_value(&copy->object);
}

// ---- Sorting

// Numbers ascending, -0 before 0, NaN last.
static int compare_default(six_value x, six_value y) {
  if (six_is_bigint(x)) return six_bigint_compare(x, y);
  double a = six_as_number(x), b = six_as_number(y);
  if (a != a || b != b) return (a != a) - (b != b);
  if (a < b || a > b) return a < b ? -1 : 1;
  return (int)(signbit(b) != 0) - (int)(signbit(a) != 0);
}

static bool compare(struct six_machine *m, six_value comparator, six_value x, six_value y, int *order) {
  if (six_is_undefined(comparator)) {
    *order = compare_default(x, y);
    return true;
  }
  six_value argv[2] = {x, y};
  six_value v = six_call(m, comparator, SIX_UNDEFINED, 2, argv);
  double d;
  if (six_is_exception(v) || !six_to_number(m, v, &d)) return false;
  *order = d > 0 ? 1 : d < 0 ? -1 : 0;
  return true;
}

// A stable merge sort of items[0..count) with `spare` of the same length. false on exception.
static bool merge_sort(struct six_machine *m, six_value comparator, six_value *items, six_value *spare, size_t count) {
  for (size_t width = 1; width < count; width *= 2) {
    for (size_t start = 0; start < count; start += 2 * width) {
      size_t middle = start + width < count ? start + width : count, end = start + 2 * width < count ? start + 2 * width : count;
      size_t i = start, j = middle;
      for (size_t k = start; k < end; k++) {
        int order = 0;
        if (i < middle && j < end && !compare(m, comparator, items[i], items[j], &order)) return false;
        spare[k] = j >= end || (i < middle && order <= 0) ? items[i++] : items[j++];
      }
    }
    memcpy(items, spare, count * sizeof *items);
  }
  return true;
}

static bool sort_into(struct six_machine *m, struct six_typed_array *from, struct six_typed_array *to, six_value comparator) {
  size_t length = six_typed_array_length(from);
  struct six_values *items = six_values_new(m, (uint32_t)length), *spare = six_values_new(m, (uint32_t)length);
  six_root_values(m, items);
  six_root_values(m, spare);
  for (size_t i = 0; i < length; i++) items->items[items->count++] = six_typed_array_get(m, from, i);
  spare->count = items->count;
  if (!merge_sort(m, comparator, items->items, spare->items, length)) return false;
  for (size_t i = 0; i < length; i++) six_typed_array_set(m, to, i, items->items[i]);
  return true;
}

static bool check_comparator(struct six_machine *m, const struct six_args *a) {
  if (six_is_undefined(six_arg(a, 0)) || six_is_callable(six_arg(a, 0))) return true;
  six_throw_type(m, "The comparison function must be either a function or undefined");
  return false;
}

static six_value typed_sort(struct six_machine *m, const struct six_args *a) {
  if (!check_comparator(m, a)) return SIX_EXCEPTION;
  THIS(array);
  return sort_into(m, array, array, six_arg(a, 0)) ? a->this_value : SIX_EXCEPTION;
}

static six_value typed_to_sorted(struct six_machine *m, const struct six_args *a) {
  if (!check_comparator(m, a)) return SIX_EXCEPTION;
  THIS(array);
  struct six_typed_array *copy = copy_of(m, array);
  if (!copy) return SIX_EXCEPTION;
  six_root(m, six_object_value(&copy->object));
  return sort_into(m, array, copy, six_arg(a, 0)) ? six_object_value(&copy->object) : SIX_EXCEPTION;
}

// ---- Text and iteration

static six_value join(struct six_machine *m, struct six_typed_array *array, struct six_string *separator, bool locale) {
  struct six_builder b = {0};
  double length = length_of(array);
  for (double i = 0; i < length; i++) {
    if (i > 0) six_builder_string(m, &b, separator);
    six_value v = at(m, array, i);
    if (six_is_undefined(v)) continue;
    if (locale) v = six_invoke(m, v, six_key_of_string(m, six_as_string(six_str(m, "toLocaleString"))), 0, NULL);
    struct six_string *s = six_is_exception(v) ? NULL : six_to_string(m, v);
    if (!s) {
      six_builder_done(m, &b);
      return SIX_EXCEPTION;
    }
    six_builder_string(m, &b, s);
  }
  return six_builder_finish(m, &b);
}

static six_value typed_join(struct six_machine *m, const struct six_args *a) {
  THIS(array);
  struct six_string *separator = six_is_undefined(six_arg(a, 0)) ? six_as_string(six_str(m, ",")) : six_to_string(m, a->argv[0]);
  return separator ? join(m, array, separator, false) : SIX_EXCEPTION;
}

static six_value typed_to_locale_string(struct six_machine *m, const struct six_args *a) {
  THIS(array);
  six_value comma = six_str(m, ",");
  six_root(m, comma);
  return join(m, array, six_as_string(comma), true);
}

static six_value iterate(struct six_machine *m, const struct six_args *a, enum six_array_iteration kind) {
  THIS(array);
  return six_array_iterator_new(m, &array->object, kind);
}
static six_value typed_entries(struct six_machine *m, const struct six_args *a) { return iterate(m, a, SIX_ARRAY_ENTRIES); }
static six_value typed_keys(struct six_machine *m, const struct six_args *a) { return iterate(m, a, SIX_ARRAY_KEYS); }
static six_value typed_values(struct six_machine *m, const struct six_args *a) { return iterate(m, a, SIX_ARRAY_VALUES); }

static six_value typed_to_string(struct six_machine *m, const struct six_args *a) {  // the same function as Array's, but for its identity
  struct six_object *o = six_to_object(m, a->this_value);
  if (!o) return SIX_EXCEPTION;
  return six_invoke(m, six_object_value(o), SIX_ATOM(m, join), 0, NULL);
}

const struct six_native_def six_typed_array_natives[] = {
    {"buffer", get_buffer, 0, SIX_DEF_GETTER},
    {"byteLength", get_byte_length, 0, SIX_DEF_GETTER},
    {"byteOffset", get_byte_offset, 0, SIX_DEF_GETTER},
    {"length", get_length, 0, SIX_DEF_GETTER},
    {"@@toStringTag", get_tag, 0, SIX_DEF_GETTER},
    {"entries", typed_entries, 0, 0},
    {"keys", typed_keys, 0, 0},
    {"values", typed_values, 0, 0},
    {"at", typed_at, 1, 0},
    {"copyWithin", typed_copy_within, 2, 0},
#define X(name, search) {#name, typed_##name, 1, 0},
    WALKS(X)
#undef X
        {"fill", typed_fill, 1, 0},
    {"filter", typed_filter, 1, 0},
    {"includes", typed_includes, 1, 0},
    {"indexOf", typed_index_of, 1, 0},
    {"join", typed_join, 1, 0},
    {"lastIndexOf", typed_last_index_of, 1, 0},
    {"map", typed_map, 1, 0},
    {"reduce", typed_reduce, 1, 0},
    {"reduceRight", typed_reduce_right, 1, 0},
    {"reverse", typed_reverse, 0, 0},
    {"set", typed_set, 1, 0},
    {"slice", typed_slice, 2, 0},
    {"sort", typed_sort, 1, 0},
    {"subarray", typed_subarray, 2, 0},
    {"toLocaleString", typed_to_locale_string, 0, 0},
    {"toReversed", typed_to_reversed, 0, 0},
    {"toSorted", typed_to_sorted, 1, 0},
    {"toString", typed_to_string, 0, 0},
    {"with", typed_with, 2, 0},
};
const size_t six_typed_array_native_count = SIX_COUNT(six_typed_array_natives);
