// machine: interned strings, symbols and property keys.
#include <stdlib.h>

#include "sim/machine/alloc.h"
#include "sim/machine/classes.h"

// Open addressing, power of two, at most half full. Entries are weak but for permanent ones.
struct six_strings {
  struct six_string **slots;
  uint32_t capacity, count;
  uint32_t symbols;  // made so far: gives each its hash
};

static void insert_atom(struct six_strings *table, struct six_string *s) {
  uint32_t i = s->hash & (table->capacity - 1);
  while (table->slots[i]) i = (i + 1) & (table->capacity - 1);
  table->slots[i] = s;
  table->count++;
}

// Moves the entries that `keep` to a table of `capacity`.
static void rebuild(struct six_machine *m, uint32_t capacity, bool marked_only) {
  struct six_strings *table = m->strings;
  struct six_string **old = table->slots;
  uint32_t old_capacity = table->capacity;
  table->slots = six_malloc(m, capacity * sizeof *old);
  memset(table->slots, 0, capacity * sizeof *old);
  table->capacity = capacity;
  table->count = 0;
  for (uint32_t i = 0; i < old_capacity; i++)
    if (old[i] && (!marked_only || six_is_marked(m, six_string_value(old[i])))) insert_atom(table, old[i]);
  six_free(m, old, old_capacity * sizeof *old);
}

void six_strings_sweep(struct six_machine *m) {
  struct six_strings *table = m->strings;
  if (!table) return;
  uint32_t dead = 0;
  for (uint32_t i = 0; i < table->capacity; i++) dead += table->slots[i] && !six_is_marked(m, six_string_value(table->slots[i]));
  if (!dead) return;
  uint32_t capacity = table->capacity;
  while (capacity > 2048 && (table->count - dead) * 8 < capacity) capacity /= 2;
  rebuild(m, capacity, true);
}

// The slot where an equal string is or would be.
static struct six_string **find_latin1(struct six_strings *table, uint32_t hash, const uint8_t *text, uint32_t length) {
  uint32_t mask = table->capacity - 1, i = hash & mask;
  for (; table->slots[i]; i = (i + 1) & mask) {
    struct six_string *s = table->slots[i];
    if (s->hash == hash && s->length == length && !six_string_is_wide(s) && memcmp(s->u.latin1, text, length) == 0) break;
  }
  return &table->slots[i];
}

static bool equal_wide(const struct six_string *s, const uint16_t *units) {
  for (uint32_t i = 0; i < s->length; i++)
    if (six_string_unit(s, i) != units[i]) return false;
  return true;
}

static struct six_string **find_wide(struct six_strings *table, uint32_t hash, const uint16_t *units, uint32_t length) {
  uint32_t mask = table->capacity - 1, i = hash & mask;
  for (; table->slots[i]; i = (i + 1) & mask) {
    struct six_string *s = table->slots[i];
    if (s->hash == hash && s->length == length && equal_wide(s, units)) break;
  }
  return &table->slots[i];
}

// A wide string may hold Latin-1 text only (six_string_uninitialized): its atom is narrow if it was interned before,
// else itself; comparing units makes both the same key.
static struct six_string **find_string(struct six_strings *table, struct six_string *s) {
  if (six_string_is_wide(s)) return find_wide(table, s->hash, s->u.wide, s->length);
  struct six_string **slot = find_latin1(table, s->hash, s->u.latin1, s->length);
  return slot;
}

static void make_room(struct six_machine *m) {
  if (m->strings->count * 2 >= m->strings->capacity) rebuild(m, m->strings->capacity * 2, false);
}

static bool narrow_text(const struct six_string *s) {
  for (uint32_t i = 0; i < s->length; i++)
    if (s->u.wide[i] > 255) return false;
  return true;
}

struct six_string *six_intern(struct six_machine *m, struct six_string *s) {
  s = six_string_flat(m, s);
  if (s->cell.flags & SIX_STRING_ATOM) return s;
  if (six_string_is_wide(s) && narrow_text(s)) s = six_string_utf16(m, s->u.wide, s->length);
  if (s->cell.flags & SIX_STRING_ATOM) return s;
  six_string_hash(m, s);
  struct six_string **slot = find_string(m->strings, s);
  if (*slot) return *slot;
  s->cell.flags |= SIX_STRING_ATOM;
  *slot = s;
  m->strings->count++;
  make_room(m);
  return s;
}

struct six_string *six_intern_utf16(struct six_machine *m, const uint16_t *units, uint32_t length, bool permanent) {
  struct six_string *s = six_intern(m, six_string_utf16(m, units, length));
  if (permanent) s->cell.mark = SIX_CELL_PERMANENT;
  return s;
}

struct six_string *six_intern_ascii(struct six_machine *m, const char *ascii, bool permanent) {
  struct six_string *s = six_intern(m, six_string_latin1(m, (const uint8_t *)ascii, strlen(ascii)));
  if (permanent) s->cell.mark = SIX_CELL_PERMANENT;
  return s;
}

// ---- Keys

// The canonical array index that the text reads, or -1.
static int64_t index_of_text(const struct six_string *s) {
  if (s->length == 0 || s->length > 10) return -1;
  uint16_t first = six_string_unit(s, 0);
  if (first < '0' || first > '9' || (first == '0' && s->length > 1)) return -1;
  int64_t index = 0;
  for (uint32_t i = 0; i < s->length; i++) {
    uint16_t unit = six_string_unit(s, i);
    if (unit < '0' || unit > '9') return -1;
    index = index * 10 + (unit - '0');
  }
  return index < INT32_MAX ? index : -1;
}

six_key six_key_of_string(struct six_machine *m, struct six_string *s) {
  if ((s->cell.flags & (SIX_STRING_ATOM | SIX_STRING_NOT_INDEX)) == (SIX_STRING_ATOM | SIX_STRING_NOT_INDEX)) return six_string_value(s);
  s = six_string_flat(m, s);
  m->effort += 16;
  if (!(s->cell.flags & SIX_STRING_NOT_INDEX)) {
    int64_t index = index_of_text(s);
    if (index >= 0) return six_int((int32_t)index);
    s->cell.flags |= SIX_STRING_NOT_INDEX;
  }
  s = six_intern(m, s);
  s->cell.flags |= SIX_STRING_NOT_INDEX;
  return six_string_value(s);
}

six_value six_key_to_value(struct six_machine *m, six_key key) { return six_is_int(key) ? six_number_to_string(m, key, 10) : key; }

// ---- Symbols

struct six_symbol *six_symbol_new(struct six_machine *m, six_value description) {
  struct six_symbol *s = six_cell_new(m, SIX_CELL_SYMBOL, sizeof *s);
  s->hash = ++m->strings->symbols * 2654435761u;
  s->description = description;
  return s;
}

// ---- Start and end

static const char *const atom_names[] = {
#define X(name) #name,
    SIX_ATOMS(X)
#undef X
};

static const char *const symbol_names[] = {
#define X(name) "Symbol." #name,
    SIX_SYMBOLS(X)
#undef X
};

// Names that are no C identifiers in atoms.h: keywords end in an underscore there; two have a word for a name.
static struct six_string *atom_of(struct six_machine *m, const char *name) {
  if (strcmp(name, "empty") == 0) name = "";
  if (strcmp(name, "zero") == 0) name = "0";
  size_t length = strlen(name);
  if (length > 1 && name[length - 1] == '_' && name[length - 2] != '_') length--;
  struct six_string *s = six_intern(m, six_string_latin1(m, (const uint8_t *)name, length));
  s->cell.mark = SIX_CELL_PERMANENT;
  return s;
}

void six_strings_init(struct six_machine *m) {
  m->strings = six_malloc(m, sizeof *m->strings);
  *m->strings = (struct six_strings){.capacity = 2048};
  m->strings->slots = six_malloc(m, 2048 * sizeof(struct six_string *));
  memset(m->strings->slots, 0, 2048 * sizeof(struct six_string *));
  for (unsigned i = 0; i < 256; i++) {
    uint8_t c = (uint8_t)i;
    struct six_string *s = six_intern(m, six_string_latin1(m, &c, 1));
    s->cell.mark = SIX_CELL_PERMANENT;
    m->single_chars[i] = six_string_value(s);
  }
  for (int i = 0; i < SIX_ATOM_COUNT; i++) {
    struct six_string *s = atom_of(m, atom_names[i]);
    m->atoms[i] = six_string_value(s);
    if (i != SIX_ATOM_zero) s->cell.flags |= SIX_STRING_NOT_INDEX;
  }
  for (int i = 0; i < SIX_SYMBOL_COUNT; i++) {
    struct six_symbol *s = six_symbol_new(m, six_string_value(six_intern_ascii(m, symbol_names[i], true)));
    s->cell.mark = SIX_CELL_PERMANENT;
    m->symbols[i] = six_symbol_value(s);
  }
}

void six_strings_done(struct six_machine *m) {
  if (!m->strings) return;
  six_free(m, m->strings->slots, m->strings->capacity * sizeof(struct six_string *));
  six_free(m, m->strings, sizeof *m->strings);
  m->strings = NULL;
}
