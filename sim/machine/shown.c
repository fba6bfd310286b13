// machine: host objects whose own properties are made when somebody looks at them (SIX_CLASS_SHOWN): what Node keeps in
// properties and the host elsewhere costs nothing until then. Whatever is looked at is ordinary afterwards.
#include "sim/machine/own.h"

static void show(struct six_machine *m, struct six_object *o, six_key key) {
  struct six_host_object *host = (struct six_host_object *)o;
  host->host_class->show(m, host->data, key);
}

static void changed(struct six_machine *m, struct six_object *o, six_key key) {
  struct six_host_object *host = (struct six_host_object *)o;
  host->host_class->changed(m, host->data, key);
}

static int get_own(struct six_machine *m, struct six_object *o, six_key key, struct six_descriptor *out) {
  show(m, o, key);
  return six_ordinary_get_own(m, o, key, out);
}

static int define(struct six_machine *m, struct six_object *o, six_key key, const struct six_descriptor *d, bool throws) {
  show(m, o, SIX_EMPTY);
  int done = six_ordinary_define_own(m, o, key, d, throws);
  if (done > 0) changed(m, o, key);
  return done;
}

static int has(struct six_machine *m, struct six_object *o, six_key key) {
  show(m, o, key);
  return six_ordinary_has(m, o, key);
}

static int delete_(struct six_machine *m, struct six_object *o, six_key key, bool throws) {
  show(m, o, SIX_EMPTY);
  return six_ordinary_delete(m, o, key, throws);
}

static six_value get(struct six_machine *m, struct six_object *o, six_key key, six_value receiver) {
  show(m, o, key);
  return six_ordinary_get(m, o, key, receiver);
}

static struct six_values *keys(struct six_machine *m, struct six_object *o) {
  show(m, o, SIX_EMPTY);
  return six_ordinary_keys(m, o);
}

const struct six_exotic six_shown_exotic = {.get_own = get_own, .define = define, .has = has, .delete_ = delete_, .get = get, .keys = keys};
