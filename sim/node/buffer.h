// node: Buffer, and bytes to strings and back.
#ifndef SIX_NODE_BUFFER_H
#define SIX_NODE_BUFFER_H

#include "sim/machine/typed_array.h"
#include "sim/node/node.h"

enum six_encoding {
  SIX_ENCODING_UTF8,
  SIX_ENCODING_HEX,
  SIX_ENCODING_BASE64,
  SIX_ENCODING_BASE64URL,
  SIX_ENCODING_LATIN1,
  SIX_ENCODING_ASCII,
  SIX_ENCODING_UTF16,
  SIX_ENCODING_NONE
};

// The encoding of a name as Node knows them ("utf8", "UTF-8", "binary", ...); SIX_ENCODING_NONE otherwise.
enum six_encoding six_encoding_of(struct six_nodejs *node, six_value name);
const char *six_encoding_name(enum six_encoding encoding);

// A Buffer with a copy of the bytes (zeroes for NULL).
six_value six_buffer_new(struct six_nodejs *node, const char *bytes, size_t length);
// A Buffer over a stretch of an ArrayBuffer.
six_value six_buffer_over(struct six_nodejs *node, struct six_array_buffer *buffer, size_t offset, size_t length);
// The bytes of any typed array, DataView or ArrayBuffer; false for other values. Valid until JavaScript runs.
bool six_buffer_bytes(six_value v, uint8_t **bytes, size_t *length);

// Bytes to a string, and a string's bytes appended to `out`.
six_value six_decode(struct six_nodejs *node, const uint8_t *bytes, size_t length, enum six_encoding encoding);
void six_encode(struct six_nodejs *node, struct six_string *s, enum six_encoding encoding, struct six_text *out);

// %Buffer.prototype%.
struct six_object *six_buffer_prototype(struct six_nodejs *node);

#endif
