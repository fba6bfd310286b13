// machine: Error and its kinds (ECMA-262 20.5), with V8's captureStackTrace.
#include "sim/machine/builtins/builtin.h"

// Brings m->stack_trace_limit up to Error.stackTraceLimit.
static void sync_limit(struct six_machine *m) {
  six_key key = six_string_value(six_intern_ascii(m, "stackTraceLimit", true));
  six_value *slot = six_own_slot(m, six_intrinsic(m, SIX_I_Error), key);
  double d = slot && six_is_number(*slot) ? six_as_number(*slot) : 0;
  m->stack_trace_limit = d > 0 ? (d < 200 ? (int32_t)d : 200) : 0;
}

// Where a stack trace begins: frames down to the constructor that called Error are left out.
static six_value capture_until(const struct six_args *a) {
  return six_is_class(a->new_target, SIX_CLASS_FUNCTION) ? a->new_target : SIX_UNDEFINED;
}

// InstallErrorCause (20.5.8.1). false on exception.
static bool install_cause(struct six_machine *m, struct six_object *o, six_value options) {
  if (!six_is_object(options)) return true;
  int has = six_has_property(m, six_as_object(options), SIX_ATOM(m, cause));
  if (has <= 0) return has == 0;
  six_value cause = six_get(m, six_as_object(options), SIX_ATOM(m, cause));
  if (six_is_exception(cause)) return false;
  six_define(m, o, SIX_ATOM(m, cause), cause, SIX_HIDDEN);
  return true;
}

// The object of any of the constructors; NULL on exception.
static struct six_object *error_object(struct six_machine *m, const struct six_args *a, struct six_object *fallback, six_value message,
                                       six_value options) {
  struct six_object *proto = six_is_undefined(a->new_target) ? fallback : six_prototype_for(m, a, fallback);
  if (!proto) return NULL;
  struct six_object *o = six_object_new_class(m, SIX_CLASS_ERROR, sizeof *o, proto);
  six_root(m, six_object_value(o));
  six_define(m, o, SIX_ATOM(m, stack), SIX_UNDEFINED, SIX_HIDDEN); // V8's order of own keys: stack first
  if (!six_is_undefined(message)) {
    six_value text = six_to_string_value(m, message);
    if (six_is_exception(text)) return NULL;
    six_define(m, o, SIX_ATOM(m, message), text, SIX_HIDDEN);
  }
  if (!install_cause(m, o, options)) return NULL;
  sync_limit(m);
  six_error_capture_stack(m, o, capture_until(a));
  return o;
}

static six_value error_constructor(struct six_machine *m, const struct six_args *a) {
  int id = six_as_int(six_as_native(a->callee)->data[0]);
  struct six_object *o = error_object(m, a, six_intrinsic(m, (enum six_intrinsic_id)id), six_arg(a, 0), six_arg(a, 1));
  return o ? six_object_value(o) : SIX_EXCEPTION;
}

static six_value aggregate_constructor(struct six_machine *m, const struct six_args *a) {
  struct six_object *fallback = six_intrinsic(m, SIX_I_AggregateErrorPrototype);
  struct six_object *o = error_object(m, a, fallback, six_arg(a, 1), six_arg(a, 2));
  if (!o) return SIX_EXCEPTION;
  struct six_object *errors = six_array_new(m, 4);
  six_root(m, six_object_value(errors));
  struct six_iterator it;
  if (!six_open_iterable(m, six_arg(a, 0), &it)) return SIX_EXCEPTION;
  for (;;) {
    six_value v;
    int step = six_iterator_step(m, &it, &v);
    if (step < 0) return SIX_EXCEPTION;
    if (step == 0) break;
    six_array_push(m, errors, v);
  }
  six_define(m, o, SIX_ATOM(m, errors), six_object_value(errors), SIX_HIDDEN);
  return six_object_value(o);
}

// A string property of an error with its default; NULL on exception.
static struct six_string *text_of(struct six_machine *m, struct six_object *o, six_key key, const char *fallback) {
  six_value v = six_get(m, o, key);
  if (six_is_exception(v)) return NULL;
  if (six_is_undefined(v)) v = six_str(m, fallback);
  struct six_string *s = six_to_string(m, v);
  if (s) six_root(m, six_string_value(s));
  return s;
}

six_value six_error_to_string(struct six_machine *m, six_value error) {
  struct six_object *o = six_as_object(error);
  struct six_string *name = text_of(m, o, SIX_ATOM(m, name), "Error");
  if (!name) return SIX_EXCEPTION;
  struct six_string *message = text_of(m, o, SIX_ATOM(m, message), "");
  if (!message) return SIX_EXCEPTION;
  if (name->length == 0) return six_string_value(message);
  if (message->length == 0) return six_string_value(name);
  struct six_builder b = {0};
  six_builder_string(m, &b, name);
  six_builder_ascii(m, &b, ": ");
  six_builder_string(m, &b, message);
  return six_builder_finish(m, &b);
}

static six_value error_to_string(struct six_machine *m, const struct six_args *a) {
  if (!six_is_object(a->this_value)) return six_throw_receiver(m, "Error.prototype.toString", a->this_value);
  return six_error_to_string(m, a->this_value);
}

static six_value error_capture_stack_trace(struct six_machine *m, const struct six_args *a) {
  if (!six_is_object(six_arg(a, 0))) return six_throw_type(m, "invalid_argument");
  struct six_object *o = six_as_object(a->argv[0]);
  int extensible = six_is_extensible(m, o);
  if (extensible < 0) return SIX_EXCEPTION;
  if (!extensible) return six_throw_type(m, "Cannot define property stack, object is not extensible");
  sync_limit(m);
  six_error_capture_stack(m, o, six_is_callable(six_arg(a, 1)) ? a->argv[1] : SIX_UNDEFINED);
  return SIX_UNDEFINED;
}

static const struct six_native_def statics[] = {{"captureStackTrace", error_capture_stack_trace, 2, 0}};

static const struct six_native_def methods[] = {{"toString", error_to_string, 0, 0}};

static void make_kind(struct six_machine *m, const char *name, int prototype_id, six_native *native, int length, struct six_object *proto_of_proto) {
  struct six_object *proto = six_object_new(m, proto_of_proto);
  struct six_object *constructor = six_constructor_new(m, name, native, length, proto);
  six_as_native(constructor)->data[0] = six_int(prototype_id);
  m->intrinsics[prototype_id] = proto;
  m->intrinsics[prototype_id + 1] = constructor;
  six_define(m, proto, SIX_ATOM(m, name), six_str(m, name), SIX_HIDDEN);
  six_define(m, proto, SIX_ATOM(m, message), six_str(m, ""), SIX_HIDDEN);
}

void six_init_error(struct six_machine *m) {
  static const struct {
    const char *name;
    int prototype_id; // the constructor's id follows it
  } kinds[] = {
      {"TypeError", SIX_I_TypeErrorPrototype},     {"RangeError", SIX_I_RangeErrorPrototype}, {"SyntaxError", SIX_I_SyntaxErrorPrototype},
      {"ReferenceError", SIX_I_ReferenceErrorPrototype}, {"EvalError", SIX_I_EvalErrorPrototype}, {"URIError", SIX_I_URIErrorPrototype},
  };
  make_kind(m, "Error", SIX_I_ErrorPrototype, error_constructor, 1, six_intrinsic(m, SIX_I_ObjectPrototype));
  struct six_object *error = m->intrinsics[SIX_I_Error], *proto = m->intrinsics[SIX_I_ErrorPrototype];
  six_define_natives(m, error, statics, SIX_COUNT(statics));
  six_put(m, error, "stackTraceLimit", six_int(10));
  six_define_natives(m, proto, methods, SIX_COUNT(methods));
  for (size_t i = 0; i < SIX_COUNT(kinds); i++) {
    make_kind(m, kinds[i].name, kinds[i].prototype_id, error_constructor, 1, proto);
    six_set_prototype(m, m->intrinsics[kinds[i].prototype_id + 1], error, false);
  }
  make_kind(m, "AggregateError", SIX_I_AggregateErrorPrototype, aggregate_constructor, 2, proto);
  six_set_prototype(m, m->intrinsics[SIX_I_AggregateError], error, false);
}
