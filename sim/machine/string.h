// machine: strings, symbols and property keys. Strings are Latin-1 or UTF-16; concatenation makes ropes, flattened when
// their text is asked for. Interned strings (atoms) are equal exactly when their pointers are.
#ifndef SIX_MACHINE_STRING_H
#define SIX_MACHINE_STRING_H

#include "sim/base/text.h"
#include "sim/machine/heap.h"

enum { SIX_STRING_WIDE = 1, SIX_STRING_ROPE = 2, SIX_STRING_ATOM = 4, SIX_STRING_NOT_INDEX = 8, SIX_STRING_TAIL = 16 };

#define SIX_STRING_MAX 0x1FFFFFE8u  // V8's; longer: RangeError "Invalid string length"

struct six_string {
  struct six_cell cell;  // flags: SIX_STRING_*
  uint32_t length;       // UTF-16 units
  uint32_t hash;         // 0: not computed yet
  union {
    uint8_t latin1[1];  // without SIX_STRING_WIDE, SIX_STRING_ROPE
    uint16_t wide[1];
    struct {
      struct six_string *left, *right;  // with SIX_STRING_TAIL `right` is a buffer, and may have more text than this string
    } rope;                             // flattening turns it into `flat`
    struct six_string *flat;            // a flattened rope: SIX_STRING_ROPE set, rope.right NULL, text in rope.left
  } u;
};

enum { SIX_PRIVATE_FIELD = 0, SIX_PRIVATE_METHOD = 1, SIX_PRIVATE_GETTER = 2, SIX_PRIVATE_SETTER = 4, SIX_PRIVATE_STATIC = 8 };

struct six_symbol {
  struct six_cell cell;
  uint32_t hash;
  bool is_private;        // a class's #name
  uint8_t private_kind;   // SIX_PRIVATE_*
  bool is_registered;     // Symbol.for
  six_value description;  // string or SIX_UNDEFINED
  six_value owner;        // private names: their class's name, for messages
};

// New strings. Lengths in UTF-16 units; the bytes are copied. utf8: invalid sequences become U+FFFD.
struct six_string *six_string_latin1(struct six_machine *m, const uint8_t *text, size_t length);
struct six_string *six_string_utf16(struct six_machine *m, const uint16_t *text, size_t length);  // narrowed where it can be
struct six_string *six_string_utf8(struct six_machine *m, const char *text, size_t length);
struct six_string *six_string_uninitialized(struct six_machine *m, size_t length, bool wide);  // fill u.latin1 or u.wide
six_value six_str(struct six_machine *m, const char *ascii);                                   // a string value from a C literal
six_value six_strf(struct six_machine *m, const char *format, ...) __attribute__((format(printf, 2, 3)));  // UTF-8

// a + b. SIX_EXCEPTION (RangeError) past SIX_STRING_MAX.
six_value six_string_concat(struct six_machine *m, struct six_string *a, struct six_string *b);

// The same string with its text in one piece; all accessors below take flat strings only.
struct six_string *six_string_flat(struct six_machine *m, struct six_string *s);
static inline bool six_string_is_wide(const struct six_string *s) { return (s->cell.flags & SIX_STRING_WIDE) != 0; }
static inline uint16_t six_string_unit(const struct six_string *s, uint32_t i) {
  return six_string_is_wide(s) ? s->u.wide[i] : s->u.latin1[i];
}
uint32_t six_string_code_point(const struct six_string *s, uint32_t i, uint32_t *units);  // units consumed: 1 or 2
struct six_string *six_string_substring(struct six_machine *m, struct six_string *s, uint32_t start, uint32_t end);  // flattens
bool six_string_equal(struct six_machine *m, struct six_string *a, struct six_string *b);                            // flattens
int six_string_compare(struct six_machine *m, struct six_string *a, struct six_string *b);                           // by units; flattens
uint32_t six_string_hash(struct six_machine *m, struct six_string *s);                                               // flattens
int64_t six_string_index_of(struct six_machine *m, struct six_string *s, struct six_string *what, uint32_t from);    // -1: none
bool six_string_equals_ascii(struct six_machine *m, struct six_string *s, const char *ascii);
void six_string_to_utf8(struct six_machine *m, struct six_string *s, struct six_text *out);  // lone surrogates: U+FFFD

// Builders, for text made piece by piece. Zero-initialise; finish frees it. Grows by doubling; widens when needed.
struct six_builder {
  uint32_t length, capacity;
  bool wide;
  void *units;
};
void six_builder_unit(struct six_machine *m, struct six_builder *b, uint16_t unit);
void six_builder_ascii(struct six_machine *m, struct six_builder *b, const char *ascii);
void six_builder_string(struct six_machine *m, struct six_builder *b, struct six_string *s);
void six_builder_code_point(struct six_machine *m, struct six_builder *b, uint32_t code_point);
six_value six_builder_finish(struct six_machine *m, struct six_builder *b);  // SIX_EXCEPTION when too long
void six_builder_done(struct six_machine *m, struct six_builder *b);         // when not finished

// Interning. The result has SIX_STRING_ATOM. `permanent` ones are never collected (names in compiled code, the atoms).
struct six_string *six_intern(struct six_machine *m, struct six_string *s);
struct six_string *six_intern_utf16(struct six_machine *m, const uint16_t *units, uint32_t length, bool permanent);
struct six_string *six_intern_ascii(struct six_machine *m, const char *ascii, bool permanent);

// Keys. A canonical array index below 2^31-1 becomes a six_int; other strings are interned.
six_key six_key_of_string(struct six_machine *m, struct six_string *s);
static inline six_key six_key_of_index(uint32_t index) { return six_int((int32_t)index); }  // index < 2^31-1
six_value six_key_to_value(struct six_machine *m, six_key key);                             // as a program sees it: a string or a symbol
static inline bool six_key_is_index(six_key key) { return six_is_int(key); }

struct six_symbol *six_symbol_new(struct six_machine *m, six_value description);

// Well-known strings: SIX_ATOM(m, length) is the interned string's value, usable as key and as value.
// Names that are not C identifiers or keywords have an alias: X(default_, "default").
#include "sim/machine/atoms.h"
#define SIX_ATOM(m, name) ((m)->atoms[SIX_ATOM_##name])
// Well-known symbols: SIX_SYMBOL(m, iterator).
#define SIX_SYMBOL(m, name) ((m)->symbols[SIX_SYMBOL_##name])

#endif
