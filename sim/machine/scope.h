// machine: scopes. A first walk over the tree finds every declaration and which variables closures capture, so that the
// compiler knows for each variable whether it lives in a register or in a heap environment before it emits anything.
#ifndef SIX_MACHINE_SCOPE_H
#define SIX_MACHINE_SCOPE_H

#include "sim/machine/value.h"
#include "sim/program/ast.h"

enum six_var_kind {
  SIX_VAR_VAR,
  SIX_VAR_PARAM,
  SIX_VAR_FUNCTION,
  SIX_VAR_LET,
  SIX_VAR_CONST,
  SIX_VAR_USING,
  SIX_VAR_CLASS,
  SIX_VAR_CATCH,
  SIX_VAR_FUNCTION_NAME,
  SIX_VAR_IMPORT,
  SIX_VAR_PRIVATE,
  SIX_VAR_PSEUDO,
  SIX_VAR_ARGUMENTS,
};

struct six_var {
  const struct six_name *name;
  uint8_t kind;      // enum six_var_kind
  bool captured;     // lives in the scope's environment
  bool needs_check;  // a reference in its own function may come before its initialisation
  uint16_t reg;
  uint32_t slot;
  uint32_t declared_end;           // references from here on in the same scope find it initialised
  six_value value;                 // of a const, once the compiler has seen that it is known; SIX_EMPTY
  const struct six_node *annex_b;  // a sloppy block function that also assigns the function's var
};

struct six_scope {
  struct six_scope *parent;
  struct six_func *func;
  struct six_var **vars;
  uint32_t count, capacity;
  struct six_var **table;  // by name, once count > 8
  uint32_t table_size;
  bool is_switch;
  bool is_used;  // of the expression after `of` or `in`: it names the loop's variables
  bool has_env;
  uint16_t env_reg;  // set by the compiler
  // The variable that holds an object whose properties are variables as well, looked at before what is further out: a
  // with statement's, or of a sloppy function with a direct eval the variables that evals have added. NULL: none.
  struct six_var *dynamic;
};

struct six_func {
  struct six_func *parent;
  struct six_scope *top;                 // of the parameters
  struct six_scope *body;                // of the variables: the same, unless parameters have expressions (10.2.11 step 28)
  const struct six_function_node *node;  // NULL: main, or a class's field initialiser
  bool is_arrow;
  bool is_strict;
  bool is_derived_constructor;
  bool maps_arguments;  // its arguments object is mapped: all parameters are captured
  bool is_outside;      // a function around the eval whose text is compiled
  bool is_eval;         // the text of an eval
};

struct six_scopes {
  struct six_program *program;
  struct six_arena arena;
  struct {
    const void *key;
    void *value;
  } * map;
  uint32_t map_size, map_count;
  struct six_func *main;
  struct six_scope *eval_vars;    // what the text of a sloppy eval declares in the function around it; NULL: no such text
  struct six_scope **eval_sites;  // where direct evals stand
  uint32_t eval_count, eval_capacity;
};

// Names for what is not a variable in the source but resolved like one.
extern const struct six_name six_pseudo_this, six_pseudo_new_target, six_pseudo_home, six_pseudo_callee;
extern const struct six_name six_pseudo_with, six_pseudo_eval;  // of six_scope.dynamic

// `outside`: the scopes around an eval (six_scope_outside), or NULL.
void six_scopes_build(struct six_scopes *scopes, struct six_program *program, struct six_scope *outside);
// A scope of the code around an eval, and a variable in it, which is in its environment.
struct six_scope *six_scope_outside(struct six_scopes *scopes, struct six_scope *parent, bool is_function, bool is_arrow);
struct six_var *six_scope_outside_var(struct six_scopes *scopes, struct six_scope *scope, const struct six_name *name,
                                      enum six_var_kind kind, uint32_t slot);
void six_scopes_done(struct six_scopes *scopes);
// The scope made at a node: a block, for, switch, class; the address of a try statement's `param` field for its catch, of a
// for-of's `right` field for what it goes over.
struct six_scope *six_scope_at(const struct six_scopes *scopes, const void *key);
// A function's: by its six_function_node; a class's field initialiser by &class->members, its static one by &class->super.
struct six_func *six_func_at(const struct six_scopes *scopes, const void *key);
struct six_var *six_scope_find(const struct six_scope *scope, const struct six_name *name);
// The name of a private member as a variable: '#' and its text.
const struct six_name *six_private_name(struct six_program *program, const struct six_name *name);

#endif
