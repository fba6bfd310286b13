// Inline caches: the slow path of property access by a fixed name, which decides what may be cached.
//
// A cached read of an own property needs its receiver's shape only. One from a prototype also needs that no prototype
// has changed since (machine->proto_epoch), and so has the addition of a property (no setter may have appeared).
#include "sim/machine/interp.h"

static bool cacheable(const struct six_object *o) { return !(o->cell.flags & SIX_OBJECT_EXOTIC) && !six_shape_is_dictionary(o->shape); }

// Finds a plain data slot along ordinary prototypes; `holder` is NULL for an own one. false: do it the general way.
static bool find_data(struct six_machine *m, struct six_object *o, six_key key, struct six_object **holder, int32_t *slot) {
  for (struct six_object *at = o; at; at = at->shape->proto) {
    if (at->cell.flags & SIX_OBJECT_EXOTIC) return false;
    if (at->cell.class_ == SIX_CLASS_ARRAY && key == SIX_ATOM(m, length)) return false;
    uint32_t attrs;
    *slot = six_shape_look(at->shape, key, &attrs);
    if (*slot < 0) continue;
    *holder = at == o ? NULL : at;
    return !(attrs & SIX_ACCESSOR);
  }
  return false;
}

static six_value get_from_object(struct six_machine *m, struct six_ic *ic, struct six_object *o) {
  struct six_object *holder;
  int32_t slot;
  if (six_is_int(ic->key) || !find_data(m, o, ic->key, &holder, &slot)) return six_get(m, o, ic->key);
  struct six_object *at = holder ? holder : o;
  six_value v = at->slots[slot];
  if (six_is_lazy(v)) v = six_materialize(m, &at->slots[slot]);
  // An error's stack is made when it is read: of two errors with one shape, one may have it and the other not.
  if (cacheable(o) && !(holder && six_shape_is_dictionary(holder->shape)) && ic->key != SIX_ATOM(m, stack)) {
    *ic = (struct six_ic){.key = ic->key, .shape = o->shape, .holder = holder, .slot = (uint32_t)slot, .epoch = m->proto_epoch};
  }
  return v;
}

six_value six_ic_get(struct six_machine *m, struct six_ic *ic, six_value object, const struct six_node *node) {
  (void)node;
  m->effort += 4;
  if (six_is_object(object)) return get_from_object(m, ic, six_as_object(object));
  return six_get_v(m, object, ic->key);
}

int six_ic_set(struct six_machine *m, struct six_ic *ic, six_value object, six_value v, bool strict, const struct six_node *node) {
  (void)node;
  m->effort += 6;
  if (!six_is_object(object) || six_is_int(ic->key)) return six_set_v(m, object, ic->key, v, strict);
  struct six_object *o = six_as_object(object);
  struct six_shape *before = o->shape;
  int done = six_set_with(m, o, ic->key, v, object, strict);
  if (done <= 0 || !cacheable(o) || (o->cell.class_ == SIX_CLASS_ARRAY && ic->key == SIX_ATOM(m, length))) return done;
  uint32_t attrs;
  int32_t slot = six_shape_look(o->shape, ic->key, &attrs);
  if (slot < 0 || (attrs & (SIX_ACCESSOR | SIX_WRITABLE)) != SIX_WRITABLE) return done;
  if (before == o->shape) {
    *ic = (struct six_ic){.key = ic->key, .shape = before, .slot = (uint32_t)slot};
  } else if (!six_shape_is_dictionary(before) && (uint32_t)slot == before->count && o->shape->count == before->count + 1 &&
             o->shape->proto == before->proto && !(o->cell.flags & (SIX_OBJECT_IS_PROTO | SIX_OBJECT_NOT_EXTENSIBLE))) {
    *ic = (struct six_ic){.key = ic->key, .shape = before, .next = o->shape, .slot = (uint32_t)slot, .epoch = m->proto_epoch};
  }
  return done;
}

void six_ic_define(struct six_machine *m, struct six_ic *ic, struct six_object *o, six_value v) {
  struct six_shape *before = o->shape;
  uint32_t attrs;
  bool had = six_shape_look(before, ic->key, &attrs) >= 0;
  if (had && (attrs & SIX_ACCESSOR || (attrs & SIX_DATA_ALL) != SIX_DATA_ALL)) {
    six_create_data(m, o, ic->key, v);
    return;
  }
  six_define(m, o, ic->key, v, SIX_DATA_ALL);
  if (had || !cacheable(o) || six_shape_is_dictionary(before)) return;
  int32_t slot = six_shape_look(o->shape, ic->key, &attrs);
  if (slot >= 0 && (uint32_t)slot == before->count) {
    *ic = (struct six_ic){.key = ic->key, .shape = before, .next = o->shape, .slot = (uint32_t)slot};
  }
}

six_value six_ic_get_global(struct six_machine *m, struct six_ic *ic, bool soft) {
  struct six_object *global = six_intrinsic(m, SIX_I_Global);
  uint32_t attrs;
  int32_t slot = six_shape_look(global->shape, ic->key, &attrs);
  if (slot >= 0 && !(attrs & SIX_ACCESSOR)) {
    if (six_is_lazy(global->slots[slot])) six_materialize(m, &global->slots[slot]);
    if (cacheable(global)) *ic = (struct six_ic){.key = ic->key, .shape = global->shape, .slot = (uint32_t)slot};
    return global->slots[slot];
  }
  int has = six_has_property(m, global, ic->key);
  if (has < 0) return SIX_EXCEPTION;
  if (has) return six_get(m, global, ic->key);
  if (m->stop) return SIX_EXCEPTION;
  if (soft) return SIX_UNDEFINED;
  struct six_text text = {0};
  six_string_to_utf8(m, six_as_string(ic->key), &text);
  six_throw_reference(m, "%s is not defined", text.bytes ? text.bytes : "");
  six_text_done(&text);
  return SIX_EXCEPTION;
}

int six_ic_set_global(struct six_machine *m, struct six_ic *ic, six_value v, bool strict) {
  struct six_object *global = six_intrinsic(m, SIX_I_Global);
  if (strict) {
    int has = six_has_property(m, global, ic->key);
    if (has < 0) return -1;
    if (!has) {
      struct six_text text = {0};
      six_string_to_utf8(m, six_as_string(ic->key), &text);
      six_throw_reference(m, "%s is not defined", text.bytes ? text.bytes : "");
      six_text_done(&text);
      return -1;
    }
  }
  return six_ic_set(m, ic, six_object_value(global), v, strict, NULL);
}
