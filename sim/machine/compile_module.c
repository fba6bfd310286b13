// The compiler: a module's imports and exports as data (16.2.1.6), with the slots of its environment.
#include "sim/machine/compile.h"
#include "sim/machine/module.h"

#include <stdlib.h>

struct collect {
  struct comp *c;
  struct six_module_info *info;
};

static void *grow(void *items, uint32_t count, size_t size) {  // by doubling at powers of two
  if (count & (count - 1)) return items;
  void *grown = realloc(items, (count ? count * 2 : 1) * size);
  if (!grown) abort();
  return grown;
}

static void request(struct collect *k, const struct six_name *from) {
  for (uint32_t i = 0; i < k->info->request_count; i++) {
    if (k->info->requests[i] == from) return;
  }
  k->info->requests = grow(k->info->requests, k->info->request_count, sizeof *k->info->requests);
  k->info->requests[k->info->request_count++] = from;
}

static uint32_t slot_of(struct collect *k, const struct six_name *local) {
  struct six_var *var = six_scope_find(k->c->func->top, local);
  return var ? var->slot : UINT32_MAX;
}

static bool is_import(struct collect *k, const struct six_name *local) {
  struct six_var *var = six_scope_find(k->c->func->top, local);
  return var && var->kind == SIX_VAR_IMPORT;
}

static void add_export(struct collect *k, struct six_module_export e) {
  k->info->exports = grow(k->info->exports, k->info->export_count, sizeof *k->info->exports);
  k->info->exports[k->info->export_count++] = e;
}

static void export_local(struct collect *k, const struct six_name *name, const struct six_name *local) {
  if (is_import(k, local)) {  // re-exported by name: it is the other module's binding
    for (uint32_t i = 0; i < k->info->import_count; i++) {
      if (k->info->imports[i].slot != slot_of(k, local)) continue;
      add_export(k, (struct six_module_export){name, k->info->imports[i].from, k->info->imports[i].external, 0});
      return;
    }
  }
  add_export(k, (struct six_module_export){name, NULL, NULL, slot_of(k, local)});
}

static void export_pattern(struct collect *k, const struct six_node *n) {
  if (!n) return;
  switch (n->type) {
    case SIX_N_IDENTIFIER: export_local(k, n->name, n->name); break;
    case SIX_N_DEFAULT: export_pattern(k, n->binary.left); break;
    case SIX_N_REST: export_pattern(k, n->unary.argument); break;
    case SIX_N_PROPERTY: export_pattern(k, n->property.value); break;
    case SIX_N_ARRAY_PATTERN:
    case SIX_N_OBJECT_PATTERN:
      for (uint32_t i = 0; i < n->list.count; i++) export_pattern(k, n->list.items[i]);
      break;
    default: break;
  }
}

static void export_declaration(struct collect *k, const struct six_node *d) {
  if (d->type == SIX_N_VAR) {
    for (uint32_t i = 0; i < d->declaration.declarators.count; i++) export_pattern(k, d->declaration.declarators.items[i]);
  } else {
    const struct six_name *name = d->type == SIX_N_CLASS_DECL ? d->class_->id->name : d->function->id->name;
    export_local(k, name, name);
  }
}

static void collect_imports(struct collect *k, const struct six_node *n) {
  request(k, n->import.from);
  for (uint32_t i = 0; i < n->import.specifiers.count; i++) {
    const struct six_node *s = n->import.specifiers.items[i];
    k->info->imports = grow(k->info->imports, k->info->import_count, sizeof *k->info->imports);
    k->info->imports[k->info->import_count++] =
        (struct six_module_import){n->import.from, s->specifier.external, slot_of(k, s->specifier.local)};
  }
}

static void collect_exports(struct collect *k, const struct six_node *n) {
  if (n->type == SIX_N_EXPORT_ALL) {
    const struct six_name *name = n->export_.specifiers.count ? n->export_.specifiers.items[0]->specifier.external : NULL;
    add_export(k, (struct six_module_export){name, n->export_.from, NULL, 0});
  } else if (n->type == SIX_N_EXPORT_DEFAULT) {
    const struct six_node *d = n->unary.argument;
    const struct six_name *local = d->type == SIX_N_FUNCTION_DECL && d->function->id ? d->function->id->name
                                   : d->type == SIX_N_CLASS_DECL && d->class_->id
                                       ? d->class_->id->name
                                       : six_name_intern_utf8(k->c->all->program, "*default*", 9);
    export_local(k, six_name_intern_utf8(k->c->all->program, "default", 7), local);
  } else if (n->type == SIX_N_EXPORT_NAMED) {
    if (n->export_.declaration) export_declaration(k, n->export_.declaration);
    for (uint32_t i = 0; i < n->export_.specifiers.count; i++) {
      const struct six_node *s = n->export_.specifiers.items[i];
      if (n->export_.from) add_export(k, (struct six_module_export){s->specifier.external, n->export_.from, s->specifier.local, 0});
      else export_local(k, s->specifier.external, s->specifier.local);
    }
  }
}

void compile_module_info(struct comp *c, const struct six_nodes *body) {
  struct collect k = {c, calloc(1, sizeof *k.info)};
  if (!k.info) abort();
  c->code->module = k.info;
  for (uint32_t i = 0; i < body->count; i++) {
    const struct six_node *n = body->items[i];
    if (n->type == SIX_N_IMPORT) collect_imports(&k, n);
    if ((n->type == SIX_N_EXPORT_NAMED || n->type == SIX_N_EXPORT_ALL) && n->export_.from) request(&k, n->export_.from);
  }
  for (uint32_t i = 0; i < body->count; i++) collect_exports(&k, body->items[i]);
}
