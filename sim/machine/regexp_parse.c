// machine: reading patterns (ECMA-262 22.2.1 and B.1.2), with V8's sentences for errors.
#include "sim/machine/regexp_parse.h"

#include <stdio.h>
#include <string.h>

#include "sim/machine/regexp.h"
#include "sim/machine/regexp_ops.h"
#include "sim/machine/unicode.h"

enum { DEPTH_LIMIT = 1000, NAME_LIMIT = 128 };

struct parser {
  struct re_pattern *p;
  const uint16_t *units;
  uint32_t length, position;
  uint32_t groups_opened;  // so far, without group 0
  uint32_t total_groups;   // in the whole pattern
  bool unicode, sets, has_names;
  bool duplicate_name;  // reported at the end, as V8 does
  int depth;
  const char *error;
};

static bool fail(struct parser *k, const char *sentence) {
  if (!k->error) k->error = sentence;
  return false;
}

static int32_t peek_at(const struct parser *k, uint32_t ahead) {
  return k->position + ahead < k->length ? k->units[k->position + ahead] : -1;
}
static int32_t peek(const struct parser *k) { return peek_at(k, 0); }
static bool eat(struct parser *k, int32_t c) {
  if (peek(k) != c) return false;
  k->position++;
  return true;
}
static bool looking_at(const struct parser *k, const char *ascii) {
  for (uint32_t i = 0; ascii[i]; i++) {
    if (peek_at(k, i) != ascii[i]) return false;
  }
  return true;
}

// The code point here: pairs count as one in unicode mode.
static uint32_t take(struct parser *k) {
  uint32_t c = k->units[k->position++];
  if (k->unicode && (c & 0xFC00) == 0xD800 && (peek(k) & 0xFC00) == 0xDC00 && peek(k) >= 0) {
    return 0x10000 + ((c - 0xD800) << 10) + ((uint32_t)k->units[k->position++] - 0xDC00);
  }
  return c;
}

static struct re_node *node(struct parser *k, enum re_kind kind) {
  struct re_node *n = six_arena_alloc(&k->p->arena, sizeof *n);
  n->kind = kind;
  return n;
}

static struct re_node *char_node(struct parser *k, uint32_t c) {
  struct re_node *n = node(k, RE_CHAR);
  n->c = c;
  return n;
}

// ---- Names and counts

static int hex_digit(int32_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// `count` hexadecimal digits here; consumed only when all are there.
static bool eat_hex(struct parser *k, uint32_t count, uint32_t *value) {
  uint32_t v = 0;
  for (uint32_t i = 0; i < count; i++) {
    int digit = hex_digit(peek_at(k, i));
    if (digit < 0) return false;
    v = v * 16 + (uint32_t)digit;
  }
  k->position += count;
  *value = v;
  return true;
}

// After \u: four digits, a pair of escapes in unicode mode, or {digits}. Restores the position on failure.
static bool eat_unicode_escape(struct parser *k, bool unicode, uint32_t *value) {
  uint32_t start = k->position;
  if (unicode && eat(k, '{')) {
    uint32_t v = 0, digits = 0;
    for (int digit; (digit = hex_digit(peek(k))) >= 0; k->position++, digits++) {
      v = v * 16 + (uint32_t)digit;
      if (v > 0x10FFFF) break;
    }
    if (digits && v <= 0x10FFFF && eat(k, '}')) {
      *value = v;
      return true;
    }
    k->position = start;
    return false;
  }
  if (!eat_hex(k, 4, value)) return false;
  if (unicode && (*value & 0xFC00) == 0xD800 && looking_at(k, "\\u")) {
    uint32_t after = k->position, low;
    k->position += 2;
    if (eat_hex(k, 4, &low) && (low & 0xFC00) == 0xDC00) {
      *value = 0x10000 + ((*value - 0xD800) << 10) + (low - 0xDC00);
      return true;
    }
    k->position = after;
  }
  return true;
}

static bool is_name_part(uint32_t c, bool start) {
  if (c == '$' || c == '_') return true;
  if (!start && (c == 0x200C || c == 0x200D)) return true;
  const uint32_t *pairs;
  uint32_t count;
  if (!six_unicode_property(start ? "ID_Start" : "ID_Continue", NULL, &pairs, &count)) return false;
  struct re_set set = {.pairs = (uint32_t *)(uintptr_t)pairs, .count = count};
  return re_set_has(&set, c);
}

// A group's name after '<', with its '>'. The units are in the arena.
static bool read_name(struct parser *k, struct re_name *name) {
  uint16_t buffer[NAME_LIMIT];
  uint32_t n = 0;
  bool was_unicode = k->unicode;
  for (;;) {
    if (peek(k) < 0 || n + 2 > NAME_LIMIT) return fail(k, "Invalid capture group name");
    k->unicode = true;  // names are code points in every mode
    uint32_t c = take(k);
    k->unicode = was_unicode;
    if (c == '>') break;
    if (c == '\\') {
      if (!eat(k, 'u')) return fail(k, "Invalid capture group name");
      if (!eat_unicode_escape(k, true, &c)) return fail(k, "Invalid Unicode escape");
    }
    if (!is_name_part(c, n == 0)) return fail(k, "Invalid capture group name");
    if (c > 0xFFFF) {
      buffer[n++] = (uint16_t)(0xD800 + ((c - 0x10000) >> 10));
      buffer[n++] = (uint16_t)(0xDC00 + ((c - 0x10000) & 0x3FF));
    } else {
      buffer[n++] = (uint16_t)c;
    }
  }
  if (!n) return fail(k, "Invalid capture group name");
  name->units = six_arena_alloc(&k->p->arena, n * sizeof *buffer);
  memcpy(name->units, buffer, n * sizeof *buffer);
  name->length = n;
  return true;
}

static const struct re_name *find_name(const struct re_pattern *p, const uint16_t *units, uint32_t length) {
  for (uint32_t i = 0; i < p->name_count; i++) {
    if (p->names[i].length == length && !memcmp(p->names[i].units, units, length * sizeof *units)) return &p->names[i];
  }
  return NULL;
}

// Counts the groups of the whole pattern, and sees whether any has a name.
static void count_groups(struct parser *k) {
  bool in_class = false;
  for (uint32_t i = 0; i < k->length; i++) {
    uint16_t c = k->units[i];
    if (c == '\\') {
      i++;
    } else if (in_class) {
      in_class = c != ']';
    } else if (c == '[') {
      in_class = true;
    } else if (c == '(') {
      bool question = i + 1 < k->length && k->units[i + 1] == '?';
      bool named = question && i + 3 < k->length && k->units[i + 2] == '<' && k->units[i + 3] != '=' && k->units[i + 3] != '!';
      if (!question || named) k->total_groups++;
      if (named) k->has_names = true;
    }
  }
}

// ---- Sets of escapes

static void add_class_escape(struct parser *k, int32_t letter, struct re_set *out) {
  struct re_set set = {0};
  struct re_pattern *p = k->p;
  switch (letter | 0x20) {
    case 'd': re_set_add(p, &set, '0', '9'); break;
    case 'w':
      re_set_add(p, &set, '0', '9');
      re_set_add(p, &set, 'A', 'Z');
      re_set_add(p, &set, '_', '_');
      re_set_add(p, &set, 'a', 'z');
      if (k->unicode && (p->flags & SIX_RE_IGNORE_CASE)) {
        re_set_add(p, &set, 0x17F, 0x17F);
        re_set_add(p, &set, 0x212A, 0x212A);
      }
      break;
    default: {
      static const uint32_t spaces[] = {9,      13,     ' ',    ' ',    0xA0,   0xA0,   0x1680, 0x1680, 0x2000, 0x200A,
                                        0x2028, 0x2029, 0x202F, 0x202F, 0x205F, 0x205F, 0x3000, 0x3000, 0xFEFF, 0xFEFF};
      for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i += 2) re_set_add(p, &set, spaces[i], spaces[i + 1]);
    }
  }
  if (letter < 'a') re_set_invert(p, &set);
  re_set_add_all(p, out, &set);
}

// \p{...} and \P{...} after the letter.
static bool add_property(struct parser *k, bool inverted, struct re_set *out, const char *error) {
  char name[64], value[64];
  uint32_t n = 0, v = 0;
  bool has_value = false;
  if (!eat(k, '{')) return fail(k, error);
  for (;;) {
    int32_t c = peek(k);
    if (c < 0 || c > 0x7F || n > 60 || v > 60) return fail(k, error);
    k->position++;
    if (c == '}') break;
    if (c == '=' && !has_value) has_value = true;
    else if (has_value) value[v++] = (char)c;
    else name[n++] = (char)c;
  }
  name[n] = value[v] = '\0';
  struct re_set set = {0};
  const uint32_t *pairs;
  uint32_t count;
  if (!six_unicode_property(name, has_value ? value : NULL, &pairs, &count)) return fail(k, error);
  for (uint32_t i = 0; i < count; i++) re_set_add(k->p, &set, pairs[2 * i], pairs[2 * i + 1]);
  if (inverted) re_set_invert(k->p, &set);
  re_set_add_all(k->p, out, &set);
  return true;
}

static bool is_class_letter(int32_t c) {
  return c == 'd' || c == 'D' || c == 'w' || c == 'W' || c == 's' || c == 'S' || c == 'p' || c == 'P';
}

// A class escape at \letter, if it is one: the position moves past it. False only with an error.
static bool eat_class_escape(struct parser *k, struct re_set *out, bool *was, const char *property_error) {
  int32_t letter = peek_at(k, 1);
  *was = is_class_letter(letter) && (k->unicode || (letter | 0x20) != 'p');
  if (!*was) return true;
  k->position += 2;
  if ((letter | 0x20) == 'p') return add_property(k, letter == 'P', out, property_error);
  add_class_escape(k, letter, out);
  return true;
}

// ---- Character escapes

static bool is_syntax_character(int32_t c) { return c > 0 && c < 0x80 && strchr("^$\\.*+?()[]{}|/", c) != NULL; }

static uint32_t read_octal(struct parser *k) {
  uint32_t v = 0;
  for (int i = 0; i < 3 && peek(k) >= '0' && peek(k) <= '7'; i++) {
    uint32_t next = v * 8 + (uint32_t)(peek(k) - '0');
    if (next > 255) break;
    v = next;
    k->position++;
  }
  return v;
}

// The character of the escape at a backslash (not a class escape, backreference or assertion).
static bool read_character_escape(struct parser *k, bool in_class, uint32_t *c) {
  k->position++;  // the backslash
  int32_t letter = peek(k);
  if (letter < 0) return fail(k, "\\ at end of pattern");
  switch (letter) {
    case 'f':
      k->position++;
      *c = '\f';
      return true;
    case 'n':
      k->position++;
      *c = '\n';
      return true;
    case 'r':
      k->position++;
      *c = '\r';
      return true;
    case 't':
      k->position++;
      *c = '\t';
      return true;
    case 'v':
      k->position++;
      *c = '\v';
      return true;
    case 'c': {
      int32_t control = peek_at(k, 1), lower = control | 0x20;
      bool legacy = in_class && !k->unicode && ((control >= '0' && control <= '9') || control == '_');
      if (legacy || (control >= 0 && lower >= 'a' && lower <= 'z')) {
        k->position += 2;
        *c = (uint32_t)control & 0x1F;
        return true;
      }
      if (k->unicode) return fail(k, "Invalid Unicode escape");
      *c = '\\';  // the c is read again as itself
      return true;
    }
    case '0':
      if (!(peek_at(k, 1) >= '0' && peek_at(k, 1) <= '9')) {
        k->position++;
        *c = 0;
        return true;
      }
      __attribute__((fallthrough));
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
      if (k->unicode) return fail(k, in_class ? "Invalid class escape" : letter == '0' ? "Invalid decimal escape" : "Invalid escape");
      *c = read_octal(k);
      return true;
    case 'x':
      k->position++;
      if (eat_hex(k, 2, c)) return true;
      if (k->unicode) return fail(k, "Invalid escape");
      *c = 'x';
      return true;
    case 'u':
      k->position++;
      if (eat_unicode_escape(k, k->unicode, c)) return true;
      if (k->unicode) return fail(k, "Invalid Unicode escape");
      *c = 'u';
      return true;
    default: break;
  }
  if (k->unicode && !is_syntax_character(letter) && !(in_class && letter == '-')) return fail(k, "Invalid escape");
  *c = take(k);
  return true;
}

// ---- Classes without the v flag

// One member: a character, or a class escape added to `set` (then *is_class).
static bool read_class_atom(struct parser *k, struct re_set *set, uint32_t *c, bool *is_class) {
  *is_class = false;
  if (peek(k) != '\\') {
    *c = take(k);
    return true;
  }
  if (peek_at(k, 1) < 0) return fail(k, "\\ at end of pattern");
  if (peek_at(k, 1) == 'b') {
    k->position += 2;
    *c = '\b';
    return true;
  }
  if (!eat_class_escape(k, set, is_class, "Invalid property name in character class")) return false;
  return *is_class || read_character_escape(k, true, c);
}

static bool read_class(struct parser *k, struct re_set *set) {
  struct re_pattern *p = k->p;
  for (;;) {
    uint32_t first, last;
    bool first_class, last_class;
    if (peek(k) < 0) return fail(k, "Unterminated character class");
    if (eat(k, ']')) return true;
    if (!read_class_atom(k, set, &first, &first_class)) return false;
    if (peek(k) != '-') {
      if (!first_class) re_set_add(p, set, first, first);
      continue;
    }
    k->position++;
    if (peek(k) < 0) {
      if (!first_class) re_set_add(p, set, first, first);
      continue;
    }
    if (peek(k) == ']') {
      if (!first_class) re_set_add(p, set, first, first);
      re_set_add(p, set, '-', '-');
      continue;
    }
    if (!read_class_atom(k, set, &last, &last_class)) return false;
    if (first_class || last_class) {
      if (k->unicode) return fail(k, "Invalid character class");
      if (!first_class) re_set_add(p, set, first, first);
      re_set_add(p, set, '-', '-');
      if (!last_class) re_set_add(p, set, last, last);
      continue;
    }
    if (first > last) return fail(k, "Range out of order in character class");
    re_set_add(p, set, first, last);
  }
}

// ---- Classes with the v flag

static bool read_set_class(struct parser *k, struct re_set *out);

static void fold_if_needed(struct parser *k, struct re_set *set) {
  if (k->p->flags & SIX_RE_IGNORE_CASE) re_set_fold(k->p, set);
}

static bool is_double_punctuator(const struct parser *k) {
  int32_t c = peek(k);
  return c > 0 && c < 0x80 && c == peek_at(k, 1) && strchr("&!#$%*+,.:;<=>?@^`~", c) != NULL;
}

// \q{a|b}: only single characters.
static bool read_class_strings(struct parser *k, struct re_set *out) {
  k->position += 3;
  for (;;) {
    if (peek(k) < 0) return fail(k, "Invalid escape");
    uint32_t c;
    if (peek(k) == '\\') {
      if (!read_character_escape(k, true, &c)) return false;
    } else {
      c = take(k);
    }
    re_set_add(k->p, out, c, c);
    if (eat(k, '}')) return true;
    if (!eat(k, '|')) return fail(k, "\\q with strings is not supported");
  }
}

// An operand: a nested class, an escape or a character (then *is_char).
static bool read_set_operand(struct parser *k, struct re_set *out, uint32_t *c, bool *is_char) {
  *is_char = false;
  int32_t next = peek(k);
  if (next < 0) return fail(k, "Unterminated character class");
  if (next == '[') {
    k->position++;
    return read_set_class(k, out);
  }
  if (next == '\\') {
    bool was;
    if (peek_at(k, 1) < 0) return fail(k, "\\ at end of pattern");
    if (looking_at(k, "\\q{")) return read_class_strings(k, out);
    if (!eat_class_escape(k, out, &was, "Invalid property name in character class")) return false;
    if (was) return true;
    *is_char = true;
    int32_t letter = peek_at(k, 1);
    if (letter == 'b') {
      k->position += 2;
      *c = '\b';
      return true;
    }
    if (letter > 0 && letter < 0x80 && strchr("&-!#%,:;<=>@`~", letter)) {
      k->position += 2;
      *c = (uint32_t)letter;
      return true;
    }
    return read_character_escape(k, true, c);
  }
  if (is_double_punctuator(k)) return fail(k, "Invalid set operation in character class");
  if (next < 0x80 && strchr("()[]{}/-|", next)) return fail(k, "Invalid character in character class");
  *is_char = true;
  *c = take(k);
  return true;
}

static bool read_operand_set(struct parser *k, struct re_set *out) {
  uint32_t c;
  bool is_char;
  if (!read_set_operand(k, out, &c, &is_char)) return false;
  if (is_char) re_set_add(k->p, out, c, c);
  fold_if_needed(k, out);
  re_set_normalize(out);
  return true;
}

static void intersect(struct parser *k, struct re_set *a, const struct re_set *b) {
  struct re_set both = {0};
  for (uint32_t i = 0, j = 0; i < a->count && j < b->count;) {
    uint32_t first = a->pairs[2 * i] > b->pairs[2 * j] ? a->pairs[2 * i] : b->pairs[2 * j];
    uint32_t last = a->pairs[2 * i + 1] < b->pairs[2 * j + 1] ? a->pairs[2 * i + 1] : b->pairs[2 * j + 1];
    if (first <= last) re_set_add(k->p, &both, first, last);
    if (a->pairs[2 * i + 1] < b->pairs[2 * j + 1]) i++;
    else j++;
  }
  *a = both;
}

// a && b && c, or a -- b -- c, after the first operand.
static bool read_set_operations(struct parser *k, struct re_set *set) {
  bool subtraction = peek(k) == '-';
  const char *operation = subtraction ? "--" : "&&";
  while (peek(k) != ']') {
    if (peek(k) < 0) return fail(k, "Unterminated character class");
    if (!looking_at(k, operation)) return fail(k, "Invalid set operation in character class");
    k->position += 2;
    if (peek(k) == '&') return fail(k, "Invalid character in character class");
    struct re_set operand = {0};
    if (!read_operand_set(k, &operand)) return false;
    if (subtraction) re_set_invert(k->p, &operand);
    intersect(k, set, &operand);
  }
  k->position++;
  return true;
}

// After '['; consumes the ']'. Adds the members to `out`.
static bool read_set_class(struct parser *k, struct re_set *out) {
  if (++k->depth > DEPTH_LIMIT) return fail(k, "Regular expression too large");
  bool inverted = eat(k, '^');
  struct re_set set = {0};
  bool first = true;
  while (!eat(k, ']')) {
    uint32_t c, last;
    bool is_char, last_char;
    struct re_set operand = {0};
    if (!read_set_operand(k, &operand, &c, &is_char)) return false;
    if (is_char && peek(k) == '-' && peek_at(k, 1) != '-') {
      k->position++;
      struct re_set ignored = {0};
      if (!read_set_operand(k, &ignored, &last, &last_char)) return false;
      if (!last_char) return fail(k, "Invalid character class");
      if (c > last) return fail(k, "Range out of order in character class");
      re_set_add(k->p, &operand, c, last);
    } else if (is_char) {
      re_set_add(k->p, &operand, c, c);
    } else if (peek(k) == '-' && peek_at(k, 1) != '-') {
      return fail(k, "Invalid character class");
    }
    re_set_add_all(k->p, &set, &operand);
    if (looking_at(k, "&&") || looking_at(k, "--")) {
      if (!first) return fail(k, "Invalid set operation in character class");
      fold_if_needed(k, &set);
      re_set_normalize(&set);
      if (!read_set_operations(k, &set)) return false;
      break;
    }
    first = false;
  }
  if (inverted) {
    fold_if_needed(k, &set);
    re_set_invert(k->p, &set);
  }
  re_set_add_all(k->p, out, &set);
  k->depth--;
  return true;
}

static struct re_node *class_node(struct parser *k) {
  struct re_node *n = node(k, RE_CLASS);
  k->position++;  // [
  if (k->sets) return read_set_class(k, &n->set) ? n : NULL;
  n->invert = eat(k, '^');
  return read_class(k, &n->set) ? n : NULL;
}

// ---- Terms

static struct re_node *parse_disjunction(struct parser *k);

static struct re_node *named_backreference(struct parser *k) {
  k->position += 2;
  if (!eat(k, '<')) {
    fail(k, "Invalid named reference");
    return NULL;
  }
  struct re_name name = {0};
  if (!read_name(k, &name)) return NULL;
  struct re_node *n = node(k, RE_NAMED);
  n->name = name.units;
  n->name_length = name.length;
  return n;
}

// \1 to \9...: a backreference when there are that many groups. NULL without an error when it is not one.
static struct re_node *numbered_backreference(struct parser *k) {
  uint32_t start = k->position, value = 0;
  k->position++;
  while (peek(k) >= '0' && peek(k) <= '9') {
    value = value * 10 + (uint32_t)(peek(k) - '0');
    if (value > 65535) break;
    k->position++;
  }
  if (value <= k->total_groups) {
    struct re_node *n = node(k, RE_BACKREFERENCE);
    n->c = value;
    return n;
  }
  k->position = start;
  return NULL;
}

static struct re_node *escape_term(struct parser *k) {
  int32_t letter = peek_at(k, 1);
  if (letter < 0) {
    fail(k, "\\ at end of pattern");
    return NULL;
  }
  if (letter >= '1' && letter <= '9') {
    struct re_node *n = numbered_backreference(k);
    if (n) return n;
    if (k->unicode) {
      fail(k, "Invalid escape");
      return NULL;
    }
    if (letter >= '8') {
      k->position += 2;
      return char_node(k, (uint32_t)letter);
    }
  }
  if (letter == 'k' && (k->unicode || k->has_names)) return named_backreference(k);
  struct re_node *n = node(k, RE_CLASS);
  bool was;
  if (!eat_class_escape(k, &n->set, &was, "Invalid property name")) return NULL;
  if (was) return n;
  uint32_t c;
  return read_character_escape(k, false, &c) ? char_node(k, c) : NULL;
}

static bool name_group(struct parser *k) {
  struct re_pattern *p = k->p;
  struct re_name name = {.group = k->groups_opened};
  if (!read_name(k, &name)) return false;
  if (find_name(p, name.units, name.length)) k->duplicate_name = true;
  if (!p->names) p->names = six_arena_alloc(&p->arena, (k->total_groups + 1) * sizeof *p->names);
  p->names[p->name_count++] = name;
  return true;
}

// At '('. The group or lookaround.
static struct re_node *group_term(struct parser *k) {
  struct re_node *n = node(k, RE_GROUP);
  k->position++;
  if (eat(k, '?')) {
    if (looking_at(k, "<=") || looking_at(k, "<!")) {
      n->kind = RE_LOOK;
      n->behind = true;
      n->invert = peek_at(k, 1) == '!';
      k->position += 2;
    } else if (peek(k) == '=' || peek(k) == '!') {
      n->kind = RE_LOOK;
      n->invert = peek(k) == '!';
      k->position++;
    } else if (eat(k, ':')) {
      n->kind = RE_SEQUENCE;
    } else if (eat(k, '<')) {
      n->c = ++k->groups_opened;
      if (!name_group(k)) return NULL;
    } else {
      fail(k, "Invalid group");
      return NULL;
    }
  } else {
    n->c = ++k->groups_opened;
  }
  if (++k->depth > DEPTH_LIMIT) {
    fail(k, "Regular expression too large");
    return NULL;
  }
  n->body = parse_disjunction(k);
  k->depth--;
  if (!n->body) return NULL;
  if (!eat(k, ')')) {
    fail(k, "Unterminated group");
    return NULL;
  }
  return n;
}

// {n}, {n,} or {n,m} here; consumed only when well formed.
static bool eat_interval(struct parser *k, uint32_t *min, uint32_t *max) {
  uint32_t start = k->position;
  uint64_t v[2] = {0, SIX_RE_INFINITY};
  k->position++;
  for (int i = 0; i < 2; i++) {
    uint32_t digits = 0;
    uint64_t value = 0;
    for (; peek(k) >= '0' && peek(k) <= '9'; k->position++, digits++) {
      if (value < SIX_RE_INFINITY) value = value * 10 + (uint64_t)(peek(k) - '0');
    }
    if (value > SIX_RE_INFINITY) value = SIX_RE_INFINITY;
    if (digits) v[i] = value;
    else if (i == 0) break;
    if (i == 0 && peek(k) == '}') v[1] = value;
    if (eat(k, '}')) {
      *min = (uint32_t)v[0];
      *max = (uint32_t)v[1];
      return true;
    }
    if (i == 0 && !eat(k, ',')) break;
  }
  k->position = start;
  return false;
}

// A quantifier after `atom`, if there is one. NULL on error.
static struct re_node *quantified(struct parser *k, struct re_node *atom, uint32_t groups_before) {
  uint32_t min, max;
  switch (peek(k)) {
    case '*':
      min = 0;
      max = SIX_RE_INFINITY;
      k->position++;
      break;
    case '+':
      min = 1;
      max = SIX_RE_INFINITY;
      k->position++;
      break;
    case '?':
      min = 0;
      max = 1;
      k->position++;
      break;
    case '{':
      if (eat_interval(k, &min, &max)) {
        if (max < min) {
          fail(k, "numbers out of order in {} quantifier");
          return NULL;
        }
        break;
      }
      if (k->unicode) {
        fail(k, "Incomplete quantifier");
        return NULL;
      }
      return atom;
    default: return atom;
  }
  struct re_node *n = node(k, RE_REPEAT);
  n->lazy = eat(k, '?');
  if (atom->kind == RE_LOOK && (k->unicode || atom->behind)) {
    fail(k, "Invalid quantifier");
    return NULL;
  }
  n->min = min;
  n->max = max;
  n->body = atom;
  n->first_group = groups_before + 1;
  n->last_group = k->groups_opened;
  return n;
}

static struct re_node *assertion(struct parser *k, uint32_t op, uint32_t length) {
  struct re_node *n = node(k, RE_ASSERTION);
  n->c = op;
  k->position += length;
  return n;
}

// One term. NULL on error.
static struct re_node *parse_term(struct parser *k) {
  uint32_t groups_before = k->groups_opened, min, max;
  bool multiline = (k->p->flags & SIX_RE_MULTILINE) != 0;
  struct re_node *atom = NULL;
  switch (peek(k)) {
    case '^': return assertion(k, multiline ? SIX_RE_LINE_START : SIX_RE_TEXT_START, 1);
    case '$': return assertion(k, multiline ? SIX_RE_LINE_END : SIX_RE_TEXT_END, 1);
    case '(': atom = group_term(k); break;
    case '[': atom = class_node(k); break;
    case '.':
      atom = node(k, RE_ANY);
      k->position++;
      break;
    case '\\':
      if (peek_at(k, 1) == 'b') return assertion(k, SIX_RE_BOUNDARY, 2);
      if (peek_at(k, 1) == 'B') return assertion(k, SIX_RE_NOT_BOUNDARY, 2);
      atom = escape_term(k);
      break;
    case '*':
    case '+':
    case '?': fail(k, "Nothing to repeat"); return NULL;
    case '{':
      if (eat_interval(k, &min, &max)) {
        fail(k, "Nothing to repeat");
        return NULL;
      }
      __attribute__((fallthrough));
    case '}':
    case ']':
      if (k->unicode) {
        fail(k, "Lone quantifier brackets");
        return NULL;
      }
      __attribute__((fallthrough));
    default: atom = char_node(k, take(k)); break;
  }
  return atom ? quantified(k, atom, groups_before) : NULL;
}

static struct re_node *parse_sequence(struct parser *k) {
  struct re_node *sequence = node(k, RE_SEQUENCE), **tail = &sequence->body;
  while (peek(k) >= 0 && peek(k) != '|' && peek(k) != ')') {
    struct re_node *term = parse_term(k);
    if (!term) return NULL;
    *tail = term;
    tail = &term->next;
  }
  return sequence;
}

static struct re_node *parse_disjunction(struct parser *k) {
  struct re_node *first = parse_sequence(k);
  if (!first || peek(k) != '|') return first;
  struct re_node *choice = node(k, RE_CHOICE), *last = first;
  choice->body = first;
  while (eat(k, '|')) {
    struct re_node *next = parse_sequence(k);
    if (!next) return NULL;
    last->next = next;
    last = next;
  }
  return choice;
}

// Named references are resolved when all names are known.
static bool resolve_names(struct parser *k, struct re_node *n) {
  for (; n; n = n->next) {
    if (n->kind == RE_NAMED) {
      const struct re_name *name = find_name(k->p, n->name, n->name_length);
      if (!name) return fail(k, "Invalid named capture referenced");
      n->kind = RE_BACKREFERENCE;
      n->c = name->group;
    }
    if (n->body && !resolve_names(k, n->body)) return false;
  }
  return true;
}

bool re_parse(struct re_pattern *p, const uint16_t *units, uint32_t length, char message[256]) {
  struct parser k = {.p = p, .units = units, .length = length};
  k.unicode = p->unicode = (p->flags & (SIX_RE_UNICODE | SIX_RE_UNICODE_SETS)) != 0;
  k.sets = (p->flags & SIX_RE_UNICODE_SETS) != 0;
  count_groups(&k);
  p->root = parse_disjunction(&k);
  if (p->root && peek(&k) == ')') fail(&k, "Unmatched ')'");
  if (k.duplicate_name) fail(&k, "Duplicate capture group name");
  if (!k.error) resolve_names(&k, p->root);
  p->group_count = k.groups_opened + 1;
  if (k.error) snprintf(message, 256, "%s", k.error);
  return !k.error;
}
