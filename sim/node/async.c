// Asynchronous contexts: what AsyncLocalStorage's stores and async_hooks' ids follow. What they mean is in lib/async_hooks.js;
// here callbacks are made to run in theirs. A program that does not ask for that module pays nothing.
#include "sim/machine/builtins/builtin.h"
#include "sim/node/library.h"
#include "sim/node/node.h"

// Functions of the library: node->roots[SIX_ROOT_ASYNC], an array in this order.
enum { MAKE, MERGE, BEFORE, AFTER, DESTROY, PROMISE_MADE, PROMISE_DONE, AWAIT, JOB_BEGINS, JOB_ENDS };

// Calls one of them; what it throws ends the run.
static six_value call(struct six_nodejs *node, int which, int argc, const six_value *argv) {
  struct six_object *all = six_as_object(node->roots[SIX_ROOT_ASYNC]);
  six_value result = six_call(node->m, all->elements[which], SIX_UNDEFINED, argc, argv);
  return result;
}

static bool follows(const struct six_nodejs *node) { return six_is_object(node->roots[SIX_ROOT_ASYNC]); }

// ---- Callbacks

static six_value call_in_context(struct six_machine *m, const struct six_args *a) {  // data: the callback, its context
  struct six_nodejs *node = six_node_of(m);
  struct six_native_function *self = six_as_native(a->callee);
  six_value outer = m->async_context, context = self->data[1];
  if (follows(node) && !six_is_undefined(outer)) {
    const six_value both[2] = {outer, context};
    context = call(node, MERGE, 2, both);
    if (six_is_exception(context)) return context;
  }
  six_root(m, outer);
  m->async_context = context;
  six_value result = six_call(m, self->data[0], a->this_value, a->argc, a->argv);
  m->async_context = outer;
  return result;
}

// The callback of a resource: with hooks before and after it.
static six_value call_as_resource(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  struct six_native_function *self = six_as_native(a->callee);
  six_value outer = m->async_context;
  size_t roots = six_roots_mark(m);
  six_root(m, outer);
  m->async_context = self->data[1];
  six_value result =
      six_is_exception(call(node, BEFORE, 1, &self->data[1])) ? SIX_EXCEPTION : six_call(m, self->data[0], a->this_value, a->argc, a->argv);
  six_root(m, result);
  if (!six_is_exception(result) && six_is_exception(call(node, AFTER, 1, &self->data[1]))) result = SIX_EXCEPTION;
  m->async_context = outer;
  six_roots_release(m, roots);
  return result;
}

six_value six_node_in_context(struct six_nodejs *node, six_value callback) {
  struct six_machine *m = node->m;
  if (!m->context_used || !six_is_callable(callback)) return callback;
  return six_object_value(six_native_new(m, call_in_context, SIX_ATOM(m, empty), 0, callback, m->async_context));
}

six_value six_node_as_resource(struct six_nodejs *node, six_value callback, const char *type, uint64_t id, six_value resource) {
  struct six_machine *m = node->m;
  if (!follows(node) || !six_is_callable(callback)) return six_node_in_context(node, callback);
  size_t roots = six_roots_mark(m);
  six_root(m, callback);
  six_root(m, resource);
  const six_value arguments[3] = {six_str(m, type), six_number((double)id), resource};
  six_value context = call(node, MAKE, 3, arguments);
  if (six_is_exception(context)) return context;
  struct six_object *made = six_native_new(m, call_as_resource, SIX_ATOM(m, empty), 0, callback, context);
  six_roots_release(m, roots);
  return six_object_value(made);
}

void six_node_made_resource(struct six_nodejs *node, const char *type) {
  const six_value arguments[3] = {follows(node) ? six_str(node->m, type) : SIX_UNDEFINED, six_number((double)six_node_new_async_id(node)),
                                  SIX_UNDEFINED};
  if (follows(node)) call(node, MAKE, 3, arguments);
}

static bool is_wrapper(six_value callback) {
  if (!six_is_class(callback, SIX_CLASS_NATIVE)) return false;
  six_native *native = six_as_native(six_as_object(callback))->native;
  return native == call_in_context || native == call_as_resource;
}

six_value six_node_bare_callback(six_value callback) {
  return is_wrapper(callback) ? six_as_native(six_as_object(callback))->data[0] : callback;
}

six_value six_node_trigger_id(struct six_nodejs *node, six_value callback) {
  if (!follows(node) || !is_wrapper(callback)) return six_int(1);
  six_value context = six_as_native(six_as_object(callback))->data[1];
  return six_is_object(context) ? six_node_getv(node, context, "trigger") : six_int(1);
}

void six_node_destroyed(struct six_nodejs *node, six_value callback) {
  if (!follows(node) || !is_wrapper(callback) || six_is_terminating(node->m)) return;
  if (six_as_native(six_as_object(callback))->native == call_as_resource)
    call(node, DESTROY, 1, &six_as_native(six_as_object(callback))->data[1]);
}

// ---- Tasks that are no JavaScript function's: the same around them

static enum six_outcome run_followed(void *context, const struct six_task *task) {  // a: run, a, b, c, the context
  struct six_nodejs *node = context;
  struct six_values *all = six_node_unpack(task->a);
  struct six_machine *m = node->m;
  size_t roots = six_roots_mark(m);
  for (int i = 1; i < 5; i++) six_root(m, all->items[i]);
  struct six_task inner = *task;
  inner.run = (six_task_fn *)(uintptr_t)all->items[0];
  inner.a = all->items[1], inner.b = all->items[2], inner.c = all->items[3];
  m->async_context = all->items[4];
  enum six_outcome outcome = SIX_DONE;
  if (six_is_exception(call(node, BEFORE, 1, &all->items[4]))) outcome = six_node_report(node);
  if (outcome == SIX_DONE) outcome = inner.run(context, &inner);
  if (outcome == SIX_DONE && six_is_exception(call(node, AFTER, 1, &all->items[4]))) outcome = six_node_report(node);
  if (outcome != SIX_ENDED && !six_is_terminating(m)) call(node, DESTROY, 1, &all->items[4]);
  m->async_context = SIX_UNDEFINED;
  six_roots_release(m, roots);
  return outcome;
}

void six_node_follow(struct six_nodejs *node, struct six_task *task, const char *type) {
  if (!follows(node)) return;
  struct six_machine *m = node->m;
  size_t roots = six_roots_mark(m);
  const uint64_t words[3] = {task->a, task->b, task->c};
  for (int i = 0; i < 3; i++) six_root(m, words[i]);
  const six_value arguments[3] = {six_str(m, type), six_number((double)six_node_new_async_id(node)), SIX_UNDEFINED};
  six_value context = call(node, MAKE, 3, arguments);
  if (!six_is_exception(context)) {
    const six_value values[5] = {(six_value)(uintptr_t)task->run, words[0], words[1], words[2], context};
    task->a = six_node_pack(node, 5, values);
    task->b = task->c = 0;
    task->run = run_followed;
  }
  six_roots_release(m, roots);
}

// ---- What the machine tells of promises

void six_async_promise_made(struct six_machine *m, six_value promise, six_value parent) {
  const six_value both[2] = {promise, parent};
  call(six_node_of(m), PROMISE_MADE, 2, both);
}

void six_async_promise_done(struct six_machine *m, six_value promise) { call(six_node_of(m), PROMISE_DONE, 1, &promise); }

six_value six_async_await_context(struct six_machine *m, six_value promise) {
  six_value context = call(six_node_of(m), AWAIT, 1, &promise);
  return six_is_exception(context) ? SIX_UNDEFINED : context;
}

void six_async_job_begins(struct six_machine *m, six_value context, six_value promise) {
  const six_value both[2] = {context, promise};
  six_value made = call(six_node_of(m), JOB_BEGINS, 2, both);
  if (!six_is_exception(made)) m->async_context = made;
}

void six_async_job_ends(struct six_machine *m, bool is_await) {
  const six_value both[2] = {m->async_context, six_boolean(is_await)};
  call(six_node_of(m), JOB_ENDS, 2, both);
}

// ---- What lib/async_hooks.js finds in `native`

// isPlainJob(): a promise's job runs that is no resource's, because promises are not watched.
static six_value native_is_plain_job(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_boolean(!m->promise_hooks && m->job_context != SIX_EMPTY && m->job_context == m->async_context);
}

// follow(functions): from now on callbacks carry contexts.
static six_value native_follow(struct six_machine *m, const struct six_args *a) {
  six_node_of(m)->roots[SIX_ROOT_ASYNC] = six_arg(a, 0);
  m->context_used = true;
  return SIX_UNDEFINED;
}

// watchPromises(on)
static six_value native_watch_promises(struct six_machine *m, const struct six_args *a) {
  m->promise_hooks = six_arg(a, 0) == SIX_TRUE;
  m->watched = m->tracing || m->promise_hooks;
  if (m->promise_hooks) m->promise_shape = NULL;
  return SIX_UNDEFINED;
}

// atCheck(f): f() as the next check phase begins, or when the loop has nothing to do.
static six_value native_at_check(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  node->roots[SIX_ROOT_AT_CHECK] = six_arg(a, 0);
  six_loop_want_check(node->loop);
  return SIX_UNDEFINED;
}

void six_node_check_begins(void *context) {
  struct six_nodejs *node = context;
  six_value f = node->roots[SIX_ROOT_AT_CHECK];
  node->roots[SIX_ROOT_AT_CHECK] = SIX_UNDEFINED;
  if (six_is_callable(f)) six_node_callback(node, f, SIX_UNDEFINED, 0, NULL);
}

void six_async_helpers(struct six_nodejs *node, struct six_object *native) {
  static const struct six_native_def helpers[] = {
      {"follow", native_follow, 1, 0},
      {"isPlainJob", native_is_plain_job, 0, 0},
      {"watchPromises", native_watch_promises, 1, 0},
      {"atCheck", native_at_check, 1, 0},
  };
  six_define_natives(node->m, native, helpers, SIX_COUNT(helpers));
}
