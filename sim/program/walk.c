#include "sim/program/walk.h"

#include <stdlib.h>

void six_walk_push(struct six_walk *walk, struct six_node *node) {
  if (!node) return;
  if (walk->count == walk->capacity) {
    walk->capacity = walk->capacity ? 2 * walk->capacity : 64;
    walk->nodes = realloc(walk->nodes, walk->capacity * sizeof(struct six_node *));
    if (!walk->nodes) abort();
  }
  walk->nodes[walk->count++] = node;
}

void six_walk_push_list(struct six_walk *walk, const struct six_nodes *list) {
  for (uint32_t i = 0; i < list->count; i++) six_walk_push(walk, list->items[i]);
}

static void push_function(struct six_walk *walk, const struct six_function_node *function) {
  six_walk_push(walk, function->id);
  six_walk_push_list(walk, &function->params);
  six_walk_push(walk, function->body);
}

static void push_class(struct six_walk *walk, const struct six_class_node *class_) {
  six_walk_push(walk, class_->id);
  six_walk_push(walk, class_->super);
  six_walk_push_list(walk, &class_->members);
  six_walk_push(walk, class_->constructor);
}

static void push_expression_parts(struct six_walk *walk, const struct six_node *node, bool keys) {
  switch (node->type) {
    case SIX_N_TEMPLATE: six_walk_push_list(walk, &node->template.expressions); break;
    case SIX_N_TAGGED: six_walk_push(walk, node->tagged.tag), six_walk_push(walk, node->tagged.quasi); break;
    case SIX_N_ARRAY:
    case SIX_N_OBJECT:
    case SIX_N_SEQUENCE:
    case SIX_N_ARRAY_PATTERN:
    case SIX_N_OBJECT_PATTERN:
    case SIX_N_BLOCK: six_walk_push_list(walk, &node->list); break;
    case SIX_N_PROPERTY:
      if (keys || node->property.computed) six_walk_push(walk, node->property.key);
      six_walk_push(walk, node->property.value);
      break;
    case SIX_N_FUNCTION:
    case SIX_N_ARROW:
    case SIX_N_FUNCTION_DECL: push_function(walk, node->function); break;
    case SIX_N_CLASS:
    case SIX_N_CLASS_DECL: push_class(walk, node->class_); break;
    case SIX_N_UNARY:
    case SIX_N_UPDATE:
    case SIX_N_IMPORT_CALL:
    case SIX_N_OPTIONAL:
    case SIX_N_SPREAD:
    case SIX_N_YIELD:
    case SIX_N_AWAIT:
    case SIX_N_REST:
    case SIX_N_EXPRESSION:
    case SIX_N_RETURN:
    case SIX_N_THROW:
    case SIX_N_EXPORT_DEFAULT: six_walk_push(walk, node->unary.argument); break;
    case SIX_N_BINARY:
    case SIX_N_LOGICAL:
    case SIX_N_ASSIGN:
    case SIX_N_DEFAULT: six_walk_push(walk, node->binary.left), six_walk_push(walk, node->binary.right); break;
    case SIX_N_CALL:
    case SIX_N_NEW: six_walk_push(walk, node->call.callee), six_walk_push_list(walk, &node->call.arguments); break;
    case SIX_N_MEMBER:
      six_walk_push(walk, node->member.object);
      if (keys || node->member.computed) six_walk_push(walk, node->member.property);
      break;
    default: break;
  }
}

static void push_statement_parts(struct six_walk *walk, const struct six_node *node) {
  switch (node->type) {
    case SIX_N_CONDITIONAL:
    case SIX_N_IF:
      six_walk_push(walk, node->conditional.test), six_walk_push(walk, node->conditional.consequent),
          six_walk_push(walk, node->conditional.alternate);
      break;
    case SIX_N_VAR: six_walk_push_list(walk, &node->declaration.declarators); break;
    case SIX_N_FOR:
      six_walk_push(walk, node->for_.init), six_walk_push(walk, node->for_.test), six_walk_push(walk, node->for_.update),
          six_walk_push(walk, node->for_.body);
      break;
    case SIX_N_FOR_IN:
    case SIX_N_FOR_OF:
      six_walk_push(walk, node->for_in.left), six_walk_push(walk, node->for_in.right), six_walk_push(walk, node->for_in.body);
      break;
    case SIX_N_WHILE:
    case SIX_N_WITH:
    case SIX_N_DO_WHILE: six_walk_push(walk, node->loop.test), six_walk_push(walk, node->loop.body); break;
    case SIX_N_TRY:
      six_walk_push(walk, node->try_.block), six_walk_push(walk, node->try_.param), six_walk_push(walk, node->try_.handler),
          six_walk_push(walk, node->try_.finalizer);
      break;
    case SIX_N_SWITCH: six_walk_push(walk, node->switch_.discriminant), six_walk_push_list(walk, &node->switch_.cases); break;
    case SIX_N_CASE: six_walk_push(walk, node->case_.test), six_walk_push_list(walk, &node->case_.body); break;
    case SIX_N_LABELED: six_walk_push(walk, node->labeled.body); break;
    default: break;
  }
}

void six_walk_push_parts(struct six_walk *walk, const struct six_node *node, bool keys) {
  push_expression_parts(walk, node, keys);
  push_statement_parts(walk, node);
}

struct six_node *six_walk_next(struct six_walk *walk) {
  return walk->count ? walk->nodes[--walk->count] : NULL;
}

void six_walk_done(struct six_walk *walk) {
  free(walk->nodes);
  *walk = (struct six_walk){0};
}
