// scenario: from JSON operations to a program.
//
// An operation is written down as the JavaScript that it stands for, and the whole is read by the JavaScript reader: so
// scopes, early errors and the properties of functions are those of the language. Regions remember which JSON value wrote
// which stretch; afterwards every node's span is moved to the JSON text (positions.c).
#ifndef SIX_SCENARIO_LOWER_H
#define SIX_SCENARIO_LOWER_H

#include "sim/program/ast.h"
#include "sim/scenario/document.h"

struct six_region {  // JavaScript [start, end) was written for the JSON value at `span`
  uint32_t start, end;
  uint32_t parent;  // index of the region around it; itself for the root
  struct six_span span;
};

struct six_scope_name {
  const char *name;
  const struct six_json *at;  // what declares it; NULL: a parameter
  bool exists;                // its declaration has been passed
};

struct six_scope {
  struct six_scope *parent;
  struct six_scope_name *names;
  uint32_t count, capacity;
  bool is_function, is_async, is_executor;  // executor: of a promise, with resolve and reject
  bool is_loop;
};

struct six_lower {
  struct six_arena *arena;
  struct six_diag *diag;
  struct six_text out;
  struct six_region *regions;
  uint32_t region_count, region_capacity, region;  // region: the innermost open one
  struct six_scope *scope;
  uint32_t modules;  // bits of the modules that the program requires
  uint32_t busy_count, socket_count;
};

// ---- Writing (positions.c)
void six_lower_open(struct six_lower *lower, const struct six_json *value);
void six_lower_close(struct six_lower *lower);
// Moves every node of a program that was read from the lowered text to its place in the JSON text. `shift`: how many
// bytes of text precede the regions'.
void six_lower_place(const struct six_lower *lower, struct six_program *program, uint32_t shift);
// The place in the JSON text of an offset in the lowered text.
struct six_span six_lower_span(const struct six_lower *lower, uint32_t start, uint32_t end);
// The names that an expression uses without binding them itself; each is passed as UTF-8. Stops at false.
bool six_lower_free_names(const struct six_program *program, bool (*use)(void *context, const char *name), void *context);

// ---- Names (names.c)
void six_scope_push(struct six_lower *lower, struct six_scope *scope);
void six_scope_pop(struct six_lower *lower);
bool six_scope_declare(struct six_lower *lower, const struct six_json *at, const char *name, bool exists);
void six_scope_exists(struct six_lower *lower, const char *name);
bool six_scope_has(const struct six_lower *lower, const char *name);
bool six_scope_is_async(const struct six_lower *lower);
// Checks that `name` may be used here, for a message about `at`; requires the module of that name if there is one.
bool six_scope_use(struct six_lower *lower, const struct six_json *at, const char *name);
bool six_scope_check_identifier(struct six_lower *lower, const struct six_json *at, const char *name);
// Marks a module as used: "fs", "EventEmitter", ...; false if it is none.
bool six_module_use(struct six_lower *lower, const char *name);
const char *six_module_of(const char *name);  // what is required under the name, or NULL
void six_module_write(const struct six_lower *lower, struct six_text *out);

// ---- Expressions (expressions.c) and operations (operations.c)
bool six_lower_value(struct six_lower *lower, const struct six_json *value);    // a value: literals stand for themselves
bool six_lower_promise(struct six_lower *lower, const struct six_json *value);  // as above, but a string is a name
bool six_lower_reason(struct six_lower *lower, const struct six_json *value);   // as above, but a string is an Error's message
bool six_lower_code(struct six_lower *lower, const struct six_json *value, const char *text);  // a JavaScript expression
bool six_lower_text(struct six_lower *lower, const struct six_json *value);                    // a string value or expression, e.g. a path
void six_lower_string(struct six_lower *lower, const char *string);
bool six_lower_arguments(struct six_lower *lower, const struct six_json *list, bool leading_comma);
// A callback: an array of operations, a function's name, or {"do", "params", "async"}. `defaults`: parameter names,
// separated by spaces, that are there when the operations use them. `owner` may carry "params" and "async".
bool six_lower_callback(struct six_lower *lower, const struct six_json *value, const struct six_json *owner, const char *defaults);
bool six_lower_object_expression(struct six_lower *lower, const struct six_json *value, bool *known);
bool six_lower_block(struct six_lower *lower, const struct six_json *list);  // { ... } in the current scope
bool six_lower_program(struct six_lower *lower, const struct six_json *list);
const struct six_json *six_lower_key(struct six_lower *lower, const struct six_json *object, const char *key);  // or fails
bool six_lower_integer(struct six_lower *lower, const struct six_json *value, double least, double most);
// Of parameters' names, how many must be there: up to the last one that the operations use.
uint32_t six_lower_used(const struct six_json *body, const char *const *names, uint32_t count);
// The parameters, separated by spaces, of a listener of an event and of the callback of a file operation.
const char *six_lower_event_params(const char *event);
const char *six_lower_file_params(const char *operation);
const char *six_lower_expression_names(void);  // the names of all expressions, separated by spaces

// ---- Quantities (world_json.c): "2 ms", "150us", or a number of milliseconds, to ns; "2 KB", or a number of bytes.
bool six_json_duration(struct six_diag *diag, const struct six_json *value, uint64_t *ns);
bool six_json_size(struct six_diag *diag, const struct six_json *value, uint64_t *bytes);

#endif
