// machine: RegExp (ECMA-262 22.2): the constructor, exec, test, toString and the getters.
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "sim/machine/builtins/builtin.h"
#include "sim/machine/builtins/regexp_parts.h"
#include "sim/machine/builtins/string_parts.h"
#include "sim/rules/names.h"

void six_regexp_mark(struct six_machine *m, struct six_object *o) {
  struct six_regexp *r = six_as_regexp(o);
  six_mark_value(m, r->source);
  six_mark_value(m, r->flags);
  six_mark_value(m, r->code);
}

// ---- Making

// Compiled code of patterns seen before: an array that the constructor function holds, of rows source, flags, code.
enum { CACHE_ROWS = 64, CACHE_SOURCE = 0, CACHE_FLAGS, CACHE_CODE, CACHE_COLUMNS };

static six_value *cache_row(struct six_machine *m, struct six_string *source, int flags) {
  struct six_native_function *constructor = six_as_native(six_intrinsic(m, SIX_I_RegExp));
  if (!six_is_object(constructor->data[0])) {
    struct six_object *table = six_array_new(m, CACHE_ROWS * CACHE_COLUMNS);
    for (int i = 0; i < CACHE_ROWS * CACHE_COLUMNS; i++) six_array_push(m, table, SIX_UNDEFINED);
    constructor->data[0] = six_object_value(table);
  }
  uint32_t row = (six_string_hash(m, source) ^ (uint32_t)flags * 7) % CACHE_ROWS;
  return six_as_object(constructor->data[0])->elements + row * CACHE_COLUMNS;
}

static six_value throw_bad_pattern(struct six_machine *m, struct six_string *source, struct six_string *flags, const char *sentence) {
  struct six_text pattern = {0}, letters = {0};
  if (strstr(sentence, "is not supported")) return six_throw_unsupported(m, "a regular expression with \\q strings");
  six_string_to_utf8(m, source, &pattern);
  six_string_to_utf8(m, flags, &letters);
  six_throw_syntax(m, "Invalid regular expression: /%s/%s: %s", pattern.bytes ? pattern.bytes : "", letters.bytes ? letters.bytes : "",
                   sentence);
  six_text_done(&pattern);
  six_text_done(&letters);
  return SIX_EXCEPTION;
}

// The code as a string value, or SIX_EXCEPTION.
static six_value code_for(struct six_machine *m, struct six_string *source, struct six_string *flags, int bits) {
  six_value *row = cache_row(m, source, bits);
  if (row[CACHE_FLAGS] == six_int(bits) && six_string_equal(m, six_as_string(row[CACHE_SOURCE]), source)) return row[CACHE_CODE];
  uint16_t *units = malloc((source->length + 1) * sizeof *units);
  if (!units) abort();
  for (uint32_t i = 0; i < source->length; i++) units[i] = six_string_unit(source, i);
  char message[256];
  size_t bytes;
  struct six_regexp_code *code = six_regexp_compile(units, source->length, (uint32_t)bits, &bytes, message);
  free(units);
  if (!code) return throw_bad_pattern(m, source, flags, message);
  six_value v = six_string_value(six_string_latin1(m, (const uint8_t *)code, bytes));
  free(code);
  row = cache_row(m, source, bits);
  row[CACHE_SOURCE] = six_string_value(source);
  row[CACHE_FLAGS] = six_int(bits);
  row[CACHE_CODE] = v;
  return v;
}

static int flag_bits(struct six_string *flags) {
  uint16_t units[9];
  if (flags->length > 8) return -1;
  for (uint32_t i = 0; i < flags->length; i++) units[i] = six_string_unit(flags, i);
  return six_regexp_flags(units, flags->length);
}

static six_value sorted_flags(struct six_machine *m, int bits) {
  static const struct {
    int bit;
    char letter;
  } letters[] = {{SIX_RE_HAS_INDICES, 'd'}, {SIX_RE_GLOBAL, 'g'},  {SIX_RE_IGNORE_CASE, 'i'},  {SIX_RE_MULTILINE, 'm'},
                 {SIX_RE_DOT_ALL, 's'},     {SIX_RE_UNICODE, 'u'}, {SIX_RE_UNICODE_SETS, 'v'}, {SIX_RE_STICKY, 'y'}};
  char text[9];
  int n = 0;
  for (size_t i = 0; i < SIX_COUNT(letters); i++) {
    if (bits & letters[i].bit) text[n++] = letters[i].letter;
  }
  text[n] = '\0';
  return six_str(m, text);
}

// RegExpAlloc and RegExpInitialize. No JavaScript runs.
static six_value create(struct six_machine *m, struct six_object *proto, struct six_string *source, struct six_string *flags) {
  source = six_string_flat(m, source);
  flags = six_string_flat(m, flags);
  int bits = flag_bits(flags), syntax = m->rules->cell[SIX_RULE_SYNTAX];
  if (bits > 0 && bits & SIX_RE_HAS_INDICES && !six_names_has("Syntax", syntax, "regexp-d")) bits = -1;
  if (bits > 0 && bits & SIX_RE_UNICODE_SETS && !six_names_has("Syntax", syntax, "regexp-v")) bits = -1;
  if (bits < 0) {
    struct six_text text = {0};
    six_string_to_utf8(m, flags, &text);
    six_throw_syntax(m, "Invalid flags supplied to RegExp constructor '%s'", text.bytes ? text.bytes : "");
    six_text_done(&text);
    return SIX_EXCEPTION;
  }
  six_value code = code_for(m, source, flags, bits);
  if (six_is_exception(code)) return code;
  struct six_object *o = six_object_new_class(m, SIX_CLASS_REGEXP, sizeof(struct six_regexp), proto);
  struct six_regexp *r = six_as_regexp(o);
  r->source = six_string_value(source);
  r->flags = sorted_flags(m, bits);
  r->code = code;
  six_define(m, o, SIX_ATOM(m, lastIndex), six_int(0), SIX_WRITABLE);
  return six_object_value(o);
}

six_value six_regexp_new(struct six_machine *m, struct six_string *pattern, struct six_string *flags) {
  return create(m, six_intrinsic(m, SIX_I_RegExpPrototype), pattern, flags);
}

static int is_regexp(struct six_machine *m, six_value v) {
  if (!six_is_object(v)) return 0;
  six_value matcher = six_get(m, six_as_object(v), SIX_SYMBOL(m, match));
  if (six_is_exception(matcher)) return -1;
  return six_is_undefined(matcher) ? six_is_class(v, SIX_CLASS_REGEXP) : six_to_boolean(matcher);
}

static six_value regexp_constructor(struct six_machine *m, const struct six_args *a) {
  six_value pattern = six_arg(a, 0), flags = six_arg(a, 1);
  int looks_like_one = is_regexp(m, pattern);
  if (looks_like_one < 0) return SIX_EXCEPTION;
  if (six_is_undefined(a->new_target) && looks_like_one && six_is_undefined(flags)) {
    six_value constructor = six_get(m, six_as_object(pattern), SIX_ATOM(m, constructor));
    if (six_is_exception(constructor)) return constructor;
    if (constructor == six_object_value(a->callee)) return pattern;
  }
  six_value source = pattern;
  if (six_is_class(pattern, SIX_CLASS_REGEXP)) {
    source = six_as_regexp(six_as_object(pattern))->source;
    if (six_is_undefined(flags)) flags = six_as_regexp(six_as_object(pattern))->flags;
  } else if (looks_like_one) {
    source = six_get(m, six_as_object(pattern), SIX_ATOM(m, source));
    if (six_is_exception(source)) return source;
    six_root(m, source);
    if (six_is_undefined(flags)) flags = six_get(m, six_as_object(pattern), SIX_ATOM(m, flags));
    if (six_is_exception(flags)) return flags;
    six_root(m, flags);
  }
  struct six_object *proto = six_prototype_for(m, a, six_intrinsic(m, SIX_I_RegExpPrototype));
  if (!proto) return SIX_EXCEPTION;
  struct six_string *s = six_is_undefined(source) ? six_as_string(six_str(m, "")) : six_arg_string(m, source);
  if (!s) return SIX_EXCEPTION;
  struct six_string *f = six_is_undefined(flags) ? six_as_string(six_str(m, "")) : six_arg_string(m, flags);
  return f ? create(m, proto, s, f) : SIX_EXCEPTION;
}

// Annex B: another pattern for the same object.
static six_value regexp_compile(struct six_machine *m, const struct six_args *a) {
  struct six_object *o = six_this_of(m, a, SIX_CLASS_REGEXP, "RegExp.prototype.compile");
  if (!o) return SIX_EXCEPTION;
  six_value pattern = six_arg(a, 0), flags = six_arg(a, 1);
  if (six_is_class(pattern, SIX_CLASS_REGEXP)) {
    if (!six_is_undefined(flags)) return six_throw_type(m, "Invalid flags supplied to RegExp constructor");
    flags = six_as_regexp(six_as_object(pattern))->flags;
    pattern = six_as_regexp(six_as_object(pattern))->source;
  }
  struct six_string *s = six_is_undefined(pattern) ? six_as_string(six_str(m, "")) : six_arg_string(m, pattern);
  struct six_string *f = !s ? NULL : six_is_undefined(flags) ? six_as_string(six_str(m, "")) : six_arg_string(m, flags);
  six_value fresh = f ? create(m, six_intrinsic(m, SIX_I_RegExpPrototype), s, f) : SIX_EXCEPTION;
  if (six_is_exception(fresh)) return fresh;
  const struct six_regexp *from = six_as_regexp(six_as_object(fresh));
  six_as_regexp(o)->source = from->source;
  six_as_regexp(o)->flags = from->flags;
  six_as_regexp(o)->code = from->code;
  return six_set(m, o, SIX_ATOM(m, lastIndex), six_int(0)) < 0 ? SIX_EXCEPTION : a->this_value;
}

// ---- Matching

int six_regexp_match(struct six_machine *m, const struct six_regexp *r, struct six_string *s, uint32_t start, struct six_captures *c) {
  m->effort += 32;
  const struct six_regexp_code *code = six_regexp_code_of(r);
  if (!c->positions) {
    c->positions = code->group_count <= 20 ? c->small : malloc(2 * code->group_count * sizeof *c->positions);
    if (!c->positions) abort();
  }
  bool wide = six_string_is_wide(s);
  const void *text = wide ? (const void *)s->u.wide : (const void *)s->u.latin1;
  int found = six_regexp_run(m, code, text, wide, s->length, start, c->positions);
  if (found == -2) six_throw_range(m, "Maximum call stack size exceeded");
  if (found > 0) six_regexp_remember(m, s, c->positions, code->group_count);
  return found < 0 ? -1 : found;
}

void six_captures_done(struct six_captures *c) {
  if (c->positions && c->positions != c->small) free(c->positions);
  c->positions = NULL;
}

six_value six_capture_text(struct six_machine *m, struct six_string *s, const int32_t *positions, uint32_t group) {
  int32_t from = positions[2 * group], to = positions[2 * group + 1];
  if (from < 0 || to < 0) return SIX_UNDEFINED;
  if (to - from == 1) return six_unit_string(m, six_string_unit(s, (uint32_t)from));
  if (from == 0 && (uint32_t)to == s->length) return six_string_value(s);
  return six_string_value(six_string_substring(m, s, (uint32_t)from, (uint32_t)to));
}

static six_value named_groups(struct six_machine *m, const struct six_regexp_code *code, const six_value *values) {
  if (!code->name_count) return SIX_UNDEFINED;
  struct six_object *groups = six_object_new(m, NULL);
  const uint32_t *rows = code->data + code->words + code->class_words;
  const uint16_t *units = (const uint16_t *)(const void *)(rows + 3 * code->name_count);
  for (uint32_t i = 0; i < code->name_count; i++, rows += 3) {
    six_key key = six_key_of_string(m, six_string_utf16(m, units + rows[1], rows[2]));
    six_define(m, groups, key, values[rows[0]], SIX_DATA_ALL);
  }
  return six_object_value(groups);
}

six_value six_capture_groups(struct six_machine *m, const struct six_regexp_code *code, struct six_string *s, const int32_t *positions) {
  if (!code->name_count) return SIX_UNDEFINED;
  struct six_values *texts = six_values_new(m, code->group_count);
  for (uint32_t g = 0; g < code->group_count; g++) texts->items[g] = six_capture_text(m, s, positions, g);
  return named_groups(m, code, texts->items);
}

static six_value indices_array(struct six_machine *m, const struct six_regexp_code *code, const int32_t *positions) {
  struct six_object *array = six_array_new(m, code->group_count);
  for (uint32_t g = 0; g < code->group_count; g++) {
    six_value pair[2] = {six_int(positions[2 * g]), six_int(positions[2 * g + 1])};
    bool matched = positions[2 * g] >= 0 && positions[2 * g + 1] >= 0;
    six_array_push(m, array, matched ? six_object_value(six_array_from(m, pair, 2)) : SIX_UNDEFINED);
  }
  six_define(m, array, SIX_ATOM(m, groups), named_groups(m, code, array->elements), SIX_DATA_ALL);
  return six_object_value(array);
}

static six_value match_object(struct six_machine *m, const struct six_regexp_code *code, struct six_string *s, const int32_t *positions) {
  struct six_object *array = six_array_new(m, code->group_count);
  for (uint32_t g = 0; g < code->group_count; g++) six_array_push(m, array, six_capture_text(m, s, positions, g));
  six_define(m, array, SIX_ATOM(m, index), six_int(positions[0]), SIX_DATA_ALL);
  six_define(m, array, SIX_ATOM(m, input), six_string_value(s), SIX_DATA_ALL);
  if (m->rules->cell[SIX_RULE_MATCH_GROUPS])
    six_define(m, array, SIX_ATOM(m, groups), named_groups(m, code, array->elements), SIX_DATA_ALL);
  if (code->flags & SIX_RE_HAS_INDICES) {
    six_define(m, array, SIX_ATOM(m, indices), indices_array(m, code, positions), SIX_DATA_ALL);
  }
  return six_object_value(array);
}

six_value six_regexp_builtin_exec(struct six_machine *m, struct six_regexp *r, struct six_string *s) {
  const struct six_regexp_code *code = six_regexp_code_of(r);
  six_value last = six_get(m, &r->object, SIX_ATOM(m, lastIndex));
  double start;
  if (six_is_exception(last) || !six_to_length(m, last, &start)) return SIX_EXCEPTION;
  bool uses_last = (code->flags & (SIX_RE_GLOBAL | SIX_RE_STICKY)) != 0;
  if (!uses_last) start = 0;
  struct six_captures c = {0};
  int found = start > s->length ? 0 : six_regexp_match(m, r, s, (uint32_t)start, &c);
  six_value result = SIX_NULL;
  if (found < 0) {
    result = SIX_EXCEPTION;
  } else if (!found) {
    if (uses_last && six_set(m, &r->object, SIX_ATOM(m, lastIndex), six_int(0)) < 0) result = SIX_EXCEPTION;
  } else if (uses_last && six_set(m, &r->object, SIX_ATOM(m, lastIndex), six_int(c.positions[1])) < 0) {
    result = SIX_EXCEPTION;
  } else {
    result = match_object(m, code, s, c.positions);
  }
  six_captures_done(&c);
  return result;
}

static six_value regexp_exec(struct six_machine *m, const struct six_args *a) {
  struct six_regexp *r = six_this_of(m, a, SIX_CLASS_REGEXP, "RegExp.prototype.exec");
  struct six_string *s = r ? six_arg_string(m, six_arg(a, 0)) : NULL;
  return s ? six_regexp_builtin_exec(m, r, s) : SIX_EXCEPTION;
}

static bool is_builtin_exec(six_value f) {
  return six_is_class(f, SIX_CLASS_NATIVE) && six_as_native(six_as_object(f))->native == regexp_exec;
}

bool six_regexp_is_pristine(struct six_machine *m, six_value v) {
  if (!six_is_class(v, SIX_CLASS_REGEXP)) return false;
  struct six_object *o = six_as_object(v);
  if (o->shape->count != 1 || o->shape->proto != six_intrinsic(m, SIX_I_RegExpPrototype)) return false;
  six_value *exec = six_own_slot(m, o->shape->proto, SIX_ATOM(m, exec));
  return exec && is_builtin_exec(*exec);
}

six_value six_regexp_exec(struct six_machine *m, struct six_object *r, struct six_string *s) {
  six_value exec = six_get(m, r, SIX_ATOM(m, exec));
  if (six_is_exception(exec)) return exec;
  bool is_regexp_object = r->cell.class_ == SIX_CLASS_REGEXP;
  if (is_regexp_object && is_builtin_exec(exec)) return six_regexp_builtin_exec(m, six_as_regexp(r), s);
  if (!six_is_callable(exec)) {
    if (is_regexp_object) return six_regexp_builtin_exec(m, six_as_regexp(r), s);
    return six_throw_receiver(m, "RegExp.prototype.exec", six_object_value(r));
  }
  six_value argument = six_string_value(s);
  six_value result = six_call(m, exec, six_object_value(r), 1, &argument);
  if (six_is_exception(result) || six_is_object(result) || six_is_null(result)) return result;
  return six_throw_type(m, "RegExp exec method returned something other than an Object or null");
}

uint32_t six_advance_index(const struct six_string *s, uint32_t index, bool unicode) {
  uint32_t units = 1;
  if (unicode && index < s->length) six_string_code_point(s, index, &units);
  return index + units;
}

static six_value regexp_test(struct six_machine *m, const struct six_args *a) {
  if (!six_is_object(a->this_value)) return six_throw_receiver(m, "RegExp.prototype.test", a->this_value);
  struct six_string *s = six_arg_string(m, six_arg(a, 0));
  if (!s) return SIX_EXCEPTION;
  struct six_object *o = six_as_object(a->this_value);
  if (six_regexp_is_pristine(m, a->this_value) && !(six_regexp_code_of(six_as_regexp(o))->flags & (SIX_RE_GLOBAL | SIX_RE_STICKY))) {
    struct six_captures c = {0};
    int found = six_regexp_match(m, six_as_regexp(o), s, 0, &c);
    six_captures_done(&c);
    return found < 0 ? SIX_EXCEPTION : six_boolean(found);
  }
  six_value result = six_regexp_exec(m, o, s);
  return six_is_exception(result) ? result : six_boolean(!six_is_null(result));
}

// ---- Source and flags

struct six_string *six_regexp_source(struct six_machine *m, struct six_regexp *r) {
  struct six_string *s = six_as_string(r->source);
  if (s->length == 0) return six_as_string(six_str(m, "(?:)"));
  struct six_builder b = {0};
  bool in_class = false;
  for (uint32_t i = 0; i < s->length; i++) {
    uint16_t c = six_string_unit(s, i);
    if (c == '\\' && i + 1 < s->length) {
      uint16_t next = six_string_unit(s, i + 1);
      if (next != '\n' && next != '\r' && next != 0x2028 && next != 0x2029) {
        six_builder_unit(m, &b, c);
        six_builder_unit(m, &b, next);
        i++;
      }
      continue;
    }
    if (c == '[') in_class = true;
    else if (c == ']') in_class = false;
    if (c == '/' && !in_class) six_builder_ascii(m, &b, "\\/");
    else if (c == '\n') six_builder_ascii(m, &b, "\\n");
    else if (c == '\r') six_builder_ascii(m, &b, "\\r");
    else if (c == 0x2028) six_builder_ascii(m, &b, "\\u2028");
    else if (c == 0x2029) six_builder_ascii(m, &b, "\\u2029");
    else six_builder_unit(m, &b, c);
  }
  six_value v = six_builder_finish(m, &b);
  return six_is_exception(v) ? NULL : six_as_string(v);
}

static six_value get_source(struct six_machine *m, const struct six_args *a) {
  if (six_is_class(a->this_value, SIX_CLASS_REGEXP)) {
    struct six_string *s = six_regexp_source(m, six_as_regexp(six_as_object(a->this_value)));
    return s ? six_string_value(s) : SIX_EXCEPTION;
  }
  if (a->this_value == six_object_value(six_intrinsic(m, SIX_I_RegExpPrototype))) return six_str(m, "(?:)");
  return six_throw_type(m, "RegExp.prototype.source getter called on non-RegExp object");
}

static six_value get_flag(struct six_machine *m, const struct six_args *a, const char *name, uint32_t bit) {
  if (six_is_class(a->this_value, SIX_CLASS_REGEXP)) {
    return six_boolean((six_regexp_code_of(six_as_regexp(six_as_object(a->this_value)))->flags & bit) != 0);
  }
  if (a->this_value == six_object_value(six_intrinsic(m, SIX_I_RegExpPrototype))) return SIX_UNDEFINED;
  return six_throw_type(m, "RegExp.prototype.%s getter called on non-RegExp object", name);
}

// In the order in which the flags getter asks for them.
// clang-format off
#define FLAGS(X) \
  X(hasIndices, SIX_RE_HAS_INDICES, 'd') X(global, SIX_RE_GLOBAL, 'g') X(ignoreCase, SIX_RE_IGNORE_CASE, 'i') \
  X(multiline, SIX_RE_MULTILINE, 'm') X(dotAll, SIX_RE_DOT_ALL, 's') X(unicode, SIX_RE_UNICODE, 'u') \
  X(unicodeSets, SIX_RE_UNICODE_SETS, 'v') X(sticky, SIX_RE_STICKY, 'y')
// clang-format on
#define X(name, bit, letter) \
  static six_value get_##name(struct six_machine *m, const struct six_args *a) { return get_flag(m, a, #name, bit); }
FLAGS(X)
#undef X

static six_value get_flags(struct six_machine *m, const struct six_args *a) {
  if (!six_is_object(a->this_value)) {
    return six_throw_type_about(m, "RegExp.prototype.flags getter called on non-object ", a->this_value, "");
  }
  if (six_regexp_is_pristine(m, a->this_value)) return six_as_regexp(six_as_object(a->this_value))->flags;
  char text[9];
  int n = 0;
#define X(name, bit, letter)                                                   \
  {                                                                            \
    six_value v = six_get(m, six_as_object(a->this_value), SIX_ATOM(m, name)); \
    if (six_is_exception(v)) return v;                                         \
    if (six_to_boolean(v)) text[n++] = letter;                                 \
  }
  FLAGS(X)
#undef X
  text[n] = '\0';
  return six_str(m, text);
}

static six_value regexp_to_string(struct six_machine *m, const struct six_args *a) {
  if (!six_is_object(a->this_value)) return six_throw_receiver(m, "RegExp.prototype.toString", a->this_value);
  struct six_builder b = {0};
  six_key keys[2] = {SIX_ATOM(m, source), SIX_ATOM(m, flags)};
  for (int i = 0; i < 2; i++) {
    six_builder_ascii(m, &b, "/");
    six_value v = six_get(m, six_as_object(a->this_value), keys[i]);
    struct six_string *s = six_is_exception(v) ? NULL : six_to_string(m, v);
    if (!s) {
      six_builder_done(m, &b);
      return SIX_EXCEPTION;
    }
    six_builder_string(m, &b, s);
  }
  return six_builder_finish(m, &b);
}

// EncodeForRegExpEscape (22.2.5.1.1)
static void add_escaped(struct six_machine *m, struct six_builder *b, uint16_t c, bool first) {
  static const char syntax[] = "^$\\.*+?()[]{}|/", controls[] = "\t\n\v\f\r", letters[] = "tnvfr", punctuators[] = ",-=<>#&!%:;@~'`\"";
  bool ascii = c > 0 && c < 128;
  char text[8];
  if (ascii && strchr(syntax, c)) {
    snprintf(text, sizeof text, "\\%c", c);
  } else if (ascii && strchr(controls, c)) {
    snprintf(text, sizeof text, "\\%c", letters[strchr(controls, c) - controls]);
  } else if ((first && ascii && isalnum(c)) || (ascii && strchr(punctuators, c)) || c == ' ' || c == 0xA0) {
    snprintf(text, sizeof text, "\\x%02x", c);
  } else if (c == 0xFEFF || c == 0x2028 || c == 0x2029 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F ||
             c == 0x3000) {
    snprintf(text, sizeof text, "\\u%04x", c);
  } else {
    six_builder_unit(m, b, c);
    return;
  }
  six_builder_ascii(m, b, text);
}

static six_value regexp_escape(struct six_machine *m, const struct six_args *a) {
  if (!six_is_string(six_arg(a, 0))) return six_throw_type(m, "input argument must be a string");
  struct six_string *s = six_string_flat(m, six_as_string(a->argv[0]));
  struct six_builder b = {0};
  for (uint32_t i = 0; i < s->length; i++) {
    uint16_t c = six_string_unit(s, i);
    bool high = c >= 0xD800 && c < 0xDC00 && i + 1 < s->length && (six_string_unit(s, i + 1) & 0xFC00) == 0xDC00;
    bool low = c >= 0xDC00 && c < 0xE000 && i > 0 && (six_string_unit(s, i - 1) & 0xFC00) == 0xD800;
    if (c >= 0xD800 && c < 0xE000 && !high && !low) {
      char text[8];
      snprintf(text, sizeof text, "\\u%04x", c);
      six_builder_ascii(m, &b, text);
    } else {
      add_escaped(m, &b, c, i == 0);
    }
  }
  return six_builder_finish(m, &b);
}

static const struct six_native_def statics[] = {{"escape", regexp_escape, 1, 0}};

static const struct six_native_def methods[] = {
    {"compile", regexp_compile, 2, 0},
    {"exec", regexp_exec, 1, 0},
#define X(name, bit, letter) {#name, get_##name, 0, SIX_DEF_GETTER},
    FLAGS(X)
#undef X
        {"flags", get_flags, 0, SIX_DEF_GETTER},
    {"source", get_source, 0, SIX_DEF_GETTER},
    {"test", regexp_test, 1, 0},
    {"toString", regexp_to_string, 0, 0},
};

void six_init_regexp(struct six_machine *m) {
  struct six_object *proto = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  m->intrinsics[SIX_I_RegExpPrototype] = proto;
  struct six_object *constructor = six_constructor_new(m, "RegExp", regexp_constructor, 2, proto);
  m->intrinsics[SIX_I_RegExp] = constructor;
  six_define_natives(m, proto, methods, SIX_COUNT(methods));
  six_define_natives(m, proto, six_regexp_symbol_natives, six_regexp_symbol_count);
  six_define_natives(m, constructor, six_regexp_legacy_natives, six_regexp_legacy_count);
  six_define_natives(m, constructor, statics, SIX_COUNT(statics));
  six_define_species(m, constructor);
  six_init_regexp_string_iterator(m);
}
