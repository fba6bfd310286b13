var N = 1000000;
function run() { function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); } return fib(N >= 1000000 ? 30 : 25); }
print(run());
