const p = Promise.resolve('value');
p.then = (f) => f('from its own then');
(async () => console.log('await:', await p))();
new Promise((resolve) => resolve(p)).then((v) => console.log('resolve:', v));
