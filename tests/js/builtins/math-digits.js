// The last digits are V8's own, of fdlibm; and angles of any size are exact.
const functions = ['expm1', 'log1p', 'log2', 'tanh', 'atanh', 'sinh', 'cosh', 'asinh', 'acosh', 'sin', 'cos', 'tan'];
const text = (n) => Object.is(n, -0) ? '-0' : String(n);
const special = [0, -0, 1, -1, 0.5, -0.5, Infinity, -Infinity, NaN, 5e-324, -1e-300, 1e-17, 1e-9, 709.9, -45, 22.5, Number.MAX_VALUE];
for (const name of functions) console.log(name, special.map((x) => text(Math[name](x))).join(' '));
console.log(Math.log1p(22.43072682619095), Math.log2(13.06756243109703), Math.tanh(-1.71064456101966e-15));
let x = 1e-3;
for (let i = 0; i < 24; i++, x *= -61.7) console.log(x, Math.expm1(x), Math.log1p(Math.abs(x)), Math.log2(Math.abs(x)), Math.tanh(x), Math.atanh(1 / x));
x = 823549.7;
for (let i = 0; i < 60; i++, x *= -1.31e5) console.log(x, Math.sin(x), Math.cos(x), Math.tan(x));
console.log(Math.sin(5.319372648326541e255), Math.cos(6.381956970095103e17), Math.tan(1.5707963267948966 * 2 ** 30));

const signs = [0, -0, 3, -3, Infinity, -Infinity, NaN];
for (const y of signs) console.log('atan2', text(y), signs.map((x) => text(Math.atan2(y, x))).join(' '));
for (const y of [...signs, 0.5, 2 ** 53, -1]) console.log('pow', text(y), [0, -0, 1, -1, 2, -2, Infinity, -Infinity].map((x) => text(x ** y)).join(' '));

const numbers = [0, -0, 1, -1, 5.5, -5.5, 5e-324, 1e-310, 3e-308, 1e300, -1e300, 2 ** 53 + 2, Infinity, NaN];
for (const a of numbers) console.log('%', text(a), numbers.map((b) => text(a % b)).join(' '));
console.log((0.1).toString(3), (1e21).toString(7), Math.PI.toString(36), (2 ** 40 * 1.5) | 0, 1e300 | 0);
console.log(new Uint8ClampedArray([0.5, 1.5, 2.5, 254.5, 254.51, 0.49999999999999994, -1, 300]).join(' '));
