// Errors that nobody in the program catches, and the listeners of process.
import { t, body } from './tree.mjs';

const error = (g) => `new Error('${g.name('e')}')`;

// The listeners of process that stand at the start of a program.
export function handlers(g) {
  const ctx = { depth: 3, act: null, imm: 0, slot: 0, kind: 'main', canThrow: false, fn: 'sync', promises: [], vals: [], nested: false };
  const made = [];
  const on = (event, parameters, vals) => made.push(t`process.on('${event}', (${parameters}) => {${body(listener(g, vals))}});`);
  const origin = g.major >= 12 ? ['origin'] : [];
  if (g.throws === 'handled') on('uncaughtException', ['e', ...origin].join(', '), ['e && e.message', ...origin]);
  if (g.rejections === 'handled') {
    on('unhandledRejection', 'e, p', ['e && e.message', 'p instanceof Promise']);
    if (g.random.chance(0.5)) on('rejectionHandled', 'p', ['p instanceof Promise']);
  }
  if (g.major >= 14 && g.random.chance(0.1)) on('uncaughtExceptionMonitor', 'e, origin', ['e && e.message', 'origin']);
  if (g.random.chance(0.25)) made.push(beforeExit(g, ctx));
  if (g.random.chance(0.35)) on('exit', 'code', ['code', 'process.exitCode']);
  return made;
}

// A listener that makes some work, but nothing that would call it again.
function listener(g, vals) {
  const log = () => g.log(...(vals.length && g.random.chance(0.7) ? [g.random.pick(vals)] : []));
  const work = [t`process.nextTick(() => {${body([log()])}});`, t`Promise.resolve().then(() => {${body([log()])}});`];
  return [g.log(...vals), ...work.filter(() => g.random.chance(0.2))];
}

function beforeExit(g, ctx) {
  g.left = 6;
  const inside = g.begin('main', { ...ctx, beforeExit: true, vals: ['code'] }), count = g.name('b');
  inside.canThrow = false;
  return t`let ${count} = 0; process.on('beforeExit', (code) => {${body([t`if (${count}++ > 0) return console.log('${g.name('n')}');`, ...g.bodyStatements(inside)])}});`;
}

// Caught too late for the drain, or in time only just.
function lateCatch(g, ctx) {
  const name = g.name('r');
  const handle = t`${name}.catch((e) => {${g.body(ctx, { act: null, canThrow: false, vals: ['e.message'] }, 1)}});`;
  const when = [
    () => t`process.nextTick(() => {${body([g.log(), handle])}});`,
    () => t`Promise.resolve().then(() => {${body([g.log(), handle])}});`,
    () => (ctx.imm > 0 ? t`setImmediate(() => {${body([g.log(), handle])}});` : handle),
  ];
  return t`{${body([t`const ${name} = Promise.reject(${error(g)});`, g.random.pick(when)()])}}`;
}

function caught(g, ctx) {
  return t`try {${body([...g.nested(ctx, 1).statements, t`throw ${error(g)};`])}} catch (e) { console.log('${g.name('n')}', e.message); } finally { ${g.log()} }`;
}

export const errors = [
  { name: 'lateCatch', weight: 3, make: lateCatch },
  { name: 'caught', weight: 2, make: caught },
  {
    name: 'unhandled', weight: 2, when: (g) => g.rejections !== 'caught',
    make: (g) => t`Promise.reject(${g.random.pick([error(g), error(g), g.value()])});`,
  },
];
