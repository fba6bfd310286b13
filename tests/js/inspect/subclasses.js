class C extends Map{}; class X extends Set{}; class D extends Array{}; class T extends Uint8Array{}; class P extends Promise{}; class E extends Error{}; class F2 extends RegExp{}; class Dt extends Date{}; class W extends WeakMap{}; class AB extends ArrayBuffer{};
console.log(new C([[1,2]]), new X([1]), new D(3), D.from([1,2]), new T(2), P.resolve(1), new F2('a'), new Dt(0), new W());
console.log([new C, new X, new D]); class Foo{ constructor(){this.a=1}}; class Bar extends Foo{}; console.log(new Bar, [new Bar], {x:new Bar}); function Old(){this.z=1}; console.log(new Old); Old.prototype=Object.create(Foo.prototype); console.log(new Old);
console.log(Object.create(null), Object.create({}), Object.create(Foo.prototype)); const o=Object.create(null); o.a=new C; console.log(o);
class S extends String{}; class N extends Number{}; console.log(new S('x'), new N(5)); const m=new Map; m.extra=1; console.log(m); 
