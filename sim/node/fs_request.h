// node: one file operation, whichever way it was asked for. Synchronous calls perform it at once; the others make their
// trips through the thread pool first (R100 to R104) and perform it as each trip completes.
#ifndef SIX_NODE_FS_REQUEST_H
#define SIX_NODE_FS_REQUEST_H

#include "sim/node/buffer.h"
#include "sim/node/files.h"

enum six_fs_op {
  SIX_FS_ACCESS,
  SIX_FS_CHMOD,
  SIX_FS_CLOSE,
  SIX_FS_COPY,
  SIX_FS_EXISTS,
  SIX_FS_FSTAT,
  SIX_FS_FTRUNCATE,
  SIX_FS_LINK,
  SIX_FS_LSTAT,
  SIX_FS_MKDIR,
  SIX_FS_MKDTEMP,
  SIX_FS_NOTHING,
  SIX_FS_OPEN,
  SIX_FS_READ,
  SIX_FS_READDIR,
  SIX_FS_READ_FILE,
  SIX_FS_READLINK,
  SIX_FS_REALPATH,
  SIX_FS_RENAME,
  SIX_FS_RM,
  SIX_FS_RMDIR,
  SIX_FS_STAT,
  SIX_FS_SYMLINK,
  SIX_FS_TRUNCATE,
  SIX_FS_UNLINK,
  SIX_FS_UTIMES,
  SIX_FS_WRITE,
  SIX_FS_WRITE_FILE
};

enum {  // open flags, as Linux has them
  SIX_O_WRITE = 1,
  SIX_O_READ_WRITE = 2,
  SIX_O_CREATE = 0100,
  SIX_O_EXCLUSIVE = 0200,
  SIX_O_TRUNCATE = 01000,
  SIX_O_APPEND = 02000
};

struct six_fs_request {
  // What every trip looks at.
  uint8_t op;     // enum six_fs_op
  uint8_t style;  // fs.c's: synchronous, callback, promise
  bool recursive, force, with_types, throws;
  int fd;  // -1: by path
  uint32_t trip, trips;
  struct six_inode *inode;  // of the file being read or written, held open
  char *path, *dest;
  uint64_t read;         // bytes read so far
  struct six_text data;  // bytes to write, or that were read
  int flags, mode;
  enum six_encoding encoding;
  uint32_t task;
  double offset, length, position;         // position < 0: the descriptor's own
  struct six_fs_request *next, *previous;  // all that are under way
  const char *name;                        // "readFile"
  const char *called;                      // the function of fs.promises, for stack traces; or NULL
  // What went wrong.
  const char *code, *syscall;
  bool no_path;              // the message does not name the file
  int32_t jobs, error_jobs;  // R103
};

// Makes one trip's worth of the operation: true when another trip must follow. The values block is
// [callback or promise, buffer, ...]; a finished operation's results are put into `results` (at most 2), their number
// into *count.
bool six_fs_step(struct six_nodejs *node, struct six_fs_request *request, struct six_values *values);
// The results of a finished operation that did not fail (request->code NULL).
int six_fs_results(struct six_nodejs *node, struct six_fs_request *request, struct six_values *values, six_value results[2]);
// Its error: "ENOENT: no such file or directory, open 'x'" with errno, code, syscall, path, dest.
six_value six_fs_error(struct six_nodejs *node, const struct six_fs_request *request);
// The ns that its next trip takes: 0 for the world's latency.
uint64_t six_fs_latency(struct six_nodejs *node, const struct six_fs_request *request);
// How many trips it takes in all, as far as is known now.
uint32_t six_fs_trips(struct six_nodejs *node, const struct six_fs_request *request);

// What the next trip does, for a driver that really does it: the deed, and the file in `file` with its path, which the
// caller frees; NULL (and no file) when the request names none.
char *six_fs_deed(struct six_nodejs *node, const struct six_fs_request *request, enum six_deed *deed, struct six_deed_file *file);

struct six_fs_request *six_fs_request_new(struct six_nodejs *node, enum six_fs_op op);
void six_fs_request_free(struct six_nodejs *node, struct six_fs_request *request);
// errno and text of a code ("ENOENT": -2, "no such file or directory").
int six_errno(const char *code, const char **text);
// An Error as libuv's failures make it. path, dest: NULL when absent. `bare`: its stack has no frames.
struct six_object *six_system_error(struct six_nodejs *node, const char *code, const char *syscall, const char *path, const char *dest,
                                    bool bare);

#endif
