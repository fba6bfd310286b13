#include "sim/node/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/machine/builtins/builtin.h"
#include "sim/node/inspect.h"
#include "sim/node/library.h"

#define MOST_BYTES 0x1FFFFFFFFFFFFF

bool six_buffer_bytes(six_value v, uint8_t **bytes, size_t *length) {
  if (six_is_class(v, SIX_CLASS_TYPED_ARRAY) || six_is_class(v, SIX_CLASS_DATA_VIEW)) {
    struct six_typed_array *array = six_as_typed_array(six_as_object(v));
    *bytes = six_typed_array_bytes(array);
    *length = six_typed_array_length(array) * six_element_size(array->type);
    return true;
  }
  if (!six_is_buffer(v)) return false;
  struct six_array_buffer *buffer = six_as_array_buffer(six_as_object(v));
  *bytes = buffer->bytes;
  *length = buffer->length;
  return true;
}

six_value six_buffer_over(struct six_nodejs *node, struct six_array_buffer *buffer, size_t offset, size_t length) {
  return six_object_value(six_typed_array_new(node->m, SIX_UINT8, buffer, offset, length, six_buffer_prototype(node)));
}

six_value six_buffer_new(struct six_nodejs *node, const char *bytes, size_t length) {
  struct six_object *buffer = six_array_buffer_new(node->m, length);
  if (bytes && length && six_as_array_buffer(buffer)->bytes) memcpy(six_as_array_buffer(buffer)->bytes, bytes, length);
  return six_buffer_over(node, six_as_array_buffer(buffer), 0, length);
}

static struct six_nodejs *node_of(struct six_machine *m) { return six_node_of(m); }

static bool is_buffer(struct six_nodejs *node, six_value v) {
  if (!six_is_class(v, SIX_CLASS_TYPED_ARRAY)) return false;
  struct six_object *wanted = six_buffer_prototype(node);
  for (struct six_object *o = six_as_object(v)->shape->proto; o; o = o->shape->proto) {
    if (o == wanted) return true;
  }
  return false;
}

// `this` as bytes, or the TypeError.
static bool this_bytes(struct six_machine *m, const struct six_args *a, uint8_t **bytes, size_t *length) {
  if (six_buffer_bytes(a->this_value, bytes, length)) return true;
  six_throw_type(m, "argument must be a buffer");
  return false;
}

static bool encoding_arg(struct six_nodejs *node, six_value v, enum six_encoding *encoding) {
  *encoding = SIX_ENCODING_UTF8;
  if (!six_is_string(v)) return true;
  if (six_as_string(v)->length == 0) return true;
  *encoding = six_encoding_of(node, v);
  if (*encoding != SIX_ENCODING_NONE) return true;
  char *name = six_node_utf8(node, v, NULL);
  if (name) six_node_throw(node, SIX_I_TypeErrorPrototype, "ERR_UNKNOWN_ENCODING", "Unknown encoding: %s", name);
  free(name);
  return false;
}

// ---- Making

static six_value from_string(struct six_nodejs *node, six_value v, six_value encoding_name) {
  enum six_encoding encoding;
  if (!encoding_arg(node, encoding_name, &encoding)) return SIX_EXCEPTION;
  struct six_text bytes = {0};
  six_encode(node, six_as_string(v), encoding, &bytes);
  six_value buffer = six_buffer_new(node, bytes.bytes, bytes.length);
  six_text_done(&bytes);
  return buffer;
}

static six_value from_array_like(struct six_nodejs *node, struct six_object *array) {
  struct six_machine *m = node->m;
  double length;
  if (six_length_of(m, array, &length) < 0) return SIX_EXCEPTION;
  if (length > 1 << 30) return six_throw_range(m, "Array buffer allocation failed");
  six_value buffer = six_buffer_new(node, NULL, (size_t)length);
  six_root(m, buffer);
  for (uint32_t i = 0; i < (uint32_t)length; i++) {
    six_value item = six_get_index(m, array, i);
    int32_t number;
    if (six_is_exception(item) || !six_to_int32(m, item, &number)) return SIX_EXCEPTION;
    six_typed_array_bytes(six_as_typed_array(six_as_object(buffer)))[i] = (uint8_t)number;
  }
  return buffer;
}

static six_value throw_first_argument(struct six_nodejs *node, six_value v) {
  struct six_text received = {0};
  six_node_describe_received(node, v, &received);
  six_value thrown = six_node_throw(node, SIX_I_TypeErrorPrototype, "ERR_INVALID_ARG_TYPE",
                                    "The first argument must be of type string or an instance of Buffer, ArrayBuffer, or Array or an "
                                    "Array-like Object. Received %s",
                                    received.bytes ? received.bytes : "");
  six_text_done(&received);
  return thrown;
}

static six_value from_array_buffer(struct six_nodejs *node, six_value v, six_value offset_value, six_value length_value) {
  struct six_machine *m = node->m;
  struct six_array_buffer *buffer = six_as_array_buffer(six_as_object(v));
  double offset = 0, length;
  if (!six_is_undefined(offset_value) && !six_to_integer(m, offset_value, &offset)) return SIX_EXCEPTION;
  double most = (double)buffer->length - offset;
  if (most < 0 || offset < 0) {
    return six_node_throw(node, SIX_I_RangeErrorPrototype, "ERR_BUFFER_OUT_OF_BOUNDS", "\"offset\" is outside of buffer bounds");
  }
  if (six_is_undefined(length_value)) {
    length = most;
  } else if (!six_to_integer(m, length_value, &length)) {
    return SIX_EXCEPTION;
  } else if (length > most) {
    return six_node_throw(node, SIX_I_RangeErrorPrototype, "ERR_BUFFER_OUT_OF_BOUNDS", "\"length\" is outside of buffer bounds");
  }
  if (length < 0) length = 0;
  return six_buffer_over(node, buffer, (size_t)offset, (size_t)length);
}

static six_value from_object(struct six_nodejs *node, six_value v, six_value b, six_value c);

static six_value buffer_from_value(struct six_nodejs *node, six_value v, six_value b, six_value c) {
  if (six_is_string(v)) return from_string(node, v, b);
  if (six_is_buffer(v)) return from_array_buffer(node, v, b, c);
  if (six_is_object(v) && !six_is_callable(v)) return from_object(node, v, b, c);
  return throw_first_argument(node, v);
}

static six_value from_object(struct six_nodejs *node, six_value v, six_value b, six_value c) {
  struct six_machine *m = node->m;
  struct six_object *o = six_as_object(v);
  if (six_is_class(v, SIX_CLASS_TYPED_ARRAY)) return from_array_like(node, o);
  six_value value_of = six_get(m, o, SIX_ATOM(m, valueOf));
  if (six_is_exception(value_of)) return SIX_EXCEPTION;
  if (six_is_callable(value_of)) {
    six_value primitive = six_call(m, value_of, v, 0, NULL);
    if (six_is_exception(primitive)) return SIX_EXCEPTION;
    if (primitive != v && !six_is_nullish(primitive) && (six_is_string(primitive) || six_is_object(primitive))) {
      six_root(m, primitive);
      return buffer_from_value(node, primitive, b, c);
    }
  }
  six_value length = six_get(m, o, SIX_ATOM(m, length));
  if (six_is_exception(length)) return SIX_EXCEPTION;
  if (!six_is_undefined(length)) return six_is_number(length) ? from_array_like(node, o) : six_buffer_new(node, NULL, 0);
  six_value type = six_node_getv(node, v, "type"), data = six_node_getv(node, v, "data");
  if (six_is_exception(type) || six_is_exception(data)) return SIX_EXCEPTION;
  if (six_is_string(type) && six_string_equals_ascii(m, six_as_string(type), "Buffer") && six_is_array(m, data) == 1) {
    six_root(m, data);
    return from_array_like(node, six_as_object(data));
  }
  six_value method = six_get_method(m, v, SIX_SYMBOL(m, toPrimitive));
  if (six_is_exception(method)) return SIX_EXCEPTION;
  if (six_is_callable(method)) {
    six_value hint = SIX_ATOM(m, string);
    six_value primitive = six_call(m, method, v, 1, &hint);
    if (six_is_exception(primitive)) return SIX_EXCEPTION;
    if (six_is_string(primitive)) return from_string(node, primitive, b);
  }
  return throw_first_argument(node, v);
}

static six_value static_from(struct six_machine *m, const struct six_args *a) {
  return buffer_from_value(node_of(m), six_arg(a, 0), six_arg(a, 1), six_arg(a, 2));
}

static bool size_arg(struct six_nodejs *node, six_value v, size_t *size) {
  if (!six_is_number(v)) {
    six_node_throw_arg_type(node, "size", "of type number", v);
    return false;
  }
  double number = six_as_number(v);
  if (!(number >= 0 && number <= (double)MOST_BYTES)) {
    int major = node->rules->major;
    const char *most = major >= 22 ? "9007199254740991" : major >= 15 ? "4294967296" : major == 14 ? "4294967295" : "2147483647";
    char range[48];
    snprintf(range, sizeof range, ">= 0 && <= %s", most);
    six_node_throw_range(node, "size", range, v);
    return false;
  }
  if (number > (double)(512u << 20)) {
    six_throw_range(node->m, "Array buffer allocation failed");
    return false;
  }
  *size = (size_t)number;
  return true;
}

// Fills bytes[start, end) with a string's bytes, other bytes or a number.
static bool fill_bytes(struct six_nodejs *node, uint8_t *bytes, size_t start, size_t end, six_value what, six_value encoding_name) {
  struct six_machine *m = node->m;
  struct six_text text = {0};
  const uint8_t *source;
  uint8_t one;
  size_t count;
  uint8_t *other;
  if (six_is_string(what)) {
    enum six_encoding encoding;
    if (!encoding_arg(node, encoding_name, &encoding)) return false;
    six_encode(node, six_as_string(what), encoding, &text);
    source = (const uint8_t *)text.bytes;
    count = text.length;
  } else if (six_buffer_bytes(what, &other, &count)) {
    source = other;
  } else {
    double number;
    if (six_is_boolean(what)) number = what == SIX_TRUE;
    else if (!six_to_number(m, what, &number)) return false;
    one = (uint8_t)six_double_to_int32(number);
    source = &one;
    count = 1;
  }
  for (size_t i = start; i < end; i++) bytes[i] = count ? source[(i - start) % count] : 0;
  six_text_done(&text);
  return true;
}

static six_value static_alloc(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = node_of(m);
  size_t size;
  if (!size_arg(node, six_arg(a, 0), &size)) return SIX_EXCEPTION;
  six_value buffer = six_buffer_new(node, NULL, size);
  six_value fill = six_arg(a, 1);
  if (six_is_undefined(fill) || size == 0) return buffer;
  uint8_t *bytes = six_typed_array_bytes(six_as_typed_array(six_as_object(buffer)));
  if (!bytes) return buffer;
  return fill_bytes(node, bytes, 0, size, fill, six_arg(a, 2)) ? buffer : SIX_EXCEPTION;
}

static six_value static_alloc_unsafe(struct six_machine *m, const struct six_args *a) {
  size_t size;
  return size_arg(node_of(m), six_arg(a, 0), &size) ? six_buffer_new(node_of(m), NULL, size) : SIX_EXCEPTION;
}

static six_value static_is_buffer(struct six_machine *m, const struct six_args *a) {
  return six_boolean(is_buffer(node_of(m), six_arg(a, 0)));
}

static six_value static_is_encoding(struct six_machine *m, const struct six_args *a) {
  return six_boolean(six_encoding_of(node_of(m), six_arg(a, 0)) != SIX_ENCODING_NONE);
}

static six_value static_byte_length(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = node_of(m);
  uint8_t *bytes;
  size_t length;
  if (six_buffer_bytes(six_arg(a, 0), &bytes, &length)) return six_number((double)length);
  if (!six_is_string(six_arg(a, 0))) {
    return six_node_throw_arg_type(node, "string", "of type string or an instance of Buffer or ArrayBuffer", six_arg(a, 0));
  }
  enum six_encoding encoding = six_is_string(six_arg(a, 1)) ? six_encoding_of(node, six_arg(a, 1)) : SIX_ENCODING_UTF8;
  if (encoding == SIX_ENCODING_NONE) encoding = SIX_ENCODING_UTF8;
  struct six_text text = {0};
  six_encode(node, six_as_string(six_arg(a, 0)), encoding, &text);
  length = text.length;
  six_text_done(&text);
  return six_number((double)length);
}

static six_value static_concat(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = node_of(m);
  six_value list = six_arg(a, 0);
  if (six_is_array(m, list) != 1) return six_node_throw_arg_type(node, "list", "an instance of Array", list);
  double count;
  if (six_length_of(m, six_as_object(list), &count) < 0) return SIX_EXCEPTION;
  struct six_text all = {0};
  for (uint32_t i = 0; i < (uint32_t)count; i++) {
    six_value item = six_get_index(m, six_as_object(list), i);
    uint8_t *bytes;
    size_t length;
    if (six_is_exception(item)) goto failed;
    if (!six_is_class(item, SIX_CLASS_TYPED_ARRAY) || !six_buffer_bytes(item, &bytes, &length)) {
      char name[24];
      snprintf(name, sizeof name, "list[%u]", i);
      six_node_throw_arg_type(node, name, "an instance of Buffer or Uint8Array", item);
      goto failed;
    }
    six_text_add(&all, (const char *)bytes, length);
  }
  size_t total = all.length;
  if (!six_is_undefined(six_arg(a, 1)) && !size_arg(node, six_arg(a, 1), &total)) goto failed;
  six_value result = six_buffer_new(node, NULL, total);
  if (total) {
    memcpy(six_typed_array_bytes(six_as_typed_array(six_as_object(result))), all.bytes ? all.bytes : "",
           total < all.length ? total : all.length);
  }
  six_text_done(&all);
  return result;
failed:
  six_text_done(&all);
  return SIX_EXCEPTION;
}

static int compare_bytes(const uint8_t *a, size_t a_length, const uint8_t *b, size_t b_length) {
  size_t common = a_length < b_length ? a_length : b_length;
  int order = common ? memcmp(a, b, common) : 0;
  if (order == 0) order = a_length < b_length ? -1 : a_length > b_length;
  return order < 0 ? -1 : order > 0;
}

static bool bytes_arg(struct six_nodejs *node, six_value v, const char *name, uint8_t **bytes, size_t *length) {
  if (six_is_class(v, SIX_CLASS_TYPED_ARRAY) && six_buffer_bytes(v, bytes, length)) return true;
  six_node_throw_arg_type(node, name, "an instance of Buffer or Uint8Array", v);
  return false;
}

static six_value static_compare(struct six_machine *m, const struct six_args *a) {
  uint8_t *x, *y;
  size_t x_length, y_length;
  if (!bytes_arg(node_of(m), six_arg(a, 0), "buf1", &x, &x_length)) return SIX_EXCEPTION;
  if (!bytes_arg(node_of(m), six_arg(a, 1), "buf2", &y, &y_length)) return SIX_EXCEPTION;
  return six_int(compare_bytes(x, x_length, y, y_length));
}

// ---- Methods

// A slice's [start, end) from two arguments, negative ones counting from the end.
static bool range_args(struct six_machine *m, const struct six_args *a, int first, size_t length, bool from_end, size_t *start,
                       size_t *end) {
  double bounds[2] = {0, (double)length};
  for (int i = 0; i < 2; i++) {
    if (six_is_undefined(six_arg(a, first + i))) continue;
    if (!six_to_integer(m, six_arg(a, first + i), &bounds[i])) return false;
    if (bounds[i] < 0) bounds[i] = from_end ? bounds[i] + (double)length : 0;
    if (bounds[i] < 0) bounds[i] = 0;
    if (bounds[i] > (double)length) bounds[i] = (double)length;
  }
  *start = (size_t)bounds[0];
  *end = bounds[1] > bounds[0] ? (size_t)bounds[1] : *start;
  return true;
}

static six_value to_string(struct six_machine *m, const struct six_args *a) {
  uint8_t *bytes;
  size_t length, start, end;
  enum six_encoding encoding;
  if (!this_bytes(m, a, &bytes, &length) || !encoding_arg(node_of(m), six_arg(a, 0), &encoding)) return SIX_EXCEPTION;
  if (!range_args(m, a, 1, length, false, &start, &end)) return SIX_EXCEPTION;
  return six_decode(node_of(m), bytes ? bytes + start : NULL, end - start, encoding);
}

static six_value to_json(struct six_machine *m, const struct six_args *a) {
  uint8_t *bytes;
  size_t length;
  if (!this_bytes(m, a, &bytes, &length)) return SIX_EXCEPTION;
  struct six_object *data = six_array_new(m, (uint32_t)length);
  for (size_t i = 0; i < length; i++) six_array_push(m, data, six_int(bytes[i]));
  struct six_object *json = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  six_put(m, json, "type", six_str(m, "Buffer"));
  six_put(m, json, "data", six_object_value(data));
  return six_object_value(json);
}

static six_value slice(struct six_machine *m, const struct six_args *a) {
  uint8_t *bytes;
  size_t length, start, end;
  if (!six_is_class(a->this_value, SIX_CLASS_TYPED_ARRAY)) return six_throw_type(m, "argument must be a buffer");
  if (!this_bytes(m, a, &bytes, &length) || !range_args(m, a, 0, length, true, &start, &end)) return SIX_EXCEPTION;
  struct six_typed_array *array = six_as_typed_array(six_as_object(a->this_value));
  return six_buffer_over(node_of(m), array->buffer, array->offset + start, end - start);
}

static six_value equals(struct six_machine *m, const struct six_args *a) {
  uint8_t *x, *y;
  size_t x_length, y_length;
  if (!this_bytes(m, a, &x, &x_length)) return SIX_EXCEPTION;
  if (!bytes_arg(node_of(m), six_arg(a, 0), "otherBuffer", &y, &y_length)) return SIX_EXCEPTION;
  return six_boolean(compare_bytes(x, x_length, y, y_length) == 0);
}

static six_value compare(struct six_machine *m, const struct six_args *a) {
  uint8_t *x, *y;
  size_t x_length, y_length, start, end, from, to;
  if (!this_bytes(m, a, &x, &x_length)) return SIX_EXCEPTION;
  if (!bytes_arg(node_of(m), six_arg(a, 0), "target", &y, &y_length)) return SIX_EXCEPTION;
  if (!range_args(m, a, 1, y_length, false, &start, &end) || !range_args(m, a, 3, x_length, false, &from, &to)) return SIX_EXCEPTION;
  return six_int(compare_bytes(x + from, to - from, y + start, end - start));
}

static six_value copy(struct six_machine *m, const struct six_args *a) {
  uint8_t *source, *target;
  size_t source_length, target_length, start, end;
  if (!this_bytes(m, a, &source, &source_length)) return SIX_EXCEPTION;
  if (!bytes_arg(node_of(m), six_arg(a, 0), "target", &target, &target_length)) return SIX_EXCEPTION;
  double at = 0;
  if (!six_is_undefined(six_arg(a, 1)) && !six_to_integer(m, six_arg(a, 1), &at)) return SIX_EXCEPTION;
  if (at < 0) return six_node_throw_range(node_of(m), "targetStart", ">= 0", six_arg(a, 1));
  if (!range_args(m, a, 2, source_length, false, &start, &end)) return SIX_EXCEPTION;
  if (at >= (double)target_length) return six_int(0);
  size_t count = end - start, room = target_length - (size_t)at;
  if (count > room) count = room;
  if (count) memmove(target + (size_t)at, source + start, count);
  return six_number((double)count);
}

static six_value write_string(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = node_of(m);
  uint8_t *bytes;
  size_t length;
  if (!this_bytes(m, a, &bytes, &length)) return SIX_EXCEPTION;
  if (!six_is_string(six_arg(a, 0))) return six_node_throw_arg_type(node, "argument", "of type string", six_arg(a, 0));
  int next = 1;
  double offset = 0, most = (double)length;
  if (!six_is_undefined(six_arg(a, 1)) && !six_is_string(six_arg(a, 1))) {
    if (!six_to_integer(m, six_arg(a, next++), &offset)) return SIX_EXCEPTION;
    if (offset < 0 || offset > (double)length) {
      char range[40];
      snprintf(range, sizeof range, ">= 0 && <= %zu", length);
      return six_node_throw_range(node, "offset", range, six_arg(a, 1));
    }
    if (six_is_number(six_arg(a, 2)) && !six_to_integer(m, six_arg(a, next++), &most)) return SIX_EXCEPTION;
  }
  enum six_encoding encoding;
  if (!encoding_arg(node, six_arg(a, next), &encoding)) return SIX_EXCEPTION;
  struct six_text text = {0};
  six_encode(node, six_as_string(six_arg(a, 0)), encoding, &text);
  size_t room = length - (size_t)offset, count = text.length;
  if (most < 0) most = 0;
  if ((double)room > most) room = (size_t)most;
  if (count > room) {
    count = room;
    // Only whole characters are written.
    while (encoding == SIX_ENCODING_UTF8 && count > 0 && ((uint8_t)text.bytes[count] & 0xC0) == 0x80) count--;
  }
  if (count) memcpy(bytes + (size_t)offset, text.bytes, count);
  six_text_done(&text);
  return six_number((double)count);
}

static six_value fill(struct six_machine *m, const struct six_args *a) {
  uint8_t *bytes;
  size_t length, start = 0, end;
  if (!this_bytes(m, a, &bytes, &length)) return SIX_EXCEPTION;
  end = length;
  six_value encoding = six_arg(a, 3);
  if (six_is_string(six_arg(a, 1))) encoding = six_arg(a, 1);
  else if (six_is_string(six_arg(a, 2))) encoding = six_arg(a, 2);
  if (six_is_number(six_arg(a, 1)) && !range_args(m, a, 1, length, false, &start, &end)) return SIX_EXCEPTION;
  return fill_bytes(node_of(m), bytes, start, end, six_arg(a, 0), encoding) ? a->this_value : SIX_EXCEPTION;
}

static double find(const uint8_t *bytes, size_t length, const uint8_t *what, size_t count, double from, bool last) {
  if (from < 0) from += (double)length;
  if (from < 0) {
    if (last) return -1;
    from = 0;
  }
  if (count > length) return -1;
  if (last) {
    for (double i = from < (double)(length - count) ? from : (double)(length - count); i >= 0; i--) {
      if (memcmp(bytes + (size_t)i, what, count) == 0) return i;
    }
    return -1;
  }
  if (count == 0) return from < (double)length ? from : (double)length;
  for (double i = from; i <= (double)(length - count); i++) {
    if (memcmp(bytes + (size_t)i, what, count) == 0) return i;
  }
  return -1;
}

static bool index_of(struct six_machine *m, const struct six_args *a, bool last, double *index) {
  struct six_nodejs *node = node_of(m);
  uint8_t *bytes, one, *what = &one;
  size_t length, count = 1;
  struct six_text text = {0};
  if (!this_bytes(m, a, &bytes, &length)) return false;
  double from = last ? (double)length : 0;
  six_value value = six_arg(a, 0), encoding_name = six_is_string(six_arg(a, 1)) ? six_arg(a, 1) : six_arg(a, 2);
  if (!six_is_undefined(six_arg(a, 1)) && !six_is_string(six_arg(a, 1)) && !six_to_integer(m, six_arg(a, 1), &from)) return false;
  if (six_is_string(value)) {
    enum six_encoding encoding;
    if (!encoding_arg(node, encoding_name, &encoding)) return false;
    six_encode(node, six_as_string(value), encoding, &text);
    what = (uint8_t *)text.bytes;
    count = text.length;
  } else if (six_is_number(value)) {
    one = (uint8_t)six_double_to_int32(six_as_number(value));
  } else if (!six_buffer_bytes(value, &what, &count)) {
    six_node_throw_arg_type(node, "value", "one of type number or string or an instance of Buffer or Uint8Array", value);
    return false;
  }
  *index = find(bytes, length, what, count, from, last);
  six_text_done(&text);
  return true;
}

static six_value index_of_first(struct six_machine *m, const struct six_args *a) {
  double index;
  return index_of(m, a, false, &index) ? six_number(index) : SIX_EXCEPTION;
}

static six_value index_of_last(struct six_machine *m, const struct six_args *a) {
  double index;
  return index_of(m, a, true, &index) ? six_number(index) : SIX_EXCEPTION;
}

static six_value includes(struct six_machine *m, const struct six_args *a) {
  double index;
  return index_of(m, a, false, &index) ? six_boolean(index >= 0) : SIX_EXCEPTION;
}

static six_value swap(struct six_machine *m, const struct six_args *a, size_t size) {
  uint8_t *bytes;
  size_t length;
  if (!this_bytes(m, a, &bytes, &length)) return SIX_EXCEPTION;
  if (length % size) {
    return six_node_throw(node_of(m), SIX_I_RangeErrorPrototype, "ERR_INVALID_BUFFER_SIZE", "Buffer size must be a multiple of %zu-bits",
                          size * 8);
  }
  for (size_t at = 0; at < length; at += size) {
    for (size_t i = 0; i < size / 2; i++) {
      uint8_t byte = bytes[at + i];
      bytes[at + i] = bytes[at + size - 1 - i];
      bytes[at + size - 1 - i] = byte;
    }
  }
  return a->this_value;
}
static six_value swap16(struct six_machine *m, const struct six_args *a) { return swap(m, a, 2); }
static six_value swap32(struct six_machine *m, const struct six_args *a) { return swap(m, a, 4); }
static six_value swap64(struct six_machine *m, const struct six_args *a) { return swap(m, a, 8); }

// ---- Numbers in bytes

enum number_kind { UNSIGNED, SIGNED, FLOATING, BIG_UNSIGNED, BIG_SIGNED };

static bool number_place(struct six_machine *m, const struct six_args *a, int offset_arg, size_t size, uint8_t **place) {
  struct six_nodejs *node = node_of(m);
  uint8_t *bytes;
  size_t length;
  if (!this_bytes(m, a, &bytes, &length)) return false;
  double offset = 0;
  six_value v = six_arg(a, offset_arg);
  if (!six_is_undefined(v)) {
    if (!six_is_number(v)) {
      six_node_throw_arg_type(node, "offset", "of type number", v);
      return false;
    }
    offset = six_as_number(v);
  }
  if (offset != floor(offset)) {
    six_node_throw_range(node, "offset", "an integer", v);
    return false;
  }
  if (length < size) {
    six_node_throw(node, SIX_I_RangeErrorPrototype, "ERR_BUFFER_OUT_OF_BOUNDS", "Attempt to access memory outside buffer bounds");
    return false;
  }
  if (offset < 0 || offset + (double)size > (double)length) {
    char range[48];
    snprintf(range, sizeof range, ">= 0 and <= %zu", length - size);
    six_node_throw_range(node, "offset", range, v);
    return false;
  }
  *place = bytes + (size_t)offset;
  return true;
}

static uint64_t load(const uint8_t *place, size_t size, bool big_endian) {
  uint64_t bits = 0;
  for (size_t i = 0; i < size; i++) bits |= (uint64_t)place[big_endian ? size - 1 - i : i] << (8 * i);
  return bits;
}

static void store(uint8_t *place, size_t size, bool big_endian, uint64_t bits) {
  for (size_t i = 0; i < size; i++) place[big_endian ? size - 1 - i : i] = (uint8_t)(bits >> (8 * i));
}

static six_value read_number(struct six_machine *m, const struct six_args *a, size_t size, bool big_endian, enum number_kind kind) {
  uint8_t *place;
  if (!number_place(m, a, 0, size, &place)) return SIX_EXCEPTION;
  uint64_t bits = load(place, size, big_endian);
  if (kind == UNSIGNED) return six_number((double)bits);
  if (kind == SIGNED) return six_int(size == 1 ? (int8_t)bits : size == 2 ? (int16_t)bits : (int32_t)(uint32_t)bits);
  if (size == 4) {
    uint32_t low = (uint32_t)bits;
    float f;
    memcpy(&f, &low, sizeof f);
    return six_number((double)f);
  }
  double d;
  memcpy(&d, &bits, sizeof d);
  return six_number(d);
}

static six_value write_number(struct six_machine *m, const struct six_args *a, size_t size, bool big_endian, enum number_kind kind) {
  double number;
  uint8_t *place;
  if (!six_to_number(m, six_arg(a, 0), &number) || !number_place(m, a, 1, size, &place)) return SIX_EXCEPTION;
  uint64_t bits;
  if (kind == FLOATING && size == 4) {
    float f = (float)number;
    uint32_t low;
    memcpy(&low, &f, sizeof low);
    bits = low;
  } else if (kind == FLOATING) {
    memcpy(&bits, &number, sizeof bits);
  } else {
    double span = ldexp(1, (int)size * 8);
    double least = kind == SIGNED ? -span / 2 : 0, most = kind == SIGNED ? span / 2 - 1 : span - 1;
    if (number < least || number > most) {
      char range[64];
      if (size > 2 && kind == SIGNED) snprintf(range, sizeof range, ">= -(2 ** %zu) and < 2 ** %zu", size * 8 - 1, size * 8 - 1);
      else if (size > 4) snprintf(range, sizeof range, ">= 0 and < 2 ** %zu", size * 8);
      else snprintf(range, sizeof range, ">= %.0f and <= %.0f", least, most);
      return six_node_throw_range(node_of(m), "value", range, six_arg(a, 0));
    }
    bits = (uint64_t)(int64_t)number;
  }
  store(place, size, big_endian, bits);
  double offset = six_is_number(six_arg(a, 1)) ? six_as_number(six_arg(a, 1)) : 0;
  return six_number(offset + (double)size);
}

// N(method suffix, bytes, big endian, kind)
// clang-format off
#define NUMBERS(N) \
  N(UInt8, 1, false, UNSIGNED) N(UInt16LE, 2, false, UNSIGNED) N(UInt16BE, 2, true, UNSIGNED) N(UInt32LE, 4, false, UNSIGNED) \
  N(UInt32BE, 4, true, UNSIGNED) N(Int8, 1, false, SIGNED) N(Int16LE, 2, false, SIGNED) N(Int16BE, 2, true, SIGNED) \
  N(Int32LE, 4, false, SIGNED) N(Int32BE, 4, true, SIGNED) N(FloatLE, 4, false, FLOATING) N(FloatBE, 4, true, FLOATING) \
  N(DoubleLE, 8, false, FLOATING) N(DoubleBE, 8, true, FLOATING)
// clang-format on
#define N(suffix, size, big, kind)                                                                                               \
  static six_value read_##suffix(struct six_machine *m, const struct six_args *a) { return read_number(m, a, size, big, kind); } \
  static six_value write_##suffix(struct six_machine *m, const struct six_args *a) { return write_number(m, a, size, big, kind); }
NUMBERS(N)
#undef N

// ---- Printing: <Buffer 68 69>

static six_value inspect_buffer(struct six_machine *m, const struct six_args *a) {
  enum { SHOWN = 50 };
  uint8_t *bytes;
  size_t length;
  if (!six_buffer_bytes(a->this_value, &bytes, &length)) return six_str(m, "<Buffer>");
  struct six_text out = {0};
  six_value constructor = six_get_v(m, a->this_value, SIX_ATOM(m, constructor));
  if (six_is_exception(constructor)) return SIX_EXCEPTION;
  six_text_addc(&out, '<');
  if (six_is_callable(constructor)) six_string_to_utf8(m, six_function_name(m, six_as_object(constructor)), &out);
  else six_text_adds(&out, "Buffer");
  if (!length) six_text_addc(&out, ' ');
  for (size_t i = 0; i < length && i < SHOWN; i++) six_text_addf(&out, " %02x", bytes[i]);
  if (length > SHOWN) six_text_addf(&out, " ... %zu more byte%s", length - SHOWN, length - SHOWN == 1 ? "" : "s");
  six_text_addc(&out, '>');
  six_value text = six_string_value(six_string_utf8(m, out.bytes, out.length));
  six_text_done(&out);
  return text;
}

// ---- The class

static six_value construct(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = node_of(m);
  six_node_warn(node, "DeprecationWarning", "DEP0005",
                "Buffer() is deprecated due to security and usability issues. Please use the Buffer.alloc(), Buffer.allocUnsafe(), or "
                "Buffer.from() methods instead.");
  if (six_is_number(six_arg(a, 0))) return static_alloc(m, a);
  return buffer_from_value(node, six_arg(a, 0), six_arg(a, 1), six_arg(a, 2));
}

static const struct six_native_def statics[] = {
    {"from", static_from, 3, SIX_DEF_ENUMERABLE},
    {"compare", static_compare, 2, SIX_DEF_ENUMERABLE},
    {"alloc", static_alloc, 3, SIX_DEF_ENUMERABLE},
    {"allocUnsafe", static_alloc_unsafe, 1, SIX_DEF_ENUMERABLE},
    {"allocUnsafeSlow", static_alloc_unsafe, 1, SIX_DEF_ENUMERABLE},
    {"isBuffer", static_is_buffer, 1, SIX_DEF_ENUMERABLE},
    {"isEncoding", static_is_encoding, 1, SIX_DEF_ENUMERABLE},
    {"concat", static_concat, 2, SIX_DEF_ENUMERABLE},
    {"byteLength", static_byte_length, 2, SIX_DEF_ENUMERABLE},
};

static const struct six_native_def methods[] = {
#define N(suffix, size, big, kind) \
  {"read" #suffix, read_##suffix, 1, SIX_DEF_ENUMERABLE}, {"write" #suffix, write_##suffix, 2, SIX_DEF_ENUMERABLE},
    NUMBERS(N)
#undef N
        {"copy", copy, 4, SIX_DEF_ENUMERABLE},
    {"toString", to_string, 3, SIX_DEF_ENUMERABLE},
    {"toLocaleString", to_string, 3, SIX_DEF_ENUMERABLE},
    {"equals", equals, 1, SIX_DEF_ENUMERABLE},
    {"compare", compare, 5, SIX_DEF_ENUMERABLE},
    {"indexOf", index_of_first, 3, SIX_DEF_ENUMERABLE},
    {"lastIndexOf", index_of_last, 3, SIX_DEF_ENUMERABLE},
    {"includes", includes, 3, SIX_DEF_ENUMERABLE},
    {"fill", fill, 4, SIX_DEF_ENUMERABLE},
    {"write", write_string, 4, SIX_DEF_ENUMERABLE},
    {"toJSON", to_json, 0, SIX_DEF_ENUMERABLE},
    {"subarray", slice, 2, SIX_DEF_ENUMERABLE},
    {"slice", slice, 2, SIX_DEF_ENUMERABLE},
    {"swap16", swap16, 0, SIX_DEF_ENUMERABLE},
    {"swap32", swap32, 0, SIX_DEF_ENUMERABLE},
    {"swap64", swap64, 0, SIX_DEF_ENUMERABLE},
};

static void add_uint_aliases(struct six_machine *m, struct six_object *prototype) {
  static const char *const pairs[][2] = {{"readUInt8", "readUint8"},         {"readUInt16LE", "readUint16LE"},
                                         {"readUInt16BE", "readUint16BE"},   {"readUInt32LE", "readUint32LE"},
                                         {"readUInt32BE", "readUint32BE"},   {"writeUInt8", "writeUint8"},
                                         {"writeUInt16LE", "writeUint16LE"}, {"writeUInt16BE", "writeUint16BE"},
                                         {"writeUInt32LE", "writeUint32LE"}, {"writeUInt32BE", "writeUint32BE"}};
  for (size_t i = 0; i < SIX_COUNT(pairs); i++) {
    six_value method = six_get(m, prototype, six_string_value(six_intern_ascii(m, pairs[i][0], false)));
    six_put(m, prototype, pairs[i][1], method);
  }
}

static void add_more(struct six_nodejs *node, struct six_object *prototype, struct six_object *constructor) {
  static const char *const kinds[] = {"BigInt64", "BigUInt64", "Int", "UInt"}, *const ends[] = {"LE", "BE"};
  static const char *const encodings[] = {"ascii", "base64", "base64url", "latin1", "hex", "ucs2", "utf8"};
  char name[32];
  for (size_t k = 0; k < SIX_COUNT(kinds); k++) {
    for (size_t e = 0; e < SIX_COUNT(ends); e++) {
      snprintf(name, sizeof name, "read%s%s", kinds[k], ends[e]);
      six_library_method(node, prototype, name, k < 2 ? 0 : 2);
      snprintf(name, sizeof name, "write%s%s", kinds[k], ends[e]);
      six_library_method(node, prototype, name, k < 2 ? 1 : 3);
    }
  }
  static const char *const same[][2] = {
      {"readBigUInt64LE", "readBigUint64LE"},   {"readBigUInt64BE", "readBigUint64BE"}, {"writeBigUInt64LE", "writeBigUint64LE"},
      {"writeBigUInt64BE", "writeBigUint64BE"}, {"readUIntLE", "readUintLE"},           {"readUIntBE", "readUintBE"},
      {"writeUIntLE", "writeUintLE"},           {"writeUIntBE", "writeUintBE"}};
  for (size_t i = 0; i < SIX_COUNT(same); i++) {
    six_value method = six_get(node->m, prototype, six_string_value(six_intern_ascii(node->m, same[i][0], false)));
    six_put(node->m, prototype, same[i][1], method);
  }
  for (size_t i = 0; i < SIX_COUNT(encodings); i++) {
    snprintf(name, sizeof name, "%sSlice", encodings[i]);
    six_library_method(node, prototype, name, 2);
    snprintf(name, sizeof name, "%sWrite", encodings[i]);
    six_library_method(node, prototype, name, 3);
  }
  six_library_method(node, constructor, "of", 0);
  six_library_method(node, constructor, "copyBytesFrom", 3);
}

// Buffer[Symbol.species]: what map, filter and their like make buffers with.
static six_value construct_fast(struct six_machine *m, const struct six_args *a) {
  if (six_is_number(six_arg(a, 0))) return static_alloc(m, a);
  return buffer_from_value(node_of(m), six_arg(a, 0), six_arg(a, 1), six_arg(a, 2));
}
static six_value get_species(struct six_machine *m, const struct six_args *a) {
  (void)m;
  return six_as_native(a->callee)->data[0];
}

struct six_object *six_buffer_prototype(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  six_value known = node->roots[SIX_ROOT_BUFFER_PROTOTYPE];
  if (six_is_object(known)) return six_as_object(known);
  struct six_object *bytes_class = six_intrinsic(m, SIX_I_Uint8Array);
  struct six_object *bytes_prototype = six_as_object(six_get(m, bytes_class, SIX_ATOM(m, prototype)));
  struct six_object *prototype = six_object_new(m, bytes_prototype);
  node->roots[SIX_ROOT_BUFFER_PROTOTYPE] = six_object_value(prototype);
  struct six_object *fast = six_constructor_new(m, "FastBuffer", construct_fast, 0, prototype);
  six_root(m, six_object_value(fast));
  struct six_object *constructor = six_constructor_new(m, "Buffer", construct, 3, prototype);
  six_define(m, constructor, SIX_ATOM(m, prototype), six_object_value(prototype), SIX_WRITABLE);  // a function, not a class
  six_set_prototype(m, constructor, bytes_class, false);
  six_define_natives(m, constructor, statics, SIX_COUNT(statics));
  six_put(m, constructor, "poolSize", six_int(8192));
  six_define_natives(m, prototype, methods, SIX_COUNT(methods));
  add_more(node, prototype, constructor);
  struct six_descriptor species = {.attrs = SIX_CONFIGURABLE, .has = SIX_CONFIGURABLE | SIX_ENUMERABLE | SIX_HAS_GET, .set = SIX_UNDEFINED};
  species.get =
      six_object_value(six_native_new(m, get_species, six_str(m, "get [Symbol.species]"), 0, six_object_value(fast), SIX_UNDEFINED));
  six_define_own(m, constructor, SIX_SYMBOL(m, species), &species, false);
  add_uint_aliases(m, prototype);
  six_value inspect = six_object_value(six_native_new(m, inspect_buffer, six_str(m, "inspect"), 2, SIX_UNDEFINED, SIX_UNDEFINED));
  six_define(m, prototype, six_inspect_custom_symbol(m, true), inspect, SIX_DATA_ALL);
  return prototype;
}

static six_value buffer_class(struct six_nodejs *node) {
  return six_get(node->m, six_buffer_prototype(node), SIX_ATOM(node->m, constructor));
}

six_value six_global_Buffer(struct six_nodejs *node) { return buffer_class(node); }

static six_value throw_dom(struct six_nodejs *node, const char *message) {
  six_value c = six_get(node->m, six_intrinsic(node->m, SIX_I_Global), six_string_value(six_intern_ascii(node->m, "DOMException", false)));
  if (six_is_exception(c) || !six_is_constructor(c)) return six_throw_range(node->m, "%s", message);
  six_value arguments[2] = {six_str(node->m, message), six_str(node->m, "InvalidCharacterError")};
  six_value error = six_construct(node->m, c, 2, arguments, c);
  return six_is_exception(error) ? error : six_throw(node->m, error);
}

static six_value global_atob(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = node_of(m);
  if (a->argc == 0) return six_node_throw(node, SIX_I_TypeErrorPrototype, "ERR_MISSING_ARGS", "The \"input\" argument must be specified");
  struct six_string *s = six_to_string(m, a->argv[0]);
  if (!s) return SIX_EXCEPTION;
  for (uint32_t i = 0; i < s->length; i++) {
    uint16_t u = six_string_unit(s, i);
    bool ok = (u < 128 && strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t\n\f\r", u) && u);
    if (!ok) return throw_dom(node, "Invalid character");
  }
  struct six_text out = {0};
  six_encode(node, s, SIX_ENCODING_BASE64, &out);
  six_value result = six_decode(node, (const uint8_t *)out.bytes, out.length, SIX_ENCODING_LATIN1);
  six_text_done(&out);
  return result;
}

static six_value global_btoa(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = node_of(m);
  if (a->argc == 0) return six_node_throw(node, SIX_I_TypeErrorPrototype, "ERR_MISSING_ARGS", "The \"input\" argument must be specified");
  struct six_string *s = six_to_string(m, a->argv[0]);
  if (!s) return SIX_EXCEPTION;
  for (uint32_t i = 0; i < s->length; i++) {
    if (six_string_unit(s, i) > 255) return throw_dom(node, "Invalid character");
  }
  struct six_text out = {0};
  six_encode(node, s, SIX_ENCODING_LATIN1, &out);
  six_value result = six_decode(node, (const uint8_t *)out.bytes, out.length, SIX_ENCODING_BASE64);
  six_text_done(&out);
  return result;
}

six_value six_global_atob(struct six_nodejs *node) {
  return six_object_value(six_native_new(node->m, global_atob, six_str(node->m, "atob"), 1, SIX_UNDEFINED, SIX_UNDEFINED));
}
six_value six_global_btoa(struct six_nodejs *node) {
  return six_object_value(six_native_new(node->m, global_btoa, six_str(node->m, "btoa"), 1, SIX_UNDEFINED, SIX_UNDEFINED));
}

// Read when somebody asks: few programs do.
static six_value get_blob(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_node_original_global(six_node_of(m), "Blob");
}
static six_value get_file(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_node_original_global(six_node_of(m), "File");
}
static const struct six_native_def classes[] = {{"Blob", get_blob, 0, SIX_DEF_GETTER | SIX_DEF_ENUMERABLE},
                                                {"File", get_file, 0, SIX_DEF_GETTER | SIX_DEF_ENUMERABLE}};

six_value six_module_buffer(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  struct six_object *exports = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  six_put(m, exports, "Buffer", buffer_class(node));
  six_node_method(node, exports, "atob", global_atob, 1);
  six_node_method(node, exports, "btoa", global_btoa, 1);
  struct six_object *constants = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  six_put(m, constants, "MAX_LENGTH", six_number(4294967296.0));
  six_put(m, constants, "MAX_STRING_LENGTH", six_int(SIX_STRING_MAX));
  six_put(m, exports, "constants", six_object_value(constants));
  six_put(m, exports, "kMaxLength", six_number(4294967296.0));
  six_put(m, exports, "kStringMaxLength", six_int(SIX_STRING_MAX));
  six_put(m, exports, "INSPECT_MAX_BYTES", six_int(50));
  static const char *const more[] = {"transcode", "isUtf8", "isAscii"};
  for (size_t i = 0; i < SIX_COUNT(more); i++) six_library_method(node, exports, more[i], i == 0 ? 3 : 1);
  six_define_natives(m, exports, classes, SIX_COUNT(classes));
  return six_object_value(exports);
}
