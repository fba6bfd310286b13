const net = require('net');
const log = console.log;
const server = net.createServer((sock) => {
  log('server: connection');
  process.nextTick(() => log('server: tick'));
  sock.on('data', (d) => { log('server: data', d.toString()); sock.end('bye'); });
  sock.on('end', () => log('server: end'));
  sock.on('finish', () => log('server: finish'));
  sock.on('close', (h) => { log('server: close', h); });
});
server.on('close', () => log('server closed'));
server.on('listening', () => log('listening'));
server.listen(0, '127.0.0.1', () => {
  log('listen cb', typeof server.address().port);
  const c = net.connect(server.address().port, '127.0.0.1', () => { log('client: connect cb'); c.write('hello', () => log('client: write cb')); });
  c.on('connect', () => log('client: connect'));
  c.on('ready', () => log('client: ready'));
  c.on('lookup', (...a) => log('client: lookup', ...a));
  c.on('data', (d) => log('client: data', String(d)));
  c.on('end', () => log('client: end'));
  c.on('finish', () => log('client: finish'));
  c.on('close', (h) => { log('client: close', h); server.close(() => log('server close cb')); setImmediate(()=>log('im from close')); });
  setImmediate(() => log('immediate'));
});
log('sync end');
