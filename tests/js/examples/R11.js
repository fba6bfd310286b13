setTimeout(() => console.log('1.9'), 1.9);
setTimeout(() => console.log('1'), 1);
