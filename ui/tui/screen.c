// The screen as a whole: header, panes, timeline, the two sentences, footer; over it popups and prompts.
#include <stdio.h>
#include <string.h>

#include "ui/tui/tui.h"

enum { LEAST_WIDTH = 40, LEAST_HEIGHT = 10, TWO_COLUMNS = 76, BOXES_HEIGHT = 28, THREE_COLUMNS = 150 };

static int maximum(int a, int b) { return a > b ? a : b; }

static int minimum(int a, int b) { return a < b ? a : b; }

// ---- Header

static void put_right(struct tui *tui, int y, unsigned style, const char *text) {
  int width = tui_width(text, strlen(text));
  tui_puts(&tui->canvas, tui->canvas.width - width, y, width, style, text);
}

static void draw_header(struct tui *tui, const struct six_moment *moment) {
  char clock[64], right[96];
  const char *name = strrchr(tui->path, '/');
  name = name ? name + 1 : !strcmp(tui->path, "-") ? "standard input" : tui->path;
  int width = tui->canvas.width, x = 1;
  x += tui_puts(&tui->canvas, x, 0, maximum(width / 3, 10), TUI_BOLD, name);
  snprintf(clock, sizeof clock, "   Node %d   turn %u   %.3f ms", tui->node, moment->turn, (double)moment->time / 1e6);
  x += tui_puts(&tui->canvas, x, 0, width - x, TUI_DEFAULT, clock);
  snprintf(right, sizeof right, "%sstep %u of %u ", tui->playing ? tui->playing > 0 ? "\xe2\x96\xb6 " : "\xe2\x97\x80 " : "", tui->position,
           tui->count - 1);
  if (tui_width(right, strlen(right)) + x + 2 <= width) put_right(tui, 0, tui->playing ? TUI_ACCENT | TUI_BOLD : TUI_DEFAULT, right);
  char tag[16];
  if (tui->followed && x + 52 < width)
    x += tui_putf(&tui->canvas, x + 2, 0, 20, tui_task_style(tui, tui->followed), "following %s",
                  six_trace_tag(tui->trace, tui->followed, tag)) +
         2;
  if (tui->predicting && x + 40 < width)
    tui_putf(&tui->canvas, x + 2, 0, 24, TUI_WARN | TUI_BOLD, "predict: %u of %u right", tui->right, tui->predicted);
  else if (six_reader_choices(tui->reader) && x + 40 < width)
    tui_putf(&tui->canvas, x + 2, 0, 24, TUI_WARN, "choices: %u", six_reader_choices(tui->reader));
}

// ---- Timeline: the run from left to right, a letter for what runs in each stretch

static char timeline_letter(const struct tui *tui, uint32_t first, uint32_t last) {
  static const char phases[] = "-tpipcx";
  struct six_event start = six_trace_at(tui->trace, first);
  // A stretch may hold many events: what a callback does stands out, then the phase at its start.
  for (uint32_t i = first; i <= last && i < first + 64; i++) {
    struct six_event event = six_trace_at(tui->trace, i);
    if (event.kind == SIX_EV_CHOICE) return '?';
    uint32_t task = event.cause;
    if (task && task < tui->count && six_trace_at(tui->trace, task).kind == SIX_EV_ENQUEUE) {
      char letter = six_task_letter((enum six_task_kind)six_trace_at(tui->trace, task).a);
      return letter == '-' ? 'm' : letter;
    }
  }
  return start.phase < sizeof phases - 1 ? phases[start.phase] : ' ';
}

static void draw_timeline(struct tui *tui, int y) {
  int width = tui->canvas.width - 2;
  tui->timeline = (struct tui_area){1, y, width, 1};
  int here = tui->count > 1 ? (int)((uint64_t)tui->position * (uint64_t)(width - 1) / (tui->count - 1)) : 0;
  for (int x = 0; x < width; x++) {
    uint32_t first = (uint32_t)((uint64_t)x * tui->count / (uint64_t)width),
             next = (uint32_t)((uint64_t)(x + 1) * tui->count / (uint64_t)width);
    if (first >= tui->count) first = tui->count - 1;
    char letter[2] = {timeline_letter(tui, first, next > first ? next - 1 : first), 0};
    uint32_t cause = six_trace_at(tui->trace, first).cause;
    unsigned style = *letter == '?' ? TUI_WARN | TUI_BOLD : *letter >= 'A' && *letter <= 'Z' ? tui_task_style(tui, cause) : TUI_FAINT;
    if (x == here) style = TUI_REVERSE | TUI_BOLD;
    tui_puts(&tui->canvas, 1 + x, y, 1, style, letter);
  }
}

// ---- now and why

static int draw_sentence(struct tui *tui, int y, int rows, const char *label, const struct six_text *text) {
  int width = tui->canvas.width - 7;
  tui_puts(&tui->canvas, 1, y, 5, TUI_ACCENT | TUI_BOLD, label);
  if (!text->length) return 1;
  int lines = tui_wrap(NULL, (struct tui_area){6, y, width, rows}, TUI_DEFAULT, text->bytes, text->length, 0);
  if (lines <= rows) return tui_wrap(&tui->canvas, (struct tui_area){6, y, width, rows}, TUI_DEFAULT, text->bytes, text->length, 0);
  // What does not fit ends visibly; Enter tells the rest.
  if (rows == 1) tui_put(&tui->canvas, 6, y, width, TUI_DEFAULT, text->bytes, text->length);
  else {
    tui_wrap(&tui->canvas, (struct tui_area){6, y, width, rows}, TUI_DEFAULT, text->bytes, text->length, 0);
    tui_puts(&tui->canvas, 6 + width - 1, y + rows - 1, 1, TUI_DEFAULT, "\xe2\x80\xa6");
  }
  return rows;
}

struct sentences {
  struct six_text now, why;
  int now_rows, why_rows;  // as many as they need, within reason
};

static int rows_of(const struct tui *tui, const struct six_text *text, int most) {
  int width = maximum(tui->canvas.width - 7, 1);
  int rows = text->length ? tui_wrap(NULL, (struct tui_area){6, 0, width, 1}, TUI_DEFAULT, text->bytes, text->length, 0) : 1;
  return minimum(rows, most);
}

static struct sentences say(struct tui *tui, int why_rows, bool may_grow) {
  struct sentences said = {.now_rows = 1, .why_rows = why_rows};
  six_say_now(tui->reader, tui->position, &said.now);
  six_say_why(tui->reader, tui->position, &said.why);
  if (!may_grow) return said;
  said.now_rows = rows_of(tui, &said.now, 2);
  said.why_rows = maximum(rows_of(tui, &said.why, 6), why_rows - (said.now_rows - 1));
  return said;
}

static void draw_sentences(struct tui *tui, int y, struct sentences *said) {
  draw_sentence(tui, y, said->now_rows, "now", &said->now);
  draw_sentence(tui, y + said->now_rows, said->why_rows, "why", &said->why);
  six_text_done(&said->now);
  six_text_done(&said->why);
}

// ---- Footer, messages, prompts

static const char *prompt_label(enum tui_prompt prompt) {
  static const char *const labels[] = {"", "/", "?", "go to event (or line of output: o12): ", ":", "next line: "};
  return labels[prompt];
}

static void draw_footer(struct tui *tui) {
  int y = tui->canvas.height - 1, width = tui->canvas.width;
  if (tui->prompt) {
    int used = tui_puts(&tui->canvas, 0, y, width, TUI_BOLD, prompt_label(tui->prompt));
    size_t from = 0;
    while (tui->prompt_text.length - from > 0 &&
           tui_width(tui->prompt_text.bytes + from, tui->prompt_text.length - from) > width - used - 2)
      from++;
    used += tui_put(&tui->canvas, used, y, width - used, TUI_DEFAULT, tui->prompt_text.bytes ? tui->prompt_text.bytes + from : "",
                    tui->prompt_text.length - from);
    tui_puts(&tui->canvas, used, y, 1, TUI_REVERSE, " ");
    struct six_text hint = {0};
    if (tui->prompt == TUI_PROMPT_COMMAND) tui_hint(tui, &hint);
    if (hint.length && used + 6 < width) tui_put(&tui->canvas, used + 2, y, width - used - 3, TUI_FAINT, hint.bytes, hint.length);
    six_text_done(&hint);
    return;
  }
  if (*tui->message) {
    tui_puts(&tui->canvas, 1, y, width - 2, (tui->message_is_bad ? TUI_BAD : TUI_WARN) | TUI_BOLD, tui->message);
    return;
  }
  static const char *const keys[] = {"\xe2\x86\x90/\xe2\x86\x92 event",
                                     "\xe2\x86\x91/\xe2\x86\x93 output line",
                                     "n/N callback",
                                     "p/P phase",
                                     "i/I turn",
                                     "s/S statement",
                                     "space play",
                                     "Tab item",
                                     "w why not yet",
                                     "/ search",
                                     "v Node",
                                     "b break"};
  static const char end[] = "? help  q quit";
  int x = 1, last = width - (int)sizeof end;
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    int size = tui_width(keys[i], strlen(keys[i]));
    if (x + size + 1 > last) break;
    x += tui_puts(&tui->canvas, x, y, size, TUI_FAINT, keys[i]) + 2;
  }
  tui_puts(&tui->canvas, maximum(last, 0), y, (int)sizeof end - 1, TUI_FAINT, end);
}

// ---- Panes

// A column of air on both sides; where a marker stands in the first column, that is the air.
static struct tui_area padded(struct tui_area area, enum tui_pane pane) {
  int before = pane == TUI_PANE_STACK || pane == TUI_PANE_OUTSIDE;
  return (struct tui_area){area.x + before, area.y, area.width - 1 - before, area.height};
}

static void draw_pane(struct tui *tui, const struct six_moment *moment, enum tui_pane pane, struct tui_area area) {
  if (area.width < 3 || area.height < 3) return;
  char title[96];
  const char *name = tui_views[pane].title;
  snprintf(title, sizeof title, "%s%s%s", name,
           pane == TUI_PANE_PROGRAM && tui->show_json ? " (JSON)"
           : pane == TUI_PANE_PROGRAM && tui->is_json ? " (as JavaScript)"
                                                      : "",
           pane == TUI_PANE_OUTPUT && tui->predicting ? " (so far)"
           : pane == TUI_PANE_OUTSIDE                 ? " (times are assumed)"
                                                      : "");
  tui->panes[pane] = area;
  unsigned style = pane == tui->pane ? TUI_ACCENT | TUI_BOLD : TUI_BORDER;
  tui_views[pane].draw(tui, moment, padded(tui_box(&tui->canvas, area, style, title), pane));
}

static void draw_queue_pane(struct tui *tui, const struct six_moment *moment, struct tui_area area) {
  tui->panes[TUI_PANE_LOOP] = area;
  unsigned style = tui->pane != TUI_PANE_PROGRAM && tui->pane != TUI_PANE_OUTPUT ? TUI_ACCENT | TUI_BOLD : TUI_BORDER;
  tui_draw_queues(tui, moment, padded(tui_box(&tui->canvas, area, style, "stack, queues, phases, outside"), TUI_PANE_LOOP));
}

// Frames share the line between them: each begins where the one above it ends.
static struct tui_area below(struct tui_area above, int height) {
  return (struct tui_area){above.x, above.y + above.height - 1, above.width, height};
}

enum { DRAIN_ROWS = 4, LOOP_ROWS = 8, TALL_LOOP_ROWS = 13 };  // with their frames

// Stack, drain, loop, outside, from top to bottom; what room is left goes to the stack and the outside.
static void draw_right(struct tui *tui, const struct six_moment *moment, struct tui_area area) {
  if (area.height < 14) {
    draw_queue_pane(tui, moment, area);
    return;
  }
  bool framed = area.height >= 17;  // else the outside joins the frame of the loop
  int loop = area.height >= 32 ? TALL_LOOP_ROWS : framed ? LOOP_ROWS : LOOP_ROWS + 1;
  int rest = area.height - DRAIN_ROWS - loop + (framed ? 3 : 2);
  int outside = framed ? minimum(maximum(rest * 2 / 5, 3), 8) : 0;
  struct tui_area at = {area.x, area.y, area.width, rest - outside};
  draw_pane(tui, moment, TUI_PANE_STACK, at);
  draw_pane(tui, moment, TUI_PANE_DRAIN, at = below(at, DRAIN_ROWS));
  draw_pane(tui, moment, TUI_PANE_LOOP, at = below(at, loop));
  if (framed) draw_pane(tui, moment, TUI_PANE_OUTSIDE, below(at, outside));
  else tui_views[TUI_PANE_OUTSIDE].draw(tui, moment, (struct tui_area){at.x + 2, at.y + loop - 2, at.width - 3, 1});
}

// Queues and phases side by side under the program, for narrow screens and long lines.
static void draw_stacked(struct tui *tui, const struct six_moment *moment, struct tui_area area) {
  int output = maximum(area.height / 5, 4), middle = 9, half = area.width / 2;
  struct tui_area program = {area.x, area.y, area.width, area.height - output - middle + 2};
  draw_pane(tui, moment, TUI_PANE_PROGRAM, program);
  struct tui_area stack = below(program, 4), loop = below(program, middle);
  stack.width = half;
  struct tui_area drain = below(stack, DRAIN_ROWS), outside = below(drain, 3);
  draw_pane(tui, moment, TUI_PANE_STACK, stack);
  draw_pane(tui, moment, TUI_PANE_DRAIN, drain);
  draw_pane(tui, moment, TUI_PANE_OUTSIDE, outside);
  draw_pane(tui, moment, TUI_PANE_LOOP, (struct tui_area){area.x + half - 1, loop.y, area.width - half + 1, middle});
  draw_pane(tui, moment, TUI_PANE_OUTPUT, below(loop, output));
}

static void draw_panes(struct tui *tui, const struct six_moment *moment, struct tui_area area) {
  int wants = tui->longest_line + 14;  // with numbers and a tag
  if (area.width >= THREE_COLUMNS) {
    int right = area.width * 3 / 10, middle = area.width * 3 / 10, left = area.width - right - middle + 2;
    draw_pane(tui, moment, TUI_PANE_PROGRAM, (struct tui_area){area.x, area.y, left, area.height});
    draw_right(tui, moment, (struct tui_area){area.x + left - 1, area.y, middle, area.height});
    draw_pane(tui, moment, TUI_PANE_OUTPUT, (struct tui_area){area.x + left + middle - 2, area.y, right, area.height});
    return;
  }
  int most = area.width - 46, least = area.width * 45 / 100;
  int left = minimum(maximum(wants, maximum(least, area.width - 56)), maximum(most, least));
  if (area.width < 100 && wants > left && area.height >= 16) {
    draw_stacked(tui, moment, area);
    return;
  }
  int output = maximum(area.height / 4, 4), main_height = area.height - output + 1;
  if (main_height < 17 && area.height - 5 >= 17) main_height = 17;
  if (main_height < 14 && area.height - 3 >= 14) main_height = 14;
  draw_pane(tui, moment, TUI_PANE_PROGRAM, (struct tui_area){area.x, area.y, left, main_height});
  draw_right(tui, moment, (struct tui_area){area.x + left - 1, area.y, area.width - left + 1, main_height});
  draw_pane(tui, moment, TUI_PANE_OUTPUT, (struct tui_area){area.x, area.y + main_height - 1, area.width, area.height - main_height + 1});
}

// One pane at a time, with tabs.
static void draw_tabs(struct tui *tui, const struct six_moment *moment, struct tui_area area) {
  static const struct {
    enum tui_pane pane;
    const char *name;
  } tabs[] = {{TUI_PANE_PROGRAM, "program"}, {TUI_PANE_LOOP, "queues"}, {TUI_PANE_OUTPUT, "output"}};
  int x = 1;
  for (int i = 0; i < 3; i++) {
    bool here = tui->pane == tabs[i].pane || (i == 1 && tui->pane != TUI_PANE_PROGRAM && tui->pane != TUI_PANE_OUTPUT);
    x += tui_putf(&tui->canvas, x, area.y, area.width, here ? TUI_BOLD | TUI_REVERSE : TUI_FAINT, " %d %s ", i + 1, tabs[i].name) + 1;
  }
  struct tui_area rest = {area.x, area.y + 1, area.width, area.height - 1};
  if (tui->pane == TUI_PANE_PROGRAM || tui->pane == TUI_PANE_OUTPUT) {
    tui->panes[tui->pane] = rest;
    tui_views[tui->pane].draw(tui, moment, rest);
  } else {
    tui->panes[TUI_PANE_LOOP] = rest;
    tui_draw_queues(tui, moment, rest);
  }
}

// ---- Popups

static struct tui_area popup_area(const struct tui *tui, int lines) {
  int width = minimum(tui->canvas.width - 2, 92), height = minimum(tui->canvas.height - 2, lines + 2);
  if (height < 3) height = 3;
  return (struct tui_area){(tui->canvas.width - width) / 2, (tui->canvas.height - height) / 2, width, height};
}

static void draw_popup(struct tui *tui) {
  if (!tui->popup) return;
  struct six_text help = {0};
  if (tui->popup == TUI_POPUP_HELP) tui_help_text(tui, &help);
  const struct six_text *text = tui->popup == TUI_POPUP_HELP ? &help : &tui->popup_text;
  const char *bytes = text->bytes ? text->bytes : "";
  size_t length = text->length;
  while (length && bytes[length - 1] == '\n') length--;
  int inner = minimum(tui->canvas.width - 2, 92) - 4;
  int lines = tui_wrap(NULL, (struct tui_area){0, 0, maximum(inner, 1), 1}, TUI_DEFAULT, bytes, length, 0);
  struct tui_area area = popup_area(tui, tui->popup == TUI_POPUP_HELP ? tui->canvas.height : lines);
  tui_fill(&tui->canvas, area, TUI_DEFAULT);
  struct tui_area inside = tui_box(&tui->canvas, area, TUI_ACCENT | TUI_BOLD, tui->popup_title);
  int most = maximum(lines - inside.height, 0);
  if (tui->popup_scroll > most) tui->popup_scroll = most;
  tui_wrap(&tui->canvas, (struct tui_area){inside.x + 1, inside.y, maximum(inner, 1), inside.height}, TUI_DEFAULT, bytes, length,
           tui->popup_scroll);
  if (most)
    tui_putf(&tui->canvas, area.x + 2, area.y + area.height - 1, area.width - 4, TUI_FAINT, " %d more lines: arrows ",
             most - tui->popup_scroll);
  six_text_done(&help);
}

void tui_draw(struct tui *tui) {
  tui_canvas_clear(&tui->canvas);
  memset(tui->panes, 0, sizeof tui->panes);
  tui->timeline = (struct tui_area){0};
  tui->item_count = 0;
  int width = tui->canvas.width, height = tui->canvas.height;
  if (width < LEAST_WIDTH || height < LEAST_HEIGHT) {
    tui_wrap(&tui->canvas, (struct tui_area){0, 0, width, height}, TUI_DEFAULT,
             "Please make the window larger: 40x10 at least, 100x30 is good. q quits.", 70, 0);
    return;
  }
  const struct six_moment *moment = six_reader_seek(tui->reader, tui->position);
  bool small = width < TWO_COLUMNS || height < 20;
  int why_rows = small ? (height < 12 ? 1 : height < 16 ? 2 : 3) : width < 84 && height > 25 ? 3 : width < 140 ? 2 : 1;
  int bottom = height - 1 - why_rows - 1 - 1;  // footer, why, now, timeline
  draw_header(tui, moment);
  if (tui->other) {
    tui_draw_compared(tui, (struct tui_area){0, 1, width, height - 3});
    draw_timeline(tui, height - 2);
    draw_footer(tui);
    draw_popup(tui);
    return;
  }
  // A long reason takes the timeline's row, then rows of the panes: it is what one is here for.
  struct sentences said = say(tui, why_rows, height >= 16);
  int top = height - 1 - said.now_rows - said.why_rows;
  moment = six_reader_seek(tui->reader, tui->position);  // the sentences looked at others
  struct tui_area area = {0, 1, width, minimum(bottom, top) - 1};
  if (small) draw_tabs(tui, moment, area);
  else if (tui->zoom) draw_pane(tui, moment, tui->pane, area);
  else draw_panes(tui, moment, area);
  if (top > bottom) draw_timeline(tui, bottom);
  draw_sentences(tui, top, &said);
  draw_footer(tui);
  draw_popup(tui);
}
