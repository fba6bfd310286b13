// The lazy globals and modules that are made by library files.
#include "sim/node/library.h"

#define FROM(library, name) \
  six_value six_global_##name(struct six_nodejs *node) { return six_library_get(node, SIX_LIBRARY_##library, #name); }
FROM(event_target, AbortController)
FROM(event_target, AbortSignal)
FROM(event_target, Event)
FROM(event_target, EventTarget)
FROM(event_target, CustomEvent)
FROM(event_target, DOMException)
FROM(message, MessageChannel)
FROM(message, MessagePort)
FROM(message, MessageEvent)
FROM(message, BroadcastChannel)
#undef FROM

static six_value worker(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_throw_unsupported(m, "new Worker");
}

six_value six_module_worker_threads(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  struct six_object *exports = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  six_put(m, exports, "isMainThread", SIX_TRUE);
  static const char *const names[] = {"MessagePort", "MessageChannel", "receiveMessageOnPort", "BroadcastChannel"};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    six_value v = six_library_get(node, SIX_LIBRARY_message, names[i]);
    if (six_is_exception(v)) return v;
    six_put(m, exports, names[i], v);
  }
  six_put(m, exports, "threadId", six_int(0));
  six_put(m, exports, "resourceLimits", six_object_value(six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype))));
  struct six_object *prototype = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  six_put(m, exports, "Worker", six_object_value(six_constructor_new(m, "Worker", worker, 1, prototype)));
  six_put(m, exports, "parentPort", SIX_NULL);
  six_put(m, exports, "workerData", SIX_NULL);
  return six_object_value(exports);
}
