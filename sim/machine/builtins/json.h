// machine: the two halves of JSON (ECMA-262 25.5).
#ifndef SIX_MACHINE_BUILTINS_JSON_H
#define SIX_MACHINE_BUILTINS_JSON_H

#include "sim/machine/machine.h"

// The value of a flat text, or SIX_EXCEPTION with V8's SyntaxError. No JavaScript runs.
six_value six_json_parse(struct six_machine *m, struct six_string *text);

// The same, and what each primitive value of it was written as: arrays [value, text] for these, for objects and arrays
// objects and arrays of the like. Rooted.
six_value six_json_parse_with_sources(struct six_machine *m, struct six_string *text, six_value *sources);

// SerializeJSONProperty with V8's errors. SIX_UNDEFINED for what has no JSON. [JS]
six_value six_json_stringify(struct six_machine *m, six_value value, six_value replacer, six_value space);

#endif
