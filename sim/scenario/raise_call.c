#include <string.h>

#include "sim/base/whole.h"
#include "sim/scenario/lower.h"
#include "sim/scenario/raise.h"

static struct six_node *argument(const struct six_node *call, uint32_t i) { return call->call.arguments.items[i]; }
static uint32_t count_of(const struct six_node *call) { return call->call.arguments.count; }

static bool is_whole(const struct six_node *node, double least, double most) {
  return node->type == SIX_N_NUMBER && six_is_whole(node->number) && node->number >= least && node->number <= most;
}

// The method's name, or the function's.
static const char *called(struct six_raise *raise, const struct six_node *call) {
  const struct six_node *callee = call->call.callee;
  return six_raise_text(raise, callee->type == SIX_N_MEMBER ? callee->member.property->name : callee->name);
}

static struct six_json *receiver(struct six_raise *raise, const struct six_node *call) {
  return six_raise_reference(raise, call->call.callee->member.object);
}

static struct six_json *with_as(struct six_raise *raise, struct six_json *op, const char *as) {
  return op && (!as || six_raise_add(raise, op, "as", six_raise_string(raise, as))) ? op : NULL;
}

static struct six_json *with_arguments(struct six_raise *raise, struct six_json *op, const struct six_node *call, uint32_t first) {
  if (!op || count_of(call) <= first) return op;
  return six_raise_add(raise, op, "args", six_raise_arguments(raise, &call->call.arguments, first)) ? op : NULL;
}

// An API's text argument: a string or an expression.
static struct six_json *text_of(struct six_raise *raise, struct six_node *node) {
  struct six_json *value = six_raise_value(raise, node);
  if (!value || value->type == SIX_JSON_STRING || value->type == SIX_JSON_OBJECT) return value;
  return six_raise_object(raise, "value", value);
}

// ---- Each operation

typedef struct six_json *write_call(struct six_raise *raise, struct six_node *call, const char *as);

static struct six_json *write_log(struct six_raise *raise, struct six_node *call, const char *as) {
  (void)as;
  const char *key = called(raise, call);
  bool is_one = count_of(call) == 1 && argument(call, 0)->type != SIX_N_ARRAY;
  struct six_json *printed = is_one ? six_raise_value(raise, argument(call, 0)) : six_raise_arguments(raise, &call->call.arguments, 0);
  return six_raise_object(raise, key, printed);
}

// No delay is one of 1 ms, like 0.
static void give_delay(struct six_raise *raise, struct six_node *call) {
  struct six_nodes *arguments = &call->call.arguments;
  struct six_node **items = six_arena_alloc(&raise->program->arena, 2 * sizeof *items);
  items[0] = arguments->items[0];
  items[1] = six_node_new(raise->program, SIX_N_NUMBER, call->span);
  *arguments = (struct six_nodes){items, 2};
}

static struct six_json *delay_of(struct six_raise *raise, struct six_node *node) {
  struct six_json *value = six_raise_value(raise, node);
  bool is_plain = value && value->type == SIX_JSON_NUMBER && value->number >= 0 && value->number <= 2147483647;
  return is_plain || !value || value->type == SIX_JSON_OBJECT ? value : six_raise_object(raise, "value", value);
}

static struct six_json *write_timer(struct six_raise *raise, struct six_node *call, const char *as) {
  static const struct six_slot slot = {.key = "do", .defaults = "", .flat_params = true, .flat_async = true, .ignores_result = true};
  if (count_of(call) == 1) give_delay(raise, call);
  struct six_json *op = with_as(raise, six_raise_object(raise, called(raise, call), delay_of(raise, argument(call, 1))), as);
  if (!op || !six_raise_callback(raise, op, argument(call, 0), &slot)) return NULL;
  return with_arguments(raise, op, call, 2);
}

static struct six_json *write_queue(struct six_raise *raise, struct six_node *call, const char *as) {
  const char *name = called(raise, call);
  const struct six_slot slot = {.key = name ? name : "",
                                .defaults = "",
                                .flat_params = name && strcmp(name, "queueMicrotask") != 0,
                                .flat_async = true,
                                .ignores_result = true};
  struct six_json *op = six_raise_json(raise, SIX_JSON_OBJECT);
  if (!six_raise_callback(raise, op, argument(call, 0), &slot)) return NULL;
  return with_arguments(raise, with_as(raise, op, as), call, 1);
}

static struct six_json *write_clear(struct six_raise *raise, struct six_node *call, const char *as) {
  (void)as;
  return six_raise_object(raise, called(raise, call), six_raise_reference(raise, argument(call, 0)));
}

static struct six_json *write_exit(struct six_raise *raise, struct six_node *call, const char *as) {
  (void)as;
  if (!count_of(call)) return six_raise_object(raise, "exit", six_raise_json(raise, SIX_JSON_NULL));
  struct six_json *status = six_raise_value(raise, argument(call, 0));
  bool is_plain = is_whole(argument(call, 0), 0, 255) || (status && status->type == SIX_JSON_OBJECT);
  return six_raise_object(raise, "exit", is_plain || !status ? status : six_raise_object(raise, "value", status));
}

static struct six_json *write_settle(struct six_raise *raise, struct six_node *call, const char *as) {
  (void)as;
  bool is_resolve = six_is_identifier(call->call.callee, "resolve");
  struct six_json *value = is_resolve ? six_raise_resolution(raise, &call->call.arguments) : six_raise_reason(raise, argument(call, 0));
  return six_raise_object(raise, is_resolve ? "resolve" : "reject", value);
}

// The promise whose resolveName or rejectName is called; NULL: none.
static const char *late_promise(struct six_raise *raise, const struct six_node *callee, const char *before) {
  const char *name = callee->type == SIX_N_IDENTIFIER ? six_raise_text(raise, callee->name) : NULL;
  size_t n = strlen(before);
  if (!name || strncmp(name, before, n) != 0) return NULL;
  for (const struct six_json *late = raise->late.json->first; late; late = late->next) {
    char first = late->string[0];
    if (first >= 'a' && first <= 'z') first = (char)(first - 32);
    if (name[n] == first && !strcmp(name + n + 1, late->string + 1)) return late->string;
  }
  return NULL;
}

static struct six_json *write_late(struct six_raise *raise, struct six_node *call, const char *as) {
  (void)as;
  const char *resolved = late_promise(raise, call->call.callee, "resolve");
  const char *name = resolved ? resolved : late_promise(raise, call->call.callee, "reject");
  struct six_json *value = resolved ? six_raise_resolution(raise, &call->call.arguments) : six_raise_reason(raise, argument(call, 0));
  struct six_json *op = six_raise_object(raise, resolved ? "resolve" : "reject", value);
  return op && six_raise_add(raise, op, "of", six_raise_string(raise, name)) ? op : NULL;
}

static struct six_json *write_listener(struct six_raise *raise, struct six_node *call, const char *as) {
  (void)as;
  const char *event = six_raise_text(raise, argument(call, 0)->name);
  const struct six_slot slot = {.key = "do",
                                .defaults = event ? six_lower_event_params(event) : "",
                                .flat_params = true,
                                .flat_async = true,
                                .ignores_result = six_is_call(call, "process", NULL)};
  struct six_json *op = six_raise_object(raise, called(raise, call), six_raise_string(raise, event));
  if (!op || !six_raise_add(raise, op, "of", receiver(raise, call))) return NULL;
  return six_raise_callback(raise, op, argument(call, 1), &slot) ? op : NULL;
}

static struct six_json *write_emit(struct six_raise *raise, struct six_node *call, const char *as) {
  (void)as;
  struct six_json *op = six_raise_object(raise, "emit", six_raise_value(raise, argument(call, 0)));
  if (!op || !six_raise_add(raise, op, "of", receiver(raise, call))) return NULL;
  return with_arguments(raise, op, call, 1);
}

static struct six_json *write_push(struct six_raise *raise, struct six_node *call, const char *as) {
  (void)as;
  struct six_json *op = six_raise_object(raise, "push", receiver(raise, call));
  return op && six_raise_add(raise, op, "value", six_raise_value(raise, argument(call, 0))) ? op : NULL;
}

static struct six_json *write_method(struct six_raise *raise, struct six_node *call, const char *as) {
  (void)as;
  return with_arguments(raise, six_raise_object(raise, called(raise, call), receiver(raise, call)), call, 0);
}

static struct six_json *write_write(struct six_raise *raise, struct six_node *call, const char *as) {
  (void)as;
  struct six_json *op = six_raise_object(raise, "write", six_raise_value(raise, argument(call, 0)));
  return op && six_raise_add(raise, op, "of", receiver(raise, call)) ? op : NULL;
}

// ---- Files and the pool

static const struct file_function {
  const char *name, *second;  // second: the key of the second argument, or NULL
  bool needs_second;
} file_functions[] = {
    {"readFile", "encoding", false}, {"writeFile", "data", true}, {"appendFile", "data", true}, {"stat", NULL, false},
    {"lstat", NULL, false},          {"access", NULL, false},     {"readdir", NULL, false},     {"mkdir", NULL, false},
    {"rmdir", NULL, false},          {"unlink", NULL, false},     {"rename", "to", true},       {"copyFile", "to", true},
};

static const struct file_function file_values[] = {
    {"readFileSync", "encoding", false}, {"writeFileSync", "data", true}, {"existsSync", NULL, false}, {"statSync", NULL, false}};

static const struct file_function *find_file(const struct file_function *table, size_t count, const struct six_node *property) {
  for (size_t i = 0; i < count; i++) {
    const struct six_node callee = {.type = SIX_N_IDENTIFIER, .name = property->name};
    if (property->type == SIX_N_IDENTIFIER && six_is_identifier(&callee, table[i].name)) return &table[i];
  }
  return NULL;
}

static bool takes(const struct file_function *function, uint32_t arguments) {
  return arguments >= 1u + function->needs_second && arguments <= 1u + (function->second != NULL);
}

static struct six_json *file_operation(struct six_raise *raise, const struct six_node *call, const struct file_function *function,
                                       uint32_t arguments) {
  struct six_json *op = six_raise_object(raise, function->name, text_of(raise, argument(call, 0)));
  if (!op || arguments < 2) return op;
  return six_raise_add(raise, op, function->second, six_raise_value(raise, argument(call, 1))) ? op : NULL;
}

static const struct file_function *file_with_callback(const struct six_raise *raise, const struct six_node *call) {
  if (!six_is_call(call, "fs", NULL) || !six_raise_has_module(raise, "fs") || count_of(call) < 2) return NULL;
  const struct six_node *last = argument(call, count_of(call) - 1);
  if (last->type != SIX_N_ARROW && last->type != SIX_N_FUNCTION && last->type != SIX_N_IDENTIFIER) return NULL;
  const struct file_function *function =
      find_file(file_functions, sizeof file_functions / sizeof *file_functions, call->call.callee->member.property);
  return function && takes(function, count_of(call) - 1) ? function : NULL;
}

static struct six_json *write_file(struct six_raise *raise, struct six_node *call, const char *as) {
  (void)as;
  const struct file_function *function = file_with_callback(raise, call);
  const struct six_slot slot = {
      .key = "do", .defaults = six_lower_file_params(function->name), .flat_params = true, .flat_async = true, .ignores_result = true};
  struct six_json *op = file_operation(raise, call, function, count_of(call) - 1);
  return op && six_raise_callback(raise, op, argument(call, count_of(call) - 1), &slot) ? op : NULL;
}

static bool is_promised_file(const struct six_node *call) {
  return call->call.callee->type == SIX_N_MEMBER && six_is_member(call->call.callee->member.object, "fs", "promises");
}

struct six_json *six_raise_file_value(struct six_raise *raise, struct six_node *call, bool *known) {
  const struct file_function *function = NULL;
  *known = false;
  if (call->call.callee->type != SIX_N_MEMBER || !six_raise_has_module(raise, "fs")) return NULL;
  if (six_has_spread(&call->call.arguments)) return NULL;
  const struct six_node *property = call->call.callee->member.property;
  if (is_promised_file(call)) function = find_file(file_functions, sizeof file_functions / sizeof *file_functions, property);
  else if (six_is_call(call, "fs", NULL)) function = find_file(file_values, sizeof file_values / sizeof *file_values, property);
  *known = function && takes(function, count_of(call));
  return *known ? file_operation(raise, call, function, count_of(call)) : NULL;
}

static const char *pool_params(const struct six_raise *raise, const struct six_node *call) {
  if (six_is_call(call, "crypto", "pbkdf2") && six_raise_has_module(raise, "crypto") && count_of(call) == 6) {
    const struct six_node salt = {.type = SIX_N_IDENTIFIER, .name = argument(call, 1)->name};
    const struct six_node digest = {.type = SIX_N_IDENTIFIER, .name = argument(call, 4)->name};
    bool usual = argument(call, 1)->type == SIX_N_STRING && six_is_identifier(&salt, "salt") &&
                 is_whole(argument(call, 2), 1, 2147483647) && is_whole(argument(call, 3), 64, 64) &&
                 argument(call, 4)->type == SIX_N_STRING && six_is_identifier(&digest, "sha512");
    return usual ? "err key" : NULL;
  }
  if (count_of(call) != 2) return NULL;
  if (six_is_call(call, "crypto", "randomBytes") && six_raise_has_module(raise, "crypto") && is_whole(argument(call, 0), 0, 2147483647))
    return "err bytes";
  return six_is_call(call, "dns", "lookup") && six_raise_has_module(raise, "dns") ? "err address" : NULL;
}

static struct six_json *write_pool(struct six_raise *raise, struct six_node *call, const char *as) {
  (void)as;
  const struct six_slot slot = {
      .key = "do", .defaults = pool_params(raise, call), .flat_params = true, .flat_async = true, .ignores_result = true};
  const char *name = called(raise, call);
  struct six_json *first = !strcmp(name, "randomBytes") ? six_raise_value(raise, argument(call, 0)) : text_of(raise, argument(call, 0));
  struct six_json *op = six_raise_object(raise, name, first);
  if (!op) return NULL;
  if (!strcmp(name, "pbkdf2")) six_raise_add(raise, op, "iterations", six_raise_value(raise, argument(call, 2)));
  return six_raise_callback(raise, op, argument(call, count_of(call) - 1), &slot) ? op : NULL;
}

// ---- The table. `fits` looks at more than the name and the number of arguments.

static bool has_event(const struct six_raise *raise, const struct six_node *call) {
  (void)raise;
  return argument(call, 0)->type == SIX_N_STRING;
}

static bool has_plain(const struct six_raise *raise, const struct six_node *call) {
  (void)raise;
  return !six_has_function(argument(call, 0));
}

static bool is_in_executor(const struct six_raise *raise, const struct six_node *call) {
  (void)call;
  return raise->executors > 0;
}

enum { ANY = 255 };
static const struct row {
  const char *object, *name;  // object: "" for a function, NULL for any
  uint8_t least, most;
  bool has_name;  // may have "as"
  write_call *write;
  bool (*fits)(const struct six_raise *raise, const struct six_node *call);
} rows[] = {
    {"console", "log", 0, ANY, false, write_log, NULL},
    {"console", "warn", 0, ANY, false, write_log, NULL},
    {"console", "error", 0, ANY, false, write_log, NULL},
    {"", "setTimeout", 1, ANY, true, write_timer, NULL},
    {"", "setInterval", 1, ANY, true, write_timer, NULL},
    {"", "setImmediate", 1, ANY, true, write_queue, NULL},
    {"", "queueMicrotask", 1, 1, false, write_queue, NULL},
    {"process", "nextTick", 1, ANY, false, write_queue, NULL},
    {"", "clearTimeout", 1, 1, false, write_clear, has_plain},
    {"", "clearInterval", 1, 1, false, write_clear, has_plain},
    {"", "clearImmediate", 1, 1, false, write_clear, has_plain},
    {"process", "exit", 0, 1, false, write_exit, NULL},
    {"", "resolve", 0, 1, false, write_settle, is_in_executor},
    {"", "reject", 1, 1, false, write_settle, is_in_executor},
    {NULL, "on", 2, 2, false, write_listener, has_event},
    {NULL, "once", 2, 2, false, write_listener, has_event},
    {NULL, "emit", 1, ANY, false, write_emit, has_event},
    {NULL, "push", 1, 1, false, write_push, NULL},
    {NULL, "unref", 0, 0, false, write_method, NULL},
    {NULL, "ref", 0, 0, false, write_method, NULL},
    {NULL, "close", 0, 0, false, write_method, NULL},
    {NULL, "end", 0, ANY, false, write_method, NULL},
    {NULL, "destroy", 0, ANY, false, write_method, NULL},
    {NULL, "removeAllListeners", 0, ANY, false, write_method, NULL},
    {NULL, "write", 1, 1, false, write_write, NULL},
};

static const struct row *find_row(const struct six_raise *raise, const struct six_node *call) {
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const struct row *row = &rows[i];
    if (!six_is_call(call, row->object, row->name) || count_of(call) < row->least || count_of(call) > row->most) continue;
    if (!row->object && six_has_function(call->call.callee)) continue;
    return !row->fits || row->fits(raise, call) ? row : NULL;
  }
  return NULL;
}

static write_call *find_writer(struct six_raise *raise, const struct six_node *call, bool has_name) {
  if (six_has_spread(&call->call.arguments)) return NULL;
  const struct row *row = find_row(raise, call);
  if (row) return has_name && !row->has_name ? NULL : row->write;
  if (has_name) return NULL;
  if (file_with_callback(raise, call)) return write_file;
  if (pool_params(raise, call)) return write_pool;
  uint32_t count = count_of(call);
  if (count < 2 && (late_promise(raise, call->call.callee, "resolve") || (count && late_promise(raise, call->call.callee, "reject"))))
    return write_late;
  return NULL;
}

// A call that is no operation of its own: the operation that its value is.
static struct six_json *raise_result(struct six_raise *raise, struct six_node *call, const char *as) {
  if (!as && is_promised_file(call)) return six_raise_plain_call(raise, call);
  struct six_json *value = six_raise_value(raise, call);
  if (!value || !as) return value;
  if (six_json_is_one_of(value->first->key, "expr resolved rejected all allSettled race any")) {
    struct six_json *op = six_raise_object(raise, "const", six_raise_string(raise, as));
    return six_raise_add(raise, op, "value", value) ? op : NULL;
  }
  return with_as(raise, value, as);
}

struct six_json *six_raise_call(struct six_raise *raise, struct six_node *call, const char *as) {
  bool known = false;
  struct six_json *op = as ? NULL : six_raise_socket_chain(raise, call, &known);
  if (known) return op;
  write_call *write = find_writer(raise, call, as != NULL);
  return write ? write(raise, call, as) : raise_result(raise, call, as);
}
