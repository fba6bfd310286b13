const e = new (require('events'))();
e.on('x', () => console.log('listener'));
console.log('before');
console.log(e.emit('x'));
