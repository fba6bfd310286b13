// node: module util, and what other modules take from it.
#ifndef SIX_NODE_UTIL_H
#define SIX_NODE_UTIL_H

#include "sim/node/inspect.h"
#include "sim/node/node.h"

// Symbol.for('nodejs.util.promisify.custom').
six_value six_util_promisify_symbol(struct six_nodejs *node);
// util.promisify(original). [JS]
six_value six_util_promisify(struct six_nodejs *node, six_value original);
// util.types.
six_value six_util_types(struct six_nodejs *node);
// util.isDeepStrictEqual (strict), assert.deepEqual's comparison (not): 1 equal, 0 not, -1 exception. [JS]
int six_deep_equal(struct six_machine *m, six_value a, six_value b, bool strict);
// new TextEncoder's and TextDecoder's constructors.
six_value six_text_encoder(struct six_nodejs *node);
six_value six_text_decoder(struct six_nodejs *node);

#endif
