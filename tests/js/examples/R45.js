Promise.resolve().then(() => console.log('a'));
queueMicrotask(() => console.log('b'));
Promise.resolve().then(() => console.log('c'));
