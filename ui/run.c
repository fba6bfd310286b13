#include <unistd.h>

#include "ui/ui.h"

static int run(const struct ui_options *options) {
  struct ui_program program;
  int status = ui_load(options, options->files[0], &program, NULL);
  if (status) return status;
  struct six_options how = ui_run_options(options);
  how.write = ui_write_program;
  struct six_result *result = ui_run(&program, &how, &status, NULL);
  if (!result) {
    ui_unload(&program);
    return status;
  }
  if (result->message.length) ui_write_text(STDERR_FILENO, &result->message);
  status = result->exit;
#ifdef __SANITIZE_ADDRESS__
  six_result_free(result);
  ui_unload(&program);
#endif
  return status;  // the process ends here: without somebody who looks for leaks nothing is released piece by piece
}

const struct ui_command ui_command_run = {
    .name = "run",
    .arguments = "FILE",
    .summary = "Run the program: its own output, in the order in which Node prints it",
    .details =
        "FILE is a .json scenario, a .js, .cjs or .mjs file, or - for standard input.\n"
        "stdout and stderr are the program's; the exit status is its own. Ours are 64 bad usage,\n"
        "65 not a valid program, 66 cannot be read, 69 not supported, 70 a bug of ours, 74 output\n"
        "cannot be written, 75 a budget ran out.\n",
    .least = 1,
    .most = 1,
    .options = UI_OPTION_COMMON,
    .run = run,
};
