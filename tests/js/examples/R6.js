process.on('exit', () => {
  Promise.resolve().then(() => console.log('microtask runs'));
  process.nextTick(() => console.log('never'));
  setTimeout(() => console.log('never'), 0);
});
