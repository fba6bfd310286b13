// program: the printer back to JavaScript.
#ifndef SIX_PROGRAM_PRINT_H
#define SIX_PROGRAM_PRINT_H

#include "sim/base/text.h"
#include "sim/program/ast.h"

// Where a printed node begins: for showing a JSON scenario as the JavaScript it stands for.
struct six_print_map_entry {
  uint32_t node_start;  // span.start of a statement or expression node in the original text
  uint32_t node_end;
  uint32_t line;  // line in the printed text, from 1
  uint32_t column;
};
struct six_print_map {
  struct six_print_map_entry *entries;  // malloc'd, in printing order; free with free()
  uint32_t count, capacity;
};

// Appends the program as a person would have written it: 2 spaces, single quotes, semicolons, lines under 100 columns
// where it can, short arrow callbacks on one line. Parsing the result gives the same tree. `map` may be NULL.
void six_print_program(const struct six_program *program, struct six_text *out, struct six_print_map *map);

#endif
