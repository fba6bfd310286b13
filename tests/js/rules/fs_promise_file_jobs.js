// title: jobs of fs.promises.readFile
// rules: R103 R95
// since: 10
const fs = require('fs');
process.on('uncaughtException', () => {});
const chain = () => { for (let i = 1, p = Promise.resolve(); i <= 16; i++) p = p.then(() => console.log(i)); };
// Before every completion of the file's, a throw leaves jobs to count with; only the last ones are shown.
let lines = [];
const log = console.log;
console.log = (line) => lines.push(line);
const stat = () => fs.stat('.', () => {
  process.nextTick(() => { chain(); throw new Error(); });
  lines = [];
  if (stat.more-- > 0) stat();
});
stat.more = 7;
stat();
const end = Date.now() + 2;
while (Date.now() < end);
fs.promises.readFile(__filename).then(() => { stat.more = 0; log(lines.join(' '), 'done'); });
const later = Date.now() + 20;
while (Date.now() < later);
const turn = (n) => n && setImmediate(() => { const until = Date.now() + 4; while (Date.now() < until); turn(n - 1); });
turn(12);
