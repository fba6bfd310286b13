// Why a waiting callback has not run yet: a line for each thing that has to happen first.
#include "sim/trace/say.h"

#include <string.h>

static void must(struct six_text *out, const char *text) {
  six_text_adds(out, text);
  six_text_addc(out, '\n');
}

static uint32_t place_in(const struct six_task_list *list, uint32_t task) {
  for (uint32_t i = 0; i < list->listed; i++)
    if (list->items[list->first + i] == task) return i;
  return UINT32_MAX;
}

static void before_queue(struct say *say, const struct six_task_list *list, uint32_t task, const char *name, uint32_t rule) {
  uint32_t place = place_in(list, task);
  if (!place || (place == UINT32_MAX && !list->count)) return;
  if (place == UINT32_MAX) six_text_addf(say->out, "More than %u others are before it in the %s queue (R%u).\n", list->listed, name, rule);
  else if (place == 1)
    six_text_addf(say->out, "%s is before it in the %s queue (R%u).\n", six_say_tag(say, list->items[list->first]), name, rule);
  else
    six_text_addf(say->out, "%u others, from %s on, are before it in the %s queue (R%u).\n", place,
                  six_say_tag(say, list->items[list->first]), name, rule);
}

static void before_phases(struct say *say, const struct six_moment *m, enum six_phase phase) {
  if (m->ticks.count) six_text_addf(say->out, "%u tick%s first (R40).\n", m->ticks.count, m->ticks.count == 1 ? " runs" : "s run");
  if (m->microtasks.count)
    six_text_addf(say->out, "%u microtask%s first (R40).\n", m->microtasks.count, m->microtasks.count == 1 ? " runs" : "s run");
  if (m->phase == phase) return;
  if (m->phase == SIX_PHASE_NONE && !m->turn)
    six_text_addf(say->out, "The loop has to start, and to come to the %s phase (R1, R2).\n", six_phase_title(phase));
  else
    six_text_addf(say->out, "The loop has to come to the %s phase; it is in %s (R2).\n", six_phase_title(phase), six_phase_title(m->phase));
}

static void not_yet_timer(struct say *say, const struct six_moment *m, const struct six_task_info *info) {
  before_phases(say, m, SIX_PHASE_TIMERS);
  if (!info->arm) return;
  struct six_event arm = six_trace_at(say->trace, info->arm);
  uint64_t due = (uint64_t)arm.a + arm.b, now = m->time / 1000000;
  if (due > now)
    six_text_addf(say->out, "Its time has to come: %u ms after %u ms, that is in %llu ms (R14).\n", arm.a, arm.b,
                  (unsigned long long)(due - now));
  else must(say->out, "It is due: it runs when the timers phase looks (R12).");
  for (uint32_t i = 0; i < m->timers_listed && m->timers[i].task != info->task; i++) {
    if (i == 3) {
      must(say->out, "Further timers are due before it (R14).");
      break;
    }
    bool same = m->timers[i].duration_ms == arm.a;
    six_text_addf(say->out, "%s comes before it: %s.\n", six_say_tag(say, m->timers[i].task),
                  same ? "same delay, set earlier (R13)" : "it is due earlier (R14)");
  }
}

static void not_yet_operation(struct say *say, const struct six_moment *m, const struct six_task_info *info) {
  before_phases(say, m, SIX_PHASE_POLL);
  before_queue(say, &m->poll, info->task, "poll", 105);
  for (uint32_t i = 0; i < m->outside_listed; i++) {
    const struct six_under_way *op = &m->outside[i];
    if (op->task != info->task) continue;
    if (op->slot == SIX_SLOT_WAITS) must(say->out, "It waits for a free thread of the pool (R100).");
    else {
      six_text_adds(say->out, "It is under way: ");
      six_say_ns(op->until > m->time ? op->until - m->time : 0, say->out);
      must(say->out, " to go. That is the world's assumption.");
    }
    if (op->trips > op->trip) six_text_addf(say->out, "%u more trips to the thread pool follow (R101).\n", op->trips - op->trip);
  }
}

// Who settles the promise that a reaction waits for, as the run will show.
static void before_settling(struct say *say, const struct six_task_info *info, uint32_t *settler) {
  uint32_t by = info->ready ? six_trace_at(say->trace, info->ready).cause : 0;
  if (!info->ready) must(say->out, "Its promise has to be settled first (R51), and in this run nobody does that.");
  else if (!by) must(say->out, "Its promise has to be settled first (R51).");
  else six_text_addf(say->out, "Its promise has to be settled first: %s will do that (R51).\n", six_say_tag(say, by));
  *settler = by != info->task ? by : 0;
}

static void not_yet_micro(struct say *say, const struct six_moment *m, const struct six_task_info *info, uint32_t *next) {
  bool queued = place_in(&m->microtasks, info->task) != UINT32_MAX || (info->ready && info->ready <= say->index);
  if (!queued && (info->kind == SIX_TASK_REACTION || info->kind == SIX_TASK_AWAIT)) {
    before_settling(say, info, next);
    return;
  }
  if (m->ticks.count && !m->running_count)
    six_text_addf(say->out, "%u tick%s first (R40).\n", m->ticks.count, m->ticks.count == 1 ? " runs" : "s run");
  before_queue(say, &m->microtasks, info->task, "microtask", 41);
}

static const char *over_or_running(const struct six_moment *m, const struct six_task_info *info, uint32_t index) {
  if (info->task > index) return "It has not been scheduled yet.";
  if (info->cancel && info->cancel <= index) return "It was cancelled: it will never run.";
  for (uint32_t i = 0; i < m->running_count; i++)
    if (m->running[i] == info->task) return "It runs now.";
  return info->kind != SIX_TASK_INTERVAL && info->end && info->end <= index ? "It has run already." : NULL;
}

// One link of the chain; the task that comes first goes to *next.
static void not_yet(struct six_reader *reader, uint32_t index, uint32_t task, bool is_first, struct six_text *out, uint32_t *next) {
  struct say say = six_saying(reader, index, out);
  struct six_task_info info;
  if (!six_reader_task(reader, task, index, &info)) return;
  const struct six_moment *m = six_reader_seek(reader, index);
  const char *over = over_or_running(m, &info, index);
  if (over) {
    must(out, over);
    if (task > index && info.by < index) *next = info.by;
    return;
  }
  if (m->running_count && is_first) {
    size_t start = out->length;
    six_text_addf(out, "%s has to return: JavaScript is never interrupted (R40).\n", six_say_tag(&say, m->running[0]));
    six_say_capital(out, start);
  }
  switch (info.kind) {
    case SIX_TASK_TIMER:
    case SIX_TASK_INTERVAL: not_yet_timer(&say, m, &info); break;
    case SIX_TASK_IMMEDIATE:
      before_phases(&say, m, SIX_PHASE_CHECK);
      before_queue(&say, &m->immediates, task, "immediate", 30);
      break;
    case SIX_TASK_TICK: before_queue(&say, &m->ticks, task, "nextTick", 41); break;
    case SIX_TASK_MICROTASK:
    case SIX_TASK_REACTION:
    case SIX_TASK_THENABLE:
    case SIX_TASK_AWAIT: not_yet_micro(&say, m, &info, next); break;
    case SIX_TASK_CLOSE:
      before_phases(&say, m, SIX_PHASE_CLOSE);
      before_queue(&say, &m->closing, task, "close", 108);
      break;
    case SIX_TASK_EVENT: must(out, "Its event has to be emitted first."); break;
    default: not_yet_operation(&say, m, &info); break;
  }
  if (!info.begin) must(out, "In this run it never comes to that: the run ends before.");
}

// Where another callback has to come first, the chain goes on with that one, each line under its tag.
void six_say_why_not_yet(struct six_reader *reader, uint32_t index, uint32_t task, struct six_text *out) {
  enum { LINKS = 5 };
  uint32_t seen[LINKS];
  for (int link = 0; link < LINKS && task; link++) {
    uint32_t next = 0;
    struct six_text text = {0};
    not_yet(reader, index, task, link == 0, &text, &next);
    char tag[16];
    for (const char *line = text.bytes; line && *line;) {
      size_t length = strcspn(line, "\n");
      if (link) six_text_addf(out, "%s: ", six_trace_tag(six_reader_trace(reader), task, tag));
      six_text_add(out, line, length);
      six_text_addc(out, '\n');
      line += length + (line[length] == '\n');
    }
    six_text_done(&text);
    seen[link] = task;
    for (int i = 0; i <= link; i++)
      if (seen[i] == next) next = 0;
    task = next && six_trace_at(six_reader_trace(reader), next).a != SIX_TASK_MAIN ? next : 0;
  }
}
