#include "sim/program/ast.h"

#include <stdlib.h>
#include <string.h>

static uint32_t hash_units(const uint16_t *units, uint32_t length) {
  uint32_t hash = 2166136261u;
  for (uint32_t i = 0; i < length; i++) hash = (hash ^ units[i]) * 16777619u;
  return hash;
}

static void grow_names(struct six_program *program) {
  uint32_t capacity = program->names_capacity ? program->names_capacity * 2 : 128;
  struct six_name **names = calloc(capacity, sizeof *names);
  if (!names) abort();
  for (uint32_t i = 0; i < program->names_capacity; i++) {
    struct six_name *name = program->names[i];
    if (!name) continue;
    uint32_t at = name->hash & (capacity - 1);
    while (names[at]) at = (at + 1) & (capacity - 1);
    names[at] = name;
  }
  free(program->names);
  program->names = names;
  program->names_capacity = capacity;
}

const struct six_name *six_name_intern(struct six_program *program, const uint16_t *units, uint32_t length) {
  if ((program->names_count + 1) * 2 > program->names_capacity) grow_names(program);
  uint32_t hash = hash_units(units, length), mask = program->names_capacity - 1, at = hash & mask;
  for (; program->names[at]; at = (at + 1) & mask) {
    struct six_name *name = program->names[at];
    if (name->hash != hash || name->length != length) continue;
    if (!length || memcmp(name->units, units, length * sizeof *units) == 0) return name;
  }
  struct six_name *name = six_arena_alloc(&program->arena, sizeof *name + length * sizeof *units);
  uint16_t *copy = (uint16_t *)(name + 1);
  if (length) memcpy(copy, units, length * sizeof *units);
  *name = (struct six_name){.length = length, .hash = hash, .units = copy, .id = program->names_count++};
  program->names[at] = name;
  return name;
}

const struct six_name *six_name_intern_utf8(struct six_program *program, const char *bytes, size_t length) {
  uint16_t local[256] = {0};
  uint16_t *units = length <= 256 ? local : malloc(length * sizeof *units);
  if (!units) abort();
  uint32_t count = 0;
  for (size_t i = 0; i < length;) {
    uint32_t c;
    i += six_utf8_decode(bytes + i, length - i, &c);
    if (c >= 0x10000) {
      units[count++] = (uint16_t)(0xD800 + ((c - 0x10000) >> 10));
      units[count++] = (uint16_t)(0xDC00 + ((c - 0x10000) & 0x3FF));
    } else {
      units[count++] = (uint16_t)c;
    }
  }
  const struct six_name *name = six_name_intern(program, units, count);
  if (units != local) free(units);
  return name;
}

struct six_node *six_node_new(struct six_program *program, enum six_node_type type, struct six_span span) {
  struct six_node *node = six_arena_alloc(&program->arena, sizeof *node);
  node->type = (uint8_t)type;
  node->span = span;
  return node;
}

const char *six_op_text(enum six_op op) {
  static const char *const text[] = {
      [SIX_OP_NONE] = "",         [SIX_OP_NOT] = "!",         [SIX_OP_BIT_NOT] = "~",  [SIX_OP_PLUS] = "+",
      [SIX_OP_MINUS] = "-",       [SIX_OP_TYPEOF] = "typeof", [SIX_OP_VOID] = "void",  [SIX_OP_DELETE] = "delete",
      [SIX_OP_INC] = "++",        [SIX_OP_DEC] = "--",        [SIX_OP_ADD] = "+",      [SIX_OP_SUB] = "-",
      [SIX_OP_MUL] = "*",         [SIX_OP_DIV] = "/",         [SIX_OP_MOD] = "%",      [SIX_OP_EXP] = "**",
      [SIX_OP_SHL] = "<<",        [SIX_OP_SHR] = ">>",        [SIX_OP_USHR] = ">>>",   [SIX_OP_BIT_AND] = "&",
      [SIX_OP_BIT_OR] = "|",      [SIX_OP_BIT_XOR] = "^",     [SIX_OP_EQ] = "==",      [SIX_OP_NE] = "!=",
      [SIX_OP_STRICT_EQ] = "===", [SIX_OP_STRICT_NE] = "!==", [SIX_OP_LT] = "<",       [SIX_OP_LE] = "<=",
      [SIX_OP_GT] = ">",          [SIX_OP_GE] = ">=",         [SIX_OP_IN] = "in",      [SIX_OP_INSTANCEOF] = "instanceof",
      [SIX_OP_AND] = "&&",        [SIX_OP_OR] = "||",         [SIX_OP_NULLISH] = "??",
  };
  return text[op];
}

void six_program_free(struct six_program *program) {
  if (!program) return;
  six_arena_done(&program->arena);
  free(program->names);
  free(program);
}
