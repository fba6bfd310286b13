const e = new (require('events'))();
try { e.emit('error', new Error('boom')); } catch (err) { console.log('thrown', err.message); }
