// node: module perf_hooks and the global performance. Written in JavaScript, sim/node/lib/performance.js; here is the clock.
#include <stdlib.h>

#include "sim/node/library.h"
#include "sim/node/structured_clone.h"

static six_value perf_now(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_number((double)six_node_monotonic_ns(six_node_of(m)) / 1e6);
}

static six_value perf_time_origin(struct six_machine *m, const struct six_args *a) {
  (void)a;
  struct six_nodejs *node = six_node_of(m);
  double wall = six_node_wall_ms(node);
  return six_number(wall - (double)six_node_monotonic_ns(node) / 1e6);
}

static six_value perf_clone(struct six_machine *m, const struct six_args *a) {
  return six_structured_clone(six_node_of(m), six_arg(a, 0), SIX_UNDEFINED);
}

static six_value perf_arg_type(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  char *name = six_node_utf8(node, six_arg(a, 0), NULL), *expected = six_node_utf8(node, six_arg(a, 1), NULL);
  if (name && expected) six_node_throw_arg_type(node, name, expected, six_arg(a, 2));
  free(name);
  free(expected);
  return SIX_EXCEPTION;
}

static six_value perf_fail(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  char *code = six_node_utf8(node, six_arg(a, 1), NULL), *message = six_node_utf8(node, six_arg(a, 2), NULL);
  if (code && message) six_node_throw(node, SIX_I_TypeErrorPrototype, code, "%s", message);
  free(code);
  free(message);
  return SIX_EXCEPTION;
}

// loopIdle(): how many ms the loop has waited in poll.
static six_value perf_loop_idle(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_number((double)six_loop_idle(six_node_of(m)->loop) / 1e6);
}

// loopStart(): when it began to turn; undefined in the main script.
static six_value perf_loop_start(struct six_machine *m, const struct six_args *a) {
  struct six_loop *loop = six_node_of(m)->loop;
  (void)a;
  return six_loop_turn(loop) ? six_number((double)six_loop_start(loop) / 1e6) : SIX_UNDEFINED;
}

six_value six_module_perf_hooks(struct six_nodejs *node);
six_value six_global_performance(struct six_nodejs *node);
six_value six_global_PerformanceObserver(struct six_nodejs *node);

six_value six_module_perf_hooks(struct six_nodejs *node) {
  static const struct {
    const char *name;
    six_native *fn;
    int length;
  } helpers[] = {
      {"now", perf_now, 0},   {"timeOrigin", perf_time_origin, 0}, {"clone", perf_clone, 1},         {"argType", perf_arg_type, 3},
      {"fail", perf_fail, 3}, {"loopIdle", perf_loop_idle, 0},     {"loopStart", perf_loop_start, 0}};
  struct six_machine *m = node->m;
  struct six_object *native = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  six_value value = six_object_value(native);
  six_root(m, value);
  for (size_t i = 0; i < sizeof helpers / sizeof *helpers; i++)
    six_node_method(node, native, helpers[i].name, helpers[i].fn, helpers[i].length);
  six_value create = six_library_get(node, SIX_LIBRARY_performance, "create");
  return six_is_exception(create) ? create : six_call(m, create, SIX_UNDEFINED, 1, &value);
}

static six_value export_of(struct six_nodejs *node, const char *name) {
  six_value exports = six_node_module(node, SIX_MODULE_perf_hooks);
  return six_is_exception(exports) ? exports : six_node_getv(node, exports, name);
}

six_value six_global_performance(struct six_nodejs *node) { return export_of(node, "performance"); }
six_value six_global_PerformanceObserver(struct six_nodejs *node) { return export_of(node, "PerformanceObserver"); }
