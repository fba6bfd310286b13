// Names that V8 infers for nameless functions, by what stands around them.
function here(tag) { console.log(tag, new Error("x").stack.split("\n")[2].trim()); }
new Promise((r) => { here('main executor'); r(); });
const five = 5;
[function () { here('main array'); }][0]();
function f() { new Promise((r) => { here('f executor'); r(); }); const x = 5; return x; }
f();
(function () { new Promise((r) => { here('iife executor'); r(); }); const x5 = 5; return x5; })();
(() => { new Promise((r) => { here('arrow iife executor'); r(); }); const y5 = 5; return y5; })();
(async () => { new Promise((r) => { here('async arrow iife executor'); r(); }); const z5 = 5; return z5; })();
const g = () => { new Promise((r) => { here('arrow executor'); r(); }); const x6 = 6; return x6; };
g();
const a = []; const i = 0; const o = {};
a[i] = function () { here('a[i]'); }; a[i]();
a['str'] = function () { here('a[str]'); }; a.str();
a['7'] = function () { here('a[7]'); }; a[7]();
a[8] = function () { here('a[8]'); }; a[8]();
o.x = { y: { z: [function () { here('o.x.y.z'); }] } }; o.x.y.z[0]();
o.f = o.f || function () { here('o.f||'); }; o.f();
o.t = five ? () => here('cond') : () => 1; o.t();
[1].map((v) => here('map'));
[1].map((v) => { here('map2'); return { k: v }; });
[2].forEach((v) => { [3].forEach(() => { here('nested'); }); });
const r1 = [1].map(() => { here('r1'); })[0];
const r2 = [1].map(() => { here('r2'); });
o.q = [1].map(() => { here('o.q'); });
o.q2 = [1].map(() => { here('o.q2'); }).length;
let cl = class { static m() { return new Promise((r) => { here('static'); r(); }); } constructor() { here('ctor'); } };
cl.m(); new cl();
function call(C) { new C(); }
call(class { constructor() { here('arg class'); } });
o.K = [class { constructor() { here('o.K class'); } }]; new o.K[0]();
function Foo() { this.bar = function () { here('Foo.bar'); }; this.baz = [() => here('Foo.baz')]; }
const foo = new Foo(); foo.bar(); foo.baz[0]();
class Bar { constructor() { this.run = () => { here('Bar.run'); }; this.list = [() => here('Bar.list')]; } Go() { const p = [() => here('Go.p')]; p[0](); } }
const bar = new Bar(); bar.run(); bar.list[0](); bar.Go();
const { d1 = [() => here('d1')] } = {}; d1[0]();
const [d2 = [() => here('d2')]] = []; d2[0]();
(function (p1, p2) { o.inner = [function () { here('o.inner'); }]; o.inner[0](); this.t = [function () { here('this.t'); }]; this.t[0](); }).call({});
((p1, p2) => { o.inner2 = [function () { here('o.inner2'); }]; o.inner2[0](); })();
Promise.resolve().then(() => { here('then'); }).then(() => { here('then2'); }, () => 1).then(async () => { await null; here('async then'); });
setTimeout(() => { here('timer'); }, 1);
setTimeout(function () { here('timer f'); }, 1);
process.nextTick(() => { here('tick'); });
const v = (function () { here('called'); return 1; })(), w = (() => { here('called arrow'); return 2; })();
const timer = setTimeout(() => { here('const timer'); }, 1);
o.timer = setTimeout(() => { here('o.timer'); }, 1);
const pr = new Promise((resolve) => { here('const pr'); resolve(); });
const pr2 = new Promise((resolve) => { here('const pr2'); resolve(); }).then(() => { here('pr2 then'); });
o.list = [() => here('l0'), function () { here('l1'); }, () => { here('l2'); }]; o.list.forEach((x) => x());
const list2 = [() => here('m0'), function () { here('m1'); }, () => { here('m2'); }]; list2.forEach((x) => x());
const handlers = { click: [() => here('h')], async run() { await null; [1].map(() => here('h run')); }, ['k' + 1]: [() => here('hk')], ['m' + 1]() { here('computed method'); } };
handlers.click[0](); handlers.run(); handlers.k1[0](); handlers.m1();
module.exports = { x: [() => here('exp')] }; module.exports.x[0]();
function mk() { return function () { here('mk'); }; } mk()();
function mk2() { return { go: [function () { here('mk2'); }] }; } mk2().go[0]();
function mk3(cb) { return cb; } mk3(() => { here('mk3'); })(); const made = mk3(() => { here('made'); }); made();

o.e1 = (() => here('e1')); o.e1();
o.e2 = o.e2 || (() => here('e2')); o.e2();
o.e3 = o.e3 ? 1 : (() => here('e3')); o.e3();
o.e4 = [(() => here('e4'))]; o.e4[0]();
o.e5 = (function () { here('e5'); }); o.e5();
o.e6 = (async () => here('e6')); o.e6();
const e7 = [(x) => here('e7')]; e7[0](); const e8 = [((x) => here('e8'))]; e8[0](); const e9 = [(x => here('e9'))]; e9[0]();
const e10 = { a: [((x) => { [() => here('e10')][0](); })] }; e10.a[0]();
const w0 = (() => { here('w'); })(); const w2 = (async () => { here('w2'); })(); const w3 = (function () { here('w3'); })(); const w4 = ((x) => { here('w4'); })(1);
o.w = (() => { here('o.w'); })();
