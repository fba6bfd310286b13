#include <string.h>
#include <unistd.h>

#include "ui/ui.h"

enum { BLOCK = 65536 };

static void write_lines(const struct six_trace *trace) {
  struct six_text out = {0};
  for (uint32_t i = 0; i < six_trace_count(trace); i++) {
    six_write_json_event(trace, i, &out);
    if (out.length < BLOCK) continue;
    ui_write(STDOUT_FILENO, out.bytes, out.length);
    out.length = 0;
  }
  ui_write_text(STDOUT_FILENO, &out);
}

static void write_chrome(const struct six_trace *trace) {
  struct six_text out = {0};
  six_write_chrome(trace, &out);
  ui_write_text(STDOUT_FILENO, &out);
}

static int trace(const struct ui_options *options) {
  bool chrome = options->format && !strcmp(options->format, "chrome");
  if (options->format && !chrome && strcmp(options->format, "json"))
    return ui_error(SIX_STATUS_USAGE, "--format %s: json or chrome", options->format);
  struct ui_program program;
  int status = ui_load(options, options->files[0], &program, NULL);
  if (status) return status;
  struct six_options how = ui_run_options(options);
  how.record_trace = how.record_statements = true;
  struct six_result *result = ui_run(&program, &how, &status, NULL);
  if (result) {
    (chrome ? write_chrome : write_lines)(result->trace);
    if (result->message.length) ui_write_text(STDERR_FILENO, &result->message);
    status = result->exit;
  }
  six_result_free(result);
  ui_unload(&program);
  return status;
}

const struct ui_command ui_command_trace = {
    .name = "trace",
    .arguments = "FILE",
    .summary = "The trace of the run as JSON lines, an event each",
    .details =
        "Every line has index, time (virtual nanoseconds), phase and event; task, by, at, rule and what\n"
        "belongs to the event where they apply. --format=chrome writes a file for chrome://tracing or\n"
        "ui.perfetto.dev. The exit status is the program's own.\n",
    .least = 1,
    .most = 1,
    .options = UI_OPTION_COMMON | UI_OPTION_FORMAT,
    .run = trace,
};
