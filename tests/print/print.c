// The property of the printer on whole programs: print(parse(x)) parses to the same tree and is printed the same again.
// usage: print [--to FOLDER] FILE...
// TAP on stdout. With a folder, each printed program is written into it under the file's number, from 1.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/program/parse.h"
#include "sim/program/print.h"
#include "tests/unit/ast_dump.h"

struct file {
  char *bytes;
  size_t length;
};

static struct file read_file(const char *path) {
  struct file file = {0};
  FILE *stream = fopen(path, "rb");
  if (!stream) return file;
  size_t capacity = 1 << 16, got;
  file.bytes = malloc(capacity);
  while (file.bytes && (got = fread(file.bytes + file.length, 1, capacity - file.length, stream)) > 0) {
    file.length += got;
    if (file.length == capacity) file.bytes = realloc(file.bytes, capacity *= 2);
  }
  if (!file.bytes) abort();
  fclose(stream);
  return file;
}

static enum six_parse_goal goal_of(const char *path) {
  const char *dot = strrchr(path, '.');
  if (dot && !strcmp(dot, ".mjs")) return SIX_PARSE_MODULE;
  return dot && !strcmp(dot, ".cjs") ? SIX_PARSE_SCRIPT : SIX_PARSE_DETECT;
}

static bool same_tree(const struct six_program *a, const struct six_program *b) {
  struct six_text first = {0}, second = {0};
  ast_dump_program(a, &first);
  ast_dump_program(b, &second);
  bool same = first.length == second.length && !memcmp(first.bytes, second.bytes, first.length);
  six_text_done(&first);
  six_text_done(&second);
  return same;
}

// What is wrong with the printed text of a program; NULL: nothing. `diag` may hold it.
static const char *complaint_about(const struct six_program *program, const struct six_text *printed, struct six_diag *diag) {
  struct six_source source = {"printed", printed->bytes ? printed->bytes : "", printed->length};
  struct six_program *again = six_parse(&source, program->kind == SIX_SOURCE_MODULE ? SIX_PARSE_MODULE : SIX_PARSE_SCRIPT, diag);
  if (!again) return diag->message;
  const char *complaint = NULL;
  struct six_text twice = {0};
  six_print_program(again, &twice, NULL);
  if (!same_tree(program, again)) complaint = "the tree changed";
  else if (twice.length != printed->length || memcmp(twice.bytes, printed->bytes, twice.length))
    complaint = "printed otherwise the second time";
  six_text_done(&twice);
  six_program_free(again);
  return complaint;
}

static void write_to(const char *folder, int number, const struct six_text *printed) {
  char path[1000];
  snprintf(path, sizeof path, "%s/%d", folder, number);
  FILE *stream = fopen(path, "wb");
  if (!stream || fwrite(printed->bytes, 1, printed->length, stream) != printed->length) abort();
  fclose(stream);
}

// A program that the reader refuses has nothing to print: that is another test's.
static bool check(const char *path, int number, const char *folder) {
  struct file file = read_file(path);
  struct six_source source = {path, file.bytes ? file.bytes : "", file.length};
  struct six_diag diag = {0};
  struct six_program *program = six_parse(&source, goal_of(path), &diag);
  const char *complaint = NULL;
  if (program) {
    struct six_text printed = {0};
    six_print_program(program, &printed, NULL);
    complaint = complaint_about(program, &printed, &diag);
    if (folder) write_to(folder, number, &printed);
    six_text_done(&printed);
  }
  printf("%sok %d - %s%s\n", complaint ? "not " : "", number, path, program ? "" : " # SKIP it is refused");
  if (complaint) printf("# %s\n", complaint);
  six_program_free(program);
  free(file.bytes);
  return !complaint;
}

int main(int argc, char **argv) {
  const char *folder = argc > 2 && !strcmp(argv[1], "--to") ? argv[2] : NULL;
  char **files = argv + (folder ? 3 : 1);
  bool good = true;
  int number = 0;
  for (; files[number]; number++) good &= check(files[number], number + 1, folder);
  printf("1..%d\n", number);
  return good ? 0 : 1;
}
