// The libuv driver's thread pool: uv_fs_* on real files in the folder of the run, uv_getaddrinfo for a literal address, and
// uv_queue_work for the rest. What a program gets to see is still the simulated file: of the real one only the time counts.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "sim/loop/driver_uv.h"

enum { MODE = 0600, MOST_BYTES = 512 * 1024 };
static const uint64_t sleeps_from = 500 * SIX_MICROSECOND;  // a shorter operation takes what it takes

// ---- Files.
static void make_file(uv_loop_t *uv, const char *real, const struct six_deed_file *file) {
  uv_fs_t request;
  if (file->directory) {
    uv_fs_mkdir(uv, &request, real, 0700, NULL);
    uv_fs_req_cleanup(&request);
    return;
  }
  int fd = uv_fs_open(uv, &request, real, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, MODE, NULL);
  uv_fs_req_cleanup(&request);
  if (fd < 0) return;
  uv_buf_t bytes = uv_buf_init((char *)(uintptr_t)file->bytes, (unsigned)(file->length < UINT32_MAX ? file->length : UINT32_MAX));
  if (file->length) uv_fs_write(uv, &request, fd, &bytes, 1, 0, NULL), uv_fs_req_cleanup(&request);
  uv_fs_close(uv, &request, fd, NULL);
  uv_fs_req_cleanup(&request);
}

static struct uv_file *file_for(struct uv_driver *driver, const struct six_deed_file *file) {
  for (uint32_t i = 0; i < driver->file_count; i++)
    if (!strcmp(driver->files[i].path, file->path)) return &driver->files[i];
  return NULL;
}

// Its name in the folder is a number: nothing that the program says becomes part of a real path. The table never moves
// while jobs point into it: it is as long as it can become.
enum { MOST_FILES = 4096 };

static struct uv_file *add_file(struct uv_driver *driver, const struct six_deed_file *file) {
  if (!driver->files) driver->files = calloc(MOST_FILES, sizeof *driver->files);
  if (!driver->files) abort();
  if (driver->file_count == MOST_FILES) return &driver->files[MOST_FILES - 1];
  struct uv_file *added = &driver->files[driver->file_count++];
  size_t room = strlen(driver->folder) + 16;
  added->path = strdup(file->path);
  added->real = malloc(room);
  if (!added->path || !added->real) abort();
  snprintf(added->real, room, "%s/%u", driver->folder, driver->file_count);
  if (file->exists) make_file(&driver->uv, added->real, file);
  return added;
}

void six_uv_free_files(struct uv_driver *driver) {
  for (uint32_t i = 0; i < driver->file_count; i++) {
    struct uv_file *file = &driver->files[i];
    uv_fs_t request;
    for (int j = 0; j < file->fd_count; j++) uv_fs_close(NULL, &request, file->fds[j], NULL), uv_fs_req_cleanup(&request);
    free(file->path);
    free(file->real);
  }
  free(driver->files);
}

// ---- One operation, asynchronous with a callback or, on a thread, synchronous without.
static int perform(struct uv_job *job, uv_fs_t *request, enum six_deed deed, uv_fs_cb done) {
  uv_loop_t *uv = &job->driver->uv;
  const char *real = job->file->real;
  uv_buf_t bytes = uv_buf_init(job->bytes, (unsigned)job->length);
  if (job->fd < 0 && (deed == SIX_DEED_READ || deed == SIX_DEED_WRITE || deed == SIX_DEED_CLOSE)) deed = SIX_DEED_STAT;
  switch (deed) {
    case SIX_DEED_OPEN: return uv_fs_open(uv, request, real, (job->writes ? O_RDWR | O_CREAT : O_RDONLY) | O_NOFOLLOW, MODE, done);
    case SIX_DEED_READ: return uv_fs_read(uv, request, job->fd, &bytes, 1, -1, done);
    case SIX_DEED_WRITE: return uv_fs_write(uv, request, job->fd, &bytes, 1, -1, done);
    case SIX_DEED_CLOSE: return uv_fs_close(uv, request, job->fd, done);
    case SIX_DEED_LIST: return uv_fs_scandir(uv, request, real, 0, done);
    case SIX_DEED_MAKE_FOLDER: return uv_fs_mkdir(uv, request, real, 0700, done);
    case SIX_DEED_REMOVE_FOLDER: return uv_fs_rmdir(uv, request, real, done);
    case SIX_DEED_REMOVE: return uv_fs_unlink(uv, request, real, done);
    case SIX_DEED_MOVE: return uv_fs_rename(uv, request, real, job->dest->real, done);
    case SIX_DEED_COPY: return uv_fs_copyfile(uv, request, real, job->dest->real, 0, done);
    default: return uv_fs_stat(uv, request, real, done);
  }
}

static void opened(struct uv_job *job, ssize_t fd) {
  struct uv_file *file = job->file;
  int most = (int)(sizeof file->fds / sizeof *file->fds);
  if (fd < 0) return;
  if (file->fd_count < most) {
    file->fds[file->fd_count++] = (int)fd;
    return;
  }
  uv_fs_t request;
  uv_fs_close(&job->driver->uv, &request, (int)fd, NULL);
  uv_fs_req_cleanup(&request);
}

static void on_file(uv_fs_t *request) {
  struct uv_job *job = request->data;
  if (job->deed == SIX_DEED_OPEN) opened(job, request->result);
  uv_fs_req_cleanup(request);
  six_uv_completed(job, SIX_PHASE_POLL);
  six_uv_forget(job);
}

static ssize_t perform_now(struct uv_job *job, enum six_deed deed) {
  uv_fs_t request;
  ssize_t result = perform(job, &request, deed, NULL);
  uv_fs_req_cleanup(&request);
  return result;
}

static void on_thread(uv_work_t *work) {
  struct uv_job *job = work->data;
  struct timespec time = {(time_t)(job->sleep_ns / SIX_SECOND), (long)(job->sleep_ns % SIX_SECOND)};
  if (job->sleep_ns) nanosleep(&time, NULL);
  if (!job->file) return;
  if (job->deed != SIX_DEED_WHOLE) {
    job->fd = (int)perform_now(job, job->deed);
    return;
  }
  job->fd = (int)perform_now(job, SIX_DEED_OPEN);
  if (job->fd < 0) return;
  perform_now(job, job->writes ? SIX_DEED_WRITE : SIX_DEED_READ);
  perform_now(job, SIX_DEED_CLOSE);
}

static void on_work_done(uv_work_t *work, int status) {
  struct uv_job *job = work->data;
  if (job->deed == SIX_DEED_OPEN && status == 0) opened(job, job->fd);
  six_uv_completed(job, SIX_PHASE_POLL);
  six_uv_forget(job);
}

static void on_address(uv_getaddrinfo_t *lookup, int status, struct addrinfo *addresses) {
  struct uv_job *job = lookup->data;
  (void)status;
  uv_freeaddrinfo(addresses);
  six_uv_completed(job, SIX_PHASE_POLL);
  six_uv_forget(job);
}

// ---- Starting.
static void take_file(struct uv_job *job, const struct six_deed_file *file) {
  job->file = file_for(job->driver, file);
  if (!job->file) job->file = add_file(job->driver, file);
  if (file->dest) {
    struct six_deed_file dest = {.path = file->dest};
    job->dest = file_for(job->driver, &dest);
    if (!job->dest) job->dest = add_file(job->driver, &dest);
  }
  job->writes = file->writes;
  job->length = file->length < MOST_BYTES ? file->length : MOST_BYTES;
  job->bytes = calloc(1, job->length + 1);
  if (!job->bytes) abort();
  if (file->writes && job->length) memcpy(job->bytes, file->bytes, job->length);
  if (job->file->fd_count && (job->deed == SIX_DEED_READ || job->deed == SIX_DEED_WRITE || job->deed == SIX_DEED_CLOSE)) {
    job->fd = job->file->fds[job->file->fd_count - 1];
    job->file->fd_count -= job->deed == SIX_DEED_CLOSE;
  }
}

void six_uv_start_work(struct uv_job *job, const struct six_operation *operation) {
  uv_loop_t *uv = &job->driver->uv;
  bool slow = operation->lane == SIX_LANE_POOL_SLOW;
  job->request.any.data = job;
  if (operation->file) take_file(job, operation->file);
  if (operation->ns >= sleeps_from || !job->file) job->sleep_ns = operation->ns;
  if (slow) {  // the pool's slow lane is for lookups only; nothing is asked of the network
    struct addrinfo hints = {.ai_flags = AI_NUMERICHOST};
    if (uv_getaddrinfo(uv, &job->request.lookup, on_address, "127.0.0.1", NULL, &hints) == 0) return;
  } else if (job->file && !job->sleep_ns && job->deed != SIX_DEED_WHOLE) {
    if (perform(job, &job->request.fs, job->deed, on_file) == 0) return;
  }
  job->request.any.data = job;
  uv_queue_work(uv, &job->request.work, on_thread, on_work_done);
}
