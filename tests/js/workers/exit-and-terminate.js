const { Worker, isMainThread, parentPort } = require('worker_threads');
if (isMainThread) {
  const w = new Worker(`const {parentPort}=require('worker_threads'); parentPort.on('message',m=>{ if(m==='exit'){ console.log('a');console.log('b'); process.exit(3);} parentPort.postMessage(m*2); });`,{eval:true}); 
  let n=0; w.on('message', (m)=>{console.log(m); if(++n<3) w.postMessage(n+10); else w.postMessage('exit')}); w.postMessage(1);
  w.on('exit', (c) => {console.log('exit', c);
   const w2=new Worker('setInterval(()=>{},10); console.log("w2")',{eval:true}); w2.on('exit',c=>console.log('w2 exit',c)); setTimeout(()=>{ w2.terminate().then(c=>console.log('terminated',c)); console.log('terminating')},200); });
}
