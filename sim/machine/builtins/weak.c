// machine: WeakMap, WeakSet, WeakRef and FinalizationRegistry (ECMA-262 24.3, 24.4, 26.1, 26.2).
//
// The run is far too short for V8 to let go of a WeakRef's target, and cleanup callbacks are never promised: here a
// WeakRef keeps its target and no registry calls back. Weak collections do let go of their entries.
#include "sim/machine/builtins/builtin.h"
#include "sim/machine/builtins/collections.h"
#include "sim/machine/classes.h"

static struct six_table *table_of(struct six_object *o) { return &((struct six_collection *)o)->table; }

void six_weak_map_release(struct six_machine *m, struct six_object *o) { six_table_release(m, table_of(o)); }

void six_weak_set_release(struct six_machine *m, struct six_object *o) { six_table_release(m, table_of(o)); }

void six_finalization_registry_release(struct six_machine *m, struct six_object *o) { six_table_release(m, table_of(o)); }

void six_weak_ref_mark(struct six_machine *m, struct six_object *o) { six_mark_value(m, ((struct six_boxed *)o)->value); }

// ---- The collector's part

static void process_table(struct six_machine *m, struct six_table *t, bool final) {
  for (uint32_t i = t->first; i < t->used; i++) {
    if (t->entries[i].key == SIX_EMPTY) continue;
    if (six_is_marked(m, t->entries[i].key)) {
      if (!final) six_mark_value(m, t->entries[i].value);
    } else if (final) {
      six_table_drop(t, i);
    }
  }
}

void six_weak_process(struct six_machine *m, bool final) {
  size_t count;
  struct six_object **list = six_weak_list(m, &count);
  for (size_t i = 0; i < count; i++) {
    if (list[i]->cell.class_ != SIX_CLASS_WEAK_REF) process_table(m, table_of(list[i]), final);
  }
}

// CanBeHeldWeakly (9.14).
static bool can_be_weak(six_value v) { return six_is_object(v) || (six_is_symbol(v) && !six_as_symbol(v)->is_registered); }

static struct six_table *this_table(struct six_machine *m, const struct six_args *a, enum six_class class_, const char *method) {
  struct six_object *o = six_this_of(m, a, class_, method);
  return o ? table_of(o) : NULL;
}

static struct six_object *made(struct six_machine *m, const struct six_args *a, enum six_class class_, enum six_intrinsic_id proto_id) {
  struct six_object *proto = six_prototype_for(m, a, six_intrinsic(m, proto_id));
  return proto ? six_object_new_class(m, class_, sizeof(struct six_collection), proto) : NULL;
}

// ---- WeakMap

static six_value weak_map_get(struct six_machine *m, const struct six_args *a) {
  struct six_table *t = this_table(m, a, SIX_CLASS_WEAK_MAP, "WeakMap.prototype.get");
  if (!t) return SIX_EXCEPTION;
  struct six_entry *entry = six_table_find(m, t, six_arg(a, 0));
  return entry ? entry->value : SIX_UNDEFINED;
}

static six_value weak_map_set(struct six_machine *m, const struct six_args *a) {
  struct six_table *t = this_table(m, a, SIX_CLASS_WEAK_MAP, "WeakMap.prototype.set");
  if (!t) return SIX_EXCEPTION;
  if (!can_be_weak(six_arg(a, 0))) return six_throw_type(m, "Invalid value used as weak map key");
  six_table_set(m, t, a->argv[0], six_arg(a, 1));
  return a->this_value;
}

static six_value weak_map_has(struct six_machine *m, const struct six_args *a) {
  struct six_table *t = this_table(m, a, SIX_CLASS_WEAK_MAP, "WeakMap.prototype.has");
  return t ? six_boolean(six_table_find(m, t, six_arg(a, 0)) != NULL) : SIX_EXCEPTION;
}

static six_value weak_map_delete(struct six_machine *m, const struct six_args *a) {
  struct six_table *t = this_table(m, a, SIX_CLASS_WEAK_MAP, "WeakMap.prototype.delete");
  return t ? six_boolean(six_table_delete(m, t, six_arg(a, 0))) : SIX_EXCEPTION;
}

static six_value weak_map_constructor(struct six_machine *m, const struct six_args *a) {
  if (six_is_undefined(a->new_target)) return six_throw_type(m, "Constructor WeakMap requires 'new'");
  struct six_object *o = made(m, a, SIX_CLASS_WEAK_MAP, SIX_I_WeakMapPrototype);
  return o && six_collection_fill(m, o, six_arg(a, 0), true, NULL) ? six_object_value(o) : SIX_EXCEPTION;
}

static six_value weak_map_get_or_insert(struct six_machine *m, const struct six_args *a) {
  struct six_table *t = this_table(m, a, SIX_CLASS_WEAK_MAP, "WeakMap.prototype.getOrInsert");
  if (!t) return SIX_EXCEPTION;
  if (!can_be_weak(six_arg(a, 0))) return six_throw_type(m, "Invalid value used as weak map key");
  const struct six_entry *entry = six_table_find(m, t, a->argv[0]);
  if (entry) return entry->value;
  six_table_set(m, t, a->argv[0], six_arg(a, 1));
  return six_arg(a, 1);
}

static six_value weak_map_get_or_insert_computed(struct six_machine *m, const struct six_args *a) {
  struct six_table *t = this_table(m, a, SIX_CLASS_WEAK_MAP, "WeakMap.prototype.getOrInsertComputed");
  if (!t) return SIX_EXCEPTION;
  if (!can_be_weak(six_arg(a, 0))) return six_throw_type(m, "Invalid value used as weak map key");
  if (!six_is_callable(six_arg(a, 1))) return six_throw_type(m, "WeakMap.prototype.getOrInsertComputed is not a function");
  const struct six_entry *entry = six_table_find(m, t, a->argv[0]);
  if (entry) return entry->value;
  six_value v = six_call(m, a->argv[1], SIX_UNDEFINED, 1, a->argv);
  if (!six_is_exception(v)) six_table_set(m, t, a->argv[0], v);
  return v;
}

// ---- WeakSet

static six_value weak_set_add(struct six_machine *m, const struct six_args *a) {
  struct six_table *t = this_table(m, a, SIX_CLASS_WEAK_SET, "WeakSet.prototype.add");
  if (!t) return SIX_EXCEPTION;
  if (!can_be_weak(six_arg(a, 0))) return six_throw_type(m, "Invalid value used in weak set");
  six_table_set(m, t, a->argv[0], SIX_TRUE);
  return a->this_value;
}

static six_value weak_set_has(struct six_machine *m, const struct six_args *a) {
  struct six_table *t = this_table(m, a, SIX_CLASS_WEAK_SET, "WeakSet.prototype.has");
  return t ? six_boolean(six_table_find(m, t, six_arg(a, 0)) != NULL) : SIX_EXCEPTION;
}

static six_value weak_set_delete(struct six_machine *m, const struct six_args *a) {
  struct six_table *t = this_table(m, a, SIX_CLASS_WEAK_SET, "WeakSet.prototype.delete");
  return t ? six_boolean(six_table_delete(m, t, six_arg(a, 0))) : SIX_EXCEPTION;
}

static six_value weak_set_constructor(struct six_machine *m, const struct six_args *a) {
  if (six_is_undefined(a->new_target)) return six_throw_type(m, "Constructor WeakSet requires 'new'");
  struct six_object *o = made(m, a, SIX_CLASS_WEAK_SET, SIX_I_WeakSetPrototype);
  return o && six_collection_fill(m, o, six_arg(a, 0), false, NULL) ? six_object_value(o) : SIX_EXCEPTION;
}

// ---- WeakRef

static six_value weak_ref_constructor(struct six_machine *m, const struct six_args *a) {
  if (six_is_undefined(a->new_target)) return six_throw_type(m, "Constructor WeakRef requires 'new'");
  if (!can_be_weak(six_arg(a, 0))) return six_throw_type(m, "WeakRef: invalid target");
  struct six_object *proto = six_prototype_for(m, a, six_intrinsic(m, SIX_I_WeakRefPrototype));
  if (!proto) return SIX_EXCEPTION;
  struct six_boxed *ref = (struct six_boxed *)six_object_new_class(m, SIX_CLASS_WEAK_REF, sizeof *ref, proto);
  ref->value = a->argv[0];
  return six_object_value(&ref->object);
}

static six_value weak_ref_deref(struct six_machine *m, const struct six_args *a) {
  struct six_boxed *ref = six_this_of(m, a, SIX_CLASS_WEAK_REF, "WeakRef.prototype.deref");
  return ref ? ref->value : SIX_EXCEPTION;
}

// ---- FinalizationRegistry: keeps the unregister tokens only

static six_value registry_constructor(struct six_machine *m, const struct six_args *a) {
  if (six_is_undefined(a->new_target)) return six_throw_type(m, "Constructor FinalizationRegistry requires 'new'");
  if (!six_is_callable(six_arg(a, 0))) return six_throw_type(m, "FinalizationRegistry: cleanup must be callable");
  struct six_object *o = made(m, a, SIX_CLASS_FINALIZATION_REGISTRY, SIX_I_FinalizationRegistryPrototype);
  return o ? six_object_value(o) : SIX_EXCEPTION;
}

static six_value registry_register(struct six_machine *m, const struct six_args *a) {
  struct six_table *t = this_table(m, a, SIX_CLASS_FINALIZATION_REGISTRY, "FinalizationRegistry.prototype.register");
  if (!t) return SIX_EXCEPTION;
  six_value target = six_arg(a, 0), token = six_arg(a, 2);
  if (!can_be_weak(target)) return six_throw_type(m, "FinalizationRegistry.prototype.register: invalid target");
  if (six_same_value(m, target, six_arg(a, 1))) {
    return six_throw_type(m, "FinalizationRegistry.prototype.register: target and holdings must not be same");
  }
  if (can_be_weak(token)) {
    six_table_set(m, t, token, SIX_TRUE);
  } else if (!six_is_undefined(token)) {
    return six_throw_type_about(m, "Invalid unregisterToken ('", token, "')");
  }
  return SIX_UNDEFINED;
}

static six_value registry_unregister(struct six_machine *m, const struct six_args *a) {
  struct six_table *t = this_table(m, a, SIX_CLASS_FINALIZATION_REGISTRY, "FinalizationRegistry.prototype.unregister");
  if (!t) return SIX_EXCEPTION;
  if (!can_be_weak(six_arg(a, 0))) return six_throw_type_about(m, "Invalid unregisterToken ('", six_arg(a, 0), "')");
  return six_boolean(six_table_delete(m, t, a->argv[0]));
}

// ---- Making the intrinsics

static const struct six_native_def weak_map_methods[] = {
    {"delete", weak_map_delete, 1, 0},
    {"get", weak_map_get, 1, 0},
    {"set", weak_map_set, 2, 0},
    {"getOrInsert", weak_map_get_or_insert, 2, 0},
    {"getOrInsertComputed", weak_map_get_or_insert_computed, 2, 0},
    {"has", weak_map_has, 1, 0},
};

static const struct six_native_def weak_set_methods[] = {
    {"delete", weak_set_delete, 1, 0},
    {"has", weak_set_has, 1, 0},
    {"add", weak_set_add, 1, 0},
};

static const struct six_native_def weak_ref_methods[] = {{"deref", weak_ref_deref, 0, 0}};

static const struct six_native_def registry_methods[] = {
    {"register", registry_register, 2, 0},
    {"unregister", registry_unregister, 1, 0},
};

static void make_kind(struct six_machine *m, const char *name, int prototype_id, six_native *native, int length,
                      const struct six_native_def *rows, size_t count) {
  struct six_object *proto = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  m->intrinsics[prototype_id] = proto;
  m->intrinsics[prototype_id + 1] = six_constructor_new(m, name, native, length, proto);
  six_define_natives(m, proto, rows, count);
  six_define_tag(m, proto, name);
}

void six_init_weak(struct six_machine *m) {
  make_kind(m, "WeakMap", SIX_I_WeakMapPrototype, weak_map_constructor, 0, weak_map_methods, SIX_COUNT(weak_map_methods));
  make_kind(m, "WeakSet", SIX_I_WeakSetPrototype, weak_set_constructor, 0, weak_set_methods, SIX_COUNT(weak_set_methods));
  make_kind(m, "WeakRef", SIX_I_WeakRefPrototype, weak_ref_constructor, 1, weak_ref_methods, SIX_COUNT(weak_ref_methods));
  make_kind(m, "FinalizationRegistry", SIX_I_FinalizationRegistryPrototype, registry_constructor, 1, registry_methods,
            SIX_COUNT(registry_methods));
}
