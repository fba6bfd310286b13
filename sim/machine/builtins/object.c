// machine: Object and Object.prototype (ECMA-262 20.1).
#include "sim/machine/builtins/builtin.h"
#include "sim/machine/builtins/collections.h"

// ---- Property descriptors (6.2.6)

// Reads field `name` of a descriptor object: 1 present, 0 absent, -1 exception.
static int descriptor_field(struct six_machine *m, struct six_object *o, six_key name, six_value *out) {
  int has = six_has_property(m, o, name);
  if (has <= 0) return has;
  *out = six_get(m, o, name);
  if (six_is_exception(*out)) return -1;
  six_root(m, *out);
  return 1;
}

static bool descriptor_flag(struct six_machine *m, struct six_object *o, six_key name, uint32_t bit, struct six_descriptor *out) {
  six_value v;
  int has = descriptor_field(m, o, name, &v);
  if (has < 0) return false;
  if (has) {
    out->has |= bit;
    if (six_to_boolean(v)) out->attrs |= bit;
  }
  return true;
}

static bool descriptor_function(struct six_machine *m, struct six_object *o, six_key name, uint32_t bit, six_value *out,
                                struct six_descriptor *d) {
  six_value v;
  int has = descriptor_field(m, o, name, &v);
  if (has <= 0) return has == 0;
  if (!six_is_callable(v) && !six_is_undefined(v)) {
    six_throw_type_about(m, bit == SIX_HAS_GET ? "Getter must be a function: " : "Setter must be a function: ", v, "");
    return false;
  }
  *out = v;
  d->has |= bit;
  return true;
}

bool six_to_descriptor(struct six_machine *m, six_value v, struct six_descriptor *out) {
  *out = (struct six_descriptor){.value = SIX_UNDEFINED, .get = SIX_UNDEFINED, .set = SIX_UNDEFINED};
  if (!six_is_object(v)) {
    six_throw_type_about(m, "Property description must be an object: ", v, "");
    return false;
  }
  struct six_object *o = six_as_object(v);
  if (!descriptor_flag(m, o, SIX_ATOM(m, enumerable), SIX_ENUMERABLE, out)) return false;
  if (!descriptor_flag(m, o, SIX_ATOM(m, configurable), SIX_CONFIGURABLE, out)) return false;
  int has = descriptor_field(m, o, SIX_ATOM(m, value), &out->value);
  if (has < 0) return false;
  if (has) out->has |= SIX_HAS_VALUE;
  if (!descriptor_flag(m, o, SIX_ATOM(m, writable), SIX_WRITABLE, out)) return false;
  if (!descriptor_function(m, o, SIX_ATOM(m, get), SIX_HAS_GET, &out->get, out)) return false;
  if (!descriptor_function(m, o, SIX_ATOM(m, set), SIX_HAS_SET, &out->set, out)) return false;
  if (!six_descriptor_is_accessor(out)) return true;
  out->attrs |= SIX_ACCESSOR;
  if (out->has & (SIX_HAS_VALUE | SIX_WRITABLE)) {
    six_throw_type_about(m, "Invalid property descriptor. Cannot both specify accessors and a value or writable attribute, ", v, "");
    return false;
  }
  return true;
}

six_value six_from_descriptor(struct six_machine *m, const struct six_descriptor *d) {
  struct six_object *o = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  if (six_descriptor_is_accessor(d)) {
    six_define(m, o, SIX_ATOM(m, get), d->get, SIX_DATA_ALL);
    six_define(m, o, SIX_ATOM(m, set), d->set, SIX_DATA_ALL);
  } else {
    if (d->has & SIX_HAS_VALUE) six_define(m, o, SIX_ATOM(m, value), d->value, SIX_DATA_ALL);
    if (d->has & SIX_WRITABLE) six_define(m, o, SIX_ATOM(m, writable), six_boolean(d->attrs & SIX_WRITABLE), SIX_DATA_ALL);
  }
  if (d->has & SIX_ENUMERABLE) six_define(m, o, SIX_ATOM(m, enumerable), six_boolean(d->attrs & SIX_ENUMERABLE), SIX_DATA_ALL);
  if (d->has & SIX_CONFIGURABLE) six_define(m, o, SIX_ATOM(m, configurable), six_boolean(d->attrs & SIX_CONFIGURABLE), SIX_DATA_ALL);
  return six_object_value(o);
}

// ---- Static methods

static six_value object_constructor(struct six_machine *m, const struct six_args *a) {
  if (!six_is_undefined(a->new_target) && a->new_target != six_object_value(a->callee)) {
    struct six_object *proto = six_prototype_for(m, a, six_intrinsic(m, SIX_I_ObjectPrototype));
    return proto ? six_object_value(six_object_new(m, proto)) : SIX_EXCEPTION;
  }
  six_value v = six_arg(a, 0);
  if (six_is_object(v)) return v;
  if (six_is_nullish(v)) return six_object_value(six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype)));
  return six_object_value(six_to_object(m, v));
}

// Copies the own enumerable properties of `source`: false on exception.
static bool assign_from(struct six_machine *m, struct six_object *target, six_value source) {
  if (six_is_nullish(source)) return true;
  struct six_object *from = six_to_object(m, source);
  six_root(m, six_object_value(from));
  struct six_values *keys = six_own_keys(m, from, SIX_KEYS_STRINGS | SIX_KEYS_SYMBOLS);
  if (!keys) return false;
  six_root_values(m, keys);
  for (uint32_t i = 0; i < keys->count; i++) {
    size_t mark = six_roots_mark(m);
    struct six_descriptor d;
    int has = six_get_own_property(m, from, keys->items[i], &d);
    if (has < 0) return false;
    if (!has || !(d.attrs & SIX_ENUMERABLE)) continue;
    six_value v = six_get(m, from, keys->items[i]);
    if (six_is_exception(v)) return false;
    six_root(m, v);
    if (six_set(m, target, keys->items[i], v) < 0) return false;
    six_roots_release(m, mark);
  }
  return true;
}

static six_value object_assign(struct six_machine *m, const struct six_args *a) {
  struct six_object *target = six_to_object(m, six_arg(a, 0));
  if (!target) return SIX_EXCEPTION;
  six_root(m, six_object_value(target));
  for (int i = 1; i < a->argc; i++) {
    if (!assign_from(m, target, a->argv[i])) return SIX_EXCEPTION;
  }
  return six_object_value(target);
}

// ObjectDefineProperties (20.1.2.3.1).
static bool define_properties(struct six_machine *m, struct six_object *o, six_value properties) {
  struct six_object *from = six_to_object(m, properties);
  if (!from) return false;
  six_root(m, six_object_value(from));
  struct six_values *keys = six_own_keys(m, from, SIX_KEYS_STRINGS | SIX_KEYS_SYMBOLS);
  if (!keys) return false;
  six_root_values(m, keys);
  size_t size = (keys->count ? keys->count : 1) * sizeof(struct six_descriptor);
  struct six_descriptor *list = six_malloc(m, size);
  uint32_t count = 0;
  bool ok = true;
  for (uint32_t i = 0; ok && i < keys->count; i++) {
    struct six_descriptor d;
    int has = six_get_own_property(m, from, keys->items[i], &d);
    if (has < 0) ok = false;
    if (has <= 0 || !(d.attrs & SIX_ENUMERABLE)) continue;
    six_value v = six_get(m, from, keys->items[i]);
    if (six_is_exception(v)) {
      ok = false;
    } else {
      six_root(m, v);
      ok = six_to_descriptor(m, v, &list[count]);
      keys->items[count++] = keys->items[i];
    }
  }
  for (uint32_t i = 0; ok && i < count; i++) ok = six_define_own(m, o, keys->items[i], &list[i], true) >= 0;
  six_free(m, list, size);
  return ok;
}

static six_value object_create(struct six_machine *m, const struct six_args *a) {
  six_value proto = six_arg(a, 0);
  if (!six_is_object(proto) && !six_is_null(proto)) {
    return six_throw_type_about(m, "Object prototype may only be an Object or null: ", proto, "");
  }
  struct six_object *o = six_object_new(m, six_is_null(proto) ? NULL : six_as_object(proto));
  if (six_is_undefined(six_arg(a, 1))) return six_object_value(o);
  six_root(m, six_object_value(o));
  return define_properties(m, o, six_arg(a, 1)) ? six_object_value(o) : SIX_EXCEPTION;
}

static six_value object_define_properties(struct six_machine *m, const struct six_args *a) {
  if (!six_is_object(six_arg(a, 0))) return six_throw_type(m, "Object.defineProperties called on non-object");
  return define_properties(m, six_as_object(a->argv[0]), six_arg(a, 1)) ? a->argv[0] : SIX_EXCEPTION;
}

static six_value object_define_property(struct six_machine *m, const struct six_args *a) {
  if (!six_is_object(six_arg(a, 0))) return six_throw_type(m, "Object.defineProperty called on non-object");
  six_key key = six_to_key(m, six_arg(a, 1));
  if (six_is_exception(key)) return key;
  six_root(m, key);
  struct six_descriptor d;
  if (!six_to_descriptor(m, six_arg(a, 2), &d)) return SIX_EXCEPTION;
  return six_define_own(m, six_as_object(a->argv[0]), key, &d, true) < 0 ? SIX_EXCEPTION : a->argv[0];
}

enum listing { LIST_VALUES, LIST_ENTRIES };

// EnumerableOwnProperties (7.3.23) for values and entries.
static six_value list_properties(struct six_machine *m, six_value v, enum listing listing) {
  struct six_object *o = six_to_object(m, v);
  if (!o) return SIX_EXCEPTION;
  six_root(m, six_object_value(o));
  struct six_values *keys = six_own_keys(m, o, SIX_KEYS_STRINGS);
  if (!keys) return SIX_EXCEPTION;
  six_root_values(m, keys);
  struct six_object *list = six_array_new(m, keys->count);
  six_root(m, six_object_value(list));
  for (uint32_t i = 0; i < keys->count; i++) {
    struct six_descriptor d;
    int has = six_get_own_property(m, o, keys->items[i], &d);
    if (has < 0) return SIX_EXCEPTION;
    if (!has || !(d.attrs & SIX_ENUMERABLE)) continue;
    six_value item = six_get(m, o, keys->items[i]);
    if (six_is_exception(item)) return SIX_EXCEPTION;
    if (listing == LIST_ENTRIES) {
      six_value pair[2] = {six_key_to_value(m, keys->items[i]), item};
      item = six_object_value(six_array_from(m, pair, 2));
    }
    six_array_push(m, list, item);
  }
  return six_object_value(list);
}

static six_value object_entries(struct six_machine *m, const struct six_args *a) { return list_properties(m, six_arg(a, 0), LIST_ENTRIES); }

static six_value object_values(struct six_machine *m, const struct six_args *a) { return list_properties(m, six_arg(a, 0), LIST_VALUES); }

static six_value list_keys(struct six_machine *m, six_value v, uint32_t which) {
  struct six_object *o = six_to_object(m, v);
  if (!o) return SIX_EXCEPTION;
  six_root(m, six_object_value(o));
  struct six_values *keys = six_own_keys(m, o, which);
  if (!keys) return SIX_EXCEPTION;
  for (uint32_t i = 0; i < keys->count; i++) keys->items[i] = six_key_to_value(m, keys->items[i]);
  return six_object_value(six_array_from(m, keys->items, keys->count));
}

static six_value object_keys(struct six_machine *m, const struct six_args *a) {
  return list_keys(m, six_arg(a, 0), SIX_KEYS_STRINGS | SIX_KEYS_ENUMERABLE_ONLY);
}

static six_value object_names(struct six_machine *m, const struct six_args *a) { return list_keys(m, six_arg(a, 0), SIX_KEYS_STRINGS); }

static six_value object_symbols(struct six_machine *m, const struct six_args *a) { return list_keys(m, six_arg(a, 0), SIX_KEYS_SYMBOLS); }

// SetIntegrityLevel (7.3.15). 1, 0 or -1.
int six_set_integrity(struct six_machine *m, struct six_object *o, bool frozen) {
  int ok = six_prevent_extensions(m, o);
  if (ok <= 0) return ok;
  struct six_values *keys = six_own_keys(m, o, SIX_KEYS_STRINGS | SIX_KEYS_SYMBOLS);
  if (!keys) return -1;
  six_root_values(m, keys);
  for (uint32_t i = 0; i < keys->count; i++) {
    struct six_descriptor d = {.has = SIX_CONFIGURABLE, .value = SIX_UNDEFINED, .get = SIX_UNDEFINED, .set = SIX_UNDEFINED};
    if (frozen) {
      struct six_descriptor current;
      int has = six_get_own_property(m, o, keys->items[i], &current);
      if (has < 0) return -1;
      if (!has) continue;
      if (!six_descriptor_is_accessor(&current)) d.has |= SIX_WRITABLE;
    }
    if (six_define_own(m, o, keys->items[i], &d, true) < 0) return -1;
  }
  return 1;
}

static six_value integrity(struct six_machine *m, const struct six_args *a, bool frozen) {
  six_value v = six_arg(a, 0);
  if (!six_is_object(v)) return v;
  if (frozen && six_is_class(v, SIX_CLASS_TYPED_ARRAY)) {
    double length;
    if (six_length_of(m, six_as_object(v), &length) < 0) return SIX_EXCEPTION;
    if (length > 0) return six_throw_type(m, "Cannot freeze array buffer views with elements");
  }
  int ok = six_set_integrity(m, six_as_object(v), frozen);
  if (ok == 0) return six_throw_type(m, "'preventExtensions' on proxy: trap returned falsish");
  return ok < 0 ? SIX_EXCEPTION : v;
}

static six_value object_freeze(struct six_machine *m, const struct six_args *a) { return integrity(m, a, true); }

static six_value object_seal(struct six_machine *m, const struct six_args *a) { return integrity(m, a, false); }

// TestIntegrityLevel (7.3.16).
static six_value test_integrity(struct six_machine *m, six_value v, bool frozen) {
  if (!six_is_object(v)) return SIX_TRUE;
  struct six_object *o = six_as_object(v);
  int extensible = six_is_extensible(m, o);
  if (extensible < 0) return SIX_EXCEPTION;
  if (extensible) return SIX_FALSE;
  struct six_values *keys = six_own_keys(m, o, SIX_KEYS_STRINGS | SIX_KEYS_SYMBOLS);
  if (!keys) return SIX_EXCEPTION;
  six_root_values(m, keys);
  for (uint32_t i = 0; i < keys->count; i++) {
    struct six_descriptor d;
    int has = six_get_own_property(m, o, keys->items[i], &d);
    if (has < 0) return SIX_EXCEPTION;
    if (!has) continue;
    if (d.attrs & SIX_CONFIGURABLE) return SIX_FALSE;
    if (frozen && !six_descriptor_is_accessor(&d) && (d.attrs & SIX_WRITABLE)) return SIX_FALSE;
  }
  return SIX_TRUE;
}

static six_value object_is_frozen(struct six_machine *m, const struct six_args *a) { return test_integrity(m, six_arg(a, 0), true); }

static six_value object_is_sealed(struct six_machine *m, const struct six_args *a) { return test_integrity(m, six_arg(a, 0), false); }

static six_value object_is_extensible(struct six_machine *m, const struct six_args *a) {
  if (!six_is_object(six_arg(a, 0))) return SIX_FALSE;
  int yes = six_is_extensible(m, six_as_object(a->argv[0]));
  return yes < 0 ? SIX_EXCEPTION : six_boolean(yes);
}

static six_value object_prevent_extensions(struct six_machine *m, const struct six_args *a) {
  six_value v = six_arg(a, 0);
  if (!six_is_object(v)) return v;
  int ok = six_prevent_extensions(m, six_as_object(v));
  if (ok == 0) return six_throw_type(m, "'preventExtensions' on proxy: trap returned falsish");
  return ok < 0 ? SIX_EXCEPTION : v;
}

static six_value object_from_entries(struct six_machine *m, const struct six_args *a) {
  if (six_is_nullish(six_arg(a, 0))) return six_throw_type(m, "undefined is not iterable");  // V8 says so of null too
  struct six_object *o = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  six_root(m, six_object_value(o));
  struct six_iterator it;
  if (!six_open_iterable(m, a->argv[0], &it)) return SIX_EXCEPTION;
  for (;;) {
    size_t mark = six_roots_mark(m);
    six_value entry;
    int step = six_iterator_step(m, &it, &entry);
    if (step < 0) return SIX_EXCEPTION;
    if (step == 0) return six_object_value(o);
    six_root(m, entry);
    if (!six_is_object(entry)) {
      six_throw_type_about(m, "Iterator value ", entry, " is not an entry object");
      break;
    }
    six_value name = six_get_index(m, six_as_object(entry), 0);
    if (six_is_exception(name)) break;
    six_root(m, name);
    six_value v = six_get_index(m, six_as_object(entry), 1);
    if (six_is_exception(v)) break;
    six_root(m, v);
    six_key key = six_to_key(m, name);
    if (six_is_exception(key)) break;
    if (six_create_data(m, o, key, v) < 0) break;
    six_roots_release(m, mark);
  }
  six_iterator_close(m, &it);
  return SIX_EXCEPTION;
}

static six_value object_get_descriptor(struct six_machine *m, const struct six_args *a) {
  struct six_object *o = six_to_object(m, six_arg(a, 0));
  if (!o) return SIX_EXCEPTION;
  six_root(m, six_object_value(o));
  six_key key = six_to_key(m, six_arg(a, 1));
  if (six_is_exception(key)) return key;
  struct six_descriptor d;
  int has = six_get_own_property(m, o, key, &d);
  if (has <= 0) return has < 0 ? SIX_EXCEPTION : SIX_UNDEFINED;
  return six_from_descriptor(m, &d);
}

static six_value object_get_descriptors(struct six_machine *m, const struct six_args *a) {
  struct six_object *o = six_to_object(m, six_arg(a, 0));
  if (!o) return SIX_EXCEPTION;
  six_root(m, six_object_value(o));
  struct six_values *keys = six_own_keys(m, o, SIX_KEYS_STRINGS | SIX_KEYS_SYMBOLS);
  if (!keys) return SIX_EXCEPTION;
  six_root_values(m, keys);
  struct six_object *result = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  six_root(m, six_object_value(result));
  for (uint32_t i = 0; i < keys->count; i++) {
    struct six_descriptor d;
    int has = six_get_own_property(m, o, keys->items[i], &d);
    if (has < 0) return SIX_EXCEPTION;
    if (has && six_create_data(m, result, keys->items[i], six_from_descriptor(m, &d)) < 0) return SIX_EXCEPTION;
  }
  return six_object_value(result);
}

static six_value prototype_value(struct six_machine *m, struct six_object *o) {
  struct six_object *proto;
  if (!six_get_prototype_of(m, o, &proto)) return SIX_EXCEPTION;
  return proto ? six_object_value(proto) : SIX_NULL;
}

static six_value object_get_prototype(struct six_machine *m, const struct six_args *a) {
  struct six_object *o = six_to_object(m, six_arg(a, 0));
  if (!o) return SIX_EXCEPTION;
  six_root(m, six_object_value(o));
  return prototype_value(m, o);
}

static six_value object_set_prototype(struct six_machine *m, const struct six_args *a) {
  six_value v = six_arg(a, 0), proto = six_arg(a, 1);
  if (six_is_nullish(v)) return six_throw_type(m, "Object.setPrototypeOf called on null or undefined");
  if (!six_is_object(proto) && !six_is_null(proto)) {
    return six_throw_type_about(m, "Object prototype may only be an Object or null: ", proto, "");
  }
  if (!six_is_object(v)) return v;
  return six_set_prototype(m, six_as_object(v), six_is_null(proto) ? NULL : six_as_object(proto), true) < 0 ? SIX_EXCEPTION : v;
}

static six_value object_has_own(struct six_machine *m, const struct six_args *a) {
  struct six_object *o = six_to_object(m, six_arg(a, 0));
  if (!o) return SIX_EXCEPTION;
  six_root(m, six_object_value(o));
  six_key key = six_to_key(m, six_arg(a, 1));
  if (six_is_exception(key)) return key;
  int has = six_has_own(m, o, key);
  return has < 0 ? SIX_EXCEPTION : six_boolean(has);
}

static six_value object_is(struct six_machine *m, const struct six_args *a) {
  return six_boolean(six_same_value(m, six_arg(a, 0), six_arg(a, 1)));
}

// ---- Prototype

static six_value object_has_own_property(struct six_machine *m, const struct six_args *a) {
  six_key key = six_to_key(m, six_arg(a, 0));
  if (six_is_exception(key)) return key;
  six_root(m, key);
  struct six_object *o = six_to_object(m, a->this_value);
  if (!o) return SIX_EXCEPTION;
  six_root(m, six_object_value(o));
  int has = six_has_own(m, o, key);
  return has < 0 ? SIX_EXCEPTION : six_boolean(has);
}

static six_value object_is_prototype_of(struct six_machine *m, const struct six_args *a) {
  if (!six_is_object(six_arg(a, 0))) return SIX_FALSE;
  struct six_object *self = six_to_object(m, a->this_value);
  if (!self) return SIX_EXCEPTION;
  struct six_object *o = six_as_object(a->argv[0]);
  for (;;) {
    if (!six_get_prototype_of(m, o, &o)) return SIX_EXCEPTION;
    if (!o) return SIX_FALSE;
    if (o == self) return SIX_TRUE;
  }
}

static six_value object_property_is_enumerable(struct six_machine *m, const struct six_args *a) {
  six_key key = six_to_key(m, six_arg(a, 0));
  if (six_is_exception(key)) return key;
  six_root(m, key);
  struct six_object *o = six_to_object(m, a->this_value);
  if (!o) return SIX_EXCEPTION;
  struct six_descriptor d;
  int has = six_get_own_property(m, o, key, &d);
  if (has < 0) return SIX_EXCEPTION;
  return six_boolean(has && (d.attrs & SIX_ENUMERABLE));
}

static six_value object_to_locale_string(struct six_machine *m, const struct six_args *a) {
  if (six_is_nullish(a->this_value)) return six_throw_type(m, "Object.prototype.toLocaleString called on null or undefined");
  return six_invoke(m, a->this_value, SIX_ATOM(m, toString), 0, NULL);
}

static const char *builtin_tag(const struct six_object *o) {
  switch (o->cell.class_) {
    case SIX_CLASS_ARGUMENTS: return "Arguments";
    case SIX_CLASS_ERROR: return "Error";
    case SIX_CLASS_BOOLEAN: return "Boolean";
    case SIX_CLASS_NUMBER: return "Number";
    case SIX_CLASS_STRING: return "String";
    case SIX_CLASS_DATE: return "Date";
    case SIX_CLASS_REGEXP: return "RegExp";
    default: return o->cell.flags & SIX_OBJECT_CALLABLE ? "Function" : "Object";
  }
}

six_value six_object_to_string(struct six_machine *m, six_value v) {
  if (six_is_undefined(v)) return six_str(m, "[object Undefined]");
  if (six_is_null(v)) return six_str(m, "[object Null]");
  struct six_object *o = six_to_object(m, v);
  six_root(m, six_object_value(o));
  int is_array = six_is_array(m, six_object_value(o));
  if (is_array < 0) return SIX_EXCEPTION;
  const char *tag = is_array ? "Array" : builtin_tag(o);
  six_value own = six_get(m, o, SIX_SYMBOL(m, toStringTag));
  if (six_is_exception(own)) return own;
  struct six_builder b = {0};
  six_builder_ascii(m, &b, "[object ");
  if (six_is_string(own)) {
    six_builder_string(m, &b, six_as_string(own));
  } else {
    six_builder_ascii(m, &b, tag);
  }
  six_builder_ascii(m, &b, "]");
  return six_builder_finish(m, &b);
}

static six_value object_to_string(struct six_machine *m, const struct six_args *a) { return six_object_to_string(m, a->this_value); }

static six_value object_value_of(struct six_machine *m, const struct six_args *a) {
  struct six_object *o = six_to_object(m, a->this_value);
  return o ? six_object_value(o) : SIX_EXCEPTION;
}

static six_value object_get_proto(struct six_machine *m, const struct six_args *a) {
  struct six_object *o = six_to_object(m, a->this_value);
  if (!o) return SIX_EXCEPTION;
  six_root(m, six_object_value(o));
  return prototype_value(m, o);
}

static six_value object_set_proto(struct six_machine *m, const struct six_args *a) {
  six_value proto = six_arg(a, 0);
  if (six_is_nullish(a->this_value)) return six_throw_type(m, "Object.prototype.__proto__ called on null or undefined");
  if ((!six_is_object(proto) && !six_is_null(proto)) || !six_is_object(a->this_value)) return SIX_UNDEFINED;
  struct six_object *target = six_is_null(proto) ? NULL : six_as_object(proto);
  return six_set_prototype(m, six_as_object(a->this_value), target, true) < 0 ? SIX_EXCEPTION : SIX_UNDEFINED;
}

static six_value define_legacy(struct six_machine *m, const struct six_args *a, bool getter) {
  struct six_object *o = six_to_object(m, a->this_value);
  if (!o) return SIX_EXCEPTION;
  if (!six_is_callable(six_arg(a, 1))) {
    return six_throw_type(m, "Object.prototype.__define%s__: Expecting function", getter ? "Getter" : "Setter");
  }
  struct six_descriptor d = {
      .attrs = SIX_ENUMERABLE | SIX_CONFIGURABLE | SIX_ACCESSOR,
      .has = SIX_ENUMERABLE | SIX_CONFIGURABLE | (getter ? SIX_HAS_GET : SIX_HAS_SET),
      .value = SIX_UNDEFINED,
      .get = getter ? a->argv[1] : SIX_UNDEFINED,
      .set = getter ? SIX_UNDEFINED : a->argv[1],
  };
  six_root(m, six_object_value(o));
  six_key key = six_to_key(m, six_arg(a, 0));
  if (six_is_exception(key)) return key;
  return six_define_own(m, o, key, &d, true) < 0 ? SIX_EXCEPTION : SIX_UNDEFINED;
}

static six_value object_define_getter(struct six_machine *m, const struct six_args *a) { return define_legacy(m, a, true); }

static six_value object_define_setter(struct six_machine *m, const struct six_args *a) { return define_legacy(m, a, false); }

static six_value lookup_legacy(struct six_machine *m, const struct six_args *a, bool getter) {
  struct six_object *o = six_to_object(m, a->this_value);
  if (!o) return SIX_EXCEPTION;
  six_root(m, six_object_value(o));
  six_key key = six_to_key(m, six_arg(a, 0));
  if (six_is_exception(key)) return key;
  six_root(m, key);
  while (o) {
    struct six_descriptor d;
    int has = six_get_own_property(m, o, key, &d);
    if (has < 0) return SIX_EXCEPTION;
    if (has) return six_descriptor_is_accessor(&d) ? (getter ? d.get : d.set) : SIX_UNDEFINED;
    if (!six_get_prototype_of(m, o, &o)) return SIX_EXCEPTION;
  }
  return SIX_UNDEFINED;
}

static six_value object_lookup_getter(struct six_machine *m, const struct six_args *a) { return lookup_legacy(m, a, true); }

static six_value object_lookup_setter(struct six_machine *m, const struct six_args *a) { return lookup_legacy(m, a, false); }

static const struct six_native_def statics[] = {
    {"assign", object_assign, 2, 0},
    {"getOwnPropertyDescriptor", object_get_descriptor, 2, 0},
    {"getOwnPropertyDescriptors", object_get_descriptors, 1, 0},
    {"getOwnPropertyNames", object_names, 1, 0},
    {"getOwnPropertySymbols", object_symbols, 1, 0},
    {"hasOwn", object_has_own, 2, 0},
    {"is", object_is, 2, 0},
    {"preventExtensions", object_prevent_extensions, 1, 0},
    {"seal", object_seal, 1, 0},
    {"create", object_create, 2, 0},
    {"defineProperties", object_define_properties, 2, 0},
    {"defineProperty", object_define_property, 3, 0},
    {"freeze", object_freeze, 1, 0},
    {"getPrototypeOf", object_get_prototype, 1, 0},
    {"setPrototypeOf", object_set_prototype, 2, 0},
    {"isExtensible", object_is_extensible, 1, 0},
    {"isFrozen", object_is_frozen, 1, 0},
    {"isSealed", object_is_sealed, 1, 0},
    {"keys", object_keys, 1, 0},
    {"entries", object_entries, 1, 0},
    {"fromEntries", object_from_entries, 1, 0},
    {"values", object_values, 1, 0},
    {"groupBy", six_object_group_by, 2, 0},
};

static const struct six_native_def methods[] = {
    {"__defineGetter__", object_define_getter, 2, 0},
    {"__defineSetter__", object_define_setter, 2, 0},
    {"hasOwnProperty", object_has_own_property, 1, 0},
    {"__lookupGetter__", object_lookup_getter, 1, 0},
    {"__lookupSetter__", object_lookup_setter, 1, 0},
    {"isPrototypeOf", object_is_prototype_of, 1, 0},
    {"propertyIsEnumerable", object_property_is_enumerable, 1, 0},
    {"toString", object_to_string, 0, 0},
    {"valueOf", object_value_of, 0, 0},
    {"__proto__", object_get_proto, 0, SIX_DEF_GETTER},
    {"__proto__", object_set_proto, 1, SIX_DEF_SETTER},
    {"toLocaleString", object_to_locale_string, 0, 0},
};

void six_init_object(struct six_machine *m) {
  if (m->intrinsics[SIX_I_ObjectPrototype]) return;
  struct six_object *proto = six_object_new(m, NULL);
  m->intrinsics[SIX_I_ObjectPrototype] = proto;
  struct six_object *constructor = six_constructor_new(m, "Object", object_constructor, 1, proto);
  m->intrinsics[SIX_I_Object] = constructor;
  six_define_natives(m, constructor, statics, SIX_COUNT(statics));
  six_define_natives(m, proto, methods, SIX_COUNT(methods));
}
