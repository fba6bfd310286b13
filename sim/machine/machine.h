// machine: one JavaScript agent. Everything that a running program has is in struct six_machine; there are no globals.
#ifndef SIX_MACHINE_MACHINE_H
#define SIX_MACHINE_MACHINE_H

#include "sim/machine/realm.h"
#include "sim/program/ast.h"
#include "sim/rules/rules.h"

struct six_code;  // compiled function: sim/machine/bytecode.h
struct six_frame;
struct six_promise;
struct six_frame_info;

// Why a run ends though the program did not. While set, SIX_EXCEPTION unwinds everything and nothing can catch it.
enum six_stop {
  SIX_STOP_NONE,
  SIX_STOP_EXIT,   // process.exit
  SIX_STOP_STEPS,  // budgets (exit 75)
  SIX_STOP_TIME,
  SIX_STOP_MEMORY,
  SIX_STOP_OUTPUT,
  SIX_STOP_UNSUPPORTED,  // exit 69; stop_message says what
};

// A job as ECMA-262's HostEnqueuePromiseJob takes it: a function of C and up to three values (the host marks them).
typedef void six_job_fn(struct six_machine *m, six_value a, six_value b, six_value c);

enum six_job_kind { SIX_JOB_REACTION, SIX_JOB_THENABLE, SIX_JOB_AWAIT };

// What the machine asks of whoever embeds it (sim/node). All are set; `host_data` is machine->host_data.
struct six_host {
  // Queues a microtask. `position` is where it was asked for (six_here), `subject` a promise or function for the trace.
  void (*enqueue_job)(struct six_machine *m, six_job_fn *fn, six_value a, six_value b, six_value c);
  // HostPromiseRejectionTracker (27.2.1.9): 'reject' without a handler, and 'handle' added later.
  void (*promise_rejected)(struct six_machine *m, struct six_promise *promise);
  void (*promise_handled)(struct six_machine *m, struct six_promise *promise);
  // A resolving function was called after its promise had been resolved: nothing happens to that.
  void (*promise_resolved_again)(struct six_machine *m, struct six_promise *promise, six_value v, bool rejects);
  // The step budget's slice is used up: charge virtual time and give a new slice in m->fuel, or set m->stop.
  void (*out_of_fuel)(struct six_machine *m);
  // Marks the host's roots (queued jobs, timers, ...) during a collection.
  void (*mark)(struct six_machine *m);
  // Virtual wall clock in ms since the epoch (Date), and monotonic nanoseconds since the start. Both advance a little per reading.
  double (*date_now)(struct six_machine *m);
  // Nothing happens in this thread for so many milliseconds (Atomics.wait). `alone`: no other thread knows what it waits for.
  // false: another might end the waiting.
  bool (*block)(struct six_machine *m, double ms, bool alone);
  // Trace hooks; NULL when no trace is recorded.
  void (*on_call)(struct six_machine *m, struct six_frame *frame);
  void (*on_return)(struct six_machine *m, struct six_frame *frame);
  void (*on_statement)(struct six_machine *m, uint32_t source, struct six_span span);
  void (*on_settled)(struct six_machine *m, struct six_promise *promise);
  // A reaction was registered on a pending promise (m->job_kind, m->job_callback are set): the task number for the trace.
  uint32_t (*on_registered)(struct six_machine *m);
  // async_hooks, while m->promise_hooks [JS]: a promise was made, from another one or not (SIX_UNDEFINED); it was settled; the
  // asynchronous context of an await of `promise`; a job that settles `promise` (or an await's: SIX_UNDEFINED) begins in the
  // context that its reaction kept, and ends.
  void (*promise_made)(struct six_machine *m, six_value promise, six_value parent);
  void (*promise_done)(struct six_machine *m, six_value promise);
  six_value (*await_context)(struct six_machine *m, six_value promise);
  void (*job_begins)(struct six_machine *m, six_value context, six_value promise);
  void (*job_ends)(struct six_machine *m, bool is_await);
  // import() and require support for modules are the node room's: machine calls it for import(specifier). [JS] returns a promise.
  six_value (*import_dynamic)(struct six_machine *m, uint32_t source, six_value specifier);
  // The import.meta of a module, always the same object.
  six_value (*import_meta)(struct six_machine *m, uint32_t source);
  // A property of the global object that is not there: Node's lazy globals (process, Buffer, ...). Returns true if it defined it.
  bool (*global_missing)(struct six_machine *m, six_key key);
  // The global object's own keys are asked for: with NULL before they are collected (the host defines what a list shows), then
  // with the keys, which the host may put into another order. NULL: nothing is lazy.
  void (*global_keys)(struct six_machine *m, struct six_values *keys);
  // The host's own frames in stack traces, as numbers of rows of text that it keeps. native_row: the row of a native or of a
  // function of the host's own code (-1: it is shown as any function, -2: not at all); `innermost`: nothing was called from it.
  // base_rows: those under everything, at most `limit`. row_text: "\n    at ..." lines, borrowed; "%." stands for the receiver's type.
  int32_t (*native_row)(struct six_machine *m, const struct six_frame_info *info, uint32_t index, bool innermost);
  int (*base_rows)(struct six_machine *m, int32_t *rows, int limit);
  const char *(*row_text)(struct six_machine *m, int32_t row);
};

// A loaded source file, for positions: a function's code names it by index.
struct six_unit {
  struct six_program *program;  // borrowed: the simulation owns it
  const char *url;              // as stack traces show it: /home/user/puzzle.js or file:///...
  bool is_text;                 // of an eval: owned, with its bytes and url
  bool is_host;                 // the host's own code: host->native_row shows its functions
};

// The last match of a regular expression: its text (SIX_UNDEFINED: none yet), and where its groups are.
enum { SIX_LAST_GROUPS = 10 };
struct six_last_match {
  six_value text;
  uint32_t groups;
  int32_t positions[2 * SIX_LAST_GROUPS];
};

enum { SIX_EFFORT_SLICE = 1 << 20 };

// What `new` made last: as long as the constructor has this shape and prototype, the next has the same shape.
struct six_constructing {
  struct six_object *constructor;  // NULL: nothing is known. Emptied by each collection
  struct six_shape *shape, *made;
  six_value proto;
  uint32_t slot;
};

struct six_machine {
  struct six_heap *heap;
  const struct six_rules *rules;
  const struct six_host *host;
  void *host_data;

  // AsyncLocalStorage: what the running code's asynchronous context is. Reactions keep the one that they are registered in and
  // run in it, once the host has set context_used.
  six_value async_context;
  bool context_used;
  bool promise_hooks;      // async_hooks: host->promise_made and its kin are called; needs context_used
  six_value job_context;   // the context that the innermost job of a promise began in (compared only); SIX_EMPTY: none runs
  uint32_t no_collection;  // hooks that JavaScript answers are called where cells are not rooted
  six_value hook_parent;   // the promise from which the next one is made, or SIX_UNDEFINED

  uint8_t job_kind;        // for the trace, set right before host->enqueue_job: enum six_job_kind
  six_value job_callback;  // ... and the function that the job calls, or SIX_UNDEFINED
  six_value job_promise;   // the promise that the running job settles, for stack traces; SIX_UNDEFINED
  uint32_t job_task;       // ... and the trace's task number it was given when it was registered (on_registered), or 0

  six_value exception;    // the thrown value while SIX_EXCEPTION is being returned
  six_value thrown;       // the value thrown last (compared only, not marked), and where: for the text of uncaught errors
  six_value parse_error;  // the last error of JSON.parse (compared only), and the line of its text and a caret; or NULL
  char *parse_place;
  struct six_last_match last_match;
  bool thrown_by_native;  // ... by a native or an operator, not by a throw statement
  char thrown_by[32];     // ... the function of the host's own code that the program had called; "": none
  uint32_t thrown_unit;
  struct six_span thrown_span;
  enum six_stop stop;
  char stop_message[256];
  uint32_t stop_unit;  // where an unsupported construct stands
  struct six_span stop_span;

  int64_t fuel;  // steps left in this slice; counted at function entries and loop back-edges
  // Real work beyond the steps (calls, natives, allocation, long bodies), in steps' worth of time. It counts for the step
  // budget, so that an endless program of any kind ends soon, but not for virtual time. See six_effort.
  uint64_t effort, effort_mark;
  uint64_t proto_epoch;  // bumped when a prototype object's properties change: invalidates inline caches
  bool gc_wanted;        // the interpreter's safepoints call six_heap_safepoint when set
  bool gc_stress;        // collect at every safepoint (tests)
  bool tracing;          // host->on_call etc. are called
  bool watched;          // tracing or promise_hooks
  size_t memory_limit;   // bytes
  size_t memory_used;    // bytes, in cells and counted memory

  six_value atoms[SIX_ATOM_COUNT];
  six_value symbols[SIX_SYMBOL_COUNT];
  six_value single_chars[256];  // one-unit Latin-1 strings, interned
  struct six_object *intrinsics[SIX_I_COUNT];
  struct six_shape *array_shape;         // a fresh array's
  struct six_shape *object_shape;        // {} literal's
  struct six_shape *function_shapes[4];  // fresh closures', by SIX_KIND_*, once there was one
  struct six_constructing constructing;
  struct six_shape *promise_shape;         // a fresh promise's, once there was one
  struct six_shape *plain_proto_shape;     // Promise.prototype's, when it was seen to have the built-in constructor and then:
  uint32_t plain_constructor, plain_then;  // ... in these slots
  struct six_shape_table *shape_table;     // empty shapes by prototype (shape.c)
  struct six_strings *strings;             // the intern table (string.c)
  struct six_values *symbol_registry;      // Symbol.for: key, symbol, ...
  const struct six_joining *joining;       // arrays whose join is under way, innermost first, on the C stack (builtins/array_join.c)

  // The VM stack (interp.c). Frames and registers; registers above the top frame are dead. Those below stack_limit, which
  // goes up towards stack_end, were cleared or written since the last collection: whatever stands there is a value still.
  six_value *stack, *stack_end, *stack_limit, *stack_top;
  struct six_frame *frames, *frame, *frames_limit;
  uint32_t native_depth;  // C recursion through natives: limited, RangeError past it

  six_value *roots;  // the root stack (heap.h)
  size_t roots_count, roots_capacity;

  struct six_unit *units;  // loaded sources
  uint32_t units_count, units_capacity;
  struct six_code **codes;  // all compiled code, for inline caches and freeing
  uint32_t codes_count, codes_capacity;
  int32_t stack_trace_limit;  // Error.stackTraceLimit, 10
  void *compiler_arena;       // code of all units (bytecode.c)
};

// The root stack (heap.h).
static inline void six_root(struct six_machine *m, six_value v) {
  if (__builtin_expect(m->roots_count == m->roots_capacity, 0)) six_roots_grow(m);
  m->roots[m->roots_count++] = v;
}
static inline size_t six_roots_mark(const struct six_machine *m) { return m->roots_count; }
static inline void six_roots_release(struct six_machine *m, size_t mark) { m->roots_count = mark; }

static inline struct six_object *six_intrinsic(struct six_machine *m, enum six_intrinsic_id id) {
  struct six_object *o = m->intrinsics[id];
  return o ? o : six_intrinsic_slow(m, id);
}

bool six_stack_grow(struct six_machine *m, const six_value *top);  // raises stack_limit; false: the stack is full
// Whether the stack has room up to `top`, and for what natives put there.
static inline bool six_stack_has(struct six_machine *m, const six_value *top) {
  return __builtin_expect(top + 64 < m->stack_limit, 1) || six_stack_grow(m, top + 64);
}

// Notes work, and asks the host whether there has been too much of it: may set m->stop. Every call of a native asks, so C
// code that is called from one may add to m->effort and leave it at that.
static inline void six_effort(struct six_machine *m, uint64_t amount) {
  m->effort += amount;
  if (__builtin_expect(m->effort < m->effort_mark, 1)) return;
  m->effort_mark = m->effort + SIX_EFFORT_SLICE;
  if (m->host && m->host->out_of_fuel) m->host->out_of_fuel(m);
}

// A machine with an empty global object graph (built-ins appear as they are used). Free it with six_machine_free.
struct six_machine *six_machine_new(const struct six_rules *rules, const struct six_host *host, void *host_data);
// From now on so many bytes more than now are in order; what needs more stops the run.
void six_machine_limit_memory(struct six_machine *m, size_t bytes);
void six_machine_free(struct six_machine *m);

// Compiles a program and returns its main function: for a script a function of (exports, require, module, __filename,
// __dirname); for a module an async function whose imports are resolved by `six_module_*`. NULL with diag set when it
// uses something unsupported. `url` is copied.
struct six_object *six_compile(struct six_machine *m, struct six_program *program, const char *url, struct six_diag *diag);

// Whether the simulated major reads all the syntax of a program: else the SyntaxError that it gives. The second words a
// SyntaxError of the parser as that major does.
bool six_check_syntax(const struct six_machine *m, const struct six_program *program, struct six_diag *diag);
// A module by its text, where this major tells modules by their names only: it reads it as a script, and fails.
bool six_is_misread(const struct six_machine *m, const struct six_program *program);
void six_word_syntax_error(const struct six_machine *m, struct six_diag *diag);

// The pending exception is an error in the text of `source`, shown under a name above an error that nobody catches.
void six_note_parse_error(struct six_machine *m, const char *name, const struct six_source *source, const struct six_diag *diag);

// What V8 calls a script without a name above an error that nobody catches.
const char *six_nameless_script(const struct six_machine *m);

// Where the running JavaScript code is: unit and span of the current expression (the innermost JavaScript frame).
// false when no JavaScript is running.
bool six_here(struct six_machine *m, uint32_t *unit, struct six_span *span);

// One row of the call stack, innermost first, for stack traces and the trace. Index 0 is the innermost frame.
struct six_frame_info {
  uint32_t unit;  // UINT32_MAX: native
  struct six_span span;
  six_value function;  // SIX_UNDEFINED for the main script
  six_value this_value;
  bool is_construct, is_top_level;
  uint32_t note;  // of a native: what it said of itself with six_note_native
};
// The running native says how it goes on, for host->native_row.
void six_note_native(struct six_machine *m, uint32_t note);
bool six_stack_frame(struct six_machine *m, uint32_t index, struct six_frame_info *info);

// ---- For the trace, and for those who look into a run (look.c)

// How the frame that is about to be left ends: an async function or a generator may only give way; SIX_FRAME_STOPS: the
// run is being ended.
enum six_frame_end { SIX_FRAME_RETURNS, SIX_FRAME_AWAITS, SIX_FRAME_YIELDS, SIX_FRAME_THROWS, SIX_FRAME_STOPS };
enum six_frame_end six_frame_end(const struct six_machine *m, const struct six_frame *frame);
bool six_frame_is_host(const struct six_machine *m, const struct six_frame *frame);  // the host's own JavaScript
bool six_frame_goes_on(const struct six_frame *frame);                               // it was entered where it had given way
// Whether a promise is that of the async function that runs.
bool six_is_own_promise(const struct six_machine *m, const struct six_promise *promise);
// The variables that the JavaScript frame `depth` (0: the innermost) sees, its own before those around it, each name
// once. Only known when the machine was tracing while it compiled. `value` is SIX_EMPTY before initialisation. false
// when there is no such frame.
typedef void six_see_variable(void *context, six_value name, six_value value, bool is_own);
bool six_each_variable(struct six_machine *m, uint32_t depth, six_see_variable *see, void *context);
bool six_frame_this(struct six_machine *m, uint32_t depth, six_value *function, six_value *this_value);

// A function's own name (its `name` data property if a string, else ""), for traces and messages.
struct six_string *six_function_name(struct six_machine *m, struct six_object *function);
// Where a closure of compiled code is defined; false for natives.
bool six_function_location(struct six_machine *m, six_value function, uint32_t *unit, struct six_span *span);

#endif
