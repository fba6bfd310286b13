const { Worker } = require('worker_threads');
const w=new Worker(`const {Worker,parentPort,threadId}=require('worker_threads'); const x=new Worker("require('worker_threads').parentPort.postMessage('inner '+require('worker_threads').threadId); syntax error here", {eval:true}); x.on('error',e=>parentPort.postMessage('inner error '+e.name)); x.on('message',m=>parentPort.postMessage(m)); x.on('exit',c=>parentPort.postMessage('inner exit '+c)); const fs=require('fs'); fs.writeFileSync('q.txt','from worker '+threadId);`,{eval:true});
w.on('message',m=>console.log(m)); w.on('exit',c=>{console.log('exit',c, require('fs').readFileSync('q.txt','utf8'))}); w.on('online',()=>console.log('online'));
const u=new Worker('setInterval(()=>{},1000)',{eval:true}); u.unref(); 
