#include "sim/program/lex.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/program/lex_unicode.h"

enum char_class { C_START = 1, C_PART = 2, C_DIGIT = 4, C_HEX = 8 };

#define S (C_START | C_PART)
#define H (C_START | C_PART | C_HEX)
#define D (C_PART | C_DIGIT | C_HEX)
static const uint8_t classes[128] = {
    ['$'] = S, ['_'] = S, ['0'] = D, ['1'] = D, ['2'] = D, ['3'] = D, ['4'] = D, ['5'] = D, ['6'] = D, ['7'] = D, ['8'] = D,
    ['9'] = D, ['a'] = H, ['b'] = H, ['c'] = H, ['d'] = H, ['e'] = H, ['f'] = H, ['g'] = S, ['h'] = S, ['i'] = S, ['j'] = S,
    ['k'] = S, ['l'] = S, ['m'] = S, ['n'] = S, ['o'] = S, ['p'] = S, ['q'] = S, ['r'] = S, ['s'] = S, ['t'] = S, ['u'] = S,
    ['v'] = S, ['w'] = S, ['x'] = S, ['y'] = S, ['z'] = S, ['A'] = H, ['B'] = H, ['C'] = H, ['D'] = H, ['E'] = H, ['F'] = H,
    ['G'] = S, ['H'] = S, ['I'] = S, ['J'] = S, ['K'] = S, ['L'] = S, ['M'] = S, ['N'] = S, ['O'] = S, ['P'] = S, ['Q'] = S,
    ['R'] = S, ['S'] = S, ['T'] = S, ['U'] = S, ['V'] = S, ['W'] = S, ['X'] = S, ['Y'] = S, ['Z'] = S,
};
#undef S
#undef H
#undef D

static const char *const bad_unicode = "Invalid Unicode escape sequence";
static const char *const bad_hex = "Invalid hexadecimal escape sequence";
static const char *const bad_code_point = "Undefined Unicode code-point";
static const char *const strict_octal = "Octal literals are not allowed in strict mode.";
static const char *const strict_decimal = "Decimals with leading zeros are not allowed in strict mode.";
static const char *const strict_octal_escape = "Octal escape sequences are not allowed in strict mode.";
static const char *const strict_8_or_9 = "\\8 and \\9 are not allowed in strict mode.";
static const char *const template_octal = "Octal escape sequences are not allowed in template strings.";
static const char *const template_8_or_9 = "\\8 and \\9 are not allowed in template strings.";

static bool has_class(int c, enum char_class class) { return c >= 0 && c < 128 && (classes[c] & class) != 0; }

static int hex_value(int c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; }

// The byte `ahead` of the position, or -1 past the end.
static int peek(const struct six_lexer *lexer, uint32_t ahead) {
  return ahead < lexer->length - lexer->at ? (unsigned char)lexer->bytes[lexer->at + ahead] : -1;
}

// The code point at the position and its length in bytes; -1 and 0 at the end.
static int32_t peek_code_point(const struct six_lexer *lexer, uint32_t *size) {
  *size = 0;
  if (lexer->at >= lexer->length) return -1;
  uint32_t c;
  *size = (uint32_t)six_utf8_decode(lexer->bytes + lexer->at, lexer->length - lexer->at, &c);
  return (int32_t)c;
}

static bool is_line_terminator(int32_t c) { return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029; }

static bool is_unicode_space(int32_t c) {
  return c == 0xA0 || c == 0xFEFF || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000;
}

static bool is_identifier_start(int32_t c) { return c >= 128 ? six_lex_is_unicode_start((uint32_t)c) : has_class(c, C_START); }

static bool is_identifier_part(int32_t c) { return c >= 128 ? six_lex_is_unicode_part((uint32_t)c) : has_class(c, C_PART); }

static void add_unit(struct six_lexer *lexer, uint32_t unit) {
  if (lexer->units_count == lexer->units_capacity) {
    lexer->units_capacity = lexer->units_capacity ? lexer->units_capacity * 2 : 256;
    lexer->units = realloc(lexer->units, lexer->units_capacity * sizeof *lexer->units);
    if (!lexer->units) abort();
  }
  lexer->units[lexer->units_count++] = (uint16_t)unit;
}

static void add_code_point(struct six_lexer *lexer, uint32_t c) {
  if (c >= 0x10000) {
    add_unit(lexer, 0xD800 + ((c - 0x10000) >> 10));
    add_unit(lexer, 0xDC00 + ((c - 0x10000) & 0x3FF));
  } else {
    add_unit(lexer, c);
  }
}

static const struct six_name *intern_units(struct six_lexer *lexer) {
  return six_name_intern(lexer->program, lexer->units, lexer->units_count);
}

// Interns ASCII bytes; most of them are in the table already, which is looked up without copying.
static const struct six_name *intern_ascii(struct six_lexer *lexer, const char *bytes, uint32_t length) {
  struct six_program *program = lexer->program;
  uint32_t hash = 2166136261u;
  for (uint32_t i = 0; i < length; i++) hash = (hash ^ (unsigned char)bytes[i]) * 16777619u;
  uint32_t mask = program->names_capacity - 1;
  for (uint32_t at = hash & mask; program->names[at]; at = (at + 1) & mask) {
    const struct six_name *name = program->names[at];
    if (name->hash != hash || name->length != length) continue;
    uint32_t i = 0;
    while (i < length && name->units[i] == (unsigned char)bytes[i]) i++;
    if (i == length) return name;
  }
  lexer->units_count = 0;
  for (uint32_t i = 0; i < length; i++) add_unit(lexer, (unsigned char)bytes[i]);
  return intern_units(lexer);
}

static void illegal(struct six_lexer *lexer, struct six_token *token, const char *error, uint32_t start) {
  token->type = SIX_T_ILLEGAL;
  token->error = error;
  token->error_span = (struct six_span){start, lexer->at > start ? lexer->at : start};
}

// ---- White space and comments

static void skip_line(struct six_lexer *lexer) {
  while (lexer->at < lexer->length) {
    unsigned char c = (unsigned char)lexer->bytes[lexer->at];
    if (c == '\n' || c == '\r') return;
    if (c == 0xE2) {
      uint32_t size;
      int32_t wide = peek_code_point(lexer, &size);
      if (is_line_terminator(wide)) return;
    }
    lexer->at++;
  }
}

// Skips the rest of a /* comment; false when it does not end.
static bool skip_block_comment(struct six_lexer *lexer, bool *newline) {
  lexer->at += 2;
  for (; lexer->at < lexer->length; lexer->at++) {
    unsigned char c = (unsigned char)lexer->bytes[lexer->at];
    if (c == '*' && peek(lexer, 1) == '/') {
      lexer->at += 2;
      return true;
    }
    if (c == '\n' || c == '\r') {
      *newline = true;
    } else if (c == 0xE2) {
      uint32_t size;
      int32_t wide = peek_code_point(lexer, &size);
      if (is_line_terminator(wide)) *newline = true;
    }
  }
  return false;
}

static bool is_html_open(const struct six_lexer *lexer) { return peek(lexer, 1) == '!' && peek(lexer, 2) == '-' && peek(lexer, 3) == '-'; }

// Moves to the next token's first byte. `newline` becomes true where a line ended; false is a comment without end.
static bool skip_space(struct six_lexer *lexer, bool *newline) {
  for (;;) {
    int c = peek(lexer, 0);
    if (c == ' ' || c == '\t' || c == '\v' || c == '\f') {
      lexer->at++;
    } else if (c == '\n' || c == '\r') {
      *newline = true;
      lexer->at++;
    } else if (c == '/' && peek(lexer, 1) == '/') {
      skip_line(lexer);
    } else if (c == '/' && peek(lexer, 1) == '*') {
      if (!skip_block_comment(lexer, newline)) return false;
    } else if (c >= 128) {
      uint32_t size;
      int32_t wide = peek_code_point(lexer, &size);
      if (is_line_terminator(wide)) {
        *newline = true;
      } else if (!is_unicode_space(wide)) {
        return true;
      }
      lexer->at += size;
    } else if (c == '<' && lexer->allow_html_comments && is_html_open(lexer)) {
      skip_line(lexer);
    } else if (c == '-' && *newline && lexer->allow_html_comments && peek(lexer, 1) == '-' && peek(lexer, 2) == '>') {
      skip_line(lexer);
    } else {
      return true;
    }
  }
}

// ---- Escapes

// Reads \uXXXX or \u{...} after the `\u`; -1 with *error set when it is malformed.
static int32_t unicode_escape(struct six_lexer *lexer, const char **error) {
  uint32_t value = 0;
  if (peek(lexer, 0) == '{') {
    lexer->at++;
    if (!has_class(peek(lexer, 0), C_HEX)) return *error = bad_unicode, -1;
    while (has_class(peek(lexer, 0), C_HEX)) {
      value = value * 16 + (uint32_t)hex_value(peek(lexer, 0));
      if (value > 0x10FFFF) return *error = bad_code_point, -1;
      lexer->at++;
    }
    if (peek(lexer, 0) != '}') return *error = bad_unicode, -1;
    lexer->at++;
    return (int32_t)value;
  }
  for (int i = 0; i < 4; i++) {
    if (!has_class(peek(lexer, 0), C_HEX)) return *error = bad_unicode, -1;
    value = value * 16 + (uint32_t)hex_value(peek(lexer, 0));
    lexer->at++;
  }
  return (int32_t)value;
}

static int32_t hex_escape(struct six_lexer *lexer, const char **error) {
  if (!has_class(peek(lexer, 0), C_HEX) || !has_class(peek(lexer, 1), C_HEX)) return *error = bad_hex, -1;
  int value = hex_value(peek(lexer, 0)) * 16 + hex_value(peek(lexer, 1));
  lexer->at += 2;
  return value;
}

// Reads \0 to \7, \8 and \9 after the backslash and their first digit `c`; `at` is where the backslash stands.
static int32_t octal_escape(struct six_lexer *lexer, int c, uint32_t at, bool in_template, const char **error) {
  int next = peek(lexer, 0);
  bool is_octal_next = next >= '0' && next <= '7';
  if (c == '0' && !has_class(next, C_DIGIT)) return 0;
  if (in_template) return *error = c >= '8' ? template_8_or_9 : template_octal, -1;
  lexer->octal_error = c >= '8' ? strict_8_or_9 : strict_octal_escape;
  int32_t value = c >= '8' ? c : c - '0';
  for (int digits = 1; c < '8' && is_octal_next && digits < 3 && value * 8 + next - '0' <= 255; digits++) {
    value = value * 8 + next - '0';
    lexer->at++;
    next = peek(lexer, 0);
    is_octal_next = next >= '0' && next <= '7';
  }
  lexer->octal_span = (struct six_span){at, lexer->at};
  return value;
}

// Reads an escape at its backslash and adds what it stands for. False with *error set when it is malformed.
static bool read_escape(struct six_lexer *lexer, bool in_template, const char **error) {
  uint32_t at = lexer->at++, size;
  int32_t c = peek_code_point(lexer, &size), value = c;
  if (c < 0) return *error = NULL, false;
  lexer->at += size;
  switch (c) {
    case 'n': value = '\n'; break;
    case 't': value = '\t'; break;
    case 'r': value = '\r'; break;
    case 'b': value = '\b'; break;
    case 'f': value = '\f'; break;
    case 'v': value = '\v'; break;
    case 'u': value = unicode_escape(lexer, error); break;
    case 'x': value = hex_escape(lexer, error); break;
    case '\r':
      if (peek(lexer, 0) == '\n') lexer->at++;
      return true;
    case '\n':
    case 0x2028:
    case 0x2029: return true;
    default:
      if (c >= '0' && c <= '9') value = octal_escape(lexer, c, at, in_template, error);
  }
  if (value < 0) return false;
  add_code_point(lexer, (uint32_t)value);
  return true;
}

// ---- Strings and templates

static void lex_string(struct six_lexer *lexer, struct six_token *token) {
  const char *bytes = lexer->bytes;
  char quote = bytes[lexer->at];
  uint32_t start = lexer->at++, plain = lexer->at;
  token->type = SIX_T_STRING;
  while (plain < lexer->length && bytes[plain] != quote && bytes[plain] != '\\' && bytes[plain] != '\n' && bytes[plain] != '\r' &&
         (unsigned char)bytes[plain] < 128) {
    plain++;
  }
  if (plain < lexer->length && bytes[plain] == quote) {
    token->name = intern_ascii(lexer, bytes + lexer->at, plain - lexer->at);
    lexer->at = plain + 1;
    return;
  }
  lexer->units_count = 0;
  for (;;) {
    uint32_t size;
    int32_t c = peek_code_point(lexer, &size);
    if (c < 0 || c == '\n' || c == '\r') {
      illegal(lexer, token, NULL, start);
      return;
    }
    if (c == quote) break;
    if (c == '\\') {
      uint32_t at = lexer->at;
      const char *error = NULL;
      token->escaped = true;
      if (!read_escape(lexer, false, &error)) {
        illegal(lexer, token, error, error ? at : start);
        return;
      }
    } else {
      lexer->at += size;
      add_code_point(lexer, (uint32_t)c);
    }
  }
  lexer->at++;
  token->name = intern_units(lexer);
}

// The raw text of a template part: as written, with CR LF and CR as LF (ECMA-262 12.9.6).
static const struct six_name *raw_template(struct six_lexer *lexer, uint32_t from, uint32_t to) {
  lexer->units_count = 0;
  for (uint32_t i = from; i < to;) {
    uint32_t c;
    i += (uint32_t)six_utf8_decode(lexer->bytes + i, to - i, &c);
    if (c == '\r') {
      if (i < to && lexer->bytes[i] == '\n') i++;
      c = '\n';
    }
    add_code_point(lexer, c);
  }
  return intern_units(lexer);
}

// Reads a template part whose first byte, ` or }, is at the position.
static void lex_template_part(struct six_lexer *lexer, struct six_token *token) {
  uint32_t start = lexer->at++;
  bool has_bad_escape = false;
  token->type = SIX_T_TEMPLATE;
  token->error = NULL;
  lexer->units_count = 0;
  for (;;) {
    uint32_t size;
    int32_t c = peek_code_point(lexer, &size);
    if (c < 0) return;
    if (c == '`' || (c == '$' && peek(lexer, 1) == '{')) break;
    if (c == '\\') {
      uint32_t at = lexer->at;
      const char *error = NULL;
      token->escaped = true;
      if (!read_escape(lexer, true, &error) && error && !has_bad_escape) {
        has_bad_escape = true;
        token->error = error;
        token->error_span = (struct six_span){at, lexer->at};
      }
    } else {
      lexer->at += size;
      if (c == '\r') {
        if (peek(lexer, 0) == '\n') lexer->at++;
        c = '\n';
      }
      add_code_point(lexer, (uint32_t)c);
    }
  }
  token->name = has_bad_escape ? NULL : intern_units(lexer);
  token->raw = raw_template(lexer, start + 1, lexer->at);
  token->is_tail = lexer->bytes[lexer->at] == '`';
  lexer->at += token->is_tail ? 1 : 2;
}

void six_lex_template(struct six_lexer *lexer, struct six_token *token) {
  lexer->at = token->span.start;
  lex_template_part(lexer, token);
  token->span.end = lexer->at;
}

// ---- Regular expressions

void six_lex_regexp(struct six_lexer *lexer, struct six_token *token) {
  bool in_class = false;
  uint32_t start = token->span.start, size;
  lexer->at = start + 1;
  token->type = SIX_T_REGEXP;
  for (;;) {
    int32_t c = peek_code_point(lexer, &size);
    if (c == '\\') {
      lexer->at++;
      c = peek_code_point(lexer, &size);
      if (c < 128 && c >= 0 && !is_line_terminator(c)) c = ' ';
    }
    if (c < 0 || is_line_terminator(c)) {
      illegal(lexer, token, "Invalid regular expression: missing /", start);
      token->span.end = lexer->at;
      return;
    }
    if (c == '/' && !in_class) break;
    if (c == '[') in_class = true;
    if (c == ']') in_class = false;
    lexer->at += size;
  }
  token->name = six_name_intern_utf8(lexer->program, lexer->bytes + start + 1, lexer->at - start - 1);
  uint32_t flags = ++lexer->at;
  bool has_escape = false;
  for (int32_t c = peek_code_point(lexer, &size); c >= 0 && (is_identifier_part(c) || c == '\\'); c = peek_code_point(lexer, &size)) {
    if (c == '\\') has_escape = true;
    lexer->at += size;
  }
  token->raw = six_name_intern_utf8(lexer->program, lexer->bytes + flags, lexer->at - flags);
  if (has_escape) illegal(lexer, token, "Invalid regular expression flags", start);
  token->span.end = lexer->at;
}

// ---- Numbers

// Adds digits of a radix to lexer->digits, leaving out the separators. NULL, or what is wrong with them.
static const char *read_digits(struct six_lexer *lexer, int radix) {
  bool after_separator = true;
  for (;; lexer->at++) {
    int c = peek(lexer, 0);
    if (c == '_') {
      six_note_syntax(lexer->program, SIX_SYNTAX_NUMERIC_SEPARATOR, (struct six_span){lexer->at, lexer->at + 1},
                      "Invalid or unexpected token");
      if (after_separator) return "Only one underscore is allowed as numeric separator";
      after_separator = true;
    } else if (has_class(c, C_HEX) && hex_value(c) < radix) {
      six_text_addc(&lexer->digits, (char)c);
      after_separator = false;
    } else {
      break;
    }
  }
  if (after_separator && lexer->digits.length) {
    return "Numeric separators are not allowed at the end of numeric literals";
  }
  return NULL;
}

// The value of digits in a radix that is a power of two, rounded to nearest, ties to even.
static double binary_value(const struct six_text *digits, int bits) {
  uint64_t mantissa = 0;
  int exponent = 0;
  bool sticky = false;
  for (size_t i = 0; i < digits->length; i++) {
    int digit = hex_value((unsigned char)digits->bytes[i]);
    for (int b = bits - 1; b >= 0; b--) {
      uint64_t bit = (uint64_t)(digit >> b) & 1;
      if (mantissa >> 53) {
        if (exponent < 5000) exponent++;
        sticky |= bit != 0;
      } else {
        mantissa = mantissa << 1 | bit;
      }
    }
  }
  if (mantissa >> 53) {
    bool half = mantissa & 1;
    mantissa >>= 1;
    exponent++;
    if (half && (sticky || (mantissa & 1))) mantissa++;
  }
  return ldexp((double)mantissa, exponent);
}

// The value of decimal digits times ten to the exponent. Written without a decimal point, so no locale can interfere.
static double decimal_value(struct six_text *digits, long exponent) {
  static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  if (digits->length <= 15 && exponent >= -22 && exponent <= 22) {
    uint64_t mantissa = 0;
    for (size_t i = 0; i < digits->length; i++) mantissa = mantissa * 10 + (uint64_t)(digits->bytes[i] - '0');
    return exponent < 0 ? (double)mantissa / powers[-exponent] : (double)mantissa * powers[exponent];
  }
  six_text_addf(digits, "e%ld", exponent);
  return strtod(digits->bytes, NULL);
}

// Rewrites digits of radix 2, 8 or 16 as decimal digits: schoolbook division by 10^9, so only for lengths people write.
static void to_decimal(struct six_text *digits, int bits) {
  size_t count = digits->length * (size_t)bits / 29 + 2, used = 0;
  uint32_t *words = calloc(count, sizeof *words);  // base 10^9, least significant first
  if (!words) abort();
  for (size_t i = 0; i < digits->length; i++) {
    uint64_t carry = (uint64_t)hex_value((unsigned char)digits->bytes[i]);
    for (size_t w = 0; w < used || carry; w++) {
      uint64_t value = ((uint64_t)words[w] << bits) + carry;
      words[w] = (uint32_t)(value % 1000000000u);
      carry = value / 1000000000u;
      if (w >= used) used = w + 1;
    }
  }
  digits->length = 0;
  six_text_addf(digits, "%u", used ? words[used - 1] : 0u);
  for (size_t w = used; w-- > 1;) six_text_addf(digits, "%09u", words[w - 1]);
  free(words);
}

static int radix_bits(int letter) {
  switch (letter | 0x20) {
    case 'x': return 4;
    case 'o': return 3;
    case 'b': return 1;
    default: return 0;
  }
}

static void note_bigint(struct six_lexer *lexer) {
  six_note_syntax(lexer->program, SIX_SYNTAX_BIGINT, (struct six_span){lexer->at - 1, lexer->at}, "Invalid or unexpected token");
}

static const char *lex_radix(struct six_lexer *lexer, struct six_token *token, int bits) {
  lexer->at += 2;
  const char *error = read_digits(lexer, 1 << bits);
  if (error) return error;
  if (!lexer->digits.length) return "";
  if (peek(lexer, 0) == 'n') {
    if (lexer->digits.length > 100000) return "Maximum BigInt size exceeded";
    lexer->at++;
    token->type = SIX_T_BIGINT;
    note_bigint(lexer);
    to_decimal(&lexer->digits, bits);
  } else {
    token->number = binary_value(&lexer->digits, bits);
  }
  return NULL;
}

// 0 followed by a digit (ECMA-262 B.1.1): octal, or decimal where an 8 or 9 occurs. True when it is octal.
static bool lex_legacy_octal(struct six_lexer *lexer, struct six_token *token) {
  uint32_t start = lexer->at, end = start;
  bool is_octal = true;
  for (; end < lexer->length && has_class((unsigned char)lexer->bytes[end], C_DIGIT); end++) {
    if (lexer->bytes[end] >= '8') is_octal = false;
  }
  lexer->octal_error = is_octal ? strict_octal : strict_decimal;
  lexer->octal_span = (struct six_span){start, end};
  if (!is_octal) return false;
  six_text_add(&lexer->digits, lexer->bytes + start, end - start);
  token->number = binary_value(&lexer->digits, 3);
  lexer->at = end;
  return true;
}

static const char *lex_exponent(struct six_lexer *lexer, long *exponent) {
  int sign = peek(lexer, 1) == '-' ? -1 : 1;
  lexer->at += peek(lexer, 1) == '-' || peek(lexer, 1) == '+' ? 2 : 1;
  if (!has_class(peek(lexer, 0), C_DIGIT)) return "";
  size_t mark = lexer->digits.length;
  const char *error = read_digits(lexer, 10);
  if (error) return error;
  long value = 0;
  for (size_t i = mark; i < lexer->digits.length; i++) {
    if (value < 100000000) value = value * 10 + (lexer->digits.bytes[i] - '0');
  }
  lexer->digits.length = mark;
  lexer->digits.bytes[mark] = '\0';
  *exponent += sign * value;
  return NULL;
}

static const char *lex_decimal(struct six_lexer *lexer, struct six_token *token, bool is_legacy) {
  const char *error = NULL;
  long exponent = 0;
  if (peek(lexer, 0) != '.') {
    if (peek(lexer, 0) == '0' && peek(lexer, 1) == '_') return "Numeric separator can not be used after leading 0.";
    error = read_digits(lexer, 10);
    if (error) return error;
    if (peek(lexer, 0) == 'n' && !is_legacy) {
      lexer->at++;
      token->type = SIX_T_BIGINT;
      note_bigint(lexer);
      return NULL;
    }
  }
  if (peek(lexer, 0) == '.') {
    lexer->at++;
    size_t whole = lexer->digits.length;
    if (peek(lexer, 0) == '_') return "";
    if (has_class(peek(lexer, 0), C_DIGIT)) error = read_digits(lexer, 10);
    if (error) return error;
    exponent = -(long)(lexer->digits.length - whole);
  }
  if ((peek(lexer, 0) | 0x20) == 'e') error = lex_exponent(lexer, &exponent);
  if (!error) token->number = decimal_value(&lexer->digits, exponent);
  return error;
}

static void lex_number(struct six_lexer *lexer, struct six_token *token) {
  uint32_t start = lexer->at, size;
  int bits = peek(lexer, 0) == '0' && peek(lexer, 1) > 0 ? radix_bits(peek(lexer, 1)) : 0;
  bool is_legacy = peek(lexer, 0) == '0' && has_class(peek(lexer, 1), C_DIGIT);
  const char *error = NULL;
  lexer->digits.length = 0;
  six_text_add(&lexer->digits, "", 0);
  token->type = SIX_T_NUMBER;
  if (bits) {
    error = lex_radix(lexer, token, bits);
  } else if (!is_legacy || !lex_legacy_octal(lexer, token)) {
    error = lex_decimal(lexer, token, is_legacy);
  }
  int32_t next = peek_code_point(lexer, &size);
  if (!error && (is_identifier_start(next) || has_class(next, C_DIGIT) || next == '\\')) error = "";
  if (error) {
    illegal(lexer, token, *error ? error : NULL, *error ? lexer->at : start);
  } else if (token->type == SIX_T_BIGINT) {
    token->name = intern_ascii(lexer, lexer->digits.bytes, (uint32_t)lexer->digits.length);
  }
}

// ---- Identifiers and keywords

static void classify_word(struct six_token *token) {
  uint32_t id = token->name->id;
  if (id > SIX_W_PUBLIC) {
    token->type = SIX_T_IDENTIFIER;
  } else if (!token->escaped) {
    token->type = (uint8_t)(SIX_T_BREAK + id);
  } else if (id < SIX_W_ASYNC) {
    token->type = SIX_T_ESCAPED_KEYWORD;
  } else {
    token->type = id == SIX_W_ASYNC ? SIX_T_IDENTIFIER : SIX_T_ESCAPED_STRICT_RESERVED;
  }
}

// Reads an identifier that is not plain ASCII, from `start`. False when it is malformed.
static bool lex_wide_identifier(struct six_lexer *lexer, struct six_token *token, uint32_t start) {
  lexer->at = start;
  lexer->units_count = 0;
  for (bool first = true;; first = false) {
    uint32_t size, at = lexer->at;
    int32_t c = peek_code_point(lexer, &size);
    const char *error = NULL;
    if (c == '\\') {
      lexer->at++;
      if (peek(lexer, 0) != 'u') return illegal(lexer, token, NULL, at), false;
      lexer->at++;
      token->escaped = true;
      c = unicode_escape(lexer, &error);
      if (error) return illegal(lexer, token, error, at), false;
      if (!(first ? is_identifier_start(c) : is_identifier_part(c))) return illegal(lexer, token, NULL, at), false;
      size = 0;
    } else if (!(first ? is_identifier_start(c) : is_identifier_part(c))) {
      break;
    }
    lexer->at += size;
    add_code_point(lexer, (uint32_t)c);
  }
  if (!lexer->units_count) return lexer->at++, illegal(lexer, token, NULL, start), false;
  token->name = intern_units(lexer);
  return true;
}

static bool lex_identifier_name(struct six_lexer *lexer, struct six_token *token) {
  const char *bytes = lexer->bytes;
  uint32_t start = lexer->at, end = start;
  while (end < lexer->length && (unsigned char)bytes[end] < 128 && (classes[(unsigned char)bytes[end]] & C_PART)) end++;
  if (end < lexer->length && ((unsigned char)bytes[end] >= 128 || bytes[end] == '\\')) {
    return lex_wide_identifier(lexer, token, start);
  }
  token->name = intern_ascii(lexer, bytes + start, end - start);
  lexer->at = end;
  return true;
}

static void lex_private_name(struct six_lexer *lexer, struct six_token *token) {
  uint32_t start = lexer->at++, size;
  int32_t c = peek_code_point(lexer, &size);
  if (!is_identifier_start(c) && c != '\\') {
    illegal(lexer, token, NULL, start);
  } else if (lex_identifier_name(lexer, token)) {
    token->type = SIX_T_PRIVATE_NAME;
  }
}

// ---- Punctuators

// The longest punctuator at the position, by its first byte.
static enum six_token_type punctuator(const struct six_lexer *lexer, uint32_t *size) {
  int c = peek(lexer, 0), d = peek(lexer, 1), e = peek(lexer, 2), f = peek(lexer, 3);
#define P(n, type) (*size = (n), SIX_T_##type)
  switch (c) {
    case '{': return P(1, LBRACE);
    case '}': return P(1, RBRACE);
    case '(': return P(1, LPAREN);
    case ')': return P(1, RPAREN);
    case '[': return P(1, LBRACK);
    case ']': return P(1, RBRACK);
    case ';': return P(1, SEMICOLON);
    case ',': return P(1, COMMA);
    case ':': return P(1, COLON);
    case '~': return P(1, BIT_NOT);
    case '.': return d == '.' && e == '.' ? P(3, ELLIPSIS) : P(1, DOT);
    case '?':
      if (d == '?') return e == '=' ? P(3, ASSIGN_NULLISH) : P(2, NULLISH);
      return d == '.' && !has_class(e, C_DIGIT) ? P(2, QUESTION_DOT) : P(1, QUESTION);
    case '=':
      if (d == '=') return e == '=' ? P(3, STRICT_EQ) : P(2, EQ);
      return d == '>' ? P(2, ARROW) : P(1, ASSIGN);
    case '!':
      if (d == '=') return e == '=' ? P(3, STRICT_NE) : P(2, NE);
      return P(1, NOT);
    case '+': return d == '+' ? P(2, INC) : d == '=' ? P(2, ASSIGN_ADD) : P(1, ADD);
    case '-': return d == '-' ? P(2, DEC) : d == '=' ? P(2, ASSIGN_SUB) : P(1, SUB);
    case '*':
      if (d == '*') return e == '=' ? P(3, ASSIGN_EXP) : P(2, EXP);
      return d == '=' ? P(2, ASSIGN_MUL) : P(1, MUL);
    case '/': return d == '=' ? P(2, ASSIGN_DIV) : P(1, DIV);
    case '%': return d == '=' ? P(2, ASSIGN_MOD) : P(1, MOD);
    case '^': return d == '=' ? P(2, ASSIGN_BIT_XOR) : P(1, BIT_XOR);
    case '&':
      if (d == '&') return e == '=' ? P(3, ASSIGN_AND) : P(2, AND);
      return d == '=' ? P(2, ASSIGN_BIT_AND) : P(1, BIT_AND);
    case '|':
      if (d == '|') return e == '=' ? P(3, ASSIGN_OR) : P(2, OR);
      return d == '=' ? P(2, ASSIGN_BIT_OR) : P(1, BIT_OR);
    case '<':
      if (d == '<') return e == '=' ? P(3, ASSIGN_SHL) : P(2, SHL);
      return d == '=' ? P(2, LE) : P(1, LT);
    case '>':
      if (d == '>' && e == '>') return f == '=' ? P(4, ASSIGN_USHR) : P(3, USHR);
      if (d == '>') return e == '=' ? P(3, ASSIGN_SHR) : P(2, SHR);
      return d == '=' ? P(2, GE) : P(1, GT);
    default: return P(1, ILLEGAL);
  }
#undef P
}

static void lex_punctuator(struct six_lexer *lexer, struct six_token *token) {
  uint32_t size;
  token->type = (uint8_t)punctuator(lexer, &size);
  lexer->at += size;
  if (token->type == SIX_T_ILLEGAL) illegal(lexer, token, NULL, token->span.start);
}

void six_lex_next(struct six_lexer *lexer, struct six_token *token) {
  uint32_t before = lexer->at;
  bool newline = before == 0;
  bool is_terminated = skip_space(lexer, &newline);
  token->newline_before = newline;
  token->escaped = token->is_tail = false;
  token->name = token->raw = NULL;
  token->error = NULL;
  token->span.start = lexer->at;
  int c = peek(lexer, 0);
  if (!is_terminated) {
    illegal(lexer, token, NULL, before);
  } else if (c < 0) {
    token->type = SIX_T_END;
  } else if (c >= 128 || (classes[c] & C_START) || c == '\\') {
    if (lex_identifier_name(lexer, token)) classify_word(token);
  } else if ((classes[c] & C_DIGIT) || (c == '.' && has_class(peek(lexer, 1), C_DIGIT))) {
    lex_number(lexer, token);
  } else if (c == '"' || c == '\'') {
    lex_string(lexer, token);
  } else if (c == '`') {
    lex_template_part(lexer, token);
  } else if (c == '#') {
    lex_private_name(lexer, token);
  } else {
    lex_punctuator(lexer, token);
  }
  token->span.end = lexer->at;
}

void six_lex_init(struct six_lexer *lexer, struct six_program *program, bool is_module) {
  static const char *const words[] = {
#define TEXT(name, text) text,
      SIX_KEYWORDS(TEXT) SIX_WORDS(TEXT)
#undef TEXT
  };
  *lexer = (struct six_lexer){
      .program = program,
      .bytes = program->source.bytes,
      .length = (uint32_t)program->source.length,
      .allow_html_comments = !is_module,
  };
  for (int i = 0; i < SIX_W_COUNT; i++) {
    lexer->words[i] = six_name_intern_utf8(program, words[i], strlen(words[i]));
  }
  if (lexer->length >= 3 && memcmp(lexer->bytes, "\xEF\xBB\xBF", 3) == 0) lexer->at = 3;
  if (peek(lexer, 0) == '#' && peek(lexer, 1) == '!') skip_line(lexer);
}

void six_lex_done(struct six_lexer *lexer) {
  free(lexer->units);
  six_text_done(&lexer->digits);
}

const char *six_token_text(enum six_token_type type) {
  static const char *const texts[SIX_T_COUNT] = {
#define TEXT(name, text) [SIX_T_##name] = text,
      SIX_PUNCTUATORS(TEXT) SIX_KEYWORDS(TEXT)
#undef TEXT
  };
  return texts[type] ? texts[type] : "";
}
