// node: Node's API on top of the machine and the loop. This header is what every module of sim/node is written against.
//
// A module is one function `six_value six_module_<id>(struct six_nodejs *node)` that makes its exports object; it runs at
// the first require. A lazy global is `six_value six_global_<name>(struct six_nodejs *node)`; it runs when the program
// first reads the name. Both are listed in sim/node/modules.h. A module's C state hangs on node->state[SIX_STATE_x].
#ifndef SIX_NODE_NODE_H
#define SIX_NODE_NODE_H

#include "sim/base/text.h"
#include "sim/loop/loop.h"
#include "sim/machine/machine.h"
#include "sim/machine/promise.h"
#include "sim/node/modules.h"
#include "sim/sixphase.h"
#include "sim/trace/pen.h"

enum { SIX_NODE_PID = 4242, SIX_NODE_PPID = 4241 };

struct six_nodejs {
  struct six_machine *m;
  struct six_loop *loop;
  const struct six_world *world;
  struct six_outside *outside;
  const struct six_rules *rules;
  struct six_trace *trace;  // NULL when none is recorded
  struct six_trace_memo *memo;
  struct six_options options;  // budgets resolved
  bool memo_is_given;          // options.memo is not the run's own
  struct six_result *result;
  const struct six_program *program;  // the main one
  const char *file_name;              // absolute, "/home/user/puzzle.js"
  const char *dir_name;
  const char *display_name;  // as the user gave it, for our own messages

  six_value module_exports[SIX_MODULE_COUNT];  // SIX_EMPTY until required
  six_value globals[SIX_GLOBAL_COUNT];         // SIX_EMPTY until the program first reads the name
  bool globals_defined[SIX_GLOBAL_COUNT];      // ... once they were properties of the global object: a deleted one stays away
  void *state[SIX_MODULE_COUNT];               // free for each module: counted in nothing, freed by free_state
  void (*free_state[SIX_MODULE_COUNT])(struct six_nodejs *node, void *state);
  void (*mark_state[SIX_MODULE_COUNT])(struct six_nodejs *node, void *state);  // or NULL: marks the six_values in it
  six_value roots[64];                                                         // a few values that modules keep: SIX_ROOT_*, always marked
  six_value main_module;                                                       // the main script's `module`
  six_value require_cache;

  // process
  six_value process;    // SIX_EMPTY until used
  six_value exit_code;  // process.exitCode: SIX_UNDEFINED until set
  bool exiting;         // process._exiting
  // Stack traces: what of Node is under the running callback (a key of frames.h) and since which of the loop's tasks; and the
  // argument, system call or code that a native is about to throw about.
  const char *base_frames;
  uint64_t base_task;
  const char *throwing;
  six_value head_error;  // compared only: the error that was thrown by Node's code at head_row (frames.h)
  int32_t head_row;
  bool unsettled_main;  // the main module waits at a top-level await (R47)
  int final_status;
  uint32_t promise_numbers;          // of promises in the trace
  const struct six_task *immediate;  // whose callback runs, and its id; NULL: none
  uint64_t immediate_id;
  uint64_t next_async_id;  // of timers, immediates, ...: ids count as in Node
  struct six_stdio_ids {
    bool used;
    uint64_t counted_in;  // the task in which a write took an id for its tick
  } stdio_ids[2];

  struct six_rejections *rejections;  // errors.c
  struct six_esm *esm;                // esm.c
  struct six_threads *threads;        // worker.c; NULL without workers
  struct six_agent *agent;            // the worker that this is; NULL: the main thread
  bool warned_how_to_trace;           // the hint about --trace-warnings was shown
  bool warned_negative, warned_nan;   // delays that are
  bool warned_multiple_resolves;      // its deprecation was shown
  bool rejection_heard;               // the last rejection event that the drain emitted had a listener
  bool warned_rejections;             // Node 14 and earlier: the deprecation was shown

  struct six_text out, err;  // buffered output
  size_t output_bytes;
};

enum six_node_root {  // values kept alive for their modules; add yours
  SIX_ROOT_TIMEOUT_PROTOTYPE,
  SIX_ROOT_IMMEDIATE_PROTOTYPE,
  SIX_ROOT_TIMER_PARTS,
  SIX_ROOT_PROCESS_PROTOTYPE,
  SIX_ROOT_EVENTS_PROTOTYPE,
  SIX_ROOT_STDOUT,
  SIX_ROOT_STDERR,
  SIX_ROOT_STDIN,
  SIX_ROOT_CONSOLE,
  SIX_ROOT_BUFFER_PROTOTYPE,
  SIX_ROOT_INSPECT_CUSTOM,
  SIX_ROOT_PROMISIFY_CUSTOM,
  SIX_ROOT_EVENT_TARGET,
  SIX_ROOT_ABORT_SIGNAL,
  SIX_ROOT_ABORT_ERROR,
  SIX_ROOT_MESSAGE_PORT,
  SIX_ROOT_ASYNC_LOCAL,
  SIX_ROOT_KNOWN_TIMERS,
  SIX_ROOT_INSPECT_DEFAULTS,
  SIX_ROOT_TEXT_ENCODER,
  SIX_ROOT_TEXT_DECODER,
  SIX_ROOT_MODULE_PROTOTYPE,
  SIX_ROOT_LIBRARIES,
  SIX_ROOT_CAPTURE_SYMBOL,
  SIX_ROOT_ERROR_MONITOR,
  SIX_ROOT_REJECTION_SYMBOL,
  SIX_ROOT_SHAPE_SYMBOL,
  SIX_ROOT_EMITTING_SYMBOL,
  SIX_ROOT_DEFAULT_MAX_LISTENERS,
  SIX_ROOT_STATS_PROTOTYPE,
  SIX_ROOT_DIRENT_PROTOTYPE,
  SIX_ROOT_FILE_HANDLE_PROTOTYPE,
  SIX_ROOT_UNCAUGHT_CAPTURE,
  SIX_ROOT_ENV,
  SIX_ROOT_EMITTED_ERROR,
  SIX_ROOT_EMITTED_AT,
  SIX_ROOT_WORKER_DATA,
  SIX_ROOT_ASYNC,
  SIX_ROOT_AT_CHECK,
  SIX_ROOT_USER_1,
  SIX_ROOT_USER_2,
  SIX_ROOT_USER_3,
  SIX_ROOT_USER_4,
  SIX_ROOT_COUNT
};

static inline struct six_nodejs *six_node_of(struct six_machine *m) { return m->host_data; }

// ---- Modules (modules.c).
// The exports of a built-in module ("fs", "node:fs", "fs/promises"), made at the first call. SIX_UNDEFINED when there is none of
// that name (also: not in this major). SIX_EXCEPTION with an exception (status 69 for names that Node has and we lack). [JS]
six_value six_node_require_builtin(struct six_nodejs *node, const char *name);
six_value six_node_module(struct six_nodejs *node, enum six_module_id id);  // the same by id
// A `require` function for a file. `from` is the absolute name of the requiring file.
six_value six_node_make_require(struct six_nodejs *node, const char *from);

// ---- Output (output.c). Bytes to fd 1 or 2: buffered in blocks of 64 KiB, counted against the output budget (past it
// m->stop is set and false returned), an OUTPUT event in the trace. Costs virtual time.
bool six_node_write(struct six_nodejs *node, int fd, const char *bytes, size_t length);
// The same by process.stdout or stderr, as the console does: a drain is to follow, for what a stream does after a write.
// The console is about to format values for fd: it asks standard error for its colors, which makes that stream, too.
void six_stdio_formats(struct six_nodejs *node, int fd);
bool six_stdio_write(struct six_nodejs *node, int fd, const char *bytes, size_t length);
void six_node_flush(struct six_nodejs *node);
// console.log of one prepared line is the same with the newline in `bytes`.

// ---- Errors (errors.c).
// An Error with a `code`, as Node's internal errors: the stack begins "TypeError [CODE]: message". `prototype` is SIX_I_TypeErrorPrototype
// etc.
struct six_object *six_node_error(struct six_nodejs *node, enum six_intrinsic_id prototype, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
six_value six_node_throw(struct six_nodejs *node, enum six_intrinsic_id prototype, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
// ERR_INVALID_ARG_TYPE: 'The "name" argument must be of type function. Received undefined'. `expected` is the text after "must be ".
six_value six_node_throw_arg_type(struct six_nodejs *node, const char *name, const char *expected, six_value received);
// ERR_OUT_OF_RANGE: 'The value of "name" is out of range. It must be <range>. Received <v>'.
six_value six_node_throw_range(struct six_nodejs *node, const char *name, const char *range, six_value received);
// " Received undefined", "... type string ('x')", "... an instance of Foo", "function f": without the leading "Received ".
void six_node_describe_received(struct six_nodejs *node, six_value v, struct six_text *out);
// false with the exception set when v is not callable (ERR_INVALID_ARG_TYPE, before Node 16 for callbacks ERR_INVALID_CALLBACK).
bool six_node_check_callback(struct six_nodejs *node, six_value v, const char *name);

// An error left JavaScript's stack: runs uncaughtException listeners, or prints it and ends the process (status 1 or 7).
// SIX_THREW when a listener took it, SIX_ENDED otherwise (also while the machine is terminating). [JS]
enum six_outcome six_node_uncaught(struct six_nodejs *node, six_value error, bool is_rejection);
// After a call that returned SIX_EXCEPTION: takes the pending exception through six_node_uncaught. [JS]
enum six_outcome six_node_report(struct six_nodejs *node);
// Text on stderr of an uncaught error (error_text.c; a plain fallback otherwise).
void six_node_format_uncaught(struct six_nodejs *node, six_value error, bool is_rejection, struct six_text *out);
// process.emitWarning: "(node:4242) Name: message" on stderr in a later tick, 'warning' event. type NULL: "Warning"; code may be NULL. [JS]
void six_node_warn(struct six_nodejs *node, const char *type, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

void six_node_warn_of_module(struct six_nodejs *node);  // at once: how Node tells modules

// ---- Callbacks. A task's C function ends with one of these; the loop does the drain.
// Calls a JavaScript function as a native callback does: an exception goes to six_node_uncaught. [JS]
enum six_outcome six_node_callback(struct six_nodejs *node, six_value function, six_value this_value, int argc, const six_value *argv);
// The same within C code that is not a task (nested natives): in a callback scope of its own (MakeCallback). false: the run is over,
// return SIX_EXCEPTION at once.
bool six_node_make_callback(struct six_nodejs *node, six_value function, six_value this_value, int argc, const six_value *argv);

// ---- Scheduling. Words a, b, c of a task that look like six_values are kept alive (marked) while it waits. A C task is
//   static enum six_outcome stat_done(void *context, const struct six_task *task) { struct six_nodejs *node = context; ... }
// and gets task->a, b, c.
// process.nextTick: a JavaScript function with arguments, or C.
void six_node_tick(struct six_nodejs *node, six_value function, int argc, const six_value *argv);
void six_node_tick_native(struct six_nodejs *node, six_task_fn *run, uint64_t a, uint64_t b, uint64_t c);
// queueMicrotask: C.
void six_node_microtask_native(struct six_nodejs *node, six_task_fn *run, uint64_t a, uint64_t b, uint64_t c);
// setImmediate / setTimeout from C. Ms as given to setTimeout.
uint64_t six_node_immediate_native(struct six_nodejs *node, six_task_fn *run, uint64_t a, uint64_t b, uint64_t c);
struct six_timer_handle six_node_timer_native(struct six_nodejs *node, double ms, uint32_t flags, six_task_fn *run, uint64_t a, uint64_t b,
                                              uint64_t c);
// Work on the thread pool (R100): `run` is called in poll when it is done, in a callback scope with a drain after it.
// `label` is for people ("fs.stat 'notes.txt'"; NULL: none), ns the time it takes on a thread; 0: the world's latency.
// A second trip of the same operation (readFile: open, fstat, read, close) is started from `run` with the same `task`
// (task->id) and trip + 1; 0 starts a new one. Returns a ticket.
struct six_node_operation {
  enum six_task_kind kind;  // SIX_TASK_FILE, SIX_TASK_POOL, SIX_TASK_SOCKET, ...
  const char *label;
  uint64_t ns;
  uint32_t trip, trips;  // 0, 0: one of one
  uint32_t task;         // 0: new
  six_value callback;    // whose place in the source the trace shows, or SIX_UNDEFINED
  bool slow;             // the pool's slow lane (dns.lookup)
  bool pending;          // outside: completes in the pending phase
  bool unref;
  bool promised;                     // for a promise
  struct six_stream stream;          // outside
  uint64_t handle;                   // outside: completes as a message to that handle
  enum six_deed deed;                // for a real libuv loop: what to do
  const struct six_deed_file *file;  // ... and with which file
};
uint64_t six_node_pool(struct six_nodejs *node, const struct six_node_operation *operation, six_task_fn *run, uint64_t a, uint64_t b,
                       uint64_t c);
// Something outside the pool that takes `ns` (a connect, data from a peer): poll, or pending with operation->pending.
uint64_t six_node_outside(struct six_nodejs *node, const struct six_node_operation *operation, six_task_fn *run, uint64_t a, uint64_t b,
                          uint64_t c);
bool six_node_cancel(struct six_nodejs *node, uint64_t ticket);
// A message to a handle of the loop's (MessagePort): runs in the next poll, after pool completions (R140).
void six_node_message(struct six_nodejs *node, uint64_t handle, const char *label, six_value callback, six_task_fn *run, uint64_t a,
                      uint64_t b, uint64_t c);
// uv_close: `run` in the closing phase (R108); the label is for people.
void six_node_close(struct six_nodejs *node, const char *label, six_value callback, six_task_fn *run, uint64_t a, uint64_t b, uint64_t c);
// Active ref'd handles: +1 keeps the loop alive, -1 lets go.
static inline void six_node_hold(struct six_nodejs *node, int count) { six_loop_hold(node->loop, count); }
// Arguments for a task: a counted block as a word (marked by the collector), and back.
uint64_t six_node_pack(struct six_nodejs *node, int argc, const six_value *argv);  // 0 when argc is 0
struct six_values *six_node_unpack(uint64_t word);                                 // NULL for 0
uint64_t six_node_new_async_id(struct six_nodejs *node);

// Asynchronous contexts (async.c). A callback that will be called in the context of now (AsyncLocalStorage): itself while no
// program uses those.
six_value six_node_in_context(struct six_nodejs *node, six_value callback);
// The callback of a resource of async_hooks ("Timeout"), which has this id. [JS] SIX_EXCEPTION if a hook threw.
six_value six_node_as_resource(struct six_nodejs *node, six_value callback, const char *type, uint64_t id, six_value resource);
void six_node_made_resource(struct six_nodejs *node, const char *type);                  // one without callbacks: a handle
six_value six_node_bare_callback(six_value callback);                                    // what either of them was made of
six_value six_node_trigger_id(struct six_nodejs *node, six_value callback);              // of the resource: 1 if it is none
void six_node_destroyed(struct six_nodejs *node, six_value callback);                    // the resource is not needed any more
void six_node_follow(struct six_nodejs *node, struct six_task *task, const char *type);  // the same for a C task, before it is queued
void six_node_check_begins(void *context);
void six_async_promise_made(struct six_machine *m, six_value promise, six_value parent);
void six_async_promise_done(struct six_machine *m, six_value promise);
six_value six_async_await_context(struct six_machine *m, six_value promise);
void six_async_job_begins(struct six_machine *m, six_value context, six_value promise);
void six_async_job_ends(struct six_machine *m, bool is_await);
void six_async_helpers(struct six_nodejs *node, struct six_object *native);

// What stands under the stack of the callback that is about to be called: a key of frames.h, static.
static inline void six_node_set_base(struct six_nodejs *node, const char *key) {
  node->base_frames = key;
  node->base_task = six_loop_tasks(node->loop);
}

// The error is being thrown by Node's own code: if nobody catches it, a line of that is shown above it.
void six_node_note_head(struct six_nodejs *node, struct six_object *error);

// ---- Time. Each reading costs a little virtual time.
uint64_t six_node_monotonic_ns(struct six_nodejs *node);         // since the process started (performance.now, process.hrtime)
double six_node_wall_ms(struct six_nodejs *node);                // Date.now, with fractions
static inline uint64_t six_node_time(struct six_nodejs *node) {  // virtual ns, free of charge
  six_outside_settle(node->outside);
  return six_outside_now(node->outside);
}
void six_node_work(struct six_nodejs *node, uint64_t ns);  // synchronous work takes time (fs.readFileSync, Atomics.wait)

// ---- Process (process.c).
six_value six_node_process(struct six_nodejs *node);  // the process object [JS]
// object.emit(event, ...argv): SIX_EXCEPTION, or its result. [JS]
six_value six_node_emit(struct six_nodejs *node, six_value emitter, const char *event, int argc, const six_value *argv);
bool six_node_process_has_listeners(struct six_nodejs *node, const char *event);
// process.exit: runs exit listeners and ends the run; always returns SIX_EXCEPTION.
six_value six_node_exit(struct six_nodejs *node, int status);

// Warns as process.emitWarning with an Error object. [JS] false on exception.
bool six_node_emit_warning(struct six_nodejs *node, six_value warning);
// Node's table of versions of the chosen major: "v20.20.2".
const char *six_node_version(const struct six_nodejs *node);

// ---- Trace helpers: 0 when no trace is recorded.
// After an event of the trace was added: writes what options.look_at asks for, once. (look.c)
void six_node_look_now(struct six_nodejs *node);
static inline void six_node_look(struct six_nodejs *node) {
  if (__builtin_expect(node->options.look_at != 0, 0)) six_node_look_now(node);
}
void six_node_remember(struct six_nodejs *node);  // once there is a trace (trace.c)
// The number of a new task; 0 without a trace. Its label is the callback's name, or else `label`.
uint32_t six_node_trace_task(struct six_nodejs *node, enum six_task_kind kind, uint16_t rule, six_value callback, const char *label);
// ... of a microtask that is queued at once; with a trace only.
uint32_t six_node_trace_job(struct six_nodejs *node, enum six_task_kind kind, uint16_t rule, six_value callback);
// The hooks of six_host, for details.
void six_node_trace_call(struct six_machine *m, struct six_frame *frame);
void six_node_trace_return(struct six_machine *m, struct six_frame *frame);
void six_node_trace_statement(struct six_machine *m, uint32_t source, struct six_span span);
void six_node_trace_settled(struct six_machine *m, struct six_promise *promise);
uint32_t six_node_site(struct six_nodejs *node);  // where the running code is
uint32_t six_node_function_site(struct six_nodejs *node, six_value function);

// ---- Inside sim/node only.
uint64_t six_node_steps(struct six_nodejs *node);    // of the budget, used so far
bool six_node_over_budget(struct six_nodejs *node);  // sets m->stop when a budget ran out
void six_node_stop(struct six_nodejs *node, enum six_stop stop, const char *format, ...) __attribute__((format(printf, 3, 4)));
enum six_outcome six_node_rejections(void *context, bool *again);  // R90
void six_node_promise_rejected(struct six_machine *m, struct six_promise *promise);
void six_node_promise_handled(struct six_machine *m, struct six_promise *promise);
// A resolving function was called in vain: multipleResolves.
void six_node_promise_resolved_again(struct six_machine *m, struct six_promise *promise, six_value v, bool rejects);
void six_node_rejections_mark(struct six_nodejs *node);
void six_node_rejections_free(struct six_nodejs *node);
bool six_node_global_missing(struct six_machine *m, six_key key);
void six_node_name_global(struct six_nodejs *node);  // Object.prototype.toString shows [object global]
void six_node_global_keys(struct six_machine *m, struct six_values *keys);
six_value six_node_original_global(struct six_nodejs *node, const char *name);  // as Node made it, not as the program changed it
// A member object of process that is made on first use: stdout, stderr, stdin.
six_value six_node_stream(struct six_nodejs *node, int fd);
void six_node_emit_before_exit(struct six_nodejs *node);  // R5
void six_node_emit_exit(struct six_nodejs *node);         // R6
int six_node_exit_status(struct six_nodejs *node);        // process.exitCode or 0

// ---- Helpers for writing modules.
// Puts a native method on an object as an enumerable property, as `module.exports = { f }` has it.
void six_node_method(struct six_nodejs *node, struct six_object *o, const char *name, six_native *native, int length);
static inline void six_node_put(struct six_nodejs *node, struct six_object *o, const char *name, six_value v) {
  six_put(node->m, o, name, v);
}
// A C string (UTF-8, in malloc'd memory that the caller frees) of a string value; lone surrogates become U+FFFD. NULL: exception. [JS]
char *six_node_utf8(struct six_nodejs *node, six_value v, size_t *length);
six_value six_node_getv(struct six_nodejs *node, six_value v, const char *name);  // v[name] [JS]

#endif
