// program: the syntax that has come into the language since the oldest reader of it that anyone simulates. The parser reads
// all of it and notes where each kind is first used, and how a reader without it would complain there.
#ifndef SIX_PROGRAM_SYNTAX_H
#define SIX_PROGRAM_SYNTAX_H

#include "sim/base/diag.h"

// S(name in C, name by which others ask for it)
// clang-format off
#define SIX_SYNTAX(S) \
  S(DETECTED_MODULE, "detected-module") S(OPTIONAL_CHAIN, "optional-chain") S(NULLISH, "nullish") S(LOGICAL_TOKEN, "logical-token") S(LOGICAL_ASSIGN, "logical-assign") \
  S(NUMERIC_SEPARATOR, "numeric-separator") S(OPTIONAL_CATCH, "optional-catch") S(CLASS_FIELD, "class-field") S(PRIVATE, "private") \
  S(PRIVATE_METHOD, "private-method") S(STATIC_BLOCK, "static-block") S(PRIVATE_IN, "private-in") S(ASYNC_GENERATOR, "async-generator") \
  S(FOR_AWAIT, "for-await") S(BIGINT, "bigint") S(REGEXP_D, "regexp-d") S(REGEXP_V, "regexp-v") S(IMPORT_CALL, "import-call") \
  S(IMPORT_META, "import-meta") S(TOP_LEVEL_AWAIT, "top-level-await") S(USING, "using")
// clang-format on

enum six_syntax {
#define S(name, text) SIX_SYNTAX_##name,
  SIX_SYNTAX(S)
#undef S
      SIX_SYNTAX_COUNT
};

struct six_syntax_use {
  struct six_span span;
  const char *complaint;  // "Unexpected token '.'"; NULL: not used
};

#endif
