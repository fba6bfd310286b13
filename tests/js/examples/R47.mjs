process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => console.log('microtask'));
await null;
console.log('after the await');
