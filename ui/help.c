#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ui/ui.h"

static int help_for(const char *name) {
  const char *names[32];
  int count = 0;
  struct six_text text = {0};
  for (; count < 32 && ui_commands[count]; count++) {
    names[count] = ui_commands[count]->name;
    if (strcmp(names[count], name)) continue;
    ui_options_help(ui_commands[count], &text);
    ui_write_text(STDOUT_FILENO, &text);
    return 0;
  }
  const char *nearest = ui_nearest(name, names, count);
  if (nearest) return ui_error(SIX_STATUS_USAGE, "there is no command '%s'; did you mean '%s'?", name, nearest);
  return ui_error(SIX_STATUS_USAGE, "there is no command '%s'", name);
}

static int help(const struct ui_options *options) {
  if (options->file_count) return help_for(options->files[0]);
  struct six_text text = {0};
  six_text_adds(&text,
                "sixphase shows why Node.js prints what it prints: a program runs in virtual time through the six\n"
                "phases of the event loop, and can be stepped through, forwards and backwards.\n\n"
                "usage: sixphase COMMAND [OPTION]... FILE\n"
                "       sixphase FILE                    the same as 'sixphase step FILE'\n\n");
  for (int i = 0; ui_commands[i]; i++) {
    char name[40];
    snprintf(name, sizeof name, "%s %s", ui_commands[i]->name, ui_commands[i]->arguments);
    six_text_addf(&text, "  %-18s %s\n", name, ui_commands[i]->summary);
  }
  six_text_adds(&text,
                "\nFILE is a .json scenario, a .js, .cjs or .mjs file, or - for standard input.\n"
                "'sixphase COMMAND --help' tells the options; 'sixphase --version' the version.\n");
  ui_write_text(STDOUT_FILENO, &text);
  return 0;
}

const struct ui_command ui_command_help = {
    .name = "help",
    .arguments = "[COMMAND]",
    .summary = "This text, or a command's own",
    .least = 0,
    .most = 1,
    .run = help,
};
