// machine: an angle of any size less its quarter turns, exactly: x * 2/pi in integers, of which the lowest bits above the
// point are the quadrant and those below it the angle. (fdlibm does the same in doubles of 24 bits.)
#include <math.h>

#include "sim/machine/libm_words.h"

__extension__ typedef unsigned __int128 uint128;

enum { WORDS = 5 };  // of 2/pi that matter: an angle may be as near to a whole quarter as 2^-62, and 117 bits are wanted of it

// The words of 2/pi after the point.
static const uint64_t two_over_pi[] = {
    0xA2F9836E4E441529, 0xFC2757D1F534DDC0, 0xDB6295993C439041, 0xFE5163ABDEBBC561, 0xB7246E3A424DD2E0,
    0x06492EEA09D1921C, 0xFE1DEB1CB129A73E, 0xE88235F52EBB4484, 0xE99C7026B45F7E41, 0x3991D639835339F4,
    0x9C845F8BBDF9283B, 0x1FF897FFDE05980F, 0xEF2F118B5A0A6D1F, 0x6D367ECF27CB09B7, 0x4F463F669E5FEA2D,
    0x7527BAC7EBE5F17B, 0x3D0739F78A5292EA, 0x6BFB5FB11F8D5D08, 0x56033046FC7B6BAB, 0xF0CFBC209AF4361D,
};

// 64 bits of a number of little-endian words, from this bit on; what is beyond either end is 0.
static uint64_t bits_at(const uint64_t *words, int count, int bit) {
  uint64_t low = 0, high = 0;
  int word = (bit + 64 * 64) / 64 - 64, shift = bit - word * 64;
  if (word >= 0 && word < count) low = words[word];
  if (word + 1 >= 0 && word + 1 < count) high = words[word + 1];
  return shift ? low >> shift | high << (64 - shift) : low;
}

struct reduced reduce_large(double x) {
  static const uint128 half_pi = (uint128)0xC90FDAA22168C234 << 64 | 0xC4C6628B80DC1CD1;  // times 2^127
  uint64_t mantissa = (bits_of(x) & 0xFFFFFFFFFFFFF) | 0x10000000000000;
  int exponent = (magnitude(x) >> 20) - 1023 - 52, first = exponent < 2 ? 0 : (exponent - 2) / 64;
  uint64_t product[WORDS + 1];  // the words of 2/pi before the first are whole turns
  uint128 carry = 0;
  for (int i = 0; i < WORDS; i++) {
    carry += (uint128)mantissa * two_over_pi[first + WORDS - 1 - i];
    product[i] = (uint64_t)carry;
    carry >>= 64;
  }
  product[WORDS] = (uint64_t)carry;
  int point = 64 * (first + WORDS) - exponent;
  unsigned quadrant = (unsigned)bits_at(product, WORDS + 1, point) & 3;
  int negative = (int)(bits_at(product, WORDS + 1, point - 64) >> 63);
  if (negative) {  // more than half a quarter: the rest up to the next one
    quadrant++;
    for (int i = 0; i <= WORDS; i++) product[i] = ~product[i];
  }
  int top = point - 64;  // the 64 bits from here on are the first after the point
  while (!(bits_at(product, WORDS + 1, top) >> 63)) top--;
  uint128 fraction = (uint128)bits_at(product, WORDS + 1, top) << 64 | bits_at(product, WORDS + 1, top - 64);
  // Times pi/2: the upper half of the product of two halves each.
  uint64_t a = (uint64_t)(fraction >> 64), b = (uint64_t)fraction, c = (uint64_t)(half_pi >> 64), d = (uint64_t)half_pi;
  uint128 middle = (uint128)a * d + ((uint128)b * d >> 64), other = (uint128)b * c;
  uint128 angle = (uint128)a * c + (middle >> 64) + (other >> 64) + (((uint128)(uint64_t)middle + (uint64_t)other) >> 64);
  int scale = top + 64 - point - 127;
  double head = (double)angle;
  uint128 whole = (uint128)head;
  double tail = angle >= whole ? (double)(angle - whole) : -(double)(whole - angle);
  double sign = (x < 0) != negative ? -1 : 1;
  int turns = (int)(quadrant & 3);
  return (struct reduced){sign * ldexp(head, scale), sign * ldexp(tail, scale), x < 0 ? -turns : turns};
}
