// Async functions, generators, async generators and their loops.
import { t, body } from './tree.mjs';
import { promise, resolution, thenable } from './promises.mjs';

const error = (g) => `new Error('${g.name('e')}')`;

// Code behind an await runs where the awaited thing settled.
function moveTo(g, ctx, awaited) {
  if (awaited.after && !ctx.nested) {
    const { act, callback, imm, kind, slot, canThrow } = awaited.after;
    Object.assign(ctx, { act, callback, imm, kind, slot, canThrow });
  } else if (awaited.late) {
    g.forget(ctx);
  }
}

function awaited(g, ctx) {
  const roll = g.random.next();
  const made = roll < 0.2 ? { parts: t`${g.value()}`, late: false } : roll < 0.3 ? thenable(g, ctx) : promise(g, ctx);
  return made;
}

function awaitStatement(g, ctx) {
  const source = awaited(g, ctx), named = !ctx.nested && g.random.chance(0.6), name = named ? g.name('v') : '';
  const guarded = g.random.chance(g.rejections === 'caught' ? 0.4 : 0.15);
  let made = t`await ${source.parts}`;
  moveTo(g, ctx, source);
  if (guarded) return t`try { await ${source.parts}; } catch (e) { console.log('${g.name('n')}', e && e.message); }`;
  if (named) ctx.vals.push(name);
  return named ? t`const ${name} = ${made};` : t`${made};`;
}

function tryStatement(g, ctx) {
  const inside = g.nested(ctx, g.random.int(1, 2));
  if (g.random.chance(0.5)) inside.statements.push(g.random.pick([
    () => t`throw ${error(g)};`,
    () => (ctx.fn === 'async' ? t`await Promise.reject(${error(g)});` : t`throw ${error(g)};`),
    () => (ctx.fn === 'async' ? t`return await ${settled(g)};` : t`return ${g.value()};`),
    () => t`return ${settled(g)};`,
  ].filter((_, i) => !ctx.top || i < 2))());
  let made = t`try {${inside}}`;
  const form = g.random.int(0, 2);
  if (form !== 1) {
    ctx.vals.push('e && e.message');
    const caught = g.nested(ctx, 1);
    ctx.vals.pop();
    made = t`${made} catch (e) {${caught}}`;
  }
  if (form !== 0) {
    const last = g.nested(ctx, 1);
    if (!ctx.top && g.random.chance(0.15)) last.statements.push(t`return ${g.value()};`);
    made = t`${made} finally {${last}}`;
  }
  return made;
}

const settled = (g) => g.random.pick([`Promise.resolve(${g.value()})`, `Promise.reject(${error(g)})`, g.value()]);

function loop(g, ctx) {
  const i = g.name('i'), inside = g.inner(ctx, { act: null, canThrow: false, nested: true, fn: ctx.fn });
  inside.vals.push(i);
  inside.depth++;
  const statements = g.statements(inside, 1);
  statements.push(t`await ${settled(g)};`);
  g.forget(ctx);
  if (g.random.chance(0.2)) statements.push(t`if (${i} === 1) ${g.random.pick(ctx.top ? ['continue', 'break'] : ['continue', 'break', 'return 9'])};`);
  return t`for (let ${i} = 0; ${i} < ${g.random.int(1, 3)}; ${i}++) {${body(statements)}}`;
}

function functionBody(g, ctx, fn, count) {
  const own = { ...g.inner(ctx, { fn, top: false, nested: false }), promises: [...ctx.promises] };
  own.depth++;
  return { own, statements: g.statements(own, count) };
}

// An async function called at once: the promise of its result.
export function asyncCall(g, ctx) {
  const { own, statements } = functionBody(g, ctx, 'async', g.random.int(1, 4));
  let late = own.act !== ctx.act;
  const roll = g.random.next();
  if (roll < 0.15) statements.push(t`throw ${error(g)};`);
  else if (roll < 0.6) {
    const value = resolution(g, own);
    late = late || value.late;
    statements.push(t`return ${g.random.chance(0.4) ? 'await ' : ''}${value.parts};`);
  }
  const parameters = g.random.chance(0.1) ? `x = (() => { throw ${error(g)}; })()` : '';
  if (g.random.chance(0.3)) {
    const name = g.name('f');
    return { parts: t`(async function ${name}(${parameters}) {${body(statements)}})()`, late };
  }
  return { parts: t`(async (${parameters}) => {${body(statements)}})()`, late };
}

function asyncStatement(g, ctx) {
  const call = asyncCall(g, ctx);
  if (g.rejections === 'caught' || g.random.chance(0.3)) return t`${call.parts}.catch((e) => console.log('${g.name('n')}', e && e.message));`;
  return t`${call.parts};`;
}

// The statements of a generator: yields of everything.
function generatorStatements(g, ctx, fn) {
  const statements = [];
  const inside = { ...g.inner(ctx, { act: null, fn: fn === 'agen' ? 'async' : 'sync', nested: true, canThrow: false }), promises: [...ctx.promises] };
  const value = () => (fn === 'agen' ? g.random.pick([g.value(), settled(g)]) : g.value());
  for (let i = g.random.int(1, 3); i > 0; i--) {
    statements.push(g.log());
    const roll = g.random.next();
    if (roll < 0.5) statements.push(t`yield ${value()};`);
    else if (roll < 0.6) statements.push(t`const ${g.name('y')} = yield ${value()};`);
    else if (roll < 0.75) statements.push(t`yield* ${iterable(g, ctx, fn)};`);
    else if (roll < 0.85) statements.push(t`try { yield ${value()}; } finally { ${g.log()} ${fn === 'agen' ? `await ${g.random.pick([g.value(), `Promise.resolve(${g.value()})`])}; ${g.log()[0]}` : ''} }`);
    else if (fn === 'agen') statements.push(t`await ${settled(g)};`);
    else statements.push(g.statement(inside));
  }
  const roll = g.random.next();
  if (roll < 0.2) statements.push(t`return ${value()};`);
  else if (roll < 0.3) statements.push(t`throw ${error(g)};`);
  return statements;
}

// Something for `for await` (fn 'agen'), or for `for of` and yield* (fn 'gen').
function iterable(g, ctx, fn) {
  g.left--;
  const values = Array.from({ length: g.random.int(0, 3) }, () => (fn === 'agen' ? g.random.pick([g.value(), settled(g), `Promise.resolve(${g.value()})`]) : g.value()));
  const roll = g.left <= 0 ? 0 : g.random.next();
  if (roll < 0.3) return t`[${values.join(', ')}]`;
  if (roll < 0.4) return t`new Set([${values.join(', ')}])`;
  if (roll < 0.55 || (fn === 'gen' && roll < 0.8)) return t`(function* () {${body(generatorStatements(g, ctx, 'gen'))}})()`;
  if (fn === 'agen' && roll < 0.85) return t`(async function* () {${body(generatorStatements(g, ctx, 'agen'))}})()`;
  const n = g.name('k'), isAsync = fn === 'agen' && g.random.chance(0.7);
  const result = `{ done: ${n}++ >= ${g.random.int(0, 3)}, value: ${g.value()} }`;
  const next = isAsync ? g.random.pick([`Promise.resolve(${result})`, result]) : result;
  const stop = g.random.pick([t`return() { ${g.log()} return ${isAsync ? 'Promise.resolve({})' : '{}'}; }`, t``]);
  return t`{ [Symbol.${isAsync ? 'asyncIterator' : 'iterator'}]() { let ${n} = 0; return { next() { ${g.log()} return ${next}; }, ${stop} }; } }`;
}

function forAwait(g, ctx) {
  const v = g.name('w'), inside = g.inner(ctx, { act: null, canThrow: false, nested: true, fn: ctx.fn });
  inside.vals.push(v);
  inside.depth++;
  const source = iterable(g, ctx, 'agen'), statements = g.statements(inside, g.random.int(0, 1));
  const roll = g.random.next();
  if (roll < 0.3) statements.push(t`${g.random.pick(['break', 'continue', `throw ${error(g)}`, ctx.top ? 'break' : 'return 7'])};`);
  g.forget(ctx);
  const made = t`for await (const ${v} of ${source}) {${body(statements)}}`;
  return g.random.chance(0.6) ? t`try {${body([made])}} catch (e) { console.log('${g.name('n')}', e && e.message); }` : made;
}

function forOf(g, ctx) {
  const v = g.name('w'), inside = g.inner(ctx, { act: null, canThrow: false, nested: true, top: true, fn: ctx.fn });
  inside.vals.push(v);
  inside.depth++;
  const source = iterable(g, ctx, 'gen'), statements = g.statements(inside, 1);
  if (ctx.fn === 'async') g.forget(ctx);
  if (g.random.chance(0.2)) statements.push(t`break;`);
  return t`try { for (const ${v} of ${source}) {${body(statements)}} } catch (e) { console.log('${g.name('n')}', e && e.message); }`;
}

// An async generator driven by hand: requests queue up.
function driven(g, ctx) {
  const name = g.name('g'), show = () => t`.then((r) => console.log('${g.name('n')}', r), (e) => console.log('${g.name('n')}', e && e.message))`;
  const calls = Array.from({ length: g.random.int(1, 4) }, () =>
    t`${name}.${g.random.pick(['next()', 'next()', `next(${g.value()})`, `return(${settled(g)})`, `throw(${error(g)})`])}${show()};`);
  return t`{${body([t`const ${name} = (async function* () {${body(generatorStatements(g, ctx, 'agen'))}})();`, ...calls])}}`;
}

const inAsync = (g, ctx) => ctx.fn === 'async';

export const asyncs = [
  { name: 'async', weight: 9, always: true, make: asyncStatement },
  { name: 'await', weight: 30, always: true, when: inAsync, make: awaitStatement },
  { name: 'try', weight: 8, when: inAsync, make: tryStatement },
  { name: 'awaitLoop', weight: 6, when: inAsync, make: loop },
  { name: 'forAwait', weight: 8, since: 10, when: inAsync, make: forAwait },
  { name: 'forOf', weight: 2, make: forOf },
  { name: 'asyncGenerator', weight: 5, since: 10, make: driven },
];
