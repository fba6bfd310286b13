// machine: where code is, and the stacks that errors carry, captured and written as V8 does it (src/execution/isolate.cc,
// src/objects/call-site-info.cc). A stack is captured as functions, receivers and offsets; its text is made when it is read.
#include "sim/machine/builtins/proxy.h"
#include "sim/machine/interp.h"
#include "sim/machine/own.h"
#include "sim/program/infer.h"

#include <stdio.h>
#include <string.h>

// ---- Where code is

uint32_t six_next_token(const struct six_source *source, uint32_t at) {
  const char *text = source->bytes;
  for (;;) {
    while (at < source->length && strchr(" \t\r\n)", text[at])) at++;
    if (at + 1 >= source->length || text[at] != '/' || (text[at + 1] != '/' && text[at + 1] != '*')) return at;
    bool line = text[at + 1] == '/';
    for (at += 2; at < source->length && !(line ? text[at] == '\n' : text[at] == '*' && text[at + 1] == '/');) at++;
    at += line ? 1 : 2;
  }
}

// A call stands at the last word before its parenthesis, or at the parenthesis where that is no word.
static bool is_keyword(const struct six_source *source, struct six_span span) {
  static const char *const words[] = {"break",  "case", "catch",      "class",   "const", "continue", "debugger", "default",  "delete",
                                      "do",     "else", "export",     "extends", "false", "finally",  "for",      "function", "if",
                                      "import", "in",   "instanceof", "new",     "null",  "return",   "switch",   "this",     "throw",
                                      "true",   "try",  "typeof",     "var",     "void",  "while",    "with"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    size_t length = strlen(words[i]);
    if (span.end - span.start == length && !memcmp(source->bytes + span.start, words[i], length)) return true;
  }
  return false;
}

// V8 takes the last token before the parenthesis if it can be a name, else the parenthesis.
static uint32_t call_position(const struct six_source *source, const struct six_node *n) {
  const struct six_node *callee = n->call.callee;
  if (!callee->parenthesized) {
    if (callee->type == SIX_N_MEMBER && !callee->member.computed && !is_keyword(source, callee->member.property->span))
      return callee->member.property->span.start;
    if (callee->type == SIX_N_IDENTIFIER || callee->type == SIX_N_SUPER || callee->type == SIX_N_THIS) return callee->span.start;
  }
  uint32_t at = six_next_token(source, callee->span.end);
  return at < n->span.end ? at : callee->span.start;
}

// A property that is read behind a call or an optional link stands at its dot (ParseLeftHandSideContinuation in V8's parser).
static bool follows_call(const struct six_node *n) {
  if (n->member.optional) return true;
  for (n = n->member.object; !n->parenthesized; n = n->member.object) {
    if (n->type == SIX_N_CALL) return true;
    if (n->type != SIX_N_MEMBER) return false;
    if (n->member.optional) return true;
  }
  return false;
}

uint32_t six_node_position(const struct six_source *source, const struct six_node *n) {
  switch (n->type) {
    case SIX_N_CALL: return call_position(source, n);
    case SIX_N_MEMBER:
      if (!n->member.computed && follows_call(n)) return six_next_token(source, n->member.object->span.end);
      if (!n->member.computed) return n->member.property->span.start;
      for (uint32_t at = n->member.object->span.end; at < n->member.property->span.start; at++)
        if (source->bytes[at] == '[') return at;
      return n->member.property->span.start;
    case SIX_N_BINARY: return n->binary.op_at;
    case SIX_N_ASSIGN: return n->binary.op_at ? n->binary.op_at : six_next_token(source, n->binary.left->span.end);
    case SIX_N_FOR_OF: {
      const struct six_node *left = n->for_in.left;
      if (left->type == SIX_N_VAR && left->declaration.declarators.count) return left->declaration.declarators.items[0]->span.start;
      return left->span.start;
    }
    case SIX_N_UPDATE: return n->unary.prefix ? n->span.start : six_next_token(source, n->unary.argument->span.end);
    case SIX_N_OBJECT_PATTERN: {  // what is first given a value
      const struct six_node *first = n->list.count ? n->list.items[0] : NULL;
      if (first && first->type == SIX_N_REST) return first->unary.argument->span.start;
      return first && !first->property.computed ? first->property.value->span.start : n->span.start;
    }
    default: return n->span.start;
  }
}

static const struct six_node *node_before(const struct six_code *code, const uint64_t *pc) {
  ptrdiff_t at = pc - 1 - code->ins;
  for (; at >= 0 && at < (ptrdiff_t)code->count; at--) {  // instructions without a node belong to what came before
    if (code->nodes[at]) return code->nodes[at];
  }
  return NULL;
}

static uint32_t offset_of(struct six_machine *m, const struct six_code *code, const uint64_t *pc) {
  uint32_t at = (uint32_t)(pc - 1 - code->ins), low = 0, high = code->spot_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (code->spots[middle].pc == at) return code->spots[middle].offset;
    if (code->spots[middle].pc < at) low = middle + 1;
    else high = middle;
  }
  const struct six_node *n = node_before(code, pc);
  return n ? six_node_position(&m->units[code->unit].program->source, n) : code->span.start;
}

bool six_here(struct six_machine *m, uint32_t *unit, struct six_span *span) {
  for (struct six_frame *frame = m->frame; frame > m->frames; frame--) {
    if (!frame->code || m->units[frame->code->unit].is_host || m->units[frame->code->unit].is_text) continue;
    const struct six_node *n = node_before(frame->code, frame->pc);
    *unit = frame->code->unit;
    *span = n ? n->span : frame->code->span;
    return true;
  }
  return false;
}

static bool is_throw(const struct six_frame *frame) {
  const struct six_node *n = node_before(frame->code, frame->pc);
  return n && n->type == SIX_N_THROW;
}

// The outermost of the host's functions on top of the stack.
static void note_host(struct six_machine *m, const struct six_frame *frame) {
  const struct six_frame *entry = NULL;
  for (; frame > m->frames && (!frame->code || m->units[frame->code->unit].is_host); frame--)
    if (frame->code) entry = frame;
  struct six_text name = {0};
  if (entry) six_string_to_utf8(m, six_as_string(entry->code->name), &name);
  snprintf(m->thrown_by, sizeof m->thrown_by, "%s", name.length ? name.bytes : "");
  six_text_done(&name);
}

void six_note_thrown(struct six_machine *m) {
  m->thrown = m->exception;
  for (struct six_frame *frame = m->frame; frame > m->frames; frame--) {
    if (!frame->code) continue;
    m->thrown_unit = frame->code->unit;
    m->thrown_span.start = m->thrown_span.end = offset_of(m, frame->code, frame->pc);
    m->thrown_by_native = !is_throw(frame);
    note_host(m, frame);
    return;
  }
}

bool six_stack_frame(struct six_machine *m, uint32_t index, struct six_frame_info *info) {
  struct six_frame *frame = m->frame - index;
  if (frame <= m->frames) return false;
  six_made_this(m, &frame->this_value);
  *info = (struct six_frame_info){.unit = UINT32_MAX,
                                  .function = frame->function ? six_object_value(frame->function) : SIX_UNDEFINED,
                                  .this_value = frame->this_value,
                                  .is_construct = frame->flags & SIX_FRAME_CONSTRUCT};
  if (!frame->code) {
    info->note = frame->argc;
    return true;
  }
  info->unit = frame->code->unit;
  info->span.start = info->span.end = offset_of(m, frame->code, frame->pc);
  info->is_top_level = frame->code->is_main;
  return true;
}

void six_note_native(struct six_machine *m, uint32_t note) {
  if (!m->frame->code) m->frame->argc = note;
}

// ---- Capturing. Each frame is four values: function, receiver, offset in the source, flags with the unit above them.

enum { FRAME_FUNCTION, FRAME_THIS, FRAME_OFFSET, FRAME_FLAGS, FRAME_SIZE };
enum { IS_CONSTRUCT = 1, IS_ASYNC = 2, IS_MAIN = 4, IS_NATIVE = 8, IS_HOST = 16, IS_COMBINATOR = 32, UNIT_SHIFT = 6 };

enum { FRAMES_MAX = 200 };
struct capture {  // collections happen at safepoints only: never between these values and their block
  six_value items[FRAMES_MAX * FRAME_SIZE];
  uint32_t count;
  int32_t left;
};

static void begin(struct six_machine *m, struct capture *c) {
  m->effort += 100;
  c->count = 0;
  c->left = m->stack_trace_limit < 0 ? 0 : m->stack_trace_limit < FRAMES_MAX ? m->stack_trace_limit : FRAMES_MAX;
}

static struct six_values *finish(struct six_machine *m, const struct capture *c) {
  struct six_values *frames = six_values_new(m, c->count);
  m->effort += c->count * 5;
  memcpy(frames->items, c->items, c->count * sizeof *c->items);
  frames->count = c->count;
  return frames;
}

static int lines_of(const char *text) {
  int lines = 0;
  for (; *text; text++) lines += *text == '\n';
  return lines;
}

static void add(struct capture *c, six_value function, six_value this_value, uint32_t offset, int32_t flags) {
  if (c->left <= 0) return;
  six_value *at = &c->items[c->count];
  at[FRAME_FUNCTION] = function;
  at[FRAME_THIS] = this_value;
  at[FRAME_OFFSET] = six_number(offset);
  at[FRAME_FLAGS] = six_int(flags);
  c->count += FRAME_SIZE;
  c->left--;
}

// A row of the host: as many lines of it as there is room for.
static void add_row(struct six_machine *m, struct capture *c, int32_t row, six_value receiver) {
  int lines = lines_of(m->host->row_text(m, row));
  if (!lines || c->left <= 0) return;
  int shown = lines < c->left ? lines : c->left;
  add(c, six_int(row), receiver, (uint32_t)shown, IS_HOST);
  c->left -= shown - 1;
}

// false: the host does not show the frame.
static bool add_info(struct six_machine *m, struct capture *c, const struct six_frame_info *info, uint32_t index, bool innermost) {
  bool native = info->unit == UINT32_MAX;
  bool is_finally = native && six_is_object(info->function) && six_is_finally_function(six_as_object(info->function));
  if (m->host->native_row && !is_finally && (native || m->units[info->unit].is_host)) {
    int32_t row = m->host->native_row(m, info, index, innermost);
    if (row >= 0) add_row(m, c, row, info->this_value);
    if (row != -1) return row >= 0;
  }
  int32_t flags = (info->is_construct ? IS_CONSTRUCT : 0) | (info->is_top_level ? IS_MAIN : 0);
  if (native) add(c, info->function, info->this_value, 0, flags | IS_NATIVE);
  else add(c, info->function, info->this_value, info->span.start, flags | (int32_t)(info->unit << UNIT_SHIFT));
  return true;
}

static six_value promise_of(const struct six_coroutine *co) {
  if (co->function->code->kind == SIX_KIND_ASYNC) return co->result ? six_object_value(co->result) : SIX_UNDEFINED;
  const struct six_values *request = six_generator_of(co)->queue;
  return request ? six_request_promise(request) : SIX_UNDEFINED;
}

static void add_awaiting(struct six_machine *m, struct capture *c, const struct six_coroutine *co) {
  const struct six_code *code = co->function->code;
  if (m->units[code->unit].is_host) return;
  uint32_t offset = offset_of(m, code, code->ins + co->pc);
  int32_t flags = IS_ASYNC | (code->is_main ? IS_MAIN : 0) | (int32_t)(code->unit << UNIT_SHIFT);
  add(c, six_object_value(&co->function->object), co->this_value, offset, flags);
}

// Who waits for `promise`, if it is one alone (CaptureAsyncStackTrace).
static void add_async(struct six_machine *m, struct capture *c, six_value promise) {
  while (c->left > 0 && six_is_promise(promise)) {
    struct six_waiter waiter;
    if (!six_promise_waiter(m, six_as_promise(promise), &waiter)) return;
    if (waiter.coroutine) {
      if (waiter.coroutine->state != SIX_CO_SUSPENDED) return;
      add_awaiting(m, c, waiter.coroutine);
      promise = promise_of(waiter.coroutine);
      continue;
    }
    if (waiter.combinator && m->rules->cell[SIX_RULE_STACK_COMBINATORS] >= waiter.combinator) {
      add(c, six_int(waiter.index), six_int(waiter.combinator), 0, IS_ASYNC | IS_COMBINATOR);
    } else if (waiter.combinator) {
      return;
    }
    promise = waiter.promise;
  }
}

// What the running job will settle, when the outermost frame was called from one.
static void add_job(struct six_machine *m, struct capture *c) {
  if (!m->rules->cell[SIX_RULE_STACK_ASYNC]) return;
  const struct six_frame *outermost = m->frames + 1;
  if (outermost <= m->frame && outermost->co && outermost->flags & SIX_FRAME_RESUMED) {
    add_async(m, c, promise_of(outermost->co));
  } else if (m->job_promise != SIX_UNDEFINED) {
    add_async(m, c, m->job_promise);
  }
}

struct six_values *six_stack_capture(struct six_machine *m, six_value until) {
  struct capture c;
  begin(m, &c);
  bool skipping = six_is_object(until), innermost = true;
  struct six_frame_info info;
  for (uint32_t i = 0; c.left > 0 && six_stack_frame(m, i, &info); i++) {
    if (skipping) {
      if (info.function == until) skipping = false;
      innermost = false;
      continue;
    }
    if (info.unit == UINT32_MAX && six_is_object(info.function) && six_as_object(info.function)->cell.flags & SIX_OBJECT_FRAMELESS)
      continue;
    if (add_info(m, &c, &info, i, innermost)) innermost = false;
  }
  if (!skipping) {
    int32_t rows[4];
    int count = m->host->base_rows ? m->host->base_rows(m, rows, 4) : 0;
    for (int i = 0; i < count; i++) add_row(m, &c, rows[i], SIX_UNDEFINED);
    add_job(m, &c);
  }
  return finish(m, &c);
}

struct six_values *six_stack_capture_waiting(struct six_machine *m, int32_t row, six_value promise) {
  struct capture c;
  begin(m, &c);
  add_row(m, &c, row, SIX_UNDEFINED);
  add_async(m, &c, promise);
  return finish(m, &c);
}

// ---- Names

static bool own_data(struct six_machine *m, struct six_object *o, six_key key, six_value *out) {
  struct six_own own;
  if (!six_own_find(m, o, key, &own) || own.attrs & SIX_ACCESSOR) return false;
  *out = six_own_value(m, &own, o);
  return true;
}

static bool is_class_code(const struct six_object *o) {
  return o->cell.class_ == SIX_CLASS_FUNCTION && ((const struct six_function *)o)->code->class_constructor;
}

// A constructor's name, "" where it says nothing: not a function, nameless or Object.
static struct six_string *constructor_name(struct six_machine *m, six_value constructor) {
  if (!six_is_callable(constructor) || six_as_object(constructor) == m->intrinsics[SIX_I_Object]) return NULL;
  struct six_object *o = six_as_object(constructor);
  struct six_string *name =
      o->cell.class_ == SIX_CLASS_FUNCTION ? six_as_string(((struct six_function *)o)->code->name) : six_function_name(m, o);
  return name && name->length ? name : NULL;
}

static bool is_base_class(six_value constructor) {
  if (!six_is_callable(constructor)) return false;
  const struct six_object *o = six_as_object(constructor);
  return o->cell.class_ == SIX_CLASS_FUNCTION && !((const struct six_function *)o)->code->derived;
}

// JSReceiver::GetConstructorName
static struct six_string *type_of_object(struct six_machine *m, struct six_object *o) {
  six_value v;
  if (o->cell.class_ == SIX_CLASS_GENERATOR || o->cell.class_ == SIX_CLASS_ASYNC_GENERATOR) {
    struct six_string *name = six_as_string(((struct six_generator *)o)->co->function->code->name);
    if (name->length) return name;
  }
  if (o->shape->proto && own_data(m, o->shape->proto, SIX_ATOM(m, constructor), &v) && is_base_class(v)) {
    struct six_string *name = constructor_name(m, v);
    if (name) return name;
  }
  for (struct six_object *at = o; at && at->cell.class_ != SIX_CLASS_PROXY; at = at->shape->proto) {
    if (own_data(m, at, SIX_SYMBOL(m, toStringTag), &v) && six_is_string(v)) return six_string_flat(m, six_as_string(v));
    if (at == o || !own_data(m, at, SIX_ATOM(m, constructor), &v)) continue;
    struct six_string *name = constructor_name(m, v);
    if (name) return name;
  }
  const char *name = six_classes[o->cell.class_].name;
  return six_intern_ascii(m, name ? name : "Object", false);
}

// The receiver's type, for "at Type.method"; NULL for plain calls.
static struct six_string *type_of(struct six_machine *m, six_value receiver) {
  if (six_is_nullish(receiver) || receiver == SIX_EMPTY) return NULL;
  if (!six_is_object(receiver)) {
    return six_intern_ascii(m,
                            six_is_string(receiver)    ? "String"
                            : six_is_number(receiver)  ? "Number"
                            : six_is_boolean(receiver) ? "Boolean"
                            : six_is_symbol(receiver)  ? "Symbol"
                                                       : "BigInt",
                            false);
  }
  struct six_object *o = six_as_object(receiver);
  if (o->cell.class_ == SIX_CLASS_PROXY) return six_intern_ascii(m, "Proxy", false);
  if (is_class_code(o) && m->rules->cell[SIX_RULE_STACK_CLASS_NAMES]) {
    struct six_string *name = six_as_string(((struct six_function *)o)->code->name);
    if (name->length) return name;
  }
  if (m->rules->cell[SIX_RULE_STACK_CLASS_NAMES] > 1 && o->cell.class_ == SIX_CLASS_NATIVE && o->cell.flags & SIX_OBJECT_CONSTRUCTOR) {
    struct six_string *name = constructor_name(m, receiver);
    return name ? name : six_function_name(m, o);  // Object, which that leaves out
  }
  return type_of_object(m, o);
}

static bool has_method(struct six_machine *m, struct six_object *o, six_key key, six_value function) {
  struct six_own own;
  if (!six_own_find(m, o, key, &own)) return false;
  if (!(own.attrs & SIX_ACCESSOR)) return six_own_value(m, &own, o) == function;
  struct six_descriptor d;
  if (six_get_own_property(m, o, key, &d) <= 0) return false;
  return d.get == function || d.set == function;
}

static bool inherits_method(struct six_machine *m, struct six_object *o, six_key key, six_value function) {
  for (; o && o->cell.class_ != SIX_CLASS_PROXY; o = o->shape->proto) {
    struct six_own own;
    if (six_own_find(m, o, key, &own)) return has_method(m, o, key, function);
  }
  return false;
}

// The name under which the receiver knows the function (CallSiteInfo::GetMethodName); SIX_UNDEFINED: none or several.
static six_value method_name(struct six_machine *m, six_value receiver, six_value function, six_value name) {
  if (!six_is_object(receiver)) return six_is_string(name) ? name : SIX_UNDEFINED;
  struct six_object *o = six_as_object(receiver);
  if (o->cell.class_ == SIX_CLASS_SHOWN) {
    struct six_host_object *host = (struct six_host_object *)o;
    const char *known = host->host_class->method_name ? host->host_class->method_name(m, o, function) : NULL;
    if (known) return six_str(m, known);
  }
  if (six_is_string(name) && six_as_string(name)->length && inherits_method(m, o, six_key_of_string(m, six_as_string(name)), function))
    return name;
  six_value found = SIX_UNDEFINED;
  if (o->cell.class_ == SIX_CLASS_SHOWN) o = o->shape->proto;
  for (; o && o->cell.class_ != SIX_CLASS_PROXY; o = o->shape->proto) {
    struct six_values *keys = six_own_keys(m, o, SIX_KEYS_STRINGS | SIX_KEYS_ENUMERABLE_ONLY);
    for (uint32_t i = 0; keys && i < keys->count; i++) {
      six_value key = keys->items[i];
      struct six_own own;
      if (!six_is_string(key) || !six_own_find(m, o, key, &own) || !(own.attrs & SIX_ENUMERABLE)) continue;
      if (!has_method(m, o, key, function)) continue;
      if (!six_is_undefined(found)) return SIX_UNDEFINED;
      found = key;
    }
  }
  return found;
}

// ---- Writing

static void add_location(struct six_machine *m, const six_value *frame, struct six_text *out) {
  int32_t flags = six_as_int(frame[FRAME_FLAGS]);
  if (flags & IS_NATIVE) {
    six_text_adds(out, "<anonymous>");
    return;
  }
  const struct six_unit *unit = &m->units[flags >> UNIT_SHIFT];
  struct six_position at = six_source_position(&unit->program->source, (uint32_t)six_as_number(frame[FRAME_OFFSET]));
  six_text_addf(out, "%s:%u:%u", unit->url, at.line, at.column);
}

static bool is_identifier(const struct six_text *name) {
  if (!name->length || (name->bytes[0] >= '0' && name->bytes[0] <= '9')) return false;
  for (size_t i = 0; i < name->length; i++) {
    unsigned char c = (unsigned char)name->bytes[i];
    if (c < 0x80 && !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$')) return false;
  }
  return true;
}

static bool starts_with(const struct six_text *text, const struct six_text *with) {
  return with->length <= text->length && !memcmp(text->bytes, with->bytes, with->length);
}

// `name` is `method`, or ends with it after a point.
static bool ends_with_method(const struct six_text *name, const struct six_text *method) {
  if (method->length > name->length || memcmp(name->bytes + name->length - method->length, method->bytes, method->length)) return false;
  return name->length == method->length || name->bytes[name->length - method->length - 1] == '.';
}

static const char *accessor_name(const char *name) { return !strncmp(name, "get ", 4) || !strncmp(name, "set ", 4) ? name + 4 : name; }

// "Type.name [as method]" (AppendMethodCall)
static void add_method_call(struct six_machine *m, const six_value *frame, const struct six_text *name, struct six_text *out) {
  struct six_text type = {0}, method = {0};
  struct six_string *type_name = type_of(m, frame[FRAME_THIS]);
  if (type_name) six_string_to_utf8(m, type_name, &type);
  const char *plain = name->length ? accessor_name(name->bytes) : "";
  six_value known = method_name(m, frame[FRAME_THIS], frame[FRAME_FUNCTION], six_str(m, plain));
  if (six_is_string(known)) six_string_to_utf8(m, six_string_flat(m, six_as_string(known)), &method);
  bool shows_type =
      type.length && (!name->length || (m->rules->cell[SIX_RULE_STACK_CLASS_NAMES] ? is_identifier(name) : !starts_with(name, &type)));
  if (shows_type) {
    six_text_add(out, type.bytes, type.length);
    six_text_addc(out, '.');
  }
  if (name->length) {
    six_text_add(out, name->bytes, name->length);
    bool is_accessor = plain != name->bytes;
    if (method.length && (is_accessor ? m->rules->cell[SIX_RULE_STACK_ACCESSOR_AS] : !ends_with_method(name, &method))) {
      six_text_addf(out, " [as %s]", method.bytes);
    }
  } else if (method.length) {
    six_text_add(out, method.bytes, method.length);
  } else {
    six_text_adds(out, "<anonymous>");
  }
  six_text_done(&type);
  six_text_done(&method);
}

// What V8 calls a function: its own name, else what the place where it was made suggests.
static bool is_eval_code(const struct six_object *o) {
  return o->cell.class_ == SIX_CLASS_FUNCTION && ((const struct six_function *)o)->code->is_eval;
}

const char *six_inferred_name(struct six_machine *m, struct six_code *code) {
  if (code->inferred_name || !code->origin) return code->inferred_name ? code->inferred_name : "";
  struct six_infer_manner manner = {
      .computed = m->rules->cell[SIX_RULE_STACK_COMPUTED_NAMES] ? "<computed>" : "(anonymous function)",
      .names_arrows = m->rules->cell[SIX_RULE_STACK_NAMES_ARROWS],
      .names_called = m->rules->cell[SIX_RULE_STACK_NAMES_CALLED],
      .calls_arrows = m->rules->cell[SIX_RULE_STACK_CALLS_ARROWS],
  };
  struct six_text name = {0};
  six_infer_name(m->units[code->unit].program, code->origin, code->span, &manner, &name);
  if (!name.length) six_text_adds(&name, "");
  return code->inferred_name = name.bytes;
}

static void add_name(struct six_machine *m, six_value function, struct six_text *out) {
  if (!six_is_object(function)) return;
  struct six_object *o = six_as_object(function);
  struct six_string *name = six_function_name(m, o);
  if (o->cell.class_ == SIX_CLASS_FUNCTION && (!name || !name->length || is_class_code(o))) {
    struct six_code *code = ((struct six_function *)o)->code;
    name = six_as_string(code->name);
    if (!name->length && !is_eval_code(o)) {
      six_text_adds(out, six_inferred_name(m, code));
      return;
    }
  }
  if (is_eval_code(o)) six_text_adds(out, "eval");
  else if (name && name->length) six_string_to_utf8(m, name, out);
}

static bool is_plain_call(struct six_machine *m, six_value receiver) {
  return six_is_nullish(receiver) || receiver == SIX_EMPTY ||
         (six_is_object(receiver) && six_as_object(receiver) == m->intrinsics[SIX_I_Global]);
}

// The first `lines` lines of a host's row. "%." is the receiver's type, or nothing.
static void write_lines(struct six_machine *m, const char *text, int lines, six_value receiver, struct six_text *out) {
  for (; *text; text++) {
    if (*text == '\n' && --lines < 0) return;
    if (*text != '%') {
      six_text_addc(out, *text);
      continue;
    }
    struct six_string *type = type_of(m, receiver);
    if (type) six_string_to_utf8(m, type, out);
    else text++;
  }
}

static void write_frame(struct six_machine *m, const six_value *frame, struct six_text *out) {
  int32_t flags = six_as_int(frame[FRAME_FLAGS]);
  if (flags & IS_HOST) {
    write_lines(m, m->host->row_text(m, six_as_int(frame[FRAME_FUNCTION])), (int)six_as_number(frame[FRAME_OFFSET]), frame[FRAME_THIS],
                out);
    return;
  }
  six_text_adds(out, "\n    at ");
  if (flags & IS_ASYNC) six_text_adds(out, "async ");
  if (flags & IS_COMBINATOR) {
    static const char *const names[] = {"", "all", "any", "allSettled"};
    six_text_addf(out, "Promise.%s (index %d)", names[six_as_int(frame[FRAME_THIS])], six_as_int(frame[FRAME_FUNCTION]));
    return;
  }
  bool is_module = !(flags & IS_NATIVE) && flags & IS_MAIN && m->units[flags >> UNIT_SHIFT].program->kind == SIX_SOURCE_MODULE;
  struct six_text name = {0};
  if (!(flags & IS_MAIN)) add_name(m, frame[FRAME_FUNCTION], &name);
  size_t before = out->length;
  if (is_module) before = out->length;
  else if (flags & IS_MAIN) six_text_adds(out, "Object.<anonymous>");
  else if (flags & IS_CONSTRUCT) six_text_addf(out, "new %s", name.length ? name.bytes : "<anonymous>");
  else if (!is_plain_call(m, frame[FRAME_THIS])) add_method_call(m, frame, &name, out);
  else if (name.length) six_text_add(out, name.bytes, name.length);
  bool named = out->length > before;
  if (named) six_text_adds(out, " (");
  add_location(m, frame, out);
  if (named) six_text_addc(out, ')');
  six_text_done(&name);
}

void six_stack_write(struct six_machine *m, const struct six_values *frames, struct six_text *out) {
  size_t roots = six_roots_mark(m);
  six_root(m, six_tagged(SIX_TAG_OBJECT, (void *)(uintptr_t)frames));
  for (uint32_t i = 0; i < frames->count; i += FRAME_SIZE) write_frame(m, &frames->items[i], out);
  m->effort += frames->count * 25;
  six_roots_release(m, roots);
}

int32_t six_stack_first_row(const struct six_values *frames) {
  if (!frames->count || !(six_as_int(frames->items[FRAME_FLAGS]) & IS_HOST)) return -1;
  return six_as_int(frames->items[FRAME_FUNCTION]);
}

void six_error_capture_stack(struct six_machine *m, struct six_object *error, six_value until) {
  size_t roots = six_roots_mark(m);
  six_root(m, six_object_value(error));
  struct six_values *frames = six_stack_capture(m, until);
  six_root(m, six_tagged(SIX_TAG_OBJECT, frames));
  six_error_install_stack(m, error, frames);
  six_roots_release(m, roots);
}
