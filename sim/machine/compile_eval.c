// The compiler: direct evals, the text of an eval, and with statements. See eval.h.
#include "sim/machine/compile.h"
#include "sim/machine/eval.h"

#include <stdlib.h>

void with_statement(struct comp *c, const struct six_node *n) {
  uint32_t saved = c->next_reg;
  uint16_t object = temp(c);
  expr(c, n->loop.test, object);
  emit(c, n->loop.test, SIX_OPCODE_TO_OBJECT, object, 0, 0);
  struct six_scope *scope = six_scope_at(&c->all->scopes, n);
  uint32_t inside = c->next_reg;
  open_scope(c, n, scope);
  store_dynamic(c, n, scope, object);
  stmt(c, n->loop.body);
  close_scope(c, inside);
  c->next_reg = saved;
}

// ---- Sites

bool is_direct_eval(struct comp *c, const struct six_node *call) {
  const struct six_node *callee = call->call.callee;
  return !call->call.optional && callee->type == SIX_N_IDENTIFIER &&
         atom_of(c, callee->name) == six_string_value(six_intern_ascii(c->all->m, "eval", true));
}

static bool is_pseudo(const struct six_var *var) { return var->kind == SIX_VAR_PSEUDO; }

static void describe_scope(struct comp *c, const struct six_scope *s, struct six_eval_scope *out) {
  out->has_env = s->has_env;
  out->is_function = s == s->func->top;
  out->is_arrow = s->func->is_arrow;
  out->is_eval = s->func->is_eval;
  out->vars = calloc(s->count + 1, sizeof *out->vars);
  if (!out->vars) abort();
  for (uint32_t i = 0; i < s->count; i++) {
    const struct six_var *var = s->vars[i];
    if (var->kind == SIX_VAR_PRIVATE) continue;  // the text cannot name them
    out->vars[out->count++] = (struct six_eval_var){.name = is_pseudo(var) ? SIX_UNDEFINED : atom_of(c, var->name),
                                                    .pseudo = is_pseudo(var) ? var->name : NULL,
                                                    .slot = var->slot,
                                                    .kind = var->kind,
                                                    .needs_check = var->needs_check,
                                                    .is_dynamic = s->dynamic == var};
  }
}

// What the text may say depends on the function that has a `this`.
static struct six_eval_context context_of(struct comp *c) {
  const struct six_func *func = c->func;
  while (func->is_arrow && func->parent) func = func->parent;
  struct six_eval_context context = {0};
  if (func->is_outside && c->all->site) context = c->all->site->context;
  else if (func->node) {
    context.allows_new_target = true;
    context.allows_super_property = func->node->is_method || func->node->is_constructor;
    context.allows_super_call = func->is_derived_constructor;
  } else if (func->parent) {  // a class's fields
    context.allows_new_target = context.allows_super_property = context.in_field = true;
  } else {
    context.allows_new_target = c->all->program->kind == SIX_SOURCE_SCRIPT;
  }
  context.is_strict = c->func->is_strict;
  return context;
}

uint32_t eval_site(struct comp *c) {
  struct six_eval_site *site = calloc(1, sizeof *site);
  if (!site) abort();
  uint32_t count = 0;
  for (const struct six_scope *s = c->scope; s; s = s->parent) count++;
  site->scopes = calloc(count, sizeof *site->scopes);
  if (!site->scopes) abort();
  for (const struct six_scope *s = c->scope; s; s = s->parent) describe_scope(c, s, &site->scopes[site->count++]);
  site->context = context_of(c);
  struct six_code *code = c->code;
  code->eval_sites = realloc(code->eval_sites, (code->eval_site_count + 1) * sizeof(struct six_eval_site *));
  if (!code->eval_sites) abort();
  code->eval_sites[code->eval_site_count] = site;
  return code->eval_site_count++;
}

// ---- Texts

static const struct six_name *name_of(struct compilation *all, six_value atom) {
  struct six_string *text = six_string_flat(all->m, six_as_string(atom));
  uint16_t *units = malloc((text->length + 1) * sizeof *units);
  if (!units) abort();
  for (uint32_t i = 0; i < text->length; i++) units[i] = six_string_unit(text, i);
  const struct six_name *name = six_name_intern(all->program, units, text->length);
  free(units);
  return name;
}

static struct six_scope *outside_of(struct compilation *all) {
  struct six_scope *scope = NULL;
  for (uint32_t i = all->site ? all->site->count : 0; i-- > 0;) {
    const struct six_eval_scope *from = &all->site->scopes[i];
    scope = six_scope_outside(&all->scopes, scope, from->is_function, from->is_arrow);
    scope->has_env = from->has_env;
    scope->func->is_eval |= from->is_eval;
    for (uint32_t k = 0; k < from->count; k++) {
      const struct six_eval_var *v = &from->vars[k];
      const struct six_name *name = six_is_string(v->name) ? name_of(all, v->name) : v->pseudo;
      struct six_var *var = six_scope_outside_var(&all->scopes, scope, name, (enum six_var_kind)v->kind, v->slot);
      var->needs_check = v->needs_check;
      if (v->is_dynamic) scope->dynamic = var;
    }
  }
  return scope;
}

// EvalDeclarationInstantiation's search (19.2.1.3): whether the function around the eval has the variable. A lexical one
// of the name on the way is an error.
static bool has_variable(struct comp *c, const struct six_name *name, bool *clash) {
  for (struct six_scope *s = c->func->top->parent; s; s = s->parent) {
    const struct six_var *var = six_scope_find(s, name);
    bool lexical = var && ((var->kind >= SIX_VAR_LET && var->kind <= SIX_VAR_CLASS) || var->kind == SIX_VAR_IMPORT);
    *clash |= lexical;
    if (lexical) return true;
    if (var && var->kind != SIX_VAR_CATCH && var->kind != SIX_VAR_FUNCTION_NAME) return true;
    if (s == s->func->top && !s->func->is_eval) return false;
  }
  return false;
}

// The scope that keeps the variables which evals add.
static struct six_scope *vars_scope(struct comp *c) {
  struct six_scope *s = c->func->top->parent;
  while (s && !(s->dynamic && s->dynamic->name == &six_pseudo_eval)) s = s->parent;
  return s;
}

static void declare_vars(struct comp *c, const struct six_scope *vars) {
  uint32_t saved = c->next_reg;
  uint16_t object = temp(c);
  bool is_global = !c->func->top->parent, made = false;
  for (uint32_t i = 0; i < vars->count; i++) {
    bool clash = false;
    if (has_variable(c, vars->vars[i]->name, &clash)) {
      struct six_text name = {0};
      six_describe_key(c->all->m, key_of(c, vars->vars[i]->name), &name);
      if (clash)
        six_fail(c->all->diag, SIX_STATUS_DATA, (struct six_span){0, 0}, "SyntaxError: Identifier '%s' has already been declared",
                 name.bytes);
      six_text_done(&name);
      continue;
    }
    if (!made && !is_global) load_pseudo(c, NULL, &six_pseudo_eval, object);
    if (!made) emit(c, NULL, SIX_OPCODE_SCOPE_VARS, object, is_global, 0);
    if (!made && !is_global) store_dynamic(c, NULL, vars_scope(c), object);
    made = true;
    emit(c, NULL, SIX_OPCODE_SCOPE_DECLARE, object, 0, constant(c, atom_of(c, vars->vars[i]->name)));
  }
  c->next_reg = saved;
}

// Functions that go to the function around the eval: they are found there like any name.
static void hoist_added(struct comp *c, const struct six_nodes *list) {
  for (uint32_t i = 0; i < list->count; i++) {
    const struct six_node *n = list->items[i];
    while (n && n->type == SIX_N_LABELED) n = n->labeled.body;
    if (!n || n->type != SIX_N_FUNCTION_DECL) continue;
    uint16_t reg = temp(c);
    closure(c, n, reg, n->function->id->name);
    store_name(c, n, n->function->id->name, reg, STORE_ASSIGN);
    c->next_reg--;
  }
}

struct six_code *six_compile_eval(struct six_machine *m, struct six_program *program, uint32_t unit, const struct six_eval_site *site,
                                  struct six_diag *diag) {
  struct compilation all = {.m = m, .program = program, .unit = unit, .diag = diag, .site = site};
  struct six_scope *outside = outside_of(&all);
  six_scopes_build(&all.scopes, program, outside);
  struct comp *c = comp_new(&all, NULL, all.scopes.main, NULL);
  struct six_code *code = c->code;
  code->is_eval = true;
  code->name = six_string_value(six_intern_ascii(m, "eval", true));
  c->scope = outside;
  struct six_nodes none = {0};
  enter_function(c, NULL, &none);
  c->completion = temp(c);
  emit(c, NULL, SIX_OPCODE_LOADS, c->completion, 0, 0);
  if (all.scopes.eval_vars) declare_vars(c, all.scopes.eval_vars);
  if (all.scopes.eval_vars) hoist_added(c, &program->body);
  else hoist_functions(c, &program->body);
  stmts(c, &program->body);
  emit(c, NULL, SIX_OPCODE_RETURN, c->completion, 0, 0);
  comp_finish(c);
  six_scopes_done(&all.scopes);
  free(all.atoms);
  return diag->message[0] ? NULL : code;
}
