const N = 1000000;
function f() {}
for (let i = 0; i < N; i++) clearTimeout(setTimeout(f, 1 + i % 1000));
// target: 8
