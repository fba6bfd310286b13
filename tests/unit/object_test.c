// Objects: own properties, prototypes, arrays, dictionaries, and their errors.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "sim/machine/classes.h"

static const struct six_host no_host;

static int setup(void **state) {
  static struct six_rules rules;
  six_rules_for(SIX_NODE_DEFAULT, &rules);
  *state = six_machine_new(&rules, &no_host, NULL);
  return *state ? 0 : -1;
}

static int teardown(void **state) {
  six_machine_free(*state);
  return 0;
}

static struct six_object *plain(struct six_machine *m) { return six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype)); }

static six_key key_of(struct six_machine *m, const char *ascii) { return six_key_of_string(m, six_as_string(six_str(m, ascii))); }

static int get_int(struct six_machine *m, struct six_object *o, const char *name) {
  six_value v = six_get(m, o, key_of(m, name));
  return six_is_int(v) ? six_as_int(v) : -1;
}

// The own keys, joined with commas.
static void assert_keys(struct six_machine *m, struct six_object *o, uint32_t which, const char *expected) {
  struct six_values *keys = six_own_keys(m, o, which);
  struct six_text text = {0};
  for (uint32_t i = 0; i < keys->count; i++) {
    if (i) six_text_adds(&text, ",");
    six_describe_key(m, keys->items[i], &text);
  }
  assert_string_equal(text.bytes ? text.bytes : "", expected);
  six_text_done(&text);
}

static void assert_thrown(struct six_machine *m, const char *expected) {
  six_value error = six_take_exception(m);
  assert_true(six_is_object(error));
  struct six_text text = {0};
  six_string_to_utf8(m, six_as_string(six_get(m, six_as_object(error), SIX_ATOM(m, message))), &text);
  assert_string_equal(text.bytes, expected);
  six_text_done(&text);
}

static void same_construction_same_shape(void **state) {
  struct six_machine *m = *state;
  struct six_object *a = plain(m), *b = plain(m), *c = plain(m);
  six_put(m, a, "x", six_int(1));
  six_put(m, a, "y", six_int(2));
  six_put(m, b, "x", six_int(3));
  six_put(m, c, "y", six_int(5));
  six_put(m, b, "y", six_int(4));
  six_put(m, c, "x", six_int(6));
  assert_ptr_equal(a->shape, b->shape);
  assert_ptr_not_equal(a->shape, c->shape);
  assert_int_equal(get_int(m, a, "y") * 100 + get_int(m, b, "y") * 10 + get_int(m, c, "y"), 245);
  assert_int_equal(get_int(m, c, "x"), 6);
}

static void many_branches_stay_apart(void **state) {
  struct six_machine *m = *state;
  struct six_object *all[40];
  for (int i = 0; i < 40; i++) {
    all[i] = plain(m);
    six_root(m, six_object_value(all[i]));
    for (int j = 0; j <= i; j++) {
      char name[16];
      snprintf(name, sizeof name, "k%d", (i * 7 + j * 3) % 41);
      six_put(m, all[i], name, six_int(i * 100 + j));
    }
    if (i % 8 == 0) six_heap_collect(m);
  }
  for (int i = 0; i < 40; i++) {
    for (int j = 0; j <= i; j++) {
      char name[16];
      snprintf(name, sizeof name, "k%d", (i * 7 + j * 3) % 41);
      assert_int_equal(get_int(m, all[i], name), i * 100 + j);
    }
    assert_int_equal(all[i]->shape->count, i + 1);
  }
}

static void keys_come_in_order(void **state) {
  struct six_machine *m = *state;
  struct six_object *o = plain(m);
  struct six_symbol *symbol = six_symbol_new(m, six_str(m, "s")), *hidden = six_symbol_new(m, six_str(m, "p"));
  hidden->is_private = true;
  six_define(m, o, six_symbol_value(symbol), six_int(0), SIX_DATA_ALL);
  six_define(m, o, six_symbol_value(hidden), six_int(9), SIX_DATA_ALL);
  six_put(m, o, "b", six_int(1));
  six_put(m, o, "7", six_int(2));
  six_put(m, o, "a", six_int(3));
  six_put(m, o, "2", six_int(4));
  six_put(m, o, "100000000", six_int(5));
  six_put(m, o, "5000000", six_int(5));
  six_define(m, o, key_of(m, "z"), six_int(6), SIX_HIDDEN);
  assert_keys(m, o, SIX_KEYS_STRINGS | SIX_KEYS_SYMBOLS, "2,7,5000000,100000000,b,a,z,Symbol(s)");
  assert_keys(m, o, SIX_KEYS_STRINGS | SIX_KEYS_ENUMERABLE_ONLY, "2,7,5000000,100000000,b,a");
  assert_int_equal(six_as_int(*six_own_slot(m, o, six_symbol_value(hidden))), 9);
  assert_int_equal(six_delete(m, o, key_of(m, "b"), true), 1);
  assert_int_equal(six_delete(m, o, key_of(m, "100000000"), true), 1);
  six_put(m, o, "b", six_int(8));
  assert_keys(m, o, SIX_KEYS_STRINGS, "2,7,5000000,a,z,b");
}

static void deleting_the_last_keeps_the_shape(void **state) {
  struct six_machine *m = *state;
  struct six_object *o = plain(m);
  six_put(m, o, "a", six_int(1));
  struct six_shape *before = o->shape;
  six_put(m, o, "b", six_int(2));
  six_delete(m, o, key_of(m, "b"), true);
  assert_ptr_equal(o->shape, before);
  six_put(m, o, "c", six_int(3));
  assert_keys(m, o, SIX_KEYS_STRINGS, "a,c");
  assert_int_equal(get_int(m, o, "b"), -1);
}

static void objects_serve_as_maps(void **state) {
  struct six_machine *m = *state;
  struct six_object *o = plain(m);
  six_root(m, six_object_value(o));
  char name[24];
  for (int i = 0; i < 60000; i++) {  // a queue: the oldest goes
    snprintf(name, sizeof name, "key%d", i);
    six_put(m, o, name, six_int(i));
    if (i >= 1000) {
      snprintf(name, sizeof name, "key%d", i - 1000);
      assert_int_equal(get_int(m, o, name), i - 1000);
      assert_int_equal(six_delete(m, o, key_of(m, name), true), 1);
    }
    if (i % 10000 == 0) six_heap_collect(m);
  }
  struct six_values *keys = six_own_keys(m, o, SIX_KEYS_STRINGS);
  assert_int_equal(keys->count, 1000);
  for (uint32_t i = 0; i < 1000; i++) {
    snprintf(name, sizeof name, "key%u", 59000 + i);
    assert_true(keys->items[i] == key_of(m, name));
  }
  assert_true(o->slot_capacity < 10000);
}

static void prototypes_are_followed(void **state) {
  struct six_machine *m = *state;
  struct six_object *base = plain(m), *middle = six_object_new(m, base), *o = six_object_new(m, middle);
  six_put(m, base, "x", six_int(1));
  uint64_t epoch = m->proto_epoch;
  six_put(m, middle, "x", six_int(2));
  assert_true(m->proto_epoch > epoch);
  assert_int_equal(get_int(m, o, "x"), 2);
  assert_int_equal(six_set(m, o, key_of(m, "x"), six_int(3)), 1);
  assert_int_equal(get_int(m, middle, "x"), 2);
  assert_int_equal(get_int(m, o, "x"), 3);
  assert_int_equal(six_set_prototype(m, base, o, false), 0);
  assert_int_equal(six_set_prototype(m, base, o, true), -1);
  assert_thrown(m, "Cyclic __proto__ value");
  assert_int_equal(six_set_prototype(m, o, NULL, true), 1);
  assert_int_equal(get_int(m, o, "x"), 3);
  assert_int_equal(six_has_property(m, o, key_of(m, "toString")), 0);
}

static six_value getter(struct six_machine *m, const struct six_args *args) { return six_get_v(m, args->this_value, key_of(m, "inner")); }
static six_value setter(struct six_machine *m, const struct six_args *args) {
  return six_set_v(m, args->this_value, key_of(m, "inner"), six_arg(args, 0), true) < 0 ? SIX_EXCEPTION : SIX_UNDEFINED;
}

static void accessors_get_their_receiver(void **state) {
  struct six_machine *m = *state;
  struct six_object *base = plain(m), *o = six_object_new(m, base);
  six_value get = six_object_value(six_native_new(m, getter, SIX_ATOM(m, get), 0, SIX_UNDEFINED, SIX_UNDEFINED));
  six_value set = six_object_value(six_native_new(m, setter, SIX_ATOM(m, set), 1, SIX_UNDEFINED, SIX_UNDEFINED));
  six_define_accessor(m, base, key_of(m, "outer"), get, set, SIX_CONFIGURABLE);
  six_define_accessor(m, base, key_of(m, "fixed"), get, SIX_UNDEFINED, 0);
  assert_int_equal(six_set(m, o, key_of(m, "outer"), six_int(5)), 1);
  assert_int_equal(get_int(m, o, "outer"), 5);
  assert_keys(m, o, SIX_KEYS_STRINGS, "inner");
  assert_int_equal(six_set(m, o, key_of(m, "fixed"), six_int(5)), -1);
  six_take_exception(m);
  struct six_descriptor d;
  assert_int_equal(six_get_own_property(m, base, key_of(m, "outer"), &d), 1);
  assert_true(d.get == get && d.set == set && !(d.attrs & SIX_ENUMERABLE));
}

static int freeze(struct six_machine *m, struct six_object *o) {
  six_prevent_extensions(m, o);
  struct six_values *keys = six_own_keys(m, o, SIX_KEYS_STRINGS | SIX_KEYS_SYMBOLS);
  for (uint32_t i = 0; i < keys->count; i++) {
    struct six_descriptor d = {.has = SIX_WRITABLE | SIX_CONFIGURABLE};
    if (six_define_own(m, o, keys->items[i], &d, true) < 0) return -1;
  }
  return 1;
}

static void frozen_objects_refuse(void **state) {
  struct six_machine *m = *state;
  struct six_object *o = plain(m);
  six_put(m, o, "x", six_int(1));
  freeze(m, o);
  assert_int_equal(six_set_with(m, o, key_of(m, "x"), six_int(2), six_object_value(o), false), 0);
  assert_int_equal(six_set(m, o, key_of(m, "new"), six_int(2)), -1);
  assert_thrown(m, "Cannot add property new, object is not extensible");
  assert_int_equal(six_delete(m, o, key_of(m, "x"), false), 0);
  struct six_descriptor d = {.attrs = SIX_WRITABLE, .has = SIX_WRITABLE};
  assert_int_equal(six_define_own(m, o, key_of(m, "x"), &d, true), -1);
  assert_thrown(m, "Cannot redefine property: x");
  assert_int_equal(get_int(m, o, "x"), 1);
}

static void frozen_arrays_refuse(void **state) {
  struct six_machine *m = *state;
  six_value items[] = {six_int(1), six_int(2), six_int(3)};
  struct six_object *a = six_array_from(m, items, 3);
  freeze(m, a);
  assert_keys(m, a, SIX_KEYS_STRINGS, "0,1,2,length");
  assert_int_equal(six_set_with(m, a, six_int(1), six_int(9), six_object_value(a), false), 0);
  assert_int_equal(get_int(m, a, "1"), 2);
  assert_int_equal(get_int(m, a, "length"), 3);
  assert_int_equal(six_set(m, a, six_int(3), six_int(9)), -1);
  assert_thrown(m, "Cannot add property 3, object is not extensible");
  assert_int_equal(six_set_with(m, a, SIX_ATOM(m, length), six_int(0), six_object_value(a), false), 0);
}

static void arrays_grow_and_shrink(void **state) {
  struct six_machine *m = *state;
  struct six_object *a = six_array_new(m, 0);
  six_root(m, six_object_value(a));
  for (int i = 0; i < 10000; i++) six_array_push(m, a, six_int(i));
  six_heap_collect(m);
  assert_true(six_array_is_dense(a));
  assert_int_equal(a->array_length, 10000);
  assert_int_equal(six_as_int(six_get_index(m, a, 9999)), 9999);
  assert_int_equal(six_set(m, a, SIX_ATOM(m, length), six_int(10)), 1);
  assert_int_equal(a->array_length, 10);
  assert_true(six_get_index(m, a, 10) == SIX_UNDEFINED);
  assert_int_equal(six_set(m, a, six_int(1000000000), six_int(7)), 1);  // sparse
  assert_int_equal(a->array_length, 1000000001);
  assert_int_equal(get_int(m, a, "1000000000"), 7);
  assert_keys(m, a, SIX_KEYS_STRINGS, "0,1,2,3,4,5,6,7,8,9,1000000000,length");
  assert_int_equal(six_set(m, a, SIX_ATOM(m, length), six_int(3)), 1);
  assert_keys(m, a, SIX_KEYS_STRINGS, "0,1,2,length");
  assert_int_equal(six_set(m, a, SIX_ATOM(m, length), six_double(1.5)), -1);
  assert_thrown(m, "Invalid array length");
  assert_int_equal(six_set(m, a, SIX_ATOM(m, length), six_str(m, "2")), 1);
  assert_keys(m, a, SIX_KEYS_STRINGS | SIX_KEYS_ENUMERABLE_ONLY, "0,1");
}

static void truncation_stops_at_fixed_elements(void **state) {
  struct six_machine *m = *state;
  six_value items[] = {six_int(1), six_int(2), six_int(3), six_int(4)};
  struct six_object *a = six_array_from(m, items, 4);
  struct six_descriptor d = {.has = SIX_CONFIGURABLE};
  assert_int_equal(six_define_own(m, a, six_int(1), &d, true), 1);
  assert_int_equal(six_array_set_length(m, a, 0), -1);
  six_take_exception(m);
  assert_int_equal(a->array_length, 2);
  assert_keys(m, a, SIX_KEYS_STRINGS, "0,1,length");
}

static void holes_are_absent(void **state) {
  struct six_machine *m = *state;
  struct six_object *a = six_array_new(m, 0);
  six_set(m, a, six_int(3), six_int(1));
  assert_keys(m, a, SIX_KEYS_STRINGS, "3,length");
  assert_int_equal(six_has_property(m, a, six_int(2)), 0);
  assert_int_equal(a->array_length, 4);
  six_delete(m, a, six_int(3), true);
  assert_int_equal(six_has_own(m, a, six_int(3)), 0);
  assert_int_equal(a->array_length, 4);
}

static void boxed_strings_have_units(void **state) {
  struct six_machine *m = *state;
  struct six_object *o = six_to_object(m, six_str(m, "abc"));
  six_put(m, o, "x", six_int(1));
  six_put(m, o, "5", six_int(1));
  assert_keys(m, o, SIX_KEYS_STRINGS, "0,1,2,5,length,x");
  assert_keys(m, o, SIX_KEYS_STRINGS | SIX_KEYS_ENUMERABLE_ONLY, "0,1,2,5,x");
  assert_true(six_get_index(m, o, 1) == six_str(m, "b"));
  assert_int_equal(get_int(m, o, "length"), 3);
  assert_int_equal(six_set_with(m, o, six_int(0), six_int(1), six_object_value(o), false), 0);
  assert_int_equal(six_delete(m, o, six_int(0), false), 0);
  assert_int_equal(six_set(m, o, six_int(5), six_int(2)), 1);
}

static void nullish_reads_are_worded_as_v8_does(void **state) {
  struct six_machine *m = *state;
  assert_true(six_is_exception(six_get_v(m, SIX_UNDEFINED, key_of(m, "x"))));
  assert_thrown(m, "Cannot read properties of undefined (reading 'x')");
  assert_int_equal(six_set_v(m, SIX_NULL, six_int(0), SIX_UNDEFINED, false), -1);
  assert_thrown(m, "Cannot set properties of null (setting '0')");
  assert_int_equal(six_set_v(m, six_str(m, "abc"), key_of(m, "x"), SIX_UNDEFINED, true), -1);
  assert_thrown(m, "Cannot create property 'x' on string 'abc'");
  assert_int_equal(six_set_v(m, six_str(m, "abc"), six_int(0), SIX_UNDEFINED, true), -1);
  assert_thrown(m, "Cannot assign to read only property '0' of string 'abc'");
}

int main(void) {
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
  const struct CMUnitTest tests[] = {
      T(same_construction_same_shape),
      T(many_branches_stay_apart),
      T(keys_come_in_order),
      T(deleting_the_last_keeps_the_shape),
      T(objects_serve_as_maps),
      T(prototypes_are_followed),
      T(accessors_get_their_receiver),
      T(frozen_objects_refuse),
      T(frozen_arrays_refuse),
      T(arrays_grow_and_shrink),
      T(truncation_stops_at_fixed_elements),
      T(holes_are_absent),
      T(boxed_strings_have_units),
      T(nullish_reads_are_worded_as_v8_does),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
