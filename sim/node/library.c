#include "sim/node/library.h"

#include <stdlib.h>
#include <string.h>

#include "sim/node/commonjs.h"

// The lines of sim/node/lib/<name>.js, as the build makes them: NULL at the end.
#define L(name) extern const char *const six_library_##name[];
SIX_LIBRARIES(L)
#undef L

static const struct {
  const char *name;
  const char *const *lines;
} rows[SIX_LIBRARY_COUNT] = {
#define L(name) [SIX_LIBRARY_##name] = {#name, six_library_##name},
    SIX_LIBRARIES(L)
#undef L
};

static six_value require_builtin(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  char *name = six_node_utf8(node, six_arg(a, 0), NULL);
  if (!name) return SIX_EXCEPTION;
  six_value exports = six_node_require_builtin(node, name);
  free(name);
  return exports;
}

static struct six_object *made(struct six_nodejs *node) {
  six_value *slot = &node->roots[SIX_ROOT_LIBRARIES];
  if (!six_is_object(*slot)) {
    struct six_object *all = six_array_new(node->m, SIX_LIBRARY_COUNT);
    for (int i = 0; i < SIX_LIBRARY_COUNT; i++) six_array_push(node->m, all, SIX_UNDEFINED);
    *slot = six_object_value(all);
  }
  return six_as_object(*slot);
}

static struct six_object *compile(struct six_nodejs *node, enum six_library library) {
  struct six_text text = {0};
  for (const char *const *line = rows[library].lines; *line; line++) six_text_adds(&text, *line);
  char url[64] = "node:internal/";
  strncat(url, rows[library].name, sizeof url - strlen(url) - 1);
  struct six_object *function = six_commonjs_compile(node, url, text.bytes, text.length, true);
  six_text_done(&text);
  return function;
}

six_value six_library(struct six_nodejs *node, enum six_library library, six_value native) {
  struct six_machine *m = node->m;
  six_value known = made(node)->elements[library];
  if (!six_is_undefined(known)) return known;
  size_t roots = six_roots_mark(m);
  struct six_object *function = compile(node, library);
  if (!function) return SIX_EXCEPTION;
  six_root(m, six_object_value(function));
  six_root(m, native);
  six_value exports = six_object_value(six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype)));
  six_root(m, exports);
  six_value require = six_object_value(six_native_new(m, require_builtin, SIX_ATOM(m, require), 1, SIX_UNDEFINED, SIX_UNDEFINED));
  // The third parameter, `module`, carries the native helpers.
  six_value arguments[5] = {exports, require, native, SIX_UNDEFINED, SIX_UNDEFINED};
  made(node)->elements[library] = exports; // before the call: libraries may need each other
  six_value result = six_call(m, six_object_value(function), SIX_UNDEFINED, 5, arguments);
  six_roots_release(m, roots);
  return six_is_exception(result) ? result : exports;
}

six_value six_library_get(struct six_nodejs *node, enum six_library library, const char *name) {
  six_value exports = six_library(node, library, SIX_UNDEFINED);
  return six_is_exception(exports) ? exports : six_node_getv(node, exports, name);
}
