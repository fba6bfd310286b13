// machine: what the files of Date (ECMA-262 21.4) share.
#ifndef SIX_MACHINE_BUILTINS_DATE_PARTS_H
#define SIX_MACHINE_BUILTINS_DATE_PARTS_H

#include "sim/machine/machine.h"

enum six_date_width { SIX_WIDTH_ABSENT, SIX_WIDTH_NUMERIC, SIX_WIDTH_TWO_DIGIT, SIX_WIDTH_LONG, SIX_WIDTH_SHORT, SIX_WIDTH_NARROW };

// How a date is written: what the options of toLocaleString and Intl.DateTimeFormat come to.
struct six_date_format {
  char tag[36];
  enum six_date_width weekday, year, month, day, hour, minute, second;
  int fraction_digits;
  enum six_date_width zone_name;
  bool hour24, zero_is_24, styled;
};

// toLocaleDateString and its kin (ECMA-402 11): which fields are there when the options name none. The last: the date, if
// they name no time either.
enum six_date_defaults { SIX_DEFAULT_DATE = 1, SIX_DEFAULT_TIME = 2, SIX_DEFAULT_ALL = 3, SIX_DEFAULT_DATE_ALONE = 5 };

// The text of time value `t`. [JS] `what` names the method. SIX_EXCEPTION
six_value six_date_locale_text(struct six_machine *m, double t, six_value locales, six_value options, enum six_date_defaults defaults,
                               const char *what);

// The same in two steps. [JS] The first is false on exception.
bool six_date_format_read(struct six_machine *m, six_value locales, six_value options, enum six_date_defaults defaults, const char *what,
                          struct six_date_format *f);
six_value six_date_format(struct six_machine *m, const struct six_date_format *f, double t);

#endif
