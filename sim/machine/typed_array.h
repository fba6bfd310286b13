// machine: ArrayBuffer, typed arrays and DataView (ECMA-262 23.2, 25.1, 25.3). Node's Buffer is a Uint8Array too.
#ifndef SIX_MACHINE_TYPED_ARRAY_H
#define SIX_MACHINE_TYPED_ARRAY_H

#include "sim/machine/classes.h"

enum six_element_type {
  SIX_INT8,
  SIX_UINT8,
  SIX_UINT8_CLAMPED,
  SIX_INT16,
  SIX_UINT16,
  SIX_INT32,
  SIX_UINT32,
  SIX_FLOAT16,
  SIX_FLOAT32,
  SIX_FLOAT64,
  SIX_BIGINT64,
  SIX_BIGUINT64,
  SIX_ELEMENT_TYPES
};

// The memory of SharedArrayBuffers, which may be of several machines.
struct six_shared_bytes {
  size_t references;
  size_t length;
  uint8_t bytes[];
};

struct six_array_buffer {  // also SharedArrayBuffer
  struct six_object object;
  struct six_shared_bytes *shared;  // NULL: its own
  uint8_t *bytes;                   // counted memory; NULL when empty or detached
  size_t length;                    // bytes
  size_t max_length;                // resizable buffers; else equal to length
  bool detached;
  bool resizable;
};

struct six_typed_array {  // also DataView (type is SIX_UINT8 then)
  struct six_object object;
  struct six_array_buffer *buffer;
  size_t offset;  // bytes
  size_t length;  // elements (bytes for DataView)
  uint8_t type;   // enum six_element_type
  bool length_tracking;
};

static inline struct six_array_buffer *six_as_array_buffer(struct six_object *o) { return (struct six_array_buffer *)o; }
static inline struct six_typed_array *six_as_typed_array(struct six_object *o) { return (struct six_typed_array *)o; }

// A zeroed buffer with %ArrayBuffer.prototype%.
struct six_object *six_array_buffer_new(struct six_machine *m, size_t length);
static inline bool six_is_buffer(six_value v) {
  return six_is_class(v, SIX_CLASS_ARRAY_BUFFER) || six_is_class(v, SIX_CLASS_SHARED_ARRAY_BUFFER);
}
// Zeroed memory without a reference to it yet; NULL and m->stop when there is not enough.
struct six_shared_bytes *six_shared_bytes_new(struct six_machine *m, size_t length);
struct six_object *six_shared_buffer_new(struct six_machine *m, struct six_shared_bytes *bytes, size_t length, bool growable);
// Takes its bytes from a buffer: its views have none from then on.
void six_array_buffer_detach(struct six_machine *m, struct six_array_buffer *b);
// A typed array over `buffer`; proto NULL: the type's own prototype.
struct six_object *six_typed_array_new(struct six_machine *m, enum six_element_type type, struct six_array_buffer *buffer, size_t offset,
                                       size_t length, struct six_object *proto);
// Elements now within bounds (0 when detached), and where they are.
size_t six_typed_array_length(const struct six_typed_array *a);
uint8_t *six_typed_array_bytes(const struct six_typed_array *a);
size_t six_element_size(enum six_element_type type);
const char *six_element_type_name(enum six_element_type type);                                        // "Int8Array", ...
six_value six_typed_array_get(struct six_machine *m, const struct six_typed_array *a, size_t index);  // index within bounds

#endif
