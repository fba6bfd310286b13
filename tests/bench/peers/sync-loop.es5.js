var N = 1000000;
function run() { var n = 0; for (var i = 0; i < N * 50; i++) n += i & 7; return n; }
print(run());
