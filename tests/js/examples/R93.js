process.on('uncaughtException', (e) => console.log('caught', e.message));
process.nextTick(() => console.log('tick'));
throw new Error('boom');
