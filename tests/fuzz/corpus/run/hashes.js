const c=require('crypto');
console.log(c.createHash('sha1').update('abc').digest('hex'), c.createHash('sha256').update('').digest('hex'), c.createHash('sha512').update('a'.repeat(200)).digest('base64'));
console.log(c.createHmac('sha256','k'.repeat(100)).update('x').digest('hex'));
c.pbkdf2('secret','salt',1000,70,'sha512',(e,k)=>console.log(e,k.toString('hex')));
console.log(c.pbkdf2Sync('secret','salt',1,20,'sha1'), c.randomBytes(4).length, c.randomUUID().length);
for (const n of [55,56,63,64,111,112,127,128]) console.log(n, c.createHash('sha256').update('a'.repeat(n)).digest('hex').slice(0,8), c.createHash('sha512').update('a'.repeat(n)).digest('hex').slice(0,8));
try { c.pbkdf2('a','b',0,1,'sha512',()=>{}) } catch (e) { console.log(e.code, e.message) }
try { c.pbkdf2('a','b',1,1,'nope',()=>{}) } catch (e) { console.log(e.code, e.message) }
