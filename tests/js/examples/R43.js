process.nextTick(() => Promise.resolve().then(() => console.log('microtask')));
process.nextTick(() => console.log('second tick'));
