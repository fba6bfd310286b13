// The libuv driver: the same queues and lists on a real libuv loop, as Node itself is built on one: a timer handle, an idle
// handle while ref'd immediates wait (a zero poll timeout), a check handle that runs them, requests for what is outside.
// Node's own state stays in `struct six_loop`; what libuv must know of it is told after each callback.
#include "sim/loop/driver_uv.h"

#include <stdio.h>
#include <stdlib.h>

static struct uv_driver *driver_of(const struct six_loop *loop) { return loop->driver_state; }

static void *zeroed(size_t size) {
  void *memory = calloc(1, size);
  if (!memory) abort();
  return memory;
}

// ---- Time. The world's clock is libuv's from here on: Date.now waits in real time, and work passes by itself.
static uint64_t real_now(void *context) {
  const struct uv_driver *driver = context;
  uint64_t base = driver->base_ms * SIX_MILLISECOND, now = uv_hrtime();
  return now > base ? now - base : 0;
}

static void spend(void *context, uint64_t ns) {  // synchronous work; what the interpreter costs it has cost already
  (void)context;
  if (ns >= SIX_MILLISECOND) uv_sleep((unsigned)(ns / SIX_MILLISECOND));
}

static uint64_t libuv_time(struct uv_driver *driver) {
  uint64_t now = uv_now(&driver->uv);
  return now > driver->base_ms ? now - driver->base_ms : 0;
}

static uint64_t update_time(struct six_loop *loop) {
  struct uv_driver *driver = driver_of(loop);
  uv_update_time(&driver->uv);
  return libuv_time(driver);
}

// ---- Entering and leaving callbacks.
static void set_ref(uv_handle_t *handle, bool ref) {
  if (ref) uv_ref(handle);
  else uv_unref(handle);
}

static void on_idle(uv_idle_t *idle) { (void)idle; }

static void tell_libuv(struct uv_driver *driver) {
  struct six_loop *loop = driver->loop;
  bool immediates = loop->immediate_refs > 0;  // ToggleImmediateRef
  if (immediates && !uv_is_active((uv_handle_t *)&driver->idle)) uv_idle_start(&driver->idle, on_idle);
  if (!immediates) uv_idle_stop(&driver->idle);
  set_ref((uv_handle_t *)&driver->one.timer, loop->timers.refs > 0);  // ToggleTimerRef
  for (uint32_t i = 0; i < driver->own_count; i++)
    if (driver->owns[i]) set_ref((uv_handle_t *)&driver->owns[i]->timer, six_timers_own_has_ref(loop, i));
  set_ref((uv_handle_t *)&driver->async, loop->held > 0);
  if (six_loop_async_count(loop) > 0) uv_async_send(&driver->async);
  if (loop->ended) uv_stop(&driver->uv);
}

static void begin_turn(struct uv_driver *driver) {
  if (!driver->in_turn) six_loop_begin_turn(driver->loop);
  driver->in_turn = true;
}

bool six_uv_enter(struct uv_driver *driver, enum six_phase phase) {
  struct six_loop *loop = driver->loop;
  if (driver->dead || loop->ended) return false;
  loop->time = libuv_time(driver);
  if (phase == SIX_PHASE_PENDING || (phase == SIX_PHASE_TIMERS && !loop->rules->cell[SIX_RULE_TIMERS_AT_END])) begin_turn(driver);
  if (loop->phase != phase) six_loop_note_phase(loop, phase, 1);
  return !loop->ended;
}

void six_uv_leave(struct uv_driver *driver) {
  if (!driver->dead) tell_libuv(driver);
}

// ---- The loop's own handles.
static void on_prepare(uv_prepare_t *prepare) {
  struct uv_driver *driver = prepare->data;
  if (driver->dead || driver->loop->ended) return;
  begin_turn(driver);
  driver->loop->async_seen = driver->loop->async_handles;
  six_uv_leave(driver);
}

static void on_check(uv_check_t *check) {
  struct uv_driver *driver = check->data;
  if (driver->dead || driver->loop->ended) return;
  driver->loop->time = libuv_time(driver);
  six_immediates_run(driver->loop);
  driver->in_turn = false;
  six_uv_leave(driver);
}

static void on_async(uv_async_t *async) {
  struct uv_driver *driver = async->data;
  if (!six_uv_enter(driver, SIX_PHASE_POLL)) return;
  six_loop_run_asyncs(driver->loop);
  six_uv_leave(driver);
}

static void on_deadline(uv_timer_t *deadline) {
  struct uv_driver *driver = deadline->data;
  if (driver->dead || driver->loop->ended) return;
  if (!driver->loop->host->safepoint(driver->loop->context)) driver->loop->ended = true;  // it sees what time it is
  six_uv_leave(driver);
}

// ---- Timers.
static void on_timer(uv_timer_t *timer) {
  struct uv_handle_of_timer *one = timer->data;
  if (!six_uv_enter(one->driver, SIX_PHASE_TIMERS)) return;
  six_timers_fire(one->driver->loop, one->handle);
  six_uv_leave(one->driver);
}

static void init_timer(struct uv_driver *driver, struct uv_handle_of_timer *timer, uint32_t handle) {
  uv_timer_init(&driver->uv, &timer->timer);
  timer->timer.data = timer;
  timer->driver = driver;
  timer->handle = handle;
}

static struct uv_handle_of_timer *timer_for(struct uv_driver *driver, uint32_t handle) {
  if (handle == SIX_ONE_TIMER) return &driver->one;
  bool own = handle & SIX_OWN_TIMER;
  struct uv_handle_of_timer ***table = own ? &driver->owns : &driver->lists;
  uint32_t *count = own ? &driver->own_count : &driver->list_count, index = handle & ~SIX_OWN_TIMER;
  if (index >= *count) {
    uint32_t wanted = index + 1 > 2 * *count ? index + 1 : 2 * *count;
    *table = realloc(*table, wanted * sizeof **table);
    if (!*table) abort();
    while (*count < wanted) (*table)[(*count)++] = NULL;
  }
  if (!(*table)[index]) {
    (*table)[index] = zeroed(sizeof ***table);
    init_timer(driver, (*table)[index], handle);
  }
  return (*table)[index];
}

static void start_timer(struct six_loop *loop, uint32_t handle, uint64_t timeout) {
  uv_timer_start(&timer_for(driver_of(loop), handle)->timer, on_timer, timeout, 0);
}

static void stop_timer(struct six_loop *loop, uint32_t handle) { uv_timer_stop(&timer_for(driver_of(loop), handle)->timer); }

// ---- Operations.
static void start(struct six_loop *loop, const struct six_operation *operation, uint64_t ticket) {
  struct uv_driver *driver = driver_of(loop);
  struct uv_job *job = zeroed(sizeof *job);
  *job = (struct uv_job){.driver = driver,
                         .next = driver->jobs,
                         .ticket = ticket,
                         .deed = operation->deed,
                         .unref = operation->unref,
                         .stream = operation->stream,
                         .outside = operation->lane == SIX_LANE_DIRECT,
                         .fd = -1};
  if (driver->jobs) driver->jobs->previous = job;
  driver->jobs = job;
  if (operation->lane == SIX_LANE_DIRECT) six_uv_start_socket(job, operation);
  else six_uv_start_work(job, operation);
}

void six_uv_forget(struct uv_job *job) {
  if (job->previous) job->previous->next = job->next;
  else job->driver->jobs = job->next;
  if (job->next) job->next->previous = job->previous;
  free(job->bytes);
  free(job);
}

// The list has the latest first.
static bool waits_for_another(const struct uv_job *job) {
  for (const struct uv_job *earlier = job->stream.number ? job->next : NULL; earlier; earlier = earlier->next)
    if (earlier->ticket && six_stream_holds(earlier->stream, job->stream)) return true;
  return false;
}

static struct uv_job *arrived_in(struct uv_driver *driver, uint32_t stream) {
  struct uv_job *found = NULL;
  for (struct uv_job *job = stream ? driver->jobs : NULL; job; job = job->next)
    if (job->stream.number == stream && job->arrived && job->ticket && !waits_for_another(job)) found = job;
  return found;
}

void six_uv_completed(struct uv_job *job, enum six_phase phase) {
  struct uv_driver *driver = job->driver;
  struct six_loop *loop = driver->loop;
  struct six_queue *queue = phase == SIX_PHASE_PENDING ? &loop->pending : &loop->poll;
  job->arrived = true;
  if (waits_for_another(job)) return;
  uint64_t ticket = job->ticket;
  job->ticket = 0;
  if (!six_uv_enter(driver, phase)) return;
  six_loop_complete(loop, ticket);  // nothing when it was cancelled
  if (!six_queue_empty(queue)) six_loop_run_completion(loop, queue, phase == SIX_PHASE_PENDING ? 109 : 105);
  six_uv_leave(driver);
  struct uv_job *next = driver->dead ? NULL : arrived_in(driver, job->stream.number);
  if (next) six_uv_completed(next, phase);
}

static bool cancel(struct six_loop *loop, uint64_t ticket) {
  struct uv_job *job = driver_of(loop)->jobs;
  while (job && job->ticket != ticket) job = job->next;
  if (!job) return false;
  if (!job->outside) return uv_cancel(&job->request.any) == 0;
  if (job->connected) uv_read_stop(&job->socket.stream);
  job->ticket = 0;  // what still arrives is nobody's
  return true;
}

// ---- Closing. A handle of no use, made to be closed: only its callback is of interest.
struct closing {
  uv_tcp_t tcp;
  struct uv_driver *driver;
  uint64_t ticket;  // of the task; 0: none
};

static void on_closed(uv_handle_t *handle) {
  struct closing *closing = handle->data;
  struct uv_driver *driver = closing->driver;
  struct six_task task;
  driver->closing--;
  if (closing->ticket && six_loop_take_task(driver->loop, closing->ticket, &task) && six_uv_enter(driver, SIX_PHASE_CLOSE)) {
    six_loop_call(driver->loop, &task);
    six_uv_leave(driver);
  }
  free(closing);
}

static void close_handle(struct six_loop *loop, const struct six_task *task) {
  struct uv_driver *driver = driver_of(loop);
  struct closing *closing = zeroed(sizeof *closing);
  closing->driver = driver;
  closing->ticket = task->run ? six_loop_keep_task(loop, task) : 0;
  uv_tcp_init(&driver->uv, &closing->tcp);
  closing->tcp.data = closing;
  driver->closing++;
  uv_close((uv_handle_t *)&closing->tcp, on_closed);
}

// ---- The whole.
static bool run(struct six_loop *loop) {
  struct uv_driver *driver = driver_of(loop);
  tell_libuv(driver);
  if (!loop->ended) uv_run(&driver->uv, UV_RUN_DEFAULT);
  loop->phase = SIX_PHASE_NONE;
  if (loop->trace) six_trace_set_phase(loop->trace, SIX_PHASE_NONE);
  return !loop->ended;
}

static bool alive(const struct six_loop *loop) {
  struct uv_driver *driver = driver_of(loop);
  tell_libuv(driver);
  return uv_loop_alive(&driver->uv);
}

static void close_walked(uv_handle_t *handle, void *context) {
  (void)context;
  if (!uv_is_closing(handle)) uv_close(handle, NULL);
}

static void free_timers(struct uv_handle_of_timer **timers, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) free(timers[i]);
  free(timers);
}

static void release(struct six_loop *loop) {
  struct uv_driver *driver = driver_of(loop);
  driver->dead = true;
  six_uv_stop_peer(driver);
  for (struct uv_job *job = driver->jobs; job; job = job->next)
    if (job->request.any.type != UV_UNKNOWN_REQ && job->request.any.type != UV_CONNECT) uv_cancel(&job->request.any);
  uv_walk(&driver->uv, close_walked, NULL);
  uv_run(&driver->uv, UV_RUN_DEFAULT);
  if (uv_loop_close(&driver->uv) != 0) abort();
  while (driver->jobs) six_uv_forget(driver->jobs);
  free_timers(driver->lists, driver->list_count);
  free_timers(driver->owns, driver->own_count);
  six_uv_free_files(driver);
  free(driver);
}

static const struct six_driver libuv_driver = {
    .update_time = update_time,
    .run = run,
    .alive = alive,
    .start_timer = start_timer,
    .stop_timer = stop_timer,
    .start = start,
    .cancel = cancel,
    .close = close_handle,
    .free = release,
};

static void init_handles(struct uv_driver *driver, uint64_t most_ns) {
  uv_loop_t *uv = &driver->uv;
  init_timer(driver, &driver->one, SIX_ONE_TIMER);
  uv_idle_init(uv, &driver->idle);
  uv_async_init(uv, &driver->async, on_async);
  driver->async.data = driver;
  uv_prepare_init(uv, &driver->prepare);
  uv_prepare_start(&driver->prepare, on_prepare);
  driver->prepare.data = driver;
  uv_unref((uv_handle_t *)&driver->prepare);
  uv_check_init(uv, &driver->check);
  uv_check_start(&driver->check, on_check);
  driver->check.data = driver;
  uv_unref((uv_handle_t *)&driver->check);
  uv_timer_init(uv, &driver->deadline);
  driver->deadline.data = driver;
  uv_timer_start(&driver->deadline, on_deadline, most_ns / SIX_MILLISECOND + 1, 0);
  uv_unref((uv_handle_t *)&driver->deadline);
}

bool six_loop_use_libuv(struct six_loop *loop, const char *folder, uint32_t threads, uint64_t most_ns) {
  static const struct six_outside_clock clock = {real_now, spend};
  struct uv_driver *driver = zeroed(sizeof *driver);
  char number[16];
  snprintf(number, sizeof number, "%u", threads ? threads : 1);
  uv_os_setenv("UV_THREADPOOL_SIZE", number);
  uv_os_setenv("UV_USE_IO_URING", "0");  // as in Node since 20.3.1: file operations are the pool's
  if (uv_loop_init(&driver->uv) != 0) {
    free(driver);
    return false;
  }
  driver->loop = loop;
  driver->folder = folder;
  driver->base_ms = uv_now(&driver->uv) - six_outside_now(loop->outside) / SIX_MILLISECOND;
  init_handles(driver, most_ns);
  loop->driver = &libuv_driver;
  loop->driver_state = driver;
  six_outside_follow(loop->outside, &clock, driver);
  return true;
}

bool six_libuv_timers_at_end(void) { return uv_version() >= (1 << 16 | 45 << 8); }
bool six_libuv_pending_after_poll(void) { return uv_version() >= (1 << 16 | 44 << 8 | 2); }
const char *six_libuv_version(void) { return uv_version_string(); }
