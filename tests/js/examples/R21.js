setTimeout(() => console.log('10 fires'), 10).unref();
setTimeout(() => console.log('30'), 30);
setTimeout(() => console.log('never'), 3000).unref();
