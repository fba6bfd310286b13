console.log(new Uint8Array(), new Uint8Array(2), new Float64Array([1]), new (class Foo extends Uint8Array {})(2));
console.log(new (class Bar extends Array {})(2), [1, 2], new Array(3), Buffer.from(''), Buffer.from('a'));
