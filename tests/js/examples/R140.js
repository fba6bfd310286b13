const { MessageChannel } = require('worker_threads');
const { port1, port2 } = new MessageChannel();
port2.on('message', (m) => { console.log('message', m); port2.close(); });
port1.postMessage('hi');
setImmediate(() => console.log('immediate'));
