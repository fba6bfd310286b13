const N = 1000000;
const a = [];
for (let i = 0; i < N * 2; i++) a.push(i * 2);
let n = 0;
for (const v of a) n += v;
console.log(n, a.map((v) => v + 1).filter((v) => v % 3 === 0).length);
// operations: 2
