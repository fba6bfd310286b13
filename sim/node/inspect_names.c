// node: util.inspect's names: constructors, tags, prefixes, functions and classes.
#include "sim/machine/bytecode.h"
#include "sim/node/inspect_parts.h"

// The capitalised names of V8's globals: their constructors' prototypes are not worth showing.
static const char *const builtin_names[] = {"AggregateError",
                                            "Array",
                                            "ArrayBuffer",
                                            "Atomics",
                                            "BigInt",
                                            "BigInt64Array",
                                            "BigUint64Array",
                                            "Boolean",
                                            "DataView",
                                            "Date",
                                            "Error",
                                            "EvalError",
                                            "FinalizationRegistry",
                                            "Float32Array",
                                            "Float64Array",
                                            "Function",
                                            "Infinity",
                                            "Int16Array",
                                            "Int32Array",
                                            "Int8Array",
                                            "Intl",
                                            "JSON",
                                            "Map",
                                            "Math",
                                            "NaN",
                                            "Number",
                                            "Object",
                                            "Promise",
                                            "Proxy",
                                            "RangeError",
                                            "ReferenceError",
                                            "Reflect",
                                            "RegExp",
                                            "Set",
                                            "SharedArrayBuffer",
                                            "String",
                                            "Symbol",
                                            "SyntaxError",
                                            "TypeError",
                                            "URIError",
                                            "Uint16Array",
                                            "Uint32Array",
                                            "Uint8Array",
                                            "Uint8ClampedArray",
                                            "WeakMap",
                                            "WeakRef",
                                            "WeakSet",
                                            "WebAssembly"};

bool six_is_builtin_name(struct six_piece name) {
  size_t low = 0, high = sizeof builtin_names / sizeof *builtin_names;
  while (low < high) {
    size_t middle = (low + high) / 2;
    size_t length = strlen(builtin_names[middle]);
    int order = memcmp(name.bytes, builtin_names[middle], name.length < length ? name.length : length);
    if (!order) order = name.length < length ? -1 : name.length > length;
    if (!order) return true;
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  return false;
}

// The kind of error that its stack begins with: its prototype is gone.
static const char *error_name(struct six_machine *m, struct six_object *o) {
  static const char *const names[] = {"TypeError", "RangeError", "SyntaxError",   "ReferenceError",
                                      "EvalError", "URIError",   "AggregateError"};
  six_value stack = six_get(m, o, SIX_ATOM(m, stack));
  if (six_is_exception(stack) && !six_is_terminating(m)) six_take_exception(m);
  if (!six_is_string(stack)) return "Error";
  struct six_string *s = six_string_flat(m, six_as_string(stack));
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    size_t length = strlen(names[i]), n = 0;
    while (n < length && n < s->length && six_string_unit(s, (uint32_t)n) == (uint16_t)names[i][n]) n++;
    if (n == length) return names[i];
  }
  return "Error";
}

// What V8 would call an object that nobody names: by its kind.
static const char *class_name(struct six_machine *m, struct six_object *o) {
  switch (o->cell.class_) {
    case SIX_CLASS_ARRAY: return "Array";
    case SIX_CLASS_FUNCTION:
    case SIX_CLASS_NATIVE:
    case SIX_CLASS_BOUND: return "Function";
    case SIX_CLASS_ERROR: return error_name(m, o);
    case SIX_CLASS_BOOLEAN: return "Boolean";
    case SIX_CLASS_NUMBER: return "Number";
    case SIX_CLASS_STRING: return "String";
    case SIX_CLASS_SYMBOL: return "Symbol";
    case SIX_CLASS_BIGINT: return "BigInt";
    case SIX_CLASS_DATE: return "Date";
    case SIX_CLASS_REGEXP: return "RegExp";
    case SIX_CLASS_MAP: return "Map";
    case SIX_CLASS_SET: return "Set";
    case SIX_CLASS_WEAK_MAP: return "WeakMap";
    case SIX_CLASS_WEAK_SET: return "WeakSet";
    case SIX_CLASS_WEAK_REF: return "WeakRef";
    case SIX_CLASS_PROMISE: return "Promise";
    case SIX_CLASS_ARRAY_BUFFER: return "ArrayBuffer";
    case SIX_CLASS_SHARED_ARRAY_BUFFER: return "SharedArrayBuffer";
    case SIX_CLASS_DATA_VIEW: return "DataView";
    case SIX_CLASS_NAMESPACE: return "Module";
    default: return "Object";
  }
}

static bool drop_exception(struct six_inspector *ctx) {  // false when the run is ending
  if (six_is_terminating(ctx->m)) return false;
  six_take_exception(ctx->m);
  return true;
}

// Whether `o` is an instance of constructor `c`: 1, 0 (also when that threw), -1 the run is ending.
static int is_instance(struct six_inspector *ctx, struct six_object *o, six_value c) {
  int is = six_instance_of(ctx->m, six_object_value(o), c);
  if (is >= 0) return is;
  return drop_exception(ctx) ? 0 : -1;
}

static bool has_value(const struct six_descriptor *d) { return (d->has & SIX_HAS_VALUE) != 0; }

// The `constructor` of `o` itself if it is a function with a name: 1 and the name, 0 none, -1 exception.
static int own_constructor(struct six_inspector *ctx, struct six_object *o, six_value *constructor, struct six_piece *name) {
  struct six_descriptor d;
  int found = six_get_own_property(ctx->m, o, SIX_ATOM(ctx->m, constructor), &d);
  if (found <= 0) return found;
  if (!has_value(&d) || !six_is_callable(d.value)) return 0;
  six_root(ctx->m, d.value);
  six_value text = six_get_v(ctx->m, d.value, SIX_ATOM(ctx->m, name));
  if (six_is_exception(text)) return -1;
  if (six_is_string(text) && !six_as_string(text)->length) return 0;
  struct six_string *s = six_to_string(ctx->m, text);
  if (!s) return -1;
  *constructor = d.value;
  *name = six_piece_string(ctx, s);
  return 1;
}

// Properties of user-made prototypes, up to three layers, for showHidden.
static bool add_prototype_properties(struct six_inspector *ctx, struct six_object *self, struct six_object *o, uint32_t recurse,
                                     struct six_pieces *output) {
  struct six_object *above[3];
  for (int depth = 0; depth < 3; depth++) {
    if (depth != 0 || self == o) {
      if (!six_get_prototype_of(ctx->m, o, &o)) return false;
      if (!o) return true;
      six_value constructor;
      struct six_piece name;
      int found = own_constructor(ctx, o, &constructor, &name);
      if (found < 0) return false;
      if (found && six_is_builtin_name(name)) return true;
    }
    above[depth] = o;
    struct six_values *keys = six_own_keys(ctx->m, o, SIX_KEYS_STRINGS | SIX_KEYS_SYMBOLS);
    if (!keys) return false;
    six_root(ctx->m, six_tagged(SIX_TAG_OBJECT, keys));
    for (uint32_t i = 0; i < keys->count; i++) {
      six_key key = keys->items[i];
      bool hidden = key == SIX_ATOM(ctx->m, constructor) || six_has_own(ctx->m, self, key) == 1;
      for (int j = 0; j < depth && !hidden; j++) hidden = six_has_own(ctx->m, above[j], key) == 1;
      if (hidden) continue;
      struct six_descriptor d;
      int found = six_get_own_property(ctx->m, o, key, &d);
      if (found < 0) return false;
      if (!found || (has_value(&d) && six_is_callable(d.value))) continue;
      struct six_piece text;
      if (!six_format_property(ctx, o, recurse, key, SIX_EXTRAS_OBJECT, &d, six_object_value(self), &text)) return false;
      if (ctx->o.colors) text = six_piece_join(ctx, 3, (struct six_piece[]){six_piece_ascii("\x1B[2m"), text, six_piece_ascii("\x1B[22m")});
      six_pieces_push(ctx, output, text);
    }
  }
  return true;
}

static bool above_limit(const struct six_inspector *ctx, uint32_t recurse) { return (double)recurse > ctx->o.depth; }

// Nothing on the chain names it: "Object <Complex prototype>", "Object <[Object: null prototype] {}>".
static bool complex_name(struct six_inspector *ctx, struct six_object *o, struct six_object *first, uint32_t recurse,
                         struct six_pieces *proto_props, struct six_prefix_names *names) {
  struct six_piece own = six_piece_ascii(class_name(ctx->m, o));
  struct six_piece open = six_piece_ascii(" <"), close = six_piece_ascii(">");
  if (above_limit(ctx, recurse)) {
    names->constructor = six_piece_join(ctx, 2, (struct six_piece[]){own, six_piece_ascii(" <Complex prototype>")});
    return true;
  }
  struct six_prefix_names inner = {0};
  if (!six_constructor_name(ctx, first, recurse + 1, proto_props, &inner)) return false;
  struct six_piece text = inner.constructor;
  if (inner.null_prototype) {
    struct six_inspect_options saved = ctx->o;
    uint32_t indentation = ctx->indentation, depth = ctx->current_depth;
    ctx->o.custom_inspect = false;
    ctx->o.depth = -1;
    bool good = six_format_value(ctx, six_object_value(first), 0, false, &text);
    ctx->o = saved;
    ctx->indentation = indentation;
    ctx->current_depth = depth;
    if (!good) return false;
  }
  names->constructor = six_piece_join(ctx, 4, (struct six_piece[]){own, open, text, close});
  return true;
}

bool six_constructor_name(struct six_inspector *ctx, struct six_object *o, uint32_t recurse, struct six_pieces *proto_props,
                          struct six_prefix_names *names) {
  struct six_machine *m = ctx->m;
  struct six_object *object_prototype = m->intrinsics[SIX_I_ObjectPrototype], *function_prototype = m->intrinsics[SIX_I_FunctionPrototype];
  struct six_object *first = NULL, *at = o;
  bool has_first = false;
  size_t roots = six_roots_mark(m);
  while (at) {
    // Told by identity, in case their `constructor` was tampered with.
    if (at != o && ctx->m->rules->cell[SIX_RULE_INSPECT_CHECKS_CONSTRUCTOR] && (at == object_prototype || at == function_prototype)) {
      if (proto_props && (!has_first || first != at) &&
          !add_prototype_properties(ctx, o, has_first && first ? first : o, recurse, proto_props))
        return false;
      names->constructor = six_piece_ascii(at == object_prototype ? "Object" : "Function");
      six_roots_release(m, roots);
      return true;
    }
    six_value constructor;
    struct six_piece name;
    int found = own_constructor(ctx, at, &constructor, &name);
    if (found < 0) return false;
    int is = found && ctx->m->rules->cell[SIX_RULE_INSPECT_CHECKS_CONSTRUCTOR] ? is_instance(ctx, o, constructor) : found;
    if (is < 0) return false;
    if (is) {
      if (proto_props && (!has_first || first != at || !six_is_builtin_name(name)) &&
          !add_prototype_properties(ctx, o, has_first && first ? first : o, recurse, proto_props))
        return false;
      names->constructor = name;
      six_roots_release(m, roots);
      return true;
    }
    if (!six_get_prototype_of(ctx->m, at, &at)) return false;
    if (!has_first) {
      has_first = true;
      first = at;
    }
    if (at) six_root(m, six_object_value(at));
  }
  if (!first) {
    names->null_prototype = true;
    return true;
  }
  return complex_name(ctx, o, first, recurse, proto_props, names);
}

struct six_piece six_prefix(struct six_inspector *ctx, const struct six_prefix_names *names, struct six_piece fallback,
                            struct six_piece size) {
  struct six_piece tag = names->tag;
  if (names->null_prototype && !ctx->m->rules->cell[SIX_RULE_INSPECT_NULL_PROTOTYPE]) {
    if (!tag.length) return six_piece_ascii("");
    return six_piece_join(ctx, 3, (struct six_piece[]){six_piece_ascii("["), tag, six_piece_ascii("] ")});
  }
  if (names->null_prototype) {
    struct six_piece parts[] = {six_piece_ascii("["), fallback, size, six_piece_ascii(": null prototype] ["), tag, six_piece_ascii("] ")};
    if (tag.length && !six_piece_same(fallback, tag)) return six_piece_join(ctx, 6, parts);
    parts[3] = six_piece_ascii(": null prototype] ");
    return six_piece_join(ctx, 4, parts);
  }
  if (tag.length && !six_piece_same(names->constructor, tag)) {
    return six_piece_join(ctx, 5, (struct six_piece[]){names->constructor, size, six_piece_ascii(" ["), tag, six_piece_ascii("] ")});
  }
  return six_piece_join(ctx, 3, (struct six_piece[]){names->constructor, size, six_piece_ascii(" ")});
}

struct six_piece six_ctx_style(struct six_inspector *ctx, struct six_object *o, const struct six_prefix_names *names) {
  struct six_piece fallback = six_piece_ascii("");
  if (names->null_prototype) {
    fallback = six_piece_ascii(class_name(ctx->m, o));
    if (six_piece_same(fallback, names->tag)) fallback = six_piece_ascii("Object");
  }
  return six_prefix(ctx, names, fallback, six_piece_ascii(""));
}

// ---- Functions

// Classes of Node's are natives whose prototype cannot be replaced; the language's own constructors count as functions.
static bool is_native_class(struct six_machine *m, struct six_object *f) {
  uint32_t attrs = 0;
  if (!(f->cell.flags & SIX_OBJECT_CONSTRUCTOR) || six_shape_find(f->shape, SIX_ATOM(m, prototype), &attrs) < 0) return false;
  if (attrs & SIX_WRITABLE) return false;
  for (int i = 0; i < SIX_I_COUNT; i++)
    if (m->intrinsics[i] == f) return false;
  return true;
}

// Node tells a class by its text: no ( between `class` and the first {, not counting comments. R160
static bool reads_as_class(struct six_machine *m, const struct six_code *code) {
  if (code->unit >= m->units_count || !m->units[code->unit].program) return true;
  const struct six_source *source = &m->units[code->unit].program->source;
  if (code->span.end > source->length || code->span.end < code->span.start + 6) return true;
  const char *text = source->bytes + code->span.start + 5, *end = source->bytes + code->span.end - 1;
  const char *brace = memchr(text, '{', (size_t)(end - text));
  if (!brace) return false;
  if (!memchr(text, '(', (size_t)(brace - text))) return true;
  bool first = true;
  while (text < end) {
    if (end - text > 1 && text[0] == '/' && text[1] == '/' && memchr(text, '\n', (size_t)(end - text))) {
      text = (const char *)memchr(text, '\n', (size_t)(end - text)) + 1;
      continue;
    }
    const char *close = end - text > 3 && text[0] == '/' && text[1] == '*' ? memmem(text + 2, (size_t)(end - text) - 2, "*/", 2) : NULL;
    if (close) {
      text = close + 2;
      continue;
    }
    if (first && !strchr(" \t\n\r\f\v", *text)) return false;
    first = false;
    if (*text == '{') return true;
    if (*text == '(') return false;
    text++;
  }
  return false;
}

unsigned six_function_kind(struct six_machine *m, struct six_object *function) {
  if (function->cell.class_ == SIX_CLASS_NATIVE) return is_native_class(m, function) ? SIX_FUNCTION_CLASS : 0;
  if (function->cell.class_ != SIX_CLASS_FUNCTION) return 0;
  const struct six_code *code = ((struct six_function *)function)->code;
  unsigned kind = code->class_constructor && reads_as_class(m, code) ? SIX_FUNCTION_CLASS : 0;
  if (code->kind == SIX_KIND_ASYNC || code->kind == SIX_KIND_ASYNC_GENERATOR) kind |= SIX_FUNCTION_ASYNC;
  if (code->kind == SIX_KIND_GENERATOR || code->kind == SIX_KIND_ASYNC_GENERATOR) kind |= SIX_FUNCTION_GENERATOR;
  return kind;
}

// String(o.name), or empty when falsy.
static bool name_of(struct six_inspector *ctx, struct six_object *o, struct six_piece *name) {
  six_value v = six_get(ctx->m, o, SIX_ATOM(ctx->m, name));
  if (six_is_exception(v)) return false;
  *name = six_piece_ascii("");
  if (!six_to_boolean(v)) return true;
  struct six_string *s = six_to_string(ctx->m, v);
  if (!s) return false;
  *name = six_piece_string(ctx, s);
  return true;
}

static bool class_base(struct six_inspector *ctx, struct six_object *f, const struct six_prefix_names *names, struct six_piece *out) {
  struct six_buf b = {0};
  struct six_piece name = six_piece_ascii("");
  int own = six_has_own(ctx->m, f, SIX_ATOM(ctx->m, name));
  if (own < 0 || (own && !name_of(ctx, f, &name))) return false;
  six_buf_adds(ctx, &b, "[class ");
  six_buf_piece_add(ctx, &b, name.length ? name : six_piece_ascii("(anonymous)"));
  if (!names->null_prototype && !six_piece_equals(names->constructor, "Function")) {
    six_buf_adds(ctx, &b, " [");
    six_buf_piece_add(ctx, &b, names->constructor);
    six_buf_adds(ctx, &b, "]");
  }
  if (names->tag.length && (names->null_prototype || !six_piece_same(names->constructor, names->tag))) {
    six_buf_adds(ctx, &b, " [");
    six_buf_piece_add(ctx, &b, names->tag);
    six_buf_adds(ctx, &b, "]");
  }
  if (names->null_prototype) {
    six_buf_adds(ctx, &b, " extends [null prototype]");
  } else {
    struct six_object *super;
    struct six_piece super_name = six_piece_ascii("");
    if (!six_get_prototype_of(ctx->m, f, &super) || (super && !name_of(ctx, super, &super_name))) return false;
    if (super_name.length) {
      six_buf_adds(ctx, &b, " extends ");
      six_buf_piece_add(ctx, &b, super_name);
    }
  }
  six_buf_adds(ctx, &b, "]");
  *out = six_buf_piece(&b);
  return true;
}

// `value.name`, which need not be a string: 1 a text, 0 empty, -1 exception.
static int function_name(struct six_inspector *ctx, struct six_object *f, struct six_piece *name) {
  six_value v = six_get(ctx->m, f, SIX_ATOM(ctx->m, name));
  if (six_is_exception(v)) return -1;
  struct six_string *s = six_to_string(ctx->m, v);
  if (!s) return -1;
  *name = six_piece_string(ctx, s);
  return !six_is_string(v) || s->length != 0;
}

bool six_function_base(struct six_inspector *ctx, struct six_object *f, const struct six_prefix_names *names, struct six_piece *out) {
  const int32_t *cell = ctx->m->rules->cell;
  unsigned kind = six_function_kind(ctx->m, f);
  if ((kind & SIX_FUNCTION_CLASS) && cell[SIX_RULE_INSPECT_CLASS]) return class_base(ctx, f, names, out);
  struct six_piece type =
      six_piecef(ctx, "%s%sFunction", kind & SIX_FUNCTION_ASYNC ? "Async" : "", kind & SIX_FUNCTION_GENERATOR ? "Generator" : "");
  struct six_buf b = {0};
  six_buf_adds(ctx, &b, "[");
  six_buf_piece_add(ctx, &b, type);
  if (names->null_prototype) six_buf_adds(ctx, &b, " (null prototype)");
  struct six_piece name;
  int named = function_name(ctx, f, &name);
  if (named < 0) return false;
  if (named) {
    six_buf_adds(ctx, &b, ": ");
    six_buf_piece_add(ctx, &b, name);
  } else if (cell[SIX_RULE_INSPECT_SIZES]) {
    six_buf_adds(ctx, &b, " (anonymous)");
  }
  six_buf_adds(ctx, &b, "]");
  if (!names->null_prototype && !six_piece_same(names->constructor, type)) {
    six_buf_adds(ctx, &b, " ");
    six_buf_piece_add(ctx, &b, names->constructor);
  }
  if (names->tag.length && (names->null_prototype || !six_piece_same(names->constructor, names->tag))) {
    six_buf_adds(ctx, &b, " [");
    six_buf_piece_add(ctx, &b, names->tag);
    six_buf_adds(ctx, &b, "]");
  }
  *out = six_buf_piece(&b);
  return true;
}
