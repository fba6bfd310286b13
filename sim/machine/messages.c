// The language's own error messages, worded as V8 words them. Where V8 shows the expression, it is rendered from the tree.
#include "sim/machine/builtins/builtin.h"
#include "sim/machine/interp.h"

static void add_name(struct six_text *out, const struct six_name *name) {
  for (uint32_t i = 0; i < name->length; i++) {
    uint32_t c = name->units[i];
    if (c >= 0xD800 && c < 0xDC00 && i + 1 < name->length) c = 0x10000 + ((c - 0xD800) << 10) + (name->units[++i] & 0x3FFu);
    six_text_add_code_point(out, c);
  }
}

enum { DEEPEST = 1000 };  // a chain may be of any length
static void render(struct six_text *out, const struct six_node *n, int depth);

static void render_call(struct six_text *out, const struct six_node *n, int depth) {
  render(out, n->call.callee, depth);
  six_text_adds(out, n->call.optional ? "?.(...)" : "(...)");
}

static void render_member(struct six_text *out, const struct six_node *n, int depth) {
  const struct six_node *property = n->member.property;
  render(out, n->member.object, depth);
  if (n->member.optional) six_text_adds(out, "?.");
  if (!n->member.computed || property->type == SIX_N_STRING) {
    bool is_private = property->type == SIX_N_PRIVATE_NAME;
    if (is_private) six_text_adds(out, "[#");
    else if (!n->member.optional) six_text_addc(out, '.');
    add_name(out, property->name);
    if (is_private) six_text_addc(out, ']');
  } else {
    six_text_addc(out, '[');
    render(out, property, depth);
    six_text_addc(out, ']');
  }
}

static void render_array(struct six_text *out, const struct six_node *n, int depth) {
  six_text_addc(out, '[');
  for (uint32_t i = 0; i < n->list.count; i++) {
    if (i) six_text_addc(out, ',');
    if (n->list.items[i]) render(out, n->list.items[i], depth);
    else six_text_adds(out, "(intermediate value)");
  }
  six_text_addc(out, ']');
}

static void render(struct six_text *out, const struct six_node *n, int depth) {
  if (++depth > DEEPEST) {
    six_text_adds(out, "(intermediate value)");
    return;
  }
  char number[32];
  switch (n->type) {
    case SIX_N_IDENTIFIER: add_name(out, n->name); break;
    case SIX_N_MEMBER: render_member(out, n, depth); break;
    case SIX_N_CALL: render_call(out, n, depth); break;
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
    case SIX_N_NEW_TARGET: six_text_adds(out, ".new.target"); break;
    case SIX_N_ASSIGN: render(out, n->binary.left, depth); break;
    case SIX_N_REGEXP:
      six_text_addc(out, '/');
      add_name(out, n->regexp.pattern);
      six_text_addc(out, '/');
      add_name(out, n->regexp.flags);
      break;
    case SIX_N_ARRAY: render_array(out, n, depth); break;
    case SIX_N_SPREAD:
      six_text_adds(out, "...");
      render(out, n->unary.argument, depth);
      break;
    case SIX_N_SUPER: six_text_adds(out, "super"); break;
    case SIX_N_UNARY:
      if (n->unary.op == SIX_OP_MINUS && n->unary.argument->type == SIX_N_NUMBER) {  // folded into a literal
        six_text_add(out, number, six_number_to_chars(-n->unary.argument->number, number));
        break;
      }
      six_text_addf(out, "(%s%s", six_op_text(n->unary.op), n->unary.op >= SIX_OP_TYPEOF ? " " : "");
      render(out, n->unary.argument, depth);
      six_text_addc(out, ')');
      break;
    case SIX_N_BINARY:
    case SIX_N_LOGICAL:
      six_text_addc(out, '(');
      render(out, n->binary.left, depth);
      six_text_addf(out, " %s ", six_op_text(n->binary.op));
      render(out, n->binary.right, depth);
      six_text_addc(out, ')');
      break;
    case SIX_N_SEQUENCE:
      six_text_addc(out, '(');
      for (uint32_t i = 0; i < n->list.count; i++) {
        if (i) six_text_adds(out, " , ");
        render(out, n->list.items[i], depth);
      }
      six_text_addc(out, ')');
      break;
    case SIX_N_TEMPLATE:
      if (n->template.expressions.count == 0) {
        six_text_addc(out, '"');
        add_name(out, n->template.quasis[0].cooked);
        six_text_addc(out, '"');
        break;
      }
      for (uint32_t i = 0; i < n->template.expressions.count; i++) render(out, n->template.expressions.items[i], depth);
      break;
    case SIX_N_OBJECT:
      if (n->list.count == 0) {
        six_text_adds(out, "{}");
        break;
      }
      six_text_addc(out, '{');
      for (uint32_t i = 0; i < n->list.count; i++) six_text_adds(out, "(intermediate value)");
      six_text_addc(out, '}');
      break;
    case SIX_N_CONDITIONAL: six_text_adds(out, "(intermediate value)(intermediate value)(intermediate value)"); break;
    default: six_text_adds(out, "(intermediate value)"); break;
  }
}

void six_render_node(struct six_text *out, const struct six_node *n) { render(out, n, 0); }

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
  if (node && node->type == SIX_N_ASSIGN) node = node->binary.left;
  if (node && node->type == SIX_N_UPDATE) node = node->unary.argument;
  if (!node || node->type == SIX_N_THIS || node->type != SIX_N_IDENTIFIER) {
    return six_throw_reference(
        m, "Must call super constructor in derived class before accessing 'this' or returning from derived constructor");
  }
  struct six_text text = {0};
  add_name(&text, node->name);
  six_throw_reference(m, "Cannot access '%s' before initialization", text.bytes);
  six_text_done(&text);
  return SIX_EXCEPTION;
}

six_value six_throw_not_iterable(struct six_machine *m, const struct six_node *node, six_value v, enum six_iteration_site site) {
  if (site == SIX_ITERATES_LAST_ARGUMENT && !six_is_nullish(v)) {
    return six_throw_type(m, "Spread syntax requires ...iterable[Symbol.iterator] to be a function");
  }
  if (site == SIX_ITERATES_YIELD) return six_throw_type(m, "yield* (intermediate value) is not iterable");
  if (site == SIX_ITERATES_VALUE || !node) {
    return six_throw_call_site(m, v, " is not iterable (cannot read property Symbol(Symbol.iterator))");
  }
  struct six_text text = {0};
  if (site == SIX_ITERATES_PROPERTY) {
    six_render_node(&text, node);
    if (six_is_nullish(v))
      six_throw_type(m, "Cannot destructure property 'Symbol(Symbol.iterator)' of '%s' as it is %s.", text.bytes,
                     v == SIX_NULL ? "null" : "undefined");
    else six_throw_type(m, "%s is not iterable (cannot read property Symbol(Symbol.iterator))", text.bytes);
  } else if (site == SIX_ITERATES_LAST_ARGUMENT) {
    six_render_node(&text, node);
    six_throw_type(m, "%s is not iterable (cannot read property %s)", text.bytes, v == SIX_NULL ? "null" : "undefined");
  } else if (node->type == SIX_N_CALL || node->type == SIX_N_NEW) {
    six_render_node(&text, node->call.callee);
    six_throw_type(m, "%s is not a function or its return value is not iterable", text.bytes);
  } else {
    six_render_node(&text, node);
    six_throw_type(m, "%s is not iterable", text.bytes);
  }
  six_text_done(&text);
  return SIX_EXCEPTION;
}

static void add_source(struct six_text *out, const struct six_node *source, six_value v) {
  if (source && source->type == SIX_N_ASSIGN) source = source->binary.left;
  if (source) six_render_node(out, source);
  else six_text_adds(out, v == SIX_NULL ? "object null" : "undefined");
}

six_value six_throw_destructure(struct six_machine *m, const struct six_node *pattern, const struct six_node *source, bool nested,
                                six_value v) {
  const char *what = v == SIX_NULL ? "null" : "undefined";
  const struct six_node *first = pattern->list.count ? pattern->list.items[0] : NULL;
  const struct six_node *key = first && first->type == SIX_N_PROPERTY && !first->property.computed ? first->property.key : NULL;
  struct six_text name = {0}, text = {0};
  if (key && key->type == SIX_N_NUMBER) {
    char number[32];
    six_text_add(&name, number, six_number_to_chars(key->number, number));
  } else if (key) {
    add_name(&name, key->name);
  }
  add_source(&text, source, v);
  if (key && (nested || (source && first->property.value->type == SIX_N_DEFAULT))) {
    if (m->rules->cell[SIX_RULE_V8_CANNOT_READ]) six_throw_type(m, "Cannot read properties of %s (reading '%s')", what, name.bytes);
    else six_throw_type(m, "Cannot read property '%s' of %s", name.bytes, what);
  } else if (key) {
    six_throw_type(m, "Cannot destructure property '%s' of '%s' as it is %s.", name.bytes ? name.bytes : "", text.bytes, what);
  } else {
    six_throw_type(m, "Cannot destructure '%s' as it is %s.", text.bytes, what);
  }
  six_text_done(&name);
  six_text_done(&text);
  return SIX_EXCEPTION;
}
