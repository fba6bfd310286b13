setTimeout(() => console.log('a 2'), 2);
setTimeout(() => console.log('b 1'), 1);
setTimeout(() => console.log('c 2'), 2);
const t = Date.now(); while (Date.now() - t < 10);
