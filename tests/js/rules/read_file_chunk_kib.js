// title: bytes that readFile reads per trip
// rules: R101
const fs = require('fs');
const name = 'read_file_chunk_kib.tmp';
fs.writeFileSync(name, 'x'.repeat(40000));
fs.readFile(name, () => {
  console.log('readFile');
  fs.unlinkSync(name);
});
let stats = 0;
const stat = () => fs.stat('.', () => { console.log('stat', ++stats); if (stats < 12) stat(); });
stat();
const turn = (n) => n && setImmediate(() => { const end = Date.now() + 3; while (Date.now() < end); turn(n - 1); });
turn(14);
