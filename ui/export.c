#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ui/export.h"
#include "ui/json.h"
#include "ui/ui.h"

static void export_js(const struct ui_program *program) {
  struct six_text out = {0};
  six_scenario_to_js(program->scenario, &out);
  ui_write_text(STDOUT_FILENO, &out);
}

// A scenario as it stands; JavaScript becomes a scenario that carries its source, a string a line.
static void export_json(const struct ui_program *program) {
  const struct six_scenario_info *info = six_scenario_info(program->scenario);
  struct six_text out = {0};
  const char *first = program->bytes;
  while (*first == ' ' || *first == '\n' || *first == '\t' || *first == '\r') first++;
  if (info->is_json || *first == '{') {
    ui_write(STDOUT_FILENO, program->bytes, program->length);
    return;
  }
  const char *name = strrchr(program->path, '/');
  six_text_adds(&out, "{\n  \"title\": ");
  ui_json_string(&out, name ? name + 1 : program->path, strlen(name ? name + 1 : program->path));
  six_text_adds(&out, ",\n  \"source\": [");
  const char *line = info->program->source.bytes, *end = line + info->program->source.length;
  for (bool many = false; line < end; many = true) {
    const char *stop = memchr(line, '\n', (size_t)(end - line));
    if (!stop) stop = end;
    six_text_adds(&out, many ? ",\n    " : "\n    ");
    ui_json_string(&out, line, (size_t)(stop - line));
    line = stop + 1;
  }
  six_text_adds(&out, "\n  ]\n}\n");
  ui_write_text(STDOUT_FILENO, &out);
}

static int export_file(const struct ui_options *options) {
  const char *to = options->to ? options->to : "js";
  bool json = !strcmp(to, "json"), html = !strcmp(to, "html"), svg = !strcmp(to, "svg");
  if (!json && !html && !svg && strcmp(to, "js")) return ui_error(SIX_STATUS_USAGE, "--to %s: js, json, html or svg", to);
  struct ui_program program;
  int status = ui_load(options, options->files[0], &program, NULL);
  if (status) return status;
  if (html || svg) status = ui_export_picture(options, &program, html);
  else if (json) export_json(&program);
  else export_js(&program);
  ui_unload(&program);
  return status;
}

const struct ui_command ui_command_export = {
    .name = "export",
    .arguments = "FILE",
    .summary = "The program in another form: --to=js runs in Node, json is a scenario, html a page, svg a picture",
    .details =
        "html shows the program, its hints, and folded away what it prints and why: for class or print. svg shows each\n"
        "callback that ran in its queue's lane, from where it was scheduled, and what it printed.\n",
    .least = 1,
    .most = 1,
    .options = UI_OPTION_COMMON | UI_OPTION_TO,
    .run = export_file,
};
