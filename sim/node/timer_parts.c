// The own properties of Timeout and Immediate objects, as each major has them. The loop keeps what they say; they are made
// when a program looks at them, and made anew at each look.
#include <string.h>

#include "sim/machine/builtins/builtin.h"
#include "sim/node/timers.h"

enum part {
  PART_REFED,
  PART_HAS_PRIMITIVE,
  PART_ASYNC_ID,
  PART_TRIGGER_ID,
  PART_CONTEXT_FRAME,
  PART_IMMEDIATE_REFED,
  PART_LISTS,
  PART_LIST_PROTOTYPE,
  PART_COUNT
};

static six_value nothing(struct six_machine *m, const struct six_args *a) {
  (void)m, (void)a;
  return SIX_UNDEFINED;
}

static six_key named(struct six_machine *m, const char *name) { return six_key_of_string(m, six_intern_ascii(m, name, false)); }

static struct six_object *parts_of(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  six_value *slot = &node->roots[SIX_ROOT_TIMER_PARTS];
  if (six_is_object(*slot)) return six_as_object(*slot);
  struct six_object *parts = six_array_new(m, PART_COUNT);
  *slot = six_object_value(parts);
  int major = node->rules->major;
  const char *const names[] = {major < 11 ? "unrefed" : "refed",
                               "kHasPrimitive",
                               "asyncId",
                               major < 10 ? "triggerAsyncId" : "triggerId",
                               "kAsyncContextFrame",
                               "refed"};
  for (int i = 0; i <= PART_IMMEDIATE_REFED; i++) six_array_push(m, parts, six_symbol_value(six_symbol_new(m, six_str(m, names[i]))));
  six_array_push(m, parts, six_object_value(six_object_new(m, NULL)));
  struct six_object *prototype = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  six_array_push(m, parts, six_object_value(prototype));
  six_constructor_new(m, "TimersList", nothing, 0, prototype);
  return parts;
}

static six_value part(struct six_nodejs *node, enum part which) { return parts_of(node)->elements[which]; }

static void put(struct six_machine *m, struct six_object *o, six_key key, six_value v) {
  struct six_descriptor d = {
      .attrs = SIX_DATA_ALL, .has = SIX_DATA_ALL | SIX_HAS_VALUE, .value = v, .get = SIX_UNDEFINED, .set = SIX_UNDEFINED};
  six_ordinary_define_own(m, o, key, &d, false);
}

static void put_named(struct six_machine *m, struct six_object *o, const char *name, six_value v) { put(m, o, named(m, name), v); }

static six_value args_array(struct six_machine *m, uint64_t word) {
  struct six_values *arguments = six_node_unpack(word);
  return arguments ? six_object_value(six_array_from(m, arguments->items, arguments->count)) : SIX_UNDEFINED;
}

// ---- The list of a duration: its head stands before the newest and behind the oldest of its timers.

// Node 8: the libuv timer of the list.
static six_value list_timer(struct six_machine *m, struct six_object *list) {
  struct six_object *prototype = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  struct six_object *timer = six_object_new(m, prototype);
  size_t roots = six_roots_mark(m);
  six_root(m, six_object_value(timer));
  six_constructor_new(m, "Timer", nothing, 0, prototype);
  struct six_object *ontimeout = six_native_new(m, nothing, six_str(m, "listOnTimeout"), 0, SIX_UNDEFINED, SIX_UNDEFINED);
  six_define(m, timer, six_key_of_index(0), six_object_value(ontimeout), SIX_DATA_ALL);
  put_named(m, timer, "_list", six_object_value(list));
  six_roots_release(m, roots);
  return six_object_value(timer);
}

static void fill_list(struct six_nodejs *node, struct six_object *list, struct timeout *t, bool fresh) {
  struct six_machine *m = node->m;
  struct six_timer_handle end;
  for (int newest = 1; newest >= 0; newest--) {
    bool any = six_loop_timer_end(node->loop, t->handle, newest != 0, &end);
    put_named(m, list, newest ? "_idleNext" : "_idlePrev", any ? six_timeout_object(node, end) : six_object_value(list));
  }
  double ms = six_loop_timer_delay(node->loop, t->handle);
  if (node->rules->cell[SIX_RULE_TIMER_ONE_QUEUE]) {
    struct six_timer_handle oldest;
    if (!six_loop_timer_end(node->loop, t->handle, false, &oldest)) oldest = t->handle;
    put_named(m, list, "expiry", six_number((double)six_loop_timer_start(node->loop, oldest) + ms));
    if (fresh) put_named(m, list, "id", six_number(-9007199254740991.0));
    put_named(m, list, "msecs", six_number(ms));
    if (fresh) put_named(m, list, "priorityQueuePosition", six_int(1));
  } else if (fresh) {
    bool old = node->rules->major < 10;
    if (old) put_named(m, list, "_timer", list_timer(m, list));
    put_named(m, list, "_unrefed", SIX_FALSE);
    put_named(m, list, "msecs", six_number(ms));
    if (old) put_named(m, list, "nextTick", SIX_FALSE);
    else put_named(m, list, "_timer", list_timer(m, list));
  }
}

static six_value list_of(struct six_nodejs *node, struct timeout *t) {
  struct six_machine *m = node->m;
  struct six_object *lists = six_as_object(part(node, PART_LISTS));
  six_key key = six_key_of_index((uint32_t)six_loop_timer_delay(node->loop, t->handle));
  six_value known = six_get(m, lists, key);
  bool fresh = !six_is_object(known);
  if (fresh) {
    known = six_object_value(six_object_new(m, six_as_object(part(node, PART_LIST_PROTOTYPE))));
    six_define(m, lists, key, known, SIX_DATA_ALL);
  }
  fill_list(node, six_as_object(known), t, fresh);
  return known;
}

static six_value timeout_neighbour(struct six_nodejs *node, struct timeout *t, bool newer) {
  struct six_timer_handle other;
  if (!six_loop_timer_waits(node->loop, t->handle)) return SIX_NULL;
  return six_loop_timer_neighbour(node->loop, t->handle, newer, &other) ? six_timeout_object(node, other) : list_of(node, t);
}

// ---- Timeout.
static six_value on_timeout(struct six_nodejs *node, const struct timeout *t, const struct six_task *task, bool cleared) {
  if (task && !cleared) return six_node_bare_callback(task->a);
  return node->rules->major >= 24 && !t->is_interval ? SIX_UNDEFINED : SIX_NULL;
}

static six_value timeout_refed(struct six_nodejs *node, const struct timeout *t) {
  bool ref = six_timeout_has_ref(node, t);
  if (node->rules->cell[SIX_RULE_TIMER_HAS_REF] == 0) return six_boolean(!ref);  // [unrefed]
  if (node->rules->cell[SIX_RULE_TIMER_HAS_REF] == 1 && six_loop_timer_destroyed(node->loop, t->handle)) return SIX_NULL;
  return six_boolean(ref);
}

static void put_ids(struct six_nodejs *node, struct six_object *o, uint64_t async_id, const struct six_task *task) {
  put(node->m, o, part(node, PART_ASYNC_ID), six_number((double)async_id));
  put(node->m, o, part(node, PART_TRIGGER_ID), task ? six_node_trigger_id(node, task->a) : six_int(1));
  if (node->rules->major >= 22) put(node->m, o, part(node, PART_CONTEXT_FRAME), SIX_UNDEFINED);
}

static void fill_timeout(struct six_nodejs *node, struct timeout *t) {
  struct six_machine *m = node->m;
  struct six_object *o = &t->host.object;
  struct six_task *task = t->let_go ? NULL : six_loop_timer_task(node->loop, t->handle);
  bool cleared = !task || six_loop_timer_delay(node->loop, t->handle) < 0, waits = six_loop_timer_waits(node->loop, t->handle);
  bool destroyed = node->rules->cell[SIX_RULE_TIMER_HAS_REF] == 2 && six_loop_timer_destroyed(node->loop, t->handle);
  if (node->rules->major < 11) put_named(m, o, "_called", six_boolean(!waits && !cleared));
  put_named(m, o, "_idleTimeout", cleared ? six_int(-1) : six_number(t->delay));
  put_named(m, o, "_idlePrev", timeout_neighbour(node, t, true));
  put_named(m, o, "_idleNext", timeout_neighbour(node, t, false));
  put_named(m, o, "_idleStart", six_number((double)(t->let_go ? t->start : six_loop_timer_start(node->loop, t->handle))));
  put_named(m, o, "_onTimeout", on_timeout(node, t, task, cleared));
  put_named(m, o, "_timerArgs", task ? args_array(m, task->b) : SIX_UNDEFINED);
  put_named(m, o, "_repeat", t->is_interval && (!cleared || node->rules->major >= 10) ? six_number(t->delay) : SIX_NULL);
  put_named(m, o, "_destroyed", six_boolean(destroyed));
  if (node->rules->major >= 10) put(m, o, part(node, PART_REFED), timeout_refed(node, t));
  if (node->rules->cell[SIX_RULE_CLEAR_BY_ID]) put(m, o, part(node, PART_HAS_PRIMITIVE), six_boolean(t->has_primitive));
  put_ids(node, o, t->async_id, task);
}

// Whether the look is at one of these properties: their names begin with '_'; nobody has the symbols before a first look.
static bool concerns(bool shown, six_key key) {
  if (key == SIX_EMPTY || (shown && six_is_symbol(key))) return true;
  if (!six_is_string(key)) return false;
  const struct six_string *name = six_as_string(key);
  return name->length && !(name->cell.flags & (SIX_STRING_WIDE | SIX_STRING_ROPE)) && name->u.latin1[0] == '_';
}

// What a program puts on a timer of its own keeps the object alive while the queue has the timer; and a callback that it puts
// in the place of the first is the one that runs.
static void task_changed(struct six_machine *m, struct six_task *task, struct six_object *o, six_key key, const char *callback) {
  struct six_descriptor d;
  if (!task) return;
  task->c = six_object_value(o);
  if (key == named(m, callback) && six_ordinary_get_own(m, o, key, &d) > 0 && six_is_callable(d.value)) task->a = d.value;
}

void six_timeout_show(struct six_machine *m, void *data, six_key key) {
  struct timeout *t = data;
  struct six_nodejs *node = six_node_of(m);
  if (!node->loop || !concerns(t->shown, key)) return;
  size_t roots = six_roots_mark(m);
  six_root(m, six_object_value(&t->host.object));
  t->shown = true;
  fill_timeout(node, t);
  six_roots_release(m, roots);
}

void six_timeout_changed(struct six_machine *m, void *data, six_key key) {
  struct timeout *t = data;
  struct six_task *task = t->let_go ? NULL : six_loop_timer_task(six_node_of(m)->loop, t->handle);
  task_changed(m, task, &t->host.object, key, "_onTimeout");
}

// ---- Immediate.
static six_value immediate_neighbour(struct six_nodejs *node, const struct immediate *i, bool later) {
  uint64_t other = six_loop_immediate_neighbour(node->loop, i->sequence, later);
  return other == UINT64_MAX ? SIX_NULL : six_immediate_object(node, other);
}

static void fill_immediate(struct six_nodejs *node, struct immediate *i) {
  struct six_machine *m = node->m;
  struct six_object *o = &i->host.object;
  struct six_task *waiting = six_loop_immediate_task(node->loop, i->sequence);
  const struct six_task *running = node->immediate && node->immediate_id == i->async_id ? node->immediate : NULL;
  const struct six_task *task = waiting ? waiting : running;
  six_value function = task ? six_node_bare_callback(task->a) : node->rules->major >= 24 ? SIX_UNDEFINED : SIX_NULL;
  put_named(m, o, "_idleNext", task ? immediate_neighbour(node, i, true) : SIX_NULL);
  put_named(m, o, "_idlePrev", waiting ? immediate_neighbour(node, i, false) : SIX_NULL);
  int major = node->rules->major;
  bool old = !node->rules->cell[SIX_RULE_IMMEDIATE_UNREF];
  if (old) put_named(m, o, "_callback", function);
  if (!old) put_named(m, o, "_onImmediate", function);
  put_named(m, o, "_argv", task ? args_array(m, task->b) : SIX_UNDEFINED);
  if (old) put_named(m, o, "_onImmediate", function);
  put_named(m, o, "_destroyed", six_boolean(!waiting && !(old && task)));
  if (old) put_named(m, o, "domain", SIX_NULL);
  six_value gone = node->rules->major >= 11 ? SIX_NULL : SIX_UNDEFINED;
  if (!old)
    put(m, o, part(node, major < 11 ? PART_IMMEDIATE_REFED : PART_REFED),
        waiting ? six_boolean(six_loop_immediate_has_ref(node->loop, i->sequence)) : gone);
  put_ids(node, o, i->async_id, task);
}

void six_immediate_show(struct six_machine *m, void *data, six_key key) {
  struct immediate *i = data;
  struct six_nodejs *node = six_node_of(m);
  if (!node->loop || !concerns(i->shown, key)) return;
  size_t roots = six_roots_mark(m);
  six_root(m, six_object_value(&i->host.object));
  i->shown = true;
  fill_immediate(node, i);
  six_roots_release(m, roots);
}

void six_immediate_changed(struct six_machine *m, void *data, six_key key) {
  struct immediate *i = data;
  task_changed(m, six_loop_immediate_task(six_node_of(m)->loop, i->sequence), &i->host.object, key, "_onImmediate");
}

// ---- clearImmediate of something else: since Node 24 only what has `_onImmediate` is cleared, before whatever it is given.
static bool set_part(struct six_machine *m, six_value v, const char *name, six_value to) {
  return six_set_v(m, v, named(m, name), to, true) >= 0;
}

// ImmediateList.remove. Before Node 14 it links the neighbours of what has none.
static bool unlink(struct six_nodejs *node, six_value v) {
  struct six_machine *m = node->m;
  static const char *const sides[] = {"_idleNext", "_idlePrev"};
  for (int i = 0; i < 2; i++) {
    six_value other = six_node_getv(node, v, sides[i]), across = six_node_getv(node, v, sides[1 - i]);
    if (six_is_exception(other) || six_is_exception(across)) return false;
    bool skips = node->rules->major >= 10 && node->rules->major < 14 ? other == SIX_NULL : !six_to_boolean(other);
    if (!skips && !set_part(m, other, sides[1 - i], across)) return false;
  }
  return set_part(m, v, "_idleNext", SIX_NULL) && set_part(m, v, "_idlePrev", SIX_NULL);
}

bool six_clear_no_immediate(struct six_nodejs *node, six_value v) {
  struct six_machine *m = node->m;
  if (!six_to_boolean(v)) return true;
  struct timeout *timer = six_as_timeout(v);
  if (timer) {  // taken out of its list
    if (node->rules->major < 24) six_timeout_clear(node, timer);
    return true;
  }
  if (node->rules->major >= 24) {
    six_value callback = six_node_getv(node, v, "_onImmediate");
    if (six_is_exception(callback) || !six_to_boolean(callback)) return !six_is_exception(callback);
  }
  six_value destroyed = six_node_getv(node, v, "_destroyed");
  if (six_is_exception(destroyed) || six_to_boolean(destroyed)) return !six_is_exception(destroyed);
  if (!set_part(m, v, "_destroyed", SIX_TRUE)) return false;
  if (node->rules->cell[SIX_RULE_IMMEDIATE_UNREF]) {
    six_value gone = node->rules->major >= 11 ? SIX_NULL : SIX_UNDEFINED;
    if (six_is_object(v)) six_define(m, six_as_object(v), part(node, PART_REFED), gone, SIX_DATA_ALL);
  }
  return set_part(m, v, "_onImmediate", node->rules->major >= 24 ? SIX_UNDEFINED : SIX_NULL) && unlink(node, v);
}
