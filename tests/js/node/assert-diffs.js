const assert=require('assert'); const t=(f)=>{try{f()}catch(e){console.log(e.message); console.log('----')}};
t(()=>assert.deepStrictEqual([1,2,3],[1,2,4])); t(()=>assert.strictEqual('a'.repeat(10),'b')); t(()=>assert.deepStrictEqual({a:1,b:{c:[1,2]}},{a:1,b:{c:[1,3]}}));
t(()=>assert.deepStrictEqual(Array.from({length:30},(_, i)=>i),Array.from({length:30},(_, i)=>i===15?99:i)));
t(()=>assert.deepStrictEqual({a:1,b:2,c:3,d:4,e:5,f:6},{a:1,b:2,c:3,d:4,e:5,f:7})); t(()=>assert.strictEqual(1,2)); t(()=>assert.strictEqual('multi\nline\ntext','multi\nline\nother'));
t(()=>assert.deepEqual([1,[2,3]],[1,[2,4]])); t(()=>assert.notDeepStrictEqual({a:1},{a:1})); t(()=>assert.deepStrictEqual(new Map([[1,2]]),new Map([[1,3]]))); t(()=>assert.deepStrictEqual([1,2,3,4,5,6,7,8,9,10],[2,3,4,5,6,7,8,9,10,11]));
t(()=>assert.strictEqual({a:1},{a:1})); t(()=>assert.deepStrictEqual([],{})); t(()=>assert.deepStrictEqual(Array(40).fill(1),Array(45).fill(1))); t(()=>assert.equal('x'.repeat(200),'y'.repeat(300)));
t(()=>assert.deepStrictEqual({x:'a\nb',y:[{z:1},{w:2}]},{x:'a\nc',y:[{z:1},{w:3}]}));
