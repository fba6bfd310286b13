// machine: how V8's messages name objects and keys, and the errors of property access that show them.
#include "sim/machine/builtins/proxy.h"
#include "sim/machine/own.h"

// ---- Without side effects

// The data property `key` of `o` or its prototypes; SIX_UNDEFINED for accessors and behind proxies.
static six_value peek(struct six_machine *m, struct six_object *o, six_key key) {
  for (; o; o = o->shape->proto) {
    if (o->cell.class_ == SIX_CLASS_PROXY) return SIX_UNDEFINED;
    struct six_own own;
    if (!six_own_find(m, o, key, &own)) continue;
    return own.attrs & SIX_ACCESSOR ? SIX_UNDEFINED : six_own_value(m, &own, o);
  }
  return SIX_UNDEFINED;
}

static void add_string(struct six_machine *m, six_value v, struct six_text *out) { six_string_to_utf8(m, six_as_string(v), out); }

void six_describe_key(struct six_machine *m, six_key key, struct six_text *out) {
  if (six_is_int(key)) {
    six_text_addf(out, "%d", six_as_int(key));
  } else if (six_is_string(key)) {
    add_string(m, key, out);
  } else {
    const struct six_symbol *symbol = six_as_symbol(key);
    if (!symbol->is_private) six_text_adds(out, "Symbol(");
    size_t start = out->length;
    if (six_is_string(symbol->description)) add_string(m, symbol->description, out);
    if (!symbol->is_private) six_text_adds(out, ")");
    else if (out->length > start && out->bytes[start] != '#') {
      out->length = start;
      six_text_adds(out, "#");
      add_string(m, symbol->description, out);
    }
  }
}

void six_describe_primitive(struct six_machine *m, six_value v, struct six_text *out) {
  if (six_is_symbol(v)) {
    six_describe_key(m, v, out);
    return;
  }
  six_value text = six_to_string_value(m, v);
  if (six_is_string(text)) add_string(m, text, out);
}

// V8 cuts a function's text of more than 128 units down to its first 111 and last 2.
static void add_shortened(struct six_machine *m, struct six_string *text, struct six_text *out) {
  if (text->length <= 128) {
    six_string_to_utf8(m, text, out);
    return;
  }
  six_string_to_utf8(m, six_string_substring(m, text, 0, 111), out);
  six_text_adds(out, "...<omitted>...");
  six_string_to_utf8(m, six_string_substring(m, text, text->length - 2, text->length), out);
}

static void add_function(struct six_machine *m, struct six_object *f, struct six_text *out) {
  if (f->cell.class_ == SIX_CLASS_FUNCTION) {
    six_value source = six_function_source(m, six_object_value(f));
    if (six_is_string(source)) add_shortened(m, six_as_string(source), out);
    return;
  }
  six_text_adds(out, "function ");
  six_string_to_utf8(m, six_function_name(m, f), out);
  six_text_adds(out, "() { [native code] }");
}

static void add_error(struct six_machine *m, struct six_object *error, struct six_text *out) {
  six_value name = peek(m, error, SIX_ATOM(m, name)), message = peek(m, error, SIX_ATOM(m, message));
  size_t start = out->length;
  if (six_is_string(name)) add_string(m, name, out);
  else six_text_adds(out, "Error");
  if (!six_is_string(message) || six_as_string(message)->length == 0) return;
  if (out->length > start) six_text_adds(out, ": ");
  add_string(m, message, out);
}

// V8's NoSideEffectsToString for objects.
void six_describe_object(struct six_machine *m, struct six_object *o, struct six_text *out) {
  for (six_value target, handler; o->cell.class_ == SIX_CLASS_PROXY; o = six_as_object(target)) {
    six_proxy_parts(o, &target, &handler);
    if (!six_is_object(target)) break;
  }
  if (o->cell.flags & SIX_OBJECT_CALLABLE && o->cell.class_ != SIX_CLASS_PROXY) {
    add_function(m, o, out);
    return;
  }
  if (o->cell.class_ == SIX_CLASS_ERROR) {
    add_error(m, o, out);
    return;
  }
  if (o->cell.class_ == SIX_CLASS_PROXY) {
    six_text_adds(out, "#<Object>");
    return;
  }
  six_value to_string = peek(m, o, SIX_ATOM(m, toString));
  if (six_is_object(to_string) && to_string == peek(m, six_intrinsic(m, SIX_I_ObjectPrototype), SIX_ATOM(m, toString))) {
    six_value constructor = peek(m, o, SIX_ATOM(m, constructor));
    if (six_is_callable(constructor)) {
      struct six_string *name = six_function_name(m, six_as_object(constructor));
      if (name && name->length) {
        six_text_adds(out, "#<");
        six_string_to_utf8(m, name, out);
        six_text_adds(out, ">");
        return;
      }
    }
  }
  six_value tag = peek(m, o, SIX_SYMBOL(m, toStringTag));
  six_text_adds(out, "[object ");
  if (six_is_string(tag)) add_string(m, tag, out);
  else six_text_adds(out, six_classes[o->cell.class_].name ? six_classes[o->cell.class_].name : "Object");
  six_text_adds(out, "]");
}

// ---- Failures

static const char *text_of(const struct six_text *text) { return text->bytes ? text->bytes : ""; }

// The format is one of ours, with as many %s as there are texts.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static int fail(struct six_machine *m, const char *format, const char *first, const char *second) {
  struct six_text message = {0};
  six_text_addf(&message, format, first, second);
  six_throw_type(m, "%s", text_of(&message));
  six_text_done(&message);
  return -1;
}
#pragma GCC diagnostic pop

int six_fail_key(struct six_machine *m, bool throws, const char *format, six_key key) {
  if (!throws) return 0;
  struct six_text name = {0};
  six_describe_key(m, key, &name);
  int failed = fail(m, format, text_of(&name), "");
  six_text_done(&name);
  return failed;
}

int six_fail_key_object(struct six_machine *m, bool throws, const char *format, six_key key, struct six_object *o) {
  if (!throws) return 0;
  struct six_text name = {0}, object = {0};
  six_describe_key(m, key, &name);
  six_describe_object(m, o, &object);
  int failed = fail(m, format, text_of(&name), text_of(&object));
  six_text_done(&name);
  six_text_done(&object);
  return failed;
}

int six_fail_read_only(struct six_machine *m, bool throws, six_key key, six_value receiver) {
  if (!throws) return 0;
  struct six_text name = {0}, what = {0};
  six_describe_key(m, key, &name);
  six_string_to_utf8(m, six_as_string(six_typeof(m, receiver)), &what);
  six_text_adds(&what, " '");
  if (six_is_object(receiver)) six_describe_object(m, six_as_object(receiver), &what);
  else six_describe_primitive(m, receiver, &what);
  int failed = fail(m, "Cannot assign to read only property '%s' of %s'", text_of(&name), text_of(&what));
  six_text_done(&name);
  six_text_done(&what);
  return failed;
}
