// duplexPair, and Duplex.from of a function.
const {duplexPair,Duplex}=require('stream');
const [a,b]=duplexPair();
a.on('data',x=>console.log('a got',String(x))).on('end',()=>console.log('a end')).on('close',()=>console.log('a close'));
b.on('data',x=>{console.log('b got',String(x));
b.end('pong')}).on('end',()=>console.log('b end')).on('finish',()=>console.log('b fin'));
a.write('ping',()=>console.log('w cb'));
setTimeout(()=>a.end(),5);
const d=Duplex.from(async function*(s){for await (const c of s) yield String(c).toUpperCase()});
d.on('data',x=>console.log(String(x))).on('end',()=>console.log('d end'));
d.write('a');
d.end('b');

