#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/ui.h"

enum value { V_NONE, V_NODE, V_STRING, V_NUMBER, V_TIME, V_BYTES, V_COLOR, V_LANG, V_LIST };

struct option {
  const char *name, *value_name, *help;
  unsigned group;  // 0: every command
  enum value value;
  size_t offset;  // in struct ui_options
};

static const struct option table[] = {
    {"--node", "N", "the Node major, 8 to 26 (default: the scenario's, else 20)", UI_OPTION_COMMON, V_NODE,
     offsetof(struct ui_options, node)},
    {"--world", "FILE", "take the world (files, latencies, threads, costs) from a JSON file", UI_OPTION_COMMON, V_STRING,
     offsetof(struct ui_options, world)},
    {"--schedule", "TEXT", "answers at the choice points, as 'orders' prints them", UI_OPTION_COMMON, V_STRING,
     offsetof(struct ui_options, schedule)},
    {"--max-steps", "N", "stop after N steps", UI_OPTION_COMMON, V_NUMBER, offsetof(struct ui_options, max_steps)},
    {"--max-time", "TIME", "stop after this much virtual time: 500ms, 10s, 5m, 2h", UI_OPTION_COMMON, V_TIME,
     offsetof(struct ui_options, max_time_ns)},
    {"--max-memory", "SIZE", "stop above this much memory: 64MB, 1GB", UI_OPTION_COMMON, V_BYTES, offsetof(struct ui_options, max_memory)},
    {"--max-output", "SIZE", "stop above this much output", UI_OPTION_COMMON, V_BYTES, offsetof(struct ui_options, max_output)},
    {"--lang", "LANG", "read the file as auto, json, js or mjs", UI_OPTION_COMMON, V_LANG, offsetof(struct ui_options, lang)},
    {"--with-node", "PATH", "compare with this Node too (may be repeated)", UI_OPTION_NODES, V_LIST,
     offsetof(struct ui_options, with_node)},
    {"--to", "FORMAT", "js, json, html or svg", UI_OPTION_TO, V_STRING, offsetof(struct ui_options, to)},
    {"--format", "FORMAT", "json (lines) or chrome (for a trace viewer)", UI_OPTION_FORMAT, V_STRING, offsetof(struct ui_options, format)},
    {"--json", NULL, "print JSON", UI_OPTION_JSON, V_NONE, offsetof(struct ui_options, json)},
    {"--expect-guaranteed", NULL, "exit 1 unless there is one order only", UI_OPTION_ORDERS, V_NONE,
     offsetof(struct ui_options, expect_guaranteed)},
    {"--max-schedules", "N", "try at most N schedules (default 2000)", UI_OPTION_ORDERS, V_NUMBER,
     offsetof(struct ui_options, max_schedules)},
    {"--all", NULL, "ask what is not due yet, too", UI_OPTION_QUIZ, V_NONE, offsetof(struct ui_options, all)},
    {"--count", "N", "ask at most N questions (default 10)", UI_OPTION_QUIZ, V_NUMBER, offsetof(struct ui_options, count)},
    {"--plain", NULL, "a dialogue line by line, without cursor movement", UI_OPTION_SCREEN, V_NONE, offsetof(struct ui_options, plain)},
    {"--ascii", NULL, "draw with ASCII characters only", UI_OPTION_SCREEN | UI_OPTION_SNAPSHOT, V_NONE, offsetof(struct ui_options, ascii)},
    {"--no-mouse", NULL, "leave the mouse to the terminal", UI_OPTION_SCREEN, V_NONE, offsetof(struct ui_options, no_mouse)},
    {"--predict", NULL, "hide the output: say first what comes next", UI_OPTION_SCREEN | UI_OPTION_SNAPSHOT, V_NONE,
     offsetof(struct ui_options, predict)},
    {"--at", "N", "the event to show (or 'end')", UI_OPTION_SNAPSHOT, V_STRING, offsetof(struct ui_options, at)},
    {"--size", "WxH", "size of the screen (default 100x30)", UI_OPTION_SNAPSHOT, V_STRING, offsetof(struct ui_options, size)},
    {"--keys", "KEYS", "keys to press first: letters, <Right>, <Enter>, <Esc>, <C-l>", UI_OPTION_SNAPSHOT, V_STRING,
     offsetof(struct ui_options, keys)},
    {"--color", "WHEN", "auto, always or never (NO_COLOR is obeyed)", 0, V_COLOR, offsetof(struct ui_options, color)},
};
enum { OPTIONS = sizeof table / sizeof *table };

static bool is_known_to(const struct option *option, const struct ui_command *command) {
  return !option->group || option->group & command->options;
}

// ---- Nearest names

static int distance(const char *a, const char *b) {
  enum { MOST = 32 };
  size_t n = strlen(b);
  if (strlen(a) > MOST || n > MOST) return MOST;
  int row[MOST + 1];
  for (size_t j = 0; j <= n; j++) row[j] = (int)j;
  for (; *a; a++) {
    int diagonal = row[0]++;
    for (size_t j = 1; j <= n; j++) {
      int best = diagonal + (*a != b[j - 1]);
      diagonal = row[j];
      if (row[j] + 1 < best) best = row[j] + 1;
      if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
      row[j] = best;
    }
  }
  return row[n];
}

const char *ui_nearest(const char *word, const char *const *candidates, int count) {
  const char *nearest = NULL;
  int best = (int)strlen(word) / 3 + 2;  // farther than that is no misspelling
  for (int i = 0; i < count; i++) {
    int far = distance(word, candidates[i]);
    if (far >= best) continue;
    best = far;
    nearest = candidates[i];
  }
  return nearest;
}

static bool unknown_option(const char *word, size_t length, const struct ui_command *command) {
  char name[40];
  const char *names[OPTIONS];
  int count = 0;
  if (length >= sizeof name) length = sizeof name - 1;
  memcpy(name, word, length);
  name[length] = '\0';
  for (int i = 0; i < OPTIONS; i++) {
    if (!strcmp(table[i].name, name)) {
      ui_error(0, "'%s' has no option %s; see 'sixphase %s --help'", command->name, name, command->name);
      return false;
    }
    if (is_known_to(&table[i], command)) names[count++] = table[i].name;
  }
  const char *nearest = ui_nearest(name, names, count);
  if (nearest) ui_error(0, "unknown option %s; did you mean %s?", name, nearest);
  else ui_error(0, "unknown option %s; see 'sixphase %s --help'", name, command->name);
  return false;
}

// ---- Values

struct unit {
  const char *name;
  uint64_t factor;
};

// A non-negative number with a unit; fractions are allowed where there is one.
static bool parse_quantity(const char *text, const struct unit *units, uint64_t *value) {
  char *end;
  if (*text < '0' || *text > '9') return false;
  errno = 0;
  double number = strtod(text, &end);
  if (errno || !(number >= 0)) return false;
  while (*end == ' ') end++;
  for (; units->name; units++) {
    if (strcmp(units->name, end)) continue;
    double scaled = number * (double)units->factor;
    if (scaled < 1 || scaled > 9e18) return false;
    *value = (uint64_t)scaled;
    return true;
  }
  return false;
}

static const struct unit times[] = {{"ns", 1},          {"us", 1000},         {"ms", 1000000},      {"s", 1000000000},
                                    {"m", 60000000000}, {"min", 60000000000}, {"h", 3600000000000}, {NULL, 0}};
static const struct unit sizes[] = {{"", 1},           {"B", 1},         {"KB", 1000},        {"MB", 1000000}, {"GB", 1000000000},
                                    {"KiB", 1024},     {"MiB", 1048576}, {"GiB", 1073741824}, {"K", 1000},     {"M", 1000000},
                                    {"G", 1000000000}, {NULL, 0}};
static const struct unit counts[] = {{"", 1}, {NULL, 0}};

static bool set_node(const char *text, int *node) {
  uint64_t number;
  if (!parse_quantity(text, counts, &number) || strspn(text, "0123456789") != strlen(text) || number < SIX_NODE_FIRST ||
      number > SIX_NODE_LAST) {
    ui_error(0, "--node %s: a Node major from %d to %d is needed", text, SIX_NODE_FIRST, SIX_NODE_LAST);
    return false;
  }
  *node = (int)number;
  return true;
}

static bool set_word(const struct option *option, const char *text, const char *const *words, int count, int *value) {
  for (int i = 0; i < count; i++)
    if (words[i] && !strcmp(words[i], text)) return *value = i, true;
  ui_error(0, "%s %s: one of %s", option->name, text, option->value == V_COLOR ? "auto, always, never" : "auto, json, js, mjs");
  return false;
}

static bool set_quantity(const struct option *option, const char *text, const struct unit *units, uint64_t *value) {
  if (parse_quantity(text, units, value)) return true;
  ui_error(0, "%s %s: %s", option->name, text,
           units == times   ? "a duration is needed, such as 500ms, 10s or 5m"
           : units == sizes ? "a size is needed, such as 64KB or 512MB"
                            : "a positive number is needed");
  return false;
}

static bool set(struct ui_options *options, const struct option *option, const char *text) {
  static const char *const colors[] = {"auto", "always", "never"};
  static const char *const langs[] = {"auto", "json", "js", "mjs"};
  void *field = (char *)options + option->offset;
  uint64_t number = 0;
  int word = 0;
  switch (option->value) {
    case V_NONE: *(bool *)field = true; return true;
    case V_NODE: return set_node(text, field);
    case V_STRING: *(const char **)field = text; return true;
    case V_LIST:
      if (options->with_node_count == UI_NODES) return ui_error(0, "%s: at most %d", option->name, UI_NODES), false;
      options->with_node[options->with_node_count++] = text;
      return true;
    case V_NUMBER:
      if (!set_quantity(option, text, counts, &number)) return false;
      *(uint64_t *)field = number;
      return true;
    case V_TIME:
      if (!set_quantity(option, text, times, &number)) return false;
      *(uint64_t *)field = number;
      return true;
    case V_BYTES:
      if (!set_quantity(option, text, sizes, &number)) return false;
      *(size_t *)field = (size_t)number;
      return true;
    case V_COLOR:
      if (!set_word(option, text, colors, 3, &word)) return false;
      options->color = (enum ui_color)word;
      return true;
    case V_LANG:
      if (!set_word(option, text, langs, 4, &word)) return false;
      options->lang = (enum six_lang)word;
      return true;
  }
  return false;
}

bool ui_parse_size(const char *text, size_t *width, size_t *height) {
  char *end;
  unsigned long w = strtoul(text, &end, 10);
  if (end == text || *end != 'x') return false;
  const char *second = end + 1;
  unsigned long h = strtoul(second, &end, 10);
  if (end == second || *end || !w || !h || w > 1000 || h > 1000) return false;
  *width = w;
  *height = h;
  return true;
}

// ---- The command line

static bool parse_one(struct ui_options *options, const struct ui_command *command, int argc, char **argv, int *at) {
  const char *word = argv[*at], *equals = strchr(word, '=');
  size_t length = equals ? (size_t)(equals - word) : strlen(word);
  for (int i = 0; i < OPTIONS; i++) {
    const struct option *option = &table[i];
    if (strlen(option->name) != length || memcmp(option->name, word, length) || !is_known_to(option, command)) continue;
    if (option->value == V_NONE) {
      if (equals) return ui_error(0, "%s takes no value", option->name), false;
      return set(options, option, NULL);
    }
    if (equals) return set(options, option, equals + 1);
    if (*at + 1 >= argc) return ui_error(0, "%s needs a value: %s", option->name, option->value_name), false;
    return set(options, option, argv[++*at]);
  }
  return unknown_option(word, length, command);
}

static bool count_files(const struct ui_options *options, const struct ui_command *command) {
  if (options->file_count < command->least)
    return ui_error(0, "'%s' needs %s; see 'sixphase %s --help'", command->name, command->arguments, command->name), false;
  if (command->most >= 0 && options->file_count > command->most)
    return ui_error(0, "'%s' takes %s, but there is also '%s'", command->name, *command->arguments ? command->arguments : "no arguments",
                    options->files[command->most]),
           false;
  return true;
}

bool ui_options_parse(struct ui_options *options, const struct ui_command *command, int argc, char **argv, int first) {
  bool only_files = false;
  for (int i = first; i < argc; i++) {
    if (!only_files && !strcmp(argv[i], "--")) only_files = true;
    else if (!only_files && argv[i][0] == '-' && argv[i][1]) {
      if (!parse_one(options, command, argc, argv, &i)) return false;
    } else options->files[options->file_count++] = argv[i];
  }
  return count_files(options, command);
}

void ui_options_help(const struct ui_command *command, struct six_text *out) {
  six_text_addf(out, "usage: sixphase %s [OPTION]... %s\n\n%s.\n", command->name, command->arguments, command->summary);
  if (command->details) six_text_addf(out, "\n%s", command->details);
  six_text_adds(out, "\nOptions:\n");
  for (int i = 0; i < OPTIONS; i++) {
    if (!is_known_to(&table[i], command)) continue;
    char name[40];
    snprintf(name, sizeof name, "%s%s%s", table[i].name, table[i].value_name ? " " : "", table[i].value_name ? table[i].value_name : "");
    six_text_addf(out, "  %-20s %s\n", name, table[i].help);
  }
}
