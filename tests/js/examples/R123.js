const events = require('events');
const e = new events();
events.once(e, 'x').then(([v]) => console.log('once', v));
e.emit('x', 1);
console.log('emitted');
