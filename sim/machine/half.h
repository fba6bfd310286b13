// machine: half-precision numbers (IEEE 754 binary16), for Math.f16round, Float16Array and DataView.
#ifndef SIX_MACHINE_HALF_H
#define SIX_MACHINE_HALF_H

#include <stdint.h>

// Rounds to the nearest, ties to even.
uint16_t six_half_of(double d);
double six_half_value(uint16_t half);

#endif
