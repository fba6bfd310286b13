// title: process.exit(undefined) unsets exitCode since Node 20
// rules: R7 R94
process.exitCode = 2;
process.on('exit', (code) => console.log('exit', code, process.exitCode));
process.exit(undefined);
