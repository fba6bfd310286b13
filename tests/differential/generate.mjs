// Random programs whose order is promised: whatever the machine is doing, one Node major prints one thing.
// usage: node generate.mjs SEED [MAJOR]    prints the program
//
// Work that goes through the ticks and microtasks of one callback is always in a promised order, and so are immediates
// among themselves. Everything else is a race unless it is kept apart, so a program is made of acts. An act is what grows
// from one callback while nothing else is under way, and its mode says what it may leave behind:
//   plain   nothing
//   imm     immediates, which may make immediates
//   chain   one immediate, one file operation, one group of 0 ms timers or one message, whose callback is a new act
// From a poll callback a chain may have single immediates beside it, since check comes next (R34); from a timer too, unless
// the chain is a file operation, because poll is in between (R15).
// Other timers each get a slot of the program's time, wide enough for all acts of the slot.
// Where it is not known in which act a piece of code runs, its act is null and it makes ticks and microtasks only.
import { pathToFileURL } from 'node:url';
import { Random } from './random.mjs';
import { t, body, printProgram } from './tree.mjs';
import { asyncs } from './asyncs.mjs';
import { errors, handlers } from './errors.mjs';
import { events } from './events.mjs';
import { io } from './io.mjs';
import { promises } from './promises.mjs';
import { tasks } from './tasks.mjs';
import { wide, WIDE_SEED } from './wide.mjs';
import { wider, WIDER_SEED } from './wider.mjs';

const SLOT_MS = 40;
const SLOTS = 4;
const CONSTRUCTS = [...tasks, ...promises, ...asyncs, ...events, ...io, ...errors];

export class Generator {
  constructor(seed, major) {
    this.random = new Random(seed);
    this.major = major;
    this.left = this.random.int(6, 40); // statements that may still be made, but for logs
    this.names = new Map();
    this.timers = []; // expressions that hold timers and intervals
    this.slotTimers = []; // those of them that are far from everything else
    this.immediates = [];
    this.slot = 0; // the last slot taken
    this.prelude = [];
    this.isModule = major >= 14 && this.random.chance(0.12);
    this.throws = this.random.weighted([{ weight: 5, to: 'never' }, { weight: 4, to: 'handled' }, { weight: 1, to: 'fatal' }]).to;
    this.rejections = this.random.weighted([{ weight: 4, to: 'caught' }, { weight: 4, to: 'handled' }, { weight: 2, to: 'wild' }]).to;
    // Each program knows only some constructs, so that a few of them meet often.
    const share = this.random.pick([0.35, 0.6, 0.9]);
    const all = seed < WIDE_SEED ? CONSTRUCTS : seed < WIDER_SEED ? [...CONSTRUCTS, ...wide] : [...CONSTRUCTS, ...wide, ...wider];
    this.constructs = all.filter((c) => (c.since || 8) <= major && (c.always || this.random.chance(share)));
    this.wantsSlots = this.random.chance(0.45);
  }

  name(prefix) {
    const n = (this.names.get(prefix) || 0) + 1;
    this.names.set(prefix, n);
    return prefix + n;
  }

  // Something that the program needs at its start, once.
  need(line) {
    if (!this.prelude.includes(line)) this.prelude.push(line);
  }

  needModule(variable, module) {
    this.need(this.isModule ? `import ${variable.replace(/:/g, ' as')} from '${module}';` : `const ${variable} = require('${module}');`);
  }

  log(...values) {
    return t`console.log('${this.name('n')}'${values.map((v) => ', ' + v)});`;
  }

  value() {
    return this.random.pick(["'v'", '1', '0', 'null', 'undefined', 'true', '[1, 2]', "{ a: 1 }", '-1.5', "''"]);
  }

  newAct(kind) {
    const mode = this.random.weighted([
      { weight: 3, to: 'plain' }, { weight: 4, to: 'imm' }, { weight: 6, to: 'chain' },
    ]).to;
    const act = { mode, used: false, next: null };
    if (mode !== 'chain') return act;
    const nexts = ['imm', 'io', 'io', 't0'];
    if (this.major >= 16 && !this.isModule) nexts.push('message');
    act.next = this.random.pick(nexts);
    return act;
  }

  // The context of a callback that begins an act.
  begin(kind, ctx, slot = ctx.slot) {
    const act = this.newAct(kind);
    const beside = act.mode === 'chain' && act.next !== 'imm' && (kind === 'poll' || (kind === 'timer' && act.next !== 'io'));
    return {
      ...ctx, kind, act, slot, callback: {}, fn: 'sync', root: true,
      imm: act.mode === 'imm' ? 3 : beside ? 1 : 0,
      canThrow: act.mode !== 'chain' || act.next === 'message',
    };
  }

  // The context of a function called later but in the same drain, or (act: null) at an unknown time.
  inner(ctx, changes = {}) {
    const made = { ...ctx, fn: 'sync', root: false, uncaught: false, vals: [...ctx.vals], ...changes };
    if (made.act === null) made.imm = 0;
    return made;
  }

  statement(ctx) {
    if (this.left <= 0 || ctx.depth > 9) return this.log(...this.random.chance(0.3) && ctx.vals.length ? [this.random.pick(ctx.vals)] : []);
    this.left--;
    for (let tries = 0; tries < 8; tries++) {
      const construct = this.random.weighted(this.constructs);
      if (construct.when && !construct.when(this, ctx)) continue;
      return construct.make(this, ctx);
    }
    return this.log();
  }

  // Statements of a function's own body. It changes ctx where an await moves the rest into another act.
  statements(ctx, count = this.random.int(1, 3)) {
    ctx.depth++;
    const made = [this.log(...this.random.chance(0.4) && ctx.vals.length ? [this.random.pick(ctx.vals)] : [])];
    for (let i = 0; i < count; i++) made.push(this.statement(ctx));
    ctx.depth--;
    return made;
  }

  // A function's body, in a context of its own.
  body(ctx, changes, count) {
    return body(this.bodyStatements(this.inner(ctx, changes), count));
  }

  bodyStatements(ctx, count) {
    const own = { ...ctx, promises: [...ctx.promises], vals: [...ctx.vals], nested: false, depth: ctx.depth + 1 };
    const made = this.statements(own, count);
    if (own.root && own.act && own.act.mode === 'chain' && !own.act.used && this.random.chance(0.7)) made.push(...this.continueChain(own));
    if (own.root || own.uncaught) made.push(...this.perhapsThrow(own));
    return made;
  }

  // A block within the function of ctx: what it learns of the act, ctx learns too.
  nested(ctx, count = this.random.int(0, 2)) {
    const own = { ...ctx, promises: [...ctx.promises], vals: [...ctx.vals], nested: true, depth: ctx.depth + 1 };
    const made = this.statements(own, count);
    if (own.act !== ctx.act) this.forget(ctx);
    return body(made);
  }

  forget(ctx) {
    Object.assign(ctx, { act: null, imm: 0, canThrow: false });
  }

  continueChain(ctx) {
    const makers = this.constructs.filter((c) => c.continues === ctx.act.next && c.when(this, ctx));
    return makers.length ? [this.random.pick(makers).make(this, ctx)] : [];
  }

  perhapsThrow(ctx) {
    if (this.throws === 'never' || !ctx.canThrow || !this.random.chance(this.throws === 'fatal' ? 0.05 : 0.3)) return [];
    return [t`throw new Error('${this.name('e')}');`];
  }

  // A slot for a timer made in ctx: { delay, slot, act }. Timers of one callback may share a list and a slot.
  takeSlot(ctx) {
    const { callback } = ctx;
    if (callback.group && this.random.chance(0.4)) return callback.group;
    const delay = this.takeSlots(ctx, 1);
    return delay && (callback.group = { delay, slot: this.slot });
  }

  // The delay of a timer or interval that fires this many times, alone; 0 if the program is long enough.
  takeSlots(ctx, rounds) {
    const period = this.slot + 1 - ctx.slot, last = ctx.slot + rounds * period;
    if (last > SLOTS) return 0;
    this.slot = last;
    return period * SLOT_MS;
  }

  // The context of a timer's callback in a slot that was taken.
  inSlot(taken, ctx) {
    if (!taken.ctx) taken.ctx = this.begin('timer', ctx, taken.slot);
    return { ...taken.ctx, vals: [...ctx.vals], promises: [...ctx.promises], depth: ctx.depth };
  }

  program() {
    const ctx = this.begin('main', { slot: 0, depth: 0, promises: [], vals: [], });
    if (this.isModule) Object.assign(ctx, { fn: 'async', top: true });
    const main = this.bodyStatements(ctx, this.random.int(2, 6));
    const hooks = handlers(this);
    const prelude = this.prelude.map((line) => [line]);
    return body([...prelude, ...hooks, ...main]);
  }
}

// A program for one Node major: { root, text, extension }. The same seed and major give the same program.
export function generate(seed, major) {
  const generator = new Generator(seed, major);
  const root = generator.program();
  return { root, extension: generator.isModule ? 'mjs' : 'js', get text() { return printProgram(root); } };
}

if (import.meta.url === pathToFileURL(process.argv[1] || '').href) {
  process.stdout.write(generate(Number(process.argv[2] || 1), Number(process.argv[3] || 20)).text);
}
