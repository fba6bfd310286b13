// machine: evaluating text (ECMA-262 19.2.1, 20.2.1.1). What a direct eval must know of the code around it is kept at its
// site when that code is compiled: all its scopes, whose variables are in environments then.
#ifndef SIX_MACHINE_EVAL_H
#define SIX_MACHINE_EVAL_H

#include "sim/machine/machine.h"
#include "sim/program/parse.h"

struct six_name;

struct six_eval_var {
  six_value name;                 // atom; SIX_UNDEFINED: a pseudo variable
  const struct six_name *pseudo;  // six_pseudo_this, ...
  uint32_t slot;
  uint8_t kind;  // enum six_var_kind
  bool needs_check, is_dynamic;
};

struct six_eval_scope {
  uint32_t count;
  struct six_eval_var *vars;
  bool has_env, is_function, is_arrow, is_eval;
};

struct six_eval_site {
  struct six_eval_context context;
  uint32_t count;
  struct six_eval_scope *scopes;  // innermost first
};

void six_eval_site_free(struct six_eval_site *site);

// Runs a text: at a site in an environment (an internal value), or (NULL) as global code. [JS] Its completion value, or
// SIX_EXCEPTION.
six_value six_eval(struct six_machine *m, struct six_string *text, const struct six_eval_site *site, six_value env);

// The function `eval` itself. [JS]
six_value six_global_eval(struct six_machine *m, const struct six_args *a);

// CreateDynamicFunction (20.2.1.1.1): `prefix` is "function", "async function", ... [JS]
six_value six_function_from_text(struct six_machine *m, const struct six_args *a, const char *prefix, enum six_intrinsic_id fallback);

#endif
