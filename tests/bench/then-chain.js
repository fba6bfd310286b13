const N = 1000000;
let i = 0;
function f() { if (++i < N) Promise.resolve().then(f); }
f();
// target: 0.6
