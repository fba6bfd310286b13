// machine: Function.prototype and bound functions (ECMA-262 20.2, 10.4.1).
#include "sim/machine/builtins/builtin.h"
#include "sim/machine/classes.h"
#include "sim/machine/eval.h"
#include "sim/machine/interp.h"

void six_bound_mark(struct six_machine *m, struct six_object *o) {
  struct six_bound *bound = (struct six_bound *)o;
  six_mark_value(m, bound->target);
  six_mark_value(m, bound->bound_this);
  if (bound->args) six_mark_cell(m, &bound->args->cell);
}

static six_value nothing(struct six_machine *m, const struct six_args *a) {
  (void)m;
  (void)a;
  return SIX_UNDEFINED;
}

static six_value function_constructor(struct six_machine *m, const struct six_args *a) {
  return six_function_from_text(m, a, "function", SIX_I_FunctionPrototype);
}

static six_value throw_type_error(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_throw_type(m,
                        "'caller', 'callee', and 'arguments' properties may not be accessed on strict mode functions or "
                        "the arguments objects for calls to them");
}

// The `caller` and `arguments` of sloppy functions, which V8 keeps on each: nobody is told.
static six_value legacy_get(struct six_machine *m, const struct six_args *a) {
  if (!six_is_class(a->this_value, SIX_CLASS_FUNCTION)) return throw_type_error(m, a);
  const struct six_code *code = ((struct six_function *)six_as_object(a->this_value))->code;
  bool plain = !code->strict && !code->arrow && !code->method && code->kind == SIX_KIND_NORMAL;
  return plain ? SIX_NULL : throw_type_error(m, a);
}

static six_value legacy_set(struct six_machine *m, const struct six_args *a) {
  return six_is_null(legacy_get(m, a)) ? SIX_UNDEFINED : SIX_EXCEPTION;
}

static six_value throw_this(struct six_machine *m, const struct six_args *a, const char *method) {
  if (m->rules->cell[SIX_RULE_V8_WORDS] < 7) return six_throw_own_callee(m, six_object_value(a->callee));
  return six_throw_apply(m, method, a->this_value);
}

static six_value function_call(struct six_machine *m, const struct six_args *a) {
  if (!six_is_callable(a->this_value)) return throw_this(m, a, "call");
  int argc = a->argc > 1 ? a->argc - 1 : 0;
  return six_call(m, a->this_value, six_arg(a, 0), argc, a->argv + 1);
}

static six_value function_apply(struct six_machine *m, const struct six_args *a) {
  if (!six_is_callable(a->this_value)) return throw_this(m, a, "apply");
  if (six_is_nullish(six_arg(a, 1))) return six_call(m, a->this_value, six_arg(a, 0), 0, NULL);
  struct six_values *list = six_list_from(m, a->argv[1]);
  if (!list) return SIX_EXCEPTION;
  return six_call(m, a->this_value, a->argv[0], (int)list->count, list->items);
}

// The length of a bound function (20.2.3.2, steps 4 to 8). false on exception.
static bool bound_length(struct six_machine *m, struct six_object *target, int bound_args, six_value *out) {
  *out = six_int(0);
  int has = six_has_own(m, target, SIX_ATOM(m, length));
  if (has <= 0) return has == 0;
  six_value length = six_get(m, target, SIX_ATOM(m, length));
  if (six_is_exception(length)) return false;
  if (!six_is_number(length)) return true;
  double d;
  if (!six_to_integer(m, length, &d)) return false;
  if (d > bound_args) *out = six_number(d - bound_args);
  return true;
}

static six_value bound_name(struct six_machine *m, struct six_object *target) {
  six_value name = six_get(m, target, SIX_ATOM(m, name));
  if (six_is_exception(name)) return name;
  struct six_string *bound = six_intern_ascii(m, "bound ", true);
  return six_is_string(name) ? six_string_concat(m, bound, six_as_string(name)) : six_string_value(bound);
}

static six_value function_bind(struct six_machine *m, const struct six_args *a) {
  if (!six_is_callable(a->this_value)) return six_throw_type(m, "Bind must be called on a function");
  struct six_object *target = six_as_object(a->this_value), *proto;
  if (!six_get_prototype_of(m, target, &proto)) return SIX_EXCEPTION;
  struct six_bound *bound = (struct six_bound *)six_object_new_class(m, SIX_CLASS_BOUND, sizeof *bound, proto);
  six_value value = six_object_value(&bound->object);
  six_root(m, value);
  bound->object.cell.flags |= SIX_OBJECT_CALLABLE;
  if (six_is_constructor(a->this_value)) bound->object.cell.flags |= SIX_OBJECT_CONSTRUCTOR;
  int count = a->argc > 1 ? a->argc - 1 : 0;
  bound->target = a->this_value;
  bound->bound_this = six_arg(a, 0);
  bound->args = six_values_new(m, (uint32_t)count);
  for (int i = 0; i < count; i++) bound->args->items[bound->args->count++] = a->argv[i + 1];
  six_value length;
  if (!bound_length(m, target, count, &length)) return SIX_EXCEPTION;
  six_define(m, &bound->object, SIX_ATOM(m, length), length, SIX_CONFIGURABLE);
  six_value name = bound_name(m, target);
  if (six_is_exception(name)) return name;
  six_define(m, &bound->object, SIX_ATOM(m, name), name, SIX_CONFIGURABLE);
  return value;
}

static six_value native_source(struct six_machine *m, struct six_object *function) {
  struct six_builder b = {0};
  six_builder_ascii(m, &b, "function ");
  if (function->cell.class_ == SIX_CLASS_NATIVE) six_builder_string(m, &b, six_function_name(m, function));
  six_builder_ascii(m, &b, "() { [native code] }");
  return six_builder_finish(m, &b);
}

static six_value function_to_string(struct six_machine *m, const struct six_args *a) {
  if (!six_is_callable(a->this_value)) return six_throw_type(m, "Function.prototype.toString requires that 'this' be a Function");
  if (six_is_class(a->this_value, SIX_CLASS_FUNCTION)) return six_function_source(m, a->this_value);
  return native_source(m, six_as_object(a->this_value));
}

static six_value function_has_instance(struct six_machine *m, const struct six_args *a) {
  int yes = six_ordinary_has_instance(m, a->this_value, six_arg(a, 0));
  return yes < 0 ? SIX_EXCEPTION : six_boolean(yes);
}

static const struct six_native_def methods[] = {
    {"apply", function_apply, 2, SIX_DEF_FRAMELESS},
    {"bind", function_bind, 1, 0},
    {"call", function_call, 1, SIX_DEF_FRAMELESS},
    {"toString", function_to_string, 0, 0},
};

static struct six_object *prototype_new(struct six_machine *m) {
  struct six_native_function *f =
      (struct six_native_function *)six_object_new_class(m, SIX_CLASS_NATIVE, sizeof *f, six_intrinsic(m, SIX_I_ObjectPrototype));
  f->object.cell.flags |= SIX_OBJECT_CALLABLE;
  f->native = nothing;
  f->data[0] = f->data[1] = SIX_UNDEFINED;
  six_define(m, &f->object, SIX_ATOM(m, length), six_int(0), SIX_CONFIGURABLE);
  six_define(m, &f->object, SIX_ATOM(m, name), six_str(m, ""), SIX_CONFIGURABLE);
  return &f->object;
}

void six_init_function(struct six_machine *m) {
  six_intrinsic(m, SIX_I_ObjectPrototype);  // its constructor asks for this group first
  if (m->intrinsics[SIX_I_FunctionPrototype]) return;
  struct six_object *proto = prototype_new(m);
  m->intrinsics[SIX_I_FunctionPrototype] = proto;
  six_value thrower = six_object_value(six_native_new(m, throw_type_error, six_str(m, ""), 0, SIX_UNDEFINED, SIX_UNDEFINED));
  m->intrinsics[SIX_I_ThrowTypeError] = six_as_object(thrower);
  six_value get = six_object_value(six_native_new(m, legacy_get, six_str(m, ""), 0, SIX_UNDEFINED, SIX_UNDEFINED));
  six_value set = six_object_value(six_native_new(m, legacy_set, six_str(m, ""), 1, SIX_UNDEFINED, SIX_UNDEFINED));
  six_define_accessor(m, proto, SIX_ATOM(m, arguments), get, set, SIX_CONFIGURABLE);
  six_define_accessor(m, proto, six_string_value(six_intern_ascii(m, "caller", true)), get, set, SIX_CONFIGURABLE);
  m->intrinsics[SIX_I_Function] = six_constructor_new(m, "Function", function_constructor, 1, proto);
  six_define_natives(m, proto, methods, SIX_COUNT(methods));
  struct six_object *has_instance = six_native_new(m, function_has_instance, SIX_SYMBOL(m, hasInstance), 1, SIX_UNDEFINED, SIX_UNDEFINED);
  six_define(m, proto, SIX_SYMBOL(m, hasInstance), six_object_value(has_instance), 0);
}
