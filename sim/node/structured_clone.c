// node: structuredClone.
#include "sim/node/structured_clone.h"

#include <stdlib.h>

#include "sim/machine/bigint.h"
#include "sim/machine/builtins/collections.h"
#include "sim/machine/regexp.h"
#include "sim/machine/typed_array.h"
#include "sim/node/worker.h"

struct seen {  // a hash table of what was copied already; cells never move
  const struct six_object *from;
  struct six_object *to;
};

struct cloner {
  struct six_machine *m, *to;  // whose the value is, and whose the copy
  six_value transfer;
  six_value ports;  // another machine's objects for those in `transfer`: a parallel array of numbers, or SIX_UNDEFINED
  struct seen *table;
  uint32_t count, capacity, depth;
};

enum { DEPTH_LIMIT = 1500 };

static bool clone(struct cloner *c, six_value v, six_value *out);

static uint32_t slot_of(const struct cloner *c, const struct six_object *from) {
  uint32_t i = (uint32_t)((uintptr_t)from >> 4) * 2654435761u & (c->capacity - 1);
  while (c->table[i].from && c->table[i].from != from) i = (i + 1) & (c->capacity - 1);
  return i;
}

static void remember(struct cloner *c, const struct six_object *from, struct six_object *to) {
  six_root(c->to, six_object_value(to));
  if (c->count * 2 >= c->capacity) {
    struct cloner grown = *c;
    grown.capacity = c->capacity ? c->capacity * 2 : 16;
    grown.table = calloc(grown.capacity, sizeof *grown.table);
    if (!grown.table) abort();
    for (uint32_t i = 0; i < c->capacity; i++)
      if (c->table[i].from) grown.table[slot_of(&grown, c->table[i].from)] = c->table[i];
    free(c->table);
    *c = grown;
  }
  c->table[slot_of(c, from)] = (struct seen){from, to};
  c->count++;
}

// ---- Errors

static six_value throw_clone_error(struct cloner *c, struct six_text *message) {
  struct six_machine *m = c->m;
  six_value text[2] = {six_string_value(six_string_utf8(m, message->bytes, message->length)), six_str(m, "DataCloneError")};
  six_text_done(message);
  size_t roots = six_roots_mark(m);
  six_root(m, text[0]);  // DOMException may be made now, by JavaScript
  six_root(m, text[1]);
  six_value constructor = six_get(m, six_intrinsic(m, SIX_I_Global), six_string_value(six_intern_ascii(m, "DOMException", true)));
  six_value error = constructor;
  if (!six_is_exception(constructor) && !six_is_constructor(constructor)) {
    struct six_object *plain = six_error_new(m, SIX_I_ErrorPrototype, text[0]);
    six_define(m, plain, SIX_ATOM(m, name), text[1], SIX_HIDDEN);
    six_put(m, plain, "code", six_int(25));
    error = six_object_value(plain);
  } else if (!six_is_exception(constructor)) {
    error = six_construct(m, constructor, 2, text, constructor);
  }
  six_roots_release(m, roots);
  return six_is_exception(error) ? error : six_throw(m, error);
}

static bool cannot(struct cloner *c, six_value v) {
  struct six_text text = {0};
  six_describe_value(c->m, v, &text);
  six_text_adds(&text, " could not be cloned.");
  throw_clone_error(c, &text);
  return false;
}

// ---- Kinds

static struct six_string *string_there(struct cloner *c, struct six_string *s) {
  s = six_string_flat(c->m, s);
  return six_string_is_wide(s) ? six_string_utf16(c->to, s->u.wide, s->length) : six_string_latin1(c->to, s->u.latin1, s->length);
}

// A string, BigInt or anything else that is no object; rooted.
static six_value primitive(struct cloner *c, six_value v) {
  if (c->to == c->m) return v;
  if (six_is_string(v)) v = six_string_value(string_there(c, six_as_string(v)));
  else if (six_is_bigint(v)) v = six_bigint_parse(c->to, string_there(c, six_as_string(six_bigint_to_string(c->m, v, 10))));
  if (six_is_cell(v)) six_root(c->to, v);
  return v;
}

static six_key key_there(struct cloner *c, six_key key) {
  six_value name = c->to == c->m ? SIX_UNDEFINED : six_key_to_value(c->m, key);
  return six_is_string(name) ? six_key_of_string(c->to, string_there(c, six_as_string(name))) : key;
}

static struct six_object *boxed(struct cloner *c, struct six_object *o, enum six_intrinsic_id prototype) {
  struct six_boxed *copy = (struct six_boxed *)six_object_new_class(c->to, o->cell.class_, sizeof *copy, six_intrinsic(c->to, prototype));
  copy->value = primitive(c, ((struct six_boxed *)o)->value);
  return &copy->object;
}

static struct six_object *array_buffer(struct cloner *c, struct six_array_buffer *from) {
  struct six_object *copy = six_array_buffer_new(c->to, from->length);
  if (from->length) memcpy(six_as_array_buffer(copy)->bytes, from->bytes, from->length);
  return copy;
}

static bool view(struct cloner *c, struct six_object *o, struct six_object **copy) {
  struct six_typed_array *a = six_as_typed_array(o);
  six_value buffer;
  if (!clone(c, six_object_value(&a->buffer->object), &buffer)) return false;
  if (o->cell.class_ == SIX_CLASS_TYPED_ARRAY) {
    *copy = six_typed_array_new(c->to, a->type, six_as_array_buffer(six_as_object(buffer)), a->offset, a->length, NULL);
    return true;
  }
  six_value argv[3] = {buffer, six_number((double)a->offset), six_number((double)a->length)};
  six_value constructor = six_object_value(six_intrinsic(c->to, SIX_I_DataView));
  six_value made = six_construct(c->to, constructor, 3, argv, constructor);
  if (six_is_exception(made)) return false;
  *copy = six_as_object(made);
  return true;
}

static bool entries(struct cloner *c, struct six_object *o, struct six_object *copy) {
  bool pairs;
  struct six_values *all = six_collection_entries(c->m, o, &pairs);
  six_root(c->m, six_tagged(SIX_TAG_OBJECT, all));
  for (uint32_t i = 0; i < all->count; i += pairs ? 2 : 1) {
    six_value key, value = SIX_UNDEFINED;
    if (!clone(c, all->items[i], &key) || (pairs && !clone(c, all->items[i + 1], &value))) return false;
    if (pairs) six_map_put(c->to, copy, key, value);
    else six_set_put(c->to, copy, key);
  }
  return true;
}

static bool properties(struct cloner *c, struct six_object *o, struct six_object *copy) {
  struct six_values *keys = six_own_keys(c->m, o, SIX_KEYS_STRINGS | SIX_KEYS_ENUMERABLE_ONLY);
  if (!keys) return false;
  six_root(c->m, six_tagged(SIX_TAG_OBJECT, keys));
  for (uint32_t i = 0; i < keys->count; i++) {
    int has = six_has_own(c->m, o, keys->items[i]);  // a getter may have deleted it
    if (has < 0) return false;
    if (!has) continue;
    six_value v = six_get(c->m, o, keys->items[i]), cloned;
    if (six_is_exception(v)) return false;
    if (six_is_cell(v)) six_root(c->m, v);
    if (!clone(c, v, &cloned) || six_create_data(c->to, copy, key_there(c, keys->items[i]), cloned) < 0) return false;
  }
  return true;
}

// name (one of the language's own), message, stack and cause.
static bool error_copy(struct cloner *c, struct six_object *o, struct six_object **copy) {
  static const struct {
    const char *name;
    enum six_intrinsic_id prototype;
  } kinds[] = {{"EvalError", SIX_I_EvalErrorPrototype},           {"RangeError", SIX_I_RangeErrorPrototype},
               {"ReferenceError", SIX_I_ReferenceErrorPrototype}, {"SyntaxError", SIX_I_SyntaxErrorPrototype},
               {"TypeError", SIX_I_TypeErrorPrototype},           {"URIError", SIX_I_URIErrorPrototype}};
  struct six_machine *m = c->m;
  enum six_intrinsic_id prototype = SIX_I_ErrorPrototype;
  six_value name = six_get(m, o, SIX_ATOM(m, name));
  if (six_is_exception(name)) return false;
  for (size_t i = 0; six_is_string(name) && i < sizeof kinds / sizeof *kinds; i++)
    if (six_string_equals_ascii(m, six_as_string(name), kinds[i].name)) prototype = kinds[i].prototype;
  *copy = six_object_new_class(c->to, SIX_CLASS_ERROR, sizeof **copy, six_intrinsic(c->to, prototype));
  remember(c, o, *copy);
  const six_key keys[] = {SIX_ATOM(m, stack), SIX_ATOM(m, message), SIX_ATOM(m, cause)};
  for (int i = 0; i < 3; i++) {
    struct six_descriptor d;
    int found = six_get_own_property(m, o, keys[i], &d);
    if (found < 0) return false;
    if (!found || !(d.has & SIX_HAS_VALUE)) continue;
    six_value v;
    if (!clone(c, d.value, &v)) return false;
    six_define(c->to, *copy, key_there(c, keys[i]), v, SIX_HIDDEN);
  }
  return true;
}

static bool is_transferred(struct cloner *c, six_value v) {
  if (!six_is_class(c->transfer, SIX_CLASS_ARRAY)) return false;
  struct six_object *list = six_as_object(c->transfer);
  for (uint32_t i = 0; i < list->element_count; i++)
    if (list->elements[i] == v) return true;
  return false;
}

static struct six_object *move_buffer(struct cloner *c, struct six_object *o) {
  struct six_array_buffer *from = six_as_array_buffer(o), *to;
  struct six_object *copy = six_array_buffer_new(c->to, 0);
  to = six_as_array_buffer(copy);
  to->bytes = from->bytes;
  to->length = from->length;
  to->max_length = from->max_length;
  to->resizable = from->resizable;
  from->bytes = NULL;
  from->length = from->max_length = 0;
  from->detached = true;
  return copy;
}

// An object of the host's that moves: itself, or what stands for it in the other machine.
static struct six_object *moved(struct cloner *c, six_value v) {
  if (c->to == c->m) return six_as_object(v);
  struct six_object *list = six_as_object(c->transfer), *numbers = six_as_object(c->ports);
  for (uint32_t i = 0; i < list->element_count; i++)
    if (i < numbers->element_count && list->elements[i] == v) {
      six_value port = six_worker_port(six_node_of(c->to), numbers->elements[i]);
      return six_is_object(port) ? six_as_object(port) : NULL;
    }
  return NULL;
}

static bool clone_object(struct cloner *c, struct six_object *o, struct six_object **copy) {
  six_value v = six_object_value(o);
  if (o->cell.flags & SIX_OBJECT_CALLABLE) return cannot(c, v);
  if (o->cell.class_ != SIX_CLASS_ARRAY_BUFFER && is_transferred(c, v)) {
    *copy = moved(c, v);
    if (!*copy) return false;
    remember(c, o, *copy);
    return true;
  }
  switch (o->cell.class_) {
    case SIX_CLASS_BOOLEAN: *copy = boxed(c, o, SIX_I_BooleanPrototype); break;
    case SIX_CLASS_NUMBER: *copy = boxed(c, o, SIX_I_NumberPrototype); break;
    case SIX_CLASS_BIGINT: *copy = boxed(c, o, SIX_I_BigIntPrototype); break;
    case SIX_CLASS_DATE: *copy = boxed(c, o, SIX_I_DatePrototype); break;
    case SIX_CLASS_STRING: *copy = six_to_object(c->to, primitive(c, ((struct six_boxed *)o)->value)); break;
    case SIX_CLASS_REGEXP: {
      struct six_regexp *r = six_as_regexp(o);
      six_value made = six_regexp_new(c->to, six_as_string(primitive(c, r->source)), six_as_string(primitive(c, r->flags)));
      if (six_is_exception(made)) return false;
      *copy = six_as_object(made);
      break;
    }
    case SIX_CLASS_SHARED_ARRAY_BUFFER: {
      struct six_array_buffer *shared = six_as_array_buffer(o);
      *copy = six_shared_buffer_new(c->to, shared->shared, shared->length, shared->resizable);
      break;
    }
    case SIX_CLASS_ARRAY_BUFFER: *copy = is_transferred(c, v) ? move_buffer(c, o) : array_buffer(c, six_as_array_buffer(o)); break;
    case SIX_CLASS_TYPED_ARRAY:
    case SIX_CLASS_DATA_VIEW:
      if (!view(c, o, copy)) return false;
      break;
    case SIX_CLASS_MAP: remember(c, o, *copy = six_map_new(c->to)); return entries(c, o, *copy);
    case SIX_CLASS_SET: remember(c, o, *copy = six_set_new(c->to)); return entries(c, o, *copy);
    case SIX_CLASS_ERROR: return error_copy(c, o, copy);
    case SIX_CLASS_ARRAY:
      remember(c, o, *copy = six_array_new(c->to, o->element_count));
      six_array_set_length(c->to, *copy, o->array_length);
      return properties(c, o, *copy);
    case SIX_CLASS_OBJECT:
    case SIX_CLASS_ARGUMENTS:
      remember(c, o, *copy = six_object_new(c->to, six_intrinsic(c->to, SIX_I_ObjectPrototype)));
      return properties(c, o, *copy);
    default: return cannot(c, v);
  }
  remember(c, o, *copy);
  return true;
}

static bool clone(struct cloner *c, six_value v, six_value *out) {
  if (six_is_symbol(v)) return cannot(c, v);
  if (!six_is_object(v)) {
    *out = primitive(c, v);
    return true;
  }
  struct six_object *o = six_as_object(v), *copy = NULL;
  if (c->capacity) {
    struct seen *known = &c->table[slot_of(c, o)];
    if (known->from) {
      *out = six_object_value(known->to);
      return true;
    }
  }
  if (c->depth >= DEPTH_LIMIT) {
    six_throw_range(c->m, "Maximum call stack size exceeded");
    return false;
  }
  c->depth++;
  bool good = clone_object(c, o, &copy);
  c->depth--;
  if (good) *out = six_object_value(copy);
  return good;
}

static six_value clone_for(struct six_machine *m, struct six_machine *to, six_value v, six_value transfer, six_value ports) {
  struct cloner c = {.m = m, .to = to, .transfer = transfer, .ports = ports};
  size_t roots = six_roots_mark(m), roots_there = six_roots_mark(to);
  six_value out = SIX_EXCEPTION;
  bool good = clone(&c, v, &out);
  free(c.table);
  six_roots_release(to, roots_there);
  six_roots_release(m, roots);
  return good ? out : SIX_EXCEPTION;
}

six_value six_structured_clone(struct six_nodejs *node, six_value v, six_value transfer) {
  return clone_for(node->m, node->m, v, transfer, SIX_UNDEFINED);
}

six_value six_clone_between(struct six_nodejs *node, struct six_nodejs *to, six_value v, six_value transfer, six_value ports) {
  return clone_for(node->m, to->m, v, transfer, ports);
}

static six_value structured_clone(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  if (a->argc == 0)
    return six_node_throw(node, SIX_I_TypeErrorPrototype, "ERR_MISSING_ARGS", "%s",
                          node->rules->major < 20   ? "The \"value\" argument must be specified"
                          : node->rules->major < 22 ? "The value argument must be specified"
                                                    : "The \"The value argument must be specified\" argument must be specified");
  six_value transfer = SIX_UNDEFINED;
  if (six_is_object(six_arg(a, 1))) {
    transfer = six_node_getv(node, a->argv[1], "transfer");
    if (six_is_exception(transfer)) return transfer;
    six_root(m, transfer);
  }
  return six_structured_clone(node, a->argv[0], transfer);
}

six_value six_global_structuredClone(struct six_nodejs *node);
six_value six_global_structuredClone(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  return six_object_value(six_native_new(m, structured_clone, six_str(m, "structuredClone"), 1, SIX_UNDEFINED, SIX_UNDEFINED));
}
