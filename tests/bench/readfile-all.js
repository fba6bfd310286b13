const N = 1000000;
const fs = require('fs');
let n = 0;
for (let i = 0; i < N / 100; i++) fs.readFile(__filename, () => { n++; });
// target: 50
