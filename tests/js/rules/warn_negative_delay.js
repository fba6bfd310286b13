// title: a warning for a negative delay
// rules: R10
process.on('warning', (warning) => console.log(warning.name));
setTimeout(() => console.log('timeout'), -1);
