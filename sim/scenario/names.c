#include "sim/scenario/lower.h"

#include <stdlib.h>
#include <string.h>

static const struct {
  const char *name, *module;
} modules[] = {
    {"fs", "fs"},     {"net", "net"}, {"crypto", "crypto"}, {"dns", "dns"},       {"zlib", "zlib"},           {"http", "http"},
    {"path", "path"}, {"os", "os"},   {"util", "util"},     {"assert", "assert"}, {"EventEmitter", "events"},
};

static const char globals[] =
    "AbortController AbortSignal AggregateError Array ArrayBuffer Atomics BigInt BigInt64Array BigUint64Array Boolean Buffer DataView Date "
    "Error "
    "EvalError Event EventTarget Float32Array Float64Array Function Infinity Int16Array Int32Array Int8Array Intl JSON Map Math "
    "MessageChannel NaN "
    "Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set SharedArrayBuffer String Symbol SyntaxError TextDecoder "
    "TextEncoder "
    "TypeError URIError URL URLSearchParams Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet __dirname "
    "__filename "
    "arguments clearImmediate clearInterval clearTimeout console decodeURIComponent encodeURIComponent exports global globalThis isFinite "
    "isNaN module "
    "parseFloat parseInt performance process queueMicrotask require setImmediate setInterval setTimeout structuredClone undefined";

static const char reserved[] =
    "await break case catch class const continue debugger default delete do else enum export extends false finally for function if "
    "implements "
    "import in instanceof interface let new null package private protected public return static super switch this throw true try typeof "
    "var void "
    "while with yield eval arguments";

bool six_module_use(struct six_lower *lower, const char *name) {
  for (size_t i = 0; i < sizeof modules / sizeof *modules; i++) {
    if (strcmp(modules[i].name, name)) continue;
    lower->modules |= 1u << i;
    return true;
  }
  return false;
}

const char *six_module_of(const char *name) {
  for (size_t i = 0; i < sizeof modules / sizeof *modules; i++)
    if (!strcmp(modules[i].name, name)) return modules[i].module;
  return NULL;
}

void six_module_write(const struct six_lower *lower, struct six_text *out) {
  for (size_t i = 0; i < sizeof modules / sizeof *modules; i++)
    if (lower->modules >> i & 1) six_text_addf(out, "const %s = require('%s');\n", modules[i].name, modules[i].module);
}

void six_scope_push(struct six_lower *lower, struct six_scope *scope) {
  scope->parent = lower->scope;
  lower->scope = scope;
}

void six_scope_pop(struct six_lower *lower) {
  free(lower->scope->names);
  lower->scope = lower->scope->parent;
}

static struct six_scope_name *find(const struct six_scope *scope, const char *name) {
  for (uint32_t i = 0; i < scope->count; i++)
    if (!strcmp(scope->names[i].name, name)) return &scope->names[i];
  return NULL;
}

bool six_scope_check_identifier(struct six_lower *lower, const struct six_json *at, const char *name) {
  bool good = *name;
  for (const char *p = name; *p; p++)
    good = good && ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || *p == '_' || *p == '$' || (p > name && *p >= '0' && *p <= '9'));
  if (!good) return six_json_fail(lower->diag, at, "\"%.60s\" cannot be a name: letters, digits, _ and $ can, and no digit first", name);
  if (six_json_is_one_of(name, reserved))
    return six_json_fail(lower->diag, at, "\"%s\" is a word of JavaScript and cannot be a name", name);
  return true;
}

bool six_scope_declare(struct six_lower *lower, const struct six_json *at, const char *name, bool exists) {
  struct six_scope *scope = lower->scope;
  if (at && !six_scope_check_identifier(lower, at, name)) return false;
  if (find(scope, name)) return !at || six_json_fail(lower->diag, at, "the name \"%.60s\" is already taken here", name);
  if (scope->count == scope->capacity) {
    scope->capacity = scope->capacity ? 2 * scope->capacity : 8;
    scope->names = realloc(scope->names, scope->capacity * sizeof *scope->names);
    if (!scope->names) abort();
  }
  scope->names[scope->count++] = (struct six_scope_name){name, at, exists};
  return true;
}

void six_scope_exists(struct six_lower *lower, const char *name) {
  struct six_scope_name *entry = find(lower->scope, name);
  if (entry) entry->exists = true;
}

bool six_scope_has(const struct six_lower *lower, const char *name) {
  for (const struct six_scope *s = lower->scope; s; s = s->parent)
    if (find(s, name)) return true;
  return false;
}

bool six_scope_is_async(const struct six_lower *lower) {
  for (const struct six_scope *s = lower->scope; s; s = s->parent)
    if (s->is_function) return s->is_async;
  return false;
}

static bool fail_unknown(struct six_lower *lower, const struct six_json *at, const char *name) {
  struct six_text known = {0};
  for (const struct six_scope *s = lower->scope; s; s = s->parent)
    for (uint32_t i = 0; i < s->count; i++) six_text_addf(&known, "%s ", s->names[i].name);
  six_text_adds(&known, globals);
  const char *nearest;
  size_t n = six_json_nearest(name, known.bytes, &nearest);
  if (n) six_json_fail(lower->diag, at, "nothing is named \"%.60s\" here; did you mean \"%.*s\"?", name, (int)n, nearest);
  else six_json_fail(lower->diag, at, "nothing is named \"%.60s\" here", name);
  six_text_done(&known);
  return false;
}

bool six_scope_use(struct six_lower *lower, const struct six_json *at, const char *name) {
  bool later = false;  // a function's body runs later than the operations around it
  for (const struct six_scope *s = lower->scope; s; s = s->parent) {
    const struct six_scope_name *entry = find(s, name);
    if (entry && (entry->exists || later)) return true;
    if (entry) return six_json_fail(lower->diag, at, "\"%.60s\" is used before it exists: it is made further down", name);
    later = later || s->is_function;
  }
  return six_json_is_one_of(name, globals) || six_module_use(lower, name) || fail_unknown(lower, at, name);
}
