// machine: Symbol (ECMA-262 20.4).
#include "sim/machine/builtins/builtin.h"

static six_value symbol_constructor(struct six_machine *m, const struct six_args *a) {
  if (!six_is_undefined(a->new_target)) return six_throw_type(m, "Symbol is not a constructor");
  six_value description = six_arg(a, 0);
  if (!six_is_undefined(description)) description = six_to_string_value(m, description);
  return six_is_exception(description) ? description : six_symbol_value(six_symbol_new(m, description));
}

static six_value symbol_for(struct six_machine *m, const struct six_args *a) {
  struct six_string *s = six_to_string(m, six_arg(a, 0));
  if (!s) return SIX_EXCEPTION;
  six_value key = six_string_value(six_intern(m, s));
  if (!m->symbol_registry) m->symbol_registry = six_values_new(m, 16);
  struct six_values *registry = m->symbol_registry;
  for (uint32_t i = 0; i + 1 < registry->count; i += 2) {
    if (registry->items[i] == key) return registry->items[i + 1];
  }
  struct six_symbol *symbol = six_symbol_new(m, key);
  symbol->is_registered = true;
  six_values_push(m, &m->symbol_registry, key);
  six_values_push(m, &m->symbol_registry, six_symbol_value(symbol));
  return six_symbol_value(symbol);
}

static six_value symbol_key_for(struct six_machine *m, const struct six_args *a) {
  six_value v = six_arg(a, 0);
  if (!six_is_symbol(v)) return six_throw_type_about(m, "", v, " is not a symbol");
  return six_as_symbol(v)->is_registered ? six_as_symbol(v)->description : SIX_UNDEFINED;
}

// thisSymbolValue (20.4.3): SIX_EXCEPTION and a TypeError for others.
static six_value this_symbol(struct six_machine *m, const struct six_args *a, const char *method) {
  if (six_is_symbol(a->this_value)) return a->this_value;
  if (six_is_class(a->this_value, SIX_CLASS_SYMBOL)) return ((struct six_boxed *)six_as_object(a->this_value))->value;
  return six_throw_type(m, "%s requires that 'this' be a Symbol", method);
}

static six_value symbol_to_string(struct six_machine *m, const struct six_args *a) {
  six_value symbol = this_symbol(m, a, "Symbol.prototype.toString");
  if (six_is_exception(symbol)) return symbol;
  six_value description = six_as_symbol(symbol)->description;
  struct six_builder b = {0};
  six_builder_ascii(m, &b, "Symbol(");
  if (six_is_string(description)) six_builder_string(m, &b, six_as_string(description));
  six_builder_ascii(m, &b, ")");
  return six_builder_finish(m, &b);
}

static six_value symbol_value_of(struct six_machine *m, const struct six_args *a) { return this_symbol(m, a, "Symbol.prototype.valueOf"); }

static six_value symbol_to_primitive(struct six_machine *m, const struct six_args *a) {
  return this_symbol(m, a, "Symbol.prototype [ @@toPrimitive ]");
}

static six_value symbol_description(struct six_machine *m, const struct six_args *a) {
  six_value symbol = this_symbol(m, a, "Symbol.prototype.description");
  return six_is_exception(symbol) ? symbol : six_as_symbol(symbol)->description;
}

static const struct six_native_def statics[] = {
    {"for", symbol_for, 1, 0},
    {"keyFor", symbol_key_for, 1, 0},
};

static const struct six_native_def methods[] = {
    {"toString", symbol_to_string, 0, 0},
    {"valueOf", symbol_value_of, 0, 0},
    {"description", symbol_description, 0, SIX_DEF_GETTER},
};

static void define_fixed(struct six_machine *m, struct six_object *o, const char *name, six_value v) {
  six_define(m, o, six_string_value(six_intern_ascii(m, name, true)), v, 0);
}

void six_init_symbol(struct six_machine *m) {
  static const char *const names[] = {
#define X(name) #name,
      SIX_SYMBOLS(X)
#undef X
  };
  struct six_object *proto = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  m->intrinsics[SIX_I_SymbolPrototype] = proto;
  struct six_object *constructor = six_constructor_new(m, "Symbol", symbol_constructor, 0, proto);
  m->intrinsics[SIX_I_Symbol] = constructor;
  six_define_natives(m, constructor, statics, SIX_COUNT(statics));
  for (size_t i = 0; i < SIX_COUNT(names); i++) {
    if (m->symbols[i] != SIX_SYMBOL(m, errorFrames)) define_fixed(m, constructor, names[i], m->symbols[i]);
  }
  six_define_natives(m, proto, methods, SIX_COUNT(methods));
  struct six_object *to_primitive = six_native_new(m, symbol_to_primitive, SIX_SYMBOL(m, toPrimitive), 1, SIX_UNDEFINED, SIX_UNDEFINED);
  six_define(m, proto, SIX_SYMBOL(m, toPrimitive), six_object_value(to_primitive), SIX_CONFIGURABLE);
  six_define_tag(m, proto, "Symbol");
}
