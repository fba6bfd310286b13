// Conversions: numbers to text and back, comparisons, operators.
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

static void assert_text(double d, const char *expected) {
  char text[40];
  text[six_number_to_chars(d, text)] = 0;
  assert_string_equal(text, expected);
}

static void numbers_read_as_javascript_writes_them(void **state) {
  (void)state;
  assert_text(0, "0");
  assert_text(-0.0, "0");
  assert_text(1, "1");
  assert_text(-123.456, "-123.456");
  assert_text(0.1, "0.1");
  assert_text(0.1 + 0.2, "0.30000000000000004");
  assert_text(1.0 / 3, "0.3333333333333333");
  assert_text(1e21, "1e+21");
  assert_text(1e20, "100000000000000000000");
  assert_text(123456789012345680000.0, "123456789012345680000");
  assert_text(1e-6, "0.000001");
  assert_text(1e-7, "1e-7");
  assert_text(1.5e-10, "1.5e-10");
  assert_text(5e-324, "5e-324");
  assert_text(1.7976931348623157e308, "1.7976931348623157e+308");
  assert_text(9007199254740993.0, "9007199254740992");
  assert_text(5.684341886080802e-14, "5.684341886080802e-14");
  assert_text(4294967295, "4294967295");
  assert_text(NAN, "NaN");
  assert_text(-INFINITY, "-Infinity");
}

static double read(struct six_machine *m, const char *utf8) { return six_string_to_number(m, six_string_utf8(m, utf8, strlen(utf8))); }

static void text_reads_as_numbers(void **state) {
  struct six_machine *m = *state;
  const struct {
    const char *text;
    double number;
  } rows[] = {
      {"", 0},
      {"  ", 0},
      {"12", 12},
      {" 12.5\n", 12.5},
      {"-7", -7},
      {"+7", 7},
      {".5", .5},
      {"5.", 5},
      {"1e3", 1000},
      {"1E-2", .01},
      {"0x1F", 31},
      {"0b101", 5},
      {"0o17", 15},
      {"0xffffffffffffffff", 18446744073709551615.0},
      {"Infinity", INFINITY},
      {"-Infinity", -INFINITY},
      {"\xEF\xBB\xBF"
       "3\xE2\x80\xA8",
       3},
      {"123456789012345678901234567890", 123456789012345678901234567890.0},
      {"1e1000", INFINITY},
      {"1e-1000", 0},
      {"0.1", .1},
      {"9007199254740993", 9007199254740992.0},
      {"00012", 12},
      {"1e23", 1e23},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) assert_true(read(m, rows[i].text) == rows[i].number);
  const char *not_numbers[] = {"x",     "1x", "1 2", "-",        "+",   ".",   "e5",    "1e", "1e+",
                               "-0x10", "0x", "0xg", "infinity", "inf", "nan", "1_000", "1n", "--1"};
  for (size_t i = 0; i < sizeof not_numbers / sizeof *not_numbers; i++) assert_true(isnan(read(m, not_numbers[i])));
  assert_true(signbit(read(m, "-0")));
}

static void random_doubles_round_trip(void **state) {
  struct six_machine *m = *state;
  uint64_t seed = 88172645463325252u;
  for (int i = 0; i < 20000; i++) {
    seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
    double d;
    memcpy(&d, &seed, sizeof d);
    if (i % 3 == 0) d = (double)(int64_t)(seed % 2000000) / 1000 - 1000;
    if (!isfinite(d)) continue;
    char text[40];
    text[six_number_to_chars(d, text)] = 0;
    assert_true(strtod(text, NULL) == d);
    assert_true(read(m, text) == d);
  }
}

static void int32_wraps(void **state) {
  (void)state;
  assert_int_equal(six_double_to_int32(4294967296.0 + 5), 5);
  assert_int_equal(six_double_to_int32(2147483648.0), INT32_MIN);
  assert_int_equal(six_double_to_int32(-2147483649.0), INT32_MAX);
  assert_int_equal(six_double_to_int32(-1.9), -1);
  assert_int_equal(six_double_to_int32(1e300), 0);
  assert_int_equal(six_double_to_int32(NAN), 0);
}

static void keys_are_canonical(void **state) {
  struct six_machine *m = *state;
  assert_true(six_to_key(m, six_double(3)) == six_int(3));
  assert_true(six_to_key(m, six_str(m, "3")) == six_int(3));
  assert_true(six_to_key(m, six_double(-0.0)) == six_int(0));
  assert_true(six_to_key(m, six_int(-1)) == six_to_key(m, six_str(m, "-1")));
  assert_true(six_to_key(m, six_double(1.5)) == six_to_key(m, six_str(m, "1.5")));
  assert_true(six_to_key(m, SIX_NULL) == SIX_ATOM(m, null_));
}

static void equality_by_the_book(void **state) {
  struct six_machine *m = *state;
  assert_true(six_loose_equal(m, six_str(m, "5"), six_int(5)) == 1);
  assert_true(six_loose_equal(m, SIX_NULL, SIX_UNDEFINED) == 1);
  assert_true(six_loose_equal(m, SIX_NULL, six_int(0)) == 0);
  assert_true(six_loose_equal(m, SIX_TRUE, six_str(m, "1")) == 1);
  assert_true(six_loose_equal(m, six_str(m, ""), SIX_FALSE) == 1);
  assert_true(six_loose_equal(m, six_double(NAN), six_double(NAN)) == 0);
  assert_true(six_strict_equal(m, six_int(1), six_double(1)));
  assert_false(six_strict_equal(m, six_double(NAN), six_double(NAN)));
  assert_true(six_same_value(m, six_double(NAN), six_double(NAN)));
  assert_false(six_same_value(m, six_int(0), six_double(-0.0)));
  assert_true(six_same_value_zero(m, six_int(0), six_double(-0.0)));
}

static void operators_convert(void **state) {
  struct six_machine *m = *state;
  assert_true(six_strict_equal(m, six_binary(m, SIX_OP_ADD, six_int(1), six_str(m, "2")), six_str(m, "12")));
  assert_true(six_strict_equal(m, six_binary(m, SIX_OP_SUB, six_str(m, "5"), SIX_TRUE), six_int(4)));
  assert_true(six_strict_equal(m, six_binary(m, SIX_OP_ADD, SIX_NULL, SIX_TRUE), six_int(1)));
  assert_true(six_binary(m, SIX_OP_LT, six_str(m, "10"), six_str(m, "9")) == SIX_TRUE);
  assert_true(six_binary(m, SIX_OP_LT, six_str(m, "10"), six_int(9)) == SIX_FALSE);
  assert_true(six_binary(m, SIX_OP_GE, SIX_UNDEFINED, six_int(0)) == SIX_FALSE);
  assert_true(six_strict_equal(m, six_binary(m, SIX_OP_USHR, six_int(-1), six_int(0)), six_double(4294967295.0)));
  assert_true(six_strict_equal(m, six_binary(m, SIX_OP_MOD, six_double(5.5), six_int(2)), six_double(1.5)));
  assert_true(signbit(six_as_number(six_binary(m, SIX_OP_MOD, six_int(-4), six_int(2)))));
  assert_true(isnan(six_as_number(six_binary(m, SIX_OP_EXP, six_int(1), six_double(INFINITY)))));
  assert_true(signbit(six_as_number(six_unary_minus(m, six_int(0)))));
  struct six_symbol *symbol = six_symbol_new(m, six_str(m, "s"));
  assert_true(six_is_exception(six_binary(m, SIX_OP_ADD, six_str(m, ""), six_symbol_value(symbol))));
}

int main(void) {
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
  const struct CMUnitTest tests[] = {
      T(numbers_read_as_javascript_writes_them),
      T(text_reads_as_numbers),
      T(random_doubles_round_trip),
      T(int32_wraps),
      T(keys_are_canonical),
      T(equality_by_the_book),
      T(operators_convert),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
