// The language's own error messages, worded as V8 words them. Where V8 shows the expression, it is rendered from the tree.
#include "sim/machine/interp.h"

static void add_name(struct six_text *out, const struct six_name *name) {
  for (uint32_t i = 0; i < name->length; i++) {
    uint32_t c = name->units[i];
    if (c >= 0xD800 && c < 0xDC00 && i + 1 < name->length) c = 0x10000 + ((c - 0xD800) << 10) + (name->units[++i] & 0x3FFu);
    six_text_add_code_point(out, c);
  }
}

static void render_call(struct six_text *out, const struct six_node *n) {
  six_render_node(out, n->call.callee);
  six_text_adds(out, n->call.optional ? "?.(...)" : "(...)");
}

static void render_member(struct six_text *out, const struct six_node *n) {
  const struct six_node *property = n->member.property;
  six_render_node(out, n->member.object);
  if (n->member.optional) six_text_adds(out, "?.");
  if (!n->member.computed || property->type == SIX_N_STRING) {
    if (!n->member.optional) six_text_addc(out, '.');
    if (property->type == SIX_N_PRIVATE_NAME) six_text_addc(out, '#');
    add_name(out, property->name);
  } else {
    six_text_addc(out, '[');
    six_render_node(out, property);
    six_text_addc(out, ']');
  }
}

static void render_array(struct six_text *out, const struct six_node *n) {
  six_text_addc(out, '[');
  for (uint32_t i = 0; i < n->list.count; i++) {
    if (i) six_text_addc(out, ',');
    if (n->list.items[i]) six_render_node(out, n->list.items[i]);
  }
  six_text_addc(out, ']');
}

void six_render_node(struct six_text *out, const struct six_node *n) {
  char number[32];
  switch (n->type) {
    case SIX_N_IDENTIFIER: add_name(out, n->name); break;
    case SIX_N_MEMBER: render_member(out, n); break;
    case SIX_N_CALL: render_call(out, n); break;
    case SIX_N_OPTIONAL: six_render_node(out, n->unary.argument); break;
    case SIX_N_THIS: six_text_adds(out, "this"); break;
    case SIX_N_NULL: six_text_adds(out, "null"); break;
    case SIX_N_TRUE: six_text_adds(out, "true"); break;
    case SIX_N_FALSE: six_text_adds(out, "false"); break;
    case SIX_N_NUMBER: six_text_add(out, number, six_number_to_chars(n->number, number)); break;
    case SIX_N_STRING:
      six_text_addc(out, '"');
      add_name(out, n->name);
      six_text_addc(out, '"');
      break;
    case SIX_N_NEW:
      six_text_adds(out, "new ");
      six_render_node(out, n->call.callee);
      six_text_adds(out, "(...)");
      break;
    case SIX_N_ARRAY: render_array(out, n); break;
    case SIX_N_SPREAD:
      six_text_adds(out, "...");
      six_render_node(out, n->unary.argument);
      break;
    case SIX_N_SUPER: six_text_adds(out, "super"); break;
    case SIX_N_OBJECT:
      if (n->list.count == 0) {
        six_text_adds(out, "{}");
        break;
      }
      six_text_adds(out, "{(intermediate value)}");
      break;
    case SIX_N_CONDITIONAL: six_text_adds(out, "(intermediate value)(intermediate value)(intermediate value)"); break;
    default: six_text_adds(out, "(intermediate value)"); break;
  }
}

six_value six_throw_callee(struct six_machine *m, const struct six_node *call, six_value callee) {
  struct six_text text = {0};
  if (call && (call->type == SIX_N_CALL || call->type == SIX_N_TAGGED)) {
    six_render_node(&text, call->type == SIX_N_CALL ? call->call.callee : call->tagged.tag);
  } else {
    six_describe_value(m, callee, &text);
  }
  six_throw_type(m, "%s is not a function", text.bytes ? text.bytes : "");
  six_text_done(&text);
  return SIX_EXCEPTION;
}

six_value six_throw_not_constructor(struct six_machine *m, const struct six_node *call) {
  struct six_text text = {0};
  if (call && call->type == SIX_N_NEW) six_render_node(&text, call->call.callee);
  else six_text_adds(&text, "(intermediate value)");
  six_throw_type(m, "%s is not a constructor", text.bytes);
  six_text_done(&text);
  return SIX_EXCEPTION;
}

six_value six_throw_uninitialised(struct six_machine *m, const struct six_node *node) {
  if (!node || node->type == SIX_N_THIS || node->type != SIX_N_IDENTIFIER) {
    return six_throw_reference(m, "Must call super constructor in derived class before accessing 'this' or returning from derived constructor");
  }
  struct six_text text = {0};
  add_name(&text, node->name);
  six_throw_reference(m, "Cannot access '%s' before initialization", text.bytes);
  six_text_done(&text);
  return SIX_EXCEPTION;
}

six_value six_throw_not_iterable(struct six_machine *m, const struct six_node *node, six_value v) {
  struct six_text text = {0};
  bool pattern = node && (node->type == SIX_N_ARRAY_PATTERN || node->type == SIX_N_OBJECT_PATTERN);
  bool nullish_literal = six_is_nullish(v) && (!node || pattern || node->type == SIX_N_NULL ||
                                               (node->type == SIX_N_IDENTIFIER && node->name->length == 9 && node->name->units[0] == 'u'));
  if (nullish_literal) {
    six_throw_type(m, "%s is not iterable (cannot read property Symbol(Symbol.iterator))", v == SIX_NULL ? "null" : "undefined");
    return SIX_EXCEPTION;
  }
  if (node && !pattern) six_render_node(&text, node);
  else six_describe_value(m, v, &text);
  if (node && node->type == SIX_N_CALL) {
    struct six_text callee = {0};
    six_render_node(&callee, node->call.callee);
    six_throw_type(m, "%s is not a function or its return value is not iterable", callee.bytes);
    six_text_done(&callee);
  } else {
    six_throw_type(m, "%s is not iterable", text.bytes ? text.bytes : "");
  }
  six_text_done(&text);
  return SIX_EXCEPTION;
}

six_value six_throw_destructure(struct six_machine *m, const struct six_node *pattern, six_value v) {
  const char *what = v == SIX_NULL ? "null" : "undefined";
  if (pattern && pattern->type == SIX_N_OBJECT_PATTERN && pattern->list.count) {
    const struct six_node *first = pattern->list.items[0];
    if (first->type == SIX_N_PROPERTY && !first->property.computed && first->property.key->type == SIX_N_IDENTIFIER) {
      struct six_text text = {0};
      add_name(&text, first->property.key->name);
      six_throw_type(m, "Cannot destructure property '%s' of '%s' as it is %s.", text.bytes, what, what);
      six_text_done(&text);
      return SIX_EXCEPTION;
    }
  }
  return six_throw_type(m, "Cannot destructure '%s' as it is %s.", what, what);
}
