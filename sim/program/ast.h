// program: the abstract syntax tree. JavaScript text and JSON operations are both lowered to it; the printer and the
// compiler read it. Names follow ESTree and ECMA-262. All nodes live in the program's arena.
#ifndef SIX_PROGRAM_AST_H
#define SIX_PROGRAM_AST_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/base/arena.h"
#include "sim/base/diag.h"
#include "sim/program/syntax.h"

// A string of UTF-16 units as the language sees it. Interned per program: equal names have equal pointers.
struct six_name {
  uint32_t length;
  uint32_t hash;
  const uint16_t *units;
  uint32_t id;  // running number within the program's name table, from 0
};

struct six_nodes {  // a list; `items` is in the arena; a NULL item is a hole (array literals and patterns)
  struct six_node **items;
  uint32_t count;
};

enum six_node_type {
  // Expressions
  SIX_N_IDENTIFIER,  // .name
  SIX_N_NUMBER,      // .number
  SIX_N_STRING,      // .name
  SIX_N_BIGINT,      // .name: decimal digits, without the n
  SIX_N_REGEXP,      // .regexp
  SIX_N_TEMPLATE,    // .template (untagged)
  SIX_N_TAGGED,      // .tagged
  SIX_N_NULL,
  SIX_N_TRUE,
  SIX_N_FALSE,
  SIX_N_THIS,
  SIX_N_SUPER,  // only as the object of a member or the callee of a call
  SIX_N_NEW_TARGET,
  SIX_N_IMPORT_META,
  SIX_N_ARRAY,         // .list; items: NULL hole, SIX_N_SPREAD, expression
  SIX_N_OBJECT,        // .list; items: SIX_N_PROPERTY, SIX_N_SPREAD
  SIX_N_PROPERTY,      // .property
  SIX_N_FUNCTION,      // .function (expression)
  SIX_N_ARROW,         // .function
  SIX_N_CLASS,         // .class_ (expression)
  SIX_N_UNARY,         // .unary: op one of ! ~ + - typeof void delete
  SIX_N_UPDATE,        // .unary: op SIX_OP_INC or SIX_OP_DEC; prefix
  SIX_N_BINARY,        // .binary: arithmetic, comparison, in, instanceof; `#x in o` has left SIX_N_PRIVATE_NAME
  SIX_N_LOGICAL,       // .binary: && || ??
  SIX_N_ASSIGN,        // .binary: op SIX_OP_NONE is plain `=`; else the compound operator, also && || ??
  SIX_N_CONDITIONAL,   // .conditional
  SIX_N_CALL,          // .call
  SIX_N_NEW,           // .call
  SIX_N_IMPORT_CALL,   // .unary.argument: import(x)
  SIX_N_MEMBER,        // .member
  SIX_N_OPTIONAL,      // .unary.argument: an entire optional chain (the ends of ?. short circuits)
  SIX_N_SEQUENCE,      // .list
  SIX_N_SPREAD,        // .unary.argument, in arrays, objects and arguments
  SIX_N_YIELD,         // .unary.argument or NULL; flag delegate in .unary.prefix
  SIX_N_AWAIT,         // .unary.argument
  SIX_N_PRIVATE_NAME,  // .name without the '#'

  // Patterns (binding and assignment); identifiers and members may stand for themselves
  SIX_N_ARRAY_PATTERN,   // .list; items: NULL hole, pattern, SIX_N_REST (last)
  SIX_N_OBJECT_PATTERN,  // .list; items: SIX_N_PROPERTY whose value is a pattern, SIX_N_REST (last)
  SIX_N_DEFAULT,         // .binary: left pattern, right initialiser
  SIX_N_REST,            // .unary.argument: pattern

  // Statements
  SIX_N_VAR,            // .declaration
  SIX_N_FUNCTION_DECL,  // .function
  SIX_N_CLASS_DECL,     // .class_
  SIX_N_EXPRESSION,     // .unary.argument
  SIX_N_BLOCK,          // .list
  SIX_N_EMPTY,
  SIX_N_IF,        // .conditional (alternate may be NULL)
  SIX_N_FOR,       // .for_
  SIX_N_FOR_IN,    // .for_in
  SIX_N_FOR_OF,    // .for_in
  SIX_N_WHILE,     // .loop
  SIX_N_DO_WHILE,  // .loop
  SIX_N_WITH,      // .loop: test is the object
  SIX_N_RETURN,    // .unary.argument or NULL
  SIX_N_BREAK,     // .jump
  SIX_N_CONTINUE,  // .jump
  SIX_N_THROW,     // .unary.argument
  SIX_N_TRY,       // .try_
  SIX_N_SWITCH,    // .switch_
  SIX_N_CASE,      // .case_; only in a switch
  SIX_N_LABELED,   // .labeled
  SIX_N_DEBUGGER,

  // Modules
  SIX_N_IMPORT,            // .import
  SIX_N_IMPORT_SPECIFIER,  // .specifier: external -> local
  SIX_N_EXPORT_NAMED,      // .export_
  SIX_N_EXPORT_SPECIFIER,  // .specifier: local -> external
  SIX_N_EXPORT_DEFAULT,    // .unary.argument: expression, SIX_N_FUNCTION_DECL or SIX_N_CLASS_DECL
  SIX_N_EXPORT_ALL,        // .export_: `export * from` (specifiers empty) or `export * as ns from` (one specifier)
};

enum six_op {
  SIX_OP_NONE,
  // unary
  SIX_OP_NOT,
  SIX_OP_BIT_NOT,
  SIX_OP_PLUS,
  SIX_OP_MINUS,
  SIX_OP_TYPEOF,
  SIX_OP_VOID,
  SIX_OP_DELETE,
  // update
  SIX_OP_INC,
  SIX_OP_DEC,
  // binary
  SIX_OP_ADD,
  SIX_OP_SUB,
  SIX_OP_MUL,
  SIX_OP_DIV,
  SIX_OP_MOD,
  SIX_OP_EXP,
  SIX_OP_SHL,
  SIX_OP_SHR,
  SIX_OP_USHR,
  SIX_OP_BIT_AND,
  SIX_OP_BIT_OR,
  SIX_OP_BIT_XOR,
  SIX_OP_EQ,
  SIX_OP_NE,
  SIX_OP_STRICT_EQ,
  SIX_OP_STRICT_NE,
  SIX_OP_LT,
  SIX_OP_LE,
  SIX_OP_GT,
  SIX_OP_GE,
  SIX_OP_IN,
  SIX_OP_INSTANCEOF,
  // logical
  SIX_OP_AND,
  SIX_OP_OR,
  SIX_OP_NULLISH,
};

enum six_property_kind {
  SIX_PROPERTY_INIT,  // key: value, shorthand, spread target of patterns
  SIX_PROPERTY_METHOD,
  SIX_PROPERTY_GET,
  SIX_PROPERTY_SET,
  SIX_PROPERTY_FIELD,         // classes only; value may be NULL
  SIX_PROPERTY_STATIC_BLOCK,  // classes only; value is a SIX_N_FUNCTION (method-like, no parameters)
};

enum six_declaration_kind { SIX_VAR, SIX_LET, SIX_CONST, SIX_USING, SIX_AWAIT_USING };

struct six_function_node {
  struct six_node *id;      // SIX_N_IDENTIFIER or NULL
  struct six_nodes params;  // patterns; SIX_N_DEFAULT, SIX_N_REST allowed
  struct six_node *body;    // SIX_N_BLOCK; for an arrow with an expression body: that expression
  uint32_t length;          // the function's `length`: parameters before the first default or rest
  bool is_async : 1;
  bool is_generator : 1;
  bool is_strict : 1;          // strict code, by its own directive or inherited
  bool has_simple_params : 1;  // only identifiers
  bool is_expression_body : 1;
  bool is_method : 1;         // object or class method, getter or setter: not a constructor, has a home object
  bool is_constructor : 1;    // a class's constructor
  bool is_derived : 1;        // ... of a class with `extends`
  bool uses_arguments : 1;    // `arguments` is named in it, or in an arrow inside it
  bool is_likely_called : 1;  // a parenthesis or `!` stands before it: V8 takes it that it is called at once
  bool uses_this : 1;         // `this`, `super` or `new.target` is named in it, or in an arrow inside it
};

struct six_class_node {
  struct six_node *id;           // or NULL
  struct six_node *super;        // or NULL
  struct six_nodes members;      // SIX_N_PROPERTY
  struct six_node *constructor;  // the SIX_N_FUNCTION of the member named constructor, or NULL; not among members
};

struct six_node {
  uint8_t type;          // enum six_node_type
  bool parenthesized;    // it stood in parentheses
  struct six_span span;  // where it stands in the source; for JSON, in the JSON text
  union {
    const struct six_name *name;
    double number;
    struct six_nodes list;
    struct {
      const struct six_name *pattern, *flags;
    } regexp;
    // quasis[i].cooked is NULL where an escape is invalid (tagged templates only); count of quasis = expressions + 1
    struct {
      struct six_template_part *quasis;
      struct six_nodes expressions;
    } template;
    struct {
      struct six_node *tag, *quasi;
    } tagged;  // quasi: SIX_N_TEMPLATE
    struct {
      struct six_node *key;    // SIX_N_IDENTIFIER, STRING, NUMBER, BIGINT, PRIVATE_NAME; any expression if computed
      struct six_node *value;  // expression or pattern; SIX_N_FUNCTION for methods and accessors
      uint8_t kind;            // enum six_property_kind
      bool computed, shorthand, is_static;
    } property;
    struct six_function_node *function;
    struct six_class_node *class_;
    struct {
      struct six_node *argument;
      uint8_t op;
      bool prefix;
    } unary;
    struct {
      struct six_node *left, *right;
      uint8_t op;
      uint32_t op_at;
    } binary;  // op_at: the operator's offset
    struct {
      struct six_node *test, *consequent, *alternate;
    } conditional;
    struct {
      struct six_node *callee;
      struct six_nodes arguments;
      bool optional;
    } call;
    struct {
      struct six_node *object, *property;
      bool computed, optional;
    } member;  // property: IDENTIFIER unless computed, or PRIVATE_NAME
    struct {
      struct six_nodes declarators;
      uint8_t kind;
    } declaration;  // each SIX_N_DEFAULT with right possibly NULL
    struct {
      struct six_node *init, *test, *update, *body;
    } for_;  // init: SIX_N_VAR, expression or NULL
    struct {
      struct six_node *left, *right, *body;
      bool is_await;
    } for_in;  // left: SIX_N_VAR with one declarator, or pattern
    struct {
      struct six_node *test, *body;
    } loop;
    struct {
      const struct six_name *label;
    } jump;  // NULL without a label
    struct {
      struct six_node *block, *param, *handler, *finalizer;
    } try_;  // param may be NULL; handler/finalizer: BLOCK or NULL
    struct {
      struct six_node *discriminant;
      struct six_nodes cases;
    } switch_;
    struct {
      struct six_node *test;
      struct six_nodes body;
    } case_;  // test NULL: default
    struct {
      const struct six_name *label;
      struct six_node *body;
    } labeled;
    struct {
      struct six_nodes specifiers;
      const struct six_name *from;
    } import;  // external name NULL: the namespace (* as local)
    struct {
      const struct six_name *external, *local;
    } specifier;
    // declaration (SIX_N_VAR, FUNCTION_DECL, CLASS_DECL) or specifiers; from may be NULL
    struct {
      struct six_node *declaration;
      struct six_nodes specifiers;
      const struct six_name *from;
    } export_;
  };
};

struct six_template_part {
  const struct six_name *cooked, *raw;
};

enum six_source_kind {
  SIX_SOURCE_SCRIPT,  // CommonJS: the body of a function (exports, require, module, __filename, __dirname)
  SIX_SOURCE_MODULE,  // ES module
  SIX_SOURCE_EVAL,    // the text of an eval
};

// A whole parsed program (one file). Owns its arena; everything it points to is in there, but for the source's bytes,
// which must outlive it.
struct six_program {
  struct six_arena arena;
  struct six_source source;
  enum six_source_kind kind;
  bool is_strict;                  // 'use strict' at the top, or a module
  bool has_top_level_await;        // modules only
  bool uses_arguments, uses_this;  // at the top level
  struct six_nodes body;           // statements
  struct six_name **names;         // open-addressing table, power of two
  uint32_t names_capacity, names_count;
  struct six_syntax_use syntax[SIX_SYNTAX_COUNT];  // the first use of each
};

// Notes a use of newer syntax. The first one stays. `complaint` is static, or in the arena.
static inline void six_note_syntax(struct six_program *program, enum six_syntax syntax, struct six_span span, const char *complaint) {
  struct six_syntax_use *use = &program->syntax[syntax];
  if (!use->complaint) *use = (struct six_syntax_use){span, complaint};
}

// Interns UTF-16 text, or ASCII/UTF-8 text, in the program's name table.
const struct six_name *six_name_intern(struct six_program *program, const uint16_t *units, uint32_t length);
const struct six_name *six_name_intern_utf8(struct six_program *program, const char *bytes, size_t length);

// A new zeroed node of `type` in the arena.
struct six_node *six_node_new(struct six_program *program, enum six_node_type type, struct six_span span);

// Whether an operator's text reads e.g. "+"; for messages and the printer.
const char *six_op_text(enum six_op op);

// Releases the program and its arena.
void six_program_free(struct six_program *program);

#endif
