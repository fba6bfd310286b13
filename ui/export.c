#include <string.h>
#include <unistd.h>

#include "ui/export.h"
#include "ui/ui.h"

static int export_js(const struct ui_program *program) {
  struct six_text out = {0};
  six_scenario_to_js(program->scenario, &out);
  ui_write_text(STDOUT_FILENO, &out);
  return 0;
}

// A scenario as it stands; JavaScript becomes one.
static int export_json(const struct ui_program *program) {
  if (six_scenario_info(program->scenario)->is_scenario) {
    ui_write(STDOUT_FILENO, program->bytes, program->length);
    return 0;
  }
  struct six_text out = {0};
  if (!six_scenario_to_json(program->scenario, &out))
    return ui_error(SIX_STATUS_UNSUPPORTED, "%s: a NUL byte cannot stand in a JSON scenario", program->path);
  ui_write_text(STDOUT_FILENO, &out);
  return 0;
}

static int export_file(const struct ui_options *options) {
  const char *to = options->to ? options->to : "js";
  bool json = !strcmp(to, "json"), html = !strcmp(to, "html"), svg = !strcmp(to, "svg");
  if (!json && !html && !svg && strcmp(to, "js")) return ui_error(SIX_STATUS_USAGE, "--to %s: js, json, html or svg", to);
  struct ui_program program;
  int status = ui_load(options, options->files[0], &program, NULL);
  if (status) return status;
  if (html || svg) status = ui_export_picture(options, &program, html);
  else status = (json ? export_json : export_js)(&program);
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
