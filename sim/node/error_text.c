// node: how errors that nobody caught look on stderr: place, source line, caret, the error inspected, Node's version.
#include "sim/node/frames.h"
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

static const struct six_unit *unit_of(struct six_nodejs *node, const char *file) {
  for (uint32_t i = 0; i < node->m->units_count; i++) {
    const struct six_unit *unit = &node->m->units[i];
    if (unit->program && unit->url && !strcmp(unit->url, file)) return unit;
  }
  return NULL;
}

// "file:3\n  throw error;\n  ^\n". Tabs before the caret are kept, other characters become spaces.
static bool add_place(struct six_nodejs *node, const struct place *place, struct six_text *out) {
  const struct six_unit *unit = unit_of(node, place->file);
  if (!unit || !place->line) return false;
  const struct six_source *source = &unit->program->source;
  const char *line = source->bytes, *end = source->bytes + source->length;
  for (uint32_t n = 1; n < place->line && line; n++) {
    const char *next = memchr(line, '\n', (size_t)(end - line));
    line = next ? next + 1 : NULL;
  }
  if (!line) return false;
  const char *stop = memchr(line, '\n', (size_t)(end - line));
  size_t length = (size_t)((stop ? stop : end) - line);
  six_text_addf(out, "%s:%u\n%.*s\n", unit->is_text ? six_nameless_script(node->m) : place->file, place->line, (int)length, line);
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
  if (m->thrown != value || m->thrown_by[0] || m->thrown_unit >= m->units_count || !m->units[m->thrown_unit].program) return false;
  const struct six_unit *unit = &m->units[m->thrown_unit];
  struct six_position position = six_source_position(&unit->program->source, m->thrown_span.start);
  *place = (struct place){strdup(unit->url), position.line, position.column};
  return true;
}

// ---- What it was

static bool inspect_text(struct six_nodejs *node, six_value v, struct six_text *out) {
  struct six_inspect_options options;
  six_inspect_defaults(node->m, &options);
  if (six_is_class(v, SIX_CLASS_ERROR)) {  // inspectWithNoCustomRetry in lib/internal/process/execution.js
    options.custom_inspect = false;
    if (options.depth < 5) options.depth = 5;
  }
  if (six_inspect(node->m, v, &options, out)) return true;
  if (!six_is_terminating(node->m)) six_take_exception(node->m);
  return false;
}

// NULL if its toString throws.
static struct six_string *string_quietly(struct six_machine *m, six_value value) {
  struct six_string *s = six_is_exception(value) || six_is_symbol(value) ? NULL : six_to_string(m, value);
  if (!s && !six_is_symbol(value) && !six_is_terminating(m)) six_take_exception(m);
  return s;
}

// As Node 11 and before did: by its name and message, if it has both, else by its toString.
static void add_as_string(struct six_nodejs *node, six_value value, struct six_text *out) {
  struct six_machine *m = node->m;
  six_value name = six_is_object(value) ? six_node_getv(node, value, "name") : SIX_UNDEFINED;
  six_value message = six_is_object(value) ? six_node_getv(node, value, "message") : SIX_UNDEFINED;
  struct six_string *s;
  if (six_is_undefined(name) || six_is_undefined(message)) {
    s = string_quietly(m, value);
  } else {
    s = string_quietly(m, name);
    if (s) six_add_string(m, s, out);
    six_text_adds(out, ": ");
    s = string_quietly(m, message);
  }
  if (s) six_add_string(m, s, out);
  else six_text_adds(out, "<toString() threw exception>");
  six_text_addc(out, '\n');
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
  int32_t row = six_frames_find(node, "unhandledRejection!");
  if (row >= 0) six_text_adds(&stack, six_frames_row_text(m, row));
  six_define(m, error, SIX_ATOM(m, stack), six_string_from_wtf8(m, stack.bytes, stack.length), SIX_HIDDEN);
  six_text_done(&stack);
  six_define(m, error, SIX_ATOM(m, code), six_str(m, "ERR_UNHANDLED_REJECTION"), SIX_DATA_ALL);
  return six_object_value(error);
}

enum { LINES_MAX = 64 };

static int split(const char *text, const char **lines, size_t *lengths) {
  int count = 0;
  while (text && *text && count < LINES_MAX) {
    const char *end = strchr(text, '\n');
    lines[count] = text;
    lengths[count++] = end ? (size_t)(end - text) : strlen(text);
    text = end ? end + 1 : NULL;
  }
  return count;
}

// Adds the lines of `frames` that `out` does not have already: a run of more than three is shortened.
static void add_folded(struct six_nodejs *node, const char *frames, struct six_text *out) {
  const char *a[LINES_MAX], *b[LINES_MAX];
  size_t a_length[LINES_MAX], b_length[LINES_MAX];
  char *known = strdup(out->bytes);
  int a_count = split(frames, a, a_length), b_count = split(strchr(known, '\n'), b, b_length), start = a_count, run = 0;
  for (int i = 0; i + 3 < a_count && run <= 3; i++) {
    int at = 0;
    while (at < b_count && (b_length[at] != a_length[i] || memcmp(b[at], a[i], a_length[i]))) at++;
    if (b_count - at <= 3) continue;
    for (run = 1; i + run < a_count && at + run < b_count; run++)
      if (a_length[i + run] != b_length[at + run] || memcmp(a[i + run], b[at + run], a_length[i + run])) break;
    start = i;
  }
  if (run <= 3 || !node->rules->cell[SIX_RULE_EMITTED_AT_FOLDS]) start = a_count;
  for (int i = 0; i < a_count; i++) {
    if (i == start + 1) {
      six_text_adds(out, "\n    [... lines matching original stack trace ...]");
      i = start + run - 2;
      continue;
    }
    six_text_addc(out, '\n');
    six_text_add(out, a[i], a_length[i]);
  }
  free(known);
}

// An error event that nobody listened to: where it was emitted goes below the stack.
static void add_emitted(struct six_nodejs *node, six_value error) {
  struct six_machine *m = node->m;
  if (!six_is_object(node->roots[SIX_ROOT_EMITTED_ERROR]) || node->roots[SIX_ROOT_EMITTED_ERROR] != error) return;
  six_value stack = six_get(m, six_as_object(error), SIX_ATOM(m, stack));
  if (!six_is_string(stack)) return;
  struct six_text own = {0}, at = {0};
  six_add_string(m, six_as_string(stack), &own);
  six_add_string(m, six_as_string(node->roots[SIX_ROOT_EMITTED_AT]), &at);
  char *line = strchr(at.bytes + 1, '\n');
  size_t head = line ? (size_t)(line - at.bytes) : at.length;
  six_text_add(&own, at.bytes, head);
  if (line) add_folded(node, line + 1, &own);
  six_define(m, six_as_object(error), SIX_ATOM(m, stack), six_string_from_wtf8(m, own.bytes, own.length), SIX_HIDDEN);
  six_text_done(&own);
  six_text_done(&at);
}

static bool is_unhandled_rejection(struct six_nodejs *node, six_value error) {
  if (!six_is_class(error, SIX_CLASS_ERROR)) return false;
  six_value *code = six_own_slot(node->m, six_as_object(error), SIX_ATOM(node->m, code));
  return code && six_is_string(*code) && six_string_equals_ascii(node->m, six_as_string(*code), "ERR_UNHANDLED_REJECTION");
}

static const char *head_of_key(struct six_nodejs *node, const char *name) {
  char key[64];
  snprintf(key, sizeof key, "%s!", name);
  return six_frames_head(six_frames_find(node, key));
}

// Where the text stands that could not be read, if that is what the error tells: it remembers the place itself.
static const char *parse_place(const struct six_machine *m, six_value error) { return m->parse_error == error ? m->parse_place : NULL; }

// The line of Node's own code that threw the error; NULL: the program did.
static const char *thrown_head(struct six_nodejs *node, six_value error) {
  const struct six_machine *m = node->m;
  if (six_is_object(error) && node->roots[SIX_ROOT_EMITTED_ERROR] == error) return six_frames_head(six_frames_find(node, "emit!er"));
  if (m->thrown != error) return NULL;
  if (m->thrown_by_native && parse_place(m, error)) return m->parse_place;  // else the program threw it again
  if (m->thrown_by[0]) return head_of_key(node, m->thrown_by);
  return m->thrown_by_native && node->head_error == error ? six_frames_head(node->head_row) : NULL;
}

// The stack's text: true with the place of its innermost frame, if that is in a file of the program.
static bool place_of_error(struct six_nodejs *node, six_value error, struct place *place) {
  struct six_machine *m = node->m;
  six_value stack = six_get(m, six_as_object(error), SIX_ATOM(m, stack));
  if (six_is_exception(stack) && !six_is_terminating(m)) six_take_exception(m);
  if (!six_is_string(stack)) return false;
  struct six_text text = {0};
  six_add_string(m, six_as_string(stack), &text);
  bool found = text.bytes && place_of_stack(text.bytes, text.length, place);
  six_text_done(&text);
  return found;
}

static void format_error(struct six_nodejs *node, six_value error, bool is_rejection, struct six_text *out) {
  struct place place = {0};
  const char *head = is_rejection ? NULL : thrown_head(node, error);
  if (is_rejection) head = parse_place(node->m, error);
  if (is_rejection && !head) head = six_frames_head(six_error_host_row(node->m, six_as_object(error)));
  if (is_unhandled_rejection(node, error)) head = head_of_key(node, "unhandledRejection");
  bool found = !head && ((!is_rejection && thrown_place(node, error, &place)) || place_of_error(node, error, &place));
  if (!(found && add_place(node, &place, out))) {
    if (!head) head = head_of_key(node, "rejection");
    six_text_adds(out, head ? head : "Uncaught:");
  }
  six_text_addc(out, '\n');
  free(place.file);
  add_emitted(node, error);
  inspect_text(node, error, out);
  six_text_addc(out, '\n');
}

static void format_other(struct six_nodejs *node, six_value value, struct six_text *out) {
  struct place place = {0};
  const char *head = thrown_head(node, value);
  six_text_addc(out, '\n');
  if (head) six_text_adds(out, head);
  else if (!thrown_place(node, value, &place) || !add_place(node, &place, out)) six_text_adds(out, "Uncaught:\n");
  free(place.file);
  if (!node->rules->cell[SIX_RULE_UNCAUGHT_VALUE_INSPECTED]) {
    add_as_string(node, value, out);
    return;
  }
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
  if (six_is_class(error, SIX_CLASS_ERROR)) format_error(node, error, is_rejection, out);
  else format_other(node, error, out);
  add_version(node, out);
  six_roots_release(node->m, roots);
}
