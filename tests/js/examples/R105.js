const fs = require('fs');
for (const n of [1, 2]) fs.stat('.', () => {
  console.log('stat', n);
  process.nextTick(() => console.log('tick', n));
});
