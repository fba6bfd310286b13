// node: util.inspect's contents of arrays, collections, promises, boxed values and the rest.
#include "sim/node/inspect_parts.h"

#include <stdio.h>
#include <stdlib.h>

#include "sim/machine/promise.h"
#include "sim/machine/regexp.h"
#include "sim/machine/typed_array.h"

static double at_most(const struct six_inspector *ctx, double length) {
  double most = ctx->o.max_array_length > 0 ? ctx->o.max_array_length : 0;
  return length < most ? length : most;
}

static double at_most_of_collection(const struct six_inspector *ctx, double length) {
  return ctx->m->rules->cell[SIX_RULE_INSPECT_LIMITS_COLLECTIONS] ? at_most(ctx, length) : length;
}

static struct six_piece empty_items(struct six_inspector *ctx, double count) {
  return six_stylize(ctx, six_piecef(ctx, "<%.16g empty item%s>", count, count > 1 ? "s" : ""), SIX_STYLE_UNDEFINED);
}

// An array with holes: runs of them are counted. `output` has its first `index` items.
static bool format_sparse(struct six_inspector *ctx, struct six_object *o, uint32_t recurse, double most, double length,
                          struct six_pieces *output) {
  struct six_machine *m = ctx->m;
  struct six_values *keys = six_own_keys(m, o, SIX_KEYS_STRINGS | SIX_KEYS_ENUMERABLE_ONLY);
  if (!keys) return false;
  six_root(m, six_tagged(SIX_TAG_OBJECT, keys));
  double index = output->count;
  for (uint32_t i = output->count; i < keys->count && output->count < most; i++) {
    six_key key = keys->items[i];
    double at;
    if (six_key_is_index(key)) {
      at = six_as_int(key);
    } else {
      struct six_string *s = six_as_string(key);
      char text[32];
      at = six_string_to_number(m, s);
      if (!(at >= 0 && at <= 4294967294.0)) break;
      text[six_number_to_chars(at, text)] = '\0';
      if (!six_string_equals_ascii(m, s, text)) break;
    }
    if (at != index) {
      six_pieces_push(ctx, output, empty_items(ctx, at - index));
      index = at;
      if (output->count == most) break;
    }
    struct six_piece text;
    if (!six_format_property(ctx, o, recurse, key, SIX_EXTRAS_ARRAY_ITEM, NULL, six_object_value(o), &text)) return false;
    six_pieces_push(ctx, output, text);
    index++;
  }
  double remaining = length - index;
  if (remaining > 0) six_pieces_push(ctx, output, output->count != most ? empty_items(ctx, remaining) : six_more_items(ctx, remaining));
  return true;
}

bool six_format_array(struct six_inspector *ctx, struct six_object *o, uint32_t recurse, struct six_pieces *output,
                      struct six_values *keys) {
  (void)keys;
  double length;
  if (six_length_of(ctx->m, o, &length) < 0) return false;
  double most = at_most(ctx, length);
  for (uint32_t i = 0; i < most; i++) {
    struct six_piece text;
    if (six_array_is_dense(o) && i < o->element_count && o->elements[i] != SIX_EMPTY) {
      ctx->indentation += 2;
      if (!six_format_value(ctx, o->elements[i], recurse, false, &text)) return false;
      ctx->indentation -= 2;
    } else {
      int has = six_has_own(ctx->m, o, six_key_of_index(i));
      if (has < 0) return false;
      if (!has) return format_sparse(ctx, o, recurse, most, length, output);
      if (!six_format_property(ctx, o, recurse, six_key_of_index(i), SIX_EXTRAS_ARRAY_ITEM, NULL, six_object_value(o), &text)) return false;
    }
    six_pieces_push(ctx, output, text);
  }
  if (length > most) six_pieces_push(ctx, output, six_more_items(ctx, length - most));
  return true;
}

bool six_format_typed_array(struct six_inspector *ctx, struct six_object *o, uint32_t recurse, struct six_pieces *output,
                            struct six_values *keys) {
  (void)keys;
  struct six_typed_array *a = six_as_typed_array(o);
  size_t length = six_typed_array_length(a);
  double most = at_most(ctx, (double)length);
  for (size_t i = 0; (double)i < most; i++)
    six_pieces_push(ctx, output, six_format_primitive(ctx, six_typed_array_get(ctx->m, a, i), true));
  if ((double)length > most) six_pieces_push(ctx, output, six_more_items(ctx, (double)length - most));
  if (!ctx->o.show_hidden) return true;
  static const char *const names[] = {"BYTES_PER_ELEMENT", "length", "byteLength", "byteOffset", "buffer"};
  ctx->indentation += 2;
  for (int i = 0; i < 5; i++) {
    six_value v = six_get(ctx->m, o, six_string_value(six_intern_ascii(ctx->m, names[i], true)));
    struct six_piece text;
    if (six_is_exception(v) || !six_format_value(ctx, v, recurse, true, &text)) return false;
    struct six_piece parts[] = {six_piece_ascii("["), six_piece_ascii(names[i]), six_piece_ascii("]: "), text};
    six_pieces_push(ctx, output, six_piece_join(ctx, 4, parts));
  }
  ctx->indentation -= 2;
  return true;
}

// ---- Collections

static struct six_values *rooted_entries(struct six_inspector *ctx, struct six_object *o, bool *pairs) {
  struct six_values *entries = six_collection_entries(ctx->m, o, pairs);
  six_root(ctx->m, six_tagged(SIX_TAG_OBJECT, entries));
  return entries;
}

static bool format_items(struct six_inspector *ctx, const struct six_values *entries, double most, uint32_t recurse,
                         struct six_pieces *output) {
  ctx->indentation += 2;
  for (uint32_t i = 0; i < most; i++) {
    struct six_piece text;
    if (!six_format_value(ctx, entries->items[i], recurse, false, &text)) return false;
    six_pieces_push(ctx, output, text);
  }
  ctx->indentation -= 2;
  if (entries->count > most) six_pieces_push(ctx, output, six_more_items(ctx, entries->count - most));
  return true;
}

// Where the prefix does not tell the size, showHidden does.
static void add_hidden_size(struct six_inspector *ctx, double size, struct six_pieces *output) {
  if (!ctx->o.show_hidden || ctx->m->rules->cell[SIX_RULE_INSPECT_SIZES]) return;
  struct six_piece number = six_stylize(ctx, six_piecef(ctx, "%.16g", size), SIX_STYLE_NUMBER);
  six_pieces_push(ctx, output, six_piece_join(ctx, 2, (struct six_piece[]){six_piece_ascii("[size]: "), number}));
}

bool six_format_set(struct six_inspector *ctx, struct six_object *o, uint32_t recurse, struct six_pieces *output, struct six_values *keys) {
  (void)keys;
  bool pairs;
  struct six_values *entries = rooted_entries(ctx, o, &pairs);
  if (!format_items(ctx, entries, at_most_of_collection(ctx, entries->count), recurse, output)) return false;
  add_hidden_size(ctx, entries->count, output);
  return true;
}

bool six_format_map(struct six_inspector *ctx, struct six_object *o, uint32_t recurse, struct six_pieces *output, struct six_values *keys) {
  (void)keys;
  bool pairs;
  struct six_values *entries = rooted_entries(ctx, o, &pairs);
  double count = entries->count / 2, most = at_most_of_collection(ctx, count);
  ctx->indentation += 2;
  for (uint32_t i = 0; i < most; i++) {
    struct six_piece key, value;
    if (!six_format_value(ctx, entries->items[2 * i], recurse, false, &key)) return false;
    if (!six_format_value(ctx, entries->items[2 * i + 1], recurse, false, &value)) return false;
    six_pieces_push(ctx, output, six_piece_join(ctx, 3, (struct six_piece[]){key, six_piece_ascii(" => "), value}));
  }
  ctx->indentation -= 2;
  if (count > most) six_pieces_push(ctx, output, six_more_items(ctx, count - most));
  add_hidden_size(ctx, count, output);
  return true;
}

static bool format_pairs(struct six_inspector *ctx, const struct six_values *entries, uint32_t recurse, struct six_pieces *output) {
  double count = entries->count / 2, most = at_most(ctx, count);
  ctx->indentation += 2;
  for (uint32_t i = 0; i < most; i++) {
    struct six_piece pair[2];
    if (!six_format_value(ctx, entries->items[2 * i], recurse, false, &pair[0])) return false;
    if (!six_format_value(ctx, entries->items[2 * i + 1], recurse, false, &pair[1])) return false;
    struct six_pieces both = {pair, 2, 2};
    six_pieces_push(
        ctx, output,
        six_reduce(ctx, both, six_piece_ascii(""), six_piece_ascii("["), six_piece_ascii("]"), SIX_EXTRAS_ARRAY, recurse, NULL));
  }
  ctx->indentation -= 2;
  if (count > most) six_pieces_push(ctx, output, six_more_items(ctx, count - most));
  return true;
}

bool six_format_iterator(struct six_inspector *ctx, struct six_object *o, uint32_t recurse, struct six_pieces *output,
                         struct six_values *keys) {
  bool pairs = false;
  struct six_values *entries = rooted_entries(ctx, o, &pairs);
  (void)keys;
  bool good =
      pairs ? format_pairs(ctx, entries, recurse, output) : format_items(ctx, entries, at_most(ctx, entries->count), recurse, output);
  ctx->iterator_pairs = pairs;
  return good;
}

static int compare_pieces(const void *a, const void *b) {
  const struct six_piece *x = a, *y = b;
  int order = memcmp(x->bytes, y->bytes, x->length < y->length ? x->length : y->length);
  return order ? order : x->length < y->length ? -1 : x->length > y->length;
}

// With showHidden the entries, sorted by their text so that the order says nothing about the collector.
bool six_format_weak(struct six_inspector *ctx, struct six_object *o, uint32_t recurse, struct six_pieces *output,
                     struct six_values *keys) {
  (void)keys;
  if (!ctx->o.show_hidden) {
    six_pieces_push(
        ctx, output,
        six_stylize(ctx, six_piece_ascii(ctx->m->rules->cell[SIX_RULE_INSPECT_TAGS] < 2 ? "[items unknown]" : "<items unknown>"),
                    SIX_STYLE_SPECIAL));
    return true;
  }
  const struct six_table *table = &((const struct six_collection *)o)->table;
  struct six_values *entries = six_values_new(ctx->m, table->live * 2);
  struct six_cursor cursor = {0};
  for (const struct six_entry *e; (e = six_table_next(table, &cursor)) && entries->count + 2 <= entries->capacity;) {
    entries->items[entries->count++] = e->key;
    entries->items[entries->count++] = e->value;
  }
  six_root(ctx->m, six_tagged(SIX_TAG_OBJECT, entries));
  double count = entries->count / 2, most = at_most(ctx, count);
  ctx->indentation += 2;
  for (uint32_t i = 0; i < most; i++) {
    struct six_piece key, value;
    if (!six_format_value(ctx, entries->items[2 * i], recurse, false, &key)) return false;
    if (o->cell.class_ == SIX_CLASS_WEAK_MAP) {
      if (!six_format_value(ctx, entries->items[2 * i + 1], recurse, false, &value)) return false;
      key = six_piece_join(ctx, 3, (struct six_piece[]){key, six_piece_ascii(" => "), value});
    }
    six_pieces_push(ctx, output, key);
  }
  ctx->indentation -= 2;
  if (output->count > 1 && ctx->o.sorted == SIX_FALSE) qsort(output->items, output->count, sizeof *output->items, compare_pieces);
  if (count > most) six_pieces_push(ctx, output, six_more_items(ctx, count - most));
  return true;
}

bool six_format_promise(struct six_inspector *ctx, struct six_object *o, uint32_t recurse, struct six_pieces *output,
                        struct six_values *keys) {
  (void)keys;
  struct six_promise *p = six_as_promise(six_object_value(o));
  if (p->state == SIX_PENDING) {
    six_pieces_push(ctx, output, six_stylize(ctx, six_piece_ascii("<pending>"), SIX_STYLE_SPECIAL));
    return true;
  }
  struct six_piece text;
  ctx->indentation += 2;
  if (!six_format_value(ctx, p->result, recurse, false, &text)) return false;
  ctx->indentation -= 2;
  if (p->state == SIX_REJECTED) {
    struct six_piece rejected = six_stylize(ctx, six_piece_ascii("<rejected>"), SIX_STYLE_SPECIAL);
    text = six_piece_join(ctx, 3, (struct six_piece[]){rejected, six_piece_ascii(" "), text});
  }
  six_pieces_push(ctx, output, text);
  return true;
}

bool six_format_array_buffer(struct six_inspector *ctx, struct six_object *o, uint32_t recurse, struct six_pieces *output,
                             struct six_values *keys) {
  (void)recurse, (void)keys;
  struct six_array_buffer *buffer = six_as_array_buffer(o);
  if (buffer->detached) {
    six_pieces_push(ctx, output, six_stylize(ctx, six_piece_ascii("(detached)"), SIX_STYLE_SPECIAL));
    return true;
  }
  double most = at_most(ctx, (double)buffer->length);
  struct six_buf b = {0};
  six_buf_piece_add(ctx, &b, six_stylize(ctx, six_piece_ascii("[Uint8Contents]"), SIX_STYLE_SPECIAL));
  six_buf_adds(ctx, &b, ": <");
  for (size_t i = 0; (double)i < most; i++) {
    char hex[8];
    snprintf(hex, sizeof hex, "%s%02x", i ? " " : "", buffer->bytes[i]);
    six_buf_adds(ctx, &b, hex);
  }
  double remaining = (double)buffer->length - ctx->o.max_array_length;
  if (remaining > 0) six_buf_piece_add(ctx, &b, six_piecef(ctx, " ... %.16g more byte%s", remaining, remaining > 1 ? "s" : ""));
  six_buf_adds(ctx, &b, ">");
  six_pieces_push(ctx, output, six_buf_piece(&b));
  return true;
}

bool six_format_namespace(struct six_inspector *ctx, struct six_object *o, uint32_t recurse, struct six_pieces *output,
                          struct six_values *keys) {
  struct six_machine *m = ctx->m;
  for (uint32_t i = 0; i < keys->count; i++) {
    struct six_piece text;
    if (!six_format_property(ctx, o, recurse, keys->items[i], SIX_EXTRAS_OBJECT, NULL, six_object_value(o), &text)) {
      if (six_is_terminating(m)) return false;
      six_take_exception(m);  // the binding is not initialised yet
      struct six_descriptor d = {.attrs = SIX_DATA_ALL, .has = SIX_HAS_VALUE, .value = six_str(m, "")};
      if (!six_format_property(ctx, o, recurse, keys->items[i], SIX_EXTRAS_OBJECT, &d, six_object_value(o), &text)) return false;
      uint32_t cut = text.length;
      while (cut && text.bytes[cut - 1] != ' ') cut--;
      struct six_piece mark = six_stylize(ctx, six_piece_ascii("<uninitialized>"), SIX_STYLE_SPECIAL);
      text = six_piece_join(ctx, 2, (struct six_piece[]){six_piece_slice(text, 0, cut), mark});
    }
    six_pieces_push(ctx, output, text);
  }
  keys->count = 0;
  return true;
}

// ---- Bases

bool six_boxed_base(struct six_inspector *ctx, struct six_object *o, struct six_values *keys, const struct six_prefix_names *names,
                    struct six_piece *out) {
  static const struct {
    uint8_t class_;
    const char *name;
    enum six_style style;
  } rows[] = {{SIX_CLASS_NUMBER, "Number", SIX_STYLE_NUMBER},
              {SIX_CLASS_STRING, "String", SIX_STYLE_STRING},
              {SIX_CLASS_BOOLEAN, "Boolean", SIX_STYLE_BOOLEAN},
              {SIX_CLASS_BIGINT, "BigInt", SIX_STYLE_BIGINT},
              {SIX_CLASS_SYMBOL, "Symbol", SIX_STYLE_SYMBOL}};
  int row = 0;
  while (rows[row].class_ != o->cell.class_) row++;
  six_value value = ((struct six_boxed *)o)->value;
  if (o->cell.class_ == SIX_CLASS_STRING) {  // its characters are no news
    uint32_t length = six_as_string(value)->length;
    if (length > keys->count) length = keys->count;
    memmove(keys->items, keys->items + length, (keys->count - length) * sizeof *keys->items);
    keys->count -= length;
  }
  struct six_buf b = {0};
  six_buf_adds(ctx, &b, "[");
  six_buf_adds(ctx, &b, rows[row].name);
  if (names->null_prototype) {
    six_buf_adds(ctx, &b, " (null prototype)");
  } else if (ctx->m->rules->cell[SIX_RULE_INSPECT_TAGS] == 3 && !six_piece_equals(names->constructor, rows[row].name)) {
    six_buf_adds(ctx, &b, " (");
    six_buf_piece_add(ctx, &b, names->constructor);
    six_buf_adds(ctx, &b, ")");
  }
  six_buf_adds(ctx, &b, ": ");
  six_buf_piece_add(ctx, &b, six_format_primitive(ctx, value, false));
  six_buf_adds(ctx, &b, "]");
  if (names->tag.length && (names->null_prototype || !six_piece_same(names->tag, names->constructor))) {
    six_buf_adds(ctx, &b, " [");
    six_buf_piece_add(ctx, &b, names->tag);
    six_buf_adds(ctx, &b, "]");
  }
  *out = six_buf_piece(&b);
  if (!keys->count) *out = six_stylize(ctx, *out, rows[row].style);
  return true;
}

bool six_regexp_base(struct six_inspector *ctx, struct six_object *o, struct six_piece *out) {
  struct six_regexp *r = six_as_regexp(o);
  struct six_piece source = six_piece_string(ctx, six_regexp_source(ctx->m, r));
  struct six_piece flags = six_is_string(r->flags) ? six_piece_string(ctx, six_as_string(r->flags)) : six_piece_ascii("");
  *out = six_piece_join(ctx, 4, (struct six_piece[]){six_piece_ascii("/"), source, six_piece_ascii("/"), flags});
  return true;
}

// Date.prototype.toISOString's text, without calling it.
struct six_piece six_date_base(struct six_inspector *ctx, struct six_object *o) {
  double t = six_as_number(((struct six_boxed *)o)->value);
  if (t != t) return six_piece_ascii("Invalid Date");
  double days = floor(t / 86400000.0);
  int64_t ms = (int64_t)(t - days * 86400000.0);
  // Days since 0000-03-01 in eras of 400 years.
  int64_t z = (int64_t)days + 719468, era = (z >= 0 ? z : z - 146096) / 146097;
  int64_t of_era = z - era * 146097, year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int64_t of_year = of_era - (365 * year + year / 4 - year / 100), shifted = (5 * of_year + 2) / 153;
  int day = (int)(of_year - (153 * shifted + 2) / 5 + 1), month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
  int64_t full_year = year + era * 400 + (month <= 2);
  char text[24];
  if (full_year >= 0 && full_year <= 9999) snprintf(text, sizeof text, "%04d", (int)full_year);
  else snprintf(text, sizeof text, "%c%06d", full_year < 0 ? '-' : '+', (int)(full_year < 0 ? -full_year : full_year));
  return six_piecef(ctx, "%s-%02d-%02dT%02d:%02d:%02d.%03dZ", text, month, day, (int)(ms / 3600000), (int)(ms / 60000 % 60),
                    (int)(ms / 1000 % 60), (int)(ms % 1000));
}
