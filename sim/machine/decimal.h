// machine: exact decimal digits of doubles, for the formatting methods of Number.
#ifndef SIX_MACHINE_DECIMAL_H
#define SIX_MACHINE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>

// A non-negative number 0.d1d2d3... x 10^point; no leading zero digits, count 0 for zero.
struct six_decimal {
  char digits[1100];  // '0'..'9'
  int count;
  int point;
};

// All digits of a finite d >= 0: doubles have an exact decimal expansion.
void six_decimal_exact(double d, struct six_decimal *out);
// The shortest digits that read back as d, from the text of six_number_to_chars.
void six_decimal_shortest(double d, struct six_decimal *out);
// Keeps the digits down to 10^-places (places may be negative), rounding halves up.
void six_decimal_round(struct six_decimal *d, int places);
// Appends d with exactly `places` fraction digits to `out`; returns the length.
size_t six_decimal_fixed(const struct six_decimal *d, int places, char *out);

// Number::toString with a radix of 2 to 36, as V8 computes it. The buffer needs 2200 bytes; returns the length.
size_t six_number_to_radix(double d, int radix, char *out);

#endif
