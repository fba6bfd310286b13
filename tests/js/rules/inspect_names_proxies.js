console.log(new Proxy([1, 2], {}), new Proxy({ a: 1 }, {}), new Proxy(function f() {}, {}), new Proxy(class A {}, {}));
console.log([new Proxy(new Map(), {})], { p: new Proxy({ a: { b: {} } }, {}) }, new Proxy({}, { get() { throw new Error('never'); } }));
