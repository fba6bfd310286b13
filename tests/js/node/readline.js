const readline=require('readline'); const {Readable}=require('stream'); const fs=require('fs');
fs.writeFileSync('in.txt','one\ntwo\r\nthree\nfour');
const rl=readline.createInterface({input:fs.createReadStream('in.txt'),crlfDelay:Infinity});
rl.on('line',l=>{console.log('line',l); if(l==='two'){ rl.close(); console.log('closed')}}); rl.on('close',()=>console.log('close'));rl.on('pause',()=>console.log('pause'));
(async()=>{ const r2=readline.createInterface({input:Readable.from(['a\nb','c\n','\nd'])}); for await(const l of r2) console.log('it',JSON.stringify(l)); console.log('done');
 const r3=readline.createInterface({input:Readable.from(['Bob\n42\n']),output:process.stdout});
 r3.question('name? ',n=>{console.log('hi '+n); r3.question('age? ',a=>{console.log(a); r3.close()})});
 r3.on('close',()=>{ console.log('r3 close'); try{ r3.question('x',()=>{}) }catch(e){console.log(e.code,e.message)} });
})();
