// The compiler: expressions, each kind to its own file. expr() writes its result to `dst` only as the last thing it does or
// through temporaries, except where storing_early() says so.
#include "sim/machine/compile.h"

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
      if (member->type == SIX_N_IDENTIFIER) {
        delete_name(c, n, member->name, dst);
        break;
      }
      if (member->type != SIX_N_MEMBER) {
        effect(c, argument);
        emit(c, n, SIX_OPCODE_LOADS, dst, 3, 0);
        break;
      }
      if (optional_chain) c->optional_end = &end;
      uint16_t object = temp(c), key = temp(c);
      expr(c, member->member.object, object);
      if (member->member.optional) short_circuit(c, n, object);
      if (member->member.computed) expr(c, member->member.property, key);
      else load_string(c, member, member->member.property->name, key);
      place_silent(c);
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
        load_number(c, n, -argument->number, dst);
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
    case SIX_N_NUMBER: load_number(c, n, n->number, dst); break;
    case SIX_N_STRING: load_string(c, n, n->name, dst); break;
    case SIX_N_BIGINT: {
      uint16_t base = temp(c);
      temps(c, 2);
      emit(c, n, SIX_OPCODE_GET_GLOBAL, base, 0, cache(c, six_string_value(six_intern_ascii(c->all->m, "BigInt", true))));
      emit(c, n, SIX_OPCODE_LOADS, base + 1u, 0, 0);
      load_string(c, n, n->name, (uint16_t)(base + 2));
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
        load_string(c, n, n->regexp.pattern, (uint16_t)(base + 2));
        load_string(c, n, n->regexp.flags, (uint16_t)(base + 3));
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
      bool fresh = c->fresh;
      emit(c, n, SIX_OPCODE_NEW_ARRAY, array, 0, n->list.count);
      if (n->list.count && n->list.items[0] && n->list.items[0]->type == SIX_N_SPREAD) c->fresh = fresh;
      array_items(c, &n->list, array, NULL);
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
    case SIX_N_UPDATE: update_expr(c, n, dst, true); break;
    case SIX_N_BINARY: binary_expr(c, n, dst); break;
    case SIX_N_LOGICAL: {
      uint16_t value = early(c, dst);
      logical_expr(c, n, value);
      if (value != dst) emit(c, n, SIX_OPCODE_MOVE, dst, value, 0);
      break;
    }
    case SIX_N_ASSIGN: assign_expr(c, n, dst); break;
    case SIX_N_CONDITIONAL: {
      uint16_t value = early(c, dst);
      conditional(c, n, value);
      if (value != dst) emit(c, n, SIX_OPCODE_MOVE, dst, value, 0);
      break;
    }
    case SIX_N_CALL:
      if (n->call.callee->type == SIX_N_SUPER) super_call(c, n, dst);
      else chain_expr(c, n, dst);
      break;
    case SIX_N_NEW: new_expression(c, n, dst); break;
    case SIX_N_IMPORT_CALL: emit(c, n, SIX_OPCODE_IMPORT, dst, operand(c, n->unary.argument), 0); break;
    case SIX_N_MEMBER:
      if (n->member.object->type == SIX_N_SUPER) super_member(c, n, dst);
      else chain_expr(c, n, dst);
      break;
    case SIX_N_OPTIONAL: optional_expr(c, n, dst); break;
    case SIX_N_SEQUENCE:
      for (uint32_t i = 0; i + 1 < n->list.count; i++) effect(c, n->list.items[i]);
      expr(c, n->list.items[n->list.count - 1], dst);
      break;
    case SIX_N_YIELD: yield_expr(c, n, dst); break;
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
