const N = 1000000;
let i = 0;
function f() { if (++i < N) setImmediate(f); }
setImmediate(f);
// target: 12
