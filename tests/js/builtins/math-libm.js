// The transcendental functions, digit for digit.
const f = ['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh', 'exp', 'expm1', 'log', 'log1p', 'log2', 'log10', 'cbrt', 'sqrt'];
const xs = [0, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1, 1.1, 1.5, 1.7, 2, 2.3, 2.5, 3, 3.3, Math.PI, Math.PI / 2, Math.PI / 4, Math.PI / 6, 4, 4.4, 5, 7, 10, 12.5, 30, 45, 90, 100, 180, 360, 1000, 12345.678, 1e6, 1e10, -0.5, -1, -2.5, -100];
for (const n of f) console.log(n + ' ' + xs.map((x) => Math[n](x)).join(' '));
console.log(xs.map((x) => Math.pow(1.1, x)).join(' '));
console.log(xs.map((x) => Math.pow(x, 1.5)).join(' '));
console.log(xs.map((x) => x ** 7).join(' '));
console.log(xs.map((x) => Math.atan2(x, 3)).join(' '));
