// What file operations give back: Stats, Dirent, listings, bytes.
#include <stdlib.h>
#include <string.h>

#include "sim/machine/builtins/builtin.h"
#include "sim/node/fs_request.h"

enum { MODE_DIRECTORY = 0040000, MODE_REGULAR = 0100000, MODE_LINK = 0120000, MODE_MASK = 0170000 };

static uint32_t mode_of(const struct six_inode *inode) {
  static const uint32_t types[] = {MODE_REGULAR, MODE_DIRECTORY, MODE_LINK};
  return types[inode->type] | inode->mode;
}

static six_value text_value(struct six_machine *m, const char *bytes, size_t length) {
  return six_string_value(six_string_utf8(m, bytes ? bytes : "", length));
}

// ---- Stats

static six_value has_type(struct six_machine *m, const struct six_args *a, uint32_t type) {
  six_value mode = six_node_getv(six_node_of(m), a->this_value, "mode");
  if (six_is_exception(mode)) return mode;
  return six_boolean(six_is_number(mode) && ((uint32_t)six_as_number(mode) & MODE_MASK) == type);
}
static six_value is_directory(struct six_machine *m, const struct six_args *a) { return has_type(m, a, MODE_DIRECTORY); }
static six_value is_file(struct six_machine *m, const struct six_args *a) { return has_type(m, a, MODE_REGULAR); }
static six_value is_link(struct six_machine *m, const struct six_args *a) { return has_type(m, a, MODE_LINK); }
static six_value is_never(struct six_machine *m, const struct six_args *a) {
  (void)m, (void)a;
  return SIX_FALSE;
}

static const struct six_native_def type_methods[] = {
    {"isDirectory", is_directory, 0, SIX_DEF_ENUMERABLE}, {"isFile", is_file, 0, SIX_DEF_ENUMERABLE},
    {"isBlockDevice", is_never, 0, SIX_DEF_ENUMERABLE},   {"isCharacterDevice", is_never, 0, SIX_DEF_ENUMERABLE},
    {"isSymbolicLink", is_link, 0, SIX_DEF_ENUMERABLE},   {"isFIFO", is_never, 0, SIX_DEF_ENUMERABLE},
    {"isSocket", is_never, 0, SIX_DEF_ENUMERABLE},
};

static six_value no_constructor(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_throw_type(m, "Illegal constructor");
}

static struct six_object *prototype(struct six_nodejs *node, enum six_node_root root, const char *name,
                                    const struct six_native_def *methods, size_t count) {
  six_value *slot = &node->roots[root];
  if (six_is_object(*slot)) return six_as_object(*slot);
  struct six_object *o = six_object_new(node->m, six_intrinsic(node->m, SIX_I_ObjectPrototype));
  *slot = six_object_value(o);
  struct six_object *constructor = six_constructor_new(node->m, name, no_constructor, 0, o);
  if (root == SIX_ROOT_STATS_PROTOTYPE) six_define(node->m, constructor, SIX_ATOM(node->m, prototype), six_object_value(o), SIX_WRITABLE);
  six_define_natives(node->m, o, methods, count);
  return o;
}

static six_value date_of(struct six_machine *m, double ms) {
  six_value date = six_object_value(six_intrinsic(m, SIX_I_Date)), argument = six_number(floor(ms + 0.5));
  return six_construct(m, date, 1, &argument, date);
}

static six_value stats(struct six_nodejs *node, const struct six_inode *inode) {
  struct six_machine *m = node->m;
  struct six_object *o = six_object_new(m, prototype(node, SIX_ROOT_STATS_PROTOTYPE, "Stats", type_methods, SIX_COUNT(type_methods)));
  six_root(m, six_object_value(o));
  double size = inode->type == SIX_FILE_DIRECTORY ? 4096 : (double)inode->length;
  uint32_t links = inode->links + (inode->type == SIX_FILE_DIRECTORY);
  const struct {
    const char *name;
    double value;
  } fields[] = {
      {"dev", 2049},
      {"mode", mode_of(inode)},
      {"nlink", links},
      {"uid", 1000},
      {"gid", 1000},
      {"rdev", 0},
      {"blksize", 4096},
      {"ino", inode->number},
      {"size", size},
      {"blocks", ceil(size / 4096) * 8},
      {"atimeMs", inode->access_ms},
      {"mtimeMs", inode->modify_ms},
      {"ctimeMs", inode->change_ms},
      {"birthtimeMs", inode->birth_ms},
  };
  for (size_t i = 0; i < SIX_COUNT(fields); i++) six_put(m, o, fields[i].name, six_number(fields[i].value));
  six_put(m, o, "atime", date_of(m, inode->access_ms));
  six_put(m, o, "mtime", date_of(m, inode->modify_ms));
  six_put(m, o, "ctime", date_of(m, inode->change_ms));
  six_put(m, o, "birthtime", date_of(m, inode->birth_ms));
  return six_object_value(o);
}

// ---- Listings

static six_value entry_type(struct six_machine *m, const struct six_args *a, int type) {
  six_value o = a->this_value;
  if (!six_is_object(o) || six_as_object(o)->cell.class_ != SIX_CLASS_OBJECT) return SIX_FALSE;
  struct six_values *symbols = six_own_keys(m, six_as_object(o), SIX_KEYS_SYMBOLS);
  if (!symbols) return SIX_EXCEPTION;
  if (symbols->count == 0) return SIX_FALSE;
  return six_boolean(six_get(m, six_as_object(o), symbols->items[0]) == six_int(type));
}
static six_value entry_is_file(struct six_machine *m, const struct six_args *a) { return entry_type(m, a, 1); }
static six_value entry_is_directory(struct six_machine *m, const struct six_args *a) { return entry_type(m, a, 2); }
static six_value entry_is_link(struct six_machine *m, const struct six_args *a) { return entry_type(m, a, 3); }

static const struct six_native_def entry_methods[] = {
    {"isDirectory", entry_is_directory, 0, SIX_DEF_ENUMERABLE},
    {"isFile", entry_is_file, 0, SIX_DEF_ENUMERABLE},
    {"isBlockDevice", is_never, 0, SIX_DEF_ENUMERABLE},
    {"isCharacterDevice", is_never, 0, SIX_DEF_ENUMERABLE},
    {"isSymbolicLink", entry_is_link, 0, SIX_DEF_ENUMERABLE},
    {"isFIFO", is_never, 0, SIX_DEF_ENUMERABLE},
    {"isSocket", is_never, 0, SIX_DEF_ENUMERABLE},
};

static six_value entry(struct six_nodejs *node, const char *directory, const char *name, const struct six_inode *inode) {
  static const int types[] = {1, 2, 3};
  struct six_machine *m = node->m;
  struct six_object *o = six_object_new(m, prototype(node, SIX_ROOT_DIRENT_PROTOTYPE, "Dirent", entry_methods, SIX_COUNT(entry_methods)));
  six_put(m, o, "name", text_value(m, name, strlen(name)));
  six_put(m, o, "parentPath", text_value(m, directory, strlen(directory)));
  six_put(m, o, "path", text_value(m, directory, strlen(directory)));
  six_define(m, o, six_symbol_value(six_symbol_new(m, six_str(m, "type"))), six_int(types[inode->type]), SIX_DATA_ALL);
  return six_object_value(o);
}

struct child {
  char *name;        // relative to the directory that was asked for
  const char *base;  // its last component
  const struct six_inode *inode;
};

static int by_name(const void *a, const void *b) { return strcmp(((const struct child *)a)->name, ((const struct child *)b)->name); }

// The path of the directory that `request` listed; its name may have changed since, which does not matter.
static six_value listing(struct six_nodejs *node, const struct six_fs_request *request) {
  struct six_machine *m = node->m;
  struct six_files *files = six_files_of(node);
  const char *code;
  struct six_object *list = six_array_new(m, 0);
  struct six_file_name *directory = six_files_find(files, request->path, true, &code);
  if (!directory) return six_object_value(list);
  struct child *children = calloc(files->count + 1, sizeof *children);
  if (!children) abort();
  size_t count = 0, prefix = strlen(directory->path);
  if (prefix == 1) prefix = 0;
  for (uint32_t i = 0; i < files->count; i++) {
    const char *path = files->names[i].path;
    if (strncmp(path, directory->path, prefix) != 0 || path[prefix] != '/' || !path[prefix + 1]) continue;
    if (!request->recursive && strchr(path + prefix + 1, '/')) continue;
    children[count++] = (struct child){strdup(path + prefix + 1), strrchr(path, '/') + 1, files->names[i].inode};
  }
  qsort(children, count, sizeof *children, by_name);
  for (size_t i = 0; i < count; i++) {
    const char *name = children[i].name;
    if (request->with_types) {
      struct six_text parent = {0};
      six_text_adds(&parent, request->path);
      if (strchr(name, '/')) six_text_addf(&parent, "/%.*s", (int)(strrchr(name, '/') - name), name);
      six_array_push(m, list, entry(node, parent.bytes, strrchr(name, '/') ? strrchr(name, '/') + 1 : name, children[i].inode));
      six_text_done(&parent);
    } else if (request->encoding == SIX_ENCODING_NONE) {
      six_array_push(m, list, six_buffer_new(node, name, strlen(name)));
    } else {
      six_array_push(m, list, text_value(m, name, strlen(name)));
    }
    free(children[i].name);
  }
  free(children);
  return six_object_value(list);
}

static six_value contents(struct six_nodejs *node, const struct six_fs_request *request) {
  if (request->encoding == SIX_ENCODING_NONE) return six_buffer_new(node, request->data.bytes, request->data.length);
  return six_decode(node, (const uint8_t *)request->data.bytes, request->data.length, request->encoding);
}

int six_fs_results(struct six_nodejs *node, struct six_fs_request *request, struct six_values *values, six_value results[2]) {
  struct six_machine *m = node->m;
  switch ((enum six_fs_op)request->op) {
    case SIX_FS_STAT:
    case SIX_FS_LSTAT:
    case SIX_FS_FSTAT: results[0] = stats(node, request->inode); return 1;
    case SIX_FS_OPEN: results[0] = six_number(request->length); return 1;
    case SIX_FS_READ:
    case SIX_FS_WRITE:
      results[0] = six_number(request->length);
      results[1] = values->items[1];
      return 2;
    case SIX_FS_READ_FILE: results[0] = contents(node, request); return 1;
    case SIX_FS_READDIR: results[0] = listing(node, request); return 1;
    case SIX_FS_READLINK:
    case SIX_FS_REALPATH: results[0] = text_value(m, request->data.bytes, request->data.length); return 1;
    case SIX_FS_MKDTEMP: results[0] = text_value(m, request->path, strlen(request->path)); return 1;
    case SIX_FS_MKDIR:
      if (!request->recursive) return 0;
      results[0] = request->dest ? text_value(m, request->dest, strlen(request->dest)) : SIX_UNDEFINED;
      return 1;
    default: return 0;
  }
}
