Promise.reject(1).catch(() => console.log('caught'));
process.nextTick(() => console.log('tick'));
