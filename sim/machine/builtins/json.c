// machine: JSON (ECMA-262 25.5): the object, parse's reviver, and writing.
#include "sim/machine/builtins/json.h"

#include <stdlib.h>

#include "sim/machine/bigint.h"
#include "sim/machine/builtins/builtin.h"
#include "sim/machine/own.h"
#include "sim/rules/names.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

// Nesting at which V8's writer and reviver give up, about.
enum { DEPTH_LIMIT = 4500 };

// ---- parse

// `sources` is what six_json_parse_with_sources gives, SIX_EMPTY where the reviver is told of none, SIX_UNDEFINED where what
// was there has been replaced.
struct revival {
  struct six_machine *m;
  six_value reviver;
};
static six_value revive(const struct revival *r, struct six_object *holder, six_key key, six_value sources, int depth);

static six_value sources_of(struct six_machine *m, six_value sources, six_key key) {
  if (!six_is_object(sources)) return sources;
  struct six_descriptor d;
  return six_get_own_property(m, six_as_object(sources), key, &d) > 0 ? d.value : SIX_UNDEFINED;
}

// The text of a primitive that is still what was read, else SIX_UNDEFINED.
static six_value source_of(struct six_machine *m, six_value sources, six_value v) {
  if (six_is_object(v) || !six_is_class(sources, SIX_CLASS_ARRAY)) return SIX_UNDEFINED;
  const struct six_object *pair = six_as_object(sources);
  if (pair->element_count != 2 || !six_is_string(pair->elements[1])) return SIX_UNDEFINED;
  return six_same_value(m, pair->elements[0], v) ? pair->elements[1] : SIX_UNDEFINED;
}

static bool revive_member(const struct revival *r, struct six_object *o, six_key key, six_value sources, int depth) {
  struct six_machine *m = r->m;
  six_value v = revive(r, o, key, sources_of(m, sources, key), depth + 1);
  if (six_is_exception(v)) return false;
  if (six_is_undefined(v)) return six_delete(m, o, key, false) >= 0;
  struct six_descriptor d = {.attrs = SIX_DATA_ALL, .has = SIX_DATA_ALL | SIX_HAS_VALUE, .value = v};
  return six_define_own(m, o, key, &d, false) >= 0;
}

static bool revive_members(const struct revival *r, struct six_object *o, six_value sources, int depth) {
  struct six_machine *m = r->m;
  int is_array = six_is_array(m, six_object_value(o));
  if (is_array < 0) return false;
  if (is_array) {
    double length;
    if (six_length_of(m, o, &length) < 0) return false;
    for (uint32_t i = 0; i < length; i++) {
      if (!revive_member(r, o, six_key_of_index(i), sources, depth)) return false;
    }
    return true;
  }
  struct six_values *keys = six_own_keys(m, o, SIX_KEYS_STRINGS | SIX_KEYS_ENUMERABLE_ONLY);
  if (!keys) return false;
  six_root(m, six_tagged(SIX_TAG_OBJECT, keys));
  for (uint32_t i = 0; i < keys->count; i++) {
    if (!revive_member(r, o, keys->items[i], sources, depth)) return false;
  }
  return true;
}

// InternalizeJSONProperty (25.5.1.1).
static six_value revive(const struct revival *r, struct six_object *holder, six_key key, six_value sources, int depth) {
  struct six_machine *m = r->m;
  if (depth > DEPTH_LIMIT) return six_throw_range(m, "Maximum call stack size exceeded");
  size_t roots = six_roots_mark(m);
  six_value v = six_get(m, holder, key);
  if (six_is_exception(v)) return v;
  six_root(m, v);
  if (six_is_object(v) && !revive_members(r, six_as_object(v), sources, depth)) return SIX_EXCEPTION;
  six_value argv[3] = {six_key_to_value(m, key), v};
  if (sources != SIX_EMPTY) {
    struct six_object *context = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
    six_value source = source_of(m, sources, v);
    if (six_is_string(source)) six_put(m, context, "source", source);
    argv[2] = six_object_value(context);
  }
  v = six_call(m, r->reviver, six_object_value(holder), sources != SIX_EMPTY ? 3 : 2, argv);
  six_roots_release(m, roots);
  return v;
}

static six_value json_parse(struct six_machine *m, const struct six_args *a) {
  struct six_string *text = six_to_string(m, six_arg(a, 0));
  if (!text) return SIX_EXCEPTION;
  if (!six_is_callable(six_arg(a, 1))) return six_json_parse(m, text);
  bool tells = six_names_has("JSON", m->rules->cell[SIX_RULE_BUILTINS], "rawJSON");
  six_value sources = SIX_EMPTY, v = tells ? six_json_parse_with_sources(m, text, &sources) : six_json_parse(m, text);
  if (six_is_exception(v)) return v;
  struct six_object *root = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  six_root(m, six_object_value(root));
  six_define(m, root, SIX_ATOM(m, empty), v, SIX_DATA_ALL);
  struct revival r = {m, a->argv[1]};
  return revive(&r, root, SIX_ATOM(m, empty), sources, 0);
}

// ---- rawJSON

static bool is_space(uint16_t c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

static six_value json_raw(struct six_machine *m, const struct six_args *a) {
  struct six_string *text = six_to_string(m, six_arg(a, 0));
  if (!text) return SIX_EXCEPTION;
  six_root(m, six_string_value(text));
  if (!text->length || is_space(six_string_unit(text, text->length - 1))) return six_throw_syntax(m, "Invalid value for JSON.rawJSON");
  uint16_t first = six_string_unit(text, 0);
  if (first == '{' || first == '[' || is_space(first)) {
    struct six_text shown = {0};
    six_string_to_utf8(m, text, &shown);
    six_throw_syntax(m, "Unexpected token '%c', \"%s\" is not valid JSON", first, shown.bytes);
    six_text_done(&shown);
    return SIX_EXCEPTION;
  }
  six_value v = six_json_parse(m, text);
  if (six_is_exception(v)) return v;
  struct six_object *raw = six_object_new(m, NULL);
  six_root(m, six_object_value(raw));
  six_put(m, raw, "rawJSON", six_string_value(text));
  six_define(m, raw, SIX_SYMBOL(m, rawJSON), SIX_TRUE, 0);
  six_set_integrity(m, raw, true);
  return six_object_value(raw);
}

static bool is_raw(struct six_machine *m, six_value v) {
  return six_is_object(v) && six_own_slot(m, six_as_object(v), SIX_SYMBOL(m, rawJSON));
}

static six_value json_is_raw(struct six_machine *m, const struct six_args *a) { return six_boolean(is_raw(m, six_arg(a, 0))); }

// ---- stringify

struct frame {
  struct six_object *object;
  six_key key;  // under which it was reached
};

struct writer {
  struct six_machine *m;
  struct six_builder out;
  six_value replacer;          // function or SIX_UNDEFINED
  struct six_values *allowed;  // keys, or NULL
  uint16_t gap[10];
  uint32_t gap_length;
  struct frame *frames;
  uint32_t depth, capacity;
};

static void add_unit(struct writer *w, uint16_t unit) { six_builder_unit(w->m, &w->out, unit); }
static void add_ascii(struct writer *w, const char *ascii) { six_builder_ascii(w->m, &w->out, ascii); }

static void add_escape(struct writer *w, uint16_t c) {
  static const char hex[] = "0123456789abcdef";
  switch (c) {
    case '"': add_ascii(w, "\\\""); return;
    case '\\': add_ascii(w, "\\\\"); return;
    case '\b': add_ascii(w, "\\b"); return;
    case '\f': add_ascii(w, "\\f"); return;
    case '\n': add_ascii(w, "\\n"); return;
    case '\r': add_ascii(w, "\\r"); return;
    case '\t': add_ascii(w, "\\t"); return;
    default: break;
  }
  add_ascii(w, "\\u");
  for (int shift = 12; shift >= 0; shift -= 4) add_unit(w, (uint16_t)hex[(c >> shift) & 15]);
}

static bool needs_escape(const struct six_string *s) {
  for (uint32_t i = 0; i < s->length; i++) {
    uint16_t c = six_string_unit(s, i);
    if (c < 0x20 || c == '"' || c == '\\' || (c >= 0xD800 && c <= 0xDFFF)) return true;
  }
  return false;
}

static void add_quoted(struct writer *w, struct six_string *s) {
  s = six_string_flat(w->m, s);
  add_unit(w, '"');
  if (!needs_escape(s)) {
    six_builder_string(w->m, &w->out, s);
    add_unit(w, '"');
    return;
  }
  for (uint32_t i = 0; i < s->length; i++) {
    uint16_t c = six_string_unit(s, i);
    bool pair = c >= 0xD800 && c <= 0xDBFF && i + 1 < s->length && (six_string_unit(s, i + 1) & 0xFC00) == 0xDC00;
    if (pair) {
      add_unit(w, c);
      add_unit(w, six_string_unit(s, ++i));
    } else if (c < 0x20 || c == '"' || c == '\\' || (c >= 0xD800 && c <= 0xDFFF)) {
      add_escape(w, c);
    } else {
      add_unit(w, c);
    }
  }
  add_unit(w, '"');
}

static void add_number(struct writer *w, double d) {
  char text[40];
  if (!isfinite(d)) {
    add_ascii(w, "null");
    return;
  }
  text[six_number_to_chars(d, text)] = '\0';
  add_ascii(w, text);
}

static void add_line(struct writer *w, uint32_t depth) {
  if (!w->gap_length) return;
  add_unit(w, '\n');
  for (uint32_t i = 0; i < depth; i++) {
    for (uint32_t k = 0; k < w->gap_length; k++) add_unit(w, w->gap[k]);
  }
}

// ---- Cycles

static void add_constructor_name(struct six_machine *m, struct six_object *o, struct six_text *text) {
  for (struct six_object *p = o; p && p->cell.class_ != SIX_CLASS_PROXY; p = p->shape->proto) {
    six_value *slot = six_own_slot(m, p, SIX_ATOM(m, constructor));
    if (!slot || !six_is_callable(*slot)) continue;
    struct six_string *name = six_function_name(m, six_as_object(*slot));
    if (!name->length) continue;
    six_string_to_utf8(m, name, text);
    return;
  }
  six_text_adds(text, "Object");
}

static void add_key(struct six_machine *m, six_key key, struct six_text *text) {
  if (six_key_is_index(key)) {
    six_text_addf(text, "index %d", six_as_int(key));
    return;
  }
  six_text_adds(text, "property '");
  six_string_to_utf8(m, six_as_string(key), text);
  six_text_adds(text, "'");
}

static void add_cycle_line(struct six_machine *m, const struct frame *f, struct six_text *text) {
  six_text_adds(text, "\n    |     ");
  add_key(m, f->key, text);
  six_text_adds(text, " -> object with constructor '");
  add_constructor_name(m, f->object, text);
  six_text_adds(text, "'");
}

// V8's drawing of the circle: its start, at most two steps, dots, the last step, and the closing property.
static six_value throw_circular(struct writer *w, uint32_t start, six_key last_key) {
  if (w->m->rules->cell[SIX_RULE_V8_WORDS] < 2) return six_throw_type(w->m, "Converting circular structure to JSON");
  struct six_text text = {0};
  if (!w->m->rules->cell[SIX_RULE_JSON_CIRCLE_PATH]) return six_throw_type(w->m, "Converting circular structure to JSON");
  six_text_adds(&text, "Converting circular structure to JSON\n    --> starting at object with constructor '");
  add_constructor_name(w->m, w->frames[start].object, &text);
  six_text_adds(&text, "'");
  uint32_t prefix_end = start + 3 < w->depth ? start + 3 : w->depth;
  for (uint32_t i = start + 1; i < prefix_end; i++) add_cycle_line(w->m, &w->frames[i], &text);
  if (w->depth > prefix_end + 1) six_text_adds(&text, "\n    |     ...");
  for (uint32_t i = w->depth - 1 > prefix_end ? w->depth - 1 : prefix_end; i < w->depth; i++) {
    add_cycle_line(w->m, &w->frames[i], &text);
  }
  six_text_adds(&text, "\n    --- ");
  add_key(w->m, last_key, &text);
  six_text_adds(&text, " closes the circle");
  six_throw_type(w->m, "%s", text.bytes);
  six_text_done(&text);
  return SIX_EXCEPTION;
}

static bool enter(struct writer *w, struct six_object *o, six_key key) {
  for (uint32_t i = 0; i < w->depth; i++) {
    if (w->frames[i].object != o) continue;
    throw_circular(w, i, key);
    return false;
  }
  if (w->depth >= DEPTH_LIMIT) {
    six_throw_range(w->m, "Maximum call stack size exceeded");
    return false;
  }
  if (w->depth == w->capacity) {
    w->capacity = w->capacity ? w->capacity * 2 : 16;
    w->frames = realloc(w->frames, w->capacity * sizeof *w->frames);
    if (!w->frames) abort();
  }
  w->frames[w->depth++] = (struct frame){o, key};
  return true;
}

// ---- Values

// 1 written, 0 nothing to write (undefined, functions, symbols), -1 exception.
static int write_property(struct writer *w, struct six_object *holder, six_key key, six_value v);

static int write_array(struct writer *w, struct six_object *o) {
  double length;
  if (six_length_of(w->m, o, &length) < 0) return -1;
  add_unit(w, '[');
  for (uint32_t i = 0; i < length; i++) {
    if (i) add_unit(w, ',');
    add_line(w, w->depth);
    six_value v = six_array_is_dense(o) && i < o->element_count && o->elements[i] != SIX_EMPTY ? o->elements[i] : six_get_index(w->m, o, i);
    int wrote = six_is_exception(v) ? -1 : write_property(w, o, six_key_of_index(i), v);
    if (wrote < 0) return -1;
    if (!wrote) add_ascii(w, "null");
  }
  if (length > 0) add_line(w, w->depth - 1);
  add_unit(w, ']');
  return 1;
}

static int write_object(struct writer *w, struct six_object *o) {
  struct six_values *keys = w->allowed;
  if (!keys) {
    keys = six_own_keys(w->m, o, SIX_KEYS_STRINGS | SIX_KEYS_ENUMERABLE_ONLY);
    if (!keys) return -1;
    six_root(w->m, six_tagged(SIX_TAG_OBJECT, keys));
  }
  add_unit(w, '{');
  bool any = false;
  for (uint32_t i = 0; i < keys->count; i++) {
    six_key key = keys->items[i];
    six_value v = six_get(w->m, o, key);
    if (six_is_exception(v)) return -1;
    // The name is written first and taken back when the value turns out to have no JSON.
    uint32_t before = w->out.length;
    if (any) add_unit(w, ',');
    add_line(w, w->depth);
    add_quoted(w, six_as_string(six_key_to_value(w->m, key)));
    add_unit(w, ':');
    if (w->gap_length) add_unit(w, ' ');
    int wrote = write_property(w, o, key, v);
    if (wrote < 0) return -1;
    if (wrote) any = true;
    else w->out.length = before;
  }
  if (any) add_line(w, w->depth - 1);
  add_unit(w, '}');
  return 1;
}

static int write_container(struct writer *w, struct six_object *o, six_key key) {
  if (!enter(w, o, key)) return -1;
  size_t roots = six_roots_mark(w->m);
  six_root(w->m, six_object_value(o));
  int is_array = six_is_array(w->m, six_object_value(o));
  int wrote = is_array < 0 ? -1 : is_array ? write_array(w, o) : write_object(w, o);
  six_roots_release(w->m, roots);
  w->depth--;
  return wrote;
}

// toJSON, the replacer function and wrapper objects. The value to write, or SIX_EXCEPTION.
static six_value prepare(struct writer *w, struct six_object *holder, six_key key, six_value v) {
  struct six_machine *m = w->m;
  if (six_is_object(v) || six_is_bigint(v)) {
    six_value to_json = six_get_v(m, v, SIX_ATOM(m, toJSON));
    if (six_is_exception(to_json)) return to_json;
    if (six_is_callable(to_json)) {
      six_value name = six_key_to_value(m, key);
      v = six_call(m, to_json, v, 1, &name);
      if (six_is_exception(v)) return v;
    }
  }
  if (!six_is_undefined(w->replacer)) {
    six_root(m, v);
    if (!holder) {
      holder = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
      six_define(m, holder, key, v, SIX_DATA_ALL);
    }
    six_root(m, six_object_value(holder));
    six_value argv[2] = {six_key_to_value(m, key), v};
    v = six_call(m, w->replacer, six_object_value(holder), 2, argv);
    if (six_is_exception(v)) return v;
  }
  if (!six_is_object(v)) return v;
  switch (six_as_object(v)->cell.class_) {
    case SIX_CLASS_NUMBER: {
      double d;
      return six_to_number(m, v, &d) ? six_number(d) : SIX_EXCEPTION;
    }
    case SIX_CLASS_STRING: return six_to_string_value(m, v);
    case SIX_CLASS_BOOLEAN:
    case SIX_CLASS_BIGINT: return ((struct six_boxed *)six_as_object(v))->value;
    default: return v;
  }
}

static int write_property(struct writer *w, struct six_object *holder, six_key key, six_value v) {
  w->m->effort += 15;
  size_t roots = six_roots_mark(w->m);
  if (six_is_object(v) || six_is_bigint(v) || !six_is_undefined(w->replacer)) {
    six_root(w->m, v);
    v = prepare(w, holder, key, v);
    if (six_is_exception(v)) return -1;
  }
  int wrote = 1;
  if (six_is_string(v)) {
    add_quoted(w, six_as_string(v));
  } else if (six_is_number(v)) {
    add_number(w, six_as_number(v));
  } else if (v == SIX_TRUE || v == SIX_FALSE) {
    add_ascii(w, v == SIX_TRUE ? "true" : "false");
  } else if (six_is_null(v)) {
    add_ascii(w, "null");
  } else if (six_is_bigint(v)) {
    six_throw_type(w->m, "Do not know how to serialize a BigInt");
    wrote = -1;
  } else if (is_raw(w->m, v)) {
    six_value text = six_get(w->m, six_as_object(v), six_key_of_string(w->m, six_as_string(six_str(w->m, "rawJSON"))));
    six_builder_string(w->m, &w->out, six_string_flat(w->m, six_as_string(text)));
  } else if (six_is_object(v) && !six_is_callable(v)) {
    wrote = write_container(w, six_as_object(v), key);
  } else {
    wrote = 0;
  }
  six_roots_release(w->m, roots);
  return wrote;
}

// ---- Arguments

// The replacer array's keys: strings, numbers and their wrappers, once each. false on exception.
static bool read_allowed(struct writer *w, struct six_object *list) {
  struct six_machine *m = w->m;
  double length;
  if (six_length_of(m, list, &length) < 0) return false;
  w->allowed = six_values_new(m, (uint32_t)length);
  six_root(m, six_tagged(SIX_TAG_OBJECT, w->allowed));
  for (uint32_t i = 0; i < length; i++) {
    six_value v = six_get_index(m, list, i);
    if (six_is_exception(v)) return false;
    bool wrapped = six_is_class(v, SIX_CLASS_STRING) || six_is_class(v, SIX_CLASS_NUMBER);
    if (!six_is_string(v) && !six_is_number(v) && !wrapped) continue;
    struct six_string *s = six_to_string(m, v);
    if (!s) return false;
    six_key key = six_key_of_string(m, s);
    bool seen = false;
    for (uint32_t k = 0; k < w->allowed->count && !seen; k++) seen = w->allowed->items[k] == key;
    if (!seen && w->allowed->count < w->allowed->capacity) w->allowed->items[w->allowed->count++] = key;
  }
  return true;
}

static bool read_gap(struct writer *w, six_value space) {
  if (six_is_class(space, SIX_CLASS_NUMBER)) {
    double d;
    if (!six_to_number(w->m, space, &d)) return false;
    space = six_number(d);
  } else if (six_is_class(space, SIX_CLASS_STRING)) {
    space = six_to_string_value(w->m, space);
    if (six_is_exception(space)) return false;
  }
  if (six_is_number(space)) {
    double d = trunc(six_as_number(space));
    w->gap_length = d >= 1 ? d > 10 ? 10 : (uint32_t)d : 0;
    for (uint32_t i = 0; i < w->gap_length; i++) w->gap[i] = ' ';
  } else if (six_is_string(space)) {
    struct six_string *s = six_string_flat(w->m, six_as_string(space));
    w->gap_length = s->length < 10 ? s->length : 10;
    for (uint32_t i = 0; i < w->gap_length; i++) w->gap[i] = six_string_unit(s, i);
  }
  return true;
}

six_value six_json_stringify(struct six_machine *m, six_value value, six_value replacer, six_value space) {
  struct writer w = {.m = m, .replacer = SIX_UNDEFINED};
  if (six_is_callable(replacer)) {
    w.replacer = replacer;
  } else {
    int is_array = six_is_array(m, replacer);
    if (is_array < 0 || (is_array && !read_allowed(&w, six_as_object(replacer)))) return SIX_EXCEPTION;
  }
  if (!read_gap(&w, space)) return SIX_EXCEPTION;
  int wrote = write_property(&w, NULL, SIX_ATOM(m, empty), value);
  free(w.frames);
  if (wrote > 0) return six_builder_finish(m, &w.out);
  six_builder_done(m, &w.out);
  return wrote < 0 ? SIX_EXCEPTION : SIX_UNDEFINED;
}

static six_value json_stringify(struct six_machine *m, const struct six_args *a) {
  return six_json_stringify(m, six_arg(a, 0), six_arg(a, 1), six_arg(a, 2));
}

static const struct six_native_def functions[] = {
    {"parse", json_parse, 2, 0},
    {"stringify", json_stringify, 3, 0},
    {"rawJSON", json_raw, 1, 0},
    {"isRawJSON", json_is_raw, 1, 0},
};

void six_init_json(struct six_machine *m) {
  six_as_symbol(SIX_SYMBOL(m, rawJSON))->is_private = true;
  struct six_object *o = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  m->intrinsics[SIX_I_JSON] = o;
  six_define_natives(m, o, functions, COUNT(functions));
  six_define(m, o, SIX_SYMBOL(m, toStringTag), six_str(m, "JSON"), SIX_CONFIGURABLE);
}
