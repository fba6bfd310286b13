// loop: the drivers: what keeps the loop's time and turns it. Two of them behind one set of signatures, named after what
// libuv calls them: driver_virtual.c in the world's virtual time, driver_uv.c on a real libuv loop, to check the first.
// The queues, the lists of timers and every rule of Node's own are above this line and the same for both.
#ifndef SIX_LOOP_DRIVER_H
#define SIX_LOOP_DRIVER_H

#include "sim/loop/loop.h"

// The handle of the one libuv timer that Node 11 on has; other handles are a list's, or SIX_OWN_TIMER | a timer's number.
#define SIX_ONE_TIMER 0x7FFFFFFFu
#define SIX_OWN_TIMER 0x80000000u

struct six_driver {
  // uv_update_time, uv_now: ms on the scale of the world's clock.
  uint64_t (*update_time)(struct six_loop *loop);
  // uv_run(UV_RUN_DEFAULT); false: the run is over.
  bool (*run)(struct six_loop *loop);
  // uv_loop_alive (R4).
  bool (*alive)(const struct six_loop *loop);
  // The main script returned and its drain is done. May be NULL.
  void (*main_done)(struct six_loop *loop);
  // uv_timer_start and uv_timer_stop. NULL: the driver reads the heap of handles and the single timer's time itself.
  void (*start_timer)(struct six_loop *loop, uint32_t handle, uint64_t timeout);
  void (*stop_timer)(struct six_loop *loop, uint32_t handle);
  // uv_fs_*, uv_queue_work, uv_tcp_connect, ...: later six_loop_complete (or _completed) is called with the ticket.
  void (*start)(struct six_loop *loop, const struct six_operation *operation, uint64_t ticket);
  bool (*cancel)(struct six_loop *loop, uint64_t ticket);  // uv_cancel: true when it will never complete
  // uv_close: `task` runs in the closing phase; its run is NULL where nobody waits for the callback.
  void (*close)(struct six_loop *loop, const struct six_task *task);
  void (*free)(struct six_loop *loop);  // may be NULL
};

extern const struct six_driver six_driver_virtual;

#endif
