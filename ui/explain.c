#include <unistd.h>

#include "ui/explain.h"
#include "ui/ui.h"

int ui_explain_result(const struct ui_options *options, const struct ui_program *program, struct six_result *result) {
  struct six_options how = ui_run_options(options);
  struct six_evidence *evidence = six_orders_judge(program->scenario, &how, result, 0);
  struct six_reader *reader = six_reader_new(result->trace);
  six_reader_set_evidence(reader, evidence);
  struct ui_shown shown;
  ui_show(program, &shown, reader);
  struct six_text out = {0};
  if (six_scenario_info(program->scenario)->is_json)
    six_text_adds(&out, "Lines are those of the JavaScript that the scenario stands for: sixphase export --to=js\n");
  six_write_explain(reader, ui_use_color(options, STDOUT_FILENO), ui_width(STDOUT_FILENO), &out);
  ui_write_text(STDOUT_FILENO, &out);
  ui_shown_done(&shown);
  six_reader_free(reader);
  six_evidence_free(evidence);
  if (result->message.length) ui_write(STDERR_FILENO, result->message.bytes, result->message.length);
  return result->exit;
}

static int explain(const struct ui_options *options) {
  struct ui_program program;
  int status = ui_load(options, options->files[0], &program, NULL);
  if (status) return status;
  struct six_options how = ui_run_options(options);
  how.record_trace = how.record_statements = true;  // the tags are the same as in `step`
  struct six_result *result = ui_run(&program, &how, &status, NULL);
  if (result) status = ui_explain_result(options, &program, result);
  six_result_free(result);
  ui_unload(&program);
  return status;
}

const struct ui_command ui_command_explain = {
    .name = "explain",
    .arguments = "FILE",
    .summary = "The output, a line each: what ran, in which phase, who scheduled it, which rule, promised or not",
    .details = "The exit status is the program's own, as with run.\n",
    .least = 1,
    .most = 1,
    .options = UI_OPTION_COMMON,
    .run = explain,
};
