const rp=require('readline/promises'); const {Readable}=require('stream');
(async()=>{const rl=rp.createInterface({input:Readable.from(['A\n','B\n']),output:process.stdout}); console.log(await rl.question('1? ')); console.log(await rl.question('2? ')); rl.close();})();
