function foo() { throw new TypeError('bad'); }
function bar() { foo(); }
const o = { baz() { bar(); }, qux: () => o.baz() };
class A { constructor() { o.qux(); } static s() { return new A(); } m() { A.s(); } get g() { return this.m(); } }
A.prototype.g;
