setImmediate(() => console.log('never')).unref();
console.log('end');
