// machine: regular expressions (ECMA-262 22.2). A pattern is compiled to words of bytecode; a backtracking matcher runs
// them over Latin-1 or UTF-16 text. Compiling needs no machine, so the parser can report early errors.
#ifndef SIX_MACHINE_REGEXP_H
#define SIX_MACHINE_REGEXP_H

#include "sim/machine/classes.h"

enum {
  SIX_RE_HAS_INDICES = 1,
  SIX_RE_GLOBAL = 2,
  SIX_RE_IGNORE_CASE = 4,
  SIX_RE_MULTILINE = 8,
  SIX_RE_DOT_ALL = 16,
  SIX_RE_UNICODE = 32,
  SIX_RE_UNICODE_SETS = 64,
  SIX_RE_STICKY = 128,
};

// A name of a capture group: `length` units at `units`, both within the code's words.
struct six_regexp_name {
  uint32_t group;
  uint32_t offset;  // into the code's names (UTF-16 units)
  uint32_t length;
};

// Compiled code: one block of words, position-independent (it lives in a string cell of the heap).
struct six_regexp_code {
  uint32_t flags;
  uint32_t group_count;  // including group 0
  uint32_t register_count;
  uint32_t name_count;   // named groups, in order of their place in the pattern
  uint32_t words;        // length of the program
  uint32_t class_words;  // length of the character class data that follows it
  uint32_t name_units;   // length of the names that follow that
  uint32_t first_valid;  // 1: a match begins with a unit of `first`; 2: a match begins with first_unit
  uint32_t first_unit;
  uint32_t first_other;  // with first_valid 1: units above 255 may begin a match
  uint32_t first[8];     // bits of units 0..255
  uint32_t anchored;     // a match can only begin at 0 (a leading ^ without m)
  uint32_t data[];       // program, classes, struct six_regexp_name[name_count], names (UTF-16 units)
};

// Parses flags; -1 when one is unknown or given twice, or u and v together.
int six_regexp_flags(const uint16_t *flags, uint32_t length);

// Compiles; NULL with V8's sentence in `message` ("Unterminated group") on a bad pattern. `bytes` is the block's size;
// release it with free().
struct six_regexp_code *six_regexp_compile(const uint16_t *pattern, uint32_t length, uint32_t flags, size_t *bytes, char message[256]);

// Early errors (22.2.1.1): whether the literal is well formed; else `message` is the whole sentence as V8 words it,
// "Invalid regular expression: /(/: Unterminated group" or "Invalid regular expression flags".
bool six_regexp_check(const uint16_t *pattern, uint32_t length, const uint16_t *flags, uint32_t flags_length, char message[256]);

// Runs the code over flat `text` of `length` units from `start`. captures has 2 * group_count entries; -1: not matched.
// Tries only at `start` when sticky, else at each later place too. 1 match, 0 none, -1 the run is being stopped
// (fuel), -2 the backtracking stack is full. m may be NULL: no fuel is counted.
int six_regexp_run(struct six_machine *m, const struct six_regexp_code *code, const void *text, bool wide, uint32_t length, uint32_t start,
                   int32_t *captures);

// Structure of RegExp instances. lastIndex is their first property (slot 0).
struct six_regexp {
  struct six_object object;
  six_value source;  // string
  six_value flags;   // string, in the order of the alphabet
  six_value code;    // a Latin-1 string whose bytes are a struct six_regexp_code
};
static inline struct six_regexp *six_as_regexp(struct six_object *o) { return (struct six_regexp *)o; }

// A RegExp of a literal: RegExpCreate with %RegExp%. SyntaxError on a bad pattern. [does not run JavaScript]
six_value six_regexp_new(struct six_machine *m, struct six_string *pattern, struct six_string *flags);
// The source as /source/flags shows it (EscapeRegExpPattern), for console.log and toString.
struct six_string *six_regexp_source(struct six_machine *m, struct six_regexp *r);

#endif
