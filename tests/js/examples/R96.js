process.on('uncaughtException', (e) => console.log('caught', e.message));
queueMicrotask(() => { throw new Error('boom'); });
queueMicrotask(() => console.log('next microtask'));
