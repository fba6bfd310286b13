const net = require('net');
const log = console.log;
const server = net.createServer();
server.listen(0, () => { log('listening'); server.close(() => { log('closed'); }); setImmediate(() => log('immediate')); process.nextTick(()=>log('tick')); });
const t = net.createServer(); t.on('error', e => log(e.message)); t.listen('/nonexistent-dir/x.sock');
const u = net.createServer(); u.close((e) => log('u', e.message, e.code));
const c = net.connect(99999 > 0 ? 1 : 0); c.on('error', e => { log(e.message === '' ? 'agg' : e.message, e.name, e.code); if (e.errors) for (const x of e.errors) log(' ', x.message); });
c.on('close', (h) => log('c close', h));
