// Ticks, microtasks, immediates, timers.
import { t, body } from './tree.mjs';

const canImmediate = (g, ctx) => ctx.imm > 0;
const canSlot = (g, ctx) => g.wantsSlots && ctx.act && !ctx.beforeExit;

// The context in which a new immediate's callback runs: deeper in the same act, or with nothing of its own beside a chain.
function immediateContext(g, ctx) {
  if (ctx.act.mode === 'imm') return { kind: 'immediate', callback: {}, imm: ctx.imm - 1, root: true, fn: 'sync' };
  return { kind: 'immediate', act: null, root: true, fn: 'sync', canThrow: false };
}

function withArguments(g) {
  if (!g.random.chance(0.25)) return { parameters: '', values: '', vals: [] };
  const name = g.name('x');
  return { parameters: name, values: ', ' + g.value(), vals: [name] };
}

function immediate(g, ctx) {
  const args = withArguments(g), handle = g.name('h.i');
  g.need('const h = {};');
  const made = t`${handle} = setImmediate((${args.parameters}) => {${g.body({ ...ctx, vals: [...ctx.vals, ...args.vals] }, immediateContext(g, ctx))}}${args.values});`;
  g.immediates.push(handle);
  return made;
}

function timer(g, ctx) {
  const taken = g.takeSlot(ctx);
  if (!taken) return g.log();
  const args = withArguments(g), handle = g.name('h.t');
  g.need('const h = {};');
  const inside = g.inSlot(taken, ctx);
  const made = t`${handle} = setTimeout((${args.parameters}) => {${body(g.bodyStatements({ ...inside, vals: [...inside.vals, ...args.vals] }))}}, ${taken.delay}${args.values});`;
  g.timers.push(handle);
  g.slotTimers.push(handle);
  return made;
}

function interval(g, ctx) {
  const rounds = g.random.int(1, 3), delay = g.takeSlots(ctx, rounds);
  if (!delay) return g.log();
  const handle = g.name('h.v'), count = g.name('h.c');
  g.need('const h = {};');
  const clear = g.random.pick(['clearInterval', 'clearInterval', 'clearTimeout']);
  const stop = t`if (++${count} === ${rounds}) ${clear}(${handle});`;
  const inside = g.inner(ctx, { kind: 'timer', act: null, root: true, canThrow: false });
  const statements = g.bodyStatements(inside);
  statements.splice(g.random.int(0, statements.length), 0, stop);
  g.timers.push(handle);
  g.slotTimers.push(handle);
  return t`${count} = 0, ${handle} = setInterval(() => {${body(statements)}}, ${delay});`;
}

// Timers of 0 ms (all delays below 1 are the same), one or several: nothing else may be under way.
function zeroTimers(g, ctx) {
  ctx.act.used = true;
  const inside = g.begin('timer', ctx), made = [];
  for (let i = g.random.int(1, 3); i > 0; i--) {
    const delay = g.random.pick(['0', '0', '1', '-1', 'undefined', "'1'", 'NaN']), handle = g.name('h.t');
    made.push(t`${handle} = setTimeout(() => {${body(g.bodyStatements({ ...inside, vals: [...ctx.vals], promises: [...ctx.promises] }))}}, ${delay});`);
    g.timers.push(handle);
  }
  g.need('const h = {};');
  return made.length === 1 ? made[0] : t`{${body(made)}}`;
}

// A due timer that others overtook: all of them run in one timers phase, by expiry.
function overdue(g, ctx) {
  const delays = g.random.pick([[9, 5, 1], [1, 5, 9], [5, 1, 5], [1, 1, 5], [9, 1, 5, 5]]);
  const inside = g.inner(ctx, { kind: 'timer', act: null, root: true, canThrow: false });
  const made = delays.map((delay) => t`setTimeout(() => {${body(g.bodyStatements({ ...inside, promises: [...ctx.promises] }, 1))}}, ${delay});`);
  g.need('const spin = (ms) => { const end = Date.now() + ms; while (Date.now() < end); };');
  ctx.act.used = true;
  return t`{${body([...made, t`spin(16);`])}}`;
}

// A timer that another one moves back.
function refresh(g, ctx) {
  const soon = g.takeSlots(ctx, 1), late = soon && g.takeSlots({ slot: g.slot }, g.slot - ctx.slot + 1);
  if (!late) return g.log();
  const handle = g.name('h.t');
  g.need('const h = {};');
  const inside = g.inner(ctx, { kind: 'timer', act: null, root: true, canThrow: false });
  return t`{${body([
    t`${handle} = setTimeout(() => {${body(g.bodyStatements(inside, 1))}}, ${soon + late});`,
    t`setTimeout(() => {${body([g.log(), t`${handle}.refresh();`])}}, ${soon});`,
  ])}}`;
}

function clear(g) {
  const immediates = g.immediates.length && (!g.timers.length || g.random.chance(0.5));
  if (immediates) return t`clearImmediate(${g.random.pick(g.immediates)});`;
  return t`${g.random.pick(['clearTimeout', 'clearTimeout', 'clearInterval'])}(${g.random.pick(g.timers)});`;
}

export const tasks = [
  { name: 'log', weight: 2, always: true, make: (g, ctx) => g.log(...(ctx.vals.length && g.random.chance(0.5) ? [g.random.pick(ctx.vals)] : [])) },
  {
    name: 'nextTick', weight: 8, always: true,
    make(g, ctx) {
      const args = withArguments(g);
      return t`process.nextTick((${args.parameters}) => {${g.body({ ...ctx, vals: [...ctx.vals, ...args.vals] }, { uncaught: true })}}${args.values});`;
    },
  },
  { name: 'queueMicrotask', weight: 4, since: 11, make: (g, ctx) => t`queueMicrotask(() => {${g.body(ctx, { uncaught: true })}});` },
  { name: 'setImmediate', weight: 10, when: canImmediate, make: immediate },
  {
    name: 'oneImmediate', weight: 8, continues: 'imm', always: true,
    when: (g, ctx) => ctx.act && ctx.act.next === 'imm' && !ctx.act.used && !ctx.noChain,
    make(g, ctx) {
      ctx.act.used = true;
      return t`setImmediate(() => {${body(g.bodyStatements(g.begin('immediate', ctx)))}});`;
    },
  },
  {
    name: 'zeroTimers', weight: 8, continues: 't0', always: true,
    when: (g, ctx) => ctx.act && ctx.act.next === 't0' && !ctx.act.used && !ctx.noChain, make: zeroTimers,
  },
  {
    name: 'overdue', weight: 3, continues: 't0',
    when: (g, ctx) => ctx.act && ctx.act.next === 't0' && !ctx.act.used && ctx.kind === 'main' && !g.wantsSlots && !ctx.beforeExit, make: overdue,
  },
  { name: 'setTimeout', weight: 10, when: canSlot, make: timer },
  { name: 'setInterval', weight: 4, when: canSlot, make: interval },
  { name: 'refresh', weight: 2, since: 11, when: canSlot, make: refresh },
  { name: 'clear', weight: 4, when: (g) => g.timers.length + g.immediates.length > 0, make: clear },
  {
    name: 'unref', weight: 2, when: (g) => g.slotTimers.length > 0,
    make: (g) => { const handle = g.random.pick(g.slotTimers); return t`if (${handle}) ${handle}.${g.random.pick(['unref', 'unref', 'ref'])}();`; },
  },
  {
    name: 'hasRef', weight: 1, since: 11, when: (g) => g.timers.length > 0,
    make: (g) => { const handle = g.random.pick(g.timers); return g.log(`${handle} && ${handle}.hasRef()`); },
  },
  { name: 'exitCode', weight: 0.5, make: (g) => t`process.exitCode = ${g.random.int(0, 5)};` },
  { name: 'exit', weight: 0.3, make: (g) => t`process.exit(${g.random.pick(['', '0', '1', '3'])});` },
];
