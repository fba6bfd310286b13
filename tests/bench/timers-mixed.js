const N = 1000000;
let n = 0;
function f() { n++; }
for (let i = 0; i < N; i++) setTimeout(f, 1 + i % 1000);
// target: 10
