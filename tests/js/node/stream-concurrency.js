// Operators of streams: concurrency, order, errors, signals.
const {Readable}=require('stream');
const w=ms=>new Promise(r=>setTimeout(r,ms));
(async()=>{ console.log(await Readable.from([300,100,250,30]).map(async x=>{ console.log('start',x);
await w(x);
console.log('end',x);
return x },{concurrency:2}).toArray());
for await (const x of Readable.from([1,2,3,4,5,6]).filter(async x=>{await null;
return x%2===0}).map(x=>x*10)) console.log(x);
await Readable.from([1,2]).forEach(async x=>{ await w(1);
console.log('fe',x)});
console.log(await Readable.from([1,2,3]).flatMap(async function*(x){ yield x;
yield -x }).toArray());
try { await Readable.from([1,2,3]).map(async x=>{ if(x===2) throw new Error('two');
return x }).toArray() } catch(e){ console.log(e.message)} console.log(await Readable.from([1,2,3]).some(x=>x===2), await Readable.from([1,2,3]).every(x=>x<3), await Readable.from([3,4]).find(x=>x>3), await Readable.from([1]).find(x=>x>3));
const ac=new AbortController();
setTimeout(()=>ac.abort(),5);
try { await Readable.from([1,2,3]).map(async x=>{ await w(4);
return x},{signal:ac.signal}).toArray() } catch(e){ console.log(e.name,e.code)} })();
