#include "ui/json.h"

static void add_ascii(struct six_text *out, char c) {
  switch (c) {
    case '"': six_text_adds(out, "\\\""); break;
    case '\\': six_text_adds(out, "\\\\"); break;
    case '\n': six_text_adds(out, "\\n"); break;
    case '\r': six_text_adds(out, "\\r"); break;
    case '\t': six_text_adds(out, "\\t"); break;
    default:
      if ((unsigned char)c < 0x20 || c == 0x7F) six_text_addf(out, "\\u%04x", (unsigned)c);
      else six_text_addc(out, c);
  }
}

void ui_json_string(struct six_text *out, const char *bytes, size_t length) {
  six_text_addc(out, '"');
  for (size_t i = 0; i < length;) {
    uint32_t code_point;
    i += six_utf8_decode(bytes + i, length - i, &code_point);
    if (code_point < 0x80) add_ascii(out, (char)code_point);
    else six_text_add_code_point(out, code_point);
  }
  six_text_addc(out, '"');
}
