// The process object: ticks, events, exit. What only describes the process is in process_info.c.
#include "sim/node/process.h"

#include <string.h>

#include "sim/base/whole.h"
#include "sim/machine/builtins/builtin.h"
#include "sim/node/events.h"

static six_key named(struct six_machine *m, const char *name) { return six_key_of_string(m, six_intern_ascii(m, name, false)); }

// ---- Ticks and microtasks.
static six_value next_tick(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  if (!six_node_check_callback(node, six_arg(a, 0), "callback")) return SIX_EXCEPTION;
  uint64_t id = six_node_new_async_id(node);
  six_value callback = a->argv[0];
  if (__builtin_expect(m->context_used, 0) && !node->exiting) {
    callback = six_node_as_resource(node, callback, "TickObject", id, SIX_UNDEFINED);
    if (six_is_exception(callback)) return callback;
    six_root(m, callback);
  }
  six_node_tick(node, callback, a->argc - 1, a->argv + 1);
  return SIX_UNDEFINED;
}

static enum six_outcome run_microtask(void *context, const struct six_task *task) {
  struct six_nodejs *node = context;
  six_node_set_base(node, "=microtask");
  bool good = !six_is_exception(six_call(node->m, task->a, SIX_UNDEFINED, 0, NULL));
  if (good && node->m->context_used) six_node_destroyed(node, task->a);
  if (good) return SIX_DONE;
  node->m->thrown = SIX_EMPTY;  // Node catches it and reports it from a place of its own
  enum six_outcome outcome = six_node_report(node);
  return outcome == SIX_THREW ? SIX_DONE : outcome;  // R96: the other jobs go on
}

static six_value queue_microtask(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  if (!six_is_callable(six_arg(a, 0))) {
    if (node->rules->major >= 18) six_node_check_callback(node, six_arg(a, 0), "callback");
    else six_node_throw_arg_type(node, "callback", "of type function", six_arg(a, 0));
    return SIX_EXCEPTION;
  }
  bool counts = !node->rules->cell[SIX_RULE_ASYNC_CONTEXT_FRAME] || node->m->promise_hooks;
  uint64_t id = counts ? six_node_new_async_id(node) : 0;
  six_value callback =
      counts ? six_node_as_resource(node, a->argv[0], "Microtask", id, SIX_UNDEFINED) : six_node_in_context(node, a->argv[0]);
  if (six_is_exception(callback)) return callback;
  struct six_task task = {.run = run_microtask, .a = callback};
  if (node->trace) task.id = six_node_trace_task(node, SIX_TASK_MICROTASK, 45, task.a, NULL);
  six_loop_microtask(node->loop, &task);
  return SIX_UNDEFINED;
}

six_value six_global_queueMicrotask(struct six_nodejs *node);
six_value six_global_queueMicrotask(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  return six_object_value(six_native_new(m, queue_microtask, six_str(m, "queueMicrotask"), 1, SIX_UNDEFINED, SIX_UNDEFINED));
}

// ---- Events.
six_value six_node_emit(struct six_nodejs *node, six_value emitter, const char *event, int argc, const six_value *argv) {
  struct six_machine *m = node->m;
  six_value arguments[9] = {six_string_value(six_intern_ascii(m, event, false))};
  if (argc > 8) argc = 8;
  for (int i = 0; i < argc; i++) arguments[i + 1] = argv[i];
  return six_invoke(m, emitter, named(m, "emit"), argc + 1, arguments);
}

bool six_node_process_has_listeners(struct six_nodejs *node, const char *event) {
  return six_is_object(node->process) && six_events_count(node, node->process, named(node->m, event)) > 0;
}

// ---- Exit.
static bool status_of(six_value v, int *status) {  // as Int32Value, without running JavaScript
  double d;
  if (six_is_number(v)) d = six_as_number(v);
  else if (six_is_boolean(v)) d = v == SIX_TRUE;
  else if (six_is_string(v)) return false;
  else return false;
  *status = six_double_to_int32(d);
  return true;
}

int six_node_exit_status(struct six_nodejs *node) {
  int status = 0;
  if (six_is_string(node->exit_code)) {
    double d = six_string_to_number(node->m, six_string_flat(node->m, six_as_string(node->exit_code)));
    status = d == d ? six_double_to_int32(d) : 0;
  } else if (!status_of(node->exit_code, &status)) {
    status = 0;
  }
  return status & 0xFF;
}

static six_value exit_argument(struct six_nodejs *node) {  // process.exitCode || 0
  return six_to_boolean(node->exit_code) ? node->exit_code : six_int(0);
}

static enum six_outcome emit_task(struct six_nodejs *node, const char *event, six_value argument) {
  if (!six_is_object(node->process)) return SIX_DONE;
  six_value result = six_node_emit(node, node->process, event, 1, &argument);
  return six_is_exception(result) ? six_node_report(node) : SIX_DONE;
}

static enum six_outcome before_exit(void *context, const struct six_task *task) {
  struct six_nodejs *node = context;
  (void)task;
  six_node_set_base(node, "=before_exit");
  return emit_task(node, "beforeExit", exit_argument(node));
}

static enum six_outcome exit_event(void *context, const struct six_task *task) {
  struct six_nodejs *node = context;
  six_node_set_base(node, "=exit");
  return emit_task(node, "exit", task->a);
}

void six_node_emit_before_exit(struct six_nodejs *node) {
  struct six_task task = {.run = before_exit};
  if (!six_node_process_has_listeners(node, "beforeExit")) {  // the scope is there all the same: what an earlier drain left runs
    six_loop_enter_scope(node->loop);
    six_loop_leave_scope(node->loop, false);
    return;
  }
  if (node->trace) {
    task.id = six_node_trace_task(node, SIX_TASK_EVENT, 5, SIX_UNDEFINED, "beforeExit");
  }
  six_loop_call(node->loop, &task);
}

void six_node_emit_exit(struct six_nodejs *node) {
  if (node->exiting) return;
  node->exiting = true;
  six_value argument = exit_argument(node);
  if (node->unsettled_main && six_is_nullish(node->exit_code)) {  // R47: Node's own exit listener, the first one
    node->exit_code = six_int(13);
    if (node->rules->cell[SIX_RULE_TLA_EXIT_ARGUMENT]) argument = node->exit_code;
  }
  struct six_task task = {.run = exit_event, .a = argument};
  if (node->trace && six_node_process_has_listeners(node, "exit"))
    task.id = six_node_trace_task(node, SIX_TASK_EVENT, 6, SIX_UNDEFINED, "exit");
  if (six_is_object(node->process)) six_loop_call(node->loop, &task);
}

six_value six_node_exit(struct six_nodejs *node, int status) {
  struct six_machine *m = node->m;
  if (!node->exiting) {
    node->exiting = true;
    six_value argument = six_int(status);
    if (six_is_object(node->process) && six_is_exception(six_node_emit(node, node->process, "exit", 1, &argument))) return SIX_EXCEPTION;
    status = six_node_exit_status(node);
  }
  node->final_status = status & 0xFF;
  if (!m->stop) m->stop = SIX_STOP_EXIT;
  m->exception = SIX_UNDEFINED;
  return SIX_EXCEPTION;
}

// exitCode must be an integer, or a string that is one (Node 20 on). false with an exception.
static bool check_exit_code(struct six_nodejs *node, six_value v) {
  if (node->rules->major < 20 || six_is_nullish(v)) return true;
  six_value number = v;
  if (six_is_string(v) && six_as_string(v)->length > 0)
    number = six_number(six_string_to_number(node->m, six_string_flat(node->m, six_as_string(v))));
  if (!six_is_number(number)) return six_node_throw_arg_type(node, "code", "of type number", v), false;
  double d = six_as_number(number);
  if (six_is_whole(d)) return true;
  if (six_is_string(v) && d != d) return six_node_throw_arg_type(node, "code", "of type number", v), false;
  return six_node_throw_range(node, "code", "an integer", v), false;
}

// R7: nothing that waits runs any more.
static six_value process_exit(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  six_value code = six_arg(a, 0);
  bool given = node->rules->major >= 20 ? a->argc > 0 : six_to_boolean(code) || (six_is_number(code) && six_as_number(code) == 0);
  if (given) {
    if (!check_exit_code(node, code)) return SIX_EXCEPTION;
    node->exit_code = code;
  }
  return six_node_exit(node, six_node_exit_status(node));
}

static six_value really_exit(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  int status = 0;
  status_of(six_arg(a, 0), &status);
  node->exiting = true;
  return six_node_exit(node, status);
}

static six_value process_abort(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  (void)a;
  node->exiting = true;
  return six_node_exit(node, 134);  // SIGABRT
}

static six_value get_exit_code(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_node_of(m)->exit_code;
}

static six_value set_exit_code(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  if (!check_exit_code(node, six_arg(a, 0))) return SIX_EXCEPTION;
  node->exit_code = six_is_null(six_arg(a, 0)) ? SIX_UNDEFINED : six_arg(a, 0);
  return SIX_UNDEFINED;
}

static six_value get_exiting(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_boolean(six_node_of(m)->exiting);
}

// ---- Warnings and uncaught errors.
static bool text_or_undefined(struct six_nodejs *node, const char *name, six_value v) {
  if (six_is_undefined(v) || six_is_string(v)) return true;
  six_node_throw_arg_type(node, name, "of type string", v);
  return false;
}

static six_value emit_warning(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  six_value warning = six_arg(a, 0), type = six_arg(a, 1), code = six_arg(a, 2), detail = SIX_UNDEFINED;
  if (six_is_callable(type)) {
    type = code = SIX_UNDEFINED;
  } else if (six_is_object(type)) {
    six_value options = type;
    code = six_node_getv(node, options, "code");
    detail = six_node_getv(node, options, "detail");
    type = six_node_getv(node, options, "type");
    if (six_is_exception(code) || six_is_exception(detail) || six_is_exception(type)) return SIX_EXCEPTION;
  }
  if (six_is_callable(code)) code = SIX_UNDEFINED;
  if (!text_or_undefined(node, "type", type) || !text_or_undefined(node, "code", code)) return SIX_EXCEPTION;
  if (six_is_string(warning)) {
    struct six_object *error = six_error_new(m, SIX_I_ErrorPrototype, warning);
    six_define(m, error, SIX_ATOM(m, name), six_is_string(type) && six_as_string(type)->length ? type : six_str(m, "Warning"),
               SIX_DATA_ALL);
    if (six_is_string(code)) six_define(m, error, SIX_ATOM(m, code), code, SIX_DATA_ALL);
    if (six_is_string(detail)) six_put(m, error, "detail", detail);
    warning = six_object_value(error);
  } else if (!six_is_class(warning, SIX_CLASS_ERROR)) {
    return six_node_throw_arg_type(node, "warning", "of type string or an instance of Error", warning);
  }
  six_node_emit_warning(node, warning);
  return SIX_UNDEFINED;
}

static six_value set_capture(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  six_value fn = six_arg(a, 0), *slot = &node->roots[SIX_ROOT_UNCAUGHT_CAPTURE];
  if (!six_is_null(fn) && !six_is_callable(fn)) return six_node_throw_arg_type(node, "fn", "of type function or null", fn);
  if (six_is_callable(fn) && six_is_callable(*slot)) {
    return six_node_throw(node, SIX_I_ErrorPrototype, "ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET",
                          "`process.setupUncaughtExceptionCapture()` was called while a capture callback was already active");
  }
  *slot = fn;
  return SIX_UNDEFINED;
}

static six_value has_capture(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_boolean(six_is_callable(six_node_of(m)->roots[SIX_ROOT_UNCAUGHT_CAPTURE]));
}

// ---- The object.
static six_value get_stdout(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_node_stream(six_node_of(m), 1);
}
static six_value get_stderr(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_node_stream(six_node_of(m), 2);
}
static six_value get_stdin(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_node_stream(six_node_of(m), 0);
}

static const struct six_native_def methods[] = {
    {"nextTick", next_tick, 1, SIX_DEF_ENUMERABLE},
    {"exit", process_exit, 1, SIX_DEF_ENUMERABLE},
    {"reallyExit", really_exit, 0, SIX_DEF_ENUMERABLE},
    {"abort", process_abort, 0, SIX_DEF_ENUMERABLE},
    {"emitWarning", emit_warning, 4, SIX_DEF_ENUMERABLE},
    {"setUncaughtExceptionCaptureCallback", set_capture, 1, SIX_DEF_ENUMERABLE},
    {"hasUncaughtExceptionCaptureCallback", has_capture, 0, SIX_DEF_ENUMERABLE},
    {"exitCode", get_exit_code, 0, SIX_DEF_GETTER | SIX_DEF_ENUMERABLE},
    {"exitCode", set_exit_code, 1, SIX_DEF_SETTER | SIX_DEF_ENUMERABLE},
    {"_exiting", get_exiting, 0, SIX_DEF_GETTER},
    {"stdout", get_stdout, 0, SIX_DEF_GETTER | SIX_DEF_ENUMERABLE},
    {"stderr", get_stderr, 0, SIX_DEF_GETTER | SIX_DEF_ENUMERABLE},
    {"stdin", get_stdin, 0, SIX_DEF_GETTER | SIX_DEF_ENUMERABLE},
};

static six_value not_a_constructor(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_throw_unsupported(m, "new process.constructor");
}

six_value six_node_process(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  if (six_is_object(node->process)) return node->process;
  size_t roots = six_roots_mark(m);
  struct six_object *prototype = six_object_new(m, six_events_prototype(node));
  six_root(m, six_object_value(prototype));
  six_constructor_new(m, "process", not_a_constructor, 0, prototype);
  struct six_object *process = six_object_new(m, prototype);
  node->process = six_object_value(process);
  six_define(m, process, SIX_SYMBOL(m, toStringTag), six_str(m, "process"), SIX_CONFIGURABLE);
  six_process_describe(node, process);
  six_define_natives(m, process, methods, SIX_COUNT(methods));
  bool ok = six_events_init(node, process, SIX_UNDEFINED);
  six_roots_release(m, roots);
  return ok ? node->process : SIX_EXCEPTION;
}

six_value six_global_process(struct six_nodejs *node);
six_value six_module_process(struct six_nodejs *node);
six_value six_global_process(struct six_nodejs *node) { return six_node_process(node); }
six_value six_module_process(struct six_nodejs *node) { return six_node_process(node); }

// ---- Helpers of node.h.
void six_node_method(struct six_nodejs *node, struct six_object *o, const char *name, six_native *native, int length) {
  struct six_machine *m = node->m;
  six_put(m, o, name,
          six_object_value(
              six_native_new(m, native, six_string_value(six_intern_ascii(m, name, false)), length, SIX_UNDEFINED, SIX_UNDEFINED)));
}

char *six_node_utf8(struct six_nodejs *node, six_value v, size_t *length) {
  struct six_string *s = six_to_string(node->m, v);
  if (!s) return NULL;
  struct six_text text = {0};
  six_text_add(&text, "", 0);
  six_string_to_utf8(node->m, s, &text);
  if (!text.bytes) six_text_addc(&text, 0), text.length = 0;
  if (length) *length = text.length;
  return text.bytes;
}

six_value six_node_getv(struct six_nodejs *node, six_value v, const char *name) { return six_get_v(node->m, v, named(node->m, name)); }
