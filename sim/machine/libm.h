// machine: the transcendental functions of Math, digit for digit as V8 has them. C libraries round a little better than
// V8's fdlibm, but programs print what V8 computes.
#ifndef SIX_MACHINE_LIBM_H
#define SIX_MACHINE_LIBM_H

double six_sin(double x);
double six_cos(double x);
double six_tan(double x);
double six_asin(double x);
double six_acos(double x);
double six_atan(double x);
double six_atan2(double y, double x);
double six_sinh(double x);
double six_cosh(double x);
double six_asinh(double x);
double six_acosh(double x);
double six_tanh(double x);
double six_atanh(double x);
double six_exp(double x);
double six_expm1(double x);
double six_log(double x);
double six_log10(double x);
double six_log1p(double x);
double six_log2(double x);
double six_cbrt(double x);

#endif
