// ui: one run's lines against another's: the same, a legal order of their own, or different.
#ifndef SIX_UI_COMPARE_H
#define SIX_UI_COMPARE_H

#include "sim/sixphase.h"

struct ui_line {
  const char *text;  // without its line feed
  size_t length;
  int fd;                // 1 or 2
  uint32_t task, begin;  // who printed it, and its BEGIN; 0 where no trace says so
};

struct ui_lines {
  struct ui_line *items;
  size_t count, capacity;
  struct six_text out, err;   // the bytes
  struct six_reader *reader;  // or NULL
};

// What a recorded run printed, stdout and stderr in one sequence. Borrows the result.
void ui_lines_of_run(struct ui_lines *lines, const struct six_result *result);
// Lines of a text that some other program printed to stdout.
void ui_lines_of_text(struct ui_lines *lines, const char *bytes, size_t length);
void ui_lines_done(struct ui_lines *lines);

enum ui_verdict { UI_SAME, UI_RACE, UI_DIFFERS };

enum { UI_RACES = 8 };
struct ui_comparison {
  enum ui_verdict verdict;
  size_t line;  // RACE, DIFFERS: the first that differs, from 1
  struct ui_race {
    const struct ui_line *first, *second;  // in the simulation; second NULL: a line that says how long something took
  } races[UI_RACES];
  struct six_text reasons[UI_RACES];  // of a difference: reasons[0], why the order is promised; may be empty
  size_t race_count;                  // all of them; the first UI_RACES are kept
};

// `simulated` was recorded. Only its lines on stdout count when `only_stdout`.
void ui_compare(const struct ui_lines *simulated, const struct ui_lines *other, bool only_stdout, struct ui_comparison *comparison);
void ui_comparison_done(struct ui_comparison *comparison);

#endif
