// process.stdout, stderr and stdin (R150: writes are synchronous).
#include <stdlib.h>
#include <string.h>

#include "sim/machine/builtins/builtin.h"
#include "sim/node/buffer.h"
#include "sim/node/events.h"
#include "sim/node/library.h"

static int fd_of(struct six_nodejs *node, six_value stream) { return stream == node->roots[SIX_ROOT_STDERR] ? 2 : 1; }

static enum six_outcome written(void *context, const struct six_task *task) {  // afterWrite
  struct six_nodejs *node = context;
  six_value argument = task->b;
  return six_node_callback(node, task->a, SIX_UNDEFINED, node->rules->major >= 20 ? 1 : 0, &argument);
}

static six_value itself(struct six_machine *m, const struct six_args *a) {
  (void)m;
  return a->this_value;
}

// A stream's handle and the tick after its first write of a drain have numbers; which of them, in which major, was measured.
static void count_handle(struct six_nodejs *node, int fd) {
  if (node->stdio_ids[fd - 1].used) return;
  node->stdio_ids[fd - 1].used = true;
  six_node_made_resource(node, "PIPEWRAP");
}

void six_stdio_formats(struct six_nodejs *node, int fd) {
  if (node->rules->major < 18 || node->stdio_ids[1].used) return;
  count_handle(node, fd);
  count_handle(node, 2);
}

static void count_tick(struct six_nodejs *node, int fd) {
  struct six_stdio_ids *ids = &node->stdio_ids[fd - 1];
  uint64_t tasks = six_loop_tasks(node->loop) + 1;
  if (ids->counted_in == tasks) return;
  ids->counted_in = tasks;
  uint64_t id = six_node_new_async_id(node);
  if (!node->m->context_used || node->exiting) return;
  six_value nothing = six_object_value(six_native_new(node->m, itself, SIX_ATOM(node->m, empty), 0, SIX_UNDEFINED, SIX_UNDEFINED));
  six_value callback = six_node_as_resource(node, nothing, "TickObject", id, SIX_UNDEFINED);
  if (!six_is_exception(callback)) six_node_tick(node, callback, 0, NULL);
}

// The stream's own tick has no effect but that the next drain is a full one: stacks show it, and Node 11's R90 depends on it.
bool six_stdio_write(struct six_nodejs *node, int fd, const char *bytes, size_t length) {
  six_loop_expect_tick(node->loop);
  if (node->rules->major < 22) six_stdio_formats(node, fd);
  count_handle(node, fd);
  bool good = six_node_write(node, fd, bytes, length);
  count_tick(node, fd);
  return good;
}

static bool write_chunk(struct six_nodejs *node, int fd, six_value chunk) {
  struct six_machine *m = node->m;
  uint8_t *bytes;
  size_t length;
  if (six_is_string(chunk)) {
    struct six_text text = {0};
    six_string_to_utf8(m, six_string_flat(m, six_as_string(chunk)), &text);
    bool ok = six_stdio_write(node, fd, text.bytes ? text.bytes : "", text.length);
    six_text_done(&text);
    return ok;
  }
  if (six_buffer_bytes(chunk, &bytes, &length)) return six_stdio_write(node, fd, (const char *)bytes, length);
  if (six_is_null(chunk)) {
    six_node_throw(node, SIX_I_TypeErrorPrototype, "ERR_STREAM_NULL_VALUES", "May not write null values to stream");
    return false;
  }
  six_node_throw_arg_type(node, "chunk",
                          node->rules->major >= 20 ? "of type string or an instance of Buffer, TypedArray, or DataView"
                                                   : "of type string or an instance of Buffer or Uint8Array",
                          chunk);
  return false;
}

static six_value stream_write(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  if (!write_chunk(node, fd_of(node, a->this_value), six_arg(a, 0))) return SIX_EXCEPTION;
  six_value callback = six_is_callable(six_arg(a, 1)) ? six_arg(a, 1) : six_arg(a, 2);
  if (six_is_callable(callback)) six_node_tick_native(node, written, callback, SIX_NULL, 0);
  return SIX_TRUE;
}

static six_value stream_end(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  int i = 0;
  if (a->argc > 0 && !six_is_callable(a->argv[0]) && !six_is_nullish(a->argv[0])) {
    if (!write_chunk(node, fd_of(node, a->this_value), a->argv[0])) return SIX_EXCEPTION;
  }
  while (i < a->argc && !six_is_callable(a->argv[i])) i++;
  if (i < a->argc) six_node_tick_native(node, written, a->argv[i], SIX_UNDEFINED, 0);
  return a->this_value;
}

static six_value yes_with_callback(struct six_machine *m, const struct six_args *a) {  // clearLine, cursorTo, ...
  struct six_nodejs *node = six_node_of(m);
  for (int i = 0; i < a->argc; i++)
    if (six_is_callable(a->argv[i])) six_node_tick_native(node, written, a->argv[i], SIX_NULL, 0);
  return SIX_TRUE;
}

static six_value no(struct six_machine *m, const struct six_args *a) {
  (void)m;
  (void)a;
  return SIX_FALSE;
}

static six_value one(struct six_machine *m, const struct six_args *a) {
  (void)m;
  (void)a;
  return six_int(1);
}

static const struct six_native_def methods[] = {
    {"write", stream_write, 3, 0}, {"end", stream_end, 3, 0},     {"cork", itself, 0, 0},
    {"uncork", itself, 0, 0},      {"ref", itself, 0, 0},         {"unref", itself, 0, 0},
    {"destroy", itself, 0, 0},     {"destroySoon", itself, 0, 0}, {"setDefaultEncoding", itself, 1, 0},
    {"setEncoding", itself, 1, 0}, {"hasColors", no, 0, 0},       {"getColorDepth", one, 0, 0},
};
static const struct six_native_def terminal_methods[] = {
    {"clearLine", yes_with_callback, 2, 0},
    {"clearScreenDown", yes_with_callback, 1, 0},
    {"cursorTo", yes_with_callback, 3, 0},
    {"moveCursor", yes_with_callback, 3, 0},
};

static struct six_object *make_output(struct six_nodejs *node, int fd) {
  struct six_machine *m = node->m;
  struct six_object *prototype = six_object_new(m, six_events_prototype(node));
  six_root(m, six_object_value(prototype));
  six_constructor_new(m, node->world->terminal ? "WriteStream" : "Socket", itself, 1, prototype);
  six_define_natives(m, prototype, methods, SIX_COUNT(methods));
  if (node->world->terminal) six_define_natives(m, prototype, terminal_methods, SIX_COUNT(terminal_methods));
  struct six_object *stream = six_object_new(m, prototype);
  six_root(m, six_object_value(stream));
  if (!six_events_init(node, stream, SIX_UNDEFINED)) return NULL;
  six_put(m, stream, "_type", six_str(m, node->world->terminal ? "tty" : "pipe"));
  six_put(m, stream, "fd", six_int(fd));
  six_put(m, stream, "_isStdio", SIX_TRUE);
  six_put(m, stream, "writable", SIX_TRUE);
  six_put(m, stream, "writableHighWaterMark", six_int(16384));
  six_put(m, stream, "writableLength", six_int(0));
  six_put(m, stream, "writableObjectMode", SIX_FALSE);
  six_put(m, stream, "writableEnded", SIX_FALSE);
  six_put(m, stream, "writableFinished", SIX_FALSE);
  six_put(m, stream, "writableNeedDrain", SIX_FALSE);
  six_put(m, stream, "destroyed", SIX_FALSE);
  if (node->world->terminal) {
    six_put(m, stream, "isTTY", SIX_TRUE);
    six_put(m, stream, "columns", six_int(80));
    six_put(m, stream, "rows", six_int(24));
  }
  return stream;
}

static six_value make_input(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  six_value chunk = node->world->input_length ? six_buffer_new(node, node->world->input, node->world->input_length) : SIX_NULL;
  if (six_is_exception(chunk)) return chunk;
  six_root(m, chunk);
  six_value make = six_library_get(node, SIX_LIBRARY_stdin, "make");
  six_value stream = six_is_exception(make) ? make : six_call(m, make, SIX_UNDEFINED, 1, &chunk);
  if (six_is_exception(stream)) return stream;
  six_root(m, stream);
  six_put(m, six_as_object(stream), "fd", six_int(0));
  static const struct six_native_def more[] = {{"ref", itself, 0, 0}, {"unref", itself, 0, 0}, {"setRawMode", itself, 1, 0}};
  six_define_natives(m, six_as_object(stream), more, SIX_COUNT(more));
  return stream;
}

six_value six_node_stream(struct six_nodejs *node, int fd) {
  six_value *slot = &node->roots[fd == 0 ? SIX_ROOT_STDIN : fd == 1 ? SIX_ROOT_STDOUT : SIX_ROOT_STDERR];
  if (six_is_object(*slot)) return *slot;
  size_t roots = six_roots_mark(node->m);
  struct six_object *output = fd > 0 ? make_output(node, fd) : NULL;
  six_value stream = fd == 0 ? make_input(node) : output ? six_object_value(output) : SIX_EXCEPTION;
  if (!six_is_exception(stream)) *slot = stream;
  six_roots_release(node->m, roots);
  return stream;
}
