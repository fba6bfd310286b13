// node: console. Lines of plain strings and numbers go straight to the output; only objects meet util.inspect.
#include "sim/node/console.h"

#include <stdio.h>
#include <stdlib.h>

// ---- State

static void free_counts(struct six_console_count *counts, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) six_text_done(&counts[i].label);
  free(counts);
}

static void done(struct six_console *c) {
  free_counts(c->counts, c->count_count);
  free_counts(c->times, c->time_count);
  free(c);
}

static void free_state(struct six_nodejs *node, void *state) {
  (void)node;
  done(state);
}

static void mark_console(struct six_machine *m, void *data) {
  struct six_console *c = data;
  six_mark_value(m, c->object);
  six_mark_value(m, c->stream[0]);
  six_mark_value(m, c->stream[1]);
  six_mark_value(m, c->inspect_options);
}

static void mark_state(struct six_nodejs *node, void *state) { mark_console(node->m, state); }

static void finalize_console(struct six_machine *m, void *data) {
  (void)m;
  done(data);
}

static const struct six_host_class console_class = {.name = "Console", .mark = mark_console, .finalize = finalize_console};

static struct six_console *console_new(void) {
  struct six_console *c = calloc(1, sizeof *c);
  if (!c) abort();
  c->group_width = 2;
  c->object = c->stream[0] = c->stream[1] = c->inspect_options = SIX_UNDEFINED;
  return c;
}

// The console that a method belongs to: the global one, or the instance that it was made for, or (Console.prototype's) is called on.
static struct six_console *console_of(struct six_machine *m, const struct six_args *a) {
  six_value own = six_as_native(a->callee)->data[0];
  if (six_is_null(own)) own = a->this_value;
  if (six_is_class(own, SIX_CLASS_HOST) && ((struct six_host_object *)six_as_object(own))->host_class == &console_class)
    return ((struct six_host_object *)six_as_object(own))->data;
  return six_node_of(m)->state[SIX_STATE(console)];
}

bool six_console_options(struct six_console *c, struct six_machine *m, struct six_inspect_options *options) {
  six_inspect_defaults(m, options);
  options->colors = c->colors;
  return !six_is_object(c->inspect_options) || six_inspect_read_options(m, c->inspect_options, options);
}

// ---- Writing

// The `write` method that the program put on process.stdout or stderr in place of Node's, or SIX_UNDEFINED. [JS]
static six_value replaced_write(struct six_machine *m, struct six_console *c, int fd) {
  struct six_nodejs *node = six_node_of(m);
  six_value stream = c->stream[fd - 1];
  if (!six_is_undefined(stream)) return six_node_getv(node, stream, "write");
  stream = node->roots[fd == 1 ? SIX_ROOT_STDOUT : SIX_ROOT_STDERR];
  if (!six_is_object(stream)) return SIX_UNDEFINED;
  six_value write = six_node_getv(node, stream, "write");
  return six_is_class(write, SIX_CLASS_NATIVE) ? SIX_UNDEFINED : write;
}

// Writes one line (text ends with the newline) to fd 1 or 2.
static six_value write_line(struct six_machine *m, struct six_console *c, int fd, const char *bytes, size_t length) {
  struct six_nodejs *node = six_node_of(m);
  six_value write = replaced_write(m, c, fd);
  if (six_is_exception(write)) return write;
  if (six_is_undefined(write)) return six_stdio_write(node, fd, bytes, length) ? SIX_UNDEFINED : SIX_EXCEPTION;
  six_value stream = six_is_undefined(c->stream[fd - 1]) ? node->roots[fd == 1 ? SIX_ROOT_STDOUT : SIX_ROOT_STDERR] : c->stream[fd - 1];
  six_value text = six_string_from_wtf8(m, bytes, length);
  if (six_is_exception(text)) return text;
  six_value result = six_call(m, write, stream, 1, &text);
  if (six_is_exception(result) && !six_is_terminating(m)) six_take_exception(m);  // ignoreErrors
  return six_is_terminating(m) ? SIX_EXCEPTION : SIX_UNDEFINED;
}

// Lone surrogates become U+FFFD on the way out.
static void replace_surrogates(struct six_text *text) {
  for (size_t i = 0; i + 2 < text->length; i++)
    if (text->bytes[i] == '\xED' && (unsigned char)text->bytes[i + 1] >= 0xA0) memcpy(text->bytes + i, "\xEF\xBF\xBD", 3);
}

static six_value write_text(struct six_machine *m, struct six_console *c, int fd, const char *text, size_t length) {
  struct six_text line = {0};
  for (size_t start = 0; c->indentation && start <= length;) {
    const char *end = start < length ? memchr(text + start, '\n', length - start) : NULL;
    size_t stop = end ? (size_t)(end - text) + 1 : length;
    for (uint32_t i = 0; i < c->indentation; i++) six_text_addc(&line, ' ');
    six_text_add(&line, text + start, stop - start);
    if (!end) break;
    start = stop;
  }
  if (!c->indentation) six_text_add(&line, text, length);
  six_text_addc(&line, '\n');
  if (six_is_undefined(c->stream[fd - 1])) replace_surrogates(&line);
  six_value result = write_line(m, c, fd, line.bytes, line.length);
  six_text_done(&line);
  return result;
}

// A single short ASCII string, outside of groups, needs no work at all.
static bool write_plain(struct six_machine *m, struct six_console *c, int fd, int argc, const six_value *argv, six_value *result) {
  char line[512];
  if (argc != 1 || !six_is_string(argv[0]) || c->indentation) return false;
  struct six_string *s = six_string_flat(m, six_as_string(argv[0]));
  if (six_string_is_wide(s) || s->length >= sizeof line) return false;
  uint8_t high = 0;
  for (uint32_t i = 0; i < s->length; i++) high |= s->u.latin1[i];
  if (high >= 0x80) return false;
  memcpy(line, s->u.latin1, s->length);
  line[s->length] = '\n';
  *result = write_line(m, c, fd, line, s->length + 1);
  return true;
}

static six_value log_to(struct six_machine *m, struct six_console *c, int fd, int argc, const six_value *argv) {
  six_value result;
  if (write_plain(m, c, fd, argc, argv, &result)) return result;
  struct six_inspect_options options;
  if (!six_console_options(c, m, &options)) return SIX_EXCEPTION;
  struct six_text text = {0};
  result = SIX_EXCEPTION;
  six_stdio_formats(six_node_of(m), fd);
  if (six_format(m, &options, argc, argv, &text)) result = write_text(m, c, fd, text.bytes, text.length);
  six_text_done(&text);
  return result;
}

static six_value console_log(struct six_machine *m, const struct six_args *a) { return log_to(m, console_of(m, a), 1, a->argc, a->argv); }
static six_value console_warn(struct six_machine *m, const struct six_args *a) { return log_to(m, console_of(m, a), 2, a->argc, a->argv); }

// Calls this.log, this.warn or this.error as Node's methods do, so that a program that replaced them sees it. [JS]
static six_value call_own(struct six_machine *m, struct six_console *c, const char *name, int argc, const six_value *argv) {
  six_value method = six_node_getv(six_node_of(m), c->object, name);
  if (six_is_exception(method)) return method;
  if (six_is_class(method, SIX_CLASS_NATIVE)) {
    six_native *native = six_as_native(six_as_object(method))->native;
    if (native == console_log) return log_to(m, c, 1, argc, argv);
    if (native == console_warn) return log_to(m, c, 2, argc, argv);
  }
  return six_call(m, method, c->object, argc, argv);
}

static six_value log_text(struct six_machine *m, struct six_console *c, const char *method, const struct six_text *text) {
  six_value line = six_string_from_wtf8(m, text->bytes, text->length);
  if (six_is_exception(line)) return line;
  six_root(m, line);
  six_value result = call_own(m, c, method, 1, &line);
  return six_is_exception(result) ? result : SIX_UNDEFINED;
}

// ---- Methods

static six_value console_dir(struct six_machine *m, const struct six_args *a) {
  struct six_console *c = console_of(m, a);
  struct six_inspect_options options;
  if (!six_console_options(c, m, &options)) return SIX_EXCEPTION;
  options.custom_inspect = false;
  six_value given = six_arg(a, 1);
  if (six_is_object(given) && !six_inspect_read_options(m, given, &options)) return SIX_EXCEPTION;
  struct six_text text = {0};
  six_value result = SIX_EXCEPTION;
  if (six_inspect(m, six_arg(a, 0), &options, &text)) result = write_text(m, c, 1, text.bytes, text.length);
  six_text_done(&text);
  return result;
}

static six_value console_group(struct six_machine *m, const struct six_args *a) {
  struct six_console *c = console_of(m, a);
  if (a->argc && six_is_exception(call_own(m, c, "log", a->argc, a->argv))) return SIX_EXCEPTION;
  c->indentation += c->group_width;
  return SIX_UNDEFINED;
}

static six_value console_group_end(struct six_machine *m, const struct six_args *a) {
  struct six_console *c = console_of(m, a);
  c->indentation -= c->indentation < c->group_width ? c->indentation : c->group_width;
  return SIX_UNDEFINED;
}

static six_value console_assert(struct six_machine *m, const struct six_args *a) {
  if (six_to_boolean(six_arg(a, 0))) return SIX_UNDEFINED;
  struct six_text text = {0};
  six_text_adds(&text, "Assertion failed");
  bool joins = a->argc > 1 && (six_is_string(a->argv[1]) || !m->rules->cell[SIX_RULE_CONSOLE_ASSERT_VALUES]);
  if (joins) {
    struct six_string *s = six_to_string(m, a->argv[1]);
    if (!s) {
      six_text_done(&text);
      return SIX_EXCEPTION;
    }
    six_text_adds(&text, ": ");
    six_add_string(m, s, &text);
  }
  six_value first = six_string_from_wtf8(m, text.bytes, text.length);
  six_text_done(&text);
  if (six_is_exception(first)) return first;
  struct six_object *arguments = six_array_new(m, (uint32_t)a->argc);
  six_root(m, six_object_value(arguments));
  six_array_push(m, arguments, first);
  for (int i = joins ? 2 : 1; i < a->argc; i++) six_array_push(m, arguments, a->argv[i]);
  six_value result = call_own(m, console_of(m, a), "warn", (int)arguments->element_count, arguments->elements);
  return six_is_exception(result) ? result : SIX_UNDEFINED;
}

// A label as counts and times take it: "default", or the text of anything but a symbol.
static bool read_label(struct six_machine *m, const struct six_args *a, struct six_text *label) {
  if (six_is_undefined(six_arg(a, 0))) {
    six_text_adds(label, "default");
    return true;
  }
  struct six_string *s = six_to_string(m, a->argv[0]);
  if (!s) return false;
  six_text_add(label, "", 0);
  six_add_string(m, s, label);
  return true;
}

static struct six_console_count *find_label(struct six_console_count *list, uint32_t n, const struct six_text *label) {
  for (uint32_t i = 0; i < n; i++)
    if (list[i].label.length == label->length && !memcmp(list[i].label.bytes, label->bytes, label->length)) return &list[i];
  return NULL;
}

static struct six_console_count *add_label(struct six_console_count **list, uint32_t *n, const struct six_text *label) {
  struct six_console_count *grown = realloc(*list, (*n + 1) * sizeof **list);
  if (!grown) abort();
  *list = grown;
  grown[*n] = (struct six_console_count){0};
  six_text_add(&grown[*n].label, label->bytes, label->length);
  return &grown[(*n)++];
}

static void remove_label(struct six_console_count *list, uint32_t *n, struct six_console_count *at) {
  six_text_done(&at->label);
  size_t index = (size_t)(at - list);
  memmove(at, at + 1, (*n - index - 1) * sizeof *at);
  --*n;
}

static six_value console_count(struct six_machine *m, const struct six_args *a) {
  struct six_console *c = console_of(m, a);
  struct six_text label = {0};
  if (!read_label(m, a, &label)) return SIX_EXCEPTION;
  struct six_console_count *found = find_label(c->counts, c->count_count, &label);
  if (!found) found = add_label(&c->counts, &c->count_count, &label);
  found->value++;
  six_text_addf(&label, ": %llu", (unsigned long long)found->value);
  six_value result = log_text(m, c, "log", &label);
  six_text_done(&label);
  return result;
}

static six_value console_count_reset(struct six_machine *m, const struct six_args *a) {
  struct six_console *c = console_of(m, a);
  struct six_text label = {0};
  if (!read_label(m, a, &label)) return SIX_EXCEPTION;
  struct six_console_count *found = find_label(c->counts, c->count_count, &label);
  if (found) remove_label(c->counts, &c->count_count, found);
  else six_node_warn(six_node_of(m), NULL, NULL, "Count for '%s' does not exist", label.bytes);
  six_text_done(&label);
  return SIX_UNDEFINED;
}

static six_value console_time(struct six_machine *m, const struct six_args *a) {
  struct six_console *c = console_of(m, a);
  struct six_text label = {0};
  if (!read_label(m, a, &label)) return SIX_EXCEPTION;
  if (find_label(c->times, c->time_count, &label)) {
    six_node_warn(six_node_of(m), NULL, NULL, "Label '%s' already exists for console.time()", label.bytes);
  } else {
    add_label(&c->times, &c->time_count, &label)->value = six_node_monotonic_ns(six_node_of(m));
  }
  six_text_done(&label);
  return SIX_UNDEFINED;
}

// "1.234ms", "2.500s", "1:02.003 (m:ss.mmm)", "1:00:00.000 (h:mm:ss.mmm)".
static void add_duration(double ms, struct six_text *out) {
  double hours = floor(ms / 3600000), minutes = floor(six_fmod(ms, 3600000) / 60000), seconds = six_fmod(ms, 60000) / 1000;
  if (ms < 1000) {
    char fixed[64], text[40];
    snprintf(fixed, sizeof fixed, "%.3f", ms);
    six_text_add(out, text, six_number_to_chars(strtod(fixed, NULL), text));
    six_text_adds(out, "ms");
  } else if (ms < 60000) {
    six_text_addf(out, "%.3fs", seconds);
  } else if (hours == 0) {
    six_text_addf(out, "%d:%06.3f (m:ss.mmm)", (int)minutes, seconds);
  } else {
    six_text_addf(out, "%d:%02d:%06.3f (h:mm:ss.mmm)", (int)hours, (int)minutes, seconds);
  }
}

static six_value log_time(struct six_machine *m, const struct six_args *a, const char *method, bool ends) {
  struct six_console *c = console_of(m, a);
  struct six_text label = {0};
  if (!read_label(m, a, &label)) return SIX_EXCEPTION;
  struct six_console_count *found = find_label(c->times, c->time_count, &label);
  if (!found) {
    six_node_warn(six_node_of(m), NULL, NULL, "No such label '%s' for console.%s()", label.bytes, method);
    six_text_done(&label);
    return SIX_UNDEFINED;
  }
  double ms = (double)(six_node_monotonic_ns(six_node_of(m)) - found->value) / 1e6;
  struct six_text duration = {0};
  add_duration(ms, &duration);
  struct six_object *arguments = six_array_new(m, 4);
  six_root(m, six_object_value(arguments));
  six_array_push(m, arguments, six_str(m, "%s: %s"));
  six_array_push(m, arguments, six_string_from_wtf8(m, label.bytes, label.length));
  six_array_push(m, arguments, six_str(m, duration.bytes));
  for (int i = 1; !ends && i < a->argc; i++) six_array_push(m, arguments, a->argv[i]);
  if (ends) remove_label(c->times, &c->time_count, found);
  six_text_done(&label);
  six_text_done(&duration);
  six_value result = call_own(m, c, "log", (int)arguments->element_count, arguments->elements);
  return six_is_exception(result) ? result : SIX_UNDEFINED;
}

static six_value console_time_end(struct six_machine *m, const struct six_args *a) { return log_time(m, a, "timeEnd", true); }
static six_value console_time_log(struct six_machine *m, const struct six_args *a) { return log_time(m, a, "timeLog", false); }

static six_value console_trace(struct six_machine *m, const struct six_args *a) {
  struct six_console *c = console_of(m, a);
  struct six_inspect_options options;
  if (!six_console_options(c, m, &options)) return SIX_EXCEPTION;
  struct six_text text = {0};
  bool good = six_format(m, &options, a->argc, a->argv, &text);
  six_value message = good ? six_string_from_wtf8(m, text.bytes, text.length) : SIX_EXCEPTION;
  six_text_done(&text);
  if (six_is_exception(message)) return message;
  struct six_object *error = six_error_new(m, SIX_I_ErrorPrototype, message);
  six_root(m, six_object_value(error));
  six_define(m, error, SIX_ATOM(m, name), six_str(m, "Trace"), SIX_HIDDEN);
  six_error_capture_stack(m, error, six_object_value(a->callee));
  six_value stack = six_get(m, error, SIX_ATOM(m, stack));
  if (six_is_exception(stack)) return stack;
  six_root(m, stack);
  six_value result = call_own(m, c, "error", 1, &stack);
  return six_is_exception(result) ? result : SIX_UNDEFINED;
}

static six_value console_table(struct six_machine *m, const struct six_args *a) {
  struct six_console *c = console_of(m, a);
  six_value properties = six_arg(a, 1);
  if (!six_is_undefined(properties)) {
    int is_array = six_is_array(m, properties);
    if (is_array < 0) return SIX_EXCEPTION;
    if (!is_array) return six_node_throw_arg_type(six_node_of(m), "properties", "an instance of Array", properties);
  }
  struct six_text text = {0};
  int is_table = six_console_table(c, m, six_arg(a, 0), properties, &text);
  six_value result = SIX_EXCEPTION;
  if (is_table > 0) {
    result = log_text(m, c, "log", &text);
  } else if (is_table == 0) {
    six_value data = six_arg(a, 0);
    result = call_own(m, c, "log", 1, &data);
  }
  six_text_done(&text);
  return six_is_exception(result) ? result : SIX_UNDEFINED;
}

static six_value console_nothing(struct six_machine *m, const struct six_args *a) {  // clear and the inspector's
  (void)m, (void)a;
  return SIX_UNDEFINED;
}

static six_value run_task(struct six_machine *m, const struct six_args *a) {
  six_value f = six_arg(a, 0);
  return six_call(m, f, SIX_UNDEFINED, 0, NULL);
}

static six_value console_create_task(struct six_machine *m, const struct six_args *a) {
  (void)a;
  struct six_object *task = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  six_root(m, six_object_value(task));
  six_node_method(six_node_of(m), task, "run", run_task, 1);
  return six_object_value(task);
}

// In the order that console's properties have.
static const struct six_native_def methods[] = {{"log", console_log, 0, 0},
                                                {"warn", console_warn, 0, 0},
                                                {"dir", console_dir, 0, 0},
                                                {"time", console_time, 0, 0},
                                                {"timeEnd", console_time_end, 0, 0},
                                                {"timeLog", console_time_log, 0, 0},
                                                {"trace", console_trace, 0, 0},
                                                {"assert", console_assert, 0, 0},
                                                {"clear", console_nothing, 0, 0},
                                                {"count", console_count, 0, 0},
                                                {"countReset", console_count_reset, 0, 0},
                                                {"group", console_group, 0, 0},
                                                {"groupEnd", console_group_end, 0, 0},
                                                {"table", console_table, 1, 0},
                                                {"debug", console_log, 0, 0},
                                                {"info", console_log, 0, 0},
                                                {"dirxml", console_log, 0, 0},
                                                {"error", console_warn, 0, 0},
                                                {"groupCollapsed", console_group, 0, 0}};

static void add_methods(struct six_machine *m, struct six_object *object, six_value own) {
  for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
    six_value name = six_string_value(six_intern_ascii(m, methods[i].name, true));
    struct six_object *f = six_native_new(m, methods[i].native, name, methods[i].length, own, SIX_UNDEFINED);
    six_define(m, object, name, six_object_value(f), SIX_DATA_ALL);
  }
}

// A subclass of Console: its methods are the instance's own, bound to it, and `super.log` is found on Console.prototype.
static bool bind_overrides(struct six_machine *m, struct six_object *object, const struct six_object *console_prototype) {
  for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
    six_key name = six_string_value(six_intern_ascii(m, methods[i].name, true));
    for (struct six_object *at = six_get_prototype(m, object); at && at != console_prototype; at = six_get_prototype(m, at)) {
      if (six_has_own(m, at, name) <= 0) continue;
      six_value method = six_get(m, at, name), self = six_object_value(object);
      if (six_is_exception(method)) return false;
      six_value bound =
          six_is_callable(method) ? six_invoke(m, method, six_key_of_string(m, six_intern_ascii(m, "bind", false)), 1, &self) : method;
      if (six_is_exception(bound)) return false;
      six_define(m, object, name, bound, SIX_DATA_ALL);
      break;
    }
  }
  return true;
}

static void add_tag(struct six_machine *m, struct six_object *object) {
  six_define(m, object, SIX_SYMBOL(m, toStringTag), six_str(m, "console"), SIX_CONFIGURABLE);
}

// ---- new Console(stdout, stderr) and new Console({ stdout, stderr, inspectOptions, groupIndentation })

static bool has_write(struct six_machine *m, six_value stream) {  // [JS] false also on exception
  if (!six_is_object(stream)) return false;
  six_value write = six_node_getv(six_node_of(m), stream, "write");
  return !six_is_exception(write) && six_is_callable(write);
}

static bool read_console_options(struct six_machine *m, struct six_console *c, six_value options) {
  struct six_nodejs *node = six_node_of(m);
  if (!six_is_object(options)) return true;
  c->stream[0] = six_node_getv(node, options, "stdout");
  if (six_is_exception(c->stream[0])) return false;
  c->stream[1] = six_node_getv(node, options, "stderr");
  if (six_is_exception(c->stream[1])) return false;
  six_value colors = six_node_getv(node, options, "colorMode");
  if (six_is_exception(colors)) return false;
  c->colors = colors == SIX_TRUE;
  c->inspect_options = six_node_getv(node, options, "inspectOptions");
  if (six_is_exception(c->inspect_options)) return false;
  six_value width = six_node_getv(node, options, "groupIndentation");
  if (six_is_exception(width)) return false;
  if (six_is_number(width) && six_as_number(width) >= 0 && six_as_number(width) <= 1000) c->group_width = (uint32_t)six_as_number(width);
  return true;
}

static six_value construct_console(struct six_machine *m, const struct six_args *a) {
  struct six_object *fallback = six_as_object(six_as_native(a->callee)->data[0]);
  struct six_object *proto = six_is_undefined(a->new_target) ? fallback : six_prototype_for(m, a, fallback);
  if (!proto) return SIX_EXCEPTION;
  struct six_host_object *host = (struct six_host_object *)six_object_new_class(m, SIX_CLASS_HOST, sizeof *host, proto);
  six_value self = six_object_value(&host->object);
  six_root(m, self);
  struct six_console *c = console_new();
  host->data = c;
  host->host_class = &console_class;
  c->object = self;
  six_value first = six_arg(a, 0);
  if (has_write(m, first)) {
    c->stream[0] = first;
    c->stream[1] = six_arg(a, 1);
  } else if (six_is_terminating(m) || !read_console_options(m, c, first)) {
    return SIX_EXCEPTION;
  }
  if (six_is_undefined(c->stream[1])) c->stream[1] = c->stream[0];
  for (int i = 0; i < 2; i++) {
    if (has_write(m, c->stream[i])) continue;
    if (six_is_terminating(m)) return SIX_EXCEPTION;
    return six_node_throw(six_node_of(m), SIX_I_TypeErrorPrototype, "ERR_CONSOLE_WRITABLE_STREAM",
                          "Console expects a writable stream instance for %s", i ? "stderr" : "stdout");
  }
  add_methods(m, &host->object, self);
  add_tag(m, &host->object);
  if (proto != fallback && !bind_overrides(m, &host->object, fallback)) return SIX_EXCEPTION;
  return self;
}

static six_value console_has_instance(struct six_machine *m, const struct six_args *a) {
  six_value v = six_arg(a, 0);
  if (v == six_node_of(m)->roots[SIX_ROOT_CONSOLE]) return SIX_TRUE;
  return six_boolean(six_is_class(v, SIX_CLASS_HOST) && ((struct six_host_object *)six_as_object(v))->host_class == &console_class);
}

static struct six_object *make_constructor(struct six_machine *m) {
  struct six_object *proto = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  struct six_object *constructor = six_constructor_new(m, "Console", construct_console, 1, proto);
  six_as_native(constructor)->data[0] = six_object_value(proto);
  add_methods(m, proto, SIX_NULL);
  six_value name = six_str(m, "value");
  six_define(m, constructor, SIX_SYMBOL(m, hasInstance),
             six_object_value(six_native_new(m, console_has_instance, name, 1, SIX_UNDEFINED, SIX_UNDEFINED)), 0);
  return constructor;
}

// ---- The global console

static six_value make_console(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  if (six_is_object(node->roots[SIX_ROOT_CONSOLE])) return node->roots[SIX_ROOT_CONSOLE];
  struct six_console *c = console_new();
  node->state[SIX_STATE(console)] = c;
  node->free_state[SIX_STATE(console)] = free_state;
  node->mark_state[SIX_STATE(console)] = mark_state;
  struct six_object *proto = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  struct six_object *object = six_object_new(m, proto);
  c->object = node->roots[SIX_ROOT_CONSOLE] = six_object_value(object);
  add_methods(m, object, SIX_UNDEFINED);
  six_put(m, object, "Console", six_object_value(make_constructor(m)));
  six_node_method(node, object, "profile", console_nothing, 0);
  six_node_method(node, object, "profileEnd", console_nothing, 0);
  six_node_method(node, object, "timeStamp", console_nothing, 0);
  six_node_method(node, object, "context", console_nothing, 0);
  six_node_method(node, object, "createTask", console_create_task, 1);
  add_tag(m, object);
  return c->object;
}

six_value six_global_console(struct six_nodejs *node);
six_value six_module_console(struct six_nodejs *node);

six_value six_global_console(struct six_nodejs *node) { return make_console(node); }
six_value six_module_console(struct six_nodejs *node) { return make_console(node); }
