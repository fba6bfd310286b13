// ui: writing JSON.
#ifndef SIX_UI_JSON_H
#define SIX_UI_JSON_H

#include "sim/base/text.h"

// Appends a string in quotes; bytes that are not UTF-8 become U+FFFD.
void ui_json_string(struct six_text *out, const char *bytes, size_t length);

#endif
