// Identifiers, binding patterns, and expressions that turn out to have been patterns (ECMA-262 13.1, 13.15.5, 14.3.3).
#include "sim/program/parse_private.h"

// ---- Identifiers

bool six_parse_is_any_identifier(enum six_token_type type) {
  return type == SIX_T_IDENTIFIER || type == SIX_T_ESCAPED_STRICT_RESERVED || type >= SIX_T_ASYNC;
}

// Whether the token may be used as an identifier here.
bool six_parse_is_identifier(const struct six_parser *parser, const struct six_token *token) {
  const struct six_parse_function *function = parser->function;
  uint8_t type = token->type;
  if (type == SIX_T_ESCAPED_STRICT_RESERVED) {
    if (token->name == parser->lexer.words[SIX_W_AWAIT]) type = SIX_T_AWAIT;
    if (token->name == parser->lexer.words[SIX_W_YIELD]) type = SIX_T_YIELD;
  }
  switch (type) {
    case SIX_T_IDENTIFIER:
    case SIX_T_ASYNC: return true;
    case SIX_T_AWAIT: return !parser->is_module && !function->is_async && !function->is_static_block;
    case SIX_T_YIELD: return !function->is_strict && !function->is_generator;
    default: return six_parse_is_any_identifier(type) && !function->is_strict;
  }
}

static bool is_eval_or_arguments(const struct six_parser *parser, const struct six_name *name) {
  return name == parser->lexer.words[SIX_W_EVAL] || name == parser->lexer.words[SIX_W_ARGUMENTS];
}

static void use_arguments(struct six_parser *parser, struct six_span span) {
  parser->function->uses.arguments = true;
  const struct six_parse_function *function = parser->function;
  while (function->is_arrow) function = function->outer;
  if (function->is_field || function->is_static_block) {
    six_parse_error(parser, span, "'arguments' is not allowed in class field initializer or static initialization block");
  }
}

static struct six_node *identifier(struct six_parser *parser) {
  if (!six_parse_is_identifier(parser, &parser->token)) six_parse_unexpected(parser, &parser->token);
  struct six_node *node = six_node_new(parser->program, SIX_N_IDENTIFIER, parser->token.span);
  node->name = parser->token.name;
  six_parse_next(parser);
  return node;
}

struct six_node *six_parse_identifier(struct six_parser *parser) {
  const struct six_token *token = &parser->token;
  if (token->type == SIX_T_AWAIT) {
    if (parser->function->is_file) parser->saw_top_level_await = true;
    if (!parser->function->uses.await_name.end) parser->function->uses.await_name = token->span;
  }
  if (token->name == parser->lexer.words[SIX_W_ARGUMENTS]) use_arguments(parser, token->span);
  return identifier(parser);
}

// Remembers what a parameter's name may not be, should the function be strict after all.
static void note_strict_error(struct six_parser *parser, const struct six_name *name, struct six_span span) {
  struct six_parse_function *function = parser->function;
  if (!function->in_parameters || function->strict_error) return;
  if (is_eval_or_arguments(parser, name)) {
    function->strict_error = "Unexpected eval or arguments in strict mode";
  } else if (name->id >= SIX_W_LET && name->id <= SIX_W_PUBLIC) {
    function->strict_error = "Unexpected strict mode reserved word";
  } else {
    return;
  }
  function->strict_span = span;
}

struct six_node *six_parse_binding_identifier(struct six_parser *parser) {
  if (!six_parse_is_any_identifier(parser->token.type)) six_parse_unexpected(parser, &parser->token);
  struct six_node *node = identifier(parser);
  if (parser->function->is_strict && is_eval_or_arguments(parser, node->name)) {
    six_parse_error(parser, node->span, "Unexpected eval or arguments in strict mode");
  }
  note_strict_error(parser, node->name, node->span);
  return node;
}

// ---- Binding patterns

static struct six_node *with_default(struct six_parser *parser, struct six_node *target, uint32_t start) {
  if (parser->token.type != SIX_T_ASSIGN) return target;
  uint32_t at = parser->token.span.start;
  bool no_in = parser->no_in;
  parser->no_in = false;
  six_parse_next(parser);
  struct six_node *initializer = six_parse_assignment(parser);
  parser->no_in = no_in;
  struct six_node *node = six_parse_node(parser, SIX_N_DEFAULT, start);
  node->binary.left = target;
  node->binary.right = initializer;
  node->binary.op_at = at;
  return node;
}

// V8 reads elements as expressions first, so it words what cannot be a binding accordingly.
static struct six_node *binding_target(struct six_parser *parser) {
  uint8_t type = parser->token.type;
  if (type == SIX_T_NUMBER || type == SIX_T_BIGINT || type == SIX_T_STRING) {
    six_parse_error(parser, parser->token.span, "Invalid destructuring assignment target");
  }
  struct six_node *target = six_parse_binding(parser);
  if (parser->token.type == SIX_T_DOT || parser->token.type == SIX_T_LBRACK) {
    six_parse_error(parser, target->span, "Illegal property in declaration context");
  }
  return target;
}

static struct six_node *binding_element(struct six_parser *parser) {
  uint32_t start = parser->token.span.start;
  return with_default(parser, binding_target(parser), start);
}

static struct six_node *binding_rest(struct six_parser *parser, bool in_object) {
  uint32_t start = parser->token.span.start;
  six_parse_next(parser);
  if (in_object && !six_parse_is_any_identifier(parser->token.type)) {
    six_parse_error(parser, parser->token.span, "`...` must be followed by an identifier in declaration contexts");
  }
  struct six_node *argument = binding_target(parser);
  struct six_node *node = six_parse_node(parser, SIX_N_REST, start);
  node->unary.argument = argument;
  if (parser->token.type == SIX_T_COMMA) six_parse_error(parser, node->span, "Rest element must be last element");
  return node;
}

static struct six_node *array_binding(struct six_parser *parser) {
  uint32_t start = parser->token.span.start, mark = parser->stack_count;
  six_parse_next(parser);
  while (parser->token.type != SIX_T_RBRACK) {
    if (parser->token.type == SIX_T_COMMA) {
      six_parse_push(parser, NULL);
    } else if (parser->token.type == SIX_T_ELLIPSIS) {
      six_parse_push(parser, binding_rest(parser, false));
    } else {
      six_parse_push(parser, binding_element(parser));
    }
    if (parser->token.type != SIX_T_RBRACK) six_parse_expect(parser, SIX_T_COMMA);
  }
  six_parse_next(parser);
  struct six_node *node = six_parse_node(parser, SIX_N_ARRAY_PATTERN, start);
  node->list = six_parse_pop(parser, mark);
  return node;
}

static struct six_node *binding_property(struct six_parser *parser) {
  struct six_node *node = six_parse_node(parser, SIX_N_PROPERTY, parser->token.span.start);
  node->property.kind = SIX_PROPERTY_INIT;
  bool is_name = six_parse_is_any_identifier(parser->token.type);
  uint8_t after = is_name ? six_parse_peek(parser)->type : SIX_T_END;
  if (is_name && (after == SIX_T_COMMA || after == SIX_T_RBRACE || after == SIX_T_ASSIGN)) {
    struct six_node *key = six_node_new(parser->program, SIX_N_IDENTIFIER, parser->token.span);
    key->name = parser->token.name;
    node->property.key = key;
    node->property.shorthand = true;
    node->property.value = with_default(parser, six_parse_binding_identifier(parser), key->span.start);
    return six_parse_finish(parser, node);
  }
  struct six_parse_property head = {0};
  struct six_token first = parser->token;
  if (first.type == SIX_T_PRIVATE_NAME) six_parse_unexpected(parser, &first);
  six_parse_property_head(parser, &head);
  if (head.kind != SIX_PROPERTY_INIT || parser->token.type == SIX_T_LPAREN) {
    six_parse_error(parser, first.span, "Invalid destructuring assignment target");
  }
  if (parser->token.type != SIX_T_COLON) {
    uint8_t type = parser->token.type;
    bool is_shorthand = type == SIX_T_COMMA || type == SIX_T_RBRACE || type == SIX_T_ASSIGN;
    six_parse_unexpected(parser, is_shorthand ? &first : &parser->token);
  }
  six_parse_next(parser);
  node->property.key = head.key;
  node->property.computed = head.computed;
  node->property.value = binding_element(parser);
  return six_parse_finish(parser, node);
}

static struct six_node *object_binding(struct six_parser *parser) {
  uint32_t start = parser->token.span.start, mark = parser->stack_count;
  six_parse_next(parser);
  while (parser->token.type != SIX_T_RBRACE) {
    bool is_rest = parser->token.type == SIX_T_ELLIPSIS;
    six_parse_push(parser, is_rest ? binding_rest(parser, true) : binding_property(parser));
    if (parser->token.type != SIX_T_RBRACE) six_parse_expect(parser, SIX_T_COMMA);
  }
  six_parse_next(parser);
  struct six_node *node = six_parse_node(parser, SIX_N_OBJECT_PATTERN, start);
  node->list = six_parse_pop(parser, mark);
  return node;
}

struct six_node *six_parse_binding(struct six_parser *parser) {
  six_parse_enter(parser);
  struct six_node *node;
  switch (parser->token.type) {
    case SIX_T_LBRACK: node = array_binding(parser); break;
    case SIX_T_LBRACE: node = object_binding(parser); break;
    default: node = six_parse_binding_identifier(parser);
  }
  six_parse_leave(parser);
  return node;
}

// ---- From expressions to patterns

noreturn static void bad_target(struct six_parser *parser, const struct six_node *node) {
  six_parse_error(parser, node->span, "Invalid destructuring assignment target");
}

// A comma after the rest element was dropped with the literal's other trailing commas, but is an error in a pattern.
static bool has_comma_after(const struct six_parser *parser, const struct six_node *node) {
  const struct six_source *source = &parser->program->source;
  struct six_lexer lexer = parser->lexer;
  struct six_token token = {0};
  lexer.at = node->span.end;
  lexer.length = (uint32_t)source->length;
  six_lex_next(&lexer, &token);
  return token.type == SIX_T_COMMA;
}

static struct six_node *to_rest(struct six_parser *parser, struct six_node *node, bool is_binding, bool is_last, bool in_object) {
  struct six_node *argument = node->unary.argument;
  if (!is_last || (node->type == SIX_N_SPREAD && has_comma_after(parser, node))) {
    six_parse_error(parser, node->span, "Rest element must be last element");
  }
  if (in_object &&
      (is_binding ? argument->type != SIX_N_IDENTIFIER : argument->type != SIX_N_IDENTIFIER && argument->type != SIX_N_MEMBER)) {
    six_parse_error(parser, argument->span,
                    is_binding ? "`...` must be followed by an identifier in declaration contexts"
                               : "`...` must be followed by an assignable reference in assignment contexts");
  }
  if (argument->type == SIX_N_ASSIGN) bad_target(parser, argument);
  node->type = SIX_N_REST;
  node->unary.argument = six_parse_to_pattern(parser, argument, is_binding);
  return node;
}

static void check_strict_name(struct six_parser *parser, const struct six_node *node) {
  if (parser->function->is_strict && is_eval_or_arguments(parser, node->name)) {
    six_parse_error(parser, node->span, "Unexpected eval or arguments in strict mode");
  }
}

static void convert_items(struct six_parser *parser, struct six_nodes *items, bool is_binding, bool in_object) {
  for (uint32_t i = 0; i < items->count; i++) {
    struct six_node *item = items->items[i];
    if (!item) continue;
    if (item->type == SIX_N_SPREAD || item->type == SIX_N_REST) {
      items->items[i] = to_rest(parser, item, is_binding, i + 1 == items->count, in_object);
    } else if (in_object) {
      if (item->property.kind != SIX_PROPERTY_INIT) bad_target(parser, item);
      if (item->property.shorthand) check_strict_name(parser, item->property.key);
      item->property.value = six_parse_to_pattern(parser, item->property.value, is_binding);
    } else {
      items->items[i] = six_parse_to_pattern(parser, item, is_binding);
    }
  }
}

static void check_name_target(struct six_parser *parser, const struct six_node *node, bool is_binding) {
  if (is_binding && node->parenthesized) bad_target(parser, node);
  if (is_binding && parser->function->is_async && node->name == parser->lexer.words[SIX_W_AWAIT]) {
    six_parse_error(parser, node->span, "'await' is not a valid identifier name in an async function");
  }
  if (!is_binding && !six_parse_is_assignable(parser, node)) bad_target(parser, node);
  check_strict_name(parser, node);
  if (is_binding) note_strict_error(parser, node->name, node->span);
}

// Turns an expression, in place, into the pattern that was written; recursion is bounded by the expression's nesting.
struct six_node *six_parse_to_pattern(struct six_parser *parser, struct six_node *node, bool is_binding) {
  switch (node->type) {
    case SIX_N_IDENTIFIER: check_name_target(parser, node, is_binding); return node;
    case SIX_N_MEMBER:
      if (is_binding) six_parse_error(parser, node->span, "Illegal property in declaration context");
      return node;
    case SIX_N_ARRAY:
    case SIX_N_OBJECT:
    case SIX_N_ARRAY_PATTERN:
    case SIX_N_OBJECT_PATTERN: {
      bool is_object = node->type == SIX_N_OBJECT || node->type == SIX_N_OBJECT_PATTERN;
      if (node->parenthesized) bad_target(parser, node);
      node->type = is_object ? SIX_N_OBJECT_PATTERN : SIX_N_ARRAY_PATTERN;
      convert_items(parser, &node->list, is_binding, is_object);
      return node;
    }
    case SIX_N_ASSIGN:
      if (node->parenthesized || node->binary.op != SIX_OP_NONE) bad_target(parser, node);
      node->type = SIX_N_DEFAULT;  // fall through
    case SIX_N_DEFAULT: node->binary.left = six_parse_to_pattern(parser, node->binary.left, is_binding); return node;
    default: bad_target(parser, node);
  }
}

// Calls `visit` for each name that a binding pattern declares.
void six_parse_bound_names(struct six_parser *parser, const struct six_node *pattern, six_parse_visit *visit, void *context) {
  switch (pattern->type) {
    case SIX_N_IDENTIFIER: visit(parser, pattern, context); return;
    case SIX_N_DEFAULT: six_parse_bound_names(parser, pattern->binary.left, visit, context); return;
    case SIX_N_REST: six_parse_bound_names(parser, pattern->unary.argument, visit, context); return;
    case SIX_N_PROPERTY: six_parse_bound_names(parser, pattern->property.value, visit, context); return;
    case SIX_N_ARRAY_PATTERN:
    case SIX_N_OBJECT_PATTERN:
      for (uint32_t i = 0; i < pattern->list.count; i++) {
        if (pattern->list.items[i]) six_parse_bound_names(parser, pattern->list.items[i], visit, context);
      }
      return;
    default: return;
  }
}
