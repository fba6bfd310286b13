process.on('uncaughtException', (e) => console.log('caught', e.message));
setTimeout(() => { process.nextTick(() => console.log('tick')); throw new Error('boom'); }, 0);
setTimeout(() => console.log('next'), 0);
