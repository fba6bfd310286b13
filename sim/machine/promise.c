// Promises, their reactions and jobs (ECMA-262 27.2.1, 27.2.2). A job on a settled promise needs no reaction record: the
// handler, the derived promise and the argument are the job's three words.
#include "sim/machine/promise.h"

#include "sim/machine/classes.h"
#include "sim/machine/interp.h"

enum reaction_kind {
  REACTION_THEN,        // a, b handlers; c the derived promise or SIX_UNDEFINED
  REACTION_CAPABILITY,  // a, b handlers; c a block: promise, resolve, reject
  REACTION_AWAIT,       // a the coroutine
  REACTION_NATIVE,      // a the C function; b its data
  REACTION_FORWARD,     // a the promise that is resolved with this one's outcome (R52)
};

struct six_reaction {
  struct six_cell cell;
  struct six_reaction *next;
  six_value a, b, c;
  six_value context;  // the asynchronous context, if those are in use
  uint32_t task;      // the trace's
  uint8_t kind;
  bool has_context;
};

void six_reaction_mark(struct six_machine *m, struct six_cell *cell) {
  struct six_reaction *r = (struct six_reaction *)cell;
  // Iteratively along the list would be the collector's gray stack anyway: each cell marks its successor.
  six_mark_cell(m, (struct six_cell *)r->next);
  if (r->kind != REACTION_NATIVE) six_mark_value(m, r->a);
  six_mark_value(m, r->b);
  six_mark_value(m, r->c);
  if (r->has_context) six_mark_value(m, r->context);
}

void six_promise_mark(struct six_machine *m, struct six_object *o) {
  struct six_promise *p = (struct six_promise *)o;
  six_mark_value(m, p->result);
  six_mark_cell(m, (struct six_cell *)p->reactions);
  six_mark_value(m, p->host_tag);
}
void six_promise_release(struct six_machine *m, struct six_object *o) {
  (void)m;
  (void)o;
}

static struct six_promise *promise_with(struct six_machine *m, struct six_object *proto) {
  struct six_promise *p = (struct six_promise *)six_object_new_class(m, SIX_CLASS_PROMISE, sizeof *p, proto);
  p->result = SIX_UNDEFINED;
  p->host_tag = SIX_UNDEFINED;
  return p;
}

struct six_object *six_promise_new(struct six_machine *m) {
  return &promise_with(m, six_intrinsic(m, SIX_I_PromisePrototype))->object;
}
struct six_promise *six_promise_new_with(struct six_machine *m, struct six_object *proto) {
  return promise_with(m, proto);
}

// ---- Jobs

static void enqueue(struct six_machine *m, enum six_job_kind kind, six_value callback, uint32_t task, six_job_fn *fn, six_value a,
                    six_value b, six_value c) {
  m->job_kind = (uint8_t)kind;
  m->job_callback = callback;
  m->job_task = task;
  m->host->enqueue_job(m, fn, a, b, c);
}

void six_promise_settle(struct six_machine *m, six_value promise, six_value v, bool threw) {
  if (promise == SIX_UNSEEN_PROMISE && (threw || six_is_object(v))) promise = six_object_value(six_promise_new(m));
  if (!six_is_object(promise)) return;
  six_root(m, promise);
  if (threw) six_promise_reject(m, six_as_promise(promise), v);
  else six_promise_resolve(m, six_as_promise(promise), v);
}

static void run_handler(struct six_machine *m, six_value handler, six_value derived, six_value argument, bool rejected) {
  if (!six_is_callable(handler)) {
    six_promise_settle(m, derived, argument, rejected);
    return;
  }
  size_t roots = six_roots_mark(m);
  six_root(m, derived);
  m->job_promise = derived;
  six_value v = six_call(m, handler, SIX_UNDEFINED, 1, &argument);
  m->job_promise = SIX_UNDEFINED;
  if (six_is_exception(v)) {
    if (!m->stop) {
      v = six_take_exception(m);
      six_root(m, v);
      six_promise_settle(m, derived, v, true);
    }
  } else {
    six_root(m, v);
    six_promise_settle(m, derived, v, false);
  }
  six_roots_release(m, roots);
}

static void fulfilled_job(struct six_machine *m, six_value handler, six_value derived, six_value argument) {
  run_handler(m, handler, derived, argument, false);
}
static void rejected_job(struct six_machine *m, six_value handler, six_value derived, six_value argument) {
  run_handler(m, handler, derived, argument, true);
}

static void capability_job(struct six_machine *m, six_value reaction, six_value argument, six_value rejected) {
  struct six_reaction *r = six_as_pointer(reaction);
  six_value handler = rejected == SIX_TRUE ? r->b : r->a;
  size_t roots = six_roots_mark(m);
  six_root(m, reaction);
  bool threw = rejected == SIX_TRUE;
  six_value v = argument;
  if (six_is_callable(handler)) {
    v = six_call(m, handler, SIX_UNDEFINED, 1, &argument);
    threw = six_is_exception(v);
    if (threw && !m->stop) v = six_take_exception(m);
  }
  struct six_values *capability = six_as_pointer(r->c);
  if (!m->stop && six_is_exception(six_call(m, capability->items[threw ? 2 : 1], SIX_UNDEFINED, 1, &v)) && !m->stop) six_take_exception(m);
  six_roots_release(m, roots);
}

static void await_fulfilled(struct six_machine *m, six_value co, six_value value, six_value unused) {
  (void)unused;
  six_await_continue(m, co, value, false);
}
static void await_rejected(struct six_machine *m, six_value co, six_value value, six_value unused) {
  (void)unused;
  six_await_continue(m, co, value, true);
}

static void native_job(struct six_machine *m, six_value reaction, six_value argument, six_value rejected) {
  struct six_reaction *r = six_as_pointer(reaction);
  size_t roots = six_roots_mark(m);
  six_root(m, reaction);
  six_root(m, argument);
  six_reaction_fn *fn = (six_reaction_fn *)(uintptr_t)r->a;
  fn(m, argument, rejected == SIX_TRUE, r->b);
  six_roots_release(m, roots);
}

static void forward_fulfilled(struct six_machine *m, six_value promise, six_value value, six_value unused) {
  (void)unused;
  size_t roots = six_roots_mark(m);
  six_root(m, promise);
  six_promise_resolve(m, six_as_promise(promise), value);
  six_roots_release(m, roots);
}
static void forward_rejected(struct six_machine *m, six_value promise, six_value value, six_value unused) {
  (void)unused;
  six_promise_reject(m, six_as_promise(promise), value);
}

// Any reaction, in the asynchronous context in which it was registered.
static void context_job(struct six_machine *m, six_value reaction, six_value argument, six_value rejected) {
  struct six_reaction *r = six_as_pointer(reaction);
  bool threw = rejected == SIX_TRUE;
  six_value outer = m->async_context;
  m->async_context = r->context;
  switch (r->kind) {
    case REACTION_THEN: run_handler(m, threw ? r->b : r->a, r->c, argument, threw); break;
    case REACTION_AWAIT: six_await_continue(m, r->a, argument, threw); break;
    case REACTION_FORWARD: (threw ? forward_rejected : forward_fulfilled)(m, r->a, argument, SIX_UNDEFINED); break;
    case REACTION_NATIVE: native_job(m, reaction, argument, rejected); break;
    default: capability_job(m, reaction, argument, rejected); break;
  }
  m->async_context = outer;
}

static struct six_reaction *new_reaction(struct six_machine *m, enum reaction_kind kind, six_value a, six_value b, six_value c) {
  struct six_reaction *r = six_cell_new(m, SIX_CELL_REACTION, sizeof *r);
  r->kind = (uint8_t)kind;
  r->a = a;
  r->b = b;
  r->c = c;
  r->has_context = m->context_used;
  if (r->has_context) r->context = m->async_context;
  return r;
}

// What the trace calls the job.
static six_value callback_of(enum reaction_kind kind, six_value a, six_value b, bool rejected) {
  if (kind == REACTION_AWAIT) return six_object_value(&((struct six_coroutine *)six_as_pointer(a))->function->object);
  return kind == REACTION_NATIVE || kind == REACTION_FORWARD ? SIX_UNDEFINED : rejected ? b : a;
}

static void enqueue_reaction(struct six_machine *m, enum reaction_kind kind, six_value a, six_value b, six_value c, uint32_t task,
                             six_value argument, bool rejected, struct six_reaction *record) {
  if (record && record->has_context) {
    enqueue(m, kind == REACTION_AWAIT ? SIX_JOB_AWAIT : SIX_JOB_REACTION, callback_of(kind, a, b, rejected), task, context_job,
            six_tagged(SIX_TAG_OBJECT, record), argument, six_boolean(rejected));
    return;
  }
  switch (kind) {
    case REACTION_THEN: {
      six_value handler = rejected ? b : a;
      enqueue(m, SIX_JOB_REACTION, handler, task, rejected ? rejected_job : fulfilled_job, handler, c, argument);
      break;
    }
    case REACTION_AWAIT:
      enqueue(m, SIX_JOB_AWAIT, six_object_value(&((struct six_coroutine *)six_as_pointer(a))->function->object), task,
              rejected ? await_rejected : await_fulfilled, a, argument, SIX_UNDEFINED);
      break;
    case REACTION_FORWARD:
      enqueue(m, SIX_JOB_REACTION, SIX_UNDEFINED, task, rejected ? forward_rejected : forward_fulfilled, a, argument, SIX_UNDEFINED);
      break;
    default:
      if (!record) record = new_reaction(m, kind, a, b, c);
      enqueue(m, SIX_JOB_REACTION,
              kind == REACTION_NATIVE ? SIX_UNDEFINED
              : rejected              ? b
                                      : a,
              task, kind == REACTION_NATIVE ? native_job : capability_job, six_tagged(SIX_TAG_OBJECT, record), argument,
              six_boolean(rejected));
      break;
  }
}

// TriggerPromiseReactions (27.2.1.8)
static void settle(struct six_machine *m, struct six_promise *p, enum six_promise_state state, six_value v) {
  struct six_reaction *r = p->reactions;
  p->reactions = p->last_reaction = NULL;
  p->state = (uint8_t)state;
  p->result = v;
  if (m->tracing && m->host->on_settled) m->host->on_settled(m, p);
  for (; r; r = r->next) enqueue_reaction(m, r->kind, r->a, r->b, r->c, r->task, v, state == SIX_REJECTED, r);
}

void six_promise_fulfill(struct six_machine *m, struct six_promise *p, six_value value) {
  if (p->state == SIX_PENDING) settle(m, p, SIX_FULFILLED, value);
}

void six_promise_reject(struct six_machine *m, struct six_promise *p, six_value reason) {
  if (p->state != SIX_PENDING) return;
  bool handled = p->is_handled;
  // HostPromiseRejectionTracker comes before the reactions are triggered (27.2.1.7 steps 7 and 8).
  if (!handled) {
    p->state = SIX_REJECTED;
    p->result = reason;
    m->host->promise_rejected(m, p);
  }
  settle(m, p, SIX_REJECTED, reason);
}

// PerformPromiseThen (27.2.5.4.1)
static void register_reaction(struct six_machine *m, struct six_promise *p, enum reaction_kind kind, six_value a, six_value b,
                              six_value c) {
  if (p->state == SIX_PENDING) {
    struct six_reaction *r = new_reaction(m, kind, a, b, c);
    if (m->tracing && m->host->on_registered) {
      m->job_kind = kind == REACTION_AWAIT ? SIX_JOB_AWAIT : SIX_JOB_REACTION;
      m->job_callback = kind == REACTION_AWAIT ? six_object_value(&((struct six_coroutine *)six_as_pointer(a))->function->object)
                        : kind == REACTION_THEN || kind == REACTION_CAPABILITY ? (six_is_callable(a) ? a : b)
                                                                               : SIX_UNDEFINED;
      r->task = m->host->on_registered(m);
    }
    if (p->last_reaction) p->last_reaction->next = r;
    else p->reactions = r;
    p->last_reaction = r;
  } else {
    bool rejected = p->state == SIX_REJECTED;
    if (rejected && !p->is_handled) m->host->promise_handled(m, p);
    enqueue_reaction(m, kind, a, b, c, 0, p->result, rejected, m->context_used ? new_reaction(m, kind, a, b, c) : NULL);
  }
  p->is_handled = true;
}

void six_promise_then_native(struct six_machine *m, struct six_promise *p, six_reaction_fn *fn, six_value data) {
  register_reaction(m, p, REACTION_NATIVE, (six_value)(uintptr_t)fn, data, SIX_UNDEFINED);
}
void six_promise_then_await(struct six_machine *m, struct six_promise *p, six_value coroutine) {
  register_reaction(m, p, REACTION_AWAIT, coroutine, SIX_UNDEFINED, SIX_UNDEFINED);
}
void six_promise_then_into(struct six_machine *m, struct six_promise *p, six_value on_fulfilled, six_value on_rejected, six_value derived) {
  register_reaction(m, p, REACTION_THEN, on_fulfilled, on_rejected, derived);
}
void six_promise_then_capability(struct six_machine *m, struct six_promise *p, six_value on_fulfilled, six_value on_rejected,
                                 struct six_values *capability) {
  register_reaction(m, p, REACTION_CAPABILITY, on_fulfilled, on_rejected, six_tagged(SIX_TAG_OBJECT, capability));
}

// ---- Resolving (27.2.1.3.2)

bool six_promise_is_plain(struct six_machine *m, six_value v) {
  if (!six_is_promise(v)) return false;
  struct six_object *o = six_as_object(v), *proto = m->intrinsics[SIX_I_PromisePrototype];
  if (o->shape->count || o->shape->proto != proto) return false;
  six_value *constructor = six_own_slot(m, proto, SIX_ATOM(m, constructor));
  six_value *then = six_own_slot(m, proto, SIX_ATOM(m, then));
  return constructor && *constructor == six_object_value(six_intrinsic(m, SIX_I_Promise)) && then &&
         *then == six_object_value(six_intrinsic(m, SIX_I_PromiseThen));
}

static void thenable_job(struct six_machine *m, six_value promise, six_value thenable, six_value then) {
  if (then == six_object_value(six_intrinsic(m, SIX_I_PromiseThen)) && six_promise_is_plain(m, thenable)) {
    register_reaction(m, six_as_promise(thenable), REACTION_FORWARD, promise, SIX_UNDEFINED, SIX_UNDEFINED);
    return;
  }
  size_t roots = six_roots_mark(m);
  six_root(m, promise);
  six_root(m, thenable);
  six_value functions[2];
  six_promise_resolving_functions(m, six_as_promise(promise), functions);
  six_root(m, functions[0]);
  six_root(m, functions[1]);
  if (m->rules->cell[SIX_RULE_STACK_THENABLE_JOB]) m->job_promise = promise;
  six_value v = six_call(m, then, thenable, 2, functions);
  m->job_promise = SIX_UNDEFINED;
  if (six_is_exception(v) && !m->stop) {
    six_value reason = six_take_exception(m);
    six_call(m, functions[1], SIX_UNDEFINED, 1, &reason);
  }
  six_roots_release(m, roots);
}

void six_promise_resolve(struct six_machine *m, struct six_promise *p, six_value resolution) {
  if (p->state != SIX_PENDING) return;
  if (!six_is_object(resolution)) {
    settle(m, p, SIX_FULFILLED, resolution);
    return;
  }
  size_t roots = six_roots_mark(m);
  six_root(m, six_object_value(&p->object));
  six_root(m, resolution);
  if (resolution == six_object_value(&p->object)) {
    six_throw_type(m, "Chaining cycle detected for promise #<Promise>");  // R63
    if (!m->stop) six_promise_reject(m, p, six_take_exception(m));
    goto done;
  }
  six_value then = six_get(m, six_as_object(resolution), SIX_ATOM(m, then));  // R53: read at once, called in a job
  if (six_is_exception(then)) {
    if (!m->stop) six_promise_reject(m, p, six_take_exception(m));
  } else if (!six_is_callable(then)) {
    settle(m, p, SIX_FULFILLED, resolution);
  } else if (m->rules->cell[SIX_RULE_RESOLVE_COPIES_SETTLED] && six_promise_is_plain(m, resolution) &&
             six_as_promise(resolution)->state != SIX_PENDING) {  // R52 in Node 8
    struct six_promise *from = six_as_promise(resolution);
    if (from->state == SIX_REJECTED) {
      if (!from->is_handled) m->host->promise_handled(m, from);
      from->is_handled = true;
      six_promise_reject(m, p, from->result);
    } else {
      settle(m, p, SIX_FULFILLED, from->result);
    }
  } else {
    enqueue(m, SIX_JOB_THENABLE, then, 0, thenable_job, six_object_value(&p->object), resolution, then);
  }
done:
  six_roots_release(m, roots);
}

// ---- Resolving functions (27.2.1.3): both share a block that says whether one of them was called.

static bool claim(const struct six_args *args, struct six_promise **promise) {
  struct six_native_function *f = six_as_native(args->callee);
  struct six_values *shared = six_as_pointer(f->data[1]);
  if (shared->items[0] == SIX_TRUE) return false;
  shared->items[0] = SIX_TRUE;
  *promise = six_as_promise(f->data[0]);
  return true;
}

static six_value resolve_function(struct six_machine *m, const struct six_args *args) {
  struct six_promise *p;
  if (claim(args, &p)) six_promise_resolve(m, p, six_arg(args, 0));  // R61
  return m->stop ? SIX_EXCEPTION : SIX_UNDEFINED;
}
static six_value reject_function(struct six_machine *m, const struct six_args *args) {
  struct six_promise *p;
  if (claim(args, &p)) six_promise_reject(m, p, six_arg(args, 0));
  return SIX_UNDEFINED;
}

void six_promise_resolving_functions(struct six_machine *m, struct six_promise *p, six_value functions[2]) {
  struct six_values *shared = six_values_new(m, 1);
  shared->count = 1;
  shared->items[0] = SIX_FALSE;
  six_value promise = six_object_value(&p->object), flag = six_tagged(SIX_TAG_OBJECT, shared);
  functions[0] = six_object_value(six_native_new(m, resolve_function, SIX_ATOM(m, empty), 1, promise, flag));
  functions[1] = six_object_value(six_native_new(m, reject_function, SIX_ATOM(m, empty), 1, promise, flag));
}

// ---- Async stack traces

bool six_promise_waiter(struct six_machine *m, const struct six_promise *p, struct six_waiter *waiter) {
  (void)m;
  const struct six_reaction *r = p->reactions;
  *waiter = (struct six_waiter){.promise = SIX_UNDEFINED};
  if (p->state != SIX_PENDING || !r || r->next) return false;
  if (r->kind == REACTION_AWAIT) {
    waiter->coroutine = six_as_pointer(r->a);
  } else if (r->kind == REACTION_FORWARD) {
    waiter->promise = r->a;
  } else if (r->kind == REACTION_THEN || r->kind == REACTION_CAPABILITY) {
    if (six_combinator_element(r->a, waiter) || six_combinator_element(r->b, waiter)) return true;
    if (six_is_class(r->a, SIX_CLASS_NATIVE) && six_as_native(six_as_object(r->a))->native == resolve_function) {
      waiter->promise = six_as_native(six_as_object(r->a))->data[0];
    } else {
      waiter->promise = r->kind == REACTION_THEN ? r->c : ((struct six_values *)six_as_pointer(r->c))->items[0];
    }
  } else {
    return false;
  }
  return true;
}

// ---- PromiseResolve (27.2.4.7.1)

six_value six_promise_resolve_value(struct six_machine *m, six_value v) {
  if (six_is_promise(v)) {
    if (six_promise_is_plain(m, v)) return v;
    six_value constructor = six_get(m, six_as_object(v), SIX_ATOM(m, constructor));
    if (six_is_exception(constructor) || constructor == six_object_value(six_intrinsic(m, SIX_I_Promise))) {
      return six_is_exception(constructor) ? constructor : v;
    }
  }
  size_t roots = six_roots_mark(m);
  six_value promise = six_object_value(six_promise_new(m));
  six_root(m, promise);
  six_promise_resolve(m, six_as_promise(promise), v);
  six_roots_release(m, roots);
  return m->stop ? SIX_EXCEPTION : promise;
}

six_value six_promise_rejected_with(struct six_machine *m, six_value reason) {
  struct six_object *p = six_promise_new(m);
  six_promise_reject(m, (struct six_promise *)p, reason);
  return six_object_value(p);
}
