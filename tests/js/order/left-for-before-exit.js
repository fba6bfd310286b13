process.on('rejectionHandled', () => {
  Promise.resolve().then(() => console.log('job of rejectionHandled'));
});
process.on('exit', () => console.log('exit'));
setImmediate(() => {
  const rejected = Promise.reject(new Error('x'));
  setImmediate(() => rejected.catch(() => {}));
});
process.on('unhandledRejection', () => {});
