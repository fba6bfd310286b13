// Strings: ropes, interning, keys, text in and out.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

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

static struct six_string *text(struct six_machine *m, const char *utf8) { return six_string_utf8(m, utf8, strlen(utf8)); }

static struct six_string *joined(struct six_machine *m, struct six_string *a, struct six_string *b) {
  return six_as_string(six_string_concat(m, a, b));
}

static void assert_utf8(struct six_machine *m, struct six_string *s, const char *expected) {
  struct six_text out = {0};
  six_string_to_utf8(m, s, &out);
  assert_string_equal(out.bytes ? out.bytes : "", expected);
  six_text_done(&out);
}

static void utf8_round_trips(void **state) {
  struct six_machine *m = *state;
  const char *samples[] = {
      "", "a", "plain", "h\xC3\xA9llo", "\xE2\x82\xAC 5", "\xF0\x9F\x98\x80!", "long enough to be no short string \xC3\xBF"};
  for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) assert_utf8(m, text(m, samples[i]), samples[i]);
  assert_int_equal(text(m, "\xF0\x9F\x98\x80!")->length, 3);
  assert_false(six_string_is_wide(text(m, "h\xC3\xA9llo")));
  uint16_t lone = 0xD800;
  assert_utf8(m, six_string_utf16(m, &lone, 1), "\xEF\xBF\xBD");
}

static void deep_ropes_flatten(void **state) {
  struct six_machine *m = *state;
  struct six_string *left = text(m, ""), *right = text(m, "");
  for (int i = 0; i < 1000000; i++) {
    struct six_string *unit = six_as_string(m->single_chars['a' + i % 26]);
    left = joined(m, left, unit);
    right = joined(m, unit, right);
  }
  six_root(m, six_string_value(left));
  six_root(m, six_string_value(right));
  six_heap_collect(m);
  left = six_string_flat(m, left);
  right = six_string_flat(m, right);
  assert_int_equal(left->length, 1000000);
  for (uint32_t i = 0; i < 1000000; i += 997) {
    assert_int_equal(six_string_unit(left, i), 'a' + i % 26);
    assert_int_equal(six_string_unit(right, i), 'a' + (999999 - i) % 26);
  }
}

static void mixed_ropes_widen(void **state) {
  struct six_machine *m = *state;
  struct six_string *s = joined(m, text(m, "a narrow part of some length, "), text(m, "\xE2\x82\xAC wide"));
  s = joined(m, s, text(m, " and \xC3\xA9 more narrow text"));
  assert_utf8(m, s, "a narrow part of some length, \xE2\x82\xAC wide and \xC3\xA9 more narrow text");
}

static void too_long_is_a_range_error(void **state) {
  struct six_machine *m = *state;
  struct six_string *s = text(m, "0123456789012345678901234567890123456789");
  six_value v = six_string_value(s);
  while (!six_is_exception(v)) {
    s = six_as_string(v);
    assert_true(s->length <= SIX_STRING_MAX);
    v = six_string_concat(m, s, s);
  }
  assert_true(s->length > SIX_STRING_MAX / 2);
}

static void equal_atoms_are_one(void **state) {
  struct six_machine *m = *state;
  struct six_string *a = six_intern(m, text(m, "some name")), *b = six_intern(m, joined(m, text(m, "some "), text(m, "name")));
  assert_ptr_equal(a, b);
  uint16_t wide[] = {'s', 'o', 'm', 'e', ' ', 'n', 'a', 'm', 'e'};
  assert_ptr_equal(a, six_intern_utf16(m, wide, 9, false));
  struct six_string *raw = six_string_uninitialized(m, 9, true);
  memcpy(raw->u.wide, wide, sizeof wide);
  assert_ptr_equal(a, six_intern(m, raw));
  assert_true(six_string_equal(m, a, raw));
  assert_int_equal(six_string_hash(m, raw), six_string_hash(m, a));
  assert_true(SIX_ATOM(m, empty) == six_str(m, ""));
  assert_true(SIX_ATOM(m, default_) == six_string_value(six_intern_ascii(m, "default", false)));
  assert_true(SIX_ATOM(m, __proto__) == six_string_value(six_intern_ascii(m, "__proto__", false)));
}

static void indices_are_ints(void **state) {
  struct six_machine *m = *state;
  const struct {
    const char *text;
    int64_t index;
  } rows[] = {
      {"0", 0},    {"7", 7}, {"10", 10},  {"2147483646", 2147483646}, {"2147483647", -1}, {"4294967295", -1}, {"01", -1}, {"-1", -1},
      {"1.5", -1}, {"", -1}, {"1e3", -1}, {"99999999999", -1},        {"x", -1},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    six_key key = six_key_of_string(m, text(m, rows[i].text));
    if (rows[i].index >= 0) assert_true(key == six_int((int32_t)rows[i].index));
    else assert_true(six_is_string(key));
    assert_utf8(m, six_as_string(six_key_to_value(m, key)), rows[i].text);
  }
}

static void substrings_and_searches(void **state) {
  struct six_machine *m = *state;
  struct six_string *s = text(m, "the quick brown fox \xE2\x82\xAC jumps");
  assert_utf8(m, six_string_substring(m, s, 4, 9), "quick");
  assert_false(six_string_is_wide(six_string_substring(m, s, 4, 9)));
  assert_ptr_equal(six_string_substring(m, s, 4, 5), six_as_string(m->single_chars['q']));
  assert_int_equal(six_string_index_of(m, s, text(m, "fox"), 0), 16);
  assert_int_equal(six_string_index_of(m, s, text(m, "\xE2\x82\xAC"), 0), 20);
  assert_int_equal(six_string_index_of(m, s, text(m, "cat"), 0), -1);
  assert_int_equal(six_string_index_of(m, s, text(m, ""), 5), 5);
  assert_true(six_string_compare(m, text(m, "abc"), text(m, "abd")) < 0);
  assert_true(six_string_compare(m, text(m, "abc"), text(m, "ab")) > 0);
  assert_true(six_string_compare(m, text(m, "z"), text(m, "\xE2\x82\xAC")) < 0);
}

static void builders_widen(void **state) {
  struct six_machine *m = *state;
  struct six_builder b = {0};
  for (int i = 0; i < 100; i++) six_builder_ascii(m, &b, "ab");
  six_builder_code_point(m, &b, 0x1F600);
  six_builder_string(m, &b, text(m, "end"));
  struct six_string *s = six_as_string(six_builder_finish(m, &b));
  assert_int_equal(s->length, 205);
  assert_int_equal(six_string_unit(s, 199), 'b');
  assert_int_equal(six_string_unit(s, 200), 0xD83D);
  assert_int_equal(six_string_unit(s, 204), 'd');
}

int main(void) {
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
  const struct CMUnitTest tests[] = {
      T(utf8_round_trips),    T(deep_ropes_flatten), T(mixed_ropes_widen),       T(too_long_is_a_range_error),
      T(equal_atoms_are_one), T(indices_are_ints),   T(substrings_and_searches), T(builders_widen),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
