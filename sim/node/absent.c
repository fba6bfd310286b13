// Built-in modules that Node has and we lack: requiring one ends the run with status 69 and its name.
#include "sim/node/node.h"

#define ABSENT(id, name) \
  six_value six_module_##id(struct six_nodejs *node) { return six_throw_unsupported(node->m, "the module '" name "'"); }
ABSENT(child_process, "child_process")
ABSENT(cluster, "cluster")
ABSENT(constants, "constants")
ABSENT(dgram, "dgram")
ABSENT(domain, "domain")
ABSENT(http, "http")
ABSENT(http2, "http2")
ABSENT(https, "https")
ABSENT(inspector, "inspector")
ABSENT(punycode, "punycode")
ABSENT(readline, "readline")
ABSENT(readline_promises, "readline/promises")
ABSENT(repl, "repl")
ABSENT(stream_web, "stream/web")
ABSENT(test, "test")
ABSENT(tls, "tls")
ABSENT(trace_events, "trace_events")
ABSENT(tty, "tty")
ABSENT(v8, "v8")
ABSENT(vm, "vm")
ABSENT(wasi, "wasi")
ABSENT(zlib, "zlib")
#undef ABSENT
