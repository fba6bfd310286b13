// machine: Reflect (ECMA-262 28.1).
#include "sim/machine/builtins/builtin.h"

// The target argument, or NULL and TypeError "Reflect.get called on non-object".
static struct six_object *target_of(struct six_machine *m, const struct six_args *a, const char *method) {
  if (six_is_object(six_arg(a, 0))) return six_as_object(a->argv[0]);
  six_throw_type(m, "Reflect.%s called on non-object", method);
  return NULL;
}

// The target and the key in argument 1, rooted. NULL on exception.
static struct six_object *target_and_key(struct six_machine *m, const struct six_args *a, const char *method, six_key *key) {
  struct six_object *o = target_of(m, a, method);
  if (!o) return NULL;
  *key = six_to_key(m, six_arg(a, 1));
  if (six_is_exception(*key)) return NULL;
  six_root(m, *key);
  return o;
}

static six_value answer(int result) { return result < 0 ? SIX_EXCEPTION : six_boolean(result); }

static six_value reflect_define_property(struct six_machine *m, const struct six_args *a) {
  six_key key;
  struct six_descriptor d;
  struct six_object *o = target_and_key(m, a, "defineProperty", &key);
  if (!o || !six_to_descriptor(m, six_arg(a, 2), &d)) return SIX_EXCEPTION;
  return answer(six_define_own(m, o, key, &d, false));
}

static six_value reflect_delete_property(struct six_machine *m, const struct six_args *a) {
  six_key key;
  struct six_object *o = target_and_key(m, a, "deleteProperty", &key);
  return o ? answer(six_delete(m, o, key, false)) : SIX_EXCEPTION;
}

static six_value reflect_apply(struct six_machine *m, const struct six_args *a) {
  six_value function = six_arg(a, 0);
  if (!six_is_callable(function)) return six_throw_apply(m, "apply", function);
  struct six_values *list = six_list_from(m, six_arg(a, 2));
  if (!list) return SIX_EXCEPTION;
  return six_call(m, function, six_arg(a, 1), (int)list->count, list->items);
}

static six_value reflect_construct(struct six_machine *m, const struct six_args *a) {
  six_value target = six_arg(a, 0), new_target = a->argc > 2 ? a->argv[2] : target;
  if (!six_is_constructor(target)) return six_throw_type_about(m, "", target, " is not a constructor");
  if (!six_is_constructor(new_target)) return six_throw_type_about(m, "", new_target, " is not a constructor");
  struct six_values *list = six_list_from(m, six_arg(a, 1));
  if (!list) return SIX_EXCEPTION;
  return six_construct(m, target, (int)list->count, list->items, new_target);
}

static six_value reflect_get(struct six_machine *m, const struct six_args *a) {
  six_key key;
  struct six_object *o = target_and_key(m, a, "get", &key);
  return o ? six_get_with(m, o, key, a->argc > 2 ? a->argv[2] : a->argv[0]) : SIX_EXCEPTION;
}

static six_value reflect_get_own_property_descriptor(struct six_machine *m, const struct six_args *a) {
  six_key key;
  struct six_descriptor d;
  struct six_object *o = target_and_key(m, a, "getOwnPropertyDescriptor", &key);
  if (!o) return SIX_EXCEPTION;
  int has = six_get_own_property(m, o, key, &d);
  if (has <= 0) return has < 0 ? SIX_EXCEPTION : SIX_UNDEFINED;
  return six_from_descriptor(m, &d);
}

static six_value reflect_get_prototype_of(struct six_machine *m, const struct six_args *a) {
  struct six_object *o = target_of(m, a, "getPrototypeOf"), *proto;
  if (!o || !six_get_prototype_of(m, o, &proto)) return SIX_EXCEPTION;
  return proto ? six_object_value(proto) : SIX_NULL;
}

static six_value reflect_has(struct six_machine *m, const struct six_args *a) {
  six_key key;
  struct six_object *o = target_and_key(m, a, "has", &key);
  return o ? answer(six_has_property(m, o, key)) : SIX_EXCEPTION;
}

static six_value reflect_is_extensible(struct six_machine *m, const struct six_args *a) {
  struct six_object *o = target_of(m, a, "isExtensible");
  return o ? answer(six_is_extensible(m, o)) : SIX_EXCEPTION;
}

static six_value reflect_own_keys(struct six_machine *m, const struct six_args *a) {
  struct six_object *o = target_of(m, a, "ownKeys");
  struct six_values *keys = o ? six_own_keys(m, o, SIX_KEYS_STRINGS | SIX_KEYS_SYMBOLS) : NULL;
  if (!keys) return SIX_EXCEPTION;
  for (uint32_t i = 0; i < keys->count; i++) keys->items[i] = six_key_to_value(m, keys->items[i]);
  return six_object_value(six_array_from(m, keys->items, keys->count));
}

static six_value reflect_prevent_extensions(struct six_machine *m, const struct six_args *a) {
  struct six_object *o = target_of(m, a, "preventExtensions");
  return o ? answer(six_prevent_extensions(m, o)) : SIX_EXCEPTION;
}

static six_value reflect_set(struct six_machine *m, const struct six_args *a) {
  six_key key;
  struct six_object *o = target_and_key(m, a, "set", &key);
  if (!o) return SIX_EXCEPTION;
  return answer(six_set_with(m, o, key, six_arg(a, 2), a->argc > 3 ? a->argv[3] : a->argv[0], false));
}

static six_value reflect_set_prototype_of(struct six_machine *m, const struct six_args *a) {
  struct six_object *o = target_of(m, a, "setPrototypeOf");
  six_value proto = six_arg(a, 1);
  if (!o) return SIX_EXCEPTION;
  if (!six_is_object(proto) && !six_is_null(proto)) {
    return six_throw_type_about(m, "Object prototype may only be an Object or null: ", proto, "");
  }
  return answer(six_set_prototype(m, o, six_is_null(proto) ? NULL : six_as_object(proto), false));
}

static const struct six_native_def statics[] = {
    {"defineProperty", reflect_define_property, 3, 0},
    {"deleteProperty", reflect_delete_property, 2, 0},
    {"apply", reflect_apply, 3, SIX_DEF_FRAMELESS},
    {"construct", reflect_construct, 2, SIX_DEF_FRAMELESS},
    {"get", reflect_get, 2, 0},
    {"getOwnPropertyDescriptor", reflect_get_own_property_descriptor, 2, 0},
    {"getPrototypeOf", reflect_get_prototype_of, 1, 0},
    {"has", reflect_has, 2, 0},
    {"isExtensible", reflect_is_extensible, 1, 0},
    {"ownKeys", reflect_own_keys, 1, 0},
    {"preventExtensions", reflect_prevent_extensions, 1, 0},
    {"set", reflect_set, 3, 0},
    {"setPrototypeOf", reflect_set_prototype_of, 2, 0},
};

void six_init_reflect(struct six_machine *m) {
  struct six_object *reflect = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  m->intrinsics[SIX_I_Reflect] = reflect;
  six_define_natives(m, reflect, statics, SIX_COUNT(statics));
  six_define_tag(m, reflect, "Reflect");
}
