// node: the files that a program sees. They start as the world's (constant) files and the program's own text; what the
// program writes changes this copy only. No file of the host is ever read or written.
#ifndef SIX_NODE_FILES_H
#define SIX_NODE_FILES_H

#include "sim/node/node.h"

enum six_file_type { SIX_FILE_REGULAR, SIX_FILE_DIRECTORY, SIX_FILE_LINK };

// The contents behind one or more names.
struct six_inode {
  uint32_t number;
  uint8_t type;     // enum six_file_type
  uint16_t mode;    // permission bits
  uint32_t links;   // names
  uint32_t opened;  // descriptors
  char *bytes;      // a link's: the target path
  size_t length, capacity;
  uint64_t latency;   // ns per trip; 0: the world's
  const char *error;  // every operation fails with this code, or NULL
  double access_ms, modify_ms, change_ms, birth_ms;
};

struct six_file_name {  // an entry of the tree: an absolute normal path
  char *path;
  uint32_t hash;
  struct six_inode *inode;
};

struct six_descriptor_entry {
  struct six_inode *inode;  // NULL: closed
  uint64_t position;
  bool readable, writable, append;
  char *path;
};

struct six_files {
  struct six_file_name *names;
  uint32_t count, capacity;
  char *found;  // what six_files_find found last, as it was asked for; NULL: names have changed since
  uint32_t found_name;
  bool found_follow;
  struct six_descriptor_entry *descriptors;  // fd is index + SIX_FIRST_FD
  uint32_t descriptor_count, descriptor_capacity;
  uint32_t next_number;
  uint32_t temporary;  // mkdtemp's counter
  char *cwd;
  struct six_fs_request *requests;  // fs_request.c: operations under way, freed with the rest
};
enum { SIX_FIRST_FD = 17 };

// The run's files, made at the first call.
struct six_files *six_files_of(struct six_nodejs *node);
// An absolute path without "." and ".." and doubled slashes; malloc'd.
char *six_files_absolute(const struct six_files *files, const char *path);
// The name, after following links (`follow`: also a link at the end). NULL: none; *code then says ENOENT, ENOTDIR or ELOOP.
struct six_file_name *six_files_find(struct six_files *files, const char *path, bool follow, const char **code);
// Adds a name for a new inode; the parent must be a directory (else NULL with *code).
struct six_inode *six_files_create(struct six_nodejs *node, const char *path, enum six_file_type type, uint16_t mode, const char **code);
void six_files_remove(struct six_files *files, struct six_file_name *name);
void six_files_changed(struct six_files *files);  // a name was changed in place
// Whether `path` is directly inside the directory named `parent`; its last component then.
const char *six_files_child(const char *parent, const char *path);
void six_inode_write(struct six_inode *inode, uint64_t position, const char *bytes, size_t length);
void six_inode_truncate(struct six_inode *inode, uint64_t length);
void six_inode_release(struct six_files *files, struct six_inode *inode);  // when neither names nor descriptors are left

#endif
