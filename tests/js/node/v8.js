const v8=require('v8'); const o={a:1,b:[1,2,,3],c:'héllo',d:'€',e:new Date(0),f:/x/gi,g:new Map([[1,{z:1}]]),h:new Set([1,'a']),i:123n,j:-5n,k:1.5,l:-7,m:null,n:undefined,o:true,p:new Uint8Array([1,2,3]),q:Buffer.from('hi'),r:new Error('boo').message,1:2,s:new ArrayBuffer(3)}; o.self=o; o.arr=[o,o.g];
const s=v8.serialize(o); console.log(s.toString('hex')); console.log(v8.deserialize(s));
const e=v8.deserialize(v8.serialize(new TypeError('x'))); console.log(e.name,e.message,e instanceof TypeError);
try{ v8.serialize(()=>{}) }catch(e){console.log(e.name,e.message)}
try{ v8.serialize(Symbol('q')) }catch(e){console.log(e.name,e.message)}
class P{constructor(){this.x=1}}; console.log(v8.deserialize(v8.serialize(new P)));
console.log(typeof v8.getHeapStatistics().used_heap_size, require('tty').isatty(1), require('cluster').isPrimary, require('cluster').isMaster);
