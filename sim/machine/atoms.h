// machine: the names that C code uses as property keys. One list; add freely, in alphabetical order.
#ifndef SIX_MACHINE_ATOMS_H
#define SIX_MACHINE_ATOMS_H

// clang-format off
#define SIX_ATOMS(X) \
  X(AggregateError) X(Array) X(Boolean) X(Error) X(Function) X(Infinity) X(NaN) X(Number) X(Object) X(RegExp) X(String) X(Symbol) \
  X(_events) X(_eventsCount) X(_maxListeners) X(__dirname) X(__filename) X(__proto__) X(aggregate) X(arguments) X(apply) X(argv) X(async) X(bigint) X(boolean) X(bound) X(call) X(callee) X(caller) \
  X(cause) X(code) X(column) X(configurable) X(constructor) X(description) X(done) X(dotAll) X(enumerable) X(emit) X(env) X(error) \
  X(errors) X(exec) X(exports) X(flags) X(function) X(get) X(global) X(globalThis) X(groups) X(hasIndices) X(ignoreCase) \
  X(includes) X(index) X(indices) X(input) X(join) X(keys) X(lastIndex) X(length) X(line) X(listener) X(map) X(message) X(module) X(multiline) \
  X(name) X(newListener) X(next) X(number) X(object) X(options) X(ownKeys) X(prototype) X(proxy) X(raw) X(reason) X(reject) X(require) X(resolve) \
  X(removeListener) X(revoke) X(set) X(size) X(source) X(stack) X(status) X(sticky) X(string) X(symbol) X(then) X(toJSON) X(toString) \
  X(throw_) X(return_) X(default_) X(undefined) X(unicode) X(unicodeSets) X(value) X(valueOf) X(values) X(writable) X(add) X(has) X(of) X(from) \
  X(null_) X(true_) X(false_) X(this_) X(catch_) X(finally_) X(anonymous) X(empty) X(zero)
// clang-format on

// clang-format off
#define SIX_SYMBOLS(X) \
  X(asyncIterator) X(hasInstance) X(isConcatSpreadable) X(iterator) X(match) X(matchAll) X(replace) X(search) X(species) \
  X(split) X(toPrimitive) X(toStringTag) X(unscopables) X(dispose) X(asyncDispose) \
  X(rawJSON) /* private: of what JSON.rawJSON made */ \
  X(errorFrames) /* private: the frames of an error whose stack nobody has read yet */
// clang-format on

enum six_atom {
#define X(name) SIX_ATOM_##name,
  SIX_ATOMS(X)
#undef X
      SIX_ATOM_COUNT
};

enum six_well_known_symbol {
#define X(name) SIX_SYMBOL_##name,
  SIX_SYMBOLS(X)
#undef X
      SIX_SYMBOL_COUNT
};

#endif
