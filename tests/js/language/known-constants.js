// Constants whose values are known beforehand, and loops that count up to them: neither may change what a program does.
const N = 10, MINUS = -3, HALF = 0.5, TEXT = 'ab', PRODUCT = N * 5 - 1, POWER = 2 ** 4, ZERO = 0, MINUS_ZERO = -0;
const show = (name, f) => {
  try { console.log(name, f()); } catch (e) { console.log(name, e.name + ': ' + e.message); }
};

show('sum', () => { let n = 0; for (let i = 0; i < N; i++) n += i; return n; });
show('product', () => { let n = 0; for (let i = 0; i <= PRODUCT; i++) n += i & 7; return n; });
show('down', () => { let n = 0; for (let i = N; i > MINUS; i--) n += i; return n; });
show('down to', () => { let s = ''; for (let i = 2; i >= MINUS; i--) s += i; return s; });
show('halves', () => { let n = 0; for (let i = 0; i < HALF * 5; i++) n++; return n; });
show('operators', () => { let x = 7; return [x % N, x * MINUS, x << POWER, -x >> 1, x & POWER, x | POWER, x - MINUS, x + MINUS, x / HALF, x ** N]; });
show('doubles', () => { let x = 7.75; return [x % N, x * MINUS, x << 2, x >> 1, x & 6, x | 0, x - 1, x + 1, 1e10 | 0, -1e10 % N]; });
show('zeros', () => { let x = -5; return [Object.is(x * ZERO, -0), Object.is(5 * MINUS_ZERO, -0), Object.is(-5 % 5, -0), Object.is(ZERO + MINUS_ZERO, 0)]; });
show('strings', () => { let x = 'x'; return [x + TEXT, x + N, '7' * N, '7' - MINUS, '9' % POWER, TEXT === 'ab', 'ac' > TEXT, [] + N, null + N, true * N]; });
show('overflow', () => { let a = 2147483647, b = -2147483648, c = 65536; return [a + 1, b - 1, c * 65536, a * 2, b * -1, b % -1, a << 1]; });
show('bigint', () => 5n + N);
show('objects', () => { let o = { valueOf() { return 3; } }; return [o * N, o % N, o + N, o & 2, o < N, o > N]; });

// The dead zone stays.
show('early', () => early);
const inEarly = () => early;
show('early function', inEarly);
const early = 1;
show('late', inEarly);
show('hoisted', () => { return f(); const K = 5; function f() { return K; } });
show('hoisted later', () => { const K = 5; return f(); function f() { return K + 1; } });
show('in a loop', () => { let s = ''; for (let i = 0; i < 2; i++) { s += i ? 'b' : 'a'; const K = 4; s += (() => K)(); } return s; });
show('before it in a loop', () => {
  let fs = [], s = '';
  for (let i = 0; i < 2; i++) { try { s += K; } catch (e) { s += e.name; } const K = 4; fs.push(() => K + i); }
  return s + fs.map((f) => f());
});
show('switch', () => { switch (1) { case 0: const K = 5; case 1: return 1 + K; } });
show('switch closure', () => { switch (1) { case 0: const K = 5; case 1: return (() => 1 < K)(); } });
show('shadowed', () => { const A = 5, B = A * 2; { const A = 7; let n = 0; for (let i = 0; i < B; i++) n += A; return n; } });
show('assigned', () => { const K = 5; K = 6; });
show('parameter', () => { const K = 5; return ((K) => { let n = 0; for (let i = 0; i < K; i++) n++; return n; })(3); });
show('with', Function('const K = 5; with ({ K: 2 }) { let n = 0; for (let i = 0; i < K; i++) n++; return n; }'));
show('eval', () => { const K = 5; return eval('var L = K * 2; let n = 0; for (let i = 0; i < L; i++) n++; n'); });

// Loops whose counter or end is something else after some turns.
show('counter changed', () => { let n = 0; for (let i = 0; i < N; i++) { if (i === 3) i = 7.5; n += i; } return n; });
show('counter a string', () => { let s = ''; for (let i = '7'; i < N; i++) s += i + ','; return s; });
show('end changed', () => { let n = 0, end = 5; for (let i = 0; i < end; i++) { if (n === 2) end = 3.5; n++; } return n; });
show('end is undefined', () => { let n = 0, end; for (let i = 0; i < end; i++) n++; return n; });
show('largest', () => { let n = 0, i; for (i = 2147483645; i < 2147483647; i++) n++; return [n, i]; });
show('past the largest', () => { let n = 0, i; for (i = 2147483645; i <= 2147483647; i++) n++; return [n, i]; });
show('smallest', () => { let n = 0, i; for (i = -2147483646; i >= -2147483648; i--) n++; return [n, i]; });
show('empty to the largest', () => { let i; for (i = 2147483000; i <= 2147483647; i++); return i; });
show('empty to the smallest', () => { let i; for (i = -2147483000; i >= -2147483648; i--); return i; });
show('empty', () => { let i = 0, j = 9, k = 5; while (i < N) i++; for (; j > N * -1; j--) {} do k--; while (k >= ZERO); return [i, j, k]; });
show('empty, with an end', () => { let i = 0, end = 70000; for (; i <= end; i++); return i; });
show('empty, ended before', () => { let i = 20, j = 5; for (; i < N; i++); for (; j <= 5; j++); return [i, j]; });
show('empty, a half more', () => { let i = 0.5; for (; i < N; i++); return i; });
show('continue', () => { let n = 0; for (let i = 0; i < N; i++) { if (i % 2) continue; n += i; } return n; });
show('captured', () => { let fs = []; for (let i = 0; i < 3; i++) fs.push(() => i); return fs.map((f) => f()); });
