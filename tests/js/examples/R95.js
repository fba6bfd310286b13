process.on('uncaughtException', () => console.log('caught'));
setImmediate(() => console.log('immediate'));
require('fs').stat('.', () => {
  process.nextTick(() => { throw new Error(); });
  process.nextTick(() => console.log('second tick'));
  setImmediate(() => console.log('later immediate'));
});
