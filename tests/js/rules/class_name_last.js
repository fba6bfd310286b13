// Where a class has its name among its properties, and whether an anonymous one has any.
const names = (c) => Object.getOwnPropertyNames(c).join(' ');
console.log(names(class A {}));
console.log(names(class B { static x() {} static y() {} m() {} }));
console.log(names(class C { static name() {} }));
console.log(names(class {}));
console.log(names((() => class {})()));
const D = class {};
console.log(names(D), D.name, names(class extends D {}));
console.log(class E { static get z() { return 1 } });
console.log(Object.getOwnPropertyDescriptor(D, 'name'));
