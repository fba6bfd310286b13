// machine: promises (ECMA-262 27.2), async functions and generators' suspended state.
#ifndef SIX_MACHINE_PROMISE_H
#define SIX_MACHINE_PROMISE_H

#include "sim/machine/machine.h"

enum six_promise_state { SIX_PENDING, SIX_FULFILLED, SIX_REJECTED };

// A pending promise keeps the first of its reactions in itself, if that has one handler (as most have). Settled, it has its
// outcome there.
struct six_promise {
  struct six_object object;
  uint8_t state;     // enum six_promise_state
  uint8_t reaction;  // the kind of the reaction that it keeps; 0: none
  bool is_handled;
  bool already_resolved;  // for the resolving functions made by us
  uint32_t trace_id;      // 0: none given yet
  union {
    six_value result;   // settled: value or reason
    six_value handler;  // pending: what the reaction calls, resumes or settles
  };
  union {
    six_value host_tag;  // settled: free for the host (rejection bookkeeping)
    six_value derived;   // pending: the promise that the reaction's outcome settles
  };
  struct six_reaction *last;  // pending: a ring of the other reactions; this is the newest, and its successor the oldest
};

// NewPromiseCapability's record for C code: for built-in promises `resolve`/`reject` stay SIX_UNDEFINED and the
// promise is settled directly.
struct six_capability {
  six_value promise, resolve, reject;
};

struct six_object *six_promise_new(struct six_machine *m);  // pending, %Promise%
static inline struct six_promise *six_as_promise(six_value v) { return (struct six_promise *)six_as_pointer(v); }
static inline bool six_is_promise(six_value v) { return six_is_class(v, SIX_CLASS_PROMISE); }

// The promise resolve function's steps (27.2.1.3.2) and rejection. [JS] (reads `then` of objects)
void six_promise_resolve(struct six_machine *m, struct six_promise *p, six_value resolution);
void six_promise_fulfill(struct six_machine *m, struct six_promise *p, six_value value);
void six_promise_reject(struct six_machine *m, struct six_promise *p, six_value reason);
// A promise whose value nobody will look at (the call that made it is a statement) stands for itself as SIX_UNSEEN_PROMISE
// until it is rejected, or resolved with an object. Not while somebody watches promises.
#define SIX_UNSEEN_PROMISE SIX_EMPTY
static inline bool six_promise_may_be_unseen(const struct six_machine *m) { return !m->watched; }
// Resolves, or rejects, a built-in promise, an unseen one, or none (SIX_UNDEFINED). Leaves roots behind. [JS]
void six_promise_settle(struct six_machine *m, six_value promise, six_value v, bool threw);
// PromiseResolve(%Promise%, v) (27.2.4.7.1). [JS] SIX_EXCEPTION on a throwing `constructor` getter.
six_value six_promise_resolve_value(struct six_machine *m, six_value v);
six_value six_promise_rejected_with(struct six_machine *m, six_value reason);
// PerformPromiseThen with JavaScript handlers and no result, or with C handlers:
typedef void six_reaction_fn(struct six_machine *m, six_value argument, bool rejected, six_value data);
void six_promise_then_native(struct six_machine *m, struct six_promise *p, six_reaction_fn *fn, six_value data);
// promise.then(on_fulfilled, on_rejected) as the built-in does it; returns the derived promise. [JS]
six_value six_promise_then(struct six_machine *m, six_value promise, six_value on_fulfilled, six_value on_rejected);
// The same without the derived promise, where nobody would look at it (returns SIX_UNDEFINED then). [JS]
six_value six_promise_then_unused(struct six_machine *m, six_value promise, six_value on_fulfilled, six_value on_rejected);

// The same with an await's continuation (`coroutine` as an internal value), and with handlers that settle `derived`
// (a built-in promise's value, or SIX_UNDEFINED).
void six_promise_then_await(struct six_machine *m, struct six_promise *p, six_value coroutine);
void six_promise_then_into(struct six_machine *m, struct six_promise *p, six_value on_fulfilled, six_value on_rejected, six_value derived);
void six_promise_then_capability(struct six_machine *m, struct six_promise *p, six_value on_fulfilled, six_value on_rejected,
                                 struct six_values *capability);
// CreateResolvingFunctions (27.2.1.3): functions[0] resolves, [1] rejects.
void six_promise_resolving_functions(struct six_machine *m, struct six_promise *p, six_value functions[2]);
struct six_promise *six_promise_new_with(struct six_machine *m, struct six_object *proto);
// Whether it is a native promise whose `constructor` and `then` are the built-in ones, own and inherited.
bool six_promise_prototype_is_plain(struct six_machine *m);
static inline bool six_promise_is_plain(struct six_machine *m, six_value v) {
  if (!six_is_promise(v)) return false;
  const struct six_object *o = six_as_object(v), *proto = m->intrinsics[SIX_I_PromisePrototype];
  if (o->shape != m->promise_shape && (o->shape->count || o->shape->proto != proto)) return false;
  if (proto->shape != m->plain_proto_shape) return six_promise_prototype_is_plain(m);
  return proto->slots[m->plain_constructor] == six_object_value(m->intrinsics[SIX_I_Promise]) &&
         proto->slots[m->plain_then] == six_object_value(m->intrinsics[SIX_I_PromiseThen]);
}
void six_await_continue(struct six_machine *m, six_value coroutine, six_value value, bool rejected);  // generator.c

// Who waits for a pending promise, when it is one reaction alone: an await's coroutine, or the promise that the reaction
// settles (for Promise.all and its like with the combinator, 1 all, 2 any, 3 allSettled, and the index of the element).
struct six_waiter {
  struct six_coroutine *coroutine;
  six_value promise;
  int combinator, index;
};
bool six_promise_waiter(struct six_machine *m, const struct six_promise *p, struct six_waiter *waiter);
// The part of it that knows a combinator's element function; false: it is none. (builtins/promise.c)
bool six_combinator_element(six_value function, struct six_waiter *waiter);
// thenFinally and catchFinally: stack traces show them, without a name. (builtins/promise.c)
bool six_is_finally_function(const struct six_object *o);
six_value six_request_promise(const struct six_values *request);  // of an async generator's queue (generator.c)

#endif
