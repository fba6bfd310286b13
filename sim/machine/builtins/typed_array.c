// machine: typed arrays' constructors (ECMA-262 23.2.2, 23.2.5), from and of.
#include "sim/machine/typed_array.h"

#include "sim/machine/builtins/builtin.h"
#include "sim/machine/builtins/typed_array_parts.h"
#include "sim/machine/typed_array_element.h"

static six_value throw_length(struct six_machine *m, double length) {
  char text[40];
  six_number_to_chars(length, text);
  return six_throw_range(m, "Invalid typed array length: %s", text);
}

// A zeroed array; NULL and a RangeError when it is too long.
static struct six_typed_array *allocate(struct six_machine *m, enum six_element_type type, struct six_object *proto, double length) {
  double bytes = length * (double)six_element_size(type);
  if (length < 0 || length > 4294967296.0) {
    throw_length(m, length);
    return NULL;
  }
  if (bytes > SIX_BUFFER_LIMIT) {
    six_throw_range(m, "Array buffer allocation failed");
    return NULL;
  }
  struct six_object *buffer = six_array_buffer_new(m, (size_t)bytes);
  return six_as_typed_array(six_typed_array_new(m, type, six_as_array_buffer(buffer), 0, (size_t)length, proto));
}

struct six_typed_array *six_typed_array_like(struct six_machine *m, const struct six_typed_array *like, size_t length) {
  return allocate(m, (enum six_element_type)like->type, NULL, (double)length);
}

static six_value from_buffer(struct six_machine *m, enum six_element_type type, struct six_object *proto, struct six_array_buffer *b,
                             six_value offset_value, six_value length_value) {
  const char *name = six_element_type_name(type);
  double size = (double)six_element_size(type), offset, length = 0;
  if (!six_to_index(m, offset_value, &offset)) return SIX_EXCEPTION;
  if (offset < 0 || six_fmod(offset, size) != 0) {
    if (offset < 0) return six_throw_range(m, "Start offset %.0f is outside the bounds of the buffer", offset);
    return six_throw_range(m, "start offset of %s should be a multiple of %.0f", name, size);
  }
  bool given = !six_is_undefined(length_value);
  if (given && !six_to_index(m, length_value, &length)) return SIX_EXCEPTION;
  if (b->detached) return six_throw_type(m, "Cannot perform Construct on a detached ArrayBuffer");
  double room = (double)b->length;
  if (!given) {
    if (!b->resizable && six_fmod(room, size) != 0) return six_throw_range(m, "byte length of %s should be a multiple of %.0f", name, size);
    if (offset > room) return six_throw_range(m, "Start offset %.0f is outside the bounds of the buffer", offset);
    length = floor((room - offset) / size);
  } else if (length < 0 || offset + length * size > room) {
    return throw_length(m, length);
  }
  struct six_object *o = six_typed_array_new(m, type, b, (size_t)offset, (size_t)length, proto);
  six_as_typed_array(o)->length_tracking = !given && b->resizable;
  return six_object_value(o);
}

static six_value from_typed_array(struct six_machine *m, enum six_element_type type, struct six_object *proto,
                                  struct six_typed_array *from) {
  if (from->buffer->detached) return six_throw_type(m, "Cannot perform Construct on a detached ArrayBuffer");
  size_t length = six_typed_array_length(from);
  struct six_typed_array *to = allocate(m, type, proto, (double)length);
  if (!to) return SIX_EXCEPTION;
  if ((type >= SIX_BIGINT64) != (from->type >= SIX_BIGINT64)) {
    return six_throw_type(m, "Cannot mix BigInt and other types, use explicit conversions");
  }
  for (size_t i = 0; i < length; i++) six_typed_array_set(m, to, i, six_typed_array_get(m, from, i));
  return six_object_value(&to->object);
}

// The values of an iterable or array-like as a plain list. NULL on exception; rooted. [JS]
static struct six_object *list_of(struct six_machine *m, six_value source) {
  struct six_object *list = six_array_new(m, 8);
  six_root(m, six_object_value(list));
  six_value method = six_get_v(m, source, SIX_SYMBOL(m, iterator));
  if (six_is_exception(method)) return NULL;
  if (!six_is_nullish(method) && !six_is_callable(method)) {
    six_throw_found_iterator(m, method, "TypedArray's constructor");
    return NULL;
  }
  if (!six_is_nullish(method)) {
    struct six_iterator it;
    six_value v;
    int step;
    if (!six_iterator_open(m, source, &it)) return NULL;
    while ((step = six_iterator_step(m, &it, &v)) > 0) six_array_push(m, list, v);
    return step < 0 ? NULL : list;
  }
  struct six_object *o = six_to_object(m, source);
  double length;
  if (!o) return NULL;
  six_root(m, six_object_value(o));
  if (six_length_of(m, o, &length) < 0) return NULL;
  if (length > 4294967295.0) {
    throw_length(m, length);
    return NULL;
  }
  for (uint32_t i = 0; i < length; i++) {
    six_value v = six_get(m, o, six_key_of_number(m, i));
    if (six_is_exception(v)) return NULL;
    six_array_push(m, list, v);
  }
  return list;
}

static bool fill_from(struct six_machine *m, struct six_typed_array *to, struct six_object *list) {
  for (uint32_t i = 0; i < list->array_length; i++) {
    if (!six_typed_array_set(m, to, i, list->elements[i])) return false;
  }
  return true;
}

static six_value construct(struct six_machine *m, const struct six_args *a, enum six_element_type type) {
  if (six_is_undefined(a->new_target)) return six_throw_type(m, "Constructor %s requires 'new'", six_element_type_name(type));
  struct six_object *fallback =
      six_as_object(*six_own_slot(m, six_intrinsic(m, (enum six_intrinsic_id)(SIX_I_Int8Array + (int)type)), SIX_ATOM(m, prototype)));
  six_value first = six_arg(a, 0);
  double length = 0;
  if (!six_is_object(first) && !six_to_index(m, first, &length)) return SIX_EXCEPTION;
  struct six_object *proto = six_prototype_for(m, a, fallback);
  if (!proto) return SIX_EXCEPTION;
  if (!six_is_object(first)) {
    struct six_typed_array *array = allocate(m, type, proto, length);
    return array ? six_object_value(&array->object) : SIX_EXCEPTION;
  }
  if (six_is_buffer(first)) {
    return from_buffer(m, type, proto, six_as_array_buffer(six_as_object(first)), six_arg(a, 1), six_arg(a, 2));
  }
  if (six_is_class(first, SIX_CLASS_TYPED_ARRAY)) return from_typed_array(m, type, proto, six_as_typed_array(six_as_object(first)));
  struct six_object *list = list_of(m, first);
  struct six_typed_array *array = list ? allocate(m, type, proto, list->array_length) : NULL;
  if (!array) return SIX_EXCEPTION;
  six_root(m, six_object_value(&array->object));
  return fill_from(m, array, list) ? six_object_value(&array->object) : SIX_EXCEPTION;
}

// clang-format off
#define TYPES(X) \
  X(Int8Array, SIX_INT8) X(Uint8Array, SIX_UINT8) X(Uint8ClampedArray, SIX_UINT8_CLAMPED) X(Int16Array, SIX_INT16) \
  X(Uint16Array, SIX_UINT16) X(Int32Array, SIX_INT32) X(Uint32Array, SIX_UINT32) X(Float16Array, SIX_FLOAT16) X(Float32Array, SIX_FLOAT32) \
  X(Float64Array, SIX_FLOAT64) X(BigInt64Array, SIX_BIGINT64) X(BigUint64Array, SIX_BIGUINT64)
// clang-format on
#define X(name, type) \
  static six_value construct_##name(struct six_machine *m, const struct six_args *a) { return construct(m, a, type); }
TYPES(X)
#undef X

static six_value abstract_constructor(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_throw_type(m, "Abstract class TypedArray not directly constructable");
}

// ---- Creation by constructor and species

struct six_typed_array *six_validate_typed_array(struct six_machine *m, six_value v) {
  if (!six_is_class(v, SIX_CLASS_TYPED_ARRAY)) {
    six_throw_type(m, "this is not a typed array.");
    return NULL;
  }
  return six_as_typed_array(six_as_object(v));
}

// TypedArrayCreateFromCtor: rooted; NULL on exception.
static struct six_typed_array *create(struct six_machine *m, six_value constructor, int argc, const six_value *argv) {
  six_value v = six_construct(m, constructor, argc, argv, constructor);
  if (six_is_exception(v)) return NULL;
  six_root(m, v);
  struct six_typed_array *array = six_validate_typed_array(m, v);
  if (array && argc == 1 && six_is_number(argv[0]) && (double)six_typed_array_length(array) < six_as_number(argv[0])) {
    six_throw_type(m, "Derived TypedArray constructor created an array which was too small");
    return NULL;
  }
  return array;
}

struct six_typed_array *six_typed_array_species(struct six_machine *m, struct six_typed_array *like, int argc, const six_value *argv) {
  struct six_object *usual = six_intrinsic(m, (enum six_intrinsic_id)(SIX_I_Int8Array + like->type));
  six_value constructor = six_species(m, &like->object, six_object_value(usual));
  if (six_is_exception(constructor)) return NULL;
  struct six_typed_array *array = create(m, constructor, argc, argv);
  if (array && (array->type >= SIX_BIGINT64) != (like->type >= SIX_BIGINT64)) {
    six_throw_type(m, "Content type mismatch");
    return NULL;
  }
  return array;
}

bool six_typed_array_set(struct six_machine *m, struct six_typed_array *a, size_t index, six_value v) {
  enum six_element_type type = (enum six_element_type)a->type;
  v = six_element_convert(m, type, v);
  if (six_is_exception(v)) return false;
  if (index < six_typed_array_length(a)) six_element_write(type, six_typed_array_bytes(a) + index * six_element_size(type), v);
  return true;
}

static bool require_constructor(struct six_machine *m, six_value v) {
  if (six_is_constructor(v)) return true;
  six_throw_type_about(m, "", v, " is not a constructor");
  return false;
}

static six_value typed_array_of(struct six_machine *m, const struct six_args *a) {
  if (!require_constructor(m, a->this_value)) return SIX_EXCEPTION;
  six_value length = six_int(a->argc);
  struct six_typed_array *array = create(m, a->this_value, 1, &length);
  if (!array) return SIX_EXCEPTION;
  for (int i = 0; i < a->argc; i++) {
    if (!six_typed_array_set(m, array, (size_t)i, a->argv[i])) return SIX_EXCEPTION;
  }
  return six_object_value(&array->object);
}

static six_value typed_array_from(struct six_machine *m, const struct six_args *a) {
  if (!require_constructor(m, a->this_value)) return SIX_EXCEPTION;
  six_value mapper = six_arg(a, 1);
  if (!six_is_undefined(mapper) && !six_require_callable(m, mapper)) return SIX_EXCEPTION;
  struct six_object *list = list_of(m, six_arg(a, 0));
  if (!list) return SIX_EXCEPTION;
  six_value length = six_number(list->array_length);
  struct six_typed_array *array = create(m, a->this_value, 1, &length);
  if (!array) return SIX_EXCEPTION;
  for (uint32_t i = 0; i < list->array_length; i++) {
    six_value v = list->elements[i];
    if (!six_is_undefined(mapper)) {
      six_value argv[2] = {v, six_number(i)};
      v = six_call(m, mapper, six_arg(a, 2), 2, argv);
      if (six_is_exception(v)) return v;
    }
    if (!six_typed_array_set(m, array, i, v)) return SIX_EXCEPTION;
  }
  return six_object_value(&array->object);
}

static const struct six_native_def statics[] = {
    {"from", typed_array_from, 1, 0},
    {"of", typed_array_of, 0, 0},
};

void six_init_typed_array_constructors(struct six_machine *m) {
  static six_native *const constructors[] = {
#define X(name, type) construct_##name,
      TYPES(X)
#undef X
  };
  struct six_object *proto = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  struct six_object *abstract = six_constructor_new(m, "TypedArray", abstract_constructor, 0, proto);
  m->intrinsics[SIX_I_TypedArrayPrototype] = proto;
  m->intrinsics[SIX_I_TypedArray] = abstract;
  six_define_natives(m, abstract, statics, SIX_COUNT(statics));
  six_define_species(m, abstract);
  six_define_natives(m, proto, six_typed_array_natives, six_typed_array_native_count);
  six_define_alias(m, proto, SIX_SYMBOL(m, iterator), SIX_ATOM(m, values));
  six_key bytes = six_key_of_string(m, six_as_string(six_str(m, "BYTES_PER_ELEMENT")));
  for (int type = 0; type < SIX_ELEMENT_TYPES; type++) {
    struct six_object *own = six_object_new(m, proto);
    six_value size = six_int((int32_t)six_element_size((enum six_element_type)type));
    struct six_object *constructor = six_constructor_new(m, six_element_type_name((enum six_element_type)type), constructors[type], 3, own);
    six_set_prototype(m, constructor, abstract, false);
    six_define(m, own, bytes, size, 0);
    six_define(m, constructor, bytes, size, 0);
    m->intrinsics[SIX_I_Int8Array + type] = constructor;
    if (type == SIX_UINT8) six_define_base64(m, constructor, own);
  }
}
