#include "sim/program/print.h"

#include <stdlib.h>
#include <string.h>

#include "sim/program/print_private.h"

// ---- Attempts

struct six_print_mark six_print_begin(struct six_printer *printer) {
  printer->is_flat = true;
  printer->has_failed = false;
  printer->attempt_start = printer->out->length;
  return (struct six_print_mark){
      .length = printer->out->length,
      .line_start = printer->line_start,
      .line = printer->line,
      .map_count = printer->map ? printer->map->count : 0,
      .indent = printer->indent,
  };
}

void six_print_back(struct six_printer *printer, const struct six_print_mark *mark) {
  printer->out->length = mark->length;
  if (printer->out->bytes) printer->out->bytes[mark->length] = '\0';
  printer->line_start = mark->line_start;
  printer->line = mark->line;
  printer->indent = mark->indent;
  if (printer->map) printer->map->count = mark->map_count;
}

bool six_print_end(struct six_printer *printer, const struct six_print_mark *mark) {
  bool has_failed = printer->has_failed;
  printer->is_flat = printer->has_failed = false;
  if (has_failed) six_print_back(printer, mark);
  return !has_failed;
}

static void check_width(struct six_printer *printer) {
  if (!printer->is_flat) return;
  size_t length = printer->out->length;
  // Templates have line ends of their own; the second limit keeps an attempt short in spite of them.
  if (length - printer->line_start > SIX_PRINT_WIDTH || length - printer->attempt_start > 20 * SIX_PRINT_WIDTH) {
    printer->has_failed = true;
  }
}

// ---- Text

void six_print_text(struct six_printer *printer, const char *text) {
  if (printer->has_failed) return;
  six_text_adds(printer->out, text);
  check_width(printer);
}

void six_print_bytes(struct six_printer *printer, const char *bytes, size_t length) {
  if (printer->has_failed) return;
  size_t before = printer->out->length;
  six_text_add(printer->out, bytes, length);
  for (size_t i = 0; i < length; i++) {
    if (bytes[i] != '\n') continue;
    printer->line++;
    printer->line_start = before + i + 1;
  }
  check_width(printer);
}

void six_print_newline(struct six_printer *printer) {
  static const char spaces[] = "                                ";
  if (printer->is_flat) printer->has_failed = true;
  if (printer->has_failed) return;
  six_text_addc(printer->out, '\n');
  printer->line++;
  printer->line_start = printer->out->length;
  for (unsigned left = printer->indent; left > 0;) {
    unsigned now = left < sizeof spaces - 1 ? left : (unsigned)sizeof spaces - 1;
    six_text_add(printer->out, spaces, now);
    left -= now;
  }
}

static bool is_high(uint32_t unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
static bool is_low(uint32_t unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

// The code point at *at, which moves on; a lone surrogate comes back as itself.
static uint32_t next_code_point(const struct six_name *name, uint32_t *at) {
  uint32_t c = name->units[(*at)++];
  if (is_high(c) && *at < name->length && is_low(name->units[*at])) {
    c = 0x10000 + ((c - 0xD800) << 10) + (name->units[(*at)++] - 0xDC00u);
  }
  return c;
}

void six_print_name(struct six_printer *printer, const struct six_name *name) {
  if (printer->has_failed) return;
  for (uint32_t i = 0; i < name->length;) {
    uint32_t c = next_code_point(name, &i);
    six_text_add_code_point(printer->out, c);
    if (c != '\n') continue;
    printer->line++;
    printer->line_start = printer->out->length;
  }
  check_width(printer);
}

static void add_escaped(struct six_text *out, uint32_t c, bool digit_follows) {
  switch (c) {
    case '\\': six_text_adds(out, "\\\\"); return;
    case '\n': six_text_adds(out, "\\n"); return;
    case '\r': six_text_adds(out, "\\r"); return;
    case '\t': six_text_adds(out, "\\t"); return;
    case '\b': six_text_adds(out, "\\b"); return;
    case '\f': six_text_adds(out, "\\f"); return;
    case '\v': six_text_adds(out, "\\v"); return;
    case 0: six_text_adds(out, digit_follows ? "\\x00" : "\\0"); return;
    default: break;
  }
  if (c < 0x20 || c == 0x7F) {
    six_text_addf(out, "\\x%02X", (unsigned)c);
  } else if (is_high(c) || is_low(c) || c == 0x2028 || c == 0x2029 || c == 0xFEFF) {
    six_text_addf(out, "\\u%04X", (unsigned)c);
  } else {
    six_text_add_code_point(out, c);
  }
}

void six_print_string(struct six_printer *printer, const struct six_name *name) {
  if (printer->has_failed) return;
  // 'single', but "it's".
  bool has_single = false, has_double = false;
  for (uint32_t i = 0; i < name->length; i++) {
    has_single |= name->units[i] == '\'';
    has_double |= name->units[i] == '"';
  }
  char quote = has_single && !has_double ? '"' : '\'';
  six_text_addc(printer->out, quote);
  for (uint32_t i = 0; i < name->length;) {
    uint32_t c = next_code_point(name, &i);
    if (c == (unsigned char)quote) six_text_addc(printer->out, '\\');
    add_escaped(printer->out, c, i < name->length && name->units[i] >= '0' && name->units[i] <= '9');
  }
  six_text_addc(printer->out, quote);
  check_width(printer);
}

// ---- Map and spine

void six_print_note(struct six_printer *printer, const struct six_node *node) {
  struct six_print_map *map = printer->map;
  if (!map || printer->has_failed || node->span.end <= node->span.start) return;
  if (map->count == map->capacity) {
    map->capacity = map->capacity ? map->capacity * 2 : 64;
    map->entries = realloc(map->entries, map->capacity * sizeof *map->entries);
    if (!map->entries) abort();
  }
  map->entries[map->count++] = (struct six_print_map_entry){
      .node_start = node->span.start,
      .node_end = node->span.end,
      .line = printer->line,
      .column = (uint32_t)(printer->out->length - printer->line_start) + 1,
  };
}

void six_print_push(struct six_printer *printer, const struct six_node *node) {
  if (printer->spine_count == printer->spine_capacity) {
    printer->spine_capacity = printer->spine_capacity ? printer->spine_capacity * 2 : 64;
    printer->spine = realloc(printer->spine, printer->spine_capacity * sizeof(const struct six_node *));
    if (!printer->spine) abort();
  }
  printer->spine[printer->spine_count++] = node;
}

void six_print_program(const struct six_program *program, struct six_text *out, struct six_print_map *map) {
  struct six_printer printer = {.out = out, .map = map, .line = 1, .line_start = out->length};
  six_print_body(&printer, &program->body, true, program->is_strict);
  if (program->body.count) six_text_addc(out, '\n');
  free(printer.spine);
}
