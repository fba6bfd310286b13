// node: the names that a CommonJS module's text seems to export, as cjs-module-lexer finds them.
#ifndef SIX_NODE_ESM_NAMES_H
#define SIX_NODE_ESM_NAMES_H

#include <stddef.h>

typedef void six_esm_name(void *context, const char *name, size_t length);
void six_esm_scan_names(const char *text, size_t length, six_esm_name *found, void *context);

#endif
