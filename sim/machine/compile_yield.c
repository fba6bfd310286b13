// The compiler: await, yield and yield*.
#include "sim/machine/compile.h"
#include "sim/machine/interp.h"

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

// A return request's value is awaited before it is passed on. Where that fails, the inner iterator gets the error (R80).
static void await_star_return(struct comp *c, const struct six_node *n, uint16_t value) {
  uint16_t mode = (uint16_t)(value + 1);
  uint32_t not_return = emit(c, n, SIX_OPCODE_JNEI, mode, 2, 0), start = c->code->count;
  await_reg(c, n, value, value);
  uint32_t end = c->code->count, skip = emit(c, n, SIX_OPCODE_JUMP, 0, 0, 0);
  add_handler(c, start, end, c->code->count);
  emit(c, n, SIX_OPCODE_CATCH, value, 0, 0);
  emit_imm(c, n, SIX_OPCODE_LOADI, mode, c->all->m->rules->cell[SIX_RULE_STAR_RETURN_REJECTED]);
  patch_one(c, skip, c->code->count);
  patch_one(c, not_return, c->code->count);
}

// The inner iterator has no return, which ends the generator, or no throw, which is an error after closing it.
static void star_without_method(struct comp *c, const struct six_node *n, uint16_t it, bool async) {
  uint16_t value = (uint16_t)(it + 3), mode = (uint16_t)(it + 4);
  uint32_t no_throw = emit(c, n, SIX_OPCODE_JNEI, mode, 2, 0);
  if (async && c->all->m->rules->cell[SIX_RULE_ASYNC_GEN_YIELD_STAR]) await_reg(c, n, value, value);  // once more (R80)
  emit_return(c, n, value);
  patch_one(c, no_throw, c->code->count);
  if (async) async_close(c, n, it);
  else emit(c, n, SIX_OPCODE_ITER_CLOSE, it, 0, 0);
  emit(c, n->unary.argument, SIX_OPCODE_STAR_REFUSE, 0, 0, 0);
}

// yield* (15.5.5, 27.6.3.8)
static void yield_star(struct comp *c, const struct six_node *n, uint16_t dst) {
  uint32_t saved = c->next_reg;
  bool async = c->code->kind == SIX_KIND_ASYNC_GENERATOR;
  uint16_t it = temp(c);
  temps(c, 4);  // iterator, next, done, value, mode
  uint16_t value = (uint16_t)(it + 3), mode = (uint16_t)(it + 4);
  const struct six_node *source = n->unary.argument;
  // It stands where what it iterates does; a variable that is the first of its statement, where the statement does.
  bool variable = source->type == SIX_N_IDENTIFIER, first = variable && c->fresh;
  uint32_t at = first ? c->statement_offset : position_of(c, source);
  expr(c, source, value);
  place_next(c, at);
  emit(c, n, async ? SIX_OPCODE_ASYNC_ITER_OPEN : SIX_OPCODE_ITER_OPEN, it, value,
       yields_kind(source) && (first || !variable) ? SIX_ITERATES_VALUE : SIX_ITERATES_YIELD);
  emit(c, n, SIX_OPCODE_LOADS, value, 0, 0);
  emit_imm(c, n, SIX_OPCODE_LOADI, mode, 0);
  uint32_t again = c->code->count;
  place_next(c, at);
  uint32_t missing = emit(c, n, SIX_OPCODE_STAR_CALL, it, 0, 0);
  if (async) await_reg(c, n, value, value);
  uint32_t done = emit(c, n, SIX_OPCODE_STAR_CHECK, it, 0, 0);
  if (async) {
    // Before ecma262 PR #2819 the value was awaited once more (R80).
    if (c->all->m->rules->cell[SIX_RULE_ASYNC_GEN_YIELD_STAR] < 2) await_reg(c, n, value, value);
    emit(c, n, SIX_OPCODE_YIELD_RAW, value, value, 1);
    await_star_return(c, n, value);
  } else {
    emit(c, n, SIX_OPCODE_YIELD_RAW, value, value, 0);
  }
  jump_to(c, n, again);
  patch_one(c, missing, c->code->count);
  star_without_method(c, n, it, async);
  patch_one(c, done, c->code->count);
  uint32_t skip = emit(c, n, SIX_OPCODE_JNEI, mode, 2, 0);
  emit_return(c, n, value);
  patch_one(c, skip, c->code->count);
  emit(c, n, SIX_OPCODE_MOVE, dst, value, 0);
  c->next_reg = saved;
}

void yield_expr(struct comp *c, const struct six_node *n, uint16_t dst) {
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
