// Annex B.3.3.3: a function in a block of an eval's text is a var of the function around the eval.
eval('if (1) { function f() { return 7; } }');
console.log(typeof f, f());

(function () {
  console.log(typeof g);
  eval('console.log(g); { function g() { return 1; } } console.log(typeof g)');
  console.log(typeof g, g());
})();

(0, eval)('{ function h() {} }');
console.log(typeof h, typeof globalThis.h);

(function () {
  'use strict';
  eval('{ function s() {} }');
  console.log(typeof s);
})();

(function () {
  eval('for (let i = 0; i < 2; i++) { function k() { return i; } } switch (1) { case 1: function m() { return 2; } }');
  console.log(k(), m());
  eval('let n = 1; { function n() {} } console.log(n)');
  console.log(typeof n);
  eval('{ async function o() {} function* p() {} }');
  console.log(typeof o, typeof p);
})();

try {
  new Function('this.#x');
} catch (error) {
  console.log(error.name, error.message);
}
