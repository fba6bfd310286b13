// node: what the files of util.inspect share. Text is made of pieces: runs of UTF-8 in an arena, with their length in
// UTF-16 units, because that is what line breaking counts.
#ifndef SIX_NODE_INSPECT_PARTS_H
#define SIX_NODE_INSPECT_PARTS_H

#include "sim/base/arena.h"
#include "sim/node/inspect.h"

struct six_piece {
  const char *bytes;
  uint32_t length;  // bytes
  uint32_t units;   // UTF-16
};

struct six_pieces {
  struct six_piece *items;
  uint32_t count, capacity;
};

// Text under construction; finished by six_buf_piece.
struct six_buf {
  char *bytes;
  uint32_t length, capacity;
};

struct six_inspector {
  struct six_machine *m;
  struct six_inspect_options o;
  struct six_arena arena;
  uint32_t indentation;
  uint32_t current_depth;
  uint32_t nesting;         // C recursion
  six_value custom_symbol;  // SIX_UNDEFINED: no program knows it
  six_value inspect_function;
  six_value *seen;
  uint32_t seen_count, seen_capacity;
  six_value *circular;  // objects met again, in order: their index + 1 is the reference's number
  uint32_t circular_count, circular_capacity;
  size_t budget;
  bool iterator_pairs;  // what six_format_iterator found last: [Map Entries]
};

enum six_extras { SIX_EXTRAS_OBJECT, SIX_EXTRAS_ARRAY_ITEM, SIX_EXTRAS_ARRAY };

enum six_style {
  SIX_STYLE_SPECIAL,
  SIX_STYLE_NUMBER,
  SIX_STYLE_BIGINT,
  SIX_STYLE_BOOLEAN,
  SIX_STYLE_UNDEFINED,
  SIX_STYLE_NULL,
  SIX_STYLE_STRING,
  SIX_STYLE_SYMBOL,
  SIX_STYLE_DATE,
  SIX_STYLE_REGEXP,
  SIX_STYLE_MODULE,
  SIX_STYLE_NONE
};

// A constructor's name as getPrefix uses it.
struct six_prefix_names {
  bool null_prototype;
  struct six_piece constructor;
  struct six_piece tag;  // empty: none
};

// ---- inspect_text.c: pieces
struct six_piece six_piece_ascii(const char *ascii);  // borrows
struct six_piece six_piece_string(struct six_inspector *ctx, struct six_string *s);
struct six_piece six_piecef(struct six_inspector *ctx, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct six_piece six_piece_join(struct six_inspector *ctx, uint32_t count, const struct six_piece *parts);
bool six_piece_equals(struct six_piece p, const char *ascii);
bool six_piece_same(struct six_piece a, struct six_piece b);
int64_t six_piece_find(struct six_piece in, struct six_piece what, uint32_t from);   // byte offset or -1
struct six_piece six_piece_slice(struct six_piece p, uint32_t start, uint32_t end);  // bytes
bool six_piece_has(struct six_piece p, char c);
void six_pieces_push(struct six_inspector *ctx, struct six_pieces *list, struct six_piece p);
void six_buf_add(struct six_inspector *ctx, struct six_buf *b, const char *bytes, size_t length);
void six_buf_adds(struct six_inspector *ctx, struct six_buf *b, const char *s);
void six_buf_piece_add(struct six_inspector *ctx, struct six_buf *b, struct six_piece p);
void six_buf_repeat(struct six_inspector *ctx, struct six_buf *b, char c, uint32_t count);
struct six_piece six_buf_piece(struct six_buf *b);
uint32_t six_utf16_units(const char *bytes, size_t length);
struct six_piece six_stylize(struct six_inspector *ctx, struct six_piece p, enum six_style style);
struct six_piece six_indent_lines(struct six_inspector *ctx, struct six_piece p, uint32_t indentation);
uint32_t six_piece_width(struct six_inspector *ctx, struct six_piece p);
uint32_t six_piece_units_plain(struct six_inspector *ctx, struct six_piece p);  // without colours
// A string in quotes, escaped (strEscape).
struct six_piece six_escape_string(struct six_inspector *ctx, struct six_string *s, uint32_t start, uint32_t end);
struct six_piece six_escape_bare(struct six_inspector *ctx, struct six_piece p);  // control characters only, no quotes
struct six_piece six_format_number_piece(struct six_inspector *ctx, double d, bool separator);
struct six_piece six_format_primitive(struct six_inspector *ctx, six_value v, bool style);
struct six_piece six_more_items(struct six_inspector *ctx, double remaining);

// ---- inspect.c
bool six_format_value(struct six_inspector *ctx, six_value v, uint32_t recurse, bool typed_array, struct six_piece *out);
bool six_format_property(struct six_inspector *ctx, struct six_object *o, uint32_t recurse, six_key key, enum six_extras type,
                         const struct six_descriptor *given, six_value original, struct six_piece *out);
struct six_piece six_reduce(struct six_inspector *ctx, struct six_pieces output, struct six_piece base, struct six_piece open,
                            struct six_piece close, enum six_extras extras, uint32_t recurse, struct six_object *value);

// ---- inspect_names.c: who made it
bool six_constructor_name(struct six_inspector *ctx, struct six_object *o, uint32_t recurse, struct six_pieces *proto_props,
                          struct six_prefix_names *names);
struct six_piece six_prefix(struct six_inspector *ctx, const struct six_prefix_names *names, struct six_piece fallback,
                            struct six_piece size);
struct six_piece six_ctx_style(struct six_inspector *ctx, struct six_object *o, const struct six_prefix_names *names);
bool six_function_base(struct six_inspector *ctx, struct six_object *f, const struct six_prefix_names *names, struct six_piece *out);
bool six_is_builtin_name(struct six_piece name);

// ---- inspect_types.c: the contents of each kind of object. Each appends to `output`.
typedef bool six_formatter(struct six_inspector *ctx, struct six_object *o, uint32_t recurse, struct six_pieces *output,
                           struct six_values *keys);
six_formatter six_format_array, six_format_typed_array, six_format_set, six_format_map, six_format_iterator, six_format_promise,
    six_format_weak, six_format_array_buffer, six_format_namespace;
bool six_boxed_base(struct six_inspector *ctx, struct six_object *o, struct six_values *keys, const struct six_prefix_names *names,
                    struct six_piece *out);
bool six_regexp_base(struct six_inspector *ctx, struct six_object *o, struct six_piece *out);
struct six_piece six_date_base(struct six_inspector *ctx, struct six_object *o);

// ---- inspect_error.c
bool six_error_base(struct six_inspector *ctx, struct six_object *o, const struct six_prefix_names *names, struct six_values **keys,
                    struct six_piece *out);

#endif
