const log = () => console.log(new Error('x').stack.split('\n')[1]);
const o = { get a() { log(); return 1; }, set a(v) { log(); }, b() { log(); }, ['c d']() { log(); }, e: function () { log(); }, f: () => log(), g: function named() { log(); }, async h() { log(); }, *i() { log(); }, [Symbol.for('sy')]() { log(); } };
function log2() { log(); }
const t = (f) => { try { f(); } catch (e) { console.log(e.message); } };
const here = () => { const s = new Error('x').stack.split('\n'); console.log(s[2].replace(/\(.*\)/, '').trim()); };
class A { constructor() { here(); } m() { here(); } static s() { here(); } get g() { here(); return 1; } set g(v) { here(); } static get sg() { here(); } #p() { here(); } callp() { this.#p(); } f = () => here(); async am() { here(); } *gm() { here(); } static { here(); } static f = here(); fld = here(); }
class B extends A { m() { here(); super.m(); } }
const q = { get a() { here(); }, set a(v) { here(); }, b() { here(); }, ['c d']() { here(); }, e: function () { here(); }, f: () => here(), g: function named() { here(); }, [Symbol.for('sy')]() { here(); }, async h() { here(); }, *i() { here(); } };
q.a; q.a = 1; q.b(); q['c d'](); q.e(); q.f(); q.g(); q[Symbol.for('sy')](); q.h(); q.i().next();
const a = new A(); a.m(); A.s(); a.g; a.g = 1; A.sg; a.callp(); a.f(); a.am(); a.gm().next();
const b = new B(); b.m(); B.s();
A.prototype.m(); B.prototype.m.call({}); A.prototype.m.call(null); A.prototype.m.call(5); A.prototype.m.call('s'); A.prototype.m.call([]); A.prototype.m.call(new Map()); A.prototype.m.call(Object.create(null)); A.prototype.m.call(function(){}); A.prototype.m.call(A); A.prototype.m.call(Symbol()); A.prototype.m.call(new Proxy({}, {})); A.prototype.m.call(Promise.resolve()); A.prototype.m.call({ get [Symbol.toStringTag]() { return 'T'; } }); A.prototype.m.call({ [Symbol.toStringTag]: 'T' }); A.prototype.m.call(new Date()); A.prototype.m.call(/x/); A.prototype.m.call(new Error('e'));A.prototype.m.call(1n);A.prototype.m.call(true);
function F() { here(); } F.prototype.m = function () { here(); }; new F().m(); F.st = function () { here(); }; F.st();
[1].map(function () { here(); }); [1].forEach(() => here()); here();
new (class { constructor() { here(); } })(); new (function () { here(); })(); new (class extends B { m() { here(); } })().m(); 
({ x: { y() { here(); } } }).x.y(); q.b.call(undefined); q.b.bind(3)(); globalThis.gf = function () { here(); }; gf(); globalThis.gf();
const dup = { a() { here(); } }; dup.b = dup.a; dup.b(); const ren = { zz: log2x }; function log2x() { here(); } ren.zz(); const arr = [log2x]; arr[0]();
Reflect.construct(A, []); Reflect.apply(A.prototype.m, a, []); `${{ toString() { here(); return ''; } }}`; +{ valueOf() { here(); return 1; } }; ({ [Symbol.toPrimitive]() { here(); return 1; } }) + 1; JSON.stringify({ toJSON() { here(); } }); [1,2].sort(function cmp() { here(); return 0; }); 'a'.replace(/a/, () => here()); new Proxy({}, { get() { here(); } }).x; new Proxy(function () {}, { apply() { here(); } })(); for (const x of { *[Symbol.iterator]() { here(); } }); [...{ [Symbol.iterator]: () => ({ next() { here(); return { done: true }; } }) }]; new Promise(function ex() { here(); }); new Map([[1, 1]]).forEach(function mf() { here(); }); Array.from([1], () => here()); Object.defineProperty({}, 'x', { get: function () { here(); } }).x;
