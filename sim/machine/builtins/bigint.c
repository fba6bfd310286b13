// machine: BigInt (ECMA-262 21.2).
#include "sim/machine/bigint.h"

#include "sim/machine/builtins/builtin.h"
#include "sim/machine/builtins/number_format.h"

static six_value bigint_function(struct six_machine *m, const struct six_args *a) {
  if (!six_is_undefined(a->new_target)) return six_throw_type(m, "BigInt is not a constructor");
  six_value v = six_to_primitive(m, six_arg(a, 0), SIX_HINT_NUMBER);
  if (six_is_exception(v)) return v;
  if (!six_is_number(v)) return six_to_bigint(m, v);
  double d = six_as_number(v);
  if (isfinite(d) && trunc(d) == d) return six_bigint_from_double(m, d);
  char text[40];
  six_number_to_chars(d, text);
  return six_throw_range(m, "The number %s cannot be converted to a BigInt because it is not an integer", text);
}

// ToIndex and ToBigInt of the two arguments. false on exception.
static bool bits_and_value(struct six_machine *m, const struct six_args *a, double *bits, six_value *v) {
  if (!six_to_integer(m, six_arg(a, 0), bits)) return false;
  if (*bits < 0 || *bits > 9007199254740991.0) {
    six_throw_range(m, "Invalid value: not (convertible to) a safe integer");
    return false;
  }
  *v = six_to_bigint(m, six_arg(a, 1));
  return !six_is_exception(*v);
}

static six_value bigint_as_uint_n(struct six_machine *m, const struct six_args *a) {
  double bits;
  six_value v;
  if (!bits_and_value(m, a, &bits, &v)) return SIX_EXCEPTION;
  if (bits > (double)six_as_bigint(v)->count * 32 && !six_as_bigint(v)->negative) return v;
  six_value one = six_bigint_from_uint64(m, 1);
  six_value modulus = six_bigint_binary(m, SIX_OP_SHL, one, six_bigint_from_double(m, bits));
  if (six_is_exception(modulus)) return modulus;
  return six_bigint_binary(m, SIX_OP_BIT_AND, v, six_bigint_binary(m, SIX_OP_SUB, modulus, one));
}

static six_value bigint_as_int_n(struct six_machine *m, const struct six_args *a) {
  double bits;
  six_value v;
  if (!bits_and_value(m, a, &bits, &v)) return SIX_EXCEPTION;
  if (bits == 0) return six_bigint_from_uint64(m, 0);
  if (bits > (double)six_as_bigint(v)->count * 32) return v;
  six_value one = six_bigint_from_uint64(m, 1);
  six_value modulus = six_bigint_binary(m, SIX_OP_SHL, one, six_bigint_from_double(m, bits));
  six_value low = six_bigint_binary(m, SIX_OP_BIT_AND, v, six_bigint_binary(m, SIX_OP_SUB, modulus, one));
  six_value half = six_bigint_binary(m, SIX_OP_SHR, modulus, one);
  return six_bigint_compare(low, half) >= 0 ? six_bigint_binary(m, SIX_OP_SUB, low, modulus) : low;
}

static six_value this_bigint(struct six_machine *m, const struct six_args *a, const char *method) {
  if (six_is_bigint(a->this_value)) return a->this_value;
  if (six_is_class(a->this_value, SIX_CLASS_BIGINT)) return ((struct six_boxed *)six_as_object(a->this_value))->value;
  return six_throw_type(m, "BigInt.prototype.%s requires that 'this' be a BigInt", method);
}

static six_value bigint_to_string(struct six_machine *m, const struct six_args *a) {
  six_value v = this_bigint(m, a, "toString");
  double radix = 10;
  if (six_is_exception(v)) return v;
  if (!six_is_undefined(six_arg(a, 0)) && !six_to_integer(m, a->argv[0], &radix)) return SIX_EXCEPTION;
  if (radix < 2 || radix > 36) return six_throw_range(m, "toString() radix argument must be between 2 and 36");
  return six_bigint_to_string(m, v, (int)radix);
}

static six_value bigint_to_locale_string(struct six_machine *m, const struct six_args *a) {
  six_value v = this_bigint(m, a, "toLocaleString");
  if (six_is_exception(v)) return v;
  struct six_number_format format;
  if (!six_number_format_read(m, six_arg(a, 0), six_arg(a, 1), "BigInt.prototype.toLocaleString", &format)) return SIX_EXCEPTION;
  six_value digits = six_bigint_to_string(m, v, 10);
  struct six_text text = {0};
  six_string_to_utf8(m, six_as_string(digits), &text);
  bool negative = text.bytes[0] == '-';
  v = six_number_format_digits(m, &format, negative, text.bytes + negative, text.length - negative);
  six_text_done(&text);
  return v;
}

static six_value bigint_value_of(struct six_machine *m, const struct six_args *a) { return this_bigint(m, a, "valueOf"); }

static const struct six_native_def statics[] = {
    {"asUintN", bigint_as_uint_n, 2, 0},
    {"asIntN", bigint_as_int_n, 2, 0},
};
static const struct six_native_def methods[] = {
    {"toLocaleString", bigint_to_locale_string, 0, 0},
    {"toString", bigint_to_string, 0, 0},
    {"valueOf", bigint_value_of, 0, 0},
};

void six_init_bigint(struct six_machine *m) {
  struct six_object *proto = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  m->intrinsics[SIX_I_BigIntPrototype] = proto;
  struct six_object *function = six_constructor_new(m, "BigInt", bigint_function, 1, proto);
  m->intrinsics[SIX_I_BigInt] = function;
  six_define_natives(m, function, statics, SIX_COUNT(statics));
  six_define_natives(m, proto, methods, SIX_COUNT(methods));
  six_define_tag(m, proto, "BigInt");
}
