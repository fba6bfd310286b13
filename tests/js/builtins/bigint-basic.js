// BigInt arithmetic, comparison, conversion.
const r = (...a) => console.log(a.map(String).join(' '));
const a = 123456789012345678901234567890n, b = -98765432109876543210n;
r(a + b, a - b, a * b, a / b, a % b, -a, a ** 3n, b / 7n, b % 7n, 0n * b, a / a, 7n / -2n, -7n % 2n);
r(a & 0xffffn, a | 1n, a ^ b, ~a, ~b, b & 0xffn, b | 0xffn, a << 70n, a >> 33n, b >> 5n, b >> 200n, 1n << 64n, -1n >> 3n, 5n << -1n);
r(a > b, a < 5, 1n < 1.5, 2n > 1.5, 1n == 1, 1n === 1, 2n == '2', 10n > '9', 0n == '', 1n < NaN, 2n ** 64n > 1e19, 9007199254740993n == 9007199254740992, 9007199254740993n > 9007199254740992, 0n == -0, [3n, 1, 2n, 10n].sort().join(), [3n, 1n, 2n].sort((x, y) => (x < y ? -1 : 1)).join());
r(typeof a, BigInt(10), BigInt('0xff'), BigInt('  12 '), BigInt(true), BigInt('-5'), BigInt(1e21), BigInt(Number.MAX_VALUE), Number(a), Number(2n ** 1024n), Number(2n ** 53n + 1n), parseInt('123n'), a.toString(16), a.toString(36), b.toString(2), (255n).toString(8), a.toLocaleString(), Number(b), parseFloat(a));
r(BigInt.asIntN(8, 255n), BigInt.asUintN(8, -1n), BigInt.asIntN(64, 2n ** 63n), BigInt.asUintN(64, -1n), BigInt.asIntN(3, 25n), BigInt.asUintN(0, 5n), BigInt.asIntN(1, 1n));
let f = 1n; for (let i = 1n; i <= 50n; i++) f *= i; r(f, f / (2n ** 100n), f % 1000000007n, !!0n, !!1n, 0n ? 't' : 'f', 1n && 2n, -0n, Object(1n) + 1n, 2n ** 0n, (-2n) ** 3n, 0n ** 0n);
let x = 5n; x++; x += 2n; x **= 2n; r(x, x--, --x, x | 0n, 10n ** 30n / 3n, (10n ** 40n) % (10n ** 21n + 7n), 2n ** 200n / (2n ** 100n + 12345n), 1_000n);
for (const t of [() => 1n + 1, () => +1n, () => 1n / 0n, () => 1n % 0n, () => Math.max(1n), () => BigInt(1.5), () => BigInt('x'), () => BigInt(null), () => 1n >>> 0n, () => new BigInt(1), () => isNaN(1n), () => JSON.stringify(1n), () => BigInt(undefined)]) { try { r(t()); } catch (e) { r(e.name, e.message); } }
r(`${5n}`, '' + 5n, 5n + 'x', [1n, 2n], 1n + 2n === 3n, new Set([1n, 1n]).size, new Map([[1n, 'a']]).get(1n), Object.is(1n, 1n), [1n].includes(1n), [1n].indexOf(1n), ({ [1n]: 'k' })['1']);
