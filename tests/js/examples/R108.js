const { MessageChannel } = require('worker_threads');
const { port1 } = new MessageChannel();
port1.on('close', () => console.log('close'));
port1.close();
setImmediate(() => console.log('immediate'));
