// The terminal: the only file that knows curses.
#define _XOPEN_SOURCE_EXTENDED 1
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <curses.h>

#include "ui/tui/tui.h"

// One terminal belongs to a process, and curses keeps its own state in the same way.
static struct {
  SCREEN *screen;
  FILE *input;
  bool colour, mouse;
} term;

bool tui_term_is_utf8(void) {
  setlocale(LC_ALL, "");
  return !strcmp(nl_langinfo(CODESET), "UTF-8");
}

static void open_colours(void) {
  start_color();
  use_default_colors();
  for (unsigned i = 1; i < TUI_COLOURS; i++) init_pair((short)i, (short)(COLORS >= 256 ? tui_colour_256(i) : tui_colour_8(i)), -1);
}

bool tui_term_open(int input, bool mouse, bool colour) {
  term.input = input == STDIN_FILENO ? stdin : fdopen(dup(input), "r");
  if (!term.input) return false;
  term.screen = newterm(NULL, stdout, term.input);
  if (!term.screen) return false;
  // Without cursor addressing there is no screen to draw on.
  if (!tigetstr("cup") || tigetstr("cup") == (char *)-1) {
    endwin();
    delscreen(term.screen);
    term.screen = NULL;
    return false;
  }
  raw();  // Ctrl-Z and Ctrl-C come as keys: the session ends or stops in good order
  noecho();
  nonl();
  keypad(stdscr, TRUE);
  nodelay(stdscr, TRUE);
  set_escdelay(25);
  curs_set(0);
  term.colour = colour && has_colors();
  if (term.colour) open_colours();
  term.mouse = mouse;
  if (mouse) {
    mousemask(BUTTON1_PRESSED | BUTTON1_CLICKED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
    mouseinterval(0);
  }
  return true;
}

void tui_term_close(void) {
  if (!term.screen) return;
  endwin();
  fflush(stdout);
}

void tui_term_size(int *width, int *height) {
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col && size.ws_row) resizeterm(size.ws_row, size.ws_col);
  getmaxyx(stdscr, *height, *width);
}

static void put_cell(int x, int y, const struct tui_cell *cell) {
  attr_t attributes = A_NORMAL;
  if (cell->style & TUI_BOLD) attributes |= A_BOLD;
  if (cell->style & TUI_REVERSE) attributes |= A_REVERSE;
  if (cell->style & TUI_UNDERLINE) attributes |= A_UNDERLINE;
  if ((cell->style & 0xFF) == TUI_FAINT && !term.colour) attributes |= A_DIM;
  wchar_t text[3] = {(wchar_t)cell->c, (wchar_t)cell->mark, 0};
  cchar_t wide;
  setcchar(&wide, text, attributes, term.colour ? (short)(cell->style & 0xFF) : 0, NULL);
  mvadd_wch(y, x, &wide);
}

void tui_term_show(const struct tui_canvas *canvas, bool all) {
  if (all) clearok(stdscr, TRUE);
  erase();
  for (int y = 0; y < canvas->height; y++)
    for (int x = 0; x < canvas->width; x++) {
      const struct tui_cell *cell = tui_canvas_at(canvas, x, y);
      if (cell->c && (cell->c != ' ' || cell->style)) put_cell(x, y, cell);
    }
  refresh();
}

static int mouse_key(struct tui *tui) {
  MEVENT event;
  if (getmouse(&event) != OK) return 0;
  tui->mouse_x = event.x;
  tui->mouse_y = event.y;
  if (event.bstate & BUTTON4_PRESSED) return TUI_KEY_WHEEL_UP;
  if (event.bstate & BUTTON5_PRESSED) return TUI_KEY_WHEEL_DOWN;
  return TUI_KEY_CLICK;
}

int tui_term_key(struct tui *tui) {
  wint_t c;
  int kind = get_wch(&c);
  if (kind == ERR) return -1;
  if (kind == OK) {
    switch (c) {
      case 27: return TUI_KEY_ESCAPE;
      case '\r':
      case '\n': return TUI_KEY_ENTER;
      case '\t': return TUI_KEY_TAB;
      case 8:
      case 127: return TUI_KEY_BACKSPACE;
      default: return (int)c;
    }
  }
  switch (c) {
    case KEY_LEFT: return TUI_KEY_LEFT;
    case KEY_RIGHT: return TUI_KEY_RIGHT;
    case KEY_UP: return TUI_KEY_UP;
    case KEY_DOWN: return TUI_KEY_DOWN;
    case KEY_HOME: return TUI_KEY_HOME;
    case KEY_END: return TUI_KEY_END;
    case KEY_PPAGE: return TUI_KEY_PAGE_UP;
    case KEY_NPAGE: return TUI_KEY_PAGE_DOWN;
    case KEY_ENTER: return TUI_KEY_ENTER;
    case KEY_BTAB: return TUI_KEY_BACK_TAB;
    case KEY_BACKSPACE: return TUI_KEY_BACKSPACE;
    case KEY_MOUSE: return mouse_key(tui);
    default: return 0;
  }
}
