// Without hooks: timers, immediates and ticks have ids, promises have none; and what contexts follow.
const { executionAsyncId, triggerAsyncId, executionAsyncResource, AsyncLocalStorage, AsyncResource } = require('async_hooks');
console.log(executionAsyncId(), triggerAsyncId());
Promise.resolve().then(() => console.log('then', executionAsyncId(), triggerAsyncId()));
(async () => { await 1; console.log('await', executionAsyncId(), triggerAsyncId()); })();
process.nextTick(() => console.log('tick', executionAsyncId() > 1, triggerAsyncId()));
const t = setTimeout(() => {
  console.log('timer', executionAsyncId() > 1, triggerAsyncId(), executionAsyncResource() === t);
  setImmediate(() => {
    console.log('immediate', executionAsyncId() > 1, triggerAsyncId() > 1);
    second();
  });
}, 1);
function second() {
  const als = new AsyncLocalStorage();
  const log = (...a) => console.log(als.getStore(), ...a);
  als.run('A', () => {
    log(1);
    setTimeout(() => { log(2); als.enterWith('B'); log(3); setImmediate(() => log(4)); }, 1);
    Promise.resolve().then(() => log(5));
    (async () => { log(6); await null; log(7); als.enterWith('C'); await null; log(8); })().then(() => log(9));
    als.run('D', () => { log(10); process.nextTick(() => log(11)); });
    log(12);
    als.exit(() => { log(13); queueMicrotask(() => log(14)); });
  });
  log(15);
  const emitter = new (require('events'))();
  emitter.on('x', () => log(17));
  als.run('F', () => emitter.emit('x'));
  const bound = als.run('G', () => AsyncResource.bind(() => log(18)));
  bound();
  als.enterWith('H');
  log(19);
  als.disable();
  log(20);
}
