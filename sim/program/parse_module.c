// Import and export declarations (ECMA-262 16.2).
#include <string.h>

#include "sim/program/parse_private.h"

static const struct six_name *module_specifier(struct six_parser *parser) {
  if (parser->token.type != SIX_T_STRING) six_parse_unexpected(parser, &parser->token);
  const struct six_name *name = parser->token.name;
  six_parse_next(parser);
  bool is_assert = six_parse_is_word(parser, &parser->token, SIX_W_ASSERT) && !parser->token.newline_before;
  if (parser->token.type == SIX_T_WITH || is_assert) {
    six_parse_unsupported(parser, parser->token.span, "import attributes are not supported");
  }
  return name;
}

static const struct six_name *from_clause(struct six_parser *parser) {
  if (!six_parse_is_word(parser, &parser->token, SIX_W_FROM)) six_parse_unexpected(parser, &parser->token);
  six_parse_next(parser);
  return module_specifier(parser);
}

// ModuleExportName: a word, reserved or not, or a string.
static const struct six_name *export_name(struct six_parser *parser) {
  const struct six_token *token = &parser->token;
  if (token->type != SIX_T_STRING && !six_parse_is_property_name(token)) six_parse_unexpected(parser, token);
  const struct six_name *name = token->name;
  six_parse_next(parser);
  return name;
}

static struct six_node *specifier(struct six_parser *parser, enum six_node_type type, uint32_t start, const struct six_name *external,
                                  const struct six_name *local) {
  struct six_node *node = six_parse_node(parser, type, start);
  node->specifier.external = external;
  node->specifier.local = local;
  return node;
}

static const struct six_name *local_binding(struct six_parser *parser) {
  struct six_node *local = six_parse_binding_identifier(parser);
  six_parse_declare_lexical(parser, local->name, local->span);
  return local->name;
}

// ---- Import

static struct six_node *named_import(struct six_parser *parser) {
  struct six_token token = parser->token;
  const struct six_name *external = export_name(parser), *local = external;
  if (six_parse_is_word(parser, &parser->token, SIX_W_AS)) {
    six_parse_next(parser);
    local = local_binding(parser);
  } else {
    if (!six_parse_is_any_identifier(token.type) || !six_parse_is_identifier(parser, &token)) {
      six_parse_unexpected(parser, token.type == SIX_T_STRING ? &parser->token : &token);
    }
    if (local == parser->lexer.words[SIX_W_EVAL] || local == parser->lexer.words[SIX_W_ARGUMENTS]) {
      six_parse_error(parser, token.span, "Unexpected eval or arguments in strict mode");
    }
    six_parse_declare_lexical(parser, local, token.span);
  }
  return specifier(parser, SIX_N_IMPORT_SPECIFIER, token.span.start, external, local);
}

static void import_clause(struct six_parser *parser) {
  uint32_t start = parser->token.span.start;
  if (six_parse_is_any_identifier(parser->token.type)) {
    const struct six_name *external = six_name_intern_utf8(parser->program, "default", 7);
    const struct six_name *local = local_binding(parser);
    six_parse_push(parser, specifier(parser, SIX_N_IMPORT_SPECIFIER, start, external, local));
    if (!six_parse_check(parser, SIX_T_COMMA)) return;
    start = parser->token.span.start;
  }
  if (six_parse_check(parser, SIX_T_MUL)) {
    if (!six_parse_is_word(parser, &parser->token, SIX_W_AS)) six_parse_unexpected(parser, &parser->token);
    six_parse_next(parser);
    const struct six_name *local = local_binding(parser);
    six_parse_push(parser, specifier(parser, SIX_N_IMPORT_SPECIFIER, start, NULL, local));
    return;
  }
  six_parse_expect(parser, SIX_T_LBRACE);
  while (parser->token.type != SIX_T_RBRACE) {
    six_parse_push(parser, named_import(parser));
    if (parser->token.type != SIX_T_RBRACE) six_parse_expect(parser, SIX_T_COMMA);
  }
  six_parse_next(parser);
}

struct six_node *six_parse_import_declaration(struct six_parser *parser) {
  uint32_t start = parser->token.span.start, mark = parser->stack_count;
  const struct six_name *from;
  parser->saw_module_syntax = true;
  six_parse_next(parser);
  if (parser->token.type == SIX_T_STRING) {
    from = module_specifier(parser);
  } else {
    import_clause(parser);
    from = from_clause(parser);
  }
  six_parse_semicolon(parser);
  struct six_node *node = six_parse_node(parser, SIX_N_IMPORT, start);
  node->import.specifiers = six_parse_pop(parser, mark);
  node->import.from = from;
  return node;
}

// ---- Export

static void add_export(struct six_parser *parser, const struct six_name *name, struct six_span span) {
  if (six_parse_declare_export(parser, name)) return;
  uint32_t length = span.end - span.start;
  six_parse_error(parser, span, "Duplicate export of '%.*s'", (int)(length > 200 ? 200 : length),
                  parser->program->source.bytes + span.start);
}

static void export_bound(struct six_parser *parser, const struct six_node *name, void *context) {
  (void)context;
  add_export(parser, name->name, name->span);
}

static struct six_node *named_export(struct six_parser *parser) {
  struct six_token token = parser->token;
  const struct six_name *local = export_name(parser), *external = local;
  struct six_span span = token.span;
  if (six_parse_is_word(parser, &parser->token, SIX_W_AS)) {
    six_parse_next(parser);
    span = parser->token.span;
    external = export_name(parser);
  }
  add_export(parser, external, span);
  return specifier(parser, SIX_N_EXPORT_SPECIFIER, token.span.start, external, local);
}

// Without `from`, what is exported must be the module's own names.
static void check_locals(struct six_parser *parser, const struct six_node *node, const struct six_token *bad) {
  if (bad->type != SIX_T_END) six_parse_unexpected(parser, bad);
  for (uint32_t i = 0; i < node->export_.specifiers.count; i++) {
    const struct six_node *item = node->export_.specifiers.items[i];
    struct six_span span = {item->span.start, item->span.start};
    const struct six_source *source = &parser->program->source;
    while (span.end < item->span.end && !strchr(" \t\r\n/,}", source->bytes[span.end])) span.end++;
    struct six_parse_reference reference = {item->specifier.local, span};
    six_parse_add_reference(&parser->exports, &parser->exports_count, &parser->exports_capacity, reference);
  }
}

static struct six_node *export_clause(struct six_parser *parser, uint32_t start) {
  uint32_t mark = parser->stack_count;
  struct six_token bad = {.type = SIX_T_END};
  struct six_node *node = six_parse_node(parser, SIX_N_EXPORT_NAMED, start);
  six_parse_next(parser);
  while (parser->token.type != SIX_T_RBRACE) {
    bool is_reference = six_parse_is_any_identifier(parser->token.type) && six_parse_is_identifier(parser, &parser->token);
    if (!is_reference && bad.type == SIX_T_END) bad = parser->token;
    six_parse_push(parser, named_export(parser));
    if (parser->token.type != SIX_T_RBRACE) six_parse_expect(parser, SIX_T_COMMA);
  }
  six_parse_next(parser);
  node->export_.specifiers = six_parse_pop(parser, mark);
  if (six_parse_is_word(parser, &parser->token, SIX_W_FROM)) {
    node->export_.from = from_clause(parser);
  } else {
    check_locals(parser, node, &bad);
  }
  six_parse_semicolon(parser);
  return six_parse_finish(parser, node);
}

static struct six_node *export_all(struct six_parser *parser, uint32_t start) {
  struct six_node *node = six_parse_node(parser, SIX_N_EXPORT_ALL, start);
  uint32_t mark = parser->stack_count, at = parser->token.span.start;
  six_parse_next(parser);
  if (six_parse_is_word(parser, &parser->token, SIX_W_AS)) {
    six_parse_next(parser);
    struct six_span span = parser->token.span;
    const struct six_name *external = export_name(parser);
    add_export(parser, external, span);
    six_parse_push(parser, specifier(parser, SIX_N_EXPORT_SPECIFIER, at, external, NULL));
  }
  node->export_.specifiers = six_parse_pop(parser, mark);
  node->export_.from = from_clause(parser);
  six_parse_semicolon(parser);
  return six_parse_finish(parser, node);
}

static bool is_async_function(struct six_parser *parser) {
  if (parser->token.type != SIX_T_ASYNC) return false;
  const struct six_token *ahead = six_parse_peek(parser);
  return ahead->type == SIX_T_FUNCTION && !ahead->newline_before;
}

static struct six_node *export_default(struct six_parser *parser, uint32_t start) {
  add_export(parser, parser->token.name, parser->token.span);
  six_parse_next(parser);
  struct six_node *argument;
  if (parser->token.type == SIX_T_FUNCTION || is_async_function(parser)) {
    argument = six_parse_function_declaration(parser, true);
  } else if (parser->token.type == SIX_T_CLASS) {
    argument = six_parse_class(parser, true, true);
  } else {
    argument = six_parse_assignment(parser);
    six_parse_semicolon(parser);
  }
  struct six_node *node = six_parse_node(parser, SIX_N_EXPORT_DEFAULT, start);
  node->unary.argument = argument;
  return node;
}

static void export_declared(struct six_parser *parser, const struct six_node *declaration) {
  if (declaration->type == SIX_N_FUNCTION_DECL) {
    export_bound(parser, declaration->function->id, NULL);
  } else if (declaration->type == SIX_N_CLASS_DECL) {
    export_bound(parser, declaration->class_->id, NULL);
  } else {
    const struct six_nodes *items = &declaration->declaration.declarators;
    for (uint32_t i = 0; i < items->count; i++) six_parse_bound_names(parser, items->items[i], export_bound, NULL);
  }
}

struct six_node *six_parse_export_declaration(struct six_parser *parser) {
  uint32_t start = parser->token.span.start;
  parser->saw_module_syntax = true;
  six_parse_next(parser);
  switch (parser->token.type) {
    case SIX_T_DEFAULT: return export_default(parser, start);
    case SIX_T_MUL: return export_all(parser, start);
    case SIX_T_LBRACE: return export_clause(parser, start);
    case SIX_T_VAR:
    case SIX_T_LET:
    case SIX_T_CONST:
    case SIX_T_FUNCTION:
    case SIX_T_CLASS: break;
    default:
      if (!is_async_function(parser)) six_parse_unexpected(parser, &parser->token);
  }
  struct six_node *node = six_parse_node(parser, SIX_N_EXPORT_NAMED, start);
  struct six_node *declaration = six_parse_statement_list_item(parser);
  node->export_.declaration = declaration;
  export_declared(parser, declaration);
  return six_parse_finish(parser, node);
}
