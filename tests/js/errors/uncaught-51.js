const p = Promise.reject(new Error('late'));
process.on('unhandledRejection', (r) => console.log('unh', r.message));
setTimeout(() => p.catch(() => console.log('caught')), 5);
