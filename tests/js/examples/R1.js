process.on('beforeExit', () => console.log('beforeExit'));
process.on('exit', () => console.log('exit'));
setTimeout(() => console.log('timer'), 10);
console.log('main');
