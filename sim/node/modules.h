// node: the lists of built-in modules and lazy globals. Each row's function lives in the module's own file; a row whose
// function does not exist ends with status 69 when the program asks for it.
#ifndef SIX_NODE_MODULES_H
#define SIX_NODE_MODULES_H

// M(id, "name", first major, last major)
// clang-format off
#define SIX_MODULES(M) \
  M(assert, "assert", 8, 99) M(assert_strict, "assert/strict", 15, 99) M(async_hooks, "async_hooks", 8, 99) M(buffer, "buffer", 8, 99) \
  M(child_process, "child_process", 8, 99) M(cluster, "cluster", 8, 99) M(console, "console", 8, 99) M(constants, "constants", 8, 99) \
  M(crypto, "crypto", 8, 99) M(dgram, "dgram", 8, 99) M(diagnostics_channel, "diagnostics_channel", 15, 99) M(dns, "dns", 8, 99) \
  M(dns_promises, "dns/promises", 15, 99) M(domain, "domain", 8, 99) M(events, "events", 8, 99) M(fs, "fs", 8, 99) \
  M(fs_promises, "fs/promises", 14, 99) M(http, "http", 8, 99) M(http2, "http2", 8, 99) M(https, "https", 8, 99) \
  M(inspector, "inspector", 8, 99) M(module, "module", 8, 99) M(net, "net", 8, 99) M(os, "os", 8, 99) M(path, "path", 8, 99) \
  M(path_posix, "path/posix", 15, 99) M(path_win32, "path/win32", 15, 99) M(perf_hooks, "perf_hooks", 8, 99) M(process, "process", 8, 99) \
  M(punycode, "punycode", 8, 99) M(querystring, "querystring", 8, 99) M(readline, "readline", 8, 99) \
  M(readline_promises, "readline/promises", 17, 99) M(repl, "repl", 8, 99) M(stream, "stream", 8, 99) \
  M(stream_consumers, "stream/consumers", 16, 99) M(stream_promises, "stream/promises", 15, 99) M(stream_web, "stream/web", 16, 99) \
  M(string_decoder, "string_decoder", 8, 99) M(sys, "sys", 8, 99) M(test, "test", 18, 99) M(timers, "timers", 8, 99) \
  M(timers_promises, "timers/promises", 15, 99) M(tls, "tls", 8, 99) M(trace_events, "trace_events", 10, 99) M(tty, "tty", 8, 99) \
  M(url, "url", 8, 99) M(util, "util", 8, 99) M(util_types, "util/types", 15, 99) M(v8, "v8", 8, 99) M(vm, "vm", 8, 99) \
  M(wasi, "wasi", 12, 99) M(worker_threads, "worker_threads", 11, 99) M(zlib, "zlib", 8, 99)
// clang-format on

enum six_module_id {
#define M(id, name, first, last) SIX_MODULE_##id,
  SIX_MODULES(M)
#undef M
      SIX_MODULE_COUNT
};
// The slot of node->state[] of a module.
#define SIX_STATE(id) SIX_MODULE_##id

// G(name, first major): globals.c knows which of them a list of the global object's keys shows
// clang-format off
#define SIX_GLOBALS(G) \
  G(global, 8) G(process, 8) G(console, 8) G(Buffer, 8) G(setTimeout, 8) G(setInterval, 8) G(setImmediate, 8) G(clearTimeout, 8) \
  G(clearInterval, 8) G(clearImmediate, 8) G(queueMicrotask, 11) G(structuredClone, 17) G(URL, 10) G(URLSearchParams, 10) \
  G(TextEncoder, 11) G(TextDecoder, 11) G(AbortController, 15) G(AbortSignal, 15) G(Event, 15) G(EventTarget, 15) \
  G(MessageChannel, 15) G(MessagePort, 15) G(MessageEvent, 15) G(BroadcastChannel, 18) G(DOMException, 17) \
  G(performance, 16) G(PerformanceObserver, 16) G(atob, 16) G(btoa, 16) G(fetch, 18) G(Headers, 18) G(Request, 18) \
  G(Response, 18) G(FormData, 18) G(Blob, 18) G(File, 20) G(ReadableStream, 18) G(WritableStream, 18) \
  G(TransformStream, 18) G(TextEncoderStream, 18) G(TextDecoderStream, 18) G(crypto, 19) G(navigator, 21) G(Navigator, 21) G(WebSocket, 22) G(CustomEvent, 19) G(Iterator, 99) \
  G(Intl, 8) G(WebAssembly, 8) G(Temporal, 26) G(localStorage, 25) G(sessionStorage, 25)
// clang-format on

enum six_global_id {
#define G(name, first) SIX_GLOBAL_##name,
  SIX_GLOBALS(G)
#undef G
      SIX_GLOBAL_COUNT
};

#endif
