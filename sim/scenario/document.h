// scenario: a JSON document in memory, with the place of every value, and the words for what is wrong in it.
#ifndef SIX_SCENARIO_DOCUMENT_H
#define SIX_SCENARIO_DOCUMENT_H

#include "sim/base/arena.h"
#include "sim/base/diag.h"

enum six_json_type { SIX_JSON_NULL, SIX_JSON_FALSE, SIX_JSON_TRUE, SIX_JSON_NUMBER, SIX_JSON_STRING, SIX_JSON_ARRAY, SIX_JSON_OBJECT };

struct six_json {
  enum six_json_type type;
  double number;
  const char *string;  // UTF-8 without NUL
  const char *key;     // of a member of an object, else NULL
  struct six_span span, key_span;
  const struct six_json *parent;
  struct six_json *first, *next;  // members or elements
  uint32_t count, index;          // children; place among the parent's
};

// Reads a whole document into the arena. NULL with diag set (65): syntax, invalid UTF-8, duplicate keys, nesting over
// cJSON's limit, numbers out of range.
struct six_json *six_json_read(struct six_arena *arena, const char *bytes, size_t length, struct six_diag *diag);

// The member named `key`, or NULL.
const struct six_json *six_json_get(const struct six_json *object, const char *key);
// Appends the value's path: $.program[3].do[0]
void six_json_path(const struct six_json *value, struct six_text *out);
// Records what is wrong with a value: "$.node: ...". Returns false.
bool six_json_fail(struct six_diag *diag, const struct six_json *value, const char *format, ...) __attribute__((format(printf, 3, 4)));
// "a string", "an array", ... for messages.
const char *six_json_kind(const struct six_json *value);

// Of the words in `list`, separated by spaces, the nearest to `word` if it is near; its length or 0.
size_t six_json_nearest(const char *word, const char *list, const char **nearest);
// Whether `word` is one of the list.
bool six_json_is_one_of(const char *word, const char *list);
// Every key of the object is one of `keys`; else the unknown one is reported with its nearest neighbour.
bool six_json_check_keys(struct six_diag *diag, const struct six_json *object, const char *keys);

// ---- Writing (write.c). A document is an object; each of its members begins a line.
void six_json_write(const struct six_json *document, struct six_text *out);
// The fewest digits that read back as the same number: those that a person wrote.
void six_json_write_number(struct six_text *out, double number);

#endif
