// loop: what the files of the libuv driver share. Nobody else includes it.
#ifndef SIX_LOOP_DRIVER_UV_H
#define SIX_LOOP_DRIVER_UV_H

#include <uv.h>

#include "sim/loop/private.h"

struct uv_peer;

// A real file that stands for one of the world's; it is made when the program first touches it.
struct uv_file {
  char *path, *real;
  int fds[16], fd_count;  // open descriptors, the latest last
};

// One request of libuv's, from its start until its callback.
struct uv_job {
  struct uv_driver *driver;
  struct uv_job *next, *previous;  // all that are under way
  uint64_t ticket, sleep_ns;       // ticket 0: completed; sleep_ns: how much longer than the operation itself it takes
  struct six_stream stream;
  enum six_deed deed;
  bool writes, unref, connected;
  bool outside;                 // a socket's
  bool arrived;                 // but waits for an earlier one of its stream
  struct uv_file *file, *dest;  // NULL: none
  int fd;
  char *bytes;
  size_t length;
  union {
    uv_req_t any;
    uv_work_t work;
    uv_fs_t fs;
    uv_getaddrinfo_t lookup;
    uv_connect_t connect;
  } request;
  union {
    uv_handle_t any;
    uv_stream_t stream;
    uv_tcp_t tcp;
    uv_pipe_t pipe;
  } socket;
  char received[8];
};

struct uv_handle_of_timer {  // 8 and 10: a libuv timer for each list, and for each unref'd timer
  uv_timer_t timer;
  struct uv_driver *driver;
  uint32_t handle;
};

struct uv_driver {
  uv_loop_t uv;
  struct six_loop *loop;
  uint64_t base_ms;  // libuv's time at the world's time 0
  const char *folder;
  uv_timer_t deadline;
  uv_prepare_t prepare;
  uv_check_t check;
  uv_idle_t idle;
  uv_async_t async;
  struct uv_handle_of_timer one, **lists, **owns;
  uint32_t list_count, own_count;
  uint64_t closing;  // handles whose close callback is to come
  bool in_turn, dead;
  struct uv_job *jobs;
  struct uv_file *files;
  uint32_t file_count;
  struct uv_peer *peer;
};

// Every callback of libuv's begins and ends with these: libuv's state is read before and told of changes after.
// false: the run is over.
bool six_uv_enter(struct uv_driver *driver, enum six_phase phase);
void six_uv_leave(struct uv_driver *driver);
// The job is done: its task runs in `phase`, unless an earlier one of its stream is not.
void six_uv_completed(struct uv_job *job, enum six_phase phase);
void six_uv_forget(struct uv_job *job);  // and frees it

// driver_uv_work.c: files and other work of the thread pool.
void six_uv_start_work(struct uv_job *job, const struct six_operation *operation);
void six_uv_free_files(struct uv_driver *driver);

// driver_uv_peer.c: sockets of the loopback interface, and who is at their other end.
void six_uv_start_socket(struct uv_job *job, const struct six_operation *operation);
void six_uv_stop_peer(struct uv_driver *driver);

#endif
