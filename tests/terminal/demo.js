const fs = require('fs');
console.log('1');
setTimeout(() => console.log('2'), 0);
setImmediate(() => console.log('3'));
fs.readFile(__filename, () => {
  console.log('4');
  setTimeout(() => console.log('5'), 0);
  setImmediate(() => console.log('6'));
});
process.nextTick(() => console.log('7'));
Promise.resolve().then(() => console.log('8'));
console.log('9');
