// machine: String (ECMA-262 22.1): the constructor, access to units, slices and searches.
#include "sim/machine/builtins/string_parts.h"

#include "sim/machine/builtins/builtin.h"
#include "sim/machine/classes.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

six_value six_unit_string(struct six_machine *m, uint16_t unit) {
  if (unit < 256) return m->single_chars[unit];
  return six_string_value(six_string_utf16(m, &unit, 1));
}

struct six_string *six_arg_string(struct six_machine *m, six_value v) {
  if (six_is_string(v)) return six_string_flat(m, six_as_string(v));
  struct six_string *s = six_to_string(m, v);
  if (s) six_root(m, six_string_value(s));
  return s;
}

struct six_string *six_this_string(struct six_machine *m, const struct six_args *a, const char *method) {
  if (six_is_nullish(a->this_value)) {
    six_throw_type(m, "%s called on null or undefined", method);
    return NULL;
  }
  return six_arg_string(m, a->this_value);
}

void six_builder_slice(struct six_machine *m, struct six_builder *b, const struct six_string *s, uint32_t from, uint32_t to) {
  for (uint32_t i = from; i < to; i++) six_builder_unit(m, b, six_string_unit(s, i));
}

// An integer argument clamped to [0, length]; negative counts from the end when `relative`. false on exception.
static bool position_arg(struct six_machine *m, six_value v, uint32_t length, bool relative, uint32_t fallback, uint32_t *out) {
  double d;
  if (six_is_undefined(v)) {
    *out = fallback;
    return true;
  }
  if (six_is_int(v)) d = six_as_int(v);
  else if (!six_to_integer(m, v, &d)) return false;
  if (d < 0) d = relative ? d + length : 0;
  if (d < 0) d = 0;
  *out = d > length ? length : (uint32_t)d;
  return true;
}

static bool integer_arg(struct six_machine *m, six_value v, double *out) {
  if (six_is_int(v)) {
    *out = six_as_int(v);
    return true;
  }
  return six_to_integer(m, v, out);
}

// ---- Constructor

static six_value symbol_descriptive(struct six_machine *m, six_value v) {
  struct six_builder b = {0};
  six_builder_ascii(m, &b, "Symbol(");
  six_value d = six_as_symbol(v)->description;
  if (six_is_string(d)) six_builder_string(m, &b, six_as_string(d));
  six_builder_ascii(m, &b, ")");
  return six_builder_finish(m, &b);
}

static six_value string_constructor(struct six_machine *m, const struct six_args *a) {
  bool constructing = !six_is_undefined(a->new_target);
  six_value v = a->argc ? a->argv[0] : six_str(m, "");
  if (six_is_symbol(v) && !constructing) return symbol_descriptive(m, v);
  six_value s = six_to_string_value(m, v);
  if (six_is_exception(s) || !constructing) return s;
  six_root(m, s);
  struct six_object *proto = six_prototype_for(m, a, six_intrinsic(m, SIX_I_StringPrototype));
  if (!proto) return SIX_EXCEPTION;
  struct six_object *o = six_object_new_class(m, SIX_CLASS_STRING, sizeof(struct six_boxed), proto);
  o->cell.flags |= SIX_OBJECT_EXOTIC;
  ((struct six_boxed *)o)->value = six_string_value(six_string_flat(m, six_as_string(s)));
  return six_object_value(o);
}

static six_value string_from_char_code(struct six_machine *m, const struct six_args *a) {
  if (a->argc == 1 && six_is_int(a->argv[0])) return six_unit_string(m, (uint16_t)six_as_int(a->argv[0]));
  struct six_builder b = {0};
  for (int i = 0; i < a->argc; i++) {
    uint32_t unit;
    if (!six_to_uint32(m, a->argv[i], &unit)) {
      six_builder_done(m, &b);
      return SIX_EXCEPTION;
    }
    six_builder_unit(m, &b, (uint16_t)unit);
  }
  return six_builder_finish(m, &b);
}

static six_value invalid_code_point(struct six_machine *m, six_value v) {
  struct six_string *s = six_to_string(m, v);
  if (!s) return SIX_EXCEPTION;
  struct six_text text = {0};
  six_string_to_utf8(m, s, &text);
  six_throw_range(m, "Invalid code point %s", text.bytes ? text.bytes : "");
  six_text_done(&text);
  return SIX_EXCEPTION;
}

static six_value string_from_code_point(struct six_machine *m, const struct six_args *a) {
  struct six_builder b = {0};
  for (int i = 0; i < a->argc; i++) {
    double d;
    if (!six_to_number(m, a->argv[i], &d)) goto fail;
    if (!(d >= 0 && d <= 0x10FFFF && d == trunc(d))) {
      invalid_code_point(m, six_number(d));
      goto fail;
    }
    six_builder_code_point(m, &b, (uint32_t)d);
  }
  return six_builder_finish(m, &b);
fail:
  six_builder_done(m, &b);
  return SIX_EXCEPTION;
}

static six_value string_raw(struct six_machine *m, const struct six_args *a) {
  struct six_object *cooked = six_to_object(m, six_arg(a, 0));
  if (!cooked) return SIX_EXCEPTION;
  six_root(m, six_object_value(cooked));
  six_value raw_value = six_get(m, cooked, SIX_ATOM(m, raw));
  if (six_is_exception(raw_value)) return raw_value;
  struct six_object *raw = six_to_object(m, raw_value);
  if (!raw) return SIX_EXCEPTION;
  six_root(m, six_object_value(raw));
  double length;
  if (six_length_of(m, raw, &length) < 0) return SIX_EXCEPTION;
  struct six_builder b = {0};
  for (uint32_t i = 0; i < length; i++) {
    six_value piece = six_get_index(m, raw, i);
    struct six_string *s = six_is_exception(piece) ? NULL : six_to_string(m, piece);
    if (!s) goto fail;
    six_builder_string(m, &b, s);
    if (i + 1 < length && (int)i + 1 < a->argc) {
      if (!(s = six_to_string(m, a->argv[i + 1]))) goto fail;
      six_builder_string(m, &b, s);
    }
  }
  return six_builder_finish(m, &b);
fail:
  six_builder_done(m, &b);
  return SIX_EXCEPTION;
}

// ---- Units and code points

static six_value string_at(struct six_machine *m, const struct six_args *a) {
  struct six_string *s = six_this_string(m, a, "String.prototype.at");
  double d;
  if (!s || !integer_arg(m, six_arg(a, 0), &d)) return SIX_EXCEPTION;
  if (d < 0) d += s->length;
  if (d < 0 || d >= s->length) return SIX_UNDEFINED;
  return six_unit_string(m, six_string_unit(s, (uint32_t)d));
}

static six_value string_char_at(struct six_machine *m, const struct six_args *a) {
  struct six_string *s = six_this_string(m, a, "String.prototype.charAt");
  double d;
  if (!s || !integer_arg(m, six_arg(a, 0), &d)) return SIX_EXCEPTION;
  if (d < 0 || d >= s->length) return six_str(m, "");
  return six_unit_string(m, six_string_unit(s, (uint32_t)d));
}

static six_value string_char_code_at(struct six_machine *m, const struct six_args *a) {
  struct six_string *s = six_this_string(m, a, "String.prototype.charCodeAt");
  double d;
  if (!s || !integer_arg(m, six_arg(a, 0), &d)) return SIX_EXCEPTION;
  if (d < 0 || d >= s->length) return SIX_NAN;
  return six_int(six_string_unit(s, (uint32_t)d));
}

static six_value string_code_point_at(struct six_machine *m, const struct six_args *a) {
  struct six_string *s = six_this_string(m, a, "String.prototype.codePointAt");
  double d;
  if (!s || !integer_arg(m, six_arg(a, 0), &d)) return SIX_EXCEPTION;
  if (d < 0 || d >= s->length) return SIX_UNDEFINED;
  uint32_t units;
  return six_int((int32_t)six_string_code_point(s, (uint32_t)d, &units));
}

static six_value string_concat(struct six_machine *m, const struct six_args *a) {
  struct six_string *s = six_this_string(m, a, "String.prototype.concat");
  if (!s) return SIX_EXCEPTION;
  six_value all = six_string_value(s);
  for (int i = 0; i < a->argc; i++) {
    six_root(m, all);
    struct six_string *next = six_to_string(m, a->argv[i]);
    if (!next) return SIX_EXCEPTION;
    all = six_string_concat(m, six_as_string(all), next);
    if (six_is_exception(all)) return all;
  }
  return all;
}

// ---- Searching

static int64_t last_index_of(const struct six_string *s, const struct six_string *what, uint32_t from) {
  if (what->length > s->length) return -1;
  uint32_t i = s->length - what->length;
  if (from < i) i = from;
  for (;; i--) {
    uint32_t k = 0;
    while (k < what->length && six_string_unit(s, i + k) == six_string_unit(what, k)) k++;
    if (k == what->length) return i;
    if (i == 0) return -1;
  }
}

static bool region_matches(const struct six_string *s, uint32_t at, const struct six_string *what) {
  if (what->length > s->length - at) return false;
  for (uint32_t i = 0; i < what->length; i++) {
    if (six_string_unit(s, at + i) != six_string_unit(what, i)) return false;
  }
  return true;
}

static six_value string_index_of(struct six_machine *m, const struct six_args *a) {
  struct six_string *s = six_this_string(m, a, "String.prototype.indexOf");
  struct six_string *what = s ? six_arg_string(m, six_arg(a, 0)) : NULL;
  uint32_t from;
  if (!what || !position_arg(m, six_arg(a, 1), s->length, false, 0, &from)) return SIX_EXCEPTION;
  return six_number((double)six_string_index_of(m, s, what, from));
}

static six_value string_last_index_of(struct six_machine *m, const struct six_args *a) {
  struct six_string *s = six_this_string(m, a, "String.prototype.lastIndexOf");
  struct six_string *what = s ? six_arg_string(m, six_arg(a, 0)) : NULL;
  double d;
  if (!what || !six_to_number(m, six_arg(a, 1), &d)) return SIX_EXCEPTION;
  uint32_t from = d != d || d > s->length ? s->length : d < 0 ? 0 : (uint32_t)d;
  return six_number((double)last_index_of(s, what, from));
}

// The search string of includes, startsWith and endsWith, which refuse regular expressions (IsRegExp).
static struct six_string *plain_search(struct six_machine *m, six_value v, const char *method) {
  if (six_is_object(v)) {
    six_value matcher = six_get(m, six_as_object(v), SIX_SYMBOL(m, match));
    if (six_is_exception(matcher)) return NULL;
    bool is_regexp = six_is_undefined(matcher) ? six_is_class(v, SIX_CLASS_REGEXP) : six_to_boolean(matcher);
    if (is_regexp) {
      six_throw_type(m, "First argument to %s must not be a regular expression", method);
      return NULL;
    }
  }
  return six_arg_string(m, v);
}

static six_value string_includes(struct six_machine *m, const struct six_args *a) {
  struct six_string *s = six_this_string(m, a, "String.prototype.includes");
  struct six_string *what = s ? plain_search(m, six_arg(a, 0), "String.prototype.includes") : NULL;
  uint32_t from;
  if (!what || !position_arg(m, six_arg(a, 1), s->length, false, 0, &from)) return SIX_EXCEPTION;
  return six_boolean(six_string_index_of(m, s, what, from) >= 0);
}

static six_value string_starts_with(struct six_machine *m, const struct six_args *a) {
  struct six_string *s = six_this_string(m, a, "String.prototype.startsWith");
  struct six_string *what = s ? plain_search(m, six_arg(a, 0), "String.prototype.startsWith") : NULL;
  uint32_t from;
  if (!what || !position_arg(m, six_arg(a, 1), s->length, false, 0, &from)) return SIX_EXCEPTION;
  return six_boolean(region_matches(s, from, what));
}

static six_value string_ends_with(struct six_machine *m, const struct six_args *a) {
  struct six_string *s = six_this_string(m, a, "String.prototype.endsWith");
  struct six_string *what = s ? plain_search(m, six_arg(a, 0), "String.prototype.endsWith") : NULL;
  uint32_t end;
  if (!what || !position_arg(m, six_arg(a, 1), s->length, false, s->length, &end)) return SIX_EXCEPTION;
  return six_boolean(what->length <= end && region_matches(s, end - what->length, what));
}

// ---- Slices

static six_value slice(struct six_machine *m, struct six_string *s, uint32_t from, uint32_t to) {
  if (from >= to) return six_str(m, "");
  if (from == 0 && to == s->length) return six_string_value(s);
  if (to - from == 1) return six_unit_string(m, six_string_unit(s, from));
  return six_string_value(six_string_substring(m, s, from, to));
}

static six_value string_slice(struct six_machine *m, const struct six_args *a) {
  struct six_string *s = six_this_string(m, a, "String.prototype.slice");
  uint32_t from, to;
  if (!s || !position_arg(m, six_arg(a, 0), s->length, true, 0, &from)) return SIX_EXCEPTION;
  if (!position_arg(m, six_arg(a, 1), s->length, true, s->length, &to)) return SIX_EXCEPTION;
  return slice(m, s, from, to);
}

static six_value string_substring(struct six_machine *m, const struct six_args *a) {
  struct six_string *s = six_this_string(m, a, "String.prototype.substring");
  uint32_t from, to;
  if (!s || !position_arg(m, six_arg(a, 0), s->length, false, 0, &from)) return SIX_EXCEPTION;
  if (!position_arg(m, six_arg(a, 1), s->length, false, s->length, &to)) return SIX_EXCEPTION;
  return from <= to ? slice(m, s, from, to) : slice(m, s, to, from);
}

static six_value string_substr(struct six_machine *m, const struct six_args *a) {
  struct six_string *s = six_this_string(m, a, "String.prototype.substr");
  uint32_t from;
  double length;
  if (!s || !position_arg(m, six_arg(a, 0), s->length, true, 0, &from)) return SIX_EXCEPTION;
  length = s->length;
  if (!six_is_undefined(six_arg(a, 1)) && !integer_arg(m, six_arg(a, 1), &length)) return SIX_EXCEPTION;
  if (length <= 0) return six_str(m, "");
  double end = from + length;
  return slice(m, s, from, end > s->length ? s->length : (uint32_t)end);
}

// ---- Repetition and padding

static void copy_units(struct six_string *to, uint32_t at, const struct six_string *from, uint32_t count) {
  if (!six_string_is_wide(to)) {
    memcpy(to->u.latin1 + at, from->u.latin1, count);
  } else if (six_string_is_wide(from)) {
    memcpy(to->u.wide + at, from->u.wide, count * sizeof(uint16_t));
  } else {
    for (uint32_t i = 0; i < count; i++) to->u.wide[at + i] = from->u.latin1[i];
  }
}

// Fills [at, end) with `piece` again and again.
static void fill(struct six_string *to, uint32_t at, uint32_t end, const struct six_string *piece) {
  while (at < end) {
    uint32_t count = end - at < piece->length ? end - at : piece->length;
    copy_units(to, at, piece, count);
    at += count;
  }
}

static six_value string_repeat(struct six_machine *m, const struct six_args *a) {
  struct six_string *s = six_this_string(m, a, "String.prototype.repeat");
  double count;
  if (!s || !integer_arg(m, six_arg(a, 0), &count)) return SIX_EXCEPTION;
  if ((count < 0 || isinf(count)) && !m->rules->cell[SIX_RULE_V8_COUNT_VALUE]) return six_throw_range(m, "Invalid count value");
  if (count < 0 || isinf(count)) {
    six_value shown = six_is_number(six_arg(a, 0)) ? six_arg(a, 0) : six_number(count);
    char text[32];
    six_number_to_chars(six_as_number(shown), text);
    return six_throw_range(m, "Invalid count value: %s", text);
  }
  if (count == 0 || s->length == 0) return six_str(m, "");
  if (count * s->length > SIX_STRING_MAX) return six_throw_range(m, "Invalid string length");
  if (count == 1) return six_string_value(s);
  uint32_t length = (uint32_t)count * s->length;
  struct six_string *all = six_string_uninitialized(m, length, six_string_is_wide(s));
  fill(all, 0, length, s);
  return six_string_value(all);
}

static six_value pad(struct six_machine *m, const struct six_args *a, const char *method, bool at_start) {
  struct six_string *s = six_this_string(m, a, method);
  double target;
  if (!s || !six_to_length(m, six_arg(a, 0), &target)) return SIX_EXCEPTION;
  if (target <= s->length) return six_string_value(s);
  struct six_string *filler = six_as_string(m->single_chars[' ']);
  if (!six_is_undefined(six_arg(a, 1)) && !(filler = six_arg_string(m, six_arg(a, 1)))) return SIX_EXCEPTION;
  if (filler->length == 0) return six_string_value(s);
  if (target > SIX_STRING_MAX) return six_throw_range(m, "Invalid string length");
  uint32_t length = (uint32_t)target, missing = length - s->length;
  struct six_string *all = six_string_uninitialized(m, length, six_string_is_wide(s) || six_string_is_wide(filler));
  fill(all, at_start ? 0 : s->length, at_start ? missing : length, filler);
  copy_units(all, at_start ? missing : 0, s, s->length);
  return six_string_value(all);
}

static six_value string_pad_start(struct six_machine *m, const struct six_args *a) { return pad(m, a, "String.prototype.padStart", true); }
static six_value string_pad_end(struct six_machine *m, const struct six_args *a) { return pad(m, a, "String.prototype.padEnd", false); }

// ---- The value itself

static six_value this_value(struct six_machine *m, const struct six_args *a, const char *method) {
  if (six_is_string(a->this_value)) return a->this_value;
  if (six_is_class(a->this_value, SIX_CLASS_STRING)) return ((struct six_boxed *)six_as_object(a->this_value))->value;
  return six_throw_type(m, "%s requires that 'this' be a String", method);
}

static six_value string_to_string(struct six_machine *m, const struct six_args *a) { return this_value(m, a, "String.prototype.toString"); }
static six_value string_value_of(struct six_machine *m, const struct six_args *a) { return this_value(m, a, "String.prototype.valueOf"); }

// ---- Well-formedness

static bool lone_surrogate_at(const struct six_string *s, uint32_t i, uint32_t *units) {
  uint32_t c = six_string_code_point(s, i, units);
  return c >= 0xD800 && c <= 0xDFFF;
}

static six_value string_is_well_formed(struct six_machine *m, const struct six_args *a) {
  struct six_string *s = six_this_string(m, a, "String.prototype.isWellFormed");
  if (!s) return SIX_EXCEPTION;
  if (!six_string_is_wide(s)) return SIX_TRUE;
  uint32_t units;
  for (uint32_t i = 0; i < s->length; i += units) {
    if (lone_surrogate_at(s, i, &units)) return SIX_FALSE;
  }
  return SIX_TRUE;
}

static six_value string_to_well_formed(struct six_machine *m, const struct six_args *a) {
  struct six_string *s = six_this_string(m, a, "String.prototype.toWellFormed");
  if (!s) return SIX_EXCEPTION;
  if (!six_string_is_wide(s)) return six_string_value(s);
  struct six_string *fixed = six_string_uninitialized(m, s->length, true);
  copy_units(fixed, 0, s, s->length);
  uint32_t units;
  for (uint32_t i = 0; i < s->length; i += units) {
    if (lone_surrogate_at(s, i, &units)) fixed->u.wide[i] = 0xFFFD;
  }
  return six_string_value(fixed);
}

// ---- String iterator (22.1.5)

struct string_iterator {
  struct six_boxed boxed;  // the string; SIX_UNDEFINED when exhausted
  uint32_t position;
};

void six_string_iterator_mark(struct six_machine *m, struct six_object *o) { six_mark_value(m, ((struct six_boxed *)o)->value); }

static six_value string_iterate(struct six_machine *m, const struct six_args *a) {
  struct six_string *s = six_this_string(m, a, "String.prototype[Symbol.iterator]");
  if (!s) return SIX_EXCEPTION;
  struct six_object *o =
      six_object_new_class(m, SIX_CLASS_STRING_ITERATOR, sizeof(struct string_iterator), six_intrinsic(m, SIX_I_StringIteratorPrototype));
  ((struct string_iterator *)o)->boxed.value = six_string_value(s);
  return six_object_value(o);
}

static six_value string_iterator_next(struct six_machine *m, const struct six_args *a) {
  if (!six_is_class(a->this_value, SIX_CLASS_STRING_ITERATOR)) {
    struct six_text shown = {0};
    six_describe_value(m, a->this_value, &shown);
    six_throw_type(m, "Method String Iterator.prototype.next called on incompatible receiver %s", shown.bytes ? shown.bytes : "");
    six_text_done(&shown);
    return SIX_EXCEPTION;
  }
  struct string_iterator *it = (struct string_iterator *)six_as_object(a->this_value);
  if (six_is_undefined(it->boxed.value)) return six_object_value(six_iter_result(m, SIX_UNDEFINED, true));
  struct six_string *s = six_as_string(it->boxed.value);
  if (it->position >= s->length) {
    it->boxed.value = SIX_UNDEFINED;
    return six_object_value(six_iter_result(m, SIX_UNDEFINED, true));
  }
  uint32_t units;
  six_string_code_point(s, it->position, &units);
  six_value piece = slice(m, s, it->position, it->position + units);
  it->position += units;
  return six_object_value(six_iter_result(m, piece, false));
}

// ---- Tables

static const struct six_native_def statics[] = {
    {"fromCharCode", string_from_char_code, 1, 0},
    {"fromCodePoint", string_from_code_point, 1, 0},
    {"raw", string_raw, 1, 0},
};

static const struct six_native_def methods[] = {
    {"at", string_at, 1, 0},
    {"charAt", string_char_at, 1, 0},
    {"charCodeAt", string_char_code_at, 1, 0},
    {"codePointAt", string_code_point_at, 1, 0},
    {"concat", string_concat, 1, 0},
    {"endsWith", string_ends_with, 1, 0},
    {"includes", string_includes, 1, 0},
    {"indexOf", string_index_of, 1, 0},
    {"isWellFormed", string_is_well_formed, 0, 0},
    {"lastIndexOf", string_last_index_of, 1, 0},
    {"padEnd", string_pad_end, 1, 0},
    {"padStart", string_pad_start, 1, 0},
    {"repeat", string_repeat, 1, 0},
    {"slice", string_slice, 2, 0},
    {"startsWith", string_starts_with, 1, 0},
    {"substr", string_substr, 2, 0},
    {"substring", string_substring, 2, 0},
    {"toString", string_to_string, 0, 0},
    {"toWellFormed", string_to_well_formed, 0, 0},
    {"valueOf", string_value_of, 0, 0},
    {"@@iterator", string_iterate, 0, 0},
};

static const struct six_native_def iterator_methods[] = {{"next", string_iterator_next, 0, 0}};

void six_init_string(struct six_machine *m) {
  struct six_object *proto = six_object_new_class(m, SIX_CLASS_STRING, sizeof(struct six_boxed), six_intrinsic(m, SIX_I_ObjectPrototype));
  proto->cell.flags |= SIX_OBJECT_EXOTIC;
  ((struct six_boxed *)proto)->value = six_str(m, "");
  m->intrinsics[SIX_I_StringPrototype] = proto;
  m->intrinsics[SIX_I_String] = six_constructor_new(m, "String", string_constructor, 1, proto);
  six_define_natives(m, m->intrinsics[SIX_I_String], statics, COUNT(statics));
  six_define_natives(m, proto, methods, COUNT(methods));
  six_define_natives(m, proto, six_string_pattern_natives, six_string_pattern_count);
  six_define_natives(m, proto, six_string_case_natives, six_string_case_count);
  six_define_alias(m, proto, six_string_value(six_intern_ascii(m, "trimLeft", true)),
                   six_string_value(six_intern_ascii(m, "trimStart", true)));
  six_define_alias(m, proto, six_string_value(six_intern_ascii(m, "trimRight", true)),
                   six_string_value(six_intern_ascii(m, "trimEnd", true)));

  struct six_object *iterator = six_object_new(m, six_intrinsic(m, SIX_I_IteratorPrototype));
  six_define_natives(m, iterator, iterator_methods, COUNT(iterator_methods));
  six_define(m, iterator, SIX_SYMBOL(m, toStringTag), six_str(m, "String Iterator"), SIX_CONFIGURABLE);
  m->intrinsics[SIX_I_StringIteratorPrototype] = iterator;
}
