#include "sim/trace/write.h"

const char *six_phase_name(enum six_phase phase) {
  static const char *const names[] = {"main", "timers", "pending", "idle", "poll", "check", "close"};
  return (unsigned)phase < sizeof names / sizeof *names ? names[phase] : "?";
}

const char *six_phase_title(enum six_phase phase) {
  static const char *const titles[] = {"main script", "timers", "pending callbacks", "idle, prepare", "poll", "check", "close callbacks"};
  return (unsigned)phase < sizeof titles / sizeof *titles ? titles[phase] : "?";
}

const char *six_event_name(enum six_event_kind kind) {
  static const char *const names[SIX_EV_KINDS] = {
      [SIX_EV_RUN_BEGIN] = "run-begin",
      [SIX_EV_ENQUEUE] = "enqueue",
      [SIX_EV_LABEL] = "label",
      [SIX_EV_ARM] = "arm",
      [SIX_EV_READY] = "ready",
      [SIX_EV_CANCEL] = "cancel",
      [SIX_EV_REF] = "ref",
      [SIX_EV_TURN] = "turn",
      [SIX_EV_PHASE] = "phase",
      [SIX_EV_DRAIN] = "drain",
      [SIX_EV_BEGIN] = "begin",
      [SIX_EV_END] = "end",
      [SIX_EV_POOL_WAIT] = "pool-wait",
      [SIX_EV_POOL_RUN] = "pool-run",
      [SIX_EV_POOL_DONE] = "pool-done",
      [SIX_EV_OUTSIDE] = "outside",
      [SIX_EV_CLOCK] = "clock",
      [SIX_EV_OUTPUT] = "output",
      [SIX_EV_CALL] = "call",
      [SIX_EV_RETURN] = "return",
      [SIX_EV_STATEMENT] = "statement",
      [SIX_EV_SETTLE] = "settle",
      [SIX_EV_THROW] = "throw",
      [SIX_EV_CHOICE] = "choice",
      [SIX_EV_STOP] = "stop",
      [SIX_EV_EXIT] = "exit",
  };
  return (unsigned)kind < SIX_EV_KINDS ? names[kind] : "?";
}

bool six_event_has_task(enum six_event_kind kind) {
  switch (kind) {
    case SIX_EV_LABEL:
    case SIX_EV_ARM:
    case SIX_EV_READY:
    case SIX_EV_CANCEL:
    case SIX_EV_REF:
    case SIX_EV_BEGIN:
    case SIX_EV_END:
    case SIX_EV_POOL_WAIT:
    case SIX_EV_POOL_RUN:
    case SIX_EV_POOL_DONE:
    case SIX_EV_OUTSIDE:
    case SIX_EV_OUTPUT:
    case SIX_EV_THROW:
    case SIX_EV_CHOICE: return true;
    default: return false;
  }
}

const char *six_task_name(enum six_task_kind kind) {
  static const char *const names[SIX_TASK_KINDS] = {
      [SIX_TASK_MAIN] = "main",           [SIX_TASK_TIMER] = "timer",       [SIX_TASK_INTERVAL] = "interval",
      [SIX_TASK_IMMEDIATE] = "immediate", [SIX_TASK_TICK] = "tick",         [SIX_TASK_MICROTASK] = "microtask",
      [SIX_TASK_REACTION] = "reaction",   [SIX_TASK_THENABLE] = "thenable", [SIX_TASK_AWAIT] = "await",
      [SIX_TASK_FILE] = "file",           [SIX_TASK_POOL] = "pool",         [SIX_TASK_SOCKET] = "socket",
      [SIX_TASK_MESSAGE] = "message",     [SIX_TASK_CLOSE] = "close",       [SIX_TASK_EVENT] = "event",
  };
  return (unsigned)kind < SIX_TASK_KINDS ? names[kind] : "?";
}

const char *six_task_api(enum six_task_kind kind) {
  static const char *const names[SIX_TASK_KINDS] = {
      [SIX_TASK_MAIN] = "main script",      [SIX_TASK_TIMER] = "setTimeout",
      [SIX_TASK_INTERVAL] = "setInterval",  [SIX_TASK_IMMEDIATE] = "setImmediate",
      [SIX_TASK_TICK] = "process.nextTick", [SIX_TASK_MICROTASK] = "queueMicrotask",
      [SIX_TASK_REACTION] = "then",         [SIX_TASK_THENABLE] = "promise resolve job",
      [SIX_TASK_AWAIT] = "await",           [SIX_TASK_FILE] = "file operation",
      [SIX_TASK_POOL] = "thread-pool work", [SIX_TASK_SOCKET] = "socket event",
      [SIX_TASK_MESSAGE] = "message",       [SIX_TASK_CLOSE] = "close callback",
      [SIX_TASK_EVENT] = "process event",
  };
  return (unsigned)kind < SIX_TASK_KINDS ? names[kind] : "?";
}

void six_say_ns(uint64_t ns, struct six_text *out) {
  if (ns < 1000) six_text_addf(out, "%u ns", (unsigned)ns);
  else if (ns < 1000000) six_text_addf(out, "%.3g us", (double)ns / 1e3);
  else if (ns < 1000000000) six_text_addf(out, "%.4g ms", (double)ns / 1e6);
  else six_text_addf(out, "%.6g s", (double)ns / 1e9);
}
