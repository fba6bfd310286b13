const readline=require('readline'); const rl=readline.createInterface({input:process.stdin,output:process.stdout});
console.log(rl.terminal, rl.line, rl.getPrompt&&rl.getPrompt());
rl.setPrompt('p> '); rl.prompt(); rl.question('q? ',a=>console.log('answer',a)); rl.on('close',()=>console.log('close')); rl.on('line',l=>console.log(l));
setTimeout(()=>console.log('t'),0); process.nextTick(()=>console.log('tick'));
