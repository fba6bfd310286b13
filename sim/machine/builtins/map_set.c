// machine: Map and Set (ECMA-262 24.1, 24.2) and their iterators.
#include "sim/machine/builtins/builtin.h"
#include "sim/machine/builtins/collections.h"
#include "sim/machine/classes.h"

enum iteration { ITERATE_KEYS, ITERATE_VALUES, ITERATE_ENTRIES };

struct collection_iterator {  // of classes MAP_ITERATOR and SET_ITERATOR
  struct six_object object;
  struct six_collection *collection;  // NULL at the end
  struct six_cursor cursor;
  enum iteration kind;
};

static struct six_table *table_of(struct six_object *o) { return &((struct six_collection *)o)->table; }

void six_map_mark(struct six_machine *m, struct six_object *o) { six_table_mark(m, table_of(o)); }

void six_map_release(struct six_machine *m, struct six_object *o) { six_table_release(m, table_of(o)); }

void six_set_mark(struct six_machine *m, struct six_object *o) { six_table_mark(m, table_of(o)); }

void six_set_release(struct six_machine *m, struct six_object *o) { six_table_release(m, table_of(o)); }

void six_map_iterator_mark(struct six_machine *m, struct six_object *o) {
  struct collection_iterator *it = (struct collection_iterator *)o;
  if (it->collection) six_mark_cell(m, &it->collection->object.cell);
}

// ---- For C code

struct six_values *six_collection_entries(struct six_machine *m, struct six_object *o, bool *pairs) {
  struct six_values *list = six_values_new(m, 16);
  struct six_cursor cursor = {0};
  struct six_table *table;
  bool keys = true;
  *pairs = o->cell.class_ == SIX_CLASS_MAP;
  if (o->cell.class_ == SIX_CLASS_MAP || o->cell.class_ == SIX_CLASS_SET) {
    table = table_of(o);
  } else {
    struct collection_iterator *it = (struct collection_iterator *)o;
    *pairs = it->kind == ITERATE_ENTRIES;
    keys = it->kind != ITERATE_VALUES;
    if (!it->collection) return list;
    table = &it->collection->table;
    cursor = it->cursor;
  }
  const struct six_entry *entry;
  while ((entry = six_table_next(table, &cursor))) {
    six_value key = entry->key, value = entry->value;
    if (keys) six_values_push(m, &list, key);
    if (*pairs || !keys) six_values_push(m, &list, value);
  }
  return list;
}

double six_collection_size(struct six_object *o) { return table_of(o)->live; }

static struct six_object *collection_new(struct six_machine *m, enum six_class class_, struct six_object *proto) {
  return six_object_new_class(m, class_, sizeof(struct six_collection), proto);
}

struct six_object *six_map_new(struct six_machine *m) {
  return collection_new(m, SIX_CLASS_MAP, six_intrinsic(m, SIX_I_MapPrototype));
}

struct six_object *six_set_new(struct six_machine *m) {
  return collection_new(m, SIX_CLASS_SET, six_intrinsic(m, SIX_I_SetPrototype));
}

void six_map_put(struct six_machine *m, struct six_object *map, six_value key, six_value value) {
  six_table_set(m, table_of(map), key, value);
}

void six_set_put(struct six_machine *m, struct six_object *set, six_value key) { six_table_set(m, table_of(set), key, six_table_key(key)); }

// ---- Constructors

// The `set` or `add` method of a fresh collection: SIX_EXCEPTION when it is none.
static six_value adder_of(struct six_machine *m, struct six_object *o, const char *name) {
  six_value adder = six_get(m, o, six_string_value(six_intern_ascii(m, name, true)));
  if (six_is_exception(adder) || six_is_callable(adder)) return adder;
  struct six_text before = {0};
  six_text_adds(&before, "'");
  six_show_value(m, adder, &before);
  six_text_addf(&before, "' returned for property '%s' of object '", name);
  six_throw_type_about(m, before.bytes, six_object_value(o), "' is not a function");
  six_text_done(&before);
  return SIX_EXCEPTION;
}

static bool add_entry(struct six_machine *m, struct six_object *o, six_value adder, bool direct, six_value entry) {
  if (!six_is_object(entry)) {
    six_throw_type_about(m, "Iterator value ", entry, " is not an entry object");
    return false;
  }
  six_value pair[2] = {six_get_index(m, six_as_object(entry), 0), SIX_UNDEFINED};
  if (six_is_exception(pair[0])) return false;
  six_root(m, pair[0]);
  pair[1] = six_get_index(m, six_as_object(entry), 1);
  if (six_is_exception(pair[1])) return false;
  if (direct) {
    six_table_set(m, table_of(o), pair[0], pair[1]);
    return true;
  }
  return !six_is_exception(six_call(m, adder, six_object_value(o), 2, pair));
}

static bool add_item(struct six_machine *m, struct six_object *o, six_value adder, bool direct, six_value item) {
  if (direct) {
    six_table_set(m, table_of(o), item, six_table_key(item));
    return true;
  }
  return !six_is_exception(six_call(m, adder, six_object_value(o), 1, &item));
}

bool six_collection_fill(struct six_machine *m, struct six_object *o, six_value iterable, bool pairs, six_native *own_adder) {
  if (six_is_nullish(iterable)) return true;
  six_root(m, six_object_value(o));
  six_value adder = adder_of(m, o, pairs ? "set" : "add");
  if (six_is_exception(adder)) return false;
  six_root(m, adder);
  bool direct = own_adder && six_is_class(adder, SIX_CLASS_NATIVE) && six_as_native(six_as_object(adder))->native == own_adder;
  struct six_iterator it;
  if (!six_open_iterable(m, iterable, &it)) return false;
  for (;;) {
    size_t mark = six_roots_mark(m);
    six_value v;
    int step = six_iterator_step(m, &it, &v);
    if (step <= 0) return step == 0;
    six_root(m, v);
    if (!(pairs ? add_entry(m, o, adder, direct, v) : add_item(m, o, adder, direct, v))) break;
    six_roots_release(m, mark);
  }
  six_iterator_close(m, &it);
  return false;
}

// ---- Map

static struct six_table *this_map(struct six_machine *m, const struct six_args *a, const char *method) {
  struct six_object *o = six_this_of(m, a, SIX_CLASS_MAP, method);
  return o ? table_of(o) : NULL;
}

static six_value map_get(struct six_machine *m, const struct six_args *a) {
  struct six_table *t = this_map(m, a, "Map.prototype.get");
  if (!t) return SIX_EXCEPTION;
  struct six_entry *entry = six_table_find(m, t, six_arg(a, 0));
  return entry ? entry->value : SIX_UNDEFINED;
}

static six_value map_set(struct six_machine *m, const struct six_args *a) {
  struct six_table *t = this_map(m, a, "Map.prototype.set");
  if (!t) return SIX_EXCEPTION;
  six_table_set(m, t, six_arg(a, 0), six_arg(a, 1));
  return a->this_value;
}

static six_value map_has(struct six_machine *m, const struct six_args *a) {
  struct six_table *t = this_map(m, a, "Map.prototype.has");
  return t ? six_boolean(six_table_find(m, t, six_arg(a, 0)) != NULL) : SIX_EXCEPTION;
}

static six_value map_delete(struct six_machine *m, const struct six_args *a) {
  struct six_table *t = this_map(m, a, "Map.prototype.delete");
  return t ? six_boolean(six_table_delete(m, t, six_arg(a, 0))) : SIX_EXCEPTION;
}

static six_value map_clear(struct six_machine *m, const struct six_args *a) {
  struct six_table *t = this_map(m, a, "Map.prototype.clear");
  if (!t) return SIX_EXCEPTION;
  six_table_clear(m, t);
  return SIX_UNDEFINED;
}

static six_value map_size(struct six_machine *m, const struct six_args *a) {
  struct six_table *t = this_map(m, a, "get Map.prototype.size");
  return t ? six_number(t->live) : SIX_EXCEPTION;
}

// getOrInsert: the value itself, or (computed) what a callback gives for the key.
static six_value map_get_or_insert(struct six_machine *m, const struct six_args *a) {
  struct six_table *t = this_map(m, a, "Map.prototype.getOrInsert");
  if (!t) return SIX_EXCEPTION;
  const struct six_entry *entry = six_table_find(m, t, six_arg(a, 0));
  if (entry) return entry->value;
  six_table_set(m, t, six_arg(a, 0), six_arg(a, 1));
  return six_arg(a, 1);
}

static six_value map_get_or_insert_computed(struct six_machine *m, const struct six_args *a) {
  struct six_table *t = this_map(m, a, "Map.prototype.getOrInsertComputed");
  if (!t) return SIX_EXCEPTION;
  if (!six_is_callable(six_arg(a, 1))) return six_throw_type(m, "Map.prototype.getOrInsertComputed is not a function");
  const struct six_entry *entry = six_table_find(m, t, six_arg(a, 0));
  if (entry) return entry->value;
  six_value key = six_table_key(six_arg(a, 0)), v = six_call(m, six_arg(a, 1), SIX_UNDEFINED, 1, &key);
  if (!six_is_exception(v)) six_table_set(m, t, key, v);
  return v;
}

static six_value for_each(struct six_machine *m, const struct six_args *a, struct six_table *t) {
  if (!t) return SIX_EXCEPTION;
  if (!six_is_callable(six_arg(a, 0))) return six_throw_call_site(m, six_arg(a, 0), " is not a function");
  struct six_cursor cursor = {0};
  const struct six_entry *entry;
  while ((entry = six_table_next(t, &cursor))) {
    six_value argv[3] = {entry->value, entry->key, a->this_value};
    if (six_is_exception(six_call(m, a->argv[0], six_arg(a, 1), 3, argv))) return SIX_EXCEPTION;
  }
  return SIX_UNDEFINED;
}

static six_value map_for_each(struct six_machine *m, const struct six_args *a) {
  return for_each(m, a, this_map(m, a, "Map.prototype.forEach"));
}

static six_value map_constructor(struct six_machine *m, const struct six_args *a) {
  if (six_is_undefined(a->new_target)) return six_throw_type(m, "Constructor Map requires 'new'");
  struct six_object *proto = six_prototype_for(m, a, six_intrinsic(m, SIX_I_MapPrototype));
  struct six_object *o = proto ? collection_new(m, SIX_CLASS_MAP, proto) : NULL;
  return o && six_collection_fill(m, o, six_arg(a, 0), true, map_set) ? six_object_value(o) : SIX_EXCEPTION;
}

// ---- Set

static struct six_table *this_set(struct six_machine *m, const struct six_args *a, const char *method) {
  struct six_object *o = six_this_of(m, a, SIX_CLASS_SET, method);
  return o ? table_of(o) : NULL;
}

static six_value set_add(struct six_machine *m, const struct six_args *a) {
  struct six_table *t = this_set(m, a, "Set.prototype.add");
  if (!t) return SIX_EXCEPTION;
  six_table_set(m, t, six_arg(a, 0), six_table_key(six_arg(a, 0)));
  return a->this_value;
}

static six_value set_has(struct six_machine *m, const struct six_args *a) {
  struct six_table *t = this_set(m, a, "Set.prototype.has");
  return t ? six_boolean(six_table_find(m, t, six_arg(a, 0)) != NULL) : SIX_EXCEPTION;
}

static six_value set_delete(struct six_machine *m, const struct six_args *a) {
  struct six_table *t = this_set(m, a, "Set.prototype.delete");
  return t ? six_boolean(six_table_delete(m, t, six_arg(a, 0))) : SIX_EXCEPTION;
}

static six_value set_clear(struct six_machine *m, const struct six_args *a) {
  struct six_table *t = this_set(m, a, "Set.prototype.clear");
  if (!t) return SIX_EXCEPTION;
  six_table_clear(m, t);
  return SIX_UNDEFINED;
}

static six_value set_size(struct six_machine *m, const struct six_args *a) {
  struct six_table *t = this_set(m, a, "get Set.prototype.size");
  return t ? six_number(t->live) : SIX_EXCEPTION;
}

static six_value set_for_each(struct six_machine *m, const struct six_args *a) {
  return for_each(m, a, this_set(m, a, "Set.prototype.forEach"));
}

static six_value set_constructor(struct six_machine *m, const struct six_args *a) {
  if (six_is_undefined(a->new_target)) return six_throw_type(m, "Constructor Set requires 'new'");
  struct six_object *proto = six_prototype_for(m, a, six_intrinsic(m, SIX_I_SetPrototype));
  struct six_object *o = proto ? collection_new(m, SIX_CLASS_SET, proto) : NULL;
  return o && six_collection_fill(m, o, six_arg(a, 0), false, set_add) ? six_object_value(o) : SIX_EXCEPTION;
}

// ---- Iterators (24.1.5, 24.2.5)

static six_value iterator_new(struct six_machine *m, struct six_object *collection, enum iteration kind) {
  bool is_map = collection && collection->cell.class_ == SIX_CLASS_MAP;
  if (!collection) return SIX_EXCEPTION;
  struct collection_iterator *it = (struct collection_iterator *)six_object_new_class(
      m, is_map ? SIX_CLASS_MAP_ITERATOR : SIX_CLASS_SET_ITERATOR, sizeof *it,
      six_intrinsic(m, is_map ? SIX_I_MapIteratorPrototype : SIX_I_SetIteratorPrototype));
  it->collection = (struct six_collection *)collection;
  it->kind = kind;
  return six_object_value(&it->object);
}

#define ITERATOR(function, class_, method, kind)                               \
  static six_value function(struct six_machine *m, const struct six_args *a) { \
    return iterator_new(m, six_this_of(m, a, class_, method), kind);           \
  }
ITERATOR(map_keys, SIX_CLASS_MAP, "Map.prototype.keys", ITERATE_KEYS)
ITERATOR(map_values, SIX_CLASS_MAP, "Map.prototype.values", ITERATE_VALUES)
ITERATOR(map_entries, SIX_CLASS_MAP, "Map.prototype.entries", ITERATE_ENTRIES)
ITERATOR(set_values, SIX_CLASS_SET, "Set.prototype.values", ITERATE_VALUES)
ITERATOR(set_entries, SIX_CLASS_SET, "Set.prototype.entries", ITERATE_ENTRIES)
#undef ITERATOR

static six_value next(struct six_machine *m, struct collection_iterator *it) {
  if (!it) return SIX_EXCEPTION;
  const struct six_entry *entry = it->collection ? six_table_next(&it->collection->table, &it->cursor) : NULL;
  if (!entry) {
    it->collection = NULL;
    return six_object_value(six_iter_result(m, SIX_UNDEFINED, true));
  }
  six_value v = it->kind == ITERATE_KEYS ? entry->key : entry->value;
  if (it->kind == ITERATE_ENTRIES) {
    six_value pair[2] = {entry->key, entry->value};
    v = six_object_value(six_array_from(m, pair, 2));
  }
  return six_object_value(six_iter_result(m, v, false));
}

static six_value map_iterator_next(struct six_machine *m, const struct six_args *a) {
  return next(m, six_this_of(m, a, SIX_CLASS_MAP_ITERATOR, "Map Iterator.prototype.next"));
}

static six_value set_iterator_next(struct six_machine *m, const struct six_args *a) {
  return next(m, six_this_of(m, a, SIX_CLASS_SET_ITERATOR, "Set Iterator.prototype.next"));
}

// ---- Making the intrinsics

static const struct six_native_def map_methods[] = {
    {"get", map_get, 1, 0},
    {"set", map_set, 2, 0},
    {"has", map_has, 1, 0},
    {"delete", map_delete, 1, 0},
    {"clear", map_clear, 0, 0},
    {"entries", map_entries, 0, 0},
    {"forEach", map_for_each, 1, 0},
    {"keys", map_keys, 0, 0},
    {"size", map_size, 0, SIX_DEF_GETTER},
    {"values", map_values, 0, 0},
    {"getOrInsert", map_get_or_insert, 2, 0},
    {"getOrInsertComputed", map_get_or_insert_computed, 2, 0},
};

static const struct six_native_def set_methods[] = {
    {"has", set_has, 1, 0},         {"add", set_add, 1, 0},          {"delete", set_delete, 1, 0},          {"clear", set_clear, 0, 0},
    {"entries", set_entries, 0, 0}, {"forEach", set_for_each, 1, 0}, {"size", set_size, 0, SIX_DEF_GETTER}, {"values", set_values, 0, 0},
};

static const struct six_native_def map_iterator_methods[] = {{"next", map_iterator_next, 0, 0}};

static const struct six_native_def set_iterator_methods[] = {{"next", set_iterator_next, 0, 0}};

static struct six_object *make_iterator_prototype(struct six_machine *m, const struct six_native_def *rows, const char *tag) {
  struct six_object *proto = six_object_new(m, six_intrinsic(m, SIX_I_IteratorPrototype));
  six_define_natives(m, proto, rows, 1);
  six_define_tag(m, proto, tag);
  return proto;
}

void six_init_map(struct six_machine *m) {
  struct six_object *proto = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  m->intrinsics[SIX_I_MapPrototype] = proto;
  m->intrinsics[SIX_I_Map] = six_constructor_new(m, "Map", map_constructor, 0, proto);
  six_define_species(m, m->intrinsics[SIX_I_Map]);
  static const struct six_native_def statics[] = {{"groupBy", six_map_group_by, 2, 0}};
  six_define_natives(m, m->intrinsics[SIX_I_Map], statics, SIX_COUNT(statics));
  six_define_natives(m, proto, map_methods, SIX_COUNT(map_methods));
  six_define_alias(m, proto, SIX_SYMBOL(m, iterator), six_string_value(six_intern_ascii(m, "entries", true)));
  six_define_tag(m, proto, "Map");
  m->intrinsics[SIX_I_MapIteratorPrototype] = make_iterator_prototype(m, map_iterator_methods, "Map Iterator");
}

void six_init_set(struct six_machine *m) {
  struct six_object *proto = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  m->intrinsics[SIX_I_SetPrototype] = proto;
  m->intrinsics[SIX_I_Set] = six_constructor_new(m, "Set", set_constructor, 0, proto);
  six_define_species(m, m->intrinsics[SIX_I_Set]);
  six_define_natives(m, proto, set_methods, SIX_COUNT(set_methods));
  six_define_natives(m, proto, six_set_method_natives, six_set_method_count);
  six_define_alias(m, proto, SIX_ATOM(m, keys), SIX_ATOM(m, values));
  six_define_alias(m, proto, SIX_SYMBOL(m, iterator), SIX_ATOM(m, values));
  six_define_tag(m, proto, "Set");
  m->intrinsics[SIX_I_SetIteratorPrototype] = make_iterator_prototype(m, set_iterator_methods, "Set Iterator");
}
