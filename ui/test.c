// Scenarios against their own expectations, as TAP. A JavaScript file's expectation is in a neighbour: NAME.expected (its
// stdout), or NAME.expected.json ({"stdout": {"20": ...}, "exit": {"20": ...}, "stderr": {"20": ...}}, by Node major; exit
// and stderr may be missing; "orders" in place of "stdout" lists what real Nodes printed of a race: one of them is expected).
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ui/ui.h"

struct tap {
  const struct ui_options *options;
  int number, failed;
};

struct expectation {
  const char *out;
  size_t length;
  int exit;             // -1: any
  const cJSON *orders;  // a race: any of these will do, `out` is the most frequent; or NULL
  const char *err;      // NULL: any
};

static void point(struct tap *tap, bool ok, const char *path, int major, const char *extra) {
  struct six_text text = {0};
  six_text_addf(&text, "%sok %d - %s", ok ? "" : "not ", ++tap->number, path);
  if (major) six_text_addf(&text, " (Node %d)", major);
  six_text_addf(&text, "%s\n", extra);
  tap->failed += !ok;
  ui_write_text(STDOUT_FILENO, &text);
}

static void add_comment(struct six_text *text, const char *label, const char *bytes, size_t length) {
  six_text_addf(text, "# %s", label);
  for (size_t i = 0; i < length; i++) six_text_addc(text, (unsigned char)bytes[i] < 0x20 ? ' ' : bytes[i]);
  six_text_addc(text, '\n');
}

static size_t line_length(const char *bytes, size_t length) {
  const char *stop = length ? memchr(bytes, '\n', length) : NULL;
  return stop ? (size_t)(stop - bytes) : length;
}

static bool is_same(const struct six_text *actual, const char *expected, size_t length) {
  return actual->length == length && (!length || !memcmp(actual->bytes, expected, length));
}

static void tell_line(struct six_text *text, const char *stream, const struct six_text *got, const char *expected, size_t length) {
  const char *actual = got->bytes ? got->bytes : "";
  size_t i = 0, start = 0;
  int line = 1;
  for (; i < length && i < got->length && expected[i] == actual[i]; i++)
    if (actual[i] == '\n') start = i + 1, line++;
  if (i == length && i == got->length) return;
  six_text_addf(text, "# %sline %d\n", stream, line);
  add_comment(text, "expected: ", expected + start, line_length(expected + start, length - start));
  add_comment(text, "actual:   ", actual + start, line_length(actual + start, got->length - start));
}

static void tell_difference(const struct expectation *expected, const struct six_result *result) {
  struct six_text text = {0};
  tell_line(&text, "", &result->out, expected->out, expected->length);
  if (expected->err) tell_line(&text, "stderr, ", &result->err, expected->err, strlen(expected->err));
  if (expected->exit >= 0 && expected->exit != result->exit)
    six_text_addf(&text, "# exit status: expected %d, actual %d\n", expected->exit, result->exit);
  if (result->message.length) add_comment(&text, "", result->message.bytes, result->message.length);
  ui_write_text(STDOUT_FILENO, &text);
}

static bool is_text(const struct six_text *text, const char *bytes, size_t length) {
  return text->length == length && (!length || !memcmp(text->bytes, bytes, length));
}

static bool is_expected(const struct expectation *expected, const struct six_result *result) {
  if (expected->exit >= 0 && expected->exit != result->exit) return false;
  if (is_text(&result->out, expected->out, expected->length)) return true;
  const cJSON *order;
  cJSON_ArrayForEach(order, expected->orders) if (cJSON_IsString(order) &&
                                                  is_text(&result->out, order->valuestring, strlen(order->valuestring))) return true;
  return false;
}

static void compare(struct tap *tap, const struct ui_program *program, int major, const struct expectation *expected) {
  struct six_options how = ui_run_options(tap->options);
  how.node = major;
  int status = 0;
  struct six_text message = {0};
  struct six_result *result = ui_run(program, &how, &status, &message);
  if (!result) {
    point(tap, false, program->path, major, "");
    struct six_text text = {0};
    add_comment(&text, "", message.bytes, message.length);
    ui_write_text(STDOUT_FILENO, &text);
    six_text_done(&message);
    return;
  }
  bool same = is_expected(expected, result);
  same = same && (!expected->err || is_same(&result->err, expected->err, strlen(expected->err)));
  point(tap, same, program->path, major, "");
  if (!same) tell_difference(expected, result);
  six_result_free(result);
}

// The lines of an expectation joined by '\n' against what a program prints: its last line has an end.
static void compare_scenario(struct tap *tap, const struct ui_program *program) {
  bool any = false;
  for (int major = SIX_NODE_FIRST; major <= SIX_NODE_LAST; major++) {
    int exit = -1;
    const char *expected = six_scenario_expect(program->scenario, major, &exit);
    if (!expected || (tap->options->node && tap->options->node != major)) continue;
    struct six_text text = {0};
    six_text_adds(&text, expected);
    if (text.length && text.bytes[text.length - 1] != '\n') six_text_addc(&text, '\n');
    compare(tap, program, major, &(struct expectation){text.bytes, text.length, exit, NULL, NULL});
    six_text_done(&text);
    any = true;
  }
  if (!any) point(tap, true, program->path, 0, " # SKIP it states no expectation");
}

static char *read_quietly(const char *path, size_t *length) {
  char *bytes = NULL;
  if (access(path, R_OK) == 0 && ui_read_file(path, &bytes, length) == 0) return bytes;
  return NULL;
}

// `out`: a text, or a list of the texts that a race can print.
static bool compare_entry(struct tap *tap, const struct ui_program *program, const cJSON *json, const cJSON *out) {
  int major = atoi(out->string);
  const cJSON *first = cJSON_IsArray(out) ? cJSON_GetArrayItem(out, 0) : out;
  if (!cJSON_IsString(first) || (tap->options->node && tap->options->node != major)) return false;
  const cJSON *exit = cJSON_GetObjectItemCaseSensitive(cJSON_GetObjectItemCaseSensitive(json, "exit"), out->string);
  struct expectation expected = {first->valuestring, strlen(first->valuestring), cJSON_IsNumber(exit) ? exit->valueint : -1,
                                 cJSON_IsArray(out) ? out : NULL, NULL};
  const cJSON *err = cJSON_GetObjectItemCaseSensitive(cJSON_GetObjectItemCaseSensitive(json, "stderr"), out->string);
  if (cJSON_IsString(err)) expected.err = err->valuestring;
  compare(tap, program, major, &expected);
  return true;
}

static bool compare_by_major(struct tap *tap, const struct ui_program *program, const char *bytes) {
  cJSON *json = cJSON_Parse(bytes), *out;
  bool any = false;
  cJSON_ArrayForEach(out, cJSON_GetObjectItemCaseSensitive(json, "stdout")) any |= compare_entry(tap, program, json, out);
  cJSON_ArrayForEach(out, cJSON_GetObjectItemCaseSensitive(json, "orders")) any |= compare_entry(tap, program, json, out);
  cJSON_Delete(json);
  return any;
}

static void compare_neighbour(struct tap *tap, const struct ui_program *program) {
  char path[4096];
  size_t length = 0;
  const char *dot = strrchr(program->path, '.');
  int stem = (int)(dot ? dot - program->path : (long)strlen(program->path));
  snprintf(path, sizeof path, "%.*s.expected.json", stem, program->path);
  char *bytes = read_quietly(path, &length);
  bool done = bytes && compare_by_major(tap, program, bytes);
  free(bytes);
  if (done) return;
  snprintf(path, sizeof path, "%.*s.expected", stem, program->path);
  bytes = read_quietly(path, &length);
  if (bytes) compare(tap, program, tap->options->node, &(struct expectation){bytes, length, -1, NULL, NULL});
  else point(tap, true, program->path, 0, " # SKIP it has no .expected beside it");
  free(bytes);
}

static void test_file(struct tap *tap, const char *path) {
  struct ui_program program;
  struct six_text message = {0};
  if (ui_load(tap->options, path, &program, &message)) {
    point(tap, false, path, 0, "");
    struct six_text text = {0};
    if (message.length) add_comment(&text, "", message.bytes, message.length);
    ui_write_text(STDOUT_FILENO, &text);
  } else {
    const char *first = program.bytes;
    while (*first == ' ' || *first == '\n' || *first == '\t' || *first == '\r') first++;
    bool scenario = six_scenario_info(program.scenario)->is_json || *first == '{';
    (scenario ? compare_scenario : compare_neighbour)(tap, &program);
    ui_unload(&program);
  }
  six_text_done(&message);
}

static int test(const struct ui_options *options) {
  struct tap tap = {.options = options};
  char **files, plan[64];
  int count, status = ui_find_files(options->files, options->file_count, &files, &count);
  ui_write(STDOUT_FILENO, "TAP version 13\n", 15);
  for (int i = 0; i < count; i++) test_file(&tap, files[i]);
  ui_free_files(files, count);
  ui_write(STDOUT_FILENO, plan, (size_t)snprintf(plan, sizeof plan, "1..%d\n", tap.number));
  return status ? status : tap.failed ? 1 : 0;
}

const struct ui_command ui_command_test = {
    .name = "test",
    .arguments = "PATH...",
    .summary = "Compare scenarios with their own expectations; prints TAP, exits 1 where something differs",
    .details =
        "A JavaScript file is compared with a neighbour: NAME.expected holds its stdout, NAME.expected.json\n"
        "has \"stdout\" (of a race: \"orders\", any of which will do), \"exit\" and \"stderr\" by Node major.\n"
        "--node restricts to one major. Directories are searched.\n",
    .least = 1,
    .most = -1,
    .options = UI_OPTION_COMMON,
    .run = test,
};
