// machine: from the tree of a regular expression to its instructions.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/machine/regexp.h"
#include "sim/machine/regexp_ops.h"
#include "sim/machine/regexp_parse.h"
#include "sim/machine/unicode.h"

struct words {
  uint32_t *items;
  uint32_t count, capacity;
};

struct emitter {
  struct re_pattern *p;
  struct words program, classes;
  uint32_t registers;
  bool fold;
};

static void add_word(struct words *w, uint32_t word) {
  if (w->count == w->capacity) {
    w->capacity = w->capacity ? w->capacity * 2 : 64;
    w->items = realloc(w->items, w->capacity * sizeof *w->items);
    if (!w->items) abort();
  }
  w->items[w->count++] = word;
}

static void emit1(struct emitter *e, uint32_t op) { add_word(&e->program, op); }
static void emit2(struct emitter *e, uint32_t op, uint32_t a) {
  emit1(e, op);
  add_word(&e->program, a);
}
static uint32_t here(const struct emitter *e) { return e->program.count; }
static void patch(struct emitter *e, uint32_t at) { e->program.items[at] = here(e); }

// ---- One character

static bool is_surrogate(uint32_t c) { return c >= 0xD800 && c <= 0xDFFF; }

static uint32_t add_class(struct emitter *e, const struct re_node *n) {
  struct re_set set = n->set;
  if (n->kind == RE_CHAR) re_set_add(e->p, &set, n->c, n->c);
  if (e->fold) re_set_fold(e->p, &set);
  else re_set_normalize(&set);
  uint32_t at = e->classes.count;
  add_word(&e->classes, n->invert);
  for (uint32_t word = 0; word < 8; word++) {
    uint32_t bits = 0;
    for (uint32_t bit = 0; bit < 32; bit++) bits |= (uint32_t)re_set_has(&set, word * 32 + bit) << bit;
    add_word(&e->classes, bits);
  }
  add_word(&e->classes, set.count);
  for (uint32_t i = 0; i < 2 * set.count; i++) add_word(&e->classes, set.pairs[i]);
  return at;
}

static bool is_letter(uint32_t c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

// Whether the node is one instruction of two words that reads exactly one character.
static bool is_single(const struct re_node *n) { return n->kind == RE_CHAR || n->kind == RE_ANY || n->kind == RE_CLASS; }

static void emit_single(struct emitter *e, const struct re_node *n, bool back) {
  uint32_t direction = back ? SIX_RE_BACK : 0;
  if (n->kind == RE_ANY) {
    emit2(e, (e->p->flags & SIX_RE_DOT_ALL ? SIX_RE_ALL : SIX_RE_ANY) | direction, 0);
  } else if (n->kind == RE_CLASS || (e->p->unicode && !e->fold && (n->c > 0xFFFF || is_surrogate(n->c)))) {
    emit2(e, SIX_RE_CLASS | direction, add_class(e, n));
  } else if (e->fold && (n->c >= 0x80 || is_letter(n->c))) {
    emit2(e, SIX_RE_CHAR_FOLD | direction, six_unicode_canonicalize(n->c, e->p->unicode));
  } else {
    emit2(e, SIX_RE_CHAR | direction, n->c);
  }
}

// ---- Structure

static void emit(struct emitter *e, const struct re_node *n, bool back);

static bool can_be_empty(const struct re_node *n) {
  switch (n->kind) {
    case RE_CHAR:
    case RE_ANY:
    case RE_CLASS: return false;
    case RE_GROUP: return can_be_empty(n->body);
    case RE_REPEAT: return n->min == 0 || can_be_empty(n->body);
    case RE_SEQUENCE:
      for (const struct re_node *c = n->body; c; c = c->next) {
        if (!can_be_empty(c)) return false;
      }
      return true;
    case RE_CHOICE:
      for (const struct re_node *c = n->body; c; c = c->next) {
        if (can_be_empty(c)) return true;
      }
      return false;
    default: return true;
  }
}

static void emit_sequence(struct emitter *e, const struct re_node *n, bool back) {
  if (!back) {
    for (const struct re_node *c = n->body; c; c = c->next) emit(e, c, false);
    return;
  }
  uint32_t count = 0;
  for (const struct re_node *c = n->body; c; c = c->next) count++;
  const struct re_node **children = six_arena_alloc(&e->p->arena, (count + 1) * sizeof *children);
  uint32_t i = 0;
  for (const struct re_node *c = n->body; c; c = c->next) children[i++] = c;
  while (i) emit(e, children[--i], true);
}

static void emit_choice(struct emitter *e, const struct re_node *n, bool back) {
  uint32_t last_jump = 0;  // the jumps to the end are chained through their operands
  for (const struct re_node *c = n->body; c; c = c->next) {
    if (!c->next) {
      emit(e, c, back);
      break;
    }
    emit2(e, SIX_RE_SPLIT, 0);
    uint32_t split = here(e) - 1;
    emit(e, c, back);
    emit2(e, SIX_RE_JUMP, last_jump);
    last_jump = here(e) - 1;
    patch(e, split);
  }
  while (last_jump) {
    uint32_t before = e->program.items[last_jump];
    patch(e, last_jump);
    last_jump = before;
  }
}

// The body of one iteration: forgets its groups, and fails when it is empty past the minimum.
static void emit_iteration(struct emitter *e, const struct re_node *n, bool back, uint32_t counter) {
  bool check = can_be_empty(n->body);
  uint32_t mark = 0;
  if (n->first_group <= n->last_group) {
    emit2(e, SIX_RE_RESET, n->first_group);
    add_word(&e->program, n->last_group);
  }
  if (check) {
    mark = e->registers++;
    emit2(e, SIX_RE_MARK, mark);
  }
  emit(e, n->body, back);
  if (check) {
    emit2(e, SIX_RE_ADVANCED, mark);
    add_word(&e->program, counter);
    add_word(&e->program, n->min);
  }
}

static void emit_counted(struct emitter *e, const struct re_node *n, bool back) {
  uint32_t counter = e->registers++;
  emit2(e, SIX_RE_ZERO, counter);
  uint32_t loop = here(e);
  emit2(e, SIX_RE_REPEAT, counter);
  add_word(&e->program, n->min);
  add_word(&e->program, n->max);
  add_word(&e->program, n->lazy);
  add_word(&e->program, 0);
  uint32_t exit = here(e) - 1;
  emit_iteration(e, n, back, counter);
  emit2(e, SIX_RE_INCREMENT, counter);
  emit2(e, SIX_RE_JUMP, loop);
  patch(e, exit);
}

static void emit_repeat(struct emitter *e, const struct re_node *n, bool back) {
  if (n->max == 0) return;
  if (n->min == 1 && n->max == 1) {
    emit(e, n->body, back);
    return;
  }
  if (is_single(n->body)) {
    emit2(e, SIX_RE_STAR, n->min);
    add_word(&e->program, n->max);
    add_word(&e->program, n->lazy);
    emit_single(e, n->body, back);
    return;
  }
  bool simple = n->min == 0 && (n->max == 1 || n->max == SIX_RE_INFINITY);
  if (!simple) {
    emit_counted(e, n, back);
    return;
  }
  uint32_t loop = here(e);
  if (n->lazy) {
    // A lazy split goes to its target first: the exit.
    emit2(e, SIX_RE_SPLIT_LAZY, 0);
  } else {
    emit2(e, SIX_RE_SPLIT, 0);
  }
  uint32_t exit = here(e) - 1;
  emit_iteration(e, n, back, SIX_RE_NONE);
  if (n->max != 1) emit2(e, SIX_RE_JUMP, loop);
  patch(e, exit);
}

static void emit_look(struct emitter *e, const struct re_node *n) {
  uint32_t r = e->registers;
  e->registers += 2;
  if (!n->invert) {
    emit2(e, SIX_RE_LOOK, r);
    emit(e, n->body, n->behind);
    emit2(e, SIX_RE_LOOK_END, r);
    return;
  }
  emit2(e, SIX_RE_NOT_LOOK, r);
  add_word(&e->program, 0);
  uint32_t after = here(e) - 1;
  emit(e, n->body, n->behind);
  emit2(e, SIX_RE_NOT_LOOK_END, r);
  patch(e, after);
}

static void emit(struct emitter *e, const struct re_node *n, bool back) {
  switch (n->kind) {
    case RE_CHAR:
    case RE_ANY:
    case RE_CLASS: emit_single(e, n, back); break;
    case RE_SEQUENCE: emit_sequence(e, n, back); break;
    case RE_CHOICE: emit_choice(e, n, back); break;
    case RE_GROUP:
      emit2(e, SIX_RE_SAVE, 2 * n->c + back);
      emit(e, n->body, back);
      emit2(e, SIX_RE_SAVE, 2 * n->c + !back);
      break;
    case RE_LOOK: emit_look(e, n); break;
    case RE_BACKREFERENCE: emit2(e, SIX_RE_BACKREFERENCE | (back ? SIX_RE_BACK : 0), n->c); break;
    case RE_ASSERTION: emit1(e, n->c); break;
    case RE_REPEAT: emit_repeat(e, n, back); break;
    default: break;
  }
}

// ---- Where a match can begin

struct first {
  uint32_t bits[8];
  bool other, unknown;
};

static void add_first(struct first *f, uint32_t c) {
  if (c < 256) f->bits[c / 32] |= 1u << (c % 32);
  else f->other = true;
}

static void first_of_char(const struct emitter *e, uint32_t c, struct first *f) {
  if (!e->fold) {
    add_first(f, c);
    return;
  }
  uint32_t canonical = six_unicode_canonicalize(c, e->p->unicode);
  for (uint32_t i = 0; i < 256; i++) {
    if (six_unicode_canonicalize(i, e->p->unicode) == canonical) add_first(f, i);
  }
  f->other = true;
}

static void first_of_class(const struct emitter *e, const struct re_node *n, struct first *f) {
  struct re_set set = n->set;
  if (e->fold) re_set_fold(e->p, &set);
  else re_set_normalize(&set);
  for (uint32_t i = 0; i < 256; i++) {
    uint32_t c = e->fold ? six_unicode_canonicalize(i, e->p->unicode) : i;
    if (re_set_has(&set, c) != n->invert) add_first(f, i);
  }
  if (e->fold || n->invert || (set.count && set.pairs[2 * set.count - 1] > 255)) f->other = true;
}

// Adds what the node can begin with; whether it may match without reading.
static bool first_of(const struct emitter *e, const struct re_node *n, struct first *f) {
  bool nullable = true;
  switch (n->kind) {
    case RE_CHAR: first_of_char(e, n->c, f); return false;
    case RE_CLASS: first_of_class(e, n, f); return false;
    case RE_ANY: f->unknown = true; return false;
    case RE_GROUP: return first_of(e, n->body, f);
    case RE_SEQUENCE:
      for (const struct re_node *c = n->body; c && nullable; c = c->next) nullable = first_of(e, c, f);
      return nullable;
    case RE_CHOICE:
      nullable = false;
      for (const struct re_node *c = n->body; c; c = c->next) nullable = first_of(e, c, f) || nullable;
      return nullable;
    case RE_REPEAT:
      if (n->max == 0) return true;
      nullable = first_of(e, n->body, f);
      return nullable || n->min == 0;
    case RE_BACKREFERENCE: f->unknown = true; return true;
    default: return true;
  }
}

static bool is_anchored(const struct re_node *n) {
  switch (n->kind) {
    case RE_ASSERTION: return n->c == SIX_RE_TEXT_START;
    case RE_GROUP: return is_anchored(n->body);
    case RE_SEQUENCE: return n->body && is_anchored(n->body);
    case RE_CHOICE:
      for (const struct re_node *c = n->body; c; c = c->next) {
        if (!is_anchored(c)) return false;
      }
      return true;
    default: return false;
  }
}

static void find_start(const struct emitter *e, struct six_regexp_code *code) {
  struct first f = {0};
  code->anchored = is_anchored(e->p->root);
  if (first_of(e, e->p->root, &f) || f.unknown) return;
  uint32_t count = 0;
  for (uint32_t i = 0; i < 256; i++) {
    if (!(f.bits[i / 32] >> (i % 32) & 1)) continue;
    count++;
    code->first_unit = i;
  }
  code->first_valid = count == 1 && !f.other ? 2 : 1;
  code->first_other = f.other;
  memcpy(code->first, f.bits, sizeof f.bits);
}

// ---- The whole

static struct six_regexp_code *assemble(struct emitter *e, size_t *bytes) {
  const struct re_pattern *p = e->p;
  uint32_t name_units = 0;
  for (uint32_t i = 0; i < p->name_count; i++) name_units += p->names[i].length;
  size_t words = e->program.count + e->classes.count + 3 * p->name_count + (name_units + 1) / 2;
  *bytes = sizeof(struct six_regexp_code) + words * sizeof(uint32_t);
  struct six_regexp_code *code = calloc(1, *bytes);
  if (!code) abort();
  code->flags = p->flags;
  code->group_count = p->group_count;
  code->register_count = e->registers;
  code->name_count = p->name_count;
  code->words = e->program.count;
  code->class_words = e->classes.count;
  code->name_units = name_units;
  uint32_t *to = code->data;
  memcpy(to, e->program.items, e->program.count * sizeof *to);
  to += e->program.count;
  if (e->classes.count) memcpy(to, e->classes.items, e->classes.count * sizeof *to);
  to += e->classes.count;
  uint16_t *units = (uint16_t *)(to + 3 * p->name_count);
  uint32_t offset = 0;
  for (uint32_t i = 0; i < p->name_count; i++, to += 3) {
    memcpy(units + offset, p->names[i].units, p->names[i].length * sizeof *units);
    to[0] = p->names[i].group;
    to[1] = offset;
    to[2] = p->names[i].length;
    offset += p->names[i].length;
  }
  find_start(e, code);
  return code;
}

int six_regexp_flags(const uint16_t *flags, uint32_t length) {
  static const char letters[] = "dgimsuvy";  // in the order of the bits, but y and the unicode ones
  static const int bits[] = {SIX_RE_HAS_INDICES, SIX_RE_GLOBAL,  SIX_RE_IGNORE_CASE,  SIX_RE_MULTILINE,
                             SIX_RE_DOT_ALL,     SIX_RE_UNICODE, SIX_RE_UNICODE_SETS, SIX_RE_STICKY};
  int all = 0;
  for (uint32_t i = 0; i < length; i++) {
    const char *letter = flags[i] && flags[i] < 0x80 ? strchr(letters, flags[i]) : NULL;
    if (!letter || (all & bits[letter - letters])) return -1;
    all |= bits[letter - letters];
  }
  return (all & SIX_RE_UNICODE) && (all & SIX_RE_UNICODE_SETS) ? -1 : all;
}

struct six_regexp_code *six_regexp_compile(const uint16_t *pattern, uint32_t length, uint32_t flags, size_t *bytes, char message[256]) {
  struct re_pattern p = {.flags = flags};
  struct six_regexp_code *code = NULL;
  if (re_parse(&p, pattern, length, message)) {
    struct emitter e = {.p = &p, .fold = (flags & SIX_RE_IGNORE_CASE) != 0};
    emit(&e, p.root, false);
    emit1(&e, SIX_RE_MATCH);
    emit2(&e, SIX_RE_MATCH, 0);  // the matcher may look at the two words after a loop
    code = assemble(&e, bytes);
    free(e.program.items);
    free(e.classes.items);
  }
  six_arena_done(&p.arena);
  return code;
}

static void add_units(struct six_text *text, const uint16_t *units, uint32_t length) {
  for (uint32_t i = 0; i < length; i++) {
    uint32_t c = units[i];
    if ((c & 0xFC00) == 0xD800 && i + 1 < length && (units[i + 1] & 0xFC00) == 0xDC00) {
      c = 0x10000 + ((c - 0xD800) << 10) + ((uint32_t)units[++i] - 0xDC00);
    }
    six_text_add_code_point(text, c);
  }
}

bool six_regexp_check(const uint16_t *pattern, uint32_t length, const uint16_t *flags, uint32_t flags_length, char message[256]) {
  int bits = six_regexp_flags(flags, flags_length);
  if (bits < 0) {
    strcpy(message, "Invalid regular expression flags");
    return false;
  }
  struct re_pattern p = {.flags = (uint32_t)bits};
  char sentence[256];
  bool ok = re_parse(&p, pattern, length, sentence);
  six_arena_done(&p.arena);
  if (ok) return true;
  struct six_text text = {0};
  six_text_adds(&text, "Invalid regular expression: /");
  add_units(&text, pattern, length);
  six_text_adds(&text, "/");
  add_units(&text, flags, flags_length);
  six_text_addf(&text, ": %s", sentence);
  snprintf(message, 256, "%s", text.bytes);
  six_text_done(&text);
  return false;
}
