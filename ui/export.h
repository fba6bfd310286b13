// ui: the forms of `export` that show a run.
#ifndef SIX_UI_EXPORT_H
#define SIX_UI_EXPORT_H

#include "ui/ui.h"

// Prints the run as an SVG picture, or as an HTML page with the program, its output and why. Returns the exit status: 0, or
// ours where the program could not run to its end.
int ui_export_picture(const struct ui_options *options, const struct ui_program *program, bool page);

#endif
