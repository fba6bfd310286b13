// `export --to=html`: a page for class or print. The question and the program first; what it prints, and why, unfolds.
#include <string.h>
#include <unistd.h>

#include "ui/export.h"

static const char STYLE[] =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}\n"
    "pre,code,.line{font-family:ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;font-size:14px}\n"
    "pre{background:#f5f6f8;border:1px solid #ddd;border-radius:6px;padding:.8rem;overflow:auto;counter-reset:n}\n"
    "pre span::before{counter-increment:n;content:counter(n);display:inline-block;width:2.2em;margin-right:1em;text-align:right;"
    "color:#999}\n"
    "details{margin:1rem 0}summary{cursor:pointer;font-weight:600;font-size:1.1rem}\n"
    "li{margin:.5rem 0}.line{font-weight:700;white-space:pre-wrap}.error{color:#b3261e}.from{color:#00695c;font-size:14px}\n"
    ".why{color:#444;font-size:14px}.picture{overflow-x:auto;border:1px solid #ddd;border-radius:6px}footer{color:#777;font-size:13px}\n"
    "@media print{details{display:block}}\n";

static void add(struct six_text *out, const char *text) { six_text_add_xml(out, text, strlen(text)); }

static void add_element(struct six_text *out, const char *open, const char *text, const char *close) {
  if (!text) return;
  six_text_adds(out, open);
  add(out, text);
  six_text_adds(out, close);
}

static void add_source(struct six_text *out, const struct six_text *source) {
  const char *at = source->bytes ? source->bytes : "", *end = at + source->length;
  six_text_adds(out, "<pre>");
  while (at < end) {
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    if (!stop) stop = end;
    six_text_adds(out, "<span>");
    six_text_add_xml(out, at, (size_t)(stop - at));
    six_text_adds(out, "</span>\n");
    at = stop + 1;
  }
  six_text_adds(out, "</pre>\n");
}

static void add_line(struct six_reader *reader, const struct six_printed *printed, struct six_text *out) {
  const struct six_trace *trace = six_reader_trace(reader);
  size_t length;
  const char *bytes = six_trace_text(trace, six_trace_at(trace, printed->index).a, &length);
  if (length && bytes[length - 1] == '\n') length--;
  six_text_addf(out, "<li><div class=\"line%s\">", printed->on_stderr ? " error" : "");
  six_text_add_xml(out, bytes, length);
  six_text_adds(out, "</div>");
  struct six_text origin = {0}, why = {0};
  six_say_origin(reader, printed->index, printed->task, &origin);
  add_element(out, "<div class=\"from\">", origin.bytes, "</div>");
  if (!printed->follows) six_say_why(reader, printed->index, &why);
  if (why.length) add_element(out, "<div class=\"why\">", why.bytes, "</div>");
  six_text_done(&origin);
  six_text_done(&why);
  six_text_adds(out, "</li>\n");
}

static void add_lines(struct six_reader *reader, struct six_text *out) {
  six_text_adds(out, "<ol>\n");
  for (struct six_printed printed = {0}; six_next_printed(reader, &printed);) add_line(reader, &printed, out);
  six_text_adds(out, "</ol>\n");
}

static void add_verdict(const struct ui_program *program, const struct six_options *how, struct six_text *out) {
  struct six_diag diag = {0};
  struct six_options options = *how;
  options.record_trace = options.record_statements = false;
  struct six_orders *orders = six_orders_find(program->scenario, &options, 0, &diag);
  if (!orders) return;
  if (orders->verdict == SIX_VERDICT_GUARANTEED) {
    six_text_adds(out, "<p>Node promises this order.</p>\n");
  } else if (orders->verdict == SIX_VERDICT_RACE) {
    six_text_addf(out, "<p>Node does not promise this order: it is the usual one of %u.</p>\n<ul>\n", orders->count);
    for (uint32_t i = 1; i < orders->count; i++) {
      six_text_adds(out, "<li><div class=\"line\">");
      six_text_add_xml(out, orders->orders[i].out.bytes ? orders->orders[i].out.bytes : "", orders->orders[i].out.length);
      six_text_adds(out, "</div>");
      add_element(out, "<div class=\"why\">", orders->orders[i].because, "</div></li>\n");
    }
    six_text_adds(out, "</ul>\n");
  }
  six_orders_free(orders);
}

static void add_hints(const struct six_scenario_info *info, struct six_text *out) {
  if (!info->hint_count) return;
  six_text_adds(out, "<details><summary>Hints</summary><ol>\n");
  for (int i = 0; i < info->hint_count; i++) add_element(out, "<li>", info->hints[i], "</li>\n");
  six_text_adds(out, "</ol></details>\n");
}

static void add_page(const struct ui_program *program, const struct six_options *how, struct six_reader *reader,
                     const struct six_text *source, int node, struct six_text *out) {
  const struct six_scenario_info *info = six_scenario_info(program->scenario);
  const char *name = strrchr(program->path, '/'), *title = info->title ? info->title : name ? name + 1 : program->path;
  six_text_adds(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
  six_text_adds(out, "<meta name=\"viewport\" content=\"width=device-width\">\n");
  add_element(out, "<title>", title, "</title>\n");
  six_text_addf(out, "<style>\n%s</style>\n</head>\n<body>\n", STYLE);
  add_element(out, "<h1>", title, "</h1>\n");
  add_element(out, "<p>", info->question ? info->question : "In which order do the lines print?", "</p>\n");
  add_source(out, source);
  add_hints(info, out);
  six_text_addf(out, "<details><summary>What Node %d prints, and why</summary>\n", node);
  add_lines(reader, out);
  add_verdict(program, how, out);
  add_element(out, "<p>", info->explanation, "</p>\n");
  six_text_adds(out, "<div class=\"picture\">\n");
  six_write_svg(reader, out);
  six_text_adds(out, "</div>\n</details>\n");
  six_text_addf(out, "<footer>sixphase %s, as Node %d</footer>\n</body>\n</html>\n", SIX_VERSION, node);
}

int ui_export_picture(const struct ui_options *options, const struct ui_program *program, bool page) {
  struct six_options how = ui_run_options(options);
  int status;
  how.record_trace = how.record_statements = true;
  struct six_result *result = ui_run(program, &how, &status, NULL);
  if (!result) return status;
  struct six_reader *reader = six_reader_new(result->trace);
  struct ui_shown shown;
  struct six_text out = {0};
  int node = options->node ? options->node : six_scenario_info(program->scenario)->node;
  ui_show(program, &shown, reader);
  if (page) add_page(program, &how, reader, &shown.text, node ? node : 20, &out);
  else six_write_svg(reader, &out);
  ui_write_text(STDOUT_FILENO, &out);
  if (result->message.length) ui_write(STDERR_FILENO, result->message.bytes, result->message.length);
  ui_shown_done(&shown);
  six_reader_free(reader);
  status = result->message.length ? result->exit : 0;
  six_result_free(result);
  return status;
}
