setTimeout(() => console.log('set at 0 ms, due after 6'), 6);
const end = Date.now() + 5;
while (Date.now() < end);
setTimeout(() => console.log('set at 5 ms, due after 3'), 3);
