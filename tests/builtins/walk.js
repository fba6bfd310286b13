// Prints a line for each built-in object that can be reached from the globals of the language: its own properties in order, with
// their attributes (w, e, c), accessors (G, S), lengths and names of functions. The first line is the globals themselves.
'use strict';
var names = ['Object', 'Function', 'Array', 'Number', 'parseFloat', 'parseInt', 'Infinity', 'NaN', 'undefined', 'Boolean', 'String', 'Symbol', 'Date', 'Promise',
  'RegExp', 'Error', 'AggregateError', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError', 'SuppressedError', 'globalThis', 'JSON',
  'Math', 'Intl', 'ArrayBuffer', 'Atomics', 'Uint8Array', 'Int8Array', 'Uint16Array', 'Int16Array', 'Uint32Array', 'Int32Array', 'Float16Array', 'Float32Array',
  'Float64Array', 'Uint8ClampedArray', 'BigUint64Array', 'BigInt64Array', 'DataView', 'Map', 'BigInt', 'Set', 'Iterator', 'WeakMap', 'WeakSet', 'WeakRef', 'Proxy',
  'Reflect', 'FinalizationRegistry', 'SharedArrayBuffer', 'decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'escape', 'unescape', 'eval',
  'isFinite', 'isNaN', 'DisposableStack', 'AsyncDisposableStack', 'WebAssembly', 'Temporal'];
// Two that sixphase does not have, and Intl, of which it has only what is common.
var unsupported = ['WebAssembly', 'Temporal', 'Intl'];
var seen = new Map();
function nameOf(key) { return typeof key === 'symbol' ? '@@' + String(key).replace(/^Symbol\((Symbol\.)?(.*)\)$/, '$2') : key; }
function describe(o, key) {
  var d = Object.getOwnPropertyDescriptor(o, key), s = nameOf(key) + ':' + (d.writable ? 'w' : '') + (d.enumerable ? 'e' : '') + (d.configurable ? 'c' : '');
  if (d.get || d.set) return s + (d.get ? 'G' : '') + (d.set ? 'S' : '');
  if (typeof d.value === 'function') return s + 'f' + d.value.length + (d.value.name !== nameOf(key) ? '=' + d.value.name : '');
  return typeof d.value === 'object' && d.value ? s + 'o' : s;
}
function isPlain(f) { return typeof f === 'function' && Reflect.ownKeys(f).every(function (key) { return key === 'length' || key === 'name'; }); }
function walk(path, o) {
  if (seen.has(o)) return;
  seen.set(o, path);
  var keys = Reflect.ownKeys(o);
  console.log(path + ' ' + keys.map(function (key) { return describe(o, key); }).join(' '));
  keys.forEach(function (key) {
    if (key === 'caller' || key === 'arguments' || key === 'callee') return;
    var d = Object.getOwnPropertyDescriptor(o, key);
    [d.value, d.get, d.set].forEach(function (v, i) {
      if (v && (typeof v === 'object' || typeof v === 'function') && !isPlain(v)) walk(path + '.' + ['', 'get_', 'set_'][i] + nameOf(key), v);
    });
  });
  var proto = Object.getPrototypeOf(o);
  if (proto) walk(path + '.__proto__', proto);
}
var all = Object.getOwnPropertyNames(globalThis_());
function globalThis_() { return Function('return this')(); }
console.log('global ' + all.filter(function (name) { return names.indexOf(name) >= 0 && name !== 'WebAssembly' && name !== 'Temporal'; }).join(' '));
names.forEach(function (name) {
  if (all.indexOf(name) < 0 || unsupported.indexOf(name) >= 0) return;
  var v = globalThis_()[name];
  if (v && typeof v !== 'number' && v !== globalThis_()) walk(name, v);
});
[['GeneratorFunction.prototype', '(function* () {}).__proto__'], ['AsyncFunction.prototype', '(async function () {}).__proto__'],
  ['AsyncGeneratorFunction.prototype', '(async function* () {}).__proto__'], ['ArrayIteratorPrototype', '[][Symbol.iterator]().__proto__'],
  ['StringIteratorPrototype', '""[Symbol.iterator]().__proto__'], ['MapIteratorPrototype', 'new Map().entries().__proto__'],
  ['SetIteratorPrototype', 'new Set().values().__proto__'], ['RegExpStringIteratorPrototype', '"".matchAll(/a/g).__proto__'],
  ['IteratorHelperPrototype', '[].values().map(x => x).__proto__'], ['WrapIteratorPrototype', 'Iterator.from({next() {}}).__proto__'],
  ['function', 'function f() {}; f'], ['strict', '"use strict"; (function f() {})'], ['arrow', '() => {}'], ['method', '({m() {}}).m'], ['class', '(class A {})'],
  ['async', '(async () => {})'], ['generator', '(function* () {})'], ['bound', '(function f() {}).bind()'], ['anonymous', '(function () {})'],
  ['arguments', '(function () { return arguments })(1)'], ['strictArguments', '(function () { "use strict"; return arguments })(1)'], ['error', 'new Error("x")'],
  ['regexp', '/a/'], ['match', '/a/.exec("a")'], ['indices', 'new RegExp("a", "d").exec("a")'], ['aggregate', 'new AggregateError([], "x")'], ['template', '(x => x)`a`'],
  ['anonymousClass', '(class {})'], ['staticName', '(class { static name() {} })'], ['staticClass', '(class A { static x() {} static y() {} })'],
].forEach(function (pair) {
  var v;
  try { v = (0, eval)(pair[1]); } catch (e) { return; }
  walk(pair[0], v);
});
