// The modules of streams: lib/stream.js and lib/string_decoder.js.
#include "sim/node/library.h"

six_value six_module_stream(struct six_nodejs *node) { return six_library_get(node, SIX_LIBRARY_stream, "stream"); }
six_value six_module_stream_promises(struct six_nodejs *node) { return six_library_get(node, SIX_LIBRARY_stream, "promises"); }
six_value six_module_stream_consumers(struct six_nodejs *node) { return six_library_get(node, SIX_LIBRARY_stream, "consumers"); }
six_value six_module_string_decoder(struct six_nodejs *node) { return six_library(node, SIX_LIBRARY_string_decoder, SIX_UNDEFINED); }
