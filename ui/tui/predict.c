// Predicting: before a line is printed it has to be said which one, or the order of all that follow at once. The first
// wrong answer is explained.
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
  const char *bytes = six_trace_text(tui->trace, six_trace_at(tui->trace, event).a, length);
  while (*length && bytes[*length - 1] == '\n') --*length;
  return bytes;
}

static bool is_offered(const struct tui *tui, uint32_t event) {
  uint32_t text = six_trace_at(tui->trace, event).a;
  for (uint32_t i = 0; i < tui->candidate_count; i++)
    if (six_trace_at(tui->trace, tui->candidates[i]).a == text) return true;
  return false;
}

// The lines still to come, each once, in an order that does not tell: by their text.
static int by_text(const void *left, const void *right, void *context) {
  size_t a, b;
  const char *x = line_of(context, *(const uint32_t *)left, &a), *y = line_of(context, *(const uint32_t *)right, &b);
  int order = memcmp(x, y, a < b ? a : b);
  return order ? order : a < b ? -1 : a > b;
}

static void find_candidates(struct tui *tui, bool distinct) {
  uint32_t until = six_reader_outputs_until(tui->reader, tui->position), all = six_reader_outputs(tui->reader);
  tui->candidate_count = 0;
  for (uint32_t i = until; i < all && i < until + 200 && tui->candidate_count < 9; i++) {
    uint32_t event = six_reader_output_event(tui->reader, i);
    if (!distinct || !is_offered(tui, event)) tui->candidates[tui->candidate_count++] = event;
  }
  qsort_r(tui->candidates, tui->candidate_count, sizeof *tui->candidates, by_text, tui);
}

static void add_candidate(const struct tui *tui, uint32_t event, struct six_text *out) {
  size_t length;
  const char *bytes = line_of(tui, event, &length);
  for (size_t i = 0, cells = 0; i < length && cells < 60; cells++) {
    uint32_t c;
    i += six_utf8_decode(bytes + i, length - i, &c);
    six_text_add_code_point(out, c == '\n' ? ' ' : c);
  }
  six_text_addc(out, '\n');
}

void tui_predict_ask(struct tui *tui) {
  find_candidates(tui, true);
  struct six_text text = {0};
  six_text_adds(&text, "Which line is printed next?\n\n");
  for (uint32_t i = 0; i < tui->candidate_count; i++) {
    six_text_addf(&text, "  %u  ", i + 1);
    add_candidate(tui, tui->candidates[i], &text);
  }
  six_text_adds(&text, "\nPress its number, or t to type it; Esc to look again, q to stop predicting.");
  tui_open_text(tui, "predict", text);
  tui->popup = TUI_POPUP_PREDICT;
}

// ---- The whole order

static bool is_picked(const struct tui *tui, uint32_t candidate) {
  for (uint32_t i = 0; i < tui->picked_count; i++)
    if (tui->picked[i] == candidate) return true;
  return false;
}

static void show_order(struct tui *tui) {
  struct six_text text = {0};
  six_text_addf(&text, "In which order are the%s %u lines printed?\n\n",
                six_reader_outputs(tui->reader) - six_reader_outputs_until(tui->reader, tui->position) > 9 ? " next" : "",
                tui->candidate_count);
  for (uint32_t i = 0; i < tui->candidate_count; i++) {
    if (is_picked(tui, i)) continue;
    six_text_addf(&text, "  %u  ", i + 1);
    add_candidate(tui, tui->candidates[i], &text);
  }
  six_text_adds(&text, "\nYour order:\n");
  for (uint32_t i = 0; i < tui->picked_count; i++) {
    six_text_addf(&text, "  %2u. ", i + 1);
    add_candidate(tui, tui->candidates[tui->picked[i]], &text);
  }
  six_text_adds(&text, "\nNumbers pick the next line, Backspace takes one back; Esc leaves it.");
  tui_open_text(tui, "predict the order", text);
  tui->popup = TUI_POPUP_ORDER;
}

void tui_predict_order(struct tui *tui) {
  find_candidates(tui, false);
  tui->picked_count = 0;
  if (tui->candidate_count) show_order(tui);
  else tui_say(tui, false, "nothing more is printed");
}

static void explain_miss(struct tui *tui, uint32_t guess, uint32_t next) {
  struct six_event event = six_trace_at(tui->trace, next);
  uint32_t task = event.subject ? event.subject : event.cause;
  struct six_text text = {0};
  size_t length;
  const char *bytes = line_of(tui, next, &length);
  six_text_adds(&text, "No. Next is: ");
  six_text_add(&text, bytes, length < 100 ? length : 100);
  six_text_adds(&text, "\n\n");
  six_say_why(tui->reader, next, &text);
  if (guess) {
    struct six_event other = six_trace_at(tui->trace, guess);
    uint32_t later = other.subject ? other.subject : other.cause;
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
  judge(tui, six_trace_at(tui->trace, guess).a == six_trace_at(tui->trace, next).a, guess);
}

void tui_predict_typed(struct tui *tui, const char *line) {
  uint32_t next = six_reader_output_event(tui->reader, six_reader_outputs_until(tui->reader, tui->position));
  if (next == UINT32_MAX) return;
  size_t length;
  const char *bytes = line_of(tui, next, &length);
  judge(tui, strlen(line) == length && !memcmp(bytes, line, length), 0);
}

static bool is_line(const struct tui *tui, uint32_t event, uint32_t other) {
  return six_trace_at(tui->trace, event).a == six_trace_at(tui->trace, other).a;
}

static void judge_order(struct tui *tui) {
  uint32_t first = six_reader_outputs_until(tui->reader, tui->position), right = 0;
  while (right < tui->candidate_count &&
         is_line(tui, tui->candidates[tui->picked[right]], six_reader_output_event(tui->reader, first + right)))
    right++;
  tui->popup = TUI_NO_POPUP;
  tui->predicted += tui->candidate_count;
  tui->right += right;
  uint32_t at = six_reader_output_event(tui->reader, first + (right < tui->candidate_count ? right : right - 1));
  tui->position = at;
  if (right == tui->candidate_count) tui_say(tui, false, "all %u lines are right", right);
  else explain_miss(tui, tui->candidates[tui->picked[right]], at);
}

void tui_predict_pick(struct tui *tui, uint32_t candidate) {
  if (candidate >= tui->candidate_count || is_picked(tui, candidate)) return;
  tui->picked[tui->picked_count++] = candidate;
  if (tui->picked_count == tui->candidate_count) judge_order(tui);
  else show_order(tui);
}

void tui_predict_unpick(struct tui *tui) {
  if (tui->picked_count) tui->picked_count--;
  show_order(tui);
}
