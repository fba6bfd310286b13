// The reader of JSON scenarios and of world files.
#include "sim/scenario/scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/whole.h"
#include "sim/scenario/lower.h"
#include "sim/scenario/world_json.h"

struct reader {
  struct six_scenario *scenario;
  const struct six_scenario_input *input;
  struct six_diag *diag;
  struct six_arena *arena;
};

static const char *const topics[] = {"phases", "timers", "immediates", "nextTick", "promises", "async-await",
                                     "io",     "errors", "starvation", "streams",  "workers",  "lag"};

static bool want(struct reader *r, const struct six_json *value, enum six_json_type type, const char *kind) {
  return value->type == type || six_json_fail(r->diag, value, "%s is expected, not %s", kind, six_json_kind(value));
}

// ---- Plain texts

static bool read_text(struct reader *r, const struct six_json *root, const char *key, const char **out) {
  const struct six_json *value = six_json_get(root, key);
  if (!value) return true;
  *out = value->string;
  return want(r, value, SIX_JSON_STRING, "a string");
}

// A string, or an array of strings that are lines.
static bool read_lines(struct reader *r, const struct six_json *value, const char *separator, const char **out) {
  struct six_text text = {0};
  bool good = true;
  if (value->type == SIX_JSON_STRING) {
    *out = value->string;
    return true;
  }
  if (!want(r, value, SIX_JSON_ARRAY, "a string or an array of lines")) return false;
  for (const struct six_json *line = value->first; line && good; line = line->next) {
    good = want(r, line, SIX_JSON_STRING, "a line (a string)");
    if (good) six_text_addf(&text, "%s%s", line == value->first ? "" : separator, line->string);
  }
  *out = six_arena_copy(r->arena, text.bytes ? text.bytes : "", text.length);
  six_text_done(&text);
  return good;
}

static bool read_integer(struct reader *r, const struct six_json *value, int least, int most, int *out) {
  if (!want(r, value, SIX_JSON_NUMBER, "a number")) return false;
  if (!six_is_whole(value->number) || value->number < least || value->number > most) {
    return six_json_fail(r->diag, value, "a whole number from %d to %d is expected", least, most);
  }
  *out = (int)value->number;
  return true;
}

static bool read_hints(struct reader *r, const struct six_json *value) {
  if (!want(r, value, SIX_JSON_ARRAY, "an array of hints")) return false;
  const char **hints = six_arena_alloc(r->arena, (value->count + 1u) * sizeof *hints);
  for (const struct six_json *hint = value->first; hint; hint = hint->next) {
    if (!want(r, hint, SIX_JSON_STRING, "a hint (a string)")) return false;
    hints[hint->index] = hint->string;
  }
  r->scenario->info.hints = hints;
  r->scenario->info.hint_count = (int)value->count;
  return true;
}

static bool read_topic(struct reader *r, const struct six_json *value) {
  if (!want(r, value, SIX_JSON_STRING, "a topic")) return false;
  r->scenario->info.topic = value->string;
  for (size_t i = 0; i < sizeof topics / sizeof *topics; i++)
    if (!strcmp(value->string, topics[i])) return true;
  for (const char *p = value->string; *p; p++)
    if ((unsigned char)*p < 0x20) return six_json_fail(r->diag, value, "a topic is one line");
  return *value->string || six_json_fail(r->diag, value, "a topic may not be empty");
}

static bool read_about(struct reader *r, const struct six_json *root) {
  struct six_scenario_info *info = &r->scenario->info;
  const struct six_json *difficulty = six_json_get(root, "difficulty"), *node = six_json_get(root, "node"),
                        *hints = six_json_get(root, "hints");
  const struct six_json *topic = six_json_get(root, "topic"), *explanation = six_json_get(root, "explanation"),
                        *question = six_json_get(root, "question");
  const char *schema;
  return read_text(r, root, "$schema", &schema) && read_text(r, root, "title", &info->title) && (!topic || read_topic(r, topic)) &&
         (!question || read_lines(r, question, "\n", &info->question)) &&
         (!explanation || read_lines(r, explanation, "\n", &info->explanation)) &&
         (!difficulty || read_integer(r, difficulty, 1, 5, &info->difficulty)) && (!node || read_integer(r, node, 8, 26, &info->node)) &&
         (!hints || read_hints(r, hints));
}

// ---- Expectations: by major "20", range "8-10", or ">=11", "<=10", "*".

static bool read_majors(struct reader *r, const struct six_json *value, struct six_expectation *e) {
  const char *key = value->key;
  int n = 0, first = 0, last = 0;
  char tail;
  if (!strcmp(key, "*")) first = 8, last = 26, n = 2;
  else if (sscanf(key, ">=%2d%c", &first, &tail) == 1) last = 26, n = 2;
  else if (sscanf(key, "<=%2d%c", &last, &tail) == 1) first = 8, n = 2;
  else if (sscanf(key, "%2d-%2d%c", &first, &last, &tail) == 2) n = 2;
  else if (sscanf(key, "%2d%c", &first, &tail) == 1) last = first, n = 2;
  e->first = first;
  e->last = last;
  if (n == 2 && first >= 8 && last <= 26 && first <= last) return true;
  struct six_json at = *value;
  at.span = value->key_span;
  return six_json_fail(r->diag, &at, "a Node major (8 to 26), a range like \"8-10\", or \">=11\" is expected");
}

static bool read_expected_lines(struct reader *r, const struct six_json *value, const char **out) {
  const char *lines;
  if (!read_lines(r, value, "\n", &lines)) return false;
  bool ends = value->type == SIX_JSON_STRING || value->count == 0;  // a string is the whole text as it stands
  struct six_text text = {0};
  six_text_addf(&text, "%s%s", lines, ends ? "" : "\n");
  *out = six_arena_copy(r->arena, text.bytes, text.length);
  six_text_done(&text);
  return true;
}

static bool read_expectation(struct reader *r, const struct six_json *value, struct six_expectation *e) {
  e->exit = -1;
  if (!read_majors(r, value, e)) return false;
  if (value->type != SIX_JSON_OBJECT) return read_expected_lines(r, value, &e->stdout_text);
  const struct six_json *out = six_json_get(value, "stdout"), *status = six_json_get(value, "exit");
  if (!six_json_check_keys(r->diag, value, "stdout exit")) return false;
  if (!out && !status) return six_json_fail(r->diag, value, "\"stdout\" or \"exit\" is missing");
  return (!out || read_expected_lines(r, out, &e->stdout_text)) && (!status || read_integer(r, status, 0, 255, &e->exit));
}

static bool read_expect(struct reader *r, const struct six_json *value) {
  if (!want(r, value, SIX_JSON_OBJECT, "an object of lines by Node major")) return false;
  struct six_scenario *scenario = r->scenario;
  scenario->expectations = six_arena_alloc(r->arena, (value->count + 1u) * sizeof *scenario->expectations);
  for (const struct six_json *m = value->first; m; m = m->next)
    if (!read_expectation(r, m, &scenario->expectations[scenario->expectation_count++])) return false;
  return true;
}

// ---- The program: operations

static bool report_program(struct reader *r, struct six_lower *lower, const struct six_diag *diag, uint32_t shift) {
  uint32_t start = diag->span.start >= shift ? diag->span.start - shift : 0;
  const char *message = strncmp(diag->message, "SyntaxError: ", 13) ? diag->message : diag->message + 13;
  return six_fail(r->diag, diag->status, six_lower_span(lower, start, start), "as JavaScript: %s", message);
}

static bool parse_lowered(struct reader *r, struct six_lower *lower) {
  struct six_text text = {0};
  struct six_diag diag = {0};
  six_module_write(lower, &text);
  uint32_t shift = (uint32_t)text.length;
  six_text_add(&text, lower->out.bytes ? lower->out.bytes : "", lower->out.length);
  struct six_source source = {r->scenario->info.file_name, text.bytes, text.length};
  struct six_program *program = six_parse(&source, SIX_PARSE_SCRIPT, &diag);
  if (program) {
    six_lower_place(lower, program, shift);
    program->source = (struct six_source){r->scenario->info.file_name, r->input->bytes, r->input->length};
    r->scenario->program = program;
  } else {
    report_program(r, lower, &diag, shift);
  }
  six_text_done(&text);
  return program;
}

static bool read_program(struct reader *r, const struct six_json *value) {
  if (!want(r, value, SIX_JSON_ARRAY, "an array of operations")) return false;
  if (!value->count) return six_json_fail(r->diag, value, "the program is empty");
  struct six_lower lower = {.arena = r->arena, .diag = r->diag};
  bool good = six_lower_program(&lower, value) && parse_lowered(r, &lower);
  while (lower.scope) six_scope_pop(&lower);  // what a failure left open
  free(lower.regions);
  six_text_done(&lower.out);
  r->scenario->info.is_json = true;
  return good;
}

// ---- The program: JavaScript text

// The place in the JSON text of an offset in the joined lines; exact where the line has no escapes.
static struct six_span span_of_line(const struct six_json *value, uint32_t offset) {
  for (const struct six_json *line = value->first; line; line = line->next) {
    uint32_t length = (uint32_t)strlen(line->string);
    if (offset > length && line->next) {
      offset -= length + 1;
      continue;
    }
    if (line->span.end - line->span.start != length + 2) return line->span;
    if (offset > length) offset = length;
    return (struct six_span){line->span.start + 1 + offset, line->span.start + 1 + offset};
  }
  return value->span;
}

static bool read_source_lines(struct reader *r, const struct six_json *value) {
  const char *lines;
  if (!read_lines(r, value, "\n", &lines)) return false;
  struct six_text text = {0};
  six_text_addf(&text, "%s\n", lines);
  r->scenario->source_bytes = text.bytes;
  struct six_diag diag = {0};
  struct six_source where = {0};
  struct six_scenario_input input = *r->input;
  input.diag = &diag;
  input.diag_source = &where;
  if (six_scenario_read_js(r->scenario, r->input->name, text.bytes, text.length, SIX_PARSE_EITHER, &input)) return true;
  return six_fail(r->diag, diag.status, span_of_line(value, diag.span.start), "%s", diag.message);
}

static bool ends_with(const char *name, const char *ending) {
  size_t length = strlen(name), n = strlen(ending);
  return length >= n && !strcmp(name + length - n, ending);
}

static bool read_source_file(struct reader *r, const struct six_json *value) {
  char *bytes = NULL;
  size_t length = 0;
  if (!r->input->read_file || !r->input->read_file(r->input->context, value->string, &bytes, &length)) {
    six_json_fail(r->diag, value, "the file \"%.100s\" can't be read", value->string);
    r->diag->status = SIX_STATUS_NO_INPUT;
    return false;
  }
  r->scenario->source_bytes = bytes;
  const char *slash = strrchr(r->input->name, '/');
  struct six_text name = {0};
  if (slash && value->string[0] != '/') six_text_add(&name, r->input->name, (size_t)(slash - r->input->name) + 1);
  six_text_adds(&name, value->string);
  enum six_parse_goal goal = ends_with(value->string, ".mjs")   ? SIX_PARSE_MODULE
                             : ends_with(value->string, ".cjs") ? SIX_PARSE_SCRIPT
                                                                : SIX_PARSE_DETECT;
  r->scenario->info.file_name = six_arena_copy(r->arena, name.bytes, name.length);
  six_text_done(&name);
  struct six_source where = {0};
  struct six_diag diag = {0};
  struct six_scenario_input input = *r->input;
  input.diag = &diag;
  input.diag_source = &where;
  if (six_scenario_read_js(r->scenario, r->scenario->info.file_name, bytes, length, goal, &input)) return true;
  // The text goes away with the scenario, so its own line and column are said in words, at the place that names it.
  struct six_position at = six_source_position(&where, diag.span.start);
  return six_fail(r->diag, diag.status, value->span, "%.200s:%u:%u: %.200s", value->string, at.line, at.column, diag.message);
}

static bool read_source(struct reader *r, const struct six_json *value) {
  if (value->type == SIX_JSON_ARRAY) return read_source_lines(r, value);
  return want(r, value, SIX_JSON_STRING, "a file's name or an array of lines") && read_source_file(r, value);
}

// ---- The whole

static bool read_root(struct reader *r, const struct six_json *root) {
  const struct six_json *program = six_json_get(root, "program"), *source = six_json_get(root, "source");
  const struct six_json *world = six_json_get(root, "world"), *expect = six_json_get(root, "expect");
  if (!want(r, root, SIX_JSON_OBJECT, "a scenario (an object)")) return false;
  if (!six_json_check_keys(r->diag, root, "$schema title topic difficulty question node world program source expect hints explanation"))
    return false;
  if (program && source) return six_json_fail(r->diag, source, "a scenario has a \"program\" or a \"source\", not both");
  if (!program && !source) return six_json_fail(r->diag, root, "\"program\" is missing (or \"source\")");
  return read_about(r, root) && (!world || six_world_read_json(&r->scenario->world, world, r->diag)) &&
         (!expect || read_expect(r, expect)) && (program ? read_program(r, program) : read_source(r, source));
}

bool six_scenario_read_json(struct six_scenario *scenario, const struct six_scenario_input *input) {
  struct reader r = {scenario, input, input->diag, &scenario->arena};
  const struct six_json *root = six_json_read(&scenario->arena, input->bytes, input->length, input->diag);
  if (!root || !read_root(&r, root)) return false;
  scenario->info.program = scenario->program;
  scenario->info.is_scenario = true;
  return true;
}

// A --world file: a world object, or a scenario's file whose world is meant.
bool six_scenario_read_world(struct six_scenario *scenario, const struct six_scenario_input *input) {
  const struct six_json *root = six_json_read(&scenario->arena, input->bytes, input->length, input->diag);
  if (!root) return false;
  const struct six_json *world = six_json_get(root, "world");
  return six_world_read_json(&scenario->world, world ? world : root, input->diag);
}
