// title: what exitCode is in an exit listener after a fatal error, and what the listener can still change
// rules: R94
process.exitCode = 2;
process.on('exit', (code) => {
  console.log('exit', code, process.exitCode);
  process.exitCode = 5;
});
setTimeout(() => { throw new Error('fatal'); }, 1);
