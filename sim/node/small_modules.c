// Modules that are all JavaScript: lib/async_hooks.js, lib/url.js, lib/querystring.js, lib/os.js, lib/diagnostics_channel.js.
#include "sim/node/library.h"

#define MODULE(name) \
  six_value six_module_##name(struct six_nodejs *node) { return six_library(node, SIX_LIBRARY_##name, SIX_UNDEFINED); }
MODULE(async_hooks)
MODULE(diagnostics_channel)
MODULE(os)
MODULE(querystring)
#undef MODULE

six_value six_module_url(struct six_nodejs *node) { return six_library_get(node, SIX_LIBRARY_url, "url"); }
six_value six_global_URL(struct six_nodejs *node) { return six_library_get(node, SIX_LIBRARY_url, "URL"); }
six_value six_global_URLSearchParams(struct six_nodejs *node) { return six_library_get(node, SIX_LIBRARY_url, "URLSearchParams"); }
