// node: worker threads, and processes that run Node. Each is an agent with a machine, a loop and a clock of its own; their clocks are those
// of one world, so whose next event is the earliest has its turn, and what is sent arrives when the receiver's clock is there.
#ifndef SIX_NODE_WORKER_H
#define SIX_NODE_WORKER_H

#include "sim/node/node.h"

// Lets other agents run until the time when the asking one's poll goes on: six_loop_host.others.
bool six_threads_others(void *context, uint64_t until);
void six_threads_mark(struct six_nodejs *node);
void six_threads_free(struct six_nodejs *node);  // the main thread's run is over

// Adds what lib/message.js and lib/worker_threads.js need of this file.
void six_worker_helpers(struct six_nodejs *node, struct six_object *native);
bool six_worker_is_thread(const struct six_nodejs *node);  // not the main thread of a process
// In a worker: its output goes to the parent in messages; nobody took its error; its data.
void six_worker_write(struct six_nodejs *node, int fd, const char *bytes, size_t length);
bool six_node_print(struct six_nodejs *node, int fd, const char *bytes, size_t length);  // six_node_write, at no time (output.c)
void six_worker_fatal(struct six_nodejs *node, six_value error);
// The port that a transferred one is in this machine. `endpoint`: its number. SIX_EXCEPTION with an exception. [JS]
six_value six_worker_port(struct six_nodejs *node, six_value endpoint);

#endif
