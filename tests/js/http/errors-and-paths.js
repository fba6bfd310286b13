const http=require('http'); 
const s=http.createServer((q,r)=>{ if(q.url==='/slow'){ const e=Date.now()+50; while(Date.now()<e); r.end('slow'); } else if(q.url==='/json'){ r.setHeader('Content-Type','application/json'); r.end(JSON.stringify({a:1})); } else if(q.url==='/drop'){ q.socket.destroy(); } else r.end('fast'); });
s.listen(0, async ()=>{ const port=s.address().port; const get=(p)=>new Promise((res,rej)=>{ http.get({port,path:p,agent:false},r=>{ let b=''; r.on('data',d=>b+=d); r.on('end',()=>{console.log(p,b,r.headers['content-length'],r.headers.connection); res(b)}); }).on('error',e=>{console.log(p,e.code,e.message);res()}); });
 await Promise.all([get('/slow'),get('/x'),get('/json'),get('/drop')]); 
 for await (const c of await new Promise(r=>http.get({port},r))) console.log(String(c));
 const rq=http.request({port,timeout:20,path:'/hang'}); s.removeAllListeners('request'); s.on('request',()=>{}); rq.on('timeout',()=>{console.log('timeout'); rq.destroy()}); rq.on('error',e=>{console.log(e.message,e.code); s.close(); s.closeAllConnections&&s.closeAllConnections(); }); rq.end();
 try { http.request({port,path:'a b'}) } catch(e){console.log(e.code,e.message)}
});
