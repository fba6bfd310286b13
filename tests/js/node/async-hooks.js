// async_hooks: init, before, after, destroy and promiseResolve in order, with the ids that the major gives.
const { createHook, executionAsyncId, triggerAsyncId, executionAsyncResource, AsyncResource } = require('async_hooks');
const fs = require('fs');
const out = [];
const ids = () => `${executionAsyncId()}/${triggerAsyncId()}`;
const hook = createHook({
  init(id, type, trigger) { out.push(`init ${id} ${type} by ${trigger} in ${executionAsyncId()}`); },
  before(id) { out.push(`before ${id}`); },
  after(id) { out.push(`after ${id}`); },
  destroy(id) { out.push(`destroy ${id}`); },
  promiseResolve(id) { out.push(`resolve ${id}`); },
});
console.log(ids(), hook.enable() === hook, hook.enable() === hook);
process.nextTick(() => out.push(`tick ${ids()}`));
new Promise((resolve) => resolve(1)).then(() => out.push(`then ${ids()}`)).finally(() => {});
const slow = new Promise((resolve) => setTimeout(resolve, 200, 'v'));
(async () => { await slow; out.push(`awaited ${ids()}`); try { await Promise.reject(1); } catch { return Promise.resolve(2); } })();
setImmediate(function () {
  out.push(`immediate ${ids()} ${executionAsyncResource() === this}`);
  fs.stat('.', () => out.push(`stat ${ids()}`));
});
clearTimeout(setTimeout(() => {}, 1));
const resource = new AsyncResource('Mine');
out.push(resource.runInAsyncScope(function (a) { return `${ids()} ${this} ${a}`; }, 'self', 1));
resource.emitDestroy();
setTimeout(() => {
  hook.disable();
  setTimeout(() => {
    out.push(`last ${executionAsyncId() > 1}`);
    console.log(out.filter((line) => !/^destroy/.test(line)).join('\n'));
    console.log(out.filter((line) => /^destroy/.test(line)).sort().join('\n'));
  }, 1);
}, 400);
for (const wrong of [() => new AsyncResource(), () => new AsyncResource('x', { triggerAsyncId: 'a' }), () => createHook({ init: 5 })]) {
  try { wrong(); } catch (e) { console.log(e.name, e.code, e.message); }
}
