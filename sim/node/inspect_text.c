// node: pieces of text for util.inspect: building, escaping, numbers, colours.
#include "sim/node/inspect_parts.h"

#include <stdio.h>

#include "sim/machine/bigint.h"

uint32_t six_utf16_units(const char *bytes, size_t length) {
  uint32_t units = 0;
  for (size_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)bytes[i];
    if ((c & 0xC0) != 0x80) units += c >= 0xF0 ? 2u : 1u;
  }
  return units;
}

static struct six_piece piece_of(const char *bytes, size_t length) {
  return (struct six_piece){bytes, (uint32_t)length, six_utf16_units(bytes, length)};
}

struct six_piece six_piece_ascii(const char *ascii) {
  uint32_t length = (uint32_t)strlen(ascii);
  return (struct six_piece){ascii, length, length};
}

void six_buf_add(struct six_inspector *ctx, struct six_buf *b, const char *bytes, size_t length) {
  if (b->length + length + 1 > b->capacity) {
    size_t capacity = b->capacity ? (size_t)b->capacity * 2 : 64;
    while (capacity < b->length + length + 1) capacity *= 2;
    char *grown = six_arena_alloc(&ctx->arena, capacity);
    if (b->length) memcpy(grown, b->bytes, b->length);
    b->bytes = grown;
    b->capacity = (uint32_t)capacity;
  }
  if (length) memcpy(b->bytes + b->length, bytes, length);
  b->length += (uint32_t)length;
}

void six_buf_adds(struct six_inspector *ctx, struct six_buf *b, const char *s) { six_buf_add(ctx, b, s, strlen(s)); }

void six_buf_piece_add(struct six_inspector *ctx, struct six_buf *b, struct six_piece p) { six_buf_add(ctx, b, p.bytes, p.length); }

void six_buf_repeat(struct six_inspector *ctx, struct six_buf *b, char c, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) six_buf_add(ctx, b, &c, 1);
}

struct six_piece six_buf_piece(struct six_buf *b) {
  return b->bytes ? piece_of(b->bytes, b->length) : six_piece_ascii("");
}

struct six_piece six_piecef(struct six_inspector *ctx, const char *format, ...) {
  char small[512];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(small, sizeof small, format, arguments);
  va_end(arguments);
  size_t size = length < 0 ? 0 : (size_t)length < sizeof small ? (size_t)length : sizeof small - 1;
  return piece_of(six_arena_copy(&ctx->arena, small, size), size);
}

struct six_piece six_piece_join(struct six_inspector *ctx, uint32_t count, const struct six_piece *parts) {
  struct six_buf b = {0};
  for (uint32_t i = 0; i < count; i++) six_buf_piece_add(ctx, &b, parts[i]);
  return six_buf_piece(&b);
}

// Encodes units [start, end) as UTF-8; lone surrogates keep their three bytes.
static size_t encode(const struct six_string *s, uint32_t start, uint32_t end, char *out) {
  size_t n = 0;
  for (uint32_t i = start; i < end; i++) {
    uint32_t c = six_string_unit(s, i);
    if (c >= 0xD800 && c <= 0xDBFF && i + 1 < end) {
      uint32_t low = six_string_unit(s, i + 1);
      if (low >= 0xDC00 && low <= 0xDFFF) {
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        i++;
      }
    }
    if (c < 0x80) {
      out[n++] = (char)c;
    } else if (c < 0x800) {
      out[n++] = (char)(0xC0 | (c >> 6));
      out[n++] = (char)(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      out[n++] = (char)(0xE0 | (c >> 12));
      out[n++] = (char)(0x80 | ((c >> 6) & 0x3F));
      out[n++] = (char)(0x80 | (c & 0x3F));
    } else {
      out[n++] = (char)(0xF0 | (c >> 18));
      out[n++] = (char)(0x80 | ((c >> 12) & 0x3F));
      out[n++] = (char)(0x80 | ((c >> 6) & 0x3F));
      out[n++] = (char)(0x80 | (c & 0x3F));
    }
  }
  return n;
}

void six_add_string(struct six_machine *m, struct six_string *s, struct six_text *out) {
  s = six_string_flat(m, s);
  if (!six_string_is_wide(s)) {
    const uint8_t *text = s->u.latin1;
    uint32_t plain = 0;
    while (plain < s->length && text[plain] < 0x80) plain++;
    six_text_add(out, (const char *)text, plain);
    for (uint32_t i = plain; i < s->length; i++) six_text_add_code_point(out, text[i]);
    return;
  }
  char chunk[3 * 256 + 8];
  for (uint32_t i = 0; i < s->length;) {
    uint32_t end = i + 256 < s->length ? i + 256 : s->length;
    // A pair must not be parted.
    if (end < s->length && six_string_unit(s, end - 1) >= 0xD800 && six_string_unit(s, end - 1) <= 0xDBFF) end--;
    six_text_add(out, chunk, encode(s, i, end, chunk));
    i = end;
  }
}

six_value six_string_from_wtf8(struct six_machine *m, const char *bytes, size_t length) {
  bool lone = false;
  for (size_t i = 0; i + 1 < length && !lone; i++) lone = bytes[i] == '\xED' && (unsigned char)bytes[i + 1] >= 0xA0;
  if (!lone) return six_string_value(six_string_utf8(m, bytes, length));
  struct six_builder b = {0};
  for (size_t i = 0; i < length;) {
    if (bytes[i] == '\xED' && i + 2 < length && (unsigned char)bytes[i + 1] >= 0xA0) {
      six_builder_unit(m, &b, (uint16_t)(0xD000 | ((unsigned)(bytes[i + 1] & 0x3F) << 6) | (unsigned)(bytes[i + 2] & 0x3F)));
      i += 3;
      continue;
    }
    uint32_t c;
    i += six_utf8_decode(bytes + i, length - i, &c);
    six_builder_code_point(m, &b, c);
  }
  return six_builder_finish(m, &b);
}

struct six_piece six_piece_string(struct six_inspector *ctx, struct six_string *s) {
  s = six_string_flat(ctx->m, s);
  char *bytes = six_arena_alloc(&ctx->arena, (size_t)s->length * 3 + 1);
  return (struct six_piece){bytes, (uint32_t)encode(s, 0, s->length, bytes), s->length};
}

bool six_piece_equals(struct six_piece p, const char *ascii) { return p.length == strlen(ascii) && !memcmp(p.bytes, ascii, p.length); }

bool six_piece_same(struct six_piece a, struct six_piece b) { return a.length == b.length && !memcmp(a.bytes, b.bytes, a.length); }

int64_t six_piece_find(struct six_piece in, struct six_piece what, uint32_t from) {
  if (from > in.length) return -1;
  if (!what.length) return from;
  const char *found = memmem(in.bytes + from, in.length - from, what.bytes, what.length);
  return found ? found - in.bytes : -1;
}

struct six_piece six_piece_slice(struct six_piece p, uint32_t start, uint32_t end) {
  if (end > p.length) end = p.length;
  if (start > end) start = end;
  return piece_of(p.bytes + start, end - start);
}

bool six_piece_has(struct six_piece p, char c) { return p.length && memchr(p.bytes, c, p.length) != NULL; }

void six_pieces_push(struct six_inspector *ctx, struct six_pieces *list, struct six_piece p) {
  if (list->count == list->capacity) {
    uint32_t capacity = list->capacity ? list->capacity * 2 : 8;
    struct six_piece *items = six_arena_alloc(&ctx->arena, capacity * sizeof *items);
    if (list->count) memcpy(items, list->items, list->count * sizeof *items);
    list->items = items;
    list->capacity = capacity;
  }
  list->items[list->count++] = p;
}

struct six_piece six_stylize(struct six_inspector *ctx, struct six_piece p, enum six_style style) {
  static const uint8_t codes[][2] = {
      [SIX_STYLE_SPECIAL] = {36, 39},   [SIX_STYLE_NUMBER] = {33, 39}, [SIX_STYLE_BIGINT] = {33, 39}, [SIX_STYLE_BOOLEAN] = {33, 39},
      [SIX_STYLE_UNDEFINED] = {90, 39}, [SIX_STYLE_NULL] = {1, 22},    [SIX_STYLE_STRING] = {32, 39}, [SIX_STYLE_SYMBOL] = {32, 39},
      [SIX_STYLE_DATE] = {35, 39},      [SIX_STYLE_REGEXP] = {31, 39}, [SIX_STYLE_MODULE] = {4, 24}};
  if (!ctx->o.colors || style == SIX_STYLE_NONE) return p;
  struct six_buf b = {0};
  char code[16];
  snprintf(code, sizeof code, "\x1B[%dm", codes[style][0]);
  six_buf_adds(ctx, &b, code);
  six_buf_piece_add(ctx, &b, p);
  snprintf(code, sizeof code, "\x1B[%dm", codes[style][1]);
  six_buf_adds(ctx, &b, code);
  return six_buf_piece(&b);
}

struct six_piece six_indent_lines(struct six_inspector *ctx, struct six_piece p, uint32_t indentation) {
  if (!indentation || !six_piece_has(p, '\n')) return p;
  struct six_buf b = {0};
  for (uint32_t i = 0; i < p.length;) {
    const char *line = memchr(p.bytes + i, '\n', p.length - i);
    uint32_t end = line ? (uint32_t)(line - p.bytes) + 1 : p.length;
    six_buf_add(ctx, &b, p.bytes + i, end - i);
    if (line) six_buf_repeat(ctx, &b, ' ', indentation);
    i = end;
  }
  return six_buf_piece(&b);
}

uint32_t six_piece_width(struct six_inspector *ctx, struct six_piece p) { return six_text_width(p.bytes, p.length, ctx->o.colors); }

// Without \x1B[<digits>m, as Node's removeColors.
uint32_t six_piece_units_plain(struct six_inspector *ctx, struct six_piece p) {
  uint32_t units = p.units;
  if (!ctx->o.colors) return units;
  for (uint32_t i = 0; i + 2 < p.length; i++) {
    if (p.bytes[i] != '\x1B' || p.bytes[i + 1] != '[') continue;
    uint32_t end = i + 2;
    while (end < p.length && p.bytes[end] >= '0' && p.bytes[end] <= '9' && end - i - 2 < 2) end++;
    if (end < p.length && end > i + 2 && p.bytes[end] == 'm') units -= end - i + 1;
  }
  return units;
}

// ---- Strings

static bool is_lone(const struct six_string *s, uint32_t i, uint32_t start, uint32_t end) {
  uint32_t c = six_string_unit(s, i);
  if (c < 0xD800 || c > 0xDFFF) return false;
  if (c <= 0xDBFF) return !(i + 1 < end && (six_string_unit(s, i + 1) & 0xFC00) == 0xDC00);
  return !(i > start && (six_string_unit(s, i - 1) & 0xFC00) == 0xD800);
}

// Until Node 13 control characters below a space alone were escaped, as \u001b.
static bool escapes_shortly(const struct six_inspector *ctx) { return ctx->m->rules->cell[SIX_RULE_INSPECT_ESCAPES_SHORTLY]; }

static size_t add_escape(const struct six_inspector *ctx, char *out, uint32_t c) {
  static const char letters[] = "\b\t\n\f\r";
  const char *letter = c < 0x20 && c ? strchr(letters, (int)c) : NULL;
  if (letter) return (size_t)sprintf(out, "\\%c", "btnfr"[letter - letters]);
  if (c == '\\' || c == '\'') return (size_t)sprintf(out, "\\%c", (int)c);
  if (c < 0x100 && escapes_shortly(ctx)) return (size_t)sprintf(out, "\\x%02X", c);
  if (c < 0x100) return (size_t)sprintf(out, "\\u%04x", c);
  return (size_t)sprintf(out, "\\u%x", c);
}

// The quote: ' unless the text has one and " or ` would do without escapes. R160
static char choose_quote(struct six_inspector *ctx, const struct six_string *s, uint32_t start, uint32_t end) {
  bool single = false, dbl = false, back = false;
  for (uint32_t i = start; i < end; i++) {
    uint16_t c = six_string_unit(s, i);
    single |= c == '\'';
    dbl |= c == '"';
    back |= c == '`' || (c == '$' && i + 1 < end && six_string_unit(s, i + 1) == '{');
  }
  if (!single || !ctx->m->rules->cell[SIX_RULE_INSPECT_PICKS_QUOTE]) return '\'';
  return !dbl ? '"' : !back ? '`' : '\'';
}

struct six_piece six_escape_string(struct six_inspector *ctx, struct six_string *s, uint32_t start, uint32_t end) {
  s = six_string_flat(ctx->m, s);
  char quote = choose_quote(ctx, s, start, end);
  char *out = six_arena_alloc(&ctx->arena, (size_t)(end - start) * 6 + 3);
  size_t n = 0;
  out[n++] = quote;
  uint32_t from = start;
  for (uint32_t i = start; i < end; i++) {
    uint32_t c = six_string_unit(s, i);
    bool escape = c < 0x20 || c == '\\' || (c >= 0x7F && c <= 0x9F && escapes_shortly(ctx)) || (c == '\'' && quote == '\'') ||
                  is_lone(s, i, start, end);
    if (!escape) continue;
    n += encode(s, from, i, out + n);
    n += add_escape(ctx, out + n, c);
    from = i + 1;
  }
  n += encode(s, from, end, out + n);
  out[n++] = quote;
  return piece_of(out, n);
}

struct six_piece six_escape_bare(struct six_inspector *ctx, struct six_piece p) {
  struct six_buf b = {0};
  for (uint32_t i = 0; i < p.length;) {
    unsigned char c = (unsigned char)p.bytes[i];
    uint32_t size = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    if (i + size > p.length) size = 1;
    char escaped[8];
    uint32_t code = c;
    if (size == 2) code = (uint32_t)(c & 0x1F) << 6 | (uint32_t)(p.bytes[i + 1] & 0x3F);
    if (size == 3) code = (uint32_t)(c & 0x0F) << 12 | (uint32_t)(p.bytes[i + 1] & 0x3F) << 6 | (uint32_t)(p.bytes[i + 2] & 0x3F);
    bool escape = code < 0x20 || code == '\'' || code == '\\' || (code >= 0x7F && code <= 0x9F && escapes_shortly(ctx)) ||
                  (code >= 0xD800 && code <= 0xDFFF);
    if (escape && size < 4) six_buf_add(ctx, &b, escaped, add_escape(ctx, escaped, code));
    else six_buf_add(ctx, &b, p.bytes + i, size);
    i += size;
  }
  return six_buf_piece(&b);
}

// A string over several lines is shown as one literal per line, joined by +.
static struct six_piece long_string(struct six_inspector *ctx, struct six_string *s, uint32_t end, bool style) {
  struct six_buf b = {0};
  for (uint32_t start = 0; start < end;) {
    uint32_t stop = start;
    while (stop < end && six_string_unit(s, stop) != '\n') stop++;
    if (stop < end) stop++;
    if (start) {
      six_buf_adds(ctx, &b, " +\n");
      six_buf_repeat(ctx, &b, ' ', ctx->indentation + 2);
    }
    struct six_piece line = six_escape_string(ctx, s, start, stop);
    six_buf_piece_add(ctx, &b, style ? six_stylize(ctx, line, SIX_STYLE_STRING) : line);
    start = stop;
  }
  return six_buf_piece(&b);
}

static struct six_piece format_string(struct six_inspector *ctx, struct six_string *s, bool style) {
  s = six_string_flat(ctx->m, s);
  uint32_t end = s->length;
  struct six_piece trailer = six_piece_ascii("");
  if ((double)s->length > ctx->o.max_string_length) {
    double most = ctx->o.max_string_length;
    // String.prototype.slice: a negative end counts from the end.
    end = most >= 0 ? (uint32_t)most : (double)s->length + most > 0 ? (uint32_t)((double)s->length + most) : 0;
    double remaining = (double)s->length - most;
    trailer = six_piecef(ctx, "... %.16g more character%s", remaining, remaining > 1 ? "s" : "");
  }
  struct six_piece text;
  if (ctx->o.compact != SIX_COMPACT_TRUE && end > 16 && (double)end > ctx->o.break_length - ctx->indentation - 4) {
    text = long_string(ctx, s, end, style);
  } else {
    text = six_escape_string(ctx, s, 0, end);
    if (style) text = six_stylize(ctx, text, SIX_STYLE_STRING);
  }
  return trailer.length ? six_piece_join(ctx, 2, (struct six_piece[]){text, trailer}) : text;
}

// ---- Numbers

static void add_separated(char *out, const char *digits, size_t length) {  // 1234567 -> 1_234_567
  size_t start = digits[0] == '-' ? 1 : 0, n = 0;
  for (size_t i = 0; i < length; i++) {
    if (i > start && (length - i) % 3 == 0) out[n++] = '_';
    out[n++] = digits[i];
  }
  out[n] = '\0';
}

// Both halves of a number's text separated, as Node does it: "1e-7" has no point, so that its text is taken for both.
static struct six_piece separated(struct six_inspector *ctx, const char *text, bool is_whole) {
  char whole[64], rest[128];
  const char *point = strchr(text, '.'), *fraction = point ? point + 1 : text;
  if (is_whole) {
    add_separated(whole, text, strlen(text));
    return six_piecef(ctx, "%s", whole);
  }
  add_separated(whole, text, point ? (size_t)(point - text) : strlen(text) - 1);
  size_t n = 0;
  for (size_t i = 0; fraction[i]; i++) {
    if (i && i % 3 == 0) rest[n++] = '_';
    rest[n++] = fraction[i];
  }
  rest[n] = '\0';
  return six_piecef(ctx, "%s.%s", whole, rest);
}

struct six_piece six_format_number_piece(struct six_inspector *ctx, double d, bool separator) {
  char text[64];
  if (d == 0 && signbit(d) && !separator) return six_piece_ascii("-0");
  text[six_number_to_chars(d == 0 ? 0 : d, text)] = '\0';
  bool whole = trunc(d) == d;
  if (separator && isfinite(d) && !(whole && strchr(text, 'e'))) return separated(ctx, text, whole);
  size_t length = strlen(text);
  return (struct six_piece){six_arena_copy(&ctx->arena, text, length), (uint32_t)length, (uint32_t)length};
}

static struct six_piece format_bigint(struct six_inspector *ctx, six_value v) {
  struct six_piece digits = six_piece_string(ctx, six_as_string(six_bigint_to_string(ctx->m, v, 10)));
  if (ctx->o.numeric_separator) {
    char *out = six_arena_alloc(&ctx->arena, (size_t)digits.length * 2 + 1);
    add_separated(out, digits.bytes, digits.length);
    digits = six_piece_ascii(out);
  }
  return six_piece_join(ctx, 2, (struct six_piece[]){digits, six_piece_ascii("n")});
}

static struct six_piece format_symbol(struct six_inspector *ctx, six_value v) {
  six_value description = six_as_symbol(v)->description;
  struct six_piece text = six_is_string(description) ? six_piece_string(ctx, six_as_string(description)) : six_piece_ascii("");
  return six_piece_join(ctx, 3, (struct six_piece[]){six_piece_ascii("Symbol("), text, six_piece_ascii(")")});
}

struct six_piece six_format_primitive(struct six_inspector *ctx, six_value v, bool style) {
  if (six_is_string(v)) return format_string(ctx, six_as_string(v), style);
  struct six_piece text;
  enum six_style kind;
  if (six_is_number(v)) {
    text = six_format_number_piece(ctx, six_as_number(v), ctx->o.numeric_separator);
    kind = SIX_STYLE_NUMBER;
  } else if (six_is_bigint(v)) {
    text = format_bigint(ctx, v);
    kind = SIX_STYLE_BIGINT;
  } else if (six_is_symbol(v)) {
    text = format_symbol(ctx, v);
    kind = SIX_STYLE_SYMBOL;
  } else if (six_is_boolean(v)) {
    text = six_piece_ascii(v == SIX_TRUE ? "true" : "false");
    kind = SIX_STYLE_BOOLEAN;
  } else if (six_is_null(v)) {
    text = six_piece_ascii("null");
    kind = SIX_STYLE_NULL;
  } else {
    text = six_piece_ascii("undefined");
    kind = SIX_STYLE_UNDEFINED;
  }
  return style ? six_stylize(ctx, text, kind) : text;
}

struct six_piece six_more_items(struct six_inspector *ctx, double remaining) {
  return six_piecef(ctx, "... %.16g more item%s", remaining, remaining > 1 ? "s" : "");
}
