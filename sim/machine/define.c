// machine: [[DefineOwnProperty]] of ordinary objects and arrays (ECMA-262 10.1.6, 10.4.2.1).
#include "sim/machine/own.h"

static bool is_accessor(const struct six_descriptor *d) { return (d->has & (SIX_HAS_GET | SIX_HAS_SET)) != 0; }
static bool is_data(const struct six_descriptor *d) { return (d->has & (SIX_HAS_VALUE | SIX_WRITABLE)) != 0; }

// ValidateAndApplyPropertyDescriptor's checks (10.1.6.3 steps 4 to 6).
static bool allowed(struct six_machine *m, const struct six_descriptor *d, const struct six_descriptor *current) {
  if (current->attrs & SIX_CONFIGURABLE) return true;
  if (d->has & d->attrs & SIX_CONFIGURABLE) return false;
  if ((d->has & SIX_ENUMERABLE) && ((d->attrs ^ current->attrs) & SIX_ENUMERABLE)) return false;
  if (!is_accessor(d) && !is_data(d)) return true;
  if (is_accessor(d) != is_accessor(current)) return false;
  if (is_accessor(current))
    return (!(d->has & SIX_HAS_GET) || d->get == current->get) && (!(d->has & SIX_HAS_SET) || d->set == current->set);
  if (current->attrs & SIX_WRITABLE) return true;
  if (d->has & d->attrs & SIX_WRITABLE) return false;
  return !(d->has & SIX_HAS_VALUE) || six_same_value(m, d->value, current->value);
}

bool six_compatible_descriptor(struct six_machine *m, bool extensible, const struct six_descriptor *d,
                               const struct six_descriptor *current) {
  return current ? allowed(m, d, current) : extensible;
}

static void add(struct six_machine *m, struct six_object *o, six_key key, const struct six_descriptor *d) {
  uint32_t attrs = d->attrs & d->has & SIX_DATA_ALL;
  if (is_accessor(d)) {
    six_value get = d->has & SIX_HAS_GET ? d->get : SIX_UNDEFINED, set = d->has & SIX_HAS_SET ? d->set : SIX_UNDEFINED;
    six_own_add(m, o, key, six_accessor_new(m, get, set), (attrs & ~(uint32_t)SIX_WRITABLE) | SIX_ACCESSOR);
  } else {
    six_own_add(m, o, key, d->has & SIX_HAS_VALUE ? d->value : SIX_UNDEFINED, attrs);
  }
}

// What `d` does not mention stays as in `current`.
static void apply(struct six_machine *m, struct six_object *o, six_key key, const struct six_own *own, const struct six_descriptor *d,
                  const struct six_descriptor *current) {
  uint32_t keep = ~d->has & (SIX_ENUMERABLE | SIX_CONFIGURABLE);
  uint32_t attrs = (current->attrs & keep) | (d->attrs & d->has & (SIX_ENUMERABLE | SIX_CONFIGURABLE));
  if (is_accessor(d) || (is_accessor(current) && !is_data(d))) {
    six_value get = d->has & SIX_HAS_GET ? d->get : current->get, set = d->has & SIX_HAS_SET ? d->set : current->set;
    six_own_change(m, o, key, own, six_accessor_new(m, get, set), attrs | SIX_ACCESSOR);
    return;
  }
  attrs |= (d->has & SIX_WRITABLE ? d->attrs : is_accessor(current) ? 0 : current->attrs) & SIX_WRITABLE;
  six_own_change(m, o, key, own, d->has & SIX_HAS_VALUE ? d->value : current->value, attrs);
}

static bool beyond_fixed_length(const struct six_object *o, six_key key) {
  return o->cell.class_ == SIX_CLASS_ARRAY && six_is_int(key) && six_has_flag(o, SIX_OBJECT_LENGTH_READONLY) &&
         (uint32_t)six_as_int(key) >= o->array_length;
}

int six_ordinary_define_own(struct six_machine *m, struct six_object *o, six_key key, const struct six_descriptor *d, bool throws) {
  struct six_descriptor current;
  if (!six_ordinary_get_own(m, o, key, &current)) {
    if (six_has_flag(o, SIX_OBJECT_NOT_EXTENSIBLE) || beyond_fixed_length(o, key))
      return six_fail_key(m, throws, "Cannot define property %s, object is not extensible", key);
    add(m, o, key, d);
    return 1;
  }
  struct six_own own = {0};
  six_own_find(m, o, key, &own);
  if (own.where == SIX_OWN_LENGTH) return six_array_define_length(m, o, d, throws);
  if (!allowed(m, d, &current)) return six_fail_key(m, throws, "Cannot redefine property: %s", key);
  apply(m, o, key, &own, d, &current);
  return 1;
}

int six_define_own(struct six_machine *m, struct six_object *o, six_key key, const struct six_descriptor *d, bool throws) {
  const struct six_exotic *exotic = six_exotic_of(o);
  return exotic && exotic->define ? exotic->define(m, o, key, d, throws) : six_ordinary_define_own(m, o, key, d, throws);
}

int six_create_data(struct six_machine *m, struct six_object *o, six_key key, six_value v) {
  struct six_own own;
  if (!(o->cell.flags & (SIX_OBJECT_EXOTIC | SIX_OBJECT_NOT_EXTENSIBLE | SIX_OBJECT_LENGTH_READONLY)) && !six_own_find(m, o, key, &own)) {
    six_own_add(m, o, key, v, SIX_DATA_ALL);
    return 1;
  }
  struct six_descriptor d = {
      .attrs = SIX_DATA_ALL, .has = SIX_DATA_ALL | SIX_HAS_VALUE, .value = v, .get = SIX_UNDEFINED, .set = SIX_UNDEFINED};
  return six_define_own(m, o, key, &d, true);
}
