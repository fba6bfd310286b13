// node: TextEncoder and TextDecoder (WHATWG Encoding) for UTF-8, UTF-16LE and Latin-1.
#include <stdlib.h>
#include <strings.h>

#include "sim/machine/typed_array.h"
#include "sim/node/util.h"

enum encoding { UTF8, UTF16LE, LATIN1 };

struct decoder {
  enum encoding encoding;
  bool fatal, ignore_bom, bom_seen;
  uint8_t pending[4];  // of a sequence that the stream cut
  uint32_t pending_count;
};

static void free_data(struct six_machine *m, void *data) {
  (void)m;
  free(data);
}

static const struct six_host_class encoder_class = {.name = "TextEncoder"};
static const struct six_host_class decoder_class = {.name = "TextDecoder", .finalize = free_data};

static void *host_data(six_value v, const struct six_host_class *class_) {
  struct six_host_object *host = six_is_class(v, SIX_CLASS_HOST) ? (struct six_host_object *)six_as_object(v) : NULL;
  return host && host->host_class == class_ ? host : NULL;
}

static struct six_host_object *make_host(struct six_machine *m, const struct six_args *a, const struct six_host_class *class_) {
  struct six_object *fallback = six_as_object(six_as_native(a->callee)->data[0]);
  struct six_object *proto = six_prototype_for(m, a, fallback);
  if (!proto) return NULL;
  struct six_host_object *host = (struct six_host_object *)six_object_new_class(m, SIX_CLASS_HOST, sizeof *host, proto);
  host->host_class = class_;
  return host;
}

static six_value wrong_this(struct six_machine *m, const char *name) {
  return six_node_throw(six_node_of(m), SIX_I_TypeErrorPrototype, "ERR_INVALID_THIS", "Value of \"this\" must be of type %s", name);
}

// ---- TextEncoder

static six_value encoder_new(struct six_machine *m, const struct six_args *a) {
  if (six_is_undefined(a->new_target)) return six_throw_type(m, "Class constructor TextEncoder cannot be invoked without 'new'");
  struct six_host_object *host = make_host(m, a, &encoder_class);
  return host ? six_object_value(&host->object) : SIX_EXCEPTION;
}

static six_value bytes_value(struct six_machine *m, const char *bytes, size_t length) {
  struct six_object *buffer = six_array_buffer_new(m, length);
  if (length) memcpy(six_as_array_buffer(buffer)->bytes, bytes, length);
  return six_object_value(six_typed_array_new(m, SIX_UINT8, six_as_array_buffer(buffer), 0, length, NULL));
}

static six_value encoder_encode(struct six_machine *m, const struct six_args *a) {
  if (!host_data(a->this_value, &encoder_class)) return wrong_this(m, "TextEncoder");
  struct six_text text = {0};
  if (!six_is_undefined(six_arg(a, 0))) {
    struct six_string *s = six_to_string(m, a->argv[0]);
    if (!s) return SIX_EXCEPTION;
    six_string_to_utf8(m, s, &text);
  }
  six_value result = bytes_value(m, text.bytes, text.length);
  six_text_done(&text);
  return result;
}

static six_value encoder_encode_into(struct six_machine *m, const struct six_args *a) {
  if (!host_data(a->this_value, &encoder_class)) return wrong_this(m, "TextEncoder");
  if (!six_is_string(six_arg(a, 0))) return six_node_throw_arg_type(six_node_of(m), "src", "of type string", six_arg(a, 0));
  six_value into = six_arg(a, 1);
  if (!six_is_class(into, SIX_CLASS_TYPED_ARRAY) || six_as_typed_array(six_as_object(into))->type != SIX_UINT8)
    return six_node_throw_arg_type(six_node_of(m), "dest", "an instance of Uint8Array", into);
  struct six_typed_array *array = six_as_typed_array(six_as_object(into));
  struct six_text text = {0};
  six_string_to_utf8(m, six_as_string(a->argv[0]), &text);
  size_t room = six_typed_array_length(array), written = 0;
  int32_t read = 0;
  while (written < text.length) {
    uint32_t c;
    size_t size = six_utf8_decode(text.bytes + written, text.length - written, &c);
    if (written + size > room) break;
    written += size;
    read += c > 0xFFFF ? 2 : 1;
  }
  if (written) memcpy(six_typed_array_bytes(array), text.bytes, written);
  six_text_done(&text);
  struct six_object *result = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  six_put(m, result, "read", six_int(read));
  six_put(m, result, "written", six_int((int32_t)written));
  return six_object_value(result);
}

static six_value encoder_encoding(struct six_machine *m, const struct six_args *a) {
  if (!host_data(a->this_value, &encoder_class)) return wrong_this(m, "TextEncoder");
  return six_str(m, "utf-8");
}

// ---- TextDecoder

static bool find_encoding(const char *label, size_t length, enum encoding *encoding) {
  static const struct {
    const char *label;
    enum encoding encoding;
  } labels[] = {{"utf-8", UTF8},      {"utf8", UTF8},       {"unicode-1-1-utf-8", UTF8}, {"utf-16le", UTF16LE},  {"utf-16", UTF16LE},
                {"ucs-2", UTF16LE},   {"unicode", UTF16LE}, {"latin1", LATIN1},          {"iso-8859-1", LATIN1}, {"ascii", LATIN1},
                {"us-ascii", LATIN1}, {"l1", LATIN1},       {"windows-1252", LATIN1},    {"cp1252", LATIN1}};
  while (length && strchr(" \t\n\f\r", label[0])) label++, length--;
  while (length && strchr(" \t\n\f\r", label[length - 1])) length--;
  for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
    if (strlen(labels[i].label) != length || strncasecmp(labels[i].label, label, length) != 0) continue;
    *encoding = labels[i].encoding;
    return true;
  }
  return false;
}

static bool flag(struct six_machine *m, six_value options, const char *name, bool *out) {
  if (!six_is_object(options)) return true;
  six_value v = six_node_getv(six_node_of(m), options, name);
  if (six_is_exception(v)) return false;
  *out = six_to_boolean(v);
  return true;
}

static six_value decoder_new(struct six_machine *m, const struct six_args *a) {
  if (six_is_undefined(a->new_target)) return six_throw_type(m, "Class constructor TextDecoder cannot be invoked without 'new'");
  struct decoder d = {0};
  if (!six_is_undefined(six_arg(a, 0))) {
    size_t length;
    char *label = six_node_utf8(six_node_of(m), a->argv[0], &length);
    if (!label) return SIX_EXCEPTION;
    bool known = find_encoding(label, length, &d.encoding);
    if (!known)
      six_node_throw(six_node_of(m), SIX_I_RangeErrorPrototype, "ERR_ENCODING_NOT_SUPPORTED", "The \"%s\" encoding is not supported",
                     label);
    free(label);
    if (!known) return SIX_EXCEPTION;
  }
  if (!flag(m, six_arg(a, 1), "fatal", &d.fatal) || !flag(m, six_arg(a, 1), "ignoreBOM", &d.ignore_bom)) return SIX_EXCEPTION;
  struct six_host_object *host = make_host(m, a, &decoder_class);
  if (!host) return SIX_EXCEPTION;
  host->data = malloc(sizeof d);
  if (!host->data) abort();
  memcpy(host->data, &d, sizeof d);
  return six_object_value(&host->object);
}

// The bytes of an ArrayBuffer or view. false with ERR_INVALID_ARG_TYPE.
static bool input_bytes(struct six_machine *m, six_value v, const uint8_t **bytes, size_t *length) {
  *bytes = NULL;
  *length = 0;
  if (six_is_undefined(v)) return true;
  if (six_is_class(v, SIX_CLASS_ARRAY_BUFFER)) {
    *bytes = six_as_array_buffer(six_as_object(v))->bytes;
    *length = six_as_array_buffer(six_as_object(v))->length;
    return true;
  }
  if (six_is_class(v, SIX_CLASS_TYPED_ARRAY) || six_is_class(v, SIX_CLASS_DATA_VIEW)) {
    struct six_typed_array *a = six_as_typed_array(six_as_object(v));
    *bytes = six_typed_array_bytes(a);
    *length = six_typed_array_length(a) * (six_is_class(v, SIX_CLASS_TYPED_ARRAY) ? six_element_size(a->type) : 1);
    return true;
  }
  six_node_throw_arg_type(six_node_of(m), "list", "an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView", v);
  return false;
}

// Whether the bytes are a valid but cut beginning of a UTF-8 sequence.
static bool is_cut(const uint8_t *b, size_t n) {
  size_t need = b[0] >= 0xC2 && b[0] <= 0xDF ? 2 : b[0] >= 0xE0 && b[0] <= 0xEF ? 3 : b[0] >= 0xF0 && b[0] <= 0xF4 ? 4 : 1;
  if (n >= need) return false;
  uint32_t c;
  return six_utf8_decode((const char *)b, n, &c) == n;  // the whole rest is one maximal prefix
}

static void add_char(struct six_machine *m, struct decoder *d, struct six_builder *b, uint32_t c) {
  bool first = !d->bom_seen;
  d->bom_seen = true;
  if (first && c == 0xFEFF && !d->ignore_bom && d->encoding != LATIN1) return;
  six_builder_code_point(m, b, c);
}

// false: malformed input and the decoder is fatal.
static bool decode(struct six_machine *m, struct decoder *d, const uint8_t *bytes, size_t length, bool stream, struct six_builder *b) {
  for (size_t i = 0; i < length;) {
    if (d->encoding == LATIN1) {
      static const uint16_t high[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                        0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
      uint8_t c = bytes[i++];
      add_char(m, d, b, c >= 0x80 && c <= 0x9F ? high[c - 0x80] : c);
    } else if (d->encoding == UTF16LE) {
      if (length - i < 2) {
        if (!stream && d->fatal) return false;
        if (stream) d->pending[d->pending_count++] = bytes[i];
        else six_builder_code_point(m, b, 0xFFFD);
        return true;
      }
      uint16_t unit = (uint16_t)(bytes[i] | bytes[i + 1] << 8);
      bool first = !d->bom_seen;
      d->bom_seen = true;
      if (!(first && unit == 0xFEFF && !d->ignore_bom)) six_builder_unit(m, b, unit);
      i += 2;
    } else {
      if (stream && is_cut(bytes + i, length - i)) {
        memcpy(d->pending, bytes + i, length - i);
        d->pending_count = (uint32_t)(length - i);
        return true;
      }
      uint32_t c;
      size_t size = six_utf8_decode((const char *)bytes + i, length - i, &c);
      bool real = c == 0xFFFD && size == 3 && bytes[i] == 0xEF && bytes[i + 1] == 0xBF && bytes[i + 2] == 0xBD;
      if (c == 0xFFFD && !real && d->fatal) return false;
      add_char(m, d, b, c);
      i += size;
    }
  }
  return true;
}

static six_value decoder_decode(struct six_machine *m, const struct six_args *a) {
  struct six_host_object *host = host_data(a->this_value, &decoder_class);
  if (!host) return wrong_this(m, "TextDecoder");
  struct decoder *d = host->data;
  bool stream = false;
  if (!flag(m, six_arg(a, 1), "stream", &stream)) return SIX_EXCEPTION;
  const uint8_t *bytes;
  size_t length;
  if (!input_bytes(m, six_arg(a, 0), &bytes, &length)) return SIX_EXCEPTION;
  size_t total = d->pending_count + length;
  uint8_t *all = malloc(total + 1);
  if (!all) abort();
  memcpy(all, d->pending, d->pending_count);
  if (length) memcpy(all + d->pending_count, bytes, length);
  d->pending_count = 0;
  struct six_builder b = {0};
  bool good = decode(m, d, all, total, stream, &b);
  free(all);
  if (!stream) {
    d->bom_seen = false;
    d->pending_count = 0;
  }
  if (good) return six_builder_finish(m, &b);
  six_builder_done(m, &b);
  static const char *const names[] = {"utf-8", "utf-16le", "windows-1252"};
  return six_node_throw(six_node_of(m), SIX_I_TypeErrorPrototype, "ERR_ENCODING_INVALID_ENCODED_DATA",
                        "The encoded data was not valid for encoding %s", names[d->encoding]);
}

static six_value decoder_encoding(struct six_machine *m, const struct six_args *a) {
  struct six_host_object *host = host_data(a->this_value, &decoder_class);
  if (!host) return wrong_this(m, "TextDecoder");
  static const char *const names[] = {"utf-8", "utf-16le", "windows-1252"};
  return six_str(m, names[((struct decoder *)host->data)->encoding]);
}

static six_value decoder_fatal(struct six_machine *m, const struct six_args *a) {
  struct six_host_object *host = host_data(a->this_value, &decoder_class);
  return host ? six_boolean(((struct decoder *)host->data)->fatal) : wrong_this(m, "TextDecoder");
}

static six_value decoder_ignore_bom(struct six_machine *m, const struct six_args *a) {
  struct six_host_object *host = host_data(a->this_value, &decoder_class);
  return host ? six_boolean(((struct decoder *)host->data)->ignore_bom) : wrong_this(m, "TextDecoder");
}

// ---- The classes, once per run

static const struct six_native_def encoder_methods[] = {{"encode", encoder_encode, 0, SIX_DEF_ENUMERABLE},
                                                        {"encodeInto", encoder_encode_into, 2, SIX_DEF_ENUMERABLE},
                                                        {"encoding", encoder_encoding, 0, SIX_DEF_GETTER | SIX_DEF_ENUMERABLE}};
static const struct six_native_def decoder_methods[] = {{"decode", decoder_decode, 0, SIX_DEF_ENUMERABLE},
                                                        {"encoding", decoder_encoding, 0, SIX_DEF_GETTER | SIX_DEF_ENUMERABLE},
                                                        {"fatal", decoder_fatal, 0, SIX_DEF_GETTER | SIX_DEF_ENUMERABLE},
                                                        {"ignoreBOM", decoder_ignore_bom, 0, SIX_DEF_GETTER | SIX_DEF_ENUMERABLE}};

static six_value make_class(struct six_nodejs *node, enum six_node_root root, const char *name, six_native *make,
                            const struct six_native_def *methods, size_t count) {
  struct six_machine *m = node->m;
  if (six_is_object(node->roots[root])) return node->roots[root];
  struct six_object *proto = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  six_define_natives(m, proto, methods, count);
  six_define(m, proto, SIX_SYMBOL(m, toStringTag), six_str(m, name), SIX_CONFIGURABLE);
  struct six_object *constructor = six_constructor_new(m, name, make, 0, proto);
  six_as_native(constructor)->data[0] = six_object_value(proto);
  return node->roots[root] = six_object_value(constructor);
}

six_value six_text_encoder(struct six_nodejs *node) {
  return make_class(node, SIX_ROOT_TEXT_ENCODER, "TextEncoder", encoder_new, encoder_methods,
                    sizeof encoder_methods / sizeof *encoder_methods);
}

six_value six_text_decoder(struct six_nodejs *node) {
  return make_class(node, SIX_ROOT_TEXT_DECODER, "TextDecoder", decoder_new, decoder_methods,
                    sizeof decoder_methods / sizeof *decoder_methods);
}

six_value six_global_TextEncoder(struct six_nodejs *node);
six_value six_global_TextDecoder(struct six_nodejs *node);
six_value six_global_TextEncoder(struct six_nodejs *node) { return six_text_encoder(node); }
six_value six_global_TextDecoder(struct six_nodejs *node) { return six_text_decoder(node); }
