// program: the lexer. Turns JavaScript text into tokens, one at a time and on demand, since what a `/` or a `}` begins
// depends on the parser (ECMA-262 12, goal symbols).
#ifndef SIX_PROGRAM_LEX_H
#define SIX_PROGRAM_LEX_H

#include "sim/base/text.h"
#include "sim/program/ast.h"

// Token types with the text V8 shows for them.
// clang-format off
#define SIX_PUNCTUATORS(X)                                                                                             \
  X(LBRACE, "{") X(RBRACE, "}") X(LPAREN, "(") X(RPAREN, ")") X(LBRACK, "[") X(RBRACK, "]") X(DOT, ".")                \
  X(ELLIPSIS, "...") X(SEMICOLON, ";") X(COMMA, ",") X(COLON, ":") X(QUESTION, "?") X(QUESTION_DOT, "?.")              \
  X(ARROW, "=>") X(NOT, "!") X(BIT_NOT, "~") X(INC, "++") X(DEC, "--")                                                 \
  X(NULLISH, "??") X(OR, "||") X(AND, "&&") X(BIT_OR, "|") X(BIT_XOR, "^") X(BIT_AND, "&")                             \
  X(EQ, "==") X(NE, "!=") X(STRICT_EQ, "===") X(STRICT_NE, "!==") X(LT, "<") X(GT, ">") X(LE, "<=") X(GE, ">=")        \
  X(SHL, "<<") X(SHR, ">>") X(USHR, ">>>") X(ADD, "+") X(SUB, "-") X(MUL, "*") X(DIV, "/") X(MOD, "%") X(EXP, "**")    \
  X(ASSIGN, "=") X(ASSIGN_NULLISH, "?\?=") X(ASSIGN_OR, "||=") X(ASSIGN_AND, "&&=") X(ASSIGN_BIT_OR, "|=")             \
  X(ASSIGN_BIT_XOR, "^=") X(ASSIGN_BIT_AND, "&=") X(ASSIGN_SHL, "<<=") X(ASSIGN_SHR, ">>=") X(ASSIGN_USHR, ">>>=")     \
  X(ASSIGN_ADD, "+=") X(ASSIGN_SUB, "-=") X(ASSIGN_MUL, "*=") X(ASSIGN_DIV, "/=") X(ASSIGN_MOD, "%=")                  \
  X(ASSIGN_EXP, "**=")
// clang-format on

// Words that are tokens of their own. Reserved everywhere first; from ASYNC on they may be identifiers in some context.
// clang-format off
#define SIX_KEYWORDS(X)                                                                                                \
  X(BREAK, "break") X(CASE, "case") X(CATCH, "catch") X(CLASS, "class") X(CONST, "const") X(CONTINUE, "continue")      \
  X(DEBUGGER, "debugger") X(DEFAULT, "default") X(DELETE, "delete") X(DO, "do") X(ELSE, "else") X(ENUM, "enum")        \
  X(EXPORT, "export") X(EXTENDS, "extends") X(FALSE, "false") X(FINALLY, "finally") X(FOR, "for")                      \
  X(FUNCTION, "function") X(IF, "if") X(IMPORT, "import") X(IN, "in") X(INSTANCEOF, "instanceof") X(NEW, "new")        \
  X(NULL, "null") X(RETURN, "return") X(SUPER, "super") X(SWITCH, "switch") X(THIS, "this") X(THROW, "throw")          \
  X(TRUE, "true") X(TRY, "try") X(TYPEOF, "typeof") X(VAR, "var") X(VOID, "void") X(WHILE, "while") X(WITH, "with")    \
  X(ASYNC, "async") X(AWAIT, "await") X(LET, "let") X(STATIC, "static") X(YIELD, "yield")                              \
  X(IMPLEMENTS, "implements") X(INTERFACE, "interface") X(PACKAGE, "package") X(PRIVATE, "private")                    \
  X(PROTECTED, "protected") X(PUBLIC, "public")
// clang-format on

// Words that are plain identifiers to the lexer, but that the parser asks for by name.
// clang-format off
#define SIX_WORDS(X)                                                                                                   \
  X(GET, "get") X(SET, "set") X(OF, "of") X(AS, "as") X(FROM, "from") X(TARGET, "target") X(META, "meta")              \
  X(CONSTRUCTOR, "constructor") X(PROTOTYPE, "prototype") X(PROTO, "__proto__") X(EVAL, "eval")                        \
  X(ARGUMENTS, "arguments") X(ASSERT, "assert") X(USING, "using")
// clang-format on

enum six_token_type {
  SIX_T_END,
  SIX_T_ILLEGAL,
  SIX_T_ESCAPED_KEYWORD,          // a reserved word written with a \u escape
  SIX_T_ESCAPED_STRICT_RESERVED,  // let, static, yield, ... written with a \u escape
  SIX_T_IDENTIFIER,
  SIX_T_PRIVATE_NAME,  // .name without the '#'
  SIX_T_NUMBER,
  SIX_T_BIGINT,
  SIX_T_STRING,
  SIX_T_TEMPLATE,  // one part: from ` or } up to ${ or `
  SIX_T_REGEXP,    // .name the pattern, .raw the flags
#define TOKEN(name, text) SIX_T_##name,
  SIX_PUNCTUATORS(TOKEN) SIX_KEYWORDS(TOKEN)
#undef TOKEN
      SIX_T_COUNT,
};

// Names the lexer interns first, so that their ids are these numbers: keywords, then words.
enum six_word {
#define WORD(name, text) SIX_W_##name,
  SIX_KEYWORDS(WORD) SIX_WORDS(WORD)
#undef WORD
      SIX_W_COUNT,
};

struct six_token {
  uint8_t type;         // enum six_token_type
  bool newline_before;  // a line terminator stands between the token before and this one
  bool escaped;         // an identifier or keyword with \u escapes, or a string with any escape or continuation
  bool is_tail;         // TEMPLATE: ends with `
  struct six_span span;
  const struct six_name *name;  // identifiers, keywords, strings, bigints (decimal digits), cooked template (or NULL)
  const struct six_name *raw;   // TEMPLATE: raw text, or NULL where the template does not end; REGEXP: flags
  double number;
  // ILLEGAL: what is wrong, or NULL for the usual sentence. TEMPLATE with a NULL name: the bad escape.
  const char *error;
  struct six_span error_span;
};

struct six_lexer {
  struct six_program *program;
  const char *bytes;
  uint32_t length, at;
  bool allow_html_comments;  // scripts, not modules (ECMA-262 B.1.1)
  // The last legacy octal literal or escape, for strict code to complain about; octal_error is NULL without one.
  const char *octal_error;
  struct six_span octal_span;
  const struct six_name *words[SIX_W_COUNT];
  uint16_t *units;  // scratch
  uint32_t units_count, units_capacity;
  struct six_text digits;  // scratch
};

// Starts reading program->source (at most 2^31 bytes): skips a BOM and a hashbang, interns keywords and words.
void six_lex_init(struct six_lexer *lexer, struct six_program *program, bool is_module);
void six_lex_done(struct six_lexer *lexer);

// Reads the next token. Wherever a `/` stands it is a division, and a `}` is a punctuator.
void six_lex_next(struct six_lexer *lexer, struct six_token *token);

// Reads `token`, a DIV or ASSIGN_DIV, again as the regular expression it begins.
void six_lex_regexp(struct six_lexer *lexer, struct six_token *token);

// Reads `token`, an RBRACE, again as the template part it begins.
void six_lex_template(struct six_lexer *lexer, struct six_token *token);

// A token type's text as messages quote it, e.g. "=>" or "function".
const char *six_token_text(enum six_token_type type);

#endif
