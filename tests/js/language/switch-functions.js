switch (1) { case 1: console.log(f()); break; case f(): case 2: function f() { return 'later' } }
(function () { 'use strict'; switch (2) { case 1: function g() { return 'g' } case 2: console.log(g(), h()); default: function h() { return 'h' } } console.log(typeof g); })();
console.log({ 1: () => 1, 2: class {}, 'x y': function () {}, 1.5: () => 1, 0x10: () => 1, 1n: () => 1 });
for (const k of [[1], {}, Symbol('q'), 5, 1.5, null, () => 1, 10n]) {
  for (const v of [null, undefined]) {
    for (const f of [() => v[k], () => v[k](), () => { v[k] = 1 }, () => v[k]++, () => delete v[k]]) {
      try { f(); } catch (e) { console.log(e.message); }
    }
  }
}
