// The compiler: classes (15.7.14).
#include "sim/machine/compile.h"

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
    begin_statement(c, position_of(c, m->property.value));
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
      c->code->children[c->code->child_count - 1]->name = six_string_value(six_intern_ascii(c->all->m, "<static_initializer>", true));
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
  if (!class_node->constructor) code->origin = class_node;
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
      literal_method(c, m, home, false);
    }
  }
  if (c->all->m->rules->cell[SIX_RULE_CLASS_NAME_LAST]) emit(c, n, SIX_OPCODE_CLASS_NAME, ctor, 0, 0);
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
    place_silent(c);
    emit_call(c, n, base, 0, base, 0);
    c->next_reg -= 2;
  }
  emit(c, n, SIX_OPCODE_MOVE, dst, ctor, 0);
  close_scope(c, scope_regs);
}
