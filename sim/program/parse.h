// program: the JavaScript reader (ES2023).
#ifndef SIX_PROGRAM_PARSE_H
#define SIX_PROGRAM_PARSE_H

#include "sim/program/ast.h"

enum six_parse_goal {
  SIX_PARSE_SCRIPT,  // CommonJS (.cjs, package without "type")
  SIX_PARSE_MODULE,  // .mjs
  SIX_PARSE_EITHER,  // text that has no name: the same, but whichever Node reads it
  SIX_PARSE_DETECT,  // .js: script, unless it only parses as a module (import/export or top-level await), as Node 22+ tells
};

// Parses `source` (UTF-8; a BOM and a hashbang are skipped). Early errors included (ECMA-262 static semantics), worded
// as V8 words them: message "SyntaxError: Unexpected token ')'" and status 65. A construct outside the supported
// language: status 69. Nesting is limited, never the C stack. Returns NULL with `diag` set on failure.
// The caller frees the result with six_program_free; `source->bytes` is borrowed until then.
struct six_program *six_parse(const struct six_source *source, enum six_parse_goal goal, struct six_diag *diag);

// Where an eval stands, or a function that is made from text: what its text may say.
struct six_eval_context {
  bool is_strict;  // the code around it
  bool allows_new_target, allows_super_property, allows_super_call;
  bool in_field;  // a class's field initialiser: no `arguments`
};

// Parses the text of an eval (ECMA-262 19.2.1.1) under the same terms as six_parse.
struct six_program *six_parse_eval(const struct six_source *source, const struct six_eval_context *context, struct six_diag *diag);

#endif
