// node: errors of the operating system and of Node itself, beyond those of node.h.
#ifndef SIX_NODE_NODE_ERRORS_H
#define SIX_NODE_NODE_ERRORS_H

#include "sim/node/node.h"

// The error that stands for a rejection whose reason is no error (ERR_UNHANDLED_REJECTION, R91), for 'uncaughtException'
// listeners and for the text on stderr.
six_value six_node_unhandled_rejection(struct six_nodejs *node, six_value reason);

// How Node puts an unhandled rejection's reason into a sentence: a string as it is, "#<Object>", a function's text.
void six_node_describe_reason(struct six_nodejs *node, six_value reason, struct six_text *out);

#endif
