// machine: the Promise constructor, its statics and prototype (ECMA-262 27.2.3 to 27.2.5).
#include "sim/machine/promise.h"

#include "sim/machine/builtins/builtin.h"

// ---- NewPromiseCapability (27.2.1.5), as a block: promise, resolve, reject.

enum { CAP_PROMISE, CAP_RESOLVE, CAP_REJECT, CAP_SIZE };

static six_value capability_executor(struct six_machine *m, const struct six_args *args) {
  struct six_values *cap = six_as_pointer(six_as_native(args->callee)->data[0]);
  if (cap->items[CAP_RESOLVE] != SIX_UNDEFINED || cap->items[CAP_REJECT] != SIX_UNDEFINED) {
    return six_throw_type(m, "Promise executor has already been invoked with non-undefined arguments");
  }
  cap->items[CAP_RESOLVE] = six_arg(args, 0);
  cap->items[CAP_REJECT] = six_arg(args, 1);
  return SIX_UNDEFINED;
}

static bool is_promise_constructor(struct six_machine *m, six_value c) { return c == six_object_value(six_intrinsic(m, SIX_I_Promise)); }

static struct six_values *new_capability(struct six_machine *m, six_value constructor) {
  if (!six_is_constructor(constructor)) {
    six_throw_type_about(m, "", constructor, " is not a constructor");
    return NULL;
  }
  struct six_values *cap = six_values_new(m, CAP_SIZE);
  cap->count = CAP_SIZE;
  six_root_values(m, cap);
  if (is_promise_constructor(m, constructor)) {
    struct six_object *p = six_promise_new(m);
    cap->items[CAP_PROMISE] = six_object_value(p);
    six_promise_resolving_functions(m, (struct six_promise *)p, &cap->items[CAP_RESOLVE]);
    return cap;
  }
  six_value executor =
      six_object_value(six_native_new(m, capability_executor, SIX_ATOM(m, empty), 2, six_tagged(SIX_TAG_OBJECT, cap), SIX_UNDEFINED));
  six_root(m, executor);
  six_value promise = six_construct(m, constructor, 1, &executor, constructor);
  if (six_is_exception(promise)) return NULL;
  if (!six_is_callable(cap->items[CAP_RESOLVE]) || !six_is_callable(cap->items[CAP_REJECT])) {
    six_throw_type(m, "Promise resolve or reject function is not callable");
    return NULL;
  }
  cap->items[CAP_PROMISE] = promise;
  return cap;
}

static six_value call_capability(struct six_machine *m, struct six_values *cap, int which, six_value v) {
  return six_call(m, cap->items[which], SIX_UNDEFINED, 1, &v);
}

// IfAbruptRejectPromise
static six_value reject_with_exception(struct six_machine *m, struct six_values *cap) {
  if (m->stop) return SIX_EXCEPTION;
  six_value reason = six_take_exception(m);
  if (six_is_exception(call_capability(m, cap, CAP_REJECT, reason))) return SIX_EXCEPTION;
  return cap->items[CAP_PROMISE];
}

// ---- The constructor

static six_value promise_constructor(struct six_machine *m, const struct six_args *args) {
  if (args->new_target == SIX_UNDEFINED) {
    bool plain = m->rules->cell[SIX_RULE_V8_WORDS] < 5;
    return six_throw_type(m, "%s", plain ? "undefined is not a promise" : "Promise constructor cannot be invoked without 'new'");
  }
  six_value executor = six_arg(args, 0);
  if (!six_is_callable(executor)) return six_throw_type_about(m, "Promise resolver ", executor, " is not a function");
  struct six_object *proto = six_prototype_for(m, args, six_intrinsic(m, SIX_I_PromisePrototype));
  if (!proto) return SIX_EXCEPTION;
  struct six_promise *p = six_promise_new_with(m, proto);
  six_value promise = six_object_value(&p->object), functions[2];
  six_root(m, promise);
  six_promise_resolving_functions(m, p, functions);
  six_root(m, functions[0]);
  six_root(m, functions[1]);
  six_value v = six_call(m, executor, SIX_UNDEFINED, 2, functions);  // R50
  if (six_is_exception(v)) {
    if (m->stop) return v;
    six_value reason = six_take_exception(m);
    if (six_is_exception(six_call(m, functions[1], SIX_UNDEFINED, 1, &reason))) return SIX_EXCEPTION;
  }
  return promise;
}

// ---- then, catch, finally

six_value six_promise_then(struct six_machine *m, six_value promise, six_value on_fulfilled, six_value on_rejected) {
  m->hook_parent = m->promise_hooks ? promise : SIX_UNDEFINED;
  if (six_promise_is_plain(m, promise)) {
    six_value derived = six_object_value(six_promise_new(m));
    six_promise_then_into(m, six_as_promise(promise), on_fulfilled, on_rejected, derived);
    return derived;
  }
  six_value constructor = six_species(m, six_as_object(promise), six_object_value(six_intrinsic(m, SIX_I_Promise)));
  if (six_is_exception(constructor)) return constructor;
  if (is_promise_constructor(m, constructor)) {
    six_value derived = six_object_value(six_promise_new(m));
    six_root(m, derived);
    six_promise_then_into(m, six_as_promise(promise), on_fulfilled, on_rejected, derived);
    return derived;
  }
  struct six_values *cap = new_capability(m, constructor);
  if (!cap) return SIX_EXCEPTION;
  six_promise_then_capability(m, six_as_promise(promise), on_fulfilled, on_rejected, cap);
  return cap->items[CAP_PROMISE];
}

six_value six_promise_then_unused(struct six_machine *m, six_value promise, six_value on_fulfilled, six_value on_rejected) {
  if (!six_promise_may_be_unseen(m) || !six_promise_is_plain(m, promise)) return six_promise_then(m, promise, on_fulfilled, on_rejected);
  six_promise_then_into(m, six_as_promise(promise), on_fulfilled, on_rejected, SIX_UNSEEN_PROMISE);
  return SIX_UNDEFINED;
}

static six_value promise_then(struct six_machine *m, const struct six_args *args) {
  if (!six_is_promise(args->this_value)) return six_throw_receiver(m, "Promise.prototype.then", args->this_value);
  if (args->unused) return six_promise_then_unused(m, args->this_value, six_arg(args, 0), six_arg(args, 1));
  return six_promise_then(m, args->this_value, six_arg(args, 0), six_arg(args, 1));
}

static six_value promise_catch(struct six_machine *m, const struct six_args *args) {
  six_value handlers[2] = {SIX_UNDEFINED, six_arg(args, 0)};
  if (args->unused && six_promise_is_plain(m, args->this_value))
    return six_promise_then_unused(m, args->this_value, handlers[0], handlers[1]);
  return six_invoke(m, args->this_value, SIX_ATOM(m, then), 2, handlers);
}

static six_value value_thunk(struct six_machine *m, const struct six_args *args) {
  (void)m;
  return six_as_native(args->callee)->data[0];
}
static six_value thrower(struct six_machine *m, const struct six_args *args) { return six_throw(m, six_as_native(args->callee)->data[0]); }

static six_value promise_resolve_with(struct six_machine *m, six_value constructor, six_value v);

// thenFinally and catchFinally (27.2.5.3.1, .2); R58
static six_value finally_step(struct six_machine *m, const struct six_args *args, six_native *outcome) {
  struct six_native_function *f = six_as_native(args->callee);
  six_value result = six_call(m, f->data[0], SIX_UNDEFINED, 0, NULL);
  if (six_is_exception(result)) return result;
  six_value promise = promise_resolve_with(m, f->data[1], result);
  if (six_is_exception(promise)) return promise;
  six_root(m, promise);
  six_value thunk = six_object_value(six_native_new(m, outcome, SIX_ATOM(m, empty), 0, six_arg(args, 0), SIX_UNDEFINED));
  six_root(m, thunk);
  return six_invoke(m, promise, SIX_ATOM(m, then), 1, &thunk);
}
static six_value then_finally(struct six_machine *m, const struct six_args *args) { return finally_step(m, args, value_thunk); }
static six_value catch_finally(struct six_machine *m, const struct six_args *args) { return finally_step(m, args, thrower); }

bool six_is_finally_function(const struct six_object *o) {
  if (o->cell.class_ != SIX_CLASS_NATIVE) return false;
  six_native *call = ((const struct six_native_function *)o)->native;
  return call == then_finally || call == catch_finally;
}

static six_value promise_finally(struct six_machine *m, const struct six_args *args) {
  if (!six_is_object(args->this_value)) return six_throw_receiver(m, "Promise.prototype.finally", args->this_value);
  six_value constructor = six_species(m, six_as_object(args->this_value), six_object_value(six_intrinsic(m, SIX_I_Promise)));
  if (six_is_exception(constructor)) return constructor;
  six_value on_finally = six_arg(args, 0), handlers[2] = {on_finally, on_finally};
  if (six_is_callable(on_finally)) {
    handlers[0] = six_object_value(six_native_new(m, then_finally, SIX_ATOM(m, empty), 1, on_finally, constructor));
    six_root(m, handlers[0]);
    handlers[1] = six_object_value(six_native_new(m, catch_finally, SIX_ATOM(m, empty), 1, on_finally, constructor));
    six_root(m, handlers[1]);
  }
  if (args->unused && six_promise_is_plain(m, args->this_value))
    return six_promise_then_unused(m, args->this_value, handlers[0], handlers[1]);
  return six_invoke(m, args->this_value, SIX_ATOM(m, then), 2, handlers);
}

// ---- resolve, reject, withResolvers

// PromiseResolve (27.2.4.7.1) with any constructor; R56
static six_value promise_resolve_with(struct six_machine *m, six_value constructor, six_value v) {
  if (is_promise_constructor(m, constructor)) return six_promise_resolve_value(m, v);
  if (six_is_promise(v)) {
    six_value own = six_get(m, six_as_object(v), SIX_ATOM(m, constructor));
    if (six_is_exception(own)) return own;
    if (own == constructor) return v;
  }
  struct six_values *cap = new_capability(m, constructor);
  if (!cap || six_is_exception(call_capability(m, cap, CAP_RESOLVE, v))) return SIX_EXCEPTION;
  return cap->items[CAP_PROMISE];
}

static six_value promise_resolve(struct six_machine *m, const struct six_args *args) {
  if (!six_is_object(args->this_value)) return six_throw_type(m, "PromiseResolve called on non-object");
  if (is_promise_constructor(m, args->this_value)) return six_promise_resolve_value(m, six_arg(args, 0));
  return promise_resolve_with(m, args->this_value, six_arg(args, 0));
}

static six_value promise_reject(struct six_machine *m, const struct six_args *args) {
  if (!six_is_object(args->this_value)) return six_throw_type(m, "PromiseResolve called on non-object");
  if (is_promise_constructor(m, args->this_value)) return six_promise_rejected_with(m, six_arg(args, 0));
  struct six_values *cap = new_capability(m, args->this_value);
  if (!cap || six_is_exception(call_capability(m, cap, CAP_REJECT, six_arg(args, 0)))) return SIX_EXCEPTION;
  return cap->items[CAP_PROMISE];
}

static six_value promise_with_resolvers(struct six_machine *m, const struct six_args *args) {
  struct six_values *cap = new_capability(m, args->this_value);
  if (!cap) return SIX_EXCEPTION;
  struct six_object *o = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  six_put(m, o, "promise", cap->items[CAP_PROMISE]);
  six_put(m, o, "resolve", cap->items[CAP_RESOLVE]);
  six_put(m, o, "reject", cap->items[CAP_REJECT]);
  return six_object_value(o);
}

static six_value promise_try(struct six_machine *m, const struct six_args *args) {
  if (!six_is_object(args->this_value)) return six_throw_type(m, "Promise.try called on non-object");
  struct six_values *cap = new_capability(m, args->this_value);
  if (!cap) return SIX_EXCEPTION;
  six_value v = SIX_EXCEPTION;
  if (six_is_callable(six_arg(args, 0))) v = six_call(m, args->argv[0], SIX_UNDEFINED, args->argc - 1, args->argv + 1);
  else six_throw_call_site(m, six_arg(args, 0), " is not a function");
  if (six_is_exception(v)) return reject_with_exception(m, cap);
  if (six_is_exception(call_capability(m, cap, CAP_RESOLVE, v))) return SIX_EXCEPTION;
  return cap->items[CAP_PROMISE];
}

// ---- Combinators (27.2.4.1 to .5); R59, R60. One block per call: results, how many are left, the capability.

enum { COMB_VALUES, COMB_LEFT, COMB_CAP, COMB_SIZE };
enum combinator { COMBINE_ALL, COMBINE_ALL_SETTLED, COMBINE_ANY, COMBINE_RACE };

static struct six_values *block_of(six_value v) { return six_as_pointer(v); }

static six_value combinator_done(struct six_machine *m, struct six_values *state, enum combinator kind) {
  struct six_values *cap = block_of(state->items[COMB_CAP]);
  if (kind != COMBINE_ANY) return call_capability(m, cap, CAP_RESOLVE, state->items[COMB_VALUES]);
  six_value message = six_str(m, "All promises were rejected");
  int32_t limit = m->stack_trace_limit;
  m->stack_trace_limit = 0;  // V8 makes this error without frames
  struct six_object *error = six_error_new(m, SIX_I_AggregateErrorPrototype, message);
  m->stack_trace_limit = limit;
  six_define(m, error, SIX_ATOM(m, errors), state->items[COMB_VALUES], SIX_HIDDEN);
  return call_capability(m, cap, CAP_REJECT, six_object_value(error));
}

static six_value settled_record(struct six_machine *m, six_value v, bool fulfilled) {
  struct six_object *o = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  six_define(m, o, SIX_ATOM(m, status), six_str(m, fulfilled ? "fulfilled" : "rejected"), SIX_DATA_ALL);
  six_define(m, o, fulfilled ? SIX_ATOM(m, value) : SIX_ATOM(m, reason), v, SIX_DATA_ALL);
  return six_object_value(o);
}

// data[0]: the state. data[1]: a block with the index, -1 once called; the two functions of allSettled share it.
static six_value element(struct six_machine *m, const struct six_args *args, enum combinator kind, bool fulfilled) {
  struct six_native_function *f = six_as_native(args->callee);
  struct six_values *state = block_of(f->data[0]), *slot = block_of(f->data[1]);
  int32_t index = six_as_int(slot->items[0]);
  if (index < 0) return SIX_UNDEFINED;
  slot->items[0] = six_int(-1);
  six_value v = six_arg(args, 0);
  if (kind == COMBINE_ALL_SETTLED) v = settled_record(m, v, fulfilled);
  six_set(m, six_as_object(state->items[COMB_VALUES]), six_int(index), v);
  int32_t left = six_as_int(state->items[COMB_LEFT]) - 1;
  state->items[COMB_LEFT] = six_int(left);
  return left == 0 ? combinator_done(m, state, kind) : SIX_UNDEFINED;
}
static six_value all_element(struct six_machine *m, const struct six_args *a) { return element(m, a, COMBINE_ALL, true); }
static six_value settled_fulfilled(struct six_machine *m, const struct six_args *a) { return element(m, a, COMBINE_ALL_SETTLED, true); }
static six_value settled_rejected(struct six_machine *m, const struct six_args *a) { return element(m, a, COMBINE_ALL_SETTLED, false); }
static six_value any_element(struct six_machine *m, const struct six_args *a) { return element(m, a, COMBINE_ANY, false); }

bool six_combinator_element(six_value function, struct six_waiter *waiter) {
  if (!six_is_class(function, SIX_CLASS_NATIVE)) return false;
  const struct six_native_function *f = six_as_native(six_as_object(function));
  waiter->combinator = f->native == all_element ? 1 : f->native == any_element ? 2 : f->native == settled_fulfilled ? 3 : 0;
  if (!waiter->combinator) return false;
  waiter->index = six_as_int(block_of(f->data[1])->items[0]);
  waiter->promise = block_of(block_of(f->data[0])->items[COMB_CAP])->items[CAP_PROMISE];
  return true;
}

static six_value element_function(struct six_machine *m, six_native *native, six_value state, six_value slot) {
  six_value f = six_object_value(six_native_new(m, native, SIX_ATOM(m, empty), 1, state, slot));
  six_root(m, f);
  return f;
}

static bool combine_one(struct six_machine *m, enum combinator kind, six_value constructor, six_value resolve, six_value item,
                        struct six_values *cap, struct six_values *state, int32_t index) {
  six_value next = six_call(m, resolve, constructor, 1, &item);
  if (six_is_exception(next)) return false;
  six_root(m, next);
  six_value handlers[2] = {cap->items[CAP_RESOLVE], cap->items[CAP_REJECT]};
  if (kind != COMBINE_RACE) {
    struct six_values *slot = six_values_new(m, 1);
    slot->count = 1;
    slot->items[0] = six_int(index);
    six_root_values(m, slot);
    six_array_push(m, six_as_object(state->items[COMB_VALUES]), SIX_UNDEFINED);
    state->items[COMB_LEFT] = six_int(six_as_int(state->items[COMB_LEFT]) + 1);
    six_value s = six_tagged(SIX_TAG_OBJECT, state), at = six_tagged(SIX_TAG_OBJECT, slot);
    if (kind == COMBINE_ALL) handlers[0] = element_function(m, all_element, s, at);
    if (kind == COMBINE_ALL_SETTLED) {
      handlers[0] = element_function(m, settled_fulfilled, s, at);
      handlers[1] = element_function(m, settled_rejected, s, at);
    }
    if (kind == COMBINE_ANY) handlers[1] = element_function(m, any_element, s, at);
  }
  return !six_is_exception(six_invoke(m, next, SIX_ATOM(m, then), 2, handlers));
}

static six_value combine(struct six_machine *m, const struct six_args *args, enum combinator kind) {
  six_value constructor = args->this_value;
  if (!six_is_object(constructor)) {
    static const char *const names[] = {"Promise.all", "Promise.allSettled", "Promise.any", "Promise.race"};
    return six_throw_type(m, "%s called on non-object", names[kind]);
  }
  struct six_values *cap = new_capability(m, constructor);
  if (!cap) return SIX_EXCEPTION;
  six_value resolve = six_get(m, six_as_object(constructor), SIX_ATOM(m, resolve));
  if (six_is_exception(resolve)) return reject_with_exception(m, cap);
  if (!six_is_callable(resolve)) {
    six_throw_type(m, "Promise resolve or reject function is not callable");
    return reject_with_exception(m, cap);
  }
  six_root(m, resolve);
  struct six_iterator it;
  if (!six_open_iterable(m, six_arg(args, 0), &it)) return reject_with_exception(m, cap);
  struct six_values *state = six_values_new(m, COMB_SIZE);
  state->count = COMB_SIZE;
  six_root_values(m, state);
  state->items[COMB_VALUES] = six_object_value(six_array_new(m, 0));
  state->items[COMB_LEFT] = six_int(1);
  state->items[COMB_CAP] = six_tagged(SIX_TAG_OBJECT, cap);
  for (int32_t index = 0;; index++) {
    size_t roots = six_roots_mark(m);
    six_value item = SIX_UNDEFINED;
    int r = six_iterator_step(m, &it, &item);
    if (r < 0) return reject_with_exception(m, cap);
    if (r == 0) break;
    six_root(m, item);
    if (!combine_one(m, kind, constructor, resolve, item, cap, state, index)) {
      six_iterator_close(m, &it);
      return reject_with_exception(m, cap);
    }
    six_roots_release(m, roots);
  }
  int32_t left = six_as_int(state->items[COMB_LEFT]) - 1;
  state->items[COMB_LEFT] = six_int(left);
  if (left == 0 && kind != COMBINE_RACE && six_is_exception(combinator_done(m, state, kind))) return reject_with_exception(m, cap);
  return cap->items[CAP_PROMISE];
}

static six_value promise_all(struct six_machine *m, const struct six_args *args) { return combine(m, args, COMBINE_ALL); }
static six_value promise_all_settled(struct six_machine *m, const struct six_args *args) { return combine(m, args, COMBINE_ALL_SETTLED); }
static six_value promise_any(struct six_machine *m, const struct six_args *args) { return combine(m, args, COMBINE_ANY); }
static six_value promise_race(struct six_machine *m, const struct six_args *args) { return combine(m, args, COMBINE_RACE); }

void six_init_promise(struct six_machine *m) {
  static const struct six_native_def statics[] = {
      {"all", promise_all, 1, 0},
      {"allSettled", promise_all_settled, 1, 0},
      {"any", promise_any, 1, 0},
      {"race", promise_race, 1, 0},
      {"resolve", promise_resolve, 1, 0},
      {"reject", promise_reject, 1, 0},
      {"withResolvers", promise_with_resolvers, 0, 0},
      {"try", promise_try, 1, 0},
  };
  static const struct six_native_def methods[] = {
      {"then", promise_then, 2, 0}, {"catch", promise_catch, 1, 0}, {"finally", promise_finally, 1, 0}};
  struct six_object *proto = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  m->intrinsics[SIX_I_PromisePrototype] = proto;
  struct six_object *constructor = six_constructor_new(m, "Promise", promise_constructor, 1, proto);
  m->intrinsics[SIX_I_Promise] = constructor;
  six_define_natives(m, constructor, statics, SIX_COUNT(statics));
  six_define_natives(m, proto, methods, SIX_COUNT(methods));
  six_define_species(m, constructor);
  six_define_tag(m, proto, "Promise");
  m->intrinsics[SIX_I_PromiseThen] = six_as_object(*six_own_slot(m, proto, SIX_ATOM(m, then)));
  m->intrinsics[SIX_I_PromiseResolve] = six_as_object(*six_own_slot(m, constructor, SIX_ATOM(m, resolve)));
}
