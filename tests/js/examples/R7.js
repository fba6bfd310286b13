process.on('exit', (code) => console.log('exit', code));
Promise.resolve().then(() => console.log('never'));
process.exit(3);
