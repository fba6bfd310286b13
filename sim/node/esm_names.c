#include "sim/node/esm_names.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

struct scan {
  const char *at, *end;
};

static void skip_space(struct scan *s) {
  while (s->at < s->end && isspace((unsigned char)*s->at)) s->at++;
}

static bool accept(struct scan *s, const char *word) {
  size_t n = strlen(word);
  if ((size_t)(s->end - s->at) < n || memcmp(s->at, word, n) != 0) return false;
  s->at += n;
  return true;
}

static size_t identifier(struct scan *s, const char **name) {
  *name = s->at;
  while (s->at < s->end && (isalnum((unsigned char)*s->at) || *s->at == '_' || *s->at == '$')) s->at++;
  return (size_t)(s->at - *name);
}

static void scan_literal(struct scan *s, six_esm_name *found, void *context) {  // module.exports = { a, b: 1, 'c': 2 }
  for (;;) {
    skip_space(s);
    bool quoted = accept(s, "'") || accept(s, "\"");
    const char *name;
    size_t length = identifier(s, &name);
    if (length == 0) return;
    if (quoted) s->at++;
    skip_space(s);
    if (s->at < s->end && *s->at == '(') return;  // a method: the lexer gives up
    found(context, name, length);
    if (accept(s, ":")) {
      skip_space(s);
      const char *value;
      if (identifier(s, &value) == 0) return;
      skip_space(s);
    }
    if (!accept(s, ",")) return;
  }
}

void six_esm_scan_names(const char *text, size_t length, six_esm_name *found, void *context) {
  struct scan s = {text, text + length};
  while (s.at < s.end) {
    bool word_before = s.at > text && (isalnum((unsigned char)s.at[-1]) || s.at[-1] == '_' || s.at[-1] == '$' || s.at[-1] == '.');
    struct scan try = s;
    if (word_before || (!accept(&try, "module.exports") && !accept(&try, "exports"))) {
      s.at++;
      continue;
    }
    const char *name;
    size_t n = 0;
    if (accept(&try, ".")) n = identifier(&try, &name);
    skip_space(&try);
    if (!accept(&try, "=") || (try.at < try.end && *try.at == '=')) {
      s.at++;
      continue;
    }
    skip_space(&try);
    if (n) found(context, name, n);
    else if (accept(&try, "{")) scan_literal(&try, found, context);
    s.at = try.at > s.at ? try.at : s.at + 1;
  }
}
