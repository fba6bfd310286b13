// title: Node 8 reports a rejection right after the microtasks, before ticks that they queued
// rules: R49 R90
process.on('unhandledRejection', (e) => {
  console.log('unhandled', e.message);
  process.nextTick(() => console.log('tick of the listener'));
  Promise.resolve().then(() => console.log('job of the listener'));
});
Promise.resolve().then(() => {
  process.nextTick(() => console.log('tick'));
  Promise.reject(new Error('one'));
  process.nextTick(() => console.log('tick 2'));
});
setImmediate(() => {
  (async () => {
    await 1;
    Promise.reject(new Error('two'));
    process.nextTick(() => console.log('tick 3'));
  })();
});
