// machine: exponentials, logarithms and what is made of them, as V8 computes them. The methods and coefficients are those of fdlibm
// (Copyright (C) 1993 by Sun Microsystems, Inc. Permission to use, copy, modify, and distribute this software is freely granted, provided
// that this notice is preserved). The order of the operations decides the last digit, so expressions here must not be rearranged.
#include <math.h>
#include <stdbool.h>

#include "sim/machine/libm.h"
#include "sim/machine/libm_words.h"

static const double LN2_HIGH = 6.93147180369123816490e-01, LN2_LOW = 1.90821492927058770002e-10, LN2 = 6.93147180559945286227e-01;

double six_exp(double x) {
  static const double p[] = {1.66666666666666019037e-01, -2.77777777770155933842e-03, 6.61375632143793436117e-05,
                             -1.65339022054652515390e-06, 4.13813679705723846039e-08};
  int32_t hx = magnitude(x);
  int negative = signbit(x) != 0, k = 0;
  double high = 0, low = 0;
  if (hx >= 0x40862E42) {
    if (x != x) return x;
    if (isinf(x)) return negative ? 0.0 : x;
    if (x > 7.09782712893383973096e+02) return INFINITY;
    if (x < -7.45133219101941108420e+02) return 0;
  }
  if (hx > 0x3FD62E42) {
    if (hx < 0x3FF0A2B2) {
      if (x == 1.0) return 2.718281828459045235360;
      high = x - (negative ? -LN2_HIGH : LN2_HIGH);
      low = negative ? -LN2_LOW : LN2_LOW;
      k = negative ? -1 : 1;
    } else {
      k = (int)(1.44269504088896338700e+00 * x + (negative ? -0.5 : 0.5));
      high = x - k * LN2_HIGH;
      low = k * LN2_LOW;
    }
    x = high - low;
  } else if (hx < 0x3E300000) {
    return 1 + x;
  }
  double t = x * x, c = x - t * polynomial(t, p, 5);
  if (k == 0) return 1 - ((x * c) / (c - 2.0) - x);
  double y = 1 - ((low - (x * c) / (2.0 - c)) - high);
  if (k == 1024) return y * 2.0 * 0x1p1023;
  if (k >= -1021) return y * of_high_word((int32_t)(0x3FF00000 + (int32_t)((uint32_t)k << 20)));
  return y * of_high_word((int32_t)(0x3FF00000 + (int32_t)((uint32_t)(k + 1000) << 20))) * 9.33263618503218878990e-302;
}

double six_expm1(double x) {
  static const double q[] = {1,
                             -3.33333333333331316428e-02,
                             1.58730158725481460165e-03,
                             -7.93650757867487942473e-05,
                             4.00821782732936239552e-06,
                             -2.01099218183624371326e-07};
  int32_t hx = magnitude(x);
  int negative = signbit(x) != 0, k = 0;
  double c = 0;
  if (x != x) return x;
  if (hx >= 0x4043687A) {  // 56 ln 2
    if (negative) return -1;
    if (x > 7.09782712893383973096e+02) return INFINITY;
  }
  if (hx > 0x3FD62E42) {
    double high, low;
    if (hx < 0x3FF0A2B2) {
      high = negative ? x + LN2_HIGH : x - LN2_HIGH;
      low = negative ? -LN2_LOW : LN2_LOW;
      k = negative ? -1 : 1;
    } else {
      k = (int)(1.44269504088896338700e+00 * x + (negative ? -0.5 : 0.5));
      high = x - k * LN2_HIGH;
      low = k * LN2_LOW;
    }
    x = high - low;
    c = (high - x) - low;
  } else if (hx < 0x3C900000) {
    return x;
  }
  double half = 0.5 * x, z = x * half, r = polynomial(z, q, 6), t = 3.0 - r * half, e = z * ((r - t) / (6.0 - x * t));
  if (k == 0) return x - (x * e - z);
  e = x * (e - c) - c;
  e -= z;
  if (k == -1) return 0.5 * (x - e) - 0.5;
  if (k == 1) return x < -0.25 ? -2.0 * (e - (x + 0.5)) : 1 + 2.0 * (x - e);
  double power = of_high_word((int32_t)(0x3FF00000 + (int32_t)((uint32_t)k << 20)));
  if (k <= -2 || k > 56) {
    double y = 1 - (e - x);
    return (k == 1024 ? y * 2.0 * 0x1p1023 : y * power) - 1;
  }
  if (k < 20) return (of_high_word(0x3FF00000 - (int32_t)(0x200000u >> (k & 31))) - (e - x)) * power;
  double y = x - (e + of_high_word((0x3FF - k) << 20));
  return (y + 1) * power;
}

// What is no logarithm of a positive finite number; else 0 < x < Infinity.
static bool log_is_special(double x, double *result) {
  if (x > 0 && !isinf(x)) return false;
  *result = x == 0 ? -INFINITY : x > 0 ? x : NAN;
  return true;
}

// x = 2^k * m: the exponent of x, and what is left of a subnormal one once it is scaled.
static int exponent_of(double *x) {
  int k = 0;
  if (high_word(*x) < 0x00100000) {
    k = -54;
    *x *= 0x1p54;
  }
  return k + (high_word(*x) >> 20) - 1023;
}

// x = 2^k * (1 + f), sqrt(2)/2 < 1 + f < sqrt(2). *hx: the high word's part of x's mantissa.
static double log_reduce(double x, int *k, int32_t *hx) {
  *k = exponent_of(&x);
  *hx = high_word(x) & 0x000FFFFF;
  int32_t i = (*hx + 0x95F64) & 0x100000;
  *k += i >> 20;
  return with_high_word(x, *hx | (i ^ 0x3FF00000)) - 1.0;
}

// The polynomial R of log(1 + f) = f - (f*f/2 - s*(f*f/2 + R)), in z = s*s.
static double log_polynomial(double z) {
  static const double even[] = {3.999999999940941908e-01, 2.222219843214978396e-01, 1.531383769920937332e-01};
  static const double odd[] = {6.666666666666735130e-01, 2.857142874366239149e-01, 1.818357216161805012e-01, 1.479819860511658591e-01};
  double w = z * z;
  return z * polynomial(w, odd, 4) + w * polynomial(w, even, 3);
}

double six_log(double x) {
  double special;
  if (log_is_special(x, &special)) return special;
  int k;
  int32_t hx;
  double f = log_reduce(x, &k, &hx), dk = k;
  if ((0x000FFFFF & (2 + hx)) < 3) {  // |f| < 2^-20
    if (f == 0) return k == 0 ? 0 : dk * LN2_HIGH + dk * LN2_LOW;
    double r = f * f * (0.5 - 0.33333333333333333 * f);
    return k == 0 ? f - r : dk * LN2_HIGH - ((r - dk * LN2_LOW) - f);
  }
  double s = f / (2.0 + f), r = log_polynomial(s * s);
  if (((hx - 0x6147A) | (0x6B851 - hx)) > 0) {
    double half = 0.5 * f * f;
    return k == 0 ? f - (half - s * (half + r)) : dk * LN2_HIGH - ((half - (s * (half + r) + dk * LN2_LOW)) - f);
  }
  return k == 0 ? f - s * (f - r) : dk * LN2_HIGH - ((s * (f - r) - dk * LN2_LOW) - f);
}

double six_log10(double x) {
  static const double ivln10 = 4.34294481903251816668e-01, log10_2_high = 3.01029995663611771306e-01,
                      log10_2_low = 3.69423907715893078616e-13;
  double special;
  if (log_is_special(x, &special)) return special;
  if (x == 1) return 0;
  int k = exponent_of(&x);
  int32_t i = k < 0;
  x = with_high_word(x, (high_word(x) & 0x000FFFFF) | ((0x3FF - i) << 20));
  double y = k + i;
  double z = y * log10_2_low + ivln10 * six_log(x);
  return z + y * log10_2_high;
}

double six_log1p(double x) {
  static const double p[] = {6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01, 2.222219843214978396e-01,
                             1.818357216161805012e-01, 1.531383769920937332e-01, 1.479819860511658591e-01};
  int32_t hx = high_word(x), ax = hx & 0x7FFFFFFF, hu = 1;
  int k = 1;
  double f = 0, c = 0;
  if (x == -1) return -INFINITY;
  if (x < -1 || x != x) return NAN;
  if (isinf(x)) return x;
  if (ax < 0x3E200000) return ax < 0x3C900000 ? x : x - x * x * 0.5;
  if (hx < 0x3FDA827A && (hx > 0 || ax <= 0x3FD2BEC4)) {  // 1 + x is near 1
    k = 0;
    f = x;
  } else {
    double u = hx < 0x43400000 ? 1.0 + x : x;
    hu = high_word(u);
    k = (hu >> 20) - 1023;
    if (hx < 0x43400000) c = (k > 0 ? 1.0 - (u - x) : x - (u - 1.0)) / u;
    hu &= 0x000FFFFF;
    if (hu < 0x6A09E) {
      u = with_high_word(u, hu | 0x3FF00000);
    } else {
      k++;
      u = with_high_word(u, hu | 0x3FE00000);
      hu = (0x00100000 - hu) >> 2;
    }
    f = u - 1.0;
  }
  double half = 0.5 * f * f, dk = k;
  if (hu == 0) {  // |f| < 2^-20
    if (f == 0) return k == 0 ? 0 : dk * LN2_HIGH + (c + dk * LN2_LOW);
    double r = half * (1.0 - 0.66666666666666666 * f);
    return k == 0 ? f - r : dk * LN2_HIGH - ((r - (dk * LN2_LOW + c)) - f);
  }
  double s = f / (2.0 + f), z = s * s, r = z * polynomial(z, p, 7);
  return k == 0 ? f - (half - s * (half + r)) : dk * LN2_HIGH - ((half - (s * (half + r) + (dk * LN2_LOW + c))) - f);
}

double six_log2(double x) {
  static const double inverse_high = 1.44269504072144627571e+00, inverse_low = 1.67517131648865118353e-10;
  double special;
  if (log_is_special(x, &special)) return special;
  if (x == 1) return 0;
  int k;
  int32_t hx;
  double f = log_reduce(x, &k, &hx), half = 0.5 * f * f;
  double s = f / (2.0 + f), r = s * (half + log_polynomial(s * s));
  double high = without_low_word(f - half), low = (f - high) - half + r, y = k;
  double product_high = high * inverse_high, product_low = (low + high) * inverse_low + low * inverse_high;
  double w = y + product_high;
  product_low += (y - w) + product_high;
  return product_low + w;
}

// ---- Hyperbolic functions

double six_sinh(double x) {
  double h = x < 0 ? -0.5 : 0.5, ax = fabs(x);
  if (ax < 22) {
    if (ax < 0x1p-28) return x;
    double t = six_expm1(ax);
    return ax < 1 ? h * (2 * t - t * t / (t + 1)) : h * (t + t / (t + 1));
  }
  if (ax < 709.7822265633562805) return h * six_exp(ax);
  if (ax <= 710.4758600739439) {
    double w = six_exp(0.5 * ax);
    return h * w * w;
  }
  return x * INFINITY;
}

double six_cosh(double x) {
  int32_t ix = magnitude(x);
  double ax = fabs(x);
  if (ix < 0x3FD62E43) {
    double t = six_expm1(ax), w = 1 + t;
    return ix < 0x3C800000 ? w : 1 + (t * t) / (w + w);
  }
  if (ix < 0x40360000) {
    double t = six_exp(ax);
    return 0.5 * t + 0.5 / t;
  }
  if (ix < 0x40862E42) return 0.5 * six_exp(ax);
  if (ax <= 710.4758600739439) {
    double w = six_exp(0.5 * ax);
    return 0.5 * w * w;
  }
  return x != x ? x : INFINITY;
}

double six_asinh(double x) {
  int32_t ix = magnitude(x);
  if (ix >= 0x7FF00000 || ix < 0x3E300000) return x;
  double t = fabs(x), w;
  if (ix > 0x41B00000) w = six_log(t) + LN2;
  else if (ix > 0x40000000) w = six_log(2.0 * t + 1 / (sqrt(x * x + 1) + t));
  else w = six_log1p(t + x * x / (1 + sqrt(1 + x * x)));
  return x > 0 ? w : -w;
}

double six_acosh(double x) {
  if (!(x >= 1)) return NAN;
  int32_t hx = high_word(x);
  if (isinf(x)) return x;
  if (hx >= 0x41B00000) return six_log(x) + LN2;
  if (x == 1) return 0;
  if (hx > 0x40000000) return six_log(2.0 * x - 1 / (x + sqrt(x * x - 1)));
  double t = x - 1;
  return six_log1p(t + sqrt(2.0 * t + t * t));
}

double six_tanh(double x) {
  double ax = fabs(x), z;
  if (x != x || ax < 0x1p-28) return x;
  if (ax >= 22) return x > 0 ? 1 : -1;
  if (ax >= 1) {
    z = 1 - 2 / (six_expm1(2 * ax) + 2);
  } else {
    double t = six_expm1(-2 * ax);
    z = -t / (t + 2);
  }
  return x < 0 ? -z : z;
}

double six_atanh(double x) {
  double ax = fabs(x);
  if (!(ax <= 1)) return NAN;
  if (ax == 1) return x * INFINITY;
  if (ax < 0x1p-28) return x;
  double t = ax + ax, z = 0.5 * six_log1p(ax < 0.5 ? t + t * ax / (1 - ax) : t / (1 - ax));
  return x < 0 ? -z : z;
}
