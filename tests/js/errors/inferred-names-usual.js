// The same in programs as people write them.
function here(tag) { console.log(tag, new Error("x").stack.split("\n")[2].trim()); }
const o = {};
[1].map(x => here('m')); const r = [1].map(x => here('r')); const q = [x => here('q')]; q[0](); o.z = x => here('o.z'); o.z(); o.y = [x => here('o.y'), async x => here('o.y1'), async (x) => here('o.y2')]; o.y.forEach((f) => f());
Promise.resolve().then(v => here('then')).then(v => { here('then2'); }).then(async v => { here('then3'); }).then(async (v) => { here('then4'); });
setTimeout(() => here('t'), 0); const run = f => f(); run(() => here('run')); const t = run(v => here('run2')); run(function () { here('run3'); });
class Task { constructor(f) { this.f = f; } start() { return this.f(); } static of(f) { return new Task(f); } }
new Task(() => here('task')).start(); const tk = new Task(() => here('tk')); tk.start(); Task.of(() => here('of')).start(); const tk2 = Task.of(() => here('of2')); tk2.start();
const list = [new Task(() => here('l1')), new Task(() => { here('l2'); }), 3]; list[0].start(); list[1].start();
const m = new Map([['a', () => here('map a')], ['b', function () { here('map b'); }]]); m.get('a')(); m.get('b')();
const steps = { first: () => here('first'), second() { [() => here('second')][0](); }, third: [() => here('third'), { inner: () => here('inner'), deep: [() => here('deep')] }] };
steps.first(); steps.second(); steps.third[0](); steps.third[1].inner(); steps.third[1].deep[0]();
function Outer() { const inner = () => { const z = [() => here('Outer z')]; z[0](); }; inner(); this.go = [function () { here('Outer.go'); }]; this.go[0](); } new Outer();
const Up = function () { this.go = [function () { here('Up.go'); }]; this.go[0](); }; new Up();
(async function () { for (let i = 0; i < 1; i++) { await new Promise((r) => { here('loop'); r(); }); const k = i; } try { throw 1; } catch (e) { [1].forEach(() => { here('in catch'); }); } finally { [1].forEach(() => { here('in finally'); }); } })();
exports.a = exports.b = [() => here('ab')]; exports.a[0](); let aa, bb; aa = bb = [() => here('aa')]; aa[0]();
var v1 = 1, v2 = [() => here('v2')], v3; v2[0](); var v4 = v2 && [() => here('v4')]; v4[0](); var v5 = (1, [() => here('v5')]); v5[0](); var v6 = -[1].map(() => { here('v6'); return 1; }); var v7 = typeof (() => here('v7')); 
if (o.x = [() => here('if o.x')]) o.x[0](); while (o.w !== 1) { o.w = [() => here('while')]; o.w[0](); o.w = 1; }
for (const f of [() => here('of'), function () { here('of f'); }]) f(); for (const k in { a: () => 1 }) [() => here('in')][0](); const obj = { f: [() => here('obj.f')], set s(v) { v(); } }; obj.f[0](); obj.s = () => here('obj.s'); obj.s = function () { here('obj.s2'); };
Object.defineProperty(o, 'def', { get: () => { here('def get'); return 1; }, enumerable: true }); o.def; Object.assign(o, { as: [() => here('as')] }); o.as[0]();
o['a b'] = [() => here('a b')]; o['a b'][0](); o[`t`] = [() => here('tpl')]; o[`t`][0](); o.prototype = {}; o.prototype.f = [() => here('proto')]; o.prototype.f[0](); Task.prototype.more = function () { here('more'); [() => here('more2')][0](); }; tk.more();
module.exports = { start: function () { here('start'); }, stop: () => { here('stop'); }, list: [function () { here('list'); }] }; module.exports.start(); module.exports.stop(); module.exports.list[0]();
