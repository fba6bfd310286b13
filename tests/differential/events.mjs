// Emitters, and functions turned into promises and back.
import { t, body } from './tree.mjs';

function needEmitter(g) {
  if (g.isModule) g.need("import EventEmitter from 'events';");
  else g.need("const EventEmitter = require('events');");
}

// A listener may run several times, or never.
const listener = (g, ctx, count = 1) => g.body(ctx, { act: null, canThrow: false, vals: [...ctx.vals, 'x'] }, count);

function emitter(g, ctx) {
  needEmitter(g);
  const name = g.name('em'), made = [t`const ${name} = new EventEmitter();`];
  const event = () => g.random.pick(["'a'", "'a'", "'b'"]);
  const f = g.name('f');
  made.push(t`const ${f} = (x) => {${listener(g, ctx)}};`);
  for (let i = g.random.int(1, 4); i > 0; i--) {
    const verb = g.random.pick(['on', 'on', 'once', 'prependListener', 'prependOnceListener']);
    const roll = g.random.next();
    if (roll < 0.3) made.push(t`${name}.${verb}(${event()}, ${f});`);
    else if (roll < 0.6) made.push(t`${name}.${verb}(${event()}, (x) => {${listener(g, ctx)}});`);
    else if (roll < 0.7) made.push(t`${name}.${verb}(${event()}, (x) => { ${g.log()} ${name}.removeListener(${event()}, ${f}); });`);
    else if (roll < 0.8) made.push(t`${name}.once(${event()}, (x) => { ${g.log()} ${name}.emit(${event()}, 'again'); });`);
    else if (roll < 0.9) made.push(t`${name}.${g.random.pick(['on', 'once'])}('newListener', (event) => { console.log('${g.name('n')}', event); });`);
    else made.push(t`${name}.on('error', (e) => { console.log('${g.name('n')}', e && e.message); });`);
  }
  for (let i = g.random.int(1, 3); i > 0; i--) {
    const emit = g.random.chance(0.15)
      ? t`try { ${name}.emit('error', new Error('${g.name('e')}')); } catch (e) { console.log('${g.name('n')}', e.message); }`
      : t`console.log('${g.name('n')}', ${name}.emit(${event()}, ${g.value()}));`;
    made.push(g.random.chance(0.7) ? emit : t`process.nextTick(() => {${body([emit])}});`);
  }
  if (g.random.chance(0.2)) made.push(t`console.log('${g.name('n')}', ${name}.listenerCount('a'), ${name}.eventNames());`);
  return t`{${body(made)}}`;
}

function eventsOnce(g, ctx) {
  g.needModule('{ once }', 'events');
  needEmitter(g);
  const name = g.name('em');
  const wait = g.random.chance(0.3)
    ? t`(async () => { try { console.log('${g.name('n')}', await once(${name}, 'a')); } catch (e) { console.log('${g.name('n')}', e.message); } })();`
    : t`once(${name}, 'a').then((list) => {${g.body(ctx, { act: null, canThrow: false, vals: [...ctx.vals, 'list'] })}}, (e) => { console.log('${g.name('n')}', e.message); });`;
  const emit = g.random.chance(0.75) ? t`${name}.emit('a', ${g.value()});` : t`${name}.emit('error', new Error('${g.name('e')}'));`;
  const when = g.random.pick([emit, t`process.nextTick(() => {${body([g.log(), emit, g.log()])}});`, t`Promise.resolve().then(() => {${body([g.log(), emit])}});`]);
  return t`{${body([t`const ${name} = new EventEmitter();`, wait, when])}}`;
}

function promisify(g, ctx) {
  g.needModule('util', 'util');
  const how = g.random.pick(['process.nextTick(cb, null, 1)', `process.nextTick(cb, new Error('${g.name('e')}'))`, 'cb(null, 2)', `Promise.resolve(3).then((v) => cb(null, v))`]);
  return t`util.promisify((cb) => { ${g.log()} ${how}; })().then((v) => {${g.body(ctx, { canThrow: false, vals: [...ctx.vals, 'v'] })}}, (e) => console.log('${g.name('n')}', e.message));`;
}

function callbackify(g, ctx) {
  g.needModule('util', 'util');
  const value = g.random.pick([g.value(), `Promise.resolve(${g.value()})`]);
  const thrown = g.random.chance(0.3) ? `throw new Error('${g.name('e')}');` : '';
  return t`util.callbackify(async () => { ${g.log()} ${thrown} return ${value}; })((e, v) => {${g.body(ctx, { canThrow: false, vals: [...ctx.vals, 'e && e.message', 'v'] })}});`;
}

function aborted(g) {
  const name = g.name('ac'), made = [t`const ${name} = new AbortController();`];
  made.push(t`${name}.signal.addEventListener('abort', () => {${body([g.log(), t`process.nextTick(() => console.log('${g.name('n')}'));`])}});`);
  if (g.major >= 16) {
    g.needModule('timersPromises', 'timers/promises');
    made.push(t`timersPromises.${g.random.pick(['setTimeout(5000, 1, ', 'setImmediate(1, '])}{ signal: ${name}.signal }).catch((e) => console.log('${g.name('n')}', e.name, e.code));`);
  }
  const abort = t`${name}.abort();`;
  made.push(g.random.pick([abort, t`process.nextTick(() => {${body([g.log(), abort, g.log()])}});`, t`Promise.resolve().then(() => {${body([abort, g.log()])}});`]));
  return t`{${body(made)}}`;
}

export const events = [
  { name: 'emitter', weight: 4, make: emitter },
  { name: 'eventsOnce', weight: 2, since: 12, make: eventsOnce },
  { name: 'promisify', weight: 2, make: promisify },
  { name: 'callbackify', weight: 2, make: callbackify },
  { name: 'aborted', weight: 1, since: 15, make: aborted },
];
