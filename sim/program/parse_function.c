// Functions, methods and arrow functions (ECMA-262 15).
#include "sim/program/parse_private.h"

void six_parse_uses_reset(struct six_parse_uses *uses) {
  *uses = (struct six_parse_uses){.await_at = SIX_PARSE_NOWHERE, .yield_at = SIX_PARSE_NOWHERE};
}

void six_parse_uses_merge(struct six_parse_uses *into, const struct six_parse_uses *from) {
  into->arguments |= from->arguments;
  into->this |= from->this;
  if (from->await_at < into->await_at) into->await_at = from->await_at;
  if (from->yield_at < into->yield_at) into->yield_at = from->yield_at;
  if (from->await_name.end && !into->await_name.end) into->await_name = from->await_name;
}

void six_parse_function_open(struct six_parser *parser, struct six_parse_function *function) {
  function->outer = parser->function;
  function->outer_labels = parser->labels;
  function->outer_no_in = parser->no_in;
  if (function->outer) function->is_strict |= function->outer->is_strict;
  if (function->is_arrow) {
    function->allows_super_call = function->outer->allows_super_call;
    function->allows_super_property = function->outer->allows_super_property;
    function->allows_new_target = function->outer->allows_new_target;
  }
  six_parse_uses_reset(&function->uses);
  parser->function = function;
  parser->labels = NULL;
  parser->no_in = false;
}

// An arrow function's `this` and `arguments` are those of the function around it.
void six_parse_function_close(struct six_parser *parser) {
  struct six_parse_function *function = parser->function;
  parser->function = function->outer;
  parser->labels = function->outer_labels;
  parser->no_in = function->outer_no_in;
  if (function->is_arrow) {
    parser->function->uses.arguments |= function->uses.arguments;
    parser->function->uses.this |= function->uses.this;
  }
}

void six_parse_check_strict_octal(struct six_parser *parser, uint32_t start) {
  const struct six_lexer *lexer = &parser->lexer;
  if (lexer->octal_error && lexer->octal_span.start >= start) {
    six_parse_error(parser, lexer->octal_span, "%s", lexer->octal_error);
  }
}

// ---- Parameters

static void declare_parameter(struct six_parser *parser, const struct six_node *name, void *context) {
  (void)context;
  six_parse_declare_parameter(parser, name->name, name->span);
}

// Fills what the parameters say about the function, and declares them.
static void take_parameters(struct six_parser *parser, struct six_function_node *node, struct six_nodes params) {
  node->params = params;
  node->has_simple_params = true;
  node->length = params.count;
  for (uint32_t i = params.count; i-- > 0;) {
    uint8_t type = params.items[i]->type;
    if (type != SIX_N_IDENTIFIER) node->has_simple_params = false;
    if (type == SIX_N_DEFAULT || type == SIX_N_REST) node->length = i;
  }
  for (uint32_t i = 0; i < params.count; i++) {
    six_parse_bound_names(parser, params.items[i], declare_parameter, NULL);
  }
}

static struct six_node *parameter(struct six_parser *parser) {
  uint32_t start = parser->token.span.start;
  bool is_rest = six_parse_check(parser, SIX_T_ELLIPSIS);
  struct six_node *target = six_parse_binding(parser);
  uint32_t at = parser->token.span.start;
  if (is_rest) {
    if (parser->token.type == SIX_T_ASSIGN) {
      six_parse_error(parser, parser->token.span, "Rest parameter may not have a default initializer");
    }
    if (parser->token.type == SIX_T_COMMA) {
      six_parse_error(parser, parser->token.span, "Rest parameter must be last formal parameter");
    }
    struct six_node *rest = six_parse_node(parser, SIX_N_REST, start);
    rest->unary.argument = target;
    return rest;
  }
  if (!six_parse_check(parser, SIX_T_ASSIGN)) return target;
  struct six_node *initializer = six_parse_assignment(parser);
  struct six_node *node = six_parse_node(parser, SIX_N_DEFAULT, start);
  node->binary.left = target;
  node->binary.right = initializer;
  node->binary.op_at = at;
  return node;
}

static void parameters(struct six_parser *parser, struct six_function_node *node) {
  uint32_t mark = parser->stack_count;
  parser->function->in_parameters = true;
  six_parse_expect(parser, SIX_T_LPAREN);
  while (parser->token.type != SIX_T_RPAREN) {
    six_parse_push(parser, parameter(parser));
    if (!six_parse_check(parser, SIX_T_COMMA)) break;
  }
  six_parse_expect(parser, SIX_T_RPAREN);
  parser->function->in_parameters = false;
  take_parameters(parser, node, six_parse_pop(parser, mark));
}

static void check_arity(struct six_parser *parser, const struct six_function_node *node, enum six_parse_body what, struct six_span span) {
  if (what == SIX_BODY_GETTER && node->params.count) {
    six_parse_error(parser, span, "Getter must not have any formal parameters.");
  }
  if (what == SIX_BODY_SETTER && node->params.count != 1) {
    six_parse_error(parser, span, "Setter must have exactly one formal parameter.");
  }
  if (what == SIX_BODY_SETTER && node->params.items[0]->type == SIX_N_REST) {
    six_parse_error(parser, span, "Setter function argument must not be a rest parameter");
  }
}

// What only the whole function tells: whether it is strict, and so which names its parameters may have.
static void check_parameters(struct six_parser *parser, const struct six_function_node *node, bool is_unique) {
  const struct six_parse_function *function = parser->function;
  if (function->duplicate.end && (is_unique || function->is_strict || !node->has_simple_params)) {
    six_parse_error(parser, function->duplicate, "Duplicate parameter name not allowed in this context");
  }
  if (function->is_strict && function->strict_error) {
    six_parse_error(parser, function->strict_span, "%s", function->strict_error);
  }
}

// ---- Bodies

// { statements } at its brace, in the parameters' scope.
static struct six_node *function_body(struct six_parser *parser, bool has_simple_params, uint32_t start) {
  uint32_t mark = parser->stack_count;
  bool was_strict = parser->function->is_strict;
  struct six_node *body = six_parse_node(parser, SIX_N_BLOCK, parser->token.span.start);
  six_parse_expect(parser, SIX_T_LBRACE);
  six_parse_statements(parser, SIX_T_RBRACE, true, has_simple_params);
  if (parser->function->is_strict && !was_strict) six_parse_check_strict_octal(parser, start);
  return body->list = six_parse_pop(parser, mark), body;
}

static void take_function(struct six_parser *parser, struct six_function_node *node) {
  const struct six_parse_function *function = parser->function;
  node->is_strict = function->is_strict;
  node->is_async = function->is_async;
  node->is_generator = function->is_generator;
  node->uses_arguments = function->uses.arguments;
  node->uses_this = function->uses.this;
}

// Parameters and body. The `}` is consumed after the function is closed, since the token after it is not its own.
static void function_rest(struct six_parser *parser, struct six_parse_function *function, struct six_function_node *node, uint32_t start,
                          enum six_parse_body what) {
  struct six_parse_scope scope;
  six_parse_enter(parser);
  six_parse_function_open(parser, function);
  six_parse_scope_open(parser, &scope, SIX_SCOPE_FUNCTION);
  struct six_span span = parser->token.span;
  parameters(parser, node);
  span.end = parser->last.end;
  check_arity(parser, node, what, span);
  node->body = function_body(parser, node->has_simple_params, start);
  check_parameters(parser, node, what != SIX_BODY_PLAIN);
  take_function(parser, node);
  six_parse_scope_close(parser);
  six_parse_function_close(parser);
  six_parse_leave(parser);
  six_parse_next(parser);
  six_parse_finish(parser, node->body);
}

static struct six_function_node *new_function(struct six_parser *parser) {
  return six_arena_alloc(&parser->program->arena, sizeof(struct six_function_node));
}

// A function's own name, if the function turned out strict.
static void check_name(struct six_parser *parser, const struct six_function_node *node) {
  if (!node->id || !node->is_strict || parser->function->is_strict) return;
  const struct six_name *name = node->id->name;
  if (name == parser->lexer.words[SIX_W_EVAL] || name == parser->lexer.words[SIX_W_ARGUMENTS]) {
    six_parse_error(parser, node->id->span, "Unexpected eval or arguments in strict mode");
  }
  if (name->id >= SIX_W_LET && name->id <= SIX_W_PUBLIC) {
    six_parse_error(parser, node->id->span, "Unexpected strict mode reserved word");
  }
}

// `async function*` up to its name.
static void begin_function(struct six_parser *parser, struct six_parse_function *function) {
  function->is_async = six_parse_check(parser, SIX_T_ASYNC);
  six_parse_next(parser);
  if (function->is_async && parser->token.type == SIX_T_MUL) six_parse_note(parser, SIX_SYNTAX_ASYNC_GENERATOR);
  function->is_generator = six_parse_check(parser, SIX_T_MUL);
}

struct six_node *six_parse_function_expression(struct six_parser *parser) {
  uint32_t start = parser->token.span.start;
  struct six_parse_function function = {.allows_new_target = true};
  begin_function(parser, &function);
  struct six_function_node *node = new_function(parser);
  if (parser->token.type != SIX_T_LPAREN) {
    // The name is the function's own business: `yield` and `await` are judged as inside it.
    struct six_parse_function naming = function;
    six_parse_function_open(parser, &naming);
    node->id = six_parse_binding_identifier(parser);
    six_parse_function_close(parser);
  }
  node->is_likely_called = parser->called_at == start;
  function_rest(parser, &function, node, start, SIX_BODY_PLAIN);
  check_name(parser, node);
  struct six_node *result = six_parse_node(parser, SIX_N_FUNCTION, start);
  result->function = node;
  return result;
}

struct six_node *six_parse_function_declaration(struct six_parser *parser, bool is_default_export) {
  uint32_t start = parser->token.span.start;
  struct six_parse_function function = {.allows_new_target = true};
  begin_function(parser, &function);
  struct six_function_node *node = new_function(parser);
  if (parser->token.type == SIX_T_LPAREN) {
    if (!is_default_export) {
      six_parse_error(parser, parser->token.span, "Function statements require a function name");
    }
  } else {
    node->id = six_parse_binding_identifier(parser);
    six_parse_declare_function(parser, node->id->name, node->id->span, !function.is_async && !function.is_generator);
  }
  function_rest(parser, &function, node, start, SIX_BODY_PLAIN);
  check_name(parser, node);
  struct six_node *result = six_parse_node(parser, SIX_N_FUNCTION_DECL, start);
  result->function = node;
  return result;
}

struct six_node *six_parse_method(struct six_parser *parser, const struct six_parse_property *property, enum six_parse_body what) {
  bool is_constructor = what == SIX_BODY_CONSTRUCTOR || what == SIX_BODY_DERIVED_CONSTRUCTOR;
  struct six_parse_function function = {
      .is_async = property->is_async,
      .is_generator = property->is_generator,
      .allows_new_target = true,
      .allows_super_property = true,
      .allows_super_call = what == SIX_BODY_DERIVED_CONSTRUCTOR,
  };
  struct six_function_node *node = new_function(parser);
  node->is_method = !is_constructor;
  node->is_constructor = is_constructor;
  node->is_derived = what == SIX_BODY_DERIVED_CONSTRUCTOR;
  function_rest(parser, &function, node, property->start, what);
  struct six_node *result = six_parse_node(parser, SIX_N_FUNCTION, property->start);
  result->function = node;
  return result;
}

// ---- Arrow functions

static void check_head(struct six_parser *parser, const struct six_parse_head *head) {
  if (parser->token.newline_before) {
    if (head->start == parser->argument_at) six_parse_error(parser, parser->last, "missing ) after argument list");
    six_parse_unexpected(parser, &parser->token);
  }
  if (head->uses.yield_at != SIX_PARSE_NOWHERE) {
    six_parse_error(parser, (struct six_span){head->uses.yield_at, head->uses.yield_at + 5},
                    "Yield expression not allowed in formal parameter");
  }
  if (head->uses.await_at != SIX_PARSE_NOWHERE) {
    six_parse_error(parser, (struct six_span){head->uses.await_at, head->uses.await_at + 5},
                    "Illegal await-expression in formal parameters of async function");
  }
}

static struct six_nodes arrow_parameters(struct six_parser *parser, struct six_nodes items) {
  for (uint32_t i = 0; i < items.count; i++) {
    struct six_node *item = items.items[i];
    if (item->type == SIX_N_SPREAD) {  // of an async arrow, read as arguments
      if (i + 1 < items.count) {
        six_parse_error(parser, item->span, "Rest parameter must be last formal parameter");
      }
      if (item->unary.argument->type == SIX_N_ASSIGN) {
        six_parse_error(parser, item->span, "Rest parameter may not have a default initializer");
      }
    }
    if (item->type == SIX_N_SPREAD || item->type == SIX_N_REST) {
      item->type = SIX_N_REST;
      item->unary.argument = six_parse_to_pattern(parser, item->unary.argument, true);
    } else if (item->type == SIX_N_MEMBER) {
      six_parse_error(parser, item->span, "Invalid destructuring assignment target");
    } else {
      items.items[i] = six_parse_to_pattern(parser, item, true);
    }
  }
  return items;
}

// Reads on at the `=>` of an arrow function whose head has been read as an expression.
struct six_node *six_parse_arrow(struct six_parser *parser, const struct six_parse_head *head) {
  struct six_parse_function function = {.is_async = head->is_async, .is_arrow = true};
  struct six_parse_scope scope;
  struct six_function_node *node = new_function(parser);
  bool no_in = parser->no_in;
  check_head(parser, head);
  six_parse_function_open(parser, &function);
  six_parse_scope_open(parser, &scope, SIX_SCOPE_FUNCTION);
  if (head->is_async && head->uses.await_name.end) {
    six_parse_error(parser, head->uses.await_name, "'await' is not a valid identifier name in an async function");
  }
  six_parse_uses_merge(&function.uses, &head->uses);
  function.in_parameters = true;
  take_parameters(parser, node, arrow_parameters(parser, head->items));
  function.in_parameters = false;
  six_parse_next(parser);
  node->is_likely_called = head->is_called;
  node->is_expression_body = parser->token.type != SIX_T_LBRACE;
  if (node->is_expression_body) {
    parser->no_in = no_in;
    node->body = six_parse_assignment(parser);
  } else {
    node->body = function_body(parser, node->has_simple_params, head->start);
  }
  check_parameters(parser, node, true);
  take_function(parser, node);
  six_parse_scope_close(parser);
  six_parse_function_close(parser);
  if (!node->is_expression_body) {
    six_parse_next(parser);
    six_parse_finish(parser, node->body);
  }
  struct six_node *result = six_parse_node(parser, SIX_N_ARROW, head->start);
  result->function = node;
  return result;
}
