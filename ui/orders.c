// Every order that real Node may print, with the schedule behind each.
#include <string.h>
#include <unistd.h>

#include "ui/ui.h"

static const char *const verdicts[] = {
    [SIX_VERDICT_GUARANTEED] = "guaranteed", [SIX_VERDICT_RACE] = "race", [SIX_VERDICT_UNKNOWN] = "unknown"};

static void print_json(const struct six_orders *orders, struct six_text *out) {
  six_text_addf(out, "{\"verdict\": \"%s\", \"orders\": [", verdicts[orders->verdict]);
  for (uint32_t i = 0; i < orders->count; i++) {
    const struct six_found_order *order = &orders->orders[i];
    six_text_adds(out, i ? ", {\"stdout\": " : "{\"stdout\": ");
    six_text_add_json(out, order->out.bytes, order->out.length);
    six_text_addf(out, ", \"exit\": %d, \"schedule\": ", order->exit);
    six_text_add_json(out, order->schedule, strlen(order->schedule));
    six_text_adds(out, ", \"because\": ");
    six_text_add_json(out, order->because, strlen(order->because));
    six_text_addc(out, '}');
  }
  six_text_addf(out, "], \"schedules\": %u}\n", orders->schedules);
}

// The lines of an order; those before the first one that differs from the typical order are as there.
static void add_lines(const struct six_found_order *order, const struct six_found_order *typical, struct six_text *out) {
  size_t same = 0;
  while (order != typical && same < order->out.length && same < typical->out.length && order->out.bytes[same] == typical->out.bytes[same])
    same++;
  bool differs = order == typical;
  for (size_t i = 0; i < order->out.length;) {
    const char *line = order->out.bytes + i, *stop = memchr(line, '\n', order->out.length - i);
    size_t length = stop ? (size_t)(stop - line) : order->out.length - i;
    bool first = !differs && i + length >= same;
    differs |= first;
    six_text_adds(out, first ? "> " : "  ");
    six_text_add(out, line, length);
    six_text_addc(out, '\n');
    i += length + 1;
  }
  if (order->exit != typical->exit || order->exit) six_text_addf(out, "  (exit status %d)\n", order->exit);
}

static void print_text(const struct six_orders *orders, struct six_text *out) {
  const char *runs = orders->schedules == 1 ? "schedule" : "schedules";
  switch (orders->verdict) {
    case SIX_VERDICT_GUARANTEED: six_text_addf(out, "guaranteed: one order (%u %s tried)\n", orders->schedules, runs); break;
    case SIX_VERDICT_UNKNOWN:
      six_text_addf(out, "unknown: one order so far, but there are more than %u schedules (--max-schedules)\n", orders->schedules);
      break;
    case SIX_VERDICT_RACE:
      six_text_addf(out, "race: %u orders%s (%u %s tried)\n", orders->count, orders->complete ? "" : " or more", orders->schedules, runs);
      break;
  }
  for (uint32_t i = 0; i < orders->count; i++) {
    const struct six_found_order *order = &orders->orders[i];
    if (orders->count > 1 && i == 0) six_text_adds(out, "\n1. the typical order\n");
    if (i > 0) six_text_addf(out, "\n%u. --schedule=%s\n   because %s\n", i + 1, order->schedule, order->because);
    add_lines(order, &orders->orders[0], out);
  }
}

static int orders_of(const struct ui_options *options, const struct ui_program *program) {
  struct six_options how = ui_run_options(options);
  struct six_diag diag = {0};
  struct six_text out = {0}, message = {0};
  uint32_t limit = options->max_schedules > UINT32_MAX ? UINT32_MAX : (uint32_t)options->max_schedules;
  struct six_orders *orders = six_orders_find(program->scenario, &how, limit, &diag);
  if (!orders) {
    return ui_report(program, &diag, NULL);
  }
  int status = options->expect_guaranteed && orders->verdict != SIX_VERDICT_GUARANTEED;
  if (orders->message.length) {
    message = orders->message;
    orders->message = (struct six_text){0};
    ui_write_text(STDERR_FILENO, &message);
    status = orders->orders[0].exit;
  }
  if (status != SIX_STATUS_UNSUPPORTED) (options->json ? print_json : print_text)(orders, &out);
  six_orders_free(orders);
  ui_write_text(STDOUT_FILENO, &out);
  return status;
}

static int run(const struct ui_options *options) {
  struct ui_program program;
  int status = ui_load(options, options->files[0], &program, NULL);
  if (status) return status;
  status = orders_of(options, &program);
  ui_unload(&program);
  return status;
}

const struct ui_command ui_command_orders = {
    .name = "orders",
    .arguments = "FILE",
    .summary = "Every order that real Node may print, and whether it promises one",
    .details =
        "What Node leaves open is how long a stretch of work takes and when an operation outside completes: the program\n"
        "is run under every answer. An order that is not typical comes with a schedule, which run, explain and step\n"
        "take with --schedule, and the reason. --json prints one object: verdict (guaranteed, race, unknown), orders\n"
        "and the number of schedules tried.\n",
    .least = 1,
    .most = 1,
    .options = UI_OPTION_COMMON | UI_OPTION_JSON | UI_OPTION_ORDERS,
    .run = run,
};
