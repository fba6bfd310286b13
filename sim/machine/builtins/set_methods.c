// machine: the methods of Set that take another set-like (ECMA-262 24.2.4.5 and the like).
#include "sim/machine/builtins/builtin.h"
#include "sim/machine/builtins/collections.h"
#include "sim/machine/builtins/iterator_parts.h"

static struct six_table *table_of(struct six_object *o) { return &((struct six_collection *)o)->table; }

struct record {  // a Set Record (24.2.1.2), rooted
  six_value set, has, keys;
  double size;
};

// GetSetRecord. V8 names the property where it means its value.
static bool record_of(struct six_machine *m, six_value v, const char *method, struct record *r) {
  if (!six_is_object(v)) {
    six_throw_type(m, "%s argument must be an object", method);
    return false;
  }
  struct six_object *o = six_as_object(v);
  r->set = v;
  six_value size = six_get(m, o, SIX_ATOM(m, size));
  if (six_is_exception(size) || !six_to_number(m, size, &r->size)) return false;
  if (isnan(r->size)) {
    six_throw_type(m, "The .size property is NaN");
    return false;
  }
  r->size = trunc(r->size);
  if (r->size < 0) {
    char text[32];
    six_number_to_chars(r->size, text);
    six_throw_range(m, "'%s' is an invalid size", text);
    return false;
  }
  r->has = six_get(m, o, SIX_ATOM(m, has));
  if (six_is_exception(r->has)) return false;
  six_root(m, r->has);
  r->keys = six_is_callable(r->has) ? six_get(m, o, SIX_ATOM(m, keys)) : SIX_UNDEFINED;
  if (six_is_exception(r->keys)) return false;
  six_root(m, r->keys);
  if (six_is_callable(r->has) && six_is_callable(r->keys)) return true;
  six_throw_type(m, "string \"%s\" is not a function", six_is_callable(r->has) ? "keys" : "has");
  return false;
}

static int has_item(struct six_machine *m, const struct record *r, six_value item) {
  six_value v = six_call(m, r->has, r->set, 1, &item);
  return six_is_exception(v) ? -1 : six_to_boolean(v);
}

static bool open_keys(struct six_machine *m, const struct record *r, struct six_iteration *keys) {
  keys->iterator = six_call(m, r->keys, r->set, 0, NULL);
  if (six_is_exception(keys->iterator)) return false;
  if (!six_is_object(keys->iterator)) {
    six_throw_type(m, "Result of the keys method is not an object");
    return false;
  }
  six_root(m, keys->iterator);
  keys->next = six_get(m, six_as_object(keys->iterator), SIX_ATOM(m, next));
  six_root(m, keys->next);
  return !six_is_exception(keys->next);
}

// ---- What each method does. A step gets one item of the side that is walked: 1 goes on, 0 ends the walk, -1 exception.

struct walk {
  struct six_machine *m;
  struct six_object *set;     // `this`
  struct six_object *result;  // the new set; NULL: the answer is a boolean
  struct record other;
  bool answer;
};
typedef int step_fn(struct walk *w, six_value item);

static bool own_has(struct walk *w, six_value item) { return six_table_find(w->m, table_of(w->set), item) != NULL; }

static int add(struct walk *w, six_value item) {
  six_set_put(w->m, w->result, item);
  return 1;
}
static int remove_it(struct walk *w, six_value item) {
  six_table_delete(w->m, table_of(w->result), item);
  return 1;
}
static int toggle(struct walk *w, six_value item) { return own_has(w, item) ? remove_it(w, item) : add(w, item); }
static int add_if_own(struct walk *w, six_value item) { return own_has(w, item) ? add(w, item) : 1; }
static int add_if_other(struct walk *w, six_value item) {
  int has = has_item(w->m, &w->other, item);
  return has > 0 ? add(w, item) : has < 0 ? -1 : 1;
}
static int remove_if_other(struct walk *w, six_value item) {
  int has = has_item(w->m, &w->other, item);
  return has > 0 ? remove_it(w, item) : has < 0 ? -1 : 1;
}
// The boolean ones end at the first item that says no.
static int end_if(struct walk *w, int has, bool when) {
  if (has < 0) return -1;
  w->answer = (has != 0) != when;
  return w->answer;
}
static int must_be_other(struct walk *w, six_value item) { return end_if(w, has_item(w->m, &w->other, item), false); }
static int must_be_own(struct walk *w, six_value item) { return end_if(w, own_has(w, item), false); }
static int must_not_be_other(struct walk *w, six_value item) { return end_if(w, has_item(w->m, &w->other, item), true); }
static int must_not_be_own(struct walk *w, six_value item) { return end_if(w, own_has(w, item), true); }

static bool walk_own(struct walk *w, step_fn *step) {
  struct six_cursor cursor = {0};
  const struct six_entry *entry;
  while ((entry = six_table_next(table_of(w->set), &cursor))) {
    size_t mark = six_roots_mark(w->m);
    six_root(w->m, entry->key);
    int r = step(w, entry->key);
    six_roots_release(w->m, mark);
    if (r <= 0) return r == 0;
  }
  return true;
}

static bool walk_other(struct walk *w, step_fn *step) {
  struct six_iteration keys;
  if (!open_keys(w->m, &w->other, &keys)) return false;
  for (;;) {
    size_t mark = six_roots_mark(w->m);
    six_value key;
    int r = six_iteration_next(w->m, &keys, &key);
    if (r <= 0) return r == 0;
    r = step(w, six_table_key(key));
    six_roots_release(w->m, mark);
    if (r < 0) return false;
    if (r == 0) return six_iteration_close(w->m, &keys);
  }
}

static bool begin(struct six_machine *m, const struct six_args *a, const char *method, struct walk *w) {
  *w = (struct walk){.m = m, .answer = true};
  w->set = six_this_of(m, a, SIX_CLASS_SET, method);
  return w->set && record_of(m, six_arg(a, 0), method, &w->other);
}

// The new set begins empty, or with all that `this` has.
static void begin_result(struct walk *w, bool copies) {
  w->result = six_set_new(w->m);
  six_root(w->m, six_object_value(w->result));
  if (copies) walk_own(w, add);
}

static six_value set_union(struct six_machine *m, const struct six_args *a) {
  struct walk w;
  if (!begin(m, a, "Set.prototype.union", &w)) return SIX_EXCEPTION;
  begin_result(&w, true);
  return walk_other(&w, add) ? six_object_value(w.result) : SIX_EXCEPTION;
}

static six_value set_intersection(struct six_machine *m, const struct six_args *a) {
  struct walk w;
  if (!begin(m, a, "Set.prototype.intersection", &w)) return SIX_EXCEPTION;
  begin_result(&w, false);
  bool done = table_of(w.set)->live <= w.other.size ? walk_own(&w, add_if_other) : walk_other(&w, add_if_own);
  return done ? six_object_value(w.result) : SIX_EXCEPTION;
}

static six_value set_difference(struct six_machine *m, const struct six_args *a) {
  struct walk w;
  if (!begin(m, a, "Set.prototype.difference", &w)) return SIX_EXCEPTION;
  begin_result(&w, true);
  bool done = table_of(w.set)->live <= w.other.size ? walk_own(&w, remove_if_other) : walk_other(&w, remove_it);
  return done ? six_object_value(w.result) : SIX_EXCEPTION;
}

static six_value set_symmetric_difference(struct six_machine *m, const struct six_args *a) {
  struct walk w;
  if (!begin(m, a, "Set.prototype.symmetricDifference", &w)) return SIX_EXCEPTION;
  begin_result(&w, true);
  return walk_other(&w, toggle) ? six_object_value(w.result) : SIX_EXCEPTION;
}

static six_value set_is_subset_of(struct six_machine *m, const struct six_args *a) {
  struct walk w;
  if (!begin(m, a, "Set.prototype.isSubsetOf", &w)) return SIX_EXCEPTION;
  if (table_of(w.set)->live > w.other.size) return SIX_FALSE;
  return walk_own(&w, must_be_other) ? six_boolean(w.answer) : SIX_EXCEPTION;
}

static six_value set_is_superset_of(struct six_machine *m, const struct six_args *a) {
  struct walk w;
  if (!begin(m, a, "Set.prototype.isSupersetOf", &w)) return SIX_EXCEPTION;
  if (table_of(w.set)->live < w.other.size) return SIX_FALSE;
  return walk_other(&w, must_be_own) ? six_boolean(w.answer) : SIX_EXCEPTION;
}

static six_value set_is_disjoint_from(struct six_machine *m, const struct six_args *a) {
  struct walk w;
  if (!begin(m, a, "Set.prototype.isDisjointFrom", &w)) return SIX_EXCEPTION;
  bool done = table_of(w.set)->live <= w.other.size ? walk_own(&w, must_not_be_other) : walk_other(&w, must_not_be_own);
  return done ? six_boolean(w.answer) : SIX_EXCEPTION;
}

const struct six_native_def six_set_method_natives[] = {
    {"difference", set_difference, 1, 0},
    {"intersection", set_intersection, 1, 0},
    {"isSubsetOf", set_is_subset_of, 1, 0},
    {"isSupersetOf", set_is_superset_of, 1, 0},
    {"isDisjointFrom", set_is_disjoint_from, 1, 0},
    {"symmetricDifference", set_symmetric_difference, 1, 0},
    {"union", set_union, 1, 0},
};
const size_t six_set_method_count = SIX_COUNT(six_set_method_natives);
