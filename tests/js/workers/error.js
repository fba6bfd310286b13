const { Worker, isMainThread, parentPort } = require('worker_threads');
if (isMainThread) {
  const w = new Worker(__filename); 
  w.on('error', (e) => console.log('error', e.name, e.message, e instanceof TypeError, e.code)); w.on('exit', (c) => console.log('exit', c)); w.on('message', (m)=>console.log(m));
} else { process.on('exit',c=>console.log('worker exit',c)); console.log('log'); const e=new TypeError('boom'); e.code='X'; throw e; }
