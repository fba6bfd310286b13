const net = require('net');
const log = console.log;
const s = net.connect(1, '127.0.0.1');
s.on('connect', () => log('connect')); 
s.on('error', (e) => { log('error', e.message, e.code, e.syscall, e.address, e.port); process.nextTick(()=>log('tick in error')); setImmediate(()=>log('immediate from error')); });
s.on('close', (h) => { log('close', h);});
log('sync', s.connecting, s.pending);
setImmediate(() => log('immediate'));
process.nextTick(()=>log('tick'));
