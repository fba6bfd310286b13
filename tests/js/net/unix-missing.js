const net = require('net');
const log = console.log;
const s = net.connect('/tmp/no-such.sock');
s.on('connect', () => log('connect')); 
s.on('error', (e) => { log('error', e.message, e.code, e.syscall, e.address, e.port, s.destroyed, s.connecting, s.readyState); process.nextTick(()=>log('tick in error')); setImmediate(()=>log('immediate from error')); });
s.on('close', (h) => { log('close', h, s.destroyed);});
log('sync', s.connecting, s.pending, s.readyState, s.destroyed);
setImmediate(() => log('immediate'));
process.nextTick(()=>log('tick'));
