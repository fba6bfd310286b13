// node: how errors that nobody caught look on stderr: place, source line, caret, the error inspected, Node's version.
#include "sim/node/inspect.h"
#include "sim/node/node_errors.h"

#include <stdio.h>
#include <stdlib.h>

// ---- Where it happened

struct place {
  char *file;  // as stack traces show it
  uint32_t line, column;
};

// Reads "file:line:col" at the end of a stack frame's line. false: the frame has none.
static bool read_place(const char *line, size_t length, struct place *place) {
  while (length && (line[length - 1] == ')' || line[length - 1] == ' ')) length--;
  size_t start = 0;
  for (size_t i = 0; i < length; i++)
    if (line[i] == '(') start = i + 1;
  if (!start && length > 7 && !memcmp(line, "    at ", 7)) start = 7;
  if (length - start > 6 && !memcmp(line + start, "async ", 6)) start += 6;
  uint32_t numbers[2] = {0};
  size_t end = length;
  for (int i = 1; i >= 0; i--) {
    uint32_t scale = 1;
    size_t at = end;
    while (at > start && line[at - 1] >= '0' && line[at - 1] <= '9') {
      numbers[i] += (uint32_t)(line[--at] - '0') * scale;
      scale *= 10;
    }
    if (at == end || at <= start || line[at - 1] != ':') return false;
    end = at - 1;
  }
  place->file = strndup(line + start, end - start);
  place->line = numbers[0];
  place->column = numbers[1];
  return true;
}

// The place of the innermost frame of a stack's text.
static bool place_of_stack(const char *stack, size_t length, struct place *place) {
  const char *end = stack + length;
  for (const char *at = stack; at && at < end;) {
    const char *next = memchr(at, '\n', (size_t)(end - at));
    size_t size = (size_t)((next ? next : end) - at);
    if (size > 7 && !memcmp(at, "    at ", 7)) return read_place(at, size, place);
    at = next ? next + 1 : NULL;
  }
  return false;
}

static const struct six_source *source_of(struct six_nodejs *node, const char *file) {
  for (uint32_t i = 0; i < node->m->units_count; i++) {
    const struct six_unit *unit = &node->m->units[i];
    if (unit->program && unit->url && !strcmp(unit->url, file)) return &unit->program->source;
  }
  return NULL;
}

// "file:3\n  throw error;\n  ^\n". Tabs before the caret are kept, other characters become spaces.
static bool add_place(struct six_nodejs *node, const struct place *place, struct six_text *out) {
  const struct six_source *source = source_of(node, place->file);
  if (!source || !place->line) return false;
  const char *line = source->bytes, *end = source->bytes + source->length;
  for (uint32_t n = 1; n < place->line && line; n++) {
    const char *next = memchr(line, '\n', (size_t)(end - line));
    line = next ? next + 1 : NULL;
  }
  if (!line) return false;
  const char *stop = memchr(line, '\n', (size_t)(end - line));
  size_t length = (size_t)((stop ? stop : end) - line);
  six_text_addf(out, "%s:%u\n%.*s\n", place->file, place->line, (int)length, line);
  uint32_t column = 1;
  for (size_t i = 0; i < length && column < place->column;) {
    uint32_t c;
    i += six_utf8_decode(line + i, length - i, &c);
    six_text_addc(out, c == '\t' ? '\t' : ' ');
    column += c > 0xFFFF ? 2 : 1;
  }
  six_text_adds(out, "^\n");
  return true;
}

// Where the value was thrown, unless it was thrown by nobody (a rejection).
static bool thrown_place(struct six_nodejs *node, six_value value, struct place *place) {
  const struct six_machine *m = node->m;
  if (m->thrown != value || m->thrown_unit >= m->units_count || !m->units[m->thrown_unit].program) return false;
  const struct six_unit *unit = &m->units[m->thrown_unit];
  struct six_position position = six_source_position(&unit->program->source, m->thrown_span.start);
  *place = (struct place){strdup(unit->url), position.line, position.column};
  return true;
}

// ---- What it was

static bool inspect_text(struct six_nodejs *node, six_value v, struct six_text *out) {
  struct six_inspect_options options;
  six_inspect_defaults(node->m, &options);
  if (six_inspect(node->m, v, &options, out)) return true;
  if (!six_is_terminating(node->m)) six_take_exception(node->m);
  return false;
}

static void add_primitive(struct six_nodejs *node, six_value v, struct six_text *out) {
  if (six_is_symbol(v)) return;  // V8 has no text for it here
  struct six_string *s = six_to_string(node->m, v);
  if (s) six_add_string(node->m, s, out);
}

static void add_version(struct six_nodejs *node, struct six_text *out) {
  if (node->rules->major < 17) return;
  struct six_text version = {0};
  six_value process = six_node_process(node);
  six_value v = six_is_exception(process) ? process : six_node_getv(node, process, "version");
  if (six_is_string(v)) six_add_string(node->m, six_as_string(v), &version);
  else six_text_addf(&version, "v%d", node->rules->major);
  six_text_addf(out, "\nNode.js %s\n", version.bytes);
  six_text_done(&version);
}

void six_node_describe_reason(struct six_nodejs *node, six_value reason, struct six_text *out) {
  if (six_is_string(reason)) six_add_string(node->m, six_as_string(reason), out);
  else six_describe_value(node->m, reason, out);
}

static const char rejection_text[] =
    "This error originated either by throwing inside of an async function without a catch block, or by rejecting a promise which was "
    "not handled with .catch(). The promise rejected with the reason \"";

six_value six_node_unhandled_rejection(struct six_nodejs *node, six_value reason) {
  struct six_machine *m = node->m;
  struct six_text text = {0};
  six_text_adds(&text, rejection_text);
  six_node_describe_reason(node, reason, &text);
  six_text_adds(&text, "\".");
  six_value message = six_string_from_wtf8(m, text.bytes, text.length);
  six_text_done(&text);
  struct six_object *error = six_error_new(m, SIX_I_ErrorPrototype, message);
  six_root(m, six_object_value(error));
  // Its class shows as its name; own but hidden here.
  six_define(m, error, SIX_ATOM(m, name), six_str(m, "UnhandledPromiseRejection"), SIX_HIDDEN);
  struct six_text stack = {0};
  six_text_adds(&stack, "UnhandledPromiseRejection: ");
  six_add_string(m, six_as_string(message), &stack);
  if (node->rules->major >= 20) {
    six_text_adds(&stack,
                  "\n    at throwUnhandledRejectionsMode (node:internal/process/promises:389:7)"
                  "\n    at processPromiseRejections (node:internal/process/promises:470:17)"
                  "\n    at process.processTicksAndRejections (node:internal/process/task_queues:96:32)");
  }
  six_define(m, error, SIX_ATOM(m, stack), six_string_from_wtf8(m, stack.bytes, stack.length), SIX_HIDDEN);
  six_text_done(&stack);
  six_define(m, error, SIX_ATOM(m, code), six_str(m, "ERR_UNHANDLED_REJECTION"), SIX_DATA_ALL);
  return six_object_value(error);
}

static bool is_unhandled_rejection(struct six_nodejs *node, six_value error) {
  if (!six_is_class(error, SIX_CLASS_ERROR)) return false;
  six_value *code = six_own_slot(node->m, six_as_object(error), SIX_ATOM(node->m, code));
  return code && six_is_string(*code) && six_string_equals_ascii(node->m, six_as_string(*code), "ERR_UNHANDLED_REJECTION");
}

static void format_rejection(struct six_nodejs *node, six_value error, struct six_text *out) {
  six_text_adds(out, "node:internal/process/promises:389\n      new UnhandledPromiseRejection(reason);\n      ^\n\n");
  inspect_text(node, error, out);
  six_text_addc(out, '\n');
}

static void format_error(struct six_nodejs *node, six_value error, bool is_rejection, struct six_text *out) {
  struct six_machine *m = node->m;
  struct place place = {0};
  bool found = !is_rejection && thrown_place(node, error, &place);
  if (!found) {
    six_value stack = six_get(m, six_as_object(error), SIX_ATOM(m, stack));
    if (six_is_exception(stack) && !six_is_terminating(m)) six_take_exception(m);
    if (six_is_string(stack)) {
      struct six_text text = {0};
      six_add_string(m, six_as_string(stack), &text);
      found = text.bytes && place_of_stack(text.bytes, text.length, &place);
      six_text_done(&text);
    }
  }
  if (found && add_place(node, &place, out)) six_text_addc(out, '\n');
  else six_text_adds(out, "Uncaught:\n");
  free(place.file);
  inspect_text(node, error, out);
  six_text_addc(out, '\n');
}

static void format_other(struct six_nodejs *node, six_value value, struct six_text *out) {
  struct place place = {0};
  six_text_addc(out, '\n');
  if (!thrown_place(node, value, &place) || !add_place(node, &place, out)) six_text_adds(out, "Uncaught:\n");
  free(place.file);
  if (six_is_object(value)) {
    inspect_text(node, value, out);
    six_text_addc(out, '\n');
    return;
  }
  add_primitive(node, value, out);
  six_text_adds(out, "\n(Use `node --trace-uncaught ...` to show where the exception was thrown)\n");
}

void six_node_format_uncaught(struct six_nodejs *node, six_value error, bool is_rejection, struct six_text *out) {
  size_t roots = six_roots_mark(node->m);
  six_root(node->m, error);
  if (is_unhandled_rejection(node, error)) format_rejection(node, error, out);
  else if (six_is_class(error, SIX_CLASS_ERROR)) format_error(node, error, is_rejection, out);
  else format_other(node, error, out);
  add_version(node, out);
  six_roots_release(node->m, roots);
}

// ---- System errors

static const struct {
  const char *name;
  int number;
  const char *text;
} errnos[] = {{"EACCES", -13, "permission denied"},
              {"EADDRINUSE", -98, "address already in use"},
              {"EAGAIN", -11, "resource temporarily unavailable"},
              {"EBADF", -9, "bad file descriptor"},
              {"EBUSY", -16, "resource busy or locked"},
              {"ECANCELED", -125, "operation canceled"},
              {"ECONNREFUSED", -111, "connection refused"},
              {"ECONNRESET", -104, "connection reset by peer"},
              {"EEXIST", -17, "file already exists"},
              {"EINVAL", -22, "invalid argument"},
              {"EIO", -5, "i/o error"},
              {"EISDIR", -21, "illegal operation on a directory"},
              {"ELOOP", -40, "too many symbolic links encountered"},
              {"EMFILE", -24, "too many open files"},
              {"ENAMETOOLONG", -36, "name too long"},
              {"ENOENT", -2, "no such file or directory"},
              {"ENOMEM", -12, "not enough memory"},
              {"ENOSPC", -28, "no space left on device"},
              {"ENOTDIR", -20, "not a directory"},
              {"ENOTEMPTY", -39, "directory not empty"},
              {"ENOTFOUND", -3008, "unknown node or service"},
              {"ENOTSUP", -95, "operation not supported on socket"},
              {"EPERM", -1, "operation not permitted"},
              {"EPIPE", -32, "broken pipe"},
              {"EROFS", -30, "read-only file system"},
              {"ETIMEDOUT", -110, "connection timed out"},
              {"EXDEV", -18, "cross-device link not permitted"},
              {"EOF", -4095, "end of file"}};

static int errno_row(const char *name) {
  for (size_t i = 0; i < sizeof errnos / sizeof *errnos; i++)
    if (!strcmp(errnos[i].name, name)) return (int)i;
  return -1;
}

int six_errno_number(const char *name) {
  int row = errno_row(name);
  return row < 0 ? 0 : errnos[row].number;
}

const char *six_errno_text(const char *name) {
  int row = errno_row(name);
  return row < 0 ? "unknown error" : errnos[row].text;
}

struct six_object *six_node_system_error(struct six_nodejs *node, const char *code, const char *syscall, const char *path, const char *dest,
                                         bool without_stack) {
  struct six_machine *m = node->m;
  struct six_text text = {0};
  six_text_addf(&text, "%s: %s, %s", code, six_errno_text(code), syscall);
  if (path) six_text_addf(&text, " '%s'", path);
  if (dest) six_text_addf(&text, " -> '%s'", dest);
  struct six_object *error = six_error_new(m, SIX_I_ErrorPrototype, six_string_value(six_string_utf8(m, text.bytes, text.length)));
  if (without_stack) {
    struct six_text stack = {0};
    six_text_addf(&stack, "Error: %s", text.bytes);
    six_define(m, error, SIX_ATOM(m, stack), six_string_value(six_string_utf8(m, stack.bytes, stack.length)), SIX_HIDDEN);
    six_text_done(&stack);
  }
  six_text_done(&text);
  six_put(m, error, "errno", six_int(six_errno_number(code)));
  six_put(m, error, "code", six_str(m, code));
  six_put(m, error, "syscall", six_str(m, syscall));
  if (path) six_put(m, error, "path", six_string_value(six_string_utf8(m, path, strlen(path))));
  if (dest) six_put(m, error, "dest", six_string_value(six_string_utf8(m, dest, strlen(dest))));
  return error;
}
