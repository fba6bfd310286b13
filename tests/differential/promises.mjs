// Promises: making, settling, chaining, forking, combining.
// An expression of a promise is { parts, late, after }: `late` when it may settle in another drain, and `after` is the
// context of code that continues from it, where that is known.
import { asyncCall } from './asyncs.mjs';
import { t, body, links } from './tree.mjs';

const error = (g) => `new Error('${g.name('e')}')`;

// What a promise is resolved with.
export function resolution(g, ctx) {
  const roll = g.random.next();
  if (roll < 0.55 || g.left <= 0) return { parts: t`${g.value()}`, late: false };
  if (roll < 0.7) return thenable(g, ctx);
  return promise(g, ctx);
}

export function thenable(g, ctx) {
  g.left--;
  const inner = g.inner(ctx), answer = g.random.weighted([
    { weight: 5, to: t`resolve(${g.value()});` }, { weight: 2, to: t`reject(${error(g)});` }, { weight: 1, to: t`throw ${error(g)};` },
    { weight: 1, to: t`process.nextTick(resolve, ${g.value()});` }, { weight: 1, to: t`Promise.resolve(${g.value()}).then(resolve);` },
  ]).to;
  const statements = g.bodyStatements({ ...inner, canThrow: false }, 0).concat([answer]);
  if (g.random.chance(0.25)) return { parts: t`{ get then() { ${g.log()} return (resolve, reject) => {${body(statements)}}; } }`, late: false };
  return { parts: t`{ then(resolve, reject) {${body(statements)}} }`, late: false };
}

function executor(g, ctx) {
  const inner = g.inner(ctx), value = resolution(g, inner), ends = [];
  let late = value.late;
  const settle = g.random.weighted([
    { weight: 5, to: t`resolve(${value.parts});` }, { weight: 2, to: t`reject(${error(g)});` }, { weight: 1, to: t`throw ${error(g)};` },
    { weight: 2, to: t`process.nextTick(() => {${body([g.log(), t`resolve(${value.parts});`])}});` },
    { weight: 2, to: t`Promise.resolve().then(() => {${body([g.log(), t`resolve(${value.parts});`])}});` },
    { weight: 1, to: t`process.nextTick(reject, ${error(g)});` },
  ]).to;
  ends.push(settle);
  if (g.random.chance(0.2)) ends.unshift(t`resolve(${g.value()});`);
  const statements = g.bodyStatements({ ...inner, canThrow: false }, 0).concat(ends);
  return { parts: t`new Promise((resolve, reject) => {${body(statements)}})`, late };
}

// Settled by an immediate or a timer: code that continues runs there.
function executorLater(g, ctx) {
  if (ctx.imm > 0 && ctx.act.mode === 'imm') {
    return { parts: t`new Promise((resolve) => setImmediate(resolve, ${g.value()}))`, late: true, after: { ...ctx, kind: 'immediate', callback: {}, imm: ctx.imm - 1 } };
  }
  if (ctx.act && ctx.act.next === 'imm' && !ctx.act.used) {
    ctx.act.used = true;
    return { parts: t`new Promise((resolve) => setImmediate(resolve, ${g.value()}))`, late: true, after: g.begin('immediate', ctx) };
  }
  const delay = g.wantsSlots && ctx.act && !ctx.beforeExit ? g.takeSlots(ctx, 1) : 0;
  if (!delay) return executor(g, ctx);
  const after = g.begin('timer', ctx, g.slot), v = g.value();
  const forms = [t`new Promise((resolve) => setTimeout(resolve, ${delay}, ${v}))`];
  g.needModule('util', 'util');
  forms.push(t`util.promisify(setTimeout)(${delay}, ${v})`);
  if (g.major >= 16) {
    g.needModule('timersPromises', 'timers/promises');
    forms.push(t`timersPromises.setTimeout(${delay}, ${v})`);
  }
  return { parts: g.random.pick(forms), late: true, after };
}

function combination(g, ctx) {
  const kinds = ['all', 'all', 'race', ...(g.major >= 13 ? ['allSettled'] : []), ...(g.major >= 15 ? ['any'] : [])];
  let late = false;
  const items = [];
  for (let i = g.random.int(0, 3); i > 0; i--) {
    const item = resolution(g, ctx);
    late = late || item.late;
    items.push(item.parts);
  }
  return { parts: t`Promise.${g.random.pick(kinds)}([${items.map((item, i) => (i ? [', ', ...item] : item))}])`, late };
}

function subclass(g, ctx) {
  const plain = 'class Sub extends Promise {}';
  const loud = "class Loud extends Promise { then(f, r) { console.log('then of Loud'); return super.then(f, r); } }";
  const species = 'class Other extends Promise { static get [Symbol.species]() { return Promise; } }';
  const line = g.random.pick([plain, loud, species]);
  g.need(line);
  const value = resolution(g, ctx);
  return { parts: t`${line.split(' ')[1]}.resolve(${value.parts})`, late: value.late };
}

// Any promise.
export function promise(g, ctx) {
  if (g.left-- <= 0) return { parts: t`Promise.resolve(${g.value()})`, late: false };
  const known = ctx.promises;
  const makers = [
    { weight: 4, make: () => ({ parts: t`Promise.resolve(${g.value()})`, late: false }) },
    { weight: 2, make: () => ({ parts: t`Promise.reject(${error(g)})`, late: false }) },
    { weight: 5, make: () => executor(g, ctx) },
    { weight: 3, make: () => executorLater(g, ctx) },
    { weight: 3, make: () => combination(g, ctx) },
    { weight: 2, make: () => subclass(g, ctx) },
    { weight: 1, make: () => { const value = resolution(g, ctx); return { parts: t`Promise.resolve(${value.parts})`, late: value.late }; } },
    { weight: 3, make: () => asyncCall(g, ctx) },
    { weight: 2, make: () => chained(g, ctx) },
  ];
  if (known.length) makers.push({ weight: 8, make: () => { const p = g.random.pick(known); return { parts: t`${p.name}`, late: p.late }; } });
  return g.random.weighted(makers).make();
}

// What a callback of then, catch and finally ends with; says whether that may take longer than the drain.
function ending(g, ctx, statements) {
  const roll = g.random.next();
  if (roll < 0.45) return false;
  if (roll < 0.6) {
    statements.push(t`throw ${error(g)};`);
    return false;
  }
  const value = resolution(g, ctx);
  statements.push(t`return ${value.parts};`);
  return value.late;
}

function callback(g, ctx, parameter) {
  const own = g.inner(ctx, { promises: [...ctx.promises] });
  if (parameter) own.vals.push(parameter === 'e' ? 'e && e.message' : parameter);
  own.depth++;
  const statements = g.statements(own, g.random.int(0, 2));
  const late = ending(g, own, statements);
  return { parts: t`(${parameter}) => {${body(statements)}}`, late: late || own.act !== ctx.act };
}

// The links of a chain on a promise. Callbacks behind a late one run in an unknown act.
function chain(g, ctx, source, least = 1) {
  let here = source.after || (source.late ? g.inner(ctx, { act: null, canThrow: false }) : ctx), late = source.late;
  const made = [];
  const add = (link, ...callbacks) => {
    made.push(link);
    if (callbacks.some((c) => c.late)) {
      late = true;
      here = g.inner(here, { act: null, canThrow: false });
    }
  };
  here = { ...here, promises: ctx.promises, vals: ctx.vals, depth: ctx.depth + 1 };
  for (let i = g.random.int(least, 3); i > 0; i--) {
    const roll = g.random.next();
    if (roll < 0.5) {
      const f = callback(g, here, 'v');
      add(t`.then(${f.parts})`, f);
    } else if (roll < 0.65) {
      const f = callback(g, here, 'v'), r = callback(g, here, 'e');
      add(t`.then(${f.parts}, ${r.parts})`, f, r);
    } else if (roll < 0.8) {
      const r = callback(g, here, 'e');
      add(t`.catch(${r.parts})`, r);
    } else if (roll < 0.9 && g.major >= 10) {
      const f = callback(g, here, '');
      add(t`.finally(${f.parts})`, f);
    } else {
      add(t`.then(${g.random.pick(['', '1', 'null', 'undefined, undefined'])})`);
    }
  }
  if (g.rejections === 'caught') made.push(t`.catch((e) => console.log('${g.name('n')}', e && e.message))`);
  return { made, late };
}

function chained(g, ctx) {
  const source = promise(g, ctx), rest = chain(g, ctx, source);
  return { parts: t`${source.parts}${links(rest.made)}`, late: rest.late };
}

function declare(g, ctx) {
  const name = g.name('p'), source = promise(g, ctx);
  const made = t`const ${name} = ${source.parts};`;
  if (!ctx.nested) ctx.promises.push({ name, late: source.late });
  if (g.rejections === 'caught') made.push(...t` ${name}.catch(() => {});`);
  return merge(made);
}

const merge = (parts) => t`${parts}`;

// A promise whose functions are called from elsewhere, later.
function deferred(g, ctx) {
  const name = g.name('d');
  const settle = g.random.pick([t`${name}.resolve(${g.value()});`, t`${name}.reject(${error(g)});`]);
  g.need('const defer = () => { const d = {}; d.promise = new Promise((resolve, reject) => { d.resolve = resolve; d.reject = reject; }); return d; };');
  const rest = chain(g, ctx, { late: true }, 1), other = chain(g, ctx, { late: true }, 1);
  const how = g.random.pick([
    () => t`process.nextTick(() => {${body([g.log(), settle, g.log()])}});`,
    () => t`Promise.resolve().then(() => {${body([g.log(), settle, g.log()])}});`,
    () => (ctx.imm > 0 ? t`setImmediate(() => {${body([g.log(), settle, g.log()])}});` : settle),
  ])();
  return t`{${body([
    t`const ${name} = defer();`,
    t`${name}.promise${links(rest.made)};`, t`${name}.promise${links(other.made)};`, how,
  ])}}`;
}

function ownThen(g, ctx) {
  const name = g.name('p'), source = promise(g, ctx);
  ctx.promises.push({ name, late: true });
  const made = t`const ${name} = ${source.parts}; ${name}.then = function (f, r) { ${g.log()} return Promise.prototype.then.call(this, f, r); };`;
  if (g.rejections === 'caught') made.push(` ${name}.catch(() => {});`);
  return merge(made);
}

function selfResolution(g) {
  const name = g.name('p');
  return t`{${body([
    t`const ${name} = Promise.resolve().then(() => ${name});`,
    t`${name}.catch((e) => console.log('${g.name('n')}', e.name));`,
  ])}}`;
}

export const promises = [
  { name: 'chain', weight: 14, always: true, make(g, ctx) { const c = chained(g, ctx); return t`${c.parts};`; } },
  { name: 'promise', weight: 5, when: (g, ctx) => !ctx.nested, make: declare },
  { name: 'fork', weight: 6, when: (g, ctx) => ctx.promises.length > 0, make(g, ctx) {
    const p = g.random.pick(ctx.promises);
    return t`${p.name}${links(chain(g, ctx, { late: p.late }).made)};`;
  } },
  { name: 'deferred', weight: 4, make: deferred },
  { name: 'ownThen', weight: 1, when: (g, ctx) => !ctx.nested, make: ownThen },
  { name: 'selfResolution', weight: 1, make: selfResolution },
  { name: 'showPromise', weight: 2, since: 10, when: (g, ctx) => ctx.promises.length > 0, make(g, ctx) {
    g.need('Error.stackTraceLimit = 0;');
    return t`console.log(${g.random.pick(ctx.promises).name});`;
  } },
];
