#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/tui/tui.h"

// What is known of numbered texts and sites: whether they have what is searched.
struct memo {
  uint8_t *known;  // 0 not known, 1 no, 2 yes
  uint32_t capacity;
};

struct test {
  struct tui *tui;
  uint32_t task;
  const char *text;
  size_t length;
  char letter;  // of the tag that the text may be
  uint32_t ordinal;
  struct memo texts, sites;
};

static uint8_t *recall(struct memo *memo, uint32_t number) {
  if (number >= memo->capacity) {
    uint32_t capacity = number * 2 + 64;
    memo->known = realloc(memo->known, capacity);
    if (!memo->known) abort();
    memset(memo->known + memo->capacity, 0, capacity - memo->capacity);
    memo->capacity = capacity;
  }
  return &memo->known[number];
}

// The program's callbacks: what runs between an operation's trips to the thread pool is Node's own.
static bool is_callback(const struct tui *tui, uint32_t index) {
  struct six_task_info info;
  return !six_reader_task(tui->reader, six_trace_at(tui->trace, index).subject, index, &info) || index >= info.last_trip;
}

static uint32_t find_unit(const struct tui *tui, bool backwards, enum six_event_kind kind) {
  uint32_t at = tui->position;
  do {
    if (backwards && !at) return UINT32_MAX;
    at = six_reader_find_kind(tui->reader, backwards ? at - 1 : at + 1, backwards, kind);
  } while (at != UINT32_MAX && kind == SIX_EV_BEGIN && !is_callback(tui, at));
  return at;
}

// Labels belong to the event before them: they are no step of their own.
static bool is_step(const struct six_trace *trace, uint32_t index, void *context) {
  (void)context;
  return six_trace_at(trace, index).kind != SIX_EV_LABEL;
}

// The first await of the async call that an await belongs to: each continuation registers the next one.
static uint32_t first_of_call(const struct six_trace *trace, uint32_t task) {
  for (;;) {
    struct six_event event = six_trace_at(trace, task);
    if (event.kind != SIX_EV_ENQUEUE || event.a != SIX_TASK_AWAIT || !event.cause) return task;
    struct six_event before = six_trace_at(trace, event.cause);
    if (before.a != SIX_TASK_AWAIT || before.subject != event.subject) return task;  // another function's
    task = event.cause;
  }
}

static bool touches(const struct six_trace *trace, uint32_t index, void *context) {
  const struct test *test = context;
  return first_of_call(trace, tui_event_task(test->tui, index)) == test->task;
}

static bool contains(const char *bytes, size_t length, const char *text, size_t text_length) {
  return text_length && length >= text_length && memmem(bytes, length, text, text_length);
}

static bool line_has_text(struct test *test, uint32_t site) {
  uint8_t *known = recall(&test->sites, site);
  if (*known) return *known == 2;
  size_t length;
  const char *bytes = tui_line_text(test->tui, tui_line(test->tui, site), &length);
  bool has = contains(bytes, length, test->text, test->length);
  *known = has ? 2 : 1;
  return has;
}

static bool text_has_text(struct test *test, uint32_t text) {
  uint8_t *known = recall(&test->texts, text);
  if (*known) return *known == 2;
  size_t length;
  const char *bytes = six_trace_text(test->tui->trace, text, &length);
  bool has = contains(bytes, length, test->text, test->length);
  *known = has ? 2 : 1;
  return has;
}

static bool is_tag(const struct test *test, uint32_t task) {
  if (!test->letter || !task) return false;
  struct six_event event = six_trace_at(test->tui->trace, task);
  return event.b == test->ordinal && six_task_letter((enum six_task_kind)event.a) == test->letter;
}

static bool event_has_text(struct test *test, uint32_t index) {
  struct six_event event = six_trace_at(test->tui->trace, index);
  switch (event.kind) {
    case SIX_EV_OUTPUT:
    case SIX_EV_LABEL:
    case SIX_EV_CALL:
    case SIX_EV_THROW: return text_has_text(test, event.a);
    case SIX_EV_STATEMENT: return line_has_text(test, event.site);
    case SIX_EV_BEGIN: return is_tag(test, event.subject);
    case SIX_EV_ENQUEUE: return is_tag(test, index);
    default: return false;
  }
}

static bool has_text(const struct six_trace *trace, uint32_t index, void *context) {
  (void)trace;
  return event_has_text(context, index);
}

static bool hits(const struct tui *tui, const struct tui_breakpoint *breakpoint, uint32_t index) {
  struct six_event event = six_trace_at(tui->trace, index);
  size_t length;
  switch (breakpoint->kind) {
    case TUI_BREAK_LINE: return event.kind == SIX_EV_STATEMENT && tui_line(tui, event.site) == breakpoint->number;
    case TUI_BREAK_TEXT:
      if (event.kind != SIX_EV_OUTPUT) return false;
      const char *bytes = six_trace_text(tui->trace, event.a, &length);
      return contains(bytes, length, breakpoint->text, strlen(breakpoint->text));
    case TUI_BREAK_PHASE: return event.kind == SIX_EV_PHASE && event.a == breakpoint->number;
    case TUI_BREAK_QUEUE: {
      uint32_t task = event.kind == SIX_EV_ENQUEUE ? index : event.kind == SIX_EV_BEGIN ? event.subject : 0;
      return task && (uint32_t)six_task_letter((enum six_task_kind)six_trace_at(tui->trace, task).a) == breakpoint->number;
    }
  }
  return false;
}

static bool is_break(const struct six_trace *trace, uint32_t index, void *context) {
  (void)trace;
  const struct tui *tui = ((struct test *)context)->tui;
  for (int i = 0; i < tui->breakpoint_count; i++)
    if (hits(tui, &tui->breakpoints[i], index)) return true;
  return false;
}

void tui_go(struct tui *tui, uint32_t index) {
  if (index >= tui->count) index = tui->count - 1;
  if (tui->predicting && index > tui->position && tui_predict_stops(tui, tui->position, &index)) {
    tui->position = index;
    tui_predict_ask(tui);
    return;
  }
  tui->position = index;
  tui->program_scroll = tui->output_scroll = 0;
}

static void step_event(struct tui *tui, bool backwards) {
  struct test test = {.tui = tui};
  if (backwards && !tui->position) return;
  uint32_t found = six_reader_find(tui->reader, backwards ? tui->position - 1 : tui->position + 1, backwards, is_step, &test);
  tui_go(tui, found != UINT32_MAX ? found : backwards ? 0 : tui->count - 1);
}

// Beyond the last unit is the end of the run, before the first its start; a choice, though, is there or not.
static void step_unit(struct tui *tui, bool backwards, enum six_event_kind kind, const char *name) {
  uint32_t found = find_unit(tui, backwards, kind);
  if (found == UINT32_MAX) tui_say(tui, false, backwards ? "no %s before this" : "no %s after this", name);
  if (found != UINT32_MAX) tui_go(tui, found);
  else if (kind != SIX_EV_CHOICE) tui_go(tui, backwards ? 0 : tui->count - 1);
}

static void step_output(struct tui *tui, bool backwards) {
  uint32_t until = six_reader_outputs_until(tui->reader, tui->position);
  bool on_one = until && six_reader_output_event(tui->reader, until - 1) == tui->position;
  uint32_t target = backwards ? (on_one  ? (until > 1 ? six_reader_output_event(tui->reader, until - 2) : 0)
                                 : until ? six_reader_output_event(tui->reader, until - 1)
                                         : 0)
                              : six_reader_output_event(tui->reader, until);
  tui_go(tui, target == UINT32_MAX ? tui->count - 1 : target);
}

// The chosen callback is followed from now on; where none is chosen, the one that was.
static bool choose_followed(struct tui *tui) {
  uint32_t task = tui->selected ? tui->selected : tui->followed ? tui->followed : tui_subject(tui);
  if (!task) tui_say(tui, false, "nothing is chosen to be followed: Tab chooses a callback");
  else tui->followed = task;
  return task;
}

static void follow(struct tui *tui, bool backwards) {
  if (!choose_followed(tui)) return;
  struct test test = {.tui = tui, .task = first_of_call(tui->trace, tui->followed)};
  uint32_t from = tui->position, found = UINT32_MAX;
  if (!backwards || from) found = six_reader_find(tui->reader, backwards ? from - 1 : from + 1, backwards, touches, &test);
  char tag[16];
  const char *name = six_trace_tag(tui->trace, tui->followed, tag);
  if (found == UINT32_MAX) tui_say(tui, false, "%s is not touched %s this", name, backwards ? "before" : "after");
  else {
    tui_go(tui, found);
    bool call = six_trace_at(tui->trace, tui->followed).a == SIX_TASK_AWAIT;
    tui_say(tui, false, call ? "following the async call of %s: f on, F back" : "following %s: f on, F back", name);
  }
}

static void to_break(struct tui *tui, bool backwards) {
  struct test test = {.tui = tui};
  if (!tui->breakpoint_count) {
    tui_say(tui, false, "no breakpoint is set: b sets one at this line, :break text done at an output");
    return;
  }
  uint32_t from = tui->position, found = UINT32_MAX;
  if (!backwards || from) found = six_reader_find(tui->reader, backwards ? from - 1 : from + 1, backwards, is_break, &test);
  if (found == UINT32_MAX) tui_say(tui, false, "no breakpoint is hit %s this", backwards ? "before" : "after");
  tui_go(tui, found != UINT32_MAX ? found : backwards ? 0 : tui->count - 1);
}

bool tui_find_text(struct tui *tui, const char *text, bool backwards) {
  struct test test = {.tui = tui, .text = text, .length = strlen(text)};
  if (*text >= 'A' && *text <= 'Z' && text[1] >= '1' && text[1] <= '9') {
    test.letter = *text;
    test.ordinal = (uint32_t)strtoul(text + 1, NULL, 10);
  }
  uint32_t from = tui->position, found = UINT32_MAX;
  if (!backwards || from) found = six_reader_find(tui->reader, backwards ? from - 1 : from + 1, backwards, has_text, &test);
  free(test.texts.known);
  free(test.sites.known);
  if (found == UINT32_MAX) {
    tui_say(tui, false, "'%s' is not found %s this", text, backwards ? "before" : "after");
    return false;
  }
  tui_go(tui, found);
  return true;
}

struct unit {
  enum tui_request next, back;
  enum six_event_kind kind;
  const char *name;
};

bool tui_move(struct tui *tui, enum tui_request request) {
  static const struct unit units[] = {{TUI_STATEMENT_NEXT, TUI_STATEMENT_BACK, SIX_EV_STATEMENT, "statement"},
                                      {TUI_CALLBACK_NEXT, TUI_CALLBACK_BACK, SIX_EV_BEGIN, "callback"},
                                      {TUI_PHASE_NEXT, TUI_PHASE_BACK, SIX_EV_PHASE, "phase"},
                                      {TUI_TURN_NEXT, TUI_TURN_BACK, SIX_EV_TURN, "turn of the loop"},
                                      {TUI_CHOICE_NEXT, TUI_CHOICE_BACK, SIX_EV_CHOICE, "choice"}};
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    if (request != units[i].next && request != units[i].back) continue;
    step_unit(tui, request == units[i].back, units[i].kind, units[i].name);
    return true;
  }
  switch (request) {
    case TUI_EVENT_NEXT: step_event(tui, false); return true;
    case TUI_EVENT_BACK: step_event(tui, true); return true;
    case TUI_OUTPUT_NEXT: step_output(tui, false); return true;
    case TUI_OUTPUT_BACK: step_output(tui, true); return true;
    case TUI_START: tui_go(tui, 0); return true;
    case TUI_END: tui_go(tui, tui->count - 1); return true;
    case TUI_BREAK_NEXT: to_break(tui, false); return true;
    case TUI_BREAK_BACK: to_break(tui, true); return true;
    case TUI_FOLLOW_NEXT: follow(tui, false); return true;
    case TUI_FOLLOW_BACK: follow(tui, true); return true;
    case TUI_FOUND_NEXT:
    case TUI_FOUND_BACK:
      if (tui->searched.length) tui_find_text(tui, tui->searched.bytes, request == TUI_FOUND_BACK);
      else tui_say(tui, false, "nothing was searched for yet: / searches");
      return true;
    default: return false;
  }
}

// ---- Breakpoints

static bool push(struct tui *tui, struct tui_breakpoint breakpoint) {
  for (int i = 0; i < tui->breakpoint_count; i++) {
    const struct tui_breakpoint *old = &tui->breakpoints[i];
    if (old->kind != breakpoint.kind || old->number != breakpoint.number || strcmp(old->text, breakpoint.text)) continue;
    tui->breakpoints[i] = tui->breakpoints[--tui->breakpoint_count];
    tui_say(tui, false, "the breakpoint is removed");
    return true;
  }
  if (tui->breakpoint_count == TUI_BREAKPOINTS) return tui_say(tui, true, "there are %d breakpoints already", TUI_BREAKPOINTS), false;
  tui->breakpoints[tui->breakpoint_count++] = breakpoint;
  tui_say(tui, false, "a breakpoint is set: c runs to it, C backwards");
  return true;
}

static int phase_named(const char *name) {
  for (int phase = SIX_PHASE_TIMERS; phase <= SIX_PHASE_CLOSE; phase++)
    if (!strcmp(six_phase_name((enum six_phase)phase), name)) return phase;
  return -1;
}

bool tui_add_breakpoint(struct tui *tui, const char *words) {
  static const struct {
    const char *name;
    char letter;
  } queues[] = {{"timers", 'T'}, {"immediates", 'I'}, {"nexttick", 'N'}, {"ticks", 'N'}, {"microtasks", 'M'},
                {"await", 'A'},  {"files", 'F'},      {"sockets", 'S'},  {"close", 'C'}};
  char kind[16] = "", rest[64] = "";
  sscanf(words, "%15s %63[^\n]", kind, rest);
  struct tui_breakpoint breakpoint = {0};
  if (!strcmp(kind, "line") && atoi(rest) > 0) {
    breakpoint.number = (uint32_t)atoi(rest);
    return push(tui, breakpoint);
  }
  if (!strcmp(kind, "text") && *rest) {
    breakpoint.kind = TUI_BREAK_TEXT;
    memcpy(breakpoint.text, rest, sizeof rest);
    return push(tui, breakpoint);
  }
  if (!strcmp(kind, "phase") && phase_named(rest) > 0) {
    breakpoint.kind = TUI_BREAK_PHASE;
    breakpoint.number = (uint32_t)phase_named(rest);
    return push(tui, breakpoint);
  }
  for (size_t i = 0; !strcmp(kind, "queue") && i < sizeof queues / sizeof *queues; i++) {
    if (strcmp(queues[i].name, rest)) continue;
    breakpoint.kind = TUI_BREAK_QUEUE;
    breakpoint.number = (uint32_t)queues[i].letter;
    return push(tui, breakpoint);
  }
  tui_say(tui, true, "break line N | text WORDS | phase timers|pending|poll|check|close | queue ticks|microtasks|timers|immediates|files");
  return false;
}
