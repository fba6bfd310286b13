// The table of built-in modules: by name, made when first required.
#include <string.h>

#include "sim/node/commonjs.h"

#define M(id, name, first, last) six_value six_module_##id(struct six_nodejs *node);
SIX_MODULES(M)
#undef M

static const struct {
  const char *name;
  six_value (*make)(struct six_nodejs *node);
  int first, last;
} rows[SIX_MODULE_COUNT] = {
#define M(id, name, first, last) [SIX_MODULE_##id] = {name, six_module_##id, first, last},
    SIX_MODULES(M)
#undef M
};

static bool is_there(const struct six_nodejs *node, int i) {
  if (i == SIX_MODULE_timers_promises) return node->rules->cell[SIX_RULE_TIMERS_PROMISES];  // R23
  return node->rules->major >= rows[i].first && node->rules->major <= rows[i].last;
}

int six_builtin_find(struct six_nodejs *node, const char *name) {
  bool prefixed = strncmp(name, "node:", 5) == 0;
  if (prefixed) name += 5;
  for (int i = 0; i < SIX_MODULE_COUNT; i++) {
    if (strcmp(rows[i].name, name) != 0) continue;
    if (!is_there(node, i)) return -1;
    return i == SIX_MODULE_test && !prefixed ? -1 : i;
  }
  return -1;
}

six_value six_node_module(struct six_nodejs *node, enum six_module_id id) {
  six_value exports = node->module_exports[id];
  if (exports != SIX_EMPTY) return exports;
  exports = rows[id].make(node);
  // A module that the making of this one required may have made it too.
  if (!six_is_exception(exports) && node->module_exports[id] == SIX_EMPTY) node->module_exports[id] = exports;
  return six_is_exception(exports) ? exports : node->module_exports[id];
}

six_value six_node_require_builtin(struct six_nodejs *node, const char *name) {
  int row = six_builtin_find(node, name);
  return row < 0 ? SIX_UNDEFINED : six_node_module(node, (enum six_module_id)row);
}
