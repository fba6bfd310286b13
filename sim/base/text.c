#include "sim/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void resize(struct six_text *text, size_t capacity) {
  char *bytes = realloc(text->bytes, capacity);
  if (!bytes) abort();
  text->bytes = bytes;
  text->capacity = capacity;
}

static void reserve(struct six_text *text, size_t more) {
  size_t needed = text->length + more + 1;
  if (needed <= text->capacity) return;
  size_t capacity = text->capacity ? text->capacity * 2 : 64;
  while (capacity < needed) capacity *= 2;
  resize(text, capacity);
}

void six_text_fit(struct six_text *text, size_t more) {
  if (text->length + more >= text->capacity) resize(text, text->length + more + 1);
}

void six_text_add(struct six_text *text, const char *bytes, size_t length) {
  reserve(text, length);
  if (length) memcpy(text->bytes + text->length, bytes, length);
  text->length += length;
  text->bytes[text->length] = '\0';
}

void six_text_adds(struct six_text *text, const char *string) { six_text_add(text, string, strlen(string)); }

void six_text_addc(struct six_text *text, char c) { six_text_add(text, &c, 1); }

void six_text_addv(struct six_text *text, const char *format, va_list arguments) {
  va_list again;
  va_copy(again, arguments);
  int length = vsnprintf(NULL, 0, format, arguments);
  if (length > 0) {
    reserve(text, (size_t)length);
    vsnprintf(text->bytes + text->length, (size_t)length + 1, format, again);
    text->length += (size_t)length;
  }
  va_end(again);
}

void six_text_addf(struct six_text *text, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  six_text_addv(text, format, arguments);
  va_end(arguments);
}

void six_text_add_code_point(struct six_text *text, uint32_t c) {
  char b[4];
  if (c >= 0xD800 && c <= 0xDFFF) c = 0xFFFD;
  if (c < 0x80) {
    six_text_addc(text, (char)c);
  } else if (c < 0x800) {
    b[0] = (char)(0xC0 | (c >> 6));
    b[1] = (char)(0x80 | (c & 0x3F));
    six_text_add(text, b, 2);
  } else if (c < 0x10000) {
    b[0] = (char)(0xE0 | (c >> 12));
    b[1] = (char)(0x80 | ((c >> 6) & 0x3F));
    b[2] = (char)(0x80 | (c & 0x3F));
    six_text_add(text, b, 3);
  } else {
    b[0] = (char)(0xF0 | (c >> 18));
    b[1] = (char)(0x80 | ((c >> 12) & 0x3F));
    b[2] = (char)(0x80 | ((c >> 6) & 0x3F));
    b[3] = (char)(0x80 | (c & 0x3F));
    six_text_add(text, b, 4);
  }
}

void six_text_done(struct six_text *text) {
  free(text->bytes);
  *text = (struct six_text){0};
}

size_t six_utf8_decode(const char *bytes, size_t length, uint32_t *code_point) {
  const unsigned char *b = (const unsigned char *)bytes;
  unsigned char lead = b[0];
  if (lead < 0x80) {
    *code_point = lead;
    return 1;
  }
  *code_point = 0xFFFD;
  size_t trail = lead >= 0xC2 && lead <= 0xDF ? 1 : lead >= 0xE0 && lead <= 0xEF ? 2 : lead >= 0xF0 && lead <= 0xF4 ? 3 : 0;
  if (!trail) return 1;
  // The second byte's range excludes overlong forms, surrogates and values above U+10FFFF.
  unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  uint32_t c = lead & (0x3Fu >> trail);
  for (size_t i = 1; i <= trail; i++) {
    if (i >= length || b[i] < low || b[i] > high) return i;
    c = (c << 6) | (b[i] & 0x3Fu);
    low = 0x80;
    high = 0xBF;
  }
  *code_point = c;
  return trail + 1;
}

static void add_json_character(struct six_text *text, uint32_t c) {
  switch (c) {
    case '"': six_text_adds(text, "\\\""); break;
    case '\\': six_text_adds(text, "\\\\"); break;
    case '\n': six_text_adds(text, "\\n"); break;
    case '\r': six_text_adds(text, "\\r"); break;
    case '\t': six_text_adds(text, "\\t"); break;
    default:
      if (c < 0x20 || c == 0x7F) six_text_addf(text, "\\u%04x", (unsigned)c);
      else six_text_add_code_point(text, c);
  }
}

void six_text_add_json(struct six_text *text, const char *bytes, size_t length) {
  six_text_addc(text, '"');
  for (size_t i = 0; i < length;) {
    uint32_t c;
    i += six_utf8_decode(bytes + i, length - i, &c);
    add_json_character(text, c);
  }
  six_text_addc(text, '"');
}

void six_text_add_xml(struct six_text *text, const char *bytes, size_t length) {
  for (size_t i = 0; i < length;) {
    uint32_t c;
    i += six_utf8_decode(bytes + i, length - i, &c);
    if (c == '<') six_text_adds(text, "&lt;");
    else if (c == '>') six_text_adds(text, "&gt;");
    else if (c == '&') six_text_adds(text, "&amp;");
    else if (c == '"') six_text_adds(text, "&quot;");
    else if (c < 0x20 && c != '\t' && c != '\n') six_text_add_code_point(text, 0x2400 + c);
    else if ((c >= 0x7F && c < 0xA0) || c == 0xFFFE || c == 0xFFFF) six_text_add_code_point(text, 0xFFFD);
    else six_text_add_code_point(text, c);
  }
}
