// The compiler: assignment, update, and the names that functions get by it.
#include "sim/machine/compile.h"

struct target evaluate_target(struct comp *c, const struct six_node *n, const struct six_node *later) {
  struct target t = {.node = n, .site = n, .kind = TARGET_NAME};
  if (n->type != SIX_N_MEMBER) return t;
  const struct six_node *property = n->member.property;
  if (n->member.object->type == SIX_N_SUPER) {
    t.kind = TARGET_SUPER;
    t.object = temp(c);
    temps(c, 3);
    load_pseudo(c, n, &six_pseudo_home, t.object);
    load_pseudo(c, n, &six_pseudo_this, (uint16_t)(t.object + 1));
    if (n->member.computed) expr(c, property, (uint16_t)(t.object + 2));
    else load_string(c, n, property->name, (uint16_t)(t.object + 2));
    return t;
  }
  bool assigns = n->member.computed && may_assign(property, 0);
  if (assigns) {
    t.object = temp(c);
    expr(c, n->member.object, t.object);
  } else {
    t.object = later ? operand_before(c, n->member.object, later) : operand(c, n->member.object);
  }
  if (n->member.computed) {
    t.kind = TARGET_ELEM;
    t.key = later ? operand_before(c, property, later) : operand(c, property);
  } else if (property->type == SIX_N_PRIVATE_NAME) {
    t.kind = TARGET_PRIVATE;
    t.key = temp(c);
    load_name(c, property, six_private_name(c->all->program, property->name), t.key, false);
  } else {
    t.kind = TARGET_FIELD;
  }
  return t;
}

void call_target(struct comp *c, const struct six_node *n, const struct six_node *call, unsigned where) {
  effect(c, call);
  emit(c, n, SIX_OPCODE_THROW_TARGET, where, 0, 0);
}

static void load_target(struct comp *c, const struct target *t, uint16_t dst) {
  const struct six_node *n = t->node;
  switch (t->kind) {
    case TARGET_NAME: load_updated(c, n, dst); break;
    case TARGET_FIELD: emit(c, n, SIX_OPCODE_GET_FIELD, dst, t->object, cache(c, key_of(c, n->member.property->name))); break;
    case TARGET_ELEM: emit(c, n, SIX_OPCODE_GET_ELEM, dst, t->object, t->key); break;
    case TARGET_PRIVATE: emit(c, n, SIX_OPCODE_GET_PRIVATE, dst, t->object, t->key); break;
    case TARGET_SUPER: {
      uint16_t base = temp(c);
      temps(c, 2);
      for (uint16_t i = 0; i < 3; i++) emit(c, n, SIX_OPCODE_MOVE, base + i, t->object + i, 0u);
      emit(c, n, SIX_OPCODE_GET_SUPER, base, 0, 0);
      emit(c, n, SIX_OPCODE_MOVE, dst, base, 0);
      c->next_reg -= 3;
      break;
    }
  }
}

void store_target(struct comp *c, const struct target *t, uint16_t value) {
  const struct six_node *n = t->site;
  switch (t->kind) {
    case TARGET_NAME: store_name(c, n, t->node->name, value, STORE_ASSIGN); break;
    case TARGET_FIELD: emit(c, n, SIX_OPCODE_SET_FIELD, t->object, value, cache(c, key_of(c, t->node->member.property->name))); break;
    case TARGET_ELEM: emit(c, n, SIX_OPCODE_SET_ELEM, t->object, t->key, value); break;
    case TARGET_PRIVATE: emit(c, n, SIX_OPCODE_SET_PRIVATE, t->object, t->key, value); break;
    case TARGET_SUPER:
      emit(c, n, SIX_OPCODE_MOVE, t->object + 3u, value, 0);
      emit(c, n, SIX_OPCODE_SET_SUPER, t->object, 0, 0);
      break;
  }
}

bool is_anonymous_function(const struct six_node *n) {
  if (n->type == SIX_N_ARROW) return true;
  if (n->type == SIX_N_FUNCTION) return !n->function->id;
  return n->type == SIX_N_CLASS && !n->class_->id;
}

void expr_named(struct comp *c, const struct six_node *n, uint16_t dst, const struct six_name *name) {
  if (name && is_anonymous_function(n)) {
    if (n->type == SIX_N_CLASS) class_(c, n, dst, name);
    else closure(c, n, dst, name);
  } else {
    expr(c, n, dst);
  }
}

bool storing_early(const struct six_node *n) {
  switch (n->type) {
    case SIX_N_IDENTIFIER:
    case SIX_N_NUMBER:
    case SIX_N_STRING:
    case SIX_N_NULL:
    case SIX_N_TRUE:
    case SIX_N_FALSE:
    case SIX_N_BINARY:
    case SIX_N_CALL:
    case SIX_N_NEW:
    case SIX_N_MEMBER:
    case SIX_N_FUNCTION:
    case SIX_N_ARROW:
    case SIX_N_AWAIT:
    case SIX_N_UNARY: return false;
    default: return true;
  }
}

void assign_expr(struct comp *c, const struct six_node *n, uint16_t dst) {
  uint32_t saved = c->next_reg;
  const struct six_node *left = n->binary.left, *right = n->binary.right;
  uint8_t op = n->binary.op;
  const struct six_name *name = left->type == SIX_N_IDENTIFIER && !left->parenthesized ? left->name : NULL;
  if (left->type == SIX_N_CALL) {
    call_target(c, n, left, SIX_TARGET_ASSIGNMENT);
  } else if (op == SIX_OP_NONE) {
    if (left->type == SIX_N_ARRAY_PATTERN || left->type == SIX_N_OBJECT_PATTERN) {
      uint16_t value = temp(c);
      expr(c, right, value);
      bool unnamed = left->type == SIX_N_ARRAY_PATTERN && c->all->m->rules->cell[SIX_RULE_V8_WORDS] >= 2;
      c->pattern_at = position_of(c, n) + 1;
      pattern_of(c, left, value, STORE_ASSIGN, unnamed ? NULL : right);
      emit(c, n, SIX_OPCODE_MOVE, dst, value, 0);
    } else {
      struct target t = evaluate_target(c, left, right);
      t.site = n;
      uint16_t value = temp(c);
      expr_named(c, right, value, name);
      store_target(c, &t, value);
      emit(c, n, SIX_OPCODE_MOVE, dst, value, 0);
    }
  } else if (op == SIX_OP_AND || op == SIX_OP_OR || op == SIX_OP_NULLISH) {
    struct target t = evaluate_target(c, left, right);
    t.site = n;
    uint16_t value = temp(c);
    load_target(c, &t, value);
    struct patches end = {0};
    enum six_opcode jump = op == SIX_OP_AND ? SIX_OPCODE_JFALSE : op == SIX_OP_OR ? SIX_OPCODE_JTRUE : SIX_OPCODE_JNOT_NULLISH;
    patches_add(&end, emit(c, n, jump, value, 0, 0));
    expr_named(c, right, value, name);
    store_target(c, &t, value);
    patch_here(c, &end);
    emit(c, n, SIX_OPCODE_MOVE, dst, value, 0);
  } else {
    struct target t = evaluate_target(c, left, right);
    t.site = n;
    uint16_t value = temp(c);
    load_target(c, &t, value);
    if (!binary_constant(c, n, right, binary_opcode(op), value, value)) {
      uint16_t operand_reg = operand(c, right);
      emit(c, n, binary_opcode(op), value, value, operand_reg);
    }
    store_target(c, &t, value);
    emit(c, n, SIX_OPCODE_MOVE, dst, value, 0);
  }
  c->next_reg = saved;
}

// An assignment whose value nobody uses: straight into a variable's register where that is possible.
static void assign_effect(struct comp *c, const struct six_node *n) {
  const struct six_node *left = n->binary.left, *right = n->binary.right;
  uint32_t saved = c->next_reg;
  if (left->type == SIX_N_IDENTIFIER && (n->binary.op == SIX_OP_NONE || n->binary.op <= SIX_OP_BIT_XOR)) {
    uint16_t reg = assignable_register(c, left, STORE_ASSIGN);
    if (reg != SIX_NO_REG && n->binary.op == SIX_OP_NONE && !storing_early(right)) {
      expr_named(c, right, reg, left->name);
      return;
    }
    if (reg != SIX_NO_REG && n->binary.op != SIX_OP_NONE && !may_assign(right, 0)) {
      c->fresh = false;  // the left value is read first
      if (!binary_constant(c, n, right, binary_opcode(n->binary.op), reg, reg)) {
        // The right side may suspend (await): the left value was read before it.
        uint16_t from = reg;
        if (right->type != SIX_N_IDENTIFIER && right->type != SIX_N_NUMBER && right->type != SIX_N_MEMBER && right->type != SIX_N_BINARY &&
            right->type != SIX_N_STRING) {
          from = temp(c);
          emit(c, n, SIX_OPCODE_MOVE, from, reg, 0);
        }
        uint16_t value = operand(c, right);
        emit(c, n, binary_opcode(n->binary.op), reg, from, value);
        c->next_reg = saved;
      }
      return;
    }
  }
  uint16_t value = temp(c);
  assign_expr(c, n, value);
  c->next_reg = saved;
}

void update_expr(struct comp *c, const struct six_node *n, uint16_t dst, bool wanted) {
  uint32_t saved = c->next_reg;
  const struct six_node *argument = n->unary.argument;
  enum six_opcode op = n->unary.op == SIX_OP_INC ? SIX_OPCODE_INC : SIX_OPCODE_DEC;
  if (argument->type == SIX_N_IDENTIFIER && (!wanted || n->unary.prefix)) {
    uint16_t reg = assignable_register(c, argument, STORE_ASSIGN);
    if (reg != SIX_NO_REG) {
      emit(c, n, op, reg, reg, 0);
      if (wanted && dst != reg) emit(c, n, SIX_OPCODE_MOVE, dst, reg, 0);
      return;
    }
  }
  if (argument->type == SIX_N_CALL) {
    call_target(c, n, argument, n->unary.prefix ? SIX_TARGET_PREFIX : SIX_TARGET_POSTFIX);
    return;
  }
  struct target t = evaluate_target(c, argument, NULL);
  t.site = n;
  bool in_place = wanted && dst + 1u == saved;  // the newest temporary, which nobody reads meanwhile
  if (wanted && !n->unary.prefix) {
    uint16_t value = temp(c), old = in_place ? dst : temp(c);
    load_target(c, &t, value);
    emit(c, n, SIX_OPCODE_TO_NUMERIC, old, value, 0);
    emit(c, n, op, value, old, 0);
    store_target(c, &t, value);
    if (!in_place) emit(c, n, SIX_OPCODE_MOVE, dst, old, 0);
  } else {
    uint16_t value = in_place ? dst : temp(c);
    load_target(c, &t, value);
    emit(c, n, op, value, value, 0);
    store_target(c, &t, value);
    if (wanted && !in_place) emit(c, n, SIX_OPCODE_MOVE, dst, value, 0);
  }
  c->next_reg = saved;
}

void effect(struct comp *c, const struct six_node *n) {
  if (n->type == SIX_N_ASSIGN) {
    assign_effect(c, n);
  } else if (n->type == SIX_N_UPDATE) {
    update_expr(c, n, 0, false);
  } else {
    uint16_t unused = temp(c);
    if (n->type == SIX_N_CALL) c->dropped = n;
    expr(c, n, unused);
    c->next_reg--;
  }
}
