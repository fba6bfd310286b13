// The compiler: members, calls and new.
#include "sim/machine/compile.h"

#include <stdlib.h>

static bool is_length(struct comp *c, const struct six_name *name) { return atom_of(c, name) == SIX_ATOM(c->all->m, length); }

void super_member(struct comp *c, const struct six_node *n, uint16_t dst) {
  uint32_t saved = c->next_reg;
  uint16_t base = temp(c);
  temps(c, 2);
  load_pseudo(c, n, &six_pseudo_home, base);
  load_pseudo(c, n, &six_pseudo_this, (uint16_t)(base + 1));
  if (n->member.computed) expr(c, n->member.property, (uint16_t)(base + 2));
  else load_string(c, n, n->member.property->name, (uint16_t)(base + 2));
  emit(c, n, SIX_OPCODE_GET_SUPER, base, 0, 0);
  emit(c, n, SIX_OPCODE_MOVE, dst, base, 0);
  c->next_reg = saved;
}

// dst = object.property for an object that is in a register.
void get_member(struct comp *c, const struct six_node *n, uint16_t object, uint16_t dst) {
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

void short_circuit(struct comp *c, const struct six_node *n, uint16_t value) {
  patches_add(c->optional_end, emit(c, n, SIX_OPCODE_JNULLISH, value, 0, 0));
}

void emit_call(struct comp *c, const struct six_node *n, uint16_t base, uint32_t argc, uint16_t dst, uint32_t flags) {
  emit(c, n, SIX_OPCODE_CALL, base, argc, (uint32_t)dst << SIX_CALL_RESULT | flags);
}

// Arguments from base + 2 on, then the call itself. Returns where the result is: dst or base.
static uint16_t call_with(struct comp *c, const struct six_node *n, const struct six_nodes *arguments, uint16_t base, enum six_opcode plain,
                          enum six_opcode spread, uint16_t dst, bool receiver) {
  if (has_spread(arguments)) {
    uint16_t array = temp(c);
    emit(c, n, SIX_OPCODE_NEW_ARRAY, array, 0, arguments->count);
    array_items(c, arguments, array, n);
    if (!receiver) emit(c, n, SIX_OPCODE_LOADS, base + 1u, 0, 0);
    emit(c, n, spread, base, 0, 0);
    return base;
  } else {
    for (uint32_t i = 0; i < arguments->count; i++) {
      uint16_t reg = temp(c);
      expr(c, arguments->items[i], reg);
    }
    if (plain == SIX_OPCODE_CALL && is_direct_eval(c, n)) {
      // V8 asks whether it is the real one; the environment stands where the receiver would.
      uint16_t env = current_env(c);
      if (env == SIX_NO_REG) emit(c, n, SIX_OPCODE_UP_ENV, base + 1u, 0, 0);
      else emit(c, n, SIX_OPCODE_MOVE, base + 1u, env, 0);
      emit(c, n, SIX_OPCODE_EVAL, base, arguments->count, eval_site(c));
      return base;
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

void super_call(struct comp *c, const struct six_node *n, uint16_t dst) {
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
bool callee_start(struct comp *c, const struct six_node *n, uint16_t base) {
  if (n->type == SIX_N_MEMBER && n->member.object->type == SIX_N_SUPER) {
    super_member(c, n, base);
    load_pseudo(c, n, &six_pseudo_this, (uint16_t)(base + 1));
    return true;
  }
  if (load_dynamic_callee(c, n, base, (uint16_t)(base + 1))) return true;
  if (n->type == SIX_N_IDENTIFIER) load_callee(c, n, base);
  else expr(c, n, base);
  return false;
}

bool in_chain(const struct six_node *n) {
  return (n->type == SIX_N_MEMBER && n->member.object->type != SIX_N_SUPER) ||
         (n->type == SIX_N_CALL && n->call.callee->type != SIX_N_SUPER);
}

// A chain a.b(c).d(e)... from its head outwards. Each call works in the registers base, base + 1, then arguments.
void chain_expr(struct comp *c, const struct six_node *n, uint16_t dst) {
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

void optional_expr(struct comp *c, const struct six_node *n, uint16_t dst) {
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

void new_expression(struct comp *c, const struct six_node *n, uint16_t dst) {
  uint32_t saved = c->next_reg;
  uint16_t base = temp(c);
  temps(c, 1);
  expr(c, n->call.callee, base);
  call_with(c, n, &n->call.arguments, base, SIX_OPCODE_NEW, SIX_OPCODE_NEW_APPLY, base, true);
  emit(c, n, SIX_OPCODE_MOVE, dst, base, 0);
  c->next_reg = saved;
}
