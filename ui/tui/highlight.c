// A line of JavaScript in few colours: comments and strings step back, keywords stand out a little.
#include <ctype.h>
#include <string.h>

#include "ui/tui/highlight.h"

static bool is_word(char c) { return isalnum((unsigned char)c) || c == '_' || c == '$'; }

static bool is_keyword(const char *word, size_t length) {
  static const char *const keywords[] = {"async",   "await",  "break",  "case",   "catch",   "class",   "const",  "continue",
                                         "default", "do",     "else",   "export", "extends", "finally", "for",    "function",
                                         "if",      "import", "in",     "let",    "new",     "of",      "return", "switch",
                                         "throw",   "try",    "typeof", "var",    "while",   "yield"};
  for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
    if (strlen(keywords[i]) == length && !memcmp(keywords[i], word, length)) return true;
  return false;
}

size_t tui_token(const char *line, size_t length, size_t at, unsigned *style) {
  *style = TUI_DEFAULT;
  char c = line[at];
  if (c == '/' && at + 1 < length && line[at + 1] == '/') {
    *style = TUI_FAINT;
    return length;
  }
  if (c == '/' && at + 1 < length && line[at + 1] == '*') {
    const char *end = memmem(line + at + 2, length - at - 2, "*/", 2);
    *style = TUI_FAINT;
    return end ? (size_t)(end - line) + 2 : length;
  }
  if (c == '\'' || c == '"' || c == '`') {
    size_t end = at + 1;
    while (end < length && line[end] != c) end += line[end] == '\\' && end + 1 < length ? 2 : 1;
    *style = TUI_STRING;
    return end < length ? end + 1 : length;
  }
  size_t end = at + 1;
  if (!is_word(c)) {
    while (end < length && !is_word(line[end]) && !strchr("/'\"`", line[end])) end++;
    return end;
  }
  while (end < length && is_word(line[end])) end++;
  if (is_keyword(line + at, end - at)) *style = TUI_KEYWORD;
  return end;
}
