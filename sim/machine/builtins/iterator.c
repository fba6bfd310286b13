// machine: %IteratorPrototype% and %AsyncIteratorPrototype% (ECMA-262 27.1.2, 27.1.3).
#include "sim/machine/builtins/builtin.h"

static six_value return_this(struct six_machine *m, const struct six_args *a) {
  (void)m;
  return a->this_value;
}

void six_init_iterator(struct six_machine *m) {
  static const struct six_native_def rows[] = {{"@@iterator", return_this, 0, 0}};
  static const struct six_native_def async_rows[] = {{"@@asyncIterator", return_this, 0, 0}};
  struct six_object *object_prototype = six_intrinsic(m, SIX_I_ObjectPrototype);
  struct six_object *proto = six_object_new(m, object_prototype), *async = six_object_new(m, object_prototype);
  m->intrinsics[SIX_I_IteratorPrototype] = proto;
  m->intrinsics[SIX_I_AsyncIteratorPrototype] = async;
  six_define_natives(m, proto, rows, SIX_COUNT(rows));
  six_define_natives(m, async, async_rows, SIX_COUNT(async_rows));
}
