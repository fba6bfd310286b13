// Errors made by C code.
#include "sim/machine/interp.h"
#include "sim/machine/own.h"

#include <stdio.h>

six_value six_throw(struct six_machine *m, six_value v) {
  if (!m->stop) m->exception = v;
  return SIX_EXCEPTION;
}

six_value six_take_exception(struct six_machine *m) {
  six_value v = m->exception;
  m->exception = SIX_UNDEFINED;
  return v;
}

bool six_is_terminating(const struct six_machine *m) { return m->stop != SIX_STOP_NONE; }

struct six_object *six_error_new(struct six_machine *m, int prototype_intrinsic, six_value message) {
  struct six_object *proto = six_intrinsic(m, (enum six_intrinsic_id)prototype_intrinsic);
  struct six_object *o = six_object_new_class(m, SIX_CLASS_ERROR, sizeof *o, proto);
  six_root(m, six_object_value(o));
  six_error_reserve_stack(m, o);
  if (message != SIX_UNDEFINED) six_define(m, o, SIX_ATOM(m, message), message, SIX_HIDDEN);
  six_error_capture_stack(m, o, SIX_UNDEFINED);
  m->roots_count--;
  return o;
}

static six_value throw_error(struct six_machine *m, enum six_intrinsic_id id, const char *format, va_list arguments) {
  if (six_is_terminating(m)) return SIX_EXCEPTION;  // nobody will see it, and there may be no memory left for it
  struct six_text text = {0};
  six_text_addv(&text, format, arguments);
  six_value message = six_string_value(six_string_utf8(m, text.bytes ? text.bytes : "", text.length));
  six_text_done(&text);
  return six_throw(m, six_object_value(six_error_new(m, (int)id, message)));
}

#define THROWER(name, id)                                          \
  six_value name(struct six_machine *m, const char *format, ...) { \
    va_list arguments;                                             \
    va_start(arguments, format);                                   \
    throw_error(m, id, format, arguments);                         \
    va_end(arguments);                                             \
    return SIX_EXCEPTION;                                          \
  }
THROWER(six_throw_type, SIX_I_TypeErrorPrototype)
THROWER(six_throw_range, SIX_I_RangeErrorPrototype)
THROWER(six_throw_reference, SIX_I_ReferenceErrorPrototype)
THROWER(six_throw_syntax, SIX_I_SyntaxErrorPrototype)

six_value six_throw_unsupported(struct six_machine *m, const char *what) {
  if (m->stop) return SIX_EXCEPTION;
  m->stop = SIX_STOP_UNSUPPORTED;
  snprintf(m->stop_message, sizeof m->stop_message, "%s is not supported", what);
  m->stop_unit = UINT32_MAX;
  six_here(m, &m->stop_unit, &m->stop_span);
  return SIX_EXCEPTION;
}

// V8 names a value in messages: strings quoted, objects by their constructor, functions by their source.
void six_describe_value(struct six_machine *m, six_value v, struct six_text *out) {
  if (six_is_string(v)) {
    six_text_addc(out, '"');
    six_string_to_utf8(m, six_as_string(v), out);
    six_text_addc(out, '"');
  } else if (six_is_object(v)) {
    six_describe_object(m, six_as_object(v), out);
  } else {
    six_describe_primitive(m, v, out);
  }
}
