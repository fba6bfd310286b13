require('fs').readFile(__filename, () => console.log('read'));
let n = 0;
(function turn() { if (n++ < 3) setImmediate(() => { console.log('turn', n); turn(); }); })();
