// node: ES modules.
#ifndef SIX_NODE_ESM_H
#define SIX_NODE_ESM_H

#include "sim/node/node.h"

// An ES module as the main program: evaluated in a promise job (R46). `path` is its absolute name. [JS]
enum six_outcome six_esm_run_main(struct six_nodejs *node, struct six_object *main, const char *path);
void six_esm_mark(struct six_nodejs *node);
void six_esm_free(struct six_nodejs *node);

#endif
