// A port that is closed while it delivers (R140): what waits, and what comes meanwhile, is still delivered.
const { MessageChannel } = require('worker_threads');

const b = new MessageChannel();
b.port2.on('message', (v) => {
  console.log('b', v);
  process.nextTick(() => console.log('tick', v));
  setImmediate(() => b.port1.postMessage('too late'));
  if (v === 1) {
    b.port2.close();
    b.port1.postMessage(4);
  }
});
b.port2.on('close', () => console.log('b closed'));
b.port1.postMessage(1);
b.port1.postMessage(2);
b.port1.postMessage(3);

const c = new MessageChannel();
const a = new MessageChannel();
c.port2.on('message', (v) => {
  console.log('c', v);
  if (v === 1) c.port1.close();
  if (v === 2) process.nextTick(() => c.port2.close());
});
c.port2.on('close', () => console.log('c closed'));
c.port1.on('close', () => console.log('c, the other end closed'));
a.port2.on('message', (v) => {
  console.log('a', v);
  c.port1.postMessage('lost');
  a.port2.close();
});
c.port1.postMessage(1);
c.port1.postMessage(2);
a.port1.postMessage(3);
c.port1.postMessage(4);

const d = new MessageChannel();
d.port2.on('message', (v) => console.log('never', v));
d.port2.on('close', () => console.log('d closed'));
d.port1.postMessage(1);
d.port2.close();
