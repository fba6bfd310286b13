const { AsyncLocalStorage, AsyncResource } = require('node:async_hooks');
const als = new AsyncLocalStorage(), other = new AsyncLocalStorage();
console.log(als.getStore());
als.run({ id: 1 }, () => {
  console.log('sync', als.getStore());
  setTimeout((a) => console.log('timeout', als.getStore(), a), 1, 'arg');
  setImmediate(() => console.log('immediate', als.getStore()));
  process.nextTick(() => console.log('tick', als.getStore()));
  queueMicrotask(() => console.log('microtask', als.getStore()));
  Promise.resolve().then(() => console.log('then', als.getStore()));
  (async () => { await null; console.log('await', als.getStore()); })();
  other.run('o', () => { console.log(als.getStore(), other.getStore()); als.exit(() => console.log('exit', als.getStore(), other.getStore())); });
});
console.log('after', als.getStore());
const p = new Promise((r) => als.run(2, () => setTimeout(r, 25)));
p.then(() => console.log('outer then', als.getStore()));
als.run(3, () => p.then(() => console.log('inner then', als.getStore())));
const bound = als.run(4, () => AsyncLocalStorage.bind(() => als.getStore()));
console.log('bound', bound());
const snap = als.run(5, () => AsyncLocalStorage.snapshot());
console.log('snapshot', als.run(6, () => snap(() => als.getStore())));
const res = als.run(7, () => new AsyncResource('R'));
console.log('resource', res.runInAsyncScope(() => als.getStore()), res.runInAsyncScope((a, b) => a + b, null, 1, 2));
als.run(8, () => { als.enterWith(9); console.log(als.getStore()); setTimeout(() => console.log('entered', als.getStore()), 1); });
console.log(als.getStore());
const EventEmitter = require('events'); const ee = new EventEmitter();
als.run('listener', () => ee.on('x', () => console.log('emit', als.getStore())));
als.run('emitter', () => ee.emit('x'));
try { als.run(1, () => { throw new Error('boom'); }); } catch (e) { console.log(e.message, als.getStore()); }
console.log(als.run(10, (a, b) => a + b + als.getStore(), 1, 2));
(async () => { als.enterWith('A'); await 1; console.log('entered async', als.getStore()); })();
console.log('caller', als.getStore());
setTimeout(() => console.log('last', als.getStore()), 35);
const fs = require('fs');
setTimeout(() => als.run('io', () => fs.readFile(__filename, () => {
  console.log('readFile', als.getStore());
  fs.promises.stat('.').then(() => { console.log('stat', als.getStore()); let n = 0; const i = setInterval(() => { console.log('interval', als.getStore()); if (++n === 2) clearInterval(i); }, 2); });
})), 60);
