#include "sim/machine/typed_array.h"

#include <stdlib.h>

#include "sim/machine/bigint.h"
#include "sim/machine/half.h"
#include "sim/machine/typed_array_element.h"

static const struct {
  const char *name;
  size_t size;
} types[SIX_ELEMENT_TYPES] = {
    {"Int8Array", 1},   {"Uint8Array", 1},   {"Uint8ClampedArray", 1}, {"Int16Array", 2},   {"Uint16Array", 2},   {"Int32Array", 4},
    {"Uint32Array", 4}, {"Float16Array", 2}, {"Float32Array", 4},      {"Float64Array", 8}, {"BigInt64Array", 8}, {"BigUint64Array", 8},
};

size_t six_element_size(enum six_element_type type) { return types[type].size; }
const char *six_element_type_name(enum six_element_type type) { return types[type].name; }

// ---- Objects

struct six_object *six_array_buffer_new(struct six_machine *m, size_t length) {
  struct six_object *o =
      six_object_new_class(m, SIX_CLASS_ARRAY_BUFFER, sizeof(struct six_array_buffer), six_intrinsic(m, SIX_I_ArrayBufferPrototype));
  struct six_array_buffer *b = six_as_array_buffer(o);
  if (length) {
    b->bytes = six_malloc(m, length);
    memset(b->bytes, 0, length);
  }
  b->length = b->max_length = length;
  return o;
}

struct six_shared_bytes *six_shared_bytes_new(struct six_machine *m, size_t length) {
  if (!six_memory_suffices(m, length)) return NULL;
  struct six_shared_bytes *bytes = calloc(1, sizeof *bytes + length);
  if (!bytes) abort();
  bytes->length = length;
  return bytes;
}

struct six_object *six_shared_buffer_new(struct six_machine *m, struct six_shared_bytes *bytes, size_t length, bool growable) {
  struct six_object *proto = six_intrinsic(m, SIX_I_SharedArrayBufferPrototype);
  struct six_object *o = six_object_new_class(m, SIX_CLASS_SHARED_ARRAY_BUFFER, sizeof(struct six_array_buffer), proto);
  struct six_array_buffer *b = six_as_array_buffer(o);
  bytes->references++;
  b->shared = bytes;
  b->bytes = bytes->bytes;
  b->length = length;
  b->max_length = bytes->length;
  b->resizable = growable;
  return o;
}

void six_shared_array_buffer_release(struct six_machine *m, struct six_object *o) {
  (void)m;
  struct six_array_buffer *b = six_as_array_buffer(o);
  if (b->shared && --b->shared->references == 0) free(b->shared);
  b->shared = NULL;
  b->bytes = NULL;
}

void six_array_buffer_release(struct six_machine *m, struct six_object *o) {
  struct six_array_buffer *b = six_as_array_buffer(o);
  if (b->bytes) six_free(m, b->bytes, b->max_length);
  b->bytes = NULL;
}

void six_array_buffer_detach(struct six_machine *m, struct six_array_buffer *b) {
  six_array_buffer_release(m, &b->object);
  b->length = b->max_length = 0;
  b->detached = true;
}

void six_typed_array_mark(struct six_machine *m, struct six_object *o) {
  struct six_typed_array *a = six_as_typed_array(o);
  if (a->buffer) six_mark_cell(m, &a->buffer->object.cell);
}

static struct six_object *prototype_of(struct six_machine *m, enum six_element_type type) {
  struct six_object *constructor = six_intrinsic(m, (enum six_intrinsic_id)(SIX_I_Int8Array + (int)type));
  six_value *slot = six_own_slot(m, constructor, SIX_ATOM(m, prototype));
  return six_as_object(*slot);
}

struct six_object *six_typed_array_new(struct six_machine *m, enum six_element_type type, struct six_array_buffer *buffer, size_t offset,
                                       size_t length, struct six_object *proto) {
  if (!proto) proto = prototype_of(m, type);
  struct six_object *o = six_object_new_class(m, SIX_CLASS_TYPED_ARRAY, sizeof(struct six_typed_array), proto);
  o->cell.flags |= SIX_OBJECT_EXOTIC;
  struct six_typed_array *a = six_as_typed_array(o);
  a->buffer = buffer;
  a->offset = offset;
  a->length = length;
  a->type = (uint8_t)type;
  return o;
}

size_t six_typed_array_length(const struct six_typed_array *a) {
  if (!a->buffer || a->buffer->detached || a->offset > a->buffer->length) return 0;
  size_t size = a->object.cell.class_ == SIX_CLASS_DATA_VIEW ? 1 : types[a->type].size, room = (a->buffer->length - a->offset) / size;
  if (a->length_tracking) return room;
  return a->length <= room ? a->length : 0;
}

uint8_t *six_typed_array_bytes(const struct six_typed_array *a) {
  return a->buffer && a->buffer->bytes ? a->buffer->bytes + a->offset : NULL;
}

// ---- Elements

six_value six_element_read(struct six_machine *m, enum six_element_type type, const uint8_t *at) {
  union {
    int8_t i8;
    int16_t i16;
    uint16_t u16;
    int32_t i32;
    uint32_t u32;
    int64_t i64;
    uint64_t u64;
    float f32;
    double f64;
  } u;
  memcpy(&u, at, types[type].size);
  switch (type) {
    case SIX_INT8: return six_int(u.i8);
    case SIX_UINT8:
    case SIX_UINT8_CLAMPED: return six_int(*at);
    case SIX_INT16: return six_int(u.i16);
    case SIX_UINT16: return six_int(u.u16);
    case SIX_INT32: return six_int(u.i32);
    case SIX_UINT32: return six_number(u.u32);
    case SIX_FLOAT16: return six_number(six_half_value(u.u16));
    case SIX_FLOAT32: return six_number((double)u.f32);
    case SIX_FLOAT64: return six_number(u.f64);
    case SIX_BIGINT64: return six_bigint_from_int64(m, u.i64);
    default: return six_bigint_from_uint64(m, u.u64);
  }
}

static uint8_t clamp(double d) {
  if (!(d > 0)) return 0;
  if (d >= 255) return 255;
  return (uint8_t)(d + 0x1p52 - 0x1p52);  // to a whole number, halves to even
}

void six_element_write(enum six_element_type type, uint8_t *at, six_value numeric) {
  if (type >= SIX_BIGINT64) {
    uint64_t u = six_bigint_to_uint64(numeric);
    memcpy(at, &u, 8);
    return;
  }
  double d = six_as_number(numeric);
  if (type == SIX_FLOAT64) {
    memcpy(at, &d, 8);
  } else if (type == SIX_FLOAT16) {
    uint16_t half = six_half_of(d);
    memcpy(at, &half, 2);
  } else if (type == SIX_FLOAT32) {
    float f = (float)d;
    memcpy(at, &f, 4);
  } else if (type == SIX_UINT8_CLAMPED) {
    *at = clamp(d);
  } else {
    // Little-endian: the low bytes of the number modulo 2^32.
    int32_t i = six_is_int(numeric) ? six_as_int(numeric) : six_double_to_int32(d);
    memcpy(at, &i, types[type].size);
  }
}

six_value six_element_convert(struct six_machine *m, enum six_element_type type, six_value v) {
  if (type >= SIX_BIGINT64) return six_to_bigint(m, v);
  if (six_is_number(v)) return v;
  double d;
  return six_to_number(m, v, &d) ? six_number(d) : SIX_EXCEPTION;
}

six_value six_typed_array_get(struct six_machine *m, const struct six_typed_array *a, size_t index) {
  return six_element_read(m, (enum six_element_type)a->type, six_typed_array_bytes(a) + index * types[a->type].size);
}

// ---- Integer-indexed exotic objects (10.4.5)

enum index_kind { NOT_NUMERIC, INVALID, VALID };

// Whether a string key is the text of a number: such a key never reaches the ordinary properties.
static bool is_numeric_text(struct six_machine *m, six_key key) {
  if (!six_is_string(key)) return false;
  struct six_string *s = six_as_string(key);
  if (!s->length) return false;
  uint16_t c = six_string_unit(s, 0);
  if (!(c >= '0' && c <= '9') && c != '-' && c != 'I' && c != 'N') return false;
  if (six_string_equals_ascii(m, s, "-0")) return true;
  char text[40];
  six_number_to_chars(six_string_to_number(m, s), text);
  return six_string_equals_ascii(m, s, text);
}

static enum index_kind classify(struct six_machine *m, const struct six_object *o, six_key key, size_t *index) {
  if (six_key_is_index(key)) {
    *index = (size_t)six_as_int(key);
    return *index < six_typed_array_length((const struct six_typed_array *)o) ? VALID : INVALID;
  }
  return is_numeric_text(m, key) ? INVALID : NOT_NUMERIC;
}

static int get_own(struct six_machine *m, struct six_object *o, six_key key, struct six_descriptor *out) {
  size_t index = 0;
  enum index_kind kind = classify(m, o, key, &index);
  if (kind == NOT_NUMERIC) return six_ordinary_get_own(m, o, key, out);
  if (kind == INVALID) return 0;
  *out = (struct six_descriptor){
      .attrs = SIX_DATA_ALL,
      .has = SIX_DATA_ALL | SIX_HAS_VALUE,
      .value = six_typed_array_get(m, six_as_typed_array(o), index),
      .get = SIX_UNDEFINED,
      .set = SIX_UNDEFINED,
  };
  return 1;
}

static int has(struct six_machine *m, struct six_object *o, six_key key) {
  size_t index = 0;
  enum index_kind kind = classify(m, o, key, &index);
  return kind == NOT_NUMERIC ? six_ordinary_has(m, o, key) : kind == VALID;
}

// TypedArraySetElement: converts first, then writes if the index is still good. [JS]
static int set_element(struct six_machine *m, struct six_typed_array *a, enum index_kind kind, size_t index, six_value v) {
  v = six_element_convert(m, (enum six_element_type)a->type, v);
  if (six_is_exception(v)) return -1;
  if (kind == VALID && index < six_typed_array_length(a)) {
    six_element_write((enum six_element_type)a->type, six_typed_array_bytes(a) + index * types[a->type].size, v);
  }
  return 1;
}

static int fail(struct six_machine *m, bool throws, const char *message) {
  if (!throws) return 0;
  six_throw_type(m, "%s", message);
  return -1;
}

static int define(struct six_machine *m, struct six_object *o, six_key key, const struct six_descriptor *d, bool throws) {
  size_t index = 0;
  enum index_kind kind = classify(m, o, key, &index);
  if (kind == NOT_NUMERIC) return six_ordinary_define_own(m, o, key, d, throws);
  if (kind == INVALID) return fail(m, throws, "Invalid typed array index");
  bool accessor = (d->has & (SIX_HAS_GET | SIX_HAS_SET)) != 0;
  if (accessor || (d->has & SIX_DATA_ALL & ~d->attrs)) {
    char message[64] = "Cannot redefine property: ";
    six_number_to_chars((double)index, message + strlen(message));
    return fail(m, throws, message);
  }
  return d->has & SIX_HAS_VALUE ? set_element(m, six_as_typed_array(o), kind, index, d->value) : 1;
}

static int delete_(struct six_machine *m, struct six_object *o, six_key key, bool throws) {
  size_t index = 0;
  enum index_kind kind = classify(m, o, key, &index);
  if (kind == NOT_NUMERIC) return six_ordinary_delete(m, o, key, throws);
  if (kind == INVALID) return 1;
  char message[80] = "Cannot delete property '";
  six_number_to_chars((double)index, message + strlen(message));
  strcat(message, "' of [object Array]");
  return fail(m, throws, message);
}

static six_value get(struct six_machine *m, struct six_object *o, six_key key, six_value receiver) {
  size_t index = 0;
  enum index_kind kind = classify(m, o, key, &index);
  if (kind == NOT_NUMERIC) return six_ordinary_get(m, o, key, receiver);
  return kind == VALID ? six_typed_array_get(m, six_as_typed_array(o), index) : SIX_UNDEFINED;
}

static int set(struct six_machine *m, struct six_object *o, six_key key, six_value v, six_value receiver, bool throws) {
  size_t index = 0;
  enum index_kind kind = classify(m, o, key, &index);
  if (kind == NOT_NUMERIC) return six_ordinary_set(m, o, key, v, receiver, throws);
  if (receiver == six_object_value(o)) return set_element(m, six_as_typed_array(o), kind, index, v);
  return kind == VALID ? six_ordinary_set(m, o, key, v, receiver, throws) : 1;
}

static struct six_values *keys(struct six_machine *m, struct six_object *o) {
  size_t length = six_typed_array_length(six_as_typed_array(o));
  struct six_values *own = six_ordinary_keys(m, o), *all = six_values_new(m, own->count + (uint32_t)length);
  for (uint32_t i = 0; i < length; i++) all->items[all->count++] = six_key_of_index(i);
  for (uint32_t i = 0; i < own->count; i++) all->items[all->count++] = own->items[i];
  return all;
}

const struct six_exotic six_typed_array_exotic = {
    .get_own = get_own, .define = define, .has = has, .delete_ = delete_, .get = get, .set = set, .keys = keys};
