const N = 1000000;
let n = 0;
const add = (a, b) => a + b;
for (let i = 0; i < N * 10; i++) n = add(n, 1);
console.log(n);
// operations: 10
