// Errors made by C code, and the stacks they carry, written as V8 writes them.
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

// ---- Where code is

// V8 reports a call at the name of what is called, a property access at the property.
static struct six_span position_of(const struct six_node *n) {
  if (!n) return (struct six_span){0, 0};
  switch (n->type) {
    case SIX_N_CALL:
      if (n->call.callee->type == SIX_N_MEMBER) return n->call.callee->member.property->span;
      return n->call.callee->span;
    case SIX_N_MEMBER: return n->member.property->span;
    case SIX_N_BINARY: return n->span;
    default: return n->span;
  }
}

static const struct six_node *frame_node(const struct six_frame *frame) {
  const struct six_code *code = frame->code;
  ptrdiff_t at = frame->pc - 1 - code->ins;
  for (; at >= 0 && at < (ptrdiff_t)code->count; at--) {  // instructions without a node belong to what came before
    if (code->nodes[at]) return code->nodes[at];
  }
  return NULL;
}

bool six_here(struct six_machine *m, uint32_t *unit, struct six_span *span) {
  for (struct six_frame *frame = m->frame; frame > m->frames; frame--) {
    if (!frame->code) continue;
    const struct six_node *n = frame_node(frame);
    *unit = frame->code->unit;
    *span = n ? n->span : frame->code->span;
    return true;
  }
  return false;
}

void six_note_thrown(struct six_machine *m) {
  m->thrown = m->exception;
  for (struct six_frame *frame = m->frame; frame > m->frames; frame--) {
    if (!frame->code) continue;
    m->thrown_unit = frame->code->unit;
    m->thrown_span = position_of(frame_node(frame));
    return;
  }
}

bool six_stack_frame(struct six_machine *m, uint32_t index, struct six_frame_info *info) {
  struct six_frame *frame = m->frame - index;
  if (frame <= m->frames) return false;
  *info = (struct six_frame_info){.unit = UINT32_MAX,
                                  .function = frame->function ? six_object_value(frame->function) : SIX_UNDEFINED,
                                  .this_value = six_made_this(m, &frame->this_value),
                                  .is_construct = frame->flags & SIX_FRAME_CONSTRUCT};
  if (!frame->code) return true;
  info->unit = frame->code->unit;
  info->span = position_of(frame_node(frame));
  info->is_async = frame->flags & SIX_FRAME_RESUMED;
  info->is_top_level = frame->code->is_main;
  return true;
}

// ---- Stacks

static void add_location(struct six_machine *m, const struct six_frame_info *info, struct six_text *out) {
  if (info->unit == UINT32_MAX) {
    six_text_adds(out, "<anonymous>");
    return;
  }
  const struct six_unit *unit = &m->units[info->unit];
  struct six_position at = six_source_position(&unit->program->source, info->span.start);
  six_text_addf(out, "%s:%u:%u", unit->url, at.line, at.column);
}

// The receiver's constructor name, for "at Type.method"; nothing for plain calls.
static bool add_type(struct six_machine *m, six_value receiver, struct six_text *out) {
  if (six_is_nullish(receiver) || receiver == SIX_EMPTY) return false;
  if (six_is_object(receiver) && six_as_object(receiver) == m->intrinsics[SIX_I_Global]) return false;
  if (!six_is_object(receiver)) {
    six_text_adds(out, six_is_string(receiver)    ? "String"
                       : six_is_number(receiver)  ? "Number"
                       : six_is_boolean(receiver) ? "Boolean"
                                                  : "Symbol");
    return true;
  }
  struct six_object *o = six_as_object(receiver);
  if (six_is_callable(receiver)) {
    six_text_adds(out, "Function");
    return true;
  }
  for (struct six_object *at = o; at && at->cell.class_ != SIX_CLASS_PROXY; at = at->shape->proto) {
    six_value *slot = six_own_slot(m, at, SIX_ATOM(m, constructor));
    if (!slot || !six_is_object(*slot)) continue;
    struct six_string *name = six_function_name(m, six_as_object(*slot));
    if (!name->length) break;
    six_string_to_utf8(m, name, out);
    return true;
  }
  six_text_adds(out, "Object");
  return true;
}

static void add_frame(struct six_machine *m, const struct six_frame_info *info, struct six_text *out) {
  six_text_adds(out, "\n    at ");
  struct six_string *name = six_is_object(info->function) ? six_function_name(m, six_as_object(info->function)) : NULL;
  bool named = name && name->length;
  if (info->is_top_level) {
    if (m->units[info->unit].program->kind == SIX_SOURCE_MODULE) {
      add_location(m, info, out);
      return;
    }
    six_text_adds(out, "Object.<anonymous>");
  } else if (info->is_construct) {
    six_text_adds(out, "new ");
    if (named) six_string_to_utf8(m, name, out);
    else six_text_adds(out, "<anonymous>");
  } else {
    if (info->is_async) six_text_adds(out, "async ");
    size_t before = out->length;
    bool typed = !info->is_async && add_type(m, info->this_value, out);
    if (typed && named) {
      struct six_text text = {0};
      six_string_to_utf8(m, name, &text);
      bool qualified = out->length - before < text.length && !strncmp(text.bytes, out->bytes + before, out->length - before);
      if (qualified) out->length = before;
      else six_text_addc(out, '.');
      six_text_add(out, text.bytes, text.length);
      six_text_done(&text);
    } else if (named) {
      six_string_to_utf8(m, name, out);
    } else if (typed) {
      six_text_adds(out, ".<anonymous>");
    } else {
      add_location(m, info, out);
      return;
    }
  }
  six_text_adds(out, " (");
  add_location(m, info, out);
  six_text_addc(out, ')');
}

void six_error_capture_stack(struct six_machine *m, struct six_object *error, six_value until) {
  struct six_text text = {0};
  size_t roots = six_roots_mark(m);
  six_root(m, six_object_value(error));
  bool skipping = six_is_object(until);
  int32_t left = m->stack_trace_limit;
  struct six_frame_info info;
  for (uint32_t i = 0; left > 0 && six_stack_frame(m, i, &info); i++) {
    if (skipping) {
      if (info.function == until) skipping = false;
      continue;
    }
    // The error's own constructor is not part of its stack.
    if (info.unit == UINT32_MAX && info.is_construct && i == 0) continue;
    add_frame(m, &info, &text);
    left--;
  }
  if (m->host && m->host->add_host_frames && left > 0) m->host->add_host_frames(m, left, &text);
  six_error_install_stack(m, error, text.bytes ? text.bytes : "", text.length);
  six_text_done(&text);
  six_roots_release(m, roots);
}
