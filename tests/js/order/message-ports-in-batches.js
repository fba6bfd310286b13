// Port by port, in the order in which they were made, each with everything that waits for it.
const a = new MessageChannel(), b = new MessageChannel();
a.port2.on('message', (m) => {
  console.log('A', m);
  Promise.resolve().then(() => console.log('microtask'));
  if (m === 1) a.port1.postMessage('posted while A runs');
  if (m === 2) b.port1.postMessage('from A');
});
b.port2.on('message', (m) => {
  console.log('B', m);
  if (m === 1) a.port1.postMessage('from B: in the next turn');
  if (m === 'from A') setTimeout(() => { a.port1.close(); b.port1.close(); }, 20);
});
b.port1.postMessage(1);
a.port1.postMessage(1);
b.port1.postMessage(2);
a.port1.postMessage(2);
setImmediate(() => console.log('immediate'));
