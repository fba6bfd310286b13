// scenario: reading JSON and world, messages and their places, expectations, export.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sim/sixphase.h"

static struct six_scenario *read_json(const char *text, struct six_diag *diag) {
  struct six_source source = {0};
  return six_scenario_read("test.json", text, strlen(text), SIX_LANG_JSON, NULL, NULL, diag, &source);
}

static void expect_js(const char *json, const char *js) {
  struct six_diag diag = {0};
  struct six_text out = {0};
  struct six_scenario *scenario = read_json(json, &diag);
  assert_non_null(scenario);
  six_scenario_to_js(scenario, &out);
  assert_string_equal(out.bytes, js);
  six_text_done(&out);
  six_scenario_free(scenario);
}

static void expect_refused(const char *json, uint32_t start, const char *message) {
  struct six_diag diag = {0};
  assert_null(read_json(json, &diag));
  assert_int_equal(diag.status, SIX_STATUS_DATA);
  assert_int_equal(diag.span.start, start);
  assert_string_equal(diag.message, message);
}

static void test_operations_become_javascript(void **state) {
  (void)state;
  expect_js("{\"program\": [{\"log\": \"x\"}]}", "console.log('x');\n");
  expect_js("{\"program\": [{\"setTimeout\": \"2 ms\", \"do\": [{\"log\": 1}, {\"log\": 2}]}]}",
            "setTimeout(() => {\n  console.log(1);\n  console.log(2);\n}, 2);\n");
  expect_js("{\"program\": [{\"then\": [{\"log\": {\"var\": \"value\"}}], \"of\": {\"resolved\": 7}}]}",
            "Promise.resolve(7).then(value => console.log(value));\n");
  expect_js("{\"program\": [{\"promise\": \"p\"}, {\"resolve\": 1, \"of\": \"p\"}]}",
            "let resolveP, rejectP;\nconst p = new Promise((resolve, reject) => {\n  resolveP = resolve;\n  rejectP = reject;\n});\n"
            "resolveP(1);\n");
}

static void test_world_stands_at_the_top(void **state) {
  (void)state;
  expect_js(
      "{\"title\": \"T\", \"world\": {\"threads\": 2, \"files\": {\"a.txt\": \"it's\", \"b\": {\"size\": \"1 KB\"}}},"
      "\"program\": [{\"readFile\": \"a.txt\", \"do\": []}]}",
      "// T\nconst fs = require('fs');\nprocess.env.UV_THREADPOOL_SIZE = '2';\nfs.writeFileSync('a.txt', 'it\\'s');\n"
      "fs.writeFileSync('b', 'x'.repeat(1024));\nfs.readFile('a.txt', () => {});\n");
}

static void test_messages_have_place_path_and_neighbour(void **state) {
  (void)state;
  expect_refused("{\"program\": [{\"lgo\": 1}]}", 14, "$.program[0].lgo: unknown operation \"lgo\"; did you mean \"log\"?");
  expect_refused("{\"program\": [{\"setTimout\": 1, \"do\": []}]}", 14,
                 "$.program[0].setTimout: unknown operation \"setTimout\"; did you mean \"setTimeout\"?");
  expect_refused("{\"program\": []}", 12, "$.program: the program is empty");
  expect_refused("{\"a\": 1, \"a\": 2}", 9, "$.a: the key \"a\" is already there");
  expect_refused("{\"program\": [{\"log\": {\"expr\": \"1 +\"}}], \"node\": 7}", 48, "$.node: a whole number from 8 to 26 is expected");
}

static void test_expectations_by_major(void **state) {
  (void)state;
  struct six_diag diag = {0};
  int exit;
  struct six_scenario *scenario = read_json(
      "{\"program\": [{\"log\": 1}], \"expect\": {\"8-10\": [\"old\"], \"11\": {\"stdout\": [], \"exit\": 3}, \">=12\": \"new\"}}", &diag);
  assert_non_null(scenario);
  assert_string_equal(six_scenario_expect(scenario, 9, &exit), "old\n");
  assert_int_equal(exit, -1);
  assert_string_equal(six_scenario_expect(scenario, 11, &exit), "");
  assert_int_equal(exit, 3);
  assert_string_equal(six_scenario_expect(scenario, 26, &exit), "new");
  six_scenario_free(scenario);
}

static void test_runs_in_its_world(void **state) {
  (void)state;
  struct six_diag diag = {0};
  struct six_scenario *scenario = read_json(
      "{\"world\": {\"files\": {\"a\": \"text\"}}, \"program\": [{\"log\": {\"readFileSync\": \"a\", \"encoding\": \"utf8\"}}]}", &diag);
  assert_non_null(scenario);
  const struct six_options options = {0};
  struct six_result *result = six_run(scenario, &options, &diag);
  assert_non_null(result);
  assert_string_equal(result->out.bytes, "text\n");
  six_result_free(result);
  six_scenario_free(scenario);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_operations_become_javascript),
      cmocka_unit_test(test_world_stands_at_the_top),
      cmocka_unit_test(test_messages_have_place_path_and_neighbour),
      cmocka_unit_test(test_expectations_by_major),
      cmocka_unit_test(test_runs_in_its_world),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
