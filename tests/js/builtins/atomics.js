// SharedArrayBuffer and Atomics of one thread.
function T(f){ try { return console.log(f()) } catch(e){ console.log(e.name+': '+e.message) } }
T(()=>new SharedArrayBuffer(8)); T(()=>SharedArrayBuffer(8)); T(()=>new SharedArrayBuffer(-1)); T(()=>new SharedArrayBuffer(4,{maxByteLength:8}));
const s=new SharedArrayBuffer(16), i=new Int32Array(s), u8=new Uint8Array(8), b=new BigInt64Array(2);
T(()=>i); T(()=>[Object.prototype.toString.call(s), s instanceof ArrayBuffer, s.byteLength, s.growable, s.maxByteLength, s.slice(4).byteLength, String(s)]);
T(()=>[Atomics.add(i,0,5), Atomics.load(i,0), Atomics.sub(i,0,2), Atomics.and(i,0,1), Atomics.or(i,0,6), Atomics.xor(i,0,3), Atomics.exchange(i,0,9), Atomics.compareExchange(i,0,9,10), Atomics.compareExchange(i,0,9,11), Atomics.store(i,1,3.7), Atomics.load(i,1)]);
T(()=>[Atomics.add(u8,0,300), u8[0], Atomics.add(b,0,5n), b[0], Atomics.store(u8,1,257), u8[1], Atomics.store(u8,0,-0)]);
T(()=>Atomics.add(new Float64Array(1),0,1)); T(()=>Atomics.add([1],0,1)); T(()=>Atomics.add(i,9,1)); T(()=>Atomics.add(i,-1,1)); T(()=>Atomics.load(new Uint8ClampedArray(1),0)); T(()=>Atomics.add(b,0,1)); T(()=>Atomics.wait(new Int32Array(4),0,0,0)); T(()=>Atomics.wait(u8,0,0)); T(()=>Atomics.notify(u8,0)); T(()=>Atomics.wait(i,99,0,0));
T(()=>[Atomics.wait(i,0,0,10), Atomics.wait(i,0,i[0],10), Atomics.notify(i,0), Atomics.notify(new Int32Array(4),0), Atomics.notify(i,0,-1), Atomics.isLockFree(4), Atomics.isLockFree(3), Atomics.isLockFree(8), Atomics.isLockFree(1)]);
T(()=>Atomics); T(()=>Object.prototype.toString.call(Atomics)); T(()=>typeof Atomics.waitAsync);
T(()=>Atomics.waitAsync(i,0,99)); T(()=>Atomics.waitAsync(i,0,i[0],0));
T(()=>{ const t=Date.now(); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)),0,0,50); return Date.now()-t >= 49 });
T(()=>structuredClone(s).byteLength); T(()=>ArrayBuffer.isView(i)); T(()=>new DataView(s)); T(()=>Buffer.from(s,0,4)); T(()=>require('util').types.isSharedArrayBuffer(s)+','+require('util').types.isAnyArrayBuffer(s)+','+require('util').types.isArrayBuffer(s));
T(()=>{ const g=new SharedArrayBuffer(4,{maxByteLength:8}), v=new Uint8Array(g); g.grow(8); return [v.length, g.byteLength] }); T(()=>{ const g=new SharedArrayBuffer(4,{maxByteLength:8}); g.grow(2) }); T(()=>{ const g=new SharedArrayBuffer(4); g.grow(2) }); T(()=>SharedArrayBuffer.prototype.slice.call(new ArrayBuffer(1))); T(()=>ArrayBuffer.prototype.slice.call(s)); T(()=>Object.getOwnPropertyDescriptor(SharedArrayBuffer.prototype,'byteLength').get.call({}));
