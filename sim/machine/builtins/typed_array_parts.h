// machine: what the files of typed arrays share.
#ifndef SIX_MACHINE_BUILTINS_TYPED_ARRAY_PARTS_H
#define SIX_MACHINE_BUILTINS_TYPED_ARRAY_PARTS_H

#include "sim/machine/machine.h"
#include "sim/machine/typed_array.h"

#define SIX_BUFFER_LIMIT 4294967296.0  // bytes

// ToIntegerOrInfinity with undefined as 0, for ToIndex; the caller checks the range. false on exception. [JS]
bool six_to_index(struct six_machine *m, six_value v, double *out);
// A relative index clamped to [0, length]. false on exception. [JS]
bool six_relative_index(struct six_machine *m, six_value v, double length, double fallback, double *out);

// What a buffer's constructor is asked for. `room`: options.maxByteLength, or its length. false on exception. [JS]
struct six_buffer_request {
  struct six_object *prototype;
  size_t length, room;
  bool resizable;
};
bool six_buffer_asked(struct six_machine *m, const struct six_args *a, const char *name, enum six_intrinsic_id prototype,
                      struct six_buffer_request *asked);
// false and "Cannot perform <method> on a detached ArrayBuffer".
bool six_require_attached(struct six_machine *m, const struct six_array_buffer *b, const char *method);
// Uint8Array's methods for base64 and hexadecimal text (base64.c).
void six_define_base64(struct six_machine *m, struct six_object *constructor, struct six_object *prototype);
// ValidateTypedArray: NULL and a TypeError when it is none.
struct six_typed_array *six_validate_typed_array(struct six_machine *m, six_value v);
// TypedArraySpeciesCreate with a length: rooted; NULL on exception. [JS]
struct six_typed_array *six_typed_array_species(struct six_machine *m, struct six_typed_array *like, int argc, const six_value *argv);
// A fresh array of the same type, not by species.
struct six_typed_array *six_typed_array_like(struct six_machine *m, const struct six_typed_array *like, size_t length);
// Writes a converted value, if the index is within bounds. [JS] false on exception
bool six_typed_array_set(struct six_machine *m, struct six_typed_array *a, size_t index, six_value v);

void six_init_typed_array_constructors(struct six_machine *m);
extern const struct six_native_def six_typed_array_natives[];
extern const size_t six_typed_array_native_count;

#endif
