// program: what the files of the printer share.
#ifndef SIX_PROGRAM_PRINT_PRIVATE_H
#define SIX_PROGRAM_PRINT_PRIVATE_H

#include "sim/program/print.h"

#define SIX_PRINT_WIDTH 100

// How tightly an expression binds; one that binds less than its place asks for is put into parentheses.
enum six_print_precedence {
  SIX_P_SEQUENCE,
  SIX_P_ASSIGNMENT,
  SIX_P_CONDITIONAL,
  SIX_P_NULLISH,
  SIX_P_OR,
  SIX_P_AND,
  SIX_P_BIT_OR,
  SIX_P_BIT_XOR,
  SIX_P_BIT_AND,
  SIX_P_EQUALITY,
  SIX_P_RELATION,
  SIX_P_SHIFT,
  SIX_P_SUM,
  SIX_P_PRODUCT,
  SIX_P_POWER,
  SIX_P_UNARY,
  SIX_P_UPDATE,
  SIX_P_CALL,
  SIX_P_MEMBER,
  SIX_P_PRIMARY,
};

// Layout works by attempts: something is first printed flat, on one line; where that grows too wide, what was printed
// is taken back and printed broken. An attempt is bounded by the width, so the whole takes linear time.
struct six_printer {
  struct six_text *out;
  struct six_print_map *map;  // or NULL
  unsigned indent;            // columns
  size_t line_start;
  uint32_t line;
  bool is_flat, has_failed;  // inside an attempt, and whether it grew too wide
  size_t attempt_start;
  bool no_in;                     // an `in` needs parentheses: the head of a for statement
  const struct six_node *wrap;    // this node needs parentheses because of where it stands
  const struct six_node **spine;  // left-deep chains, printed without recursion
  size_t spine_count, spine_capacity;
};

struct six_print_mark {  // a place to come back to
  size_t length, line_start;
  uint32_t line, map_count;
  unsigned indent;
};

// ---- print.c

struct six_print_mark six_print_begin(struct six_printer *printer);                  // begins an attempt; not inside another one
bool six_print_end(struct six_printer *printer, const struct six_print_mark *mark);  // false: it was taken back
void six_print_back(struct six_printer *printer, const struct six_print_mark *mark);
void six_print_text(struct six_printer *printer, const char *text);
void six_print_bytes(struct six_printer *printer, const char *bytes, size_t length);  // may contain line ends
void six_print_newline(struct six_printer *printer);
void six_print_name(struct six_printer *printer, const struct six_name *name);
void six_print_string(struct six_printer *printer, const struct six_name *name);
void six_print_note(struct six_printer *printer, const struct six_node *node);  // into the map
void six_print_push(struct six_printer *printer, const struct six_node *node);  // onto the spine

// ---- print_expression.c

void six_print_expression(struct six_printer *printer, const struct six_node *node, enum six_print_precedence least);
// An expression where a statement may stand: what would be read as a block, function or class is wrapped.
void six_print_expression_start(struct six_printer *printer, const struct six_node *node, enum six_print_precedence least, bool only_brace);

// ---- print_function.c

void six_print_function(struct six_printer *printer, const struct six_node *node);
void six_print_arrow(struct six_printer *printer, const struct six_node *node);
void six_print_class(struct six_printer *printer, const struct six_node *node);
void six_print_property(struct six_printer *printer, const struct six_node *node);

// ---- print_statement.c

void six_print_statement(struct six_printer *printer, const struct six_node *node);
void six_print_block(struct six_printer *printer, const struct six_node *node);
void six_print_body(struct six_printer *printer, const struct six_nodes *body, bool has_directives, bool is_strict);

#endif
