#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ui/tui/tui.h"

static bool number_of(const char *text, uint32_t *number) {
  char *end;
  unsigned long value = strtoul(text, &end, 10);
  if (end == text || *text == '-') return false;
  *number = value > UINT32_MAX ? UINT32_MAX : (uint32_t)value;
  return true;
}

void tui_goto(struct tui *tui, const char *text) {
  uint32_t number;
  while (*text == ' ') text++;
  bool output = *text == 'o' || *text == 'O';
  if (!strcmp(text, "end")) tui_go(tui, tui->count - 1);
  else if (!strcmp(text, "start")) tui_go(tui, 0);
  else if (!number_of(text + output, &number)) tui_say(tui, true, "go to what? an event's number, or o and the number of a line of output");
  else if (!output) tui_go(tui, number);
  else if (!number || number > six_reader_outputs(tui->reader))
    tui_say(tui, true, "there are %u lines of output", six_reader_outputs(tui->reader));
  else tui_go(tui, six_reader_output_event(tui->reader, number - 1));
}

bool tui_save(struct tui *tui, const char *path) {
  char name[64];
  int file = -1;
  for (int i = 1; !path && i < 1000 && file < 0; i++) {
    snprintf(name, sizeof name, "sixphase-%03d.txt", i);
    file = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (file < 0 && errno != EEXIST) break;
  }
  if (path) file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) {
    tui_say(tui, true, "cannot write %.100s: %s", path ? path : name, strerror(errno));
    return false;
  }
  struct six_text text = {0};
  tui_draw(tui);
  size_t length = path ? strlen(path) : 0;
  bool colour = length > 4 && !strcmp(path + length - 4, ".ans");  // with colours for those who ask for them
  tui_canvas_text(&tui->canvas, colour, &text);
  bool good = write(file, text.bytes, text.length) == (ssize_t)text.length;
  good = close(file) == 0 && good;
  six_text_done(&text);
  tui_say(tui, !good, good ? "saved as %.150s" : "cannot write %.150s", path ? path : name);
  return good;
}

// ---- Commands

static void do_break(struct tui *tui, const char *rest) {
  if (*rest) tui_add_breakpoint(tui, rest);
  else tui_act(tui, TUI_BREAK);
}

static void do_delete(struct tui *tui, const char *rest) {
  (void)rest;
  tui_say(tui, false, "%d breakpoints are removed", tui->breakpoint_count);
  tui->breakpoint_count = 0;
}

static void do_node(struct tui *tui, const char *rest) {
  int node = atoi(rest);
  if (node < SIX_NODE_FIRST || node > SIX_NODE_LAST) tui_say(tui, true, "a Node major from %d to %d", SIX_NODE_FIRST, SIX_NODE_LAST);
  else if (tui_reopen(tui, node, false)) tui_say(tui, false, "Node %d", node);
}

static void do_compare(struct tui *tui, const char *rest) {
  int node = atoi(rest);
  if (!*rest) tui_act(tui, TUI_COMPARE);
  else if (node < SIX_NODE_FIRST || node > SIX_NODE_LAST) tui_say(tui, true, "a Node major from %d to %d", SIX_NODE_FIRST, SIX_NODE_LAST);
  else tui_compare(tui, node);
}

static void do_save(struct tui *tui, const char *rest) { tui_save(tui, *rest ? rest : NULL); }

static void do_speed(struct tui *tui, const char *rest) {
  int ms = atoi(rest);
  if (ms < 1 || ms > 60000) tui_say(tui, true, "milliseconds for an event, 1 to 60000");
  else tui->speed_ms = ms;
}

static void do_rule(struct tui *tui, const char *rest) {
  const struct six_rule_text *rule = six_rule_text(atoi(*rest == 'R' || *rest == 'r' ? rest + 1 : rest));
  if (!rule) {
    tui_say(tui, true, "there is no rule '%.20s'", rest);
    return;
  }
  struct six_text text = {0};
  six_text_addf(&text, "%s\n\n%s\n", rule->title, rule->text);
  if (rule->example) six_text_addf(&text, "\n%s\n", rule->example);
  char title[16];
  snprintf(title, sizeof title, "R%d", rule->number);
  tui_open_text(tui, title, text);
}

static uint32_t task_named(const struct tui *tui, const char *name) {
  char tag[16];
  for (uint32_t i = 1; i < tui->count; i++)
    if (six_trace_at(tui->trace, i).kind == SIX_EV_ENQUEUE && !strcasecmp(six_trace_tag(tui->trace, i, tag), name)) return i;
  return 0;
}

static void do_follow(struct tui *tui, const char *rest) {
  uint32_t task = task_named(tui, rest);
  if (task) {
    tui->selected = tui->followed = task;
    tui_say(tui, false, "%s is followed: f goes on, F back", rest);
  } else tui_say(tui, true, "there is no callback '%.20s'", rest);
}

static void do_why(struct tui *tui, const char *rest) {
  uint32_t task = *rest ? task_named(tui, rest) : tui->selected;
  if (!task && *rest) {
    tui_say(tui, true, "there is no callback '%.20s'", rest);
    return;
  }
  tui->selected = task;
  tui_act(tui, TUI_WHY_NOT);
}

static void do_find(struct tui *tui, const char *rest) {
  six_text_done(&tui->searched);
  six_text_adds(&tui->searched, rest);
  if (*rest) tui_find_text(tui, rest, false);
}

static void do_predict(struct tui *tui, const char *rest) {
  (void)rest;
  tui_act(tui, TUI_PREDICT);
}

static void do_reload(struct tui *tui, const char *rest) {
  (void)rest;
  tui_act(tui, TUI_RELOAD);
}

static void do_quit(struct tui *tui, const char *rest) {
  (void)rest;
  tui->quit = true;
}

// ---- The world: the run is made again, and the place kept

static void set_world(struct tui *tui, const struct six_text *json) {
  if (tui_set_world(tui, json->bytes)) tui_say(tui, false, "the world is changed: this is the run in it (:world reset takes it back)");
}

static void do_world(struct tui *tui, const char *rest) {
  struct six_text json = {0};
  six_text_adds(&json, rest);
  if (!strcmp(rest, "reset")) {
    if (tui_set_world(tui, NULL)) tui_say(tui, false, "the file's own world again");
  } else if (*rest == '{') set_world(tui, &json);
  else tui_say(tui, true, "world {\"threads\": 2}: JSON as in a --world file; world reset");
  six_text_done(&json);
}

static void do_threads(struct tui *tui, const char *rest) {
  struct six_text json = {0};
  six_text_addf(&json, "{\"threads\": %d}", atoi(rest));
  if (atoi(rest) > 0) set_world(tui, &json);
  else tui_say(tui, true, "threads 2: the threads of the pool");
  six_text_done(&json);
}

// "latency 5 ms" of every operation, "latency notes.txt 5 ms" of a file's.
static void do_latency(struct tui *tui, const char *rest) {
  struct six_text json = {0};
  size_t name = *rest >= '0' && *rest <= '9' ? 0 : strcspn(rest, " ");
  const char *time = rest + name;
  while (*time == ' ') time++;
  if (name) {
    six_text_adds(&json, "{\"files\": {");
    six_text_add_json(&json, rest, name);
    six_text_adds(&json, ": {\"latency\": ");
  } else six_text_adds(&json, "{\"latency\": ");
  six_text_add_json(&json, time, strlen(time));
  six_text_adds(&json, name ? "}}}" : "}");
  if (*time) set_world(tui, &json);
  else tui_say(tui, true, "latency 5ms: of operations; latency FILE 5ms: of a file's");
  six_text_done(&json);
}

static void do_cost(struct tui *tui, const char *rest) {
  struct six_text json = {0};
  size_t name = strcspn(rest, " ");
  const char *time = rest + name;
  while (*time == ' ') time++;
  six_text_adds(&json, "{\"costs\": {");
  six_text_add_json(&json, rest, name);
  six_text_adds(&json, ": ");
  six_text_add_json(&json, time, strlen(time));
  six_text_adds(&json, "}}");
  if (name && *time) set_world(tui, &json);
  else tui_say(tui, true, "cost callback 0.5ms: what work costs");
  six_text_done(&json);
}

static void do_help(struct tui *tui, const char *rest);

static const char *const break_words[] = {"line",
                                          "text",
                                          "phase timers",
                                          "phase pending",
                                          "phase poll",
                                          "phase check",
                                          "phase close",
                                          "queue ticks",
                                          "queue microtasks",
                                          "queue await",
                                          "queue timers",
                                          "queue immediates",
                                          "queue files",
                                          "queue sockets",
                                          "queue close",
                                          NULL};
static const char *const node_words[] = {"8", "10", "11", "12", "14", "15", "16", "18", "20", "22", "24", "26", NULL};
static const char *const cost_words[] = {"boot",      "mainLeast", "turn",     "callback",  "output",
                                         "clockRead", "step",      "pollWake", "poolStart", NULL};
static const char *const goto_words[] = {"start", "end", NULL};
static const char *const world_words[] = {"reset", NULL};

static const struct command {
  const char *name, *help;
  void (*run)(struct tui *tui, const char *rest);
  const char *const *words;  // what may follow, for completion
} commands[] = {
    {"break", "break line N | text WORDS | phase NAME | queue NAME: set or remove a breakpoint", do_break, break_words},
    {"compare", "compare 10: another Node major at the side, in lock step; compare: the nearest that differs, or none", do_compare,
     node_words},
    {"cost", "cost callback 0.5ms: what work costs in the world", do_cost, cost_words},
    {"delete", "remove all breakpoints", do_delete, NULL},
    {"find", "find TEXT: the next place that has it", do_find, NULL},
    {"follow", "follow T1: f and F go to what touches it", do_follow, NULL},
    {"goto", "goto N, goto o3: to an event, to a line of output", tui_goto, goto_words},
    {"help", "the commands", do_help, NULL},
    {"latency", "latency 5ms, latency FILE 5ms: how long operations take", do_latency, NULL},
    {"node", "node 22: the same under another Node major", do_node, node_words},
    {"predict", "ask for each line before it is printed, or stop asking", do_predict, NULL},
    {"quit", "leave", do_quit, NULL},
    {"reload", "read the file again", do_reload, NULL},
    {"rule", "rule R14: its text", do_rule, NULL},
    {"save", "save FILE: this screen as text (FILE.ans: with colours)", do_save, NULL},
    {"speed", "speed 200: milliseconds for an event when playing", do_speed, NULL},
    {"threads", "threads 2: of the pool", do_threads, NULL},
    {"why", "why T1: why it has not run yet", do_why, NULL},
    {"world", "world {JSON}: change the world as a --world file does; world reset", do_world, world_words},
};
enum { COMMANDS = sizeof commands / sizeof *commands };

static void do_help(struct tui *tui, const char *rest) {
  (void)rest;
  struct six_text text = {0};
  for (int i = 0; i < COMMANDS; i++) six_text_addf(&text, ":%-9s %s\n", commands[i].name, commands[i].help);
  tui_open_text(tui, "commands", text);
}

void tui_command(struct tui *tui, const char *text) {
  while (*text == ' ') text++;
  size_t length = strcspn(text, " ");
  if (!length) return;
  const char *rest = text + length;
  while (*rest == ' ') rest++;
  uint32_t number;
  if (number_of(text, &number)) {
    tui_go(tui, number);
    return;
  }
  const struct command *found = NULL;
  for (int i = 0; i < COMMANDS && !found; i++)
    if (!strncmp(commands[i].name, text, length)) found = &commands[i];
  if (found) {
    found->run(tui, rest);
    return;
  }
  char word[40];
  const char *names[COMMANDS];
  snprintf(word, sizeof word, "%.*s", (int)(length < 39 ? length : 39), text);
  for (int i = 0; i < COMMANDS; i++) names[i] = commands[i].name;
  const char *nearest = ui_nearest(word, names, COMMANDS);
  tui_say(tui, true, "there is no command '%s'%s%s", word, nearest ? "; did you mean :" : "; :help lists them", nearest ? nearest : "");
}

// ---- Completion

// What the prompt's text may become: `visit` for each candidate, which goes on after the first `typed` bytes of it.
typedef void see_candidate(void *context, const char *candidate, size_t typed);

static void each_candidate(const struct tui *tui, see_candidate *see, void *context) {
  const char *text = tui->prompt_text.length ? tui->prompt_text.bytes : "";
  size_t length = strlen(text), word = strcspn(text, " ");
  if (word == length) {
    for (int i = 0; i < COMMANDS; i++)
      if (!strncmp(commands[i].name, text, length)) see(context, commands[i].name, length);
    return;
  }
  const char *rest = text + word + strspn(text + word, " ");
  for (int i = 0; i < COMMANDS; i++) {
    if (strncmp(commands[i].name, text, word) || !commands[i].words) continue;
    for (const char *const *words = commands[i].words; *words; words++)
      if (!strncmp(*words, rest, strlen(rest))) see(context, *words, strlen(rest));
    return;
  }
}

struct completion {
  const char *first;
  size_t typed, common;
  int count;
};

static void complete_with(void *context, const char *candidate, size_t typed) {
  struct completion *completion = context;
  if (!completion->count++) *completion = (struct completion){candidate, typed, strlen(candidate), 1};
  for (size_t i = 0; i < completion->common; i++)
    if (completion->first[i] != candidate[i]) completion->common = i;
}

void tui_complete(struct tui *tui) {
  struct completion completion = {0};
  each_candidate(tui, complete_with, &completion);
  if (!completion.count) return;
  if (completion.common > completion.typed)
    six_text_add(&tui->prompt_text, completion.first + completion.typed, completion.common - completion.typed);
  if (completion.count == 1) six_text_addc(&tui->prompt_text, ' ');
}

static void add_hint(void *context, const char *candidate, size_t typed) {
  struct six_text *out = context;
  (void)typed;
  if (out->length > 200) return;
  six_text_adds(out, "  ");
  six_text_adds(out, candidate);
}

void tui_hint(const struct tui *tui, struct six_text *out) { each_candidate(tui, add_hint, out); }
