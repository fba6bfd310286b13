process.on('uncaughtException', () => console.log('no'));
Promise.resolve().then(() => { throw new Error('boom'); }).catch((e) => console.log('rejected', e.message));
