const fs = require('fs');
fs.stat('.', () => {
  fs.stat('.', () => console.log('second stat'));
  setImmediate(() => console.log('immediate'));
});
