// Prints a JavaScript program that inspects random values: node gen.mjs SEED COUNT [without...] > program.js
// Run it with Node and with sixphase; the outputs must be the same. `without` names kinds to leave out (typed, date, ...).
const [seedText = '1', countText = '100', ...without] = process.argv.slice(2);
let state = (Number(seedText) * 2654435761) >>> 0 || 1;

function random() {
  state ^= state << 13;
  state >>>= 0;
  state ^= state >>> 17;
  state ^= state << 5;
  state >>>= 0;
  return state / 4294967296;
}
const below = (n) => Math.floor(random() * n);
const pick = (list) => list[below(list.length)];
const chance = (p) => random() < p;
const many = (most, make) => Array.from({ length: below(most + 1) }, make);
const has = (kind) => !without.includes(kind);

const words = ['a', 'b', 'name', 'id', 'value', 'fooBar', '_x', '$y', 'with space', '0', '1', '42', '-1', 'x-y', 'é', '日本', '', 'a\'b', 'constructor', '__proto__', 'length', 'key"quote', '\n'];
const texts = ['', 'a', 'hello', 'it\'s', 'say "hi"', 'both \' and "', 'all \' " `', '${x}\'"', 'line\nbreak', 'tab\t', '\\', '\x00\x1f\x7f\x9b', 'é', '日本語', '😀', '\ud800', '\udc00x',
  'lorem ipsum dolor sit amet, consectetur adipiscing elit', 'first line of some length\nsecond line of some length\nthird line of some length\n', 'x'.repeat(90), 'word '.repeat(30)];
const numbers = ['0', '-0', '1', '-1', '42', '3.14', '1e21', '1e-7', 'NaN', 'Infinity', '-Infinity', '123456789', '1234567.891', '0.1', '2147483648', '4294967296', '-1234.5678'];

let plain = 0; // keys that mean nothing to errors
const key = () => {
  const k = plain ? `${pick(words)}_` : pick(words);
  return chance(0.08) ? `[Symbol(${JSON.stringify(k)})]` : /^[a-z_$][\w$]*$/i.test(k) && k !== '__proto__' ? k : `[${JSON.stringify(k)}]`;
};

function primitive() {
  switch (below(9)) {
    case 0: case 1: return JSON.stringify(pick(texts));
    case 2: case 3: return pick(numbers);
    case 4: return pick(['true', 'false']);
    case 5: return pick(['null', 'undefined']);
    case 6: return chance(0.5) ? `Symbol(${JSON.stringify(pick(words))})` : 'Symbol()';
    case 7: return has('bigint') ? pick(['0n', '12345678901234567890n', '-5n']) : '7';
    default: return String(below(1000));
  }
}

function member(depth) {
  switch (below(14)) {
    case 0: return `get ${key()}() { return ${value(depth - 1)}; }`;
    case 1: return `set ${key()}(v) {}`;
    case 2: { const k = key(); return `get ${k}() { return ${value(depth - 1)}; }, set ${k}(v) {}`; }
    case 3: return `${key()}() {}`;
    default: return `${key()}: ${value(depth - 1)}`;
  }
}

const object = (depth) => `{ ${many(depth > 0 ? 6 : 2, () => member(depth)).join(', ')} }`;
const list = (depth, most = 6) => many(most, () => (chance(0.07) ? '' : value(depth - 1))).join(', ');

function array(depth) {
  switch (below(9)) {
    case 0: return `Array.from({ length: ${below(130)} }, (_, i) => i${pick(['', ' * 7', ' % 3', ' / 4', ' - 50', ' + 0.5'])})`;
    case 1: return `Array.from({ length: ${below(40)} }, (_, i) => ${pick(['"item" + i', '"x".repeat(i % 9)', 'i % 2 ? i : "s" + i', '[i]', '{ i }', 'i % 5 ? i : undefined', '"日本".repeat(i % 3)', 'String(i * i * i)'])})`;
    case 2: return `Object.assign([${list(depth)}], ${object(depth - 1)})`;
    case 3: return `(() => { const a = [${list(depth)}]; a[${below(200)}] = ${value(depth - 1)}; return a; })()`;
    case 4: return `Array(${below(9)})`;
    case 5: return `Array.from({ length: ${7 + below(30)} }, (_, i) => ${primitive()})`;
    default: return `[${list(depth, 9)}]`;
  }
}

function collection(depth) {
  const pairs = () => `[${many(5, () => `[${value(depth - 1)}, ${value(depth - 1)}]`).join(', ')}]`;
  switch (below(8)) {
    case 0: return `new Map(${pairs()})`;
    case 1: return `new Set([${many(6, () => value(depth - 1)).join(', ')}])`;
    case 2: return `new Map(${pairs()}).${pick(['keys', 'values', 'entries'])}()`;
    case 3: return `new Set([${many(6, () => value(depth - 1)).join(', ')}]).${pick(['values', 'entries'])}()`;
    case 4: return `Object.assign(new Map(${pairs()}), ${object(depth - 1)})`;
    case 5: return pick(['new WeakMap()', 'new WeakSet()', '[1, 2][Symbol.iterator]()', '"ab"[Symbol.iterator]()', 'new WeakRef({})']);
    case 6: return `new (class ${pick(['Foo', 'Bar'])} extends ${pick(['Map', 'Set', 'Array'])} {})()`;
    default: return `new Set(Array.from({ length: ${below(130)} }, (_, i) => i))`;
  }
}

function fn() {
  const made = pick(['() => {}', 'function foo() {}', 'function () {}', 'async () => {}', 'async function bar() {}', 'function* gen() {}', 'async function* agen() {}',
    'class A {}', 'class extends Array {}', 'class B extends (class Base {}) {}', 'class C extends null {}', 'Math.max', 'parseInt', ...(has('builtins') ? ['Map', 'Symbol', 'Array'] : []), '(function () {}).bind(null)', '(class { static x = 1 })',
    '(class D { static name = "other" })', '(class E { static [Symbol.toStringTag] = "T" })', 'Object.setPrototypeOf(function np() {}, null)', 'Object.setPrototypeOf(class NP {}, null)']);
  return chance(0.25) ? `Object.assign(${made}, ${object(0)})` : `(${made})`;
}

function instance(depth) {
  const fields = many(3, () => `${pick(['x', 'y', 'z', '"a b"'])} = ${value(depth - 1)};`).join(' ');
  const extra = pick(['', '', '', 'get [Symbol.toStringTag]() { return "Tag"; }', 'static s = 1;', '#p = 1;', 'get g() { return 1; }', '[Symbol.toStringTag] = "Own";']);
  const parent = pick(['', '', '', ' extends Object', ' extends (class Base {})', ' extends Array', ' extends Map', ' extends Error', ' extends Promise']);
  const args = parent === ' extends Promise' ? '() => {}' : '';
  return `new (class ${pick(['Foo', 'Point', 'MyClass', ''])}${parent} { ${fields} ${extra} })(${args})`;
}

function custom(depth) {
  return pick([
    () => `{ [custom](depth, options) { return ${JSON.stringify(pick(texts))}; } }`,
    () => `{ [custom](depth, options) { return ${value(depth - 1)}; } }`,
    () => `{ [custom](depth, options, inspect) { return 'C<' + inspect(${value(depth - 1)}, options) + '>'; } }`,
    () => `{ [custom](depth, options) { return 'depth ' + depth + ' ' + options.depth + ' ' + options.compact; } }`,
    () => `{ a: 1, [custom]() { return this; } }`,
    () => `{ [custom](depth, options) { return options.stylize('styled', 'special'); } }`,
  ])();
}

function error(depth) {
  const kind = pick(['Error', 'TypeError', 'RangeError', 'SyntaxError']);
  const message = JSON.stringify(pick(texts));
  const base = `noStack(new ${kind}(${message}${chance(0.25) ? `, { cause: ${value(depth - 1)} }` : ''}))`;
  switch (below(9)) {
    case 0: {
      plain++;
      const extra = object(depth - 1);
      plain--;
      return `Object.assign(${base}, ${extra})`;
    }
    case 1: return `Object.assign(${base}, { name: ${JSON.stringify(pick(['Foo', 'FooError', 'Error', '']))} })`;
    case 2: return `noStack(new AggregateError([${many(3, () => value(depth - 1)).join(', ')}], ${message}))`;
    case 3: return `noStack(new (class ${pick(['MyError', 'Oops', 'Error2'])} extends ${kind} { ${pick(['', 'code = 1;', 'name = "N";', 'get [Symbol.toStringTag]() { return "Tag"; }'])} })(${message}))`;
    case 4: return `Object.setPrototypeOf(noStack(new Error(${message})), null)`;
    case 5: return `Object.assign(${base}, { stack: ${JSON.stringify(pick(['custom', 'Error: x\n    at foo (file.js:1:2)', 'TypeError: x\n    at a\n    at b\n    at c', '']))} })`;
    case 6: return `Object.assign(${base}, { message: ${message}, code: 'E_X' })`;
    default: return base;
  }
}

function other(depth) {
  return pick([
    () => `Object.assign(Object.create(null), ${object(depth)})`,
    () => `Object.create(Object.create(null))`,
    () => `Object.create({ inherited: 1 }, { hidden: { value: ${value(depth - 1)} }, shown: { value: 1, enumerable: true } })`,
    () => `new ${pick(['Number(3)', 'Number(-0)', 'String("abc")', 'Boolean(false)'])}`,
    () => `Object.assign(new String("xy"), ${object(depth - 1)})`,
    () => `Object(Symbol("boxed"))`,
    () => `(function () { return arguments; })(${many(3, () => value(depth - 1)).join(', ')})`,
    () => `Promise.resolve(${value(depth - 1)})`,
    () => `new Promise(() => {})`,
    () => `handled(Promise.reject(${value(depth - 1)}))`,
    () => `new Proxy(${object(depth - 1)}, {})`,
    () => `new Proxy([${list(depth - 1)}], {})`,
    () => `new Proxy(function p() {}, {})`,
    () => `(function* g() {})()`,
    () => `(async function* g() {})()`,
    () => `(() => { const o = ${object(depth - 1)}; o.self = o; o.list = [o, { o }]; return o; })()`,
    () => `(() => { const a = [${list(depth - 1)}]; a.push(a); const b = { a }; a.push(b); return b; })()`,
    () => `(() => { const m = new Map(); m.set('m', m); m.set(m, 1); return m; })()`,
    () => pick(!has('builtins') ? ['1'] : ['Math', 'JSON', 'Reflect', 'Object.prototype', 'Array.prototype', 'Function.prototype', 'Map.prototype', 'Symbol.prototype', 'Error.prototype', 'Promise.prototype']),
    () => (has('bigint') ? 'Object(5n)' : '1'),
    () => (has('regexp') ? pick(['/a+b/gi', 'Object.assign(/x/, { a: 1 })', 'new RegExp("/")', 'new (class R extends RegExp {})("q", "y")']) : '1'),
    () => (has('date') ? pick(['new Date(0)', 'new Date(NaN)', 'new Date(1e12)', 'new Date(-1e14)', 'Object.assign(new Date(86400000), { a: 1 })', 'new Date(8.64e15)', 'new (class D extends Date {})(5)']) : '1'),
    () => (has('typed') ? `new ${pick(['Uint8Array', 'Int16Array', 'Float64Array', 'Uint8ClampedArray', 'Float32Array'])}(${pick(['0', '3', '[1, 2, 3]', '20', '120'])})` : '1'),
    () => (has('typed') ? pick(['new ArrayBuffer(4)', 'new DataView(new ArrayBuffer(3))', 'new ArrayBuffer(200)', 'new BigInt64Array(2)', 'Object.assign(new Uint8Array(2), { a: 1 })', 'Object.assign(new ArrayBuffer(1), { z: 1 })']) : '1'),
  ])();
}

function value(depth) {
  if (depth <= 0 || chance(0.3)) return primitive();
  const kind = below(20);
  if (kind < 6) return `(${object(depth)})`;
  if (kind < 10) return array(depth);
  if (kind < 12) return collection(depth);
  if (kind < 13) return fn();
  if (kind < 15) return instance(depth);
  if (kind < 16) return `(${custom(depth)})`;
  if (kind < 18) return error(depth);
  return other(depth);
}

function options() {
  if (chance(0.5)) return '';
  const given = [];
  const add = (name, ...values) => chance(0.22) && given.push(`${name}: ${pick(values)}`);
  add('depth', '0', '1', '3', '5', 'null', 'Infinity', '-1');
  add('colors', 'true');
  add('compact', 'true', 'false', '0', '1', '2', '5');
  add('breakLength', '20', '40', '60', '120', 'Infinity', '200');
  add('sorted', 'true', '(a, b) => (a < b ? 1 : -1)');
  add('getters', 'true', '"get"', '"set"');
  add('showHidden', 'true');
  add('maxArrayLength', '0', '1', '3', 'null', '10');
  add('maxStringLength', '0', '1', '5', '20', 'null');
  add('numericSeparator', 'true');
  add('showProxy', 'true');
  add('customInspect', 'false');
  return `, { ${given.join(', ')} }`;
}

const lines = [
  `const util = require('util');`,
  `const custom = util.inspect.custom;`,
  `Error.stackTraceLimit = 0;`,
  `const noStack = (e) => e;`,
  `const handled = (p) => { p.catch(() => {}); return p; };`,
  `function show(n, make) { try { console.log('#' + n + ' ' + make()); } catch (e) { console.log('#' + n + ' threw ' + e); } }`,
];
for (let i = 0; i < Number(countText); i++) {
  const kind = below(12);
  const v = value(4);
  if (kind === 0) {
    const format = Array.from({ length: 1 + below(4) }, () => pick(['%s', '%d', '%i', '%f', '%j', '%o', '%O', '%c', '%%', '%x', 'text ', '%'])).join(pick([' ', '', '|']));
    lines.push(`show(${i}, () => util.format(${JSON.stringify(format)}, ${many(4, () => value(2)).join(', ') || '1'}));`);
  } else if (kind === 1) {
    lines.push(`show(${i}, () => util.format(${many(4, () => value(3)).join(', ')}));`);
  } else {
    lines.push(`show(${i}, () => util.inspect(${v}${options()}));`);
  }
}
console.log(lines.join('\n'));
