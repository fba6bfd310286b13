// machine: conversions and comparisons of values (ECMA-262 7.1, 7.2).
#include "sim/machine/convert.h"

#include "sim/machine/own.h"

bool six_to_boolean(six_value v) {
  if (six_is_boolean(v)) return v == SIX_TRUE;
  if (six_is_int(v)) return six_as_int(v) != 0;
  if (six_is_double(v)) return six_as_double(v) != 0 && six_as_double(v) == six_as_double(v);
  if (six_is_string(v)) return six_as_string(v)->length != 0;
  if (six_is_bigint(v)) return !six_bigint_is_zero(v);
  return !six_is_nullish(v);
}

// ---- ToPrimitive

static six_value ordinary_to_primitive(struct six_machine *m, six_value v, enum six_hint hint) {
  six_key first = hint == SIX_HINT_STRING ? SIX_ATOM(m, toString) : SIX_ATOM(m, valueOf);
  six_key names[2] = {first, hint == SIX_HINT_STRING ? SIX_ATOM(m, valueOf) : SIX_ATOM(m, toString)};
  for (int i = 0; i < 2; i++) {
    six_value method = six_get(m, six_as_object(v), names[i]);
    if (six_is_exception(method)) return SIX_EXCEPTION;
    if (!six_is_callable(method)) continue;
    six_value result = six_call(m, method, v, 0, NULL);
    if (!six_is_object(result)) return result;
  }
  return six_throw_type(m, "Cannot convert object to primitive value");
}

// As V8 words it where it has no source text of the callee: "number 1 is not a function".
six_value six_throw_uncallable(struct six_machine *m, six_value v) {
  struct six_text text = {0};
  six_string_to_utf8(m, six_as_string(six_typeof(m, v)), &text);
  size_t kind = text.length;
  if (six_is_string(v)) {
    six_text_adds(&text, " \"");
    six_string_to_utf8(m, six_as_string(v), &text);
    six_text_adds(&text, "\"");
  } else if (six_is_number(v) || six_is_boolean(v) || six_is_null(v)) {
    six_text_adds(&text, " ");
    six_describe_primitive(m, v, &text);
  }
  if (m->rules->cell[SIX_RULE_V8_WORDS] < 2 && !six_is_null(v)) text.bytes[kind] = 0;
  six_throw_type(m, "%s is not a function", text.bytes);
  six_text_done(&text);
  return SIX_EXCEPTION;
}

six_value six_to_primitive(struct six_machine *m, six_value v, enum six_hint hint) {
  if (!six_is_object(v)) return v;
  six_value method = six_get(m, six_as_object(v), SIX_SYMBOL(m, toPrimitive));
  if (six_is_exception(method)) return SIX_EXCEPTION;
  if (six_is_nullish(method)) return ordinary_to_primitive(m, v, hint);
  if (!six_is_callable(method)) return six_throw_uncallable(m, method);
  six_value name = hint == SIX_HINT_STRING ? SIX_ATOM(m, string) : hint == SIX_HINT_NUMBER ? SIX_ATOM(m, number) : SIX_ATOM(m, default_);
  six_value result = six_call(m, method, v, 1, &name);
  return six_is_object(result) ? six_throw_type(m, "Cannot convert object to primitive value") : result;
}

// ---- Numbers

bool six_to_number(struct six_machine *m, six_value v, double *out) {
  if (six_is_object(v)) {
    v = six_to_primitive(m, v, SIX_HINT_NUMBER);
    if (six_is_exception(v)) return false;
  }
  if (six_is_number(v)) *out = six_as_number(v);
  else if (six_is_string(v)) *out = six_string_to_number(m, six_as_string(v));
  else if (six_is_undefined(v)) *out = NAN;
  else if (six_is_symbol(v)) return six_throw_type(m, "Cannot convert a Symbol value to a number"), false;
  else if (six_is_bigint(v)) return six_throw_type(m, "Cannot convert a BigInt value to a number"), false;
  else *out = v == SIX_TRUE;
  return true;
}

bool six_to_integer(struct six_machine *m, six_value v, double *out) {
  double d;
  if (!six_to_number(m, v, &d)) return false;
  *out = d != d ? 0 : trunc(d) + 0.0;  // + 0.0: -0 becomes 0
  return true;
}

int32_t six_double_to_int32(double d) {
  if (d >= -2147483648.0 && d <= 2147483647.0) return (int32_t)d;
  if (!isfinite(d)) return 0;
  double wrapped = six_fmod(trunc(d), 4294967296.0);
  if (wrapped < 0) wrapped += 4294967296.0;
  return (int32_t)(uint32_t)wrapped;
}

bool six_to_int32(struct six_machine *m, six_value v, int32_t *out) {
  if (six_is_int(v)) {
    *out = six_as_int(v);
    return true;
  }
  double d;
  if (!six_to_number(m, v, &d)) return false;
  *out = six_double_to_int32(d);
  return true;
}

bool six_to_uint32(struct six_machine *m, six_value v, uint32_t *out) {
  int32_t i;
  if (!six_to_int32(m, v, &i)) return false;
  *out = (uint32_t)i;
  return true;
}

bool six_to_length(struct six_machine *m, six_value v, double *out) {
  if (!six_to_integer(m, v, out)) return false;
  if (*out < 0) *out = 0;
  if (*out > 9007199254740991.0) *out = 9007199254740991.0;
  return true;
}

six_value six_to_numeric(struct six_machine *m, six_value v) {
  if (six_is_number(v)) return v;
  v = six_to_primitive(m, v, SIX_HINT_NUMBER);
  if (six_is_exception(v) || six_is_bigint(v)) return v;
  double d;
  return six_to_number(m, v, &d) ? six_number(d) : SIX_EXCEPTION;
}

// ---- Strings, objects, keys

six_value six_to_string_value(struct six_machine *m, six_value v) {
  if (six_is_object(v)) {
    v = six_to_primitive(m, v, SIX_HINT_STRING);
    if (six_is_exception(v)) return v;
  }
  if (six_is_string(v)) return v;
  if (six_is_number(v)) return six_number_to_string(m, v, 10);
  if (six_is_symbol(v)) return six_throw_type(m, "Cannot convert a Symbol value to a string");
  if (six_is_bigint(v)) return six_bigint_to_string(m, v, 10);
  if (v == SIX_TRUE) return SIX_ATOM(m, true_);
  if (v == SIX_FALSE) return SIX_ATOM(m, false_);
  return six_is_null(v) ? SIX_ATOM(m, null_) : SIX_ATOM(m, undefined);
}

struct six_string *six_to_string(struct six_machine *m, six_value v) {
  v = six_to_string_value(m, v);
  return six_is_exception(v) ? NULL : six_string_flat(m, six_as_string(v));
}

static struct six_object *box(struct six_machine *m, enum six_class class_, enum six_intrinsic_id proto, six_value v) {
  struct six_object *o = six_object_new_class(m, class_, sizeof(struct six_boxed), six_intrinsic(m, proto));
  ((struct six_boxed *)o)->value = v;
  return o;
}

struct six_object *six_to_object(struct six_machine *m, six_value v) {
  if (six_is_object(v)) return six_as_object(v);
  if (six_is_string(v)) return box(m, SIX_CLASS_STRING, SIX_I_StringPrototype, v);
  if (six_is_number(v)) return box(m, SIX_CLASS_NUMBER, SIX_I_NumberPrototype, v);
  if (six_is_boolean(v)) return box(m, SIX_CLASS_BOOLEAN, SIX_I_BooleanPrototype, v);
  if (six_is_symbol(v)) return box(m, SIX_CLASS_SYMBOL, SIX_I_SymbolPrototype, v);
  if (six_is_bigint(v)) return box(m, SIX_CLASS_BIGINT, SIX_I_BigIntPrototype, v);
  six_throw_type(m, "Cannot convert undefined or null to object");
  return NULL;
}

six_value six_to_key(struct six_machine *m, six_value v) {
  if (six_is_object(v)) {
    v = six_to_primitive(m, v, SIX_HINT_STRING);
    if (six_is_exception(v)) return v;
  }
  if (six_is_symbol(v)) return v;
  if (six_is_number(v)) {
    double d = six_as_number(v);
    if (d >= 0 && d < INT32_MAX && d == (double)(int32_t)d) return six_int((int32_t)d);
  }
  if (!six_is_string(v)) {
    v = six_to_string_value(m, v);
    if (six_is_exception(v)) return v;
  }
  return six_key_of_string(m, six_as_string(v));
}

// ---- Comparisons

bool six_same_value_zero(struct six_machine *m, six_value a, six_value b) {
  if (six_is_number(a) && six_is_number(b)) {
    double x = six_as_number(a), y = six_as_number(b);
    return x == y || (x != x && y != y);
  }
  return six_strict_equal(m, a, b);
}

bool six_same_value(struct six_machine *m, six_value a, six_value b) {
  if (!six_is_number(a) || !six_is_number(b)) return six_strict_equal(m, a, b);
  double x = six_as_number(a), y = six_as_number(b);
  return x == y ? signbit(x) == signbit(y) : x != x && y != y;
}

bool six_strict_equal(struct six_machine *m, six_value a, six_value b) {
  if (six_is_number(a)) return six_is_number(b) && six_as_number(a) == six_as_number(b);
  if (a == b) return true;
  if (six_is_string(a) && six_is_string(b)) return six_string_equal(m, six_as_string(a), six_as_string(b));
  return six_is_bigint(a) && six_is_bigint(b) && six_bigint_equal(m, a, b);
}

// IsLooselyEqual (7.2.14) of two primitives of different types.
static int loose_primitives(struct six_machine *m, six_value a, six_value b) {
  if (six_is_boolean(a)) a = six_int(a == SIX_TRUE);
  if (six_is_boolean(b)) b = six_int(b == SIX_TRUE);
  if (six_is_symbol(a) || six_is_symbol(b) || six_is_nullish(a) || six_is_nullish(b)) return 0;
  if (six_is_bigint(a)) return six_bigint_equal(m, a, b);
  if (six_is_bigint(b)) return six_bigint_equal(m, b, a);
  double x, y;
  if (!six_to_number(m, a, &x) || !six_to_number(m, b, &y)) return -1;
  return x == y;
}

int six_loose_equal(struct six_machine *m, six_value a, six_value b) {
  for (;;) {
    if (six_is_number(a) && six_is_number(b)) return six_as_number(a) == six_as_number(b);
    if (six_tag(a) == six_tag(b) && six_is_cell(a)) return six_strict_equal(m, a, b);
    if (a == b) return 1;
    if (six_is_nullish(a) && six_is_nullish(b)) return 1;
    if (six_is_nullish(a) || six_is_nullish(b)) return 0;
    if (!six_is_object(a) && !six_is_object(b)) return loose_primitives(m, a, b);
    six_value *object = six_is_object(a) ? &a : &b;
    *object = six_to_primitive(m, *object, SIX_HINT_DEFAULT);
    if (six_is_exception(*object)) return -1;
  }
}

six_value six_typeof(struct six_machine *m, six_value v) {
  if (six_is_number(v)) return SIX_ATOM(m, number);
  if (six_is_string(v)) return SIX_ATOM(m, string);
  if (six_is_boolean(v)) return SIX_ATOM(m, boolean);
  if (six_is_object(v)) return six_is_callable(v) ? SIX_ATOM(m, function) : SIX_ATOM(m, object);
  if (six_is_symbol(v)) return SIX_ATOM(m, symbol);
  if (six_is_bigint(v)) return SIX_ATOM(m, bigint);
  return six_is_null(v) ? SIX_ATOM(m, object) : SIX_ATOM(m, undefined);
}
