// machine: String exotic objects (ECMA-262 10.4.3): boxed strings have their units and `length` as own properties.
#include "sim/machine/own.h"

static struct six_string *text_of(const struct six_object *o) {
  six_value v = ((const struct six_boxed *)o)->value;
  return six_is_string(v) ? six_as_string(v) : NULL;
}

// StringGetOwnProperty
static int get_own(struct six_machine *m, struct six_object *o, six_key key, struct six_descriptor *out) {
  struct six_string *s = text_of(o);
  bool is_unit = s && six_is_int(key) && (uint32_t)six_as_int(key) < s->length;
  if (!is_unit && key != SIX_ATOM(m, length)) return six_ordinary_get_own(m, o, key, out);
  *out = (struct six_descriptor){
      .attrs = is_unit ? SIX_ENUMERABLE : 0,
      .has = SIX_DATA_ALL | SIX_HAS_VALUE,
      .value = is_unit ? six_get_v(m, six_string_value(s), key) : six_int(s ? (int32_t)s->length : 0),
      .get = SIX_UNDEFINED,
      .set = SIX_UNDEFINED,
  };
  return 1;
}

static bool is_of_string(struct six_machine *m, struct six_object *o, six_key key) {
  struct six_string *s = text_of(o);
  return key == SIX_ATOM(m, length) || (s && six_is_int(key) && (uint32_t)six_as_int(key) < s->length);
}

static int define(struct six_machine *m, struct six_object *o, six_key key, const struct six_descriptor *d, bool throws) {
  if (!is_of_string(m, o, key)) return six_ordinary_define_own(m, o, key, d, throws);
  struct six_descriptor current;
  get_own(m, o, key, &current);
  if (six_compatible_descriptor(m, true, d, &current)) return 1;
  return six_fail_key(m, throws, "Cannot redefine property: %s", key);
}

static int delete_(struct six_machine *m, struct six_object *o, six_key key, bool throws) {
  if (!is_of_string(m, o, key)) return six_ordinary_delete(m, o, key, throws);
  return six_fail_key_object(m, throws, "Cannot delete property '%s' of %s", key, o);
}

static struct six_values *keys(struct six_machine *m, struct six_object *o) {
  struct six_string *s = text_of(o);
  struct six_values *own = six_ordinary_keys(m, o), *all = six_values_new(m, own->count + (s ? s->length : 0) + 1);
  for (uint32_t i = 0; s && i < s->length; i++) all->items[all->count++] = six_key_of_index(i);
  uint32_t i = 0;
  for (; i < own->count && six_is_int(own->items[i]); i++) all->items[all->count++] = own->items[i];
  all->items[all->count++] = SIX_ATOM(m, length);
  for (; i < own->count; i++) all->items[all->count++] = own->items[i];
  return all;
}

const struct six_exotic six_string_exotic = {.get_own = get_own, .define = define, .delete_ = delete_, .keys = keys};
