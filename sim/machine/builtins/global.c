// machine: the global object (ECMA-262 19). What it holds is made when first read.
#include "sim/machine/builtins/builtin.h"
#include "sim/machine/eval.h"
#include "sim/machine/uri.h"

static six_value global_is_nan(struct six_machine *m, const struct six_args *a) {
  double d;
  return six_to_number(m, six_arg(a, 0), &d) ? six_boolean(isnan(d)) : SIX_EXCEPTION;
}

static six_value global_is_finite(struct six_machine *m, const struct six_args *a) {
  double d;
  return six_to_number(m, six_arg(a, 0), &d) ? six_boolean(isfinite(d)) : SIX_EXCEPTION;
}

six_value six_global_eval(struct six_machine *m, const struct six_args *a) {
  six_value text = six_arg(a, 0);
  return six_is_string(text) ? six_eval(m, six_as_string(text), NULL, SIX_UNDEFINED) : text;
}

#define ROW(name) \
  { #name, NULL, (uint8_t)SIX_I_##name, 0 }

_Static_assert(SIX_I_COUNT <= 256, "an intrinsic's id is kept in a row's length");

// Rows without a native name an intrinsic object.
static const struct six_native_def names[] = {
    ROW(Object),
    ROW(Function),
    ROW(Array),
    ROW(Number),
    {"parseFloat", NULL, (uint8_t)SIX_I_ParseFloat, 0},
    {"parseInt", NULL, (uint8_t)SIX_I_ParseInt, 0},
    ROW(Boolean),
    ROW(String),
    ROW(Symbol),
    ROW(Date),
    ROW(Promise),
    ROW(RegExp),
    ROW(Error),
    ROW(AggregateError),
    ROW(SuppressedError),
    ROW(DisposableStack),
    ROW(AsyncDisposableStack),
    ROW(EvalError),
    ROW(RangeError),
    ROW(ReferenceError),
    ROW(SyntaxError),
    ROW(TypeError),
    ROW(URIError),
    ROW(JSON),
    ROW(Math),
    ROW(Intl),
    ROW(ArrayBuffer),
    ROW(SharedArrayBuffer),
    ROW(Atomics),
    ROW(Uint8Array),
    ROW(Int8Array),
    ROW(Uint16Array),
    ROW(Int16Array),
    ROW(Uint32Array),
    ROW(Int32Array),
    ROW(Float16Array),
    ROW(Float32Array),
    ROW(Float64Array),
    ROW(Uint8ClampedArray),
    ROW(BigUint64Array),
    ROW(BigInt64Array),
    ROW(DataView),
    ROW(Map),
    ROW(BigInt),
    ROW(Set),
    ROW(Iterator),
    ROW(WeakMap),
    ROW(WeakSet),
    ROW(Proxy),
    ROW(Reflect),
    ROW(FinalizationRegistry),
    ROW(WeakRef),
    {"eval", six_global_eval, 1, 0},
    {"isFinite", global_is_finite, 1, 0},
    {"isNaN", global_is_nan, 1, 0},
};

void six_init_global(struct six_machine *m) {
  struct six_object *global = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  m->intrinsics[SIX_I_Global] = global;
  six_define_natives(m, global, names, SIX_COUNT(names));
  six_define_natives(m, global, six_uri_natives, SIX_URI_NATIVES);
  six_define(m, global, SIX_ATOM(m, globalThis), six_object_value(global), SIX_HIDDEN);
  six_define(m, global, SIX_ATOM(m, Infinity), six_double(INFINITY), 0);
  six_define(m, global, SIX_ATOM(m, NaN), SIX_NAN, 0);
  six_define(m, global, SIX_ATOM(m, undefined), SIX_UNDEFINED, 0);
}
