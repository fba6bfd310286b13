// A port that is made while poll delivers waits for the next poll phase; one that was there gets its message in this one.
const fs = require('fs');
const { MessageChannel } = require('worker_threads');
const channel = (name) => {
  const { port1, port2 } = new MessageChannel();
  port2.once('message', () => { console.log('message', name); port1.close(); });
  return port1;
};
const old = channel('to an old port');
fs.stat(__filename, () => {
  const fresh = channel('to a new port');
  old.postMessage('');
  fresh.postMessage('');
  setImmediate(() => console.log('immediate'));
});
