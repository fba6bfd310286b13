require('dns').lookup('127.0.0.1', (e, address) => console.log(address));
process.nextTick(() => console.log('tick'));
