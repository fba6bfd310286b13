#include "sim/node/library.h"

#include <stdlib.h>
#include <string.h>

#include "sim/machine/builtins/builtin.h"
#include "sim/node/commonjs.h"
#include "sim/node/fs_request.h"
#include "sim/node/structured_clone.h"
#include "sim/node/worker.h"
#include "sim/rules/names.h"

// The lines of sim/node/lib/<name>.js, as the build makes them: NULL at the end.
#define L(name) extern const char *const six_library_##name[];
SIX_LIBRARIES(L)
#undef L

static const struct {
  const char *name;
  const char *const *lines;
} rows[SIX_LIBRARY_COUNT] = {
#define L(name) [SIX_LIBRARY_##name] = {#name, six_library_##name},
    SIX_LIBRARIES(L)
#undef L
};

static six_value require_builtin(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  char *name = six_node_utf8(node, six_arg(a, 0), NULL);
  if (!name) return SIX_EXCEPTION;
  six_value exports = six_node_require_builtin(node, name);
  free(name);
  return exports;
}

static struct six_object *made(struct six_nodejs *node) {
  six_value *slot = &node->roots[SIX_ROOT_LIBRARIES];
  if (!six_is_object(*slot)) {
    struct six_object *all = six_array_new(node->m, SIX_LIBRARY_COUNT);
    for (int i = 0; i < SIX_LIBRARY_COUNT; i++) six_array_push(node->m, all, SIX_UNDEFINED);
    *slot = six_object_value(all);
  }
  return six_as_object(*slot);
}

static struct six_object *compile(struct six_nodejs *node, enum six_library library) {
  struct six_text text = {0};
  for (const char *const *line = rows[library].lines; *line; line++) six_text_adds(&text, *line);
  char url[64] = "node:internal/";
  strncat(url, rows[library].name, sizeof url - strlen(url) - 1);
  struct six_object *function = six_commonjs_compile(node, url, text.bytes, text.length, true);
  six_text_done(&text);
  if (function) node->m->units[node->m->units_count - 1].is_host = true;
  return function;
}

// ---- What library files find in `native`

static struct six_nodejs *node_of(struct six_machine *m) { return six_node_of(m); }

static char *text_arg(struct six_machine *m, const struct six_args *a, int i) {
  six_value v = six_to_string_value(m, six_arg(a, i));
  return six_is_exception(v) ? NULL : six_node_utf8(node_of(m), v, NULL);
}

// error(class, code, message): an error with a code.
static six_value native_error(struct six_machine *m, const struct six_args *a) {
  char *kind = text_arg(m, a, 0), *code = text_arg(m, a, 1), *message = text_arg(m, a, 2);
  six_value result = SIX_EXCEPTION;
  if (kind && code && message) {
    enum six_intrinsic_id prototype = strcmp(kind, "TypeError") == 0    ? SIX_I_TypeErrorPrototype
                                      : strcmp(kind, "RangeError") == 0 ? SIX_I_RangeErrorPrototype
                                                                        : SIX_I_ErrorPrototype;
    result = six_object_value(six_node_error(node_of(m), prototype, code, "%s", message));
  }
  free(kind);
  free(code);
  free(message);
  return result;
}

static six_value native_throw_arg_type(struct six_machine *m, const struct six_args *a) {
  char *name = text_arg(m, a, 0), *expected = text_arg(m, a, 1);
  if (name && expected) six_node_throw_arg_type(node_of(m), name, expected, six_arg(a, 2));
  free(name);
  free(expected);
  return SIX_EXCEPTION;
}

static six_value native_throw_range(struct six_machine *m, const struct six_args *a) {
  char *name = text_arg(m, a, 0), *range = text_arg(m, a, 1);
  if (name && range) six_node_throw_range(node_of(m), name, range, six_arg(a, 2));
  free(name);
  free(range);
  return SIX_EXCEPTION;
}

static six_value native_unsupported(struct six_machine *m, const struct six_args *a) {
  char *what = text_arg(m, a, 0);
  if (what) six_throw_unsupported(m, what);
  free(what);
  return SIX_EXCEPTION;
}

static six_value native_now(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_number((double)six_node_monotonic_ns(node_of(m)) / 1e6);
}

// part(name): another library file.
static six_value native_part(struct six_machine *m, const struct six_args *a) {
  char *name = text_arg(m, a, 0);
  six_value result = SIX_UNDEFINED;
  for (int i = 0; name && i < SIX_LIBRARY_COUNT; i++) {
    if (strcmp(rows[i].name, name) == 0) result = six_library(node_of(m), (enum six_library)i, SIX_UNDEFINED);
  }
  free(name);
  return result;
}

// rule(name): a cell of the version table.
static six_value native_rule(struct six_machine *m, const struct six_args *a) {
  char *name = text_arg(m, a, 0);
  six_value result = SIX_UNDEFINED;
  for (int i = 0; name && i < SIX_RULE_COUNT; i++) {
    if (strcmp(six_rule_row((enum six_rule_cell)i)->name, name) == 0) result = six_int(node_of(m)->rules->cell[i]);
  }
  free(name);
  return result;
}

// since(major): this is Node `major` or later.
static six_value native_since(struct six_machine *m, const struct six_args *a) {
  double major = 0;
  if (!six_to_number(m, six_arg(a, 0), &major)) return SIX_EXCEPTION;
  return six_boolean(node_of(m)->rules->major >= major);
}

static enum six_outcome run_function(void *context, const struct six_task *task) {
  return six_node_callback(context, (six_value)task->a, SIX_UNDEFINED, 0, NULL);
}

// handle(): a number for messages; message(label, f, handle): f() in poll; delivering(handle): whether one is at work.
static six_value native_handle(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_number((double)six_loop_async_handle(node_of(m)->loop));
}

static six_value native_delivering(struct six_machine *m, const struct six_args *a) {
  double handle = six_is_number(six_arg(a, 0)) ? six_as_number(a->argv[0]) : 0;
  return six_boolean((double)six_loop_async_running(node_of(m)->loop) == handle);
}

static six_value native_message(struct six_machine *m, const struct six_args *a) {
  char *label = text_arg(m, a, 0);
  uint64_t handle = six_is_number(six_arg(a, 2)) ? (uint64_t)six_as_number(a->argv[2]) : 0;
  six_node_message(node_of(m), handle, label, six_arg(a, 1), run_function, six_node_in_context(node_of(m), six_arg(a, 1)), 0, 0);
  free(label);
  return SIX_UNDEFINED;
}

static six_value native_close(struct six_machine *m, const struct six_args *a) {
  char *label = text_arg(m, a, 0);
  six_node_close(node_of(m), label, six_arg(a, 1), run_function, six_node_in_context(node_of(m), six_arg(a, 1)), 0, 0);
  free(label);
  return SIX_UNDEFINED;
}

static six_value native_hold(struct six_machine *m, const struct six_args *a) {
  six_node_hold(node_of(m), six_is_int(six_arg(a, 0)) ? six_as_int(a->argv[0]) : 0);
  return SIX_UNDEFINED;
}

// pool(label, ms, f): work on a thread, then f() in poll; ms 0: the world's latency.
static six_value native_pool(struct six_machine *m, const struct six_args *a) {
  char *label = text_arg(m, a, 0);
  double ms = 0;
  if (!label || !six_to_number(m, six_arg(a, 1), &ms)) return SIX_EXCEPTION;
  struct six_node_operation operation = {.kind = SIX_TASK_POOL, .label = label, .ns = (uint64_t)(ms * 1e6), .callback = six_arg(a, 2)};
  six_node_pool(node_of(m), &operation, run_function, six_node_in_context(node_of(m), six_arg(a, 2)), 0, 0);
  free(label);
  return SIX_UNDEFINED;
}

// lookup(label, ns, f): a name's resolution, on the pool's slow lane; ns 0: the world's latency.
static six_value native_lookup(struct six_machine *m, const struct six_args *a) {
  char *label = text_arg(m, a, 0);
  double ns = 0;
  if (!label || !six_to_number(m, six_arg(a, 1), &ns)) return SIX_EXCEPTION;
  struct six_node_operation operation = {
      .kind = SIX_TASK_POOL, .label = label, .ns = (uint64_t)ns, .callback = six_arg(a, 2), .slow = true};
  six_node_pool(node_of(m), &operation, run_function, six_node_in_context(node_of(m), six_arg(a, 2)), 0, 0);
  free(label);
  return SIX_UNDEFINED;
}

// name(host): {address, latency} of a name that the world knows, or undefined. Every machine knows localhost.
static six_value native_name(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = node_of(m);
  char *host = text_arg(m, a, 0);
  if (!host) return SIX_EXCEPTION;
  const struct six_world_name *found = NULL, localhost = {"localhost", "127.0.0.1", 0};
  for (uint32_t i = 0; i < node->world->name_count && !found; i++)
    if (strcmp(node->world->names[i].name, host) == 0) found = &node->world->names[i];
  if (!found && strcmp(host, "localhost") == 0) found = &localhost;
  free(host);
  if (!found) return SIX_UNDEFINED;
  struct six_object *o = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  six_put(m, o, "address", six_str(m, found->address));
  six_put(m, o, "latency", six_number((double)found->latency));
  return six_object_value(o);
}

// outside(label, ns, f, pending, stream, deed): something outside the process; f() in poll, or in the pending phase. What
// has the same number as stream arrives in order. deed: 'connect', 'refused', or nothing: an event.
static six_value native_outside(struct six_machine *m, const struct six_args *a) {
  char *label = text_arg(m, a, 0);
  double ns = 0;
  if (!label || !six_to_number(m, six_arg(a, 1), &ns)) return SIX_EXCEPTION;
  struct six_node_operation operation = {.kind = SIX_TASK_SOCKET,
                                         .label = label,
                                         .ns = (uint64_t)ns,
                                         .callback = six_arg(a, 2),
                                         .pending = six_to_boolean(six_arg(a, 3)),
                                         .stream.number = six_is_number(six_arg(a, 4)) ? (uint32_t)six_as_number(six_arg(a, 4)) : 0};
  char *deed = six_is_string(six_arg(a, 5)) ? text_arg(m, a, 5) : NULL;
  if (deed) operation.deed = strcmp(deed, "refused") == 0 ? SIX_DEED_REFUSED : SIX_DEED_CONNECT;
  free(deed);
  uint64_t ticket = six_node_outside(node_of(m), &operation, run_function, six_node_in_context(node_of(m), six_arg(a, 2)), 0, 0);
  free(label);
  return six_number((double)ticket);
}

// systemError(code, syscall, path): an Error as libuv's failures make it, without frames.
static six_value native_system_error(struct six_machine *m, const struct six_args *a) {
  char *code = text_arg(m, a, 0), *syscall = text_arg(m, a, 1), *path = six_is_string(six_arg(a, 2)) ? text_arg(m, a, 2) : NULL;
  six_value error = SIX_EXCEPTION;
  if (code && syscall) error = six_object_value(six_system_error(node_of(m), code, syscall, path, NULL, true));
  free(code);
  free(syscall);
  free(path);
  return error;
}

// clone(value, transfer): what structuredClone makes, which older majors have only within.
static six_value native_clone(struct six_machine *m, const struct six_args *a) {
  return six_structured_clone(node_of(m), six_arg(a, 0), six_arg(a, 1));
}

// peer(host, port, path): how the world answers a connection: {known, answer, latency, sends, sendsAfter, closes}.
static six_value native_peer(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = node_of(m);
  char *host = six_is_string(six_arg(a, 0)) ? text_arg(m, a, 0) : NULL, *path = six_is_string(six_arg(a, 2)) ? text_arg(m, a, 2) : NULL;
  double port = 0;
  if (six_is_number(six_arg(a, 1))) port = six_as_number(a->argv[1]);
  const struct six_peer *peer = six_world_find_peer(node->world, host, (int)port, path);
  struct six_object *o = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  static const char *const answers[] = {"accepts", "refuses", "missing", "silent"};
  const char *answer = peer ? answers[peer->answer] : path ? "missing" : "refuses";
  six_put(m, o, "known", six_boolean(peer != NULL));
  six_put(m, o, "answer", six_str(m, answer));
  uint64_t latency = peer && peer->latency ? peer->latency : node->world->network_latency;
  six_put(m, o, "latency", six_number((double)latency));
  six_put(m, o, "sends", peer && peer->sends ? six_string_value(six_string_utf8(m, peer->sends, strlen(peer->sends))) : SIX_NULL);
  six_put(m, o, "sendsAfter", six_number(peer ? (double)peer->sends_after : 0));
  six_put(m, o, "closes", six_boolean(peer && peer->closes));
  free(host);
  free(path);
  return six_object_value(o);
}

// requests(): the world's clients: [{port, path, method, body, at}].
static six_value native_requests(struct six_machine *m, const struct six_args *a) {
  (void)a;
  const struct six_world *world = node_of(m)->world;
  struct six_object *list = six_array_new(m, world->request_count);
  for (uint32_t i = 0; i < world->request_count; i++) {
    const struct six_request *request = &world->requests[i];
    struct six_object *o = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
    six_put(m, o, "port", six_int(request->port));
    const struct { const char *name, *text; } texts[] = {{"path", request->path}, {"method", request->method}, {"body", request->body}};
    for (size_t t = 0; t < SIX_COUNT(texts); t++) {
      const char *text = texts[t].text;
      six_put(m, o, texts[t].name, text ? six_string_value(six_string_utf8(m, text, strlen(text))) : SIX_NULL);
    }
    six_put(m, o, "at", six_number((double)request->at));
    six_array_push(m, list, six_object_value(o));
  }
  return six_object_value(list);
}

// context([value]): the asynchronous context; given a value, that is the new one.
static six_value native_context(struct six_machine *m, const struct six_args *a) {
  six_value context = m->async_context;
  if (a->argc) m->async_context = a->argv[0];
  if (a->argc) m->context_used = true;
  return context;
}

static six_value native_async_id(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_number((double)six_node_new_async_id(node_of(m)));
}

static six_value native_in_main(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = node_of(m);
  (void)a;
  return six_boolean(node->base_frames && node->base_frames[1] == 'm' && node->base_frames[2] == 'a' &&
                     node->base_task == six_loop_tasks(node->loop));
}

static const struct six_native_def helpers[] = {
    {"context", native_context, 1, 0},
    {"asyncId", native_async_id, 0, 0},
    {"inMain", native_in_main, 0, 0},
    {"error", native_error, 3, 0},
    {"throwArgType", native_throw_arg_type, 3, 0},
    {"throwRange", native_throw_range, 3, 0},
    {"unsupported", native_unsupported, 1, 0},
    {"now", native_now, 0, 0},
    {"part", native_part, 1, 0},
    {"rule", native_rule, 1, 0},
    {"since", native_since, 1, 0},
    {"handle", native_handle, 0, 0},
    {"delivering", native_delivering, 1, 0},
    {"message", native_message, 3, 0},
    {"close", native_close, 2, 0},
    {"hold", native_hold, 1, 0},
    {"pool", native_pool, 3, 0},
    {"outside", native_outside, 6, 0},
    {"lookup", native_lookup, 3, 0},
    {"name", native_name, 1, 0},
    {"clone", native_clone, 2, 0},
    {"peer", native_peer, 3, 0},
    {"requests", native_requests, 0, 0},
    {"systemError", native_system_error, 3, 0},
};

six_value six_library(struct six_nodejs *node, enum six_library library, six_value native) {
  struct six_machine *m = node->m;
  six_value known = made(node)->elements[library];
  if (!six_is_undefined(known)) return known;
  size_t roots = six_roots_mark(m);
  struct six_object *function = compile(node, library);
  if (!function) return SIX_EXCEPTION;
  six_root(m, six_object_value(function));
  if (!six_is_object(native)) native = six_object_value(six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype)));
  six_define_natives(m, six_as_object(native), helpers, SIX_COUNT(helpers));
  if (library == SIX_LIBRARY_message || library == SIX_LIBRARY_worker_threads || library == SIX_LIBRARY_processes)
    six_worker_helpers(node, six_as_object(native));
  if (library == SIX_LIBRARY_async_hooks) six_async_helpers(node, six_as_object(native));
  six_root(m, native);
  six_value exports = six_object_value(six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype)));
  six_root(m, exports);
  six_value require = six_object_value(six_native_new(m, require_builtin, SIX_ATOM(m, require), 1, SIX_UNDEFINED, SIX_UNDEFINED));
  // The third parameter, `module`, carries the native helpers.
  six_value arguments[5] = {exports, require, native, SIX_UNDEFINED, SIX_UNDEFINED};
  made(node)->elements[library] = exports;  // before the call: libraries may need each other
  six_value result = six_call(m, six_object_value(function), SIX_UNDEFINED, 5, arguments);
  six_roots_release(m, roots);
  return six_is_exception(result) ? result : exports;
}

six_value six_library_get(struct six_nodejs *node, enum six_library library, const char *name) {
  six_value exports = six_library(node, library, SIX_UNDEFINED);
  return six_is_exception(exports) ? exports : six_node_getv(node, exports, name);
}

static six_value call_more(struct six_machine *m, const struct six_args *a) {  // data[0]: the name
  char *name = six_node_utf8(node_of(m), six_as_native(a->callee)->data[0], NULL);
  six_value function = name ? six_library_get(node_of(m), SIX_LIBRARY_more, name) : SIX_EXCEPTION;
  free(name);
  return six_is_exception(function) ? function : six_call(m, function, a->this_value, a->argc, a->argv);
}

static six_value more_function(struct six_machine *m, const char *name, int length) {
  six_value text = six_str(m, name);
  return six_object_value(six_native_new(m, call_more, text, length, text, SIX_UNDEFINED));
}

void six_library_method(struct six_nodejs *node, struct six_object *o, const char *name, int length) {
  six_put(node->m, o, name, more_function(node->m, name, length));
}

void six_library_language(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  if (!six_names_has("Array", node->rules->major, "fromAsync")) return;
  struct six_object *array = six_intrinsic(m, SIX_I_Array);
  six_key key = six_string_value(six_intern_ascii(m, "fromAsync", true));
  six_define(m, array, key, more_function(m, "fromAsync", 1), SIX_WRITABLE | SIX_CONFIGURABLE);
  six_arrange(m, array, "Array");
}
