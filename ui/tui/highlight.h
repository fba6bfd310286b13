// tui: JavaScript in colours, a line at a time.
#ifndef SIX_TUI_HIGHLIGHT_H
#define SIX_TUI_HIGHLIGHT_H

#include "ui/tui/canvas.h"

// The token of line[0..length) that starts at `at`: returns where it ends, and its style.
size_t tui_token(const char *line, size_t length, size_t at, unsigned *style);

#endif
