const b=new Blob(['abc',Buffer.from('def')],{type:'text/plain'}); console.log(b); b.text().then(console.log); b.arrayBuffer().then(console.log); console.log(b.slice(1,3)); new Blob(['x']).bytes?.().then(console.log);
const f=new File(['q'],'n.txt',{lastModified:5}); console.log(f.name,f.size,f.lastModified,f instanceof Blob);
console.log(require('buffer').isUtf8(Buffer.from('é')), require('buffer').isAscii(Buffer.from('é')));
async function count(p){ let done=false, n=0; p.then(()=>{done=true}); while(!done && n<50){ await null; n++ } return n>=50?'macro':n; }
(async()=>{ for(const parts of [[],['a'],['a','b'],['a','b','c'],['',''],[new Blob(['a','b'])]]) { console.log(JSON.stringify(parts), await count(new Blob(parts).arrayBuffer()), await count(new Blob(parts).text())); }
 console.log(await count(new Blob(['abc']).slice(1).arrayBuffer()), await count(new File(['q'],'x').text())); })();
