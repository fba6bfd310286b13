// The trace's numbers of tasks. All that makes a task known to the trace, but its time, follows from where the program made
// it and from its callback's code, so it is worked out once for each such pair and remembered.
#include <stdlib.h>
#include <string.h>

#include "sim/machine/bytecode.h"
#include "sim/node/node.h"

enum { MEMOS = 128 };

struct six_task_memo {
  const uint64_t *place;         // in the code that runs; NULL: none does
  const struct six_code *code;   // of the callback; NULL: there is none
  uint32_t key;                  // its kind and rules
  struct six_trace_shape shape;  // no events: not worked out yet
};

// ---- Sites and names.
uint32_t six_node_site(struct six_nodejs *node) {
  uint32_t unit;
  struct six_span span;
  if (!node->trace || !six_here(node->m, &unit, &span)) return 0;
  return six_trace_add_site(node->trace, unit, span.start, span.end);
}

uint32_t six_node_function_site(struct six_nodejs *node, six_value function) {
  uint32_t unit;
  struct six_span span;
  if (!node->trace || !six_function_location(node->m, function, &unit, &span)) return 0;
  return six_trace_add_site(node->trace, unit, span.start, span.end);
}

static bool is_ascii(const struct six_string *flat) {
  if (six_string_is_wide(flat)) return false;
  uint8_t bits = 0;
  for (uint32_t i = 0; i < flat->length; i++) bits |= flat->u.latin1[i];
  return bits < 0x80;
}

uint32_t six_node_trace_name(struct six_nodejs *node, six_value function) {
  struct six_string *name = six_is_object(function) ? six_function_name(node->m, six_as_object(function)) : NULL;
  if (!name || !name->length) return 0;
  name = six_string_flat(node->m, name);
  if (is_ascii(name)) return six_trace_add_text(node->trace, (const char *)name->u.latin1, name->length);
  struct six_text text = {0};
  six_string_to_utf8(node->m, name, &text);
  uint32_t number = six_trace_add_text(node->trace, text.bytes, text.length);
  six_text_done(&text);
  return number;
}

// ---- What is remembered.

// The innermost place in the program's code. false: it is the host's code that runs there, and six_here has to look further.
static inline bool place_of(const struct six_machine *m, const uint64_t **place) {
  const struct six_frame *frame = m->frame;
  while (frame > m->frames && !frame->code) frame--;
  *place = frame > m->frames ? frame->pc : NULL;
  return !*place || !(m->units[frame->code->unit].is_host || m->units[frame->code->unit].is_text);
}

// false: not a function of the program, or one that got another name since.
static inline bool code_of(six_value callback, const struct six_code **code) {
  *code = NULL;
  if (callback == SIX_UNDEFINED) return true;
  if (!six_is_class(callback, SIX_CLASS_FUNCTION) || !(six_as_object(callback)->cell.flags & SIX_OBJECT_EXOTIC)) return false;
  *code = ((const struct six_function *)six_as_object(callback))->code;
  return true;
}

static inline uint32_t key_of(enum six_task_kind kind, uint16_t rule, uint16_t ready_rule) {
  return (uint32_t)kind | (uint32_t)rule << 8 | (uint32_t)ready_rule << 20;
}

// What is known of this pair, or where to put it; NULL: it cannot be remembered.
static inline struct six_task_memo *memo_of(struct six_nodejs *node, uint32_t key, six_value callback) {
  const uint64_t *place;
  const struct six_code *code;
  if (!code_of(callback, &code) || !place_of(node->m, &place)) return NULL;
  uintptr_t hash = (uintptr_t)place >> 3 ^ (uintptr_t)code >> 5 ^ key;
  struct six_task_memo *memo = &node->task_memos[(hash ^ hash >> 7) % MEMOS];
  if (memo->place != place || memo->code != code || memo->key != key) *memo = (struct six_task_memo){place, code, key, {0}};
  return memo;
}

static uint32_t label_of(struct six_nodejs *node, six_value callback, const char *label) {
  if (label) return *label ? six_trace_add_text(node->trace, label, strlen(label)) : 0;
  return six_is_callable(callback) ? six_node_trace_name(node, callback) : 0;
}

static struct six_trace_shape work_out(struct six_nodejs *node, enum six_task_kind kind, uint16_t rule, uint16_t ready_rule,
                                       six_value callback, const char *label) {
  uint32_t site = six_node_site(node), callback_site = six_node_function_site(node, callback);
  return six_trace_shape(node->trace, kind, rule, site, callback_site, label_of(node, callback, label), ready_rule);
}

static inline uint32_t trace_task(struct six_nodejs *node, enum six_task_kind kind, uint16_t rule, uint16_t ready_rule,
                                  six_value callback) {
  struct six_task_memo *memo = memo_of(node, key_of(kind, rule, ready_rule), callback), other;
  if (!memo) memo = &other;
  if (memo == &other || !memo->shape.events) memo->shape = work_out(node, kind, rule, ready_rule, callback, NULL);
  uint32_t task = six_trace_make(node->trace, memo->shape, six_node_time(node));
  six_node_look(node);
  return task;
}

void six_node_remember_tasks(struct six_nodejs *node) {
  node->task_memos = calloc(MEMOS, sizeof *node->task_memos);
  if (!node->task_memos) abort();
}

uint32_t six_node_trace_task(struct six_nodejs *node, enum six_task_kind kind, uint16_t rule, six_value callback, const char *label) {
  if (!node->trace) return 0;
  if (!label) return trace_task(node, kind, rule, 0, callback);
  uint32_t task = six_trace_make(node->trace, work_out(node, kind, rule, 0, callback, label), six_node_time(node));
  six_node_look(node);
  return task;
}

uint32_t six_node_trace_job(struct six_nodejs *node, enum six_task_kind kind, uint16_t rule, six_value callback) {
  return trace_task(node, kind, rule, rule, callback);
}
