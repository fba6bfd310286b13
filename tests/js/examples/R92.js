process.on('unhandledRejection', () => console.log('unhandled'));
process.on('rejectionHandled', () => console.log('handled late'));
const p = Promise.reject(1);
setTimeout(() => p.catch(() => console.log('catch')), 1);
