// Promises, their reactions and jobs (ECMA-262 27.2.1, 27.2.2). A job on a settled promise needs no reaction record: the
// handler, the derived promise and the argument are the job's three words.
#include "sim/machine/promise.h"

#include "sim/machine/classes.h"
#include "sim/machine/interp.h"

enum reaction_kind {
  REACTION_NONE,
  REACTION_THEN,        // a, b handlers; c the derived promise or SIX_UNDEFINED
  REACTION_CATCH,       // only as a promise keeps it: a THEN without a, and with b for its handler
  REACTION_CAPABILITY,  // a, b handlers; c a block: promise, resolve, reject
  REACTION_AWAIT,       // a the coroutine
  REACTION_NATIVE,      // a the C function; b its data
  REACTION_FORWARD,     // a the promise that is resolved with this one's outcome (R52)
};

struct reaction {
  enum reaction_kind kind;
  six_value a, b, c;
};

// One that its promise does not keep: a further one, or with more to it.
struct six_reaction {
  struct six_cell cell;
  struct six_reaction *next;
  six_value a, b, c;
  uint32_t task;  // the trace's
  uint8_t kind;
  bool has_context;
  six_value context[];  // the asynchronous context, if those are in use
};

void six_reaction_mark(struct six_machine *m, struct six_cell *cell) {
  struct six_reaction *r = (struct six_reaction *)cell;
  // Iteratively along the list would be the collector's gray stack anyway: each cell marks its successor.
  six_mark_cell(m, (struct six_cell *)r->next);
  if (r->kind != REACTION_NATIVE) six_mark_value(m, r->a);
  six_mark_value(m, r->b);
  six_mark_value(m, r->c);
  if (r->has_context) six_mark_value(m, r->context[0]);
}

void six_promise_mark(struct six_machine *m, struct six_object *o) {
  struct six_promise *p = (struct six_promise *)o;
  six_mark_value(m, p->result);
  six_mark_value(m, p->host_tag);
  six_mark_cell(m, (struct six_cell *)p->last);
}

// ---- Making

static inline struct six_promise *promise_shaped(struct six_machine *m, struct six_shape *shape) {
  struct six_promise *p = six_cell_raw(m, SIX_CELL_OBJECT, sizeof *p);
  p->object.cell.class_ = SIX_CLASS_PROMISE;
  six_object_init_bare(&p->object, shape);
  p->state = SIX_PENDING;
  p->reaction = REACTION_NONE;
  p->is_handled = p->already_resolved = false;
  p->trace_id = 0;
  p->result = p->host_tag = SIX_UNDEFINED;
  p->last = NULL;
  return p;
}

static struct six_promise *hooked(struct six_machine *m, struct six_promise *p) {
  six_value parent = m->hook_parent;
  m->hook_parent = SIX_UNDEFINED;
  m->no_collection++;
  m->host->promise_made(m, six_object_value(&p->object), parent);
  m->no_collection--;
  return p;
}

// The shape is only remembered while nobody watches: whoever makes a promise finds out here.
static struct six_promise *first_promise(struct six_machine *m) {
  struct six_shape *shape = six_shape_root(m, six_intrinsic(m, SIX_I_PromisePrototype));
  if (m->promise_hooks) return hooked(m, promise_shaped(m, shape));
  m->promise_shape = shape;
  return promise_shaped(m, shape);
}

static inline struct six_promise *new_promise(struct six_machine *m) {
  return __builtin_expect(!m->promise_shape, 0) ? first_promise(m) : promise_shaped(m, m->promise_shape);
}

struct six_object *six_promise_new(struct six_machine *m) {
  return &new_promise(m)->object;
}
struct six_promise *six_promise_new_with(struct six_machine *m, struct six_object *proto) {
  struct six_promise *p = promise_shaped(m, six_shape_root(m, proto));
  return m->promise_hooks ? hooked(m, p) : p;
}

// ---- Jobs

// `callback` is for the trace.
static inline void enqueue(struct six_machine *m, enum six_job_kind kind, six_value callback, uint32_t task, six_job_fn *fn, six_value a,
                           six_value b, six_value c) {
  if (m->host->on_settled) {
    m->job_kind = (uint8_t)kind;
    m->job_callback = callback;
    m->job_task = task;
  }
  m->host->enqueue_job(m, fn, a, b, c);
}

static inline void settle(struct six_machine *m, struct six_promise *p, enum six_promise_state state, six_value v);

void six_promise_settle(struct six_machine *m, six_value promise, six_value v, bool threw) {
  if (promise == SIX_UNSEEN_PROMISE && (threw || six_is_object(v))) {
    promise = six_object_value(six_promise_new(m));
    six_root(m, promise);
  }
  if (!six_is_object(promise)) return;
  if (threw) six_promise_reject(m, six_as_promise(promise), v);
  else six_promise_resolve(m, six_as_promise(promise), v);
}

// The job's words are rooted while it runs.
static inline void run_handler(struct six_machine *m, six_value handler, six_value derived, six_value argument, bool rejected) {
  if (!six_is_callable(handler)) {
    six_promise_settle(m, derived, argument, rejected);
    return;
  }
  m->job_promise = derived;
  six_value v = six_call(m, handler, SIX_UNDEFINED, 1, &argument);
  m->job_promise = SIX_UNDEFINED;
  bool threw = six_is_exception(v);
  if (threw) {
    if (m->stop) return;
    v = six_take_exception(m);
  } else if (derived == SIX_UNSEEN_PROMISE && !six_is_object(v)) {
    return;
  }
  six_promise_settle(m, derived, v, threw);
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

// What a reaction settles, for async_hooks.
static six_value hooked_promise(const struct six_reaction *r) {
  switch (r->kind) {
    case REACTION_THEN: return r->c;
    case REACTION_FORWARD: return r->c;
    case REACTION_CAPABILITY: return ((struct six_values *)six_as_pointer(r->c))->items[0];
    default: return SIX_UNDEFINED;
  }
}

static void begin_job(struct six_machine *m, six_value job, six_value argument, six_value promise) {
  six_root(m, job);
  six_root(m, argument);
  m->host->job_begins(m, m->async_context, promise);
}

// Any reaction, in the asynchronous context in which it was registered.
static void context_job(struct six_machine *m, six_value reaction, six_value argument, six_value rejected) {
  struct six_reaction *r = six_as_pointer(reaction);
  bool threw = rejected == SIX_TRUE;
  six_value outer = m->async_context, outer_job = m->job_context;
  m->job_context = m->async_context = r->context[0];
  size_t roots = six_roots_mark(m);
  if (m->promise_hooks) begin_job(m, reaction, argument, hooked_promise(r));
  switch (r->kind) {
    case REACTION_THEN: run_handler(m, threw ? r->b : r->a, r->c, argument, threw); break;
    case REACTION_AWAIT: six_await_continue(m, r->a, argument, threw); break;
    case REACTION_FORWARD:
      (threw ? forward_rejected : forward_fulfilled)(m, r->a, argument, SIX_UNDEFINED);
      if (six_is_promise(r->c)) six_promise_fulfill(m, six_as_promise(r->c), SIX_UNDEFINED);
      break;
    case REACTION_NATIVE: native_job(m, reaction, argument, rejected); break;
    default: capability_job(m, reaction, argument, rejected); break;
  }
  if (m->promise_hooks && !m->stop) m->host->job_ends(m, r->kind == REACTION_AWAIT);
  six_roots_release(m, roots);
  m->async_context = outer;
  m->job_context = outer_job;
}

static struct six_reaction *new_reaction(struct six_machine *m, const struct reaction *reaction) {
  struct six_reaction *r = six_cell_raw(m, SIX_CELL_REACTION, sizeof *r + (m->context_used ? sizeof(six_value) : 0));
  r->next = NULL;
  r->task = 0;
  r->kind = (uint8_t)reaction->kind;
  r->a = reaction->a;
  r->b = reaction->b;
  r->c = reaction->c;
  r->has_context = m->context_used;
  if (r->has_context) r->context[0] = m->async_context;
  return r;
}

static six_value function_of(six_value coroutine) {
  return six_object_value(&((struct six_coroutine *)six_as_pointer(coroutine))->function->object);
}

// What the trace calls the job.
static six_value callback_of(const struct reaction *r, bool rejected) {
  if (r->kind == REACTION_AWAIT) return function_of(r->a);
  return r->kind == REACTION_NATIVE || r->kind == REACTION_FORWARD ? SIX_UNDEFINED : rejected ? r->b : r->a;
}

static void enqueue_with_record(struct six_machine *m, const struct reaction *r, six_job_fn *job, six_value argument, bool rejected,
                                struct six_reaction *record) {
  if (!record) record = new_reaction(m, r);
  enqueue(m, r->kind == REACTION_AWAIT ? SIX_JOB_AWAIT : SIX_JOB_REACTION, callback_of(r, rejected), record->task, job,
          six_tagged(SIX_TAG_OBJECT, record), argument, six_boolean(rejected));
}

// `record`: the reaction's, or NULL.
static inline void enqueue_reaction(struct six_machine *m, const struct reaction *r, six_value argument, bool rejected,
                                    struct six_reaction *record) {
  uint32_t task = record ? record->task : 0;
  if (record && record->has_context) {
    enqueue_with_record(m, r, context_job, argument, rejected, record);
    return;
  }
  switch (r->kind) {
    case REACTION_THEN: {
      six_value handler = rejected ? r->b : r->a;
      enqueue(m, SIX_JOB_REACTION, handler, task, rejected ? rejected_job : fulfilled_job, handler, r->c, argument);
      break;
    }
    case REACTION_AWAIT:
      enqueue(m, SIX_JOB_AWAIT, function_of(r->a), task, rejected ? await_rejected : await_fulfilled, r->a, argument, SIX_UNDEFINED);
      break;
    case REACTION_FORWARD:
      enqueue(m, SIX_JOB_REACTION, SIX_UNDEFINED, task, rejected ? forward_rejected : forward_fulfilled, r->a, argument, SIX_UNDEFINED);
      break;
    default: enqueue_with_record(m, r, r->kind == REACTION_NATIVE ? native_job : capability_job, argument, rejected, record); break;
  }
}

// The reaction that a promise keeps.
static struct reaction kept_reaction(const struct six_promise *p) {
  if (p->reaction == REACTION_CATCH) return (struct reaction){REACTION_THEN, SIX_UNDEFINED, p->handler, p->derived};
  return (struct reaction){p->reaction, p->handler, SIX_UNDEFINED, p->derived};
}

// Lets the promise keep it, if it can be said in two words and the trace has no number for it.
static bool keep_reaction(struct six_machine *m, struct six_promise *p, const struct reaction *r) {
  if (p->reaction || p->last || m->context_used || m->watched) return false;
  uint8_t kind = (uint8_t)r->kind;
  six_value handler = r->a;
  if (kind == REACTION_CAPABILITY || kind == REACTION_NATIVE) return false;
  if (kind == REACTION_THEN && six_is_callable(r->b)) {
    if (six_is_callable(handler)) return false;
    kind = REACTION_CATCH;
    handler = r->b;
  }
  p->reaction = kind;
  p->handler = handler;
  p->derived = r->c;
  return true;
}

static void watch_settled(struct six_machine *m, struct six_promise *p) {
  if (m->tracing && m->host->on_settled) m->host->on_settled(m, p);
  if (!m->promise_hooks) return;
  m->no_collection++;
  m->host->promise_done(m, six_object_value(&p->object));
  m->no_collection--;
}

// TriggerPromiseReactions (27.2.1.8)
static inline void settle(struct six_machine *m, struct six_promise *p, enum six_promise_state state, six_value v) {
  struct reaction first = kept_reaction(p);
  struct six_reaction *last = p->last;
  p->last = NULL;
  p->reaction = REACTION_NONE;
  p->state = (uint8_t)state;
  p->result = v;
  p->host_tag = SIX_UNDEFINED;
  if (__builtin_expect(m->watched, 0)) watch_settled(m, p);
  if (first.kind) enqueue_reaction(m, &first, v, state == SIX_REJECTED, NULL);
  if (!last) return;
  struct six_reaction *r = last->next;
  last->next = NULL;
  while (r) {
    struct six_reaction *next = r->next;
    r->next = NULL;
    enqueue_reaction(m, &(struct reaction){r->kind, r->a, r->b, r->c}, v, state == SIX_REJECTED, r);
    r = next;
  }
}

void six_promise_fulfill(struct six_machine *m, struct six_promise *p, six_value value) {
  if (p->state == SIX_PENDING) settle(m, p, SIX_FULFILLED, value);
}

void six_promise_reject(struct six_machine *m, struct six_promise *p, six_value reason) {
  if (p->state != SIX_PENDING) return;
  if (p->is_handled) {
    settle(m, p, SIX_REJECTED, reason);
    return;
  }
  // HostPromiseRejectionTracker (27.2.1.7 step 7). What is not handled has no reactions.
  p->state = SIX_REJECTED;
  p->result = reason;
  m->host->promise_rejected(m, p);
  if (__builtin_expect(m->watched, 0)) watch_settled(m, p);
}

static void note_registered(struct six_machine *m, struct six_reaction *record, const struct reaction *r) {
  m->job_kind = r->kind == REACTION_AWAIT ? SIX_JOB_AWAIT : SIX_JOB_REACTION;
  m->job_callback = callback_of(r, (r->kind == REACTION_THEN || r->kind == REACTION_CAPABILITY) && !six_is_callable(r->a));
  record->task = m->host->on_registered(m);
}

// The record of a reaction on `p`, with its context: an await has one of its own for async_hooks.
static struct six_reaction *record_on(struct six_machine *m, const struct six_promise *p, const struct reaction *r) {
  struct six_reaction *record = new_reaction(m, r);
  if (!m->promise_hooks || r->kind != REACTION_AWAIT) return record;
  m->no_collection++;
  record->context[0] = m->host->await_context(m, six_object_value((struct six_object *)&p->object));
  m->no_collection--;
  return record;
}

static void register_pending(struct six_machine *m, struct six_promise *p, const struct reaction *r) {
  if (keep_reaction(m, p, r)) return;
  struct six_reaction *record = record_on(m, p, r);
  if (m->tracing && m->host->on_registered) note_registered(m, record, r);
  record->next = p->last ? p->last->next : record;
  if (p->last) p->last->next = record;
  p->last = record;
}

// PerformPromiseThen (27.2.5.4.1): a job at once when p is settled, else in order of registration at its settlement (R51).
// Each link of a chain is a job, also one without a handler, through which a value or a reason just passes (R55, R57).
static inline void register_reaction(struct six_machine *m, struct six_promise *p, enum reaction_kind kind, six_value a, six_value b,
                                     six_value c) {
  struct reaction r = {kind, a, b, c};
  if (p->state == SIX_PENDING) {
    register_pending(m, p, &r);
  } else {
    bool rejected = p->state == SIX_REJECTED;
    if (rejected && !p->is_handled) m->host->promise_handled(m, p);
    enqueue_reaction(m, &r, p->result, rejected, m->context_used ? record_on(m, p, &r) : NULL);
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

// ---- Resolving (27.2.1.3.2): with a promise or a thenable, also one that a handler returned, a job calls its then (R52,
// R53, R54); what that throws before it answers rejects (R62).

// Remembers where Promise.prototype has the two, as long as its shape stays (and no collection clears the memory).
bool six_promise_prototype_is_plain(struct six_machine *m) {
  struct six_object *proto = m->intrinsics[SIX_I_PromisePrototype];
  six_value *constructor = six_own_slot(m, proto, SIX_ATOM(m, constructor));
  six_value *then = six_own_slot(m, proto, SIX_ATOM(m, then));
  bool plain = constructor && *constructor == six_object_value(six_intrinsic(m, SIX_I_Promise)) && then &&
               *then == six_object_value(six_intrinsic(m, SIX_I_PromiseThen));
  if (plain && !six_shape_is_dictionary(proto->shape)) {
    m->plain_proto_shape = proto->shape;
    m->plain_constructor = (uint32_t)(constructor - proto->slots);
    m->plain_then = (uint32_t)(then - proto->slots);
  }
  return plain;
}

static void call_then(struct six_machine *m, six_value promise, six_value thenable, six_value then) {
  if (then == six_object_value(six_intrinsic(m, SIX_I_PromiseThen)) && six_promise_is_plain(m, thenable)) {
    six_value derived = SIX_UNDEFINED;
    if (m->promise_hooks) {
      m->hook_parent = thenable;
      derived = six_object_value(six_promise_new(m));
    }
    register_reaction(m, six_as_promise(thenable), REACTION_FORWARD, promise, SIX_UNDEFINED, derived);
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

static void thenable_job(struct six_machine *m, six_value promise, six_value thenable, six_value then) {
  if (!m->promise_hooks) {
    call_then(m, promise, thenable, then);
    return;
  }
  size_t roots = six_roots_mark(m);
  six_value outer = m->async_context;
  six_root(m, then);
  six_root(m, promise);
  begin_job(m, thenable, SIX_UNDEFINED, promise);
  call_then(m, promise, thenable, then);
  if (m->promise_hooks && !m->stop) m->host->job_ends(m, false);
  m->async_context = outer;
  six_roots_release(m, roots);
}

void six_promise_resolve(struct six_machine *m, struct six_promise *p, six_value resolution) {
  if (p->state != SIX_PENDING) return;
  if (!six_is_object(resolution)) {
    settle(m, p, SIX_FULFILLED, resolution);
    return;
  }
  bool plain = six_promise_is_plain(m, resolution) && resolution != six_object_value(&p->object);
  if (plain && !m->rules->cell[SIX_RULE_RESOLVE_COPIES_SETTLED]) {
    six_value built_in = six_object_value(m->intrinsics[SIX_I_PromiseThen]);
    enqueue(m, SIX_JOB_THENABLE, built_in, 0, thenable_job, six_object_value(&p->object), resolution, built_in);
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
  } else if (plain && six_as_promise(resolution)->state != SIX_PENDING) {  // R52 in Node 8
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

static bool claim(struct six_machine *m, const struct six_args *args, bool rejects, struct six_promise **promise) {
  struct six_native_function *f = six_as_native(args->callee);
  struct six_values *shared = six_as_pointer(f->data[1]);
  *promise = six_as_promise(f->data[0]);
  if (shared->items[0] == SIX_TRUE) {
    m->host->promise_resolved_again(m, *promise, six_arg(args, 0), rejects);
    return false;
  }
  shared->items[0] = SIX_TRUE;
  return true;
}

static six_value resolve_function(struct six_machine *m, const struct six_args *args) {
  struct six_promise *p;
  if (claim(m, args, false, &p)) six_promise_resolve(m, p, six_arg(args, 0));  // R61
  return m->stop ? SIX_EXCEPTION : SIX_UNDEFINED;
}
static six_value reject_function(struct six_machine *m, const struct six_args *args) {
  struct six_promise *p;
  if (claim(m, args, true, &p)) six_promise_reject(m, p, six_arg(args, 0));
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

// The only reaction of a pending promise.
static bool only_reaction(const struct six_promise *p, struct reaction *only) {
  if (p->state != SIX_PENDING || (p->reaction && p->last) || (p->last && p->last->next != p->last)) return false;
  if (p->last) *only = (struct reaction){p->last->kind, p->last->a, p->last->b, p->last->c};
  else *only = kept_reaction(p);
  return only->kind != REACTION_NONE;
}

bool six_promise_waiter(struct six_machine *m, const struct six_promise *p, struct six_waiter *waiter) {
  (void)m;
  struct reaction r;
  *waiter = (struct six_waiter){.promise = SIX_UNDEFINED};
  if (!only_reaction(p, &r)) return false;
  if (r.kind == REACTION_AWAIT) {
    waiter->coroutine = six_as_pointer(r.a);
  } else if (r.kind == REACTION_FORWARD) {
    waiter->promise = r.a;
  } else if (r.kind == REACTION_THEN || r.kind == REACTION_CAPABILITY) {
    if (six_combinator_element(r.a, waiter) || six_combinator_element(r.b, waiter)) return true;
    if (six_is_class(r.a, SIX_CLASS_NATIVE) && six_as_native(six_as_object(r.a))->native == resolve_function) {
      waiter->promise = six_as_native(six_as_object(r.a))->data[0];
    } else {
      waiter->promise = r.kind == REACTION_THEN ? r.c : ((struct six_values *)six_as_pointer(r.c))->items[0];
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
  struct six_promise *p = new_promise(m);
  six_value promise = six_object_value(&p->object);
  if (!six_is_object(v)) {
    p->state = SIX_FULFILLED;
    p->result = v;
    if (__builtin_expect(m->watched, 0)) watch_settled(m, p);
    return promise;
  }
  size_t roots = six_roots_mark(m);
  six_root(m, promise);
  six_promise_resolve(m, p, v);
  six_roots_release(m, roots);
  return m->stop ? SIX_EXCEPTION : promise;
}

six_value six_promise_rejected_with(struct six_machine *m, six_value reason) {
  struct six_object *p = six_promise_new(m);
  six_promise_reject(m, (struct six_promise *)p, reason);
  return six_object_value(p);
}
