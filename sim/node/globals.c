// The lazy globals of Node: made when the program first reads their name, or lists the global object's keys.
#include <stdlib.h>
#include <string.h>

#include "sim/node/node.h"

#define G(name, first) six_value six_global_##name(struct six_nodejs *node) __attribute__((weak));
SIX_GLOBALS(G)
#undef G

static const struct {
  const char *name;
  six_value (*make)(struct six_nodejs *node);
  int first;
} rows[SIX_GLOBAL_COUNT] = {
#define G(name, first) [SIX_GLOBAL_##name] = {#name, six_global_##name, first},
    SIX_GLOBALS(G)
#undef G
};

// The enumerable ones in their order; "+" marks one with a getter, "*" one with a getter and a setter that replaces it.
static const struct {
  int first;
  const char *names;
} listed[] = {
    {26,
     " global clearImmediate setImmediate clearInterval clearTimeout setInterval setTimeout queueMicrotask structuredClone atob btoa"
     " performance* fetch crypto+ navigator+ sessionStorage* "},
    {25,
     " global clearImmediate setImmediate clearInterval clearTimeout setInterval setTimeout queueMicrotask structuredClone atob btoa"
     " performance* fetch crypto+ navigator+ localStorage* sessionStorage* "},
    {23,
     " global clearImmediate setImmediate clearInterval clearTimeout setInterval setTimeout queueMicrotask structuredClone atob btoa"
     " performance* fetch crypto+ navigator+ "},
    {22,
     " global clearImmediate setImmediate clearInterval clearTimeout setInterval setTimeout queueMicrotask structuredClone atob btoa"
     " performance* fetch navigator+ crypto+ "},
    {21,
     " global clearImmediate setImmediate clearInterval clearTimeout setInterval setTimeout queueMicrotask structuredClone atob*"
     " btoa* performance* fetch* navigator+ crypto+ "},
    {20,
     " global clearImmediate setImmediate clearInterval clearTimeout setInterval setTimeout queueMicrotask structuredClone atob*"
     " btoa* performance* fetch crypto+ "},
    {18,
     " global queueMicrotask clearImmediate setImmediate structuredClone* clearInterval clearTimeout setInterval setTimeout atob*"
     " btoa* performance* fetch crypto+ "},
    {16,
     " global clearInterval clearTimeout setInterval setTimeout queueMicrotask performance clearImmediate setImmediate"
     " structuredClone "},
    {11, " global clearInterval clearTimeout setInterval setTimeout queueMicrotask clearImmediate setImmediate "},
    {9, " global process Buffer clearImmediate clearInterval clearTimeout setImmediate setInterval setTimeout "},
    {0, " console+ global process Buffer clearImmediate clearInterval clearTimeout setImmediate setInterval setTimeout "},
};

static const char *list_of(const struct six_nodejs *node) {
  size_t i = 0;
  while (node->rules->major < listed[i].first) i++;
  return listed[i].names;
}

// The name's place in the list, or NULL.
static const char *place_of(const char *list, const char *name, size_t length) {
  for (const char *at = list; (at = strstr(at, name)) != NULL; at++) {
    if (at[-1] == ' ' && strchr(" *+", at[length])) return at;
  }
  return NULL;
}

static six_value not_supported(struct six_machine *m, const struct six_args *a) {
  struct six_text name = {0};
  six_string_to_utf8(m, six_as_string(six_as_native(a->callee)->data[0]), &name);
  six_value thrown = six_throw_unsupported(m, name.bytes);
  six_text_done(&name);
  return thrown;
}

// Classes that are not there may be looked at (typeof WebSocket), but not called.
static bool is_class(const char *name) {
  static const char *const objects[] = {"Intl", "WebAssembly", "Temporal", "crypto", "Iterator"};
  for (size_t i = 0; i < sizeof objects / sizeof *objects; i++)
    if (strcmp(objects[i], name) == 0) return false;
  return name[0] >= 'A' && name[0] <= 'Z';
}

static six_value class_stub(struct six_nodejs *node, const char *name) {
  struct six_machine *m = node->m;
  struct six_object *prototype = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  six_root(m, six_object_value(prototype));
  struct six_object *stub = six_constructor_new(m, name, not_supported, 0, prototype);
  six_as_native(stub)->data[0] = six_string_value(six_intern_ascii(m, name, false));
  return six_object_value(stub);
}

static six_value make(struct six_nodejs *node, int row) {
  six_value *slot = &node->globals[row];
  if (*slot != SIX_EMPTY) return *slot;
  if (!rows[row].make && is_class(rows[row].name)) return *slot = class_stub(node, rows[row].name);
  if (!rows[row].make) return six_throw_unsupported(node->m, rows[row].name);
  six_value made = rows[row].make(node);
  if (!six_is_exception(made)) *slot = made;
  return made;
}

static bool is_there(const struct six_nodejs *node, int i) {
  const int32_t *cells = node->rules->cell;
  switch (i) {
    case SIX_GLOBAL_queueMicrotask: return cells[SIX_RULE_QUEUE_MICROTASK];  // R45
    case SIX_GLOBAL_AbortController:
    case SIX_GLOBAL_AbortSignal: return cells[SIX_RULE_ABORT_CONTROLLER];  // R23
    case SIX_GLOBAL_MessageChannel:
    case SIX_GLOBAL_MessagePort:
    case SIX_GLOBAL_MessageEvent: return cells[SIX_RULE_MESSAGE_CHANNEL];  // R140
    default: return node->rules->major >= rows[i].first;
  }
}

static int find(const struct six_nodejs *node, const char *name, size_t length) {
  for (int i = 0; i < SIX_GLOBAL_COUNT; i++)
    if (strlen(rows[i].name) == length && memcmp(rows[i].name, name, length) == 0) return is_there(node, i) ? i : -1;
  return -1;
}

six_value six_node_original_global(struct six_nodejs *node, const char *name) {
  int row = find(node, name, strlen(name));
  return row < 0 ? SIX_UNDEFINED : make(node, row);
}

static six_value get_row(struct six_machine *m, const struct six_args *a) {
  return make(six_node_of(m), six_as_int(six_as_native(a->callee)->data[0]));
}

static six_value set_row(struct six_machine *m, const struct six_args *a) {
  six_node_of(m)->globals[six_as_int(six_as_native(a->callee)->data[0])] = six_arg(a, 0);
  return SIX_UNDEFINED;
}

static six_value accessor_half(struct six_machine *m, int row, const char *kind, six_native *native, int length) {
  char name[40] = "";
  strncat(strncat(name, kind, 5), rows[row].name, 30);
  return six_object_value(
      six_native_new(m, native, six_string_value(six_intern_ascii(m, name, false)), length, six_int(row), SIX_UNDEFINED));
}

// Makes the row a property of the global object. False: an exception is pending.
static bool define_row(struct six_nodejs *node, int row, six_key key) {
  struct six_machine *m = node->m;
  struct six_object *global = six_intrinsic(m, SIX_I_Global);
  size_t length = strlen(rows[row].name), roots = six_roots_mark(m);
  const char *place = place_of(list_of(node), rows[row].name, length);
  six_value made = SIX_UNDEFINED;
  if (place && place[length] != ' ') {
    six_value get = accessor_half(m, row, "get ", get_row, 0);
    six_root(m, get);
    six_value set = place[length] == '*' ? accessor_half(m, row, "set ", set_row, 1) : SIX_UNDEFINED;
    six_root(m, set);
    six_define_accessor(m, global, key, get, set, SIX_ENUMERABLE | SIX_CONFIGURABLE);
  } else {
    made = make(node, row);
    if (!six_is_exception(made)) six_define(m, global, key, made, place ? SIX_DATA_ALL : SIX_HIDDEN);
  }
  six_roots_release(m, roots);
  node->globals_defined[row] = !six_is_exception(made);
  return node->globals_defined[row];
}

bool six_node_global_missing(struct six_machine *m, six_key key) {
  struct six_nodejs *node = six_node_of(m);
  if (!six_is_string(key)) return false;
  const struct six_string *name = six_as_string(key);
  if (name->length > 24 || (name->cell.flags & (SIX_STRING_WIDE | SIX_STRING_ROPE))) return false;
  int row = find(node, (const char *)name->u.latin1, name->length);
  return row >= 0 && !node->globals_defined[row] && define_row(node, row, key);
}

struct ranked {
  uint32_t rank;
  six_value key;
};

static int by_rank(const void *a, const void *b) {
  uint32_t x = ((const struct ranked *)a)->rank, y = ((const struct ranked *)b)->rank;
  return x < y ? -1 : x > y;
}

// What V8 defines comes first, then Node's in the list's order, then the program's own.
static uint32_t rank_of(const struct six_nodejs *node, const char *list, six_value key, uint32_t index) {
  const uint32_t program = 1u << 30;
  if (!six_is_string(key)) return program + index;
  const struct six_string *name = six_as_string(key);
  if (name->length > 24 || (name->cell.flags & (SIX_STRING_WIDE | SIX_STRING_ROPE))) return program + index;
  int row = find(node, (const char *)name->u.latin1, name->length);
  const char *place = row < 0 ? NULL : place_of(list, rows[row].name, name->length);
  return place ? (program >> 1) + (uint32_t)(place - list) : program + index;
}

void six_node_global_keys(struct six_machine *m, struct six_values *keys) {
  struct six_nodejs *node = six_node_of(m);
  const char *list = list_of(node);
  if (!keys) {
    for (int i = 0; i < SIX_GLOBAL_COUNT; i++) {
      if (!is_there(node, i) || node->globals_defined[i] || !place_of(list, rows[i].name, strlen(rows[i].name))) continue;
      if (!define_row(node, i, six_string_value(six_intern_ascii(m, rows[i].name, false)))) return;
    }
    return;
  }
  struct ranked *ranked = calloc(keys->count + 1, sizeof *ranked);
  if (!ranked) return;
  for (uint32_t i = 0; i < keys->count; i++) ranked[i] = (struct ranked){rank_of(node, list, keys->items[i], i), keys->items[i]};
  qsort(ranked, keys->count, sizeof *ranked, by_rank);
  for (uint32_t i = 0; i < keys->count; i++) keys->items[i] = ranked[i].key;
  free(ranked);
}

void six_node_name_global(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  six_define(m, six_intrinsic(m, SIX_I_Global), SIX_SYMBOL(m, toStringTag), six_str(m, "global"), SIX_CONFIGURABLE);
}

six_value six_global_global(struct six_nodejs *node) { return six_object_value(six_intrinsic(node->m, SIX_I_Global)); }
