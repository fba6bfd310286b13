// Standard output and standard error: blocks, the output budget, the trace's OUTPUT events.
#include <string.h>

#include "sim/node/worker.h"

enum { BLOCK = 64 * 1024 };

static void flush(struct six_nodejs *node, int fd, struct six_text *text) {
  if (!node->options.write || text->length == 0) return;
  node->options.write(node->options.write_context, fd, text->bytes, text->length);
  text->length = 0;
}

void six_node_flush(struct six_nodejs *node) {
  flush(node, 1, &node->out);
  flush(node, 2, &node->err);
}

bool six_node_write(struct six_nodejs *node, int fd, const char *bytes, size_t length) {
  if (!node->agent) {
    six_outside_work(node->outside, node->world->costs.output);
    return six_node_print(node, fd, bytes, length);
  }
  six_worker_write(node, fd, bytes, length);
  return true;
}

bool six_node_print(struct six_nodejs *node, int fd, const char *bytes, size_t length) {
  if (node->output_bytes + length > node->options.max_output) {
    size_t room = node->options.max_output - node->output_bytes;
    six_text_add(fd == 1 ? &node->out : &node->err, bytes, room);
    node->output_bytes += room;
    six_node_stop(node, SIX_STOP_OUTPUT, "the output budget ran out: %zu bytes were printed (--max-output)", node->output_bytes);
    return false;
  }
  node->output_bytes += length;
  if (node->trace && length) {
    uint32_t text = six_trace_add_text(node->trace, bytes, length);
    six_trace_output(node->trace, six_node_site(node), text, (uint32_t)fd, six_node_time(node));
    six_node_look(node);
  }
  // What waits for the other descriptor was written earlier.
  struct six_text *mine = fd == 1 ? &node->out : &node->err, *other = fd == 1 ? &node->err : &node->out;
  if (other->length) flush(node, fd == 1 ? 2 : 1, other);
  six_text_add(mine, bytes, length);
  if (mine->length >= BLOCK) flush(node, fd, mine);
  return true;
}
