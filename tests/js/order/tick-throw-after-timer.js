process.on('uncaughtException', (e) => {console.log('caught')});
setTimeout(() => {
  setImmediate(() => { console.log('imm'); });
  process.nextTick(() => {   Promise.resolve().then(() => console.log('job')); process.nextTick(() => console.log('tick')); throw new Error('e24'); });
}, 5);
