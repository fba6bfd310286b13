// node: util.inspect of errors: the stack with its name mended, without what the properties say again.
#include "sim/node/inspect_parts.h"

#include "sim/node/node.h"

static bool is_error_value(struct six_inspector *ctx, six_value v) {
  if (!six_is_object(v)) return false;
  if (six_is_class(v, SIX_CLASS_ERROR)) return true;
  struct six_object *error = ctx->m->intrinsics[SIX_I_ErrorPrototype];
  struct six_object *at = six_as_object(v);
  while (error && at && at->cell.class_ != SIX_CLASS_PROXY) {
    if (at == error) return true;
    at = six_get_prototype(ctx->m, at);
  }
  return false;
}

static bool text_of(struct six_inspector *ctx, six_value v, struct six_piece *out) {  // String(v)
  if (six_is_exception(v)) return false;
  if (six_is_symbol(v)) {
    *out = six_format_primitive(ctx, v, false);
    return true;
  }
  struct six_string *s = six_to_string(ctx->m, v);
  if (!s) return false;
  *out = six_piece_string(ctx, s);
  return true;
}

// error.stack, or what Error.prototype.toString says without one.
static bool stack_of(struct six_inspector *ctx, struct six_object *o, struct six_piece *out) {
  struct six_machine *m = ctx->m;
  six_value stack = six_get(m, o, SIX_ATOM(m, stack));
  if (six_is_exception(stack)) return false;
  if (six_to_boolean(stack)) return text_of(ctx, stack, out);
  six_value to_string = six_get(m, six_intrinsic(m, SIX_I_ErrorPrototype), SIX_ATOM(m, toString));
  if (six_is_exception(to_string)) return false;
  return text_of(ctx, six_call(m, to_string, six_object_value(o), 0, NULL), out);
}

static bool has_key(const struct six_values *keys, six_key key) {
  for (uint32_t i = 0; i < keys->count; i++)
    if (keys->items[i] == key) return true;
  return false;
}

// Enumerable name, message and stack are dropped when the stack's text has them.
static bool remove_duplicate_keys(struct six_inspector *ctx, struct six_object *o, struct six_values *keys, struct six_piece stack) {
  struct six_machine *m = ctx->m;
  if (ctx->o.show_hidden || !keys->count) return true;
  const six_key names[] = {SIX_ATOM(m, name), SIX_ATOM(m, message), SIX_ATOM(m, stack)};
  for (int i = 0; i < 3; i++) {
    if (!has_key(keys, names[i])) continue;
    six_value v = six_get(m, o, names[i]);
    struct six_string *s = six_is_exception(v) ? NULL : six_to_string(m, v);  // a symbol throws, as in Node
    if (!s) return false;
    struct six_piece text = six_piece_string(ctx, s);
    if (six_piece_find(stack, text, 0) < 0) continue;
    uint32_t n = 0;
    for (uint32_t j = 0; j < keys->count; j++)
      if (keys->items[j] != names[i]) keys->items[n++] = keys->items[j];
    keys->count = n;
  }
  return true;
}

static struct six_values *with_key(struct six_machine *m, struct six_values *keys, six_key key) {
  six_values_push(m, &keys, key);
  six_root(m, six_tagged(SIX_TAG_OBJECT, keys));
  return keys;
}

static bool add_hidden_keys(struct six_inspector *ctx, struct six_object *o, struct six_values **keys) {
  struct six_machine *m = ctx->m;
  int has_cause = six_has_property(m, o, SIX_ATOM(m, cause));
  if (has_cause < 0) return false;
  if (has_cause && !has_key(*keys, SIX_ATOM(m, cause))) *keys = with_key(m, *keys, SIX_ATOM(m, cause));
  six_value errors = six_get(m, o, SIX_ATOM(m, errors));
  if (six_is_exception(errors)) return false;
  int is_array = six_is_array(m, errors);
  if (is_array < 0) return false;
  if (is_array && !has_key(*keys, SIX_ATOM(m, errors))) *keys = with_key(m, *keys, SIX_ATOM(m, errors));
  return true;
}

static bool starts_with(struct six_piece p, struct six_piece with) {
  return p.length >= with.length && !memcmp(p.bytes, with.bytes, with.length);
}

static bool is_in(char c, const char *more) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr(more, c));
}

// The name at the head of a stack of an error without a prototype: "[A-Z][a-z_ A-Z0-9[\]()-]+" before ":" or "\n    at",
// or a line "...Error".
static uint32_t head_name(struct six_piece stack) {
  uint32_t n = 0;
  if (stack.length && stack.bytes[0] >= 'A' && stack.bytes[0] <= 'Z') {
    n = 1;
    while (n < stack.length && is_in(stack.bytes[n], "_ []()-")) n++;
    if (n > 1 && n < stack.length && stack.bytes[n] == ':') return n;
    if (n > 1 && stack.length - n >= 7 && !memcmp(stack.bytes + n, "\n    at", 7)) return n;
  }
  for (n = 0; n < stack.length && is_in(stack.bytes[n], "_-");) n++;
  return n == stack.length && n >= 5 && !memcmp(stack.bytes + n - 5, "Error", 5) ? n : 0;
}

// The class's name instead of `name` where the stack only has the latter: "Foo [bar]: message" and the like.
static struct six_piece improve_stack(struct six_inspector *ctx, struct six_piece stack, struct six_piece name,
                                      const struct six_prefix_names *names) {
  uint32_t length = name.length;
  bool regular = length >= 5 && !memcmp(name.bytes + length - 5, "Error", 5) && starts_with(stack, name) &&
                 (stack.length == length || stack.bytes[length] == ':' || stack.bytes[length] == '\n');
  if (!names->null_prototype && !regular) return stack;
  struct six_piece fallback = six_piece_ascii("Error");
  if (names->null_prototype) {
    length = head_name(stack);
    if (length) fallback = six_piece_slice(stack, 0, length);
  }
  struct six_piece prefix = six_prefix(ctx, names, fallback, six_piece_ascii(""));
  prefix = six_piece_slice(prefix, 0, prefix.length - 1);
  if (six_piece_same(name, prefix)) return stack;
  struct six_piece rest = six_piece_slice(stack, length, stack.length);
  if (six_piece_find(prefix, name, 0) >= 0) {
    if (!length) return six_piece_join(ctx, 3, (struct six_piece[]){prefix, six_piece_ascii(": "), stack});
    return six_piece_join(ctx, 2, (struct six_piece[]){prefix, rest});
  }
  return six_piece_join(ctx, 5, (struct six_piece[]){prefix, six_piece_ascii(" ["), name, six_piece_ascii("]"), rest});
}

static struct six_pieces lines_of(struct six_inspector *ctx, struct six_piece text) {
  struct six_pieces lines = {0};
  for (uint32_t i = 0;;) {
    const char *end = i < text.length ? memchr(text.bytes + i, '\n', text.length - i) : NULL;
    uint32_t stop = end ? (uint32_t)(end - text.bytes) : text.length;
    six_pieces_push(ctx, &lines, six_piece_slice(text, i, stop));
    if (!end) return lines;
    i = stop + 1;
  }
}

// The longest run of more than three frames of `a` that the cause's frames have too.
static uint32_t identical_range(const struct six_pieces *a, const struct six_pieces *b, uint32_t *offset) {
  for (uint32_t i = 0; i + 3 < a->count; i++) {
    uint32_t at = 0;
    while (at < b->count && !six_piece_same(b->items[at], a->items[i])) at++;
    if (at == b->count || b->count - at <= 3) continue;
    uint32_t most = a->count - i < b->count - at ? a->count - i : b->count - at, length = 1;
    while (length < most && six_piece_same(a->items[i + length], b->items[at + length])) length++;
    if (length > 3) {
      *offset = i;
      return length;
    }
  }
  return 0;
}

static bool fold_frames(struct six_inspector *ctx, struct six_object *o, struct six_pieces *lines) {
  struct six_machine *m = ctx->m;
  six_value cause = six_get(m, o, SIX_ATOM(m, cause));
  if (six_is_exception(cause)) {
    if (six_is_terminating(m)) return false;
    six_take_exception(m);
    return true;
  }
  if (!is_error_value(ctx, cause)) return true;
  six_root(m, cause);
  struct six_piece stack;
  if (!stack_of(ctx, six_as_object(cause), &stack)) return false;
  int64_t start = six_piece_find(stack, six_piece_ascii("\n    at"), 0);
  if (start < 0) return true;
  struct six_pieces frames = lines_of(ctx, six_piece_slice(stack, (uint32_t)start + 1, stack.length));
  uint32_t offset = 0, length = identical_range(lines, &frames, &offset);
  if (!length) return true;
  uint32_t skipped = length - 2;
  lines->items[offset + 1] =
      six_stylize(ctx, six_piecef(ctx, "    ... %u lines matching cause stack trace ...", skipped), SIX_STYLE_UNDEFINED);
  for (uint32_t i = offset + 1 + skipped; i < lines->count; i++) lines->items[i - skipped + 1] = lines->items[i];
  lines->count -= skipped - 1;
  return true;
}

// In colour, frames of Node itself are grey, and so is the working directory.
static void add_frame(struct six_inspector *ctx, struct six_buf *b, struct six_piece line) {
  struct six_piece cwd = six_piece_ascii("/home/user/");
  int64_t at = six_piece_find(line, cwd, 0);
  six_buf_adds(ctx, b, "\n");
  if (!ctx->o.colors) {
    six_buf_piece_add(ctx, b, line);
  } else if (six_piece_find(line, six_piece_ascii("(node:"), 0) >= 0 || six_piece_find(line, six_piece_ascii("at node:"), 0) >= 0) {
    six_buf_piece_add(ctx, b, six_stylize(ctx, line, SIX_STYLE_UNDEFINED));
  } else if (at >= 0) {
    uint32_t start = (uint32_t)at;
    if (start >= 7 && !memcmp(line.bytes + start - 7, "file://", 7)) start -= 7;
    bool bracket = start > 0 && line.bytes[start - 1] == '(' && line.bytes[line.length - 1] == ')';
    if (start > 0 && line.bytes[start - 1] == '(') start--;
    uint32_t end = (uint32_t)at + cwd.length;
    six_buf_add(ctx, b, line.bytes, start);
    six_buf_piece_add(ctx, b, six_stylize(ctx, six_piece_slice(line, start, end), SIX_STYLE_UNDEFINED));
    six_buf_add(ctx, b, line.bytes + end, line.length - end - (bracket ? 1 : 0));
    if (bracket) six_buf_piece_add(ctx, b, six_stylize(ctx, six_piece_ascii(")"), SIX_STYLE_UNDEFINED));
  } else {
    six_buf_piece_add(ctx, b, line);
  }
}

// Whether an error without frames stands in brackets (R160).
static bool brackets(const struct six_inspector *ctx) {
  int32_t rule = ctx->m->rules->cell[SIX_RULE_INSPECT_ERROR_BRACKETS];
  return rule == 2 || (rule == 1 && ctx->indentation == 0);
}

bool six_error_base(struct six_inspector *ctx, struct six_object *o, const struct six_prefix_names *names, struct six_values **keys,
                    struct six_piece *out) {
  struct six_machine *m = ctx->m;
  six_value name_value = six_get(m, o, SIX_ATOM(m, name));
  if (six_is_exception(name_value)) return false;
  struct six_piece name = six_piece_ascii("Error"), stack;
  if (!six_is_nullish(name_value) && !text_of(ctx, name_value, &name)) return false;
  if (!stack_of(ctx, o, &stack)) return false;
  if (!remove_duplicate_keys(ctx, o, *keys, stack) || !add_hidden_keys(ctx, o, keys)) return false;
  stack = improve_stack(ctx, stack, name, names);
  six_value message_value = six_get(m, o, SIX_ATOM(m, message));
  if (six_is_exception(message_value)) return false;
  uint32_t from = 0;
  if (!six_is_string(message_value) && six_to_boolean(message_value) && !six_to_string(m, message_value)) return false;
  if (six_is_string(message_value) && six_as_string(message_value)->length) {
    struct six_piece message = six_piece_string(ctx, six_as_string(message_value));
    int64_t at = six_piece_find(stack, message, 0);
    if (at > 0) from = (uint32_t)at + message.length;
  }
  int64_t start = six_piece_find(stack, six_piece_ascii("\n    at"), from);
  if (start < 0 && brackets(ctx)) {
    stack = six_piece_join(ctx, 3, (struct six_piece[]){six_piece_ascii("["), stack, six_piece_ascii("]")});
  } else if (start >= 0) {
    struct six_pieces lines = lines_of(ctx, six_piece_slice(stack, (uint32_t)start + 1, stack.length));
    if (!fold_frames(ctx, o, &lines)) return false;
    struct six_buf b = {0};
    six_buf_add(ctx, &b, stack.bytes, (size_t)start);
    for (uint32_t i = 0; i < lines.count; i++) add_frame(ctx, &b, lines.items[i]);
    stack = six_buf_piece(&b);
  }
  *out = ctx->m->rules->cell[SIX_RULE_INSPECT_ERROR_BRACKETS] ? six_indent_lines(ctx, stack, ctx->indentation) : stack;
  return true;
}
