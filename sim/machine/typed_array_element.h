// machine: single elements of typed arrays and DataView: RawBytesToNumeric and NumericToRawBytes (ECMA-262 25.1.2), little-endian.
#ifndef SIX_MACHINE_TYPED_ARRAY_ELEMENT_H
#define SIX_MACHINE_TYPED_ARRAY_ELEMENT_H

#include "sim/machine/typed_array.h"

six_value six_element_read(struct six_machine *m, enum six_element_type type, const uint8_t *at);
// `numeric` is a number, or a BigInt for the BigInt types.
void six_element_write(enum six_element_type type, uint8_t *at, six_value numeric);
// ToNumber or ToBigInt, by type. [JS] SIX_EXCEPTION
six_value six_element_convert(struct six_machine *m, enum six_element_type type, six_value v);

#endif
