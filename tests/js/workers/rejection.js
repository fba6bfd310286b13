const { Worker, isMainThread, parentPort } = require('worker_threads');
if (isMainThread) {
  const w = new Worker(__filename); w.on('exit', (c) => console.log('exit', c));
  w.on('message', (m) => console.log('message', m));
  w.on('error', (e) => console.log('error:', e.message));
} else { Promise.reject(new Error('rejected')); }
