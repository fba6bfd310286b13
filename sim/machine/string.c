// machine: strings. Flat ones hold their text; ropes hold two halves until someone looks at the text.
#include "sim/machine/string.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "sim/machine/alloc.h"
#include "sim/machine/classes.h"

enum {
  COPY_LIMIT = 24,     // concatenations shorter than this are copied at once
  APPEND_LIMIT = 256,  // longer text is not copied into a buffer
  BUFFER_MIN = 48,     // units in the first buffer, and in the largest
  BUFFER_MAX = 32 * 1024,
};

static size_t text_offset(void) { return offsetof(struct six_string, u); }

static bool fits_latin1(const uint16_t *text, size_t length) {
  uint16_t all = 0;
  for (size_t i = 0; i < length; i++) all |= text[i];
  return all < 256;
}

static struct six_string *new_flat(struct six_machine *m, size_t length, bool wide) {
  size_t bytes = text_offset() + (wide ? length * 2 : length);
  if (bytes < sizeof(struct six_string)) bytes = sizeof(struct six_string);
  struct six_string *s = six_cell_raw(m, SIX_CELL_STRING, bytes);
  s->cell.flags = wide ? SIX_STRING_WIDE : 0;
  s->length = (uint32_t)length;
  s->hash = 0;
  return s;
}

struct six_string *six_string_uninitialized(struct six_machine *m, size_t length, bool wide) {
  return new_flat(m, length, wide);
}

static struct six_string *short_string(struct six_machine *m, size_t length, uint16_t unit) {
  if (length == 0 && six_is_string(SIX_ATOM(m, empty))) return six_as_string(SIX_ATOM(m, empty));
  if (length == 1 && unit < 256 && six_is_string(m->single_chars[unit])) return six_as_string(m->single_chars[unit]);
  return NULL;
}

struct six_string *six_string_latin1(struct six_machine *m, const uint8_t *text, size_t length) {
  if (length < 2) {
    struct six_string *s = short_string(m, length, length ? text[0] : 0);
    if (s) return s;
  }
  struct six_string *s = new_flat(m, length, false);
  memcpy(s->u.latin1, text, length);
  return s;
}

struct six_string *six_string_utf16(struct six_machine *m, const uint16_t *text, size_t length) {
  if (length < 2) {
    struct six_string *s = short_string(m, length, length ? text[0] : 0);
    if (s) return s;
  }
  bool narrow = fits_latin1(text, length);
  struct six_string *s = new_flat(m, length, !narrow);
  if (narrow)
    for (size_t i = 0; i < length; i++) s->u.latin1[i] = (uint8_t)text[i];
  else memcpy(s->u.wide, text, length * 2);
  return s;
}

static size_t ascii_prefix(const char *text, size_t length) {
  size_t i = 0;
  while (i < length && (unsigned char)text[i] < 0x80) i++;
  return i;
}

struct six_string *six_string_utf8(struct six_machine *m, const char *text, size_t length) {
  if (ascii_prefix(text, length) == length) return six_string_latin1(m, (const uint8_t *)text, length);
  uint16_t *units = malloc(length * sizeof *units);  // never more units than bytes
  if (!units) abort();
  size_t count = 0;
  for (size_t i = 0; i < length;) {
    uint32_t c;
    i += six_utf8_decode(text + i, length - i, &c);
    if (c >= 0x10000) {
      units[count++] = (uint16_t)(0xD7C0 + (c >> 10));
      units[count++] = (uint16_t)(0xDC00 + (c & 0x3FF));
    } else {
      units[count++] = (uint16_t)c;
    }
  }
  struct six_string *s = six_string_utf16(m, units, count);
  free(units);
  return s;
}

six_value six_str(struct six_machine *m, const char *ascii) {
  return six_string_value(six_string_latin1(m, (const uint8_t *)ascii, strlen(ascii)));
}

six_value six_strf(struct six_machine *m, const char *format, ...) {
  struct six_text text = {0};
  va_list arguments;
  va_start(arguments, format);
  six_text_addv(&text, format, arguments);
  va_end(arguments);
  six_value v = six_string_value(six_string_utf8(m, text.bytes ? text.bytes : "", text.length));
  six_text_done(&text);
  return v;
}

// ---- Ropes

static inline bool is_rope(const struct six_string *s) { return (s->cell.flags & SIX_STRING_ROPE) != 0; }

// The flat string behind a rope that was flattened before, else `s`.
static inline struct six_string *seen_through(struct six_string *s) { return is_rope(s) && !s->u.rope.right ? s->u.rope.left : s; }

static void copy_some(struct six_string *to, size_t at, const struct six_string *from, size_t count) {
  if (!six_string_is_wide(to)) memcpy(to->u.latin1 + at, from->u.latin1, count);
  else if (six_string_is_wide(from)) memcpy(to->u.wide + at, from->u.wide, count * 2);
  else
    for (size_t i = 0; i < count; i++) to->u.wide[at + i] = from->u.latin1[i];
}

static void copy_units(struct six_string *to, size_t at, const struct six_string *from) { copy_some(to, at, from, from->length); }

static struct six_string *copied(struct six_machine *m, const struct six_string *a, const struct six_string *b) {
  bool wide = ((a->cell.flags | b->cell.flags) & SIX_STRING_WIDE) != 0;
  struct six_string *s = new_flat(m, (size_t)a->length + b->length, wide);
  copy_units(s, 0, a);
  copy_units(s, a->length, b);
  return s;
}

static struct six_string *new_rope(struct six_machine *m, struct six_string *left, struct six_string *right, uint32_t length,
                                   uint8_t flags) {
  struct six_string *s = six_cell_raw(m, SIX_CELL_STRING, sizeof(struct six_string));
  s->cell.flags = (uint8_t)(SIX_STRING_ROPE | flags);
  s->length = length;
  s->hash = 0;
  s->u.rope.left = left;
  s->u.rope.right = right;
  return s;
}

// Text that is appended to a string again and again goes into a buffer, which the strings on the way share: each is a rope
// that has as much of it as there was when it was made. A full buffer is followed by one of twice the size.

static size_t buffer_room(const struct six_string *buffer) {
  return (six_cell_bytes(&buffer->cell) - text_offset()) >> (buffer->cell.flags & SIX_STRING_WIDE);
}

static struct six_string *new_buffer(struct six_machine *m, size_t room, bool wide) {
  struct six_string *buffer = new_flat(m, room < BUFFER_MIN ? BUFFER_MIN : room > BUFFER_MAX ? BUFFER_MAX : room, wide);
  buffer->length = 0;
  return buffer;
}

static void put(struct six_string *buffer, const struct six_string *text) {
  copy_units(buffer, buffer->length, text);
  buffer->length += text->length;
}

// The rope `a` with the short flat `b` behind it; NULL: nothing would be won by a buffer.
static struct six_string *appended(struct six_machine *m, struct six_string *a, struct six_string *b) {
  struct six_string *left = a->u.rope.left, *end = a->u.rope.right;
  uint32_t length = a->length + b->length;
  uint8_t wide = (a->cell.flags | b->cell.flags) & SIX_STRING_WIDE;
  if (a->cell.flags & SIX_STRING_TAIL) {
    if (end->length != a->length - left->length) return NULL;  // somebody else went on from here
    bool fits = buffer_room(end) - end->length >= b->length && (six_string_is_wide(end) || !six_string_is_wide(b));
    if (!fits) {
      end = new_buffer(m, buffer_room(end) * 2 + b->length, wide != 0);
      left = a;
    }
  } else {
    end = seen_through(end);
    if (is_rope(end) || end->length >= APPEND_LIMIT) return NULL;
    struct six_string *buffer = new_buffer(m, ((size_t)end->length + b->length) * 2, wide != 0);
    put(buffer, end);
    end = buffer;
  }
  put(end, b);
  return new_rope(m, left, end, length, wide | SIX_STRING_TAIL);
}

six_value six_string_concat(struct six_machine *m, struct six_string *a, struct six_string *b) {
  if (a->length == 0) return six_string_value(b);
  if (b->length == 0) return six_string_value(a);
  size_t length = (size_t)a->length + b->length;
  if (length > SIX_STRING_MAX) return six_throw_range(m, "Invalid string length");
  a = seen_through(a);
  b = seen_through(b);
  if (length < COPY_LIMIT && !is_rope(a) && !is_rope(b)) return six_string_value(copied(m, a, b));
  if (is_rope(a) && b->length < APPEND_LIMIT && !is_rope(b)) {
    struct six_string *s = appended(m, a, b);
    if (s) return six_string_value(s);
  }
  return six_string_value(new_rope(m, a, b, (uint32_t)length, (a->cell.flags | b->cell.flags) & SIX_STRING_WIDE));
}

struct rope_stack {
  struct six_string **items;
  size_t count, capacity;
};

static void rope_push(struct rope_stack *stack, struct six_string *s) {
  if (stack->count == stack->capacity) {
    stack->capacity = stack->capacity ? stack->capacity * 2 : 64;
    stack->items = realloc(stack->items, stack->capacity * sizeof(struct six_string *));
    if (!stack->items) abort();
  }
  stack->items[stack->count++] = s;
}

// Fills from the end, so that the usual rope, a long left spine, needs a stack of two.
static void fill_from_rope(struct six_string *to, struct six_string *rope) {
  struct rope_stack stack = {0};
  size_t end = to->length;
  rope_push(&stack, rope);
  while (stack.count) {
    struct six_string *s = seen_through(stack.items[--stack.count]);
    if (is_rope(s) && s->cell.flags & SIX_STRING_TAIL) {
      uint32_t tail = s->length - s->u.rope.left->length;
      end -= tail;
      copy_some(to, end, s->u.rope.right, tail);
      rope_push(&stack, s->u.rope.left);
    } else if (is_rope(s)) {
      rope_push(&stack, s->u.rope.left);
      rope_push(&stack, s->u.rope.right);
    } else {
      end -= s->length;
      copy_units(to, end, s);
    }
  }
  free(stack.items);
}

struct six_string *six_string_flat(struct six_machine *m, struct six_string *s) {
  if (!is_rope(s)) return s;
  if (!s->u.rope.right) return s->u.rope.left;
  struct six_string *flat = new_flat(m, s->length, six_string_is_wide(s));
  fill_from_rope(flat, s);
  s->u.rope.left = flat;
  s->u.rope.right = NULL;
  s->cell.flags &= (uint8_t)~SIX_STRING_TAIL;
  return flat;
}

// ---- Looking at text

uint32_t six_string_code_point(const struct six_string *s, uint32_t i, uint32_t *units) {
  uint32_t first = six_string_unit(s, i);
  *units = 1;
  if (first < 0xD800 || first > 0xDBFF || i + 1 >= s->length) return first;
  uint32_t second = six_string_unit(s, i + 1);
  if (second < 0xDC00 || second > 0xDFFF) return first;
  *units = 2;
  return 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
}

struct six_string *six_string_substring(struct six_machine *m, struct six_string *s, uint32_t start, uint32_t end) {
  if (end > s->length) end = s->length;
  if (start > end) start = end;
  s = six_string_flat(m, s);
  if (start == 0 && end == s->length) return s;
  if (six_string_is_wide(s)) return six_string_utf16(m, s->u.wide + start, end - start);
  return six_string_latin1(m, s->u.latin1 + start, end - start);
}

static bool same_text(const struct six_string *a, const struct six_string *b) {
  if (a->length != b->length) return false;
  if (six_string_is_wide(a) == six_string_is_wide(b))
    return memcmp(a->u.latin1, b->u.latin1, six_string_is_wide(a) ? (size_t)a->length * 2 : a->length) == 0;
  for (uint32_t i = 0; i < a->length; i++)
    if (six_string_unit(a, i) != six_string_unit(b, i)) return false;
  return true;
}

bool six_string_equal(struct six_machine *m, struct six_string *a, struct six_string *b) {
  if (a == b) return true;
  if (a->length != b->length) return false;
  if (a->cell.flags & b->cell.flags & SIX_STRING_ATOM) return false;
  return same_text(six_string_flat(m, a), six_string_flat(m, b));
}

int six_string_compare(struct six_machine *m, struct six_string *a, struct six_string *b) {
  if (a == b) return 0;
  a = six_string_flat(m, a);
  b = six_string_flat(m, b);
  uint32_t n = a->length < b->length ? a->length : b->length;
  if (!six_string_is_wide(a) && !six_string_is_wide(b)) {
    int order = memcmp(a->u.latin1, b->u.latin1, n);
    if (order) return order < 0 ? -1 : 1;
  } else {
    for (uint32_t i = 0; i < n; i++) {
      uint16_t x = six_string_unit(a, i), y = six_string_unit(b, i);
      if (x != y) return x < y ? -1 : 1;
    }
  }
  return a->length == b->length ? 0 : a->length < b->length ? -1 : 1;
}

static inline uint32_t hash_step(uint32_t h, uint32_t unit) { return (h ^ unit) * 16777619u; }
static inline uint32_t hash_end(uint32_t h) {
  h ^= h >> 15;
  return h ? h : 1;
}

static uint32_t hash_latin1(const uint8_t *text, size_t length) {
  uint32_t h = 2166136261u;
  for (size_t i = 0; i < length; i++) h = hash_step(h, text[i]);
  return hash_end(h);
}

static uint32_t hash_wide(const uint16_t *text, size_t length) {
  uint32_t h = 2166136261u;
  for (size_t i = 0; i < length; i++) h = hash_step(h, text[i]);
  return hash_end(h);
}

static uint32_t flat_hash(struct six_string *s) {
  if (s->hash) return s->hash;
  return s->hash = six_string_is_wide(s) ? hash_wide(s->u.wide, s->length) : hash_latin1(s->u.latin1, s->length);
}

uint32_t six_string_hash(struct six_machine *m, struct six_string *s) {
  if (s->hash) return s->hash;
  return s->hash = flat_hash(six_string_flat(m, s));
}

static bool matches_at(const struct six_string *s, uint32_t at, const struct six_string *what) {
  for (uint32_t i = 0; i < what->length; i++)
    if (six_string_unit(s, at + i) != six_string_unit(what, i)) return false;
  return true;
}

static int64_t index_of(const struct six_string *s, const struct six_string *what, uint32_t from) {
  if (!six_string_is_wide(s) && !six_string_is_wide(what)) {
    const uint8_t *hit = memmem(s->u.latin1 + from, s->length - from, what->u.latin1, what->length);
    return hit ? hit - s->u.latin1 : -1;
  }
  uint32_t last = s->length - what->length;
  uint16_t first = six_string_unit(what, 0);
  for (uint32_t i = from; i <= last; i++)
    if (six_string_unit(s, i) == first && matches_at(s, i, what)) return i;
  return -1;
}

int64_t six_string_index_of(struct six_machine *m, struct six_string *s, struct six_string *what, uint32_t from) {
  if (from > s->length || what->length > s->length - from) return -1;
  if (what->length == 0) return from;
  int64_t at = index_of(six_string_flat(m, s), six_string_flat(m, what), from);
  m->effort += ((at < 0 ? s->length : (uint32_t)at) - from) / 32;  // what was looked at
  return at;
}

bool six_string_equals_ascii(struct six_machine *m, struct six_string *s, const char *ascii) {
  size_t length = strlen(ascii);
  if (s->length != length) return false;
  s = six_string_flat(m, s);
  if (!six_string_is_wide(s)) return memcmp(s->u.latin1, ascii, length) == 0;
  for (uint32_t i = 0; i < length; i++)
    if (s->u.wide[i] != (unsigned char)ascii[i]) return false;
  return true;
}

void six_string_to_utf8(struct six_machine *m, struct six_string *s, struct six_text *out) {
  s = six_string_flat(m, s);
  if (!six_string_is_wide(s)) {
    for (uint32_t i = 0; i < s->length;) {
      size_t ascii = ascii_prefix((const char *)s->u.latin1 + i, s->length - i);
      six_text_add(out, (const char *)s->u.latin1 + i, ascii);
      i += (uint32_t)ascii;
      if (i < s->length) six_text_add_code_point(out, s->u.latin1[i++]);
    }
    return;
  }
  for (uint32_t i = 0; i < s->length;) {
    uint32_t units, c = six_string_code_point(s, i, &units);
    six_text_add_code_point(out, c);
    i += units;
  }
}

// ---- Builders

#define BUILDER_OVERFLOW UINT32_MAX  // as `length`: the text is too long; finish throws

static void builder_reserve(struct six_machine *m, struct six_builder *b, uint32_t capacity, bool wide) {
  size_t old_bytes = (size_t)b->capacity << b->wide, new_bytes = (size_t)capacity << wide;
  if (b->wide == wide) {
    b->units = six_realloc(m, b->units, old_bytes, new_bytes);
  } else {
    uint16_t *units = six_malloc(m, new_bytes);
    for (uint32_t i = 0; i < b->length; i++) units[i] = ((const uint8_t *)b->units)[i];
    six_free(m, b->units, old_bytes);
    b->units = units;
  }
  b->capacity = capacity;
  b->wide = wide;
}

// Makes room for `count` more units; false when the text gets too long, or the run is over anyway.
static bool builder_room(struct six_machine *m, struct six_builder *b, uint32_t count, bool wide) {
  if (b->length == BUILDER_OVERFLOW) return false;
  size_t need = (size_t)b->length + count;
  if (need > SIX_STRING_MAX || (m->stop == SIX_STOP_MEMORY && need > SIX_SMALL_ANYWAY)) {
    b->length = BUILDER_OVERFLOW;
    return false;
  }
  wide = wide || b->wide;
  if (need <= b->capacity && wide == b->wide) return true;
  size_t capacity = need <= b->capacity ? b->capacity : (size_t)b->capacity * 2;
  if (capacity < need) capacity = need;
  if (capacity < 32) capacity = 32;
  builder_reserve(m, b, (uint32_t)capacity, wide);
  return true;
}

void six_builder_unit(struct six_machine *m, struct six_builder *b, uint16_t unit) {
  if (b->length >= b->capacity || (unit > 255 && !b->wide))
    if (!builder_room(m, b, 1, unit > 255)) return;
  if (b->wide) ((uint16_t *)b->units)[b->length++] = unit;
  else ((uint8_t *)b->units)[b->length++] = (uint8_t)unit;
}

void six_builder_ascii(struct six_machine *m, struct six_builder *b, const char *ascii) {
  for (; *ascii; ascii++) six_builder_unit(m, b, (unsigned char)*ascii);
}

void six_builder_string(struct six_machine *m, struct six_builder *b, struct six_string *s) {
  s = six_string_flat(m, s);
  if (!s->length || !builder_room(m, b, s->length, six_string_is_wide(s))) return;
  if (!b->wide) {
    memcpy((uint8_t *)b->units + b->length, s->u.latin1, s->length);
  } else {
    uint16_t *to = (uint16_t *)b->units + b->length;
    if (six_string_is_wide(s)) memcpy(to, s->u.wide, (size_t)s->length * 2);
    else
      for (uint32_t i = 0; i < s->length; i++) to[i] = s->u.latin1[i];
  }
  b->length += s->length;
}

void six_builder_code_point(struct six_machine *m, struct six_builder *b, uint32_t code_point) {
  if (code_point >= 0x10000) {
    six_builder_unit(m, b, (uint16_t)(0xD7C0 + (code_point >> 10)));
    six_builder_unit(m, b, (uint16_t)(0xDC00 + (code_point & 0x3FF)));
  } else {
    six_builder_unit(m, b, (uint16_t)code_point);
  }
}

six_value six_builder_finish(struct six_machine *m, struct six_builder *b) {
  six_value v;
  if (b->length == BUILDER_OVERFLOW) v = six_throw_range(m, "Invalid string length");
  else if (b->wide) v = six_string_value(six_string_utf16(m, b->units, b->length));
  else v = six_string_value(six_string_latin1(m, b->units ? b->units : (const uint8_t *)"", b->length));
  six_builder_done(m, b);
  return v;
}

void six_builder_done(struct six_machine *m, struct six_builder *b) {
  six_free(m, b->units, (size_t)b->capacity << b->wide);
  *b = (struct six_builder){0};
}
