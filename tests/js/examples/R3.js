setTimeout(() => console.log('unref timer'), 1).unref();
setImmediate(() => { const t = Date.now(); while (Date.now() - t < 5); });
