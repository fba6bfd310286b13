// Modules that are all JavaScript, each a file of its name in lib/; those whose work is not simulated are in lib/shells.js.
#include "sim/node/library.h"

#define MODULE(name) \
  six_value six_module_##name(struct six_nodejs *node) { return six_library(node, SIX_LIBRARY_##name, SIX_UNDEFINED); }
MODULE(async_hooks)
MODULE(diagnostics_channel)
MODULE(http)
MODULE(os)
MODULE(querystring)
MODULE(v8)
#undef MODULE

six_value six_module_worker_threads(struct six_nodejs *node) { return six_library_get(node, SIX_LIBRARY_worker_threads, "module"); }

#define SHELL(name) \
  six_value six_module_##name(struct six_nodejs *node) { return six_library_get(node, SIX_LIBRARY_shells, #name); }
SHELL(dgram)
SHELL(domain)
SHELL(http2)
SHELL(https)
SHELL(inspector)
SHELL(repl)
SHELL(tls)
SHELL(trace_events)
SHELL(tty)
#undef SHELL

six_value six_module_child_process(struct six_nodejs *node) { return six_library_get(node, SIX_LIBRARY_processes, "child_process"); }
six_value six_module_cluster(struct six_nodejs *node) { return six_library_get(node, SIX_LIBRARY_processes, "cluster"); }

six_value six_module_readline(struct six_nodejs *node) { return six_library_get(node, SIX_LIBRARY_readline, "readline"); }
six_value six_module_readline_promises(struct six_nodejs *node) { return six_library_get(node, SIX_LIBRARY_readline, "promises"); }

six_value six_module_url(struct six_nodejs *node) { return six_library_get(node, SIX_LIBRARY_url, "url"); }
six_value six_global_URL(struct six_nodejs *node) { return six_library_get(node, SIX_LIBRARY_url, "URL"); }
six_value six_global_URLSearchParams(struct six_nodejs *node) { return six_library_get(node, SIX_LIBRARY_url, "URLSearchParams"); }

six_value six_global_navigator(struct six_nodejs *node) { return six_library_get(node, SIX_LIBRARY_navigator, "navigator"); }
six_value six_global_Navigator(struct six_nodejs *node) { return six_library_get(node, SIX_LIBRARY_navigator, "Navigator"); }

six_value six_module_stream_web(struct six_nodejs *node) { return six_library(node, SIX_LIBRARY_web_streams, SIX_UNDEFINED); }
#define BLOB(name) \
  six_value six_global_##name(struct six_nodejs *node) { return six_library_get(node, SIX_LIBRARY_blob, #name); }
BLOB(Blob)
BLOB(File)
#undef BLOB

#define FETCH(name) \
  six_value six_global_##name(struct six_nodejs *node) { return six_library_get(node, SIX_LIBRARY_fetch, #name); }
FETCH(fetch)
FETCH(Headers)
FETCH(Request)
FETCH(Response)
FETCH(FormData)
#undef FETCH

#define WEB(name) \
  six_value six_global_##name(struct six_nodejs *node) { return six_library_get(node, SIX_LIBRARY_web_streams, #name); }
WEB(ReadableStream)
WEB(WritableStream)
WEB(TransformStream)
WEB(TextEncoderStream)
WEB(TextDecoderStream)
#undef WEB
