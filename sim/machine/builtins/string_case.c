// machine: the methods of String that know letters (ECMA-262 22.1.3, ECMA-402, B.2.2): case, trim, normalize, localeCompare, HTML.
#include <stdlib.h>

#include "sim/machine/builtins/string_parts.h"
#include "sim/machine/unicode.h"

// ---- Case

// The sigma at `i` ends a word: cased letters before it, none after (Unicode's Final_Sigma).
static bool is_final_sigma(const struct six_string *s, uint32_t i) {
  bool before = false;
  for (uint32_t k = i; k > 0;) {
    uint32_t units, at = --k;
    if (k > 0 && (six_string_unit(s, k) & 0xFC00) == 0xDC00 && (six_string_unit(s, k - 1) & 0xFC00) == 0xD800) at = --k;
    uint32_t c = six_string_code_point(s, at, &units);
    if (six_unicode_is_case_ignorable(c)) continue;
    before = six_unicode_is_cased(c);
    break;
  }
  if (!before) return false;
  uint32_t units;
  for (uint32_t k = i + 1; k < s->length; k += units) {
    uint32_t c = six_string_code_point(s, k, &units);
    if (!six_unicode_is_case_ignorable(c)) return !six_unicode_is_cased(c);
  }
  return true;
}

static six_value wide_case(struct six_machine *m, const struct six_string *s, bool upper) {
  struct six_builder b = {0};
  uint32_t units;
  for (uint32_t i = 0; i < s->length; i += units) {
    uint32_t c = six_string_code_point(s, i, &units), to[3];
    if (c >= 0xD800 && c <= 0xDFFF) {
      six_builder_unit(m, &b, (uint16_t)c);
      continue;
    }
    if (!upper && c == 0x3A3) {
      six_builder_unit(m, &b, is_final_sigma(s, i) ? 0x3C2 : 0x3C3);
      continue;
    }
    int n = upper ? six_unicode_upper(c, to) : six_unicode_lower(c, to);
    for (int k = 0; k < n; k++) six_builder_code_point(m, &b, to[k]);
  }
  return six_builder_finish(m, &b);
}

static bool is_ascii_only(const struct six_string *s) {
  if (six_string_is_wide(s)) return false;
  for (uint32_t i = 0; i < s->length; i++) {
    if (s->u.latin1[i] >= 0x80) return false;
  }
  return true;
}

static six_value change_case(struct six_machine *m, struct six_string *s, bool upper) {
  if (!is_ascii_only(s)) return wide_case(m, s, upper);
  uint8_t low = upper ? 'a' : 'A', high = upper ? 'z' : 'Z';
  uint32_t i = 0;
  while (i < s->length && !(s->u.latin1[i] >= low && s->u.latin1[i] <= high)) i++;
  if (i == s->length) return six_string_value(s);
  if (s->length == 1) return m->single_chars[s->u.latin1[0] ^ 0x20];
  struct six_string *t = six_string_uninitialized(m, s->length, false);
  memcpy(t->u.latin1, s->u.latin1, s->length);
  m->effort += s->length / 4;
  for (; i < s->length; i++) {
    uint8_t c = t->u.latin1[i];
    if (c >= low && c <= high) t->u.latin1[i] = (uint8_t)(c ^ 0x20);
  }
  return six_string_value(t);
}

static six_value string_to_lower_case(struct six_machine *m, const struct six_args *a) {
  struct six_string *s = six_this_string(m, a, "String.prototype.toLowerCase");
  return s ? change_case(m, s, false) : SIX_EXCEPTION;
}
static six_value string_to_upper_case(struct six_machine *m, const struct six_args *a) {
  struct six_string *s = six_this_string(m, a, "String.prototype.toUpperCase");
  return s ? change_case(m, s, true) : SIX_EXCEPTION;
}

static six_value locale_case(struct six_machine *m, const struct six_args *a, const char *method, bool upper) {
  struct six_string *s = six_this_string(m, a, method);
  char tag[36];
  if (!s || !six_locale_tag(m, six_arg(a, 0), tag)) return SIX_EXCEPTION;
  if (six_locale_in(tag, "tr az lt el ")) return six_locale_unsupported(m, method, tag);
  return change_case(m, s, upper);
}
static six_value string_to_locale_lower_case(struct six_machine *m, const struct six_args *a) {
  return locale_case(m, a, "String.prototype.toLocaleLowerCase", false);
}
static six_value string_to_locale_upper_case(struct six_machine *m, const struct six_args *a) {
  return locale_case(m, a, "String.prototype.toLocaleUpperCase", true);
}

// ---- Locales

static bool is_alnum(uint16_t c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Whether the text has the form of a language tag: a language of 2, 3 or 5 to 8 letters, then parts of 1 to 8.
static bool is_language_tag(const struct six_string *s) {
  uint32_t part = 0, start = 0;
  for (uint32_t i = 0; i <= s->length; i++) {
    uint16_t c = i < s->length ? six_string_unit(s, i) : '-';
    if (c != '-') {
      if (!is_alnum(c) || (part == 0 && c <= '9')) return false;
      continue;
    }
    uint32_t n = i - start;
    if (n < 1 || n > 8 || (part == 0 && (n < 2 || n == 4))) return false;
    part++;
    start = i + 1;
  }
  return true;
}

bool six_locale_tag(struct six_machine *m, six_value locales, char tag[36]) {
  strcpy(tag, "en-US");
  if (six_is_undefined(locales)) return true;
  if (six_is_null(locales)) {
    six_throw_type(m, "Cannot convert undefined or null to object");
    return false;
  }
  if (six_is_object(locales)) {
    double length;
    if (six_length_of(m, six_as_object(locales), &length) < 0) return false;
    if (length == 0) return true;
    locales = six_get_index(m, six_as_object(locales), 0);
    if (six_is_exception(locales)) return false;
  }
  if (!six_is_string(locales)) {
    if (six_is_object(locales)) return true;
    six_throw_type(m, "Incorrect locale information provided");
    return false;
  }
  struct six_string *s = six_string_flat(m, six_as_string(locales));
  if (!is_language_tag(s)) {
    struct six_text text = {0};
    six_string_to_utf8(m, s, &text);
    six_throw_range(m, "Incorrect locale information provided");
    six_text_done(&text);
    return false;
  }
  uint32_t n = s->length < 35 ? s->length : 35;
  for (uint32_t i = 0; i < n; i++) tag[i] = (char)six_string_unit(s, i);
  tag[n] = '\0';
  if (strcspn(tag, "-") > 4) strcpy(tag, "en-US");  // no language has such a name ("default"): the default locale
  return true;
}

bool six_locale_in(const char *tag, const char *languages) {
  if (tag[2] && tag[2] != '-') return false;
  for (const char *l = languages; *l; l += 3) {
    if ((tag[0] | 0x20) == l[0] && (tag[1] | 0x20) == l[1]) return true;
  }
  return false;
}

six_value six_locale_unsupported(struct six_machine *m, const char *what, const char *tag) {
  struct six_text text = {0};
  six_text_addf(&text, "%s with locale %s", what, tag);
  six_throw_unsupported(m, text.bytes);
  six_text_done(&text);
  return SIX_EXCEPTION;
}

// ---- Trimming

static six_value trim(struct six_machine *m, const struct six_args *a, const char *method, bool start, bool end) {
  struct six_string *s = six_this_string(m, a, method);
  if (!s) return SIX_EXCEPTION;
  uint32_t from = 0, to = s->length;
  while (start && from < to && six_unicode_is_space(six_string_unit(s, from))) from++;
  while (end && to > from && six_unicode_is_space(six_string_unit(s, to - 1))) to--;
  if (from == 0 && to == s->length) return six_string_value(s);
  return six_string_value(six_string_substring(m, s, from, to));
}
static six_value string_trim(struct six_machine *m, const struct six_args *a) { return trim(m, a, "String.prototype.trim", true, true); }
static six_value string_trim_start(struct six_machine *m, const struct six_args *a) {
  return trim(m, a, "String.prototype.trimLeft", true, false);
}
static six_value string_trim_end(struct six_machine *m, const struct six_args *a) {
  return trim(m, a, "String.prototype.trimRight", false, true);
}

// ---- Normalisation (22.1.3.15, UAX 15)

struct points {
  uint32_t *items;
  size_t count, capacity;
};

static void add_point(struct points *p, uint32_t c) {
  if (p->count == p->capacity) {
    p->capacity = p->capacity ? p->capacity * 2 : 64;
    p->items = realloc(p->items, p->capacity * sizeof *p->items);
    if (!p->items) abort();
  }
  p->items[p->count++] = c;
}

static void decompose(struct points *p, const struct six_string *s, bool compatibility) {
  uint32_t units;
  for (uint32_t i = 0; i < s->length; i += units) {
    uint32_t c = six_string_code_point(s, i, &units), to[18];
    int n = six_unicode_decompose(c, compatibility, to);
    if (n == 0) add_point(p, c);
    for (int k = 0; k < n; k++) add_point(p, to[k]);
  }
  // Canonical ordering: a stable sort of each run of combining marks by class.
  for (size_t i = 1; i < p->count; i++) {
    uint8_t class_ = six_unicode_combining_class(p->items[i]);
    for (size_t k = i; class_ && k > 0 && six_unicode_combining_class(p->items[k - 1]) > class_; k--) {
      uint32_t c = p->items[k];
      p->items[k] = p->items[k - 1];
      p->items[k - 1] = c;
    }
  }
}

static void compose(struct points *p) {
  size_t starter = SIZE_MAX, out = 0;
  uint8_t last_class = 0;
  for (size_t i = 0; i < p->count; i++) {
    uint32_t c = p->items[i];
    uint8_t class_ = six_unicode_combining_class(c);
    bool blocked = starter != SIZE_MAX && out > starter + 1 && last_class >= class_;
    if (starter != SIZE_MAX && out == starter + 1) blocked = false;
    uint32_t both = starter != SIZE_MAX && !blocked ? six_unicode_compose(p->items[starter], c) : 0;
    if (both) {
      p->items[starter] = both;
      continue;
    }
    if (class_ == 0) starter = out;
    last_class = class_;
    p->items[out++] = c;
  }
  p->count = out;
}

static six_value string_normalize(struct six_machine *m, const struct six_args *a) {
  struct six_string *s = six_this_string(m, a, "String.prototype.normalize");
  if (!s) return SIX_EXCEPTION;
  bool compatibility = false, composed = true;
  if (!six_is_undefined(six_arg(a, 0))) {
    struct six_string *form = six_arg_string(m, a->argv[0]);
    if (!form) return SIX_EXCEPTION;
    composed = six_string_equals_ascii(m, form, "NFC") || six_string_equals_ascii(m, form, "NFKC");
    compatibility = six_string_equals_ascii(m, form, "NFKC") || six_string_equals_ascii(m, form, "NFKD");
    if (!composed && !compatibility && !six_string_equals_ascii(m, form, "NFD")) {
      return six_throw_range(m, "The normalization form should be one of NFC, NFD, NFKC, NFKD.");
    }
  }
  if (is_ascii_only(s)) return six_string_value(s);
  struct points p = {0};
  decompose(&p, s, compatibility);
  if (composed) compose(&p);
  struct six_builder b = {0};
  for (size_t i = 0; i < p.count; i++) {
    if (p.items[i] >= 0xD800 && p.items[i] <= 0xDFFF) six_builder_unit(m, &b, (uint16_t)p.items[i]);
    else six_builder_code_point(m, &b, p.items[i]);
  }
  free(p.items);
  return six_builder_finish(m, &b);
}

// ---- Collation

// What stands before the digits and letters, in ICU's root order.
static const uint16_t collation_order[] = {
    '\t', '\n', 0xB,  '\f', '\r', 0x85, 0x2028, 0x2029, ' ',  '_',  0x203F, '-',    0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, ',',
    ';',  ':',  '!',  0xA1, '?',  0xBF, '.',    0x2026, 0xB7, '\'', 0x2018, 0x2019, '"',    0x201C, 0x201D, 0xAB,   0xBB,   '(',    ')',
    '[',  ']',  '{',  '}',  0xA7, 0xB6, '@',    '*',    '/',  '\\', '&',    '#',    '%',    0x2030, 0x2022, '`',    0xB4,   '^',    0xAF,
    0xA8, 0xB8, 0xB0, 0xA9, 0xAE, '+',  0xB1,   0xF7,   0xD7, '<',  '=',    '>',    0xAC,   '|',    0xA6,   '~'};
static const uint16_t currency_order[] = {0xA4, 0xA2, '$', 0xA3, 0xA5, 0x20AC};
// Combining marks, by secondary weight.
static const uint16_t mark_order[] = {0x301, 0x300, 0x306, 0x302, 0x30C, 0x30A, 0x308, 0x30B, 0x303, 0x307, 0x338, 0x327, 0x328, 0x304};

enum { ORDER_SYMBOLS = 0x1000, ORDER_CURRENCY = 0x180000, ORDER_DIGITS = 0x190000, ORDER_LETTERS = 0x200000 };

struct element {
  uint32_t primary;
  uint64_t secondary;  // weights of the marks, from the top byte down
  uint8_t tertiary;
};

struct collator {
  const struct six_string *s;
  uint32_t position;
  uint32_t pending[18];  // code points of an expansion still to come, last first
  int pending_count;
  bool numeric;
  uint32_t digits_left;  // of a number being given digit by digit
};

static uint32_t index_in(const uint16_t *list, size_t count, uint32_t c) {
  for (size_t i = 0; i < count; i++) {
    if (list[i] == c) return (uint32_t)i + 1;
  }
  return 0;
}
#define INDEX_IN(list, c) index_in(list, sizeof(list) / sizeof((list)[0]), c)

static bool collator_code_point(struct collator *k, uint32_t *c) {
  if (k->pending_count) {
    *c = k->pending[--k->pending_count];
    return true;
  }
  if (k->position >= k->s->length) return false;
  uint32_t units;
  uint32_t first = six_string_code_point(k->s, k->position, &units);
  k->position += units;
  if (first < 0x80) {
    *c = first;
    return true;
  }
  static const uint16_t expansions[][3] = {{0xDF, 's', 's'},    {0xE6, 'a', 'e'},    {0xC6, 'A', 'E'},   {0x153, 'o', 'e'},
                                           {0x152, 'O', 'E'},   {0xF8, 'o', 0x338},  {0xD8, 'O', 0x338}, {0x142, 'l', 0x338},
                                           {0x141, 'L', 0x338}, {0x111, 'd', 0x338}, {0x110, 'D', 0x338}};
  for (size_t i = 0; i < sizeof expansions / sizeof expansions[0]; i++) {
    if (expansions[i][0] != first) continue;
    k->pending[k->pending_count++] = expansions[i][2];
    *c = expansions[i][1];
    return true;
  }
  uint32_t to[18];
  int n = six_unicode_decompose(first, false, to);
  for (int i = n - 1; i > 0; i--) k->pending[k->pending_count++] = to[i];
  *c = n ? to[0] : first;
  return true;
}

static uint32_t number_length(struct collator *k, uint32_t from) {
  uint32_t i = from;
  while (i < k->s->length && six_string_unit(k->s, i) >= '0' && six_string_unit(k->s, i) <= '9') i++;
  return i - from;
}

static void weigh(uint32_t c, struct element *e) {
  uint32_t i, to[3];
  if ((i = INDEX_IN(collation_order, c))) {
    e->primary = i;
  } else if ((i = INDEX_IN(currency_order, c))) {
    e->primary = ORDER_CURRENCY + i;
  } else if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD) {
    e->primary = 0;
  } else if (c >= '0' && c <= '9') {
    e->primary = ORDER_DIGITS + (c - '0');
  } else if ((c >= 0x2000 && c < 0x2C00) || (c >= 0x3000 && c < 0x3040) || (c >= 0x1F000 && c < 0x20000)) {
    e->primary = ORDER_SYMBOLS + c;
  } else if (c >= 0x30A1 && c <= 0x30F6) {
    e->primary = ORDER_LETTERS + c - 0x60;
    e->tertiary = 1;
  } else {
    uint32_t lower = six_unicode_lower(c, to) == 1 ? to[0] : c;
    e->primary = ORDER_LETTERS + lower;
    e->tertiary = lower != c;
  }
}

static bool is_mark(uint32_t c) { return c >= 0x300 && c < 0x370; }

// The next base character with its marks. false at the end.
static bool collator_next(struct collator *k, struct element *e) {
  for (;;) {
    *e = (struct element){0};
    if (k->numeric && !k->digits_left && !k->pending_count) {
      uint32_t n = number_length(k, k->position);
      if (n) {
        while (n > 1 && six_string_unit(k->s, k->position) == '0') n--, k->position++;
        k->digits_left = n;
        e->primary = ORDER_DIGITS + 16 + n;
        return true;
      }
    }
    uint32_t c;
    if (!collator_code_point(k, &c)) return false;
    if (k->digits_left) k->digits_left--;
    if (is_mark(c)) continue;
    weigh(c, e);
    if (!e->primary) continue;
    for (int shift = 56; shift >= 0; shift -= 8) {
      struct collator ahead = *k;
      if (k->numeric && !k->pending_count && number_length(k, k->position)) break;
      if (!collator_code_point(&ahead, &c) || !is_mark(c)) break;
      *k = ahead;
      uint32_t weight = INDEX_IN(mark_order, c);
      e->secondary |= (uint64_t)(weight ? weight : 0x40 + (c & 0x7F)) << shift;
    }
    return true;
  }
}

int six_collate(struct six_machine *m, const struct six_string *a, const struct six_string *b, bool numeric, enum six_sensitivity s) {
  (void)m;
  struct collator ka = {.s = a, .numeric = numeric}, kb = {.s = b, .numeric = numeric};
  int secondary = 0, tertiary = 0;
  for (;;) {
    struct element ea, eb;
    bool more_a = collator_next(&ka, &ea), more_b = collator_next(&kb, &eb);
    if (!more_a || !more_b) {
      if (more_a != more_b) return more_a ? 1 : -1;
      break;
    }
    if (ea.primary != eb.primary) return ea.primary < eb.primary ? -1 : 1;
    if (!secondary && ea.secondary != eb.secondary) secondary = ea.secondary < eb.secondary ? -1 : 1;
    if (!tertiary && ea.tertiary != eb.tertiary) tertiary = ea.tertiary < eb.tertiary ? -1 : 1;
  }
  if (s == SIX_SENSITIVITY_BASE) return 0;
  if (s == SIX_SENSITIVITY_ACCENT) return secondary;
  if (s == SIX_SENSITIVITY_CASE) return tertiary;
  return secondary ? secondary : tertiary;
}

// An option's string in `out` (empty when undefined); false on exception.
static bool string_option(struct six_machine *m, six_value options, const char *name, char out[16]) {
  out[0] = '\0';
  six_value v = six_get_v(m, options, six_key_of_string(m, six_as_string(six_str(m, name))));
  if (six_is_exception(v)) return false;
  if (six_is_undefined(v)) return true;
  struct six_string *s = six_to_string(m, v);
  if (!s) return false;
  uint32_t n = s->length < 15 ? s->length : 15;
  for (uint32_t i = 0; i < n; i++) out[i] = (char)six_string_unit(s, i);
  out[n] = '\0';
  return true;
}

static six_value string_locale_compare(struct six_machine *m, const struct six_args *a) {
  struct six_string *s = six_this_string(m, a, "String.prototype.localeCompare");
  struct six_string *other = s ? six_arg_string(m, six_arg(a, 0)) : NULL;
  char tag[36], text[16];
  if (!other || !six_locale_tag(m, six_arg(a, 1), tag)) return SIX_EXCEPTION;
  if (!six_locale_in(tag, "en de fr es it pt nl ")) return six_locale_unsupported(m, "String.prototype.localeCompare", tag);
  bool numeric = strstr(tag, "-kn") != NULL;
  enum six_sensitivity sensitivity = SIX_SENSITIVITY_VARIANT;
  six_value options = six_arg(a, 2);
  if (!six_is_undefined(options)) {
    six_value v = six_get_v(m, options, six_key_of_string(m, six_as_string(six_str(m, "numeric"))));
    if (six_is_exception(v) || !string_option(m, options, "sensitivity", text)) return SIX_EXCEPTION;
    if (!six_is_undefined(v)) numeric = six_to_boolean(v);
    if (!strcmp(text, "base")) sensitivity = SIX_SENSITIVITY_BASE;
    else if (!strcmp(text, "accent")) sensitivity = SIX_SENSITIVITY_ACCENT;
    else if (!strcmp(text, "case")) sensitivity = SIX_SENSITIVITY_CASE;
    else if (text[0] && strcmp(text, "variant")) {
      return six_throw_range(m, "Value %s out of range for Intl.Collator options property sensitivity", text);
    }
    if (!string_option(m, options, "caseFirst", text)) return SIX_EXCEPTION;
    if (!strcmp(text, "upper")) return six_throw_unsupported(m, "String.prototype.localeCompare with caseFirst: 'upper'");
  }
  return six_int(six_collate(m, s, other, numeric, sensitivity));
}

// ---- HTML (B.2.2)

static six_value html(struct six_machine *m, const struct six_args *a, const char *name, const char *tag, const char *attribute) {
  struct six_text method = {0};
  six_text_addf(&method, "String.prototype.%s", name);
  struct six_string *s = six_this_string(m, a, method.bytes);
  six_text_done(&method);
  struct six_string *value = s && attribute ? six_arg_string(m, six_arg(a, 0)) : NULL;
  if (!s || (attribute && !value)) return SIX_EXCEPTION;
  struct six_builder b = {0};
  six_builder_ascii(m, &b, "<");
  six_builder_ascii(m, &b, tag);
  if (attribute) {
    six_builder_ascii(m, &b, " ");
    six_builder_ascii(m, &b, attribute);
    six_builder_ascii(m, &b, "=\"");
    for (uint32_t i = 0; i < value->length; i++) {
      if (six_string_unit(value, i) == '"') six_builder_ascii(m, &b, "&quot;");
      else six_builder_unit(m, &b, six_string_unit(value, i));
    }
    six_builder_ascii(m, &b, "\"");
  }
  six_builder_ascii(m, &b, ">");
  six_builder_string(m, &b, s);
  six_builder_ascii(m, &b, "</");
  six_builder_ascii(m, &b, tag);
  six_builder_ascii(m, &b, ">");
  return six_builder_finish(m, &b);
}

// clang-format off
#define HTML_METHODS(X) \
  X(anchor, "a", "name") X(big, "big", NULL) X(blink, "blink", NULL) X(bold, "b", NULL) X(fixed, "tt", NULL) \
  X(fontcolor, "font", "color") X(fontsize, "font", "size") X(italics, "i", NULL) X(link, "a", "href") X(small, "small", NULL) \
  X(strike, "strike", NULL) X(sub, "sub", NULL) X(sup, "sup", NULL)
// clang-format on
#define X(name, tag, attribute) \
  static six_value string_##name(struct six_machine *m, const struct six_args *a) { return html(m, a, #name, tag, attribute); }
HTML_METHODS(X)
#undef X

const struct six_native_def six_string_case_natives[] = {{"localeCompare", string_locale_compare, 1, 0},
                                                         {"normalize", string_normalize, 0, 0},
                                                         {"toLocaleLowerCase", string_to_locale_lower_case, 0, 0},
                                                         {"toLocaleUpperCase", string_to_locale_upper_case, 0, 0},
                                                         {"toLowerCase", string_to_lower_case, 0, 0},
                                                         {"toUpperCase", string_to_upper_case, 0, 0},
                                                         {"trim", string_trim, 0, 0},
                                                         {"trimEnd", string_trim_end, 0, 0},
                                                         {"trimStart", string_trim_start, 0, 0},
#define X(name, tag, attribute) {#name, string_##name, (attribute) != NULL, 0},
                                                         HTML_METHODS(X)
#undef X
};
const size_t six_string_case_count = sizeof six_string_case_natives / sizeof six_string_case_natives[0];
