// title: trips of writeFile
// rules: R101
const fs = require('fs');
const name = 'write_file_trips.tmp';
fs.writeFile(name, 'x', () => {
  console.log('writeFile');
  fs.unlinkSync(name);
});
fs.stat('.', () => fs.stat('.', () => console.log('two stats')));
const turn = (n) => n && setImmediate(() => { const end = Date.now() + 3; while (Date.now() < end); turn(n - 1); });
turn(8);
