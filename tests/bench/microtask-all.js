const N = 1000000;
let n = 0;
function f() { n++; }
for (let i = 0; i < N; i++) queueMicrotask(f);
// target: 6
