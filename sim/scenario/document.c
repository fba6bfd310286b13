#include "sim/scenario/document.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// cJSON gives values without places. So the text is scanned once for its places, in document order, and strictly, and
// then the two are walked together.

enum { DEEPEST = 1000, LARGEST = 64 << 20 };
_Static_assert(DEEPEST <= CJSON_NESTING_LIMIT, "cJSON refuses before we do");

struct place {
  struct six_span key, value;
};

struct scanner {
  const char *bytes;
  uint32_t at, length;
  struct six_diag *diag;
  struct place *places;
  size_t count, capacity;
  int depth;
};

static bool fail_at(struct scanner *s, uint32_t start, uint32_t end, const char *message) {
  return six_fail(s->diag, SIX_STATUS_DATA, (struct six_span){start, end}, "%s", message);
}

static void skip_space(struct scanner *s) {
  while (s->at < s->length && (s->bytes[s->at] == ' ' || s->bytes[s->at] == '\n' || s->bytes[s->at] == '\r' || s->bytes[s->at] == '\t'))
    s->at++;
}

static int peek(const struct scanner *s) { return s->at < s->length ? (unsigned char)s->bytes[s->at] : -1; }

static size_t new_place(struct scanner *s) {
  if (s->count == s->capacity) {
    s->capacity = s->capacity ? 2 * s->capacity : 256;
    s->places = realloc(s->places, s->capacity * sizeof *s->places);
    if (!s->places) abort();
  }
  s->places[s->count] = (struct place){{0, 0}, {0, 0}};
  return s->count++;
}

static int hex_unit(const struct scanner *s, uint32_t at) {
  int value = 0;
  for (uint32_t i = at; i < at + 4; i++) {
    int c = i < s->length ? s->bytes[i] : 0;
    int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

static bool scan_escape(struct scanner *s) {
  uint32_t start = s->at++;
  int c = peek(s);
  s->at++;
  if (c != 'u') {
    if (c > 0 && strchr("\"\\/bfnrt", c)) return true;
    return fail_at(s, start, s->at, "this escape is not JSON's; it knows \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX");
  }
  int unit = hex_unit(s, s->at);
  if (unit < 0) return fail_at(s, start, s->at, "four hexadecimal digits must follow \\u");
  if (unit == 0) return fail_at(s, start, s->at + 4, "a string may not contain \\u0000");
  s->at += 4;
  if (unit < 0xD800 || unit > 0xDFFF) return true;
  int low = s->at + 2 < s->length && s->bytes[s->at] == '\\' && s->bytes[s->at + 1] == 'u' ? hex_unit(s, s->at + 2) : -1;
  if (unit > 0xDBFF || low < 0xDC00 || low > 0xDFFF) return fail_at(s, start, s->at, "half of a surrogate pair is not a character");
  s->at += 6;
  return true;
}

static bool scan_string(struct scanner *s, struct six_span *span) {
  uint32_t start = s->at++;
  for (;;) {
    int c = peek(s);
    if (c < 0 || c == '\n') return fail_at(s, start, s->at, "this string has no end: its closing \" is missing");
    if (c == '"') break;
    if (c < 0x20) return fail_at(s, s->at, s->at + 1, "a control character in a string must be written as \\uXXXX, \\t, ...");
    if (c == '\\') {
      if (!scan_escape(s)) return false;
      continue;
    }
    uint32_t code_point = 0;
    size_t n = six_utf8_decode(s->bytes + s->at, s->length - s->at, &code_point);
    if (code_point == 0xFFFD && memcmp(s->bytes + s->at, "\xEF\xBF\xBD", n < 3 ? n : 3) != 0)
      return fail_at(s, s->at, s->at + 1, "invalid UTF-8");
    s->at += (uint32_t)n;
  }
  s->at++;
  *span = (struct six_span){start, s->at};
  return true;
}

static bool digits(struct scanner *s) {
  uint32_t start = s->at;
  while (peek(s) >= '0' && peek(s) <= '9') s->at++;
  return s->at > start;
}

static bool scan_number(struct scanner *s) {
  uint32_t start = s->at;
  if (peek(s) == '-') s->at++;
  uint32_t first = s->at;
  if (!digits(s)) return fail_at(s, start, s->at, "a number needs a digit here");
  if (s->bytes[first] == '0' && s->at > first + 1) return fail_at(s, start, s->at, "a number may not begin with 0");
  if (peek(s) == '.') {
    s->at++;
    if (!digits(s)) return fail_at(s, start, s->at, "a digit must follow the decimal point");
  }
  if (peek(s) == 'e' || peek(s) == 'E') {
    s->at++;
    if (peek(s) == '+' || peek(s) == '-') s->at++;
    if (!digits(s)) return fail_at(s, start, s->at, "the exponent has no digits");
  }
  return true;
}

static bool scan_word(struct scanner *s) {
  static const char *const words[] = {"true", "false", "null"};
  uint32_t start = s->at;
  for (size_t i = 0; i < 3; i++) {
    size_t n = strlen(words[i]);
    if (s->length - start >= n && !memcmp(s->bytes + start, words[i], n)) {
      s->at += (uint32_t)n;
      return true;
    }
  }
  while (s->at < s->length && (peek(s) >= 0x80 || (peek(s) > ' ' && !strchr("{}[],:\"'", peek(s))))) s->at++;
  if (s->at == start) s->at++;
  char message[100];
  int n = s->at - start < 40 ? (int)(s->at - start) : 40;
  for (int i = 0; i < n; i++) {
    unsigned char c = (unsigned char)s->bytes[start + (uint32_t)i];
    if (c < 0x20 || c >= 0x7F) return fail_at(s, start, s->at, "this is not JSON: a value is expected here");
  }
  snprintf(message, sizeof message, "'%.*s' is not JSON: a value is expected here", n, s->bytes + start);
  return fail_at(s, start, s->at, message);
}

static bool scan_value(struct scanner *s, size_t place);

static bool scan_key(struct scanner *s, size_t place) {
  struct six_span key;
  if (peek(s) != '"') {
    return fail_at(s, s->at, s->at + 1,
                   peek(s) < 0      ? "the text ends within an object"
                   : peek(s) == '}' ? "a comma may not stand before '}'"
                                    : "a key in double quotes is expected here");
  }
  if (!scan_string(s, &key)) return false;
  s->places[place].key = key;
  skip_space(s);
  if (peek(s) != ':') return fail_at(s, s->at, s->at + 1, peek(s) < 0 ? "the text ends after a key" : "':' is expected after the key");
  s->at++;
  return true;
}

static bool scan_container(struct scanner *s, bool is_object) {
  char close = is_object ? '}' : ']';
  uint32_t start = s->at++;
  if (++s->depth > DEEPEST) return fail_at(s, start, start + 1, "nested more than 1000 levels deep");
  skip_space(s);
  if (peek(s) == close) {
    s->at++;
    s->depth--;
    return true;
  }
  for (;;) {
    size_t place = new_place(s);
    skip_space(s);
    if (is_object && !scan_key(s, place)) return false;
    skip_space(s);
    if (!is_object && peek(s) == ']') return fail_at(s, s->at, s->at + 1, "a comma may not stand before ']'");
    if (!scan_value(s, place)) return false;
    skip_space(s);
    if (peek(s) == close) break;
    if (peek(s) < 0)
      return fail_at(s, s->at, s->at,
                     is_object ? "the text ends within an object: '}' is missing" : "the text ends within an array: ']' is missing");
    if (peek(s) != ',') return fail_at(s, s->at, s->at + 1, is_object ? "',' or '}' is expected here" : "',' or ']' is expected here");
    s->at++;
  }
  s->at++;
  s->depth--;
  return true;
}

static bool scan_value(struct scanner *s, size_t place) {
  uint32_t start = s->at;
  struct six_span span;
  int c = peek(s);
  bool good;
  if (c < 0) good = fail_at(s, s->at, s->at, "the text ends where a value is expected");
  else if (c == '{' || c == '[') good = scan_container(s, c == '{');
  else if (c == '"') good = scan_string(s, &span);
  else if (c == '-' || (c >= '0' && c <= '9')) good = scan_number(s);
  else good = scan_word(s);
  if (good) s->places[place].value = (struct six_span){start, s->at};
  return good;
}

static bool scan(struct scanner *s) {
  if (s->length >= 3 && !memcmp(s->bytes, "\xEF\xBB\xBF", 3)) s->at = 3;
  skip_space(s);
  if (s->at == s->length) return fail_at(s, 0, 0, "the file is empty; a scenario is a JSON object");
  if (!scan_value(s, new_place(s))) return false;
  skip_space(s);
  return s->at == s->length || fail_at(s, s->at, s->at + 1, "nothing may follow the document's value");
}

// ---- The tree

struct builder {
  struct six_arena *arena;
  const struct place *places;
  size_t at;
  struct six_diag *diag;
};

static enum six_json_type type_of(const cJSON *item) {
  switch (item->type & 0xFF) {
    case cJSON_False: return SIX_JSON_FALSE;
    case cJSON_True: return SIX_JSON_TRUE;
    case cJSON_Number: return SIX_JSON_NUMBER;
    case cJSON_String: return SIX_JSON_STRING;
    case cJSON_Array: return SIX_JSON_ARRAY;
    case cJSON_Object: return SIX_JSON_OBJECT;
    default: return SIX_JSON_NULL;
  }
}

static int compare_keys(const void *left, const void *right) {
  const struct six_json *a = *(struct six_json *const *)left, *b = *(struct six_json *const *)right;
  int order = strcmp(a->key, b->key);
  return order ? order : (a->index > b->index) - (a->index < b->index);
}

static bool check_duplicates(struct builder *b, struct six_json *object) {
  if (object->count < 2) return true;
  struct six_json **sorted = malloc(object->count * sizeof *sorted);
  if (!sorted) abort();
  uint32_t n = 0;
  for (struct six_json *m = object->first; m; m = m->next) sorted[n++] = m;
  qsort(sorted, n, sizeof *sorted, compare_keys);
  const struct six_json *twice = NULL;
  for (uint32_t i = 1; i < n; i++)
    if (!strcmp(sorted[i - 1]->key, sorted[i]->key) && (!twice || sorted[i]->index < twice->index)) twice = sorted[i];
  free(sorted);
  if (!twice) return true;
  struct six_text path = {0};
  six_json_path(twice, &path);
  six_fail(b->diag, SIX_STATUS_DATA, twice->key_span, "%.200s: the key \"%.100s\" is already there", path.bytes, twice->key);
  six_text_done(&path);
  return false;
}

static struct six_json *build(struct builder *b, const cJSON *item, const struct six_json *parent, uint32_t index) {
  struct six_json *value = six_arena_alloc(b->arena, sizeof *value);
  const struct place *place = &b->places[b->at++];
  *value = (struct six_json){
      .type = type_of(item), .number = item->valuedouble, .span = place->value, .key_span = place->key, .parent = parent, .index = index};
  if (item->string) value->key = six_arena_copy(b->arena, item->string, strlen(item->string));
  if (value->type == SIX_JSON_STRING) value->string = six_arena_copy(b->arena, item->valuestring, strlen(item->valuestring));
  if (value->type == SIX_JSON_NUMBER && !isfinite(value->number)) {
    six_json_fail(b->diag, value, "the number is out of range");
    return NULL;
  }
  struct six_json **link = &value->first;
  for (const cJSON *child = item->child; child; child = child->next) {
    *link = build(b, child, value, value->count++);
    if (!*link) return NULL;
    link = &(*link)->next;
  }
  return value->type == SIX_JSON_OBJECT && !check_duplicates(b, value) ? NULL : value;
}

struct six_json *six_json_read(struct six_arena *arena, const char *bytes, size_t length, struct six_diag *diag) {
  if (length > LARGEST) {
    six_fail(diag, SIX_STATUS_DATA, (struct six_span){0, 0}, "the file is larger than 64 MB, the most that is read as JSON");
    return NULL;
  }
  struct scanner s = {.bytes = bytes, .length = (uint32_t)length, .diag = diag};
  struct six_json *root = NULL;
  if (scan(&s)) {
    cJSON *tree = cJSON_ParseWithLength(bytes, length);
    struct builder b = {arena, s.places, 0, diag};
    if (tree) root = build(&b, tree, NULL, 0);
    else six_fail(diag, SIX_STATUS_DATA, (struct six_span){0, 0}, "this is not valid JSON");
    cJSON_Delete(tree);
  }
  free(s.places);
  return root;
}

// ---- Looking at it

const struct six_json *six_json_get(const struct six_json *object, const char *key) {
  if (object->type != SIX_JSON_OBJECT) return NULL;
  for (const struct six_json *m = object->first; m; m = m->next)
    if (!strcmp(m->key, key)) return m;
  return NULL;
}

static bool is_plain_key(const char *key) {
  for (const char *p = key; *p; p++)
    if (!((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || *p == '_' || *p == '$' || (p > key && *p >= '0' && *p <= '9')))
      return false;
  return *key;
}

void six_json_path(const struct six_json *value, struct six_text *out) {
  const struct six_json *chain[DEEPEST + 1];
  int count = 0;
  for (; value && count <= DEEPEST; value = value->parent) chain[count++] = value;
  for (int i = count; i-- > 0;) {
    const struct six_json *v = chain[i];
    if (!v->parent) six_text_adds(out, "$");
    else if (!v->key) six_text_addf(out, "[%u]", v->index);
    else if (is_plain_key(v->key)) six_text_addf(out, ".%s", v->key);
    else six_text_addf(out, "[\"%s\"]", v->key);
  }
}

bool six_json_fail(struct six_diag *diag, const struct six_json *value, const char *format, ...) {
  struct six_text text = {0};
  six_json_path(value, &text);
  if (text.length > 200) {  // the end says more than the beginning
    size_t skip = text.length - 197;
    while (((unsigned char)text.bytes[skip] & 0xC0) == 0x80) skip++;
    struct six_text tail = {0};
    six_text_addf(&tail, "...%s", text.bytes + skip);
    six_text_done(&text);
    text = tail;
  }
  six_text_adds(&text, ": ");
  va_list arguments;
  va_start(arguments, format);
  six_text_addv(&text, format, arguments);
  va_end(arguments);
  six_fail(diag, SIX_STATUS_DATA, value->span, "%s", text.bytes);
  six_text_done(&text);
  return false;
}

const char *six_json_kind(const struct six_json *value) {
  static const char *const kinds[] = {"null", "false", "true", "a number", "a string", "an array", "an object"};
  return kinds[value->type];
}

// ---- Words

static size_t lower_of(size_t a, size_t b) { return a < b ? a : b; }

static bool same_letter(char a, char b) { return (a | 0x20) == (b | 0x20); }

// How many letters must be changed, added, dropped or swapped with their neighbours; case is nothing.
static size_t distance(const char *a, size_t n, const char *b, size_t m) {
  size_t rows[3][64];
  if (n >= 63 || m >= 63) return 63;
  for (size_t j = 0; j <= m; j++) rows[0][j] = j;
  for (size_t i = 1; i <= n; i++) {
    size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
    row[0] = i;
    for (size_t j = 1; j <= m; j++) {
      size_t changed = above[j - 1] + !same_letter(a[i - 1], b[j - 1]);
      row[j] = lower_of(changed, lower_of(above[j], row[j - 1]) + 1);
      bool swapped = i > 1 && j > 1 && same_letter(a[i - 1], b[j - 2]) && same_letter(a[i - 2], b[j - 1]);
      if (swapped) row[j] = lower_of(row[j], before[j - 2] + 1);
    }
  }
  return rows[n % 3][m];
}

size_t six_json_nearest(const char *word, const char *list, const char **nearest) {
  size_t length = strlen(word), best = length / 2 + 1, found = 0;
  for (const char *p = list; *p;) {
    size_t n = strcspn(p, " ");
    size_t d = distance(word, length, p, n);
    if (d < best && d < n) best = d, found = n, *nearest = p;
    p += n + (p[n] == ' ');
  }
  return found;
}

bool six_json_is_one_of(const char *word, const char *list) {
  size_t length = strlen(word);
  for (const char *p = list; *p;) {
    size_t n = strcspn(p, " ");
    if (n == length && !memcmp(p, word, n)) return true;
    p += n + (p[n] == ' ');
  }
  return false;
}

bool six_json_check_keys(struct six_diag *diag, const struct six_json *object, const char *keys) {
  for (const struct six_json *m = object->first; m; m = m->next) {
    if (six_json_is_one_of(m->key, keys)) continue;
    const char *nearest;
    size_t n = six_json_nearest(m->key, keys, &nearest);
    struct six_json at = *m;
    at.span = m->key_span;
    if (n) return six_json_fail(diag, &at, "unknown key \"%.60s\"; did you mean \"%.*s\"?", m->key, (int)n, nearest);
    return six_json_fail(diag, &at, "unknown key \"%.60s\"; it may be one of: %s", m->key, keys);
  }
  return true;
}
