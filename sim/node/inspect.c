// node: util.inspect. Follows the steps of Node's lib/internal/util/inspect.js: format_value finds proxies, custom
// functions and circles; format_raw chooses name, braces and contents by kind; six_reduce lays the entries out.
#include "sim/node/inspect_parts.h"

#include <stdlib.h>

#include "sim/machine/bytecode.h"
#include "sim/machine/typed_array.h"
#include "sim/node/node.h"

enum { NESTING_LIMIT = 900 };

// What format_raw prints of an object, apart from its entries.
struct view {
  struct six_prefix_names names;
  struct six_piece base, open, close;
  enum six_extras extras;
  six_formatter *formatter;  // NULL: nothing but keys
  struct six_values *keys;
};

static bool is_above(const struct six_inspector *ctx, uint32_t recurse) { return (double)recurse > ctx->o.depth; }

static struct six_piece with_brace(struct six_inspector *ctx, struct six_piece prefix, const char *brace) {
  return six_piece_join(ctx, 2, (struct six_piece[]){prefix, six_piece_ascii(brace)});
}

// ---- Keys

static void root_values(struct six_machine *m, struct six_values *values) { six_root(m, six_tagged(SIX_TAG_OBJECT, values)); }

static struct six_values *keys_of(struct six_inspector *ctx, struct six_object *o) {
  uint32_t which = SIX_KEYS_STRINGS | SIX_KEYS_SYMBOLS;
  // A namespace's uninitialised bindings throw when asked for their attributes.
  if (!ctx->o.show_hidden && o->cell.class_ != SIX_CLASS_NAMESPACE) which |= SIX_KEYS_ENUMERABLE_ONLY;
  struct six_values *keys = six_own_keys(ctx->m, o, which);
  if (!keys) return NULL;
  if (o->cell.class_ == SIX_CLASS_NAMESPACE && !ctx->o.show_hidden) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < keys->count; i++)
      if (!six_is_symbol(keys->items[i])) keys->items[n++] = keys->items[i];
    keys->count = n;
  }
  root_values(ctx->m, keys);
  return keys;
}

// Whether a string key is an array index (up to 2^32 - 2) that is too large to be an integer key.
static bool is_large_index(struct six_machine *m, six_key key) {
  if (!six_is_string(key)) return false;
  struct six_string *s = six_string_flat(m, six_as_string(key));
  if (s->length != 10 || six_string_is_wide(s)) return false;
  uint64_t index = 0;
  for (uint32_t i = 0; i < 10; i++) {
    if (s->u.latin1[i] < '0' || s->u.latin1[i] > '9') return false;
    index = index * 10 + (uint64_t)(s->u.latin1[i] - '0');
  }
  return s->u.latin1[0] != '0' && index < 0xFFFFFFFFu;
}

static struct six_values *non_index_keys(struct six_inspector *ctx, struct six_object *o) {
  struct six_machine *m = ctx->m;
  if (six_array_is_dense(o) && !ctx->o.show_hidden && o->shape == m->array_shape) return six_values_new(m, 0);
  uint32_t which = SIX_KEYS_STRINGS | SIX_KEYS_SYMBOLS | (ctx->o.show_hidden ? 0u : SIX_KEYS_ENUMERABLE_ONLY);
  struct six_values *keys = six_own_keys(m, o, which);
  if (!keys) return NULL;
  uint32_t n = 0;
  for (uint32_t i = 0; i < keys->count; i++) {
    six_key key = keys->items[i];
    if (!six_key_is_index(key) && !is_large_index(m, key)) keys->items[n++] = key;
  }
  keys->count = n;
  root_values(m, keys);
  return keys;
}

static struct six_values *with_keys_first(struct six_machine *m, struct six_values *keys, uint32_t count, const char *const *names) {
  struct six_values *all = six_values_new(m, keys->count + count);
  for (uint32_t i = 0; i < count; i++) all->items[i] = six_string_value(six_intern_ascii(m, names[i], true));
  for (uint32_t i = 0; i < keys->count; i++) all->items[count + i] = keys->items[i];
  all->count = keys->count + count;
  root_values(m, all);
  return all;
}

// ---- One property

static bool format_getter(struct six_inspector *ctx, const struct six_descriptor *d, six_value original, uint32_t recurse,
                          struct six_piece *out) {
  struct six_machine *m = ctx->m;
  bool has_setter = (d->has & SIX_HAS_SET) && !six_is_undefined(d->set);
  const char *label = has_setter ? "Getter/Setter" : "Getter";
  bool run = ctx->o.getters == SIX_TRUE;
  if (six_is_string(ctx->o.getters)) {
    run = six_string_equals_ascii(m, six_as_string(ctx->o.getters), has_setter ? "set" : "get");
  }
  if (!run) {
    *out = six_stylize(ctx, six_piecef(ctx, "[%s]", label), SIX_STYLE_SPECIAL);
    return true;
  }
  struct six_piece open = six_stylize(ctx, six_piecef(ctx, "[%s:", label), SIX_STYLE_SPECIAL);
  struct six_piece space = six_piece_ascii(" "), close = six_stylize(ctx, six_piece_ascii("]"), SIX_STYLE_SPECIAL);
  six_value v = six_call(m, d->get, original, 0, NULL);
  struct six_piece text;
  if (six_is_exception(v)) {
    if (six_is_terminating(m)) return false;
    six_value error = six_take_exception(m);
    six_root(m, error);
    six_value message = six_get_v(m, error, SIX_ATOM(m, message));
    struct six_string *s = six_is_exception(message) ? NULL : six_to_string(m, message);
    if (!s) return false;
    text = six_piece_join(ctx, 3,
                          (struct six_piece[]){six_piece_ascii("<Inspection threw ("), six_piece_string(ctx, s), six_piece_ascii(")>")});
  } else if (six_is_object(v) && !six_is_callable(v)) {
    six_root(m, v);
    ctx->indentation += 2;
    if (!six_format_value(ctx, v, recurse, false, &text)) return false;
    ctx->indentation -= 2;
    open = six_stylize(ctx, six_piecef(ctx, "[%s]", label), SIX_STYLE_SPECIAL);
    *out = six_piece_join(ctx, 3, (struct six_piece[]){open, space, text});
    return true;
  } else if (six_is_object(v)) {  // Node takes a function for a symbol here, and forgets to undo its indentation
    ctx->indentation += 2;
    text = six_piece_ascii("<Inspection threw (Symbol.prototype.toString requires that 'this' be a Symbol)>");
  } else {
    ctx->indentation += 2;
    text = six_format_primitive(ctx, v, true);
    ctx->indentation -= 2;
  }
  *out = six_piece_join(ctx, 4, (struct six_piece[]){open, space, text, close});
  return true;
}

static bool is_plain_key(struct six_piece p) {
  if (!p.length || (p.bytes[0] >= '0' && p.bytes[0] <= '9')) return false;
  for (uint32_t i = 0; i < p.length; i++) {
    char c = p.bytes[i];
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_')) return false;
  }
  return true;
}

static struct six_piece key_text(struct six_inspector *ctx, six_key key, bool enumerable) {
  struct six_piece open = six_piece_ascii("["), close = six_piece_ascii("]");
  if (six_is_symbol(key)) {
    six_value description = six_as_symbol(key)->description;
    struct six_piece text = six_is_string(description) ? six_piece_string(ctx, six_as_string(description)) : six_piece_ascii("");
    text = six_piece_join(ctx, 3, (struct six_piece[]){six_piece_ascii("Symbol("), text, six_piece_ascii(")")});
    text = six_stylize(ctx, six_escape_bare(ctx, text), SIX_STYLE_SYMBOL);
    if (enumerable && !ctx->m->rules->cell[SIX_RULE_INSPECT_SYMBOL_BRACKETS]) return text;
    return six_piece_join(ctx, 3, (struct six_piece[]){open, text, close});
  }
  struct six_string *s = six_as_string(six_key_to_value(ctx->m, key));
  struct six_piece text = six_piece_string(ctx, s);
  if (six_piece_equals(text, "__proto__") && ctx->m->rules->cell[SIX_RULE_INSPECT_PROTO_BRACKETS]) return six_piece_ascii("['__proto__']");
  if (!enumerable) return six_piece_join(ctx, 3, (struct six_piece[]){open, six_escape_bare(ctx, text), close});
  if (is_plain_key(text)) return text;
  return six_stylize(ctx, six_escape_string(ctx, s, 0, s->length), SIX_STYLE_STRING);
}

bool six_format_property(struct six_inspector *ctx, struct six_object *o, uint32_t recurse, six_key key, enum six_extras type,
                         const struct six_descriptor *given, six_value original, struct six_piece *out) {
  struct six_machine *m = ctx->m;
  struct six_descriptor d;
  if (given) {
    d = *given;
  } else {
    int found = six_get_own_property(m, o, key, &d);
    if (found < 0) return false;
    if (!found) {  // byteLength and its like: the class's accessors
      uint32_t attrs = m->rules->cell[SIX_RULE_INSPECT_BRACKETS_BYTE_LENGTH] ? 0 : SIX_DATA_ALL;
      d = (struct six_descriptor){.attrs = attrs, .has = SIX_HAS_VALUE, .value = six_get(m, o, key)};
      if (six_is_exception(d.value)) return false;
    }
  }
  struct six_piece text, extra = six_piece_ascii(" ");
  bool has_getter = (d.has & SIX_HAS_GET) && !six_is_undefined(d.get), has_setter = (d.has & SIX_HAS_SET) && !six_is_undefined(d.set);
  if ((d.has & SIX_HAS_VALUE) && !six_is_undefined(d.value)) {
    uint32_t more = ctx->o.compact != SIX_COMPACT_TRUE || type != SIX_EXTRAS_OBJECT ? 2 : 3;
    ctx->indentation += more;
    if (!six_format_value(ctx, d.value, recurse, false, &text)) return false;
    if (more == 3 && ctx->o.break_length < six_piece_width(ctx, text)) {
      struct six_buf b = {0};
      six_buf_adds(ctx, &b, m->rules->major < 10 ? " \n" : "\n");
      six_buf_repeat(ctx, &b, ' ', ctx->indentation);
      extra = six_buf_piece(&b);
    }
    ctx->indentation -= more;
  } else if (has_getter) {
    if (!format_getter(ctx, &d, original, recurse, &text)) return false;
  } else if (has_setter) {
    text = six_stylize(ctx, six_piece_ascii("[Setter]"), SIX_STYLE_SPECIAL);
  } else {
    text = six_stylize(ctx, six_piece_ascii("undefined"), SIX_STYLE_UNDEFINED);
  }
  if (type == SIX_EXTRAS_ARRAY_ITEM) {
    *out = text;
    return true;
  }
  struct six_piece name = key_text(ctx, key, (d.attrs & SIX_ENUMERABLE) != 0);
  *out = six_piece_join(ctx, 4, (struct six_piece[]){name, six_piece_ascii(":"), extra, text});
  return true;
}

// ---- Layout

static bool is_below_break_length(struct six_inspector *ctx, const struct six_pieces *output, uint32_t start, struct six_piece base) {
  double total = (double)output->count + start;
  if (total + output->count > ctx->o.break_length) return false;
  for (uint32_t i = 0; i < output->count; i++) {
    total += six_piece_units_plain(ctx, output->items[i]);
    if (total > ctx->o.break_length) return false;
  }
  return !six_piece_has(base, '\n');
}

static bool item_is_number(struct six_inspector *ctx, struct six_object *o, uint32_t i) {
  if (o->cell.class_ == SIX_CLASS_ARRAY && i < o->element_count) {
    return six_is_number(o->elements[i]) || six_is_bigint(o->elements[i]);
  }
  six_value v = six_get_index(ctx->m, o, i);
  if (six_is_exception(v)) {
    if (!six_is_terminating(ctx->m)) six_take_exception(ctx->m);
    return false;
  }
  return six_is_number(v) || six_is_bigint(v);
}

static void pad(struct six_inspector *ctx, struct six_buf *b, struct six_piece text, const char *after, uint32_t padding, bool at_start) {
  uint32_t length = text.units + (uint32_t)strlen(after), spaces = padding > length ? padding - length : 0;
  if (at_start) six_buf_repeat(ctx, b, ' ', spaces);
  six_buf_piece_add(ctx, b, text);
  six_buf_adds(ctx, b, after);
  if (!at_start) six_buf_repeat(ctx, b, ' ', spaces);
}

// How many columns a long array gets; 0: it is not grouped.
static uint32_t group_columns(struct six_inspector *ctx, uint32_t entries, uint32_t shown, uint32_t total_length, uint32_t longest) {
  double actual_max = longest + 2.0;
  if (!(actual_max * 3 + ctx->indentation < ctx->o.break_length)) return 0;
  if (!(total_length / actual_max > 5 || longest <= 6)) return 0;
  double bias = sqrt(actual_max - (double)total_length / entries), biased = actual_max - 3 - bias;
  if (biased < 1) biased = 1;
  // A square with characters 2.5 times as high as wide, within the line, 4 per level of compactness, 15.
  double columns = floor(sqrt(2.5 * biased * shown) / biased + 0.5);
  double fits = floor((ctx->o.break_length - ctx->indentation) / actual_max);
  if (fits < columns) columns = fits;
  if (ctx->o.compact * 4 < columns) columns = ctx->o.compact * 4;
  if (columns > 15) columns = 15;
  return columns > 1 ? (uint32_t)ceil(columns) : 0;
}

static struct six_pieces group_array_elements(struct six_inspector *ctx, struct six_pieces output, struct six_object *value) {
  uint32_t shown = output.count, total = 0, longest = 0;
  if (ctx->o.max_array_length < output.count) shown--;  // not the "more items"
  uint32_t *widths = six_arena_alloc(&ctx->arena, sizeof *widths * (output.count + 1));
  for (uint32_t i = 0; i < shown; i++) {
    widths[i] = six_piece_width(ctx, output.items[i]);
    total += widths[i] + 2;
    if (widths[i] > longest) longest = widths[i];
  }
  uint32_t columns = group_columns(ctx, output.count, shown, total, longest);
  if (columns < 2) return output;
  uint32_t line_widths[16] = {0};
  for (uint32_t i = 0; i < columns; i++) {
    for (uint32_t j = i; j < shown; j += columns)
      if (widths[j] > line_widths[i]) line_widths[i] = widths[j];
    line_widths[i] += 2;
  }
  bool at_start = true;
  if (value) {
    for (uint32_t i = 0; i < output.count && at_start; i++) at_start = item_is_number(ctx, value, i);
  }
  struct six_pieces lines = {0};
  for (uint32_t i = 0; i < shown; i += columns) {
    uint32_t last = i + columns < shown ? i + columns - 1 : shown - 1;
    struct six_buf b = {0};
    for (uint32_t j = i; j < last; j++)
      pad(ctx, &b, output.items[j], ", ", line_widths[j - i] + output.items[j].units - widths[j], at_start);
    uint32_t padding = at_start ? line_widths[last - i] + output.items[last].units - widths[last] - 2 : 0;
    pad(ctx, &b, output.items[last], "", padding, at_start);
    six_pieces_push(ctx, &lines, six_buf_piece(&b));
  }
  if (shown < output.count) six_pieces_push(ctx, &lines, output.items[shown]);
  return lines;
}

static void add_joined(struct six_inspector *ctx, struct six_buf *b, const struct six_pieces *output, struct six_piece separator) {
  for (uint32_t i = 0; i < output->count; i++) {
    if (i) six_buf_piece_add(ctx, b, separator);
    six_buf_piece_add(ctx, b, output->items[i]);
  }
}

static struct six_piece reduce_compact(struct six_inspector *ctx, const struct six_pieces *output, struct six_piece base,
                                       struct six_piece open, struct six_piece close) {
  struct six_buf b = {0};
  six_buf_piece_add(ctx, &b, open);
  bool one_line = is_below_break_length(ctx, output, 0, base);
  if (base.length) {
    six_buf_adds(ctx, &b, " ");
    six_buf_piece_add(ctx, &b, base);
  }
  struct six_buf separator = {0};
  six_buf_adds(ctx, &separator, one_line ? ", " : ",\n");
  if (!one_line) six_buf_repeat(ctx, &separator, ' ', ctx->indentation + 2);
  if (one_line || (!base.length && open.length == 1)) {
    six_buf_adds(ctx, &b, " ");
  } else {
    six_buf_adds(ctx, &b, "\n");
    six_buf_repeat(ctx, &b, ' ', ctx->indentation + 2);
  }
  add_joined(ctx, &b, output, six_buf_piece(&separator));
  six_buf_adds(ctx, &b, " ");
  six_buf_piece_add(ctx, &b, close);
  return six_buf_piece(&b);
}

struct six_piece six_reduce(struct six_inspector *ctx, struct six_pieces output, struct six_piece base, struct six_piece open,
                            struct six_piece close, enum six_extras extras, uint32_t recurse, struct six_object *value) {
  if (ctx->o.compact == SIX_COMPACT_TRUE) return reduce_compact(ctx, &output, base, open, close);
  struct six_buf b = {0};
  if (base.length) {
    six_buf_piece_add(ctx, &b, base);
    six_buf_adds(ctx, &b, " ");
  }
  six_buf_piece_add(ctx, &b, open);
  if (ctx->o.compact >= 1) {
    uint32_t entries = output.count;
    if (extras == SIX_EXTRAS_ARRAY && entries > 6) output = group_array_elements(ctx, output, value);
    // The innermost `compact` levels go on one line where they fit.
    if ((double)ctx->current_depth - recurse < ctx->o.compact && entries == output.count) {
      uint32_t start = output.count + ctx->indentation + open.units + base.units + 10;
      bool has_newline = false;
      if (ctx->m->rules->cell[SIX_RULE_INSPECT_LINES_STAY_APART])
        for (uint32_t i = 0; i < output.count && !has_newline; i++) has_newline = six_piece_has(output.items[i], '\n');
      if (!has_newline && is_below_break_length(ctx, &output, start, base)) {
        six_buf_adds(ctx, &b, " ");
        add_joined(ctx, &b, &output, six_piece_ascii(", "));
        six_buf_adds(ctx, &b, " ");
        six_buf_piece_add(ctx, &b, close);
        return six_buf_piece(&b);
      }
    }
  }
  struct six_buf separator = {0};
  six_buf_adds(ctx, &separator, ",\n");
  six_buf_repeat(ctx, &separator, ' ', ctx->indentation + 2);
  struct six_piece between = six_buf_piece(&separator);
  six_buf_add(ctx, &b, between.bytes + 1, between.length - 1);
  add_joined(ctx, &b, &output, between);
  six_buf_add(ctx, &b, between.bytes + 1, between.length - 3);
  six_buf_piece_add(ctx, &b, close);
  return six_buf_piece(&b);
}

// ---- Kinds of objects

static bool is_error(struct six_inspector *ctx, struct six_object *o) {
  if (o->cell.class_ == SIX_CLASS_ERROR) return true;
  struct six_object *error = ctx->m->intrinsics[SIX_I_ErrorPrototype];
  if (!error || o->cell.class_ == SIX_CLASS_PROXY) return false;
  for (struct six_object *at = six_get_prototype(ctx->m, o); at && at->cell.class_ != SIX_CLASS_PROXY; at = six_get_prototype(ctx->m, at))
    if (at == error) return true;
  return false;
}

static struct six_piece size_text(struct six_inspector *ctx, double size) { return six_piecef(ctx, "(%.16g)", size); }

// Of an array of a class, or a typed array.
static struct six_piece array_size_text(struct six_inspector *ctx, double size) {
  return ctx->m->rules->cell[SIX_RULE_INSPECT_ARRAY_SIZES] ? size_text(ctx, size) : six_piece_ascii("");
}

static bool is_constructor(const struct view *v, const char *name) {
  return !v->names.null_prototype && six_piece_equals(v->names.constructor, name);
}

static struct six_piece prefix(struct six_inspector *ctx, const struct view *v, const char *fallback) {
  return six_prefix(ctx, &v->names, six_piece_ascii(fallback), six_piece_ascii(""));
}

// Array, Set, Map, typed arrays and their iterators: 1 it was one; 2 it is finished in *out; 0 no; -1 exception.
static int view_iterable(struct six_inspector *ctx, struct six_object *o, bool has_extra, struct view *v, struct six_piece *out) {
  struct six_machine *m = ctx->m;
  int array = six_is_array(m, six_object_value(o));
  if (array < 0) return -1;
  if (array) {
    double length;
    if (six_length_of(m, o, &length) < 0) return -1;
    struct six_piece p = six_piece_ascii("");
    if (v->names.null_prototype || !six_piece_equals(v->names.constructor, "Array") || v->names.tag.length)
      p = six_prefix(ctx, &v->names, six_piece_ascii("Array"), array_size_text(ctx, length));
    v->keys = non_index_keys(ctx, o);
    if (!v->keys) return -1;
    v->open = with_brace(ctx, p, "[");
    v->close = six_piece_ascii("]");
    v->extras = SIX_EXTRAS_ARRAY;
    v->formatter = six_format_array;
    if (length != 0 || v->keys->count || has_extra) return 1;
    *out = with_brace(ctx, v->open, "]");
    return 2;
  }
  switch (o->cell.class_) {
    case SIX_CLASS_SET:
    case SIX_CLASS_MAP: {
      bool map = o->cell.class_ == SIX_CLASS_MAP;
      double size = six_collection_size(o);
      struct six_piece text = ctx->m->rules->cell[SIX_RULE_INSPECT_SIZES] ? size_text(ctx, size) : six_piece_ascii("");
      struct six_piece p = six_prefix(ctx, &v->names, six_piece_ascii(map ? "Map" : "Set"), text);
      v->keys = keys_of(ctx, o);
      if (!v->keys) return -1;
      v->formatter = map ? six_format_map : six_format_set;
      v->open = with_brace(ctx, p, "{");
      if (size != 0 || v->keys->count || has_extra) return 1;
      *out = with_brace(ctx, p, "{}");
      return 2;
    }
    case SIX_CLASS_TYPED_ARRAY: {
      struct six_typed_array *a = six_as_typed_array(o);
      size_t length = six_typed_array_length(a);
      struct six_piece fallback = six_piece_ascii(v->names.null_prototype ? six_element_type_name(a->type) : "");
      struct six_piece p = six_prefix(ctx, &v->names, fallback, array_size_text(ctx, (double)length));
      v->keys = non_index_keys(ctx, o);
      if (!v->keys) return -1;
      v->open = with_brace(ctx, p, "[");
      v->close = six_piece_ascii("]");
      v->extras = SIX_EXTRAS_ARRAY;
      v->formatter = six_format_typed_array;
      if (length || v->keys->count || ctx->o.show_hidden) return 1;
      *out = with_brace(ctx, v->open, "]");
      return 2;
    }
    case SIX_CLASS_MAP_ITERATOR:
    case SIX_CLASS_SET_ITERATOR: {
      const char *own = o->cell.class_ == SIX_CLASS_MAP_ITERATOR ? "Map Iterator" : "Set Iterator";
      v->keys = keys_of(ctx, o);
      if (!v->keys) return -1;
      struct six_piece tag = v->names.tag;
      if (!six_piece_equals(tag, own)) {
        tag = six_piece_join(ctx, 3, (struct six_piece[]){tag, six_piece_ascii(tag.length ? "] [" : ""), six_piece_ascii(own)});
      }
      v->open = six_piece_join(ctx, 3, (struct six_piece[]){six_piece_ascii("["), tag, six_piece_ascii("] {")});
      if (!ctx->m->rules->cell[SIX_RULE_INSPECT_TAGS]) v->open = six_piece_ascii(own[0] == 'M' ? "MapIterator {" : "SetIterator {");
      v->formatter = six_format_iterator;
      return 1;
    }
    default: return 0;
  }
}

// A base such as "[Function: f]" or "/x/g" that stands alone when there are no properties: 2, else 1.
static int with_base(struct six_inspector *ctx, struct view *v, bool has_extra, struct six_piece base, enum six_style style,
                     struct six_piece *out) {
  v->base = base;
  if (v->keys->count || has_extra) return 1;
  *out = six_stylize(ctx, base, style);
  return 2;
}

static int view_object(struct six_inspector *ctx, struct six_object *o, bool has_extra, struct view *v, struct six_piece *out) {
  if (o->cell.class_ == SIX_CLASS_ARGUMENTS && ctx->m->rules->cell[SIX_RULE_INSPECT_TAGS]) v->open = six_piece_ascii("[Arguments] {");
  else if (v->names.tag.length) v->open = with_brace(ctx, prefix(ctx, v, "Object"), "{");
  if (v->keys->count || has_extra) return 1;
  *out = with_brace(ctx, v->open, "}");
  return 2;
}

// Node names regular expressions and dates only when the prefix is not the usual one.
static struct six_piece named_base(struct six_inspector *ctx, const struct view *v, const char *usual, struct six_piece base) {
  if (ctx->m->rules->cell[SIX_RULE_INSPECT_TAGS] < 2) return base;
  struct six_piece p = prefix(ctx, v, usual);
  if (p.length == strlen(usual) + 1 && !memcmp(p.bytes, usual, p.length - 1)) return base;
  return six_piece_join(ctx, 2, (struct six_piece[]){p, base});
}

static int view_weak(struct six_inspector *ctx, const char *name, bool has_extra, struct view *v, struct six_piece *out) {
  v->open = with_brace(ctx, prefix(ctx, v, name), "{");
  if (ctx->m->rules->cell[SIX_RULE_INSPECT_TAGS]) v->formatter = six_format_weak;
  if (v->formatter || v->keys->count || has_extra) return 1;
  *out = with_brace(ctx, v->open, "}");
  return 2;
}

static int view_plain(struct six_inspector *ctx, struct six_object *o, bool has_extra, uint32_t recurse, bool typed_array, struct view *v,
                      struct six_piece *out) {
  struct six_machine *m = ctx->m;
  v->keys = keys_of(ctx, o);
  if (!v->keys) return -1;
  struct six_piece base;
  bool object_first = is_constructor(v, "Object") && !m->rules->cell[SIX_RULE_INSPECT_FUNCTION_FIRST];
  if (o->cell.flags & SIX_OBJECT_CALLABLE && !object_first) {
    if (!six_function_base(ctx, o, &v->names, &base)) return -1;
    return with_base(ctx, v, has_extra, base, SIX_STYLE_SPECIAL, out);
  }
  if (is_constructor(v, "Object")) return view_object(ctx, o, has_extra, v, out);
  switch (o->cell.class_) {
    case SIX_CLASS_REGEXP:
      if (!six_regexp_base(ctx, o, &base)) return -1;
      v->base = named_base(ctx, v, "RegExp", base);
      if ((v->keys->count || has_extra) && !is_above(ctx, recurse)) return 1;
      *out = six_stylize(ctx, v->base, SIX_STYLE_REGEXP);
      return 2;
    case SIX_CLASS_DATE: return with_base(ctx, v, has_extra, named_base(ctx, v, "Date", six_date_base(ctx, o)), SIX_STYLE_DATE, out);
    case SIX_CLASS_ARRAY_BUFFER:
    case SIX_CLASS_SHARED_ARRAY_BUFFER: {
      struct six_piece p = prefix(ctx, v, o->cell.class_ == SIX_CLASS_ARRAY_BUFFER ? "ArrayBuffer" : "SharedArrayBuffer");
      if (typed_array && !v->keys->count && !has_extra) {
        struct six_piece n = six_format_number_piece(ctx, (double)six_as_array_buffer(o)->length, false);
        n = six_stylize(ctx, n, SIX_STYLE_NUMBER);
        const char *key = m->rules->cell[SIX_RULE_INSPECT_BRACKETS_BYTE_LENGTH] ? "{ [byteLength]: " : "{ byteLength: ";
        *out = six_piece_join(ctx, 4, (struct six_piece[]){p, six_piece_ascii(key), n, six_piece_ascii(" }")});
        return 2;
      }
      if (!typed_array && m->rules->cell[SIX_RULE_INSPECT_TAGS] > 1) v->formatter = six_format_array_buffer;
      v->open = with_brace(ctx, p, "{");
      v->keys = with_keys_first(m, v->keys, 1, (const char *const[]){"byteLength"});
      return 1;
    }
    case SIX_CLASS_DATA_VIEW:
      v->open = with_brace(ctx, prefix(ctx, v, "DataView"), "{");
      v->keys = with_keys_first(m, v->keys, 3, (const char *const[]){"byteLength", "byteOffset", "buffer"});
      return 1;
    case SIX_CLASS_PROMISE:
      v->open = with_brace(ctx, prefix(ctx, v, "Promise"), "{");
      v->formatter = six_format_promise;
      return 1;
    case SIX_CLASS_WEAK_SET: return view_weak(ctx, "WeakSet", has_extra, v, out);
    case SIX_CLASS_WEAK_MAP: return view_weak(ctx, "WeakMap", has_extra, v, out);
    case SIX_CLASS_NAMESPACE:
      v->open = with_brace(ctx, prefix(ctx, v, "Module"), "{");
      v->formatter = six_format_namespace;
      return 1;
    case SIX_CLASS_BOOLEAN:
    case SIX_CLASS_NUMBER:
    case SIX_CLASS_STRING:
    case SIX_CLASS_SYMBOL:
    case SIX_CLASS_BIGINT:
      if (!six_boxed_base(ctx, o, v->keys, &v->names, &base)) return -1;
      return with_base(ctx, v, has_extra, base, SIX_STYLE_NONE, out);
    default: break;
  }
  if (is_error(ctx, o)) {
    if (!six_error_base(ctx, o, &v->names, &v->keys, &base)) return -1;
    return with_base(ctx, v, has_extra, base, SIX_STYLE_NONE, out);
  }
  struct six_piece style = six_ctx_style(ctx, o, &v->names);
  v->open = with_brace(ctx, style, "{");
  if (v->keys->count || has_extra) return 1;
  *out = with_brace(ctx, style, "{}");
  return 2;
}

// The tag, unless it is a property of the object itself and shows anyway.
static bool read_tag(struct six_inspector *ctx, struct six_object *o, struct six_piece *tag) {
  struct six_machine *m = ctx->m;
  six_key key = SIX_SYMBOL(m, toStringTag);
  int32_t rule = m->rules->cell[SIX_RULE_INSPECT_TAGS];
  *tag = six_piece_ascii("");
  if (rule == 0) return true;
  six_value v = six_get(m, o, key);
  if (six_is_exception(v)) return false;
  if (!six_is_string(v) || !six_as_string(v)->length) return true;
  struct six_descriptor d;
  int own = six_get_own_property(m, o, key, &d);
  if (own < 0) return false;
  if (rule == 3 && own && (ctx->o.show_hidden || (d.attrs & SIX_ENUMERABLE))) return true;
  *tag = six_piece_string(ctx, six_as_string(v));
  return true;
}

// ---- Entries

static void push_seen(struct six_inspector *ctx, six_value v) {
  if (ctx->seen_count == ctx->seen_capacity) {
    uint32_t capacity = ctx->seen_capacity ? ctx->seen_capacity * 2 : 16;
    six_value *seen = six_arena_alloc(&ctx->arena, sizeof *seen * capacity);
    if (ctx->seen_count) memcpy(seen, ctx->seen, sizeof *seen * ctx->seen_count);
    ctx->seen = seen;
    ctx->seen_capacity = capacity;
  }
  ctx->seen[ctx->seen_count++] = v;
}

static uint32_t circular_index(const struct six_inspector *ctx, six_value v) {  // 0: never met again
  for (uint32_t i = 0; i < ctx->circular_count; i++)
    if (ctx->circular[i] == v) return i + 1;
  return 0;
}

static struct six_piece circular(struct six_inspector *ctx, six_value v) {
  if (!circular_index(ctx, v)) {
    if (ctx->circular_count == ctx->circular_capacity) {
      uint32_t capacity = ctx->circular_capacity ? ctx->circular_capacity * 2 : 8;
      six_value *list = six_arena_alloc(&ctx->arena, sizeof *list * capacity);
      if (ctx->circular_count) memcpy(list, ctx->circular, sizeof *list * ctx->circular_count);
      ctx->circular = list;
      ctx->circular_capacity = capacity;
    }
    ctx->circular[ctx->circular_count++] = v;
  }
  if (!ctx->m->rules->cell[SIX_RULE_INSPECT_SIZES]) return six_stylize(ctx, six_piece_ascii("[Circular]"), SIX_STYLE_SPECIAL);
  return six_stylize(ctx, six_piecef(ctx, "[Circular *%u]", circular_index(ctx, v)), SIX_STYLE_SPECIAL);
}

static int compare_pieces(const void *a, const void *b) {
  const struct six_piece *x = a, *y = b;
  uint32_t shorter = x->length < y->length ? x->length : y->length;
  int order = shorter ? memcmp(x->bytes, y->bytes, shorter) : 0;
  return order ? order : x->length < y->length ? -1 : x->length > y->length;
}

// Whether a goes after b by the program's comparison function: 1, 0, -1 exception.
static int goes_after(struct six_inspector *ctx, struct six_piece a, struct six_piece b) {
  struct six_machine *m = ctx->m;
  six_value argv[2] = {six_string_from_wtf8(m, a.bytes, a.length), six_string_from_wtf8(m, b.bytes, b.length)};
  six_value r = six_call(m, ctx->o.sorted, SIX_UNDEFINED, 2, argv);
  double d;
  if (six_is_exception(r) || !six_to_number(m, r, &d)) return -1;
  return d > 0;
}

static bool sort_entries(struct six_inspector *ctx, struct six_piece *items, uint32_t count) {
  if (!six_is_callable(ctx->o.sorted)) {
    if (count > 1) qsort(items, count, sizeof *items, compare_pieces);
    return true;
  }
  for (uint32_t i = 1; i < count; i++) {
    struct six_piece item = items[i];
    uint32_t j = i;
    for (; j > 0; j--) {
      int after = goes_after(ctx, items[j - 1], item);
      if (after < 0) return false;
      if (!after) break;
      items[j] = items[j - 1];
    }
    items[j] = item;
  }
  return true;
}

static bool add_entries(struct six_inspector *ctx, struct six_object *o, uint32_t recurse, struct view *v, struct six_pieces *output) {
  if (v->formatter && !v->formatter(ctx, o, recurse, output, v->keys)) return false;
  if (v->formatter == six_format_iterator && ctx->iterator_pairs &&
      ctx->m->rules->cell[SIX_RULE_INSPECT_TAGS] > 1) {  // "[Map Iterator] {" of pairs is "[Map Entries] {"
    struct six_piece ending = six_piece_ascii(" Iterator] {");
    uint32_t head = v->open.length - ending.length;
    if (v->open.length >= ending.length && !memcmp(v->open.bytes + head, ending.bytes, ending.length)) {
      v->open = six_piece_join(ctx, 2, (struct six_piece[]){six_piece_slice(v->open, 0, head), six_piece_ascii(" Entries] {")});
    }
  }
  for (uint32_t i = 0; i < v->keys->count; i++) {
    struct six_piece text;
    if (!six_format_property(ctx, o, recurse, v->keys->items[i], v->extras, NULL, six_object_value(o), &text)) return false;
    six_pieces_push(ctx, output, text);
  }
  return true;
}

static void add_reference(struct six_inspector *ctx, six_value value, struct view *v) {
  uint32_t index = ctx->circular_count ? circular_index(ctx, value) : 0;
  if (!index || !ctx->m->rules->cell[SIX_RULE_INSPECT_SIZES]) return;
  struct six_piece reference = six_stylize(ctx, six_piecef(ctx, "<ref *%u>", index), SIX_STYLE_SPECIAL), space = six_piece_ascii(" ");
  if (ctx->o.compact == SIX_COMPACT_TRUE) v->open = six_piece_join(ctx, 3, (struct six_piece[]){reference, space, v->open});
  else v->base = v->base.length ? six_piece_join(ctx, 3, (struct six_piece[]){reference, space, v->base}) : reference;
}

static struct six_piece abbreviated(struct six_inspector *ctx, struct six_object *o, const struct view *v) {
  struct six_piece name = six_ctx_style(ctx, o, &v->names);
  name = six_piece_slice(name, 0, name.length - 1);
  if (!v->names.null_prototype) {
    name = six_piece_join(ctx, 3, (struct six_piece[]){six_piece_ascii("["), name, six_piece_ascii("]")});
  }
  return six_stylize(ctx, name, SIX_STYLE_SPECIAL);
}

static struct six_piece interrupted(struct six_inspector *ctx, struct six_object *o, const struct view *v) {
  struct six_piece name = six_ctx_style(ctx, o, &v->names);
  name = six_piece_slice(name, 0, name.length - 1);
  struct six_piece text =
      six_piece_join(ctx, 3,
                     (struct six_piece[]){six_piece_ascii("["), name,
                                          six_piece_ascii(": Inspection interrupted prematurely. Maximum call stack size exceeded.]")});
  return six_stylize(ctx, text, SIX_STYLE_SPECIAL);
}

// Whether it has Symbol.iterator; quick for the kinds that have it from their own prototype.
static int is_iterable(struct six_machine *m, struct six_object *o) {
  const struct six_object *proto = o->shape->proto;
  if (o->cell.class_ == SIX_CLASS_OBJECT && proto == m->intrinsics[SIX_I_ObjectPrototype]) {
    if (!o->shape->count) return 0;
  } else if (o->cell.class_ == SIX_CLASS_ARRAY && proto == m->intrinsics[SIX_I_ArrayPrototype]) {
    return 1;
  }
  return six_has_property(m, o, SIX_SYMBOL(m, iterator));
}

static bool format_raw(struct six_inspector *ctx, six_value value, uint32_t recurse, bool typed_array, struct six_piece *out) {
  struct six_machine *m = ctx->m;
  struct six_object *o = six_as_object(value);
  struct view v = {.close = six_piece_ascii("}"), .open = six_piece_ascii("{"), .base = six_piece_ascii("")};
  struct six_pieces proto_props = {0};
  bool shows_protos = ctx->o.show_hidden && !is_above(ctx, recurse);
  if (!six_constructor_name(ctx, o, recurse, shows_protos ? &proto_props : NULL, &v.names)) return false;
  if (!read_tag(ctx, o, &v.names.tag)) return false;
  bool has_extra = proto_props.count > 0;
  int viewed = 0;
  int iterable = v.names.null_prototype || is_iterable(m, o);
  if (iterable < 0) return false;
  if (iterable) viewed = view_iterable(ctx, o, has_extra, &v, out);
  if (viewed == 0) viewed = view_plain(ctx, o, has_extra, recurse, typed_array, &v, out);
  if (viewed < 0) return false;
  if (viewed == 2) return true;
  if (is_above(ctx, recurse)) {
    *out = abbreviated(ctx, o, &v);
    return true;
  }
  if (ctx->nesting >= NESTING_LIMIT) {
    *out = interrupted(ctx, o, &v);
    return true;
  }
  recurse++;
  push_seen(ctx, value);
  ctx->current_depth = recurse;
  ctx->nesting++;
  struct six_pieces output = {0};
  if (!add_entries(ctx, o, recurse, &v, &output)) return false;
  for (uint32_t i = 0; i < proto_props.count; i++) six_pieces_push(ctx, &output, proto_props.items[i]);
  ctx->nesting--;
  add_reference(ctx, value, &v);
  ctx->seen_count--;
  if (ctx->o.sorted != SIX_FALSE) {
    if (v.extras == SIX_EXTRAS_OBJECT) {
      if (!sort_entries(ctx, output.items, output.count)) return false;
    } else if (v.keys->count > 1 && !sort_entries(ctx, output.items + output.count - v.keys->count, v.keys->count)) {
      return false;
    }
  }
  *out = six_reduce(ctx, output, v.base, v.open, v.close, v.extras, recurse, o);
  ctx->budget += out->units;
  if (ctx->budget > (size_t)1 << 27) ctx->o.depth = -1;
  return true;
}

// ---- Custom functions

static six_value style_text(struct six_machine *m, const struct six_args *a) {  // stylize(text, style) of custom functions
  static const char *const names[] = {"special", "number", "bigint", "boolean", "undefined", "null",
                                      "string",  "symbol", "date",   "regexp",  "module"};
  struct six_string *text = six_to_string(m, six_arg(a, 0));
  if (!text) return SIX_EXCEPTION;
  six_value style = six_arg(a, 1);
  if (six_as_native(a->callee)->data[0] != SIX_TRUE || !six_is_string(style)) return six_string_value(text);
  for (int i = 0; i < SIX_STYLE_NONE; i++) {
    if (!six_string_equals_ascii(m, six_as_string(style), names[i])) continue;
    struct six_inspector ctx = {.m = m, .o = {.colors = true}};
    struct six_piece p = six_stylize(&ctx, six_piece_string(&ctx, text), (enum six_style)i);
    six_value result = six_string_from_wtf8(m, p.bytes, p.length);
    six_arena_done(&ctx.arena);
    return result;
  }
  return six_string_value(text);
}

static six_value compact_value(const struct six_inspect_options *o) {
  if (o->compact == SIX_COMPACT_TRUE) return SIX_TRUE;
  return o->compact == 0 && !o->compact_is_number ? SIX_FALSE : six_number(o->compact);
}

static six_value options_object(struct six_inspector *ctx, bool null_prototype) {
  struct six_machine *m = ctx->m;
  const struct six_inspect_options *o = &ctx->o;
  struct six_object *object = six_object_new(m, null_prototype ? NULL : six_intrinsic(m, SIX_I_ObjectPrototype));
  six_value result = six_object_value(object);
  six_root(m, result);
  const char *stylize = o->colors ? "stylizeWithColor" : "stylizeNoColor";
  six_put(m, object, "stylize",
          six_object_value(six_native_new(m, style_text, six_str(m, stylize), 2, six_boolean(o->colors), SIX_UNDEFINED)));
  six_put(m, object, "showHidden", six_boolean(o->show_hidden));
  six_put(m, object, "depth", o->depth_is_null ? SIX_NULL : six_number(o->depth));
  six_put(m, object, "colors", six_boolean(o->colors));
  six_put(m, object, "customInspect", six_boolean(o->custom_inspect));
  six_put(m, object, "showProxy", six_boolean(o->show_proxy));
  six_put(m, object, "maxArrayLength", six_number(o->max_array_length));
  six_put(m, object, "maxStringLength", six_number(o->max_string_length));
  six_put(m, object, "breakLength", six_number(o->break_length));
  six_put(m, object, "compact", compact_value(o));
  six_put(m, object, "sorted", o->sorted);
  six_put(m, object, "getters", o->getters);
  six_put(m, object, "numericSeparator", six_boolean(o->numeric_separator));
  if (!six_is_object(o->user_options)) return result;
  struct six_object *user = six_as_object(o->user_options);
  struct six_values *keys = six_own_keys(m, user, SIX_KEYS_STRINGS | SIX_KEYS_SYMBOLS | SIX_KEYS_ENUMERABLE_ONLY);
  if (!keys) return SIX_EXCEPTION;
  root_values(m, keys);
  for (uint32_t i = 0; i < keys->count; i++) {
    six_value v = six_get(m, user, keys->items[i]);
    if (six_is_exception(v)) return v;
    six_define(m, object, keys->items[i], v, SIX_DATA_ALL);
  }
  return result;
}

static six_value inspect_function(struct six_inspector *ctx) {
  if (six_is_undefined(ctx->inspect_function)) {
    six_value util = six_node_module(six_node_of(ctx->m), SIX_MODULE_util);
    if (six_is_exception(util)) return util;
    ctx->inspect_function = six_node_getv(six_node_of(ctx->m), util, "inspect");
  }
  return ctx->inspect_function;
}

// 1 finished in *out, 0 there is no custom function (or it returned `this`), -1 exception.
static int format_custom(struct six_inspector *ctx, six_value context, struct six_object *o, uint32_t recurse, struct six_piece *out) {
  struct six_machine *m = ctx->m;
  six_value custom = six_get(m, o, ctx->custom_symbol);
  if (six_is_exception(custom)) return -1;
  if (!six_is_callable(custom)) return 0;
  six_root(m, custom);
  six_value inspect = inspect_function(ctx);
  if (six_is_exception(inspect)) return -1;
  if (custom == inspect) return 0;
  six_value constructor = six_get(m, o, SIX_ATOM(m, constructor));
  if (six_is_exception(constructor)) return -1;
  if (six_to_boolean(constructor)) {  // not for the prototype itself
    six_value prototype = six_get_v(m, constructor, SIX_ATOM(m, prototype));
    if (six_is_exception(prototype)) return -1;
    if (prototype == six_object_value(o)) return 0;
  }
  bool is_proxy = context != six_object_value(o);
  int is_object = is_proxy ? 0 : six_ordinary_has_instance(m, six_object_value(six_intrinsic(m, SIX_I_Object)), context);
  if (is_object < 0) return -1;
  six_value argv[3] = {ctx->o.depth_is_null ? SIX_NULL : six_number(ctx->o.depth - recurse), options_object(ctx, !is_object), inspect};
  if (six_is_exception(argv[1])) return -1;
  six_value result = six_call(m, custom, context, 3, argv);
  if (six_is_exception(result)) return -1;
  if (result == context) return 0;
  if (!six_is_string(result)) {
    six_root(m, result);
    return six_format_value(ctx, result, recurse, false, out) ? 1 : -1;
  }
  *out = six_indent_lines(ctx, six_piece_string(ctx, six_as_string(result)), ctx->indentation);
  return 1;
}

static bool format_proxy(struct six_inspector *ctx, six_value target, six_value handler, uint32_t recurse, struct six_piece *out) {
  if (is_above(ctx, recurse)) {
    *out = six_stylize(ctx, six_piece_ascii("Proxy [Array]"), SIX_STYLE_SPECIAL);
    return true;
  }
  recurse++;
  ctx->indentation += 2;
  struct six_piece parts[2];
  if (!six_format_value(ctx, target, recurse, false, &parts[0]) || !six_format_value(ctx, handler, recurse, false, &parts[1])) return false;
  ctx->indentation -= 2;
  struct six_pieces output = {parts, 2, 2};
  *out = six_reduce(ctx, output, six_piece_ascii(""), six_piece_ascii("Proxy ["), six_piece_ascii("]"), SIX_EXTRAS_ARRAY, recurse, NULL);
  return true;
}

static struct six_piece in_proxies(struct six_inspector *ctx, struct six_piece text, uint32_t proxies) {
  for (; proxies; proxies--) {
    struct six_piece open = six_stylize(ctx, six_piece_ascii("Proxy("), SIX_STYLE_SPECIAL);
    text = six_piece_join(ctx, 3, (struct six_piece[]){open, text, six_stylize(ctx, six_piece_ascii(")"), SIX_STYLE_SPECIAL)});
  }
  return text;
}

static bool format_object(struct six_inspector *ctx, six_value v, uint32_t recurse, bool typed_array, struct six_piece *out) {
  six_value context = v;
  uint32_t proxies = 0;
  while (ctx->m->rules->cell[SIX_RULE_INSPECT_NAMES_PROXIES] && !ctx->o.show_proxy && six_is_class(v, SIX_CLASS_PROXY)) {
    six_value target, handler;
    six_proxy_parts(six_as_object(v), &target, &handler);
    if (six_is_null(target)) {
      *out = in_proxies(ctx, six_stylize(ctx, six_piece_ascii("<Revoked Proxy>"), SIX_STYLE_SPECIAL), proxies);
      return true;
    }
    v = target;
    proxies++;
  }
  if (six_is_class(v, SIX_CLASS_PROXY)) {
    six_value target, handler;
    six_proxy_parts(six_as_object(v), &target, &handler);
    if (six_is_null(target)) {
      *out = six_stylize(ctx, six_piece_ascii("<Revoked Proxy>"), SIX_STYLE_SPECIAL);
      return true;
    }
    if (ctx->o.show_proxy) return format_proxy(ctx, target, handler, recurse, out);
    v = target;
    six_value first = six_get_index(ctx->m, six_as_object(target), 0);  // Node takes target[0] for the target of a pair
    if (six_is_exception(first)) return false;
    if (six_is_null(first)) {
      *out = six_stylize(ctx, six_piece_ascii("<Revoked Proxy>"), SIX_STYLE_SPECIAL);
      return true;
    }
  }
  if (ctx->o.custom_inspect && !six_is_undefined(ctx->custom_symbol)) {
    int done = format_custom(ctx, context, six_as_object(v), recurse, out);
    if (done) return done > 0;
  }
  for (uint32_t i = 0; i < ctx->seen_count; i++) {
    if (ctx->seen[i] != v) continue;
    *out = circular(ctx, v);
    return true;
  }
  if (!format_raw(ctx, v, recurse, typed_array, out)) return false;
  *out = in_proxies(ctx, *out, proxies);
  return true;
}

bool six_format_value(struct six_inspector *ctx, six_value v, uint32_t recurse, bool typed_array, struct six_piece *out) {
  ctx->m->effort += 60;
  if (!six_is_object(v)) {
    *out = six_format_primitive(ctx, v, true);
    return true;
  }
  size_t roots = six_roots_mark(ctx->m);
  six_root(ctx->m, v);
  bool good = format_object(ctx, v, recurse, typed_array, out);
  six_roots_release(ctx->m, roots);
  return good;
}

// ---- The door

six_value six_inspect_custom_symbol(struct six_machine *m, bool make) {
  struct six_values *registry = m->symbol_registry;
  for (uint32_t i = 0; registry && i + 1 < registry->count; i += 2) {
    if (six_is_string(registry->items[i]) && six_string_equals_ascii(m, six_as_string(registry->items[i]), "nodejs.util.inspect.custom"))
      return registry->items[i + 1];
  }
  if (!make) return SIX_UNDEFINED;
  six_value key = six_str(m, "nodejs.util.inspect.custom");
  six_key method = six_string_value(six_intern_ascii(m, "for", true));
  return six_invoke(m, six_object_value(six_intrinsic(m, SIX_I_Symbol)), method, 1, &key);
}

bool six_inspect(struct six_machine *m, six_value value, const struct six_inspect_options *options, struct six_text *out) {
  struct six_inspector ctx = {
      .m = m, .o = *options, .custom_symbol = six_inspect_custom_symbol(m, false), .inspect_function = SIX_UNDEFINED};
  struct six_piece text;
  size_t roots = six_roots_mark(m);
  bool good = six_format_value(&ctx, value, 0, false, &text);
  if (good) six_text_add(out, text.bytes, text.length);
  six_roots_release(m, roots);
  six_arena_done(&ctx.arena);
  return good;
}
