// The compiler: expressions, patterns and classes. expr() writes its result to `dst` only as the last thing it does or
// through temporaries, except where storing_early() says so.
#include "sim/machine/compile.h"
#include "sim/machine/interp.h"

#include <stdlib.h>

static enum six_opcode binary_opcode(uint8_t op) {
  switch (op) {
    case SIX_OP_ADD: return SIX_OPCODE_ADD;
    case SIX_OP_SUB: return SIX_OPCODE_SUB;
    case SIX_OP_MUL: return SIX_OPCODE_MUL;
    case SIX_OP_DIV: return SIX_OPCODE_DIV;
    case SIX_OP_MOD: return SIX_OPCODE_MOD;
    case SIX_OP_EXP: return SIX_OPCODE_EXP;
    case SIX_OP_SHL: return SIX_OPCODE_SHL;
    case SIX_OP_SHR: return SIX_OPCODE_SHR;
    case SIX_OP_USHR: return SIX_OPCODE_USHR;
    case SIX_OP_BIT_AND: return SIX_OPCODE_BIT_AND;
    case SIX_OP_BIT_OR: return SIX_OPCODE_BIT_OR;
    case SIX_OP_BIT_XOR: return SIX_OPCODE_BIT_XOR;
    case SIX_OP_EQ: return SIX_OPCODE_EQ;
    case SIX_OP_NE: return SIX_OPCODE_NE;
    case SIX_OP_STRICT_EQ: return SIX_OPCODE_SEQ;
    case SIX_OP_STRICT_NE: return SIX_OPCODE_SNE;
    case SIX_OP_LT: return SIX_OPCODE_LT;
    case SIX_OP_LE: return SIX_OPCODE_LE;
    case SIX_OP_GT: return SIX_OPCODE_GT;
    case SIX_OP_GE: return SIX_OPCODE_GE;
    case SIX_OP_IN: return SIX_OPCODE_IN;
    default: return SIX_OPCODE_INSTANCEOF;
  }
}

// Whether evaluating `n` may assign to a variable of this very function (nested functions only reach captured ones).
static bool may_assign(const struct six_node *n, int depth) {
  if (!n) return false;
  if (depth > 6) return true;
  switch (n->type) {
    case SIX_N_IDENTIFIER:
    case SIX_N_NUMBER:
    case SIX_N_STRING:
    case SIX_N_NULL:
    case SIX_N_TRUE:
    case SIX_N_FALSE:
    case SIX_N_THIS:
    case SIX_N_FUNCTION:
    case SIX_N_ARROW: return false;
    case SIX_N_MEMBER: return may_assign(n->member.object, depth + 1) || (n->member.computed && may_assign(n->member.property, depth + 1));
    case SIX_N_BINARY:
    case SIX_N_LOGICAL: return may_assign(n->binary.left, depth + 1) || may_assign(n->binary.right, depth + 1);
    case SIX_N_UNARY:
    case SIX_N_AWAIT:
    case SIX_N_SPREAD: return may_assign(n->unary.argument, depth + 1);
    case SIX_N_CONDITIONAL:
      return may_assign(n->conditional.test, depth + 1) || may_assign(n->conditional.consequent, depth + 1) ||
             may_assign(n->conditional.alternate, depth + 1);
    case SIX_N_CALL:
    case SIX_N_NEW:
      if (may_assign(n->call.callee, depth + 1)) return true;
      for (uint32_t i = 0; i < n->call.arguments.count; i++) {
        if (may_assign(n->call.arguments.items[i], depth + 1)) return true;
      }
      return false;
    case SIX_N_TEMPLATE:
      for (uint32_t i = 0; i < n->template.expressions.count; i++) {
        if (may_assign(n->template.expressions.items[i], depth + 1)) return true;
      }
      return false;
    default: return true;
  }
}

uint16_t operand(struct comp *c, const struct six_node *n) {
  uint16_t reg = local_register(c, n);
  if (reg != SIX_NO_REG) return reg;
  reg = temp(c);
  expr(c, n, reg);
  return reg;
}

uint16_t operand_before(struct comp *c, const struct six_node *n, const struct six_node *later) {
  if (n->type == SIX_N_IDENTIFIER && may_assign(later, 0)) {
    uint16_t reg = temp(c);
    expr(c, n, reg);
    return reg;
  }
  return operand(c, n);
}

static bool small_int(const struct six_node *n, int32_t *value) {
  if (n->type != SIX_N_NUMBER || n->number != (double)(int32_t)n->number || n->number < 0 || n->number > 1000000) return false;
  *value = (int32_t)n->number;
  return true;
}

static void number(struct comp *c, const struct six_node *n, double d, uint16_t dst) {
  six_value v = six_number(d);
  if (six_is_int(v)) emit_imm(c, n, SIX_OPCODE_LOADI, dst, six_as_int(v));
  else emit(c, n, SIX_OPCODE_LOADK, dst, 0, constant(c, v));
}

static void string(struct comp *c, const struct six_node *n, const struct six_name *name, uint16_t dst) {
  emit(c, n, SIX_OPCODE_LOADK, dst, 0, constant(c, atom_of(c, name)));
}

// The constant that a right operand is, for the opcodes that take one in a register's place.
static bool constant_operand(struct comp *c, const struct six_node *n, uint32_t limit, uint32_t *index) {
  bool negative = n->type == SIX_N_UNARY && n->unary.op == SIX_OP_MINUS && n->unary.argument->type == SIX_N_NUMBER;
  if (c->code->const_count >= limit) return false;
  if (negative) *index = constant(c, six_number(-n->unary.argument->number));
  else if (n->type == SIX_N_NUMBER) *index = constant(c, six_number(n->number));
  else if (n->type == SIX_N_STRING) *index = constant(c, atom_of(c, n->name));
  else return false;
  return true;
}

enum {  // from an opcode to its form with a constant
  TO_CONSTANT = SIX_OPCODE_ADDK - SIX_OPCODE_ADD,
  TO_CONSTANT_COMPARE = SIX_OPCODE_EQK - SIX_OPCODE_EQ,
  TO_CONSTANT_JUMP = SIX_OPCODE_JLTK - SIX_OPCODE_JLT,
};

static bool binary_constant(struct comp *c, const struct six_node *n, const struct six_node *right, enum six_opcode op, uint16_t dst,
                            uint16_t left) {
  uint32_t k;
  bool compares = op >= SIX_OPCODE_EQ && op <= SIX_OPCODE_GE;
  if (!compares && !(op >= SIX_OPCODE_ADD && op <= SIX_OPCODE_BIT_XOR)) return false;
  if (!constant_operand(c, right, 0xFFFFFF, &k)) return false;
  emit(c, n, (enum six_opcode)(op + (compares ? TO_CONSTANT_COMPARE : TO_CONSTANT)), dst, left, k);
  return true;
}

// ---- Binary operators: a left spine is compiled by a loop.

static void binary_step(struct comp *c, const struct six_node *n, uint16_t left, uint16_t dst) {
  int32_t imm;
  uint32_t saved = c->next_reg;
  if ((n->binary.op == SIX_OP_ADD || n->binary.op == SIX_OP_SUB) && small_int(n->binary.right, &imm)) {
    emit(c, n, n->binary.op == SIX_OP_ADD ? SIX_OPCODE_ADDI : SIX_OPCODE_SUBI, dst, left, (uint32_t)imm);
    return;
  }
  if (binary_constant(c, n, n->binary.right, binary_opcode(n->binary.op), dst, left)) return;
  uint16_t right = operand(c, n->binary.right);
  emit(c, n, binary_opcode(n->binary.op), dst, left, right);
  c->next_reg = saved;
}

static bool is_private_in(const struct six_node *n) { return n->binary.left->type == SIX_N_PRIVATE_NAME; }

static void binary(struct comp *c, const struct six_node *n, uint16_t dst) {
  uint32_t saved = c->next_reg;
  if (is_private_in(n)) {
    uint16_t key = temp(c);
    load_name(c, n, six_private_name(c->all->program, n->binary.left->name), key, false);
    uint16_t object = operand(c, n->binary.right);
    emit(c, n, SIX_OPCODE_HAS_PRIVATE, dst, key, object);
    c->next_reg = saved;
    return;
  }
  if (n->binary.left->type != SIX_N_BINARY || is_private_in(n->binary.left)) {
    uint16_t left = operand_before(c, n->binary.left, n->binary.right);
    binary_step(c, n, left, dst);
    c->next_reg = saved;
    return;
  }
  uint32_t depth = 0;
  const struct six_node *at = n;
  while (at->type == SIX_N_BINARY && !is_private_in(at)) {
    depth++;
    at = at->binary.left;
  }
  const struct six_node **spine = calloc(depth, sizeof *spine);
  if (!spine) abort();
  at = n;
  for (uint32_t i = depth; i-- > 0; at = at->binary.left) spine[i] = at;
  uint16_t left = operand_before(c, at, spine[0]->binary.right);
  uint16_t accumulator = temp(c);
  for (uint32_t i = 0; i < depth; i++) {
    binary_step(c, spine[i], left, i + 1 == depth ? dst : accumulator);
    left = accumulator;
  }
  free(spine);
  c->next_reg = saved;
}

static void logical(struct comp *c, const struct six_node *n, uint16_t dst) {
  struct patches end = {0};
  uint32_t depth = 0;
  const struct six_node *at = n;
  while (at->type == SIX_N_LOGICAL) {
    depth++;
    at = at->binary.left;
  }
  const struct six_node **spine = calloc(depth, sizeof *spine);
  if (!spine) abort();
  at = n;
  for (uint32_t i = depth; i-- > 0; at = at->binary.left) spine[i] = at;
  expr(c, at, dst);
  for (uint32_t i = 0; i < depth; i++) {
    uint8_t op = spine[i]->binary.op;
    enum six_opcode jump = op == SIX_OP_AND ? SIX_OPCODE_JFALSE : op == SIX_OP_OR ? SIX_OPCODE_JTRUE : SIX_OPCODE_JNOT_NULLISH;
    // A false `a && b` on the left of || must still try the right side: each operator has its own end.
    struct patches one = {0};
    patches_add(&one, emit(c, spine[i], jump, dst, 0, 0));
    expr(c, spine[i]->binary.right, dst);
    patch_here(c, &one);
  }
  free(spine);
  patch_here(c, &end);
}

// ---- Branches

static enum six_opcode compare_jump(uint8_t op, bool when) {
  switch (op) {
    case SIX_OP_LT: return when ? SIX_OPCODE_JLT : SIX_OPCODE_JNLT;
    case SIX_OP_LE: return when ? SIX_OPCODE_JLE : SIX_OPCODE_JNLE;
    case SIX_OP_GT: return when ? SIX_OPCODE_JGT : SIX_OPCODE_JNGT;
    case SIX_OP_GE: return when ? SIX_OPCODE_JGE : SIX_OPCODE_JNGE;
    case SIX_OP_STRICT_EQ: return when ? SIX_OPCODE_JSEQ : SIX_OPCODE_JSNE;
    case SIX_OP_STRICT_NE: return when ? SIX_OPCODE_JSNE : SIX_OPCODE_JSEQ;
    case SIX_OP_EQ: return when ? SIX_OPCODE_JEQ : SIX_OPCODE_JNE;
    case SIX_OP_NE: return when ? SIX_OPCODE_JNE : SIX_OPCODE_JEQ;
    default: return SIX_OPCODE_JUMP;
  }
}

void branch(struct comp *c, const struct six_node *n, bool when, struct patches *to) {
  uint32_t saved = c->next_reg;
  if (n->type == SIX_N_UNARY && n->unary.op == SIX_OP_NOT) {
    branch(c, n->unary.argument, !when, to);
    return;
  }
  if (n->type == SIX_N_LOGICAL && n->binary.op != SIX_OP_NULLISH && n->binary.left->type != SIX_N_LOGICAL) {
    bool stops = n->binary.op == SIX_OP_OR;  // the left value that decides
    if (stops == when) {
      branch(c, n->binary.left, when, to);
      branch(c, n->binary.right, when, to);
    } else {
      struct patches skip = {0};
      branch(c, n->binary.left, stops, &skip);
      branch(c, n->binary.right, when, to);
      patch_here(c, &skip);
    }
    return;
  }
  if (n->type == SIX_N_BINARY && !is_private_in(n)) {
    enum six_opcode op = compare_jump(n->binary.op, when);
    if (op != SIX_OPCODE_JUMP) {
      uint32_t k;
      uint16_t left = operand_before(c, n->binary.left, n->binary.right);
      if (constant_operand(c, n->binary.right, 0xFFFF, &k)) {
        patches_add(to, emit(c, n, (enum six_opcode)(op + TO_CONSTANT_JUMP), left, k, 0));
      } else {
        uint16_t right = operand(c, n->binary.right);
        patches_add(to, emit(c, n, op, left, right, 0));
      }
      c->next_reg = saved;
      return;
    }
  }
  uint16_t value = operand(c, n);
  patches_add(to, emit(c, n, when ? SIX_OPCODE_JTRUE : SIX_OPCODE_JFALSE, value, 0, 0));
  c->next_reg = saved;
}

static bool is_step(const struct six_node *update, const struct six_node *test, enum six_opcode *fused) {
  if (update->type != SIX_N_UPDATE || test->type != SIX_N_BINARY || test->parenthesized) return false;
  const struct six_node *variable = update->unary.argument, *left = test->binary.left;
  if (variable->type != SIX_N_IDENTIFIER || left->type != SIX_N_IDENTIFIER || variable->name != left->name) return false;
  bool increments = update->unary.op == SIX_OP_INC;
  switch (test->binary.op) {
    case SIX_OP_LT: *fused = SIX_OPCODE_INC_JLT; return increments;
    case SIX_OP_LE: *fused = SIX_OPCODE_INC_JLE; return increments;
    case SIX_OP_GT: *fused = SIX_OPCODE_DEC_JGT; return !increments;
    case SIX_OP_GE: *fused = SIX_OPCODE_DEC_JGE; return !increments;
    default: return false;
  }
}

bool step_and_branch(struct comp *c, const struct six_node *update, const struct six_node *test, struct patches *to) {
  enum six_opcode fused;
  uint32_t right;
  if (c->all->m->tracing || !is_step(update, test, &fused)) return false;
  uint16_t reg = assignable_register(c, update->unary.argument, STORE_ASSIGN);
  if (reg == SIX_NO_REG || plain_register(c, test->binary.left) != reg) return false;
  if (constant_operand(c, test->binary.right, 0xFFFF, &right)) {
    fused = (enum six_opcode)(fused + SIX_OPCODE_INC_JLTK - SIX_OPCODE_INC_JLT);
  } else {
    right = plain_register(c, test->binary.right);
    if (right == SIX_NO_REG) return false;
  }
  // The two instructions as they are follow, for other values than ints.
  patches_add(to, emit(c, test, fused, reg, right, 0));
  effect(c, update);
  branch(c, test, true, to);
  return true;
}

// ---- Members and calls

static bool is_length(struct comp *c, const struct six_name *name) { return atom_of(c, name) == SIX_ATOM(c->all->m, length); }

static void super_member(struct comp *c, const struct six_node *n, uint16_t dst) {
  uint32_t saved = c->next_reg;
  uint16_t base = temp(c);
  temps(c, 2);
  load_pseudo(c, n, &six_pseudo_home, base);
  load_pseudo(c, n, &six_pseudo_this, (uint16_t)(base + 1));
  if (n->member.computed) expr(c, n->member.property, (uint16_t)(base + 2));
  else string(c, n, n->member.property->name, (uint16_t)(base + 2));
  emit(c, n, SIX_OPCODE_GET_SUPER, base, 0, 0);
  emit(c, n, SIX_OPCODE_MOVE, dst, base, 0);
  c->next_reg = saved;
}

// dst = object.property for an object that is in a register.
static void get_member(struct comp *c, const struct six_node *n, uint16_t object, uint16_t dst) {
  uint32_t saved = c->next_reg;
  const struct six_node *property = n->member.property;
  if (n->member.computed) {
    uint16_t key = operand(c, property);
    emit(c, n, SIX_OPCODE_GET_ELEM, dst, object, key);
  } else if (property->type == SIX_N_PRIVATE_NAME) {
    uint16_t key = temp(c);
    load_name(c, property, six_private_name(c->all->program, property->name), key, false);
    emit(c, n, SIX_OPCODE_GET_PRIVATE, dst, object, key);
  } else {
    emit(c, n, is_length(c, property->name) ? SIX_OPCODE_GET_LENGTH : SIX_OPCODE_GET_FIELD, dst, object,
         cache(c, key_of(c, property->name)));
  }
  c->next_reg = saved;
}

static void short_circuit(struct comp *c, const struct six_node *n, uint16_t value) {
  patches_add(c->optional_end, emit(c, n, SIX_OPCODE_JNULLISH, value, 0, 0));
}

static bool has_spread(const struct six_nodes *list) {
  for (uint32_t i = 0; i < list->count; i++) {
    if (list->items[i] && list->items[i]->type == SIX_N_SPREAD) return true;
  }
  return false;
}

static void array_items(struct comp *c, const struct six_nodes *list, uint16_t array, bool arguments) {
  for (uint32_t i = 0; i < list->count; i++) {
    const struct six_node *item = list->items[i];
    uint32_t saved = c->next_reg;
    uint16_t value = temp(c);
    if (!item) {
      emit(c, NULL, SIX_OPCODE_LOADS, value, 4, 0);
      emit(c, NULL, SIX_OPCODE_ARRAY_PUSH, array, value, 0);
    } else if (item->type == SIX_N_SPREAD) {
      expr(c, item->unary.argument, value);
      enum six_iteration_site site = !arguments             ? SIX_ITERATES_SOURCE
                                     : i + 1 == list->count ? SIX_ITERATES_LAST_ARGUMENT
                                                            : SIX_ITERATES_VALUE;
      emit(c, item->unary.argument, SIX_OPCODE_ARRAY_SPREAD, array, value, site);
    } else {
      expr(c, item, value);
      emit(c, item, SIX_OPCODE_ARRAY_PUSH, array, value, 0);
    }
    c->next_reg = saved;
  }
}

static void emit_call(struct comp *c, const struct six_node *n, uint16_t base, uint32_t argc, uint16_t dst, uint32_t flags) {
  emit(c, n, SIX_OPCODE_CALL, base, argc, (uint32_t)dst << SIX_CALL_RESULT | flags);
}

// Arguments from base + 2 on, then the call itself. Returns where the result is: dst or base.
static uint16_t call_with(struct comp *c, const struct six_node *n, const struct six_nodes *arguments, uint16_t base, enum six_opcode plain,
                          enum six_opcode spread, uint16_t dst, bool receiver) {
  if (has_spread(arguments)) {
    uint16_t array = temp(c);
    emit(c, n, SIX_OPCODE_NEW_ARRAY, array, 0, arguments->count);
    array_items(c, arguments, array, true);
    if (!receiver) emit(c, n, SIX_OPCODE_LOADS, base + 1u, 0, 0);
    emit(c, n, spread, base, 0, 0);
    return base;
  } else {
    for (uint32_t i = 0; i < arguments->count; i++) {
      uint16_t reg = temp(c);
      expr(c, arguments->items[i], reg);
    }
    if (plain != SIX_OPCODE_CALL) {
      emit(c, n, plain, base, arguments->count, 0);
      return base;
    }
    emit_call(c, n, base, arguments->count, dst, (n == c->dropped ? SIX_CALL_UNUSED : 0u) | (receiver ? 0u : SIX_CALL_NO_RECEIVER));
    return dst;
  }
}

static void bind_this(struct comp *c, const struct six_node *n, uint16_t value) {
  uint16_t current = temp(c);
  struct six_func *func = c->func;
  (void)func;
  // Loading `this` must not check: it is expected to be unbound.
  struct six_scope *s = c->scope;
  uint32_t hops = 0;
  bool own = true;
  struct six_var *var = NULL;
  for (; s; s = s->parent) {
    if (s->func != c->func) own = false;
    var = six_scope_find(s, &six_pseudo_this);
    if (var) break;
    if (!own && s->has_env) hops++;
  }
  if (!var) return;
  if (!var->captured) emit(c, n, SIX_OPCODE_MOVE, current, var->reg, 0);
  else if (own) emit(c, n, SIX_OPCODE_GET_ENV, current, s->env_reg, var->slot);
  else emit(c, n, SIX_OPCODE_GET_UP, current, hops, var->slot);
  emit(c, n, SIX_OPCODE_BIND_THIS, current, 0, 0);
  if (!var->captured) emit(c, n, SIX_OPCODE_MOVE, var->reg, value, 0);
  else if (own) emit(c, n, SIX_OPCODE_SET_ENV, value, s->env_reg, var->slot);
  else emit(c, n, SIX_OPCODE_SET_UP, value, hops, var->slot);
  uint16_t callee = current;
  load_pseudo(c, n, &six_pseudo_callee, callee);
  emit(c, n, SIX_OPCODE_RUN_FIELDS, value, callee, 0);
}

static void super_call(struct comp *c, const struct six_node *n, uint16_t dst) {
  uint32_t saved = c->next_reg;
  uint16_t base = temp(c);
  temps(c, 1);
  load_pseudo(c, n, &six_pseudo_callee, (uint16_t)(base + 1));
  load_pseudo(c, n, &six_pseudo_new_target, base);
  call_with(c, n, &n->call.arguments, base, SIX_OPCODE_SUPER_CALL, SIX_OPCODE_SUPER_APPLY, base, true);
  c->next_reg = base + 1u;
  bind_this(c, n, base);
  emit(c, n, SIX_OPCODE_MOVE, dst, base, 0);
  c->next_reg = saved;
}

// A step of a chain, with the value so far in `object`; for a call also with its receiver.
static void chain_get(struct comp *c, const struct six_node *n, uint16_t object, uint16_t dst) {
  if (n->member.optional) short_circuit(c, n, object);
  get_member(c, n, object, dst);
}

// Evaluates a callee: the function to base, its receiver to base + 1 (false: it has none).
static bool callee_start(struct comp *c, const struct six_node *n, uint16_t base) {
  if (n->type == SIX_N_MEMBER && n->member.object->type == SIX_N_SUPER) {
    super_member(c, n, base);
    load_pseudo(c, n, &six_pseudo_this, (uint16_t)(base + 1));
    return true;
  }
  expr(c, n, base);
  return false;
}

static bool in_chain(const struct six_node *n) {
  return (n->type == SIX_N_MEMBER && n->member.object->type != SIX_N_SUPER) ||
         (n->type == SIX_N_CALL && n->call.callee->type != SIX_N_SUPER);
}

// A chain a.b(c).d(e)... from its head outwards. Each call works in the registers base, base + 1, then arguments.
static void chain(struct comp *c, const struct six_node *n, uint16_t dst) {
  uint32_t saved = c->next_reg, depth = 0;
  const struct six_node *at = n;
  while (in_chain(at)) {
    depth++;
    at = at->type == SIX_N_CALL ? at->call.callee : at->member.object;
  }
  const struct six_node **links = calloc(depth, sizeof *links);
  if (!links) abort();
  at = n;
  for (uint32_t i = depth; i-- > 0; at = at->type == SIX_N_CALL ? at->call.callee : at->member.object) links[i] = at;
  uint16_t value = SIX_NO_REG;  // where the value so far is
  uint16_t base = temp(c);
  temps(c, 1);
  uint16_t object = temp(c);  // a receiver between links
  bool has_receiver = false;
  if (depth && links[0]->type == SIX_N_CALL) {
    // (a?.b)() and (a.b)() keep their receiver.
    if (at->type == SIX_N_OPTIONAL && at->unary.argument->type == SIX_N_MEMBER && in_chain(at->unary.argument)) {
      struct patches end = {0}, *outer_end = c->optional_end;
      c->optional_end = &end;
      const struct six_node *member = at->unary.argument;
      expr(c, member->member.object, (uint16_t)(base + 1));
      emit(c, at, SIX_OPCODE_LOADS, base, 0, 0);
      chain_get(c, member, (uint16_t)(base + 1), base);
      c->optional_end = outer_end;
      patch_here(c, &end);
      has_receiver = true;
    } else {
      has_receiver = callee_start(c, at, base);
    }
    value = base;
  } else {
    uint16_t local = local_register(c, at);
    bool safe =
        local != SIX_NO_REG && !(links[0]->type == SIX_N_MEMBER && links[0]->member.computed && may_assign(links[0]->member.property, 0));
    // A method's receiver goes straight to its place.
    bool receives = depth > 1 && links[0]->type == SIX_N_MEMBER && links[1]->type == SIX_N_CALL;
    value = safe ? local : receives ? (uint16_t)(base + 1) : object;
    if (!safe && local != SIX_NO_REG) emit(c, at, SIX_OPCODE_MOVE, value, local, 0);
    else if (!safe) expr(c, at, value);
  }
  for (uint32_t i = 0; i < depth; i++) {
    const struct six_node *link = links[i];
    bool last = i + 1 == depth;
    if (link->type == SIX_N_CALL) {
      if (!has_receiver && value != base) emit(c, link, SIX_OPCODE_MOVE, base, value, 0);
      if (link->call.optional) short_circuit(c, link, base);
      uint32_t top = c->next_reg;
      c->next_reg = base + 2u;
      // The receiver of the next call goes straight to its place, too.
      bool receives = i + 2 < depth && links[i + 1]->type == SIX_N_MEMBER && links[i + 2]->type == SIX_N_CALL;
      uint16_t to = last ? dst : receives ? (uint16_t)(base + 1) : base;
      value = call_with(c, link, &link->call.arguments, base, SIX_OPCODE_CALL, SIX_OPCODE_APPLY, to, has_receiver);
      c->next_reg = top;
      has_receiver = false;
    } else {
      bool called = !last && links[i + 1]->type == SIX_N_CALL;
      if (called) {  // receiver to base + 1, method to base
        uint16_t receiver = (uint16_t)(base + 1);
        if (value != receiver) emit(c, link, SIX_OPCODE_MOVE, receiver, value, 0);
        chain_get(c, link, receiver, base);
        value = base;
        has_receiver = true;
      } else {
        uint16_t to = last ? dst : object;
        if (link->member.optional && value != object) {  // the short circuit tests the value where it is
          chain_get(c, link, value, to);
        } else {
          chain_get(c, link, value, to);
        }
        value = to;
        has_receiver = false;
      }
    }
  }
  if (value != dst && n != c->dropped) emit(c, n, SIX_OPCODE_MOVE, dst, value, 0);
  free(links);
  c->next_reg = saved;
}

static void optional(struct comp *c, const struct six_node *n, uint16_t dst) {
  struct patches end = {0}, done = {0}, *outer = c->optional_end;
  c->optional_end = &end;
  uint16_t value = temp(c);
  expr(c, n->unary.argument, value);
  c->optional_end = outer;
  emit(c, n, SIX_OPCODE_MOVE, dst, value, 0);
  patches_add(&done, emit(c, n, SIX_OPCODE_JUMP, 0, 0, 0));
  patch_here(c, &end);
  emit(c, n, SIX_OPCODE_LOADS, dst, 0, 0);
  patch_here(c, &done);
  c->next_reg--;
}

static void new_expression(struct comp *c, const struct six_node *n, uint16_t dst) {
  uint32_t saved = c->next_reg;
  uint16_t base = temp(c);
  temps(c, 1);
  expr(c, n->call.callee, base);
  call_with(c, n, &n->call.arguments, base, SIX_OPCODE_NEW, SIX_OPCODE_NEW_APPLY, base, true);
  emit(c, n, SIX_OPCODE_MOVE, dst, base, 0);
  c->next_reg = saved;
}

// ---- Assignment

struct target {                        // an evaluated reference
  const struct six_node *node, *site;  // site: the assignment, where V8 says that a store failed
  enum { TARGET_NAME, TARGET_FIELD, TARGET_ELEM, TARGET_PRIVATE, TARGET_SUPER } kind;
  uint16_t object, key;  // super: object is the first of four registers
};

static struct target evaluate_target(struct comp *c, const struct six_node *n, const struct six_node *later) {
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
    else string(c, n, property->name, (uint16_t)(t.object + 2));
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

static void load_target(struct comp *c, const struct target *t, uint16_t dst) {
  const struct six_node *n = t->node;
  switch (t->kind) {
    case TARGET_NAME: load_name(c, n, n->name, dst, false); break;
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

static void store_target(struct comp *c, const struct target *t, uint16_t value) {
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

// V8's FuncNameInferrer: a function without a name that is assigned to a member is called after it in stack traces.
static void add_inferred(struct comp *c, const struct six_node *n, struct six_text *out) {
  const struct six_name *name = NULL;
  if (n->type == SIX_N_MEMBER) {
    add_inferred(c, n->member.object, out);
    if (!n->member.computed && n->member.property->type == SIX_N_IDENTIFIER) name = n->member.property->name;
  } else if (n->type == SIX_N_IDENTIFIER) {
    name = n->name;
  } else if (n->type == SIX_N_THIS && six_is_string(c->code->name)) {
    six_string_to_utf8(c->all->m, six_as_string(c->code->name), out);
  }
  struct six_text text = {0};
  if (name) six_string_to_utf8(c->all->m, six_as_string(atom_of(c, name)), &text);
  if (text.length && strcmp(text.bytes, "prototype") != 0) six_text_addf(out, out->length ? ".%s" : "%s", text.bytes);
  six_text_done(&text);
}

static void name_child(struct comp *c, const struct six_node *n, const struct six_text *text) {
  for (size_t i = 0; i < text->length; i++)
    if (text->bytes[i] & 0x80) return;  // permanent names are ASCII
  for (uint32_t i = c->code->child_count; i-- > 0;) {
    struct six_code *child = c->code->children[i];
    if (child->span.start != n->span.start || child->span.end != n->span.end) continue;
    child->inferred_name = six_string_value(six_intern_ascii(c->all->m, text->bytes, true));
    return;
  }
}

// The functions of an expression that is no call, also in array and object literals.
static void infer_in(struct comp *c, const struct six_node *n, const struct six_text *text) {
  if (!n) return;
  if (n->type == SIX_N_ARROW || (n->type == SIX_N_FUNCTION && !n->function->id)) {
    name_child(c, n, text);
  } else if (n->type == SIX_N_ARRAY) {
    for (uint32_t i = 0; i < n->list.count; i++) infer_in(c, n->list.items[i], text);
  } else if (n->type == SIX_N_LOGICAL) {
    infer_in(c, n->binary.left, text);
    infer_in(c, n->binary.right, text);
  } else if (n->type == SIX_N_CONDITIONAL) {
    infer_in(c, n->conditional.consequent, text);
    infer_in(c, n->conditional.alternate, text);
  } else if (n->type == SIX_N_OBJECT) {
    for (uint32_t i = 0; i < n->list.count; i++) {
      const struct six_node *p = n->list.items[i];
      if (p->type != SIX_N_PROPERTY || p->property.computed || p->property.key->type != SIX_N_IDENTIFIER) continue;
      if (p->property.value->type != SIX_N_ARRAY && p->property.value->type != SIX_N_OBJECT) continue;
      struct six_text inner = {0};
      six_text_add(&inner, text->bytes, text->length);
      six_text_addc(&inner, '.');
      six_string_to_utf8(c->all->m, six_as_string(atom_of(c, p->property.key->name)), &inner);
      infer_in(c, p->property.value, &inner);
      six_text_done(&inner);
    }
  }
}

void infer_name(struct comp *c, const struct six_node *left, const struct six_node *right) {
  bool direct = right->type == SIX_N_ARROW || right->type == SIX_N_FUNCTION;
  if (left->type != SIX_N_MEMBER && (left->type != SIX_N_IDENTIFIER || direct)) return;
  if (!direct && right->type != SIX_N_ARRAY && right->type != SIX_N_OBJECT && right->type != SIX_N_LOGICAL &&
      right->type != SIX_N_CONDITIONAL)
    return;
  struct six_text text = {0};
  add_inferred(c, left, &text);
  if (text.length) infer_in(c, right, &text);
  six_text_done(&text);
}

static void assign(struct comp *c, const struct six_node *n, uint16_t dst) {
  uint32_t saved = c->next_reg;
  const struct six_node *left = n->binary.left, *right = n->binary.right;
  uint8_t op = n->binary.op;
  const struct six_name *name = left->type == SIX_N_IDENTIFIER && !left->parenthesized ? left->name : NULL;
  if (op == SIX_OP_NONE) {
    if (left->type == SIX_N_ARRAY_PATTERN || left->type == SIX_N_OBJECT_PATTERN) {
      uint16_t value = temp(c);
      expr(c, right, value);
      pattern_of(c, left, value, STORE_ASSIGN, left->type == SIX_N_ARRAY_PATTERN ? NULL : right);
      emit(c, n, SIX_OPCODE_MOVE, dst, value, 0);
    } else {
      struct target t = evaluate_target(c, left, right);
      t.site = n;
      uint16_t value = temp(c);
      expr_named(c, right, value, name);
      infer_name(c, left, right);
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
    int32_t imm;
    load_target(c, &t, value);
    if ((op == SIX_OP_ADD || op == SIX_OP_SUB) && small_int(right, &imm)) {
      emit(c, n, op == SIX_OP_ADD ? SIX_OPCODE_ADDI : SIX_OPCODE_SUBI, value, value, (uint32_t)imm);
    } else if (!binary_constant(c, n, right, binary_opcode(op), value, value)) {
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
    int32_t imm;
    if (reg != SIX_NO_REG && n->binary.op == SIX_OP_NONE && !storing_early(right)) {
      expr_named(c, right, reg, left->name);
      infer_name(c, left, right);
      return;
    }
    if (reg != SIX_NO_REG && n->binary.op != SIX_OP_NONE && !may_assign(right, 0)) {
      if ((n->binary.op == SIX_OP_ADD || n->binary.op == SIX_OP_SUB) && small_int(right, &imm)) {
        emit(c, n, n->binary.op == SIX_OP_ADD ? SIX_OPCODE_ADDI : SIX_OPCODE_SUBI, reg, reg, (uint32_t)imm);
      } else if (!binary_constant(c, n, right, binary_opcode(n->binary.op), reg, reg)) {
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
  assign(c, n, value);
  c->next_reg = saved;
}

static void update(struct comp *c, const struct six_node *n, uint16_t dst, bool wanted) {
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
  struct target t = evaluate_target(c, argument, NULL);
  t.site = n;
  uint16_t value = temp(c), old = temp(c);
  load_target(c, &t, value);
  if (wanted && !n->unary.prefix) {
    emit(c, n, SIX_OPCODE_TO_NUMERIC, old, value, 0);
    emit(c, n, op, value, old, 0);
  } else {
    emit(c, n, op, value, value, 0);
  }
  store_target(c, &t, value);
  if (wanted) emit(c, n, SIX_OPCODE_MOVE, dst, n->unary.prefix ? value : old, 0);
  c->next_reg = saved;
}

void effect(struct comp *c, const struct six_node *n) {
  if (n->type == SIX_N_ASSIGN) {
    assign_effect(c, n);
  } else if (n->type == SIX_N_UPDATE) {
    update(c, n, 0, false);
  } else {
    uint16_t unused = temp(c);
    if (n->type == SIX_N_CALL) c->dropped = n;
    expr(c, n, unused);
    c->next_reg--;
  }
}

// ---- Patterns (14.3.3, 13.15.5)

static void store_pattern(struct comp *c, const struct six_node *n, uint16_t value, enum store_mode mode) {
  if (n->type == SIX_N_IDENTIFIER) {
    store_name(c, n, n->name, value, mode);
  } else if (n->type == SIX_N_MEMBER) {
    struct target t = evaluate_target(c, n, NULL);
    store_target(c, &t, value);
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
static uint32_t add_site(struct comp *c, const struct six_node *n) {
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

static void array_pattern(struct comp *c, const struct six_node *n, uint16_t value, enum store_mode mode) {
  uint16_t it = temp(c);
  temps(c, 2);
  const struct six_node *source = c->pattern_source;
  enum six_iteration_site site = c->is_property                    ? SIX_ITERATES_PROPERTY
                                 : source && begins_itself(source) ? SIX_ITERATES_SOURCE
                                                                   : SIX_ITERATES_VALUE;
  emit(c, source ? source : n, SIX_OPCODE_ITER_OPEN, it, value, site);
  c->is_property = false;
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
  uint32_t source = c->pattern_nested ? 1 : 0;
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
      if (named) string(c, key, key->name, key_reg);
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
      c->is_property = outermost != NULL;
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

// ---- Object literals

// Loads a property's key as a value.
static void load_key(struct comp *c, const struct six_node *property, uint16_t dst) {
  const struct six_node *key = property->property.key;
  if (property->property.computed) {
    expr(c, key, dst);
    emit(c, key, SIX_OPCODE_TO_KEY, dst, dst, 0);
  } else if (key->type == SIX_N_NUMBER) {
    number(c, key, key->number, dst);
  } else if (key->type == SIX_N_PRIVATE_NAME) {
    load_name(c, key, six_private_name(c->all->program, key->name), dst, false);
  } else {
    string(c, key, key->name, dst);  // identifier, string, BigInt
  }
}

static const struct six_name *fixed_name(struct comp *c, const struct six_node *property) {
  const struct six_node *key = property->property.key;
  if (property->property.computed) return NULL;
  if (key->type == SIX_N_NUMBER) {
    char text[32];
    return six_name_intern_utf8(c->all->program, text, six_number_to_chars(key->number, text));
  }
  return key->type == SIX_N_IDENTIFIER || key->type == SIX_N_STRING || key->type == SIX_N_BIGINT ? key->name : NULL;
}

// A method or accessor of a literal or class: defined on `object`, whose home object it gets.
static void method(struct comp *c, const struct six_node *p, uint16_t object, bool enumerable) {
  uint32_t saved = c->next_reg;
  uint16_t key = temp(c), function = temp(c);
  load_key(c, p, key);
  const struct six_name *name = fixed_name(c, p);
  closure(c, p->property.value, function, name);
  emit(c, p, SIX_OPCODE_SET_HOME, function, object, 0);
  uint32_t flags = enumerable ? 1 : 0;
  if (p->property.kind == SIX_PROPERTY_METHOD) {
    if (!name) emit(c, p, SIX_OPCODE_SET_NAME, function, key, 0);
    emit(c, p, SIX_OPCODE_DEFINE_METHOD, object, key, flags);
  } else {
    bool setter = p->property.kind == SIX_PROPERTY_SET;
    emit(c, p, SIX_OPCODE_SET_NAME, function, key, setter ? 2 : 1);
    emit(c, p, SIX_OPCODE_DEFINE_ACCESSOR, object, key, flags | (setter ? 2 : 0));
  }
  c->next_reg = saved;
}

static bool is_proto_setter(struct comp *c, const struct six_node *p) {
  if (p->property.kind != SIX_PROPERTY_INIT || p->property.computed || p->property.shorthand) return false;
  const struct six_name *name = fixed_name(c, p);
  return name && atom_of(c, name) == SIX_ATOM(c->all->m, __proto__);
}

static void object_literal(struct comp *c, const struct six_node *n, uint16_t dst) {
  emit(c, n, SIX_OPCODE_NEW_OBJECT, dst, 0, n->list.count);
  for (uint32_t i = 0; i < n->list.count; i++) {
    uint32_t saved = c->next_reg;
    const struct six_node *p = n->list.items[i];
    if (p->type == SIX_N_SPREAD) {
      uint16_t value = operand(c, p->unary.argument);
      emit(c, p, SIX_OPCODE_OBJECT_SPREAD, dst, value, 0);
    } else if (p->property.kind != SIX_PROPERTY_INIT) {
      method(c, p, dst, true);
    } else if (is_proto_setter(c, p)) {
      uint16_t value = operand(c, p->property.value);
      emit(c, p, SIX_OPCODE_SET_PROTO, dst, value, 0);
    } else {
      const struct six_name *name = fixed_name(c, p);
      six_key key = name ? key_of(c, name) : SIX_EMPTY;
      if (name && !six_key_is_index(key)) {
        uint16_t value = temp(c);
        expr_named(c, p->property.value, value, name);
        emit(c, p, SIX_OPCODE_DEFINE_FIELD, dst, value, cache(c, key));
      } else {
        uint16_t key_reg = temp(c), value = temp(c);
        load_key(c, p, key_reg);
        expr_named(c, p->property.value, value, name);
        if (p->property.computed && is_anonymous_function(p->property.value)) emit(c, p, SIX_OPCODE_SET_NAME, value, key_reg, 0);
        emit(c, p, SIX_OPCODE_DEFINE_ELEM, dst, key_reg, value);
      }
    }
    c->next_reg = saved;
  }
}

// ---- Templates

static void template_literal(struct comp *c, const struct six_node *n, uint16_t dst) {
  uint32_t saved = c->next_reg;
  uint32_t count = n->template.expressions.count;
  uint16_t first = (uint16_t)c->next_reg;
  uint32_t parts = 0;
  for (uint32_t i = 0; i <= count; i++) {
    if (n->template.quasis[i].cooked->length || (count == 0)) {
      string(c, n, n->template.quasis[i].cooked, temp(c));
      parts++;
    }
    if (i < count) {
      uint16_t reg = temp(c);
      expr(c, n->template.expressions.items[i], reg);
      // Each value is made a string where it stands, before the next is evaluated (13.2.8.6).
      emit(c, n->template.expressions.items[i], SIX_OPCODE_TEMPLATE, reg, reg, 1);
      parts++;
    }
  }
  emit(c, n, SIX_OPCODE_TEMPLATE, dst, first, parts);
  c->next_reg = saved;
}

static void tagged_template(struct comp *c, const struct six_node *n, uint16_t dst) {
  uint32_t saved = c->next_reg;
  uint16_t base = temp(c);
  temps(c, 1);
  const struct six_node *tag = n->tagged.tag;
  bool receiver = true;
  if (in_chain(tag) && tag->type == SIX_N_MEMBER) {
    expr(c, tag->member.object, (uint16_t)(base + 1));
    get_member(c, tag, (uint16_t)(base + 1), base);
  } else {
    receiver = callee_start(c, tag, base);
  }
  emit(c, n, SIX_OPCODE_TEMPLATE_OBJECT, temp(c), 0, add_site(c, n->tagged.quasi));
  const struct six_nodes *values = &n->tagged.quasi->template.expressions;
  for (uint32_t i = 0; i < values->count; i++) expr(c, values->items[i], temp(c));
  emit_call(c, n, base, values->count + 1, base, receiver ? 0 : SIX_CALL_NO_RECEIVER);
  emit(c, n, SIX_OPCODE_MOVE, dst, base, 0);
  c->next_reg = saved;
}

// ---- Classes (15.7.14)

static const struct six_name *slot_name(const struct six_node *member) { return (const struct six_name *)(const void *)member; }

static bool is_private(const struct six_node *m) {
  return m->property.key && !m->property.computed && m->property.key->type == SIX_N_PRIVATE_NAME;
}

static uint32_t private_kind(const struct six_node *m) {
  uint32_t kind = m->property.kind == SIX_PROPERTY_METHOD ? SIX_PRIVATE_METHOD
                  : m->property.kind == SIX_PROPERTY_GET  ? SIX_PRIVATE_GETTER
                  : m->property.kind == SIX_PROPERTY_SET  ? SIX_PRIVATE_SETTER
                                                          : SIX_PRIVATE_FIELD;
  return kind | (m->property.is_static ? SIX_PRIVATE_STATIC : 0);
}

// What V8's messages call the class: the name of an anonymous one is not inferred there.
static six_value private_owner(struct comp *c, const struct six_class_node *class_node, uint32_t kind) {
  if (class_node->id) return atom_of(c, class_node->id->name);
  return six_string_value(six_intern_ascii(c->all->m, kind & SIX_PRIVATE_STATIC ? "." : "anonymous", true));
}

static void install_private_method(struct comp *c, const struct six_node *m, uint16_t self) {
  uint16_t key = temp(c), function = temp(c);
  load_name(c, m, six_private_name(c->all->program, m->property.key->name), key, false);
  load_name(c, m, slot_name(m), function, false);
  if (m->property.kind == SIX_PROPERTY_METHOD) emit(c, m, SIX_OPCODE_ADD_PRIVATE_METHOD, self, key, function);
  else emit(c, m, SIX_OPCODE_ADD_PRIVATE_ACCESSOR, self, key, m->property.kind == SIX_PROPERTY_SET);
  c->next_reg -= 2;
}

static void field(struct comp *c, const struct six_node *m, uint16_t self) {
  uint16_t key = temp(c), value = temp(c);
  const struct six_name *name = fixed_name(c, m);
  if (m->property.computed) load_name(c, m, slot_name(m), key, false);
  else load_key(c, m, key);
  if (!m->property.value) {
    emit(c, m, SIX_OPCODE_LOADS, value, 0, 0);
  } else {
    if (is_private(m)) name = six_private_name(c->all->program, m->property.key->name);
    expr_named(c, m->property.value, value, name);
    if (m->property.computed && is_anonymous_function(m->property.value)) emit(c, m, SIX_OPCODE_SET_NAME, value, key, 0);
  }
  emit(c, m, is_private(m) ? SIX_OPCODE_ADD_PRIVATE : SIX_OPCODE_DEFINE_ELEM, self, key, value);
  c->next_reg -= 2;
}

// The function that initialises instances (or the class itself): private methods first, then fields and static blocks.
static struct six_code *initialiser(struct comp *outer, const struct six_node *n, bool is_static) {
  struct six_class_node *class_node = n->class_;
  const void *key = is_static ? (const void *)&class_node->super : (const void *)&class_node->members;
  struct comp *c = comp_new(outer->all, outer, six_func_at(&outer->all->scopes, key), n);
  c->code->method = true;
  const char *name = is_static ? "<static_initializer>" : "<instance_members_initializer>";
  c->code->name = six_string_value(six_intern_ascii(outer->all->m, name, true));
  c->in_initialiser = true;
  struct six_nodes none = {0};
  enter_function(c, n, &none);
  uint16_t self = temp(c);
  load_pseudo(c, n, &six_pseudo_this, self);
  for (uint32_t i = 0; i < class_node->members.count; i++) {
    const struct six_node *m = class_node->members.items[i];
    bool method_like = m->property.kind <= SIX_PROPERTY_SET;
    if (method_like && is_private(m) && m->property.is_static == is_static) install_private_method(c, m, self);
  }
  for (uint32_t i = 0; i < class_node->members.count; i++) {
    const struct six_node *m = class_node->members.items[i];
    if (m->property.kind == SIX_PROPERTY_STATIC_BLOCK && is_static) {
      uint16_t base = temp(c);
      temps(c, 1);
      closure(c, m->property.value, base, NULL);
      c->code->children[c->code->child_count - 1]->inferred_name =
          six_string_value(six_intern_ascii(c->all->m, "<static_initializer>", true));
      uint16_t home = temp(c);
      emit(c, m, SIX_OPCODE_HOME, home, 0, 0);
      emit(c, m, SIX_OPCODE_SET_HOME, base, home, 0);
      emit(c, m, SIX_OPCODE_MOVE, base + 1u, self, 0);
      emit_call(c, m, base, 0, base, 0);
      c->next_reg -= 3;
    } else if (m->property.kind == SIX_PROPERTY_FIELD && m->property.is_static == is_static) {
      field(c, m, self);
    }
  }
  emit(c, NULL, SIX_OPCODE_LOADS, self, 0, 0);
  emit(c, NULL, SIX_OPCODE_RETURN, self, 0, 0);
  return comp_finish(c);
}

static bool needs_initialiser(const struct six_class_node *class_node, bool is_static) {
  for (uint32_t i = 0; i < class_node->members.count; i++) {
    const struct six_node *m = class_node->members.items[i];
    if (m->property.kind == SIX_PROPERTY_STATIC_BLOCK) {
      if (is_static) return true;
    } else if (m->property.is_static == is_static && (m->property.kind == SIX_PROPERTY_FIELD || is_private(m))) {
      return true;
    }
  }
  return false;
}

// constructor(...args) { super(...args); } without touching Array.prototype[Symbol.iterator] (15.7.14 step 14).
static struct six_code *default_constructor(struct comp *outer, const struct six_node *n) {
  struct six_func *func = six_arena_alloc(&outer->all->scopes.arena, sizeof *func);
  struct six_scope *top = six_arena_alloc(&outer->all->scopes.arena, sizeof *top);
  top->parent = outer->scope;
  top->func = func;
  top->env_reg = SIX_NO_REG;
  func->top = func->body = top;
  func->is_strict = true;
  struct comp *c = comp_new(outer->all, outer, func, n);
  struct six_code *code = c->code;
  code->class_constructor = code->constructor = true;
  code->derived = n->class_->super != NULL;
  code->wants_arguments = true;
  c->scope = top;
  uint16_t self = temp(c), callee = temp(c);
  if (!code->derived) {
    emit(c, n, SIX_OPCODE_THIS, self, 0, 0);
    emit(c, n, SIX_OPCODE_CALLEE, callee, 0, 0);
  } else {
    temps(c, 1);
    emit(c, n, SIX_OPCODE_NEW_TARGET, self, 0, 0);
    emit(c, n, SIX_OPCODE_CALLEE, callee, 0, 0);
    emit(c, n, SIX_OPCODE_REST, callee + 1u, 0, 0);
    emit(c, n, SIX_OPCODE_SUPER_APPLY, self, 0, 0);
    emit(c, n, SIX_OPCODE_CALLEE, callee, 0, 0);
  }
  emit(c, n, SIX_OPCODE_RUN_FIELDS, self, callee, 0);
  emit(c, n, SIX_OPCODE_RETURN, self, 0, 0);
  return comp_finish(c);
}

void class_(struct comp *c, const struct six_node *n, uint16_t dst, const struct six_name *inferred) {
  uint32_t saved = c->next_reg;
  struct six_class_node *class_node = n->class_;
  struct six_scope *scope = six_scope_at(&c->all->scopes, class_node);
  open_scope(c, n, scope);
  uint32_t scope_regs = saved;
  for (uint32_t i = 0; i < scope->count; i++) {  // private names are fresh for each evaluation
    struct six_var *var = scope->vars[i];
    if (var->kind != SIX_VAR_PRIVATE) continue;
    bool member_slot = false;
    uint32_t kind = 0;
    for (uint32_t k = 0; k < class_node->members.count; k++) {
      const struct six_node *m = class_node->members.items[k];
      member_slot |= slot_name(m) == var->name;
      if (is_private(m) && six_private_name(c->all->program, m->property.key->name) == var->name) kind |= private_kind(m);
    }
    if (member_slot) continue;
    uint16_t reg = temp(c);
    uint32_t owner = constant(c, private_owner(c, class_node, kind)), text = constant(c, atom_of(c, var->name));
    if (owner > 0xFFFF || text > 0xFFFFF) unsupported(c, n, "a private name in a function of this size");
    emit(c, n, SIX_OPCODE_PRIVATE_NAME, reg, owner, kind << 20 | text);
    store_name(c, n, var->name, reg, STORE_INIT);
    c->next_reg--;
  }
  uint16_t ctor = temp(c), proto = temp(c);
  if (class_node->super) expr(c, class_node->super, ctor);
  else emit(c, n, SIX_OPCODE_LOADS, ctor, 4, 0);
  const struct six_name *name = class_node->id ? class_node->id->name : inferred;
  struct six_code *code;
  if (class_node->constructor) code = compile_function(c, class_node->constructor, class_node->constructor->function, name);
  else code = default_constructor(c, n);
  code->name = name ? atom_of(c, name) : SIX_ATOM(c->all->m, empty);
  code->span = n->span;  // a class's text is its constructor's
  emit(c, n, SIX_OPCODE_CLASS, ctor, current_env(c), add_child(c, code));
  for (uint32_t i = 0; i < class_node->members.count; i++) {
    const struct six_node *m = class_node->members.items[i];
    uint16_t home = m->property.is_static ? ctor : proto;
    if (m->property.kind == SIX_PROPERTY_STATIC_BLOCK) continue;
    if (m->property.kind == SIX_PROPERTY_FIELD) {
      if (!m->property.computed) continue;
      uint16_t key = temp(c);
      load_key(c, m, key);
      store_name(c, m, slot_name(m), key, STORE_INIT);
      c->next_reg--;
    } else if (is_private(m)) {
      uint16_t key = temp(c), function = temp(c);
      load_key(c, m, key);
      closure(c, m->property.value, function, NULL);
      emit(c, m, SIX_OPCODE_SET_HOME, function, home, 0);
      emit(c, m, SIX_OPCODE_SET_NAME, function, key,
           m->property.kind == SIX_PROPERTY_GET   ? 1
           : m->property.kind == SIX_PROPERTY_SET ? 2
                                                  : 0);
      store_name(c, m, slot_name(m), function, STORE_INIT);
      c->next_reg -= 2;
    } else {
      method(c, m, home, false);
    }
  }
  if (class_node->id) store_name(c, n, class_node->id->name, ctor, STORE_INIT);
  if (needs_initialiser(class_node, false)) {
    uint16_t function = temp(c);
    emit(c, n, SIX_OPCODE_CLOSURE, function, current_env(c), add_child(c, initialiser(c, n, false)));
    emit(c, n, SIX_OPCODE_SET_HOME, function, proto, 0);
    emit(c, n, SIX_OPCODE_SET_FIELDS, ctor, function, 0);
    c->next_reg--;
  }
  if (needs_initialiser(class_node, true)) {
    uint16_t base = temp(c), self = temp(c);
    emit(c, n, SIX_OPCODE_CLOSURE, base, current_env(c), add_child(c, initialiser(c, n, true)));
    emit(c, n, SIX_OPCODE_SET_HOME, base, ctor, 0);
    emit(c, n, SIX_OPCODE_MOVE, self, ctor, 0);
    emit_call(c, n, base, 0, base, 0);
    c->next_reg -= 2;
  }
  emit(c, n, SIX_OPCODE_MOVE, dst, ctor, 0);
  close_scope(c, scope_regs);
}

// ---- await and yield

void await_reg(struct comp *c, const struct six_node *n, uint16_t dst, uint16_t src) { emit(c, n, SIX_OPCODE_AWAIT, dst, src, 0); }

// After a YIELD into reg: where the generator was asked to return, do so, through the finally blocks around.
void yield_resume(struct comp *c, const struct six_node *n, uint16_t reg) {
  uint32_t skip = emit(c, n, SIX_OPCODE_JNEI, reg + 1u, 2, 0);
  if (c->code->kind == SIX_KIND_ASYNC_GENERATOR) await_reg(c, n, reg, reg);
  emit_return(c, n, reg);
  patch_one(c, skip, c->code->count);
}

// Where V8 finds no expression at yield* for its message, it shows the value's kind: after those that emit no call or load.
static bool yields_kind(const struct six_node *n) {
  switch (n->type) {
    case SIX_N_ASSIGN:
    case SIX_N_BINARY:
    case SIX_N_CALL:
    case SIX_N_MEMBER:
    case SIX_N_NEW:
    case SIX_N_SEQUENCE:
    case SIX_N_UNARY:
    case SIX_N_UPDATE: return false;
    case SIX_N_LOGICAL: return n->binary.op != SIX_OP_NULLISH;
    default: return true;
  }
}

// yield* (15.5.5, 27.6.3.8)
static void yield_star(struct comp *c, const struct six_node *n, uint16_t dst) {
  uint32_t saved = c->next_reg;
  bool async = c->code->kind == SIX_KIND_ASYNC_GENERATOR;
  uint16_t it = temp(c);
  temps(c, 4);  // iterator, next, done, value, mode
  uint16_t value = (uint16_t)(it + 3), mode = (uint16_t)(it + 4);
  expr(c, n->unary.argument, value);
  const struct six_node *source = n->unary.argument;
  emit(c, source, async ? SIX_OPCODE_ASYNC_ITER_OPEN : SIX_OPCODE_ITER_OPEN, it, value,
       yields_kind(source) ? SIX_ITERATES_VALUE : SIX_ITERATES_YIELD);
  emit(c, n, SIX_OPCODE_LOADS, value, 0, 0);
  emit_imm(c, n, SIX_OPCODE_LOADI, mode, 0);
  uint32_t again = c->code->count;
  uint32_t missing = emit(c, n, SIX_OPCODE_STAR_CALL, it, 0, 0);
  if (async) await_reg(c, n, value, value);
  uint32_t done = emit(c, n, SIX_OPCODE_STAR_CHECK, it, 0, 0);
  if (async) {
    // Before ecma262 PR #2819 the value was awaited once more (R80).
    if (c->all->m->rules->cell[SIX_RULE_ASYNC_GEN_YIELD_STAR] < 2) await_reg(c, n, value, value);
    emit(c, n, SIX_OPCODE_YIELD_RAW, value, value, 1);
    uint32_t skip = emit(c, n, SIX_OPCODE_JNEI, mode, 2, 0);
    await_reg(c, n, value, value);  // a return request's value is awaited before it is passed on
    patch_one(c, skip, c->code->count);
  } else {
    emit(c, n, SIX_OPCODE_YIELD_RAW, value, value, 0);
  }
  jump_to(c, n, again);
  patch_one(c, missing, c->code->count);
  if (async) await_reg(c, n, value, value);
  emit_return(c, n, value);
  patch_one(c, done, c->code->count);
  uint32_t skip = emit(c, n, SIX_OPCODE_JNEI, mode, 2, 0);
  emit_return(c, n, value);
  patch_one(c, skip, c->code->count);
  emit(c, n, SIX_OPCODE_MOVE, dst, value, 0);
  c->next_reg = saved;
}

static void yield(struct comp *c, const struct six_node *n, uint16_t dst) {
  if (n->unary.prefix) {
    yield_star(c, n, dst);
    return;
  }
  uint32_t saved = c->next_reg;
  uint16_t reg = temp(c);
  temps(c, 1);
  if (n->unary.argument) expr(c, n->unary.argument, reg);
  else emit(c, n, SIX_OPCODE_LOADS, reg, 0, 0);
  if (c->code->kind == SIX_KIND_ASYNC_GENERATOR) await_reg(c, n, reg, reg);
  emit(c, n, SIX_OPCODE_YIELD, reg, reg, 0);
  yield_resume(c, n, reg);
  emit(c, n, SIX_OPCODE_MOVE, dst, reg, 0);
  c->next_reg = saved;
}

// ---- Everything else

static void unary(struct comp *c, const struct six_node *n, uint16_t dst) {
  uint32_t saved = c->next_reg;
  const struct six_node *argument = n->unary.argument;
  switch (n->unary.op) {
    case SIX_OP_VOID:
      effect(c, argument);
      emit(c, n, SIX_OPCODE_LOADS, dst, 0, 0);
      return;
    case SIX_OP_TYPEOF: {
      uint16_t value = temp(c);
      if (argument->type == SIX_N_IDENTIFIER) load_name(c, argument, argument->name, value, true);
      else expr(c, argument, value);
      emit(c, n, SIX_OPCODE_TYPEOF, dst, value, 0);
      break;
    }
    case SIX_OP_DELETE: {
      bool optional_chain = argument->type == SIX_N_OPTIONAL;
      struct patches end = {0}, *outer = c->optional_end;
      const struct six_node *member = optional_chain ? argument->unary.argument : argument;
      if (member->type != SIX_N_MEMBER) {
        if (member->type != SIX_N_IDENTIFIER) effect(c, argument);
        emit(c, n, SIX_OPCODE_LOADS, dst, member->type == SIX_N_IDENTIFIER ? 2 : 3, 0);
        break;
      }
      if (optional_chain) c->optional_end = &end;
      uint16_t object = temp(c), key = temp(c);
      expr(c, member->member.object, object);
      if (member->member.optional) short_circuit(c, n, object);
      if (member->member.computed) expr(c, member->member.property, key);
      else string(c, member, member->member.property->name, key);
      emit(c, n, SIX_OPCODE_DELETE_ELEM, dst, object, key);
      c->optional_end = outer;
      if (optional_chain) {
        uint32_t done = emit(c, n, SIX_OPCODE_JUMP, 0, 0, 0);
        patch_here(c, &end);
        emit(c, n, SIX_OPCODE_LOADS, dst, 3, 0);
        patch_one(c, done, c->code->count);
      }
      break;
    }
    case SIX_OP_MINUS:
      if (argument->type == SIX_N_NUMBER) {
        number(c, n, -argument->number, dst);
        break;
      }
      emit(c, n, SIX_OPCODE_NEG, dst, operand(c, argument), 0);
      break;
    case SIX_OP_PLUS: emit(c, n, SIX_OPCODE_PLUS, dst, operand(c, argument), 0); break;
    case SIX_OP_BIT_NOT: emit(c, n, SIX_OPCODE_BIT_NOT, dst, operand(c, argument), 0); break;
    default: emit(c, n, SIX_OPCODE_NOT, dst, operand(c, argument), 0); break;
  }
  c->next_reg = saved;
}

static void conditional(struct comp *c, const struct six_node *n, uint16_t dst) {
  struct patches done = {0};
  for (; n->type == SIX_N_CONDITIONAL; n = n->conditional.alternate) {
    struct patches otherwise = {0};
    branch(c, n->conditional.test, false, &otherwise);
    expr(c, n->conditional.consequent, dst);
    patches_add(&done, emit(c, n, SIX_OPCODE_JUMP, 0, 0, 0));
    patch_here(c, &otherwise);
  }
  expr(c, n, dst);
  patch_here(c, &done);
}

// Where a value may grow that goes to `dst` in the end: in dst itself if it is the newest temporary.
static uint16_t early(struct comp *c, uint16_t dst) { return dst + 1u == c->next_reg ? dst : temp(c); }

void expr(struct comp *c, const struct six_node *n, uint16_t dst) {
  uint32_t saved = c->next_reg;
  if (c->all->diag->message[0]) return;
  switch (n->type) {
    case SIX_N_IDENTIFIER: load_name(c, n, n->name, dst, false); break;
    case SIX_N_NUMBER: number(c, n, n->number, dst); break;
    case SIX_N_STRING: string(c, n, n->name, dst); break;
    case SIX_N_BIGINT: {
      uint16_t base = temp(c);
      temps(c, 2);
      emit(c, n, SIX_OPCODE_GET_GLOBAL, base, 0, cache(c, six_string_value(six_intern_ascii(c->all->m, "BigInt", true))));
      emit(c, n, SIX_OPCODE_LOADS, base + 1u, 0, 0);
      string(c, n, n->name, (uint16_t)(base + 2));
      emit_call(c, n, base, 1, base, 0);
      emit(c, n, SIX_OPCODE_MOVE, dst, base, 0);
      break;
    }
    case SIX_N_REGEXP: {
      // The two constants must be neighbours.
      uint32_t at = c->code->const_count;
      if (constant(c, atom_of(c, n->regexp.pattern)) != at || constant(c, atom_of(c, n->regexp.flags)) != at + 1) {
        uint16_t base = temp(c);
        temps(c, 3);
        emit(c, n, SIX_OPCODE_GET_GLOBAL, base, 0, cache(c, SIX_ATOM(c->all->m, RegExp)));
        string(c, n, n->regexp.pattern, (uint16_t)(base + 2));
        string(c, n, n->regexp.flags, (uint16_t)(base + 3));
        emit(c, n, SIX_OPCODE_NEW, base, 2, 0);
        emit(c, n, SIX_OPCODE_MOVE, dst, base, 0);
      } else {
        emit(c, n, SIX_OPCODE_REGEXP, dst, 0, at);
      }
      break;
    }
    case SIX_N_TEMPLATE: template_literal(c, n, dst); break;
    case SIX_N_TAGGED: tagged_template(c, n, dst); break;
    case SIX_N_NULL: emit(c, n, SIX_OPCODE_LOADS, dst, 1, 0); break;
    case SIX_N_TRUE: emit(c, n, SIX_OPCODE_LOADS, dst, 3, 0); break;
    case SIX_N_FALSE: emit(c, n, SIX_OPCODE_LOADS, dst, 2, 0); break;
    case SIX_N_THIS: load_pseudo(c, n, &six_pseudo_this, dst); break;
    case SIX_N_NEW_TARGET: load_pseudo(c, n, &six_pseudo_new_target, dst); break;
    case SIX_N_IMPORT_META: emit(c, n, SIX_OPCODE_IMPORT_META, dst, 0, 0); break;
    case SIX_N_ARRAY: {
      uint16_t array = early(c, dst);
      emit(c, n, SIX_OPCODE_NEW_ARRAY, array, 0, n->list.count);
      array_items(c, &n->list, array, false);
      if (array != dst) emit(c, n, SIX_OPCODE_MOVE, dst, array, 0);
      break;
    }
    case SIX_N_OBJECT: {
      uint16_t object = early(c, dst);
      object_literal(c, n, object);
      if (object != dst) emit(c, n, SIX_OPCODE_MOVE, dst, object, 0);
      break;
    }
    case SIX_N_FUNCTION:
    case SIX_N_ARROW: closure(c, n, dst, NULL); break;
    case SIX_N_CLASS: class_(c, n, dst, NULL); break;
    case SIX_N_UNARY: unary(c, n, dst); break;
    case SIX_N_UPDATE: update(c, n, dst, true); break;
    case SIX_N_BINARY: binary(c, n, dst); break;
    case SIX_N_LOGICAL: {
      uint16_t value = early(c, dst);
      logical(c, n, value);
      if (value != dst) emit(c, n, SIX_OPCODE_MOVE, dst, value, 0);
      break;
    }
    case SIX_N_ASSIGN: assign(c, n, dst); break;
    case SIX_N_CONDITIONAL: {
      uint16_t value = early(c, dst);
      conditional(c, n, value);
      if (value != dst) emit(c, n, SIX_OPCODE_MOVE, dst, value, 0);
      break;
    }
    case SIX_N_CALL:
      if (n->call.callee->type == SIX_N_SUPER) super_call(c, n, dst);
      else chain(c, n, dst);
      break;
    case SIX_N_NEW: new_expression(c, n, dst); break;
    case SIX_N_IMPORT_CALL: emit(c, n, SIX_OPCODE_IMPORT, dst, operand(c, n->unary.argument), 0); break;
    case SIX_N_MEMBER:
      if (n->member.object->type == SIX_N_SUPER) super_member(c, n, dst);
      else chain(c, n, dst);
      break;
    case SIX_N_OPTIONAL: optional(c, n, dst); break;
    case SIX_N_SEQUENCE:
      for (uint32_t i = 0; i + 1 < n->list.count; i++) effect(c, n->list.items[i]);
      expr(c, n->list.items[n->list.count - 1], dst);
      break;
    case SIX_N_YIELD: yield(c, n, dst); break;
    case SIX_N_AWAIT: {
      uint16_t value = temp(c);
      expr(c, n->unary.argument, value);
      await_reg(c, n, dst, value);
      break;
    }
    default: unsupported(c, n, "this expression"); break;
  }
  c->next_reg = saved;
}
