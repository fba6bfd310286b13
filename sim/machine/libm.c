// machine: angles and roots as V8 computes them. The methods and coefficients are those of fdlibm (Copyright (C) 1993 by Sun Microsystems,
// Inc. Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is preserved). The order
// of the operations decides the last digit, so expressions here must not be rearranged.
#include "sim/machine/libm.h"

#include <math.h>

#include "sim/machine/libm_words.h"

static const double PI_HALF_HIGH = 1.57079632679489655800e+00, PI_HALF_LOW = 6.12323399573676603587e-17;

// ---- Reduction to [-pi/4, pi/4]

// Up to about 2^19 pi/2, pi/2 is taken off in up to three pieces of 33 bits.
static struct reduced reduce(double x) {
  static const double pieces[3] = {1.57079632673412561417e+00, 6.07710050630396597660e-11, 2.02226624871116645580e-21};
  static const double tails[3] = {6.07710050650619224932e-11, 2.02226624879595063154e-21, 8.47842766036889956997e-32};
  int32_t ix = magnitude(x);
  struct reduced y = {x, 0, 0};
  if (ix <= 0x3FE921FB) return y;
  if (ix > 0x413921FB) return reduce_large(x);
  if (ix < 0x4002D97C) {  // one quarter turn
    double sign = x > 0 ? 1 : -1, z = x - sign * pieces[0];
    int near = ix == 0x3FF921FB;
    if (near) z -= sign * pieces[1];
    y.head = z - sign * tails[near];
    y.tail = (z - y.head) - sign * tails[near];
    y.quadrant = x > 0 ? 1 : -1;
    return y;
  }
  double t = fabs(x);
  int n = (int)(t * 6.36619772367581382433e-01 + 0.5);
  double fn = n, r = t - fn * pieces[0], w = fn * tails[0];
  y.head = r - w;
  int exponent = ix >> 20;
  static const int enough[2] = {16, 49};
  for (int i = 0; i < 2 && exponent - ((high_word(y.head) >> 20) & 0x7FF) > enough[i]; i++) {
    t = r;
    w = fn * pieces[i + 1];
    r = t - w;
    w = fn * tails[i + 1] - ((t - r) - w);
    y.head = r - w;
  }
  y.tail = (r - y.head) - w;
  y.quadrant = n;
  if (x < 0) {
    y.head = -y.head;
    y.tail = -y.tail;
    y.quadrant = -n;
  }
  return y;
}

static double kernel_sin(double x, double y, int has_tail) {
  static const double s[] = {8.33333333332248946124e-03, -1.98412698298579493134e-04, 2.75573137070700676789e-06,
                             -2.50507602534068634195e-08, 1.58969099521155010221e-10};
  static const double s1 = -1.66666666666666324348e-01;
  if (magnitude(x) < 0x3E400000) return x;
  double z = x * x, v = z * x, r = polynomial(z, s, 5);
  if (!has_tail) return x + v * (s1 + z * r);
  return x - ((z * (0.5 * y - v * r) - y) - v * s1);
}

static double kernel_cos(double x, double y) {
  static const double c[] = {4.16666666666666019037e-02,  -1.38888888888741095749e-03, 2.48015872894767294178e-05,
                             -2.75573143513906633035e-07, 2.08757232129817482790e-09,  -1.13596475577881948265e-11};
  int32_t ix = magnitude(x);
  if (ix < 0x3E400000) return 1;
  double z = x * x, r = z * polynomial(z, c, 6);
  if (ix < 0x3FD33333) return 1 - (0.5 * z - (z * r - x * y));
  double qx = ix > 0x3FE90000 ? 0.28125 : of_high_word(ix - 0x00200000);
  double iz = 0.5 * z - qx, a = 1 - qx;
  return a - (iz - (z * r - x * y));
}

// tan when k is 1, -1/tan when k is -1.
static double kernel_tan(double x, double y, int k) {
  static const double odd[] = {1.33333333333201242699e-01, 2.18694882948595424599e-02, 3.59207910759131235356e-03,
                               5.88041240820264096874e-04, 7.81794442939557092300e-05, -1.85586374855275456654e-05};
  static const double even[] = {5.39682539762260521377e-02, 8.86323982359930005737e-03, 1.45620945432529025516e-03,
                                2.46463134818469906812e-04, 7.14072491382608190305e-05, 2.59073051863633712884e-05};
  int32_t hx = high_word(x), ix = hx & 0x7FFFFFFF;
  if (ix < 0x3E300000) {
    if (x == 0 && k == -1) return 1 / fabs(x);
    return k == 1 ? x : -1 / x;
  }
  int is_large = ix >= 0x3FE59428;
  if (is_large) {
    if (x < 0) {
      x = -x;
      y = -y;
    }
    double z = 7.85398163397448278999e-01 - x, w = 3.06161699786838301793e-17 - y;
    x = z + w;
    y = 0;
  }
  double z = x * x, w = z * z;
  double r = polynomial(w, odd, 6), v = z * polynomial(w, even, 6), s = z * x;
  r = y + z * (s * (r + v) + y);
  r += 3.33333333333334091986e-01 * s;
  w = x + r;
  if (is_large) {
    double turn = k;
    return (1 - ((hx >> 30) & 2)) * (turn - 2.0 * (x - (w * w / (w + turn) - r)));
  }
  if (k == 1) return w;
  // -1 / (x + r), with care.
  z = without_low_word(w);
  v = r - (z - x);
  double a = -1.0 / w, t = without_low_word(a);
  s = 1.0 + t * z;
  return t + a * (s + t * v);
}

double six_sin(double x) {
  if (!isfinite(x)) return NAN;
  if (magnitude(x) <= 0x3FE921FB) return kernel_sin(x, 0, 0);
  struct reduced y = reduce(x);
  switch (y.quadrant & 3) {
    case 0: return kernel_sin(y.head, y.tail, 1);
    case 1: return kernel_cos(y.head, y.tail);
    case 2: return -kernel_sin(y.head, y.tail, 1);
    default: return -kernel_cos(y.head, y.tail);
  }
}

double six_cos(double x) {
  if (!isfinite(x)) return NAN;
  if (magnitude(x) <= 0x3FE921FB) return kernel_cos(x, 0);
  struct reduced y = reduce(x);
  switch (y.quadrant & 3) {
    case 0: return kernel_cos(y.head, y.tail);
    case 1: return -kernel_sin(y.head, y.tail, 1);
    case 2: return -kernel_cos(y.head, y.tail);
    default: return kernel_sin(y.head, y.tail, 1);
  }
}

double six_tan(double x) {
  if (!isfinite(x)) return NAN;
  if (magnitude(x) <= 0x3FE921FB) return kernel_tan(x, 0, 1);
  struct reduced y = reduce(x);
  return kernel_tan(y.head, y.tail, 1 - ((y.quadrant & 1) << 1));
}

// ---- Inverses

// The rational approximation of (asin(x) - x) / x^3 times x^2, of t = x^2.
static double asin_ratio(double t) {
  static const double p[] = {1.66666666666666657415e-01,  -3.25565818622400915405e-01, 2.01212532134862925881e-01,
                             -4.00555345006794114027e-02, 7.91534994289814532176e-04,  3.47933107596021167570e-05};
  static const double q[] = {1.0, -2.40339491173441421878e+00, 2.02094576023350569471e+00, -6.88283971605453293030e-01,
                             7.70381505559019352791e-02};
  return t * polynomial(t, p, 6) / polynomial(t, q, 5);
}

double six_asin(double x) {
  int32_t ix = magnitude(x);
  double a = fabs(x);
  if (!(a <= 1)) return NAN;
  if (a == 1) return x * PI_HALF_HIGH + x * PI_HALF_LOW;
  if (ix < 0x3FE00000) return ix < 0x3E400000 ? x : x + x * asin_ratio(x * x);
  double t = (1 - a) * 0.5, r = asin_ratio(t), s = sqrt(t), result;
  if (ix >= 0x3FEF3333) {
    result = PI_HALF_HIGH - (2.0 * (s + s * r) - PI_HALF_LOW);
  } else {
    double w = without_low_word(s), c = (t - w * w) / (s + w);
    double p = 2.0 * s * r - (PI_HALF_LOW - 2.0 * c), q = 7.85398163397448278999e-01 - 2.0 * w;
    result = 7.85398163397448278999e-01 - (p - q);
  }
  return x > 0 ? result : -result;
}

double six_acos(double x) {
  int32_t ix = magnitude(x);
  if (!(fabs(x) <= 1)) return NAN;
  if (fabs(x) == 1) return x > 0 ? 0.0 : 3.14159265358979311600e+00 + 2.0 * PI_HALF_LOW;
  if (ix < 0x3FE00000) {
    if (ix <= 0x3C600000) return PI_HALF_HIGH + PI_HALF_LOW;
    return PI_HALF_HIGH - (x - (PI_HALF_LOW - x * asin_ratio(x * x)));
  }
  double z = (1 - fabs(x)) * 0.5, s = sqrt(z), r = asin_ratio(z);
  if (x < 0) return 3.14159265358979311600e+00 - 2.0 * (s + (r * s - PI_HALF_LOW));
  double df = without_low_word(s), c = (z - df * df) / (s + df);
  return 2.0 * (df + (r * s + c));
}

double six_atan(double x) {
  static const double high[] = {4.63647609000806093515e-01, 7.85398163397448278999e-01, 9.82793723247329054082e-01,
                                1.57079632679489655800e+00};
  static const double low[] = {2.26987774529616870924e-17, 3.06161699786838301793e-17, 1.39033110312309984516e-17,
                               6.12323399573676603587e-17};
  static const double even[] = {3.33333333333329318027e-01, 1.42857142725034663711e-01, 9.09088713343650656196e-02,
                                6.66107313738753120669e-02, 4.97687799461593236017e-02, 1.62858201153657823623e-02};
  static const double odd[] = {-1.99999999998764832476e-01, -1.11111104054623557880e-01, -7.69187620504482999495e-02,
                               -5.83357013379057348645e-02, -3.65315727442169155270e-02};
  int32_t ix = magnitude(x);
  int negative = signbit(x) != 0, id = -1;
  if (x != x) return x;
  if (ix >= 0x44100000) return negative ? -high[3] - low[3] : high[3] + low[3];
  if (ix < 0x3FDC0000) {
    if (ix < 0x3E400000) return x;
  } else {
    x = fabs(x);
    if (ix < 0x3FE60000) {
      id = 0;
      x = (2.0 * x - 1) / (2.0 + x);
    } else if (ix < 0x3FF30000) {
      id = 1;
      x = (x - 1) / (x + 1);
    } else if (ix < 0x40038000) {
      id = 2;
      x = (x - 1.5) / (1 + 1.5 * x);
    } else {
      id = 3;
      x = -1.0 / x;
    }
  }
  double z = x * x, w = z * z, s1 = z * polynomial(w, even, 6), s2 = w * polynomial(w, odd, 5);
  if (id < 0) return x - x * (s1 + s2);
  z = high[id] - ((x * (s1 + s2) - low[id]) - x);
  return negative ? -z : z;
}

double six_atan2(double y, double x) {
  static const double pi = 3.1415926535897931160e+00, pi_low = 1.2246467991473531772e-16;
  if (x != x || y != y) return NAN;
  if (x == 1) return six_atan(y);
  int m = (signbit(y) != 0) | (signbit(x) != 0) << 1;
  double z;
  if (y == 0 || (isinf(x) && !isinf(y))) return m == 0 ? 0.0 : m == 1 ? -0.0 : m == 2 ? pi : -pi;
  if (isinf(x) && isinf(y)) {
    z = m < 2 ? pi / 4 : 3 * (pi / 4);
    return m & 1 ? -z : z;
  }
  if (x == 0 || isinf(y)) return m & 1 ? -PI_HALF_HIGH : PI_HALF_HIGH;
  int k = (magnitude(y) - magnitude(x)) >> 20;
  if (k > 60) {
    z = PI_HALF_HIGH + 0.5 * pi_low;
    m &= 1;
  } else if (x < 0 && k < -60) {
    z = 0;
  } else {
    z = six_atan(fabs(y / x));
  }
  switch (m) {
    case 0: return z;
    case 1: return -z;
    case 2: return pi - (z - pi_low);
    default: return (z - pi_low) - pi;
  }
}

// ---- Roots

double six_cbrt(double x) {
  static const uint32_t b1 = 715094163, b2 = 696219795;
  uint32_t hx = (uint32_t)magnitude(x), sign = (uint32_t)(bits_of(x) >> 32) & 0x80000000u;
  if (hx >= 0x7FF00000 || x == 0) return x;
  double t;
  if (hx < 0x00100000) {  // subnormal
    t = 0x1p54 * x;
    t = of_bits((uint64_t)(sign | (((uint32_t)magnitude(t)) / 3 + b2)) << 32);
  } else {
    t = of_bits((uint64_t)(sign | (hx / 3 + b1)) << 32);
  }
  double r = (t * t) * (t / x);
  t = t * ((1.87595182427177009643 + r * (-1.88497979543377169875 + r * 1.621429720105354466140)) +
           ((r * r) * r) * (-0.758397934778766047437 + r * 0.145996192886612446982));
  // To 23 bits, rounded away from zero, so that the last step is exact enough.
  t = of_bits((bits_of(t) + 0x80000000u) & 0xFFFFFFFFC0000000u);
  double s = t * t;
  r = x / s;
  double w = t + t;
  r = (r - t) / (w + r);
  return t + t * r;
}
