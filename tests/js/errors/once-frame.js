// A listener of once() is called by a wrapper whose receiver is its own state, whatever emits.
const EventEmitter = require('events');
const show = (e) => console.log(e.stack.split('\n').slice(1, 4).map((line) => line.replace(/:\d+:\d+/, '').trim()).join(' < '));
class Mine extends EventEmitter {}
for (const emitter of [new EventEmitter(), new Mine(), process]) {
  emitter.once('x', function () { show(new Error('x')); });
  emitter.emit('x');
  emitter.once('x', () => { show(new Error('x')); });
  emitter.emit('x', 1, 2, 3, 4);
}
