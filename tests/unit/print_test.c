// The printer: what it prints parses to the same tree, and looks as a person would have written it.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "sim/program/parse.h"
#include "sim/program/print.h"
#include "tests/unit/ast_dump.h"

static struct six_program *parse(const char *text, enum six_parse_goal goal) {
  struct six_source source = {"test.js", text, strlen(text)};
  struct six_diag diag = {0};
  struct six_program *program = six_parse(&source, goal, &diag);
  if (!program) print_error("%s\n  %s\n", text, diag.message);
  assert_non_null(program);
  return program;
}

static void assert_same_tree(const struct six_program *a, const struct six_program *b) {
  struct six_text first = {0}, second = {0};
  ast_dump_program(a, &first);
  ast_dump_program(b, &second);
  assert_string_equal(first.bytes, second.bytes);
  six_text_done(&first);
  six_text_done(&second);
}

// Prints `text` and checks that the result means the same and is printed the same again.
static void print_checked(const char *text, enum six_parse_goal goal, struct six_text *printed) {
  struct six_program *program = parse(text, goal);
  six_print_program(program, printed, NULL);
  struct six_program *again = parse(printed->bytes ? printed->bytes : "", goal);
  assert_same_tree(program, again);
  struct six_text twice = {0};
  six_print_program(again, &twice, NULL);
  assert_string_equal(twice.bytes ? twice.bytes : "", printed->bytes ? printed->bytes : "");
  six_text_done(&twice);
  six_program_free(again);
  six_program_free(program);
}

static void assert_printed(const char *text, const char *expected) {
  struct six_text printed = {0};
  print_checked(text, SIX_PARSE_SCRIPT, &printed);
  assert_string_equal(printed.bytes, expected);
  six_text_done(&printed);
}

// For what is printed as it was written.
static void assert_kept(const char *text) { assert_printed(text, text); }

static void prints_few_parentheses(void **state) {
  (void)state;
  assert_printed("((a) + (b)) * ((c))", "(a + b) * c;\n");
  assert_printed("(a * b) + c; a - (b - c); (a ** b) ** c; a ** (b ** c)", "a * b + c;\na - (b - c);\n(a ** b) ** c;\na ** b ** c;\n");
  assert_printed("(-1) ** 2; - -a; + +a; -(--a); !(!a); typeof (typeof a)", "(-1) ** 2;\n- -a;\n+ +a;\n- --a;\n!!a;\ntypeof typeof a;\n");
  assert_printed("(a ?? b) || c; a ?? (b || c); (a ?? b) ?? c; a ?? (b ?? c)",
                 "(a ?? b) || c;\na ?? (b || c);\na ?? b ?? c;\na ?? (b ?? c);\n");
  assert_printed("(a, b); f((a, b)); x = (a, b); a ? (b, c) : d", "a, b;\nf((a, b));\nx = (a, b);\na ? (b, c) : d;\n");
  assert_printed("(a?.b).c; (a?.b)(); (a?.b.c)", "(a?.b).c;\n(a?.b)();\na?.b.c;\n");
  assert_printed("new (a())(); new (a.b().c)(); new (a.b)(); new (new a)",
                 "new (a())();\nnew (a.b().c)();\n"
                 "new a.b();\nnew new a()();\n");
  assert_printed("new class {}; new function () {}(1)", "new (class {})();\nnew (function () {})(1);\n");
  assert_printed("(1).toFixed(); (1.5).x; (() => 1)(); (async () => {})(); (a = b).c",
                 "(1).toFixed();\n(1.5).x;\n(() => 1)();\n(async () => {})();\n(a = b).c;\n");
  assert_printed("a = b = c; a = (b => c); (a = b) ? c : d; (a ? b : c) ? d : e",
                 "a = b = c;\na = b => c;\n(a = b) ? c : d;\n(a ? b : c) ? d : e;\n");
  assert_printed("for (var a = (b in c);;); for (var d = [e in f];;);",
                 "for (var a = (b in c);;);\n"
                 "for (var d = [e in f];;);\n");
}

static void wraps_what_begins_a_statement(void **state) {
  (void)state;
  assert_printed("(function () {})(); (function () {}()); (class {}).a; ({}).b; ({a} = b); ({a}).a = 1",
                 "(function () {})();\n(function () {})();\n(class {}).a;\n({}).b;\n({ a } = b);\n({ a }).a = 1;\n");
  assert_printed("() => ({}); () => ({}).a; () => ({a} = b); () => function () {}",
                 "() => ({});\n() => ({}).a;\n() => ({ a } = b);\n() => function () {};\n");
  assert_printed("('use strict'); 010", "('use strict');\n8;\n");
  assert_printed("'use strict'; a", "'use strict';\na;\n");
  assert_printed("(let)[0] = 1", "(let)[0] = 1;\n");
}

static void prints_literals(void **state) {
  (void)state;
  assert_printed("\"a\"; 'it\\'s'; \"say \\\"hi\\\"\"; 'a\\'\"'", "'a';\n\"it's\";\n'say \"hi\"';\n'a\\'\"';\n");
  assert_printed("x = '\\n\\t\\0\\x001\\u2028\\uD800\xC3\xA9'", "x = '\\n\\t\\0\\x001\\u2028\\uD800\xC3\xA9';\n");
  assert_printed("x = [0x10, .5, 1e21, 1e-7, 1e-6, 1e999, 10n, 0xFFn, 100000000000000000000]",
                 "x = [16, 0.5, 1e21, 1e-7, 0.000001, 1e999, 10n, 255n, 100000000000000000000];\n");
  assert_printed("[,]; [a,,]; [,a]; [a,,b]", "[,];\n[a, ,];\n[, a];\n[a, , b];\n");
  assert_kept("`a${b + c}\\n${`d${e}`}`;\n");
  assert_kept("x = /[/]\\/(?<a>b)/giu;\n");
}

static void keeps_short_callbacks_on_a_line(void **state) {
  (void)state;
  assert_kept("setTimeout(() => console.log('a'), 0);\n");
  assert_kept("setTimeout(() => { console.log('a'); }, 0);\n");
  assert_kept("Promise.resolve().then(x => x + 1, (e, f) => { throw e; });\n");
  assert_kept("setTimeout(() => {\n  a();\n  b();\n}, 0);\n");
  assert_kept("setTimeout(function () {\n  a();\n}, 0);\n");
}

static void breaks_long_lines(void **state) {
  (void)state;
  assert_printed(
      "fetch(url).then(response => response.json()).then(data => console.log(data.length, data.name))"
      ".catch(console.error)",
      "fetch(url)\n  .then(response => response.json())\n"
      "  .then(data => console.log(data.length, data.name))\n  .catch(console.error);\n");
  assert_printed("Promise.resolve().then(() => { a(); b(); }).then(() => c())",
                 "Promise.resolve()\n  .then(() => {\n    a();\n    b();\n  })\n  .then(() => c());\n");
  assert_printed(
      "Promise.all([new Promise(resolve => setTimeout(resolve, 100, 'aaaaaaaaaaaaaaaaa')),"
      " new Promise(resolve => setTimeout(resolve, 200))])",
      "Promise.all([\n  new Promise(resolve => setTimeout(resolve, 100, 'aaaaaaaaaaaaaaaaa')),\n"
      "  new Promise(resolve => setTimeout(resolve, 200))\n]);\n");
  assert_printed(
      "const object = { first: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', second: 'bbbbbbbbbbbbbbbbbbbbbbbbbbb',"
      " third }",
      "const object = {\n  first: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',\n"
      "  second: 'bbbbbbbbbbbbbbbbbbbbbbbbbbb',\n  third,\n};\n");
}

static void prints_statements(void **state) {
  (void)state;
  assert_kept("if (a) {\n  b();\n} else if (c) {\n  d();\n} else {\n  e();\n}\n");
  assert_kept("if (a) b();\nelse c();\n");
  assert_kept("for (let i = 0, n = 3; i < n; i++) {\n  f(i);\n}\n");
  assert_kept("for (const [a, b] of c) f(a);\nfor (const k in o) g(k);\nfor (;;);\n");
  assert_kept("async function* f({ a = 1, ...b }, ...c) {\n  for await (const x of y) yield x;\n  yield* z;\n}\n");
  assert_kept("do {\n  a();\n} while (b);\nwhile (c) d();\nl: for (;;) {\n  continue l;\n}\n");
  assert_kept("switch (a) {\n  case 1:\n  case 2:\n    b();\n    break;\n  default:\n    c();\n}\n");
  assert_kept("try {\n  a();\n} catch ({ message }) {\n  b(message);\n} finally {\n  c();\n}\n");
  assert_kept(
      "class A extends B {\n  #p = 1;\n  static s;\n  constructor(a) {\n    super(a);\n  }\n  get x() {\n"
      "    return this.#p;\n  }\n  static async *[y]() {}\n  static {\n    A.z = #p in a;\n  }\n}\n");
  assert_kept(
      "const o = {\n  a,\n  'b c': 1,\n  [d]: 2,\n  async *e() {},\n  get f() {\n    return 1;\n  },\n"
      "  ...g,\n};\n");
}

static void prints_modules(void **state) {
  (void)state;
  const char *text =
      "import a, { b as c, 'd e' as f } from 'm';\nimport * as n from 'n';\nimport 'o';\n"
      "export { a, c as default };\nexport * from 'm';\nexport * as g from 'm';\n"
      "export const h = await import('p');\nexport function i() {}\nexport class J {}\n";
  struct six_text printed = {0};
  print_checked(text, SIX_PARSE_MODULE, &printed);
  assert_string_equal(printed.bytes, text);
  six_text_done(&printed);
  print_checked("export default (function () {}); export {};", SIX_PARSE_MODULE, &printed);
  assert_string_equal(printed.bytes, "export default (function () {});\nexport {};\n");
  six_text_done(&printed);
}

static void prints_long_chains(void **state) {
  (void)state;
  static const char *const links[] = {".b(c)", "[0]", "()", " + a", "?.b", "`t`"};
  for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
    struct six_text text = {0}, printed = {0};
    six_text_adds(&text, "a");
    int count = *links[i] == '`' ? 2000 : 20000;  // tags of tags are nesting
    for (int n = 0; n < count; n++) six_text_adds(&text, links[i]);
    print_checked(text.bytes, SIX_PARSE_SCRIPT, &printed);
    six_text_done(&text);
    six_text_done(&printed);
  }
}

// Each entry's place in the printed text begins with what the node begins with.
static void maps_nodes_to_lines(void **state) {
  (void)state;
  const char *text = "a ( ) ; if(b){c( d=>{e();f()} )}";
  struct six_program *program = parse(text, SIX_PARSE_SCRIPT);
  struct six_text printed = {0};
  struct six_print_map map = {0};
  six_print_program(program, &printed, &map);
  assert_string_equal(printed.bytes, "a();\nif (b) {\n  c(d => {\n    e();\n    f();\n  });\n}\n");
  assert_true(map.count > 8);
  for (uint32_t i = 0; i < map.count; i++) {
    const char *line = printed.bytes;
    for (uint32_t n = 1; n < map.entries[i].line; n++) line = strchr(line, '\n') + 1;
    assert_int_equal(line[map.entries[i].column - 1], text[map.entries[i].node_start]);
  }
  free(map.entries);
  six_text_done(&printed);
  six_program_free(program);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(prints_few_parentheses), cmocka_unit_test(wraps_what_begins_a_statement),
      cmocka_unit_test(prints_literals),        cmocka_unit_test(keeps_short_callbacks_on_a_line),
      cmocka_unit_test(breaks_long_lines),      cmocka_unit_test(prints_statements),
      cmocka_unit_test(prints_modules),         cmocka_unit_test(prints_long_chains),
      cmocka_unit_test(maps_nodes_to_lines),
  };
  return cmocka_run_group_tests_name("print", tests, NULL, NULL);
}
