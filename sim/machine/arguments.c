// machine: arguments objects (ECMA-262 10.4.4). Those of sloppy functions with simple parameters are mapped: while an
// index is mapped, its value is the parameter's slot in the function's environment.
#include "sim/machine/bytecode.h"
#include "sim/machine/interp.h"
#include "sim/machine/own.h"

struct arguments {
  struct six_object object;
  struct six_env *env;          // NULL: unmapped
  const uint32_t *param_slots;  // the code's
  uint64_t mapped;              // bit i: index i is mapped
};

void six_arguments_mark(struct six_machine *m, struct six_object *o) { six_mark_cell(m, (struct six_cell *)((struct arguments *)o)->env); }

static six_value *mapped_slot(struct six_object *o, six_key key) {
  struct arguments *a = (struct arguments *)o;
  if (!six_is_int(key) || (uint32_t)six_as_int(key) >= 64 || !(a->mapped >> six_as_int(key) & 1)) return NULL;
  return &a->env->slots[a->param_slots[six_as_int(key)]];
}

static void unmap(struct six_object *o, six_key key) { ((struct arguments *)o)->mapped &= ~((uint64_t)1 << six_as_int(key)); }

static int get_own(struct six_machine *m, struct six_object *o, six_key key, struct six_descriptor *out) {
  int found = six_ordinary_get_own(m, o, key, out);
  six_value *slot = mapped_slot(o, key);
  if (found > 0 && slot) out->value = *slot;
  return found;
}

static int define(struct six_machine *m, struct six_object *o, six_key key, const struct six_descriptor *d, bool throws) {
  struct six_descriptor full = *d;
  six_value *slot = mapped_slot(o, key);
  bool accessor = (d->has & (SIX_HAS_GET | SIX_HAS_SET)) != 0;
  bool read_only = (d->has & SIX_WRITABLE) && !(d->attrs & SIX_WRITABLE);
  if (slot && !accessor && !(d->has & SIX_HAS_VALUE) && read_only) {
    full.has |= SIX_HAS_VALUE;
    full.value = *slot;
  }
  int defined = six_ordinary_define_own(m, o, key, &full, throws);
  if (defined <= 0 || !slot) return defined;
  if (!accessor && (d->has & SIX_HAS_VALUE)) *slot = d->value;
  if (accessor || read_only) unmap(o, key);
  return defined;
}

static int delete_(struct six_machine *m, struct six_object *o, six_key key, bool throws) {
  int deleted = six_ordinary_delete(m, o, key, throws);
  if (deleted > 0 && mapped_slot(o, key)) unmap(o, key);
  return deleted;
}

static six_value get(struct six_machine *m, struct six_object *o, six_key key, six_value receiver) {
  six_value *slot = mapped_slot(o, key);
  return slot ? *slot : six_ordinary_get(m, o, key, receiver);
}

static int set(struct six_machine *m, struct six_object *o, six_key key, six_value v, six_value receiver, bool throws) {
  six_value *slot = receiver == six_object_value(o) ? mapped_slot(o, key) : NULL;
  int done = six_ordinary_set(m, o, key, v, receiver, throws);
  if (done > 0 && slot && mapped_slot(o, key)) *slot = v;
  return done;
}

const struct six_exotic six_arguments_exotic = {.get_own = get_own, .define = define, .delete_ = delete_, .get = get, .set = set};

// Each parameter's argument is mapped, but for one whose name a later parameter has again.
static void map_parameters(struct arguments *a, const struct six_frame *frame, struct six_env *env) {
  const struct six_code *code = frame->code;
  for (uint32_t i = 0; i < code->nparams && i < frame->argc && i < 64; i++) {
    if (code->param_slots[i] != UINT32_MAX) a->mapped |= (uint64_t)1 << i;
  }
  a->env = env;
  a->param_slots = code->param_slots;
  if (a->mapped) a->object.cell.flags |= SIX_OBJECT_EXOTIC;
}

six_value six_step_arguments(struct six_machine *m, const struct six_frame *frame, struct six_env *env) {
  const six_value *all = frame->registers + frame->code->nregs;
  struct arguments *a =
      (struct arguments *)six_object_new_class(m, SIX_CLASS_ARGUMENTS, sizeof *a, six_intrinsic(m, SIX_I_ObjectPrototype));
  struct six_object *o = &a->object;
  for (uint32_t i = 0; i < frame->argc; i++) six_define(m, o, six_int((int32_t)i), all[i], SIX_DATA_ALL);
  six_define(m, o, SIX_ATOM(m, length), six_int((int32_t)frame->argc), SIX_HIDDEN);
  if (frame->code->strict || !frame->code->param_slots) {
    six_value thrower = six_object_value(six_intrinsic(m, SIX_I_ThrowTypeError));
    six_define_accessor(m, o, SIX_ATOM(m, callee), thrower, thrower, 0);
  } else {
    six_define(m, o, SIX_ATOM(m, callee), six_object_value(frame->function), SIX_HIDDEN);
  }
  six_define(m, o, SIX_SYMBOL(m, iterator), six_object_value(six_intrinsic(m, SIX_I_ArrayValues)), SIX_HIDDEN);
  if (env) map_parameters(a, frame, env);
  return six_object_value(o);
}
