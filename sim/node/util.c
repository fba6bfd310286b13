// node: module util.
#include "sim/node/library.h"
#include "sim/node/util.h"

#include "sim/machine/promise.h"

static six_key key_of(struct six_machine *m, const char *name) { return six_string_value(six_intern_ascii(m, name, true)); }

static struct six_object *native(struct six_machine *m, const char *name, six_native *fn, int length, six_value data0, six_value data1) {
  return six_native_new(m, fn, six_str(m, name), length, data0, data1);
}

// ---- inspect, format

static six_value finish(struct six_machine *m, bool good, struct six_text *text) {
  six_value result = good ? six_string_from_wtf8(m, text->bytes ? text->bytes : "", text->length) : SIX_EXCEPTION;
  six_text_done(text);
  return result;
}

static six_value util_inspect(struct six_machine *m, const struct six_args *a) {
  struct six_inspect_options options;
  six_inspect_defaults(m, &options);
  six_value given = six_arg(a, 1), depth = six_arg(a, 2), colors = six_arg(a, 3);
  if (!six_is_undefined(depth)) {
    options.depth = six_is_number(depth) ? six_as_number(depth) : (double)INFINITY;
    options.depth_is_null = six_is_null(depth);
  }
  if (!six_is_undefined(colors)) options.colors = six_to_boolean(colors);
  if (six_is_boolean(given)) options.show_hidden = given == SIX_TRUE;
  else if (six_is_object(given) && !six_inspect_read_options(m, given, &options)) return SIX_EXCEPTION;
  struct six_text text = {0};
  bool good = six_inspect(m, six_arg(a, 0), &options, &text);
  return finish(m, good, &text);
}

static six_value util_format(struct six_machine *m, const struct six_args *a) {
  struct six_text text = {0};
  bool good = six_format(m, NULL, a->argc, a->argv, &text);
  return finish(m, good, &text);
}

static six_value util_format_with_options(struct six_machine *m, const struct six_args *a) {
  if (!six_is_object(six_arg(a, 0))) return six_node_throw_arg_type(six_node_of(m), "inspectOptions", "of type object", six_arg(a, 0));
  struct six_inspect_options options;
  six_inspect_defaults(m, &options);
  if (!six_inspect_read_options(m, six_arg(a, 0), &options)) return SIX_EXCEPTION;
  struct six_text text = {0};
  bool good = six_format(m, &options, a->argc - 1, a->argv + 1, &text);
  return finish(m, good, &text);
}

// ---- inspect.defaultOptions

static six_value defaults_get(struct six_machine *m, const struct six_args *a) {
  (void)a;
  struct six_nodejs *node = six_node_of(m);
  six_value *root = &node->roots[SIX_ROOT_INSPECT_DEFAULTS];
  if (six_is_object(*root)) return *root;
  struct six_inspect_options d;
  six_inspect_defaults(m, &d);
  struct six_object *o = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  six_put(m, o, "showHidden", SIX_FALSE);
  six_put(m, o, "depth", six_number(d.depth));
  six_put(m, o, "colors", SIX_FALSE);
  six_put(m, o, "customInspect", SIX_TRUE);
  six_put(m, o, "showProxy", SIX_FALSE);
  six_put(m, o, "maxArrayLength", six_number(d.max_array_length));
  six_put(m, o, "maxStringLength", six_number(d.max_string_length));
  six_put(m, o, "breakLength", six_number(d.break_length));
  six_put(m, o, "compact", d.compact == SIX_COMPACT_TRUE ? SIX_TRUE : six_number(d.compact));
  six_put(m, o, "sorted", SIX_FALSE);
  six_put(m, o, "getters", SIX_FALSE);
  six_put(m, o, "numericSeparator", SIX_FALSE);
  six_prevent_extensions(m, o);
  return *root = six_object_value(o);
}

static six_value defaults_set(struct six_machine *m, const struct six_args *a) {
  six_value given = six_arg(a, 0);
  if (!six_is_object(given)) return six_node_throw_arg_type(six_node_of(m), "options", "of type object", given);
  struct six_object *o = six_as_object(defaults_get(m, a)), *from = six_as_object(given);
  struct six_values *keys = six_own_keys(m, from, SIX_KEYS_STRINGS | SIX_KEYS_ENUMERABLE_ONLY);
  if (!keys) return SIX_EXCEPTION;
  six_root(m, six_tagged(SIX_TAG_OBJECT, keys));
  for (uint32_t i = 0; i < keys->count; i++) {
    six_value v = six_get(m, from, keys->items[i]);
    if (six_is_exception(v) || six_set(m, o, keys->items[i], v) < 0) return SIX_EXCEPTION;
  }
  return SIX_UNDEFINED;
}

// ---- inspect.colors, inspect.styles

static const struct {
  const char *name;
  int on, off;
} colors[] = {{"reset", 0, 0},
              {"bold", 1, 22},
              {"dim", 2, 22},
              {"italic", 3, 23},
              {"underline", 4, 24},
              {"blink", 5, 25},
              {"inverse", 7, 27},
              {"hidden", 8, 28},
              {"strikethrough", 9, 29},
              {"doubleunderline", 21, 24},
              {"black", 30, 39},
              {"red", 31, 39},
              {"green", 32, 39},
              {"yellow", 33, 39},
              {"blue", 34, 39},
              {"magenta", 35, 39},
              {"cyan", 36, 39},
              {"white", 37, 39},
              {"bgBlack", 40, 49},
              {"bgRed", 41, 49},
              {"bgGreen", 42, 49},
              {"bgYellow", 43, 49},
              {"bgBlue", 44, 49},
              {"bgMagenta", 45, 49},
              {"bgCyan", 46, 49},
              {"bgWhite", 47, 49},
              {"framed", 51, 54},
              {"overlined", 53, 55},
              {"gray", 90, 39},
              {"redBright", 91, 39},
              {"greenBright", 92, 39},
              {"yellowBright", 93, 39},
              {"blueBright", 94, 39},
              {"magentaBright", 95, 39},
              {"cyanBright", 96, 39},
              {"whiteBright", 97, 39},
              {"bgGray", 100, 49},
              {"bgRedBright", 101, 49},
              {"bgGreenBright", 102, 49},
              {"bgYellowBright", 103, 49},
              {"bgBlueBright", 104, 49},
              {"bgMagentaBright", 105, 49},
              {"bgCyanBright", 106, 49},
              {"bgWhiteBright", 107, 49}};

static const struct {
  const char *alias, *name;
} color_aliases[] = {{"grey", "gray"},
                     {"blackBright", "gray"},
                     {"bgGrey", "bgGray"},
                     {"bgBlackBright", "bgGray"},
                     {"faint", "dim"},
                     {"crossedout", "strikethrough"},
                     {"strikeThrough", "strikethrough"},
                     {"crossedOut", "strikethrough"},
                     {"conceal", "hidden"},
                     {"swapColors", "inverse"},
                     {"swapcolors", "inverse"},
                     {"doubleUnderline", "doubleunderline"}};

static const char *const styles[][2] = {{"special", "cyan"},   {"number", "yellow"}, {"bigint", "yellow"},   {"boolean", "yellow"},
                                        {"undefined", "grey"}, {"null", "bold"},     {"string", "green"},    {"symbol", "green"},
                                        {"date", "magenta"},   {"regexp", "red"},    {"module", "underline"}};

static six_value color_pair(struct six_machine *m, int row) {
  six_value pair[2] = {six_int(colors[row].on), six_int(colors[row].off)};
  return six_object_value(six_array_from(m, pair, 2));
}

static int color_row(struct six_machine *m, struct six_string *name) {
  for (size_t i = 0; i < sizeof color_aliases / sizeof *color_aliases; i++) {
    if (!six_string_equals_ascii(m, name, color_aliases[i].alias)) continue;
    name = six_intern_ascii(m, color_aliases[i].name, true);
    break;
  }
  for (size_t i = 0; i < sizeof colors / sizeof *colors; i++)
    if (six_string_equals_ascii(m, name, colors[i].name)) return (int)i;
  return -1;
}

static six_value colors_object(struct six_machine *m) {
  struct six_object *o = six_object_new(m, NULL);
  for (size_t i = 0; i < sizeof colors / sizeof *colors; i++) six_put(m, o, colors[i].name, color_pair(m, (int)i));
  for (size_t i = 0; i < sizeof color_aliases / sizeof *color_aliases; i++) {
    int row = color_row(m, six_intern_ascii(m, color_aliases[i].name, true));
    six_define(m, o, key_of(m, color_aliases[i].alias), color_pair(m, row), SIX_HIDDEN);
  }
  return six_object_value(o);
}

static six_value styles_object(struct six_machine *m) {
  struct six_object *o = six_object_new(m, NULL);
  for (size_t i = 0; i < sizeof styles / sizeof *styles; i++) six_put(m, o, styles[i][0], six_str(m, styles[i][1]));
  return six_object_value(o);
}

// The escape codes of one format name. false with ERR_INVALID_ARG_VALUE when there is no such colour.
static bool find_format(struct six_machine *m, six_value name, int *row) {
  *row = six_is_string(name) ? color_row(m, six_as_string(name)) : -1;
  if (*row >= 0) return true;
  struct six_inspect_options options;
  six_inspect_defaults(m, &options);
  struct six_text text = {0};
  if (six_inspect(m, name, &options, &text)) {
    struct six_text all = {0};
    for (size_t i = 0; i < sizeof colors / sizeof *colors; i++) six_text_addf(&all, "%s'%s'", i ? ", " : "", colors[i].name);
    six_node_throw(six_node_of(m), SIX_I_TypeErrorPrototype, "ERR_INVALID_ARG_VALUE",
                   "The argument 'format' must be one of: %s. Received %s", all.bytes, text.bytes);
    six_text_done(&all);
  }
  six_text_done(&text);
  return false;
}

static six_value util_style_text(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  if (!six_is_string(six_arg(a, 1))) return six_node_throw_arg_type(node, "text", "of type string", six_arg(a, 1));
  bool validate = true;
  if (six_is_object(six_arg(a, 2))) {
    six_value v = six_node_getv(node, six_arg(a, 2), "validateStream");
    if (six_is_exception(v)) return v;
    validate = six_is_undefined(v) || six_to_boolean(v);
  }
  int is_array = six_is_array(m, six_arg(a, 0));
  if (is_array < 0) return SIX_EXCEPTION;
  double count = 1;
  if (is_array && six_length_of(m, six_as_object(a->argv[0]), &count) < 0) return SIX_EXCEPTION;
  struct six_text left = {0}, right = {0};
  for (uint32_t i = 0; i < count; i++) {
    six_value name = is_array ? six_get_index(m, six_as_object(a->argv[0]), i) : six_arg(a, 0);
    int row;
    if (six_is_exception(name) || !find_format(m, name, &row)) {
      six_text_done(&left);
      six_text_done(&right);
      return SIX_EXCEPTION;
    }
    six_text_addf(&left, "\x1B[%dm", colors[row].on);
    struct six_text outer = right;
    right = (struct six_text){0};
    six_text_addf(&right, "\x1B[%dm%s", colors[row].off, outer.bytes ? outer.bytes : "");
    six_text_done(&outer);
  }
  // One format is for the stream, which is no terminal here; a list is always applied.
  if (!is_array && validate) left.length = right.length = 0;
  six_add_string(m, six_as_string(a->argv[1]), &left);
  if (right.length) six_text_add(&left, right.bytes, right.length);
  six_text_done(&right);
  return finish(m, true, &left);
}

static six_value util_strip(struct six_machine *m, const struct six_args *a) {
  if (!six_is_string(six_arg(a, 0))) return six_node_throw_arg_type(six_node_of(m), "str", "of type string", six_arg(a, 0));
  struct six_text text = {0}, out = {0};
  six_add_string(m, six_as_string(a->argv[0]), &text);
  if (text.length) six_strip_controls(text.bytes, text.length, &out);
  six_text_done(&text);
  return finish(m, true, &out);
}

static six_value util_to_usv_string(struct six_machine *m, const struct six_args *a) {
  struct six_string *s = six_to_string(m, six_arg(a, 0));
  if (!s) return SIX_EXCEPTION;
  struct six_text text = {0};
  six_string_to_utf8(m, s, &text);
  return finish(m, true, &text);
}

// ---- promisify

static six_value registered_symbol(struct six_machine *m, const char *name) {
  six_value text = six_str(m, name);
  return six_invoke(m, six_object_value(six_intrinsic(m, SIX_I_Symbol)), key_of(m, "for"), 1, &text);
}

six_value six_util_promisify_symbol(struct six_nodejs *node) {
  six_value *root = &node->roots[SIX_ROOT_PROMISIFY_CUSTOM];
  if (!six_is_symbol(*root)) *root = registered_symbol(node->m, "nodejs.util.promisify.custom");
  return *root;
}

static six_value promisified_done(struct six_machine *m, const struct six_args *a) {  // (err, value)
  struct six_promise *p = six_as_promise(six_as_native(a->callee)->data[0]);
  if (p->already_resolved) return SIX_UNDEFINED;
  p->already_resolved = true;
  if (six_to_boolean(six_arg(a, 0))) six_promise_reject(m, p, a->argv[0]);
  else six_promise_resolve(m, p, six_arg(a, 1));
  return SIX_UNDEFINED;
}

static six_value promisified_call(struct six_machine *m, const struct six_args *a) {
  six_value original = six_as_native(a->callee)->data[0];
  struct six_object *promise = six_promise_new(m);
  six_value result = six_object_value(promise);
  six_root(m, result);
  struct six_object *arguments = six_array_from(m, a->argv, (uint32_t)a->argc);
  six_root(m, six_object_value(arguments));
  six_array_push(m, arguments, six_object_value(native(m, "", promisified_done, 2, result, SIX_UNDEFINED)));
  six_value r = six_call(m, original, a->this_value, (int)arguments->element_count, arguments->elements);
  if (!six_is_exception(r)) return result;
  if (six_is_terminating(m)) return r;
  six_value error = six_take_exception(m);
  if (!six_as_promise(result)->already_resolved) {
    six_as_promise(result)->already_resolved = true;
    six_promise_reject(m, six_as_promise(result), error);
  }
  return result;
}

static bool copy_properties(struct six_machine *m, struct six_object *from, struct six_object *to) {
  struct six_values *keys = six_own_keys(m, from, SIX_KEYS_STRINGS | SIX_KEYS_SYMBOLS);
  if (!keys) return false;
  six_root(m, six_tagged(SIX_TAG_OBJECT, keys));
  for (uint32_t i = 0; i < keys->count; i++) {
    struct six_descriptor d;
    int found = six_get_own_property(m, from, keys->items[i], &d);
    if (found < 0) return false;
    if (found && keys->items[i] != SIX_ATOM(m, prototype)) six_define_own(m, to, keys->items[i], &d, false);
  }
  return true;
}

six_value six_util_promisify(struct six_nodejs *node, six_value original) {
  struct six_machine *m = node->m;
  if (!six_is_callable(original)) return six_node_throw_arg_type(node, "original", "of type function", original);
  six_key symbol = six_util_promisify_symbol(node);
  six_value custom = six_get(m, six_as_object(original), symbol);
  if (six_is_exception(custom)) return custom;
  if (six_to_boolean(custom)) {
    if (!six_is_callable(custom)) return six_node_throw_arg_type(node, "util.promisify.custom", "of type function", custom);
    six_define(m, six_as_object(custom), symbol, custom, SIX_CONFIGURABLE);
    return custom;
  }
  struct six_object *f = native(m, "fn", promisified_call, 0, original, SIX_UNDEFINED);
  six_root(m, six_object_value(f));
  struct six_object *proto;
  if (!six_get_prototype_of(m, six_as_object(original), &proto)) return SIX_EXCEPTION;
  six_set_prototype(m, f, proto, false);
  if (!copy_properties(m, six_as_object(original), f)) return SIX_EXCEPTION;
  six_define(m, f, symbol, six_object_value(f), SIX_CONFIGURABLE);
  return six_object_value(f);
}

static six_value util_promisify(struct six_machine *m, const struct six_args *a) {
  return six_util_promisify(six_node_of(m), six_arg(a, 0));
}

// ---- callbackify

static six_value callbackified_good(struct six_machine *m, const struct six_args *a) {
  six_value argv[2] = {SIX_NULL, six_arg(a, 0)};
  six_node_tick(six_node_of(m), six_as_native(a->callee)->data[0], 2, argv);
  return SIX_UNDEFINED;
}

static six_value callbackify_rejected(struct six_machine *m, const struct six_args *a) {  // in a tick: (reason, callback)
  six_value reason = six_arg(a, 0);
  if (!six_to_boolean(reason)) {  // null is no error for a callback
    struct six_object *error =
        six_node_error(six_node_of(m), SIX_I_ErrorPrototype, "ERR_FALSY_VALUE_REJECTION", "Promise was rejected with falsy value");
    six_put(m, error, "reason", reason);
    reason = six_object_value(error);
  }
  return six_call(m, six_arg(a, 1), SIX_UNDEFINED, 1, &reason);
}

static six_value callbackified_bad(struct six_machine *m, const struct six_args *a) {
  six_value argv[2] = {six_arg(a, 0), six_as_native(a->callee)->data[0]};
  six_value f = six_object_value(native(m, "callbackifyOnRejected", callbackify_rejected, 2, SIX_UNDEFINED, SIX_UNDEFINED));
  six_node_tick(six_node_of(m), f, 2, argv);
  return SIX_UNDEFINED;
}

static six_value callbackified_call(struct six_machine *m, const struct six_args *a) {
  six_value last = a->argc ? a->argv[a->argc - 1] : SIX_UNDEFINED;
  if (!six_is_callable(last)) return six_node_throw_arg_type(six_node_of(m), "last argument", "of type function", last);
  six_value self = a->this_value;
  six_value callback = six_invoke(m, last, key_of(m, "bind"), 1, &self);
  if (six_is_exception(callback)) return callback;
  six_root(m, callback);
  six_value promise = six_call(m, six_as_native(a->callee)->data[0], self, a->argc - 1, a->argv);
  if (six_is_exception(promise)) return promise;
  six_root(m, promise);
  six_value handlers[2] = {six_object_value(native(m, "", callbackified_good, 1, callback, SIX_UNDEFINED)),
                           six_object_value(native(m, "", callbackified_bad, 1, callback, SIX_UNDEFINED))};
  six_value result = six_invoke(m, promise, SIX_ATOM(m, then), 2, handlers);
  return six_is_exception(result) ? result : SIX_UNDEFINED;
}

static six_value util_callbackify(struct six_machine *m, const struct six_args *a) {
  six_value original = six_arg(a, 0);
  if (!six_is_callable(original)) return six_node_throw_arg_type(six_node_of(m), "original", "of type function", original);
  struct six_object *f = native(m, "callbackified", callbackified_call, 0, original, SIX_UNDEFINED);
  six_root(m, six_object_value(f));
  if (!copy_properties(m, six_as_object(original), f)) return SIX_EXCEPTION;
  six_value length = six_get(m, six_as_object(original), SIX_ATOM(m, length)),
            name = six_get(m, six_as_object(original), SIX_ATOM(m, name));
  if (six_is_number(length)) six_define(m, f, SIX_ATOM(m, length), six_number(six_as_number(length) + 1), SIX_CONFIGURABLE);
  if (six_is_string(name)) {
    six_value whole = six_string_concat(m, six_as_string(name), six_as_string(six_str(m, "Callbackified")));
    if (!six_is_exception(whole)) six_define(m, f, SIX_ATOM(m, name), whole, SIX_CONFIGURABLE);
  }
  return six_object_value(f);
}

// ---- inherits, deprecate, debuglog

static six_value util_inherits(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  six_value constructor = six_arg(a, 0), super = six_arg(a, 1);
  if (six_is_nullish(constructor)) return six_node_throw_arg_type(node, "ctor", "of type function", constructor);
  if (six_is_nullish(super)) return six_node_throw_arg_type(node, "superCtor", "of type function", super);
  six_value prototype = six_get_v(m, super, SIX_ATOM(m, prototype));
  if (six_is_exception(prototype)) return prototype;
  if (six_is_undefined(prototype)) return six_node_throw_arg_type(node, "superCtor.prototype", "of type object", prototype);
  if (six_is_object(constructor)) six_define(m, six_as_object(constructor), key_of(m, "super_"), super, SIX_HIDDEN);
  six_value own = six_get_v(m, constructor, SIX_ATOM(m, prototype));
  if (six_is_exception(own)) return own;
  if (!six_is_object(own)) return six_throw_type(m, "Object.setPrototypeOf called on null or undefined");
  struct six_object *proto = six_is_object(prototype) ? six_as_object(prototype) : NULL;
  return six_set_prototype(m, six_as_object(own), proto, true) < 0 ? SIX_EXCEPTION : SIX_UNDEFINED;
}

static six_value deprecated_call(struct six_machine *m, const struct six_args *a) {
  struct six_native_function *self = six_as_native(a->callee);
  struct six_object *about = six_as_object(self->data[1]);  // [message, code, warned]
  if (about->elements[2] == SIX_FALSE) {
    about->elements[2] = SIX_TRUE;
    struct six_text message = {0}, code = {0};
    struct six_string *s = six_to_string(m, about->elements[0]);
    if (!s) return SIX_EXCEPTION;
    six_text_add(&message, "", 0);
    six_add_string(m, s, &message);
    if (six_is_string(about->elements[1])) six_add_string(m, six_as_string(about->elements[1]), &code);
    six_node_warn(six_node_of(m), "DeprecationWarning", code.bytes, "%s", message.bytes);
    six_text_done(&message);
    six_text_done(&code);
  }
  if (!six_is_undefined(a->new_target)) return six_construct(m, self->data[0], a->argc, a->argv, a->new_target);
  return six_call(m, self->data[0], a->this_value, a->argc, a->argv);
}

static six_value util_deprecate(struct six_machine *m, const struct six_args *a) {
  six_value f = six_arg(a, 0), code = six_arg(a, 2);
  if (!six_is_callable(f)) return six_node_throw_arg_type(six_node_of(m), "fn", "of type function", f);
  if (!six_is_undefined(code) && !six_is_string(code)) return six_node_throw_arg_type(six_node_of(m), "code", "of type string", code);
  six_value about[3] = {six_arg(a, 1), code, SIX_FALSE};
  struct six_object *list = six_array_from(m, about, 3);
  struct six_object *wrapped = native(m, "deprecated", deprecated_call, 0, f, six_object_value(list));
  six_root(m, six_object_value(wrapped));
  six_set_prototype(m, wrapped, six_as_object(f), false);
  six_value prototype = six_get(m, six_as_object(f), SIX_ATOM(m, prototype));
  if (six_is_exception(prototype)) return prototype;
  if (six_is_object(prototype)) {
    six_define(m, wrapped, SIX_ATOM(m, prototype), prototype, SIX_WRITABLE);
    wrapped->cell.flags |= SIX_OBJECT_CONSTRUCTOR;
  }
  return six_object_value(wrapped);
}

static six_value nothing(struct six_machine *m, const struct six_args *a) {
  (void)m, (void)a;
  return SIX_UNDEFINED;
}

static six_value util_debuglog(struct six_machine *m, const struct six_args *a) {
  (void)a;
  struct six_object *logger = native(m, "logger", nothing, 0, SIX_UNDEFINED, SIX_UNDEFINED);  // NODE_DEBUG is not set
  six_put(m, logger, "enabled", SIX_FALSE);
  return six_object_value(logger);
}

static six_value util_extend(struct six_machine *m, const struct six_args *a) {
  six_value target = six_arg(a, 0), source = six_arg(a, 1);
  if (!six_is_object(source)) return target;
  struct six_values *keys = six_own_keys(m, six_as_object(source), SIX_KEYS_STRINGS | SIX_KEYS_ENUMERABLE_ONLY);
  if (!keys) return SIX_EXCEPTION;
  six_root(m, six_tagged(SIX_TAG_OBJECT, keys));
  for (uint32_t i = keys->count; i-- > 0;) {
    six_value v = six_get(m, six_as_object(source), keys->items[i]);
    if (six_is_exception(v) || six_set_v(m, target, keys->items[i], v, true) < 0) return SIX_EXCEPTION;
  }
  return target;
}

// ---- The deprecated is*

static six_value is_boolean(struct six_machine *m, const struct six_args *a) { return (void)m, six_boolean(six_is_boolean(six_arg(a, 0))); }
static six_value is_null(struct six_machine *m, const struct six_args *a) { return (void)m, six_boolean(six_is_null(six_arg(a, 0))); }
static six_value is_nullish(struct six_machine *m, const struct six_args *a) { return (void)m, six_boolean(six_is_nullish(six_arg(a, 0))); }
static six_value is_number(struct six_machine *m, const struct six_args *a) { return (void)m, six_boolean(six_is_number(six_arg(a, 0))); }
static six_value is_string(struct six_machine *m, const struct six_args *a) { return (void)m, six_boolean(six_is_string(six_arg(a, 0))); }
static six_value is_symbol(struct six_machine *m, const struct six_args *a) { return (void)m, six_boolean(six_is_symbol(six_arg(a, 0))); }
static six_value is_undefined(struct six_machine *m, const struct six_args *a) {
  return (void)m, six_boolean(six_is_undefined(six_arg(a, 0)));
}
static six_value is_object(struct six_machine *m, const struct six_args *a) {
  (void)m;
  return six_boolean(six_is_object(six_arg(a, 0)) && !six_is_callable(six_arg(a, 0)));
}
static six_value is_function(struct six_machine *m, const struct six_args *a) {
  return (void)m, six_boolean(six_is_callable(six_arg(a, 0)));
}
static six_value is_primitive(struct six_machine *m, const struct six_args *a) {
  return (void)m, six_boolean(!six_is_object(six_arg(a, 0)));
}
static six_value is_array(struct six_machine *m, const struct six_args *a) {
  int is = six_is_array(m, six_arg(a, 0));
  return is < 0 ? SIX_EXCEPTION : six_boolean(is);
}
static six_value is_error(struct six_machine *m, const struct six_args *a) {
  if (six_is_class(six_arg(a, 0), SIX_CLASS_ERROR)) return SIX_TRUE;
  int is = six_ordinary_has_instance(m, six_object_value(six_intrinsic(m, SIX_I_Error)), six_arg(a, 0));
  return is < 0 ? SIX_EXCEPTION : six_boolean(is);
}
static six_value is_buffer(struct six_machine *m, const struct six_args *a) {
  six_value proto = six_node_of(m)->roots[SIX_ROOT_BUFFER_PROTOTYPE];
  if (!six_is_class(six_arg(a, 0), SIX_CLASS_TYPED_ARRAY) || !six_is_object(proto)) return SIX_FALSE;
  for (struct six_object *at = six_as_object(a->argv[0]); at; at = six_get_prototype(m, at))
    if (at == six_as_object(proto)) return SIX_TRUE;
  return SIX_FALSE;
}

static six_value is_deep_strict_equal(struct six_machine *m, const struct six_args *a) {
  int equal = six_deep_equal(m, six_arg(a, 0), six_arg(a, 1), true);
  return equal < 0 ? SIX_EXCEPTION : six_boolean(equal);
}

static six_value unsupported(struct six_machine *m, const struct six_args *a) {
  struct six_text name = {0};
  six_text_adds(&name, "util.");
  six_string_to_utf8(m, six_function_name(m, a->callee), &name);
  six_value result = six_throw_unsupported(m, name.bytes);
  six_text_done(&name);
  return result;
}

// ---- The module

static struct six_object *make_inspect(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  struct six_object *inspect = native(m, "inspect", util_inspect, 2, SIX_UNDEFINED, SIX_UNDEFINED);
  six_put(m, inspect, "custom", six_inspect_custom_symbol(m, true));
  six_define_accessor(m, inspect, key_of(m, "defaultOptions"),
                      six_object_value(native(m, "get", defaults_get, 0, SIX_UNDEFINED, SIX_UNDEFINED)),
                      six_object_value(native(m, "set", defaults_set, 1, SIX_UNDEFINED, SIX_UNDEFINED)), 0);
  six_put(m, inspect, "colors", colors_object(m));
  six_put(m, inspect, "styles", styles_object(m));
  return inspect;
}

six_value six_module_util(struct six_nodejs *node);
six_value six_module_util_types(struct six_nodejs *node);
six_value six_module_sys(struct six_nodejs *node);

six_value six_module_util(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  struct six_object *o = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  six_root(m, six_object_value(o));
  six_node_method(node, o, "_extend", util_extend, 2);
  six_node_method(node, o, "callbackify", util_callbackify, 1);
  six_node_method(node, o, "debug", util_debuglog, 2);
  six_node_method(node, o, "debuglog", util_debuglog, 2);
  six_node_method(node, o, "deprecate", util_deprecate, 4);
  six_node_method(node, o, "format", util_format, 0);
  if (node->rules->major >= 20) six_node_method(node, o, "styleText", util_style_text, 2);
  six_node_method(node, o, "formatWithOptions", util_format_with_options, 1);
  six_library_method(node, o, "getSystemErrorMap", 0);
  six_library_method(node, o, "getSystemErrorName", 1);
  six_node_method(node, o, "inherits", util_inherits, 2);
  six_put(m, o, "inspect", six_object_value(make_inspect(node)));
  six_node_method(node, o, "isArray", is_array, 1);
  if (node->rules->major < 23) {  // removed in 23
    six_node_method(node, o, "isBoolean", is_boolean, 1);
    six_node_method(node, o, "isBuffer", is_buffer, 1);
  }
  six_node_method(node, o, "isDeepStrictEqual", is_deep_strict_equal, 2);
  six_value types = six_util_types(node);
  if (node->rules->major < 23) {
    six_node_method(node, o, "isNull", is_null, 1);
    six_node_method(node, o, "isNullOrUndefined", is_nullish, 1);
    six_node_method(node, o, "isNumber", is_number, 1);
    six_node_method(node, o, "isString", is_string, 1);
    six_node_method(node, o, "isSymbol", is_symbol, 1);
    six_node_method(node, o, "isUndefined", is_undefined, 1);
    six_put(m, o, "isRegExp", six_node_getv(node, types, "isRegExp"));
    six_node_method(node, o, "isObject", is_object, 1);
    six_put(m, o, "isDate", six_node_getv(node, types, "isDate"));
    six_node_method(node, o, "isError", is_error, 1);
    six_node_method(node, o, "isFunction", is_function, 1);
    six_node_method(node, o, "isPrimitive", is_primitive, 1);
    six_node_method(node, o, "log", unsupported, 0);
  }
  struct six_object *promisify = native(m, "promisify", util_promisify, 1, SIX_UNDEFINED, SIX_UNDEFINED);
  six_put(m, promisify, "custom", six_util_promisify_symbol(node));
  six_put(m, o, "promisify", six_object_value(promisify));
  six_node_method(node, o, "stripVTControlCharacters", util_strip, 1);
  six_node_method(node, o, "toUSVString", util_to_usv_string, 1);
  six_put(m, o, "types", types);
  six_node_method(node, o, "parseEnv", unsupported, 1);
  six_library_method(node, o, "parseArgs", 0);
  six_library_method(node, o, "aborted", 2);
  six_put(m, o, "TextDecoder", six_text_decoder(node));
  six_put(m, o, "TextEncoder", six_text_encoder(node));
  return six_object_value(o);
}

six_value six_module_util_types(struct six_nodejs *node) { return six_util_types(node); }
six_value six_module_sys(struct six_nodejs *node) { return six_node_module(node, SIX_MODULE_util); }
