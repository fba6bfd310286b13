// What operators of streams say of wrong arguments; compose.
const {Readable,Transform,compose,Duplex,PassThrough}=require('stream');
(async()=>{ const c=Readable.from(['a','b']).compose(async function*(s){for await(const x of s) yield x+x});
console.log(await c.toArray());
const up=()=>new Transform({transform(x,e,cb){cb(null,String(x).toUpperCase())}});
console.log(String(Buffer.concat(await Readable.from(['x','y']).compose(up()).toArray())));
try{ Readable.from([1]).map(5) }catch(e){console.log(e.code,e.message)} try{ Readable.from([1]).map(x=>x,{concurrency:0}) }catch(e){console.log(e.code,e.message)} try{ await Readable.from([1]).reduce(5) }catch(e){console.log(e.code,e.message)} try{ await Readable.from([]).reduce((a,b)=>a) }catch(e){console.log(e.name,e.code,e.message)} try{ Readable.from([1]).take(-1) }catch(e){console.log(e.code,e.message)} try { await Readable.from([1]).forEach(5)}catch(e){console.log(e.code,e.message)} try { await Readable.from([1]).map(x=>x,5)}catch(e){console.log(e.code,e.message)} })();
