// The modules of streams and sockets, written in JavaScript: lib/stream.js, lib/string_decoder.js, lib/net.js, lib/dns.js.
#include "sim/node/library.h"

six_value six_module_stream(struct six_nodejs *node) { return six_library_get(node, SIX_LIBRARY_stream, "stream"); }
six_value six_module_stream_promises(struct six_nodejs *node) { return six_library_get(node, SIX_LIBRARY_stream, "promises"); }
six_value six_module_stream_consumers(struct six_nodejs *node) { return six_library_get(node, SIX_LIBRARY_stream, "consumers"); }
six_value six_module_string_decoder(struct six_nodejs *node) { return six_library(node, SIX_LIBRARY_string_decoder, SIX_UNDEFINED); }
six_value six_module_net(struct six_nodejs *node) { return six_library(node, SIX_LIBRARY_net, SIX_UNDEFINED); }
six_value six_module_dns(struct six_nodejs *node) { return six_library(node, SIX_LIBRARY_dns, SIX_UNDEFINED); }
six_value six_module_dns_promises(struct six_nodejs *node) { return six_library_get(node, SIX_LIBRARY_dns, "promises"); }
