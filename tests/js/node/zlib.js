const zlib=require('zlib'); 
const text='hello hello hello '.repeat(200);
for (const [c,d] of [['deflateSync','inflateSync'],['gzipSync','gunzipSync'],['deflateRawSync','inflateRawSync'],['gzipSync','unzipSync']]) { const z=zlib[c](text); console.log(c,z.length,z.toString('hex'),zlib[d](z).toString()===text); }
const big=Buffer.alloc(200000,'abcdefghij'); const zz=zlib.gzipSync(big,{level:9}); console.log(zlib.gunzipSync(zz).equals(big));
(async()=>{ const p=require('util').promisify; console.log('1',(await p(zlib.gzip)('abc')).toString('hex')); 
 try{ await p(zlib.inflate)(Buffer.from('garbage')) }catch(e){console.log(e.code,e.errno,e.message)}
 const order=[]; await new Promise(r=>{ const g=zlib.createGzip(); for(const e of ['data','end','finish','close','readable']) if(e!=='readable') g.on(e,d=>order.push(e+(d?d.length:''))); g.on('close',r); g.write('some '); g.write('text'); g.end();}); console.log(order);
 const ended=(stream,run)=>new Promise(r=>{ stream.on('close',r); run(stream); });
 let n=0; await ended(zlib.createGunzip(),c=>{ c.on('data',d=>{n+=d.length}); c.write(zz.subarray(0,100)); c.end(zz.subarray(100)); }); console.log('n',n);
 await ended(zlib.createDeflate(),f=>{ f.on('data',d=>console.log('flushed',d.length)); f.write('part'); f.flush(()=>{console.log('flush cb'); f.end()}); f.on('end',()=>console.log('f end')); });
 await ended(zlib.createInflate(),i=>{ i.on('error',e=>console.log('stream error',e.code)); i.end('nonsense'); });
})();
for (const g of [()=>zlib.inflateSync(Buffer.from('zzz')),()=>zlib.gunzipSync(zlib.gzipSync('abc').subarray(0,10)),()=>zlib.deflateSync(5),()=>zlib.deflateSync('a',{level:99}),()=>zlib.gzip('a'),()=>zlib.deflateSync('abc',{dictionary:Buffer.from('abc')}).toString('hex'),()=>zlib.inflateSync(zlib.deflateSync('abcabc',{dictionary:Buffer.from('abc')}),{dictionary:Buffer.from('abc')}).toString(),()=>zlib.inflateSync(zlib.deflateSync('abcabc',{dictionary:Buffer.from('abc')})),()=>zlib.gzipSync('a',{maxOutputLength:3})]) try{console.log(g())}catch(e){console.log(e.name,e.code,e.errno,e.message)}
console.log(zlib.constants.Z_BEST_COMPRESSION, zlib.crc32&&zlib.crc32('hello'), zlib.Z_FINISH, zlib.codes.Z_DATA_ERROR);
