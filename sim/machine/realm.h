// machine: the realm. Intrinsic objects, made group by group when first asked for.
#ifndef SIX_MACHINE_REALM_H
#define SIX_MACHINE_REALM_H

#include "sim/machine/function.h"

// A group is one init function, six_init_<group>(m), that fills its intrinsics: m->intrinsics[SIX_I_X] = object.
// G(group). Each is in sim/machine/builtins/<group>.c (several groups may share a file).
// clang-format off
#define SIX_GROUPS(G) \
  G(object) G(function) G(error) G(array) G(iterator) G(string) G(number) G(boolean) G(symbol) G(bigint) G(math) G(json) G(reflect) G(map) G(set) \
  G(weak) G(date) G(regexp) G(promise) G(generator) G(proxy) G(typed_array) G(intl) G(disposable) G(atomics) G(global)
// clang-format on

// I(name, group)
// clang-format off
#define SIX_INTRINSICS(I) \
  I(ObjectPrototype, object) I(Object, object) \
  I(FunctionPrototype, function) I(Function, function) I(ThrowTypeError, function) \
  I(ErrorPrototype, error) I(Error, error) I(TypeErrorPrototype, error) I(TypeError, error) I(RangeErrorPrototype, error) I(RangeError, error) \
  I(SyntaxErrorPrototype, error) I(SyntaxError, error) I(ReferenceErrorPrototype, error) I(ReferenceError, error) \
  I(EvalErrorPrototype, error) I(EvalError, error) I(URIErrorPrototype, error) I(URIError, error) \
  I(AggregateErrorPrototype, error) I(AggregateError, error) I(SuppressedErrorPrototype, error) I(SuppressedError, error) \
  I(ArrayPrototype, array) I(Array, array) I(ArrayIteratorPrototype, array) I(ArrayValues, array) \
  I(IteratorPrototype, iterator) I(AsyncIteratorPrototype, iterator) I(Iterator, iterator) I(WrapIteratorPrototype, iterator) I(IteratorHelperPrototype, iterator) \
  I(StringPrototype, string) I(String, string) I(StringIteratorPrototype, string) \
  I(NumberPrototype, number) I(Number, number) I(ParseInt, number) I(ParseFloat, number) I(BooleanPrototype, boolean) I(Boolean, boolean) \
  I(SymbolPrototype, symbol) I(Symbol, symbol) I(BigIntPrototype, bigint) I(BigInt, bigint) \
  I(Math, math) I(JSON, json) I(Reflect, reflect) \
  I(MapPrototype, map) I(Map, map) I(MapIteratorPrototype, map) I(SetPrototype, set) I(Set, set) I(SetIteratorPrototype, set) \
  I(WeakMapPrototype, weak) I(WeakMap, weak) I(WeakSetPrototype, weak) I(WeakSet, weak) I(WeakRefPrototype, weak) I(WeakRef, weak) \
  I(FinalizationRegistryPrototype, weak) I(FinalizationRegistry, weak) \
  I(DatePrototype, date) I(Date, date) I(RegExpPrototype, regexp) I(RegExp, regexp) I(RegExpStringIteratorPrototype, regexp) \
  I(PromisePrototype, promise) I(Promise, promise) I(PromiseThen, promise) I(PromiseResolve, promise) \
  I(GeneratorFunctionPrototype, generator) I(GeneratorFunction, generator) I(GeneratorPrototype, generator) \
  I(AsyncFunctionPrototype, generator) I(AsyncFunction, generator) \
  I(AsyncGeneratorFunctionPrototype, generator) I(AsyncGeneratorFunction, generator) I(AsyncGeneratorPrototype, generator) \
  I(AsyncFromSyncIteratorPrototype, generator) \
  I(Proxy, proxy) \
  I(ArrayBufferPrototype, typed_array) I(ArrayBuffer, typed_array) I(TypedArrayPrototype, typed_array) I(TypedArray, typed_array) \
  I(Int8Array, typed_array) I(Uint8Array, typed_array) I(Uint8ClampedArray, typed_array) I(Int16Array, typed_array) I(Uint16Array, typed_array) \
  I(Int32Array, typed_array) I(Uint32Array, typed_array) I(Float16Array, typed_array) I(Float32Array, typed_array) I(Float64Array, typed_array) \
  I(BigInt64Array, typed_array) I(BigUint64Array, typed_array) I(DataView, typed_array) \
  I(DisposableStackPrototype, disposable) I(DisposableStack, disposable) I(AsyncDisposableStackPrototype, disposable) \
  I(AsyncDisposableStack, disposable) I(SharedArrayBufferPrototype, atomics) I(SharedArrayBuffer, atomics) I(Atomics, atomics) \
  I(Intl, intl) I(Global, global)
// clang-format on

enum six_intrinsic_id {
#define I(name, group) SIX_I_##name,
  SIX_INTRINSICS(I)
#undef I
      SIX_I_COUNT
};

#define G(group) void six_init_##group(struct six_machine *m);
SIX_GROUPS(G)
#undef G

// The intrinsic, making its group first if needed.
struct six_object *six_intrinsic_slow(struct six_machine *m, enum six_intrinsic_id id);

// Takes from a built-in object what the simulated major lacks, and puts the rest in its order (sim/rules/names.h).
void six_arrange(struct six_machine *m, struct six_object *o, const char *name);

// Turns a lazy slot (SIX_TAG_LAZY) into its function, in place; returns it.
six_value six_materialize(struct six_machine *m, six_value *slot);

#endif
