#include "sim/machine/module.h"

#include <stdlib.h>

#include "sim/machine/classes.h"
#include "sim/machine/interp.h"

const struct six_module_info *six_module_info(const struct six_object *main_function) {
  return ((const struct six_function *)main_function)->code->module;
}

bool six_module_open(struct six_machine *m, struct six_object *main_function, struct six_module_instance *instance) {
  six_value env = six_call(m, six_object_value(main_function), SIX_UNDEFINED, 0, NULL);
  if (six_is_exception(env)) return false;
  instance->env = env;
  instance->coroutine = six_take_exception(m);  // INITIAL_YIELD hands it over this way
  struct six_coroutine *co = six_as_pointer(instance->coroutine);
  instance->promise = six_object_value(co->result);
  return true;
}

static struct six_env *env_of(six_value v) { return six_as_pointer(v); }

void six_module_bind(six_value env, uint32_t slot, six_value target_env, uint32_t target_slot) {
  env_of(env)->slots[slot] = target_env;
  env_of(env)->slots[slot + 1] = six_int((int32_t)target_slot);
}

six_value six_module_env_new(struct six_machine *m, uint32_t count) {
  struct six_env *env = six_cell_new(m, SIX_CELL_ENV, sizeof *env + count * sizeof env->slots[0]);
  env->count = count;
  for (uint32_t i = 0; i < count; i++) env->slots[i] = SIX_EMPTY;
  return six_tagged(SIX_TAG_OBJECT, env);
}

six_value six_module_get(six_value env, uint32_t slot) { return env_of(env)->slots[slot]; }
void six_module_set(six_value env, uint32_t slot, six_value v) { env_of(env)->slots[slot] = v; }

six_value six_module_evaluate(struct six_machine *m, struct six_module_instance *instance) {
  six_resume(m, six_as_pointer(instance->coroutine), SIX_UNDEFINED, 0);
  return m->stop ? SIX_EXCEPTION : instance->promise;
}

// ---- Namespaces. The bindings are in one block: name, environment, slot, and so on.

struct six_namespace {
  struct six_object object;
  struct six_values *bindings;
};

void six_namespace_mark(struct six_machine *m, struct six_object *o) {
  six_mark_cell(m, (struct six_cell *)((struct six_namespace *)o)->bindings);
}

static six_value *find(struct six_object *o, six_key key) {
  struct six_values *b = ((struct six_namespace *)o)->bindings;
  for (uint32_t i = 0; i < b->count; i += 3) {
    if (b->items[i] == key) return &b->items[i];
  }
  return NULL;
}

static six_value read_binding(struct six_machine *m, const six_value *binding) {
  six_value v = six_module_get(binding[1], (uint32_t)six_as_int(binding[2]));
  if (v != SIX_EMPTY) return v;
  struct six_text text = {0};
  six_describe_key(m, binding[0], &text);
  six_throw_reference(m, "Cannot access '%s' before initialization", text.bytes ? text.bytes : "");
  six_text_done(&text);
  return SIX_EXCEPTION;
}

static int namespace_get_own(struct six_machine *m, struct six_object *o, six_key key, struct six_descriptor *out) {
  six_value *binding = find(o, key);
  if (!binding) return six_ordinary_get_own(m, o, key, out);
  six_value v = read_binding(m, binding);
  if (six_is_exception(v)) return -1;
  *out = (struct six_descriptor){.attrs = SIX_WRITABLE | SIX_ENUMERABLE, .has = SIX_DATA_ALL | SIX_HAS_VALUE, .value = v};
  return 1;
}

static int namespace_has(struct six_machine *m, struct six_object *o, six_key key) {
  return find(o, key) ? 1 : six_ordinary_has(m, o, key);
}

static six_value namespace_get(struct six_machine *m, struct six_object *o, six_key key, six_value receiver) {
  six_value *binding = find(o, key);
  return binding ? read_binding(m, binding) : six_ordinary_get(m, o, key, receiver);
}

static int refuse(struct six_machine *m, const char *what, six_key key, bool throws) {
  if (!throws) return 0;
  struct six_text text = {0};
  six_describe_key(m, key, &text);
  six_throw_type(m, "Cannot %s property '%s' of object '[object Module]'", what, text.bytes ? text.bytes : "");
  six_text_done(&text);
  return -1;
}

static int namespace_set(struct six_machine *m, struct six_object *o, six_key key, six_value v, six_value receiver, bool throws) {
  (void)v;
  (void)receiver;
  return refuse(m, find(o, key) ? "assign to read only" : "add", key, throws);
}
static int namespace_define(struct six_machine *m, struct six_object *o, six_key key, const struct six_descriptor *d, bool throws) {
  (void)o;
  (void)d;
  return refuse(m, "redefine", key, throws);
}
static int namespace_delete(struct six_machine *m, struct six_object *o, six_key key, bool throws) {
  return find(o, key) ? refuse(m, "delete", key, throws) : 1;
}

static struct six_values *namespace_keys(struct six_machine *m, struct six_object *o) {
  struct six_values *b = ((struct six_namespace *)o)->bindings, *keys = six_values_new(m, b->count / 3 + 1);
  for (uint32_t i = 0; i < b->count; i += 3) keys->items[keys->count++] = b->items[i];
  keys->items[keys->count++] = SIX_SYMBOL(m, toStringTag);
  return keys;
}

const struct six_exotic six_namespace_exotic = {
    .get_own = namespace_get_own,
    .define = namespace_define,
    .has = namespace_has,
    .delete_ = namespace_delete,
    .get = namespace_get,
    .set = namespace_set,
    .keys = namespace_keys,
};

struct six_object *six_namespace_new(struct six_machine *m, const six_value *names, const six_value *envs, const uint32_t *slots,
                                     uint32_t count) {
  struct six_namespace *ns = (struct six_namespace *)six_object_new_class(m, SIX_CLASS_NAMESPACE, sizeof *ns, NULL);
  ns->bindings = six_values_new(m, count * 3);
  for (uint32_t i = 0; i < count; i++) {  // insertion sort: namespaces are small
    uint32_t at = ns->bindings->count;
    six_value *items = ns->bindings->items;
    for (; at > 0 && six_string_compare(m, six_as_string(items[at - 3]), six_as_string(names[i])) > 0; at -= 3)
      memcpy(&items[at], &items[at - 3], 3 * sizeof *items);
    items[at] = names[i];
    items[at + 1] = envs[i];
    items[at + 2] = six_int((int32_t)slots[i]);
    ns->bindings->count += 3;
  }
  six_define(m, &ns->object, SIX_SYMBOL(m, toStringTag), six_str(m, "Module"), 0);
  ns->object.cell.flags |= SIX_OBJECT_EXOTIC | SIX_OBJECT_NOT_EXTENSIBLE;
  return &ns->object;
}
