// `explain`: the output, a line each, and under it where it comes from, why now, and whether its place is promised.
#include <string.h>

#include "sim/trace/write.h"

struct explain {
  struct six_reader *reader;
  const struct six_trace *trace;
  struct six_text *out;
  bool colour;
  int width;
  uint32_t number;              // of the line, from 1
  uint32_t previous_begin;      // of the callback that printed the line before
  uint32_t typical, undecided;  // neighbours whose order is not promised, or not known to be
};

static void style(struct explain *explain, const char *code) {
  if (explain->colour) six_text_addf(explain->out, "\x1b[%sm", code);
}

// Wraps at spaces to the width, every line indented.
static void add_wrapped(struct explain *explain, const char *indent, const char *rest, const char *text) {
  size_t width = explain->width > 30 ? (size_t)explain->width : 30, column = strlen(indent);
  six_text_adds(explain->out, indent);
  while (*text) {
    const char *end = strchr(text, ' ');
    size_t length = end ? (size_t)(end - text) : strlen(text);
    if (column + length > width && column > strlen(rest)) {
      if (explain->out->bytes[explain->out->length - 1] == ' ') explain->out->length--;
      six_text_addc(explain->out, '\n');
      six_text_adds(explain->out, rest);
      column = strlen(rest);
    }
    six_text_add(explain->out, text, length);
    column += length;
    text += length;
    if (*text != ' ') continue;
    text++;
    if (*text) six_text_addc(explain->out, ' ');
    column++;
  }
  six_text_addc(explain->out, '\n');
}

// The program's text may hold anything: control characters become symbols.
static void add_printed(struct explain *explain, const char *bytes, size_t length) {
  for (size_t i = 0; i < length;) {
    uint32_t c;
    i += six_utf8_decode(bytes + i, length - i, &c);
    if (c == '\t') six_text_addc(explain->out, '\t');
    else if (c < 0x20) six_text_add_code_point(explain->out, 0x2400 + c);
    else if (c == 0x7F) six_text_add_code_point(explain->out, 0x2421);
    else if (c >= 0x80 && c < 0xA0) six_text_add_code_point(explain->out, 0xFFFD);
    else six_text_add_code_point(explain->out, c);
  }
}

bool six_next_printed(const struct six_reader *reader, struct six_printed *printed) {
  if (printed->number == six_reader_outputs(reader)) return false;
  uint32_t index = six_reader_output_event(reader, printed->number);
  struct six_event event = six_trace_at(six_reader_trace(reader), index);
  uint32_t task = event.subject ? event.subject : event.cause;
  *printed = (struct six_printed){.number = printed->number + 1,
                                  .index = index,
                                  .task = task,
                                  .previous = printed->task,
                                  .follows = printed->number && task == printed->task,
                                  .on_stderr = event.b == 2};
  return true;
}

void six_say_origin(struct six_reader *reader, uint32_t index, uint32_t task, struct six_text *text) {
  const struct six_trace *trace = six_reader_trace(reader);
  struct six_event event = six_trace_at(trace, index);
  struct six_task_info info;
  bool known = task && six_reader_task(reader, task, index, &info);
  if (!known || info.kind == SIX_TASK_MAIN) {
    six_text_adds(text, "main script");
  } else {
    six_say_callback(reader, task, text);
    struct six_position at = six_reader_position(reader, info.scheduled);
    if (at.line) six_text_addf(text, ", scheduled at line %u", at.line);
    char tag[16];
    if (info.by) six_text_addf(text, " by %s", six_trace_tag(trace, info.by, tag));
    if (six_trace_at(trace, info.by).a == SIX_TASK_MAIN && info.by) six_text_adds(text, " script");
  }
  enum six_phase phase = (enum six_phase)event.phase;
  if (phase != SIX_PHASE_NONE) {
    bool in_drain = known && six_reader_root(reader, task) != task;
    six_text_addf(text, in_drain ? "; drained in %s, turn %u" : "; %s phase, turn %u", six_phase_title(phase),
                  six_reader_turn(reader, index));
  } else if (known && info.kind != SIX_TASK_MAIN) {
    six_text_adds(text, six_reader_turn(reader, index) ? "; drained after the loop" : "; drained before the loop starts");
  }
  six_text_adds(text, "; at ");
  six_say_ns(event.time, text);
}

static void add_order(struct explain *explain, const struct six_printed *printed, uint32_t number) {
  static const char *const verdicts[] = {
      [SIX_ORDER_SAME] = "promised",
      [SIX_ORDER_PROMISED] = "promised",
      [SIX_ORDER_TYPICAL] = "typically, NOT promised",
      [SIX_ORDER_UNDECIDED] = "typically, promised or not was NOT decided",
  };
  if (!printed->previous || !printed->task || printed->follows) return;
  struct six_text reason = {0}, line = {0};
  enum six_order order = six_order_of_line(explain->reader, number, printed->previous, explain->previous_begin, printed->task, &reason);
  bool open = order == SIX_ORDER_TYPICAL || order == SIX_ORDER_UNDECIDED;
  explain->typical += order == SIX_ORDER_TYPICAL;
  explain->undecided += order == SIX_ORDER_UNDECIDED;
  six_text_addf(&line, "order: after line %u%s%s: %s.", number - 1, open ? " " : ", ", verdicts[order], reason.length ? reason.bytes : "");
  style(explain, open ? "33" : "2");
  add_wrapped(explain, "     ", "            ", line.bytes);
  style(explain, "0");
  six_text_done(&reason);
  six_text_done(&line);
}

static void add_why(struct explain *explain, uint32_t index) {
  struct six_text why = {0};
  six_text_adds(&why, "why: ");
  six_say_why(explain->reader, index, &why);
  style(explain, "2");
  if (why.length > 5) add_wrapped(explain, "     ", "          ", why.bytes);
  style(explain, "0");
  six_text_done(&why);
}

static void explain_output(struct explain *explain, const struct six_printed *printed) {
  uint32_t first = explain->number + 1;
  for (struct six_printed_line line = {0}; six_next_line(explain->trace, printed->index, &line);) {
    style(explain, "1");
    six_text_addf(explain->out, "%3u%s", ++explain->number, printed->on_stderr ? "! " : "  ");
    add_printed(explain, line.bytes, line.length);
    style(explain, "0");
    six_text_addc(explain->out, '\n');
  }
  struct six_text origin = {0};
  six_say_origin(explain->reader, printed->index, printed->task, &origin);
  style(explain, "36");
  add_wrapped(explain, "     ", "       ", origin.bytes);
  style(explain, "0");
  six_text_done(&origin);
  if (!printed->follows) add_why(explain, printed->index);
  add_order(explain, printed, first);
  explain->previous_begin = six_reader_running_since(explain->reader, printed->index);
}

static void explain_end(struct explain *explain) {
  uint32_t count = six_trace_count(explain->trace);
  for (uint32_t i = count; i-- > 0 && i + 4 > count;) {
    struct six_event event = six_trace_at(explain->trace, i);
    if (event.kind == SIX_EV_STOP) {
      six_text_adds(explain->out, "  -  stopped: ");
      size_t length;
      const char *bytes = six_trace_text(explain->trace, event.b, &length);
      add_printed(explain, bytes, length);
      six_text_addc(explain->out, '\n');
    }
    if (event.kind != SIX_EV_EXIT) continue;
    six_text_addf(explain->out, "  -  exit status %u, at ", event.a);
    six_say_ns(event.time, explain->out);
    six_text_addc(explain->out, '\n');
  }
  if (!explain->typical && !explain->undecided) return;
  struct six_text line = {0};
  if (explain->typical)
    six_text_addf(&line, "%u place%s where this order is typical but not promised: `sixphase orders` lists the others.", explain->typical,
                  explain->typical == 1 ? "" : "s");
  if (explain->undecided)
    six_text_addf(&line, "%s%u place%s where it was not decided: `sixphase orders` looks further.", explain->typical ? " " : "",
                  explain->undecided, explain->undecided == 1 ? "" : "s");
  style(explain, "33");
  add_wrapped(explain, "", "", line.bytes);
  style(explain, "0");
  six_text_done(&line);
}

void six_write_explain(struct six_reader *reader, bool colour, int width, struct six_text *out) {
  struct explain explain = {.reader = reader, .trace = six_reader_trace(reader), .out = out, .colour = colour, .width = width};
  for (struct six_printed printed = {0}; six_next_printed(reader, &printed);) explain_output(&explain, &printed);
  explain_end(&explain);
}
