// The compiler: destructuring (14.3.3, 13.15.5).
#include "sim/machine/compile.h"
#include "sim/machine/interp.h"

#include <stdlib.h>

static void store_pattern(struct comp *c, const struct six_node *n, uint16_t value, enum store_mode mode) {
  if (n->type == SIX_N_IDENTIFIER) {
    store_name(c, n, n->name, value, mode);
  } else if (n->type == SIX_N_MEMBER) {
    struct target t = evaluate_target(c, n, NULL);
    store_target(c, &t, value);
  } else if (n->type == SIX_N_CALL) {
    call_target(c, n, n, SIX_TARGET_LOOP);
  } else {
    pattern(c, n, value, mode);
  }
}

static void with_default(struct comp *c, const struct six_node *n, uint16_t value) {
  struct patches skip = {0};
  patches_add(&skip, emit(c, n, SIX_OPCODE_JNOT_UNDEFINED, value, 0, 0));
  // `value` may be a parameter's own register, which its default must not see before it is there.
  uint16_t to = storing_early(n->binary.right) ? temp(c) : value;
  expr_named(c, n->binary.right, to, n->binary.left->type == SIX_N_IDENTIFIER ? n->binary.left->name : NULL);
  if (to != value) {
    emit(c, n, SIX_OPCODE_MOVE, value, to, 0);
    c->next_reg--;
  }
  patch_here(c, &skip);
}

// Keeps a node for messages, by number.
uint32_t add_site(struct comp *c, const struct six_node *n) {
  struct six_code *code = c->code;
  if (code->template_count == c->template_capacity) {
    c->template_capacity = c->template_capacity ? c->template_capacity * 2 : 4;
    code->templates = realloc(code->templates, c->template_capacity * sizeof *code->templates);
    if (!code->templates) abort();
  }
  code->templates[code->template_count] = n;
  return code->template_count++;
}

// Whether V8 gives this expression the position of its first token: then it recognises it as what a pattern takes apart.
static bool begins_itself(const struct six_node *n) {
  if (n->parenthesized) return false;
  switch (n->type) {
    case SIX_N_ASSIGN:
    case SIX_N_BINARY:
    case SIX_N_LOGICAL:
    case SIX_N_MEMBER:
    case SIX_N_OPTIONAL:
    case SIX_N_SEQUENCE:
    case SIX_N_TAGGED: return false;
    case SIX_N_UPDATE: return n->unary.prefix;
    case SIX_N_CALL: return n->call.callee->type == SIX_N_IDENTIFIER && !n->call.callee->parenthesized;
    default: return true;
  }
}

// Where the expression behind a pattern begins. V8's own variables are in the pattern.
static uint32_t source_begins(struct comp *c, const struct six_node *pattern_, const struct six_node *source) {
  if (source->span.start < pattern_->span.end) return source->span.start;
  const struct six_source *text = &c->all->program->source;
  return six_next_token(text, six_next_token(text, pattern_->span.end) + 1);
}

static void array_pattern(struct comp *c, const struct six_node *n, uint16_t value, enum store_mode mode) {
  uint16_t it = temp(c);
  temps(c, 2);
  const struct six_node *source = c->pattern_source;
  bool shows = source && (begins_itself(source) || c->all->m->rules->cell[SIX_RULE_V8_WORDS] < 2);
  enum six_iteration_site site = c->is_property ? SIX_ITERATES_PROPERTY : shows ? SIX_ITERATES_SOURCE : SIX_ITERATES_VALUE;
  if (c->is_property || c->pattern_nested) place_next(c, n->span.start);
  else if (source) place_next(c, source_begins(c, n, source));
  else if (c->pattern_at) place_next(c, c->pattern_at - 1);
  emit(c, source ? source : n, SIX_OPCODE_ITER_OPEN, it, value, site);
  c->is_property = false;
  c->pattern_at = 0;
  c->pattern_source = NULL;
  c->pattern_nested = true;
  struct control control;
  push_control(c, &control, CONTROL_ITERATOR);
  control.reg = it;
  for (uint32_t i = 0; i < n->list.count; i++) {
    uint32_t saved = c->next_reg;
    const struct six_node *item = n->list.items[i];
    const struct six_node *place = !item                         ? NULL
                                   : item->type == SIX_N_DEFAULT ? item->binary.left
                                   : item->type == SIX_N_REST    ? item->unary.argument
                                                                 : item;
    // A member target is evaluated before the iterator is asked (13.15.5.5).
    struct target t = {0};
    bool member = place && place->type == SIX_N_MEMBER;
    if (member) t = evaluate_target(c, place, NULL);
    uint16_t part = temp(c);
    if (item && item->type == SIX_N_REST) emit(c, item, SIX_OPCODE_ITER_REST, it, part, 0);
    else emit(c, item ? item : n, SIX_OPCODE_ITER_VALUE, it, part, 0);
    if (item && item->type == SIX_N_DEFAULT) with_default(c, item, part);
    if (member) store_target(c, &t, part);
    else if (place) store_pattern(c, place, part, mode);
    c->next_reg = saved;
  }
  protect_end(c, &control);
  emit(c, n, SIX_OPCODE_ITER_CLOSE, it, 0, 0);
  struct patches done = {0};
  patches_add(&done, emit(c, n, SIX_OPCODE_JUMP, 0, 0, 0));
  install_handler(c, &control);
  uint16_t error = temp(c);
  emit(c, n, SIX_OPCODE_CATCH, error, 0, 0);
  emit(c, n, SIX_OPCODE_ITER_CLOSE_THROW, it, error, 0);
  emit(c, NULL, SIX_OPCODE_THROW, error, 0, 0);
  pop_control(c, &control);
  patch_here(c, &done);
}

static void object_pattern(struct comp *c, const struct six_node *n, uint16_t value, enum store_mode mode) {
  bool is_outermost = !c->pattern_nested;
  uint32_t source = is_outermost ? 0 : 1;
  const struct six_node *outermost = c->pattern_source;
  if (outermost) source = 2 + add_site(c, outermost);
  emit(c, n, SIX_OPCODE_CHECK_OBJECT, value, 1, source);
  c->pattern_source = NULL;
  c->pattern_nested = true;
  bool has_rest = n->list.count && n->list.items[n->list.count - 1]->type == SIX_N_REST;
  uint16_t excluded = SIX_NO_REG;
  if (has_rest) {
    excluded = temp(c);
    emit(c, n, SIX_OPCODE_NEW_ARRAY, excluded, 0, n->list.count);
  }
  for (uint32_t i = 0; i < n->list.count; i++) {
    uint32_t saved = c->next_reg;
    const struct six_node *item = n->list.items[i];
    uint16_t part = temp(c);
    if (item->type == SIX_N_REST) {
      emit(c, item, SIX_OPCODE_OBJECT_REST, part, value, excluded);
      store_pattern(c, item->unary.argument, part, mode);
      c->next_reg = saved;
      continue;
    }
    const struct six_node *key = item->property.key, *place = item->property.value;
    const struct six_node *initial = place->type == SIX_N_DEFAULT ? place : NULL;
    if (initial) place = place->binary.left;
    bool named = !item->property.computed && (key->type == SIX_N_IDENTIFIER || key->type == SIX_N_STRING);
    six_key fixed = named ? key_of(c, key->name) : SIX_EMPTY;
    uint16_t key_reg = SIX_NO_REG;
    if (!named || has_rest || six_key_is_index(fixed)) {
      key_reg = temp(c);
      if (named) load_string(c, key, key->name, key_reg);
      else expr(c, key, key_reg);
      if (item->property.computed) emit(c, key, SIX_OPCODE_TO_KEY, key_reg, key_reg, 0);
      if (has_rest) emit(c, key, SIX_OPCODE_ARRAY_PUSH, excluded, key_reg, 0);
    }
    struct target t = {0};
    bool member = place->type == SIX_N_MEMBER;
    if (member) t = evaluate_target(c, place, NULL);
    if (named && !six_key_is_index(fixed)) emit(c, key, SIX_OPCODE_GET_FIELD, part, value, cache(c, fixed));
    else emit(c, key, SIX_OPCODE_GET_ELEM, part, value, key_reg);
    if (initial) with_default(c, initial, part);
    if (place->type == SIX_N_ARRAY_PATTERN && !initial) {
      c->is_property = is_outermost;
      c->pattern_source = outermost;
    }
    if (member) store_target(c, &t, part);
    else store_pattern(c, place, part, mode);
    c->pattern_source = NULL;
    c->next_reg = saved;
  }
}

void pattern_of(struct comp *c, const struct six_node *n, uint16_t value, enum store_mode mode, const struct six_node *source) {
  const struct six_node *outer_source = c->pattern_source;
  bool outer_nested = c->pattern_nested;
  c->pattern_source = source;
  c->pattern_nested = false;
  pattern(c, n, value, mode);
  c->pattern_source = outer_source;
  c->pattern_nested = outer_nested;
  c->pattern_at = 0;
}

void pattern(struct comp *c, const struct six_node *n, uint16_t value, enum store_mode mode) {
  uint32_t saved = c->next_reg;
  switch (n->type) {
    case SIX_N_DEFAULT: {
      uint16_t copy = temp(c);
      emit(c, n, SIX_OPCODE_MOVE, copy, value, 0);
      with_default(c, n, copy);
      // A parameter's default is a conditional expression to V8, and shown as one.
      if (n->binary.left->type == SIX_N_OBJECT_PATTERN) c->pattern_source = six_node_new(c->all->program, SIX_N_CONDITIONAL, n->span);
      store_pattern(c, n->binary.left, copy, mode);
      break;
    }
    case SIX_N_ARRAY_PATTERN: array_pattern(c, n, value, mode); break;
    case SIX_N_OBJECT_PATTERN: object_pattern(c, n, value, mode); break;
    default: store_pattern(c, n, value, mode); break;
  }
  c->next_reg = saved;
}
