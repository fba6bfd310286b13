// JavaScript as a JSON scenario.
//
// A scenario of operations must be the same program. So the operations are read as any scenario is, and what that gives is
// compared with the original, both in the form to which raising brings them (raise.h). Where they differ, or the program has
// something outside of the vocabulary, the scenario carries the source as it stands.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/scenario/raise.h"
#include "sim/scenario/scenario.h"

static struct six_program *copy_of(const struct six_program *program) {
  struct six_diag diag = {0};
  return six_parse(&program->source, program->kind == SIX_SOURCE_MODULE ? SIX_PARSE_MODULE : SIX_PARSE_SCRIPT, &diag);
}

// ---- What stands around the program

static struct six_json *title_of(struct six_raise *raise, const struct six_scenario *scenario) {
  const char *slash = strrchr(scenario->info.file_name, '/');
  return six_raise_string(raise, slash ? slash + 1 : scenario->info.file_name);
}

// A comment in the first line says what the program is about; operations have no place for it.
static struct six_json *comment_of(struct six_raise *raise, const struct six_source *source) {
  const char *start = source->bytes, *end = source->length ? memchr(start, '\n', source->length) : NULL;
  if (!end || end - start < 4 || strncmp(start, "// ", 3) != 0) return NULL;
  if (end[-1] == '\r') end--;
  for (const char *p = start += 3; p < end; p++)
    if ((unsigned char)*p < 0x20 || (unsigned char)*p == 0x7F) return NULL;
  return end > start ? six_raise_string(raise, six_arena_copy(raise->arena, start, (size_t)(end - start))) : NULL;
}

// ---- Operations

static struct six_json *raise_all(struct six_raise *raise, struct six_program *program, struct six_arena *arena) {
  *raise = (struct six_raise){.arena = arena, .program = program};
  return six_raise_program(raise);
}

static bool is_required(const struct six_raise *raise, const struct six_json *names) {
  for (const struct six_json *name = names->first; name; name = name->next)
    if (!six_raise_has_module(raise, name->string)) return false;
  return true;
}

static bool same_text(const struct six_program *a, const struct six_program *b) {
  struct six_text first = {0}, second = {0};
  six_print_program(a, &first, NULL);
  six_print_program(b, &second, NULL);
  bool same = first.length == second.length && (!first.length || !memcmp(first.bytes, second.bytes, first.length));
  six_text_done(&first);
  six_text_done(&second);
  return same;
}

// Whether the scenario's text, read again, is the program that was raised.
static bool is_same_program(const struct six_raise *raised, const struct six_text *text) {
  struct six_diag diag = {0};
  struct six_source where;
  struct six_scenario *read = six_scenario_read("scenario.json", text->bytes, text->length, SIX_LANG_JSON, NULL, NULL, &diag, &where);
  struct six_raise again;
  bool same = read && raise_all(&again, read->program, &read->arena) && is_required(raised, again.modules.json) &&
              same_text(raised->program, read->program);
  six_scenario_free(read);
  return same;
}

static bool write_operations(const struct six_scenario *scenario, struct six_text *out) {
  struct six_program *program = copy_of(scenario->program);
  struct six_arena arena = {0};
  struct six_raise raise;
  struct six_json *operations = program ? raise_all(&raise, program, &arena) : NULL;
  bool good = operations && operations->count;
  if (good) {
    struct six_json *document = six_raise_json(&raise, SIX_JSON_OBJECT), *comment = comment_of(&raise, &program->source);
    six_raise_add(&raise, document, "title", comment ? comment : title_of(&raise, scenario));
    six_raise_add(&raise, document, "world", raise.world);
    six_raise_add(&raise, document, "program", operations);
    six_json_write(document, out);
    good = is_same_program(&raise, out);
    if (!good) out->length = 0;
  }
  six_arena_done(&arena);
  six_program_free(program);
  return good;
}

// ---- The source

// A line in valid UTF-8, as the JavaScript reader sees it; NULL: it has a NUL byte, which no scenario can hold.
static const char *valid_line(struct six_arena *arena, const char *line, size_t length) {
  if (length && memchr(line, '\0', length)) return NULL;
  struct six_text text = {0};
  for (size_t i = 0; i < length;) {
    uint32_t code_point;
    i += six_utf8_decode(line + i, length - i, &code_point);
    six_text_add_code_point(&text, code_point);
  }
  const char *copy = six_arena_copy(arena, text.bytes ? text.bytes : "", text.length);
  six_text_done(&text);
  return copy;
}

static bool write_source(const struct six_scenario *scenario, struct six_text *out) {
  struct six_arena arena = {0};
  struct six_raise raise = {.arena = &arena};
  struct six_json *document = six_raise_json(&raise, SIX_JSON_OBJECT);
  struct six_raise_list lines = six_raise_list(&raise, SIX_JSON_ARRAY);
  const char *line = scenario->program->source.bytes, *end = line + scenario->program->source.length;
  bool good = true;
  while (line < end && good) {
    const char *stop = memchr(line, '\n', (size_t)(end - line));
    if (!stop) stop = end;
    good = six_raise_append(&lines, six_raise_string(&raise, valid_line(&arena, line, (size_t)(stop - line))));
    line = stop + 1;
  }
  six_raise_add(&raise, document, "title", title_of(&raise, scenario));
  six_raise_add(&raise, document, "source", lines.json);
  if (good) six_json_write(document, out);
  six_arena_done(&arena);
  return good;
}

bool six_scenario_to_json(const struct six_scenario *scenario, struct six_text *out) {
  return write_operations(scenario, out) || write_source(scenario, out);
}
