// Still more constructs, for the seeds from WIDER_SEED on: programs of the seeds below stay what they are.
// What people write in puzzles: classes, control flow through finally, console's own methods, values as inspect shows them,
// stacks, streams by hand, helpers of newer majors.
import { t, body } from './tree.mjs';

export const WIDER_SEED = 200000;

const error = (g) => `new ${g.random.pick(['Error', 'Error', 'TypeError', 'RangeError'])}('${g.name('e')}')`;
const caught = (g) => t`(e) => console.log('${g.name('n')}', e && e.name, e && e.message)`;
const log = (g, ...values) => g.log(...values).join('');
const later = (g) => g.random.pick(['null', '1', 'Promise.resolve(2)', `new Promise((resolve) => process.nextTick(resolve, 3))`, `{ then(f) { ${log(g)} f(4); } }`]);

function hierarchy(g) {
  const A = g.name('A'), B = g.name('B'), isNew = g.major >= 12, field = isNew ? `count = ${g.random.int(0, 3)}; #secret = '${g.name('s')}'; get secret() { ${log(g)} return this.#secret; }` : `get secret() { ${log(g)} return 's'; }`;
  const how = g.random.pick([`throw ${error(g)};`, 'return this.value;', `return await ${later(g)};`, `return super.run ? 'super' : 'none';`]);
  const use = g.random.pick([`await ${'x'}.run()`, `await ${'x'}.again(2)`, `${'x'}.secret`, `[...${'x'}]`, `await ${B}.make(1)`, `${'x'} instanceof ${A}`, '`${x}`', `Object.keys(x)`, `x.constructor.name`]);
  return t`{${body([
    t`class ${A} { ${field} constructor(v) { this.value = v; ${log(g, 'new.target.name')} } static async make(v) { ${log(g)} await ${later(g)}; return new this(v).run(); } async run() { ${log(g, 'this.value')} ${how} } *[Symbol.iterator]() { yield this.value; yield* [1, 2]; } get [Symbol.toStringTag]() { return '${A}'; } }`,
    t`class ${B} extends ${A} { constructor(v) { ${g.random.chance(0.3) ? log(g) : ''} super(v); ${log(g, 'this.secret')} } async run() { try { ${log(g)} return await super.run(); } finally { ${log(g)} ${g.random.pick(['', `await ${later(g)};`])} } } async again(n) { return n ? (await ${later(g)}, this.again(n - 1)) : this.run(); } toString() { return '${B}!'; } }`,
    t`(async () => { const x = new ${B}(${g.value()}); ${log(g, 'x')} ${log(g, use)} return x.run(); })().then((v) => { ${log(g, 'v')} }, ${caught(g)});`,
  ])}}`;
}

// A function of nested blocks that leave each other in every way.
function control(g) {
  const isAsync = g.random.chance(0.7), inLoop = (depth) => depth > 0;
  let left = g.random.int(4, 9);
  const statement = (depth, loop) => {
    if (left-- <= 0 || depth > 4) return log(g);
    const inner = (n = 2, l = loop) => Array.from({ length: g.random.int(1, n) }, () => statement(depth + 1, l)).join(' ');
    const wait = isAsync && g.random.chance(0.4) ? `await ${later(g)}; ` : '';
    switch (g.random.int(0, 9)) {
      case 0: return `try { ${inner()} ${wait}} catch (e) { ${log(g, 'e.message')} ${inner(1)} }`;
      case 1: return `try { ${inner()} } finally { ${wait}${log(g)} ${g.random.chance(0.2) ? leave(loop) : ''} }`;
      case 2: return `try { ${wait}${inner()} ${leave(loop)} } catch (e) { ${log(g, 'e.message')} ${g.random.chance(0.3) ? 'throw e;' : ''} } finally { ${inner(1)} }`;
      case 3: { const i = g.name('i'); return `for (let ${i} = 0; ${i} < ${g.random.int(1, 3)}; ${i}++) { ${log(g, i)} ${wait}${inner(2, loop + 1)} if (${i} === 1) ${leave(loop + 1)} }`; }
      case 4: { const i = g.name('i'); return `for (const ${i} of (function* () { try { yield 1; yield 2; } finally { ${log(g)} } })()) { ${log(g, i)} ${wait}${g.random.chance(0.5) ? leave(loop + 1) : inner(1, loop + 1)} }`; }
      case 5: return `switch (${g.random.int(0, 3)}) { case 0: ${inner(1)} ${g.random.pick(['break;', ''])} case 1: { ${inner(1)} break; } default: ${log(g)} case 2: ${wait}${log(g)} }`;
      case 6: { const i = g.name('k'); return `{ let ${i} = 0; do { ${log(g, i)} ${wait}} while (++${i} < 2); }`; }
      case 7: return isAsync ? `${log(g, `await ${later(g)}`)}` : log(g);
      case 8: return `if (${g.random.pick(['true', 'false', "'0'", '[]', 'null', 'NaN'])}) { ${inner(1)} } else { ${inner(1)} }`;
      default: return wait + log(g);
    }
  };
  const leave = (loop) => g.random.pick([`throw ${error(g)};`, `return ${g.value()};`, ...(isAsync ? [`return ${later(g)};`, `return await ${later(g)};`] : []), ...(inLoop(loop) ? ['continue;', 'break;', 'break;'] : [])]);
  const text = Array.from({ length: g.random.int(1, 3) }, () => statement(0, 0)).join(' ');
  if (isAsync) return t`(async () => { ${text} return 'end'; })().then((v) => { ${log(g, 'v')} }, ${caught(g)});`;
  return t`try { console.log('${g.name('n')}', (() => { ${text} return 'end'; })()); } catch (e) { ${log(g, 'e.message')} }`;
}

const SHOWN = (g) => [
  "{ a: { b: { c: { d: 1 } } } }", "[1, , 3]", "new Map([['k', { v: [1] }], [{ o: 1 }, new Set([1, 'x'])]])", 'new Set()', "Symbol('s')", '() => 1', 'class Foo extends Array {}', 'async function af() {}', 'function* gf() {}',
  "new (class Point { constructor() { this.x = 1; this.y = 'two'; } })()", "Object.create(null)", "Object.create({ inherited: 1 })", '{ get a() { return 1; }, set a(v) {}, get b() { return 2; } }', "{ [Symbol('key')]: 1, 'a-b': 2, 3: 4 }",
  'new Date(0)', '/re/gi', "new Error('shown').message", "Object.assign(() => {}, { a: 1 })", '[undefined, null, NaN, -0, 0]', "'it\\'s'", '["it\'s", \'"both"\\\'\', `a\\nb`]', 'new Number(3)', "new String('abc')", '[1.5, -2, 1e21, 1e-7, 0xff]',
  "Array.from({ length: 30 }, (_, i) => i * 3)", "Array.from({ length: 8 }, (_, i) => 'item ' + i)", "Array(120).fill(7)", "'x'.repeat(90)", "[['a', 'b'], ['c', ['d', ['e', ['f']]]]]", "(() => { const o = { name: 'o' }; o.self = o; o.list = [o, { o }]; return o; })()",
  'new Uint8Array([1, 2, 3])', 'Buffer.from("hi")', 'new ArrayBuffer(4)', 'new WeakMap()', 'Promise.resolve([1])', '(async () => {})()', "[,'a', ,]", '{}', '[[]]', '[{}]', "{ f() {}, g: async () => {}, h: class {} }", 'globalThis === global', 'process.version.length > 3',
  "new Proxy({ a: 1 }, {})", "(function () { return arguments; })(1, 2)", "[1, 2, 3].entries()", "new Map([[1, 2]]).values()", 'Math', 'JSON', "Object.freeze([1])", "{ a: 'long '.repeat(12), b: 'long '.repeat(12) }", "{ a: 1n, b: [2n] }", "[function () {}, function named() {}]", "Object.getOwnPropertyDescriptor({ get a() { return 1; } }, 'a')",
].filter((text) => g.major >= 12 || !/globalThis|1n/.test(text));

function shown(g) {
  const one = () => g.random.pick(SHOWN(g));
  const call = g.random.pick([
    () => `console.log(${one()});`, () => `console.log(${one()}, ${one()});`, () => `console.log('${g.name('n')}', ${one()}, 'text', ${one()});`, () => `console.log(${g.random.pick(["'%s'", "'%o'", "'%O'", "'%j'", "'%d'", "'%i'", "'%f'", "'%s and %s'", "'100%% %s'", "'%x %s'"])}, ${one()}, ${one()});`,
    () => `console.dir(${one()}, { depth: ${g.random.int(0, 4)} });`, () => `console.log([${one()}, ${one()}]);`, () => `console.log({ a: ${one()}, b: ${one()} });`, () => `console.log(String(${g.random.pick(["{}", '[1, [2, 3]]', 'null', '() => 1', "Symbol('x')", 'new Date(NaN)', '-0'])}));`,
    () => `console.log(JSON.stringify(${g.random.pick(["{ a: [1, { b: undefined }], c: () => 1, d: NaN, e: new Date(0) }", "[undefined, Symbol('s'), -0, 'q\"']", "new Map([[1, 2]])", "{ toJSON() { return { x: 1 }; } }"])}, null, ${g.random.pick(['0', '2', "'--'"])}));`,
    () => `console.table(${g.random.pick(["[{ a: 1, b: 'x' }, { a: 2, c: true }]", "[[1, 2], [3, 4]]", "['a', 'b']", "{ r1: { c: 1 }, r2: { c: 2 } }", "new Map([['k', 1]])", '5', "[{ a: 1 }], ['a']"])});`,
    () => `console.group(${g.random.pick(["'group'", ''])}); ${log(g)} console.group(); console.log(${one()}); console.log('two\\nlines'); console.groupEnd(); ${log(g)} console.groupEnd();`,
    () => `console.count(); console.count('${g.random.pick(['x', 'y'])}'); ${g.random.pick(['', "console.countReset('x');"])} console.count('x');`, () => `console.assert(${g.random.pick(['true', "0, 'zero %s', 1", "false, { a: 1 }", '1 === 1'])});`,
    () => `console.error(${one()}); console.warn('w', ${one()}); console.info(${one()}); console.debug(${one()});`,
  ])();
  return g.random.chance(0.7) ? t`${call}` : g.random.pick([() => t`process.nextTick(() => {${body([t`${call}`])}});`, () => t`Promise.resolve().then(() => {${body([t`${call}`])}});`])();
}

// Where an error was made, as the lines that name this program's file tell.
function stacks(g) {
  const f = g.name('f'), C = g.name('C'), o = g.name('o');
  g.need("const lines = (e) => String(e.stack).split('\\n').filter((line) => line.includes('program.') || /^\\w*Error/.test(line)).map((line) => line.trim()).join(' < ');");
  const make = g.random.pick([error(g), error(g), `(() => { try { null.x; } catch (e) { return e; } })()`, `(() => { try { ${f}.nothing(); } catch (e) { return e; } })()`, `(() => { try { JSON.parse('{'); } catch (e) { return e; } })()`]);
  const how = g.random.pick([`throw ${make};`, `return Promise.reject(${make});`, `throw ${make};`]);
  const inside = g.random.pick([
    () => t`function ${f}() { ${how} }`, () => t`async function ${f}() { await ${later(g)}; ${how} }`, () => t`const ${f} = async () => { ${how} };`, () => t`const ${f} = () => [1].map(function () { ${how.replace('return', 'throw')} });`,
    () => t`class ${C} { async run() { ${how} } static go() { return new ${C}().run(); } } const ${f} = () => ${C}.go();`, () => t`const ${o} = { async deep() { await ${later(g)}; ${how} }, get m() { return this.deep; } }; const ${f} = () => ${o}.m();`,
    () => t`class ${C} { constructor() { ${how.replace('return Promise.reject', 'throw ')} } } const ${f} = async () => new ${C}();`, () => t`function* ${o}() { ${how.replace('return', 'throw')} } const ${f} = () => [...${o}()];`,
    () => t`const ${f} = (n = 3) => { if (n > 0) return ${f}(n - 1); ${how} };`, () => t`const ${f} = () => new Promise((resolve, reject) => { ${how} });`, () => t`const ${f} = () => Promise.all([1, (async () => { await null; ${how} })()]);`,
  ])();
  const tell = 'console.log(lines(e));';
  return t`{${body([inside, g.random.pick([
    () => t`try { Promise.resolve(${f}()).catch((e) => { ${tell} }); } catch (e) { ${tell} }`, () => t`(async () => { try { await ${f}(); } catch (e) { ${tell} } })();`, () => t`Promise.resolve().then(() => ${f}()).catch((e) => { ${tell} });`,
    () => t`process.nextTick(async () => { try { await ${f}(); } catch (e) { ${tell} } });`, () => t`(async function outer() { const inner = async () => { return await ${f}(); }; try { await inner(); } catch (e) { ${tell} } })();`,
    () => t`(async () => { try { for await (const x of [1]) await ${f}(); } catch (e) { ${tell} } finally { ${log(g)} } })();`,
  ])()])}}`;
}

function emitters(g) {
  g.needModule('events', 'events');
  const em = g.name('em');
  const made = [t`const ${em} = new events.EventEmitter(${g.major >= 14 && g.random.chance(0.25) ? '{ captureRejections: true }' : ''});`];
  if (g.random.chance(0.5)) made.push(t`${em}.on('newListener', (event, f) => { ${log(g, 'event', 'typeof f')} }); ${em}.on('removeListener', (event) => { ${log(g, 'event')} });`);
  if (g.major >= 14 && g.random.chance(0.5)) made.push(t`${em}.on(events.errorMonitor, (e) => { ${log(g, 'e.message')} });`);
  made.push(t`${em}.on('error', (e) => { ${log(g, 'e && e.message')} });`);
  made.push(t`${em}.on('a', async (x, y) => { ${log(g, 'x', 'y')} ${g.random.pick(['', `await ${later(g)}; ${log(g)}`, g.major >= 14 && made[0].join('').includes('captureRejections') ? `throw ${error(g)};` : ''])} });`);
  made.push(t`${em}.prependListener('a', function (x) { ${log(g, 'x', `this === ${em}`)} }); ${em}.once('a', () => { ${log(g)} ${em}.emit('b', ${em}.listenerCount('a')); }); ${em}.on('b', (n) => { ${log(g, 'n')} });`);
  made.push(g.random.pick([() => t`${log(g, `${em}.emit('a', ${g.value()}, 2)`, `${em}.emit('none')`)}`, () => t`process.nextTick(() => { ${em}.emit('a', 1); ${em}.emit('a'); });`, () => t`${em}.removeAllListeners(${g.random.pick(['', "'a'"])}); ${log(g, `${em}.eventNames()`, `${em}.emit('a')`)}`])());
  made.push(t`try { ${em}.emit('error', ${error(g)}); } catch (e) { ${log(g, 'e.message')} }`);
  return t`{${body(made)}}`;
}

// Iterables that combinators, spreads and destructuring read to the end, or close.
function iterables(g) {
  const source = `(function* () { try { ${log(g)} yield ${later(g)}; ${log(g)} yield ${g.random.pick(['Promise.reject(' + error(g) + ')', '2', 'Promise.resolve(3)'])}; ${g.random.chance(0.2) ? `throw ${error(g)};` : ''} } finally { ${log(g)} } })()`;
  const settle = t`.then((v) => { ${log(g, 'v')} }, ${caught(g)});`;
  const names = ['all', 'race', ...(g.major >= 13 ? ['allSettled'] : []), ...(g.major >= 15 ? ['any'] : [])];
  return g.random.pick([
    () => t`Promise.${g.random.pick(names)}(${source})${settle}`, () => t`(async () => { for await (const x of ${source}) { ${log(g, 'x')} ${g.random.pick(['', 'break;', `throw ${error(g)};`])} } })()${settle}`,
    () => t`{ const [first, ...rest] = ${source}; ${log(g, 'typeof first', 'rest.length')} Promise.allSettled ? Promise.allSettled(rest)${settle.join('').replace(/;$/, '')} : rest.forEach((x) => Promise.resolve(x).catch(() => {})); }`,
    () => t`(async () => { const it = ${source}; ${log(g, 'await it.next().value')} ${log(g, `it.return('r')`)} ${log(g, 'it.next()')} })()${settle}`,
    () => t`(async function* () { try { yield* ${source}; } catch (e) { ${log(g, 'e.message')} yield 'caught'; } finally { ${log(g)} await ${later(g)}; } })().next()${settle}`,
  ])();
}

// Helpers that newer majors have.
function helpers(g) {
  const since = (major, ...makers) => (g.major >= major ? makers : []);
  return g.random.pick([
    () => t`${log(g, '[3, 1, 2].sort().map(String)', "'a-b'.split('-')", '[1, [2, [3]]].flat ? [1, [2, [3]]].flat() : 0')}`,
    ...since(12, () => t`${log(g, 'Object.fromEntries([["a", 1]])', '[..."ab"].flatMap((c) => [c, c])', "' x '.trimStart()")}`),
    ...since(15, () => t`Promise.any([Promise.reject(${error(g)}), Promise.reject(1)]).catch((e) => { ${log(g, 'e.name', 'e.errors.length', 'e.message')} });`, () => t`${log(g, "'a.a'.replaceAll('.', '-')", '1_000', 'null ?? 2', 'undefined?.x')} { let z = null; z ??= 1; ${log(g, 'z')} }`),
    ...since(18, () => t`${log(g, '[1, 2].at(-1)', 'Object.hasOwn({ a: 1 }, "a")', '[1, 2, 3].findLast((x) => x < 3)')}`, () => t`{ const e = new Error('outer', { cause: ${g.random.pick(["'text'", '{ code: 1 }', '0'])} }); ${log(g, 'e.cause', 'Object.keys(e)')} }`, () => t`${log(g, 'structuredClone({ a: new Map([[1, { b: new Date(0) }]]), c: [undefined], d: /x/g })')} try { structuredClone(() => 1); } catch (e) { ${log(g, 'e.name')} }`),
    ...since(20, () => t`${log(g, '[3, 1].toSorted()', '[1, 2].with(0, 9)', '[1, 2, 3].toSpliced(1, 1)')}`),
    ...since(22, () => t`${log(g, 'Object.groupBy([1, 2, 3], (x) => (x % 2 ? "odd" : "even"))', '[1, 2, 3].values().map((x) => x * 2).filter((x) => x > 2).toArray()', 'new Set([1, 2]).union(new Set([3]))')}`, () => t`${log(g, 'Map.groupBy([1, 2], (x) => x % 2)', 'Iterator.from([1, 2]).take(1).toArray()')}`),
    ...since(24, () => t`(async () => { await using x = { async [Symbol.asyncDispose]() { ${log(g)} await null; ${log(g)} } }; using y = { [Symbol.dispose]() { ${log(g)} } }; ${log(g)} ${g.random.pick(['', `throw ${error(g)};`, 'return 1;'])} })().then((v) => { ${log(g, 'v')} }, ${caught(g)});`),
  ])();
}

function streamsByHand(g) {
  g.needModule('stream', 'stream');
  const r = g.name('s'), w = g.name('s'), chunk = () => g.random.pick(["'ab'", "'c'", "Buffer.from('d')"]);
  const readable = `new stream.Readable({ ${g.random.pick(['objectMode: true, ', 'highWaterMark: 2, ', ''])}read() {} })`;
  const tell = (name, ...events) => events.map((event) => t`${name}.on('${event}', (x) => { ${log(g, event === 'error' ? 'x.message' : event === 'data' ? 'String(x)' : 'typeof x')} });`);
  return g.random.pick([
    () => t`{${body([t`const ${r} = ${readable};`, ...tell(r, 'end', 'close', 'error'), t`${r}.on('readable', () => { let x; while ((x = ${r}.read()) !== null) { ${log(g, 'String(x)')} } });`, t`${r}.push(${chunk()}); ${r}.push(${chunk()});`, g.random.pick([() => t`${r}.push(null);`, () => t`process.nextTick(() => { ${r}.push(${chunk()}); ${r}.push(null); });`, () => t`${r}.destroy(${error(g)});`])()])}}`,
    () => t`{${body([t`const ${r} = ${readable};`, ...tell(r, 'data', 'end', 'close', 'pause', 'resume'), t`${r}.push(${chunk()}); ${r}.push(${chunk()}); ${r}.push(null); ${r}.pause(); ${log(g, `${r}.isPaused()`)} process.nextTick(() => { ${log(g)} ${r}.resume(); });`])}}`,
    () => t`{${body([t`const ${w} = new stream.Writable({ highWaterMark: ${g.random.int(1, 4)}, write(x, e, callback) { ${log(g, 'String(x)')} ${g.random.pick(['callback();', 'process.nextTick(callback);', 'queueMicrotask(callback);'])} }, final(callback) { ${log(g)} callback(); } });`, ...tell(w, 'drain', 'finish', 'close'), t`${log(g, `${w}.write('abc')`, `${w}.write('d')`, `${w}.writableLength`)} ${w}.end('e', () => { ${log(g)} }); ${log(g, `${w}.writableEnded`, `${w}.writableFinished`)}`])}}`,
    () => t`{${body([t`const ${w} = new stream.Writable({ writev(list, callback) { ${log(g, 'list.length')} callback(); } });`, ...tell(w, 'finish', 'close'), t`${w}.cork(); ${w}.write('a'); ${w}.write('b'); process.nextTick(() => { ${w}.uncork(); ${w}.end(); });`])}}`,
    () => t`stream.finished(stream.Readable.from(['a', 'b']).resume(), (e) => { ${log(g, 'e && e.message')} });`,
    () => t`{${body([t`const ${w} = new stream.Duplex({ objectMode: true, read() {}, write(x, e, callback) { ${log(g, 'x')} this.push(x); callback(); }, final(callback) { this.push(null); callback(); } });`, ...tell(w, 'finish', 'end', 'close'), t`${w}.on('data', (x) => { ${log(g, 'x')} }); ${w}.write(1); ${w}.write(2); ${w}.end();`])}}`,
    ...(g.major >= 18 ? [() => t`require('stream/promises').pipeline(stream.Readable.from([1, 2]), async function* (source) { for await (const x of source) { ${log(g, 'x')} yield x * 2; } }, async (source) => { for await (const x of source) { ${log(g, 'x')} } return 'r'; }).then((v) => { ${log(g, 'v')} }, ${caught(g)});`,
      () => t`stream.Readable.from([1, 2, 3]).filter((x) => x > 1).map(async (x) => x * 2).toArray().then((v) => { ${log(g, 'v')} }, ${caught(g)});`] : []),
  ])();
}

function promisedImmediate(g, ctx) {
  g.needModule('tp', 'timers/promises');
  const ac = g.name('ac');
  return g.random.pick([
    () => t`(async () => { ${log(g, `await tp.setImmediate(${g.value()})`)} process.nextTick(() => { ${log(g)} }); await null; ${log(g)} })();`,
    () => t`{${body([t`const ${ac} = new AbortController();`, t`tp.setImmediate(1, { signal: ${ac}.signal }).then((v) => { ${log(g, 'v')} }, (e) => { ${log(g, 'e.name', 'e.code')} });`, t`${ac}.abort(); ${log(g)}`])}}`,
  ])();
}

function channels(g) {
  return g.random.pick([
    () => t`{${body([t`const dc = require('diagnostics_channel').channel('${g.name('ch')}');`, t`dc.subscribe((m, name) => { ${log(g, 'm', 'name')} });`, t`${log(g, 'dc.hasSubscribers')} dc.publish(${g.value()});`])}}`,
    () => t`{${body([t`const { MessageChannel, receiveMessageOnPort } = require('worker_threads'); const { port1, port2 } = new MessageChannel();`, t`port1.postMessage({ a: [1, new Map([[1, 2]])] }); ${log(g, 'receiveMessageOnPort(port2)', 'receiveMessageOnPort(port2)')}`])}}`,
  ])();
}

// Functions that run many callbacks, each of which tells.
function callbacks(g) {
  const f = (args, value) => `(${args}) => { ${log(g, args.split(', ')[0])} return ${value}; }`;
  return t`${log(g, g.random.pick([
    () => `[3, 1, 2].sort(${f('a, b', 'a - b')})`, () => `[1, 2, 3].reduce(${f('sum, x', 'sum + x')}, 0)`, () => `'a1b2'.replace(/\\d/g, ${f('d', 'd + d')})`, () => `Array.from({ length: 2 }, ${f('_, i', 'i')})`, () => `JSON.parse('{"a":[1,2]}', ${f('key, value', 'value')})`,
    () => `new Proxy({ a: 1 }, { get: ${f('target, key', 'key')}, has: ${f('target, key', 'true')} }).b`, () => `Reflect.ownKeys({ b: 1, a: 2, 1: 3, [Symbol.iterator]: 4 })`, () => `[...new Map([[1, 'a'], [2, 'b']])].map(${f('pair', 'pair[1]')})`, () => `Object.entries({ x: 1, y: 2 }).filter(${f('pair', 'pair[1] > 1')})`,
    () => `[1, 2, 3].some(${f('x', 'x > 1')})`, () => `(({ a = ${`(() => { ${log(g)} return 1; })()`}, ...rest }) => [a, rest])({ b: 2 })`, () => `\`\${(() => { ${log(g)} return 'x'; })()}-\${[1, 2]}\``, () => `((a, b = a, ...c) => [a, b, c])(1, undefined, 3)`, () => `[10, 9, 1].sort()`, () => `isNaN('x') + 0.1 + 0.2`,
    () => `parseInt('12px') + Number('') + +true`, () => `[] + {} + [1] == '[object Object]1'`, () => `typeof null + typeof undefined + typeof (() => 1)`, () => `new Date(86400000).toISOString()`, () => `(123.456).toFixed(1) + (255).toString(16)`, () => `'abc'.at ? 'abc'.charCodeAt(1) : 0`, () => `'ß'.toUpperCase() + 'İ'.length`,
  ])())}`;
}

// Until Node 22 a printed promise shows the numbers of its async hooks once a program has used a storage.
export const wider = [
  { name: 'hierarchy', weight: 6, make: hierarchy },
  { name: 'control', weight: 8, make: control },
  { name: 'shown', weight: 9, since: 12, when: (g) => !g.constructs.some((c) => c.name === 'storage') || g.major >= 24, make: shown },
  { name: 'stacks', weight: 8, since: 12, when: (g) => !g.isModule, make: stacks },
  { name: 'emitters', weight: 5, make: emitters },
  { name: 'iterables', weight: 6, since: 10, make: iterables },
  { name: 'helpers', weight: 5, make: helpers },
  { name: 'streamsByHand', weight: 6, since: 16, when: (g) => !g.isModule, make: streamsByHand },
  { name: 'promisedImmediate', weight: 3, since: 16, when: (g, ctx) => ctx.imm > 0, make: promisedImmediate },
  { name: 'channels', weight: 2, since: 16, when: (g) => !g.isModule, make: channels },
  { name: 'callbacks', weight: 5, make: callbacks },
];
