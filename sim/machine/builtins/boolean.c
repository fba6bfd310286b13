// machine: Boolean (ECMA-262 20.3).
#include "sim/machine/builtins/builtin.h"

static struct six_object *box(struct six_machine *m, bool b, struct six_object *proto) {
  struct six_boxed *boxed = (struct six_boxed *)six_object_new_class(m, SIX_CLASS_BOOLEAN, sizeof *boxed, proto);
  boxed->value = six_boolean(b);
  return &boxed->object;
}

static six_value boolean_constructor(struct six_machine *m, const struct six_args *a) {
  bool b = six_to_boolean(six_arg(a, 0));
  if (six_is_undefined(a->new_target)) return six_boolean(b);
  struct six_object *proto = six_prototype_for(m, a, six_intrinsic(m, SIX_I_BooleanPrototype));
  return proto ? six_object_value(box(m, b, proto)) : SIX_EXCEPTION;
}

static six_value this_boolean(struct six_machine *m, const struct six_args *a, const char *method) {
  if (six_is_boolean(a->this_value)) return a->this_value;
  if (six_is_class(a->this_value, SIX_CLASS_BOOLEAN)) return ((struct six_boxed *)six_as_object(a->this_value))->value;
  return six_throw_type(m, "Boolean.prototype.%s requires that 'this' be a Boolean", method);
}

static six_value boolean_to_string(struct six_machine *m, const struct six_args *a) {
  six_value b = this_boolean(m, a, "toString");
  if (six_is_exception(b)) return b;
  return b == SIX_TRUE ? SIX_ATOM(m, true_) : SIX_ATOM(m, false_);
}

static six_value boolean_value_of(struct six_machine *m, const struct six_args *a) { return this_boolean(m, a, "valueOf"); }

static const struct six_native_def methods[] = {
    {"toString", boolean_to_string, 0, 0},
    {"valueOf", boolean_value_of, 0, 0},
};

void six_init_boolean(struct six_machine *m) {
  struct six_object *proto = box(m, false, six_intrinsic(m, SIX_I_ObjectPrototype));
  m->intrinsics[SIX_I_BooleanPrototype] = proto;
  m->intrinsics[SIX_I_Boolean] = six_constructor_new(m, "Boolean", boolean_constructor, 1, proto);
  six_define_natives(m, proto, methods, SIX_COUNT(methods));
}
