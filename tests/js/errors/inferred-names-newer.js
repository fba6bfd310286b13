// The same with newer syntax, in async functions and classes.
function here(tag) { console.log(tag, new Error("x").stack.split("\n")[2].trim()); }
const o = {};
Promise.allSettled = Promise.allSettled || Promise.all;
Promise.allSettled([new Promise((resolve) => { here('s1'); resolve(); }), new Promise((resolve) => { here('s2'); resolve(); }), { a: 1 }]);
(async () => {
  Promise.allSettled([[1, 2], (async function f1() { const v1 = await new Promise((resolve) => { here('v1'); resolve(); }); return v1; })()]);
  const v2 = await new Promise((resolve) => { here('v2'); resolve(); });
  const [a, b] = await Promise.all([new Promise((resolve) => { here('pa'); resolve(1); }), new Promise((resolve) => { here('pb'); resolve(2); })]);
  for (const x of [1]) { const q = await new Promise((r) => { here('in for'); r(); }); }
  try { await new Promise((r) => { here('in try'); r(); }); } catch (e) { } finally { const ff = 1; }
  switch (1) { case 1: await new Promise((r) => { here('in case'); r(); }); break; default: { const z = 1; } }
  o.deep = await new Promise((r) => { here('o.deep'); r(); });
  o.deep = { x: await new Promise((r) => { here('deep.x'); r(); }) };
  return new Promise((r) => { here('ret'); r(); });
})();
async function main() {
  const v2 = await new Promise((resolve) => { here('main v2'); resolve(); });
  await new Promise((resolve) => setTimeout(() => { here('sleep'); resolve(); }, 1));
  const t = setTimeout(() => { here('t'); }, 1), u = 3;
  let s = 0; s = new Promise((r) => { here('s'); r(); });
  const fns = { a: () => here('fa'), b: [() => here('fb')] }; fns.a(); fns.b[0]();
  return [1, 2].map((x) => [x].map((y) => { here('mm'); return { x, y }; }));
}
main();
const p = new Proxy({}, { get: (t, k) => { here('proxy get'); return 1; } }); p.x;
const arr = Array.from({ length: 1 }, () => { here('from'); return 1; });
const arr2 = Array.from({ length: 1 }, (_, i) => { here('from2'); return { i }; });
[3, 1].sort((x, y) => { here('sort'); return x - y; });
const sorted = [3, 1].sort((x, y) => { here('sorted'); return x - y; });
const red = [3, 1].reduce((x, y) => { here('red'); return x - y; }, 0);
'ab'.replace(/a/, () => { here('replace'); return ''; });
JSON.stringify({ a: 1 }, (k, v) => { if (k) here('json'); return v; });
const em = new (require('events'))(); em.on('x', () => { here('on x'); }); em.once('x', function () { here('once x'); }); em.emit('x');
em.handler = () => { here('em.handler'); }; em.on('y', em.handler); em.emit('y');
const gen = (function* () { yield (() => here('gen yield'))(); const k = yield [() => here('gen k')]; })(); gen.next(); gen.next().value[0]();
const agen = (async function* () { yield await new Promise((r) => { here('agen'); r(); }); })(); agen.next();
class A { #p = () => here('#p'); field = [() => here('field')]; static sf = [() => here('sf')]; static { [() => here('static block')][0](); } get g() { return [() => here('getter')]; } run() { this.#p(); this.field[0](); A.sf[0](); this.g[0](); this.#q = [() => here('#q')]; this.#q[0](); } #q; }
new A().run();
const B = class extends A { x = [() => here('B.x')]; constructor() { super(); this.y = [() => here('B.y')]; } }; const bb = new B(); bb.x[0](); bb.y[0]();
o?.a?.b; o.c ??= [() => here('??=')]; o.c[0](); o.d ||= () => here('||='); o.d(); o.e = o.e ?? (() => here('??')); o.e();
let n1; n1 ??= [() => here('n1')]; n1[0]();
label: for (;;) { [1].forEach(() => { here('label'); }); break label; }
if (true) [1].forEach(() => { here('if'); }); else [1];
const tpl = `${[1].map(() => { here('tpl'); return 1; })}`; const tag = (s, f) => f(); tag`${() => here('tagged')}`;
(0, function () { here('comma'); })(); (() => { here('plain iife'); })(); (function () { here('fn iife'); })(); !function () { here('not fn'); }();
(function () { return () => here('ret arrow'); })()(); (() => () => here('arrow arrow'))()();
const thenable = { then(resolve) { here('thenable'); resolve(); } }; Promise.resolve(thenable); const th2 = { then: (resolve) => { here('th2'); resolve(); } }; Promise.resolve(th2).then(() => { here('th2 then'); });
new Promise(function (resolve) { here('fn executor'); resolve(); }).then(function () { here('fn then'); }); const af = async () => { here('af'); await null; here('af2'); }; af(); const obj2 = { async m() { here('m'); await 1; here('m2'); } }; obj2.m();
queueMicrotask(() => here('qm')); const wrapped = ((f) => (...args) => { here('wrapped'); return f(...args); })(() => here('f')); wrapped();
(function outer() { const later = []; later.push(() => here('later')); later[0](); o.cb = later.map((f) => () => { here('cb'); }); o.cb[0](); })();
const { x1 = () => here('x1'), y1 = [() => here('y1')] } = {}; x1(); y1[0](); function df(a = () => here('df'), b = [() => here('dfb')]) { a(); b[0](); } df(); const dg = (a = () => here('dg'), b = [() => here('dgb')]) => { a(); b[0](); }; dg();
