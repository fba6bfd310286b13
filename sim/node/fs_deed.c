// What a trip of a file operation is in the real world: told to a driver that performs it (sim/loop/driver.h).
#include <stdlib.h>
#include <string.h>

#include "sim/node/fs_request.h"

// A trip of readFile or writeFile: the first opens, the last closes (R101).
static enum six_deed of_whole(struct six_nodejs *node, const struct six_fs_request *request) {
  uint32_t trip = request->trip + 1;
  bool writes = request->op == SIX_FS_WRITE_FILE;
  if (request->fd >= 0) return writes ? SIX_DEED_WRITE : SIX_DEED_READ;
  if (request->trips == 1) return SIX_DEED_WHOLE;
  if (trip == 1) return SIX_DEED_OPEN;
  if (trip >= request->trips) return SIX_DEED_CLOSE;
  if (writes) return SIX_DEED_WRITE;
  bool looks = trip == 2 && request->trips > 2 && node->rules->cell[SIX_RULE_READ_FILE_TRIPS];  // fstat
  return looks ? SIX_DEED_STAT : SIX_DEED_READ;
}

static enum six_deed deed_of(struct six_nodejs *node, const struct six_fs_request *request) {
  switch ((enum six_fs_op)request->op) {
    case SIX_FS_READ_FILE:
    case SIX_FS_WRITE_FILE: return of_whole(node, request);
    case SIX_FS_OPEN: return SIX_DEED_OPEN;
    case SIX_FS_CLOSE: return SIX_DEED_CLOSE;
    case SIX_FS_READ: return SIX_DEED_READ;
    case SIX_FS_WRITE: return SIX_DEED_WRITE;
    case SIX_FS_READDIR: return SIX_DEED_LIST;
    case SIX_FS_MKDIR: return SIX_DEED_MAKE_FOLDER;
    case SIX_FS_RMDIR: return SIX_DEED_REMOVE_FOLDER;
    case SIX_FS_UNLINK:
    case SIX_FS_RM: return SIX_DEED_REMOVE;
    case SIX_FS_RENAME: return request->dest ? SIX_DEED_MOVE : SIX_DEED_STAT;
    case SIX_FS_COPY: return request->dest ? SIX_DEED_COPY : SIX_DEED_STAT;
    default: return SIX_DEED_STAT;
  }
}

static const char *path_of(struct six_files *files, const struct six_fs_request *request) {
  uint32_t index = (uint32_t)(request->fd - SIX_FIRST_FD);
  if (request->path) return request->path;
  if (request->fd < SIX_FIRST_FD || index >= files->descriptor_count || !files->descriptors[index].inode) return NULL;
  return files->descriptors[index].path;
}

// Two paths in one piece of memory; the second is returned.
static const char *put_behind(char **path, char *second) {
  size_t first = strlen(*path) + 1, length = strlen(second) + 1;
  char *both = realloc(*path, first + length);
  if (!both) abort();
  memcpy(both + first, second, length);
  free(second);
  *path = both;
  return both + first;
}

char *six_fs_deed(struct six_nodejs *node, const struct six_fs_request *request, enum six_deed *deed, struct six_deed_file *file) {
  struct six_files *files = six_files_of(node);
  const char *path = path_of(files, request), *code;
  *deed = deed_of(node, request);
  if (!path) return NULL;
  char *absolute = six_files_absolute(files, path);
  struct six_file_name *name = six_files_find(files, path, true, &code);
  *file = (struct six_deed_file){.exists = name != NULL};
  if (*deed == SIX_DEED_MOVE || *deed == SIX_DEED_COPY) file->dest = put_behind(&absolute, six_files_absolute(files, request->dest));
  file->path = absolute;
  if (name) {
    file->directory = name->inode->type == SIX_FILE_DIRECTORY;
    if (file->directory && *deed == SIX_DEED_REMOVE) *deed = SIX_DEED_REMOVE_FOLDER;
    file->bytes = name->inode->bytes;
    file->length = file->directory ? 0 : name->inode->length;
  }
  file->writes = request->op == SIX_FS_WRITE_FILE || request->op == SIX_FS_WRITE ||
                 (request->op == SIX_FS_OPEN && (request->flags & (SIX_O_WRITE | SIX_O_READ_WRITE)));
  if (*deed == SIX_DEED_WRITE || *deed == SIX_DEED_WHOLE) {
    if (file->writes) file->bytes = request->data.bytes, file->length = request->data.length;
  }
  return absolute;
}
