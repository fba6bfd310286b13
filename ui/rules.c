#include <stdlib.h>
#include <unistd.h>

#include "ui/ui.h"

enum { WRAP = 98 };

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
  six_text_addf(out, "\n      %s\n", row->source ? row->source : "");
}

static int print_rule(const char *name) {
  int number = atoi(*name == 'R' || *name == 'r' ? name + 1 : name);
  const struct six_rule_text *rule = six_rule_text(number);
  if (!rule) return ui_error(SIX_STATUS_USAGE, "there is no rule '%s'; 'sixphase rules' lists them", name);
  struct six_text out = {0};
  six_text_addf(&out, "R%d  %s\n\n", rule->number, rule->title);
  add_wrapped(&out, "  ", rule->text);
  if (rule->example) six_text_addf(&out, "\nAn example:\n\n%s\n", rule->example);
  bool first = true;
  for (int cell = 0; cell < SIX_RULE_COUNT; cell++) {
    const struct six_rule_row *row = six_rule_row((enum six_rule_cell)cell);
    if (row->number != number) continue;
    if (first) six_text_adds(&out, "\nWhat changed between majors:\n\n");
    first = false;
    add_row(&out, row);
  }
  ui_write_text(STDOUT_FILENO, &out);
  return 0;
}

static int rules(const struct ui_options *options) {
  for (int i = 0; i < options->file_count; i++) {
    int status = print_rule(options->files[i]);
    if (status) return status;
  }
  if (options->file_count) return 0;
  struct six_text out = {0};
  int count;
  const struct six_rule_text *texts = six_rule_texts(&count);
  six_text_adds(&out, "The rule book ('sixphase rules R14' tells more):\n\n");
  for (int i = 0; i < count; i++) six_text_addf(&out, "R%-4d %s\n", texts[i].number, texts[i].title);
  six_text_adds(&out, "\nWhat changed between Node majors:\n\n");
  for (int cell = 0; cell < SIX_RULE_COUNT; cell++) add_row(&out, six_rule_row((enum six_rule_cell)cell));
  ui_write_text(STDOUT_FILENO, &out);
  return 0;
}

const struct ui_command ui_command_rules = {
    .name = "rules",
    .arguments = "[RULE...]",
    .summary = "The rule book: all rules, and what changed between Node majors",
    .details = NULL,
    .least = 0,
    .most = -1,
    .options = 0,
    .run = rules,
};
