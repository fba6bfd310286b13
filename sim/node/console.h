// node: console, shared between its files.
#ifndef SIX_NODE_CONSOLE_H
#define SIX_NODE_CONSOLE_H

#include "sim/node/inspect.h"
#include "sim/node/node.h"

struct six_console_count {
  struct six_text label;
  uint64_t value;  // count, or monotonic ns of console.time
};

// What one console remembers. The global one writes to fds 1 and 2; one made with new Console to its streams.
struct six_console {
  uint32_t group_width, indentation;  // spaces
  struct six_console_count *counts, *times;
  uint32_t count_count, time_count;
  six_value object;           // whose methods (possibly replaced by the program) count, table, ... go through
  six_value stream[2];        // SIX_UNDEFINED: fd 1, fd 2
  six_value inspect_options;  // or SIX_UNDEFINED
  bool colors;
};

// The text that console.table logs for an object. [JS] 1 done; 0 it is no table (logged as it is); -1 exception.
int six_console_table(struct six_console *console, struct six_machine *m, six_value data, six_value properties, struct six_text *out);
// Options that values are inspected with.
bool six_console_options(struct six_console *console, struct six_machine *m, struct six_inspect_options *options);

#endif
