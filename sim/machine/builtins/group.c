// machine: Object.groupBy and Map.groupBy (ECMA-262 20.1.2.13, 24.1.2.1).
#include "sim/machine/builtins/collections.h"
#include "sim/machine/builtins/builtin.h"

// GroupBy's end: appends to the array of the item's group.
typedef bool put_item(struct six_machine *m, struct six_object *groups, six_value key, six_value item);

static bool put_in_map(struct six_machine *m, struct six_object *groups, six_value key, six_value item) {
  struct six_table *table = &((struct six_collection *)groups)->table;
  struct six_entry *entry = six_table_find(m, table, key);
  if (!entry) {
    six_table_set(m, table, key, six_object_value(six_array_new(m, 1)));
    entry = six_table_find(m, table, key);
  }
  if (entry) six_array_push(m, six_as_object(entry->value), item);
  return true;
}

static bool put_in_object(struct six_machine *m, struct six_object *groups, six_value v, six_value item) {
  six_key key = six_to_key(m, v);
  if (six_is_exception(key)) return false;
  struct six_descriptor d;
  if (six_get_own_property(m, groups, key, &d) > 0) {
    six_array_push(m, six_as_object(d.value), item);
  } else {
    six_create_data(m, groups, key, six_object_value(six_array_from(m, &item, 1)));
  }
  return true;
}

static bool group_one(struct six_machine *m, struct six_object *groups, six_value callback, six_value item, double index, put_item *put) {
  six_value argv[2] = {item, six_number(index)};
  six_root(m, item);
  six_value key = six_call(m, callback, SIX_UNDEFINED, 2, argv);
  if (six_is_exception(key)) return false;
  six_root(m, key);
  return put(m, groups, key, item);
}

static six_value group(struct six_machine *m, const struct six_args *a, struct six_object *groups, put_item *put, const char *method) {
  six_value items = six_arg(a, 0), callback = six_arg(a, 1);
  if (six_is_nullish(items)) return six_throw_type(m, "%s called on null or undefined", method);
  if (!six_is_callable(callback)) return six_throw_type_about(m, "", callback, " is not a function");
  six_root(m, six_object_value(groups));
  struct six_iterator it;
  if (!six_open_iterable(m, items, &it)) return SIX_EXCEPTION;
  for (double index = 0;; index++) {
    size_t mark = six_roots_mark(m);
    six_value item;
    int step = six_iterator_step(m, &it, &item);
    if (step <= 0) return step < 0 ? SIX_EXCEPTION : six_object_value(groups);
    if (!group_one(m, groups, callback, item, index, put)) break;
    six_roots_release(m, mark);
  }
  six_iterator_close(m, &it);
  return SIX_EXCEPTION;
}

six_value six_object_group_by(struct six_machine *m, const struct six_args *a) {
  return group(m, a, six_object_new(m, NULL), put_in_object, "Object.groupBy");
}

six_value six_map_group_by(struct six_machine *m, const struct six_args *a) {
  return group(m, a, six_map_new(m), put_in_map, "Map.groupBy");
}
