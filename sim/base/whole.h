// base: which doubles are whole numbers, without a call of the mathematical library (compilers call it where they care more
// for size than for speed, and then the program has to load it at its start).
#ifndef SIX_BASE_WHOLE_H
#define SIX_BASE_WHOLE_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

// Infinities are whole, a NaN is not.
static inline bool six_is_whole(double d) { return fabs(d) < 0x1p52 ? (double)(int64_t)d == d : d == d; }

#endif
