#include "sim/scenario/raise.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/whole.h"
#include "sim/program/walk.h"
#include "sim/scenario/lower.h"

enum { DEEPEST = 300 };  // a JSON text may not be nested more than 1000 levels deep

// ---- Building

struct six_json *six_raise_json(struct six_raise *raise, enum six_json_type type) {
  struct six_json *value = six_arena_alloc(raise->arena, sizeof *value);
  value->type = type;
  return value;
}

struct six_json *six_raise_string(struct six_raise *raise, const char *text) {
  if (!text) return NULL;
  struct six_json *value = six_raise_json(raise, SIX_JSON_STRING);
  value->string = text;
  return value;
}

struct six_json *six_raise_number(struct six_raise *raise, double number) {
  struct six_json *value = six_raise_json(raise, SIX_JSON_NUMBER);
  value->number = number;
  return value;
}

struct six_raise_list six_raise_list(struct six_raise *raise, enum six_json_type type) {
  struct six_json *json = six_raise_json(raise, type);
  return (struct six_raise_list){json, &json->first};
}

bool six_raise_append(struct six_raise_list *list, struct six_json *item) {
  if (!item) return false;
  item->parent = list->json;
  item->index = list->json->count++;
  *list->end = item;
  list->end = &item->next;
  return true;
}

bool six_raise_add(struct six_raise *raise, struct six_json *object, const char *key, struct six_json *value) {
  if (!value) return false;
  struct six_raise_list list = {object, &object->first};
  while (*list.end) list.end = &(*list.end)->next;  // few members: an operation
  value->key = six_arena_copy(raise->arena, key, strlen(key));
  return six_raise_append(&list, value);
}

struct six_json *six_raise_object(struct six_raise *raise, const char *key, struct six_json *value) {
  struct six_json *object = six_raise_json(raise, SIX_JSON_OBJECT);
  return six_raise_add(raise, object, key, value) ? object : NULL;
}

const char *six_raise_text(struct six_raise *raise, const struct six_name *name) {
  struct six_text text = {0};
  bool good = true;
  for (uint32_t i = 0; i < name->length && good; i++) {
    uint32_t c = name->units[i];
    bool pair = (c & 0xFC00) == 0xD800 && i + 1 < name->length && (name->units[i + 1] & 0xFC00) == 0xDC00;
    if (pair) c = 0x10000 + ((c & 0x3FF) << 10) + (name->units[++i] & 0x3FFu);
    good = c && (c < 0xD800 || c > 0xDFFF);
    six_text_add_code_point(&text, c);
  }
  const char *copy = good ? six_arena_copy(raise->arena, text.bytes ? text.bytes : "", text.length) : NULL;
  six_text_done(&text);
  return copy;
}

// ---- Looking at the tree

static bool is_text(const struct six_name *name, const char *text) {
  size_t length = strlen(text);
  if (name->length != length) return false;
  for (size_t i = 0; i < length; i++)
    if (name->units[i] != (unsigned char)text[i]) return false;
  return true;
}

bool six_is_identifier(const struct six_node *node, const char *name) {
  return node && node->type == SIX_N_IDENTIFIER && is_text(node->name, name);
}

bool six_is_member(const struct six_node *node, const char *object, const char *property) {
  return node && node->type == SIX_N_MEMBER && !node->member.computed && !node->member.optional &&
         node->member.property->type == SIX_N_IDENTIFIER && (!object || six_is_identifier(node->member.object, object)) &&
         (!property || is_text(node->member.property->name, property));
}

bool six_is_call(const struct six_node *node, const char *object, const char *property) {
  if (!node || node->type != SIX_N_CALL || node->call.optional) return false;
  return object && !*object ? six_is_identifier(node->call.callee, property) : six_is_member(node->call.callee, object, property);
}

bool six_has_function(const struct six_node *node) {
  struct six_walk walk = {0};
  bool found = false;
  six_walk_push(&walk, (struct six_node *)node);
  for (const struct six_node *at; !found && (at = six_walk_next(&walk));) {
    found = at->type == SIX_N_FUNCTION || at->type == SIX_N_ARROW || at->type == SIX_N_CLASS;
    six_walk_push_parts(&walk, at, true);
  }
  six_walk_done(&walk);
  return found;
}

bool six_has_spread(const struct six_nodes *list) {
  for (uint32_t i = 0; i < list->count; i++)
    if (!list->items[i] || list->items[i]->type == SIX_N_SPREAD) return true;
  return false;
}

// ---- Blocks

static struct six_nodes new_list(struct six_raise *raise, uint32_t capacity) {
  return (struct six_nodes){six_arena_alloc(&raise->program->arena, (capacity + 1u) * sizeof(struct six_node *)), 0};
}

// Each statement alone: `let a, b` is two, an empty one is none.
static void take_apart(struct six_raise *raise, struct six_nodes *list) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < list->count; i++) count += list->items[i]->type == SIX_N_VAR ? list->items[i]->declaration.declarators.count : 1;
  struct six_nodes apart = new_list(raise, count);
  for (uint32_t i = 0; i < list->count; i++) {
    struct six_node *node = list->items[i];
    if (node->type == SIX_N_EMPTY) continue;
    if (node->type != SIX_N_VAR) {
      apart.items[apart.count++] = node;
      continue;
    }
    for (uint32_t k = 0; k < node->declaration.declarators.count; k++) {
      struct six_node *one = six_node_new(raise->program, SIX_N_VAR, node->span);
      one->declaration.kind = node->declaration.kind;
      one->declaration.declarators = new_list(raise, 1);
      one->declaration.declarators.items[one->declaration.declarators.count++] = node->declaration.declarators.items[k];
      apart.items[apart.count++] = one;
    }
  }
  *list = apart;
}

// A statement's body as a block: braces are not the operations' concern.
static bool make_block(struct six_raise *raise, struct six_node **body) {
  if ((*body)->type == SIX_N_BLOCK) return true;
  if ((*body)->type == SIX_N_FUNCTION_DECL || (*body)->type == SIX_N_LABELED) return false;
  struct six_node *block = six_node_new(raise->program, SIX_N_BLOCK, (*body)->span);
  block->list = new_list(raise, 1);
  block->list.items[block->list.count++] = *body;
  *body = block;
  return true;
}

static struct six_json *raise_block(struct six_raise *raise, struct six_node **body) {
  return make_block(raise, body) ? six_raise_statements(raise, &(*body)->list) : NULL;
}

// ---- Declarations

// The name and the value of `const name = value` or `let name`.
static const struct six_node *declared(const struct six_node *node, enum six_declaration_kind kind, struct six_node **value) {
  if (!node || node->type != SIX_N_VAR || node->declaration.kind != kind) return NULL;
  const struct six_node *declarator = node->declaration.declarators.items[0];
  *value = declarator->binary.right;
  return declarator->binary.left->type == SIX_N_IDENTIFIER ? declarator->binary.left : NULL;
}

static struct six_json *raise_named(struct six_raise *raise, const char *key, const char *name, struct six_json *value) {
  struct six_json *op = six_raise_object(raise, key, six_raise_string(raise, name));
  return op && six_raise_add(raise, op, "value", value) ? op : NULL;
}

static struct six_json *raise_executor(struct six_raise *raise, const char *name, struct six_node *executor) {
  static const struct six_slot slot = {.key = "do", .defaults = "resolve reject", .flat_async = true, .ignores_result = true};
  struct six_json *op = six_raise_object(raise, "promise", six_raise_string(raise, name));
  return op && six_raise_callback(raise, op, executor, &slot) ? op : NULL;
}

static struct six_json *raise_const(struct six_raise *raise, const char *name, struct six_node *value) {
  if (value->type == SIX_N_CALL) return six_raise_call(raise, value, name);
  if (value->type == SIX_N_AWAIT) {
    struct six_json *op = six_raise_object(raise, "await", six_raise_promise(raise, value->unary.argument));
    return op && six_raise_add(raise, op, "as", six_raise_string(raise, name)) ? op : NULL;
  }
  if (value->type == SIX_N_NEW && six_is_identifier(value->call.callee, "Promise") && value->call.arguments.count == 1 &&
      value->call.arguments.items[0]->type == SIX_N_ARROW)
    return raise_executor(raise, name, value->call.arguments.items[0]);
  if (value->type == SIX_N_NEW && six_is_identifier(value->call.callee, "EventEmitter") && !value->call.arguments.count &&
      six_raise_has_module(raise, "EventEmitter"))
    return six_raise_object(raise, "emitter", six_raise_string(raise, name));
  return raise_named(raise, "const", name, six_raise_value(raise, value));
}

static struct six_json *raise_declaration(struct six_raise *raise, struct six_node *node) {
  struct six_node *value;
  const struct six_node *id = declared(node, SIX_CONST, &value);
  if (id) {
    const char *name = six_raise_text(raise, id->name);
    return name ? raise_const(raise, name, value) : NULL;
  }
  id = declared(node, SIX_LET, &value);
  if (!id) return NULL;
  const char *name = six_raise_text(raise, id->name);
  return value ? raise_named(raise, "let", name, six_raise_value(raise, value))
               : six_raise_object(raise, "let", six_raise_string(raise, name));
}

static struct six_json *raise_function(struct six_raise *raise, struct six_node *node) {
  struct six_function_node *function = node->function;
  if (function->is_generator || function->is_strict || !function->has_simple_params) return NULL;
  struct six_json *op = six_raise_object(raise, function->is_async ? "asyncFunction" : "function",
                                         six_raise_string(raise, six_raise_text(raise, function->id->name)));
  struct six_raise_list params = six_raise_list(raise, SIX_JSON_ARRAY);
  for (uint32_t i = 0; i < function->params.count; i++)
    if (!six_raise_append(&params, six_raise_string(raise, six_raise_text(raise, function->params.items[i]->name)))) return NULL;
  if (!op) return NULL;
  if (params.json->count) six_raise_add(raise, op, "params", params.json);
  return six_raise_add(raise, op, "do", six_raise_statements(raise, &function->body->list)) ? op : NULL;
}

// ---- Control

static struct six_json *raise_condition(struct six_raise *raise, struct six_node *test) {
  return six_has_function(test) ? six_raise_value(raise, test) : six_raise_reference(raise, test);
}

static struct six_json *raise_if(struct six_raise *raise, struct six_node *node) {
  struct six_json *op = six_raise_object(raise, "if", raise_condition(raise, node->conditional.test));
  if (!op || !six_raise_add(raise, op, "then", raise_block(raise, &node->conditional.consequent))) return NULL;
  if (!node->conditional.alternate) return op;
  return six_raise_add(raise, op, "else", raise_block(raise, &node->conditional.alternate)) ? op : NULL;
}

static struct six_json *raise_while(struct six_raise *raise, struct six_node *node) {
  struct six_json *op = six_raise_object(raise, "while", raise_condition(raise, node->loop.test));
  if (node->loop.body->type == SIX_N_EMPTY) {
    node->loop.body->type = SIX_N_BLOCK;
    node->loop.body->list = (struct six_nodes){0};
  }
  return op && six_raise_add(raise, op, "do", raise_block(raise, &node->loop.body)) ? op : NULL;
}

// for (let i = 0; i < most; i++)
static const struct six_name *counter_of(const struct six_node *node) {
  struct six_node *first = NULL;
  const struct six_node *init = node->for_.init, *test = node->for_.test, *update = node->for_.update;
  if (!init || init->type != SIX_N_VAR || init->declaration.declarators.count != 1) return NULL;
  const struct six_node *id = declared(init, SIX_LET, &first);
  if (!id || !first || first->type != SIX_N_NUMBER || first->number != 0 || signbit(first->number)) return NULL;
  if (!test || test->type != SIX_N_BINARY || test->binary.op != SIX_OP_LT || test->binary.left->type != SIX_N_IDENTIFIER) return NULL;
  if (!update || update->type != SIX_N_UPDATE || update->unary.op != SIX_OP_INC || update->unary.argument->type != SIX_N_IDENTIFIER)
    return NULL;
  return test->binary.left->name == id->name && update->unary.argument->name == id->name ? id->name : NULL;
}

static struct six_json *raise_repeat(struct six_raise *raise, struct six_node *node) {
  static const char usual[] = "ijklmn";
  const struct six_name *counter = counter_of(node);
  if (!counter) return NULL;
  const struct six_node *most = node->for_.test->binary.right;
  bool is_plain = !raise->has_counters && raise->loops < 6 && counter->length == 1 && counter->units[0] == (uint16_t)usual[raise->loops];
  struct six_json *times = most->type == SIX_N_NUMBER ? six_raise_number(raise, most->number) : six_raise_reference(raise, most);
  struct six_json *op = six_raise_object(raise, "repeat", times);
  if (!op || (!is_plain && !six_raise_add(raise, op, "index", six_raise_string(raise, six_raise_text(raise, counter))))) return NULL;
  node->for_.update->unary.prefix = false;
  raise->loops++;
  bool good = six_raise_add(raise, op, "do", raise_block(raise, &node->for_.body));
  raise->loops--;
  return good ? op : NULL;
}

static struct six_json *raise_for_of(struct six_raise *raise, struct six_node *node) {
  struct six_node *none;
  const struct six_node *id = node->for_in.is_await ? NULL : declared(node->for_in.left, SIX_CONST, &none);
  struct six_json *op = id ? six_raise_object(raise, "forOf", six_raise_string(raise, six_raise_text(raise, id->name))) : NULL;
  if (!op || !six_raise_add(raise, op, "of", six_raise_promise(raise, node->for_in.right))) return NULL;
  return six_raise_add(raise, op, "do", raise_block(raise, &node->for_in.body)) ? op : NULL;
}

static struct six_json *raise_try(struct six_raise *raise, struct six_node *node) {
  const struct six_node *param = node->try_.param;
  struct six_json *op = six_raise_object(raise, "try", raise_block(raise, &node->try_.block));
  if (!op) return NULL;
  if (node->try_.handler) {
    if (!param || param->type != SIX_N_IDENTIFIER) return NULL;
    if (!six_raise_add(raise, op, "catch", raise_block(raise, &node->try_.handler))) return NULL;
    if (!six_is_identifier(param, "error") &&
        !six_raise_add(raise, op, "param", six_raise_string(raise, six_raise_text(raise, param->name))))
      return NULL;
  }
  if (!node->try_.finalizer) return op;
  return six_raise_add(raise, op, "finally", raise_block(raise, &node->try_.finalizer)) ? op : NULL;
}

static struct six_json *raise_jump(struct six_raise *raise, const struct six_node *node) {
  if (node->jump.label) return NULL;
  return six_raise_object(raise, node->type == SIX_N_BREAK ? "break" : "continue", six_raise_json(raise, SIX_JSON_TRUE));
}

static struct six_json *raise_return(struct six_raise *raise, struct six_node *node) {
  if (!node->unary.argument) {
    node->unary.argument = six_node_new(raise->program, SIX_N_IDENTIFIER, node->span);
    node->unary.argument->name = six_name_intern_utf8(raise->program, "undefined", 9);
  }
  return six_raise_object(raise, "return", six_raise_value(raise, node->unary.argument));
}

// ---- Expressions as statements

static struct six_json *raise_assignment(struct six_raise *raise, struct six_node *node) {
  const struct six_node *left = node->binary.left, *right = node->binary.right;
  bool is_code = right->type == SIX_N_NUMBER && six_is_whole(right->number) && right->number >= 0 && right->number <= 255;
  bool is_plain = node->binary.op == SIX_OP_NONE;
  if (is_plain && is_code && six_is_member(left, "process", "exitCode"))
    return six_raise_object(raise, "exitCode", six_raise_number(raise, right->number));
  const char *key = is_plain ? "set" : node->binary.op == SIX_OP_ADD ? "increment" : "decrement";
  struct six_json *op = six_raise_object(raise, key, six_raise_reference(raise, left));
  return op && six_raise_add(raise, op, is_plain ? "value" : "by", six_raise_value(raise, node->binary.right)) ? op : NULL;
}

struct six_json *six_raise_expression(struct six_raise *raise, struct six_node *node) {
  switch (node->type) {
    case SIX_N_CALL: return six_raise_call(raise, node, NULL);
    case SIX_N_AWAIT: return six_raise_object(raise, "await", six_raise_promise(raise, node->unary.argument));
    case SIX_N_UPDATE:
      node->unary.prefix = false;
      return six_raise_object(raise, node->unary.op == SIX_OP_INC ? "increment" : "decrement",
                              six_raise_reference(raise, node->unary.argument));
    case SIX_N_ASSIGN:
      if (node->binary.left->type != SIX_N_IDENTIFIER && node->binary.left->type != SIX_N_MEMBER) break;
      if (node->binary.op == SIX_OP_NONE || node->binary.op == SIX_OP_ADD || node->binary.op == SIX_OP_SUB)
        return raise_assignment(raise, node);
      break;
    default: break;
  }
  return six_has_function(node) ? NULL : six_raise_object(raise, "expr", six_raise_reference(raise, node));
}

// ---- Statements that belong together

// const end = Date.now() + 5; while (Date.now() < end);
static struct six_json *raise_busy(struct six_raise *raise, const struct six_nodes *list, uint32_t at) {
  struct six_node *value = NULL;
  const struct six_node *id = declared(list->items[at], SIX_CONST, &value);
  const struct six_node *loop = at + 1 < list->count ? list->items[at + 1] : NULL;
  if (!id || !loop || loop->type != SIX_N_WHILE || value->type != SIX_N_BINARY || value->binary.op != SIX_OP_ADD) return NULL;
  const struct six_node *test = loop->loop.test, *ms = value->binary.right, *body = loop->loop.body;
  if (body->type != SIX_N_EMPTY && !(body->type == SIX_N_BLOCK && !body->list.count)) return NULL;
  if (!six_is_call(value->binary.left, "Date", "now") || ms->type != SIX_N_NUMBER || test->type != SIX_N_BINARY) return NULL;
  if (test->binary.op != SIX_OP_LT || !six_is_call(test->binary.left, "Date", "now") || test->binary.right->type != SIX_N_IDENTIFIER ||
      test->binary.right->name != id->name)
    return NULL;
  struct six_text expected = {0};
  const char *name = six_raise_text(raise, id->name);
  bool is_pause = name && !strncmp(name, "gcEnd", 5);
  six_text_adds(&expected, is_pause ? "gcEnd" : "end");
  if (raise->busy_count) six_text_addf(&expected, "%u", raise->busy_count + 1);
  bool good = name && !strcmp(name, expected.bytes);
  six_text_done(&expected);
  if (!good) return NULL;
  raise->busy_count++;
  loop->loop.body->type = SIX_N_BLOCK;
  loop->loop.body->list = (struct six_nodes){0};
  return six_raise_object(raise, is_pause ? "gcPause" : "block", six_raise_number(raise, ms->number));
}

// Whether `node` reads: let resolveName;
static bool is_late_name(const struct six_node *node, const char *before, const struct six_name *name) {
  struct six_node *value = NULL;
  const struct six_node *id = declared(node, SIX_LET, &value);
  size_t n = strlen(before);
  if (!id || value || id->name->length != n + name->length) return false;
  for (uint32_t i = 0; i < id->name->length; i++) {
    uint16_t c = i < n ? (unsigned char)before[i] : name->units[i - n];
    if (i == n && c >= 'a' && c <= 'z') c = (uint16_t)(c - 32);
    if (id->name->units[i] != c) return false;
  }
  return true;
}

static bool is_taking(const struct six_node *node, const struct six_node *variable, const char *param) {
  if (node->type != SIX_N_EXPRESSION || node->unary.argument->type != SIX_N_ASSIGN) return false;
  const struct six_node *assign = node->unary.argument;
  return assign->binary.op == SIX_OP_NONE && assign->binary.left->type == SIX_N_IDENTIFIER &&
         assign->binary.left->name == variable->declaration.declarators.items[0]->binary.left->name &&
         six_is_identifier(assign->binary.right, param);
}

// let resolveP, rejectP; const p = new Promise((resolve, reject) => { resolveP = resolve; rejectP = reject; });
static struct six_json *raise_late(struct six_raise *raise, const struct six_nodes *list, uint32_t at) {
  struct six_node *value = NULL;
  if (at + 2 >= list->count) return NULL;
  const struct six_node *id = declared(list->items[at + 2], SIX_CONST, &value);
  if (!id || value->type != SIX_N_NEW || !six_is_identifier(value->call.callee, "Promise") || value->call.arguments.count != 1) return NULL;
  const struct six_node *executor = value->call.arguments.items[0];
  if (!is_late_name(list->items[at], "resolve", id->name) || !is_late_name(list->items[at + 1], "reject", id->name)) return NULL;
  if (executor->type != SIX_N_ARROW || executor->function->is_expression_body || executor->function->params.count != 2) return NULL;
  const struct six_nodes *body = &executor->function->body->list;
  if (!six_is_identifier(executor->function->params.items[0], "resolve") ||
      !six_is_identifier(executor->function->params.items[1], "reject"))
    return NULL;
  if (body->count != 2 || !is_taking(body->items[0], list->items[at], "resolve") ||
      !is_taking(body->items[1], list->items[at + 1], "reject"))
    return NULL;
  const char *name = six_raise_text(raise, id->name);
  six_raise_append(&raise->late, six_raise_string(raise, name));
  return six_raise_object(raise, "promise", six_raise_string(raise, name));
}

// Statements from `at` on that are one operation; how many goes to *count, and 0 where there is none.
static struct six_json *raise_group(struct six_raise *raise, const struct six_nodes *list, uint32_t at, uint32_t *count) {
  struct six_json *op = raise_busy(raise, list, at);
  if (op) return *count = 2, op;
  op = raise_late(raise, list, at);
  if (op) return *count = 3, op;
  struct six_node *value = NULL;
  const struct six_node *id = declared(list->items[at], SIX_CONST, &value);
  return id ? six_raise_socket(raise, list, at, id, value, count) : NULL;
}

// ---- Statements

static struct six_json *raise_statement(struct six_raise *raise, struct six_node *node) {
  switch (node->type) {
    case SIX_N_VAR: return raise_declaration(raise, node);
    case SIX_N_FUNCTION_DECL: return raise_function(raise, node);
    case SIX_N_EXPRESSION: return six_raise_expression(raise, node->unary.argument);
    case SIX_N_IF: return raise_if(raise, node);
    case SIX_N_WHILE: return raise_while(raise, node);
    case SIX_N_FOR: return raise_repeat(raise, node);
    case SIX_N_FOR_OF: return raise_for_of(raise, node);
    case SIX_N_TRY: return raise_try(raise, node);
    case SIX_N_RETURN: return raise_return(raise, node);
    case SIX_N_THROW: return six_raise_object(raise, "throw", six_raise_reason(raise, node->unary.argument));
    case SIX_N_BREAK:
    case SIX_N_CONTINUE: return raise_jump(raise, node);
    default: return NULL;
  }
}

struct six_json *six_raise_statements(struct six_raise *raise, struct six_nodes *list) {
  struct six_raise_list ops = six_raise_list(raise, SIX_JSON_ARRAY);
  if (raise->depth >= DEEPEST) return NULL;
  raise->depth++;
  take_apart(raise, list);
  for (uint32_t at = 0, count; at < list->count; at += count) {
    count = 0;
    struct six_json *op = raise_group(raise, list, at, &count);
    if (!count) op = raise_statement(raise, list->items[at]), count = 1;
    if (!six_raise_append(&ops, op)) return NULL;
  }
  raise->depth--;
  return ops.json;
}

// ---- Modules

// const fs = require('fs'), or 'node:fs'; and of events, the class in it. The name, or NULL.
static const char *required_module(struct six_raise *raise, const struct six_node *node) {
  if (node->type != SIX_N_VAR || node->declaration.declarators.count != 1) return NULL;
  const struct six_node *target = node->declaration.declarators.items[0]->binary.left;
  const struct six_node *value = node->declaration.declarators.items[0]->binary.right;
  bool is_part = six_is_member(value, NULL, "EventEmitter");
  if (is_part) value = value->member.object;
  if (!six_is_call(value, "", "require") || value->call.arguments.count != 1 || value->call.arguments.items[0]->type != SIX_N_STRING)
    return NULL;
  if (target->type == SIX_N_OBJECT_PATTERN && target->list.count == 1 && target->list.items[0]->type == SIX_N_PROPERTY &&
      target->list.items[0]->property.shorthand)
    target = target->list.items[0]->property.value, is_part = true;
  if (target->type != SIX_N_IDENTIFIER) return NULL;
  const char *name = six_raise_text(raise, target->name), *from = six_raise_text(raise, value->call.arguments.items[0]->name);
  const char *module = name ? six_module_of(name) : NULL;
  if (from && !strncmp(from, "node:", 5)) from += 5;
  if (!module || !from || strcmp(module, from) || (is_part && strcmp(name, "EventEmitter"))) return NULL;
  return name;
}

bool six_raise_has_module(const struct six_raise *raise, const char *name) {
  for (const struct six_json *m = raise->modules.json->first; m; m = m->next)
    if (!strcmp(m->string, name)) return true;
  return false;
}

// Takes the modules out of the program: an operation brings its own. Where they stand among the statements does not matter.
static void take_modules(struct six_raise *raise) {
  struct six_nodes *body = &raise->program->body;
  uint32_t kept = 0;
  for (uint32_t i = 0; i < body->count; i++) {
    const char *name = required_module(raise, body->items[i]);
    if (name) six_raise_append(&raise->modules, six_raise_string(raise, name));
    else body->items[kept++] = body->items[i];
  }
  body->count = kept;
}

// ---- Names that mean something to operations

static bool is_counter(const struct six_name *name) { return name->length == 1 && name->units[0] >= 'i' && name->units[0] <= 'n'; }

// What operations call by name, or know by it.
static bool is_taken(const struct six_name *name, bool is_param) {
  static const char *const taken[] = {"console",    "process",        "Promise",      "Date",         "Error",         "require",
                                      "setTimeout", "setInterval",    "setImmediate", "clearTimeout", "clearInterval", "clearImmediate",
                                      "undefined",  "queueMicrotask", "resolve",      "reject"};
  enum { TAKEN = sizeof taken / sizeof *taken };
  for (size_t i = 0; i < TAKEN - 2u * is_param; i++)  // an executor's parameters are resolve and reject
    if (is_text(name, taken[i])) return true;
  return false;
}

struct names_seen {
  bool counters, taken;
};

static void see_name(const struct six_node *target, bool is_param, struct names_seen *seen) {
  bool is_name = target->type == SIX_N_IDENTIFIER;
  seen->counters = seen->counters || !is_name || is_counter(target->name);
  seen->taken = seen->taken || (is_name && is_taken(target->name, is_param));
}

static void see_names_of(const struct six_node *node, struct names_seen *seen) {
  switch (node->type) {
    case SIX_N_VAR:
      for (uint32_t i = 0; i < node->declaration.declarators.count; i++)
        see_name(node->declaration.declarators.items[i]->binary.left, false, seen);
      break;
    case SIX_N_FUNCTION:
    case SIX_N_ARROW:
    case SIX_N_FUNCTION_DECL:
      for (uint32_t i = 0; i < node->function->params.count; i++) see_name(node->function->params.items[i], true, seen);
      if (node->function->id) see_name(node->function->id, false, seen);
      break;
    case SIX_N_TRY:
      if (node->try_.param) see_name(node->try_.param, true, seen);
      break;
    default: break;
  }
}

// The names that a program makes, but for the counters of counting loops.
static struct names_seen see_names(const struct six_program *program) {
  struct six_walk walk = {0};
  struct names_seen seen = {0};
  six_walk_push_list(&walk, &program->body);
  for (const struct six_node *node; (node = six_walk_next(&walk));) {
    see_names_of(node, &seen);
    if (node->type == SIX_N_FOR && counter_of(node)) six_walk_push(&walk, node->for_.body), six_walk_push(&walk, node->for_.test);
    else six_walk_push_parts(&walk, node, false);
  }
  six_walk_done(&walk);
  return seen;
}

// ---- The program

// process.env.UV_THREADPOOL_SIZE = '2'; at the program's top is the world's. Takes it out of the program.
static struct six_json *threads_of(struct six_raise *raise) {
  struct six_nodes *body = &raise->program->body;
  const struct six_node *assign = body->count && body->items[0]->type == SIX_N_EXPRESSION ? body->items[0]->unary.argument : NULL;
  if (!assign || assign->type != SIX_N_ASSIGN || assign->binary.op != SIX_OP_NONE || assign->binary.right->type != SIX_N_STRING)
    return NULL;
  const struct six_node *left = assign->binary.left;
  if (!six_is_member(left, NULL, "UV_THREADPOOL_SIZE") || !six_is_member(left->member.object, "process", "env")) return NULL;
  const char *text = six_raise_text(raise, assign->binary.right->name);
  unsigned threads = 0;
  char again[20];
  if (!text || sscanf(text, "%4u", &threads) != 1 || threads < 1 || threads > 1024) return NULL;
  snprintf(again, sizeof again, "%u", threads);
  if (strcmp(again, text) != 0) return NULL;
  body->items++;
  body->count--;
  return six_raise_object(raise, "threads", six_raise_number(raise, threads));
}

struct six_json *six_raise_program(struct six_raise *raise) {
  raise->modules = six_raise_list(raise, SIX_JSON_ARRAY);
  raise->late = six_raise_list(raise, SIX_JSON_ARRAY);
  if (raise->program->kind != SIX_SOURCE_SCRIPT || raise->program->is_strict) return NULL;
  take_apart(raise, &raise->program->body);
  take_modules(raise);
  raise->world = threads_of(raise);
  struct names_seen seen = see_names(raise->program);
  if (seen.taken) return NULL;
  raise->has_counters = seen.counters;
  return six_raise_statements(raise, &raise->program->body);
}
