const EventEmitter = require('events');
new EventEmitter().emit('error', 'notError');
