// Expressions and patterns, with as few parentheses as the grammar allows.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/program/print_private.h"

static enum six_print_precedence binary_precedence(enum six_op op) {
  switch (op) {
    case SIX_OP_NULLISH: return SIX_P_NULLISH;
    case SIX_OP_OR: return SIX_P_OR;
    case SIX_OP_AND: return SIX_P_AND;
    case SIX_OP_BIT_OR: return SIX_P_BIT_OR;
    case SIX_OP_BIT_XOR: return SIX_P_BIT_XOR;
    case SIX_OP_BIT_AND: return SIX_P_BIT_AND;
    case SIX_OP_EQ:
    case SIX_OP_NE:
    case SIX_OP_STRICT_EQ:
    case SIX_OP_STRICT_NE: return SIX_P_EQUALITY;
    case SIX_OP_LT:
    case SIX_OP_LE:
    case SIX_OP_GT:
    case SIX_OP_GE:
    case SIX_OP_IN:
    case SIX_OP_INSTANCEOF: return SIX_P_RELATION;
    case SIX_OP_SHL:
    case SIX_OP_SHR:
    case SIX_OP_USHR: return SIX_P_SHIFT;
    case SIX_OP_ADD:
    case SIX_OP_SUB: return SIX_P_SUM;
    case SIX_OP_MUL:
    case SIX_OP_DIV:
    case SIX_OP_MOD: return SIX_P_PRODUCT;
    default: return SIX_P_POWER;
  }
}

static enum six_print_precedence precedence(const struct six_node *node) {
  switch (node->type) {
    case SIX_N_SEQUENCE: return SIX_P_SEQUENCE;
    case SIX_N_ASSIGN:
    case SIX_N_ARROW:
    case SIX_N_YIELD: return SIX_P_ASSIGNMENT;
    case SIX_N_CONDITIONAL: return SIX_P_CONDITIONAL;
    case SIX_N_BINARY:
    case SIX_N_LOGICAL: return binary_precedence(node->binary.op);
    case SIX_N_UNARY:
    case SIX_N_AWAIT: return SIX_P_UNARY;
    case SIX_N_NUMBER: return signbit(node->number) ? SIX_P_UNARY : SIX_P_PRIMARY;  // of JSON programs
    case SIX_N_UPDATE: return SIX_P_UPDATE;
    case SIX_N_CALL:
    case SIX_N_OPTIONAL:
    case SIX_N_IMPORT_CALL: return SIX_P_CALL;
    case SIX_N_NEW:
    case SIX_N_MEMBER:
    case SIX_N_TAGGED: return SIX_P_MEMBER;
    default: return SIX_P_PRIMARY;
  }
}

static bool needs_parentheses(const struct six_printer *printer, const struct six_node *node, enum six_print_precedence least) {
  if (node == printer->wrap) return true;
  if (node->type == SIX_N_BINARY && node->binary.op == SIX_OP_IN && printer->no_in) return true;
  return precedence(node) < least;
}

// ---- Literals

// Lays out digits d.ddd times ten to the exponent as Number::toString does (ECMA-262 6.1.6.1.20).
static void layout_digits(const char *digits, int count, int exponent, char *out) {
  if (exponent >= count - 1 && exponent < 21) {
    out += sprintf(out, "%s", digits);
    for (int i = count; i <= exponent; i++) *out++ = '0';
    *out = '\0';
  } else if (exponent >= 0 && exponent < 21) {
    sprintf(out, "%.*s.%s", exponent + 1, digits, digits + exponent + 1);
  } else if (exponent < 0 && exponent >= -6) {
    out += sprintf(out, "0.");
    for (int i = exponent; i < -1; i++) *out++ = '0';
    sprintf(out, "%s", digits);
  } else {
    sprintf(out, "%.1s%s%se%d", digits, count > 1 ? "." : "", digits + 1, exponent);
  }
}

// The fewest digits that read back as the same number.
static void shortest(double value, char *out) {
  char text[40], digits[24];
  for (int precision = 0; precision < 17; precision++) {
    snprintf(text, sizeof text, "%.*e", precision, value);
    if (strtod(text, NULL) == value) break;
  }
  int count = 0, exponent = 0;
  for (const char *c = text; *c; c++) {
    if (*c == 'e') {
      exponent = (int)strtol(c + 1, NULL, 10);
      break;
    }
    if (*c >= '0' && *c <= '9') digits[count++] = *c;  // whatever the locale's decimal point is
  }
  digits[count] = '\0';
  layout_digits(digits, count, exponent, out);
}

static void number(struct six_printer *printer, double value) {
  char text[64];
  if (signbit(value)) {
    six_print_text(printer, "-");
    value = -value;
  }
  if (isinf(value)) {
    six_print_text(printer, "1e999");  // a literal that is read as Infinity
    return;
  }
  if (value < 1e15 && value == floor(value)) {
    snprintf(text, sizeof text, "%.0f", value);
  } else {
    shortest(value, text);
  }
  six_print_text(printer, text);
}

static void template_part(struct six_printer *printer, const struct six_template_part *part) {
  if (part->raw) {
    six_print_name(printer, part->raw);
    return;
  }
  for (uint32_t i = 0; part->cooked && i < part->cooked->length; i++) {
    uint16_t unit = part->cooked->units[i];
    struct six_name one = {.length = 1, .units = &unit};
    bool opens = unit == '$' && i + 1 < part->cooked->length && part->cooked->units[i + 1] == '{';
    if (unit == '`' || unit == '\\' || opens) six_print_text(printer, "\\");
    if (unit >= 0xD800 && unit < 0xDC00 && i + 1 < part->cooked->length) {
      one = (struct six_name){.length = 2, .units = part->cooked->units + i++};
    }
    six_print_name(printer, &one);
  }
}

static void template_literal(struct six_printer *printer, const struct six_node *node) {
  bool no_in = printer->no_in;
  printer->no_in = false;
  six_print_text(printer, "`");
  for (uint32_t i = 0;; i++) {
    template_part(printer, &node->template.quasis[i]);
    if (i == node->template.expressions.count) break;
    six_print_text(printer, "${");
    six_print_expression(printer, node->template.expressions.items[i], SIX_P_SEQUENCE);
    six_print_text(printer, "}");
  }
  six_print_text(printer, "`");
  printer->no_in = no_in;
}

// ---- Lists: arguments, arrays, objects

static void item(struct six_printer *printer, const struct six_node *node) {
  if (node && node->type == SIX_N_PROPERTY) {
    six_print_property(printer, node);
  } else if (node) {
    six_print_expression(printer, node, SIX_P_ASSIGNMENT);
  }
}

static void flat_items(struct six_printer *printer, const struct six_nodes *items, uint32_t from, uint32_t to) {
  for (uint32_t i = from; i < to && !printer->has_failed; i++) {
    item(printer, items->items[i]);
    if (i + 1 < to) six_print_text(printer, ", ");
  }
}

// Holes need a comma of their own at the end.
static bool ends_with_hole(const struct six_nodes *items) { return items->count && !items->items[items->count - 1]; }

static void broken_items(struct six_printer *printer, const struct six_nodes *items, bool may_trail) {
  printer->indent += 2;
  for (uint32_t i = 0; i < items->count; i++) {
    six_print_newline(printer);
    item(printer, items->items[i]);
    if (i + 1 < items->count || may_trail || ends_with_hole(items)) six_print_text(printer, ",");
  }
  printer->indent -= 2;
  six_print_newline(printer);
}

static bool flat_list(struct six_printer *printer, const struct six_nodes *items, const char *open, const char *close) {
  bool is_attempt = !printer->is_flat;
  struct six_print_mark mark = {0};
  if (is_attempt) mark = six_print_begin(printer);
  six_print_text(printer, open);
  flat_items(printer, items, 0, items->count);
  if (ends_with_hole(items)) six_print_text(printer, ",");
  six_print_text(printer, close);
  return !is_attempt || six_print_end(printer, &mark);
}

// What may stand among arguments over several lines: `f(() => {`, `f({`.
static bool is_huggable(const struct six_node *node) {
  switch (node->type) {
    case SIX_N_ARROW:
    case SIX_N_FUNCTION:
    case SIX_N_OBJECT:
    case SIX_N_ARRAY:
    case SIX_N_CLASS: return true;
    default: return false;
  }
}

static bool is_flat_range(struct six_printer *printer, const struct six_nodes *items, uint32_t from, uint32_t to, bool keeps) {
  struct six_print_mark mark = six_print_begin(printer);
  flat_items(printer, items, from, to);
  bool is_flat = six_print_end(printer, &mark);
  if (is_flat && !keeps) six_print_back(printer, &mark);
  return is_flat;
}

// Arguments around the only one that takes several lines. False: they do not fit, and nothing was printed.
static bool hugging(struct six_printer *printer, const struct six_nodes *items) {
  uint32_t at = items->count;
  for (uint32_t i = 0; i < items->count; i++) {
    if (!is_huggable(items->items[i])) continue;
    if (at < items->count) return false;
    at = i;
  }
  if (items->count == 1) at = 0;
  if (at == items->count) return false;
  if (at + 1 < items->count && !is_flat_range(printer, items, at + 1, items->count, false)) return false;
  struct six_print_mark mark = six_print_begin(printer);
  six_print_text(printer, "(");
  flat_items(printer, items, 0, at);
  if (at > 0) six_print_text(printer, ", ");
  if (!six_print_end(printer, &mark)) return false;
  six_print_expression(printer, items->items[at], SIX_P_ASSIGNMENT);
  if (at + 1 < items->count) {
    six_print_text(printer, ", ");
    for (uint32_t i = at + 1; i < items->count; i++) {
      item(printer, items->items[i]);
      if (i + 1 < items->count) six_print_text(printer, ", ");
    }
  }
  six_print_text(printer, ")");
  return true;
}

static void arguments(struct six_printer *printer, const struct six_nodes *items) {
  bool no_in = printer->no_in;
  printer->no_in = false;
  if (!flat_list(printer, items, "(", ")") && !hugging(printer, items)) {
    six_print_text(printer, "(");
    broken_items(printer, items, false);
    six_print_text(printer, ")");
  }
  printer->no_in = no_in;
}

static void list(struct six_printer *printer, const struct six_node *node, const char *open, const char *close) {
  bool no_in = printer->no_in, is_object = *open == '{';
  printer->no_in = false;
  char flat_open[3] = {*open, is_object && node->list.count ? ' ' : '\0', '\0'};
  char flat_close[3] = {is_object && node->list.count ? ' ' : *close, is_object && node->list.count ? *close : '\0'};
  if (!flat_list(printer, &node->list, flat_open, flat_close)) {
    bool may_trail = node->list.count && node->list.items[node->list.count - 1] &&
                     node->list.items[node->list.count - 1]->type != SIX_N_REST && is_object;
    six_print_text(printer, open);
    broken_items(printer, &node->list, may_trail);
    six_print_text(printer, close);
  }
  printer->no_in = no_in;
}

// ---- Chains of members and calls: a.b().c

static const struct six_node *inner(const struct six_node *node) {
  switch (node->type) {
    case SIX_N_MEMBER: return node->member.object;
    case SIX_N_CALL: return node->call.callee;
    case SIX_N_TAGGED: return node->tagged.tag;
    default: return NULL;
  }
}

// Whether the node under a link of a chain stands in parentheses of its own.
static bool ends_chain(const struct six_printer *printer, const struct six_node *node) {
  return node == printer->wrap || node->type == SIX_N_OPTIONAL || !inner(node);
}

static bool needs_chain_parentheses(const struct six_printer *printer, const struct six_node *node) {
  return node == printer->wrap || node->type == SIX_N_OPTIONAL || node->type == SIX_N_NUMBER || precedence(node) < SIX_P_CALL;
}

static void link_of(struct six_printer *printer, const struct six_node *link) {
  switch (link->type) {
    case SIX_N_CALL:
      if (link->call.optional) six_print_text(printer, "?.");
      arguments(printer, &link->call.arguments);
      break;
    case SIX_N_TAGGED: template_literal(printer, link->tagged.quasi); break;
    default:
      if (link->member.optional) six_print_text(printer, "?.");
      if (link->member.computed) {
        bool no_in = printer->no_in;
        printer->no_in = false;
        six_print_text(printer, "[");
        six_print_expression(printer, link->member.property, SIX_P_SEQUENCE);
        six_print_text(printer, "]");
        printer->no_in = no_in;
      } else {
        if (!link->member.optional) six_print_text(printer, ".");
        if (link->member.property->type == SIX_N_PRIVATE_NAME) six_print_text(printer, "#");
        six_print_name(printer, link->member.property->name);
      }
  }
}

static void chain_root(struct six_printer *printer, const struct six_node *node) {
  if (needs_chain_parentheses(printer, node)) {
    const struct six_node *wrap = printer->wrap;
    if (wrap == node) printer->wrap = NULL;
    six_print_text(printer, "(");
    six_print_expression(printer, node, SIX_P_SEQUENCE);
    six_print_text(printer, ")");
    printer->wrap = wrap;
    return;
  }
  six_print_expression(printer, node, SIX_P_CALL);
}

// spine[mark..] holds the chain from the outermost link down to its root. `broken_from`: links with a smaller index
// that are a member followed by a call begin a new line.
static void chain_links(struct six_printer *printer, size_t mark, size_t broken_from) {
  size_t last = printer->spine_count - 1;
  chain_root(printer, printer->spine[last]);
  for (size_t i = last; i-- > mark && !printer->has_failed;) {
    const struct six_node *link = printer->spine[i];
    bool is_method = link->type == SIX_N_MEMBER && !link->member.computed && i > mark && printer->spine[i - 1]->type == SIX_N_CALL;
    if (is_method && i < broken_from) six_print_newline(printer);
    link_of(printer, link);
  }
}

// How many methods are called in a row.
static size_t method_count(const struct six_printer *printer, size_t mark) {
  size_t count = 0;
  for (size_t i = mark; i + 1 < printer->spine_count; i++) {
    const struct six_node *link = printer->spine[i];
    if (i > mark && link->type == SIX_N_MEMBER && !link->member.computed && printer->spine[i - 1]->type == SIX_N_CALL) {
      count++;
    }
  }
  return count;
}

static bool attempt_chain(struct six_printer *printer, size_t mark) {
  if (printer->is_flat) {
    chain_links(printer, mark, 0);
    return true;
  }
  struct six_print_mark begin = six_print_begin(printer);
  chain_links(printer, mark, 0);
  return six_print_end(printer, &begin);
}

static void chain(struct six_printer *printer, const struct six_node *node) {
  size_t mark = printer->spine_count;
  six_print_push(printer, node);
  for (const struct six_node *link = node;; link = inner(link)) {
    six_print_push(printer, inner(link));
    if (ends_chain(printer, inner(link))) break;
    six_print_note(printer, inner(link));
  }
  if (!attempt_chain(printer, mark)) {
    size_t methods = method_count(printer, mark), last = printer->spine_count - 1;
    const struct six_node *root = printer->spine[last];
    // `Promise.resolve()` keeps the first line; the methods after it get one each.
    bool keeps_first = last - mark >= 2 && printer->spine[last - 1]->type == SIX_N_MEMBER &&
                       (root->type == SIX_N_THIS || (root->type == SIX_N_IDENTIFIER && root->name->length <= 8));
    if (methods < (keeps_first ? 3u : 2u)) {
      chain_links(printer, mark, 0);
    } else {
      printer->indent += 2;
      chain_links(printer, mark, keeps_first ? last - 1 : last);
      printer->indent -= 2;
    }
  }
  printer->spine_count = mark;
}

// Whether what stands after `new` is put into parentheses: where a call is in it, it must be; a class or a function there is
// so written by people, and to V8 the name of such a class depends on it.
static bool wants_parentheses(const struct six_node *callee) {
  if (callee->type == SIX_N_CLASS || callee->type == SIX_N_FUNCTION) return true;
  for (const struct six_node *node = callee; node; node = inner(node)) {
    if (node->type == SIX_N_CALL || node->type == SIX_N_IMPORT_CALL || node->type == SIX_N_OPTIONAL) return true;
  }
  return false;
}

static void new_expression(struct six_printer *printer, const struct six_node *node) {
  six_print_text(printer, "new ");
  const struct six_node *callee = node->call.callee;
  if (wants_parentheses(callee)) {
    six_print_text(printer, "(");
    six_print_expression(printer, callee, SIX_P_SEQUENCE);
    six_print_text(printer, ")");
  } else {
    six_print_expression(printer, callee, SIX_P_MEMBER);
  }
  arguments(printer, &node->call.arguments);
}

// ---- Operators

static bool begins_with_sign(const struct six_node *node, enum six_op op) {
  char sign = op == SIX_OP_PLUS ? '+' : '-';
  if (node->type == SIX_N_NUMBER) return sign == '-' && signbit(node->number);
  if (node->type == SIX_N_UNARY) return node->unary.op == op;
  return node->type == SIX_N_UPDATE && node->unary.prefix && *six_op_text(node->unary.op) == sign;
}

static void unary(struct six_printer *printer, const struct six_node *node) {
  enum six_op op = node->unary.op;
  six_print_text(printer, six_op_text(op));
  bool is_word = op == SIX_OP_TYPEOF || op == SIX_OP_VOID || op == SIX_OP_DELETE;
  bool is_sign = op == SIX_OP_PLUS || op == SIX_OP_MINUS;
  if (is_word || (is_sign && begins_with_sign(node->unary.argument, op))) six_print_text(printer, " ");
  six_print_expression(printer, node->unary.argument, SIX_P_UNARY);
}

static void update(struct six_printer *printer, const struct six_node *node) {
  if (node->unary.prefix) six_print_text(printer, six_op_text(node->unary.op));
  six_print_expression(printer, node->unary.argument, node->unary.prefix ? SIX_P_UNARY : SIX_P_CALL);
  if (!node->unary.prefix) six_print_text(printer, six_op_text(node->unary.op));
}

static enum six_print_precedence left_least(const struct six_node *node) {
  enum six_op op = node->binary.op;
  if (op == SIX_OP_EXP) return SIX_P_UPDATE;
  const struct six_node *left = node->binary.left;
  if (op == SIX_OP_NULLISH && (left->type != SIX_N_LOGICAL || left->binary.op != op)) return SIX_P_BIT_OR;
  return binary_precedence(op);
}

static enum six_print_precedence right_least(const struct six_node *node) {
  enum six_op op = node->binary.op;
  if (op == SIX_OP_EXP) return SIX_P_POWER;
  if (op == SIX_OP_NULLISH) return SIX_P_BIT_OR;
  return binary_precedence(op) + 1;
}

static bool is_binary(const struct six_node *node) { return node->type == SIX_N_BINARY || node->type == SIX_N_LOGICAL; }

// The operand of the innermost operation, then operators and right operands outwards. Broken, an operand that no
// longer fits begins a new line.
static void operations(struct six_printer *printer, size_t mark) {
  const struct six_node *innermost = printer->spine[printer->spine_count - 1];
  six_print_expression(printer, innermost->binary.left, left_least(innermost));
  for (size_t i = printer->spine_count; i-- > mark && !printer->has_failed;) {
    const struct six_node *node = printer->spine[i];
    six_print_text(printer, " ");
    six_print_text(printer, six_op_text(node->binary.op));
    if (printer->is_flat) {
      six_print_text(printer, " ");
      six_print_expression(printer, node->binary.right, right_least(node));
      continue;
    }
    struct six_print_mark begin = six_print_begin(printer);
    six_print_text(printer, " ");
    six_print_expression(printer, node->binary.right, right_least(node));
    if (six_print_end(printer, &begin)) continue;
    six_print_newline(printer);
    six_print_expression(printer, node->binary.right, right_least(node));
  }
}

static void binary(struct six_printer *printer, const struct six_node *node) {
  size_t mark = printer->spine_count;
  six_print_push(printer, node);
  for (const struct six_node *left = node->binary.left; is_binary(left) && !needs_parentheses(printer, left, left_least(node));
       left = left->binary.left) {
    six_print_note(printer, left);
    six_print_push(printer, left);
    node = left;
  }
  if (printer->is_flat) {
    operations(printer, mark);
  } else {
    struct six_print_mark begin = six_print_begin(printer);
    operations(printer, mark);
    if (!six_print_end(printer, &begin)) {
      printer->indent += 4;
      operations(printer, mark);
      printer->indent -= 4;
    }
  }
  printer->spine_count = mark;
}

static void conditional_parts(struct six_printer *printer, const struct six_node *node, bool is_broken) {
  bool no_in = printer->no_in;
  six_print_expression(printer, node->conditional.test, SIX_P_NULLISH);
  if (is_broken) {
    printer->indent += 2;
    six_print_newline(printer);
  }
  six_print_text(printer, is_broken ? "? " : " ? ");
  printer->no_in = false;
  six_print_expression(printer, node->conditional.consequent, SIX_P_ASSIGNMENT);
  printer->no_in = no_in;
  if (is_broken) six_print_newline(printer);
  six_print_text(printer, is_broken ? ": " : " : ");
  six_print_expression(printer, node->conditional.alternate, SIX_P_ASSIGNMENT);
  if (is_broken) printer->indent -= 2;
}

static void conditional(struct six_printer *printer, const struct six_node *node) {
  if (printer->is_flat) {
    conditional_parts(printer, node, false);
    return;
  }
  struct six_print_mark begin = six_print_begin(printer);
  conditional_parts(printer, node, false);
  if (six_print_end(printer, &begin)) return;
  conditional_parts(printer, node, true);
}

static void assign(struct six_printer *printer, const struct six_node *node) {
  six_print_expression(printer, node->binary.left, SIX_P_CALL);
  six_print_text(printer, " ");
  six_print_text(printer, six_op_text(node->binary.op));
  six_print_text(printer, "= ");
  six_print_expression(printer, node->binary.right, SIX_P_ASSIGNMENT);
}

static void yield(struct six_printer *printer, const struct six_node *node) {
  six_print_text(printer, node->unary.prefix ? "yield*" : "yield");
  if (!node->unary.argument) return;
  six_print_text(printer, " ");
  six_print_expression(printer, node->unary.argument, SIX_P_ASSIGNMENT);
}

static void prefixed(struct six_printer *printer, const char *text, const struct six_node *node, enum six_print_precedence least) {
  six_print_text(printer, text);
  six_print_expression(printer, node, least);
}

// ---- All of them

static void bare_expression(struct six_printer *printer, const struct six_node *node) {
  switch (node->type) {
    case SIX_N_IDENTIFIER: six_print_name(printer, node->name); break;
    case SIX_N_NUMBER: number(printer, node->number); break;
    case SIX_N_STRING: six_print_string(printer, node->name); break;
    case SIX_N_BIGINT:
      six_print_name(printer, node->name);
      six_print_text(printer, "n");
      break;
    case SIX_N_REGEXP:
      six_print_text(printer, "/");
      six_print_name(printer, node->regexp.pattern);
      six_print_text(printer, "/");
      six_print_name(printer, node->regexp.flags);
      break;
    case SIX_N_TEMPLATE: template_literal(printer, node); break;
    case SIX_N_NULL: six_print_text(printer, "null"); break;
    case SIX_N_TRUE: six_print_text(printer, "true"); break;
    case SIX_N_FALSE: six_print_text(printer, "false"); break;
    case SIX_N_THIS: six_print_text(printer, "this"); break;
    case SIX_N_SUPER: six_print_text(printer, "super"); break;
    case SIX_N_NEW_TARGET: six_print_text(printer, "new.target"); break;
    case SIX_N_IMPORT_META: six_print_text(printer, "import.meta"); break;
    case SIX_N_PRIVATE_NAME:
      six_print_text(printer, "#");
      six_print_name(printer, node->name);
      break;
    case SIX_N_ARRAY:
    case SIX_N_ARRAY_PATTERN: list(printer, node, "[", "]"); break;
    case SIX_N_OBJECT:
    case SIX_N_OBJECT_PATTERN: list(printer, node, "{", "}"); break;
    case SIX_N_PROPERTY: six_print_property(printer, node); break;
    case SIX_N_FUNCTION: six_print_function(printer, node); break;
    case SIX_N_ARROW: six_print_arrow(printer, node); break;
    case SIX_N_CLASS: six_print_class(printer, node); break;
    case SIX_N_UNARY: unary(printer, node); break;
    case SIX_N_UPDATE: update(printer, node); break;
    case SIX_N_BINARY:
    case SIX_N_LOGICAL: binary(printer, node); break;
    case SIX_N_ASSIGN: assign(printer, node); break;
    case SIX_N_CONDITIONAL: conditional(printer, node); break;
    case SIX_N_CALL:
    case SIX_N_MEMBER:
    case SIX_N_TAGGED: chain(printer, node); break;
    case SIX_N_NEW: new_expression(printer, node); break;
    case SIX_N_IMPORT_CALL:
      prefixed(printer, "import(", node->unary.argument, SIX_P_ASSIGNMENT);
      six_print_text(printer, ")");
      break;
    case SIX_N_OPTIONAL: chain(printer, node->unary.argument); break;
    case SIX_N_SEQUENCE: flat_items(printer, &node->list, 0, node->list.count); break;
    case SIX_N_SPREAD:
    case SIX_N_REST: prefixed(printer, "...", node->unary.argument, SIX_P_ASSIGNMENT); break;
    case SIX_N_YIELD: yield(printer, node); break;
    case SIX_N_AWAIT: prefixed(printer, "await ", node->unary.argument, SIX_P_UNARY); break;
    case SIX_N_DEFAULT:
      six_print_expression(printer, node->binary.left, SIX_P_CALL);
      if (node->binary.right) prefixed(printer, " = ", node->binary.right, SIX_P_ASSIGNMENT);
      break;
    default: break;
  }
}

void six_print_expression(struct six_printer *printer, const struct six_node *node, enum six_print_precedence least) {
  if (printer->has_failed) return;
  if (!needs_parentheses(printer, node, least)) {
    six_print_note(printer, node);
    bare_expression(printer, node);
    return;
  }
  const struct six_node *wrap = printer->wrap;
  bool no_in = printer->no_in;
  if (wrap == node) printer->wrap = NULL;
  printer->no_in = false;
  six_print_text(printer, "(");
  six_print_note(printer, node);
  bare_expression(printer, node);
  six_print_text(printer, ")");
  printer->no_in = no_in;
  printer->wrap = wrap;
}

// The expression that `node` begins with, if it stands there without parentheses; NULL otherwise.
static const struct six_node *leftmost_step(const struct six_node *node) {
  const struct six_node *child = NULL;
  enum six_print_precedence least = SIX_P_CALL;
  switch (node->type) {
    case SIX_N_BINARY:
    case SIX_N_LOGICAL: child = node->binary.left, least = left_least(node); break;
    case SIX_N_ASSIGN: child = node->binary.left; break;
    case SIX_N_CONDITIONAL: child = node->conditional.test, least = SIX_P_NULLISH; break;
    case SIX_N_SEQUENCE: child = node->list.items[0], least = SIX_P_ASSIGNMENT; break;
    case SIX_N_UPDATE: child = node->unary.prefix ? NULL : node->unary.argument; break;
    case SIX_N_OPTIONAL: child = node->unary.argument; break;
    case SIX_N_MEMBER:
    case SIX_N_CALL:
    case SIX_N_TAGGED:
      child = inner(node);
      if (child->type == SIX_N_OPTIONAL || child->type == SIX_N_NUMBER) return NULL;
      break;
    default: break;
  }
  return child && precedence(child) >= least ? child : NULL;
}

static bool is_let(const struct six_node *node) {
  static const uint16_t let[] = {'l', 'e', 't'};
  return node->type == SIX_N_IDENTIFIER && node->name->length == 3 && memcmp(node->name->units, let, sizeof let) == 0;
}

// The node to wrap so that `node` can begin a statement: the literal itself, or the assignment to a pattern.
static const struct six_node *to_wrap(const struct six_node *node, enum six_print_precedence least, bool only_brace) {
  if (precedence(node) < least) return NULL;
  for (const struct six_node *left = node; left; left = leftmost_step(left)) {
    if (left->type == SIX_N_OBJECT) return left;
    if (left->type == SIX_N_ASSIGN && left->binary.left->type == SIX_N_OBJECT_PATTERN) return left;
    if (only_brace) continue;
    if (left->type == SIX_N_FUNCTION || left->type == SIX_N_CLASS || is_let(left)) return left;
  }
  return NULL;
}

void six_print_expression_start(struct six_printer *printer, const struct six_node *node, enum six_print_precedence least,
                                bool only_brace) {
  const struct six_node *outer = printer->wrap;
  printer->wrap = to_wrap(node, least, only_brace);
  six_print_expression(printer, node, least);
  printer->wrap = outer;
}
