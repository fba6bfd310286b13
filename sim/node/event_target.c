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
