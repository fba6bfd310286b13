var N = 1000000;
function run() { var n = 0; var add = function (a, b) { return a + b; }; for (var i = 0; i < N * 10; i++) n = add(n, 1); return n; }
print(run());
