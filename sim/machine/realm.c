#include "sim/machine/realm.h"

#include <stdio.h>

#include "sim/machine/machine.h"

typedef void init_fn(struct six_machine *);

static init_fn *const inits[] = {
#define I(name, group) [SIX_I_##name] = six_init_##group,
    SIX_INTRINSICS(I)
#undef I
};

static const char *const names[] = {
#define I(name, group) [SIX_I_##name] = #name,
    SIX_INTRINSICS(I)
#undef I
};

// A class whose prototype is no intrinsic of its own brings it along.
static void arrange(struct six_machine *m, struct six_object *o, const char *name) {
  six_arrange(m, o, name);
  if (!(o->cell.flags & SIX_OBJECT_CONSTRUCTOR)) return;
  const six_value *prototype = six_own_slot(m, o, SIX_ATOM(m, prototype));
  char text[64];
  if (snprintf(text, sizeof text, "%sPrototype", name) >= (int)sizeof text) return;
  if (prototype && six_is_object(*prototype)) six_arrange(m, six_as_object(*prototype), text);
}

struct six_object *six_intrinsic_slow(struct six_machine *m, enum six_intrinsic_id id) {
  // Every object's prototype chain starts at these two, so they come first and together.
  if (!m->intrinsics[SIX_I_ObjectPrototype] && id != SIX_I_ObjectPrototype) six_intrinsic_slow(m, SIX_I_ObjectPrototype);
  if (m->intrinsics[id]) return m->intrinsics[id];
  inits[id](m);
  for (int i = 0; i < SIX_I_COUNT; i++) {
    if (inits[i] == inits[id] && m->intrinsics[i]) arrange(m, m->intrinsics[i], names[i]);
  }
  return m->intrinsics[id];
}
