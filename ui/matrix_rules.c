// Which rows of the version table make two neighbours differ: an experiment, not a guess. The program runs under the older
// major's rules with rows of the newer one in their place; those decide that are needed to bring the newer one's line.
#include <limits.h>

#include "ui/matrix.h"

struct search {
  struct matrix *matrix;
  const struct matrix_difference *difference;
  struct six_rules from, to;
  const struct matrix_outcome *wanted;
};

// How far the output with these rows changed agrees with the newer major's: the lines before the first difference, or all.
static int agreement(struct search *search, const enum six_rule_cell *cells, int count) {
  struct six_rules mixed = search->from;
  for (int i = 0; i < count; i++) mixed.cell[cells[i]] = search->to.cell[cells[i]];
  struct matrix_outcome outcome;
  if (!matrix_run(search->matrix, &mixed, search->difference->from, &outcome)) return 0;
  int agrees = matrix_same(&outcome, search->wanted) ? INT_MAX : matrix_first_difference(&outcome, search->wanted);
  matrix_outcome_done(&outcome);
  return agrees;
}

// One row alone; of several that bring the line, the one that brings most.
static bool find_one(struct search *search, const enum six_rule_cell *cells, int count, enum six_rule_cell *found) {
  int best = search->difference->line;
  for (int i = 0; i < count && best < INT_MAX; i++) {
    int agrees = agreement(search, &cells[i], 1);
    if (agrees <= best) continue;
    best = agrees;
    *found = cells[i];
  }
  return best > search->difference->line;
}

// All of them together bring the line: drops one after the other as long as the rest still does.
static int reduce(struct search *search, enum six_rule_cell *cells, int count) {
  if (agreement(search, cells, count) <= search->difference->line) return 0;
  for (int i = 0; i < count;) {
    enum six_rule_cell dropped = cells[i];
    cells[i] = cells[count - 1];
    if (agreement(search, cells, count - 1) > search->difference->line) {
      count--;
      continue;
    }
    cells[count - 1] = cells[i];
    cells[i++] = dropped;
  }
  return count;
}

void matrix_find_rules(struct matrix *matrix, struct matrix_difference *difference) {
  struct search search = {.matrix = matrix, .difference = difference, .wanted = &matrix->outcomes[difference->to - SIX_NODE_FIRST]};
  enum six_rule_cell cells[SIX_RULE_COUNT];
  int count = 0;
  if (!six_rules_for(difference->from, &search.from) || !six_rules_for(difference->to, &search.to)) return;
  for (int cell = 0; cell < SIX_RULE_COUNT; cell++)
    if (search.from.cell[cell] != search.to.cell[cell]) cells[count++] = (enum six_rule_cell)cell;
  if (find_one(&search, cells, count, &difference->cells[0])) {
    difference->cell_count = 1;
    return;
  }
  count = reduce(&search, cells, count);
  for (int i = 0; i < count && i < MATRIX_CELLS; i++) difference->cells[difference->cell_count++] = cells[i];
}
