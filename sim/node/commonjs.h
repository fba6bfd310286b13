// node: CommonJS modules (require, module, exports).
#ifndef SIX_NODE_COMMONJS_H
#define SIX_NODE_COMMONJS_H

#include "sim/node/node.h"

// A Module object, put into the require cache. `id` is "." for the main script; parent: a module or SIX_UNDEFINED.
struct six_object *six_commonjs_module(struct six_nodejs *node, const char *id, const char *filename, six_value parent);
// Calls a compiled script as Node's wrapper does: (exports, require, module, __filename, __dirname), this is module.exports. [JS]
// SIX_EXCEPTION when it threw; else module.exports, with module.loaded set.
six_value six_commonjs_run(struct six_nodejs *node, struct six_object *module, struct six_object *function);
// Forgets a module whose script threw (it may be required again).
void six_commonjs_forget(struct six_nodejs *node, struct six_object *module);
// The exports of the file that `id` names, seen from `parent` (a module object). [JS]
six_value six_commonjs_require(struct six_nodejs *node, struct six_object *parent, six_value id);
// The absolute name of the file that `id` names from the directory `from`; malloc'd. NULL: not found.
char *six_commonjs_resolve(struct six_nodejs *node, const char *from, const char *id);
// Its text, borrowed from the run's files; NULL when it is no readable file.
const char *six_commonjs_text(struct six_nodejs *node, const char *filename, size_t *length);
// The exports of a file by its absolute name, run at the first call. [JS]
six_value six_commonjs_load(struct six_nodejs *node, struct six_object *parent, const char *filename);
// Parses and compiles a file, or a text of the host (which may use what the major cannot read). NULL with an exception.
struct six_object *six_commonjs_compile(struct six_nodejs *node, const char *url, const char *text, size_t length, bool is_host);
// The exception for a text that could not be read or compiled.
void six_throw_diag(struct six_machine *m, const struct six_diag *diag);
// The row of a built-in's name (with or without "node:"), or -1.
int six_builtin_find(struct six_nodejs *node, const char *name);

#endif
