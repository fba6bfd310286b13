Promise.allSettled([(async () => { throw new Error('z'); })(), Promise.reject(new Error('q'))]).then((r) => console.log(r));
new Promise(() => { console.log(new Error('exec').stack); });
console.log('x');
await 1;
