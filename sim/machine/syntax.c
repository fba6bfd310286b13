// machine: what this major's V8 cannot read yet, and how it says so.
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "sim/machine/machine.h"
#include "sim/rules/names.h"

void six_word_syntax_error(const struct six_machine *m, struct six_diag *diag) {
  static const char token[] = "SyntaxError: Unexpected token '", identifier[] = "SyntaxError: Unexpected identifier '";
  size_t length = strlen(diag->message);
  if (!m->rules->cell[SIX_RULE_SYNTAX_NAMES_IDENTIFIERS] && !strncmp(diag->message, identifier, sizeof identifier - 1)) {
    diag->message[sizeof identifier - 3] = '\0';
  } else if (!m->rules->cell[SIX_RULE_SYNTAX_QUOTES_TOKENS] && !strncmp(diag->message, token, sizeof token - 1)) {
    memmove(diag->message + sizeof token - 2, diag->message + sizeof token - 1, length - sizeof token + 2);
    diag->message[length - 2] = '\0';
  }
}

static bool has(const struct six_machine *m, const char *name) { return six_names_has("Syntax", m->rules->cell[SIX_RULE_SYNTAX], name); }

bool six_is_misread(const struct six_machine *m, const struct six_program *program) {
  return program->syntax[SIX_SYNTAX_DETECTED_MODULE].complaint && !has(m, "detected-module");
}

// A module, where modules are told by their names only. Before V8 7.4 `import` was a token that nothing may begin with, or
// the one after it was unexpected.
static void fail_misread(const struct six_machine *m, const struct six_program *program, struct six_diag *diag) {
  const struct six_source *source = &program->source;
  const struct six_syntax_use *use = &program->syntax[SIX_SYNTAX_DETECTED_MODULE];
  struct six_span span = use->span;
  int32_t words = m->rules->cell[SIX_RULE_V8_WORDS];
  if (strstr(use->complaint, "import statement") && words == 1) {
    size_t at = span.start + strlen("import");
    while (at < source->length && (source->bytes[at] == ' ' || source->bytes[at] == '\n')) at++;
    char next = at < source->length ? source->bytes[at] : '\0';
    span = (struct six_span){(uint32_t)at, (uint32_t)at + 1};
    while (span.end < source->length && (isalnum((unsigned char)source->bytes[span.end]) || source->bytes[span.end] == '_') && next != '{')
      span.end++;
    if (next == '{' || next == '*') six_fail(diag, SIX_STATUS_DATA, span, "SyntaxError: Unexpected token %c", next);
    else six_fail(diag, SIX_STATUS_DATA, span, "SyntaxError: Unexpected %s", next == '\'' || next == '"' ? "string" : "identifier");
  } else if (words == 0 && !strncmp(source->bytes + span.start, "import", 6)) {
    six_fail(diag, SIX_STATUS_DATA, span, "SyntaxError: Unexpected token import");
  } else if (strstr(use->complaint, "await is only") && !has(m, "await-in-modules")) {
    six_fail(diag, SIX_STATUS_DATA, span, "SyntaxError: await is only valid in async function");
  } else {
    six_fail(diag, SIX_STATUS_DATA, span, "%s", use->complaint);
  }
}

bool six_check_syntax(const struct six_machine *m, const struct six_program *program, struct six_diag *diag) {
  static const char *const names[] = {
#define S(name, text) text,
      SIX_SYNTAX(S)
#undef S
  };
  const struct six_syntax_use *first = NULL;
  for (int i = 0; i < SIX_SYNTAX_COUNT; i++) {
    const struct six_syntax_use *use = &program->syntax[i];
    if (!use->complaint || has(m, names[i])) continue;
    if (!first || use->span.start < first->span.start) first = use;
  }
  if (!first) return true;
  if (first == &program->syntax[SIX_SYNTAX_DETECTED_MODULE]) fail_misread(m, program, diag);
  else six_fail(diag, SIX_STATUS_DATA, first->span, "SyntaxError: %s", first->complaint);
  six_word_syntax_error(m, diag);
  return false;
}
