// Classes (ECMA-262 15.7).
#include "sim/program/parse_private.h"

struct class_body {
  struct six_class_node *node;
  bool is_derived;
};

static bool is_named(const struct six_parser *parser, const struct six_parse_property *property, enum six_word word) {
  return !property->computed && (property->key->type == SIX_N_IDENTIFIER || property->key->type == SIX_N_STRING) &&
         property->key->name == parser->lexer.words[word];
}

// ---- Names that classes do not allow

static void check_constructor(struct six_parser *parser, const struct six_parse_property *property, const struct six_class_node *node) {
  struct six_span span = property->key->span;
  if (property->kind == SIX_PROPERTY_GET || property->kind == SIX_PROPERTY_SET) {
    six_parse_error(parser, span, "Class constructor may not be an accessor");
  }
  if (property->is_async) six_parse_error(parser, span, "Class constructor may not be an async method");
  if (property->is_generator) six_parse_error(parser, span, "Class constructor may not be a generator");
  if (node->constructor) six_parse_error(parser, span, "A class may only have one constructor");
}

static void check_field_name(struct six_parser *parser, const struct six_parse_property *property, bool is_static) {
  if (is_static && is_named(parser, property, SIX_W_PROTOTYPE)) {
    six_parse_error(parser, property->key->span, "Classes may not have a static property named 'prototype'");
  }
  if (is_named(parser, property, SIX_W_CONSTRUCTOR)) {
    six_parse_error(parser, property->key->span, "Classes may not have a field named 'constructor'");
  }
}

static void declare_private(struct six_parser *parser, const struct six_parse_property *property, bool is_static) {
  const struct six_node *key = property->key;
  if (property->computed || key->type != SIX_N_PRIVATE_NAME) return;
  if (key->name == parser->lexer.words[SIX_W_CONSTRUCTOR]) {
    six_parse_error(parser, key->span,
                    property->kind == SIX_PROPERTY_FIELD ? "Classes may not have a field named 'constructor'"
                                                         : "Class constructor may not be a private method");
  }
  six_parse_declare_private(parser, key->name, key->span, property->kind, is_static);
}

// ---- Members

// An initializer is code of its own, as if in a method.
static struct six_node *field_initializer(struct six_parser *parser) {
  struct six_parse_function function = {.is_field = true, .is_strict = true, .allows_super_property = true, .allows_new_target = true};
  six_parse_function_open(parser, &function);
  six_parse_next(parser);
  struct six_node *value = six_parse_assignment(parser);
  six_parse_function_close(parser);
  return value;
}

static struct six_node *static_block(struct six_parser *parser) {
  struct six_parse_function function = {
      .is_static_block = true, .is_strict = true, .allows_super_property = true, .allows_new_target = true};
  struct six_parse_scope scope;
  uint32_t start = parser->token.span.start;
  struct six_function_node *node = six_arena_alloc(&parser->program->arena, sizeof *node);
  six_parse_enter(parser);
  six_parse_next(parser);
  six_parse_note(parser, SIX_SYNTAX_STATIC_BLOCK);
  struct six_node *body = six_parse_node(parser, SIX_N_BLOCK, parser->token.span.start);
  uint32_t mark = parser->stack_count;
  six_parse_function_open(parser, &function);
  six_parse_scope_open(parser, &scope, SIX_SCOPE_FUNCTION);
  six_parse_expect(parser, SIX_T_LBRACE);
  six_parse_statements(parser, SIX_T_RBRACE, false, true);
  body->list = six_parse_pop(parser, mark);
  six_parse_scope_close(parser);
  six_parse_function_close(parser);
  six_parse_leave(parser);
  six_parse_next(parser);
  *node = (struct six_function_node){.body = six_parse_finish(parser, body),
                                     .is_strict = true,
                                     .has_simple_params = true,
                                     .is_method = true,
                                     .uses_this = function.uses.this};
  struct six_node *value = six_parse_node(parser, SIX_N_FUNCTION, start);
  value->function = node;
  struct six_node *result = six_parse_node(parser, SIX_N_PROPERTY, start);
  result->property.kind = SIX_PROPERTY_STATIC_BLOCK;
  result->property.is_static = true;
  result->property.value = value;
  return result;
}

static struct six_node *method_value(struct six_parser *parser, struct six_parse_property *property, struct class_body *body,
                                     bool is_static, bool *is_constructor) {
  enum six_parse_body what = property->kind == SIX_PROPERTY_GET   ? SIX_BODY_GETTER
                             : property->kind == SIX_PROPERTY_SET ? SIX_BODY_SETTER
                                                                  : SIX_BODY_METHOD;
  if (property->kind == SIX_PROPERTY_INIT) property->kind = SIX_PROPERTY_METHOD;
  if (is_static && is_named(parser, property, SIX_W_PROTOTYPE)) {
    six_parse_error(parser, property->key->span, "Classes may not have a static property named 'prototype'");
  }
  if (!is_static && is_named(parser, property, SIX_W_CONSTRUCTOR)) {
    check_constructor(parser, property, body->node);
    *is_constructor = true;
    what = body->is_derived ? SIX_BODY_DERIVED_CONSTRUCTOR : SIX_BODY_CONSTRUCTOR;
  }
  if (!property->computed && property->key->type == SIX_N_PRIVATE_NAME) six_parse_note(parser, SIX_SYNTAX_PRIVATE_METHOD);
  declare_private(parser, property, is_static);
  return six_parse_method(parser, property, what);
}

static struct six_node *field_value(struct six_parser *parser, struct six_parse_property *property, bool is_static) {
  if (parser->token.type == SIX_T_COLON || parser->token.type == SIX_T_COMMA) {
    six_parse_unexpected(parser, &property->key_token);
  }
  six_parse_note(parser, SIX_SYNTAX_CLASS_FIELD);
  property->kind = SIX_PROPERTY_FIELD;
  check_field_name(parser, property, is_static);
  declare_private(parser, property, is_static);
  struct six_node *value = parser->token.type == SIX_T_ASSIGN ? field_initializer(parser) : NULL;
  six_parse_semicolon(parser);
  return value;
}

// Takes the modifier `static`, unless it is the member's own name.
static bool take_static(struct six_parser *parser) {
  if (parser->token.type != SIX_T_STATIC) return false;
  switch (six_parse_peek(parser)->type) {
    case SIX_T_LPAREN:
    case SIX_T_ASSIGN:
    case SIX_T_SEMICOLON:
    case SIX_T_RBRACE: return false;
    default: six_parse_next(parser); return true;
  }
}

static void class_member(struct six_parser *parser, struct class_body *body) {
  uint32_t start = parser->token.span.start;
  if (parser->token.type == SIX_T_STATIC && six_parse_peek(parser)->type == SIX_T_LBRACE) {
    six_parse_push(parser, static_block(parser));
    return;
  }
  struct six_parse_property property = {0};
  bool is_static = take_static(parser), is_constructor = false;
  six_parse_property_head(parser, &property);
  struct six_node *value;
  if (property.kind != SIX_PROPERTY_INIT || parser->token.type == SIX_T_LPAREN) {
    value = method_value(parser, &property, body, is_static, &is_constructor);
  } else {
    value = field_value(parser, &property, is_static);
  }
  if (is_constructor) {
    body->node->constructor = value;
    return;
  }
  struct six_node *node = six_parse_node(parser, SIX_N_PROPERTY, start);
  node->property.key = property.key;
  node->property.computed = property.computed;
  node->property.kind = property.kind;
  node->property.is_static = is_static;
  node->property.value = value;
  six_parse_push(parser, node);
}

struct six_node *six_parse_class(struct six_parser *parser, bool is_declaration, bool is_default_export) {
  struct six_parse_class class_;
  struct class_body body = {.node = six_arena_alloc(&parser->program->arena, sizeof *body.node)};
  uint32_t start = parser->token.span.start, mark = parser->stack_count;
  bool was_strict = parser->function->is_strict;
  parser->function->is_strict = true;  // all parts of a class are strict code
  six_parse_enter(parser);
  six_parse_next(parser);
  if (six_parse_is_any_identifier(parser->token.type)) {
    body.node->id = six_parse_binding_identifier(parser);
  } else if (is_declaration && !is_default_export) {
    six_parse_unexpected(parser, &parser->token);
  }
  body.is_derived = six_parse_check(parser, SIX_T_EXTENDS);
  if (body.is_derived) body.node->super = six_parse_left_hand_side(parser);
  six_parse_expect(parser, SIX_T_LBRACE);
  six_parse_class_open(parser, &class_);
  while (parser->token.type != SIX_T_RBRACE) {
    if (!six_parse_check(parser, SIX_T_SEMICOLON)) class_member(parser, &body);
  }
  six_parse_class_close(parser);
  if (!was_strict) six_parse_check_strict_octal(parser, start);
  parser->function->is_strict = was_strict;
  if (is_declaration && body.node->id) {
    six_parse_declare_lexical(parser, body.node->id->name, body.node->id->span);
  }
  six_parse_leave(parser);
  six_parse_next(parser);
  body.node->members = six_parse_pop(parser, mark);
  struct six_node *node = six_parse_node(parser, is_declaration ? SIX_N_CLASS_DECL : SIX_N_CLASS, start);
  node->class_ = body.node;
  return node;
}
