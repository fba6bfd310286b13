// Random snippets of synchronous code: what the language gives for odd operands, and how it is printed.
// usage: node synchronous.mjs SEED [MAJOR [COUNT]]    prints a program of COUNT snippets
// Each snippet prints lines behind a line "#N"; one that throws prints the error's name and message.
import { pathToFileURL } from 'node:url';
import { Random } from './random.mjs';

const SNIPPETS = 60;

class Writer {
  constructor(seed, major) {
    this.random = new Random(seed * 31 + 7);
    this.major = major;
    this.names = 0;
  }

  pick(...list) {
    return this.random.pick(list);
  }

  // One of the entries; [since, value] is there from that major on.
  of(list) {
    const there = list.filter((entry) => !Array.isArray(entry) || entry[0] <= this.major).map((entry) => (Array.isArray(entry) ? entry[1] : entry));
    return this.random.pick(there);
  }

  some(low, high, make) {
    return Array.from({ length: this.random.int(low, high) }, (_, i) => make(i));
  }

  // Several different ones of the list.
  someOf(low, high, list) {
    return [...new Set(this.some(low, high, () => this.of(list)))];
  }

  name(letter) {
    return letter + ++this.names;
  }

  chance(probability) {
    return this.random.chance(probability);
  }
}

// ---- Values

const INTEGERS = ['0', '1', '-1', '2', '3', '7', '10', '255', '-5', '100', '1e3', '4294967296', '-2147483648', '2147483647', '9007199254740991', '1e21', '-0'];
const FRACTIONS = ['0.1', '0.5', '1.5', '-2.5', '1.005', '123.456', '1e-7', '5e-324', '1.7976931348623157e308', '0.000001', '123456789.123', '1e21', '-1e-7', '2.5e-10'];
const SPECIALS = ['NaN', 'Infinity', '-Infinity', 'undefined', 'null', 'true', 'false'];
const STRINGS = ["''", "'a'", "'abc'", "'Hello, World'", "' 12 '", "'0x1f'", "'1e3'", "'-5'", "'NaN'", "'3px'", "'é'", "'😀x'", "'a,b,,c'", "'aXbXc'", '"it\'s"', "'line\\nbreak'", "'tab\\t'", "'\\u0000'", "'ß'", "'İ'", "'  '", "'10'", "'9'", "'b'", "'B'"];
const OBJECTS = ['[]', '[1]', '[1, 2]', "['a']", '[[]]', '[undefined]', '[null]', '[, 1]', '{}', '{ a: 1 }', "{ valueOf() { return 42; } }", "{ toString() { return 'str'; } }", "{ [Symbol.toPrimitive](hint) { return hint; } }", '(() => 1)', 'function f() {}', 'new Date(0)', '/x/g', 'new Number(5)', "new String('s')", 'Object(true)', 'new Map([[1, 2]])', 'new Set([1])', "Symbol('s')", 'class K {}', 'Object.create(null)'];
const BIGINTS = ['0n', '1n', '-5n', '12345678901234567890n', '2n ** 64n'];

const number = (w) => w.of([...INTEGERS, ...FRACTIONS, ...SPECIALS.slice(0, 3)]);
const integer = (w) => w.of(['0', '1', '2', '3', '-1', '-2', '5', '10', 'NaN', 'undefined', 'Infinity', '1.7', "'2'"]);
const string = (w) => w.of(STRINGS);
const object = (w) => '(' + w.of(OBJECTS) + ')';

function value(w) {
  const roll = w.random.next();
  if (roll < 0.3) return number(w);
  if (roll < 0.5) return string(w);
  if (roll < 0.65) return w.of(SPECIALS);
  if (roll < 0.9) return object(w);
  return w.major >= 10 ? w.of(BIGINTS) : number(w);
}

const UNARY = ['-', '+', '!', '~', 'typeof ', 'void ', '!!'];
const BINARY = ['+', '+', '+', '-', '*', '/', '%', '**', '<<', '>>', '>>>', '&', '|', '^', '==', '===', '!=', '!==', '<', '>', '<=', '>=', '&&', '||', ',', [14, '??'], 'instanceof', 'in'];

function expression(w, depth) {
  if (depth <= 0) return value(w);
  const roll = w.random.next();
  if (roll < 0.15) return value(w);
  if (roll < 0.35) return `(${w.of(UNARY)}(${expression(w, depth - 1)}))`;
  if (roll < 0.9) return `((${expression(w, depth - 1)}) ${w.of(BINARY)} (${expression(w, depth - 1)}))`;
  if (roll < 0.95) return `((${expression(w, depth - 1)}) ? (${expression(w, depth - 1)}) : (${expression(w, depth - 1)}))`;
  return '`${' + expression(w, depth - 1) + '}-${' + value(w) + '}`';
}

// A value for printing: nested containers.
function nested(w, depth) {
  const roll = w.random.next();
  if (depth <= 0 || roll < 0.3) return value(w);
  const inner = () => nested(w, depth - 1);
  if (roll < 0.5) return `[${w.some(0, 8, inner).join(', ')}]`;
  if (roll < 0.75) return `({ ${w.some(0, 6, () => `${key(w)}: ${inner()}`).join(', ')} })`;
  if (roll < 0.82) return `new Map([${w.some(0, 3, () => `[${value(w)}, ${inner()}]`).join(', ')}])`;
  if (roll < 0.88) return `new Set([${w.some(0, 4, inner).join(', ')}])`;
  return w.of([`Promise.resolve(${inner()})`, `new (class Foo { constructor() { this.x = ${inner()}; } })`, `Object.assign(() => {}, { a: ${inner()} })`, `[${inner()}].entries()`,
    `Object.assign([1, 2], { extra: ${inner()} })`, `({ get a() { return 1; }, set b(v) {}, get c() { return 1; }, set c(v) {} })`, `new Uint8Array([1, 2, 3])`, `(function () { return arguments; })(${inner()}, ${inner()})`,
    `(() => { const o = { v: ${inner()} }; o.self = o; return o; })()`, `new (class extends Map {})([[1, ${inner()}]])`, `new (class Bar extends Array {})(3)`, `Object.create({ inherited: 1 }, { own: { value: ${inner()}, enumerable: true } })`,
    `Object.create(class Zed {}.prototype)`, `(function* g() {})()`, `new Error('boom').message`, `[${w.some(7, 30, () => number(w)).join(', ')}]`, `[${w.some(7, 12, () => string(w)).join(', ')}]`, `'x'.repeat(${w.random.int(1, 90)})`]);
}

const key = (w) => w.of(['a', 'b', 'c', 'longerName', '1', '0', '10', "'quoted key'", "'a-b'", '[Symbol("k")]', '["comp" + 1]', 'constructor', 'then']);

// ---- Snippets

const operators = (w) => `console.log(${expression(w, w.random.int(1, 3))});`;
const printed = (w) => `console.log(${w.some(1, 3, () => nested(w, w.random.int(0, 4))).join(', ')});`;

function formatted(w) {
  const parts = w.some(1, 4, () => w.of(['%s', '%d', '%i', '%f', '%j', '%o', '%O', '%%', '%c', '%x', 'text', ' ']));
  return `console.log('${parts.join(' ')}', ${w.some(0, 4, () => nested(w, 2)).join(', ') || 'undefined'});`;
}

function numbers(w) {
  const n = `(${number(w)})`;
  return `console.log(${w.of([
    `${n}.toString(${w.pick('2', '3', '8', '16', '36', '10', '7')})`, `${n}.toFixed(${w.pick('0', '1', '2', '5', '10', '20', '')})`, `${n}.toPrecision(${w.pick('1', '2', '3', '6', '15', '21', '')})`,
    `${n}.toExponential(${w.pick('0', '1', '2', '5', '20', '')})`, `String(${n})`, `parseInt(${w.pick(string(w), number(w))}, ${w.pick('undefined', '2', '10', '16', '36', '8', '1', '0')})`, `parseFloat(${string(w)})`,
    `Number(${value(w)})`, `Math.${w.pick('round', 'floor', 'ceil', 'trunc', 'sign', 'abs', 'sqrt', 'cbrt', 'log2', 'log10', 'fround', 'clz32', 'exp', 'log', 'sin', 'cos', 'tan', 'atan', 'sinh', 'cosh', 'tanh', 'expm1', 'log1p', 'asinh', 'acosh', 'atanh', 'asin', 'acos')}(${number(w)})`,
    `Math.${w.pick('max', 'min', 'hypot', 'pow', 'atan2', 'imul')}(${value(w).replace(/^.*n$/, '1')}, ${number(w)})`, `Number.${w.pick('isInteger', 'isSafeInteger', 'isNaN', 'isFinite')}(${value(w)})`, `${w.pick('isNaN', 'isFinite')}(${value(w)})`,
    `Object.is(${value(w)}, ${value(w)})`, `${n} ${w.pick('%', '/', '*', '-', '+', '**')} ${n}`, [10, `BigInt.asUintN(${w.pick('8', '16', '64')}, ${w.of(BIGINTS)})`], [10, `(${w.of(BIGINTS)}) ${w.pick('+', '*', '-', '/', '%', '<<', '>>', '&', '|', '^')} ${w.of(BIGINTS)}`],
    `(${n}).toLocaleString()`, `${n} | 0`, `~~${n}`, `${n} >>> 0`, `[${w.some(3, 6, () => number(w)).join(', ')}].sort()`, `[${w.some(3, 6, () => number(w)).join(', ')}].sort((a, b) => a - b)`,
  ])});`;
}

const PATTERNS = ['/a/', '/b/g', '/[aeiou]/gi', '/(\\w)(\\w)?/', '/(\\w)(\\w)?/g', '/\\s+/', '/,/', '/x*/', '/x*/gi', '/(?<first>\\w)(?<rest>\\w*)/', '/^$/m', '/o(?=,)/', '/(?<!l)l/', '/\\b/g', '/./gu', '/./g', '/[^a-z]/g', '/(a)|(b)/g', '/\\d+/g', '/(?:)/', '/(.)\\1/', '/W?o/y'];

function strings(w) {
  const s = string(w), pattern = w.of(PATTERNS);
  return `console.log(${w.of([
    `${s}.slice(${integer(w)}, ${integer(w)})`, `${s}.substring(${integer(w)}, ${integer(w)})`, `${s}.substr(${integer(w)}, ${integer(w)})`, `${s}.charAt(${integer(w)})`, `${s}.charCodeAt(${integer(w)})`, `${s}.codePointAt(${integer(w)})`,
    [16, `${s}.at(${integer(w)})`], `${s}.split(${w.pick("''", "','", "'X'", pattern, 'undefined', "' '")}, ${w.pick('undefined', '2', '0', '-1')})`, `${s}.replace(${w.pick(pattern, "'a'", "'l'")}, ${w.pick("'[$&]'", "'$1$2'", "'$`|$\\''", "'$$'", '(m, ...rest) => JSON.stringify(rest)', "'$<first>'", "'$0$10'", 'undefined')})`,
    [15, `${s}.replaceAll(${w.pick("'a'", "''", "'l'", '/l/g', '/l/')}, ${w.pick("'[$&]'", '(m, i) => i', "''")})`], `${s}.padStart(${w.pick('10', '3', '0', '8')}, ${w.pick("'ab'", 'undefined', "''", "'-'")})`, `${s}.padEnd(12, ${w.pick("'xyz'", "'.'", 'undefined')}) + '|'`,
    `${s}.repeat(${w.pick('0', '1', '3', '2.9')})`, `${s}.${w.pick('indexOf', 'lastIndexOf', 'includes', 'startsWith', 'endsWith')}(${string(w)}, ${w.pick('undefined', '0', '1', '-1', '100', 'NaN')})`, `JSON.stringify(${s}.trim${w.pick('', 'Start', 'End')}())`,
    `${s}.${w.pick('toUpperCase', 'toLowerCase')}()`, `${s}.normalize('${w.pick('NFC', 'NFD', 'NFKC')}').length`, `${s}.localeCompare(${string(w)})`, `${s}.match(${pattern})`, [12, `[...${s}.matchAll(${pattern.replace(/\/([a-z]*)$/, (m, f) => '/' + (f.includes('g') ? f : 'g' + f))})]`],
    `${s}.search(${pattern})`, `${s}.concat(${value(w)}, ${value(w)})`, `[...${s}]`, `${s}.length`, `${s} < ${string(w)}`, `Array.from(${s}, (c, i) => c + i)`, `${pattern}.exec(${s})`, `${pattern}.test(${s})`, `JSON.stringify(${s})`, `encodeURIComponent(${s})`, `escape(${s})`, `String.raw\`a\\n\${${value(w)}}b\``,
    `((strings, ...values) => [strings, strings.raw, values])\`x\${${value(w)}}\\t\${${value(w)}}\``, `String.fromCharCode(${w.pick('65', '0x1F600', '97, 98', '-1')})`, `${s}.link(${s})`, `Object(${s})`, `${s}.split('').reverse().join('')`, [20, `${s}.isWellFormed()`],
  ])});`;
}

function regexps(w) {
  const s = string(w), pattern = w.of(PATTERNS), r = w.name('r');
  return `const ${r} = ${pattern}; for (let i = 0; i < 3; i++) console.log(${r}.lastIndex, ${r}.exec(${s}), ${r}.lastIndex); console.log(${w.of([`${r}.source`, `${r}.flags`, `String(${r})`, `${r}[Symbol.split](${s})`, `${r}[Symbol.replace](${s}, '<$&>')`, `${s}.replace(${r}, (...a) => a.length)`])});`;
}

const element = (w) => w.pick(number(w), string(w), w.of(SPECIALS), `{ n: ${w.random.int(0, 9)} }`, `[${w.random.int(0, 9)}]`);
const list = (w) => `[${w.some(0, 7, () => (w.chance(0.06) ? '' : element(w))).join(', ')}]`.replace(/, \]$/, ', 0]');
const callback = (w) => w.of(['(x) => x', '(x, i) => [x, i]', '(x) => x * 2', '(x, i) => i % 2 === 0', '(x) => !!x', '(x) => typeof x', 'String', 'Boolean', 'parseInt', '(x) => { throw new RangeError("in callback"); }', 'Number']);
const comparator = (w) => w.of(['', '(a, b) => a - b', '(a, b) => b - a', '(a, b) => (a > b ? 1 : -1)', '(a, b) => 0', '(a, b) => String(a).length - String(b).length', '(a, b) => a < b', 'undefined', '(a, b) => (a < b ? -1 : a > b ? 1 : 0)']);

function arrays(w) {
  const a = w.name('a'), int = () => integer(w);
  const deed = w.of([
    `${a}.splice(${int()}, ${int()}, ${element(w)})`, `${a}.splice(${int()})`, `${a}.slice(${int()}, ${int()})`, `${a}.sort(${comparator(w)})`, `${a}.reverse()`, `${a}.fill(${element(w)}, ${int()}, ${int()})`, `${a}.copyWithin(${int()}, ${int()}, ${int()})`, `${a}.concat(${list(w)}, ${element(w)})`,
    `${a}.map(${callback(w)})`, `${a}.filter(${callback(w)})`, `${a}.some(${callback(w)})`, `${a}.every(${callback(w)})`, `${a}.find(${callback(w)})`, `${a}.findIndex(${callback(w)})`, `${a}.reduce((s, x) => s + x${w.pick('', ", ''", ', 0')})`, `${a}.reduceRight((s, x) => [s, x]${w.pick('', ', 0')})`,
    [11, `${a}.flat(${w.pick('', '2', 'Infinity', '0')})`], [11, `${a}.flatMap((x) => [x, [x]])`], `${a}.indexOf(${element(w)}, ${int()})`, `${a}.lastIndexOf(${element(w)})`, `${a}.includes(${element(w)})`, `${a}.join(${w.pick("''", "'-'", 'undefined', 'null')})`, `String(${a})`, `${a}.push(${element(w)}, ${element(w)})`, `${a}.unshift(${element(w)})`, `${a}.pop()`, `${a}.shift()`,
    `(${a}.length = ${w.random.int(0, 9)}, ${a})`, `(${a}[${w.random.int(0, 12)}] = ${element(w)}, ${a}.length)`, `[...${a}.entries()]`, `[...${a}.keys()]`, `Object.keys(${a})`, `delete ${a}[1]`, `${a}.toString()`, `${a}.toLocaleString()`, [16, `${a}.at(${int()})`], [18, `${a}.findLast(${callback(w)})`], [18, `${a}.findLastIndex(${callback(w)})`],
    [20, `${a}.toSorted(${comparator(w)})`], [20, `${a}.toSpliced(${w.random.int(0, 3)}, 1, 'new')`], [20, `${a}.with(0, 'w')`], [20, `${a}.toReversed()`], `Array.from(${a}, ${callback(w)})`, `Array.of(...${a})`, `(() => { const [x = 'd', , ...rest] = ${a}; return { x, rest }; })()`, `Math.max(...${a})`, `Array.from({ length: ${w.random.int(0, 4)}, 1: 'x' })`, `Array(${w.pick('3', "'3'", '1, 2', '')})`, `[].concat(...${a}.map((x) => [x, x]))`,
    `(() => { const seen = []; ${a}.forEach((x, i, all) => { seen.push(i); if (i === 0) all.push('late'); }); return seen; })()`, `(() => { const seen = []; for (const x of ${a}) { seen.push(x); if (seen.length < 9) ${a}.push(seen.length); if (seen.length > 9) break; } return seen; })()`, `(() => { const seen = []; for (const i in ${a}) seen.push(i); return seen; })()`, [21, `Object.groupBy(${a}, (x) => typeof x)`],
  ]);
  return `const ${a} = ${list(w)}; console.log(${deed}); console.log(${a});`;
}

function objects(w) {
  const o = w.name('o'), init = `{ ${w.some(1, 6, () => `${key(w)}: ${nested(w, 1)}`).join(', ')} }`;
  const deed = w.of([
    `Object.keys(${o})`, `Object.values(${o})`, `Object.entries(${o})`, `JSON.stringify(${o})`, `JSON.stringify(${o}, null, ${w.pick('2', "'--'", '0', '20', "'\\t'")})`, `JSON.stringify(${o}, ${w.pick("['a', 'b']", '(k, v) => (typeof v === "number" ? v + 1 : v)', 'null')})`, `({ ...${o}, a: 'over' })`, `Object.assign({ z: 0 }, ${o}, null, 'xy')`,
    `Object.getOwnPropertyNames(${o})`, `Object.getOwnPropertyDescriptor(${o}, 'a')`, `Object.getOwnPropertyDescriptors(${o})`, `delete ${o}.a`, `'a' in ${o}`, `${o}.hasOwnProperty('b')`, `Object.freeze(${o}).a = 1`, `(() => { 'use strict'; Object.freeze(${o}); ${o}.a = 2; })()`, `(() => { 'use strict'; Object.defineProperty(${o}, 'ro', { value: 1 }); ${o}.ro = 2; })()`, `(() => { 'use strict'; delete Object.seal(${o}).a; })()`,
    `(() => { const { a = 'default', ...rest } = ${o}; return [a, rest]; })()`, `(() => { const { a: { b } = {} } = ${o}; return b; })()`, `(() => { const seen = []; for (const k in ${o}) seen.push(k); return seen; })()`, `String(${o})`, `${o} + ''`, `${o}.toString()`, `Object.prototype.toString.call(${value(w)})`, `Reflect.ownKeys(${o})`, `Object.isFrozen(Object.preventExtensions(${o}))`, [12, `Object.fromEntries(Object.entries(${o}).map(([k, v]) => [v, k]))`],
    [14, `${o}?.a?.b?.c`], [14, `${o}.missing?.()`], [15, `(${o}.a ||= 5, ${o}.n ??= 6, ${o}.b &&= 7, ${o})`], `${o}.a.b.c`, `${o}.missing()`, `${o}.a()`, `Object.entries(${o}).sort().map(([k]) => k).join()`, `Object.create(${o})`, `Object.create(${o}).a`,
  ]);
  return `const ${o} = ${init}; console.log(${deed}); console.log(${o});`;
}

const jsonText = (w) => w.of(['{"a":1,"b":[true,null,"x"]}', '[1,2,', '{"a":}', '', 'nul', '"\\\\u0041"', '{"a":1,}', '[1 2]', '{"__proto__":1}', '1e3', '-', '"abc', '{a:1}', ' [ ] ', '{"1":1,"0":2,"b":3}', 'undefined', '01', '[1,]', '"\\\\x"', '{"a":{"b":{"c":[]}}}']);
const json = (w) => `console.log(${w.of([`JSON.parse('${jsonText(w)}')`, `JSON.parse('${jsonText(w)}', (k, v) => (Array.isArray(v) ? v.length : v))`, `JSON.stringify(${nested(w, 3)})`, `JSON.stringify(${nested(w, 2)}, null, 2)`, `JSON.stringify({ toJSON(k) { return 'k:' + k; } })`, `JSON.stringify({ d: new Date(0), u: undefined, f() {}, n: NaN, s: Symbol('x'), nested: [undefined, () => {}] })`])});`;

// Loops with labels, breaks, continues and finally.
function loops(w) {
  const out = w.name('out'), inner = w.of([`if (j === ${w.random.int(0, 2)}) ${w.pick('continue', 'break', 'continue outer', 'break outer')};`, '']);
  const body = w.of([
    `try { ${inner} ${out}.push(i + ':' + j); } finally { ${out}.push('f' + j); ${w.chance(0.3) ? `if (j === 1) ${w.pick('continue', 'break', 'continue outer', 'break outer')};` : ''} }`,
    `switch (j) { case 0: ${out}.push('zero'); ${w.pick('', 'break;', 'continue;')} case 1: ${out}.push('one'); ${w.pick('', 'break;', 'break outer;')} default: ${out}.push('other'); }`,
    `${inner} ${out}.push([i, j]);`, `try { if (i === j) throw i; ${out}.push('ok' + i + j); } catch (e) { ${out}.push('c' + e); ${inner} } finally { ${out}.push('f'); }`,
    `block: { ${out}.push('in'); if (i > j) break block; ${inner} ${out}.push('after'); }`,
  ]);
  const heads = [`for (let j = 0; j < 3; j++)`, `for (const j of [0, 1, 2])`, `for (const j in 'abc')`, `for (var j = 2; j >= 0; j -= 1)`];
  return `const ${out} = []; outer: for (let i = 0; i < 3; i++) { ${w.pick(...heads)} { ${body} } ${out}.push('end' + i); } console.log(${out}.join(' '));`;
}

function closures(w) {
  const f = w.name('f');
  return w.of([
    `const ${f} = []; for (${w.pick('var', 'let')} i = 0; i < 3; i++) ${f}.push(() => i${w.pick('', '++')}); console.log(${f}.map((g) => g()), ${f}.map((g) => g()));`,
    `const ${f} = []; for (let i = 0; i < 3; ${w.pick('i++', '++i')}) { ${f}.push(() => (i += 10)); ${w.pick('', 'i++;')} } console.log(${f}.map((g) => g()));`,
    `const ${f} = (function () { let n = ${w.random.int(0, 5)}; return { up: () => ++n, down: () => --n, get n() { return n; } }; })(); ${f}.up(); ${f}.up(); ${f}.down(); console.log(${f}.n, ${f});`,
    `const ${f} = {}; for (const k of ['x', 'y']) ${f}[k] = function () { return k + this.z; }; ${f}.z = 1; console.log(${f}.x(), (0, ${f}.y).call({ z: 2 }), ${f}.x.bind({ z: 3 })());`,
    `function ${f}(a, b = a, ...c) { arguments[0] = 'changed'; return [a, b, c, arguments.length, ${f}.length]; } console.log(${f}(1), ${f}(1, undefined, 3, 4));`,
    `function ${f}(a, b) { arguments[0] = 'changed'; b = 'too'; return [a, arguments[1], arguments.length]; } console.log(${f}(1), ${f}(1, 2));`,
    `console.log(typeof hoisted, typeof later, (() => { try { return notYet; } catch (e) { return e.message; } })()); var later = 1; function hoisted() {} let notYet = 2;`,
    `const ${f} = (n) => (n <= 1 ? 1 : n * ${f}(n - 1)); console.log(${f}(${w.random.int(1, 25)}));`,
    `{ function ${f}() { return 1; } } console.log(typeof ${f}, (function named() { try { named = 1; } catch (e) {} return typeof named; })());`,
    `console.log((function () { return typeof this; })(), (function () { 'use strict'; return typeof this; })(), (() => typeof this)(), (function () { return typeof this; }).call(${value(w)}));`,
    `const ${f} = (...args) => args.reduce((g, h) => (x) => h(g(x))); console.log(${f}((x) => x + 1, (x) => x * 2, String)(${number(w)}));`,
    `const ${f} = new Proxy({ a: 1 }, { get(t, k) { return k in t ? t[k] : 'no ' + String(k); }, has(t, k) { return k === 'magic'; }, set(t, k, v) { t[k] = v * 2; return true; }, ownKeys() { return ['a', 'z']; }, deleteProperty(t, k) { console.log('del', k); return true; } }); ${f}.b = ${w.random.int(1, 9)}; console.log(${f}.a, ${f}.b, ${f}.c, 'magic' in ${f}, 'a' in ${f}, Object.keys(${f}), delete ${f}.a);`,
  ]);
}

function generators(w) {
  const g = w.name('g');
  const steps = w.some(1, 4, (i) => w.of([`const r${i} = yield ${value(w)}; console.log('got', r${i});`, `try { yield ${w.random.int(0, 9)}; } finally { console.log('cleanup${i}'); ${w.chance(0.2) ? `yield 'from finally';` : ''} }`, `try { yield 't${i}'; } catch (e) { console.log('caught', e); ${w.chance(0.3) ? 'return "c";' : ''} }`, `console.log('inner', yield* [${w.some(0, 3, () => number(w)).join(', ')}]);`, `yield* (function* () { try { yield 'd'; return 'dr'; } finally { console.log('df'); } })();`, `if (${w.pick('true', 'false')}) return ${value(w)};`]));
  const calls = w.some(1, 6, () => w.of(['next()', 'next()', `next(${value(w)})`, `return(${w.random.int(0, 9)})`, `throw('e${w.random.int(0, 9)}')`]));
  return w.of([
    `function* ${g}() { ${steps.join(' ')} } const it${g} = ${g}(); ${calls.map((c) => `try { console.log(it${g}.${c}); } catch (e) { console.log('threw', e && e.message || e); }`).join(' ')}`,
    `function* ${g}() { ${steps.join(' ')} } try { for (const x of ${g}()) { console.log(x); ${w.pick('', 'break;', 'throw "loop";', 'if (x === "d") continue;')} } } catch (e) { console.log('loop threw', e && e.message || e); }`,
    `function* ${g}() { let a = 0, b = 1; for (;;) { yield a; [a, b] = [b, a + b]; } } const [x${g}, , y${g}, ...[]] = (function* () { for (const v of ${g}()) { if (v > ${w.random.int(3, 30)}) return; yield v; } })(); console.log(x${g}, y${g});`,
    `function* ${g}() { ${steps.join(' ')} } console.log([...${g}()]);`,
  ]);
}

function classes(w) {
  const A = w.name('A'), B = w.name('B'), fields = w.major >= 12;
  const baseParts = w.someOf(1, 5, ["hello() { return 'A.hello'; }", "get name() { return 'A.name'; }", 'set name(v) { console.log("set", v); }', "static make(...a) { return new this(...a); }", "toString() { return `A(${this.x})`; }", "static [Symbol.hasInstance](o) { return 'x' in o; }", '*[Symbol.iterator]() { yield this.x; yield 2; }', "valueOf() { return 7; }", "['comp' + 'uted']() { return 1; }", ...(fields ? ['field = this.x;', 'static count = 1;', '#p = 5; priv() { return this.#p++; }', "arrow = () => this.x;"] : []), ...(w.major >= 16 ? ['static { console.log("static block"); }', "#m() { return 'pm'; } callM() { return this.#m(); }"] : [])]);
  const subParts = w.someOf(0, 4, ["hello() { return super.hello ? super.hello() + '>B' : 'no super'; }", "get name() { return 'B:' + super.name; }", 'constructor(x) { super(x * 2); this.y = new.target.name; }', 'constructor() { console.log("B made"); return { other: 1 }; }', 'constructor(x) { super(x); this.z = super.toString(); }', "static make(x) { return super.make ? super.make(x) : new this(x); }", ...(fields ? ["own = 'b';", "x = 'shadow';"] : [])]);
  const uses = w.some(2, 4, () => w.of([`new ${B}(3)`, `new ${B}(3).hello()`, `String(new ${B}(3))`, `new ${B}(1) instanceof ${A}`, `${B}.name + ${B}.length`, `Object.getOwnPropertyNames(${B}.prototype)`, `${B}.make && ${B}.make(4)`, `new ${B}(2) + 1`, `[...new ${B}(5)]`, `${B}()`, `new ${B}(1).name`, `typeof ${B}`, `Object.keys(new ${B}(1))`, `new ${B}(1).priv && new ${B}(1).priv()`, `${A}.prototype.constructor === ${A}`, `Object.getPrototypeOf(${B}) === ${A}`, `${B}`, `[${A}, ${B}]`, `new ${A}(new ${B}(1))`]));
  return `class ${A} { constructor(x) { this.x = x; } ${baseParts.join(' ')} } class ${B} extends ${A} { ${subParts.filter((p, i, all) => !p.startsWith('constructor') || all.findIndex((q) => q.startsWith('constructor')) === i).join(' ')} } ${uses.map((u) => `try { console.log(${u}); } catch (e) { console.log(e.name, e.message); }`).join(' ')}`;
}

function builtinClasses(w) {
  return `console.log(${w.of([
    `new (class E extends Error { constructor(m) { super(m); this.name = 'Custom'; this.code = ${value(w)}; } })('msg').toString()`, `Object.keys(Object.assign(new Error('m'), { a: 1 }))`, `new (class Stack extends Array { peek() { return this[this.length - 1]; } })(1, 2, 3).map((x) => x * 2)`, `new (class extends Array { static get [Symbol.species]() { return Array; } })(1, 2, 3).filter(Boolean).constructor.name`,
    `new (class M extends Map { get(k) { return super.get(k) || 'none'; } })([[1, 'a']]).get(2)`, `(() => { class P extends null {} try { new P(); } catch (e) { return e.message; } })()`, `new (class { constructor() { return [new.target.name]; } })()`, `[new Map([[{ a: 1 }, 'v']]), new Set('hello'), new WeakMap(), new WeakSet()]`,
    `(() => { const m = new Map([['a', 1], ['b', 2]]); const seen = []; for (const [k] of m) { seen.push(k); if (k === 'a') { m.delete('b'); m.set('c', 3); } if (seen.length > 5) break; } return seen; })()`, `(() => { const s = new Set([1, 2, 3]); const seen = []; s.forEach((v) => { seen.push(v); if (v < 3) { s.delete(v); s.add(v + 10); } }); return [seen, s]; })()`, `new Map([[NaN, 1], [0, 2]]).get(${w.pick('NaN', '-0', "'0'")})`, `[...new Set([1, '1', 1, NaN, NaN, 0, -0])]`, `new Map(Object.entries({ a: 1 })).entries().next()`,
    `new Date(${w.pick('0', '86400000', '1e12', '2020, 1, 31', "'2021-03-04T05:06:07Z'", "'nonsense'", 'NaN', '8.64e15', '8.65e15', "'2020-02-30'", "'2020'")}).${w.pick('toISOString()', 'getTime()', 'toJSON()', 'getUTCDay()', 'getFullYear()', 'toString()', 'valueOf()', 'toUTCString()', 'toDateString()')}`, `new Date(${w.pick('0', '1e12', 'NaN')})`, `Date.UTC(${w.pick('2020', '2020, 12', '99, 0', '2020, 0, 1, 25')})`,
    `new Uint8Array([${w.some(1, 5, () => number(w)).join(', ')}])`, `new ${w.pick('Int8Array', 'Uint8ClampedArray', 'Int16Array', 'Float32Array', 'Float64Array', 'Uint32Array')}([${w.some(1, 5, () => number(w)).join(', ')}])`, `new DataView(new ArrayBuffer(8)).getFloat64(${w.pick('0', '1')})`, `new ArrayBuffer(${w.random.int(0, 12)})`, `Uint8Array.from('123').map((x) => x * 100)`, `Buffer.from(${string(w)})`, `Buffer.from(${string(w)}).toString('${w.pick('hex', 'base64', 'latin1')}')`,
    `Symbol('${w.pick('x', '')}').toString()`, `Symbol.for('k').description`, `[Symbol.iterator, Symbol('a')]`, `Symbol() + ''`, `Object(Symbol('w'))`, `new Proxy([1, 2], {})`, `new Proxy(function f() {}, {})`, `[function () {}, () => {}, class {}, class Z extends Array {}, async () => {}, function* () {}, Math.max, Symbol]`, `Reflect.construct(Date, [0]) instanceof Date`, `Reflect.apply(Math.max, null, [1, 2])`, `[globalThis === this, typeof globalThis]`.replace('globalThis === this', w.major >= 12 ? 'globalThis === this' : '1').replace('typeof globalThis', w.major >= 12 ? 'typeof globalThis' : '2'), `process.argv.length`, `[Math, JSON, Reflect]`, `[null, undefined, true].map(String)`, `[1, [2, [3, [4, [5]]]]]`, `({ a: { b: { c: { d: 1 } } } })`,
  ])});`;
}

function wrongs(w) {
  return w.of([
    `const c = ${value(w)}; c = 1;`, `console.log(undeclared${w.random.int(1, 9)});`, `${w.pick('null', 'undefined')}.foo;`, `${w.pick('null', 'undefined')}[${value(w)}];`, `(${value(w)})();`, `(${value(w)}).foo.bar;`, `(${value(w)}).foo();`, `new (${value(w)})();`, `const [x] = ${w.pick('null', 'undefined', '1', '{}', 'true')};`, `const { x } = ${w.pick('null', 'undefined')};`, `[...${w.pick('1', 'null', 'undefined', '{}', '() => {}')}];`, `for (const x of ${w.pick('1', 'null', '{}', 'undefined')}) ;`, `new Array(-1);`, `'x'.repeat(-1);`, `(1).toFixed(101);`, `(1).toString(1);`, `(1).toPrecision(0);`, `x1; let x1 = 1;`, `(class { constructor() { this.a; } })();`, `new (class extends Object { constructor() { this.x = 1; } })();`, `Symbol() + 1;`, `null.x = 1;`, `undefined.x = 1;`, `'use strict'; undefined = 1;`, `1n + 1;`.replace('1n', w.major >= 10 ? '1n' : 'null.x'), `BigInt(1.5);`.replace(/^/, w.major >= 10 ? '' : 'null.'), `JSON.parse('{bad');`, `JSON.parse('');`, `new Proxy({}, null);`, `Object.defineProperty(1, 'a', {});`, `Object.defineProperty({}, 'a', { get() {}, value: 1 });`, `Reflect.ownKeys(1);`, `new Map([1]);`, `new WeakMap().set(1, 1);`, `Object.setPrototypeOf(Object.preventExtensions({}), {});`, `[].reduce((a, b) => a);`, `decodeURIComponent('%');`, `new RegExp('[');`, `new RegExp('a', 'gg');`, `'a'.localeCompare(Symbol());`, `({}) instanceof ${w.pick('1', '{}', '(() => {})')};`, `'a' in 'b';`, `(function f() { f(); })();`, `Promise();`, `new Promise();`, `new Promise(1);`, `Symbol.keyFor('x');`, `new Symbol();`, `Date.prototype.getTime.call({});`, `Map.prototype.get.call({}, 1);`, `new Date(NaN).toISOString();`, `const a = { b: {} }; a.b.c.d;`, `const a = {}; a.b.c();`, `const a = {}; a['x y']();`, `let f = 5; f();`, `const o = { f: 1 }; o.f();`, `[].x.y;`, `(void 0)();`, `super_();`, `String(Object.create(null));`, `Object.create(null) + '';`, `[1, 2].map(3);`, `[3].sort(1);`, `throw ${value(w)};`, `class A { static #p = 1; static t(o) { return o.#p; } } A.t({});`.replace(/^.*$/, (t) => (w.major >= 12 ? t : 'null.y;')), `Array.from({ length: -1 }).length.x.y;`, `structuredClone(() => {});`.replace(/^/, w.major >= 18 ? '' : 'null.'),
  ]);
}

function evaluation(w) {
  const log = (x) => `(console.log('${w.name('e')}'), ${x})`;
  return w.of([
    `const { [${log("'k'")}]: k${w.name('v')} = ${log('1')} } = ${log(w.pick('{}', "{ k: 0 }"))};`, `const a${w.name('v')} = [${log('0')}]; a${w.names}[${log('0')}] = ${log('5')}; console.log(a${w.names});`, `${log('Math')}.max(${log('1')}, ${log('2')});`, `console.log({ [${log("'a'")}]: ${log('1')}, ...${log('{ b: 2 }')} });`, `console.log(${log(w.pick('0', '1'))} ${w.pick('&&', '||')} ${log('2')});`, `console.log(${log("{ valueOf() { console.log('vo'); return 1; } }")} ${w.pick('+', '<', '==', '-')} ${log("{ toString() { console.log('ts'); return 'x'; } }")});`, `let x${w.name('v')} = 1; console.log(x${w.names} + (x${w.names} = 5) + x${w.names}++ + x${w.names});`, `let y${w.name('v')} = 1; y${w.names} += (y${w.names} = 10, ${log('3')}); console.log(y${w.names});`,
    `(function (a = ${log('1')}, { b = ${log('2')}, c: [d = ${log('3')}] = [] } = {}) { console.log(a, b, d); })(${w.pick('', '9', '9, { b: 8 }', 'undefined, { c: [1] }')});`, `const it${w.name('v')} = { [Symbol.iterator]() { let n = 0; return { next() { console.log('next', n); return { done: n++ > ${w.random.int(1, 4)}, value: n }; }, return() { console.log('return'); return {}; } }; } }; const [p${w.names}, q${w.names} = ${log('9')}${w.pick('', ', ...r' + w.names)}] = it${w.names}; console.log(p${w.names}, q${w.names});`, `console.log([..."ab"].map((c, i) => ${log('c')} + i));`, `console.log(typeof ${log('undefined')}, void ${log('1')}, !${log('0')});`, `switch (${log('2')}) { case ${log('1')}: console.log('one'); case ${log('2')}: console.log('two'); case ${log('3')}: console.log('three'); ${w.pick('break;', '')} default: console.log('def'); }`,
    `console.log((() => { try { return ${log("'try'")}; } finally { ${log('0')}; ${w.pick('', "return 'fin';", "console.log('f');")} } })());`, `console.log((() => { try { throw ${log("'t'")}; } catch (e) { return ${log('e')}; } finally { console.log('fin'); } })());`, `label: try { console.log('in'); break label; } finally { console.log('fin'); }`, `console.log((() => { for (const x of [1, 2, 3]) { try { if (x === 2) return x; continue; } finally { console.log('f', x); ${w.pick('', 'if (x === 2) continue;', 'if (x === 1) break;')} } } return 'end'; })());`, `var v${w.name('v')} = ${value(w)}; console.log(v${w.names}++, v${w.names}, --v${w.names});`, `console.log(((a, b) => a + b).length, (function (...x) {}).length, ((a, b = 1, c) => {}).length, (() => {}).name, (function () {}).name, ({ m() {} }).m.name, ({ get g() { return 1; } }).g);`,
  ]);
}

function consoles(w) {
  return w.of([
    `console.group('${w.pick('g', 'h')}'); console.log(${nested(w, 2)}); console.group(); console.log('deep\\nlines'); console.groupEnd(); console.groupEnd(); console.log('out');`, `console.table(${w.pick(`[{ a: 1, b: 'x' }, { a: 2, c: true }]`, `[[1, 2], [3, 4]]`, `{ x: { v: 1 }, y: { v: 2 } }`, `[1, 'two', { three: 3 }]`, `new Map([['a', 1]])`, '5')});`, `console.count(); console.count('x'); console.count(); console.countReset(); console.count();`, `console.dir(${nested(w, 4)}, { depth: ${w.pick('0', '1', 'null')} });`, `console.info('%s is %d years and %i, %f, %j %o %O %%', 'Bob', 42.5, 42.9, '1.5', { a: 1 }, [1], { b: { c: {} } }, 'extra');`, `console.log(); console.log(''); console.log(' ');`, `console.log(require('util').inspect(${nested(w, 4)}, { ${w.pick('depth: 0', 'depth: null', 'compact: false', 'breakLength: 40', 'sorted: true', 'showHidden: true', 'maxArrayLength: 2', 'compact: 1')} }));`,
    `console.log(require('util').format(${string(w)}, ${nested(w, 1)}, ${nested(w, 1)}));`, `console.log(require('util').isDeepStrictEqual(${nested(w, 1)}, ${nested(w, 1)}));`, `console.log(-0, [-0], 0, [0, -0], ${number(w)}, [${number(w)}]);`, `console.log(${string(w)}, [${string(w)}], { k: ${string(w)} });`, `console.log([${w.some(1, 40, () => w.random.int(0, 200)).join(', ')}]);`, `console.log(${JSON.stringify('word '.repeat(w.random.int(1, 20)))}, [${JSON.stringify('word '.repeat(w.random.int(1, 20)))}]);`, `console.log({ ${w.some(1, 30, (i) => `key${i}: ${w.random.int(0, 1000)}`).join(', ')} });`, `console.log(new Array(${w.random.int(1, 200)}).fill(${value(w)}));`,
  ]);
}

const KINDS = [operators, operators, printed, printed, printed, formatted, numbers, numbers, strings, strings, strings, regexps, arrays, arrays, arrays, objects, objects, json, loops, closures, generators, generators, classes, classes, builtinClasses, builtinClasses, wrongs, wrongs, evaluation, consoles];

// [text of each snippet]
export function snippets(seed, major, count = SNIPPETS) {
  const w = new Writer(seed, major);
  return Array.from({ length: count }, () => w.random.pick(KINDS)(w));
}

export function program(texts) {
  return texts.map((text, i) => `console.log('#${i}'); try { (function () { ${text} }).call({}); } catch (e) { console.log('threw', e && e.name, e && e.message); }\n`).join('');
}

if (import.meta.url === pathToFileURL(process.argv[1] || '').href) {
  process.stdout.write(program(snippets(Number(process.argv[2] || 1), Number(process.argv[3] || 20), Number(process.argv[4] || SNIPPETS))));
}
