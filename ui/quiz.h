// ui: what the files of `quiz` share.
#ifndef SIX_UI_QUIZ_H
#define SIX_UI_QUIZ_H

#include <time.h>

#include "ui/ui.h"

// ---- quiz_memory.c: what was asked before, in a file of the user's ($XDG_STATE_HOME/sixphase/quiz). A question that was
// answered right comes again after a day, then after 3, 7, 21 and 60; one that was missed comes at once.
struct quiz_memory;
struct quiz_memory *quiz_memory_read(void);
void quiz_memory_free(struct quiz_memory *memory);
// When a question is due; 0: it was never asked. `path` is known by the last two names in it.
time_t quiz_due(const struct quiz_memory *memory, const char *path);
unsigned quiz_times(const struct quiz_memory *memory, const char *path);  // how often it was asked
// Notes an answer, and writes the file; false when it cannot be written.
bool quiz_note(struct quiz_memory *memory, const char *path, bool right, time_t now);

// ---- quiz_question.c: one program as a question.
enum { QUIZ_LINES = 20 };

struct quiz_line {
  const char *text;  // without its line feed
  size_t length;
};

struct quiz_question {
  const struct ui_options *options;
  struct ui_program program;
  struct six_result *result;
  struct six_evidence *evidence;
  struct six_reader *reader;
  struct ui_shown shown;
  struct six_orders *orders;
  struct quiz_line lines[QUIZ_LINES];  // in the typical order
  uint32_t outputs[QUIZ_LINES];        // the OUTPUT event of each
  int place[QUIZ_LINES];               // where it stands among the letters
  int count;
};

// false: no question (it cannot run, prints fewer than two lines or too many, or is not to be had in whole lines).
bool quiz_open(struct quiz_question *question, const struct ui_options *options, const char *path, unsigned seed);
void quiz_close(struct quiz_question *question);
void quiz_ask(const struct quiz_question *question, bool colour, int width, struct six_text *out);
// An answer in letters, as many as there are lines. true: `order` has the line of each place. Else `out` says what is wrong.
bool quiz_read_answer(const struct quiz_question *question, const char *answer, int order[QUIZ_LINES], struct six_text *out);
enum quiz_verdict { QUIZ_WRONG, QUIZ_TYPICAL, QUIZ_LEGAL };  // LEGAL: another order that Node may print
enum quiz_verdict quiz_judge(const struct quiz_question *question, const int order[QUIZ_LINES]);
// The first wrong line and why it is not that one.
void quiz_explain_miss(const struct quiz_question *question, const int order[QUIZ_LINES], int width, struct six_text *out);
void quiz_tell_order(const struct quiz_question *question, int width, struct six_text *out);  // and the explanation

#endif
