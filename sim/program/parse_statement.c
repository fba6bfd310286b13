// Statements (ECMA-262 14).
#include <ctype.h>
#include <string.h>

#include "sim/program/parse_private.h"

static struct six_node *statement(struct six_parser *parser, bool allows_function);

// ---- Declarations

struct declaring {
  enum six_declaration_kind kind;
};

static void check_lexical_name(struct six_parser *parser, const struct six_node *name) {
  if (name->name != parser->lexer.words[SIX_W_LET]) return;
  six_parse_error(parser, name->span, "let is disallowed as a lexically bound name");
}

static void declare(struct six_parser *parser, const struct six_node *name, void *context) {
  const struct declaring *declaring = context;
  if (declaring->kind == SIX_VAR) {
    six_parse_declare_var(parser, name->name, name->span, false);
    return;
  }
  check_lexical_name(parser, name);
  six_parse_declare_lexical(parser, name->name, name->span);
}

static bool is_in_or_of(const struct six_parser *parser) {
  return parser->token.type == SIX_T_IN || six_parse_is_word(parser, &parser->token, SIX_W_OF);
}

static struct six_node *declarator(struct six_parser *parser, enum six_declaration_kind kind, bool in_for) {
  struct declaring declaring = {kind};
  uint32_t start = parser->token.span.start;
  struct six_node *target = six_parse_binding(parser);
  uint32_t at = parser->token.span.start;
  bool is_name = target->type == SIX_N_IDENTIFIER;
  if (is_name && kind != SIX_VAR) check_lexical_name(parser, target);
  struct six_node *value = NULL;
  if (parser->token.type == SIX_T_ASSIGN) {
    if (is_name) six_parse_bound_names(parser, target, declare, &declaring);
    six_parse_next(parser);
    value = six_parse_assignment(parser);
  } else if ((kind >= SIX_CONST || !is_name) && !(in_for && is_in_or_of(parser))) {
    struct six_span span = {start, parser->last.end};
    six_parse_error(parser, span, "Missing initializer in %s declaration",
                    !is_name            ? "destructuring"
                    : kind == SIX_CONST ? "const"
                    : kind == SIX_USING ? "using"
                                        : "await using");
  }
  if (!is_name || !value) six_parse_bound_names(parser, target, declare, &declaring);
  struct six_node *node = six_parse_node(parser, SIX_N_DEFAULT, start);
  node->binary.left = target;
  node->binary.right = value;
  node->binary.op_at = at;
  return node;
}

// Whether a name that is no operator stands on the same line from an offset on.
static bool name_follows(const struct six_parser *parser, uint32_t at) {
  const struct six_source *source = &parser->program->source;
  while (at < source->length && (source->bytes[at] == ' ' || source->bytes[at] == '\t')) at++;
  uint32_t end = at;
  while (end < source->length &&
         (isalnum((unsigned char)source->bytes[end]) || (unsigned char)source->bytes[end] >= 0x80 || strchr("_$\\", source->bytes[end])))
    end++;
  if (end == at || isdigit((unsigned char)source->bytes[at])) return false;
  static const char *const operators[] = {"in", "instanceof", "of"};
  for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
    if (strlen(operators[i]) == end - at && !memcmp(source->bytes + at, operators[i], end - at)) return false;
  }
  return true;
}

// Whether a using declaration begins here, and of which kind.
static bool is_using(struct six_parser *parser, enum six_declaration_kind *kind) {
  const struct six_token *token = &parser->token;
  if (six_parse_is_word(parser, token, SIX_W_USING)) {
    *kind = SIX_USING;
    return name_follows(parser, token->span.end);
  }
  if (token->type != SIX_T_AWAIT || !parser->function->is_async) return false;
  const struct six_token *ahead = six_parse_peek(parser);
  *kind = SIX_AWAIT_USING;
  return six_parse_is_word(parser, ahead, SIX_W_USING) && !ahead->newline_before && name_follows(parser, ahead->span.end);
}

static struct six_node *declarations(struct six_parser *parser, bool in_for) {
  uint32_t start = parser->token.span.start, mark = parser->stack_count;
  enum six_declaration_kind kind = parser->token.type == SIX_T_CONST ? SIX_CONST : parser->token.type == SIX_T_VAR ? SIX_VAR : SIX_LET;
  if (is_using(parser, &kind) && kind == SIX_AWAIT_USING) {
    if (parser->function->is_file) parser->saw_top_level_await = true;
    six_parse_next(parser);
  }
  six_parse_next(parser);
  if (kind >= SIX_USING) six_parse_note(parser, SIX_SYNTAX_USING);
  do six_parse_push(parser, declarator(parser, kind, in_for));
  while (six_parse_check(parser, SIX_T_COMMA));
  struct six_node *node = six_parse_node(parser, SIX_N_VAR, start);
  node->declaration.declarators = six_parse_pop(parser, mark);
  node->declaration.kind = (uint8_t)kind;
  return node;
}

static struct six_node *variable_statement(struct six_parser *parser) {
  struct six_node *node = declarations(parser, false);
  six_parse_semicolon(parser);
  return six_parse_finish(parser, node);
}

// Whether the `let` at hand begins a declaration, as the token after it tells.
static bool is_let_declaration(struct six_parser *parser) {
  uint8_t type = six_parse_peek(parser)->type;
  if (type == SIX_T_ESCAPED_STRICT_RESERVED || type >= SIX_T_IMPLEMENTS) return !parser->function->is_strict;
  return type == SIX_T_LBRACE || type == SIX_T_LBRACK || six_parse_is_any_identifier(type);
}

// ---- Blocks and lists

struct six_node *six_parse_block(struct six_parser *parser) {
  uint32_t start = parser->token.span.start, mark = parser->stack_count;
  six_parse_expect(parser, SIX_T_LBRACE);
  six_parse_statements(parser, SIX_T_RBRACE, false, true);
  six_parse_next(parser);
  struct six_node *node = six_parse_node(parser, SIX_N_BLOCK, start);
  node->list = six_parse_pop(parser, mark);
  return node;
}

static struct six_node *scoped_block(struct six_parser *parser) {
  struct six_parse_scope scope;
  six_parse_scope_open(parser, &scope, SIX_SCOPE_BLOCK);
  struct six_node *node = six_parse_block(parser);
  six_parse_scope_close(parser);
  return node;
}

// A string alone as a statement, in the prologue; its text tells whether it is 'use strict' (ECMA-262 11.2.1).
static bool is_directive(const struct six_node *node) {
  return node->type == SIX_N_EXPRESSION && node->unary.argument->type == SIX_N_STRING && !node->unary.argument->parenthesized;
}

static void take_directive(struct six_parser *parser, const struct six_node *string, bool simple) {
  const char *text = parser->program->source.bytes + string->span.start;
  if (string->span.end - string->span.start != 12 || memcmp(text + 1, "use strict", 10) != 0) return;
  parser->function->is_strict = true;
  if (!simple) {
    six_parse_error(parser, string->span, "Illegal 'use strict' directive in function with non-simple parameter list");
  }
}

static struct six_node *module_item(struct six_parser *parser) {
  if (parser->token.type == SIX_T_EXPORT) return six_parse_export_declaration(parser);
  uint8_t ahead = parser->token.type == SIX_T_IMPORT ? six_parse_peek(parser)->type : SIX_T_LPAREN;
  if (ahead != SIX_T_LPAREN && ahead != SIX_T_DOT) return six_parse_import_declaration(parser);
  return six_parse_statement_list_item(parser);
}

void six_parse_statements(struct six_parser *parser, enum six_token_type end, bool has_directives, bool simple) {
  bool is_module_top = parser->is_module && end == SIX_T_END;
  while (parser->token.type != end) {
    if (has_directives && parser->token.type != SIX_T_STRING) has_directives = false;
    struct six_node *node = is_module_top ? module_item(parser) : six_parse_statement_list_item(parser);
    six_parse_push(parser, node);
    if (has_directives) has_directives = is_directive(node);
    if (has_directives) take_directive(parser, node->unary.argument, simple);
  }
}

static struct six_node *list_item(struct six_parser *parser, bool in_case) {
  const struct six_token *ahead;
  enum six_declaration_kind kind;
  switch (parser->token.type) {
    case SIX_T_FUNCTION: return six_parse_function_declaration(parser, false);
    case SIX_T_CLASS: return six_parse_class(parser, true, false);
    case SIX_T_VAR:
    case SIX_T_CONST: return variable_statement(parser);
    case SIX_T_LET:
      if (is_let_declaration(parser)) return variable_statement(parser);
      break;
    case SIX_T_IDENTIFIER:
    case SIX_T_AWAIT:
      if (!in_case && is_using(parser, &kind)) return variable_statement(parser);
      break;
    case SIX_T_ASYNC:
      ahead = six_parse_peek(parser);
      if (ahead->type == SIX_T_FUNCTION && !ahead->newline_before) return six_parse_function_declaration(parser, false);
      break;
    default: break;
  }
  return statement(parser, true);
}

struct six_node *six_parse_statement_list_item(struct six_parser *parser) {
  return list_item(parser, false);
}

// ---- Labels and jumps

static void open_loop(struct six_parser *parser, struct six_parse_label *label, uint32_t start, bool is_loop) {
  for (struct six_parse_label *l = parser->labels; l && l->name && l->body_at == start; l = l->outer) {
    l->is_loop = is_loop;
  }
  *label = (struct six_parse_label){.outer = parser->labels, .is_loop = is_loop};
  parser->labels = label;
}

static void close_loop(struct six_parser *parser) { parser->labels = parser->labels->outer; }

static struct six_node *loop_body(struct six_parser *parser, uint32_t start) {
  struct six_parse_label label;
  open_loop(parser, &label, start, true);
  struct six_node *body = statement(parser, false);
  close_loop(parser);
  return body;
}

static void text_of(const struct six_parser *parser, struct six_span span, const char **text, int *length) {
  *text = parser->program->source.bytes + span.start;
  *length = (int)(span.end - span.start > 200 ? 200 : span.end - span.start);
}

noreturn static void bad_jump(struct six_parser *parser, bool is_continue, struct six_span at, struct six_span label, bool label_exists) {
  const char *text;
  int length;
  text_of(parser, label, &text, &length);
  if (!label.end && is_continue) {
    six_parse_error(parser, at, "Illegal continue statement: no surrounding iteration statement");
  }
  if (!label.end) six_parse_error(parser, at, "Illegal break statement");
  if (!label_exists) six_parse_error(parser, label, "Undefined label '%.*s'", length, text);
  six_parse_error(parser, at, "Illegal continue statement: '%.*s' does not denote an iteration statement", length, text);
}

static struct six_node *jump(struct six_parser *parser) {
  struct six_token token = parser->token;
  bool is_continue = token.type == SIX_T_CONTINUE, label_exists = false;
  struct six_span label_span = {0, 0};
  const struct six_name *name = NULL;
  six_parse_next(parser);
  bool is_end = parser->token.type == SIX_T_SEMICOLON || parser->token.type == SIX_T_RBRACE || parser->token.type == SIX_T_END;
  if (!parser->token.newline_before && !is_end) {
    if (!six_parse_is_identifier(parser, &parser->token)) six_parse_unexpected(parser, &parser->token);
    name = parser->token.name;
    label_span = parser->token.span;
    six_parse_next(parser);
  }
  const struct six_parse_label *label = parser->labels;
  for (; label; label = label->outer) {
    if (label->name != name) continue;
    label_exists = true;
    if (!is_continue || label->is_loop) break;
    if (name) break;
  }
  if (!label || (is_continue && !label->is_loop)) bad_jump(parser, is_continue, token.span, label_span, label_exists);
  six_parse_semicolon(parser);
  struct six_node *node = six_parse_node(parser, is_continue ? SIX_N_CONTINUE : SIX_N_BREAK, token.span.start);
  node->jump.label = name;
  return node;
}

static struct six_node *labeled(struct six_parser *parser, const struct six_node *name, bool allows_function) {
  struct six_parse_label label = {.outer = parser->labels, .name = name->name};
  for (const struct six_parse_label *l = parser->labels; l; l = l->outer) {
    if (l->name != name->name) continue;
    const char *text;
    int length;
    text_of(parser, name->span, &text, &length);
    six_parse_error(parser, name->span, "Label '%.*s' has already been declared", length, text);
  }
  six_parse_next(parser);
  for (struct six_parse_label *l = parser->labels; l && l->name && l->body_at == name->span.start; l = l->outer) {
    l->body_at = parser->token.span.start;
  }
  label.body_at = parser->token.span.start;
  parser->labels = &label;
  bool is_function = parser->token.type == SIX_T_FUNCTION && !parser->function->is_strict && allows_function;
  if (is_function && six_parse_peek(parser)->type == SIX_T_MUL) {
    six_parse_error(parser, parser->ahead.span, "Generators can only be declared at the top level or inside a block.");
  }
  struct six_node *body = is_function ? six_parse_function_declaration(parser, false) : statement(parser, allows_function);
  parser->labels = label.outer;
  struct six_node *node = six_parse_node(parser, SIX_N_LABELED, name->span.start);
  node->labeled.label = name->name;
  node->labeled.body = body;
  return node;
}

// ---- If, loops

// A branch of an if statement. A function there is as if in a block (ECMA-262 B.3.3).
static struct six_node *branch(struct six_parser *parser) {
  if (parser->token.type != SIX_T_FUNCTION || parser->function->is_strict) return statement(parser, false);
  if (six_parse_peek(parser)->type == SIX_T_MUL) {
    six_parse_error(parser, parser->ahead.span, "Generators can only be declared at the top level or inside a block.");
  }
  struct six_parse_scope scope;
  uint32_t mark = parser->stack_count, start = parser->token.span.start;
  six_parse_scope_open(parser, &scope, SIX_SCOPE_BLOCK);
  six_parse_push(parser, six_parse_function_declaration(parser, false));
  six_parse_scope_close(parser);
  struct six_node *block = six_parse_node(parser, SIX_N_BLOCK, start);
  block->list = six_parse_pop(parser, mark);
  return block;
}

// Chains of `else if` are read in a loop, since people write long ones.
static struct six_node *if_statement(struct six_parser *parser) {
  uint32_t mark = parser->stack_count;
  struct six_node *first = NULL, *outer = NULL;
  for (;;) {
    struct six_node *node = six_parse_node(parser, SIX_N_IF, parser->token.span.start);
    six_parse_next(parser);
    six_parse_expect(parser, SIX_T_LPAREN);
    node->conditional.test = six_parse_expression(parser);
    six_parse_expect(parser, SIX_T_RPAREN);
    node->conditional.consequent = branch(parser);
    if (outer) outer->conditional.alternate = node;
    if (!first) first = node;
    outer = node;
    six_parse_push(parser, node);
    if (!six_parse_check(parser, SIX_T_ELSE)) break;
    if (parser->token.type == SIX_T_IF) continue;
    node->conditional.alternate = branch(parser);
    break;
  }
  for (uint32_t i = mark; i < parser->stack_count; i++) six_parse_finish(parser, parser->stack[i]);
  parser->stack_count = mark;
  return first;
}

static struct six_node *while_statement(struct six_parser *parser) {
  uint32_t start = parser->token.span.start;
  six_parse_next(parser);
  six_parse_expect(parser, SIX_T_LPAREN);
  struct six_node *test = six_parse_expression(parser);
  six_parse_expect(parser, SIX_T_RPAREN);
  struct six_node *body = loop_body(parser, start);
  struct six_node *node = six_parse_node(parser, SIX_N_WHILE, start);
  node->loop.test = test;
  node->loop.body = body;
  return node;
}

static struct six_node *do_statement(struct six_parser *parser) {
  uint32_t start = parser->token.span.start;
  six_parse_next(parser);
  struct six_node *body = loop_body(parser, start);
  six_parse_expect(parser, SIX_T_WHILE);
  six_parse_expect(parser, SIX_T_LPAREN);
  struct six_node *test = six_parse_expression(parser);
  six_parse_expect(parser, SIX_T_RPAREN);
  six_parse_check(parser, SIX_T_SEMICOLON);  // inserted even without a line's end (ECMA-262 12.10.1)
  struct six_node *node = six_parse_node(parser, SIX_N_DO_WHILE, start);
  node->loop.test = test;
  node->loop.body = body;
  return node;
}

static void check_for_declaration(struct six_parser *parser, const struct six_node *left, bool is_of, bool is_await) {
  const char *name = is_await ? "for-await-of" : is_of ? "for-of" : "for-in";
  if (left->declaration.declarators.count != 1) {
    six_parse_error(parser, left->span, "Invalid left-hand side in %s loop: Must have a single binding.", name);
  }
  const struct six_node *only = left->declaration.declarators.items[0];
  bool is_legacy = !is_of && !parser->function->is_strict && left->declaration.kind == SIX_VAR &&
                   only->binary.left->type == SIX_N_IDENTIFIER;  // ECMA-262 B.3.5
  if (only->binary.right && !is_legacy) {
    six_parse_error(parser, left->span, "%s loop variable declaration may not have an initializer.", name);
  }
}

static struct six_node *for_each(struct six_parser *parser, struct six_node *left, uint32_t start, bool is_await) {
  bool is_of = parser->token.type != SIX_T_IN;
  if (is_await && !is_of) six_parse_unexpected(parser, &parser->token);
  if (!is_of && left->type == SIX_N_VAR && left->declaration.kind >= SIX_USING) {
    six_parse_error(parser, parser->token.span, "Invalid '%s' in for-in loop",
                    left->declaration.kind == SIX_USING ? "using" : "await using");
  }
  if (left->type == SIX_N_VAR) check_for_declaration(parser, left, is_of, is_await);
  six_parse_next(parser);
  struct six_node *right = is_of ? six_parse_assignment(parser) : six_parse_expression(parser);
  six_parse_expect(parser, SIX_T_RPAREN);
  struct six_node *body = loop_body(parser, start);
  struct six_node *node = six_parse_node(parser, is_of ? SIX_N_FOR_OF : SIX_N_FOR_IN, start);
  node->for_in.left = left;
  node->for_in.right = right;
  node->for_in.body = body;
  node->for_in.is_await = is_await;
  return node;
}

static struct six_node *for_three(struct six_parser *parser, struct six_node *init, uint32_t start) {
  six_parse_expect(parser, SIX_T_SEMICOLON);
  struct six_node *test = parser->token.type == SIX_T_SEMICOLON ? NULL : six_parse_expression(parser);
  six_parse_expect(parser, SIX_T_SEMICOLON);
  struct six_node *update = parser->token.type == SIX_T_RPAREN ? NULL : six_parse_expression(parser);
  six_parse_expect(parser, SIX_T_RPAREN);
  struct six_node *body = loop_body(parser, start);
  struct six_node *node = six_parse_node(parser, SIX_N_FOR, start);
  node->for_.init = init;
  node->for_.test = test;
  node->for_.update = update;
  node->for_.body = body;
  return node;
}

static struct six_node *for_target(struct six_parser *parser, struct six_node *left, const struct six_token *first, bool is_await) {
  bool is_of = parser->token.type != SIX_T_IN;
  if (is_of && !is_await && first->type == SIX_T_ASYNC && left->type == SIX_N_IDENTIFIER && !left->parenthesized) {
    six_parse_error(parser, first->span, "The left-hand side of a for-of loop may not be 'async'.");
  }
  if (is_of && first->type == SIX_T_LET) {
    six_parse_error(parser, first->span, "The left-hand side of a for-of loop may not start with 'let'.");
  }
  if ((left->type == SIX_N_ARRAY || left->type == SIX_N_OBJECT) && !left->parenthesized) {
    parser->cover_at = parser->proto_at = SIX_PARSE_NOWHERE;
    return six_parse_to_pattern(parser, left, false);
  }
  if (!six_parse_is_assignable(parser, left)) six_parse_bad_target(parser, left, "Invalid left-hand side in for-loop");
  return left;
}

// The head's first part when it is not a declaration: a target, or an expression with commas.
static struct six_node *for_expression(struct six_parser *parser, uint32_t start, bool is_await) {
  struct six_token first = parser->token;
  uint32_t cover = parser->cover_at, proto = parser->proto_at, mark = parser->stack_count;
  uint32_t left_start = first.span.start;
  parser->cover_at = parser->proto_at = SIX_PARSE_NOWHERE;
  parser->no_in = true;
  struct six_node *left = six_parse_assignment_cover(parser);
  if (is_in_or_of(parser)) {
    parser->no_in = false;
    left = for_target(parser, left, &first, is_await);
    six_parse_settle_cover(parser, cover, proto);
    return for_each(parser, left, start, is_await);
  }
  six_parse_settle_cover(parser, cover, proto);
  if (is_await) six_parse_unexpected(parser, &parser->token);
  if (parser->token.type == SIX_T_COMMA) {
    six_parse_push(parser, left);
    while (six_parse_check(parser, SIX_T_COMMA)) six_parse_push(parser, six_parse_assignment(parser));
    left = six_parse_node(parser, SIX_N_SEQUENCE, left_start);
    left->list = six_parse_pop(parser, mark);
    if (is_in_or_of(parser)) six_parse_bad_target(parser, left, "Invalid left-hand side in for-loop");
  }
  parser->no_in = false;
  return for_three(parser, left, start);
}

static struct six_node *for_head(struct six_parser *parser, uint32_t start, bool is_await) {
  uint8_t type = parser->token.type;
  if (type == SIX_T_SEMICOLON && !is_await) return for_three(parser, NULL, start);
  enum six_declaration_kind kind;
  if (type != SIX_T_VAR && type != SIX_T_CONST && !(type == SIX_T_LET && is_let_declaration(parser)) && !is_using(parser, &kind)) {
    return for_expression(parser, start, is_await);
  }
  parser->no_in = true;
  struct six_node *left = declarations(parser, true);
  parser->no_in = false;
  if (is_in_or_of(parser)) return for_each(parser, left, start, is_await);
  if (is_await) six_parse_unexpected(parser, &parser->token);
  return for_three(parser, left, start);
}

static struct six_node *for_statement(struct six_parser *parser) {
  struct six_parse_scope scope;
  uint32_t start = parser->token.span.start;
  six_parse_next(parser);
  bool is_await = parser->token.type == SIX_T_AWAIT && parser->function->is_async;
  if (is_await) {
    six_parse_note_as(parser, SIX_SYNTAX_FOR_AWAIT, 0, "Unexpected reserved word");
    if (parser->function->is_file) parser->saw_top_level_await = true;
    six_parse_next(parser);
  }
  six_parse_expect(parser, SIX_T_LPAREN);
  six_parse_scope_open(parser, &scope, SIX_SCOPE_BLOCK);
  struct six_node *node = for_head(parser, start, is_await);
  six_parse_scope_close(parser);
  return node;
}

// ---- Switch, try, and the small ones

static struct six_node *switch_case(struct six_parser *parser, bool *has_default) {
  uint32_t start = parser->token.span.start, mark = parser->stack_count;
  struct six_node *test = NULL;
  if (six_parse_check(parser, SIX_T_CASE)) {
    test = six_parse_expression(parser);
  } else {
    six_parse_expect(parser, SIX_T_DEFAULT);
    if (*has_default) six_parse_error(parser, parser->last, "More than one default clause in switch statement");
    *has_default = true;
  }
  six_parse_expect(parser, SIX_T_COLON);
  while (parser->token.type != SIX_T_CASE && parser->token.type != SIX_T_DEFAULT && parser->token.type != SIX_T_RBRACE) {
    six_parse_push(parser, list_item(parser, true));
  }
  struct six_node *node = six_parse_node(parser, SIX_N_CASE, start);
  node->case_.test = test;
  node->case_.body = six_parse_pop(parser, mark);
  return node;
}

static struct six_node *switch_statement(struct six_parser *parser) {
  struct six_parse_scope scope;
  struct six_parse_label label = {.outer = parser->labels};
  uint32_t start = parser->token.span.start, mark = parser->stack_count;
  bool has_default = false;
  six_parse_next(parser);
  six_parse_expect(parser, SIX_T_LPAREN);
  struct six_node *discriminant = six_parse_expression(parser);
  six_parse_expect(parser, SIX_T_RPAREN);
  six_parse_expect(parser, SIX_T_LBRACE);
  six_parse_scope_open(parser, &scope, SIX_SCOPE_BLOCK);
  parser->labels = &label;
  while (parser->token.type != SIX_T_RBRACE) six_parse_push(parser, switch_case(parser, &has_default));
  parser->labels = label.outer;
  six_parse_scope_close(parser);
  six_parse_next(parser);
  struct six_node *node = six_parse_node(parser, SIX_N_SWITCH, start);
  node->switch_.discriminant = discriminant;
  node->switch_.cases = six_parse_pop(parser, mark);
  return node;
}

static void declare_catch(struct six_parser *parser, const struct six_node *name, void *context) {
  const bool *is_simple = context;
  six_parse_declare_catch(parser, name->name, name->span, *is_simple);
}

static void catch_clause(struct six_parser *parser, struct six_node *node) {
  struct six_parse_scope scope;
  six_parse_scope_open(parser, &scope, SIX_SCOPE_CATCH);
  if (parser->token.type == SIX_T_LBRACE) six_parse_note(parser, SIX_SYNTAX_OPTIONAL_CATCH);
  if (six_parse_check(parser, SIX_T_LPAREN)) {
    struct six_node *param = six_parse_binding(parser);
    bool is_simple = param->type == SIX_N_IDENTIFIER;
    six_parse_bound_names(parser, param, declare_catch, &is_simple);
    node->try_.param = param;
    six_parse_expect(parser, SIX_T_RPAREN);
  }
  node->try_.handler = scoped_block(parser);
  six_parse_scope_close(parser);
}

static struct six_node *try_statement(struct six_parser *parser) {
  struct six_node *node = six_parse_node(parser, SIX_N_TRY, parser->token.span.start);
  six_parse_next(parser);
  node->try_.block = scoped_block(parser);
  if (parser->token.type != SIX_T_CATCH && parser->token.type != SIX_T_FINALLY) {
    six_parse_error(parser, parser->token.span, "Missing catch or finally after try");
  }
  if (six_parse_check(parser, SIX_T_CATCH)) catch_clause(parser, node);
  if (six_parse_check(parser, SIX_T_FINALLY)) node->try_.finalizer = scoped_block(parser);
  return six_parse_finish(parser, node);
}

static struct six_node *return_statement(struct six_parser *parser) {
  const struct six_parse_function *function = parser->function;
  struct six_token token = parser->token;
  six_parse_next(parser);
  if ((function->is_file && (parser->is_module || parser->eval)) || function->is_static_block) {
    six_parse_error(parser, token.span, "Illegal return statement");
  }
  uint8_t type = parser->token.type;
  struct six_node *argument = NULL;
  if (!parser->token.newline_before && type != SIX_T_SEMICOLON && type != SIX_T_RBRACE && type != SIX_T_END) {
    argument = six_parse_expression(parser);
  }
  six_parse_semicolon(parser);
  struct six_node *node = six_parse_node(parser, SIX_N_RETURN, token.span.start);
  node->unary.argument = argument;
  return node;
}

static struct six_node *throw_statement(struct six_parser *parser) {
  uint32_t start = parser->token.span.start;
  six_parse_next(parser);
  if (parser->token.newline_before) six_parse_error(parser, parser->last, "Illegal newline after throw");
  struct six_node *argument = six_parse_expression(parser);
  six_parse_semicolon(parser);
  struct six_node *node = six_parse_node(parser, SIX_N_THROW, start);
  node->unary.argument = argument;
  return node;
}

static struct six_node *with_statement(struct six_parser *parser) {
  uint32_t start = parser->token.span.start;
  if (parser->function->is_strict) {
    six_parse_error(parser, parser->token.span, "Strict mode code may not include a with statement");
  }
  six_parse_next(parser);
  six_parse_expect(parser, SIX_T_LPAREN);
  struct six_node *object = six_parse_expression(parser);
  six_parse_expect(parser, SIX_T_RPAREN);
  struct six_node *body = branch(parser);
  struct six_node *node = six_parse_node(parser, SIX_N_WITH, start);
  node->loop.test = object;
  node->loop.body = body;
  return node;
}

static struct six_node *keyword_statement(struct six_parser *parser, enum six_node_type type) {
  uint32_t start = parser->token.span.start;
  six_parse_next(parser);
  if (type == SIX_N_DEBUGGER) six_parse_semicolon(parser);
  return six_parse_node(parser, type, start);
}

static struct six_node *expression_statement(struct six_parser *parser, bool allows_function) {
  uint32_t start = parser->token.span.start;
  bool starts_with_identifier = six_parse_is_any_identifier(parser->token.type);
  if (parser->token.type == SIX_T_CLASS) six_parse_unexpected(parser, &parser->token);
  if (parser->token.type == SIX_T_LET) {
    const struct six_token *ahead = six_parse_peek(parser);
    bool may_be_name = ahead->type == SIX_T_LBRACE || ahead->type == SIX_T_IDENTIFIER;
    if (ahead->type == SIX_T_LBRACK || (may_be_name && !ahead->newline_before)) {
      six_parse_error(parser, parser->token.span, "Lexical declaration cannot appear in a single-statement context");
    }
  }
  struct six_node *argument = six_parse_expression(parser);
  if (parser->token.type == SIX_T_COLON && starts_with_identifier && argument->type == SIX_N_IDENTIFIER && !argument->parenthesized) {
    return labeled(parser, argument, allows_function);
  }
  six_parse_semicolon(parser);
  struct six_node *node = six_parse_node(parser, SIX_N_EXPRESSION, start);
  node->unary.argument = argument;
  return node;
}

noreturn static void misplaced_function(struct six_parser *parser) {
  if (parser->function->is_strict) {
    six_parse_error(parser, parser->token.span, "In strict mode code, functions can only be declared at top level or inside a block.");
  }
  six_parse_error(parser, parser->token.span,
                  "In non-strict mode code, functions can only be declared at top level, inside a block, "
                  "or as the body of an if statement.");
}

static struct six_node *statement_inside(struct six_parser *parser, bool allows_function) {
  switch (parser->token.type) {
    case SIX_T_LBRACE: return scoped_block(parser);
    case SIX_T_SEMICOLON: return keyword_statement(parser, SIX_N_EMPTY);
    case SIX_T_IF: return if_statement(parser);
    case SIX_T_DO: return do_statement(parser);
    case SIX_T_WHILE: return while_statement(parser);
    case SIX_T_FOR: return for_statement(parser);
    case SIX_T_CONTINUE:
    case SIX_T_BREAK: return jump(parser);
    case SIX_T_RETURN: return return_statement(parser);
    case SIX_T_THROW: return throw_statement(parser);
    case SIX_T_TRY: return try_statement(parser);
    case SIX_T_WITH: return with_statement(parser);
    case SIX_T_SWITCH: return switch_statement(parser);
    case SIX_T_FUNCTION: misplaced_function(parser);
    case SIX_T_DEBUGGER: return keyword_statement(parser, SIX_N_DEBUGGER);
    case SIX_T_VAR: return variable_statement(parser);
    case SIX_T_ASYNC: {
      const struct six_token *ahead = six_parse_peek(parser);
      if (ahead->type == SIX_T_FUNCTION && !ahead->newline_before) {
        six_parse_error(parser, parser->token.span, "Async functions can only be declared at the top level or inside a block.");
      }
      return expression_statement(parser, allows_function);
    }
    default: return expression_statement(parser, allows_function);
  }
}

static struct six_node *statement(struct six_parser *parser, bool allows_function) {
  six_parse_enter(parser);
  struct six_node *node = statement_inside(parser, allows_function);
  six_parse_leave(parser);
  return node;
}
