// More constructs, for the seeds from WIDE_SEED on: programs of the seeds below stay what they are.
// Streams without I/O, event iterators, signals, async contexts, loud promise classes, file handles.
import { t, body } from './tree.mjs';

export const WIDE_SEED = 100000;

const error = (g) => `new Error('${g.name('e')}')`;
const quiet = (g, ctx, vals = []) => g.body(ctx, { act: null, canThrow: false, vals: [...ctx.vals, ...vals] }, 1);
const caught = (g) => t`(e) => console.log('${g.name('n')}', e && e.name, e && e.message)`;
const values = (g, low = 0, high = 3) => Array.from({ length: g.random.int(low, high) }, () => g.random.pick(["'v'", '1', '0', 'true', '[1, 2]', "{ a: 1 }", '-1.5']));

// A promise class that tells when it is made: what makes promises by species is seen.
function loudClass(g, ctx) {
  g.need("class Count extends Promise { constructor(executor) { super(executor); console.log('made'); } }");
  g.need("class Same extends Promise { constructor(executor) { super(executor); console.log('same'); } static get [Symbol.species]() { return Promise; } }");
  const name = g.random.pick(['Count', 'Same']);
  const source = g.random.pick([`${name}.resolve(${g.value()})`, `${name}.reject(${error(g)})`, `new ${name}((resolve) => process.nextTick(resolve, ${g.value()}))`, `${name}.all([${g.value()}, Promise.resolve(1)])`, `${name}.race([Promise.resolve(2), ${g.value()}])`]);
  const links = Array.from({ length: g.random.int(1, 3) }, () => g.random.pick([
    () => t`.then((v) => {${quiet(g, ctx, ['v'])}})`, () => t`.catch((e) => {${quiet(g, ctx, ['e && e.message'])}})`,
    ...(g.major >= 10 ? [() => t`.finally(() => {${quiet(g, ctx)}})`] : []), () => t`.then(() => ${name}.resolve(${g.value()}))`, () => t`.then()`,
  ])());
  const awaited = ctx.fn === 'async' && !ctx.nested && g.random.chance(0.3);
  return awaited ? t`try { await ${source}; ${g.log()} } catch (e) { ${g.log('e && e.message')} }` : t`${source}${links.map((l) => t`${l}`)}.catch(${caught(g)});`;
}

function needEvents(g) {
  g.needModule('events', 'events');
}

function eventsOn(g) {
  needEvents(g);
  const em = g.name('em'), rounds = g.random.int(1, 3), n = g.name('k'), end = g.random.pick(['break', 'return', `throw ${error(g)}`]);
  const loop = t`(async () => { let ${n} = 0; try { for await (const x of events.on(${em}, 'a')) { ${g.log('x')} if (++${n} === ${rounds}) ${end}; } } catch (e) { ${g.log('e.message')} } finally { ${g.log(`${em}.listenerCount('a')`)} } })();`;
  const emits = Array.from({ length: rounds + g.random.int(0, 1) }, () => g.random.pick([
    () => t`${em}.emit('a', ${g.value()});`, () => t`process.nextTick(() => { ${g.log()} ${em}.emit('a', ${g.value()}); });`, () => t`Promise.resolve().then(() => { ${g.log()} ${em}.emit('a', ${g.value()}); });`,
  ])());
  if (g.random.chance(0.3)) emits.push(t`process.nextTick(() => { try { ${em}.emit('error', ${error(g)}); } catch (e) { ${g.log('e.message')} } });`);
  return t`{${body([t`const ${em} = new events.EventEmitter();`, loop, ...emits])}}`;
}

function streams(g, ctx) {
  g.needModule('stream', 'stream');
  const list = `[${values(g, 1, 4).join(', ')}]`, from = `stream.Readable.from(${list})`, r = g.name('s');
  const transform = g.random.pick([
    () => t`new stream.Transform({ objectMode: true, transform(chunk, encoding, callback) { ${g.log('chunk')} callback(null, chunk); } })`,
    () => t`new stream.Transform({ objectMode: true, transform(chunk, encoding, callback) { ${g.log('chunk')} process.nextTick(callback, null, chunk); }, flush(callback) { ${g.log()} callback(); } })`,
    () => t`new stream.PassThrough({ objectMode: true })`,
  ]);
  const writable = () => t`new stream.Writable({ objectMode: true, write(chunk, encoding, callback) { ${g.log('chunk')} ${g.random.pick(['callback();', 'process.nextTick(callback);', 'Promise.resolve().then(() => callback());', `callback(${error(g)});`])} }, final(callback) { ${g.log()} callback(); } })`;
  const events = (name, list) => list.filter(() => g.random.chance(0.6)).map((event) => t`${name}.on('${event}', () => { ${g.log()} });`);
  return g.random.pick([
    () => t`{${body([t`const ${r} = ${from};`, t`${r}.on('data', (x) => {${quiet(g, ctx, ['x'])}});`, ...events(r, ['end', 'close'])])}}`,
    () => t`(async () => { try { for await (const x of ${from}) { ${g.log('x')} ${g.random.pick(['', 'break;', `throw ${error(g)};`, 'await null;'])} } } catch (e) { ${g.log('e.message')} } ${g.log()} })();`,
    () => t`stream.pipeline(${from}, ${transform()}, ${writable()}, (e) => { ${g.log('e && e.message')} });`,
    () => t`{${body([t`const ${r} = ${writable()};`, t`${r}.on('error', (e) => { ${g.log('e.message')} });`, ...events(r, ['finish', 'close']), ...values(g, 1, 3).map((v) => t`${r}.write(${v}, () => { ${g.log()} });`), t`${r}.end(() => { ${g.log()} });`])}}`,
    () => t`{${body([t`const ${r} = new stream.Readable({ objectMode: true, read() {} });`, t`${r}.on('data', (x) => { ${g.log('x')} });`, ...events(r, ['end', 'close']), ...values(g, 1, 3).map((v) => t`${r}.push(${v});`), t`${r}.push(null);`, g.log()])}}`,
    () => t`{${body([t`const ${r} = ${from};`, ...events(r, ['close']), t`${r}.on('error', (e) => { ${g.log('e.message')} });`, t`${r}.destroy(${g.random.pick(['', error(g)])});`, g.log(`${r}.destroyed`)])}}`,
  ])();
}

function signals(g) {
  const ac = g.name('ac'), listener = () => t`${ac}.signal.addEventListener('abort', () => { ${g.log(`${ac}.signal.aborted`)} }${g.random.pick(['', ', { once: true }'])});`;
  const made = [t`const ${ac} = new AbortController();`, listener(), listener()];
  if (g.major >= 20) made.push(t`AbortSignal.any([${ac}.signal]).addEventListener('abort', () => { ${g.log()} });`);
  if (g.random.chance(0.4)) made.push(t`${ac}.signal.onabort = () => { ${g.log()} };`);
  made.push(t`new Promise((resolve, reject) => ${ac}.signal.addEventListener('abort', () => reject(${g.major >= 18 ? `${ac}.signal.reason` : error(g)}))).catch((e) => { ${g.log('e && e.name')} });`);
  made.push(g.random.pick([() => t`${ac}.abort();`, () => t`process.nextTick(() => { ${g.log()} ${ac}.abort(); ${g.log()} });`, () => t`queueMicrotask(() => { ${ac}.abort(); ${ac}.abort(); ${g.log()} });`])(), g.log(`${ac}.signal.aborted`));
  return t`{${body(made)}}`;
}

function targets(g) {
  const et = g.name('et'), f = g.name('f');
  return t`{${body([t`const ${et} = new EventTarget(), ${f} = (x) => { ${g.log('x.type')} };`, t`${et}.addEventListener('a', ${f}); ${et}.addEventListener('a', ${f});`, t`${et}.addEventListener('a', { handleEvent(x) { ${g.log('x.type')} ${g.random.pick(['x.stopImmediatePropagation();', 'queueMicrotask(() => { ' + g.log().join('') + ' });', ''])} } });`,
    t`${et}.addEventListener('a', () => { ${g.log()} }, { once: true });`, t`${g.random.chance(0.3) ? `${et}.removeEventListener('a', ${f});` : ''} console.log('${g.name('n')}', ${et}.dispatchEvent(new Event('a')));`, g.random.pick([() => t`${et}.dispatchEvent(new Event('a'));`, () => t`process.nextTick(() => { ${et}.dispatchEvent(new Event('a')); });`])()])}}`;
}

function storage(g, ctx) {
  g.needModule('{ AsyncLocalStorage }', 'async_hooks');
  const s = g.name('als'), show = () => g.log(`${s}.getStore()`);
  const inside = g.random.pick([
    () => t`process.nextTick(() => { ${show()} });`, () => t`Promise.resolve().then(() => { ${show()} });`, () => t`(async () => { await null; ${show()} await new Promise((resolve) => process.nextTick(resolve)); ${show()} })();`,
    () => t`queueMicrotask(() => { ${show()} });`, () => t`${s}.exit(() => { ${show()} });`, () => t`${s}.run('inner', () => { ${show()} process.nextTick(() => { ${show()} }); });`, ...(ctx.imm > 0 ? [() => t`setImmediate(() => { ${show()} });`] : []),
  ]);
  return t`{${body([t`const ${s} = new AsyncLocalStorage();`, t`${s}.run('${g.name('store')}', () => { ${inside()} ${g.random.chance(0.5) ? inside() : []} ${show()} });`, show()])}}`;
}

function resolvers(g, ctx) {
  const name = g.name('w');
  return t`{${body([t`const ${name} = Promise.withResolvers();`, t`${name}.promise.then((v) => {${quiet(g, ctx, ['v'])}}, (e) => {${quiet(g, ctx, ['e.message'])}});`, g.random.pick([() => t`${name}.resolve(${g.random.pick([g.value(), 'Promise.resolve(1)', '{ then(f) { f(2); } }'])});`, () => t`process.nextTick(${name}.reject, ${error(g)});`, () => t`queueMicrotask(() => { ${name}.resolve(1); ${name}.reject(2); ${g.log()} });`])()])}}`;
}

function fromAsync(g) {
  const source = g.random.pick([`[${values(g).join(', ')}, Promise.resolve(1)]`, `(async function* () { yield 1; ${g.log().join('')} yield Promise.resolve(2); })()`, `{ length: 2, 0: Promise.resolve('x'), 1: 'y' }`]);
  return t`Array.fromAsync(${source}${g.random.pick(['', ', async (x) => x', ', (x, i) => i'])}).then((v) => { ${g.log('v')} }, ${caught(g)});`;
}

function tryPromise(g) {
  return t`Promise.try(${g.random.pick([`() => ${g.value()}`, `() => { throw ${error(g)}; }`, `async () => ${g.value()}`, `(...a) => a, 1, 2`])}).then((v) => { ${g.log('v')} }, ${caught(g)});`;
}

function customPromisify(g) {
  g.needModule('util', 'util');
  const f = g.name('f');
  return t`{${body([t`const ${f} = (callback) => callback(null, 1); ${f}[util.promisify.custom] = () => { ${g.log()} return ${g.random.pick(['Promise.resolve(2)', '3', 'Promise.reject(' + error(g) + ')'])}; };`, t`try { Promise.resolve(util.promisify(${f})()).then((v) => { ${g.log('v')} }, ${caught(g)}); } catch (e) { ${g.log('e.message')} }`])}}`;
}

// Loops with labels and finally in async code.
function labelled(g, ctx) {
  const i = g.name('i'), j = g.name('j'), leave = g.random.pick(['continue outer', 'break outer', 'continue', 'break', 'throw ' + error(g), "return 'r'"]);
  g.forget(ctx);
  return t`(async () => { outer: for (let ${i} = 0; ${i} < 2; ${i}++) { for (const ${j} of [0, 1, 2]) { try { ${g.log(i, j)} await ${g.random.pick(['null', 'Promise.resolve()', `new Promise((resolve) => process.nextTick(resolve))`])}; if (${j} === 1) ${leave}; } finally { ${g.log()} ${g.random.pick(['', 'await null;', `if (${i} === 1) ${g.random.pick(['continue outer', 'break'])};`])} } } ${g.log()} } return 'end'; })().then((v) => { ${g.log('v')} }, ${caught(g)});`;
}

function printedState(g) {
  const name = g.name('z');
  return t`{${body([t`const ${name} = ${g.random.pick([`(async () => { await null; return ${g.value()}; })()`, `Promise.all([Promise.resolve(${g.value()}), 1])`, `Promise.resolve().then(() => ${g.value()})`, `(async function* () { yield 1; })()`])};`, g.log(name), t`process.nextTick(() => { ${g.log(name)} });`, t`Promise.resolve().then(() => {}).then(() => { ${g.log(name)} });`])}}`;
}

// Until Node 22 a printed promise shows the numbers of its async hooks once a program has used a storage.
const printsPromises = (g) => g.major < 24 && g.constructs.some((c) => c.name === 'printedState' || c.name === 'showPromise');

export const wide = [
  { name: 'loudClass', weight: 4, make: loudClass },
  { name: 'eventsOn', weight: 4, since: 14, make: eventsOn },
  { name: 'streams', weight: 8, since: 16, make: streams },
  { name: 'signals', weight: 3, since: 16, make: signals },
  { name: 'targets', weight: 3, since: 16, make: targets },
  { name: 'storage', weight: 4, since: 16, when: (g) => !printsPromises(g), make: storage },
  { name: 'resolvers', weight: 3, since: 22, make: resolvers },
  { name: 'fromAsync', weight: 3, since: 22, make: fromAsync },
  { name: 'tryPromise', weight: 2, since: 24, make: tryPromise },
  { name: 'customPromisify', weight: 2, make: customPromisify },
  { name: 'labelled', weight: 5, make: labelled },
  { name: 'printedState', weight: 3, since: 10, make: printedState },
];
