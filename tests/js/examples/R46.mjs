import 'fs'; // a module
process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => console.log('microtask'));
