// machine: functions and calling. Natives, closures, errors thrown from C.
#ifndef SIX_MACHINE_FUNCTION_H
#define SIX_MACHINE_FUNCTION_H

#include "sim/machine/convert.h"

// What a native is called with. argv is on the VM's stack (rooted) and has `argc` values.
struct six_args {
  six_value this_value;
  six_value new_target;  // SIX_UNDEFINED unless constructing
  struct six_object *callee;
  six_value *argv;
  int argc;
  bool unused;  // the caller drops the result: an object that only the program could look at need not be made
};
static inline six_value six_arg(const struct six_args *a, int i) { return i < a->argc ? a->argv[i] : SIX_UNDEFINED; }

// A receiver that is made when somebody looks at it: six_lazy_this_value may be given to six_call as `this`. It must live
// until six_call returns. `make` never runs JavaScript; it is called once at most.
struct six_lazy_this {
  six_value (*make)(struct six_machine *m, struct six_lazy_this *self);
};
static inline six_value six_lazy_this_value(const struct six_lazy_this *self) { return six_tagged(SIX_TAG_LAZY, self); }
static inline six_value six_made_this(struct six_machine *m, six_value *this_value) {
  if (__builtin_expect(six_is_lazy(*this_value), 0)) {
    struct six_lazy_this *self = six_as_pointer(*this_value);
    *this_value = self->make(m, self);
  }
  return *this_value;
}

// Returns the result, or SIX_EXCEPTION with machine->exception set.
typedef six_value six_native(struct six_machine *m, const struct six_args *args);

enum {
  SIX_DEF_GETTER = 1,  // an accessor's getter; name without "get "
  SIX_DEF_SETTER = 2,
  SIX_DEF_CONSTRUCTOR = 4,  // may be called with new
  SIX_DEF_ENUMERABLE = 8,
  SIX_DEF_FRAMELESS = 16,  // SIX_OBJECT_FRAMELESS
};

// A row of a native table: {"map", array_map, 1, 0}. A name "@@iterator" is the well-known symbol.
struct six_native_def {
  const char *name;
  six_native *native;
  uint8_t length;
  uint8_t flags;
};

struct six_native_function {
  struct six_object object;
  six_native *native;
  six_value data[2];  // closures of C code: resolving functions, finally thunks, ...
};

// bind(): calls and constructs go to `target` with `args` first.
struct six_bound {
  struct six_object object;
  six_value target, bound_this;
  struct six_values *args;
};

// Puts each row on `o` as a hidden (writable, configurable) property; functions are made when first read.
void six_define_natives(struct six_machine *m, struct six_object *o, const struct six_native_def *defs, size_t count);

// A fresh native function. `name` is a string value or symbol.
struct six_object *six_native_new(struct six_machine *m, six_native *native, six_value name, int length, six_value data0, six_value data1);
static inline struct six_native_function *six_as_native(struct six_object *o) { return (struct six_native_function *)o; }

// A constructor with its prototype property set both ways (hidden constructor, frozen prototype).
struct six_object *six_constructor_new(struct six_machine *m, const char *name, six_native *native, int length,
                                       struct six_object *prototype);

// GetPrototypeFromConstructor for natives called with new: new_target.prototype, else the intrinsic. NULL on exception. [JS]
struct six_object *six_prototype_for(struct six_machine *m, const struct six_args *args, struct six_object *fallback);

// Calls. [JS] argv need not be rooted by the caller. Result or SIX_EXCEPTION.
six_value six_call(struct six_machine *m, six_value function, six_value this_value, int argc, const six_value *argv);
six_value six_construct(struct six_machine *m, six_value function, int argc, const six_value *argv, six_value new_target);
six_value six_invoke(struct six_machine *m, six_value v, six_key name, int argc, const six_value *argv);  // v[name](...)
// GetMethod: SIX_UNDEFINED for undefined/null; TypeError when not callable. [JS]
six_value six_get_method(struct six_machine *m, six_value v, six_key key);
// SpeciesConstructor. [JS]
six_value six_species(struct six_machine *m, struct six_object *o, six_value default_constructor);

// [[Call]] and [[Construct]] of callable proxies (builtins/proxy.c): six_call and six_construct hand them over. [JS]
six_value six_proxy_call(struct six_machine *m, struct six_object *proxy, six_value this_value, int argc, const six_value *argv);
six_value six_proxy_construct(struct six_machine *m, struct six_object *proxy, int argc, const six_value *argv, six_value new_target);

// Throwing: each sets machine->exception and returns SIX_EXCEPTION. The text is UTF-8, worded as V8 words it.
six_value six_throw(struct six_machine *m, six_value v);
six_value six_throw_type(struct six_machine *m, const char *format, ...) __attribute__((format(printf, 2, 3)));
six_value six_throw_range(struct six_machine *m, const char *format, ...) __attribute__((format(printf, 2, 3)));
six_value six_throw_reference(struct six_machine *m, const char *format, ...) __attribute__((format(printf, 2, 3)));
six_value six_throw_syntax(struct six_machine *m, const char *format, ...) __attribute__((format(printf, 2, 3)));
// Ends the run with status 69: "<what> is not supported". Cannot be caught by the program.
six_value six_throw_unsupported(struct six_machine *m, const char *what);
// An Error object of a constructor's prototype (SIX_I_ErrorPrototype, SIX_I_TypeErrorPrototype, ...) with message and stack.
struct six_object *six_error_new(struct six_machine *m, int prototype_intrinsic, six_value message);
// Sets error.stack ("Name: message\n    at f (file:line:col)...") as of now, skipping frames above `until` if callable. [V8
// captureStackTrace]
void six_error_capture_stack(struct six_machine *m, struct six_object *error, six_value until);
// Own properties for a stack to come, first of the object: `stack` and, hidden behind it, its frames.
void six_error_reserve_stack(struct six_machine *m, struct six_object *error);
// Sets error.stack to its header ("Name: message") and `frames` (six_stack_capture's). As in Node both are put into words
// when the stack is first read, unless making the header runs JavaScript. [JS] (then)
void six_error_install_stack(struct six_machine *m, struct six_object *error, struct six_values *frames);
// The error is one of Node's own: its stack's header shows its `code` ("TypeError [CODE]: message").
void six_error_show_code(struct six_machine *m, struct six_object *error);
// The mark of such a stack's lazy slot, and its part of six_materialize.
extern const struct six_native_def six_stack_def;
six_value six_stack_materialize(struct six_machine *m, six_value *slot);
// The frames of the running code, innermost first, then those that await it and the host's: at most m->stack_trace_limit.
// Frames above the call of `until` are left out if it is an object. (stack.c)
struct six_values *six_stack_capture(struct six_machine *m, six_value until);
// The same of who waits for a promise that the host is about to settle: a row of the host above them.
struct six_values *six_stack_capture_waiting(struct six_machine *m, int32_t row, six_value promise);
// ... as text: "\n    at f (file:line:col)" each.
// The name that V8 infers for a function that has none (sim/program/infer.h), or "". It stays the code's.
struct six_code;
const char *six_inferred_name(struct six_machine *m, struct six_code *code);

void six_stack_write(struct six_machine *m, const struct six_values *frames, struct six_text *out);
// The host's row of the innermost captured frame of an error whose stack nobody has read yet; -1: none.
int32_t six_stack_first_row(const struct six_values *frames);
int32_t six_error_host_row(struct six_machine *m, struct six_object *error);

// Takes the pending exception (machine->exception) and clears it. Not for terminations: check six_is_terminating first.
six_value six_take_exception(struct six_machine *m);
bool six_is_terminating(const struct six_machine *m);  // a budget, process.exit or an unsupported construct ends the run: unwind

// The source text of a closure of compiled code, as Function.prototype.toString gives it.
six_value six_function_source(struct six_machine *m, six_value function);

// How V8 shows a callee or a value in messages ("x.y is not a function", "undefined is not iterable"): UTF-8 into `out`.
void six_describe_value(struct six_machine *m, six_value v, struct six_text *out);

// Iteration protocol (7.4), with a fast path for arrays whose iterator is the built-in one. [JS]
struct six_iterator {
  six_value iterator, next;  // rooted by six_iterator_open until the native returns
  struct six_object *array;  // fast path: the array, else NULL
  uint32_t index;
  bool done;
};
bool six_iterator_open(struct six_machine *m, six_value iterable, struct six_iterator *it);  // false on exception
int six_iterator_step(struct six_machine *m, struct six_iterator *it, six_value *value);     // 1 a value, 0 done, -1 exception
void six_iterator_close(struct six_machine *m, struct six_iterator *it);        // after an abrupt completion: keeps the pending exception
int six_iterator_close_normal(struct six_machine *m, struct six_iterator *it);  // -1 exception
struct six_object *six_iter_result(struct six_machine *m, six_value value, bool done);  // CreateIterResultObject

#endif
