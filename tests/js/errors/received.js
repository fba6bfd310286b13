// How an error about an argument describes what it received, in each major.
const path = require('path');
for (const v of [5, 'x'.repeat(40), null, undefined, () => {}, function f() {}, class {}, class C {}, {}, [1], Object.create(null), Symbol('s'), true, new Map()]) {
  try {
    path.isAbsolute(v);
    console.log('fine');
  } catch (e) {
    console.log(e.code, e.message);
  }
  try {
    Buffer.byteLength(v);
    console.log('fine');
  } catch (e) {
    console.log(e.code, e.message);
  }
}
