#include "sim/program/parse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/program/parse_private.h"

// ---- Errors

void six_parse_error(struct six_parser *parser, struct six_span span, const char *format, ...) {
  char message[400];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  six_fail(parser->diag, SIX_STATUS_DATA, span, "SyntaxError: %s", message);
  longjmp(parser->escape, 1);
}

void six_parse_unsupported(struct six_parser *parser, struct six_span span, const char *what) {
  six_fail(parser->diag, SIX_STATUS_UNSUPPORTED, span, "%s", what);
  longjmp(parser->escape, 1);
}

// "Unexpected identifier 'x'"; the name is cut where it is longer than a message should be.
noreturn static void unexpected_identifier(struct six_parser *parser, const struct six_token *token) {
  struct six_text text = {0};
  if (token->type == SIX_T_PRIVATE_NAME) six_text_addc(&text, '#');
  for (uint32_t i = 0; i < token->name->length && i < 100; i++) {
    uint32_t c = token->name->units[i];
    if (c >= 0xD800 && c < 0xDC00 && i + 1 < token->name->length) {
      c = 0x10000 + ((c - 0xD800) << 10) + (token->name->units[++i] - 0xDC00u);
    }
    six_text_add_code_point(&text, c);
  }
  char name[420];
  snprintf(name, sizeof name, "%s", text.bytes ? text.bytes : "");
  six_text_done(&text);
  six_parse_error(parser, token->span, "Unexpected identifier '%s'", name);
}

// Words it as V8's ReportUnexpectedTokenAt.
void six_parse_unexpected(struct six_parser *parser, const struct six_token *token) {
  switch (token->type) {
    case SIX_T_END: six_parse_error(parser, token->span, "Unexpected end of input");
    case SIX_T_ILLEGAL: six_parse_error(parser, token->error_span, "%s", token->error ? token->error : "Invalid or unexpected token");
    case SIX_T_ESCAPED_KEYWORD:
    case SIX_T_ESCAPED_STRICT_RESERVED: six_parse_error(parser, token->span, "Keyword must not contain escaped characters");
    case SIX_T_NUMBER:
    case SIX_T_BIGINT: six_parse_error(parser, token->span, "Unexpected number");
    case SIX_T_STRING: six_parse_error(parser, token->span, "Unexpected string");
    case SIX_T_TEMPLATE: six_parse_error(parser, token->span, "Unexpected template string");
    case SIX_T_REGEXP: six_parse_error(parser, token->span, "Unexpected regular expression");
    case SIX_T_AWAIT:
      if (parser->function->is_file) parser->saw_top_level_await = true;
      six_parse_error(parser, token->span, "Unexpected reserved word");
    case SIX_T_ENUM: six_parse_error(parser, token->span, "Unexpected reserved word");
    case SIX_T_LET:
    case SIX_T_STATIC:
    case SIX_T_YIELD:
    case SIX_T_IMPLEMENTS:
    case SIX_T_INTERFACE:
    case SIX_T_PACKAGE:
    case SIX_T_PRIVATE:
    case SIX_T_PROTECTED:
    case SIX_T_PUBLIC:
      if (parser->function->is_strict) six_parse_error(parser, token->span, "Unexpected strict mode reserved word");
      unexpected_identifier(parser, token);
    case SIX_T_IDENTIFIER:
      // V8 has tokens for these two, so it does not call them identifiers.
      if (six_parse_is_word(parser, token, SIX_W_GET)) six_parse_error(parser, token->span, "Unexpected token 'get'");
      if (six_parse_is_word(parser, token, SIX_W_SET)) six_parse_error(parser, token->span, "Unexpected token 'set'");
      unexpected_identifier(parser, token);
    case SIX_T_PRIVATE_NAME: unexpected_identifier(parser, token);
    case SIX_T_EXPORT: parser->saw_module_syntax = true;  // fall through
    default: six_parse_error(parser, token->span, "Unexpected token '%s'", six_token_text(token->type));
  }
}

void six_parse_too_deep(struct six_parser *parser) {
  six_fail(parser->diag, SIX_STATUS_DATA, parser->token.span, "RangeError: Maximum call stack size exceeded (the nesting is too deep)");
  longjmp(parser->escape, 1);
}

void six_parse_note(struct six_parser *parser, enum six_syntax syntax) {
  const struct six_token *token = &parser->token;
  if (parser->program->syntax[syntax].complaint) return;
  struct six_text text = {0};
  uint32_t length = token->span.end - token->span.start;
  switch (token->type) {
    case SIX_T_END: six_text_adds(&text, "Unexpected end of input"); break;
    case SIX_T_ILLEGAL:
    case SIX_T_PRIVATE_NAME: six_text_adds(&text, "Invalid or unexpected token"); break;
    case SIX_T_NUMBER:
    case SIX_T_BIGINT: six_text_adds(&text, "Unexpected number"); break;
    case SIX_T_STRING: six_text_adds(&text, "Unexpected string"); break;
    default: {
      bool identifier = six_parse_is_any_identifier(token->type);
      six_text_addf(&text, "Unexpected %s '%.*s'", identifier ? "identifier" : "token", length < 100 ? (int)length : 100,
                    parser->program->source.bytes + token->span.start);
    }
  }
  six_note_syntax(parser->program, syntax, token->span, six_arena_copy(&parser->program->arena, text.bytes, text.length));
  six_text_done(&text);
}

void six_parse_note_as(struct six_parser *parser, enum six_syntax syntax, uint32_t skip, const char *complaint) {
  six_note_syntax(parser->program, syntax, (struct six_span){parser->token.span.start + skip, parser->token.span.end}, complaint);
}

void six_parse_enter(struct six_parser *parser) {
  if (++parser->depth > SIX_PARSE_MAX_DEPTH) six_parse_too_deep(parser);
}

void six_parse_leave(struct six_parser *parser) { parser->depth--; }

// ---- Tokens

void six_parse_next(struct six_parser *parser) {
  parser->last = parser->token.span;
  parser->last_type = parser->token.type;
  if (parser->has_ahead) {
    parser->token = parser->ahead;
    parser->has_ahead = false;
  } else {
    six_lex_next(&parser->lexer, &parser->token);
  }
}

const struct six_token *six_parse_peek(struct six_parser *parser) {
  if (!parser->has_ahead) six_lex_next(&parser->lexer, &parser->ahead);
  parser->has_ahead = true;
  return &parser->ahead;
}

bool six_parse_check(struct six_parser *parser, enum six_token_type type) {
  if (parser->token.type != type) return false;
  six_parse_next(parser);
  return true;
}

void six_parse_expect(struct six_parser *parser, enum six_token_type type) {
  if (parser->token.type != type) six_parse_unexpected(parser, &parser->token);
  six_parse_next(parser);
}

// Automatic semicolon insertion (ECMA-262 12.10), with V8's hint about await.
void six_parse_semicolon(struct six_parser *parser) {
  if (six_parse_check(parser, SIX_T_SEMICOLON)) return;
  const struct six_token *token = &parser->token;
  if (token->newline_before || token->type == SIX_T_RBRACE || token->type == SIX_T_END) return;
  if (parser->last_type == SIX_T_AWAIT && !parser->function->is_async) {
    six_parse_error(parser, parser->last, "await is only valid in async functions and the top level bodies of modules");
  }
  six_parse_unexpected(parser, token);
}

bool six_parse_is_word(const struct six_parser *parser, const struct six_token *token, enum six_word word) {
  return token->name == parser->lexer.words[word] && !token->escaped && token->type != SIX_T_STRING && token->type != SIX_T_PRIVATE_NAME;
}

// ---- Nodes and lists

struct six_node *six_parse_node(struct six_parser *parser, enum six_node_type type, uint32_t start) {
  return six_node_new(parser->program, type, (struct six_span){start, parser->last.end});
}

struct six_node *six_parse_finish(struct six_parser *parser, struct six_node *node) {
  node->span.end = parser->last.end;
  return node;
}

void six_parse_push(struct six_parser *parser, struct six_node *node) {
  if (parser->stack_count == parser->stack_capacity) {
    parser->stack_capacity = parser->stack_capacity ? parser->stack_capacity * 2 : 256;
    parser->stack = realloc(parser->stack, parser->stack_capacity * sizeof(struct six_node *));
    if (!parser->stack) abort();
  }
  parser->stack[parser->stack_count++] = node;
}

struct six_nodes six_parse_pop(struct six_parser *parser, uint32_t mark) {
  struct six_nodes nodes = {NULL, parser->stack_count - mark};
  if (nodes.count) {
    nodes.items = six_arena_alloc(&parser->program->arena, nodes.count * sizeof(struct six_node *));
    memcpy(nodes.items, parser->stack + mark, nodes.count * sizeof(struct six_node *));
  }
  parser->stack_count = mark;
  return nodes;
}

// ---- The file

static void declare_commonjs_parameters(struct six_parser *parser) {
  static const char *const names[] = {"exports", "require", "module", "__filename", "__dirname"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const struct six_name *name = six_name_intern_utf8(parser->program, names[i], strlen(names[i]));
    six_parse_declare_parameter(parser, name, (struct six_span){0, 0});
  }
}

static void check_exports(struct six_parser *parser) {
  for (uint32_t i = 0; i < parser->exports_count; i++) {
    const struct six_parse_reference *export = &parser->exports[i];
    if (six_parse_is_declared(parser, export->name)) continue;
    uint32_t length = export->span.end - export->span.start;
    six_parse_error(parser, export->span, "Export '%.*s' is not defined in module", (int)(length > 200 ? 200 : length),
                    parser->program->source.bytes + export->span.start);
  }
}

// A CommonJS file is a function's body (with `return` and new.target); a module is async code.
static void parse_file(struct six_parser *parser) {
  struct six_parse_function file = {
      .is_file = true,
      .is_async = parser->is_module,
      .is_strict = parser->is_module,
      .allows_new_target = !parser->is_module,
  };
  if (parser->eval) {
    file.is_strict = parser->eval->is_strict;
    file.allows_new_target = parser->eval->allows_new_target;
    file.allows_super_property = parser->eval->allows_super_property;
    file.allows_super_call = parser->eval->allows_super_call;
    file.is_field = parser->eval->in_field;
  }
  struct six_parse_scope scope;
  six_parse_function_open(parser, &file);
  six_parse_scope_open(parser, &scope, SIX_SCOPE_FUNCTION);
  if (!parser->is_module && !parser->eval) declare_commonjs_parameters(parser);
  six_parse_next(parser);
  six_parse_statements(parser, SIX_T_END, true, true);
  parser->program->body = six_parse_pop(parser, 0);
  if (file.is_strict) six_parse_check_strict_octal(parser, 0);
  check_exports(parser);
  parser->program->is_strict = file.is_strict;
  parser->program->uses_arguments = file.uses.arguments;
  parser->program->uses_this = file.uses.this;
  parser->program->has_top_level_await = parser->is_module && parser->saw_top_level_await;
}

static void parser_done(struct six_parser *parser) {
  six_lex_done(&parser->lexer);
  free(parser->declarations);
  free(parser->references);
  free(parser->exports);
  free(parser->stack);
}

// Runs the parser; the only place errors come back to. False with diag set after one.
static bool run(struct six_parser *parser) {
  if (setjmp(parser->escape)) return false;
  parse_file(parser);
  return true;
}

// Parses once, with the goal known. The last two tell whether the text had what only modules have.
static struct six_program *parse_as(const struct six_source *source, bool is_module, const struct six_eval_context *eval,
                                    struct six_diag *diag, bool *saw_module_syntax, bool *saw_await) {
  struct six_program *program = calloc(1, sizeof *program);
  struct six_parser *parser = calloc(1, sizeof *parser);
  if (!program || !parser) abort();
  program->source = *source;
  program->kind = eval ? SIX_SOURCE_EVAL : is_module ? SIX_SOURCE_MODULE : SIX_SOURCE_SCRIPT;
  parser->program = program;
  parser->is_module = is_module;
  parser->eval = eval;
  parser->diag = diag;
  parser->cover_at = parser->proto_at = parser->argument_at = SIX_PARSE_NOWHERE;
  six_lex_init(&parser->lexer, program, is_module);
  bool is_parsed = run(parser);
  *saw_module_syntax = parser->saw_module_syntax;
  *saw_await = parser->saw_top_level_await;
  parser_done(parser);
  free(parser);
  if (is_parsed) return program;
  six_program_free(program);
  return NULL;
}

// As Node 22's detection: a script that only its import, export, import.meta or top-level await spoils is a module.
static struct six_program *detect(const struct six_source *source, bool by_name, struct six_diag *diag) {
  struct six_diag as_script = {0}, as_module = {0};
  bool syntax, await, ignored;
  struct six_program *program = parse_as(source, false, NULL, &as_script, &syntax, &await);
  if (!program && (syntax || await)) program = parse_as(source, true, NULL, &as_module, &ignored, &ignored);
  if (!program) *diag = syntax ? as_module : as_script;
  else if (by_name && program->kind == SIX_SOURCE_MODULE)
    six_note_syntax(program, SIX_SYNTAX_DETECTED_MODULE, as_script.span,
                    six_arena_copy(&program->arena, as_script.message, strlen(as_script.message)));
  return program;
}

struct six_program *six_parse(const struct six_source *source, enum six_parse_goal goal, struct six_diag *diag) {
  bool ignored;
  if (source->length > INT32_MAX) {
    six_fail(diag, SIX_STATUS_DATA, (struct six_span){0, 0}, "the file is larger than 2 GiB");
    return NULL;
  }
  if (goal == SIX_PARSE_DETECT || goal == SIX_PARSE_EITHER) return detect(source, goal == SIX_PARSE_DETECT, diag);
  return parse_as(source, goal == SIX_PARSE_MODULE, NULL, diag, &ignored, &ignored);
}

struct six_program *six_parse_eval(const struct six_source *source, const struct six_eval_context *context, struct six_diag *diag) {
  bool ignored;
  return parse_as(source, false, context, diag, &ignored, &ignored);
}
