// Functions: making them, and their `length`, `name` and `prototype`, which a closure gets when they are first looked at.
#include "sim/machine/classes.h"
#include "sim/machine/interp.h"

#include <stdio.h>

// ---- Closures. SIX_OBJECT_EXOTIC is set until the lazy properties exist.

static struct six_shape *function_shape(struct six_machine *m, uint8_t kind) {
  static const enum six_intrinsic_id protos[] = {SIX_I_FunctionPrototype, SIX_I_GeneratorFunctionPrototype, SIX_I_AsyncFunctionPrototype,
                                                 SIX_I_AsyncGeneratorFunctionPrototype};
  return m->function_shapes[kind] = six_shape_root(m, six_intrinsic(m, protos[kind]));
}

struct six_function *six_function_new(struct six_machine *m, struct six_code *code, struct six_env *env) {
  uint8_t kind = code->is_main ? SIX_KIND_NORMAL : code->kind;
  struct six_shape *shape = m->function_shapes[kind];
  if (__builtin_expect(!shape, 0)) shape = function_shape(m, kind);
  struct six_function *f = six_cell_raw(m, SIX_CELL_OBJECT, sizeof *f);
  f->object.cell.class_ = SIX_CLASS_FUNCTION;
  f->object.cell.flags = (uint8_t)(SIX_OBJECT_EXOTIC | SIX_OBJECT_CALLABLE | (code->constructor ? SIX_OBJECT_CONSTRUCTOR : 0));
  six_object_init_bare(&f->object, shape);
  f->code = code;
  f->env = env;
  f->home = NULL;
  f->fields = SIX_UNDEFINED;
  return f;
}

void six_function_mark(struct six_machine *m, struct six_object *o) {
  struct six_function *f = (struct six_function *)o;
  six_mark_cell(m, (struct six_cell *)f->env);
  six_mark_cell(m, (struct six_cell *)f->home);
  six_mark_value(m, f->fields);
}

static void make_lazy_properties(struct six_machine *m, struct six_object *o) {
  struct six_function *f = (struct six_function *)o;
  const struct six_code *code = f->code;
  o->cell.flags &= (uint8_t)~SIX_OBJECT_EXOTIC;
  six_define(m, o, SIX_ATOM(m, length), six_int((int32_t)code->length), SIX_CONFIGURABLE);
  six_define(m, o, SIX_ATOM(m, name), code->name, SIX_CONFIGURABLE);
  if (code->class_constructor) return;  // the class sets it
  bool generator = code->kind == SIX_KIND_GENERATOR || code->kind == SIX_KIND_ASYNC_GENERATOR;
  if (code->constructor && !code->strict && m->rules->cell[SIX_RULE_FUNCTION_CALLER]) {  // V8's own, null
    six_define(m, o, SIX_ATOM(m, arguments), SIX_NULL, 0);
    six_define(m, o, SIX_ATOM(m, caller), SIX_NULL, 0);
  }
  if (!code->constructor && !generator) return;
  enum six_intrinsic_id id = code->kind == SIX_KIND_GENERATOR         ? SIX_I_GeneratorPrototype
                             : code->kind == SIX_KIND_ASYNC_GENERATOR ? SIX_I_AsyncGeneratorPrototype
                                                                      : SIX_I_ObjectPrototype;
  struct six_object *prototype = six_object_new(m, six_intrinsic(m, id));
  six_define(m, o, SIX_ATOM(m, prototype), six_object_value(prototype), SIX_WRITABLE);
  if (!generator) six_define(m, prototype, SIX_ATOM(m, constructor), six_object_value(o), SIX_HIDDEN);
}

static bool is_lazy_key(struct six_machine *m, six_key key) {
  return key == SIX_ATOM(m, length) || key == SIX_ATOM(m, name) || key == SIX_ATOM(m, prototype) || key == SIX_ATOM(m, arguments) ||
         key == SIX_ATOM(m, caller);
}

static int lazy_get_own(struct six_machine *m, struct six_object *o, six_key key, struct six_descriptor *out) {
  if (is_lazy_key(m, key)) make_lazy_properties(m, o);
  return six_ordinary_get_own(m, o, key, out);
}
static int lazy_define(struct six_machine *m, struct six_object *o, six_key key, const struct six_descriptor *d, bool throws) {
  make_lazy_properties(m, o);
  return six_ordinary_define_own(m, o, key, d, throws);
}
static int lazy_has(struct six_machine *m, struct six_object *o, six_key key) {
  if (is_lazy_key(m, key)) make_lazy_properties(m, o);
  return six_ordinary_has(m, o, key);
}
static int lazy_delete(struct six_machine *m, struct six_object *o, six_key key, bool throws) {
  make_lazy_properties(m, o);
  return six_ordinary_delete(m, o, key, throws);
}
static six_value lazy_get(struct six_machine *m, struct six_object *o, six_key key, six_value receiver) {
  if (is_lazy_key(m, key)) make_lazy_properties(m, o);
  return six_ordinary_get(m, o, key, receiver);
}
static int lazy_set(struct six_machine *m, struct six_object *o, six_key key, six_value v, six_value receiver, bool throws) {
  make_lazy_properties(m, o);
  return six_ordinary_set(m, o, key, v, receiver, throws);
}
static struct six_values *lazy_keys(struct six_machine *m, struct six_object *o) {
  make_lazy_properties(m, o);
  return six_ordinary_keys(m, o);
}

const struct six_exotic six_function_exotic = {
    .get_own = lazy_get_own,
    .define = lazy_define,
    .has = lazy_has,
    .delete_ = lazy_delete,
    .get = lazy_get,
    .set = lazy_set,
    .keys = lazy_keys,
};

// ---- Natives

struct six_object *six_native_new(struct six_machine *m, six_native *native, six_value name, int length, six_value data0, six_value data1) {
  struct six_native_function *f =
      (struct six_native_function *)six_object_new_class(m, SIX_CLASS_NATIVE, sizeof *f, six_intrinsic(m, SIX_I_FunctionPrototype));
  f->native = native;
  f->data[0] = data0;
  f->data[1] = data1;
  f->object.cell.flags |= SIX_OBJECT_CALLABLE;
  six_define(m, &f->object, SIX_ATOM(m, length), six_int(length), SIX_CONFIGURABLE);
  if (six_is_symbol(name)) {
    struct six_builder b = {0};
    six_builder_ascii(m, &b, "[");
    six_builder_string(m, &b, six_as_string(six_as_symbol(name)->description));
    six_builder_ascii(m, &b, "]");
    name = six_builder_finish(m, &b);
  }
  six_define(m, &f->object, SIX_ATOM(m, name), name, SIX_CONFIGURABLE);
  return &f->object;
}

void six_native_mark(struct six_machine *m, struct six_object *o) {
  six_mark_value(m, six_as_native(o)->data[0]);
  six_mark_value(m, six_as_native(o)->data[1]);
}

struct six_object *six_constructor_new(struct six_machine *m, const char *name, six_native *native, int length,
                                       struct six_object *prototype) {
  struct six_object *f = six_native_new(m, native, six_string_value(six_intern_ascii(m, name, true)), length, SIX_UNDEFINED, SIX_UNDEFINED);
  f->cell.flags |= SIX_OBJECT_CONSTRUCTOR;
  if (prototype) {
    six_define(m, f, SIX_ATOM(m, prototype), six_object_value(prototype), 0);
    six_define(m, prototype, SIX_ATOM(m, constructor), six_object_value(f), SIX_HIDDEN);
  }
  return f;
}

static six_key definition_key(struct six_machine *m, const char *name) {
  if (name[0] != '@' || name[1] != '@') return six_key_of_string(m, six_intern_ascii(m, name, true));
#define X(symbol) \
  if (!strcmp(name + 2, #symbol)) return SIX_SYMBOL(m, symbol);
  SIX_SYMBOLS(X)
#undef X
  return six_string_value(six_intern_ascii(m, name, true));
}

void six_define_natives(struct six_machine *m, struct six_object *o, const struct six_native_def *defs, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const struct six_native_def *def = &defs[i];
    six_key key = definition_key(m, def->name);
    six_value lazy = six_tagged(SIX_TAG_LAZY, def);
    uint32_t enumerable = def->flags & SIX_DEF_ENUMERABLE ? SIX_ENUMERABLE : 0;
    if (!(def->flags & (SIX_DEF_GETTER | SIX_DEF_SETTER))) {
      six_define(m, o, key, lazy, SIX_HIDDEN | enumerable);
      continue;
    }
    struct six_descriptor d;
    six_value get = SIX_UNDEFINED, set = SIX_UNDEFINED;
    if (i > 0 && !strcmp(defs[i - 1].name, def->name) && six_get_own_property(m, o, key, &d) > 0) {  // its other half
      get = d.get;
      set = d.set;
    }
    if (def->flags & SIX_DEF_GETTER) get = lazy;
    else set = lazy;
    six_define_accessor(m, o, key, get, set, SIX_CONFIGURABLE | enumerable);
  }
}

six_value six_materialize(struct six_machine *m, six_value *slot) {
  const struct six_native_def *def = six_as_pointer(*slot);
  if (def == &six_stack_def) return six_stack_materialize(m, slot);
  if (!def->native) return *slot = six_object_value(six_intrinsic(m, (enum six_intrinsic_id)def->length));
  six_value name;
  const char *prefix = def->flags & SIX_DEF_GETTER ? "get " : def->flags & SIX_DEF_SETTER ? "set " : "";
  if (*prefix) {
    char text[96];
    if (def->name[0] == '@') snprintf(text, sizeof text, "%s[Symbol.%s]", prefix, def->name + 2);
    else snprintf(text, sizeof text, "%s%s", prefix, def->name);
    name = six_string_value(six_intern_ascii(m, text, true));
  } else {
    name = definition_key(m, def->name);
    if (six_is_int(name)) name = six_key_to_value(m, name);
  }
  struct six_object *f = six_native_new(m, def->native, name, def->length, SIX_UNDEFINED, SIX_UNDEFINED);
  if (def->flags & SIX_DEF_CONSTRUCTOR) f->cell.flags |= SIX_OBJECT_CONSTRUCTOR;
  if (def->flags & SIX_DEF_FRAMELESS) f->cell.flags |= SIX_OBJECT_FRAMELESS;
  return *slot = six_object_value(f);
}

struct six_object *six_prototype_for(struct six_machine *m, const struct six_args *args, struct six_object *fallback) {
  if (!six_is_object(args->new_target)) return fallback;
  struct six_object *target = six_as_object(args->new_target);
  if (target == args->callee) return fallback;
  six_value proto = six_get(m, target, SIX_ATOM(m, prototype));
  if (six_is_exception(proto)) return NULL;
  return six_is_object(proto) ? six_as_object(proto) : fallback;
}

// ---- Calling by name

six_value six_invoke(struct six_machine *m, six_value v, six_key name, int argc, const six_value *argv) {
  six_value f = six_get_v(m, v, name);
  if (six_is_exception(f)) return f;
  if (!six_is_callable(f)) {
    struct six_text text = {0}, receiver = {0};
    six_describe_key(m, name, &text);
    if (six_is_object(v)) six_describe_object(m, six_as_object(v), &receiver);
    else six_describe_value(m, v, &receiver);
    six_throw_type(m, "%s.%s is not a function", receiver.bytes ? receiver.bytes : "", text.bytes ? text.bytes : "");
    six_text_done(&text);
    six_text_done(&receiver);
    return SIX_EXCEPTION;
  }
  return six_call(m, f, v, argc, argv);
}

six_value six_get_method(struct six_machine *m, six_value v, six_key key) {
  six_value f = six_get_v(m, v, key);
  if (six_is_exception(f)) return f;
  if (six_is_nullish(f)) return SIX_UNDEFINED;
  if (six_is_callable(f)) return f;
  struct six_text text = {0};
  six_describe_value(m, f, &text);
  six_throw_type(m, "%s is not a function", text.bytes ? text.bytes : "");
  six_text_done(&text);
  return SIX_EXCEPTION;
}

six_value six_species(struct six_machine *m, struct six_object *o, six_value default_constructor) {
  six_value c = six_get(m, o, SIX_ATOM(m, constructor));
  if (six_is_exception(c) || c == SIX_UNDEFINED) return c == SIX_UNDEFINED ? default_constructor : c;
  if (!six_is_object(c)) return six_throw_type(m, "The .constructor property is not an object");
  six_value s = six_get(m, six_as_object(c), SIX_SYMBOL(m, species));
  if (six_is_exception(s)) return s;
  if (six_is_nullish(s)) return default_constructor;
  if (six_is_constructor(s)) return s;
  return six_throw_type(m, "object.constructor[Symbol.species] is not a constructor");
}

// ---- What others ask of a function

struct six_string *six_function_name(struct six_machine *m, struct six_object *function) {
  if (function->cell.class_ == SIX_CLASS_FUNCTION && (function->cell.flags & SIX_OBJECT_EXOTIC)) {
    return six_as_string(((struct six_function *)function)->code->name);
  }
  six_value *slot = function->cell.class_ == SIX_CLASS_PROXY ? NULL : six_own_slot(m, function, SIX_ATOM(m, name));
  return six_string_flat(m, six_as_string(slot && six_is_string(*slot) ? *slot : SIX_ATOM(m, empty)));
}

bool six_function_location(struct six_machine *m, six_value function, uint32_t *unit, struct six_span *span) {
  (void)m;
  while (six_is_class(function, SIX_CLASS_BOUND)) function = ((struct six_bound *)six_as_object(function))->target;
  if (!six_is_class(function, SIX_CLASS_FUNCTION)) return false;
  const struct six_code *code = ((struct six_function *)six_as_object(function))->code;
  *unit = code->unit;
  *span = code->span;
  return true;
}

six_value six_function_source(struct six_machine *m, six_value function) {
  if (!six_is_class(function, SIX_CLASS_FUNCTION)) return SIX_UNDEFINED;
  const struct six_code *code = ((struct six_function *)six_as_object(function))->code;
  const struct six_source *source = &m->units[code->unit].program->source;
  return six_string_value(six_string_utf8(m, source->bytes + code->span.start, code->span.end - code->span.start));
}

struct six_object *six_iter_result(struct six_machine *m, six_value value, bool done) {
  struct six_object *o = six_object_new_shaped(m, m->object_shape, 2);
  six_define(m, o, SIX_ATOM(m, value), value, SIX_DATA_ALL);
  six_define(m, o, SIX_ATOM(m, done), six_boolean(done), SIX_DATA_ALL);
  return o;
}

// ---- The iteration protocol for natives

bool six_iterator_open(struct six_machine *m, six_value iterable, struct six_iterator *it) {
  six_value registers[3];
  *it = (struct six_iterator){.iterator = SIX_UNDEFINED, .next = SIX_UNDEFINED};
  if (!six_step_open_iterator(m, registers, iterable, NULL, SIX_ITERATES_VALUE)) return false;
  it->iterator = registers[0];
  it->next = registers[1];
  six_root(m, it->iterator);
  if (six_is_int(it->next)) it->array = six_as_object(it->iterator);
  else six_root(m, it->next);
  return true;
}

int six_iterator_step(struct six_machine *m, struct six_iterator *it, six_value *value) {
  if (it->done) return 0;
  six_value registers[3] = {it->iterator, it->array ? six_int((int32_t)it->index) : it->next, SIX_FALSE};
  int r = six_step_next(m, registers, value);
  if (it->array) it->index = (uint32_t)six_as_int(registers[1]);
  if (r <= 0) it->done = true;
  return r;
}

void six_iterator_close(struct six_machine *m, struct six_iterator *it) {
  if (it->done || it->array || m->stop) return;
  it->done = true;
  six_value pending = m->exception;
  six_root(m, pending);
  six_value method = six_get_method(m, it->iterator, SIX_ATOM(m, return_));
  if (six_is_callable(method)) six_call(m, method, it->iterator, 0, NULL);
  m->exception = pending;
}

int six_iterator_close_normal(struct six_machine *m, struct six_iterator *it) {
  six_value registers[3] = {it->iterator, it->array ? six_int(0) : it->next, it->done ? SIX_TRUE : SIX_FALSE};
  it->done = true;
  return six_step_close(m, registers) ? 0 : -1;
}
