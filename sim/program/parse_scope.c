// Early errors about names: redeclarations (ECMA-262 14.2.1, 14.3.1.1, 16.1.1) and private names (15.7.1).
// One hash table from (scope, name) to flags holds every declaration of the file.
#include <stdlib.h>

#include "sim/program/parse_private.h"

enum declaration_flag {
  IS_LEXICAL = 1,
  IS_VAR = 2,  // declared here, or a var of an inner scope that passes through
  IS_PARAMETER = 4,
  IS_SLOPPY_FUNCTION = 8,  // a plain function in a sloppy block: may be repeated (B.3.3.4)
  IS_SIMPLE_CATCH = 16,    // catch (e): a var e inside is allowed (B.3.4)
  IS_CATCH = 32,
  IS_EXPORT = 64,
  IS_PRIVATE_GETTER = 128,
  IS_PRIVATE_SETTER = 256,
  IS_PRIVATE = 512,
  IS_STATIC = 1024,
};

static uint32_t *lookup(const struct six_parser *parser, uint32_t scope, uint32_t name) {
  uint32_t mask = parser->declarations_capacity - 1, at = (scope * 0x9E3779B1u ^ name * 0x85EBCA6Bu);
  for (at = (at ^ at >> 15) & mask;; at = (at + 1) & mask) {
    struct six_parse_declaration *entry = &parser->declarations[at];
    if (!entry->flags || (entry->scope == scope && entry->name == name)) {
      entry->scope = scope;
      entry->name = name;
      return &entry->flags;
    }
  }
}

static void grow(struct six_parser *parser) {
  struct six_parse_declaration *old = parser->declarations;
  uint32_t capacity = parser->declarations_capacity;
  parser->declarations_capacity = capacity ? capacity * 2 : 256;
  parser->declarations = calloc(parser->declarations_capacity, sizeof *parser->declarations);
  if (!parser->declarations) abort();
  for (uint32_t i = 0; i < capacity; i++) {
    if (old[i].flags) *lookup(parser, old[i].scope, old[i].name) = old[i].flags;
  }
  free(old);
}

static uint32_t flags_of(const struct six_parser *parser, uint32_t scope, const struct six_name *name) {
  return parser->declarations_capacity ? *lookup(parser, scope, name->id) : 0;
}

static void add_flags(struct six_parser *parser, uint32_t scope, const struct six_name *name, uint32_t flags) {
  if ((parser->declarations_count + 1) * 2 > parser->declarations_capacity) grow(parser);
  uint32_t *entry = lookup(parser, scope, name->id);
  if (!*entry) parser->declarations_count++;
  *entry |= flags;
}

void six_parse_scope_open(struct six_parser *parser, struct six_parse_scope *scope, enum six_scope_kind kind) {
  *scope = (struct six_parse_scope){.outer = parser->scope, .id = parser->scopes_count++, .kind = (uint8_t)kind};
  parser->scope = scope;
}

void six_parse_scope_close(struct six_parser *parser) { parser->scope = parser->scope->outer; }

noreturn static void redeclared(struct six_parser *parser, struct six_span span) {
  uint32_t length = span.end - span.start;
  six_parse_error(parser, span, "Identifier '%.*s' has already been declared", (int)(length > 200 ? 200 : length),
                  parser->program->source.bytes + span.start);
}

void six_parse_declare_var(struct six_parser *parser, const struct six_name *name, struct six_span span, bool is_for_of) {
  for (struct six_parse_scope *scope = parser->scope;; scope = scope->outer) {
    uint32_t flags = flags_of(parser, scope->id, name);
    if (flags & (IS_LEXICAL | IS_SLOPPY_FUNCTION | IS_CATCH)) redeclared(parser, span);
    if ((flags & IS_SIMPLE_CATCH) && is_for_of) redeclared(parser, span);
    add_flags(parser, scope->id, name, IS_VAR);
    if (scope->kind == SIX_SCOPE_FUNCTION) return;
  }
}

static void declare_lexical(struct six_parser *parser, const struct six_name *name, struct six_span span, uint32_t flag) {
  struct six_parse_scope *scope = parser->scope;
  uint32_t flags = flags_of(parser, scope->id, name);
  if (flags && !(flag == IS_SLOPPY_FUNCTION && flags == IS_SLOPPY_FUNCTION)) redeclared(parser, span);
  // The block of a catch clause shares its names with the parameter.
  if (scope->kind == SIX_SCOPE_BLOCK && scope->outer && scope->outer->kind == SIX_SCOPE_CATCH &&
      (flags_of(parser, scope->outer->id, name) & (IS_CATCH | IS_SIMPLE_CATCH))) {
    redeclared(parser, span);
  }
  add_flags(parser, scope->id, name, flag);
}

void six_parse_declare_lexical(struct six_parser *parser, const struct six_name *name, struct six_span span) {
  declare_lexical(parser, name, span, IS_LEXICAL);
}

// A function is var-like at the top of a function, lexical elsewhere and in modules.
void six_parse_declare_function(struct six_parser *parser, const struct six_name *name, struct six_span span, bool is_plain) {
  if (parser->scope->kind == SIX_SCOPE_FUNCTION && !(parser->is_module && parser->function->is_file)) {
    six_parse_declare_var(parser, name, span, false);
  } else {
    declare_lexical(parser, name, span, is_plain && !parser->function->is_strict ? IS_SLOPPY_FUNCTION : IS_LEXICAL);
  }
}

void six_parse_declare_parameter(struct six_parser *parser, const struct six_name *name, struct six_span span) {
  struct six_span *duplicate = &parser->function->duplicate;
  if ((flags_of(parser, parser->scope->id, name) & IS_PARAMETER) && duplicate->end == 0) *duplicate = span;
  add_flags(parser, parser->scope->id, name, IS_PARAMETER);
}

void six_parse_declare_catch(struct six_parser *parser, const struct six_name *name, struct six_span span, bool is_simple) {
  if (flags_of(parser, parser->scope->id, name)) redeclared(parser, span);
  add_flags(parser, parser->scope->id, name, is_simple ? IS_SIMPLE_CATCH : IS_CATCH);
}

bool six_parse_is_declared(const struct six_parser *parser, const struct six_name *name) {
  return (flags_of(parser, parser->scope->id, name) & (IS_LEXICAL | IS_VAR)) != 0;
}

// Exported names live under an id no scope has.
bool six_parse_declare_export(struct six_parser *parser, const struct six_name *name) {
  if (flags_of(parser, UINT32_MAX, name)) return false;
  add_flags(parser, UINT32_MAX, name, IS_EXPORT);
  return true;
}

// ---- Private names

void six_parse_add_reference(struct six_parse_reference **items, uint32_t *count, uint32_t *capacity, struct six_parse_reference item) {
  if (*count == *capacity) {
    *capacity = *capacity ? *capacity * 2 : 64;
    *items = realloc(*items, *capacity * sizeof item);
    if (!*items) abort();
  }
  (*items)[(*count)++] = item;
}

noreturn static void undeclared_private(struct six_parser *parser, struct six_span span) {
  uint32_t length = span.end - span.start;
  six_parse_error(parser, span, "Private field '%.*s' must be declared in an enclosing class", (int)(length > 200 ? 200 : length),
                  parser->program->source.bytes + span.start);
}

void six_parse_class_open(struct six_parser *parser, struct six_parse_class *class_) {
  *class_ = (struct six_parse_class){.outer = parser->class_, .id = parser->scopes_count++, .references_mark = parser->references_count};
  parser->class_ = class_;
}

// References the class does not declare are the business of the class around it.
void six_parse_class_close(struct six_parser *parser) {
  struct six_parse_class *class_ = parser->class_;
  uint32_t kept = class_->references_mark;
  for (uint32_t i = kept; i < parser->references_count; i++) {
    struct six_parse_reference *reference = &parser->references[i];
    if (flags_of(parser, class_->id, reference->name)) continue;
    if (!class_->outer) undeclared_private(parser, reference->span);
    parser->references[kept++] = *reference;
  }
  parser->references_count = kept;
  parser->class_ = class_->outer;
}

void six_parse_declare_private(struct six_parser *parser, const struct six_name *name, struct six_span span, enum six_property_kind kind,
                               bool is_static) {
  six_note_syntax(parser->program, SIX_SYNTAX_PRIVATE, span, "Invalid or unexpected token");
  uint32_t flags = flags_of(parser, parser->class_->id, name);
  uint32_t flag = kind == SIX_PROPERTY_GET ? IS_PRIVATE_GETTER : kind == SIX_PROPERTY_SET ? IS_PRIVATE_SETTER : IS_PRIVATE;
  bool completes_pair = (flag == IS_PRIVATE_GETTER && (flags & ~(uint32_t)IS_STATIC) == IS_PRIVATE_SETTER) ||
                        (flag == IS_PRIVATE_SETTER && (flags & ~(uint32_t)IS_STATIC) == IS_PRIVATE_GETTER);
  if (flags && !(completes_pair && ((flags & IS_STATIC) != 0) == is_static)) redeclared(parser, span);
  add_flags(parser, parser->class_->id, name, flag | (is_static ? IS_STATIC : 0));
}

void six_parse_refer_private(struct six_parser *parser, const struct six_name *name, struct six_span span) {
  six_note_syntax(parser->program, SIX_SYNTAX_PRIVATE, span, "Invalid or unexpected token");
  if (!parser->class_) undeclared_private(parser, span);
  struct six_parse_reference reference = {name, span};
  six_parse_add_reference(&parser->references, &parser->references_count, &parser->references_capacity, reference);
}
