// machine: URI coding (ECMA-262 19.2.6), escape and unescape (B.2.1).
#include "sim/machine/uri.h"

#include "sim/machine/builtins/string_parts.h"

static six_value throw_malformed(struct six_machine *m) {
  struct six_object *error = six_error_new(m, SIX_I_URIErrorPrototype, six_str(m, "URI malformed"));
  return six_throw(m, six_object_value(error));
}

static bool is_alnum(uint32_t c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool is_in(uint32_t c, const char *set) { return c && c < 0x80 && strchr(set, (int)c) != NULL; }

static void add_percent(struct six_machine *m, struct six_builder *b, uint32_t byte) {
  six_builder_unit(m, b, '%');
  six_builder_unit(m, b, (uint16_t) "0123456789ABCDEF"[byte >> 4]);
  six_builder_unit(m, b, (uint16_t) "0123456789ABCDEF"[byte & 15]);
}

static six_value encode(struct six_machine *m, const struct six_args *a, const char *unescaped) {
  struct six_string *s = six_arg_string(m, six_arg(a, 0));
  if (!s) return SIX_EXCEPTION;
  struct six_builder b = {0};
  uint32_t units;
  for (uint32_t i = 0; i < s->length; i += units) {
    uint32_t c = six_string_code_point(s, i, &units);
    if (is_alnum(c) || is_in(c, unescaped)) {
      six_builder_unit(m, &b, (uint16_t)c);
      continue;
    }
    if (c >= 0xD800 && c <= 0xDFFF) {
      six_builder_done(m, &b);
      return throw_malformed(m);
    }
    struct six_text utf8 = {0};
    six_text_add_code_point(&utf8, c);
    for (size_t k = 0; k < utf8.length; k++) add_percent(m, &b, (uint8_t)utf8.bytes[k]);
    six_text_done(&utf8);
  }
  return six_builder_finish(m, &b);
}

static six_value encode_uri(struct six_machine *m, const struct six_args *a) { return encode(m, a, "-_.!~*'();/?:@&=+$,#"); }
static six_value encode_uri_component(struct six_machine *m, const struct six_args *a) { return encode(m, a, "-_.!~*'()"); }

static int hex_value(uint32_t c) {
  if (c >= '0' && c <= '9') return (int)c - '0';
  if (c >= 'a' && c <= 'f') return (int)c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return (int)c - 'A' + 10;
  return -1;
}

// `digits` hexadecimal digits at `at`; -1 when they are not there.
static int32_t hex_at(const struct six_string *s, uint32_t at, uint32_t digits) {
  int32_t v = 0;
  if (at + digits > s->length) return -1;
  for (uint32_t i = 0; i < digits; i++) {
    int digit = hex_value(six_string_unit(s, at + i));
    if (digit < 0) return -1;
    v = v * 16 + digit;
  }
  return v;
}

static int32_t percent_at(const struct six_string *s, uint32_t at) {
  return at < s->length && six_string_unit(s, at) == '%' ? hex_at(s, at + 1, 2) : -1;
}

// The code point coded at `*at`, which moves past it; -1 when it is malformed.
static int32_t decode_one(const struct six_string *s, uint32_t *at) {
  int32_t lead = percent_at(s, *at);
  *at += 3;
  if (lead < 0x80) return lead;
  int more = lead >= 0xC2 && lead < 0xE0 ? 1 : lead >= 0xE0 && lead < 0xF0 ? 2 : lead >= 0xF0 && lead < 0xF5 ? 3 : 0;
  if (!more) return -1;
  int32_t c = lead & (0x3F >> more);
  for (int i = 0; i < more; i++, *at += 3) {
    int32_t next = percent_at(s, *at);
    if (next < 0 || (next & 0xC0) != 0x80) return -1;
    c = c << 6 | (next & 0x3F);
  }
  bool overlong = (more == 2 && c < 0x800) || (more == 3 && c < 0x10000);
  return overlong || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF) ? -1 : c;
}

static six_value decode(struct six_machine *m, const struct six_args *a, const char *reserved) {
  struct six_string *s = six_arg_string(m, six_arg(a, 0));
  if (!s) return SIX_EXCEPTION;
  struct six_builder b = {0};
  for (uint32_t i = 0; i < s->length;) {
    uint32_t start = i;
    if (six_string_unit(s, i) != '%') {
      six_builder_unit(m, &b, six_string_unit(s, i++));
      continue;
    }
    int32_t c = decode_one(s, &i);
    if (c < 0) {
      six_builder_done(m, &b);
      return throw_malformed(m);
    }
    if (is_in((uint32_t)c, reserved)) six_builder_slice(m, &b, s, start, i);
    else six_builder_code_point(m, &b, (uint32_t)c);
  }
  return six_builder_finish(m, &b);
}

static six_value decode_uri(struct six_machine *m, const struct six_args *a) { return decode(m, a, ";/?:@&=+$,#"); }
static six_value decode_uri_component(struct six_machine *m, const struct six_args *a) { return decode(m, a, ""); }

static six_value escape(struct six_machine *m, const struct six_args *a) {
  struct six_string *s = six_arg_string(m, six_arg(a, 0));
  if (!s) return SIX_EXCEPTION;
  struct six_builder b = {0};
  for (uint32_t i = 0; i < s->length; i++) {
    uint16_t c = six_string_unit(s, i);
    if (is_alnum(c) || is_in(c, "@*_+-./")) {
      six_builder_unit(m, &b, c);
    } else if (c < 256) {
      add_percent(m, &b, c);
    } else {
      six_builder_ascii(m, &b, "%u");
      for (int shift = 12; shift >= 0; shift -= 4) six_builder_unit(m, &b, (uint16_t) "0123456789ABCDEF"[(c >> shift) & 15]);
    }
  }
  return six_builder_finish(m, &b);
}

static six_value unescape(struct six_machine *m, const struct six_args *a) {
  struct six_string *s = six_arg_string(m, six_arg(a, 0));
  if (!s) return SIX_EXCEPTION;
  struct six_builder b = {0};
  for (uint32_t i = 0; i < s->length;) {
    int32_t c = -1;
    uint32_t used = 1;
    if (six_string_unit(s, i) == '%') {
      bool wide = i + 1 < s->length && six_string_unit(s, i + 1) == 'u';
      c = wide ? hex_at(s, i + 2, 4) : hex_at(s, i + 1, 2);
      used = wide ? 6 : 3;
    }
    six_builder_unit(m, &b, c < 0 ? six_string_unit(s, i) : (uint16_t)c);
    i += c < 0 ? 1 : used;
  }
  return six_builder_finish(m, &b);
}

const struct six_native_def six_uri_natives[SIX_URI_NATIVES] = {
    {"decodeURI", decode_uri, 1, 0}, {"decodeURIComponent", decode_uri_component, 1, 0},
    {"encodeURI", encode_uri, 1, 0}, {"encodeURIComponent", encode_uri_component, 1, 0},
    {"escape", escape, 1, 0},        {"unescape", unescape, 1, 0},
};
