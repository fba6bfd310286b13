// machine: what each class of objects, and each kind of cell, gives to the collector and to property access. The table
// of classes is in classes.c; the rooms' files below define the functions. Undefined ones have weak defaults that do nothing.
#ifndef SIX_MACHINE_CLASSES_H
#define SIX_MACHINE_CLASSES_H

#include "sim/machine/machine.h"

// C(name): six_<name>_mark(m, o) marks what the struct refers to beyond shape, slots and elements.
// clang-format off
#define SIX_CLASS_MARKS(C) \
  C(function) C(native) C(bound) C(regexp) C(map) C(set) C(weak_map) C(weak_set) C(weak_ref) C(finalization_registry) C(disposable_stack) \
  C(map_iterator) C(array_iterator) C(string_iterator) C(regexp_string_iterator) C(wrap_iterator) C(iterator_helper) C(intl) C(arguments) \
  C(generator) C(async_from_sync_iterator) C(promise) C(proxy) C(array_buffer) C(typed_array) C(namespace)
// C(name): six_<name>_release(m, o) frees counted memory. It must look at no other cell: that may be gone already.
#define SIX_CLASS_RELEASES(C) \
  C(map) C(set) C(weak_map) C(weak_set) C(finalization_registry) C(array_buffer) C(shared_array_buffer)
// clang-format on

#define C(name) void six_##name##_mark(struct six_machine *m, struct six_object *o);
SIX_CLASS_MARKS(C)
#undef C
#define C(name) void six_##name##_release(struct six_machine *m, struct six_object *o);
SIX_CLASS_RELEASES(C)
#undef C

extern const struct six_exotic six_function_exotic, six_proxy_exotic, six_typed_array_exotic, six_arguments_exotic, six_namespace_exotic;
struct six_object *six_proxy_target(struct six_machine *m, struct six_object *proxy);  // NULL and TypeError when revoked
extern const struct six_exotic six_string_exotic;                                      // boxed strings (exotic.c)
extern const struct six_exotic six_shown_exotic;                                       // SIX_CLASS_SHOWN (shown.c)

// Marking of cells whose layout other files own.
void six_env_mark(struct six_machine *m, struct six_cell *env);              // SIX_CELL_ENV
void six_coroutine_mark(struct six_machine *m, struct six_cell *coroutine);  // SIX_CELL_COROUTINE
void six_reaction_mark(struct six_machine *m, struct six_cell *reaction);    // SIX_CELL_REACTION
void six_mark_interpreter(struct six_machine *m);                            // frames, constants of code, inline caches

// Weak containers (WeakMap, WeakSet, WeakRef, FinalizationRegistry objects) reached in this cycle: six_weak_list. After
// marking, the collector calls six_weak_process(m, false), which marks the values of entries whose keys are marked, again
// until nothing more is reached; then six_weak_process(m, true), which drops the entries with unmarked keys.
void six_weak_process(struct six_machine *m, bool final);
struct six_object **six_weak_list(struct six_machine *m, size_t *count);
bool six_is_marked(const struct six_machine *m, six_value v);  // reached in this cycle; values that are no cells: true

// BigInt operators (bigint.c). binary: also `<` and its like with a BigInt on one side and a number or string on the other.
six_value six_bigint_binary(struct six_machine *m, uint8_t op, six_value a, six_value b);
six_value six_bigint_unary(struct six_machine *m, uint8_t op, six_value v);       // SIX_OP_MINUS, SIX_OP_BIT_NOT
bool six_bigint_equal(struct six_machine *m, six_value bigint, six_value other);  // other: BigInt, number or string
bool six_bigint_is_zero(six_value bigint);
six_value six_bigint_to_string(struct six_machine *m, six_value bigint, int radix);

// Collector and start-up pieces for machine.c.
void six_mark_machine(struct six_machine *m);  // every root of struct six_machine, the host's and the interpreter's
void six_strings_init(struct six_machine *m);  // the intern table, m->atoms, m->symbols, m->single_chars
void six_strings_done(struct six_machine *m);  // frees the table (before six_heap_free)
void six_shapes_done(struct six_machine *m);   // frees the table of root shapes (before six_heap_free)

// Between the files of the heap, strings and shapes.
void six_strings_sweep(struct six_machine *m);                                  // drops unmarked atoms
void six_shapes_sweep(struct six_machine *m);                                   // drops unmarked root shapes
void six_shape_sweep_children(struct six_machine *m, struct six_shape *shape);  // drops unmarked children
struct six_shape *six_shape_root_if_made(struct six_machine *m, const struct six_object *proto);
void six_shape_release(struct six_machine *m, struct six_shape *shape);
void six_props_release(struct six_machine *m, struct six_props *props);
void six_object_release(struct six_machine *m, struct six_object *o);  // slots, elements, the class's part

#endif
