// setTimeout, setInterval, setImmediate and module timers (R10 to R36).
#include <stdlib.h>
#include <string.h>

#include "sim/machine/builtins/builtin.h"
#include "sim/machine/classes.h"
#include "sim/node/inspect.h"
#include "sim/node/library.h"
#include "sim/node/node.h"
#include "sim/node/timers.h"
#include "sim/node/util.h"

#define DELAY_MAX 2147483647.0

static six_key named(struct six_machine *m, const char *name) { return six_key_of_string(m, six_intern_ascii(m, name, false)); }

// ---- The objects.
static void mark_timeout(struct six_machine *m, void *data) {
  struct timeout *t = data;
  struct six_nodejs *node = six_node_of(m);
  struct six_task *task = node && node->loop && !t->let_go ? six_loop_timer_task(node->loop, t->handle) : NULL;
  if (!task) return;
  six_mark_value(m, task->a);
  six_mark_value(m, task->b);
}

static void finalize_timeout(struct six_machine *m, void *data) {
  struct timeout *t = data;
  struct six_nodejs *node = six_node_of(m);
  struct six_task *task = node && node->loop && !t->let_go ? six_loop_timer_task(node->loop, t->handle) : NULL;
  if (!task) return;
  if (six_as_pointer(task->c) != t && task->c != (NO_OBJECT | t->async_id)) return;  // it has another one by now
  task->c = NO_OBJECT | t->async_id;
  six_loop_release_timer(node->loop, t->handle);
}

static void mark_immediate(struct six_machine *m, void *data) {
  (void)m;
  (void)data;  // what it needs is in the queue
}

static void finalize_immediate(struct six_machine *m, void *data) {
  struct immediate *i = data;
  struct six_nodejs *node = six_node_of(m);
  struct six_task *task = node && node->loop ? six_loop_immediate_task(node->loop, i->sequence) : NULL;
  if (task && six_as_pointer(task->c) == i) task->c = NO_OBJECT | i->async_id;
}

static const char *timeout_method(struct six_machine *m, void *data, six_value function) {
  struct timeout *t = data;
  struct six_task *task = six_loop_timer_task(six_node_of(m)->loop, t->handle);
  return task && six_node_bare_callback(task->a) == function ? "_onTimeout" : NULL;
}

const struct six_host_class six_timeout_class = {.name = "Timeout",
                                                 .mark = mark_timeout,
                                                 .finalize = finalize_timeout,
                                                 .method_name = timeout_method,
                                                 .show = six_timeout_show,
                                                 .changed = six_timeout_changed};
// Only while it runs: afterwards it has been taken away.
static const char *immediate_method(struct six_machine *m, void *data, six_value function) {
  struct six_nodejs *node = six_node_of(m);
  (void)data;
  if (node->base_task != six_loop_tasks(node->loop) || m->frame <= m->frames || strncmp(node->base_frames, "=immediate", 10)) return NULL;
  struct six_frame_info info;
  six_value outermost = SIX_UNDEFINED;
  for (uint32_t i = 0; six_stack_frame(m, i, &info); i++) outermost = info.function;
  return outermost == function ? "_onImmediate" : NULL;
}

const struct six_host_class six_immediate_class = {.name = "Immediate",
                                                   .mark = mark_immediate,
                                                   .finalize = finalize_immediate,
                                                   .method_name = immediate_method,
                                                   .show = six_immediate_show,
                                                   .changed = six_immediate_changed};

static struct six_object *timeout_prototype(struct six_nodejs *node);
static struct six_object *immediate_prototype(struct six_nodejs *node);

static struct timeout *new_timeout(struct six_nodejs *node, struct six_timer_handle handle, bool is_interval, double delay,
                                   uint64_t async_id) {
  struct six_object *o = six_object_new_class(node->m, SIX_CLASS_SHOWN, sizeof(struct timeout), timeout_prototype(node));
  struct timeout *t = (struct timeout *)o;
  t->host.host_class = &six_timeout_class;
  t->host.data = t;
  t->handle = handle;
  t->is_interval = is_interval;
  t->delay = delay;
  t->async_id = async_id;
  return t;
}

struct timeout *six_as_timeout(six_value v) {
  if (!six_is_class(v, SIX_CLASS_SHOWN)) return NULL;
  struct timeout *t = six_as_pointer(v);
  return t->host.host_class == &six_timeout_class ? t : NULL;
}

struct immediate *six_as_immediate(six_value v) {
  if (!six_is_class(v, SIX_CLASS_SHOWN)) return NULL;
  struct immediate *i = six_as_pointer(v);
  return i->host.host_class == &six_immediate_class ? i : NULL;
}

// The object of a task, or NULL: it has none, or one that nobody could reach at the last collection and that is not swept yet.
static void *live_object(struct six_nodejs *node, uint64_t c) {
  if (c & NO_OBJECT) return NULL;
  void *object = six_as_pointer(c);
  return six_is_marked(node->m, six_tagged(SIX_TAG_OBJECT, object)) ? object : NULL;
}

static uint64_t timeout_id(uint64_t c) { return c & NO_OBJECT ? c & ~NO_OBJECT : ((struct timeout *)six_as_pointer(c))->async_id; }
static uint64_t immediate_id(uint64_t c) { return c & NO_OBJECT ? c & ~NO_OBJECT : ((struct immediate *)six_as_pointer(c))->async_id; }

// ---- Callbacks. `this` is the object, which is made anew when there is none and the callback looks.
struct timer_this {
  struct six_lazy_this lazy;
  struct six_nodejs *node;
  struct six_timer_handle handle;
  const struct six_task *task;
};

six_value six_timeout_object(struct six_nodejs *node, struct six_timer_handle handle) {
  struct six_task *task = six_loop_timer_task(node->loop, handle);
  if (!task) return SIX_NULL;
  void *known = live_object(node, task->c);
  if (known) return six_tagged(SIX_TAG_OBJECT, known);
  bool repeats = six_loop_timer_repeats(node->loop, handle);
  struct timeout *t = new_timeout(node, handle, repeats, six_loop_timer_delay(node->loop, handle), timeout_id(task->c));
  six_loop_hold_timer(node->loop, handle);
  task->c = (uintptr_t)t;
  return six_object_value(&t->host.object);
}

static six_value make_timer_this(struct six_machine *m, struct six_lazy_this *lazy) {
  struct timer_this *self = (struct timer_this *)lazy;
  (void)m;
  return six_timeout_object(self->node, self->handle);
}

static enum six_outcome call_back(struct six_nodejs *node, const struct six_task *task, six_value this_value, bool immediate) {
  struct six_values *arguments = six_node_unpack(task->b);
  six_node_set_base(node, immediate ? (arguments ? "=immediate_args" : "=immediate") : arguments ? "=timer_args" : "=timer");
  return six_node_callback(node, task->a, this_value, arguments ? (int)arguments->count : 0, arguments ? arguments->items : NULL);
}

// The timer ran for the last time: it cannot be cleared by its number any more.
static void forget_number(struct six_nodejs *node, struct timeout *t) {
  if (!t->has_primitive || t->is_interval || !six_is_object(node->roots[SIX_ROOT_KNOWN_TIMERS])) return;
  six_delete(node->m, six_as_object(node->roots[SIX_ROOT_KNOWN_TIMERS]), six_key_of_index((uint32_t)t->async_id), false);
  t->has_primitive = false;
}

static enum six_outcome run_timer(void *context, const struct six_task *task) {
  struct six_nodejs *node = context;
  struct timeout *t = live_object(node, task->c);
  size_t roots = six_roots_mark(node->m);
  six_value callback = task->a;
  if (node->m->context_used) six_root(node->m, callback);
  if (!t) {
    struct timer_this self = {{make_timer_this}, node, six_loop_running_timer(node->loop), task};
    enum six_outcome outcome = call_back(node, task, six_lazy_this_value(&self.lazy), false);
    struct six_task *own = six_loop_timer_task(node->loop, self.handle);
    struct timeout *made = own ? live_object(node, own->c) : NULL;
    if (made && outcome != SIX_ENDED) forget_number(node, made);
    if (node->m->context_used && outcome != SIX_ENDED && !six_loop_timer_waits(node->loop, self.handle)) six_node_destroyed(node, callback);
    six_roots_release(node->m, roots);
    return outcome;
  }
  six_root(node->m, six_object_value(&t->host.object));
  enum six_outcome outcome = call_back(node, task, six_object_value(&t->host.object), false);
  if (outcome != SIX_ENDED) forget_number(node, t);
  if (node->m->context_used && outcome != SIX_ENDED && !six_loop_timer_waits(node->loop, t->handle)) six_node_destroyed(node, callback);
  six_roots_release(node->m, roots);
  return outcome;
}

static struct immediate *new_immediate(struct six_nodejs *node, uint64_t async_id) {
  struct six_object *o = six_object_new_class(node->m, SIX_CLASS_SHOWN, sizeof(struct immediate), immediate_prototype(node));
  struct immediate *i = (struct immediate *)o;
  i->host.host_class = &six_immediate_class;
  i->host.data = i;
  i->sequence = UINT64_MAX;
  i->async_id = async_id;
  return i;
}

struct immediate_this {
  struct six_lazy_this lazy;
  struct six_nodejs *node;
  const struct six_task *task;
};

static six_value make_immediate_this(struct six_machine *m, struct six_lazy_this *lazy) {
  struct immediate_this *self = (struct immediate_this *)lazy;
  (void)m;
  struct immediate *i = new_immediate(self->node, immediate_id(self->task->c));
  i->sequence = 0;  // it does not wait any more; all that do come after it
  return six_object_value(&i->host.object);
}

six_value six_immediate_object(struct six_nodejs *node, uint64_t sequence) {
  struct six_task *task = six_loop_immediate_task(node->loop, sequence);
  if (!task) return SIX_NULL;
  void *known = live_object(node, task->c);
  if (known) return six_tagged(SIX_TAG_OBJECT, known);
  struct immediate *i = new_immediate(node, immediate_id(task->c));
  i->sequence = sequence;
  task->c = (uintptr_t)i;
  return six_object_value(&i->host.object);
}

static enum six_outcome call_immediate(struct six_nodejs *node, const struct six_task *task, six_value this_value, uint64_t id) {
  const struct six_task *outer = node->immediate;
  uint64_t outer_id = node->immediate_id;
  node->immediate = task;
  node->immediate_id = id;
  enum six_outcome outcome = call_back(node, task, this_value, true);
  node->immediate = outer;
  node->immediate_id = outer_id;
  return outcome;
}

static enum six_outcome run_immediate(void *context, const struct six_task *task) {
  struct six_nodejs *node = context;
  struct immediate *i = live_object(node, task->c);
  struct immediate_this self = {{make_immediate_this}, node, task};
  six_value callback = task->a, this_value = i ? six_object_value(&i->host.object) : six_lazy_this_value(&self.lazy);
  size_t roots = six_roots_mark(node->m);
  if (i) six_root(node->m, this_value);
  if (node->m->context_used) six_root(node->m, callback);
  enum six_outcome outcome = call_immediate(node, task, this_value, immediate_id(task->c));
  if (node->m->context_used && outcome != SIX_ENDED) six_node_destroyed(node, callback);
  six_roots_release(node->m, roots);
  return outcome;
}

// ---- Setting.
static void warn_delay(struct six_nodejs *node, double after) {
  char digits[40];
  size_t length = six_number_to_chars(after, digits);
  digits[length] = 0;
  bool all = node->rules->cell[SIX_RULE_WARN_NEGATIVE_DELAY];
  if (after > DELAY_MAX && node->rules->cell[SIX_RULE_WARN_LARGE_DELAY]) {
    six_node_warn(node, "TimeoutOverflowWarning", NULL, "%s does not fit into a 32-bit signed integer.\nTimeout duration was set to 1.",
                  digits);
  } else if (all && after < 0 && !node->warned_negative) {
    node->warned_negative = true;
    six_node_warn(node, "TimeoutNegativeWarning", NULL, "%s is a negative number.\nTimeout duration was set to 1.", digits);
  } else if (all && after != after && !node->warned_nan) {
    node->warned_nan = true;
    six_node_warn(node, "TimeoutNaNWarning", NULL, "NaN is not a number.\nTimeout duration was set to 1.");
  }
}

// R10. false on exception. *rule: 10 when it becomes 1.
static bool read_delay(struct six_nodejs *node, six_value v, double *delay, uint16_t *rule) {
  double after = NAN;
  if (six_is_number(v)) after = six_as_number(v);
  else if (!six_is_undefined(v) && !six_to_number(node->m, v, &after)) return false;
  bool fits = after >= 1 && after <= DELAY_MAX;
  if (!fits && !six_is_undefined(v)) warn_delay(node, after);
  *delay = fits ? after : 1;
  if (!fits) *rule = 10;
  return true;
}

static six_value follow_timer(struct six_nodejs *node, struct six_timer_handle handle, six_value object, uint64_t id) {
  six_root(node->m, object);
  six_value callback = six_node_as_resource(node, six_loop_timer_task(node->loop, handle)->a, "Timeout", id, object);
  struct six_task *task = six_loop_timer_task(node->loop, handle);
  if (six_is_exception(callback)) return callback;
  if (task) task->a = callback;
  return object;
}

static six_value set_timer(struct six_machine *m, const struct six_args *a, bool repeats) {
  struct six_nodejs *node = six_node_of(m);
  double delay;
  uint16_t rule = 13;
  if (!six_node_check_callback(node, six_arg(a, 0), "callback") || !read_delay(node, six_arg(a, 1), &delay, &rule)) return SIX_EXCEPTION;
  struct six_task task = {.run = run_timer, .a = six_arg(a, 0), .b = six_node_pack(node, a->argc - 2, a->argv + 2)};
  if (node->trace) task.id = six_node_trace_task(node, repeats ? SIX_TASK_INTERVAL : SIX_TASK_TIMER, rule, task.a, NULL);
  uint64_t async_id = six_node_new_async_id(node);
  uint32_t flags = repeats ? SIX_TIMER_REPEATS : 0;
  if (a->unused && !m->context_used) {
    task.c = NO_OBJECT | async_id;
    six_loop_timer(node->loop, &task, delay, flags);
    return SIX_UNDEFINED;
  }
  struct six_timer_handle handle = six_loop_timer(node->loop, &task, delay, SIX_TIMER_HELD | flags);
  struct timeout *t = new_timeout(node, handle, repeats, delay, async_id);
  six_loop_timer_task(node->loop, handle)->c = (uintptr_t)t;
  six_value object = six_object_value(&t->host.object);
  return m->context_used ? follow_timer(node, handle, object, async_id) : object;
}

static six_value set_timeout(struct six_machine *m, const struct six_args *a) { return set_timer(m, a, false); }
static six_value set_interval(struct six_machine *m, const struct six_args *a) { return set_timer(m, a, true); }

static six_value set_immediate(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  if (!six_node_check_callback(node, six_arg(a, 0), "callback")) return SIX_EXCEPTION;
  uint64_t async_id = six_node_new_async_id(node);
  struct six_task task = {
      .run = run_immediate, .a = six_arg(a, 0), .b = six_node_pack(node, a->argc - 1, a->argv + 1), .c = NO_OBJECT | async_id};
  if (node->trace) task.id = six_node_trace_task(node, SIX_TASK_IMMEDIATE, 30, task.a, NULL);
  if (a->unused && !m->context_used) {
    six_loop_immediate(node->loop, &task, true);
    return SIX_UNDEFINED;
  }
  struct immediate *i = new_immediate(node, async_id);
  task.c = (uintptr_t)i;
  if (m->context_used) {
    six_root(m, six_object_value(&i->host.object));
    six_root(m, task.b);
    task.a = six_node_as_resource(node, task.a, "Immediate", async_id, six_object_value(&i->host.object));
    if (six_is_exception(task.a)) return SIX_EXCEPTION;
  }
  i->sequence = six_loop_immediate(node->loop, &task, true);
  return six_object_value(&i->host.object);
}

// ---- Clearing.
void six_timeout_clear(struct six_nodejs *node, struct timeout *t) {
  if (t->let_go) return;
  struct six_task *task =
      node->m->context_used && six_loop_timer_waits(node->loop, t->handle) ? six_loop_timer_task(node->loop, t->handle) : NULL;
  if (task) six_node_destroyed(node, task->a);
  six_loop_clear_timer(node->loop, t->handle);
  // It never waits again: its place in the loop is free for others at once, not when its object is collected.
  t->let_go = six_loop_forget_timer(node->loop, t->handle, &t->ref, &t->start);
  if (!t->has_primitive || !six_is_object(node->roots[SIX_ROOT_KNOWN_TIMERS])) return;
  six_delete(node->m, six_as_object(node->roots[SIX_ROOT_KNOWN_TIMERS]), six_key_of_index((uint32_t)t->async_id), false);
  t->has_primitive = false;
}

static struct timeout *known_timer(struct six_nodejs *node, six_value id) {
  six_value known = node->roots[SIX_ROOT_KNOWN_TIMERS];
  if (!six_is_object(known) || !node->rules->cell[SIX_RULE_CLEAR_BY_ID]) return NULL;
  six_value key = six_to_key(node->m, id);
  if (six_is_exception(key)) return NULL;
  return six_as_timeout(six_get(node->m, six_as_object(known), key));
}

static six_value clear_timer(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  six_value v = six_arg(a, 0);
  struct timeout *t = six_as_timeout(v);
  if (!t && (six_is_number(v) || six_is_string(v))) t = known_timer(node, v);
  if (t) six_timeout_clear(node, t);
  return SIX_UNDEFINED;
}

static six_value clear_interval(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  if (!node->rules->cell[SIX_RULE_CLEAR_INTERCHANGEABLE]) {  // R19
    struct timeout *t = six_as_timeout(six_arg(a, 0));
    if (!t || !six_loop_timer_repeats(node->loop, t->handle)) return SIX_UNDEFINED;
  }
  return clear_timer(m, a);
}

static six_value clear_immediate(struct six_machine *m, const struct six_args *a) {
  struct immediate *i = six_as_immediate(six_arg(a, 0));
  if (!i) {
    if (six_clear_no_immediate(six_node_of(m), six_arg(a, 0))) return SIX_UNDEFINED;
    if (!six_is_terminating(m) && six_is_class(m->exception, SIX_CLASS_ERROR))
      six_node_note_head(six_node_of(m), six_as_object(m->exception));
    return SIX_EXCEPTION;
  }
  struct six_nodejs *node = six_node_of(m);
  struct six_task *task = m->context_used ? six_loop_immediate_task(node->loop, i->sequence) : NULL;
  if (task) six_node_destroyed(node, task->a);
  six_loop_clear_immediate(node->loop, i->sequence);
  return SIX_UNDEFINED;
}

// ---- Timeout.prototype.
static struct timeout *this_timeout(struct six_machine *m, const struct six_args *a) {
  struct timeout *t = six_as_timeout(a->this_value);
  if (!t) six_throw_type(m, "Illegal invocation");
  return t;
}

static six_value timeout_refresh(struct six_machine *m, const struct six_args *a) {
  struct timeout *t = this_timeout(m, a);
  if (!t) return SIX_EXCEPTION;
  six_loop_refresh_timer(six_node_of(m)->loop, t->handle);
  return a->this_value;
}

static six_value timeout_set_ref(struct six_machine *m, const struct six_args *a, bool ref) {
  struct timeout *t = this_timeout(m, a);
  if (!t) return SIX_EXCEPTION;
  if (t->let_go) t->ref = ref;
  else six_loop_ref_timer(six_node_of(m)->loop, t->handle, ref);
  return a->this_value;
}
static six_value timeout_ref(struct six_machine *m, const struct six_args *a) { return timeout_set_ref(m, a, true); }
static six_value timeout_unref(struct six_machine *m, const struct six_args *a) { return timeout_set_ref(m, a, false); }

bool six_timeout_has_ref(struct six_nodejs *node, const struct timeout *t) {
  return t->let_go ? t->ref : six_loop_timer_has_ref(node->loop, t->handle);
}

static six_value timeout_has_ref(struct six_machine *m, const struct six_args *a) {
  struct timeout *t = this_timeout(m, a);
  if (!t) return SIX_EXCEPTION;
  struct six_nodejs *node = six_node_of(m);
  if (node->rules->cell[SIX_RULE_TIMER_HAS_REF] == 1 && six_loop_timer_destroyed(node->loop, t->handle)) return SIX_FALSE;
  return six_boolean(six_timeout_has_ref(node, t));
}

static six_value timeout_close(struct six_machine *m, const struct six_args *a) {
  struct timeout *t = this_timeout(m, a);
  if (!t) return SIX_EXCEPTION;
  six_timeout_clear(six_node_of(m), t);
  return a->this_value;
}

static six_value timeout_dispose(struct six_machine *m, const struct six_args *a) {
  return six_is_exception(timeout_close(m, a)) ? SIX_EXCEPTION : SIX_UNDEFINED;
}

static six_value timeout_to_primitive(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  struct timeout *t = this_timeout(m, a);
  if (!t) return SIX_EXCEPTION;
  six_value *known = &node->roots[SIX_ROOT_KNOWN_TIMERS];
  if (!t->has_primitive) {
    if (!six_is_object(*known)) *known = six_object_value(six_object_new(m, NULL));
    six_define(m, six_as_object(*known), six_key_of_index((uint32_t)t->async_id), a->this_value, SIX_DATA_ALL);
    t->has_primitive = true;
  }
  return six_number((double)t->async_id);
}

static six_value inspect_timeout(struct six_machine *m, const struct six_args *a) {
  struct six_inspect_options options;
  struct six_text text = {0};
  six_inspect_defaults(m, &options);
  if (six_is_object(six_arg(a, 1)) && !six_inspect_read_options(m, six_arg(a, 1), &options)) return SIX_EXCEPTION;
  options.depth = 0;
  options.custom_inspect = false;
  bool ok = six_inspect(m, a->this_value, &options, &text);
  six_value result = ok ? six_string_from_wtf8(m, text.bytes ? text.bytes : "", text.length) : SIX_EXCEPTION;
  six_text_done(&text);
  return result;
}

// ---- Immediate.prototype.
static six_value immediate_set_ref(struct six_machine *m, const struct six_args *a, bool ref) {
  struct immediate *i = six_as_immediate(a->this_value);
  if (!i) return six_throw_type(m, "Illegal invocation");
  six_loop_ref_immediate(six_node_of(m)->loop, i->sequence, ref);
  return a->this_value;
}
static six_value immediate_ref(struct six_machine *m, const struct six_args *a) { return immediate_set_ref(m, a, true); }
static six_value immediate_unref(struct six_machine *m, const struct six_args *a) { return immediate_set_ref(m, a, false); }
static six_value immediate_has_ref(struct six_machine *m, const struct six_args *a) {
  struct immediate *i = six_as_immediate(a->this_value);
  return i ? six_boolean(six_loop_immediate_has_ref(six_node_of(m)->loop, i->sequence)) : SIX_FALSE;
}
static six_value immediate_dispose(struct six_machine *m, const struct six_args *a) {
  struct six_args args = *a;
  six_value self = a->this_value;
  args.argv = &self;
  args.argc = 1;
  return clear_immediate(m, &args);
}

static six_value not_a_constructor(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_throw_unsupported(m, "constructing a Timeout or Immediate");
}

static struct six_object *make_prototype(struct six_nodejs *node, const char *name, const struct six_native_def *methods, size_t count,
                                         six_native *dispose) {
  struct six_machine *m = node->m;
  struct six_object *prototype = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  six_root(m, six_object_value(prototype));
  six_constructor_new(m, name, not_a_constructor, 0, prototype);
  six_define_natives(m, prototype, methods, count);
  if (node->rules->major >= 20) {
    six_value description = six_str(m, node->rules->major >= 24 ? "Symbol.dispose" : "nodejs.dispose");
    six_value symbol = six_get(m, six_intrinsic(m, SIX_I_Symbol), named(m, "dispose"));
    if (!six_is_symbol(symbol)) symbol = six_symbol_value(six_symbol_new(m, description));
    six_value function = six_object_value(six_native_new(m, dispose, SIX_ATOM(m, empty), 0, SIX_UNDEFINED, SIX_UNDEFINED));
    six_define(m, prototype, symbol, function, SIX_DATA_ALL);
  }
  return prototype;
}

static void show_key(struct six_machine *m, struct six_object *o, const char *name) {
  struct six_descriptor d = {
      .attrs = SIX_ENUMERABLE, .has = SIX_ENUMERABLE, .value = SIX_UNDEFINED, .get = SIX_UNDEFINED, .set = SIX_UNDEFINED};
  if (six_has_own(m, o, named(m, name)) > 0) six_define_own(m, o, named(m, name), &d, false);
}

static struct six_object *timeout_prototype(struct six_nodejs *node) {
  static const struct six_native_def methods[] = {
      {"refresh", timeout_refresh, 0, 0}, {"unref", timeout_unref, 0, 0}, {"ref", timeout_ref, 0, 0},
      {"hasRef", timeout_has_ref, 0, 0},  {"close", timeout_close, 0, 0}, {"@@toPrimitive", timeout_to_primitive, 0, 0},
  };
  six_value *slot = &node->roots[SIX_ROOT_TIMEOUT_PROTOTYPE];
  if (six_is_object(*slot)) return six_as_object(*slot);
  size_t roots = six_roots_mark(node->m);
  struct six_object *prototype = make_prototype(node, "Timeout", methods, SIX_COUNT(methods), timeout_dispose);
  *slot = six_object_value(prototype);
  if (node->rules->major >= 10) {
    six_value name = six_str(node->m, "[nodejs.util.inspect.custom]");
    struct six_object *inspect = six_native_new(node->m, inspect_timeout, name, 2, SIX_UNDEFINED, SIX_UNDEFINED);
    six_define(node->m, prototype, six_inspect_custom_symbol(node->m, true), six_object_value(inspect), SIX_HIDDEN);
  }
  if (!node->rules->cell[SIX_RULE_TIMER_HAS_REF]) six_delete(node->m, prototype, named(node->m, "hasRef"), false);
  if (!node->rules->cell[SIX_RULE_CLEAR_BY_ID]) six_delete(node->m, prototype, SIX_SYMBOL(node->m, toPrimitive), false);
  if (!node->rules->cell[SIX_RULE_TIMER_REFRESH]) six_delete(node->m, prototype, named(node->m, "refresh"), false);  // R20
  static const char *const assigned[] = {"close", "refresh", "unref", "ref", "hasRef"};  // all but close are a class's since 18
  for (size_t i = 0; i < (node->rules->major >= 18 ? 1 : SIX_COUNT(assigned)); i++) show_key(node->m, prototype, assigned[i]);
  six_roots_release(node->m, roots);
  return prototype;
}

static struct six_object *immediate_prototype(struct six_nodejs *node) {
  static const struct six_native_def methods[] = {
      {"ref", immediate_ref, 0, 0}, {"unref", immediate_unref, 0, 0}, {"hasRef", immediate_has_ref, 0, 0}};
  six_value *slot = &node->roots[SIX_ROOT_IMMEDIATE_PROTOTYPE];
  if (six_is_object(*slot)) return six_as_object(*slot);
  size_t roots = six_roots_mark(node->m);
  struct six_object *prototype = make_prototype(node, "Immediate", methods, SIX_COUNT(methods), immediate_dispose);
  *slot = six_object_value(prototype);
  if (!node->rules->cell[SIX_RULE_TIMER_HAS_REF]) six_delete(node->m, prototype, named(node->m, "hasRef"), false);
  if (!node->rules->cell[SIX_RULE_IMMEDIATE_UNREF]) {
    six_delete(node->m, prototype, named(node->m, "ref"), false);
    six_delete(node->m, prototype, named(node->m, "unref"), false);
  }
  six_roots_release(node->m, roots);
  return prototype;
}

// ---- The globals and the module.
static six_value promises_library(struct six_nodejs *node);

static six_value promised(struct six_machine *m, const struct six_args *a) {  // [util.promisify.custom]
  six_value name = six_as_native(a->callee)->data[0];
  struct six_text text = {0};
  six_string_to_utf8(m, six_as_string(name), &text);
  six_value exports = promises_library(six_node_of(m));
  six_value function = six_is_exception(exports) ? exports : six_node_getv(six_node_of(m), exports, text.bytes);
  six_text_done(&text);
  return function;
}

// Before Node 14 the symbol holds the function itself.
static six_value promised_call(struct six_machine *m, const struct six_args *a) {
  six_value function = promised(m, a);
  if (six_is_exception(function)) return function;
  size_t roots = six_roots_mark(m);
  six_root(m, function);
  six_value result = six_call(m, function, a->this_value, a->argc, a->argv);
  six_roots_release(m, roots);
  return result;
}

static six_value make_global(struct six_nodejs *node, const char *name, six_native *native, int length, bool promisable) {
  struct six_machine *m = node->m;
  six_value name_value = six_string_value(six_intern_ascii(m, name, false));
  struct six_object *function = six_native_new(m, native, name_value, length, SIX_UNDEFINED, SIX_UNDEFINED);
  six_root(m, six_object_value(function));
  if (promisable) {
    bool lazy = node->rules->major >= 14;
    six_value get = lazy ? SIX_ATOM(m, get) : six_str(m, "");
    struct six_object *promised_form = six_native_new(m, lazy ? promised : promised_call, get, 0, name_value, SIX_UNDEFINED);
    six_value form = six_object_value(promised_form);
    if (lazy) six_define_accessor(m, function, six_util_promisify_symbol(node), form, SIX_UNDEFINED, SIX_ENUMERABLE);
    else six_define(m, function, six_util_promisify_symbol(node), form, SIX_DATA_ALL);
  }
  return six_object_value(function);
}

six_value six_global_setTimeout(struct six_nodejs *node);
six_value six_global_setInterval(struct six_nodejs *node);
six_value six_global_setImmediate(struct six_nodejs *node);
six_value six_global_clearTimeout(struct six_nodejs *node);
six_value six_global_clearInterval(struct six_nodejs *node);
six_value six_global_clearImmediate(struct six_nodejs *node);
six_value six_module_timers(struct six_nodejs *node);
six_value six_module_timers_promises(struct six_nodejs *node);

six_value six_global_setTimeout(struct six_nodejs *node) { return make_global(node, "setTimeout", set_timeout, 5, true); }
six_value six_global_setInterval(struct six_nodejs *node) { return make_global(node, "setInterval", set_interval, 5, false); }
six_value six_global_setImmediate(struct six_nodejs *node) { return make_global(node, "setImmediate", set_immediate, 4, true); }
six_value six_global_clearTimeout(struct six_nodejs *node) { return make_global(node, "clearTimeout", clear_timer, 1, false); }
six_value six_global_clearInterval(struct six_nodejs *node) { return make_global(node, "clearInterval", clear_interval, 1, false); }
six_value six_global_clearImmediate(struct six_nodejs *node) { return make_global(node, "clearImmediate", clear_immediate, 1, false); }

static six_value get_promises(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_node_module(six_node_of(m), SIX_MODULE_timers_promises);
}

six_value six_module_timers(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  static const char *const names[] = {"setTimeout", "clearTimeout", "setImmediate", "clearImmediate", "setInterval", "clearInterval"};
  struct six_object *exports = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  six_root(m, six_object_value(exports));
  for (size_t i = 0; i < SIX_COUNT(names); i++) {
    six_value function = six_node_original_global(node, names[i]);
    if (six_is_exception(function)) return function;
    six_put(m, exports, names[i], function);
  }
  if (!node->rules->cell[SIX_RULE_TIMERS_PROMISES]) return six_object_value(exports);
  struct six_object *getter = six_native_new(m, get_promises, SIX_ATOM(m, get), 0, SIX_UNDEFINED, SIX_UNDEFINED);
  six_define_accessor(m, exports, named(m, "promises"), six_object_value(getter), SIX_UNDEFINED, SIX_ENUMERABLE | SIX_CONFIGURABLE);
  return six_object_value(exports);
}

static six_value invalid_arg_type(struct six_machine *m, const struct six_args *a) {
  struct six_text name = {0}, expected = {0};
  six_string_to_utf8(m, six_string_flat(m, six_as_string(a->argv[0])), &name);
  six_string_to_utf8(m, six_string_flat(m, six_as_string(a->argv[1])), &expected);
  six_node_throw_arg_type(six_node_of(m), name.bytes, expected.bytes, a->argv[2]);
  six_text_done(&name);
  six_text_done(&expected);
  return six_is_terminating(m) ? SIX_EXCEPTION : six_take_exception(m);
}

static six_value promises_library(struct six_nodejs *node) {
  static const struct six_native_def natives[] = {{"invalidArgType", invalid_arg_type, 3, 0}};
  struct six_object *native = six_object_new(node->m, six_intrinsic(node->m, SIX_I_ObjectPrototype));
  six_define_natives(node->m, native, natives, SIX_COUNT(natives));
  return six_library(node, SIX_LIBRARY_timers_promises, six_object_value(native));
}

six_value six_module_timers_promises(struct six_nodejs *node) { return promises_library(node); }
