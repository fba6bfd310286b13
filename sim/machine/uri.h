// machine: the functions of the global object that code and decode text: encodeURIComponent and its kin, escape, unescape.
#ifndef SIX_MACHINE_URI_H
#define SIX_MACHINE_URI_H

#include "sim/machine/function.h"

#define SIX_URI_NATIVES 6
extern const struct six_native_def six_uri_natives[SIX_URI_NATIVES];

#endif
