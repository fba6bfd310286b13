// Array and object literals, templates, and the heads of properties that objects and classes share (ECMA-262 13.2).
#include "sim/program/parse_private.h"

bool six_parse_is_property_name(const struct six_token *token) {
  return token->type >= SIX_T_BREAK || token->type == SIX_T_IDENTIFIER || token->type == SIX_T_ESCAPED_KEYWORD ||
         token->type == SIX_T_ESCAPED_STRICT_RESERVED;
}

struct six_node *six_parse_name_node(struct six_parser *parser) {
  struct six_node *node = six_node_new(parser->program, SIX_N_IDENTIFIER, parser->token.span);
  node->name = parser->token.name;
  six_parse_next(parser);
  return node;
}

static struct six_node *spread(struct six_parser *parser) {
  uint32_t start = parser->token.span.start;
  six_parse_next(parser);
  struct six_node *argument = six_parse_assignment_cover(parser);
  struct six_node *node = six_parse_node(parser, SIX_N_SPREAD, start);
  node->unary.argument = argument;
  return node;
}

struct six_node *six_parse_array(struct six_parser *parser) {
  uint32_t start = parser->token.span.start, mark = parser->stack_count;
  bool no_in = parser->no_in;
  parser->no_in = false;
  six_parse_next(parser);
  while (parser->token.type != SIX_T_RBRACK) {
    if (parser->token.type == SIX_T_COMMA) {
      six_parse_push(parser, NULL);
    } else if (parser->token.type == SIX_T_ELLIPSIS) {
      six_parse_push(parser, spread(parser));
    } else {
      six_parse_push(parser, six_parse_assignment_cover(parser));
    }
    if (parser->token.type != SIX_T_RBRACK) six_parse_expect(parser, SIX_T_COMMA);
  }
  parser->no_in = no_in;
  six_parse_next(parser);
  struct six_node *node = six_parse_node(parser, SIX_N_ARRAY, start);
  node->list = six_parse_pop(parser, mark);
  return node;
}

// ---- Property heads

// Whether the token ends a property's name, so that `get`, `set`, `async` or `static` before it was the name.
static bool ends_name(const struct six_token *token) {
  switch (token->type) {
    case SIX_T_COLON:
    case SIX_T_COMMA:
    case SIX_T_RBRACE:
    case SIX_T_ASSIGN:
    case SIX_T_LPAREN:
    case SIX_T_SEMICOLON: return true;
    default: return false;
  }
}

static struct six_node *computed_key(struct six_parser *parser) {
  bool no_in = parser->no_in;
  parser->no_in = false;
  six_parse_next(parser);
  struct six_node *key = six_parse_assignment(parser);
  parser->no_in = no_in;
  six_parse_expect(parser, SIX_T_RBRACK);
  return key;
}

static struct six_node *property_key(struct six_parser *parser, struct six_parse_property *property) {
  enum six_node_type type;
  property->key_token = parser->token;
  switch (parser->token.type) {
    case SIX_T_LBRACK: property->computed = true; return computed_key(parser);
    case SIX_T_STRING: type = SIX_N_STRING; break;
    case SIX_T_NUMBER: type = SIX_N_NUMBER; break;
    case SIX_T_BIGINT: type = SIX_N_BIGINT; break;
    case SIX_T_PRIVATE_NAME:
      if (!parser->class_) six_parse_unexpected(parser, &parser->token);
      type = SIX_N_PRIVATE_NAME;
      break;
    default:
      if (!six_parse_is_property_name(&parser->token)) six_parse_unexpected(parser, &parser->token);
      type = SIX_N_IDENTIFIER;
  }
  struct six_node *key = six_node_new(parser->program, type, parser->token.span);
  if (type == SIX_N_NUMBER) {
    key->number = parser->token.number;
  } else {
    key->name = parser->token.name;
  }
  six_parse_next(parser);
  return key;
}

// Takes a modifier word; false leaves it as the property's name, which has been read then.
static bool modifier(struct six_parser *parser, struct six_parse_property *property) {
  property->key_token = parser->token;
  property->key = six_parse_name_node(parser);
  return !ends_name(&parser->token);
}

void six_parse_property_head(struct six_parser *parser, struct six_parse_property *property) {
  property->start = parser->token.span.start;
  property->kind = SIX_PROPERTY_INIT;
  if (parser->token.type == SIX_T_ASYNC) {
    if (!modifier(parser, property) || parser->token.newline_before) return;
    property->is_async = true;
    property->kind = SIX_PROPERTY_METHOD;
  }
  if (property->is_async && parser->token.type == SIX_T_MUL) six_parse_note(parser, SIX_SYNTAX_ASYNC_GENERATOR);
  if (six_parse_check(parser, SIX_T_MUL)) {
    property->is_generator = true;
    property->kind = SIX_PROPERTY_METHOD;
  }
  bool is_get = six_parse_is_word(parser, &parser->token, SIX_W_GET);
  if (property->kind == SIX_PROPERTY_INIT && (is_get || six_parse_is_word(parser, &parser->token, SIX_W_SET))) {
    if (!modifier(parser, property)) return;
    // A class field may be called `get`, with a method after it on a line of its own: `get⏎ *m() {}`.
    if (parser->token.type == SIX_T_MUL && parser->token.newline_before) return;
    property->kind = is_get ? SIX_PROPERTY_GET : SIX_PROPERTY_SET;
  }
  property->key = property_key(parser, property);
}

// ---- Object literals

static bool is_proto(const struct six_parser *parser, const struct six_parse_property *property) {
  return !property->computed && (property->key->type == SIX_N_IDENTIFIER || property->key->type == SIX_N_STRING) &&
         property->key->name == parser->lexer.words[SIX_W_PROTO];
}

static struct six_node *reference_of(struct six_parser *parser, const struct six_parse_property *property) {
  const struct six_token *token = &property->key_token;
  if (!six_parse_is_any_identifier(token->type)) {
    six_parse_unexpected(parser, token);
  }
  // Read the name again as an identifier reference: that checks and records its use.
  struct six_token after = parser->token, ahead = parser->ahead;
  bool has_ahead = parser->has_ahead;
  struct six_span last = parser->last;
  uint8_t last_type = parser->last_type;
  parser->token = *token;
  parser->ahead = after;
  parser->has_ahead = true;
  struct six_node *node = six_parse_identifier(parser);
  parser->token = after;
  parser->ahead = ahead;
  parser->has_ahead = has_ahead;
  parser->last = last;
  parser->last_type = last_type;
  return node;
}

// `{a}` and, as the beginning of a pattern, `{a = 1}`.
static struct six_node *shorthand(struct six_parser *parser, const struct six_parse_property *property) {
  struct six_node *value = reference_of(parser, property);
  if (parser->token.type != SIX_T_ASSIGN) return value;
  uint32_t at = parser->token.span.start, cover = parser->cover_at;
  six_parse_next(parser);
  struct six_node *initializer = six_parse_assignment(parser);
  struct six_node *node = six_parse_node(parser, SIX_N_DEFAULT, value->span.start);
  node->binary.left = value;
  node->binary.right = initializer;
  node->binary.op_at = at;
  parser->cover_at = cover == SIX_PARSE_NOWHERE ? at : cover;
  return node;
}

static enum six_parse_body body_of(enum six_property_kind kind) {
  return kind == SIX_PROPERTY_GET ? SIX_BODY_GETTER : kind == SIX_PROPERTY_SET ? SIX_BODY_SETTER : SIX_BODY_METHOD;
}

static struct six_node *object_property(struct six_parser *parser, bool *has_proto) {
  struct six_parse_property property = {0};
  if (parser->token.type == SIX_T_PRIVATE_NAME) six_parse_unexpected(parser, &parser->token);
  six_parse_property_head(parser, &property);
  if (property.key->type == SIX_N_PRIVATE_NAME && !property.computed) {
    six_parse_unexpected(parser, &property.key_token);
  }
  struct six_node *node = six_parse_node(parser, SIX_N_PROPERTY, property.start);
  node->property.key = property.key;
  node->property.computed = property.computed;
  node->property.kind = property.kind;
  struct six_node *value;
  if (property.kind != SIX_PROPERTY_INIT) {
    value = six_parse_method(parser, &property, body_of(property.kind));
  } else if (parser->token.type == SIX_T_LPAREN) {
    node->property.kind = SIX_PROPERTY_METHOD;
    value = six_parse_method(parser, &property, SIX_BODY_METHOD);
  } else if (six_parse_check(parser, SIX_T_COLON)) {
    if (is_proto(parser, &property)) {
      if (*has_proto && parser->proto_at == SIX_PARSE_NOWHERE) parser->proto_at = property.start;
      *has_proto = true;
    }
    value = six_parse_assignment_cover(parser);
  } else if (ends_name(&parser->token) && parser->token.type != SIX_T_SEMICOLON) {
    node->property.shorthand = true;
    value = shorthand(parser, &property);
  } else {
    six_parse_unexpected(parser, &parser->token);
  }
  node->property.value = value;
  return six_parse_finish(parser, node);
}

struct six_node *six_parse_object(struct six_parser *parser) {
  uint32_t start = parser->token.span.start, mark = parser->stack_count;
  bool has_proto = false, no_in = parser->no_in;
  parser->no_in = false;
  six_parse_next(parser);
  while (parser->token.type != SIX_T_RBRACE) {
    bool is_spread = parser->token.type == SIX_T_ELLIPSIS;
    six_parse_push(parser, is_spread ? spread(parser) : object_property(parser, &has_proto));
    if (parser->token.type != SIX_T_RBRACE) six_parse_expect(parser, SIX_T_COMMA);
  }
  parser->no_in = no_in;
  six_parse_next(parser);
  struct six_node *node = six_parse_node(parser, SIX_N_OBJECT, start);
  node->list = six_parse_pop(parser, mark);
  return node;
}

// ---- Templates

struct part_list {  // parts are read before their number is known
  struct six_template_part *items;
  uint32_t count, capacity;
};

static void add_part(struct six_parser *parser, struct part_list *parts, bool is_tagged) {
  const struct six_token *token = &parser->token;
  if (!token->raw) six_parse_error(parser, token->span, "Unexpected end of input");
  if (!token->name && !is_tagged) six_parse_error(parser, token->error_span, "%s", token->error);
  if (parts->count == parts->capacity) {
    uint32_t capacity = parts->capacity ? parts->capacity * 2 : 4;
    struct six_template_part *items = six_arena_alloc(&parser->program->arena, capacity * sizeof *items);
    for (uint32_t i = 0; i < parts->count; i++) items[i] = parts->items[i];
    parts->items = items;
    parts->capacity = capacity;
  }
  parts->items[parts->count++] = (struct six_template_part){.cooked = token->name, .raw = token->raw};
}

struct six_node *six_parse_template(struct six_parser *parser, bool is_tagged) {
  struct part_list parts = {0};
  uint32_t start = parser->token.span.start, mark = parser->stack_count;
  bool no_in = parser->no_in;
  parser->no_in = false;
  add_part(parser, &parts, is_tagged);
  while (!parser->token.is_tail) {
    six_parse_next(parser);
    six_parse_push(parser, six_parse_expression(parser));
    if (parser->token.type != SIX_T_RBRACE) {
      if (parser->token.type == SIX_T_ILLEGAL && parser->token.error) six_parse_unexpected(parser, &parser->token);
      six_parse_error(parser, parser->token.span, "Missing } in template expression");
    }
    parser->has_ahead = false;
    six_lex_template(&parser->lexer, &parser->token);
    add_part(parser, &parts, is_tagged);
  }
  parser->no_in = no_in;
  six_parse_next(parser);
  struct six_node *node = six_parse_node(parser, SIX_N_TEMPLATE, start);
  node->template.quasis = parts.items;
  node->template.expressions = six_parse_pop(parser, mark);
  return node;
}
