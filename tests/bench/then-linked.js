const N = 1000000;
let n = 0;
function f() { n++; }
let p = Promise.resolve();
for (let i = 0; i < N; i++) p = p.then(f);
// target: 2
