// Steps of the interpreter that are functions: iterators, spreads, classes, private members, templates.
#include "sim/machine/dispose.h"
#include "sim/machine/interp.h"
#include "sim/machine/own.h"

#include <stdlib.h>

// ---- Iterators. Three registers: iterator, next method (an int: position in an array, see below), done.
//
// An array whose iteration nobody has changed is walked by position without making an iterator: Array.prototype's
// @@iterator and %ArrayIteratorPrototype%.next are the built-in ones, and the array has no @@iterator of its own.

static bool pristine_iteration(struct six_machine *m, struct six_object *array) {
  struct six_object *proto = six_intrinsic(m, SIX_I_ArrayPrototype);
  uint32_t attrs;
  if (array->shape->proto != proto || six_shape_look(array->shape, SIX_SYMBOL(m, iterator), &attrs) >= 0) return false;
  six_value *own = six_own_slot(m, proto, SIX_SYMBOL(m, iterator));
  if (!own || *own != six_object_value(six_intrinsic(m, SIX_I_ArrayValues))) return false;
  six_value *next = six_own_slot(m, six_intrinsic(m, SIX_I_ArrayIteratorPrototype), SIX_ATOM(m, next));
  return next && six_is_class(*next, SIX_CLASS_NATIVE);
}

bool six_step_open_iterator(struct six_machine *m, six_value *it, six_value iterable, const struct six_node *node,
                            enum six_iteration_site site) {
  it[2] = SIX_FALSE;
  if (six_is_class(iterable, SIX_CLASS_ARRAY) && pristine_iteration(m, six_as_object(iterable))) {
    it[0] = iterable;
    it[1] = six_int(0);
    return true;
  }
  if (six_is_nullish(iterable)) return !six_is_exception(six_throw_not_iterable(m, node, iterable, SIX_UNDEFINED, site));
  six_value method = six_get_v(m, iterable, SIX_SYMBOL(m, iterator));
  if (six_is_exception(method)) return false;
  if (!six_is_callable(method)) return !six_is_exception(six_throw_not_iterable(m, node, iterable, method, site));
  six_value iterator = six_call(m, method, iterable, 0, NULL);
  if (six_is_exception(iterator)) return false;
  if (!six_is_object(iterator)) {
    six_throw_type(m, "Result of the Symbol.iterator method is not an object");
    return false;
  }
  it[0] = iterator;
  it[1] = six_get_v(m, iterator, SIX_ATOM(m, next));
  if (six_is_int(it[1])) it[1] = six_double(six_as_int(it[1]));  // no position
  if (six_is_exception(it[1])) return false;
  bool asks_early = site == SIX_ITERATES_ELEMENT || site == SIX_ITERATES_ARGUMENT || site == SIX_ITERATES_LAST_ARGUMENT ||
                    (site == SIX_ITERATES_SOURCE && node && m->rules->cell[SIX_RULE_V8_WORDS] < 2);
  return !asks_early || six_is_callable(it[1]) || !six_is_exception(six_throw_next(m, node, it[1], site));
}

int six_step_next(struct six_machine *m, six_value *it, six_value *value) {
  if (six_is_int(it[1])) {
    struct six_object *array = six_as_object(it[0]);
    uint32_t i = (uint32_t)six_as_int(it[1]);
    if (i >= array->array_length) {
      it[2] = SIX_TRUE;
      return 0;
    }
    it[1] = six_int((int32_t)i + 1);
    six_value v = six_get(m, array, six_int((int32_t)i));
    if (six_is_exception(v)) return -1;
    *value = v;
    return 1;
  }
  it[2] = SIX_TRUE;  // an exception from here on leaves the iterator alone
  if (!six_is_callable(it[1])) {
    six_throw_next(m, NULL, it[1], SIX_ITERATES_VALUE);
    return -1;
  }
  six_value result = six_call(m, it[1], it[0], 0, NULL);
  if (six_is_exception(result)) return -1;
  if (!six_is_object(result)) {
    struct six_text text = {0};
    six_describe_value(m, result, &text);
    six_throw_type(m, "Iterator result %s is not an object", text.bytes ? text.bytes : "");
    six_text_done(&text);
    return -1;
  }
  size_t roots = six_roots_mark(m);
  six_root(m, result);
  int outcome = -1;
  six_value done = six_get(m, six_as_object(result), SIX_ATOM(m, done));
  if (!six_is_exception(done)) {
    outcome = six_to_boolean(done) ? 0 : 1;
    if (outcome) {
      six_value v = six_get(m, six_as_object(result), SIX_ATOM(m, value));
      if (six_is_exception(v)) outcome = -1;
      else *value = v;
    }
  }
  if (outcome == 1) it[2] = SIX_FALSE;
  six_roots_release(m, roots);
  return outcome;
}

bool six_step_close(struct six_machine *m, six_value *it) {
  if (it[2] == SIX_TRUE || six_is_int(it[1])) return true;
  it[2] = SIX_TRUE;
  six_value method = six_get_method(m, it[0], SIX_ATOM(m, return_));
  if (six_is_exception(method)) return false;
  if (method == SIX_UNDEFINED) return true;
  six_value result = six_call(m, method, it[0], 0, NULL);
  if (six_is_exception(result)) return false;
  if (six_is_object(result)) return true;
  struct six_text text = {0};
  six_describe_value(m, result, &text);
  six_throw_type(m, "Iterator result %s is not an object", text.bytes ? text.bytes : "");
  six_text_done(&text);
  return false;
}

void six_step_close_throw(struct six_machine *m, six_value *it) {
  if (it[2] == SIX_TRUE || six_is_int(it[1]) || m->stop) return;
  it[2] = SIX_TRUE;
  six_value method = six_get_method(m, it[0], SIX_ATOM(m, return_));
  if (six_is_callable(method)) six_call(m, method, it[0], 0, NULL);
  if (!m->stop) m->exception = SIX_UNDEFINED;  // the first error wins: it is in a register
}

bool six_step_rest(struct six_machine *m, six_value *it, six_value *array) {
  struct six_object *rest = six_array_new(m, 0);
  *array = six_object_value(rest);
  while (it[2] != SIX_TRUE) {
    six_value v = SIX_UNDEFINED;
    int r = six_step_next(m, it, &v);
    if (r < 0) return false;
    if (!r) break;
    six_array_push(m, six_as_object(*array), v);
  }
  return true;
}

int six_step_iterator_return(struct six_machine *m, six_value *it, six_value *result) {
  if (it[2] == SIX_TRUE) return 0;
  it[2] = SIX_TRUE;
  six_value method = six_get_method(m, it[0], SIX_ATOM(m, return_));
  if (six_is_exception(method)) return -1;
  if (method == SIX_UNDEFINED) return 0;
  six_value v = six_call(m, method, it[0], 0, NULL);
  if (six_is_exception(v)) return -1;
  *result = v;
  return 1;
}

// ---- for-in (14.7.5.9): the keys of the object and its prototypes, taken in advance; deleted ones are skipped.

bool six_step_open_for_in(struct six_machine *m, six_value *it, six_value value) {
  it[1] = six_int(0);
  it[2] = SIX_UNDEFINED;
  if (six_is_nullish(value)) {
    it[0] = SIX_UNDEFINED;
    return true;
  }
  struct six_object *o = six_to_object(m, value);
  if (!o) return false;
  it[0] = six_object_value(o);
  struct six_object *keys = six_array_new(m, 0);
  it[2] = six_object_value(keys);
  for (struct six_object *at = o; at;) {
    // A key that is not enumerable here may still hide one further up: six_step_for_in looks again.
    struct six_values *own = six_own_keys(m, at, SIX_KEYS_STRINGS | (at->cell.class_ == SIX_CLASS_PROXY ? 0 : SIX_KEYS_ENUMERABLE_ONLY));
    if (!own) return false;
    size_t roots = six_roots_mark(m);
    six_root(m, six_tagged(SIX_TAG_OBJECT, own));
    for (uint32_t i = 0; i < own->count; i++) {
      bool seen = false;
      if (at != o) {
        for (uint32_t k = 0; k < keys->element_count && !seen; k++) seen = keys->elements[k] == own->items[i];
      }
      if (!seen) six_array_push(m, keys, own->items[i]);
    }
    six_roots_release(m, roots);
    struct six_object *proto;
    if (!six_get_prototype_of(m, at, &proto)) return false;
    at = proto;
  }
  return true;
}

int six_step_for_in(struct six_machine *m, six_value *it, six_value *key) {
  if (it[0] == SIX_UNDEFINED) return 0;
  struct six_object *keys = six_as_object(it[2]);
  for (;;) {
    uint32_t i = (uint32_t)six_as_int(it[1]);
    if (i >= keys->element_count) return 0;
    it[1] = six_int((int32_t)i + 1);
    six_key k = keys->elements[i];
    for (struct six_object *at = six_as_object(it[0]); at;) {
      struct six_descriptor d;
      int has = six_get_own_property(m, at, k, &d);
      if (has < 0) return -1;
      if (has) {
        if (!(d.attrs & SIX_ENUMERABLE)) break;
        *key = six_key_to_value(m, k);
        return 1;
      }
      struct six_object *proto;
      if (!six_get_prototype_of(m, at, &proto)) return -1;
      at = proto;
    }
  }
}

// ---- Spreads

bool six_step_array_spread(struct six_machine *m, struct six_object *array, six_value iterable, const struct six_node *node,
                           enum six_iteration_site site) {
  size_t roots = six_roots_mark(m);
  six_value it[3] = {SIX_UNDEFINED, SIX_UNDEFINED, SIX_FALSE};
  if (!six_step_open_iterator(m, it, iterable, node, site)) return false;
  if (six_is_int(it[1])) {  // a plain array
    struct six_object *source = six_as_object(iterable);
    for (uint32_t i = 0; i < source->array_length; i++) {
      six_value v = i < source->element_count ? source->elements[i] : SIX_EMPTY;
      if (v == SIX_EMPTY) {
        v = six_get(m, source, six_int((int32_t)i));
        if (six_is_exception(v)) return false;
      }
      six_array_push(m, array, v);
    }
    return true;
  }
  six_root(m, it[0]);
  six_root(m, it[1]);
  for (;;) {
    six_value v = SIX_UNDEFINED;
    int r = six_step_next(m, it, &v);
    if (r <= 0) {
      six_roots_release(m, roots);
      return r == 0;
    }
    six_array_push(m, array, v);
  }
}

bool six_step_object_spread(struct six_machine *m, struct six_object *target, six_value source, struct six_object *excluded) {
  if (six_is_nullish(source)) return true;
  struct six_object *from = six_to_object(m, source);
  if (!from) return false;
  size_t roots = six_roots_mark(m);
  six_root(m, six_object_value(from));
  struct six_values *keys = six_own_keys(m, from, SIX_KEYS_STRINGS | SIX_KEYS_SYMBOLS);
  bool ok = keys != NULL;
  if (keys) six_root(m, six_tagged(SIX_TAG_OBJECT, keys));
  for (uint32_t i = 0; ok && i < keys->count; i++) {
    six_key key = keys->items[i];
    bool skip = false;
    for (uint32_t k = 0; excluded && k < excluded->element_count && !skip; k++) {
      six_key other = six_to_key(m, excluded->elements[k]);
      skip = other == key;
    }
    if (skip) continue;
    struct six_descriptor d;
    int has = six_get_own_property(m, from, key, &d);
    ok = has >= 0;
    if (!ok || !has || !(d.attrs & SIX_ENUMERABLE)) continue;
    six_value v = six_get(m, from, key);
    ok = !six_is_exception(v) && six_create_data(m, target, key, v) >= 0;
  }
  six_roots_release(m, roots);
  return ok;
}

// ---- Templates

six_value six_step_template_object(struct six_machine *m, struct six_code *code, uint32_t index) {
  if (code->template_objects[index] != SIX_EMPTY) return code->template_objects[index];
  const struct six_node *n = code->templates[index];
  uint32_t count = n->template.expressions.count + 1;
  struct six_object *cooked = six_array_new(m, count), *raw = six_array_new(m, count);
  code->template_objects[index] = six_object_value(cooked);
  for (uint32_t i = 0; i < count; i++) {
    const struct six_template_part *part = &n->template.quasis[i];
    six_array_push(m, cooked,
                   part->cooked ? six_string_value(six_intern_utf16(m, part->cooked->units, part->cooked->length, false)) : SIX_UNDEFINED);
    six_array_push(m, raw, six_string_value(six_intern_utf16(m, part->raw->units, part->raw->length, false)));
  }
  six_define(m, cooked, SIX_ATOM(m, raw), six_object_value(raw), 0);
  struct six_object *both[] = {raw, cooked};
  for (int k = 0; k < 2; k++) {  // frozen (13.2.8.4)
    six_prevent_extensions(m, both[k]);
    for (uint32_t i = 0; i < count; i++) {
      struct six_descriptor d = {.has = SIX_WRITABLE | SIX_CONFIGURABLE};
      six_define_own(m, both[k], six_int((int32_t)i), &d, false);
    }
    struct six_descriptor d = {.has = SIX_WRITABLE};
    six_define_own(m, both[k], SIX_ATOM(m, length), &d, false);
  }
  return six_object_value(cooked);
}

six_value six_step_template(struct six_machine *m, six_value *parts, uint32_t count) {
  if (count == 0) return SIX_ATOM(m, empty);
  m->effort += 4 * (uint64_t)count;
  six_value result = SIX_UNDEFINED;
  for (uint32_t i = 0; i < count; i++) {
    six_value s = six_is_string(parts[i]) ? parts[i] : six_to_string_value(m, parts[i]);
    if (six_is_exception(s)) return s;
    result = i == 0 ? s : six_string_concat(m, six_as_string(result), six_as_string(s));
    if (six_is_exception(result)) return result;
  }
  return result;
}

// ---- Classes

static bool class_parents(struct six_machine *m, six_value parent, struct six_object **function_proto, struct six_object **proto_proto) {
  *function_proto = six_intrinsic(m, SIX_I_FunctionPrototype);
  *proto_proto = six_intrinsic(m, SIX_I_ObjectPrototype);
  if (parent == SIX_EMPTY) return true;
  if (parent == SIX_NULL) {
    *proto_proto = NULL;
    return true;
  }
  struct six_text text = {0};
  if (!six_is_constructor(parent)) {
    if (six_is_object(parent)) six_describe_object(m, six_as_object(parent), &text);
    else six_describe_primitive(m, parent, &text);
    six_throw_type(m, "Class extends value %s is not a constructor or null", text.bytes ? text.bytes : "");
    six_text_done(&text);
    return false;
  }
  six_value proto = six_get(m, six_as_object(parent), SIX_ATOM(m, prototype));
  if (six_is_exception(proto)) return false;
  if (!six_is_object(proto) && proto != SIX_NULL) {
    six_describe_value(m, proto, &text);
    six_throw_type(m, "Class extends value does not have valid prototype property %s", text.bytes ? text.bytes : "");
    six_text_done(&text);
    return false;
  }
  *function_proto = six_as_object(parent);
  *proto_proto = proto == SIX_NULL ? NULL : six_as_object(proto);
  return true;
}

bool six_step_class(struct six_machine *m, six_value *pair, struct six_code *code, struct six_env *env) {
  struct six_object *function_proto, *proto_proto;
  if (!class_parents(m, pair[0], &function_proto, &proto_proto)) return false;
  struct six_object *proto = six_object_new(m, proto_proto);
  pair[1] = six_object_value(proto);
  struct six_function *f = six_function_new(m, code, env);
  pair[0] = six_object_value(&f->object);
  if (function_proto != f->object.shape->proto) six_set_prototype(m, &f->object, function_proto, false);
  f->home = proto;
  struct six_descriptor d;
  six_get_own_property(m, &f->object, SIX_ATOM(m, prototype), &d);  // makes the function's lazy properties
  six_define(m, &f->object, SIX_ATOM(m, prototype), pair[1], 0);
  six_define(m, proto, SIX_ATOM(m, constructor), pair[0], SIX_HIDDEN);
  if (m->rules->cell[SIX_RULE_CLASS_NAME_LAST]) six_delete(m, &f->object, SIX_ATOM(m, name), false);  // six_step_class_name
  return true;
}

void six_step_class_name(struct six_machine *m, struct six_object *class_) {
  struct six_descriptor d;
  six_value name = ((struct six_function *)class_)->code->name;
  if (six_get_own_property(m, class_, SIX_ATOM(m, name), &d) > 0) return;
  if (six_as_string(name)->length || m->rules->cell[SIX_RULE_CLASS_NAME_LAST] > 1)
    six_define(m, class_, SIX_ATOM(m, name), name, SIX_CONFIGURABLE);
}

bool six_step_run_fields(struct six_machine *m, six_value this_value, six_value constructor) {
  if (!six_is_class(constructor, SIX_CLASS_FUNCTION)) return true;
  six_value fields = ((struct six_function *)six_as_object(constructor))->fields;
  return fields == SIX_UNDEFINED || !six_is_exception(six_call(m, fields, this_value, 0, NULL));
}

six_value six_step_super_parent(struct six_machine *m, six_value function, const struct six_node *node) {
  (void)node;
  struct six_object *parent = six_get_prototype(m, six_as_object(function));
  six_value v = parent ? six_object_value(parent) : SIX_NULL;
  if (six_is_constructor(v)) return v;
  struct six_text text = {0};
  if (six_is_callable(v)) six_string_to_utf8(m, six_function_name(m, six_as_object(v)), &text);  // "null" where it has none
  struct six_text name = {0};
  six_string_to_utf8(m, six_as_string(((struct six_function *)six_as_object(function))->code->name), &name);
  six_throw_type(m, "Super constructor %s of %s is not a constructor", text.length ? text.bytes : "null",
                 name.length ? name.bytes : "anonymous class");
  six_text_done(&name);
  six_text_done(&text);
  return SIX_EXCEPTION;
}

// ---- Private members: properties with private symbols as keys. They are never inherited, listed or proxied.

static void private_text(struct six_machine *m, six_value key, struct six_text *text) {
  six_string_to_utf8(m, six_as_string(six_as_symbol(key)->description), text);
}

// A method or accessor asks for its class's brand, as V8 words it; a field for itself.
static bool private_missing(struct six_machine *m, six_value object, six_value key, bool writes) {
  const struct six_symbol *name = six_as_symbol(key);
  bool brand = name->private_kind & ~SIX_PRIVATE_STATIC, is_static = name->private_kind & SIX_PRIVATE_STATIC;
  struct six_text text = {0};
  six_string_to_utf8(m, six_as_string(brand ? name->owner : name->description), &text);
  const char *shown = text.bytes ? text.bytes : "";
  if (brand && is_static) six_throw_type(m, "Receiver must be class %s", shown);
  else if (six_is_nullish(object) && (brand || !writes)) six_get_v(m, object, brand ? name->owner : key);
  else if (six_is_nullish(object)) six_set_v(m, object, key, SIX_UNDEFINED, true);
  else if (brand) six_throw_type(m, "Receiver must be an instance of class %s", shown);
  else
    six_throw_type(m, "Cannot %s private member %s %s an object whose class did not declare it", writes ? "write" : "read", shown,
                   writes ? "to" : "from");
  six_text_done(&text);
  return false;
}

static bool private_fails(struct six_machine *m, six_value key, const char *format) {
  struct six_text text = {0};
  private_text(m, key, &text);
  six_throw_type(m, format, text.bytes);
  six_text_done(&text);
  return false;
}

static bool private_find(six_value object, six_value key, uint32_t *attrs, six_value **slot) {
  if (!six_is_object(object)) return false;
  struct six_object *o = six_as_object(object);
  int32_t at = six_shape_look(o->shape, key, attrs);
  if (at < 0) return false;
  *slot = &o->slots[at];
  return true;
}

six_value six_step_private_get(struct six_machine *m, six_value object, six_value key) {
  uint32_t attrs;
  six_value *slot;
  if (!private_find(object, key, &attrs, &slot)) {
    private_missing(m, object, key, false);
    return SIX_EXCEPTION;
  }
  if (!(attrs & SIX_ACCESSOR)) return *slot;
  six_value get = ((struct six_accessor *)six_as_pointer(*slot))->get;
  if (get != SIX_UNDEFINED) return six_call(m, get, object, 0, NULL);
  private_fails(m, key, "'%s' was defined without a getter");
  return SIX_EXCEPTION;
}

bool six_step_private_set(struct six_machine *m, six_value object, six_value key, six_value v) {
  uint32_t attrs;
  six_value *slot;
  if (!private_find(object, key, &attrs, &slot)) return private_missing(m, object, key, true);
  if (attrs & SIX_ACCESSOR) {
    six_value set = ((struct six_accessor *)six_as_pointer(*slot))->set;
    if (set == SIX_UNDEFINED) return private_fails(m, key, "'%s' was defined without a setter");
    return !six_is_exception(six_call(m, set, object, 1, &v));
  }
  if (!(attrs & SIX_WRITABLE)) return private_fails(m, key, "Private method '%s' is not writable");
  *slot = v;
  return true;
}

bool six_step_private_add(struct six_machine *m, six_value object, six_value key, six_value v, int kind) {
  uint32_t attrs;
  six_value *slot;
  struct six_object *o = six_as_object(object);
  bool there = private_find(object, key, &attrs, &slot);
  struct six_accessor *accessor = there && kind >= 2 && (attrs & SIX_ACCESSOR) ? six_as_pointer(*slot) : NULL;
  if (accessor && (kind == 2 ? accessor->get : accessor->set) == SIX_UNDEFINED) {
    if (kind == 2) accessor->get = v;
    else accessor->set = v;
    return true;
  }
  if (there) {
    struct six_text text = {0};
    six_string_to_utf8(m, six_as_string(kind ? six_as_symbol(key)->owner : six_as_symbol(key)->description), &text);
    six_throw_type(m, "Cannot initialize %s%s twice on the same object", kind ? "private methods of class " : "", text.bytes);
    six_text_done(&text);
    return false;
  }
  bool fixed = o->cell.flags & SIX_OBJECT_NOT_EXTENSIBLE;  // private members may be added all the same
  o->cell.flags &= (uint8_t)~SIX_OBJECT_NOT_EXTENSIBLE;
  if (kind >= 2) six_define_accessor(m, o, key, kind == 2 ? v : SIX_UNDEFINED, kind == 3 ? v : SIX_UNDEFINED, 0);
  else six_define(m, o, key, v, kind == 0 ? SIX_WRITABLE : 0);
  if (fixed) o->cell.flags |= SIX_OBJECT_NOT_EXTENSIBLE;
  return true;
}

int six_step_private_has(struct six_machine *m, six_value object, six_value key) {
  uint32_t attrs;
  six_value *slot;
  if (six_is_object(object)) return private_find(object, key, &attrs, &slot);
  struct six_text text = {0}, name = {0};
  six_describe_value(m, object, &text);
  private_text(m, key, &name);
  six_throw_type(m, "Cannot use 'in' operator to search for '%s' in %s", name.bytes, text.bytes ? text.bytes : "");
  six_text_done(&text);
  six_text_done(&name);
  return -1;
}

// ---- Names of functions defined under a computed key (SetFunctionName, 10.2.9)

void six_step_set_name(struct six_machine *m, six_value function, six_value key, uint32_t prefix) {
  if (!six_is_class(function, SIX_CLASS_FUNCTION)) return;
  struct six_object *f = six_as_object(function);
  six_value name;
  if (six_is_symbol(key)) {
    six_value description = six_as_symbol(key)->description;
    if (six_as_symbol(key)->is_private) name = description;
    else if (description == SIX_UNDEFINED) name = SIX_ATOM(m, empty);
    else {
      struct six_builder b = {0};
      six_builder_ascii(m, &b, "[");
      six_builder_string(m, &b, six_as_string(description));
      six_builder_ascii(m, &b, "]");
      name = six_builder_finish(m, &b);
    }
  } else {
    name = six_to_string_value(m, key);
  }
  if (prefix) {
    struct six_builder b = {0};
    six_builder_ascii(m, &b, prefix == 1 ? "get " : "set ");
    six_builder_string(m, &b, six_string_flat(m, six_as_string(name)));
    name = six_builder_finish(m, &b);
  }
  struct six_descriptor d;
  if (six_get_own_property(m, f, SIX_ATOM(m, name), &d) > 0 && d.value != SIX_UNDEFINED && six_is_object(d.value)) return;  // static name()
  six_define(m, f, SIX_ATOM(m, name), name, SIX_CONFIGURABLE);
}

bool six_step_define_accessor(struct six_machine *m, struct six_object *o, six_value key_value, six_value function, uint32_t flags) {
  six_key key = six_to_key(m, key_value);
  if (six_is_exception(key)) return false;
  struct six_descriptor d = {.attrs = SIX_CONFIGURABLE | (flags & 1 ? SIX_ENUMERABLE : 0),
                             .has = SIX_CONFIGURABLE | SIX_ENUMERABLE,
                             .value = SIX_UNDEFINED,
                             .get = SIX_UNDEFINED,
                             .set = SIX_UNDEFINED};
  if (flags & 2) {
    d.set = function;
    d.has |= SIX_HAS_SET;
  } else {
    d.get = function;
    d.has |= SIX_HAS_GET;
  }
  return six_define_own(m, o, key, &d, true) >= 0;
}

// ---- yield*: it[0] iterator, it[1] next, it[3] received value, it[4] its mode.

int six_step_star_call(struct six_machine *m, six_value *it) {
  int mode = six_as_int(it[4]);
  if (six_is_int(it[1])) {  // yield* must go through a real iterator: its protocol is observable
    struct six_object *array = six_as_object(it[0]);
    six_value method = six_get(m, array, SIX_SYMBOL(m, iterator));
    it[0] = six_is_exception(method) ? method : six_call(m, method, six_object_value(array), 0, NULL);
    if (six_is_exception(it[0])) return -1;
    it[1] = six_get_v(m, it[0], SIX_ATOM(m, next));
    if (six_is_exception(it[1])) return -1;
  }
  six_value method = it[1];
  if (mode != 0) {
    method = six_get_method(m, it[0], mode == 1 ? SIX_ATOM(m, throw_) : SIX_ATOM(m, return_));
    if (six_is_exception(method)) return -1;
    if (method == SIX_UNDEFINED) return 0;
  }
  if (!six_is_callable(method)) {
    six_throw_next(m, NULL, method, SIX_ITERATES_VALUE);
    return -1;
  }
  it[3] = six_call(m, method, it[0], 1, &it[3]);
  return six_is_exception(it[3]) ? -1 : 1;
}

// ---- using: completion[0] its kind (1: an exception), completion[1] its value, completion[2] the resources, completion[3] awaited

static struct six_disposing disposing_of(const six_value *completion) {
  bool threw = completion[0] == six_int(1);
  return (struct six_disposing){threw, threw ? completion[1] : SIX_UNDEFINED};
}

static void take_outcome(six_value *completion, const struct six_disposing *d) {
  if (!d->threw) return;
  completion[0] = six_int(1);
  completion[1] = d->error;
}

int six_step_dispose(struct six_machine *m, six_value *completion) {
  struct six_disposing d = disposing_of(completion);
  int r = six_resources_dispose(m, six_as_object(completion[2]), &d, &completion[3]);
  take_outcome(completion, &d);
  return r;
}

void six_step_dispose_fail(struct six_machine *m, six_value *completion, six_value error) {
  struct six_disposing d = disposing_of(completion);
  six_disposing_fail(m, &d, error);
  take_outcome(completion, &d);
}

// ---- with and eval

// An object environment record's HasBinding (9.1.1.2.1).
int six_step_scope_has(struct six_machine *m, six_value object, six_key name) {
  if (!six_is_object(object)) return 0;
  int has = six_has_property(m, six_as_object(object), name);
  if (has <= 0) return has;
  six_value unscopables = six_get(m, six_as_object(object), SIX_SYMBOL(m, unscopables));
  if (six_is_exception(unscopables)) return -1;
  if (!six_is_object(unscopables)) return 1;
  six_value blocked = six_get(m, six_as_object(unscopables), name);
  return six_is_exception(blocked) ? -1 : !six_to_boolean(blocked);
}

six_value six_step_eval(struct six_machine *m, six_value *call, uint32_t argc, const struct six_eval_site *site,
                        const struct six_node *node) {
  if (!six_is_callable(call[0])) return six_throw_callee(m, node, call[0]);
  bool direct = six_is_class(call[0], SIX_CLASS_NATIVE) && six_as_native(six_as_object(call[0]))->native == six_global_eval;
  if (!direct) return six_call(m, call[0], SIX_UNDEFINED, (int)argc, call + 2);
  six_value text = argc ? call[2] : SIX_UNDEFINED;
  return six_is_string(text) ? six_eval(m, six_as_string(text), site, call[1]) : text;
}
