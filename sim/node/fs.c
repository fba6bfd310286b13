// The module fs in its three styles: fs.xSync performs at once (R104), fs.x calls back from the poll phase (R101 R102), and
// fs.promises.x settles a promise some jobs after that (R103). One table has a row per function.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/machine/builtins/builtin.h"
#include "sim/node/frames.h"
#include "sim/node/events.h"
#include "sim/node/fs_request.h"
#include "sim/node/library.h"

enum style { SYNC, CALLBACK, PROMISE, STYLES };
enum job_class { JOBS_PLAIN, JOBS_STAT, JOBS_OPEN, JOBS_FILE, JOBS_APPEND, JOBS_RM };
enum { IN_CALLBACK = 1, IN_SYNC = 2, IN_PROMISE = 4, IN_HANDLE = 8, EVERYWHERE = 7 };

// What a function takes, a letter per argument: p path, q second path, d descriptor, F path or descriptor, m mode, f flags,
// o options (encoding, flag, mode), b data, l length, t time, k mkdir's options, r rm's options, e readdir's options,
// R read's rest, W write's rest.
static const struct row {
  const char *name, *takes;
  uint8_t op, length, jobs, styles;
  const char *first, *second;  // names of its paths in messages
} rows[] = {
    {"access", "pm", SIX_FS_ACCESS, 3, JOBS_PLAIN, EVERYWHERE, "path", NULL},
    {"appendFile", "Fbo", SIX_FS_WRITE_FILE, 4, JOBS_APPEND, EVERYWHERE, "path", NULL},
    {"chmod", "pm", SIX_FS_CHMOD, 3, JOBS_PLAIN, EVERYWHERE, "path", NULL},
    {"chown", "p", SIX_FS_ACCESS, 4, JOBS_PLAIN, EVERYWHERE, "path", NULL},
    {"close", "d", SIX_FS_CLOSE, 2, JOBS_PLAIN, IN_CALLBACK | IN_SYNC, NULL, NULL},
    {"copyFile", "pqm", SIX_FS_COPY, 4, JOBS_PLAIN, EVERYWHERE, "src", "dest"},
    {"exists", "p", SIX_FS_EXISTS, 2, JOBS_PLAIN, IN_CALLBACK | IN_SYNC, "path", NULL},
    {"fchmod", "dm", SIX_FS_CHMOD, 3, JOBS_PLAIN, IN_CALLBACK | IN_SYNC, NULL, NULL},
    {"fdatasync", "d", SIX_FS_NOTHING, 2, JOBS_PLAIN, IN_CALLBACK | IN_SYNC, NULL, NULL},
    {"fstat", "do", SIX_FS_FSTAT, 3, JOBS_STAT, IN_CALLBACK | IN_SYNC, NULL, NULL},
    {"fsync", "d", SIX_FS_NOTHING, 2, JOBS_PLAIN, IN_CALLBACK | IN_SYNC, NULL, NULL},
    {"ftruncate", "dl", SIX_FS_FTRUNCATE, 3, JOBS_PLAIN, IN_CALLBACK | IN_SYNC, NULL, NULL},
    {"futimes", "dtt", SIX_FS_UTIMES, 4, JOBS_PLAIN, IN_CALLBACK | IN_SYNC, NULL, NULL},
    {"link", "pq", SIX_FS_LINK, 3, JOBS_PLAIN, EVERYWHERE, "existingPath", "newPath"},
    {"lstat", "po", SIX_FS_LSTAT, 3, JOBS_STAT, EVERYWHERE, "path", NULL},
    {"mkdir", "pk", SIX_FS_MKDIR, 3, JOBS_PLAIN, EVERYWHERE, "path", NULL},
    {"mkdtemp", "po", SIX_FS_MKDTEMP, 3, JOBS_PLAIN, EVERYWHERE, "prefix", NULL},
    {"open", "pfm", SIX_FS_OPEN, 4, JOBS_OPEN, EVERYWHERE, "path", NULL},
    {"readdir", "pe", SIX_FS_READDIR, 3, JOBS_OPEN, EVERYWHERE, "path", NULL},
    {"read", "dR", SIX_FS_READ, 6, JOBS_PLAIN, IN_CALLBACK | IN_SYNC, NULL, NULL},
    {"readFile", "Fo", SIX_FS_READ_FILE, 3, JOBS_FILE, EVERYWHERE, "path", NULL},
    {"readlink", "po", SIX_FS_READLINK, 3, JOBS_PLAIN, EVERYWHERE, "path", NULL},
    {"realpath", "po", SIX_FS_REALPATH, 3, JOBS_PLAIN, EVERYWHERE, "path", NULL},
    {"rename", "pq", SIX_FS_RENAME, 3, JOBS_PLAIN, EVERYWHERE, "oldPath", "newPath"},
    {"rm", "pr", SIX_FS_RM, 3, JOBS_RM, EVERYWHERE, "path", NULL},
    {"rmdir", "pr", SIX_FS_RMDIR, 3, JOBS_PLAIN, EVERYWHERE, "path", NULL},
    {"stat", "po", SIX_FS_STAT, 3, JOBS_STAT, EVERYWHERE, "path", NULL},
    {"symlink", "pq", SIX_FS_SYMLINK, 4, JOBS_PLAIN, EVERYWHERE, "target", "path"},
    {"truncate", "pl", SIX_FS_TRUNCATE, 3, JOBS_PLAIN, EVERYWHERE, "path", NULL},
    {"unlink", "p", SIX_FS_UNLINK, 2, JOBS_PLAIN, EVERYWHERE, "path", NULL},
    {"utimes", "ptt", SIX_FS_UTIMES, 4, JOBS_PLAIN, EVERYWHERE, "path", NULL},
    {"write", "dW", SIX_FS_WRITE, 6, JOBS_PLAIN, IN_CALLBACK | IN_SYNC, NULL, NULL},
    {"writeFile", "Fbo", SIX_FS_WRITE_FILE, 4, JOBS_FILE, EVERYWHERE, "path", NULL},
    // FileHandle's methods; their descriptor comes first.
    {"appendFile", "Fbo", SIX_FS_WRITE_FILE, 2, JOBS_PLAIN, IN_HANDLE, NULL, NULL},
    {"chmod", "dm", SIX_FS_CHMOD, 1, JOBS_PLAIN, IN_HANDLE, NULL, NULL},
    {"datasync", "d", SIX_FS_NOTHING, 0, JOBS_PLAIN, IN_HANDLE, NULL, NULL},
    {"sync", "d", SIX_FS_NOTHING, 0, JOBS_PLAIN, IN_HANDLE, NULL, NULL},
    {"read", "dR", SIX_FS_READ, 4, JOBS_PLAIN, IN_HANDLE, NULL, NULL},
    {"readFile", "Fo", SIX_FS_READ_FILE, 1, JOBS_PLAIN, IN_HANDLE, NULL, NULL},
    {"stat", "do", SIX_FS_FSTAT, 1, JOBS_STAT, IN_HANDLE, NULL, NULL},
    {"truncate", "dl", SIX_FS_FTRUNCATE, 1, JOBS_PLAIN, IN_HANDLE, NULL, NULL},
    {"utimes", "dtt", SIX_FS_UTIMES, 2, JOBS_PLAIN, IN_HANDLE, NULL, NULL},
    {"write", "dW", SIX_FS_WRITE, 4, JOBS_PLAIN, IN_HANDLE, NULL, NULL},
    {"writeFile", "Fbo", SIX_FS_WRITE_FILE, 2, JOBS_PLAIN, IN_HANDLE, NULL, NULL},
    {"close", "d", SIX_FS_CLOSE, 0, JOBS_PLAIN, IN_HANDLE, NULL, NULL},
};

// ---- Arguments

struct call {
  struct six_nodejs *node;
  const struct row *row;
  int argc;
  const six_value *argv;
  struct six_fs_request *request;
  six_value buffer;  // values->items[1]
};

static six_value arg(const struct call *c, int i) { return i < c->argc ? c->argv[i] : SIX_UNDEFINED; }

static bool bad_value(struct call *c, const char *name, const char *reason, six_value v) {
  struct six_text shown = {0};
  six_node_describe_received(c->node, v, &shown);
  const char *text = shown.bytes ? shown.bytes : "";
  // "type string ('x')" is shown as 'x' here.
  const char *open = strchr(text, '(');
  if (strncmp(text, "type ", 5) == 0 && open) {
    six_node_throw(c->node, SIX_I_TypeErrorPrototype, "ERR_INVALID_ARG_VALUE", "The argument '%s' %s. Received %.*s", name, reason,
                   (int)(strlen(open) - 2), open + 1);
  } else {
    six_node_throw(c->node, SIX_I_TypeErrorPrototype, "ERR_INVALID_ARG_VALUE", "The argument '%s' %s. Received %s", name, reason, text);
  }
  six_text_done(&shown);
  return false;
}

static char *decode_url(const char *path) {
  char *out = malloc(strlen(path) + 1), *at = out;
  if (!out) abort();
  for (; *path; path++) {
    unsigned byte;
    if (*path == '%' && sscanf(path + 1, "%2x", &byte) == 1) {
      *at++ = (char)byte;
      path += 2;
    } else {
      *at++ = *path;
    }
  }
  *at = '\0';
  return out;
}

static bool path_arg(struct call *c, six_value v, const char *name, char **path) {
  struct six_nodejs *node = c->node;
  uint8_t *bytes;
  size_t length;
  if (six_is_string(v)) {
    *path = six_node_utf8(node, v, &length);
    if (!*path) return false;
    if (strlen(*path) != length) return bad_value(c, name, "must be a string, Uint8Array, or URL without null bytes", v);
    return true;
  }
  if (six_is_class(v, SIX_CLASS_TYPED_ARRAY) && six_buffer_bytes(v, &bytes, &length)) {
    *path = strndup(bytes ? (char *)bytes : "", length);
    return true;
  }
  if (six_is_object(v) && !six_is_callable(v)) {
    six_value href = six_node_getv(node, v, "href"), pathname = six_is_string(href) ? six_node_getv(node, v, "pathname") : SIX_UNDEFINED;
    if (six_is_exception(href) || six_is_exception(pathname)) return false;
    if (six_is_string(pathname)) {
      char *encoded = six_node_utf8(node, pathname, NULL);
      *path = decode_url(encoded);
      free(encoded);
      return true;
    }
  }
  six_node_throw_arg_type(node, name, "of type string or an instance of Buffer or URL", v);
  return false;
}

static bool descriptor_arg(struct call *c, six_value v) {
  if (!six_is_number(v)) {
    six_node_throw_arg_type(c->node, "fd", "of type number", v);
    return false;
  }
  double number = six_as_number(v);
  if (number != floor(number)) {
    six_node_throw_range(c->node, "fd", "an integer", v);
    return false;
  }
  if (number < 0 || number > 2147483647) {
    six_node_throw_range(c->node, "fd", ">= 0 && <= 2147483647", v);
    return false;
  }
  c->request->fd = (int)number;
  return true;
}

static bool parse_mode(struct call *c, six_value v, int otherwise, int *mode) {
  *mode = otherwise;
  if (six_is_nullish(v) || six_is_callable(v)) return true;
  if (six_is_string(v)) {
    char *text = six_node_utf8(c->node, v, NULL), *end;
    *mode = (int)strtol(text, &end, 8);
    bool ok = *text && !*end;
    free(text);
    return ok || bad_value(c, "mode", "must be a 32-bit unsigned integer or an octal string", v);
  }
  if (!six_is_number(v)) {
    six_node_throw_arg_type(c->node, "mode", "of type number", v);
    return false;
  }
  *mode = (int)six_as_number(v);
  return true;
}

static bool parse_flags(struct call *c, six_value v, const char *otherwise) {
  static const struct {
    const char *name;
    int flags;
  } names[] = {
      {"r", 0},
      {"rs", 0},
      {"sr", 0},
      {"r+", SIX_O_READ_WRITE},
      {"rs+", SIX_O_READ_WRITE},
      {"sr+", SIX_O_READ_WRITE},
      {"w", SIX_O_TRUNCATE | SIX_O_CREATE | SIX_O_WRITE},
      {"wx", SIX_O_TRUNCATE | SIX_O_CREATE | SIX_O_WRITE | SIX_O_EXCLUSIVE},
      {"xw", SIX_O_TRUNCATE | SIX_O_CREATE | SIX_O_WRITE | SIX_O_EXCLUSIVE},
      {"w+", SIX_O_TRUNCATE | SIX_O_CREATE | SIX_O_READ_WRITE},
      {"wx+", SIX_O_TRUNCATE | SIX_O_CREATE | SIX_O_READ_WRITE | SIX_O_EXCLUSIVE},
      {"a", SIX_O_APPEND | SIX_O_CREATE | SIX_O_WRITE},
      {"ax", SIX_O_APPEND | SIX_O_CREATE | SIX_O_WRITE | SIX_O_EXCLUSIVE},
      {"as", SIX_O_APPEND | SIX_O_CREATE | SIX_O_WRITE},
      {"a+", SIX_O_APPEND | SIX_O_CREATE | SIX_O_READ_WRITE},
      {"ax+", SIX_O_APPEND | SIX_O_CREATE | SIX_O_READ_WRITE | SIX_O_EXCLUSIVE},
      {"as+", SIX_O_APPEND | SIX_O_CREATE | SIX_O_READ_WRITE},
  };
  if (six_is_number(v)) {
    c->request->flags = (int)six_as_number(v);
    return true;
  }
  char *given = six_is_string(v) ? six_node_utf8(c->node, v, NULL) : NULL;
  const char *name = given ? given : otherwise;
  bool found = false;
  for (size_t i = 0; !found && i < SIX_COUNT(names); i++) {
    if (strcmp(names[i].name, name) != 0) continue;
    c->request->flags = names[i].flags;
    found = true;
  }
  free(given);
  return (found && (given || six_is_nullish(v) || six_is_callable(v))) || bad_value(c, "flags", "is invalid", v);
}

static bool set_encoding(struct call *c, six_value v) {
  if (six_is_nullish(v)) return true;
  if (six_is_string(v)) {
    struct six_string *s = six_string_flat(c->node->m, six_as_string(v));
    if (s->length == 6 && six_string_equals_ascii(c->node->m, s, "buffer")) {
      c->request->encoding = SIX_ENCODING_NONE;
      return true;
    }
  }
  enum six_encoding encoding = six_encoding_of(c->node, v);
  if (encoding == SIX_ENCODING_NONE) return bad_value(c, "encoding", "is invalid encoding", v);
  c->request->encoding = encoding;
  return true;
}

// An options argument: a string is the encoding. Gives the object to read further options from, or NULL.
static bool options_arg(struct call *c, six_value v, struct six_object **object) {
  *object = NULL;
  if (six_is_nullish(v) || six_is_callable(v)) return true;
  if (six_is_string(v)) return set_encoding(c, v);
  if (!six_is_object(v)) {
    six_node_throw_arg_type(c->node, "options", "one of type string or an instance of Object", v);
    return false;
  }
  *object = six_as_object(v);
  six_value encoding = six_node_getv(c->node, v, "encoding");
  return !six_is_exception(encoding) && set_encoding(c, encoding);
}

static bool flag_option(struct call *c, struct six_object *options, const char *name, bool *flag) {
  if (!options) return true;
  six_value v = six_node_getv(c->node, six_object_value(options), name);
  if (six_is_exception(v)) return false;
  if (!six_is_undefined(v)) *flag = six_to_boolean(v);
  return true;
}

static bool file_options(struct call *c, six_value v) {
  struct six_fs_request *request = c->request;
  bool is_write = request->op == SIX_FS_WRITE_FILE;
  bool returns_names = request->op == SIX_FS_READLINK || request->op == SIX_FS_REALPATH || request->op == SIX_FS_MKDTEMP;
  if (returns_names) request->encoding = SIX_ENCODING_UTF8;
  struct six_object *options;
  if (!options_arg(c, v, &options)) return false;
  six_value flag = SIX_UNDEFINED, mode = SIX_UNDEFINED;
  if (options) {
    flag = six_node_getv(c->node, v, "flag");
    mode = six_node_getv(c->node, v, "mode");
    if (six_is_exception(flag) || six_is_exception(mode)) return false;
    six_value bigint = six_node_getv(c->node, v, "bigint");
    if (six_is_exception(bigint)) return false;
    if (six_to_boolean(bigint)) {
      six_throw_unsupported(c->node->m, "fs.stat with bigint");
      return false;
    }
    bool throws = true;
    if (!flag_option(c, options, "throwIfNoEntry", &throws)) return false;
    request->throws = throws;
  }
  const char *otherwise = !is_write ? "r" : strcmp(c->row->name, "appendFile") == 0 ? "a" : "w";
  return parse_flags(c, flag, otherwise) && parse_mode(c, mode, 0666, &request->mode);
}

static bool data_arg(struct call *c, six_value v) {
  uint8_t *bytes;
  size_t length;
  if (!six_is_class(v, SIX_CLASS_ARRAY_BUFFER) && six_buffer_bytes(v, &bytes, &length)) {
    six_text_add(&c->request->data, bytes ? (char *)bytes : "", length);
    return true;
  }
  if (six_is_string(v)) {
    c->buffer = v;  // encoded when the options are known
    return true;
  }
  six_node_throw_arg_type(c->node, "data", "of type string or an instance of Buffer, TypedArray, or DataView", v);
  return false;
}

static bool number_of(struct call *c, six_value v, const char *name, double otherwise, double *out) {
  *out = otherwise;
  if (six_is_nullish(v) || six_is_callable(v)) return true;
  if (six_is_bigint(v)) return six_to_number(c->node->m, v, out);
  if (!six_is_number(v)) {
    six_node_throw_arg_type(c->node, name, "of type number", v);
    return false;
  }
  *out = six_as_number(v);
  return true;
}

static bool bounds(struct call *c, size_t room, double offset, double length, six_value offset_value, six_value length_value) {
  char range[48];
  if (offset < 0 || offset > (double)room) {
    snprintf(range, sizeof range, ">= 0 && <= %zu", room);
    six_node_throw_range(c->node, "offset", range, offset_value);
    return false;
  }
  if (length < 0 || length > (double)room - offset) {
    snprintf(range, sizeof range, length < 0 ? ">= 0" : "<= %.0f", (double)room - offset);
    six_node_throw_range(c->node, "length", range, length_value);
    return false;
  }
  return true;
}

// (buffer, offset, length, position), (buffer, options) or (options).
static bool read_args(struct call *c, int first) {
  struct six_nodejs *node = c->node;
  uint8_t *bytes;
  size_t room;
  six_value buffer = arg(c, first), parts[3] = {arg(c, first + 1), arg(c, first + 2), arg(c, first + 3)}, options = SIX_UNDEFINED;
  bool is_buffer = !six_is_class(buffer, SIX_CLASS_ARRAY_BUFFER) && six_buffer_bytes(buffer, &bytes, &room);
  if (is_buffer && six_is_object(parts[0]) && !six_is_callable(parts[0])) options = parts[0];
  if (!is_buffer && six_is_object(buffer) && !six_is_callable(buffer)) {
    options = buffer;
    buffer = six_node_getv(node, options, "buffer");
    if (six_is_exception(buffer)) return false;
    is_buffer = six_buffer_bytes(buffer, &bytes, &room);
  }
  if (six_is_object(options)) {
    static const char *const names[] = {"offset", "length", "position"};
    for (int i = 0; i < 3; i++) {
      parts[i] = six_node_getv(node, options, names[i]);
      if (six_is_exception(parts[i])) return false;
    }
  }
  if (!is_buffer && (six_is_nullish(buffer) || six_is_callable(buffer))) {
    buffer = six_buffer_new(node, NULL, 16384);
    is_buffer = six_buffer_bytes(buffer, &bytes, &room);
  }
  if (!is_buffer) {
    six_node_throw_arg_type(node, "buffer", "an instance of Buffer, TypedArray, or DataView", buffer);
    return false;
  }
  struct six_fs_request *request = c->request;
  c->buffer = buffer;
  if (!number_of(c, parts[0], "offset", 0, &request->offset) ||
      !number_of(c, parts[1], "length", (double)room - request->offset, &request->length) ||
      !number_of(c, parts[2], "position", -1, &request->position)) {
    return false;
  }
  return bounds(c, room, request->offset, request->length, parts[0], parts[1]);
}

// (buffer, offset, length, position) or (string, position, encoding).
static bool write_args(struct call *c, int first) {
  struct six_fs_request *request = c->request;
  six_value what = arg(c, first);
  uint8_t *bytes;
  size_t room;
  c->buffer = what;
  if (six_is_string(what)) {
    enum six_encoding encoding = six_encoding_of(c->node, arg(c, first + 2));
    six_encode(c->node, six_as_string(what), encoding == SIX_ENCODING_NONE ? SIX_ENCODING_UTF8 : encoding, &request->data);
    return number_of(c, arg(c, first + 1), "position", -1, &request->position);
  }
  if (six_is_class(what, SIX_CLASS_ARRAY_BUFFER) || !six_buffer_bytes(what, &bytes, &room)) {
    six_node_throw_arg_type(c->node, "buffer", "of type string or an instance of Buffer, TypedArray, or DataView", what);
    return false;
  }
  double offset, length;
  if (!number_of(c, arg(c, first + 1), "offset", 0, &offset) ||
      !number_of(c, arg(c, first + 2), "length", (double)room - offset, &length) ||
      !number_of(c, arg(c, first + 3), "position", -1, &request->position) ||
      !bounds(c, room, offset, length, arg(c, first + 1), arg(c, first + 2))) {
    return false;
  }
  six_text_add(&request->data, bytes ? (char *)bytes + (size_t)offset : "", (size_t)length);
  return true;
}

static bool time_arg(struct call *c, six_value v, double *ms) {
  if (six_is_class(v, SIX_CLASS_DATE)) {
    *ms = six_as_number(((struct six_boxed *)six_as_object(v))->value);
    return true;
  }
  double seconds;
  if (!six_to_number(c->node->m, v, &seconds)) return false;
  *ms = seconds * 1000;
  return true;
}

static bool parse_one(struct call *c, char kind, int i, bool *time_seen) {
  struct six_fs_request *request = c->request;
  struct six_object *options;
  six_value v = arg(c, i);
  switch (kind) {
    case 'p': return path_arg(c, v, c->row->first, &request->path);
    case 'q': return path_arg(c, v, c->row->second, &request->dest);
    case 'F':
      return six_is_number(v) && six_as_number(v) == floor(six_as_number(v)) ? descriptor_arg(c, v)
                                                                             : path_arg(c, v, "path", &request->path);
    case 'd': return descriptor_arg(c, v);
    case 'm': return parse_mode(c, v, request->op == SIX_FS_OPEN ? 0666 : 0, &request->mode);
    case 'f': return parse_flags(c, v, "r");
    case 'o': return file_options(c, v);
    case 'b': return data_arg(c, v);
    case 'l': return number_of(c, v, "len", 0, &request->length);
    case 'R': return read_args(c, i);
    case 'W': return write_args(c, i);
    case 't': {
      double *slot = *time_seen ? &request->length : &request->offset;
      *time_seen = true;
      return time_arg(c, v, slot);
    }
    case 'e':
      request->encoding = SIX_ENCODING_UTF8;
      return options_arg(c, v, &options) && flag_option(c, options, "withFileTypes", &request->with_types) &&
             flag_option(c, options, "recursive", &request->recursive);
    case 'r':
      if (request->op == SIX_FS_RMDIR && !six_is_object(v)) return true;
      if (!options_arg(c, v, &options) || !flag_option(c, options, "recursive", &request->recursive)) return false;
      if (request->op == SIX_FS_RMDIR && request->recursive) request->op = SIX_FS_RM;
      return flag_option(c, options, "force", &request->force);
    default:  // 'k': mkdir's mode or options
      if (!six_is_object(v) || six_is_callable(v)) return parse_mode(c, v, 0777, &request->mode);
      request->mode = 0777;
      return flag_option(c, six_as_object(v), "recursive", &request->recursive);
  }
}

// Reads a call's arguments into a new request. NULL with an exception.
static struct six_fs_request *parse(struct call *c) {
  c->request = six_fs_request_new(c->node, (enum six_fs_op)c->row->op);
  c->request->throws = true;
  c->request->name = c->row->name;
  c->buffer = SIX_UNDEFINED;
  bool time_seen = false, ok = true;
  for (int i = 0; ok && c->row->takes[i]; i++) ok = parse_one(c, c->row->takes[i], i, &time_seen);
  if (ok && strchr(c->row->takes, 'b') && six_is_string(c->buffer)) {
    enum six_encoding encoding = c->request->encoding == SIX_ENCODING_NONE ? SIX_ENCODING_UTF8 : c->request->encoding;
    six_encode(c->node, six_as_string(c->buffer), encoding, &c->request->data);
  }
  if (ok) return c->request;
  six_fs_request_free(c->node, c->request);
  return NULL;
}

// ---- Synchronous

static const struct row *row_of(const struct six_args *a) { return &rows[six_as_int(six_as_native(a->callee)->data[0])]; }

static six_value sync_result(struct six_nodejs *node, struct six_fs_request *request, struct six_values *values) {
  six_value results[2] = {SIX_UNDEFINED, SIX_UNDEFINED};
  if (request->op == SIX_FS_EXISTS) return six_boolean(request->code == NULL);
  if (request->code) {
    bool quiet = !request->throws && (request->op == SIX_FS_STAT || request->op == SIX_FS_LSTAT) && strcmp(request->code, "ENOENT") == 0;
    return quiet ? SIX_UNDEFINED : six_throw(node->m, six_fs_error(node, request));
  }
  six_fs_results(node, request, values, results);
  return results[0];
}

static six_value call_sync(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  struct call c = {node, row_of(a), a->argc, a->argv, NULL, SIX_UNDEFINED};
  if (c.row->op == SIX_FS_EXISTS && !six_is_string(six_arg(a, 0)) && !six_is_object(six_arg(a, 0))) return SIX_FALSE;
  struct six_fs_request *request = parse(&c);
  if (!request) return SIX_EXCEPTION;
  struct six_values *values = six_values_new(m, 2);
  values->items[1] = c.buffer;
  values->count = 2;
  six_root_values(m, values);
  request->style = SYNC;
  request->trips = six_fs_trips(node, request);
  bool more;
  do {
    uint64_t ns = six_fs_latency(node, request);
    six_node_work(node, ns ? ns : node->world->latency);
    more = six_fs_step(node, request, values);
  } while (more);
  six_value result = sync_result(node, request, values);
  six_fs_request_free(node, request);
  return result;
}

// ---- Asynchronous

// From Node 20 on the errors of fs.promises have a stack: the async functions of Node, and those that wait for them.
static void add_waiting_frames(struct six_nodejs *node, const struct six_fs_request *request, six_value promise, six_value error) {
  char key[64];
  snprintf(key, sizeof key, "promises.%s!", request->called ? request->called : "");
  int32_t row = six_frames_find(node, key);
  if (row < 0 || !*six_frames_row_text(node->m, row)) return;
  six_root(node->m, error);
  struct six_values *frames = six_stack_capture_waiting(node->m, row, promise);
  six_root(node->m, six_tagged(SIX_TAG_OBJECT, frames));
  six_error_install_stack(node->m, six_as_object(error), frames);
}

static enum six_outcome trip_done(void *context, const struct six_task *task);

static void start_trip(struct six_nodejs *node, struct six_fs_request *request, uint64_t values, uint32_t task) {
  struct six_text label = {0};
  if (node->trace && !task) {
    six_text_adds(&label, "fs.");
    six_text_adds(&label, request->name);
    if (request->path) {
      six_text_adds(&label, " '");
      six_text_adds(&label, request->path);
      six_text_addc(&label, '\'');
    }
  }
  struct six_node_operation operation = {
      .kind = SIX_TASK_FILE,
      .label = label.bytes,
      .ns = six_fs_latency(node, request),
      .trip = request->trip + 1,
      .trips = request->trips,
      .task = task,
      .callback = node->trace && request->style == CALLBACK ? six_node_unpack(values)->items[0] : SIX_UNDEFINED,
  };
  struct six_deed_file file;
  char *path = node->options.folder ? six_fs_deed(node, request, &operation.deed, &file) : NULL;
  if (path) operation.file = &file;
  six_node_pool(node, &operation, trip_done, values, (uint64_t)(uintptr_t)request, 0);
  free(path);
  six_text_done(&label);
}

static const char *base_of(const struct six_fs_request *request) {
  switch (request->op) {
    case SIX_FS_EXISTS: return "=fs_exists";
    case SIX_FS_STAT:
    case SIX_FS_LSTAT:
    case SIX_FS_FSTAT: return request->code ? "=fs" : "=fs_stat";
    case SIX_FS_READ_FILE: return request->code ? "=fs_read_file_error" : "=fs_read_file";
    default: return "=fs";
  }
}

static enum six_outcome call_back(struct six_nodejs *node, struct six_fs_request *request, struct six_values *values) {
  struct six_machine *m = node->m;
  six_value arguments[3] = {SIX_NULL, SIX_UNDEFINED, SIX_UNDEFINED};
  int argc = 1;
  size_t roots = six_roots_mark(m);
  six_node_set_base(node, base_of(request));
  if (request->op == SIX_FS_EXISTS) {
    arguments[0] = six_boolean(request->code == NULL);
  } else if (request->code) {
    arguments[0] = six_fs_error(node, request);
  } else {
    argc += six_fs_results(node, request, values, arguments + 1);
  }
  six_fs_request_free(node, request);
  for (int i = 0; i < argc; i++) six_root(m, arguments[i]);
  enum six_outcome outcome = six_node_callback(node, values->items[0], SIX_UNDEFINED, argc, arguments);
  six_roots_release(m, roots);
  return outcome;
}

// R103: the jobs between a completion and the settling of the program's promise.
static enum six_outcome settle_job(void *context, const struct six_task *task) {
  struct six_nodejs *node = context;
  struct six_values *values = six_node_unpack(task->a);
  uint64_t left = task->b & 0xFF;
  if (left > 1) {
    six_node_microtask_native(node, settle_job, task->a, task->b - 1, 0);
    return SIX_DONE;
  }
  struct six_promise *promise = six_as_promise(values->items[0]);
  if (task->b & 0x100) six_promise_reject(node->m, promise, values->items[2]);
  else six_promise_resolve(node->m, promise, values->items[2]);
  return SIX_DONE;
}

static void settle(struct six_nodejs *node, uint64_t packed, bool failed, int32_t jobs) {
  // The job that continues the waiting code is the last of them: the promise settles in the one before it.
  struct six_values *values = six_node_unpack(packed);
  if (jobs > 1) {
    six_node_microtask_native(node, settle_job, packed, (uint64_t)(jobs - 1) | (failed ? 0x100 : 0), 0);
  } else if (failed) {
    six_promise_reject(node->m, six_as_promise(values->items[0]), values->items[2]);
  } else {
    six_promise_resolve(node->m, six_as_promise(values->items[0]), values->items[2]);
  }
}

static six_value new_handle(struct six_nodejs *node, six_value fd);

static six_value promise_result(struct six_nodejs *node, struct six_fs_request *request, struct six_values *values) {
  struct six_machine *m = node->m;
  six_value results[2] = {SIX_UNDEFINED, SIX_UNDEFINED};
  six_fs_results(node, request, values, results);
  if (request->op == SIX_FS_OPEN) return new_handle(node, results[0]);
  if (request->op != SIX_FS_READ && request->op != SIX_FS_WRITE) return results[0];
  struct six_object *pair = six_object_new(m, NULL);
  six_put(m, pair, request->op == SIX_FS_READ ? "bytesRead" : "bytesWritten", results[0]);
  six_put(m, pair, "buffer", results[1]);
  return six_object_value(pair);
}

static enum six_outcome trip_done(void *context, const struct six_task *task) {
  struct six_nodejs *node = context;
  struct six_fs_request *request = (struct six_fs_request *)(uintptr_t)task->b;
  struct six_values *values = six_node_unpack(task->a);
  if (six_fs_step(node, request, values)) {
    start_trip(node, request, task->a, task->id);
    return SIX_DONE;
  }
  if (request->style == CALLBACK) return call_back(node, request, values);
  size_t roots = six_roots_mark(node->m);
  bool failed = request->code != NULL;
  values->items[2] = failed ? six_fs_error(node, request) : promise_result(node, request, values);
  if (failed) add_waiting_frames(node, request, values->items[0], values->items[2]);
  settle(node, task->a, failed, failed ? request->error_jobs : request->jobs);
  six_roots_release(node->m, roots);
  six_fs_request_free(node, request);
  return SIX_DONE;
}

static void start(struct six_nodejs *node, struct six_fs_request *request, enum style style, six_value waiter, six_value buffer) {
  six_value values[3] = {six_node_in_context(node, waiter), buffer, SIX_UNDEFINED};
  request->style = (uint8_t)style;
  request->trips = six_fs_trips(node, request);
  start_trip(node, request, six_node_pack(node, 3, values), 0);
}

static six_value call_with_callback(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  const struct row *row = row_of(a);
  int last = a->argc;
  while (last > 0 && !six_is_callable(a->argv[last - 1])) last--;
  if (last == 0 && row->op == SIX_FS_CLOSE && a->argc < 2) {
    // fs.close(fd) without a callback only throws what goes wrong.
    struct call silent = {node, row, a->argc, a->argv, NULL, SIX_UNDEFINED};
    struct six_fs_request *request = parse(&silent);
    if (!request) return SIX_EXCEPTION;
    six_value nothing = six_object_value(six_intrinsic(m, SIX_I_FunctionPrototype));
    start(node, request, CALLBACK, nothing, SIX_UNDEFINED);
    return SIX_UNDEFINED;
  }
  if (last == 0) {
    six_value received = six_arg(a, (int)strlen(row->takes));
    six_node_check_callback(node, six_is_callable(received) ? SIX_UNDEFINED : received, "cb");
    return SIX_EXCEPTION;
  }
  struct call c = {node, row, last - 1, a->argv, NULL, SIX_UNDEFINED};
  struct six_fs_request *request = parse(&c);
  if (!request) return SIX_EXCEPTION;
  start(node, request, CALLBACK, a->argv[last - 1], c.buffer);
  return SIX_UNDEFINED;
}

static void set_jobs(struct six_nodejs *node, struct six_fs_request *request, const struct row *row) {
  request->called = row->name;
  const int32_t *cell = node->rules->cell;
  request->jobs = cell[SIX_RULE_FS_PROMISE_JOBS];
  request->error_jobs = cell[SIX_RULE_FS_PROMISE_ERROR_JOBS];
  switch ((enum job_class)row->jobs) {
    case JOBS_PLAIN: break;
    case JOBS_STAT:
      request->jobs = cell[SIX_RULE_FS_PROMISE_STAT_JOBS];
      request->error_jobs = cell[SIX_RULE_FS_PROMISE_STAT_ERROR_JOBS];
      break;
    case JOBS_OPEN: request->jobs = cell[SIX_RULE_FS_PROMISE_OPEN_JOBS]; break;
    case JOBS_FILE:
    case JOBS_APPEND:
      request->jobs = cell[SIX_RULE_FS_PROMISE_FILE_JOBS] + (row->jobs == JOBS_APPEND);
      request->error_jobs = cell[SIX_RULE_FS_PROMISE_FILE_ERROR_JOBS] + (row->jobs == JOBS_APPEND);
      break;
    case JOBS_RM: request->jobs = request->error_jobs = 2; break;
  }
}

static six_value start_promise(struct six_nodejs *node, const struct row *row, int argc, const six_value *argv) {
  struct six_machine *m = node->m;
  struct call c = {node, row, argc, argv, NULL, SIX_UNDEFINED};
  struct six_fs_request *request = parse(&c);
  if (!request) return six_is_terminating(m) ? SIX_EXCEPTION : six_promise_rejected_with(m, six_take_exception(m));
  struct six_object *promise = six_promise_new(m);
  set_jobs(node, request, row);
  start(node, request, PROMISE, six_object_value(promise), c.buffer);
  return six_object_value(promise);
}

static six_value call_promise(struct six_machine *m, const struct six_args *a) {
  const struct row *row = row_of(a);
  struct six_nodejs *node = six_node_of(m);
  // A FileHandle in a path's place.
  if (row->takes[0] == 'F' && six_is_object(six_arg(a, 0)) && a->argc < 8) {
    six_value fd = six_node_getv(node, a->argv[0], "fd");
    if (six_is_exception(fd)) return fd;
    if (six_is_number(fd)) {
      six_value arguments[8];
      memcpy(arguments, a->argv, (size_t)a->argc * sizeof *arguments);
      arguments[0] = fd;
      return start_promise(node, row, a->argc, arguments);
    }
  }
  return start_promise(node, row, a->argc, a->argv);
}

// ---- FileHandle

static six_value handle_symbol(struct six_nodejs *node, struct six_object *handle, const char *name) {
  struct six_machine *m = node->m;
  struct six_values *keys = six_own_keys(m, handle, SIX_KEYS_SYMBOLS);
  for (uint32_t i = 0; keys && i < keys->count; i++) {
    six_value description = six_as_symbol(keys->items[i])->description;
    if (six_is_string(description) && six_string_equals_ascii(m, six_as_string(description), name)) return keys->items[i];
  }
  return SIX_UNDEFINED;
}

static six_value handle_fd(struct six_nodejs *node, six_value handle) {
  if (!six_is_object(handle)) return six_int(-1);
  six_value key = handle_symbol(node, six_as_object(handle), "kFd");
  return six_is_undefined(key) ? six_int(-1) : six_get(node->m, six_as_object(handle), key);
}

static six_value get_fd(struct six_machine *m, const struct six_args *a) { return handle_fd(six_node_of(m), a->this_value); }

static six_value handle_method(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  const struct row *row = row_of(a);
  // data[1]: an own method knows its handle.
  six_value handle = six_is_object(six_as_native(a->callee)->data[1]) ? six_as_native(a->callee)->data[1] : a->this_value;
  six_value fd = handle_fd(node, handle);
  six_value arguments[8] = {fd};
  int argc = a->argc > 7 ? 7 : a->argc;
  memcpy(arguments + 1, a->argv, (size_t)argc * sizeof *arguments);
  if (!six_is_number(fd) || six_as_number(fd) < 0) {
    if (row->op == SIX_FS_CLOSE) return six_promise_resolve_value(m, SIX_UNDEFINED);
    struct six_object *error = six_system_error(node, "EBADF", row->name, NULL, NULL, false);
    six_put(m, error, "message", six_str(m, "file closed"));
    return six_promise_rejected_with(m, six_object_value(error));
  }
  if (row->op == SIX_FS_CLOSE) {
    six_set(m, six_as_object(handle), handle_symbol(node, six_as_object(handle), "kFd"), six_int(-1));
  }
  return start_promise(node, row, argc + 1, arguments);
}

static struct six_object *function_of(struct six_machine *m, six_native *native, size_t row, const char *name, int length, six_value data) {
  return six_native_new(m, native, six_str(m, name), length, six_int((int32_t)row), data);
}

static six_value no_constructor(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_throw_type(m, "Illegal constructor");
}

static six_value handle_unsupported(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_throw_unsupported(m, "this method of FileHandle");
}

static struct six_object *handle_prototype(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  six_value *slot = &node->roots[SIX_ROOT_FILE_HANDLE_PROTOTYPE];
  if (six_is_object(*slot)) return six_as_object(*slot);
  static const struct six_native_def others[] = {
      {"fd", get_fd, 0, SIX_DEF_GETTER},
      {"createReadStream", handle_unsupported, 0, 0},
      {"createWriteStream", handle_unsupported, 0, 0},
      {"readLines", handle_unsupported, 0, 0},
      {"readableWebStream", handle_unsupported, 0, 0},
      {"readv", handle_unsupported, 0, 0},
      {"writev", handle_unsupported, 0, 0},
  };
  struct six_object *o = six_object_new(m, six_events_prototype(node));
  *slot = six_object_value(o);
  six_constructor_new(m, "FileHandle", no_constructor, 0, o);
  six_define_natives(m, o, others, SIX_COUNT(others));
  for (size_t i = 0; i < SIX_COUNT(rows); i++) {
    if (!(rows[i].styles & IN_HANDLE) || rows[i].op == SIX_FS_CLOSE) continue;
    six_value method = six_object_value(function_of(m, handle_method, i, rows[i].name, rows[i].length, SIX_UNDEFINED));
    six_define(m, o, six_string_value(six_intern_ascii(m, rows[i].name, false)), method, SIX_HIDDEN);
  }
  return o;
}

static six_value new_handle(struct six_nodejs *node, six_value fd) {
  struct six_machine *m = node->m;
  struct six_object *handle = six_events_new(node, handle_prototype(node));
  six_root(m, six_object_value(handle));
  size_t close_row = SIX_COUNT(rows) - 1;
  six_put(m, handle, "close", six_object_value(function_of(m, handle_method, close_row, "close", 0, six_object_value(handle))));
  const struct {
    const char *name;
    six_value value;
  } parts[] = {{"kHandle", six_object_value(six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype)))},
               {"kFd", fd},
               {"kRefs", six_int(1)},
               {"kClosePromise", SIX_NULL}};
  for (size_t i = 0; i < SIX_COUNT(parts); i++) {
    six_define(m, handle, six_symbol_value(six_symbol_new(m, six_str(m, parts[i].name))), parts[i].value, SIX_DATA_ALL);
  }
  return six_object_value(handle);
}

// ---- The modules

static struct six_object *constants(struct six_nodejs *node) {
  static const struct {
    const char *name;
    int value;
  } table[] = {
      {"UV_FS_SYMLINK_DIR", 1},
      {"UV_FS_SYMLINK_JUNCTION", 2},
      {"O_RDONLY", 0},
      {"O_WRONLY", 1},
      {"O_RDWR", 2},
      {"UV_DIRENT_UNKNOWN", 0},
      {"UV_DIRENT_FILE", 1},
      {"UV_DIRENT_DIR", 2},
      {"UV_DIRENT_LINK", 3},
      {"UV_DIRENT_FIFO", 4},
      {"UV_DIRENT_SOCKET", 5},
      {"UV_DIRENT_CHAR", 6},
      {"UV_DIRENT_BLOCK", 7},
      {"S_IFMT", 61440},
      {"S_IFREG", 32768},
      {"S_IFDIR", 16384},
      {"S_IFCHR", 8192},
      {"S_IFBLK", 24576},
      {"S_IFIFO", 4096},
      {"S_IFLNK", 40960},
      {"S_IFSOCK", 49152},
      {"O_CREAT", 64},
      {"O_EXCL", 128},
      {"UV_FS_O_FILEMAP", 0},
      {"O_NOCTTY", 256},
      {"O_TRUNC", 512},
      {"O_APPEND", 1024},
      {"O_DIRECTORY", 65536},
      {"O_NOATIME", 262144},
      {"O_NOFOLLOW", 131072},
      {"O_SYNC", 1052672},
      {"O_DSYNC", 4096},
      {"O_DIRECT", 16384},
      {"O_NONBLOCK", 2048},
      {"S_IRWXU", 448},
      {"S_IRUSR", 256},
      {"S_IWUSR", 128},
      {"S_IXUSR", 64},
      {"S_IRWXG", 56},
      {"S_IRGRP", 32},
      {"S_IWGRP", 16},
      {"S_IXGRP", 8},
      {"S_IRWXO", 7},
      {"S_IROTH", 4},
      {"S_IWOTH", 2},
      {"S_IXOTH", 1},
      {"F_OK", 0},
      {"R_OK", 4},
      {"W_OK", 2},
      {"X_OK", 1},
      {"UV_FS_COPYFILE_EXCL", 1},
      {"COPYFILE_EXCL", 1},
      {"UV_FS_COPYFILE_FICLONE", 2},
      {"COPYFILE_FICLONE", 2},
      {"UV_FS_COPYFILE_FICLONE_FORCE", 4},
      {"COPYFILE_FICLONE_FORCE", 4},
  };
  struct six_object *o = six_object_new(node->m, NULL);
  for (size_t i = 0; i < SIX_COUNT(table); i++) six_put(node->m, o, table[i].name, six_int(table[i].value));
  return o;
}

static six_value unsupported(struct six_machine *m, const struct six_args *a) {
  struct six_text name = {0};
  six_text_adds(&name, "fs.");
  six_string_to_utf8(m, six_string_flat(m, six_as_string(six_as_native(a->callee)->data[0])), &name);
  six_value thrown = six_throw_unsupported(m, name.bytes);
  six_text_done(&name);
  return thrown;
}

// fs.createReadStream and createWriteStream are in lib/stream.js.
static six_value create_stream(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  bool writes = six_as_native(a->callee)->data[0] == SIX_TRUE;
  six_value function = six_library_get(node, SIX_LIBRARY_fs_streams, writes ? "createWriteStream" : "createReadStream");
  return six_is_exception(function) ? function : six_call(m, function, SIX_UNDEFINED, a->argc, a->argv);
}

static six_value get_promises(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_node_module(six_node_of(m), SIX_MODULE_fs_promises);
}

six_value six_module_fs_promises(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  struct six_object *exports = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  for (size_t i = 0; i < SIX_COUNT(rows); i++) {
    if (!(rows[i].styles & IN_PROMISE)) continue;
    six_put(m, exports, rows[i].name, six_object_value(function_of(m, call_promise, i, rows[i].name, rows[i].length - 1, SIX_UNDEFINED)));
  }
  static const char *const missing[] = {"cp", "glob", "lchmod", "lchown", "lutimes", "opendir", "statfs", "watch"};
  for (size_t i = 0; i < SIX_COUNT(missing); i++) {
    six_value name = six_str(m, missing[i]);
    six_put(m, exports, missing[i], six_object_value(six_native_new(m, unsupported, name, 2, name, SIX_UNDEFINED)));
  }
  six_put(m, exports, "constants", six_object_value(constants(node)));
  return six_object_value(exports);
}

static void put_both(struct six_nodejs *node, struct six_object *exports, size_t i) {
  struct six_machine *m = node->m;
  if (rows[i].styles & IN_CALLBACK) {
    six_put(m, exports, rows[i].name, six_object_value(function_of(m, call_with_callback, i, rows[i].name, rows[i].length, SIX_UNDEFINED)));
  }
  if (!(rows[i].styles & IN_SYNC)) return;
  char name[32];
  snprintf(name, sizeof name, "%sSync", rows[i].name);
  six_put(m, exports, name, six_object_value(function_of(m, call_sync, i, name, rows[i].length - 1, SIX_UNDEFINED)));
}

six_value six_module_fs(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  struct six_object *exports = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  for (size_t i = 0; i < SIX_COUNT(rows); i++) put_both(node, exports, i);
  static const char *const missing[] = {"cp",          "cpSync",     "fchown",    "fchownSync",  "glob",       "globSync",
                                        "lchown",      "lchownSync", "lutimes",   "lutimesSync", "openAsBlob", "opendir",
                                        "opendirSync", "readv",      "readvSync", "statfs",      "statfsSync", "unwatchFile",
                                        "watch",       "watchFile",  "writev",    "writevSync"};
  for (size_t i = 0; i < SIX_COUNT(missing); i++) {
    six_value name = six_str(m, missing[i]);
    six_put(m, exports, missing[i], six_object_value(six_native_new(m, unsupported, name, 2, name, SIX_UNDEFINED)));
  }
  six_put(m, exports, "createReadStream",
          six_object_value(six_native_new(m, create_stream, six_str(m, "createReadStream"), 2, SIX_FALSE, SIX_UNDEFINED)));
  six_put(m, exports, "createWriteStream",
          six_object_value(six_native_new(m, create_stream, six_str(m, "createWriteStream"), 2, SIX_TRUE, SIX_UNDEFINED)));
  six_put(m, exports, "constants", six_object_value(constants(node)));
  static const struct {
    const char *name;
    int value;
  } modes[] = {{"F_OK", 0}, {"R_OK", 4}, {"W_OK", 2}, {"X_OK", 1}};
  for (size_t i = 0; i < SIX_COUNT(modes); i++) six_put(m, exports, modes[i].name, six_int(modes[i].value));
  six_value getter = six_object_value(six_native_new(m, get_promises, SIX_ATOM(m, get), 0, SIX_UNDEFINED, SIX_UNDEFINED));
  six_define_accessor(m, exports, six_string_value(six_intern_ascii(m, "promises", false)), getter, SIX_UNDEFINED,
                      SIX_ENUMERABLE | SIX_CONFIGURABLE);
  return six_object_value(exports);
}
