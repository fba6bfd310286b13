// machine: doubles by their words, as fdlibm takes them apart.
#ifndef SIX_MACHINE_LIBM_WORDS_H
#define SIX_MACHINE_LIBM_WORDS_H

#include <stdint.h>
#include <string.h>

static inline uint64_t bits_of(double d) {
  uint64_t bits;
  memcpy(&bits, &d, sizeof bits);
  return bits;
}
static inline double of_bits(uint64_t bits) {
  double d;
  memcpy(&d, &bits, sizeof d);
  return d;
}
static inline int32_t high_word(double d) { return (int32_t)(bits_of(d) >> 32); }
static inline int32_t magnitude(double d) { return high_word(d) & 0x7FFFFFFF; }
static inline double of_high_word(int32_t high) { return of_bits((uint64_t)(uint32_t)high << 32); }
static inline double with_high_word(double d, int32_t high) { return of_bits((bits_of(d) & 0xFFFFFFFFu) | (uint64_t)(uint32_t)high << 32); }
static inline double without_low_word(double d) { return of_bits(bits_of(d) & 0xFFFFFFFF00000000u); }

// c[0] + z * (c[1] + z * ...), by Horner.
static inline double polynomial(double z, const double *c, int count) {
  double r = c[count - 1];
  for (int i = count - 2; i >= 0; i--) r = c[i] + z * r;
  return r;
}

// An angle less `quadrant` quarters of a turn, in two doubles.
struct reduced {
  double head, tail;
  int quadrant;
};
// For |x| of 2^19 and more, finite.
struct reduced reduce_large(double x);

#endif
