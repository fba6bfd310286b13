// Where V8 says that a variable without a value was read: the first of a statement where that begins, the others
// where they stand, but a global function that is called and a variable that is updated where the code before it does.
const shown = (error) => (/:(\d+:\d+)\)?$/.exec(error.stack.split('\n')[1]) || [])[1];
const seen = [];
const at = (f) => {
  try {
    f();
  } catch (error) {
    seen.push(`${error.name} ${shown(error)}`);
  }
};
at(() => { if (nope.a) ; });
at(() => { while (nope < 5) ; });
at(() => { for (let i = nope; ;) ; });
at(() => { for (; nope.x;) ; });
at(() => { for (const x of nope) ; });
at(() => { const a = (nope); });
at(() => { const a = new nope(); });
at(() => { const a = { ...nope }; });
at(() => { const a = [...nope]; });
at(() => { const a = [nope]; });
at(() => { const a = { b: nope() }; });
at(() => { console.log(nope); });
at(() => { console.log(nope()); });
at(() => { console.log(1, nope()); });
at(() => { console.log([1, nope()]); });
at(() => { let q = 1; q = nope; });
at(() => { let q = 1; q += nope; });
at(() => { let q = 1; q + nope; });
at(() => { return nope; });
at(() => { return 1 + nope; });
at(() => 1 + nope);
at(() => { console.log(z); let z = 1; });
at(() => { console.log(z()); let z = 1; });
at(() => { console.log(typeof z); let z = 1; });
at(() => { console.log(z++); let z = 1; });
at(() => { class A extends nope {} });
at(() => { new (class { x = nope(); })(); });
at(() => { 'use strict'; delete Object.freeze({ a: 1 }).a; });
console.log(seen.join('\n'));

// Which of the language's own functions stand in a stack.
const first = (f) => {
  try {
    f();
  } catch (error) {
    console.log(error.stack.split('\n')[1].replace(/\(\/.*|\/.*/, 'here'));
  }
};
first(() => Error('x').stack.x.y);
first(() => { throw TypeError('x'); });
first(() => new Promise(1));
first(() => new Set(1));
first(() => new Map([1]));
first(() => new RegExp('['));
first(() => new Array(-1));
first(() => Array(-1));
first(() => new ArrayBuffer(-1));
first(() => new Uint8Array(-1));
first(() => new Proxy(1, 2));
first(() => Array.prototype.map.call(null));
first(() => Array.prototype.map.apply(null));
first(() => Reflect.apply(1));
first(() => Reflect.construct(Promise, [1]));
first(() => new Symbol());
first(() => JSON.parse('{'));
