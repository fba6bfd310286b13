function f() { console.log('called'); return {}; }
for (const s of ['f() = console.log("rhs")', 'f()++', '++f()', 'f() += 1', 'for (f() of [1]) ;', 'for (f() in {a:1}) ;', '[f()] = [1]', '({a: f()} = {a:1})', 'f() ??= 1', '"use strict"; f() = 1', 'f`` = 1', 'f() = 1; let', 'for (f() = 1 of []) ;'])
  try { console.log(s); (0, eval)(s.replace(/\bf\b/g, 'globalThis.f')); } catch (e) { console.log(String(e)); }
globalThis.f = f;
for (const s of ['f() = console.log("rhs")', 'f()++', '++f()', 'f() += 1', 'for (f() of [1]) ;', 'for (f() in {a:1}) ;'])
  try { console.log(s); (0, eval)(s); } catch (e) { console.log(String(e)); }
