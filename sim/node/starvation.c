// The sentence about a spent step budget: which queue kept whom waiting.
#include <string.h>

#include "sim/node/host.h"

struct list {
  struct six_nodejs *node;
  struct six_text *out;
  enum six_queue_kind skip;
  uint32_t named, count;
};

static void add_place(struct six_nodejs *node, six_value callback, struct six_text *out) {
  uint32_t unit;
  struct six_span span;
  if (!six_is_object(callback) || !six_function_location(node->m, callback, &unit, &span) || unit >= node->m->units_count) return;
  const struct six_unit *u = &node->m->units[unit];
  struct six_position position = six_source_position(&u->program->source, span.start);
  const char *name = strrchr(u->url, '/');
  six_text_addf(out, ", %s:%u:%u", name ? name + 1 : u->url, position.line, position.column);
}

static void add_waiting(void *context, enum six_queue_kind where, struct six_task *task) {
  static const char *const names[] = {
      [SIX_QUEUE_TICKS] = "process.nextTick",  [SIX_QUEUE_MICROTASKS] = "microtask", [SIX_QUEUE_TIMERS] = "timer",
      [SIX_QUEUE_IMMEDIATES] = "setImmediate", [SIX_QUEUE_OUTSIDE] = "operation",    [SIX_QUEUE_ASYNC] = "message",
      [SIX_QUEUE_CLOSING] = "close callback"};
  struct list *list = context;
  if (where == SIX_QUEUE_RUNNING || where == list->skip) return;
  if (list->count++ >= 3) return;
  six_text_adds(list->out, list->named++ ? ", " : "");
  char tag[16];
  if (task->id && list->node->trace) six_text_addf(list->out, "%s ", six_trace_tag(list->node->trace, task->id, tag));
  six_text_addf(list->out, "(%s", names[where]);
  add_place(list->node, task->a, list->out);
  six_text_addc(list->out, ')');
}

void six_node_explain_starvation(struct six_nodejs *node, struct six_text *out) {
  struct list list = {.node = node, .out = out, .skip = SIX_QUEUE_RUNNING};
  const char *who = "the program's synchronous code";
  bool in_task = six_loop_task(node->loop) || six_loop_tasks(node->loop) > 1;
  if (six_loop_draining_ticks(node->loop)) who = "the nextTick queue", list.skip = SIX_QUEUE_TICKS;
  else if (six_loop_draining_microtasks(node->loop)) who = "the microtask queue", list.skip = SIX_QUEUE_MICROTASKS;
  else if (in_task && six_outside_steps(node->outside) < six_loop_tasks(node->loop) * 1000) {
    enum six_phase phase = six_loop_phase(node->loop);
    if (phase == SIX_PHASE_TIMERS || phase == SIX_PHASE_CHECK || phase == SIX_PHASE_POLL) {
      six_text_addf(out, "the loop turned %u times and never ran dry", six_loop_turn(node->loop));
      return;
    }
  }
  size_t before = out->length;
  six_text_addf(out, "%s starved: ", who);
  six_loop_each(node->loop, add_waiting, &list);
  if (list.count > 3) six_text_addf(out, " and %u more", list.count - 3);
  if (list.count) return;
  out->length = before;
  six_text_addf(out, "%s did not end", who);
}
