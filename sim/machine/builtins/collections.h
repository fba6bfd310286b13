// machine: Map and Set as C code uses them.
#ifndef SIX_MACHINE_BUILTINS_COLLECTIONS_H
#define SIX_MACHINE_BUILTINS_COLLECTIONS_H

#include "sim/machine/builtins/table.h"

struct six_object *six_map_new(struct six_machine *m);
struct six_object *six_set_new(struct six_machine *m);
void six_map_put(struct six_machine *m, struct six_object *map, six_value key, six_value value);
void six_set_put(struct six_machine *m, struct six_object *set, six_value key);

// Entries of a Map, Set or one of their iterators (what it has left), without running JavaScript: keys and values one
// after the other for pairs. `pairs` says which. A fresh block, not rooted.
struct six_values *six_collection_entries(struct six_machine *m, struct six_object *o, bool *pairs);
double six_collection_size(struct six_object *o);

// Adds what an iterable gives to a fresh collection through its `set` or `add` (23.1.1.2), directly where that is
// `own_adder` and the collection's table takes any key. Roots `o`. false on exception. [JS]
bool six_collection_fill(struct six_machine *m, struct six_object *o, six_value iterable, bool pairs, six_native *own_adder);

// The methods of Set that take another set (set_methods.c), and what group.c gives.
extern const struct six_native_def six_set_method_natives[];
extern const size_t six_set_method_count;
six_value six_object_group_by(struct six_machine *m, const struct six_args *a);
six_value six_map_group_by(struct six_machine *m, const struct six_args *a);

#endif
