// The compiler: operators, and conditions as branches.
#include "sim/machine/compile.h"

#include "sim/machine/convert.h"

#include <stdlib.h>

enum six_opcode binary_opcode(uint8_t op) {
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
bool may_assign(const struct six_node *n, int depth) {
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

static bool is_private_in(const struct six_node *n) { return n->binary.left->type == SIX_N_PRIVATE_NAME; }

// ---- Operands that are known before the program runs

static bool fold(uint8_t op, double x, double y, six_value *value) {
  switch (op) {
    case SIX_OP_ADD: *value = six_number(x + y); return true;
    case SIX_OP_SUB: *value = six_number(x - y); return true;
    case SIX_OP_MUL: *value = six_number(x * y); return true;
    case SIX_OP_DIV: *value = six_number(x / y); return true;
    case SIX_OP_EXP: *value = six_number(six_pow(x, y)); return true;
    default: return false;
  }
}

static bool known_at(struct comp *c, const struct six_node *n, int depth, six_value *value) {
  six_value left, right;
  if (depth > 6) return false;
  switch (n->type) {
    case SIX_N_NUMBER: *value = six_number(n->number); return true;
    case SIX_N_STRING: *value = atom_of(c, n->name); return true;
    case SIX_N_IDENTIFIER: return known_variable(c, n, value);
    case SIX_N_UNARY:
      if (n->unary.op != SIX_OP_MINUS || !known_at(c, n->unary.argument, depth + 1, &left) || !six_is_number(left)) return false;
      *value = six_number(-six_as_number(left));
      return true;
    case SIX_N_BINARY:
      return !is_private_in(n) && known_at(c, n->binary.left, depth + 1, &left) && six_is_number(left) &&
             known_at(c, n->binary.right, depth + 1, &right) && six_is_number(right) &&
             fold(n->binary.op, six_as_number(left), six_as_number(right), value);
    default: return false;
  }
}

bool known(struct comp *c, const struct six_node *n, six_value *value) { return known_at(c, n, 0, value); }

// The constant that a right operand is, for the opcodes that take one in a register's place.
static bool constant_operand(struct comp *c, const struct six_node *n, uint32_t limit, uint32_t *index) {
  six_value value;
  if (c->code->const_count >= limit || !known(c, n, &value)) return false;
  *index = constant(c, value);
  return true;
}

// The form of an opcode that has its right operand, an integer, in it.
static enum six_opcode with_int(enum six_opcode op) {
  switch (op) {
    case SIX_OPCODE_ADD: return SIX_OPCODE_ADDI;
    case SIX_OPCODE_SUB: return SIX_OPCODE_SUBI;
    case SIX_OPCODE_MUL: return SIX_OPCODE_MULI;
    case SIX_OPCODE_MOD: return SIX_OPCODE_MODI;
    case SIX_OPCODE_SHL: return SIX_OPCODE_SHLI;
    case SIX_OPCODE_SHR: return SIX_OPCODE_SHRI;
    case SIX_OPCODE_BIT_AND: return SIX_OPCODE_BIT_ANDI;
    case SIX_OPCODE_BIT_OR: return SIX_OPCODE_BIT_ORI;
    default: return op;
  }
}

enum {  // from an opcode to its form with a constant
  TO_CONSTANT = SIX_OPCODE_ADDK - SIX_OPCODE_ADD,
  TO_CONSTANT_COMPARE = SIX_OPCODE_EQK - SIX_OPCODE_EQ,
  TO_CONSTANT_JUMP = SIX_OPCODE_JLTK - SIX_OPCODE_JLT,
};

bool binary_constant(struct comp *c, const struct six_node *n, const struct six_node *right, enum six_opcode op, uint16_t dst,
                     uint16_t left) {
  uint32_t k;
  six_value value;
  bool compares = op >= SIX_OPCODE_EQ && op <= SIX_OPCODE_GE;
  if (!compares && !(op >= SIX_OPCODE_ADD && op <= SIX_OPCODE_BIT_XOR)) return false;
  if (with_int(op) != op && known(c, right, &value) && six_is_int(value) && abs(six_as_int(value)) < 1 << 23) {
    emit(c, n, with_int(op), dst, left, (uint32_t)six_as_int(value));
    return true;
  }
  if (!constant_operand(c, right, 0xFFFFFF, &k)) return false;
  emit(c, n, (enum six_opcode)(op + (compares ? TO_CONSTANT_COMPARE : TO_CONSTANT)), dst, left, k);
  return true;
}

static void binary_step(struct comp *c, const struct six_node *n, uint16_t left, uint16_t dst) {
  uint32_t saved = c->next_reg;
  if (binary_constant(c, n, n->binary.right, binary_opcode(n->binary.op), dst, left)) return;
  uint16_t right = operand(c, n->binary.right);
  emit(c, n, binary_opcode(n->binary.op), dst, left, right);
  c->next_reg = saved;
}

static bool is_plain_binary(const struct six_node *n) { return n->type == SIX_N_BINARY && !is_private_in(n); }

static bool is_logical(const struct six_node *n) { return n->type == SIX_N_LOGICAL; }

// The operators a left spine consists of, the innermost first, and what stands at its head. Freed by the caller.
static const struct six_node **left_spine(const struct six_node *n, bool goes_on(const struct six_node *), uint32_t *depth,
                                          const struct six_node **head) {
  const struct six_node *at = n;
  for (*depth = 0; goes_on(at); at = at->binary.left) ++*depth;
  *head = at;
  const struct six_node **spine = calloc(*depth, sizeof *spine);
  if (!spine) abort();
  at = n;
  for (uint32_t i = *depth; i-- > 0; at = at->binary.left) spine[i] = at;
  return spine;
}

void binary_expr(struct comp *c, const struct six_node *n, uint16_t dst) {
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
  uint32_t depth;
  const struct six_node *head, **spine = left_spine(n, is_plain_binary, &depth, &head);
  uint16_t left = operand_before(c, head, spine[0]->binary.right);
  uint16_t accumulator = temp(c);
  for (uint32_t i = 0; i < depth; i++) {
    binary_step(c, spine[i], left, i + 1 == depth ? dst : accumulator);
    left = accumulator;
  }
  free(spine);
  c->next_reg = saved;
}

void logical_expr(struct comp *c, const struct six_node *n, uint16_t dst) {
  uint32_t depth;
  const struct six_node *head, **spine = left_spine(n, is_logical, &depth, &head);
  expr(c, head, dst);
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
}

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

// Before the end of a loop without a body.
static void turns(struct comp *c, const struct six_node *n, enum six_opcode end, uint16_t counter, uint32_t limit, bool constant) {
  bool down = end == SIX_OPCODE_DEC_JGT || end == SIX_OPCODE_DEC_JGE, last = end == SIX_OPCODE_INC_JLE || end == SIX_OPCODE_DEC_JGE;
  uint32_t how = (down ? SIX_TURNS_DOWN : 0u) | (last ? SIX_TURNS_TO_THE_END : 0u) | (constant ? SIX_TURNS_CONSTANT : 0u);
  emit(c, n, SIX_OPCODE_TURNS, counter, limit, how);
}

bool step_and_branch(struct comp *c, const struct six_node *update, const struct six_node *test, uint32_t top, struct patches *to) {
  enum six_opcode fused;
  uint32_t right;
  six_value value;
  if (c->all->m->tracing || !is_step(update, test, &fused)) return false;
  uint16_t reg = assignable_register(c, update->unary.argument, STORE_ASSIGN);
  if (reg == SIX_NO_REG || plain_register(c, test->binary.left) != reg) return false;
  bool fixed = known(c, test->binary.right, &value) && six_is_int(value) && constant_operand(c, test->binary.right, 0xFFFF, &right);
  if (!fixed) right = plain_register(c, test->binary.right);
  if (!fixed && right == SIX_NO_REG) return false;
  if (c->code->count == top) turns(c, test, fused, reg, right, fixed);
  if (fixed) fused = (enum six_opcode)(fused + SIX_OPCODE_INC_JLTK - SIX_OPCODE_INC_JLT);
  patches_add(to, emit(c, test, fused, reg, right, 0));
  // The two instructions as they are, for other values than ints and for the last turn.
  effect(c, update);
  branch(c, test, true, to);
  return true;
}
