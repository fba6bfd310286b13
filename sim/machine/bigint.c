#include "sim/machine/bigint.h"

#include <stdlib.h>

#include "sim/machine/machine.h"
#include "sim/machine/unicode.h"

enum { MAX_DIGITS = 1 << 25 };  // V8's 2^30 bits

static struct six_bigint *make(struct six_machine *m, uint32_t count) {
  struct six_bigint *b = six_cell_new(m, SIX_CELL_BIGINT, sizeof *b + count * sizeof b->digits[0]);
  b->count = count;
  return b;
}

static six_value value_of(const struct six_bigint *b) { return six_tagged(SIX_TAG_BIGINT, b); }

// Drops leading zero digits; zero is not negative.
static six_value finish(struct six_bigint *b) {
  while (b->count && !b->digits[b->count - 1]) b->count--;
  if (!b->count) b->negative = false;
  return value_of(b);
}

static six_value too_big(struct six_machine *m) { return six_throw_range(m, "Maximum BigInt size exceeded"); }

// ---- Conversions

six_value six_bigint_from_uint64(struct six_machine *m, uint64_t u) {
  struct six_bigint *b = make(m, 2);
  b->digits[0] = (uint32_t)u;
  b->digits[1] = (uint32_t)(u >> 32);
  return finish(b);
}

six_value six_bigint_from_int64(struct six_machine *m, int64_t i) {
  six_value v = six_bigint_from_uint64(m, i < 0 ? 0 - (uint64_t)i : (uint64_t)i);
  if (i < 0) six_as_bigint(v)->negative = true;
  return v;
}

six_value six_bigint_from_double(struct six_machine *m, double d) {
  int exponent;
  uint64_t mantissa = (uint64_t)ldexp(frexp(fabs(d), &exponent), 53);
  int shift = exponent - 53;
  if (d == 0 || shift <= 0) {
    six_value v = six_bigint_from_uint64(m, d == 0 ? 0 : mantissa >> -shift);
    six_as_bigint(v)->negative = d < 0;
    return finish(six_as_bigint(v));
  }
  struct six_bigint *b = make(m, (uint32_t)(exponent + 31) / 32 + 1);
  for (int i = 0; i < 53; i++) {
    int bit = i + shift;
    if (mantissa >> i & 1) b->digits[bit / 32] |= 1u << (bit % 32);
  }
  b->negative = d < 0;
  return finish(b);
}

double six_bigint_to_double(six_value v) {
  const struct six_bigint *b = six_as_bigint(v);
  if (!b->count) return 0;
  if (b->count > 32) return b->negative ? -INFINITY : INFINITY;
  // The top 64 bits, with a sticky bit for the rest, convert with one rounding.
  int bits = (int)b->count * 32 - __builtin_clz(b->digits[b->count - 1]);
  int shift = bits > 64 ? bits - 64 : 0;
  uint64_t top = 0;
  bool sticky = false;
  for (int i = bits - 1; i >= 0; i--) {
    bool bit = b->digits[i / 32] >> (i % 32) & 1;
    if (i >= shift) top = top << 1 | bit;
    else sticky = sticky || bit;
  }
  if (sticky) top |= 1;
  double d = ldexp((double)top, shift);
  return b->negative ? -d : d;
}

uint64_t six_bigint_to_uint64(six_value v) {
  const struct six_bigint *b = six_as_bigint(v);
  uint64_t u = b->count ? b->digits[0] : 0;
  if (b->count > 1) u |= (uint64_t)b->digits[1] << 32;
  return b->negative ? 0 - u : u;
}

static int digit_value(uint16_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 99;
}

// Digits [from, to) in a radix; SIX_UNDEFINED when one is not.
static six_value parse_digits(struct six_machine *m, const struct six_string *s, uint32_t from, uint32_t to, uint32_t radix) {
  if (from == to) return SIX_UNDEFINED;
  struct six_bigint *b = make(m, (uint32_t)(((uint64_t)(to - from) * 6 + 31) / 32) + 1);
  uint32_t used = 0;
  for (uint32_t i = from; i < to; i++) {
    uint64_t carry = (uint64_t)digit_value(six_string_unit(s, i));
    if (carry >= radix) return SIX_UNDEFINED;
    for (uint32_t k = 0; k < used; k++) {
      carry += (uint64_t)b->digits[k] * radix;
      b->digits[k] = (uint32_t)carry;
      carry >>= 32;
    }
    if (carry) b->digits[used++] = (uint32_t)carry;
  }
  return finish(b);
}

static uint32_t prefix_radix(const struct six_string *s, uint32_t at, uint32_t to) {
  if (to - at < 2 || six_string_unit(s, at) != '0') return 10;
  switch (six_string_unit(s, at + 1) | 0x20) {
    case 'x': return 16;
    case 'o': return 8;
    case 'b': return 2;
    default: return 10;
  }
}

six_value six_bigint_parse(struct six_machine *m, struct six_string *s) {
  s = six_string_flat(m, s);
  uint32_t from = 0, to = s->length;
  while (from < to && six_unicode_is_space(six_string_unit(s, from))) from++;
  while (to > from && six_unicode_is_space(six_string_unit(s, to - 1))) to--;
  if (from == to) return six_bigint_from_uint64(m, 0);
  uint32_t radix = prefix_radix(s, from, to);
  if (radix != 10) return parse_digits(m, s, from + 2, to, radix);
  uint16_t sign = six_string_unit(s, from);
  if (sign == '-' || sign == '+') from++;
  six_value v = parse_digits(m, s, from, to, 10);
  if (six_is_bigint(v) && sign == '-' && six_as_bigint(v)->count) six_as_bigint(v)->negative = true;
  return v;
}

six_value six_bigint_from_decimal(struct six_machine *m, const char *digits) {
  return six_bigint_parse(m, six_as_string(six_str(m, digits)));
}

six_value six_to_bigint(struct six_machine *m, six_value v) {
  v = six_to_primitive(m, v, SIX_HINT_NUMBER);
  if (six_is_exception(v) || six_is_bigint(v)) return v;
  if (six_is_boolean(v)) return six_bigint_from_uint64(m, v == SIX_TRUE);
  six_value parsed = six_is_string(v) ? six_bigint_parse(m, six_as_string(v)) : SIX_UNDEFINED;
  if (six_is_bigint(parsed)) return parsed;
  struct six_text shown = {0};
  if (six_is_string(v)) six_string_to_utf8(m, six_string_flat(m, six_as_string(v)), &shown);
  else six_describe_value(m, v, &shown);
  const char *text = shown.bytes ? shown.bytes : "";
  if (six_is_string(v)) six_throw_syntax(m, "Cannot convert %s to a BigInt", text);
  else six_throw_type(m, "Cannot convert %s to a BigInt", text);
  six_text_done(&shown);
  return SIX_EXCEPTION;
}

six_value six_bigint_to_string(struct six_machine *m, six_value v, int radix) {
  const struct six_bigint *b = six_as_bigint(v);
  if (!b->count) return six_str(m, "0");
  six_effort(m, (uint64_t)b->count * b->count / 2);
  if (m->stop) return SIX_ATOM(m, empty);
  // Chunks of the largest power of the radix that fits a digit.
  uint32_t chunk = (uint32_t)radix, chunk_digits = 1;
  while ((uint64_t)chunk * (uint32_t)radix <= UINT32_MAX) {
    chunk *= (uint32_t)radix;
    chunk_digits++;
  }
  uint32_t count = b->count, *rest = malloc(count * sizeof *rest);
  size_t size = (size_t)count * 32 + 2, at = size;
  char *text = malloc(size);
  if (!rest || !text) abort();
  memcpy(rest, b->digits, count * sizeof *rest);
  while (count) {
    uint64_t remainder = 0;
    for (uint32_t i = count; i-- > 0;) {
      remainder = remainder << 32 | rest[i];
      rest[i] = (uint32_t)(remainder / chunk);
      remainder %= chunk;
    }
    while (count && !rest[count - 1]) count--;
    for (uint32_t i = 0; i < chunk_digits && (count || remainder); i++) {
      text[--at] = "0123456789abcdefghijklmnopqrstuvwxyz"[remainder % (uint32_t)radix];
      remainder /= (uint32_t)radix;
    }
  }
  if (b->negative) text[--at] = '-';
  six_value s = six_string_value(six_string_latin1(m, (const uint8_t *)text + at, size - at));
  free(rest);
  free(text);
  return s;
}

// ---- Comparison

static int compare_magnitude(const struct six_bigint *a, const struct six_bigint *b) {
  if (a->count != b->count) return a->count < b->count ? -1 : 1;
  for (uint32_t i = a->count; i-- > 0;) {
    if (a->digits[i] != b->digits[i]) return a->digits[i] < b->digits[i] ? -1 : 1;
  }
  return 0;
}

int six_bigint_compare(six_value va, six_value vb) {
  const struct six_bigint *a = six_as_bigint(va), *b = six_as_bigint(vb);
  if (a->negative != b->negative) return a->negative ? -1 : 1;
  int c = compare_magnitude(a, b);
  return a->negative ? -c : c;
}

int six_bigint_compare_number(six_value va, double d) {
  const struct six_bigint *a = six_as_bigint(va);
  if (d != d) return 2;
  if (isinf(d)) return d > 0 ? -1 : 1;
  int sign_a = a->count == 0 ? 0 : a->negative ? -1 : 1, sign_d = d > 0 ? 1 : d < 0 ? -1 : 0;
  if (sign_a != sign_d) return sign_a < sign_d ? -1 : 1;
  if (sign_a == 0) return 0;
  double whole = trunc(fabs(d));
  int exponent;
  frexp(whole, &exponent);
  int64_t bits = (int64_t)a->count * 32 - __builtin_clz(a->digits[a->count - 1]);
  int c = bits < exponent ? -1 : bits > exponent ? 1 : 0;
  if (c == 0) {
    // Same length: compare with the exact bits of the integer part.
    uint64_t mantissa = (uint64_t)ldexp(frexp(whole, &exponent), 53);
    for (int64_t i = bits - 1; i >= 0 && c == 0; i--) {
      int bit = (int)(a->digits[i / 32] >> (i % 32) & 1);
      int64_t place = 53 - (bits - i);
      int other = place >= 0 ? (int)(mantissa >> place & 1) : 0;
      c = bit - other;
    }
    if (c == 0 && fabs(d) > whole) c = -1;
  }
  return a->negative ? -c : c;
}

bool six_bigint_is_zero(six_value v) { return six_as_bigint(v)->count == 0; }

bool six_bigint_equal(struct six_machine *m, six_value a, six_value other) {
  if (six_is_bigint(other)) return six_bigint_compare(a, other) == 0;
  if (six_is_number(other)) return six_bigint_compare_number(a, six_as_number(other)) == 0;
  if (!six_is_string(other)) return false;
  six_value parsed = six_bigint_parse(m, six_as_string(other));
  return six_is_bigint(parsed) && six_bigint_compare(a, parsed) == 0;
}

// ---- Arithmetic of magnitudes

static six_value add_magnitudes(struct six_machine *m, const struct six_bigint *a, const struct six_bigint *b, bool negative) {
  if (a->count < b->count) {
    const struct six_bigint *t = a;
    a = b;
    b = t;
  }
  if (a->count >= MAX_DIGITS) return too_big(m);
  struct six_bigint *sum = make(m, a->count + 1);
  uint64_t carry = 0;
  for (uint32_t i = 0; i < a->count; i++) {
    carry += (uint64_t)a->digits[i] + (i < b->count ? b->digits[i] : 0);
    sum->digits[i] = (uint32_t)carry;
    carry >>= 32;
  }
  sum->digits[a->count] = (uint32_t)carry;
  sum->negative = negative;
  return finish(sum);
}

// |a| - |b|, for |a| >= |b|.
static six_value subtract_magnitudes(struct six_machine *m, const struct six_bigint *a, const struct six_bigint *b, bool negative) {
  struct six_bigint *difference = make(m, a->count);
  int64_t borrow = 0;
  for (uint32_t i = 0; i < a->count; i++) {
    int64_t d = (int64_t)a->digits[i] - (i < b->count ? b->digits[i] : 0) + borrow;
    difference->digits[i] = (uint32_t)d;
    borrow = d < 0 ? -1 : 0;
  }
  difference->negative = negative;
  return finish(difference);
}

static six_value add_signed(struct six_machine *m, const struct six_bigint *a, const struct six_bigint *b, bool b_negative) {
  if (a->negative == b_negative) return add_magnitudes(m, a, b, a->negative);
  if (compare_magnitude(a, b) >= 0) return subtract_magnitudes(m, a, b, a->negative);
  return subtract_magnitudes(m, b, a, b_negative);
}

// Schoolbook work counts against the step budget. false when that ends the run.
static bool charge(struct six_machine *m, uint64_t digits_a, uint64_t digits_b) {
  six_effort(m, digits_a * digits_b / 4);
  return m->stop == SIX_STOP_NONE;
}

static six_value multiply(struct six_machine *m, const struct six_bigint *a, const struct six_bigint *b) {
  if ((uint64_t)a->count + b->count > MAX_DIGITS + 1) return too_big(m);
  if (!charge(m, a->count, b->count)) return SIX_EXCEPTION;
  struct six_bigint *product = make(m, a->count + b->count);
  for (uint32_t i = 0; i < a->count; i++) {
    uint64_t carry = 0;
    for (uint32_t k = 0; k < b->count; k++) {
      carry += (uint64_t)a->digits[i] * b->digits[k] + product->digits[i + k];
      product->digits[i + k] = (uint32_t)carry;
      carry >>= 32;
    }
    product->digits[i + b->count] = (uint32_t)carry;
  }
  product->negative = a->negative != b->negative;
  return finish(product);
}

static uint32_t divide_small(const struct six_bigint *a, uint32_t divisor, uint32_t *quotient) {
  uint64_t remainder = 0;
  for (uint32_t i = a->count; i-- > 0;) {
    remainder = remainder << 32 | a->digits[i];
    quotient[i] = (uint32_t)(remainder / divisor);
    remainder %= divisor;
  }
  return (uint32_t)remainder;
}

// Knuth's algorithm D. `rest` has a->count + 1 digits: becomes the remainder, shifted left by `shift`.
static void divide_long(const struct six_bigint *a, const struct six_bigint *b, uint32_t *rest, uint32_t *quotient, int shift) {
  uint32_t n = b->count, *v = malloc(n * sizeof *v);
  if (!v) abort();
  for (uint32_t i = n; i-- > 0;) v[i] = b->digits[i] << shift | (shift && i ? b->digits[i - 1] >> (32 - shift) : 0);
  rest[a->count] = shift ? a->digits[a->count - 1] >> (32 - shift) : 0;
  for (uint32_t i = a->count; i-- > 0;) rest[i] = a->digits[i] << shift | (shift && i ? a->digits[i - 1] >> (32 - shift) : 0);
  for (uint32_t j = a->count - n + 1; j-- > 0;) {
    uint64_t top = (uint64_t)rest[j + n] << 32 | rest[j + n - 1];
    uint64_t guess = top / v[n - 1], left = top % v[n - 1];
    while (guess > UINT32_MAX || guess * v[n - 2] > (left << 32 | rest[j + n - 2])) {
      guess--;
      left += v[n - 1];
      if (left > UINT32_MAX) break;
    }
    uint64_t carry = 0;
    int64_t borrow = 0;
    for (uint32_t i = 0; i < n; i++) {
      carry += guess * v[i];
      int64_t d = (int64_t)rest[i + j] - (int64_t)(uint32_t)carry + borrow;
      rest[i + j] = (uint32_t)d;
      borrow = d < 0 ? -1 : 0;
      carry >>= 32;
    }
    int64_t d = (int64_t)rest[j + n] - (int64_t)carry + borrow;
    rest[j + n] = (uint32_t)d;
    if (d < 0) {
      guess--;
      uint64_t sum = 0;
      for (uint32_t i = 0; i < n; i++) {
        sum += (uint64_t)rest[i + j] + v[i];
        rest[i + j] = (uint32_t)sum;
        sum >>= 32;
      }
      rest[j + n] += (uint32_t)sum;
    }
    quotient[j] = (uint32_t)guess;
  }
  free(v);
}

static six_value divide(struct six_machine *m, six_value va, six_value vb, bool want_remainder) {
  const struct six_bigint *a = six_as_bigint(va), *b = six_as_bigint(vb);
  if (!b->count) return six_throw_range(m, "Division by zero");
  if (compare_magnitude(a, b) < 0) return want_remainder ? va : six_bigint_from_uint64(m, 0);
  struct six_bigint *quotient = make(m, a->count);
  if (b->count == 1) {
    uint32_t remainder = divide_small(a, b->digits[0], quotient->digits);
    quotient->negative = a->negative != b->negative;
    if (!want_remainder) return finish(quotient);
    struct six_bigint *r = make(m, 1);
    r->digits[0] = remainder;
    r->negative = a->negative;
    return finish(r);
  }
  if (b->count > 64 && !charge(m, a->count - b->count + 1, b->count)) return SIX_EXCEPTION;
  int shift = __builtin_clz(b->digits[b->count - 1]);
  struct six_bigint *rest = make(m, a->count + 1);
  divide_long(a, b, rest->digits, quotient->digits, shift);
  if (!want_remainder) {
    quotient->negative = a->negative != b->negative;
    return finish(quotient);
  }
  for (uint32_t i = 0; shift && i < rest->count; i++) {
    rest->digits[i] = rest->digits[i] >> shift | (i + 1 < rest->count ? rest->digits[i + 1] << (32 - shift) : 0);
  }
  rest->negative = a->negative;
  return finish(rest);
}

static six_value shift_left(struct six_machine *m, const struct six_bigint *a, uint64_t by);

static six_value power(struct six_machine *m, six_value base, six_value exponent) {
  const struct six_bigint *e = six_as_bigint(exponent), *b = six_as_bigint(base);
  if (e->negative) return six_throw_range(m, "undefined must be positive");
  if (!e->count) return six_bigint_from_uint64(m, 1);
  if (!b->count) return base;
  if (b->count == 1 && b->digits[0] == 1) return b->negative && !(e->digits[0] & 1) ? six_bigint_from_uint64(m, 1) : base;
  if (e->count > 1 || e->digits[0] >= (1u << 30)) return too_big(m);
  if (b->count == 1 && b->digits[0] == 2) {  // a power of two is a shift
    six_value one = six_bigint_from_uint64(m, 1), v = shift_left(m, six_as_bigint(one), e->digits[0]);
    if (six_is_bigint(v)) six_as_bigint(v)->negative = b->negative && (e->digits[0] & 1);
    return v;
  }
  uint64_t bits = (uint64_t)b->count * 32 - (uint64_t)__builtin_clz(b->digits[b->count - 1]);
  if ((bits - 1) * e->digits[0] > 1u << 30) return too_big(m);
  six_value result = six_bigint_from_uint64(m, 1);
  for (uint32_t n = e->digits[0]; n;) {
    if (n & 1) result = multiply(m, six_as_bigint(result), six_as_bigint(base));
    if (six_is_exception(result)) return result;
    n >>= 1;
    if (n) base = multiply(m, six_as_bigint(base), six_as_bigint(base));
    if (six_is_exception(base)) return base;
  }
  return result;
}

// ---- Bits: numbers as two's complement, without end

static uint32_t twos_digit(const struct six_bigint *b, uint32_t i, bool *carry) {
  uint32_t digit = i < b->count ? b->digits[i] : 0;
  if (!b->negative) return digit;
  digit = ~digit + *carry;
  *carry = *carry && digit == 0;
  return digit;
}

static six_value bitwise(struct six_machine *m, uint8_t op, const struct six_bigint *a, const struct six_bigint *b) {
  uint32_t count = (a->count > b->count ? a->count : b->count) + 1;
  struct six_bigint *result = make(m, count);
  bool carry_a = true, carry_b = true;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t x = twos_digit(a, i, &carry_a), y = twos_digit(b, i, &carry_b);
    result->digits[i] = op == SIX_OP_BIT_AND ? x & y : op == SIX_OP_BIT_OR ? x | y : x ^ y;
  }
  if (result->digits[count - 1] >> 31) {
    result->negative = true;
    bool carry = true;
    for (uint32_t i = 0; i < count; i++) {
      result->digits[i] = ~result->digits[i] + carry;
      carry = carry && result->digits[i] == 0;
    }
  }
  return finish(result);
}

static six_value shift_left(struct six_machine *m, const struct six_bigint *a, uint64_t by) {
  if (!a->count) return value_of(a);
  if (by / 32 + a->count + 1 > MAX_DIGITS) return too_big(m);
  uint32_t whole = (uint32_t)(by / 32), bits = (uint32_t)(by % 32);
  struct six_bigint *result = make(m, a->count + whole + 1);
  for (uint32_t i = 0; i < a->count; i++) {
    uint64_t wide = (uint64_t)a->digits[i] << bits;
    result->digits[i + whole] |= (uint32_t)wide;
    result->digits[i + whole + 1] |= (uint32_t)(wide >> 32);
  }
  result->negative = a->negative;
  return finish(result);
}

// Rounds towards minus infinity.
static six_value shift_right(struct six_machine *m, const struct six_bigint *a, uint64_t by) {
  uint64_t whole = by / 32;
  uint32_t bits = (uint32_t)(by % 32);
  if (whole >= a->count) return six_bigint_from_int64(m, a->negative ? -1 : 0);
  bool lost = (a->digits[whole] & ((1u << bits) - 1)) != 0;
  for (uint32_t i = 0; i < whole; i++) lost = lost || a->digits[i];
  struct six_bigint *result = make(m, a->count - (uint32_t)whole + 1);
  for (uint32_t i = (uint32_t)whole; i < a->count; i++) {
    uint64_t wide = a->digits[i] | (i + 1 < a->count ? (uint64_t)a->digits[i + 1] << 32 : 0);
    result->digits[i - whole] = (uint32_t)(wide >> bits);
  }
  result->negative = a->negative;
  if (a->negative && lost) {
    for (uint32_t i = 0; i < result->count && ++result->digits[i] == 0; i++) {
    }
  }
  return finish(result);
}

static six_value shift(struct six_machine *m, const struct six_bigint *a, const struct six_bigint *by, bool left) {
  if (by->negative) left = !left;
  if (!a->count) return value_of(a);
  if (by->count > 1 || (by->count && left && by->digits[0] > 1u << 30)) {
    return left ? too_big(m) : six_bigint_from_int64(m, a->negative ? -1 : 0);
  }
  uint64_t n = by->count ? by->digits[0] : 0;
  return left ? shift_left(m, a, n) : shift_right(m, a, n);
}

// ---- Operators

// a < b and its like, where one side may be a number or a string.
static six_value relation(struct six_machine *m, uint8_t op, six_value a, six_value b) {
  if (six_is_string(a)) a = six_bigint_parse(m, six_as_string(a));
  if (six_is_string(b)) b = six_bigint_parse(m, six_as_string(b));
  if (six_is_undefined(a) || six_is_undefined(b)) return SIX_FALSE;
  int c;
  if (six_is_bigint(a) && six_is_bigint(b)) c = six_bigint_compare(a, b);
  else if (six_is_bigint(a)) c = six_bigint_compare_number(a, six_as_number(b));
  else if ((c = six_bigint_compare_number(b, six_as_number(a))) != 2) c = -c;
  if (c == 2) return SIX_FALSE;
  switch (op) {
    case SIX_OP_LT: return six_boolean(c < 0);
    case SIX_OP_LE: return six_boolean(c <= 0);
    case SIX_OP_GT: return six_boolean(c > 0);
    default: return six_boolean(c >= 0);
  }
}

six_value six_bigint_binary(struct six_machine *m, uint8_t op, six_value va, six_value vb) {
  if (op == SIX_OP_LT || op == SIX_OP_LE || op == SIX_OP_GT || op == SIX_OP_GE) return relation(m, op, va, vb);
  const struct six_bigint *a = six_as_bigint(va), *b = six_as_bigint(vb);
  switch (op) {
    case SIX_OP_ADD: return add_signed(m, a, b, b->negative);
    case SIX_OP_SUB: return add_signed(m, a, b, !b->negative);
    case SIX_OP_MUL: return multiply(m, a, b);
    case SIX_OP_DIV: return divide(m, va, vb, false);
    case SIX_OP_MOD: return divide(m, va, vb, true);
    case SIX_OP_EXP: return power(m, va, vb);
    case SIX_OP_SHL: return shift(m, a, b, true);
    case SIX_OP_SHR: return shift(m, a, b, false);
    case SIX_OP_USHR: return six_throw_type(m, "BigInts have no unsigned right shift, use >> instead");
    default: return bitwise(m, op, a, b);
  }
}

six_value six_bigint_unary(struct six_machine *m, uint8_t op, six_value v) {
  const struct six_bigint *a = six_as_bigint(v);
  struct six_bigint *copy = make(m, a->count);
  memcpy(copy->digits, a->digits, a->count * sizeof a->digits[0]);
  copy->negative = !a->negative;
  six_value negated = finish(copy);
  if (op == SIX_OP_MINUS) return negated;
  // ~a is -a - 1.
  return six_bigint_binary(m, SIX_OP_SUB, negated, six_bigint_from_uint64(m, 1));
}
