// V8's FuncNameInferrer. While its parser reads an expression it collects the names that it passes, and the functions without a
// name that it meets. At the end of an assignment, a declaration or a property these functions are named, all of them, by all
// the names collected; at the end of a call the last of them is given up. Each assignment expression, declaration, property
// and member of a class is a state: what names it collected are dropped at its end.
//
// What a function is called depends on what is read together. The text of a function that is not called at once is skipped,
// and read by itself when it runs: then with no names from around it, except its own if that begins as a constructor's does.
// Arrow functions are read with what is around them, but those inside of them get the names of the reading that compiles it.
//
// The walk is a list of steps, not recursion: a chain of calls or operators may be of any length.
#include "sim/program/infer.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum step {
  VISIT,  // node
  INNER,  // node, without its parentheses
  ENTER,  // a state
  LEAVE,
  INFER,
  INFER_FROM,     // node: what was assigned
  REMOVE_LAST,    // node: the call
  PUSH_LITERAL,   // node: a key
  PUSH_PROPERTY,  // node: the member
  ENCLOSING,      // node: the function that is declared
  ADD,            // node: FUNCTION, ARROW or CLASS
  BODY_OPEN,      // node: a function whose text is read here
  BODY_CLOSE,
};

struct todo {
  enum step step;
  bool is_apart;  // BODY_OPEN
  const struct six_node *node;
  const struct six_name *name;  // VISIT
};

enum { IS_ENCLOSING, IS_LITERAL, IS_VARIABLE };

struct known {
  const struct six_name *name;
  struct six_span digits;  // of a key that is a number
  const char *text;        // instead
  uint8_t type;
  bool is_private;
};

struct body {
  bool skips_functions, is_compiled_apart;
};

struct inferrer {
  const struct six_program *program;
  const struct six_infer_manner *manner;
  const void *origin;
  struct six_span span;
  struct six_text *out;

  struct todo *todo;
  size_t todo_count, todo_capacity;
  struct known *names;
  size_t names_count, names_capacity;
  size_t *states;  // how many names there were
  size_t states_count, states_capacity;
  struct body *bodies;
  size_t bodies_count, bodies_capacity;
  const void **pending;
  size_t pending_count, pending_capacity;

  bool skips_functions;              // the text of functions that are not called at once
  uint32_t apart;                    // how many of the functions around are compiled by another reading
  const struct six_node *callee;     // a function that is called where it stands
  const struct six_node *tail;       // the last call or member that follows a call
  const struct six_node *next;       // the reading that the function is in, if it is not this one
  const struct six_name *next_name;  // how that is called
  bool is_called, is_met, is_done;
};

static void *grown(void *items, size_t count, size_t *capacity, size_t size) {
  if (count < *capacity) return items;
  *capacity = *capacity ? 2 * *capacity : 16;
  items = realloc(items, *capacity * size);
  if (!items) abort();
  return items;
}

// ---- The lists

static void plan(struct inferrer *f, enum step step, const struct six_node *node) {
  f->todo = grown(f->todo, f->todo_count, &f->todo_capacity, sizeof *f->todo);
  f->todo[f->todo_count++] = (struct todo){.step = step, .node = node};
}

// If the node is a function without a name, it is called `name`.
static void visit_named(struct inferrer *f, const struct six_node *node, const struct six_name *name) {
  if (!node) return;
  plan(f, VISIT, node);
  f->todo[f->todo_count - 1].name = name;
}

static void visit(struct inferrer *f, const struct six_node *node) { visit_named(f, node, NULL); }

static void push_name(struct inferrer *f, struct known name) {
  f->names = grown(f->names, f->names_count, &f->names_capacity, sizeof *f->names);
  f->names[f->names_count++] = name;
}

static bool is_word(const struct six_name *name, const char *word) {
  if (name->length != strlen(word)) return false;
  for (uint32_t i = 0; i < name->length; i++)
    if (name->units[i] != (unsigned char)word[i]) return false;
  return true;
}

static void push_literal(struct inferrer *f, const struct six_name *name) {
  if (!is_word(name, "prototype")) push_name(f, (struct known){.name = name, .type = IS_LITERAL});
}

static void push_variable(struct inferrer *f, const struct six_name *name) {
  push_name(f, (struct known){.name = name, .type = IS_VARIABLE});
}

static void push_enclosing(struct inferrer *f, const struct six_name *name) {
  bool is_capital = name && name->length && name->units[0] >= 'A' && name->units[0] <= 'Z';
  if (is_capital) push_name(f, (struct known){.name = name, .type = IS_ENCLOSING});
}

static void enter(struct inferrer *f) {
  f->states = grown(f->states, f->states_count, &f->states_capacity, sizeof *f->states);
  f->states[f->states_count++] = f->names_count;
}

static void leave(struct inferrer *f) { f->names_count = f->states[--f->states_count]; }

static void add(struct inferrer *f, const void *origin) {
  if (origin == f->origin && !f->apart) f->is_met = true;
  f->pending = grown(f->pending, f->pending_count, &f->pending_capacity, sizeof *f->pending);
  f->pending[f->pending_count++] = f->apart ? NULL : origin;  // another reading names it
}

static void add_units(struct six_text *out, const struct six_name *name) {
  for (uint32_t i = 0; i < name->length; i++) {
    uint32_t unit = name->units[i];
    if (unit >= 0xD800 && unit < 0xDC00 && i + 1 < name->length) unit = 0x10000 + ((unit - 0xD800) << 10) + (name->units[++i] - 0xDC00u);
    six_text_add_code_point(out, unit);
  }
}

static void add_text(struct inferrer *f, const struct known *name) {
  if (name->is_private) six_text_addc(f->out, '#');
  if (name->text) six_text_adds(f->out, name->text);
  else if (name->name) add_units(f->out, name->name);
  else six_text_add(f->out, f->program->source.bytes + name->digits.start, name->digits.end - name->digits.start);
}

static void write_name(struct inferrer *f) {
  bool is_first = true;
  for (size_t i = 0; i < f->names_count; i++) {
    bool is_overtaken = i + 1 < f->names_count && f->names[i].type == IS_VARIABLE && f->names[i + 1].type == IS_VARIABLE;
    if (is_overtaken) continue;
    if (!is_first) six_text_addc(f->out, '.');
    add_text(f, &f->names[i]);
    is_first = false;
  }
}

static void infer(struct inferrer *f) {
  for (size_t i = 0; i < f->pending_count; i++) {
    if (f->pending[i] != f->origin) continue;
    if (!f->is_called || f->manner->names_called) write_name(f);
    f->is_done = true;
  }
  f->pending_count = 0;
}

static void remove_last(struct inferrer *f) {
  if (f->pending_count) f->pending_count--;
}

// ---- Expressions

// ParseAssignmentExpression
static void assignment_named(struct inferrer *f, const struct six_node *n, const struct six_name *name) {
  if (!n) return;
  if (n->type == SIX_N_YIELD && !n->parenthesized) {
    visit(f, n);
    return;
  }
  plan(f, ENTER, NULL);
  visit_named(f, n, name);
  plan(f, LEAVE, NULL);
}

static void assignment(struct inferrer *f, const struct six_node *n) { assignment_named(f, n, NULL); }

static void assignment_or_spread(struct inferrer *f, const struct six_node *n) {
  if (n) assignment(f, n->type == SIX_N_SPREAD || n->type == SIX_N_REST ? n->unary.argument : n);
}

// ParseExpression
static void expression(struct inferrer *f, const struct six_node *n) {
  if (!n) return;
  if (n->type != SIX_N_SEQUENCE || n->parenthesized) {
    assignment(f, n);
    return;
  }
  for (uint32_t i = 0; i < n->list.count; i++) assignment(f, n->list.items[i]);
}

static bool is_function(const struct six_node *n) { return n->type == SIX_N_ARROW || n->type == SIX_N_FUNCTION; }

static bool is_call(const struct six_node *n) { return n->type == SIX_N_CALL || n->type == SIX_N_TAGGED || n->type == SIX_N_NEW; }

static const struct six_name *identifier_name(const struct six_node *n) { return n->type == SIX_N_IDENTIFIER ? n->name : NULL; }

// ASSIGN, and DEFAULT where it is read as an assignment
static void plan_assign(struct inferrer *f, const struct six_node *n) {
  uint8_t op = n->type == SIX_N_ASSIGN ? n->binary.op : (uint8_t)SIX_OP_NONE;
  bool is_logical = op == SIX_OP_AND || op == SIX_OP_OR || op == SIX_OP_NULLISH;
  visit(f, n->binary.left);
  assignment_named(f, n->binary.right, op == SIX_OP_NONE || is_logical ? identifier_name(n->binary.left) : NULL);
  if (op == SIX_OP_NONE || is_logical) plan(f, INFER_FROM, n->binary.right);
  else plan(f, REMOVE_LAST, NULL);
}

static const struct six_name *key_name(const struct six_node *property) {
  const struct six_node *key = property->property.key;
  bool is_text = !property->property.computed && (key->type == SIX_N_IDENTIFIER || key->type == SIX_N_STRING);
  return is_text ? key->name : NULL;
}

static bool is_method(const struct six_node *property) {
  uint8_t kind = property->property.kind;
  return kind == SIX_PROPERTY_METHOD || kind == SIX_PROPERTY_GET || kind == SIX_PROPERTY_SET;
}

// A property of an object or pattern, or a class's member.
static void plan_property(struct inferrer *f, const struct six_node *n) {
  const struct six_node *value = n->property.value;
  if (n->property.kind == SIX_PROPERTY_STATIC_BLOCK) {
    visit(f, value->function->body);
    return;
  }
  plan(f, ENTER, NULL);
  if (n->property.computed) assignment(f, n->property.key);
  else plan(f, PUSH_LITERAL, n->property.key);
  if (is_method(n)) {
    visit_named(f, value, key_name(n));
    if (n->property.computed) plan(f, ADD, value);
  } else if (n->property.shorthand && value->type == SIX_N_DEFAULT) {
    visit(f, value->binary.left);
    assignment_named(f, value->binary.right, identifier_name(value->binary.left));
  } else if (n->property.shorthand) {
    visit(f, value);
  } else {
    assignment_named(f, value, key_name(n));
  }
  plan(f, INFER, NULL);
  plan(f, LEAVE, NULL);
}

static void plan_properties(struct inferrer *f, const struct six_nodes *list) {
  for (uint32_t i = 0; i < list->count; i++) {
    const struct six_node *item = list->items[i];
    if (item->type == SIX_N_PROPERTY) {
      plan_property(f, item);
      continue;
    }
    plan(f, ENTER, NULL);
    assignment_or_spread(f, item);
    plan(f, INFER, NULL);
    plan(f, LEAVE, NULL);
  }
}

static void plan_list(struct inferrer *f, const struct six_nodes *list) {
  for (uint32_t i = 0; i < list->count; i++) assignment_or_spread(f, list->items[i]);
}

static void plan_constructor(struct inferrer *f, const struct six_node *n, const struct six_name *name) {
  plan(f, ENTER, NULL);
  visit_named(f, n, name);
  plan(f, INFER, NULL);
  plan(f, LEAVE, NULL);
}

static void plan_class(struct inferrer *f, const struct six_node *n, const struct six_name *given) {
  const struct six_class_node *class_ = n->class_;
  if (class_->super) {
    plan(f, ENTER, NULL);
    visit(f, class_->super);
    plan(f, LEAVE, NULL);
  }
  const struct six_node *constructor = class_->constructor;
  const struct six_name *name = class_->id ? class_->id->name : given;
  for (uint32_t i = 0; i < class_->members.count; i++) {
    const struct six_node *member = class_->members.items[i];
    if (constructor && member->span.start > constructor->span.start) {
      plan_constructor(f, constructor, name);
      constructor = NULL;
    }
    plan_property(f, member);
  }
  if (constructor) plan_constructor(f, constructor, name);
  plan(f, ADD, n);
}

static bool is_tail(const struct inferrer *f, const struct six_node *n) { return n == f->tail && !n->parenthesized; }

static void plan_call(struct inferrer *f, const struct six_node *n) {
  const struct six_node *callee = n->call.callee;
  if (n->type == SIX_N_CALL && is_function(callee)) f->callee = callee;
  visit(f, callee);
  plan_list(f, &n->call.arguments);
  if (n->type == SIX_N_CALL) plan(f, REMOVE_LAST, n);
}

static void plan_expression(struct inferrer *f, const struct six_node *n, const struct six_name *given) {
  switch (n->type) {
    case SIX_N_IDENTIFIER: push_variable(f, n->name); break;
    case SIX_N_PRIVATE_NAME: plan(f, PUSH_LITERAL, n); break;
    case SIX_N_TEMPLATE:
      for (uint32_t i = 0; i < n->template.expressions.count; i++) expression(f, n->template.expressions.items[i]);
      break;
    case SIX_N_TAGGED:
      if (is_function(n->tagged.tag)) f->callee = n->tagged.tag;
      visit(f, n->tagged.tag);
      visit(f, n->tagged.quasi);
      break;
    case SIX_N_ARRAY:
    case SIX_N_ARRAY_PATTERN:
    case SIX_N_SEQUENCE: plan_list(f, &n->list); break;
    case SIX_N_OBJECT:
    case SIX_N_OBJECT_PATTERN: plan_properties(f, &n->list); break;
    case SIX_N_CLASS:
    case SIX_N_CLASS_DECL: plan_class(f, n, given); break;
    case SIX_N_BINARY:
    case SIX_N_LOGICAL:
      visit(f, n->binary.left);
      visit(f, n->binary.right);
      break;
    case SIX_N_ASSIGN:
    case SIX_N_DEFAULT: plan_assign(f, n); break;
    case SIX_N_CONDITIONAL:
      visit(f, n->conditional.test);
      assignment(f, n->conditional.consequent);
      assignment(f, n->conditional.alternate);
      break;
    case SIX_N_CALL:
    case SIX_N_NEW: plan_call(f, n); break;
    case SIX_N_MEMBER:
      visit(f, n->member.object);
      if (n->member.computed) expression(f, n->member.property);
      plan(f, PUSH_PROPERTY, n);
      break;
    case SIX_N_IMPORT_CALL:
    case SIX_N_YIELD: assignment(f, n->unary.argument); break;
    case SIX_N_UNARY:
    case SIX_N_UPDATE:
    case SIX_N_OPTIONAL:
    case SIX_N_AWAIT: visit(f, n->unary.argument); break;
    default: break;
  }
}

// ---- Functions

static bool contains(struct six_span outer, struct six_span inner) { return outer.start <= inner.start && inner.end <= outer.end; }

// Its own parameters, as those that are not an arrow's are read.
static void plan_parameters(struct inferrer *f, const struct six_nodes *params) {
  for (uint32_t i = 0; i < params->count; i++) {
    const struct six_node *param = params->items[i];
    plan(f, ENTER, NULL);
    if (param->type == SIX_N_DEFAULT) {
      visit(f, param->binary.left);
      assignment_named(f, param->binary.right, identifier_name(param->binary.left));
    } else {
      visit(f, param->type == SIX_N_REST ? param->unary.argument : param);
    }
    plan(f, LEAVE, NULL);
  }
}

// An arrow's parameters, which are read as an expression.
static void plan_arrow_head(struct inferrer *f, const struct six_node *n) {
  const struct six_function_node *function = n->function;
  bool is_bare = function->params.count == 1 && function->params.items[0]->span.start == n->span.start;
  if (is_bare && f->manner->names_arrows) {
    visit(f, function->params.items[0]);
    return;
  }
  for (uint32_t i = 0; i < function->params.count; i++) {
    const struct six_node *param = function->params.items[i];
    if (param->type == SIX_N_REST && !function->is_async) visit(f, param->unary.argument);
    else assignment_or_spread(f, param);
  }
}

static void plan_function_body(struct inferrer *f, const struct six_function_node *function) {
  if (function->is_expression_body) assignment(f, function->body);
  else visit(f, function->body);
}

// A function in the text that is read. `name`: what it is called, or NULL.
static void plan_function(struct inferrer *f, const struct six_node *n, const struct six_name *name) {
  const struct six_function_node *function = n->function;
  bool is_arrow = n->type == SIX_N_ARROW, is_declared = n->type == SIX_N_FUNCTION_DECL;
  bool is_read = is_arrow || function->is_likely_called || !f->skips_functions;
  bool is_compiled = is_read && (n == f->callee || (function->is_likely_called && (!is_arrow || f->manner->calls_arrows)));
  if ((const void *)function == f->origin) f->is_called = is_compiled;
  if (function->id) name = function->id->name;
  if (!is_compiled && !f->apart && !f->next && (const void *)function != f->origin && contains(n->span, f->span)) {
    f->next = n;
    f->next_name = name;
  }
  if (is_declared) {
    plan(f, ENTER, NULL);
    plan(f, ENCLOSING, n);
  }
  if (is_read) {
    plan(f, BODY_OPEN, n);
    f->todo[f->todo_count - 1].is_apart = !is_compiled;
    if (is_arrow) plan_arrow_head(f, n);
    if (!is_arrow) plan_parameters(f, &function->params);
    plan_function_body(f, function);
    plan(f, BODY_CLOSE, n);
  }
  if (is_declared) plan(f, LEAVE, NULL);
  bool is_nameless = !function->id && !function->is_method && !function->is_constructor && !is_declared;
  if (is_nameless) plan(f, ADD, n);
  if (is_arrow && f->manner->names_arrows) plan(f, INFER, NULL);
}

static void open_body(struct inferrer *f, const struct todo *todo) {
  f->bodies = grown(f->bodies, f->bodies_count, &f->bodies_capacity, sizeof *f->bodies);
  f->bodies[f->bodies_count++] = (struct body){f->skips_functions, todo->is_apart};
  if (todo->node->type != SIX_N_ARROW) f->skips_functions = true;
  f->apart += todo->is_apart;
}

static void close_body(struct inferrer *f) {
  struct body body = f->bodies[--f->bodies_count];
  f->skips_functions = body.skips_functions;
  f->apart -= body.is_compiled_apart;
}

// ---- Statements

static void plan_declaration(struct inferrer *f, const struct six_node *n, bool is_head) {
  for (uint32_t i = 0; i < n->declaration.declarators.count; i++) {
    const struct six_node *d = n->declaration.declarators.items[i], *left = d->binary.left;
    plan(f, ENTER, NULL);
    if (left->type != SIX_N_IDENTIFIER || d->binary.right || is_head || n->declaration.kind == SIX_LET) visit(f, left);
    assignment_named(f, d->binary.right, identifier_name(left));
    if (left->type == SIX_N_IDENTIFIER && d->binary.right) plan(f, INFER_FROM, d->binary.right);
    plan(f, LEAVE, NULL);
  }
}

static void plan_statements(struct inferrer *f, const struct six_nodes *list) {
  for (uint32_t i = 0; i < list->count; i++) visit(f, list->items[i]);
}

static void plan_for_in(struct inferrer *f, const struct six_node *n) {
  const struct six_node *left = n->for_in.left;
  if (left->type == SIX_N_VAR) plan_declaration(f, left, true);
  else if (n->for_in.is_await) visit(f, left);
  else expression(f, left);
  if (n->type == SIX_N_FOR_OF) assignment(f, n->for_in.right);
  else expression(f, n->for_in.right);
  visit(f, n->for_in.body);
}

static void plan_for(struct inferrer *f, const struct six_node *n) {
  if (n->for_.init && n->for_.init->type == SIX_N_VAR) plan_declaration(f, n->for_.init, false);
  else expression(f, n->for_.init);
  expression(f, n->for_.test);
  expression(f, n->for_.update);
  visit(f, n->for_.body);
}

static void plan_try(struct inferrer *f, const struct six_node *n) {
  visit(f, n->try_.block);
  if (n->try_.param && n->try_.param->type != SIX_N_IDENTIFIER) visit(f, n->try_.param);
  visit(f, n->try_.handler);
  visit(f, n->try_.finalizer);
}

static bool plan_statement(struct inferrer *f, const struct six_node *n) {
  switch (n->type) {
    case SIX_N_VAR: plan_declaration(f, n, false); break;
    case SIX_N_EXPRESSION:
    case SIX_N_RETURN:
    case SIX_N_THROW: expression(f, n->unary.argument); break;
    case SIX_N_BLOCK: plan_statements(f, &n->list); break;
    case SIX_N_IF:
      expression(f, n->conditional.test);
      visit(f, n->conditional.consequent);
      visit(f, n->conditional.alternate);
      break;
    case SIX_N_FOR: plan_for(f, n); break;
    case SIX_N_FOR_IN:
    case SIX_N_FOR_OF: plan_for_in(f, n); break;
    case SIX_N_WHILE:
    case SIX_N_WITH:
      expression(f, n->loop.test);
      visit(f, n->loop.body);
      break;
    case SIX_N_DO_WHILE:
      visit(f, n->loop.body);
      expression(f, n->loop.test);
      break;
    case SIX_N_TRY: plan_try(f, n); break;
    case SIX_N_SWITCH:
      expression(f, n->switch_.discriminant);
      plan_statements(f, &n->switch_.cases);
      break;
    case SIX_N_CASE:
      expression(f, n->case_.test);
      plan_statements(f, &n->case_.body);
      break;
    case SIX_N_LABELED: visit(f, n->labeled.body); break;
    case SIX_N_EXPORT_NAMED: visit(f, n->export_.declaration); break;
    case SIX_N_EXPORT_DEFAULT:
      if (n->unary.argument->type == SIX_N_FUNCTION_DECL || n->unary.argument->type == SIX_N_CLASS_DECL) visit(f, n->unary.argument);
      else assignment(f, n->unary.argument);
      break;
    default: return false;
  }
  return true;
}

// ---- The walk

static void visit_now(struct inferrer *f, const struct todo *todo) {
  const struct six_node *n = todo->node;
  if (todo->step == VISIT && n->parenthesized) {
    bool is_list = n->type == SIX_N_SEQUENCE;
    if (!is_list) plan(f, ENTER, NULL);
    plan(f, INNER, n);
    f->todo[f->todo_count - 1].name = todo->name;
    if (!is_list) plan(f, LEAVE, NULL);
  } else if (n->type == SIX_N_FUNCTION || n->type == SIX_N_ARROW || n->type == SIX_N_FUNCTION_DECL) {
    plan_function(f, n, todo->name);
  } else if (!plan_statement(f, n)) {
    plan_expression(f, n, todo->name);
  }
}

static void push_key(struct inferrer *f, const struct six_node *key) {
  switch (key->type) {
    case SIX_N_IDENTIFIER:
    case SIX_N_STRING: push_literal(f, key->name); break;
    case SIX_N_PRIVATE_NAME: push_name(f, (struct known){.name = key->name, .type = IS_LITERAL, .is_private = true}); break;
    default: push_name(f, (struct known){.digits = key->span, .type = IS_LITERAL}); break;
  }
}

static bool is_index(const struct six_name *name) {
  for (uint32_t i = 0; i < name->length; i++)
    if (name->units[i] < '0' || name->units[i] > '9') return false;
  return name->length > 0 && name->length < 10 && (name->length == 1 || name->units[0] != '0');
}

// The text of an index that is one; NULL otherwise.
static const struct six_name *text_of(const struct six_node *index) {
  bool is_template = index->type == SIX_N_TEMPLATE && !index->template.expressions.count;
  const struct six_name *text = is_template ? index->template.quasis[0].cooked : index->type == SIX_N_STRING ? index->name : NULL;
  return text && !is_index(text) ? text : NULL;
}

static void push_property(struct inferrer *f, const struct six_node *member) {
  const struct six_node *property = member->member.property;
  bool is_after_call = is_tail(f, member->member.object) || member->member.optional;
  if (is_after_call) f->tail = member;
  if (!member->member.computed) push_key(f, property);
  else if (is_after_call) return;
  else if (text_of(property)) push_literal(f, text_of(property));
  else push_name(f, (struct known){.text = f->manner->computed, .type = IS_LITERAL});
}

static const void *origin_of(const struct six_node *n) {
  if (n->type != SIX_N_CLASS && n->type != SIX_N_CLASS_DECL) return n->function;
  return n->class_->constructor ? (const void *)n->class_->constructor->function : n->class_;
}

static void take(struct inferrer *f, struct todo todo) {
  switch (todo.step) {
    case VISIT:
    case INNER: visit_now(f, &todo); break;
    case ENTER: enter(f); break;
    case LEAVE: leave(f); break;
    case INFER: infer(f); break;
    case INFER_FROM:
      if (is_call(todo.node)) remove_last(f);
      else infer(f);
      break;
    case REMOVE_LAST:
      remove_last(f);
      if (todo.node) f->tail = todo.node;
      break;
    case PUSH_LITERAL: push_key(f, todo.node); break;
    case PUSH_PROPERTY: push_property(f, todo.node); break;
    case ENCLOSING: push_enclosing(f, todo.node->function->id ? todo.node->function->id->name : NULL); break;
    case ADD: add(f, origin_of(todo.node)); break;
    case BODY_OPEN: open_body(f, &todo); break;
    case BODY_CLOSE: close_body(f); break;
  }
}

// The steps that were planned since `mark` come off the list in the order in which they were planned.
static void turn(struct inferrer *f, size_t mark) {
  for (size_t low = mark, high = f->todo_count; low + 1 < high; low++) {
    struct todo kept = f->todo[low];
    f->todo[low] = f->todo[--high];
    f->todo[high] = kept;
  }
}

static void walk(struct inferrer *f) {
  enter(f);
  turn(f, 0);
  while (f->todo_count && !f->is_done) {
    struct todo todo = f->todo[--f->todo_count];
    size_t mark = f->todo_count;
    take(f, todo);
    turn(f, mark);
  }
  f->todo_count = f->names_count = f->states_count = f->bodies_count = f->pending_count = 0;
  f->apart = 0;
}

// Reads the text of a function that is compiled by itself.
static void read_function(struct inferrer *f, const struct six_node *n, const struct six_name *name) {
  f->next = NULL;
  f->skips_functions = n->type != SIX_N_ARROW;
  push_enclosing(f, name);
  plan_parameters(f, &n->function->params);
  plan_function_body(f, n->function);
  walk(f);
}

void six_infer_name(const struct six_program *program, const void *origin, struct six_span span, const struct six_infer_manner *manner,
                    struct six_text *out) {
  struct inferrer f = {.program = program, .manner = manner, .origin = origin, .span = span, .out = out, .skips_functions = true};
  plan_statements(&f, &program->body);
  walk(&f);
  while (!f.is_met && f.next) read_function(&f, f.next, f.next_name);
  free(f.todo);
  free(f.names);
  free(f.states);
  free(f.bodies);
  free(f.pending);
}
