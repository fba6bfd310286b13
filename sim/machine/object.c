// machine: objects: making them, and their own properties.
#include "sim/machine/object.h"

#include <stdlib.h>

#include "sim/machine/own.h"

enum { DEFAULT_INLINE_SLOTS = 4 };

// ---- Making

struct six_object *six_object_new_shaped(struct six_machine *m, struct six_shape *shape, uint32_t inline_slots) {
  if (inline_slots < shape->count) inline_slots = shape->count;
  inline_slots += inline_slots & 1;  // cells come in units of two values
  struct six_object *o = six_cell_raw(m, SIX_CELL_OBJECT, sizeof *o + inline_slots * sizeof(six_value));
  o->shape = shape;
  o->slots = (six_value *)(o + 1);
  o->elements = NULL;
  o->element_count = o->element_capacity = 0;
  o->slot_capacity = inline_slots;
  o->array_length = 0;
  for (uint32_t i = 0; i < shape->count; i++) o->slots[i] = SIX_UNDEFINED;
  return o;
}

struct six_object *six_object_new(struct six_machine *m, struct six_object *proto) {
  struct six_shape *shape = m->object_shape && m->object_shape->proto == proto ? m->object_shape : six_shape_root(m, proto);
  return six_object_new_shaped(m, shape, DEFAULT_INLINE_SLOTS);
}

struct six_object *six_object_new_class(struct six_machine *m, enum six_class class_, size_t size, struct six_object *proto) {
  struct six_object *o = six_cell_new(m, SIX_CELL_OBJECT, size);
  o->cell.class_ = (uint8_t)class_;
  if (six_classes[class_].exotic) o->cell.flags |= SIX_OBJECT_EXOTIC;
  o->shape = six_shape_root(m, proto);
  return o;
}

void six_object_release(struct six_machine *m, struct six_object *o) {
  if (o->slot_capacity && !six_cell_contains(&o->cell, o->slots)) six_free(m, o->slots, o->slot_capacity * sizeof(six_value));
  if (o->element_capacity && !six_cell_contains(&o->cell, o->elements)) six_free(m, o->elements, o->element_capacity * sizeof(six_value));
  if (o->cell.class_ == SIX_CLASS_OBJECT || o->cell.class_ == SIX_CLASS_ARRAY) return;
  const struct six_class_row *row = &six_classes[o->cell.class_];
  if (row->release) row->release(m, o);
}

six_value six_accessor_new(struct six_machine *m, six_value get, six_value set) {
  struct six_accessor *accessor = six_cell_new(m, SIX_CELL_ACCESSOR, sizeof *accessor);
  accessor->get = get;
  accessor->set = set;
  return six_tagged(SIX_TAG_OBJECT, accessor);
}

// ---- Own properties, raw

static void grow_slots(struct six_machine *m, struct six_object *o, uint32_t need) {
  uint32_t capacity = o->slot_capacity < 4 ? 4 : o->slot_capacity * 2;
  if (capacity < need) capacity = need;
  size_t old_size = o->slot_capacity * sizeof(six_value), size = capacity * sizeof(six_value);
  if (o->slot_capacity && six_cell_contains(&o->cell, o->slots)) {
    six_value *slots = six_malloc(m, size);
    memcpy(slots, o->slots, old_size);
    o->slots = slots;
  } else {
    o->slots = six_realloc(m, o->slot_capacity ? o->slots : NULL, old_size, size);
  }
  o->slot_capacity = capacity;
}

static void changed(struct six_machine *m, const struct six_object *o) {
  if (six_has_flag(o, SIX_OBJECT_IS_PROTO)) m->proto_epoch++;
}

void six_own_add_named(struct six_machine *m, struct six_object *o, six_key key, six_value v, uint32_t attrs) {
  struct six_shape *shape = o->shape;
  uint32_t slot = shape->count;
  m->effort += 6;
  if (!six_shape_is_dictionary(shape) && (slot >= SIX_SHAPE_MAX || six_is_int(key))) shape = o->shape = six_shape_to_dictionary(m, shape);
  if (six_shape_is_dictionary(shape)) {
    if (six_dictionary_is_sparse(shape)) six_dictionary_squeeze(shape, o->slots);
    m->effort += 70;
    slot = six_dictionary_add(m, shape, key, attrs);
  } else {
    shape = six_shape_add(m, shape, key, attrs);
  }
  if (slot >= o->slot_capacity) grow_slots(m, o, slot + 1);
  o->slots[slot] = v;
  o->shape = shape;
  changed(m, o);
}

void six_own_add(struct six_machine *m, struct six_object *o, six_key key, six_value v, uint32_t attrs) {
  if (!six_is_int(key)) {
    six_own_add_named(m, o, key, v, attrs);
    return;
  }
  uint32_t i = (uint32_t)six_as_int(key);
  if (attrs == SIX_DATA_ALL) {
    six_element_add(m, o, i, v);
    changed(m, o);
    return;
  }
  o->cell.flags |= SIX_OBJECT_SPARSE;
  six_own_add_named(m, o, key, v, attrs);
  if (o->cell.class_ == SIX_CLASS_ARRAY && i >= o->array_length) o->array_length = i + 1;
}

// Prototypes and closed objects share no shape with objects that are neither.
static void separate(struct six_machine *m, struct six_object *o) {
  if (six_shape_is_dictionary(o->shape)) return;
  if (six_has_flag(o, SIX_OBJECT_NOT_EXTENSIBLE)) o->shape = six_shape_closed(m, o->shape);
  if (six_has_flag(o, SIX_OBJECT_IS_PROTO)) o->shape = six_shape_unshared(m, o->shape);
}

void six_own_change(struct six_machine *m, struct six_object *o, six_key key, const struct six_own *own, six_value v, uint32_t attrs) {
  if (attrs == own->attrs && !(attrs & SIX_ACCESSOR)) {
    *own->at = v;
    return;
  }
  if (own->where == SIX_OWN_ELEMENT) {
    *own->at = SIX_EMPTY;
    six_own_add(m, o, key, v, attrs);
    return;
  }
  *own->at = v;
  if (attrs != own->attrs) {
    o->shape = six_shape_rebuild(m, o->shape, o->shape->proto, (int32_t)own->index, attrs);
    separate(m, o);
  }
  changed(m, o);
}

void six_own_remove(struct six_machine *m, struct six_object *o, const struct six_own *own) {
  changed(m, o);
  *own->at = own->where == SIX_OWN_ELEMENT ? SIX_EMPTY : SIX_UNDEFINED;
  if (own->where == SIX_OWN_ELEMENT) return;
  struct six_shape *shape = o->shape;
  if (!six_shape_is_dictionary(shape)) {
    if (own->index + 1 == shape->count && shape->parent) {  // the last one added: back to the shape before it
      o->shape = shape->parent;
      return;
    }
    shape = o->shape = six_shape_to_dictionary(m, shape);
  }
  six_dictionary_delete(shape, own->index);
}

// ---- Getting an own property

static void descriptor_of(struct six_machine *m, const struct six_object *o, const struct six_own *own, struct six_descriptor *out) {
  if (own->attrs & SIX_ACCESSOR) {
    struct six_accessor *accessor = six_own_accessor(own);
    *out = (struct six_descriptor){
        .attrs = own->attrs & (SIX_ENUMERABLE | SIX_CONFIGURABLE | SIX_ACCESSOR),
        .has = SIX_ENUMERABLE | SIX_CONFIGURABLE | SIX_HAS_GET | SIX_HAS_SET,
        .value = SIX_UNDEFINED,
        .get = six_made(m, &accessor->get),
        .set = six_made(m, &accessor->set),
    };
    return;
  }
  *out = (struct six_descriptor){
      .attrs = own->attrs & SIX_DATA_ALL,
      .has = SIX_DATA_ALL | SIX_HAS_VALUE,
      .value = six_own_value(m, own, o),
      .get = SIX_UNDEFINED,
      .set = SIX_UNDEFINED,
  };
}

int six_ordinary_get_own(struct six_machine *m, struct six_object *o, six_key key, struct six_descriptor *out) {
  struct six_own own;
  if (!six_own_find(m, o, key, &own) && !(six_global_appears(m, o, key) && six_own_find(m, o, key, &own))) return 0;
  descriptor_of(m, o, &own, out);
  return 1;
}

int six_get_own_property(struct six_machine *m, struct six_object *o, six_key key, struct six_descriptor *out) {
  const struct six_exotic *exotic = six_exotic_of(o);
  return exotic && exotic->get_own ? exotic->get_own(m, o, key, out) : six_ordinary_get_own(m, o, key, out);
}

int six_has_own(struct six_machine *m, struct six_object *o, six_key key) {
  struct six_descriptor d;
  const struct six_exotic *exotic = six_exotic_of(o);
  if (exotic && exotic->get_own) return exotic->get_own(m, o, key, &d);
  struct six_own own;
  return six_own_find(m, o, key, &own) || (six_global_appears(m, o, key) && six_own_find(m, o, key, &own));
}

static bool is_private(six_key key) { return six_is_symbol(key) && six_as_symbol(key)->is_private; }

six_value *six_own_slot(struct six_machine *m, struct six_object *o, six_key key) {
  if (six_has_flag(o, SIX_OBJECT_EXOTIC) && !is_private(key)) return NULL;
  uint32_t attrs;
  int32_t slot = six_shape_look(o->shape, key, &attrs);
  if (slot < 0 || (attrs & SIX_ACCESSOR)) return NULL;
  six_made(m, &o->slots[slot]);
  return &o->slots[slot];
}

// ---- Definitions that cannot fail

void six_define(struct six_machine *m, struct six_object *o, six_key key, six_value v, uint32_t attrs) {
  struct six_own own;
  if (!six_own_find(m, o, key, &own)) six_own_add(m, o, key, v, attrs);
  else if (own.where != SIX_OWN_LENGTH) six_own_change(m, o, key, &own, v, attrs);
  else if (six_is_int(v)) six_array_truncate(m, o, (uint32_t)six_as_int(v));
}

void six_put(struct six_machine *m, struct six_object *o, const char *ascii_name, six_value v) {
  six_define(m, o, six_key_of_string(m, six_intern_ascii(m, ascii_name, false)), v, SIX_DATA_ALL);
}

void six_define_accessor(struct six_machine *m, struct six_object *o, six_key key, six_value get, six_value set, uint32_t attrs) {
  six_define(m, o, key, six_accessor_new(m, get, set), (attrs & (SIX_ENUMERABLE | SIX_CONFIGURABLE)) | SIX_ACCESSOR);
}

// ---- Deleting

int six_ordinary_delete(struct six_machine *m, struct six_object *o, six_key key, bool throws) {
  struct six_own own;
  if (!six_own_find(m, o, key, &own)) return 1;
  if (!(own.attrs & SIX_CONFIGURABLE)) return six_fail_key_object(m, throws, "Cannot delete property '%s' of %s", key, o);
  six_own_remove(m, o, &own);
  return 1;
}

int six_delete(struct six_machine *m, struct six_object *o, six_key key, bool throws) {
  const struct six_exotic *exotic = six_exotic_of(o);
  return exotic && exotic->delete_ ? exotic->delete_(m, o, key, throws) : six_ordinary_delete(m, o, key, throws);
}

// ---- Prototype and extensibility

struct six_object *six_get_prototype(struct six_machine *m, struct six_object *o) {
  (void)m;
  return o->shape->proto;
}

bool six_get_prototype_of(struct six_machine *m, struct six_object *o, struct six_object **proto) {
  const struct six_exotic *exotic = six_exotic_of(o);
  bool threw = false;
  *proto = exotic && exotic->get_prototype ? exotic->get_prototype(m, o, &threw) : o->shape->proto;
  return !threw;
}

static bool makes_cycle(const struct six_object *o, struct six_object *proto) {
  for (; proto; proto = proto->shape->proto) {
    if (proto == o) return true;
    const struct six_exotic *exotic = six_exotic_of(proto);
    if (exotic && exotic->get_prototype) return false;  // 10.1.2.1: not beyond a proxy
  }
  return false;
}

static int fail_object(struct six_machine *m, bool throws, const char *format, struct six_object *o) {
  if (!throws) return 0;
  struct six_text text = {0};
  six_describe_object(m, o, &text);
  struct six_text message = {0};
  six_text_addf(&message, "%s%s", text.bytes ? text.bytes : "", format);
  six_throw_type(m, "%s", message.bytes);
  six_text_done(&text);
  six_text_done(&message);
  return -1;
}

int six_set_prototype(struct six_machine *m, struct six_object *o, struct six_object *proto, bool throws) {
  const struct six_exotic *exotic = six_exotic_of(o);
  if (exotic && exotic->set_prototype) return exotic->set_prototype(m, o, proto, throws);
  if (o->shape->proto == proto) return 1;
  if (o == m->intrinsics[SIX_I_ObjectPrototype]) {
    if (throws) six_throw_type(m, "Immutable prototype object 'Object.prototype' cannot have their prototype set");
    return throws ? -1 : 0;
  }
  if (six_has_flag(o, SIX_OBJECT_NOT_EXTENSIBLE)) return fail_object(m, throws, " is not extensible", o);
  if (makes_cycle(o, proto)) {
    if (throws) six_throw_type(m, "Cyclic __proto__ value");
    return throws ? -1 : 0;
  }
  o->shape = six_shape_rebuild(m, o->shape, proto, -1, 0);
  separate(m, o);
  changed(m, o);
  return 1;
}

int six_prevent_extensions(struct six_machine *m, struct six_object *o) {
  const struct six_exotic *exotic = six_exotic_of(o);
  if (exotic && exotic->prevent_extensions) return exotic->prevent_extensions(m, o);
  o->cell.flags |= SIX_OBJECT_NOT_EXTENSIBLE;
  o->shape = six_shape_closed(m, o->shape);
  return 1;
}

int six_is_extensible(struct six_machine *m, struct six_object *o) {
  const struct six_exotic *exotic = six_exotic_of(o);
  if (exotic && exotic->is_extensible) return exotic->is_extensible(m, o);
  return !six_has_flag(o, SIX_OBJECT_NOT_EXTENSIBLE);
}

// ---- Own keys (10.1.11.1)

static int by_index(const void *a, const void *b) {
  int32_t x = six_as_int(*(const six_value *)a), y = six_as_int(*(const six_value *)b);
  return x < y ? -1 : x > y;
}

enum key_type { KEY_INDEX, KEY_STRING, KEY_SYMBOL };

static void collect_named(struct six_machine *m, const struct six_object *o, enum key_type type, bool enumerable_only,
                          struct six_values **out) {
  for (uint32_t i = 0; i < o->shape->count; i++) {
    struct six_prop *prop = &o->shape->props->items[i];
    six_key key = prop->key;
    if (key == SIX_EMPTY || (enumerable_only && !(prop->attrs & SIX_ENUMERABLE))) continue;
    bool wanted = type == KEY_INDEX ? six_is_int(key) : type == KEY_STRING ? six_is_string(key) : six_is_symbol(key) && !is_private(key);
    if (wanted) six_values_push(m, out, key);
  }
}

static struct six_values *collect_keys(struct six_machine *m, const struct six_object *o, uint32_t which) {
  bool enumerable_only = (which & SIX_KEYS_ENUMERABLE_ONLY) != 0;
  struct six_values *out = six_values_new(m, o->element_count + o->shape->count + 1);
  if (which & SIX_KEYS_STRINGS) {
    for (uint32_t i = 0; i < o->element_count; i++)
      if (o->elements[i] != SIX_EMPTY) out->items[out->count++] = six_key_of_index(i);
    if (six_has_flag(o, SIX_OBJECT_SPARSE)) {
      collect_named(m, o, KEY_INDEX, enumerable_only, &out);
      qsort(out->items, out->count, sizeof(six_value), by_index);
    }
    if (o->cell.class_ == SIX_CLASS_ARRAY && !enumerable_only) six_values_push(m, &out, SIX_ATOM(m, length));
    collect_named(m, o, KEY_STRING, enumerable_only, &out);
  }
  if (which & SIX_KEYS_SYMBOLS) collect_named(m, o, KEY_SYMBOL, enumerable_only, &out);
  return out;
}

struct six_values *six_ordinary_keys(struct six_machine *m, struct six_object *o) {
  return collect_keys(m, o, SIX_KEYS_STRINGS | SIX_KEYS_SYMBOLS);
}

// The part of an exotic object's keys that `which` asks for.
static struct six_values *filter_keys(struct six_machine *m, struct six_object *o, struct six_values *all, uint32_t which) {
  size_t mark = six_roots_mark(m);
  struct six_values *out = six_values_new(m, all->count);
  six_root(m, six_tagged(SIX_TAG_OBJECT, all));
  six_root(m, six_tagged(SIX_TAG_OBJECT, out));
  for (uint32_t i = 0; i < all->count; i++) {
    six_key key = all->items[i];
    if (!(which & (six_is_symbol(key) ? SIX_KEYS_SYMBOLS : SIX_KEYS_STRINGS))) continue;
    if (which & SIX_KEYS_ENUMERABLE_ONLY) {
      struct six_descriptor d;
      int found = six_get_own_property(m, o, key, &d);
      if (found < 0) {
        out = NULL;
        break;
      }
      if (!found || !(d.attrs & SIX_ENUMERABLE)) continue;
    }
    out->items[out->count++] = key;
  }
  six_roots_release(m, mark);
  return out;
}

static struct six_values *global_keys(struct six_machine *m, const struct six_object *global, uint32_t which) {
  m->host->global_keys(m, NULL);
  struct six_values *keys = collect_keys(m, global, which);
  m->host->global_keys(m, keys);
  return keys;
}

struct six_values *six_own_keys(struct six_machine *m, struct six_object *o, uint32_t which) {
  const struct six_exotic *exotic = six_exotic_of(o);
  if (o == m->intrinsics[SIX_I_Global] && m->host && m->host->global_keys) return global_keys(m, o, which);
  if (!exotic || !exotic->keys) return collect_keys(m, o, which);
  struct six_values *all = exotic->keys(m, o);
  return all ? filter_keys(m, o, all, which) : NULL;
}
