// Every major prints the same.
console.log('main');
setTimeout(() => console.log('timeout'), 0);
Promise.resolve().then(() => console.log('promise'));
