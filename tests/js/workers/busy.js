// pool
const { Worker, isMainThread, parentPort, workerData } = require('worker_threads'); const os=require('os');
if (isMainThread) {
  const start=Date.now(); let tick=0; const iv=setInterval(()=>tick++,10);
  const tasks=[60,10,35].map((n,i)=>new Promise((res)=>{ const w=new Worker(__filename,{workerData:{n,i}}); w.on('message',r=>{console.log('task',i,'->',r); res(r)}); }));
  Promise.all(tasks).then(r=>{ clearInterval(iv); console.log(r.length, tick>1); });
} else { const end=Date.now()+workerData.n*10; while(Date.now()<end); parentPort.postMessage(workerData.n*2); }
