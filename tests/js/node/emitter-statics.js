// What the events module has besides the class, by major.
const EventEmitter = require('events');
for (const name of ['once', 'on', 'getEventListeners', 'captureRejectionSymbol', 'captureRejections', 'errorMonitor', 'setMaxListeners', 'init', 'listenerCount', 'getMaxListeners', 'addAbortListener']) {
  console.log(name, typeof EventEmitter[name]);
}
for (const name of ['off', 'rawListeners']) console.log(name, typeof EventEmitter.prototype[name]);
const emitter = new EventEmitter({ captureRejections: true });
emitter.on('x', async () => { throw new Error('late'); });
emitter.on('error', (error) => console.log('error', error.message));
process.on('unhandledRejection', (error) => console.log('unhandled', error.message));
emitter.emit('x');
