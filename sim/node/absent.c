// Built-in modules that Node has and we lack: requiring one ends the run with status 69 and its name. Weak: a module's own
// file replaces its row.
#include "sim/node/node.h"

#define ABSENT(id, name)                                                     \
  __attribute__((weak)) six_value six_module_##id(struct six_nodejs *node) { \
    return six_throw_unsupported(node->m, "the module '" name "'");          \
  }
ABSENT(async_hooks, "async_hooks")
ABSENT(child_process, "child_process")
ABSENT(cluster, "cluster")
ABSENT(constants, "constants")
ABSENT(crypto, "crypto")
ABSENT(dgram, "dgram")
ABSENT(diagnostics_channel, "diagnostics_channel")
ABSENT(dns, "dns")
ABSENT(dns_promises, "dns/promises")
ABSENT(domain, "domain")
ABSENT(http, "http")
ABSENT(http2, "http2")
ABSENT(https, "https")
ABSENT(inspector, "inspector")
ABSENT(net, "net")
ABSENT(os, "os")
ABSENT(perf_hooks, "perf_hooks")
ABSENT(process, "process")
ABSENT(punycode, "punycode")
ABSENT(querystring, "querystring")
ABSENT(readline, "readline")
ABSENT(readline_promises, "readline/promises")
ABSENT(repl, "repl")
ABSENT(stream, "stream")
ABSENT(stream_consumers, "stream/consumers")
ABSENT(stream_promises, "stream/promises")
ABSENT(stream_web, "stream/web")
ABSENT(string_decoder, "string_decoder")
ABSENT(test, "test")
ABSENT(tls, "tls")
ABSENT(trace_events, "trace_events")
ABSENT(tty, "tty")
ABSENT(url, "url")
ABSENT(v8, "v8")
ABSENT(vm, "vm")
ABSENT(wasi, "wasi")
ABSENT(zlib, "zlib")
#undef ABSENT
