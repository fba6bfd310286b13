// What an event does, in a sentence: a template for each situation, in plain words, with the tags and lines of this run.
#include "sim/trace/say.h"

#include <string.h>

static void put(struct say *say, const char *text) { six_text_adds(say->out, text); }

static void put_who(struct say *say, uint32_t frame) {
  size_t start = say->out->length;
  six_say_who(say, frame);
  six_say_capital(say->out, start);
}

static void put_tag(struct say *say, uint32_t task) {
  size_t start = say->out->length;
  put(say, six_say_tag(say, task));
  six_say_capital(say->out, start);
}

// ---- Scheduling

static bool site_starts_with(const struct say *say, uint32_t site, const char *word) {
  struct six_site where = six_trace_site(say->trace, site);
  size_t length, size = strlen(word);
  const char *text = site ? six_trace_source(say->trace, where.unit, NULL, &length) : NULL;
  return text && where.start + size <= length && !memcmp(text + where.start, word, size);
}

static void now_await(struct say *say, const struct six_task_info *info, const char *name) {
  put(say, site_starts_with(say, info->scheduled, "yield") ? " yields, which awaits the value: "
           : site_starts_with(say, info->scheduled, "for") ? " awaits the next value: "
                                                           : " awaits: ");
  if (!info->label) {
    six_text_addf(say->out, "the rest of the function is %s.", name);
    return;
  }
  put(say, "the rest of ");
  six_say_label(say->trace, info->label, say->out);
  six_text_addf(say->out, "() is %s.", name);
}

static void now_listeners(struct say *say, const struct six_task_info *info) {
  put(say, "Node emits ");
  if (info->label) six_say_quote(say, info->label, 40);
  else put(say, "a process event");
  put(say, ": its listeners are called.");
}

// What Node queues for itself has no place in the program.
static bool now_own_enqueue(struct say *say, const struct six_task_info *info, const char *name) {
  if (!info->scheduled && info->kind == SIX_TASK_MICROTASK) {
    put_tag(say, info->by);
    six_text_addf(say->out, " passes a result on through a promise of Node's own: %s.", name);
    return true;
  }
  if (info->scheduled || (info->kind != SIX_TASK_TICK && info->kind != SIX_TASK_IMMEDIATE)) return false;
  uint16_t rule = say->event.rule;
  bool repairs = rule == 22 || rule == 33 || rule == 49 || rule == 95;
  six_text_addf(say->out, "Node itself queues %s, %s%s.", name, info->kind == SIX_TASK_TICK ? "a tick" : "an immediate",
                repairs ? ", to go on with what an error or a rejection cut short" : " of its own");
  return true;
}

static void now_enqueue(struct say *say) {
  struct six_task_info info;
  if (!six_reader_task(say->reader, say->index, say->index + 3, &info)) return;
  const char *name = six_say_tag(say, say->index);
  size_t start = say->out->length;
  if (info.kind == SIX_TASK_MAIN) {
    put(say, "The program is loaded: the main script is ready to run.");
    return;
  }
  if (info.kind == SIX_TASK_EVENT) {
    now_listeners(say, &info);
    return;
  }
  if (now_own_enqueue(say, &info, name)) return;
  if (six_reader_position(say->reader, info.scheduled).line) six_say_line(say, "", info.scheduled);
  else put(say, six_say_tag(say, info.by));
  six_say_capital(say->out, start);
  switch (info.kind) {
    case SIX_TASK_TIMER: six_text_addf(say->out, " sets timer %s: setTimeout, %u ms.", name, six_say_duration(say, &info)); break;
    case SIX_TASK_INTERVAL:
      six_text_addf(say->out, " sets interval %s: setInterval, every %u ms.", name, six_say_duration(say, &info));
      break;
    case SIX_TASK_IMMEDIATE: six_text_addf(say->out, " queues %s with setImmediate, for the check phase.", name); break;
    case SIX_TASK_TICK: six_text_addf(say->out, " queues %s with process.nextTick.", name); break;
    case SIX_TASK_MICROTASK: six_text_addf(say->out, " queues microtask %s with queueMicrotask.", name); break;
    case SIX_TASK_REACTION:
      six_text_addf(say->out, " registers %s with ", name);
      six_say_api(say, &info);
      put(say, ": it runs once its promise is settled.");
      break;
    case SIX_TASK_THENABLE:
      six_text_addf(say->out, " resolves a promise with %s: %s will call its then().", info.callback ? "a thenable" : "another promise",
                    name);
      break;
    case SIX_TASK_AWAIT: now_await(say, &info, name); break;
    case SIX_TASK_CLOSE: six_text_addf(say->out, " closes a handle: its close callback is %s.", name); break;
    default:
      six_text_addf(say->out, " starts %s: ", name);
      six_say_label_or_api(say, &info);
      six_text_addc(say->out, '.');
  }
}

static void now_ready(struct say *say) {
  struct six_task_info info;
  if (!six_reader_task(say->reader, say->event.subject, say->index, &info)) return;
  const char *name = six_say_tag(say, info.task);
  bool at_once = say->index - info.task <= 2;
  if (info.kind == SIX_TASK_THENABLE || info.kind == SIX_TASK_MICROTASK) six_text_addf(say->out, "%s joins the microtask queue.", name);
  else if (six_is_microtask(info.kind))
    six_text_addf(say->out,
                  !at_once                      ? "%s waited for that: it joins the microtask queue."
                  : info.kind == SIX_TASK_AWAIT ? "There is nothing to wait for: %s joins the microtask queue."
                                                : "Its promise is settled already: %s joins the microtask queue.",
                  name);
  else
    six_text_addf(say->out, "%s has completed: its callback waits for the %s phase.", name,
                  say->event.a == SIX_PHASE_PENDING ? "pending"
                  : say->event.a == SIX_PHASE_CLOSE ? "close"
                                                    : "poll");
}

// The promise that then() returned is settled last, when its callback is over.
static bool is_derived(const struct say *say) {
  uint32_t top = six_reader_top(say->reader, say->index);
  struct six_event frame = six_say_event(say, top);
  if (!top || frame.kind != SIX_EV_BEGIN || six_say_kind(say, frame.subject) != SIX_TASK_REACTION) return false;
  if (!six_say_event(say, frame.subject).site) return false;
  uint32_t next = say->index + 1;
  while (six_say_event(say, next).kind == SIX_EV_READY || six_say_event(say, next).kind == SIX_EV_LABEL) next++;
  return six_say_event(say, next).kind == SIX_EV_END;
}

static void now_derived(struct say *say, uint32_t task, bool good) {
  struct six_task_info info;
  if (!six_reader_task(say->reader, task, say->index, &info)) return;
  struct six_text api = {0};
  struct six_text *out = say->out;
  say->out = &api;
  six_say_api(say, &info);
  say->out = out;
  bool combines = api.length > 8 && !memcmp(api.bytes, "Promise.", 8);
  six_text_addf(say->out, "%s is done: ", six_say_tag(say, task));
  if (combines) six_text_addf(say->out, "it has told %s, and its own promise", api.bytes);
  else six_text_addf(say->out, "the promise that its %s() returned", api.bytes);
  put(say, good ? " is fulfilled." : " is rejected.");
  six_text_done(&api);
}

static void now_settle(struct say *say) {
  bool good = say->event.a & 1;
  uint32_t top = six_reader_top(say->reader, say->index);
  if (say->event.a & 4) {
    put(say, "The promise of ");
    struct six_event call = six_say_event(say, top);
    size_t length = 0;
    if (call.kind == SIX_EV_CALL) six_trace_text(say->trace, call.a, &length);
    if (length) six_say_label(say->trace, call.a, say->out), put(say, "()");
    else put(say, "the async function");
    put(say, good ? " is fulfilled." : " is rejected.");
  } else if (is_derived(say)) {
    now_derived(say, six_say_event(say, top).subject, good);
  } else if (top && say->event.site) {
    put_who(say, top);
    put(say, good ? " fulfils a promise." : " rejects a promise.");
  } else put(say, good ? "A promise is fulfilled." : "A promise is rejected.");
}

// ---- Running

// Jobs that promises make for themselves, and what Node queues for itself.
static bool now_own_begin(struct say *say, const struct six_task_info *info) {
  const char *name = six_say_tag(say, info->task);
  if (info->kind == SIX_TASK_THENABLE) {
    six_text_addf(say->out, "%s starts: it calls the then() of what a promise was resolved with", name);
    six_say_line(say, ", ", info->scheduled);
    six_text_addc(say->out, '.');
    return true;
  }
  if (info->scheduled || six_is_operation(info->kind)) return false;
  if (info->kind == SIX_TASK_REACTION && six_say_kind(say, info->by) == SIX_TASK_THENABLE)
    six_text_addf(say->out, "%s starts: it passes the inner promise's result on to the outer one.", name);
  else if (info->kind == SIX_TASK_REACTION) six_text_addf(say->out, "%s starts: a step that the promise takes by itself.", name);
  else if (info->kind == SIX_TASK_TICK || info->kind == SIX_TASK_IMMEDIATE || info->kind == SIX_TASK_MICROTASK)
    six_text_addf(say->out, "%s starts: a step of Node's own.", name);
  else return false;
  return true;
}

static void now_begin(struct say *say) {
  struct six_task_info info;
  if (!six_reader_task(say->reader, say->event.subject, say->index, &info)) return;
  if (info.kind == SIX_TASK_MAIN) {
    put(say, "The main script starts.");
    return;
  }
  if (info.kind == SIX_TASK_EVENT) {
    put(say, "The listeners of ");
    six_say_quote(say, info.label, 40);
    put(say, " run.");
    return;
  }
  if (say->index < info.last_trip) {
    six_text_addf(say->out, "A trip of %s is done: the next of its %u trips to the thread pool follows.", six_say_tag(say, info.task),
                  info.trips);
    return;
  }
  if (now_own_begin(say, &info)) return;
  bool await = info.kind == SIX_TASK_AWAIT, named = info.label && !six_is_operation(info.kind);
  put(say, six_say_tag(say, info.task));
  put(say, await ? " continues: " : " starts: ");
  if (named) six_say_label(say->trace, info.label, say->out), put(say, await ? "()" : "");
  else if (await) put(say, "the function");
  if (await) put(say, " goes on after its await");
  else {
    put(say, named ? ", the callback of " : "the callback of ");
    if (named) six_say_api(say, &info);
    else six_say_label_or_api(say, &info);
  }
  six_say_line(say, ", ", info.scheduled);
  six_text_addc(say->out, '.');
}

static void now_end(struct say *say) {
  uint32_t task = say->event.subject;
  if (!say->event.a) {
    if (six_say_kind(say, task) == SIX_TASK_MAIN) put(say, "The main script has run to its end.");
    else put_tag(say, task), put(say, " has returned.");
    return;
  }
  put_tag(say, task);
  bool by_error = !six_say_is_exit_call(say, say->index) && !six_say_is_stopped(say);
  put(say, by_error ? " ends with an exception." : " ends here, and so does the run.");
}

static void now_statement(struct say *say) {
  uint32_t top = six_reader_top(say->reader, say->index);
  put_who(say, top);
  put(say, " runs ");
  size_t before = say->out->length;
  six_say_line(say, "", say->event.site);
  put(say, say->out->length > before ? "." : "a statement.");
}

static void now_output(struct say *say) {
  uint32_t top = six_reader_top(say->reader, say->index);
  uint32_t task = say->event.subject ? say->event.subject : say->event.cause;
  if (six_say_is_fatal(say, say->index)) put(say, "Node");
  else if (task) put_tag(say, task);
  else put_who(say, top);
  put(say, " prints ");
  six_say_quote(say, say->event.a, 60);
  if (say->event.b == 2) put(say, " on stderr");
  six_text_addc(say->out, '.');
}

// A callback's own function, entered by the loop and not by a call in the program.
static bool is_entry(const struct say *say, uint32_t frame) {
  uint32_t below = six_reader_below(say->reader, frame);
  return !below || six_say_event(say, below).kind == SIX_EV_BEGIN;
}

// The function that a task was made for, not a listener that Node calls while it runs.
static bool is_own_callback(const struct say *say, uint32_t below) {
  struct six_task_info info;
  return six_reader_task(say->reader, six_say_event(say, below).subject, say->index, &info) && info.callback == say->event.site;
}

static void now_entry(struct say *say, uint32_t below) {
  size_t length;
  six_trace_text(say->trace, say->event.a, &length);
  if (below && six_say_kind(say, six_say_event(say, below).subject) == SIX_TASK_MAIN) put(say, "The program's own code begins");
  else if (below && is_own_callback(say, below)) {
    put(say, "The function of ");
    six_say_who(say, say->index);
    put(say, " is entered");
    if (length) put(say, ": "), six_say_label(say->trace, say->event.a, say->out), put(say, "()");
  } else {
    put(say, "Node calls ");
    if (length) six_say_label(say->trace, say->event.a, say->out), put(say, "()");
    else put(say, "a listener");
  }
  six_say_line(say, ", ", say->event.site);
}

static void now_call(struct say *say) {
  uint32_t below = six_reader_below(say->reader, say->index);
  bool entry = is_entry(say, say->index);
  size_t length;
  six_trace_text(say->trace, say->event.a, &length);
  if (entry && say->event.b) {
    put_who(say, say->index);
    put(say, " is back on the stack, where it had stopped");
  } else if (entry) now_entry(say, below);
  else {
    put_who(say, below);
    put(say, say->event.b ? " resumes " : " calls ");
    six_say_who(say, say->index);
    if (length && !say->event.b) six_say_line(say, ", ", say->event.site);
  }
  six_text_addc(say->out, '.');
}

// The promise of an async function was settled just before: it is over.
static bool is_async_end(const struct say *say) {
  uint32_t i = say->index - 1;
  while (i && (six_say_event(say, i).kind == SIX_EV_READY || six_say_event(say, i).kind == SIX_EV_LABEL)) i--;
  return six_say_event(say, i).kind == SIX_EV_SETTLE && six_say_event(say, i).a & 4;
}

static void now_return(struct say *say) {
  uint32_t left = six_reader_left(say->reader, say->index), below = six_reader_below(say->reader, left);
  bool entry = is_entry(say, left), over = is_async_end(say), started = !six_say_event(say, left).b;
  put_who(say, left);
  switch (say->event.a) {
    case SIX_RETURN_AWAITS: put(say, " stops at its await"); break;
    case SIX_RETURN_YIELDS: put(say, started && say->index == left + 1 ? " does not begin yet" : " yields a value and stops there"); break;
    case SIX_RETURN_THROWS: put(say, " is left by an exception"); break;
    case SIX_RETURN_STOPS: put(say, six_say_is_stopped(say) ? " stops, since the run is stopped" : " stops, since the process ends"); break;
    default:
      if (over) put(say, " is over");
      else if (!entry) {
        put(say, " returns to ");
        six_say_who(say, below);
      } else
        put(say,
            left && below && six_say_kind(say, six_say_event(say, below).subject) == SIX_TASK_MAIN ? " has run its last line" : " returns");
  }
  bool goes_on = say->event.a == SIX_RETURN_AWAITS || say->event.a == SIX_RETURN_YIELDS || over;
  if (goes_on && !entry) {
    put(say, "; ");
    six_say_who(say, below);
    put(say, started && say->event.a != SIX_RETURN_YIELDS ? " has its promise and goes on" : " goes on");
  }
  six_text_addc(say->out, '.');
}

static void now_throw(struct say *say) {
  static const char *const how[] = {" is thrown and nobody catches it.", " is thrown; a listener of the process takes it.",
                                    " is the reason of a rejection that nobody handled."};
  six_say_quote(say, say->event.a, 60);
  put(say, how[say->event.b < 3 ? say->event.b : 0]);
}

// ---- The loop

static void count(struct say *say, uint32_t number, const char *one, const char *many) {
  six_text_addf(say->out, "%u %s", number, number == 1 ? one : many);
}

static void now_drain(struct say *say) {
  uint32_t ticks = say->event.a, microtasks = say->event.b;
  put(say, "Now ");
  if (ticks) count(say, ticks, "tick", "ticks");
  if (ticks && microtasks) put(say, " and then ");
  if (microtasks) count(say, microtasks, "microtask", "microtasks");
  if (!ticks && !microtasks) put(say, "the queues");
  put(say, ticks + microtasks == 1 ? " runs, and whatever it queues." : " run, and whatever they queue.");
}

static void now_timers(struct say *say, const struct six_moment *m) {
  put(say, "The loop enters timers");
  const struct six_waiting_timer *first = m->timers_listed ? m->timers : NULL;
  if (first && (first->start_ms + first->duration_ms) * 1000000 <= m->time)
    six_text_addf(say->out, ": %s is due.", six_say_tag(say, first->task));
  else put(say, ": it looks which timers are due.");
}

static void now_poll(struct say *say, const struct six_moment *m) {
  struct six_event before = six_say_event(say, say->index - 1);
  bool woke =
      before.phase == SIX_PHASE_POLL && (before.kind == SIX_EV_CLOCK || before.kind == SIX_EV_READY || before.kind == SIX_EV_POOL_DONE);
  put(say, woke ? "Poll goes on: " : "The loop enters poll: ");
  struct six_event next = six_say_event(say, say->index + 1);
  if (next.kind == SIX_EV_CLOCK && next.b) put(say, "nothing has completed, so it will wait.");
  else if (m->poll.count) count(say, m->poll.count, "operation has completed.", "operations have completed.");
  else put(say, "something has completed.");
}

static void now_phase(struct say *say) {
  const struct six_moment *m = six_reader_seek(say->reader, say->index);
  switch (say->event.a) {
    case SIX_PHASE_TIMERS: now_timers(say, m); break;
    case SIX_PHASE_PENDING:
      put(say, "The loop enters pending callbacks: ");
      count(say, say->event.b, "waits.", "wait.");
      break;
    case SIX_PHASE_IDLE: put(say, "The loop enters idle and prepare: nothing of the program runs here."); break;
    case SIX_PHASE_POLL: now_poll(say, m); break;
    case SIX_PHASE_CHECK:
      put(say, "The loop enters check: ");
      count(say, say->event.b, "immediate is queued.", "immediates are queued.");
      break;
    case SIX_PHASE_CLOSE:
      put(say, "The loop enters close callbacks: ");
      count(say, say->event.b, "waits.", "wait.");
      break;
    default: put(say, "The loop is left.");
  }
}

static void now_clock(struct say *say) {
  put(say, say->event.b ? "The loop sleeps in poll: " : "The clock moves: ");
  six_say_ns(say->event.a, say->out);
  put(say, say->event.b ? " pass with nothing to do." : " of work.");
}

static void now_operation(struct say *say) {
  struct six_event e = say->event;
  const char *name = six_say_tag(say, e.subject);
  switch (e.kind) {
    case SIX_EV_POOL_WAIT:
      six_text_addf(say->out, "%s asks for a thread of the pool", name);
      if (e.b > 1) six_text_addf(say->out, ": trip %u of %u", e.a, e.b);
      break;
    case SIX_EV_POOL_RUN:
      six_text_addf(say->out, "%s runs on pool thread %u for ", name, e.a + 1);
      six_say_ns(e.b, say->out);
      break;
    case SIX_EV_POOL_DONE: six_text_addf(say->out, "Pool thread %u has finished with %s; poll will see it", e.a + 1, name); break;
    default: six_text_addf(say->out, "%s is under way outside: it completes in ", name); six_say_ns(e.a, say->out);
  }
  six_text_addc(say->out, '.');
}

static void now_choice(struct say *say) {
  struct six_event e = say->event;
  const struct six_moment *m = six_reader_seek(say->reader, say->index);
  uint32_t taken = e.b & 0xFFFF, alternatives = e.b >> 16;
  switch (e.rule) {
    case 35:
      if (alternatives == 2 && m->timers_listed)
        six_text_addf(say->out, "Is %s due when the loop looks? Node leaves it open; here: %s.", six_say_tag(say, m->timers[0].task),
                      taken ? "yes" : "no");
      else
        six_text_addf(say->out, "How many of the next timers are due when the loop looks? Node leaves it open; here: %u, at most %u.",
                      taken, alternatives - 1);
      break;
    case 14:
      six_text_addf(say->out, "Does a millisecond begin just before this timer is set? Node leaves it open; here: %s.",
                    taken ? "yes" : "no");
      break;
    case 105:
      six_text_addf(say->out, "What has completed when poll looks? Node leaves it open; here: %s.", taken ? "an operation" : "nothing yet");
      break;
    case 100:
      six_text_addf(say->out, "Which of %u operations completes first? Node leaves it open; here: number %u.", alternatives, taken + 1);
      break;
    case 140:
      if (taken)
        six_text_addf(say->out, "When does the worker begin? Node leaves it open; here: later, after %u other event%s.", taken,
                      taken == 1 ? "" : "s");
      else six_text_adds(say->out, "When does the worker begin? Node leaves it open; here: as soon as it typically does.");
      break;
    default: six_text_addf(say->out, "A choice that Node leaves open: answer %u of %u is taken.", taken + 1, alternatives); break;
  }
}

static void now_small(struct say *say) {
  struct six_event e = say->event;
  switch (e.kind) {
    case SIX_EV_RUN_BEGIN: put(say, "The process starts."); break;
    case SIX_EV_LABEL:
      six_text_addf(say->out, "%s is ", six_say_tag(say, e.subject));
      six_say_quote(say, e.a, 60);
      six_text_addc(say->out, '.');
      break;
    case SIX_EV_ARM:
      six_text_addf(say->out, "%s joins the list of %u ms timers: due at %llu ms.", six_say_tag(say, e.subject), e.a,
                    (unsigned long long)e.a + e.b);
      break;
    case SIX_EV_CANCEL: six_text_addf(say->out, "%s is cancelled: it will not run.", six_say_tag(say, e.subject)); break;
    case SIX_EV_REF:
      six_text_addf(say->out, e.a ? "%s keeps the process alive again (ref)." : "%s no longer keeps the process alive (unref).",
                    six_say_tag(say, e.subject));
      break;
    case SIX_EV_TURN: six_text_addf(say->out, "Turn %u of the event loop begins.", e.a); break;
    case SIX_EV_DRAIN: now_drain(say); break;
    case SIX_EV_CHOICE: now_choice(say); break;
    case SIX_EV_EXIT: six_text_addf(say->out, "The process ends with status %u.", e.a); break;
    case SIX_EV_STOP:
      put(say, "The run is stopped: ");
      six_say_quote(say, e.b, 100);
      six_text_addc(say->out, '.');
      break;
    default: break;
  }
}

void six_say_now(struct six_reader *reader, uint32_t index, struct six_text *now) {
  struct say say = six_saying(reader, index, now);
  switch (say.event.kind) {
    case SIX_EV_ENQUEUE: now_enqueue(&say); break;
    case SIX_EV_READY: now_ready(&say); break;
    case SIX_EV_SETTLE: now_settle(&say); break;
    case SIX_EV_BEGIN: now_begin(&say); break;
    case SIX_EV_END: now_end(&say); break;
    case SIX_EV_STATEMENT: now_statement(&say); break;
    case SIX_EV_OUTPUT: now_output(&say); break;
    case SIX_EV_CALL: now_call(&say); break;
    case SIX_EV_RETURN: now_return(&say); break;
    case SIX_EV_THROW: now_throw(&say); break;
    case SIX_EV_PHASE: now_phase(&say); break;
    case SIX_EV_CLOCK: now_clock(&say); break;
    case SIX_EV_POOL_WAIT:
    case SIX_EV_POOL_RUN:
    case SIX_EV_POOL_DONE:
    case SIX_EV_OUTSIDE: now_operation(&say); break;
    default: now_small(&say); break;
  }
}
