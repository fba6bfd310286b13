// EventEmitter (R120 R121 R122): listeners of one event are a function, or an array of them, in this._events.
#include "sim/node/events.h"

#include "sim/node/frames.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/machine/builtins/builtin.h"
#include "sim/node/inspect.h"
#include "sim/node/library.h"

static six_key capture_key(struct six_nodejs *node) { return node->roots[SIX_ROOT_CAPTURE_SYMBOL]; }
static six_key emitting_key(struct six_nodejs *node) { return node->roots[SIX_ROOT_EMITTING_SYMBOL]; }
static six_key shape_key(struct six_nodejs *node) { return node->roots[SIX_ROOT_SHAPE_SYMBOL]; }
static six_key monitor_key(struct six_nodejs *node) { return node->roots[SIX_ROOT_ERROR_MONITOR]; }
static six_key rejection_key(struct six_nodejs *node) { return node->roots[SIX_ROOT_REJECTION_SYMBOL]; }
static six_key named(struct six_machine *m, const char *name) { return six_string_value(six_intern_ascii(m, name, false)); }

// target[key] with the usual case, an own data property, first.
static six_value get(struct six_machine *m, six_value target, six_key key) {
  if (six_is_object(target)) {
    six_value *slot = six_own_slot(m, six_as_object(target), key);
    if (slot) return *slot;
  }
  return six_get_v(m, target, key);
}

static bool put(struct six_machine *m, six_value target, six_key key, six_value v) {
  if (six_is_object(target)) return six_set(m, six_as_object(target), key, v) >= 0;
  return six_set_v(m, target, key, v, true) >= 0;
}

static six_value no_events(struct six_machine *m) { return six_object_value(six_object_new(m, NULL)); }

static double count_of(struct six_machine *m, six_value target) {
  six_value v = get(m, target, SIX_ATOM(m, _eventsCount));
  return six_is_number(v) ? six_as_number(v) : 0;
}

static bool put_count(struct six_machine *m, six_value target, double count) {
  return put(m, target, SIX_ATOM(m, _eventsCount), six_number(count));
}

// ---- Emitting

static enum six_outcome rejection_tick(void *context, const struct six_task *task) {
  struct six_nodejs *node = context;
  struct six_values *packed = six_node_unpack(task->a);  // emitter, error, type, arguments...
  six_value target = packed->items[0], error = packed->items[1];
  struct six_machine *m = node->m;
  six_value handler = six_get_v(m, target, rejection_key(node));
  if (six_is_exception(handler)) return six_node_report(node);
  if (six_is_callable(handler)) return six_node_callback(node, handler, target, (int)packed->count - 1, packed->items + 1);
  six_value before = get(m, target, capture_key(node));
  put(m, target, capture_key(node), SIX_FALSE);
  six_value arguments[2] = {SIX_ATOM(m, error), error};
  enum six_outcome outcome = SIX_DONE;
  if (six_is_exception(six_invoke(m, target, SIX_ATOM(m, emit), 2, arguments))) outcome = six_node_report(node);
  if (outcome != SIX_ENDED) put(m, target, capture_key(node), before);
  return outcome;
}

static six_value emit_rejection(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  struct six_object *packed = six_as_object(six_as_native(a->callee)->data[0]);
  packed->elements[1] = six_arg(a, 0);
  six_node_tick_native(node, rejection_tick, six_node_pack(node, (int)packed->element_count, packed->elements), 0, 0);
  return SIX_UNDEFINED;
}

// captureRejections: the promise that a listener returned must not reject unheard.
static bool capture(struct six_nodejs *node, six_value target, six_value result, six_key type, int argc, const six_value *argv) {
  struct six_machine *m = node->m;
  six_value captures = get(m, target, capture_key(node));
  if (six_is_exception(captures)) return false;
  if (!six_to_boolean(captures)) return true;
  six_root(m, result);
  six_value then = six_get_v(m, result, SIX_ATOM(m, then));
  if (!six_is_exception(then) && six_is_callable(then)) {
    struct six_object *packed = six_array_new(m, (uint32_t)argc + 3);
    six_array_push(m, packed, target);
    six_array_push(m, packed, SIX_UNDEFINED);
    six_array_push(m, packed, six_key_to_value(m, type));
    for (int i = 0; i < argc; i++) six_array_push(m, packed, argv[i]);
    six_value handler = six_object_value(six_native_new(m, emit_rejection, SIX_ATOM(m, empty), 1, six_object_value(packed), SIX_UNDEFINED));
    six_value arguments[2] = {SIX_UNDEFINED, handler};
    then = six_call(m, then, result, 2, arguments);
  }
  if (!six_is_exception(then)) return true;
  if (six_is_terminating(m)) return false;
  six_value error = six_take_exception(m);
  six_value arguments[2] = {SIX_ATOM(m, error), error};
  return !six_is_exception(six_invoke(m, target, SIX_ATOM(m, emit), 2, arguments));
}

static bool call_listener(struct six_nodejs *node, six_value listener, six_value target, six_key type, int argc, const six_value *argv) {
  six_value result = six_call(node->m, listener, target, argc, argv);
  if (six_is_exception(result)) return false;
  return six_is_nullish(result) || capture(node, target, result, type, argc, argv);
}

// Since Node 24 a list counts the emits that it is under.
static bool counts_emits(struct six_nodejs *node) { return node->rules->cell[SIX_RULE_EMITTER_COUNTS_EMITS]; }

static double emits_of(struct six_nodejs *node, struct six_object *list) {
  six_value count = get(node->m, six_object_value(list), emitting_key(node));
  return six_is_number(count) ? six_as_number(count) : 0;
}

static bool count_emits(struct six_nodejs *node, struct six_object *list, double change) {
  if (!counts_emits(node)) return true;
  return put(node->m, six_object_value(list), emitting_key(node), six_number(emits_of(node, list) + change));
}

static bool call_all(struct six_nodejs *node, struct six_object *list, six_value target, six_key type, int argc, const six_value *argv) {
  struct six_machine *m = node->m;
  uint32_t count = list->element_count;
  struct six_values *copy = six_values_new(m, count);  // R121: the listeners as of now
  memcpy(copy->items, list->elements, count * sizeof *copy->items);
  copy->count = count;
  size_t roots = six_roots_mark(m);
  six_root_values(m, copy);
  bool ok = true;
  six_root(m, six_object_value(list));
  six_note_native(m, 1);
  ok = count_emits(node, list, 1);
  for (uint32_t i = 0; ok && i < count; i++) ok = call_listener(node, copy->items[i], target, type, argc, argv);
  ok = count_emits(node, list, -1) && ok;
  six_roots_release(m, roots);
  return ok;
}

static bool is_error(struct six_machine *m, six_value v) {
  if (!six_is_object(v)) return false;
  for (struct six_object *o = six_as_object(v); o; o = o->cell.class_ == SIX_CLASS_PROXY ? NULL : o->shape->proto) {
    if (o == six_intrinsic(m, SIX_I_ErrorPrototype)) return true;
  }
  return false;
}

// Where the event was emitted: shown below the error's own stack if nobody catches it (enhanceStackTrace).
static void note_emitted(struct six_nodejs *node, six_value target, six_value error) {
  struct six_machine *m = node->m;
  node->head_error = error;
  node->head_row = six_frames_find(node, "emit!er");
  six_value constructor = get(m, target, SIX_ATOM(m, constructor));
  if (six_is_exception(constructor) && !six_is_terminating(m)) six_take_exception(m);
  struct six_string *name = six_is_callable(constructor) ? six_function_name(m, six_as_object(constructor)) : NULL;
  struct six_text text = {0};
  six_text_adds(&text, "\nEmitted 'error' event");
  if (name && !six_string_equals_ascii(m, name, "EventEmitter")) {
    six_text_adds(&text, " on ");
    six_string_to_utf8(m, name, &text);
    six_text_adds(&text, " instance");
  }
  six_text_adds(&text, " at:");
  struct six_frame_info info;
  six_value emit = six_stack_frame(m, 0, &info) ? info.function : SIX_UNDEFINED;
  six_stack_write(m, six_stack_capture(m, emit), &text);
  node->roots[SIX_ROOT_EMITTED_ERROR] = error;
  node->roots[SIX_ROOT_EMITTED_AT] = six_string_from_wtf8(m, text.bytes, text.length);
  six_text_done(&text);
}

// R122: an 'error' event that nobody listens to throws its argument.
static int throw_unhandled(struct six_nodejs *node, six_value target, int argc, const six_value *argv) {
  struct six_machine *m = node->m;
  six_value error = argc > 0 ? argv[0] : SIX_UNDEFINED;
  if (is_error(m, error)) {
    note_emitted(node, target, error);
    six_throw(m, error);
    return -1;
  }
  struct six_text text = {0};
  struct six_inspect_options options;
  six_inspect_defaults(m, &options);
  if (!six_inspect(m, error, &options, &text)) {
    six_text_done(&text);
    return -1;
  }
  node->throwing = "error";
  struct six_object *thrown =
      six_node_error(node, SIX_I_ErrorPrototype, "ERR_UNHANDLED_ERROR", "Unhandled error. (%s)", text.bytes ? text.bytes : "");
  node->throwing = NULL;
  six_text_done(&text);
  six_put(m, thrown, "context", error);
  six_throw(m, six_object_value(thrown));
  return -1;
}

int six_events_emit(struct six_nodejs *node, six_value target, six_key type, int argc, const six_value *argv) {
  struct six_machine *m = node->m;
  six_value events = get(m, target, SIX_ATOM(m, _events));
  if (six_is_exception(events)) return -1;
  bool is_error_event = type == SIX_ATOM(m, error);
  if (!six_is_object(events)) return is_error_event ? throw_unhandled(node, target, argc, argv) : 0;
  if (is_error_event) {
    six_value monitor = get(m, events, monitor_key(node));
    if (six_is_object(monitor) && six_events_emit(node, target, monitor_key(node), argc, argv) < 0) return -1;
    events = get(m, target, SIX_ATOM(m, _events));
  }
  six_value handler = get(m, events, type);
  if (six_is_exception(handler)) return -1;
  if (six_is_undefined(handler)) return is_error_event ? throw_unhandled(node, target, argc, argv) : 0;
  bool ok;
  if (six_is_callable(handler)) {
    ok = call_listener(node, handler, target, type, argc, argv);
  } else if (six_is_class(handler, SIX_CLASS_ARRAY)) {
    ok = call_all(node, six_as_object(handler), target, type, argc, argv);
  } else {
    return 0;
  }
  return ok ? 1 : -1;
}

static six_value emit(struct six_machine *m, const struct six_args *a) {
  six_key type = six_to_key(m, six_arg(a, 0));
  if (six_is_exception(type)) return SIX_EXCEPTION;
  int argc = a->argc > 1 ? a->argc - 1 : 0;
  int any = six_events_emit(six_node_of(m), a->this_value, type, argc, a->argv + (a->argc > 0));
  return any < 0 ? SIX_EXCEPTION : six_boolean(any);
}

// ---- Adding

static bool check_listener(struct six_nodejs *node, six_value listener) {
  if (six_is_callable(listener)) return true;
  six_node_throw_arg_type(node, "listener", "of type function", listener);
  return false;
}

// listener.listener of the wrapper that once() made, else the listener.
static six_value original(struct six_machine *m, six_value listener) {
  if (!six_is_object(listener)) return listener;
  six_value inner = get(m, listener, SIX_ATOM(m, listener));
  return six_is_nullish(inner) ? listener : inner;
}

static six_value default_limit(struct six_nodejs *node) {
  six_value limit = node->roots[SIX_ROOT_DEFAULT_MAX_LISTENERS];
  return limit != 0 && six_is_number(limit) ? limit : six_int(10);  // 0: the bits of a root that was never set
}

static double limit_of(struct six_nodejs *node, six_value target) {
  six_value limit = get(node->m, target, SIX_ATOM(node->m, _maxListeners));
  if (six_is_undefined(limit)) limit = default_limit(node);
  return six_is_number(limit) ? six_as_number(limit) : 0;
}

static void describe_type(struct six_machine *m, six_key type, struct six_text *out) {
  six_value v = six_key_to_value(m, type);
  if (six_is_string(v)) six_string_to_utf8(m, six_string_flat(m, six_as_string(v)), out);
  else six_describe_value(m, v, out);
}

// MaxListenersExceededWarning, once per list.
static bool warn_of_leak(struct six_nodejs *node, six_value target, six_key type, struct six_object *list) {
  struct six_machine *m = node->m;
  double limit = limit_of(node, target);
  if (!(limit > 0) || list->array_length <= limit) return true;
  six_key warned = named(m, "warned");
  if (six_to_boolean(get(m, six_object_value(list), warned))) return true;
  six_put(m, list, "warned", SIX_TRUE);
  struct six_text name = {0}, shown = {0};
  describe_type(m, type, &name);
  struct six_inspect_options options;
  six_inspect_defaults(m, &options);
  options.depth = -1;
  bool ok = six_inspect(m, target, &options, &shown);
  char said[48] = "";
  if (node->rules->cell[SIX_RULE_EMITTER_SHAPE]) snprintf(said, sizeof said, "MaxListeners is %.0f. ", limit);
  if (ok) {
    struct six_object *warning = six_error_new(
        m, SIX_I_ErrorPrototype,
        six_strf(
            m, "Possible EventEmitter memory leak detected. %u %s listeners added to %s. %sUse emitter.setMaxListeners() to increase limit",
            list->array_length, name.bytes ? name.bytes : "", shown.bytes, said));
    six_put(m, warning, "name", six_str(m, "MaxListenersExceededWarning"));
    six_put(m, warning, "emitter", target);
    six_put(m, warning, "type", six_key_to_value(m, type));
    six_put(m, warning, "count", six_number(list->array_length));
    six_value argument = six_object_value(warning);
    six_root(m, argument);
    six_value process = six_node_process(node);
    ok = !six_is_exception(process) && !six_is_exception(six_invoke(m, process, named(m, "emitWarning"), 1, &argument));
  }
  six_text_done(&name);
  six_text_done(&shown);
  return ok;
}

// The list that may be changed: a copy in its place while it is emitted to, where that is counted.
static struct six_object *changeable(struct six_nodejs *node, six_value events, six_key type, struct six_object *list) {
  struct six_machine *m = node->m;
  if (!counts_emits(node) || emits_of(node, list) <= 0) return list;
  struct six_object *copy = six_array_from(m, list->elements, list->element_count);
  six_key warned = named(m, "warned");
  six_value was_warned = get(m, six_object_value(list), warned);
  put(m, six_object_value(copy), emitting_key(node), six_int(0));
  if (six_to_boolean(was_warned)) six_put(m, copy, "warned", SIX_TRUE);
  put(m, events, type, six_object_value(copy));
  return copy;
}

bool six_events_add(struct six_nodejs *node, six_value target, six_key type, six_value listener, bool prepend) {
  struct six_machine *m = node->m;
  if (!check_listener(node, listener)) return false;
  six_value events = get(m, target, SIX_ATOM(m, _events));
  if (six_is_exception(events)) return false;
  six_value existing = SIX_UNDEFINED;
  if (!six_is_object(events)) {
    events = no_events(m);
    if (!put(m, target, SIX_ATOM(m, _events), events) || !put_count(m, target, 0)) return false;
  } else {
    if (!six_is_undefined(get(m, events, SIX_ATOM(m, newListener)))) {
      six_value arguments[3] = {SIX_ATOM(m, newListener), six_key_to_value(m, type), original(m, listener)};
      if (six_is_exception(six_invoke(m, target, SIX_ATOM(m, emit), 3, arguments))) return false;
      events = get(m, target, SIX_ATOM(m, _events));  // the listener may have replaced it
    }
    existing = get(m, events, type);
  }
  if (six_is_exception(existing)) return false;
  if (six_is_undefined(existing)) return put(m, events, type, listener) && put_count(m, target, count_of(m, target) + 1);
  if (six_is_callable(existing)) {
    six_value both[2] = {prepend ? listener : existing, prepend ? existing : listener};
    struct six_object *list = six_array_from(m, both, 2);
    if (!count_emits(node, list, 0)) return false;
    return put(m, events, type, six_object_value(list)) && warn_of_leak(node, target, type, list);
  }
  if (!six_is_class(existing, SIX_CLASS_ARRAY)) return true;
  struct six_object *list = changeable(node, events, type, six_as_object(existing));
  six_array_push(m, list, listener);
  if (prepend) {
    memmove(list->elements + 1, list->elements, (list->element_count - 1) * sizeof *list->elements);
    list->elements[0] = listener;
  }
  return warn_of_leak(node, target, type, list);
}

static six_value add(struct six_machine *m, const struct six_args *a, bool prepend) {
  if (!check_listener(six_node_of(m), six_arg(a, 1))) return SIX_EXCEPTION;
  six_key type = six_to_key(m, six_arg(a, 0));
  if (six_is_exception(type)) return SIX_EXCEPTION;
  return six_events_add(six_node_of(m), a->this_value, type, six_arg(a, 1), prepend) ? a->this_value : SIX_EXCEPTION;
}

static six_value add_listener(struct six_machine *m, const struct six_args *a) { return add(m, a, false); }
static six_value prepend_listener(struct six_machine *m, const struct six_args *a) { return add(m, a, true); }

// The function that once() registers. data[0]: [emitter, type, listener, fired].
static six_value once_wrapper(struct six_machine *m, const struct six_args *a) {
  struct six_object *state = six_as_object(six_as_native(a->callee)->data[0]);
  if (state->elements[3] == SIX_TRUE) return SIX_UNDEFINED;
  six_value arguments[2] = {state->elements[1], six_object_value(a->callee)};
  if (six_is_exception(six_invoke(m, state->elements[0], SIX_ATOM(m, removeListener), 2, arguments))) return SIX_EXCEPTION;
  state->elements[3] = SIX_TRUE;
  if (a->argc) six_note_native(m, 1);
  return six_call(m, state->elements[2], state->elements[0], a->argc, a->argv);
}

static six_value wrap_once(struct six_machine *m, six_value target, six_key type, six_value listener) {
  six_value parts[4] = {target, six_key_to_value(m, type), listener, SIX_FALSE};
  six_value state = six_object_value(six_array_from(m, parts, 4));
  struct six_object *wrapper = six_native_new(m, once_wrapper, six_str(m, "bound onceWrapper"), 0, state, SIX_UNDEFINED);
  six_define(m, wrapper, SIX_ATOM(m, listener), listener, SIX_DATA_ALL);
  return six_object_value(wrapper);
}

static six_value add_once(struct six_machine *m, const struct six_args *a, const char *method) {
  struct six_nodejs *node = six_node_of(m);
  if (!check_listener(node, six_arg(a, 1))) return SIX_EXCEPTION;
  six_key type = six_to_key(m, six_arg(a, 0));
  if (six_is_exception(type)) return SIX_EXCEPTION;
  six_value arguments[2] = {six_arg(a, 0), wrap_once(m, a->this_value, type, six_arg(a, 1))};
  return six_is_exception(six_invoke(m, a->this_value, named(m, method), 2, arguments)) ? SIX_EXCEPTION : a->this_value;
}

static six_value once(struct six_machine *m, const struct six_args *a) { return add_once(m, a, "on"); }
static six_value prepend_once(struct six_machine *m, const struct six_args *a) { return add_once(m, a, "prependListener"); }

// ---- Removing

static bool emit_removed(struct six_nodejs *node, six_value target, six_value events, six_key type, six_value listener) {
  struct six_machine *m = node->m;
  if (six_is_undefined(get(m, events, SIX_ATOM(m, removeListener)))) return true;
  six_value arguments[3] = {SIX_ATOM(m, removeListener), six_key_to_value(m, type), listener};
  return !six_is_exception(six_invoke(m, target, SIX_ATOM(m, emit), 3, arguments));
}

// The event has no listener any more.
static bool drop_type(struct six_nodejs *node, six_value target, six_value events, six_key type) {
  struct six_machine *m = node->m;
  double left = count_of(m, target) - 1;
  if (!put_count(m, target, left)) return false;
  if (left == 0) return put(m, target, SIX_ATOM(m, _events), no_events(m));
  return six_delete(m, six_as_object(events), type, true) >= 0;
}

static void remove_at(struct six_object *list, uint32_t index) {
  memmove(list->elements + index, list->elements + index + 1, (list->element_count - index - 1) * sizeof *list->elements);
  list->element_count--;
  list->array_length--;
}

static bool remove_one(struct six_nodejs *node, six_value target, six_key type, six_value listener) {
  struct six_machine *m = node->m;
  six_value events = get(m, target, SIX_ATOM(m, _events));
  if (six_is_exception(events)) return false;
  if (!six_is_object(events)) return true;
  six_value list = get(m, events, type);
  if (!six_is_object(list)) return !six_is_exception(list);
  if (list == listener || (six_is_callable(list) && original(m, list) == listener)) {
    bool last = count_of(m, target) - 1 == 0;
    if (!drop_type(node, target, events, type)) return false;
    return last || emit_removed(node, target, events, type, original(m, list));
  }
  if (!six_is_class(list, SIX_CLASS_ARRAY)) return true;
  struct six_object *array = changeable(node, events, type, six_as_object(list));
  uint32_t at = array->element_count;
  while (at > 0 && array->elements[at - 1] != listener && original(m, array->elements[at - 1]) != listener) at--;
  if (at == 0) return true;
  remove_at(array, at - 1);
  if (array->element_count == 1 && !put(m, events, type, array->elements[0])) return false;
  return emit_removed(node, target, events, type, listener);
}

static six_value remove_listener(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  if (!check_listener(node, six_arg(a, 1))) return SIX_EXCEPTION;
  six_key type = six_to_key(m, six_arg(a, 0));
  if (six_is_exception(type)) return SIX_EXCEPTION;
  return remove_one(node, a->this_value, type, six_arg(a, 1)) ? a->this_value : SIX_EXCEPTION;
}

static bool clear_all(struct six_nodejs *node, six_value target) {
  struct six_machine *m = node->m;
  return put(m, target, SIX_ATOM(m, _events), no_events(m)) && put_count(m, target, 0);
}

// Last added first, each with its 'removeListener' event.
static bool remove_listeners(struct six_nodejs *node, six_value target, six_key type, six_value listeners) {
  struct six_machine *m = node->m;
  if (six_is_callable(listeners)) {
    six_value arguments[2] = {six_key_to_value(m, type), listeners};
    return !six_is_exception(six_invoke(m, target, SIX_ATOM(m, removeListener), 2, arguments));
  }
  if (!six_is_class(listeners, SIX_CLASS_ARRAY)) return true;
  struct six_object *list = six_as_object(listeners);
  six_root(m, listeners);
  for (uint32_t i = list->element_count; i-- > 0;) {
    if (i >= list->element_count) continue;
    six_value arguments[2] = {six_key_to_value(m, type), list->elements[i]};
    if (six_is_exception(six_invoke(m, target, SIX_ATOM(m, removeListener), 2, arguments))) return false;
  }
  return true;
}

static bool remove_every_type(struct six_nodejs *node, six_value target, six_value events) {
  struct six_machine *m = node->m;
  struct six_values *keys = six_own_keys(m, six_as_object(events), SIX_KEYS_STRINGS | SIX_KEYS_SYMBOLS);
  if (!keys) return false;
  six_root_values(m, keys);
  for (uint32_t i = 0; i <= keys->count; i++) {
    six_value name = i < keys->count ? six_key_to_value(m, keys->items[i]) : SIX_ATOM(m, removeListener);
    if (i < keys->count && name == SIX_ATOM(m, removeListener)) continue;
    if (six_is_exception(six_invoke(m, target, named(m, "removeAllListeners"), 1, &name))) return false;
  }
  return clear_all(node, target);
}

static six_value remove_all(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  six_value target = a->this_value, events = get(m, target, SIX_ATOM(m, _events));
  if (six_is_exception(events)) return SIX_EXCEPTION;
  if (!six_is_object(events)) return target;
  six_key type = six_to_key(m, six_arg(a, 0));
  if (six_is_exception(type)) return SIX_EXCEPTION;
  bool watched = !six_is_undefined(get(m, events, SIX_ATOM(m, removeListener)));
  bool ok = true;
  if (a->argc == 0) {
    ok = watched ? remove_every_type(node, target, events) : clear_all(node, target);
  } else if (!watched) {
    if (!six_is_undefined(get(m, events, type))) ok = drop_type(node, target, events, type);
  } else {
    ok = remove_listeners(node, target, type, get(m, events, type));
  }
  return ok ? target : SIX_EXCEPTION;
}

// ---- Looking

static six_value listeners_of(struct six_machine *m, const struct six_args *a, bool unwrap) {
  six_key type = six_to_key(m, six_arg(a, 0));
  if (six_is_exception(type)) return SIX_EXCEPTION;
  struct six_object *result = six_array_new(m, 0);
  six_value events = get(m, a->this_value, SIX_ATOM(m, _events));
  if (six_is_exception(events)) return SIX_EXCEPTION;
  six_value list = six_is_object(events) ? get(m, events, type) : SIX_UNDEFINED;
  if (six_is_exception(list)) return SIX_EXCEPTION;
  if (six_is_callable(list)) six_array_push(m, result, unwrap ? original(m, list) : list);
  for (uint32_t i = 0; six_is_class(list, SIX_CLASS_ARRAY) && i < six_as_object(list)->element_count; i++) {
    six_value one = six_as_object(list)->elements[i];
    six_array_push(m, result, unwrap ? original(m, one) : one);
  }
  return six_object_value(result);
}

static six_value listeners(struct six_machine *m, const struct six_args *a) { return listeners_of(m, a, true); }
static six_value raw_listeners(struct six_machine *m, const struct six_args *a) { return listeners_of(m, a, false); }

uint32_t six_events_count(struct six_nodejs *node, six_value target, six_key type) {
  struct six_machine *m = node->m;
  six_value events = get(m, target, SIX_ATOM(m, _events));
  six_value list = six_is_object(events) ? get(m, events, type) : SIX_UNDEFINED;
  if (six_is_callable(list)) return 1;
  return six_is_class(list, SIX_CLASS_ARRAY) ? six_as_object(list)->element_count : 0;
}

static six_value listener_count(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  six_key type = six_to_key(m, six_arg(a, 0));
  if (six_is_exception(type)) return SIX_EXCEPTION;
  if (six_is_nullish(six_arg(a, 1))) return six_number(six_events_count(node, a->this_value, type));
  six_value all = listeners_of(m, a, false);
  if (six_is_exception(all)) return all;
  int32_t count = 0;
  for (uint32_t i = 0; i < six_as_object(all)->element_count; i++) {
    six_value one = six_as_object(all)->elements[i];
    count += one == six_arg(a, 1) || original(m, one) == six_arg(a, 1);
  }
  return six_int(count);
}

static six_value event_names(struct six_machine *m, const struct six_args *a) {
  struct six_object *names = six_array_new(m, 0);
  six_value events = get(m, a->this_value, SIX_ATOM(m, _events));
  if (six_is_exception(events)) return SIX_EXCEPTION;
  if (!six_is_object(events) || !(count_of(m, a->this_value) > 0)) return six_object_value(names);
  struct six_values *keys = six_own_keys(m, six_as_object(events), SIX_KEYS_STRINGS | SIX_KEYS_SYMBOLS);
  if (!keys) return SIX_EXCEPTION;
  for (uint32_t i = 0; i < keys->count; i++) six_array_push(m, names, six_key_to_value(m, keys->items[i]));
  return six_object_value(names);
}

static bool check_limit(struct six_nodejs *node, six_value v, const char *name) {
  if (!six_is_number(v)) {
    six_node_throw_arg_type(node, name, "of type number", v);
    return false;
  }
  if (six_as_number(v) >= 0) return true;
  six_node_throw_range(node, name, ">= 0", v);
  return false;
}

static six_value set_limit(struct six_machine *m, const struct six_args *a) {
  if (!check_limit(six_node_of(m), six_arg(a, 0), "setMaxListeners")) return SIX_EXCEPTION;
  return put(m, a->this_value, SIX_ATOM(m, _maxListeners), six_arg(a, 0)) ? a->this_value : SIX_EXCEPTION;
}

static six_value get_limit(struct six_machine *m, const struct six_args *a) {
  six_value limit = get(m, a->this_value, SIX_ATOM(m, _maxListeners));
  return six_is_undefined(limit) ? default_limit(six_node_of(m)) : limit;
}

// ---- The class

bool six_events_init(struct six_nodejs *node, struct six_object *o, six_value options) {
  struct six_machine *m = node->m;
  const struct six_rules *rules = node->rules;
  six_value self = six_object_value(o);
  if (rules->cell[SIX_RULE_EMITTER_DOMAIN] && !put(m, self, named(m, "domain"), SIX_NULL)) return false;
  // An inherited `_events` belongs to the prototype: only the object's own ones count.
  six_value *own = six_own_slot(m, o, SIX_ATOM(m, _events));
  if (!own || six_is_undefined(*own)) {
    if (!put(m, self, SIX_ATOM(m, _events), no_events(m)) || !put_count(m, self, 0)) return false;
    if (rules->cell[SIX_RULE_EMITTER_SHAPE] && !put(m, self, shape_key(node), SIX_FALSE)) return false;
  } else if (rules->cell[SIX_RULE_EMITTER_SHAPE] && !put(m, self, shape_key(node), SIX_TRUE)) {
    return false;
  }
  six_value limit = get(m, self, SIX_ATOM(m, _maxListeners));
  if (six_is_exception(limit) || !put(m, self, SIX_ATOM(m, _maxListeners), six_to_boolean(limit) ? limit : SIX_UNDEFINED)) return false;
  if (!rules->cell[SIX_RULE_EMITTER_CAPTURES]) return true;
  six_value captures = six_get(m, six_events_prototype(node), capture_key(node));
  if (six_is_object(options)) {
    six_value wish = six_node_getv(node, options, "captureRejections");
    if (six_is_exception(wish)) return false;
    if (six_to_boolean(wish)) {
      if (!six_is_boolean(wish)) {
        six_node_throw_arg_type(node, "options.captureRejections", "of type boolean", wish);
        return false;
      }
      captures = SIX_TRUE;
    }
  }
  return put(m, self, capture_key(node), captures);
}

struct six_object *six_events_new(struct six_nodejs *node, struct six_object *prototype) {
  struct six_object *o = six_object_new(node->m, prototype);
  six_events_init(node, o, SIX_UNDEFINED);
  return o;
}

static six_value construct(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  struct six_object *o;
  if (six_is_undefined(a->new_target)) {  // EventEmitter.call(this)
    if (!six_is_object(a->this_value)) {
      six_value read = six_get_v(m, a->this_value, SIX_ATOM(m, _events));
      return six_is_exception(read) ? read : SIX_UNDEFINED;
    }
    return six_events_init(node, six_as_object(a->this_value), six_arg(a, 0)) ? SIX_UNDEFINED : SIX_EXCEPTION;
  }
  struct six_object *prototype = six_prototype_for(m, a, six_events_prototype(node));
  if (!prototype) return SIX_EXCEPTION;
  o = six_object_new(m, prototype);
  six_root(m, six_object_value(o));
  return six_events_init(node, o, six_arg(a, 0)) ? six_object_value(o) : SIX_EXCEPTION;
}

static six_value init_static(struct six_machine *m, const struct six_args *a) {
  if (!six_is_object(a->this_value)) return SIX_UNDEFINED;
  return six_events_init(six_node_of(m), six_as_object(a->this_value), six_arg(a, 0)) ? SIX_UNDEFINED : SIX_EXCEPTION;
}

// The statics that are in lib/events.js.
static six_value call_library(struct six_machine *m, const struct six_args *a, const char *name) {
  six_value function = six_library_get(six_node_of(m), SIX_LIBRARY_events, name);
  return six_is_exception(function) ? function : six_call(m, function, a->this_value, a->argc, a->argv);
}
static six_value once_static(struct six_machine *m, const struct six_args *a) {
  bool late = six_node_of(m)->rules->cell[SIX_RULE_EVENTS_ONCE_EXTRA_JOB];
  return call_library(m, a, late ? "once" : "onceDirect");
}
static six_value on_static(struct six_machine *m, const struct six_args *a) { return call_library(m, a, "on"); }
static six_value get_listeners_static(struct six_machine *m, const struct six_args *a) { return call_library(m, a, "getEventListeners"); }
static six_value get_max_static(struct six_machine *m, const struct six_args *a) { return call_library(m, a, "getMaxListeners"); }
static six_value abort_listener_static(struct six_machine *m, const struct six_args *a) { return call_library(m, a, "addAbortListener"); }

static six_value set_max_static(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  six_value limit = a->argc ? a->argv[0] : default_limit(node);
  if (!check_limit(node, limit, "setMaxListeners")) return SIX_EXCEPTION;
  if (a->argc < 2) node->roots[SIX_ROOT_DEFAULT_MAX_LISTENERS] = limit;
  for (int i = 1; i < a->argc; i++) {
    six_value method = six_node_getv(node, a->argv[i], "setMaxListeners");
    if (six_is_exception(method)) return SIX_EXCEPTION;
    six_value limits = six_is_callable(method) ? method : six_library_get(node, SIX_LIBRARY_events, "limitTarget");
    const six_value arguments[2] = {six_is_callable(method) ? limit : a->argv[i], limit};
    if (six_is_exception(limits) || six_is_exception(six_call(m, limits, a->argv[i], 2, arguments))) return SIX_EXCEPTION;
  }
  return SIX_UNDEFINED;
}

static six_value count_static(struct six_machine *m, const struct six_args *a) {
  six_value type = six_arg(a, 1);
  six_value method = six_node_getv(six_node_of(m), six_arg(a, 0), "listenerCount");
  if (six_is_exception(method)) return SIX_EXCEPTION;
  if (six_is_callable(method)) return six_call(m, method, six_arg(a, 0), 1, &type);
  six_key key = six_to_key(m, type);
  return six_is_exception(key) ? key : six_number(six_events_count(six_node_of(m), six_arg(a, 0), key));
}

static six_value get_default(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return default_limit(six_node_of(m));
}

static six_value set_default(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  if (!check_limit(node, six_arg(a, 0), "defaultMaxListeners")) return SIX_EXCEPTION;
  node->roots[SIX_ROOT_DEFAULT_MAX_LISTENERS] = a->argv[0];
  return SIX_UNDEFINED;
}

static six_value get_captures(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_get(m, six_events_prototype(six_node_of(m)), capture_key(six_node_of(m)));
}

static six_value set_captures(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  six_define(m, six_events_prototype(node), capture_key(node), six_boolean(six_to_boolean(six_arg(a, 0))), SIX_WRITABLE);
  return SIX_UNDEFINED;
}

static const struct {
  const char *name, *alias;
  six_native *native;
  int length;
} methods[] = {
    {"setMaxListeners", NULL, set_limit, 1},
    {"getMaxListeners", NULL, get_limit, 0},
    {"emit", NULL, emit, 1},
    {"addListener", "on", add_listener, 2},
    {"prependListener", NULL, prepend_listener, 2},
    {"once", NULL, once, 2},
    {"prependOnceListener", NULL, prepend_once, 2},
    {"removeListener", "off", remove_listener, 2},
    {"removeAllListeners", NULL, remove_all, 1},
    {"listeners", NULL, listeners, 1},
    {"rawListeners", NULL, raw_listeners, 1},
    {"listenerCount", NULL, listener_count, 2},
    {"eventNames", NULL, event_names, 0},
};

static void make_symbols(struct six_nodejs *node) {
  static const struct {
    enum six_node_root root;
    const char *name;
  } symbols[] = {{SIX_ROOT_CAPTURE_SYMBOL, "kCapture"},
                 {SIX_ROOT_SHAPE_SYMBOL, "shapeMode"},
                 {SIX_ROOT_EMITTING_SYMBOL, "events.emitting"},
                 {SIX_ROOT_ERROR_MONITOR, "events.errorMonitor"}};
  for (size_t i = 0; i < SIX_COUNT(symbols); i++) {
    node->roots[symbols[i].root] = six_symbol_value(six_symbol_new(node->m, six_str(node->m, symbols[i].name)));
  }
  // Symbol.for('nodejs.rejection'): a program may ask for it by name.
  six_value name = six_str(node->m, "nodejs.rejection");
  six_value symbol = six_object_value(six_intrinsic(node->m, SIX_I_Symbol));
  node->roots[SIX_ROOT_REJECTION_SYMBOL] = six_invoke(node->m, symbol, named(node->m, "for"), 1, &name);
}

struct six_object *six_events_prototype(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  six_value *slot = &node->roots[SIX_ROOT_EVENTS_PROTOTYPE];
  if (six_is_object(*slot)) return six_as_object(*slot);
  make_symbols(node);
  struct six_object *prototype = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  *slot = six_object_value(prototype);
  struct six_object *constructor = six_constructor_new(m, "EventEmitter", construct, 1, prototype);
  six_define(m, constructor, SIX_ATOM(m, prototype), six_object_value(prototype), SIX_WRITABLE);  // a function, not a class
  six_define(m, prototype, SIX_ATOM(m, _events), SIX_UNDEFINED, SIX_DATA_ALL);
  six_define(m, prototype, SIX_ATOM(m, _eventsCount), six_int(0), SIX_DATA_ALL);
  six_define(m, prototype, SIX_ATOM(m, _maxListeners), SIX_UNDEFINED, SIX_DATA_ALL);
  for (size_t i = 0; i < SIX_COUNT(methods); i++) {
    if (methods[i].native == raw_listeners && node->rules->major < 9) continue;
    six_value method = six_object_value(
        six_native_new(m, methods[i].native, six_str(m, methods[i].name), methods[i].length, SIX_UNDEFINED, SIX_UNDEFINED));
    six_put(m, prototype, methods[i].name, method);
    if (methods[i].alias && (node->rules->major >= 10 || strcmp(methods[i].alias, "off") != 0))
      six_put(m, prototype, methods[i].alias, method);
  }
  if (node->rules->cell[SIX_RULE_EMITTER_CAPTURES]) six_define(m, prototype, capture_key(node), SIX_FALSE, SIX_WRITABLE);
  return prototype;
}

struct six_object *six_events_class(struct six_nodejs *node) {
  return six_as_object(six_get(node->m, six_events_prototype(node), SIX_ATOM(node->m, constructor)));
}

static void accessor(struct six_machine *m, struct six_object *o, const char *name, six_native *getter, six_native *setter) {
  six_value get_function = six_object_value(six_native_new(m, getter, SIX_ATOM(m, get), 0, SIX_UNDEFINED, SIX_UNDEFINED));
  six_value set_function = six_object_value(six_native_new(m, setter, SIX_ATOM(m, set), 1, SIX_UNDEFINED, SIX_UNDEFINED));
  six_define_accessor(m, o, named(m, name), get_function, set_function, SIX_ENUMERABLE);
}

static void method(struct six_nodejs *node, struct six_object *o, const char *property, const char *name, six_native *native, int length) {
  six_put(node->m, o, property,
          six_object_value(six_native_new(node->m, native, six_str(node->m, name), length, SIX_UNDEFINED, SIX_UNDEFINED)));
}

six_value six_module_events(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  struct six_object *constructor = six_events_class(node);
  int major = node->rules->major;
  bool captures = node->rules->cell[SIX_RULE_EMITTER_CAPTURES];
  if (major >= 18) method(node, constructor, "addAbortListener", "addAbortListener", abort_listener_static, 2);
  if (node->rules->cell[SIX_RULE_EVENTS_ONCE]) method(node, constructor, "once", "once", once_static, 2);  // R123
  if (captures) method(node, constructor, "on", "on", on_static, 2);
  if (major >= 14) method(node, constructor, "getEventListeners", "getEventListeners", get_listeners_static, 2);
  if (major >= 18) method(node, constructor, "getMaxListeners", "getMaxListeners", get_max_static, 1);
  six_put(m, constructor, "EventEmitter", six_object_value(constructor));
  six_put(m, constructor, "usingDomains", SIX_FALSE);
  if (captures) {
    six_put(m, constructor, "captureRejectionSymbol", rejection_key(node));
    accessor(m, constructor, "captureRejections", get_captures, set_captures);
    six_put(m, constructor, "errorMonitor", monitor_key(node));
  }
  accessor(m, constructor, "defaultMaxListeners", get_default, set_default);
  if (major >= 14) method(node, constructor, "setMaxListeners", "", set_max_static, 0);
  method(node, constructor, "init", "", init_static, 1);
  method(node, constructor, "listenerCount", "", count_static, 2);
  return six_object_value(constructor);
}
