const p = (...a) => console.log(a.map(String).join(' '));
const t = (f) => { try { p(f()); } catch (e) { p(e.name + ': ' + e.message); } };
function f(a, b) { return [this && this.x, a, b, arguments.length].join(); }
p(f.call({ x: 1 }, 2, 3), f.apply({ x: 4 }, [5]), f.bind({ x: 6 }, 7)(8), f.bind({ x: 1 }).bind({ x: 2 })(), f.length, f.name, f.bind().name, f.bind(null, 1).length, f.bind(null, 1, 2, 3).length);
p(f.toString(), (() => 1).toString(), (class A { m() {} }).toString(), Object.getOwnPropertyDescriptor({ get q() { return 1; } }, 'q').get.name, ({ m() {} }).m.toString(), (async (x) => x).toString(), function* () {}.toString());
p([].map.toString(), Map.toString(), f.bind().toString(), (() => {}).bind().toString());
function P(a) { this.a = a; } P.prototype.get = function () { return this.a; };
const BP = P.bind({ ignored: 1 }, 5); const bp = new BP(6); p(bp.a, bp instanceof P, bp instanceof BP, bp.get(), bp.constructor === P, 'prototype' in BP, Object.getOwnPropertyNames(BP));
p(f.apply(null, { length: 2, 0: 'x', 1: 'y' }), f.apply({ x: 9 }), f.apply({ x: 9 }, null), Math.max.apply(null, [1, 5, 3]), Math.max(...[], 4));
t(() => f.apply(null, 5)); t(() => new (() => {})()); t(() => new (class { constructor() { this.q = 1; } })().q); t(() => (class {})()); t(() => undefined()); t(() => { const o = {}; o.m(); }); t(() => { const o = { a: {} }; o.a.b.c(); }); t(() => f.bind.call({}));
p((function () { return typeof this; }).call(5), (function () { 'use strict'; return typeof this; }).call(5), (function () { return this === globalThis; })(), (() => typeof this)());
p(f instanceof Function, Object.getPrototypeOf(f) === Function.prototype, typeof Function.prototype, Function.prototype(1), Function.length, Function.name, f.hasOwnProperty('prototype'), f.prototype.constructor === f);
class Even { static [Symbol.hasInstance](n) { return n % 2 === 0; } } p(2 instanceof Even, 1 instanceof Even);
t(() => ({}) instanceof {}); t(() => ({}) instanceof (() => {}));
{ const g = function () {}; const o = { h: () => {}, ['c' + 1]: function () {}, [Symbol('sy')]() {} }; p(g.name, o.h.name, o.c1.name, o[Object.getOwnPropertySymbols(o)[0]].name, (() => {}).name === ''); }
