// machine: what the files of built-in objects share.
#ifndef SIX_MACHINE_BUILTINS_BUILTIN_H
#define SIX_MACHINE_BUILTINS_BUILTIN_H

#include "sim/machine/machine.h"

#define SIX_COUNT(array) (sizeof(array) / sizeof((array)[0]))

// A value as V8's messages of built-ins show it: strings without quotes, objects as "#<Object>". UTF-8.
void six_show_value(struct six_machine *m, six_value v, struct six_text *out);
// TypeError `before` + the value as V8 shows it + `after`. Returns SIX_EXCEPTION.
six_value six_throw_type_about(struct six_machine *m, const char *before, six_value v, const char *after);
// false and TypeError "x is not a function" unless callable.
bool six_require_callable(struct six_machine *m, six_value v);
bool six_require_callback(struct six_machine *m, six_value v);  // the same of what an array method calls, in its words
// Throws "Method Map.prototype.get called on incompatible receiver x".
six_value six_throw_receiver(struct six_machine *m, const char *method, six_value receiver);
// Throws V8's default call site, the kind and the value ("number 5", "object", "object null"), followed by `after`.
six_value six_throw_call_site(struct six_machine *m, six_value v, const char *after);
// six_iterator_open that says "number 5 is not iterable (cannot read property Symbol(Symbol.iterator))".
bool six_open_iterable(struct six_machine *m, six_value iterable, struct six_iterator *it);
// Throws what V8 says of an iterator method, a value that is no function, in a static method that takes iterables.
six_value six_throw_found_iterator(struct six_machine *m, six_value method, const char *who);
// The record of `this` when it is an object of the class, else NULL and the TypeError above.
void *six_this_of(struct six_machine *m, const struct six_args *a, enum six_class class_, const char *method);

// o[Symbol.toStringTag] = tag, as all built-in prototypes have it.
void six_define_tag(struct six_machine *m, struct six_object *o, const char *tag);
// constructor[Symbol.species], a getter that returns `this`.
void six_define_species(struct six_machine *m, struct six_object *constructor);
// o[alias] is the same function as o[key].
void six_define_alias(struct six_machine *m, struct six_object *o, six_key alias, six_key key);

// Keeps a block that is not a program's value alive like six_root.
void six_root_values(struct six_machine *m, struct six_values *values);

// The key of an index of an array-like: 0 to 2^53 - 1.
six_key six_key_of_number(struct six_machine *m, double index);

// ToPropertyDescriptor and FromPropertyDescriptor (6.2.6). [JS] The first is false on exception.
bool six_to_descriptor(struct six_machine *m, six_value v, struct six_descriptor *out);
six_value six_from_descriptor(struct six_machine *m, const struct six_descriptor *d);
static inline bool six_descriptor_is_accessor(const struct six_descriptor *d) { return (d->has & (SIX_HAS_GET | SIX_HAS_SET)) != 0; }

// CreateListFromArrayLike (7.3.18): a block of values, rooted, or NULL on exception. [JS]
struct six_values *six_list_from(struct six_machine *m, six_value array_like);

// SetIntegrityLevel (7.3.15): frozen or sealed. -1 on exception. [JS]
int six_set_integrity(struct six_machine *m, struct six_object *o, bool frozen);

// Object.prototype.toString (20.1.3.6) of any value. [JS]
six_value six_object_to_string(struct six_machine *m, six_value v);

// Throws "Function.prototype.apply was called on 1, which is a number and not a function".
six_value six_throw_apply(struct six_machine *m, const char *method, six_value v);

// Error.prototype.toString (20.5.3.4) of an object. [JS]
six_value six_error_to_string(struct six_machine *m, six_value error);

// CreateArrayIterator (23.1.5.1), also for typed arrays.
enum six_array_iteration { SIX_ARRAY_KEYS, SIX_ARRAY_VALUES, SIX_ARRAY_ENTRIES };
six_value six_array_iterator_new(struct six_machine *m, struct six_object *array, enum six_array_iteration kind);

#endif
