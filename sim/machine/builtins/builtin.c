#include "sim/machine/builtins/builtin.h"

#include "sim/machine/interp.h"

void six_show_value(struct six_machine *m, six_value v, struct six_text *out) {
  if (six_is_string(v)) {
    six_string_to_utf8(m, six_string_flat(m, six_as_string(v)), out);
  } else {
    six_describe_value(m, v, out);
  }
}

six_value six_throw_type_about(struct six_machine *m, const char *before, six_value v, const char *after) {
  struct six_text text = {0};
  six_text_adds(&text, "");
  six_show_value(m, v, &text);
  six_throw_type(m, "%s%s%s", before, text.bytes, after);
  six_text_done(&text);
  return SIX_EXCEPTION;
}

bool six_require_callback(struct six_machine *m, six_value v) {
  if (six_is_callable(v) || !m->rules->cell[SIX_RULE_V8_NAMES_KIND]) return six_require_callable(m, v);
  six_throw_call_site(m, v, " is not a function");
  return false;
}

bool six_require_callable(struct six_machine *m, six_value v) {
  if (six_is_callable(v)) return true;
  six_throw_type_about(m, "", v, " is not a function");
  return false;
}

six_value six_throw_receiver(struct six_machine *m, const char *method, six_value receiver) {
  struct six_text before = {0};
  six_text_addf(&before, "Method %s called on incompatible receiver ", method);
  six_throw_type_about(m, before.bytes, receiver, "");
  six_text_done(&before);
  return SIX_EXCEPTION;
}

six_value six_throw_call_site(struct six_machine *m, six_value v, const char *after) {
  if (six_is_undefined(v)) return six_throw_type(m, "undefined%s", after);
  struct six_text before = {0};
  struct six_string *kind = six_string_flat(m, six_as_string(six_typeof(m, v)));
  six_string_to_utf8(m, kind, &before);
  if (six_is_string(v)) {
    six_text_adds(&before, " \"");
    six_string_to_utf8(m, six_string_flat(m, six_as_string(v)), &before);
    six_text_adds(&before, "\"");
  } else if (six_is_null(v) || six_is_boolean(v) || six_is_number(v)) {
    six_text_adds(&before, " ");
    six_show_value(m, v, &before);
  }
  six_throw_type(m, "%s%s", before.bytes, after);
  six_text_done(&before);
  return SIX_EXCEPTION;
}

bool six_open_iterable(struct six_machine *m, six_value iterable, struct six_iterator *it) {
  if (!six_is_class(iterable, SIX_CLASS_PROXY) && !six_is_class(iterable, SIX_CLASS_ARRAY)) {
    six_value method = six_is_nullish(iterable) ? SIX_UNDEFINED : six_get_v(m, iterable, SIX_SYMBOL(m, iterator));
    if (six_is_exception(method)) return false;
    if (!six_is_callable(method)) {
      six_throw_not_iterable(m, NULL, iterable, method, SIX_ITERATES_VALUE);
      return false;
    }
  }
  return six_iterator_open(m, iterable, it);
}

void *six_this_of(struct six_machine *m, const struct six_args *a, enum six_class class_, const char *method) {
  if (six_is_class(a->this_value, class_)) return six_as_object(a->this_value);
  six_throw_receiver(m, method, a->this_value);
  return NULL;
}

void six_define_tag(struct six_machine *m, struct six_object *o, const char *tag) {
  six_define(m, o, SIX_SYMBOL(m, toStringTag), six_str(m, tag), SIX_CONFIGURABLE);
}

static six_value return_this(struct six_machine *m, const struct six_args *a) {
  (void)m;
  return a->this_value;
}

void six_define_species(struct six_machine *m, struct six_object *constructor) {
  static const struct six_native_def rows[] = {{"@@species", return_this, 0, SIX_DEF_GETTER}};
  six_define_natives(m, constructor, rows, SIX_COUNT(rows));
}

void six_define_alias(struct six_machine *m, struct six_object *o, six_key alias, six_key key) {
  six_define(m, o, alias, six_get(m, o, key), SIX_HIDDEN);
}

void six_root_values(struct six_machine *m, struct six_values *values) { six_root(m, six_tagged(SIX_TAG_OBJECT, values)); }

six_key six_key_of_number(struct six_machine *m, double index) {
  if (index < 2147483647.0) return six_int((int32_t)index);
  six_value text = six_number_to_string(m, six_number(index), 10);
  return six_string_value(six_intern(m, six_string_flat(m, six_as_string(text))));
}

struct six_values *six_list_from(struct six_machine *m, six_value array_like) {
  if (!six_is_object(array_like)) {
    six_throw_type(m, "CreateListFromArrayLike called on non-object");
    return NULL;
  }
  struct six_object *o = six_as_object(array_like);
  double length;
  if (six_length_of(m, o, &length) < 0) return NULL;
  if (length > 4294967295.0 / 64) {
    six_throw_range(m, "Invalid array length");
    return NULL;
  }
  uint32_t count = (uint32_t)length;
  struct six_values *list = six_values_new(m, count);
  six_root_values(m, list);
  bool dense = six_array_is_dense(o);
  for (uint32_t i = 0; i < count; i++) {
    six_value v = dense && i < o->element_count ? o->elements[i] : SIX_EMPTY;
    if (v == SIX_EMPTY) {
      v = six_get_index(m, o, i);
      if (six_is_exception(v)) return NULL;
      dense = six_array_is_dense(o);
    }
    list->items[list->count++] = v;
  }
  return list;
}

static const char *kind_with_article(const struct six_machine *m, six_value v) {
  if (six_is_undefined(v)) return m->rules->cell[SIX_RULE_V8_WORDS] < 7 ? "a undefined" : "undefined";
  if (six_is_null(v)) return "null";
  if (six_is_number(v)) return "a number";
  if (six_is_string(v)) return "a string";
  if (six_is_symbol(v)) return "a symbol";
  if (six_is_bigint(v)) return "a bigint";
  if (six_is_boolean(v)) return "a boolean";
  return six_is_callable(v) ? "a function" : "an object";
}

six_value six_throw_apply(struct six_machine *m, const char *method, six_value v) {
  struct six_text after = {0};
  six_text_addf(&after, ", which is %s and not a function", kind_with_article(m, v));
  struct six_text before = {0};
  six_text_addf(&before, "Function.prototype.%s was called on ", method);
  six_throw_type_about(m, before.bytes, v, after.bytes);
  six_text_done(&before);
  six_text_done(&after);
  return SIX_EXCEPTION;
}
