// Statements and module items.
#include <string.h>

#include "sim/program/print_private.h"

static void expression(struct six_printer *printer, const struct six_node *node) { six_print_expression(printer, node, SIX_P_SEQUENCE); }

static bool name_is(const struct six_name *name, const char *text) {
  size_t length = strlen(text);
  if (name->length != length) return false;
  for (size_t i = 0; i < length; i++) {
    if (name->units[i] != (unsigned char)text[i]) return false;
  }
  return true;
}

// ---- Blocks and bodies

// A string alone at the head of a body is a directive. One that was none, or would wrongly become 'use strict', is
// told apart by parentheses.
static void prologue_string(struct six_printer *printer, const struct six_node *node, bool is_strict) {
  const struct six_node *string = node->unary.argument;
  bool hides = string->parenthesized || (!is_strict && name_is(string->name, "use strict"));
  six_print_note(printer, node);
  if (hides) six_print_text(printer, "(");
  expression(printer, string);
  six_print_text(printer, hides ? ");" : ";");
}

void six_print_body(struct six_printer *printer, const struct six_nodes *body, bool has_directives, bool is_strict) {
  for (uint32_t i = 0; i < body->count && !printer->has_failed; i++) {
    const struct six_node *node = body->items[i];
    if (i > 0) six_print_newline(printer);
    bool is_string = node->type == SIX_N_EXPRESSION && node->unary.argument->type == SIX_N_STRING;
    if (has_directives && is_string) {
      prologue_string(printer, node, is_strict);
      has_directives = !node->unary.argument->parenthesized;
    } else {
      has_directives = false;
      six_print_statement(printer, node);
    }
  }
}

void six_print_block(struct six_printer *printer, const struct six_node *node) {
  six_print_note(printer, node);
  if (!node->list.count) {
    six_print_text(printer, "{}");
    return;
  }
  six_print_text(printer, "{");
  printer->indent += 2;
  six_print_newline(printer);
  six_print_body(printer, &node->list, false, true);
  printer->indent -= 2;
  six_print_newline(printer);
  six_print_text(printer, "}");
}

// What a loop or branch does: a block on the same line; a plain statement too, if it fits.
static void substatement(struct six_printer *printer, const struct six_node *node) {
  if (node->type == SIX_N_BLOCK) {
    six_print_text(printer, " ");
    six_print_block(printer, node);
    return;
  }
  if (node->type == SIX_N_EMPTY) {
    six_print_note(printer, node);
    six_print_text(printer, ";");
    return;
  }
  if (!printer->is_flat) {
    struct six_print_mark begin = six_print_begin(printer);
    six_print_text(printer, " ");
    six_print_statement(printer, node);
    if (six_print_end(printer, &begin)) return;
  }
  printer->indent += 2;
  six_print_newline(printer);
  six_print_statement(printer, node);
  printer->indent -= 2;
}

// ---- Declarations

static const char *kind_text(uint8_t kind) {
  static const char *const texts[] = {
      [SIX_VAR] = "var ", [SIX_LET] = "let ", [SIX_CONST] = "const ", [SIX_USING] = "using ", [SIX_AWAIT_USING] = "await using "};
  return texts[kind];
}

static void declarators(struct six_printer *printer, const struct six_node *node, bool is_broken) {
  const struct six_nodes *items = &node->declaration.declarators;
  six_print_text(printer, kind_text(node->declaration.kind));
  if (is_broken) printer->indent += 2;
  for (uint32_t i = 0; i < items->count && !printer->has_failed; i++) {
    expression(printer, items->items[i]);
    if (i + 1 == items->count) break;
    six_print_text(printer, is_broken ? "," : ", ");
    if (is_broken) six_print_newline(printer);
  }
  if (is_broken) printer->indent -= 2;
}

static void declaration(struct six_printer *printer, const struct six_node *node) {
  if (printer->is_flat || node->declaration.declarators.count == 1) {
    declarators(printer, node, false);
    return;
  }
  struct six_print_mark begin = six_print_begin(printer);
  declarators(printer, node, false);
  if (!six_print_end(printer, &begin)) declarators(printer, node, true);
}

// ---- Branches and loops

// Whether an `else` printed after `node` would be taken for one of its own.
static bool ends_in_open_if(const struct six_node *node) {
  for (;;) {
    switch (node->type) {
      case SIX_N_IF:
        if (!node->conditional.alternate) return true;
        node = node->conditional.alternate;
        break;
      case SIX_N_WHILE:
      case SIX_N_WITH: node = node->loop.body; break;
      case SIX_N_FOR: node = node->for_.body; break;
      case SIX_N_FOR_IN:
      case SIX_N_FOR_OF: node = node->for_in.body; break;
      case SIX_N_LABELED: node = node->labeled.body; break;
      default: return false;
    }
  }
}

static void if_head(struct six_printer *printer, const struct six_node *node) {
  six_print_text(printer, "if (");
  expression(printer, node->conditional.test);
  six_print_text(printer, ")");
  const struct six_node *branch = node->conditional.consequent;
  if (node->conditional.alternate && ends_in_open_if(branch)) {
    six_print_text(printer, " {");
    printer->indent += 2;
    six_print_newline(printer);
    six_print_statement(printer, branch);
    printer->indent -= 2;
    six_print_newline(printer);
    six_print_text(printer, "}");
  } else {
    substatement(printer, branch);
  }
}

static void if_statement(struct six_printer *printer, const struct six_node *node) {
  for (;;) {
    if_head(printer, node);
    const struct six_node *alternate = node->conditional.alternate;
    if (!alternate || printer->has_failed) return;
    bool is_block = node->conditional.consequent->type == SIX_N_BLOCK || ends_in_open_if(node->conditional.consequent);
    if (is_block) {
      six_print_text(printer, " ");
    } else {
      six_print_newline(printer);
    }
    six_print_text(printer, "else");
    if (alternate->type != SIX_N_IF) {
      substatement(printer, alternate);
      return;
    }
    six_print_text(printer, " ");
    six_print_note(printer, alternate);
    node = alternate;
  }
}

static void for_statement(struct six_printer *printer, const struct six_node *node) {
  six_print_text(printer, "for (");
  const struct six_node *init = node->for_.init;
  printer->no_in = true;
  if (init && init->type == SIX_N_VAR) {
    six_print_note(printer, init);
    declaration(printer, init);
  } else if (init) {
    six_print_expression_start(printer, init, SIX_P_SEQUENCE, false);
  }
  printer->no_in = false;
  six_print_text(printer, node->for_.test ? "; " : ";");
  if (node->for_.test) expression(printer, node->for_.test);
  six_print_text(printer, node->for_.update ? "; " : ";");
  if (node->for_.update) expression(printer, node->for_.update);
  six_print_text(printer, ")");
  substatement(printer, node->for_.body);
}

static void for_in_statement(struct six_printer *printer, const struct six_node *node) {
  bool is_of = node->type == SIX_N_FOR_OF;
  const struct six_node *left = node->for_in.left;
  six_print_text(printer, node->for_in.is_await ? "for await (" : "for (");
  if (left->type == SIX_N_VAR) {
    six_print_note(printer, left);
    printer->no_in = true;
    declaration(printer, left);
    printer->no_in = false;
  } else {
    bool is_async = left->type == SIX_N_IDENTIFIER && name_is(left->name, "async") && is_of;
    if (is_async) six_print_text(printer, "(");
    six_print_expression_start(printer, left, SIX_P_CALL, false);
    if (is_async) six_print_text(printer, ")");
  }
  six_print_text(printer, is_of ? " of " : " in ");
  six_print_expression(printer, node->for_in.right, is_of ? SIX_P_ASSIGNMENT : SIX_P_SEQUENCE);
  six_print_text(printer, ")");
  substatement(printer, node->for_in.body);
}

static void while_statement(struct six_printer *printer, const struct six_node *node) {
  six_print_text(printer, "while (");
  expression(printer, node->loop.test);
  six_print_text(printer, ")");
  substatement(printer, node->loop.body);
}

static void with_statement(struct six_printer *printer, const struct six_node *node) {
  six_print_text(printer, "with (");
  expression(printer, node->loop.test);
  six_print_text(printer, ")");
  substatement(printer, node->loop.body);
}

static void do_statement(struct six_printer *printer, const struct six_node *node) {
  six_print_text(printer, "do");
  substatement(printer, node->loop.body);
  if (node->loop.body->type == SIX_N_BLOCK) {
    six_print_text(printer, " ");
  } else {
    six_print_newline(printer);
  }
  six_print_text(printer, "while (");
  expression(printer, node->loop.test);
  six_print_text(printer, ");");
}

static void switch_statement(struct six_printer *printer, const struct six_node *node) {
  six_print_text(printer, "switch (");
  expression(printer, node->switch_.discriminant);
  six_print_text(printer, ") {");
  printer->indent += 2;
  for (uint32_t i = 0; i < node->switch_.cases.count && !printer->has_failed; i++) {
    const struct six_node *clause = node->switch_.cases.items[i];
    six_print_newline(printer);
    six_print_note(printer, clause);
    six_print_text(printer, clause->case_.test ? "case " : "default");
    if (clause->case_.test) expression(printer, clause->case_.test);
    six_print_text(printer, ":");
    if (!clause->case_.body.count) continue;
    printer->indent += 2;
    six_print_newline(printer);
    six_print_body(printer, &clause->case_.body, false, true);
    printer->indent -= 2;
  }
  printer->indent -= 2;
  if (node->switch_.cases.count) six_print_newline(printer);
  six_print_text(printer, "}");
}

static void try_statement(struct six_printer *printer, const struct six_node *node) {
  six_print_text(printer, "try ");
  six_print_block(printer, node->try_.block);
  if (node->try_.handler) {
    six_print_text(printer, " catch ");
    if (node->try_.param) {
      six_print_text(printer, "(");
      expression(printer, node->try_.param);
      six_print_text(printer, ") ");
    }
    six_print_block(printer, node->try_.handler);
  }
  if (node->try_.finalizer) {
    six_print_text(printer, " finally ");
    six_print_block(printer, node->try_.finalizer);
  }
}

// ---- Modules

static bool is_plain_name(const struct six_name *name) {
  for (uint32_t i = 0; i < name->length; i++) {
    uint16_t c = name->units[i];
    bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
    if (!is_letter && !(i > 0 && c >= '0' && c <= '9')) return false;
  }
  return name->length > 0;
}

static void module_name(struct six_printer *printer, const struct six_name *name) {
  if (is_plain_name(name)) {
    six_print_name(printer, name);
  } else {
    six_print_string(printer, name);
  }
}

static void specifier(struct six_printer *printer, const struct six_name *first, const struct six_name *second) {
  module_name(printer, first);
  if (first == second) return;
  six_print_text(printer, " as ");
  module_name(printer, second);
}

static void from(struct six_printer *printer, const struct six_name *name) {
  six_print_text(printer, " from ");
  six_print_string(printer, name);
}

static void import(struct six_printer *printer, const struct six_node *node) {
  const struct six_nodes *items = &node->import.specifiers;
  six_print_text(printer, "import ");
  if (!items->count) {
    six_print_string(printer, node->import.from);
    six_print_text(printer, ";");
    return;
  }
  uint32_t i = 0;
  if (items->items[0]->specifier.external && name_is(items->items[0]->specifier.external, "default")) {
    six_print_name(printer, items->items[i++]->specifier.local);
    if (i < items->count) six_print_text(printer, ", ");
  }
  if (i < items->count && !items->items[i]->specifier.external) {
    six_print_text(printer, "* as ");
    six_print_name(printer, items->items[i]->specifier.local);
  } else if (i < items->count) {
    six_print_text(printer, "{ ");
    for (; i < items->count; i++) {
      specifier(printer, items->items[i]->specifier.external, items->items[i]->specifier.local);
      if (i + 1 < items->count) six_print_text(printer, ", ");
    }
    six_print_text(printer, " }");
  }
  from(printer, node->import.from);
  six_print_text(printer, ";");
}

static void export_named(struct six_printer *printer, const struct six_node *node) {
  six_print_text(printer, "export ");
  if (node->export_.declaration) {
    six_print_statement(printer, node->export_.declaration);
    return;
  }
  const struct six_nodes *items = &node->export_.specifiers;
  six_print_text(printer, items->count ? "{ " : "{");
  for (uint32_t i = 0; i < items->count; i++) {
    specifier(printer, items->items[i]->specifier.local, items->items[i]->specifier.external);
    if (i + 1 < items->count) six_print_text(printer, ", ");
  }
  six_print_text(printer, items->count ? " }" : "}");
  if (node->export_.from) from(printer, node->export_.from);
  six_print_text(printer, ";");
}

static void export_default(struct six_printer *printer, const struct six_node *node) {
  const struct six_node *argument = node->unary.argument;
  six_print_text(printer, "export default ");
  if (argument->type == SIX_N_FUNCTION_DECL || argument->type == SIX_N_CLASS_DECL) {
    six_print_statement(printer, argument);
    return;
  }
  six_print_expression_start(printer, argument, SIX_P_ASSIGNMENT, false);
  six_print_text(printer, ";");
}

static void export_all(struct six_printer *printer, const struct six_node *node) {
  six_print_text(printer, "export *");
  if (node->export_.specifiers.count) {
    six_print_text(printer, " as ");
    module_name(printer, node->export_.specifiers.items[0]->specifier.external);
  }
  from(printer, node->export_.from);
  six_print_text(printer, ";");
}

// ---- All of them

static void keyword(struct six_printer *printer, const char *text, const struct six_node *argument) {
  six_print_text(printer, text);
  if (argument) {
    six_print_text(printer, " ");
    expression(printer, argument);
  }
  six_print_text(printer, ";");
}

static void jump(struct six_printer *printer, const char *text, const struct six_name *label) {
  six_print_text(printer, text);
  if (label) {
    six_print_text(printer, " ");
    six_print_name(printer, label);
  }
  six_print_text(printer, ";");
}

void six_print_statement(struct six_printer *printer, const struct six_node *node) {
  if (printer->has_failed) return;
  if (node->type == SIX_N_BLOCK) {
    six_print_block(printer, node);
    return;
  }
  six_print_note(printer, node);
  switch (node->type) {
    case SIX_N_VAR:
      declaration(printer, node);
      six_print_text(printer, ";");
      break;
    case SIX_N_FUNCTION_DECL: six_print_function(printer, node); break;
    case SIX_N_CLASS_DECL: six_print_class(printer, node); break;
    case SIX_N_EXPRESSION:
      six_print_expression_start(printer, node->unary.argument, SIX_P_SEQUENCE, false);
      six_print_text(printer, ";");
      break;
    case SIX_N_EMPTY: six_print_text(printer, ";"); break;
    case SIX_N_IF: if_statement(printer, node); break;
    case SIX_N_FOR: for_statement(printer, node); break;
    case SIX_N_FOR_IN:
    case SIX_N_FOR_OF: for_in_statement(printer, node); break;
    case SIX_N_WHILE: while_statement(printer, node); break;
    case SIX_N_WITH: with_statement(printer, node); break;
    case SIX_N_DO_WHILE: do_statement(printer, node); break;
    case SIX_N_RETURN: keyword(printer, "return", node->unary.argument); break;
    case SIX_N_THROW: keyword(printer, "throw", node->unary.argument); break;
    case SIX_N_BREAK: jump(printer, "break", node->jump.label); break;
    case SIX_N_CONTINUE: jump(printer, "continue", node->jump.label); break;
    case SIX_N_TRY: try_statement(printer, node); break;
    case SIX_N_SWITCH: switch_statement(printer, node); break;
    case SIX_N_LABELED:
      six_print_name(printer, node->labeled.label);
      six_print_text(printer, ": ");
      six_print_statement(printer, node->labeled.body);
      break;
    case SIX_N_DEBUGGER: six_print_text(printer, "debugger;"); break;
    case SIX_N_IMPORT: import(printer, node); break;
    case SIX_N_EXPORT_NAMED: export_named(printer, node); break;
    case SIX_N_EXPORT_DEFAULT: export_default(printer, node); break;
    case SIX_N_EXPORT_ALL: export_all(printer, node); break;
    default: six_print_text(printer, ";"); break;
  }
}
