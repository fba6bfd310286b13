// machine: the matcher. Backtracks on an explicit stack; captures and registers are undone from the same stack.
#include <stdlib.h>

#include "sim/machine/machine.h"
#include "sim/machine/regexp.h"
#include "sim/machine/regexp_ops.h"
#include "sim/machine/unicode.h"

enum entry_kind { CHOICE, UNDO_CAPTURE, UNDO_REGISTER, STAR_GREEDY, STAR_LAZY };

struct entry {
  uint32_t kind;
  uint32_t a;  // CHOICE: pc; UNDO: index; STAR: pc of the instruction
  int32_t b;   // CHOICE: position; UNDO: old value; STAR: the least (or most, backwards) position
  int32_t c;   // STAR: current position; lazy: repetitions left
};

// The stack's limit: 64 MB of entries.
enum { ENTRY_LIMIT = 4 << 20, STEPS_PER_FUEL = 16 };

struct matcher {
  struct six_machine *m;
  const struct six_regexp_code *code;
  const uint32_t *program, *classes;
  const uint8_t *latin1;
  const uint16_t *units;
  int32_t length;
  bool unicode, fold;
  int32_t *captures, *registers;
  struct entry *stack;
  uint32_t depth, capacity;
  uint32_t steps;
  bool overflow;
};

#define INLINE static inline __attribute__((always_inline))

INLINE uint32_t unit_at(const struct matcher *k, int32_t i, const bool wide) { return wide ? k->units[i] : k->latin1[i]; }

// The character at `*position` (before it, backwards) and the position past it. Call only inside the text.
INLINE uint32_t read_char(const struct matcher *k, int32_t *position, const bool back, const bool wide) {
  if (!back) {
    uint32_t c = unit_at(k, (*position)++, wide);
    if (wide && k->unicode && (c & 0xFC00) == 0xD800 && *position < k->length) {
      uint32_t low = unit_at(k, *position, wide);
      if ((low & 0xFC00) == 0xDC00) {
        ++*position;
        return 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
      }
    }
    return c;
  }
  uint32_t c = unit_at(k, --*position, wide);
  if (wide && k->unicode && (c & 0xFC00) == 0xDC00 && *position > 0) {
    uint32_t high = unit_at(k, *position - 1, wide);
    if ((high & 0xFC00) == 0xD800) {
      --*position;
      return 0x10000 + ((high - 0xD800) << 10) + (c - 0xDC00);
    }
  }
  return c;
}

static bool is_line_end(uint32_t c) { return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029; }

static bool in_class(const struct matcher *k, uint32_t offset, uint32_t c) {
  const uint32_t *class_ = k->classes + offset;
  if (k->fold) c = six_unicode_canonicalize(c, k->unicode);
  bool in = false;
  if (c < 256) {
    in = class_[SIX_RE_CLASS_BITMAP + c / 32] >> (c % 32) & 1;
  } else {
    const uint32_t *pairs = class_ + SIX_RE_CLASS_PAIRS;
    uint32_t low = 0, high = class_[SIX_RE_CLASS_COUNT];
    while (low < high) {
      uint32_t middle = (low + high) / 2;
      if (c < pairs[2 * middle]) high = middle;
      else if (c > pairs[2 * middle + 1]) low = middle + 1;
      else {
        in = true;
        break;
      }
    }
  }
  return in != (class_[SIX_RE_CLASS_INVERTED] != 0);
}

// Runs the one-character instruction at pc. The new position, or -1.
INLINE int32_t match_one(const struct matcher *k, uint32_t pc, int32_t position, const bool wide) {
  uint32_t op = k->program[pc], operand = k->program[pc + 1];
  bool back = (op & SIX_RE_BACK) != 0;
  if (back ? position <= 0 : position >= k->length) return -1;
  switch (op & 0xFF) {
    case SIX_RE_CHAR:
      if (back) return unit_at(k, position - 1, wide) == operand ? position - 1 : -1;
      return unit_at(k, position, wide) == operand ? position + 1 : -1;
    case SIX_RE_CHAR_FOLD: {
      uint32_t c = read_char(k, &position, back, wide);
      return c == operand || six_unicode_canonicalize(c, k->unicode) == operand ? position : -1;
    }
    case SIX_RE_ANY: return is_line_end(read_char(k, &position, back, wide)) ? -1 : position;
    case SIX_RE_ALL: read_char(k, &position, back, wide); return position;
    default: return in_class(k, operand, read_char(k, &position, back, wide)) ? position : -1;
  }
}

static bool grow(struct matcher *k) {
  if (k->capacity >= ENTRY_LIMIT) {
    k->overflow = true;
    return false;
  }
  k->capacity = k->capacity ? k->capacity * 2 : 256;
  k->stack = realloc(k->stack, k->capacity * sizeof *k->stack);
  if (!k->stack) abort();
  return true;
}

INLINE bool push(struct matcher *k, uint32_t kind, uint32_t a, int32_t b, int32_t c) {
  if (k->depth == k->capacity && !grow(k)) return false;
  k->stack[k->depth++] = (struct entry){kind, a, b, c};
  return true;
}

INLINE bool save(struct matcher *k, uint32_t slot, int32_t value) {
  if (k->captures[slot] == value) return true;
  if (!push(k, UNDO_CAPTURE, slot, k->captures[slot], 0)) return false;
  k->captures[slot] = value;
  return true;
}

INLINE bool set_register(struct matcher *k, uint32_t r, int32_t value) {
  if (!push(k, UNDO_REGISTER, r, k->registers[r], 0)) return false;
  k->registers[r] = value;
  return true;
}

static void undo(struct matcher *k, const struct entry *e) {
  if (e->kind == UNDO_CAPTURE) k->captures[e->a] = e->b;
  else if (e->kind == UNDO_REGISTER) k->registers[e->a] = e->b;
}

// A lookaround succeeded: its choices are forgotten, its undoing stays.
static void commit(struct matcher *k, uint32_t height) {
  uint32_t out = height;
  for (uint32_t i = height; i < k->depth; i++) {
    if (k->stack[i].kind == UNDO_CAPTURE || k->stack[i].kind == UNDO_REGISTER) k->stack[out++] = k->stack[i];
  }
  k->depth = out;
}

static void unwind(struct matcher *k, uint32_t height) {
  while (k->depth > height) undo(k, &k->stack[--k->depth]);
}

INLINE bool is_word(const struct matcher *k, int32_t i, const bool wide) {
  if (i < 0 || i >= k->length) return false;
  uint32_t c = unit_at(k, i, wide);
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_') return true;
  return k->fold && k->unicode && (c == 0x17F || c == 0x212A);
}

// The position past the text of a group, or -1. A group that has not matched is empty.
static int32_t match_group(const struct matcher *k, uint32_t group, int32_t position, bool back, bool wide) {
  int32_t from = k->captures[2 * group], to = k->captures[2 * group + 1];
  if (from < 0 || to < 0) return position;
  int32_t n = to - from;
  if (back ? position < n : k->length - position < n) return -1;
  int32_t at = back ? position - n : position;
  if (!k->fold) {
    for (int32_t i = 0; i < n; i++) {
      if (unit_at(k, from + i, wide) != unit_at(k, at + i, wide)) return -1;
    }
  } else {
    int32_t i = from, j = at;
    while (i < to) {
      if (j >= at + n) return -1;
      uint32_t x = read_char(k, &i, false, wide), y = read_char(k, &j, false, wide);
      if (x != y && six_unicode_canonicalize(x, k->unicode) != six_unicode_canonicalize(y, k->unicode)) return -1;
    }
  }
  return back ? at : at + n;
}

// Counts a step; false when the run is being stopped.
INLINE bool step(struct matcher *k) {
  if (++k->steps % STEPS_PER_FUEL || !k->m) return true;
  six_effort(k->m, 60);  // a step of ours takes longer than one of V8's
  if (--k->m->fuel > 0) return k->m->stop == SIX_STOP_NONE;
  k->m->host->out_of_fuel(k->m);
  return k->m->stop == SIX_STOP_NONE;
}

// Goes back to the last choice. Returns its pc and position; SIX_RE_NONE when there is none.
INLINE uint32_t backtrack(struct matcher *k, int32_t *position, const bool wide) {
  while (k->depth) {
    struct entry *e = &k->stack[k->depth - 1];
    switch (e->kind) {
      case CHOICE:
        *position = e->b;
        k->depth--;
        return e->a;
      case STAR_GREEDY: {
        uint32_t next = e->a + 6;
        bool back = (k->program[e->a + 4] & SIX_RE_BACK) != 0;
        read_char(k, &e->c, !back, wide);
        if (k->program[next] == SIX_RE_CHAR && !back) {
          // The next character is known: skip the places where it is not.
          uint32_t wanted = k->program[next + 1];
          while (e->c > e->b && (e->c >= k->length || unit_at(k, e->c, wide) != wanted)) read_char(k, &e->c, true, wide);
        }
        *position = e->c;
        if (e->c == e->b) k->depth--;
        return next;
      }
      case STAR_LAZY: {
        int32_t to = match_one(k, e->a + 4, e->b, wide);
        if (to < 0) {
          k->depth--;
          continue;
        }
        *position = e->b = to;
        uint32_t next = e->a + 6;
        if (--e->c == 0) k->depth--;
        return next;
      }
      default:
        undo(k, e);
        k->depth--;
        break;
    }
  }
  return SIX_RE_NONE;
}

// Repeats the one-character instruction at pc + 4. The new position, or -1.
INLINE int32_t star(struct matcher *k, uint32_t pc, int32_t position, const bool wide) {
  uint32_t min = k->program[pc + 1], max = k->program[pc + 2], lazy = k->program[pc + 3], body = pc + 4, count = 0;
  for (; count < min; count++) {
    position = match_one(k, body, position, wide);
    if (position < 0) return -1;
  }
  if (lazy) {
    if (max > min && !push(k, STAR_LAZY, pc, position, max == SIX_RE_INFINITY ? INT32_MAX : (int32_t)(max - min))) return -1;
    return position;
  }
  int32_t least = position;
  for (; count < max; count++) {
    int32_t to = match_one(k, body, position, wide);
    if (to < 0) break;
    position = to;
  }
  k->steps += (count - min) / 8;
  if (position != least && !push(k, STAR_GREEDY, pc, least, position)) return -1;
  return position;
}

// Matches at `position`: 1, 0, -1 stopped, -2 overflow.
INLINE int run(struct matcher *k, int32_t position, const bool wide) {
  const uint32_t *program = k->program;
  uint32_t pc = 0;
  k->depth = 0;
  for (;;) {
    uint32_t op = program[pc];
    bool ok = true;
    switch (op & 0xFF) {
      case SIX_RE_MATCH: k->captures[1] = position; return 1;
      case SIX_RE_CHAR:
        if (op == SIX_RE_CHAR) {
          ok = position < k->length && unit_at(k, position, wide) == program[pc + 1];
          position++;
          pc += 2;
          break;
        }
        __attribute__((fallthrough));
      case SIX_RE_CHAR_FOLD:
      case SIX_RE_ANY:
      case SIX_RE_ALL:
      case SIX_RE_CLASS: {
        int32_t to = match_one(k, pc, position, wide);
        ok = to >= 0;
        position = to;
        pc += 2;
        break;
      }
      case SIX_RE_JUMP: pc = program[pc + 1]; break;
      case SIX_RE_SPLIT:
        ok = push(k, CHOICE, program[pc + 1], position, 0);
        pc += 2;
        break;
      case SIX_RE_SPLIT_LAZY:
        ok = push(k, CHOICE, pc + 2, position, 0);
        pc = program[pc + 1];
        break;
      case SIX_RE_SAVE:
        ok = save(k, program[pc + 1], position);
        pc += 2;
        break;
      case SIX_RE_RESET:
        for (uint32_t g = program[pc + 1]; g <= program[pc + 2] && ok; g++) ok = save(k, 2 * g, -1) && save(k, 2 * g + 1, -1);
        pc += 3;
        break;
      case SIX_RE_ZERO:
        ok = set_register(k, program[pc + 1], 0);
        pc += 2;
        break;
      case SIX_RE_INCREMENT:
        ok = set_register(k, program[pc + 1], k->registers[program[pc + 1]] + 1);
        pc += 2;
        break;
      case SIX_RE_REPEAT: {
        uint32_t count = (uint32_t)k->registers[program[pc + 1]];
        if (count < program[pc + 2]) {
          pc += 6;
        } else if (count >= program[pc + 3]) {
          pc = program[pc + 5];
        } else if (program[pc + 4]) {
          ok = push(k, CHOICE, pc + 6, position, 0);
          pc = program[pc + 5];
        } else {
          ok = push(k, CHOICE, program[pc + 5], position, 0);
          pc += 6;
        }
        break;
      }
      case SIX_RE_MARK:
        ok = set_register(k, program[pc + 1], position);
        pc += 2;
        break;
      case SIX_RE_ADVANCED:
        ok = position != k->registers[program[pc + 1]] ||
             (program[pc + 2] != SIX_RE_NONE && (uint32_t)k->registers[program[pc + 2]] < program[pc + 3]);
        pc += 4;
        break;
      case SIX_RE_STAR: {
        int32_t to = star(k, pc, position, wide);
        ok = to >= 0;
        position = to;
        pc += 6;
        break;
      }
      case SIX_RE_LOOK:
        k->registers[program[pc + 1]] = (int32_t)k->depth;
        k->registers[program[pc + 1] + 1] = position;
        pc += 2;
        break;
      case SIX_RE_LOOK_END:
        commit(k, (uint32_t)k->registers[program[pc + 1]]);
        position = k->registers[program[pc + 1] + 1];
        pc += 2;
        break;
      case SIX_RE_NOT_LOOK:
        k->registers[program[pc + 1]] = (int32_t)k->depth;
        ok = push(k, CHOICE, program[pc + 2], position, 0);
        pc += 3;
        break;
      case SIX_RE_NOT_LOOK_END:
        unwind(k, (uint32_t)k->registers[program[pc + 1]]);
        ok = false;
        break;
      case SIX_RE_BACKREFERENCE: {
        int32_t to = match_group(k, program[pc + 1], position, (op & SIX_RE_BACK) != 0, wide);
        ok = to >= 0;
        position = to;
        pc += 2;
        break;
      }
      case SIX_RE_LINE_START:
        ok = position == 0 || is_line_end(unit_at(k, position - 1, wide));
        pc++;
        break;
      case SIX_RE_LINE_END:
        ok = position == k->length || is_line_end(unit_at(k, position, wide));
        pc++;
        break;
      case SIX_RE_TEXT_START:
        ok = position == 0;
        pc++;
        break;
      case SIX_RE_TEXT_END:
        ok = position == k->length;
        pc++;
        break;
      case SIX_RE_BOUNDARY:
      case SIX_RE_NOT_BOUNDARY:
        ok = (is_word(k, position - 1, wide) != is_word(k, position, wide)) == ((op & 0xFF) == SIX_RE_BOUNDARY);
        pc++;
        break;
      default: ok = false; break;
    }
    if (__builtin_expect(ok, 1)) continue;
    if (k->overflow) return -2;
    if (!step(k)) return -1;
    pc = backtrack(k, &position, wide);
    if (pc == SIX_RE_NONE) return 0;
  }
}

// The next place at or after `i` where a match may begin; past the length when there is none.
INLINE int32_t next_candidate(const struct matcher *k, int32_t i, const bool wide) {
  const struct six_regexp_code *code = k->code;
  if (code->first_valid == 2) {
    if (!wide) {
      if (i >= k->length || code->first_unit > 255) return k->length + 1;
      const uint8_t *found = memchr(k->latin1 + i, (int)code->first_unit, (size_t)(k->length - i));
      return found ? (int32_t)(found - k->latin1) : k->length + 1;
    }
    while (i < k->length && k->units[i] != code->first_unit) i++;
    return i < k->length ? i : k->length + 1;
  }
  if (code->first_valid == 1) {
    for (; i < k->length; i++) {
      uint32_t c = unit_at(k, i, wide);
      if (c < 256 ? code->first[c / 32] >> (c % 32) & 1 : code->first_other) return i;
    }
    return k->length + 1;
  }
  return i;
}

INLINE int search(struct matcher *k, int32_t start, bool sticky, const bool wide) {
  for (int32_t i = start; i <= k->length; i++) {
    if (!sticky) {
      i = next_candidate(k, i, wide);
      if (i > k->length) return 0;
      // Between the halves of a pair no match begins.
      if (wide && k->unicode && i > start && i < k->length && (k->units[i] & 0xFC00) == 0xDC00 && (k->units[i - 1] & 0xFC00) == 0xD800)
        continue;
    }
    for (uint32_t c = 0; c < 2 * k->code->group_count; c++) k->captures[c] = -1;
    k->captures[0] = i;
    int found = run(k, i, wide);
    if (found) return found;
    if (sticky || (k->code->anchored && i >= 0)) return 0;
    if (!step(k)) return -1;
  }
  return 0;
}

static int search_latin1(struct matcher *k, int32_t start, bool sticky) { return search(k, start, sticky, false); }
static int search_wide(struct matcher *k, int32_t start, bool sticky) { return search(k, start, sticky, true); }

int six_regexp_run(struct six_machine *m, const struct six_regexp_code *code, const void *text, bool wide, uint32_t length, uint32_t start,
                   int32_t *captures) {
  int32_t registers[32];
  struct matcher k = {
      .m = m,
      .code = code,
      .program = code->data,
      .classes = code->data + code->words,
      .latin1 = text,
      .units = text,
      .length = (int32_t)length,
      .unicode = (code->flags & (SIX_RE_UNICODE | SIX_RE_UNICODE_SETS)) != 0,
      .fold = (code->flags & SIX_RE_IGNORE_CASE) != 0,
      .captures = captures,
      .registers = code->register_count <= 32 ? registers : malloc(code->register_count * sizeof *registers),
  };
  if (!k.registers) abort();
  memset(k.registers, 0, code->register_count * sizeof *registers);
  bool sticky = (code->flags & SIX_RE_STICKY) != 0;
  if (code->anchored && start > 0) sticky = true;
  int found = wide ? search_wide(&k, (int32_t)start, sticky) : search_latin1(&k, (int32_t)start, sticky);
  free(k.stack);
  if (k.registers != registers) free(k.registers);
  return found;
}
