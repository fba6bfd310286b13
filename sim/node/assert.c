// node: modules assert and assert/strict. They are written in JavaScript, sim/node/lib/assert.js; here are its helpers.
#include <stdlib.h>

#include "sim/node/library.h"
#include "sim/node/util.h"

static six_value assert_deep_equal(struct six_machine *m, const struct six_args *a) {
  int equal = six_deep_equal(m, six_arg(a, 0), six_arg(a, 1), six_arg(a, 2) == SIX_TRUE);
  return equal < 0 ? SIX_EXCEPTION : six_boolean(equal);
}

static six_value assert_arg_type(struct six_machine *m, const struct six_args *a) {  // (name, expected, value)
  struct six_nodejs *node = six_node_of(m);
  char *name = six_node_utf8(node, six_arg(a, 0), NULL), *expected = six_node_utf8(node, six_arg(a, 1), NULL);
  if (name && expected) six_node_throw_arg_type(node, name, expected, six_arg(a, 2));
  free(name);
  free(expected);
  return SIX_EXCEPTION;
}

static six_value assert_fail(struct six_machine *m, const struct six_args *a) {  // (kind, code, message)
  struct six_nodejs *node = six_node_of(m);
  char *code = six_node_utf8(node, six_arg(a, 1), NULL), *message = six_node_utf8(node, six_arg(a, 2), NULL);
  if (code && message) six_node_throw(node, SIX_I_TypeErrorPrototype, code, "%s", message);
  free(code);
  free(message);
  return SIX_EXCEPTION;
}

static six_value assert_return_value(struct six_machine *m, const struct six_args *a) {  // (expected, name, value)
  struct six_nodejs *node = six_node_of(m);
  struct six_text received = {0};
  six_node_describe_received(node, six_arg(a, 2), &received);
  six_node_throw(node, SIX_I_TypeErrorPrototype, "ERR_INVALID_RETURN_VALUE",
                 "Expected instance of Promise to be returned from the \"promiseFn\" function but got %s.", received.bytes);
  six_text_done(&received);
  return SIX_EXCEPTION;
}

static six_value assert_warn(struct six_machine *m, const struct six_args *a) {  // (type, code, message)
  struct six_nodejs *node = six_node_of(m);
  char *text[3];
  for (int i = 0; i < 3; i++) text[i] = six_node_utf8(node, six_arg(a, i), NULL);
  if (text[0] && text[1] && text[2]) six_node_warn(node, text[0], text[1], "%s", text[2]);
  for (int i = 0; i < 3; i++) free(text[i]);
  return six_is_terminating(m) ? SIX_EXCEPTION : SIX_UNDEFINED;
}

// The text of the call that asserts: of the innermost frame that is the program's own. undefined when there is none.
static six_value assert_call_text(struct six_machine *m, const struct six_args *a) {
  (void)a;
  uint32_t unit;
  struct six_span span;
  if (!six_here(m, &unit, &span) || span.start >= span.end) return SIX_UNDEFINED;
  const struct six_source *source = &m->units[unit].program->source;
  // Further lines keep their indentation relative to the first.
  uint32_t column = 0;
  while (column < span.start && source->bytes[span.start - column - 1] != '\n') column++;
  struct six_text text = {0};
  for (uint32_t at = span.start; at < span.end; at++) {
    six_text_addc(&text, source->bytes[at]);
    if (source->bytes[at] != '\n') continue;
    for (uint32_t n = 0; n < column && at + 1 < span.end && (source->bytes[at + 1] == ' ' || source->bytes[at + 1] == '\t'); n++) at++;
    six_text_adds(&text, "  ");
  }
  six_value result = six_string_value(six_string_utf8(m, text.bytes, text.length));
  six_text_done(&text);
  return result;
}

six_value six_module_assert(struct six_nodejs *node);
six_value six_module_assert_strict(struct six_nodejs *node);

six_value six_module_assert(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  struct six_object *native = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  six_root(m, six_object_value(native));
  six_node_method(node, native, "deepEqual", assert_deep_equal, 3);
  six_node_method(node, native, "argType", assert_arg_type, 3);
  six_node_method(node, native, "fail", assert_fail, 3);
  six_node_method(node, native, "returnValue", assert_return_value, 3);
  six_node_method(node, native, "warn", assert_warn, 3);
  six_node_method(node, native, "callText", assert_call_text, 0);
  six_value create = six_library_get(node, SIX_LIBRARY_assert, "create");
  if (six_is_exception(create)) return create;
  six_value helpers = six_object_value(native);
  return six_call(m, create, SIX_UNDEFINED, 1, &helpers);
}

six_value six_module_assert_strict(struct six_nodejs *node) {
  six_value assert = six_node_module(node, SIX_MODULE_assert);
  return six_is_exception(assert) ? assert : six_node_getv(node, assert, "strict");
}
