const { Worker, isMainThread, parentPort, MessageChannel, receiveMessageOnPort } = require('worker_threads');
if (isMainThread) {
  const w = new Worker(__filename); const {port1,port2}=new MessageChannel();
  w.postMessage({port:port2, buf:new Uint8Array([1,2,3]), m:new Map([[1,new Set([2])]]), d:new Date(0), u:undefined, n:null, b:10n, arr:[1,,3]},[port2]);
  port1.on('message',m=>{console.log('port1',m); if(m==='done') port1.close()}); port1.postMessage('to worker'); port1.on('close',()=>console.log('port1 close'));
  w.on('exit',c=>console.log('exit',c)); w.on('messageerror',console.log);
  try{ w.postMessage(() => {}) }catch(e){console.log(e.name,e.message)}
  try{ new Worker('rel.js') }catch(e){console.log(e.name,e.code,e.message)}
  try{ new Worker(5) }catch(e){console.log(e.name,e.code,e.message)}
} else { parentPort.once('message',({port,...rest})=>{ console.log(rest); port.on('message',m=>{console.log('w',m); port.postMessage('done');}); port.postMessage('hello'); port.on('close',()=>console.log('w port close')); }); }
