// Is an order that was seen promised? Two callbacks of one drain are ordered by their queues. Else the macrotasks in
// whose wake they run decide: what did not exist yet cannot have been earlier; what waited at the same time is ordered
// by the phases, unless a time that Node does not promise (CHOICE events) came between.
#include "sim/trace/write.h"

struct pair {
  struct six_reader *reader;
  const struct six_trace *trace;
  struct six_task_info first, second;
  uint32_t at;  // the BEGIN of the first
  struct six_text *reason;
  bool certain;  // whatever else is chosen
};

static bool is_microtask(enum six_task_kind kind) {
  return kind == SIX_TASK_MICROTASK || kind == SIX_TASK_REACTION || kind == SIX_TASK_THENABLE || kind == SIX_TASK_AWAIT;
}

static bool is_timer(enum six_task_kind kind) { return kind == SIX_TASK_TIMER || kind == SIX_TASK_INTERVAL; }

static bool is_operation(enum six_task_kind kind) {
  return kind == SIX_TASK_FILE || kind == SIX_TASK_POOL || kind == SIX_TASK_SOCKET || kind == SIX_TASK_MESSAGE;
}

static enum six_order promised(struct pair *pair, const char *reason) {
  six_text_adds(pair->reason, reason);
  return SIX_ORDER_PROMISED;
}

static enum six_order typical(struct pair *pair, const char *reason) {
  six_text_adds(pair->reason, reason);
  return SIX_ORDER_TYPICAL;
}

static const char *tag(const struct pair *pair, uint32_t task, char buffer[16]) {
  if (!task) return "the main script";
  struct six_event event = six_trace_at(pair->trace, task);
  return event.a == SIX_TASK_MAIN ? "the main script" : six_trace_tag(pair->trace, task, buffer);
}

// A choice of no task asks whether the next timer is due.
static bool asks_about(const struct pair *pair, const struct six_event *choice, const struct six_task_info *timer) {
  if (choice->subject || !is_timer(timer->kind) || !timer->arm) return false;
  struct six_event arm = six_trace_at(pair->trace, timer->arm);
  return (uint64_t)arm.a + arm.b <= choice->time / 1000000 + 1;
}

// A choice about either of them that fell while both waited, or while the later of them was made.
static bool was_chosen(const struct pair *pair) {
  uint32_t a = pair->first.task, b = pair->second.task, after = a > b ? a : b;
  for (uint32_t i = six_reader_choices(pair->reader); i-- > 0;) {
    uint32_t at = six_reader_choice_event(pair->reader, i);
    if (at < after) return false;
    struct six_event choice = six_trace_at(pair->trace, at);
    bool of_timer = asks_about(pair, &choice, &pair->first) || asks_about(pair, &choice, &pair->second);
    if (at <= pair->at && (of_timer || choice.subject == a || choice.subject == b)) return true;
  }
  return false;
}

static enum six_phase made_in(const struct pair *pair, uint32_t task) { return (enum six_phase)six_trace_at(pair->trace, task).phase; }

// ---- Callbacks of one drain

static enum six_order in_one_drain(struct pair *pair, uint32_t root) {
  enum six_task_kind a = pair->first.kind, b = pair->second.kind;
  char buffer[16];
  if (pair->first.task == root) {
    six_text_addf(pair->reason, "%s has to return before the queues it filled run (R40)", tag(pair, root, buffer));
    return SIX_ORDER_PROMISED;
  }
  if (a == SIX_TASK_EVENT && b == SIX_TASK_EVENT) return promised(pair, "rejections are reported in the order in which they came (R90)");
  if (b == SIX_TASK_EVENT) return promised(pair, "rejections are reported when ticks and microtasks have run dry (R90)");
  if (pair->second.task > pair->at || (pair->second.ready > pair->at && is_microtask(b))) {
    bool by_first = pair->second.by == pair->first.task;
    if (!by_first) return promised(pair, "it was queued only later (R41)");
    six_text_addf(pair->reason, "%s queued it (R41)", tag(pair, pair->first.task, buffer));
    return SIX_ORDER_PROMISED;
  }
  if (a == SIX_TASK_TICK && b == SIX_TASK_TICK) return promised(pair, "both are ticks, first in, first out (R41)");
  if (is_microtask(a) && is_microtask(b)) return promised(pair, "both are microtasks, first in, first out (R41)");
  if (a == SIX_TASK_TICK) return promised(pair, "the nextTick queue is emptied before the microtasks (R40)");
  if (is_microtask(a)) return promised(pair, "microtasks that run are emptied before further ticks (R42)");
  return promised(pair, "they run in one piece (R40)");
}

// ---- Callbacks of two macrotasks that waited at the same time

// First in, first out: in every schedule, if one callback made both.
static enum six_order in_line(struct pair *pair, const char *reason) {
  pair->certain = pair->first.by == pair->second.by;
  return promised(pair, reason);
}

static enum six_order two_timers(struct pair *pair) {
  if (!pair->first.arm || !pair->second.arm) return promised(pair, "timers run in order of their due time (R14)");
  struct six_event a = six_trace_at(pair->trace, pair->first.arm), b = six_trace_at(pair->trace, pair->second.arm);
  if (a.a == b.a) return in_line(pair, "both have the same delay, and it was set first (R13)");
  bool earlier_is_longer = (pair->first.arm < pair->second.arm) == (a.a > b.a);
  uint32_t apart = a.a > b.a ? a.a - b.a : b.a - a.a;
  if (earlier_is_longer && apart <= 1)
    return typical(pair, a.a > b.a ? "only because a millisecond began between the two calls: Node does not promise it (R14)"
                                   : "only because no millisecond began between the two calls: Node does not promise it (R14)");
  six_text_addf(pair->reason, "it is due earlier, at %llu ms against %llu ms (R14)", (unsigned long long)a.a + a.b,
                (unsigned long long)b.a + b.b);
  return SIX_ORDER_PROMISED;
}

static const char *busy(const struct pair *pair, uint32_t timer) {
  uint32_t by = six_reader_root(pair->reader, six_trace_at(pair->trace, timer).cause);
  bool by_main = !by || six_trace_at(pair->trace, by).a == SIX_TASK_MAIN;
  return by_main ? "the rest of the main script" : "the code after its setTimeout";
}

static enum six_order timer_and_immediate(struct pair *pair) {
  bool timer_first = is_timer(pair->first.kind);
  const struct six_task_info *timer = timer_first ? &pair->first : &pair->second;
  enum six_phase timer_made = made_in(pair, timer->task);
  uint32_t ms = timer->arm ? six_trace_at(pair->trace, timer->arm).a : 1;
  if (!timer_first && (timer_made == SIX_PHASE_POLL || timer_made == SIX_PHASE_PENDING))
    return promised(pair, "from a poll callback the check phase comes before the timers (R34)");
  if (!timer_first && timer_made == SIX_PHASE_TIMERS)
    return promised(pair, "a timer set in the timers phase has to wait for the next one, after check (R15)");
  if (ms > 1 && !was_chosen(pair)) {
    six_text_addf(pair->reason,
                  timer_first ? "%u ms had passed when the timers phase came (R14)" : "its phase comes long before the %u ms are over (R2)",
                  ms);
    return SIX_ORDER_PROMISED;
  }
  six_text_addf(pair->reason,
                timer_first ? "only because %s took over %u ms: Node does not promise it (R35)"
                            : "only because %s took under %u ms: Node does not promise it (R35)",
                busy(pair, timer->task), ms);
  return SIX_ORDER_TYPICAL;
}

static enum six_order with_operation(struct pair *pair) {
  bool first_is = is_operation(pair->first.kind), second_is = is_operation(pair->second.kind);
  if (first_is && second_is) return typical(pair, "both were under way at once, and which completes first is open (R100)");
  const struct six_task_info *operation = first_is ? &pair->first : &pair->second;
  enum six_task_kind other = first_is ? pair->second.kind : pair->first.kind;
  if (second_is && other == SIX_TASK_IMMEDIATE && operation->last_trip > pair->at)
    return promised(pair, "it needs further trips to the thread pool, a turn of the loop each (R101)");
  if (first_is && made_in(pair, pair->second.task) == SIX_PHASE_POLL && other == SIX_TASK_IMMEDIATE && operation->ready &&
      operation->ready < pair->second.task)
    return promised(pair, "its completion was already in the poll queue (R105)");
  return typical(pair, first_is ? "only because the operation had completed by then: how long it takes is the world's (R100)"
                                : "only because the operation had not completed yet: how long it takes is the world's (R100)");
}

static enum six_order of_macrotasks(struct pair *pair) {
  enum six_task_kind a = pair->first.kind, b = pair->second.kind;
  if (a == SIX_TASK_MAIN) return promised(pair, "the main script runs to its end before the loop starts (R1)");
  if (b == SIX_TASK_EVENT) return promised(pair, "the loop has to be empty before the process may end (R5)");
  if (a == SIX_TASK_EVENT) return promised(pair, "its listeners are called at once (R5)");
  if (is_timer(a) && is_timer(b)) return two_timers(pair);
  if (a == SIX_TASK_IMMEDIATE && b == SIX_TASK_IMMEDIATE) return in_line(pair, "both are immediates, first in, first out (R30)");
  if (a == SIX_TASK_CLOSE && b == SIX_TASK_CLOSE) return promised(pair, "close callbacks run in reverse order of closing (R108)");
  if ((is_timer(a) && b == SIX_TASK_IMMEDIATE) || (a == SIX_TASK_IMMEDIATE && is_timer(b))) return timer_and_immediate(pair);
  if (is_operation(a) || is_operation(b)) return with_operation(pair);
  return promised(pair, "its phase comes first in the turn (R2)");
}

// It looks open, but no choice turns it round: the reason in place of the one for a choice.
static const char *settled(const struct pair *pair) {
  enum six_task_kind a = pair->first.kind, b = pair->second.kind;
  if (a == SIX_TASK_MESSAGE && b == SIX_TASK_MESSAGE) return "messages arrive in the order in which they were posted (R140)";
  if (a == SIX_TASK_MESSAGE) return "a message that was posted is there when the next poll phase looks (R140)";
  if (a == SIX_TASK_SOCKET && b == SIX_TASK_SOCKET) return "what one connection brings arrives in order, after the connection (R105)";
  if (is_operation(a) && is_operation(b)) return "by this world's latencies and threads it always completes first (R100)";
  if (is_operation(a)) return "by this world's latencies it has always completed by then (R100)";
  if (is_operation(b)) return "by this world's latencies it never completes so early (R100)";
  if (is_timer(a)) return "by then it is due in any case, and the timers phase comes before check (R2)";
  if (is_timer(b)) return "it cannot be due before this check phase (R2)";
  return "no schedule turns them round (R2)";
}

static enum six_order of_roots(struct pair *pair, uint32_t first, uint32_t second) {
  struct six_reader *reader = pair->reader;
  if (!six_reader_task(reader, first, pair->at, &pair->first) || !six_reader_task(reader, second, pair->at, &pair->second))
    return promised(pair, "it comes first (R2)");
  // The drain's callback is judged by the macrotask's own beginning; an interval begins many times.
  if (pair->first.kind != SIX_TASK_INTERVAL && pair->first.begin) pair->at = pair->first.begin;
  // What made the second may itself have been in a race with the first.
  char buffer[16];
  for (int depth = 0; pair->second.task > pair->at && pair->first.kind != SIX_TASK_MAIN && depth < 10000; depth++) {
    if (!pair->second.by) return promised(pair, "another thread or process sent it only later (R140)");
    uint32_t maker = six_reader_root(reader, pair->second.by);
    struct six_task_info made_by;
    if (maker == pair->first.task || !six_reader_task(reader, maker, pair->at, &made_by)) {
      six_text_addf(pair->reason, "%s made it possible (R1)", tag(pair, pair->first.task, buffer));
      return SIX_ORDER_PROMISED;
    }
    if (made_by.begin && made_by.begin < pair->at) return promised(pair, "it was scheduled only later (R1)");
    pair->second = made_by;
  }
  return of_macrotasks(pair);
}

static enum six_order guess(struct pair *pair, uint32_t first, uint32_t second) {
  struct six_reader *reader = pair->reader;
  uint32_t begin = pair->at, first_root = six_reader_root(reader, first), second_root = six_reader_root(reader, second);
  if (first_root != second_root) return of_roots(pair, first_root, second_root);
  if (!six_reader_task(reader, first, begin, &pair->first) || !six_reader_task(reader, second, begin, &pair->second))
    return promised(pair, "it comes first (R2)");
  pair->certain = true;
  return in_one_drain(pair, first_root);
}

// ---- What the other runs show

static enum six_order shown(struct pair *pair, enum six_counterexample kind, const struct six_shown_by *by, bool guessed) {
  static const char *const words[] = {
      [SIX_REVERSED] = "it comes first where",
      [SIX_NO_FIRST] = "the line before it is another one, or missing, where",
      [SIX_NO_SECOND] = "it is another one, or missing, where",
  };
  if (guessed && kind == SIX_REVERSED) return SIX_ORDER_TYPICAL;
  pair->reason->length = 0;
  if (by->because[0]) six_text_addf(pair->reason, "%s %s", words[kind], by->because);
  else six_text_adds(pair->reason, "usually it is the other way round");
  return SIX_ORDER_TYPICAL;
}

static bool a_choice_came_before(const struct pair *pair, uint32_t second) {
  struct six_task_info info;
  if (!six_reader_choices(pair->reader)) return false;
  uint32_t end = six_reader_task(pair->reader, second, pair->at, &info) && info.begin > pair->at ? info.begin : pair->at;
  return six_reader_choice_event(pair->reader, 0) < end;
}

static enum six_order decide(struct pair *pair, enum six_order guessed, enum six_counterexample kind, const struct six_shown_by *by,
                             uint32_t second) {
  const struct six_evidence *evidence = six_reader_evidence(pair->reader);
  if (kind != SIX_ALWAYS) return shown(pair, kind, by, guessed == SIX_ORDER_TYPICAL);
  if (guessed == SIX_ORDER_PROMISED && (pair->certain || !a_choice_came_before(pair, second))) return SIX_ORDER_PROMISED;
  if (six_evidence_is_complete(evidence)) {
    if (guessed == SIX_ORDER_PROMISED) return SIX_ORDER_PROMISED;
    pair->reason->length = 0;
    six_text_adds(pair->reason, settled(pair));
    return SIX_ORDER_PROMISED;
  }
  pair->reason->length = 0;
  six_text_addf(pair->reason, "the %u schedules tried agree, but there are more of them than explain tries", six_evidence_runs(evidence));
  return SIX_ORDER_UNDECIDED;
}

enum six_order six_order_of(struct six_reader *reader, uint32_t first, uint32_t first_begin, uint32_t second, struct six_text *reason) {
  if (first == second) {
    six_text_adds(reason, "the same callback (R41)");
    return SIX_ORDER_SAME;
  }
  struct pair pair = {.reader = reader, .trace = six_reader_trace(reader), .at = first_begin, .reason = reason};
  enum six_order guessed = guess(&pair, first, second);
  struct six_shown_by by;
  if (!six_reader_evidence(reader)) return guessed;
  pair.at = first_begin;
  return decide(&pair, guessed, six_evidence_of_tasks(six_reader_evidence(reader), first_begin, second, &by), &by, second);
}

enum six_order six_order_of_line(struct six_reader *reader, uint32_t line, uint32_t first, uint32_t first_begin, uint32_t second,
                                 struct six_text *reason) {
  if (first == second || !six_reader_evidence(reader)) return six_order_of(reader, first, first_begin, second, reason);
  struct pair pair = {.reader = reader, .trace = six_reader_trace(reader), .at = first_begin, .reason = reason};
  enum six_order guessed = guess(&pair, first, second);
  struct six_shown_by by;
  pair.at = first_begin;
  enum six_order order = decide(&pair, guessed, six_evidence_of_lines(six_reader_evidence(reader), line, &by), &by, second);
  if (order == SIX_ORDER_TYPICAL && by.schedule[0]) six_text_addf(reason, "; see it with --schedule=%s", by.schedule);
  return order;
}
