// machine: iterator helpers, what Iterator.prototype.map and its like give (ECMA-262 27.1.2.1, 27.1.4).
#include "sim/machine/builtins/iterator_parts.h"
#include "sim/machine/classes.h"

enum kind { HELPER_MAP, HELPER_FILTER, HELPER_TAKE, HELPER_DROP, HELPER_FLAT_MAP, HELPER_CONCAT };

struct helper {
  struct six_object object;
  enum kind kind;
  bool done, running;
  bool has_inner;  // flatMap and concat: `inner` is under way
  struct six_iteration outer, inner;
  six_value function;  // concat: the array of iterables and their methods
  double counter;      // items so far; concat: the next pair
  double left;         // take and drop
};

void six_iterator_helper_mark(struct six_machine *m, struct six_object *o) {
  struct helper *h = (struct helper *)o;
  six_mark_value(m, h->outer.iterator);
  six_mark_value(m, h->outer.next);
  six_mark_value(m, h->inner.iterator);
  six_mark_value(m, h->inner.next);
  six_mark_value(m, h->function);
}

static six_value helper_new(struct six_machine *m, enum kind kind, struct six_iteration outer, six_value function, double left) {
  struct helper *h =
      (struct helper *)six_object_new_class(m, SIX_CLASS_ITERATOR_HELPER, sizeof *h, six_intrinsic(m, SIX_I_IteratorHelperPrototype));
  h->kind = kind;
  h->outer = outer;
  h->inner = (struct six_iteration){SIX_UNDEFINED, SIX_UNDEFINED};
  h->function = function;
  h->left = left;
  return six_object_value(&h->object);
}

static six_value with_function(struct six_machine *m, const struct six_args *a, enum kind kind, const char *method) {
  struct six_iteration outer;
  if (!six_is_object(a->this_value)) return six_throw_type(m, "%s called on non-object", method);
  if (!six_is_callable(six_arg(a, 0))) return six_throw_call_site(m, six_arg(a, 0), " is not a function");
  return six_iteration_of_this(m, a, method, &outer) ? helper_new(m, kind, outer, a->argv[0], 0) : SIX_EXCEPTION;
}

static six_value iterator_map(struct six_machine *m, const struct six_args *a) {
  return with_function(m, a, HELPER_MAP, "Iterator.prototype.map");
}
static six_value iterator_filter(struct six_machine *m, const struct six_args *a) {
  return with_function(m, a, HELPER_FILTER, "Iterator.prototype.filter");
}
static six_value iterator_flat_map(struct six_machine *m, const struct six_args *a) {
  return with_function(m, a, HELPER_FLAT_MAP, "Iterator.prototype.flatMap");
}

static six_value with_limit(struct six_machine *m, const struct six_args *a, enum kind kind, const char *method) {
  if (!six_is_object(a->this_value)) return six_throw_type(m, "%s called on non-object", method);
  double limit;
  if (!six_to_number(m, six_arg(a, 0), &limit)) return SIX_EXCEPTION;
  if (isnan(limit) || trunc(limit) < 0) {
    struct six_text text = {0};
    six_show_value(m, six_arg(a, 0), &text);
    six_throw_range(m, "%s must be positive", text.bytes);
    six_text_done(&text);
    return SIX_EXCEPTION;
  }
  struct six_iteration outer;
  return six_iteration_of_this(m, a, method, &outer) ? helper_new(m, kind, outer, SIX_UNDEFINED, trunc(limit)) : SIX_EXCEPTION;
}

static six_value iterator_take(struct six_machine *m, const struct six_args *a) {
  return with_limit(m, a, HELPER_TAKE, "Iterator.prototype.take");
}
static six_value iterator_drop(struct six_machine *m, const struct six_args *a) {
  return with_limit(m, a, HELPER_DROP, "Iterator.prototype.drop");
}

six_value six_iterator_concat(struct six_machine *m, const struct six_args *a) {
  struct six_object *pairs = six_array_new(m, (uint32_t)a->argc * 2);
  six_root(m, six_object_value(pairs));
  for (int i = 0; i < a->argc; i++) {
    if (!six_is_object(a->argv[i])) return six_throw_type(m, "Iterator.concat called on non-object");
    six_value method = six_get_method(m, a->argv[i], SIX_SYMBOL(m, iterator));
    if (six_is_exception(method)) return method;
    if (six_is_undefined(method)) return six_throw_type_about(m, "", a->argv[i], " is not iterable");
    six_array_push(m, pairs, a->argv[i]);
    six_array_push(m, pairs, method);
  }
  struct six_iteration none = {SIX_UNDEFINED, SIX_UNDEFINED};
  return helper_new(m, HELPER_CONCAT, none, six_object_value(pairs), 0);
}

// ---- next. Each gives 1 and a value, 0 at the end, -1 on an exception, having closed what has to be closed.

static int fail_and_close(struct six_machine *m, const struct helper *h) {
  six_iteration_close_throw(m, &h->outer);
  return -1;
}

static bool call_function(struct six_machine *m, struct helper *h, six_value item, six_value *answer) {
  six_value argv[2] = {item, six_number(h->counter++)};
  *answer = six_call(m, h->function, SIX_UNDEFINED, 2, argv);
  if (six_is_exception(*answer)) return false;
  six_root(m, *answer);
  return true;
}

static int next_mapped(struct six_machine *m, struct helper *h, six_value *value) {
  six_value item;
  int step = six_iteration_next(m, &h->outer, &item);
  if (step <= 0) return step;
  return call_function(m, h, item, value) ? 1 : fail_and_close(m, h);
}

static int next_filtered(struct six_machine *m, struct helper *h, six_value *value) {
  for (;;) {
    size_t mark = six_roots_mark(m);
    six_value answer;
    int step = six_iteration_next(m, &h->outer, value);
    if (step <= 0) return step;
    if (!call_function(m, h, *value, &answer)) return fail_and_close(m, h);
    if (six_to_boolean(answer)) return 1;
    six_roots_release(m, mark);
  }
}

static int next_taken(struct six_machine *m, struct helper *h, six_value *value) {
  if (h->left <= 0) return six_iteration_close(m, &h->outer) ? 0 : -1;
  h->left--;
  return six_iteration_next(m, &h->outer, value);
}

static int next_after_drop(struct six_machine *m, struct helper *h, six_value *value) {
  for (; h->left > 0; h->left--) {
    size_t mark = six_roots_mark(m);
    int step = six_iteration_next(m, &h->outer, value);
    if (step <= 0) return step;
    six_roots_release(m, mark);
  }
  return six_iteration_next(m, &h->outer, value);
}

static int open_inner(struct six_machine *m, struct helper *h) {
  six_value item, mapped;
  int step = six_iteration_next(m, &h->outer, &item);
  if (step <= 0) return step;
  if (!call_function(m, h, item, &mapped)) return fail_and_close(m, h);
  if (!six_iteration_of(m, mapped, false, "Iterator.prototype.flatMap", &h->inner)) return fail_and_close(m, h);
  return 1;
}

static int next_flat(struct six_machine *m, struct helper *h, six_value *value) {
  for (;;) {
    size_t mark = six_roots_mark(m);
    if (!h->has_inner) {
      int opened = open_inner(m, h);
      if (opened <= 0) return opened;
      h->has_inner = true;
    }
    int step = six_iteration_next(m, &h->inner, value);
    if (step > 0) return 1;
    if (step < 0) return fail_and_close(m, h);
    h->has_inner = false;
    six_roots_release(m, mark);
  }
}

static int open_next_of_concat(struct six_machine *m, struct helper *h) {
  struct six_object *pairs = six_as_object(h->function);
  uint32_t at = (uint32_t)h->counter;
  if (at >= pairs->element_count) return 0;
  h->counter += 2;
  six_value iterator = six_call(m, pairs->elements[at + 1], pairs->elements[at], 0, NULL);
  if (six_is_exception(iterator)) return -1;
  if (!six_is_object(iterator)) {
    six_throw_type_about(m, "", iterator, " is not an object");
    return -1;
  }
  h->inner = (struct six_iteration){iterator, SIX_UNDEFINED};
  h->inner.next = six_get(m, six_as_object(iterator), SIX_ATOM(m, next));
  return six_is_exception(h->inner.next) ? -1 : 1;
}

static int next_of_concat(struct six_machine *m, struct helper *h, six_value *value) {
  for (;;) {
    if (!h->has_inner) {
      int opened = open_next_of_concat(m, h);
      if (opened <= 0) return opened;
      h->has_inner = true;
    }
    int step = six_iteration_next(m, &h->inner, value);
    if (step != 0) return step;
    h->has_inner = false;
  }
}

static struct helper *this_helper(struct six_machine *m, const struct six_args *a, const char *method) {
  struct helper *h = six_this_of(m, a, SIX_CLASS_ITERATOR_HELPER, method);
  if (!h || !h->running) return h;
  six_throw_type(m, "Generator is already running");
  return NULL;
}

static six_value helper_next(struct six_machine *m, const struct six_args *a) {
  static int (*const steps[])(struct six_machine *, struct helper *, six_value *) = {
      [HELPER_MAP] = next_mapped,      [HELPER_FILTER] = next_filtered, [HELPER_TAKE] = next_taken,
      [HELPER_DROP] = next_after_drop, [HELPER_FLAT_MAP] = next_flat,   [HELPER_CONCAT] = next_of_concat};
  struct helper *h = this_helper(m, a, "Iterator Helper.prototype.next");
  if (!h) return SIX_EXCEPTION;
  six_value value = SIX_UNDEFINED;
  if (h->done) return six_object_value(six_iter_result(m, value, true));
  h->running = true;
  int step = steps[h->kind](m, h, &value);
  h->running = false;
  h->done = step <= 0;
  if (step < 0) return SIX_EXCEPTION;
  return six_object_value(six_iter_result(m, step ? value : SIX_UNDEFINED, !step));
}

static six_value helper_return(struct six_machine *m, const struct six_args *a) {
  struct helper *h = this_helper(m, a, "Iterator Helper.prototype.return");
  if (!h) return SIX_EXCEPTION;
  bool was_done = h->done;
  h->done = true;
  bool closed = was_done || !h->has_inner || six_iteration_close(m, &h->inner);
  if (!closed && h->kind == HELPER_FLAT_MAP) six_iteration_close_throw(m, &h->outer);
  if (closed && !was_done && h->kind != HELPER_CONCAT) closed = six_iteration_close(m, &h->outer);
  return closed ? six_object_value(six_iter_result(m, SIX_UNDEFINED, true)) : SIX_EXCEPTION;
}

const struct six_native_def six_iterator_helper_natives[] = {
    {"map", iterator_map, 1, 0},   {"filter", iterator_filter, 1, 0},    {"take", iterator_take, 1, 0},
    {"drop", iterator_drop, 1, 0}, {"flatMap", iterator_flat_map, 1, 0},
};
const size_t six_iterator_helper_count = SIX_COUNT(six_iterator_helper_natives);

void six_init_iterator_helper(struct six_machine *m) {
  static const struct six_native_def rows[] = {{"next", helper_next, 0, 0}, {"return", helper_return, 0, 0}};
  struct six_object *proto = six_object_new(m, m->intrinsics[SIX_I_IteratorPrototype]);
  m->intrinsics[SIX_I_IteratorHelperPrototype] = proto;
  six_define_natives(m, proto, rows, SIX_COUNT(rows));
  six_define_tag(m, proto, "Iterator Helper");
}
