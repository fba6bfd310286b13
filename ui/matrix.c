// The output under every Node major: majors with the same output form a group.
#include "ui/matrix.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// ---- Runs

// "ReferenceError: x is not defined" of an error report; a JSON scenario or a puzzle has one at most that matters.
static void add_error_line(struct six_text *note, const struct six_text *err) {
  const char *at = err->bytes, *end = at ? at + err->length : at;
  while (at && at < end) {
    const char *stop = memchr(at, '\n', (size_t)(end - at)), *name = at;
    if (!stop) stop = end;
    while (name < stop && ((*name >= 'A' && *name <= 'Z') || (*name >= 'a' && *name <= 'z'))) name++;
    if (name - at >= 5 && !memcmp(name - 5, "Error", 5) && name < stop && (*name == ':' || *name == ' ')) {
      six_text_add(note, at, (size_t)(stop - at));
      return;
    }
    at = stop + 1;
  }
}

bool matrix_run(struct matrix *matrix, const struct six_rules *rules, int major, struct matrix_outcome *outcome) {
  struct six_options how = ui_run_options(matrix->options);
  how.node = major;
  how.rules = rules;
  struct six_text ignored = {0};
  struct six_result *result = ui_run(&matrix->program, &how, &matrix->status, rules ? &ignored : NULL);
  six_text_done(&ignored);
  if (!result) return false;
  *outcome = (struct matrix_outcome){.out = result->out, .exit = result->exit};
  result->out = (struct six_text){0};
  if (result->message.length) six_text_add(&outcome->note, result->message.bytes, strcspn(result->message.bytes, "\n"));
  else if (result->exit) add_error_line(&outcome->note, &result->err);
  six_result_free(result);
  return true;
}

void matrix_outcome_done(struct matrix_outcome *outcome) {
  six_text_done(&outcome->out);
  six_text_done(&outcome->note);
}

bool matrix_same(const struct matrix_outcome *a, const struct matrix_outcome *b) {
  return a->exit == b->exit && a->out.length == b->out.length && (!a->out.length || !memcmp(a->out.bytes, b->out.bytes, a->out.length));
}

int matrix_first_difference(const struct matrix_outcome *a, const struct matrix_outcome *b) {
  int line = 1;
  size_t i = 0;
  for (; i < a->out.length && i < b->out.length && a->out.bytes[i] == b->out.bytes[i]; i++) line += a->out.bytes[i] == '\n';
  return line;
}

static bool run_all(struct matrix *matrix) {
  for (int i = 0; i < MATRIX_MAJORS; i++) {
    if (!matrix_run(matrix, NULL, SIX_NODE_FIRST + i, &matrix->outcomes[i])) return false;
    int like = 0;
    while (like < i && !matrix_same(&matrix->outcomes[like], &matrix->outcomes[i])) like++;
    matrix->group[i] = like < i ? matrix->group[like] : matrix->groups++;
    if (!i || matrix->group[i] == matrix->group[i - 1]) continue;
    struct matrix_difference *difference = &matrix->differences[matrix->difference_count++];
    *difference = (struct matrix_difference){.from = SIX_NODE_FIRST + i - 1, .to = SIX_NODE_FIRST + i};
    difference->line = matrix_first_difference(&matrix->outcomes[i - 1], &matrix->outcomes[i]);
    matrix_find_rules(matrix, difference);
  }
  return true;
}

int matrix_first_of(const struct matrix *matrix, int group) {
  int i = 0;
  while (matrix->group[i] != group) i++;
  return i;
}

void matrix_add_majors(const struct matrix *matrix, int group, struct six_text *out) {
  bool many = false;
  for (int i = 0; i < MATRIX_MAJORS; i++) {
    if (matrix->group[i] != group) continue;
    int last = i;
    while (last + 1 < MATRIX_MAJORS && matrix->group[last + 1] == group) last++;
    six_text_addf(out, last > i ? "%s%d-%d" : "%s%d", many ? ", " : "", SIX_NODE_FIRST + i, SIX_NODE_FIRST + last);
    many = true;
    i = last;
  }
}

// ---- JSON
static void add_group(const struct matrix *matrix, int group, struct six_text *out) {
  const struct matrix_outcome *outcome = &matrix->outcomes[matrix_first_of(matrix, group)];
  six_text_adds(out, group ? ", {\"nodes\": [" : "{\"nodes\": [");
  bool many = false;
  for (int i = 0; i < MATRIX_MAJORS; i++) {
    if (matrix->group[i] != group) continue;
    six_text_addf(out, many ? ", %d" : "%d", SIX_NODE_FIRST + i);
    many = true;
  }
  six_text_adds(out, "], \"stdout\": ");
  six_text_add_json(out, outcome->out.bytes, outcome->out.length);
  six_text_addf(out, ", \"exit\": %d", outcome->exit);
  if (outcome->note.length) {
    six_text_adds(out, ", \"note\": ");
    six_text_add_json(out, outcome->note.bytes, outcome->note.length);
  }
  six_text_addc(out, '}');
}

// "rule" and "row" are the first; where it takes several together, "rules" and "rows" are all of them.
static void add_difference(const struct matrix_difference *d, struct six_text *out) {
  six_text_addf(out, "{\"between\": [%d, %d], \"line\": %d, ", d->from, d->to, d->line);
  if (!d->cell_count) {
    six_text_adds(out, "\"rule\": null}");
    return;
  }
  const struct six_rule_row *row = six_rule_row(d->cells[0]);
  six_text_addf(out, "\"rule\": \"R%d\", \"row\": \"%s\", \"title\": ", row->number, row->name);
  six_text_add_json(out, row->title, strlen(row->title));
  for (int i = 0; i < d->cell_count && d->cell_count > 1; i++)
    six_text_addf(out, i ? ", \"R%d\"" : ", \"rules\": [\"R%d\"", six_rule_row(d->cells[i])->number);
  for (int i = 0; i < d->cell_count && d->cell_count > 1; i++)
    six_text_addf(out, i ? ", \"%s\"" : "], \"rows\": [\"%s\"", six_rule_row(d->cells[i])->name);
  six_text_adds(out, d->cell_count > 1 ? "]}" : "}");
}

static void print_json(const struct matrix *matrix, struct six_text *out) {
  six_text_adds(out, "{\"groups\": [");
  for (int group = 0; group < matrix->groups; group++) add_group(matrix, group, out);
  six_text_adds(out, "], \"differences\": [");
  for (int i = 0; i < matrix->difference_count; i++) {
    if (i) six_text_adds(out, ", ");
    add_difference(&matrix->differences[i], out);
  }
  six_text_adds(out, "]}\n");
}

static int matrix_of(const struct ui_options *options) {
  struct matrix *matrix = calloc(1, sizeof *matrix);
  if (!matrix) abort();
  matrix->options = options;
  int status = ui_load(options, options->files[0], &matrix->program, NULL);
  if (!status) {
    struct six_text out = {0};
    if (run_all(matrix)) {
      if (options->json) print_json(matrix, &out);
      else matrix_print(matrix, ui_use_color(options, STDOUT_FILENO), isatty(STDOUT_FILENO) ? ui_width(STDOUT_FILENO) : 80, &out);
      ui_write_text(STDOUT_FILENO, &out);
    } else status = matrix->status;
    ui_unload(&matrix->program);
  }
  for (int i = 0; i < MATRIX_MAJORS; i++) matrix_outcome_done(&matrix->outcomes[i]);
  free(matrix);
  return status;
}

const struct ui_command ui_command_matrix = {
    .name = "matrix",
    .arguments = "FILE",
    .summary = "The output under every Node major from 8 to 26, and which rule made the difference",
    .details =
        "Majors that agree share a column; in each, '>' marks the first line that is not the column's before it. Below, for\n"
        "each two neighbours that differ, the rule that decides: found by running the program again with that one row of\n"
        "the version table changed ('sixphase rules' shows it), or with several where it takes them all.\n\n"
        "--json prints one object: \"groups\" of majors with their stdout and exit status (and a note why one failed), and\n"
        "\"differences\" with the two majors, the first line that differs, the rule, and the row of the version table by its name;\n"
        "rule is null where it is none of them, but something that one of the two does not have.\n",
    .least = 1,
    .most = 1,
    .options = UI_OPTION_COMMON | UI_OPTION_JSON,
    .run = matrix_of,
};
