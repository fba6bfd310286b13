const { Worker, isMainThread, parentPort } = require('worker_threads');
if (isMainThread) {
  const w = new Worker(__filename); w.on('message', (m)=>console.log('msg',m)); w.on('exit', (c) => console.log('exit', c));
  const end=Date.now()+200; while(Date.now()<end); console.log('main unblocked');
  setTimeout(()=>console.log('main timeout'),100);
} else { console.log('1'); parentPort.postMessage('a'); parentPort.postMessage('b'); Promise.resolve().then(()=>parentPort.postMessage('c')); setTimeout(()=>parentPort.postMessage('d'),20); }
