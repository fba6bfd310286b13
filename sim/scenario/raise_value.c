#include <math.h>
#include <string.h>

#include "sim/scenario/lower.h"
#include "sim/scenario/raise.h"

enum { DEEPEST = 300 };

// ---- JavaScript within JSON

static const char *source_of(struct six_raise *raise, uint32_t start, uint32_t end) {
  return six_arena_copy(raise->arena, raise->program->source.bytes + start, end - start);
}

struct six_json *six_raise_reference(struct six_raise *raise, const struct six_node *node) {
  if (six_has_function(node)) return NULL;
  if (node->type == SIX_N_IDENTIFIER) return six_raise_string(raise, six_raise_text(raise, node->name));
  return six_raise_string(raise, source_of(raise, node->span.start, node->span.end));
}

static struct six_json *raise_code(struct six_raise *raise, const struct six_node *node) {
  return six_raise_object(raise, "expr", six_raise_reference(raise, node));
}

static struct six_json *raise_template(struct six_raise *raise, const struct six_node *node) {
  if (six_has_function(node)) return NULL;
  const char *text = source_of(raise, node->span.start + 1, node->span.end - 1);
  return six_raise_object(raise, "template", six_raise_string(raise, text));
}

// ---- Literals

static struct six_json *raise_number(struct six_raise *raise, const struct six_node *node) {
  return isfinite(node->number) ? six_raise_number(raise, node->number) : raise_code(raise, node);
}

static struct six_json *raise_array(struct six_raise *raise, struct six_node *node) {
  if (six_has_spread(&node->list)) return raise_code(raise, node);
  return six_raise_arguments(raise, &node->list, 0);
}

static bool is_plain_property(const struct six_node *node) {
  if (node->type != SIX_N_PROPERTY || node->property.kind != SIX_PROPERTY_INIT || node->property.computed) return false;
  const struct six_node *key = node->property.key;
  bool is_proto = key->type == SIX_N_STRING || key->type == SIX_N_IDENTIFIER;
  if (is_proto && key->name->length == 9) {  // __proto__: x is no property
    static const char proto[] = "__proto__";
    for (int i = 0; is_proto && i < 9; i++) is_proto = key->name->units[i] == (uint16_t)proto[i];
    if (is_proto) return false;
  }
  return key->type == SIX_N_IDENTIFIER || key->type == SIX_N_STRING;
}

// 'a': as lowering writes it, a:
static void unquote(struct six_node *key) {
  bool is_name = key->name->length && !(key->name->units[0] >= '0' && key->name->units[0] <= '9');
  for (uint32_t i = 0; i < key->name->length && is_name; i++) {
    uint16_t c = key->name->units[i];
    is_name = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || (c >= '0' && c <= '9');
  }
  if (is_name) key->type = SIX_N_IDENTIFIER;
}

static struct six_json *raise_object(struct six_raise *raise, struct six_node *node) {
  for (uint32_t i = 0; i < node->list.count; i++)
    if (!is_plain_property(node->list.items[i])) return raise_code(raise, node);
  struct six_raise_list members = six_raise_list(raise, SIX_JSON_OBJECT);
  for (uint32_t i = 0; i < node->list.count; i++) {
    struct six_node *property = node->list.items[i];
    property->property.shorthand = false;
    struct six_json *value = six_raise_value(raise, property->property.value);
    const char *key = six_raise_text(raise, property->property.key->name);
    if (!key || !six_raise_append(&members, value)) return NULL;
    value->key = key;
    unquote(property->property.key);
  }
  return six_raise_object(raise, "object", members.json);
}

// ---- Functions

// The parameters that the operations need, or all where one of them is no name.
static uint32_t used_params(struct six_raise *raise, struct six_function_node *function, const struct six_json *body, const char **names) {
  for (uint32_t i = 0; i < function->params.count; i++)
    if (!(names[i] = six_raise_text(raise, function->params.items[i]->name))) return UINT32_MAX;
  return function->params.count = six_lower_used(body, names, function->params.count);
}

// Whether lowering gives a callback with this body exactly these parameters by itself.
static bool has_usual_params(const struct six_json *body, const char *const *names, uint32_t count, const char *defaults) {
  char words[100];
  const char *usual[4];
  uint32_t known = 0;
  strncpy(words, defaults, sizeof words - 1);
  words[sizeof words - 1] = '\0';
  for (char *rest, *word = strtok_r(words, " ", &rest); word && known < 4; word = strtok_r(NULL, " ", &rest)) usual[known++] = word;
  if (six_lower_used(body, usual, known) != count) return false;
  for (uint32_t i = 0; i < count; i++)
    if (strcmp(usual[i], names[i])) return false;
  return true;
}

static bool is_log(const struct six_node *node) {
  return (six_is_call(node, "console", "log") || six_is_call(node, "console", "warn") || six_is_call(node, "console", "error")) &&
         !six_has_spread(&node->call.arguments);
}

static bool is_settling(const struct six_raise *raise, const struct six_node *node) {
  return raise->executors && (six_is_call(node, "", "resolve") || six_is_call(node, "", "reject"));
}

static struct six_json *one_operation(struct six_raise *raise, struct six_json *op) {
  struct six_raise_list list = six_raise_list(raise, SIX_JSON_ARRAY);
  return six_raise_append(&list, op) ? list.json : NULL;
}

static void give_braces(struct six_raise *raise, struct six_function_node *function) {
  struct six_node *body = function->body;
  struct six_node *statement = six_node_new(raise->program, SIX_N_EXPRESSION, body->span);
  statement->unary.argument = body;
  function->body = six_node_new(raise->program, SIX_N_BLOCK, body->span);
  function->body->list.items = six_arena_alloc(&raise->program->arena, sizeof(struct six_node *));
  function->body->list.items[0] = statement;
  function->body->list.count = 1;
  function->is_expression_body = false;
}

// A single log or return stands without braces, as lowering writes it.
static void take_braces(struct six_function_node *function, const struct six_json *ops) {
  if (ops->count != 1 || ops->first->count != 1 || !six_json_is_one_of(ops->first->first->key, "log error warn return")) return;
  function->body = function->body->list.items[0]->unary.argument;
  function->is_expression_body = true;
}

static struct six_json *raise_body(struct six_raise *raise, struct six_function_node *function, bool ignores_result) {
  if (function->is_expression_body) {
    struct six_node *body = function->body;
    if (is_log(body)) return one_operation(raise, six_raise_expression(raise, body));
    if (!is_settling(raise, body) && (!ignores_result || function->is_async))
      return one_operation(raise, six_raise_object(raise, "return", six_raise_value(raise, body)));
    give_braces(raise, function);
  }
  struct six_json *ops = six_raise_statements(raise, &function->body->list);
  if (ops) take_braces(function, ops);
  return ops;
}

// A function expression is as good as an arrow where nobody can see the difference.
static bool make_arrow(struct six_node *node) {
  if (node->type == SIX_N_ARROW) return true;
  const struct six_function_node *function = node->type == SIX_N_FUNCTION ? node->function : NULL;
  if (!function || function->id || function->uses_this || function->uses_arguments || function->is_method) return false;
  node->type = SIX_N_ARROW;
  return true;
}

static struct six_json *params_of(struct six_raise *raise, const char *const *names, uint32_t count) {
  struct six_raise_list list = six_raise_list(raise, SIX_JSON_ARRAY);
  for (uint32_t i = 0; i < count; i++) six_raise_append(&list, six_raise_string(raise, names[i]));
  return list.json;
}

static bool raise_arrow(struct six_raise *raise, struct six_json *object, struct six_function_node *function, const struct six_slot *slot) {
  enum { MOST = 16 };
  const char *names[MOST];
  if (function->is_generator || function->is_strict || !function->has_simple_params || function->params.count > MOST) return false;
  bool is_executor = !strcmp(slot->defaults, "resolve reject");
  raise->executors += is_executor;
  struct six_json *body = raise_body(raise, function, slot->ignores_result);
  raise->executors -= is_executor;
  if (!body) return false;
  uint32_t count = used_params(raise, function, body, names);
  if (count == UINT32_MAX) return false;
  bool is_usual = has_usual_params(body, names, count, slot->defaults);
  struct six_json *owner = object;
  const char *key = slot->key;
  if ((!is_usual && !slot->flat_params) || (function->is_async && !slot->flat_async))
    owner = six_raise_json(raise, SIX_JSON_OBJECT), key = "do";
  six_raise_add(raise, owner, key, body);
  if (!is_usual) six_raise_add(raise, owner, "params", params_of(raise, names, count));
  if (function->is_async) six_raise_add(raise, owner, "async", six_raise_json(raise, SIX_JSON_TRUE));
  return owner == object || six_raise_add(raise, object, slot->key, owner);
}

bool six_raise_callback(struct six_raise *raise, struct six_json *object, struct six_node *node, const struct six_slot *slot) {
  if (make_arrow(node)) return raise_arrow(raise, object, node->function, slot);
  if (node->type == SIX_N_IDENTIFIER || node->type == SIX_N_MEMBER)
    return six_raise_add(raise, object, slot->key, six_raise_reference(raise, node));
  struct six_json *value = six_raise_value(raise, node);
  if (value && value->type != SIX_JSON_OBJECT) value = six_raise_object(raise, "value", value);
  return six_raise_add(raise, object, slot->key, value);
}

static struct six_json *raise_function(struct six_raise *raise, struct six_node *node) {
  static const struct six_slot slot = {.key = "do", .defaults = "", .flat_params = true, .flat_async = true};
  struct six_json *object = six_raise_json(raise, SIX_JSON_OBJECT);
  return six_raise_callback(raise, object, node, &slot) ? object : NULL;
}

// ---- new

static bool is_error(const struct six_node *node) {
  if (node->type != SIX_N_NEW || node->call.arguments.count != 1 || node->call.arguments.items[0]->type != SIX_N_STRING) return false;
  static const char *const kinds[] = {"Error", "TypeError", "RangeError", "SyntaxError", "ReferenceError", "EvalError", "URIError"};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (six_is_identifier(node->call.callee, kinds[i])) return true;
  return false;
}

static struct six_json *raise_new(struct six_raise *raise, struct six_node *node) {
  static const struct six_slot slot = {.key = "promise", .defaults = "resolve reject", .ignores_result = true};
  struct six_nodes *arguments = &node->call.arguments;
  if (is_error(node)) {
    struct six_json *error = six_raise_object(raise, "newError", six_raise_value(raise, arguments->items[0]));
    if (error && !six_is_identifier(node->call.callee, "Error"))
      six_raise_add(raise, error, "type", six_raise_reference(raise, node->call.callee));
    return error;
  }
  if (six_is_identifier(node->call.callee, "Promise") && arguments->count == 1 && make_arrow(arguments->items[0])) {
    struct six_json *promise = six_raise_json(raise, SIX_JSON_OBJECT);
    if (!six_raise_callback(raise, promise, arguments->items[0], &slot)) return NULL;
    if (promise->first->type == SIX_JSON_ARRAY) return promise;
    // With parameters of its own the executor is an argument like any other.
    struct six_json *executor = promise->first;
    executor->key = NULL;
    struct six_json *made = six_raise_object(raise, "new", six_raise_string(raise, "Promise"));
    six_raise_add(raise, made, "args", one_operation(raise, executor));
    return made;
  }
  if (six_has_spread(arguments)) return raise_code(raise, node);
  struct six_json *made = six_raise_object(raise, "new", six_raise_reference(raise, node->call.callee));
  if (!made || !arguments->count) return made;
  return six_raise_add(raise, made, "args", six_raise_arguments(raise, arguments, 0)) ? made : NULL;
}

struct six_json *six_raise_reason(struct six_raise *raise, struct six_node *node) {
  if (is_error(node) && six_is_identifier(node->call.callee, "Error")) return six_raise_value(raise, node->call.arguments.items[0]);
  struct six_json *value = six_raise_value(raise, node);
  return value && value->type == SIX_JSON_STRING ? six_raise_object(raise, "value", value) : value;
}

// ---- Promises

struct six_json *six_raise_promise(struct six_raise *raise, struct six_node *node) {
  if (node->type == SIX_N_IDENTIFIER) return six_raise_reference(raise, node);
  struct six_json *value = six_raise_value(raise, node);
  return value && value->type == SIX_JSON_STRING ? six_raise_object(raise, "value", value) : value;
}

static bool is_link(const struct six_node *node) {
  uint32_t count = node->type == SIX_N_CALL ? node->call.arguments.count : 0;
  if (six_has_spread(&node->call.arguments)) return false;
  return (six_is_call(node, NULL, "then") && (count == 1 || count == 2)) ||
         ((six_is_call(node, NULL, "catch") || six_is_call(node, NULL, "finally")) && count == 1);
}

static bool raise_link(struct six_raise *raise, struct six_node *call, struct six_json *object) {
  static const struct six_slot slots[] = {{.key = "then", .defaults = "value", .flat_params = true, .flat_async = true},
                                          {.key = "catch", .defaults = "error", .flat_params = true, .flat_async = true},
                                          {.key = "finally", .defaults = "", .flat_async = true}};
  static const struct six_slot rejected = {.key = "onRejected", .defaults = "error"};
  struct six_node **arguments = call->call.arguments.items;
  const struct six_slot *slot = &slots[six_is_call(call, NULL, "then") ? 0 : six_is_call(call, NULL, "catch") ? 1 : 2];
  if (slot == slots && arguments[0]->type == SIX_N_NULL) six_raise_add(raise, object, "then", six_raise_json(raise, SIX_JSON_NULL));
  else if (!six_raise_callback(raise, object, arguments[0], slot)) return false;
  return call->call.arguments.count == 1 || six_raise_callback(raise, object, arguments[1], &rejected);
}

static struct six_json *raise_chain(struct six_raise *raise, struct six_node *last, uint32_t count) {
  struct six_node **links = six_arena_alloc(raise->arena, count * sizeof *links);
  struct six_node *of = last;
  for (uint32_t i = count; i-- > 0; of = of->call.callee->member.object) links[i] = of;
  struct six_raise_list list = six_raise_list(raise, SIX_JSON_ARRAY);
  for (uint32_t i = 0; i < count; i++) {
    struct six_json *link = six_raise_json(raise, SIX_JSON_OBJECT);
    if (!raise_link(raise, links[i], link)) return NULL;
    six_raise_append(&list, link);
  }
  struct six_json *chain = six_raise_object(raise, "chain", list.json);
  return six_raise_add(raise, chain, "of", six_raise_promise(raise, of)) ? chain : NULL;
}

static struct six_json *raise_links(struct six_raise *raise, struct six_node *last) {
  uint32_t count = 0;
  struct six_node *of = last;
  for (; is_link(of); of = of->call.callee->member.object) count++;
  if (count > 1) return raise_chain(raise, last, count);
  struct six_json *object = six_raise_json(raise, SIX_JSON_OBJECT);
  if (!raise_link(raise, last, object)) return NULL;
  return six_raise_add(raise, object, "of", six_raise_promise(raise, of)) ? object : NULL;
}

static struct six_json *raise_combinator(struct six_raise *raise, const char *name, struct six_node *argument) {
  if (argument->type != SIX_N_ARRAY || six_has_spread(&argument->list))
    return six_raise_object(raise, name, six_raise_promise(raise, argument));
  struct six_raise_list list = six_raise_list(raise, SIX_JSON_ARRAY);
  for (uint32_t i = 0; i < argument->list.count; i++)
    if (!six_raise_append(&list, six_raise_promise(raise, argument->list.items[i]))) return NULL;
  return six_raise_object(raise, name, list.json);
}

// null stands for no argument.
struct six_json *six_raise_resolution(struct six_raise *raise, const struct six_nodes *arguments) {
  if (!arguments->count) return six_raise_json(raise, SIX_JSON_NULL);
  struct six_json *value = six_raise_value(raise, arguments->items[0]);
  return value && value->type == SIX_JSON_NULL ? six_raise_object(raise, "value", value) : value;
}

static struct six_json *raise_static(struct six_raise *raise, struct six_node *call, bool *known) {
  static const char *const combinators[] = {"all", "allSettled", "race", "any"};
  struct six_nodes *arguments = &call->call.arguments;
  *known = true;
  if (!six_has_spread(arguments)) {
    if (six_is_call(call, "Promise", "resolve") && arguments->count < 2)
      return six_raise_object(raise, "resolved", six_raise_resolution(raise, arguments));
    if (six_is_call(call, "Promise", "reject") && arguments->count == 1)
      return six_raise_object(raise, "rejected", six_raise_reason(raise, arguments->items[0]));
    for (size_t i = 0; i < 4; i++)
      if (six_is_call(call, "Promise", combinators[i]) && arguments->count == 1)
        return raise_combinator(raise, combinators[i], arguments->items[0]);
  }
  *known = false;
  return NULL;
}

// ---- Calls as values

// Whether a callee of Node's or the language's own calls its argument, and neither constructs nor shows it.
static bool is_caller(const struct six_node *callee) {
  static const char *const names[] = {"setTimeout", "setInterval", "setImmediate", "nextTick", "queueMicrotask", "on",    "once",
                                      "forEach",    "map",         "filter",       "reduce",   "some",           "every", "find"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (six_is_identifier(callee, names[i]) || six_is_member(callee, NULL, names[i])) return true;
  return false;
}

struct six_json *six_raise_plain_call(struct six_raise *raise, struct six_node *node) {
  struct six_nodes *arguments = &node->call.arguments;
  if (six_has_spread(arguments)) return raise_code(raise, node);
  for (uint32_t i = 0; is_caller(node->call.callee) && i < arguments->count; i++) make_arrow(arguments->items[i]);
  struct six_json *call = six_raise_object(raise, "call", six_raise_reference(raise, node->call.callee));
  if (!call || !arguments->count) return call;
  return six_raise_add(raise, call, "args", six_raise_arguments(raise, arguments, 0)) ? call : NULL;
}

static struct six_json *raise_call(struct six_raise *raise, struct six_node *node) {
  bool known;
  struct six_json *value = raise_static(raise, node, &known);
  if (known) return value;
  if (is_link(node)) return raise_links(raise, node);
  value = six_raise_file_value(raise, node, &known);
  return known ? value : six_raise_plain_call(raise, node);
}

// ---- Values

static struct six_json *raise_any(struct six_raise *raise, struct six_node *node) {
  switch (node->type) {
    case SIX_N_NULL: return six_raise_json(raise, SIX_JSON_NULL);
    case SIX_N_TRUE: return six_raise_json(raise, SIX_JSON_TRUE);
    case SIX_N_FALSE: return six_raise_json(raise, SIX_JSON_FALSE);
    case SIX_N_NUMBER: return raise_number(raise, node);
    case SIX_N_STRING: return six_raise_string(raise, six_raise_text(raise, node->name));
    case SIX_N_IDENTIFIER: return six_raise_object(raise, "var", six_raise_reference(raise, node));
    case SIX_N_TEMPLATE: return raise_template(raise, node);
    case SIX_N_ARRAY: return raise_array(raise, node);
    case SIX_N_OBJECT: return raise_object(raise, node);
    case SIX_N_ARROW: return raise_function(raise, node);
    case SIX_N_NEW: return raise_new(raise, node);
    case SIX_N_CALL: return raise_call(raise, node);
    case SIX_N_AWAIT: return six_raise_object(raise, "await", six_raise_promise(raise, node->unary.argument));
    case SIX_N_UNARY:
      if (node->unary.op == SIX_OP_MINUS && node->unary.argument->type == SIX_N_NUMBER && isfinite(node->unary.argument->number))
        return six_raise_number(raise, -node->unary.argument->number);
      return raise_code(raise, node);
    default: return raise_code(raise, node);
  }
}

struct six_json *six_raise_value(struct six_raise *raise, struct six_node *node) {
  if (raise->depth >= DEEPEST) return NULL;
  raise->depth++;
  struct six_json *value = raise_any(raise, node);
  raise->depth--;
  return value;
}

struct six_json *six_raise_arguments(struct six_raise *raise, const struct six_nodes *list, uint32_t first) {
  struct six_raise_list values = six_raise_list(raise, SIX_JSON_ARRAY);
  for (uint32_t i = first; i < list->count; i++)
    if (!six_raise_append(&values, six_raise_value(raise, list->items[i]))) return NULL;
  return values.json;
}
