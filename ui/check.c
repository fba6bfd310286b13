#include <unistd.h>

#include "ui/ui.h"

static int check_file(const struct ui_options *options, const char *path) {
  struct ui_program program;
  int status = ui_load(options, path, &program, NULL);
  if (status) return status;
  const struct six_scenario_info *info = six_scenario_info(program.scenario);
  struct six_text text = {0};
  six_text_addf(&text, "%s: ok", path);
  if (info->title) six_text_addf(&text, ": %s", info->title);
  six_text_addc(&text, '\n');
  ui_write_text(STDOUT_FILENO, &text);
  ui_unload(&program);
  return 0;
}

static int check(const struct ui_options *options) {
  char **files;
  int count, first = ui_find_files(options->files, options->file_count, &files, &count);
  for (int i = 0; i < count; i++) {
    int status = check_file(options, files[i]);
    if (!first) first = status;
  }
  ui_free_files(files, count);
  return first;
}

const struct ui_command ui_command_check = {
    .name = "check",
    .arguments = "PATH...",
    .summary = "Read scenarios and programs without running them, and say what is wrong with them",
    .details = "A PATH that is a directory is searched. The exit status is that of the first problem.\n",
    .least = 1,
    .most = -1,
    .options = UI_OPTION_COMMON,
    .run = check,
};
