// machine: the table of classes, and weak stand-ins for hooks that no linked file defines.
#include "sim/machine/classes.h"

static void mark_boxed(struct six_machine *m, struct six_object *o) { six_mark_value(m, ((struct six_boxed *)o)->value); }

static void mark_host(struct six_machine *m, struct six_object *o) {
  struct six_host_object *host = (struct six_host_object *)o;
  if (host->host_class && host->host_class->mark) host->host_class->mark(m, host->data);
}

static void release_host(struct six_machine *m, struct six_object *o) {
  struct six_host_object *host = (struct six_host_object *)o;
  if (host->host_class && host->host_class->finalize) host->host_class->finalize(m, host->data);
}

#define HOOKS(name) six_##name##_mark, six_##name##_release

const struct six_class_row six_classes[SIX_CLASS_COUNT] = {
    [SIX_CLASS_OBJECT] = {"Object", NULL, NULL, NULL},
    [SIX_CLASS_ARRAY] = {"Array", NULL, NULL, NULL},
    [SIX_CLASS_FUNCTION] = {"Function", six_function_mark, NULL, &six_function_exotic},
    [SIX_CLASS_NATIVE] = {"Function", six_native_mark, NULL, NULL},
    [SIX_CLASS_BOUND] = {"Function", six_bound_mark, NULL, NULL},
    [SIX_CLASS_ERROR] = {"Error", NULL, NULL, NULL},
    [SIX_CLASS_BOOLEAN] = {"Boolean", mark_boxed, NULL, NULL},
    [SIX_CLASS_NUMBER] = {"Number", mark_boxed, NULL, NULL},
    [SIX_CLASS_STRING] = {"String", mark_boxed, NULL, &six_string_exotic},
    [SIX_CLASS_SYMBOL] = {"Object", mark_boxed, NULL, NULL},
    [SIX_CLASS_BIGINT] = {"Object", mark_boxed, NULL, NULL},
    [SIX_CLASS_DATE] = {"Date", mark_boxed, NULL, NULL},
    [SIX_CLASS_REGEXP] = {"RegExp", six_regexp_mark, NULL, NULL},
    [SIX_CLASS_MAP] = {"Object", HOOKS(map), NULL},
    [SIX_CLASS_SET] = {"Object", HOOKS(set), NULL},
    [SIX_CLASS_WEAK_MAP] = {"Object", HOOKS(weak_map), NULL},
    [SIX_CLASS_WEAK_SET] = {"Object", HOOKS(weak_set), NULL},
    [SIX_CLASS_WEAK_REF] = {"Object", six_weak_ref_mark, NULL, NULL},
    [SIX_CLASS_FINALIZATION_REGISTRY] = {"Object", HOOKS(finalization_registry), NULL},
    [SIX_CLASS_DISPOSABLE_STACK] = {"Object", six_disposable_stack_mark, NULL, NULL},
    [SIX_CLASS_ASYNC_DISPOSABLE_STACK] = {"Object", six_disposable_stack_mark, NULL, NULL},
    [SIX_CLASS_MAP_ITERATOR] = {"Object", six_map_iterator_mark, NULL, NULL},
    [SIX_CLASS_SET_ITERATOR] = {"Object", six_map_iterator_mark, NULL, NULL},
    [SIX_CLASS_ARRAY_ITERATOR] = {"Object", six_array_iterator_mark, NULL, NULL},
    [SIX_CLASS_STRING_ITERATOR] = {"Object", six_string_iterator_mark, NULL, NULL},
    [SIX_CLASS_REGEXP_STRING_ITERATOR] = {"Object", six_regexp_string_iterator_mark, NULL, NULL},
    [SIX_CLASS_WRAP_ITERATOR] = {"Object", six_wrap_iterator_mark, NULL, NULL},
    [SIX_CLASS_ITERATOR_HELPER] = {"Object", six_iterator_helper_mark, NULL, NULL},
    [SIX_CLASS_INTL] = {"Object", six_intl_mark, NULL, NULL},
    [SIX_CLASS_ARGUMENTS] = {"Arguments", six_arguments_mark, NULL, &six_arguments_exotic},
    [SIX_CLASS_GENERATOR] = {"Object", six_generator_mark, NULL, NULL},
    [SIX_CLASS_ASYNC_GENERATOR] = {"Object", six_generator_mark, NULL, NULL},
    [SIX_CLASS_ASYNC_FROM_SYNC_ITERATOR] = {"Async-from-Sync Iterator", six_async_from_sync_iterator_mark, NULL, NULL},
    [SIX_CLASS_PROMISE] = {"Object", six_promise_mark, NULL, NULL},
    [SIX_CLASS_PROXY] = {"Object", six_proxy_mark, NULL, &six_proxy_exotic},
    [SIX_CLASS_ARRAY_BUFFER] = {"Object", HOOKS(array_buffer), NULL},
    [SIX_CLASS_SHARED_ARRAY_BUFFER] = {"Object", NULL, six_shared_array_buffer_release, NULL},
    [SIX_CLASS_TYPED_ARRAY] = {"Object", six_typed_array_mark, NULL, &six_typed_array_exotic},
    [SIX_CLASS_DATA_VIEW] = {"Object", six_typed_array_mark, NULL, NULL},
    [SIX_CLASS_NAMESPACE] = {"Object", six_namespace_mark, NULL, &six_namespace_exotic},
    [SIX_CLASS_HOST] = {"Object", mark_host, release_host, NULL},
    [SIX_CLASS_SHOWN] = {"Object", mark_host, release_host, &six_shown_exotic},
};

#define WEAK __attribute__((weak))

#define C(name) \
  WEAK void six_##name##_mark(struct six_machine *m, struct six_object *o) { (void)m, (void)o; }
SIX_CLASS_MARKS(C)
#undef C
#define C(name) \
  WEAK void six_##name##_release(struct six_machine *m, struct six_object *o) { (void)m, (void)o; }
SIX_CLASS_RELEASES(C)
#undef C

WEAK const struct six_exotic six_proxy_exotic = {0};
WEAK const struct six_exotic six_typed_array_exotic = {0};
WEAK const struct six_exotic six_arguments_exotic = {0};
WEAK const struct six_exotic six_namespace_exotic = {0};

WEAK struct six_object *six_proxy_target(struct six_machine *m, struct six_object *proxy) {
  (void)proxy;
  six_throw_unsupported(m, "Proxy");
  return NULL;
}

WEAK six_value six_bigint_binary(struct six_machine *m, uint8_t op, six_value a, six_value b) {
  (void)op, (void)a, (void)b;
  return six_throw_unsupported(m, "BigInt");
}
WEAK six_value six_bigint_unary(struct six_machine *m, uint8_t op, six_value v) {
  (void)op, (void)v;
  return six_throw_unsupported(m, "BigInt");
}
WEAK bool six_bigint_equal(struct six_machine *m, six_value bigint, six_value other) {
  (void)m;
  return bigint == other;
}
WEAK bool six_bigint_is_zero(six_value bigint) {
  (void)bigint;
  return false;
}
WEAK six_value six_bigint_to_string(struct six_machine *m, six_value bigint, int radix) {
  (void)bigint, (void)radix;
  return six_throw_unsupported(m, "BigInt");
}

WEAK void six_env_mark(struct six_machine *m, struct six_cell *env) { (void)m, (void)env; }
WEAK void six_reaction_mark(struct six_machine *m, struct six_cell *reaction) { (void)m, (void)reaction; }
WEAK void six_mark_interpreter(struct six_machine *m) { (void)m; }
WEAK void six_weak_process(struct six_machine *m, bool final) { (void)m, (void) final; }
