#include "sim/machine/realm.h"

#include "sim/machine/machine.h"

struct six_object *six_intrinsic_slow(struct six_machine *m, enum six_intrinsic_id id) {
  typedef void init_fn(struct six_machine *);
  static init_fn *const inits[] = {
#define I(name, group) [SIX_I_##name] = six_init_##group,
      SIX_INTRINSICS(I)
#undef I
  };
  // Every object's prototype chain starts at these two, so they come first and together.
  if (!m->intrinsics[SIX_I_ObjectPrototype] && id != SIX_I_ObjectPrototype) six_intrinsic_slow(m, SIX_I_ObjectPrototype);
  if (!m->intrinsics[id]) inits[id](m);
  return m->intrinsics[id];
}
