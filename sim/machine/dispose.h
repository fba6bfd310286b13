// machine: resources that are disposed of in the reverse order of their coming (ECMA-262 explicit resource management): what
// `using` declarations and the two stacks have in common.
#ifndef SIX_MACHINE_DISPOSE_H
#define SIX_MACHINE_DISPOSE_H

#include "sim/machine/machine.h"

enum six_disposal {
  SIX_DISPOSE_SYNC,
  SIX_DISPOSE_ASYNC,
  SIX_DISPOSE_PROMISED,  // a sync method where an async one was looked for: its result is not waited for, its error is
  SIX_DISPOSE_WITH,      // the method is called with the value as its argument, without receiver
  SIX_DISPOSE_WITH_ASYNC
};

struct six_object *six_resources_new(struct six_machine *m);
// AddDisposableResource: looks for the method of `v`. false on exception. [JS]
bool six_resources_add(struct six_machine *m, struct six_object *resources, six_value v, bool async);
void six_resources_push(struct six_machine *m, struct six_object *resources, six_value v, six_value method, enum six_disposal how);

// How far a disposal has come: whether it, or what went before it, threw.
struct six_disposing {
  bool threw;
  six_value error;
};
// DisposeResources, up to the next await: 0 nothing is left, 1 *awaited is to be awaited, -1 the run ends. [JS]
int six_resources_dispose(struct six_machine *m, struct six_object *resources, struct six_disposing *d, six_value *awaited);
// Another error: it hides the one before (SuppressedError).
void six_disposing_fail(struct six_machine *m, struct six_disposing *d, six_value error);

#endif
