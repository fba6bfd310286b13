// The global object as a sloppy function's `this` shows it, its keys, and what replaces or deletes one of them.
implicit = 5;
(function () {
  console.log(this);
})();
console.log(Object.keys(globalThis).join());
for (const key in globalThis) console.log(key);
console.log(Object.getOwnPropertyDescriptor(globalThis, 'performance').set.length, typeof performance.now());
performance = 3;
console.log(performance, 'value' in Object.getOwnPropertyDescriptor(globalThis, 'performance'));
delete globalThis.fetch;
delete globalThis.setInterval;
console.log(typeof fetch, typeof setInterval, 'setInterval' in globalThis);
console.log(`${globalThis}`, Object.prototype.toString.call(global));
