const { setTimeout: sleep } = require('timers/promises');
setTimeout(() => console.log('before'), 5);
sleep(5).then(() => console.log('awaited'));
setTimeout(() => console.log('after'), 5);
