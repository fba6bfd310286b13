#include "ui/tui/canvas.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void tui_canvas_resize(struct tui_canvas *canvas, int width, int height) {
  if (width < 1) width = 1;
  if (height < 1) height = 1;
  canvas->width = width;
  canvas->height = height;
  canvas->cells = realloc(canvas->cells, (size_t)width * (size_t)height * sizeof *canvas->cells);
  if (!canvas->cells) abort();
  tui_canvas_clear(canvas);
}

void tui_canvas_clear(struct tui_canvas *canvas) {
  for (int i = 0; i < canvas->width * canvas->height; i++) canvas->cells[i] = (struct tui_cell){' ', 0, TUI_DEFAULT};
}

void tui_canvas_done(struct tui_canvas *canvas) {
  free(canvas->cells);
  canvas->cells = NULL;
}

struct tui_cell *tui_canvas_at(const struct tui_canvas *canvas, int x, int y) {
  if (x < 0 || y < 0 || x >= canvas->width || y >= canvas->height) return NULL;
  return &canvas->cells[y * canvas->width + x];
}

// ---- Widths: of the C library only by locale, so here from Unicode's blocks

struct range {
  uint32_t first, last;
};

static bool is_in(uint32_t c, const struct range *ranges, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (c >= ranges[i].first && c <= ranges[i].last) return true;
  return false;
}

int tui_char_width(uint32_t c) {
  static const struct range none[] = {{0x300, 0x36F},   {0x483, 0x489},   {0x591, 0x5BD},   {0x610, 0x61A},    {0x64B, 0x65F},
                                      {0x900, 0x902},   {0x93C, 0x93C},   {0xE31, 0xE31},   {0xE34, 0xE3A},    {0x1AB0, 0x1AFF},
                                      {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x2064},  {0x20D0, 0x20FF},
                                      {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF}};
  static const struct range wide[] = {{0x1100, 0x115F},   {0x231A, 0x231B},   {0x23E9, 0x23EC},   {0x25FD, 0x25FE},  {0x2614, 0x2615},
                                      {0x26AA, 0x26AB},   {0x2705, 0x2705},   {0x270A, 0x270B},   {0x2728, 0x2728},  {0x274C, 0x274C},
                                      {0x2753, 0x2755},   {0x2757, 0x2757},   {0x2B50, 0x2B50},   {0x2E80, 0x303E},  {0x3041, 0xA4CF},
                                      {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},  {0xFFE0, 0xFFE6},
                                      {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1FAFF}, {0x20000, 0x3FFFD}};
  if (c < 0x300) return 1;
  if (is_in(c, none, sizeof none / sizeof *none)) return 0;
  return is_in(c, wide, sizeof wide / sizeof *wide) ? 2 : 1;
}

static uint32_t shown(uint32_t c) {
  if (c == '\t') return ' ';
  if (c < 0x20) return 0x2400 + c;
  if (c == 0x7F) return 0x2421;
  if (c >= 0x80 && c < 0xA0) return 0xFFFD;
  // Marks that turn the direction of writing would rearrange the screen.
  if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0x2028 || c == 0x2029)
    return 0xFFFD;
  return c;
}

static uint32_t in_ascii(uint32_t c) {
  if (c < 0x80) return c;
  static const struct {
    uint32_t c;
    char ascii;
  } table[] = {{0x2500, '-'}, {0x2502, '|'}, {0x256D, '+'}, {0x256E, '+'}, {0x256F, '+'}, {0x2570, '+'}, {0x25B6, '>'},
               {0x25B8, '>'}, {0x00B7, '.'}, {0x2713, 'v'}, {0x2717, 'x'}, {0x2192, '>'}, {0x2190, '<'}, {0x2191, '^'},
               {0x2193, 'v'}, {0x2588, '#'}, {0x2591, '.'}, {0x2593, '#'}, {0x25B2, '^'}, {0x2026, '~'}, {0x25CF, '*'},
               {0x25CB, 'o'}, {0x2595, '|'}, {0x258F, '|'}, {0x2197, '^'}, {0x2503, '|'}, {0x25C0, '<'}, {0x25B9, '>'},
               {0x251C, '+'}, {0x2524, '+'}, {0x252C, '+'}, {0x2534, '+'}, {0x253C, '+'}, {0x2192, '>'}, {0x2260, '!'}};
  for (size_t i = 0; i < sizeof table / sizeof *table; i++)
    if (table[i].c == c) return (uint32_t)table[i].ascii;
  return '?';
}

int tui_width(const char *bytes, size_t length) {
  int width = 0;
  for (size_t i = 0; i < length;) {
    uint32_t c;
    i += six_utf8_decode(bytes + i, length - i, &c);
    width += tui_char_width(shown(c));
  }
  return width;
}

// ---- Drawing

static void put_cell(struct tui_canvas *canvas, int x, int y, uint32_t c, unsigned style) {
  struct tui_cell *cell = tui_canvas_at(canvas, x, y);
  if (!cell) return;
  // Half of a wide character cannot stay.
  if (!cell->c && x > 0) cell[-1].c = ' ';
  if (x + 1 < canvas->width && !cell[1].c) cell[1].c = ' ';
  *cell = (struct tui_cell){canvas->ascii ? in_ascii(c) : c, 0, (uint16_t)style};
}

int tui_put(struct tui_canvas *canvas, int x, int y, int width, unsigned style, const char *bytes, size_t length) {
  int used = 0;
  for (size_t i = 0; i < length;) {
    uint32_t c;
    size_t step = six_utf8_decode(bytes + i, length - i, &c);
    c = shown(c);
    int wide = tui_char_width(c);
    bool last = i + step >= length;
    if (used + wide > width ||
        (used + wide == width && !last && tui_width(bytes + i + step, length - i - step > 8 ? 8 : length - i - step) > 0)) {
      if (width > 0) put_cell(canvas, x + used, y, 0x2026, style);
      return width > 0 ? used + 1 : 0;
    }
    i += step;
    if (!wide) {
      struct tui_cell *before = used ? tui_canvas_at(canvas, x + used - 1, y) : NULL;
      if (before && before->c && !canvas->ascii) before->mark = c;
      continue;
    }
    put_cell(canvas, x + used, y, c, style);
    if (wide == 2) {
      struct tui_cell *right = tui_canvas_at(canvas, x + used + 1, y);
      if (right && canvas->ascii) *right = (struct tui_cell){' ', 0, (uint16_t)style};
      else if (right) *right = (struct tui_cell){0, 0, (uint16_t)style};
    }
    used += wide;
  }
  return used;
}

int tui_puts(struct tui_canvas *canvas, int x, int y, int width, unsigned style, const char *text) {
  return tui_put(canvas, x, y, width, style, text, strlen(text));
}

int tui_putf(struct tui_canvas *canvas, int x, int y, int width, unsigned style, const char *format, ...) {
  char buffer[512];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(buffer, sizeof buffer, format, arguments);
  va_end(arguments);
  return tui_puts(canvas, x, y, width, style, buffer);
}

void tui_fill(struct tui_canvas *canvas, struct tui_area area, unsigned style) {
  for (int y = area.y; y < area.y + area.height; y++)
    for (int x = area.x; x < area.x + area.width; x++) put_cell(canvas, x, y, ' ', style);
}

void tui_restyle(struct tui_canvas *canvas, struct tui_area area, unsigned style) {
  for (int y = area.y; y < area.y + area.height; y++)
    for (int x = area.x; x < area.x + area.width; x++) {
      struct tui_cell *cell = tui_canvas_at(canvas, x, y);
      if (cell) cell->style = (uint16_t)style;
    }
}

// ---- Frames: where two meet, their lines join

enum { UP = 1, DOWN = 2, LEFT = 4, RIGHT = 8 };

static const uint16_t frame_lines[16] = {
    [UP | DOWN] = 0x2502,
    [LEFT | RIGHT] = 0x2500,
    [DOWN | RIGHT] = 0x256D,
    [DOWN | LEFT] = 0x256E,
    [UP | LEFT] = 0x256F,
    [UP | RIGHT] = 0x2570,
    [UP | DOWN | RIGHT] = 0x251C,
    [UP | DOWN | LEFT] = 0x2524,
    [DOWN | LEFT | RIGHT] = 0x252C,
    [UP | LEFT | RIGHT] = 0x2534,
    [UP | DOWN | LEFT | RIGHT] = 0x253C,
};

static unsigned sides_of(const struct tui_canvas *canvas, uint32_t c) {
  if (canvas->ascii) return c == '-' ? LEFT | RIGHT : c == '|' ? UP | DOWN : c == '+' ? UP | DOWN | LEFT | RIGHT : 0;
  for (unsigned sides = 0; sides < 16; sides++)
    if (frame_lines[sides] && frame_lines[sides] == c) return sides;
  return 0;
}

static void put_line(struct tui_canvas *canvas, int x, int y, unsigned sides, unsigned style) {
  const struct tui_cell *cell = tui_canvas_at(canvas, x, y);
  if (!cell) return;
  unsigned there = sides_of(canvas, cell->c);
  if (there && cell->style & TUI_BOLD) style = cell->style;  // the frame in focus
  put_cell(canvas, x, y, frame_lines[sides | there], style);
}

struct tui_area tui_box(struct tui_canvas *canvas, struct tui_area area, unsigned style, const char *title) {
  int right = area.x + area.width - 1, bottom = area.y + area.height - 1;
  for (int x = area.x + 1; x < right; x++) {
    put_line(canvas, x, area.y, LEFT | RIGHT, style);
    put_line(canvas, x, bottom, LEFT | RIGHT, style);
  }
  for (int y = area.y + 1; y < bottom; y++) {
    put_line(canvas, area.x, y, UP | DOWN, style);
    put_line(canvas, right, y, UP | DOWN, style);
  }
  put_line(canvas, area.x, area.y, DOWN | RIGHT, style);
  put_line(canvas, right, area.y, DOWN | LEFT, style);
  put_line(canvas, area.x, bottom, UP | RIGHT, style);
  put_line(canvas, right, bottom, UP | LEFT, style);
  if (title && area.width > 6) tui_putf(canvas, area.x + 1, area.y, area.width - 3, (style & TUI_BOLD) | TUI_TITLE, " %s ", title);
  return (struct tui_area){area.x + 1, area.y + 1, area.width - 2, area.height - 2};
}

int tui_wrap(struct tui_canvas *canvas, struct tui_area area, unsigned style, const char *bytes, size_t length, int skip) {
  int lines = 0;
  for (size_t start = 0; start <= length; lines++) {
    size_t at = start, cut = 0, next;
    int used = 0;
    while (at < length && bytes[at] != '\n') {
      uint32_t c;
      size_t step = six_utf8_decode(bytes + at, length - at, &c);
      used += tui_char_width(shown(c));
      if (used > area.width) break;
      if (bytes[at] == ' ') cut = at;
      at += step;
    }
    bool whole = at >= length || bytes[at] == '\n';
    size_t end = whole ? at : cut > start ? cut : at > start ? at : at + 1;
    next = whole ? at + 1 : cut > start ? cut + 1 : end;
    if (canvas && lines >= skip && lines - skip < area.height)
      tui_put(canvas, area.x, area.y + lines - skip, area.width, style, bytes + start, end - start);
    start = next;
  }
  return lines;
}

// ---- Colours: of middle brightness, so that they read on light and on dark

int tui_colour_256(unsigned colour) {
  static const short numbers[TUI_COLOURS] = {[TUI_DEFAULT] = -1,
                                             [TUI_BORDER] = 244,
                                             [TUI_TITLE] = -1,
                                             [TUI_FAINT] = 244,
                                             [TUI_GOOD] = 34,
                                             [TUI_WARN] = 172,
                                             [TUI_BAD] = 160,
                                             [TUI_ACCENT] = 33,
                                             [TUI_STRING] = 65,
                                             [TUI_KEYWORD] = 97,
                                             [TUI_TASK] = 33,
                                             166,
                                             34,
                                             127,
                                             37,
                                             160,
                                             136,
                                             99,
                                             71};
  return numbers[(colour & 0xFF) < TUI_COLOURS ? colour & 0xFF : 0];
}

int tui_colour_8(unsigned colour) {
  static const short numbers[TUI_COLOURS] = {[TUI_DEFAULT] = -1,
                                             [TUI_BORDER] = -1,
                                             [TUI_TITLE] = -1,
                                             [TUI_FAINT] = -1,
                                             [TUI_GOOD] = 2,
                                             [TUI_WARN] = 3,
                                             [TUI_BAD] = 1,
                                             [TUI_ACCENT] = 4,
                                             [TUI_STRING] = -1,
                                             [TUI_KEYWORD] = -1,
                                             [TUI_TASK] = 4,
                                             3,
                                             2,
                                             5,
                                             6,
                                             1,
                                             4,
                                             5,
                                             2};
  return numbers[(colour & 0xFF) < TUI_COLOURS ? colour & 0xFF : 0];
}

// ---- As text

static void add_style(unsigned style, struct six_text *out) {
  six_text_adds(out, "\x1b[0");
  if (style & TUI_BOLD) six_text_adds(out, ";1");
  if (style & TUI_DIM) six_text_adds(out, ";2");
  if (style & TUI_UNDERLINE) six_text_adds(out, ";4");
  if (style & TUI_REVERSE) six_text_adds(out, ";7");
  int colour = tui_colour_256(style);
  if (colour >= 0) six_text_addf(out, ";38;5;%d", colour);
  six_text_addc(out, 'm');
}

static void add_row(const struct tui_canvas *canvas, int y, bool colour, struct six_text *out) {
  int end = canvas->width;
  for (; end > 0; end--) {
    const struct tui_cell *cell = tui_canvas_at(canvas, end - 1, y);
    if (cell->c != ' ' || (colour && cell->style & TUI_REVERSE)) break;
  }
  unsigned style = TUI_DEFAULT;
  for (int x = 0; x < end; x++) {
    const struct tui_cell *cell = tui_canvas_at(canvas, x, y);
    if (!cell->c) continue;
    if (colour && cell->style != style) add_style(style = cell->style, out);
    six_text_add_code_point(out, cell->c);
    if (cell->mark) six_text_add_code_point(out, cell->mark);
  }
  if (style != TUI_DEFAULT) six_text_adds(out, "\x1b[0m");
  six_text_addc(out, '\n');
}

void tui_canvas_text(const struct tui_canvas *canvas, bool colour, struct six_text *out) {
  for (int y = 0; y < canvas->height; y++) add_row(canvas, y, colour, out);
}
