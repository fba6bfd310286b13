const net = require('net');
const log = console.log;
const s1 = net.connect('/tmp/no-such.sock'); const s2 = net.connect(1,'127.0.0.1');
for (const [n, s] of [['a', s1], ['b', s2]]) { s.on('error', (e) => log(n, 'error', e.message)); s.on('close', (h) => log(n, 'close', h)); }
s1.destroy(); s2.destroy();
setImmediate(() => log('immediate'));
process.nextTick(() => log('tick'));
Promise.resolve().then(() => log('micro'));
