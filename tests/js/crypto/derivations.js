const c=require('crypto'); 
for (const d of ['md5','sha1','sha224','sha256','sha384','sha512']) { console.log(d,c.createHash(d).update('abc').update(Buffer.alloc(200,7)).digest('hex'),c.createHmac(d,'key').update('x').digest('base64'), c.createHash(d).digest('hex')); console.log(c.pbkdf2Sync('p','s',3,30,d).toString('hex'), Buffer.from(c.hkdfSync(d,'key','salt','info',50)).toString('hex'))}
console.log(c.scryptSync('pw','salt',32).toString('hex'),c.scryptSync('pw','salt',64,{N:1024,r:4,p:3}).toString('hex'));
for (const f of [()=>c.createHash('nope'),()=>c.createHash(5),()=>c.createHmac('nope','k'),()=>c.createHmac('md5'),()=>c.randomBytes('x'),()=>c.randomBytes(-1),()=>c.scryptSync('a','b',10,{N:3}),()=>c.scryptSync('a','b',10,{N:1<<20}),()=>c.createHash('md5').update(5),()=>c.pbkdf2('a','b',1,1,'nope',()=>{}),()=>c.pbkdf2('a','b',1,1,'md5'),()=>c.scrypt('a','b',3),()=>c.randomInt(5,2),()=>c.randomInt(2.5),()=>c.createHash('md5').digest('buffer'),()=>c.randomFillSync(5),()=>c.timingSafeEqual(Buffer.from('a'),'b'), ()=>{const h=c.createHash('md5');h.digest();h.update('x')},()=>c.pbkdf2Sync('a','b',0,1,'md5'),()=>c.pbkdf2Sync('a','b',1,-1,'md5'),()=>c.scryptSync('a','b',-1)]) try{ console.log(f()) }catch(e){console.log(e.name,e.code,e.message)}
const h=c.createHash('md5'); h.update('a'); console.log(h.copy().update('b').digest('hex'),h.digest('hex'));
const fs=require('fs'); fs.writeFileSync('z.txt','hello'); 
fs.createReadStream('z.txt').pipe(c.createHash('sha1')).on('data',d=>console.log('piped',d.toString('hex'))).on('end',()=>console.log('end'));
const s=c.createHash('md5'); s.setEncoding('hex'); s.on('readable',()=>{const d=s.read(); if(d) console.log('readable',d)}); s.write('x'); s.end();
c.scrypt('a','b',8,(e,k)=>console.log('scrypt',k.toString('hex'))); c.hkdf('md5','a','b','c',4,(e,k)=>console.log('hkdf',k)); 
c.subtle.digest('SHA-256',Buffer.from('abc')).then(d=>console.log(Buffer.from(d).toString('hex')));
c.randomFill(Buffer.alloc(4),(e,b)=>console.log('fill',b.length)); console.log(c.hash&&c.hash('sha1','x'), c.randomUUID().length, c.getRandomValues(new Uint8Array(3)).length);
