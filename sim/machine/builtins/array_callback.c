// machine: the methods of Array.prototype that call back for each element (ECMA-262 23.1.3).
#include "sim/machine/builtins/array_parts.h"

struct walk {
  struct six_object *o;
  double length;
  six_value callback, this_arg;
};

// Takes `this` and the callback from the arguments. false on exception.
static bool begin(struct six_machine *m, const struct six_args *a, const char *method, struct walk *w) {
  w->o = six_array_this(m, a, method, &w->length);
  if (!w->o || !six_require_callback(m, six_arg(a, 0))) return false;
  w->callback = a->argv[0];
  w->this_arg = six_arg(a, 1);
  return true;
}

static six_value call_back(struct six_machine *m, const struct walk *w, six_value v, double i) {
  six_value argv[3] = {v, six_number(i), six_object_value(w->o)};
  return six_call(m, w->callback, w->this_arg, 3, argv);
}

static six_value array_for_each(struct six_machine *m, const struct six_args *a) {
  struct walk w;
  if (!begin(m, a, "Array.prototype.forEach", &w)) return SIX_EXCEPTION;
  for (double i = 0; i < w.length; i++) {
    six_value v;
    int has = six_element_if_present(m, w.o, i, &v);
    if (has < 0 || (has && six_is_exception(call_back(m, &w, v, i)))) return SIX_EXCEPTION;
  }
  return SIX_UNDEFINED;
}

static six_value array_map(struct six_machine *m, const struct six_args *a) {
  struct walk w;
  if (!begin(m, a, "Array.prototype.map", &w)) return SIX_EXCEPTION;
  struct six_object *result = six_array_species(m, w.o, w.length);
  if (!result) return SIX_EXCEPTION;
  for (double i = 0; i < w.length; i++) {
    six_value v;
    int has = six_element_if_present(m, w.o, i, &v);
    if (has < 0) return SIX_EXCEPTION;
    if (!has) continue;
    v = call_back(m, &w, v, i);
    if (six_is_exception(v) || six_element_create(m, result, i, v) < 0) return SIX_EXCEPTION;
  }
  return six_object_value(result);
}

static six_value array_filter(struct six_machine *m, const struct six_args *a) {
  struct walk w;
  if (!begin(m, a, "Array.prototype.filter", &w)) return SIX_EXCEPTION;
  struct six_object *result = six_array_species(m, w.o, 0);
  if (!result) return SIX_EXCEPTION;
  double n = 0;
  for (double i = 0; i < w.length; i++) {
    size_t mark = six_roots_mark(m);
    six_value v;
    int has = six_element_if_present(m, w.o, i, &v);
    if (has < 0) return SIX_EXCEPTION;
    if (!has) continue;
    six_root(m, v);
    six_value keep = call_back(m, &w, v, i);
    if (six_is_exception(keep)) return keep;
    if (six_to_boolean(keep) && six_element_create(m, result, n++, v) < 0) return SIX_EXCEPTION;
    six_roots_release(m, mark);
  }
  return six_object_value(result);
}

// some and every: looks for an element whose answer is `wanted`. 1 found, 0, -1.
static int any(struct six_machine *m, const struct walk *w, bool wanted) {
  for (double i = 0; i < w->length; i++) {
    six_value v;
    int has = six_element_if_present(m, w->o, i, &v);
    if (has < 0) return -1;
    if (!has) continue;
    v = call_back(m, w, v, i);
    if (six_is_exception(v)) return -1;
    if (six_to_boolean(v) == wanted) return 1;
  }
  return 0;
}

static six_value array_some(struct six_machine *m, const struct six_args *a) {
  struct walk w;
  if (!begin(m, a, "Array.prototype.some", &w)) return SIX_EXCEPTION;
  int found = any(m, &w, true);
  return found < 0 ? SIX_EXCEPTION : six_boolean(found);
}

static six_value array_every(struct six_machine *m, const struct six_args *a) {
  struct walk w;
  if (!begin(m, a, "Array.prototype.every", &w)) return SIX_EXCEPTION;
  int found = any(m, &w, false);
  return found < 0 ? SIX_EXCEPTION : six_boolean(!found);
}

// FindViaPredicate (23.1.3.12.1): the index or -1 and the value (rooted); -2 on exception.
static double find(struct six_machine *m, const struct walk *w, bool from_end, six_value *found) {
  *found = SIX_UNDEFINED;
  for (double n = 0; n < w->length; n++) {
    size_t mark = six_roots_mark(m);
    double i = from_end ? w->length - 1 - n : n;
    six_value v = six_element(m, w->o, i);
    if (six_is_exception(v)) return -2;
    six_root(m, v);
    six_value answer = call_back(m, w, v, i);
    if (six_is_exception(answer)) return -2;
    if (six_to_boolean(answer)) {
      *found = v;
      return i;
    }
    six_roots_release(m, mark);
  }
  return -1;
}

static six_value find_value(struct six_machine *m, const struct six_args *a, const char *method, bool from_end) {
  struct walk w;
  six_value v;
  if (!begin(m, a, method, &w) || find(m, &w, from_end, &v) < -1) return SIX_EXCEPTION;
  return v;
}

static six_value find_index(struct six_machine *m, const struct six_args *a, const char *method, bool from_end) {
  struct walk w;
  six_value v;
  if (!begin(m, a, method, &w)) return SIX_EXCEPTION;
  double i = find(m, &w, from_end, &v);
  return i < -1 ? SIX_EXCEPTION : six_number(i);
}

static six_value array_find(struct six_machine *m, const struct six_args *a) { return find_value(m, a, "Array.prototype.find", false); }

static six_value array_find_last(struct six_machine *m, const struct six_args *a) {
  return find_value(m, a, "Array.prototype.findLast", true);
}

static six_value array_find_index(struct six_machine *m, const struct six_args *a) {
  return find_index(m, a, "Array.prototype.findIndex", false);
}

static six_value array_find_last_index(struct six_machine *m, const struct six_args *a) {
  return find_index(m, a, "Array.prototype.findLastIndex", true);
}

static six_value reduce(struct six_machine *m, const struct six_args *a, const char *method, bool from_end) {
  struct walk w;
  if (!begin(m, a, method, &w)) return SIX_EXCEPTION;
  six_value total = a->argc > 1 ? a->argv[1] : SIX_EMPTY;
  for (double n = 0; n < w.length; n++) {
    size_t mark = six_roots_mark(m);
    double i = from_end ? w.length - 1 - n : n;
    six_value v;
    six_root(m, total);
    int has = six_element_if_present(m, w.o, i, &v);
    if (has < 0) return SIX_EXCEPTION;
    if (has && total == SIX_EMPTY) {
      total = v;
    } else if (has) {
      six_value argv[4] = {total, v, six_number(i), six_object_value(w.o)};
      total = six_call(m, w.callback, SIX_UNDEFINED, 4, argv);
      if (six_is_exception(total)) return total;
    }
    six_roots_release(m, mark);
  }
  return total == SIX_EMPTY ? six_throw_type(m, "Reduce of empty array with no initial value") : total;
}

static six_value array_reduce(struct six_machine *m, const struct six_args *a) { return reduce(m, a, "Array.prototype.reduce", false); }

static six_value array_reduce_right(struct six_machine *m, const struct six_args *a) {
  return reduce(m, a, "Array.prototype.reduceRight", true);
}

const struct six_native_def six_array_callback_natives[] = {
    {"find", array_find, 1, 0},
    {"findIndex", array_find_index, 1, 0},
    {"findLast", array_find_last, 1, 0},
    {"findLastIndex", array_find_last_index, 1, 0},
    {"forEach", array_for_each, 1, 0},
    {"filter", array_filter, 1, 0},
    {"map", array_map, 1, 0},
    {"every", array_every, 1, 0},
    {"some", array_some, 1, 0},
    {"reduce", array_reduce, 1, 0},
    {"reduceRight", array_reduce_right, 1, 0},
};
const size_t six_array_callback_count = SIX_COUNT(six_array_callback_natives);
