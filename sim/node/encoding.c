#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "sim/node/buffer.h"

static const struct {
  const char *name;
  enum six_encoding encoding;
} names[] = {
    {"utf8", SIX_ENCODING_UTF8},     {"utf-8", SIX_ENCODING_UTF8},          {"hex", SIX_ENCODING_HEX},
    {"base64", SIX_ENCODING_BASE64}, {"base64url", SIX_ENCODING_BASE64URL}, {"latin1", SIX_ENCODING_LATIN1},
    {"binary", SIX_ENCODING_LATIN1}, {"ascii", SIX_ENCODING_ASCII},         {"ucs2", SIX_ENCODING_UTF16},
    {"ucs-2", SIX_ENCODING_UTF16},   {"utf16le", SIX_ENCODING_UTF16},       {"utf-16le", SIX_ENCODING_UTF16},
};

enum six_encoding six_encoding_of(struct six_nodejs *node, six_value name) {
  if (!six_is_string(name)) return SIX_ENCODING_NONE;
  struct six_string *s = six_string_flat(node->m, six_as_string(name));
  char text[12];
  if (s->length >= sizeof text) return SIX_ENCODING_NONE;
  for (uint32_t i = 0; i < s->length; i++) {
    uint16_t unit = six_string_unit(s, i);
    text[i] = (char)(unit < 128 ? unit : '?');
  }
  text[s->length] = '\0';
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    if (strcasecmp(names[i].name, text) == 0) return names[i].encoding;
  }
  return SIX_ENCODING_NONE;
}

const char *six_encoding_name(enum six_encoding encoding) {
  static const char *const canonical[] = {"utf8", "hex", "base64", "base64url", "latin1", "ascii", "utf16le", ""};
  return canonical[encoding];
}

// ---- Decoding

static six_value decode_hex(struct six_machine *m, const uint8_t *bytes, size_t length) {
  struct six_string *s = six_string_uninitialized(m, length * 2, false);
  for (size_t i = 0; i < length; i++) {
    s->u.latin1[2 * i] = (uint8_t) "0123456789abcdef"[bytes[i] >> 4];
    s->u.latin1[2 * i + 1] = (uint8_t) "0123456789abcdef"[bytes[i] & 15];
  }
  return six_string_value(s);
}

static six_value decode_base64(struct six_machine *m, const uint8_t *bytes, size_t length, bool url) {
  const char *digits = url ? "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
                           : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  struct six_text out = {0};
  for (size_t i = 0; i < length; i += 3) {
    size_t left = length - i;
    uint32_t group = (uint32_t)bytes[i] << 16 | (left > 1 ? (uint32_t)bytes[i + 1] << 8 : 0) | (left > 2 ? bytes[i + 2] : 0);
    six_text_addc(&out, digits[group >> 18]);
    six_text_addc(&out, digits[group >> 12 & 63]);
    if (left > 1) six_text_addc(&out, digits[group >> 6 & 63]);
    else if (!url) six_text_addc(&out, '=');
    if (left > 2) six_text_addc(&out, digits[group & 63]);
    else if (!url) six_text_addc(&out, '=');
  }
  struct six_string *s = six_string_latin1(m, (const uint8_t *)(out.bytes ? out.bytes : ""), out.length);
  six_text_done(&out);
  return six_string_value(s);
}

static six_value decode_utf16(struct six_machine *m, const uint8_t *bytes, size_t length) {
  uint16_t *units = malloc(length + 2);
  if (!units) abort();
  for (size_t i = 0; i + 1 < length; i += 2) units[i / 2] = (uint16_t)(bytes[i] | bytes[i + 1] << 8);
  struct six_string *s = six_string_utf16(m, units, length / 2);
  free(units);
  return six_string_value(s);
}

six_value six_decode(struct six_nodejs *node, const uint8_t *bytes, size_t length, enum six_encoding encoding) {
  struct six_machine *m = node->m;
  if (!bytes) bytes = (const uint8_t *)"";
  switch (encoding) {
    case SIX_ENCODING_HEX: return decode_hex(m, bytes, length);
    case SIX_ENCODING_BASE64: return decode_base64(m, bytes, length, false);
    case SIX_ENCODING_BASE64URL: return decode_base64(m, bytes, length, true);
    case SIX_ENCODING_LATIN1: return six_string_value(six_string_latin1(m, bytes, length));
    case SIX_ENCODING_UTF16: return decode_utf16(m, bytes, length);
    case SIX_ENCODING_ASCII: {
      struct six_string *s = six_string_uninitialized(m, length, false);
      for (size_t i = 0; i < length; i++) s->u.latin1[i] = bytes[i] & 127;
      return six_string_value(s);
    }
    default: return six_string_value(six_string_utf8(m, (const char *)bytes, length));
  }
}

// ---- Encoding

static int hex_digit(uint16_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

static int base64_digit(uint16_t c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return -1;
}

static void encode_base64(struct six_string *s, struct six_text *out) {
  uint32_t group = 0;
  int bits = 0;
  for (uint32_t i = 0; i < s->length; i++) {
    uint16_t unit = six_string_unit(s, i);
    if (unit == '=') break;
    int digit = base64_digit(unit);
    if (digit < 0) continue;
    group = group << 6 | (uint32_t)digit;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    six_text_addc(out, (char)(group >> bits & 255));
  }
}

void six_encode(struct six_nodejs *node, struct six_string *text, enum six_encoding encoding, struct six_text *out) {
  struct six_string *s = six_string_flat(node->m, text);
  switch (encoding) {
    case SIX_ENCODING_HEX:
      for (uint32_t i = 0; i + 1 < s->length; i += 2) {
        int high = hex_digit(six_string_unit(s, i)), low = hex_digit(six_string_unit(s, i + 1));
        if (high < 0 || low < 0) return;
        six_text_addc(out, (char)(high << 4 | low));
      }
      return;
    case SIX_ENCODING_BASE64:
    case SIX_ENCODING_BASE64URL: encode_base64(s, out); return;
    case SIX_ENCODING_LATIN1:
    case SIX_ENCODING_ASCII:
      for (uint32_t i = 0; i < s->length; i++) six_text_addc(out, (char)(six_string_unit(s, i) & 255));
      return;
    case SIX_ENCODING_UTF16:
      for (uint32_t i = 0; i < s->length; i++) {
        six_text_addc(out, (char)(six_string_unit(s, i) & 255));
        six_text_addc(out, (char)(six_string_unit(s, i) >> 8));
      }
      return;
    default: six_string_to_utf8(node->m, s, out);
  }
}
