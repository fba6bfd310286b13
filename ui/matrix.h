// ui: what the files of `matrix` share.
#ifndef SIX_UI_MATRIX_H
#define SIX_UI_MATRIX_H

#include "ui/ui.h"

enum { MATRIX_MAJORS = SIX_NODE_LAST - SIX_NODE_FIRST + 1, MATRIX_CELLS = 8 };

struct matrix_outcome {
  struct six_text out;
  struct six_text note;  // why it failed: the error's first line; empty where it did not
  int exit;
};

struct matrix_difference {
  int from, to;  // majors
  int line;      // the first that differs, from 1; one past the last where only the exit status does
  // The rows of the version table that decide that line, together: it takes all of them. None: no row does, but what the
  // majors have (an interface, a piece of syntax).
  enum six_rule_cell cells[MATRIX_CELLS];
  int cell_count;
};

struct matrix {
  const struct ui_options *options;
  struct ui_program program;
  struct matrix_outcome outcomes[MATRIX_MAJORS];
  int group[MATRIX_MAJORS], groups;  // group of each major, from 0 in order of first appearance
  struct matrix_difference differences[MATRIX_MAJORS];
  int difference_count, status;
};

// Runs the program as `major` does, under `rules` (NULL: its own). false when it cannot start; matrix->status says why.
bool matrix_run(struct matrix *matrix, const struct six_rules *rules, int major, struct matrix_outcome *outcome);
void matrix_outcome_done(struct matrix_outcome *outcome);
bool matrix_same(const struct matrix_outcome *a, const struct matrix_outcome *b);
// The first line (from 1) that differs; one past the last line where only the exit status does.
int matrix_first_difference(const struct matrix_outcome *a, const struct matrix_outcome *b);
int matrix_first_of(const struct matrix *matrix, int group);                           // index of the group's first major
void matrix_add_majors(const struct matrix *matrix, int group, struct six_text *out);  // "8-10, 12"

// matrix_rules.c: finds difference->cells by running the program with single rows changed.
void matrix_find_rules(struct matrix *matrix, struct matrix_difference *difference);
// matrix_text.c: groups side by side, then the differences.
void matrix_print(const struct matrix *matrix, bool colour, int width, struct six_text *out);

#endif
