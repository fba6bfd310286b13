const log = (e) => console.log(e.stack);
async function a() { await null; throw new Error('x'); }
async function b() { await a(); }
class K { async m() { await b(); } static async s() { await new K().m(); } }
const o = { async f() { await K.s(); }, g: async () => { await o.f(); } };
async function all() { await Promise.all([1, a()]); }
async function any() { await Promise.any([a()]); }
async function settled() { console.log((await Promise.allSettled([a()]))[0].reason.stack); }
async function race() { await Promise.race([a()]); }
async function through() { await new Promise((resolve, reject) => a().then(resolve, reject)); }
async function chained() { await a().then((v) => v).finally(() => {}); }
async function* gen() { yield 1; await a(); }
async function loop() { for await (const v of gen()) console.log(v); }
(async () => {
  for (const f of [o.g, all, any, settled, race, through, chained, loop]) await f().catch(log);
  await new Promise((r) => setTimeout(async () => { await null; log(new Error('in timer')); r(); }, 1));
  await new Promise((r) => {
    setTimeout(() => { Promise.resolve().then(() => log(new Error('job'))); process.nextTick(() => log(new Error('tick'))); }, 5);
    setTimeout(() => { log(new Error('timer')); r(); }, 5);
  });
  setImmediate((v) => log(new Error('immediate')), 1);
})();
