// machine: SharedArrayBuffer and Atomics (ECMA-262 25.2, 25.4). Simulated threads take turns, so plain reads and writes are
// atomic; only waiting asks the host.
#include "sim/machine/bigint.h"
#include "sim/machine/builtins/builtin.h"
#include "sim/machine/builtins/typed_array_parts.h"
#include "sim/machine/own.h"
#include "sim/machine/typed_array_element.h"

// ---- SharedArrayBuffer

static six_value shared_constructor(struct six_machine *m, const struct six_args *a) {
  struct six_buffer_request asked;
  if (!six_buffer_asked(m, a, "SharedArrayBuffer", SIX_I_SharedArrayBufferPrototype, &asked)) return SIX_EXCEPTION;
  struct six_shared_bytes *bytes = six_shared_bytes_new(m, asked.room);
  if (!bytes) return SIX_EXCEPTION;
  struct six_object *o = six_shared_buffer_new(m, bytes, asked.length, asked.resizable);
  six_set_prototype(m, o, asked.prototype, false);
  return six_object_value(o);
}

static struct six_array_buffer *this_shared(struct six_machine *m, const struct six_args *a, const char *method) {
  return six_this_of(m, a, SIX_CLASS_SHARED_ARRAY_BUFFER, method);
}

static six_value shared_byte_length(struct six_machine *m, const struct six_args *a) {
  struct six_array_buffer *b = this_shared(m, a, "get SharedArrayBuffer.prototype.byteLength");
  return b ? six_number((double)b->length) : SIX_EXCEPTION;
}
static six_value shared_growable(struct six_machine *m, const struct six_args *a) {
  struct six_array_buffer *b = this_shared(m, a, "get SharedArrayBuffer.prototype.growable");
  return b ? six_boolean(b->resizable) : SIX_EXCEPTION;
}
static six_value shared_max_byte_length(struct six_machine *m, const struct six_args *a) {
  struct six_array_buffer *b = this_shared(m, a, "get SharedArrayBuffer.prototype.maxByteLength");
  return b ? six_number((double)b->max_length) : SIX_EXCEPTION;
}

static six_value shared_grow(struct six_machine *m, const struct six_args *a) {
  struct six_array_buffer *b = this_shared(m, a, "SharedArrayBuffer.prototype.grow");
  double length;
  if (!b) return SIX_EXCEPTION;
  if (!b->resizable) return six_throw_receiver(m, "SharedArrayBuffer.prototype.grow", a->this_value);
  if (!six_to_index(m, six_arg(a, 0), &length)) return SIX_EXCEPTION;
  if (length < (double)b->length || length > (double)b->max_length)
    return six_throw_range(m, "SharedArrayBuffer.prototype.grow: Invalid length parameter");
  b->length = (size_t)length;
  return SIX_UNDEFINED;
}

static six_value shared_slice(struct six_machine *m, const struct six_args *a) {
  struct six_array_buffer *b = this_shared(m, a, "SharedArrayBuffer.prototype.slice");
  double from, to;
  if (!b || !six_relative_index(m, six_arg(a, 0), (double)b->length, 0, &from)) return SIX_EXCEPTION;
  if (!six_relative_index(m, six_arg(a, 1), (double)b->length, (double)b->length, &to)) return SIX_EXCEPTION;
  size_t count = to > from ? (size_t)(to - from) : 0;
  six_value constructor = six_species(m, &b->object, six_object_value(six_intrinsic(m, SIX_I_SharedArrayBuffer)));
  if (six_is_exception(constructor)) return constructor;
  six_value length = six_number((double)count), v = six_construct(m, constructor, 1, &length, constructor);
  if (six_is_exception(v)) return v;
  if (!six_is_class(v, SIX_CLASS_SHARED_ARRAY_BUFFER)) return six_throw_receiver(m, "SharedArrayBuffer.prototype.slice", v);
  struct six_array_buffer *copy = six_as_array_buffer(six_as_object(v));
  if (copy == b || copy->bytes == b->bytes) return six_throw_type(m, "ArrayBuffer subclass returned this from species constructor");
  if (copy->length < count) return six_throw_type(m, "Species constructor returned a too small ArrayBuffer");
  if (count) memcpy(copy->bytes, b->bytes + (size_t)from, count);
  return v;
}

// ---- Atomics: the element that is asked for

struct place {
  struct six_typed_array *array;
  enum six_element_type type;
  size_t index;
};

static bool throw_type_of(struct six_machine *m, six_value v, const char *after) {
  if (!six_is_object(v)) {
    six_throw_type_about(m, "", v, after);
    return false;
  }
  struct six_text text = {0};
  six_value shown = six_object_to_string(m, v);
  if (six_is_string(shown)) six_string_to_utf8(m, six_string_flat(m, six_as_string(shown)), &text);
  if (!m->stop) six_throw_type(m, "%s%s", text.length ? text.bytes : "", after);
  six_text_done(&text);
  return false;
}

static bool find_place(struct six_machine *m, const struct six_args *a, bool waitable, struct place *p) {
  six_value v = six_arg(a, 0);
  p->array = six_is_class(v, SIX_CLASS_TYPED_ARRAY) ? six_as_typed_array(six_as_object(v)) : NULL;
  p->type = p->array ? (enum six_element_type)p->array->type : SIX_FLOAT64;
  bool fits = waitable ? p->type == SIX_INT32 || p->type == SIX_BIGINT64
                       : p->type != SIX_FLOAT16 && p->type != SIX_FLOAT32 && p->type != SIX_FLOAT64 && p->type != SIX_UINT8_CLAMPED;
  if (!fits) return throw_type_of(m, v, waitable ? " is not an int32 or BigInt64 typed array." : " is not an integer typed array.");
  if (!six_require_attached(m, p->array->buffer, "Atomics.op")) return false;
  double index;
  if (!six_to_index(m, six_arg(a, 1), &index)) return false;
  if (index < 0 || index >= (double)six_typed_array_length(p->array)) {
    six_throw_range(m, "Invalid atomic access index");
    return false;
  }
  p->index = (size_t)index;
  return true;
}

// ToNumber and ToIntegerOrInfinity, or ToBigInt, of an argument. [JS] SIX_EXCEPTION
static six_value operand(struct six_machine *m, const struct place *p, six_value v) {
  if (p->type >= SIX_BIGINT64) return six_to_bigint(m, v);
  double d;
  return six_to_integer(m, v, &d) ? six_number(d) : SIX_EXCEPTION;
}

static uint8_t *bytes_of(const struct place *p) { return six_typed_array_bytes(p->array) + p->index * six_element_size(p->type); }

static bool still_there(struct six_machine *m, const struct place *p) {
  if (p->index < six_typed_array_length(p->array)) return true;
  six_throw_type(m, "Cannot perform Atomics.op on a detached ArrayBuffer");
  return false;
}

enum operation { ADD, SUB, AND, OR, XOR, EXCHANGE };

static uint64_t combined(enum operation op, uint64_t old, uint64_t v) {
  switch (op) {
    case ADD: return old + v;
    case SUB: return old - v;
    case AND: return old & v;
    case OR: return old | v;
    case XOR: return old ^ v;
    default: return v;
  }
}

// AtomicReadModifyWrite, on the low bytes of 64-bit numbers.
static six_value modify(struct six_machine *m, const struct six_args *a, enum operation op) {
  struct place p;
  if (!find_place(m, a, false, &p)) return SIX_EXCEPTION;
  six_value v = operand(m, &p, six_arg(a, 2));
  if (six_is_exception(v) || !still_there(m, &p)) return SIX_EXCEPTION;
  uint8_t *at = bytes_of(&p);
  six_value before = six_element_read(m, p.type, at);
  uint64_t old = 0, other = 0, result;
  memcpy(&old, at, six_element_size(p.type));
  six_element_write(p.type, (uint8_t *)&other, v);
  result = combined(op, old, other);
  memcpy(at, &result, six_element_size(p.type));
  return before;
}

#define OPERATION(name, op) \
  static six_value atomics_##name(struct six_machine *m, const struct six_args *a) { return modify(m, a, op); }
OPERATION(add, ADD)
OPERATION(sub, SUB)
OPERATION(and, AND)
OPERATION(or, OR)
OPERATION(xor, XOR)
OPERATION(exchange, EXCHANGE)
#undef OPERATION

static six_value atomics_load(struct six_machine *m, const struct six_args *a) {
  struct place p;
  if (!find_place(m, a, false, &p) || !still_there(m, &p)) return SIX_EXCEPTION;
  return six_element_read(m, p.type, bytes_of(&p));
}

static six_value atomics_store(struct six_machine *m, const struct six_args *a) {
  struct place p;
  if (!find_place(m, a, false, &p)) return SIX_EXCEPTION;
  six_value v = operand(m, &p, six_arg(a, 2));
  if (six_is_exception(v) || !still_there(m, &p)) return SIX_EXCEPTION;
  six_element_write(p.type, bytes_of(&p), v);
  return six_is_number(v) && six_as_number(v) == 0 ? six_int(0) : v;
}

static six_value atomics_compare_exchange(struct six_machine *m, const struct six_args *a) {
  struct place p;
  if (!find_place(m, a, false, &p)) return SIX_EXCEPTION;
  six_value expected = operand(m, &p, six_arg(a, 2));
  if (six_is_exception(expected)) return expected;
  six_root(m, expected);
  six_value replacement = operand(m, &p, six_arg(a, 3));
  if (six_is_exception(replacement) || !still_there(m, &p)) return SIX_EXCEPTION;
  uint8_t bytes[8], *at = bytes_of(&p);
  six_value before = six_element_read(m, p.type, at);
  six_element_write(p.type, bytes, expected);
  if (memcmp(bytes, at, six_element_size(p.type)) == 0) six_element_write(p.type, at, replacement);
  return before;
}

static six_value atomics_is_lock_free(struct six_machine *m, const struct six_args *a) {
  double size;
  if (!six_to_integer(m, six_arg(a, 0), &size)) return SIX_EXCEPTION;
  return six_boolean(size == 1 || size == 2 || size == 4 || size == 8);
}

static six_value atomics_pause(struct six_machine *m, const struct six_args *a) {
  six_value n = six_arg(a, 0);
  if (!six_is_undefined(n) && (!six_is_number(n) || six_as_number(n) != trunc(six_as_number(n))))
    return six_throw_type(m, "Atomics.pause argument must be an integer.");
  return SIX_UNDEFINED;
}

// ---- Waiting. Nobody can notify a thread that waits: the others are not under way meanwhile.

static six_value wait_result(struct six_machine *m, bool async, const char *outcome) {
  if (!async) return six_str(m, outcome);
  struct six_object *o = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  six_put(m, o, "async", SIX_FALSE);
  six_put(m, o, "value", six_str(m, outcome));
  return six_object_value(o);
}

static six_value wait(struct six_machine *m, const struct six_args *a, bool async) {
  struct place p;
  double timeout = INFINITY;
  if (!find_place(m, a, true, &p)) return SIX_EXCEPTION;
  if (p.array->buffer->object.cell.class_ != SIX_CLASS_SHARED_ARRAY_BUFFER) {
    throw_type_of(m, a->argv[0], " is not a shared typed array.");
    return SIX_EXCEPTION;
  }
  six_value expected = six_element_convert(m, p.type, six_arg(a, 2));
  if (six_is_exception(expected)) return expected;
  if (!six_is_undefined(six_arg(a, 3)) && !six_to_number(m, a->argv[3], &timeout)) return SIX_EXCEPTION;
  if (isnan(timeout)) timeout = INFINITY;
  uint8_t bytes[8] = {0};
  six_element_write(p.type, bytes, expected);
  if (memcmp(bytes, bytes_of(&p), six_element_size(p.type)) != 0) return wait_result(m, async, "not-equal");
  if (timeout <= 0) return wait_result(m, async, "timed-out");
  if (async) return six_throw_unsupported(m, "Atomics.waitAsync that waits");
  if (isinf(timeout) || !m->host->block(m, timeout, p.array->buffer->shared->references == 1))
    return six_throw_unsupported(m, "Atomics.wait for another thread");
  return m->stop ? SIX_EXCEPTION : six_str(m, "timed-out");
}
static six_value atomics_wait(struct six_machine *m, const struct six_args *a) { return wait(m, a, false); }
static six_value atomics_wait_async(struct six_machine *m, const struct six_args *a) { return wait(m, a, true); }

static six_value atomics_notify(struct six_machine *m, const struct six_args *a) {
  struct place p;
  double count;
  if (!find_place(m, a, true, &p)) return SIX_EXCEPTION;
  if (!six_is_undefined(six_arg(a, 2)) && !six_to_integer(m, a->argv[2], &count)) return SIX_EXCEPTION;
  return six_int(0);
}

void six_init_atomics(struct six_machine *m) {
  static const struct six_native_def shared[] = {{"byteLength", shared_byte_length, 0, SIX_DEF_GETTER},
                                                 {"slice", shared_slice, 2, 0},
                                                 {"maxByteLength", shared_max_byte_length, 0, SIX_DEF_GETTER},
                                                 {"growable", shared_growable, 0, SIX_DEF_GETTER},
                                                 {"grow", shared_grow, 1, 0}};
  static const struct six_native_def functions[] = {
      {"load", atomics_load, 2, 0},
      {"store", atomics_store, 3, 0},
      {"add", atomics_add, 3, 0},
      {"sub", atomics_sub, 3, 0},
      {"and", atomics_and, 3, 0},
      {"or", atomics_or, 3, 0},
      {"xor", atomics_xor, 3, 0},
      {"exchange", atomics_exchange, 3, 0},
      {"compareExchange", atomics_compare_exchange, 4, 0},
      {"isLockFree", atomics_is_lock_free, 1, 0},
      {"wait", atomics_wait, 4, 0},
      {"waitAsync", atomics_wait_async, 4, 0},
      {"wake", atomics_notify, 3, 0},
      {"notify", atomics_notify, 3, 0},
      {"pause", atomics_pause, 0, 0},
  };
  struct six_object *proto = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  m->intrinsics[SIX_I_SharedArrayBufferPrototype] = proto;
  struct six_object *constructor = six_constructor_new(m, "SharedArrayBuffer", shared_constructor, 1, proto);
  m->intrinsics[SIX_I_SharedArrayBuffer] = constructor;
  six_define_species(m, constructor);
  six_define_natives(m, proto, shared, SIX_COUNT(shared));
  six_define_tag(m, proto, "SharedArrayBuffer");
  struct six_object *atomics = m->intrinsics[SIX_I_Atomics] = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  six_define_natives(m, atomics, functions, SIX_COUNT(functions));
  six_define_tag(m, atomics, "Atomics");
}
