// node: util.format and the options of util.inspect.
#include "sim/machine/bigint.h"
#include "sim/node/inspect_parts.h"
#include "sim/node/node.h"

// ---- Options

void six_inspect_defaults(struct six_machine *m, struct six_inspect_options *options) {
  // Up to Node 11 everything was laid out for 60 columns, without grouping.
  bool groups = m->rules->cell[SIX_RULE_INSPECT_GROUPS_ARRAYS] != 0;
  *options = (struct six_inspect_options){
      .depth = 2,
      .custom_inspect = true,
      .max_array_length = 100,
      .max_string_length = groups ? 10000 : INFINITY,
      .break_length = groups ? 80 : 60,
      .compact = groups ? 3 : SIX_COMPACT_TRUE,
      .sorted = SIX_FALSE,
      .getters = SIX_FALSE,
      .user_options = SIX_UNDEFINED,
  };
  six_value changed = six_node_of(m)->roots[SIX_ROOT_INSPECT_DEFAULTS];
  if (six_is_object(changed)) six_inspect_read_options(m, changed, options);
}

// A limit: null is no limit, anything else as a number (NaN where it cannot be one).
static double limit_of(struct six_machine *m, six_value v) {
  if (six_is_null(v)) return INFINITY;
  if (six_is_number(v)) return six_as_number(v);
  if (six_is_boolean(v)) return v == SIX_TRUE;
  if (six_is_string(v)) return six_string_to_number(m, six_as_string(v));
  return (double)NAN;
}

static void set_option(struct six_machine *m, struct six_string *name, six_value v, six_value object, struct six_inspect_options *o) {
#define IS(text) six_string_equals_ascii(m, name, text)
  if (IS("depth")) {
    o->depth = limit_of(m, v);
    o->depth_is_null = six_is_null(v);
  } else if (IS("showHidden")) o->show_hidden = six_to_boolean(v);
  else if (IS("colors")) o->colors = six_to_boolean(v);
  else if (IS("customInspect")) o->custom_inspect = six_to_boolean(v);
  else if (IS("showProxy")) o->show_proxy = six_to_boolean(v);
  else if (IS("numericSeparator")) o->numeric_separator = six_to_boolean(v);
  else if (IS("maxArrayLength")) o->max_array_length = limit_of(m, v);
  else if (IS("maxStringLength")) o->max_string_length = limit_of(m, v);
  else if (IS("breakLength")) o->break_length = limit_of(m, v);
  else if (IS("compact")) {
    o->compact = v == SIX_TRUE ? SIX_COMPACT_TRUE : six_is_number(v) && six_as_number(v) >= 1 ? six_as_number(v) : 0;
    o->compact_is_number = six_is_number(v);
  } else if (IS("sorted")) o->sorted = six_is_callable(v) ? v : six_boolean(six_to_boolean(v));
  else if (IS("getters")) o->getters = six_is_string(v) ? v : six_boolean(six_to_boolean(v));
  else if (!IS("stylize")) o->user_options = object;
#undef IS
}

bool six_inspect_read_options(struct six_machine *m, six_value object, struct six_inspect_options *options) {
  struct six_object *o = six_as_object(object);
  struct six_values *keys = six_own_keys(m, o, SIX_KEYS_STRINGS | SIX_KEYS_ENUMERABLE_ONLY);
  if (!keys) return false;
  six_root(m, six_tagged(SIX_TAG_OBJECT, keys));
  for (uint32_t i = 0; i < keys->count; i++) {
    six_value v = six_get(m, o, keys->items[i]);
    if (six_is_exception(v)) return false;
    if (six_is_cell(v)) six_root(m, v);
    set_option(m, six_as_string(six_key_to_value(m, keys->items[i])), v, object, options);
  }
  return true;
}

// ---- Pieces of a formatted line

static void add_number(struct six_machine *m, double d, const struct six_inspect_options *o, struct six_text *out) {
  if (o->numeric_separator) {
    struct six_inspector ctx = {.m = m, .o = *o};
    struct six_piece p = six_format_number_piece(&ctx, d, true);
    six_text_add(out, p.bytes, p.length);
    six_arena_done(&ctx.arena);
    return;
  }
  char text[40];
  if (d == 0 && signbit(d)) six_text_adds(out, "-0");
  else six_text_add(out, text, six_number_to_chars(d, text));
}

static bool add_inspected(struct six_machine *m, six_value v, const struct six_inspect_options *o, struct six_text *out) {
  if (six_is_number(v) && !o->colors) {
    add_number(m, six_as_number(v), o, out);
    return true;
  }
  if (!o->colors && (six_is_boolean(v) || six_is_nullish(v))) {
    six_text_adds(out, v == SIX_TRUE ? "true" : v == SIX_FALSE ? "false" : v == SIX_NULL ? "null" : "undefined");
    return true;
  }
  return six_inspect(m, v, o, out);
}

static void add_bigint(struct six_machine *m, six_value v, const struct six_inspect_options *o, struct six_text *out) {
  struct six_inspector ctx = {.m = m, .o = *o};
  struct six_piece p = six_format_primitive(&ctx, v, false);
  six_text_add(out, p.bytes, p.length);
  six_arena_done(&ctx.arena);
}

static bool add_as_string(struct six_machine *m, six_value v, struct six_text *out) {  // String(v)
  if (six_is_symbol(v)) {
    struct six_inspector ctx = {.m = m};
    struct six_piece p = six_format_primitive(&ctx, v, false);
    six_text_add(out, p.bytes, p.length);
    six_arena_done(&ctx.arena);
    return true;
  }
  struct six_string *s = six_to_string(m, v);
  if (!s) return false;
  six_add_string(m, s, out);
  return true;
}

// Whether an object's text would come from the language's own toString: then inspect says more. 1, 0, -1 exception.
static int has_builtin_to_string(struct six_machine *m, six_value v) {
  if (six_is_class(v, SIX_CLASS_PROXY)) {
    six_value handler;
    six_proxy_parts(six_as_object(v), &v, &handler);
    if (!six_is_object(v)) return 1;
  }
  struct six_object *o = six_as_object(v);
  six_key to_string = SIX_ATOM(m, toString), to_primitive = SIX_SYMBOL(m, toPrimitive);
  six_value string_method = six_get(m, o, to_string);
  if (six_is_exception(string_method)) return -1;
  six_value primitive_method = six_get(m, o, to_primitive);
  if (six_is_exception(primitive_method)) return -1;
  bool seeks_string = six_is_callable(string_method), seeks_primitive = six_is_callable(primitive_method);
  if (!seeks_string && !seeks_primitive) return 1;
  if (seeks_string && six_has_own(m, o, to_string) == 1) return 0;
  if (seeks_primitive && six_has_own(m, o, to_primitive) == 1) return 0;
  for (struct six_object *at = o;;) {
    if (!six_get_prototype_of(m, at, &at)) return -1;
    if (!at) return 1;
    if (!(seeks_string && six_has_own(m, at, to_string) == 1) && !(seeks_primitive && six_has_own(m, at, to_primitive) == 1)) continue;
    struct six_descriptor d;
    int found = six_get_own_property(m, at, SIX_ATOM(m, constructor), &d);
    if (found < 0) return -1;
    if (!found || !(d.has & SIX_HAS_VALUE) || !six_is_callable(d.value)) return 0;
    struct six_inspector ctx = {.m = m};
    struct six_piece name = six_piece_string(&ctx, six_function_name(m, six_as_object(d.value)));
    bool builtin = six_is_builtin_name(name);
    six_arena_done(&ctx.arena);
    return builtin;
  }
}

static bool add_s(struct six_machine *m, six_value v, const struct six_inspect_options *o, struct six_text *out) {  // %s
  bool old = !m->rules->cell[SIX_RULE_INSPECT_GROUPS_ARRAYS];
  if (six_is_string(v)) {
    six_add_string(m, six_as_string(v), out);
    return true;
  }
  if (!old && six_is_number(v)) {
    add_number(m, six_as_number(v), o, out);
    return true;
  }
  if (six_is_bigint(v)) {
    add_bigint(m, v, o, out);
    return true;
  }
  if (!six_is_object(v) || six_is_callable(v) || old) return add_as_string(m, v, out);
  int builtin = has_builtin_to_string(m, v);
  if (builtin < 0) return false;
  if (!builtin) return add_as_string(m, v, out);
  struct six_inspect_options shallow = *o;
  shallow.depth = 0;
  shallow.colors = false;
  shallow.compact = 3;
  return six_inspect(m, v, &shallow, out);
}

static bool add_d(struct six_machine *m, six_value v, const struct six_inspect_options *o, struct six_text *out) {  // %d
  double d = (double)NAN;
  if (six_is_bigint(v)) {
    add_bigint(m, v, o, out);
    return true;
  }
  if (!six_is_symbol(v)) {  // Number(v)
    six_value n = six_to_numeric(m, v);
    if (six_is_exception(n)) return false;
    d = six_is_bigint(n) ? six_bigint_to_double(n) : six_as_number(n);
  }
  add_number(m, d, o, out);
  return true;
}

// %i and %f: parseInt and parseFloat.
static bool add_parsed(struct six_machine *m, six_value v, enum six_intrinsic_id parser, const struct six_inspect_options *o,
                       struct six_text *out) {
  if (six_is_bigint(v) && parser == SIX_I_ParseInt) {
    add_bigint(m, v, o, out);
    return true;
  }
  six_value d = six_double((double)NAN);
  if (!six_is_symbol(v)) d = six_call(m, six_object_value(six_intrinsic(m, parser)), SIX_UNDEFINED, 1, &v);
  if (six_is_exception(d)) return false;
  add_number(m, six_as_number(d), o, out);
  return true;
}

static bool add_json(struct six_machine *m, six_value v, struct six_text *out) {  // %j
  six_key stringify = six_string_value(six_intern_ascii(m, "stringify", true));
  six_value text = six_invoke(m, six_object_value(six_intrinsic(m, SIX_I_JSON)), stringify, 1, &v);
  if (!six_is_exception(text)) return add_as_string(m, text, out);
  if (six_is_terminating(m)) return false;
  six_value error = six_take_exception(m);
  six_root(m, error);
  six_value message = six_is_class(error, SIX_CLASS_ERROR) ? six_get_v(m, error, SIX_ATOM(m, message)) : SIX_UNDEFINED;
  if (six_is_exception(message)) return false;
  if (six_is_string(message)) {
    struct six_text said = {0};
    six_add_string(m, six_as_string(message), &said);
    static const char circular[] = "Converting circular structure to JSON";
    bool is_circular = said.bytes && !strncmp(said.bytes, circular, sizeof circular - 1);
    six_text_done(&said);
    if (is_circular) {
      six_text_adds(out, "[Circular]");
      return true;
    }
  }
  six_throw(m, error);
  return false;
}

static bool add_placeholder(struct six_machine *m, uint16_t letter, six_value v, const struct six_inspect_options *o,
                            struct six_text *out) {
  struct six_inspect_options full;
  switch (letter) {
    case 's': return add_s(m, v, o, out);
    case 'd': return add_d(m, v, o, out);
    case 'i': return add_parsed(m, v, SIX_I_ParseInt, o, out);
    case 'f': return add_parsed(m, v, SIX_I_ParseFloat, o, out);
    case 'j': return add_json(m, v, out);
    case 'O': return six_inspect(m, v, o, out);
    case 'o':
      full = *o;
      full.show_hidden = full.show_proxy = true;
      full.depth = 4;
      return six_inspect(m, v, &full, out);
    default: return true;  // %c styles nothing
  }
}

static bool is_placeholder(struct six_machine *m, uint16_t c) {
  if (c == 'c') return m->rules->cell[SIX_RULE_FORMAT_PERCENT_C] != 0;
  return c == 's' || c == 'd' || c == 'i' || c == 'f' || c == 'j' || c == 'O' || c == 'o';
}

static void add_units(struct six_machine *m, struct six_string *s, uint32_t from, uint32_t to, struct six_text *out) {
  if (from == to) return;
  six_add_string(m, from == 0 && to == s->length ? s : six_string_substring(m, s, from, to), out);
}

// The first string with its placeholders replaced. `used` gets how many arguments after it they took, or -1 when the
// string has no placeholder at all and stands as it is.
static bool add_template(struct six_machine *m, struct six_string *s, int argc, const six_value *argv, const struct six_inspect_options *o,
                         struct six_text *out, int *used) {
  uint32_t last = 0;
  int taken = 0;
  bool any = false;
  for (uint32_t i = 0; i + 1 < s->length; i++) {
    if (six_string_unit(s, i) != '%') continue;
    uint16_t c = six_string_unit(s, ++i);
    if (c == '%') {
      add_units(m, s, last, i, out);
      last = i + 1;
      any = true;
    } else if (taken < argc && is_placeholder(m, c)) {
      add_units(m, s, last, i - 1, out);
      if (!add_placeholder(m, c, argv[taken], o, out)) return false;
      taken++;
      last = i + 1;
      any = true;
    }
  }
  add_units(m, s, last, s->length, out);
  *used = any ? taken : 0;
  return true;
}

// The arguments after the template, each after a space.
static bool add_rest(struct six_machine *m, int argc, const six_value *argv, const struct six_inspect_options *o, bool quotes,
                     bool first_is_string, struct six_text *out) {
  bool old = !m->rules->cell[SIX_RULE_INSPECT_GROUPS_ARRAYS] && first_is_string;
  for (int i = 0; i < argc; i++) {
    if (i) six_text_addc(out, ' ');
    bool good;
    if (six_is_string(argv[i]) && !quotes) {
      six_add_string(m, six_as_string(argv[i]), out);
      good = true;
    } else if (old && (!six_is_object(argv[i]) || six_is_callable(argv[i])) && !six_is_symbol(argv[i])) {
      good = add_as_string(m, argv[i], out);
    } else {
      good = add_inspected(m, argv[i], o, out);
    }
    if (!good) return false;
  }
  return true;
}

bool six_format(struct six_machine *m, const struct six_inspect_options *options, int argc, const six_value *argv, struct six_text *out) {
  struct six_inspect_options defaults;
  if (!options) {
    six_inspect_defaults(m, &defaults);
    options = &defaults;
  }
  if (argc == 0) return true;
  if (!six_is_string(argv[0])) {
    bool quotes = m->rules->cell[SIX_RULE_INSPECT_QUOTES_REST] != 0;
    return add_rest(m, argc, argv, options, quotes, false, out);
  }
  struct six_string *s = six_string_flat(m, six_as_string(argv[0]));
  int used = 0;
  if (argc == 1) six_add_string(m, s, out);
  else if (!add_template(m, s, argc - 1, argv + 1, options, out, &used)) return false;
  if (used + 1 < argc) six_text_addc(out, ' ');
  return add_rest(m, argc - 1 - used, argv + 1 + used, options, false, true, out);
}
