const N = 1000000;
let n = 0;
for (let i = 0; i < N * 50; i++) n += i & 7;
console.log(n);
// operations: 50
