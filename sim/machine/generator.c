// Suspended execution: async functions, generators and async generators (ECMA-262 27.5, 27.6, 27.7). An async function runs
// at once up to its first await (R70), so that all that a loop starts are under way (R79), take turns (R78), and give way at
// each of their awaits, left of which everything is evaluated (R77). It resolves its promise with what it returns (R74, R75),
// and a throw, also of a parameter's default, rejects it (R76).
#include "sim/machine/builtins/builtin.h"
#include "sim/machine/classes.h"
#include "sim/machine/interp.h"
#include "sim/machine/own.h"

// A request is kept in a cell of kind SIX_CELL_VALUES: mode, value, promise, next request.
enum { REQUEST_MODE, REQUEST_VALUE, REQUEST_PROMISE, REQUEST_NEXT, REQUEST_SIZE };

struct six_coroutine *six_coroutine_new(struct six_machine *m, struct six_function *f, const struct six_frame *frame) {
  struct six_coroutine *co = six_cell_raw(m, SIX_CELL_COROUTINE, sizeof *co + f->code->nregs * sizeof co->registers[0]);
  co->function = f;
  co->this_value = frame->this_value;
  co->result = NULL;
  co->pc = 0;
  co->state = SIX_CO_RUNNING;
  bool unseen = (frame->flags & SIX_FRAME_UNUSED) && six_promise_may_be_unseen(m);
  if (f->code->kind == SIX_KIND_ASYNC && !unseen) co->result = six_promise_new(m);
  return co;
}

void six_coroutine_mark(struct six_machine *m, struct six_cell *cell) {
  struct six_coroutine *co = (struct six_coroutine *)cell;
  six_mark_cell(m, (struct six_cell *)co->function);
  six_mark_value(m, co->this_value);
  six_mark_cell(m, (struct six_cell *)co->result);
  if (co->state != SIX_CO_SUSPENDED && co->state != SIX_CO_START) return;
  for (uint32_t i = 0; i < co->function->code->nregs; i++) six_mark_value(m, co->registers[i]);
}

void six_generator_mark(struct six_machine *m, struct six_object *o) {
  struct six_generator *g = (struct six_generator *)o;
  six_mark_cell(m, (struct six_cell *)g->co);
  six_mark_cell(m, (struct six_cell *)g->queue);
  six_mark_cell(m, (struct six_cell *)g->queue_last);
}

six_value six_coroutine_suspend(struct six_machine *m, uint16_t result) {
  (void)result;
  struct six_frame *frame = m->frame;
  struct six_coroutine *co = frame->co;
  for (uint32_t i = 0; i < frame->code->nregs; i++) co->registers[i] = frame->registers[i];
  co->this_value = six_made_this(m, &frame->this_value);  // what would make it is on the stack of the call that ends now
  co->pc = (uint32_t)(frame->pc - frame->code->ins);
  co->state = SIX_CO_SUSPENDED;
  return SIX_UNDEFINED;
}

six_value six_generator_start(struct six_machine *m, uint16_t reg) {
  struct six_frame *frame = m->frame;
  bool async = frame->code->kind == SIX_KIND_ASYNC_GENERATOR;
  six_value proto = six_get(m, frame->function, SIX_ATOM(m, prototype));
  if (six_is_exception(proto)) return proto;
  struct six_object *p =
      six_is_object(proto) ? six_as_object(proto) : six_intrinsic(m, async ? SIX_I_AsyncGeneratorPrototype : SIX_I_GeneratorPrototype);
  struct six_generator *g =
      (struct six_generator *)six_object_new_class(m, async ? SIX_CLASS_ASYNC_GENERATOR : SIX_CLASS_GENERATOR, sizeof *g, p);
  struct six_coroutine *co = six_coroutine_new(m, (struct six_function *)frame->function, frame);
  co->result = &g->object;
  g->co = co;
  frame->co = co;
  six_coroutine_suspend(m, reg);
  co->state = SIX_CO_START;
  return six_object_value(&g->object);
}

six_value six_resume(struct six_machine *m, struct six_coroutine *co, six_value value, int mode) {
  struct six_code *code = co->function->code;
  m->effort += 8;
  six_value *base = m->stack_top;
  struct six_frame *frame = m->frame + 1;
  if (frame >= m->frames_limit || !six_stack_has(m, base + code->nregs)) return six_throw_range(m, "Maximum call stack size exceeded");
  for (uint32_t i = 0; i < code->nregs; i++) base[i] = co->registers[i];
  *frame = (struct six_frame){.code = code,
                              .pc = code->ins + co->pc,
                              .registers = base,
                              .function = &co->function->object,
                              .this_value = co->this_value,
                              .new_target = SIX_UNDEFINED,
                              .co = co,
                              .flags = SIX_FRAME_ENTRY | SIX_FRAME_RESUMED};
  m->frame = frame;
  m->stack_top = base + code->nregs;
  co->state = SIX_CO_RUNNING;
  uint64_t ins = code->ins[co->pc - 1];
  uint32_t op = ins & 0xFF, a = (uint32_t)(ins >> 8) & 0xFFFF;
  if (mode == 1 && op != SIX_OPCODE_YIELD_RAW) {
    m->exception = value;
    frame->flags |= SIX_FRAME_THROWING;
  } else {
    base[a] = value;
    if (op != SIX_OPCODE_AWAIT) base[a + 1] = six_int(mode);
  }
  if (m->tracing && m->host->on_call) m->host->on_call(m, frame);
  return six_interpret(m);
}

// ---- Generators (27.5.3)

static struct six_coroutine *this_generator(struct six_machine *m, const struct six_args *args, enum six_class class_, const char *method) {
  struct six_generator *g = six_this_of(m, args, class_, method);
  return g ? g->co : NULL;
}

static six_value generator_resume(struct six_machine *m, struct six_coroutine *co, six_value v, int mode) {
  if (co->state == SIX_CO_RUNNING) return six_throw_type(m, "Generator is already running");
  if (co->state == SIX_CO_START && mode != 0) {
    co->state = SIX_CO_DONE;
  }
  if (co->state == SIX_CO_DONE) {
    if (mode == 1) return six_throw(m, v);
    return six_object_value(six_iter_result(m, mode == 2 ? v : SIX_UNDEFINED, true));
  }
  v = six_resume(m, co, v, mode);
  if (six_is_exception(v)) {
    if (co->state == SIX_CO_RUNNING) co->state = SIX_CO_DONE;
    return v;
  }
  return co->state == SIX_CO_DONE ? six_object_value(six_iter_result(m, v, true)) : v;
}

#define GENERATOR_METHOD(name, text, mode)                                         \
  static six_value name(struct six_machine *m, const struct six_args *args) {      \
    struct six_coroutine *co = this_generator(m, args, SIX_CLASS_GENERATOR, text); \
    return co ? generator_resume(m, co, six_arg(args, 0), mode) : SIX_EXCEPTION;   \
  }
GENERATOR_METHOD(generator_next, "[Generator].prototype.next", 0)
GENERATOR_METHOD(generator_throw, "[Generator].prototype.throw", 1)
GENERATOR_METHOD(generator_return, "[Generator].prototype.return", 2)

// ---- Async functions (27.7.5)

static void await_job(struct six_machine *m, six_value co, six_value value, six_value rejected);

static struct six_coroutine *coroutine_of(six_value v) { return six_as_pointer(v); }

static void drain_requests(struct six_machine *m, struct six_coroutine *co);

void six_await_continue(struct six_machine *m, six_value co, six_value value, bool rejected) {
  struct six_coroutine *coroutine = coroutine_of(co);
  size_t roots = six_roots_mark(m);
  six_root(m, co);
  six_resume(m, coroutine, value, rejected ? 1 : 0);
  if (coroutine->function->code->kind == SIX_KIND_ASYNC_GENERATOR && !m->stop) drain_requests(m, coroutine);
  six_roots_release(m, roots);
}

static void await_job(struct six_machine *m, six_value co, six_value value, six_value rejected) {
  six_await_continue(m, co, value, rejected == SIX_TRUE);
}

// The promise that an await of v waits for, or SIX_EXCEPTION: a native one itself, whatever its own then is (R64, R72); else
// a new one, settled already for a plain value (R71), by a job for a thenable (R73).
static six_value awaited_promise(struct six_machine *m, six_value v) {
  if (m->rules->cell[SIX_RULE_AWAIT_ONE_JOB]) return six_promise_resolve_value(m, v);  // PromiseResolve keeps a native one (27.7.5.3)
  six_value wrapper = six_object_value(six_promise_new(m));
  six_root(m, wrapper);
  six_promise_resolve(m, six_as_promise(wrapper), v);
  m->roots_count--;
  return m->stop ? SIX_EXCEPTION : wrapper;
}

bool six_await(struct six_machine *m, struct six_coroutine *co, six_value v) {
  six_value self = six_tagged(SIX_TAG_OBJECT, co);
  if (!six_is_object(v) && !m->context_used) {  // the promise that would be made for it is settled and seen by nobody
    m->job_kind = SIX_JOB_AWAIT;
    m->job_callback = six_object_value(&co->function->object);
    m->job_task = 0;
    m->host->enqueue_job(m, await_job, self, v, SIX_FALSE);
    return true;
  }
  if (m->promise_hooks && co->result) m->hook_parent = six_object_value(co->result);
  six_value promise = awaited_promise(m, v);
  m->hook_parent = SIX_UNDEFINED;
  if (six_is_exception(promise)) return false;
  six_promise_then_await(m, six_as_promise(promise), self);
  return true;
}

// ---- Async generators (27.6.3)

static uint32_t code_op(const struct six_coroutine *co) { return (uint32_t)co->function->code->ins[co->pc - 1] & 0xFF; }

six_value six_request_promise(const struct six_values *request) { return request->items[REQUEST_PROMISE]; }

static struct six_values *request_at(struct six_coroutine *co) { return six_generator_of(co)->queue; }

static void settle_request(struct six_machine *m, struct six_coroutine *co, six_value v, bool done, bool threw) {
  struct six_values *request = request_at(co);
  if (!request) return;
  six_value next = request->items[REQUEST_NEXT];
  struct six_generator *g = six_generator_of(co);
  g->queue = next == SIX_UNDEFINED ? NULL : six_as_pointer(next);
  if (!g->queue) g->queue_last = NULL;
  struct six_promise *promise = six_as_promise(request->items[REQUEST_PROMISE]);
  size_t roots = six_roots_mark(m);
  six_root(m, six_object_value(&promise->object));
  six_root(m, six_tagged(SIX_TAG_OBJECT, co));
  if (threw) six_promise_reject(m, promise, v);
  else six_promise_resolve(m, promise, six_object_value(six_iter_result(m, v, done)));
  six_roots_release(m, roots);
}

void six_async_generator_yield(struct six_machine *m, struct six_coroutine *co, six_value v, bool done) {
  if (v != SIX_EMPTY) settle_request(m, co, v, done, false);
}

void six_async_finish(struct six_machine *m, struct six_coroutine *co, six_value v, bool threw) {
  if (co->function->code->kind == SIX_KIND_ASYNC_GENERATOR) {
    settle_request(m, co, v, true, threw);
    return;
  }
  co->state = SIX_CO_DONE;
  size_t roots = six_roots_mark(m);
  six_promise_settle(m, co->result ? six_object_value(co->result) : SIX_UNSEEN_PROMISE, v, threw);
  six_roots_release(m, roots);
}

static void returned(struct six_machine *m, six_value argument, bool rejected, six_value data) {
  struct six_coroutine *co = coroutine_of(data);
  co->state = SIX_CO_DONE;
  settle_request(m, co, argument, true, rejected);
  drain_requests(m, co);
}

// AsyncGeneratorAwaitReturn: a return on a generator that does not run awaits its value.
static bool await_return(struct six_machine *m, struct six_coroutine *co, six_value v) {
  six_value promise = awaited_promise(m, v);
  if (six_is_exception(promise)) {
    if (m->stop) return false;
    settle_request(m, co, six_take_exception(m), true, true);
    return true;
  }
  co->state = SIX_CO_AWAITING_RETURN;
  six_promise_then_native(m, six_as_promise(promise), returned, six_tagged(SIX_TAG_OBJECT, co));
  return false;
}

// Runs queued requests as long as the generator can take them.
static void drain_requests(struct six_machine *m, struct six_coroutine *co) {
  size_t roots = six_roots_mark(m);
  six_root(m, six_tagged(SIX_TAG_OBJECT, co));
  while (request_at(co) && !m->stop && (co->state == SIX_CO_SUSPENDED || co->state == SIX_CO_START || co->state == SIX_CO_DONE)) {
    if (co->state == SIX_CO_SUSPENDED && (code_op(co) == SIX_OPCODE_AWAIT)) break;  // it waits for a promise, not for a request
    struct six_values *request = request_at(co);
    int mode = six_as_int(request->items[REQUEST_MODE]);
    six_value v = request->items[REQUEST_VALUE];
    if (co->state == SIX_CO_START && mode != 0) {
      co->state = SIX_CO_DONE;
    }
    if (co->state == SIX_CO_DONE) {
      if (mode == 0) settle_request(m, co, SIX_UNDEFINED, true, false);
      else if (mode == 1) settle_request(m, co, v, true, true);
      else if (!await_return(m, co, v)) break;
      continue;
    }
    six_resume(m, co, v, mode);
  }
  six_roots_release(m, roots);
}

static six_value async_generator_request(struct six_machine *m, const struct six_args *args, const char *method, int mode) {
  struct six_object *promise = six_promise_new(m);
  six_value result = six_object_value(promise);
  six_root(m, result);
  if (!six_is_class(args->this_value, SIX_CLASS_ASYNC_GENERATOR)) {
    this_generator(m, args, SIX_CLASS_ASYNC_GENERATOR, method);
    if (m->stop) return SIX_EXCEPTION;
    six_promise_reject(m, six_as_promise(result), six_take_exception(m));
    return result;
  }
  struct six_coroutine *co = ((struct six_generator *)six_as_object(args->this_value))->co;
  struct six_values *request = six_values_new(m, REQUEST_SIZE);
  request->count = REQUEST_SIZE;
  request->items[REQUEST_MODE] = six_int(mode);
  request->items[REQUEST_VALUE] = six_arg(args, 0);
  request->items[REQUEST_PROMISE] = result;
  request->items[REQUEST_NEXT] = SIX_UNDEFINED;
  struct six_generator *g = six_generator_of(co);
  if (g->queue_last) g->queue_last->items[REQUEST_NEXT] = six_tagged(SIX_TAG_OBJECT, request);
  else g->queue = request;
  g->queue_last = request;
  drain_requests(m, co);
  return m->stop ? SIX_EXCEPTION : result;
}

static six_value async_generator_next(struct six_machine *m, const struct six_args *args) {
  return async_generator_request(m, args, "[AsyncGenerator].prototype.next", 0);
}
static six_value async_generator_throw(struct six_machine *m, const struct six_args *args) {
  return async_generator_request(m, args, "[AsyncGenerator].prototype.throw", 1);
}
static six_value async_generator_return(struct six_machine *m, const struct six_args *args) {
  return async_generator_request(m, args, "[AsyncGenerator].prototype.return", 2);
}

// ---- %AsyncFromSyncIteratorPrototype% (27.1.4): what for await and yield* make of a sync iterable

struct six_async_from_sync {
  struct six_object object;
  six_value iterator, next;
};

void six_async_from_sync_iterator_mark(struct six_machine *m, struct six_object *o) {
  six_mark_value(m, ((struct six_async_from_sync *)o)->iterator);
  six_mark_value(m, ((struct six_async_from_sync *)o)->next);
}

static six_value unwrap_value(struct six_machine *m, const struct six_args *args) {
  return six_object_value(six_iter_result(m, six_arg(args, 0), six_as_native(args->callee)->data[0] == SIX_TRUE));
}

// Closes the iterator of a wrapper: false with an exception.
static bool close_sync(struct six_machine *m, six_value iterator) {
  struct six_iterator it = {.iterator = iterator, .next = SIX_UNDEFINED};
  return six_iterator_close_normal(m, &it) == 0;
}

// Closes it because of a throw: the pending exception stays what it is.
static void close_sync_after_throw(struct six_machine *m, six_value iterator) {
  struct six_iterator it = {.iterator = iterator, .next = SIX_UNDEFINED};
  six_iterator_close(m, &it);
}

// A value that the iterator gave was rejected.
static six_value close_after_rejection(struct six_machine *m, const struct six_args *args) {
  six_throw(m, six_arg(args, 0));
  close_sync_after_throw(m, six_as_native(args->callee)->data[0]);
  return SIX_EXCEPTION;
}

// AsyncFromSyncIteratorContinuation (27.1.4.4). `closes`: whether an error among the values closes the iterator (R81).
static six_value continuation(struct six_machine *m, six_value result, six_value promise, six_value iterator, bool closes) {
  struct six_promise *p = six_as_promise(promise);
  six_value done = six_is_exception(result) ? result : six_get(m, six_as_object(result), SIX_ATOM(m, done));
  six_value value = six_is_exception(done) ? done : six_get(m, six_as_object(result), SIX_ATOM(m, value));
  bool over = !six_is_exception(done) && six_to_boolean(done);
  six_value wrapper = six_is_exception(value) ? value : awaited_promise(m, value);
  if (m->stop) return SIX_EXCEPTION;
  if (six_is_exception(wrapper)) {
    if (closes && (!over || six_is_exception(value))) close_sync_after_throw(m, iterator);  // V8: also where next() or its result threw
    if (m->stop) return SIX_EXCEPTION;
    six_promise_reject(m, p, six_take_exception(m));
    return promise;
  }
  six_root(m, wrapper);
  six_value unwrap = six_object_value(six_native_new(m, unwrap_value, SIX_ATOM(m, empty), 1, six_boolean(over), SIX_UNDEFINED));
  six_root(m, unwrap);
  six_value rejected = SIX_UNDEFINED;
  if (closes && !over)
    rejected = six_object_value(six_native_new(m, close_after_rejection, SIX_ATOM(m, empty), 1, iterator, SIX_UNDEFINED));
  six_promise_then_into(m, six_as_promise(wrapper), unwrap, rejected, promise);
  return promise;
}

// What a sync iterator without the method answers: return is done at once, throw rejects (R81: once with the error itself).
static six_value without_method(struct six_machine *m, const struct six_args *args, six_value iterator, six_value promise, int mode) {
  struct six_promise *p = six_as_promise(promise);
  if (mode == 2) {
    six_promise_resolve(m, p, six_object_value(six_iter_result(m, six_arg(args, 0), true)));
  } else if (!m->rules->cell[SIX_RULE_ASYNC_FROM_SYNC_CLOSES]) {
    six_promise_reject(m, p, six_arg(args, 0));
  } else {
    if (close_sync(m, iterator)) six_throw_type(m, "The iterator does not provide a 'throw' method.");
    if (m->stop) return SIX_EXCEPTION;
    six_promise_reject(m, p, six_take_exception(m));
  }
  return promise;
}

static six_value from_sync_call(struct six_machine *m, const struct six_args *args, int mode) {
  struct six_async_from_sync *self = (struct six_async_from_sync *)six_as_object(args->this_value);
  six_value promise = six_object_value(six_promise_new(m));
  six_root(m, promise);
  six_value method = self->next;
  if (mode) {
    method = six_get_method(m, self->iterator, mode == 1 ? SIX_ATOM(m, throw_) : SIX_ATOM(m, return_));
    if (method == SIX_UNDEFINED) return without_method(m, args, self->iterator, promise, mode);
  }
  if (!six_is_exception(method) && !six_is_callable(method)) method = six_throw_uncallable(m, method);
  six_value result = six_is_exception(method) ? method : six_call(m, method, self->iterator, args->argc ? 1 : 0, args->argv);
  if (!six_is_exception(result) && !six_is_object(result)) {
    struct six_text text = {0};
    six_describe_value(m, result, &text);
    result = six_throw_type(m, "Iterator result %s is not an object", text.bytes ? text.bytes : "");
    six_text_done(&text);
  }
  if (!six_is_exception(result)) six_root(m, result);
  return continuation(m, result, promise, self->iterator, m->rules->cell[SIX_RULE_ASYNC_FROM_SYNC_CLOSES] && mode != 2);
}

static six_value from_sync_next(struct six_machine *m, const struct six_args *args) { return from_sync_call(m, args, 0); }
static six_value from_sync_throw(struct six_machine *m, const struct six_args *args) { return from_sync_call(m, args, 1); }
static six_value from_sync_return(struct six_machine *m, const struct six_args *args) { return from_sync_call(m, args, 2); }

// yield* shows the method's kind, for await the expression.
static bool throw_not_async(struct six_machine *m, const struct six_node *node, six_value iterable, six_value method) {
  if (node && node->type == SIX_N_YIELD) {
    six_throw_uncallable(m, method);
    return false;
  }
  struct six_text text = {0};
  if (node) six_render_node(&text, node);
  else six_describe_value(m, iterable, &text);
  six_throw_type(m, "%s is not async iterable", text.bytes);
  six_text_done(&text);
  return false;
}

bool six_step_open_async(struct six_machine *m, six_value *it, six_value iterable, const struct six_node *node) {
  it[2] = SIX_FALSE;
  six_value method = six_get_v(m, iterable, SIX_SYMBOL(m, asyncIterator));
  if (six_is_exception(method)) return false;
  if (!six_is_nullish(method) && !six_is_callable(method)) return throw_not_async(m, node, iterable, method);
  if (six_is_nullish(method)) {
    six_value sync = six_get_v(m, iterable, SIX_SYMBOL(m, iterator));
    if (six_is_exception(sync)) return false;
    if (!six_is_callable(sync)) return throw_not_async(m, node, iterable, sync);
    six_value inner = six_call(m, sync, iterable, 0, NULL);
    if (six_is_exception(inner)) return false;
    if (!six_is_object(inner)) {
      six_throw_type(m, "Result of the Symbol.iterator method is not an object");
      return false;
    }
    it[0] = inner;
    six_value next = six_get_v(m, inner, SIX_ATOM(m, next));
    if (six_is_exception(next)) return false;
    struct six_async_from_sync *wrapper = (struct six_async_from_sync *)six_object_new_class(
        m, SIX_CLASS_ASYNC_FROM_SYNC_ITERATOR, sizeof *wrapper, six_intrinsic(m, SIX_I_AsyncFromSyncIteratorPrototype));
    wrapper->iterator = inner;
    wrapper->next = next;
    it[0] = six_object_value(&wrapper->object);
  } else {
    six_value iterator = six_call(m, method, iterable, 0, NULL);
    if (six_is_exception(iterator)) return false;
    if (!six_is_object(iterator)) {
      six_throw_type(m, "Result of the Symbol.asyncIterator method is not an object");
      return false;
    }
    it[0] = iterator;
  }
  six_value next = six_get_v(m, it[0], SIX_ATOM(m, next));
  if (six_is_exception(next)) return false;
  it[1] = next;
  return true;
}

// ---- The constructors that cannot be named, and the prototypes

static six_value generator_function(struct six_machine *m, const struct six_args *args) {
  return six_function_from_text(m, args, "function*", SIX_I_GeneratorFunctionPrototype);
}
static six_value async_function(struct six_machine *m, const struct six_args *args) {
  return six_function_from_text(m, args, "async function", SIX_I_AsyncFunctionPrototype);
}
static six_value async_generator_function(struct six_machine *m, const struct six_args *args) {
  return six_function_from_text(m, args, "async function*", SIX_I_AsyncGeneratorFunctionPrototype);
}

static void tag(struct six_machine *m, struct six_object *o, const char *text) {
  six_define(m, o, SIX_SYMBOL(m, toStringTag), six_string_value(six_intern_ascii(m, text, true)), SIX_CONFIGURABLE);
}

static void function_kind(struct six_machine *m, const char *name, six_native *native, enum six_intrinsic_id proto_id,
                          enum six_intrinsic_id id, struct six_object *instances) {
  struct six_object *proto = six_object_new(m, six_intrinsic(m, SIX_I_FunctionPrototype));
  m->intrinsics[proto_id] = proto;
  struct six_object *constructor = six_constructor_new(m, name, native, 1, NULL);
  six_set_prototype(m, constructor, six_intrinsic(m, SIX_I_Function), false);
  six_define(m, constructor, SIX_ATOM(m, prototype), six_object_value(proto), 0);
  six_define(m, proto, SIX_ATOM(m, constructor), six_object_value(constructor), SIX_CONFIGURABLE);
  m->intrinsics[id] = constructor;
  tag(m, proto, name);
  if (!instances) return;
  six_define(m, proto, SIX_ATOM(m, prototype), six_object_value(instances), SIX_CONFIGURABLE);
  six_define(m, instances, SIX_ATOM(m, constructor), six_object_value(proto), SIX_CONFIGURABLE);
}

void six_init_generator(struct six_machine *m) {
  static const struct six_native_def generator[] = {
      {"next", generator_next, 1, 0}, {"return", generator_return, 1, 0}, {"throw", generator_throw, 1, 0}};
  static const struct six_native_def async_generator[] = {
      {"next", async_generator_next, 1, 0}, {"return", async_generator_return, 1, 0}, {"throw", async_generator_throw, 1, 0}};
  static const struct six_native_def from_sync[] = {
      {"next", from_sync_next, 1, 0}, {"return", from_sync_return, 1, 0}, {"throw", from_sync_throw, 1, 0}};
  struct six_object *g = six_object_new(m, six_intrinsic(m, SIX_I_IteratorPrototype));
  m->intrinsics[SIX_I_GeneratorPrototype] = g;
  struct six_object *ag = six_object_new(m, six_intrinsic(m, SIX_I_AsyncIteratorPrototype));
  m->intrinsics[SIX_I_AsyncGeneratorPrototype] = ag;
  struct six_object *fs = six_object_new(m, six_intrinsic(m, SIX_I_AsyncIteratorPrototype));
  m->intrinsics[SIX_I_AsyncFromSyncIteratorPrototype] = fs;
  function_kind(m, "GeneratorFunction", generator_function, SIX_I_GeneratorFunctionPrototype, SIX_I_GeneratorFunction, g);
  function_kind(m, "AsyncFunction", async_function, SIX_I_AsyncFunctionPrototype, SIX_I_AsyncFunction, NULL);
  function_kind(m, "AsyncGeneratorFunction", async_generator_function, SIX_I_AsyncGeneratorFunctionPrototype, SIX_I_AsyncGeneratorFunction,
                ag);
  six_define_natives(m, g, generator, 3);
  six_define_natives(m, ag, async_generator, 3);
  six_define_natives(m, fs, from_sync, 3);
  tag(m, g, "Generator");
  tag(m, ag, "AsyncGenerator");
}
