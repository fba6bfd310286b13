// Built-in modules that Node has and we lack: requiring one ends the run with status 69 and its name. Weak: a module's own
// file replaces its row.
#include "sim/node/node.h"

#define ABSENT(id, name)                                                     \
  __attribute__((weak)) six_value six_module_##id(struct six_nodejs *node) { \
    return six_throw_unsupported(node->m, "the module '" name "'");          \
  }
ABSENT(constants, "constants")
ABSENT(punycode, "punycode")
ABSENT(test, "test")
ABSENT(vm, "vm")
ABSENT(wasi, "wasi")
#undef ABSENT
