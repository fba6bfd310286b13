// node: util.isDeepStrictEqual and the loose comparison of assert.deepEqual.
#include "sim/machine/typed_array.h"
#include "sim/machine/regexp.h"
#include "sim/node/util.h"

// Pairs being compared, for cycles: a pair met again within itself counts as equal.
struct pair {
  const struct pair *outer;
  six_value a, b;
  uint32_t depth;
};

enum { DEPTH_LIMIT = 1200 };

static int deep(struct six_machine *m, six_value a, six_value b, bool strict, const struct pair *outer);

static bool is_plain_object(six_value v) { return six_is_object(v) && !six_is_callable(v); }
static uint8_t class_of(six_value v) { return six_as_object(v)->cell.class_; }
static bool is_nan(six_value v) { return six_is_number(v) && six_as_number(v) != six_as_number(v); }

// Object.prototype.toString's results must agree: classes and tags.
static int same_tag(struct six_machine *m, six_value a, six_value b) {
  six_key to_string = SIX_ATOM(m, toString);
  six_value method = six_get(m, six_intrinsic(m, SIX_I_ObjectPrototype), to_string);
  if (six_is_exception(method)) return -1;
  six_value x = six_call(m, method, a, 0, NULL);
  if (six_is_exception(x)) return -1;
  six_root(m, x);
  six_value y = six_call(m, method, b, 0, NULL);
  if (six_is_exception(y)) return -1;
  return six_string_equal(m, six_as_string(x), six_as_string(y));
}

static struct six_values *rooted_keys(struct six_machine *m, six_value v, bool symbols) {
  uint32_t which = SIX_KEYS_STRINGS | SIX_KEYS_ENUMERABLE_ONLY | (symbols ? SIX_KEYS_SYMBOLS : 0u);
  struct six_values *keys = six_own_keys(m, six_as_object(v), which);
  if (keys) six_root(m, six_tagged(SIX_TAG_OBJECT, keys));
  return keys;
}

static int is_enumerable(struct six_machine *m, six_value v, six_key key) {
  struct six_descriptor d;
  int found = six_get_own_property(m, six_as_object(v), key, &d);
  return found <= 0 ? found : (d.attrs & SIX_ENUMERABLE) != 0;
}

static int same_property(struct six_machine *m, six_value a, six_value b, six_key key, bool strict, const struct pair *outer) {
  six_value x = six_get(m, six_as_object(a), key);
  if (six_is_exception(x)) return -1;
  if (six_is_cell(x)) six_root(m, x);
  six_value y = six_get(m, six_as_object(b), key);
  if (six_is_exception(y)) return -1;
  if (six_is_cell(y)) six_root(m, y);
  return deep(m, x, y, strict, outer);
}

static int same_keys(struct six_machine *m, six_value a, six_value b, bool strict, const struct pair *outer) {
  struct six_values *keys = rooted_keys(m, a, strict), *others = keys ? rooted_keys(m, b, strict) : NULL;
  if (!others) return -1;
  if (keys->count != others->count) return 0;
  for (uint32_t i = 0; i < keys->count; i++) {
    int is = is_enumerable(m, b, keys->items[i]);
    if (is <= 0) return is;
  }
  for (uint32_t i = 0; i < keys->count; i++) {
    size_t roots = six_roots_mark(m);
    int same = same_property(m, a, b, keys->items[i], strict, outer);
    six_roots_release(m, roots);
    if (same <= 0) return same;
  }
  return 1;
}

// ---- Sets and maps

static struct six_values *entries_of(struct six_machine *m, six_value v) {
  bool pairs;
  struct six_values *entries = six_collection_entries(m, six_as_object(v), &pairs);
  six_root(m, six_tagged(SIX_TAG_OBJECT, entries));
  return entries;
}

static bool same_primitive(struct six_machine *m, six_value a, six_value b, bool strict) {
  if (six_same_value_zero(m, a, b)) return true;
  return !strict && !six_is_object(a) && !six_is_object(b) && six_loose_equal(m, a, b) == 1;
}

// Each entry of `a` must have an equal one of `b` that no other took. step: 1 set, 2 map.
static int same_entries(struct six_machine *m, six_value a, six_value b, uint32_t step, bool strict, const struct pair *outer) {
  struct six_values *x = entries_of(m, a), *y = entries_of(m, b);
  if (x->count != y->count) return 0;
  uint32_t count = x->count / step;
  struct six_values *taken = six_values_new(m, count);
  six_root(m, six_tagged(SIX_TAG_OBJECT, taken));
  for (int pass = 0; pass < 2; pass++) {  // identical keys first, then those that are only deeply equal
    for (uint32_t i = 0; i < count; i++) {
      six_value key = x->items[i * step];
      if (x->items[i * step] == SIX_EMPTY) continue;
      for (uint32_t j = 0; j < count; j++) {
        if (taken->items[j] == SIX_TRUE) continue;
        six_value other = y->items[j * step];
        int same = pass == 0                                    ? six_same_value_zero(m, key, other)
                   : six_is_object(key) && six_is_object(other) ? deep(m, key, other, strict, outer)
                                                                : same_primitive(m, key, other, strict);
        if (same > 0 && step == 2) same = deep(m, x->items[2 * i + 1], y->items[2 * j + 1], strict, outer);
        if (same < 0) return -1;
        if (!same) continue;
        taken->items[j] = SIX_TRUE;
        x->items[i * step] = SIX_EMPTY;
        break;
      }
    }
  }
  for (uint32_t i = 0; i < count; i++)
    if (x->items[i * step] != SIX_EMPTY) return 0;
  return 1;
}

// ---- Kinds

static int same_bytes(six_value a, six_value b, bool strict, struct six_machine *m) {
  if (class_of(a) == SIX_CLASS_ARRAY_BUFFER) {
    struct six_array_buffer *x = six_as_array_buffer(six_as_object(a)), *y = six_as_array_buffer(six_as_object(b));
    return x->length == y->length && (!x->length || !memcmp(x->bytes, y->bytes, x->length));
  }
  struct six_typed_array *x = six_as_typed_array(six_as_object(a)), *y = six_as_typed_array(six_as_object(b));
  if (class_of(a) == SIX_CLASS_TYPED_ARRAY && x->type != y->type) return 0;
  size_t length = six_typed_array_length(x);
  if (length != six_typed_array_length(y)) return 0;
  bool floats = class_of(a) == SIX_CLASS_TYPED_ARRAY && (x->type == SIX_FLOAT16 || x->type == SIX_FLOAT32 || x->type == SIX_FLOAT64);
  if (strict || !floats) {
    size_t size = length * (class_of(a) == SIX_CLASS_TYPED_ARRAY ? six_element_size(x->type) : 1);
    return !size || !memcmp(six_typed_array_bytes(x), six_typed_array_bytes(y), size);
  }
  for (size_t i = 0; i < length; i++)
    if (six_as_number(six_typed_array_get(m, x, i)) != six_as_number(six_typed_array_get(m, y, i))) return 0;
  return 1;
}

static int same_errors(struct six_machine *m, six_value a, six_value b, bool strict, const struct pair *outer) {
  static const char *const names[] = {"message", "name", "cause", "errors"};
  for (int i = 0; i < 4; i++) {
    six_key key = six_string_value(six_intern_ascii(m, names[i], true));
    int x = is_enumerable(m, a, key), y = is_enumerable(m, b, key);
    if (x < 0 || y < 0) return -1;
    if (x != y) return 0;
    int same = x ? 1 : same_property(m, a, b, key, strict, outer);
    if (same <= 0) return same;
  }
  return 1;
}

static bool is_error(struct six_machine *m, six_value v) {
  return class_of(v) == SIX_CLASS_ERROR || six_ordinary_has_instance(m, six_object_value(six_intrinsic(m, SIX_I_Error)), v) == 1;
}

static bool is_special(uint8_t kind) {
  switch (kind) {
    case SIX_CLASS_TYPED_ARRAY:
    case SIX_CLASS_DATA_VIEW:
    case SIX_CLASS_SET:
    case SIX_CLASS_MAP:
    case SIX_CLASS_DATE:
    case SIX_CLASS_REGEXP:
    case SIX_CLASS_ARRAY_BUFFER:
    case SIX_CLASS_NUMBER:
    case SIX_CLASS_STRING:
    case SIX_CLASS_BOOLEAN:
    case SIX_CLASS_SYMBOL:
    case SIX_CLASS_BIGINT: return true;
    default: return false;
  }
}

// What the two are beyond their properties: 1 the same, 0 not, -1 exception.
static int same_contents(struct six_machine *m, six_value a, six_value b, bool strict, const struct pair *outer) {
  uint8_t kind = class_of(a);
  if (is_special(kind) || is_special(class_of(b))) {
    if (class_of(b) != kind) return 0;
  }
  switch (kind) {
    case SIX_CLASS_DATE:
      return six_same_value(m, ((struct six_boxed *)six_as_object(a))->value, ((struct six_boxed *)six_as_object(b))->value);
    case SIX_CLASS_REGEXP: {
      struct six_regexp *x = six_as_regexp(six_as_object(a)), *y = six_as_regexp(six_as_object(b));
      if (!six_strict_equal(m, x->source, y->source) || !six_strict_equal(m, x->flags, y->flags)) return 0;
      return same_property(m, a, b, SIX_ATOM(m, lastIndex), true, outer);
    }
    case SIX_CLASS_TYPED_ARRAY:
    case SIX_CLASS_DATA_VIEW:
    case SIX_CLASS_ARRAY_BUFFER: return same_bytes(a, b, strict, m);
    case SIX_CLASS_SET: return same_entries(m, a, b, 1, strict, outer);
    case SIX_CLASS_MAP: return same_entries(m, a, b, 2, strict, outer);
    case SIX_CLASS_NUMBER:
    case SIX_CLASS_STRING:
    case SIX_CLASS_BOOLEAN:
    case SIX_CLASS_SYMBOL:
    case SIX_CLASS_BIGINT:
      return six_same_value(m, ((struct six_boxed *)six_as_object(a))->value, ((struct six_boxed *)six_as_object(b))->value);
    default: break;
  }
  bool x = is_error(m, a), y = is_error(m, b);
  if (x || y) return x && y ? same_errors(m, a, b, strict, outer) : 0;
  return 1;
}

static int same_arrays(struct six_machine *m, six_value a, six_value b) {  // lengths; items are properties
  double x, y;
  int array = six_is_array(m, b);
  if (array <= 0) return array;
  if (six_length_of(m, six_as_object(a), &x) < 0 || six_length_of(m, six_as_object(b), &y) < 0) return -1;
  return x == y;
}

static int same_objects(struct six_machine *m, six_value a, six_value b, bool strict, const struct pair *outer) {
  if (strict) {
    struct six_object *x, *y;
    if (!six_get_prototype_of(m, six_as_object(a), &x) || !six_get_prototype_of(m, six_as_object(b), &y)) return -1;
    if (x != y) return 0;
  }
  int same = same_tag(m, a, b);
  if (same <= 0) return same;
  for (const struct pair *p = outer; p; p = p->outer)
    if (p->a == a && p->b == b) return 1;
  struct pair here = {outer, a, b, outer ? outer->depth + 1 : 1};
  if (here.depth > DEPTH_LIMIT) {
    six_throw_range(m, "Maximum call stack size exceeded");
    return -1;
  }
  int array = six_is_array(m, a);
  if (array < 0) return -1;
  same = array ? same_arrays(m, a, b) : same_contents(m, a, b, strict, &here);
  if (same <= 0) return same;
  if (!array) {
    int other = six_is_array(m, b);
    if (other) return other < 0 ? -1 : 0;
  }
  return same_keys(m, a, b, strict, &here);
}

static int deep(struct six_machine *m, six_value a, six_value b, bool strict, const struct pair *outer) {
  if (six_strict_equal(m, a, b)) return !strict || six_same_value(m, a, b);
  if (is_nan(a) && is_nan(b)) return 1;
  if (!is_plain_object(a) || !is_plain_object(b)) {
    if (strict || six_is_object(a) != six_is_object(b)) return 0;
    if (is_plain_object(a) || is_plain_object(b)) return 0;
    return six_loose_equal(m, a, b);
  }
  return same_objects(m, a, b, strict, outer);
}

int six_deep_equal(struct six_machine *m, six_value a, six_value b, bool strict) {
  size_t roots = six_roots_mark(m);
  int equal = deep(m, a, b, strict, NULL);
  six_roots_release(m, roots);
  return equal;
}
