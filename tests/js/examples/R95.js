process.on('uncaughtException', () => console.log('caught'));
require('fs').stat('.', () => {
  process.nextTick(() => { throw new Error(); });
  process.nextTick(() => console.log('second tick'));
  setImmediate(() => console.log('immediate'));
  setImmediate(() => console.log('next immediate'));
});
