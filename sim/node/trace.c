// What a run tells the trace: where it is, which tasks it makes, its calls and statements. Where code lies and what a
// function is called follows from the place in the code, and all about a new task but its time from where the program makes
// it and from its callback's code: each is worked out once and remembered.
#include <stdlib.h>
#include <string.h>

#include "sim/machine/bytecode.h"
#include "sim/node/node.h"

enum { TASKS = 128, SITES = 256, CODES = 64 };

struct task_memo {
  const uint64_t *place;        // in the code that runs; NULL: none does
  const struct six_code *code;  // of the callback; NULL: there is none
  uint32_t key;                 // its kind and rules; 0: nothing yet
  struct six_trace_shape shape;
};

struct six_trace_memo {  // each has one place, that it may take from another
  struct task_memo tasks[TASKS];
  struct site_memo {
    const uint64_t *place;
    uint32_t site;
  } sites[SITES];
  struct code_memo {
    const struct six_code *code;
    uint32_t site, name;
  } codes[CODES];
};

void six_node_remember(struct six_nodejs *node) {
  node->memo = calloc(1, sizeof *node->memo);
  if (!node->memo) abort();
}

// ---- Sites and names.

// The innermost place in JavaScript; NULL: there is none.
static inline const struct six_frame *frame_of(const struct six_machine *m) {
  const struct six_frame *frame = m->frame;
  while (frame > m->frames && !frame->code) frame--;
  return frame;
}

static inline const uint64_t *place_of(const struct six_machine *m) {
  const struct six_frame *frame = frame_of(m);
  return frame > m->frames ? frame->pc : NULL;
}

// Whether what is known of that place may be remembered: not in the host's code, where six_here has to look further.
static bool is_known_by_place(const struct six_machine *m) {
  const struct six_frame *frame = frame_of(m);
  return frame == m->frames || !(m->units[frame->code->unit].is_host || m->units[frame->code->unit].is_text);
}

static uint32_t find_site(struct six_nodejs *node) {
  uint32_t unit;
  struct six_span span;
  return six_here(node->m, &unit, &span) ? six_trace_add_site(node->trace, unit, span.start, span.end) : 0;
}

uint32_t six_node_site(struct six_nodejs *node) {
  if (!node->trace) return 0;
  const uint64_t *place = place_of(node->m);
  struct site_memo *memo = &node->memo->sites[((uintptr_t)place >> 3 ^ (uintptr_t)place >> 11) % SITES];
  if (memo->place == place && place) return memo->site;
  uint32_t site = find_site(node);
  if (is_known_by_place(node->m)) *memo = (struct site_memo){place, site};
  return site;
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

static uint32_t name_of(struct six_nodejs *node, six_value function) {
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

// ---- Tasks.

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

static inline struct task_memo *memo_of(struct six_nodejs *node, const uint64_t *place, const struct six_code *code, uint32_t key) {
  uintptr_t hash = (uintptr_t)place >> 3 ^ (uintptr_t)code >> 5 ^ key;
  return &node->memo->tasks[(hash ^ hash >> 7) % TASKS];
}

static uint32_t label_of(struct six_nodejs *node, six_value callback, const char *label) {
  if (label) return *label ? six_trace_add_text(node->trace, label, strlen(label)) : 0;
  return six_is_callable(callback) ? name_of(node, callback) : 0;
}

static struct six_trace_shape work_out(struct six_nodejs *node, enum six_task_kind kind, uint16_t rule, uint16_t ready_rule,
                                       six_value callback, const char *label) {
  uint32_t site = six_node_site(node), callback_site = six_node_function_site(node, callback);
  return six_trace_shape(node->trace, kind, rule, site, callback_site, label_of(node, callback, label), ready_rule);
}

static __attribute__((noinline)) struct six_trace_shape remember(struct six_nodejs *node, enum six_task_kind kind, uint16_t rule,
                                                                 uint16_t ready_rule, six_value callback) {
  const struct six_code *code;
  struct six_trace_shape shape = work_out(node, kind, rule, ready_rule, callback, NULL);
  uint32_t key = key_of(kind, rule, ready_rule);
  const uint64_t *place = place_of(node->m);
  if (code_of(callback, &code) && is_known_by_place(node->m))
    *memo_of(node, place, code, key) = (struct task_memo){place, code, key, shape};
  return shape;
}

static inline uint32_t trace_task(struct six_nodejs *node, enum six_task_kind kind, uint16_t rule, uint16_t ready_rule,
                                  six_value callback) {
  const struct six_code *code;
  const uint64_t *place = place_of(node->m);
  bool known = code_of(callback, &code);
  uint32_t key = key_of(kind, rule, ready_rule);
  const struct task_memo *memo = memo_of(node, place, code, key);
  known = known && memo->place == place && memo->code == code && memo->key == key;
  struct six_trace_shape shape = __builtin_expect(known, 1) ? memo->shape : remember(node, kind, rule, ready_rule, callback);
  uint32_t task = six_trace_make(node->trace, shape, six_node_time(node));
  six_node_look(node);
  return task;
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

// ---- Details. What Node's own JavaScript does inside a call is no step of the program.
static struct code_memo *code_memo(struct six_nodejs *node, six_value function) {
  const struct six_code *code;
  if (!code_of(function, &code) || !code) return NULL;
  struct code_memo *memo = &node->memo->codes[((uintptr_t)code >> 6 ^ (uintptr_t)code >> 12) % CODES];
  if (memo->code != code) *memo = (struct code_memo){code, six_node_function_site(node, function), name_of(node, function)};
  return memo;
}

void six_node_trace_call(struct six_machine *m, struct six_frame *frame) {
  struct six_nodejs *node = six_node_of(m);
  if (!six_trace_details(node->trace) || six_frame_is_host(m, frame)) return;
  six_value function = frame->function ? six_object_value(frame->function) : SIX_UNDEFINED;
  struct code_memo *memo = code_memo(node, function);
  uint32_t site = memo ? memo->site : six_node_function_site(node, function), name = memo ? memo->name : name_of(node, function);
  six_trace_call(node->trace, site, name, six_frame_goes_on(frame), six_node_time(node));
  six_node_look(node);
}

void six_node_trace_return(struct six_machine *m, struct six_frame *frame) {
  static const uint32_t how[] = {SIX_RETURN_ENDS, SIX_RETURN_AWAITS, SIX_RETURN_YIELDS, SIX_RETURN_THROWS, SIX_RETURN_STOPS};
  struct six_nodejs *node = six_node_of(m);
  if (!six_trace_details(node->trace) || six_frame_is_host(m, frame)) return;
  six_trace_return(node->trace, how[six_frame_end(m, frame)], six_node_time(node));
  six_node_look(node);
}

void six_node_trace_statement(struct six_machine *m, uint32_t source, struct six_span span) {
  struct six_nodejs *node = six_node_of(m);
  if (!six_trace_details(node->trace) || m->units[source].is_host || m->units[source].is_text) return;
  (void)span;  // of the running instruction, and that is where the code is
  six_trace_statement(node->trace, six_node_site(node), six_node_time(node));
  six_node_look(node);
}

void six_node_trace_settled(struct six_machine *m, struct six_promise *promise) {
  struct six_nodejs *node = six_node_of(m);
  if (!promise->trace_id) promise->trace_id = ++node->promise_numbers;
  six_trace_set_time(node->trace, six_node_time(node));
  uint32_t state = (promise->state == SIX_FULFILLED ? 1u : 2u) + (six_is_own_promise(m, promise) ? 4u : 0u);
  six_trace_add(node->trace, SIX_EV_SETTLE, 51, six_node_site(node), 0, state, promise->trace_id);
  six_node_look(node);
}
