// machine: DisposableStack, AsyncDisposableStack, and the disposal that `using` shares with them (sim/machine/dispose.h).
#include "sim/machine/builtins/builtin.h"
#include "sim/machine/classes.h"
#include "sim/machine/dispose.h"
#include "sim/machine/own.h"
#include "sim/machine/promise.h"

#include <stdio.h>

// ---- Resources: an array of flags, then of each its value, method and enum six_disposal

enum { NEEDS_AWAIT = 1, HAS_AWAITED = 2 };
enum { FLAGS, FIRST, SIZE = 3 };

struct six_object *six_resources_new(struct six_machine *m) {
  struct six_object *resources = six_array_new(m, 4);
  six_array_push(m, resources, six_int(0));
  return resources;
}

void six_resources_push(struct six_machine *m, struct six_object *resources, six_value v, six_value method, enum six_disposal how) {
  six_array_push(m, resources, v);
  six_array_push(m, resources, method);
  six_array_push(m, resources, six_int((int32_t)how));
}

static six_value method_of(struct six_machine *m, six_value v, six_key key) {
  six_value method = six_get_v(m, v, key);
  if (six_is_exception(method) || six_is_nullish(method) || six_is_callable(method)) return method;
  struct six_text name = {0};
  six_describe_key(m, key, &name);
  six_throw_type(m, "%s is not a function", name.bytes);
  six_text_done(&name);
  return SIX_EXCEPTION;
}

bool six_resources_add(struct six_machine *m, struct six_object *resources, six_value v, bool async) {
  if (six_is_nullish(v)) {
    if (async) six_resources_push(m, resources, SIX_UNDEFINED, SIX_UNDEFINED, SIX_DISPOSE_ASYNC);
    return true;
  }
  if (!six_is_object(v)) {
    six_throw_type(m, "An object is expected with `using` declarations");
    return false;
  }
  enum six_disposal how = async ? SIX_DISPOSE_ASYNC : SIX_DISPOSE_SYNC;
  six_value method = async ? method_of(m, v, SIX_SYMBOL(m, asyncDispose)) : SIX_UNDEFINED;
  if (six_is_nullish(method)) {
    method = method_of(m, v, SIX_SYMBOL(m, dispose));
    if (async) how = SIX_DISPOSE_PROMISED;
  }
  if (six_is_exception(method)) return false;
  if (six_is_nullish(method)) {
    six_throw_type(m, "Symbol(Symbol.dispose) is not a function");
    return false;
  }
  six_resources_push(m, resources, v, method, how);
  return true;
}

void six_disposing_fail(struct six_machine *m, struct six_disposing *d, six_value error) {
  if (!d->threw) {
    *d = (struct six_disposing){true, error};
    return;
  }
  six_root(m, error);
  struct six_object *o = six_error_new(m, SIX_I_SuppressedErrorPrototype, six_str(m, "An error was suppressed during disposal"));
  six_define(m, o, six_key_of_string(m, six_as_string(six_str(m, "error"))), error, SIX_HIDDEN);
  six_define(m, o, six_key_of_string(m, six_as_string(six_str(m, "suppressed"))), d->error, SIX_HIDDEN);
  d->error = six_object_value(o);
}

// One resource: false when its outcome is to be awaited. [JS]
static bool dispose_one(struct six_machine *m, struct six_disposing *d, const six_value *resource, six_value *awaited) {
  enum six_disposal how = (enum six_disposal)six_as_int(resource[2]);
  bool with = how == SIX_DISPOSE_WITH || how == SIX_DISPOSE_WITH_ASYNC;
  six_value result = six_call(m, resource[1], with ? SIX_UNDEFINED : resource[0], with ? 1 : 0, &resource[0]);
  *awaited = how == SIX_DISPOSE_PROMISED ? SIX_UNDEFINED : result;
  if (six_is_exception(result)) {
    if (m->stop) return true;
    six_value error = six_take_exception(m);
    if (how == SIX_DISPOSE_PROMISED) *awaited = six_promise_rejected_with(m, error);
    else six_disposing_fail(m, d, error);
    return how != SIX_DISPOSE_PROMISED;
  }
  return how == SIX_DISPOSE_SYNC || how == SIX_DISPOSE_WITH;
}

int six_resources_dispose(struct six_machine *m, struct six_object *resources, struct six_disposing *d, six_value *awaited) {
  *awaited = SIX_UNDEFINED;
  while (resources->array_length > FIRST) {
    int32_t flags = six_as_int(resources->elements[FLAGS]);
    six_value resource[SIZE];
    memcpy(resource, &resources->elements[resources->array_length - SIZE], sizeof resource);
    bool sync = six_as_int(resource[2]) == SIX_DISPOSE_SYNC || six_as_int(resource[2]) == SIX_DISPOSE_WITH;
    if (sync && flags == NEEDS_AWAIT) {
      resources->elements[FLAGS] = six_int(0);
      return 1;
    }
    if (six_array_set_length(m, resources, resources->array_length - SIZE) < 0) return -1;
    if (six_is_undefined(resource[1])) {
      resources->elements[FLAGS] = six_int(flags | NEEDS_AWAIT);
      continue;
    }
    size_t roots = six_roots_mark(m);
    for (int i = 0; i < SIZE; i++) six_root(m, resource[i]);
    six_root(m, d->error);
    bool goes_on = dispose_one(m, d, resource, awaited);
    six_roots_release(m, roots);
    if (m->stop) return -1;
    if (goes_on) continue;
    resources->elements[FLAGS] = six_int(flags | HAS_AWAITED);
    return 1;
  }
  bool waits = six_as_int(resources->elements[FLAGS]) == NEEDS_AWAIT;
  resources->elements[FLAGS] = six_int(0);
  *awaited = SIX_UNDEFINED;
  return waits;
}

// ---- The two stacks

struct stack {
  struct six_object object;
  struct six_object *resources;
  bool disposed;
};

void six_disposable_stack_mark(struct six_machine *m, struct six_object *o) {
  struct stack *s = (struct stack *)o;
  if (s->resources) six_mark_cell(m, &s->resources->cell);
}

static bool is_async(const struct stack *s) { return s->object.cell.class_ == SIX_CLASS_ASYNC_DISPOSABLE_STACK; }

static struct stack *stack_new(struct six_machine *m, enum six_class class_, struct six_object *proto) {
  struct stack *s = (struct stack *)six_object_new_class(m, class_, sizeof *s, proto);
  s->resources = six_resources_new(m);
  return s;
}

static six_value construct(struct six_machine *m, const struct six_args *a, enum six_class class_, const char *name, int prototype) {
  if (six_is_undefined(a->new_target)) return six_throw_type(m, "Constructor %s requires 'new'", name);
  struct six_object *proto = six_prototype_for(m, a, six_intrinsic(m, (enum six_intrinsic_id)prototype));
  return proto ? six_object_value(&stack_new(m, class_, proto)->object) : SIX_EXCEPTION;
}
static six_value stack_constructor(struct six_machine *m, const struct six_args *a) {
  return construct(m, a, SIX_CLASS_DISPOSABLE_STACK, "DisposableStack", SIX_I_DisposableStackPrototype);
}
static six_value async_stack_constructor(struct six_machine *m, const struct six_args *a) {
  return construct(m, a, SIX_CLASS_ASYNC_DISPOSABLE_STACK, "AsyncDisposableStack", SIX_I_AsyncDisposableStackPrototype);
}

// `this` as a stack that is not disposed of; NULL and V8's error.
static struct stack *this_stack(struct six_machine *m, const struct six_args *a, enum six_class class_, const char *name) {
  char method[64];
  bool async = class_ == SIX_CLASS_ASYNC_DISPOSABLE_STACK;
  snprintf(method, sizeof method, "%sDisposableStack.prototype.%s", async ? "Async" : "", name);
  struct stack *s = six_this_of(m, a, class_, method);
  if (!s || !s->disposed) return s;
  six_throw_reference(m, "Cannot call %s on an already-disposed DisposableStack", method);
  return NULL;
}

static six_value use(struct six_machine *m, const struct six_args *a, enum six_class class_) {
  struct stack *s = this_stack(m, a, class_, "use");
  if (!s || !six_resources_add(m, s->resources, six_arg(a, 0), is_async(s))) return SIX_EXCEPTION;
  return six_arg(a, 0);
}

static six_value add_call(struct six_machine *m, const struct six_args *a, enum six_class class_, const char *name, bool with) {
  struct stack *s = this_stack(m, a, class_, name);
  if (!s) return SIX_EXCEPTION;
  six_value method = six_arg(a, with ? 1 : 0);
  if (!six_is_callable(method)) return six_throw_type_about(m, "", method, " is not a function");
  enum six_disposal how = with ? SIX_DISPOSE_WITH : SIX_DISPOSE_SYNC;
  if (is_async(s)) how = with ? SIX_DISPOSE_WITH_ASYNC : SIX_DISPOSE_ASYNC;
  six_resources_push(m, s->resources, with ? six_arg(a, 0) : SIX_UNDEFINED, method, how);
  return with ? six_arg(a, 0) : SIX_UNDEFINED;
}

static six_value move(struct six_machine *m, const struct six_args *a, enum six_class class_, int prototype) {
  struct stack *s = this_stack(m, a, class_, "move");
  if (!s) return SIX_EXCEPTION;
  struct stack *to = stack_new(m, class_, six_intrinsic(m, (enum six_intrinsic_id)prototype));
  to->resources = s->resources;
  s->resources = six_resources_new(m);
  s->disposed = true;
  return six_object_value(&to->object);
}

static six_value disposed(struct six_machine *m, const struct six_args *a, enum six_class class_, const char *method) {
  struct stack *s = six_this_of(m, a, class_, method);
  return s ? six_boolean(s->disposed) : SIX_EXCEPTION;
}

#define METHODS(prefix, class_, name)                                                                                                     \
  static six_value prefix##_use(struct six_machine *m, const struct six_args *a) { return use(m, a, class_); }                            \
  static six_value prefix##_adopt(struct six_machine *m, const struct six_args *a) { return add_call(m, a, class_, "adopt", true); }      \
  static six_value prefix##_defer(struct six_machine *m, const struct six_args *a) { return add_call(m, a, class_, "defer", false); }     \
  static six_value prefix##_move(struct six_machine *m, const struct six_args *a) { return move(m, a, class_, SIX_I_##name##Prototype); } \
  static six_value prefix##_disposed(struct six_machine *m, const struct six_args *a) {                                                   \
    return disposed(m, a, class_, "get " #name ".prototype.disposed");                                                                    \
  }
METHODS(sync, SIX_CLASS_DISPOSABLE_STACK, DisposableStack)
METHODS(async, SIX_CLASS_ASYNC_DISPOSABLE_STACK, AsyncDisposableStack)
#undef METHODS

static six_value sync_dispose(struct six_machine *m, const struct six_args *a) {
  struct stack *s = six_this_of(m, a, SIX_CLASS_DISPOSABLE_STACK, "DisposableStack.prototype.dispose");
  if (!s) return SIX_EXCEPTION;
  if (s->disposed) return SIX_UNDEFINED;
  s->disposed = true;
  struct six_disposing d = {.error = SIX_UNDEFINED};
  six_value awaited;
  if (six_resources_dispose(m, s->resources, &d, &awaited) < 0) return SIX_EXCEPTION;
  return d.threw ? six_throw(m, d.error) : SIX_UNDEFINED;
}

// ---- disposeAsync: goes on from each await. Its state is a block of values.

enum { STATE_RESOURCES, STATE_PROMISE, STATE_THREW, STATE_ERROR, STATE_SIZE };

static void go_on(struct six_machine *m, struct six_values *state);

static void awaited_one(struct six_machine *m, six_value argument, bool rejected, six_value data) {
  struct six_values *state = six_as_pointer(data);
  size_t roots = six_roots_mark(m);
  six_root(m, data);
  if (rejected) {
    struct six_disposing d = {state->items[STATE_THREW] == SIX_TRUE, state->items[STATE_ERROR]};
    six_disposing_fail(m, &d, argument);
    state->items[STATE_THREW] = SIX_TRUE;
    state->items[STATE_ERROR] = d.error;
  }
  go_on(m, state);
  six_roots_release(m, roots);
}

static void go_on(struct six_machine *m, struct six_values *state) {
  struct six_disposing d = {state->items[STATE_THREW] == SIX_TRUE, state->items[STATE_ERROR]};
  struct six_promise *promise = six_as_promise(state->items[STATE_PROMISE]);
  for (;;) {
    six_value awaited;
    int more = six_resources_dispose(m, six_as_object(state->items[STATE_RESOURCES]), &d, &awaited);
    if (more < 0) return;
    if (more == 0) break;
    six_root(m, d.error);
    six_root(m, awaited);
    six_value inner = six_promise_resolve_value(m, awaited);
    if (m->stop) return;
    if (six_is_exception(inner)) {
      six_disposing_fail(m, &d, six_take_exception(m));
      continue;
    }
    state->items[STATE_THREW] = six_boolean(d.threw);
    state->items[STATE_ERROR] = d.error;
    six_promise_then_native(m, six_as_promise(inner), awaited_one, six_tagged(SIX_TAG_OBJECT, state));
    return;
  }
  if (d.threw) six_promise_reject(m, promise, d.error);
  else six_promise_resolve(m, promise, SIX_UNDEFINED);
}

static six_value async_dispose(struct six_machine *m, const struct six_args *a) {
  six_value promise = six_object_value(six_promise_new(m));
  six_root(m, promise);
  bool fits = six_is_class(a->this_value, SIX_CLASS_ASYNC_DISPOSABLE_STACK);
  struct stack *s = fits ? (struct stack *)six_as_object(a->this_value) : NULL;
  if (!s) six_throw_type(m, "Receiver is not an AsyncDisposableStack");
  if (!s) {
    if (m->stop) return SIX_EXCEPTION;
    six_promise_reject(m, six_as_promise(promise), six_take_exception(m));
    return promise;
  }
  if (s->disposed) {
    six_promise_resolve(m, six_as_promise(promise), SIX_UNDEFINED);
    return promise;
  }
  s->disposed = true;
  struct six_values *state = six_values_new(m, STATE_SIZE);
  state->count = STATE_SIZE;
  state->items[STATE_RESOURCES] = six_object_value(s->resources);
  state->items[STATE_PROMISE] = promise;
  state->items[STATE_THREW] = SIX_FALSE;
  state->items[STATE_ERROR] = SIX_UNDEFINED;
  six_root_values(m, state);
  go_on(m, state);
  return m->stop ? SIX_EXCEPTION : promise;
}

void six_init_disposable(struct six_machine *m) {
  static const struct six_native_def sync[] = {{"use", sync_use, 1, 0},     {"dispose", sync_dispose, 0, 0},
                                               {"adopt", sync_adopt, 2, 0}, {"defer", sync_defer, 1, 0},
                                               {"move", sync_move, 0, 0},   {"disposed", sync_disposed, 0, SIX_DEF_GETTER}};
  static const struct six_native_def async[] = {{"use", async_use, 1, 0},     {"disposeAsync", async_dispose, 0, 0},
                                                {"adopt", async_adopt, 2, 0}, {"defer", async_defer, 1, 0},
                                                {"move", async_move, 0, 0},   {"disposed", async_disposed, 0, SIX_DEF_GETTER}};
  struct six_object *proto = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  m->intrinsics[SIX_I_DisposableStackPrototype] = proto;
  m->intrinsics[SIX_I_DisposableStack] = six_constructor_new(m, "DisposableStack", stack_constructor, 0, proto);
  six_define_natives(m, proto, sync, SIX_COUNT(sync));
  six_define_alias(m, proto, SIX_SYMBOL(m, dispose), six_key_of_string(m, six_as_string(six_str(m, "dispose"))));
  six_define_tag(m, proto, "DisposableStack");
  proto = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  m->intrinsics[SIX_I_AsyncDisposableStackPrototype] = proto;
  m->intrinsics[SIX_I_AsyncDisposableStack] = six_constructor_new(m, "AsyncDisposableStack", async_stack_constructor, 0, proto);
  six_define_natives(m, proto, async, SIX_COUNT(async));
  six_define_alias(m, proto, SIX_SYMBOL(m, asyncDispose), six_key_of_string(m, six_as_string(six_str(m, "disposeAsync"))));
  six_define_tag(m, proto, "AsyncDisposableStack");
}
