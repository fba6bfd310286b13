// node: console.table. Rows and columns of inspected cells in box-drawing characters.
#include <stdlib.h>

#include "sim/machine/typed_array.h"
#include "sim/node/console.h"

struct column {
  struct six_text head;
  struct six_text *cells;  // an empty text: no value
  uint32_t count;          // rows that it has cells for
  uint32_t width;
  int64_t index;  // of a head that is an array index; -1: other
};

struct table {
  struct six_console *console;
  struct six_machine *m;
  struct column *columns;
  uint32_t count;
};

static void table_done(struct table *t) {
  for (uint32_t i = 0; i < t->count; i++) {
    for (uint32_t j = 0; j < t->columns[i].count; j++) six_text_done(&t->columns[i].cells[j]);
    free(t->columns[i].cells);
    six_text_done(&t->columns[i].head);
  }
  free(t->columns);
}

static struct column *add_column(struct table *t, const char *head, size_t length, uint32_t at) {
  struct column *grown = realloc(t->columns, (t->count + 1) * sizeof *grown);
  if (!grown) abort();
  t->columns = grown;
  memmove(grown + at + 1, grown + at, (t->count - at) * sizeof *grown);
  t->count++;
  grown[at] = (struct column){.index = -1};
  six_text_add(&grown[at].head, head, length);
  return &grown[at];
}

static struct six_text *cell_of(struct column *c, uint32_t row) {
  if (row >= c->count) {
    struct six_text *grown = realloc(c->cells, (row + 1) * sizeof *grown);
    if (!grown) abort();
    memset(grown + c->count, 0, (row + 1 - c->count) * sizeof *grown);
    c->cells = grown;
    c->count = row + 1;
  }
  return &c->cells[row];
}

// ---- Drawing

static void add_times(struct six_text *out, const char *s, uint32_t times) {
  for (uint32_t i = 0; i < times; i++) six_text_adds(out, s);
}

static void add_line(const struct table *t, const char *left, const char *middle, const char *right, struct six_text *out) {
  six_text_adds(out, left);
  for (uint32_t i = 0; i < t->count; i++) {
    if (i) six_text_adds(out, middle);
    add_times(out, "─", t->columns[i].width + 2);
  }
  six_text_adds(out, right);
}

static void add_cell(const struct table *t, const struct column *c, const struct six_text *text, struct six_text *out) {
  const char *bytes = text && text->bytes ? text->bytes : "";
  size_t length = text ? text->length : 0;
  uint32_t needed = c->width - six_text_width(bytes, length, true);
  uint32_t before = t->m->rules->cell[SIX_RULE_INSPECT_TABLE_LEFT] ? 0 : needed / 2;
  add_times(out, " ", before);
  six_text_add(out, bytes, length);
  add_times(out, " ", needed - before);
}

static void add_row(const struct table *t, int64_t row, struct six_text *out) {
  six_text_adds(out, "│ ");
  for (uint32_t i = 0; i < t->count; i++) {
    const struct column *c = &t->columns[i];
    if (i) six_text_adds(out, " │ ");
    add_cell(t, c, row < 0 ? &c->head : row < c->count ? &c->cells[row] : NULL, out);
  }
  six_text_adds(out, " │\n");
}

static void draw(struct table *t, struct six_text *out) {
  uint32_t rows = 0;
  for (uint32_t i = 0; i < t->count; i++) {
    struct column *c = &t->columns[i];
    c->width = six_text_width(c->head.bytes, c->head.length, true);
    for (uint32_t j = 0; j < c->count; j++) {
      uint32_t width = c->cells[j].bytes ? six_text_width(c->cells[j].bytes, c->cells[j].length, true) : 0;
      if (width > c->width) c->width = width;
    }
    if (c->count > rows) rows = c->count;
  }
  add_line(t, "┌", "┬", "┐\n", out);
  add_row(t, -1, out);
  add_line(t, "├", "┼", "┤\n", out);
  for (uint32_t i = 0; i < rows; i++) add_row(t, i, out);
  add_line(t, "└", "┴", "┘", out);
}

// ---- Filling

static bool inspect_cell(struct table *t, six_value v, struct six_text *out) {
  struct six_machine *m = t->m;
  struct six_inspect_options options;
  six_inspect_defaults(m, &options);
  options.depth = 0;
  if (six_is_object(v) && !six_is_callable(v) && !six_is_class(v, SIX_CLASS_TYPED_ARRAY)) {
    int is_array = six_is_array(m, v);
    if (is_array < 0) return false;
    if (!is_array) {
      struct six_values *keys = six_own_keys(m, six_as_object(v), SIX_KEYS_STRINGS | SIX_KEYS_ENUMERABLE_ONLY);
      if (!keys) return false;
      if (keys->count > 2) options.depth = -1;
    }
  }
  options.max_array_length = 3;
  options.break_length = INFINITY;
  if (six_is_object(t->console->inspect_options) && !six_inspect_read_options(m, t->console->inspect_options, &options)) return false;
  options.colors = t->console->colors;
  six_text_add(out, "", 0);
  return six_inspect(m, v, &options, out);
}

static int collection_table(struct table *t, struct six_object *o, struct six_text *out) {
  bool pairs;
  struct six_values *entries = six_collection_entries(t->m, o, &pairs);
  six_root(t->m, six_tagged(SIX_TAG_OBJECT, entries));
  uint32_t step = pairs ? 2 : 1, rows = entries->count / step;
  add_column(t, "(iteration index)", 17, 0);
  if (pairs) add_column(t, "Key", 3, 1);
  add_column(t, "Values", 6, step);
  for (uint32_t i = 0; i < rows; i++) {
    if (!inspect_cell(t, six_int((int32_t)i), cell_of(&t->columns[0], i))) return -1;
    for (uint32_t j = 0; j < step; j++)
      if (!inspect_cell(t, entries->items[i * step + j], cell_of(&t->columns[1 + j], i))) return -1;
  }
  draw(t, out);
  return 1;
}

// The column of a key, made where the language orders it: index keys first, ascending. Column 0 is the index.
static struct column *column_of(struct table *t, six_key key) {
  struct six_text head = {0};
  six_text_add(&head, "", 0);
  six_add_string(t->m, six_as_string(six_key_to_value(t->m, key)), &head);
  int64_t index = six_key_is_index(key) ? six_as_int(key) : -1;
  struct column *found = NULL;
  uint32_t at = 1;
  for (uint32_t i = 1; i < t->count && !found; i++) {
    struct column *c = &t->columns[i];
    if (c->head.length == head.length && !memcmp(c->head.bytes, head.bytes, head.length)) found = c;
    if (index < 0 || (c->index >= 0 && c->index < index)) at = i + 1;
  }
  if (!found) {
    found = add_column(t, head.bytes, head.length, at);
    found->index = index;
  }
  six_text_done(&head);
  return found;
}

// The keys that a row shows: those asked for, or its own.
static struct six_values *row_keys(struct six_machine *m, six_value item, six_value properties) {
  struct six_values *keys = NULL;
  if (six_is_undefined(properties)) {
    keys = six_own_keys(m, six_as_object(item), SIX_KEYS_STRINGS | SIX_KEYS_ENUMERABLE_ONLY);
  } else {
    double length;
    if (six_length_of(m, six_as_object(properties), &length) < 0) return NULL;
    keys = six_values_new(m, (uint32_t)length);
    six_root(m, six_tagged(SIX_TAG_OBJECT, keys));
    for (uint32_t i = 0; i < length; i++) {
      six_value v = six_get_index(m, six_as_object(properties), i);
      six_key key = six_is_exception(v) ? v : six_to_key(m, v);
      if (six_is_exception(key)) return NULL;
      keys->items[keys->count++] = key;
    }
  }
  if (keys) six_root(m, six_tagged(SIX_TAG_OBJECT, keys));
  return keys;
}

static bool add_object_row(struct table *t, uint32_t row, six_value item, six_value properties) {
  struct six_machine *m = t->m;
  struct six_values *keys = row_keys(m, item, properties);
  if (!keys) return false;
  for (uint32_t i = 0; i < keys->count; i++) {
    six_key key = keys->items[i];
    if (six_is_symbol(key)) continue;
    column_of(t, key);
    int has = six_is_object(item) ? six_has_own(m, six_as_object(item), key) : 0;
    if (has < 0) return false;
    if (!has) {
      cell_of(column_of(t, key), row);
      continue;
    }
    six_value v = six_get(m, six_as_object(item), key);
    if (six_is_exception(v)) return false;
    six_root(m, v);
    if (!inspect_cell(t, v, cell_of(column_of(t, key), row))) return false;
  }
  return true;
}

static int object_table(struct table *t, struct six_object *o, six_value properties, struct six_text *out) {
  struct six_machine *m = t->m;
  struct six_values *keys = six_own_keys(m, o, SIX_KEYS_STRINGS | SIX_KEYS_ENUMERABLE_ONLY);
  if (!keys) return -1;
  six_root(m, six_tagged(SIX_TAG_OBJECT, keys));
  add_column(t, "(index)", 7, 0);
  struct column values = {.index = -1};  // of primitive rows
  bool has_primitives = false, good = true;
  for (uint32_t i = 0; i < keys->count && good; i++) {
    struct six_text *head = cell_of(&t->columns[0], i);
    six_text_add(head, "", 0);
    six_add_string(m, six_as_string(six_key_to_value(m, keys->items[i])), head);
    six_value item = six_get(m, o, keys->items[i]);
    if (six_is_exception(item)) {
      good = false;
      break;
    }
    six_root(m, item);
    if (six_is_undefined(properties) && !six_is_object(item)) {
      has_primitives = true;
      good = inspect_cell(t, item, cell_of(&values, i));
    } else {
      good = add_object_row(t, i, item, properties);
    }
  }
  if (good && has_primitives) {
    struct column *last = add_column(t, "Values", 6, t->count);
    last->cells = values.cells;
    last->count = values.count;
    values.cells = NULL;
    values.count = 0;
  }
  for (uint32_t i = 0; i < values.count; i++) six_text_done(&values.cells[i]);
  free(values.cells);
  if (!good) return -1;
  draw(t, out);
  return 1;
}

int six_console_table(struct six_console *console, struct six_machine *m, six_value data, six_value properties, struct six_text *out) {
  if (!six_is_object(data) || six_is_callable(data)) return 0;
  struct table t = {.console = console, .m = m};
  struct six_object *o = six_as_object(data);
  uint8_t kind = o->cell.class_;
  bool collection = kind == SIX_CLASS_MAP || kind == SIX_CLASS_SET || kind == SIX_CLASS_MAP_ITERATOR || kind == SIX_CLASS_SET_ITERATOR;
  int result = collection ? collection_table(&t, o, out) : object_table(&t, o, properties, out);
  table_done(&t);
  return result;
}
