// machine: what the files of String (ECMA-262 22.1) share with each other and with RegExp.
#ifndef SIX_MACHINE_BUILTINS_STRING_PARTS_H
#define SIX_MACHINE_BUILTINS_STRING_PARTS_H

#include "sim/machine/machine.h"

// RequireObjectCoercible(this) and ToString: a flat string, rooted if it is fresh; NULL on exception. [JS]
// `method` is the whole name for the message: "String.prototype.at".
struct six_string *six_this_string(struct six_machine *m, const struct six_args *a, const char *method);

// Like six_to_string, and roots what it made. [JS]
struct six_string *six_arg_string(struct six_machine *m, six_value v);

// The string of one unit.
six_value six_unit_string(struct six_machine *m, uint16_t unit);

// GetSubstitution (22.1.3.19.1), appended to `b`. `captures` has `count` strings or SIX_UNDEFINED, without group 0;
// `named` is the groups object or SIX_UNDEFINED. false on exception. [JS] with named groups
bool six_substitute(struct six_machine *m, struct six_builder *b, struct six_string *s, uint32_t position, struct six_string *matched,
                    const six_value *captures, uint32_t count, six_value named, struct six_string *replacement);

// The slice [from, to) of a flat string, appended to `b`.
void six_builder_slice(struct six_machine *m, struct six_builder *b, const struct six_string *s, uint32_t from, uint32_t to);

// Compares as ICU's root collation does for Latin text: -1, 0, 1. level 1 compares base letters only, 2 accents too, 3 all.
enum six_sensitivity { SIX_SENSITIVITY_BASE, SIX_SENSITIVITY_ACCENT, SIX_SENSITIVITY_CASE, SIX_SENSITIVITY_VARIANT };
int six_collate(struct six_machine *m, const struct six_string *a, const struct six_string *b, bool numeric, enum six_sensitivity s);

// The first language tag of `locales` (an argument of a toLocale... method) or "en-US"; false on exception: RangeError on a
// malformed tag. [JS]
bool six_locale_tag(struct six_machine *m, six_value locales, char tag[36]);
// Whether the tag's language is in `languages`, two letters each with a space after: "en de ".
bool six_locale_in(const char *tag, const char *languages);
// Ends the run as unsupported: "<what> with locale <tag>".
six_value six_locale_unsupported(struct six_machine *m, const char *what, const char *tag);

// Rows of the prototype that live in other files.
extern const struct six_native_def six_string_pattern_natives[];
extern const size_t six_string_pattern_count;
extern const struct six_native_def six_string_case_natives[];
extern const size_t six_string_case_count;

#endif
