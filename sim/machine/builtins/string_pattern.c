// machine: the methods of String that take patterns (ECMA-262 22.1.3): match, matchAll, replace, replaceAll, search, split.
#include "sim/machine/builtins/string_parts.h"
#include "sim/machine/regexp.h"

static bool coercible(struct six_machine *m, const struct six_args *a, const char *method) {
  if (!six_is_nullish(a->this_value)) return true;
  six_throw_type(m, "%s called on null or undefined", method);
  return false;
}

// The method `symbol` of a pattern that is an object; SIX_UNDEFINED for strings and the like.
static six_value pattern_method(struct six_machine *m, six_value pattern, six_key symbol) {
  return six_is_object(pattern) ? six_get_method(m, pattern, symbol) : SIX_UNDEFINED;
}

// new RegExp(pattern, flags)[symbol](s), for patterns that have no method of their own.
static six_value through_regexp(struct six_machine *m, struct six_string *s, six_value pattern, const char *flags, six_key symbol) {
  struct six_string *source = six_is_undefined(pattern) ? six_as_string(six_str(m, "")) : six_arg_string(m, pattern);
  if (!source) return SIX_EXCEPTION;
  six_value regexp = six_regexp_new(m, source, six_as_string(six_str(m, flags)));
  if (six_is_exception(regexp)) return regexp;
  six_root(m, regexp);
  six_value argument = six_string_value(s);
  return six_invoke(m, regexp, symbol, 1, &argument);
}

static six_value string_match(struct six_machine *m, const struct six_args *a) {
  if (!coercible(m, a, "String.prototype.match")) return SIX_EXCEPTION;
  six_value method = pattern_method(m, six_arg(a, 0), SIX_SYMBOL(m, match));
  if (six_is_exception(method)) return method;
  if (!six_is_undefined(method)) return six_call(m, method, a->argv[0], 1, &a->this_value);
  struct six_string *s = six_arg_string(m, a->this_value);
  return s ? through_regexp(m, s, six_arg(a, 0), "", SIX_SYMBOL(m, match)) : SIX_EXCEPTION;
}

// IsRegExp (7.2.8): 1, 0, -1.
static int is_regexp(struct six_machine *m, six_value v) {
  if (!six_is_object(v)) return 0;
  six_value matcher = six_get(m, six_as_object(v), SIX_SYMBOL(m, match));
  if (six_is_exception(matcher)) return -1;
  return six_is_undefined(matcher) ? six_is_class(v, SIX_CLASS_REGEXP) : six_to_boolean(matcher);
}

// A regular expression given to matchAll and replaceAll must be global.
static bool global_flag(struct six_machine *m, six_value pattern, const char *method) {
  int regexp = is_regexp(m, pattern);
  if (regexp <= 0) return regexp == 0;
  six_value flags = six_get(m, six_as_object(pattern), SIX_ATOM(m, flags));
  if (six_is_exception(flags)) return false;
  if (six_is_nullish(flags)) {
    six_throw_type(m, "%s called with a non-global RegExp argument", method);
    return false;
  }
  struct six_string *s = six_arg_string(m, flags);
  if (!s) return false;
  for (uint32_t i = 0; i < s->length; i++) {
    if (six_string_unit(s, i) == 'g') return true;
  }
  six_throw_type(m, "%s called with a non-global RegExp argument", method);
  return false;
}

static six_value string_match_all(struct six_machine *m, const struct six_args *a) {
  if (!coercible(m, a, "String.prototype.matchAll")) return SIX_EXCEPTION;
  if (!global_flag(m, six_arg(a, 0), "String.prototype.matchAll")) return SIX_EXCEPTION;
  six_value method = pattern_method(m, six_arg(a, 0), SIX_SYMBOL(m, matchAll));
  if (six_is_exception(method)) return method;
  if (!six_is_undefined(method)) return six_call(m, method, a->argv[0], 1, &a->this_value);
  struct six_string *s = six_arg_string(m, a->this_value);
  return s ? through_regexp(m, s, six_arg(a, 0), "g", SIX_SYMBOL(m, matchAll)) : SIX_EXCEPTION;
}

static six_value string_search(struct six_machine *m, const struct six_args *a) {
  if (!coercible(m, a, "String.prototype.search")) return SIX_EXCEPTION;
  six_value method = pattern_method(m, six_arg(a, 0), SIX_SYMBOL(m, search));
  if (six_is_exception(method)) return method;
  if (!six_is_undefined(method)) return six_call(m, method, a->argv[0], 1, &a->this_value);
  struct six_string *s = six_arg_string(m, a->this_value);
  return s ? through_regexp(m, s, six_arg(a, 0), "", SIX_SYMBOL(m, search)) : SIX_EXCEPTION;
}

// ---- Replacement

// $<name>: the named group's text. Returns the units consumed, 0 when it is not a reference, -1 on exception.
static int substitute_named(struct six_machine *m, struct six_builder *b, struct six_string *r, uint32_t at, six_value named) {
  if (!six_is_object(named)) return 0;
  uint32_t end = at + 2;
  while (end < r->length && six_string_unit(r, end) != '>') end++;
  if (end >= r->length) return 0;
  six_key key = six_key_of_string(m, six_string_substring(m, r, at + 2, end));
  six_value v = six_get(m, six_as_object(named), key);
  if (six_is_exception(v)) return -1;
  if (!six_is_undefined(v)) {
    struct six_string *s = six_to_string(m, v);
    if (!s) return -1;
    six_builder_string(m, b, s);
  }
  return (int)(end + 1 - at);
}

// $n and $nn. Returns the units consumed, 0 when there is no such group.
static uint32_t substitute_number(struct six_machine *m, struct six_builder *b, const struct six_string *r, uint32_t at,
                                  const six_value *captures, uint32_t count) {
  uint32_t first = (uint32_t)six_string_unit(r, at + 1) - '0', used = 2, n = first;
  if (at + 2 < r->length) {
    uint16_t next = six_string_unit(r, at + 2);
    uint32_t two = next >= '0' && next <= '9' ? first * 10 + (next - '0') : 0;
    if (two >= 1 && two <= count) {
      n = two;
      used = 3;
    }
  }
  if (n < 1 || n > count) return 0;
  if (six_is_string(captures[n - 1])) six_builder_string(m, b, six_as_string(captures[n - 1]));
  return used;
}

bool six_substitute(struct six_machine *m, struct six_builder *b, struct six_string *s, uint32_t position, struct six_string *matched,
                    const six_value *captures, uint32_t count, six_value named, struct six_string *r) {
  for (uint32_t i = 0; i < r->length;) {
    uint16_t c = six_string_unit(r, i);
    uint16_t next = c == '$' && i + 1 < r->length ? six_string_unit(r, i + 1) : 0;
    int used = 2;
    if (next == '$') {
      six_builder_unit(m, b, '$');
    } else if (next == '&') {
      six_builder_string(m, b, matched);
    } else if (next == '`') {
      six_builder_slice(m, b, s, 0, position);
    } else if (next == '\'') {
      if (position + matched->length < s->length) six_builder_slice(m, b, s, position + matched->length, s->length);
    } else if (next >= '0' && next <= '9') {
      used = (int)substitute_number(m, b, r, i, captures, count);
    } else if (next == '<') {
      used = substitute_named(m, b, r, i, named);
      if (used < 0) return false;
    } else {
      used = 0;
    }
    if (used == 0) {
      six_builder_unit(m, b, c);
      used = 1;
    }
    i += (uint32_t)used;
  }
  return true;
}

// The replacement of the match at `position`, by function or template, appended to `b`.
static bool replace_one(struct six_machine *m, struct six_builder *b, struct six_string *s, struct six_string *what, uint32_t position,
                        six_value function, struct six_string *replacement) {
  if (replacement) return six_substitute(m, b, s, position, what, NULL, 0, SIX_UNDEFINED, replacement);
  six_value argv[3] = {six_string_value(what), six_int((int32_t)position), six_string_value(s)};
  six_value v = six_call(m, function, SIX_UNDEFINED, 3, argv);
  struct six_string *text = six_is_exception(v) ? NULL : six_to_string(m, v);
  if (!text) return false;
  six_builder_string(m, b, text);
  return true;
}

static six_value replace_strings(struct six_machine *m, const struct six_args *a, bool all) {
  struct six_string *s = six_arg_string(m, a->this_value);
  struct six_string *what = s ? six_arg_string(m, six_arg(a, 0)) : NULL;
  if (!what) return SIX_EXCEPTION;
  six_value with = six_arg(a, 1);
  struct six_string *replacement = NULL;
  if (!six_is_callable(with) && !(replacement = six_arg_string(m, with))) return SIX_EXCEPTION;
  int64_t position = six_string_index_of(m, s, what, 0);
  if (position < 0) return six_string_value(s);
  struct six_builder b = {0};
  uint32_t done = 0;
  while (position >= 0) {
    six_builder_slice(m, &b, s, done, (uint32_t)position);
    if (!replace_one(m, &b, s, what, (uint32_t)position, with, replacement)) {
      six_builder_done(m, &b);
      return SIX_EXCEPTION;
    }
    done = (uint32_t)position + what->length;
    uint32_t next = done + (what->length == 0);
    position = all && next <= s->length ? six_string_index_of(m, s, what, next) : -1;
  }
  six_builder_slice(m, &b, s, done, s->length);
  return six_builder_finish(m, &b);
}

static six_value replace(struct six_machine *m, const struct six_args *a, bool all) {
  six_value method = pattern_method(m, six_arg(a, 0), SIX_SYMBOL(m, replace));
  if (six_is_exception(method)) return method;
  if (six_is_undefined(method)) return replace_strings(m, a, all);
  six_value argv[2] = {a->this_value, six_arg(a, 1)};
  return six_call(m, method, a->argv[0], 2, argv);
}

static six_value string_replace(struct six_machine *m, const struct six_args *a) {
  if (!coercible(m, a, "String.prototype.replace")) return SIX_EXCEPTION;
  return replace(m, a, false);
}

static six_value string_replace_all(struct six_machine *m, const struct six_args *a) {
  if (!coercible(m, a, "String.prototype.replaceAll")) return SIX_EXCEPTION;
  if (!global_flag(m, six_arg(a, 0), "String.prototype.replaceAll")) return SIX_EXCEPTION;
  return replace(m, a, true);
}

// ---- split

static six_value split_units(struct six_machine *m, struct six_string *s, uint32_t limit) {
  uint32_t count = s->length < limit ? s->length : limit;
  struct six_object *array = six_array_new(m, count);
  m->effort += count;
  for (uint32_t i = 0; i < count; i++) six_array_push(m, array, six_unit_string(m, six_string_unit(s, i)));
  return six_object_value(array);
}

static six_value piece(struct six_machine *m, struct six_string *s, uint32_t from, uint32_t to) {
  if (from == to) return six_str(m, "");
  if (to - from == 1) return six_unit_string(m, six_string_unit(s, from));
  return six_string_value(six_string_substring(m, s, from, to));
}

static six_value split_by(struct six_machine *m, struct six_string *s, struct six_string *separator, uint32_t limit) {
  struct six_object *array = six_array_new(m, 4);
  uint32_t from = 0;
  for (;;) {
    int64_t at = six_string_index_of(m, s, separator, from);
    m->effort += 8;
    six_array_push(m, array, piece(m, s, from, at < 0 ? s->length : (uint32_t)at));
    if (at < 0 || array->array_length >= limit) return six_object_value(array);
    from = (uint32_t)at + separator->length;
  }
}

static six_value string_split(struct six_machine *m, const struct six_args *a) {
  if (!coercible(m, a, "String.prototype.split")) return SIX_EXCEPTION;
  six_value method = pattern_method(m, six_arg(a, 0), SIX_SYMBOL(m, split));
  if (six_is_exception(method)) return method;
  if (!six_is_undefined(method)) {
    six_value argv[2] = {a->this_value, six_arg(a, 1)};
    return six_call(m, method, a->argv[0], 2, argv);
  }
  struct six_string *s = six_arg_string(m, a->this_value);
  if (!s) return SIX_EXCEPTION;
  uint32_t limit = UINT32_MAX;
  if (!six_is_undefined(six_arg(a, 1)) && !six_to_uint32(m, a->argv[1], &limit)) return SIX_EXCEPTION;
  struct six_string *separator = six_arg_string(m, six_arg(a, 0));
  if (!separator) return SIX_EXCEPTION;
  if (limit == 0) return six_object_value(six_array_new(m, 0));
  if (six_is_undefined(six_arg(a, 0))) {
    six_value whole = six_string_value(s);
    return six_object_value(six_array_from(m, &whole, 1));
  }
  return separator->length == 0 ? split_units(m, s, limit) : split_by(m, s, separator, limit);
}

const struct six_native_def six_string_pattern_natives[] = {
    {"match", string_match, 1, 0},     {"matchAll", string_match_all, 1, 0},
    {"replace", string_replace, 2, 0}, {"replaceAll", string_replace_all, 2, 0},
    {"search", string_search, 1, 0},   {"split", string_split, 2, 0},
};
const size_t six_string_pattern_count = sizeof six_string_pattern_natives / sizeof six_string_pattern_natives[0];
