// A list of listeners, seen while it is emitted to (since Node 24 it counts that), and changed meanwhile.
const EventEmitter = require('events');
const emitter = new EventEmitter();
const second = () => console.log('second');
emitter.on('x', function first() {
  console.log(this._events);
  emitter.on('x', function late() { console.log('late'); });
  emitter.removeListener('x', second);
  console.log(emitter.rawListeners('x'));
});
emitter.on('x', second);
emitter.emit('x');
emitter.emit('x');
emitter.on('y', () => { throw new Error('y'); });
emitter.on('y', () => {});
try { emitter.emit('y'); } catch (error) { console.log(error.message); }
console.log(emitter._events.y);
