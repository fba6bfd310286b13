// machine: numbers as toLocaleString writes them (ECMA-402 15), for English, German and Indian English.
#ifndef SIX_MACHINE_BUILTINS_NUMBER_FORMAT_H
#define SIX_MACHINE_BUILTINS_NUMBER_FORMAT_H

#include "sim/machine/decimal.h"
#include "sim/machine/machine.h"

enum six_number_style { SIX_STYLE_DECIMAL, SIX_STYLE_PERCENT, SIX_STYLE_CURRENCY };

struct six_number_format {
  char tag[36];
  enum six_number_style style;
  char currency[4];
  int min_integer, min_fraction, max_fraction;
  int min_significant, max_significant;  // 0: not asked for
  bool grouping;
};

// Reads locales and options. false on exception; unsupported locales and options end the run. [JS]
bool six_number_format_read(struct six_machine *m, six_value locales, six_value options, const char *what, struct six_number_format *f);
six_value six_number_format(struct six_machine *m, const struct six_number_format *f, double d);
// The same for an integer given by its decimal digits.
six_value six_number_format_digits(struct six_machine *m, const struct six_number_format *f, bool negative, const char *digits,
                                   size_t length);

#endif
