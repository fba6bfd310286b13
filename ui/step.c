#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ui/explain.h"
#include "ui/tui/tui.h"

static bool has_dumb_terminal(void) {
  const char *term = getenv("TERM");
  return !term || !*term || !strcmp(term, "dumb");
}

static int step(const struct ui_options *options) {
  struct tui *tui = malloc(sizeof *tui);
  if (!tui) abort();
  int status = tui_open(tui, options, options->files[0]);
  if (status) {
    free(tui);
    return status;
  }
  bool no_screen = has_dumb_terminal();
  if (options->plain) status = tui_plain(tui);
  else if (!isatty(STDOUT_FILENO)) status = ui_explain_result(options, &tui->program, tui->result);
  else {
    if (!no_screen) status = tui_loop(tui, &no_screen);
    if (no_screen) {
      ui_error(0, "this terminal cannot show a screen (TERM=%s): plain dialogue", getenv("TERM") ? getenv("TERM") : "");
      status = tui_plain(tui);
    }
  }
  tui_close(tui);
  free(tui);
  return status;
}

const struct ui_command ui_command_step = {
    .name = "step",
    .arguments = "FILE",
    .summary = "Step through the run in the terminal, forwards and backwards ('sixphase FILE' does the same)",
    .details =
        "? lists the keys. --plain is the same as a dialogue of lines. Where the output is not a terminal,\n"
        "what 'explain' prints is printed.\n",
    .least = 1,
    .most = 1,
    .options = UI_OPTION_COMMON | UI_OPTION_SCREEN,
    .run = step,
};

static int snapshot(const struct ui_options *options) {
  size_t width = 100, height = 30;
  if (options->size && !ui_parse_size(options->size, &width, &height))
    return ui_error(SIX_STATUS_USAGE, "--size %s: such as 100x30, up to 1000x1000", options->size);
  struct tui *tui = malloc(sizeof *tui);
  if (!tui) abort();
  int status = tui_open(tui, options, options->files[0]);
  if (!status) {
    tui->canvas.ascii = options->ascii;
    tui_canvas_resize(&tui->canvas, (int)width, (int)height);
    if (options->at) tui_goto(tui, options->at);
    if (options->keys) tui_keys(tui, options->keys);
    tui_draw(tui);
    struct six_text text = {0};
    tui_canvas_text(&tui->canvas, ui_use_color(options, STDOUT_FILENO), &text);
    ui_write_text(STDOUT_FILENO, &text);
    tui_close(tui);
  }
  free(tui);
  return status;
}

const struct ui_command ui_command_snapshot = {
    .name = "snapshot",
    .arguments = "FILE",
    .summary = "The screen of 'step' as text, at an event or after some keys, for slides",
    .details = NULL,
    .least = 1,
    .most = 1,
    .options = UI_OPTION_COMMON | UI_OPTION_SNAPSHOT,
    .run = snapshot,
};
