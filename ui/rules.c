// The rule book: every rule with an example whose output shows it, and the table of what changed between Node majors.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ui/ui.h"

enum { WRAP = 98, MAJORS = SIX_NODE_LAST - SIX_NODE_FIRST + 1 };

static void add_wrapped(struct six_text *out, const char *indent, const char *text) {
  size_t column = 0;
  while (*text) {
    size_t length = 0;
    while (text[length] && text[length] != ' ' && text[length] != '\n') length++;
    if (column && column + length > WRAP) {
      six_text_addc(out, '\n');
      column = 0;
    }
    six_text_adds(out, column ? " " : indent);
    six_text_add(out, text, length);
    column += length + 1;
    text += length;
    if (*text == '\n') {
      six_text_addc(out, '\n');
      column = 0;
    }
    if (*text) text++;
  }
  six_text_addc(out, '\n');
}

static void add_row(struct six_text *out, const struct six_rule_row *row) {
  six_text_addf(out, "R%-4d %s\n      %s\n     ", row->number, row->name, row->title);
  for (int major = SIX_NODE_FIRST; major <= SIX_NODE_LAST;) {
    int last = major;
    while (last < SIX_NODE_LAST && row->values[last + 1 - SIX_NODE_FIRST] == row->values[major - SIX_NODE_FIRST]) last++;
    six_text_addf(out, major == last ? " %d:" : " %d-%d:", major, last);
    six_text_addf(out, " %d ", row->values[major - SIX_NODE_FIRST]);
    major = last + 1;
  }
  six_text_addf(out, "\n      %s\n", row->source);
}

// ---- The example, run under every major
struct shown {
  struct six_text out;
  int exit;
};

// A few are ES modules: those that are no script.
static struct six_scenario *read_example(const char *text) {
  struct six_diag diag = {0};
  struct six_source source;
  size_t length = strlen(text);
  struct six_scenario *scenario = six_scenario_read("example.js", text, length, SIX_LANG_JS, NULL, NULL, &diag, &source);
  return scenario ? scenario : six_scenario_read("example.mjs", text, length, SIX_LANG_MODULE, NULL, NULL, &diag, &source);
}

static bool same(const struct shown *a, const struct shown *b) {
  return a->exit == b->exit && a->out.length == b->out.length && (!a->out.length || !memcmp(a->out.bytes, b->out.bytes, a->out.length));
}

static void add_output(struct six_text *out, const struct shown *shown, int first, int last, bool all) {
  if (all) six_text_adds(out, "\nIt prints:\n\n");
  else six_text_addf(out, first == last ? "\nNode %d prints:\n\n" : "\nNode %d to %d print:\n\n", first, last);
  for (size_t i = 0; i < shown->out.length;) {
    const char *start = shown->out.bytes + i, *stop = memchr(start, '\n', shown->out.length - i);
    size_t length = stop ? (size_t)(stop - start) : shown->out.length - i;
    six_text_adds(out, "  ");
    six_text_add(out, start, length);
    six_text_addc(out, '\n');
    i += length + 1;
  }
  if (!shown->out.length) six_text_adds(out, "  (nothing)\n");
  if (shown->exit) six_text_addf(out, "  (exit status %d)\n", shown->exit);
}

static void add_outputs(struct six_text *out, const char *example) {
  struct six_scenario *scenario = read_example(example);
  struct shown shown[MAJORS] = {0};
  if (!scenario) return;
  for (int i = 0; i < MAJORS; i++) {
    struct six_diag diag = {0};
    struct six_options options = {.node = SIX_NODE_FIRST + i};
    struct six_result *result = six_run(scenario, &options, &diag);
    if (!result) continue;
    shown[i] = (struct shown){result->out, result->exit};
    result->out = (struct six_text){0};
    six_result_free(result);
  }
  for (int first = 0; first < MAJORS;) {
    int last = first;
    while (last + 1 < MAJORS && same(&shown[first], &shown[last + 1])) last++;
    add_output(out, &shown[first], SIX_NODE_FIRST + first, SIX_NODE_FIRST + last, first == 0 && last == MAJORS - 1);
    first = last + 1;
  }
  for (int i = 0; i < MAJORS; i++) six_text_done(&shown[i].out);
  six_scenario_free(scenario);
}

static const struct six_rule_text *rule_named(const char *name) {
  char *end;
  const char *digits = *name == 'R' || *name == 'r' ? name + 1 : name;
  long number = strtol(digits, &end, 10);
  return *digits >= '0' && *digits <= '9' && !*end && number < 10000 ? six_rule_text((int)number) : NULL;
}

static void add_rule(struct six_text *out, const struct six_rule_text *rule) {
  six_text_addf(out, "R%d  %s\n\n", rule->number, rule->title);
  add_wrapped(out, "  ", rule->text);
  if (rule->example) {
    six_text_addf(out, "\nAn example:\n\n%s", rule->example);
    add_outputs(out, rule->example);
  }
  bool first = true;
  for (int cell = 0; cell < SIX_RULE_COUNT; cell++) {
    const struct six_rule_row *row = six_rule_row((enum six_rule_cell)cell);
    if (row->number != rule->number) continue;
    if (first) six_text_adds(out, "\nWhat changed between majors:\n\n");
    first = false;
    add_row(out, row);
  }
}

static void add_book(struct six_text *out) {
  int count;
  const struct six_rule_text *texts = six_rule_texts(&count);
  six_text_adds(out, "The rule book ('sixphase rules R14' tells more):\n\n");
  for (int i = 0; i < count; i++) six_text_addf(out, "R%-4d %s\n", texts[i].number, texts[i].title);
  six_text_adds(out, "\nWhat changed between Node majors:\n\n");
  for (int cell = 0; cell < SIX_RULE_COUNT; cell++) add_row(out, six_rule_row((enum six_rule_cell)cell));
}

// ---- JSON
static void add_string(struct six_text *out, const char *key, const char *text) {
  six_text_addf(out, ", \"%s\": ", key);
  six_text_add_json(out, text, strlen(text));
}

static void add_json_rows(struct six_text *out, int number) {
  bool many = false;
  for (int cell = 0; cell < SIX_RULE_COUNT; cell++) {
    const struct six_rule_row *row = six_rule_row((enum six_rule_cell)cell);
    if (row->number != number) continue;
    six_text_addf(out, "%s{\"row\": \"%s\"", many ? ", " : "", row->name);
    many = true;
    add_string(out, "title", row->title);
    add_string(out, "source", row->source);
    six_text_adds(out, ", \"values\": {");
    for (int i = 0; i < MAJORS; i++) six_text_addf(out, "%s\"%d\": %d", i ? ", " : "", SIX_NODE_FIRST + i, row->values[i]);
    six_text_adds(out, "}}");
  }
}

static bool is_wanted(const struct ui_options *options, const struct six_rule_text *rule) {
  for (int i = 0; i < options->file_count; i++)
    if (rule_named(options->files[i]) == rule) return true;
  return !options->file_count;
}

static void add_json(struct six_text *out, const struct ui_options *options) {
  int count;
  const struct six_rule_text *texts = six_rule_texts(&count);
  bool many = false;
  six_text_adds(out, "{\"rules\": [");
  for (int i = 0; i < count; i++) {
    if (!is_wanted(options, &texts[i])) continue;
    six_text_addf(out, "%s{\"rule\": \"R%d\"", many ? ", " : "", texts[i].number);
    many = true;
    add_string(out, "title", texts[i].title);
    add_string(out, "text", texts[i].text);
    if (texts[i].example) add_string(out, "example", texts[i].example);
    six_text_adds(out, ", \"changed\": [");
    add_json_rows(out, texts[i].number);
    six_text_adds(out, "]}");
  }
  six_text_adds(out, "]}\n");
}

static int rules(const struct ui_options *options) {
  struct six_text out = {0};
  for (int i = 0; i < options->file_count; i++)
    if (!rule_named(options->files[i]))
      return ui_error(SIX_STATUS_USAGE, "there is no rule '%s'; 'sixphase rules' lists them", options->files[i]);
  if (options->json) add_json(&out, options);
  else if (!options->file_count) add_book(&out);
  for (int i = 0; i < options->file_count && !options->json; i++) {
    if (i) six_text_addc(&out, '\n');
    add_rule(&out, rule_named(options->files[i]));
  }
  ui_write_text(STDOUT_FILENO, &out);
  return 0;
}

const struct ui_command ui_command_rules = {
    .name = "rules",
    .arguments = "[RULE...]",
    .summary = "The rule book: all rules, and what changed between Node majors",
    .details =
        "Without a RULE: the list of rules, and the table with a row for each thing that ever changed: its rule, its meaning,\n"
        "its value by major and the public source. With one (R17): what it says, an example, and what the example prints\n"
        "under each major. --json prints {\"rules\": [{\"rule\", \"title\", \"text\", \"example\", \"changed\": [rows]}, ...]}.\n",
    .least = 0,
    .most = -1,
    .options = UI_OPTION_JSON,
    .run = rules,
};
