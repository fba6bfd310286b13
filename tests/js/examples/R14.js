setTimeout(() => console.log('20'), 20);
setTimeout(() => console.log('10'), 10);
const t = Date.now(); while (Date.now() - t < 40);
