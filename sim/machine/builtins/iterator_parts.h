// machine: what the two files of Iterator share.
#ifndef SIX_MACHINE_BUILTINS_ITERATOR_PARTS_H
#define SIX_MACHINE_BUILTINS_ITERATOR_PARTS_H

#include "sim/machine/builtins/builtin.h"

// GetIteratorDirect's record. Its values are rooted by whoever opens it.
struct six_iteration {
  six_value iterator, next;
};

// `this` as an iterator: false and "Iterator.prototype.map called on non-object" when it is no object. [JS]
bool six_iteration_of_this(struct six_machine *m, const struct six_args *a, const char *method, struct six_iteration *source);
// GetIteratorFlattenable: of an object, or of a string if `strings`. "<method> called on non-object" else. [JS]
bool six_iteration_of(struct six_machine *m, six_value v, bool strings, const char *method, struct six_iteration *source);
// 1 and a rooted value, 0 at the end, -1 exception. [JS]
int six_iteration_next(struct six_machine *m, const struct six_iteration *source, six_value *value);
// IteratorClose after a throw (the pending exception stays), and after a normal completion (false on exception). [JS]
void six_iteration_close_throw(struct six_machine *m, const struct six_iteration *source);
bool six_iteration_close(struct six_machine *m, const struct six_iteration *source);

// The methods that give another iterator (iterator_helper.c), and Iterator.concat.
extern const struct six_native_def six_iterator_helper_natives[];
extern const size_t six_iterator_helper_count;
six_value six_iterator_concat(struct six_machine *m, const struct six_args *a);
void six_init_iterator_helper(struct six_machine *m);

#endif
