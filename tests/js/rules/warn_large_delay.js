// title: a warning for a delay over the maximum
// rules: R10
process.on('warning', (warning) => console.log(warning.name));
setTimeout(() => console.log('timeout'), 2147483648);
