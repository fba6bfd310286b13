// Predicting: before a line is printed it has to be said which one. The first wrong answer is explained.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/tui/tui.h"

bool tui_predict_stops(struct tui *tui, uint32_t from, uint32_t *to) {
  uint32_t next = six_reader_output_event(tui->reader, six_reader_outputs_until(tui->reader, from));
  if (next == UINT32_MAX || next > *to) return false;
  *to = next - 1;  // the moment before it is printed
  return true;
}

static const char *line_of(const struct tui *tui, uint32_t event, size_t *length) {
  const char *bytes = six_trace_text(tui->trace, six_trace_at(tui->trace, event)->a, length);
  while (*length && bytes[*length - 1] == '\n') --*length;
  return bytes;
}

static bool is_offered(const struct tui *tui, uint32_t event) {
  uint32_t text = six_trace_at(tui->trace, event)->a;
  for (uint32_t i = 0; i < tui->candidate_count; i++)
    if (six_trace_at(tui->trace, tui->candidates[i])->a == text) return true;
  return false;
}

// The lines still to come, each once, in an order that does not tell: by their text.
static int by_text(const void *left, const void *right, void *context) {
  size_t a, b;
  const char *x = line_of(context, *(const uint32_t *)left, &a), *y = line_of(context, *(const uint32_t *)right, &b);
  int order = memcmp(x, y, a < b ? a : b);
  return order ? order : a < b ? -1 : a > b;
}

void tui_predict_ask(struct tui *tui) {
  uint32_t until = six_reader_outputs_until(tui->reader, tui->position), all = six_reader_outputs(tui->reader);
  tui->candidate_count = 0;
  for (uint32_t i = until; i < all && i < until + 200 && tui->candidate_count < 9; i++) {
    uint32_t event = six_reader_output_event(tui->reader, i);
    if (!is_offered(tui, event)) tui->candidates[tui->candidate_count++] = event;
  }
  qsort_r(tui->candidates, tui->candidate_count, sizeof *tui->candidates, by_text, tui);
  struct six_text text = {0};
  six_text_adds(&text, "Which line is printed next?\n\n");
  for (uint32_t i = 0; i < tui->candidate_count; i++) {
    size_t length;
    const char *bytes = line_of(tui, tui->candidates[i], &length);
    six_text_addf(&text, "  %u  ", i + 1);
    for (size_t j = 0; j < length && j < 60; j++) six_text_addc(&text, bytes[j] == '\n' ? ' ' : bytes[j]);
    six_text_addc(&text, '\n');
  }
  six_text_adds(&text, "\nPress its number, or t to type it; Esc to look again, q to stop predicting.");
  tui_open_text(tui, "predict", text);
  tui->popup = TUI_POPUP_PREDICT;
}

static void explain_miss(struct tui *tui, uint32_t guess, uint32_t next) {
  const struct six_event *event = six_trace_at(tui->trace, next);
  uint32_t task = event->subject ? event->subject : event->cause;
  struct six_text text = {0};
  size_t length;
  const char *bytes = line_of(tui, next, &length);
  six_text_adds(&text, "No. Next is: ");
  six_text_add(&text, bytes, length < 100 ? length : 100);
  six_text_adds(&text, "\n\n");
  six_say_why(tui->reader, next, &text);
  if (guess) {
    const struct six_event *other = six_trace_at(tui->trace, guess);
    uint32_t later = other->subject ? other->subject : other->cause;
    if (later != task) {
      char a[16], b[16];
      six_text_addf(&text, "\n\n%s before %s: ", six_trace_tag(tui->trace, task, a), six_trace_tag(tui->trace, later, b));
      six_order_of(tui->reader, task, six_reader_running_since(tui->reader, next), later, &text);
      six_text_addc(&text, '.');
    } else six_text_adds(&text, "\n\nBoth come from the same callback: its statements run in order.");
  }
  tui_open_text(tui, "not so", text);
}

static void judge(struct tui *tui, bool right, uint32_t guess) {
  uint32_t next = six_reader_output_event(tui->reader, six_reader_outputs_until(tui->reader, tui->position));
  tui->popup = TUI_NO_POPUP;
  if (next == UINT32_MAX) return;
  tui->predicted++;
  tui->right += right;
  tui->position = next;
  if (right) tui_say(tui, false, "right: %u of %u", tui->right, tui->predicted);
  else explain_miss(tui, guess, next);
}

void tui_predict_answer(struct tui *tui, uint32_t choice) {
  if (choice >= tui->candidate_count) return;
  uint32_t next = six_reader_output_event(tui->reader, six_reader_outputs_until(tui->reader, tui->position));
  if (next == UINT32_MAX) return;
  uint32_t guess = tui->candidates[choice];
  judge(tui, six_trace_at(tui->trace, guess)->a == six_trace_at(tui->trace, next)->a, guess);
}

void tui_predict_typed(struct tui *tui, const char *line) {
  uint32_t next = six_reader_output_event(tui->reader, six_reader_outputs_until(tui->reader, tui->position));
  if (next == UINT32_MAX) return;
  size_t length;
  const char *bytes = line_of(tui, next, &length);
  judge(tui, strlen(line) == length && !memcmp(bytes, line, length), 0);
}
