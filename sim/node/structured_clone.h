// node: the structured clone algorithm (HTML 2.7), as structuredClone and postMessage use it.
#ifndef SIX_NODE_STRUCTURED_CLONE_H
#define SIX_NODE_STRUCTURED_CLONE_H

#include "sim/node/node.h"

// A deep copy. `transfer`: an array of objects that move instead of being copied (ArrayBuffers are detached; other
// host objects stay the same object), or SIX_UNDEFINED. SIX_EXCEPTION with a DataCloneError. [JS] (getters)
six_value six_structured_clone(struct six_nodejs *node, six_value v, six_value transfer);
// The same into another thread's machine, where the copy is not rooted. `ports`: a parallel array to `transfer` of the numbers
// of endpoints (worker.h) where its items are ports. The exception is in `node`'s machine. [JS]
six_value six_clone_between(struct six_nodejs *node, struct six_nodejs *to, six_value v, six_value transfer, six_value ports);

#endif
