Error.stackTraceLimit = 10;
const show = (t) => (r) => console.log(t, JSON.stringify(r, (k, v) => v instanceof Error ? v.stack : v));
const th = (f) => ({ then(a, b) { f(a, b); } });
const R = (a, b) => b(new Error('x')), V = (a) => { a(new Error('y')); };
for (const m of ["all", "race"]) {
  if (!Promise[m]) continue;
  Promise[m]([1, th(R)]).then(show(m), show(m + '!'));
  Promise[m]([th(R), 1]).then(show(m), show(m + '!'));
  Promise[m]([1, th(V)]).then(show(m), show(m + '!'));
  Promise[m]([th(R)]).then(show(m), show(m + '!'));
  Promise[m]([(async () => { await 1; throw new Error('z'); })()]).then(show(m), show(m + '!'));
  Promise[m]([Promise.resolve().then(() => { throw new Error('w'); })]).then(show(m), show(m + '!'));
  (async () => { try { show(m)(await Promise[m]([th(R)])); } catch (e) { show(m + '!')(e.errors || e) } })();
}
