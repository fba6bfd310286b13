require('fs').readFile('nope.txt', (e) => { throw e; });
