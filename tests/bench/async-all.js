const N = 1000000;
let n = 0;
async function f() { await null; n++; }
for (let i = 0; i < N; i++) f();
// target: 5
