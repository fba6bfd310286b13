// machine: Proxy objects (ECMA-262 10.5, 28.2).
#ifndef SIX_MACHINE_BUILTINS_PROXY_H
#define SIX_MACHINE_BUILTINS_PROXY_H

#include "sim/machine/machine.h"

struct six_proxy {
  struct six_object object;
  struct six_object *target, *handler;  // NULL when revoked
};

// The target and handler of a proxy; both SIX_NULL when it is revoked.
void six_proxy_parts(struct six_object *proxy, six_value *target, six_value *handler);

#endif
