// machine: what the files of Date (ECMA-262 21.4) share.
#ifndef SIX_MACHINE_BUILTINS_DATE_PARTS_H
#define SIX_MACHINE_BUILTINS_DATE_PARTS_H

#include "sim/machine/machine.h"

// toLocaleDateString and its kin (ECMA-402 11): which fields are there when the options name none.
enum six_date_defaults { SIX_DEFAULT_DATE = 1, SIX_DEFAULT_TIME = 2, SIX_DEFAULT_ALL = 3 };

// The text of time value `t`. [JS] `what` names the method. SIX_EXCEPTION
six_value six_date_locale_text(struct six_machine *m, double t, six_value locales, six_value options, enum six_date_defaults defaults,
                               const char *what);

#endif
