#include "sim/machine/scope.h"

#include <stdlib.h>
#include <string.h>

const struct six_name six_pseudo_this = {0}, six_pseudo_new_target = {0}, six_pseudo_home = {0}, six_pseudo_callee = {0};
const struct six_name six_pseudo_with = {0}, six_pseudo_eval = {0};

struct walk {
  struct six_scopes *all;
  struct six_scope *scope;
};

static void visit(struct walk *w, const struct six_node *n);
static void visit_list(struct walk *w, const struct six_nodes *list);

// ---- Tables

static uint32_t hash_pointer(const void *p) { return (uint32_t)(((uintptr_t)p >> 3) * 2654435761u); }

static void map_put(struct six_scopes *s, const void *key, void *value) {
  if ((s->map_count + 1) * 2 > s->map_size) {
    uint32_t size = s->map_size ? s->map_size * 2 : 64, old_size = s->map_size;
    void *old = s->map;
    s->map = calloc(size, sizeof *s->map);
    if (!s->map) abort();
    s->map_size = size;
    s->map_count = 0;
    struct {
      const void *key;
      void *value;
    } *entries = old;
    for (uint32_t i = 0; i < old_size; i++) {
      if (entries[i].key) map_put(s, entries[i].key, entries[i].value);
    }
    free(old);
  }
  uint32_t at = hash_pointer(key) & (s->map_size - 1);
  while (s->map[at].key) at = (at + 1) & (s->map_size - 1);
  s->map[at].key = key;
  s->map[at].value = value;
  s->map_count++;
}

static void *map_get(const struct six_scopes *s, const void *key) {
  if (!s->map_size) return NULL;
  for (uint32_t at = hash_pointer(key) & (s->map_size - 1); s->map[at].key; at = (at + 1) & (s->map_size - 1)) {
    if (s->map[at].key == key) return s->map[at].value;
  }
  return NULL;
}

struct six_scope *six_scope_at(const struct six_scopes *s, const void *key) {
  return map_get(s, key);
}
struct six_func *six_func_at(const struct six_scopes *s, const void *key) {
  return map_get(s, key);
}

struct six_var *six_scope_find(const struct six_scope *scope, const struct six_name *name) {
  if (scope->table) {
    for (uint32_t at = hash_pointer(name) & (scope->table_size - 1); scope->table[at]; at = (at + 1) & (scope->table_size - 1)) {
      if (scope->table[at]->name == name) return scope->table[at];
    }
    return NULL;
  }
  for (uint32_t i = 0; i < scope->count; i++) {
    if (scope->vars[i]->name == name) return scope->vars[i];
  }
  return NULL;
}

static void table_put(struct six_scope *scope, struct six_var *var) {
  uint32_t at = hash_pointer(var->name) & (scope->table_size - 1);
  while (scope->table[at]) at = (at + 1) & (scope->table_size - 1);
  scope->table[at] = var;
}

static void rebuild_table(struct six_scopes *s, struct six_scope *scope) {
  scope->table_size = scope->table_size ? scope->table_size * 2 : 32;
  scope->table = six_arena_alloc(&s->arena, scope->table_size * sizeof *scope->table);
  for (uint32_t i = 0; i < scope->count; i++) table_put(scope, scope->vars[i]);
}

static struct six_var *add_var(struct six_scopes *s, struct six_scope *scope, const struct six_name *name, enum six_var_kind kind,
                               uint32_t declared_end) {
  struct six_var *var = six_arena_alloc(&s->arena, sizeof *var);
  *var = (struct six_var){.name = name, .kind = (uint8_t)kind, .declared_end = declared_end, .reg = 0xFFFF, .value = SIX_EMPTY};
  if (scope->count == scope->capacity) {
    scope->capacity = scope->capacity ? scope->capacity * 2 : 8;
    struct six_var **vars = six_arena_alloc(&s->arena, scope->capacity * sizeof *vars);
    if (scope->count) memcpy(vars, scope->vars, scope->count * sizeof *vars);
    scope->vars = vars;
  }
  scope->vars[scope->count++] = var;
  if (scope->count > 8 && scope->count * 2 > scope->table_size) rebuild_table(s, scope);
  else if (scope->table) table_put(scope, var);
  return var;
}

static struct six_scope *push_scope(struct walk *w, const void *key) {
  struct six_scope *scope = six_arena_alloc(&w->all->arena, sizeof *scope);
  scope->parent = w->scope;
  scope->func = w->scope ? w->scope->func : NULL;
  scope->env_reg = 0xFFFF;
  map_put(w->all, key, scope);
  return w->scope = scope;
}

static struct six_func *push_func(struct walk *w, const void *key) {
  struct six_func *func = six_arena_alloc(&w->all->arena, sizeof *func);
  func->parent = w->scope ? w->scope->func : NULL;
  struct six_scope *scope = six_arena_alloc(&w->all->arena, sizeof *scope);
  scope->parent = w->scope;
  scope->func = func;
  scope->env_reg = 0xFFFF;
  func->top = func->body = scope;
  map_put(w->all, key, func);
  w->scope = scope;
  return func;
}

// ---- Declarations

static void declare(struct walk *w, struct six_scope *scope, const struct six_name *name, enum six_var_kind kind, uint32_t declared_end) {
  struct six_var *var = six_scope_find(scope, name);
  if (!var) {
    add_var(w->all, scope, name, kind, declared_end);
    return;
  }
  // A function or parameter stands over a var of the same name; anything stands over the function's own name.
  if (kind == SIX_VAR_FUNCTION && var->kind == SIX_VAR_VAR) var->kind = SIX_VAR_FUNCTION;
  if (var->kind == SIX_VAR_FUNCTION_NAME || var->kind == SIX_VAR_ARGUMENTS) {
    var->kind = (uint8_t)kind;
    var->declared_end = declared_end;
  }
}

static void declare_pattern(struct walk *w, struct six_scope *scope, const struct six_node *n, enum six_var_kind kind, uint32_t end) {
  if (!n) return;
  switch (n->type) {
    case SIX_N_IDENTIFIER: declare(w, scope, n->name, kind, end); break;
    case SIX_N_DEFAULT: declare_pattern(w, scope, n->binary.left, kind, end); break;
    case SIX_N_REST: declare_pattern(w, scope, n->unary.argument, kind, end); break;
    case SIX_N_PROPERTY: declare_pattern(w, scope, n->property.value, kind, end); break;
    case SIX_N_ARRAY_PATTERN:
    case SIX_N_OBJECT_PATTERN:
      for (uint32_t i = 0; i < n->list.count; i++) declare_pattern(w, scope, n->list.items[i], kind, end);
      break;
    default: break;
  }
}

// var declarations anywhere below, but not in functions: VarScopedDeclarations.
static void hoist_vars(struct walk *w, struct six_scope *top, const struct six_node *n);

static void hoist_list(struct walk *w, struct six_scope *top, const struct six_nodes *list) {
  for (uint32_t i = 0; i < list->count; i++) hoist_vars(w, top, list->items[i]);
}

static void hoist_vars(struct walk *w, struct six_scope *top, const struct six_node *n) {
  while (n) {
    switch (n->type) {
      case SIX_N_VAR:
        if (n->declaration.kind != SIX_VAR) return;
        for (uint32_t i = 0; i < n->declaration.declarators.count; i++) {
          declare_pattern(w, top, n->declaration.declarators.items[i], SIX_VAR_VAR, 0);
        }
        return;
      case SIX_N_BLOCK: hoist_list(w, top, &n->list); return;
      case SIX_N_IF:
        hoist_vars(w, top, n->conditional.consequent);
        n = n->conditional.alternate;
        continue;
      case SIX_N_FOR:
        hoist_vars(w, top, n->for_.init);
        n = n->for_.body;
        continue;
      case SIX_N_FOR_IN:
      case SIX_N_FOR_OF:
        hoist_vars(w, top, n->for_in.left);
        n = n->for_in.body;
        continue;
      case SIX_N_WHILE:
      case SIX_N_WITH:
      case SIX_N_DO_WHILE: n = n->loop.body; continue;
      case SIX_N_LABELED: n = n->labeled.body; continue;
      case SIX_N_TRY:
        hoist_vars(w, top, n->try_.block);
        hoist_vars(w, top, n->try_.handler);
        n = n->try_.finalizer;
        continue;
      case SIX_N_SWITCH:
        for (uint32_t i = 0; i < n->switch_.cases.count; i++) hoist_list(w, top, &n->switch_.cases.items[i]->case_.body);
        return;
      case SIX_N_EXPORT_NAMED: n = n->export_.declaration; continue;
      default: return;
    }
  }
}

// Annex B.3.3: a function in a sloppy block is also a var of the function, unless that would clash with a lexical name.
static void annex_b_var(struct walk *w, const struct six_node *n, struct six_scope *block) {
  struct six_scope *top = block->func->top;
  const struct six_name *name = n->function->id->name;
  if (block->func->is_strict || n->function->is_async || n->function->is_generator) return;
  for (struct six_scope *s = block->parent; s; s = s->parent) {
    struct six_var *var = six_scope_find(s, name);
    if (var && var->kind != SIX_VAR_VAR && var->kind != SIX_VAR_FUNCTION && var->kind != SIX_VAR_FUNCTION_NAME &&
        var->kind != SIX_VAR_CATCH && var->kind != SIX_VAR_ARGUMENTS)
      return;
    if (s == top) break;
  }
  bool added = w->all->eval_vars && block->func == w->all->main;
  struct six_scope *to = added ? w->all->eval_vars : block->func->body;
  struct six_var *var = six_scope_find(to, name);
  if (!var || var->kind == SIX_VAR_FUNCTION_NAME) declare(w, to, name, SIX_VAR_VAR, 0);
  six_scope_find(block, name)->annex_b = n;
}

static void declare_lexical(struct walk *w, const struct six_nodes *list, bool function_top) {
  struct six_scope *scope = w->scope;
  for (uint32_t i = 0; i < list->count; i++) {
    const struct six_node *n = list->items[i];
    if (!n) continue;
    while (n->type == SIX_N_LABELED) n = n->labeled.body;
    if (n->type == SIX_N_EXPORT_NAMED && n->export_.declaration) n = n->export_.declaration;
    if (n->type == SIX_N_EXPORT_DEFAULT) {
      const struct six_node *d = n->unary.argument;
      bool named = (d->type == SIX_N_FUNCTION_DECL && d->function->id) || (d->type == SIX_N_CLASS_DECL && d->class_->id);
      if (named) n = d;
      else declare(w, scope, six_name_intern_utf8(w->all->program, "*default*", 9), SIX_VAR_LET, n->span.end);
    }
    switch (n->type) {
      case SIX_N_VAR:
        if (n->declaration.kind == SIX_VAR) break;
        for (uint32_t k = 0; k < n->declaration.declarators.count; k++) {
          const struct six_node *d = n->declaration.declarators.items[k];
          uint8_t kind = n->declaration.kind;
          declare_pattern(w, scope, d, kind == SIX_LET ? SIX_VAR_LET : kind == SIX_CONST ? SIX_VAR_CONST : SIX_VAR_USING, d->span.end);
        }
        break;
      case SIX_N_CLASS_DECL: declare(w, scope, n->class_->id->name, SIX_VAR_CLASS, n->span.end); break;
      case SIX_N_FUNCTION_DECL: {
        bool added = function_top && w->all->eval_vars && scope->func == w->all->main;
        declare(w, added ? w->all->eval_vars : scope, n->function->id->name, SIX_VAR_FUNCTION, 0);
        break;
      }
      case SIX_N_IMPORT:
        for (uint32_t k = 0; k < n->import.specifiers.count; k++) {
          declare(w, scope, n->import.specifiers.items[k]->specifier.local, SIX_VAR_IMPORT, 0);
        }
        break;
      default: break;
    }
  }
  if (function_top) return;
  for (uint32_t i = 0; i < list->count; i++) {
    const struct six_node *n = list->items[i];
    if (!n) continue;
    while (n->type == SIX_N_LABELED) n = n->labeled.body;
    if (n->type == SIX_N_FUNCTION_DECL) annex_b_var(w, n, scope);
  }
}

// ---- References

static void use(struct six_scope *from, struct six_scope *found, struct six_var *var, uint32_t at) {
  if (var->kind == SIX_VAR_PARAM && at < var->declared_end) var->needs_check = true;  // in an earlier parameter's default
  if (from->func != found->func) {
    var->captured = true;
    found->has_env = true;
  } else if (var->kind >= SIX_VAR_LET && var->kind <= SIX_VAR_CLASS && (at < var->declared_end || found->is_switch)) {
    var->needs_check = true;
  }
}

static void use_pseudo(struct walk *w, const struct six_name *name) {
  struct six_func *func = w->scope->func;
  while (func->is_arrow && func->parent) func = func->parent;
  struct six_var *var = six_scope_find(func->top, name);
  if (!var) var = add_var(w->all, func->top, name, SIX_VAR_PSEUDO, 0);
  use(w->scope, func->top, var, UINT32_MAX);
  if (name == &six_pseudo_this && func->is_derived_constructor) var->needs_check = true;
}

static bool is_arguments(const struct six_name *name) {
  static const char text[] = "arguments";
  if (name->length != sizeof text - 1) return false;
  for (uint32_t i = 0; i < name->length; i++) {
    if (name->units[i] != (uint16_t)text[i]) return false;
  }
  return true;
}

// The arguments object of a function that names it, or declares a var of that name.
static struct six_var *add_arguments(struct walk *w, struct six_func *func, const struct six_name *name) {
  struct six_var *var = six_scope_find(func->top, name);
  if (var && var->kind != SIX_VAR_VAR) return var;  // a parameter or a function
  if (var) var->kind = SIX_VAR_ARGUMENTS;
  else var = add_var(w->all, func->top, name, SIX_VAR_ARGUMENTS, 0);
  func->maps_arguments = func->node && !func->is_strict && func->node->has_simple_params && func->node->params.count;
  for (uint32_t i = 0; func->maps_arguments && i < func->top->count; i++) {
    if (func->top->vars[i]->kind != SIX_VAR_PARAM) continue;
    func->top->vars[i]->captured = true;
    func->top->has_env = true;
  }
  return var;
}

static void reference(struct walk *w, const struct six_name *name, uint32_t at) {
  bool arguments = is_arguments(name);
  for (struct six_scope *s = w->scope; s; s = s->parent) {
    struct six_var *var = six_scope_find(s, name);
    if (!var && arguments && s == s->func->top && !s->func->is_arrow) {
      var = add_arguments(w, s->func, name);
    }
    if (var) {
      use(w->scope, s, var, at);
      return;
    }
    if (s->dynamic) use(w->scope, s, s->dynamic, UINT32_MAX);
  }
}

// ---- Evals: whatever an eval's text may name is kept in environments

static bool is_eval(const struct six_node *call) {
  static const char text[] = "eval";
  const struct six_node *callee = call->call.callee;
  if (call->call.optional || callee->type != SIX_N_IDENTIFIER || callee->name->length != sizeof text - 1) return false;
  for (uint32_t i = 0; i < sizeof text - 1; i++) {
    if (callee->name->units[i] != (uint16_t)text[i]) return false;
  }
  return true;
}

static void note_eval(struct walk *w) {
  struct six_scopes *all = w->all;
  if (all->eval_count == all->eval_capacity) {
    all->eval_capacity = all->eval_capacity ? all->eval_capacity * 2 : 4;
    all->eval_sites = realloc(all->eval_sites, all->eval_capacity * sizeof(struct six_scope *));
    if (!all->eval_sites) abort();
  }
  all->eval_sites[all->eval_count++] = w->scope;
  struct six_func *func = w->scope->func;
  if (!func->is_strict && !func->is_eval && !func->top->dynamic) {
    func->top->dynamic = add_var(all, func->top, &six_pseudo_eval, SIX_VAR_PSEUDO, 0);
  }
  use_pseudo(w, &six_pseudo_this);
  while (func->is_arrow && func->parent) func = func->parent;
  if (func->is_outside) return;
  use_pseudo(w, &six_pseudo_new_target);
  if (func->is_derived_constructor) use_pseudo(w, &six_pseudo_callee);
  if (!func->node || func->node->is_method || func->node->is_constructor) use_pseudo(w, &six_pseudo_home);
  if (func->node || all->program->kind == SIX_SOURCE_SCRIPT) reference(w, six_name_intern_utf8(all->program, "arguments", 9), UINT32_MAX);
}

static void capture_for_evals(struct six_scopes *all) {
  for (uint32_t i = 0; i < all->eval_count; i++) {
    for (struct six_scope *s = all->eval_sites[i]; s; s = s->parent) {
      for (uint32_t k = 0; k < s->count; k++) s->vars[k]->captured = true;
      s->has_env |= s->count > 0;
    }
  }
}

// ---- Functions and classes

static bool has_expressions(const struct six_node *pattern) {
  if (!pattern) return false;
  switch (pattern->type) {
    case SIX_N_DEFAULT: return true;
    case SIX_N_REST: return has_expressions(pattern->unary.argument);
    case SIX_N_PROPERTY: return pattern->property.computed || has_expressions(pattern->property.value);
    case SIX_N_ARRAY_PATTERN:
    case SIX_N_OBJECT_PATTERN:
      for (uint32_t i = 0; i < pattern->list.count; i++) {
        if (has_expressions(pattern->list.items[i])) return true;
      }
      return false;
    default: return false;
  }
}

// A body's var statement for `arguments` finds the arguments object in it.
static void declare_body(struct walk *w, struct six_func *func, const struct six_nodes *list) {
  hoist_list(w, func->body, list);
  for (uint32_t i = 0; i < func->body->count && !func->is_arrow; i++) {
    const struct six_var *var = func->body->vars[i];
    if (var->kind == SIX_VAR_VAR && is_arguments(var->name)) add_arguments(w, func, var->name);
  }
  declare_lexical(w, list, true);
}

static void visit_function(struct walk *w, const struct six_node *n) {
  struct six_scope *outer = w->scope;
  const struct six_function_node *f = n->function;
  struct six_func *func = push_func(w, f);
  func->node = f;
  func->is_arrow = n->type == SIX_N_ARROW;
  func->is_strict = f->is_strict;
  func->is_derived_constructor = f->is_constructor && f->is_derived;
  if (func->is_derived_constructor) use_pseudo(w, &six_pseudo_this);
  bool expressions = false;
  for (uint32_t i = 0; i < f->params.count; i++) expressions |= has_expressions(f->params.items[i]);
  for (uint32_t i = 0; i < f->params.count; i++) {
    declare_pattern(w, func->top, f->params.items[i], SIX_VAR_PARAM, expressions ? f->params.items[i]->span.end : 0);
  }
  if (n->type == SIX_N_FUNCTION && f->id && !f->is_method && !six_scope_find(func->top, f->id->name)) {
    add_var(w->all, func->top, f->id->name, SIX_VAR_FUNCTION_NAME, 0);
  }
  bool split = expressions && !f->is_expression_body;
  if (split) {
    visit_list(w, &f->params);
    func->body = push_scope(w, f->body);
  }
  if (!f->is_expression_body) declare_body(w, func, &f->body->list);
  if (!split) visit_list(w, &f->params);
  if (f->is_expression_body) visit(w, f->body);
  else visit_list(w, &f->body->list);
  w->scope = outer;
}

const struct six_name *six_private_name(struct six_program *program, const struct six_name *name) {
  uint16_t local[128], *units = name->length < 128 ? local : malloc((name->length + 1) * sizeof *units);
  if (!units) abort();
  units[0] = '#';
  memcpy(units + 1, name->units, name->length * sizeof *units);
  const struct six_name *result = six_name_intern(program, units, name->length + 1);
  if (units != local) free(units);
  return result;
}

static const struct six_name *member_slot_name(const struct six_node *member) { return (const struct six_name *)(const void *)member; }

static void visit_initialiser(struct walk *w, const struct six_class_node *class_, const void *key, bool is_static) {
  struct six_scope *outer = w->scope;
  struct six_func *func = push_func(w, key);
  func->is_strict = true;
  use_pseudo(w, &six_pseudo_this);
  for (uint32_t i = 0; i < class_->members.count; i++) {
    const struct six_node *m = class_->members.items[i];
    bool field = m->property.kind == SIX_PROPERTY_FIELD, block = m->property.kind == SIX_PROPERTY_STATIC_BLOCK;
    bool is_private = !m->property.computed && m->property.key && m->property.key->type == SIX_N_PRIVATE_NAME;
    // Private methods are installed by the initialiser as well.
    if (m->property.is_static != is_static && !(block && is_static)) continue;
    if (is_private) reference(w, six_private_name(w->all->program, m->property.key->name), UINT32_MAX);
    if (!field && !block) {
      if (is_private) reference(w, member_slot_name(m), UINT32_MAX);
      continue;
    }
    if (m->property.computed) reference(w, member_slot_name(m), UINT32_MAX);
    visit(w, m->property.value);
  }
  w->scope = outer;
}

static void visit_class(struct walk *w, const struct six_node *n) {
  struct six_scope *outer = w->scope;
  struct six_class_node *class_ = n->class_;
  struct six_scope *scope = push_scope(w, class_);
  if (class_->id) add_var(w->all, scope, class_->id->name, SIX_VAR_CONST, n->span.end);
  for (uint32_t i = 0; i < class_->members.count; i++) {
    const struct six_node *m = class_->members.items[i];
    const struct six_node *key = m->property.key;
    bool is_private = key && !m->property.computed && key->type == SIX_N_PRIVATE_NAME;
    if (is_private) declare(w, scope, six_private_name(w->all->program, key->name), SIX_VAR_PRIVATE, 0);
    bool method = m->property.kind != SIX_PROPERTY_FIELD && m->property.kind != SIX_PROPERTY_STATIC_BLOCK;
    if ((m->property.computed && m->property.kind == SIX_PROPERTY_FIELD) || (is_private && method)) {
      add_var(w->all, scope, member_slot_name(m), SIX_VAR_PRIVATE, 0);
    }
  }
  visit(w, class_->super);
  visit(w, class_->constructor);
  for (uint32_t i = 0; i < class_->members.count; i++) {
    const struct six_node *m = class_->members.items[i];
    if (m->property.computed) visit(w, m->property.key);
    if (m->property.kind != SIX_PROPERTY_FIELD && m->property.kind != SIX_PROPERTY_STATIC_BLOCK) visit(w, m->property.value);
  }
  visit_initialiser(w, class_, &class_->members, false);
  visit_initialiser(w, class_, &class_->super, true);
  w->scope = outer;
}

// ---- The walk

static void visit_list(struct walk *w, const struct six_nodes *list) {
  for (uint32_t i = 0; i < list->count; i++) visit(w, list->items[i]);
}

static void visit_block(struct walk *w, const struct six_node *n) {
  struct six_scope *outer = w->scope;
  push_scope(w, n);
  declare_lexical(w, &n->list, false);
  visit_list(w, &n->list);
  w->scope = outer;
}

static struct six_scope *push_loop_scope(struct walk *w, const void *key, const struct six_node *head) {
  struct six_scope *scope = push_scope(w, key);
  if (!head || head->type != SIX_N_VAR) return scope;
  struct six_nodes one = {(struct six_node *[]){(struct six_node *)head}, 1};
  declare_lexical(w, &one, true);
  return scope;
}

static void visit_for(struct walk *w, const struct six_node *n) {
  struct six_scope *outer = w->scope;
  if (n->type == SIX_N_FOR) {
    push_loop_scope(w, n, n->for_.init);
    visit(w, n->for_.init);
    visit(w, n->for_.test);
    visit(w, n->for_.update);
    visit(w, n->for_.body);
  } else {
    // The expression after `of` has a scope of its own, where the loop's variables stay in their dead zone (14.7.5.6).
    struct six_scope *head = push_loop_scope(w, &n->for_in.right, n->for_in.left);
    for (uint32_t i = 0; i < head->count; i++) head->vars[i]->declared_end = UINT32_MAX;
    visit(w, n->for_in.right);
    for (uint32_t i = 0; i < head->count; i++) head->is_used |= head->vars[i]->needs_check || head->vars[i]->captured;
    w->scope = outer;
    push_loop_scope(w, n, n->for_in.left);
    visit(w, n->for_in.left);
    visit(w, n->for_in.body);
  }
  w->scope = outer;
}

static void visit_with(struct walk *w, const struct six_node *n) {
  visit(w, n->loop.test);
  struct six_scope *outer = w->scope, *scope = push_scope(w, n);
  scope->dynamic = add_var(w->all, scope, &six_pseudo_with, SIX_VAR_PSEUDO, 0);
  visit(w, n->loop.body);
  w->scope = outer;
}

static void visit_switch(struct walk *w, const struct six_node *n) {
  visit(w, n->switch_.discriminant);
  struct six_scope *outer = w->scope;
  push_scope(w, n)->is_switch = true;
  for (uint32_t i = 0; i < n->switch_.cases.count; i++) declare_lexical(w, &n->switch_.cases.items[i]->case_.body, false);
  for (uint32_t i = 0; i < n->switch_.cases.count; i++) {
    visit(w, n->switch_.cases.items[i]->case_.test);
    visit_list(w, &n->switch_.cases.items[i]->case_.body);
  }
  w->scope = outer;
}

static void visit_try(struct walk *w, const struct six_node *n) {
  visit(w, n->try_.block);
  if (n->try_.handler) {
    struct six_scope *outer = w->scope;
    push_scope(w, &n->try_.param);
    declare_pattern(w, w->scope, n->try_.param, SIX_VAR_CATCH, 0);
    visit(w, n->try_.param);
    visit(w, n->try_.handler);
    w->scope = outer;
  }
  visit(w, n->try_.finalizer);
}

// A left spine (a + b + c ..., f().g().h() ...) is walked by a loop: it may be 100,000 long.
static const struct six_node *left_of(const struct six_node *n) {
  switch (n->type) {
    case SIX_N_BINARY:
    case SIX_N_LOGICAL: return n->binary.left;
    case SIX_N_CALL: return n->call.callee;
    case SIX_N_MEMBER: return n->member.object;
    default: return NULL;
  }
}

static void visit_right(struct walk *w, const struct six_node *n) {
  switch (n->type) {
    case SIX_N_BINARY:
    case SIX_N_LOGICAL: visit(w, n->binary.right); break;
    case SIX_N_CALL:
      visit_list(w, &n->call.arguments);
      if (is_eval(n)) note_eval(w);
      break;
    case SIX_N_MEMBER:
      if (n->member.computed) visit(w, n->member.property);
      else if (n->member.property->type == SIX_N_PRIVATE_NAME) visit(w, n->member.property);
      break;
    default: break;
  }
}

static void visit_spine(struct walk *w, const struct six_node *n) {
  uint32_t depth = 0;
  const struct six_node *left = n;
  while (left_of(left)) {
    depth++;
    left = left_of(left);
  }
  const struct six_node **spine = malloc(depth * sizeof *spine);
  if (!spine) abort();
  for (uint32_t i = depth; i-- > 0; n = left_of(n)) spine[i] = n;
  visit(w, left);
  for (uint32_t i = 0; i < depth; i++) {
    if (left->type == SIX_N_SUPER && i == 0 && spine[0]->type == SIX_N_CALL) {
      use_pseudo(w, &six_pseudo_this);
      use_pseudo(w, &six_pseudo_callee);
      use_pseudo(w, &six_pseudo_new_target);
    }
    visit_right(w, spine[i]);
  }
  free(spine);
}

static void visit(struct walk *w, const struct six_node *n) {
  if (!n) return;
  switch (n->type) {
    case SIX_N_IDENTIFIER: reference(w, n->name, n->span.start); break;
    case SIX_N_PRIVATE_NAME: reference(w, six_private_name(w->all->program, n->name), UINT32_MAX); break;
    case SIX_N_THIS: use_pseudo(w, &six_pseudo_this); break;
    case SIX_N_SUPER:
      use_pseudo(w, &six_pseudo_this);
      use_pseudo(w, &six_pseudo_home);
      break;
    case SIX_N_NEW_TARGET: use_pseudo(w, &six_pseudo_new_target); break;
    case SIX_N_TEMPLATE: visit_list(w, &n->template.expressions); break;
    case SIX_N_TAGGED:
      visit(w, n->tagged.tag);
      visit(w, n->tagged.quasi);
      break;
    case SIX_N_ARRAY:
    case SIX_N_OBJECT:
    case SIX_N_SEQUENCE:
    case SIX_N_ARRAY_PATTERN:
    case SIX_N_OBJECT_PATTERN: visit_list(w, &n->list); break;
    case SIX_N_PROPERTY:
      if (n->property.computed) visit(w, n->property.key);
      visit(w, n->property.value);
      break;
    case SIX_N_FUNCTION:
    case SIX_N_ARROW:
    case SIX_N_FUNCTION_DECL: visit_function(w, n); break;
    case SIX_N_CLASS: visit_class(w, n); break;
    case SIX_N_CLASS_DECL: visit_class(w, n); break;
    case SIX_N_BINARY:
    case SIX_N_LOGICAL:
    case SIX_N_CALL:
    case SIX_N_MEMBER: visit_spine(w, n); break;
    case SIX_N_ASSIGN:
    case SIX_N_DEFAULT:
      visit(w, n->binary.left);
      visit(w, n->binary.right);
      break;
    case SIX_N_CONDITIONAL:
    case SIX_N_IF:
      for (; n && (n->type == SIX_N_IF || n->type == SIX_N_CONDITIONAL); n = n->conditional.alternate) {
        visit(w, n->conditional.test);
        visit(w, n->conditional.consequent);
      }
      visit(w, n);
      break;
    case SIX_N_NEW:
      visit(w, n->call.callee);
      visit_list(w, &n->call.arguments);
      break;
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
    case SIX_N_EXPORT_DEFAULT: visit(w, n->unary.argument); break;
    case SIX_N_VAR: visit_list(w, &n->declaration.declarators); break;
    case SIX_N_BLOCK: visit_block(w, n); break;
    case SIX_N_FOR:
    case SIX_N_FOR_IN:
    case SIX_N_FOR_OF: visit_for(w, n); break;
    case SIX_N_WHILE:
    case SIX_N_DO_WHILE:
      visit(w, n->loop.test);
      visit(w, n->loop.body);
      break;
    case SIX_N_TRY: visit_try(w, n); break;
    case SIX_N_SWITCH: visit_switch(w, n); break;
    case SIX_N_WITH: visit_with(w, n); break;
    case SIX_N_LABELED: visit(w, n->labeled.body); break;
    case SIX_N_EXPORT_NAMED: visit(w, n->export_.declaration); break;
    default: break;
  }
}

static const char *const module_params[] = {"exports", "require", "module", "__filename", "__dirname"};

// Exported bindings are live: they stay in the module's environment, where importers find them.
static void capture_module_variables(struct six_scope *top) {
  for (uint32_t i = 0; i < top->count; i++) {
    if (top->vars[i]->kind == SIX_VAR_PSEUDO) continue;
    top->vars[i]->captured = true;
    top->has_env = true;
  }
}

struct six_scope *six_scope_outside(struct six_scopes *scopes, struct six_scope *parent, bool is_function, bool is_arrow) {
  struct six_scope *scope = six_arena_alloc(&scopes->arena, sizeof *scope);
  scope->parent = parent;
  scope->func = parent ? parent->func : NULL;
  scope->env_reg = 0xFFFF;
  if (!is_function && parent) return scope;
  struct six_func *func = scope->func = six_arena_alloc(&scopes->arena, sizeof *func);
  func->parent = parent ? parent->func : NULL;
  func->top = func->body = scope;
  func->is_arrow = is_arrow;
  func->is_outside = true;
  return scope;
}

struct six_var *six_scope_outside_var(struct six_scopes *scopes, struct six_scope *scope, const struct six_name *name,
                                      enum six_var_kind kind, uint32_t slot) {
  struct six_var *var = add_var(scopes, scope, name, kind, 0);
  var->captured = true;
  var->slot = slot;
  scope->has_env = true;
  return var;
}

// The text of an eval: an arrow function of its own, but that a sloppy one's vars go to the function around it.
static void build_eval(struct walk *w, struct six_program *program) {
  struct six_func *func = w->scope->func;
  func->is_arrow = func->is_eval = true;
  if (!func->is_strict) w->all->eval_vars = six_arena_alloc(&w->all->arena, sizeof *w->all->eval_vars);
  hoist_list(w, func->is_strict ? func->top : w->all->eval_vars, &program->body);
}

void six_scopes_build(struct six_scopes *scopes, struct six_program *program, struct six_scope *outside) {
  struct walk w = {.all = scopes, .scope = outside};
  scopes->program = program;
  struct six_func *func = push_func(&w, program);
  scopes->main = func;
  func->is_strict = program->is_strict;
  if (program->kind == SIX_SOURCE_SCRIPT) {
    for (int i = 0; i < 5; i++) {
      declare(&w, func->top, six_name_intern_utf8(program, module_params[i], strlen(module_params[i])), SIX_VAR_PARAM, 0);
    }
  }
  if (program->kind == SIX_SOURCE_EVAL) build_eval(&w, program);
  else hoist_list(&w, func->top, &program->body);
  declare_lexical(&w, &program->body, true);
  visit_list(&w, &program->body);
  capture_for_evals(scopes);
  if (program->kind == SIX_SOURCE_MODULE) capture_module_variables(func->top);
}

void six_scopes_done(struct six_scopes *scopes) {
  six_arena_done(&scopes->arena);
  free(scopes->eval_sites);
  free(scopes->map);
}
