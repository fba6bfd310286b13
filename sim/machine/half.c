#include "sim/machine/half.h"

#include <math.h>

// To a whole number, halves to an even one.
static double to_even(double d) { return d + 0x1p52 - 0x1p52; }

uint16_t six_half_of(double d) {
  uint32_t sign = signbit(d) ? 0x8000u : 0;
  double size = fabs(d);
  if (isnan(d)) return 0x7E00;
  if (size >= 65520) return (uint16_t)(sign | 0x7C00);
  if (size < 0x1p-14) return (uint16_t)(sign | (uint32_t)to_even(size * 0x1p24));  // 1024 of them are the smallest normal number
  int exponent;
  frexp(size, &exponent);
  uint32_t mantissa = (uint32_t)to_even(ldexp(size, 11 - exponent));  // 1024 to 2048, which carries into the exponent
  return (uint16_t)(sign | (((uint32_t)(exponent + 14) << 10) + mantissa - 1024));
}

double six_half_value(uint16_t half) {
  uint32_t exponent = half >> 10 & 31, fraction = half & 1023;
  double size = exponent == 31 ? (fraction ? (double)NAN : (double)INFINITY)
                : exponent     ? ldexp(1024 + fraction, (int)exponent - 25)
                               : ldexp(fraction, -24);
  return half & 0x8000 ? -size : size;
}
