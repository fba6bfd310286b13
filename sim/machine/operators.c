// machine: operators on values of any type, beyond the interpreter's fast paths (ECMA-262 13.15.3, 7.2.13, 13.10).
#include "sim/machine/libm_words.h"
#include "sim/machine/own.h"

// ---- Arithmetic on numbers

// The mantissa of |d| as an integer, and which power of two it is to be multiplied with.
static uint64_t mantissa_of(double d, int *exponent) {
  uint64_t mantissa = bits_of(d) & 0xFFFFFFFFFFFFF;
  *exponent = magnitude(d) >> 20;
  if (*exponent) return mantissa | 0x10000000000000;
  *exponent = 1;
  return mantissa;
}

// Exact, by long division of the mantissas, eleven bits at a time.
static double remainder_of(double a, double b) {
  int by, exponent;
  uint64_t divisor = mantissa_of(b, &by), rest = mantissa_of(a, &exponent);
  if (fabs(a) < fabs(b)) return a;
  for (rest %= divisor; exponent > by && rest; exponent -= 11) {
    int bits = exponent - by < 11 ? exponent - by : 11;
    rest = (rest << bits) % divisor;
  }
  double size = ldexp((double)rest, by - 1023 - 52);
  return signbit(a) ? -size : size;
}

double six_fmod(double a, double b) {
  if (a >= 0 && a <= 4503599627370496.0 && b >= 1 && b <= 4503599627370496.0) {
    int64_t x = (int64_t)a, y = (int64_t)b;
    if ((double)x == a && (double)y == b && !(x == 0 && signbit(a))) return (double)(x % y);
  }
  if (isnan(a) || isnan(b) || isinf(a) || b == 0) return NAN;
  return isinf(b) ? a : remainder_of(a, b);
}

static six_value number_op(uint8_t op, double a, double b) {
  switch (op) {
    case SIX_OP_ADD: return six_number(a + b);
    case SIX_OP_SUB: return six_number(a - b);
    case SIX_OP_MUL: return six_number(a * b);
    case SIX_OP_DIV: return six_number(a / b);
    case SIX_OP_MOD: return six_number(six_fmod(a, b));
    case SIX_OP_EXP: return six_number(six_pow(a, b));
    default: break;
  }
  int32_t x = six_double_to_int32(a), y = six_double_to_int32(b);
  uint32_t shift = (uint32_t)y & 31;
  switch (op) {
    case SIX_OP_SHL: return six_int((int32_t)((uint32_t)x << shift));
    case SIX_OP_SHR: return six_int(x >> shift);
    case SIX_OP_USHR: return six_number((uint32_t)x >> shift);
    case SIX_OP_BIT_AND: return six_int(x & y);
    case SIX_OP_BIT_OR: return six_int(x | y);
    default: return six_int(x ^ y);
  }
}

// Both operands are converted in order before anything else: they may be objects. `b` is rooted while `a` runs code.
static bool to_primitives(struct six_machine *m, six_value *a, six_value *b, enum six_hint hint) {
  if (!six_is_object(*a) && !six_is_object(*b)) return true;
  size_t mark = six_roots_mark(m);
  six_root(m, *a);
  six_root(m, *b);
  *a = six_to_primitive(m, *a, hint);
  six_root(m, *a);
  if (!six_is_exception(*a)) *b = six_to_primitive(m, *b, hint);
  six_roots_release(m, mark);
  return !six_is_exception(*a) && !six_is_exception(*b);
}

static six_value arithmetic(struct six_machine *m, uint8_t op, six_value a, six_value b) {
  if (six_is_bigint(a) && six_is_bigint(b)) return six_bigint_binary(m, op, a, b);
  double x = 0, y = 0;
  if (!six_is_bigint(a) && !six_to_number(m, a, &x)) return SIX_EXCEPTION;
  if (!six_is_bigint(b) && !six_to_number(m, b, &y)) return SIX_EXCEPTION;
  if (six_is_bigint(a) || six_is_bigint(b)) return six_throw_type(m, "Cannot mix BigInt and other types, use explicit conversions");
  return number_op(op, x, y);
}

static six_value add(struct six_machine *m, six_value a, six_value b) {
  if (!six_is_string(a) && !six_is_string(b)) return arithmetic(m, SIX_OP_ADD, a, b);
  a = six_to_string_value(m, a);
  if (six_is_exception(a)) return a;
  b = six_to_string_value(m, b);
  if (six_is_exception(b)) return b;
  return six_string_concat(m, six_as_string(a), six_as_string(b));
}

// ---- Order

// A BigInt compares with strings as they are, with everything else as a number.
static bool comparable_with_bigint(struct six_machine *m, six_value *v) {
  if (six_is_bigint(*v) || six_is_string(*v)) return true;
  double d;
  if (!six_to_number(m, *v, &d)) return false;
  *v = six_double(d);
  return true;
}

static six_value order_numbers(uint8_t op, double a, double b) {
  switch (op) {
    case SIX_OP_LT: return six_boolean(a < b);
    case SIX_OP_LE: return six_boolean(a <= b);
    case SIX_OP_GT: return six_boolean(a > b);
    default: return six_boolean(a >= b);
  }
}

static six_value order_op(struct six_machine *m, uint8_t op, six_value a, six_value b) {
  if (six_is_string(a) && six_is_string(b)) return order_numbers(op, six_string_compare(m, six_as_string(a), six_as_string(b)), 0);
  if (six_is_bigint(a) || six_is_bigint(b)) {
    if (!comparable_with_bigint(m, &a) || !comparable_with_bigint(m, &b)) return SIX_EXCEPTION;
    return six_bigint_binary(m, op, a, b);
  }
  double x, y;
  if (!six_to_number(m, a, &x) || !six_to_number(m, b, &y)) return SIX_EXCEPTION;
  return order_numbers(op, x, y);
}

six_value six_binary(struct six_machine *m, uint8_t op, six_value a, six_value b) {
  if (six_is_number(a) && six_is_number(b) && op <= SIX_OP_BIT_XOR) return number_op(op, six_as_number(a), six_as_number(b));
  bool is_order = op == SIX_OP_LT || op == SIX_OP_LE || op == SIX_OP_GT || op == SIX_OP_GE;
  if (op == SIX_OP_ADD) return to_primitives(m, &a, &b, SIX_HINT_DEFAULT) ? add(m, a, b) : SIX_EXCEPTION;
  if (is_order) return to_primitives(m, &a, &b, SIX_HINT_NUMBER) ? order_op(m, op, a, b) : SIX_EXCEPTION;
  // ToNumeric(a) is complete, errors included, before b is looked at.
  size_t mark = six_roots_mark(m);
  six_root(m, b);
  a = six_to_numeric(m, a);
  six_root(m, a);
  if (!six_is_exception(a)) b = six_to_numeric(m, b);
  six_roots_release(m, mark);
  return six_is_exception(a) || six_is_exception(b) ? SIX_EXCEPTION : arithmetic(m, op, a, b);
}

six_value six_unary_minus(struct six_machine *m, six_value v) {
  v = six_to_numeric(m, v);
  if (six_is_exception(v)) return v;
  return six_is_bigint(v) ? six_bigint_unary(m, SIX_OP_MINUS, v) : six_number(-six_as_number(v));
}

six_value six_bit_not(struct six_machine *m, six_value v) {
  v = six_to_numeric(m, v);
  if (six_is_exception(v)) return v;
  return six_is_bigint(v) ? six_bigint_unary(m, SIX_OP_BIT_NOT, v) : six_int(~six_double_to_int32(six_as_number(v)));
}

// ---- instanceof and in

int six_ordinary_has_instance(struct six_machine *m, six_value c, six_value v) {
  if (!six_is_callable(c)) return 0;
  if (six_is_class(c, SIX_CLASS_BOUND)) return six_instance_of(m, v, ((struct six_bound *)six_as_pointer(c))->target);
  if (!six_is_object(v)) return 0;
  six_value proto = six_get(m, six_as_object(c), SIX_ATOM(m, prototype));
  if (six_is_exception(proto)) return -1;
  if (!six_is_object(proto)) {
    struct six_text text = {0};
    six_describe_primitive(m, proto, &text);
    six_throw_type(m, "Function has non-object prototype '%s' in instanceof check", text.bytes ? text.bytes : "");
    six_text_done(&text);
    return -1;
  }
  for (struct six_object *o = six_as_object(v);;) {
    if (!six_get_prototype_of(m, o, &o)) return -1;
    if (!o) return 0;
    if (o == six_as_object(proto)) return 1;
  }
}

int six_instance_of(struct six_machine *m, six_value v, six_value target) {
  if (!six_is_object(target)) {
    six_throw_type(m, "Right-hand side of 'instanceof' is not an object");
    return -1;
  }
  six_value handler = six_get(m, six_as_object(target), SIX_SYMBOL(m, hasInstance));
  if (six_is_exception(handler)) return -1;
  if (six_is_nullish(handler)) {
    if (six_is_callable(target)) return six_ordinary_has_instance(m, target, v);
    six_throw_type(m, "Right-hand side of 'instanceof' is not callable");
    return -1;
  }
  if (!six_is_callable(handler)) return six_throw_uncallable(m, handler), -1;
  six_value result = six_call(m, handler, target, 1, &v);
  return six_is_exception(result) ? -1 : six_to_boolean(result);
}

int six_in(struct six_machine *m, six_value key, six_value target) {
  if (!six_is_object(target)) {
    struct six_text name = {0}, what = {0};
    if (six_is_object(key)) six_describe_object(m, six_as_object(key), &name);
    else six_describe_primitive(m, key, &name);
    six_describe_primitive(m, target, &what);
    six_throw_type(m, "Cannot use 'in' operator to search for '%s' in %s", name.bytes ? name.bytes : "", what.bytes ? what.bytes : "");
    six_text_done(&name);
    six_text_done(&what);
    return -1;
  }
  six_value k = six_to_key(m, key);
  return six_is_exception(k) ? -1 : six_has_property(m, six_as_object(target), k);
}
