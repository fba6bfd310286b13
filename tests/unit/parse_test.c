// The JavaScript reader: trees, flags, places, early errors as V8 words them, and limits.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/program/parse.h"
#include "tests/unit/ast_dump.h"

static struct six_program *parse_bytes(const char *bytes, size_t length, enum six_parse_goal goal, struct six_diag *diag) {
  struct six_source source = {"test.js", bytes, length};
  *diag = (struct six_diag){0};
  return six_parse(&source, goal, diag);
}

static struct six_program *parse(const char *text, enum six_parse_goal goal) {
  struct six_diag diag;
  struct six_program *program = parse_bytes(text, strlen(text), goal, &diag);
  if (!program) print_error("%s\n  %s\n", text, diag.message);
  assert_non_null(program);
  return program;
}

// The tree of a script's first statement, which is an expression.
static void assert_tree(const char *text, const char *expected) {
  struct six_program *program = parse(text, SIX_PARSE_SCRIPT);
  struct six_text out = {0};
  struct ast_dump dump = {.out = &out};
  const struct six_node *node = program->body.items[0];
  ast_dump_node(&dump, node->type == SIX_N_EXPRESSION ? node->unary.argument : node);
  ast_dump_run(&dump);
  assert_string_equal(out.bytes + 1, expected);
  six_text_done(&out);
  six_program_free(program);
}

static void assert_error(const char *text, enum six_parse_goal goal, const char *message) {
  struct six_diag diag;
  struct six_program *program = parse_bytes(text, strlen(text), goal, &diag);
  if (program) print_error("should not parse: %s\n", text);
  assert_null(program);
  if (strncmp(diag.message, "SyntaxError: ", 13) != 0 || strcmp(diag.message + 13, message) != 0) {
    print_error("for: %s\n", text);
  }
  assert_string_equal(diag.message + 13, message);
  assert_int_equal(diag.status, SIX_STATUS_DATA);
  assert_true(diag.has_span);
}

// ---- Trees

static void reads_operators_by_precedence(void **state) {
  (void)state;
  assert_tree("a + b * c", "(Binary + (Identifier 'a') (Binary * (Identifier 'b') (Identifier 'c')))");
  assert_tree("a - b - c", "(Binary - (Binary - (Identifier 'a') (Identifier 'b')) (Identifier 'c'))");
  assert_tree("a ** b ** c", "(Binary ** (Identifier 'a') (Binary ** (Identifier 'b') (Identifier 'c')))");
  assert_tree("a || b && c", "(Logical || (Identifier 'a') (Logical && (Identifier 'b') (Identifier 'c')))");
  assert_tree("a = b ?\?= c", "(Assign  (Identifier 'a') (Assign ?? (Identifier 'b') (Identifier 'c')))");
  assert_tree("!a--", "(Unary ! prefix (Update -- (Identifier 'a')))");
  assert_tree("a ? b : c ? d : e",
              "(Conditional (Identifier 'a') (Identifier 'b')"
              " (Conditional (Identifier 'c') (Identifier 'd') (Identifier 'e')))");
}

static void tells_regular_expressions_from_division(void **state) {
  (void)state;
  assert_tree("a / b / c", "(Binary / (Binary / (Identifier 'a') (Identifier 'b')) (Identifier 'c'))");
  assert_tree("x = /[/]\\//g", "(Assign  (Identifier 'x') (RegExp '[/]\\/' 'g'))");
  assert_tree("(a) / 2", "(Binary / (Identifier 'a') (Number 2/4000000000000000))");
  assert_tree("if (a) /b/.c", "(If (Identifier 'a') (Expression (Member (RegExp 'b' '') (Identifier 'c'))) -)");
}

static void reads_chains(void **state) {
  (void)state;
  assert_tree("a.b[c](d).e",
              "(Member (Call (Member computed (Member (Identifier 'a') (Identifier 'b'))"
              " (Identifier 'c')) [ (Identifier 'd')]) (Identifier 'e'))");
  assert_tree("a?.b.c?.(d)",
              "(Optional (Call ?. (Member (Member ?. (Identifier 'a') (Identifier 'b'))"
              " (Identifier 'c')) [ (Identifier 'd')]))");
  assert_tree("(a?.b).c", "(Member (Optional (Member ?. (Identifier 'a') (Identifier 'b'))) (Identifier 'c'))");
  assert_tree("new a.b(c).d",
              "(Member (New (Member (Identifier 'a') (Identifier 'b')) [ (Identifier 'c')])"
              " (Identifier 'd'))");
  assert_tree("new new a()()", "(New (New (Identifier 'a') []) [])");
  assert_tree("a?.5:1", "(Conditional (Identifier 'a') (Number 0.5/3fe0000000000000) (Number 1/3ff0000000000000))");
}

static void reads_templates(void **state) {
  (void)state;
  assert_tree("`a${b}c${`d${e}`}`",
              "(Template 'a' 'a' 'c' 'c' '' '' [ (Identifier 'b')"
              " (Template 'd' 'd' '' '' [ (Identifier 'e')])])");
  assert_tree("`${{a: 1}.a}`",
              "(Template '' '' '' '' [ (Member (Object [ (Property kind=0 (Identifier 'a')"
              " (Number 1/3ff0000000000000))]) (Identifier 'a'))])");
  assert_tree("t`\\u`", "(Tagged (Identifier 't') (Template - '\\u' []))");
  assert_tree("`\r\n`", "(Template '\\000a' '\\000a' [])");
}

static void reads_patterns_from_cover_grammar(void **state) {
  (void)state;
  assert_tree("[a, b.c = 1, ...d] = e",
              "(Assign  (ArrayPattern [ (Identifier 'a') (Default  (Member (Identifier 'b') (Identifier 'c'))"
              " (Number 1/3ff0000000000000)) (Rest (Identifier 'd'))]) (Identifier 'e'))");
  assert_tree("({a, b: {c = d}, ...e} = f)",
              "(Assign  (ObjectPattern [ (Property kind=0 shorthand (Identifier 'a') (Identifier 'a'))"
              " (Property kind=0 (Identifier 'b') (ObjectPattern [ (Property kind=0 shorthand (Identifier 'c')"
              " (Default  (Identifier 'c') (Identifier 'd')))])) (Rest (Identifier 'e'))]) (Identifier 'f'))");
  assert_tree("([a], {b}, c = 1, ...d) => 1",
              "(Arrow length=2 expression - [ (ArrayPattern"
              " [ (Identifier 'a')]) (ObjectPattern [ (Property kind=0 shorthand (Identifier 'b') (Identifier 'b'))])"
              " (Default  (Identifier 'c') (Number 1/3ff0000000000000)) (Rest (Identifier 'd'))]"
              " (Number 1/3ff0000000000000))");
}

static void reads_arrow_functions(void **state) {
  (void)state;
  assert_tree("a => b", "(Arrow length=1 simple expression - [ (Identifier 'a')] (Identifier 'b'))");
  assert_tree("async a => await b", "(Arrow length=1 async simple expression - [ (Identifier 'a')] (Await (Identifier 'b')))");
  assert_tree("async (a) => {}", "(Arrow length=1 async simple - [ (Identifier 'a')] (Block []))");
  assert_tree("async(a)", "(Call (Identifier 'async') [ (Identifier 'a')])");
  assert_tree("() => ({})", "(Arrow length=0 simple expression - [] (Object []))");
  assert_tree("a => b => c",
              "(Arrow length=1 simple expression - [ (Identifier 'a')]"
              " (Arrow length=1 simple expression - [ (Identifier 'b')] (Identifier 'c')))");
}

static void reads_classes(void **state) {
  (void)state;
  assert_tree("class A extends B { #p = 1; static s; constructor() { super(); } get x() { return this.#p; } static {} }",
              "(ClassDecl (Identifier 'A') (Identifier 'B') (Function length=0 strict simple constructor derived this -"
              " [] (Block [ (Expression (Call (Super) []))])) [ (Property kind=4 (PrivateName 'p')"
              " (Number 1/3ff0000000000000)) (Property kind=4 static (Identifier 's') -) (Property kind=2"
              " (Identifier 'x') (Function length=0 strict simple method this - [] (Block [ (Return (Member (This)"
              " (PrivateName 'p')))]))) (Property kind=5 static - (Function length=0 strict simple method - []"
              " (Block [])))])");
}

static void inserts_semicolons(void **state) {
  (void)state;
  struct six_program *program = parse("a\nb\n++c\nreturn\nd", SIX_PARSE_SCRIPT);
  assert_int_equal(program->body.count, 5);
  assert_int_equal(program->body.items[3]->type, SIX_N_RETURN);
  assert_null(program->body.items[3]->unary.argument);
  six_program_free(program);
  program = parse("do a; while (b) c; let\nd; async\nfunction f() {}", SIX_PARSE_SCRIPT);
  assert_int_equal(program->body.count, 5);
  six_program_free(program);
}

static void reads_numbers(void **state) {
  (void)state;
  static const struct {
    const char *text;
    double value;
  } cases[] = {
      {"0x1F", 31},
      {"0o17", 15},
      {"0b101", 5},
      {"017", 15},
      {"089.5", 89.5},
      {"1_000", 1000},
      {".5e1", 5},
      {"1e400", 1.0 / 0.0},
      {"0.1", 0.1},
      {"123456789012345678", 123456789012345678.0},
      {"5e-324", 5e-324},
      {"0x20000000000001", 9007199254740992.0},
      {"0x20000000000003", 9007199254740996.0},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct six_program *program = parse(cases[i].text, SIX_PARSE_SCRIPT);
    assert_true(program->body.items[0]->unary.argument->number == cases[i].value);
    six_program_free(program);
  }
  assert_tree("0xFFFFFFFFFFFFFFFFFn", "(BigInt '295147905179352825855')");
  assert_tree("1_0n", "(BigInt '10')");
}

static void reads_strings_and_names(void **state) {
  (void)state;
  assert_tree("('\\x41\\u0042\\u{43}\\n\\\n\\0\\101')", "(String 'ABC\\000a\\0000A')");
  assert_tree("('\xF0\x9F\x98\x80\\uD800')", "(String '\\d83d\\de00\\d800')");
  assert_tree("\\u{61}b\\u0063", "(Identifier 'abc')");
  assert_tree("\xCF\x80", "(Identifier '\\03c0')");
  assert_tree("('\xFF')", "(String '\\fffd')");
}

// ---- Flags and places

static const struct six_function_node *first_function(const struct six_program *program) { return program->body.items[0]->function; }

static void notes_strictness(void **state) {
  (void)state;
  struct six_program *program = parse("function f() { 'a'; 'use strict'; return () => 1 }", SIX_PARSE_SCRIPT);
  assert_true(first_function(program)->is_strict);
  assert_false(program->is_strict);
  six_program_free(program);
  program = parse("('use strict'); 'use\\x20strict'; function f() {}", SIX_PARSE_SCRIPT);
  assert_false(program->is_strict);
  six_program_free(program);
  program = parse("'use strict'; function f() {}", SIX_PARSE_SCRIPT);
  assert_true(program->is_strict);
  assert_true(program->body.items[1]->function->is_strict);
  six_program_free(program);
  program = parse("function f() {}", SIX_PARSE_MODULE);
  assert_true(first_function(program)->is_strict);
  six_program_free(program);
}

static void notes_uses(void **state) {
  (void)state;
  static const struct {
    const char *text;
    bool this, arguments;
  } cases[] = {
      {"function f() { return () => () => this }", true, false},
      {"function f() { return (a = arguments) => a }", false, true},
      {"function f() { return function () { this; arguments } }", false, false},
      {"function f() { return class { x = this; m() { this } } }", false, false},
      {"function f() { return class { [this.x]() {} } }", true, false},
      {"function f() { new.target }", true, false},
      {"function f() { ({arguments}) }", false, true},
      {"function f() { a.arguments }", false, false},
      {"function f(a = this) {}", true, false},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct six_program *program = parse(cases[i].text, SIX_PARSE_SCRIPT);
    assert_int_equal(first_function(program)->uses_this, cases[i].this);
    assert_int_equal(first_function(program)->uses_arguments, cases[i].arguments);
    six_program_free(program);
  }
}

static void keeps_places(void **state) {
  (void)state;
  const char *text = "\xEF\xBB\xBF#!x\n (a + b).c(d) ;";
  struct six_program *program = parse(text, SIX_PARSE_SCRIPT);
  const struct six_node *statement = program->body.items[0], *call = statement->unary.argument;
  const struct six_node *object = call->call.callee->member.object;
  assert_int_equal(statement->span.start, 8);
  assert_int_equal(statement->span.end, 22);
  assert_int_equal(call->span.start, 8);
  assert_int_equal(call->span.end, 20);
  assert_true(object->parenthesized);
  assert_int_equal(object->span.start, 9);
  assert_int_equal(object->span.end, 14);
  assert_int_equal(object->binary.op_at, 11);
  six_program_free(program);
}

static void tells_modules_from_scripts(void **state) {
  (void)state;
  static const struct {
    const char *text;
    enum six_source_kind kind;
    bool await;
  } cases[] = {
      {"require('fs')", SIX_SOURCE_SCRIPT, false},
      {"import fs from 'fs'", SIX_SOURCE_MODULE, false},
      {"export default 1", SIX_SOURCE_MODULE, false},
      {"await f()", SIX_SOURCE_MODULE, true},
      {"for await (const x of y) ;", SIX_SOURCE_MODULE, true},
      {"const a = import.meta.url", SIX_SOURCE_MODULE, false},
      {"import('fs')", SIX_SOURCE_SCRIPT, false},
      {"await(1)", SIX_SOURCE_SCRIPT, false},
      {"return 1", SIX_SOURCE_SCRIPT, false},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct six_program *program = parse(cases[i].text, SIX_PARSE_DETECT);
    assert_int_equal(program->kind, cases[i].kind);
    assert_int_equal(program->has_top_level_await, cases[i].await);
    six_program_free(program);
  }
  assert_error("function f() { await x }", SIX_PARSE_DETECT, "await is only valid in async functions and the top level bodies of modules");
}

// ---- Errors

static void words_errors_as_v8_does(void **state) {
  (void)state;
  static const struct {
    const char *text, *message;
  } cases[] = {
      {"let x; let x", "Identifier 'x' has already been declared"},
      {"let x; { var x }", "Identifier 'x' has already been declared"},
      {"function f(a) { let a }", "Identifier 'a' has already been declared"},
      {"try {} catch (e) { let e }", "Identifier 'e' has already been declared"},
      {"const require = 1", "Identifier 'require' has already been declared"},
      {")", "Unexpected token ')'"},
      {"f(a", "missing ) after argument list"},
      {"f(a b)", "missing ) after argument list"},
      {"console.log('a", "Invalid or unexpected token"},
      {"await x", "await is only valid in async functions and the top level bodies of modules"},
      {"const a = await b", "await is only valid in async functions and the top level bodies of modules"},
      {"break", "Illegal break statement"},
      {"continue", "Illegal continue statement: no surrounding iteration statement"},
      {"a: { continue a }", "Illegal continue statement: 'a' does not denote an iteration statement"},
      {"while (1) break b", "Undefined label 'b'"},
      {"1 = a", "Invalid left-hand side in assignment"},
      {"1++", "Invalid left-hand side expression in postfix operation"},
      {"const a", "Missing initializer in const declaration"},
      {"let {a}", "Missing initializer in destructuring declaration"},
      {"function f() {", "Unexpected end of input"},
      {"a b", "Unexpected identifier 'b'"},
      {"a 1", "Unexpected number"},
      {"a 'b'", "Unexpected string"},
      {"a async", "Unexpected token 'async'"},
      {"let x = enum", "Unexpected reserved word"},
      {"'use strict'; let public", "Unexpected strict mode reserved word"},
      {"'use strict'; delete x", "Delete of an unqualified identifier in strict mode."},
      {"'use strict'; 010", "Octal literals are not allowed in strict mode."},
      {"'use strict'; eval = 1", "Unexpected eval or arguments in strict mode"},
      {"function f(a, a) { 'use strict' }", "Duplicate parameter name not allowed in this context"},
      {"(a, a) => 1", "Duplicate parameter name not allowed in this context"},
      {"function f(a = 1) { 'use strict' }", "Illegal 'use strict' directive in function with non-simple parameter list"},
      {"class A { m() { this.#x } }", "Private field '#x' must be declared in an enclosing class"},
      {"class A { constructor() { super() } }", "'super' keyword unexpected here"},
      {"class A { x = arguments }", "'arguments' is not allowed in class field initializer or static initialization block"},
      {"/a/gg", "Invalid regular expression flags"},
      {"/a", "Invalid regular expression: missing /"},
      {"`${a", "Missing } in template expression"},
      {"({a = 1})", "Invalid shorthand property initializer"},
      {"[a + 1] = b", "Invalid destructuring assignment target"},
      {"[...a, b] = c", "Rest element must be last element"},
      {"function f(...a, b) {}", "Rest parameter must be last formal parameter"},
      {"a ?? b || c", "Unexpected token '||'"},
      {"-1 ** 2",
       "Unary operator used immediately before exponentiation expression. "
       "Parenthesis must be used to disambiguate operator precedence"},
      {"if (a) let b = 1", "Lexical declaration cannot appear in a single-statement context"},
      {"try {}", "Missing catch or finally after try"},
      {"throw\na", "Illegal newline after throw"},
      {"import a from 'a'", "Cannot use import statement outside a module"},
      {"export default 1", "Unexpected token 'export'"},
      {"({__proto__: a, __proto__: b})", "Duplicate __proto__ fields are not allowed in object literals"},
      {"'use strict'; with (a) b", "Strict mode code may not include a with statement"},
      {"1_", "Numeric separators are not allowed at the end of numeric literals"},
      {"'\\u{110000}'", "Undefined Unicode code-point"},
      {"cl\\u0061ss A {}", "Keyword must not contain escaped characters"},
      {"for (let a, b of c);", "Invalid left-hand side in for-of loop: Must have a single binding."},
      {"function* g(a = yield) {}", "Yield expression not allowed in formal parameter"},
      {"a\n=> b", "Unexpected token '=>'"},
      {"a.b => c", "Malformed arrow function parameter list"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_error(cases[i].text, SIX_PARSE_SCRIPT, cases[i].message);
  }
}

static void checks_modules(void **state) {
  (void)state;
  assert_error("return", SIX_PARSE_MODULE, "Illegal return statement");
  assert_error("export { a }", SIX_PARSE_MODULE, "Export 'a' is not defined in module");
  assert_error("export let a; export { a }", SIX_PARSE_MODULE, "Duplicate export of 'a'");
  assert_error("let await", SIX_PARSE_MODULE, "Unexpected reserved word");
  assert_error("function f() { await x }", SIX_PARSE_MODULE, "Unexpected reserved word");
  struct six_program *program = parse(
      "import a, { b as c, 'd e' as e } from 'm'; import * as n from 'm'; export { c as default, e as 'x y' };"
      "export * from 'm'; export * as ns from 'm'; export const [f, { g }] = a; export function h() {}",
      SIX_PARSE_MODULE);
  assert_int_equal(program->body.count, 7);
  six_program_free(program);
}

static void names_what_is_not_supported(void **state) {
  (void)state;
  struct six_diag diag;
  assert_null(parse_bytes("import('a', b)", 14, SIX_PARSE_SCRIPT, &diag));
  assert_int_equal(diag.status, SIX_STATUS_UNSUPPORTED);
  assert_string_equal(diag.message, "import() with options is not supported");
}

// ---- Limits

// `before` n times, `middle`, `after` n times.
static char *repeat(const char *before, const char *middle, const char *after, size_t n) {
  size_t b = strlen(before), m = strlen(middle), a = strlen(after);
  char *text = malloc(n * (a + b) + m + 1), *out = text;
  assert_non_null(text);
  for (size_t i = 0; i < n; i++, out += b) memcpy(out, before, b);
  memcpy(out, middle, m);
  out += m;
  for (size_t i = 0; i < n; i++, out += a) memcpy(out, after, a);
  *out = '\0';
  return text;
}

static void refuses_deep_nesting(void **state) {
  (void)state;
  static const char *const cases[][3] = {
      {"(", "a", ")"},      {"[", "", "]"},      {"{", "", "}"},
      {"f(", "", ")"},      {"!", "a", ""},      {"- ", "a", ""},
      {"a=", "a", ""},      {"a**", "a", ""},    {"a=>", "a", ""},
      {"a?", "a", ":a"},    {"new ", "a", ""},   {"`${", "a", "}`"},
      {"if(a)", ";", ""},   {"x={a:", "1", "}"}, {"function f(){", "", "}"},
      {"(a=", "1", ")=>1"}, {"a+(", "a", ")"},   {"class A extends ", "B{}", ""},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char *text = repeat(cases[i][0], cases[i][1], cases[i][2], 100000);
    struct six_diag diag;
    assert_null(parse_bytes(text, strlen(text), SIX_PARSE_SCRIPT, &diag));
    assert_int_equal(diag.status, SIX_STATUS_DATA);
    free(text);
  }
}

static void reads_long_chains(void **state) {
  (void)state;
  static const char *const cases[][3] = {
      {"a+", "a", ""}, {"a,", "a", ""},           {"", "a", ".then(f)"}, {"", "a", "[0]"},
      {"", "a", "()"}, {"if(a){}else ", ";", ""}, {"", "a", "?.b"},      {"a;", "a", ""},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char *text = repeat(cases[i][0], cases[i][1], cases[i][2], 100000);
    six_program_free(parse(text, SIX_PARSE_SCRIPT));
    free(text);
  }
}

static void survives_any_bytes(void **state) {
  (void)state;
  static const char *const sources[] = {
      "async function* f(a, {b = 1, ...c}) { for await (const x of y?.z`t${a}`) { yield* x; } }\n",
      "class A extends B { #p = /[/]/g; static { label: for (;;) { break label } } get ['x']() { return super.y } }\n",
  };
  uint32_t random = 1;
  for (int round = 0; round < 20000; round++) {
    char text[256];
    const char *source = sources[round % 2];
    size_t length = strlen(source);
    memcpy(text, source, length);
    for (int changes = 0; changes < 3; changes++) {
      random = random * 1664525u + 1013904223u;
      text[(random >> 8) % length] = (char)(random >> 24);
    }
    struct six_diag diag;
    struct six_program *program = parse_bytes(text, (random >> 4) % (length + 1), SIX_PARSE_DETECT, &diag);
    assert_true(program != NULL || diag.message[0] != '\0');
    six_program_free(program);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_operators_by_precedence),
      cmocka_unit_test(tells_regular_expressions_from_division),
      cmocka_unit_test(reads_chains),
      cmocka_unit_test(reads_templates),
      cmocka_unit_test(reads_patterns_from_cover_grammar),
      cmocka_unit_test(reads_arrow_functions),
      cmocka_unit_test(reads_classes),
      cmocka_unit_test(inserts_semicolons),
      cmocka_unit_test(reads_numbers),
      cmocka_unit_test(reads_strings_and_names),
      cmocka_unit_test(notes_strictness),
      cmocka_unit_test(notes_uses),
      cmocka_unit_test(keeps_places),
      cmocka_unit_test(tells_modules_from_scripts),
      cmocka_unit_test(words_errors_as_v8_does),
      cmocka_unit_test(checks_modules),
      cmocka_unit_test(names_what_is_not_supported),
      cmocka_unit_test(refuses_deep_nesting),
      cmocka_unit_test(reads_long_chains),
      cmocka_unit_test(survives_any_bytes),
  };
  return cmocka_run_group_tests_name("parse", tests, NULL, NULL);
}
