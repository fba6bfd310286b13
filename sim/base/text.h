// base: growing byte strings.
#ifndef SIX_BASE_TEXT_H
#define SIX_BASE_TEXT_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

// Bytes on the heap, always NUL-terminated once something was added. Zero-initialise to start.
struct six_text {
  char *bytes;
  size_t length;
  size_t capacity;
};

void six_text_add(struct six_text *text, const char *bytes, size_t length);
void six_text_fit(struct six_text *text, size_t more);  // room for just so many bytes more
void six_text_adds(struct six_text *text, const char *string);
void six_text_addc(struct six_text *text, char c);
void six_text_addf(struct six_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void six_text_addv(struct six_text *text, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));

// Appends one Unicode code point as UTF-8; a lone surrogate becomes U+FFFD.
void six_text_add_code_point(struct six_text *text, uint32_t code_point);

// Appends a JSON string in quotes; bytes that are not UTF-8 become U+FFFD.
void six_text_add_json(struct six_text *text, const char *bytes, size_t length);

// Appends UTF-8 as text of an XML or HTML document: markup is escaped, what such a document cannot hold becomes a symbol.
void six_text_add_xml(struct six_text *text, const char *bytes, size_t length);

// Releases the bytes; the text is empty again.
void six_text_done(struct six_text *text);

// Decodes one UTF-8 sequence from bytes[0..length); returns its length in bytes (at least 1) and stores the code
// point. An invalid sequence gives U+FFFD for the maximal valid prefix, as WHATWG's decoder does.
size_t six_utf8_decode(const char *bytes, size_t length, uint32_t *code_point);

#endif
