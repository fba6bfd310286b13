// The output under every Node major: majors with the same output form a group. Between neighbours that differ, the rule
// is found by experiment: the run is repeated with single cells of the one rule table replaced by the other's.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ui/json.h"
#include "ui/ui.h"

enum { MAJORS = SIX_NODE_LAST - SIX_NODE_FIRST + 1 };

struct outcome {
  struct six_text out;
  int exit;
};

struct difference {
  int from, to, line, rule;  // rule 0: no single rule
};

struct matrix {
  const struct ui_options *options;
  struct ui_program program;
  struct outcome outcomes[MAJORS];
  int group[MAJORS], groups;  // group of each major, from 0 in order of first appearance
  struct difference differences[MAJORS];
  int difference_count, status;
};

static bool run_with(struct matrix *matrix, const struct six_rules *rules, int major, struct outcome *outcome) {
  struct six_options how = ui_run_options(matrix->options);
  how.node = major;
  how.rules = rules;
  struct six_text ignored = {0};
  struct six_result *result = ui_run(&matrix->program, &how, &matrix->status, rules ? &ignored : NULL);
  six_text_done(&ignored);
  if (!result) return false;
  outcome->out = result->out;
  outcome->exit = result->exit;
  result->out = (struct six_text){0};
  six_result_free(result);
  return true;
}

static bool same(const struct outcome *a, const struct outcome *b) {
  return a->exit == b->exit && a->out.length == b->out.length && (!a->out.length || !memcmp(a->out.bytes, b->out.bytes, a->out.length));
}

// The first line (from 1) that differs; one past the last line where only the exit status does.
static int first_difference(const struct outcome *a, const struct outcome *b) {
  int line = 1;
  size_t i = 0;
  for (; i < a->out.length && i < b->out.length && a->out.bytes[i] == b->out.bytes[i]; i++) line += a->out.bytes[i] == '\n';
  return line;
}

// How far an outcome agrees with another: the lines before the first difference, INT32_MAX when all is the same.
static int agreement(const struct outcome *a, const struct outcome *b) { return same(a, b) ? INT32_MAX : first_difference(a, b); }

static int deciding_rule(struct matrix *matrix, const struct difference *difference) {
  struct six_rules from, to;
  if (!six_rules_for(difference->from, &from) || !six_rules_for(difference->to, &to)) return 0;
  const struct outcome *wanted = &matrix->outcomes[difference->to - SIX_NODE_FIRST];
  const struct outcome *had = &matrix->outcomes[difference->from - SIX_NODE_FIRST];
  int best = difference->line, rule = 0;
  for (int cell = 0; cell < SIX_RULE_COUNT; cell++) {
    if (from.cell[cell] == to.cell[cell]) continue;
    struct six_rules mixed = from;
    mixed.cell[cell] = to.cell[cell];
    struct outcome outcome;
    if (!run_with(matrix, &mixed, difference->from, &outcome)) continue;
    int agrees = agreement(&outcome, wanted);
    // Where no single cell brings the wanted line, one that at least changes this line decides with others.
    if (agrees > best || (!rule && !same(&outcome, had) && first_difference(&outcome, had) <= difference->line)) {
      best = agrees > best ? agrees : best;
      rule = six_rule_row((enum six_rule_cell)cell)->number;
    }
    six_text_done(&outcome.out);
  }
  return rule;
}

static bool run_all(struct matrix *matrix) {
  for (int i = 0; i < MAJORS; i++) {
    if (!run_with(matrix, NULL, SIX_NODE_FIRST + i, &matrix->outcomes[i])) return false;
    int like = 0;
    while (like < i && !same(&matrix->outcomes[like], &matrix->outcomes[i])) like++;
    matrix->group[i] = like < i ? matrix->group[like] : matrix->groups++;
    if (!i || matrix->group[i] == matrix->group[i - 1]) continue;
    struct difference *difference = &matrix->differences[matrix->difference_count++];
    *difference = (struct difference){SIX_NODE_FIRST + i - 1, SIX_NODE_FIRST + i,
                                      first_difference(&matrix->outcomes[i - 1], &matrix->outcomes[i]), 0};
    difference->rule = deciding_rule(matrix, difference);
  }
  return true;
}

static int first_of(const struct matrix *matrix, int group) {
  int i = 0;
  while (matrix->group[i] != group) i++;
  return i;
}

// ---- Printing

static void print_json(const struct matrix *matrix, struct six_text *out) {
  six_text_adds(out, "{\"groups\": [");
  for (int group = 0; group < matrix->groups; group++) {
    const struct outcome *outcome = &matrix->outcomes[first_of(matrix, group)];
    six_text_adds(out, group ? ", {\"nodes\": [" : "{\"nodes\": [");
    bool many = false;
    for (int i = 0; i < MAJORS; i++) {
      if (matrix->group[i] != group) continue;
      six_text_addf(out, many ? ", %d" : "%d", SIX_NODE_FIRST + i);
      many = true;
    }
    six_text_adds(out, "], \"stdout\": ");
    ui_json_string(out, outcome->out.bytes, outcome->out.length);
    six_text_addf(out, ", \"exit\": %d}", outcome->exit);
  }
  six_text_adds(out, "], \"differences\": [");
  for (int i = 0; i < matrix->difference_count; i++) {
    const struct difference *d = &matrix->differences[i];
    six_text_addf(out, "%s{\"between\": [%d, %d], \"line\": %d, \"rule\": ", i ? ", " : "", d->from, d->to, d->line);
    if (d->rule) six_text_addf(out, "\"R%d\"}", d->rule);
    else six_text_adds(out, "null}");
  }
  six_text_adds(out, "]}\n");
}

static void add_majors(const struct matrix *matrix, int group, struct six_text *out) {
  bool many = false;
  for (int i = 0; i < MAJORS; i++) {
    if (matrix->group[i] != group) continue;
    int last = i;
    while (last + 1 < MAJORS && matrix->group[last + 1] == group) last++;
    six_text_addf(out, last > i ? "%s%d-%d" : "%s%d", many ? ", " : "", SIX_NODE_FIRST + i, SIX_NODE_FIRST + last);
    many = true;
    i = last;
  }
}

static void add_line(struct six_text *out, const struct outcome *outcome, int line) {
  const char *at = outcome->out.bytes, *end = at ? at + outcome->out.length : at;
  for (int i = 1; i < line && at && at < end; i++) {
    at = memchr(at, '\n', (size_t)(end - at));
    at = at ? at + 1 : end;
  }
  const char *stop = at && at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
  if (!at || at >= end) six_text_addf(out, "(no line; exit status %d)", outcome->exit);
  else six_text_add(out, at, (size_t)((stop ? stop : end) - at));
}

static void print_text(const struct matrix *matrix, struct six_text *out) {
  for (int group = 0; group < matrix->groups; group++) {
    const struct outcome *outcome = &matrix->outcomes[first_of(matrix, group)];
    six_text_adds(out, group ? "\nNode " : "Node ");
    add_majors(matrix, group, out);
    six_text_adds(out, matrix->groups == 1 ? " (all the same)\n" : "\n");
    if (outcome->exit) six_text_addf(out, "  (exit status %d)\n", outcome->exit);
    for (size_t i = 0; i < outcome->out.length;) {
      const char *start = outcome->out.bytes + i, *stop = memchr(start, '\n', outcome->out.length - i);
      size_t length = stop ? (size_t)(stop - start) : outcome->out.length - i;
      six_text_adds(out, "  ");
      six_text_add(out, start, length);
      six_text_addc(out, '\n');
      i += length + 1;
    }
  }
  for (int i = 0; i < matrix->difference_count; i++) {
    const struct difference *d = &matrix->differences[i];
    six_text_addf(out, "\nFrom %d to %d, line %d: ", d->from, d->to, d->line);
    add_line(out, &matrix->outcomes[d->from - SIX_NODE_FIRST], d->line);
    six_text_adds(out, "  ->  ");
    add_line(out, &matrix->outcomes[d->to - SIX_NODE_FIRST], d->line);
    const struct six_rule_text *rule = d->rule ? six_rule_text(d->rule) : NULL;
    six_text_addf(out, d->rule ? "\n  R%d" : "\n  several rules together", d->rule);
    six_text_addf(out, "%s%s\n", rule ? ": " : "", rule ? rule->title : "");
  }
}

static int matrix_of(const struct ui_options *options) {
  static const struct matrix empty;
  struct matrix *matrix = malloc(sizeof *matrix);
  if (!matrix) abort();
  *matrix = empty;
  matrix->options = options;
  int status = ui_load(options, options->files[0], &matrix->program, NULL);
  if (!status) {
    struct six_text out = {0};
    if (run_all(matrix)) {
      (options->json ? print_json : print_text)(matrix, &out);
      ui_write_text(STDOUT_FILENO, &out);
    } else status = matrix->status;
    ui_unload(&matrix->program);
  }
  for (int i = 0; i < MAJORS; i++) six_text_done(&matrix->outcomes[i].out);
  free(matrix);
  return status;
}

const struct ui_command ui_command_matrix = {
    .name = "matrix",
    .arguments = "FILE",
    .summary = "The output under every Node major from 8 to 26, and which rule made the difference",
    .details =
        "--json prints one object: groups of majors with their stdout and exit status, and for each pair of\n"
        "neighbours that differ the first line that does and the rule that decides it.\n",
    .least = 1,
    .most = 1,
    .options = UI_OPTION_COMMON | UI_OPTION_JSON,
    .run = matrix_of,
};
