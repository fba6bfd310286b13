// machine: ArrayBuffer and DataView (ECMA-262 25.1, 25.3).
#include "sim/machine/builtins/builtin.h"
#include "sim/machine/builtins/typed_array_parts.h"
#include "sim/machine/typed_array_element.h"

// ---- ArrayBuffer

bool six_to_index(struct six_machine *m, six_value v, double *out) {
  if (six_is_undefined(v)) *out = 0;
  else if (!six_to_integer(m, v, out)) return false;
  return true;
}

static bool lengths_of(struct six_machine *m, const struct six_args *a, double *length, double *max_length) {
  *max_length = -1;
  if (!six_to_index(m, six_arg(a, 0), length)) return false;
  if (*length < 0 || *length > 9007199254740991.0) {
    six_throw_range(m, "Invalid array buffer length");
    return false;
  }
  if (!six_is_object(six_arg(a, 1))) return true;
  six_value max = six_get(m, six_as_object(a->argv[1]), six_key_of_string(m, six_as_string(six_str(m, "maxByteLength"))));
  if (six_is_exception(max) || (!six_is_undefined(max) && !six_to_index(m, max, max_length))) return false;
  if (six_is_undefined(max) || (*max_length >= *length && *max_length <= 9007199254740991.0)) return true;
  six_throw_range(m, "Invalid array buffer max length");
  return false;
}

bool six_buffer_asked(struct six_machine *m, const struct six_args *a, const char *name, enum six_intrinsic_id prototype,
                      struct six_buffer_request *asked) {
  double length, max_length;
  if (six_is_undefined(a->new_target)) {
    six_throw_type(m, "Constructor %s requires 'new'", name);
    return false;
  }
  if (!lengths_of(m, a, &length, &max_length)) return false;
  asked->prototype = six_prototype_for(m, a, six_intrinsic(m, prototype));
  if (!asked->prototype) return false;
  asked->resizable = max_length >= 0;
  double room = asked->resizable ? max_length : length;
  if (room > SIX_BUFFER_LIMIT) {
    six_throw_range(m, "Array buffer allocation failed");
    return false;
  }
  asked->length = (size_t)length;
  asked->room = (size_t)room;
  return true;
}

static six_value array_buffer_constructor(struct six_machine *m, const struct six_args *a) {
  struct six_buffer_request asked;
  if (!six_buffer_asked(m, a, "ArrayBuffer", SIX_I_ArrayBufferPrototype, &asked)) return SIX_EXCEPTION;
  struct six_object *o = six_array_buffer_new(m, asked.room);
  six_set_prototype(m, o, asked.prototype, false);
  six_as_array_buffer(o)->length = asked.length;
  six_as_array_buffer(o)->resizable = asked.resizable;
  return six_object_value(o);
}

static six_value array_buffer_is_view(struct six_machine *m, const struct six_args *a) {
  (void)m;
  return six_boolean(six_is_class(six_arg(a, 0), SIX_CLASS_TYPED_ARRAY) || six_is_class(six_arg(a, 0), SIX_CLASS_DATA_VIEW));
}

#define THIS_BUFFER(b, method)                                                                             \
  struct six_array_buffer *b = six_this_of(m, a, SIX_CLASS_ARRAY_BUFFER, "ArrayBuffer.prototype." method); \
  if (!b) return SIX_EXCEPTION

static six_value buffer_byte_length(struct six_machine *m, const struct six_args *a) {
  THIS_BUFFER(b, "byteLength");
  return six_number((double)b->length);
}
static six_value buffer_max_byte_length(struct six_machine *m, const struct six_args *a) {
  THIS_BUFFER(b, "maxByteLength");
  return six_number((double)b->max_length);
}
static six_value buffer_resizable(struct six_machine *m, const struct six_args *a) {
  THIS_BUFFER(b, "resizable");
  return six_boolean(b->resizable);
}

static six_value buffer_resize(struct six_machine *m, const struct six_args *a) {
  THIS_BUFFER(b, "resize");
  double length;
  if (!b->resizable) return six_throw_receiver(m, "ArrayBuffer.prototype.resize", a->this_value);
  if (!six_to_index(m, six_arg(a, 0), &length)) return SIX_EXCEPTION;
  if (length < 0 || length > (double)b->max_length) return six_throw_range(m, "ArrayBuffer.prototype.resize: Invalid length parameter");
  if ((size_t)length < b->length) memset(b->bytes + (size_t)length, 0, b->length - (size_t)length);
  b->length = (size_t)length;
  return SIX_UNDEFINED;
}

bool six_require_attached(struct six_machine *m, const struct six_array_buffer *b, const char *method) {
  if (!b->detached) return true;
  six_throw_type(m, "Cannot perform %s on a detached %sArrayBuffer", method,
                 m->rules->cell[SIX_RULE_V8_WORDS] < 7 ? "" : "or out-of-bounds ");
  return false;
}

static six_value buffer_detached(struct six_machine *m, const struct six_args *a) {
  THIS_BUFFER(b, "detached");
  return six_boolean(b->detached);
}

// ArrayBufferCopyAndDetach
static six_value transfer(struct six_machine *m, const struct six_args *a, const char *method, bool keeps_resizable) {
  struct six_array_buffer *b = six_this_of(m, a, SIX_CLASS_ARRAY_BUFFER, method);
  double length;
  if (!b) return SIX_EXCEPTION;
  length = (double)b->length;
  if (!six_is_undefined(six_arg(a, 0)) && !six_to_index(m, a->argv[0], &length)) return SIX_EXCEPTION;
  if (b->detached) return six_throw_type(m, "Cannot perform %s on a detached ArrayBuffer", method);
  bool resizable = keeps_resizable && b->resizable;
  if (length < 0 || length > 9007199254740991.0) return six_throw_range(m, "Invalid array buffer length");
  if (length > SIX_BUFFER_LIMIT || (resizable && length > (double)b->max_length))
    return six_throw_range(m, "Array buffer allocation failed");
  struct six_array_buffer *to = six_as_array_buffer(six_array_buffer_new(m, resizable ? b->max_length : (size_t)length));
  to->length = (size_t)length;
  to->resizable = resizable;
  size_t count = b->length < to->length ? b->length : to->length;
  if (count) memcpy(to->bytes, b->bytes, count);
  six_array_buffer_detach(m, b);
  return six_object_value(&to->object);
}
static six_value buffer_transfer(struct six_machine *m, const struct six_args *a) {
  return transfer(m, a, "ArrayBuffer.prototype.transfer", true);
}
static six_value buffer_transfer_to_fixed_length(struct six_machine *m, const struct six_args *a) {
  return transfer(m, a, "ArrayBuffer.prototype.transferToFixedLength", false);
}

bool six_relative_index(struct six_machine *m, six_value v, double length, double fallback, double *out) {
  double d = fallback;
  if (!six_is_undefined(v) && !six_to_integer(m, v, &d)) return false;
  if (d < 0) d = d + length < 0 ? 0 : d + length;
  *out = d > length ? length : d;
  return true;
}

static six_value buffer_slice(struct six_machine *m, const struct six_args *a) {
  THIS_BUFFER(b, "slice");
  if (b->detached) return six_throw_type(m, "Cannot perform ArrayBuffer.prototype.slice on a detached ArrayBuffer");
  double from, to;
  if (!six_relative_index(m, six_arg(a, 0), (double)b->length, 0, &from)) return SIX_EXCEPTION;
  if (!six_relative_index(m, six_arg(a, 1), (double)b->length, (double)b->length, &to)) return SIX_EXCEPTION;
  size_t count = to > from ? (size_t)(to - from) : 0;
  six_value constructor = six_species(m, &b->object, six_object_value(six_intrinsic(m, SIX_I_ArrayBuffer)));
  if (six_is_exception(constructor)) return constructor;
  six_value length = six_number((double)count), v = six_construct(m, constructor, 1, &length, constructor);
  if (six_is_exception(v)) return v;
  if (!six_is_class(v, SIX_CLASS_ARRAY_BUFFER)) return six_throw_receiver(m, "ArrayBuffer.prototype.slice", v);
  struct six_array_buffer *to_buffer = six_as_array_buffer(six_as_object(v));
  if (to_buffer == b) return six_throw_type(m, "ArrayBuffer subclass returned this from species constructor");
  if (to_buffer->length < count) return six_throw_type(m, "Species constructor returned a too small ArrayBuffer");
  if (count) memcpy(to_buffer->bytes, b->bytes + (size_t)from, count);
  return v;
}

static const struct six_native_def buffer_statics[] = {{"isView", array_buffer_is_view, 1, 0}};
static const struct six_native_def buffer_methods[] = {
    {"byteLength", buffer_byte_length, 0, SIX_DEF_GETTER},
    {"maxByteLength", buffer_max_byte_length, 0, SIX_DEF_GETTER},
    {"resizable", buffer_resizable, 0, SIX_DEF_GETTER},
    {"detached", buffer_detached, 0, SIX_DEF_GETTER},
    {"transfer", buffer_transfer, 0, 0},
    {"transferToFixedLength", buffer_transfer_to_fixed_length, 0, 0},
    {"resize", buffer_resize, 1, 0},
    {"slice", buffer_slice, 2, 0},
};

static void init_array_buffer(struct six_machine *m) {
  struct six_object *proto = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  m->intrinsics[SIX_I_ArrayBufferPrototype] = proto;
  struct six_object *constructor = six_constructor_new(m, "ArrayBuffer", array_buffer_constructor, 1, proto);
  m->intrinsics[SIX_I_ArrayBuffer] = constructor;
  six_define_natives(m, constructor, buffer_statics, SIX_COUNT(buffer_statics));
  six_define_species(m, constructor);
  six_define_natives(m, proto, buffer_methods, SIX_COUNT(buffer_methods));
  six_define_tag(m, proto, "ArrayBuffer");
}

// ---- DataView

static six_value data_view_constructor(struct six_machine *m, const struct six_args *a) {
  if (six_is_undefined(a->new_target)) return six_throw_type(m, "Constructor DataView requires 'new'");
  if (!six_is_buffer(six_arg(a, 0))) {
    return six_throw_type(m, "First argument to DataView constructor must be an ArrayBuffer");
  }
  struct six_array_buffer *b = six_as_array_buffer(six_as_object(a->argv[0]));
  double offset, length = 0;
  if (!six_to_index(m, six_arg(a, 1), &offset)) return SIX_EXCEPTION;
  if (offset < 0 || offset > (double)b->length) {
    char text[40];
    six_number_to_chars(offset, text);
    return six_throw_range(m, "Start offset %s is outside the bounds of the buffer", text);
  }
  bool given = !six_is_undefined(six_arg(a, 2));
  if (given && !six_to_index(m, a->argv[2], &length)) return SIX_EXCEPTION;
  if (given && (length < 0 || offset + length > (double)b->length)) {
    char text[40];
    six_number_to_chars(length, text);
    return six_throw_range(m, "Invalid DataView length %s", text);
  }
  struct six_object *fallback = six_as_object(*six_own_slot(m, six_intrinsic(m, SIX_I_DataView), SIX_ATOM(m, prototype)));
  struct six_object *proto = six_prototype_for(m, a, fallback);
  if (!proto) return SIX_EXCEPTION;
  struct six_object *o = six_object_new_class(m, SIX_CLASS_DATA_VIEW, sizeof(struct six_typed_array), proto);
  struct six_typed_array *view = six_as_typed_array(o);
  view->buffer = b;
  view->offset = (size_t)offset;
  view->length = given ? (size_t)length : b->length - (size_t)offset;
  view->length_tracking = !given && b->resizable;
  view->type = SIX_UINT8;
  return six_object_value(o);
}

static six_value view_buffer(struct six_machine *m, const struct six_args *a) {
  struct six_typed_array *view = six_this_of(m, a, SIX_CLASS_DATA_VIEW, "DataView.prototype.buffer");
  return view ? six_object_value(&view->buffer->object) : SIX_EXCEPTION;
}
static six_value view_byte_length(struct six_machine *m, const struct six_args *a) {
  struct six_typed_array *view = six_this_of(m, a, SIX_CLASS_DATA_VIEW, "DataView.prototype.byte_length");
  if (view && !six_require_attached(m, view->buffer, "get DataView.prototype.byteLength")) return SIX_EXCEPTION;
  return view ? six_number((double)six_typed_array_length(view)) : SIX_EXCEPTION;
}
static six_value view_byte_offset(struct six_machine *m, const struct six_args *a) {
  struct six_typed_array *view = six_this_of(m, a, SIX_CLASS_DATA_VIEW, "DataView.prototype.byte_offset");
  if (view && !six_require_attached(m, view->buffer, "get DataView.prototype.byteOffset")) return SIX_EXCEPTION;
  return view ? six_number((double)view->offset) : SIX_EXCEPTION;
}

static void copy_element(uint8_t *to, const uint8_t *from, size_t size, bool little) {
  for (size_t i = 0; i < size; i++) to[i] = from[little ? i : size - 1 - i];
}

static six_value throw_outside(struct six_machine *m) { return six_throw_range(m, "Offset is outside the bounds of the DataView"); }

static six_value view_get(struct six_machine *m, const struct six_args *a, enum six_element_type type, const char *method) {
  struct six_typed_array *view = six_this_of(m, a, SIX_CLASS_DATA_VIEW, method);
  double index;
  if (!view || !six_to_index(m, six_arg(a, 0), &index)) return SIX_EXCEPTION;
  size_t size = six_element_size(type);
  if (!six_require_attached(m, view->buffer, method)) return SIX_EXCEPTION;
  if (index < 0 || index + (double)size > (double)six_typed_array_length(view)) return throw_outside(m);
  uint8_t bytes[8];
  copy_element(bytes, six_typed_array_bytes(view) + (size_t)index, size, six_to_boolean(six_arg(a, 1)));
  return six_element_read(m, type, bytes);
}

static six_value view_set(struct six_machine *m, const struct six_args *a, enum six_element_type type, const char *method) {
  struct six_typed_array *view = six_this_of(m, a, SIX_CLASS_DATA_VIEW, method);
  double index;
  if (!view || !six_to_index(m, six_arg(a, 0), &index)) return SIX_EXCEPTION;
  if (index < 0) return throw_outside(m);
  six_value v = six_element_convert(m, type, six_arg(a, 1));
  if (six_is_exception(v)) return v;
  size_t size = six_element_size(type);
  if (!six_require_attached(m, view->buffer, method)) return SIX_EXCEPTION;
  if (index + (double)size > (double)six_typed_array_length(view)) return throw_outside(m);
  uint8_t bytes[8];
  six_element_write(type, bytes, v);
  copy_element(six_typed_array_bytes(view) + (size_t)index, bytes, size, six_to_boolean(six_arg(a, 2)));
  return SIX_UNDEFINED;
}

// clang-format off
#define VIEW_TYPES(X) \
  X(Int8, SIX_INT8) X(Uint8, SIX_UINT8) X(Int16, SIX_INT16) X(Uint16, SIX_UINT16) X(Int32, SIX_INT32) X(Uint32, SIX_UINT32) \
  X(Float16, SIX_FLOAT16) X(Float32, SIX_FLOAT32) X(Float64, SIX_FLOAT64) X(BigInt64, SIX_BIGINT64) X(BigUint64, SIX_BIGUINT64)
// clang-format on
#define X(name, type)                                                                 \
  static six_value view_get_##name(struct six_machine *m, const struct six_args *a) { \
    return view_get(m, a, type, "DataView.prototype.get" #name);                      \
  }                                                                                   \
  static six_value view_set_##name(struct six_machine *m, const struct six_args *a) { \
    return view_set(m, a, type, "DataView.prototype.set" #name);                      \
  }
VIEW_TYPES(X)
#undef X

static const struct six_native_def view_methods[] = {{"buffer", view_buffer, 0, SIX_DEF_GETTER},
                                                     {"byteLength", view_byte_length, 0, SIX_DEF_GETTER},
                                                     {"byteOffset", view_byte_offset, 0, SIX_DEF_GETTER},
#define X(name, type) {"get" #name, view_get_##name, 1, 0}, {"set" #name, view_set_##name, 2, 0},
                                                     VIEW_TYPES(X)
#undef X
};

static void init_data_view(struct six_machine *m) {
  struct six_object *proto = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  m->intrinsics[SIX_I_DataView] = six_constructor_new(m, "DataView", data_view_constructor, 1, proto);
  six_define_natives(m, proto, view_methods, SIX_COUNT(view_methods));
  six_define_tag(m, proto, "DataView");
}

void six_init_typed_array(struct six_machine *m) {
  init_array_buffer(m);
  six_init_typed_array_constructors(m);
  init_data_view(m);
}
