// machine: what the files of RegExp (ECMA-262 22.2) share.
#ifndef SIX_MACHINE_BUILTINS_REGEXP_PARTS_H
#define SIX_MACHINE_BUILTINS_REGEXP_PARTS_H

#include "sim/machine/machine.h"
#include "sim/machine/regexp.h"

static inline const struct six_regexp_code *six_regexp_code_of(const struct six_regexp *r) {
  return (const struct six_regexp_code *)(const void *)six_as_string(r->code)->u.latin1;
}

// Positions of a match: 2 * group_count. Zero-initialise; done frees.
struct six_captures {
  int32_t small[40];
  int32_t *positions;
};
// Matches from `start`. 1, 0, or -1 with an exception (or the run being stopped).
int six_regexp_match(struct six_machine *m, const struct six_regexp *r, struct six_string *s, uint32_t start, struct six_captures *c);
void six_captures_done(struct six_captures *c);

// The text of a group, or SIX_UNDEFINED.
six_value six_capture_text(struct six_machine *m, struct six_string *s, const int32_t *positions, uint32_t group);
// The groups object of a match, or SIX_UNDEFINED when the pattern names none.
six_value six_capture_groups(struct six_machine *m, const struct six_regexp_code *code, struct six_string *s, const int32_t *positions);

// RegExpExec (22.2.7.1): a match object, SIX_NULL, or SIX_EXCEPTION. [JS]
six_value six_regexp_exec(struct six_machine *m, struct six_object *r, struct six_string *s);
// RegExpBuiltinExec (22.2.7.2). [JS]
six_value six_regexp_builtin_exec(struct six_machine *m, struct six_regexp *r, struct six_string *s);
// A RegExp whose exec, flags and constructor are the built-in ones, so that shortcuts cannot be seen. [JS]
bool six_regexp_is_pristine(struct six_machine *m, six_value v);

uint32_t six_advance_index(const struct six_string *s, uint32_t index, bool unicode);  // AdvanceStringIndex

// For RegExp.$1 and its kin (regexp_legacy.c): what matched last.
void six_regexp_remember(struct six_machine *m, struct six_string *s, const int32_t *positions, uint32_t groups);
extern const struct six_native_def six_regexp_legacy_natives[];
extern const size_t six_regexp_legacy_count;

extern const struct six_native_def six_regexp_symbol_natives[];
extern const size_t six_regexp_symbol_count;
void six_init_regexp_string_iterator(struct six_machine *m);

#endif
