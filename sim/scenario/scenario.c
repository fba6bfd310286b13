#include "sim/scenario/scenario.h"

#include <stdlib.h>
#include <string.h>

static bool ends_with(const char *name, const char *ending) {
  size_t length = strlen(name), n = strlen(ending);
  return length >= n && !strcmp(name + length - n, ending);
}

static enum six_lang language_of(const char *name, const char *bytes, size_t length) {
  if (ends_with(name, ".json")) return SIX_LANG_JSON;
  if (ends_with(name, ".mjs")) return SIX_LANG_MODULE;
  if (ends_with(name, ".js") || ends_with(name, ".cjs")) return SIX_LANG_JS;
  // JSON begins with a brace and then a quote or a brace; a JavaScript block hardly ever does.
  size_t i = 0;
  while (i < length && (bytes[i] == ' ' || bytes[i] == '\n' || bytes[i] == '\r' || bytes[i] == '\t')) i++;
  if (i >= length || bytes[i] != '{') return SIX_LANG_JS;
  for (i++; i < length && (bytes[i] == ' ' || bytes[i] == '\n' || bytes[i] == '\r' || bytes[i] == '\t');) i++;
  return i < length && (bytes[i] == '"' || bytes[i] == '}') ? SIX_LANG_JSON : SIX_LANG_JS;
}

bool six_scenario_read_js(struct six_scenario *scenario, const char *name, const char *bytes, size_t length, enum six_parse_goal goal,
                          const struct six_scenario_input *input) {
  struct six_source source = {six_arena_copy(&scenario->arena, name, strlen(name)), bytes, length};
  scenario->program = six_parse(&source, goal, input->diag);
  if (!scenario->program) *input->diag_source = source;
  scenario->info.program = scenario->program;
  return scenario->program != NULL;
}

static bool read_any(struct six_scenario *scenario, enum six_lang lang, const struct six_scenario_input *input) {
  switch (lang) {
    case SIX_LANG_JSON: return six_scenario_read_json(scenario, input);
    case SIX_LANG_MODULE: return six_scenario_read_js(scenario, input->name, input->bytes, input->length, SIX_PARSE_MODULE, input);
    default:
      return six_scenario_read_js(scenario, input->name, input->bytes, input->length,
                                  ends_with(input->name, ".cjs") ? SIX_PARSE_SCRIPT : SIX_PARSE_DETECT, input);
  }
}

struct six_scenario *six_scenario_read(const char *name, const char *bytes, size_t length, enum six_lang lang, six_read_file *read_file,
                                       void *context, struct six_diag *diag, struct six_source *diag_source) {
  struct six_scenario *scenario = calloc(1, sizeof *scenario);
  if (!scenario) abort();
  six_world_init_defaults(&scenario->world);
  scenario->info.file_name = six_arena_copy(&scenario->arena, name, strlen(name));
  *diag_source = (struct six_source){scenario->info.file_name, bytes, length};
  struct six_scenario_input input = {name, bytes, length, read_file, context, diag, diag_source};
  if (lang == SIX_LANG_AUTO) lang = language_of(name, bytes, length);
  if (read_any(scenario, lang, &input)) return scenario;
  // The message's file name must outlive the scenario: the caller's own name serves where it is the same.
  if (diag_source->bytes == bytes) diag_source->name = name;
  else *diag_source = (struct six_source){name, NULL, 0};
  six_scenario_free(scenario);
  return NULL;
}

bool six_scenario_add_world(struct six_scenario *scenario, const char *name, const char *bytes, size_t length, struct six_diag *diag) {
  struct six_source source = {name, bytes, length};
  struct six_scenario_input input = {name, bytes, length, NULL, NULL, diag, &source};
  return six_scenario_read_world(scenario, &input);
}

void six_scenario_free(struct six_scenario *scenario) {
  if (!scenario) return;
  six_program_free(scenario->program);
  six_world_done(&scenario->world);
  six_arena_done(&scenario->arena);
  free(scenario->source_bytes);
  free(scenario);
}

const struct six_scenario_info *six_scenario_info(const struct six_scenario *scenario) { return &scenario->info; }
const struct six_world *six_scenario_world(const struct six_scenario *scenario) { return &scenario->world; }

const char *six_scenario_expect(const struct six_scenario *scenario, int major, int *exit) {
  *exit = -1;
  const char *text = NULL;
  for (uint32_t i = 0; i < scenario->expectation_count; i++) {
    const struct six_expectation *e = &scenario->expectations[i];
    if (major < e->first || major > e->last) continue;
    if (e->stdout_text) text = e->stdout_text;
    if (e->exit >= 0) *exit = e->exit;
  }
  return text;
}
