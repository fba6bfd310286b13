console.log('a');
process.stdout.write('b\n');
process.exit();
