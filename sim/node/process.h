// node: the process object, shared between its files.
#ifndef SIX_NODE_PROCESS_H
#define SIX_NODE_PROCESS_H

#include "sim/node/node.h"

// Puts what describes the process on it: argv, env, versions, hrtime, memoryUsage, ...
void six_process_describe(struct six_nodejs *node, struct six_object *process);

#endif
