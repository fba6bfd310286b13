// program: what the files of the parser share. Functions are named after the productions of ECMA-262 they read; they
// never return NULL for a production that must be there, since an error leaves the parser at once (six_parse_error).
#ifndef SIX_PROGRAM_PARSE_PRIVATE_H
#define SIX_PROGRAM_PARSE_PRIVATE_H

#include <setjmp.h>
#include <stdnoreturn.h>

#include "sim/program/lex.h"
#include "sim/program/parse.h"

// How deep productions may nest: it bounds the C stack.
#define SIX_PARSE_MAX_DEPTH 2500

#define SIX_PARSE_NOWHERE UINT32_MAX

// What an expression named so far, for the function around it and for the arrow it may turn out to be the head of.
struct six_parse_uses {
  bool arguments, this;
  uint32_t await_at, yield_at;  // the first await and yield expression, or NOWHERE
  struct six_span await_name;   // the first identifier `await`; empty without one
};

// The function whose code is being read; the outermost stands for the file, and one more for each class field.
struct six_parse_function {
  struct six_parse_function *outer;
  bool is_async, is_generator, is_arrow, is_strict;
  bool is_file, is_field, is_static_block;
  bool allows_super_call, allows_super_property, allows_new_target;
  bool in_parameters;
  struct six_parse_uses uses;
  // What becomes an error when the function turns out to be strict: the first such name, and the sentence.
  const char *strict_error;
  struct six_span strict_span;
  struct six_span duplicate;  // the first duplicate parameter; empty without one
  struct six_parse_label *outer_labels;
  bool outer_no_in;
};

enum six_scope_kind { SIX_SCOPE_FUNCTION, SIX_SCOPE_BLOCK, SIX_SCOPE_CATCH };

// Where names are declared. What is declared stands in parser.declarations under the scope's id.
struct six_parse_scope {
  struct six_parse_scope *outer;
  uint32_t id;
  uint8_t kind;
};

struct six_parse_label {
  struct six_parse_label *outer;
  const struct six_name *name;  // NULL: a loop or switch itself
  uint32_t body_at;             // where the labelled statement begins, after all its labels
  bool is_loop;
};

// A class whose body is being read. Its private names are declared under its id.
struct six_parse_class {
  struct six_parse_class *outer;
  uint32_t id;
  uint32_t references_mark;  // parser.references from here on are to private names not yet found
};

struct six_parse_declaration {  // an entry of the hash table; flags 0: free
  uint32_t scope, name;
  uint32_t flags;
};

struct six_parse_reference {
  const struct six_name *name;
  struct six_span span;
};

// The last parenthesized list read: it becomes an arrow's parameters when `=>` follows.
struct six_parse_head {
  uint32_t start, end;
  struct six_nodes items;
  struct six_parse_uses uses;
  bool is_async;
  bool is_called;  // a parenthesis stands before it
};

struct six_parser {
  struct six_program *program;
  struct six_lexer lexer;
  struct six_token token, ahead;  // the current token, and the one after it if has_ahead
  bool has_ahead;
  bool is_module;
  const struct six_eval_context *eval;  // NULL: a file
  bool no_in;                           // `in` is no operator here: the head of a for statement
  uint8_t last_type;                    // of the token before
  struct six_span last;
  unsigned depth;
  unsigned tags;         // tagged templates whose tag is one
  uint32_t cover_at;     // the first `{a = 1}` that must yet become a pattern, or NOWHERE
  uint32_t called_at;    // what stands there has a parenthesis before it, or is a function with `!` before it
  uint32_t argument_at;  // where the last argument of a call began
  uint32_t proto_at;     // the first duplicate __proto__, likewise
  struct six_parse_head head;
  struct six_parse_function *function;
  struct six_parse_scope *scope;
  struct six_parse_label *labels;
  struct six_parse_class *class_;
  uint32_t scopes_count;
  struct six_parse_declaration *declarations;  // open addressing
  uint32_t declarations_capacity, declarations_count;
  struct six_parse_reference *references;
  uint32_t references_count, references_capacity;
  struct six_parse_reference *exports;  // local names that must be declared in the module
  uint32_t exports_count, exports_capacity;
  struct six_node **stack;  // lists that are being read
  uint32_t stack_count, stack_capacity;
  bool saw_module_syntax;  // import, export or import.meta
  bool saw_top_level_await;
  struct six_diag *diag;
  jmp_buf escape;
};

// ---- parse.c: tokens, errors, lists

void six_parse_next(struct six_parser *parser);
const struct six_token *six_parse_peek(struct six_parser *parser);
bool six_parse_check(struct six_parser *parser, enum six_token_type type);  // consumes it if it is there
void six_parse_expect(struct six_parser *parser, enum six_token_type type);
void six_parse_semicolon(struct six_parser *parser);
bool six_parse_is_word(const struct six_parser *parser, const struct six_token *token, enum six_word word);
noreturn void six_parse_error(struct six_parser *parser, struct six_span span, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
noreturn void six_parse_unsupported(struct six_parser *parser, struct six_span span, const char *what);
noreturn void six_parse_unexpected(struct six_parser *parser, const struct six_token *token);
noreturn void six_parse_too_deep(struct six_parser *parser);
// The current token is where a reader without the syntax stumbles.
void six_parse_note(struct six_parser *parser, enum six_syntax syntax);
// The same, `skip` characters into it, with the words given.
void six_parse_note_as(struct six_parser *parser, enum six_syntax syntax, uint32_t skip, const char *complaint);
void six_parse_enter(struct six_parser *parser);  // one production deeper
void six_parse_leave(struct six_parser *parser);
struct six_node *six_parse_node(struct six_parser *parser, enum six_node_type type, uint32_t start);
struct six_node *six_parse_finish(struct six_parser *parser, struct six_node *node);  // it ends at the last token
void six_parse_push(struct six_parser *parser, struct six_node *node);
struct six_nodes six_parse_pop(struct six_parser *parser, uint32_t mark);

// ---- parse_scope.c: declarations, labels, private names

void six_parse_scope_open(struct six_parser *parser, struct six_parse_scope *scope, enum six_scope_kind kind);
void six_parse_scope_close(struct six_parser *parser);
void six_parse_declare_var(struct six_parser *parser, const struct six_name *name, struct six_span span, bool is_for_of);
void six_parse_declare_lexical(struct six_parser *parser, const struct six_name *name, struct six_span span);
void six_parse_declare_function(struct six_parser *parser, const struct six_name *name, struct six_span span, bool is_plain);
void six_parse_declare_parameter(struct six_parser *parser, const struct six_name *name, struct six_span span);
void six_parse_declare_catch(struct six_parser *parser, const struct six_name *name, struct six_span span, bool is_simple);
bool six_parse_is_declared(const struct six_parser *parser, const struct six_name *name);
bool six_parse_declare_export(struct six_parser *parser, const struct six_name *name);  // false: it is a duplicate
void six_parse_class_open(struct six_parser *parser, struct six_parse_class *class_);
void six_parse_class_close(struct six_parser *parser);
void six_parse_declare_private(struct six_parser *parser, const struct six_name *name, struct six_span span, enum six_property_kind kind,
                               bool is_static);
void six_parse_refer_private(struct six_parser *parser, const struct six_name *name, struct six_span span);
void six_parse_add_reference(struct six_parse_reference **items, uint32_t *count, uint32_t *capacity, struct six_parse_reference item);

// ---- parse_expression.c

struct six_node *six_parse_expression(struct six_parser *parser);
struct six_node *six_parse_assignment(struct six_parser *parser);
struct six_node *six_parse_assignment_cover(struct six_parser *parser);  // may leave cover_at for the caller to settle
struct six_node *six_parse_left_hand_side(struct six_parser *parser);
void six_parse_settle_cover(struct six_parser *parser, uint32_t cover, uint32_t proto);
bool six_parse_is_assignable(struct six_parser *parser, const struct six_node *node);
noreturn void six_parse_bad_target(struct six_parser *parser, const struct six_node *node, const char *message);

// ---- parse_literal.c: object and array literals, templates, property names

struct six_node *six_parse_array(struct six_parser *parser);
struct six_node *six_parse_object(struct six_parser *parser);
struct six_node *six_parse_template(struct six_parser *parser, bool is_tagged);
struct six_node *six_parse_name_node(struct six_parser *parser);  // the current token as an IDENTIFIER node
bool six_parse_is_property_name(const struct six_token *token);

// A property's head, `async *[x]` and the like, as object literals and classes share it.
struct six_parse_property {
  struct six_node *key;
  struct six_token key_token;
  uint32_t start;  // where the method begins
  uint8_t kind;    // enum six_property_kind
  bool computed, is_async, is_generator;
};
void six_parse_property_head(struct six_parser *parser, struct six_parse_property *property);

// ---- parse_pattern.c

bool six_parse_is_identifier(const struct six_parser *parser, const struct six_token *token);
bool six_parse_is_any_identifier(enum six_token_type type);
struct six_node *six_parse_identifier(struct six_parser *parser);          // a reference
struct six_node *six_parse_binding_identifier(struct six_parser *parser);  // a name being declared
struct six_node *six_parse_binding(struct six_parser *parser);             // an identifier or pattern
struct six_node *six_parse_to_pattern(struct six_parser *parser, struct six_node *node, bool is_binding);

typedef void six_parse_visit(struct six_parser *parser, const struct six_node *identifier, void *context);
void six_parse_bound_names(struct six_parser *parser, const struct six_node *pattern, six_parse_visit *visit, void *context);

// ---- parse_function.c

enum six_parse_body {  // what a function is for
  SIX_BODY_PLAIN,
  SIX_BODY_METHOD,
  SIX_BODY_GETTER,
  SIX_BODY_SETTER,
  SIX_BODY_CONSTRUCTOR,
  SIX_BODY_DERIVED_CONSTRUCTOR,
};

struct six_node *six_parse_function_expression(struct six_parser *parser);  // at `function` or `async function`
struct six_node *six_parse_function_declaration(struct six_parser *parser, bool is_default_export);
struct six_node *six_parse_method(struct six_parser *parser, const struct six_parse_property *property, enum six_parse_body what);
struct six_node *six_parse_arrow(struct six_parser *parser, const struct six_parse_head *head);
void six_parse_function_open(struct six_parser *parser, struct six_parse_function *function);
void six_parse_function_close(struct six_parser *parser);
void six_parse_uses_reset(struct six_parse_uses *uses);
void six_parse_uses_merge(struct six_parse_uses *into, const struct six_parse_uses *from);
void six_parse_check_strict_octal(struct six_parser *parser, uint32_t start);

// ---- parse_class.c

struct six_node *six_parse_class(struct six_parser *parser, bool is_declaration, bool is_default_export);

// ---- parse_statement.c

struct six_node *six_parse_statement_list_item(struct six_parser *parser);
struct six_node *six_parse_block(struct six_parser *parser);  // without a scope of its own
// Reads statements up to `end`, pushing them; with directives first, if asked.
void six_parse_statements(struct six_parser *parser, enum six_token_type end, bool has_directives, bool simple);

// ---- parse_module.c

struct six_node *six_parse_import_declaration(struct six_parser *parser);
struct six_node *six_parse_export_declaration(struct six_parser *parser);

#endif
