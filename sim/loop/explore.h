// loop: the choice points of the virtual driver. A run that is looked at (with a trace, under a schedule, for
// `orders`) passes all of them; any other takes the typical answers without asking.
#ifndef SIX_LOOP_EXPLORE_H
#define SIX_LOOP_EXPLORE_H

#include "sim/loop/private.h"

// How many ms longer than the world says a stretch of work may take: from the main script's end to the first look at
// the clock, and between two looks.
#define SIX_MAIN_SLACK 4
#define SIX_TURN_SLACK 1

// R35: which timers are due when the loop first looks? Typically the main script took over 1 ms.
void six_choose_due_after_main(struct six_loop *loop);
// R35, R14: a timer that misses this look at the clock by a fraction of a millisecond might be due.
void six_choose_due(struct six_loop *loop);
// R14: a millisecond may begin just before a timer of `delay` ms is made.
void six_choose_start(struct six_loop *loop, double delay);
// R15: libuv's timers look at the clock again while they run. A millisecond may begin just before that, and make a timer due
// that was set in the same run. true: it has begun. `ms`: the one that would make a difference, or 0: if a timer is due at it.
bool six_choose_refresh(struct six_loop *loop, uint64_t ms);
// R100, R105: which operations completed by now? Takes them.
void six_choose_completed(struct six_loop *loop);
// The loop blocks until `timeout` (ns; UINT64_MAX: no timer): does an operation end the wait? If so it is taken.
bool six_choose_waking(struct six_loop *loop, uint64_t timeout);

#endif
