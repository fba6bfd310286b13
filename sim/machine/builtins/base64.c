// machine: base64 and hexadecimal text of Uint8Array (ECMA-262 23.2.2, the proposal that V8 14 ships), in V8's words.
#include "sim/machine/builtins/typed_array_parts.h"
#include "sim/machine/builtins/builtin.h"
#include "sim/machine/own.h"

#include <stdlib.h>

enum last_chunk { LOOSE, STRICT, STOP_BEFORE_PARTIAL };

struct decoding {
  bool url;
  enum last_chunk last;
  uint8_t *bytes;  // room for `room` of them
  size_t room, written;
  uint32_t read;
  const char *error;  // NULL: none
};

static const char illegal[] = "Found a character that cannot be part of a valid base64 string.";
static const char single[] = "The base64 input terminates with a single character, excluding padding (=).";
static const char extra_bits[] = "The base64 input terminates with non-zero padding bits.";
static const char odd_hex[] = "Input string must contain hex characters in even length";

static bool is_space(uint16_t c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }

static int digit64(uint16_t c, bool url) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == (url ? '-' : '+')) return 62;
  return c == (url ? '_' : '/') ? 63 : -1;
}

static uint32_t skip_spaces(const struct six_string *s, uint32_t i) {
  while (i < s->length && is_space(six_string_unit(s, i))) i++;
  return i;
}

// The bytes of a chunk of `count` digits. false when there is no room for them.
static bool put_chunk(struct decoding *d, uint32_t chunk, int count) {
  size_t bytes = (size_t)count - 1;
  if (d->written + bytes > d->room) return false;
  chunk <<= 6 * (4 - count);
  for (size_t i = 0; i < bytes; i++) d->bytes[d->written++] = (uint8_t)(chunk >> (16 - 8 * i));
  return true;
}

// What the text ends with: `count` digits of a chunk, and '=' at `i` if it is padded.
static void end_chunk(struct decoding *d, const struct six_string *s, uint32_t i, uint32_t chunk, int count) {
  bool padded = i < s->length;
  if (padded) {
    if (count < 2) {
      d->error = illegal;
      return;
    }
    i = skip_spaces(s, i + 1);
    if (count == 2) {
      if (i == s->length && d->last == STOP_BEFORE_PARTIAL) return;
      if (i == s->length || six_string_unit(s, i) != '=') {
        d->error = illegal;
        return;
      }
      i = skip_spaces(s, i + 1);
    }
    if (i < s->length) d->error = illegal;
  } else {
    if (count == 0) {
      d->read = s->length;
      return;
    }
    if (d->last == STOP_BEFORE_PARTIAL) return;
    if (d->last == STRICT || count == 1) d->error = single;
  }
  uint32_t spare = chunk & (count == 2 ? 15u : 3u);
  if (!d->error && padded && d->last == STRICT && spare) d->error = extra_bits;
  if (!d->error && put_chunk(d, chunk, count)) d->read = s->length;
}

// FromBase64
static void decode(struct decoding *d, const struct six_string *s) {
  uint32_t chunk = 0, i = 0;
  int count = 0;
  if (d->room == 0) return;
  for (;;) {
    i = skip_spaces(s, i);
    if (i == s->length || six_string_unit(s, i) == '=') break;
    int digit = digit64(six_string_unit(s, i), d->url);
    if (digit < 0) {
      d->error = illegal;
      return;
    }
    size_t left = d->room - d->written;
    if ((left == 1 && count == 2) || (left == 2 && count == 3)) return;
    chunk = chunk << 6 | (uint32_t)digit;
    i++;
    if (++count < 4) continue;
    put_chunk(d, chunk, 4);
    d->read = i;
    chunk = 0;
    count = 0;
    if (d->written == d->room) return;
  }
  end_chunk(d, s, i, chunk, count);
}

static int hex_digit(uint16_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static void decode_hex(struct decoding *d, const struct six_string *s) {
  if (s->length % 2) d->error = odd_hex;
  while (!d->error && d->read < s->length && d->written < d->room) {
    int high = hex_digit(six_string_unit(s, d->read)), low = hex_digit(six_string_unit(s, d->read + 1));
    if (high < 0 || low < 0) {
      d->error = odd_hex;
      return;
    }
    d->bytes[d->written++] = (uint8_t)(high << 4 | low);
    d->read += 2;
  }
}

// ---- Arguments

static struct six_string *text_of(struct six_machine *m, const struct six_args *a) {
  if (six_is_string(six_arg(a, 0))) return six_string_flat(m, six_as_string(a->argv[0]));
  six_throw_type(m, "input argument must be a string");
  return NULL;
}

// The option's value is one of the words, `choice` its index. false on exception.
static bool read_option(struct six_machine *m, six_value options, const char *name, const char *const *words, int count, int *choice) {
  *choice = 0;
  if (six_is_undefined(options)) return true;
  six_value v = six_get(m, six_as_object(options), six_key_of_string(m, six_as_string(six_str(m, name))));
  if (six_is_exception(v)) return false;
  if (six_is_undefined(v)) return true;
  for (int i = 0; six_is_string(v) && i < count; i++) {
    *choice = i;
    if (six_string_equals_ascii(m, six_string_flat(m, six_as_string(v)), words[i])) return true;
  }
  six_throw_type_about(m, "invalid option ", v, "");
  return false;
}

static bool require_options(struct six_machine *m, six_value options) {
  if (six_is_undefined(options) || six_is_object(options)) return true;
  six_throw_type(m, "invalid_argument");
  return false;
}

static bool read_alphabet(struct six_machine *m, six_value options, bool *url) {
  static const char *const words[] = {"base64", "base64url"};
  int choice;
  if (!require_options(m, options) || !read_option(m, options, "alphabet", words, 2, &choice)) return false;
  *url = choice == 1;
  return true;
}

static bool read_decoding(struct six_machine *m, six_value options, struct decoding *d) {
  static const char *const words[] = {"loose", "strict", "stop-before-partial"};
  int choice;
  if (!read_alphabet(m, options, &d->url) || !read_option(m, options, "lastChunkHandling", words, 3, &choice)) return false;
  d->last = (enum last_chunk)choice;
  return true;
}

static struct six_typed_array *this_bytes(struct six_machine *m, const struct six_args *a, const char *method) {
  if (six_is_class(a->this_value, SIX_CLASS_TYPED_ARRAY)) {
    struct six_typed_array *array = six_as_typed_array(six_as_object(a->this_value));
    if (array->type == SIX_UINT8 && !array->buffer->detached) return array;
  }
  six_throw_receiver(m, method, a->this_value);
  return NULL;
}

// ---- Methods

static six_value made_of(struct six_machine *m, const struct decoding *d) {
  if (d->error) return six_throw_syntax(m, "%s", d->error);
  struct six_object *buffer = six_array_buffer_new(m, d->written);
  if (d->written) memcpy(six_as_array_buffer(buffer)->bytes, d->bytes, d->written);
  return six_object_value(six_typed_array_new(m, SIX_UINT8, six_as_array_buffer(buffer), 0, d->written, NULL));
}

static six_value from_text(struct six_machine *m, const struct six_args *a, bool hex) {
  struct six_string *s = text_of(m, a);
  struct decoding d = {0};
  if (!s || (!hex && !read_decoding(m, six_arg(a, 1), &d))) return SIX_EXCEPTION;
  if (!six_memory_suffices(m, s->length)) return SIX_EXCEPTION;
  d.room = s->length;
  d.bytes = malloc(s->length + 1);
  if (!d.bytes) abort();
  if (hex) decode_hex(&d, s);
  else decode(&d, s);
  six_value made = made_of(m, &d);
  free(d.bytes);
  return made;
}

static six_value set_from_text(struct six_machine *m, const struct six_args *a, const char *method, bool hex) {
  struct six_typed_array *array = this_bytes(m, a, method);
  struct six_string *s = array ? text_of(m, a) : NULL;
  struct decoding d = {0};
  if (!s || (!hex && !read_decoding(m, six_arg(a, 1), &d))) return SIX_EXCEPTION;
  d.room = six_typed_array_length(array);
  d.bytes = six_typed_array_bytes(array);
  if (hex) decode_hex(&d, s);
  else decode(&d, s);
  if (d.error) return six_throw_syntax(m, "%s", d.error);
  struct six_object *result = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  six_root(m, six_object_value(result));
  six_put(m, result, "read", six_number(d.read));
  six_put(m, result, "written", six_number((double)d.written));
  return six_object_value(result);
}

static six_value from_base64(struct six_machine *m, const struct six_args *a) { return from_text(m, a, false); }
static six_value from_hex(struct six_machine *m, const struct six_args *a) { return from_text(m, a, true); }
static six_value set_from_base64(struct six_machine *m, const struct six_args *a) {
  return set_from_text(m, a, "Uint8Array.prototype.setFromBase64", false);
}
static six_value set_from_hex(struct six_machine *m, const struct six_args *a) {
  return set_from_text(m, a, "Uint8Array.prototype.setFromHex", true);
}

static six_value to_hex(struct six_machine *m, const struct six_args *a) {
  static const char digits[] = "0123456789abcdef";
  struct six_typed_array *array = this_bytes(m, a, "Uint8Array.prototype.toHex");
  if (!array) return SIX_EXCEPTION;
  const uint8_t *bytes = six_typed_array_bytes(array);
  struct six_builder b = {0};
  for (size_t i = 0; i < six_typed_array_length(array); i++) {
    six_builder_unit(m, &b, (uint16_t)digits[bytes[i] >> 4]);
    six_builder_unit(m, &b, (uint16_t)digits[bytes[i] & 15]);
  }
  return six_builder_finish(m, &b);
}

static six_value to_base64(struct six_machine *m, const struct six_args *a) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  struct six_typed_array *array = this_bytes(m, a, "Uint8Array.prototype.toBase64");
  bool url, plain = false;
  if (!array || !read_alphabet(m, six_arg(a, 0), &url)) return SIX_EXCEPTION;
  if (six_is_object(six_arg(a, 0))) {
    six_value omit = six_get(m, six_as_object(a->argv[0]), six_key_of_string(m, six_as_string(six_str(m, "omitPadding"))));
    if (six_is_exception(omit)) return omit;
    plain = six_to_boolean(omit);
  }
  const uint8_t *bytes = six_typed_array_bytes(array);
  size_t length = six_typed_array_length(array);
  struct six_builder b = {0};
  for (size_t i = 0; i < length; i += 3) {
    size_t count = length - i < 3 ? length - i : 3;
    uint32_t chunk = 0;
    for (size_t k = 0; k < 3; k++) chunk = chunk << 8 | (k < count ? bytes[i + k] : 0u);
    for (size_t k = 0; k < 4; k++) {
      uint32_t digit = chunk >> (18 - 6 * k) & 63;
      if (k > count && plain) break;
      char c = k > count ? '=' : digit < 62 ? digits[digit] : digit == 62 ? (url ? '-' : '+') : url ? '_' : '/';
      six_builder_unit(m, &b, (uint16_t)c);
    }
  }
  return six_builder_finish(m, &b);
}

void six_define_base64(struct six_machine *m, struct six_object *constructor, struct six_object *prototype) {
  static const struct six_native_def statics[] = {{"fromBase64", from_base64, 1, 0}, {"fromHex", from_hex, 1, 0}};
  static const struct six_native_def methods[] = {
      {"toBase64", to_base64, 0, 0}, {"setFromBase64", set_from_base64, 1, 0}, {"toHex", to_hex, 0, 0}, {"setFromHex", set_from_hex, 1, 0}};
  six_define_natives(m, constructor, statics, SIX_COUNT(statics));
  six_define_natives(m, prototype, methods, SIX_COUNT(methods));
}
