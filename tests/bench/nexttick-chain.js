const N = 1000000;
let i = 0;
function f() { if (++i < N) process.nextTick(f); }
process.nextTick(f);
// target: 1.5
