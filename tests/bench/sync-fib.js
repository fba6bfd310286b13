const N = 1000000;
const fib = (n) => (n < 2 ? n : fib(n - 1) + fib(n - 2));
console.log(fib(N >= 1000000 ? 30 : 25));
// operations: 2.72
