// title: hasRef of a timer that is over: false in Node 11 only
// rules: R21
// since: 11
const cleared = setTimeout(() => {}, 1);
clearTimeout(cleared);
console.log('cleared', cleared.hasRef());
const fired = setTimeout(() => {
  console.log('inside', fired.hasRef());
  setImmediate(() => console.log('after', fired.hasRef()));
}, 1);
