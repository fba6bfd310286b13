#include "sim/machine/builtins/proxy.h"

#include "sim/machine/builtins/builtin.h"
#include "sim/machine/classes.h"

enum { MAX_DEPTH = 1500 };  // proxies of proxies: the C stack's limit

static struct six_proxy *as_proxy(struct six_object *o) { return (struct six_proxy *)o; }

void six_proxy_mark(struct six_machine *m, struct six_object *o) {
  if (!as_proxy(o)->target) return;
  six_mark_cell(m, &as_proxy(o)->target->cell);
  six_mark_cell(m, &as_proxy(o)->handler->cell);
}

void six_proxy_parts(struct six_object *proxy, six_value *target, six_value *handler) {
  bool revoked = !as_proxy(proxy)->target;
  *target = revoked ? SIX_NULL : six_object_value(as_proxy(proxy)->target);
  *handler = revoked ? SIX_NULL : six_object_value(as_proxy(proxy)->handler);
}

static struct six_object *target_of(struct six_machine *m, struct six_object *proxy, const char *operation) {
  if (as_proxy(proxy)->target) return as_proxy(proxy)->target;
  six_throw_type(m, "Cannot perform '%s' on a proxy that has been revoked", operation);
  return NULL;
}

struct six_object *six_proxy_target(struct six_machine *m, struct six_object *proxy) {
  return target_of(m, proxy, "IsArray");
}

// ---- Traps. An operation begins with `enter` and ends with `leave`.

struct trap {
  struct six_object *target;
  six_value handler, function;  // SIX_UNDEFINED: the handler has no such trap
  size_t roots;
};

static void leave(struct six_machine *m, const struct trap *t) {
  six_roots_release(m, t->roots);
  m->native_depth--;
}

static bool enter_checked(struct six_machine *m, struct six_object *proxy, const char *name, struct trap *t) {
  if (m->native_depth > MAX_DEPTH) {
    six_throw_range(m, "Maximum call stack size exceeded");
    return false;
  }
  t->target = target_of(m, proxy, name);
  if (!t->target) return false;
  t->handler = six_object_value(as_proxy(proxy)->handler);
  six_root(m, six_object_value(proxy));
  six_root(m, six_object_value(t->target));
  six_root(m, t->handler);
  t->function = six_get(m, as_proxy(proxy)->handler, six_string_value(six_intern_ascii(m, name, true)));
  if (six_is_exception(t->function)) return false;
  six_root(m, t->function);
  if (six_is_null(t->function)) t->function = SIX_UNDEFINED;
  if (six_is_undefined(t->function) || six_is_callable(t->function)) return true;
  struct six_text before = {0};
  six_text_adds(&before, "'");
  six_show_value(m, t->function, &before);
  six_text_addf(&before, "' returned for property '%s' of object '", name);
  six_throw_type_about(m, before.bytes, t->handler, "' is not a function");
  six_text_done(&before);
  return false;
}

static bool enter(struct six_machine *m, struct six_object *proxy, const char *name, struct trap *t) {
  t->roots = six_roots_mark(m);
  m->native_depth++;
  if (enter_checked(m, proxy, name, t)) return true;
  leave(m, t);
  return false;
}

static bool has_trap(const struct trap *t) { return !six_is_undefined(t->function); }

static six_value call_trap(struct six_machine *m, const struct trap *t, int argc, const six_value *argv) {
  six_value v = six_call(m, t->function, t->handler, argc, argv);
  if (!six_is_exception(v)) six_root(m, v);
  return v;
}

// A trap called for its truth: 1, 0 or -1.
static int ask_trap(struct six_machine *m, const struct trap *t, int argc, const six_value *argv) {
  six_value v = call_trap(m, t, argc, argv);
  return six_is_exception(v) ? -1 : six_to_boolean(v);
}

// Throws "'<trap>' on proxy: <before>'<key>'<after>". Returns -1.
static int broken(struct six_machine *m, const char *trap, const char *before, six_key key, const char *after) {
  struct six_text text = {0};
  six_describe_key(m, key, &text);
  six_throw_type(m, "'%s' on proxy: %s'%s'%s", trap, before, text.bytes ? text.bytes : "", after);
  six_text_done(&text);
  return -1;
}

static int broken_plainly(struct six_machine *m, const char *trap, const char *what) {
  six_throw_type(m, "'%s' on proxy: %s", trap, what);
  return -1;
}

static bool is_private(six_key key) { return six_is_symbol(key) && six_as_symbol(key)->is_private; }

// ---- [[GetPrototypeOf]] (10.5.1)

static bool get_prototype_inner(struct six_machine *m, const struct trap *t, struct six_object **out) {
  if (!has_trap(t)) return six_get_prototype_of(m, t->target, out);
  six_value argv[1] = {six_object_value(t->target)};
  six_value v = call_trap(m, t, 1, argv);
  if (six_is_exception(v)) return false;
  if (!six_is_object(v) && !six_is_null(v)) {
    broken_plainly(m, "getPrototypeOf", "trap returned neither object nor null");
    return false;
  }
  *out = six_is_null(v) ? NULL : six_as_object(v);
  int extensible = six_is_extensible(m, t->target);
  if (extensible) return extensible > 0;
  struct six_object *actual;
  if (!six_get_prototype_of(m, t->target, &actual)) return false;
  if (actual == *out) return true;
  broken_plainly(m, "getPrototypeOf", "proxy target is non-extensible but the trap did not return its actual prototype");
  return false;
}

static struct six_object *proxy_get_prototype(struct six_machine *m, struct six_object *o, bool *threw) {
  struct trap t;
  struct six_object *proto = NULL;
  *threw = true;
  if (!enter(m, o, "getPrototypeOf", &t)) return NULL;
  *threw = !get_prototype_inner(m, &t, &proto);
  leave(m, &t);
  return *threw ? NULL : proto;
}

// ---- [[SetPrototypeOf]] (10.5.2)

static int set_prototype_inner(struct six_machine *m, const struct trap *t, struct six_object *proto, bool throws) {
  if (!has_trap(t)) return six_set_prototype(m, t->target, proto, throws);
  six_value argv[2] = {six_object_value(t->target), proto ? six_object_value(proto) : SIX_NULL};
  int ok = ask_trap(m, t, 2, argv);
  if (ok < 0) return -1;
  if (!ok) return throws ? broken_plainly(m, "setPrototypeOf", "trap returned falsish for property 'undefined'") : 0;
  int extensible = six_is_extensible(m, t->target);
  if (extensible) return extensible;
  struct six_object *actual;
  if (!six_get_prototype_of(m, t->target, &actual)) return -1;
  if (actual == proto) return 1;
  return broken_plainly(m, "setPrototypeOf", "trap returned truish for setting a new prototype on the non-extensible proxy target");
}

static int proxy_set_prototype(struct six_machine *m, struct six_object *o, struct six_object *proto, bool throws) {
  struct trap t;
  if (!enter(m, o, "setPrototypeOf", &t)) return -1;
  int result = set_prototype_inner(m, &t, proto, throws);
  leave(m, &t);
  return result;
}

// ---- [[IsExtensible]] and [[PreventExtensions]] (10.5.3, 10.5.4)

static int is_extensible_inner(struct six_machine *m, const struct trap *t) {
  if (!has_trap(t)) return six_is_extensible(m, t->target);
  six_value argv[1] = {six_object_value(t->target)};
  int answer = ask_trap(m, t, 1, argv);
  if (answer < 0) return -1;
  int actual = six_is_extensible(m, t->target);
  if (actual < 0 || actual == answer) return actual;
  return broken_plainly(m, "isExtensible",
                        actual ? "trap result does not reflect extensibility of proxy target (which is 'true')"
                               : "trap result does not reflect extensibility of proxy target (which is 'false')");
}

static int proxy_is_extensible(struct six_machine *m, struct six_object *o) {
  struct trap t;
  if (!enter(m, o, "isExtensible", &t)) return -1;
  int result = is_extensible_inner(m, &t);
  leave(m, &t);
  return result;
}

static int prevent_extensions_inner(struct six_machine *m, const struct trap *t) {
  if (!has_trap(t)) return six_prevent_extensions(m, t->target);
  six_value argv[1] = {six_object_value(t->target)};
  int ok = ask_trap(m, t, 1, argv);
  if (ok <= 0) return ok;
  int extensible = six_is_extensible(m, t->target);
  if (extensible <= 0) return extensible < 0 ? -1 : 1;
  return broken_plainly(m, "preventExtensions", "trap returned truish but the proxy target is extensible");
}

static int proxy_prevent_extensions(struct six_machine *m, struct six_object *o) {
  struct trap t;
  if (!enter(m, o, "preventExtensions", &t)) return -1;
  int result = prevent_extensions_inner(m, &t);
  leave(m, &t);
  return result;
}

// ---- [[GetOwnProperty]] (10.5.5)

static int get_own_absent(struct six_machine *m, const struct trap *t, six_key key, int exists, const struct six_descriptor *actual) {
  static const char name[] = "getOwnPropertyDescriptor";
  if (!exists) return 0;
  if (!(actual->attrs & SIX_CONFIGURABLE)) {
    return broken(m, name, "trap returned undefined for property ", key, " which is non-configurable in the proxy target");
  }
  int extensible = six_is_extensible(m, t->target);
  if (extensible) return extensible < 0 ? -1 : 0;
  return broken(m, name, "trap returned undefined for property ", key, " which exists in the non-extensible proxy target");
}

static int get_own_inner(struct six_machine *m, const struct trap *t, six_key key, struct six_descriptor *out) {
  static const char name[] = "getOwnPropertyDescriptor";
  if (!has_trap(t)) return six_get_own_property(m, t->target, key, out);
  six_value argv[2] = {six_object_value(t->target), six_key_to_value(m, key)};
  six_value v = call_trap(m, t, 2, argv);
  if (six_is_exception(v)) return -1;
  if (!six_is_object(v) && !six_is_undefined(v)) {
    return broken(m, name, "trap returned neither object nor undefined for property ", key, "");
  }
  struct six_descriptor actual;
  int exists = six_get_own_property(m, t->target, key, &actual);
  if (exists < 0) return -1;
  if (six_is_undefined(v)) return get_own_absent(m, t, key, exists, &actual);
  int extensible = six_is_extensible(m, t->target);
  if (extensible < 0 || !six_to_descriptor(m, v, out)) return -1;
  bool is_accessor = six_descriptor_is_accessor(out);
  out->has |= SIX_ENUMERABLE | SIX_CONFIGURABLE | (is_accessor ? SIX_HAS_GET | SIX_HAS_SET : SIX_HAS_VALUE | SIX_WRITABLE);
  if (!six_compatible_descriptor(m, extensible, out, exists ? &actual : NULL)) {
    return broken(m, name, "trap returned descriptor for property ", key,
                  " that is incompatible with the existing property in the proxy target");
  }
  if (out->attrs & SIX_CONFIGURABLE) return 1;
  if (!exists || (actual.attrs & SIX_CONFIGURABLE)) {
    return broken(m, name, "trap reported non-configurability for property ", key,
                  " which is either non-existent or configurable in the proxy target");
  }
  if (!is_accessor && !(out->attrs & SIX_WRITABLE) && (actual.attrs & SIX_WRITABLE)) {
    return broken(m, name, "trap reported non-configurable and writable for property ", key,
                  " which is non-configurable, non-writable in the proxy target");
  }
  return 1;
}

static int proxy_get_own(struct six_machine *m, struct six_object *o, six_key key, struct six_descriptor *out) {
  struct trap t;
  if (is_private(key)) return six_ordinary_get_own(m, o, key, out);
  if (!enter(m, o, "getOwnPropertyDescriptor", &t)) return -1;
  int result = get_own_inner(m, &t, key, out);
  leave(m, &t);
  return result;
}

// ---- [[DefineOwnProperty]] (10.5.6)

static int define_checks(struct six_machine *m, const struct trap *t, six_key key, const struct six_descriptor *d) {
  struct six_descriptor actual;
  int exists = six_get_own_property(m, t->target, key, &actual);
  int extensible = exists < 0 ? -1 : six_is_extensible(m, t->target);
  if (extensible < 0) return -1;
  bool fixed = (d->has & SIX_CONFIGURABLE) && !(d->attrs & SIX_CONFIGURABLE);
  if (!exists && !extensible) {
    return broken(m, "defineProperty", "trap returned truish for adding property ", key, "  to the non-extensible proxy target");
  }
  if (fixed && (!exists || (actual.attrs & SIX_CONFIGURABLE))) {
    return broken(m, "defineProperty", "trap returned truish for defining non-configurable property ", key,
                  " which is either non-existent or configurable in the proxy target");
  }
  if (!exists) return 1;
  if (!six_compatible_descriptor(m, extensible, d, &actual)) {
    return broken(m, "defineProperty", "trap returned truish for adding property ", key,
                  "  that is incompatible with the existing property in the proxy target");
  }
  bool read_only = (d->has & SIX_WRITABLE) && !(d->attrs & SIX_WRITABLE);
  if (!six_descriptor_is_accessor(&actual) && !(actual.attrs & SIX_CONFIGURABLE) && (actual.attrs & SIX_WRITABLE) && read_only) {
    return broken(m, "defineProperty", "trap returned truish for defining non-configurable property ", key,
                  " which cannot be non-writable");
  }
  return 1;
}

static int define_inner(struct six_machine *m, const struct trap *t, six_key key, const struct six_descriptor *d, bool throws) {
  if (!has_trap(t)) return six_define_own(m, t->target, key, d, throws);
  six_value argv[3] = {six_object_value(t->target), six_key_to_value(m, key), six_from_descriptor(m, d)};
  int ok = ask_trap(m, t, 3, argv);
  if (ok < 0) return -1;
  if (!ok) return throws ? broken(m, "defineProperty", "trap returned falsish for property ", key, "") : 0;
  return define_checks(m, t, key, d);
}

static int proxy_define(struct six_machine *m, struct six_object *o, six_key key, const struct six_descriptor *d, bool throws) {
  struct trap t;
  if (is_private(key)) return six_ordinary_define_own(m, o, key, d, throws);
  if (!enter(m, o, "defineProperty", &t)) return -1;
  int result = define_inner(m, &t, key, d, throws);
  leave(m, &t);
  return result;
}

// ---- [[HasProperty]] (10.5.7)

static int has_inner(struct six_machine *m, const struct trap *t, six_key key) {
  if (!has_trap(t)) return six_has_property(m, t->target, key);
  six_value argv[2] = {six_object_value(t->target), six_key_to_value(m, key)};
  int answer = ask_trap(m, t, 2, argv);
  if (answer) return answer;
  struct six_descriptor actual;
  int exists = six_get_own_property(m, t->target, key, &actual);
  if (exists <= 0) return exists;
  if (!(actual.attrs & SIX_CONFIGURABLE)) {
    return broken(m, "has", "trap returned falsish for property ", key, " which exists in the proxy target as non-configurable");
  }
  int extensible = six_is_extensible(m, t->target);
  if (extensible) return extensible < 0 ? -1 : 0;
  return broken(m, "has", "trap returned falsish for property ", key, " but the proxy target is not extensible");
}

static int proxy_has(struct six_machine *m, struct six_object *o, six_key key) {
  struct trap t;
  if (is_private(key)) {
    struct six_descriptor d;
    return six_ordinary_get_own(m, o, key, &d);
  }
  if (!enter(m, o, "has", &t)) return -1;
  int result = has_inner(m, &t, key);
  leave(m, &t);
  return result;
}

// ---- [[Get]] (10.5.8)

static six_value get_checks(struct six_machine *m, const struct trap *t, six_key key, six_value v) {
  struct six_descriptor actual;
  int exists = six_get_own_property(m, t->target, key, &actual);
  if (exists < 0) return SIX_EXCEPTION;
  if (!exists || (actual.attrs & SIX_CONFIGURABLE)) return v;
  bool is_accessor = six_descriptor_is_accessor(&actual);
  if (is_accessor ? !six_is_undefined(actual.get) || six_is_undefined(v)
                  : (actual.attrs & SIX_WRITABLE) || six_same_value(m, v, actual.value)) {
    return v;
  }
  struct six_text after = {0};
  six_text_adds(&after, is_accessor ? " is a non-configurable accessor property on the proxy target and does not have a getter "
                                      "function, but the trap did not return 'undefined' (got '"
                                    : " is a read-only and non-configurable data property on the proxy target but the proxy did "
                                      "not return its actual value (expected '");
  if (!is_accessor) {
    six_show_value(m, actual.value, &after);
    six_text_adds(&after, "' but got '");
  }
  six_show_value(m, v, &after);
  six_text_adds(&after, "')");
  broken(m, "get", "property ", key, after.bytes);
  six_text_done(&after);
  return SIX_EXCEPTION;
}

static six_value get_inner(struct six_machine *m, const struct trap *t, six_key key, six_value receiver) {
  if (!has_trap(t)) return six_get_with(m, t->target, key, receiver);
  six_value argv[3] = {six_object_value(t->target), six_key_to_value(m, key), receiver};
  six_value v = call_trap(m, t, 3, argv);
  return six_is_exception(v) ? v : get_checks(m, t, key, v);
}

static six_value proxy_get(struct six_machine *m, struct six_object *o, six_key key, six_value receiver) {
  struct trap t;
  if (is_private(key)) {
    struct six_descriptor d;
    if (!six_ordinary_get_own(m, o, key, &d)) return SIX_UNDEFINED;
    if (!six_descriptor_is_accessor(&d)) return d.value;
    return six_is_undefined(d.get) ? SIX_UNDEFINED : six_call(m, d.get, receiver, 0, NULL);
  }
  if (!enter(m, o, "get", &t)) return SIX_EXCEPTION;
  six_value result = get_inner(m, &t, key, receiver);
  leave(m, &t);
  return result;
}

// ---- [[Set]] (10.5.9)

static int set_inner(struct six_machine *m, const struct trap *t, six_key key, six_value v, six_value receiver, bool throws) {
  if (!has_trap(t)) return six_set_with(m, t->target, key, v, receiver, throws);
  six_value argv[4] = {six_object_value(t->target), six_key_to_value(m, key), v, receiver};
  int ok = ask_trap(m, t, 4, argv);
  if (ok < 0) return -1;
  if (!ok) return throws ? broken(m, "set", "trap returned falsish for property ", key, "") : 0;
  struct six_descriptor actual;
  int exists = six_get_own_property(m, t->target, key, &actual);
  if (exists < 0) return -1;
  if (!exists || (actual.attrs & SIX_CONFIGURABLE)) return 1;
  if (six_descriptor_is_accessor(&actual)) {
    if (!six_is_undefined(actual.set)) return 1;
    return broken(m, "set", "trap returned truish for property ", key,
                  " which exists in the proxy target as a non-configurable and non-writable accessor property without a setter");
  }
  if ((actual.attrs & SIX_WRITABLE) || six_same_value(m, v, actual.value)) return 1;
  return broken(m, "set", "trap returned truish for property ", key,
                " which exists in the proxy target as a non-configurable and non-writable data property with a different value");
}

static int proxy_set(struct six_machine *m, struct six_object *o, six_key key, six_value v, six_value receiver, bool throws) {
  struct trap t;
  if (is_private(key)) {
    struct six_descriptor d = {.has = SIX_HAS_VALUE, .value = v, .get = SIX_UNDEFINED, .set = SIX_UNDEFINED};
    return six_ordinary_define_own(m, o, key, &d, throws);
  }
  if (!enter(m, o, "set", &t)) return -1;
  int result = set_inner(m, &t, key, v, receiver, throws);
  leave(m, &t);
  return result;
}

// ---- [[Delete]] (10.5.10)

static int delete_inner(struct six_machine *m, const struct trap *t, six_key key, bool throws) {
  if (!has_trap(t)) return six_delete(m, t->target, key, throws);
  six_value argv[2] = {six_object_value(t->target), six_key_to_value(m, key)};
  int ok = ask_trap(m, t, 2, argv);
  if (ok < 0) return -1;
  if (!ok) return throws ? broken(m, "deleteProperty", "trap returned falsish for property ", key, "") : 0;
  struct six_descriptor actual;
  int exists = six_get_own_property(m, t->target, key, &actual);
  if (exists <= 0) return exists < 0 ? -1 : 1;
  if (!(actual.attrs & SIX_CONFIGURABLE)) {
    return broken(m, "deleteProperty", "trap returned truish for property ", key, " which is non-configurable in the proxy target");
  }
  int extensible = six_is_extensible(m, t->target);
  if (extensible) return extensible;
  return broken(m, "deleteProperty", "trap returned truish for property ", key, " but the proxy target is non-extensible");
}

static int proxy_delete(struct six_machine *m, struct six_object *o, six_key key, bool throws) {
  struct trap t;
  if (!enter(m, o, "deleteProperty", &t)) return -1;
  int result = delete_inner(m, &t, key, throws);
  leave(m, &t);
  return result;
}

// ---- [[OwnPropertyKeys]] (10.5.11)

static bool contains(const struct six_values *keys, six_key key) {
  for (uint32_t i = 0; i < keys->count; i++) {
    if (keys->items[i] == key) return true;
  }
  return false;
}

// The trap's result as keys, checked for types and duplicates. NULL on exception.
static struct six_values *trap_keys(struct six_machine *m, const struct trap *t) {
  six_value argv[1] = {six_object_value(t->target)};
  six_value v = call_trap(m, t, 1, argv);
  struct six_values *list = six_is_exception(v) ? NULL : six_list_from(m, v);
  if (!list) return NULL;
  struct six_values *keys = six_values_new(m, list->count);
  six_root_values(m, keys);
  for (uint32_t i = 0; i < list->count; i++) {
    six_value name = list->items[i];
    if (!six_is_string(name) && !six_is_symbol(name)) {
      six_throw_type_about(m, "", name, " is not a valid property name");
      return NULL;
    }
    six_key key = six_to_key(m, name);
    if (contains(keys, key)) {
      broken_plainly(m, "ownKeys", "trap returned duplicate entries");
      return NULL;
    }
    keys->items[keys->count++] = key;
  }
  return keys;
}

static struct six_values *keys_inner(struct six_machine *m, const struct trap *t) {
  if (!has_trap(t)) return six_own_keys(m, t->target, SIX_KEYS_STRINGS | SIX_KEYS_SYMBOLS);
  struct six_values *keys = trap_keys(m, t);
  if (!keys) return NULL;
  int extensible = six_is_extensible(m, t->target);
  struct six_values *actual = extensible < 0 ? NULL : six_own_keys(m, t->target, SIX_KEYS_STRINGS | SIX_KEYS_SYMBOLS);
  if (!actual) return NULL;
  six_root_values(m, actual);
  for (uint32_t i = 0; i < actual->count; i++) {
    struct six_descriptor d;
    int exists = six_get_own_property(m, t->target, actual->items[i], &d);
    if (exists < 0) return NULL;
    bool must = !extensible || (exists && !(d.attrs & SIX_CONFIGURABLE));
    if (must && !contains(keys, actual->items[i])) {
      broken(m, "ownKeys", "trap result did not include ", actual->items[i], "");
      return NULL;
    }
  }
  if (!extensible && keys->count > actual->count) {
    broken_plainly(m, "ownKeys", "trap returned extra keys but proxy target is non-extensible");
    return NULL;
  }
  return keys;
}

static struct six_values *proxy_keys(struct six_machine *m, struct six_object *o) {
  struct trap t;
  if (!enter(m, o, "ownKeys", &t)) return NULL;
  struct six_values *keys = keys_inner(m, &t);
  leave(m, &t);
  return keys;
}

const struct six_exotic six_proxy_exotic = {
    .get_own = proxy_get_own,
    .define = proxy_define,
    .has = proxy_has,
    .delete_ = proxy_delete,
    .get = proxy_get,
    .set = proxy_set,
    .keys = proxy_keys,
    .get_prototype = proxy_get_prototype,
    .set_prototype = proxy_set_prototype,
    .prevent_extensions = proxy_prevent_extensions,
    .is_extensible = proxy_is_extensible,
};

// ---- [[Call]] and [[Construct]] (10.5.12, 10.5.13)

six_value six_proxy_call(struct six_machine *m, struct six_object *proxy, six_value this_value, int argc, const six_value *argv) {
  struct trap t;
  if (!enter(m, proxy, "apply", &t)) return SIX_EXCEPTION;
  six_value result;
  if (has_trap(&t)) {
    six_value trap_argv[3] = {six_object_value(t.target), this_value, six_object_value(six_array_from(m, argv, (uint32_t)argc))};
    result = six_call(m, t.function, t.handler, 3, trap_argv);
  } else {
    result = six_call(m, six_object_value(t.target), this_value, argc, argv);
  }
  leave(m, &t);
  return result;
}

six_value six_proxy_construct(struct six_machine *m, struct six_object *proxy, int argc, const six_value *argv, six_value new_target) {
  struct trap t;
  if (!enter(m, proxy, "construct", &t)) return SIX_EXCEPTION;
  six_value result;
  if (has_trap(&t)) {
    six_value trap_argv[3] = {six_object_value(t.target), six_object_value(six_array_from(m, argv, (uint32_t)argc)), new_target};
    result = six_call(m, t.function, t.handler, 3, trap_argv);
    if (!six_is_exception(result) && !six_is_object(result)) {
      result = six_throw_type_about(m, "'construct' on proxy: trap returned non-object ('", result, "')");
    }
  } else {
    result = six_construct(m, six_object_value(t.target), argc, argv, new_target);
  }
  leave(m, &t);
  return result;
}

// ---- Constructor (28.2)

static struct six_object *proxy_new(struct six_machine *m, six_value target, six_value handler) {
  if (!six_is_object(target) || !six_is_object(handler)) {
    six_throw_type(m, "Cannot create proxy with a non-object as target or handler");
    return NULL;
  }
  struct six_proxy *proxy = (struct six_proxy *)six_object_new_class(m, SIX_CLASS_PROXY, sizeof *proxy, NULL);
  proxy->target = six_as_object(target);
  proxy->handler = six_as_object(handler);
  proxy->object.cell.flags |= SIX_OBJECT_EXOTIC;
  proxy->object.cell.flags |= proxy->target->cell.flags & (SIX_OBJECT_CALLABLE | SIX_OBJECT_CONSTRUCTOR);
  return &proxy->object;
}

static six_value proxy_constructor(struct six_machine *m, const struct six_args *a) {
  if (six_is_undefined(a->new_target)) return six_throw_type(m, "Constructor Proxy requires 'new'");
  struct six_object *proxy = proxy_new(m, six_arg(a, 0), six_arg(a, 1));
  return proxy ? six_object_value(proxy) : SIX_EXCEPTION;
}

static six_value revoke(struct six_machine *m, const struct six_args *a) {
  (void)m;
  struct six_native_function *self = six_as_native(a->callee);
  if (six_is_object(self->data[0])) {
    struct six_proxy *proxy = as_proxy(six_as_object(self->data[0]));
    proxy->target = proxy->handler = NULL;
  }
  self->data[0] = SIX_NULL;
  return SIX_UNDEFINED;
}

static six_value proxy_revocable(struct six_machine *m, const struct six_args *a) {
  struct six_object *proxy = proxy_new(m, six_arg(a, 0), six_arg(a, 1));
  if (!proxy) return SIX_EXCEPTION;
  struct six_object *result = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  struct six_object *function = six_native_new(m, revoke, six_str(m, ""), 0, six_object_value(proxy), SIX_UNDEFINED);
  six_define(m, result, SIX_ATOM(m, proxy), six_object_value(proxy), SIX_DATA_ALL);
  six_define(m, result, SIX_ATOM(m, revoke), six_object_value(function), SIX_DATA_ALL);
  return six_object_value(result);
}

void six_init_proxy(struct six_machine *m) {
  static const struct six_native_def statics[] = {{"revocable", proxy_revocable, 2, 0}};
  struct six_object *constructor = six_native_new(m, proxy_constructor, six_str(m, "Proxy"), 2, SIX_UNDEFINED, SIX_UNDEFINED);
  constructor->cell.flags |= SIX_OBJECT_CONSTRUCTOR | SIX_OBJECT_FRAMELESS;  // without a prototype property
  m->intrinsics[SIX_I_Proxy] = constructor;
  six_define_natives(m, constructor, statics, SIX_COUNT(statics));
}
