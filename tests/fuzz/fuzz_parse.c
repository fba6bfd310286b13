// fuzz: any bytes at all through the JavaScript reader. What it accepts must survive the printer unchanged.
// Build with clang -fsanitize=fuzzer,address,undefined.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/program/parse.h"
#include "sim/program/print.h"
#include "tests/unit/ast_dump.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_same(const struct six_program *before, const struct six_program *after) {
  struct six_text a = {0}, b = {0};
  ast_dump_program(before, &a);
  ast_dump_program(after, &b);
  if (strcmp(a.bytes, b.bytes) != 0) {
    fprintf(stderr, "the tree changed\n%s\n%s\n", a.bytes, b.bytes);
    abort();
  }
  six_text_done(&a);
  six_text_done(&b);
}

static void check_round_trip(const struct six_program *program) {
  struct six_text printed = {0};
  struct six_print_map map = {0};
  six_print_program(program, &printed, &map);
  struct six_source source = {"printed", printed.bytes ? printed.bytes : "", printed.length};
  struct six_diag diag = {0};
  enum six_parse_goal goal = program->kind == SIX_SOURCE_MODULE ? SIX_PARSE_MODULE : SIX_PARSE_SCRIPT;
  struct six_program *again = six_parse(&source, goal, &diag);
  if (!again) {
    fprintf(stderr, "%s\n%s\n", diag.message, source.bytes);
    abort();
  }
  check_same(program, again);
  six_program_free(again);
  six_text_done(&printed);
  free(map.entries);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct six_source source = {"fuzz.js", (const char *)data, size};
  struct six_diag diag = {0};
  struct six_program *program = six_parse(&source, SIX_PARSE_DETECT, &diag);
  if (program) {
    check_round_trip(program);
  } else {
    struct six_text message = {0};
    if (!*diag.message) abort();
    six_diag_write(&diag, &source, &message);
    six_text_done(&message);
  }
  six_program_free(program);
  return 0;
}
