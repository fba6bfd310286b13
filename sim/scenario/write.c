// The writer of JSON texts, in the layout of the shipped scenarios: an array of the document's own has a line for each element;
// else what fits on a line stands on one, and of what does not only the arrays are broken.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/scenario/document.h"

enum { WIDTH = 120 };

void six_json_write_number(struct six_text *out, double number) {
  char digits[40];
  int precision = 1;
  do snprintf(digits, sizeof digits, "%.*g", precision, number);
  while (strtod(digits, NULL) != number && ++precision <= 17);
  if (number == floor(number) && fabs(number) < 1e15) snprintf(digits, sizeof digits, "%.0f", number);
  six_text_adds(out, digits);
}

static void write_key(const struct six_json *member, struct six_text *out) {
  six_text_add_json(out, member->key, strlen(member->key));
  six_text_adds(out, ": ");
}

// On one line; false, with a part of it written, where it grows beyond `limit` bytes of the text.
static bool write_flat(const struct six_json *value, struct six_text *out, size_t limit) {
  static const char *const words[] = {[SIX_JSON_NULL] = "null", [SIX_JSON_FALSE] = "false", [SIX_JSON_TRUE] = "true"};
  bool is_object = value->type == SIX_JSON_OBJECT;
  switch (value->type) {
    case SIX_JSON_NUMBER: six_json_write_number(out, value->number); break;
    case SIX_JSON_STRING: six_text_add_json(out, value->string, strlen(value->string)); break;
    case SIX_JSON_ARRAY:
    case SIX_JSON_OBJECT:
      six_text_adds(out, is_object ? "{" : "[");
      if (is_object && value->first) six_text_addc(out, ' ');
      for (const struct six_json *child = value->first; child; child = child->next) {
        if (is_object) write_key(child, out);
        if (!write_flat(child, out, limit)) return false;
        if (child->next) six_text_adds(out, ", ");
      }
      if (is_object && value->first) six_text_addc(out, ' ');
      six_text_adds(out, is_object ? "}" : "]");
      break;
    default: six_text_adds(out, words[value->type]);
  }
  return out->length <= limit;
}

static void new_line(struct six_text *out, int indent) { six_text_addf(out, "\n%*s", indent, ""); }

static size_t line_start(const struct six_text *out) {
  size_t at = out->length;
  while (at && out->bytes[at - 1] != '\n') at--;
  return at;
}

static void write_broken(const struct six_json *value, struct six_text *out, int indent);

static void write_value(const struct six_json *value, struct six_text *out, int indent) {
  size_t before = out->length;
  if (write_flat(value, out, line_start(out) + WIDTH) || !value->first) return;
  out->length = before;
  write_broken(value, out, indent);
}

static void write_broken(const struct six_json *value, struct six_text *out, int indent) {
  bool is_object = value->type == SIX_JSON_OBJECT;
  six_text_adds(out, is_object ? "{ " : "[");
  for (const struct six_json *child = value->first; child; child = child->next) {
    if (is_object) write_key(child, out);
    else new_line(out, indent + 2);
    write_value(child, out, is_object ? indent : indent + 2);
    if (child->next) six_text_adds(out, is_object ? ", " : ",");
  }
  if (is_object) six_text_adds(out, " }");
  else new_line(out, indent), six_text_addc(out, ']');
}

void six_json_write(const struct six_json *document, struct six_text *out) {
  six_text_addc(out, '{');
  for (const struct six_json *member = document->first; member; member = member->next) {
    new_line(out, 2);
    write_key(member, out);
    if (member->type == SIX_JSON_ARRAY && member->first) write_broken(member, out, 2);
    else write_value(member, out, 2);
    if (member->next) six_text_addc(out, ',');
  }
  six_text_adds(out, "\n}\n");
}
