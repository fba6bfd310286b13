setTimeout(() => console.log('unref timer'), 30).unref();
setImmediate(() => { const t = Date.now(); while (Date.now() - t < 60); });
