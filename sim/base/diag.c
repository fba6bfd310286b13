#include "sim/base/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { WINDOW = 100 };

bool six_fail(struct six_diag *diag, enum six_status status, struct six_span span, const char *format, ...) {
  if (diag->message[0]) return false;
  diag->status = status;
  diag->span = span;
  diag->has_span = true;
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(diag->message, sizeof diag->message, format, arguments);
  va_end(arguments);
  return false;
}

static uint32_t line_start(const struct six_source *source, uint32_t offset) {
  while (offset > 0 && source->bytes[offset - 1] != '\n') offset--;
  return offset;
}

struct six_position six_source_position(const struct six_source *source, uint32_t offset) {
  struct six_position position = {1, 1};
  if (offset > source->length) offset = (uint32_t)source->length;
  for (uint32_t i = 0; i < offset; i++) position.line += source->bytes[i] == '\n';
  for (uint32_t i = line_start(source, offset); i < offset;) {
    uint32_t c;
    i += (uint32_t)six_utf8_decode(source->bytes + i, source->length - i, &c);
    position.column += c >= 0x10000 ? 2 : 1;
  }
  return position;
}

static void write_line(const struct six_source *source, struct six_span span, struct six_text *out) {
  uint32_t start = line_start(source, span.start), end = start;
  while (end < source->length && source->bytes[end] != '\n' && source->bytes[end] != '\r') end++;
  if (span.start > start + WINDOW) {
    start = span.start - WINDOW / 2;
    while (start < span.start && ((unsigned char)source->bytes[start] & 0xC0) == 0x80) start++;
  }
  if (end > start + WINDOW * 2) end = start + WINDOW * 2;
  for (uint32_t i = start; i < end;) {
    uint32_t c;
    i += (uint32_t)six_utf8_decode(source->bytes + i, source->length - i, &c);
    six_text_add_code_point(out, c == '\t' ? ' ' : c < 0x20 || c == 0x7F ? 0xFFFD : c);
  }
  six_text_addc(out, '\n');
  for (uint32_t i = start; i < span.start && i < end;) {
    uint32_t c;
    i += (uint32_t)six_utf8_decode(source->bytes + i, source->length - i, &c);
    six_text_addc(out, ' ');
  }
  six_text_adds(out, "^\n");
}

void six_diag_write(const struct six_diag *diag, const struct six_source *source, struct six_text *out) {
  bool syntax = strncmp(diag->message, "SyntaxError", 11) == 0;
  const char *kind = syntax ? "" : "error: ";
  if (!diag->has_span || !source || !source->bytes) {
    six_text_addf(out, "%s: %s%s\n", source && source->name ? source->name : "sixphase", kind, diag->message);
    return;
  }
  struct six_position at = six_source_position(source, diag->span.start);
  six_text_addf(out, "%s:%u:%u: %s%s\n", source->name, at.line, at.column, kind, diag->message);
  struct six_span span = diag->span;
  if (span.start > source->length) span.start = (uint32_t)source->length;
  write_line(source, span, out);
}
