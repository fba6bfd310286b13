// The heap: what is reachable stays, what is not goes, and the accounting agrees.
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
  struct six_machine *m = *state = six_machine_new(&rules, &no_host, NULL);
  six_machine_limit_memory(m, (size_t)64 << 20);
  return *state ? 0 : -1;
}

static int teardown(void **state) {
  six_machine_free(*state);
  return 0;
}

static struct six_object *plain(struct six_machine *m) { return six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype)); }

static six_key name_of(struct six_machine *m, const char *ascii) { return six_key_of_string(m, six_as_string(six_str(m, ascii))); }

static void cells_are_zeroed(void **state) {
  struct six_machine *m = *state;
  for (size_t size = 16; size < 1200; size += 40) {
    unsigned char *cell = six_cell_new(m, SIX_CELL_ENV, size);
    for (size_t i = sizeof(struct six_cell); i < size; i++) assert_int_equal(cell[i], 0);
    memset(cell + sizeof(struct six_cell), 0xFF, size - sizeof(struct six_cell));
  }
  six_heap_collect(m);
  for (size_t size = 16; size < 1200; size += 40) {
    unsigned char *cell = six_cell_new(m, SIX_CELL_ENV, size);
    for (size_t i = sizeof(struct six_cell); i < size; i++) assert_int_equal(cell[i], 0);
  }
}

static void rooted_graphs_survive(void **state) {
  struct six_machine *m = *state;
  struct six_object *head = plain(m);
  six_root(m, six_object_value(head));
  struct six_object *last = head;
  for (int i = 0; i < 2000; i++) {
    struct six_object *next = plain(m);
    six_put(m, next, "number", six_strf(m, "text %d", i));
    six_put(m, last, "next", six_object_value(next));
    last = next;
    plain(m);  // garbage
    if (i % 100 == 0) six_heap_collect(m);
  }
  six_heap_collect(m);
  int i = 0;
  for (six_value v = six_get(m, head, name_of(m, "next")); six_is_object(v); v = six_get(m, six_as_object(v), name_of(m, "next")), i++) {
    struct six_string *s = six_to_string(m, six_get(m, six_as_object(v), name_of(m, "number")));
    char text[32];
    snprintf(text, sizeof text, "text %d", i);
    assert_true(six_string_equals_ascii(m, s, text));
  }
  assert_int_equal(i, 2000);
}

static void long_chains_do_not_recurse(void **state) {
  struct six_machine *m = *state;
  six_value head = SIX_NULL;
  for (int i = 0; i < 300000; i++) {
    struct six_values *cell = six_values_new(m, 1);
    six_values_push(m, &cell, head);
    head = six_tagged(SIX_TAG_OBJECT, cell);
  }
  six_root(m, head);
  six_heap_collect(m);
  assert_true(six_is_marked(m, head));
}

static void garbage_is_given_back(void **state) {
  struct six_machine *m = *state;
  six_heap_collect(m);
  six_heap_collect(m);
  size_t before = m->memory_used;
  for (int round = 0; round < 20; round++) {
    for (int i = 0; i < 20000; i++) {
      struct six_object *array = six_array_new(m, 0);
      for (int j = 0; j < 20; j++) six_array_push(m, array, six_int(j));
      six_strf(m, "some garbage text %d", i);
    }
    assert_true(m->gc_wanted);
    six_heap_safepoint(m);
    assert_false(m->gc_wanted);
  }
  six_heap_collect(m);
  six_heap_collect(m);  // finishes the sweep of the one before
  assert_true(m->memory_used < before + ((size_t)1 << 20));
  assert_int_equal(m->memory_used, six_heap_used(m->heap));
  assert_int_equal(m->stop, SIX_STOP_NONE);
}

static void atoms_and_shapes_are_weak(void **state) {
  struct six_machine *m = *state;
  struct six_object *kept = plain(m);
  six_root(m, six_object_value(kept));
  six_put(m, kept, "kept_name", six_int(7));
  for (int i = 0; i < 50000; i++) {
    struct six_object *o = plain(m);
    six_define(m, o, six_key_of_string(m, six_as_string(six_strf(m, "name%d", i))), six_int(i), SIX_DATA_ALL);
    if (i % 1000 == 0) six_heap_collect(m);
  }
  six_heap_collect(m);
  six_heap_collect(m);
  assert_true(m->memory_used < (size_t)2 << 20);
  assert_int_equal(six_as_int(six_get(m, kept, name_of(m, "kept_name"))), 7);
}

static void memory_limit_stops_the_run(void **state) {
  struct six_machine *m = *state;
  struct six_object *array = six_array_new(m, 0);
  six_root(m, six_object_value(array));
  for (int i = 0; i < 100 && m->stop == SIX_STOP_NONE; i++) {
    struct six_object *part = six_array_new(m, 0);
    six_array_push(m, array, six_object_value(part));
    for (int j = 0; j < 1000000 && m->stop == SIX_STOP_NONE; j++) six_array_push(m, part, six_int(j));
    six_heap_safepoint(m);
  }
  assert_int_equal(m->stop, SIX_STOP_MEMORY);
}

static void roots_nest(void **state) {
  struct six_machine *m = *state;
  size_t mark = six_roots_mark(m);
  struct six_object *o = plain(m);
  six_root(m, six_object_value(o));
  six_heap_collect(m);
  assert_true(six_is_marked(m, six_object_value(o)));
  six_roots_release(m, mark);
  assert_int_equal(six_roots_mark(m), mark);
  six_heap_collect(m);
  assert_int_equal(m->memory_used, six_heap_used(m->heap));
}

int main(void) {
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
  const struct CMUnitTest tests[] = {
      T(cells_are_zeroed),
      T(rooted_graphs_survive),
      T(long_chains_do_not_recurse),
      T(garbage_is_given_back),
      T(atoms_and_shapes_are_weak),
      T(memory_limit_stops_the_run),
      T(roots_nest),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
