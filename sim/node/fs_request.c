#include "sim/node/fs_request.h"

#include <stdlib.h>
#include <string.h>

#include "sim/machine/builtins/builtin.h"

struct six_fs_request *six_fs_request_new(struct six_nodejs *node, enum six_fs_op op) {
  struct six_files *files = six_files_of(node);
  struct six_fs_request *request = calloc(1, sizeof *request);
  if (!request) abort();
  request->op = (uint8_t)op;
  request->fd = -1;
  request->position = -1;
  request->encoding = SIX_ENCODING_NONE;
  request->next = files->requests;
  if (files->requests) files->requests->previous = request;
  files->requests = request;
  return request;
}

static void release_inode(struct six_files *files, struct six_inode **inode) {
  if (!*inode) return;
  (*inode)->opened--;
  six_inode_release(files, *inode);
  *inode = NULL;
}

static void free_request(struct six_files *files, struct six_fs_request *request) {
  if (request->previous) request->previous->next = request->next;
  else files->requests = request->next;
  if (request->next) request->next->previous = request->previous;
  release_inode(files, &request->inode);
  six_text_done(&request->data);
  free(request->path);
  free(request->dest);
  free(request);
}

void six_fs_request_free(struct six_nodejs *node, struct six_fs_request *request) { free_request(six_files_of(node), request); }

void six_fs_free_requests(struct six_files *files) {
  while (files->requests) free_request(files, files->requests);
}

// ---- Errors

static const struct {
  const char *code;
  int number;
  const char *text;
} errors[] = {
    {"EPERM", -1, "operation not permitted"},
    {"ENOENT", -2, "no such file or directory"},
    {"EIO", -5, "i/o error"},
    {"EBADF", -9, "bad file descriptor"},
    {"EAGAIN", -11, "resource temporarily unavailable"},
    {"ENOMEM", -12, "not enough memory"},
    {"EACCES", -13, "permission denied"},
    {"EBUSY", -16, "resource busy or locked"},
    {"EEXIST", -17, "file already exists"},
    {"EXDEV", -18, "cross-device link not permitted"},
    {"ENOTDIR", -20, "not a directory"},
    {"EISDIR", -21, "illegal operation on a directory"},
    {"EINVAL", -22, "invalid argument"},
    {"EMFILE", -24, "too many open files"},
    {"EFBIG", -27, "file too large"},
    {"ENOSPC", -28, "no space left on device"},
    {"EROFS", -30, "read-only file system"},
    {"EPIPE", -32, "broken pipe"},
    {"ENAMETOOLONG", -36, "name too long"},
    {"ENOTEMPTY", -39, "directory not empty"},
    {"ELOOP", -40, "too many symbolic links encountered"},
    {"EADDRINUSE", -98, "address already in use"},
    {"ENETUNREACH", -101, "network is unreachable"},
    {"ECONNRESET", -104, "connection reset by peer"},
    {"ETIMEDOUT", -110, "connection timed out"},
    {"ECONNREFUSED", -111, "connection refused"},
    {"EHOSTUNREACH", -113, "host is unreachable"},
    {"ENOTFOUND", -3008, "name or service not known"},
};

int six_errno(const char *code, const char **text) {
  for (size_t i = 0; i < SIX_COUNT(errors); i++) {
    if (strcmp(errors[i].code, code) != 0) continue;
    if (text) *text = errors[i].text;
    return errors[i].number;
  }
  if (text) *text = "unknown error";
  return -4094;
}

struct six_object *six_system_error(struct six_nodejs *node, const char *code, const char *syscall, const char *path, const char *dest,
                                    bool bare) {
  struct six_machine *m = node->m;
  const char *text;
  int number = six_errno(code, &text);
  struct six_text message = {0};
  six_text_addf(&message, "%s: %s, %s", code, text, syscall);
  if (path) six_text_addf(&message, " '%s'", path);
  if (dest) six_text_addf(&message, " -> '%s'", dest);
  node->throwing = syscall;
  struct six_object *error = six_error_new(m, SIX_I_ErrorPrototype, six_string_value(six_string_utf8(m, message.bytes, message.length)));
  node->throwing = NULL;
  if (!bare) six_node_note_head(node, error);
  if (bare) six_define(m, error, SIX_ATOM(m, stack), six_strf(m, "Error: %s", message.bytes), SIX_HIDDEN);
  six_text_done(&message);
  six_put(m, error, "errno", six_int(number));
  six_put(m, error, "code", six_str(m, code));
  six_put(m, error, "syscall", six_str(m, syscall));
  if (path) six_put(m, error, "path", six_string_value(six_string_utf8(m, path, strlen(path))));
  if (dest) six_put(m, error, "dest", six_string_value(six_string_utf8(m, dest, strlen(dest))));
  return error;
}

six_value six_fs_error(struct six_nodejs *node, const struct six_fs_request *request) {
  bool shown = !request->no_path && request->fd < 0;
  struct six_object *error = six_system_error(node, request->code, request->syscall, shown ? request->path : NULL,
                                              shown ? request->dest : NULL, request->style != 0);
  if (request->op == SIX_FS_RM && strcmp(request->code, "EISDIR") == 0) {
    error = six_node_error(node, SIX_I_ErrorPrototype, "ERR_FS_EISDIR", "Path is a directory: rm returned EISDIR (is a directory) %s",
                           request->path);
  }
  return six_object_value(error);
}

static bool fail(struct six_fs_request *request, const char *code, const char *syscall) {
  request->code = code;
  request->syscall = syscall;
  return false;
}

// ---- Finding

uint64_t six_fs_latency(struct six_nodejs *node, const struct six_fs_request *request) {
  if (request->inode) return request->inode->latency;
  struct six_files *files = six_files_of(node);
  if (request->path) {
    const char *code;
    struct six_file_name *name = six_files_find(files, request->path, true, &code);
    return name ? name->inode->latency : 0;
  }
  uint32_t index = (uint32_t)(request->fd - SIX_FIRST_FD);
  if (request->fd < SIX_FIRST_FD || index >= files->descriptor_count || !files->descriptors[index].inode) return 0;
  return files->descriptors[index].inode->latency;
}

static struct six_file_name *find(struct six_nodejs *node, struct six_fs_request *request, const char *syscall, bool follow) {
  const char *code;
  struct six_file_name *name = six_files_find(six_files_of(node), request->path, follow, &code);
  if (name && name->inode->error) code = name->inode->error, name = NULL;
  if (!name) fail(request, code, syscall);
  return name;
}

static struct six_descriptor_entry *descriptor(struct six_nodejs *node, struct six_fs_request *request, const char *syscall) {
  struct six_files *files = six_files_of(node);
  uint32_t index = (uint32_t)(request->fd - SIX_FIRST_FD);
  if (request->fd >= SIX_FIRST_FD && index < files->descriptor_count && files->descriptors[index].inode) return &files->descriptors[index];
  fail(request, "EBADF", syscall);
  return NULL;
}

static char *resolved(struct six_nodejs *node, const char *path) {
  const char *code;
  struct six_file_name *name = six_files_find(six_files_of(node), path, true, &code);
  return name ? strdup(name->path) : six_files_absolute(six_files_of(node), path);
}

// ---- Opening

// The inode that `path` opens by request->flags, or NULL with the error set.
static struct six_inode *open_inode(struct six_nodejs *node, struct six_fs_request *request) {
  const char *code;
  struct six_file_name *name = six_files_find(six_files_of(node), request->path, true, &code);
  struct six_inode *inode = name ? name->inode : NULL;
  int flags = request->flags;
  if (inode && inode->error) {
    fail(request, inode->error, "open");
    return NULL;
  }
  if (inode && (flags & SIX_O_CREATE) && (flags & SIX_O_EXCLUSIVE)) {
    fail(request, "EEXIST", "open");
    return NULL;
  }
  if (inode && inode->type == SIX_FILE_DIRECTORY && (flags & (SIX_O_WRITE | SIX_O_READ_WRITE | SIX_O_CREATE))) {
    fail(request, "EISDIR", "open");
    return NULL;
  }
  if (!inode && (flags & SIX_O_CREATE) && strcmp(code, "ENOENT") == 0) {
    inode = six_files_create(node, request->path, SIX_FILE_REGULAR, (uint16_t)(request->mode & ~022), &code);
  }
  if (!inode) {
    fail(request, code, "open");
    return NULL;
  }
  if (flags & SIX_O_TRUNCATE) {
    six_inode_truncate(inode, 0);
    inode->modify_ms = inode->change_ms = six_node_wall_ms(node);
  }
  return inode;
}

static void hold(struct six_fs_request *request, struct six_inode *inode) {
  request->inode = inode;
  inode->opened++;
}

static bool op_open(struct six_nodejs *node, struct six_fs_request *request) {
  struct six_files *files = six_files_of(node);
  struct six_inode *inode = open_inode(node, request);
  if (!inode) return false;
  uint32_t index = 0;
  while (index < files->descriptor_count && files->descriptors[index].inode) index++;
  if (index == files->descriptor_count) {
    if (files->descriptor_count == files->descriptor_capacity) {
      files->descriptor_capacity = files->descriptor_capacity ? files->descriptor_capacity * 2 : 8;
      files->descriptors = realloc(files->descriptors, files->descriptor_capacity * sizeof *files->descriptors);
      if (!files->descriptors) abort();
    }
    files->descriptors[files->descriptor_count++] = (struct six_descriptor_entry){0};
  }
  struct six_descriptor_entry *entry = &files->descriptors[index];
  free(entry->path);
  *entry = (struct six_descriptor_entry){
      .inode = inode,
      .readable = !(request->flags & SIX_O_WRITE),
      .writable = (request->flags & (SIX_O_WRITE | SIX_O_READ_WRITE)) != 0,
      .append = (request->flags & SIX_O_APPEND) != 0,
      .path = strdup(request->path),
  };
  inode->opened++;
  request->length = (double)(index + SIX_FIRST_FD);  // the result
  return false;
}

static bool op_close(struct six_nodejs *node, struct six_fs_request *request) {
  struct six_descriptor_entry *entry = descriptor(node, request, "close");
  if (entry) release_inode(six_files_of(node), &entry->inode);
  return false;
}

// ---- Bytes

static bool op_read(struct six_nodejs *node, struct six_fs_request *request, struct six_values *values) {
  struct six_descriptor_entry *entry = descriptor(node, request, "read");
  if (!entry) return false;
  if (!entry->readable) return fail(request, "EBADF", "read");
  if (entry->inode->type == SIX_FILE_DIRECTORY) return fail(request, "EISDIR", "read");
  uint8_t *bytes;
  size_t room;
  if (!six_buffer_bytes(values->items[1], &bytes, &room)) return false;
  uint64_t at = request->position >= 0 ? (uint64_t)request->position : entry->position;
  size_t count = (size_t)request->length, length = entry->inode->length;
  size_t available = at < length ? length - (size_t)at : 0;
  if (count > available) count = available;
  if (request->offset + (double)count > (double)room) count = 0;
  if (count) memcpy(bytes + (size_t)request->offset, entry->inode->bytes + at, count);
  if (request->position < 0) entry->position += count;
  entry->inode->access_ms = six_node_wall_ms(node);
  request->length = (double)count;
  return false;
}

static bool op_write(struct six_nodejs *node, struct six_fs_request *request) {
  if (request->fd == 1 || request->fd == 2) {
    six_node_write(node, request->fd, request->data.bytes ? request->data.bytes : "", request->data.length);
    request->length = (double)request->data.length;
    return false;
  }
  struct six_descriptor_entry *entry = descriptor(node, request, "write");
  if (!entry) return false;
  if (!entry->writable) return fail(request, "EBADF", "write");
  uint64_t at = entry->append ? entry->inode->length : request->position >= 0 ? (uint64_t)request->position : entry->position;
  six_inode_write(entry->inode, at, request->data.bytes ? request->data.bytes : "", request->data.length);
  if (request->position < 0) entry->position = at + request->data.length;
  entry->inode->modify_ms = entry->inode->change_ms = six_node_wall_ms(node);
  request->length = (double)request->data.length;
  return false;
}

static uint64_t chunk_bytes(struct six_nodejs *node) {
  uint64_t kib = (uint64_t)node->rules->cell[SIX_RULE_READ_FILE_CHUNK_KIB];
  return kib ? kib * 1024 : UINT64_MAX;
}

static uint32_t reads_of(struct six_nodejs *node, uint64_t length) {
  uint64_t chunk = chunk_bytes(node);
  return length <= chunk ? 1 : (uint32_t)((length + chunk - 1) / chunk);
}

uint32_t six_fs_trips(struct six_nodejs *node, const struct six_fs_request *request) {
  bool by_fd = request->fd >= 0;
  if (request->op == SIX_FS_RM) return 3;
  if (request->op == SIX_FS_TRUNCATE) return 3;
  if (request->op == SIX_FS_WRITE_FILE) return by_fd ? 1 : (uint32_t)node->rules->cell[SIX_RULE_WRITE_FILE_TRIPS];
  if (request->op != SIX_FS_READ_FILE) return 1;
  uint64_t length = 0;
  const char *code;
  struct six_file_name *name = request->path ? six_files_find(six_files_of(node), request->path, true, &code) : NULL;
  if (name) length = name->inode->length;
  bool promise = request->style == 2;
  uint32_t extra = promise && node->rules->cell[SIX_RULE_FS_PROMISE_EXTRA_READ] ? 1 : 0;
  if (node->rules->cell[SIX_RULE_READ_FILE_TRIPS] == 0) return length <= chunk_bytes(node) ? 1 : 1 + reads_of(node, length) + 1;
  return (by_fd ? 1 : 3) + reads_of(node, length) + extra;
}

static void take_bytes(struct six_fs_request *request, struct six_inode *inode, uint64_t from, uint64_t most) {
  if (from >= inode->length) return;
  uint64_t count = inode->length - from;
  if (count > most) count = most;
  if (!request->data.bytes) six_text_fit(&request->data, (size_t)count);  // most files are read at once
  six_text_add(&request->data, inode->bytes + from, (size_t)count);
}

// R101. The first trip opens; the last closes; between them fstat and the reads.
static bool op_read_file(struct six_nodejs *node, struct six_fs_request *request) {
  uint32_t trip = ++request->trip;
  if (request->fd >= 0) {  // an open descriptor: from its position to the end
    struct six_descriptor_entry *entry = descriptor(node, request, trip == 1 && request->trips > 1 ? "fstat" : "read");
    if (!entry) return false;
    if (trip < request->trips) return true;
    if (entry->inode->type == SIX_FILE_DIRECTORY) return fail(request, "EISDIR", "read");
    take_bytes(request, entry->inode, entry->position, UINT64_MAX);
    entry->position = entry->inode->length > entry->position ? entry->inode->length : entry->position;
    return false;
  }
  if (trip == 1) {
    struct six_inode *inode = open_inode(node, request);
    if (!inode) return false;
    hold(request, inode);
  }
  bool last = trip >= request->trips;
  if (request->inode->type == SIX_FILE_DIRECTORY) {
    if (!last) return true;
    request->no_path = true;
    return fail(request, "EISDIR", "read");
  }
  uint32_t first_read = request->trips > 2 && node->rules->cell[SIX_RULE_READ_FILE_TRIPS] ? 3 : 2;
  if (last && request->trips > 1) return false;  // close
  if (request->trips == 1) {
    take_bytes(request, request->inode, 0, UINT64_MAX);
  } else if (trip >= first_read) {
    take_bytes(request, request->inode, request->read, chunk_bytes(node));
    request->read = request->data.length;
  }
  return !last;
}

// open, write, close; or all at once.
static bool op_write_file(struct six_nodejs *node, struct six_fs_request *request) {
  uint32_t trip = ++request->trip;
  if (request->fd >= 0) return op_write(node, request);
  if (trip == 1) {
    struct six_inode *inode = open_inode(node, request);
    if (!inode) return false;
    hold(request, inode);
  }
  if (trip == (request->trips > 1 ? 2u : 1u)) {
    uint64_t at = request->flags & SIX_O_APPEND ? request->inode->length : 0;
    six_inode_write(request->inode, at, request->data.bytes ? request->data.bytes : "", request->data.length);
    request->inode->modify_ms = request->inode->change_ms = six_node_wall_ms(node);
  }
  return trip < request->trips;
}

// ---- Names

static bool has_children(struct six_files *files, const char *path) {
  for (uint32_t i = 0; i < files->count; i++) {
    if (six_files_child(path, files->names[i].path)) return true;
  }
  return false;
}

static bool make_directory(struct six_nodejs *node, struct six_fs_request *request, const char *path) {
  const char *code;
  if (six_files_find(six_files_of(node), path, true, &code)) return fail(request, "EEXIST", "mkdir");
  if (!six_files_create(node, path, SIX_FILE_DIRECTORY, (uint16_t)(request->mode & ~022), &code)) return fail(request, code, "mkdir");
  return true;
}

static bool op_mkdir(struct six_nodejs *node, struct six_fs_request *request) {
  if (!request->recursive) {
    make_directory(node, request, request->path);
    return false;
  }
  struct six_files *files = six_files_of(node);
  char *path = six_files_absolute(files, request->path);
  for (char *slash = strchr(path + 1, '/');; slash = strchr(slash + 1, '/')) {
    if (slash) *slash = '\0';
    const char *code;
    struct six_file_name *name = six_files_find(files, path, true, &code);
    if (name && name->inode->type != SIX_FILE_DIRECTORY) {
      fail(request, slash ? "ENOTDIR" : "EEXIST", "mkdir");
      break;
    }
    if (!name) {
      if (!make_directory(node, request, path)) break;
      // The first one made is the result, relative if the path was.
      size_t cwd = request->path[0] == '/' ? 0 : strlen(node->world->cwd) + 1;
      if (!request->dest) request->dest = strdup(path + (cwd < strlen(path) ? cwd : 0));
    }
    if (!slash) break;
    *slash = '/';
  }
  free(path);
  return false;
}

static bool op_mkdtemp(struct six_nodejs *node, struct six_fs_request *request) {
  struct six_files *files = six_files_of(node);
  static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  uint64_t number = six_outside_random(node->outside);
  files->temporary++;
  struct six_text path = {0};
  six_text_adds(&path, request->path);
  for (int i = 0; i < 6; i++, number /= 62) six_text_addc(&path, letters[number % 62]);
  request->mode = 0700;
  if (make_directory(node, request, path.bytes)) {
    free(request->path);
    request->path = path.bytes;
    return false;
  }
  six_text_done(&path);
  six_text_addf(&path, "%sXXXXXX", request->path);
  free(request->path);
  request->path = path.bytes;
  return fail(request, request->code, "mkdtemp");
}

static bool op_rmdir(struct six_nodejs *node, struct six_fs_request *request) {
  struct six_files *files = six_files_of(node);
  struct six_file_name *name = find(node, request, "rmdir", false);
  if (!name) return false;
  if (name->inode->type != SIX_FILE_DIRECTORY) return fail(request, "ENOTDIR", "rmdir");
  if (has_children(files, name->path)) return fail(request, "ENOTEMPTY", "rmdir");
  six_files_remove(files, name);
  return false;
}

static bool op_unlink(struct six_nodejs *node, struct six_fs_request *request) {
  struct six_file_name *name = find(node, request, "unlink", false);
  if (!name) return false;
  if (name->inode->type == SIX_FILE_DIRECTORY) return fail(request, "EISDIR", "unlink");
  six_files_remove(six_files_of(node), name);
  return false;
}

static void remove_tree(struct six_files *files, const char *path) {
  char *root = strdup(path);
  size_t length = strlen(root);
  for (uint32_t i = files->count; i-- > 0;) {
    const char *name = files->names[i].path;
    if (strncmp(name, root, length) == 0 && (name[length] == '/' || name[length] == '\0')) six_files_remove(files, &files->names[i]);
  }
  free(root);
}

static bool op_rm(struct six_nodejs *node, struct six_fs_request *request) {
  struct six_files *files = six_files_of(node);
  uint32_t trip = ++request->trip;
  const char *code;
  struct six_file_name *name = six_files_find(files, request->path, false, &code);
  if (!name) {
    if (request->force) return false;
    return fail(request, code, "lstat");
  }
  if (name->inode->type == SIX_FILE_DIRECTORY && !request->recursive) return fail(request, "EISDIR", "rm");
  if (trip < request->trips) return true;
  remove_tree(files, name->path);
  return false;
}

static bool op_rename(struct six_nodejs *node, struct six_fs_request *request) {
  struct six_files *files = six_files_of(node);
  struct six_file_name *name = find(node, request, "rename", false);
  if (!name) return false;
  const char *code;
  struct six_file_name *old = six_files_find(files, request->dest, false, &code);
  if (old && old->inode == name->inode) return false;
  if (old && old->inode->type == SIX_FILE_DIRECTORY && name->inode->type != SIX_FILE_DIRECTORY) return fail(request, "EISDIR", "rename");
  if (old && old->inode->type == SIX_FILE_DIRECTORY && has_children(files, old->path)) return fail(request, "ENOTEMPTY", "rename");
  char *from = strdup(name->path);
  struct six_inode *probe = old ? NULL : six_files_create(node, request->dest, SIX_FILE_REGULAR, 0644, &code);  // finds the real name
  if (!old && !probe) {
    free(from);
    return fail(request, code, "rename");
  }
  char *to = strdup(old ? old->path : files->names[files->count - 1].path);
  remove_tree(files, to);
  size_t length = strlen(from);
  for (uint32_t i = 0; i < files->count; i++) {
    struct six_file_name *one = &files->names[i];
    if (strncmp(one->path, from, length) != 0 || (one->path[length] != '/' && one->path[length] != '\0')) continue;
    struct six_text path = {0};
    six_text_addf(&path, "%s%s", to, one->path + length);
    free(one->path);
    one->path = path.bytes;
    uint32_t hash = 2166136261u;
    for (const char *c = one->path; *c; c++) hash = (hash ^ (uint8_t)*c) * 16777619u;
    one->hash = hash;
  }
  six_files_changed(files);
  free(from);
  free(to);
  return false;
}

static bool op_copy(struct six_nodejs *node, struct six_fs_request *request) {
  struct six_file_name *name = find(node, request, "copyfile", true);
  if (!name) return false;
  if (name->inode->type == SIX_FILE_DIRECTORY) return fail(request, "EISDIR", "copyfile");
  struct six_inode *source = name->inode;
  const char *code;
  struct six_file_name *old = six_files_find(six_files_of(node), request->dest, true, &code);
  if (old && (request->mode & 1)) return fail(request, "EEXIST", "copyfile");
  if (old && old->inode->type == SIX_FILE_DIRECTORY) return fail(request, "EISDIR", "copyfile");
  struct six_inode *target = old ? old->inode : six_files_create(node, request->dest, SIX_FILE_REGULAR, source->mode, &code);
  if (!target) return fail(request, code, "copyfile");
  if (target == source) return false;
  six_inode_truncate(target, 0);
  six_inode_write(target, 0, source->bytes ? source->bytes : "", source->length);
  target->modify_ms = target->change_ms = six_node_wall_ms(node);
  return false;
}

static bool op_symlink(struct six_nodejs *node, struct six_fs_request *request) {
  const char *code;
  if (six_files_find(six_files_of(node), request->dest, false, &code)) return fail(request, "EEXIST", "symlink");
  struct six_inode *inode = six_files_create(node, request->dest, SIX_FILE_LINK, 0777, &code);
  if (!inode) return fail(request, code, "symlink");
  six_inode_write(inode, 0, request->path, strlen(request->path));
  return false;
}

static bool op_link(struct six_nodejs *node, struct six_fs_request *request) {
  struct six_files *files = six_files_of(node);
  struct six_file_name *name = find(node, request, "link", false);
  if (!name) return false;
  const char *code;
  struct six_inode *source = name->inode;
  if (six_files_find(files, request->dest, false, &code)) return fail(request, "EEXIST", "link");
  struct six_inode *fresh = six_files_create(node, request->dest, SIX_FILE_REGULAR, 0644, &code);
  if (!fresh) return fail(request, code, "link");
  files->names[files->count - 1].inode = source;
  source->links++;
  fresh->links--;
  six_inode_release(files, fresh);
  return false;
}

static bool op_truncate(struct six_nodejs *node, struct six_fs_request *request) {
  struct six_inode *inode = NULL;
  if (request->fd >= 0) {
    struct six_descriptor_entry *entry = descriptor(node, request, "ftruncate");
    if (!entry) return false;
    if (!entry->writable) return fail(request, "EINVAL", "ftruncate");
    inode = entry->inode;
  } else {
    request->flags = SIX_O_READ_WRITE;
    inode = open_inode(node, request);
    if (!inode) return false;
    if (++request->trip < request->trips) return true;
  }
  six_inode_truncate(inode, (uint64_t)request->length);
  return false;
}

static bool op_readlink(struct six_nodejs *node, struct six_fs_request *request) {
  struct six_file_name *name = find(node, request, "readlink", false);
  if (!name) return false;
  if (name->inode->type != SIX_FILE_LINK) return fail(request, "EINVAL", "readlink");
  six_text_add(&request->data, name->inode->bytes, name->inode->length);
  return false;
}

static bool op_realpath(struct six_nodejs *node, struct six_fs_request *request) {
  if (!find(node, request, request->style == 2 ? "realpath" : "lstat", true)) return false;
  char *path = resolved(node, request->path);
  six_text_adds(&request->data, path);
  free(path);
  return false;
}

static bool op_access(struct six_nodejs *node, struct six_fs_request *request) {
  struct six_file_name *name = find(node, request, "access", true);
  if (!name) return false;
  int wanted = request->mode & 7;
  if ((wanted & 1) && !(name->inode->mode & 0111)) return fail(request, "EACCES", "access");
  if ((wanted & 2) && !(name->inode->mode & 0222)) return fail(request, "EACCES", "access");
  if ((wanted & 4) && !(name->inode->mode & 0444)) return fail(request, "EACCES", "access");
  return false;
}

static bool op_stat(struct six_nodejs *node, struct six_fs_request *request) {
  struct six_inode *inode = NULL;
  if (request->op == SIX_FS_FSTAT) {
    struct six_descriptor_entry *entry = descriptor(node, request, "fstat");
    inode = entry ? entry->inode : NULL;
  } else {
    bool follow = request->op == SIX_FS_STAT;
    struct six_file_name *name = find(node, request, follow ? "stat" : "lstat", follow);
    inode = name ? name->inode : NULL;
  }
  if (inode) hold(request, inode);
  return false;
}

static bool op_readdir(struct six_nodejs *node, struct six_fs_request *request) {
  struct six_file_name *name = find(node, request, "scandir", true);
  if (!name) return false;
  if (name->inode->type != SIX_FILE_DIRECTORY) return fail(request, "ENOTDIR", "scandir");
  hold(request, name->inode);
  return false;
}

static bool op_change(struct six_nodejs *node, struct six_fs_request *request) {
  struct six_file_name *name = NULL;
  struct six_inode *inode;
  const char *syscall = request->op == SIX_FS_CHMOD ? "chmod" : "utime";
  if (request->fd >= 0) {
    struct six_descriptor_entry *entry = descriptor(node, request, request->op == SIX_FS_CHMOD ? "fchmod" : "futime");
    if (!entry) return false;
    inode = entry->inode;
  } else {
    name = find(node, request, syscall, true);
    if (!name) return false;
    inode = name->inode;
  }
  if (request->op == SIX_FS_CHMOD) {
    inode->mode = (uint16_t)(request->mode & 07777);
  } else {
    inode->access_ms = request->offset;
    inode->modify_ms = request->length;
  }
  inode->change_ms = six_node_wall_ms(node);
  return false;
}

bool six_fs_step(struct six_nodejs *node, struct six_fs_request *request, struct six_values *values) {
  switch ((enum six_fs_op)request->op) {
    case SIX_FS_ACCESS: return op_access(node, request);
    case SIX_FS_CHMOD:
    case SIX_FS_UTIMES: return op_change(node, request);
    case SIX_FS_CLOSE: return op_close(node, request);
    case SIX_FS_COPY: return op_copy(node, request);
    case SIX_FS_EXISTS: op_access(node, request); return false;
    case SIX_FS_FSTAT:
    case SIX_FS_LSTAT:
    case SIX_FS_STAT: return op_stat(node, request);
    case SIX_FS_FTRUNCATE:
    case SIX_FS_TRUNCATE: return op_truncate(node, request);
    case SIX_FS_LINK: return op_link(node, request);
    case SIX_FS_MKDIR: return op_mkdir(node, request);
    case SIX_FS_MKDTEMP: return op_mkdtemp(node, request);
    case SIX_FS_NOTHING: return false;
    case SIX_FS_OPEN: return op_open(node, request);
    case SIX_FS_READ: return op_read(node, request, values);
    case SIX_FS_READDIR: return op_readdir(node, request);
    case SIX_FS_READ_FILE: return op_read_file(node, request);
    case SIX_FS_READLINK: return op_readlink(node, request);
    case SIX_FS_REALPATH: return op_realpath(node, request);
    case SIX_FS_RENAME: return op_rename(node, request);
    case SIX_FS_RM: return op_rm(node, request);
    case SIX_FS_RMDIR: return op_rmdir(node, request);
    case SIX_FS_SYMLINK: return op_symlink(node, request);
    case SIX_FS_UNLINK: return op_unlink(node, request);
    case SIX_FS_WRITE: return op_write(node, request);
    case SIX_FS_WRITE_FILE: return op_write_file(node, request);
  }
  return false;
}
