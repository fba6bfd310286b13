// The object of a timer that nobody took is there when its callback looks at `this`.
setTimeout(function () {
  console.log('timeout', typeof this.hasRef, this.hasRef(), this.constructor.name);
  const again = this;
  if (!again.ran) {
    again.ran = true;
    again.refresh();
  } else {
    console.log('ran twice, the same object');
  }
}, 15);
let left = 3;
setInterval(function () {
  console.log('interval', left, this === globalThis, this.constructor.name);
  if (--left === 0) clearInterval(this);
}, 22);
setInterval(function () {
  console.log('by number', typeof +this);
  clearInterval(+this);
}, 37);
setTimeout(async function () {
  await null;
  console.log('async', this.constructor.name);
}, 60);
setTimeout(function* () {}, 61);
setTimeout((function () { console.log('bound', this.x); }).bind({ x: 1 }), 62);
setTimeout(() => console.log('arrow', this === module.exports), 73);
setTimeout(console.log, 84, 'native');
setImmediate(function () { console.log('immediate', this.constructor.name); });
setImmediate(function () {
  'use strict';
  const inner = () => this;
  console.log('strict', inner() === this, this.constructor.name);
});
setTimeout(function named() {
  try {
    null.x;
  } catch (e) {
    console.log(e.stack.split('\n')[1].replace(/ (\[as .*\] )?\(.*[/]/, " ("));
  }
}, 95);
