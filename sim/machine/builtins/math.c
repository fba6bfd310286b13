// machine: Math (ECMA-262 21.3).
#include "sim/machine/half.h"
#include "sim/machine/libm.h"
#include "sim/machine/machine.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static bool number_arg(struct six_machine *m, const struct six_args *a, int i, double *out) {
  six_value v = six_arg(a, i);
  if (six_is_number(v)) {
    *out = six_as_number(v);
    return true;
  }
  return six_to_number(m, v, out);
}

// Functions of one number.
// clang-format off
#define UNARY(X) \
  X(acos, six_acos) X(acosh, six_acosh) X(asin, six_asin) X(asinh, six_asinh) X(atan, six_atan) X(atanh, six_atanh) X(cbrt, six_cbrt) \
  X(cos, six_cos) X(cosh, six_cosh) X(exp, six_exp) X(expm1, six_expm1) X(log, six_log) X(log10, six_log10) X(log1p, six_log1p) X(log2, six_log2) \
  X(sin, six_sin) X(sinh, six_sinh) X(sqrt, sqrt) X(tan, six_tan) X(tanh, six_tanh)
// clang-format on
#define X(name, function)                                                         \
  static six_value math_##name(struct six_machine *m, const struct six_args *a) { \
    double d;                                                                     \
    return number_arg(m, a, 0, &d) ? six_number(function(d)) : SIX_EXCEPTION;     \
  }
UNARY(X)
#undef X

// Rounding keeps integers as they are, without a conversion.
#define ROUNDING(X) X(ceil) X(floor) X(trunc)
#define X(name)                                                                   \
  static six_value math_##name(struct six_machine *m, const struct six_args *a) { \
    double d;                                                                     \
    if (six_is_int(six_arg(a, 0))) return a->argv[0];                             \
    return number_arg(m, a, 0, &d) ? six_number(name(d)) : SIX_EXCEPTION;         \
  }
ROUNDING(X)
#undef X

static six_value math_abs(struct six_machine *m, const struct six_args *a) {
  double d;
  return number_arg(m, a, 0, &d) ? six_number(fabs(d)) : SIX_EXCEPTION;
}

static six_value math_round(struct six_machine *m, const struct six_args *a) {
  double d;
  if (six_is_int(six_arg(a, 0))) return a->argv[0];
  if (!number_arg(m, a, 0, &d)) return SIX_EXCEPTION;
  double up = ceil(d);
  return six_number(up - 0.5 > d ? up - 1 : up);
}

static six_value math_sign(struct six_machine *m, const struct six_args *a) {
  double d;
  if (!number_arg(m, a, 0, &d)) return SIX_EXCEPTION;
  return six_number(d > 0 ? 1 : d < 0 ? -1 : d);
}

static six_value math_fround(struct six_machine *m, const struct six_args *a) {
  double d;
  return number_arg(m, a, 0, &d) ? six_number((double)(float)d) : SIX_EXCEPTION;
}

static six_value math_clz32(struct six_machine *m, const struct six_args *a) {
  uint32_t u;
  if (!six_to_uint32(m, six_arg(a, 0), &u)) return SIX_EXCEPTION;
  return six_int(u ? __builtin_clz(u) : 32);
}

static six_value math_imul(struct six_machine *m, const struct six_args *a) {
  uint32_t x, y;
  if (!six_to_uint32(m, six_arg(a, 0), &x) || !six_to_uint32(m, six_arg(a, 1), &y)) return SIX_EXCEPTION;
  return six_int((int32_t)(x * y));
}

static six_value math_atan2(struct six_machine *m, const struct six_args *a) {
  double y, x;
  if (!number_arg(m, a, 0, &y) || !number_arg(m, a, 1, &x)) return SIX_EXCEPTION;
  return six_number(six_atan2(y, x));
}

static six_value math_pow(struct six_machine *m, const struct six_args *a) {
  double x, y;
  if (!number_arg(m, a, 0, &x) || !number_arg(m, a, 1, &y)) return SIX_EXCEPTION;
  return six_number(six_pow(x, y));
}

// All arguments are converted, in order, even after a NaN.
static six_value extreme(struct six_machine *m, const struct six_args *a, bool largest) {
  double best = largest ? -INFINITY : INFINITY;
  for (int i = 0; i < a->argc; i++) {
    double d;
    if (!number_arg(m, a, i, &d)) return SIX_EXCEPTION;
    if (d != d || best != best) best = NAN;
    else if (d == 0 && best == 0) best = largest == (bool)signbit(best) ? d : best;
    else if (largest ? d > best : d < best) best = d;
  }
  return six_number(best);
}
static six_value math_max(struct six_machine *m, const struct six_args *a) { return extreme(m, a, true); }
static six_value math_min(struct six_machine *m, const struct six_args *a) { return extreme(m, a, false); }

// V8's: scaled by the largest, summed with Kahan's compensation.
static six_value math_hypot(struct six_machine *m, const struct six_args *a) {
  double largest = 0;
  bool infinite = false, nan = false;
  for (int i = 0; i < a->argc; i++) {
    double d;
    if (!number_arg(m, a, i, &d)) return SIX_EXCEPTION;
    a->argv[i] = six_number(d);
    infinite = infinite || isinf(d);
    nan = nan || isnan(d);
    if (fabs(d) > largest) largest = fabs(d);
  }
  if (infinite) return six_double(INFINITY);
  if (nan) return SIX_NAN;
  if (largest == 0) return six_int(0);
  double sum = 0, compensation = 0;
  for (int i = 0; i < a->argc; i++) {
    double n = fabs(six_as_number(a->argv[i])) / largest;
    double summand = n * n - compensation, preliminary = sum + summand;
    compensation = (preliminary - sum) - summand;
    sum = preliminary;
  }
  return six_number(sqrt(sum) * largest);
}

static six_value math_f16round(struct six_machine *m, const struct six_args *a) {
  double d;
  if (!six_to_number(m, six_arg(a, 0), &d)) return SIX_EXCEPTION;
  return six_number(six_half_value(six_half_of(d)));
}

// xorshift128+ as in V8, from a constant seed: every run draws the same numbers. The two words of state live in the
// bytes of a string that the function holds.
static six_value math_random(struct six_machine *m, const struct six_args *a) {
  struct six_native_function *self = six_as_native(a->callee);
  uint64_t state[2] = {0x9E3779B97F4A7C15u, 0xD1B54A32D192ED03u};
  if (!six_is_string(self->data[0])) self->data[0] = six_string_value(six_string_uninitialized(m, sizeof state, false));
  else memcpy(state, six_as_string(self->data[0])->u.latin1, sizeof state);
  uint64_t s1 = state[0], s0 = state[1];
  state[0] = s0;
  s1 ^= s1 << 23;
  s1 ^= s1 >> 17;
  s1 ^= s0;
  s1 ^= s0 >> 26;
  state[1] = s1;
  memcpy(six_as_string(self->data[0])->u.latin1, state, sizeof state);
  return six_number((double)(state[0] >> 11) * 0x1p-53);
}

static const struct six_native_def functions[] = {
    {"abs", math_abs, 1, 0},       {"acos", math_acos, 1, 0},         {"acosh", math_acosh, 1, 0}, {"asin", math_asin, 1, 0},
    {"asinh", math_asinh, 1, 0},   {"atan", math_atan, 1, 0},         {"atanh", math_atanh, 1, 0}, {"atan2", math_atan2, 2, 0},
    {"ceil", math_ceil, 1, 0},     {"cbrt", math_cbrt, 1, 0},         {"expm1", math_expm1, 1, 0}, {"clz32", math_clz32, 1, 0},
    {"cos", math_cos, 1, 0},       {"cosh", math_cosh, 1, 0},         {"exp", math_exp, 1, 0},     {"floor", math_floor, 1, 0},
    {"fround", math_fround, 1, 0}, {"f16round", math_f16round, 1, 0}, {"hypot", math_hypot, 2, 0}, {"imul", math_imul, 2, 0},
    {"log", math_log, 1, 0},       {"log1p", math_log1p, 1, 0},       {"log2", math_log2, 1, 0},   {"log10", math_log10, 1, 0},
    {"max", math_max, 2, 0},       {"min", math_min, 2, 0},           {"pow", math_pow, 2, 0},     {"random", math_random, 0, 0},
    {"round", math_round, 1, 0},   {"sign", math_sign, 1, 0},         {"sin", math_sin, 1, 0},     {"sinh", math_sinh, 1, 0},
    {"sqrt", math_sqrt, 1, 0},     {"tan", math_tan, 1, 0},           {"tanh", math_tanh, 1, 0},   {"trunc", math_trunc, 1, 0},
};

void six_init_math(struct six_machine *m) {
  static const struct {
    const char *name;
    double value;
  } constants[] = {
      {"E", 2.718281828459045},      {"LN10", 2.302585092994046}, {"LN2", 0.6931471805599453},     {"LOG10E", 0.4342944819032518},
      {"LOG2E", 1.4426950408889634}, {"PI", 3.141592653589793},   {"SQRT1_2", 0.7071067811865476}, {"SQRT2", 1.4142135623730951},
  };
  struct six_object *o = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  m->intrinsics[SIX_I_Math] = o;
  six_define_natives(m, o, functions, COUNT(functions));
  for (size_t i = 0; i < COUNT(constants); i++) {
    six_define(m, o, six_key_of_string(m, six_as_string(six_str(m, constants[i].name))), six_double(constants[i].value), 0);
  }
  six_define(m, o, SIX_SYMBOL(m, toStringTag), six_str(m, "Math"), SIX_CONFIGURABLE);
}
