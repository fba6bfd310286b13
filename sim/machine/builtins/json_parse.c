// machine: reading JSON text. Containers under construction are on an explicit stack, so nesting may be deep.
#include <stdlib.h>

#include "sim/machine/builtins/json.h"

struct level {
  struct six_object *container;
  struct six_object *sources;  // of its members; NULL: not asked for
  six_key key;                 // of the member being read; SIX_EMPTY in arrays
};

struct reader {
  struct six_machine *m;
  struct six_string *text;
  uint32_t position, length;
  struct level *levels;
  size_t depth, capacity;
  bool done;  // the value is complete
  bool wants_sources;
  six_value sources;  // of the value that was read last
};

static inline int32_t peek(const struct reader *r) { return r->position < r->length ? six_string_unit(r->text, r->position) : -1; }

static void skip_space(struct reader *r) {
  while (r->position < r->length) {
    uint16_t c = six_string_unit(r->text, r->position);
    if (c != ' ' && c != '\n' && c != '\t' && c != '\r') return;
    r->position++;
  }
}

// ---- Errors, as V8 words them

// Where it failed, as V8 shows it above an error that nobody catches: the text's line and a caret.
static six_value noted(struct reader *r) {
  struct six_machine *m = r->m;
  if (m->stop) return SIX_EXCEPTION;
  uint32_t line = 1, start = 0, end = r->position;
  for (uint32_t i = 0; i < r->position && i < r->length; i++) {
    if (six_string_unit(r->text, i) != '\n') continue;
    line++;
    start = i + 1;
  }
  while (end < r->length && six_string_unit(r->text, end) != '\n') end++;
  struct six_text text = {0};
  six_text_addf(&text, "%s:%u\n", six_nameless_script(m), line);
  six_string_to_utf8(m, six_string_substring(m, r->text, start, end), &text);
  six_text_adds(&text, "\n");
  if (r->position < end) six_text_addf(&text, "%*s^\n", (int)(r->position - start), "");
  free(m->parse_place);
  m->parse_place = text.bytes;
  m->parse_error = m->exception;
  return SIX_EXCEPTION;
}

static six_value unexpected(struct reader *r);

static six_value fail_at(struct reader *r, const char *sentence) {
  int32_t wording = r->m->rules->cell[SIX_RULE_JSON_MESSAGES];
  if (wording == 0) return unexpected(r);
  struct six_text where = {0};
  if (wording > 1) {
    uint32_t line = 1, start = 0;
    for (uint32_t i = 0; i < r->position && i < r->length; i++) {
      if (six_string_unit(r->text, i) != '\n') continue;
      line++;
      start = i + 1;
    }
    six_text_addf(&where, " (line %u column %u)", line, r->position - start + 1);
  }
  six_throw_syntax(r->m, "%s %s JSON at position %u%s", sentence, r->done ? "after" : "in", r->position, where.length ? where.bytes : "");
  six_text_done(&where);
  return noted(r);
}

static bool is_special(struct six_machine *m, struct six_string *s) {
  return six_string_equals_ascii(m, s, "undefined") || six_string_equals_ascii(m, s, "NaN") || six_string_equals_ascii(m, s, "Infinity") ||
         six_string_equals_ascii(m, s, "[object Object]");
}

// V8 before 10.5
static six_value unexpected_plainly(struct reader *r, int32_t c) {
  if (c == '"') {
    six_throw_syntax(r->m, "Unexpected string in JSON at position %u", r->position);
  } else if (c == '-' || (c >= '0' && c <= '9')) {
    six_throw_syntax(r->m, "Unexpected number in JSON at position %u", r->position);
  } else {
    struct six_text token = {0};
    uint16_t unit = (uint16_t)c;
    six_string_to_utf8(r->m, six_string_utf16(r->m, &unit, 1), &token);
    six_throw_syntax(r->m, "Unexpected token %s in JSON at position %u", token.bytes ? token.bytes : "", r->position);
    six_text_done(&token);
  }
  return noted(r);
}

static six_value unexpected(struct reader *r) {
  enum { CONTEXT = 10 };
  int32_t c = peek(r);
  if (c < 0) {
    six_throw_syntax(r->m, "Unexpected end of JSON input");
    return noted(r);
  }
  if (r->m->rules->cell[SIX_RULE_JSON_MESSAGES] == 0) return unexpected_plainly(r, c);
  if (c == '"') return fail_at(r, "Unexpected string");
  if (c == '-' || (c >= '0' && c <= '9')) return fail_at(r, "Unexpected number");
  uint32_t from = 0, to = r->length, at = r->position;
  if (r->length > 2 * CONTEXT) {
    if (at >= CONTEXT) from = at - CONTEXT;
    if (at < r->length - CONTEXT) to = at + CONTEXT;
  }
  struct six_text token = {0}, context = {0};
  uint16_t unit = (uint16_t)c;
  six_string_to_utf8(r->m, six_string_utf16(r->m, &unit, 1), &token);
  six_string_to_utf8(r->m, six_string_substring(r->m, r->text, from, to), &context);
  if (is_special(r->m, r->text)) {
    six_throw_syntax(r->m, "\"%s\" is not valid JSON", context.bytes);
  } else {
    six_throw_syntax(r->m, "Unexpected token '%s', %s\"%s\"%s is not valid JSON", token.bytes ? token.bytes : "", from ? "..." : "",
                     context.bytes, to < r->length ? "..." : "");
  }
  noted(r);
  six_text_done(&token);
  six_text_done(&context);
  return SIX_EXCEPTION;
}

// ---- Strings

static int hex_value(int32_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// After the backslash. false with the exception set.
static bool read_escape(struct reader *r, struct six_builder *b) {
  int32_t c = peek(r);
  switch (c) {
    case '"':
    case '\\':
    case '/': six_builder_unit(r->m, b, (uint16_t)c); break;
    case 'b': six_builder_unit(r->m, b, '\b'); break;
    case 'f': six_builder_unit(r->m, b, '\f'); break;
    case 'n': six_builder_unit(r->m, b, '\n'); break;
    case 'r': six_builder_unit(r->m, b, '\r'); break;
    case 't': six_builder_unit(r->m, b, '\t'); break;
    case 'u': {
      uint32_t unit = 0;
      for (int i = 0; i < 4; i++) {
        r->position++;
        int digit = hex_value(peek(r));
        if (digit < 0) {
          fail_at(r, "Bad Unicode escape");
          return false;
        }
        unit = unit * 16 + (uint32_t)digit;
      }
      six_builder_unit(r->m, b, (uint16_t)unit);
      break;
    }
    case -1: unexpected(r); return false;
    default: fail_at(r, "Bad escaped character"); return false;
  }
  r->position++;
  return true;
}

// At the opening quote. The string's value, or SIX_EXCEPTION.
static six_value read_string(struct reader *r) {
  uint32_t start = ++r->position;
  for (;; r->position++) {
    int32_t c = peek(r);
    if (c == '"') return six_string_value(six_string_substring(r->m, r->text, start, r->position++));
    if (c == '\\' || c < 0x20) break;
  }
  struct six_builder b = {0};
  for (uint32_t i = start; i < r->position; i++) six_builder_unit(r->m, &b, six_string_unit(r->text, i));
  for (;;) {
    int32_t c = peek(r);
    if (c == '"') {
      r->position++;
      return six_builder_finish(r->m, &b);
    }
    if (c == '\\') {
      r->position++;
      if (!read_escape(r, &b)) break;
    } else if (c < 0) {
      fail_at(r, "Unterminated string");
      break;
    } else if (c < 0x20) {
      fail_at(r, "Bad control character in string literal");
      break;
    } else {
      six_builder_unit(r->m, &b, (uint16_t)c);
      r->position++;
    }
  }
  six_builder_done(r->m, &b);
  return SIX_EXCEPTION;
}

// ---- Numbers and words

static bool at_digit(const struct reader *r) {
  int32_t c = peek(r);
  return c >= '0' && c <= '9';
}

static six_value read_number(struct reader *r) {
  uint32_t start = r->position;
  bool negative = peek(r) == '-';
  if (negative) r->position++;
  if (!at_digit(r)) return fail_at(r, "No number after minus sign");
  if (peek(r) == '0') {
    r->position++;
    if (at_digit(r)) return fail_at(r, "Unexpected number");
  }
  int32_t integer = 0;
  uint32_t digits = r->position;
  while (at_digit(r)) {
    if (r->position - digits < 9) integer = integer * 10 + (peek(r) - '0');
    r->position++;
  }
  bool is_integer = r->position - digits <= 9;
  if (peek(r) == '.') {
    is_integer = false;
    r->position++;
    if (!at_digit(r)) return fail_at(r, "Unterminated fractional number");
    while (at_digit(r)) r->position++;
  }
  if (peek(r) == 'e' || peek(r) == 'E') {
    is_integer = false;
    r->position++;
    if (peek(r) == '+' || peek(r) == '-') r->position++;
    if (!at_digit(r)) return fail_at(r, "Exponent part is missing a number");
    while (at_digit(r)) r->position++;
  }
  if (is_integer) return negative && integer == 0 ? six_double(-0.0) : six_int(negative ? -integer : integer);
  return six_number(six_string_to_number(r->m, six_string_substring(r->m, r->text, start, r->position)));
}

static six_value read_word(struct reader *r, const char *word, six_value v) {
  for (; *word; word++, r->position++) {
    if (peek(r) != *word) return unexpected(r);
  }
  return v;
}

// ---- Values

static struct six_object *sources_like(struct reader *r, bool is_array) {
  if (!r->wants_sources) return NULL;
  struct six_object *o = is_array ? six_array_new(r->m, 4) : six_object_new(r->m, NULL);
  r->sources = six_object_value(o);
  return o;
}

static void push(struct reader *r, struct six_object *container, six_key key) {
  if (r->depth == r->capacity) {
    r->capacity = r->capacity ? r->capacity * 2 : 16;
    r->levels = realloc(r->levels, r->capacity * sizeof *r->levels);
    if (!r->levels) abort();
  }
  r->levels[r->depth++] = (struct level){container, sources_like(r, key == SIX_EMPTY), key};
}

// A member's name and colon; `first` allows nothing else than a name or '}'.
static bool read_name(struct reader *r, six_key *key, bool first) {
  if (peek(r) != '"') {
    fail_at(r, first ? "Expected property name or '}'" : "Expected double-quoted property name");
    return false;
  }
  six_value name = read_string(r);
  if (six_is_exception(name)) return false;
  *key = six_key_of_string(r->m, six_as_string(name));
  skip_space(r);
  if (peek(r) != ':') {
    if (first || r->m->rules->cell[SIX_RULE_JSON_MESSAGES] > 2) fail_at(r, "Expected ':' after property name");
    else unexpected(r);
    return false;
  }
  r->position++;
  return true;
}

static six_value begin_value(struct reader *r);

// The same as begin_value, with the sources of a primitive.
static six_value begin_noted(struct reader *r) {
  skip_space(r);
  uint32_t start = r->position;
  six_value v = begin_value(r);
  if (!r->wants_sources || six_is_exception(v) || v == SIX_EMPTY || six_is_object(v)) return v;
  six_value pair[2] = {v, six_string_value(six_string_substring(r->m, r->text, start, r->position))};
  r->sources = six_object_value(six_array_from(r->m, pair, 2));
  return v;
}

// The value that begins here. An opened non-empty container is pushed and SIX_EMPTY returned.
static six_value begin_value(struct reader *r) {
  skip_space(r);
  int32_t c = peek(r);
  switch (c) {
    case '{': {
      struct six_object *o = six_object_new(r->m, six_intrinsic(r->m, SIX_I_ObjectPrototype));
      r->position++;
      skip_space(r);
      if (peek(r) == '}') {
        r->position++;
        sources_like(r, false);
        return six_object_value(o);
      }
      six_key key;
      if (!read_name(r, &key, true)) return SIX_EXCEPTION;
      push(r, o, key);
      return SIX_EMPTY;
    }
    case '[': {
      struct six_object *array = six_array_new(r->m, 4);
      r->position++;
      skip_space(r);
      if (peek(r) == ']') {
        r->position++;
        sources_like(r, true);
        return six_object_value(array);
      }
      push(r, array, SIX_EMPTY);
      return SIX_EMPTY;
    }
    case '"': return read_string(r);
    case 't': return read_word(r, "true", SIX_TRUE);
    case 'f': return read_word(r, "false", SIX_FALSE);
    case 'n': return read_word(r, "null", SIX_NULL);
    default: break;
  }
  if (c == '-' || (c >= '0' && c <= '9')) return read_number(r);
  return unexpected(r);
}

// Adds a finished value to the innermost container. SIX_EMPTY while it goes on, else the container itself.
static six_value add_value(struct reader *r, six_value v) {
  struct level *level = &r->levels[r->depth - 1];
  bool is_array = level->key == SIX_EMPTY;
  if (is_array) six_array_push(r->m, level->container, v);
  else six_define(r->m, level->container, level->key, v, SIX_DATA_ALL);
  if (level->sources) {
    if (is_array) six_array_push(r->m, level->sources, r->sources);
    else six_define(r->m, level->sources, level->key, r->sources, SIX_DATA_ALL);
    r->sources = six_object_value(level->sources);
  }
  skip_space(r);
  int32_t c = peek(r);
  if (c == ',') {
    r->position++;
    if (is_array) return SIX_EMPTY;
    skip_space(r);
    return read_name(r, &level->key, false) ? SIX_EMPTY : SIX_EXCEPTION;
  }
  if (c != (is_array ? ']' : '}')) {
    return fail_at(r, is_array ? "Expected ',' or ']' after array element" : "Expected ',' or '}' after property value");
  }
  r->position++;
  r->depth--;
  return six_object_value(level->container);
}

static six_value read_all(struct reader *r) {
  six_value v = begin_noted(r);
  while (!six_is_exception(v) && (v == SIX_EMPTY || r->depth)) v = v == SIX_EMPTY ? begin_noted(r) : add_value(r, v);
  if (six_is_exception(v)) return v;
  skip_space(r);
  r->done = true;
  return r->position < r->length ? fail_at(r, "Unexpected non-whitespace character") : v;
}

six_value six_json_parse(struct six_machine *m, struct six_string *text) {
  struct reader r = {.m = m, .text = text, .length = text->length};
  six_value v = read_all(&r);
  free(r.levels);
  return v;
}

six_value six_json_parse_with_sources(struct six_machine *m, struct six_string *text, six_value *sources) {
  struct reader r = {.m = m, .text = text, .length = text->length, .wants_sources = true, .sources = SIX_UNDEFINED};
  six_value v = read_all(&r);
  free(r.levels);
  *sources = r.sources;
  six_root(m, r.sources);
  return v;
}
