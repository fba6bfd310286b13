// machine: BigInts (ECMA-262 6.1.6.2, 21.2), sign and magnitude, of any size up to V8's limit of 2^30 bits.
#ifndef SIX_MACHINE_BIGINT_H
#define SIX_MACHINE_BIGINT_H

#include "sim/machine/classes.h"

struct six_bigint {
  struct six_cell cell;
  bool negative;      // never for zero
  uint32_t count;     // digits, without leading zeros; 0 is zero
  uint32_t digits[];  // least significant first
};
static inline struct six_bigint *six_as_bigint(six_value v) { return (struct six_bigint *)six_as_pointer(v); }

six_value six_bigint_from_decimal(struct six_machine *m, const char *digits);  // digits only, from the parser; also 0x, 0o, 0b
six_value six_bigint_from_int64(struct six_machine *m, int64_t i);
six_value six_bigint_from_uint64(struct six_machine *m, uint64_t i);
six_value six_bigint_from_double(struct six_machine *m, double integral);  // the number must be an integer
// StringToBigInt: SIX_UNDEFINED when the text is not one.
six_value six_bigint_parse(struct six_machine *m, struct six_string *s);
// ToBigInt (7.1.13). [JS] TypeError or SyntaxError as V8 words them.
six_value six_to_bigint(struct six_machine *m, six_value v);

// The operators six_bigint_binary, six_bigint_unary, six_bigint_equal and six_bigint_to_string are declared in classes.h.

int six_bigint_compare(six_value a, six_value b);      // two BigInts: -1, 0, 1
int six_bigint_compare_number(six_value a, double b);  // -1, 0, 1; 2 when b is NaN
double six_bigint_to_double(six_value v);              // rounded to nearest, ties to even
uint64_t six_bigint_to_uint64(six_value v);            // modulo 2^64

#endif
