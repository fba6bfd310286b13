// machine: ES modules (ECMA-262 16.2). A compiled module is an async function whose first call makes its environment and
// stops; whoever loads modules (sim/node/esm.c) binds its imports and then evaluates it.
#ifndef SIX_MACHINE_MODULE_H
#define SIX_MACHINE_MODULE_H

#include "sim/machine/machine.h"

struct six_env;
struct six_coroutine;

struct six_module_import {
  const struct six_name *from;
  const struct six_name *external;  // NULL: the namespace object
  uint32_t slot;                    // two slots of the environment from here on
};
struct six_module_export {
  const struct six_name *name;      // as others import it; NULL: `export *`
  const struct six_name *from;      // NULL: own binding in `slot`
  const struct six_name *external;  // with from: the name there; NULL: its namespace
  uint32_t slot;
};
// A module's text as data, made by the compiler. Lives as long as the machine.
struct six_module_info {
  const struct six_name **requests;  // module specifiers in order of appearance, each once
  uint32_t request_count;
  struct six_module_import *imports;
  uint32_t import_count;
  struct six_module_export *exports;
  uint32_t export_count;
};
const struct six_module_info *six_module_info(const struct six_object *main_function);

struct six_module_instance {
  six_value env;  // internal values: keep them rooted (six_mark_value takes them)
  six_value coroutine;
  six_value promise;  // of its evaluation
};
// Calls a compiled module's function up to where imports are bound: functions are hoisted, nothing else has run.
bool six_module_open(struct six_machine *m, struct six_object *main_function, struct six_module_instance *instance);
// import slot -> binding in another environment.
void six_module_bind(six_value env, uint32_t slot, six_value target_env, uint32_t target_slot);
// An environment for a module that is not JavaScript, all slots uninitialised.
six_value six_module_env_new(struct six_machine *m, uint32_t count);
six_value six_module_get(six_value env, uint32_t slot);  // SIX_EMPTY while uninitialised
void six_module_set(six_value env, uint32_t slot, six_value v);
// Runs the body. The promise settles when it is done (at once without top-level await). [JS]
six_value six_module_evaluate(struct six_machine *m, struct six_module_instance *instance);
// A module namespace object (10.4.6): names sorted by code unit, each a live binding. Copies the arrays. `names` are interned strings.
struct six_object *six_namespace_new(struct six_machine *m, const six_value *names, const six_value *envs, const uint32_t *slots,
                                     uint32_t count);

#endif
