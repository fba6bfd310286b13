// node: the objects of timers and immediates, as timers.c sets them and timer_parts.c shows them.
#ifndef SIX_NODE_TIMERS_H
#define SIX_NODE_TIMERS_H

#include "sim/node/node.h"

// A task of a timer or immediate: a the callback, b its arguments as they were then (six_node_pack, R48), c its object's
// address, without a tag: the queue does not keep the object alive, unless the program changed it: then c is the object's value. Without an
// object (nobody took it, or it was let go of) c is its async id and NO_OBJECT: an object is made for `this` when the callback looks at it.
#define NO_OBJECT (UINT64_C(1) << 47)

struct timeout {
  struct six_host_object host;
  struct six_timer_handle handle;
  uint64_t async_id;
  bool has_primitive, is_interval;
  bool let_go, ref;  // it was cleared, and the loop has forgotten it: what it was
  uint64_t start;    // let_go
  bool shown;        // it has its properties
  double delay;
};

struct immediate {
  struct six_host_object host;
  uint64_t sequence;
  uint64_t async_id;
  bool shown;
};

extern const struct six_host_class six_timeout_class, six_immediate_class;

struct timeout *six_as_timeout(six_value v);  // NULL: it is none
struct immediate *six_as_immediate(six_value v);
// The object of a waiting timer or immediate, made if it had none.
six_value six_timeout_object(struct six_nodejs *node, struct six_timer_handle handle);
six_value six_immediate_object(struct six_nodejs *node, uint64_t sequence);
void six_timeout_clear(struct six_nodejs *node, struct timeout *t);
bool six_timeout_has_ref(struct six_nodejs *node, const struct timeout *t);

// timer_parts.c: host_class->show and changed of both.
void six_timeout_show(struct six_machine *m, void *data, six_key key);
void six_timeout_changed(struct six_machine *m, void *data, six_key key);
void six_immediate_show(struct six_machine *m, void *data, six_key key);
void six_immediate_changed(struct six_machine *m, void *data, six_key key);
// What clearImmediate does to an object that is no Immediate (and to none: a TypeError). false on exception.
bool six_clear_no_immediate(struct six_nodejs *node, six_value v);

#endif
