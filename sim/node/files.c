#include "sim/node/files.h"

#include <stdlib.h>
#include <string.h>

static uint32_t hash_path(const char *path) {
  uint32_t hash = 2166136261u;
  for (; *path; path++) hash = (hash ^ (uint8_t)*path) * 16777619u;
  return hash;
}

static void *checked(void *p) {
  if (!p) abort();
  return p;
}

char *six_files_absolute(const struct six_files *files, const char *path) {
  size_t base = path[0] == '/' ? 0 : strlen(files->cwd);
  char *joined = checked(malloc(base + strlen(path) + 3));
  memcpy(joined, files->cwd, base);
  joined[base] = '/';
  strcpy(joined + base + 1, path);
  char *out = joined;  // the result never grows past what was read
  const char *in = joined;
  while (*in) {
    while (*in == '/') in++;
    size_t length = strcspn(in, "/");
    if (length == 0) break;
    if (length == 2 && in[0] == '.' && in[1] == '.') {
      while (out > joined && *--out != '/') continue;
    } else if (!(length == 1 && in[0] == '.')) {
      *out++ = '/';
      memmove(out, in, length);
      out += length;
    }
    in += length;
  }
  if (out == joined) *out++ = '/';
  *out = '\0';
  return joined;
}

static struct six_file_name *lookup(struct six_files *files, const char *path) {
  uint32_t hash = hash_path(path);
  for (uint32_t i = 0; i < files->count; i++) {
    if (files->names[i].hash == hash && strcmp(files->names[i].path, path) == 0) return &files->names[i];
  }
  return NULL;
}

void six_files_changed(struct six_files *files) {
  free(files->found);
  files->found = NULL;
}

static struct six_inode *add_name(struct six_files *files, const char *path, struct six_inode *inode) {
  if (files->count == files->capacity) {
    files->capacity = files->capacity ? files->capacity * 2 : 32;
    files->names = checked(realloc(files->names, files->capacity * sizeof *files->names));
  }
  six_files_changed(files);
  files->names[files->count++] = (struct six_file_name){checked(strdup(path)), hash_path(path), inode};
  inode->links++;
  return inode;
}

static struct six_inode *new_inode(struct six_files *files, enum six_file_type type, uint16_t mode, double now) {
  struct six_inode *inode = checked(calloc(1, sizeof *inode));
  inode->number = files->next_number++;
  inode->type = (uint8_t)type;
  inode->mode = mode;
  inode->access_ms = inode->modify_ms = inode->change_ms = inode->birth_ms = now;
  return inode;
}

static void make_directories(struct six_files *files, const char *path, double now) {
  if (lookup(files, path)) return;
  char *parent = checked(strdup(path));
  char *slash = strrchr(parent, '/');
  if (slash != parent) {
    *slash = '\0';
    make_directories(files, parent, now);
  } else if (path[1] != '\0') {
    make_directories(files, "/", now);
  }
  free(parent);
  add_name(files, path, new_inode(files, SIX_FILE_DIRECTORY, 0755, now));
}

static void add_parent(struct six_files *files, const char *path, double now) {
  char *parent = checked(strdup(path));
  char *slash = strrchr(parent, '/');
  slash[slash == parent] = '\0';
  make_directories(files, parent, now);
  free(parent);
}

static void fill(struct six_inode *inode, uint64_t size) {
  enum { MOST = 256 << 20 };
  if (size > MOST) size = MOST;
  six_inode_truncate(inode, size);
  if (size) memset(inode->bytes, 'x', size);
}

static void add_world_file(struct six_nodejs *node, struct six_files *files, const struct six_world_file *file) {
  double now = node->world->epoch_ms;
  char *path = six_files_absolute(files, file->name);
  add_parent(files, path, now);
  if (file->is_directory) {
    make_directories(files, path, now);
  } else if (!lookup(files, path)) {
    struct six_inode *inode = add_name(files, path, new_inode(files, SIX_FILE_REGULAR, 0644, now));
    if (file->bytes) {
      six_inode_write(inode, 0, file->bytes, file->size ? (size_t)file->size : strlen(file->bytes));
    } else {
      fill(inode, file->size);
    }
  }
  struct six_file_name *name = lookup(files, path);
  if (name) {
    name->inode->error = file->error;
    if (file->latency != UINT64_MAX) name->inode->latency = file->latency ? file->latency : 1;
  }
  free(path);
}

static void add_program(struct six_nodejs *node, struct six_files *files) {
  if (!node->file_name || lookup(files, node->file_name)) return;
  double now = node->world->epoch_ms;
  add_parent(files, node->file_name, now);
  struct six_inode *inode = add_name(files, node->file_name, new_inode(files, SIX_FILE_REGULAR, 0644, now));
  struct six_machine *m = node->m;
  for (uint32_t i = 0; i < m->units_count; i++) {
    const struct six_program *program = m->units[i].program;
    if (!program || !program->source.bytes || !m->units[i].url) continue;
    const char *url = m->units[i].url;
    if (strncmp(url, "file://", 7) == 0) url += 7;
    if (strcmp(url, node->file_name) == 0) six_inode_write(inode, 0, program->source.bytes, program->source.length);
  }
}

static void free_files(struct six_nodejs *node, void *state);

struct six_files *six_files_of(struct six_nodejs *node) {
  struct six_files *files = node->state[SIX_STATE(fs)];
  if (files) return files;
  files = checked(calloc(1, sizeof *files));
  node->state[SIX_STATE(fs)] = files;
  node->free_state[SIX_STATE(fs)] = free_files;
  files->next_number = 1000;
  files->cwd = checked(strdup(node->world->cwd ? node->world->cwd : "/home/user"));
  make_directories(files, files->cwd, node->world->epoch_ms);
  make_directories(files, "/tmp", node->world->epoch_ms);
  for (uint32_t i = 0; i < node->world->file_count; i++) add_world_file(node, files, &node->world->files[i]);
  add_program(node, files);
  return files;
}

static void free_inode(struct six_inode *inode) {
  free(inode->bytes);
  free(inode);
}

void six_fs_free_requests(struct six_files *files);  // fs_request.c

static void free_files(struct six_nodejs *node, void *state) {
  (void)node;
  struct six_files *files = state;
  six_fs_free_requests(files);
  for (uint32_t i = 0; i < files->descriptor_count; i++) {
    struct six_inode *inode = files->descriptors[i].inode;
    free(files->descriptors[i].path);
    if (!inode) continue;
    inode->opened--;
    six_inode_release(files, inode);
  }
  while (files->count) six_files_remove(files, &files->names[files->count - 1]);
  six_files_changed(files);
  free(files->names);
  free(files->descriptors);
  free(files->cwd);
  free(files);
}

// Finds the longest prefix that exists, following links on the way: `depth` bounds chains of links.
static struct six_file_name *walk(struct six_files *files, char *path, bool follow, int depth, const char **code) {
  *code = "ENOENT";
  for (char *slash = strchr(path + 1, '/');; slash = strchr(slash + 1, '/')) {
    if (slash) *slash = '\0';
    struct six_file_name *name = lookup(files, path);
    if (slash) *slash = '/';
    if (!name) return NULL;
    if (name->inode->type == SIX_FILE_LINK && (slash || follow)) {
      if (depth == 0) {
        *code = "ELOOP";
        return NULL;
      }
      struct six_text target = {0};
      if (name->inode->bytes[0] != '/') {
        six_text_add(&target, name->path, (size_t)(strrchr(name->path, '/') - name->path + 1));
      }
      six_text_add(&target, name->inode->bytes, name->inode->length);
      if (slash) six_text_adds(&target, slash);
      char *next = six_files_absolute(files, target.bytes);
      six_text_done(&target);
      name = walk(files, next, follow, depth - 1, code);
      free(next);
      return name;
    }
    if (!slash) return name;
    if (name->inode->type != SIX_FILE_DIRECTORY) {
      *code = "ENOTDIR";
      return NULL;
    }
  }
}

struct six_file_name *six_files_find(struct six_files *files, const char *path, bool follow, const char **code) {
  *code = "ENOENT";
  if (path[0] == '\0') return NULL;
  if (files->found && files->found_follow == follow && !strcmp(files->found, path)) return &files->names[files->found_name];
  char *absolute = six_files_absolute(files, path);
  struct six_file_name *name = walk(files, absolute, follow, 40, code);
  free(absolute);
  size_t length = strlen(path);
  if (name && length > 1 && path[length - 1] == '/' && name->inode->type == SIX_FILE_REGULAR) {
    *code = "ENOTDIR";
    return NULL;
  }
  if (name) {
    six_files_changed(files);
    files->found = checked(strdup(path));
    files->found_name = (uint32_t)(name - files->names);
    files->found_follow = follow;
  }
  return name;
}

struct six_inode *six_files_create(struct six_nodejs *node, const char *path, enum six_file_type type, uint16_t mode, const char **code) {
  struct six_files *files = six_files_of(node);
  *code = "ENOENT";
  if (path[0] == '\0') return NULL;
  char *absolute = six_files_absolute(files, path);
  char *slash = strrchr(absolute, '/');
  struct six_inode *inode = NULL;
  char *last = checked(strdup(slash + 1));
  slash[slash == absolute] = '\0';
  struct six_file_name *parent = walk(files, absolute, true, 40, code);
  if (parent && parent->inode->type != SIX_FILE_DIRECTORY) {
    *code = "ENOTDIR";
  } else if (parent) {
    struct six_text full = {0};
    six_text_addf(&full, "%s/%s", parent->path[1] ? parent->path : "", last);
    double now = six_node_wall_ms(node);
    parent->inode->modify_ms = parent->inode->change_ms = now;
    inode = add_name(files, full.bytes, new_inode(files, type, mode, now));
    six_text_done(&full);
  }
  free(last);
  free(absolute);
  return inode;
}

void six_inode_release(struct six_files *files, struct six_inode *inode) {
  (void)files;
  if (inode->links == 0 && inode->opened == 0) free_inode(inode);
}

void six_files_remove(struct six_files *files, struct six_file_name *name) {
  struct six_inode *inode = name->inode;
  six_files_changed(files);
  free(name->path);
  size_t index = (size_t)(name - files->names);
  memmove(name, name + 1, (files->count - index - 1) * sizeof *name);
  files->count--;
  inode->links--;
  six_inode_release(files, inode);
}

const char *six_files_child(const char *parent, const char *path) {
  size_t length = strlen(parent);
  if (length == 1) length = 0;  // the root
  if (strncmp(path, parent, length) != 0 || path[length] != '/' || path[length + 1] == '\0') return NULL;
  const char *last = path + length + 1;
  return strchr(last, '/') ? NULL : last;
}

static void reserve(struct six_inode *inode, size_t length) {
  if (length < inode->capacity) return;
  size_t capacity = inode->capacity * 2 > length ? inode->capacity * 2 : length + 1;
  inode->bytes = checked(realloc(inode->bytes, capacity));
  inode->capacity = capacity;
}

void six_inode_write(struct six_inode *inode, uint64_t position, const char *bytes, size_t length) {
  size_t end = (size_t)position + length;
  reserve(inode, end);
  if (position > inode->length) memset(inode->bytes + inode->length, 0, (size_t)position - inode->length);
  if (length) memcpy(inode->bytes + position, bytes, length);
  if (end > inode->length) inode->length = end;
  inode->bytes[inode->length] = '\0';
}

void six_inode_truncate(struct six_inode *inode, uint64_t length) {
  reserve(inode, (size_t)length);
  if (length > inode->length) memset(inode->bytes + inode->length, 0, (size_t)length - inode->length);
  inode->length = (size_t)length;
  inode->bytes[inode->length] = '\0';
}
