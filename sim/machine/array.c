// machine: elements, and arrays (ECMA-262 10.4.2).
#include "sim/machine/own.h"

enum {
  INLINE_ELEMENTS = 8,         // short arrays hold their elements in the cell
  MAX_GAP = 256,               // holes that an element far out may make; farther ones are named properties
  MAX_PREALLOCATED = 1 << 22,  // within new Array(n), up to this n, every element stays dense
};

// ---- Elements

static bool grow_elements(struct six_machine *m, struct six_object *o, uint32_t need) {
  size_t capacity = (size_t)need + need / 2 + 2;
  size_t old_size = o->element_capacity * sizeof(six_value), size = capacity * sizeof(six_value);
  if (m->stop == SIX_STOP_MEMORY && size > SIX_SMALL_ANYWAY) return false;  // the run is over; do not help it to grow
  if (!six_memory_suffices(m, size)) return false;
  if (o->element_capacity && six_cell_contains(&o->cell, o->elements)) {
    six_value *elements = six_malloc(m, size);
    memcpy(elements, o->elements, o->element_count * sizeof(six_value));
    o->elements = elements;
  } else {
    o->elements = six_realloc(m, o->element_capacity ? o->elements : NULL, old_size, size);
  }
  o->element_capacity = (uint32_t)capacity;
  return true;
}

static bool may_be_dense(const struct six_object *o, uint32_t i) {
  if (i < o->element_capacity || i <= o->element_count + o->element_count / 2 + MAX_GAP) return true;
  return i < o->array_length && o->array_length <= MAX_PREALLOCATED;
}

void six_element_add(struct six_machine *m, struct six_object *o, uint32_t i, six_value v) {
  if (i >= o->element_count) {
    if (!may_be_dense(o, i)) {
      o->cell.flags |= SIX_OBJECT_SPARSE;
      six_own_add_named(m, o, six_key_of_index(i), v, SIX_DATA_ALL);
    } else {
      if (i >= o->element_capacity && !grow_elements(m, o, i + 1)) return;
      for (uint32_t hole = o->element_count; hole < i; hole++) o->elements[hole] = SIX_EMPTY;
      o->element_count = i + 1;
      o->elements[i] = v;
    }
  } else {
    o->elements[i] = v;
  }
  if (o->cell.class_ == SIX_CLASS_ARRAY && i >= o->array_length) o->array_length = i + 1;
}

// ---- Arrays

static struct six_shape *array_shape(struct six_machine *m) {
  if (!m->array_shape) m->array_shape = six_shape_root(m, six_intrinsic(m, SIX_I_ArrayPrototype));
  return m->array_shape;
}

// An array with room for `capacity` elements; element_count and length are 0.
static struct six_object *array_with_room(struct six_machine *m, uint32_t capacity) {
  struct six_shape *shape = array_shape(m);
  uint32_t inside = capacity <= INLINE_ELEMENTS ? capacity + (capacity & 1) : 0;
  struct six_object *a = six_cell_raw(m, SIX_CELL_OBJECT, sizeof *a + inside * sizeof(six_value));
  a->cell.class_ = SIX_CLASS_ARRAY;
  a->shape = shape;
  a->slots = NULL;
  a->elements = inside ? (six_value *)(a + 1) : NULL;
  a->element_count = 0;
  a->element_capacity = inside;
  a->slot_capacity = 0;
  a->array_length = 0;
  if (capacity > inside) {
    a->elements = six_malloc(m, capacity * sizeof(six_value));
    a->element_capacity = capacity;
  }
  return a;
}

struct six_object *six_array_new(struct six_machine *m, uint32_t capacity) {
  return array_with_room(m, capacity < MAX_PREALLOCATED ? capacity : 0);
}

struct six_object *six_array_from(struct six_machine *m, const six_value *items, uint32_t count) {
  struct six_object *a = array_with_room(m, count);
  if (count) memcpy(a->elements, items, count * sizeof(six_value));
  a->element_count = a->array_length = count;
  return a;
}

void six_array_push(struct six_machine *m, struct six_object *array, six_value v) {
  uint32_t i = array->array_length;
  if (i == array->element_count && i < array->element_capacity) {
    array->elements[i] = v;
    array->element_count = array->array_length = i + 1;
  } else if (i < INT32_MAX) {
    six_element_add(m, array, i, v);
  }
}

static void remove_index(struct six_machine *m, struct six_object *array, six_key key) {
  struct six_own own;
  if (six_own_find(m, array, key, &own)) six_own_remove(m, array, &own);
}

// The highest index at or above `length` that cannot be deleted, or -1.
static int64_t highest_fixed(const struct six_object *array, uint32_t length) {
  int64_t highest = -1;
  for (uint32_t i = 0; i < array->shape->count; i++) {
    const struct six_prop *prop = &array->shape->props->items[i];
    if (six_is_int(prop->key) && (uint32_t)six_as_int(prop->key) >= length && !(prop->attrs & SIX_CONFIGURABLE) &&
        six_as_int(prop->key) > highest)
      highest = six_as_int(prop->key);
  }
  return highest;
}

static void truncate_sparse(struct six_machine *m, struct six_object *array, uint32_t length) {
  struct six_values *keys = six_ordinary_keys(m, array);
  for (uint32_t i = 0; i < keys->count && six_is_int(keys->items[i]); i++)
    if ((uint32_t)six_as_int(keys->items[i]) >= length) remove_index(m, array, keys->items[i]);
}

int six_array_truncate(struct six_machine *m, struct six_object *array, uint32_t length) {
  int complete = 1;
  if (length < array->array_length && six_has_flag(array, SIX_OBJECT_SPARSE)) {
    int64_t fixed = highest_fixed(array, length);
    if (fixed >= 0) {
      length = (uint32_t)fixed + 1;
      complete = 0;
    }
    truncate_sparse(m, array, length);
  }
  if (length < array->element_count) {
    array->element_count = length;
    if (length == 0 && array->element_capacity > 64 && !six_cell_contains(&array->cell, array->elements)) {
      six_free(m, array->elements, array->element_capacity * sizeof(six_value));
      array->elements = NULL;
      array->element_capacity = 0;
    }
  }
  array->array_length = length;
  return complete;
}

int six_array_set_length(struct six_machine *m, struct six_object *array, uint32_t length) {
  if (length == array->array_length && !six_has_flag(array, SIX_OBJECT_LENGTH_READONLY)) return 1;
  if (six_has_flag(array, SIX_OBJECT_LENGTH_READONLY)) return six_fail_read_only(m, true, SIX_ATOM(m, length), six_object_value(array));
  if (six_array_truncate(m, array, length)) return 1;
  return six_fail_key_object(m, true, "Cannot delete property '%s' of %s", six_key_of_index(array->array_length - 1), array);
}

// ToUint32 and ToNumber of a new length agree (10.4.2.4 steps 3 to 5). [JS] -1 on exception.
static int length_of_value(struct six_machine *m, six_value v, uint32_t *length) {
  if (six_is_int(v) && six_as_int(v) >= 0) {
    *length = (uint32_t)six_as_int(v);
    return 1;
  }
  double number;
  if (!six_to_uint32(m, v, length) || !six_to_number(m, v, &number)) return -1;
  if (number == (double)*length) return 1;
  six_throw_range(m, "Invalid array length");
  return -1;
}

int six_array_define_length(struct six_machine *m, struct six_object *array, const struct six_descriptor *d, bool throws) {
  six_key key = SIX_ATOM(m, length);
  uint32_t length = array->array_length;
  if ((d->has & SIX_HAS_VALUE) && length_of_value(m, d->value, &length) < 0) return -1;
  bool read_only = six_has_flag(array, SIX_OBJECT_LENGTH_READONLY);
  uint32_t refused = SIX_CONFIGURABLE | SIX_ENUMERABLE | (read_only ? (uint32_t)SIX_WRITABLE : 0);
  if ((d->has & (SIX_HAS_GET | SIX_HAS_SET)) || (d->attrs & d->has & refused) || (read_only && length != array->array_length))
    return six_fail_key(m, throws, "Cannot redefine property: %s", key);
  int complete = length == array->array_length ? 1 : six_array_truncate(m, array, length);
  if ((d->has & SIX_WRITABLE) && !(d->attrs & SIX_WRITABLE)) array->cell.flags |= SIX_OBJECT_LENGTH_READONLY;
  if (complete) return 1;
  return six_fail_key_object(m, throws, "Cannot delete property '%s' of %s", six_key_of_index(array->array_length - 1), array);
}

int six_length_of(struct six_machine *m, struct six_object *o, double *length) {
  if (o->cell.class_ == SIX_CLASS_ARRAY) {
    *length = o->array_length;
    return 1;
  }
  six_value v = six_get(m, o, SIX_ATOM(m, length));
  if (six_is_exception(v)) return -1;
  return six_to_length(m, v, length) ? 1 : -1;
}

int six_is_array(struct six_machine *m, six_value v) {
  while (six_is_class(v, SIX_CLASS_PROXY)) {
    struct six_object *target = six_proxy_target(m, six_as_object(v));
    if (!target) return -1;
    v = six_object_value(target);
  }
  return six_is_class(v, SIX_CLASS_ARRAY);
}
