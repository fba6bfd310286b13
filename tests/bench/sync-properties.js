const N = 1000000;
const o = { a: 1, b: 2, c: { d: 3 } };
let n = 0;
for (let i = 0; i < N * 10; i++) { n += o.a + o.c.d; o.b = n; }
console.log(n);
// operations: 10
