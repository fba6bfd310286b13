// tui: a canvas of cells. Views draw here; one file brings it to a terminal, another to text.
#ifndef SIX_TUI_CANVAS_H
#define SIX_TUI_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/base/text.h"

enum tui_colour {
  TUI_DEFAULT,
  TUI_BORDER,
  TUI_TITLE,
  TUI_FAINT,
  TUI_GOOD,
  TUI_WARN,
  TUI_BAD,
  TUI_ACCENT,
  TUI_STRING,
  TUI_KEYWORD,
  TUI_TASK,  // and TUI_TASKS - 1 more: the colours of callbacks
  TUI_TASKS = 9,
  TUI_COLOURS = TUI_TASK + TUI_TASKS
};

// A style is a colour plus attributes.
enum { TUI_BOLD = 0x100, TUI_REVERSE = 0x200, TUI_UNDERLINE = 0x400, TUI_DIM = 0x800 };

struct tui_cell {
  uint32_t c;     // 0: the right half of the wide character before it
  uint32_t mark;  // one combining character, 0 none
  uint16_t style;
};

struct tui_canvas {
  int width, height;
  bool ascii;  // drawing characters and all others outside ASCII are replaced
  struct tui_cell *cells;
};

struct tui_area {
  int x, y, width, height;
};

void tui_canvas_resize(struct tui_canvas *canvas, int width, int height);  // and clears
void tui_canvas_clear(struct tui_canvas *canvas);
void tui_canvas_done(struct tui_canvas *canvas);
struct tui_cell *tui_canvas_at(const struct tui_canvas *canvas, int x, int y);  // NULL outside

// Draws text from (x, y), at most `width` cells; control characters appear as symbols. Returns the cells used. A text
// that does not fit ends in an ellipsis.
int tui_put(struct tui_canvas *canvas, int x, int y, int width, unsigned style, const char *bytes, size_t length);
int tui_puts(struct tui_canvas *canvas, int x, int y, int width, unsigned style, const char *text);
int tui_putf(struct tui_canvas *canvas, int x, int y, int width, unsigned style, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
void tui_fill(struct tui_canvas *canvas, struct tui_area area, unsigned style);     // with spaces
void tui_restyle(struct tui_canvas *canvas, struct tui_area area, unsigned style);  // keeps the characters
// A frame with a title; returns the area inside. Where it lies on the line of another frame, the lines join.
struct tui_area tui_box(struct tui_canvas *canvas, struct tui_area area, unsigned style, const char *title);
// How many cells a text takes.
int tui_width(const char *bytes, size_t length);
int tui_char_width(uint32_t c);  // 0, 1 or 2

// Text wrapped at spaces: the number of lines it takes in `width`; draws the lines from `skip` on into the area.
int tui_wrap(struct tui_canvas *canvas, struct tui_area area, unsigned style, const char *bytes, size_t length, int skip);

// The canvas as text, a line each without trailing spaces; with ANSI colours when asked.
void tui_canvas_text(const struct tui_canvas *canvas, bool colour, struct six_text *out);
// The 256-colour and the 8-colour number of a colour; -1 the terminal's own.
int tui_colour_256(unsigned colour);
int tui_colour_8(unsigned colour);

#endif
