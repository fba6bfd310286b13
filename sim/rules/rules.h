// rules: what one Node major does where majors differ. A row per rule that ever changed; whoever needs a rule reads its
// cell by name (rules->cell[SIX_RULE_X]); no version number is known outside this room.
#ifndef SIX_RULES_RULES_H
#define SIX_RULES_RULES_H

#include <stdbool.h>
#include <stdint.h>

enum { SIX_NODE_FIRST = 8, SIX_NODE_LAST = 26, SIX_NODE_DEFAULT = 20 };

// One list: R(name, rule number, title). Values by major are in rules.c, with sources.
#include "sim/rules/table.h"

enum six_rule_cell {
#define R(name, number, title) SIX_RULE_##name,
  SIX_RULE_TABLE(R)
#undef R
      SIX_RULE_COUNT
};

struct six_rules {
  int major;
  int32_t cell[SIX_RULE_COUNT];
};

// Fills `rules` for a Node major from SIX_NODE_FIRST to SIX_NODE_LAST; false outside that range.
bool six_rules_for(int major, struct six_rules *rules);

// A row as people read it.
struct six_rule_row {
  const char *name;  // the cell's
  int number;        // the rule book's: 17 for R17
  const char *title;
  const char *source;  // public evidence: a Node PR, a libuv function and version, a spec clause
  int32_t values[SIX_NODE_LAST - SIX_NODE_FIRST + 1];
};
const struct six_rule_row *six_rule_row(enum six_rule_cell cell);

// The rule book's text for a number (all rules, not only those that changed): title and one paragraph. NULL if unknown.
struct six_rule_text {
  int number;
  const char *title;
  const char *text;
  const char *example;  // a short runnable program that shows it, or NULL
};
const struct six_rule_text *six_rule_text(int number);
// All of them, ordered by number.
const struct six_rule_text *six_rule_texts(int *count);

#endif
