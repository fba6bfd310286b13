// machine: what the interpreter's dispatch loop shares with its slow paths (interp.c, access_ic.c, operators.c).
#ifndef SIX_MACHINE_INTERP_H
#define SIX_MACHINE_INTERP_H

#include "sim/machine/alloc.h"
#include "sim/machine/bytecode.h"
#include "sim/machine/promise.h"
#include "sim/machine/shape.h"

// Property access through an inline cache that missed: does it, and fills the cache where that is sound. `node` is for messages.
six_value six_ic_get(struct six_machine *m, struct six_ic *ic, six_value object, const struct six_node *node);                      // [JS]
int six_ic_set(struct six_machine *m, struct six_ic *ic, six_value object, six_value v, bool strict, const struct six_node *node);  // [JS]
void six_ic_define(struct six_machine *m, struct six_ic *ic, struct six_object *o, six_value v);
six_value six_ic_get_global(struct six_machine *m, struct six_ic *ic, bool soft);           // [JS]
int six_ic_set_global(struct six_machine *m, struct six_ic *ic, six_value v, bool strict);  // [JS]

// Errors of the language, worded as V8 does from the tree (messages.c). Each returns SIX_EXCEPTION.
six_value six_throw_callee(struct six_machine *m, const struct six_node *call, six_value callee);
six_value six_throw_not_constructor(struct six_machine *m, const struct six_node *call);
// The same of the call of the native function that runs.
six_value six_throw_own_callee(struct six_machine *m, six_value callee);
six_value six_throw_uninitialised(struct six_machine *m, const struct six_node *node);
// Where something is iterated, by what V8's message about one that is not iterable shows.
enum six_iteration_site {
  SIX_ITERATES_SOURCE,         // the expression that a pattern takes apart
  SIX_ITERATES_LOOP,           // the expression that a for-of goes over
  SIX_ITERATES_ELEMENT,        // the expression spread in an array literal
  SIX_ITERATES_ARGUMENT,       // of a call's arguments: the value's kind
  SIX_ITERATES_LAST_ARGUMENT,  // the only spread of a call, at its end: the node is the call
  SIX_ITERATES_VALUE,          // the value's kind
  SIX_ITERATES_YIELD,          // yield* and no expression
  SIX_ITERATES_PROPERTY        // the expression of which a property is taken apart; a pattern: a parameter
};
six_value six_throw_not_iterable(struct six_machine *m, const struct six_node *node, six_value v, six_value method,
                                 enum six_iteration_site site);
// The iterator of `node` has a next that is no function.
six_value six_throw_next(struct six_machine *m, const struct six_node *node, six_value next, enum six_iteration_site site);
// `source`: the expression destructured, NULL for a parameter; nested: a part of an outer pattern.
six_value six_throw_destructure(struct six_machine *m, const struct six_node *pattern, const struct six_node *source, bool nested,
                                six_value v);
void six_render_node(struct six_text *out, const struct six_node *n);  // as V8's CallPrinter shows an expression

// Steps that run rarely enough to be functions (steps.c). They return false or -1 on exception.
bool six_step_open_iterator(struct six_machine *m, six_value *it, six_value iterable, const struct six_node *node,
                            enum six_iteration_site site);
int six_step_next(struct six_machine *m, six_value *it, six_value *value);  // 1, 0 done, -1
void six_step_class_name(struct six_machine *m, struct six_object *class_);
int six_step_dispose(struct six_machine *m, six_value *completion);  // 1 a value to be awaited, 0 done, -1
void six_step_dispose_fail(struct six_machine *m, six_value *completion, six_value error);
bool six_step_close(struct six_machine *m, six_value *it);
void six_step_close_throw(struct six_machine *m, six_value *it);
bool six_step_open_async(struct six_machine *m, six_value *it, six_value iterable, const struct six_node *node);
bool six_step_rest(struct six_machine *m, six_value *it, six_value *array);
int six_step_iterator_return(struct six_machine *m, six_value *it, six_value *result);  // 1 called, 0 none, -1
bool six_step_open_for_in(struct six_machine *m, six_value *it, six_value object);
int six_step_for_in(struct six_machine *m, six_value *it, six_value *key);
bool six_step_array_spread(struct six_machine *m, struct six_object *array, six_value iterable, const struct six_node *node,
                           enum six_iteration_site site);
bool six_step_object_spread(struct six_machine *m, struct six_object *target, six_value source, struct six_object *excluded);
bool six_step_class(struct six_machine *m, six_value *pair, struct six_code *code, struct six_env *env);
bool six_step_run_fields(struct six_machine *m, six_value this_value, six_value constructor);
int six_step_scope_has(struct six_machine *m, six_value object, six_key name);  // 1, 0, -1
six_value six_step_eval(struct six_machine *m, six_value *call, uint32_t argc, const struct six_eval_site *site,
                        const struct six_node *node);
six_value six_step_template_object(struct six_machine *m, struct six_code *code, uint32_t index);
six_value six_step_template(struct six_machine *m, six_value *parts, uint32_t count);
six_value six_step_private_get(struct six_machine *m, six_value object, six_value key);
bool six_step_private_set(struct six_machine *m, six_value object, six_value key, six_value v);
bool six_step_private_add(struct six_machine *m, six_value object, six_value key, six_value v,
                          int kind);  // 0 field, 1 method, 2 getter, 3 setter
int six_step_private_has(struct six_machine *m, six_value object, six_value key);
void six_step_set_name(struct six_machine *m, six_value function, six_value key, uint32_t prefix);
bool six_step_define_accessor(struct six_machine *m, struct six_object *o, six_value key, six_value function, uint32_t flags);
int six_step_star_call(struct six_machine *m, six_value *it);  // 1 called, 0 return is missing, -1
six_value six_step_arguments(struct six_machine *m, const struct six_frame *frame,
                             struct six_env *env);  // env: the mapped parameters', or NULL (arguments.c)
six_value six_step_arguments_array(struct six_machine *m, const six_value *items, uint32_t count);
six_value six_step_super_parent(struct six_machine *m, six_value function, const struct six_node *node);

// Suspending (generator.c).
six_value six_coroutine_suspend(struct six_machine *m, uint16_t result);       // saves the top frame's registers
bool six_await(struct six_machine *m, struct six_coroutine *co, six_value v);  // registers the continuation
six_value six_generator_start(struct six_machine *m, uint16_t reg);            // the generator object of the top frame
void six_async_finish(struct six_machine *m, struct six_coroutine *co, six_value v, bool threw);
// Answers the first request; SIX_EMPTY leaves it to what answers the requests of an ended generator.
void six_async_generator_yield(struct six_machine *m, struct six_coroutine *co, six_value v, bool done);

// Remembers where the pending exception was thrown: machine->thrown. (throw.c)
void six_note_thrown(struct six_machine *m);

#endif
