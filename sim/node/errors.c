// Node's own errors, and what happens to errors that nobody caught (R90 to R97). Texts on stderr are in error_text.c.
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "sim/node/events.h"
#include "sim/node/inspect.h"
#include "sim/node/node.h"
#include "sim/node/node_errors.h"
#include "sim/node/worker.h"

static six_key named(struct six_machine *m, const char *name) { return six_key_of_string(m, six_intern_ascii(m, name, false)); }

static void inspect_plain(struct six_machine *m, six_value v, struct six_text *out) {
  struct six_inspect_options options;
  six_inspect_defaults(m, &options);
  options.depth = -1;
  if (!six_inspect(m, v, &options, out) && !six_is_terminating(m)) six_take_exception(m);
}

// ---- Errors with codes.
static six_value coded_to_string(struct six_machine *m, const struct six_args *a) {  // "TypeError [ERR_X]: message"
  static const char *const names[] = {"name", "code", "message"};
  struct six_text out = {0};
  for (int i = 0; i < 3; i++) {
    six_value part = six_node_getv(six_node_of(m), a->this_value, names[i]);
    struct six_string *string = six_is_exception(part) ? NULL : six_to_string(m, part);
    if (!string) {
      six_text_done(&out);
      return SIX_EXCEPTION;
    }
    six_text_adds(&out, i == 0 ? "" : i == 1 ? " [" : "]: ");
    six_string_to_utf8(m, six_string_flat(m, string), &out);
  }
  six_value result = six_string_value(six_string_utf8(m, out.bytes ? out.bytes : "", out.length));
  six_text_done(&out);
  return result;
}

static struct six_object *make_error(struct six_nodejs *node, enum six_intrinsic_id prototype, const char *code, six_value message) {
  struct six_machine *m = node->m;
  const char *throwing = node->throwing;
  if (!throwing) node->throwing = code;
  struct six_object *error = six_error_new(m, (int)prototype, message);
  node->throwing = throwing;
  six_root(m, six_object_value(error));
  six_define(m, error, SIX_ATOM(m, code), six_str(m, code), SIX_DATA_ALL);
  static const struct six_native_def to_string[] = {{"toString", coded_to_string, 0, 0}};
  if (node->rules->major >= 12) six_define_natives(m, error, to_string, 1);
  six_error_show_code(m, error);
  six_node_note_head(node, error);
  return error;
}

void six_node_note_head(struct six_nodejs *node, struct six_object *error) {
  node->head_error = six_object_value(error);
  node->head_row = six_error_host_row(node->m, error);
}

static struct six_object *error_v(struct six_nodejs *node, enum six_intrinsic_id prototype, const char *code, const char *format,
                                  va_list arguments) {
  struct six_text text = {0};
  six_text_addv(&text, format, arguments);
  six_value message = six_string_value(six_string_utf8(node->m, text.bytes ? text.bytes : "", text.length));
  six_text_done(&text);
  return make_error(node, prototype, code, message);
}

struct six_object *six_node_error(struct six_nodejs *node, enum six_intrinsic_id prototype, const char *code, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  struct six_object *error = error_v(node, prototype, code, format, arguments);
  va_end(arguments);
  return error;
}

six_value six_node_throw(struct six_nodejs *node, enum six_intrinsic_id prototype, const char *code, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  struct six_object *error = error_v(node, prototype, code, format, arguments);
  va_end(arguments);
  return six_throw(node->m, six_object_value(error));
}

static void add_utf8(struct six_machine *m, struct six_string *s, struct six_text *out) {
  six_string_to_utf8(m, six_string_flat(m, s), out);
}

static bool add_constructor_name(struct six_nodejs *node, six_value v, struct six_text *out) {
  struct six_machine *m = node->m;
  six_value constructor = six_get_v(m, v, SIX_ATOM(m, constructor));
  six_value name = six_is_object(constructor) ? six_get_v(m, constructor, SIX_ATOM(m, name)) : SIX_UNDEFINED;
  if (six_is_exception(constructor) || six_is_exception(name)) {
    if (!six_is_terminating(m)) six_take_exception(m);
    return false;
  }
  if (!six_is_string(name) || six_as_string(name)->length == 0) return false;
  six_text_adds(out, "an instance of ");
  add_utf8(m, six_as_string(name), out);
  return true;
}

static bool has_name(struct six_machine *m, six_value function) {
  struct six_string *name = six_function_name(m, six_as_object(function));
  return name && name->length;
}

void six_node_describe_received(struct six_nodejs *node, six_value v, struct six_text *out) {
  struct six_machine *m = node->m;
  if (six_is_nullish(v)) {
    six_text_adds(out, six_is_null(v) ? "null" : "undefined");
  } else if (six_is_callable(v) && (node->rules->major >= 19 || has_name(m, v))) {
    six_text_adds(out, "function ");
    struct six_string *name = six_function_name(m, six_as_object(v));
    if (name) add_utf8(m, name, out);
  } else if (six_is_object(v) && !six_is_callable(v)) {
    if (!add_constructor_name(node, v, out)) inspect_plain(m, v, out);
  } else {
    struct six_text text = {0};
    six_text_adds(out, "type ");
    add_utf8(m, six_as_string(six_typeof(m, v)), out);
    inspect_plain(m, v, &text);
    if (text.length > 28) six_text_addf(out, " (%.25s...)", text.bytes);
    else six_text_addf(out, " (%s)", text.bytes ? text.bytes : "");
    six_text_done(&text);
  }
}

// "of type string or an instance of Buffer or URL" as it was said before Node 12: "one of type string, Buffer, or URL".
static void add_old_expected(const char *expected, struct six_text *out) {
  const char *names[12];
  int lengths[12], count = 0;
  for (const char *at = expected; *at && count < 12;) {
    int length = (int)strcspn(at, " ,");
    static const char *const skipped[] = {"one", "of", "type", "or", "an", "instance"};
    bool skip = length == 0;
    for (size_t i = 0; i < sizeof skipped / sizeof *skipped; i++)
      skip |= (size_t)length == strlen(skipped[i]) && strncmp(at, skipped[i], (size_t)length) == 0;
    if (!skip) names[count] = at, lengths[count++] = length;
    at += length;
    at += strspn(at, " ,");
  }
  six_text_adds(out, count > 1 ? "one of type " : "of type ");
  for (int i = 0; i < count; i++) {
    if (i > 0) six_text_adds(out, count == 2 ? " or " : i == count - 1 ? ", or " : ", ");
    six_text_add(out, names[i], (size_t)lengths[i]);
  }
}

static void add_old_received(struct six_nodejs *node, six_value received, struct six_text *out) {
  six_text_adds(out, "type ");
  if (node->rules->major < 10 && six_is_null(received)) six_text_adds(out, "null");
  else add_utf8(node->m, six_as_string(six_typeof(node->m, received)), out);
}

six_value six_node_throw_arg_type(struct six_nodejs *node, const char *name, const char *expected, six_value received) {
  struct six_text text = {0};
  bool is_property = strchr(name, '.') != NULL, is_old = node->rules->major < 12;
  six_text_addf(&text, "The \"%s\" %s must be ", name, is_property ? "property" : "argument");
  if (is_old) add_old_expected(expected, &text);
  else six_text_adds(&text, expected);
  six_text_adds(&text, ". Received ");
  if (is_old) add_old_received(node, received, &text);
  else six_node_describe_received(node, received, &text);
  node->throwing = name;
  six_node_throw(node, SIX_I_TypeErrorPrototype, "ERR_INVALID_ARG_TYPE", "%s", text.bytes);
  node->throwing = NULL;
  six_text_done(&text);
  return SIX_EXCEPTION;
}

// 1234567 -> 1_234_567, as ERR_OUT_OF_RANGE shows great integers.
static void add_separated(double d, struct six_text *out) {
  char digits[32];
  size_t length = six_number_to_chars(d, digits), start = digits[0] == '-';
  for (size_t i = 0; i < length; i++) {
    if (i > start && (length - i) % 3 == 0) six_text_addc(out, '_');
    six_text_addc(out, digits[i]);
  }
}

six_value six_node_throw_range(struct six_nodejs *node, const char *name, const char *range, six_value received) {
  struct six_text text = {0};
  double d = six_is_number(received) ? six_as_number(received) : NAN;
  if (d == trunc(d) && fabs(d) > 4294967296.0 && fabs(d) < 1e21) add_separated(d, &text);
  else inspect_plain(node->m, received, &text);
  node->throwing = name;
  six_node_throw(node, SIX_I_RangeErrorPrototype, "ERR_OUT_OF_RANGE", "The value of \"%s\" is out of range. It must be %s. Received %s",
                 name, range, text.bytes ? text.bytes : "");
  node->throwing = NULL;
  six_text_done(&text);
  return SIX_EXCEPTION;
}

bool six_node_check_callback(struct six_nodejs *node, six_value v, const char *name) {
  if (six_is_callable(v)) return true;
  int major = node->rules->major;
  node->throwing = name;
  if (major >= 18) {
    six_node_throw_arg_type(node, name, "of type function", v);
  } else if (major >= 12) {
    struct six_text text = {0};
    inspect_plain(node->m, v, &text);
    six_node_throw(node, SIX_I_TypeErrorPrototype, "ERR_INVALID_CALLBACK", "Callback must be a function. Received %s",
                   text.bytes ? text.bytes : "");
    six_text_done(&text);
  } else if (major >= 10) {
    six_node_throw(node, SIX_I_TypeErrorPrototype, "ERR_INVALID_CALLBACK", "Callback must be a function");
  } else {
    six_throw_type(node->m, "\"callback\" argument must be a function");
  }
  node->throwing = NULL;
  return false;
}

// ---- Uncaught errors.
static void note_throw(struct six_nodejs *node, six_value error, uint32_t how) {
  if (!node->trace) return;
  struct six_text text = {0};
  six_describe_value(node->m, error, &text);
  if (six_is_class(error, SIX_CLASS_ERROR)) {
    six_value *message = six_own_slot(node->m, six_as_object(error), SIX_ATOM(node->m, message));
    text.length = 0;
    if (message && six_is_string(*message)) add_utf8(node->m, six_as_string(*message), &text);
  }
  six_trace_set_time(node->trace, six_node_time(node));
  uint32_t id = six_trace_add_text(node->trace, text.bytes ? text.bytes : "", text.length);
  six_trace_add(node->trace, SIX_EV_THROW, how == 2 ? 91 : 93, six_node_site(node), six_trace_task(node->trace), id, how);
  six_text_done(&text);
}

static void print_uncaught(struct six_nodejs *node, six_value error, bool is_rejection) {
  if (six_worker_is_thread(node)) {
    six_worker_fatal(node, error);
    return;
  }
  struct six_text text = {0};
  six_node_format_uncaught(node, error, is_rejection, &text);
  if (!node->m->stop) six_node_write(node, 2, text.bytes ? text.bytes : "", text.length);
  six_text_done(&text);
}

static enum six_outcome end_run(struct six_nodejs *node, int status) {
  node->final_status = status;
  if (!node->m->stop) node->m->stop = SIX_STOP_EXIT;
  return SIX_ENDED;
}

// Emits on process, only if the program can have listened: 1 handled, 0 not, -1 a listener threw.
static int emit(struct six_nodejs *node, const char *event, int argc, const six_value *argv) {
  if (!six_is_object(node->process)) return 0;
  return six_events_emit(node, node->process, named(node->m, event), argc, argv);
}

static enum six_outcome handler_threw(struct six_nodejs *node) {  // R94: status 7
  if (six_is_terminating(node->m)) return SIX_ENDED;
  six_value error = six_take_exception(node->m);
  six_root(node->m, error);
  note_throw(node, error, 0);
  print_uncaught(node, error, false);
  return end_run(node, 7);
}

static enum six_outcome die(struct six_nodejs *node, six_value error, bool is_rejection) {
  bool sets_code = node->rules->cell[SIX_RULE_FATAL_SETS_EXIT_CODE] != 0;  // R94
  note_throw(node, error, is_rejection ? 2 : 0);
  if (!node->exiting) {
    node->exiting = true;
    six_value one = six_int(1);
    if (sets_code) node->exit_code = one;
    if (emit(node, "exit", 1, &one) < 0 && !six_is_terminating(node->m)) six_take_exception(node->m);
  }
  if (six_is_terminating(node->m)) return SIX_ENDED;
  print_uncaught(node, error, is_rejection);
  return end_run(node, sets_code && six_is_int(node->exit_code) ? six_as_int(node->exit_code) : 1);
}

enum six_outcome six_node_uncaught(struct six_nodejs *node, six_value error, bool is_rejection) {
  struct six_machine *m = node->m;
  if (m->stop) return SIX_ENDED;
  size_t roots = six_roots_mark(m);
  six_root(m, error);
  six_value arguments[] = {error, six_str(m, is_rejection ? "unhandledRejection" : "uncaughtException")};
  six_root(m, arguments[1]);
  int argc = node->rules->cell[SIX_RULE_UNCAUGHT_ORIGIN] ? 2 : 1;
  enum six_outcome outcome;
  int monitored = node->rules->cell[SIX_RULE_UNCAUGHT_MONITOR] ? emit(node, "uncaughtExceptionMonitor", 2, arguments) : 0;  // R93
  int handled = 0;
  six_node_set_base(node, is_rejection ? "=fatal_rejection" : "=fatal");
  if (monitored < 0) handled = -1;
  else if (six_is_callable(node->roots[SIX_ROOT_UNCAUGHT_CAPTURE]))
    handled = six_is_exception(six_call(m, node->roots[SIX_ROOT_UNCAUGHT_CAPTURE], SIX_UNDEFINED, 1, arguments)) ? -1 : 1;
  else handled = emit(node, "uncaughtException", argc, arguments);
  if (handled < 0) {
    outcome = handler_threw(node);
  } else if (handled == 0) {
    outcome = die(node, error, is_rejection);
  } else {
    note_throw(node, error, 1);
    six_loop_keep_check(node->loop);
    outcome = m->stop ? SIX_ENDED : SIX_THREW;
  }
  six_roots_release(m, roots);
  return outcome;
}

// ---- Rejections. A promise's host_tag: its number while it waits to be reported, minus that number once it was.
struct six_rejections {
  six_value *pending, *late;  // late: reported, then handled
  uint32_t pending_count, pending_capacity, late_count, late_capacity;
  int32_t last_id;
};

static struct six_rejections *rejections_of(struct six_nodejs *node) {
  if (!node->rejections && !(node->rejections = calloc(1, sizeof *node->rejections))) abort();
  return node->rejections;
}

static void push(six_value **items, uint32_t *count, uint32_t *capacity, six_value v) {
  if (*count == *capacity) {
    *capacity = *capacity ? *capacity * 2 : 8;
    *items = realloc(*items, *capacity * sizeof **items);
    if (!*items) abort();
  }
  (*items)[(*count)++] = v;
}

void six_node_rejections_mark(struct six_nodejs *node) {
  struct six_rejections *r = node->rejections;
  if (!r) return;
  for (uint32_t i = 0; i < r->pending_count; i++) six_mark_value(node->m, r->pending[i]);
  for (uint32_t i = 0; i < r->late_count; i++) six_mark_value(node->m, r->late[i]);
}

void six_node_rejections_free(struct six_nodejs *node) {
  if (!node->rejections) return;
  free(node->rejections->pending);
  free(node->rejections->late);
  free(node->rejections);
  node->rejections = NULL;
}

void six_node_promise_rejected(struct six_machine *m, struct six_promise *promise) {
  struct six_nodejs *node = six_node_of(m);
  struct six_rejections *r = rejections_of(node);
  push(&r->pending, &r->pending_count, &r->pending_capacity, six_object_value(&promise->object));
  promise->host_tag = six_int(++r->last_id);
  six_loop_unhandled(node->loop, true);
  if (node->rules->cell[SIX_RULE_TICK_REJECTION_RUNS_MICROTASKS]) six_loop_tick_runs_microtasks(node->loop);
}

// A listener of the process that the drain calls (R90): a task of its own, so that the trace tells what ran.
static enum six_outcome rejection_event(void *context, const struct six_task *task) {
  struct six_nodejs *node = context;
  struct six_values *packed = six_node_unpack(task->a);
  bool is_handled = packed->count == 1;
  if (!is_handled) six_node_set_base(node, "=unhandled");
  int heard = emit(node, is_handled ? "rejectionHandled" : "unhandledRejection", (int)packed->count, packed->items);
  node->rejection_heard = heard > 0;
  return heard < 0 ? six_node_report(node) : SIX_DONE;
}

// *heard: somebody listened.
static enum six_outcome emit_of_rejection(struct six_nodejs *node, const char *event, int argc, const six_value *argv, bool *heard) {
  *heard = false;
  if (!six_node_process_has_listeners(node, event)) return SIX_DONE;
  struct six_task task = {.run = rejection_event, .a = six_node_pack(node, argc, argv)};
  if (node->trace) task.id = six_node_trace_task(node, SIX_TASK_EVENT, 90, SIX_UNDEFINED, event);
  enum six_outcome outcome = six_loop_call_inside(node->loop, &task);
  *heard = node->rejection_heard;
  return outcome;
}

static enum six_outcome emit_handled(struct six_nodejs *node, six_value promise) {
  bool heard;
  enum six_outcome outcome = emit_of_rejection(node, "rejectionHandled", 1, &promise, &heard);
  if (outcome != SIX_DONE) return outcome;
  if (!heard) {
    six_node_warn(node, "PromiseRejectionHandledWarning", NULL, "Promise rejection was handled asynchronously (rejection id: %d)",
                  -six_as_int(six_as_promise(promise)->host_tag));
  }
  return SIX_DONE;
}

static enum six_outcome handled_tick(void *context, const struct six_task *task) { return emit_handled(context, task->a); }

void six_node_promise_handled(struct six_machine *m, struct six_promise *promise) {
  struct six_nodejs *node = six_node_of(m);
  struct six_rejections *r = rejections_of(node);
  if (!six_is_int(promise->host_tag)) return;
  int32_t id = six_as_int(promise->host_tag);
  if (id > 0) {
    promise->host_tag = SIX_UNDEFINED;
    if (node->rules->cell[SIX_RULE_HANDLED_FLAG_BUG]) six_loop_unhandled(node->loop, false);
  } else if (node->rules->cell[SIX_RULE_REJECTION_HANDLED_TICK]) {
    six_node_tick_native(node, handled_tick, six_object_value(&promise->object), 0, 0);
  } else {
    push(&r->late, &r->late_count, &r->late_capacity, six_object_value(&promise->object));
    six_loop_unhandled(node->loop, true);
  }
}

// multipleResolves (process.md): from a tick, so that the promise's own executor cannot catch what its listeners throw.
static enum six_outcome resolved_again_tick(void *context, const struct six_task *task) {
  struct six_nodejs *node = context;
  struct six_values *packed = six_node_unpack(task->a);
  int heard = emit(node, "multipleResolves", 3, packed->items);
  if (heard < 0) return six_node_report(node);
  if (heard > 0 && node->rules->cell[SIX_RULE_MULTIPLE_RESOLVES] > 1 && !node->warned_multiple_resolves) {
    node->warned_multiple_resolves = true;
    six_node_warn(node, "DeprecationWarning", "DEP0160", "The multipleResolves event has been deprecated.");
  }
  return SIX_DONE;
}

void six_node_promise_resolved_again(struct six_machine *m, struct six_promise *promise, six_value v, bool rejects) {
  struct six_nodejs *node = six_node_of(m);
  if (!node->rules->cell[SIX_RULE_MULTIPLE_RESOLVES] || !six_is_object(node->process)) return;
  if (!six_events_count(node, node->process, named(m, "multipleResolves"))) return;
  six_value argv[] = {named(m, rejects ? "reject" : "resolve"), six_object_value(&promise->object), v};
  six_node_tick_native(node, resolved_again_tick, six_node_pack(node, 3, argv), 0, 0);
}

static void warn_unhandled(struct six_nodejs *node, six_value reason, int32_t id) {  // Node 14 and earlier
  struct six_text text = {0};
  six_value *stack = six_is_class(reason, SIX_CLASS_ERROR) ? six_own_slot(node->m, six_as_object(reason), SIX_ATOM(node->m, stack)) : NULL;
  if (stack && six_is_string(*stack)) add_utf8(node->m, six_as_string(*stack), &text);
  else six_node_describe_reason(node, reason, &text);
  six_node_warn(node, "UnhandledPromiseRejectionWarning", NULL, "%s", text.bytes ? text.bytes : "");
  six_text_done(&text);
  six_node_warn(
      node, "UnhandledPromiseRejectionWarning", NULL,
      "Unhandled promise rejection. This error originated either by throwing inside of an async function without a catch block, or by "
      "rejecting a promise which was not handled with .catch(). %s(rejection id: %d)",
      node->rules->cell[SIX_RULE_REJECTION_WARNING_TELLS]
          ? "To terminate the node process on unhandled promise rejection, use the CLI flag `--unhandled-rejections=strict` (see "
            "https://nodejs.org/api/cli.html#cli_unhandled_rejections_mode). "
          : "",
      id);
  if (node->warned_rejections) return;
  node->warned_rejections = true;
  six_node_warn(
      node, "DeprecationWarning", "DEP0018",
      "Unhandled promise rejections are deprecated. In the future, promise rejections that are not handled will terminate the Node.js "
      "process with a non-zero exit code.");
}

static enum six_outcome report_rejection(struct six_nodejs *node, six_value promise) {
  struct six_machine *m = node->m;
  struct six_promise *p = six_as_promise(promise);
  int32_t id = six_as_int(p->host_tag);
  p->host_tag = six_int(-id);
  six_value arguments[] = {p->result, promise};
  bool heard;
  enum six_outcome told = emit_of_rejection(node, "unhandledRejection", 2, arguments, &heard);
  if (told != SIX_DONE) return told;
  if (heard) {
    note_throw(node, p->result, 1);
    return SIX_DONE;
  }
  if (!node->rules->cell[SIX_RULE_UNHANDLED_IS_FATAL]) {  // R91
    note_throw(node, p->result, 2);
    warn_unhandled(node, p->result, id);
    return SIX_DONE;
  }
  six_value reason = p->result;
  bool is_error_like = six_is_object(reason) && six_has_own(m, six_as_object(reason), SIX_ATOM(m, stack)) > 0;
  if (!is_error_like) reason = six_node_unhandled_rejection(node, reason);
  enum six_outcome outcome = six_node_uncaught(node, reason, true);
  return outcome == SIX_THREW ? SIX_DONE : outcome;  // triggerUncaughtException returns when a listener took it
}

static enum six_outcome report_late(struct six_nodejs *node, struct six_rejections *r, bool *again) {
  for (uint32_t i = 0; i < r->late_count; i++) {
    if (node->rules->cell[SIX_RULE_REJECTION_HANDLED_DRAINS]) *again = true;
    enum six_outcome outcome = emit_handled(node, r->late[i]);
    if (outcome == SIX_DONE) continue;
    memmove(r->late, r->late + i + 1, (r->late_count - i - 1) * sizeof *r->late);
    r->late_count -= i + 1;
    return outcome;
  }
  r->late_count = 0;
  return SIX_DONE;
}

enum six_outcome six_node_rejections(void *context, bool *again) {  // processPromiseRejections
  struct six_nodejs *node = context;
  struct six_rejections *r = node->rejections;
  *again = false;
  if (!r || (r->pending_count == 0 && r->late_count == 0)) return SIX_DONE;
  size_t roots = six_roots_mark(node->m);
  enum six_outcome outcome = report_late(node, r, again);
  uint32_t done = 0;
  for (uint32_t end = r->pending_count; outcome == SIX_DONE && done < end; done++) {  // those rejected by listeners wait for the next round
    six_value promise = r->pending[done];
    if (!six_is_int(six_as_promise(promise)->host_tag) || six_as_int(six_as_promise(promise)->host_tag) <= 0) continue;
    *again = true;
    outcome = report_rejection(node, promise);
  }
  memmove(r->pending, r->pending + done, (r->pending_count - done) * sizeof *r->pending);
  r->pending_count -= done;
  if (r->pending_count) *again = true;
  six_roots_release(node->m, roots);
  return outcome;
}

// ---- Warnings.
static void print_warning(struct six_nodejs *node, six_value warning) {
  struct six_machine *m = node->m;
  if (!six_is_class(warning, SIX_CLASS_ERROR)) return;
  struct six_text text = {0};
  struct six_object *error = six_as_object(warning);
  six_text_addf(&text, "(node:%d) ", SIX_NODE_PID);
  six_value *code = six_own_slot(m, error, SIX_ATOM(m, code));
  if (code && six_is_string(*code)) {
    six_text_addc(&text, '[');
    add_utf8(m, six_as_string(*code), &text);
    six_text_adds(&text, "] ");
  }
  six_value name = six_get(m, error, SIX_ATOM(m, name)), message = six_get(m, error, SIX_ATOM(m, message));
  if (six_is_string(name)) add_utf8(m, six_as_string(name), &text);
  six_text_adds(&text, ": ");
  if (six_is_string(message)) add_utf8(m, six_as_string(message), &text);
  six_value *detail = six_own_slot(m, error, named(m, "detail"));
  if (detail && six_is_string(*detail)) {
    six_text_addc(&text, '\n');
    add_utf8(m, six_as_string(*detail), &text);
  }
  if (!node->warned_how_to_trace && node->rules->major >= 14) {
    bool deprecation = six_is_string(name) && six_string_equals_ascii(m, six_as_string(name), "DeprecationWarning");
    six_text_addf(&text, "\n(Use `node --trace-%s ...` to show where the warning was created)", deprecation ? "deprecation" : "warnings");
    node->warned_how_to_trace = true;
  }
  six_text_addc(&text, '\n');
  six_node_write(node, 2, text.bytes, text.length);
  six_text_done(&text);
}

static enum six_outcome warn_tick(void *context, const struct six_task *task) {  // doEmitWarning
  struct six_nodejs *node = context;
  size_t roots = six_roots_mark(node->m);
  six_value warning = task->a;
  print_warning(node, warning);
  six_node_set_base(node, "=warning");
  int emitted = emit(node, "warning", 1, &warning);
  six_roots_release(node->m, roots);
  if (emitted < 0) return six_node_report(node);
  return node->m->stop ? SIX_ENDED : SIX_DONE;
}

void six_node_warn_of_module(struct six_nodejs *node) {
  static const char text[] = "To load an ES module, set \"type\": \"module\" in the package.json or use the .mjs extension.";
  struct six_object *warning = six_error_new(node->m, SIX_I_ErrorPrototype, six_str(node->m, text));
  six_define(node->m, warning, SIX_ATOM(node->m, name), six_str(node->m, "Warning"), SIX_DATA_ALL);
  print_warning(node, six_object_value(warning));
}

bool six_node_emit_warning(struct six_nodejs *node, six_value warning) {
  six_node_tick_native(node, warn_tick, warning, 0, 0);
  return true;
}

void six_node_warn(struct six_nodejs *node, const char *type, const char *code, const char *format, ...) {
  struct six_machine *m = node->m;
  struct six_text text = {0};
  va_list arguments;
  va_start(arguments, format);
  six_text_addv(&text, format, arguments);
  va_end(arguments);
  six_value message = six_string_value(six_string_utf8(m, text.bytes ? text.bytes : "", text.length));
  six_text_done(&text);
  struct six_object *warning = six_error_new(m, SIX_I_ErrorPrototype, message);
  six_define(m, warning, SIX_ATOM(m, name), six_str(m, type ? type : "Warning"), SIX_DATA_ALL);
  if (code) six_define(m, warning, SIX_ATOM(m, code), six_str(m, code), SIX_DATA_ALL);
  six_node_emit_warning(node, six_object_value(warning));
}
