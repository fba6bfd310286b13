// node: errors of the operating system and of Node itself, beyond those of node.h.
#ifndef SIX_NODE_NODE_ERRORS_H
#define SIX_NODE_NODE_ERRORS_H

#include "sim/node/node.h"

// The number and the sentence of an errno name: -2 and "no such file or directory" for "ENOENT". 0: unknown.
int six_errno_number(const char *name);
const char *six_errno_text(const char *name);

// An error of a system call, "ENOENT: no such file or directory, open 'x'", with the properties errno, code, syscall, path
// and dest in Node's order. path and dest are UTF-8 or NULL. The stack ends at the caller, as for synchronous calls;
// without_stack leaves only the first line, as for asynchronous ones.
struct six_object *six_node_system_error(struct six_nodejs *node, const char *code, const char *syscall, const char *path, const char *dest,
                                         bool without_stack);

// The error that stands for a rejection whose reason is no error (ERR_UNHANDLED_REJECTION, R91), for 'uncaughtException'
// listeners and for the text on stderr.
six_value six_node_unhandled_rejection(struct six_nodejs *node, six_value reason);

// How Node puts an unhandled rejection's reason into a sentence: a string as it is, "#<Object>", a function's text.
void six_node_describe_reason(struct six_nodejs *node, six_value reason, struct six_text *out);

#endif
