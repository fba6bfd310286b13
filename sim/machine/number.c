// machine: numbers to text and back (ECMA-262 6.1.6.1.20, 7.1.4.1).
#include <stdio.h>
#include <stdlib.h>

#include "sim/machine/decimal.h"
#include "sim/machine/machine.h"

static const double powers_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                       1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

// ---- To text

// Decimal digits and where the point stands: 0.DIGITS x 10^point. Without trailing zeros.
struct digits {
  char text[24];
  int count;
  int point;
};

static void strip_zeros(struct digits *out) {
  while (out->count > 1 && out->text[out->count - 1] == '0') out->count--;
}

static int digits_of_integer(uint64_t n, char *out) {
  char reversed[24];
  int count = 0;
  do reversed[count++] = (char)('0' + n % 10);
  while (n /= 10);
  for (int i = 0; i < count; i++) out[i] = reversed[count - 1 - i];
  return count;
}

// Numbers of up to 15 digits: any such decimal that reads back as `d` is the one with the fewest digits, once its
// trailing zeros are gone. The product is off by less than a quarter, the quotient is correctly rounded.
static bool short_digits(double d, struct digits *out) {
  if (d < 1e-6 || d >= 1e15) return false;
  int scale = 15;
  while (scale > 0 && d >= powers_of_ten[15 - scale]) scale--;
  for (double limit = 0.1; d < limit && scale < 21; limit /= 10) scale++;
  double scaled = floor(d * powers_of_ten[scale] + 0.5);
  if (scaled > 1e15 || scaled / powers_of_ten[scale] != d) return false;
  out->count = digits_of_integer((uint64_t)scaled, out->text);
  out->point = out->count - scale;
  strip_zeros(out);
  return true;
}

static bool is_power_of_two(double d) {
  uint64_t bits;
  memcpy(&bits, &d, sizeof bits);
  return (bits & 0xFFFFFFFFFFFFFu) == 0;
}

// The next decimal up, of as many digits: "1.99e-05" to "2.00e-05".
static void increment(char *mantissa, char *exponent) {
  for (char *p = exponent; p-- > mantissa;) {
    if (*p < '0' || *p > '9') continue;
    if (*p != '9') {
      ++*p;
      return;
    }
    *p = '0';
  }
}

static bool printed_digits(double d, int precision, struct digits *out) {
  char text[40];
  snprintf(text, sizeof text, "%.*e", precision - 1, d);
  char *exponent = strchr(text, 'e');
  if (strtod(text, NULL) != d) {
    // Doubles are twice as dense below a power of two as above: the nearest decimal may miss it and the next one not.
    if (!is_power_of_two(d)) return false;
    increment(text, exponent);
    if (strtod(text, NULL) != d) return false;
  }
  out->count = 0;
  for (char *p = text; p < exponent; p++)
    if (*p >= '0' && *p <= '9') out->text[out->count++] = *p;
  out->point = atoi(exponent + 1) + 1;
  strip_zeros(out);
  return true;
}

static void shortest_digits(double d, struct digits *out) {
  if (short_digits(d, out)) return;
  // Below the normal numbers fewer digits may do; elsewhere the 15-digit text shows all shorter ones.
  int precision = d < 2.2250738585072014e-308 ? 1 : 15;
  while (precision < 17 && !printed_digits(d, precision, out)) precision++;
  if (precision == 17) printed_digits(d, 17, out);
}

static char *fill(char *p, char c, int count) {
  while (count-- > 0) *p++ = c;
  return p;
}

static char *copy(char *p, const char *text, int count) {
  memcpy(p, text, (size_t)count);
  return p + count;
}

static char *write_exponent(char *p, const struct digits *d) {
  *p++ = d->text[0];
  if (d->count > 1) {
    *p++ = '.';
    p = copy(p, d->text + 1, d->count - 1);
  }
  *p++ = 'e';
  int e = d->point - 1;
  *p++ = e < 0 ? '-' : '+';
  return p + digits_of_integer((uint64_t)(e < 0 ? -e : e), p);
}

static size_t number_to_chars(double d, char *buffer) {
  if (d != d) return (size_t)(copy(buffer, "NaN", 3) - buffer);
  if (d == 0) return (size_t)(copy(buffer, "0", 1) - buffer);
  char *p = buffer;
  if (d < 0) {
    *p++ = '-';
    d = -d;
  }
  if (isinf(d)) return (size_t)(copy(p, "Infinity", 8) - buffer);
  if (d < 9007199254740992.0 && floor(d) == d) return (size_t)(p + digits_of_integer((uint64_t)d, p) - buffer);
  struct digits digits = {0};
  shortest_digits(d, &digits);
  int n = digits.point, k = digits.count;
  if (k <= n && n <= 21) {
    p = fill(copy(p, digits.text, k), '0', n - k);
  } else if (0 < n && n <= 21) {
    p = copy(p, digits.text, n);
    *p++ = '.';
    p = copy(p, digits.text + n, k - n);
  } else if (-6 < n && n <= 0) {
    p = fill(copy(p, "0.", 2), '0', -n);
    p = copy(p, digits.text, k);
  } else {
    p = write_exponent(p, &digits);
  }
  return (size_t)(p - buffer);
}

size_t six_number_to_chars(double d, char *buffer) {
  size_t length = number_to_chars(d, buffer);
  buffer[length] = '\0';
  return length;
}

static six_value int_to_string(struct six_machine *m, int32_t i) {
  if (i >= 0 && i < 10) return m->single_chars['0' + i];
  char text[12], *p = text;
  uint32_t magnitude = i < 0 ? 0u - (uint32_t)i : (uint32_t)i;
  if (i < 0) *p++ = '-';
  p += digits_of_integer(magnitude, p);
  return six_string_value(six_string_latin1(m, (const uint8_t *)text, (size_t)(p - text)));
}

six_value six_number_to_string(struct six_machine *m, six_value number, int radix) {
  char text[2200];
  if (radix == 10 && six_is_int(number)) return int_to_string(m, six_as_int(number));
  double d = six_as_number(number);
  m->effort += 230;
  size_t length = radix == 10 || !isfinite(d) ? six_number_to_chars(d, text) : six_number_to_radix(d, radix, text);
  return six_string_value(six_string_latin1(m, (const uint8_t *)text, length));
}

// ---- From text

static bool is_space(uint16_t c) {
  if (c < 0x80) return c == ' ' || (c >= 9 && c <= 13);
  return c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000 || c == 0xFEFF;
}

static int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 99;
}

// 0x, 0o, 0b: rounded to nearest even by keeping 64 bits and whether anything below them was set.
static double read_power_of_two(const char *text, size_t length, int bits) {
  if (!length) return NAN;
  uint64_t value = 0;
  int shift = 0;
  for (size_t i = 0; i < length; i++) {
    int digit = digit_value(text[i]);
    if (digit >= 1 << bits) return NAN;
    if (value >> 58) {
      value |= digit != 0;
      if (shift < 4096) shift += bits;
    } else {
      value = value << bits | (uint64_t)digit;
    }
  }
  return ldexp((double)value, shift);
}

// Scans StrUnsignedDecimalLiteral; collects up to 19 digits for the fast path. false: not a number.
struct scan {
  uint64_t mantissa;
  int kept;      // digits in mantissa
  bool exact;    // all digits are in it
  int exponent;  // of ten
};

static const char *scan_digits(const char *p, const char *end, struct scan *scan, int exponent_step) {
  for (; p < end && *p >= '0' && *p <= '9'; p++) {
    if (scan->kept < 19) {
      scan->mantissa = scan->mantissa * 10 + (uint64_t)(*p - '0');
      scan->kept += scan->mantissa != 0;
      scan->exponent += exponent_step;
    } else {
      scan->exact = scan->exact && *p == '0';
      scan->exponent += exponent_step + 1;
    }
  }
  return p;
}

static const char *scan_exponent(const char *p, const char *end, struct scan *scan) {
  if (p >= end || (*p != 'e' && *p != 'E')) return p;
  p++;
  int sign = p < end && *p == '-' ? -1 : 1;
  if (p < end && (*p == '-' || *p == '+')) p++;
  if (p >= end) return NULL;
  int exponent = 0;
  for (; p < end && *p >= '0' && *p <= '9'; p++)
    if (exponent < 100000) exponent = exponent * 10 + (*p - '0');
  scan->exponent += sign * exponent;
  return p;
}

static double read_decimal(const char *text, size_t length) {
  const char *p = text, *end = text + length;
  double sign = 1;
  if (p < end && (*p == '+' || *p == '-')) sign = *p++ == '-' ? -1 : 1;
  if (end - p == 8 && memcmp(p, "Infinity", 8) == 0) return sign * INFINITY;
  const char *start = p;
  struct scan scan = {.exact = true};
  p = scan_digits(p, end, &scan, 0);
  size_t seen = (size_t)(p - start);
  if (p < end && *p == '.') {
    const char *fraction = ++p;
    p = scan_digits(p, end, &scan, -1);
    seen += (size_t)(p - fraction);
  }
  if (!seen) return NAN;
  p = scan_exponent(p, end, &scan);
  if (p != end) return NAN;
  if (scan.exact && scan.mantissa <= (1ull << 53) && scan.exponent >= -22 && scan.exponent <= 22) {
    double d = (double)scan.mantissa;  // both are exact, so one rounding
    return sign * (scan.exponent < 0 ? d / powers_of_ten[-scan.exponent] : d * powers_of_ten[scan.exponent]);
  }
  return sign * strtod(start, NULL);
}

static double read_number(const char *text, size_t length) {
  if (!length) return 0;
  if (length > 2 && text[0] == '0') {
    char c = text[1] | 0x20;
    int bits = c == 'x' ? 4 : c == 'o' ? 3 : c == 'b' ? 1 : 0;
    if (bits) return read_power_of_two(text + 2, length - 2, bits);
  }
  return read_decimal(text, length);
}

double six_string_to_number(struct six_machine *m, struct six_string *s) {
  s = six_string_flat(m, s);
  uint32_t start = 0, end = s->length;
  while (start < end && is_space(six_string_unit(s, start))) start++;
  while (end > start && is_space(six_string_unit(s, end - 1))) end--;
  size_t length = end - start;
  char small[64], *text = length < sizeof small ? small : malloc(length + 1);
  if (!text) abort();
  double d = 0;
  for (size_t i = 0; i < length; i++) {
    uint16_t unit = six_string_unit(s, start + (uint32_t)i);
    if (unit == 0 || unit >= 0x80) d = NAN;
    text[i] = (char)unit;
  }
  text[length] = 0;  // strtod stops here
  if (d == 0) d = read_number(text, length);
  if (text != small) free(text);
  return d;
}
