process.on('unhandledRejection', (r) => console.log('unhandled', r));
const p = Promise.reject('late');
const q = Promise.reject('in time');
process.nextTick(() => q.catch(() => {}));
setTimeout(() => p.catch(() => {}), 1);
