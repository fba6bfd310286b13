// Why an event comes now, and not something else: the rule that decides, in the words of this run.
#include "sim/trace/say.h"

#include <string.h>

static void put(struct say *say, const char *text) { six_text_adds(say->out, text); }

// ---- The neighbour that a callback most easily is confused with

// Of those that wait while it begins: one whose order is open, else the first.
static uint32_t rival_of(struct say *say, uint32_t begin, uint32_t task) {
  const struct six_moment *m = six_reader_seek(say->reader, begin);
  uint32_t candidates[8], count = 0;
  if (m->immediates.listed) candidates[count++] = m->immediates.items[0];
  for (uint32_t i = 0; i < m->timers_listed && i < 2; i++) candidates[count++] = m->timers[i].task;
  if (m->poll.listed) candidates[count++] = m->poll.items[0];
  for (uint32_t i = 0; i < m->outside_listed && i < 2; i++) candidates[count++] = m->outside[i].task;
  uint32_t first = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (candidates[i] == task) continue;
    struct six_text reason = {0};
    enum six_order order = six_order_of(say->reader, task, begin, candidates[i], &reason);
    six_text_done(&reason);
    if (order == SIX_ORDER_TYPICAL) return candidates[i];
    if (!first) first = candidates[i];
  }
  return first;
}

static void add_rival(struct say *say, uint32_t begin, uint32_t task) {
  uint32_t rival = rival_of(say, begin, task);
  if (!rival) return;
  struct six_text reason = {0};
  six_order_of(say->reader, task, begin, rival, &reason);
  bool only = reason.length > 5 && !memcmp(reason.bytes, "only ", 5);
  six_text_addf(say->out, only ? " Before %s %s." : " Before %s: %s.", six_say_tag(say, rival), reason.bytes);
  six_text_done(&reason);
}

// ---- Why a callback runs

static bool has_run_before(const struct six_task_info *info, uint32_t begin) { return info->begin && info->begin < begin; }

static void why_timer(struct say *say, const struct six_task_info *info, uint32_t begin, uint32_t rule) {
  struct six_task_info then;
  uint32_t ms = six_reader_task(say->reader, info->task, begin, &then) ? six_say_duration(say, &then) : 0;
  bool again = info->kind == SIX_TASK_INTERVAL && has_run_before(info, begin);
  six_text_addf(say->out, again ? "It is due again: another %u ms %s passed" : "It is due: %u ms %s passed", ms, ms == 1 ? "has" : "have");
  if (!again) six_say_line(say, " since ", info->scheduled);
  six_say_rule(say, again && rule == 12 ? 17 : rule, 14);
  bool became_1 = !again && six_trace_at(say->trace, info->task).rule == 10;
  if (became_1) put(say, " A delay that is not from 1 to 2147483647, such as 0, becomes 1 (R10).");
  add_rival(say, begin, info->task);
}

static void why_immediate(struct say *say, const struct six_task_info *info, uint32_t begin, uint32_t rule) {
  put(say, "The check phase runs the immediates that were queued before it began");
  six_say_rule(say, rule, 30);
  add_rival(say, begin, info->task);
}

// The callback of the same drain that ran just before, 0 none.
static uint32_t before_it(const struct say *say, uint32_t begin) {
  for (uint32_t i = begin; i-- > 0 && begin - i < 4000;) {
    struct six_event event = six_say_event(say, i);
    if (event.kind == SIX_EV_END) return event.subject;
    if (event.kind == SIX_EV_DRAIN || event.kind == SIX_EV_BEGIN || event.kind == SIX_EV_PHASE) return 0;
  }
  return 0;
}

static void why_tick(struct say *say, const struct six_task_info *info, uint32_t begin, uint32_t rule) {
  const struct six_moment *m = six_reader_seek(say->reader, begin ? begin - 1 : 0);
  uint32_t waiting = m->microtasks.count, before = before_it(say, begin);
  enum six_task_kind kind = six_say_kind(say, before);
  if (before && kind == SIX_TASK_TICK)
    six_text_addf(say->out, "Ticks run in the order in which they were queued (R41), all of them before the microtasks");
  else if (before && six_is_microtask(kind)) put(say, "The microtask queue is empty again, so the ticks queued meanwhile run");
  else {
    six_text_addf(say->out, "As soon as %s has returned, the nextTick queue is emptied",
                  six_say_tag(say, six_reader_root(say->reader, info->task)));
    if (waiting == 1) put(say, ", before the waiting microtask");
    if (waiting > 1) six_text_addf(say->out, ", before the %u waiting microtasks", waiting);
  }
  six_say_rule(say, before && six_is_microtask(kind) ? 42 : rule, 40);
}

// Resolving with another promise: the job that settled the outer one, and the job before it that called then() (R52).
static bool why_adopted(struct say *say, uint32_t by, const char *what) {
  struct six_task_info pass, call;
  if (!six_reader_task(say->reader, by, by, &pass) || pass.kind != SIX_TASK_REACTION || pass.scheduled) return false;
  if (!six_reader_task(say->reader, pass.by, pass.by, &call) || call.kind != SIX_TASK_THENABLE || call.callback) return false;
  six_text_addf(say->out, " %s was resolved with another promise by %s: that costs two extra microtasks, ", what,
                six_say_tag(say, call.by));
  six_text_addf(say->out, "%s and %s (R52).", six_say_tag(say, pass.by), six_say_tag(say, by));
  return true;
}

// The tag, and where it comes from: a microtask that printed nothing has no entry of its own.
static void put_settler(struct say *say, uint32_t by) {
  struct six_task_info info;
  put(say, six_say_tag(say, by));
  if (!six_is_microtask(six_say_kind(say, by)) || !six_reader_task(say->reader, by, by, &info)) return;
  if (info.scheduled) {
    six_say_line(say, " (", info.scheduled);
    put(say, ")");
    return;
  }
  uint32_t step = info.by;
  while (six_is_microtask(six_say_kind(say, step)) && six_reader_task(say->reader, step, step, &info) && !info.scheduled) step = info.by;
  six_text_addf(say->out, ", a step of the promises' own after %s,", six_say_tag(say, step));
}

// What put a reaction into the queue: whoever settled its promise, or that it was settled already.
static void why_queued(struct say *say, const struct six_task_info *info) {
  if (!info->ready) return;
  bool await = info->kind == SIX_TASK_AWAIT;
  uint32_t by = six_trace_at(say->trace, info->ready).cause;
  if (info->ready - info->task <= 2)
    put(say, await ? " What it awaited was settled already (R71, R72)." : " Its promise was settled already when it was registered (R51).");
  else if (by != info->task && !why_adopted(say, by, await ? "What it awaited" : "Its promise")) {
    put(say, " ");
    put_settler(say, by);
    put(say, await ? " settled what it awaited (R72)." : " settled its promise (R51).");
  }
}

static void why_microtask(struct say *say, const struct six_task_info *info, uint32_t begin, uint32_t rule) {
  const struct six_moment *m = six_reader_seek(say->reader, begin ? begin - 1 : 0);
  uint32_t ticks = m->ticks.count, others = m->microtasks.count > 1 ? m->microtasks.count - 1 : 0;
  size_t start = say->out->length;
  if (ticks)
    six_text_addf(say->out, "Microtasks first, until none is left: the %u tick%s queued meanwhile wait%s (R42).", ticks,
                  ticks == 1 ? "" : "s", ticks == 1 ? "s" : "");
  else {
    put(say, others ? "No tick waits, so the oldest microtask runs" : "No tick waits, so the only microtask runs");
    six_say_rule(say, rule, 40);
  }
  if (six_is_microtask(info->kind) && info->kind != SIX_TASK_MICROTASK && info->kind != SIX_TASK_THENABLE) {
    size_t end = say->out->length;
    why_queued(say, info);
    // "Main script" inside a sentence's beginning.
    if (say->out->length > end + 1 && end > start) six_say_capital(say->out, end + 1);
  }
  if (info->kind != SIX_TASK_THENABLE) return;
  put(say, info->callback ? " It calls the thenable's then(), which decides when the promise settles (R53)."
                          : " It only calls then(): the outer promise settles a job later still (R52).");
}

static void why_operation(struct say *say, const struct six_task_info *info, uint32_t begin, uint32_t rule) {
  bool pending = six_trace_at(say->trace, begin).phase == SIX_PHASE_PENDING;
  uint32_t trips = info->trips;
  if (begin < info->last_trip) {
    put(say, "Between two trips only Node's own code runs: the callback comes after the last one (R101).");
    return;
  }
  if (pending) put(say, "Its error was kept for the pending phase");
  else if (trips > 1) six_text_addf(say->out, "Poll finds the last of its %u trips to the thread pool done", trips);
  else put(say, "Poll finds it completed");
  six_say_rule(say, rule, pending ? 109 : trips > 1 ? 101 : 105);
  add_rival(say, begin, info->task);
}

static bool is_named(const struct say *say, const struct six_task_info *info, const char *name) {
  size_t length;
  const char *label = six_trace_text(say->trace, info->label, &length);
  return length == strlen(name) && !memcmp(label, name, length);
}

static void why_listener(struct say *say, const struct six_task_info *info) {
  if (is_named(say, info, "beforeExit")) put(say, "The loop has run dry: nothing keeps it alive. A listener may give it new work (R5).");
  else if (is_named(say, info, "exit")) put(say, "The process ends: nothing that is queued on the loop now will run (R6).");
  else if (is_named(say, info, "uncaughtException")) put(say, "It is called right where the error surfaced (R93).");
  else if (is_named(say, info, "unhandledRejection"))
    put(say, "Ticks and microtasks have run dry, and the rejection still has no handler (R90).");
  else if (is_named(say, info, "rejectionHandled")) put(say, "A rejection that had been reported has a handler by now (R90).");
  else put(say, "Listeners are called at once, on the present stack (R120).");
}

static void why_begin(struct say *say, const struct six_task_info *info, uint32_t begin) {
  uint32_t rule = six_trace_at(say->trace, begin).rule;
  switch (info->kind) {
    case SIX_TASK_MAIN: put(say, "The main script runs first and in one piece: nothing else can run until it ends (R1)."); break;
    case SIX_TASK_TIMER:
    case SIX_TASK_INTERVAL: why_timer(say, info, begin, rule); break;
    case SIX_TASK_IMMEDIATE: why_immediate(say, info, begin, rule); break;
    case SIX_TASK_TICK: why_tick(say, info, begin, rule); break;
    case SIX_TASK_MICROTASK:
    case SIX_TASK_REACTION:
    case SIX_TASK_THENABLE:
    case SIX_TASK_AWAIT: why_microtask(say, info, begin, rule); break;
    case SIX_TASK_CLOSE:
      put(say, "Close callbacks are the last phase of a turn");
      six_say_rule(say, rule, 108);
      break;
    case SIX_TASK_EVENT: why_listener(say, info); break;
    default: why_operation(say, info, begin, rule); break;
  }
}

// ---- Why something is scheduled

static void why_enqueue(struct say *say) {
  struct six_task_info info;
  if (!six_reader_task(say->reader, say->index, say->index + 3, &info)) return;
  switch (info.kind) {
    case SIX_TASK_MAIN: put(say, "Everything begins with the main script; the event loop turns only after it (R1)."); break;
    case SIX_TASK_TIMER:
    case SIX_TASK_INTERVAL:
      put(say, say->event.rule == 10 ? "It runs in a timers phase, once due: at least 1 ms from now, also for a delay of 0 (R10)."
                                     : "It runs in a timers phase, once due: not before, and later if the loop is busy (R12).");
      break;
    case SIX_TASK_IMMEDIATE: put(say, "Immediates run in the check phase, right after poll (R30)."); break;
    case SIX_TASK_TICK: put(say, "It runs as soon as the code that runs now has returned, before microtasks (R40)."); break;
    case SIX_TASK_MICROTASK:
      put(say, info.scheduled ? "It runs after the ticks, before the loop goes on (R40)."
                              : "Between a completion and the code that awaits it, Node's promises take steps of their own (R103).");
      break;
    case SIX_TASK_REACTION: put(say, "It is never called at once, even if the promise is settled: it becomes a microtask (R51)."); break;
    case SIX_TASK_AWAIT: put(say, "Each await gives way for at least one microtask, even if the value is there (R71, R72)."); break;
    case SIX_TASK_THENABLE:
      put(say, info.callback
                   ? "A thenable's then() is never called at once: it gets a microtask of its own (R53)."
                   : "Resolving with a promise costs two extra microtasks: one to call its then(), one to pass the value on (R52).");
      break;
    case SIX_TASK_CLOSE: put(say, "Close callbacks run at the end of the turn (R108)."); break;
    case SIX_TASK_FILE:
    case SIX_TASK_POOL: put(say, "It runs on the thread pool; its callback comes in the poll phase (R100, R105)."); break;
    case SIX_TASK_SOCKET:
    case SIX_TASK_MESSAGE: put(say, "It happens outside; its callback comes in the poll phase (R105)."); break;
    case SIX_TASK_EVENT: why_listener(say, &info); break;
    default: break;
  }
}

static void why_ready(struct say *say) {
  enum six_task_kind kind = six_say_kind(say, say->event.subject);
  if (six_is_microtask(kind)) put(say, "Microtasks wait until the stack is empty and no tick is left; first in, first out (R40, R41).");
  else put(say, "Callbacks never run on their own: the loop has to come to their queue (R105).");
}

static void why_settle(struct say *say) {
  if (six_say_event(say, say->index + 1).kind == SIX_EV_READY)
    put(say, "Whoever waits for it is queued as a microtask now, in the order of registration (R51).");
  else if (say->event.a & 1) put(say, "Nobody waits for it yet: no microtask is queued (R51).");
  else put(say, "Nobody handles it yet. If that is still so when ticks and microtasks have run dry, it is an unhandled rejection (R90).");
}

// ---- Why calls and returns

static bool why_call(struct say *say) {
  uint32_t below = six_reader_below(say->reader, say->index);
  if (say->event.b) put(say, "It goes on where it had given way, with all its variables (R70).");
  else if (!below || six_say_event(say, below).kind == SIX_EV_BEGIN) return false;  // the callback itself
  else put(say, "A call is not queued: it runs at once, on top of the stack; an async function too, up to its first await (R70).");
  return true;
}

static uint32_t latest_await(const struct say *say) {
  for (uint32_t i = say->index; i-- > 0 && say->index - i < 6;) {
    struct six_event event = six_say_event(say, i);
    if (event.kind == SIX_EV_ENQUEUE && event.a == SIX_TASK_AWAIT) return i;
  }
  return 0;
}

static bool why_return(struct say *say) {
  uint32_t await = latest_await(say);
  switch (say->event.a) {
    case SIX_RETURN_AWAITS:
      if (await)
        six_text_addf(say->out, "await ends the synchronous part: the rest, %s, will be a microtask (R70).", six_say_tag(say, await));
      else put(say, "await ends the synchronous part: the rest will be a microtask (R70).");
      return true;
    case SIX_RETURN_YIELDS: put(say, "A generator only runs while its next() is called; it keeps its place (R80)."); return true;
    case SIX_RETURN_THROWS:
      put(say,
          "An exception leaves function after function until a catch takes it; in a then callback or an async function it rejects the "
          "promise (R97).");
      return true;
    case SIX_RETURN_STOPS:
      put(say, six_say_is_stopped(say) ? "The run is stopped here."
                                       : "process.exit ends the process on the spot: the code after it is not reached (R7).");
      return true;
    default: return false;
  }
}

// ---- Why what comes between callbacks

static void why_end(struct say *say) {
  uint32_t next = say->index + 1;
  while (six_say_event(say, next).kind == SIX_EV_CLOCK || six_say_event(say, next).kind == SIX_EV_LABEL) next++;
  struct six_event event = six_say_event(say, next);
  const struct six_moment *m = six_reader_seek(say->reader, say->index);
  uint32_t ticks = m->ticks.count, microtasks = m->microtasks.count;
  enum six_task_kind kind = event.kind == SIX_EV_BEGIN ? six_say_kind(say, event.subject) : SIX_TASK_MAIN;
  if (six_say_is_stopped(say) && say->event.a) put(say, "The run is stopped here.");
  else if (six_say_is_exit_call(say, say->index)) put(say, "process.exit was called: whatever still waits is dropped (R7).");
  else if (event.kind == SIX_EV_DRAIN) put(say, "The stack is empty: before anything else, ticks and then microtasks run (R40).");
  else if (kind == SIX_TASK_TICK || six_is_microtask(kind))
    six_text_addf(say->out, "The stack is empty again, and %s is next in the queues (R40).", six_say_tag(say, event.subject));
  else if (ticks || microtasks) put(say, "Ticks and microtasks wait until this batch of callbacks is over (R16, R31).");
  else if (m->running_count) put(say, "The code below it on the stack goes on (R120).");
  else put(say, "No tick and no microtask waits: the loop goes on (R40).");
}

static void why_phase(struct say *say) {
  static const char *const why[] = {
      "Nothing is left to wait for (R4).",
      "Timers are looked at with the time as it is now; only what is due runs (R12).",
      "Errors that the system reported late run before poll (R109).",
      "Node only uses it to keep poll from waiting while immediates are queued (R2).",
      "Poll takes what has completed. It may sleep until the next timer, but not while immediates are queued (R2).",
      "Check follows poll directly; it takes what is queued now, and no more (R30).",
      "Handles closed in this turn report it at its end (R108).",
  };
  if (say->event.a < 7) put(say, why[say->event.a]);
}

static void why_throw(struct say *say) {
  bool ends = false;
  for (uint32_t i = say->index + 1; i < say->index + 12 && i < six_trace_count(say->trace) && !ends; i++)
    ends = six_say_event(say, i).kind == SIX_EV_EXIT;
  if (say->event.b == 1) put(say, "The listener keeps the process alive; what the failed callback had left to do is lost (R93).");
  else if (say->event.b == 2)
    put(say, ends ? "Ticks and microtasks have run dry without a handler for it: that ends the process (R90, R91)."
                  : "Ticks and microtasks have run dry without a handler for it (R90, R91).");
  else put(say, "No catch and no listener of uncaughtException is there: that ends the process (R93, R94).");
}

static void why_cancel(struct say *say) {
  bool own = say->event.subject == say->event.cause;
  if (own && six_is_timer(six_say_kind(say, say->event.subject))) {
    put(say, "An interval that is cleared in its own callback is not set again (R19).");
    return;
  }
  switch (six_say_kind(say, say->event.subject)) {
    case SIX_TASK_TIMER:
    case SIX_TASK_INTERVAL: put(say, "A timer that has not started can be taken back, even if it is due already (R18)."); break;
    case SIX_TASK_IMMEDIATE: put(say, "An immediate that has not started can be taken back, even in the batch that runs (R32)."); break;
    default: put(say, "It was taken back before its callback could run."); break;
  }
}

static void why_choice(struct say *say) {
  if (say->event.rule == 35) put(say, "It depends on how long the code before took, to a fraction of a millisecond (R35). ");
  if (say->event.rule == 14)
    put(say, "A timer starts at the millisecond of its call, so it can become due together with a longer one set before (R14). ");
  if (say->event.rule == 100 || say->event.rule == 105)
    six_text_addf(say->out, "How long an operation takes is the world's, not Node's (R%u). ", say->event.rule);
  if (say->event.rule == 140) put(say, "How long a thread needs until it runs is the machine's, not Node's (R140). ");
  put(say, "t takes the other answer, `sixphase orders` lists every legal order.");
}

static void why_exit(struct say *say) {
  if (six_say_is_stopped(say)) put(say, "It is the run that ends here, not the program: real Node would go on.");
  else if (six_say_is_fatal(say, say->index)) put(say, "An error that nobody handled ends the process with status 1 (R94).");
  else if (six_say_is_exit_call(say, say->index)) put(say, "process.exit was called: whatever still waits is dropped (R7).");
  else if (say->event.a == 13) put(say, "The top-level await never settles, and nothing else keeps the process alive (R47).");
  else if (say->event.a) put(say, "Nothing keeps the loop alive, and process.exitCode says the status (R4, R94).");
  else put(say, "Nothing keeps the loop alive: no timer, no immediate, no operation, no open handle (R4).");
}

static void why_ref(struct say *say) {
  bool immediate = six_say_kind(say, say->event.subject) == SIX_TASK_IMMEDIATE;
  six_text_addf(say->out, "The loop turns as long as something ref'd waits; its order among the others stays (R%d).", immediate ? 36 : 21);
}

static void why_output(struct say *say) {
  if (six_say_is_fatal(say, say->index)) put(say, "Node reports the error on stderr before the process ends (R94).");
  else put(say, "Writing to standard output is synchronous: call order is output order (R150).");
}

static void why_between(struct say *say) {
  switch (say->event.kind) {
    case SIX_EV_RUN_BEGIN: put(say, "Node loads the file, runs it from top to bottom, and then turns the event loop (R1)."); break;
    case SIX_EV_END: why_end(say); break;
    case SIX_EV_PHASE: why_phase(say); break;
    case SIX_EV_TURN: put(say, "Something still waits: a timer, an immediate, an operation or an open handle (R4)."); break;
    case SIX_EV_DRAIN: put(say, "No JavaScript runs: before anything else, ticks, then microtasks, until both are empty (R40)."); break;
    case SIX_EV_CLOCK:
      put(say, say->event.b ? "Nothing is due: poll waits for the next timer or completion (R2)."
                            : "Work takes time; how much is the world's assumption, not Node's (R8).");
      break;
    case SIX_EV_POOL_WAIT: put(say, "File operations run on the thread pool, not in the loop (R100)."); break;
    case SIX_EV_POOL_RUN: put(say, "A thread is free (R100). How long it takes is the world's assumption, not Node's."); break;
    case SIX_EV_POOL_DONE: put(say, "Completions reach the program only in the poll phase (R105)."); break;
    case SIX_EV_OUTSIDE: put(say, "How long it takes is the world's assumption, not Node's (R105)."); break;
    case SIX_EV_OUTPUT: why_output(say); break;
    case SIX_EV_CALL: put(say, "Node calls listeners between its callbacks, at once (R90)."); break;
    default: put(say, "Node itself does this, outside every callback (R1)."); break;
  }
}

// Events with a reason of their own, whatever callback they happen in.
static bool why_itself(struct say *say) {
  switch (say->event.kind) {
    case SIX_EV_ENQUEUE: why_enqueue(say); return true;
    case SIX_EV_READY: why_ready(say); return true;
    case SIX_EV_SETTLE: why_settle(say); return true;
    case SIX_EV_CALL: return why_call(say);
    case SIX_EV_RETURN: return why_return(say);
    case SIX_EV_ARM:
      put(say, "Timers of one delay wait in one list, first in, first out; the loop looks at the lists by due time (R12, R13).");
      return true;
    case SIX_EV_CANCEL: why_cancel(say); return true;
    case SIX_EV_REF: why_ref(say); return true;
    case SIX_EV_THROW: why_throw(say); return true;
    case SIX_EV_OUTPUT:
      if (!six_say_is_fatal(say, say->index)) return false;
      why_output(say);
      return true;
    case SIX_EV_CHOICE: why_choice(say); return true;
    case SIX_EV_POOL_WAIT:
    case SIX_EV_POOL_RUN:
    case SIX_EV_POOL_DONE:
    case SIX_EV_OUTSIDE:
    case SIX_EV_CLOCK: why_between(say); return true;
    case SIX_EV_STOP:
    case SIX_EV_EXIT: why_exit(say); return true;
    default: return false;
  }
}

void six_say_why(struct six_reader *reader, uint32_t index, struct six_text *why) {
  struct say say = six_saying(reader, index, why);
  struct six_task_info info;
  if (why_itself(&say)) return;
  uint32_t task = six_reader_running(reader, index);
  if (task && six_reader_task(reader, task, index, &info)) why_begin(&say, &info, six_reader_running_since(reader, index));
  else why_between(&say);
}
