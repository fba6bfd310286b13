// A scenario as a JavaScript program for real Node. What the world holds and a program can make for itself stands at its
// top: files, environment variables, the size of the thread pool.
#include <stdio.h>
#include <string.h>

#include "sim/scenario/scenario.h"

static void add_string(struct six_text *out, const char *text, size_t length) {
  six_text_addc(out, '\'');
  for (size_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)text[i];
    if (c == '\'' || c == '\\') six_text_addf(out, "\\%c", c);
    else if (c == '\n') six_text_adds(out, "\\n");
    else if (c < 0x20 || c == 0x7F) six_text_addf(out, "\\x%02X", c);
    else six_text_addc(out, (char)c);
  }
  six_text_addc(out, '\'');
}

static void add_environment(const struct six_world *world, struct six_text *out) {
  struct six_world usual;
  six_world_init_defaults(&usual);
  if (world->threads != usual.threads) six_text_addf(out, "process.env.UV_THREADPOOL_SIZE = '%u';\n", world->threads);
  for (uint32_t i = 0; i < world->env_count; i++) {
    const char *text = world->env[i], *equals = strchr(text, '=');
    const char *known = NULL;
    char name[100];
    if (!equals || equals - text >= (long)sizeof name) continue;
    snprintf(name, sizeof name, "%.*s", (int)(equals - text), text);
    known = six_world_env(&usual, name);
    if (known && !strcmp(known, equals + 1)) continue;
    six_text_addf(out, "process.env.%s = ", name);
    add_string(out, equals + 1, strlen(equals + 1));
    six_text_adds(out, ";\n");
  }
  six_world_done(&usual);
}

static void add_files(const struct six_world *world, const char *fs, struct six_text *out) {
  for (uint32_t i = 0; i < world->file_count; i++) {
    const struct six_world_file *file = &world->files[i];
    if (file->error) continue;  // nothing is there, which is what the program finds
    six_text_addf(out, file->is_directory ? "%s.mkdirSync(" : "%s.writeFileSync(", fs);
    add_string(out, file->name, strlen(file->name));
    six_text_adds(out, ", ");
    if (file->is_directory) {
      six_text_adds(out, "{ recursive: true }");
    } else if (file->bytes) {
      add_string(out, file->bytes, file->size ? (size_t)file->size : strlen(file->bytes));
    } else {
      six_text_addf(out, "'x'.repeat(%llu)", (unsigned long long)file->size);
    }
    six_text_adds(out, ");\n");
  }
}

// The end of the printed program's first lines, which require modules.
static size_t end_of_requires(const char *text) {
  const char *p = text;
  while (!strncmp(p, "const ", 6)) {
    const char *end = strchr(p, '\n'), *require = strstr(p, " = require('");
    if (!end || !require || require > end) break;
    p = end + 1;
  }
  return (size_t)(p - text);
}

static void write_operations(const struct six_scenario *scenario, struct six_text *out) {
  struct six_text program = {0};
  six_print_program(scenario->program, &program, NULL);
  const char *text = program.bytes ? program.bytes : "";
  size_t head = end_of_requires(text);
  bool has_fs = strstr(text, "const fs = require('fs');\n") && strstr(text, "const fs = require('fs');\n") < text + head;
  if (scenario->info.title) six_text_addf(out, "// %s\n", scenario->info.title);
  six_text_add(out, text, head);
  add_environment(&scenario->world, out);
  if (has_fs) add_files(&scenario->world, "fs", out);
  six_text_adds(out, text + head);
  six_text_done(&program);
}

static void write_source(const struct six_scenario *scenario, struct six_text *out) {
  const struct six_source *source = &scenario->program->source;
  if (scenario->program->kind != SIX_SOURCE_MODULE) {
    add_environment(&scenario->world, out);
    add_files(&scenario->world, "require('fs')", out);
  } else if (scenario->world.file_count) {
    six_text_adds(out, "import worldFs from 'fs';\n");
    add_files(&scenario->world, "worldFs", out);
  }
  six_text_add(out, source->bytes, source->length);
}

void six_scenario_to_js(const struct six_scenario *scenario, struct six_text *out) {
  (scenario->info.is_json ? write_operations : write_source)(scenario, out);
}
