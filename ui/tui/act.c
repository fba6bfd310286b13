// Keys become requests, requests are done. The table of keys is also the help.
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/tui/tui.h"

const struct tui_binding tui_bindings[] = {
    {TUI_KEY_RIGHT, TUI_EVENT_NEXT, "Right, l", "one event on"},
    {'l', TUI_EVENT_NEXT, NULL, NULL},
    {TUI_KEY_LEFT, TUI_EVENT_BACK, "Left, h", "one event back"},
    {'h', TUI_EVENT_BACK, NULL, NULL},
    {TUI_KEY_DOWN, TUI_OUTPUT_NEXT, "Down, j", "to the next line of output"},
    {'j', TUI_OUTPUT_NEXT, NULL, NULL},
    {TUI_KEY_UP, TUI_OUTPUT_BACK, "Up, k", "to the line of output before"},
    {'k', TUI_OUTPUT_BACK, NULL, NULL},
    {'s', TUI_STATEMENT_NEXT, "s", "to the next statement"},
    {'S', TUI_STATEMENT_BACK, "S", "to the statement before"},
    {'n', TUI_CALLBACK_NEXT, "n", "to the next callback"},
    {'N', TUI_CALLBACK_BACK, "N", "to the callback before"},
    {'p', TUI_PHASE_NEXT, "p", "to the next phase in which something waits"},
    {'P', TUI_PHASE_BACK, "P", "to the phase before in which something waited"},
    {'i', TUI_TURN_NEXT, "i", "to the next turn (iteration) of the loop"},
    {'I', TUI_TURN_BACK, "I", "to the turn before"},
    {'o', TUI_CHOICE_NEXT, "o", "to the next choice that Node leaves open"},
    {'O', TUI_CHOICE_BACK, "O", "to the choice before"},
    {'t', TUI_CHOOSE, "t", "at a choice: take the other answer, and run on from there"},
    {TUI_KEY_HOME, TUI_START, "Home, g g", "to the start"},
    {TUI_KEY_END, TUI_END, "End, G", "to the end"},
    {'G', TUI_END, NULL, NULL},
    {'g', TUI_GOTO, "g", "go to an event by number, to a line of output by o and its number"},
    {'b', TUI_BREAK, "b", "set or remove a breakpoint at the current line (:break for others)"},
    {'c', TUI_BREAK_NEXT, "c", "run to the next breakpoint"},
    {'C', TUI_BREAK_BACK, "C", "run back to a breakpoint"},
    {' ', TUI_PLAY, "Space", "play, or stop"},
    {TUI_KEY_BACKSPACE, TUI_PLAY_BACK, "Backspace", "play backwards, or stop"},
    {'+', TUI_FASTER, "+, -", "play faster, slower"},
    {'=', TUI_FASTER, NULL, NULL},
    {'-', TUI_SLOWER, NULL, NULL},
    {TUI_KEY_TAB, TUI_ITEM_NEXT, "Tab", "choose the next callback on the screen"},
    {TUI_KEY_BACK_TAB, TUI_ITEM_BACK, "Shift-Tab", "choose the one before"},
    {TUI_KEY_ENTER, TUI_DETAILS, "Enter", "what it is, who scheduled it, what it waits for, what it will do"},
    {'w', TUI_WHY_NOT, "w", "why it has not run yet: what must happen first"},
    {'r', TUI_RULE, "r", "the rule that decides here"},
    {'e', TUI_VARIABLES, "e", "examine: the variables in scope, function by function"},
    {'a', TUI_GOTO_SCHEDULED, "a", "to where the chosen callback was scheduled"},
    {'f', TUI_FOLLOW_NEXT, "f", "follow the chosen callback or async call: to the next event that touches it"},
    {'F', TUI_FOLLOW_BACK, "F", "to the event before that touches it (Esc: follow no more)"},
    {'/', TUI_SEARCH, "/", "search: output, labels, functions, source lines, tags such as T1"},
    {'?', TUI_HELP, "?", "this help; type to filter it"},
    {']', TUI_FOUND_NEXT, "], [", "to the next, previous place found"},
    {'[', TUI_FOUND_BACK, NULL, NULL},
    {'d', TUI_PREDICT, "d", "predict: before each line, say what comes"},
    {'D', TUI_PREDICT_ORDER, "D", "predict the order of all lines that follow (up to nine at once)"},
    {'v', TUI_NODE_NEXT, "v, V", "the same place under the next, previous Node major"},
    {'V', TUI_NODE_BACK, NULL, NULL},
    {'m', TUI_COMPARE, "m", "another Node major at the side, in lock step (:compare 10 for a certain one), or not"},
    {'M', TUI_PART, "M", "to where the two majors part"},
    {'J', TUI_SHOW_JSON, "J", "show the scenario's JSON instead of its JavaScript"},
    {'z', TUI_ZOOM, "z", "enlarge the pane in focus, or back"},
    {'.', TUI_PANE_NEXT, "., ,", "focus the next, previous pane"},
    {',', TUI_PANE_BACK, NULL, NULL},
    {TUI_KEY_PAGE_DOWN, TUI_SCROLL_DOWN, "PgDn, PgUp", "scroll the pane in focus"},
    {TUI_KEY_PAGE_UP, TUI_SCROLL_UP, NULL, NULL},
    {'>', TUI_SHIFT_LEFT, ">, <", "see more of long lines at the right, at the left"},
    {'<', TUI_SHIFT_RIGHT, NULL, NULL},
    {TUI_KEY_WHEEL_DOWN, TUI_SCROLL_DOWN, NULL, NULL},
    {TUI_KEY_WHEEL_UP, TUI_SCROLL_UP, NULL, NULL},
    {'x', TUI_SAVE, "x", "save this screen as text"},
    {'R', TUI_RELOAD, "R", "read the file again"},
    {':', TUI_COMMAND, ":", "a command; Tab completes it, :help lists them"},
    {12, TUI_REDRAW, "Ctrl-L", "draw the screen anew"},
    {TUI_KEY_ESCAPE, TUI_CLOSE, "Esc", "close what is open, forget the choice"},
    {'q', TUI_QUIT, "q", "quit"},
};
const int tui_binding_count = sizeof tui_bindings / sizeof *tui_bindings;

// ---- Texts in popups

void tui_open_text(struct tui *tui, const char *title, struct six_text text) {
  six_text_done(&tui->popup_text);
  tui->popup_text = text;
  tui->popup = TUI_POPUP_TEXT;
  tui->popup_scroll = 0;
  snprintf(tui->popup_title, sizeof tui->popup_title, "%s", title);
}

static bool matches(const char *text, const char *filter) { return !filter || !*filter || (text && strcasestr(text, filter)); }

// What each pane shows, and the keys that are meant for it.
static const struct pane_help {
  const char *text;
  enum tui_request keys[12];
} pane_help[TUI_PANES] = {
    [TUI_PANE_PROGRAM] = {"program: the line that runs stands out; a tag stands at the line that scheduled it",
                          {TUI_STATEMENT_NEXT, TUI_STATEMENT_BACK, TUI_BREAK, TUI_BREAK_NEXT, TUI_BREAK_BACK, TUI_SHOW_JSON,
                           TUI_SCROLL_DOWN}},
    [TUI_PANE_STACK] = {"call stack: innermost on top, the callback that it all belongs to at the bottom",
                        {TUI_VARIABLES, TUI_STATEMENT_NEXT, TUI_STATEMENT_BACK, TUI_CALLBACK_NEXT, TUI_CALLBACK_BACK}},
    [TUI_PANE_DRAIN] = {"before anything else: when the stack is empty, ticks and then microtasks run before the loop goes on",
                        {TUI_CALLBACK_NEXT, TUI_CALLBACK_BACK, TUI_ITEM_NEXT, TUI_WHY_NOT, TUI_FOLLOW_NEXT, TUI_FOLLOW_BACK}},
    [TUI_PANE_LOOP] = {"event loop: the six phases as a ring, each with what waits in it; the lit one is where the loop is",
                       {TUI_PHASE_NEXT, TUI_PHASE_BACK, TUI_TURN_NEXT, TUI_TURN_BACK, TUI_CHOICE_NEXT, TUI_CHOICE_BACK, TUI_CHOOSE,
                        TUI_WHY_NOT}},
    [TUI_PANE_OUTSIDE] =
        {"outside: threads and operations under way. Their times are the world's assumption (:latency and :threads change it)",
         {TUI_ITEM_NEXT, TUI_DETAILS, TUI_WHY_NOT, TUI_COMMAND}},
    [TUI_PANE_OUTPUT] = {"output: each line with what printed it at its right",
                         {TUI_OUTPUT_NEXT, TUI_OUTPUT_BACK, TUI_GOTO, TUI_PREDICT, TUI_PREDICT_ORDER, TUI_SEARCH, TUI_SCROLL_DOWN}},
};

static bool is_pane_key(const struct pane_help *help, enum tui_request request) {
  for (size_t i = 0; i < sizeof help->keys / sizeof *help->keys && help->keys[i]; i++)
    if (help->keys[i] == request) return true;
  return false;
}

static void add_keys(const struct pane_help *help, bool own, const char *filter, struct six_text *out) {
  for (int i = 0; i < tui_binding_count; i++) {
    const struct tui_binding *binding = &tui_bindings[i];
    if (!binding->name || is_pane_key(help, binding->request) != own) continue;
    if (matches(binding->help, filter) || matches(binding->name, filter)) six_text_addf(out, "%-12s %s\n", binding->name, binding->help);
  }
}

void tui_help_text(const struct tui *tui, struct six_text *out) {
  const struct pane_help *help = &pane_help[tui->pane < TUI_PANES ? tui->pane : TUI_PANE_PROGRAM];
  const char *filter = tui->filter.length ? tui->filter.bytes : "";
  six_text_addf(out, "filter: %s_\n\n", filter);
  if (matches(help->text, filter)) six_text_addf(out, "%s\n", help->text);
  add_keys(help, true, filter, out);
  six_text_adds(out, "\n");
  add_keys(help, false, filter, out);
  if (matches("tags letters", filter))
    six_text_adds(out,
                  "\nTags: T timer, I immediate, N nextTick, M microtask, A await, F file or pool, S socket, C close, E event.\n"
                  "\xe2\x96\xb6 runs, \xe2\x9c\x93 has run, \xe2\x9c\x97 cancelled, \xe2\x86\x97 has just left its queue.\n"
                  "The strip above the sentences is the run from start to end: a letter for what runs, ? for a choice.\n");
}

static void open_help(struct tui *tui) {
  six_text_done(&tui->filter);
  tui->popup = TUI_POPUP_HELP;
  tui->popup_scroll = 0;
  snprintf(tui->popup_title, sizeof tui->popup_title, "keys");
}

// ---- The chosen item

// What a question is about: the chosen item, else what the present event is about, else what runs.
uint32_t tui_subject(struct tui *tui) {
  if (tui->selected) return tui->selected;
  uint32_t task = tui_event_task(tui, tui->position);
  if (!task) task = six_reader_running(tui->reader, tui->position);
  return task && six_trace_at(tui->trace, task).a != SIX_TASK_MAIN ? task : 0;
}

// The callback that one would most expect next: the first that waits.
static uint32_t first_waiting(struct tui *tui) {
  const struct six_moment *m = six_reader_seek(tui->reader, tui->position);
  const struct six_task_list *lists[] = {&m->ticks, &m->microtasks, &m->immediates, &m->pending, &m->poll, &m->closing};
  for (size_t i = 0; i < 2; i++)
    if (lists[i]->listed) return lists[i]->items[lists[i]->first];
  if (m->timers_listed) return m->timers[0].task;
  for (size_t i = 2; i < 6; i++)
    if (lists[i]->listed) return lists[i]->items[lists[i]->first];
  return m->outside_listed ? m->outside[0].task : 0;
}

static void choose(struct tui *tui, int direction) {
  if (!tui->item_count) {
    tui_say(tui, false, "nothing waits here");
    return;
  }
  int at = -1;  // none is selected yet
  for (int i = 0; i < tui->item_count && at < 0; i++)
    if (tui->items[i].task == tui->selected) at = i;
  // A task may stand at several places: the next one has to be another task.
  for (int step = 0; step < tui->item_count; step++) {
    at = at < 0 ? (direction > 0 ? 0 : tui->item_count - 1) : (at + direction + tui->item_count) % tui->item_count;
    if (tui->items[at].task != tui->selected) break;
  }
  tui->selected = tui->items[at].task;
  struct six_text text = {0};
  six_say_callback(tui->reader, tui->selected, &text);
  tui_say(tui, false, "%s: Enter tells more, w why not yet, f follows it, a goes to where it was scheduled", text.bytes);
  six_text_done(&text);
}

// What a callback does while it runs, as the run will show.
static void add_deeds(struct tui *tui, const struct six_task_info *info, struct six_text *out) {
  int count = 0;
  char tag[16];
  for (uint32_t i = info->begin + 1; i < tui->count && i < info->begin + 5000 && count < 8; i++) {
    struct six_event event = six_trace_at(tui->trace, i);
    if (event.kind == SIX_EV_END && event.subject == info->task) break;
    bool prints = event.kind == SIX_EV_OUTPUT, makes = event.kind == SIX_EV_ENQUEUE && event.site;
    if (event.cause != info->task || !(prints || makes)) continue;
    six_text_adds(out, count++ ? ", " : "\ndoes       ");
    size_t length;
    const char *bytes = prints ? six_trace_text(tui->trace, event.a, &length) : NULL;
    if (prints) {
      while (length && bytes[length - 1] == '\n') length--;
      six_text_adds(out, "prints '");
      for (size_t k = 0; k < length && k < 40; k++) six_text_addc(out, bytes[k] == '\n' ? ' ' : bytes[k]);
      six_text_adds(out, length > 40 ? "...'" : "'");
    } else six_text_addf(out, "makes %s (%s)", six_trace_tag(tui->trace, i, tag), six_task_api((enum six_task_kind)event.a));
  }
  if (count) six_text_adds(out, count == 8 ? ", ...\n" : "\n");
}

void tui_details(struct tui *tui, uint32_t task, struct six_text *out) {
  struct six_task_info info;
  char tag[16];
  if (!six_reader_task(tui->reader, task, tui->position, &info)) return;
  six_say_callback(tui->reader, task, out);
  six_text_adds(out, "\n\nscheduled  ");
  uint32_t line = tui_line(tui, info.scheduled);
  if (line) six_text_addf(out, "at line %u, ", line);
  six_text_addf(out, "by %s%s, event %u (a goes there)\n", info.by ? six_trace_tag(tui->trace, info.by, tag) : "the start",
                info.by && six_trace_at(tui->trace, info.by).a == SIX_TASK_MAIN ? " script" : "", task);
  if (line) {
    size_t length;
    const char *bytes = tui_line_text(tui, line, &length);
    while (length && *bytes == ' ') bytes++, length--;
    six_text_adds(out, "           ");
    six_text_add(out, bytes, length < 400 ? length : 400);
    six_text_addc(out, '\n');
  }
  six_text_adds(out, "\nstate      ");
  struct six_text state = {0};
  six_say_why_not_yet(tui->reader, tui->position, task, &state);
  for (size_t i = 0; i < state.length; i++) {
    six_text_addc(out, state.bytes[i]);
    if (state.bytes[i] == '\n' && i + 1 < state.length) six_text_adds(out, "           ");
  }
  six_text_done(&state);
  line = tui_line(tui, info.callback);
  if (line) six_text_addf(out, "\ncallback   at line %u\n", line);
  if (info.begin) six_text_addf(out, "\nruns       at event %u, after ", info.begin);
  if (info.begin) six_say_ns(six_trace_at(tui->trace, info.begin).time, out);
  if (info.begin) six_text_addc(out, '\n');
  if (info.begin && !tui->predicting) add_deeds(tui, &info, out);
}

static void open_details(struct tui *tui) {
  uint32_t task = tui_subject(tui);
  if (!task) task = first_waiting(tui);
  if (!task) {
    tui_say(tui, false, "nothing is chosen: Tab chooses a callback");
    return;
  }
  struct six_text text = {0};
  char tag[16];
  tui_details(tui, task, &text);
  tui_open_text(tui, six_trace_tag(tui->trace, task, tag), text);
}

static void open_why_not(struct tui *tui) {
  uint32_t task = tui->selected ? tui->selected : first_waiting(tui);
  if (!task) {
    tui_say(tui, false, "nothing waits");
    return;
  }
  struct six_text text = {0};
  char tag[16], title[40];
  six_say_callback(tui->reader, task, &text);
  six_text_adds(&text, "\n\n");
  six_say_why_not_yet(tui->reader, tui->position, task, &text);
  snprintf(title, sizeof title, "why not %s yet?", six_trace_tag(tui->trace, task, tag));
  tui_open_text(tui, title, text);
}

static void open_variables(struct tui *tui) {
  struct six_text text = {0};
  if (six_reader_seek(tui->reader, tui->position)->running_count) tui_look(tui, &text);
  if (text.length) tui_open_text(tui, "variables in scope", text);
  else tui_say(tui, false, "no function of the program is on the stack here");
}

static void add_rule(struct six_text *out, int number) {
  const struct six_rule_text *rule = six_rule_text(number);
  if (!rule) return;
  if (out->length) six_text_adds(out, "\n\n");
  six_text_addf(out, "R%d  %s\n\n%s\n", rule->number, rule->title, rule->text);
  if (rule->example) six_text_addf(out, "\n%s\n", rule->example);
}

static void open_rules_in(struct tui *tui, const char *sentence) {
  struct six_text text = {0};
  int seen[8], count = 0;
  for (const char *at = sentence; at && (at = strchr(at, 'R')); at++) {
    int number = isdigit((unsigned char)at[1]) ? atoi(at + 1) : 0;
    bool again = !number || count == 8;
    for (int i = 0; i < count; i++) again = again || seen[i] == number;
    if (again) continue;
    seen[count++] = number;
    add_rule(&text, number);
  }
  if (text.length) tui_open_text(tui, "the rules that decide here", text);
  else tui_say(tui, false, "no rule decides here");
}

static void open_rule(struct tui *tui) {
  struct six_text text = {0};
  six_say_why(tui->reader, tui->position, &text);
  open_rules_in(tui, text.bytes);
  six_text_done(&text);
}

// ---- Other Nodes

static void change_node(struct tui *tui, int step) {
  int node = tui->node + step;
  if (node < SIX_NODE_FIRST) node = SIX_NODE_LAST;
  if (node > SIX_NODE_LAST) node = SIX_NODE_FIRST;
  if (tui_reopen(tui, node, false)) tui_say(tui, false, "Node %d; `sixphase matrix` compares all majors", node);
}

// ---- Scrolling, panes

static void scroll(struct tui *tui, int lines) {
  if (tui->popup) {
    tui->popup_scroll += lines;
    if (tui->popup_scroll < 0) tui->popup_scroll = 0;
  } else if (tui->pane == TUI_PANE_OUTPUT) {
    tui->output_scroll -= lines;
    if (tui->output_scroll < 0) tui->output_scroll = 0;
  } else {
    tui->program_scroll += lines;
    int limit = (int)(tui->show_json ? tui->json_count : tui->line_count);
    if (tui->program_scroll > limit) tui->program_scroll = limit;
    if (tui->program_scroll < -limit) tui->program_scroll = -limit;
  }
}

static void shift(struct tui *tui, int cells) {
  tui->shift += cells;
  if (tui->shift < 0) tui->shift = 0;
  if (tui->shift > 200000) tui->shift = 200000;
  if (tui->shift) tui_say(tui, false, "lines are shifted by %d: < shifts them back", tui->shift);
  else tui_say(tui, false, "lines begin at the left");
}

static void focus(struct tui *tui, int step) {
  for (int i = 0; i < TUI_PANES; i++) {
    tui->pane = (enum tui_pane)(((int)tui->pane + step + TUI_PANES) % TUI_PANES);
    if (tui->zoom || tui->panes[tui->pane].width || !tui->panes[TUI_PANE_PROGRAM].width) return;
  }
}

static void toggle_json(struct tui *tui) {
  if (!tui->is_json) {
    tui_say(tui, false, "this is JavaScript already: there is no JSON behind it");
    return;
  }
  tui->show_json = !tui->show_json;
  tui_index_tags(tui);
}

static void open_prompt(struct tui *tui, enum tui_prompt prompt) {
  tui->prompt = prompt;
  tui->prompt_text.length = 0;
  if (tui->prompt_text.bytes) *tui->prompt_text.bytes = '\0';
}

static void set_speed(struct tui *tui, bool faster) {
  tui->speed_ms = faster ? tui->speed_ms * 2 / 3 : tui->speed_ms * 3 / 2;
  if (tui->speed_ms < 20) tui->speed_ms = 20;
  if (tui->speed_ms > 5000) tui->speed_ms = 5000;
  tui_say(tui, false, "an event each %d ms", tui->speed_ms);
}

static void break_here(struct tui *tui) {
  char words[32];
  uint32_t line = tui_current_line(tui, six_reader_seek(tui->reader, tui->position));
  if (!line) {
    tui_say(tui, false, "no line of the program runs here");
    return;
  }
  snprintf(words, sizeof words, "line %u", line);
  tui_add_breakpoint(tui, words);
}

static void go_to_scheduled(struct tui *tui) {
  uint32_t task = tui_subject(tui);
  if (task) tui_go(tui, task);
  else tui_say(tui, false, "nothing is chosen: Tab chooses a callback");
}

static void close_all(struct tui *tui) {
  tui->popup = TUI_NO_POPUP;
  tui->selected = tui->followed = 0;
  tui->playing = 0;
}

void tui_act(struct tui *tui, enum tui_request request) {
  if (tui_move(tui, request)) return;
  switch (request) {
    case TUI_PLAY: tui->playing = tui->playing ? 0 : 1; break;
    case TUI_PLAY_BACK: tui->playing = tui->playing ? 0 : -1; break;
    case TUI_FASTER: set_speed(tui, true); break;
    case TUI_SLOWER: set_speed(tui, false); break;
    case TUI_ITEM_NEXT: choose(tui, 1); break;
    case TUI_ITEM_BACK: choose(tui, -1); break;
    case TUI_DETAILS: open_details(tui); break;
    case TUI_VARIABLES: open_variables(tui); break;
    case TUI_WHY_NOT: open_why_not(tui); break;
    case TUI_RULE: open_rule(tui); break;
    case TUI_BREAK: break_here(tui); break;
    case TUI_GOTO_SCHEDULED: go_to_scheduled(tui); break;
    case TUI_SCROLL_UP: scroll(tui, -3); break;
    case TUI_SCROLL_DOWN: scroll(tui, 3); break;
    case TUI_SHIFT_LEFT: shift(tui, 8); break;
    case TUI_SHIFT_RIGHT: shift(tui, -8); break;
    case TUI_PANE_NEXT: focus(tui, 1); break;
    case TUI_PANE_BACK: focus(tui, -1); break;
    case TUI_ZOOM: tui->zoom = !tui->zoom; break;
    case TUI_SHOW_JSON: toggle_json(tui); break;
    case TUI_NODE_NEXT: change_node(tui, 1); break;
    case TUI_NODE_BACK: change_node(tui, -1); break;
    case TUI_COMPARE: tui_compare(tui, tui->other ? 0 : -1); break;
    case TUI_PART:
      if (tui->other && tui->match.part[0] < tui->count) tui_go(tui, tui->match.part[0]);
      else tui_say(tui, false, tui->other ? "the two runs do not part" : "m puts another major at the side");
      break;
    case TUI_CHOOSE: tui_choose_other(tui); break;
    case TUI_SEARCH: open_prompt(tui, TUI_PROMPT_SEARCH); break;
    case TUI_GOTO: open_prompt(tui, TUI_PROMPT_GOTO); break;
    case TUI_COMMAND: open_prompt(tui, TUI_PROMPT_COMMAND); break;
    case TUI_HELP: open_help(tui); break;
    case TUI_SAVE: tui_save(tui, NULL); break;
    case TUI_PREDICT:
      tui->predicting = !tui->predicting;
      tui_say(tui, false,
              tui->predicting ? "predict: each line is asked for before it is printed" : "predicting is over: %u of %u were right",
              tui->right, tui->predicted);
      break;
    case TUI_PREDICT_ORDER: tui_predict_order(tui); break;
    case TUI_RELOAD:
      if (tui_reopen(tui, tui->node, true)) tui_say(tui, false, "the file was read again");
      break;
    case TUI_CLOSE: close_all(tui); break;
    case TUI_QUIT: tui->quit = true; break;
    default: break;
  }
}

// ---- Keys

static void remove_last(struct six_text *text) {
  while (text->length && ((unsigned char)text->bytes[text->length - 1] & 0xC0) == 0x80) text->length--;
  if (text->length) text->length--;
  if (text->bytes) text->bytes[text->length] = '\0';
}

static void finish_prompt(struct tui *tui) {
  enum tui_prompt prompt = tui->prompt;
  const char *text = tui->prompt_text.length ? tui->prompt_text.bytes : "";
  tui->prompt = TUI_NO_PROMPT;
  switch (prompt) {
    case TUI_PROMPT_SEARCH:
    case TUI_PROMPT_SEARCH_BACK:
      if (*text) {
        six_text_done(&tui->searched);
        six_text_adds(&tui->searched, text);
      }
      if (tui->searched.length && tui_find_text(tui, tui->searched.bytes, prompt == TUI_PROMPT_SEARCH_BACK))
        tui_say(tui, false, "found '%.100s': ] goes on, [ back", tui->searched.bytes);
      break;
    case TUI_PROMPT_GOTO: tui_goto(tui, text); break;
    case TUI_PROMPT_COMMAND: tui_command(tui, text); break;
    case TUI_PROMPT_PREDICT: tui_predict_typed(tui, text); break;
    default: break;
  }
}

static void prompt_key(struct tui *tui, int key) {
  if (key == TUI_KEY_ESCAPE || key == 3) tui->prompt = TUI_NO_PROMPT;
  else if (key == TUI_KEY_ENTER) finish_prompt(tui);
  else if (key == TUI_KEY_TAB && tui->prompt == TUI_PROMPT_COMMAND) tui_complete(tui);
  else if (key == TUI_KEY_BACKSPACE && !tui->prompt_text.length) tui->prompt = TUI_NO_PROMPT;
  else if (key == TUI_KEY_BACKSPACE) remove_last(&tui->prompt_text);
  else if (key == 21) tui->prompt_text.length = 0;
  else if (key == 'g' && tui->prompt == TUI_PROMPT_GOTO && !tui->prompt_text.length) {
    tui->prompt = TUI_NO_PROMPT;  // gg, as in vi
    tui_go(tui, 0);
  } else if (key >= 0x20 && key < TUI_KEY_FIRST && tui->prompt_text.length < 4000)
    six_text_add_code_point(&tui->prompt_text, (uint32_t)key);
}

static bool popup_key(struct tui *tui, int key) {
  switch (key) {
    case TUI_KEY_DOWN:
    case TUI_KEY_WHEEL_DOWN: scroll(tui, 1); return true;
    case TUI_KEY_UP:
    case TUI_KEY_WHEEL_UP: scroll(tui, -1); return true;
    case TUI_KEY_PAGE_DOWN: scroll(tui, 10); return true;
    case TUI_KEY_PAGE_UP: scroll(tui, -10); return true;
    case TUI_KEY_ESCAPE: tui->popup = TUI_NO_POPUP; return true;
    default: break;
  }
  if (tui->popup == TUI_POPUP_HELP) {
    if (key == TUI_KEY_ENTER) tui->popup = TUI_NO_POPUP;
    else if (key == 'q' && !tui->filter.length) tui->popup = TUI_NO_POPUP;
    else if (key == TUI_KEY_BACKSPACE) remove_last(&tui->filter);
    else if (key >= 0x20 && key < TUI_KEY_FIRST && tui->filter.length < 40)
      six_text_add_code_point(&tui->filter, (uint32_t)key), tui->popup_scroll = 0;
    return true;
  }
  if (tui->popup == TUI_POPUP_PREDICT) {
    if (key >= '1' && key <= '9') tui_predict_answer(tui, (uint32_t)(key - '1'));
    else if (key == 't') open_prompt(tui, TUI_PROMPT_PREDICT);
    else if (key == 'q') tui->popup = TUI_NO_POPUP, tui->predicting = false;
    return true;
  }
  if (tui->popup == TUI_POPUP_ORDER) {
    if (key >= '1' && key <= '9') tui_predict_pick(tui, (uint32_t)(key - '1'));
    else if (key == TUI_KEY_BACKSPACE) tui_predict_unpick(tui);
    else if (key == 'q') tui->popup = TUI_NO_POPUP;
    return true;
  }
  tui->popup = TUI_NO_POPUP;  // any other key closes a text, and does what it does
  return key == TUI_KEY_ENTER || key == 'q' || key == ' ';
}

static bool is_inside(struct tui_area area, int x, int y) {
  return x >= area.x && x < area.x + area.width && y >= area.y && y < area.y + area.height;
}

static void click(struct tui *tui) {
  int x = tui->mouse_x, y = tui->mouse_y;
  tui->popup = TUI_NO_POPUP;
  if (is_inside(tui->timeline, x, y)) {
    tui_go(tui, (uint32_t)((uint64_t)(x - tui->timeline.x) * (tui->count - 1) /
                           (uint64_t)(tui->timeline.width > 1 ? tui->timeline.width - 1 : 1)));
    return;
  }
  for (int i = 0; i < tui->item_count; i++) {
    const struct tui_item *item = &tui->items[i];
    if (!is_inside((struct tui_area){item->x, item->y, item->width, 1}, x, y)) continue;
    bool again = tui->selected == item->task;
    tui->selected = item->task;
    if (again) open_details(tui);
    return;
  }
  for (int pane = 0; pane < TUI_PANES; pane++)
    if (is_inside(tui->panes[pane], x, y)) tui->pane = (enum tui_pane)pane;
}

void tui_key(struct tui *tui, int key) {
  *tui->message = '\0';
  if (tui->prompt) {
    prompt_key(tui, key);
    return;
  }
  if (tui->popup && popup_key(tui, key)) return;
  if (key == TUI_KEY_CLICK) {
    click(tui);
    return;
  }
  bool small = !tui->panes[TUI_PANE_STACK].width && !tui->zoom;
  if (small && key >= '1' && key <= '3') {
    tui->pane = key == '1' ? TUI_PANE_PROGRAM : key == '2' ? TUI_PANE_LOOP : TUI_PANE_OUTPUT;
    return;
  }
  for (int i = 0; i < tui_binding_count; i++)
    if (tui_bindings[i].key == key) {
      if (tui_bindings[i].request != TUI_PLAY && tui_bindings[i].request != TUI_PLAY_BACK && tui_bindings[i].request != TUI_FASTER &&
          tui_bindings[i].request != TUI_SLOWER)
        tui->playing = 0;
      tui_act(tui, tui_bindings[i].request);
      return;
    }
  if (key >= 0x20) tui_say(tui, false, "this key does nothing: ? lists the keys");
}

// ---- Keys as text, for snapshots and tests

static int named_key(const char *name, size_t length) {
  static const struct {
    const char *name;
    int key;
  } names[] = {{"Left", TUI_KEY_LEFT},
               {"Right", TUI_KEY_RIGHT},
               {"Up", TUI_KEY_UP},
               {"Down", TUI_KEY_DOWN},
               {"Home", TUI_KEY_HOME},
               {"End", TUI_KEY_END},
               {"PgUp", TUI_KEY_PAGE_UP},
               {"PgDn", TUI_KEY_PAGE_DOWN},
               {"Enter", TUI_KEY_ENTER},
               {"Esc", TUI_KEY_ESCAPE},
               {"Tab", TUI_KEY_TAB},
               {"S-Tab", TUI_KEY_BACK_TAB},
               {"Backspace", TUI_KEY_BACKSPACE},
               {"Space", ' '},
               {"lt", '<'},
               {"C-l", 12},
               {"C-u", 21},
               {"WheelUp", TUI_KEY_WHEEL_UP},
               {"WheelDown", TUI_KEY_WHEEL_DOWN}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strlen(names[i].name) == length && !memcmp(names[i].name, name, length)) return names[i].key;
  return -1;
}

static bool click_key(struct tui *tui, const char *name, size_t length) {
  char text[32];
  if (length >= sizeof text) return false;
  memcpy(text, name, length);
  text[length] = '\0';
  return sscanf(text, "Click %d,%d", &tui->mouse_x, &tui->mouse_y) == 2;
}

void tui_keys(struct tui *tui, const char *keys) {
  size_t length = strlen(keys);
  for (size_t i = 0; i < length && !tui->quit;) {
    const char *end = keys[i] == '<' ? strchr(keys + i, '>') : NULL;
    uint32_t c;
    tui_draw(tui);  // items and panes are where they are drawn
    if (end && click_key(tui, keys + i + 1, (size_t)(end - keys) - i - 1)) {
      tui_key(tui, TUI_KEY_CLICK);
      i = (size_t)(end - keys) + 1;
      continue;
    }
    int key = end ? named_key(keys + i + 1, (size_t)(end - keys) - i - 1) : -1;
    if (key >= 0) {
      i = (size_t)(end - keys) + 1;
    } else {
      i += six_utf8_decode(keys + i, length - i, &c);
      key = (int)c;
    }
    tui_key(tui, key);
  }
}
