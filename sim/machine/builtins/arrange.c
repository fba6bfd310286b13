// machine: the built-in objects as this major's V8 has them: what it lacks goes, the rest stands in its order. The files
// of the built-ins define all that the newest major has; sim/rules/names.h knows who has what.
#include "sim/machine/builtins/builtin.h"
#include "sim/machine/own.h"
#include "sim/rules/names.h"

static bool is_named(const struct six_machine *m, six_key key, const char *name, size_t length) {
  (void)m;
  bool symbol = length > 2 && name[0] == '@' && name[1] == '@';
  if (six_is_symbol(key) != symbol) return false;
  six_value text = symbol ? six_as_symbol(key)->description : key;
  if (!six_is_string(text) || six_string_is_wide(six_as_string(text))) return false;
  const struct six_string *s = six_as_string(text);
  static const char prefix[] = "Symbol.";  // or "nodejs."
  size_t skip = symbol ? sizeof prefix - 1 : 0, at = symbol ? 2 : 0;
  return s->length - skip == length - at && memcmp(s->u.latin1 + skip, name + at, length - at) == 0;
}

static int32_t find_name(const struct six_machine *m, const struct six_shape *shape, const char *name, size_t length) {
  for (uint32_t i = 0; i < shape->count; i++) {
    if (is_named(m, shape->props->items[i].key, name, length)) return (int32_t)i;
  }
  return -1;
}

// Whether the properties are all in the list, and in its order.
static bool is_arranged(const struct six_machine *m, const struct six_shape *shape, struct six_names names) {
  const char *name;
  size_t length;
  uint32_t i = 0;
  while (six_names_next(&names, &name, &length)) {
    if (i < shape->count && is_named(m, shape->props->items[i].key, name, length)) i++;
  }
  return i == shape->count;
}

static void rebuild(struct six_machine *m, struct six_object *o, struct six_names names) {
  const struct six_shape *old = o->shape;
  struct six_shape *shape = six_shape_root(m, old->proto);
  size_t size = old->count * sizeof(six_value), length;
  six_value *slots = six_malloc(m, size);
  const char *name;
  while (six_names_next(&names, &name, &length)) {
    int32_t i = find_name(m, old, name, length);
    if (i < 0) continue;
    slots[shape->count] = o->slots[i];
    shape = six_shape_add(m, shape, old->props->items[i].key, old->props->items[i].attrs);
  }
  memcpy(o->slots, slots, shape->count * sizeof *slots);
  six_free(m, slots, size);
  o->shape = o->cell.flags & SIX_OBJECT_IS_PROTO ? six_shape_unshared(m, shape) : shape;
}

// R161
void six_arrange(struct six_machine *m, struct six_object *o, const char *name) {
  struct six_names names;
  if (!m->rules || six_shape_is_dictionary(o->shape) || !six_names_of(name, m->rules->cell[SIX_RULE_BUILTINS], &names)) return;
  if (!is_arranged(m, o->shape, names)) rebuild(m, o, names);
}
