process.nextTick(() => console.log(1));
process.nextTick(() => console.log(2));
queueMicrotask(() => console.log(3));
queueMicrotask(() => console.log(4));
