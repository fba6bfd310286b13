function A() { this.a = 1; }
const make = (C) => new C();
console.log(make(A), Object.getPrototypeOf(make(A)) === A.prototype);
A.prototype = { kind: 'second' };
console.log(make(A), make(A).kind);
A.prototype = null;
console.log(Object.getPrototypeOf(make(A)) === Object.prototype, make(A));
A.prototype = { kind: 'third' };
console.log(make(A).kind, make(A).kind);
A.extra = 1;
console.log(make(A).kind);
Object.setPrototypeOf(A.prototype, { deep: 1 });
console.log(make(A).deep);
class B { constructor() { this.b = 1; } }
class C extends B { c = 2; }
for (let i = 0; i < 3; i++) console.log(make(i & 1 ? B : C), make(A).kind, Reflect.construct(B, [], C) instanceof C);
const P = new Proxy(A, { get(t, k) { console.log('get', String(k)); return t[k]; } });
console.log(new P().kind, Reflect.construct(A, [], P).kind);
function D() {} Object.defineProperty(D, 'prototype', { writable: false }); D.prototype = 1;
console.log(Object.getPrototypeOf(make(D)) === D.prototype);
