// The variables in scope at one event of a run. A run is a pure function, so whoever wants to see them runs it again up to
// there, and the trace need not hold them.
#include <string.h>

#include "sim/node/inspect.h"
#include "sim/node/node.h"

enum { FRAMES = 16, VARIABLES = 200, WIDTH = 200 };

struct looking {
  struct six_nodejs *node;
  struct six_text *out;
  uint32_t count;
  bool outer;  // the line that parts a function's own variables from those around it is written
};

static void add_value(struct six_nodejs *node, six_value value, struct six_text *out) {
  struct six_inspect_options options;
  six_inspect_defaults(node->m, &options);
  options.depth = 1;
  options.custom_inspect = false;  // nothing of the program runs
  options.break_length = INFINITY;
  options.compact = SIX_COMPACT_TRUE;
  options.max_array_length = 12;
  options.max_string_length = WIDTH;
  struct six_text text = {0};
  if (value == SIX_EMPTY) six_text_adds(&text, "(not initialised yet)");
  else if (!six_inspect(node->m, value, &options, &text)) six_take_exception(node->m);
  for (size_t i = 0, cells = 0; i < text.length && cells < WIDTH; cells++) {
    uint32_t c;
    i += six_utf8_decode(text.bytes + i, text.length - i, &c);
    six_text_add_code_point(out, c == '\n' ? ' ' : c < 0x20 || c == 0x7F ? 0x2400 + (c & 0x1F) : c);
    if (cells + 1 == WIDTH) six_text_adds(out, "...");
  }
  six_text_addc(out, '\n');
  six_text_done(&text);
}

static void see(void *context, six_value name, six_value value, bool is_own) {
  static const char *const given[] = {"exports", "require", "module", "__filename", "__dirname"};
  struct looking *looking = context;
  struct six_text text = {0};
  six_add_string(looking->node->m, six_as_string(name), &text);
  for (size_t i = 0; i < sizeof given / sizeof *given; i++)
    if (text.length && !strcmp(text.bytes, given[i])) text.length = 0;
  if (text.length && looking->count++ < VARIABLES) {
    if (!is_own && !looking->outer) six_text_adds(looking->out, "  from around it:\n");
    looking->outer = looking->outer || !is_own;
    six_text_addf(looking->out, is_own ? "  %s = " : "    %s = ", text.bytes);
    add_value(looking->node, value, looking->out);
  }
  six_text_done(&text);
}

static void add_head(struct looking *looking, six_value function, six_value this_value, bool first) {
  struct six_text *out = looking->out;
  struct six_string *name = six_is_object(function) ? six_function_name(looking->node->m, six_as_object(function)) : NULL;
  uint32_t unit;
  struct six_span span;
  bool is_main = !six_function_location(looking->node->m, function, &unit, &span) || (span.start == 0 && !name);
  if (!first) six_text_addc(out, '\n');
  if (name && name->length) six_add_string(looking->node->m, name, out);
  else six_text_adds(out, is_main ? "(the program)" : "(anonymous)");
  six_text_addc(out, '\n');
  if (this_value == SIX_EMPTY || this_value == SIX_UNDEFINED) return;
  six_text_adds(out, "  this = ");
  add_value(looking->node, this_value, out);
}

void six_node_look_now(struct six_nodejs *node) {
  uint32_t at = node->options.look_at;
  if (six_trace_count(node->trace) <= at) return;
  node->options.look_at = 0;
  struct looking looking = {.node = node, .out = &node->result->look};
  six_value function, this_value;
  size_t roots = six_roots_mark(node->m);
  for (uint32_t depth = 0; depth < FRAMES && six_frame_this(node->m, depth, &function, &this_value); depth++) {
    add_head(&looking, function, this_value, depth == 0);
    looking.outer = false;
    looking.count = 0;
    six_each_variable(node->m, depth, see, &looking);
    if (!looking.count) six_text_adds(looking.out, "  no variables\n");
  }
  six_roots_release(node->m, roots);
  node->m->stop = SIX_STOP_EXIT;  // the rest of the run tells nothing
  node->m->fuel = 0;
}
