// machine: [[Get]], [[Set]] and [[HasProperty]] along the prototype chain (ECMA-262 10.1.7 to 10.1.9), for any value.
#include "sim/machine/own.h"

// ---- Get

static six_value call_getter(struct six_machine *m, six_value getter, six_value receiver) {
  return six_is_undefined(getter) ? SIX_UNDEFINED : six_call(m, getter, receiver, 0, NULL);
}

static six_value read_slot(struct six_machine *m, struct six_object *o, int32_t slot, uint32_t attrs, six_value receiver) {
  six_value *at = &o->slots[slot];
  if (__builtin_expect(!(attrs & SIX_ACCESSOR), 1)) return six_made(m, at);
  struct six_accessor *accessor = (struct six_accessor *)six_as_pointer(*at);
  return call_getter(m, six_made(m, &accessor->get), receiver);
}

// SIX_EMPTY: absent here, go on with the prototype.
static six_value get_exotic(struct six_machine *m, const struct six_exotic *exotic, struct six_object *o, six_key key, six_value receiver) {
  struct six_descriptor d;
  int found = exotic->get_own(m, o, key, &d);
  if (found < 0) return SIX_EXCEPTION;
  if (!found) return SIX_EMPTY;
  return d.has & (SIX_HAS_GET | SIX_HAS_SET) ? call_getter(m, d.get, receiver) : d.value;
}

// The walk from `o` upwards; `plain` skips the exotic operations of `o` itself.
static six_value get_from(struct six_machine *m, struct six_object *o, six_key key, six_value receiver, bool plain) {
  bool is_index = six_is_int(key);
  for (; o; o = o->shape->proto, plain = false) {
    if (__builtin_expect(six_has_flag(o, SIX_OBJECT_EXOTIC), 0) && !plain) {
      const struct six_exotic *exotic = six_classes[o->cell.class_].exotic;
      if (exotic && exotic->get) return exotic->get(m, o, key, receiver);
      if (exotic && exotic->get_own) {
        six_value v = get_exotic(m, exotic, o, key, receiver);
        if (v != SIX_EMPTY) return v;
        continue;
      }
    }
    if (is_index) {
      uint32_t i = (uint32_t)six_as_int(key);
      if (i < o->element_count && o->elements[i] != SIX_EMPTY) return o->elements[i];
      if (__builtin_expect(!six_has_flag(o, SIX_OBJECT_SPARSE), 1)) continue;
    } else if (o->cell.class_ == SIX_CLASS_ARRAY && key == SIX_ATOM(m, length)) {
      return six_number(o->array_length);
    }
    uint32_t attrs = 0;
    int32_t slot = six_shape_look(o->shape, key, &attrs);
    if (slot < 0 && __builtin_expect(o == m->intrinsics[SIX_I_Global], 0) && six_global_appears(m, o, key))
      slot = six_shape_look(o->shape, key, &attrs);
    if (slot >= 0) return read_slot(m, o, slot, attrs, receiver);
  }
  return SIX_UNDEFINED;
}

six_value six_get_with(struct six_machine *m, struct six_object *o, six_key key, six_value receiver) {
  return get_from(m, o, key, receiver, false);
}

six_value six_get(struct six_machine *m, struct six_object *o, six_key key) { return get_from(m, o, key, six_object_value(o), false); }

six_value six_ordinary_get(struct six_machine *m, struct six_object *o, six_key key, six_value receiver) {
  return get_from(m, o, key, receiver, true);
}

static six_value get_of_string(struct six_machine *m, six_value v, six_key key) {
  struct six_string *s = six_as_string(v);
  if (key == SIX_ATOM(m, length)) return six_int((int32_t)s->length);
  if (six_is_int(key) && (uint32_t)six_as_int(key) < s->length) {
    s = six_string_flat(m, s);
    uint16_t unit = six_string_unit(s, (uint32_t)six_as_int(key));
    return unit < 256 ? m->single_chars[unit] : six_string_value(six_string_utf16(m, &unit, 1));
  }
  return get_from(m, six_intrinsic(m, SIX_I_StringPrototype), key, v, false);
}

static struct six_object *prototype_of_primitive(struct six_machine *m, six_value v) {
  if (six_is_string(v)) return six_intrinsic(m, SIX_I_StringPrototype);
  if (six_is_number(v)) return six_intrinsic(m, SIX_I_NumberPrototype);
  if (six_is_boolean(v)) return six_intrinsic(m, SIX_I_BooleanPrototype);
  if (six_is_symbol(v)) return six_intrinsic(m, SIX_I_SymbolPrototype);
  if (six_is_bigint(v)) return six_intrinsic(m, SIX_I_BigIntPrototype);
  return NULL;
}

static bool words_it_newly(const struct six_machine *m) { return !m->rules || m->rules->cell[SIX_RULE_V8_CANNOT_READ]; }

static six_value throw_nullish(struct six_machine *m, six_value v, six_key key, bool read) {
  struct six_text name = {0};
  six_describe_key(m, key, &name);
  const char *key_text = name.bytes ? name.bytes : "", *what = six_is_null(v) ? "null" : "undefined";
  if (words_it_newly(m) && !strncmp(key_text, "[object ", 8))  // V8 shows no such key
    six_throw_type(m, "Cannot %s properties of %s", read ? "read" : "set", what);
  else if (words_it_newly(m))
    six_throw_type(m, "Cannot %s properties of %s (%s '%s')", read ? "read" : "set", what, read ? "reading" : "setting", key_text);
  else six_throw_type(m, "Cannot %s property '%s' of %s", read ? "read" : "set", key_text, what);
  six_text_done(&name);
  return SIX_EXCEPTION;
}

six_value six_get_v(struct six_machine *m, six_value v, six_key key) {
  if (six_is_object(v)) return get_from(m, six_as_object(v), key, v, false);
  if (six_is_string(v)) return get_of_string(m, v, key);
  struct six_object *proto = prototype_of_primitive(m, v);
  return proto ? get_from(m, proto, key, v, false) : throw_nullish(m, v, key, true);
}

// ---- Has

int six_ordinary_has(struct six_machine *m, struct six_object *o, six_key key) {
  for (bool first = true; o; o = o->shape->proto, first = false) {
    const struct six_exotic *exotic = first ? NULL : six_exotic_of(o);
    if (exotic && exotic->has) return exotic->has(m, o, key);
    int found = six_has_own(m, o, key);
    if (found) return found;
  }
  return 0;
}

int six_has_property(struct six_machine *m, struct six_object *o, six_key key) {
  const struct six_exotic *exotic = six_exotic_of(o);
  return exotic && exotic->has ? exotic->has(m, o, key) : six_ordinary_has(m, o, key);
}

// ---- Set

static int call_setter(struct six_machine *m, six_value setter, struct six_object *holder, six_key key, six_value v, six_value receiver,
                       bool throws) {
  if (six_is_undefined(setter)) return six_fail_key_object(m, throws, "Cannot set property %s of %s which has only a getter", key, holder);
  return six_is_exception(six_call(m, setter, receiver, 1, &v)) ? -1 : 1;
}

static int add_to(struct six_machine *m, struct six_object *o, six_key key, six_value v, bool throws) {
  if (six_has_flag(o, SIX_OBJECT_NOT_EXTENSIBLE)) return six_fail_key(m, throws, "Cannot add property %s, object is not extensible", key);
  if (six_has_flag(o, SIX_OBJECT_LENGTH_READONLY) && six_is_int(key) && (uint32_t)six_as_int(key) >= o->array_length)
    return six_fail_read_only(m, throws, SIX_ATOM(m, length), six_object_value(o));
  six_own_add(m, o, key, v, SIX_DATA_ALL);
  return 1;
}

static int set_length(struct six_machine *m, struct six_object *array, six_value v, bool throws) {
  if (six_has_flag(array, SIX_OBJECT_LENGTH_READONLY)) return six_fail_read_only(m, throws, SIX_ATOM(m, length), six_object_value(array));
  struct six_descriptor d = {.has = SIX_HAS_VALUE, .value = v, .get = SIX_UNDEFINED, .set = SIX_UNDEFINED};
  return six_array_define_length(m, array, &d, throws);
}

// OrdinarySetWithOwnDescriptor's last steps (10.1.9.2, 2.c on): the property was writable or absent along the chain.
static int set_on_receiver(struct six_machine *m, six_key key, six_value v, six_value receiver, bool throws) {
  if (!six_is_object(receiver)) return six_fail_read_only(m, throws, key, receiver);
  struct six_object *o = six_as_object(receiver);
  struct six_descriptor current;
  int found = six_get_own_property(m, o, key, &current);
  if (found < 0) return -1;
  if (!found) {
    if (!six_has_flag(o, SIX_OBJECT_EXOTIC)) return add_to(m, o, key, v, throws);
    struct six_descriptor d = {
        .attrs = SIX_DATA_ALL, .has = SIX_DATA_ALL | SIX_HAS_VALUE, .value = v, .get = SIX_UNDEFINED, .set = SIX_UNDEFINED};
    return six_define_own(m, o, key, &d, throws);
  }
  if ((current.has & (SIX_HAS_GET | SIX_HAS_SET)) || !(current.attrs & SIX_WRITABLE)) return six_fail_read_only(m, throws, key, receiver);
  struct six_descriptor d = {.has = SIX_HAS_VALUE, .value = v, .get = SIX_UNDEFINED, .set = SIX_UNDEFINED};
  return six_define_own(m, o, key, &d, throws);
}

// One step on an exotic object without a `set` of its own. 2: absent, go on.
static int set_exotic(struct six_machine *m, const struct six_exotic *exotic, struct six_object *o, six_key key, six_value v,
                      six_value receiver, bool throws) {
  struct six_descriptor d;
  int found = exotic->get_own(m, o, key, &d);
  if (found < 0) return -1;
  if (!found) return 2;
  if (d.has & (SIX_HAS_GET | SIX_HAS_SET)) return call_setter(m, d.set, o, key, v, receiver, throws);
  if (!(d.attrs & SIX_WRITABLE)) return six_fail_read_only(m, throws, key, receiver);
  return set_on_receiver(m, key, v, receiver, throws);
}

static int set_from(struct six_machine *m, struct six_object *start, six_key key, six_value v, six_value receiver, bool throws,
                    bool plain) {
  for (struct six_object *o = start; o; o = o->shape->proto, plain = false) {
    if (__builtin_expect(six_has_flag(o, SIX_OBJECT_EXOTIC), 0) && !plain) {
      const struct six_exotic *exotic = six_classes[o->cell.class_].exotic;
      if (exotic && exotic->set) return exotic->set(m, o, key, v, receiver, throws);
      if (exotic && exotic->get_own) {
        int done = set_exotic(m, exotic, o, key, v, receiver, throws);
        if (done != 2) return done;
        continue;
      }
    }
    struct six_own own;
    if (!six_own_find(m, o, key, &own) && !(six_global_appears(m, o, key) && six_own_find(m, o, key, &own))) continue;
    if (own.attrs & SIX_ACCESSOR) return call_setter(m, six_made(m, &six_own_accessor(&own)->set), o, key, v, receiver, throws);
    if (!(own.attrs & SIX_WRITABLE)) return six_fail_read_only(m, throws, key, receiver);
    if (receiver != six_object_value(o)) break;
    if (own.where == SIX_OWN_LENGTH) return set_length(m, o, v, throws);
    *own.at = v;
    return 1;
  }
  // An ordinary receiver where the walk began does not have it: no need to look again.
  if (receiver == six_object_value(start) && !six_has_flag(start, SIX_OBJECT_EXOTIC)) return add_to(m, start, key, v, throws);
  return set_on_receiver(m, key, v, receiver, throws);
}

int six_set_with(struct six_machine *m, struct six_object *o, six_key key, six_value v, six_value receiver, bool throws) {
  return set_from(m, o, key, v, receiver, throws, false);
}

int six_set(struct six_machine *m, struct six_object *o, six_key key, six_value v) {
  return set_from(m, o, key, v, six_object_value(o), true, false);
}

int six_ordinary_set(struct six_machine *m, struct six_object *o, six_key key, six_value v, six_value receiver, bool throws) {
  return set_from(m, o, key, v, receiver, throws, true);
}

static int fail_on_primitive(struct six_machine *m, six_value target, six_key key) {
  struct six_text name = {0}, text = {0};
  six_describe_key(m, key, &name);
  six_describe_primitive(m, target, &text);
  struct six_string *type = six_as_string(six_typeof(m, target));
  six_throw_type(m, "Cannot create property '%s' on %.*s '%s'", name.bytes ? name.bytes : "", (int)type->length,
                 (const char *)type->u.latin1, text.bytes ? text.bytes : "");
  six_text_done(&name);
  six_text_done(&text);
  return -1;
}

static bool is_own_of_string(struct six_machine *m, six_value v, six_key key) {
  return six_is_string(v) && (key == SIX_ATOM(m, length) || (six_is_int(key) && (uint32_t)six_as_int(key) < six_as_string(v)->length));
}

int six_set_v(struct six_machine *m, six_value target, six_key key, six_value v, bool strict) {
  if (six_is_object(target)) return set_from(m, six_as_object(target), key, v, target, strict, false);
  struct six_object *proto = prototype_of_primitive(m, target);
  if (!proto) return six_is_exception(throw_nullish(m, target, key, false)) ? -1 : 0;
  if (is_own_of_string(m, target, key)) return six_fail_read_only(m, strict, key, target);
  int done = set_from(m, proto, key, v, target, false, false);
  return done == 0 && strict ? fail_on_primitive(m, target, key) : done;
}
