// A function whose prototype's constructor is Object: before Node 20 that counted for more than its being a function.
console.log(Object.setPrototypeOf(function a() {}, {}), Object.assign(Object.setPrototypeOf(function b() {}, {}), { x: 1 }));
console.log(Object.setPrototypeOf(class C {}, {}), [Object.setPrototypeOf(() => {}, {})]);
console.log(Function.prototype, (() => {}).__proto__);
