// node: EventEmitter, for the rooms' other modules.
#ifndef SIX_NODE_EVENTS_H
#define SIX_NODE_EVENTS_H

#include "sim/node/node.h"

// EventEmitter and its prototype.
struct six_object *six_events_class(struct six_nodejs *node);
struct six_object *six_events_prototype(struct six_nodejs *node);
// EventEmitter.call(object): gives an object the properties of an emitter. [JS] false on exception.
bool six_events_init(struct six_nodejs *node, struct six_object *object, six_value options);
// A fresh emitter of a class whose prototype inherits from EventEmitter.prototype.
struct six_object *six_events_new(struct six_nodejs *node, struct six_object *prototype);
// target.emit(type, ...) without looking `emit` up: 1 there were listeners, 0 none, -1 exception. [JS]
int six_events_emit(struct six_nodejs *node, six_value target, six_key type, int argc, const six_value *argv);
// How many listeners target has for `type`. [JS]
uint32_t six_events_count(struct six_nodejs *node, six_value target, six_key type);
// target.on(type, listener). [JS] false on exception.
bool six_events_add(struct six_nodejs *node, six_value target, six_key type, six_value listener, bool prepend);

#endif
