// node: the callbacks that the machine and the loop are given.
#ifndef SIX_NODE_HOST_H
#define SIX_NODE_HOST_H

#include "sim/node/node.h"

// Steps are worth about 4 ns: the default budget ends an endless program within 5 s.
enum { SIX_SLICE = 1 << 20, SIX_STEPS_PER_TASK = 12, SIX_STEPS_PER_TURN = 16 };

extern const struct six_host six_node_host;           // no trace
extern const struct six_host six_node_host_traced;    // order events
extern const struct six_host six_node_host_detailed;  // statements and calls too
extern const struct six_loop_host six_node_loop_host;

// Which queue kept whom waiting, for the message of a spent step budget.
void six_node_explain_starvation(struct six_nodejs *node, struct six_text *out);
// import(specifier): see modules of the language (esm.c).
six_value six_node_import_dynamic(struct six_machine *m, uint32_t source, six_value specifier);
six_value six_node_import_meta(struct six_machine *m, uint32_t source);

#endif
