// title: trips of readFile
// rules: R101
const fs = require('fs');
fs.readFile(__filename, () => console.log('readFile'));
fs.stat('.', () => fs.stat('.', () => console.log('two stats')));
const turn = (n) => n && setImmediate(() => { const end = Date.now() + 3; while (Date.now() < end); turn(n - 1); });
turn(8);
