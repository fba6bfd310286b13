// sixphase: finds the subcommand and hands over. Nothing is set up here that `run` does not need: it is the fastest way.
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ui/ui.h"

const struct ui_command *const ui_commands[] = {
    &ui_command_run,    &ui_command_explain,  &ui_command_step,   &ui_command_orders,
    &ui_command_matrix, &ui_command_quiz,     &ui_command_verify, &ui_command_test,
    &ui_command_trace,  &ui_command_export,   &ui_command_check,  &ui_command_list,
    &ui_command_rules,  &ui_command_snapshot, &ui_command_help,   NULL,
};

static const struct ui_command *command_named(const char *name) {
  for (int i = 0; ui_commands[i]; i++)
    if (!strcmp(ui_commands[i]->name, name)) return ui_commands[i];
  return NULL;
}

// A closed descriptor would be taken by the next file that is opened, and our output would go there. It gets a file in
// which every use fails instead.
static void guard_descriptors(void) {
  for (int fd = 0; fd < 3; fd++)
    if (fcntl(fd, F_GETFD) < 0) (void)!open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
}

static bool looks_like_a_file(const char *word) {
  return !strcmp(word, "-") || strchr(word, '.') || strchr(word, '/') || access(word, F_OK) == 0;
}

static int unknown_command(const char *word) {
  const char *names[32];
  int count = 0;
  for (; count < 32 && ui_commands[count]; count++) names[count] = ui_commands[count]->name;
  const char *nearest = ui_nearest(word, names, count);
  if (nearest) return ui_error(SIX_STATUS_USAGE, "'%s' is neither a command nor a file; did you mean '%s'?", word, nearest);
  return ui_error(SIX_STATUS_USAGE, "'%s' is neither a command nor a file; 'sixphase help' lists the commands", word);
}

static int run_command(const struct ui_command *command, int argc, char **argv, int first) {
  struct ui_options options = {.command = command->name};
  options.files = calloc((size_t)argc + 1, sizeof *options.files);
  if (!options.files) abort();
  for (int i = first; i < argc && strcmp(argv[i], "--"); i++) {
    if (strcmp(argv[i], "--help") && strcmp(argv[i], "-h")) continue;
    struct six_text text = {0};
    ui_options_help(command, &text);
    ui_write_text(STDOUT_FILENO, &text);
    free(options.files);
    return 0;
  }
  int status = SIX_STATUS_USAGE;
  if (ui_options_parse(&options, command, argc, argv, first)) status = command->run(&options);
  free(options.files);
  return status;
}

int main(int argc, char **argv) {
  guard_descriptors();
  signal(SIGPIPE, SIG_IGN);
  if (argc < 2) {
    run_command(&ui_command_help, argc, argv, 1);
    return SIX_STATUS_USAGE;
  }
  const char *word = argv[1];
  if (!strcmp(word, "--help") || !strcmp(word, "-h")) return run_command(&ui_command_help, 1, argv, 1);
  if (!strcmp(word, "--version") || !strcmp(word, "-V") || !strcmp(word, "version")) {
    ui_write(STDOUT_FILENO, "sixphase " SIX_VERSION "\n", sizeof "sixphase " SIX_VERSION);
    return 0;
  }
  const struct ui_command *command = command_named(word);
  if (command) return run_command(command, argc, argv, 2);
  if ((word[0] == '-' && word[1]) || looks_like_a_file(word)) return run_command(&ui_command_step, argc, argv, 1);
  return unknown_command(word);
}
