// ui: a real Node, asked for its version and made to run a program, in a folder and with a time limit.
#ifndef SIX_UI_REAL_NODE_H
#define SIX_UI_REAL_NODE_H

#include "ui/ui.h"

struct ui_answer {
  bool differs;  // from what was expected of it
  struct six_text out;
  int exit;            // its status; 128 + the signal that ended it
  bool started, hung;  // hung: it was ended after the time limit
  int signal;
  char why[128];  // it was not started: why
};

// Runs PATH with an argument, its stdout into the answer, in `folder` and with little of our environment. stdin: a file or NULL.
void ui_ask_process(const char *path, const char *const *arguments, const struct ui_program *program, const char *folder, uint64_t limit_ms,
                    struct ui_answer *answer);
// The major of the Node at PATH, or 0 after a message; then *status is the exit status.
int ui_node_major(const char *path, const char *folder, char version[32], int *status);
// Writes the program (as JavaScript) and the files of its world into the folder. Returns the program's name there, malloc'd, or NULL.
char *ui_place_program(const struct ui_program *program, const char *folder);

#endif
