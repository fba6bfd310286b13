#include "sim/scenario/lower.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef bool write_operation(struct six_lower *lower, const struct six_json *op, const struct six_json *value);

static void put(struct six_lower *lower, const char *text) { six_text_adds(&lower->out, text); }

static bool want(struct six_lower *lower, const struct six_json *value, enum six_json_type type, const char *kind) {
  return value->type == type || six_json_fail(lower->diag, value, "%s is expected, not %s", kind, six_json_kind(value));
}

static bool write_statement(struct six_lower *lower, const struct six_json *op);

// ---- Names that operations make

static const char *operation_of(const struct six_json *op);

static const char *joined(struct six_lower *lower, const char *before, const char *name) {
  char text[300];
  snprintf(text, sizeof text, "%s%.200s", before, name);
  size_t at = strlen(before);
  if (text[at] >= 'a' && text[at] <= 'z') text[at] = (char)(text[at] - 32);
  return six_arena_copy(lower->arena, text, strlen(text));
}

static const struct six_json *declared_name(const struct six_json *op) {
  const char *name = op->type == SIX_JSON_OBJECT ? operation_of(op) : NULL;
  if (!name) return NULL;
  const struct six_json *value = six_json_get(op, name);
  if (six_json_is_one_of(name, "function asyncFunction let const promise emitter") && value->type == SIX_JSON_STRING) return value;
  return six_json_get(op, "as");
}

// Everything that the operations of a block make is known in it from the start, but exists only from its operation on;
// functions exist from the start.
static bool declare_names(struct six_lower *lower, const struct six_json *list) {
  for (const struct six_json *op = list->first; op; op = op->next) {
    const struct six_json *name = declared_name(op);
    if (!name) continue;
    if (!want(lower, name, SIX_JSON_STRING, "a name")) return false;
    const char *kind = operation_of(op);
    if (!six_scope_declare(lower, name, name->string, six_json_is_one_of(kind, "function asyncFunction"))) return false;
    if (strcmp(kind, "promise") || six_json_get(op, "do")) continue;
    if (!six_scope_declare(lower, name, joined(lower, "resolve", name->string), false)) return false;
    if (!six_scope_declare(lower, name, joined(lower, "reject", name->string), false)) return false;
  }
  return true;
}

// ---- Blocks and callbacks

static bool write_body(struct six_lower *lower, const struct six_json *list) {
  if (!want(lower, list, SIX_JSON_ARRAY, "an array of operations") || !declare_names(lower, list)) return false;
  for (const struct six_json *op = list->first; op; op = op->next)
    if (!write_statement(lower, op)) return false;
  return true;
}

static bool write_scope(struct six_lower *lower, const struct six_json *list, struct six_scope *scope, const char *name) {
  six_scope_push(lower, scope);
  put(lower, "{\n");
  bool good = (!name || six_scope_declare(lower, NULL, name, true)) && write_body(lower, list);
  put(lower, "}\n");
  six_scope_pop(lower);
  return good;
}

bool six_lower_block(struct six_lower *lower, const struct six_json *list) {
  return write_scope(lower, list, &(struct six_scope){0}, NULL);
}

bool six_lower_program(struct six_lower *lower, const struct six_json *list) {
  struct six_scope scope = {.is_function = true};
  six_scope_push(lower, &scope);
  six_lower_open(lower, list);
  bool good = write_body(lower, list);
  six_lower_close(lower);
  six_scope_pop(lower);
  return good;
}

static bool has_word(const char *text, const char *word) {
  size_t n = strlen(word);
  for (const char *p = strstr(text, word); p; p = strstr(p + 1, word)) {
    char before = p > text ? p[-1] : ' ', after = p[n];
    bool starts = !(before == '_' || before == '$' || before == '.' || (before >= '0' && before <= '9') ||
                    (before >= 'A' && before <= 'Z') || (before >= 'a' && before <= 'z'));
    bool ends = !(after == '_' || after == '$' || (after >= '0' && after <= '9') || (after >= 'A' && after <= 'Z') ||
                  (after >= 'a' && after <= 'z'));
    if (starts && ends) return true;
  }
  return false;
}

static const char code_keys[] =
    "var expr template if while repeat of set increment decrement push call new destroy end write close unref ref removeAllListeners await "
    "all race "
    "any allSettled clearTimeout clearInterval clearImmediate forOf do then catch finally setImmediate nextTick queueMicrotask";

// Whether operations or expressions within `value` name `word`. `code`: strings here are names or code.
static bool mentions(const struct six_json *value, const char *word, bool code) {
  if (value->type == SIX_JSON_STRING) return code && has_word(value->string, word);
  for (const struct six_json *child = value->first; child; child = child->next) {
    bool inside = child->key ? six_json_is_one_of(child->key, code_keys) : code && child->type != SIX_JSON_OBJECT;
    // {"resolve": v} calls the executor's own parameter; with "of" it is another promise's.
    if (child->key && !strcmp(child->key, word) && six_json_is_one_of(word, "resolve reject") && !six_json_get(value, "of")) return true;
    if (mentions(child, word, inside)) return true;
  }
  return false;
}

static bool write_params(struct six_lower *lower, const struct six_json *params) {
  if (!want(lower, params, SIX_JSON_ARRAY, "an array of parameter names")) return false;
  for (const struct six_json *p = params->first; p; p = p->next) {
    if (!want(lower, p, SIX_JSON_STRING, "a parameter's name")) return false;
    if (p != params->first) put(lower, ", ");
    if (!six_scope_declare(lower, p, p->string, true)) return false;
    put(lower, p->string);
  }
  return true;
}

static const char *first_word(struct six_lower *lower, const char *words) {
  return six_arena_copy(lower->arena, words, strcspn(words, " "));
}

uint32_t six_lower_used(const struct six_json *body, const char *const *names, uint32_t count) {
  while (count && !mentions(body, names[count - 1], false)) count--;
  return count;
}

static bool write_defaults(struct six_lower *lower, const struct six_json *body, const char *defaults) {
  const char *names[4];
  uint32_t count = 0;
  for (const char *p = defaults; *p && count < 4; p += strcspn(p, " ") + (p[strcspn(p, " ")] == ' ')) names[count++] = first_word(lower, p);
  count = six_lower_used(body, names, count);
  for (uint32_t i = 0; i < count; i++) {
    if (!six_scope_declare(lower, NULL, names[i], true)) return false;
    if (i) put(lower, ", ");
    put(lower, names[i]);
  }
  return true;
}

static bool is_true(const struct six_json *object, const char *key) {
  const struct six_json *value = six_json_get(object, key);
  return value && value->type == SIX_JSON_TRUE;
}

static bool write_function_body(struct six_lower *lower, const struct six_json *list) {
  const struct six_json *only = list->count == 1 ? list->first : NULL;
  const char *kind = only && only->type == SIX_JSON_OBJECT ? operation_of(only) : NULL;
  // A single log or return reads best without braces; other calls may return something that braces would drop.
  if (kind && only->count == 1 && six_json_is_one_of(kind, "log error warn return")) {
    bool is_return = !strcmp(kind, "return");
    six_lower_open(lower, only);
    put(lower, "(");
    if (!is_return) six_text_addf(&lower->out, "console.%s(", kind);
    if (is_return                             ? !six_lower_value(lower, only->first)
        : only->first->type == SIX_JSON_ARRAY ? !six_lower_arguments(lower, only->first, false)
                                              : !six_lower_value(lower, only->first)) {
      return false;
    }
    put(lower, is_return ? ")" : "))");
    six_lower_close(lower);
    return true;
  }
  put(lower, "{\n");
  if (!write_body(lower, list)) return false;
  put(lower, "}");
  return true;
}

static bool check_flag(struct six_lower *lower, const struct six_json *owner, const char *key) {
  const struct six_json *flag = six_json_get(owner, key);
  if (!flag || flag->type == SIX_JSON_TRUE || flag->type == SIX_JSON_FALSE) return true;
  return six_json_fail(lower->diag, flag, "true or false is expected, not %s", six_json_kind(flag));
}

static bool write_arrow(struct six_lower *lower, const struct six_json *list, const struct six_json *owner, const char *defaults) {
  const struct six_json *params = six_json_get(owner, "params");
  if (!check_flag(lower, owner, "async")) return false;
  struct six_scope scope = {.is_function = true, .is_async = is_true(owner, "async"), .is_executor = !strcmp(defaults, "resolve reject")};
  six_scope_push(lower, &scope);
  if (scope.is_async) put(lower, "async ");
  put(lower, "(");
  bool good = params ? write_params(lower, params) : write_defaults(lower, list, defaults);
  put(lower, ") => ");
  good = good && write_function_body(lower, list);
  six_scope_pop(lower);
  return good;
}

bool six_lower_callback(struct six_lower *lower, const struct six_json *value, const struct six_json *owner, const char *defaults) {
  if (value->type == SIX_JSON_STRING) return six_lower_promise(lower, value);
  if (value->type == SIX_JSON_OBJECT && six_json_get(value, "do")) {
    const struct six_json *list = six_json_get(value, "do");
    return six_json_check_keys(lower->diag, value, "do params async") && six_lower_callback(lower, list, value, defaults);
  }
  if (value->type == SIX_JSON_OBJECT) return six_lower_value(lower, value);
  if (value->type != SIX_JSON_ARRAY) {
    return six_json_fail(lower->diag, value, "an array of operations or a function's name is expected, not %s", six_json_kind(value));
  }
  six_lower_open(lower, value);
  bool good = write_arrow(lower, value, owner, defaults);
  six_lower_close(lower);
  return good;
}

// `const name = ` when the operation gives its result a name.
static void write_as(struct six_lower *lower, const struct six_json *op) {
  const struct six_json *as = six_json_get(op, "as");
  if (as) six_text_addf(&lower->out, "const %s = ", as->string);
}

// ---- Printing, values, control

static bool write_log(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  (void)op;
  six_text_addf(&lower->out, "console.%s(", value->key);
  if (value->type == SIX_JSON_ARRAY ? !six_lower_arguments(lower, value, false) : !six_lower_value(lower, value)) return false;
  put(lower, ");\n");
  return true;
}

static bool write_let(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  const struct six_json *initial = six_json_get(op, "value");
  bool is_const = !strcmp(value->key, "const");
  if (is_const && !initial) return six_json_fail(lower->diag, op, "\"value\" is missing");
  six_text_addf(&lower->out, "%s %s", value->key, value->string);
  if (initial) {
    put(lower, " = ");
    if (!six_lower_value(lower, initial)) return false;
  }
  put(lower, ";\n");
  return true;
}

static bool write_target(struct six_lower *lower, const struct six_json *value) {
  return want(lower, value, SIX_JSON_STRING, "a name") && six_lower_promise(lower, value);
}

static bool write_set(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  const struct six_json *to = six_lower_key(lower, op, "value");
  if (!to || !write_target(lower, value)) return false;
  put(lower, " = ");
  if (!six_lower_value(lower, to)) return false;
  put(lower, ";\n");
  return true;
}

static bool write_increment(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  const struct six_json *by = six_json_get(op, "by");
  bool up = !strcmp(value->key, "increment");
  if (!write_target(lower, value)) return false;
  if (!by) return put(lower, up ? "++;\n" : "--;\n"), true;
  put(lower, up ? " += " : " -= ");
  if (!six_lower_value(lower, by)) return false;
  put(lower, ";\n");
  return true;
}

static bool write_push(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  const struct six_json *item = six_lower_key(lower, op, "value");
  if (!item || !write_target(lower, value)) return false;
  put(lower, ".push(");
  if (!six_lower_value(lower, item)) return false;
  put(lower, ");\n");
  return true;
}

static bool write_condition(struct six_lower *lower, const struct six_json *value) {
  put(lower, "(");
  six_lower_open(lower, value);
  bool good = value->type == SIX_JSON_STRING ? six_lower_code(lower, value, value->string) : six_lower_value(lower, value);
  six_lower_close(lower);
  put(lower, ")");
  return good;
}

static bool write_if(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  const struct six_json *then = six_lower_key(lower, op, "then"), *otherwise = six_json_get(op, "else");
  put(lower, "if ");
  if (!then || !write_condition(lower, value) || !six_lower_block(lower, then)) return false;
  if (!otherwise) return true;
  put(lower, " else ");
  return six_lower_block(lower, otherwise);
}

static bool write_while(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  const struct six_json *body = six_lower_key(lower, op, "do");
  put(lower, "while ");
  return body && write_condition(lower, value) && six_lower_block(lower, body);
}

static const char *counter_name(struct six_lower *lower, const struct six_json *op) {
  const struct six_json *index = six_json_get(op, "index");
  if (index) {
    return want(lower, index, SIX_JSON_STRING, "a name") && six_scope_check_identifier(lower, index, index->string) ? index->string : NULL;
  }
  static const char *const usual[] = {"i", "j", "k", "l", "m", "n"};
  for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
    if (!six_scope_has(lower, usual[i])) return usual[i];
  six_json_fail(lower->diag, op, "\"index\" is missing: nested this deep, the counter needs a name");
  return NULL;
}

static bool write_repeat(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  const struct six_json *body = six_lower_key(lower, op, "do");
  const char *i = body ? counter_name(lower, op) : NULL;
  if (!i) return false;
  six_text_addf(&lower->out, "for (let %s = 0; %s < ", i, i);
  if (value->type == SIX_JSON_NUMBER ? !six_lower_integer(lower, value, 0, 9007199254740991) : !six_lower_promise(lower, value))
    return false;
  six_text_addf(&lower->out, "; %s++) ", i);
  return write_scope(lower, body, &(struct six_scope){.is_loop = true}, i);
}

static bool write_for_of(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  const struct six_json *of = six_lower_key(lower, op, "of"), *body = of ? six_lower_key(lower, op, "do") : NULL;
  if (!body || !want(lower, value, SIX_JSON_STRING, "a name") || !six_scope_check_identifier(lower, value, value->string)) return false;
  six_text_addf(&lower->out, "for (const %s of ", value->string);
  if (!six_lower_promise(lower, of)) return false;
  put(lower, ") ");
  return write_scope(lower, body, &(struct six_scope){.is_loop = true}, value->string);
}

static bool write_jump(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  (void)op;
  if (value->type != SIX_JSON_TRUE) return six_json_fail(lower->diag, value, "true is expected");
  six_text_addf(&lower->out, "%s;\n", value->key);
  return true;
}

static bool write_return(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  (void)op;
  put(lower, "return ");
  if (!six_lower_value(lower, value)) return false;
  put(lower, ";\n");
  return true;
}

static bool write_throw(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  (void)op;
  put(lower, "throw ");
  if (!six_lower_reason(lower, value)) return false;
  put(lower, ";\n");
  return true;
}

static bool write_try(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  const struct six_json *handler = six_json_get(op, "catch"), *finalizer = six_json_get(op, "finally"), *param = six_json_get(op, "param");
  if (!handler && !finalizer) return six_json_fail(lower->diag, op, "\"catch\" or \"finally\" is missing");
  if (param && (!want(lower, param, SIX_JSON_STRING, "a name") || !six_scope_check_identifier(lower, param, param->string))) return false;
  put(lower, "try ");
  if (!six_lower_block(lower, value)) return false;
  if (handler) {
    const char *name = param ? param->string : "error";
    six_text_addf(&lower->out, "catch (%s) ", name);
    if (!write_scope(lower, handler, &(struct six_scope){0}, name)) return false;
  }
  if (!finalizer) return true;
  put(lower, "finally ");
  return six_lower_block(lower, finalizer);
}

static bool write_named_function(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  const struct six_json *body = six_lower_key(lower, op, "do"), *params = six_json_get(op, "params");
  struct six_scope scope = {.is_function = true, .is_async = !strcmp(value->key, "asyncFunction")};
  if (!body || !want(lower, body, SIX_JSON_ARRAY, "an array of operations")) return false;
  six_text_addf(&lower->out, "%sfunction %s(", scope.is_async ? "async " : "", value->string);
  six_scope_push(lower, &scope);
  bool good = !params || write_params(lower, params);
  put(lower, ") {\n");
  good = good && write_body(lower, body);
  put(lower, "}\n");
  six_scope_pop(lower);
  return good;
}

// A stretch in which nothing else can run: the program computes, or the garbage collector stops it. To the order of
// callbacks these are the same, so both are written as a loop that waits for the time to pass; the name says which it is.
static bool write_block(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  (void)op;
  uint64_t ns;
  if (!six_json_duration(lower->diag, value, &ns)) return false;
  const char *base = strcmp(value->key, "gcPause") ? "end" : "gcEnd";
  char end[20];
  do {
    if (lower->busy_count++) snprintf(end, sizeof end, "%s%u", base, lower->busy_count);
    else snprintf(end, sizeof end, "%s", base);
  } while (six_scope_has(lower, end));
  six_text_addf(&lower->out, "const %s = Date.now() + %.17g;\nwhile (Date.now() < %s);\n", end, (double)ns / 1e6, end);
  return true;
}

// ---- Timers, ticks, microtasks

static bool write_delay(struct six_lower *lower, const struct six_json *value) {
  if (value->type == SIX_JSON_OBJECT) return six_lower_value(lower, value);
  uint64_t ns;
  if (!six_json_duration(lower->diag, value, &ns)) return false;
  if (ns > UINT64_C(2147483647000000)) return six_json_fail(lower->diag, value, "a delay may be at most 2147483647 ms");
  six_lower_open(lower, value);
  if (value->type == SIX_JSON_NUMBER) {
    bool good = six_lower_value(lower, value);
    six_lower_close(lower);
    return good;
  }
  six_text_addf(&lower->out, "%.10g", (double)ns / 1e6);
  six_lower_close(lower);
  return true;
}

static bool write_timer(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  const struct six_json *body = six_lower_key(lower, op, "do");
  if (!body) return false;
  write_as(lower, op);
  six_text_addf(&lower->out, "%s(", value->key);
  if (!six_lower_callback(lower, body, op, "")) return false;
  put(lower, ", ");
  if (!write_delay(lower, value) || !six_lower_arguments(lower, six_json_get(op, "args"), true)) return false;
  put(lower, ");\n");
  return true;
}

static bool write_queue(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  write_as(lower, op);
  six_text_addf(&lower->out, "%s%s(", !strcmp(value->key, "nextTick") ? "process." : "", value->key);
  if (!six_lower_callback(lower, value, op, "")) return false;
  if (!six_lower_arguments(lower, six_json_get(op, "args"), true)) return false;
  put(lower, ");\n");
  return true;
}

static bool write_clear(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  (void)op;
  six_text_addf(&lower->out, "%s(", value->key);
  if (!write_target(lower, value)) return false;
  put(lower, ");\n");
  return true;
}

// `target.method(args)`: unref, ref, destroy, close, end, removeAllListeners.
static bool write_method(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  if (!write_target(lower, value)) return false;
  six_text_addf(&lower->out, ".%s(", value->key);
  if (!six_lower_arguments(lower, six_json_get(op, "args"), false)) return false;
  put(lower, ");\n");
  return true;
}

// ---- Promises

static bool write_promise(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  const struct six_json *executor = six_json_get(op, "do");
  const char *name = value->string;
  if (executor) {
    six_text_addf(&lower->out, "const %s = new Promise(", name);
    if (!six_lower_callback(lower, executor, op, "resolve reject")) return false;
    put(lower, ");\n");
    return true;
  }
  const char *resolve = joined(lower, "resolve", name), *reject = joined(lower, "reject", name);
  six_text_addf(&lower->out, "let %s, %s;\nconst %s = new Promise((resolve, reject) => {\n%s = resolve;\n%s = reject;\n});\n", resolve,
                reject, name, resolve, reject);
  six_scope_exists(lower, resolve);
  six_scope_exists(lower, reject);
  return true;
}

static bool in_executor(const struct six_lower *lower) {
  for (const struct six_scope *s = lower->scope; s; s = s->parent)
    if (s->is_executor) return true;
  return false;
}

static bool write_settle(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  const struct six_json *of = six_json_get(op, "of");
  bool is_resolve = !strcmp(value->key, "resolve");
  if (of) {
    if (!want(lower, of, SIX_JSON_STRING, "a promise's name") || !six_scope_use(lower, of, of->string)) return false;
    const char *name = joined(lower, value->key, of->string);
    if (!six_scope_has(lower, name)) {
      return six_json_fail(lower->diag, of, "\"%.60s\" cannot be settled from outside: only {\"promise\": \"%.60s\"} without \"do\" can",
                           of->string, of->string);
    }
    put(lower, name);
  } else {
    if (!in_executor(lower)) return six_json_fail(lower->diag, op, "\"of\" is missing: which promise? (outside of a promise's own \"do\")");
    put(lower, value->key);
  }
  put(lower, "(");
  bool empty = is_resolve && value->type == SIX_JSON_NULL;
  if (!empty && !(is_resolve ? six_lower_value(lower, value) : six_lower_reason(lower, value))) return false;
  put(lower, ");\n");
  return true;
}

// ---- Process and emitters

static bool write_exit(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  (void)op;
  put(lower, "process.exit(");
  if (value->type == SIX_JSON_NULL) return put(lower, ");\n"), true;
  if (value->type == SIX_JSON_NUMBER ? !six_lower_integer(lower, value, 0, 255) : !six_lower_value(lower, value)) return false;
  put(lower, ");\n");
  return true;
}

static bool write_exit_code(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  (void)op;
  put(lower, "process.exitCode = ");
  if (!six_lower_integer(lower, value, 0, 255)) return false;
  put(lower, ";\n");
  return true;
}

static bool write_emitter(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  (void)op;
  six_module_use(lower, "EventEmitter");
  six_text_addf(&lower->out, "const %s = new EventEmitter();\n", value->string);
  return true;
}

const char *six_lower_event_params(const char *event) {
  static const char *const table[][2] = {
      {"exit", "code"},
      {"beforeExit", "code"},
      {"unhandledRejection", "reason promise"},
      {"rejectionHandled", "promise"},
      {"uncaughtException", "error"},
      {"error", "error"},
      {"data", "data"},
      {"connection", "socket"},
      {"warning", "warning"},
  };
  for (size_t i = 0; i < sizeof table / sizeof *table; i++)
    if (!strcmp(table[i][0], event)) return table[i][1];
  return "";
}

static bool write_event_of(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  const struct six_json *of = six_lower_key(lower, op, "of");
  if (!of || !want(lower, value, SIX_JSON_STRING, "an event's name") || !six_lower_promise(lower, of)) return false;
  six_text_addf(&lower->out, ".%s(", value->key);
  six_lower_string(lower, value->string);
  return true;
}

static bool write_on(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  const struct six_json *body = six_lower_key(lower, op, "do");
  if (!body || !write_event_of(lower, op, value)) return false;
  put(lower, ", ");
  if (!six_lower_callback(lower, body, op, six_lower_event_params(value->string))) return false;
  put(lower, ");\n");
  return true;
}

static bool write_emit(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  if (!write_event_of(lower, op, value) || !six_lower_arguments(lower, six_json_get(op, "args"), true)) return false;
  put(lower, ");\n");
  return true;
}

// ---- Files, pool, sockets

const char *six_lower_file_params(const char *name) {
  static const char *const table[][2] = {{"readFile", "err data"}, {"stat", "err stats"}, {"lstat", "err stats"}, {"readdir", "err files"}};
  for (size_t i = 0; i < sizeof table / sizeof *table; i++)
    if (!strcmp(table[i][0], name)) return table[i][1];
  return "err";
}

static bool write_file(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  static const char *const more[] = {"to", "data", "encoding"};
  const struct six_json *body = six_lower_key(lower, op, "do");
  if (!body) return false;
  six_module_use(lower, "fs");
  six_text_addf(&lower->out, "fs.%s(", value->key);
  if (!six_lower_text(lower, value)) return false;
  for (size_t i = 0; i < 3; i++) {
    const struct six_json *argument = six_json_get(op, more[i]);
    if (!argument) continue;
    put(lower, ", ");
    if (!six_lower_value(lower, argument)) return false;
  }
  put(lower, ", ");
  if (!six_lower_callback(lower, body, op, six_lower_file_params(value->key))) return false;
  put(lower, ");\n");
  return true;
}

static bool write_pool(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  const struct six_json *body = six_lower_key(lower, op, "do"), *iterations = six_json_get(op, "iterations");
  const char *params = !strcmp(value->key, "pbkdf2") ? "err key" : !strcmp(value->key, "randomBytes") ? "err bytes" : "err address";
  const char *module = !strcmp(value->key, "lookup") ? "dns" : "crypto";
  if (!body) return false;
  six_module_use(lower, module);
  six_text_addf(&lower->out, "%s.%s(", module, value->key);
  if (!strcmp(value->key, "randomBytes")) {
    if (!six_lower_integer(lower, value, 0, 2147483647)) return false;
  } else if (!six_lower_text(lower, value)) {
    return false;
  }
  if (!strcmp(value->key, "pbkdf2")) {
    put(lower, ", 'salt', ");
    if (!iterations) put(lower, "100000");
    else if (!six_lower_integer(lower, iterations, 1, 2147483647)) return false;
    put(lower, ", 64, 'sha512'");
  }
  put(lower, ", ");
  if (!six_lower_callback(lower, body, op, params)) return false;
  put(lower, ");\n");
  return true;
}

static bool write_address(struct six_lower *lower, const struct six_json *value) {
  if (!want(lower, value, SIX_JSON_OBJECT, "{\"port\": N} or {\"path\": \"...\"}") ||
      !six_json_check_keys(lower->diag, value, "port host path"))
    return false;
  const struct six_json *port = six_json_get(value, "port"), *path = six_json_get(value, "path"), *host = six_json_get(value, "host");
  if (!port == !path) return six_json_fail(lower->diag, value, "either \"port\" or \"path\" is expected");
  if (path) return six_lower_text(lower, path);
  if (!six_lower_integer(lower, port, 0, 65535)) return false;
  if (!host) return true;
  put(lower, ", ");
  return six_lower_text(lower, host);
}

// onConnect, onError, ...: .on('connect', ...), chained, or one statement each when the object has a name.
static bool write_handlers(struct six_lower *lower, const struct six_json *op) {
  static const char *const events[][2] = {{"onConnect", "connect"}, {"onListening", "listening"}, {"onData", "data"},  {"onEnd", "end"},
                                          {"onTimeout", "timeout"}, {"onError", "error"},         {"onClose", "close"}};
  const struct six_json *as = six_json_get(op, "as");
  if (as) put(lower, ";\n"), six_scope_exists(lower, as->string);
  for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
    const struct six_json *body = six_json_get(op, events[i][0]);
    if (!body) continue;
    six_lower_open(lower, body);
    six_text_addf(&lower->out, "%s.on('%s', ", as ? as->string : "", events[i][1]);
    bool is_flat = body->type == SIX_JSON_ARRAY;  // the operation has no "params" for its handlers: {"do", "params"} does
    struct six_json nothing = {.type = SIX_JSON_OBJECT};
    if (!six_lower_callback(lower, body, is_flat ? &nothing : body, six_lower_event_params(events[i][1]))) return false;
    put(lower, as ? ");\n" : ")");
    six_lower_close(lower);
  }
  if (!as) put(lower, ";\n");
  return true;
}

static bool write_connect(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  six_module_use(lower, "net");
  write_as(lower, op);
  put(lower, "net.connect(");
  if (!write_address(lower, value)) return false;
  put(lower, ")");
  return write_handlers(lower, op);
}

static bool write_server(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  const struct six_json *listen = six_lower_key(lower, op, "listen"), *as = six_json_get(op, "as");
  if (!listen) return false;
  six_module_use(lower, "net");
  write_as(lower, op);
  put(lower, "net.createServer(");
  if (!six_lower_callback(lower, value, op, "socket")) return false;
  put(lower, ")");
  if (!write_handlers(lower, op)) return false;
  if (as) six_text_adds(&lower->out, as->string);
  else lower->out.length -= 2;  // the chain goes on
  put(lower, ".listen(");
  if (!write_address(lower, listen)) return false;
  put(lower, ");\n");
  return true;
}

static bool write_write(struct six_lower *lower, const struct six_json *op, const struct six_json *value) {
  const struct six_json *of = six_lower_key(lower, op, "of");
  if (!of || !six_lower_promise(lower, of)) return false;
  put(lower, ".write(");
  if (!six_lower_value(lower, value)) return false;
  put(lower, ");\n");
  return true;
}

// ---- The vocabulary. Where an object has several operations' names as keys ("then" of an "if", "catch" of a "try"), the
// first row wins.

#define SOCKET_KEYS "as onConnect onData onEnd onTimeout onError onClose"

static const struct operation {
  const char *name, *keys;
  write_operation *write;
} operations[] = {
    {"log", "log", write_log},
    {"warn", "warn", write_log},
    {"setTimeout", "setTimeout do params async args as", write_timer},
    {"setInterval", "setInterval do params async args as", write_timer},
    {"setImmediate", "setImmediate params async args as", write_queue},
    {"nextTick", "nextTick params async args", write_queue},
    {"queueMicrotask", "queueMicrotask async", write_queue},
    {"clearTimeout", "clearTimeout", write_clear},
    {"clearInterval", "clearInterval", write_clear},
    {"clearImmediate", "clearImmediate", write_clear},
    {"unref", "unref", write_method},
    {"ref", "ref", write_method},
    {"promise", "promise do async", write_promise},
    {"resolve", "resolve of", write_settle},
    {"reject", "reject of", write_settle},
    {"function", "function params do", write_named_function},
    {"asyncFunction", "asyncFunction params do", write_named_function},
    {"return", "return", write_return},
    {"throw", "throw", write_throw},
    {"try", "try catch param finally", write_try},
    {"if", "if then else", write_if},
    {"repeat", "repeat do index", write_repeat},
    {"while", "while do", write_while},
    {"forOf", "forOf of do", write_for_of},
    {"break", "break", write_jump},
    {"continue", "continue", write_jump},
    {"let", "let value", write_let},
    {"const", "const value", write_let},
    {"set", "set value", write_set},
    {"increment", "increment by", write_increment},
    {"decrement", "decrement by", write_increment},
    {"push", "push value", write_push},
    {"block", "block", write_block},
    {"gcPause", "gcPause", write_block},
    {"exit", "exit", write_exit},
    {"exitCode", "exitCode", write_exit_code},
    {"emitter", "emitter", write_emitter},
    {"on", "on of do params async", write_on},
    {"once", "once of do params async", write_on},
    {"emit", "emit of args", write_emit},
    {"removeAllListeners", "removeAllListeners args", write_method},
    {"readFile", "readFile encoding do params async", write_file},
    {"writeFile", "writeFile data do params async", write_file},
    {"appendFile", "appendFile data do params async", write_file},
    {"stat", "stat do params async", write_file},
    {"lstat", "lstat do params async", write_file},
    {"access", "access do params async", write_file},
    {"readdir", "readdir do params async", write_file},
    {"mkdir", "mkdir do params async", write_file},
    {"rmdir", "rmdir do params async", write_file},
    {"unlink", "unlink do params async", write_file},
    {"rename", "rename to do params async", write_file},
    {"copyFile", "copyFile to do params async", write_file},
    {"pbkdf2", "pbkdf2 iterations do params async", write_pool},

    {"randomBytes", "randomBytes do params async", write_pool},
    {"lookup", "lookup do params async", write_pool},

    {"connect", "connect " SOCKET_KEYS, write_connect},
    {"createServer", "createServer params async listen as onListening onError onClose", write_server},
    {"write", "write of", write_write},
    {"end", "end args", write_method},
    {"destroy", "destroy args", write_method},
    {"close", "close", write_method},
    {"error", "error", write_log},
};
enum { OPERATIONS = sizeof operations / sizeof *operations };

static const struct operation *find_operation(const struct six_json *op) {
  for (size_t i = 0; i < OPERATIONS; i++) {
    const struct six_json *value = six_json_get(op, operations[i].name);
    // {"promise": [...]} is an expression; only a name declares.
    if (value && !(!strcmp(operations[i].name, "promise") && value->type != SIX_JSON_STRING)) return &operations[i];
  }
  return NULL;
}

// The name of the operation that an object stands for, expressions as operations included; NULL: none.
static const char *operation_of(const struct six_json *op) {
  const struct operation *row = find_operation(op);
  if (row) return row->name;
  for (const struct six_json *m = op->first; m; m = m->next)
    if (six_json_is_one_of(m->key, six_lower_expression_names())) return m->key;
  return NULL;
}

static bool fail_unknown(struct six_lower *lower, const struct six_json *op) {
  const struct six_json *key = op->first;
  if (!key) return six_json_fail(lower->diag, op, "this operation is empty");
  struct six_text names = {0};
  for (size_t i = 0; i < OPERATIONS; i++) six_text_addf(&names, "%s ", operations[i].name);
  six_text_adds(&names, six_lower_expression_names());
  struct six_json at = *key;
  const char *nearest = NULL;
  size_t n = 0;
  for (const struct six_json *m = key; m && !n; m = m->next) {
    if (six_json_is_one_of(m->key, "do as params args of async")) continue;
    n = six_json_nearest(m->key, names.bytes, &nearest);
    if (n) at = *m;
  }
  at.span = at.key_span;
  if (n) six_json_fail(lower->diag, &at, "unknown operation \"%.60s\"; did you mean \"%.*s\"?", at.key, (int)n, nearest);
  else six_json_fail(lower->diag, &at, "unknown operation \"%.60s\"", at.key);
  six_text_done(&names);
  return false;
}

static bool write_expression_statement(struct six_lower *lower, const struct six_json *op) {
  bool known;
  write_as(lower, op);
  if (!six_lower_object_expression(lower, op, &known)) return known ? false : fail_unknown(lower, op);
  put(lower, ";\n");
  return true;
}

// A file operation without "do" is the synchronous or the promise one: an expression.
static bool is_expression_form(const struct operation *row, const struct six_json *op) {
  return row->write == write_file && !six_json_get(op, "do") && six_json_get(op, "as");
}

static bool write_operation_of(struct six_lower *lower, const struct six_json *op) {
  if (!want(lower, op, SIX_JSON_OBJECT, "an operation (an object)")) return false;
  const struct operation *row = find_operation(op);
  // A function alone does nothing: {"do": ...} with another key is an operation with its name misspelt.
  if (!row && six_json_get(op, "do")) return fail_unknown(lower, op);
  if (!row || is_expression_form(row, op)) return write_expression_statement(lower, op);
  const struct six_json *value = six_json_get(op, row->name);
  if (six_json_is_one_of(row->name, "function asyncFunction let const promise emitter") && !want(lower, value, SIX_JSON_STRING, "a name"))
    return false;
  return six_json_check_keys(lower->diag, op, row->keys) && row->write(lower, op, value);
}

static bool write_statement(struct six_lower *lower, const struct six_json *op) {
  six_lower_open(lower, op);
  bool good = write_operation_of(lower, op);
  six_lower_close(lower);
  const struct six_json *name = good ? declared_name(op) : NULL;
  if (name) six_scope_exists(lower, name->string);
  return good;
}
