// title: an unhandled rejection sets exitCode as a fatal error does
// rules: R91 R94
process.on('exit', (code) => console.log('exit', code, process.exitCode));
Promise.reject(new Error('fatal'));
