// machine: Array.prototype.join, toString and toLocaleString (ECMA-262 23.1.3.18, .36, .32).
#include "sim/machine/builtins/array_parts.h"

struct six_joining {
  const struct six_object *object;
  const struct six_joining *outer;
};

static bool is_joining(const struct six_machine *m, const struct six_object *o) {
  for (const struct six_joining *j = m->joining; j; j = j->outer) {
    if (j->object == o) return true;
  }
  return false;
}

static void add_int(struct six_machine *m, struct six_builder *b, int32_t i) {
  char digits[40];
  digits[six_number_to_chars(i, digits)] = '\0';
  six_builder_ascii(m, b, digits);
}

// Appends one element as join shows it. false on exception.
static bool add_element(struct six_machine *m, struct six_builder *b, six_value v, bool locale) {
  if (six_is_nullish(v)) return true;
  if (locale) {
    v = six_invoke(m, v, six_string_value(six_intern_ascii(m, "toLocaleString", true)), 0, NULL);
    if (six_is_exception(v)) return false;
  } else if (six_is_int(v)) {
    add_int(m, b, six_as_int(v));
    return true;
  }
  struct six_string *s = six_is_string(v) ? six_as_string(v) : six_to_string(m, v);
  if (!s) return false;
  six_builder_string(m, b, s);
  return true;
}

static bool add_all(struct six_machine *m, struct six_builder *b, struct six_object *o, double length, struct six_string *separator,
                    bool locale) {
  for (double i = 0; i < length; i++) {
    size_t mark = six_roots_mark(m);
    m->effort += 2;
    if (i > 0) six_builder_string(m, b, separator);
    if (b->length > SIX_STRING_MAX) {
      six_throw_range(m, "Invalid string length");
      return false;
    }
    six_value v = six_element(m, o, i);
    if (six_is_exception(v)) return false;
    six_root(m, v);
    if (!add_element(m, b, v, locale)) return false;
    six_roots_release(m, mark);
  }
  return true;
}

static six_value join(struct six_machine *m, struct six_object *o, double length, struct six_string *separator, bool locale) {
  if (is_joining(m, o)) return six_str(m, "");
  struct six_joining here = {o, m->joining};
  struct six_builder b = {0};
  m->joining = &here;
  bool ok = add_all(m, &b, o, length, separator, locale);
  m->joining = here.outer;
  if (ok) return six_builder_finish(m, &b);
  six_builder_done(m, &b);
  return SIX_EXCEPTION;
}

static six_value array_join(struct six_machine *m, const struct six_args *a) {
  double length;
  struct six_object *o = six_array_this(m, a, NULL, &length);
  if (!o) return SIX_EXCEPTION;
  six_value separator = six_is_undefined(six_arg(a, 0)) ? m->single_chars[','] : six_to_string_value(m, a->argv[0]);
  if (six_is_exception(separator)) return separator;
  six_root(m, separator);
  return join(m, o, length, six_as_string(separator), false);
}

static six_value array_to_locale_string(struct six_machine *m, const struct six_args *a) {
  double length;
  struct six_object *o = six_array_this(m, a, NULL, &length);
  return o ? join(m, o, length, six_as_string(m->single_chars[',']), true) : SIX_EXCEPTION;
}

static six_value array_to_string(struct six_machine *m, const struct six_args *a) {
  struct six_object *o = six_to_object(m, a->this_value);
  if (!o) return SIX_EXCEPTION;
  six_root(m, six_object_value(o));
  six_value method = six_get(m, o, SIX_ATOM(m, join));
  if (six_is_exception(method)) return method;
  if (six_is_callable(method)) return six_call(m, method, six_object_value(o), 0, NULL);
  return six_object_to_string(m, six_object_value(o));
}

const struct six_native_def six_array_join_natives[] = {
    {"join", array_join, 1, 0},
    {"toLocaleString", array_to_locale_string, 0, 0},
    {"toString", array_to_string, 0, 0},
};
const size_t six_array_join_count = SIX_COUNT(six_array_join_natives);
