#include "sim/machine/decimal.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "sim/machine/convert.h"
#include "sim/machine/libm_words.h"

// A natural number in base 10^9, least significant first. 2^1074 x 5^1074 needs less than 100 of them.
struct big {
  uint32_t limbs[130];
  int count;
};

static void big_multiply(struct big *b, uint32_t by) {
  uint64_t carry = 0;
  for (int i = 0; i < b->count; i++) {
    uint64_t v = (uint64_t)b->limbs[i] * by + carry;
    b->limbs[i] = (uint32_t)(v % 1000000000u);
    carry = v / 1000000000u;
  }
  if (carry) b->limbs[b->count++] = (uint32_t)carry;
}

static void big_power(struct big *b, uint32_t base, uint32_t chunk, int chunk_exponent, int exponent) {
  for (; exponent >= chunk_exponent; exponent -= chunk_exponent) big_multiply(b, chunk);
  for (; exponent > 0; exponent--) big_multiply(b, base);
}

static int big_digits(const struct big *b, char *out) {
  int n = 0;
  for (int i = b->count - 1; i >= 0; i--) {
    uint32_t limb = b->limbs[i];
    for (uint32_t unit = 100000000; unit; unit /= 10) {
      char c = (char)('0' + limb / unit % 10);
      if (n || c != '0') out[n++] = c;
    }
  }
  return n;
}

void six_decimal_exact(double d, struct six_decimal *out) {
  out->count = out->point = 0;
  if (d == 0) return;
  int exponent;
  uint64_t mantissa = (uint64_t)ldexp(frexp(d, &exponent), 53);
  exponent -= 53;
  while (!(mantissa & 1)) {
    mantissa >>= 1;
    exponent++;
  }
  struct big b = {.count = 0};
  for (; mantissa; mantissa /= 1000000000u) b.limbs[b.count++] = (uint32_t)(mantissa % 1000000000u);
  if (exponent >= 0) big_power(&b, 2, 1u << 29, 29, exponent);
  else big_power(&b, 5, 244140625, 12, -exponent);
  out->count = big_digits(&b, out->digits);
  out->point = out->count - (exponent < 0 ? -exponent : 0);
  while (out->count && out->digits[out->count - 1] == '0') out->count--;
}

void six_decimal_shortest(double d, struct six_decimal *out) {
  out->count = out->point = 0;
  char text[40];
  size_t n = six_number_to_chars(d, text);
  bool fraction = false;
  int exponent = 0;
  for (size_t i = 0; i < n; i++) {
    char c = text[i];
    if (c == '.') {
      fraction = true;
    } else if (c == 'e') {
      int sign = text[i + 1] == '-' ? -1 : 1;
      for (i += 2; i < n; i++) exponent = exponent * 10 + (text[i] - '0');
      exponent *= sign;
    } else if (c == '0' && out->count == 0) {
      if (fraction) out->point--;
    } else {
      out->digits[out->count++] = c;
      if (!fraction) out->point++;
    }
  }
  out->point += exponent;
  while (out->count && out->digits[out->count - 1] == '0') out->count--;
  if (!out->count) out->point = 0;
}

void six_decimal_round(struct six_decimal *d, int places) {
  int keep = d->point + places;
  if (keep >= d->count) return;
  if (keep < 0) {
    d->count = d->point = 0;
    return;
  }
  bool up = d->digits[keep] >= '5';
  d->count = keep;
  while (up && d->count > 0) {
    if (d->digits[d->count - 1] < '9') {
      d->digits[d->count - 1]++;
      up = false;
    } else {
      d->count--;
    }
  }
  if (up) {
    d->digits[0] = '1';
    d->count = 1;
    d->point++;
  }
  while (d->count && d->digits[d->count - 1] == '0') d->count--;
  if (!d->count) d->point = 0;
}

size_t six_decimal_fixed(const struct six_decimal *d, int places, char *out) {
  size_t n = 0;
  for (int i = d->point > 0 ? 0 : d->point - 1; i < d->point + places; i++) {
    if (i == d->point) out[n++] = '.';
    out[n++] = i < 0 || i >= d->count ? '0' : d->digits[i];
  }
  out[n] = '\0';
  return n;
}

static char radix_digit(int d) { return "0123456789abcdefghijklmnopqrstuvwxyz"[d]; }
static int radix_value(char c) { return c > '9' ? c - 'a' + 10 : c - '0'; }

size_t six_number_to_radix(double d, int radix, char *out) {
  if (d != d) return (size_t)(strcpy(out, "NaN") - out) + 3;
  if (isinf(d)) {
    strcpy(out, d < 0 ? "-Infinity" : "Infinity");
    return strlen(out);
  }
  enum { SIZE = 2200 };
  char buffer[SIZE];
  int integer_cursor = SIZE / 2, fraction_cursor = integer_cursor;
  bool negative = d < 0;
  if (negative) d = -d;
  double integer = floor(d), fraction = d - integer;
  double delta = 0.5 * (of_bits(bits_of(d) + 1) - d);  // half the way to the next double
  if (delta < of_bits(1)) delta = of_bits(1);
  if (fraction >= delta) {
    buffer[fraction_cursor++] = '.';
    do {
      fraction *= radix;
      delta *= radix;
      int digit = (int)fraction;
      buffer[fraction_cursor++] = radix_digit(digit);
      fraction -= digit;
      if ((fraction > 0.5 || (fraction == 0.5 && (digit & 1))) && fraction + delta > 1) {
        // Rounds up, propagating the carry.
        for (;;) {
          fraction_cursor--;
          if (fraction_cursor == SIZE / 2) {
            integer += 1;
            break;
          }
          int last = radix_value(buffer[fraction_cursor]);
          if (last + 1 < radix) {
            buffer[fraction_cursor++] = radix_digit(last + 1);
            break;
          }
        }
        break;
      }
    } while (fraction >= delta);
  }
  while (integer / radix >= 0x1p53) {
    integer /= radix;
    buffer[--integer_cursor] = '0';
  }
  do {
    double remainder = six_fmod(integer, radix);
    buffer[--integer_cursor] = radix_digit((int)remainder);
    integer = (integer - remainder) / radix;
  } while (integer > 0);
  if (negative) buffer[--integer_cursor] = '-';
  size_t n = (size_t)(fraction_cursor - integer_cursor);
  memcpy(out, buffer + integer_cursor, n);
  out[n] = '\0';
  return n;
}
