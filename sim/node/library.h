// node: the parts of Node's API that are written in JavaScript (sim/node/lib/*.js), compiled when first used. A library
// file assigns to `exports`, requires built-ins by name, and finds native helpers (library.c) in the place of `module`.
#ifndef SIX_NODE_LIBRARY_H
#define SIX_NODE_LIBRARY_H

#include "sim/node/node.h"

// L(name): sim/node/lib/<name>.js, made into lines of text by the build.
// clang-format off
#define SIX_LIBRARIES(L) \
  L(assert) L(assert_diff) L(event_target) L(events) L(stream) L(string_decoder) L(fs_streams) L(message) L(net) L(dns) L(crypto) L(timers_promises) L(performance) \
  L(async_hooks) L(url) L(querystring) L(os) L(diagnostics_channel) L(more) L(blob) L(fetch) L(histogram) L(http) L(navigator) L(readline) L(processes) L(shells) L(stdin) L(v8) L(web_streams) L(worker_threads) L(zlib)
// clang-format on

enum six_library {
#define L(name) SIX_LIBRARY_##name,
  SIX_LIBRARIES(L)
#undef L
      SIX_LIBRARY_COUNT
};

// The exports object of a library file, made at the first call. `native`: an object with helpers of its own, to which those
// of library.c are added; or SIX_UNDEFINED. SIX_EXCEPTION with an exception. [JS]
six_value six_library(struct six_nodejs *node, enum six_library library, six_value native);
// exports[name] of it. [JS]
six_value six_library_get(struct six_nodejs *node, enum six_library library, const char *name);
// Puts a function on `o` whose work is that of exports[name] of lib/more.js, read when it is first called.
void six_library_method(struct six_nodejs *node, struct six_object *o, const char *name, int length);
// Puts in place what of the language itself is written in JavaScript (Array.fromAsync).
void six_library_language(struct six_nodejs *node);
// Keeps a parsed program until the run's memory is released.
void six_keep_program(struct six_nodejs *node, struct six_program *program, char *text);

#endif
