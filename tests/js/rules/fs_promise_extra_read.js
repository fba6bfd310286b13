// title: fs.promises.readFile reads once more to see the end
// rules: R103
// since: 10
const fs = require('fs');
let stats = 0;
const stat = () => fs.stat('.', () => { console.log('stat', ++stats); if (stats < 8) stat(); });
fs.promises.readFile(__filename).then(() => console.log('readFile'));
stat();
const turn = (n) => n && setImmediate(() => { const end = Date.now() + 3; while (Date.now() < end); turn(n - 1); });
turn(12);
