// Promises that nobody looks at still settle, reject and resolve with thenables as others do.
process.on('unhandledRejection', (reason, promise) => {
  console.log('unhandled', reason instanceof Error ? reason.message : reason, promise instanceof Promise);
  promise.catch((e) => console.log('caught later', e.message || e));
});
process.on('rejectionHandled', (promise) => console.log('handled', promise instanceof Promise));
Promise.resolve(1).then(() => { throw new Error('then'); });
Promise.reject(new Error('passed on')).then(() => {});
Promise.resolve(2).finally(() => { throw new Error('finally'); });
Promise.reject(3).catch((v) => { throw v + 1; });
Promise.resolve(5).then(() => ({ then(resolve) { console.log('thenable'); resolve(6); } }));
Promise.resolve(5).then(() => Promise.reject(new Error('from a promise')));
(async () => { await null; throw new Error('async'); })();
(async () => { throw new Error('at once'); })();
(async () => ({ then() { console.log('thenable of an async function'); } }))();
(async () => 7)();
class Own extends Promise {
  constructor(executor) {
    super(executor);
    console.log('made');
  }
}
Own.resolve(8).then(() => console.log('own'));
const patched = Promise.resolve(9);
patched.then = function (...handlers) { console.log('patched'); return Promise.prototype.then.apply(this, handlers); };
patched.catch(() => {});
patched.finally(() => console.log('finally'));
Promise.resolve().then(() => console.log(1)).then(() => console.log(2));
Promise.resolve().then(() => console.log(3));
