// The lazy globals of Node: made when the program first reads their name.
#include <string.h>

#include "sim/node/node.h"

#define G(name, first, enumerable) six_value six_global_##name(struct six_nodejs *node) __attribute__((weak));
SIX_GLOBALS(G)
#undef G

static const struct {
  const char *name;
  six_value (*make)(struct six_nodejs *node);
  int first;
  bool enumerable;
} rows[SIX_GLOBAL_COUNT] = {
#define G(name, first, enumerable) [SIX_GLOBAL_##name] = {#name, six_global_##name, first, enumerable},
    SIX_GLOBALS(G)
#undef G
};

static six_value make(struct six_nodejs *node, int row) {
  six_value *slot = &node->globals[row];
  if (*slot != SIX_EMPTY) return *slot;
  if (!rows[row].make) return six_throw_unsupported(node->m, rows[row].name);
  six_value made = rows[row].make(node);
  if (!six_is_exception(made)) *slot = made;
  return made;
}

static int find(const struct six_nodejs *node, const char *name, size_t length) {
  for (int i = 0; i < SIX_GLOBAL_COUNT; i++)
    if (strlen(rows[i].name) == length && memcmp(rows[i].name, name, length) == 0) return node->rules->major >= rows[i].first ? i : -1;
  return -1;
}

six_value six_node_original_global(struct six_nodejs *node, const char *name) {
  int row = find(node, name, strlen(name));
  return row < 0 ? SIX_UNDEFINED : make(node, row);
}

bool six_node_global_missing(struct six_machine *m, six_key key) {
  struct six_nodejs *node = six_node_of(m);
  if (!six_is_string(key)) return false;
  const struct six_string *name = six_as_string(key);
  if (name->length > 24 || (name->cell.flags & (SIX_STRING_WIDE | SIX_STRING_ROPE))) return false;
  int row = find(node, (const char *)name->u.latin1, name->length);
  if (row < 0) return false;
  size_t roots = six_roots_mark(m);
  six_value made = make(node, row);
  six_roots_release(m, roots);
  if (six_is_exception(made)) return false;
  six_define(m, six_intrinsic(m, SIX_I_Global), key, made, rows[row].enumerable ? SIX_DATA_ALL : SIX_HIDDEN);
  return true;
}

six_value six_global_global(struct six_nodejs *node) { return six_object_value(six_intrinsic(node->m, SIX_I_Global)); }
