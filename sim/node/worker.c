#include "sim/node/worker.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "sim/machine/builtins/builtin.h"
#include "sim/node/commonjs.h"
#include "sim/node/files.h"
#include "sim/node/library.h"
#include "sim/node/process.h"
#include "sim/node/run.h"
#include "sim/node/structured_clone.h"
#include "sim/program/parse.h"

#define BOOT_NS (12 * SIX_MILLISECOND)  // a new isolate and its bootstrap
#define BOOT_SLACK_NS (10 * SIX_MILLISECOND)
#define LATE_NS (3 * SIX_MILLISECOND)
#define PROCESS_BOOT_NS (40 * SIX_MILLISECOND)  // a new process
#define PROCESS_LOAD_NS (2 * SIX_MILLISECOND)   // until its main script runs: its first message is read by then
#define SPAWN_NS (3 * SIX_MILLISECOND / 2)      // the parent's part of it
#define MESSAGE_NS (5 * SIX_MICROSECOND)        // from one thread to another
// What the worker's side of these costs: the first use of a stream makes it.
#define FIRST_WRITE_NS (1 * SIX_MILLISECOND)
#define WRITE_NS (50 * SIX_MICROSECOND)
#define EXIT_NS (1 * SIX_MILLISECOND)

enum { MOST_WORKERS = 256, FIRST_STREAM = 1 << 30 };  // net.js counts its streams from 1

struct output {  // WritableWorkerStdio: one message is under way until the parent asks for more
  bool used, writing;
  struct six_text waiting;
};

struct six_agent {
  struct six_agent *next, *parent;
  int id;
  struct six_nodejs *node;  // NULL once it has ended
  struct six_result result;
  char *code, *file;  // of an eval, or the name of its file
  uint64_t starts_at, sleeps_until;
  bool begun, started, terminated;
  bool is_process;
  bool piped[2];             // a process: its output goes to its parent's stream, not where the parent's own goes
  int asked;                 // how often its beginning was put to choice
  uint64_t steps;            // charged to the main thread so far
  int internal, exits;       // endpoints of the parent's
  uint64_t wants_handle[2];  // of its own loop: the parent wants more output
  struct output output[2];
};

// Where messages arrive. Pairs: the other end of a channel is number ^ 1.
struct endpoint {
  struct six_agent *owner;
  six_value receive;  // a function of the owner's machine: (value, ports), or (undefined, null) when the other end closed
  uint64_t handle;
};

struct six_threads {
  struct six_agent main;
  struct six_agent *workers;  // in order of their making
  int last_id, last_process;
  uint32_t alive;
  struct endpoint *endpoints;
  int endpoint_count, endpoint_capacity;
};

static struct six_threads *threads_of(struct six_nodejs *node) {
  if (node->threads) return node->threads;
  struct six_threads *threads = node->threads = calloc(1, sizeof *threads);
  if (!threads) abort();
  threads->main.node = node;
  threads->main.started = true;
  six_loop_share(node->loop);
  return threads;
}

static struct six_agent *agent_of(struct six_nodejs *node) { return node->agent ? node->agent : &threads_of(node)->main; }

// ---- Endpoints

static int new_endpoint(struct six_threads *threads, struct six_agent *owner) {
  if (threads->endpoint_count == threads->endpoint_capacity) {
    threads->endpoint_capacity = threads->endpoint_capacity ? threads->endpoint_capacity * 2 : 16;
    threads->endpoints = realloc(threads->endpoints, (size_t)threads->endpoint_capacity * sizeof *threads->endpoints);
    if (!threads->endpoints) abort();
  }
  threads->endpoints[threads->endpoint_count] = (struct endpoint){owner, SIX_UNDEFINED, six_loop_async_handle(owner->node->loop)};
  return threads->endpoint_count++;
}

static void move_endpoint(struct six_threads *threads, int number, struct six_agent *owner) {
  threads->endpoints[number] = (struct endpoint){owner, SIX_UNDEFINED, six_loop_async_handle(owner->node->loop)};
}

static struct endpoint *endpoint_at(struct six_threads *threads, six_value number) {
  int i = six_is_int(number) ? six_as_int(number) : -1;
  return threads && i >= 0 && i < threads->endpoint_count ? &threads->endpoints[i] : NULL;
}

static enum six_outcome deliver(void *context, const struct six_task *task) {  // a: the value, b: ports, c: the endpoint
  struct six_nodejs *node = context;
  struct endpoint *at = endpoint_at(node->threads, task->c);
  if (!at || !six_is_callable(at->receive)) return SIX_DONE;
  const six_value arguments[] = {task->a, task->b};
  return six_node_callback(node, at->receive, SIX_UNDEFINED, 2, arguments);
}

// How long until something that happens now is seen by another agent, on that one's clock.
static uint64_t delay_to(struct six_nodejs *from, struct six_nodejs *to) {
  uint64_t then = six_node_time(from) + MESSAGE_NS, now = six_outside_now(to->outside);
  return then > now ? then - now : 0;
}

// What a thread posts is a stream: poll goes over the ports in the order of their making, so that a port made later cannot
// be first, unless what it was sent arrived in an earlier turn; and a worker's end comes after all that it posted, since
// its ports are emptied first (Worker[kOnExit]).
static struct six_stream stream_of(const struct six_nodejs *from, int number) {
  const struct six_agent *agent = from->agent;
  uint32_t handle = (uint32_t)from->threads->endpoints[number].handle;
  return (struct six_stream){FIRST_STREAM + (agent ? (uint32_t)agent->id : 0), agent && number == agent->exits ? UINT32_MAX : handle};
}

// The value and the ports are the receiver's.
static void post(struct six_nodejs *from, int number, const char *label, six_value value, six_value ports) {
  struct endpoint *at = &from->threads->endpoints[number];
  if (!at->owner || !at->owner->node) return;
  struct six_nodejs *to = at->owner->node;
  struct six_node_operation operation = {.kind = SIX_TASK_MESSAGE,
                                         .label = label,
                                         .ns = delay_to(from, to),
                                         .callback = at->receive,
                                         .unref = true,
                                         .handle = at->handle,
                                         .stream = stream_of(from, number)};
  six_node_outside(to, &operation, deliver, value, ports, six_int(number));
}

static void post_text(struct six_nodejs *from, const char *type, int fd, const char *bytes, size_t length) {
  struct six_agent *agent = from->agent;
  struct six_nodejs *to = agent->parent->node;
  struct six_object *message = six_object_new(to->m, six_intrinsic(to->m, SIX_I_ObjectPrototype));
  size_t roots = six_roots_mark(to->m);
  six_root(to->m, six_object_value(message));
  six_put(to->m, message, "type", six_str(to->m, type));
  six_put(to->m, message, "fd", six_int(fd));
  six_put(to->m, message, "text", six_string_value(six_string_utf8(to->m, bytes, length)));
  post(from, agent->internal, type, six_object_value(message), SIX_UNDEFINED);
  six_roots_release(to->m, roots);
}

// ---- A worker's output

static void send_output(struct six_nodejs *node, int fd, const char *bytes, size_t length) {
  struct output *output = &node->agent->output[fd - 1];
  if (!output->writing) six_node_hold(node, 1);
  output->writing = true;
  post_text(node, "stdio", fd, bytes, length);
}

static void flush_waiting(struct six_nodejs *node, int fd) {
  struct six_text text = node->agent->output[fd - 1].waiting;
  node->agent->output[fd - 1].waiting = (struct six_text){0};
  if (text.length) send_output(node, fd, text.bytes, text.length);
  six_text_done(&text);
}

// Once it exits, the parent need not ask any more; earlier what waited was lost.
static bool keeps_output(const struct six_nodejs *node) { return node->exiting && (node->rules->major == 20 || node->rules->major >= 22); }

bool six_worker_is_thread(const struct six_nodejs *node) { return node->agent && !node->agent->is_process; }

static void write_of_process(struct six_nodejs *node, int fd, const char *bytes, size_t length) {
  struct six_agent *agent = node->agent;
  six_node_work(node, node->world->costs.output);
  while (!agent->piped[fd - 1] && agent->parent->node->agent) agent = agent->parent;
  if (agent->piped[fd - 1]) post_text(agent->node, "stdio", fd, bytes, length);
  else six_node_print(node->threads->main.node, fd, bytes, length);
}

void six_worker_write(struct six_nodejs *node, int fd, const char *bytes, size_t length) {
  if (node->agent->is_process) {
    if (!node->agent->terminated) write_of_process(node, fd, bytes, length);
    return;
  }
  struct output *output = &node->agent->output[fd - 1];
  six_node_work(node, output->used ? WRITE_NS : FIRST_WRITE_NS);
  output->used = true;
  if (node->agent->terminated) return;
  if (output->writing) six_text_add(&output->waiting, bytes, length);
  else send_output(node, fd, bytes, length);
  if (keeps_output(node)) flush_waiting(node, fd);
}

static enum six_outcome parent_wants_more(void *context, const struct six_task *task) {
  struct six_nodejs *node = context;
  struct output *output = &node->agent->output[six_as_int(task->a) - 1];
  if (!output->writing) return SIX_DONE;
  output->writing = false;
  six_node_hold(node, -1);
  flush_waiting(node, six_as_int(task->a));
  return SIX_DONE;
}

// ---- Errors and the end

static six_value encoded(struct six_nodejs *node, six_value error) {
  six_value encode = six_library_get(node, SIX_LIBRARY_worker_threads, "encodeError");
  return six_is_exception(encode) ? encode : six_call(node->m, encode, SIX_UNDEFINED, 1, &error);
}

void six_worker_fatal(struct six_nodejs *node, six_value error) {
  struct six_agent *agent = node->agent;
  struct six_nodejs *to = agent->parent->node;
  enum six_stop stop = node->m->stop;
  node->m->stop = SIX_STOP_NONE;
  six_value message = encoded(node, error);
  if (!six_is_exception(message)) message = six_clone_between(node, to, message, SIX_UNDEFINED, SIX_UNDEFINED);
  if (!node->m->stop) node->m->stop = stop;
  if (six_is_exception(message)) return;
  six_node_work(node, EXIT_NS);
  post(node, agent->internal, "error", message, SIX_UNDEFINED);
}

static void end(struct six_agent *agent, int code) {
  struct six_nodejs *node = agent->node;
  struct six_threads *threads = node->threads;
  for (struct six_agent *child = threads->workers; child; child = child->next)
    if (child->parent == agent && child->node) end(child, 1);
  for (int fd = 1; fd <= 2; fd++)
    if (keeps_output(node) && !agent->terminated) flush_waiting(node, fd);
  six_node_work(node, EXIT_NS);
  post(node, agent->exits, "exit", six_int(code), SIX_UNDEFINED);
  for (int i = 0; i < threads->endpoint_count; i++) {
    if (threads->endpoints[i].owner != agent) continue;
    threads->endpoints[i] = (struct endpoint){NULL, SIX_UNDEFINED, 0};
    if (threads->endpoints[i ^ 1].owner != agent) post(node, i ^ 1, NULL, SIX_UNDEFINED, SIX_NULL);
  }
  for (int i = 0; i < 2; i++) six_text_done(&agent->output[i].waiting);
  node->state[SIX_STATE(fs)] = NULL;  // the main thread's
  node->threads = NULL;
  six_node_tear_down(node);
  free(node);
  agent->node = NULL;
  threads->alive--;
}

// What stops a run stops all of it.
static void pass_on_stop(struct six_agent *agent, struct six_nodejs *main) {
  struct six_machine *m = agent->node->m;
  if (m->stop == SIX_STOP_NONE || m->stop == SIX_STOP_EXIT) return;
  main->m->stop_unit = UINT32_MAX;
  six_node_stop(main, m->stop, "%.180s (in a worker thread)",
                m->stop_message[0] ? m->stop_message : "the memory budget ran out (--max-memory)");
}

// ---- Turns

static struct six_object *compile(struct six_agent *agent, struct six_diag *diag) {
  struct six_nodejs *node = agent->node;
  size_t length = agent->code ? strlen(agent->code) : 0;
  const char *text = agent->code ? agent->code : six_commonjs_text(node, agent->file, &length);
  struct six_source source = {node->file_name, text, length};
  const char *ending = strrchr(node->file_name, '.');
  enum six_parse_goal goal = !ending || strcmp(ending, ".cjs") == 0 ? SIX_PARSE_SCRIPT
                             : strcmp(ending, ".mjs") == 0          ? SIX_PARSE_MODULE
                                                                    : SIX_PARSE_DETECT;
  struct six_program *program = six_parse(&source, goal, diag);
  if (!program) return NULL;
  six_keep_program(node, program, NULL);
  node->program = program;
  return six_node_compile_main(node, diag);
}

static enum six_outcome fail_to_load(void *context, const struct six_task *task) {
  struct six_nodejs *node = context;
  const struct six_diag *diag = (const struct six_diag *)(uintptr_t)task->b;
  if (diag) {
    six_throw_diag(node->m, diag);
  } else {
    struct six_object *error = six_error_new(node->m, SIX_I_ErrorPrototype, six_strf(node->m, "Cannot find module '%s'", node->file_name));
    six_put(node->m, error, "code", six_str(node->m, "MODULE_NOT_FOUND"));
    six_put(node->m, error, "requireStack", six_object_value(six_array_new(node->m, 0)));
    six_throw(node->m, six_object_value(error));
  }
  return six_node_report(node);
}

// What comes before the main script.
static bool begin(struct six_nodejs *node) {
  if (node->agent->is_process) {
    six_value start = six_library_get(node, SIX_LIBRARY_processes, "start");
    return !six_is_exception(start) && !six_is_exception(six_call(node->m, start, SIX_UNDEFINED, 0, NULL));
  }
  if (six_is_exception(six_node_module(node, SIX_MODULE_worker_threads))) return false;
  post_text(node, "online", 0, "", 0);
  return true;
}

// The main script; false: the run is over.
static bool boot(struct six_agent *agent) {
  struct six_nodejs *node = agent->node;
  struct six_diag diag = {0};
  size_t length;
  agent->started = true;
  if (!agent->begun && !begin(node)) return false;
  bool found = agent->code || six_commonjs_text(node, agent->file, &length);
  struct six_object *main = found ? compile(agent, &diag) : NULL;
  if (main) return six_node_run_main(node, main);
  struct six_task task = {.run = fail_to_load, .b = found ? (uintptr_t)&diag : 0};
  return six_loop_run_main(node->loop, &task);
}

// true: it ended.
static bool turn(struct six_agent *agent) {
  struct six_nodejs *node = agent->node;
  if (agent->is_process && !agent->begun) {
    agent->begun = true;
    if (!begin(node)) return true;
    agent->starts_at = six_node_time(node) + PROCESS_LOAD_NS;
    six_outside_wait_until(node->outside, agent->starts_at);
    return false;
  }
  if (!agent->started && (!boot(agent) || node->m->stop)) return true;
  do {
    if (!six_loop_run(node->loop) || node->m->stop) return true;
    if (six_loop_suspended(node->loop)) return false;
    six_node_emit_before_exit(node);
    if (node->m->stop) return true;
  } while (six_loop_alive(node->loop));
  six_node_emit_exit(node);
  if (!node->m->stop) node->final_status = six_node_exit_status(node);
  return true;
}

static void step(struct six_agent *agent, struct six_nodejs *main) {
  bool ended = turn(agent);
  six_outside_settle(agent->node->outside);
  main->m->effort += six_outside_steps(agent->node->outside) - agent->steps;
  agent->steps = six_outside_steps(agent->node->outside);
  pass_on_stop(agent, main);
  if (ended) end(agent, agent->node->final_status);
}

static uint64_t next_of(const struct six_agent *agent) {
  if (!agent->node) return UINT64_MAX;
  if (!agent->started) return agent->starts_at;
  uint64_t arrives = six_outside_next(agent->node->outside);
  return arrives < agent->sleeps_until ? arrives : agent->sleeps_until;
}

static struct six_agent *earliest_but(struct six_threads *threads, const struct six_agent *self) {
  struct six_agent *first = NULL;
  for (struct six_agent *agent = threads->workers; agent; agent = agent->next)
    if (agent != self && agent->node && (!first || next_of(agent) < next_of(first))) first = agent;
  return first;
}

// A thread may take longer to begin than the world says: as long as what comes in the meantime. [choice point]
static bool is_late(struct six_threads *threads, struct six_agent *agent) {
  enum { MOST_OTHERS = 7, MOST_ASKED = 2 };
  uint64_t times[MOST_OTHERS], from = agent->starts_at, until = threads->main.sleeps_until;
  uint32_t count = 0;
  if (agent->started || agent->asked++ == MOST_ASKED) return false;
  if (until > from && until <= from + BOOT_SLACK_NS) times[count++] = until;
  for (struct six_agent *other = threads->workers; other && count < MOST_OTHERS; other = other->next) {
    if (other == agent || !other->node || other->started || other->starts_at > from + BOOT_SLACK_NS) continue;
    uint32_t at = count++;
    for (; at > 0 && times[at - 1] > other->starts_at; at--) times[at] = times[at - 1];
    times[at] = other->starts_at;
  }
  uint32_t taken = six_loop_choose_thread(threads->main.node->loop, count);
  if (!taken) return false;
  agent->starts_at = times[taken - 1] + LATE_NS;
  six_outside_wait_until(agent->node->outside, agent->starts_at);
  return true;
}

bool six_threads_others(void *context, uint64_t until) {
  struct six_nodejs *node = context;
  struct six_threads *threads = node->threads;
  struct six_agent *self = agent_of(node);
  self->sleeps_until = until;
  if (self != &threads->main) {
    struct six_agent *other = earliest_but(threads, self);
    uint64_t mine = next_of(self), best = next_of(&threads->main);
    if (other && next_of(other) < best) best = next_of(other);
    return mine != UINT64_MAX && mine <= best;
  }
  while (!node->m->stop) {
    struct six_agent *agent = earliest_but(threads, self);
    if (!agent || next_of(agent) == UINT64_MAX || next_of(agent) > next_of(self)) return true;
    if (is_late(threads, agent)) continue;
    step(agent, node);
    if (six_node_over_budget(node)) break;
  }
  return false;
}

void six_threads_mark(struct six_nodejs *node) {
  struct six_threads *threads = node->threads;
  for (int i = 0; threads && i < threads->endpoint_count; i++)
    if (threads->endpoints[i].owner && threads->endpoints[i].owner->node == node) six_mark_value(node->m, threads->endpoints[i].receive);
}

void six_threads_free(struct six_nodejs *node) {
  struct six_threads *threads = node->threads;
  if (!threads || node->agent) return;
  for (struct six_agent *agent = threads->workers; agent; agent = agent->next)
    if (agent->node) agent->terminated = true, end(agent, 1);
  while (threads->workers) {
    struct six_agent *agent = threads->workers;
    threads->workers = agent->next;
    free(agent->code);
    free(agent->file);
    six_text_done(&agent->result.message);
    free(agent);
  }
  free(threads->endpoints);
  free(threads);
  node->threads = NULL;
}

// ---- What lib/worker_threads.js finds in `native`

static int int_arg(const struct six_args *a, int i) { return six_is_int(six_arg(a, i)) ? six_as_int(a->argv[i]) : -1; }

static struct six_agent *worker_arg(struct six_nodejs *node, const struct six_args *a, int i) {
  for (struct six_agent *agent = node->threads ? node->threads->workers : NULL; agent; agent = agent->next)
    if (agent->id == int_arg(a, i) && agent->node) return agent;
  return NULL;
}

// self(): {threadId, data} of a worker, or undefined.
static six_value native_self(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  (void)a;
  if (!six_worker_is_thread(node)) return SIX_UNDEFINED;
  struct six_object *o = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  six_put(m, o, "threadId", six_int(node->agent->id));
  six_put(m, o, "data", node->roots[SIX_ROOT_WORKER_DATA]);
  return six_object_value(o);
}

// child(): {pid, data} of a process, or undefined in the first one.
static six_value native_child(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  (void)a;
  if (!node->agent || !node->agent->is_process) return SIX_UNDEFINED;
  struct six_object *o = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  six_put(m, o, "pid", six_int(node->agent->id));
  six_put(m, o, "data", node->roots[SIX_ROOT_WORKER_DATA]);
  return six_object_value(o);
}

// isFile(name): whether the world, or the run so far, has such a file.
static six_value native_is_file(struct six_machine *m, const struct six_args *a) {
  char *name = six_node_utf8(six_node_of(m), six_arg(a, 0), NULL);
  size_t length;
  if (!name) return SIX_EXCEPTION;
  bool found = six_commonjs_text(six_node_of(m), name, &length) != NULL;
  free(name);
  return six_boolean(found);
}

// endpoints(): two numbers, the ends of a new channel.
static six_value native_endpoints(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  struct six_object *pair = six_array_new(m, 2);
  (void)a;
  for (int i = 0; i < 2; i++) {
    int number = new_endpoint(threads_of(node), agent_of(node));
    six_array_push(m, pair, six_int(number));
  }
  return six_object_value(pair);
}

// listen(number, f): f(value, ports) in poll.
static six_value native_listen(struct six_machine *m, const struct six_args *a) {
  struct endpoint *at = endpoint_at(six_node_of(m)->threads, six_arg(a, 0));
  if (at) at->receive = six_arg(a, 1);
  return SIX_UNDEFINED;
}

// send(number, value, transfer, numbers, ports): to an endpoint, wherever it is.
static six_value native_send(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  struct endpoint *at = endpoint_at(node->threads, six_arg(a, 0));
  if (!at || !at->owner || !at->owner->node) {
    six_value copy = six_structured_clone(node, six_arg(a, 1), six_arg(a, 2));
    return six_is_exception(copy) ? copy : SIX_UNDEFINED;
  }
  struct six_nodejs *to = at->owner->node;
  size_t roots = six_roots_mark(to->m);
  six_value message[2] = {six_arg(a, 1), six_arg(a, 4)};
  struct six_object *both = six_array_new(m, 2);  // the value, and the ports that are transferred
  six_root(m, six_object_value(both));
  for (int i = 0; i < 2; i++) six_array_push(m, both, message[i]);
  six_value copy = six_clone_between(node, to, six_object_value(both), six_arg(a, 2), six_arg(a, 3));
  if (!six_is_exception(copy)) {
    six_root(to->m, copy);
    struct six_object *parts = six_as_object(copy);
    post(node, six_as_int(a->argv[0]), NULL, parts->elements[0], parts->elements[1]);
  }
  six_roots_release(to->m, roots);
  return six_is_exception(copy) ? copy : SIX_UNDEFINED;
}

// closed(number): the other end of it closed.
static six_value native_closed(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  if (endpoint_at(node->threads, six_arg(a, 0))) post(node, six_as_int(a->argv[0]), NULL, SIX_UNDEFINED, SIX_NULL);
  return SIX_UNDEFINED;
}

// wants(worker, fd): its next output may come.
static six_value native_wants(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  struct six_agent *agent = worker_arg(node, a, 0);
  if (!agent) return SIX_UNDEFINED;
  struct six_node_operation operation = {
      .kind = SIX_TASK_MESSAGE, .ns = delay_to(node, agent->node), .unref = true, .handle = agent->wants_handle[int_arg(a, 1) - 1]};
  six_node_outside(agent->node, &operation, parent_wants_more, six_arg(a, 1), SIX_UNDEFINED, 0);
  return SIX_UNDEFINED;
}

// terminate(worker)
static six_value native_terminate(struct six_machine *m, const struct six_args *a) {
  struct six_agent *agent = worker_arg(six_node_of(m), a, 0);
  if (!agent) return SIX_UNDEFINED;
  agent->terminated = true;
  six_outside_wait_until(agent->node->outside, six_node_time(six_node_of(m)));
  end(agent, 1);
  return SIX_UNDEFINED;
}

// handles(process, signal): it listens to that signal.
static six_value native_handles(struct six_machine *m, const struct six_args *a) {
  struct six_agent *agent = worker_arg(six_node_of(m), a, 0);
  char *name = agent && agent->started ? six_node_utf8(six_node_of(m), six_arg(a, 1), NULL) : NULL;
  bool handled = name && six_node_process_has_listeners(agent->node, name);
  free(name);
  return six_boolean(handled);
}

static struct six_options worker_options(const struct six_options *parent) {
  struct six_options options = *parent;
  options.record_trace = options.record_statements = options.explore = false;
  options.schedule = options.folder = NULL;
  options.write = NULL;
  return options;
}

static struct six_nodejs *new_node(struct six_nodejs *parent, struct six_agent *agent) {
  struct six_nodejs *node = calloc(1, sizeof *node);
  struct six_diag diag = {0};
  if (!node) abort();
  node->result = &agent->result;
  node->world = parent->world;
  node->rules = parent->rules;
  node->options = worker_options(&parent->options);
  node->memo_is_given = parent->memo_is_given;
  if (!node->memo_is_given) node->options.memo = NULL;  // each its own
  node->display_name = parent->display_name;
  node->file_name = strdup(agent->file);
  node->dir_name = strdup(parent->dir_name);
  node->threads = parent->threads;
  node->agent = agent;
  agent->node = node;
  bool good = six_node_set_up(node, &diag);
  assert(good);  // only a schedule or libuv could fail
  (void)good;
  node->state[SIX_STATE(fs)] = six_files_of(parent);
  six_loop_share(node->loop);
  six_outside_wait_until(node->outside, agent->starts_at);
  return node;
}

// spawn(file, code, data, transfer, numbers, [internal, exit, port], how): the new thread's or process's number. how: 1 a
// process, + 2 whose output is piped, + 4 whose standard error is.
static six_value native_spawn(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  struct six_threads *threads = threads_of(node);
  if (node->options.folder) return six_throw_unsupported(m, "another thread or process on a real loop");
  if (threads->alive >= MOST_WORKERS) return six_throw_unsupported(m, "more than 256 workers or processes at a time");
  struct six_agent *agent = calloc(1, sizeof *agent), **last = &threads->workers;
  if (!agent) abort();
  agent->parent = agent_of(node);
  agent->file = six_node_utf8(node, six_arg(a, 0), NULL);
  if (six_is_string(six_arg(a, 1))) agent->code = six_node_utf8(node, a->argv[1], NULL);
  struct six_object *numbers = six_as_object(six_arg(a, 5));
  agent->internal = six_as_int(numbers->elements[0]);
  agent->exits = six_as_int(numbers->elements[1]);
  int how = six_is_int(six_arg(a, 6)) ? six_as_int(a->argv[6]) : 0;
  agent->is_process = how & 1;
  for (int i = 0; i < 2; i++) agent->piped[i] = how & (2 << i);
  six_node_work(node, SPAWN_NS);
  agent->starts_at = six_node_time(node) + (agent->is_process ? PROCESS_BOOT_NS : BOOT_NS);
  struct six_nodejs *child = new_node(node, agent);
  threads->alive++;
  move_endpoint(threads, six_as_int(numbers->elements[2]), agent);
  for (int i = 0; i < 2; i++) agent->wants_handle[i] = six_loop_async_handle(child->loop);
  while (*last) last = &(*last)->next;
  *last = agent;
  six_value data = six_clone_between(node, child, six_arg(a, 2), six_arg(a, 3), six_arg(a, 4));
  if (six_is_exception(data)) {
    agent->terminated = true;
    end(agent, 1);
    return data;
  }
  child->roots[SIX_ROOT_WORKER_DATA] = data;
  agent->id = agent->is_process ? SIX_NODE_PID + ++threads->last_process : ++threads->last_id;
  return six_int(agent->id);
}

six_value six_worker_port(struct six_nodejs *node, six_value endpoint) {
  if (!six_is_int(endpoint))
    return six_throw_type(node->m, "Object that needs transfer was found in message but not listed in transferList");
  move_endpoint(node->threads, six_as_int(endpoint), agent_of(node));
  six_value make = six_library_get(node, SIX_LIBRARY_message, "portOf");
  return six_is_exception(make) ? make : six_call(node->m, make, SIX_UNDEFINED, 1, &endpoint);
}

void six_worker_helpers(struct six_nodejs *node, struct six_object *native) {
  static const struct six_native_def helpers[] = {
      {"self", native_self, 0, 0},      {"endpoints", native_endpoints, 0, 0}, {"listen", native_listen, 2, 0},
      {"send", native_send, 5, 0},      {"closed", native_closed, 1, 0},       {"wants", native_wants, 2, 0},
      {"spawn", native_spawn, 6, 0},    {"terminate", native_terminate, 1, 0}, {"child", native_child, 0, 0},
      {"isFile", native_is_file, 1, 0}, {"handles", native_handles, 2, 0},
  };
  six_define_natives(node->m, native, helpers, SIX_COUNT(helpers));
}
