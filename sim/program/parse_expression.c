// Expressions (ECMA-262 13), from the comma down to primary expressions.
#include "sim/program/parse_private.h"

#define PRECEDENCE_LOGICAL 4
#define PRECEDENCE_BITWISE 6

// Binary operators as token -> precedence and operator.
static const struct {
  uint8_t precedence, op;
} binary_operators[SIX_T_COUNT] = {
    [SIX_T_OR] = {4, SIX_OP_OR},
    [SIX_T_AND] = {5, SIX_OP_AND},
    [SIX_T_BIT_OR] = {6, SIX_OP_BIT_OR},
    [SIX_T_BIT_XOR] = {7, SIX_OP_BIT_XOR},
    [SIX_T_BIT_AND] = {8, SIX_OP_BIT_AND},
    [SIX_T_EQ] = {9, SIX_OP_EQ},
    [SIX_T_NE] = {9, SIX_OP_NE},
    [SIX_T_STRICT_EQ] = {9, SIX_OP_STRICT_EQ},
    [SIX_T_STRICT_NE] = {9, SIX_OP_STRICT_NE},
    [SIX_T_LT] = {10, SIX_OP_LT},
    [SIX_T_GT] = {10, SIX_OP_GT},
    [SIX_T_LE] = {10, SIX_OP_LE},
    [SIX_T_GE] = {10, SIX_OP_GE},
    [SIX_T_IN] = {10, SIX_OP_IN},
    [SIX_T_INSTANCEOF] = {10, SIX_OP_INSTANCEOF},
    [SIX_T_SHL] = {11, SIX_OP_SHL},
    [SIX_T_SHR] = {11, SIX_OP_SHR},
    [SIX_T_USHR] = {11, SIX_OP_USHR},
    [SIX_T_ADD] = {12, SIX_OP_ADD},
    [SIX_T_SUB] = {12, SIX_OP_SUB},
    [SIX_T_MUL] = {13, SIX_OP_MUL},
    [SIX_T_DIV] = {13, SIX_OP_DIV},
    [SIX_T_MOD] = {13, SIX_OP_MOD},
    [SIX_T_EXP] = {14, SIX_OP_EXP},
};

static const uint8_t assignment_operators[SIX_T_COUNT] = {
    [SIX_T_ASSIGN_NULLISH] = SIX_OP_NULLISH, [SIX_T_ASSIGN_OR] = SIX_OP_OR,           [SIX_T_ASSIGN_AND] = SIX_OP_AND,
    [SIX_T_ASSIGN_BIT_OR] = SIX_OP_BIT_OR,   [SIX_T_ASSIGN_BIT_XOR] = SIX_OP_BIT_XOR, [SIX_T_ASSIGN_BIT_AND] = SIX_OP_BIT_AND,
    [SIX_T_ASSIGN_SHL] = SIX_OP_SHL,         [SIX_T_ASSIGN_SHR] = SIX_OP_SHR,         [SIX_T_ASSIGN_USHR] = SIX_OP_USHR,
    [SIX_T_ASSIGN_ADD] = SIX_OP_ADD,         [SIX_T_ASSIGN_SUB] = SIX_OP_SUB,         [SIX_T_ASSIGN_MUL] = SIX_OP_MUL,
    [SIX_T_ASSIGN_DIV] = SIX_OP_DIV,         [SIX_T_ASSIGN_MOD] = SIX_OP_MOD,         [SIX_T_ASSIGN_EXP] = SIX_OP_EXP,
};

static struct six_node *unary(struct six_parser *parser);

// ---- Cover grammar: `{a = 1}` and a second __proto__ are errors unless the literal becomes a pattern

void six_parse_settle_cover(struct six_parser *parser, uint32_t cover, uint32_t proto) {
  if (parser->cover_at != SIX_PARSE_NOWHERE) {
    struct six_span span = {parser->cover_at, parser->cover_at + 1};
    six_parse_error(parser, span, "Invalid shorthand property initializer");
  }
  if (parser->proto_at != SIX_PARSE_NOWHERE) {
    struct six_span span = {parser->proto_at, parser->proto_at + 9};
    six_parse_error(parser, span, "Duplicate __proto__ fields are not allowed in object literals");
  }
  parser->cover_at = cover;
  parser->proto_at = proto;
}

static bool is_literal_pattern(const struct six_node *node) {
  return (node->type == SIX_N_ARRAY || node->type == SIX_N_OBJECT) && !node->parenthesized;
}

// ---- Assignment targets

// For compatibility with old pages V8 takes a call, too, and throws only when the assignment is run.
bool six_parse_is_assignable(struct six_parser *parser, const struct six_node *node) {
  if (node->type == SIX_N_MEMBER || node->type == SIX_N_CALL) return true;
  if (node->type != SIX_N_IDENTIFIER) return false;
  const struct six_name *const *words = parser->lexer.words;
  return !parser->function->is_strict || (node->name != words[SIX_W_EVAL] && node->name != words[SIX_W_ARGUMENTS]);
}

void six_parse_bad_target(struct six_parser *parser, const struct six_node *node, const char *message) {
  if (node->type == SIX_N_IDENTIFIER) message = "Unexpected eval or arguments in strict mode";
  six_parse_error(parser, node->span, "%s", message);
}

// ---- Primary expressions

static struct six_node *simple(struct six_parser *parser, enum six_node_type type) {
  six_parse_next(parser);
  return six_parse_node(parser, type, parser->last.start);
}

static struct six_node *literal(struct six_parser *parser) {
  struct six_node *node;
  switch (parser->token.type) {
    case SIX_T_NUMBER:
      node = six_node_new(parser->program, SIX_N_NUMBER, parser->token.span);
      node->number = parser->token.number;
      break;
    case SIX_T_BIGINT:
      node = six_node_new(parser->program, SIX_N_BIGINT, parser->token.span);
      node->name = parser->token.name;
      break;
    default: node = six_node_new(parser->program, SIX_N_STRING, parser->token.span); node->name = parser->token.name;
  }
  six_parse_next(parser);
  return node;
}

static struct six_node *regexp(struct six_parser *parser) {
  parser->has_ahead = false;
  six_lex_regexp(&parser->lexer, &parser->token);
  if (parser->token.type == SIX_T_ILLEGAL) six_parse_unexpected(parser, &parser->token);
  const struct six_name *flags = parser->token.raw;
  unsigned seen = 0;
  for (uint32_t i = 0; i < flags->length; i++) {
    static const char known[] = "dgimsuvy";
    unsigned bit = 0;
    while (known[bit] && (unsigned char)known[bit] != flags->units[i]) bit++;
    if (!known[bit] || (seen & 1u << bit)) {
      six_parse_error(parser, parser->token.span, "Invalid regular expression flags");
    }
    seen |= 1u << bit;
  }
  if (seen & 1u) six_parse_note_as(parser, SIX_SYNTAX_REGEXP_D, 0, "Invalid regular expression flags");
  if (seen & 1u << 6) six_parse_note_as(parser, SIX_SYNTAX_REGEXP_V, 0, "Invalid regular expression flags");
  if ((seen & 1u << 5) && (seen & 1u << 6)) {
    six_parse_error(parser, parser->token.span, "Invalid regular expression flags");
  }
  struct six_node *node = six_node_new(parser->program, SIX_N_REGEXP, parser->token.span);
  node->regexp.pattern = parser->token.name;
  node->regexp.flags = flags;
  six_parse_next(parser);
  return node;
}

// What stands between parentheses, when only an arrow function may follow.
static void rest_parameter(struct six_parser *parser) {
  struct six_token ellipsis = parser->token;
  six_parse_next(parser);
  uint8_t type = parser->token.type;
  if (type != SIX_T_LBRACK && type != SIX_T_LBRACE && !six_parse_is_any_identifier(type)) {
    // V8 reports the earlier of two errors, unless they touch.
    six_parse_unexpected(parser, parser->token.span.start > ellipsis.span.end ? &ellipsis : &parser->token);
  }
  struct six_node *argument = six_parse_binding(parser);
  if (parser->token.type == SIX_T_ASSIGN) {
    six_parse_error(parser, parser->token.span, "Rest parameter may not have a default initializer");
  }
  if (parser->token.type == SIX_T_COMMA) {
    six_parse_error(parser, parser->token.span, "Rest parameter must be last formal parameter");
  }
  struct six_node *rest = six_parse_node(parser, SIX_N_REST, ellipsis.span.start);
  rest->unary.argument = argument;
  six_parse_push(parser, rest);
  if (parser->token.type != SIX_T_RPAREN || six_parse_peek(parser)->type != SIX_T_ARROW) {
    six_parse_unexpected(parser, &ellipsis);
  }
}

// The items of a parenthesized expression or of an arrow's parameters; the `)` is still to come.
static void parenthesized_items(struct six_parser *parser) {
  while (parser->token.type != SIX_T_ELLIPSIS) {
    six_parse_push(parser, six_parse_assignment_cover(parser));
    if (!six_parse_check(parser, SIX_T_COMMA)) return;
    if (parser->token.type == SIX_T_RPAREN && six_parse_peek(parser)->type == SIX_T_ARROW) return;
  }
  rest_parameter(parser);
}

static struct six_node *sequence_of(struct six_parser *parser, struct six_nodes items, uint32_t start) {
  if (items.count == 1) return items.items[0];
  struct six_node *node = six_parse_node(parser, SIX_N_SEQUENCE, start);
  node->list = items;
  if (items.count) node->span.end = items.items[items.count - 1]->span.end;
  return node;
}

// CoverParenthesizedExpressionAndArrowParameterList. It leaves its items in parser->head for an arrow to take.
static struct six_node *parenthesized(struct six_parser *parser) {
  uint32_t start = parser->token.span.start, mark = parser->stack_count;
  uint32_t cover = parser->cover_at, proto = parser->proto_at;
  struct six_parse_uses outer = parser->function->uses;
  bool no_in = parser->no_in, is_called = parser->called_at == start;
  six_parse_uses_reset(&parser->function->uses);
  parser->cover_at = parser->proto_at = SIX_PARSE_NOWHERE;
  parser->no_in = false;
  six_parse_next(parser);
  uint32_t inner = parser->token.span.start;
  parser->called_at = inner;
  if (parser->token.type == SIX_T_RPAREN) {
    if (six_parse_peek(parser)->type != SIX_T_ARROW) six_parse_unexpected(parser, &parser->token);
  } else {
    parenthesized_items(parser);
  }
  six_parse_expect(parser, SIX_T_RPAREN);
  parser->no_in = no_in;
  struct six_nodes items = six_parse_pop(parser, mark);
  parser->head = (struct six_parse_head){
      .start = start, .end = parser->last.end, .items = items, .uses = parser->function->uses, .is_called = is_called};
  six_parse_uses_merge(&parser->function->uses, &outer);
  if (parser->token.type == SIX_T_ARROW) {
    parser->cover_at = cover;
    parser->proto_at = proto;
    if (items.count == 1) return items.items[0];
    return sequence_of(parser, items, inner);
  }
  six_parse_settle_cover(parser, cover, proto);
  struct six_node *node = sequence_of(parser, items, inner);
  node->parenthesized = true;
  return node;
}

static struct six_node *import_expression(struct six_parser *parser) {
  struct six_token import = parser->token;
  six_parse_next(parser);
  if (six_parse_check(parser, SIX_T_DOT)) {
    if (!six_parse_is_word(parser, &parser->token, SIX_W_META)) six_parse_unexpected(parser, &parser->token);
    struct six_span word = parser->token.span;
    six_parse_next(parser);
    parser->saw_module_syntax = true;
    struct six_node *meta = six_parse_node(parser, SIX_N_IMPORT_META, import.span.start);
    six_note_syntax(parser->program, SIX_SYNTAX_IMPORT_META, import.span, "Unexpected token 'import'");
    if (!parser->is_module) six_parse_error(parser, word, "Cannot use 'import.meta' outside a module");
    return meta;
  }
  if (parser->token.type != SIX_T_LPAREN) {
    if (parser->is_module) six_parse_unexpected(parser, &parser->token);
    parser->saw_module_syntax = true;
    six_parse_error(parser, import.span, "Cannot use import statement outside a module");
  }
  six_note_syntax(parser->program, SIX_SYNTAX_IMPORT_CALL, import.span, "Unexpected token 'import'");
  six_parse_next(parser);
  if (parser->token.type == SIX_T_RPAREN) {
    six_parse_error(parser, parser->token.span, "import() requires a specifier");
  }
  bool no_in = parser->no_in;
  parser->no_in = false;
  struct six_node *argument = six_parse_assignment(parser);
  if (six_parse_check(parser, SIX_T_COMMA) && parser->token.type != SIX_T_RPAREN) {
    six_parse_unsupported(parser, parser->token.span, "import() with options is not supported");
  }
  parser->no_in = no_in;
  six_parse_expect(parser, SIX_T_RPAREN);
  struct six_node *node = six_parse_node(parser, SIX_N_IMPORT_CALL, import.span.start);
  node->unary.argument = argument;
  return node;
}

static struct six_node *super(struct six_parser *parser) {
  struct six_parse_function *function = parser->function;
  struct six_node *node = simple(parser, SIX_N_SUPER);
  function->uses.this = true;
  switch (parser->token.type) {
    case SIX_T_DOT:
    case SIX_T_LBRACK:
      if (!function->allows_super_property) break;
      if (parser->token.type == SIX_T_DOT && six_parse_peek(parser)->type == SIX_T_PRIVATE_NAME) {
        six_parse_error(parser, parser->ahead.span, "Unexpected private field");
      }
      return node;
    case SIX_T_LPAREN:
      if (!function->allows_super_call) break;
      return node;
    default: break;
  }
  six_parse_error(parser, node->span, "'super' keyword unexpected here");
}

// An identifier, `async function`, or the head of `x => ...` or `async x => ...`.
static struct six_node *identifier_or_async(struct six_parser *parser) {
  if (parser->token.type == SIX_T_ASYNC) {
    const struct six_token *ahead = six_parse_peek(parser);
    if (!ahead->newline_before && ahead->type == SIX_T_FUNCTION) return six_parse_function_expression(parser);
    if (!ahead->newline_before && six_parse_is_any_identifier(ahead->type)) {
      struct six_node *async = six_parse_identifier(parser);
      if (six_parse_peek(parser)->type != SIX_T_ARROW) return async;
      if (parser->token.type == SIX_T_AWAIT) {
        six_parse_error(parser, parser->token.span, "'await' is not a valid identifier name in an async function");
      }
      uint32_t mark = parser->stack_count;
      struct six_node *name = six_parse_identifier(parser);
      six_parse_push(parser, name);
      parser->head = (struct six_parse_head){
          .start = async->span.start, .end = parser->last.end, .items = six_parse_pop(parser, mark), .is_async = true};
      six_parse_uses_reset(&parser->head.uses);
      return name;
    }
  }
  return six_parse_identifier(parser);
}

static struct six_node *primary(struct six_parser *parser) {
  struct six_token *token = &parser->token;
  switch (token->type) {
    case SIX_T_NUMBER:
    case SIX_T_BIGINT:
    case SIX_T_STRING: return literal(parser);
    case SIX_T_NULL: return simple(parser, SIX_N_NULL);
    case SIX_T_TRUE: return simple(parser, SIX_N_TRUE);
    case SIX_T_FALSE: return simple(parser, SIX_N_FALSE);
    case SIX_T_THIS: parser->function->uses.this = true; return simple(parser, SIX_N_THIS);
    case SIX_T_DIV:
    case SIX_T_ASSIGN_DIV: return regexp(parser);
    case SIX_T_FUNCTION: return six_parse_function_expression(parser);
    case SIX_T_CLASS: return six_parse_class(parser, false, false);
    case SIX_T_SUPER: return super(parser);
    case SIX_T_IMPORT: return import_expression(parser);
    case SIX_T_LBRACK: return six_parse_array(parser);
    case SIX_T_LBRACE: return six_parse_object(parser);
    case SIX_T_LPAREN: return parenthesized(parser);
    case SIX_T_TEMPLATE: return six_parse_template(parser, false);
    default:
      if (six_parse_is_any_identifier(token->type)) return identifier_or_async(parser);
      six_parse_unexpected(parser, token);
  }
}

// ---- Members, calls, new

// Arguments with their parentheses.
static struct six_nodes arguments(struct six_parser *parser, bool is_arrow_head) {
  uint32_t mark = parser->stack_count;
  bool no_in = parser->no_in;
  parser->no_in = false;
  six_parse_next(parser);
  while (parser->token.type != SIX_T_RPAREN) {
    uint32_t start = parser->token.span.start;
    bool is_spread = six_parse_check(parser, SIX_T_ELLIPSIS);
    parser->argument_at = start;
    struct six_node *argument = is_arrow_head ? six_parse_assignment_cover(parser) : six_parse_assignment(parser);
    if (is_spread) {
      struct six_node *spread = six_parse_node(parser, SIX_N_SPREAD, start);
      spread->unary.argument = argument;
      argument = spread;
    }
    six_parse_push(parser, argument);
    if (!six_parse_check(parser, SIX_T_COMMA)) break;
  }
  if (parser->token.type == SIX_T_ILLEGAL && parser->token.error) six_parse_unexpected(parser, &parser->token);
  if (!six_parse_check(parser, SIX_T_RPAREN)) {
    six_parse_error(parser, parser->last, "missing ) after argument list");
  }
  parser->no_in = no_in;
  return six_parse_pop(parser, mark);
}

static struct six_node *call(struct six_parser *parser, struct six_node *callee, uint32_t start, bool is_optional) {
  struct six_nodes items = arguments(parser, false);
  struct six_node *node = six_parse_node(parser, SIX_N_CALL, start);
  if (!is_optional && callee->type == SIX_N_IDENTIFIER && callee->name == parser->lexer.words[SIX_W_EVAL]) {
    parser->function->uses.arguments = parser->function->uses.this = true;  // its text may name them
  }
  node->call.callee = callee;
  node->call.arguments = items;
  node->call.optional = is_optional;
  return node;
}

// `async (...)`: a call, or the head of an async arrow function.
static struct six_node *async_call(struct six_parser *parser, struct six_node *callee, uint32_t start) {
  uint32_t cover = parser->cover_at, proto = parser->proto_at;
  struct six_parse_uses outer = parser->function->uses;
  six_parse_uses_reset(&parser->function->uses);
  parser->cover_at = parser->proto_at = SIX_PARSE_NOWHERE;
  struct six_nodes items = arguments(parser, true);
  parser->head =
      (struct six_parse_head){.start = start, .end = parser->last.end, .items = items, .uses = parser->function->uses, .is_async = true};
  six_parse_uses_merge(&parser->function->uses, &outer);
  if (parser->token.type == SIX_T_ARROW) {
    parser->cover_at = cover;
    parser->proto_at = proto;
  } else {
    six_parse_settle_cover(parser, cover, proto);
  }
  struct six_node *node = six_parse_node(parser, SIX_N_CALL, start);
  node->call.callee = callee;
  node->call.arguments = items;
  return node;
}

static struct six_node *private_name(struct six_parser *parser) {
  six_parse_refer_private(parser, parser->token.name, parser->token.span);
  struct six_node *node = six_node_new(parser->program, SIX_N_PRIVATE_NAME, parser->token.span);
  node->name = parser->token.name;
  six_parse_next(parser);
  return node;
}

// What follows a `.` or `?.`.
static struct six_node *dot_member(struct six_parser *parser, struct six_node *object, uint32_t start, bool is_optional) {
  struct six_node *property;
  if (parser->token.type == SIX_T_PRIVATE_NAME) {
    property = private_name(parser);
  } else if (six_parse_is_property_name(&parser->token)) {
    property = six_parse_name_node(parser);
  } else {
    six_parse_unexpected(parser, &parser->token);
  }
  struct six_node *node = six_parse_node(parser, SIX_N_MEMBER, start);
  node->member.object = object;
  node->member.property = property;
  node->member.optional = is_optional;
  return node;
}

static struct six_node *bracket_member(struct six_parser *parser, struct six_node *object, uint32_t start, bool is_optional) {
  bool no_in = parser->no_in;
  parser->no_in = false;
  six_parse_next(parser);
  struct six_node *property = six_parse_expression(parser);
  parser->no_in = no_in;
  six_parse_expect(parser, SIX_T_RBRACK);
  struct six_node *node = six_parse_node(parser, SIX_N_MEMBER, start);
  node->member.object = object;
  node->member.property = property;
  node->member.computed = true;
  node->member.optional = is_optional;
  return node;
}

// Whether a tag is itself the result of a tagged template: f`a``b`, f`a`.g`b`.
static bool is_tag_of_tag(const struct six_node *tag) {
  for (;;) {
    switch (tag->type) {
      case SIX_N_TAGGED: return true;
      case SIX_N_CALL: tag = tag->call.callee; break;
      case SIX_N_MEMBER: tag = tag->member.object; break;
      default: return false;
    }
  }
}

// Who reads the tree walks from tag to tag by recursion, so all of a program's together count as nesting.
static struct six_node *tagged_template(struct six_parser *parser, struct six_node *tag, uint32_t start) {
  if (is_tag_of_tag(tag) && ++parser->tags > SIX_PARSE_MAX_DEPTH) six_parse_too_deep(parser);
  struct six_node *quasi = six_parse_template(parser, true);
  struct six_node *node = six_parse_node(parser, SIX_N_TAGGED, start);
  node->tagged.tag = tag;
  node->tagged.quasi = quasi;
  return node;
}

// MemberExpression's tail: neither calls nor ?.
static struct six_node *member_tail(struct six_parser *parser, struct six_node *node, uint32_t start) {
  for (;;) {
    switch (parser->token.type) {
      case SIX_T_DOT:
        six_parse_next(parser);
        node = dot_member(parser, node, start, false);
        break;
      case SIX_T_LBRACK: node = bracket_member(parser, node, start, false); break;
      case SIX_T_TEMPLATE: node = tagged_template(parser, node, start); break;
      default: return node;
    }
  }
}

static struct six_node *member(struct six_parser *parser);

static struct six_node *new_target(struct six_parser *parser, uint32_t start) {
  six_parse_next(parser);
  if (!six_parse_is_word(parser, &parser->token, SIX_W_TARGET)) six_parse_unexpected(parser, &parser->token);
  six_parse_next(parser);
  struct six_node *node = six_parse_node(parser, SIX_N_NEW_TARGET, start);
  if (!parser->function->allows_new_target) {
    six_parse_error(parser, node->span, "new.target expression is not allowed here");
  }
  parser->function->uses.this = true;
  return node;
}

static struct six_node *new_expression(struct six_parser *parser) {
  uint32_t start = parser->token.span.start;
  struct six_nodes items = {NULL, 0};
  six_parse_enter(parser);
  six_parse_next(parser);
  struct six_node *node;
  if (parser->token.type == SIX_T_DOT) {
    node = new_target(parser, start);
  } else {
    if (parser->token.type == SIX_T_IMPORT && six_parse_peek(parser)->type == SIX_T_LPAREN) {
      six_parse_error(parser, parser->token.span, "Cannot use new with import");
    }
    bool is_super = parser->token.type == SIX_T_SUPER;
    struct six_node *callee = member(parser);
    if (is_super && callee->type == SIX_N_SUPER) {
      six_parse_error(parser, callee->span, "'super' keyword unexpected here");
    }
    if (parser->token.type == SIX_T_LPAREN) {
      items = arguments(parser, false);
    } else if (parser->token.type == SIX_T_QUESTION_DOT) {
      six_parse_error(parser, parser->token.span, "Invalid optional chain from new expression");
    }
    node = six_parse_node(parser, SIX_N_NEW, start);
    node->call.callee = callee;
    node->call.arguments = items;
  }
  six_parse_leave(parser);
  return node;
}

static struct six_node *member(struct six_parser *parser) {
  uint32_t start = parser->token.span.start;
  struct six_node *node = parser->token.type == SIX_T_NEW ? new_expression(parser) : primary(parser);
  return member_tail(parser, node, start);
}

static bool is_call_tail(const struct six_parser *parser) {
  switch (parser->token.type) {
    case SIX_T_LPAREN:
    case SIX_T_LBRACK:
    case SIX_T_DOT:
    case SIX_T_QUESTION_DOT:
    case SIX_T_TEMPLATE: return true;
    default: return false;
  }
}

// One more link of an optional chain, at `?.`
static struct six_node *optional_link(struct six_parser *parser, struct six_node *node, uint32_t start) {
  six_parse_next(parser);
  switch (parser->token.type) {
    case SIX_T_LPAREN: return call(parser, node, start, true);
    case SIX_T_LBRACK: return bracket_member(parser, node, start, true);
    case SIX_T_TEMPLATE: six_parse_error(parser, parser->token.span, "Invalid tagged template on optional chain");
    default: return dot_member(parser, node, start, true);
  }
}

struct six_node *six_parse_left_hand_side(struct six_parser *parser) {
  uint32_t start = parser->token.span.start;
  bool is_async = parser->token.type == SIX_T_ASYNC, is_optional = false;
  struct six_node *node = member(parser);
  if (is_async && parser->last_type == SIX_T_ASYNC && parser->token.type == SIX_T_LPAREN && !parser->token.newline_before) {
    node = async_call(parser, node, start);
    if (parser->token.type == SIX_T_ARROW) return node;
  }
  while (is_call_tail(parser)) {
    switch (parser->token.type) {
      case SIX_T_LPAREN: node = call(parser, node, start, false); break;
      case SIX_T_LBRACK: node = bracket_member(parser, node, start, false); break;
      case SIX_T_DOT:
        six_parse_next(parser);
        node = dot_member(parser, node, start, false);
        break;
      case SIX_T_QUESTION_DOT:
        six_parse_note_as(parser, SIX_SYNTAX_OPTIONAL_CHAIN, 1, "Unexpected token '.'");
        is_optional = true;
        node = optional_link(parser, node, start);
        break;
      default:
        if (is_optional) six_parse_error(parser, parser->token.span, "Invalid tagged template on optional chain");
        node = tagged_template(parser, node, start);
    }
  }
  if (!is_optional) return node;
  struct six_node *chain = six_parse_node(parser, SIX_N_OPTIONAL, start);
  chain->unary.argument = node;
  return chain;
}

// ---- Unary and binary operators

static struct six_node *postfix(struct six_parser *parser) {
  uint32_t start = parser->token.span.start;
  struct six_node *operand = six_parse_left_hand_side(parser);
  uint8_t type = parser->token.type;
  if ((type != SIX_T_INC && type != SIX_T_DEC) || parser->token.newline_before) return operand;
  if (!six_parse_is_assignable(parser, operand)) {
    six_parse_bad_target(parser, operand, "Invalid left-hand side expression in postfix operation");
  }
  six_parse_next(parser);
  struct six_node *node = six_parse_node(parser, SIX_N_UPDATE, start);
  node->unary.argument = operand;
  node->unary.op = type == SIX_T_INC ? SIX_OP_INC : SIX_OP_DEC;
  return node;
}

noreturn static void ambiguous_power(struct six_parser *parser, uint32_t start) {
  struct six_span span = {start, parser->token.span.end};
  six_parse_error(parser, span,
                  "Unary operator used immediately before exponentiation expression. "
                  "Parenthesis must be used to disambiguate operator precedence");
}

static void check_delete(struct six_parser *parser, const struct six_node *operand) {
  if (operand->type == SIX_N_IDENTIFIER && parser->function->is_strict) {
    six_parse_error(parser, operand->span, "Delete of an unqualified identifier in strict mode.");
  }
  const struct six_node *member_ = operand->type == SIX_N_OPTIONAL ? operand->unary.argument : operand;
  if (member_->type == SIX_N_MEMBER && !member_->member.computed && member_->member.property->type == SIX_N_PRIVATE_NAME) {
    six_parse_error(parser, operand->span, "Private fields can not be deleted");
  }
}

static struct six_node *prefix(struct six_parser *parser, enum six_node_type type, enum six_op op) {
  uint32_t start = parser->token.span.start;
  six_parse_enter(parser);
  six_parse_next(parser);
  if (op == SIX_OP_NOT && parser->token.type == SIX_T_FUNCTION) parser->called_at = parser->token.span.start;
  struct six_node *operand = unary(parser);
  if (type == SIX_N_UPDATE) {
    if (!six_parse_is_assignable(parser, operand)) {
      six_parse_bad_target(parser, operand, "Invalid left-hand side expression in prefix operation");
    }
  } else {
    if (op == SIX_OP_DELETE) check_delete(parser, operand);
    if (parser->token.type == SIX_T_EXP) ambiguous_power(parser, start);
  }
  struct six_node *node = six_parse_node(parser, type, start);
  node->unary.argument = operand;
  node->unary.op = (uint8_t)op;
  node->unary.prefix = type != SIX_N_AWAIT;
  six_parse_leave(parser);
  return node;
}

static struct six_node *await(struct six_parser *parser) {
  struct six_parse_function *function = parser->function;
  if (function->in_parameters) {
    six_parse_error(parser, parser->token.span, "Illegal await-expression in formal parameters of async function");
  }
  if (function->uses.await_at == SIX_PARSE_NOWHERE) function->uses.await_at = parser->token.span.start;
  if (function->is_file) {
    parser->saw_top_level_await = true;
    if (parser->is_module) six_parse_note_as(parser, SIX_SYNTAX_TOP_LEVEL_AWAIT, 0, "Unexpected reserved word");
  }
  return prefix(parser, SIX_N_AWAIT, SIX_OP_NONE);
}

static struct six_node *unary(struct six_parser *parser) {
  switch (parser->token.type) {
    case SIX_T_NOT: return prefix(parser, SIX_N_UNARY, SIX_OP_NOT);
    case SIX_T_BIT_NOT: return prefix(parser, SIX_N_UNARY, SIX_OP_BIT_NOT);
    case SIX_T_ADD: return prefix(parser, SIX_N_UNARY, SIX_OP_PLUS);
    case SIX_T_SUB: return prefix(parser, SIX_N_UNARY, SIX_OP_MINUS);
    case SIX_T_TYPEOF: return prefix(parser, SIX_N_UNARY, SIX_OP_TYPEOF);
    case SIX_T_VOID: return prefix(parser, SIX_N_UNARY, SIX_OP_VOID);
    case SIX_T_DELETE: return prefix(parser, SIX_N_UNARY, SIX_OP_DELETE);
    case SIX_T_INC: return prefix(parser, SIX_N_UPDATE, SIX_OP_INC);
    case SIX_T_DEC: return prefix(parser, SIX_N_UPDATE, SIX_OP_DEC);
    case SIX_T_AWAIT:
      if (parser->function->is_async) return await(parser);
      return postfix(parser);
    default: return postfix(parser);
  }
}

static unsigned precedence(const struct six_parser *parser) {
  if (parser->token.type == SIX_T_IN && parser->no_in) return 0;
  return binary_operators[parser->token.type].precedence;
}

static struct six_node *operation(struct six_parser *parser, enum six_node_type type, enum six_op op, uint32_t op_at, struct six_node *left,
                                  struct six_node *right, uint32_t start) {
  struct six_node *node = six_parse_node(parser, type, start);
  node->binary.left = left;
  node->binary.right = right;
  node->binary.op = (uint8_t)op;
  node->binary.op_at = op_at;
  return node;
}

static struct six_node *binary(struct six_parser *parser, unsigned least);

// Takes operators of at least precedence `least` that follow `left`, which began at `start`.
static struct six_node *binary_tail(struct six_parser *parser, struct six_node *left, uint32_t start, unsigned least) {
  for (unsigned now = precedence(parser); now >= least; now = precedence(parser)) {
    enum six_op op = binary_operators[parser->token.type].op;
    uint32_t op_at = parser->token.span.start;
    six_parse_next(parser);
    six_parse_enter(parser);
    struct six_node *right = binary(parser, op == SIX_OP_EXP ? now : now + 1);
    six_parse_leave(parser);
    enum six_node_type type = op == SIX_OP_AND || op == SIX_OP_OR ? SIX_N_LOGICAL : SIX_N_BINARY;
    left = operation(parser, type, op, op_at, left, right, start);
  }
  return left;
}

static struct six_node *binary(struct six_parser *parser, unsigned least) {
  uint32_t start = parser->token.span.start;
  struct six_node *left;
  if (parser->token.type == SIX_T_PRIVATE_NAME) {
    struct six_token name = parser->token;
    six_parse_note_as(parser, SIX_SYNTAX_PRIVATE_IN, 0, "Unexpected identifier");
    left = private_name(parser);
    unsigned now = precedence(parser);
    if (parser->token.type != SIX_T_IN || now < least) six_parse_unexpected(parser, &name);
  } else {
    left = unary(parser);
  }
  return binary_tail(parser, left, start, least);
}

// ?? may not be mixed with && and || (ECMA-262 13.13): what follows is then left for the caller to stumble on.
static struct six_node *logical(struct six_parser *parser) {
  uint32_t start = parser->token.span.start;
  struct six_node *left = binary(parser, PRECEDENCE_BITWISE);
  if (parser->token.type == SIX_T_AND || parser->token.type == SIX_T_OR) {
    return binary_tail(parser, left, start, PRECEDENCE_LOGICAL);
  }
  while (parser->token.type == SIX_T_NULLISH) {
    six_parse_note_as(parser, SIX_SYNTAX_NULLISH, 1, "Unexpected token '?'");
    uint32_t op_at = parser->token.span.start;
    six_parse_next(parser);
    struct six_node *right = binary(parser, PRECEDENCE_BITWISE);
    left = operation(parser, SIX_N_LOGICAL, SIX_OP_NULLISH, op_at, left, right, start);
  }
  return left;
}

// ---- Assignment, conditional, yield, arrow functions

static struct six_node *conditional(struct six_parser *parser, uint32_t start) {
  struct six_node *test = logical(parser);
  if (parser->token.type != SIX_T_QUESTION) return test;
  bool no_in = parser->no_in;
  parser->no_in = false;
  six_parse_next(parser);
  struct six_node *consequent = six_parse_assignment(parser);
  parser->no_in = no_in;
  six_parse_expect(parser, SIX_T_COLON);
  struct six_node *alternate = six_parse_assignment(parser);
  struct six_node *node = six_parse_node(parser, SIX_N_CONDITIONAL, start);
  node->conditional.test = test;
  node->conditional.consequent = consequent;
  node->conditional.alternate = alternate;
  return node;
}

static bool ends_yield(const struct six_parser *parser) {
  switch (parser->token.type) {
    case SIX_T_END:
    case SIX_T_SEMICOLON:
    case SIX_T_RBRACE:
    case SIX_T_RBRACK:
    case SIX_T_RPAREN:
    case SIX_T_COLON:
    case SIX_T_COMMA:
    case SIX_T_IN: return true;
    default: return parser->token.newline_before;
  }
}

static struct six_node *yield(struct six_parser *parser) {
  uint32_t start = parser->token.span.start;
  struct six_parse_function *function = parser->function;
  if (function->in_parameters) {
    six_parse_error(parser, parser->token.span, "Yield expression not allowed in formal parameter");
  }
  if (function->uses.yield_at == SIX_PARSE_NOWHERE) function->uses.yield_at = start;
  six_parse_next(parser);
  bool is_delegate = !parser->token.newline_before && six_parse_check(parser, SIX_T_MUL);
  struct six_node *argument = is_delegate || !ends_yield(parser) ? six_parse_assignment(parser) : NULL;
  struct six_node *node = six_parse_node(parser, SIX_N_YIELD, start);
  node->unary.argument = argument;
  node->unary.prefix = is_delegate;
  return node;
}

static struct six_node *arrow(struct six_parser *parser, struct six_node *left, uint32_t start, uint8_t first) {
  bool is_head = parser->head.end == parser->last.end && parser->head.start == start;
  if (!is_head && (left->type != SIX_N_IDENTIFIER || left->span.start != start || first == SIX_T_LPAREN || parser->last.start != start)) {
    struct six_span span = {start, parser->last.end};
    six_parse_error(parser, span, "Malformed arrow function parameter list");
  }
  struct six_parse_head head = parser->head;
  if (!is_head) {
    uint32_t mark = parser->stack_count;
    six_parse_push(parser, left);
    head = (struct six_parse_head){
        .start = start, .end = parser->last.end, .items = six_parse_pop(parser, mark), .is_called = parser->called_at == start};
    six_parse_uses_reset(&head.uses);
  }
  return six_parse_arrow(parser, &head);
}

// What a reader without ??= and its kin would say: older ones know its first characters only.
static void note_assignment(struct six_parser *parser, enum six_op op) {
  if (op < SIX_OP_AND) return;
  six_parse_note(parser, SIX_SYNTAX_LOGICAL_ASSIGN);
  if (op == SIX_OP_NULLISH) six_parse_note_as(parser, SIX_SYNTAX_NULLISH, 1, "Unexpected token '?'");
  else six_parse_note_as(parser, SIX_SYNTAX_LOGICAL_TOKEN, 2, "Unexpected token '='");
}

static struct six_node *assign(struct six_parser *parser, struct six_node *left, uint32_t start) {
  enum six_op op = assignment_operators[parser->token.type];
  uint32_t op_at = parser->token.span.start;
  if (op == SIX_OP_NONE && is_literal_pattern(left)) {
    parser->cover_at = parser->proto_at = SIX_PARSE_NOWHERE;
    left = six_parse_to_pattern(parser, left, false);
  } else if (!six_parse_is_assignable(parser, left) || (left->type == SIX_N_CALL && op >= SIX_OP_AND)) {
    six_parse_bad_target(parser, left, "Invalid left-hand side in assignment");
  }
  note_assignment(parser, op);
  six_parse_next(parser);
  struct six_node *right = six_parse_assignment(parser);
  return operation(parser, SIX_N_ASSIGN, op, op_at, left, right, start);
}

struct six_node *six_parse_assignment_cover(struct six_parser *parser) {
  uint32_t start = parser->token.span.start, cover = parser->cover_at, proto = parser->proto_at;
  uint8_t first = parser->token.type;
  six_parse_enter(parser);
  parser->cover_at = parser->proto_at = SIX_PARSE_NOWHERE;
  struct six_node *node;
  if (first == SIX_T_YIELD && parser->function->is_generator) {
    node = yield(parser);
  } else {
    node = conditional(parser, start);
    uint8_t type = parser->token.type;
    if (type == SIX_T_ARROW) {
      node = arrow(parser, node, start, first);
    } else if (type >= SIX_T_ASSIGN && type <= SIX_T_ASSIGN_EXP) {
      node = assign(parser, node, start);
    }
  }
  if (!is_literal_pattern(node)) six_parse_settle_cover(parser, SIX_PARSE_NOWHERE, SIX_PARSE_NOWHERE);
  if (cover != SIX_PARSE_NOWHERE) parser->cover_at = cover;
  if (proto != SIX_PARSE_NOWHERE) parser->proto_at = proto;
  six_parse_leave(parser);
  return node;
}

struct six_node *six_parse_assignment(struct six_parser *parser) {
  uint32_t cover = parser->cover_at, proto = parser->proto_at;
  parser->cover_at = parser->proto_at = SIX_PARSE_NOWHERE;
  struct six_node *node = six_parse_assignment_cover(parser);
  six_parse_settle_cover(parser, cover, proto);
  return node;
}

struct six_node *six_parse_expression(struct six_parser *parser) {
  uint32_t start = parser->token.span.start, mark = parser->stack_count;
  struct six_node *first = six_parse_assignment(parser);
  if (parser->token.type != SIX_T_COMMA) return first;
  six_parse_push(parser, first);
  while (six_parse_check(parser, SIX_T_COMMA)) six_parse_push(parser, six_parse_assignment(parser));
  struct six_node *node = six_parse_node(parser, SIX_N_SEQUENCE, start);
  node->list = six_parse_pop(parser, mark);
  return node;
}
