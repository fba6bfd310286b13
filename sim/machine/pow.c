// machine: Number::exponentiate as V8 computes it. C libraries round better than V8 does, but programs print what V8
// computes. The method is that of fdlibm's e_pow.c (Copyright (C) 2004 by Sun Microsystems, Inc. Permission to use, copy,
// modify, and distribute this software is freely granted, provided that this notice is preserved):
// log2(x) in two doubles, times y in two doubles, then 2 to that power.
#include "sim/machine/convert.h"
#include "sim/machine/libm_words.h"

struct pair {
  double high, low;
};

// log2(x) for x near 1, when |y| is huge.
static struct pair log2_near_one(double x) {
  double t = x - 1;
  double w = (t * t) * (0.5 - t * (0.3333333333333333333333 - t * 0.25));
  double u = 1.44269502162933349609e+00 * t;
  double v = t * 1.92596299112661746887e-08 - w * 1.44269504088896338700e+00;
  struct pair out;
  out.high = without_low_word(u + v);
  out.low = v - (out.high - u);
  return out;
}

static struct pair log2_of(double x) {
  static const double bp[] = {1.0, 1.5}, dp_h[] = {0.0, 5.84962487220764160156e-01}, dp_l[] = {0.0, 1.35003920212974897128e-08};
  int32_t n = 0, ix = high_word(x);
  if (ix < 0x00100000) {  // subnormal
    x *= 9007199254740992.0;
    n -= 53;
    ix = high_word(x);
  }
  n += (ix >> 20) - 0x3FF;
  int32_t j = ix & 0x000FFFFF;
  ix = j | 0x3FF00000;
  int k = 0;
  if (j <= 0x3988E) {
    k = 0;
  } else if (j < 0xBB67A) {
    k = 1;
  } else {
    n++;
    ix -= 0x00100000;
  }
  x = with_high_word(x, ix);
  double u = x - bp[k], v = 1.0 / (x + bp[k]), ss = u * v, s_h = without_low_word(ss);
  double t_h = with_high_word(0, ((ix >> 1) | 0x20000000) + 0x00080000 + (k << 18));
  double t_l = x - (t_h - bp[k]);
  double s_l = v * ((u - s_h * t_h) - s_h * t_l);
  double s2 = ss * ss;
  double r = s2 * s2 *
             (5.99999999999994648725e-01 +
              s2 * (4.28571428578550184252e-01 +
                    s2 * (3.33333329818377432918e-01 +
                          s2 * (2.72728123808534006489e-01 + s2 * (2.30660745775561754067e-01 + s2 * 2.06975017800338417784e-01)))));
  r += s_l * (s_h + ss);
  s2 = s_h * s_h;
  t_h = without_low_word(3.0 + s2 + r);
  t_l = r - ((t_h - 3.0) - s2);
  u = s_h * t_h;
  v = s_l * t_h + t_l * ss;
  double p_h = without_low_word(u + v), p_l = v - (p_h - u);
  double z_h = 9.61796700954437255859e-01 * p_h;
  double z_l = -7.02846165095275826516e-09 * p_h + p_l * 9.61796693925975554329e-01 + dp_l[k];
  double t = (double)n;
  struct pair out;
  out.high = without_low_word(((z_h + z_l) + dp_h[k]) + t);
  out.low = z_l - (((out.high - t) - dp_h[k]) - z_h);
  return out;
}

// sign * 2^(high + low)
static double exp2_of(double p_h, double p_l, double sign) {
  double z = p_l + p_h;
  int32_t j = high_word(z), i = j & 0x7FFFFFFF;
  uint32_t low = (uint32_t)bits_of(z);
  if (j >= 0x40900000) {  // z >= 1024
    if (((uint32_t)(j - 0x40900000) | low) != 0 || p_l + 8.0085662595372944372e-0017 > z - p_h) return sign * INFINITY;
  } else if (i >= 0x4090CC00) {  // z <= -1075
    if (((uint32_t)j - 0xC090CC00u) | low || p_l <= z - p_h) return sign * 0.0;
  }
  int32_t k = (i >> 20) - 0x3FF, n = 0;
  if (i > 0x3FE00000) {  // |z| > 0.5: n = [z + 0.5]
    n = j + (0x00100000 >> (k + 1));
    k = ((n & 0x7FFFFFFF) >> 20) - 0x3FF;
    double t = with_high_word(0, n & ~(0x000FFFFF >> k));
    n = ((n & 0x000FFFFF) | 0x00100000) >> (20 - k);
    if (j < 0) n = -n;
    p_h -= t;
  }
  double t = without_low_word(p_l + p_h);
  double u = t * 6.93147182464599609375e-01;
  double v = (p_l - (t - p_h)) * 6.93147180559945286227e-01 + t * -1.90465429995776804525e-09;
  z = u + v;
  double w = v - (z - u);
  t = z * z;
  double t1 = z - t * (1.66666666666666019037e-01 +
                       t * (-2.77777777770155933842e-03 +
                            t * (6.61375632143793436117e-05 + t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))));
  double r = (z * t1) / ((t1 - 2.0) - (w + z * w));  // fdlibm subtracts the last term from the quotient: V8 does not
  z = 1.0 - (r - z);
  j = (int32_t)((uint32_t)high_word(z) + ((uint32_t)n << 20));
  z = (j >> 20) <= 0 ? scalbn(z, n) : with_high_word(z, j);
  return sign * z;
}

// 0: not an integer, 1: odd, 2: even.
static int parity(double y) {
  double size = fabs(y);
  if (size >= 9007199254740992.0) return 2;
  if (floor(size) != size) return 0;
  return ((uint64_t)size & 1) ? 1 : 2;
}

static double finite_pow(double x, double y) {
  double ax = fabs(x);
  double sign = x < 0 && parity(y) == 1 ? -1 : 1;
  if (x < 0 && parity(y) == 0) return NAN;
  struct pair log;
  int32_t iy = high_word(y) & 0x7FFFFFFF, ix = high_word(ax);
  if (iy > 0x41E00000) {  // |y| > 2^31
    if (iy > 0x43F00000) {
      if (ix <= 0x3FEFFFFF) return y < 0 ? INFINITY : 0;
      if (ix >= 0x3FF00000) return y > 0 ? INFINITY : 0;
    }
    if (ix < 0x3FEFFFFF) return y < 0 ? sign * INFINITY : sign * 0.0;
    if (ix > 0x3FF00000) return y > 0 ? sign * INFINITY : sign * 0.0;
    log = log2_near_one(ax);
  } else {
    log = log2_of(ax);
  }
  double y1 = without_low_word(y);
  double p_l = (y - y1) * log.high + y * log.low, p_h = y1 * log.high;
  return exp2_of(p_h, p_l, sign);
}

double six_pow(double x, double y) {
  if (y == 0) return 1;
  if (x != x || y != y) return NAN;
  if (isinf(y)) {
    if (x == 1 || x == -1) return NAN;  // unlike C's pow
    return (fabs(x) > 1) == (y > 0) ? INFINITY : 0;
  }
  if (y == 1) return x;
  if (y == 2) return x * x;
  if (y == -1) return 1 / x;
  if (y == 0.5 && x >= 0) return sqrt(x + 0.0);  // -0 gives 0
  if (x == 1) return 1;
  if (x == -1) return parity(y) == 0 ? NAN : parity(y) == 1 ? -1 : 1;
  if (isinf(x) || x == 0) {
    double size = (x == 0) == (y < 0) ? INFINITY : 0;
    return signbit(x) && parity(y) == 1 ? -size : size;
  }
  return finite_pow(x, y);
}
