// machine: %IteratorPrototype%, %AsyncIteratorPrototype%, and Iterator with the methods that consume (ECMA-262 27.1).
#include "sim/machine/builtins/iterator_parts.h"
#include "sim/machine/classes.h"
#include "sim/machine/promise.h"

static six_value return_this(struct six_machine *m, const struct six_args *a) {
  (void)m;
  return a->this_value;
}

// ---- Iterators as C code walks them

static bool direct(struct six_machine *m, six_value iterator, struct six_iteration *it) {
  it->iterator = iterator;
  it->next = six_get(m, six_as_object(iterator), SIX_ATOM(m, next));
  if (six_is_exception(it->next)) return false;
  six_root(m, it->next);
  return true;
}

bool six_iteration_of_this(struct six_machine *m, const struct six_args *a, const char *method, struct six_iteration *it) {
  if (six_is_object(a->this_value)) return direct(m, a->this_value, it);
  six_throw_type(m, "%s called on non-object", method);
  return false;
}

bool six_iteration_of(struct six_machine *m, six_value v, bool strings, const char *method, struct six_iteration *it) {
  if (!six_is_object(v) && !(strings && six_is_string(v))) {
    six_throw_type(m, "%s called on non-object", method);
    return false;
  }
  six_value open = six_get_method(m, v, SIX_SYMBOL(m, iterator));
  if (six_is_exception(open)) return false;
  six_value iterator = six_is_undefined(open) ? v : six_call(m, open, v, 0, NULL);
  if (six_is_exception(iterator)) return false;
  if (!six_is_object(iterator)) {
    six_throw_type(m, "%s called on non-object", method);
    return false;
  }
  six_root(m, iterator);
  return direct(m, iterator, it);
}

int six_iteration_next(struct six_machine *m, const struct six_iteration *it, six_value *value) {
  if (!six_is_callable(it->next)) {
    six_throw_call_site(m, it->next, " is not a function");
    return -1;
  }
  six_value result = six_call(m, it->next, it->iterator, 0, NULL);
  if (six_is_exception(result)) return -1;
  if (!six_is_object(result)) {
    six_throw_type_about(m, "Iterator result ", result, " is not an object");
    return -1;
  }
  six_root(m, result);
  six_value done = six_get(m, six_as_object(result), SIX_ATOM(m, done));
  if (six_is_exception(done)) return -1;
  if (six_to_boolean(done)) return 0;
  *value = six_get(m, six_as_object(result), SIX_ATOM(m, value));
  if (six_is_exception(*value)) return -1;
  six_root(m, *value);
  return 1;
}

void six_iteration_close_throw(struct six_machine *m, const struct six_iteration *it) {
  struct six_iterator record = {.iterator = it->iterator, .next = it->next};
  six_iterator_close(m, &record);
}

bool six_iteration_close(struct six_machine *m, const struct six_iteration *it) {
  struct six_iterator record = {.iterator = it->iterator, .next = it->next};
  return six_iterator_close_normal(m, &record) >= 0;
}

// ---- Methods that consume the iterator. What is done with an item: 1 goes on, 0 closes and ends, -1 exception.

typedef int consume_fn(struct six_machine *m, six_value item, six_value answer, six_value *result);

static int take_none(struct six_machine *m, six_value item, six_value answer, six_value *result) {
  (void)m, (void)item, (void)answer, (void)result;
  return 1;
}
static int take_true(struct six_machine *m, six_value item, six_value answer, six_value *result) {
  (void)m, (void)item;
  if (!six_to_boolean(answer)) return 1;
  *result = SIX_TRUE;
  return 0;
}
static int take_false(struct six_machine *m, six_value item, six_value answer, six_value *result) {
  (void)m, (void)item;
  if (six_to_boolean(answer)) return 1;
  *result = SIX_FALSE;
  return 0;
}
static int take_item(struct six_machine *m, six_value item, six_value answer, six_value *result) {
  (void)m;
  if (!six_to_boolean(answer)) return 1;
  *result = item;
  return 0;
}

static six_value consume(struct six_machine *m, const struct six_args *a, const char *method, consume_fn *with, six_value result) {
  if (!six_is_object(a->this_value)) return six_throw_type(m, "%s called on non-object", method);
  if (!six_is_callable(six_arg(a, 0))) return six_throw_call_site(m, six_arg(a, 0), " is not a function");
  struct six_iteration it;
  if (!six_iteration_of_this(m, a, method, &it)) return SIX_EXCEPTION;
  for (double i = 0;; i++) {
    size_t mark = six_roots_mark(m);
    six_value argv[2] = {SIX_UNDEFINED, six_number(i)};
    int step = six_iteration_next(m, &it, &argv[0]);
    if (step <= 0) return step < 0 ? SIX_EXCEPTION : result;
    six_value answer = six_call(m, a->argv[0], SIX_UNDEFINED, 2, argv);
    if (six_is_exception(answer)) break;
    if (with(m, argv[0], answer, &result) == 0) return six_iteration_close(m, &it) ? result : SIX_EXCEPTION;
    six_roots_release(m, mark);
  }
  six_iteration_close_throw(m, &it);
  return SIX_EXCEPTION;
}

static six_value iterator_for_each(struct six_machine *m, const struct six_args *a) {
  return consume(m, a, "Iterator.prototype.forEach", take_none, SIX_UNDEFINED);
}
static six_value iterator_some(struct six_machine *m, const struct six_args *a) {
  return consume(m, a, "Iterator.prototype.some", take_true, SIX_FALSE);
}
static six_value iterator_every(struct six_machine *m, const struct six_args *a) {
  return consume(m, a, "Iterator.prototype.every", take_false, SIX_TRUE);
}
static six_value iterator_find(struct six_machine *m, const struct six_args *a) {
  return consume(m, a, "Iterator.prototype.find", take_item, SIX_UNDEFINED);
}

static six_value iterator_to_array(struct six_machine *m, const struct six_args *a) {
  struct six_iteration it;
  if (!six_iteration_of_this(m, a, "Iterator.prototype.toArray", &it)) return SIX_EXCEPTION;
  struct six_object *array = six_array_new(m, 0);
  six_root(m, six_object_value(array));
  for (;;) {
    size_t mark = six_roots_mark(m);
    six_value item;
    int step = six_iteration_next(m, &it, &item);
    if (step <= 0) return step < 0 ? SIX_EXCEPTION : six_object_value(array);
    six_array_push(m, array, item);
    six_roots_release(m, mark);
  }
}

static six_value iterator_reduce(struct six_machine *m, const struct six_args *a) {
  static const char method[] = "Iterator.prototype.reduce";
  if (!six_is_object(a->this_value)) return six_throw_type(m, "%s called on non-object", method);
  if (!six_is_callable(six_arg(a, 0))) return six_throw_call_site(m, six_arg(a, 0), " is not a function");
  struct six_iteration it;
  if (!six_iteration_of_this(m, a, method, &it)) return SIX_EXCEPTION;
  double i = 0;
  six_value sum = six_arg(a, 1);
  if (a->argc < 2) {
    int step = six_iteration_next(m, &it, &sum);
    if (step == 0) six_throw_type(m, "Reduce of a done iterator with no initial value");
    if (step <= 0) return SIX_EXCEPTION;
    i = 1;
  }
  for (;; i++) {
    size_t mark = six_roots_mark(m);
    six_root(m, sum);
    six_value argv[3] = {sum, SIX_UNDEFINED, six_number(i)};
    int step = six_iteration_next(m, &it, &argv[1]);
    if (step <= 0) return step < 0 ? SIX_EXCEPTION : sum;
    sum = six_call(m, a->argv[0], SIX_UNDEFINED, 3, argv);
    if (six_is_exception(sum)) break;
    six_roots_release(m, mark);
  }
  six_iteration_close_throw(m, &it);
  return SIX_EXCEPTION;
}

static six_value iterator_dispose(struct six_machine *m, const struct six_args *a) {
  six_value method = six_get_method(m, a->this_value, SIX_ATOM(m, return_));
  if (six_is_exception(method)) return method;
  if (!six_is_undefined(method) && six_is_exception(six_call(m, method, a->this_value, 0, NULL))) return SIX_EXCEPTION;
  return SIX_UNDEFINED;
}

static six_value drop_result(struct six_machine *m, const struct six_args *a) {
  (void)m, (void)a;
  return SIX_UNDEFINED;
}

// %AsyncIteratorPrototype%[@@asyncDispose]
static six_value async_iterator_dispose(struct six_machine *m, const struct six_args *a) {
  six_value promise = six_object_value(six_promise_new(m));
  six_root(m, promise);
  six_value method = six_get_method(m, a->this_value, SIX_ATOM(m, return_));
  if (six_is_undefined(method)) {
    six_promise_resolve(m, six_as_promise(promise), SIX_UNDEFINED);
    return promise;
  }
  six_value result = six_is_exception(method) ? method : six_call(m, method, a->this_value, 0, NULL);
  six_value inner = six_is_exception(result) ? result : six_promise_resolve_value(m, result);
  if (m->stop) return SIX_EXCEPTION;
  if (six_is_exception(inner)) {
    six_promise_reject(m, six_as_promise(promise), six_take_exception(m));
    return promise;
  }
  six_root(m, inner);
  six_value drop = six_object_value(six_native_new(m, drop_result, SIX_ATOM(m, empty), 1, SIX_UNDEFINED, SIX_UNDEFINED));
  six_promise_then_into(m, six_as_promise(inner), drop, SIX_UNDEFINED, promise);
  return promise;
}

// ---- Iterator and Iterator.from

static six_value iterator_constructor(struct six_machine *m, const struct six_args *a) {
  if (six_is_undefined(a->new_target)) return six_throw_type(m, "Constructor Iterator requires 'new'");
  if (a->new_target == six_object_value(a->callee)) return six_throw_type(m, "Abstract class Iterator not directly constructable");
  struct six_object *proto = six_prototype_for(m, a, six_intrinsic(m, SIX_I_IteratorPrototype));
  return proto ? six_object_value(six_object_new(m, proto)) : SIX_EXCEPTION;
}

struct wrapped {  // %WrapForValidIteratorPrototype%
  struct six_object object;
  struct six_iteration it;
};

static six_value iterator_from(struct six_machine *m, const struct six_args *a) {
  struct six_iteration it;
  if (!six_iteration_of(m, six_arg(a, 0), true, "Iterator.from", &it)) return SIX_EXCEPTION;
  int is_iterator = six_ordinary_has_instance(m, six_object_value(six_intrinsic(m, SIX_I_Iterator)), it.iterator);
  if (is_iterator) return is_iterator < 0 ? SIX_EXCEPTION : it.iterator;
  struct wrapped *w =
      (struct wrapped *)six_object_new_class(m, SIX_CLASS_WRAP_ITERATOR, sizeof *w, six_intrinsic(m, SIX_I_WrapIteratorPrototype));
  w->it = it;
  return six_object_value(&w->object);
}

void six_wrap_iterator_mark(struct six_machine *m, struct six_object *o) {
  six_mark_value(m, ((struct wrapped *)o)->it.iterator);
  six_mark_value(m, ((struct wrapped *)o)->it.next);
}

static struct wrapped *this_wrapped(struct six_machine *m, const struct six_args *a, const char *method) {
  return six_this_of(m, a, SIX_CLASS_WRAP_ITERATOR, method);
}

static six_value wrapped_next(struct six_machine *m, const struct six_args *a) {
  struct wrapped *w = this_wrapped(m, a, "%WrapForValidIteratorPrototype%.next");
  if (!w) return SIX_EXCEPTION;
  if (!six_is_callable(w->it.next)) return six_throw_call_site(m, w->it.next, " is not a function");
  return six_call(m, w->it.next, w->it.iterator, 0, NULL);
}

static six_value wrapped_return(struct six_machine *m, const struct six_args *a) {
  struct wrapped *w = this_wrapped(m, a, "%WrapForValidIteratorPrototype%.return");
  if (!w) return SIX_EXCEPTION;
  six_value method = six_get_method(m, w->it.iterator, SIX_ATOM(m, return_));
  if (six_is_exception(method)) return method;
  if (six_is_undefined(method)) return six_object_value(six_iter_result(m, SIX_UNDEFINED, true));
  return six_call(m, method, w->it.iterator, 0, NULL);
}

// ---- The two accessors that stand where other prototypes have data (27.1.4.1, 27.1.4.14)

static six_value get_constructor(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_object_value(six_intrinsic(m, SIX_I_Iterator));
}
static six_value get_tag(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_str(m, "Iterator");
}

// SetterThatIgnoresPrototypeProperties
static six_value set_own(struct six_machine *m, const struct six_args *a, six_key key) {
  if (!six_is_object(a->this_value)) return six_throw_type(m, "Iterator.prototype setter called on non-object");
  struct six_object *o = six_as_object(a->this_value);
  if (o == six_intrinsic(m, SIX_I_IteratorPrototype)) {
    struct six_text name = {0};
    six_describe_key(m, key, &name);
    six_throw_type(m, "Cannot assign to read only property '%s' of object '[object Object]'", name.bytes);
    six_text_done(&name);
    return SIX_EXCEPTION;
  }
  int has = six_has_own(m, o, key);
  if (has < 0) return SIX_EXCEPTION;
  int done = has ? six_set(m, o, key, six_arg(a, 0)) : six_create_data(m, o, key, six_arg(a, 0));
  return done < 0 ? SIX_EXCEPTION : SIX_UNDEFINED;
}
static six_value set_constructor(struct six_machine *m, const struct six_args *a) { return set_own(m, a, SIX_ATOM(m, constructor)); }
static six_value set_tag(struct six_machine *m, const struct six_args *a) { return set_own(m, a, SIX_SYMBOL(m, toStringTag)); }

// ---- Making the intrinsics

static const struct six_native_def methods[] = {
    {"constructor", get_constructor, 0, SIX_DEF_GETTER},
    {"constructor", set_constructor, 1, SIX_DEF_SETTER},
    {"reduce", iterator_reduce, 1, 0},
    {"toArray", iterator_to_array, 0, 0},
    {"forEach", iterator_for_each, 1, 0},
    {"some", iterator_some, 1, 0},
    {"every", iterator_every, 1, 0},
    {"find", iterator_find, 1, 0},
};

static const struct six_native_def symbols[] = {
    {"@@iterator", return_this, 0, 0},
    {"@@toStringTag", get_tag, 0, SIX_DEF_GETTER},
    {"@@toStringTag", set_tag, 1, SIX_DEF_SETTER},
    {"@@dispose", iterator_dispose, 0, 0},
};

void six_init_iterator(struct six_machine *m) {
  static const struct six_native_def async_rows[] = {{"@@asyncIterator", return_this, 0, 0},
                                                     {"@@asyncDispose", async_iterator_dispose, 0, 0}};
  static const struct six_native_def wrapped_rows[] = {{"next", wrapped_next, 0, 0}, {"return", wrapped_return, 0, 0}};
  static const struct six_native_def statics[] = {{"from", iterator_from, 1, 0}, {"concat", six_iterator_concat, 0, 0}};
  struct six_object *object_prototype = six_intrinsic(m, SIX_I_ObjectPrototype);
  struct six_object *proto = six_object_new(m, object_prototype), *async = six_object_new(m, object_prototype);
  m->intrinsics[SIX_I_IteratorPrototype] = proto;
  m->intrinsics[SIX_I_AsyncIteratorPrototype] = async;
  six_define_natives(m, async, async_rows, SIX_COUNT(async_rows));
  six_define_natives(m, proto, methods, SIX_COUNT(methods));
  six_define_natives(m, proto, six_iterator_helper_natives, six_iterator_helper_count);
  six_define_natives(m, proto, symbols, SIX_COUNT(symbols));
  struct six_object *constructor = six_constructor_new(m, "Iterator", iterator_constructor, 0, NULL);
  m->intrinsics[SIX_I_Iterator] = constructor;
  six_define(m, constructor, SIX_ATOM(m, prototype), six_object_value(proto), 0);
  six_define_natives(m, constructor, statics, SIX_COUNT(statics));
  struct six_object *wrapped = m->intrinsics[SIX_I_WrapIteratorPrototype] = six_object_new(m, proto);
  six_define_natives(m, wrapped, wrapped_rows, SIX_COUNT(wrapped_rows));
  six_init_iterator_helper(m);
}
