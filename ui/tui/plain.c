// The same stepping as a dialogue, line by line and without cursor movement, for screen readers and simple terminals.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ui/tui/tui.h"

static void add_printable(struct six_text *out, const char *bytes, size_t length) {
  for (size_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)bytes[i];
    six_text_addc(out, (c < 0x20 && c != '\n') || c == 0x7F ? '?' : (char)c);
  }
  if (!length || bytes[length - 1] != '\n') six_text_addc(out, '\n');
}

static void add_list(struct tui *tui, struct six_text *out, const char *name, const struct six_task_list *list) {
  char tag[16];
  if (!list->count) return;
  six_text_addf(out, "%s:", name);
  for (uint32_t i = 0; i < list->listed && i < 20; i++)
    six_text_addf(out, " %s", six_trace_tag(tui->trace, list->items[list->first + i], tag));
  if (list->count > 20) six_text_addf(out, " and %u more", list->count - 20);
  six_text_adds(out, ". ");
}

static void add_line(struct tui *tui, struct six_text *out) {
  uint32_t line = tui_current_line(tui, six_reader_seek(tui->reader, tui->position));
  size_t length;
  const char *bytes = tui_line_text(tui, line, &length);
  while (length && *bytes == ' ') bytes++, length--;
  if (!line || !length) return;
  six_text_addf(out, "Line %u: ", line);
  add_printable(out, bytes, length < 200 ? length : 200);
}

static void add_state(struct tui *tui, struct six_text *out) {
  const struct six_moment *m = six_reader_seek(tui->reader, tui->position);
  char tag[16];
  six_text_addf(out, "Phase %s, turn %u, ", six_phase_title(m->phase), m->turn);
  six_say_ns(m->time, out);
  six_text_adds(out, ". ");
  add_list(tui, out, "nextTick", &m->ticks);
  add_list(tui, out, "microtasks", &m->microtasks);
  if (m->timer_count) {
    six_text_adds(out, "timers:");
    for (uint32_t i = 0; i < m->timers_listed && i < 20; i++) six_text_addf(out, " %s", six_trace_tag(tui->trace, m->timers[i].task, tag));
    six_text_adds(out, ". ");
  }
  add_list(tui, out, "pending", &m->pending);
  add_list(tui, out, "poll", &m->poll);
  add_list(tui, out, "check", &m->immediates);
  add_list(tui, out, "close", &m->closing);
  if (m->outside_count) six_text_addf(out, "%u under way outside. ", m->outside_count);
  six_text_addc(out, '\n');
}

static void tell(struct tui *tui) {
  struct six_text out = {0};
  if (*tui->message) six_text_addf(&out, "%s\n", tui->message);
  if (tui->popup) {
    struct six_text help = {0};
    if (tui->popup == TUI_POPUP_HELP) tui_help_text(tui, &help);
    const struct six_text *text = tui->popup == TUI_POPUP_HELP ? &help : &tui->popup_text;
    add_printable(&out, text->bytes, text->length);
    six_text_done(&help);
    if (tui->popup != TUI_POPUP_PREDICT) tui->popup = TUI_NO_POPUP;
  } else {
    six_text_addf(&out, "Event %u of %u. ", tui->position, tui->count - 1);
    six_say_now(tui->reader, tui->position, &out);
    six_text_addc(&out, '\n');
    size_t before = out.length;
    six_say_why(tui->reader, tui->position, &out);
    if (out.length > before) six_text_addc(&out, '\n');
    add_line(tui, &out);
    add_state(tui, &out);
    struct six_event event = six_trace_at(tui->trace, tui->position);
    if (event.kind == SIX_EV_OUTPUT) {
      size_t length;
      const char *bytes = six_trace_text(tui->trace, event.a, &length);
      six_text_adds(&out, "Output: ");
      add_printable(&out, bytes, length);
    }
  }
  ui_write_text(STDOUT_FILENO, &out);
}

static void do_line(struct tui *tui, char *line) {
  static const struct {
    const char *word;
    enum tui_request request;
  } words[] = {{"", TUI_EVENT_NEXT},
               {"back", TUI_EVENT_BACK},
               {"output", TUI_OUTPUT_NEXT},
               {"callback", TUI_CALLBACK_NEXT},
               {"phase", TUI_PHASE_NEXT},
               {"turn", TUI_TURN_NEXT},
               {"statement", TUI_STATEMENT_NEXT},
               {"start", TUI_START},
               {"end", TUI_END},
               {"help", TUI_HELP},
               {"quit", TUI_QUIT}};
  line[strcspn(line, "\r\n")] = '\0';
  *tui->message = '\0';
  if (*line == ':') {
    tui_command(tui, line + 1);
    return;
  }
  if (*line == '/') {
    six_text_done(&tui->searched);
    six_text_adds(&tui->searched, line + 1);
    if (line[1]) tui_find_text(tui, line + 1, false);
    return;
  }
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (!strcmp(words[i].word, line)) {
      tui_act(tui, words[i].request);
      return;
    }
  tui_keys(tui, line);  // the keys of the screen work here too
}

int tui_plain(struct tui *tui) {
  char *line = NULL;
  size_t capacity = 0;
  tui_canvas_resize(&tui->canvas, 100, 30);
  static const char hello[] =
      "Return steps on; back, output, callback, phase, turn, end, help, quit; the keys of the screen and :commands work too.\n";
  ui_write(STDOUT_FILENO, hello, sizeof hello - 1);
  for (;;) {
    tell(tui);
    ui_write(STDOUT_FILENO, "> ", 2);
    if (getline(&line, &capacity, stdin) < 0) break;
    do_line(tui, line);
    if (tui->quit) break;
  }
  free(line);
  return 0;
}
