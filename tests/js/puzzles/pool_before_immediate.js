// One trip through the thread pool is over when the first poll phase looks.
const fs = require('fs');
setImmediate(() => console.log('immediate'));
setTimeout(() => console.log('timeout'), 0);
fs.stat('no-such-file.txt', (error) => {
  console.log('stat', error.code);
  setImmediate(() => console.log('immediate after stat'));
  fs.access('no-such-file.txt', () => console.log('access'));
});
console.log('main');
