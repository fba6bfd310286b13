process.exitCode = 3; setTimeout(() => { process.exit('x'); });
