// machine: Error and its kinds (ECMA-262 20.5), with V8's captureStackTrace.
#include "sim/machine/builtins/builtin.h"

// Brings m->stack_trace_limit up to Error.stackTraceLimit. false when that is no number: then no stack is taken.
static bool sync_limit(struct six_machine *m) {
  six_key key = six_string_value(six_intern_ascii(m, "stackTraceLimit", true));
  six_value *slot = six_own_slot(m, six_intrinsic(m, SIX_I_Error), key);
  double d = slot && six_is_number(*slot) ? six_as_number(*slot) : 0;
  m->stack_trace_limit = d > 0 ? (d < 200 ? (int32_t)d : 200) : 0;
  return slot && six_is_number(*slot);
}

// ---- Stacks. The slot of `stack` holds a mark until somebody reads it; the slot behind it an array of the error and
// its frames as text.

const struct six_native_def six_stack_def = {"stack", NULL, 0, 0};

// A string property of an error, without running JavaScript. false when that cannot be had; *out is then the default.
static bool peek_text(struct six_machine *m, struct six_object *o, six_key key, six_value fallback, six_value *out) {
  *out = fallback;
  for (; o; o = o->shape->proto) {
    struct six_descriptor d;
    if (o->cell.class_ == SIX_CLASS_PROXY) return false;
    if (six_get_own_property(m, o, key, &d) <= 0) continue;
    if (six_descriptor_is_accessor(&d) || six_is_object(d.value) || six_is_symbol(d.value)) return false;
    if (!six_is_undefined(d.value)) *out = six_to_string_value(m, d.value);
    return true;
  }
  return true;
}

// Where memory has run out a text may not have come about.
static struct six_string *known_text(struct six_machine *m, six_value v) {
  return six_string_flat(m, six_as_string(six_is_string(v) ? v : SIX_ATOM(m, empty)));
}

static six_value joined(struct six_machine *m, six_value name, six_value message) {
  struct six_string *name_text = known_text(m, name), *message_text = known_text(m, message);
  if (name_text->length == 0) return six_string_value(message_text);
  if (message_text->length == 0) return six_string_value(name_text);
  struct six_builder b = {0};
  six_builder_string(m, &b, name_text);
  six_builder_ascii(m, &b, ": ");
  six_builder_string(m, &b, message_text);
  six_value whole = six_builder_finish(m, &b);
  return six_is_string(whole) ? whole : six_string_value(name_text);
}

// The header as of now; false when only JavaScript can tell it, *out is then a makeshift.
static bool peek_header(struct six_machine *m, struct six_object *error, six_value *out) {
  six_value name, message;
  bool plain = peek_text(m, error, SIX_ATOM(m, name), SIX_ATOM(m, Error), &name);
  plain = peek_text(m, error, SIX_ATOM(m, message), SIX_ATOM(m, empty), &message) && plain;
  *out = joined(m, name, message);
  return plain;
}

static six_value whole_stack(struct six_machine *m, six_value header, const struct six_values *frames) {
  struct six_text text = {0};
  six_root(m, header);
  six_stack_write(m, frames, &text);
  six_value lines = six_string_value(six_string_utf8(m, text.bytes ? text.bytes : "", text.length));
  six_text_done(&text);
  six_value v = six_string_concat(m, six_as_string(header), six_as_string(lines));
  m->roots_count--;
  return six_is_exception(v) ? header : v;
}

// A program that words stacks itself would get call sites, which we do not have.
static void refuse_preparing(struct six_machine *m) {
  six_key key = six_string_value(six_intern_ascii(m, "prepareStackTrace", true));
  six_value *slot = six_own_slot(m, six_intrinsic(m, SIX_I_Error), key);
  if (slot && six_is_class(*slot, SIX_CLASS_FUNCTION)) six_throw_unsupported(m, "Error.prepareStackTrace");
}

enum { PART_ERROR, PART_FRAMES, PART_SHOWS_CODE, PART_SIZE };

// "TypeError [CODE]: message", as Node's own errors have it.
static six_value header_with_code(struct six_machine *m, struct six_object *error, six_value header) {
  six_value name, message, code;
  peek_text(m, error, SIX_ATOM(m, name), SIX_ATOM(m, Error), &name);
  peek_text(m, error, SIX_ATOM(m, message), SIX_ATOM(m, empty), &message);
  if (!peek_text(m, error, SIX_ATOM(m, code), SIX_ATOM(m, empty), &code)) return header;
  struct six_builder b = {0};
  six_builder_string(m, &b, known_text(m, name));
  six_builder_ascii(m, &b, " [");
  six_builder_string(m, &b, known_text(m, code));
  six_builder_ascii(m, &b, "]");
  six_value full = six_builder_finish(m, &b);
  return joined(m, full, message);
}

six_value six_stack_materialize(struct six_machine *m, six_value *slot) {
  struct six_object *parts = six_as_object(slot[1]);
  size_t roots = six_roots_mark(m);
  six_root(m, slot[1]);
  six_value header;
  peek_header(m, six_as_object(parts->elements[PART_ERROR]), &header);
  if (parts->elements[PART_SHOWS_CODE] == SIX_TRUE) header = header_with_code(m, six_as_object(parts->elements[PART_ERROR]), header);
  *slot = whole_stack(m, header, six_as_pointer(parts->elements[PART_FRAMES]));
  slot[1] = SIX_UNDEFINED;
  refuse_preparing(m);
  six_roots_release(m, roots);
  return *slot;
}

// The slot of `stack` if the frames' slot is the one behind it, else NULL.
static six_value *stack_slot(struct six_machine *m, struct six_object *o) {
  uint32_t attrs, hidden_attrs;
  int32_t stack = six_shape_find(o->shape, SIX_ATOM(m, stack), &attrs);
  int32_t frames = six_shape_find(o->shape, SIX_SYMBOL(m, errorFrames), &hidden_attrs);
  return stack >= 0 && frames == stack + 1 && attrs == SIX_HIDDEN ? &o->slots[stack] : NULL;
}

void six_error_reserve_stack(struct six_machine *m, struct six_object *error) {
  if (error->cell.flags & (SIX_OBJECT_EXOTIC | SIX_OBJECT_NOT_EXTENSIBLE)) return;
  uint32_t attrs;
  if (six_shape_find(error->shape, SIX_ATOM(m, stack), &attrs) >= 0) return;
  if (six_shape_find(error->shape, SIX_SYMBOL(m, errorFrames), &attrs) >= 0) return;
  six_define(m, error, SIX_ATOM(m, stack), SIX_UNDEFINED, SIX_HIDDEN);
  six_define(m, error, SIX_SYMBOL(m, errorFrames), SIX_UNDEFINED, SIX_HIDDEN);
}

static void install_now(struct six_machine *m, struct six_object *error, const struct six_values *frames) {
  six_value pending = m->exception, header = six_error_to_string(m, six_object_value(error));
  if (six_is_exception(header)) {
    header = SIX_ATOM(m, Error);
    m->exception = pending;
  }
  struct six_descriptor d = {.attrs = SIX_HIDDEN, .has = SIX_DATA_ALL | SIX_HAS_VALUE, .get = SIX_UNDEFINED, .set = SIX_UNDEFINED};
  d.value = whole_stack(m, header, frames);
  six_define_own(m, error, SIX_ATOM(m, stack), &d, false);
}

void six_error_install_stack(struct six_machine *m, struct six_object *error, struct six_values *frames) {
  six_value header;
  six_error_reserve_stack(m, error);
  six_value *slot = stack_slot(m, error);
  if (!slot || !peek_header(m, error, &header)) {
    install_now(m, error, frames);
    return;
  }
  six_value parts[PART_SIZE] = {six_object_value(error), six_tagged(SIX_TAG_OBJECT, frames), SIX_FALSE};
  slot[1] = six_object_value(six_array_from(m, parts, PART_SIZE));
  slot[0] = six_tagged(SIX_TAG_LAZY, &six_stack_def);
}

// What six_error_install_stack left, while nobody has read it; else NULL.
static struct six_object *waiting_parts(struct six_machine *m, struct six_object *error) {
  six_value *slot = stack_slot(m, error);
  return slot && slot[0] == six_tagged(SIX_TAG_LAZY, &six_stack_def) ? six_as_object(slot[1]) : NULL;
}

void six_error_show_code(struct six_machine *m, struct six_object *error) {
  struct six_object *parts = waiting_parts(m, error);
  if (parts) parts->elements[PART_SHOWS_CODE] = SIX_TRUE;
}

int32_t six_error_host_row(struct six_machine *m, struct six_object *error) {
  struct six_object *parts = waiting_parts(m, error);
  return parts ? six_stack_first_row(six_as_pointer(parts->elements[PART_FRAMES])) : -1;
}

// Where a stack trace begins: frames down to the constructor that called Error are left out.
static six_value capture_until(const struct six_args *a) {
  return six_is_class(a->new_target, SIX_CLASS_FUNCTION) ? a->new_target : SIX_UNDEFINED;
}

// InstallErrorCause (20.5.8.1). false on exception.
static bool install_cause(struct six_machine *m, struct six_object *o, six_value options) {
  if (!six_is_object(options)) return true;
  int has = six_has_property(m, six_as_object(options), SIX_ATOM(m, cause));
  if (has <= 0) return has == 0;
  six_value cause = six_get(m, six_as_object(options), SIX_ATOM(m, cause));
  if (six_is_exception(cause)) return false;
  six_define(m, o, SIX_ATOM(m, cause), cause, SIX_HIDDEN);
  return true;
}

// The object of any of the constructors; NULL on exception.
static struct six_object *error_object(struct six_machine *m, const struct six_args *a, struct six_object *fallback, six_value message,
                                       six_value options) {
  struct six_object *proto = six_is_undefined(a->new_target) ? fallback : six_prototype_for(m, a, fallback);
  if (!proto) return NULL;
  struct six_object *o = six_object_new_class(m, SIX_CLASS_ERROR, sizeof *o, proto);
  six_root(m, six_object_value(o));
  six_error_reserve_stack(m, o);
  if (!six_is_undefined(message)) {
    six_value text = six_to_string_value(m, message);
    if (six_is_exception(text)) return NULL;
    six_define(m, o, SIX_ATOM(m, message), text, SIX_HIDDEN);
  }
  if (!install_cause(m, o, options)) return NULL;
  if (sync_limit(m)) six_error_capture_stack(m, o, capture_until(a));
  return o;
}

static six_value error_constructor(struct six_machine *m, const struct six_args *a) {
  int id = six_as_int(six_as_native(a->callee)->data[0]);
  struct six_object *o = error_object(m, a, six_intrinsic(m, (enum six_intrinsic_id)id), six_arg(a, 0), six_arg(a, 1));
  return o ? six_object_value(o) : SIX_EXCEPTION;
}

static six_value aggregate_constructor(struct six_machine *m, const struct six_args *a) {
  struct six_object *fallback = six_intrinsic(m, SIX_I_AggregateErrorPrototype);
  struct six_object *o = error_object(m, a, fallback, six_arg(a, 1), six_arg(a, 2));
  if (!o) return SIX_EXCEPTION;
  struct six_object *errors = six_array_new(m, 4);
  six_root(m, six_object_value(errors));
  struct six_iterator it;
  if (!six_open_iterable(m, six_arg(a, 0), &it)) return SIX_EXCEPTION;
  for (;;) {
    six_value v;
    int step = six_iterator_step(m, &it, &v);
    if (step < 0) return SIX_EXCEPTION;
    if (step == 0) break;
    six_array_push(m, errors, v);
  }
  six_define(m, o, SIX_ATOM(m, errors), six_object_value(errors), SIX_HIDDEN);
  return six_object_value(o);
}

static six_value suppressed_constructor(struct six_machine *m, const struct six_args *a) {
  struct six_object *o = error_object(m, a, six_intrinsic(m, SIX_I_SuppressedErrorPrototype), six_arg(a, 2), SIX_UNDEFINED);
  if (!o) return SIX_EXCEPTION;
  six_define(m, o, six_key_of_string(m, six_as_string(six_str(m, "error"))), six_arg(a, 0), SIX_HIDDEN);
  six_define(m, o, six_key_of_string(m, six_as_string(six_str(m, "suppressed"))), six_arg(a, 1), SIX_HIDDEN);
  return six_object_value(o);
}

// A string property of an error with its default; NULL on exception.
static struct six_string *text_of(struct six_machine *m, struct six_object *o, six_key key, const char *fallback) {
  six_value v = six_get(m, o, key);
  if (six_is_exception(v)) return NULL;
  if (six_is_undefined(v)) v = six_str(m, fallback);
  struct six_string *s = six_to_string(m, v);
  if (s) six_root(m, six_string_value(s));
  return s;
}

six_value six_error_to_string(struct six_machine *m, six_value error) {
  struct six_object *o = six_as_object(error);
  struct six_string *name = text_of(m, o, SIX_ATOM(m, name), "Error");
  if (!name) return SIX_EXCEPTION;
  struct six_string *message = text_of(m, o, SIX_ATOM(m, message), "");
  if (!message) return SIX_EXCEPTION;
  return joined(m, six_string_value(name), six_string_value(message));
}

static six_value error_to_string(struct six_machine *m, const struct six_args *a) {
  if (!six_is_object(a->this_value)) return six_throw_receiver(m, "Error.prototype.toString", a->this_value);
  return six_error_to_string(m, a->this_value);
}

static six_value error_capture_stack_trace(struct six_machine *m, const struct six_args *a) {
  if (!six_is_object(six_arg(a, 0))) return six_throw_type(m, "invalid_argument");
  struct six_object *o = six_as_object(a->argv[0]);
  int extensible = six_is_extensible(m, o);
  if (extensible < 0) return SIX_EXCEPTION;
  if (!extensible) return six_throw_type(m, "Cannot define property stack, object is not extensible");
  sync_limit(m);
  six_error_capture_stack(m, o, six_is_callable(six_arg(a, 1)) ? a->argv[1] : SIX_UNDEFINED);
  return SIX_UNDEFINED;
}

static six_value error_is_error(struct six_machine *m, const struct six_args *a) {
  (void)m;
  return six_boolean(six_is_class(six_arg(a, 0), SIX_CLASS_ERROR));
}

// Node's own words for a stack: the error, and a line for each call site.
static six_value error_prepare_stack_trace(struct six_machine *m, const struct six_args *a) {
  six_value text = six_is_object(six_arg(a, 0)) ? six_error_to_string(m, a->argv[0]) : six_to_string_value(m, six_arg(a, 0));
  struct six_values *sites = six_is_exception(text) ? NULL : six_list_from(m, six_arg(a, 1));
  if (!sites) return SIX_EXCEPTION;
  struct six_builder b = {0};
  six_root(m, text);
  six_builder_string(m, &b, six_string_flat(m, six_as_string(text)));
  for (uint32_t i = 0; i < sites->count; i++) {
    struct six_string *site = six_to_string(m, sites->items[i]);
    if (!site) {
      six_builder_done(m, &b);
      return SIX_EXCEPTION;
    }
    six_builder_ascii(m, &b, "\n    at ");
    six_builder_string(m, &b, site);
  }
  return six_builder_finish(m, &b);
}

static const struct six_native_def statics[] = {{"captureStackTrace", error_capture_stack_trace, 2, 0}, {"isError", error_is_error, 1, 0}};

static const struct six_native_def methods[] = {{"toString", error_to_string, 0, 0}};

static void make_kind(struct six_machine *m, const char *name, int prototype_id, six_native *native, int length,
                      struct six_object *proto_of_proto) {
  struct six_object *proto = six_object_new(m, proto_of_proto);
  struct six_object *constructor = six_constructor_new(m, name, native, length, proto);
  constructor->cell.flags |= SIX_OBJECT_FRAMELESS;
  six_as_native(constructor)->data[0] = six_int(prototype_id);
  m->intrinsics[prototype_id] = proto;
  m->intrinsics[prototype_id + 1] = constructor;
  six_define(m, proto, SIX_ATOM(m, name), six_str(m, name), SIX_HIDDEN);
  six_define(m, proto, SIX_ATOM(m, message), six_str(m, ""), SIX_HIDDEN);
}

void six_init_error(struct six_machine *m) {
  six_as_symbol(SIX_SYMBOL(m, errorFrames))->is_private = true;
  static const struct {
    const char *name;
    int prototype_id;  // the constructor's id follows it
  } kinds[] = {
      {"TypeError", SIX_I_TypeErrorPrototype},     {"RangeError", SIX_I_RangeErrorPrototype},
      {"SyntaxError", SIX_I_SyntaxErrorPrototype}, {"ReferenceError", SIX_I_ReferenceErrorPrototype},
      {"EvalError", SIX_I_EvalErrorPrototype},     {"URIError", SIX_I_URIErrorPrototype},
  };
  make_kind(m, "Error", SIX_I_ErrorPrototype, error_constructor, 1, six_intrinsic(m, SIX_I_ObjectPrototype));
  struct six_object *error = m->intrinsics[SIX_I_Error], *proto = m->intrinsics[SIX_I_ErrorPrototype];
  six_define_natives(m, error, statics, SIX_COUNT(statics));
  struct six_object *prepare = six_constructor_new(m, "ErrorPrepareStackTrace", error_prepare_stack_trace, 2, NULL);
  struct six_object *prototype = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  six_define(m, prototype, SIX_ATOM(m, constructor), six_object_value(prepare), SIX_HIDDEN);
  six_define(m, prepare, SIX_ATOM(m, prototype), six_object_value(prototype), SIX_WRITABLE);
  six_define(m, error, six_string_value(six_intern_ascii(m, "prepareStackTrace", true)), six_object_value(prepare), SIX_HIDDEN);
  six_put(m, error, "stackTraceLimit", six_int(10));
  six_define_natives(m, proto, methods, SIX_COUNT(methods));
  for (size_t i = 0; i < SIX_COUNT(kinds); i++) {
    make_kind(m, kinds[i].name, kinds[i].prototype_id, error_constructor, 1, proto);
    six_define_natives(m, m->intrinsics[kinds[i].prototype_id], methods, SIX_COUNT(methods));  // older ones have their own
    six_set_prototype(m, m->intrinsics[kinds[i].prototype_id + 1], error, false);
  }
  make_kind(m, "AggregateError", SIX_I_AggregateErrorPrototype, aggregate_constructor, 2, proto);
  six_set_prototype(m, m->intrinsics[SIX_I_AggregateError], error, false);
  make_kind(m, "SuppressedError", SIX_I_SuppressedErrorPrototype, suppressed_constructor, 3, proto);
  six_set_prototype(m, m->intrinsics[SIX_I_SuppressedError], error, false);
}
