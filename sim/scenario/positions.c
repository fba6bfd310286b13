#include "sim/scenario/lower.h"

#include <stdlib.h>
#include <string.h>

void six_lower_open(struct six_lower *lower, const struct six_json *value) {
  if (lower->region_count == lower->region_capacity) {
    lower->region_capacity = lower->region_capacity ? 2 * lower->region_capacity : 64;
    lower->regions = realloc(lower->regions, lower->region_capacity * sizeof *lower->regions);
    if (!lower->regions) abort();
  }
  uint32_t parent = lower->region_count ? lower->region : 0;
  lower->region = lower->region_count++;
  lower->regions[lower->region] = (struct six_region){(uint32_t)lower->out.length, UINT32_MAX, parent, value->span};
}

void six_lower_close(struct six_lower *lower) {
  struct six_region *region = &lower->regions[lower->region];
  region->end = (uint32_t)lower->out.length;
  lower->region = region->parent;
}

struct six_span six_lower_span(const struct six_lower *lower, uint32_t start, uint32_t end) {
  if (!lower->region_count) return (struct six_span){0, 0};
  // The last region that begins at or before `start`, then outwards until one holds all.
  uint32_t low = 0, high = lower->region_count;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (lower->regions[middle].start <= start) low = middle;
    else high = middle;
  }
  while (lower->regions[low].parent != low && lower->regions[low].end < end) low = lower->regions[low].parent;
  return lower->regions[low].span;
}

// ---- Walking a tree, of any depth, without recursion

struct walk {
  struct six_node **nodes;
  size_t count, capacity;
};

static void push(struct walk *walk, struct six_node *node) {
  if (!node) return;
  if (walk->count == walk->capacity) {
    walk->capacity = walk->capacity ? 2 * walk->capacity : 64;
    walk->nodes = realloc(walk->nodes, walk->capacity * sizeof(struct six_node *));
    if (!walk->nodes) abort();
  }
  walk->nodes[walk->count++] = node;
}

static void push_list(struct walk *walk, const struct six_nodes *list) {
  for (uint32_t i = 0; i < list->count; i++) push(walk, list->items[i]);
}

static void push_function(struct walk *walk, struct six_function_node *function) {
  push(walk, function->id);
  push_list(walk, &function->params);
  push(walk, function->body);
}

static void push_class(struct walk *walk, struct six_class_node *class_) {
  push(walk, class_->id);
  push(walk, class_->super);
  push_list(walk, &class_->members);
  push(walk, class_->constructor);
}

static void push_expression_parts(struct walk *walk, struct six_node *node, bool keys) {
  switch (node->type) {
    case SIX_N_TEMPLATE: push_list(walk, &node->template.expressions); break;
    case SIX_N_TAGGED: push(walk, node->tagged.tag), push(walk, node->tagged.quasi); break;
    case SIX_N_ARRAY:
    case SIX_N_OBJECT:
    case SIX_N_SEQUENCE:
    case SIX_N_ARRAY_PATTERN:
    case SIX_N_OBJECT_PATTERN:
    case SIX_N_BLOCK: push_list(walk, &node->list); break;
    case SIX_N_PROPERTY:
      if (keys || node->property.computed) push(walk, node->property.key);
      push(walk, node->property.value);
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
    case SIX_N_EXPORT_DEFAULT: push(walk, node->unary.argument); break;
    case SIX_N_BINARY:
    case SIX_N_LOGICAL:
    case SIX_N_ASSIGN:
    case SIX_N_DEFAULT: push(walk, node->binary.left), push(walk, node->binary.right); break;
    case SIX_N_CALL:
    case SIX_N_NEW: push(walk, node->call.callee), push_list(walk, &node->call.arguments); break;
    case SIX_N_MEMBER:
      push(walk, node->member.object);
      if (keys || node->member.computed) push(walk, node->member.property);
      break;
    default: break;
  }
}

static void push_statement_parts(struct walk *walk, struct six_node *node) {
  switch (node->type) {
    case SIX_N_CONDITIONAL:
    case SIX_N_IF:
      push(walk, node->conditional.test), push(walk, node->conditional.consequent), push(walk, node->conditional.alternate);
      break;
    case SIX_N_VAR: push_list(walk, &node->declaration.declarators); break;
    case SIX_N_FOR:
      push(walk, node->for_.init), push(walk, node->for_.test), push(walk, node->for_.update), push(walk, node->for_.body);
      break;
    case SIX_N_FOR_IN:
    case SIX_N_FOR_OF: push(walk, node->for_in.left), push(walk, node->for_in.right), push(walk, node->for_in.body); break;
    case SIX_N_WHILE:
    case SIX_N_WITH:
    case SIX_N_DO_WHILE: push(walk, node->loop.test), push(walk, node->loop.body); break;
    case SIX_N_TRY:
      push(walk, node->try_.block), push(walk, node->try_.param), push(walk, node->try_.handler), push(walk, node->try_.finalizer);
      break;
    case SIX_N_SWITCH: push(walk, node->switch_.discriminant), push_list(walk, &node->switch_.cases); break;
    case SIX_N_CASE: push(walk, node->case_.test), push_list(walk, &node->case_.body); break;
    case SIX_N_LABELED: push(walk, node->labeled.body); break;
    default: break;
  }
}

void six_lower_place(const struct six_lower *lower, struct six_program *program, uint32_t shift) {
  struct walk walk = {0};
  push_list(&walk, &program->body);
  while (walk.count) {
    struct six_node *node = walk.nodes[--walk.count];
    bool ours = node->span.start >= shift;
    node->span = ours ? six_lower_span(lower, node->span.start - shift, node->span.end - shift) : (struct six_span){0, 0};
    if (node->type == SIX_N_BINARY || node->type == SIX_N_LOGICAL || node->type == SIX_N_ASSIGN) node->binary.op_at = node->span.start;
    push_expression_parts(&walk, node, true);
    push_statement_parts(&walk, node);
  }
  free(walk.nodes);
}

// ---- The names of an expression

struct bound {
  const struct six_name **names;
  size_t count, capacity;
};

static void bind(struct bound *bound, const struct six_name *name) {
  if (bound->count == bound->capacity) {
    bound->capacity = bound->capacity ? 2 * bound->capacity : 16;
    bound->names = realloc(bound->names, bound->capacity * sizeof(const struct six_name *));
    if (!bound->names) abort();
  }
  bound->names[bound->count++] = name;
}

// All names in patterns count as bound, those of their default values too: nothing is refused that is right.
static void bind_patterns(struct bound *bound, const struct six_nodes *patterns) {
  struct walk walk = {0};
  push_list(&walk, patterns);
  while (walk.count) {
    struct six_node *node = walk.nodes[--walk.count];
    if (node->type == SIX_N_IDENTIFIER) bind(bound, node->name);
    push_expression_parts(&walk, node, false);
  }
  free(walk.nodes);
}

static void find_bound(const struct six_program *program, struct bound *bound) {
  struct walk walk = {0};
  push_list(&walk, &program->body);
  while (walk.count) {
    struct six_node *node = walk.nodes[--walk.count];
    if (node->type == SIX_N_ARROW || node->type == SIX_N_FUNCTION || node->type == SIX_N_FUNCTION_DECL) {
      bind_patterns(bound, &node->function->params);
      if (node->function->id) bind(bound, node->function->id->name);
    }
    if (node->type == SIX_N_VAR) bind_patterns(bound, &node->declaration.declarators);
    if ((node->type == SIX_N_CLASS || node->type == SIX_N_CLASS_DECL) && node->class_->id) bind(bound, node->class_->id->name);
    if (node->type == SIX_N_TRY && node->try_.param) bind_patterns(bound, &(struct six_nodes){&node->try_.param, 1});
    push_expression_parts(&walk, node, false);
    push_statement_parts(&walk, node);
  }
  free(walk.nodes);
}

static bool is_bound(const struct bound *bound, const struct six_name *name) {
  for (size_t i = 0; i < bound->count; i++)
    if (bound->names[i] == name) return true;
  return false;
}

static bool use_name(const struct six_name *name, bool (*use)(void *context, const char *name), void *context) {
  struct six_text text = {0};
  for (uint32_t i = 0; i < name->length; i++) six_text_add_code_point(&text, name->units[i]);
  bool good = use(context, text.bytes ? text.bytes : "");
  six_text_done(&text);
  return good;
}

bool six_lower_free_names(const struct six_program *program, bool (*use)(void *context, const char *name), void *context) {
  struct bound bound = {0};
  struct walk walk = {0};
  bool good = true;
  find_bound(program, &bound);
  push_list(&walk, &program->body);
  while (walk.count && good) {
    struct six_node *node = walk.nodes[--walk.count];
    if (node->type == SIX_N_IDENTIFIER && !is_bound(&bound, node->name)) good = use_name(node->name, use, context);
    push_expression_parts(&walk, node, false);
    push_statement_parts(&walk, node);
  }
  free(walk.nodes);
  free(bound.names);
  return good;
}
