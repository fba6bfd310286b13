// ui: what `explain` prints, also where `step` has no terminal.
#ifndef SIX_UI_EXPLAIN_H
#define SIX_UI_EXPLAIN_H

#include "ui/ui.h"

// Prints the explanation of a recorded run and returns the program's exit status.
int ui_explain_result(const struct ui_options *options, const struct ui_program *program, struct six_result *result);

#endif
