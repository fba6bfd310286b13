// scenario: from a program to JSON operations, the way back from lower.h.
//
// Each construct of the vocabulary is recognised in the tree and written as the operation that stands for it. Lowering has one
// form for each operation, people have several: a function expression for an arrow, braces or none, `let a, b`. So the tree, a
// copy of the program's, is at the same time brought into the form that lowering gives, where that means the same. Whoever asked
// then lowers the operations and compares (export_json.c): a difference is no scenario of operations.
//
// Functions here return NULL, or false, for what the vocabulary does not have.
#ifndef SIX_SCENARIO_RAISE_H
#define SIX_SCENARIO_RAISE_H

#include "sim/program/ast.h"
#include "sim/scenario/document.h"

// A list that grows at its end: of an array's elements, or an object's members, which have keys.
struct six_raise_list {
  struct six_json *json, **end;
};

struct six_raise {
  struct six_arena *arena;        // of the JSON values
  struct six_program *program;    // changed as said above
  int depth;                      // of nodes within nodes
  int loops;                      // counting loops around
  bool has_counters;              // i to n are names of something else too
  int executors;                  // executors of promises around, whose parameters are resolve and reject
  uint32_t busy_count;            // blocks and pauses so far, as lowering counts them
  struct six_raise_list modules;  // those that the program requires: an array of names
  struct six_json *world;         // what the program's beginning says of it, or NULL
  struct six_raise_list late;     // the names of promises that are settled from outside
};

// ---- Building (raise.c)
struct six_json *six_raise_json(struct six_raise *raise, enum six_json_type type);
struct six_json *six_raise_string(struct six_raise *raise, const char *text);
struct six_json *six_raise_number(struct six_raise *raise, double number);
struct six_raise_list six_raise_list(struct six_raise *raise, enum six_json_type type);
// `item` NULL: nothing is added. Returns whether there was an item.
bool six_raise_append(struct six_raise_list *list, struct six_json *item);
// Adds a member at the object's end. `value` NULL: nothing is added. Returns whether there was a value.
bool six_raise_add(struct six_raise *raise, struct six_json *object, const char *key, struct six_json *value);
// An object of one member, or NULL without its value.
struct six_json *six_raise_object(struct six_raise *raise, const char *key, struct six_json *value);
// A name's text; NULL where UTF-8 has none for it: half a surrogate pair.
const char *six_raise_text(struct six_raise *raise, const struct six_name *name);

// ---- Looking at the tree
bool six_is_identifier(const struct six_node *node, const char *name);
bool six_is_member(const struct six_node *node, const char *object, const char *property);  // object.property; NULL: any
bool six_is_call(const struct six_node *node, const char *object, const char *property);    // object.property(...), or property(...)
bool six_has_function(const struct six_node *node);                                         // or a class
bool six_has_spread(const struct six_nodes *list);

// ---- Values (raise_value.c)
struct six_json *six_raise_value(struct six_raise *raise, struct six_node *node);
struct six_json *six_raise_promise(struct six_raise *raise, struct six_node *node);          // a name is a string
struct six_json *six_raise_reason(struct six_raise *raise, struct six_node *node);           // new Error('text') is a string
struct six_json *six_raise_reference(struct six_raise *raise, const struct six_node *node);  // a name or a path, as a string
struct six_json *six_raise_arguments(struct six_raise *raise, const struct six_nodes *list, uint32_t first);
struct six_json *six_raise_resolution(struct six_raise *raise, const struct six_nodes *arguments);  // of a promise
struct six_json *six_raise_plain_call(struct six_raise *raise, struct six_node *call);              // {"call": ...}

// A callback goes into `object` under `key`. `flat`: which of "params" and "async" the object may have itself.
struct six_slot {
  const char *key;
  const char *defaults;  // see six_lower_callback
  bool flat_params, flat_async;
  bool ignores_result;  // whoever calls it does not look at what it returns
};
bool six_raise_callback(struct six_raise *raise, struct six_json *object, struct six_node *node, const struct six_slot *slot);

// ---- Calls that are operations (raise_call.c)
// A call as a statement; `as`: the name that the result gets, or NULL.
struct six_json *six_raise_call(struct six_raise *raise, struct six_node *call, const char *as);
// A call of fs.promises or of a synchronous function of fs; *known false: it is something else.
struct six_json *six_raise_file_value(struct six_raise *raise, struct six_node *call, bool *known);

// ---- Sockets and servers (raise_socket.c)
// net.connect(...).on(...) and net.createServer(...).on(...).listen(...); *known false: it is something else.
struct six_json *six_raise_socket_chain(struct six_raise *raise, struct six_node *call, bool *known);
// const socket = net.connect(...) and the statements after it that add its listeners; a server's up to its listen(). How many
// statements these are goes to *count, and 0 where it is something else.
struct six_json *six_raise_socket(struct six_raise *raise, const struct six_nodes *list, uint32_t at, const struct six_node *id,
                                  struct six_node *value, uint32_t *count);

// ---- Statements (raise.c)
struct six_json *six_raise_statements(struct six_raise *raise, struct six_nodes *list);
struct six_json *six_raise_expression(struct six_raise *raise, struct six_node *expression);  // as a statement
struct six_json *six_raise_program(struct six_raise *raise);
bool six_raise_has_module(const struct six_raise *raise, const char *name);

#endif
