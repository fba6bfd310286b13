#include "sim/scenario/lower.h"

#include <stdlib.h>
#include <string.h>

#include "sim/program/walk.h"

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

void six_lower_place(const struct six_lower *lower, struct six_program *program, uint32_t shift) {
  struct six_walk walk = {0};
  six_walk_push_list(&walk, &program->body);
  for (struct six_node *node; (node = six_walk_next(&walk));) {
    bool ours = node->span.start >= shift;
    node->span = ours ? six_lower_span(lower, node->span.start - shift, node->span.end - shift) : (struct six_span){0, 0};
    if (node->type == SIX_N_BINARY || node->type == SIX_N_LOGICAL || node->type == SIX_N_ASSIGN) node->binary.op_at = node->span.start;
    six_walk_push_parts(&walk, node, true);
  }
  six_walk_done(&walk);
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
  struct six_walk walk = {0};
  six_walk_push_list(&walk, patterns);
  for (struct six_node *node; (node = six_walk_next(&walk));) {
    if (node->type == SIX_N_IDENTIFIER) bind(bound, node->name);
    six_walk_push_parts(&walk, node, false);
  }
  six_walk_done(&walk);
}

static void find_bound(const struct six_program *program, struct bound *bound) {
  struct six_walk walk = {0};
  six_walk_push_list(&walk, &program->body);
  for (struct six_node *node; (node = six_walk_next(&walk));) {
    if (node->type == SIX_N_ARROW || node->type == SIX_N_FUNCTION || node->type == SIX_N_FUNCTION_DECL) {
      bind_patterns(bound, &node->function->params);
      if (node->function->id) bind(bound, node->function->id->name);
    }
    if (node->type == SIX_N_VAR) bind_patterns(bound, &node->declaration.declarators);
    if ((node->type == SIX_N_CLASS || node->type == SIX_N_CLASS_DECL) && node->class_->id) bind(bound, node->class_->id->name);
    if (node->type == SIX_N_TRY && node->try_.param) bind_patterns(bound, &(struct six_nodes){&node->try_.param, 1});
    six_walk_push_parts(&walk, node, false);
  }
  six_walk_done(&walk);
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
  struct six_walk walk = {0};
  bool good = true;
  find_bound(program, &bound);
  six_walk_push_list(&walk, &program->body);
  for (struct six_node *node; good && (node = six_walk_next(&walk));) {
    if (node->type == SIX_N_IDENTIFIER && !is_bound(&bound, node->name)) good = use_name(node->name, use, context);
    six_walk_push_parts(&walk, node, false);
  }
  six_walk_done(&walk);
  free(bound.names);
  return good;
}
