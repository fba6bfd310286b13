// machine: Number (ECMA-262 21.1), parseInt and parseFloat (19.2.4, 19.2.5).
#include <stdlib.h>

#include "sim/machine/bigint.h"
#include "sim/machine/builtins/number_format.h"
#include "sim/machine/builtins/string_parts.h"
#include "sim/machine/decimal.h"
#include "sim/machine/unicode.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static six_value number_constructor(struct six_machine *m, const struct six_args *a) {
  six_value v = six_int(0);
  if (a->argc) {
    v = six_to_numeric(m, a->argv[0]);
    if (six_is_exception(v)) return v;
    if (six_is_bigint(v)) v = six_number(six_bigint_to_double(v));
  }
  if (six_is_undefined(a->new_target)) return v;
  struct six_object *proto = six_prototype_for(m, a, six_intrinsic(m, SIX_I_NumberPrototype));
  if (!proto) return SIX_EXCEPTION;
  struct six_object *o = six_object_new_class(m, SIX_CLASS_NUMBER, sizeof(struct six_boxed), proto);
  ((struct six_boxed *)o)->value = v;
  return six_object_value(o);
}

// ---- Statics

static six_value number_is_finite(struct six_machine *m, const struct six_args *a) {
  (void)m;
  six_value v = six_arg(a, 0);
  return six_boolean(six_is_number(v) && isfinite(six_as_number(v)));
}
static six_value number_is_nan(struct six_machine *m, const struct six_args *a) {
  (void)m;
  six_value v = six_arg(a, 0);
  return six_boolean(six_is_number(v) && isnan(six_as_number(v)));
}
static bool is_integer(six_value v) {
  if (six_is_int(v)) return true;
  return six_is_double(v) && isfinite(six_as_double(v)) && trunc(six_as_double(v)) == six_as_double(v);
}
static six_value number_is_integer(struct six_machine *m, const struct six_args *a) {
  (void)m;
  return six_boolean(is_integer(six_arg(a, 0)));
}
static six_value number_is_safe_integer(struct six_machine *m, const struct six_args *a) {
  (void)m;
  six_value v = six_arg(a, 0);
  return six_boolean(is_integer(v) && fabs(six_as_number(v)) <= 9007199254740991.0);
}

// ---- parseInt

static int digit_value(uint16_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 99;
}

// Digits of a radix that is a power of two, rounded to nearest, ties to even.
static double parse_binary(const struct six_string *s, uint32_t from, uint32_t to, int bits) {
  uint64_t mantissa = 0;
  int exponent = 0;
  bool sticky = false;
  for (uint32_t i = from; i < to; i++) {
    int digit = digit_value(six_string_unit(s, i));
    for (int k = bits - 1; k >= 0; k--) {
      uint64_t bit = (uint64_t)(digit >> k) & 1;
      if (mantissa >> 62) {
        exponent++;
        sticky = sticky || bit;
      } else {
        mantissa = mantissa << 1 | bit;
      }
    }
  }
  if (sticky) mantissa |= 1;
  return ldexp((double)mantissa, exponent);
}

// As V8 does for the other radixes: parts of up to 32 bits, with its accumulating rounding error.
static double parse_other(const struct six_string *s, uint32_t from, uint32_t to, uint32_t radix) {
  double v = 0;
  for (uint32_t i = from; i < to;) {
    uint32_t part = 0, multiplier = 1;
    while (i < to && multiplier * (uint64_t)radix <= 0xFFFFFFFFu / 36) {
      part = part * radix + (uint32_t)digit_value(six_string_unit(s, i++));
      multiplier *= radix;
    }
    v = v * multiplier + part;
  }
  return v;
}

static double parse_digits(struct six_machine *m, struct six_string *s, uint32_t from, uint32_t to, int radix) {
  if (to - from <= 9 && radix <= 10) {
    int32_t v = 0;
    for (uint32_t i = from; i < to; i++) v = v * radix + digit_value(six_string_unit(s, i));
    return v;
  }
  if (radix == 10) return six_string_to_number(m, six_string_substring(m, s, from, to));
  for (int bits = 1; bits <= 5; bits++) {
    if (radix == 1 << bits) return parse_binary(s, from, to, bits);
  }
  return parse_other(s, from, to, (uint32_t)radix);
}

static six_value parse_int(struct six_machine *m, const struct six_args *a) {
  six_value v = six_arg(a, 0);
  if (six_is_int(v) && a->argc == 1) return v;
  struct six_string *s = six_arg_string(m, v);
  int32_t radix = 0;
  if (!s || (a->argc > 1 && !six_to_int32(m, a->argv[1], &radix))) return SIX_EXCEPTION;
  uint32_t i = 0;
  while (i < s->length && six_unicode_is_space(six_string_unit(s, i))) i++;
  bool negative = i < s->length && six_string_unit(s, i) == '-';
  if (i < s->length && (six_string_unit(s, i) == '-' || six_string_unit(s, i) == '+')) i++;
  if (radix != 0 && (radix < 2 || radix > 36)) return SIX_NAN;
  bool hex = i + 1 < s->length && six_string_unit(s, i) == '0' && (six_string_unit(s, i + 1) | 0x20) == 'x';
  if (hex && (radix == 0 || radix == 16)) {
    i += 2;
    radix = 16;
  }
  if (radix == 0) radix = 10;
  uint32_t end = i;
  while (end < s->length && digit_value(six_string_unit(s, end)) < radix) end++;
  if (end == i) return SIX_NAN;
  double d = parse_digits(m, s, i, end, radix);
  return six_number(negative ? -d : d);
}

// ---- parseFloat

static uint32_t skip_digits(const struct six_string *s, uint32_t i) {
  while (i < s->length && six_string_unit(s, i) >= '0' && six_string_unit(s, i) <= '9') i++;
  return i;
}

static bool has_at(const struct six_string *s, uint32_t i, const char *ascii) {
  for (; *ascii; ascii++, i++) {
    if (i >= s->length || six_string_unit(s, i) != (uint16_t)*ascii) return false;
  }
  return true;
}

// The end of the longest decimal literal at `start`; `start` itself when there is none.
static uint32_t decimal_end(const struct six_string *s, uint32_t start) {
  uint32_t i = start;
  if (has_at(s, i, "-") || has_at(s, i, "+")) i++;
  if (has_at(s, i, "Infinity")) return i + 8;
  uint32_t digits = i;
  i = skip_digits(s, i);
  uint32_t count = i - digits;
  if (has_at(s, i, ".")) {
    uint32_t after = skip_digits(s, i + 1);
    count += after - (i + 1);
    if (count) i = after;
  }
  if (!count) return start;
  if (has_at(s, i, "e") || has_at(s, i, "E")) {
    uint32_t exponent = i + 1;
    if (has_at(s, exponent, "-") || has_at(s, exponent, "+")) exponent++;
    uint32_t after = skip_digits(s, exponent);
    if (after > exponent) i = after;
  }
  return i;
}

static six_value parse_float(struct six_machine *m, const struct six_args *a) {
  six_value v = six_arg(a, 0);
  if (six_is_int(v)) return v;
  struct six_string *s = six_arg_string(m, v);
  if (!s) return SIX_EXCEPTION;
  uint32_t start = 0;
  while (start < s->length && six_unicode_is_space(six_string_unit(s, start))) start++;
  uint32_t end = decimal_end(s, start);
  if (end == start) return SIX_NAN;
  return six_number(six_string_to_number(m, six_string_substring(m, s, start, end)));
}

// ---- Prototype

static bool this_number(struct six_machine *m, const struct six_args *a, const char *method, double *out) {
  six_value v = a->this_value;
  if (six_is_class(v, SIX_CLASS_NUMBER)) v = ((struct six_boxed *)six_as_object(v))->value;
  if (six_is_number(v)) {
    *out = six_as_number(v);
    return true;
  }
  six_throw_type(m, "Number.prototype.%s requires that 'this' be a Number", method);
  return false;
}

static six_value number_to_string(struct six_machine *m, const struct six_args *a) {
  double d, radix = 10;
  if (!this_number(m, a, "toString", &d)) return SIX_EXCEPTION;
  if (!six_is_undefined(six_arg(a, 0)) && !six_to_integer(m, a->argv[0], &radix)) return SIX_EXCEPTION;
  if (radix < 2 || radix > 36) return six_throw_range(m, "toString() radix argument must be between 2 and 36");
  if (radix == 10) return six_number_to_string(m, six_number(d), 10);
  char text[2210];
  six_number_to_radix(d, (int)radix, text);
  return six_str(m, text);
}

static six_value number_value_of(struct six_machine *m, const struct six_args *a) {
  double d;
  return this_number(m, a, "valueOf", &d) ? six_number(d) : SIX_EXCEPTION;
}

static six_value number_to_fixed(struct six_machine *m, const struct six_args *a) {
  double d, places;
  if (!this_number(m, a, "toFixed", &d) || !six_to_integer(m, six_arg(a, 0), &places)) return SIX_EXCEPTION;
  if (places < 0 || places > 100) return six_throw_range(m, "toFixed() digits argument must be between 0 and 100");
  if (!isfinite(d) || fabs(d) >= 1e21) return six_number_to_string(m, six_number(d), 10);
  struct six_decimal decimal;
  six_decimal_exact(fabs(d), &decimal);
  six_decimal_round(&decimal, (int)places);
  char text[200];
  text[0] = '-';
  six_decimal_fixed(&decimal, (int)places, text + 1);
  return six_str(m, d < 0 ? text : text + 1);
}

// d.ddde+x from digits[0..count), of which `wanted` are shown.
static six_value exponential(struct six_machine *m, const struct six_decimal *d, int wanted, bool negative) {
  char text[160];
  int n = 0;
  if (negative) text[n++] = '-';
  for (int i = 0; i < wanted; i++) {
    if (i == 1) text[n++] = '.';
    text[n++] = i < d->count ? d->digits[i] : '0';
  }
  int exponent = d->count ? d->point - 1 : 0;
  text[n++] = 'e';
  text[n++] = exponent < 0 ? '-' : '+';
  six_number_to_chars(abs(exponent), text + n);
  return six_str(m, text);
}

static six_value number_to_exponential(struct six_machine *m, const struct six_args *a) {
  double d, places;
  if (!this_number(m, a, "toExponential", &d) || !six_to_integer(m, six_arg(a, 0), &places)) return SIX_EXCEPTION;
  if (!isfinite(d)) return six_number_to_string(m, six_number(d), 10);
  if (places < 0 || places > 100) return six_throw_range(m, "toExponential() argument must be between 0 and 100");
  struct six_decimal decimal;
  if (six_is_undefined(six_arg(a, 0))) {
    six_decimal_shortest(fabs(d), &decimal);
    return exponential(m, &decimal, decimal.count ? decimal.count : 1, d < 0);
  }
  six_decimal_exact(fabs(d), &decimal);
  six_decimal_round(&decimal, (int)places + 1 - decimal.point);
  return exponential(m, &decimal, (int)places + 1, d < 0);
}

static six_value number_to_precision(struct six_machine *m, const struct six_args *a) {
  double d, wanted;
  if (!this_number(m, a, "toPrecision", &d)) return SIX_EXCEPTION;
  if (six_is_undefined(six_arg(a, 0))) return six_number_to_string(m, six_number(d), 10);
  if (!six_to_integer(m, a->argv[0], &wanted)) return SIX_EXCEPTION;
  if (!isfinite(d)) return six_number_to_string(m, six_number(d), 10);
  if (wanted < 1 || wanted > 100) return six_throw_range(m, "toPrecision() argument must be between 1 and 100");
  struct six_decimal decimal;
  six_decimal_exact(fabs(d), &decimal);
  six_decimal_round(&decimal, (int)wanted - decimal.point);
  int exponent = decimal.count ? decimal.point - 1 : 0;
  if (exponent < -6 || exponent >= wanted) return exponential(m, &decimal, (int)wanted, d < 0);
  char text[240];
  text[0] = '-';
  six_decimal_fixed(&decimal, (int)wanted - 1 - exponent, text + 1);
  return six_str(m, d < 0 ? text : text + 1);
}

static six_value number_to_locale_string(struct six_machine *m, const struct six_args *a) {
  double d;
  struct six_number_format format;
  if (!this_number(m, a, "toLocaleString", &d)) return SIX_EXCEPTION;
  if (!six_number_format_read(m, six_arg(a, 0), six_arg(a, 1), "Number.prototype.toLocaleString", &format)) return SIX_EXCEPTION;
  return six_number_format(m, &format, d);
}

// ---- Tables

static const struct six_native_def statics[] = {
    {"isFinite", number_is_finite, 1, 0},
    {"isInteger", number_is_integer, 1, 0},
    {"isNaN", number_is_nan, 1, 0},
    {"isSafeInteger", number_is_safe_integer, 1, 0},
};

static const struct six_native_def methods[] = {
    {"toExponential", number_to_exponential, 1, 0}, {"toFixed", number_to_fixed, 1, 0},   {"toLocaleString", number_to_locale_string, 0, 0},
    {"toPrecision", number_to_precision, 1, 0},     {"toString", number_to_string, 1, 0}, {"valueOf", number_value_of, 0, 0},
};

static void constant(struct six_machine *m, struct six_object *o, const char *name, double d) {
  six_define(m, o, six_key_of_string(m, six_as_string(six_str(m, name))), six_number(d), 0);
}

void six_init_number(struct six_machine *m) {
  struct six_object *proto = six_object_new_class(m, SIX_CLASS_NUMBER, sizeof(struct six_boxed), six_intrinsic(m, SIX_I_ObjectPrototype));
  ((struct six_boxed *)proto)->value = six_int(0);
  m->intrinsics[SIX_I_NumberPrototype] = proto;
  struct six_object *number = six_constructor_new(m, "Number", number_constructor, 1, proto);
  m->intrinsics[SIX_I_Number] = number;
  six_define_natives(m, proto, methods, COUNT(methods));
  six_define_natives(m, number, statics, COUNT(statics));
  struct six_object *parse_int_function = six_native_new(m, parse_int, six_str(m, "parseInt"), 2, SIX_UNDEFINED, SIX_UNDEFINED);
  struct six_object *parse_float_function = six_native_new(m, parse_float, six_str(m, "parseFloat"), 1, SIX_UNDEFINED, SIX_UNDEFINED);
  m->intrinsics[SIX_I_ParseInt] = parse_int_function;
  m->intrinsics[SIX_I_ParseFloat] = parse_float_function;
  six_define(m, number, six_key_of_string(m, six_as_string(six_str(m, "parseFloat"))), six_object_value(parse_float_function), SIX_HIDDEN);
  six_define(m, number, six_key_of_string(m, six_as_string(six_str(m, "parseInt"))), six_object_value(parse_int_function), SIX_HIDDEN);
  constant(m, number, "MAX_VALUE", 1.7976931348623157e308);
  constant(m, number, "MIN_VALUE", 5e-324);
  constant(m, number, "NaN", NAN);
  constant(m, number, "NEGATIVE_INFINITY", -INFINITY);
  constant(m, number, "POSITIVE_INFINITY", INFINITY);
  constant(m, number, "MAX_SAFE_INTEGER", 9007199254740991.0);
  constant(m, number, "MIN_SAFE_INTEGER", -9007199254740991.0);
  constant(m, number, "EPSILON", 0x1p-52);
}
