// title: jobs of a failed fs.promises.access
// rules: R103 R95
// since: 10
const fs = require('fs');
process.on('uncaughtException', () => {});
const chain = () => { for (let i = 1, p = Promise.resolve(); i <= 12; i++) p = p.then(() => console.log(i)); };
// The jobs that the throw leaves queued run in the drain of the next completion, and count its jobs.
fs.stat('.', () => process.nextTick(() => { chain(); throw new Error(); }));
const end = Date.now() + 2;
while (Date.now() < end);
fs.promises.access('nowhere').then(() => console.log('done'), () => console.log('failed'));
const later = Date.now() + 30;
while (Date.now() < later);
