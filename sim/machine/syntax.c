// machine: what this major's V8 cannot read yet, and how it says so.
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

bool six_check_syntax(const struct six_machine *m, const struct six_program *program, struct six_diag *diag) {
  static const char *const names[] = {
#define S(name, text) text,
      SIX_SYNTAX(S)
#undef S
  };
  const struct six_syntax_use *first = NULL;
  for (int i = 0; i < SIX_SYNTAX_COUNT; i++) {
    const struct six_syntax_use *use = &program->syntax[i];
    if (!use->complaint || six_names_has("Syntax", m->rules->cell[SIX_RULE_SYNTAX], names[i])) continue;
    if (!first || use->span.start < first->span.start) first = use;
  }
  if (!first) return true;
  six_fail(diag, SIX_STATUS_DATA, first->span, "SyntaxError: %s", first->complaint);
  six_word_syntax_error(m, diag);
  return false;
}
