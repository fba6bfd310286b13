// The language's own error messages, worded as V8 words them. Where V8 shows the expression, it is rendered from the tree.
#include "sim/machine/builtins/builtin.h"
#include "sim/machine/interp.h"
#include "sim/machine/own.h"

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

// V8 hands arguments with a spread before their end to Function.prototype.apply.
static bool gathers(const struct six_nodes *arguments) {
  for (uint32_t i = 0; i + 1 < arguments->count; i++) {
    if (arguments->items[i]->type == SIX_N_SPREAD) return true;
  }
  return false;
}

six_value six_throw_callee(struct six_machine *m, const struct six_node *call, six_value callee) {
  struct six_text text = {0};
  if (call && call->type == SIX_N_CALL && gathers(&call->call.arguments)) return six_throw_apply(m, "apply", callee);
  if (call && (call->type == SIX_N_CALL || call->type == SIX_N_TAGGED)) {
    six_render_node(&text, call->type == SIX_N_CALL ? call->call.callee : call->tagged.tag);
  } else {
    six_describe_value(m, callee, &text);
  }
  six_throw_type(m, "%s is not a function", text.bytes ? text.bytes : "");
  six_text_done(&text);
  return SIX_EXCEPTION;
}

six_value six_throw_own_callee(struct six_machine *m, six_value callee) {
  const struct six_frame *caller = m->frame;
  while (!caller->code && caller > m->frames) caller--;  // its own, and those of calls of calls
  return six_throw_callee(m, caller->code ? caller->code->nodes[caller->pc - 1 - caller->code->ins] : NULL, callee);
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
  if (m->rules->cell[SIX_RULE_V8_WORDS] < 2) six_throw_reference(m, "%s is not defined", text.bytes);
  else six_throw_reference(m, "Cannot access '%s' before initialization", text.bytes);
  six_text_done(&text);
  return SIX_EXCEPTION;
}

// ---- What cannot be iterated

static int32_t words(const struct six_machine *m) { return m->rules->cell[SIX_RULE_V8_WORDS]; }

static six_value throw_rendered(struct six_machine *m, const struct six_node *n, const char *after) {
  struct six_text text = {0};
  six_render_node(&text, n);
  six_throw_type(m, "%s%s", text.bytes ? text.bytes : "", after);
  six_text_done(&text);
  return SIX_EXCEPTION;
}

static const struct six_node *last_argument(const struct six_node *call) {
  return call->call.arguments.items[call->call.arguments.count - 1]->unary.argument;
}

static six_value throw_not_iterable_expression(struct six_machine *m, const struct six_node *node, bool whole) {
  bool is_call = node->type == SIX_N_CALL || node->type == SIX_N_NEW;
  return throw_rendered(m, is_call && !whole ? node->call.callee : node,
                        is_call ? " is not a function or its return value is not iterable" : " is not iterable");
}

// A spread that ends the arguments is taken apart by the call itself (V8's CallOrConstructWithSpread).
static six_value throw_not_spread(struct six_machine *m, const struct six_node *call, six_value v, six_value method) {
  if (words(m) == 0 && six_is_nullish(v)) return six_throw_call_site(m, v, " is not iterable");
  if (words(m) == 0) return six_throw_uncallable(m, method);
  if (!six_is_nullish(v)) {
    return six_throw_type(
        m, words(m) < 6 ? "Found non-callable @@iterator" : "Spread syntax requires ...iterable[Symbol.iterator] to be a function");
  }
  if (words(m) == 2) return throw_rendered(m, call->call.callee, " is not iterable (cannot read property Symbol(Symbol.iterator))");
  struct six_text text = {0};
  six_render_node(&text, words(m) == 1 ? call->call.callee : last_argument(call));
  if (words(m) == 1) six_throw_type(m, "Cannot read property 'Symbol(Symbol.iterator)' of %s", text.bytes);
  else six_throw_type(m, "%s is not iterable (cannot read property %s)", text.bytes, v == SIX_NULL ? "null" : "undefined");
  six_text_done(&text);
  return SIX_EXCEPTION;
}

// Where V8 knows of no expression.
static six_value throw_not_iterable_value(struct six_machine *m, six_value v, six_value method, bool native) {
  if (words(m) < 2 && six_is_nullish(v) && !native) {
    return six_throw_type(m, "Cannot read property 'Symbol(Symbol.iterator)' of %s", v == SIX_NULL ? "null" : "undefined");
  }
  if (words(m) == 1 && native) return six_throw_type_about(m, "", v, " is not iterable");
  bool asked = native ? words(m) < 1 : words(m) < 4 && !six_is_nullish(v);
  if (asked) return six_throw_uncallable(m, method);
  return six_throw_call_site(m, v, " is not iterable (cannot read property Symbol(Symbol.iterator))");
}

static six_value throw_not_iterable_property(struct six_machine *m, const struct six_node *node, six_value v) {
  struct six_text text = {0};
  if (node->type != SIX_N_ARRAY_PATTERN) six_render_node(&text, node);
  else six_text_adds(&text, v == SIX_NULL ? "object null" : "undefined");
  six_throw_type(m, "Cannot destructure property 'Symbol(Symbol.iterator)' of '%s' as it is %s.", text.bytes,
                 v == SIX_NULL ? "null" : "undefined");
  six_text_done(&text);
  return SIX_EXCEPTION;
}

six_value six_throw_not_iterable(struct six_machine *m, const struct six_node *node, six_value v, six_value method,
                                 enum six_iteration_site site) {
  if (!node) return throw_not_iterable_value(m, v, method, true);
  switch (site) {
    case SIX_ITERATES_LAST_ARGUMENT: return throw_not_spread(m, node, v, method);
    case SIX_ITERATES_ARGUMENT:
      if (words(m) == 0) return six_is_nullish(v) ? six_throw_call_site(m, v, " is not iterable") : six_throw_uncallable(m, method);
      if (words(m) < 4) return throw_not_iterable_expression(m, node, false);
      break;
    case SIX_ITERATES_YIELD:
      if (words(m) >= 4) return six_throw_type(m, "yield* (intermediate value) is not iterable");
      break;
    case SIX_ITERATES_ELEMENT:
      if ((words(m) == 2 || words(m) == 3) && node->type != SIX_N_CALL && node->type != SIX_N_NEW)
        return six_throw_call_site(m, v, " is not iterable (cannot read property Symbol(Symbol.iterator))");
      return throw_not_iterable_expression(m, node, words(m) < 2);
    case SIX_ITERATES_LOOP: return throw_not_iterable_expression(m, node, words(m) < 2);
    case SIX_ITERATES_SOURCE: return throw_not_iterable_expression(m, node, false);
    case SIX_ITERATES_PROPERTY:
      if (words(m) < 6) break;
      if (six_is_nullish(v)) return throw_not_iterable_property(m, node, v);
      if (node->type == SIX_N_ARRAY_PATTERN) break;
      return throw_rendered(m, node, " is not iterable (cannot read property Symbol(Symbol.iterator))");
    default: break;
  }
  return throw_not_iterable_value(m, v, method, false);
}

six_value six_throw_next(struct six_machine *m, const struct six_node *node, six_value next, enum six_iteration_site site) {
  if (node) {
    bool shows = site == SIX_ITERATES_ELEMENT    ? words(m) < 2 || words(m) >= 4
                 : site == SIX_ITERATES_ARGUMENT ? words(m) >= 1 && words(m) < 4
                                                 : site == SIX_ITERATES_SOURCE && words(m) < 2;
    if (shows) return throw_not_iterable_expression(m, node, false);
    if (site == SIX_ITERATES_LAST_ARGUMENT && words(m) >= 1) return throw_rendered(m, node->call.callee, " is not a function");
  }
  return six_throw_uncallable(m, next);
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
  if (words(m) < 2) {
    bool named = first && first->type == SIX_N_PROPERTY && first->property.key->type != SIX_N_NUMBER;
    if (named && !key) named = first->property.key->type == SIX_N_STRING;
    if (named && !name.length) add_name(&name, first->property.key->name);
    if (named) six_throw_type(m, "Cannot destructure property `%s` of 'undefined' or 'null'.", name.bytes ? name.bytes : "");
    else six_throw_type(m, "Cannot destructure 'undefined' or 'null'.");
  } else if (words(m) < 4 && key && key->type == SIX_N_NUMBER) {
    six_throw_type(m, "Cannot destructure '%s' as it is %s.", text.bytes, what);
  } else if (key && (nested || (source && first->property.value->type == SIX_N_DEFAULT))) {
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
