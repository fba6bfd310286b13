process.on('rejectionHandled', () => { console.log('handled'); process.nextTick(() => console.log('tick')); Promise.resolve().then(() => console.log('job')); });
process.on('unhandledRejection', () => {});
const r = Promise.reject(new Error('x'));
setImmediate(() => { r.catch(() => {}); setImmediate(() => { console.log('imm2'); setImmediate(() => console.log('imm3')); }); });
