require('fs').stat('no such file', (e) => console.log(e.code));
console.log('main');
