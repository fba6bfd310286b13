process.on('uncaughtException', (e) => console.log('caught', e.message));
setImmediate(() => { process.nextTick(() => console.log('tick')); throw new Error('boom'); });
setImmediate(() => console.log('second'));
setImmediate(() => console.log('third'));
