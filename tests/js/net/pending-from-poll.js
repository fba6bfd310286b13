const fs = require('fs');
const net = require('net');
fs.stat(__filename, () => {
  const s = net.connect('/tmp/no-such.sock');
  s.on('error', (e) => { console.log('error', e.code); });
  s.on('close', () => console.log('close'));
  setImmediate(() => console.log('immediate'));
});
